//! Throttling, delays and lost answers, on demand.
//!
//! Only what is injected goes wrong here; what the services refuse by themselves is in `directory/` and `subscriptions/`.

use std::time::Duration;

use http::Method;

/// A coming request that will go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which verb; `None` for any.
    pub method: Option<Method>,
    /// What the path (after the host, with `/v1.0` for Microsoft Graph) must start with.
    pub path_prefix: String,
    /// How many matching requests pass unharmed first.
    pub skip: u32,
    /// How many matching requests it then hits; the fault is spent afterwards.
    pub times: u32,
    /// What happens.
    pub kind: FaultKind,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// 429, with `Retry-After` if given.
    Throttled(Option<Duration>),
    /// Never carried out, never answered.
    LostBefore,
    /// Carried out, and the answer is lost.
    LostAfter,
    /// Carried out; the status arrives, the body does not.
    CutAfter,
    /// Never carried out; the deadline passes.
    HangBefore,
    /// Carried out; the deadline passes.
    HangAfter,
    /// This status and this body instead, not carried out.
    Instead(u16, String),
    /// Carried out, but this body arrives under the real status.
    Garbled(String),
    /// 409 `Directory_ConcurrencyViolation`, not carried out.
    Concurrency,
    /// 401: the token has been revoked; with a claims challenge if given.
    Revoked(Option<String>),
    /// Answered this much later.
    Slow(Duration),
}

#[derive(Default)]
pub(in crate::sim) struct Faults(Vec<Fault>);

impl Faults {
    pub(in crate::sim) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }
}
