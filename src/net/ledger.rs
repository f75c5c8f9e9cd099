//! Every exchange of this session, redacted: what was asked, what came back, how long it took, Microsoft's request id.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

/// One exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it left, by the wall clock.
    pub at: Timestamp,
    /// The verb.
    pub method: String,
    /// The URL, redacted.
    pub url: String,
    /// Which attempt.
    pub attempt: u32,
    /// The status, or nothing if none came.
    pub status: Option<u16>,
    /// How long it took.
    pub took: Duration,
    /// Our id for this step, the same over all attempts.
    pub client_request_id: Uuid,
    /// Microsoft's id of the exchange.
    pub request_id: Option<String>,
}

/// The exchanges, oldest first. Clones are the same ledger.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Rc<RefCell<VecDeque<Entry>>>);

impl Ledger {
    /// A copy of all entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.0.borrow().iter().cloned().collect()
    }
}
