//! The log of requests and outcomes, without secrets. The secrets are recorded separately, so that a test can search for them elsewhere.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use http::HeaderMap;
use http::Request;
use serde::Serialize;
use serde_json::Value;

/// Form fields, query parameters and JSON members that are secret.
const SECRET: [&str; 11] = [
    "access_token",
    "assertion",
    "client_assertion",
    "client_secret",
    "code",
    "code_verifier",
    "device_code",
    "id_token",
    "password",
    "refresh_token",
    "secretText",
];

/// Headers that the log keeps.
const KEPT: [&str; 9] = [
    "client-request-id",
    "consistencylevel",
    "content-type",
    "if-match",
    "origin",
    "prefer",
    "referer",
    "retry-after",
    "user-agent",
];

const REDACTED: &str = "(redacted)";

/// One request and its outcome.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    /// Time of the request by the emulator's clock.
    pub(crate) at: String,
    pub(crate) host: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) headers: BTreeMap<String, String>,
    /// Form fields or JSON.
    pub(crate) body: Value,
    /// The status, or the reason why there is none.
    pub(crate) outcome: String,
}

/// Pairs of a secret's name and text.
pub(crate) type Needles = BTreeSet<(String, String)>;

/// Creates the log entry of a request.
pub(crate) fn entry(
    at: String,
    host: &str,
    request: &Request<Vec<u8>>,
    needles: &mut Needles,
) -> Entry {
    let query = request.uri().query().unwrap_or_default();
    Entry {
        at,
        host: host.to_owned(),
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: pairs(query.as_bytes(), needles),
        headers: headers(request.headers(), needles),
        body: body(request.headers(), request.body(), needles),
        outcome: String::new(),
    }
}

/// Adds the secrets in a response to `needles`.
pub(crate) fn learn(headers: &HeaderMap, bytes: &[u8], needles: &mut Needles) {
    if let Some(to) = headers
        .get("location")
        .and_then(|value| value.to_str().ok())
        && let Some((_, answer)) = to.split_once(['#', '?'])
    {
        pairs(answer.as_bytes(), needles);
    }
    body(headers, bytes, needles);
}

fn pairs(text: &[u8], needles: &mut Needles) -> BTreeMap<String, String> {
    form_urlencoded::parse(text)
        .map(|(name, value)| {
            let value = keep(&name, value.into_owned(), needles);
            (name.into_owned(), value)
        })
        .collect()
}

fn keep(name: &str, value: String, needles: &mut Needles) -> String {
    if SECRET.contains(&name) && !value.is_empty() {
        needles.insert((name.to_owned(), value));
        REDACTED.to_owned()
    } else {
        value
    }
}

fn headers(headers: &HeaderMap, needles: &mut Needles) -> BTreeMap<String, String> {
    let mut kept: BTreeMap<String, String> = KEPT
        .iter()
        .filter_map(|name| {
            let value = headers.get(*name)?.to_str().ok()?;
            Some(((*name).to_owned(), value.to_owned()))
        })
        .collect();
    if let Some(value) = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
    {
        let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
        needles.insert(("access_token".to_owned(), token.to_owned()));
        kept.insert("authorization".to_owned(), format!("{scheme} {REDACTED}"));
    }
    kept
}

fn body(headers: &HeaderMap, bytes: &[u8], needles: &mut Needles) -> Value {
    let kind = headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if kind.starts_with("application/x-www-form-urlencoded") {
        return serde_json::to_value(pairs(bytes, needles)).unwrap_or_default();
    }
    let mut value: Value = serde_json::from_slice(bytes).unwrap_or_default();
    redact(&mut value, needles);
    value
}

fn redact(value: &mut Value, needles: &mut Needles) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    // In JSON, `code` is an error code, which the page can contain as a constant.
                    Value::String(_) if name == "code" => {}
                    Value::String(text) => *text = keep(name, std::mem::take(text), needles),
                    Value::Null
                    | Value::Bool(_)
                    | Value::Number(_)
                    | Value::Array(_)
                    | Value::Object(_) => redact(member, needles),
                }
            }
        }
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|element| redact(element, needles)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_goes_to_the_needles_and_not_to_the_log() {
        let request = Request::post("https://login.example/t/oauth2/v2.0/token?code=query-secret")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", "Bearer header-secret")
            .body(b"grant_type=authorization_code&code_verifier=form-secret&client_id=7".to_vec())
            .unwrap();
        let mut needles = Needles::new();
        let entry = entry(String::new(), "login.example", &request, &mut needles);
        learn(
            &HeaderMap::new(),
            br#"{"passwordCredential":[{"secretText":"json-secret"}],"error":{"code":"Request_ResourceNotFound"}}"#,
            &mut needles,
        );
        let kept = serde_json::to_string(&entry).unwrap();
        assert!(!kept.contains("-secret"), "{kept}");
        assert!(kept.contains("authorization_code"), "{kept}");
        let texts: Vec<&str> = needles.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "header-secret",
                "query-secret",
                "form-secret",
                "json-secret"
            ]
        );
    }
}
