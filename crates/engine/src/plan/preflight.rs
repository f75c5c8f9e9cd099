//! Questions that an admin wants answered before anything is written. Each answer is yes, no, or "cannot tell".
//!
//! A "no" is a warning and does not block: a role may be activated in the meantime, and the service decides. The plan blocks what is
//! certain to fail.

use crate::desired::Desired;
use crate::plan::Action;
use crate::plan::Plan;
use crate::plan::PlanStep;
use crate::plan::StepReason;
use crate::plan::compare::created;
use crate::plan::origin::is_unknown;
use crate::plan::refused::rights;
use crate::plan::step::StepId;
use crate::plan::write::Write;
use crate::plan::write::secret_days;
use crate::read::app_policies::PerhapsLimit;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;
use crate::read::observed::SubscriptionObstacle;
use crate::read::observed::there;
use domain::app_id_uri::verdict::UriOutcome;
use domain::confusables::isolated;
use domain::known::Answer;
use domain::known::Known;
use domain::locale::Locale;
use domain::problem::ProblemKind;
use domain::roles::Task;
use domain::roles::may;
use domain::tenant::TenantKind;
use jiff::Timestamp;

/// A question about the planned run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// May the account do this kind of step?
    Allowed(Task),
    /// Will the tenant accept the App ID URI?
    UriTaken,
    /// Does the tenant allow a secret with the selected lifetime?
    SecretAllowed,
    /// Is the tenant a workforce tenant?
    WorkforceTenant,
    /// Does the subscription allow writes, and does it belong to this tenant?
    SubscriptionUsable,
    /// Are both Application names unused?
    NamesFree,
    /// Does no deleted app use a value that the new ones need?
    NothingDeleted,
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreflightCheck {
    /// Which question it is.
    pub question: Question,
    /// The answer; `Yes` is always the good one.
    pub answer: Answer,
    /// The basis of the answer, or the next action.
    pub sentence: String,
}

impl Question {
    /// The question as text for the user.
    #[must_use]
    pub fn text(self, t: Locale) -> &'static str {
        match self {
            Self::Allowed(Task::CreateApps) => t.check_create_apps(),
            Self::Allowed(Task::ConsentToServerApp) => t.check_consent_server(),
            Self::Allowed(Task::ConsentToDirectoryRead) => t.check_consent_directory(),
            Self::Allowed(Task::RegisterProviders) => t.check_register(),
            Self::UriTaken => t.check_uri(),
            Self::SecretAllowed => t.check_secret(),
            Self::WorkforceTenant => t.check_tenant_kind(),
            Self::SubscriptionUsable => t.check_subscription(),
            Self::NamesFree => t.check_names(),
            Self::NothingDeleted => t.check_deleted(),
        }
    }
}

/// Answers all questions. Asks for a right only if a step of the plan needs it.
#[must_use]
pub fn checks(
    desired: &Desired,
    observed: &Observed,
    plan: &Plan,
    now: Timestamp,
    t: Locale,
) -> Vec<PreflightCheck> {
    let rights = rights(desired, observed);
    // A right that lacks is shown also for what is left out.
    let is_asked = |step: &PlanStep| {
        step.action.write().is_some() || matches!(step.reason, StepReason::NotAllowed { .. })
    };
    let mut checks: Vec<PreflightCheck> = Task::ALL
        .into_iter()
        .filter(|task| {
            plan.steps
                .iter()
                .any(|step| step.id.task() == *task && is_asked(step))
        })
        .map(|task| PreflightCheck {
            question: Question::Allowed(task),
            answer: may(task, &rights),
            sentence: task.least_role(t).to_owned(),
        })
        .collect();
    let has_write = |id| {
        plan.step(id)
            .is_some_and(|step| !matches!(step.action, Action::Keep))
    };
    // For an existing pair, only the selected repairs matter: it keeps its own names and App ID URI.
    let is_repair = desired.existing.is_some();
    if !is_repair || has_write(StepId::AppIdUri) {
        checks.push(uri(plan, t));
    }
    if !is_repair || has_write(StepId::Secret) {
        checks.push(secret(desired, observed, plan, now, t));
    }
    let registers = |step: &PlanStep| matches!(step.action, Action::Create(Write::Register { .. }));
    let is_subscription_used = plan.steps.iter().any(|step| {
        matches!(step.id, StepId::Provider(_))
            && (registers(step) || matches!(step.action, Action::Blocked(_)))
    });
    if desired.subscription.is_some() && (!is_repair || is_subscription_used) {
        checks.push(subscription(desired, observed, t));
    }
    if is_repair {
        return checks;
    }
    if observed.tenant.kind != Known::Known(TenantKind::Workforce) {
        checks.push(tenant_kind(observed, t));
    }
    checks.push(names(desired, observed, plan, t));
    checks.push(deleted(observed, t));
    checks
}

