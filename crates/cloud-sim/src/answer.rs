//! Responses as sent: status, headers, JSON. Shared by Microsoft Graph and Azure Resource Manager.
//!
//! CORS headers are not set here, because an in-memory request has no origin. The emulator adds them.

use std::time::Duration;

use http::HeaderName;
use http::HeaderValue;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::MARKER;
use domain::platform::HttpResponse;

/// A JSON object of a request or response.
pub(crate) type Object = Map<String, Value>;

/// A successful response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
}

impl Answer {
    pub(crate) fn ok(body: Value) -> Self {
        Self::with_body(200, body)
    }

    pub(crate) fn with_body(status: u16, body: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Some(body),
        }
    }

    /// 204 without a body.
    pub(crate) fn done() -> Self {
        Self {
            status: 204,
            headers: Vec::new(),
            body: None,
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// An error response.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
    /// `(code, target)`: the error code and the property it is about.
    pub(crate) details: Vec<(&'static str, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
            details: Vec::new(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn detail(mut self, code: &'static str, target: &str) -> Self {
        self.details.push((code, target.to_owned()));
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// 429 with `Retry-After`: whole seconds, rounded up, because the header has no fractions.
    pub(crate) fn throttled(code: &'static str, message: &str, wait: Option<Duration>) -> Self {
        let refusal = Self::new(429, code, message);
        match wait {
            None => refusal,
            Some(wait) => {
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                refusal.header("Retry-After", seconds.to_string())
            }
        }
    }

    /// `{code, message, details}`, without the members that only one of the two services adds.
    pub(crate) fn error(&self) -> Object {
        let mut error = Object::new();
        error.insert("code".to_owned(), json!(self.code));
        error.insert("message".to_owned(), json!(self.message));
        if !self.details.is_empty() {
            let details: Vec<Value> = self
                .details
                .iter()
                .map(|(code, target)| {
                    json!({ "code": code, "message": self.message, "target": target })
                })
                .collect();
            error.insert("details".to_owned(), json!(details));
        }
        error
    }
}

/// Builds the HTTP response.
pub(crate) fn respond(
    now: Timestamp,
    status: u16,
    headers: &[(&'static str, String)],
    body: Option<&Value>,
) -> HttpResponse {
    let mut response =
        HttpResponse::new(body.map_or_else(Vec::new, |body| body.to_string().into()));
    *response.status_mut() =
        http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let map = response.headers_mut();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            map.insert(name, value);
        }
    }
    if let Ok(date) = DateTimePrinter::new().timestamp_to_rfc9110_string(&now)
        && let Ok(date) = HeaderValue::from_str(&date)
    {
        map.insert(http::header::DATE, date);
    }
    map.insert("x-simulated", HeaderValue::from_static(MARKER));
    response
}

/// The token of an `Authorization` header. The scheme is case-insensitive (RFC 9110, 11.1).
pub(crate) fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim())
}

/// A time in the format of directory objects: whole seconds.
pub(crate) fn stamp(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A time in the format of credentials and Azure errors: seven decimals.
pub(crate) fn fine_stamp(moment: Timestamp) -> String {
    let ticks = moment.subsec_nanosecond() / 100;
    format!("{}.{ticks:07}Z", moment.strftime("%Y-%m-%dT%H:%M:%S"))
}
