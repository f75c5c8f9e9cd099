//! Verifies evidence in JSON: intact, changed at a place, or not a file that can be verified.
//!
//! The chain is compared before the structure: a value of a wrong type is a change, and the place of it is what the reader wants to know.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::export::evidence::KIND;
use crate::export::evidence::VERSION;
use crate::export::evidence::link;
use domain::cloud::Cloud;
use domain::json;
use domain::moment;

/// Maximum file size in bytes. The evidence of a run has some hundred entries of less than a kilobyte each.
pub const SIZE_MAX: usize = 5_000_000;

/// What the comparison of the hashes says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceVerdict {
    /// Every hash fits.
    Intact(VerifiedEvidence),
    /// A hash does not fit.
    Changed(ChangedPlace),
}

/// The first place that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedPlace {
    /// What is before the entries.
    Head,
    /// An entry, by its place in the file from 1.
    Entry {
        /// Its place.
        number: usize,
    },
    /// Entries are missing at the end.
    Missing {
        /// The first one that is missing.
        number: usize,
        /// How many there were.
        count: usize,
    },
    /// The end hash in the file is not the hash of the last entry.
    End,
}

/// What intact evidence is about. Its texts come from a file: escape them before display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedEvidence {
    /// ID of the run.
    pub run: String,
    /// ID of the tenant.
    pub tenant: String,
    /// Sign-in name of the account that approved the plan.
    pub account: String,
    /// When the plan was approved.
    pub began: Timestamp,
    /// Number of entries.
    pub count: usize,
    /// The hash of the last entry.
    pub end_hash: String,
}

/// Why a file cannot be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceError {
    /// The file is larger than any evidence.
    TooLarge,
    /// The JSON ends early.
    Truncated,
    /// The file is not JSON.
    NotJson,
    /// A property is named twice, so programs read different values.
    Repeated,
    /// Evidence in a format that has no chain to verify.
    OtherFormat,
    /// A file that is not evidence, such as a report or a journal.
    OtherKind,
    /// A newer version of the tool wrote the file.
    Newer,
    /// A property is missing, unknown or has another type than this tool writes, and the hashes were made for that.
    Shape {
        /// Name of the property.
        property: &'static str,
    },
}

/// A hash as typed or pasted: 64 hexadecimal digits, in any case, with spaces anywhere. `None` if it is anything else.
#[must_use]
pub fn parse_hash(text: &str) -> Option<String> {
    let hash: String = text.split_whitespace().collect();
    is_hash_text(&hash.to_ascii_lowercase()).then(|| hash.to_ascii_lowercase())
}

