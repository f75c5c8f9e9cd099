//! Redirect to the sign-in page and back. The response is read from the URL once and removed at once.

use gloo_events::EventListener;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use web_sys::PageTransitionEvent;
use web_sys::Window;

use domain::cloud::Cloud;
use engine::auth::callback;
use engine::net::host;

/// The sign-in response in this page's URL, without `#`. Call it before anything else: it removes the response from the URL and the
/// history, so that no later request, link or reload can carry the authorization code.
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

/// Replaces the URL with its path. `None` if the browser refused; then the response must not be used.
fn scrub(window: &Window) -> Option<()> {
    let path = window.location().pathname().ok()?;
    window
        .history()
        .ok()?
        .replace_state_with_url(&JsValue::NULL, "", Some(&path))
        .ok()
}

/// Opens a page of the sign-in service. Any other URL is ignored.
pub fn sign_out_redirect(url: &str) {
    let is_sign_in = Cloud::ALL
        .into_iter()
        .any(|cloud| host::is_on(url, cloud.login_host()));
    if let Some(window) = web_sys::window().filter(|_| is_sign_in) {
        // Fails only for an invalid URL, which `is_on` has excluded.
        let _ = window.location().assign(url);
    }
}

/// Calls `action` when the Back button restores this page from the back/forward cache. Dropping the listener stops it.
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
