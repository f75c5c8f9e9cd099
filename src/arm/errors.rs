//! Azure Resource Manager's refusals, recognised by their documented codes.

use crate::domain::problem::Kind;
use crate::domain::problem::Problem;
use crate::net::Failure;
use crate::net::problem::of;
use crate::net::problem::said;

/// A failure of an Azure call, in the admin's words.
#[must_use]
pub fn problem(failure: &Failure) -> Problem {
    let Failure::Refused(refusal) = failure else {
        return of(failure);
    };
    let kind = match (refusal.status, refusal.code.as_str()) {
        (_, "AuthorizationFailed" | "LinkedAuthorizationFailed") => Kind::RegisterForbidden,
        (_, "SubscriptionNotFound" | "InvalidSubscriptionId" | "InvalidSubscriptionTenantId") => {
            Kind::SubscriptionMissing
        }
        (_, "ReadOnlyDisabledSubscription" | "DisabledSubscription") => Kind::SubscriptionReadOnly,
        // One code for region policies and for Microsoft's multifactor rule: the text below tells which.
        (_, "RequestDisallowedByAzure" | "RequestDisallowedByPolicy") => Kind::AzureDisallowed,
        (403, _) => Kind::RegisterForbidden,
        _ => Kind::Refused,
    };
    Problem {
        kind,
        said: Some(said(refusal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Refusal;

    #[test]
    fn azures_codes_become_the_admins_words() {
        for (status, code, kind) in [
            (403, "AuthorizationFailed", Kind::RegisterForbidden),
            (404, "SubscriptionNotFound", Kind::SubscriptionMissing),
            (
                403,
                "ReadOnlyDisabledSubscription",
                Kind::SubscriptionReadOnly,
            ),
            (403, "RequestDisallowedByAzure", Kind::AzureDisallowed),
            (400, "InvalidApiVersionParameter", Kind::Refused),
        ] {
            let refusal = Refusal {
                status,
                code: code.to_owned(),
                ..Default::default()
            };
            assert_eq!(
                problem(&Failure::Refused(Box::new(refusal))).kind,
                kind,
                "{code}"
            );
        }
    }
}
