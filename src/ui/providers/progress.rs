//! A registration in many subscriptions as the page shows it.

use std::collections::VecDeque;

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::ui::components::grid_state::GridState;
use domain::platform::StorageError;
use domain::problem::Problem;
use engine::providers::progress::ProviderProgress;
use engine::providers::register::RegistrationChange;
use engine::providers::register::RegistrationEnd;
use engine::providers::selection::ProviderSelection;
use engine::providers::selection::SelectedSubscription;

/// The rate is that of the last minute.
const RATE_OF: SignedDuration = SignedDuration::from_mins(1);
/// Before this, a rate would be a guess.
const RATE_AFTER: SignedDuration = SignedDuration::from_secs(10);

/// A registration, under way or ended.
#[derive(Clone, Debug)]
pub struct ProviderRun {
    pub selection: ProviderSelection,
    /// Each provider of each selected subscription.
    pub progress: Vec<Vec<ProviderProgress>>,
    pub began: Timestamp,
    /// Time of the latest message.
    pub now: Timestamp,
    pub state: ProviderRunState,
    /// Until when Azure wants fewer requests.
    pub throttled_until: Option<Timestamp>,
    /// The results that are shown.
    pub result: Option<RunResult>,
    /// Places of the shown subscriptions.
    pub shown: Vec<usize>,
    pub grid: GridState,
    /// Times and numbers of providers that had begun.
    samples: VecDeque<(Timestamp, usize)>,
}

/// State of the whole registration.
#[derive(Clone, Debug, PartialEq)]
pub enum ProviderRunState {
    UnderWay,
    /// Stop was requested; requests already sent are finished.
    Stopping,
    Ended(RegistrationEnd),
    NotBegun(NotBegun),
}

/// Why no request was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum NotBegun {
    /// Another tab of this page registers in the tenant.
    OtherTab,
    /// This browser could not store the first record.
    NotRecorded(StorageError),
    /// The sign-in is gone.
    SignedOut,
    /// The sign-in is older than the site owner allows for writing.
    SignInOld,
}

/// What came of a provider, as the page counts and filters it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunResult {
    Failed,
    /// Azure is still registering it.
    UnderWay,
    Waiting,
    Stopped,
    Registered,
}

/// Each result with its key in the markup.
pub const RESULTS: [(RunResult, &str); 5] = [
    (RunResult::Failed, "failed"),
    (RunResult::UnderWay, "under-way"),
    (RunResult::Waiting, "waiting"),
    (RunResult::Stopped, "stopped"),
    (RunResult::Registered, "registered"),
];

impl RunResult {
    #[must_use]
    pub fn of(progress: &ProviderProgress) -> Self {
        match progress {
            ProviderProgress::Waiting => Self::Waiting,
            ProviderProgress::Present | ProviderProgress::Registered => Self::Registered,
            ProviderProgress::UnderWay | ProviderProgress::LeftToAzure => Self::UnderWay,
            ProviderProgress::Failed(_) => Self::Failed,
            ProviderProgress::Stopped => Self::Stopped,
        }
    }

    #[must_use]
    pub fn key(self) -> &'static str {
        let known = RESULTS.iter().find(|(it, _)| *it == self);
        known.map_or("", |(_, key)| *key)
    }

    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        let known = RESULTS.iter().find(|(_, it)| *it == key);
        known.map(|(it, _)| *it)
    }
}

/// Number of providers by what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunCounts {
    pub all: usize,
    pub registered: usize,
    pub under_way: usize,
    /// Those under way that the run no longer watches.
    pub left: usize,
    pub waiting: usize,
    pub failed: usize,
    pub stopped: usize,
}

impl RunCounts {
    /// Those of which the result is known. What Azure was left with counts, as the run no longer watches it.
    #[must_use]
    pub fn done(self) -> usize {
        self.all - self.waiting - (self.under_way - self.left)
    }
}

impl ProviderRun {
    #[must_use]
    pub fn new(selection: ProviderSelection, now: Timestamp) -> Self {
        let waiting = |one: &SelectedSubscription| {
            let all = one.namespaces.iter();
            all.map(|_| ProviderProgress::Waiting).collect()
        };
        let mut run = Self {
            progress: selection.subscriptions.iter().map(waiting).collect(),
            selection,
            began: now,
            now,
            state: ProviderRunState::UnderWay,
            throttled_until: None,
            result: None,
            shown: Vec::new(),
            grid: GridState::default(),
            samples: VecDeque::new(),
        };
        run.refresh();
        run
    }

