//! A run as the page follows it: where each step is, what it waits for, and what came of it all.

use std::time::Duration;

use jiff::Timestamp;
use litemap::LiteMap;

use crate::ui::host::Finished;
use crate::ui::msg::Effect;
use crate::ui::place::Place;
use crate::ui::review::Review;
use crate::ui::review::Sheet;
use crate::ui::stage::Stage;
use domain::problem::Kind;
use domain::problem::Problem;
use domain::words::Words;
use engine::export::from_run::NotReady;
use engine::export::from_run::handoff;
use engine::export::handoff::Handoff;
use engine::journal::Past;
use engine::plan::Plan;
use engine::plan::StepId;
use engine::run::Note;
use engine::run::Outcome;
use engine::run::Progress;
use engine::run::StepState;
use engine::run::prepare::Stop;

/// A run, under way or over.
#[derive(Clone, Debug)]
pub struct Run {
    /// What it was made from.
    pub sheet: Box<Sheet>,
    /// Each step, in the order of the plan.
    pub steps: Vec<Progress>,
    /// When it began.
    pub began: Timestamp,
    /// The moment last heard of; for the time passed and for countdowns.
    pub now: Timestamp,
    /// Where it is as a whole.
    pub state: RunState,
    /// When each note was told.
    since: LiteMap<StepId, Timestamp>,
    /// What is handed over, once it is over; until then and where it is not complete, why not.
    pub handoff: Result<Box<Handoff>, NotReady>,
}

/// Where a run is as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// Under way.
    Underway,
    /// Asked to stop; what is under way is being waited for.
    Stopping,
    /// Everything wanted is there.
    Complete,
    /// Something is not, and going on later will mend it.
    Paused,
    /// Something is not.
    Failed,
    /// Stopped by the person.
    Stopped,
}

impl Run {
    /// True if it mends a pair that was there already.
    #[must_use]
    pub fn is_repair(&self) -> bool {
        self.sheet.plan.desired.existing.is_some()
    }

    /// True if a step has written something in this run.
    #[must_use]
    pub fn has_made(&self, id: StepId) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| step.id == id && step.state == StepState::Done)
    }

    /// What stands over the page.
    #[must_use]
    pub fn title(&self, words: Words) -> &'static str {
        match (self.is_repair(), self.state) {
            (false, state) => state.title(words),
            (true, RunState::Underway | RunState::Stopping) => words.run_repair_underway(),
            (true, RunState::Complete) => words.run_repair_complete(),
            (true, RunState::Paused) => words.run_repair_paused(),
            (true, RunState::Failed) => words.run_repair_failed(),
            (true, RunState::Stopped) => words.run_repair_stopped(),
        }
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

    /// What stands over the page.
    #[must_use]
    pub fn title(self, words: Words) -> &'static str {
        match self {
            Self::Underway | Self::Stopping => words.run_title_underway(),
            Self::Complete => words.run_title_complete(),
            Self::Paused => words.run_title_paused(),
            Self::Failed => words.run_title_failed(),
            Self::Stopped => words.run_title_stopped(),
        }
    }

    /// Used as `data-state` in markup.
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

