//! Leaving for the sign-in page and coming back: the address is read once and cleaned at once.

use gloo_events::EventListener;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use web_sys::PageTransitionEvent;
use web_sys::Window;

use domain::cloud::Cloud;
use engine::auth::callback;
use engine::net::host;

/// The answer of a sign-in in this page's address, without `#`. Call it before anything else: the address, and with it the history, is
/// cleaned here and now, so no later request, link or reload can carry the code.
#[must_use]
pub fn take_fragment() -> Option<String> {
    let window = web_sys::window()?;
    let location = window.location();
    let search = location.search().ok()?;
    let hash = location.hash().ok()?;
    if !callback::is_answer(&search) && !callback::is_answer_fragment(&hash) {
        return None;
    }
    scrub(&window)?;
    callback::answer_in(&search, &hash)
}

/// Replaces the address by its bare path. Nothing if the browser refused, and then the answer must not be used.
fn scrub(window: &Window) -> Option<()> {
    let path = window.location().pathname().ok()?;
    window
        .history()
        .ok()?
        .replace_state_with_url(&JsValue::NULL, "", Some(&path))
        .ok()
}

/// Leaves for a page of the sign-in service. Any other address is not gone to.
pub fn leave(url: &str) {
    let is_sign_in = Cloud::ALL
        .into_iter()
        .any(|cloud| host::is_on(url, cloud.login_host()));
    if let Some(window) = web_sys::window().filter(|_| is_sign_in) {
        // Fails only for an unreadable URL, which `is_on` has excluded.
        let _ = window.location().assign(url);
    }
}

/// Calls `action` when the person comes back with the Back button to a page the browser had kept as it was. Drop it to stop.
pub fn on_shown_again(window: &Window, mut action: impl FnMut() + 'static) -> EventListener {
    EventListener::new(window, "pageshow", move |event| {
        if event
            .dyn_ref::<PageTransitionEvent>()
            .is_some_and(PageTransitionEvent::persisted)
        {
            action();
        }
    })
}
