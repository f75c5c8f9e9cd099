//! A page in use: the real model and effects with a simulated cloud, on a clock that never waits.
//!
//! `Window` records what a browser window would do. Nothing is drawn here.

use cmg_entra_setup::ui::embedding::state::Embedding;
use std::cell::Cell;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::future::ready;
use std::rc::Rc;
use std::task::Context;
use std::task::Poll;
use std::task::Waker;
use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::entra::state::TOOL_PUBLIC;
use cloud_sim::entra::state::TOOL_US_GOV;
use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cmg_entra_setup::ui::effects::Effects;
use cmg_entra_setup::ui::effects::LoadedPart;
use cmg_entra_setup::ui::effects::PartLoader;
use cmg_entra_setup::ui::everything;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Model;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::window::Window;
use domain::config::Config;
use domain::locale::Locale;
use domain::platform::Pending;
use domain::platform::Platform;
use domain::secret::Secret;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use http::Method;
use uuid::Uuid;
use yew::prelude::Callback;

const HOME: &str = "https://cmg-entra-setup.test/";

/// A window that only records calls.
#[derive(Default)]
pub(crate) struct FakeWindow {
    pub(crate) places: RefCell<Vec<(String, bool)>>,
    pub(crate) clipboard: RefCell<Vec<String>>,
    pub(crate) filled: RefCell<Option<String>>,
    pub(crate) saved: RefCell<Vec<(String, String)>>,
    /// The theme of the page.
    pub(crate) theme: RefCell<Option<String>>,
    /// The file that the admin chooses.
    pub(crate) chosen_file: RefCell<Option<String>>,
    /// Titles that were shown with an address.
    pub(crate) place_titles: RefCell<Vec<String>>,
    /// Titles that were shown without one.
    pub(crate) titles: RefCell<Vec<String>>,
    /// The browser's answer about notifications.
    pub(crate) allows_notifications: Cell<bool>,
    pub(crate) notified: RefCell<Vec<String>>,
    /// The language that the document declares, and its direction.
    pub(crate) language: RefCell<Option<String>>,
    /// The browser asks before it leaves the page.
    pub(crate) asks: Cell<bool>,
    /// Messages to other tabs.
    pub(crate) told: RefCell<Vec<String>>,
    /// Messages to the parent page.
    pub(crate) told_host: RefCell<Vec<String>>,
}

impl Window for FakeWindow {
    fn page_url(&self) -> String {
        HOME.to_owned()
    }

    fn fragment(&self) -> String {
        String::new()
    }

    fn show_route(&self, place: &str, title: &str, is_new: bool) {
        self.place_titles.borrow_mut().push(title.to_owned());
        self.places.borrow_mut().push((place.to_owned(), is_new));
    }

    fn show_title(&self, title: &str) {
        self.titles.borrow_mut().push(title.to_owned());
    }

    fn ask_to_notify(&self) -> Pending<'static, bool> {
        let is_allowed = self.allows_notifications.get();
        Box::pin(async move { is_allowed })
    }

    fn notify(&self, text: &str) {
        self.notified.borrow_mut().push(text.to_owned());
    }

    fn show_theme(&self, theme: &str) {
        *self.theme.borrow_mut() = Some(theme.to_owned());
    }

    fn show_language(&self, tag: &str, direction: &str) {
        *self.language.borrow_mut() = Some(format!("{tag} {direction}"));
    }

    fn on_language(&self, _: Box<dyn Fn(String)>) {}

    fn on_moved(&self, _: Box<dyn Fn(String)>) {}

    fn on_shown_again(&self, _: Box<dyn Fn()>) {}

    fn on_hidden(&self, _: Box<dyn Fn()>) {}

    fn broadcast(&self, text: &str) {
        self.told.borrow_mut().push(text.to_owned());
    }

    fn on_broadcast(&self, _: Box<dyn Fn(String)>) {}

    fn notify_parent(&self, message: &str) {
        self.told_host.borrow_mut().push(message.to_owned());
    }

    fn focus(&self, _: &str) {}

    fn focus_control(&self, _: &str) {}

    fn is_focus_lost(&self) -> bool {
        false
    }

    fn copy(&self, text: &str) -> Pending<'static, bool> {
        self.clipboard.borrow_mut().push(text.to_owned());
        Box::pin(async { true })
    }

    fn read_file(&self, _: &str) -> Pending<'static, Option<String>> {
        let file = self.chosen_file.borrow().clone();
        Box::pin(async move { file })
    }

    fn select(&self, _: &str) {}

    fn fill_secret(&self, _: &str, secret: Option<&Secret>) {
        *self.filled.borrow_mut() = secret.map(|secret| secret.expose().to_owned());
    }

    fn save(&self, name: &str, _: &str, text: &str) {
        self.saved
            .borrow_mut()
            .push((name.to_owned(), text.to_owned()));
    }

    fn print(&self) {}

    fn ask_before_leaving(&self, is_on: bool) {
        self.asks.set(is_on);
    }

    fn show_row(&self, _: &str, _: usize, _: usize) {}

    fn before_drawing(&self) {}

    fn drawn(&self) {}
}

