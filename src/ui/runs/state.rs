//! A run as the page shows it: the state of each step, what it waits for, and the result.

use crate::ui::runs::journals::Journals;
use engine::run::NewSecret;
use engine::run::prepare::StartError;
use engine::run::timeline::Timeline;
use std::rc::Rc;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::Timestamp;
use litemap::LiteMap;

use crate::ui::review::state::ReviewData;
use domain::ids::AppId;
use domain::locale::Locale;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use engine::desired::purpose::Purpose;
use engine::export::evidence::approval::Approval;
use engine::export::from_run::NotReady;
use engine::export::from_run::handoff;
use engine::export::handoff::Handoff;
use engine::export::received::ReceivedResult;
use engine::plan::Plan;
use engine::plan::PlanStep;
use engine::plan::step::StepId;
use engine::read::observed::there;
use engine::run::Progress;
use engine::run::RunOutcome;
use engine::run::StepState;
use engine::run::timeline::WaitNote;

/// The result of another person's run.
#[derive(Clone, Debug)]
pub struct Received {
    pub result: ReceivedResult,
    /// Whether it is of the plan of this page's answers, if both have a hash.
    pub is_of_plan: Option<bool>,
}

/// A run, in progress or ended.
#[derive(Clone, Debug)]
pub struct RunModel {
    /// The review that was approved.
    pub review: Box<ReviewData>,
    /// Each step, in the order of the plan.
    pub steps: Vec<Progress>,
    pub began: Timestamp,
    /// Time of the latest message; for the elapsed time and the countdowns.
    pub now: Timestamp,
    pub state: RunState,
    /// When each step last reported.
    since: LiteMap<StepId, Timestamp>,
    /// The hand-over once the run is complete; until then, why there is none.
    pub handoff: Result<Box<Handoff>, NotReady>,
    /// Who approved what, for the evidence.
    pub approval: Rc<Approval>,
    /// ID of the run. Empty until it ends.
    pub id: String,
}

/// State of the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    Underway,
    /// Stop was requested; requests already sent are finished.
    Stopping,
    /// Everything that was requested exists.
    Complete,
    /// Part is missing, and continuing later fixes it.
    Paused,
    /// Part is missing.
    Failed,
    /// Stopped by the admin.
    Stopped,
}

impl RunModel {
    /// True if the run changes an existing pair.
    #[must_use]
    pub fn is_repair(&self) -> bool {
        self.purpose() != Purpose::SetUp
    }

    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.review.plan.desired.purpose()
    }

    /// True if the run has ended and had something to write.
    #[must_use]
    pub fn has_evidence(&self) -> bool {
        !self.state.is_underway() && self.count().1 > 0
    }

    /// True if the step wrote something in this run.
    #[must_use]
    pub fn has_made(&self, id: StepId) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| step.id == id && step.state == StepState::Done)
    }

    /// True if the admin left changes to an account that may make them, and the rest is done.
    #[must_use]
    pub fn has_left_out(&self) -> bool {
        self.plan().steps.iter().any(PlanStep::is_left_out)
    }

    /// Page heading.
    #[must_use]
    pub fn title(&self, t: Locale) -> &'static str {
        if self.state == RunState::Paused && self.has_left_out() {
            return t.run_title_left_out();
        }
        match self.purpose() {
            Purpose::SetUp => self.state.title(t),
            Purpose::HandOver | Purpose::Repair => self.repair_title(t),
            Purpose::Renewal => self.renewal_title(t),
            Purpose::Retirement => self.retirement_title(t),
        }
    }

    fn repair_title(&self, t: Locale) -> &'static str {
        match self.state {
            RunState::Underway | RunState::Stopping => t.run_repair_underway(),
            RunState::Complete => t.run_repair_complete(),
            RunState::Paused => t.run_repair_paused(),
            RunState::Failed => t.run_repair_failed(),
            RunState::Stopped => t.run_repair_stopped(),
        }
    }

    fn renewal_title(&self, t: Locale) -> &'static str {
        match self.state {
            RunState::Underway | RunState::Stopping => t.run_renewal_underway(),
            RunState::Complete if self.has_made(StepId::Secret) => t.run_renewal_complete(),
            RunState::Complete => t.run_repair_complete(),
            RunState::Paused => t.run_renewal_paused(),
            RunState::Failed => t.run_renewal_failed(),
            RunState::Stopped => t.run_renewal_stopped(),
        }
    }

    fn retirement_title(&self, t: Locale) -> &'static str {
        let both = [StepId::DeleteServer, StepId::DeleteClient];
        match self.state {
            RunState::Underway | RunState::Stopping => t.run_retire_underway(),
            RunState::Complete if both.into_iter().all(|id| self.has_made(id)) => {
                t.run_retire_complete()
            }
            RunState::Complete => t.run_retire_complete_one(),
            RunState::Paused => t.run_retire_paused(),
            RunState::Failed => t.run_retire_failed(),
            RunState::Stopped => t.run_retire_stopped(),
        }
    }

    /// Until when the deleted apps can be restored: 30 days ("Delete application", 2025).
    #[must_use]
    pub fn restorable_until(&self) -> Option<Timestamp> {
        self.now
            .checked_add(SignedDuration::from_hours(30 * 24))
            .ok()
    }

    /// The apps that this run deleted: name and client ID.
    #[must_use]
    pub fn deleted(&self) -> Vec<(String, AppId)> {
        let observed = &self.review.observed;
        [
            (StepId::DeleteServer, &observed.server),
            (StepId::DeleteClient, &observed.client),
        ]
        .into_iter()
        .filter(|(id, _)| self.has_made(*id))
        .filter_map(|(_, app)| {
            let app = there(app)?;
            let name = app.properties.display_name.clone().unwrap_or_default();
            Some((name, app.app_id))
        })
        .collect()
    }
}

