//! Data of the review page, built once from what was read: the plan, the checks and every request in full.
//!
//! The requests come from the same writes that will run, with names in place of IDs that are not known yet.

use jiff::Timestamp;

use crate::ui::sign_in::state::SignInMismatch;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::locale::Locale;
use domain::problem::Problem;
use engine::desired::Desired;
use engine::desired::FieldError;
use engine::export::request::RequestFormat;
use engine::journal::history::History;
use engine::journal::history::without_lost_secrets;
use engine::journal::origin::with_recorded;
use engine::plan::Plan;
use engine::plan::compare::plan;
use engine::plan::preflight::PreflightCheck;
use engine::plan::preflight::checks;
use engine::plan::reference::IdRef;
use engine::plan::refused::RefusedChanges;
use engine::plan::step::StepId;
use engine::plan::write::Setting;
use engine::plan::write::ShownRequest;
use engine::read::observed::Observed;

/// State of the review.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Review {
    /// Not requested.
    #[default]
    Absent,
    /// The admin has to fix something first.
    Faulty {
        faults: Vec<FieldError>,
        unfit: Option<SignInMismatch>,
    },
    Reading,
    /// The tenant could not be read.
    Failed(Problem),
    Ready(Box<ReviewData>),
}

/// A complete review.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewData {
    pub plan: Plan,
    /// What the plan was made from.
    pub observed: Observed,
    /// Preflight checks, done before the first write.
    pub checks: Vec<PreflightCheck>,
    /// What the services will refuse to the account, planned or left out.
    pub refused: RefusedChanges,
    /// Every request, in the order of the steps.
    pub requests: Vec<PlannedRequest>,
    /// Hash of the answers, as the plan page shows it. `None` for an existing pair.
    pub plan_hash: Option<String>,
}

/// The run that a review continues.
#[derive(Clone, Debug, Default)]
pub struct Resumed {
    /// What the run did; empty if there is no run.
    pub history: History,
    /// Key ID of its secret, if the page still has the text.
    pub in_hand: Option<KeyId>,
    /// Apps that this browser's journals recorded as created.
    pub recorded: Vec<AppId>,
    /// The run is in this browser's store, and not only in a file.
    pub is_stored: bool,
}

/// A request as it will be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRequest {
    pub step: StepId,
    /// Requests of one wave are sent in parallel; 1 is the first.
    pub wave: usize,
    pub request: ShownRequest,
}

impl ReviewData {
    /// Plans, checks and writes the requests. `resumed`: the run that the review continues. `plan_hash`: the hash of the answers.
    #[must_use]
    pub fn new(
        desired: &Desired,
        observed: Observed,
        resumed: &Resumed,
        plan_hash: Option<String>,
        now: Timestamp,
        t: Locale,
    ) -> Self {
        let observed = without_lost_secrets(observed, &resumed.history, resumed.in_hand);
        let own = resumed.is_stored.then_some(&resumed.history);
        let observed = with_recorded(observed, &resumed.recorded, own, desired);
        let plan = plan(desired, &observed, now);
        let checks = checks(desired, &observed, &plan, now, t);
        let requests = requests(&plan, now, t);
        let refused = plan.refused_changes(&observed);
        Self {
            plan,
            observed,
            checks,
            refused,
            requests,
            plan_hash,
        }
    }

    /// Makes the sentences again in another language.
    pub(in crate::ui) fn translate(&mut self, now: Timestamp, t: Locale) {
        self.checks = checks(&self.plan.desired, &self.observed, &self.plan, now, t);
        self.requests = requests(&self.plan, now, t);
    }

    #[must_use]
    pub fn waves(&self) -> usize {
        self.requests
            .iter()
            .map(|request| request.wave)
            .max()
            .unwrap_or_default()
    }
}

fn requests(plan: &Plan, now: Timestamp, t: Locale) -> Vec<PlannedRequest> {
    let setting = Setting {
        cloud: plan.desired.cloud,
        tenant: plan.desired.tenant,
        now,
        run: t.review_run_id(),
    };
    let written = plan
        .steps
        .iter()
        .filter_map(|step| step.action.write().map(|write| (step.id, write)));
    written
        .map(|(step, write)| PlannedRequest {
            step,
            wave: wave(plan, step),
            request: write.shown(&setting, IdRef::label),
        })
        .collect()
}

/// Length of the longest chain of writes that ends with this one: its dependencies come first.
fn wave(plan: &Plan, id: StepId) -> usize {
    let is_write = plan
        .step(id)
        .is_some_and(|step| step.action.write().is_some());
    let before = id
        .needs()
        .iter()
        .map(|need| wave(plan, *need))
        .max()
        .unwrap_or_default();
    before + usize::from(is_write)
}

#[derive(Clone, Debug, Default)]
pub struct ReviewModel {
    pub state: Review,
    /// All requests are expanded.
    pub is_unfolded: bool,
    /// How the requests of the review and of the run are written.
    pub format: RequestFormat,
    /// The admin confirms that the site no longer uses the apps that will be deleted.
    pub is_site_disconnected: bool,
}

impl ReviewModel {
    /// Whether the review was requested. Not by comparison, which would need the code of everything in a review.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        !matches!(self.state, Review::Absent)
    }
}
