//! The only place that starts asynchronous work, and the only owner of the session.
//!
//! Each effect ends in messages. Decisions about what follows are in `update.rs`.

use crate::ui::components::field::FILE_SUFFIX;
use std::cell::Cell;
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::Either;
use futures_util::future::select;
use yew::prelude::Callback;

use crate::ui::components::head::HEADING;
use crate::ui::model::PartLogic;
use crate::ui::model::SECRET_FIELD;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersEffect;
use crate::ui::msg::RunEffect;
use crate::ui::msg::RunMsg;
use crate::ui::part::Part;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::site::beside;
use crate::ui::sign_in::state::ReadState;
use crate::ui::sign_in::state::SignInRefused;
use crate::ui::sign_in::state::SignedInUser;
use crate::window::Window;
use domain::config::Config;
use domain::locale::Locale;
use domain::platform::Lock;
use domain::platform::Pending;
use domain::platform::Platform;
use domain::platform::SignInRedirect;
use domain::platform::StorageError;
use engine::auth::embedding;
use engine::auth::embedding::EmbeddingSignIn;
use engine::auth::error::SignInError;
use engine::auth::scopes::Scope;
use engine::auth::scopes::ScopeSet;
use engine::auth::session::Session;
use engine::auth::sign_in;
use engine::auth::sign_in::SignIn;
use engine::journal;
use engine::journal::Journal;
use engine::net::Observer;
use engine::net::cancel::CancellationToken;
use engine::read::discover;
use engine::read::tenant;

/// Time until a shown secret is masked again.
const IN_SIGHT: Duration = Duration::from_secs(60);
/// Interval of `Msg::Ticked` during a run.
const TICK: Duration = Duration::from_secs(1);
/// Interval of the idle check.
const LOOK: Duration = Duration::from_secs(60);

/// A part of the program that has arrived.
pub struct LoadedPart {
    pub part: Part,
    /// What it does with the model.
    pub logic: PartLogic,
    /// Performs an effect of the part to its end.
    pub perform: fn(Rc<Effects>, Effect) -> Pending<'static, ()>,
}

/// How parts are loaded.
#[derive(Clone, Copy)]
pub struct PartLoader {
    /// Loads a part with its sentences. The error is the file that did not arrive, and what the web server said.
    pub load: fn(Part, Locale) -> Pending<'static, Result<&'static LoadedPart, String>>,
    /// Requests the files of a part with low priority, unless the browser saves data.
    pub prefetch: fn(Part, Locale),
    /// Loads the sentences of a language, for all parts that are there. The error is the file that did not arrive.
    pub language: fn(Locale) -> Pending<'static, Result<(), String>>,
}

/// Performs effects.
pub struct Effects {
    pub(in crate::ui) world: Rc<dyn Platform>,
    pub(in crate::ui) screen: Rc<dyn Window>,
    /// The language of the page.
    locale: Cell<Locale>,
    /// The language that will be shown once its sentences are there.
    next_locale: Cell<Locale>,
    loader: PartLoader,
    /// The parts that have arrived.
    there: RefCell<Vec<&'static LoadedPart>>,
    /// Effects of parts that did not arrive.
    waiting: RefCell<Vec<(Part, Effect)>>,
    /// Told of each part that arrives.
    arrived: Callback<&'static LoadedPart>,
    session: RefCell<Option<Session>>,
    cancel: RefCell<CancellationToken>,
    /// Ends the reads of many subscriptions.
    pub(in crate::ui) row_reads: RefCell<CancellationToken>,
    /// Ends the registration of resource providers.
    pub(in crate::ui) provider_run: RefCell<CancellationToken>,
    /// Ends the wait for the sign-in window.
    visit: RefCell<CancellationToken>,
    /// Journal of the latest run on this page.
    pub(in crate::ui) journal: RefCell<Rc<Journal>>,
    /// Tenant lock, held while only this page has the text of the new secret.
    pub(in crate::ui) lock: RefCell<Option<Rc<Lock>>>,
    /// The page is being removed.
    ended: CancellationToken,
    pub(in crate::ui) send: Callback<Msg>,
}

