//! The page's own window: address, focus, clipboard, files. Decides nothing.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;
use web_sys::BlobPropertyBag;
use web_sys::BroadcastChannel;
use web_sys::CustomEvent;
use web_sys::CustomEventInit;
use web_sys::Document;
use web_sys::Event;
use web_sys::HtmlAnchorElement;
use web_sys::HtmlElement;
use web_sys::HtmlInputElement;
use web_sys::MessageEvent;
use web_sys::Url;
use web_sys::Window;
use web_sys::window;

use crate::browser::bridge;
use crate::browser::redirect;
use crate::domain::secret::Secret;
use crate::world::Pending;
use crate::world::Screen;

/// What the line between the tabs of this page is called.
const OTHERS: &str = "cmg-entra-setup:signed-out";

/// The event by which `boot.js` is told what to hand on; it names it so too.
const TO_HOST: &str = "cmg-entra-setup.tell";

/// The window this page is in.
#[derive(Default)]
pub struct BrowserScreen {
    asks: Rc<Cell<bool>>,
    /// The line to the other tabs; none where the browser refuses one.
    others: Option<BroadcastChannel>,
}

impl BrowserScreen {
    /// There is one window; this is it. From now on it asks before it is closed, whenever it was told to.
    #[must_use]
    pub fn new() -> Self {
        let screen = Self {
            others: BroadcastChannel::new(OTHERS).ok(),
            ..Self::default()
        };
        let asks = Rc::clone(&screen.asks);
        listen("beforeunload", move |event| {
            if asks.get() {
                event.prevent_default();
            }
        });
        screen
    }
}

/// Listens for as long as the page lives.
fn listen(event: &str, hear: impl FnMut(Event) + 'static) {
    let hear = Closure::<dyn FnMut(Event)>::new(hear);
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback(event, hear.as_ref().unchecked_ref());
    }
    hear.forget();
}

fn document() -> Option<Document> {
    window()?.document()
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

fn place(window: &Window) -> String {
    let hash = window.location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

impl Screen for BrowserScreen {
    fn home(&self) -> String {
        let Some(location) = window().map(|window| window.location()) else {
            return String::new();
        };
        let origin = location.origin().unwrap_or_default();
        format!("{origin}{}", location.pathname().unwrap_or_default())
    }

    fn place(&self) -> String {
        window().as_ref().map(place).unwrap_or_default()
    }

    fn show_place(&self, to: &str, title: &str, is_new: bool) {
        let Some(window) = window() else { return };
        if let Some(document) = window.document() {
            document.set_title(title);
        }
        let Ok(history) = window.history() else {
            return;
        };
        if place(&window) == to {
            return;
        }
        let url = format!("#{to}");
        // Refused only where the browser limits how often, and then the page is right and the address late.
        let _ = if is_new {
            history.push_state_with_url(&JsValue::NULL, "", Some(&url))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
        };
    }

    fn on_moved(&self, tell: Box<dyn Fn(String)>) {
        // Not "hashchange": Back to an entry of pushState changes the fragment and fires both, and "popstate" comes first.
        listen("popstate", move |_| {
            if let Some(window) = window() {
                tell(place(&window));
            }
        });
    }

    fn on_shown_again(&self, tell: Box<dyn Fn()>) {
        if let Some(window) = window() {
            // Listens for as long as the page lives.
            redirect::on_shown_again(&window, tell).forget();
        }
    }

    fn on_hidden(&self, tell: Box<dyn Fn()>) {
        listen("visibilitychange", move |_| {
            if document().is_some_and(|document| document.hidden()) {
                tell();
            }
        });
    }

    fn tell_others(&self, text: &str) {
        if let Some(others) = &self.others {
            // Fails only on a closed line, and this one is closed by the end of the page.
            let _ = others.post_message(&JsValue::from_str(text));
        }
    }

    fn on_told(&self, tell: Box<dyn Fn(String)>) {
        let Some(others) = &self.others else { return };
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                tell(text);
            }
        });
        others.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        // Listens for as long as the page lives.
        hear.forget();
    }

    fn tell_host(&self, message: &str) {
        if !bridge::is_framed() {
            return;
        }
        // To boot.js of this very document: it knows the one origin that may hear it.
        let options = CustomEventInit::new();
        options.set_detail(&JsValue::from_str(message));
        if let (Some(window), Ok(event)) = (
            window(),
            CustomEvent::new_with_event_init_dict(TO_HOST, &options),
        ) {
            let _ = window.dispatch_event(&event);
        }
    }

    fn focus(&self, id: &str) {
        if let Some(element) = element(id) {
            let _ = element.focus();
        }
        if let Some(window) = window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    fn copy(&self, text: &str) -> Pending<'static, bool> {
        // Missing where the page is not secure; the page does not start there.
        let written = window().map(|window| window.navigator().clipboard().write_text(text));
        Box::pin(async move {
            match written {
                Some(promise) => JsFuture::from(promise).await.is_ok(),
                None => false,
            }
        })
    }

    fn select(&self, id: &str) {
        let Some(element) = element(id) else { return };
        match element.dyn_ref::<HtmlInputElement>() {
            Some(field) => {
                let _ = field.focus();
                field.select();
            }
            None => {
                let selection = window().and_then(|window| window.get_selection().ok().flatten());
                if let Some(selection) = selection {
                    let _ = selection.select_all_children(&element);
                }
            }
        }
    }

    fn fill(&self, id: &str, secret: Option<&Secret>) {
        if let Some(field) =
            element(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
        {
            field.set_value(secret.map_or("", Secret::expose));
        }
    }

    fn save(&self, name: &str, kind: &str, text: &str) {
        let _ = save(name, kind, text);
    }

    fn print(&self) {
        if let Some(window) = window() {
            // Refused where the frame this page is in may not: then the browser's own menu prints.
            let _ = window.print();
        }
    }

    fn ask_before_leaving(&self, is_on: bool) {
        self.asks.set(is_on);
    }
}

/// By a link to a blob: the one way that asks for no permission and works in every browser.
fn save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob =
        Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    if let Some(document) = document() {
        let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    Url::revoke_object_url(&url)
}
