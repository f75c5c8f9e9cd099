//! What the review page shows, made once from what was read: the plan, the checks and every request in full.
//!
//! The requests come from the very writes that will run, with names where IDs are not known yet.

use jiff::Timestamp;
use serde_json::Value;

use crate::ui::access::Unfit;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::problem::Problem;
use domain::words::Words;
use engine::desired::Desired;
use engine::desired::Fault;
use engine::journal::history::History;
use engine::journal::history::without_lost_secrets;
use engine::journal::origin::with_recorded;
use engine::net::Body;
use engine::plan::Plan;
use engine::plan::StepId;
use engine::plan::compare::plan;
use engine::plan::preflight::Check;
use engine::plan::preflight::checks;
use engine::plan::write::Ids;
use engine::plan::write::Setting;
use engine::plan::write::readable;
use engine::read::observed::Observed;

/// How far the review is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Review {
    /// Not asked for.
    #[default]
    Absent,
    /// Something has to be mended first.
    Faulty {
        /// What is wrong with the answers.
        faults: Vec<Fault>,
        /// What is wrong with the sign-in.
        unfit: Option<Unfit>,
    },
    /// The tenant is being read.
    Reading,
    /// It could not be read.
    Failed(Problem),
    /// Everything is on the page.
    Ready(Box<Sheet>),
}

/// A review that is complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What would be done.
    pub plan: Plan,
    /// What it was made from.
    pub observed: Observed,
    /// Questions answered before anything is written.
    pub checks: Vec<Check>,
    /// Every request, in the order of the steps.
    pub requests: Vec<Request>,
}

/// The run a review goes on with.
#[derive(Clone, Debug, Default)]
pub struct Resumed {
    /// What it did; nothing if there is none.
    pub history: History,
    /// Its secret, if the page still has the text.
    pub in_hand: Option<KeyId>,
    /// Apps that journals of this browser recorded as created.
    pub recorded: Vec<AppId>,
    /// It lies on the shelf of this browser, and not in a file alone.
    pub is_shelved: bool,
}

/// A request as it will be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The step it is for.
    pub step: StepId,
    /// Requests of one wave go out side by side; 1 is the first.
    pub wave: usize,
    /// The verb.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The body, indented; `None` if there is none.
    pub body: Option<String>,
}

impl Sheet {
    /// Plans, asks and writes out. `past`: the run this goes on with, and the secret of it that is in hand.
    #[must_use]
    pub fn new(
        desired: &Desired,
        observed: Observed,
        past: &Resumed,
        now: Timestamp,
        words: Words,
    ) -> Self {
        let observed = without_lost_secrets(observed, &past.history, past.in_hand);
        let own = past.is_shelved.then_some(&past.history);
        let observed = with_recorded(observed, &past.recorded, own, desired);
        let plan = plan(desired, &observed, now);
        let checks = checks(desired, &observed, &plan, now, words);
        let requests = requests(&plan, now, words);
        Self {
            plan,
            observed,
            checks,
            requests,
        }
    }

    /// How many waves there are.
    #[must_use]
    pub fn waves(&self) -> usize {
        self.requests
            .iter()
            .map(|request| request.wave)
            .max()
            .unwrap_or_default()
    }
}

fn requests(plan: &Plan, now: Timestamp, words: Words) -> Vec<Request> {
    let ids = Ids::new(&plan.known);
    let setting = Setting {
        cloud: plan.desired.cloud,
        tenant: plan.desired.tenant,
        ids: &ids,
        now,
        run: words.review_run_id(),
    };
    let written = plan
        .steps
        .iter()
        .filter_map(|step| step.action.write().map(|write| (step.id, write)));
    written
        .map(|(step, write)| {
            let call = write.call(&setting);
            Request {
                step,
                wave: wave(plan, step),
                method: call.method.to_string(),
                url: readable(&call.url),
                body: match &call.body {
                    Body::Json(body) => Some(readable(&indented(body))),
                    Body::Empty => None,
                },
            }
        })
        .collect()
}

/// The longest chain of writes that has to be over before this one, and itself.
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

fn indented(body: &Value) -> String {
    format!("{body:#}")
}
