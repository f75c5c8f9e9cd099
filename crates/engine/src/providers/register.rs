//! Registers the resource providers of many subscriptions.
//!
//! Each subscription is read first, and only what is missing is requested. Registering is idempotent, so a run can be repeated at any time.
//! Azure registers region by region and recommends not to wait for it, so the run watches for a limited time beside its other work and then
//! leaves the rest to Azure.

use std::cell::Cell;
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::join;
use futures_util::future::select;
use futures_util::stream;

use crate::arm;
use crate::auth::account::Audience;
use crate::auth::session::Session;
use crate::desired::providers::RegistrationState;
use crate::net::Failure;
use crate::net::Observer;
use crate::net::cancel::CancellationToken;
use crate::providers::journal::ProviderJournal;
use crate::providers::journal::TOGETHER;
use crate::providers::list::ends_everything;
use crate::providers::progress::ProviderProgress;
use crate::providers::read;
use crate::providers::selection::ProviderSelection;
use crate::providers::selection::SelectedSubscription;
use crate::run::prepare::take_lock;
use domain::cmg::ProviderNamespace;
use domain::ids::TenantId;
use domain::known::Known;
use domain::platform::Lock;
use domain::platform::Locking;
use domain::platform::Platform;
use domain::platform::StorageError;
use domain::problem::Problem;

/// Subscriptions that are read and written at the same time. Each has an own budget in Azure Resource Manager ("Understand how Azure Resource
/// Manager throttles requests", 2026).
const SIDE_BY_SIDE: usize = 16;
/// Subscriptions that are watched at the same time.
const WATCHED_SIDE_BY_SIDE: usize = 8;

/// Time before each further look at a subscription whose providers are being registered. Slower for a registration that takes long.
const LOOKS: [Duration; 7] = [
    Duration::from_secs(20),
    Duration::from_secs(20),
    Duration::from_secs(30),
    Duration::from_secs(30),
    Duration::from_secs(40),
    Duration::from_secs(40),
    Duration::from_secs(60),
];

/// With so many subscriptions left, starting them takes longer than a first look should wait.
const MANY_LEFT: usize = 200;
/// Least time before the first look while other subscriptions are still to be started: a look takes a connection from them.
const LOOK_BESIDE_STARTS: Duration = Duration::from_secs(60);

/// Registering is believed when this many looks in a row say so: the state can fall back (Terraform's azurerm provider, issue 19853).
const BELIEVED_AFTER: u8 = 2;

/// A change of one provider in one subscription.
#[derive(Clone, Debug, PartialEq)]
pub struct RegistrationChange {
    /// Place of the subscription in the selection.
    pub place: usize,
    /// The provider.
    pub namespace: ProviderNamespace,
    /// What is known now.
    pub now: ProviderProgress,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum RegistrationEnd {
    /// Every selected provider has its result.
    Complete,
    /// The admin stopped it.
    Stopped,
    /// The session ended: the account must sign in again.
    SignInNeeded(Problem),
    /// The session is in another tenant or cloud than the selection, so nothing was sent.
    OtherTenant,
    /// The browser could not store a record, so nothing more was sent.
    NotRecorded(StorageError),
}

/// Another page of this browser registers in the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherPage;

/// Locks the registration in a tenant, so that two tabs do not do the same work. `None` if the browser has no locks: registering twice does
/// no harm.
///
/// # Errors
/// Another page of this browser has the lock.
pub async fn lock(world: &Rc<dyn Platform>, tenant: TenantId) -> Result<Option<Lock>, OtherPage> {
    match take_lock(world, &format!("register:{tenant}")).await {
        Locking::Held(lock) => Ok(Some(lock)),
        Locking::Unknown => Ok(None),
        Locking::Taken => Err(OtherPage),
    }
}

struct Executor<'a> {
    platform: Rc<dyn Platform>,
    session: &'a Session,
    selection: &'a ProviderSelection,
    journal: &'a ProviderJournal,
    watch: &'a Observer,
    emit: &'a dyn Fn(RegistrationChange),
    /// Subscriptions to look at again.
    watched: RefCell<Vec<Watched>>,
    /// Why no further request makes sense.
    end: RefCell<Option<Failure>>,
    /// Why no further record can be stored.
    not_recorded: Cell<Option<StorageError>>,
}

/// A subscription whose providers are being registered.
struct Watched {
    place: usize,
    open: Vec<Open>,
    looks: usize,
    /// On the monotonic clock.
    due: Duration,
}

/// A provider that is not yet believed to be registered.
struct Open {
    namespace: ProviderNamespace,
    /// Looks in a row that said "Registered".
    looks: u8,
    /// Why nobody knows whether Azure took the request, until a look shows that it did.
    doubt: Option<Problem>,
}

