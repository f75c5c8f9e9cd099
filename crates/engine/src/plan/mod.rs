//! A plan: all steps, each with its action, reason, and exact request. Data only: `compare` creates it, `apply` runs it.
//!
//! The plan that the admin reviews is the plan that runs.

pub mod apps;
pub mod change;
pub mod compare;
pub mod fingerprint;
pub mod fix;
pub mod origin;
pub mod preflight;
pub mod reference;
pub mod refused;
#[cfg(test)]
pub(crate) mod samples;
pub mod shapes;
pub mod step;
pub mod write;

use crate::plan::step::StepId;

use crate::desired::Desired;
use crate::plan::reference::IdRef;
use crate::plan::write::Write;
use crate::read::observed::ObservedApp;
use domain::app_id_uri::verdict::UriVerdict;
use domain::known::Known;
use domain::problem::Problem;
use domain::problem::ProblemKind;

/// What a step does with its object.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Create the object with this request.
    Create(Write),
    /// Update the object. Properties that the write does not contain stay unchanged.
    Update(Write),
    /// Remove the object with this request.
    Remove(Write),
    /// Keep the object: it is as wanted, or must not be changed.
    Keep,
    /// The step is not possible. Holds the reason.
    Blocked(Problem),
}

impl Action {
    /// The request of the step, if it has one.
    #[must_use]
    pub fn write(&self) -> Option<&Write> {
        match self {
            Self::Create(write) | Self::Update(write) | Self::Remove(write) => Some(write),
            Self::Keep | Self::Blocked(_) => None,
        }
    }
}

/// Why a step has its action. Only for display: no decision depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepReason {
    /// The object does not exist yet.
    Missing,
    /// The object exists, but these properties differ.
    Differs(Vec<Property>),
    /// The object exists and is as wanted.
    AsWanted,
    /// The registration is already in progress.
    UnderWay,
    /// A valid secret exists. Its text cannot be shown again.
    SecretLives,
    /// The admin requested another secret in addition to the existing one.
    AnotherSecret,
    /// The admin creates the apps first, and the secret after the app is exempt.
    SecretLater,
    /// The current state could not be read.
    NotReadable,
    /// Another object uses a value that this object needs.
    Held,
    /// A rule of the tenant does not allow it.
    Rule,
    /// The app has no service principal, and none can be restored: grants to an earlier one do not come back.
    PrincipalLost,
    /// The object differs, but its repair is not selected.
    NotChosen,
    /// The object is to be removed.
    Unwanted,
    /// Only the tag is added, because a selected change belongs to this app: undo finds what a run changed by the tag.
    TagOnly,
    /// The signed-in account has no right to do it, and the admin leaves it to an account that has.
    NotAllowed {
        /// The current state of the object could be read.
        is_read: bool,
    },
    /// It needs a step that the signed-in account has no right to do.
    NeedsNotAllowed,
}

/// A property that differs from the wanted state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Supported account types of the app.
    Audience,
    /// Redirect URI of the app.
    Redirect,
    /// The scope `user_impersonation` of the server app.
    Scope,
    /// Device-only tokens, without a user.
    DeviceOnly,
    /// The setting "Allow public client flows".
    PublicClient,
    /// API permissions that the app requests.
    Permissions,
    /// App ID URI of the server app.
    AppIdUri,
    /// An existing grant lacks a scope.
    Consent,
    /// Tokens issued with the implicit grant.
    Implicit,
    /// Version of the access tokens.
    TokenVersion,
    /// This tool's tag, by which the app is found again.
    Tag,
    /// The app registration is deactivated.
    Active,
    /// The service principal is disabled.
    Enabled,
    /// Whether tokens require an assignment.
    Assignment,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStep {
    /// Identifies the step.
    pub id: StepId,
    /// What the step does.
    pub action: Action,
    /// Why the step does it.
    pub reason: StepReason,
}

impl PlanStep {
    /// True if the admin leaves this step to an account that may do it.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        matches!(
            self.reason,
            StepReason::NotAllowed { .. } | StepReason::NeedsNotAllowed
        )
    }
}

/// Why an object that belongs to an app is created: it does not exist, or the app could not be read.
pub(crate) fn missing_of(apps: &[&Known<Option<ObservedApp>>]) -> StepReason {
    if apps.iter().any(|app| matches!(app, Known::Unknown)) {
        StepReason::NotReadable
    } else {
        StepReason::Missing
    }
}

pub(crate) fn step(id: StepId, action: Action, reason: StepReason) -> PlanStep {
    PlanStep { id, action, reason }
}

/// Creates a step that is not possible.
pub(crate) fn blocked(id: StepId, kind: ProblemKind, reason: StepReason) -> PlanStep {
    step(id, Action::Blocked(Problem::new(kind)), reason)
}

/// All steps of a run in order, with their inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The wanted state that the plan is for.
    pub desired: Desired,
    /// All steps in order.
    pub steps: Vec<PlanStep>,
    /// IDs that are known before the run.
    pub known: Vec<(IdRef, uuid::Uuid)>,
    /// Validation result of the App ID URI.
    pub uri_verdict: UriVerdict,
    /// Other apps with the same name, for a warning. They are never changed.
    pub namesakes: Vec<crate::read::observed::ConflictingApp>,
}

/// A plan that the admin reviewed and approved: the only input that `apply` accepts.
#[derive(Clone, Debug)]
pub struct Approved(Plan);

impl Approved {
    /// The approved plan, read-only.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.0
    }
}

impl Plan {
    /// Approves the plan for a run. A plan with a blocked step is returned, because it cannot run.
    ///
    /// # Errors
    /// The unchanged plan, if a step is blocked.
    pub fn approve(self) -> Result<Approved, Box<Self>> {
        if self.is_blocked() {
            Err(Box::new(self))
        } else {
            Ok(Approved(self))
        }
    }

    /// True if a step is not possible.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.steps
            .iter()
            .any(|step| matches!(step.action, Action::Blocked(_)))
    }

    /// True if the admin leaves this step to an account that may do it.
    #[must_use]
    pub fn is_left_out(&self, id: StepId) -> bool {
        self.step(id).is_some_and(PlanStep::is_left_out)
    }

    /// Number of requests that change something.
    #[must_use]
    pub fn writes(&self) -> usize {
        self.steps
            .iter()
            .filter(|step| step.action.write().is_some())
            .count()
    }

    /// The step with this ID, if the plan has it.
    #[must_use]
    pub fn step(&self, id: StepId) -> Option<&PlanStep> {
        self.steps.iter().find(|step| step.id == id)
    }
}
