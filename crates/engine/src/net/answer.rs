//! Reads a response: a success as JSON, an error with the service's own message, and anything else as a malformed response.
//!
//! The status alone proves nothing: a captive portal also answers 200.

use http::HeaderMap;
use http::HeaderName;
use http::header::CONTENT_TYPE;
use http::header::LOCATION;
use http::header::WWW_AUTHENTICATE;
use jiff::Timestamp;
use serde_json::Value;
use zeroize::Zeroize as _;

use crate::net::ApiError;
use crate::net::ApiResponse;
use crate::net::Detail;
use crate::net::Failure;
use crate::net::MalformedResponse;
use crate::net::headers::MS_REQUEST_ID;
use crate::net::headers::REQUEST_ID;
use crate::net::headers::TENANT_SUBSCRIPTION_LIMIT_HIT;
use crate::net::retry;
use domain::json;
use domain::platform::HttpResponse;

/// Maximum size of a response, in bytes. The largest real response, a page of apps, has a few hundred kilobytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// Reads a response of any status. Wipes the raw bytes, because they may contain a new secret.
pub fn read(response: HttpResponse, now: Timestamp) -> Result<ApiResponse, Failure> {
    let (parts, mut bytes) = response.into_parts();
    let status = parts.status.as_u16();
    let json = json(&parts.headers, &bytes);
    bytes.zeroize();
    let odd = |why| Failure::Unexpected { status, why };
    match status {
        200..=299 => Ok(ApiResponse {
            status,
            body: json.map_err(odd)?,
            request_id: request_id(&parts.headers),
            location: header(&parts.headers, &LOCATION),
            retry_after: retry::asked(&parts.headers, now),
            is_cut: header(&parts.headers, &TENANT_SUBSCRIPTION_LIMIT_HIT)
                .is_some_and(|value| value.trim().eq_ignore_ascii_case("true")),
        }),
        // A 401 may come from a gateway with an empty or HTML body; the header is what matters.
        401 => Err(Failure::Refused(Box::new(refusal(
            status,
            &parts.headers,
            json.unwrap_or_default(),
        )))),
        400..=499 => Err(Failure::Refused(Box::new(refusal(
            status,
            &parts.headers,
            json.map_err(odd)?,
        )))),
        // Gateways answer with HTML pages when the service is down, so only the status is reliable.
        500..=599 => Err(Failure::Server(Box::new(refusal(
            status,
            &parts.headers,
            json.unwrap_or_default(),
        )))),
        _ => Err(odd(MalformedResponse::Status)),
    }
}

/// Request ID from the service, under any header name that the services use.
#[must_use]
pub fn request_id(headers: &HeaderMap) -> Option<String> {
    [REQUEST_ID, MS_REQUEST_ID]
        .iter()
        .find_map(|name| header(headers, name))
}

