//! The start page first, and the rest of the program when it is needed.

use std::cell::Cell;
use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast as _;
use web_sys::Element;
use web_sys::HtmlElement;
use yew::AppHandle;
use yew::prelude::Callback;

use crate::browser;
use crate::browser::bridge;
use crate::browser::nodes::Nodes;
use crate::browser::session_storage;
use crate::embed::core::Launch;
use crate::embed::parts;
use crate::ui::components::head::HEADING;
use crate::ui::route::Route;
use crate::ui::shell::opening::Opening;
use crate::ui::shell::opening::OpeningEffect;
use crate::ui::shell::opening::OpeningMsg;
use crate::ui::shell::opening::OpeningProps;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::theme::Theme;
use crate::ui::storage;
use domain::config::Config;
use domain::locale::Locale;

/// The attribute of the document while it shows the first view; `first.js` has the same name.
const FIRST_VIEW: &str = "data-view";

/// The settings for the start page, if the page opens there and nothing is stored that only the rest of the program understands.
pub(super) async fn config(launch: &Launch) -> Option<Config> {
    let is_alone = !cfg!(feature = "demo") && !bridge::is_framed();
    let is_start = matches!(browser::window::address().as_str(), "" | "/");
    let has_stored = session_storage::has_other_than(&[storage::THEME, storage::LANGUAGE]);
    if !is_alone || !is_start || has_stored || launch.answer.is_some() {
        return None;
    }
    let settings = launch.site.as_deref()?;
    if settings.trim() == "{}" {
        return Some(Config::default());
    }
    let read = parts::settings().await.ok()?;
    read(settings)
}

/// The start page, until another page takes its place.
struct Opened {
    element: Element,
    site: Option<String>,
    /// The language of the page.
    locale: Cell<Locale>,
    page: RefCell<Option<AppHandle<Opening>>>,
    /// The page that was asked for.
    wanted: Cell<Option<Route>>,
    moved: RefCell<Option<EventListener>>,
}

/// Shows the start page.
pub(super) async fn open(element: Element, launch: Launch, config: Config, was_here: bool) {
    let opened = Rc::new(Opened {
        element: element.clone(),
        site: launch.site,
        locale: Cell::new(launch.locale),
        page: RefCell::default(),
        wanted: Cell::default(),
        moved: RefCell::default(),
    });
    let props = props(&opened, config);
    // No task may come between this comparison and the take-over.
    if is_first_view(&element, launch.locale).await {
        opened.page.replace(Some(take_over(&element, &props)));
        // Yew takes over before this.
        TimeoutFuture::new(0).await;
        // What only the browser knows.
        if let Some(page) = opened.page.borrow_mut().as_mut() {
            page.update(props);
        }
    } else {
        let page = renderer(&element, props).render();
        opened.page.replace(Some(page));
    }
    show_route(opened.locale.get(), Route::Start, false);
    listen(&opened);
    if was_here {
        start(show_journals(opened));
    } else {
        parts::prefetch_core(launch.locale);
    }
}

fn renderer(element: &Element, props: OpeningProps) -> yew::Renderer<Opening> {
    yew::Renderer::with_root_and_props(element.clone(), props)
}

fn props(opened: &Rc<Opened>, config: Config) -> OpeningProps {
    let theme = session_storage::session_get(storage::THEME);
    let nodes = Rc::new(Nodes::below(&opened.element));
    OpeningProps {
        locale: opened.locale.get(),
        is_demo: false,
        home: browser::window::page_url(),
        now: browser::now(),
        theme: theme.as_deref().map(Theme::find).unwrap_or_default(),
        site: SiteConfig::Ready(config),
        before_drawing: {
            let nodes = Rc::clone(&nodes);
            Callback::from(move |()| restore(nodes.as_ref().as_ref()))
        },
        drawn: Callback::from(move |()| {
            if let Some(nodes) = nodes.as_ref() {
                nodes.drawn();
            }
        }),
        perform: {
            let opened = Rc::clone(opened);
            Callback::from(move |effect| perform(&opened, effect))
        },
    }
}

/// Finds out whether the page shows exactly what the program draws first. The build wrote it into `index.html`, but a web server or an
/// extension may have changed it, and Yew fails where it finds something else. So the program draws it once more, aside.
async fn is_first_view(element: &Element, t: Locale) -> bool {
    let document = element.owner_document().filter(|document| {
        let root = document.document_element();
        root.is_some_and(|root| root.has_attribute(FIRST_VIEW))
    });
    let Some(aside) = document.and_then(|document| document.create_element("div").ok()) else {
        return false;
    };
    // Tasks of their own, so that a slow browser reacts in between: the start of the program, this drawing, and the take-over.
    TimeoutFuture::new(0).await;
    let page = renderer(&aside, OpeningProps::first(t)).render();
    // Yew draws before this.
    TimeoutFuture::new(0).await;
    // A parser makes one text node of what Yew makes several of.
    aside.normalize();
    let is_same = aside.first_child().is_some_and(|first| {
        let (here, there) = (element.child_nodes(), aside.child_nodes());
        first.is_equal_node(here.item(0).as_ref()) && [here.length(), there.length()] == [1, 1]
    });
    page.destroy();
    is_same
}

