//! The whole page in a real document, over a simulated cloud: what only a browser can tell, such as where the focus is.
//!
//! The cloud's clock moves when the test moves it, so a run of minutes is over at once.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests look at the page as any script could"
)]

use std::rc::Rc;
use std::time::Duration;

use cmg_entra_setup::browser::screen::BrowserScreen;
use cmg_entra_setup::domain::config::Config;
use cmg_entra_setup::domain::words::Words;
use cmg_entra_setup::sim::Sim;
use cmg_entra_setup::sim::entra::TOOL_PUBLIC;
use cmg_entra_setup::sim::world::SimWorld;
use cmg_entra_setup::ui::App;
use cmg_entra_setup::ui::AppProps;
use cmg_entra_setup::ui::stage::Start;
use cmg_entra_setup::world::Screen as _;
use cmg_entra_setup::world::World as _;
use gloo_timers::future::TimeoutFuture;
use js_sys::Function;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;
use yew::AppHandle;

/// Runs a script of the test's own; `text` is its argument.
pub(crate) fn script(body: &str, text: &str) -> JsValue {
    let function = Function::new_with_args("text", body);
    function.call1(&JsValue::NULL, &text.into()).unwrap()
}

pub(crate) fn read(body: &str, text: &str) -> String {
    script(body, text).as_string().unwrap_or_default()
}

pub(crate) fn holds(body: &str, text: &str) -> bool {
    script(body, text).is_truthy()
}

/// A page in the document, taken away again when dropped.
pub(crate) struct Page {
    world: SimWorld,
    app: Option<AppHandle<App>>,
}

impl Page {
    /// Opens it as at a first visit.
    pub(crate) async fn open() -> Self {
        script(
            "window.told = [];
             window.tell = console.error;
             console.error = (...all) => { told.push(all.join(' ')); tell.apply(console, all); };
             document.body.append(Object.assign(document.createElement('div'), { id: 'app' }));
             history.replaceState(null, '', location.pathname);",
            "",
        );
        let root: Element = script("return document.getElementById('app')", "").unchecked_into();
        let screen = BrowserScreen::new(root.clone());
        let mut sim = Sim::new(1);
        sim.serve_page_at(&screen.home());
        let world = SimWorld::virtual_clock(sim, "2026-11-23T10:00:00Z".parse().unwrap());
        let config = format!(r#"{{ "clients": {{ "public": "{TOOL_PUBLIC}" }} }}"#);
        let start = Start {
            words: Words::En,
            demo: None,
            home: screen.home(),
            is_framed: false,
            is_part: false,
            portal_signs_in: false,
            config: Some(Config::parse(config.as_bytes()).unwrap()),
            now: world.now(),
            guid: world.fresh_guid(),
            answer: Rc::default(),
            address: String::new(),
            draft: None,
            refused: None,
            place: None,
            check: None,
            parked: None,
            pair: None,
            link: None,
            form: None,
            journal: None,
        };
        let props = AppProps {
            world: Rc::new(world.clone()),
            screen: Rc::new(screen),
            start: Rc::new(start),
        };
        let app = yew::Renderer::<App>::with_root_and_props(root, props).render();
        let page = Self {
            world,
            app: Some(app),
        };
        let title = "Set up Microsoft Entra ID for a cloud management gateway";
        page.until("the start page", || heading() == title).await;
        page
    }

    /// Lets time pass in the cloud until something holds for the document.
    pub(crate) async fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        for _ in 0..3_000 {
            if is_so() {
                return;
            }
            self.world.advance(Duration::from_millis(200));
            turn().await;
        }
        let shown = read("return document.getElementById('app').innerText", "");
        panic!("never came: {what}. The page shows:\n{shown}");
    }

    /// Selects a button.
    pub(crate) async fn press(&self, name: &str) {
        let find = "window.found = [...document.querySelectorAll('#app button')].filter(button =>
                        button.textContent.replace(/\\s+/g, ' ').trim() === text && !button.matches('[disabled], [aria-disabled=true]')).at(-1);
                    return found";
        self.until(name, || holds(find, name)).await;
        script("found.click()", "");
    }

    /// The page has changed to this heading, and all is as it should be.
    pub(crate) async fn arrives(&self, title: &str) {
        self.until(title, || heading() == title).await;
        self.until("the focus on the heading", || focus() == "title")
            .await;
        self.check();
    }

    pub(crate) fn check(&self) {
        assert_eq!(
            read(
                "return [...document.querySelectorAll('#app [style]')].map(one => one.outerHTML).join()",
                ""
            ),
            "",
            "the page's policy blocks a style of an element's own"
        );
        assert_eq!(read("return told.join('\\n')", ""), "", "told the console");
    }

    /// Goes through every step to the review.
    pub(crate) async fn review(&self) {
        self.press("Set up").await;
        self.arrives("Azure service").await;
        types("tenant", "fabrikam.com");
        self.press("Sign in").await;
        self.press("Next : Web app >").await;
        self.arrives("Web (server) app").await;
        self.press("Next : Native app >").await;
        self.arrives("Native (client) app").await;
        self.press("Next : Discovery >").await;
        self.arrives("Discovery").await;
        self.press("Next : Subscription >").await;
        self.arrives("Subscription").await;
        let subscription =
            "window.found = [...document.querySelectorAll('#app [name=subscription]')].find(one =>
                                one.closest('label, .choice, li, div').textContent.includes(text));
                            return found";
        self.until("the subscriptions", || {
            holds(subscription, "Fabrikam Production")
        })
        .await;
        script("found.click()", "");
        self.press("Review + create").await;
        self.arrives("Review + create").await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        script(
            "document.getElementById('app').remove(); console.error = window.tell",
            "",
        );
    }
}

