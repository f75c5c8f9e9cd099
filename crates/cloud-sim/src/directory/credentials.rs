//! Certificates of applications: the values that the service adds to a certificate, and when it returns one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use sha2::Digest as _;
use sha2::Sha256;

use crate::answer::Object;
use crate::answer::Refusal;
use crate::answer::stamp;
use crate::directory::call::invalid;
use crate::rng::Rng;

/// Validity of a certificate for which the client specifies no dates.
const YEAR: std::time::Duration = std::time::Duration::from_hours(365 * 24);

fn keys(state: &mut Object) -> impl Iterator<Item = &mut Object> {
    let keys = state
        .get_mut("keyCredentials")
        .and_then(Value::as_array_mut);
    keys.into_iter().flatten().filter_map(Value::as_object_mut)
}

/// Adds a missing ID, thumbprint, and dates to every key, and rejects a key that is not a certificate. A key that the client sends back as
/// it was read, without its certificate, keeps the stored certificate.
pub(in crate::directory) fn settle_keys(
    rng: &mut Rng,
    now: Timestamp,
    before: &Object,
    state: &mut Object,
) -> Result<(), Refusal> {
    let held = before.get("keyCredentials").and_then(Value::as_array);
    for key in keys(state) {
        if key.get("key").is_none_or(Value::is_null) {
            let same = held
                .into_iter()
                .flatten()
                .find(|one| Some(&one["keyId"]) == key.get("keyId"));
            if let Some(same) = same {
                key.insert("key".to_owned(), same["key"].clone());
            }
        }
        // A certificate copied from a PEM file contains line breaks.
        let text = key.get("key").and_then(Value::as_str).unwrap_or_default();
        let text: String = text.split_whitespace().collect();
        let bytes = STANDARD.decode(&text).unwrap_or_default();
        if bytes.is_empty() {
            return Err(invalid("key", "KeyCredential"));
        }
        key.insert("key".to_owned(), json!(text));
        let thumbprint = STANDARD.encode(Sha256::digest(&bytes));
        for (name, value) in [
            ("keyId", json!(rng.guid().to_string())),
            ("customKeyIdentifier", json!(thumbprint)),
            ("startDateTime", json!(stamp(now))),
            ("endDateTime", json!(stamp(now + YEAR))),
        ] {
            let held = key.entry(name).or_insert(Value::Null);
            if held.is_null() {
                *held = value;
            }
        }
    }
    Ok(())
}

pub(in crate::directory) fn hide_keys(state: &mut Object) {
    for key in keys(state) {
        key.insert("key".to_owned(), Value::Null);
    }
}