    #[must_use]
    pub fn is_under_way(&self) -> bool {
        match self.state {
            ProviderRunState::UnderWay | ProviderRunState::Stopping => true,
            ProviderRunState::Ended(_) | ProviderRunState::NotBegun(_) => false,
        }
    }

    /// Why the account has to sign in again.
    #[must_use]
    pub fn asks_for_sign_in(&self) -> Option<&Problem> {
        match &self.state {
            ProviderRunState::Ended(RegistrationEnd::SignInNeeded(problem)) => Some(problem),
            ProviderRunState::Ended(_)
            | ProviderRunState::NotBegun(_)
            | ProviderRunState::UnderWay
            | ProviderRunState::Stopping => None,
        }
    }

    /// Applies changes that came since the last time.
    pub fn take(&mut self, now: Timestamp, changes: &[RegistrationChange]) {
        if self.samples.is_empty() {
            // The click knows no time of its own.
            self.began = now;
            self.samples.push_back((now, 0));
        }
        self.now = now;
        for change in changes {
            let one = self.selection.subscriptions.get(change.place);
            let column = one.and_then(|one| {
                let mut all = one.namespaces.iter();
                all.position(|it| *it == change.namespace)
            });
            let slot = column.zip(self.progress.get_mut(change.place));
            if let Some(slot) = slot.and_then(|(column, row)| row.get_mut(column)) {
                *slot = change.now.clone();
            }
        }
        let begun = self.count();
        self.samples
            .push_back((now, begun.all.saturating_sub(begun.waiting)));
        while self.samples.len() > 2
            && self
                .samples
                .get(1)
                .is_some_and(|(at, _)| now.duration_since(*at) >= RATE_OF)
        {
            self.samples.pop_front();
        }
        if !changes.is_empty() {
            self.refresh();
        }
    }

    /// Places of the subscriptions with the picked result.
    pub fn refresh(&mut self) {
        let is_shown = |row: &[ProviderProgress]| match self.result {
            None => true,
            Some(wanted) => row.iter().any(|it| RunResult::of(it) == wanted),
        };
        let rows = self.progress.iter().enumerate();
        self.shown = rows
            .filter(|(_, row)| is_shown(row))
            .map(|(place, _)| place)
            .collect();
    }

    #[must_use]
    pub fn count(&self) -> RunCounts {
        let mut counts = RunCounts::default();
        for progress in self.progress.iter().flatten() {
            counts.all += 1;
            match progress {
                ProviderProgress::Waiting => counts.waiting += 1,
                ProviderProgress::Present | ProviderProgress::Registered => counts.registered += 1,
                ProviderProgress::UnderWay => counts.under_way += 1,
                ProviderProgress::LeftToAzure => {
                    counts.under_way += 1;
                    counts.left += 1;
                }
                ProviderProgress::Failed(_) => counts.failed += 1,
                ProviderProgress::Stopped => counts.stopped += 1,
            }
        }
        counts
    }

    /// Providers begun per minute in the last minute. `None` while that would be a guess.
    #[must_use]
    pub fn rate(&self) -> Option<u64> {
        let (from, before) = *self.samples.front()?;
        let (to, begun) = *self.samples.back()?;
        let passed = to.duration_since(from);
        if passed < RATE_AFTER || begun <= before {
            return None;
        }
        let begun = u64::try_from(begun - before).ok()?;
        let millis = u64::try_from(passed.as_millis()).ok()?;
        Some(begun.saturating_mul(60_000) / millis.max(1))
    }

    /// Minutes until every request is sent, rounded up. `None` while that would be a guess, or if there is nothing to send.
    #[must_use]
    pub fn minutes_left(&self) -> Option<u64> {
        let waiting = u64::try_from(self.count().waiting).ok()?;
        let rate = self.rate().filter(|rate| *rate > 0 && waiting > 0)?;
        Some(waiting.div_ceil(rate))
    }

    /// What failed or was not sent, to try again.
    #[must_use]
    pub fn unfinished(&self) -> ProviderSelection {
        let rows = self.selection.subscriptions.iter().zip(&self.progress);
        let left = rows.map(|(one, progress)| {
            let pairs = one.namespaces.iter().zip(progress);
            let left = pairs.filter(|(_, it)| {
                matches!(
                    RunResult::of(it),
                    RunResult::Failed | RunResult::Stopped | RunResult::Waiting
                )
            });
            SelectedSubscription {
                namespaces: left.map(|(namespace, _)| *namespace).collect(),
                ..one.clone()
            }
        });
        ProviderSelection {
            subscriptions: left.filter(|it| !it.namespaces.is_empty()).collect(),
            ..self.selection.clone()
        }
    }

