//! The only place that starts asynchronous work, and the only owner of the session.
//!
//! Each effect ends in messages. Decisions about what follows are in `update.rs`.

use crate::ui::components::field::FILE_SUFFIX;
use crate::ui::runs;
use std::cell::Cell;
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::Either;
use futures_util::future::select;
use yew::prelude::Callback;

use crate::ui::components::head::HEADING;
use crate::ui::model::SECRET_FIELD;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::site::beside;
use crate::ui::sign_in::state::ReadState;
use crate::ui::sign_in::state::SignInRefused;
use crate::ui::sign_in::state::SignedInUser;
use crate::ui::storage;
use crate::window::Window;
use domain::config::Config;
use domain::locale::Locale;
use domain::platform::Lock;
use domain::platform::Pending;
use domain::platform::Platform;
use domain::platform::SignInRedirect;
use domain::platform::StorageError;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use engine::auth::embedding;
use engine::auth::embedding::EmbeddingSignIn;
use engine::auth::error::SignInError;
use engine::auth::scopes::Scope;
use engine::auth::scopes::ScopeSet;
use engine::auth::session::Session;
use engine::auth::sign_in;
use engine::auth::sign_in::SignIn;
use engine::journal;
use engine::journal::End;
use engine::journal::Event;
use engine::journal::Journal;
use engine::journal::JournalLocation;
use engine::journal::RecordedRun;
use engine::net::Observer;
use engine::net::cancel::CancellationToken;
use engine::read::consumers;
use engine::read::discover;
use engine::read::sign_ins;
use engine::read::tenant;
use engine::run;
use engine::run::prepare;
use engine::run::request::RunRequest;
use engine::undo;
use engine::undo::UndoPlan;
use engine::undo::UndoStepState;
use engine::undo::execute;

/// Time until a shown secret is masked again.
const IN_SIGHT: Duration = Duration::from_secs(60);
/// Interval of `Msg::Ticked` during a run.
const TICK: Duration = Duration::from_secs(1);
/// Interval of the idle check.
const LOOK: Duration = Duration::from_secs(60);

/// Loads the sentences of a language. The error is the file that did not arrive.
pub type LoadLanguage = fn(Locale) -> Pending<'static, Result<(), String>>;

/// Performs effects.
pub struct Effects {
    world: Rc<dyn Platform>,
    screen: Rc<dyn Window>,
    /// The language of the titles of the window and of notifications.
    locale: Cell<Locale>,
    load_language: LoadLanguage,
    session: RefCell<Option<Session>>,
    cancel: RefCell<CancellationToken>,
    /// Ends the wait for the sign-in window.
    visit: RefCell<CancellationToken>,
    /// Journal of the latest run on this page.
    journal: RefCell<Rc<Journal>>,
    /// Tenant lock, held while only this page has the text of the new secret.
    lock: RefCell<Option<Rc<Lock>>>,
    /// The page is being removed.
    ended: CancellationToken,
    send: Callback<Msg>,
}

impl Effects {
    /// Every message goes to `send`.
    #[must_use]
    pub fn new(
        world: Rc<dyn Platform>,
        screen: Rc<dyn Window>,
        t: Locale,
        load_language: LoadLanguage,
        send: Callback<Msg>,
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
            load_language,
            session: RefCell::default(),
            cancel: RefCell::default(),
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
        let is_writing = matches!(effect, Effect::Apply(_) | Effect::Undo { .. });
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
        self.visit.borrow().cancel();
        self.ended.cancel();
        self.session.take();
        self.lock.take();
    }

