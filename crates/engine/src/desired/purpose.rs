//! What a plan is for. The pages word titles, warnings, and next steps accordingly.

use crate::desired::Desired;
use crate::desired::Draft;
use crate::desired::repair;
use crate::desired::repair::Repair;

/// The job of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Creates a pair.
    SetUp,
    /// Hands over an existing pair without a change.
    HandOver,
    /// Changes only the secrets of an existing pair.
    Renewal,
    /// Changes an existing pair.
    Repair,
    /// Deletes one or both apps of an existing pair.
    Retirement,
}

impl Purpose {
    /// `repairs`: what is selected for an existing pair; `None` if there is no pair yet.
    fn of(repairs: Option<&[Repair]>) -> Self {
        let Some(repairs) = repairs else {
            return Self::SetUp;
        };
        let is_delete = |repair: &Repair| matches!(repair, Repair::Delete(_));
        let is_secret = |repair: &Repair| matches!(repair, Repair::Secret | Repair::OldSecret(_));
        if repairs.is_empty() {
            Self::HandOver
        } else if repairs.iter().any(is_delete) {
            Self::Retirement
        } else if repairs.iter().all(is_secret) {
            Self::Renewal
        } else {
            Self::Repair
        }
    }
}

impl Desired {
    /// What the plan is for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        Purpose::of(self.existing.as_ref().map(|it| it.repairs.as_slice()))
    }
}

impl Draft {
    /// What the plan will be for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        let repairs = repair::read(&self.repairs).unwrap_or_default();
        Purpose::of(self.has_existing().then_some(repairs.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desired::repair::AppRole;

    #[test]
    fn the_repairs_decide_the_purpose() {
        let old = Repair::OldSecret("5e97358c-d99c-4558-af0c-de7774091dda".parse().unwrap());
        let delete = Repair::Delete(AppRole::Client);
        for (repairs, purpose) in [
            (vec![], Purpose::HandOver),
            (vec![Repair::Secret], Purpose::Renewal),
            (vec![old, Repair::Secret], Purpose::Renewal),
            (vec![Repair::Secret, Repair::Scope], Purpose::Repair),
            (vec![Repair::Scope], Purpose::Repair),
            (vec![delete], Purpose::Retirement),
            (vec![Repair::Scope, delete], Purpose::Retirement),
        ] {
            assert_eq!(Purpose::of(Some(&repairs)), purpose, "{repairs:?}");
        }
        assert_eq!(Purpose::of(None), Purpose::SetUp);
    }
}
