//! Unfinished runs: which ones the browser stores, and what the admin does about one.
//!
//! Nothing happens automatically. To continue is a review like any other, of the same answers against the tenant as it is now. An undo
//! shows every request before it begins.

use uuid::Uuid;

use crate::ui::sign_in::state::SignedInUser;
use domain::platform::StorageError;
use domain::problem::Problem;
use engine::journal::Created;
use engine::journal::JournalLocation;
use engine::journal::RecordedRun;
use engine::journal::RunStarted;
use engine::journal::StoredRun;
use engine::journal::Unreadable;
use engine::journal::history::History;
use engine::journal::history::WriteOutcome;
use engine::plan::step::StepId;
use engine::run::prepare::StartError;
use engine::undo::Findings;
use engine::undo::UndoPlan;
use engine::undo::UndoStepState;

#[derive(Clone, Debug, Default)]
pub struct Journals {
    /// Journals in the browser's store, oldest first.
    pub stored: Vec<StoredRun>,
    /// Why the browser stores no journals; `None` if it does.
    pub trouble: Option<StorageError>,
    /// A journal that only this page has: of a run without a store, or opened from a file.
    pub file: Option<RecordedRun>,
    /// Pasted text of a journal file.
    pub file_text: String,
    /// Why the opened file is not a journal.
    pub file_refused: Option<Unreadable>,
    /// Where the next run's journal goes.
    pub keeping: JournalLocation,
    /// The run to continue or undo.
    pub chosen: Option<Uuid>,
    pub undo: Undo,
}

#[derive(Clone, Debug, Default)]
pub enum Undo {
    /// Not requested.
    #[default]
    Absent,
    /// The created objects are being looked up.
    Finding,
    /// The lookup failed, or the undo did not begin.
    Stopped(StartError),
    /// Shown for approval.
    Ready {
        findings: Box<Findings>,
        /// Delete apps permanently.
        for_good: bool,
    },
    Under {
        plan: Box<UndoPlan>,
        /// State of each removal.
        states: Vec<UndoStepState>,
        is_over: bool,
    },
}

/// State of a step of an unfinished run, according to its journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepSummary {
    Done,
    /// No response was recorded.
    Unknown,
    Remains,
}

impl Undo {
    /// True while requests may be sent.
    #[must_use]
    pub fn is_underway(&self) -> bool {
        matches!(self, Self::Under { is_over: false, .. })
    }

    /// Problems that stopped the undo.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let states = match self {
            Self::Under { states, .. } => states.as_slice(),
            Self::Absent | Self::Finding | Self::Stopped(_) | Self::Ready { .. } => &[],
        };
        let stopped = match self {
            Self::Stopped(StartError::Unread(problem)) => Some(problem),
            Self::Stopped(_)
            | Self::Absent
            | Self::Finding
            | Self::Ready { .. }
            | Self::Under { .. } => None,
        };
        let failed = states.iter().filter_map(|state| match state {
            UndoStepState::Failed(problem) => Some(problem),
            UndoStepState::Waiting
            | UndoStepState::Running
            | UndoStepState::Done
            | UndoStepState::Left
            | UndoStepState::Changed => None,
        });
        failed.chain(stopped)
    }
}

impl Journals {
    /// Unfinished runs, oldest first.
    pub fn open(&self) -> impl Iterator<Item = &RecordedRun> {
        let stored = self.stored.iter().filter_map(|it| match it {
            StoredRun::Run(recorded_run) => Some(recorded_run),
            StoredRun::Foreign { .. } => None,
        });
        stored
            .chain(&self.file)
            .filter(|recorded_run| recorded_run.is_open())
    }

    /// Number of finished runs that are still stored.
    #[must_use]
    pub fn finished(&self) -> usize {
        let is_finished =
            |it: &&StoredRun| matches!(it, StoredRun::Run(recorded_run) if !recorded_run.is_open());
        self.stored.iter().filter(is_finished).count()
    }

    /// An open run by its ID.
    #[must_use]
    pub fn find(&self, run: Uuid) -> Option<&RecordedRun> {
        self.open().find(|recorded_run| recorded_run.run == run)
    }

    /// True if an entry waits for a decision.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.open().next().is_some()
            || self
                .stored
                .iter()
                .any(|it| matches!(it, StoredRun::Foreign { .. }))
    }
}

/// State of each planned step, according to the journal.
#[must_use]
pub fn summaries(recorded_run: &RecordedRun) -> Vec<(StepId, StepSummary)> {
    let history = History::of(recorded_run);
    let planned = recorded_run
        .started()
        .into_iter()
        .flat_map(|started| &started.steps);
    let mut steps: Vec<StepId> = history.steps.iter().map(|(step, ..)| *step).collect();
    for step in planned.filter_map(|name| StepId::find(name)) {
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    steps.sort_unstable();
    steps
        .into_iter()
        .map(|step| {
            let summary = match history.outcome(step) {
                Some(WriteOutcome::Done) => StepSummary::Done,
                Some(WriteOutcome::Unknown(_)) => StepSummary::Unknown,
                Some(WriteOutcome::NotDone) | None => StepSummary::Remains,
            };
            (step, summary)
        })
        .collect()
}

/// True if every step is done and only the confirmation of the secret is missing.
#[must_use]
pub fn waits_for_secret_alone(recorded_run: &RecordedRun) -> bool {
    let history = History::of(recorded_run);
    !history.is_secret_saved
        && history
            .made
            .iter()
            .any(|it| matches!(it.made, Created::Secret { .. }))
        && summaries(recorded_run)
            .iter()
            .all(|(_, summary)| *summary == StepSummary::Done)
}

pub fn is_in(started: &RunStarted, user: &SignedInUser) -> bool {
    started.tenant == user.tenant && started.cloud == user.cloud.key()
}
