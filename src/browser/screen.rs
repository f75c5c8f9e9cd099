//! The page's own window, or its part of another page: address, focus, clipboard, files. Decides nothing.

use std::cell::Cell;
use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_events::EventListenerOptions;
use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;
use web_sys::BlobPropertyBag;
use web_sys::BroadcastChannel;
use web_sys::Clipboard;
use web_sys::CustomEvent;
use web_sys::CustomEventInit;
use web_sys::Document;
use web_sys::DocumentFragment;
use web_sys::Element;
use web_sys::Event;
use web_sys::EventTarget;
use web_sys::HtmlAnchorElement;
use web_sys::HtmlElement;
use web_sys::HtmlInputElement;
use web_sys::MessageEvent;
use web_sys::Navigator;
use web_sys::Url;
use web_sys::Window;
use web_sys::window;

use crate::browser::bridge;
use crate::browser::bridge::Channel;
use crate::browser::nodes::Nodes;
use crate::browser::redirect;
use crate::window::Screen;
use domain::platform::Pending;
use domain::secret::Secret;

// web-sys takes it for granted.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Navigator)]
    type CopyingNavigator;

    #[wasm_bindgen(method, getter, catch)]
    fn clipboard(this: &CopyingNavigator) -> Result<Option<Clipboard>, JsValue>;
}

/// What the line between the tabs of this page is called.
const OTHERS: &str = "cmg-entra-setup:signed-out";

/// The event by which the script that started the page is told what to hand on; `boot.js` and `embed.js` name it so too.
const TO_HOST: &str = "cmg-entra-setup.tell";

/// The window this page is in, or the part of somebody else's.
pub struct BrowserScreen {
    /// What the page is drawn in.
    root: Element,
    nodes: Option<Nodes>,
    asks: Rc<Cell<bool>>,
    /// The line to the other tabs; none where the browser refuses one.
    others: Option<Channel>,
    /// What is listened to, until the page is taken down.
    listeners: RefCell<Vec<EventListener>>,
    part: Option<Part>,
}

/// The part of somebody else's page that this one is drawn in: neither address nor title are ours there.
struct Part {
    home: String,
    place: RefCell<String>,
    has_focus: Cell<bool>,
}

impl BrowserScreen {
    /// There is one window; this is it. From now on it asks before it is closed, whenever it was told to.
    #[must_use]
    pub fn new(root: Element) -> Self {
        let screen = Self {
            nodes: Nodes::below(&root),
            root,
            asks: Rc::default(),
            others: BroadcastChannel::new(OTHERS).ok().map(Channel),
            listeners: RefCell::default(),
            part: None,
        };
        let asks = Rc::clone(&screen.asks);
        let options = EventListenerOptions::enable_prevent_default();
        if let Some(window) = window() {
            let ask = move |event: &Event| {
                if asks.get() {
                    event.prevent_default();
                }
            };
            let listener = EventListener::new_with_options(&window, "beforeunload", options, ask);
            screen.listeners.borrow_mut().push(listener);
        }
        screen
    }

    /// A part of a page: drawn in `root`, with the files of the folder `home`, begun at a place.
    #[must_use]
    pub fn within(root: Element, home: String, place: String) -> Self {
        Self {
            part: Some(Part {
                home,
                place: RefCell::new(place),
                has_focus: Cell::new(false),
            }),
            ..Self::new(root)
        }
    }

    fn listen(
        &self,
        target: &EventTarget,
        event: &'static str,
        hear: impl FnMut(&Event) + 'static,
    ) {
        let listener = EventListener::new(target, event, hear);
        self.listeners.borrow_mut().push(listener);
    }

    fn element(&self, id: &str) -> Option<HtmlElement> {
        let found = match &self.part {
            Some(_) => {
                let root = self.root.get_root_node();
                root.dyn_into::<DocumentFragment>()
                    .ok()?
                    .get_element_by_id(id)
            }
            None => document()?.get_element_by_id(id),
        };
        found?.dyn_into().ok()
    }
}