    /// Why providers of a subscription failed, without repetitions.
    #[must_use]
    pub fn problems_of(&self, place: usize) -> Vec<&Problem> {
        let mut problems: Vec<&Problem> = Vec::new();
        for progress in self.progress.get(place).into_iter().flatten() {
            if let ProviderProgress::Failed(problem) = progress
                && !problems.iter().any(|it| it.says_what(problem))
            {
                problems.push(problem);
            }
        }
        problems
    }

    /// Each problem once, with the number of subscriptions that have it, the most frequent first.
    #[must_use]
    pub fn problems(&self) -> Vec<(&Problem, usize)> {
        let mut problems: Vec<(&Problem, usize)> = Vec::new();
        for place in 0..self.progress.len() {
            for problem in self.problems_of(place) {
                match problems.iter_mut().find(|(it, _)| it.says_what(problem)) {
                    Some((_, count)) => *count += 1,
                    None => problems.push((problem, 1)),
                }
            }
        }
        problems.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::cloud::Cloud;
    use domain::cmg::ProviderNamespace;
    use domain::problem::ProblemKind;

    fn run(count: u128) -> ProviderRun {
        let subscription = |number: u128| SelectedSubscription {
            id: uuid::Uuid::from_u128(number + 1)
                .to_string()
                .parse()
                .unwrap(),
            name: String::new(),
            namespaces: vec![ProviderNamespace::KeyVault],
        };
        let selection = ProviderSelection {
            cloud: Cloud::Public,
            tenant: "72f988bf-86f1-41af-91ab-2d7cd011db47".parse().unwrap(),
            subscriptions: (0..count).map(subscription).collect(),
        };
        ProviderRun::new(selection, Timestamp::UNIX_EPOCH)
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn changes(places: std::ops::Range<usize>, now: &ProviderProgress) -> Vec<RegistrationChange> {
        places
            .map(|place| RegistrationChange {
                place,
                namespace: ProviderNamespace::KeyVault,
                now: now.clone(),
            })
            .collect()
    }

    #[test]
    fn the_time_left_is_said_when_it_is_no_guess() {
        let mut run = run(1_000);
        // The time of the click is that of an earlier message.
        run.take(at(0), &changes(0..1, &ProviderProgress::UnderWay));
        assert_eq!((run.rate(), run.minutes_left()), (None, None));
        run.take(at(5), &changes(1..50, &ProviderProgress::UnderWay));
        assert_eq!(run.rate(), None);
        run.take(at(10), &changes(50..100, &ProviderProgress::UnderWay));
        assert_eq!(run.rate(), Some(600));
        assert_eq!(run.minutes_left(), Some(2));
        // A minute without progress: the rate is that of the last minute.
        run.take(at(71), &[]);
        run.take(at(72), &[]);
        assert_eq!((run.rate(), run.minutes_left()), (None, None));
        run.take(at(73), &changes(100..1_000, &ProviderProgress::UnderWay));
        assert_eq!(run.minutes_left(), None);
    }

    #[test]
    fn problems_come_once_each_and_what_failed_can_be_tried_again() {
        let mut run = run(5);
        let failed = |kind| ProviderProgress::Failed(Problem::new(kind));
        run.take(at(0), &changes(0..1, &failed(ProblemKind::ScopeLocked)));
        run.take(
            at(1),
            &changes(1..3, &failed(ProblemKind::RegisterForbidden)),
        );
        run.take(at(2), &changes(3..4, &ProviderProgress::Registered));
        run.take(at(3), &changes(4..5, &ProviderProgress::LeftToAzure));
        let problems: Vec<_> = run
            .problems()
            .into_iter()
            .map(|(problem, count)| (problem.kind.clone(), count))
            .collect();
        assert_eq!(
            problems,
            [
                (ProblemKind::RegisterForbidden, 2),
                (ProblemKind::ScopeLocked, 1)
            ]
        );
        assert_eq!(run.unfinished().subscriptions.len(), 3);
        let counts = run.count();
        assert_eq!((counts.all, counts.failed, counts.left), (5, 3, 1));
        run.result = Some(RunResult::Failed);
        run.refresh();
        assert_eq!(run.shown, [0, 1, 2]);
    }
}
