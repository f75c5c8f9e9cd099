//! Redacted log of every request of this session: method, URL, result, duration, and Microsoft's request ID.
//!
//! Contains no header and no body, so no token and no secret. Used in the report and in support cases.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use domain::platform::NoAnswer;

/// Maximum number of entries; the oldest are dropped first. A long run sends a few hundred requests.
const KEPT: usize = 2_000;

/// Query options that only describe the request, so their values are logged.
const SHOWN: [&str; 9] = [
    "api-version",
    "$select",
    "$filter",
    "$expand",
    "$top",
    "$count",
    "$orderby",
    "$search",
    "$format",
];

/// One request and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Wall-clock time when the request was sent.
    pub at: Timestamp,
    /// HTTP method of the request.
    pub method: String,
    /// URL of the request, redacted.
    pub url: String,
    /// Attempt number, starting at 1.
    pub attempt: u32,
    /// HTTP status, or why there is no response.
    pub outcome: Result<u16, NoAnswer>,
    /// Time from sending to the response.
    pub took: Duration,
    /// The page's ID of this step, the same for all attempts.
    pub step: Uuid,
    /// Microsoft's ID of the request, if the browser exposes it.
    pub request_id: Option<String>,
}

/// The log entries, oldest first. Clones share the same log.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Rc<RefCell<VecDeque<Entry>>>);

impl Ledger {
    /// A copy of all entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.0.borrow().iter().cloned().collect()
    }

    /// Adds an entry and drops the oldest if the log is full.
    pub fn note(&self, entry: Entry) {
        let mut entries = self.0.borrow_mut();
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }
}

/// Removes the user name, the fragment, and the values of query options that are not known to be harmless.
#[must_use]
pub fn redacted(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let (place, query) = url
        .split_once('?')
        .map_or((url, None), |(place, query)| (place, Some(query)));
    let mut text = match place.split_once("://") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let host = authority
                .rsplit_once('@')
                .map_or(authority, |(_, host)| host);
            format!("{scheme}://{host}{path}")
        }
        None => place.to_owned(),
    };
    let mut separator = '?';
    for option in query.into_iter().flat_map(|query| query.split('&')) {
        text.push(separator);
        separator = '&';
        let name = option.split('=').next().unwrap_or_default();
        if SHOWN.contains(&name.replace("%24", "$").as_str()) {
            text.push_str(option);
        } else {
            text.push_str(name);
            text.push_str("=redacted");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_logged_without_possible_secrets() {
        for (url, written) in [
            (
                "https://graph.microsoft.com/v1.0/me",
                "https://graph.microsoft.com/v1.0/me",
            ),
            (
                "https://graph.microsoft.com/v1.0/applications?$filter=appId%20eq%20'1'&$skiptoken=abc",
                "https://graph.microsoft.com/v1.0/applications?$filter=appId%20eq%20'1'&$skiptoken=redacted",
            ),
            (
                "https://management.azure.com/subscriptions?api-version=2022-12-01&%24top=5",
                "https://management.azure.com/subscriptions?api-version=2022-12-01&%24top=5",
            ),
            (
                "https://user:password@evil.example/a?code=1&state#access_token=2",
                "https://evil.example/a?code=redacted&state=redacted",
            ),
            ("https://evil.example", "https://evil.example"),
        ] {
            assert_eq!(redacted(url), written);
        }
    }

    #[test]
    fn the_oldest_entries_are_removed_first() {
        let ledger = Ledger::default();
        let entry = Entry {
            at: Timestamp::UNIX_EPOCH,
            method: "GET".to_owned(),
            url: String::new(),
            attempt: 0,
            outcome: Err(NoAnswer::Lost),
            took: Duration::ZERO,
            step: Uuid::nil(),
            request_id: None,
        };
        for attempt in 1..=2_001 {
            ledger.note(Entry {
                attempt,
                ..entry.clone()
            });
        }
        let entries = ledger.entries();
        assert_eq!(entries.len(), KEPT);
        assert_eq!(entries.first().map(|entry| entry.attempt), Some(2));
    }
}