impl RunState {
    /// True while requests may be sent.
    #[must_use]
    pub fn is_underway(self) -> bool {
        match self {
            Self::Underway | Self::Stopping => true,
            Self::Complete | Self::Paused | Self::Failed | Self::Stopped => false,
        }
    }

    /// Page heading of a setup run.
    #[must_use]
    pub fn title(self, t: Locale) -> &'static str {
        match self {
            Self::Underway | Self::Stopping => t.run_title_underway(),
            Self::Complete => t.run_title_complete(),
            Self::Paused => t.run_title_paused(),
            Self::Failed => t.run_title_failed(),
            Self::Stopped => t.run_title_stopped(),
        }
    }

    /// Value of `data-state` in the markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Underway | Self::Stopping => "running",
            Self::Complete => "done",
            Self::Failed => "failed",
            Self::Paused | Self::Stopped => "warning",
        }
    }
}

impl RunModel {
    /// A run that has just begun.
    #[must_use]
    pub fn new(review: Box<ReviewData>, now: Timestamp, approval: Approval) -> Self {
        let steps = review
            .plan
            .steps
            .iter()
            .map(|step| Progress {
                id: step.id,
                state: if step.action.write().is_some() {
                    StepState::Waiting
                } else {
                    StepState::Kept
                },
                attempt: 0,
                request_id: None,
                note: None,
                timeline: Timeline::default(),
                sent: None,
            })
            .collect();
        Self {
            review,
            steps,
            began: now,
            now,
            state: RunState::Underway,
            since: LiteMap::new(),
            handoff: Err(NotReady::Apps),
            approval: Rc::new(approval),
            id: String::new(),
        }
    }

    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.review.plan
    }

    /// Updates a step.
    pub fn update_step(&mut self, progress: Progress, now: Timestamp) {
        self.now = now;
        self.since.insert(progress.id, now);
        if let Some(step) = self.steps.iter_mut().find(|step| step.id == progress.id) {
            *step = progress;
        }
    }

    /// Ends the run with its outcome.
    pub fn end(&mut self, outcome: RunOutcome) {
        let is_complete = outcome.is_complete();
        self.now = outcome.ended;
        self.id.clone_from(&outcome.run);
        self.handoff = handoff(&self.review.plan, &self.review.observed, &outcome).map(Box::new);
        for progress in outcome.steps {
            self.update_step(progress, outcome.ended);
        }
        let was_stopped = self
            .problems()
            .any(|(_, problem)| problem.kind == ProblemKind::Cancelled);
        let is_pause = self.problems().all(|(_, problem)| problem.is_pause());
        self.state = match (is_complete, was_stopped) {
            // Continuing does the rest, with another account or after a role was activated.
            (true, _) if self.has_left_out() => RunState::Paused,
            (true, _) => RunState::Complete,
            (false, true) => RunState::Stopped,
            (false, false) if is_pause => RunState::Paused,
            (false, false) => RunState::Failed,
        };
    }

    /// How many writing steps are done, and how many there are.
    #[must_use]
    pub fn count(&self) -> (u64, u64) {
        let mut done = 0;
        let mut all = 0;
        for (step, progress) in self.plan().steps.iter().zip(&self.steps) {
            if step.action.write().is_some() {
                all += 1;
                done += u64::from(progress.state.is_good());
            }
        }
        (done, all)
    }

    /// Failed steps, in order. Steps skipped because of them are left out.
    pub fn problems(&self) -> impl Iterator<Item = (StepId, &Problem)> {
        let steps = self.steps.iter();
        steps.filter_map(|step| Some((step.id, step.state.problem()?)))
    }

    /// Remaining whole seconds of a step's wait.
    #[must_use]
    pub fn left(&self, step: &Progress, wait: Duration) -> u64 {
        let since = self.since.get(&step.id).copied().unwrap_or(self.now);
        let passed = Duration::try_from(self.now.duration_since(since)).unwrap_or_default();
        let left = wait.saturating_sub(passed);
        // Rounded up, so that the last second shows 1 and not 0.
        left.as_secs() + u64::from(left.subsec_nanos() > 0)
    }

    /// Whole seconds since the run began.
    #[must_use]
    pub fn passed(&self) -> u64 {
        Duration::try_from(self.now.duration_since(self.began))
            .unwrap_or_default()
            .as_secs()
    }
}

