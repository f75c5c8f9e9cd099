//! The objects of a directory, and what a reader sees of them: replicas lag behind, and deleted objects stay for 30 days.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::answer::Object;
use domain::secret::Secret;

/// How long a deleted object can be restored.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// How far the replicas of a directory lag behind its writes.
///
/// Microsoft guarantees no limit; delays of seconds to minutes have been observed (`bicep-types` thread 193).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replication {
    /// Until a new object can be read by its key.
    pub by_key: Duration,
    /// Until lists and filters include a write.
    pub lists: Duration,
    /// Until another object can refer to a new one.
    pub references: Duration,
}

impl Replication {
    /// Delays of an ordinary day.
    pub const LIVELY: Self = Self {
        by_key: Duration::from_secs(1),
        lists: Duration::from_secs(4),
        references: Duration::from_secs(3),
    };
}

/// The objects of one tenant.
#[derive(Clone, Default)]
pub(crate) struct Directory {
    pub(crate) applications: Vec<Record>,
    pub(crate) service_principals: Vec<Record>,
    pub(crate) grants: Vec<Record>,
    pub(crate) assignments: Vec<Record>,
    pub(crate) replication: Replication,
}

/// An object and its earlier states.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) properties: Object,
    pub(crate) created: Timestamp,
    pub(crate) deleted: Option<Timestamp>,
    pub(crate) owners: Vec<String>,
    /// Client secrets by key ID. Never part of a response.
    pub(crate) secrets: Vec<(String, Secret)>,
    pub(crate) federated: Vec<Object>,
    /// Earlier states, each with the time at which it was replaced.
    past: Vec<(Timestamp, Object)>,
}

impl Record {
    pub(crate) fn new(now: Timestamp, properties: Object) -> Self {
        Self {
            properties,
            created: now,
            deleted: None,
            owners: Vec::new(),
            secrets: Vec::new(),
            federated: Vec::new(),
            past: Vec::new(),
        }
    }

    /// A property's text. Empty if the property is missing or is not text.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.properties
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(crate) fn id(&self) -> &str {
        self.text("id")
    }

    pub(crate) fn replace(&mut self, now: Timestamp, properties: Object) {
        let earlier = std::mem::replace(&mut self.properties, properties);
        self.past.push((now, earlier));
    }

    /// Every state that the object ever had.
    pub(crate) fn states(&self) -> impl Iterator<Item = &Object> {
        let past = self.past.iter().map(|(_, state)| state);
        past.chain([&self.properties])
    }

    /// Whether a replica with this lag already has the object.
    pub(crate) fn is_known(&self, now: Timestamp, lag: Duration) -> bool {
        passed(self.created, lag, now)
    }

    pub(crate) fn is_deleted(&self) -> bool {
        self.deleted.is_some()
    }

    /// The object's state in a list with this lag: possibly an older state, or `None` if the list does not contain it.
    pub(crate) fn listed(&self, now: Timestamp, lag: Duration) -> Option<&Object> {
        if !self.is_known(now, lag) {
            return None;
        }
        if self
            .deleted
            .is_some_and(|deleted| passed(deleted, lag, now))
        {
            return None;
        }
        let earlier = self
            .past
            .iter()
            .find(|(until, _)| !passed(*until, lag, now));
        Some(earlier.map_or(&self.properties, |(_, properties)| properties))
    }
}

impl Directory {
    /// Removes objects that can no longer be restored.
    pub(crate) fn sweep(&mut self, now: Timestamp) {
        for records in [&mut self.applications, &mut self.service_principals] {
            records.retain(|record| {
                !record
                    .deleted
                    .is_some_and(|deleted| passed(deleted, KEPT, now))
            });
        }
    }

    /// The application with this app ID that is not deleted, replicated or not.
    pub(crate) fn application(&self, app_id: &str) -> Option<&Record> {
        live(&self.applications, "appId", app_id)
    }

    /// The service principal with this app ID that is not deleted, replicated or not.
    pub(crate) fn service_principal_of(&self, app_id: &str) -> Option<&Record> {
        live(&self.service_principals, "appId", app_id)
    }

    /// The service principal with this object ID that is not deleted, replicated or not.
    pub(crate) fn service_principal(&self, id: &str) -> Option<&Record> {
        live(&self.service_principals, "id", id)
    }
}

fn live<'a>(records: &'a [Record], property: &str, value: &str) -> Option<&'a Record> {
    records
        .iter()
        .find(|record| !record.is_deleted() && record.text(property).eq_ignore_ascii_case(value))
}

pub(crate) fn passed(since: Timestamp, span: Duration, now: Timestamp) -> bool {
    since.saturating_add(span).is_ok_and(|due| due <= now)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(name: &str) -> Object {
        let mut object = Object::new();
        object.insert("displayName".to_owned(), json!(name));
        object
    }

    #[test]
    fn a_lagging_list_shows_the_earlier_state() {
        let lag = Duration::from_secs(10);
        let at = |second| Timestamp::from_second(second).unwrap();
        let mut record = Record::new(at(100), object("first"));
        record.replace(at(120), object("second"));
        record.deleted = Some(at(140));
        for (second, seen) in [
            (105, None),
            (110, Some("first")),
            (125, Some("first")),
            (130, Some("second")),
            (149, Some("second")),
            (150, None),
        ] {
            let listed = record.listed(at(second), lag);
            assert_eq!(
                listed.map(|object| object["displayName"].as_str().unwrap()),
                seen,
                "{second}"
            );
        }
    }
}
