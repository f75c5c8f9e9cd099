//! The frame around each page: header with tenant and cloud, list of steps, docked actions, and the page heading.

use jiff::Timestamp;
use strum::IntoEnumIterator as _;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::Element;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::is_empty;
use crate::ui::components::element::text;
use crate::ui::components::field::PickField;
use crate::ui::components::time::day;
use crate::ui::embedding::state::Embedding;
use crate::ui::field_id::FieldId;
use crate::ui::msg::ShellMsg;
use crate::ui::route::Route;
use crate::ui::shell::notice::Notice;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::site_card;
use crate::ui::shell::theme::Theme;
use domain::locale::Locale;

/// What the frame of a page shows.
pub struct Frame<'a> {
    pub locale: Locale,
    /// URL of this page. Empty before a browser has it: then there is no head for print, which names it and the day.
    pub home: &'a str,
    /// Time of the latest message.
    pub now: Timestamp,
    pub is_demo: bool,
    pub embedding: Embedding,
    pub site: &'a SiteConfig,
    pub route: Route,
    /// The chosen language. Another one than `locale` while it is loaded.
    pub language: Locale,
    pub theme: Theme,
    pub notice: &'a Notice,
    /// Who is signed in, for print.
    pub printed: Html,
    /// Who is signed in.
    pub badges: Html,
    /// The list of steps; `None` on pages outside the wizard.
    pub steps: Option<Html>,
    /// Messages above the page.
    pub messages: Vec<Html>,
    /// The page itself.
    pub page: Html,
    /// Its actions.
    pub actions: Html,
}

impl Frame<'_> {
    pub fn view(self, send: &Callback<ShellMsg>) -> Html {
        let t = self.locale;
        let state = self.steps.is_some().then_some("steps");
        // A button and not a link: a fragment without a slash would be taken for a sign-in response.
        let skip = el("button")
            .attr("type", "button")
            .class("skip")
            .on_click(send, ShellMsg::SkipAsked)
            .text(t.frame_skip());
        let demo = self.is_demo.then(|| {
            let demo = el("span").text(t.frame_demo());
            el("p").class("band").child(demo).html()
        });
        let foot = (!is_empty(&self.actions)).then(|| {
            let foot = el("div")
                .attr_some("data-state", state)
                .class("frame-foot")
                .node(self.actions);
            el("footer").class("frame-bottom").child(foot).html()
        });
        // The embedding page has a header of its own. The tenant that will be changed stays visible.
        let is_held = self.embedding.is_embedded();
        let home = match is_held {
            false => Some(brand(t).html()),
            true => (self.route != Route::Start).then(|| way_home(t, send)),
        };
        // Not when embedded: the logo would take the place of the product name.
        let logo = (!is_held)
            .then(|| site_card::logo(t, self.home, self.site))
            .flatten();
        // A document has one `main` element, and when mounted it belongs to the embedding page.
        let (whole, main) = match self.embedding.is_module() {
            true => ("section", "div"),
            false => ("div", "main"),
        };
        let print_head = (!self.home.is_empty())
            .then(|| print_head(t, self.home, self.now, self.is_demo, self.printed));
        el(whole)
            .attr_some(
                "aria-label",
                self.embedding.is_module().then_some(t.product_name()),
            )
            .attr_some("data-state", is_held.then_some("held"))
            .class("frame")
            .node_some(print_head)
            .child(
                el("header")
                    .class("frame-top")
                    .child(skip)
                    .node_some(demo)
                    .child(
                        el("div")
                            .class("frame-head")
                            .node_some(home)
                            .node_some(logo)
                            .node(self.badges),
                    ),
            )
            .child(
                el("div")
                    .attr_some("data-state", state)
                    .class("frame-body")
                    .node_some(self.steps)
                    .child(
                        el(main)
                            .class("stack")
                            .nodes(&mut self.messages.into_iter())
                            .node(self.page),
                    ),
            )
            .node(display(t, self.language, (!is_held).then_some(self.theme)))
            .node_some(foot)
            .child(self.notice.view())
            .html()
    }
}

/// On every sheet of a printed page: which page this is, of which day and tenant.
fn print_head(t: Locale, home: &str, now: Timestamp, is_demo: bool, printed: Html) -> Html {
    let part = |value: Html| fragment(vec![text(" · "), value]);
    el("div")
        .class("print-head no-screen")
        .child(
            el("p")
                .text(t.product_name())
                .node(part(text(home)))
                .node(part(text(&t.frame_printed(day(t, now)))))
                .node(printed)
                .node_some(is_demo.then(|| part(text(t.frame_demo())))),
        )
        .html()
}

/// The choice of language and theme. In an embedding page, that page chooses the theme.
fn display(t: Locale, language: Locale, theme: Option<Theme>) -> Html {
    // A region, because everything on a page belongs to a landmark, and a page has one footer.
    el("section")
        .attr("aria-label", t.frame_display())
        .class("frame-end no-print")
        .node(pick_language(t, language))
        .node_some(theme.map(|theme| pick_theme(t, theme)))
        .html()
}

fn pick_language(t: Locale, picked: Locale) -> Html {
    // A language for tests is an option only while it is shown: a link chooses it.
    let offered = Locale::ALL
        .into_iter()
        .filter(|language| !language.is_pseudo() || *language == picked);
    let options = offered.map(|language| {
        el("option")
            .attr("value", language.tag())
            .attr("lang", language.tag())
            .attr_if("selected", language == picked)
            .text(language.name())
            .html()
    });
    let key = FieldId::Language.key();
    el("div")
        .class("field")
        .child(el("label").attr("for", key).text(t.frame_language()))
        .child(
            el("select")
                .attr("id", key)
                .attr("name", key)
                .nodes(&mut options.into_iter()),
        )
        .html()
}

fn pick_theme(t: Locale, picked: Theme) -> Html {
    let name = |theme| match theme {
        Theme::System => t.frame_theme_system(),
        Theme::Light => t.frame_theme_light(),
        Theme::Dark => t.frame_theme_dark(),
    };
    let options = Theme::iter().map(|theme| (theme.key().to_owned(), name(theme).to_owned()));
    let field = PickField::plain(
        FieldId::Theme,
        t.frame_theme(),
        options.collect(),
        picked.key(),
    );
    field.with_help(t, Html::default())
}

/// Icon and product name, as a link to the start page.
fn brand(t: Locale) -> Element {
    let cloud = "M4.6 12.5h7a2.9 2.9 0 0 0 .4-5.8 4.2 4.2 0 0 0-8-.4 3.1 3.1 0 0 0 .6 6.2Z";
    let sign = el("svg")
        .attr("viewBox", "0 0 16 16")
        .attr("fill", "none")
        .attr("stroke", "currentColor")
        .attr("stroke-width", "1.5")
        .attr("stroke-linecap", "round")
        .attr("stroke-linejoin", "round")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .class("brand-mark")
        .child(el("path").attr("d", cloud))
        .child(el("path").attr("d", "m6 9 1.5 1.5L10.2 7.5"));
    el("a")
        .attr_value("href", &format!("#{}", Route::Start.address()))
        .attr("aria-label", t.frame_home())
        .class("brand")
        .child(sign)
        .child(el("span").text(t.product_name()))
}

/// A button to the start page, without icon and name. Not a link: the address belongs to the embedding page.
fn way_home(t: Locale, send: &Callback<ShellMsg>) -> Html {
    el("button")
        .attr("type", "button")
        .class("link-button way-home")
        .on_click(send, ShellMsg::WentTo(Route::Start))
        .text(t.frame_way_home())
        .html()
}
