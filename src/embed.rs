//! Entry points: on a page of its own or mounted in another page, with the browser as platform, or in the demo a simulated cloud.
//!
//! One line calls the demo (`demo.rs`), so the published page contains none of it.
#![cfg(target_arch = "wasm32")]

use crate::ui::embedding::state::Embedding;
use std::cell::RefCell;
use std::rc::Rc;

use jiff::Timestamp;
use uuid::Uuid;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use yew::AppHandle;

#[cfg(not(feature = "demo"))]
use crate::browser::BrowserPlatform;
use crate::browser::bridge;
use crate::browser::fetch;
use crate::browser::portal::ModulePlatform;
use crate::browser::portal::Portal;
use crate::browser::redirect;
use crate::browser::window::BrowserWindow;
#[cfg(feature = "demo")]
use crate::demo;
use crate::ui::app::App;
use crate::ui::app::AppProps;
#[cfg(not(feature = "demo"))]
use crate::ui::model::Demo;
use crate::ui::model::Start;
use crate::ui::storage;
use crate::window::Window;
use domain::config::Config;
use domain::locale::Locale;
use domain::platform::Platform;
use domain::secret::Secret;

/// Starts the page in the `app` element of `index.html`. Called by `boot.js`.
#[wasm_bindgen(js_name = start)]
pub fn start() {
    fetch::refuse_workers();
    // First of all: the URL may hold a sign-in response and must not keep it.
    let answer = redirect::take_fragment();
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    let Some(element) = element else { return };
    let t = Locale::En;
    #[cfg(feature = "demo")]
    let (world, demo) = demo::start(t, &element);
    #[cfg(not(feature = "demo"))]
    let (world, demo): (Rc<dyn Platform>, Option<Demo>) = (Rc::new(BrowserPlatform::new()), None);
    let (config, tenants) = demo.unzip();
    // The demo's sign-in opens no window.
    let is_framed = tenants.is_none() && bridge::is_framed();
    // In a frame, the response arrives over a channel. A response in the URL could come from the parent page, so it is ignored.
    let answer = answer.filter(|_| !is_framed);
    let screen = BrowserWindow::new(element.clone());
    draw(
        element,
        world,
        Rc::new(screen),
        Start {
            demo: tenants,
            embedding: if is_framed {
                Embedding::Frame
            } else {
                Embedding::Standalone
            },
            config,
            ..fresh(t, answer)
        },
    );
}

/// A page mounted in another page, until it is removed.
#[wasm_bindgen]
pub struct Mounted(AppHandle<App>);

#[wasm_bindgen]
impl Mounted {
    /// Removes the page. A run in progress begins no further write.
    pub fn unmount(self) {
        self.0.destroy();
    }
}

/// Mounts the page in an element of another page. Called by `embed.js`.
///
/// # Errors
/// The settings from the embedding page are invalid; the value is the reason as text.
#[wasm_bindgen]
pub fn mount(root: Element, portal: Portal) -> Result<Mounted, JsValue> {
    let t = Locale::En;
    let config = match portal.config() {
        Some(text) => Some(
            Config::parse(text.as_bytes())
                .map_err(|error| JsValue::from_str(&error.sentence(t)))?,
        ),
        // If the embedding page signs in, this page needs no client ID.
        None if portal.signs_in() => Some(Config::default()),
        None => None,
    };
    let start = Start {
        embedding: Embedding::Module {
            parent_signs_in: portal.signs_in(),
        },
        config,
        ..fresh(t, None)
    };
    let screen = BrowserWindow::within(root.clone(), portal.home(), portal.place());
    let world = Rc::new(ModulePlatform::new(portal));
    Ok(Mounted(draw(root, world, Rc::new(screen), start)))
}

/// Blocks all requests from now on, because the program has failed. Called by `embed.js`, which cannot unload the program.
#[wasm_bindgen]
pub fn halt() {
    fetch::halt();
}

/// Start data without anything that was stored.
fn fresh(t: Locale, answer: Option<String>) -> Start {
    Start {
        locale: t,
        demo: None,
        home: String::new(),
        embedding: Embedding::Standalone,
        config: None,
        now: Timestamp::UNIX_EPOCH,
        guid: Uuid::nil(),
        answer: Rc::new(RefCell::new(answer.map(Secret::new))),
        address: String::new(),
        draft: None,
        refused: None,
        place: None,
        check: None,
        saved_draft: None,
        pair: None,
        link: None,
        form: None,
        theme: None,
        journal: None,
    }
}

/// Renders the page with the stored data of its platform.
fn draw(
    element: Element,
    world: Rc<dyn Platform>,
    screen: Rc<dyn Window>,
    start: Start,
) -> AppHandle<App> {
    // Yew's own hook would write the panic to the console, where it would stay longer than the page's secrets. The script that started the
    // page sees the trap.
    yew::set_custom_panic_hook(Box::new(|_| fetch::halt()));
    let start = Rc::new(Start {
        home: screen.page_url(),
        now: world.now(),
        guid: world.fresh_guid(),
        address: screen.fragment(),
        draft: world.session_get(storage::DRAFT),
        refused: world.session_get(storage::REFUSED),
        place: world.session_get(storage::PLACE),
        check: world.session_get(storage::CHECK),
        saved_draft: world.session_get(storage::SAVED_DRAFT),
        pair: world.session_get(storage::PAIR),
        link: world.session_get(storage::LINK),
        form: world.session_get(storage::FORM),
        theme: world.session_get(storage::THEME),
        journal: world.session_get(storage::JOURNAL),
        ..start
    });
    yew::Renderer::<App>::with_root_and_props(
        element,
        AppProps {
            world,
            screen,
            start,
        },
    )
    .render()
}