fn uri(plan: &Plan, t: Locale) -> PreflightCheck {
    let outcome = plan.uri_verdict.outcome();
    let answer = match outcome {
        UriOutcome::Accepted | UriOutcome::NotRecommended => Answer::Yes,
        UriOutcome::CannotTell => Answer::CannotTell,
        UriOutcome::RefusedByPolicy | UriOutcome::RefusedByEntra => Answer::No,
    };
    let held = plan
        .step(StepId::AppIdUri)
        .is_some_and(|step| matches!(step.action, Action::Blocked(_)));
    if held && !outcome.is_refused() {
        return PreflightCheck {
            question: Question::UriTaken,
            answer: Answer::No,
            sentence: t.problem_uri_taken_fix().to_owned(),
        };
    }
    PreflightCheck {
        question: Question::UriTaken,
        answer,
        sentence: plan.uri_verdict.sentence(t),
    }
}

fn secret(
    desired: &Desired,
    observed: &Observed,
    plan: &Plan,
    now: Timestamp,
    t: Locale,
) -> PreflightCheck {
    let check = |answer, sentence: String| PreflightCheck {
        question: Question::SecretAllowed,
        answer,
        sentence,
    };
    let step = plan.step(StepId::Secret);
    match step.map(|step| &step.action) {
        Some(Action::Keep)
            if step.is_some_and(|it| it.is_left_out() || it.reason == StepReason::SecretLater) => {}
        Some(Action::Keep) => {
            return check(Answer::Yes, t.check_secret_not_needed().to_owned());
        }
        Some(Action::Blocked(problem)) if problem.kind == ProblemKind::TooManySecrets => {
            return check(Answer::No, t.problem_too_many_secrets_fix().to_owned());
        }
        _ => {}
    }
    let limits = (observed.tenant.secrets).limits(&created(there(&observed.server), now));
    let wanted = secret_days(desired.secret_life);
    // An additional secret of an existing pair uses the longest allowed lifetime.
    let wanted = match limits.longest {
        Some(days) if desired.existing.is_some() => wanted.min(days),
        Some(_) | None => wanted,
    };
    let days = u64::from;
    match (limits.is_blocked, limits.longest, limits.perhaps) {
        (Answer::Yes, ..) => check(Answer::No, t.problem_secret_blocked_fix().to_owned()),
        (_, Some(longest), _) if wanted > longest => {
            check(Answer::No, t.check_secret_over(days(longest)))
        }
        _ if !limits.is_read => check(Answer::CannotTell, t.check_secret_unknown().to_owned()),
        (Answer::CannotTell, ..) => check(Answer::CannotTell, t.check_secret_perhaps().to_owned()),
        (_, _, Some(PerhapsLimit::Days(longest))) if wanted > longest => check(
            Answer::CannotTell,
            t.check_secret_perhaps_over(days(longest)),
        ),
        (_, _, Some(PerhapsLimit::Unreadable)) => {
            check(Answer::CannotTell, t.check_secret_unreadable().to_owned())
        }
        (_, Some(longest), _) => check(Answer::Yes, t.check_secret_within(days(longest))),
        (_, None, _) if limits.is_spared => check(Answer::Yes, t.check_secret_spared().to_owned()),
        (_, None, _) => check(Answer::Yes, t.check_secret_free().to_owned()),
    }
}

