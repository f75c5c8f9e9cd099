//! One request by the browser's `fetch`, and one answer read to its end. No retries, no redirects followed, no cookies, no cache.
//!
//! The request is made by `web-sys` and sent by gloo-net: gloo-net 0.5's own builder adds an `&` to every URL that has a query, and
//! Graph's page links must go as they came.
#![expect(clippy::disallowed_types, reason = "the one place requests leave from")]

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;

use http::HeaderName;
use http::HeaderValue;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;
use web_sys::Headers;
use web_sys::ReferrerPolicy;
use web_sys::RequestCache;
use web_sys::RequestCredentials;
use web_sys::RequestInit;
use web_sys::RequestMode;
use web_sys::RequestRedirect;

use crate::net::answer;
use crate::net::headers::READ;
use crate::world::NoAnswer;
use crate::world::Request;
use crate::world::Response;

/// For the whole exchange, the body included.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// The program has failed, and whatever of it still runs is not to be trusted.
static HALTED: AtomicBool = AtomicBool::new(false);

/// From now on nothing is sent.
pub fn halt() {
    HALTED.store(true, Ordering::Relaxed);
}

/// Sends, and reads the answer.
pub async fn fetch(request: Request, deadline: Duration) -> Result<Response, NoAnswer> {
    if HALTED.load(Ordering::Relaxed) {
        return Err(NoAnswer::NotSent);
    }
    let milliseconds = u32::try_from(deadline.as_millis()).unwrap_or(u32::MAX);
    let signal = AbortSignal::timeout_with_u32(milliseconds);
    let request = prepared(&request, &signal).map_err(|_| NoAnswer::NotSent)?;
    let response: web_sys::Response = match gloo_net::http::Request::from(request).send().await {
        Ok(response) => response.into(),
        Err(_) if signal.aborted() => return Err(NoAnswer::TimedOut),
        Err(_) => return Err(NoAnswer::Lost),
    };
    let status = response.status();
    let body = bytes(&response)
        .await
        .map_err(|_| NoAnswer::Cut { status })?;
    let mut answer = http::Response::builder().status(status);
    for (name, value) in headers(&response.headers()) {
        answer = answer.header(name, value);
    }
    // A status outside HTTP (an opaque answer has 0) is no answer.
    answer.body(body).map_err(|_| NoAnswer::Lost)
}

fn prepared(request: &Request, signal: &AbortSignal) -> Result<web_sys::Request, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in request.headers() {
        // A value that is not visible ASCII is refused here, before the browser would throw.
        let value = value.to_str().map_err(|_| JsValue::NULL)?;
        headers.set(name.as_str(), value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method().as_str());
    init.set_headers_headers(&headers);
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(signal));
    let body = (!request.body().is_empty()).then(|| Uint8Array::from(request.body().as_slice()));
    init.set_body_opt_u8_array(body.as_ref());
    let prepared = web_sys::Request::new_with_str_and_init(&request.uri().to_string(), &init);
    // The browser has its own copy now. Ours may hold a code or a refresh token.
    if let Some(body) = body {
        body.fill(0, 0, body.length());
    }
    prepared
}

/// The body, as far as anybody would read it: past the limit of `net::answer` one byte more is enough to be refused.
async fn bytes(response: &web_sys::Response) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    let array = Uint8Array::new(&buffer);
    let limit = u32::try_from(answer::LARGEST).unwrap_or(u32::MAX);
    let bytes = array
        .subarray(0, array.length().min(limit.saturating_add(1)))
        .to_vec();
    // It may hold tokens or a new client secret, and the browser collects it when it likes.
    array.fill(0, 0, array.length());
    Ok(bytes)
}

/// The headers that are read, as far as the browser lets a page see them.
fn headers(headers: &Headers) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    READ.into_iter().filter_map(|name| {
        let value = headers.get(name.as_str()).ok()??;
        Some((name, HeaderValue::from_str(&value).ok()?))
    })
}
