//! One request with the browser's `fetch`, and its complete response. No retries, no redirects, no cache. Cookies are sent to the page's
//! own origin only, because the site owner may protect it with a sign-in.
//!
//! `web-sys` builds the request and gloo-net sends it: the builder of gloo-net 0.5 adds an `&` to every URL that has a query, and Graph's
//! page links must be sent unchanged.
#![expect(clippy::disallowed_types, reason = "only this file sends requests")]

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;

use http::HeaderName;
use http::HeaderValue;
use js_sys::Object;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;
use web_sys::Headers;
use web_sys::Navigator;
use web_sys::ReferrerPolicy;
use web_sys::RequestCache;
use web_sys::RequestCredentials;
use web_sys::RequestInit;
use web_sys::RequestMode;
use web_sys::RequestRedirect;

use domain::platform::HttpRequest;
use domain::platform::HttpResponse;
use domain::platform::NoAnswer;
use engine::net::answer;
use engine::net::headers::READ;

/// Time limit of the whole exchange, including the body.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Set after a panic, because code that still runs cannot be trusted, and when a service worker takes control.
static HALTED: AtomicBool = AtomicBool::new(false);

/// If set, nothing is sent while a service worker controls this page. Not set when mounted in another page's document: that page's worker
/// is its own.
static REFUSES_WORKERS: AtomicBool = AtomicBool::new(false);

// Own binding with `Option` and `catch`: the browser may have no service workers (no HTTPS, some private windows) or may throw (a sandbox).
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Navigator)]
    type WatchedNavigator;

    #[wasm_bindgen(method, getter, catch, js_name = serviceWorker)]
    fn service_worker(this: &WatchedNavigator) -> Result<Option<Workers>, JsValue>;

    type Workers;

    #[wasm_bindgen(method, getter)]
    fn controller(this: &Workers) -> Option<Workers>;
}

/// Blocks all requests from now on.
pub fn halt() {
    HALTED.store(true, Ordering::Relaxed);
}

/// Blocks all requests from the moment a service worker controls this page.
pub fn refuse_workers() {
    REFUSES_WORKERS.store(true, Ordering::Relaxed);
}

/// Checked before every request: a service worker that has taken control would receive the request with its token.
fn may_send() -> bool {
    if REFUSES_WORKERS.load(Ordering::Relaxed) && is_watched() {
        halt();
    }
    !HALTED.load(Ordering::Relaxed)
}

fn is_watched() -> bool {
    web_sys::window().is_some_and(|window| {
        let navigator: WatchedNavigator = window.navigator().unchecked_into();
        // If the browser throws here, the page can have no worker.
        let workers = navigator.service_worker().ok().flatten();
        workers.is_some_and(|workers| workers.controller().is_some())
    })
}

/// Sends a request and reads the response.
pub async fn fetch(request: HttpRequest, deadline: Duration) -> Result<HttpResponse, NoAnswer> {
    let milliseconds = u32::try_from(deadline.as_millis()).unwrap_or(u32::MAX);
    let signal = AbortSignal::timeout_with_u32(milliseconds);
    let (request, sent) = prepared(&request, &signal).map_err(|_| NoAnswer::NotSent)?;
    // The last check before sending, so that no worker can take control in between.
    if !may_send() {
        return Err(NoAnswer::NotSent);
    }
    let answered = gloo_net::http::Request::from(request).send().await;
    // The copy may hold an authorization code or a refresh token. Not wiped earlier: WebKit reads the buffer when it sends.
    if let Some(sent) = sent {
        sent.fill(0, 0, sent.length());
    }
    let response: web_sys::Response = match answered {
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
    // A status outside HTTP (0 of an opaque response) is not a response.
    answer.body(body).map_err(|_| NoAnswer::Lost)
}

/// The browser's request, and the buffer of its body.
fn prepared(
    request: &HttpRequest,
    signal: &AbortSignal,
) -> Result<(web_sys::Request, Option<Uint8Array>), JsValue> {
    let headers = Headers::new()?;
    for (name, value) in request.headers() {
        // Values that are not visible ASCII are rejected here, before the browser would throw.
        let value = value.to_str().map_err(|_| JsValue::NULL)?;
        headers.set(name.as_str(), value)?;
    }
    // No prototype: scripts of an embedding page may have added properties that the browser would read as options.
    let init: RequestInit =
        Object::<JsValue>::create(JsValue::NULL.unchecked_ref()).unchecked_into();
    init.set_method(request.method().as_str());
    init.set_headers_headers(&headers);
    init.set_mode(RequestMode::Cors);
    init.set_credentials(credentials(&request.uri().to_string()));
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(signal));
    let body = (!request.body().is_empty()).then(|| Uint8Array::from(request.body().as_slice()));
    init.set_body_opt_u8_array(body.as_ref());
    let prepared = web_sys::Request::new_with_str_and_init(&request.uri().to_string(), &init)?;
    Ok((prepared, body))
}

/// Cookies only for the page's own origin, where a proxy may need its sign-in cookies.
fn credentials(url: &str) -> RequestCredentials {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok());
    let is_own = origin
        .and_then(|origin| url.strip_prefix(&origin))
        .is_some_and(|rest| rest.starts_with('/'));
    if is_own {
        RequestCredentials::SameOrigin
    } else {
        RequestCredentials::Omit
    }
}

/// The body, cut off one byte after the limit of `net::answer`, which is enough to reject it.
async fn bytes(response: &web_sys::Response) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    let array = Uint8Array::new(&buffer);
    let limit = u32::try_from(answer::LARGEST).unwrap_or(u32::MAX);
    let bytes = array
        .subarray(0, array.length().min(limit.saturating_add(1)))
        .to_vec();
    // The buffer may hold tokens or a new client secret, and the browser does not free it at once.
    array.fill(0, 0, array.length());
    Ok(bytes)
}

/// The headers that are used, as far as the browser exposes them.
fn headers(headers: &Headers) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    READ.into_iter().filter_map(|name| {
        let value = headers.get(name.as_str()).ok()??;
        Some((name, HeaderValue::from_str(&value).ok()?))
    })
}
