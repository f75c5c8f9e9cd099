//! Tests of the complete page in a real document with a simulated cloud: what only a browser can show, such as the focus.
//!
//! The test controls the clock of the cloud, so a run of several minutes takes no time.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read the page with scripts"
)]

use std::rc::Rc;
use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::entra::state::TOOL_PUBLIC;
use cloud_sim::platform::SimPlatform;
use cmg_entra_setup::browser::window::BrowserWindow;
use cmg_entra_setup::ui::app::App;
use cmg_entra_setup::ui::app::AppProps;
use cmg_entra_setup::ui::everything;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::window::Window as _;
use domain::config::Config;
use domain::platform::Platform as _;
use gloo_timers::future::TimeoutFuture;
use js_sys::Function;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;
use yew::AppHandle;

/// Runs a test script with `text` as its argument.
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

/// A page in the document, removed when dropped.
pub(crate) struct Page {
    world: SimPlatform,
    app: Option<AppHandle<App>>,
}

impl Page {
    /// Opens the page as on a first visit.
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
        let screen = BrowserWindow::new(root.clone());
        let mut sim = Sim::new(1);
        sim.serve_page_at(&screen.page_url());
        let world = SimPlatform::virtual_clock(sim, "2026-11-23T10:00:00Z".parse().unwrap());
        let config = format!(r#"{{ "clients": {{ "public": "{TOOL_PUBLIC}" }} }}"#);
        let start = Start {
            home: screen.page_url(),
            config: Some(Config::parse(config.as_bytes()).unwrap()),
            now: world.now(),
            guid: world.fresh_guid(),
            parts: everything::parts(),
            ..Start::default()
        };
        let props = AppProps {
            world: Rc::new(world.clone()),
            screen: Rc::new(screen),
            start: Rc::new(start),
            loader: everything::LOADER,
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

    /// Advances the cloud's clock until the document meets the condition.
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

    /// Selects the button with this text.
    pub(crate) async fn press(&self, name: &str) {
        let find = "window.found = [...document.querySelectorAll('#app button')].filter(button =>
                        button.textContent.replace(/\\s+/g, ' ').trim() === text && !button.matches('[disabled], [aria-disabled=true]')).at(-1);
                    return found";
        self.until(name, || holds(find, name)).await;
        script("found.click()", "");
    }

    /// Waits until the page shows this heading, then checks the focus and the page.
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

    /// Completes every step up to the review.
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

/// Yields to the browser, so that responses arrive and the page is drawn.
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

/// Replaces the text of the control with this ID.
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
async fn a_complete_run_masks_then_shows_then_removes_the_secret() {
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
async fn back_and_forward_navigate_and_keep_typed_values() {
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
    // The title changes after the page is drawn. When drawing takes long, other tasks can run in between.
    page.until("the title", || {
        read("return document.title", "") == "Web (server) app - CMG Entra Setup"
    })
    .await;
    // A link within the page navigates the same way.
    script("document.querySelector('#app a.brand').click()", "");
    page.arrives("Set up Microsoft Entra ID for a cloud management gateway")
        .await;
    script("history.go(-2)", "");
    page.arrives("Azure service").await;
    assert_eq!(value("connection-name"), "Zürich CMG");
}

#[wasm_bindgen_test]
async fn typing_within_a_text_keeps_focus_and_caret_after_redrawing() {
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
async fn an_error_shows_on_blur_and_disappears_once_fixed() {
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

#[wasm_bindgen_test]
async fn the_chosen_theme_is_on_the_document() {
    let page = Page::open().await;
    let choose = "const theme = document.getElementById('theme');
                  theme.value = text;
                  theme.dispatchEvent(new Event('input', { bubbles: true }))";
    // The last one leaves the document as it was.
    for theme in ["dark", "light", "system"] {
        script(choose, theme);
        page.until(theme, || {
            read("return document.documentElement.dataset.theme", "") == theme
        })
        .await;
    }
    page.check();
}

/// Yew uses elements again for those of the next page.
#[wasm_bindgen_test]
async fn an_open_help_does_not_open_the_help_of_another_field() {
    let page = Page::open().await;
    page.press("Set up").await;
    page.arrives("Azure service").await;
    page.press("Next : Web app >").await;
    page.arrives("Web (server) app").await;
    let open = "return document.querySelectorAll('details.help[open]').length";
    script(
        "for (const help of document.querySelectorAll('details.help')) help.open = true",
        "",
    );
    types("server-name", "CMG-Other");
    turn().await;
    assert!(script(open, "").as_f64().unwrap() > 2.0, "typing closes it");
    page.press("Next : Native app >").await;
    page.arrives("Native (client) app").await;
    assert_eq!(script(open, "").as_f64(), Some(0.0));
    page.check();
}