/// The browser's turn: answers are heard, the page is drawn.
pub(crate) async fn turn() {
    TimeoutFuture::new(0).await;
}

pub(crate) fn heading() -> String {
    read(
        "return document.querySelector('#app h1')?.textContent.trim()",
        "",
    )
}

fn focus() -> String {
    read("return document.activeElement?.id", "")
}

/// Types over what is in a control, by its name.
pub(crate) fn types(name: &str, text: &str) {
    script("window.control = document.getElementById(text)", name);
    script(
        "control.focus(); control.select(); document.execCommand('insertText', false, text)",
        text,
    );
}

pub(crate) fn value(name: &str) -> String {
    read("return document.getElementById(text).value", name)
}

#[wasm_bindgen_test]
async fn the_whole_way_ends_complete_and_the_secret_is_masked_then_shown_then_gone() {
    let page = Page::open().await;
    page.review().await;
    page.press("Create").await;
    page.arrives("Setup is in progress").await;
    page.arrives("Setup is complete").await;
    page.press("Go to the hand-over").await;
    page.arrives("Enter the values in Configuration Manager")
        .await;
    assert_eq!(value("secret"), "");

    page.press("Show Secret Key").await;
    page.until("the secret", || !value("secret").is_empty())
        .await;
    let secret = value("secret");
    let markup = || read("return document.documentElement.outerHTML", "");
    assert!(!markup().contains(&secret), "it is in the markup");
    page.press("Hide Secret Key").await;
    page.until("an empty field", || value("secret").is_empty())
        .await;

    page.press("I have saved it").await;
    page.until("no field", || {
        !holds("return document.getElementById(text)", "secret")
    })
    .await;
    let inputs = "return [...document.querySelectorAll('input, textarea, output')].map(one => one.value).join()";
    assert!(!markup().contains(&secret) && !read(inputs, "").contains(&secret));
    page.check();
}

#[wasm_bindgen_test]
async fn back_and_forward_go_from_page_to_page_and_what_was_typed_stays() {
    let page = Page::open().await;
    page.press("Set up").await;
    page.arrives("Azure service").await;
    types("connection-name", "Zürich CMG");
    page.press("Next : Web app >").await;
    page.arrives("Web (server) app").await;
    types("server-name", "CMG-Zürich");
    script("history.back()", "");
    page.arrives("Azure service").await;
    assert_eq!(value("connection-name"), "Zürich CMG");
    assert_eq!(read("return location.hash", ""), "#/azure-service");
    script("history.forward()", "");
    page.arrives("Web (server) app").await;
    assert_eq!(value("server-name"), "CMG-Zürich");
    // Told after the page is drawn, and after others have had a turn where drawing took long.
    page.until("the title", || {
        read("return document.title", "") == "Web (server) app - CMG Entra Setup"
    })
    .await;
    // A link of the page's own goes the same way.
    script("document.querySelector('#app a.brand').click()", "");
    page.arrives("Set up Microsoft Entra ID for a cloud management gateway")
        .await;
    script("history.go(-2)", "");
    page.arrives("Azure service").await;
    assert_eq!(value("connection-name"), "Zürich CMG");
}

#[wasm_bindgen_test]
async fn typing_in_the_middle_of_a_text_keeps_focus_and_caret_though_the_page_is_drawn_anew() {
    let page = Page::open().await;
    page.press("Check an App ID URI").await;
    page.arrives("Check an App ID URI").await;
    types("check-uri", "api://contoso");
    let told = || {
        read(
            "return document.getElementById('own-verdict')?.innerText",
            "",
        )
    };
    page.until("a verdict", || !told().is_empty()).await;
    let first = told();
    script(
        "control.setSelectionRange(6, 6); document.execCommand('insertText', false, text)",
        "5e97358c-d99c-4558-af0c-de7774091dda/",
    );
    page.until("another verdict", || told() != first).await;
    assert_eq!(
        value("check-uri"),
        "api://5e97358c-d99c-4558-af0c-de7774091dda/contoso"
    );
    assert_eq!(focus(), "check-uri");
    let caret = script("return control.selectionStart", "").as_f64();
    assert_eq!(caret, Some(43.0));
    page.check();
}

#[wasm_bindgen_test]
async fn a_fault_is_told_when_a_field_is_left_and_goes_when_it_is_mended() {
    let page = Page::open().await;
    page.press("Set up").await;
    page.arrives("Azure service").await;
    types("tenant", "no tenant");
    let is_wrong = || holds("return control.getAttribute('aria-invalid') === 'true'", "");
    turn().await;
    assert!(!is_wrong(), "told before the field was left");
    script("control.blur()", "");
    page.until("the fault", is_wrong).await;
    let told = read(
        "return control.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id)?.innerText).join()",
        "",
    );
    assert!(told.contains("Error:"), "{told}");
    types("tenant", "fabrikam.com");
    page.until("no fault", || !is_wrong()).await;
    page.check();
}
