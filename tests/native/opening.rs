//! The start page before the rest of the program is loaded.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use cmg_entra_setup::ui::msg::ShellMsg;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::shell::opening::Opening;
use cmg_entra_setup::ui::shell::opening::OpeningEffect;
use cmg_entra_setup::ui::shell::opening::OpeningMsg;
use cmg_entra_setup::ui::shell::opening::OpeningProps;
use cmg_entra_setup::ui::shell::site::SiteConfig;
use cmg_entra_setup::ui::shell::theme::Theme;
use domain::config::Config;
use domain::locale::Locale;
use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::Properties;
use yew::prelude::component;
use yew::prelude::html;

use crate::page::Page;
use crate::page::config;
use crate::page::start;
use crate::page::world;
use crate::views;

const T: Locale = Locale::En;
const URI: Route = Route::CheckUri;

fn opening() -> Opening {
    Opening::new(T, Theme::System)
}

fn props(config: Config) -> OpeningProps {
    let world = world();
    let start = start(&world);
    OpeningProps {
        locale: T,
        is_demo: false,
        home: start.home,
        now: start.now,
        theme: Theme::System,
        site: SiteConfig::Ready(config),
        perform: Callback::noop(),
        before_drawing: Callback::noop(),
        drawn: Callback::noop(),
    }
}

#[derive(Clone, Properties)]
struct ShownProps {
    opening: Rc<Opening>,
    props: OpeningProps,
}

impl PartialEq for ShownProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.opening, &other.opening)
    }
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    html! { <div>{ props.opening.draw(&props.props, &Callback::noop()) }</div> }
}

fn drawn(opening: &Opening, config: Config) -> String {
    let props = ShownProps {
        opening: Rc::new(opening.clone()),
        props: props(config),
    };
    let renderer = yew::LocalServerRenderer::<Shown>::with_props(props).hydratable(false);
    futures_executor::block_on(renderer.render())
}

/// The rest of the program takes over without a visible change.
#[test]
fn the_opening_is_the_start_page_of_the_whole_program() {
    let organization = r#"{
        "organization": { "name": "Contoso", "notice": "Ask first.", "contact": "mailto:it@contoso.com" },
        "logo": "logo.svg",
        "features": { "check": false }
    }"#;
    for config in [
        Config::default(),
        config(),
        Config::parse(organization.as_bytes()).unwrap(),
    ] {
        let world = world();
        let mut start = start(&world);
        start.config = Some(config.clone());
        let page = Page::open(world, start);
        assert_eq!(drawn(&opening(), config), views::html(&page.model));
    }
}

/// In a release, a sentence of another part would be missing on the start page.
#[test]
fn the_start_page_uses_only_sentences_of_its_part() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let ids = |path: &str| -> Vec<String> {
        let text = read(path);
        let lines = text.lines().filter_map(|line| line.split_once(" ="));
        let ids =
            lines.filter(|(id, _)| id.starts_with(|letter: char| letter.is_ascii_lowercase()));
        ids.map(|(id, _)| id.replace('-', "_")).collect()
    };
    let own = [ids("locales/en/start.ftl"), ids("locales/en/common.ftl")].concat();
    let mut others = Vec::new();
    for entry in fs::read_dir(root.join("locales/en")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        others.extend(ids(&format!("locales/en/{name}")));
    }
    others.retain(|id| !own.contains(id));
    assert!(own.len() > 40 && others.len() > 1000);
    for file in [
        "src/embed/opening.rs",
        "src/ui/components/field.rs",
        "src/ui/shell/frame.rs",
        "src/ui/shell/messages.rs",
        "src/ui/shell/notice.rs",
        "src/ui/shell/opening.rs",
        "src/ui/shell/site_card.rs",
        "src/ui/shell/start.rs",
    ] {
        let text = read(file);
        let foreign = others.iter().find(|id| text.contains(&format!("t.{id}(")));
        assert_eq!(foreign, None, "{file}: move the sentence to start.ftl");
    }
}

/// The first view, as the build writes it.
fn first(props: &OpeningProps, is_hydratable: bool) -> String {
    let renderer = yew::LocalServerRenderer::<Opening>::with_props(props.clone());
    futures_executor::block_on(renderer.hydratable(is_hydratable).render())
}

/// Without the head for print, which needs the address and the day.
fn without_print_head(html: &str) -> String {
    let (before, rest) = html.split_once("<div class=\"print-head").unwrap();
    let (_, after) = rest.split_once("</div>").unwrap();
    format!("{before}{after}")
}