impl Run {
    /// At its beginning.
    #[must_use]
    pub fn new(sheet: Box<Sheet>, now: Timestamp) -> Self {
        let steps = sheet
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
            })
            .collect();
        Self {
            sheet,
            steps,
            began: now,
            now,
            state: RunState::Underway,
            since: LiteMap::new(),
            handoff: Err(NotReady::Apps),
        }
    }

    /// The plan that runs.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.sheet.plan
    }

    /// A step has moved.
    pub fn hear(&mut self, progress: Progress, now: Timestamp) {
        self.now = now;
        self.since.insert(progress.id, now);
        if let Some(step) = self.steps.iter_mut().find(|step| step.id == progress.id) {
            *step = progress;
        }
    }

    /// It is over.
    pub fn end(&mut self, outcome: Outcome) {
        let is_complete = outcome.is_complete();
        self.now = outcome.ended;
        self.handoff = handoff(&self.sheet.plan, &self.sheet.observed, &outcome).map(Box::new);
        for progress in outcome.steps {
            self.hear(progress, outcome.ended);
        }
        let was_stopped = self
            .problems()
            .any(|(_, problem)| problem.kind == Kind::Cancelled);
        let is_pause = self.problems().all(|(_, problem)| problem.is_pause());
        self.state = match (is_complete, was_stopped) {
            (true, _) => RunState::Complete,
            (false, true) => RunState::Stopped,
            (false, false) if is_pause => RunState::Paused,
            (false, false) => RunState::Failed,
        };
    }

    /// How many steps that write are done, and how many there are.
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

    /// What failed, in the order of the steps. What was not tried because of it is not among them.
    pub fn problems(&self) -> impl Iterator<Item = (StepId, &Problem)> {
        self.steps.iter().filter_map(|step| match &step.state {
            StepState::Failed(problem) => Some((step.id, problem)),
            StepState::Waiting
            | StepState::Running
            | StepState::Done
            | StepState::Kept
            | StepState::UnderWay
            | StepState::Skipped { .. } => None,
        })
    }

    /// Whole seconds left of what a step waits for.
    #[must_use]
    pub fn left(&self, step: &Progress, wait: Duration) -> u64 {
        let told = self.since.get(&step.id).copied().unwrap_or(self.now);
        let passed = Duration::try_from(self.now.duration_since(told)).unwrap_or_default();
        let left = wait.saturating_sub(passed);
        // Rounded up, so that the last second reads 1 and not 0.
        left.as_secs() + u64::from(left.subsec_nanos() > 0)
    }

    /// Where a step is.
    #[must_use]
    pub fn is_good(&self, id: StepId) -> bool {
        self.steps
            .iter()
            .any(|step| step.id == id && step.state.is_good())
    }

    /// Whole seconds since the beginning.
    #[must_use]
    pub fn passed(&self) -> u64 {
        Duration::try_from(self.now.duration_since(self.began))
            .unwrap_or_default()
            .as_secs()
    }
}

impl Stage {
    /// The run did not begin: back to the review, with the reason, and with what was read if that is new.
    pub(super) fn run_stopped(&mut self, stop: Stop) -> Vec<Effect> {
        let Some(run) = self.run.take() else {
            return Vec::new();
        };
        self.review = match (&stop, self.desired()) {
            (Stop::Changed(observed), Ok(desired)) => {
                let past = self.resumed();
                let observed = observed.as_ref().clone();
                let sheet = Sheet::new(&desired, observed, &past, self.now, self.words);
                Review::Ready(Box::new(sheet))
            }
            _ => Review::Ready(run.sheet),
        };
        let planned = match (&stop, &self.review) {
            (Stop::Changed(_), Review::Ready(sheet)) => Some(self.tell_planned(sheet)),
            _ => None,
        };
        let reviews_again = matches!(stop, Stop::SignInOld | Stop::OtherTenant(_));
        self.stop = Some(stop);
        self.place = Place::Review;
        self.tell(self.words.review_not_begun());
        let mut effects = vec![
            self.show_place(false),
            Effect::AskBeforeLeaving(self.secret.is_some()),
            Effect::FocusHeading,
        ];
        effects.extend(planned);
        if reviews_again {
            effects.extend(self.observe());
        }
        effects
    }

    pub(super) fn run_ended(
        &mut self,
        mut outcome: Outcome,
        file: Option<Box<Past>>,
    ) -> Vec<Effect> {
        self.now = outcome.ended;
        if let Some(stop) = outcome.stop.take() {
            return self.run_stopped(stop);
        }
        if let Some(file) = file {
            self.journals.file = file.is_open().then_some(*file);
        }
        // An earlier run's secret stays the one to hand over if this run made none.
        if let Some(secret) = outcome.secret.clone() {
            self.secret = Some(secret);
            // Made: asking for one more was for this run only.
            self.draft.forget_new_secret();
        }
        let mut effects = Vec::new();
        if let Some(run) = &mut self.run {
            let finished = Finished::new(&run.sheet, &outcome);
            run.end(outcome);
            let title = run.title(self.words);
            self.tell(title);
            effects.extend(self.tell_finished(finished));
        }
        effects.extend([
            self.keep_draft(),
            self.keep_file(),
            self.show_place(false),
            Effect::AskBeforeLeaving(self.secret.is_some()),
            Effect::FocusHeading,
        ]);
        effects
    }
}

/// The wait a note tells of.
#[must_use]
pub fn wait_of(note: Note) -> Option<Duration> {
    match note {
        Note::Throttled { wait }
        | Note::ServerBusy { wait }
        | Note::NoAnswer { wait }
        | Note::Copying { wait }
        | Note::Registering { wait } => Some(wait),
        Note::Looking | Note::Offline => None,
    }
}
