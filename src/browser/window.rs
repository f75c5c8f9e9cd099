//! The page's window, or its root element in another page: address, focus, clipboard, files. It makes no decisions.

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
use web_sys::Notification;
use web_sys::Url;
use web_sys::window;

use crate::browser::bridge;
use crate::browser::bridge::Channel;
use crate::browser::nodes::Nodes;
use crate::browser::redirect;
use crate::window::Window;
use domain::platform::Pending;
use domain::secret::Secret;

/// Bytes. The longest journal has some hundred records of a few kilobytes each.
const LARGEST_FILE: f64 = 8_000_000.0;

// Own binding with `Option` and `catch`: web-sys assumes that the clipboard exists.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Navigator)]
    type CopyingNavigator;

    #[wasm_bindgen(method, getter, catch)]
    fn clipboard(this: &CopyingNavigator) -> Result<Option<Clipboard>, JsValue>;
}

/// Name of the channel between the tabs of this page.
const OTHERS: &str = "cmg-entra-setup:signed-out";

/// Event that passes a message to the script that started the page; `boot.js` and `embed.js` use the same name.
const TO_HOST: &str = "cmg-entra-setup.tell";

/// Event that passes a language from the embedding page; `boot.js` and `embed.js` use the same name.
const FROM_HOST: &str = "cmg-entra-setup.language";

/// The window of this page, or its part of another page.
pub struct BrowserWindow {
    /// The page renders into this element.
    root: Element,
    nodes: Option<Nodes>,
    asks: Rc<Cell<bool>>,
    /// Channel to the other tabs; `None` if the browser refuses one.
    others: Option<Channel>,
    /// Removed when the page is removed.
    listeners: RefCell<Vec<EventListener>>,
    part: Option<AppRole>,
}

/// The mounted case: address and title belong to the embedding page.
struct AppRole {
    home: String,
    place: RefCell<String>,
    has_focus: Cell<bool>,
}

impl BrowserWindow {
    /// Also installs the prompt before leaving, which `ask_before_leaving` turns on.
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

