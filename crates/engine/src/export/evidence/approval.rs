//! What was approved, kept from the moment of the approval: who, when, and the writes as the review showed them.

use jiff::Timestamp;
use serde_json::Value;

use crate::journal::RecordedRun;
use crate::journal::Who;
use crate::plan::Plan;
use crate::plan::reference::IdRef;
use crate::plan::write::Setting;

/// The approval of a plan. In English, because the language of the page may change and the hashes must not.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// When the plan was approved.
    pub at: Timestamp,
    /// The account that approved it.
    pub actor: Who,
    /// `Plan::hash`.
    pub fingerprint: String,
    /// `PlanFile::hash` of the answers. `None` for an existing pair.
    pub plan_hash: Option<String>,
    /// The writes of the plan, in the order of its steps.
    pub writes: Vec<PlannedWrite>,
    /// Steps that the admin left to an account that may do them.
    pub left_out: Vec<String>,
    /// The journal of the run before it was continued.
    pub recorded_run: Option<RecordedRun>,
}

/// A write as the review showed it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedWrite {
    /// Name of the step, see `StepId::name`.
    pub step: String,
    /// HTTP method.
    pub method: String,
    /// URL, with names in braces for IDs that do not exist yet.
    pub url: String,
    /// JSON body.
    pub body: Option<Value>,
}

impl Approval {
    /// What this account approves now.
    #[must_use]
    pub fn new(
        plan: &Plan,
        plan_hash: Option<String>,
        actor: Who,
        at: Timestamp,
        recorded_run: Option<&RecordedRun>,
    ) -> Self {
        let setting = Setting {
            cloud: plan.desired.cloud,
            tenant: plan.desired.tenant,
            now: at,
            run: "{run ID}",
        };
        let writes = plan.steps.iter().filter_map(|step| {
            let request = step.action.write()?.shown(&setting, IdRef::label);
            Some(PlannedWrite {
                step: step.id.name().into_owned(),
                method: request.method.to_string(),
                url: request.url,
                body: request.body,
            })
        });
        let left_out = plan.steps.iter().filter(|step| step.is_left_out());
        Self {
            at,
            actor,
            fingerprint: plan.hash(),
            plan_hash,
            writes: writes.collect(),
            left_out: left_out.map(|step| step.id.name().into_owned()).collect(),
            recorded_run: recorded_run.cloned(),
        }
    }
}
