//! Tests of `Platform` in a real browser: fetch, URL, storage, clock, and random numbers.
//!
//! Test scripts replace `fetch`, so that each kind of failure can be produced on demand and offline.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests replace browser functions with scripts"
)]

use std::time::Duration;

use cmg_entra_setup::browser::BrowserPlatform;
use cmg_entra_setup::browser::fetch::fetch;
use cmg_entra_setup::browser::redirect;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;
use domain::platform::NoAnswer;
use domain::platform::Platform;
use engine::net::answer::LARGEST;
use js_sys::Function;
use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Window;

const URL: &str =
    "https://graph.microsoft.com/v1.0/applications?$filter=appId%20eq%20'1'&$skiptoken=a%2Fb";

fn window() -> Window {
    web_sys::window().unwrap()
}

/// Replaces `fetch` with a JavaScript function until dropped.
struct Stub(JsValue);

impl Stub {
    fn new(body: &str) -> Self {
        let window = window();
        let was = Reflect::get(&window, &"fetch".into()).unwrap();
        let stub = Function::new_with_args("request", body);
        assert!(Reflect::set(&window, &"fetch".into(), &stub).unwrap());
        Self(was)
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        assert!(Reflect::set(&window(), &"fetch".into(), &self.0).unwrap());
    }
}

fn post() -> HttpRequest {
    http::Request::post(URL)
        .header("authorization", "Bearer token-1")
        .header("content-type", "application/json")
        .body(b"{\"a\":1}".to_vec())
        .unwrap()
}

async fn sent(script: &str, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
    let _stub = Stub::new(script);
    fetch(request, Duration::from_secs(5)).await
}

#[wasm_bindgen_test]
fn the_test_page_is_a_secure_context() {
    assert!(window().is_secure_context());
    assert!(window().crypto().is_ok());
}

#[wasm_bindgen_test]
async fn a_request_is_sent_unchanged_without_browser_additions() {
    let answer = sent(
        "return request.text().then(body => new Response(JSON.stringify({
            url: request.url, method: request.method, body, mode: request.mode, credentials: request.credentials,
            cache: request.cache, redirect: request.redirect, referrerPolicy: request.referrerPolicy,
            authorization: request.headers.get('authorization'), type: request.headers.get('content-type'),
            signal: request.signal instanceof AbortSignal,
        }), { status: 201, headers: { 'request-id': 'r-1', 'retry-after': '7' } }))",
        post(),
    )
    .await
    .unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.headers()["request-id"], "r-1");
    assert_eq!(answer.headers()["retry-after"], "7");
    // All browsers escape an apostrophe in a query this way. The rest of the URL stays the same.
    let seen: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(
        seen,
        serde_json::json!({
            "url": URL.replace('\'', "%27"), "method": "POST", "body": "{\"a\":1}", "mode": "cors", "credentials": "omit",
            "cache": "no-store", "redirect": "error", "referrerPolicy": "no-referrer",
            "authorization": "Bearer token-1", "type": "application/json", "signal": true,
        })
    );
}

#[wasm_bindgen_test]
async fn a_get_request_has_no_body() {
    let request = http::Request::get(URL).body(Vec::new()).unwrap();
    let answer = sent(
        "return Promise.resolve(new Response(String(request.body), { status: 200 }))",
        request,
    )
    .await
    .unwrap();
    assert!(matches!(answer.body().as_slice(), b"null" | b"undefined"));
}

#[wasm_bindgen_test]
async fn each_network_failure_has_its_own_error() {
    for (script, no_answer) in [
        ("return Promise.reject(new TypeError('Failed to fetch'))", NoAnswer::Lost),
        (
            "return Promise.resolve(new Response(new ReadableStream({
                start(stream) { stream.enqueue(new Uint8Array([123])); stream.error(new TypeError('network error')); }
            }), { status: 201 }))",
            NoAnswer::Cut { status: 201 },
        ),
        (
            "const response = new Response('', { status: 429 }); response.arrayBuffer = () => Promise.reject(new TypeError());
             return Promise.resolve(response)",
            NoAnswer::Cut { status: 429 },
        ),
        ("return Promise.resolve(Response.error())", NoAnswer::Lost),
    ] {
        assert_eq!(sent(script, post()).await.err(), Some(no_answer), "{script}");
    }
}