#[test]
fn the_first_view_is_what_the_program_draws_with_default_settings() {
    for locale in [Locale::En, Locale::De] {
        let whole = |config: Config, is_demo: bool| {
            let world = world();
            let mut start = start(&world);
            start.locale = locale;
            start.config = Some(config);
            start.demo = is_demo.then(Vec::new);
            without_print_head(&views::html(&Page::open(world, start).model))
        };
        let mut props = OpeningProps::first(locale);
        assert_eq!(first(&props, false), whole(Config::default(), false));
        assert!(first(&props, false).contains(locale.start_title()));
        props.is_demo = true;
        props.site = SiteConfig::Ready(config());
        assert_eq!(first(&props, false), whole(config(), true));
    }
}

/// The program marks the first view as one component when it takes over (`src/embed/opening.rs`). A component inside would need marks too.
#[test]
fn the_first_view_is_one_component() {
    let props = OpeningProps::first(T);
    let marked = first(&props, true);
    let inside = marked
        .split_once("-->")
        .and_then(|(_, rest)| Some(rest.rsplit_once("<!--")?.0));
    assert_eq!(inside, Some(first(&props, false).as_str()));
    assert!(marked.starts_with("<!--<[") && marked.ends_with("]>-->"));
}

#[test]
fn the_first_view_escapes_what_it_shows() {
    let organization = r#"{ "organization": { "name": "A<b>&\"c", "notice": "'x' <i>" } }"#;
    let mut props = OpeningProps::first(T);
    props.site = SiteConfig::Ready(Config::parse(organization.as_bytes()).unwrap());
    let html = first(&props, false);
    assert!(
        html.contains("A&lt;b&gt;&amp;") && !html.contains("<b>"),
        "{html}"
    );
    assert!(html.contains("&lt;i&gt;"), "{html}");
}

/// The page of the build is hidden behind the script of the first view, and both have the same name for that state.
#[test]
fn the_program_and_the_script_agree_on_the_first_view() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    assert!(read("src/embed/opening.rs").contains("const FIRST_VIEW: &str = \"data-view\";"));
    let script = read("src/first.js");
    assert!(script.contains("root.dataset.view = \"waiting\";"));
    assert!(
        read("style/layout.css")
            .contains("[data-view=\"waiting\"] :is(.page-head ~ *, .frame-end)")
    );
    // The settings that need nothing else: the same text in both.
    assert!(read("src/embed/opening.rs").contains("settings.trim() == \"{}\""));
    assert!(script.contains("text?.trim() === \"{}\""));
    assert!(read("index.html").contains("<!-- first views -->\n    <div id=\"app\">"));
}

#[test]
fn a_click_opens_a_page_and_adds_it_to_the_history_once() {
    let mut opening = opening();
    let click = || OpeningMsg::Clicked(ShellMsg::WentTo(URI));
    assert_eq!(
        opening.handle(click()),
        [OpeningEffect::ShowRoute(URI), OpeningEffect::Load(URI)]
    );
    assert!(drawn(&opening, Config::default()).contains(T.part_loading()));
    let file = "cmg-entra-setup-core-0a.wasm (HTTP 404)".to_owned();
    assert_eq!(
        opening.handle(OpeningMsg::Failed(file)),
        [OpeningEffect::FocusHeading]
    );
    assert_eq!(opening.handle(click()), [OpeningEffect::Load(URI)]);
}

#[test]
fn a_missing_part_is_named_and_the_start_page_stays() {
    let mut opening = opening();
    opening.handle(OpeningMsg::Clicked(ShellMsg::WentTo(URI)));
    let file = "cmg-entra-setup-core-0a.wasm (HTTP 404)";
    opening.handle(OpeningMsg::Failed(file.to_owned()));
    let html = drawn(&opening, Config::default());
    for sentence in [
        T.part_failed_title(),
        &T.part_failed(file),
        T.part_failed_retry(),
        T.start_title(),
        T.start_uri_action(),
    ] {
        assert!(html.contains(sentence), "{sentence}");
    }
    assert!(!html.contains(T.part_loading()));
}

#[test]
fn back_stops_the_wait() {
    let mut opening = opening();
    opening.handle(OpeningMsg::Clicked(ShellMsg::WentTo(URI)));
    assert_eq!(
        opening.handle(OpeningMsg::Moved(None)),
        [OpeningEffect::Stay]
    );
    assert!(!drawn(&opening, Config::default()).contains(T.part_loading()));
    // Forward, and an address that was typed.
    assert_eq!(
        opening.handle(OpeningMsg::Moved(Some(URI))),
        [OpeningEffect::Load(URI)]
    );
}

#[test]
fn the_theme_and_the_skip_link_need_nothing_else() {
    let mut opening = opening();
    assert_eq!(
        opening.handle(OpeningMsg::ThemePicked(Theme::Dark)),
        [OpeningEffect::ShowTheme(Theme::Dark)]
    );
    let html = drawn(&opening, Config::default());
    assert!(html.contains(r#"<option value="dark" selected"#), "{html}");
    assert_eq!(
        opening.handle(OpeningMsg::Clicked(ShellMsg::SkipAsked)),
        [OpeningEffect::FocusHeading]
    );
}
