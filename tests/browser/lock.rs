//! Tests of Web Locks and of the wait for the network connection, in a real browser.

use cmg_entra_setup::browser::BrowserPlatform;
use domain::platform::Lock;
use domain::platform::Locking;
use domain::platform::Platform as _;
use futures_util::FutureExt as _;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::patch::Patch;
use crate::patch::run;
use crate::patch::settled;

const WORLD: BrowserPlatform = BrowserPlatform::new();

async fn held(name: &str) -> Lock {
    match WORLD.lock(name).await {
        Locking::Held(lock) => lock,
        other @ (Locking::Taken | Locking::Unknown) => panic!("{name}: {other:?}"),
    }
}

async fn is_taken(name: &str) -> bool {
    matches!(WORLD.lock(name).await, Locking::Taken)
}

/// Waits in the browser's queue until the lock is released.
async fn freed(name: &str) {
    settled(&format!(
        "return navigator.locks.request('cmg-entra-setup:{name}', () => {{}})"
    ))
    .await
    .unwrap();
}

#[wasm_bindgen_test]
async fn a_lock_has_one_holder_until_it_is_released() {
    let lock = held("one").await;
    assert!(is_taken("one").await);
    let other = held("two").await;
    assert!(is_taken("one").await);
    drop(lock);
    freed("one").await;
    let lock = held("one").await;
    assert!(is_taken("one").await && is_taken("two").await);
    drop((lock, other));
    freed("one").await;
    freed("two").await;
}

#[wasm_bindgen_test]
async fn a_lock_is_exclusive_and_has_the_product_name() {
    let lock = held("named").await;
    let seen = settled(
        "return navigator.locks.query().then(({ held, pending }) =>
             pending.length + ' ' + held.map((lock) => lock.mode + ' ' + lock.name))",
    )
    .await
    .unwrap();
    assert_eq!(seen, "0 exclusive cmg-entra-setup:named");
    drop(lock);
    freed("named").await;
}

#[wasm_bindgen_test]
async fn a_lock_request_dropped_early_leaves_the_lock_free() {
    assert!(WORLD.lock("early").now_or_never().is_none());
    freed("early").await;
    drop(held("early").await);
    freed("early").await;
}

#[wasm_bindgen_test]
async fn a_browser_without_locks_reports_the_lock_as_unknown() {
    for descriptor in [
        "{ value: undefined }",
        "{ value: null }",
        "{ value: { request() { throw new DOMException('', 'InvalidStateError') } } }",
        "{ value: { request: () => Promise.reject(new DOMException('', 'SecurityError')) } }",
    ] {
        let _patch = Patch::property("navigator", "locks", descriptor);
        let outcome = WORLD.lock("unknown").await;
        assert!(matches!(outcome, Locking::Unknown), "{descriptor}");
    }
}

#[wasm_bindgen_test]
fn an_online_browser_causes_no_wait() {
    assert!(WORLD.until_online().now_or_never().is_some());
}

#[wasm_bindgen_test]
async fn the_wait_for_the_network_ends_and_leaves_no_listener() {
    run("window.listeners = 0");
    let count = |change: &str| {
        format!(
            "function (name, ...rest) {{ if (name === 'online') listeners {change} 1; return real.call(this, name, ...rest); }}"
        )
    };
    let _offline = Patch::property("navigator", "onLine", "{ value: false }");
    let _added = Patch::function("window", "addEventListener", &count("+="));
    let _removed = Patch::function("window", "removeEventListener", &count("-="));
    let mut back = WORLD.until_online();
    for event in ["offline", "focus"] {
        assert!((&mut back).now_or_never().is_none(), "before {event}");
        run(&format!("dispatchEvent(new Event('{event}'))"));
    }
    assert_eq!(run("return listeners"), 1);
    assert!((&mut back).now_or_never().is_none());
    run("dispatchEvent(new Event('online'))");
    back.await;
    assert_eq!(run("return listeners"), 0);
    assert!(WORLD.until_online().now_or_never().is_none());
    assert_eq!(run("return listeners"), 0, "given up");
}
