//! Sign-in from inside a frame, where Microsoft's pages refuse to render: in a separate window, which returns the response through
//! `bridge.html`.
//!
//! The window has no opener and is not watched: a cross-origin opener policy would cut either connection. Window and frame use a
//! `BroadcastChannel` of this origin, with a random name for one attempt. Its messages are untrusted until `auth::sign_in` has validated
//! them.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::Either;
use futures_util::future::select;
use js_sys::Promise;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::BroadcastChannel;
use web_sys::MessageEvent;
use web_sys::window;

use crate::browser::BrowserPlatform;
use domain::platform::Platform as _;
use domain::platform::PopupError;
use domain::platform::SignInRedirect;

/// Time the window has to announce itself.
const OPENING: Duration = Duration::from_secs(5);
/// Longest sign-in; `auth::sign_in` rejects a later response, too.
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// Prefix of the channel name. `bridge.js` uses the same one.
const CHANNEL: &str = "cmg-entra-setup.sign-in.";
/// No opener, so neither window has a handle on the other.
const FEATURES: &str = "noopener,popup,width=520,height=720";

/// True if this page is in a frame.
#[must_use]
pub fn is_framed() -> bool {
    window().is_none_or(|window| {
        let parent = window.parent().ok().flatten();
        parent.is_none_or(|parent| !js_sys::Object::is(&parent, &window))
    })
}

/// Opens a window without a handle on it. The page cannot detect whether the browser blocked it.
pub fn open(url: &str) {
    if let Some(window) = window() {
        let _ = window.open_with_url_and_target_and_features(url, "_blank", FEATURES);
    }
}

/// Closes the channel when dropped.
pub(super) struct Channel(pub(super) BroadcastChannel);

impl Drop for Channel {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Channel {
    /// The rest of the next message that begins with `word`; `None` after a timeout.
    async fn receive(&self, word: &str, within: Duration) -> Option<String> {
        let received = pin!(async {
            loop {
                let next =
                    Promise::new(&mut |resolve, _| self.0.set_onmessage(Some(resolve.as_ref())));
                let event = JsFuture::from(next).await.ok()?;
                let text = event.dyn_ref::<MessageEvent>()?.data().as_string();
                if let Some(rest) = text.as_deref().and_then(|text| text.strip_prefix(word)) {
                    return Some(rest.to_owned());
                }
            }
        });
        let world = BrowserPlatform::new();
        match select(received, world.sleep(within)).await {
            Either::Left((received, _)) => received,
            Either::Right(_) => None,
        }
    }

    fn say(&self, text: &str) {
        // Fails only on a closed channel.
        let _ = self.0.post_message(&JsValue::from_str(text));
    }
}

/// The language of the document, which the window takes over.
fn language() -> String {
    let root = window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let language = root.and_then(|root| root.get_attribute("lang"));
    let is_tag = |text: &String| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    language.filter(is_tag).unwrap_or_default()
}

/// Opens the sign-in page in a separate window and waits for one response. `folder`: where `bridge.html` is; empty for the page's own
/// folder.
pub async fn open_sign_in_page(folder: &str, url: String) -> Result<SignInRedirect, PopupError> {
    let world = BrowserPlatform::new();
    let (first, second) = (world.fresh_guid(), world.fresh_guid());
    let id = format!("{}{}", first.simple(), second.simple());
    let channel =
        BroadcastChannel::new(&format!("{CHANNEL}{id}")).map_err(|_| PopupError::NoWindow)?;
    let channel = Channel(channel);
    open(&format!("{folder}bridge.html#{id}.{}", language()));
    channel
        .receive("hello", OPENING)
        .await
        .ok_or(PopupError::NoWindow)?;
    channel.say(&format!("go {url}"));
    let answer = channel
        .receive("answer ", LONGEST)
        .await
        .ok_or(PopupError::NoAnswer)?;
    channel.say("taken");
    Ok(SignInRedirect::Answered(answer))
}
