//! Questions whose answers an admin wants before anything is written. Yes, no, or an honest "cannot tell".
//!
//! A "no" here is a warning, not a lock: a role may be activated meanwhile, and the service has the last word. What is certain to
//! fail is blocked in the plan.

use crate::domain::app_id_uri::verdict::Outcome;
use crate::domain::known::Answer;
use crate::domain::known::Known;
use crate::domain::roles::Rights;
use crate::domain::roles::Task;
use crate::domain::roles::may;
use crate::domain::words::Words;
use crate::engine::desired::Desired;
use crate::engine::observed::Observed;
use crate::engine::plan::Action;
use crate::engine::plan::Plan;
use crate::engine::plan::StepId;
use crate::engine::write::secret_days;

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// May the account do what a kind of step takes?
    Allowed(Task),
    /// Will the tenant take the App ID URI?
    UriTaken,
    /// Does the tenant allow a secret of the chosen life?
    SecretAllowed,
    /// Are both Application names free?
    NamesFree,
    /// Does no deleted app hold what the new ones need?
    NothingDeleted,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The question.
    pub question: Question,
    /// The answer; `Yes` is good.
    pub answer: Answer,
    /// What the answer rests on, or what to do.
    pub sentence: String,
}

impl Question {
    /// The question in words.
    #[must_use]
    pub fn text(self, words: Words) -> &'static str {
        match self {
            Self::Allowed(Task::CreateApps) => words.check_create_apps(),
            Self::Allowed(Task::ConsentToServerApp) => words.check_consent_server(),
            Self::Allowed(Task::ConsentToDirectoryRead) => words.check_consent_directory(),
            Self::Allowed(Task::RegisterProviders) => words.check_register(),
            Self::UriTaken => words.check_uri(),
            Self::SecretAllowed => words.check_secret(),
            Self::NamesFree => words.check_names(),
            Self::NothingDeleted => words.check_deleted(),
        }
    }
}

/// Asks them all. A right is asked only where a step of the plan takes it.
#[must_use]
pub fn checks(desired: &Desired, observed: &Observed, plan: &Plan, words: Words) -> Vec<Check> {
    let rights = Rights {
        roles: observed.tenant.roles.clone(),
        users_may_create_apps: observed.tenant.users_may_register,
        azure: observed.arm_permissions.clone(),
    };
    let mut checks: Vec<Check> = Task::ALL
        .into_iter()
        .filter(|task| {
            plan.steps
                .iter()
                .any(|step| step.id.task() == *task && step.action.write().is_some())
        })
        .map(|task| Check {
            question: Question::Allowed(task),
            answer: may(task, &rights),
            sentence: task.least_role(words).to_owned(),
        })
        .collect();
    let has_write = |id| {
        plan.step(id)
            .is_some_and(|step| !matches!(step.action, Action::Keep))
    };
    // In a pair that is there already, only what is chosen is asked about: its names and its App ID URI are its own.
    let is_mending = desired.existing.is_some();
    if !is_mending || has_write(StepId::AppIdUri) {
        checks.push(uri(plan, words));
    }
    if !is_mending || has_write(StepId::Secret) {
        checks.push(secret(desired, observed, words));
    }
    if is_mending {
        return checks;
    }
    checks.push(names(observed, plan, words));
    checks.push(deleted(observed, words));
    checks
}

fn uri(plan: &Plan, words: Words) -> Check {
    let outcome = plan.uri_verdict.outcome();
    let answer = match outcome {
        Outcome::Accepted | Outcome::NotRecommended => Answer::Yes,
        Outcome::CannotTell => Answer::CannotTell,
        Outcome::RefusedByPolicy | Outcome::RefusedByEntra => Answer::No,
    };
    let held = plan
        .step(StepId::AppIdUri)
        .is_some_and(|step| matches!(step.action, Action::Blocked(_)));
    if held && !outcome.is_refused() {
        return Check {
            question: Question::UriTaken,
            answer: Answer::No,
            sentence: words.problem_uri_taken_mend().to_owned(),
        };
    }
    Check {
        question: Question::UriTaken,
        answer,
        sentence: plan.uri_verdict.sentence(words),
    }
}

fn secret(desired: &Desired, observed: &Observed, words: Words) -> Check {
    let (answer, sentence) = match &observed.tenant.secrets {
        Known::Unknown => (Answer::CannotTell, words.check_secret_unknown().to_owned()),
        Known::Known(policy) if policy.blocked => {
            (Answer::No, words.problem_secret_blocked_mend().to_owned())
        }
        Known::Known(policy) => match policy.longest_days {
            None => (Answer::Yes, words.check_secret_free().to_owned()),
            Some(days) if secret_days(desired.secret_life) <= days => {
                (Answer::Yes, words.check_secret_within(u64::from(days)))
            }
            // One more secret for a pair that is there lives as long as is allowed.
            Some(days) if desired.existing.is_some() => {
                (Answer::Yes, words.check_secret_within(u64::from(days)))
            }
            Some(days) => (Answer::No, words.check_secret_over(u64::from(days))),
        },
    };
    Check {
        question: Question::SecretAllowed,
        answer,
        sentence,
    }
}

fn names(observed: &Observed, plan: &Plan, words: Words) -> Check {
    let answer = match &observed.namesakes {
        Known::Unknown => Answer::CannotTell,
        Known::Known(_) => Answer::from(plan.namesakes.is_empty()),
    };
    let sentence = match answer {
        Answer::Yes => words.check_names_yes(),
        Answer::No => words.problem_name_in_use_mend(),
        Answer::CannotTell => words.check_not_readable(),
    };
    Check {
        question: Question::NamesFree,
        answer,
        sentence: sentence.to_owned(),
    }
}

fn deleted(observed: &Observed, words: Words) -> Check {
    let answer = observed.deleted.ask(Vec::is_empty);
    let sentence = match answer {
        Answer::Yes => words.check_deleted_yes(),
        Answer::No => words.problem_held_by_deleted_mend(),
        Answer::CannotTell => words.check_not_readable(),
    };
    Check {
        question: Question::NothingDeleted,
        answer,
        sentence: sentence.to_owned(),
    }
}
