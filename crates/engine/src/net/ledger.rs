//! Every exchange of this session, redacted: what was asked, what came back, how long it took, Microsoft's request id.
//!
//! Holds no header and no body, so it holds no token and no secret. For the report and for support cases.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use domain::platform::NoAnswer;

/// A long run makes some hundred exchanges; the oldest go first.
const KEPT: usize = 2_000;

/// Query options that say what was asked for and nothing else.
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
    /// The status, or why there is none.
    pub outcome: Result<u16, NoAnswer>,
    /// How long it took.
    pub took: Duration,
    /// Our id for this step, the same over all attempts.
    pub step: Uuid,
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

    /// Writes one down.
    pub fn note(&self, entry: Entry) {
        let mut entries = self.0.borrow_mut();
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }
}

/// The URL without user name, fragment and the values of any query option not known to be harmless.
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
    fn urls_are_written_down_without_what_could_be_secret() {
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
    fn the_oldest_exchanges_go_first() {
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
