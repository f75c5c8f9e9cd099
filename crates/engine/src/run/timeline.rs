//! When a step of a run sent which request, and when it waited. For the run page.

use std::time::Duration;

use jiff::Timestamp;

use crate::net::ledger::Entry;

/// Why a running step waits, if it is not simply waiting for a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitNote {
    /// The service throttles requests.
    Throttled {
        /// Wait time from the moment of the event.
        wait: Duration,
    },
    /// The service failed, and the request is retried.
    ServerBusy {
        /// Wait time from the moment of the event.
        wait: Duration,
    },
    /// No response arrived, and the request can be safely retried.
    NoAnswer {
        /// Wait time from the moment of the event.
        wait: Duration,
    },
    /// The directory is still replicating the new object.
    Replicating {
        /// Wait time from the moment of the event.
        wait: Duration,
    },
    /// The browser is offline. The step continues automatically when it is online.
    Offline,
    /// The outcome of a write is unknown, so the step reads the object first.
    Looking,
    /// Azure is registering the provider.
    Registering {
        /// Wait time until the next status check.
        wait: Duration,
    },
}

/// What a step did between its start and its end, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    started: Option<Timestamp>,
    ended: Option<Timestamp>,
    spans: Vec<Span>,
    current: Option<Current>,
}

/// A request with its result, or a wait that is over.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// A request, with the result of this one attempt.
    Request(Entry),
    /// A wait.
    Wait {
        /// When the wait began.
        from: Timestamp,
        /// When the wait ended.
        to: Timestamp,
        /// Why the step waited.
        note: WaitNote,
    },
}

/// What the step does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Current {
    /// A request was sent and has no response yet.
    Sending {
        /// When the request was sent.
        from: Timestamp,
    },
    /// The step waits.
    Waiting {
        /// When the wait began.
        from: Timestamp,
        /// Why the step waits.
        note: WaitNote,
    },
}

impl Span {
    /// When it began.
    #[must_use]
    pub fn from(&self) -> Timestamp {
        match self {
            Self::Request(entry) => entry.at,
            Self::Wait { from, .. } => *from,
        }
    }

    /// When it ended.
    #[must_use]
    pub fn to(&self) -> Timestamp {
        match self {
            Self::Request(entry) => entry.at.checked_add(entry.took).unwrap_or(entry.at),
            Self::Wait { to, .. } => *to,
        }
    }
}

impl Timeline {
    /// When the step started. `None` if it waits for its prerequisites.
    #[must_use]
    pub fn started(&self) -> Option<Timestamp> {
        self.started
    }

    /// What is over, oldest first.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// What the step does now. `None` before its start, after its end, and between two requests.
    #[must_use]
    pub fn current(&self) -> Option<Current> {
        self.current
    }

    /// Time from the start to the end. `None` if the step has not ended.
    #[must_use]
    pub fn took(&self) -> Option<Duration> {
        let (started, ended) = (self.started?, self.ended?);
        Duration::try_from(ended.duration_since(started)).ok()
    }

    pub(crate) fn start(&mut self, now: Timestamp) {
        self.started = Some(now);
    }

    pub(crate) fn send(&mut self, now: Timestamp) {
        self.close(now);
        self.current = Some(Current::Sending { from: now });
    }

    pub(crate) fn exchanged(&mut self, entry: Entry) {
        self.current = None;
        self.spans.push(Span::Request(entry));
    }

    pub(crate) fn wait(&mut self, now: Timestamp, note: WaitNote) {
        self.close(now);
        self.current = match note {
            // Not a wait: requests that read follow at once.
            WaitNote::Looking => None,
            WaitNote::Throttled { .. }
            | WaitNote::ServerBusy { .. }
            | WaitNote::NoAnswer { .. }
            | WaitNote::Replicating { .. }
            | WaitNote::Offline
            | WaitNote::Registering { .. } => Some(Current::Waiting { from: now, note }),
        };
    }

    pub(crate) fn end(&mut self, now: Timestamp) {
        self.close(now);
        self.ended = Some(now);
    }

    /// Ends a wait. A request ends with its entry in the log.
    fn close(&mut self, now: Timestamp) {
        if let Some(Current::Waiting { from, note }) = self.current.take() {
            self.spans.push(Span::Wait {
                from,
                to: now,
                note,
            });
        }
    }
}
