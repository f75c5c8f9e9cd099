//! Record store: text records by key in IndexedDB. A write counts as done only when it is on disk.
//!
//! No connection outlives its operation. An open one would keep the page out of the back/forward cache, would be dead after a return from
//! it in some browsers (Safari closes it), and would block the upgrade by a newer version of this page. Opening takes a millisecond or two.
//!
//! `navigator.storage.persist()` is not called: Firefox would show a prompt, and `prompt` is also the reported state in browsers that would
//! not show one. The records matter for hours; browsers clear sites that were not used for days.

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

use domain::platform::StorageError;

/// Database name. Other pages may share the origin.
const NAME: &str = "cmg-entra-setup";

/// Schema version. A browser that has opened a newer version refuses an older page, and then nothing is stored.
const VERSION: u32 = 1;

/// The only object store; its keys are outside the records.
const STORE: &str = "journal";

/// Time limit of a whole operation, in milliseconds. Opening waits while a newer page upgrades or while the site's data is being cleared; a
/// transaction waits for a stuck one in another tab; and a browser with a damaged profile may never answer.
const PATIENCE: u32 = 10_000;

// web-sys exposes the options of a transaction only in builds with `--cfg=web_sys_unstable_apis`.
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

/// Stores a record and waits until it is on disk.
///
/// # Errors
///
/// The browser refuses storage or has no space; then the previous record is unchanged.
pub async fn put(key: String, text: String) -> Result<(), StorageError> {
    let (key, text) = (JsValue::from(key), JsValue::from(text));
    patiently(change(&|store| {
        store.put(&text, Some(&key)).map(Into::into)
    }))
    .await
}

/// The records whose keys begin with `prefix`, in key order.
///
/// # Errors
///
/// The browser refuses storage.
pub async fn list(prefix: String) -> Result<Vec<(String, String)>, StorageError> {
    patiently(read(&prefix)).await
}

async fn read(prefix: &str) -> Result<Vec<(String, String)>, StorageError> {
    let range = range(prefix)?;
    let connection = Connection::open().await?;
    let transaction = connection.begin(IdbTransactionMode::Readonly)?;
    let store = store(&transaction)?;
    let keys = store.get_all_keys(Some(range.clone().into()), None);
    let keys: IdbRequest = keys.map_err(|_| StorageError::Blocked)?.into();
    let texts = store.get_all(Some(range.into()), None);
    let texts: IdbRequest = texts.map_err(|_| StorageError::Blocked)?.into();
    end(&transaction).await?;
    // Keys or values that are not text come from another page: skip them.
    Ok(result_of(&keys)
        .iter()
        .zip(result_of(&texts).iter())
        .filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)))
        .collect())
}

/// Deletes the records whose keys begin with `prefix`.
///
/// # Errors
///
/// The browser refuses storage, or cannot delete them.
pub async fn delete(prefix: String) -> Result<(), StorageError> {
    let range = range(&prefix)?;
    patiently(change(&|store| store.delete(range.clone()).map(Into::into))).await
}

/// Ends an operation after the time limit. Dropping it closes its connection and aborts its transaction.
async fn patiently<T>(
    operation: impl Future<Output = Result<T, StorageError>>,
) -> Result<T, StorageError> {
    match select(pin!(operation), TimeoutFuture::new(PATIENCE)).await {
        Either::Left((ended, _)) => ended,
        Either::Right(_) => Err(StorageError::Busy),
    }
}

async fn change(
    ask: &dyn Fn(&ObjectStore) -> Result<IdbRequest, Error>,
) -> Result<(), StorageError> {
    let connection = Connection::open().await?;
    let transaction = connection.begin(IdbTransactionMode::Readwrite)?;
    ask(&store(&transaction)?).map_err(|_| StorageError::Blocked)?;
    end(&transaction).await
}

/// An open database. Closed when dropped; the browser closes it after its last transaction.
struct Connection(DurableDatabase);

impl Connection {
    async fn open() -> Result<Self, StorageError> {
        let mut request = Factory::new()
            .and_then(|factory| factory.open(NAME, Some(VERSION)))
            .map_err(|_| StorageError::Blocked)?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                // Without an object store every transaction fails, which is reported as `Blocked`.
                let _ = database.create_object_store(STORE, ObjectStoreParams::new());
            }
        });
        let (sender, opened) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let refused = Rc::clone(&sender);
        request.on_success(move |event| {
            if let (Some(sender), Ok(database)) = (sender.take(), event.database()) {
                // If the receiver is gone, the connection is dropped here, and so closed.
                let _ = sender.send(Self(IdbDatabase::from(database).unchecked_into()));
            }
        });
        request.on_error(move |_| drop(refused.take()));
        // Listeners owned by this future would be removed when it is dropped. The browser's own last as long as the request.
        request.forget_callbacks();
        match opened.await {
            Ok(connection) => Ok(connection),
            Err(_) => Err(because(request.error().ok().flatten())),
        }
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<IdbTransaction, StorageError> {
        let options: TransactionOptions = Object::new().unchecked_into();
        // Without this, browsers (Chromium included) report completion before the operating system has written the data.
        options.set_durability("strict");
        self.0
            .transaction(STORE, mode, &options)
            .map_err(|_| StorageError::Blocked)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Waits for the end of the transaction, not of its request: a request succeeds long before the data is on disk, and Chromium reports a
/// lack of space only to the transaction.
async fn end(transaction: &IdbTransaction) -> Result<(), StorageError> {
    let over = Promise::new(&mut |complete, abort| {
        transaction.set_oncomplete(Some(&complete));
        // Every error ends in this event, and the transaction then holds the error.
        transaction.set_onabort(Some(&abort));
    });
    let _waiting = Waiting(transaction);
    match JsFuture::from(over).await {
        Ok(_) => Ok(()),
        Err(_) => Err(because(transaction.error())),
    }
}

/// A pending transaction. If dropped, it is aborted: otherwise it would still write later, after it was reported as failed.
struct Waiting<'a>(&'a IdbTransaction);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        // Fails if the transaction has already ended, which is fine.
        let _ = self.0.abort();
    }
}

fn store(transaction: &IdbTransaction) -> Result<ObjectStore, StorageError> {
    Ok(transaction
        .object_store(STORE)
        .map_err(|_| StorageError::Blocked)?
        .into())
}

/// All keys that begin with `prefix`. U+FFFF is a noncharacter, so no key contains it.
fn range(prefix: &str) -> Result<KeyRange, StorageError> {
    let end = format!("{prefix}\u{ffff}");
    KeyRange::bound(&prefix.into(), &end.into(), Some(false), Some(true))
        .map_err(|_| StorageError::Blocked)
}

fn result_of(request: &IdbRequest) -> Array {
    let result = request.result().ok();
    result
        .and_then(|result| result.dyn_into().ok())
        .unwrap_or_default()
}

fn because(exception: Option<DomException>) -> StorageError {
    match exception {
        Some(exception) if exception.name() == "QuotaExceededError" => StorageError::Full,
        Some(_) | None => StorageError::Blocked,
    }
}
