//! How long a run will probably still take, from its own steps so far.

use std::time::Duration;

use jiff::Timestamp;

use crate::ui::runs::state::RunModel;
use crate::ui::runs::state::RunState;
use crate::ui::runs::state::wait_of;
use engine::desired::providers::longest_watch;
use engine::plan::step::StepId;
use engine::run::Progress;
use engine::run::StepState;

/// Time until the run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLeft {
    /// The steps left, each as long as the average of those that are done.
    About(Duration),
    /// Only the registration of resource providers is left, and the page stops watching it after this time.
    AtMost(Duration),
}

impl RunModel {
    /// `None` before the first step is done: then nothing is known about the speed of this tenant. `None` after the run too.
    #[must_use]
    pub fn time_left(&self) -> Option<TimeLeft> {
        if self.state != RunState::Underway {
            return None;
        }
        let is_provider = |step: &&Progress| matches!(step.id, StepId::Provider(_));
        let open = || self.steps.iter().filter(|step| !step.state.is_over());
        if open().all(|step| is_provider(&step)) {
            let watched = open()
                .filter_map(|step| step.timeline.started())
                .map(|started| longest_watch().saturating_sub(since(started, self.now)))
                .max()?;
            return Some(TimeLeft::AtMost(watched));
        }
        let done: Vec<Duration> = self
            .steps
            .iter()
            .filter(|step| !is_provider(step))
            .filter_map(|step| step.timeline.took())
            .collect();
        let average = done.iter().sum::<Duration>() / u32::try_from(done.len()).ok()?.max(1);
        let left = open()
            .filter(|step| !is_provider(step))
            .map(|step| self.chain(step.id, average))
            .max()?;
        (!done.is_empty()).then_some(TimeLeft::About(left))
    }

    /// Time until this step ends, with what it needs.
    fn chain(&self, id: StepId, average: Duration) -> Duration {
        let Some(step) = self.steps.iter().find(|step| step.id == id) else {
            return Duration::ZERO;
        };
        let own = match &step.state {
            StepState::Waiting => average,
            StepState::Running => {
                let wait = step.note.and_then(wait_of).unwrap_or_default();
                let passed = step
                    .timeline
                    .started()
                    .map(|started| since(started, self.now))
                    .unwrap_or_default();
                Duration::from_secs(self.left(step, wait)).max(average.saturating_sub(passed))
            }
            StepState::Done
            | StepState::Kept
            | StepState::UnderWay
            | StepState::Failed(_)
            | StepState::Skipped { .. } => return Duration::ZERO,
        };
        let needs = id.needs().iter().map(|need| self.chain(*need, average));
        own + needs.max().unwrap_or_default()
    }
}

/// Time from `from` to `to`; zero if the clock went back.
pub fn since(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}

/// Rounded up to five seconds, or to half a minute: an estimate is not exact.
#[must_use]
pub fn rounded(left: Duration) -> u64 {
    let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    let step = if seconds <= 60 { 5 } else { 30 };
    seconds.div_ceil(step).max(1) * step
}