impl Effects {
    /// Every message goes to `send`, and every part that arrives to `arrived`.
    #[must_use]
    pub fn new(
        world: Rc<dyn Platform>,
        screen: Rc<dyn Window>,
        t: Locale,
        loader: PartLoader,
        send: Callback<Msg>,
        arrived: Callback<&'static LoadedPart>,
    ) -> Rc<Self> {
        let moved = send.clone();
        screen.on_moved(Box::new(move |place| moved.emit(Msg::Moved(place))));
        let shown = send.clone();
        screen.on_shown_again(Box::new(move || shown.emit(Msg::ShownAgain)));
        let hidden = send.clone();
        screen.on_hidden(Box::new(move || hidden.emit(Msg::Hidden)));
        let sender = send.clone();
        screen.on_broadcast(Box::new(move |who| {
            sender.emit(Msg::SignedOutElsewhere(who));
        }));
        let chosen = send.clone();
        screen.on_language(Box::new(move |tag| {
            if let Some(language) = Locale::find(&tag) {
                chosen.emit(Msg::LanguageWanted(language));
            }
        }));
        Rc::new(Self {
            journal: RefCell::new(Rc::new(Journal::new(Rc::clone(&world)))),
            world,
            screen,
            locale: Cell::new(t),
            next_locale: Cell::new(t),
            loader,
            there: RefCell::default(),
            waiting: RefCell::default(),
            arrived,
            session: RefCell::default(),
            cancel: RefCell::default(),
            row_reads: RefCell::default(),
            provider_run: RefCell::default(),
            lock: RefCell::default(),
            visit: RefCell::default(),
            ended: CancellationToken::default(),
            send,
        })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "only this function starts asynchronous work"
    )]
    pub fn start(self: &Rc<Self>, effect: Effect) {
        let effects = Rc::clone(self);
        // Effects that write are not aborted: they stop by themselves and record what they sent.
        let is_writing = matches!(
            effect,
            Effect::Run(RunEffect::Apply(_) | RunEffect::Undo { .. })
                | Effect::Providers(ProvidersEffect::Register { .. })
        );
        yew::platform::spawn_local(async move {
            let performed = pin!(effects.perform(effect));
            if is_writing {
                performed.await;
            } else {
                select(pin!(effects.ended.cancelled()), performed).await;
            }
        });
    }

    /// Ends all work because the page is being removed. No new write begins.
    pub fn end(&self) {
        self.cancel.borrow().cancel();
        self.row_reads.borrow().cancel();
        self.provider_run.borrow().cancel();
        self.visit.borrow().cancel();
        self.ended.cancel();
        self.session.take();
        self.lock.take();
    }

    /// Performs one effect to its end.
    pub async fn perform(self: &Rc<Self>, effect: Effect) {
        match effect.part() {
            // If the part does not arrive, the effect waits until the admin tries again.
            Some(part) => {
                self.perform_in(part, effect).await;
            }
            None => self.perform_here(effect).await,
        }
    }

    /// Performs an effect with a part, which is loaded first. False if it did not arrive: the effect waits for it.
    async fn perform_in(self: &Rc<Self>, part: Part, effect: Effect) -> bool {
        match self.part(part).await {
            Some(loaded) => {
                (loaded.perform)(Rc::clone(self), effect).await;
                true
            }
            None => {
                self.wait(part, effect);
                false
            }
        }
    }

    /// Keeps an effect for a part that did not arrive.
    pub(in crate::ui) fn wait(&self, part: Part, effect: Effect) {
        self.waiting.borrow_mut().push((part, effect));
    }

    /// A part, which is loaded if it is not there.
    async fn part(&self, part: Part) -> Option<&'static LoadedPart> {
        let there = self
            .there
            .borrow()
            .iter()
            .copied()
            .find(|it| it.part == part);
        if there.is_some() {
            return there;
        }
        match self.load_in_language(part).await {
            Ok(loaded) => {
                self.there.borrow_mut().push(loaded);
                self.arrived.emit(loaded);
                Some(loaded)
            }
            Err(file) => {
                self.emit(Msg::PartFailed(part, file));
                None
            }
        }
    }

    /// Loads a part with its sentences in the language of the page, which may change meanwhile.
    async fn load_in_language(&self, part: Part) -> Result<&'static LoadedPart, String> {
        loop {
            let languages = (self.locale.get(), self.next_locale.get());
            let loaded = (self.loader.load)(part, languages.0).await?;
            if languages.1 != languages.0 {
                (self.loader.load)(part, languages.1).await?;
            }
            if languages == (self.locale.get(), self.next_locale.get()) {
                return Ok(loaded);
            }
        }
    }

    /// Loads a part and performs what waits for it.
    async fn load(self: &Rc<Self>, part: Part) {
        if self.part(part).await.is_none() {
            return;
        }
        let waiting = self.waiting.take();
        let (ready, rest) = waiting.into_iter().partition(|(of, _)| *of == part);
        self.waiting.replace(rest);
        let ready: Vec<(Part, Effect)> = ready;
        for (_, effect) in ready {
            self.perform_boxed(effect).await;
        }
    }

    /// A future that contains itself needs a box.
    fn perform_boxed(self: &Rc<Self>, effect: Effect) -> Pending<'static, ()> {
        let effects = Rc::clone(self);
        Box::pin(async move { effects.perform(effect).await })
    }

    async fn perform_here(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Load(part) => self.load(part).await,
            Effect::Prefetch(part) => (self.loader.prefetch)(part, self.locale.get()),
            // `perform` gives them to their part.
            Effect::Review(_) | Effect::Run(_) | Effect::Pair(_) | Effect::Providers(_) => {}
            Effect::ReadSite => self.emit(Msg::SiteRead(self.read_site().await)),
            Effect::Remember(key, text) => {
                // Some private modes refuse. Then the sign-in reports it; nothing else depends on it.
                let _ = self.world.session_set(key, &text);
            }
            Effect::Forget(key) => self.world.session_remove(key),
            Effect::SignIn(request) => self.sign_in(*request).await,
            Effect::SignInByPortal(request) => self.sign_in_by_portal(*request).await,
            Effect::FinishSignIn { answer, request } => {
                self.finish(answer.expose(), &request).await;
            }
            Effect::SignOut { discards_finished } => {
                if discards_finished {
                    // Before the sign-out, because it leaves this page.
                    let discard = Effect::Run(RunEffect::DiscardFinished);
                    self.perform_in(Part::Run, discard).await;
                }
                self.lock.take();
                let session = self.session.borrow_mut().take();
                if let Some(session) = session {
                    self.screen
                        .broadcast(&session.account().object_id.to_string());
                    session.sign_out();
                }
            }
            Effect::ForgetSession => {
                if let Some(session) = self.session.borrow_mut().take() {
                    session.forget();
                }
            }
            Effect::LookLater(visit) => {
                self.world.sleep(LOOK).await;
                self.emit(Msg::Looked(visit, self.world.now()));
            }
            Effect::ReadTenant => {
                if let Some(session) = self.session() {
                    let read = tenant::tenant(&session, &Observer::quiet()).await;
                    self.emit(Msg::TenantRead(session.tenant(), Rc::new(read)));
                }
            }
            Effect::ReadSubscriptions => {
                if let Some(session) = self.session() {
                    let read = tenant::subscriptions(&session, &Observer::quiet()).await;
                    self.emit(Msg::SubscriptionsRead(session.tenant(), Rc::new(read)));
                }
            }
            Effect::ReadProviders(subscription) => {
                if let Some(session) = self.session() {
                    let read = tenant::providers(&session, subscription, &Observer::quiet()).await;
                    self.emit(Msg::ProvidersRead(subscription, Rc::new(read)));
                }
            }
            Effect::ReadJournals => {
                self.read_journals().await;
            }
            Effect::Stop => self.cancel.borrow().cancel(),
            Effect::Tick => {
                self.world.sleep(TICK).await;
                self.emit(Msg::Run(RunMsg::Ticked(self.world.now())));
            }
            Effect::ShowPlace {
                place,
                title,
                is_new,
            } => {
                let title = self.locale.get().frame_window(title);
                self.screen.show_route(place.address(), &title, is_new);
            }
            Effect::ShowTitle(title) => self
                .screen
                .show_title(&self.locale.get().frame_window(title)),
            Effect::AskToNotify => {
                let is_allowed = self.screen.ask_to_notify().await;
                self.emit(Msg::NotificationsAnswered(is_allowed));
            }
            Effect::Notify(text) => self.screen.notify(&self.locale.get().frame_window(text)),
            Effect::ShowTheme(theme) => self.screen.show_theme(theme.key()),
            Effect::LoadLanguage(language) => {
                self.next_locale.set(language);
                let loaded = (self.loader.language)(language).await;
                if loaded.is_err() && self.next_locale.get() == language {
                    self.next_locale.set(self.locale.get());
                }
                self.emit(Msg::LanguageLoaded(language, loaded));
            }
            Effect::ShowLanguage(language) => {
                self.locale.set(language);
                self.next_locale.set(language);
                self.screen
                    .show_language(language.tag(), language.direction());
            }
            Effect::FocusHeading => self.screen.focus(HEADING),
            Effect::FocusField(field) => {
                self.screen.focus(HEADING);
                self.screen.focus_control(field.key());
            }
            Effect::FocusIfLost => {
                if self.screen.is_focus_lost() {
                    self.screen.focus(HEADING);
                }
            }
            Effect::ReadFile(field) => {
                let id = format!("{}{FILE_SUFFIX}", field.key());
                let text = self.screen.read_file(&id).await;
                self.emit(Msg::FileRead(field, text));
            }
            Effect::Copy { id, text } => self.copied(&id, &text).await,
            Effect::CopySecret(secret) => self.copied(SECRET_FIELD, secret.text.expose()).await,
            Effect::FillSecret(secret) => self
                .screen
                .fill_secret(SECRET_FIELD, secret.as_ref().map(|secret| &secret.text)),
            Effect::MaskLater(showing) => {
                self.world.sleep(IN_SIGHT).await;
                self.emit(Msg::Run(RunMsg::MaskDue(showing)));
            }
            Effect::AbandonSignIn => {
                self.visit.borrow().cancel();
                let _ = sign_in::abandon(self.world.as_ref());
            }
            Effect::Save(file) => self.screen.save(&file.name, file.kind, &file.text),
            Effect::FindPairs {
                round,
                keys,
                recorded,
                typed,
            } => {
                if let Some(session) = self.session() {
                    let watch = Observer::quiet();
                    let read =
                        discover::discover_pairs(&session, keys, &recorded, typed, &watch).await;
                    self.emit(Msg::PairsFound(round, Rc::new(read)));
                }
            }
            Effect::Print => self.screen.print(),
            Effect::EmitToParent(event) => self.screen.notify_parent(&event.message()),
            Effect::AskBeforeLeaving(is_on) => self.screen.ask_before_leaving(is_on),
        }
    }

    pub(in crate::ui) fn emit(&self, msg: Msg) {
        self.send.emit(msg);
    }

    pub(in crate::ui) fn session(&self) -> Option<Session> {
        self.session.borrow().clone()
    }

    async fn read_site(&self) -> SiteConfig {
        let request = http::Request::builder()
            .uri(beside(&self.screen.page_url(), "config.json"))
            .body(Vec::new());
        let Ok(request) = request else {
            return SiteConfig::Unread;
        };
        match self.world.send(request).await {
            Ok(answer) if answer.status().is_success() => match Config::parse(answer.body()) {
                Ok(config) => SiteConfig::Ready(config),
                Err(error) => SiteConfig::Refused(error.sentence(self.locale.get())),
            },
            // A missing config.json means default settings.
            Ok(answer) if answer.status() == http::StatusCode::NOT_FOUND => {
                SiteConfig::Ready(Config::default())
            }
            Ok(_) | Err(_) => SiteConfig::Unread,
        }
    }

    async fn sign_in(&self, request: SignIn) {
        // Only one window is listened to: a late response from an earlier window would use up this attempt.
        let given_up = CancellationToken::default();
        self.visit.replace(given_up.clone()).cancel();
        let pressed = pin!(given_up.cancelled());
        let begun = pin!(sign_in::begin(&self.world, &request));
        let begun = match select(pressed, begun).await {
            Either::Left(_) => return,
            Either::Right((begun, _)) => begun,
        };
        match begun {
            // The response arrives at the next page load.
            Ok(SignInRedirect::Leaving) => {}
            Ok(SignInRedirect::Answered(answer)) => self.finish(&answer, &request).await,
            Err(error) => self.refused(error, &request),
        }
    }

    async fn sign_in_by_portal(&self, request: EmbeddingSignIn) {
        let given_up = CancellationToken::default();
        self.visit.replace(given_up.clone()).cancel();
        let pressed = pin!(given_up.cancelled());
        let signed_in = pin!(embedding::sign_in(&self.world, &request));
        match select(pressed, signed_in).await {
            Either::Left(_) => {}
            Either::Right((Ok(session), _)) => self.admit(session),
            Either::Right((Err(error), _)) => {
                self.emit(Msg::SignedIn(Rc::new(Err(SignInRefused {
                    error,
                    consent: None,
                }))));
            }
        }
    }

    async fn finish(&self, answer: &str, request: &SignIn) {
        match sign_in::finish(&self.world, answer, request).await {
            Err(error) => self.refused(error, request),
            Ok(session) => self.admit(session),
        }
    }

    fn admit(&self, session: Session) {
        let user = SignedInUser {
            cloud: session.cloud(),
            tenant: session.tenant(),
            domain: session.domain().cloned(),
            account: session.account().clone(),
            since: session.since(),
            old_at: session.old_at(),
            // Not derived from the token: it may carry scopes that were consented to earlier.
            may_write: matches!(session.asked(), ScopeSet::SetUp | ScopeSet::Discovery),
            may_use_azure: session.asked() != ScopeSet::Check,
            may_assign_roles: session.has_scope(Scope::AppRoleAssignmentReadWriteAll),
            facts: ReadState::Waiting,
            subscriptions: ReadState::Waiting,
            providers: None,
        };
        let earlier = self.session.borrow_mut().replace(session);
        if let Some(earlier) = earlier {
            earlier.forget();
        }
        self.emit(Msg::SignedIn(Rc::new(Ok(user))));
    }

    fn refused(&self, error: SignInError, request: &SignIn) {
        // Admin consent returns to the page itself, not to `bridge.html`.
        let to_page = || SignIn {
            redirect_uri: self.screen.page_url(),
            ..request.clone()
        };
        let consent = error.is_consent().then(|| to_page().admin_consent_url());
        self.emit(Msg::SignedIn(Rc::new(Err(SignInRefused {
            error,
            consent,
        }))));
    }

    /// Looks for stored journals. If there are some, the part that reads them is loaded. False if it did not arrive.
    pub(in crate::ui) async fn read_journals(self: &Rc<Self>) -> bool {
        let world = self.world.as_ref();
        let trouble = journal::probe(world).await.err();
        // The store has just timed out: do not wait for it again.
        if trouble != Some(StorageError::Busy) && journal::has_some(world).await {
            let read = Effect::Run(RunEffect::ReadStored(trouble));
            return self.perform_in(Part::Run, read).await;
        }
        self.emit(Msg::NoJournals(trouble));
        true
    }

    /// A `CancellationToken` cannot be reset, so each run gets its own.
    pub(in crate::ui) fn fresh_cancel(&self) -> CancellationToken {
        let cancel = CancellationToken::default();
        self.cancel.replace(cancel.clone());
        cancel
    }

    async fn copied(&self, id: &str, text: &str) {
        let is_copied = self.screen.copy(text).await;
        if !is_copied {
            self.screen.select(id);
        }
        self.emit(Msg::Copied(is_copied));
    }
}
