//! Waits of an undo.

use crate::net::cancel::CancellationToken;
use domain::platform::Platform;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use std::rc::Rc;
use std::time::Duration;

/// Maximum wait for an object that reads do not show yet.
const COPYING: Duration = Duration::from_secs(600);

/// Wait between two reads.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// Repeats a read until it shows an object that may not have replicated yet.
pub(crate) struct ReplicationWait {
    until: Duration,
}

impl ReplicationWait {
    pub(crate) fn start(world: &Rc<dyn Platform>) -> Self {
        Self {
            until: world.elapsed() + COPYING,
        }
    }

    /// Waits before the next read. Fails if this read was after the maximum wait.
    pub(crate) async fn look_again(
        &self,
        world: &Rc<dyn Platform>,
        cancel: &CancellationToken,
    ) -> Result<(), Problem> {
        if world.elapsed() > self.until {
            return Err(Problem::new(ProblemKind::NotReplicated));
        }
        pause(world, LOOK_AGAIN, cancel).await
    }
}

pub(crate) async fn pause(
    world: &Rc<dyn Platform>,
    wait: Duration,
    cancel: &CancellationToken,
) -> Result<(), Problem> {
    let sleep = world.sleep(wait);
    let pressed = Box::pin(cancel.cancelled());
    match futures_util::future::select(sleep, pressed).await {
        futures_util::future::Either::Left(_) => Ok(()),
        futures_util::future::Either::Right(_) => Err(Problem::new(ProblemKind::Cancelled)),
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::net::script::Script;

    #[test]
    fn the_last_read_is_after_the_maximum_wait() {
        let world: Rc<dyn Platform> = Script::empty();
        let cancel = CancellationToken::default();
        let wait = ReplicationWait::start(&world);
        let more = (0..99).take_while(|_| block_on(wait.look_again(&world, &cancel)).is_ok());
        let reads = 1 + more.count();
        // One at the start, 60 in ten minutes, and one after them.
        assert_eq!(reads, 62);
        assert_eq!(world.elapsed(), Duration::from_secs(610));
        assert_eq!(
            block_on(wait.look_again(&world, &cancel)),
            Err(Problem::new(ProblemKind::NotReplicated))
        );
    }

    #[test]
    fn a_cancelled_wait_ends_at_once() {
        let world: Rc<dyn Platform> = Script::empty();
        let cancel = CancellationToken::default();
        cancel.cancel();
        let wait = ReplicationWait::start(&world);
        assert_eq!(
            block_on(wait.look_again(&world, &cancel)),
            Err(Problem::new(ProblemKind::Cancelled))
        );
    }
}
