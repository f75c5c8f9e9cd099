//! What a run intended and what came of it: an entry before each write, an entry after.
//!
//! Holds no secret and no token: bodies are not kept, answers only as status and IDs. Kept in memory; whoever wants it, exports it.

use std::cell::RefCell;

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::problem::Problem;
use crate::domain::words::Words;

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// 1, 2, 3 …
    pub serial: usize,
    /// When, by this computer's clock.
    pub at: Timestamp,
    /// The step.
    pub step: &'static str,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Event {
    /// A write is about to be sent.
    Intent {
        /// HTTP method.
        method: String,
        /// URL. Holds ids and keys, nothing secret.
        url: String,
    },
    /// It was carried out.
    Done {
        /// Microsoft's request ID.
        request_id: Option<String>,
        /// What it made: object, application or key ID.
        made: Option<String>,
    },
    /// It was not, or nobody can say.
    Failed {
        /// What happened.
        title: &'static str,
        /// Microsoft's request ID.
        request_id: Option<String>,
    },
}

/// The journal of one run.
#[derive(Debug, Default)]
pub struct Journal(RefCell<Vec<Entry>>);

impl Journal {
    /// Writes a line.
    pub fn write(&self, at: Timestamp, step: &'static str, event: Event) {
        let mut entries = self.0.borrow_mut();
        let serial = entries.len() + 1;
        entries.push(Entry {
            serial,
            at,
            step,
            event,
        });
    }

    /// Writes down a failure.
    pub fn failed(&self, at: Timestamp, step: &'static str, problem: &Problem) {
        let request_id = problem
            .said
            .as_ref()
            .and_then(|said| said.request_id.clone());
        self.write(
            at,
            step,
            Event::Failed {
                title: problem.title(Words::En),
                request_id,
            },
        );
    }

    /// All lines so far.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.0.borrow().clone()
    }
}