/// A page in use.
pub(crate) struct Page {
    pub(crate) world: SimPlatform,
    pub(crate) window: Rc<FakeWindow>,
    pub(crate) model: Model,
    effects: Rc<Effects>,
    received: Rc<RefCell<VecDeque<Msg>>>,
    arrived: Rc<RefCell<VecDeque<&'static LoadedPart>>>,
    under_way: FuturesUnordered<Pending<'static, ()>>,
    /// The visit whose activity is checked.
    visit: Cell<u32>,
    /// Number of messages that effects have sent.
    pub(crate) messages: Cell<u32>,
}

pub(crate) fn config() -> Config {
    let text = format!(
        r#"{{ "clients": {{ "public": "{TOOL_PUBLIC}", "usgov": "{TOOL_US_GOV}", "usgov-dod": "{TOOL_US_GOV}" }} }}"#
    );
    Config::parse(text.as_bytes()).unwrap()
}

pub(crate) fn world() -> SimPlatform {
    SimPlatform::virtual_clock(Sim::new(1), "2026-11-23T10:00:00Z".parse().unwrap())
}

pub(crate) fn start(world: &SimPlatform) -> Start {
    Start {
        locale: Locale::En,
        demo: None,
        home: HOME.to_owned(),
        embedding: Embedding::Standalone,
        config: Some(config()),
        is_moved: false,
        now: world.now(),
        guid: Uuid::from_u128(0x0bad_cafe_0000_4000_8000_0000_0000_0001),
        answer: Rc::default(),
        address: String::new(),
        draft: world.session_get("draft"),
        refused: world.session_get("draft-refused"),
        place: world.session_get("place"),
        check: world.session_get("app-id-uri"),
        saved_draft: world.session_get("draft-parked"),
        pair: world.session_get("pair"),
        link: world.session_get("link"),
        plan: world.session_get("plan"),
        form: world.session_get("client-id"),
        providers: world.session_get("providers"),
        theme: world.session_get("theme"),
        language: world.session_get("language"),
        journal: world.session_get("journal"),
        parts: everything::parts(),
    }
}

/// The file of the right-to-left language does not arrive.
fn language_file(language: Locale) -> Result<(), String> {
    match language {
        Locale::En | Locale::De | Locale::Pseudo => Ok(()),
        Locale::PseudoRtl => Err("sentences-ar-XB-core.txt (HTTP 404)".to_owned()),
    }
}

impl Page {
    pub(crate) fn open(world: SimPlatform, start: Start) -> Self {
        let loader = PartLoader {
            language: |language| Box::pin(ready(language_file(language))),
            ..everything::LOADER
        };
        Self::open_with(world, start, loader)
    }

    pub(crate) fn open_with(world: SimPlatform, start: Start, loader: PartLoader) -> Self {
        let (model, wanted) = Model::new(start);
        let received = Rc::new(RefCell::new(VecDeque::new()));
        let sink = Rc::clone(&received);
        let send = Callback::from(move |msg| sink.borrow_mut().push_back(msg));
        let arrived = Rc::new(RefCell::new(VecDeque::new()));
        let parts = Rc::clone(&arrived);
        let window = Rc::new(FakeWindow::default());
        let effects = Effects::new(
            Rc::new(world.clone()),
            Rc::<FakeWindow>::clone(&window),
            Locale::En,
            loader,
            send,
            Callback::from(move |part| parts.borrow_mut().push_back(part)),
        );
        let mut page = Self {
            world,
            window,
            model,
            effects,
            received,
            arrived,
            under_way: FuturesUnordered::new(),
            visit: Cell::default(),
            messages: Cell::default(),
        };
        page.settle(wanted);
        page
    }

    /// The platform, for calls that bypass the page.
    pub(crate) fn shared(&self) -> Rc<dyn Platform> {
        Rc::new(self.world.clone())
    }

    /// All values in session storage.
    pub(crate) fn everything_remembered(&self) -> String {
        [
            "draft",
            "draft-refused",
            "place",
            "sign-in",
            "app-id-uri",
            "journal",
        ]
        .iter()
        .filter_map(|key| self.world.session_get(key))
        .collect()
    }

    /// Injects a fault into the next matching requests.
    pub(crate) fn goes_wrong(&self, method: Method, path: &str, kind: FaultKind) {
        let fault = Fault {
            method: Some(method),
            path_prefix: path.to_owned(),
            skip: 0,
            times: 1,
            kind,
        };
        self.world.with_sim(|sim| sim.inject(fault));
    }

    /// Handles a message and all its effects until nothing is pending.
    pub(crate) fn does(&mut self, msg: Msg) {
        let wanted = self.model.update(msg);
        self.settle(wanted);
    }

    /// Like `does`, but no time passes.
    pub(crate) fn does_at_once(&mut self, msg: Msg) {
        let wanted = self.model.update(msg);
        self.begin(wanted);
        let mut context = Context::from_waker(Waker::noop());
        while let Poll::Ready(Some(())) = self.under_way.poll_next_unpin(&mut context) {}
    }

