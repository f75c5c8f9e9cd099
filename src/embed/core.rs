//! Everything but the start page, as a part of the program.
//!
//! One line calls the demo (`demo.rs`), so the published page contains none of it.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::AppHandle;

use crate::browser::BrowserPlatform;
use crate::browser::bridge;
use crate::browser::formats;
use crate::browser::portal::ModulePlatform;
use crate::browser::portal::Portal;
use crate::browser::window::BrowserWindow;
#[cfg(feature = "demo")]
use crate::demo;
use crate::embed::parts;
use crate::ui::app::App;
use crate::ui::app::AppProps;
use crate::ui::effects::PartLoader;
use crate::ui::embedding::state::Embedding;
#[cfg(not(feature = "demo"))]
use crate::ui::model::Demo;
use crate::ui::model::Start;
use crate::ui::storage;
use crate::window::Window;
use domain::config::Config;
use domain::locale::Locale;
use domain::platform::Pending;
use domain::platform::Platform;
use domain::secret::Secret;
use engine::journal;

/// How the page was opened.
pub(super) struct Launch {
    pub(super) locale: Locale,
    /// The sign-in response of the URL.
    pub(super) answer: Option<Secret>,
    /// The text of config.json, if it could be read.
    pub(super) site: Option<String>,
    /// The admin chose a page on the start page.
    pub(super) is_moved: bool,
}

/// Removes a mounted page.
pub(super) type Unmount = Box<dyn FnOnce()>;

/// The functions of this part.
pub(super) struct Core {
    pub(super) start: fn(Element, Launch),
    /// Mounts the page, and returns what removes it.
    pub(super) mount: fn(Element, Portal, Locale) -> Result<Unmount, JsValue>,
    /// Whether this browser has journals of this page.
    pub(super) has_journals: fn() -> Pending<'static, bool>,
}

/// This part.
pub(super) static CORE: Core = Core {
    start: start_core,
    mount: mount_core,
    has_journals: || Box::pin(async { journal::has_some(&BrowserPlatform::new()).await }),
};

fn start_core(element: Element, launch: Launch) {
    let t = launch.locale;
    #[cfg(feature = "demo")]
    let (world, demo) = demo::start(t, &element);
    #[cfg(not(feature = "demo"))]
    let (world, demo): (Rc<dyn Platform>, Option<Demo>) = (Rc::new(BrowserPlatform::new()), None);
    let (config, tenants) = demo.unzip();
    // Invalid settings are read again: the page says then what is wrong.
    let config = config.or_else(|| Config::parse(launch.site?.as_bytes()).ok());
    // The demo's sign-in opens no window.
    let is_framed = tenants.is_none() && bridge::is_framed();
    // In a frame, the response arrives over a channel. A response in the URL could come from the parent page, so it is ignored.
    let answer = launch.answer.filter(|_| !is_framed);
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
            is_moved: launch.is_moved,
            locale: t,
            answer: Rc::new(RefCell::new(answer)),
            ..Start::default()
        },
    );
}

fn load_language(language: Locale) -> Pending<'static, Result<(), String>> {
    Box::pin(async move {
        parts::language(language)
            .await
            .map_err(|error| error.file)?;
        #[cfg(feature = "demo")]
        demo::show_language(language);
        Ok(())
    })
}

fn mount_core(root: Element, portal: Portal, t: Locale) -> Result<Unmount, JsValue> {
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
        locale: t,
        ..Start::default()
    };
    let screen = BrowserWindow::within(root.clone(), portal.home(), portal.place());
    let world = Rc::new(ModulePlatform::new(portal));
    let page = draw(root, world, Rc::new(screen), start);
    Ok(Box::new(move || page.destroy()))
}

/// Renders the page with the stored data of its platform.
fn draw(
    element: Element,
    world: Rc<dyn Platform>,
    screen: Rc<dyn Window>,
    start: Start,
) -> AppHandle<App> {
    formats::use_browser();
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
        plan: world.session_get(storage::PLAN),
        form: world.session_get(storage::FORM),
        providers: world.session_get(storage::PROVIDERS),
        theme: world.session_get(storage::THEME),
        language: world.session_get(storage::LANGUAGE),
        journal: world.session_get(storage::JOURNAL),
        parts: parts::there(),
        ..start
    });
    yew::Renderer::<App>::with_root_and_props(
        element,
        AppProps {
            world,
            screen,
            start,
            loader: PartLoader {
                language: load_language,
                ..parts::LOADER
            },
        },
    )
    .render()
}