    /// Performs one effect to its end.
    pub async fn perform(&self, effect: Effect) {
        match effect {
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
            Effect::DiscardFinished => self.discard_finished().await,
            Effect::SignOut { discards_finished } => {
                if discards_finished {
                    // Before the sign-out, because it leaves this page.
                    self.discard_finished().await;
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
                    self.emit(Msg::TenantRead(session.tenant(), Box::new(read)));
                }
            }
            Effect::ReadSubscriptions => {
                if let Some(session) = self.session() {
                    let read = tenant::subscriptions(&session, &Observer::quiet()).await;
                    self.emit(Msg::SubscriptionsRead(session.tenant(), read));
                }
            }
            Effect::ReadProviders(subscription) => {
                if let Some(session) = self.session() {
                    let read = tenant::providers(&session, subscription, &Observer::quiet()).await;
                    self.emit(Msg::ProvidersRead(subscription, read));
                }
            }
            Effect::Observe { round, desired } => {
                self.read_journals().await;
                let read = match self.session() {
                    Some(session) => {
                        tenant::read_tenant(&session, &desired, &Observer::quiet()).await
                    }
                    None => Err(Problem::new(ProblemKind::SignInNeeded { claims: None })),
                };
                self.emit(Msg::Observed {
                    round,
                    now: self.world.now(),
                    read: Box::new(read),
                });
            }
            Effect::Apply(order) => self.apply(*order).await,
            Effect::ReadJournals => self.read_journals().await,
            Effect::SaveJournal => {
                if let Some(recorded_run) = self.journal.borrow().recorded_run() {
                    let file = runs::file::file(&recorded_run);
                    self.screen.save(&file.name, file.kind, &file.text);
                }
            }
            Effect::SecretSaved { is_complete } => {
                let journal = Rc::clone(&self.journal.borrow());
                // One record, because the window may be closed at once. `End::Complete` implies that the secret is saved.
                let event = if is_complete {
                    Event::Ended { how: End::Complete }
                } else {
                    Event::SecretSaved
                };
                // If the write fails, the run is listed again and asks once more whether the secret is saved.
                let _ = journal.write(event).await;
                self.lock.take();
                self.read_journals().await;
            }
            Effect::FindOut(recorded_run) => self.find_out(&recorded_run).await,
            Effect::Undo {
                recorded_run,
                plan,
                keeping,
            } => self.undo(*recorded_run, *plan, keeping).await,
            Effect::CloseRun(recorded_run, how) => {
                let journal = Journal::new(Rc::clone(&self.world));
                // If the write fails, the run stays open and is listed again.
                let _ = journal
                    .open(
                        Some(*recorded_run),
                        JournalLocation::Store,
                        Event::Ended { how },
                    )
                    .await;
                self.read_journals().await;
            }
            Effect::Discard(run) => {
                // If the delete fails, the records are listed again.
                let _ = journal::discard(self.world.as_ref(), &run).await;
                self.read_journals().await;
            }
            Effect::Stop => self.cancel.borrow().cancel(),
            Effect::Tick => {
                self.world.sleep(TICK).await;
                self.emit(Msg::Ticked(self.world.now()));
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
                let loaded = (self.load_language)(language).await;
                self.emit(Msg::LanguageLoaded(language, loaded));
            }
            Effect::ShowLanguage(language) => {
                self.locale.set(language);
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
                self.emit(Msg::MaskDue(showing));
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
                    self.emit(Msg::Pair(PairMsg::PairsFound(round, Box::new(read))));
                }
            }
            Effect::Examine { round, desired } => {
                let read = match self.session() {
                    Some(session) => {
                        tenant::read_tenant(&session, &desired, &Observer::quiet()).await
                    }
                    None => Err(Problem::new(ProblemKind::SignInNeeded { claims: None })),
                };
                self.emit(Msg::Pair(PairMsg::Examined {
                    round,
                    now: self.world.now(),
                    read: Box::new(read),
                }));
            }
            Effect::ReadUses {
                round,
                app,
                principal,
            } => {
                if let Some(session) = self.session() {
                    let read =
                        consumers::list_consumers(&session, app, principal, &Observer::quiet())
                            .await;
                    self.emit(Msg::Pair(PairMsg::UsesRead(round, Box::new(read))));
                }
            }
            Effect::ReadSignIns { server, client } => {
                if let Some(session) = self.session() {
                    let (now, watch) = (self.world.now(), Observer::quiet());
                    let read = sign_ins::read_sign_ins(&session, server, client, now, &watch).await;
                    self.emit(Msg::Pair(PairMsg::SignInsRead {
                        server,
                        client,
                        read: Box::new(read),
                    }));
                }
            }
            Effect::Print => self.screen.print(),
            Effect::EmitToParent(event) => self.screen.notify_parent(&event.message()),
            Effect::AskBeforeLeaving(is_on) => self.screen.ask_before_leaving(is_on),
        }
    }

    fn emit(&self, msg: Msg) {
        self.send.emit(msg);
    }

    fn session(&self) -> Option<Session> {
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
                self.emit(Msg::SignedIn(Box::new(Err(SignInRefused {
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
            may_write: session.asked() != ScopeSet::Check,
            may_assign_roles: session.has_scope(Scope::AppRoleAssignmentReadWriteAll),
            facts: ReadState::Waiting,
            subscriptions: ReadState::Waiting,
            providers: None,
        };
        let earlier = self.session.borrow_mut().replace(session);
        if let Some(earlier) = earlier {
            earlier.forget();
        }
        self.emit(Msg::SignedIn(Box::new(Ok(user))));
    }

    fn refused(&self, error: SignInError, request: &SignIn) {
        // Admin consent returns to the page itself, not to `bridge.html`.
        let to_page = || SignIn {
            redirect_uri: self.screen.page_url(),
            ..request.clone()
        };
        let consent = error.is_consent().then(|| to_page().admin_consent_url());
        self.emit(Msg::SignedIn(Box::new(Err(SignInRefused {
            error,
            consent,
        }))));
    }

    async fn apply(&self, order: RunRequest) {
        let Some(session) = self.session() else {
            return;
        };
        let cancel = self.fresh_cancel();
        let (world, send) = (Rc::clone(&self.world), self.send.clone());
        let journal = Rc::new(Journal::new(Rc::clone(&self.world)));
        let keeping = order.keeping;
        let before = self.journal.replace(Rc::clone(&journal));
        // The run takes the lock again.
        let had_lock = self.lock.take().is_some();
        let so_far = Rc::clone(&journal);
        let on_progress = move |progress: &run::Progress| {
            // Session storage is the fallback without IndexedDB: it survives a crash of the page, though not of the browser.
            if keeping == JournalLocation::File
                && let Some(recorded_run) = so_far.recorded_run()
            {
                let _ = world.session_set(storage::JOURNAL, &recorded_run.text());
            }
            send.emit(Msg::Progressed(world.now(), Box::new(progress.clone())));
        };
        let mut outcome = run::run(
            Rc::clone(&self.world),
            session,
            order,
            Rc::clone(&journal),
            Rc::new(on_progress),
            cancel,
        )
        .await;
        // A run that did not begin has no journal: the secret on the page belongs to the run before it.
        if outcome.stop.is_some() {
            self.journal.replace(before);
        }
        match outcome.lock.take() {
            None if had_lock => self.lock_again().await,
            lock => {
                self.lock.replace(lock);
            }
        }
        let file = match keeping {
            JournalLocation::File => journal.recorded_run().map(Box::new),
            JournalLocation::Store => None,
        };
        self.read_journals().await;
        self.emit(Msg::RunEnded(Box::new(outcome), file));
    }

    /// Takes the tenant lock again: the secret on this page is still not saved.
    async fn lock_again(&self) {
        if let Some(session) = self.session() {
            let lock = prepare::lock_tenant(&self.world, &session).await;
            self.lock.replace(lock.ok().flatten().map(Rc::new));
        }
    }

    async fn find_out(&self, recorded_run: &RecordedRun) {
        let Some(session) = self.session() else {
            return;
        };
        let cancel = self.fresh_cancel();
        let found = undo::find_out(&self.world, &session, recorded_run, &cancel).await;
        self.emit(Msg::FoundOut(recorded_run.run, Box::new(found)));
    }

    async fn undo(&self, recorded_run: RecordedRun, plan: UndoPlan, keeping: JournalLocation) {
        let Some(session) = self.session() else {
            return;
        };
        let cancel = self.fresh_cancel();
        let send = self.send.clone();
        let on_progress = move |place: usize, state: &UndoStepState| {
            send.emit(Msg::UndoProgressed(place, Box::new(state.clone())));
        };
        let had_lock = self.lock.take().is_some();
        let undone = execute::run(
            Rc::clone(&self.world),
            session,
            recorded_run,
            plan,
            keeping,
            Rc::new(on_progress),
            cancel,
        )
        .await;
        if had_lock && !undone.is_complete() {
            self.lock_again().await;
        }
        self.read_journals().await;
        self.emit(Msg::UndoEnded(Box::new(undone)));
    }

    /// A `CancellationToken` cannot be reset, so each run gets its own.
    fn fresh_cancel(&self) -> CancellationToken {
        let cancel = CancellationToken::default();
        self.cancel.replace(cancel.clone());
        cancel
    }

    async fn discard_finished(&self) {
        let world = self.world.as_ref();
        // If the delete fails, the runs are listed again.
        let stored = journal::stored(world).await.unwrap_or_default();
        journal::tidied(world, stored, None).await;
        self.read_journals().await;
    }

    async fn read_journals(&self) {
        let world = self.world.as_ref();
        let trouble = journal::probe(world).await.err();
        // The store has just timed out: do not wait for it again.
        let stored = if trouble == Some(StorageError::Busy) {
            Vec::new()
        } else {
            let stored = journal::stored(world).await.unwrap_or_default();
            let before = world.now().checked_sub(journal::KEPT).ok();
            match before {
                Some(_) => journal::tidied(world, stored, before).await,
                None => stored,
            }
        };
        self.emit(Msg::JournalsRead(stored, trouble));
    }

    async fn copied(&self, id: &str, text: &str) {
        let is_copied = self.screen.copy(text).await;
        if !is_copied {
            self.screen.select(id);
        }
        self.emit(Msg::Copied(is_copied));
    }
}
