//! Locks between the tabs of one browser, with the Web Locks API. The browser releases the locks of a page that crashed or closed.

use std::pin::pin;

use futures_util::future::Either;
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use js_sys::Function;
use js_sys::Object;
use js_sys::Promise;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::Navigator;

use domain::platform::Lock;
use domain::platform::Locking;

/// Prefix of every lock name, because other pages may share the origin.
const PREFIX: &str = "cmg-entra-setup:";

/// Time limit for the browser's answer, in milliseconds. The request does not wait for the lock, only for the browser.
const PATIENCE: u32 = 10_000;

// web-sys exposes Web Locks only in builds with `--cfg=web_sys_unstable_apis`.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Navigator)]
    type LockingNavigator;

    #[wasm_bindgen(method, getter)]
    fn locks(this: &LockingNavigator) -> Option<LockManager>;

    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &LockOptions,
        callback: &JsValue,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(extends = Object)]
    type LockOptions;

    #[wasm_bindgen(method, setter)]
    fn set_mode(this: &LockOptions, mode: &str);

    #[wasm_bindgen(method, setter, js_name = ifAvailable)]
    fn set_if_available(this: &LockOptions, is_only: bool);
}

/// Takes a lock without waiting for it. If the future is dropped early, the lock is released.
pub async fn take(name: String) -> Locking {
    let manager = web_sys::window().and_then(|window| {
        let navigator: LockingNavigator = window.navigator().unchecked_into();
        navigator.locks()
    });
    let Some(manager) = manager else {
        return Locking::Unknown;
    };
    let options: LockOptions = Object::new().unchecked_into();
    options.set_mode("exclusive");
    options.set_if_available(true);
    // The browser holds the lock until this promise settles; dropping `Lock` settles it in every case.
    let (kept, release) = promise();
    let lock = Lock::new(move || call(&release, &JsValue::UNDEFINED));
    let (answered, answer) = promise();
    let granted = Closure::once_into_js(move |granted: JsValue| -> Promise {
        call(&answer, &JsValue::from(!granted.is_null()));
        kept
    });
    let Ok(asked) = manager.request(&format!("{PREFIX}{name}"), &options, &granted) else {
        return Locking::Unknown;
    };
    // `asked` settles first only if the browser refuses the request: a page without storage has no locks either.
    let first = pin!(JsFuture::from(Promise::race(&Array::of2(
        &answered, &asked
    ))));
    match select(first, TimeoutFuture::new(PATIENCE)).await {
        Either::Left((Ok(is_ours), _)) if is_ours.is_truthy() => Locking::Held(lock),
        Either::Left((Ok(_), _)) => Locking::Taken,
        Either::Left((Err(_), _)) => Locking::Unknown,
        // If the lock is granted later, it is released at once, because `lock` is dropped.
        Either::Right(_) => Locking::Unknown,
    }
}

/// A promise and the function that resolves it.
fn promise() -> (Promise, Function) {
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, _| settle = Some(resolve));
    // The constructor calls its function before it returns.
    (promise, settle.unwrap_or_default())
}

fn call(settle: &Function, value: &JsValue) {
    // Resolving never fails.
    let _ = settle.call1(&JsValue::UNDEFINED, value);
}
