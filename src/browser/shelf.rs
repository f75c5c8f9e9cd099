//! The shelf: text records by key in IndexedDB. A write is done when it is on the disk, not when the browser has heard of it.
//!
//! No connection outlives its operation. One kept open would keep the page from being shown again as it was left, would be dead after
//! that in some browsers (Safari ends it with the pause), and would hold up the upgrade of a newer version of this page. Opening costs a
//! millisecond or two.
//!
//! `navigator.storage.persist()` is not called: Firefox would ask the person, and beforehand it says `prompt` as do the browsers that would
//! not. What is kept here matters for hours; browsers clear what nobody used for days.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::Either;
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use idb::DatabaseEvent as _;
use idb::Error;
use idb::Factory;
use idb::KeyRange;
use idb::ObjectStore;
use idb::ObjectStoreParams;
use idb::Request as _;
use js_sys::Array;
use js_sys::Object;
use js_sys::Promise;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::DomException;
use web_sys::IdbDatabase;
use web_sys::IdbRequest;
use web_sys::IdbTransaction;
use web_sys::IdbTransactionMode;

use domain::platform::NotKept;

/// The database. The origin may be shared with other pages of the host.
const NAME: &str = "cmg-entra-setup";

/// Grows with the shape of what is kept. A browser that has seen a newer page refuses an older one, and then nothing is kept.
const VERSION: u32 = 1;

/// Its one object store; the keys stand beside the records.
const STORE: &str = "journal";

/// How long a whole operation may take, in milliseconds. Opening waits while a newer page upgrades or somebody clears the site's data; a
/// transaction waits while another tab has one that does not end, and a browser whose profile is damaged may never answer.
const PATIENCE: u32 = 10_000;

// web-sys shows the options of a transaction only to builds with `--cfg=web_sys_unstable_apis`.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = IdbDatabase)]
    type DurableDatabase;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &DurableDatabase,
        store: &str,
        mode: IdbTransactionMode,
        options: &TransactionOptions,
    ) -> Result<IdbTransaction, JsValue>;

    #[wasm_bindgen(extends = Object)]
    type TransactionOptions;

    #[wasm_bindgen(method, setter)]
    fn set_durability(this: &TransactionOptions, durability: &str);
}

/// Puts a record in its place, on the disk.
///
/// # Errors
///
/// The browser keeps nothing, or has no room; then what was there before is still there.
pub async fn keep(key: String, text: String) -> Result<(), NotKept> {
    let (key, text) = (JsValue::from(key), JsValue::from(text));
    patiently(change(&|store| {
        store.put(&text, Some(&key)).map(Into::into)
    }))
    .await
}

/// The records whose keys begin so, in the order of the keys.
///
/// # Errors
///
/// The browser keeps nothing.
pub async fn kept(prefix: String) -> Result<Vec<(String, String)>, NotKept> {
    patiently(read(&prefix)).await
}

async fn read(prefix: &str) -> Result<Vec<(String, String)>, NotKept> {
    let range = range(prefix)?;
    let connection = Connection::open().await?;
    let transaction = connection.begin(IdbTransactionMode::Readonly)?;
    let store = store(&transaction)?;
    let keys = store.get_all_keys(Some(range.clone().into()), None);
    let keys: IdbRequest = keys.map_err(|_| NotKept::Blocked)?.into();
    let texts = store.get_all(Some(range.into()), None);
    let texts: IdbRequest = texts.map_err(|_| NotKept::Blocked)?.into();
    end(&transaction).await?;
    // What somebody else may have put there is no record of ours.
    Ok(list(&keys)
        .iter()
        .zip(list(&texts).iter())
        .filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)))
        .collect())
}

/// Removes them.
///
/// # Errors
///
/// The browser keeps nothing, or cannot remove it.
pub async fn discard(prefix: String) -> Result<(), NotKept> {
    let range = range(&prefix)?;
    patiently(change(&|store| store.delete(range.clone()).map(Into::into))).await
}

