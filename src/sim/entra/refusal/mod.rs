//! The refusals of the sign-in service: AADSTS number, OAuth error word, text.
//!
//! Numbers and words are Microsoft's ("Microsoft Entra authentication and authorization error codes", 2026-08; the numbers around
//! single-page apps from public threads). Texts are shaped like Microsoft's so that a client that reads them can be tried.

mod client;
mod grant;
mod person;
mod request;

use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

/// Why the service says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The number behind `AADSTS`.
    pub code: u32,
    /// The OAuth word.
    pub error: &'static str,
    /// The sentence behind the number.
    pub text: String,
    /// The status at the token endpoint.
    pub status: StatusCode,
    /// The finer word some refusals carry.
    pub suberror: Option<&'static str>,
    /// A claims challenge the client has to pass on.
    pub claims: Option<String>,
}

impl Refusal {
    /// A refusal with status 400.
    pub(in crate::sim::entra) fn new(
        code: u32,
        error: &'static str,
        text: impl Into<String>,
    ) -> Self {
        Self {
            code,
            error,
            text: text.into(),
            status: StatusCode::BAD_REQUEST,
            suberror: None,
            claims: None,
        }
    }

    pub(in crate::sim::entra) fn unauthorized(code: u32, text: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::new(code, "invalid_client", text)
        }
    }

    /// The whole `error_description`, as it stands in answers.
    #[must_use]
    pub fn description(&self, now: Timestamp, trace: Uuid, correlation: Uuid) -> String {
        format!(
            "AADSTS{}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {}",
            self.code,
            self.text,
            stamp(now)
        )
    }

    /// The JSON body of the token endpoint.
    pub(in crate::sim::entra) fn body(
        &self,
        login_host: &str,
        now: Timestamp,
        trace: Uuid,
        correlation: Uuid,
    ) -> Value {
        let mut body = json!({
            "error": self.error,
            "error_description": self.description(now, trace, correlation),
            "error_codes": [self.code],
            "timestamp": stamp(now),
            "trace_id": trace.to_string(),
            "correlation_id": correlation.to_string(),
            "error_uri": format!("https://{login_host}/error?code={}", self.code),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = suberror.into();
        }
        if let Some(claims) = &self.claims {
            body["claims"] = claims.clone().into();
        }
        body
    }
}

/// `2026-11-23 13:48:00Z`, as the service writes it.
fn stamp(now: Timestamp) -> String {
    now.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}
