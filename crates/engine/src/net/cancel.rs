//! A cancellation token that wakes all waiting tasks. Single-threaded; it does not undo anything.

use std::cell::Cell;
use std::cell::RefCell;
use std::fmt;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use std::task::Waker;

/// Cancellation is permanent, so each run needs a new token. Clones share the same state.
#[derive(Clone, Default)]
pub struct CancellationToken(Rc<Inner>);

#[derive(Default)]
struct Inner {
    pressed: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl CancellationToken {
    /// Cancels the run and wakes all waiting tasks.
    pub fn cancel(&self) {
        self.0.pressed.set(true);
        for waker in self.0.waiting.take() {
            waker.wake();
        }
    }

    /// True after the run was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.pressed.get()
    }

    /// Completes when the run is cancelled.
    pub async fn cancelled(&self) {
        poll_fn(|context| {
            if self.is_cancelled() {
                return Poll::Ready(());
            }
            let mut waiting = self.0.waiting.borrow_mut();
            if !waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                waiting.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }
}

impl fmt::Debug for CancellationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cancel").field(&self.is_cancelled()).finish()
    }
}