#[wasm_bindgen_test]
async fn a_request_without_a_response_times_out() {
    let _stub = Stub::new(
        "return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))",
    );
    let outcome = fetch(post(), Duration::from_millis(20)).await;
    assert_eq!(outcome.err(), Some(NoAnswer::TimedOut));
}

#[wasm_bindgen_test]
async fn a_request_that_the_browser_would_refuse_is_not_sent() {
    let script = "throw new Error('sent')";
    let bad_value = http::Request::get(URL)
        .header("prefer", http::HeaderValue::from_bytes(b"\xff").unwrap())
        .body(Vec::new())
        .unwrap();
    assert_eq!(sent(script, bad_value).await.err(), Some(NoAnswer::NotSent));
    let body_on_get = http::Request::get(URL).body(b"x".to_vec()).unwrap();
    assert_eq!(
        sent(script, body_on_get).await.err(),
        Some(NoAnswer::NotSent)
    );
    let forbidden = http::Request::builder()
        .method("TRACE")
        .uri(URL)
        .body(Vec::new())
        .unwrap();
    assert_eq!(sent(script, forbidden).await.err(), Some(NoAnswer::NotSent));
}

#[wasm_bindgen_test]
async fn a_response_is_read_only_up_to_the_size_limit() {
    let answer = sent(
        "return Promise.resolve(new Response(new Uint8Array(50 * 1024 * 1024)))",
        post(),
    )
    .await
    .unwrap();
    assert_eq!(answer.body().len(), LARGEST + 1);
}