/// Parses the JSON body; `Null` for an empty body.
fn json(headers: &HeaderMap, bytes: &[u8]) -> Result<Value, MalformedResponse> {
    if bytes.len() > LARGEST {
        return Err(MalformedResponse::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    if !headers.get(CONTENT_TYPE).is_none_or(|value| {
        let kind = value.to_str().unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/json")
            || kind.to_ascii_lowercase().ends_with("+json")
    }) {
        return Err(MalformedResponse::NotJson);
    }
    json::parse(bytes).map_err(|_| MalformedResponse::BadJson)
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

/// `{"error": {...}}` from Graph and Azure Resource Manager. Some older Azure responses lack the envelope.
fn refusal(status: u16, headers: &HeaderMap, body: Value) -> ApiError {
    let error = body.get("error").unwrap_or(&body);
    let text = |value: &Value, name: &str| Some(value.get(name)?.as_str()?.to_owned());
    let detail = |value: &Value| Detail {
        code: text(value, "code").unwrap_or_default(),
        message: text(value, "message").unwrap_or_default(),
        target: text(value, "target"),
    };
    let Detail {
        code,
        message,
        target,
    } = detail(error);
    let inner = error.get("innerError").or_else(|| error.get("innererror"));
    ApiError {
        status,
        code,
        message,
        target,
        details: error
            .get("details")
            .and_then(Value::as_array)
            .map(|details| details.iter().map(detail).collect())
            .unwrap_or_default(),
        request_id: request_id(headers).or_else(|| text(inner?, "request-id")),
        www_authenticate: header(headers, &WWW_AUTHENTICATE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use serde_json::json;

    fn answer(status: u16, kind: &str, body: &[u8]) -> Result<ApiResponse, Failure> {
        let mut builder = http::Response::builder()
            .status(status)
            .header("request-id", "r-1");
        if !kind.is_empty() {
            builder = builder.header("content-type", kind);
        }
        read(builder.body(body.to_vec()).unwrap(), Timestamp::UNIX_EPOCH)
    }

    #[track_caller]
    fn odd(status: u16, kind: &str, body: &[u8], why: MalformedResponse) {
        assert_eq!(
            answer(status, kind, body),
            Err(Failure::Unexpected { status, why })
        );
    }

    #[test]
    fn a_success_is_read_for_every_json_content_type() {
        for kind in [
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON;odata.metadata=minimal;odata.streaming=true",
            "application/problem+json",
            "",
        ] {
            let reply = answer(200, kind, br#" {"a":[1,-2,1.5,true,null,"x"]} "#).unwrap();
            assert_eq!(reply.body, json!({"a": [1, -2, 1.5, true, null, "x"]}));
            assert_eq!(reply.request_id.as_deref(), Some("r-1"));
        }
        assert_eq!(answer(204, "", b"").unwrap().body, Value::Null);
        assert_eq!(
            answer(200, "application/json", b"\xef\xbb\xbf{}")
                .unwrap()
                .body,
            json!({})
        );
    }

    #[test]
    fn a_malformed_response_is_refused() {
        let json = "application/json";
        odd(
            200,
            "text/html",
            b"<html>Welcome to Hotel WiFi</html>",
            MalformedResponse::NotJson,
        );
        odd(
            403,
            "text/html",
            b"<html>Blocked</html>",
            MalformedResponse::NotJson,
        );
        odd(200, json, b"{\"a\":", MalformedResponse::BadJson);
        odd(200, json, b"{} {}", MalformedResponse::BadJson);
        odd(200, json, b"\xff\xfe{}", MalformedResponse::BadJson);
        odd(
            200,
            json,
            br#"{"id":"1","id":"2"}"#,
            MalformedResponse::BadJson,
        );
        odd(
            200,
            json,
            br#"{"a":[{"b":1,"\u0062":2}]}"#,
            MalformedResponse::BadJson,
        );
        odd(200, json, &b"[".repeat(100_000), MalformedResponse::BadJson);
        odd(
            200,
            json,
            &b" ".repeat(LARGEST + 1),
            MalformedResponse::TooLarge,
        );
        odd(304, json, b"", MalformedResponse::Status);
        odd(302, json, b"{}", MalformedResponse::Status);
    }

    #[test]
    fn a_refusal_keeps_the_code_and_message_of_the_service() {
        let body = json!({"error": {
            "code": "Request_BadRequest", "message": "Invalid value.", "target": "identifierUris",
            "details": [{"code": "InvalidValue", "message": "Why.", "target": "x"}, 7],
            "innerError": {"date": "2026-09-29T10:00:00", "request-id": "r-2", "client-request-id": "c"},
        }});
        let Err(Failure::Refused(refusal)) =
            answer(400, "application/json", body.to_string().as_bytes())
        else {
            panic!("not refused")
        };
        assert_eq!(refusal.code, "Request_BadRequest");
        assert_eq!(refusal.message, "Invalid value.");
        assert_eq!(refusal.target.as_deref(), Some("identifierUris"));
        assert_eq!(refusal.details.len(), 2);
        assert_eq!(refusal.details[0].code, "InvalidValue");
        assert_eq!(refusal.request_id.as_deref(), Some("r-1"));
    }

    #[test]
    fn an_error_status_is_an_error_for_any_body() {
        for (status, kind, body, code) in [
            (
                404,
                "application/json",
                r#"{"code":"NotFound","message":"m"}"#,
                "NotFound",
            ),
            (400, "application/json", r#"{"error":{"code":""}}"#, ""),
            (400, "application/json", r#"{"error":"invalid_grant"}"#, ""),
            (404, "", "", ""),
            (401, "text/html", "<html>", ""),
            (400, "application/json", "[]", ""),
        ] {
            let Err(Failure::Refused(refusal)) = answer(status, kind, body.as_bytes()) else {
                panic!("{body}")
            };
            assert_eq!((refusal.status, refusal.code.as_str()), (status, code));
        }
        let Err(Failure::Server(refusal)) = answer(502, "text/html", b"<html>") else {
            panic!("not a server error")
        };
        assert_eq!(refusal.status, 502);
    }

    #[test]
    fn the_request_id_is_read_from_the_header_or_the_body() {
        let mut headers = HeaderMap::new();
        assert_eq!(request_id(&headers), None);
        headers.insert("x-ms-request-id", http::HeaderValue::from_static("b"));
        assert_eq!(request_id(&headers).as_deref(), Some("b"));
        let body = json!({"error": {"code": "x", "innerError": {"request-id": "inner"}}});
        assert_eq!(
            refusal(400, &HeaderMap::new(), body).request_id.as_deref(),
            Some("inner")
        );
    }
}
