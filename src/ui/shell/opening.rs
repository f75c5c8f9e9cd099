//! The start page before the rest of the program is loaded.
//!
//! The build draws it too, into `index.html` (`xtask/release/src/view.rs`): the first view, whose elements the program takes over.
//!
//! It has nothing to remember but the language and the theme. Everything else that happens on it needs the rest of the program, which then draws its own
//! start page in its place.

use jiff::Timestamp;
use web_sys::HtmlInputElement;
use yew::prelude::Callback;
use yew::prelude::Component;
use yew::prelude::Context;
use yew::prelude::Html;
use yew::prelude::InputEvent;
use yew::prelude::Properties;
use yew::prelude::TargetCast as _;
use yew::prelude::html;

use crate::ui::components::part_failed::part_failed;
use crate::ui::embedding::state::Embedding;
use crate::ui::field_id::FieldId;
use crate::ui::msg::ShellMsg;
use crate::ui::route::Route;
use crate::ui::shell::frame::Frame;
use crate::ui::shell::notice::Notice;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::start::StartPage;
use crate::ui::shell::theme::Theme;
use domain::config::Config;
use domain::locale::Locale;

/// What the start page shows first.
#[derive(Clone, Properties)]
pub struct OpeningProps {
    pub locale: Locale,
    pub is_demo: bool,
    /// URL of this page. Empty in the first view.
    pub home: String,
    pub now: Timestamp,
    pub theme: Theme,
    pub site: SiteConfig,
    /// Performs what the page asks for.
    pub perform: Callback<OpeningEffect>,
    /// Runs before the page renders (`Window::before_drawing`).
    pub before_drawing: Callback<()>,
    /// Runs after the page has rendered.
    pub drawn: Callback<()>,
}

impl OpeningProps {
    /// The first view: what is the same for every visitor.
    #[must_use]
    pub fn first(locale: Locale) -> Self {
        Self {
            locale,
            is_demo: false,
            home: String::new(),
            now: Timestamp::UNIX_EPOCH,
            theme: Theme::default(),
            site: SiteConfig::Ready(Config::default()),
            perform: Callback::noop(),
            before_drawing: Callback::noop(),
            drawn: Callback::noop(),
        }
    }
}

impl PartialEq for OpeningProps {
    /// They change once, after the first view.
    fn eq(&self, other: &Self) -> bool {
        self.home == other.home
    }
}

/// What has happened.
#[derive(Clone, Debug)]
pub enum OpeningMsg {
    Clicked(ShellMsg),
    ThemePicked(Theme),
    LanguagePicked(Locale),
    /// The sentences of a language were loaded, or the file that did not arrive.
    LanguageLoaded(Locale, Result<(), String>),
    /// The admin used Back or Forward, or typed an address. `None` is this page.
    Moved(Option<Route>),
    /// A part of the program did not arrive: its file, and what the web server said.
    Failed(String),
}

/// What has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningEffect {
    /// Load the rest of the program for this page.
    Load(Route),
    /// The page is no longer wanted.
    Stay,
    /// Add this page to the history.
    ShowRoute(Route),
    ShowTheme(Theme),
    LoadLanguage(Locale),
    /// Show the page in this language, and keep it for this tab.
    ShowLanguage(Locale),
    FocusHeading,
}

#[derive(Clone, Debug)]
pub struct Opening {
    locale: Locale,
    /// The language that is shown once its sentences are there.
    loading_language: Option<Locale>,
    theme: Theme,
    notice: Notice,
    wanted: Option<Route>,
    failed: Option<String>,
}

impl Opening {
    #[must_use]
    pub fn new(locale: Locale, theme: Theme) -> Self {
        Self {
            locale,
            loading_language: None,
            theme,
            notice: Notice::default(),
            wanted: None,
            failed: None,
        }
    }