/// Registers what the selection names. `emit` gets every change.
pub async fn run(
    platform: Rc<dyn Platform>,
    session: &Session,
    selection: &ProviderSelection,
    journal: &ProviderJournal,
    watch: &Observer,
    emit: &dyn Fn(RegistrationChange),
) -> RegistrationEnd {
    // A selection can come from the records of an earlier sign-in.
    if (selection.cloud, selection.tenant) != (session.cloud(), session.tenant()) {
        return RegistrationEnd::OtherTenant;
    }
    let executor = Executor {
        platform,
        session,
        selection,
        journal,
        watch,
        emit,
        watched: RefCell::default(),
        end: RefCell::default(),
        not_recorded: Cell::default(),
    };
    executor.run().await
}

impl Executor<'_> {
    async fn run(self) -> RegistrationEnd {
        let are_started = CancellationToken::default();
        let places = stream::iter(self.selection.subscriptions.iter().enumerate());
        let start = async {
            places
                .then(|(place, one)| self.announce(place, one))
                .for_each_concurrent(SIDE_BY_SIDE, |(place, one)| self.start(place, one))
                .await;
            are_started.cancel();
        };
        join(start, self.look_until_done(&are_started)).await;
        // After the end of everything: says what Azure goes on with.
        for one in self.watched.take() {
            self.look(one).await;
        }
        if self.not_recorded.get().is_none() && !self.is_interrupted() {
            self.keep(self.journal.end().await);
        } else {
            // A run that was interrupted can be continued.
            let _ = self.journal.flush(0).await;
        }
        if let Some(error) = self.not_recorded.get() {
            return RegistrationEnd::NotRecorded(error);
        }
        match self.end.into_inner() {
            None => RegistrationEnd::Complete,
            Some(Failure::Cancelled) => RegistrationEnd::Stopped,
            Some(failure) => RegistrationEnd::SignInNeeded(arm::errors::problem(&failure)),
        }
    }

    /// Records the next subscriptions before the first of them begins.
    async fn announce<'b>(
        &self,
        place: usize,
        one: &'b SelectedSubscription,
    ) -> (usize, &'b SelectedSubscription) {
        if place.is_multiple_of(TOGETHER) && !self.has_ended() {
            let next = self.selection.subscriptions.iter().skip(place);
            let next: Vec<_> = next.take(TOGETHER).map(|it| it.id).collect();
            self.keep(self.journal.intend(next).await);
        }
        (place, one)
    }

    fn keep(&self, stored: Result<(), StorageError>) {
        if let Err(error) = stored {
            self.not_recorded.set(Some(error));
        }
    }

    fn tell(&self, place: usize, namespace: ProviderNamespace, now: ProviderProgress) {
        if let Some(one) = self.selection.subscriptions.get(place) {
            self.journal.note(one.id, namespace, &now);
        }
        (self.emit)(RegistrationChange {
            place,
            namespace,
            now,
        });
    }

    /// A failure that ends everything is kept; then nothing more is sent.
    fn note(&self, failure: &Failure) -> ProviderProgress {
        if ends_everything(failure) {
            self.end.borrow_mut().get_or_insert_with(|| failure.clone());
        }
        if *failure == Failure::Cancelled {
            ProviderProgress::Stopped
        } else {
            ProviderProgress::Failed(arm::errors::problem(failure))
        }
    }

    /// The account stopped the run, or must sign in again.
    fn is_interrupted(&self) -> bool {
        self.end.borrow().is_some()
    }

    fn has_ended(&self) -> bool {
        self.is_interrupted() || self.not_recorded.get().is_some()
    }

    /// Reads a subscription and requests what is missing.
    async fn start(&self, place: usize, one: &SelectedSubscription) {
        let stop = |now: &ProviderProgress| {
            for namespace in &one.namespaces {
                self.tell(place, *namespace, now.clone());
            }
        };
        if self.has_ended() {
            return stop(&ProviderProgress::Stopped);
        }
        let states = match read::states(self.session, one.id, self.watch).await {
            Ok(states) => states,
            Err(failure) => return stop(&self.note(&failure)),
        };
        let mut open = Vec::new();
        for namespace in one.namespaces.iter().copied() {
            let mut doubt = None;
            let now = match states.get(&namespace).and_then(|it| it.known()) {
                Some(RegistrationState::Registered) => ProviderProgress::Present,
                Some(RegistrationState::Registering) => ProviderProgress::UnderWay,
                // Azure refuses or repeats what it does not need.
                Some(RegistrationState::NotRegistered | RegistrationState::Unregistering)
                | None => self.register(one, namespace, &mut doubt).await,
            };
            if now == ProviderProgress::UnderWay {
                open.push(Open {
                    namespace,
                    looks: 0,
                    doubt,
                });
            }
            self.tell(place, namespace, now);
        }
        if !open.is_empty() {
            self.watched.borrow_mut().push(Watched {
                place,
                open,
                looks: 0,
                due: self
                    .platform
                    .elapsed()
                    .saturating_add(self.first_look(place)),
            });
        }
        self.keep(self.journal.flush(TOGETHER).await);
    }

    /// Time until the first look at a subscription.
    fn first_look(&self, place: usize) -> Duration {
        let left = self.selection.subscriptions.len().saturating_sub(place);
        if left > MANY_LEFT {
            LOOK_BESIDE_STARTS
        } else {
            LOOKS[0]
        }
    }

    async fn register(
        &self,
        one: &SelectedSubscription,
        namespace: ProviderNamespace,
        doubt: &mut Option<Problem>,
    ) -> ProviderProgress {
        if self.has_ended() {
            return ProviderProgress::Stopped;
        }
        let call = arm::register(self.session.cloud(), one.id, namespace);
        match self.session.call(Audience::Arm, call, self.watch).await {
            Ok(_) => ProviderProgress::UnderWay,
            // The looks show what came of it.
            Err(failure) if failure.may_have_been_done() => {
                *doubt = Some(arm::errors::problem(&failure));
                ProviderProgress::UnderWay
            }
            Err(failure) => self.note(&failure),
        }
    }

    /// Looks at the watched subscriptions when they are due, until nothing is left to watch or no further request makes sense.
    async fn look_until_done(&self, are_started: &CancellationToken) {
        loop {
            if self.watch.cancel().is_cancelled() {
                self.end.borrow_mut().get_or_insert(Failure::Cancelled);
            }
            if self.has_ended() {
                return;
            }
            let now = self.platform.elapsed();
            let (due, next) = self.take_due(now);
            if !due.is_empty() {
                stream::iter(due)
                    .for_each_concurrent(WATCHED_SIDE_BY_SIDE, |one| self.look(one))
                    .await;
                // A page that ends now continues without what has been registered.
                self.keep(self.journal.flush(1).await);
                continue;
            }
            if next.is_none() && are_started.is_cancelled() {
                return;
            }
            let wait = next.map_or(LOOKS[0], |next| next.saturating_sub(now));
            if are_started.is_cancelled() {
                self.pause(wait).await;
            } else {
                // Perhaps nothing is left to watch then.
                select(pin!(self.pause(wait)), pin!(are_started.cancelled())).await;
            }
        }
    }

    /// Takes out the subscriptions to look at now, and says when the next one is due.
    fn take_due(&self, now: Duration) -> (Vec<Watched>, Option<Duration>) {
        let mut watched = self.watched.borrow_mut();
        let all = std::mem::take(&mut *watched);
        let (due, later): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| it.due <= now);
        let next = later.iter().map(|it| it.due).min();
        *watched = later;
        (due, next)
    }

    async fn pause(&self, wait: Duration) {
        let sleep = pin!(self.platform.sleep(wait));
        let cancelled = pin!(self.watch.cancel().cancelled());
        select(sleep, cancelled).await;
    }

    async fn look(&self, mut one: Watched) {
        let Some(selected) = self.selection.subscriptions.get(one.place) else {
            return;
        };
        let answered = if self.has_ended() {
            None
        } else {
            match read::states(self.session, selected.id, self.watch).await {
                Ok(states) => Some(states),
                Err(failure) => {
                    // Azure took the request, so a look that fails is no failed registration.
                    if ends_everything(&failure) {
                        self.note(&failure);
                    }
                    None
                }
            }
        };
        if let Some(states) = answered {
            one.open.retain_mut(|it| {
                let state = states.get(&it.namespace).copied();
                let is = |wanted| state == Some(Known::Known(wanted));
                if is(RegistrationState::Registered) || is(RegistrationState::Registering) {
                    it.doubt = None;
                }
                it.looks = if is(RegistrationState::Registered) {
                    it.looks + 1
                } else {
                    0
                };
                let is_believed = it.looks >= BELIEVED_AFTER;
                if is_believed {
                    self.tell(one.place, it.namespace, ProviderProgress::Registered);
                }
                !is_believed
            });
        }
        one.looks += 1;
        match LOOKS.get(one.looks) {
            _ if one.open.is_empty() => {}
            Some(wait) if !self.has_ended() => {
                one.due = self.platform.elapsed().saturating_add(*wait);
                self.watched.borrow_mut().push(one);
            }
            Some(_) | None => {
                for it in one.open {
                    let now = match it.doubt {
                        Some(problem) => ProviderProgress::Failed(problem),
                        None if it.looks > 0 => ProviderProgress::Registered,
                        None => ProviderProgress::LeftToAzure,
                    };
                    self.tell(one.place, it.namespace, now);
                }
            }
        }
    }
}