fn document() -> Option<Document> {
    window()?.document()
}

fn place(window: &Window) -> String {
    let hash = window.location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

impl Screen for BrowserScreen {
    fn home(&self) -> String {
        if let Some(part) = &self.part {
            return part.home.clone();
        }
        let Some(location) = window().map(|window| window.location()) else {
            return String::new();
        };
        let origin = location.origin().unwrap_or_default();
        format!("{origin}{}", location.pathname().unwrap_or_default())
    }

    fn place(&self) -> String {
        if let Some(part) = &self.part {
            return part.place.borrow().clone();
        }
        window().as_ref().map(place).unwrap_or_default()
    }

    fn show_place(&self, to: &str, title: &str, is_new: bool) {
        if let Some(part) = &self.part {
            to.clone_into(&mut part.place.borrow_mut());
            return;
        }
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
        let Some(window) = window().filter(|_| self.part.is_none()) else {
            return;
        };
        // Not "hashchange": Back to an entry of pushState changes the fragment and fires both, and "popstate" comes first.
        let target = window.clone();
        self.listen(&target, "popstate", move |_| tell(place(&window)));
    }

    fn on_shown_again(&self, tell: Box<dyn Fn()>) {
        if let Some(window) = window() {
            let listener = redirect::on_shown_again(&window, tell);
            self.listeners.borrow_mut().push(listener);
        }
    }

    fn on_hidden(&self, tell: Box<dyn Fn()>) {
        let Some(document) = document() else { return };
        let target = document.clone();
        self.listen(&target, "visibilitychange", move |_| {
            if document.hidden() {
                tell();
            }
        });
    }

    fn tell_others(&self, text: &str) {
        if let Some(others) = &self.others {
            // Fails only on a closed line, and this one is closed when the page is taken down.
            let _ = others.0.post_message(&JsValue::from_str(text));
        }
    }

    fn on_told(&self, tell: Box<dyn Fn(String)>) {
        let Some(others) = &self.others else { return };
        self.listen(&others.0, "message", move |event| {
            let text = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            if let Some(text) = text.and_then(|data| data.as_string()) {
                tell(text);
            }
        });
    }

    fn tell_host(&self, message: &str) {
        // To the script that started this very page: it knows who may hear it.
        let target: Option<EventTarget> = match &self.part {
            Some(_) => Some(self.root.clone().into()),
            None => window()
                .filter(|_| bridge::is_framed())
                .map(EventTarget::from),
        };
        let options = CustomEventInit::new();
        options.set_detail(&JsValue::from_str(message));
        if let (Some(target), Ok(event)) = (
            target,
            CustomEvent::new_with_event_init_dict(TO_HOST, &options),
        ) {
            let _ = target.dispatch_event(&event);
        }
    }

    fn focus(&self, id: &str) {
        // A part of a page takes no focus by being drawn, only once somebody is at it.
        if self
            .part
            .as_ref()
            .is_some_and(|part| !part.has_focus.replace(true))
        {
            return;
        }
        if let Some(element) = self.element(id) {
            let _ = element.focus();
        }
        if let Some(window) = window().filter(|_| self.part.is_none()) {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    fn copy(&self, text: &str) -> Pending<'static, bool> {
        // A policy of the browser may have taken it away altogether.
        let written = window().and_then(|window| {
            let navigator: CopyingNavigator = window.navigator().unchecked_into();
            let clipboard = navigator.clipboard().ok().flatten()?;
            Some(clipboard.write_text(text))
        });
        Box::pin(async move {
            match written {
                Some(promise) => JsFuture::from(promise).await.is_ok(),
                None => false,
            }
        })
    }

    fn select(&self, id: &str) {
        let Some(element) = self.element(id) else {
            return;
        };
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
        if let Some(field) = self
            .element(id)
            .and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
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

    fn before_drawing(&self) {
        if let Some(nodes) = &self.nodes {
            nodes.restore();
        }
    }

    fn drawn(&self) {
        if let Some(nodes) = &self.nodes {
            nodes.drawn();
        }
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