    /// Applies a message. Pure.
    pub fn handle(&mut self, msg: OpeningMsg) -> Vec<OpeningEffect> {
        let t = self.locale;
        match msg {
            OpeningMsg::Clicked(ShellMsg::SkipAsked) => vec![OpeningEffect::FocusHeading],
            OpeningMsg::Clicked(ShellMsg::WentTo(route)) => {
                // Try again repeats the page that is already in the history.
                let is_new = self.wanted != Some(route);
                let mut effects = self.load(t, route);
                if is_new {
                    effects.insert(0, OpeningEffect::ShowRoute(route));
                }
                effects
            }
            OpeningMsg::Moved(Some(route)) => self.load(t, route),
            OpeningMsg::Moved(None) => {
                self.wanted = None;
                self.failed = None;
                self.notice.announce("");
                vec![OpeningEffect::Stay]
            }
            OpeningMsg::ThemePicked(theme) => {
                self.theme = theme;
                vec![OpeningEffect::ShowTheme(theme)]
            }
            OpeningMsg::LanguagePicked(language) => {
                let is_new = language != t;
                self.loading_language = is_new.then_some(language);
                let load = is_new.then_some(OpeningEffect::LoadLanguage(language));
                load.into_iter().collect()
            }
            // The admin may have chosen another one meanwhile.
            OpeningMsg::LanguageLoaded(language, _) if self.loading_language != Some(language) => {
                Vec::new()
            }
            OpeningMsg::LanguageLoaded(language, Ok(())) => {
                self.loading_language = None;
                let t = language;
                self.locale = t;
                self.notice.announce(t.frame_language_shown());
                vec![OpeningEffect::ShowLanguage(language)]
            }
            OpeningMsg::LanguageLoaded(_, Err(file)) => {
                self.loading_language = None;
                self.notice.announce(&t.frame_language_failed(&file));
                self.notice.is_visible = true;
                Vec::new()
            }
            OpeningMsg::Failed(file) => {
                self.notice.announce(t.part_failed_title());
                self.failed = Some(file);
                vec![OpeningEffect::FocusHeading]
            }
        }
    }

    fn load(&mut self, t: Locale, route: Route) -> Vec<OpeningEffect> {
        self.wanted = Some(route);
        self.failed = None;
        self.notice.announce(t.part_loading());
        self.notice.is_visible = true;
        vec![OpeningEffect::Load(route)]
    }

    /// The page.
    pub fn draw(&self, props: &OpeningProps, send: &Callback<ShellMsg>) -> Html {
        let site = &props.site;
        let page = StartPage {
            locale: self.locale,
            embedding: Embedding::Standalone,
            site,
            cloud: site
                .config()
                .and_then(|config| config.cloud)
                .unwrap_or_default(),
            turned_away: None,
            is_resumed: false,
            unfinished: Html::default(),
            refused: Html::default(),
        };
        let frame = Frame {
            locale: self.locale,
            home: &props.home,
            now: props.now,
            is_demo: props.is_demo,
            embedding: Embedding::Standalone,
            site,
            route: Route::Start,
            language: self.loading_language.unwrap_or(self.locale),
            theme: self.theme,
            notice: &self.notice,
            printed: Html::default(),
            badges: Html::default(),
            steps: None,
            messages: vec![self.failure(self.locale, send)],
            page: page.view(send),
            actions: Html::default(),
        };
        frame.view(send)
    }

    fn failure(&self, t: Locale, send: &Callback<ShellMsg>) -> Html {
        let Some((file, route)) = self.failed.as_deref().zip(self.wanted) else {
            return Html::default();
        };
        part_failed(t, file, send, ShellMsg::WentTo(route))
    }
}

impl Component for Opening {
    type Message = OpeningMsg;
    type Properties = OpeningProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self::new(ctx.props().locale, ctx.props().theme)
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &OpeningProps) -> bool {
        self.theme = ctx.props().theme;
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: OpeningMsg) -> bool {
        for effect in self.handle(msg) {
            ctx.props().perform.emit(effect);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let send = ctx.link().callback(OpeningMsg::Clicked);
        let picked = ctx.link().batch_callback(|event: InputEvent| {
            let control: HtmlInputElement = event.target_unchecked_into();
            let (name, picked) = (control.name(), control.value());
            if name == FieldId::Theme.key() {
                Some(OpeningMsg::ThemePicked(Theme::find(&picked)))
            } else if name == FieldId::Language.key() {
                Locale::find(&picked).map(OpeningMsg::LanguagePicked)
            } else {
                None
            }
        });
        // The same elements as those of the whole page, which takes over.
        ctx.props().before_drawing.emit(());
        html! { <div oninput={picked}>{ self.draw(ctx.props(), &send) }</div> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        ctx.props().drawn.emit(());
    }
}