fn subscription(desired: &Desired, observed: &Observed, t: Locale) -> PreflightCheck {
    let check = |answer, sentence: &str| PreflightCheck {
        question: Question::SubscriptionUsable,
        answer,
        sentence: sentence.to_owned(),
    };
    let Known::Known(found) = &observed.subscription else {
        let why = observed.azure.as_ref();
        return match why.map(|problem| &problem.kind) {
            Some(ProblemKind::SubscriptionMissing) => {
                check(Answer::No, t.problem_subscription_missing_fix())
            }
            Some(ProblemKind::SubscriptionElsewhere) => {
                check(Answer::No, t.problem_subscription_elsewhere_fix())
            }
            Some(_) | None => check(
                Answer::CannotTell,
                why.map_or_else(|| t.check_not_readable(), |it| it.title(t)),
            ),
        };
    };
    match found.obstacle(desired.tenant) {
        Some(SubscriptionObstacle::OtherTenant(_)) => {
            check(Answer::No, t.problem_subscription_elsewhere_fix())
        }
        Some(SubscriptionObstacle::ReadOnly) => check(
            Answer::No,
            &t.check_subscription_read_only(isolated(&found.state)),
        ),
        None if found.is_writable() == Answer::CannotTell || found.home == Known::Unknown => check(
            Answer::CannotTell,
            &t.check_subscription_state(isolated(&found.state)),
        ),
        None => check(Answer::Yes, t.check_subscription_ok()),
    }
}

/// Asked only if the answer is not the usual one.
fn tenant_kind(observed: &Observed, t: Locale) -> PreflightCheck {
    let (answer, sentence) = match &observed.tenant.kind {
        Known::Known(TenantKind::Workforce) => (Answer::Yes, String::new()),
        Known::Known(TenantKind::Customers) => {
            (Answer::No, t.problem_wrong_tenant_kind_fix().to_owned())
        }
        Known::Known(TenantKind::Other(word)) => (
            Answer::CannotTell,
            t.check_tenant_kind_other(isolated(word)),
        ),
        Known::Unknown => (Answer::CannotTell, t.check_not_readable().to_owned()),
    };
    PreflightCheck {
        question: Question::WorkforceTenant,
        answer,
        sentence,
    }
}

fn names(desired: &Desired, observed: &Observed, plan: &Plan, t: Locale) -> PreflightCheck {
    let is_foreign = |app: &&ObservedApp| is_unknown(desired, observed, app);
    let apps = [&observed.server, &observed.client];
    let is_taken = apps
        .into_iter()
        .filter_map(there)
        .any(|app| is_foreign(&app));
    let answer = match &observed.namesakes {
        _ if is_taken => Answer::No,
        Known::Unknown => Answer::CannotTell,
        Known::Known(_) => Answer::from(plan.namesakes.is_empty()),
    };
    let sentence = match answer {
        Answer::No if is_taken => t.problem_unknown_origin_fix(),
        Answer::Yes => t.check_names_yes(),
        Answer::No => t.problem_name_in_use_fix(),
        Answer::CannotTell => t.check_not_readable(),
    };
    PreflightCheck {
        question: Question::NamesFree,
        answer,
        sentence: sentence.to_owned(),
    }
}

fn deleted(observed: &Observed, t: Locale) -> PreflightCheck {
    let answer = observed.deleted.ask(Vec::is_empty);
    let sentence = match answer {
        Answer::Yes => t.check_deleted_yes(),
        Answer::No => t.problem_held_by_deleted_fix(),
        Answer::CannotTell => t.check_not_readable(),
    };
    PreflightCheck {
        question: Question::NothingDeleted,
        answer,
        sentence: sentence.to_owned(),
    }
}
