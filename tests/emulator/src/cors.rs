//! Which responses of Microsoft Graph and Azure Resource Manager a page can read.
//!
//! Microsoft Graph: as reproduced by Microsoft's own emulator (dev-proxy, 2026-07). Azure Resource Manager: the exposed headers are not
//! documented, so they are a switch, and the default is none. Whether Azure Resource Graph has CORS headers is not documented either, so a
//! switch takes them from paths.

use http::HeaderMap;
use http::HeaderValue;
use http::Method;
use http::Request;
use http::Response;
use http::StatusCode;
use http::header::ACCESS_CONTROL_ALLOW_HEADERS;
use http::header::ACCESS_CONTROL_ALLOW_METHODS;
use http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use http::header::ACCESS_CONTROL_EXPOSE_HEADERS;
use http::header::ACCESS_CONTROL_MAX_AGE;
use http::header::ACCESS_CONTROL_REQUEST_HEADERS;
use http::header::ACCESS_CONTROL_REQUEST_METHOD;
use http::header::ORIGIN;
use serde::Deserialize;
use serde::Serialize;

/// Response headers of Microsoft Graph that a page can read.
const GRAPH_EXPOSES: &str = "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, \
     ReadWriteConsistencyToken, SdkVersion, WWW-Authenticate, x-ms-client-gcc-tenant, Retry-After";

/// Which responses have CORS headers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cors {
    #[default]
    All,
    /// All except responses with an error status. To a page, those look like a lost connection.
    NotOnErrors,
}

/// Whether the path is one of those that lack CORS headers, or below one. Case-insensitive, as in Azure.
pub(crate) fn lacks(without: &[String], path: &str) -> bool {
    without.iter().any(|prefix| {
        let start = path.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    })
}

/// The service that decides the CORS headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Graph,
    Arm,
}

/// Returns the preflight response if the request is a preflight.
pub(crate) fn preflight(request: &Request<Vec<u8>>) -> Option<Response<Vec<u8>>> {
    if request.method() != Method::OPTIONS {
        return None;
    }
    let headers = request.headers();
    headers.get(ORIGIN)?;
    headers.get(ACCESS_CONTROL_REQUEST_METHOD)?;
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::OK;
    let out = response.headers_mut();
    out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    out.insert(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS"),
    );
    if let Some(asked) = headers.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        out.insert(ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
    }
    out.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
    Some(response)
}

/// Adds the headers that allow a page to read the response.
pub(crate) fn allow(
    cors: Cors,
    service: Service,
    arm_exposes: &[String],
    request: &HeaderMap,
    status: StatusCode,
    out: &mut HeaderMap,
) {
    if request.get(ORIGIN).is_none() || (cors == Cors::NotOnErrors && !status.is_success()) {
        return;
    }
    out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let exposed = match service {
        Service::Graph => GRAPH_EXPOSES.to_owned(),
        Service::Arm => arm_exposes.join(", "),
    };
    if !exposed.is_empty()
        && let Ok(value) = HeaderValue::from_str(&exposed)
    {
        out.insert(ACCESS_CONTROL_EXPOSE_HEADERS, value);
    }
}