    /// Mounted in another page: renders into `root`, with its files in the folder `home`, and starts at `place`.
    #[must_use]
    pub fn within(root: Element, home: String, place: String) -> Self {
        Self {
            part: Some(AppRole {
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
        handle: impl FnMut(&Event) + 'static,
    ) {
        let listener = EventListener::new(target, event, handle);
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

/// The part of this page's URL after `#`.
#[must_use]
pub fn address() -> String {
    window().as_ref().map(fragment).unwrap_or_default()
}

/// URL of this page without query and fragment.
#[must_use]
pub fn page_url() -> String {
    let Some(location) = window().map(|window| window.location()) else {
        return String::new();
    };
    let origin = location.origin().unwrap_or_default();
    format!("{origin}{}", location.pathname().unwrap_or_default())
}

/// Shows a title and an address of this page. `is_new` adds it to the history.
pub fn show_route(to: &str, title: &str, is_new: bool) {
    let Some(window) = window() else { return };
    if let Some(document) = window.document() {
        document.set_title(title);
    }
    let Ok(history) = window.history() else {
        return;
    };
    if fragment(&window) == to {
        return;
    }
    let url = format!("#{to}");
    // Refused only when the browser limits the rate; then the page is right and the address is late.
    let _ = if is_new {
        history.push_state_with_url(&JsValue::NULL, "", Some(&url))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
    };
}

/// Shows this document in a theme.
pub fn show_theme(theme: &str) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        // Fails only for a name that is no attribute name.
        let _ = root.dataset().set("theme", theme);
    }
}

/// Declares the language of this document.
pub fn show_language(tag: &str, direction: &str) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        root.set_lang(tag);
        root.set_dir(direction);
    }
}

fn fragment(window: &web_sys::Window) -> String {
    let hash = window.location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

impl Window for BrowserWindow {
    fn page_url(&self) -> String {
        if let Some(part) = &self.part {
            return part.home.clone();
        }
        page_url()
    }

    fn fragment(&self) -> String {
        if let Some(part) = &self.part {
            return part.place.borrow().clone();
        }
        window().as_ref().map(fragment).unwrap_or_default()
    }

    fn show_route(&self, to: &str, title: &str, is_new: bool) {
        if let Some(part) = &self.part {
            to.clone_into(&mut part.place.borrow_mut());
            return;
        }
        show_route(to, title, is_new);
    }

    fn show_title(&self, title: &str) {
        if let Some(document) = document().filter(|_| self.part.is_none()) {
            document.set_title(title);
        }
    }

    fn ask_to_notify(&self) -> Pending<'static, bool> {
        let asked = Notification::request_permission();
        Box::pin(async move {
            match asked {
                Ok(answer) => JsFuture::from(answer)
                    .await
                    .is_ok_and(|answer| answer.as_string().as_deref() == Some("granted")),
                Err(_) => false,
            }
        })
    }

    fn notify(&self, text: &str) {
        if document().is_some_and(|document| document.hidden()) {
            // Refused on some phones, which need a service worker for it.
            let _ = Notification::new(text);
        }
    }

    fn show_theme(&self, theme: &str) {
        if self.part.is_none() {
            show_theme(theme);
        }
    }

    fn show_language(&self, tag: &str, direction: &str) {
        match &self.part {
            None => show_language(tag, direction),
            Some(_) => {
                if let Some(root) = self.root.dyn_ref::<HtmlElement>() {
                    root.set_lang(tag);
                    root.set_dir(direction);
                }
            }
        }
    }

    fn on_language(&self, handle: Box<dyn Fn(String)>) {
        // From the script that started this page: it knows which page may choose.
        let target: Option<EventTarget> = match &self.part {
            Some(_) => Some(self.root.clone().into()),
            None => window()
                .filter(|_| bridge::is_framed())
                .map(EventTarget::from),
        };
        if let Some(target) = target {
            self.listen(&target, FROM_HOST, move |event| {
                let tag = event.dyn_ref::<CustomEvent>().map(CustomEvent::detail);
                if let Some(tag) = tag.and_then(|tag| tag.as_string()) {
                    handle(tag);
                }
            });
        }
    }

    fn on_moved(&self, handle: Box<dyn Fn(String)>) {
        let Some(window) = window().filter(|_| self.part.is_none()) else {
            return;
        };
        // Not "hashchange": Back to a pushState entry changes the fragment and fires both, and "popstate" comes first.
        let target = window.clone();
        self.listen(&target, "popstate", move |_| handle(fragment(&window)));
    }

    fn on_shown_again(&self, handle: Box<dyn Fn()>) {
        if let Some(window) = window() {
            let listener = redirect::on_shown_again(&window, handle);
            self.listeners.borrow_mut().push(listener);
        }
    }

    fn on_hidden(&self, handle: Box<dyn Fn()>) {
        let Some(document) = document() else { return };
        let target = document.clone();
        self.listen(&target, "visibilitychange", move |_| {
            if document.hidden() {
                handle();
            }
        });
    }

    fn broadcast(&self, text: &str) {
        if let Some(others) = &self.others {
            // Fails only on a closed channel, and this one closes when the page is removed.
            let _ = others.0.post_message(&JsValue::from_str(text));
        }
    }

    fn on_broadcast(&self, handle: Box<dyn Fn(String)>) {
        let Some(others) = &self.others else { return };
        self.listen(&others.0, "message", move |event| {
            let text = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            if let Some(text) = text.and_then(|data| data.as_string()) {
                handle(text);
            }
        });
    }

    fn notify_parent(&self, message: &str) {
        // To the script that started this page: it knows which page may receive the message.
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

    fn focus_control(&self, id: &str) {
        if let Some(element) = self.element(id) {
            let _ = element.focus();
        }
    }

    fn is_focus_lost(&self) -> bool {
        let document = window().and_then(|window| window.document());
        let focused = document.and_then(|document| document.active_element());
        focused.is_none_or(|element| element.tag_name() == "BODY")
    }

    fn focus(&self, id: &str) {
        // A mounted page does not take the focus when it first renders, only after the admin has used it.
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
        // A browser policy may have removed the clipboard.
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

    fn read_file(&self, id: &str) -> Pending<'static, Option<String>> {
        let control = self.element(id);
        let file = control
            .and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
            .and_then(|control| control.files()?.item(0));
        let text = file
            .filter(|file| file.size() <= LARGEST_FILE)
            .map(|file| file.text());
        Box::pin(async move { JsFuture::from(text?).await.ok()?.as_string() })
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

    fn fill_secret(&self, id: &str, secret: Option<&Secret>) {
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
            // Refused if the frame may not print; then the admin can use the browser's own menu.
            let _ = window.print();
        }
    }

    fn show_row(&self, id: &str, row: usize, rows: usize) {
        let Some(element) = self.element(id) else {
            return;
        };
        let number = |it: usize| i64::try_from(it).unwrap_or_default();
        let (above, all) = (
            i64::from(element.scroll_top()),
            i64::from(element.scroll_height()),
        );
        let height = i64::from(element.client_height());
        // The row is below the header, which stays in sight.
        let top = number(row) * all / (number(rows) + 1);
        let bottom = (number(row) + 2) * all / (number(rows) + 1);
        let to = if top < above {
            top
        } else if bottom > above + height {
            bottom - height
        } else {
            return;
        };
        element.set_scroll_top(i32::try_from(to).unwrap_or_default());
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

/// A link to a blob is the one way that needs no permission and works in every browser.
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