/// The waiting time that a note reports.
#[must_use]
pub fn wait_of(note: WaitNote) -> Option<Duration> {
    match note {
        WaitNote::Throttled { wait }
        | WaitNote::ServerBusy { wait }
        | WaitNote::NoAnswer { wait }
        | WaitNote::Replicating { wait }
        | WaitNote::Registering { wait } => Some(wait),
        WaitNote::Looking | WaitNote::Offline => None,
    }
}

/// The run of this page, the journals of earlier ones, and the new secret.
#[derive(Clone, Debug)]
pub struct RunsModel {
    /// In progress or ended.
    pub run: Option<Box<RunModel>>,
    /// The result of another person's run, from a file.
    pub received: Option<Box<Received>>,
    /// Why the approved run did not begin.
    pub stop: Option<StartError>,
    /// Unfinished runs.
    pub journals: Journals,
    /// A journal that only this tab has, until the part that reads it is there.
    pub(in crate::ui) unread: Option<String>,
    /// The secret that this page created and the admin has not saved yet.
    pub secret: Option<NewSecret>,
    pub is_secret_shown: bool,
    /// The secret is on its way to the clipboard: the browser can still refuse it.
    pub is_secret_copying: bool,
    /// The secret was shown or copied at least once.
    pub is_secret_seen: bool,
    /// The admin wants to remove a secret that was neither shown nor copied.
    pub asks_before_removal: bool,
    /// Whether the end of a run is announced outside of the page.
    /// Number of showings: an old timer must not mask a new one.
    pub(in crate::ui) showing: u32,
}

impl RunsModel {
    /// `journal` is the one that only this tab has.
    #[must_use]
    pub fn new(journal: Option<String>) -> Self {
        Self {
            run: None,
            received: None,
            stop: None,
            journals: Journals::default(),
            unread: journal,
            secret: None,
            is_secret_shown: false,
            is_secret_copying: false,
            is_secret_seen: false,
            asks_before_removal: false,
            showing: 0,
        }
    }
}
