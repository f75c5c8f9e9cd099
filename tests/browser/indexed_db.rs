//! Tests of the store in a real IndexedDB, including each way the browser can refuse it.

use std::pin::pin;

use cmg_entra_setup::browser::BrowserPlatform;
use domain::platform::Platform as _;
use domain::platform::StorageError;
use futures_util::FutureExt as _;
use futures_util::future::Either;
use futures_util::future::join_all;
use futures_util::future::select;
use js_sys::Promise;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::patch::Patch;
use crate::patch::run;
use crate::patch::settled;

const WORLD: BrowserPlatform = BrowserPlatform::new();

/// Gives every exception the name that browsers use when storage is full.
const FULL: &str = "{ get: () => 'QuotaExceededError' }";

fn records(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
        .collect()
}

async fn put(pairs: &[(&str, &str)]) {
    for (key, text) in pairs {
        WORLD.put(key, text).await.unwrap();
    }
}

/// Deletes the database. Fails when a connection is still open, because the browser would have to wait for it.
async fn wipe() {
    settled(
        "return new Promise((resolve, reject) => {
             const request = indexedDB.deleteDatabase('cmg-entra-setup');
             request.onsuccess = () => resolve(); request.onerror = reject; request.onblocked = reject;
         })",
    )
    .await
    .unwrap();
}