/// Takes over the elements of the first view.
fn take_over(element: &Element, props: &OpeningProps) -> AppHandle<Opening> {
    if let Some(document) = element.owner_document() {
        // Yew's marks of a component. It removes them.
        let marks = ["<[]>", "</[]>"].map(|mark| document.create_comment(mark));
        // Fails only for an element that cannot have children.
        let _ = element.prepend_with_node_1(&marks[0]);
        let _ = element.append_with_node_1(&marks[1]);
    }
    let first = OpeningProps {
        perform: props.perform.clone(),
        before_drawing: props.before_drawing.clone(),
        drawn: props.drawn.clone(),
        ..OpeningProps::first(props.locale)
    };
    renderer(element, first).hydrate()
}

fn show_route(t: Locale, route: Route, is_new: bool) {
    let title = t.frame_window(t.start_title());
    browser::window::show_route(route.address(), &title, is_new);
}

#[expect(
    clippy::disallowed_methods,
    reason = "this file and ui/effects.rs start asynchronous work"
)]
fn start(work: impl Future<Output = ()> + 'static) {
    yew::platform::spawn_local(work);
}

/// Undoes what other scripts did to the nodes of the page: a node that is gone would stop the program.
fn restore(nodes: Option<&Nodes>) {
    if let Some(nodes) = nodes {
        nodes.restore();
    }
}

fn listen(opened: &Rc<Opened>) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let handle = Rc::clone(opened);
    let listener = EventListener::new(&window, "popstate", move |_| {
        let address = browser::window::address();
        let route = Route::find(&address).filter(|route| *route != Route::Start);
        // The rest of the program knows all other addresses.
        let is_start = matches!(address.as_str(), "" | "/");
        let route = route.or((!is_start).then_some(Route::Start));
        handle.send(OpeningMsg::Moved(route));
    });
    opened.moved.replace(Some(listener));
}

impl Opened {
    fn send(&self, msg: OpeningMsg) {
        if let Some(page) = self.page.borrow().as_ref() {
            page.send_message(msg);
        }
    }

    /// Removes the start page. `None` if it was removed before.
    fn close(&self) -> Option<()> {
        let page = self.page.take()?;
        self.moved.take();
        page.destroy();
        Some(())
    }
}

fn perform(opened: &Rc<Opened>, effect: OpeningEffect) {
    match effect {
        // The rest of the program knows the titles of the other pages.
        OpeningEffect::ShowRoute(route) => show_route(opened.locale.get(), route, true),
        OpeningEffect::Load(route) => {
            opened.wanted.set(Some(route));
            start(load(Rc::clone(opened)));
        }
        OpeningEffect::Stay => opened.wanted.set(None),
        OpeningEffect::ShowTheme(theme) => {
            let _ = session_storage::session_set(storage::THEME, theme.key());
            browser::window::show_theme(theme.key());
        }
        OpeningEffect::LoadLanguage(language) => {
            let opened = Rc::clone(opened);
            start(async move {
                let loaded = parts::language(language).await;
                let loaded = loaded.map_err(|error| error.file);
                opened.send(OpeningMsg::LanguageLoaded(language, loaded));
            });
        }
        OpeningEffect::ShowLanguage(language) => {
            opened.locale.set(language);
            let _ = session_storage::session_set(storage::LANGUAGE, language.tag());
            browser::window::show_language(language.tag(), language.direction());
            show_route(language, Route::Start, false);
        }
        OpeningEffect::FocusHeading => {
            let heading = web_sys::window()
                .and_then(|window| window.document()?.get_element_by_id(HEADING))
                .and_then(|heading| heading.dyn_into::<HtmlElement>().ok());
            if let Some(heading) = heading {
                let _ = heading.focus();
            }
        }
    }
}

/// Loads the rest of the program, and opens the page that is then wanted.
async fn load(opened: Rc<Opened>) {
    // The language may change while the files are on their way.
    let (t, core) = loop {
        let t = opened.locale.get();
        let core = parts::core(t).await;
        if opened.locale.get() == t {
            break (t, core);
        }
    };
    if opened.wanted.get().is_none() {
        return;
    }
    match core {
        Ok(core) => {
            if opened.close().is_some() {
                let launch = Launch {
                    locale: t,
                    answer: None,
                    site: opened.site.clone(),
                    is_moved: true,
                };
                (core.start)(opened.element.clone(), launch);
            }
        }
        Err(error) => opened.send(OpeningMsg::Failed(error.file)),
    }
}

/// Shows the unfinished runs of this browser on the start page, if there are any.
async fn show_journals(opened: Rc<Opened>) {
    let t = opened.locale.get();
    let Ok(core) = parts::core(t).await else {
        // A click tells it.
        return;
    };
    // With another language meanwhile, a click loads the rest.
    if (core.has_journals)().await && opened.locale.get() == t && opened.close().is_some() {
        let launch = Launch {
            locale: t,
            answer: None,
            site: opened.site.clone(),
            is_moved: false,
        };
        (core.start)(opened.element.clone(), launch);
    }
}
