//! Changes that the services will refuse to the signed-in account, and changes that are not possible without them.
//!
//! Known from the account's roles before the first request, so an admin can leave them out and give them to an account that may make them.

use crate::desired::Desired;
use crate::plan::Action;
use crate::plan::Plan;
use crate::plan::PlanStep;
use crate::plan::StepReason;
use crate::plan::step::StepId;
use crate::read::observed::Observed;
use domain::known::Answer;
use domain::roles::Rights;
use domain::roles::Task;
use domain::roles::may;

/// The refused changes of a plan, whether they are still planned or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefusedChanges {
    /// The changes that need rights which the account does not have, with the right that they need.
    pub refused: Vec<(Task, Vec<StepId>)>,
    /// Changes that are not possible before the refused ones.
    pub dependents: Vec<StepId>,
    /// Number of changes that remain.
    pub remaining: usize,
}

impl RefusedChanges {
    /// Number of changes that this account cannot make.
    #[must_use]
    pub fn count(&self) -> usize {
        let refused: usize = self.refused.iter().map(|(_, steps)| steps.len()).sum();
        refused + self.dependents.len()
    }
}

/// The rights of the signed-in account.
#[must_use]
pub fn rights(desired: &Desired, observed: &Observed) -> Rights {
    Rights {
        roles: observed.tenant.roles.clone(),
        users_may_create_apps: observed.tenant.users_may_register,
        azure: observed.arm_permissions.clone(),
        providers: desired.providers(),
    }
}

impl Plan {
    /// The changes that the services will refuse. Only a certain refusal counts.
    #[must_use]
    pub fn refused_changes(&self, observed: &Observed) -> RefusedChanges {
        let rights = rights(&self.desired, observed);
        let (refused, dependents) = find(&self.steps, &rights);
        let of = |task: Task| -> Vec<StepId> {
            let steps = refused.iter().copied();
            steps.filter(|id| id.task() == task).collect()
        };
        let tasks = Task::ALL.into_iter().map(|task| (task, of(task)));
        let is_planned = |step: &&PlanStep| {
            step.action.write().is_some()
                && !refused.contains(&step.id)
                && !dependents.contains(&step.id)
        };
        RefusedChanges {
            remaining: self.steps.iter().filter(is_planned).count(),
            refused: tasks.filter(|(_, steps)| !steps.is_empty()).collect(),
            dependents,
        }
    }
}

/// Leaves out what the services will refuse, and what is not possible without it.
pub(crate) fn leave_out(steps: &mut [PlanStep], rights: &Rights) {
    let (refused, dependents) = find(steps, rights);
    for step in steps {
        if refused.contains(&step.id) {
            let is_read = step.reason != StepReason::NotReadable;
            (step.action, step.reason) = (Action::Keep, StepReason::NotAllowed { is_read });
        } else if dependents.contains(&step.id) {
            (step.action, step.reason) = (Action::Keep, StepReason::NeedsNotAllowed);
        }
    }
}

/// The refused steps, and the steps that need them.
fn find(steps: &[PlanStep], rights: &Rights) -> (Vec<StepId>, Vec<StepId>) {
    let refused: Vec<StepId> = steps
        .iter()
        .filter(|step| match step.action {
            Action::Create(_) | Action::Update(_) | Action::Remove(_) => {
                may(step.id.task(), rights) == Answer::No
            }
            Action::Keep => matches!(step.reason, StepReason::NotAllowed { .. }),
            Action::Blocked(_) => false,
        })
        .map(|step| step.id)
        .collect();
    let mut dependents: Vec<StepId> = Vec::new();
    // A step can need another one that comes later in the list: this ends when a pass finds no more.
    loop {
        let is_new = |step: &&PlanStep| {
            let is_change =
                step.action.write().is_some() || step.reason == StepReason::NeedsNotAllowed;
            let is_found = |id: &StepId| refused.contains(id) || dependents.contains(id);
            is_change && !is_found(&step.id) && step.id.needs().iter().any(is_found)
        };
        let found: Vec<StepId> = steps.iter().filter(is_new).map(|step| step.id).collect();
        if found.is_empty() {
            return (refused, dependents);
        }
        dependents.extend(found);
    }
}