/// Gives an operation up after a while. What is dropped here closes its connection and takes its transaction back.
async fn patiently<T>(operation: impl Future<Output = Result<T, NotKept>>) -> Result<T, NotKept> {
    match select(pin!(operation), TimeoutFuture::new(PATIENCE)).await {
        Either::Left((ended, _)) => ended,
        Either::Right(_) => Err(NotKept::Busy),
    }
}

async fn change(ask: &dyn Fn(&ObjectStore) -> Result<IdbRequest, Error>) -> Result<(), NotKept> {
    let connection = Connection::open().await?;
    let transaction = connection.begin(IdbTransactionMode::Readwrite)?;
    ask(&store(&transaction)?).map_err(|_| NotKept::Blocked)?;
    end(&transaction).await
}

/// An open database. Closed when dropped, and by the browser once its last transaction has ended.
struct Connection(DurableDatabase);

impl Connection {
    async fn open() -> Result<Self, NotKept> {
        let mut request = Factory::new()
            .and_then(|factory| factory.open(NAME, Some(VERSION)))
            .map_err(|_| NotKept::Blocked)?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                // Without a store every transaction is refused, which says `Blocked`.
                let _ = database.create_object_store(STORE, ObjectStoreParams::new());
            }
        });
        let (sender, opened) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let refused = Rc::clone(&sender);
        request.on_success(move |event| {
            if let (Some(sender), Ok(database)) = (sender.take(), event.database()) {
                // A connection nobody waits for any more is dropped here, and so closed.
                let _ = sender.send(Self(IdbDatabase::from(database).unchecked_into()));
            }
        });
        request.on_error(move |_| drop(refused.take()));
        // Listeners of this future would be gone when it is given up. The browser's own last as long as the request.
        request.forget_callbacks();
        match opened.await {
            Ok(connection) => Ok(connection),
            Err(_) => Err(because(request.error().ok().flatten())),
        }
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<IdbTransaction, NotKept> {
        let options: TransactionOptions = Object::new().unchecked_into();
        // Otherwise Chromium, like the others, reports done what the operating system has yet to write.
        options.set_durability("strict");
        self.0
            .transaction(STORE, mode, &options)
            .map_err(|_| NotKept::Blocked)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Waits until the transaction is over. Not for its request: that has succeeded long before the disk has, and where there is no room
/// Chromium tells only the transaction.
async fn end(transaction: &IdbTransaction) -> Result<(), NotKept> {
    let over = Promise::new(&mut |complete, abort| {
        transaction.set_oncomplete(Some(&complete));
        // Every error ends in this event, and by then the transaction knows the error.
        transaction.set_onabort(Some(&abort));
    });
    let _waiting = Waiting(transaction);
    match JsFuture::from(over).await {
        Ok(_) => Ok(()),
        Err(_) => Err(because(transaction.error())),
    }
}

/// A transaction that somebody waits for. Given up, it is taken back: it would write when its turn comes, after it was reported as not kept.
struct Waiting<'a>(&'a IdbTransaction);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        // Refused to one that is over, which is what it should be.
        let _ = self.0.abort();
    }
}

fn store(transaction: &IdbTransaction) -> Result<ObjectStore, NotKept> {
    Ok(transaction
        .object_store(STORE)
        .map_err(|_| NotKept::Blocked)?
        .into())
}

/// Every key that begins so. U+FFFF is no character, so no key has it.
fn range(prefix: &str) -> Result<KeyRange, NotKept> {
    let end = format!("{prefix}\u{ffff}");
    KeyRange::bound(&prefix.into(), &end.into(), Some(false), Some(true))
        .map_err(|_| NotKept::Blocked)
}

fn list(request: &IdbRequest) -> Array {
    let result = request.result().ok();
    result
        .and_then(|result| result.dyn_into().ok())
        .unwrap_or_default()
}

fn because(exception: Option<DomException>) -> NotKept {
    match exception {
        Some(exception) if exception.name() == "QuotaExceededError" => NotKept::Full,
        Some(_) | None => NotKept::Blocked,
    }
}
