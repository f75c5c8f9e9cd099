//! A recording of everything that changed a simulated cloud. Replaying it creates the same cloud again, so the demo keeps its cloud when
//! its tab reloads.
//!
//! A recording contains no token and no secret: a request is recorded with its caller instead of its bearer token.

use http::HeaderName;
use http::HeaderValue;
use http::Method;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use crate::Caller;
use crate::Sim;
use crate::seed;
use domain::ids::TenantId;
use domain::platform::HttpRequest;

/// A change, with its time and the state of the random generator before it. Reads also draw random values, and are not recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    at: Timestamp,
    rng: u64,
    change: Change,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Change {
    /// The first use of the clouds, which dates the content of all tenants.
    FirstUse,
    /// The first token for a tenant, which dates its prepared pair.
    FirstToken(TenantId),
    /// A sign-in, which may store consent.
    SignIn(String),
    Request(Box<Request>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Request {
    caller: Caller,
    method: String,
    uri: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// The changes of a simulated cloud, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recording(Vec<Entry>);

impl Recording {
    /// Reads a stored recording. `None` if the text is not a recording of this version.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Number of recorded changes.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl Sim {
    /// From now on, records every change. First replays the changes of an earlier recording.
    ///
    /// The clouds must be unused, and created with the seed of the recorded ones.
    #[must_use]
    pub fn recorded(mut self, earlier: Recording) -> Self {
        for entry in &earlier.0 {
            self.replay(entry);
        }
        self.tokens.clear();
        self.recording = Some(earlier);
        self
    }

    /// The changes so far. `None` if the clouds do not record.
    #[must_use]
    pub fn recording(&self) -> Option<&Recording> {
        self.recording.as_ref()
    }

    pub(crate) fn record_first_use(&mut self, at: Timestamp) {
        self.record(at, Change::FirstUse);
    }

    pub(crate) fn record_first_token(&mut self, at: Timestamp, tenant: TenantId) {
        self.record(at, Change::FirstToken(tenant));
    }

    pub(crate) fn record_sign_in(&mut self, at: Timestamp, url: &str) {
        self.record(at, Change::SignIn(url.to_owned()));
    }

    /// Records a request that may change something and that the service is about to execute.
    pub(crate) fn record_request(&mut self, at: Timestamp, request: &HttpRequest) {
        if self.recording.is_none() || request.method().is_safe() {
            return;
        }
        let token = request.headers().get(AUTHORIZATION);
        let token = token.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let Some(caller) = token.and_then(|token| self.caller(token)).cloned() else {
            return;
        };
        let headers = request.headers().iter();
        let headers = headers.filter(|(name, _)| **name != AUTHORIZATION);
        let entry = Request {
            caller,
            method: request.method().to_string(),
            uri: request.uri().to_string(),
            headers: headers
                .filter_map(|(name, value)| {
                    Some((name.to_string(), value.to_str().ok()?.to_owned()))
                })
                .collect(),
            body: String::from_utf8_lossy(request.body()).into_owned(),
        };
        self.record(at, Change::Request(Box::new(entry)));
    }

    fn record(&mut self, at: Timestamp, change: Change) {
        let rng = self.rng.state();
        if let Some(Recording(entries)) = &mut self.recording {
            entries.push(Entry { at, rng, change });
        }
    }

    fn replay(&mut self, entry: &Entry) {
        self.rng.restore(entry.rng);
        match &entry.change {
            Change::FirstUse => self.add_seed_data(entry.at),
            Change::FirstToken(tenant) => seed::show_pair(self, *tenant, entry.at),
            Change::SignIn(url) => drop(self.authorize(entry.at, url)),
            Change::Request(request) => {
                let token = "replayed";
                self.tokens.insert(token.to_owned(), request.caller.clone());
                if let Some(request) = request.with_token(token) {
                    let _ = self.answer(entry.at, &request);
                }
            }
        }
    }
}

impl Request {
    fn with_token(&self, token: &str) -> Option<HttpRequest> {
        let mut request = HttpRequest::new(self.body.clone().into_bytes());
        *request.method_mut() = Method::from_bytes(self.method.as_bytes()).ok()?;
        *request.uri_mut() = self.uri.parse().ok()?;
        for (name, value) in &self.headers {
            request
                .headers_mut()
                .append(name.parse::<HeaderName>().ok()?, value.parse().ok()?);
        }
        let bearer = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
        request.headers_mut().insert(AUTHORIZATION, bearer);
        Some(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use serde_json::json;

    const GRAPH: &str = "https://graph.microsoft.com";

    fn send(sim: &mut Sim, at: Timestamp, token: &str, path: &str, body: &Value) -> Value {
        let mut request = HttpRequest::new(body.to_string().into_bytes());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = format!("{GRAPH}/v1.0/{path}").parse().unwrap();
        let headers = request.headers_mut();
        let bearer = HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
        headers.insert(AUTHORIZATION, bearer);
        let json = HeaderValue::from_static("application/json");
        headers.insert("content-type", json);
        let response = sim.handle(at, &request).answer.unwrap();
        serde_json::from_slice(response.body()).unwrap()
    }

    #[test]
    fn a_replayed_recording_creates_the_same_cloud() {
        let at: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        let mut sim = Sim::new(1).recorded(Recording::default());
        let scopes = ["Application.ReadWrite.All"];
        let token = sim.token_for(at, "admin@fabrikam.com", GRAPH, &scopes);
        let token = token.unwrap();
        let app = send(
            &mut sim,
            at,
            &token,
            "applications",
            &json!({ "displayName": "A" }),
        );
        let path = format!("applications/{}/addPassword", app["id"].as_str().unwrap());
        let password = json!({ "passwordCredential": { "displayName": "B" } });
        let secret = send(&mut sim, at, &token, &path, &password);
        let secret = secret["secretText"].as_str().unwrap();

        let text = sim.recording().unwrap().text();
        assert!(!text.contains(secret) && !text.contains(&token), "{text}");
        let later = at + std::time::Duration::from_hours(1);
        let mut again = Sim::new(1).recorded(Recording::parse(&text).unwrap());
        assert_eq!(again.snapshot(), sim.snapshot());
        assert_eq!(again.recording(), sim.recording());

        // The old token is not valid in the new cloud, and the new cloud records what follows.
        let refused = send(&mut again, later, &token, "applications", &json!({}));
        assert_eq!(refused["error"]["code"], "InvalidAuthenticationToken");
        let token = again.token_for(later, "admin@fabrikam.com", GRAPH, &scopes);
        let app = json!({ "displayName": "C" });
        send(&mut again, later, &token.unwrap(), "applications", &app);
        let count = sim.recording().unwrap().count();
        assert_eq!(again.recording().unwrap().count(), count + 1);
    }

    #[test]
    fn a_text_that_is_no_recording_is_refused() {
        for text in [
            "",
            "{}",
            "[{}]",
            "[{\"at\":\"2026-11-23T10:00:00Z\",\"rng\":1}]",
        ] {
            assert_eq!(Recording::parse(text), None, "{text}");
        }
    }
}