#[wasm_bindgen_test]
async fn a_request_reaches_the_real_network() {
    let origin = window().location().origin().unwrap();
    let request = http::Request::get(format!("{origin}/"))
        .body(Vec::new())
        .unwrap();
    let answer = BrowserPlatform::new().send(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(!answer.body().is_empty());
}

#[wasm_bindgen_test]
fn the_sign_in_response_is_read_once_and_removed_from_the_url() {
    let history = window().history().unwrap();
    let location = window().location();
    let was = location.href().unwrap();
    for (address, answer) in [
        ("?cloud=usgov#design", None),
        ("#code=c-1&state=s-1", Some("code=c-1&state=s-1")),
        (
            "?x=1&code=d#code=c-1&state=s-1",
            Some("code=c-1&state=s-1&x=1&code=d"),
        ),
        ("?admin_consent=True&state=s", None),
    ] {
        history
            .push_state_with_url(&JsValue::NULL, "", Some(address))
            .unwrap();
        let length = history.length().unwrap();
        assert_eq!(redirect::take_fragment().as_deref(), answer, "{address}");
        assert_eq!(redirect::take_fragment(), None, "once");
        assert_eq!(history.length().unwrap(), length, "replaced, not added");
        let now = location.href().unwrap();
        if address.contains("state") {
            assert!(!now.contains(['?', '#']), "{now}");
        } else {
            assert!(now.ends_with(address), "{now}");
        }
    }
    history
        .replace_state_with_url(&JsValue::NULL, "", Some(&was))
        .unwrap();
}

#[wasm_bindgen_test]
fn the_page_redirects_only_to_the_sign_in_service() {
    let was = window().location().href().unwrap();
    for url in [
        "https://evil.example/",
        "http://login.microsoftonline.com/x",
        "javascript:window.gone = 1",
        "https://login.microsoftonline.com@evil.example/",
        "",
    ] {
        redirect::sign_out_redirect(url);
    }
    assert_eq!(window().location().href().unwrap(), was);
}

#[wasm_bindgen_test]
fn a_page_restored_from_the_back_forward_cache_is_detected() {
    let count = std::rc::Rc::new(std::cell::Cell::new(0));
    let seen = count.clone();
    let listener = redirect::on_shown_again(&window(), move || seen.set(seen.get() + 1));
    let show = |persisted: bool| {
        let make = Function::new_with_args(
            "persisted",
            "return new PageTransitionEvent('pageshow', { persisted })",
        );
        let event = make.call1(&JsValue::NULL, &persisted.into()).unwrap();
        window().dispatch_event(event.unchecked_ref()).unwrap();
    };
    show(false);
    assert_eq!(count.get(), 0);
    show(true);
    assert_eq!(count.get(), 1);
    drop(listener);
    show(true);
    assert_eq!(count.get(), 1);
}

/// The response buffer and the request buffer are overwritten, because both can hold a secret and the browser decides when it frees
/// them. The test captures both buffers.
#[wasm_bindgen_test]
async fn request_and_response_buffers_are_overwritten_after_use() {
    let body = "const answer = new Response('a new client secret', { status: 200 }); \
                const read = answer.arrayBuffer.bind(answer); \
                answer.arrayBuffer = async () => (window.caught = await read()); \
                return Promise.resolve(answer);";
    let caught = |name: &str| {
        let buffer = Reflect::get(&window(), &name.into()).unwrap();
        js_sys::Uint8Array::new(&buffer).to_vec()
    };
    let answer = sent(body, post()).await.unwrap();
    assert_eq!(answer.body().as_slice(), b"a new client secret");
    let read = caught("caught");
    assert_eq!(read.len(), 19);
    assert!(read.iter().all(|byte| *byte == 0), "{read:?}");
    // Captures the request body that the browser received.
    let spy = Function::new_no_args(
        "const was = window.Request; \
         window.Request = class extends was { \
           constructor(url, init) { super(url, init); window.given = init?.body; } \
         }; \
         return () => { window.Request = was; }",
    );
    let undo: Function = spy.call0(&JsValue::NULL).unwrap().unchecked_into();
    let outcome = sent(body, post()).await;
    undo.call0(&JsValue::NULL).unwrap();
    outcome.unwrap();
    let given = caught("given");
    assert_eq!(given.len(), 7);
    assert!(given.iter().all(|byte| *byte == 0), "{given:?}");
}

#[wasm_bindgen_test]
fn session_values_stay_until_they_are_removed() {
    let world = BrowserPlatform::new();
    assert_eq!(world.session_get("test"), None);
    assert!(world.session_set("test", "a \u{1f600}"));
    assert_eq!(world.session_get("test").as_deref(), Some("a \u{1f600}"));
    world.session_remove("test");
    assert_eq!(world.session_get("test"), None);
    assert!(
        !world.session_set("test", &"x".repeat(50_000_000)),
        "too much"
    );
    world.session_remove("test");
}

#[wasm_bindgen_test]
async fn the_clocks_advance() {
    let world = BrowserPlatform::new();
    let before = world.elapsed();
    world.sleep(Duration::from_millis(5)).await;
    assert!(world.elapsed() > before);
    assert!(world.now().as_second() > 1_700_000_000);
}

#[wasm_bindgen_test]
fn random_numbers_come_only_from_the_browser() {
    let world = BrowserPlatform::new();
    let mut first = [0; 32];
    let mut second = [0; 32];
    assert!(world.random_bytes(&mut first) && world.random_bytes(&mut second));
    assert_ne!(first, second);
    assert_eq!(world.fresh_guid().get_version_num(), 4);
    assert_ne!(world.fresh_guid(), world.fresh_guid());
    let crypto = window().crypto().unwrap();
    let broken = Function::new_no_args("throw new Error('no entropy')");
    Reflect::set(&crypto, &"getRandomValues".into(), &broken).unwrap();
    assert!(!world.random_bytes(&mut first));
    Reflect::delete_property(
        crypto.unchecked_ref::<js_sys::Object>(),
        &"getRandomValues".into(),
    )
    .unwrap();
    assert!(world.random_bytes(&mut first));
}

#[wasm_bindgen_test]
fn freed_memory_is_wiped() {
    // The text is built from two halves, so that the search does not find the constants of the test.
    let needle = || ["needle-in-the", "haystack-of-memory"].join("-");
    let count = Function::new_with_args(
        "memory, from",
        "const bytes = new Uint8Array(memory.buffer);
         const text = Array.from({ length: 18 }, (_, index) => 'haystack-of-memory'.charCodeAt(index));
         const dash = '-'.charCodeAt(0);
         let hits = 0;
         for (let at = bytes.indexOf(dash); at >= 0; at = bytes.indexOf(dash, at + 1))
             if (at > 12 && bytes[at - 1] === 101 && bytes[at - 4] === dash && text.every((code, index) => bytes[at + 1 + index] === code)) hits += 1;
         return hits;",
    );
    let hits = || {
        let found = count
            .call1(&JsValue::NULL, &wasm_bindgen::memory())
            .unwrap();
        found.as_f64().unwrap()
    };
    let mut held = needle();
    assert!(hits() >= 1.0, "the search finds what is there");
    // Growing moves the text. The old location must be wiped too.
    held.reserve(100_000);
    let json = serde_json::json!({ "secretText": needle() });
    drop(json);
    assert_eq!(hits(), 1.0);
    drop(held);
    assert_eq!(hits(), 0.0);
}
