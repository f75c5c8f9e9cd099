//! Waits until the browser reports that it is online.

use gloo_events::EventListener;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Ends when the browser no longer reports that it is offline. Dropping the future removes the listener.
pub async fn until_online() {
    let Some(window) = web_sys::window() else {
        return;
    };
    if window.navigator().on_line() {
        return;
    }
    let mut listener = None;
    let back = Promise::new(&mut |resolve, _| {
        listener = Some(EventListener::once(&window, "online", move |_| {
            // Resolving never fails.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }));
    });
    // The promise is never rejected.
    let _ = JsFuture::from(back).await;
    drop(listener);
}
