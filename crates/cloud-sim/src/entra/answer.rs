//! Responses as sent: JSON, errors, and CORS headers.

use http::HeaderValue;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use crate::Sim;
use crate::entra::client;
use crate::entra::params::Params;
use crate::entra::params::header;
use crate::entra::refusal::Refusal;
use crate::entra::token;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;

/// A page can read a response of the token endpoint only if the client has a redirect URI of platform `spa` at the page's origin.
pub(super) fn with_token_cors(
    sim: &Sim,
    request: &HttpRequest,
    mut response: HttpResponse,
) -> HttpResponse {
    let Some(origin) = header(request, "origin") else {
        return response;
    };
    let params = Params::body(request);
    let is_page_of_client = params
        .find("client_id")
        .and_then(|id| id.parse().ok())
        .is_some_and(|id| client::has_page_at(sim, id, origin));
    if is_page_of_client && let Ok(value) = HeaderValue::from_str(origin) {
        let headers = response.headers_mut();
        headers.insert("access-control-allow-origin", value);
        headers.insert("vary", HeaderValue::from_static("Origin"));
    }
    response
}

/// Returns JSON, or an error as JSON.
pub(super) fn json(
    sim: &mut Sim,
    now: Timestamp,
    request: &HttpRequest,
    host: &str,
    answer: Result<Value, Refusal>,
) -> HttpResponse {
    let mut response = match answer {
        Ok(body) => json_response(StatusCode::OK, &body),
        Err(refusal) => {
            let trace = sim.rng.guid();
            let correlation = token::correlation(sim, request);
            json_response(refusal.status, &refusal.body(host, now, trace, correlation))
        }
    };
    if let Ok(value) = HeaderValue::from_str(&sim.rng.guid().to_string()) {
        response.headers_mut().insert("x-ms-request-id", value);
    }
    response
}

/// As `json`, for documents that any page can read.
pub(super) fn public(
    sim: &mut Sim,
    now: Timestamp,
    request: &HttpRequest,
    host: &str,
    answer: Result<Value, Refusal>,
) -> HttpResponse {
    let mut response = json(sim, now, request, host, answer);
    let headers = response.headers_mut();
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    headers.insert(
        "access-control-allow-methods",
        HeaderValue::from_static("GET, OPTIONS"),
    );
    response
}

/// The response to a CORS preflight request at the token endpoint.
pub(super) fn preflight() -> HttpResponse {
    let mut response = HttpResponse::new(Vec::new());
    let headers = response.headers_mut();
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    headers.insert(
        "access-control-allow-methods",
        HeaderValue::from_static("POST, OPTIONS"),
    );
    headers.insert(
        "access-control-allow-headers",
        HeaderValue::from_static("content-type, client-request-id"),
    );
    headers.insert("access-control-max-age", HeaderValue::from_static("3600"));
    response
}

pub(super) fn method_not_allowed() -> HttpResponse {
    let mut response = HttpResponse::new(Vec::new());
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

/// A JSON response that must not be cached.
pub(super) fn json_response(status: StatusCode, body: &Value) -> HttpResponse {
    let mut response = HttpResponse::new(body.to_string().into_bytes());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set("content-type", "application/json; charset=utf-8");
    set("cache-control", "no-store, no-cache");
    set("pragma", "no-cache");
    set("x-content-type-options", "nosniff");
    set(
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    );
    response
}
