//! Unfinished runs: which ones the browser stores, and what the admin does about one.
//!
//! Nothing happens automatically. To continue is a review like any other, of the same answers against the tenant as it is now. An undo
//! shows every request before it begins.

use uuid::Uuid;

use crate::ui::sign_in::state::Visitor;
use domain::platform::NotKept;
use domain::problem::Problem;
use engine::journal::Keeping;
use engine::journal::Leg;
use engine::journal::Made;
use engine::journal::Past;
use engine::journal::Shelved;
use engine::journal::Unreadable;
use engine::journal::history::Fate;
use engine::journal::history::History;
use engine::plan::step::StepId;
use engine::run::prepare::Stop;
use engine::undo::Findings;
use engine::undo::RemovalState;
use engine::undo::UndoPlan;

#[derive(Clone, Debug, Default)]
pub struct Journals {
    /// Journals in the browser's store, oldest first.
    pub shelved: Vec<Shelved>,
    /// Why the browser stores no journals; `None` if it does.
    pub trouble: Option<NotKept>,
    /// A journal that only this page has: of a run without a store, or opened from a file.
    pub file: Option<Past>,
    /// Pasted text of a journal file.
    pub file_text: String,
    /// Why the opened file is not a journal.
    pub file_refused: Option<Unreadable>,
    /// Where the next run's journal goes.
    pub keeping: Keeping,
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
    Stopped(Stop),
    /// Shown for approval.
    Ready {
        findings: Box<Findings>,
        /// Delete apps permanently.
        for_good: bool,
    },
    Under {
        plan: Box<UndoPlan>,
        /// State of each removal.
        states: Vec<RemovalState>,
        is_over: bool,
    },
}

/// State of a step of an unfinished run, according to its journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
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
            Self::Stopped(Stop::Unread(problem)) => Some(problem),
            Self::Stopped(_)
            | Self::Absent
            | Self::Finding
            | Self::Ready { .. }
            | Self::Under { .. } => None,
        };
        let failed = states.iter().filter_map(|state| match state {
            RemovalState::Failed(problem) => Some(problem),
            RemovalState::Waiting
            | RemovalState::Running
            | RemovalState::Done
            | RemovalState::Left
            | RemovalState::Changed => None,
        });
        failed.chain(stopped)
    }
}

impl Journals {
    /// Unfinished runs, oldest first.
    pub fn open(&self) -> impl Iterator<Item = &Past> {
        let shelved = self.shelved.iter().filter_map(|it| match it {
            Shelved::Run(past) => Some(past),
            Shelved::Foreign { .. } => None,
        });
        shelved.chain(&self.file).filter(|past| past.is_open())
    }

    /// Number of finished runs that are still stored.
    #[must_use]
    pub fn finished(&self) -> usize {
        let is_finished = |it: &&Shelved| matches!(it, Shelved::Run(past) if !past.is_open());
        self.shelved.iter().filter(is_finished).count()
    }

    /// An open run by its ID.
    #[must_use]
    pub fn find(&self, run: Uuid) -> Option<&Past> {
        self.open().find(|past| past.run == run)
    }

    /// True if an entry waits for a decision.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.open().next().is_some()
            || self
                .shelved
                .iter()
                .any(|it| matches!(it, Shelved::Foreign { .. }))
    }
}

/// State of each planned step, according to the journal.
#[must_use]
pub fn told(past: &Past) -> Vec<(StepId, Told)> {
    let history = History::of(past);
    let planned = past.leg().into_iter().flat_map(|leg| &leg.steps);
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
            let told = match history.fate(step) {
                Some(Fate::Done) => Told::Done,
                Some(Fate::Unknown(_)) => Told::Unknown,
                Some(Fate::NotDone) | None => Told::Remains,
            };
            (step, told)
        })
        .collect()
}

/// True if every step is done and only the confirmation of the secret is missing.
#[must_use]
pub fn waits_for_secret_alone(past: &Past) -> bool {
    let history = History::of(past);
    !history.is_secret_saved
        && history
            .made
            .iter()
            .any(|it| matches!(it.made, Made::Secret { .. }))
        && told(past).iter().all(|(_, told)| *told == Told::Done)
}

pub fn is_in(leg: &Leg, visitor: &Visitor) -> bool {
    leg.tenant == visitor.tenant && leg.cloud == visitor.cloud.key()
}
