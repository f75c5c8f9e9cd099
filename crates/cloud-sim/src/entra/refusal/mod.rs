//! Errors of the sign-in service: AADSTS number, OAuth error code, text.
//!
//! Numbers and codes are Microsoft's ("Microsoft Entra authentication and authorization error codes", 2026-08; the numbers about
//! single-page apps from public threads). Texts have the format of Microsoft's, to test clients that parse them.

mod client;
mod grant;
mod person;
mod request;

use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

/// The claims that come with AADSTS53003. They name the policy that blocks the sign-in.
pub(in crate::entra) const POLICY: &str = r#"{"access_token":{"capolids":{"essential":true,"values":["6b0c8a4e-6f2e-4a39-9c55-0b1f0e1f5a10"]}}}"#;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The AADSTS number.
    pub code: u32,
    /// The OAuth error code.
    pub error: &'static str,
    /// The sentence after the number.
    pub text: String,
    /// The HTTP status at the token endpoint.
    pub status: StatusCode,
    /// The more detailed code that some errors have.
    pub suberror: Option<&'static str>,
    /// A claims challenge that the client must pass on.
    pub claims: Option<String>,
}

impl Refusal {
    /// An error with status 400.
    pub(in crate::entra) fn new(code: u32, error: &'static str, text: impl Into<String>) -> Self {
        Self {
            code,
            error,
            text: text.into(),
            status: StatusCode::BAD_REQUEST,
            suberror: None,
            claims: None,
        }
    }

    /// An error with this number, independent of any real cause.
    pub(in crate::entra) fn numbered(code: u32) -> Self {
        let error = match code {
            50058 => "login_required",
            50072 | 50074 | 50076 | 50078 | 50079 | 50158 => "interaction_required",
            50011 | 50194 | 90002 | 90038 | 9_002_313 | 9_002_326 => "invalid_request",
            700_011 | 700_016 | 7_000_112 => "unauthorized_client",
            500_011 | 500_014 | 650_057 => "invalid_resource",
            50033 | 90006 | 90024 | 90033 | 40010 => "temporarily_unavailable",
            50105 | 53000 | 53001 | 53003 | 65004 | 500_022 | 530_034 | 530_084 => "access_denied",
            _ => "invalid_grant",
        };
        let mut refusal = Self::new(code, error, "Refused with this number, as was asked for.");
        if code == 53003 {
            refusal.suberror = Some("message_only");
            refusal.claims = Some(POLICY.to_owned());
        }
        refusal
    }

    pub(in crate::entra) fn unauthorized(code: u32, text: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::new(code, "invalid_client", text)
        }
    }

    /// The complete `error_description`.
    #[must_use]
    pub fn description(&self, now: Timestamp, trace: Uuid, correlation: Uuid) -> String {
        format!(
            "AADSTS{}: {}\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {}",
            self.code,
            self.text,
            stamp(now)
        )
    }

    /// The JSON body of the token endpoint.
    pub(in crate::entra) fn body(
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

/// Microsoft's format in errors, such as `2026-11-23 13:48:00Z`.
fn stamp(now: Timestamp) -> String {
    now.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}