#[wasm_bindgen_test]
async fn records_are_listed_in_key_order() {
    put(&[("order/3", "c"), ("order/1", "a"), ("order/20", "b")]).await;
    let kept = WORLD.list("order/").await.unwrap();
    assert_eq!(
        kept,
        records(&[("order/1", "a"), ("order/20", "b"), ("order/3", "c")])
    );
    assert_eq!(WORLD.list("none/").await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn a_key_prefix_selects_only_the_records_of_one_run() {
    put(&[("run-1/a", "1"), ("run-10/a", "10"), ("run-2/a", "2")]).await;
    assert_eq!(
        WORLD.list("run-1/").await.unwrap(),
        records(&[("run-1/a", "1")])
    );
    WORLD.delete("run-1/").await.unwrap();
    assert_eq!(
        WORLD.list("run-").await.unwrap(),
        records(&[("run-10/a", "10"), ("run-2/a", "2")])
    );
    WORLD.delete("run-").await.unwrap();
    assert_eq!(WORLD.list("run-").await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn a_new_record_replaces_the_record_with_the_same_key() {
    put(&[("again/1", "before"), ("again/1", "after")]).await;
    assert_eq!(
        WORLD.list("again/").await.unwrap(),
        records(&[("again/1", "after")])
    );
}

#[wasm_bindgen_test]
async fn concurrent_writes_finish_in_the_order_they_were_requested() {
    wipe().await;
    let texts: Vec<String> = (0..20).map(|number| number.to_string()).collect();
    for outcome in join_all(texts.iter().map(|text| WORLD.put("together", text))).await {
        outcome.unwrap();
    }
    assert_eq!(
        WORLD.list("together").await.unwrap(),
        records(&[("together", "19")])
    );
}

#[wasm_bindgen_test]
async fn long_records_and_all_scripts_are_stored_unchanged() {
    let long = "0123456789abcdef".repeat(65_536);
    for text in [
        long.as_str(),
        "",
        "Grüße, 東京, \u{1f600}, \u{202e}, \u{0}, \u{ffff}",
    ] {
        WORLD.put("text/ключ-\u{1f511}", text).await.unwrap();
        let kept = WORLD.list("text/ключ").await.unwrap();
        assert!(
            kept == records(&[("text/ключ-\u{1f511}", text)]),
            "{} bytes",
            text.len()
        );
    }
}

#[wasm_bindgen_test]
async fn a_write_completes_only_once_it_is_on_disk() {
    run("window.seen = []");
    let _patch = Patch::function(
        "IDBDatabase.prototype",
        "transaction",
        "function (...given) {
             const transaction = real.apply(this, given);
             seen.push(transaction.mode + ' ' + transaction.durability);
             transaction.addEventListener('complete', () => seen.push('complete'));
             return transaction;
         }",
    );
    let write = "readwrite strict,complete";
    WORLD.put("disk/1", "a").await.unwrap();
    assert_eq!(run("return String(seen.splice(0))"), write);
    WORLD.delete("disk/").await.unwrap();
    assert_eq!(run("return String(seen.splice(0))"), write);
}

#[wasm_bindgen_test]
async fn a_failed_write_returns_its_reason_and_changes_nothing() {
    WORLD.put("fail/1", "before").await.unwrap();
    for (script, exceptions_name, why) in [
        // Chromium and Firefox: the request succeeds, and the commit then fails because storage is full.
        (
            "const transaction = this.transaction;
             const request = real.apply(this, given);
             request.onsuccess = () => {
                 const error = new DOMException('', 'QuotaExceededError');
                 Object.defineProperty(transaction, 'error', { value: error });
                 transaction.abort();
             };
             return request;",
            None,
            StorageError::Full,
        ),
        // Safari: the request itself fails.
        ("return this.add(...given);", Some(FULL), StorageError::Full),
        ("return this.add(...given);", None, StorageError::Blocked),
        (
            "const request = real.apply(this, given); this.transaction.abort(); return request;",
            None,
            StorageError::Blocked,
        ),
    ] {
        let put = Patch::function(
            "IDBObjectStore.prototype",
            "put",
            &format!("function (...given) {{ {script} }}"),
        );
        let name =
            exceptions_name.map(|name| Patch::property("DOMException.prototype", "name", name));
        let outcome = WORLD.put("fail/1", "after").await;
        drop((put, name));
        assert_eq!(outcome, Err(why), "{script}");
        assert_eq!(
            WORLD.list("fail/").await.unwrap(),
            records(&[("fail/1", "before")]),
            "{script}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_browser_without_storage_reports_blocked() {
    let denied = "throw new DOMException('', 'SecurityError')";
    for (thing, name, descriptor) in [
        ("window", "indexedDB", format!("{{ get() {{ {denied} }} }}")),
        (
            "window",
            "indexedDB",
            "{ get() { return undefined } }".to_owned(),
        ),
        (
            "window",
            "indexedDB",
            "{ get() { return null } }".to_owned(),
        ),
        (
            "IDBFactory.prototype",
            "open",
            format!("{{ value() {{ {denied} }} }}"),
        ),
        (
            "IDBDatabase.prototype",
            "transaction",
            "{ value() { throw new DOMException('', 'InvalidStateError') } }".to_owned(),
        ),
    ] {
        let _patch = Patch::property(thing, name, &descriptor);
        let refused = Err(StorageError::Blocked);
        assert_eq!(WORLD.put("blocked", "a").await, refused, "{descriptor}");
        assert_eq!(WORLD.delete("blocked").await, refused, "{descriptor}");
        assert_eq!(
            WORLD.list("blocked").await,
            Err(StorageError::Blocked),
            "{descriptor}"
        );
    }
    assert_eq!(WORLD.list("blocked").await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn a_store_that_never_opens_times_out() {
    run("window.waits = []");
    let _open = Patch::property("IDBFactory.prototype", "open", "{ value: () => ({}) }");
    let _clock = Patch::function(
        "window",
        "setTimeout",
        "(ring, wait) => { waits.push(wait); return real(ring, 0); }",
    );
    assert_eq!(WORLD.put("late", "a").await, Err(StorageError::Busy));
    assert_eq!(run("return String(waits)"), "10000");
}

/// Another tab can keep a transaction on the store open for any length of time.
#[wasm_bindgen_test]
async fn a_store_held_by_another_tab_times_out_and_stays_unchanged() {
    put(&[("held/1", "before")]).await;
    settled(
        "return new Promise((resolve, reject) => {
             const opening = indexedDB.open('cmg-entra-setup');
             opening.onerror = reject;
             opening.onsuccess = () => {
                 const database = opening.result;
                 const transaction = database.transaction('journal', 'readwrite');
                 let isHeld = true;
                 const ask = () => {
                     resolve();
                     if (isHeld) { transaction.objectStore('journal').get('nothing').onsuccess = ask; }
                 };
                 ask();
                 window.letGo = () => new Promise((gone) => {
                     transaction.oncomplete = () => { database.close(); gone(); };
                     isHeld = false;
                 });
             };
         })",
    )
    .await
    .unwrap();
    let clock = Patch::function(
        "window",
        "setTimeout",
        "(ring, wait) => real(ring, wait === 10000 ? 200 : wait)",
    );
    let busy = Err(StorageError::Busy);
    assert_eq!(WORLD.put("held/1", "after").await, busy);
    assert_eq!(WORLD.delete("held/").await, busy);
    assert_eq!(WORLD.list("held/").await, Err(StorageError::Busy));
    drop(clock);
    settled("return letGo()").await.unwrap();
    let before = records(&[("held/1", "before")]);
    assert_eq!(WORLD.list("held/").await.unwrap(), before);
}

#[wasm_bindgen_test]
async fn a_newer_page_upgrades_the_store_and_blocks_older_pages() {
    put(&[("upgrade/1", "a")]).await;
    WORLD.list("upgrade/").await.unwrap();
    WORLD.delete("upgrade/").await.unwrap();
    settled(
        "return new Promise((resolve, reject) => {
             const request = indexedDB.open('cmg-entra-setup', 2);
             request.onsuccess = () => { request.result.close(); resolve(); };
             request.onerror = reject; request.onblocked = reject;
         })",
    )
    .await
    .unwrap();
    assert_eq!(
        WORLD.put("upgrade/2", "b").await,
        Err(StorageError::Blocked)
    );
    assert_eq!(WORLD.list("upgrade/").await, Err(StorageError::Blocked));
    // When storage is full, opening the database can be the step that fails.
    let name = Patch::property("DOMException.prototype", "name", FULL);
    assert_eq!(WORLD.put("upgrade/2", "b").await, Err(StorageError::Full));
    drop(name);
    wipe().await;
    put(&[("upgrade/3", "c")]).await;
}

#[wasm_bindgen_test]
async fn a_dropped_write_is_rolled_back_without_an_error() {
    run("window.faults = [];
         window.onerror = (message) => { faults.push(message); return true };
         window.written = new Promise((resolve) => { window.writing = new Promise((begin) => { window.tell = { begin, resolve } }) })");
    let patch = Patch::function(
        "IDBObjectStore.prototype",
        "put",
        "function (...given) {
             tell.begin();
             this.transaction.addEventListener('abort', () => setTimeout(tell.resolve, 0));
             return real.apply(this, given);
         }",
    );
    let begun = JsFuture::from(run("return writing").unchecked_into::<Promise>());
    match select(pin!(begun), WORLD.put("given-up", "a")).await {
        Either::Left((_, keep)) => drop(keep),
        Either::Right(_) => panic!("not given up in time"),
    }
    settled("return written").await.unwrap();
    drop(patch);
    assert_eq!(WORLD.list("given-up").await.unwrap(), []);
    wipe().await;
    assert!(WORLD.put("given-up", "a").now_or_never().is_none());
    assert_eq!(WORLD.list("given-up").await.unwrap(), []);
    assert_eq!(run("window.onerror = null; return String(faults)"), "");
}
