//! One request by the browser's `fetch`, and one answer read to its end. No retries, no redirects followed, no cache. Cookies go to the
//! page's own host alone, which may have a sign-in in front of it.
//!
//! The request is made by `web-sys` and sent by gloo-net: gloo-net 0.5's own builder adds an `&` to every URL that has a query, and
//! Graph's page links must go as they came.
#![expect(clippy::disallowed_types, reason = "the one place requests leave from")]

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

use domain::platform::NoAnswer;
use domain::platform::Request;
use domain::platform::Response;
use engine::net::answer;
use engine::net::headers::READ;

/// For the whole exchange, the body included.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// The program has failed, and whatever of it still runs is not to be trusted.
static HALTED: AtomicBool = AtomicBool::new(false);

/// Whether nothing is sent while a service worker stands between this page and the network. A part of another page is not asked: the
/// worker of that page is that page's own.
static REFUSES_WORKERS: AtomicBool = AtomicBool::new(false);

// Asked for by hand, because the browser may have none (no HTTPS, some private windows) or refuse to say (a sandbox).
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

/// From now on nothing is sent.
pub fn halt() {
    HALTED.store(true, Ordering::Relaxed);
}

/// From now on nothing is sent once a service worker controls this page, however late it comes.
pub fn refuse_workers() {
    REFUSES_WORKERS.store(true, Ordering::Relaxed);
}

/// Looks before every request: a worker that has taken the page over would be handed this one with the token in it.
fn may_send() -> bool {
    if REFUSES_WORKERS.load(Ordering::Relaxed) && is_watched() {
        halt();
    }
    !HALTED.load(Ordering::Relaxed)
}

fn is_watched() -> bool {
    web_sys::window().is_some_and(|window| {
        let navigator: WatchedNavigator = window.navigator().unchecked_into();
        // A page that is refused an answer can have no worker.
        let workers = navigator.service_worker().ok().flatten();
        workers.is_some_and(|workers| workers.controller().is_some())
    })
}

/// Sends, and reads the answer.
pub async fn fetch(request: Request, deadline: Duration) -> Result<Response, NoAnswer> {
    let milliseconds = u32::try_from(deadline.as_millis()).unwrap_or(u32::MAX);
    let signal = AbortSignal::timeout_with_u32(milliseconds);
    let (request, sent) = prepared(&request, &signal).map_err(|_| NoAnswer::NotSent)?;
    // Last, with nothing between it and the sending that could let a worker in.
    if !may_send() {
        return Err(NoAnswer::NotSent);
    }
    let answered = gloo_net::http::Request::from(request).send().await;
    // Our copy may hold a code or a refresh token. Not before: WebKit sends what the buffer holds when it comes to sending.
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
    // A status outside HTTP (an opaque answer has 0) is no answer.
    answer.body(body).map_err(|_| NoAnswer::Lost)
}

/// The request as the browser takes it, and the buffer of its body.
fn prepared(
    request: &Request,
    signal: &AbortSignal,
) -> Result<(web_sys::Request, Option<Uint8Array>), JsValue> {
    let headers = Headers::new()?;
    for (name, value) in request.headers() {
        // A value that is not visible ASCII is refused here, before the browser would throw.
        let value = value.to_str().map_err(|_| JsValue::NULL)?;
        headers.set(name.as_str(), value)?;
    }
    // Without a prototype: a portal's scripts may have added to it what a browser would read as an option.
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

/// Cookies for the page's own host, where a proxy may want those of its sign-in, and for no other.
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
