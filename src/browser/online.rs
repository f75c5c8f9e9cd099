//! Whether the browser believes that it is online.

use gloo_events::EventListener;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Ends when the browser does not know itself offline. Listens no longer than somebody waits.
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
            // Settling never fails.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }));
    });
    // It is settled, never broken.
    let _ = JsFuture::from(back).await;
    drop(listener);
}
