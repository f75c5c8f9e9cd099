//! Waits of an undo.

use crate::net::cancel::CancellationToken;
use domain::platform::Platform;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use std::rc::Rc;
use std::time::Duration;

/// Maximum wait for an object that reads do not show yet.
pub(crate) const COPYING: Duration = Duration::from_secs(600);

/// Wait between two reads.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_secs(10);

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