    /// Like `does`, but stops as soon as `is_there` is true for the model.
    pub(crate) fn does_until(&mut self, msg: Msg, is_there: impl Fn(&Model) -> bool) {
        let wanted = self.model.update(msg);
        self.run(wanted, &is_there);
        assert!(is_there(&self.model), "never came to be");
    }

    /// Copies the secret, then confirms that it is saved.
    pub(crate) fn saves_secret(&mut self) {
        self.does(Msg::Run(RunMsg::SecretCopyAsked));
        self.does(Msg::Run(RunMsg::SecretSaved));
    }

    pub(crate) fn types(&mut self, entry: FieldId, text: &str) {
        self.does(Msg::Typed(entry, text.to_owned()));
        self.does(Msg::Left(entry));
    }

    /// Advances the clock by minutes and checks for inactivity after each.
    pub(crate) fn looks(&mut self, minutes: u64) {
        for _ in 0..minutes {
            self.passes(Duration::from_secs(60));
            self.does(self.look());
        }
    }

    /// True if the page can still send a request with a token.
    pub(crate) fn has_token(&mut self) -> bool {
        let before = self.world.requests();
        self.settle(vec![Effect::ReadTenant]);
        self.world.requests() > before
    }

    /// The message that checks for inactivity.
    pub(crate) fn look(&self) -> Msg {
        Msg::Looked(self.visit.get(), self.world.now())
    }

    /// Advances the clock without a message.
    pub(crate) fn passes(&self, time: Duration) {
        self.world.run(self.world.sleep(time));
    }

    pub(crate) fn goes(&mut self, place: Route) {
        self.does(Msg::WentTo(place));
    }

    pub(crate) fn goes_at_once(&mut self, place: Route) {
        self.does_at_once(Msg::WentTo(place));
    }

    fn settle(&mut self, wanted: Vec<Effect>) {
        self.run(wanted, &|_| false);
    }

    /// Like `does`, for a message that ends in a crash of the page.
    pub(crate) fn crashes(&mut self, msg: Msg) {
        let wanted = self.model.update(msg);
        let world = self.world.clone();
        let end = world.try_run(self.handle(wanted, &|_| false));
        assert!(end.is_none() && world.is_dead());
    }

    fn run(&mut self, wanted: Vec<Effect>, is_there: &dyn Fn(&Model) -> bool) {
        let world = self.world.clone();
        world.run(self.handle(wanted, is_there));
    }

    async fn handle(&mut self, wanted: Vec<Effect>, is_there: &dyn Fn(&Model) -> bool) {
        self.begin(wanted);
        loop {
            // A part is there before the messages that come from it.
            let part = self.arrived.borrow_mut().pop_front();
            if let Some(part) = part {
                let wanted = self.model.part_arrived(part);
                self.begin(wanted);
                continue;
            }
            // Handles one message at a time, as the page's event loop does, also while effects are pending.
            let msg = self.received.borrow_mut().pop_front();
            if let Some(msg) = msg {
                self.messages.set(self.messages.get() + 1);
                let wanted = self.model.update(msg);
                self.begin(wanted);
                if is_there(&self.model) {
                    return;
                }
                continue;
            }
            let received = Rc::clone(&self.received);
            let arrived = Rc::clone(&self.arrived);
            let under_way = &mut self.under_way;
            let step = poll_fn(|context| match under_way.poll_next_unpin(context) {
                Poll::Pending if !received.borrow().is_empty() || !arrived.borrow().is_empty() => {
                    Poll::Ready(Some(()))
                }
                step @ (Poll::Ready(_) | Poll::Pending) => step,
            });
            let is_over = step.await.is_none();
            if is_over && self.received.borrow().is_empty() && self.arrived.borrow().is_empty() {
                return;
            }
        }
    }

    fn begin(&self, wanted: Vec<Effect>) {
        for effect in wanted {
            // The page repeats the inactivity check during a sign-in. `looks` runs it here.
            if let Effect::LookLater(visit) = effect {
                self.visit.set(visit);
                continue;
            }
            let effects = Rc::clone(&self.effects);
            self.under_way
                .push(Box::pin(async move { effects.perform(effect).await }));
        }
    }
}

/// Signed in to Fabrikam with the default values of the page.
pub(crate) fn signed_in() -> Page {
    signed_in_to(world())
}

/// Like `signed_in`, with the given platform.
pub(crate) fn signed_in_to(world: SimPlatform) -> Page {
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    assert!(
        page.model.sign_in.access.user().is_some(),
        "{:?}",
        page.model.sign_in.access
    );
    page
}

pub(crate) fn first_subscription(page: &Page) -> String {
    let user = page.model.sign_in.access.user().unwrap();
    user.subscriptions
        .done()
        .unwrap()
        .iter()
        .find(|it| it.state == "Enabled")
        .unwrap()
        .id
        .to_string()
}