fn is_hash_text(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Compares every hash of a file.
///
/// # Errors
/// Why the file cannot be verified.
pub fn verify(text: &str) -> Result<EvidenceVerdict, EvidenceError> {
    if text.len() > SIZE_MAX {
        return Err(EvidenceError::TooLarge);
    }
    // Editors on Windows write a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = json::parse(text.as_bytes()).map_err(|error| not_json(text, &error))?;
    let Value::Object(mut file) = value else {
        return Err(EvidenceError::OtherKind);
    };
    if file.get("kind").and_then(Value::as_str) != Some(KIND) {
        let is_har = file
            .get("log")
            .is_some_and(|log| log["_endHash"].is_string());
        return Err(if is_har {
            EvidenceError::OtherFormat
        } else {
            EvidenceError::OtherKind
        });
    }
    match file.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(newer) if newer > VERSION => return Err(EvidenceError::Newer),
        Some(_) | None => return Err(shape("version")),
    }
    let head_hash = file.remove("headHash");
    let end_hash = file.remove("endHash");
    let Some(Value::Array(entries)) = file.remove("entries") else {
        return Err(shape("entries"));
    };
    let head = Value::Object(file);
    let mut last = link("", &head);
    if head_hash.as_ref().and_then(Value::as_str) != Some(last.as_str()) {
        return Ok(EvidenceVerdict::Changed(ChangedPlace::Head));
    }
    let count = head["count"].as_u64();
    let count = count.and_then(|count| usize::try_from(count).ok());
    let count = count.ok_or(shape("count"))?;
    let mut records = Vec::with_capacity(entries.len());
    for (entry, number) in entries.into_iter().zip(1..) {
        let changed = Ok(EvidenceVerdict::Changed(ChangedPlace::Entry { number }));
        let Value::Object(mut record) = entry else {
            return changed;
        };
        let hash = record.remove("hash");
        let record = Value::Object(record);
        last = link(&last, &record);
        let is_in_place = record["number"].as_u64() == u64::try_from(number).ok();
        let fits = hash.as_ref().and_then(Value::as_str) == Some(last.as_str());
        if !fits || !is_in_place || number > count {
            return changed;
        }
        records.push(record);
    }
    if records.len() < count {
        return Ok(EvidenceVerdict::Changed(ChangedPlace::Missing {
            number: records.len() + 1,
            count,
        }));
    }
    if end_hash.as_ref().and_then(Value::as_str) != Some(last.as_str()) {
        return Ok(EvidenceVerdict::Changed(ChangedPlace::End));
    }
    has_shape(&head, &HEAD)?;
    for record in &records {
        has_shape(record, &ENTRY)?;
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(EvidenceVerdict::Intact(VerifiedEvidence {
        run: text(&head["run"]),
        tenant: text(&head["tenant"]["id"]),
        account: text(&head["actor"]["name"]),
        began: moment_of(&head["began"]).ok_or(shape("began"))?,
        count,
        end_hash: last,
    }))
}

fn shape(property: &'static str) -> EvidenceError {
    EvidenceError::Shape { property }
}

/// Why a text is not JSON, as far as its beginning says.
fn not_json(text: &str, error: &serde_json::Error) -> EvidenceError {
    if error.is_data() {
        return EvidenceError::Repeated;
    }
    let start = text.trim_start();
    if start.starts_with("<!doctype html>") || start.starts_with("# Evidence of a run") {
        return EvidenceError::OtherFormat;
    }
    // A journal has one record a line.
    let first = start.lines().next().unwrap_or_default();
    if start.lines().count() > 1 && json::parse(first.as_bytes()).is_ok() {
        return EvidenceError::OtherKind;
    }
    if error.is_eof() && start.starts_with('{') {
        return EvidenceError::Truncated;
    }
    EvidenceError::NotJson
}

/// A property and what it may be.
type Rule = (&'static str, fn(&Value) -> bool);

const HEAD: [Rule; 13] = [
    ("kind", Value::is_string),
    ("version", Value::is_u64),
    ("about", Value::is_string),
    ("tool", Value::is_string),
    ("run", is_guid),
    ("cloud", is_cloud),
    ("tenant", is_tenant),
    ("actor", is_actor),
    ("plan", is_hash),
    ("began", is_moment),
    ("ended", is_moment),
    ("result", is_result),
    ("count", Value::is_u64),
];

const ENTRY: [Rule; 21] = [
    ("number", Value::is_u64),
    ("kind", is_kind),
    ("at", |it| it.is_null() || is_moment(it)),
    ("actor", is_actor),
    ("cloud", is_cloud),
    ("tenant", is_guid),
    ("step", is_optional_text),
    ("exchange", is_optional_number),
    ("attempt", is_optional_number),
    ("method", is_optional_text),
    ("url", is_optional_text),
    ("body", |_| true),
    ("bodySha256", |it| it.is_null() || is_hash(it)),
    ("clientRequestId", |it| it.is_null() || is_guid(it)),
    ("requestId", is_optional_text),
    ("status", is_optional_number),
    ("noAnswer", is_optional_text),
    ("milliseconds", is_optional_number),
    ("plan", |it| it.is_null() || is_hash(it)),
    ("result", is_optional_text),
    ("problem", is_optional_text),
];

/// The record has exactly the properties of the rules.
fn has_shape(record: &Value, rules: &[Rule]) -> Result<(), EvidenceError> {
    let Value::Object(record) = record else {
        return Err(shape("entries"));
    };
    for (name, fits) in rules {
        if !record.get(*name).is_some_and(fits) {
            return Err(shape(name));
        }
    }
    if record.len() == rules.len() {
        Ok(())
    } else {
        Err(shape("entries"))
    }
}

fn is_optional_text(value: &Value) -> bool {
    value.is_null() || value.is_string()
}

fn is_optional_number(value: &Value) -> bool {
    value.is_null() || value.is_u64()
}

fn is_guid(value: &Value) -> bool {
    let parsed = value.as_str().and_then(|it| Uuid::try_parse(it).ok());
    parsed.is_some_and(|id| Some(id.to_string().as_str()) == value.as_str())
}

fn is_hash(value: &Value) -> bool {
    value.as_str().is_some_and(is_hash_text)
}

fn moment_of(value: &Value) -> Option<Timestamp> {
    let text = value.as_str()?;
    let at = moment::parse(text)?;
    (at.to_string() == text).then_some(at)
}

fn is_moment(value: &Value) -> bool {
    moment_of(value).is_some()
}

fn is_cloud(value: &Value) -> bool {
    value.as_str().and_then(Cloud::find).is_some()
}

fn is_result(value: &Value) -> bool {
    matches!(
        value.as_str(),
        Some("complete" | "paused" | "failed" | "stopped")
    )
}

fn is_kind(value: &Value) -> bool {
    matches!(
        value.as_str(),
        Some("recorded" | "planned" | "approved" | "sent" | "answered" | "step" | "ended")
    )
}

fn is_actor(value: &Value) -> bool {
    let Value::Object(actor) = value else {
        return false;
    };
    actor.len() == 2
        && actor.get("name").is_some_and(Value::is_string)
        && actor.get("objectId").is_some_and(is_guid)
}

fn is_tenant(value: &Value) -> bool {
    let Value::Object(tenant) = value else {
        return false;
    };
    tenant.len() == 2
        && tenant.get("id").is_some_and(is_guid)
        && tenant.get("name").is_some_and(is_optional_text)
}
