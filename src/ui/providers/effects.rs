//! What the resource provider pages do outside the model.
//!
//! Thousands of answers come within a minute, and each message draws the page. So answers are collected, and a few messages a second have
//! them all.

use std::cell::Cell;
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::join;
use futures_util::future::select;
use futures_util::stream;
use jiff::SignedDuration;
use jiff::Timestamp;
use uuid::Uuid;

use crate::ui::effects::Effects;
use crate::ui::msg::Effect;
use crate::ui::msg::FoundInRow;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersEffect;
use crate::ui::msg::ProvidersMsg;
use crate::ui::msg::RowRead;
use crate::ui::msg::RowReadKind;
use crate::ui::providers::progress::NotBegun;
use crate::ui::providers::progress::ProviderRunState;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::platform::Lock;
use domain::platform::Pending;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use engine::arm;
use engine::net::NetEvent;
use engine::net::Observer;
use engine::net::WaitReason;
use engine::net::cancel::CancellationToken;
use engine::providers::journal;
use engine::providers::journal::ProviderJournal;
use engine::providers::list;
use engine::providers::read;
use engine::providers::register;
use engine::providers::register::RegistrationChange;
use engine::providers::selection::ProviderSelection;
use engine::providers::tenants;

/// Time between two messages with answers.
const TOGETHER: Duration = Duration::from_millis(250);
/// The same for a registration, which lasts longer.
const TOGETHER_IN_RUN: Duration = Duration::from_millis(500);
/// Subscriptions that are read at the same time. Each has an own budget in Azure Resource Manager.
const STATES_SIDE_BY_SIDE: usize = 16;
/// Permissions have a small budget, so more at a time would only wait.
const RIGHTS_SIDE_BY_SIDE: usize = 4;

/// Performs an effect of the resource provider pages to its end.
pub(in crate::ui) fn perform(effects: Rc<Effects>, effect: Effect) -> Pending<'static, ()> {
    Box::pin(async move {
        if let Effect::Providers(effect) = effect {
            effects.perform_providers(effect).await;
        }
    })
}

fn signed_out() -> Problem {
    Problem::new(ProblemKind::SignInNeeded { claims: None })
}

impl Effects {
    async fn perform_providers(&self, effect: ProvidersEffect) {
        match effect {
            ProvidersEffect::List { round } => self.list(round).await,
            ProvidersEffect::ReadRows {
                round,
                subscriptions,
                kind,
            } => self.read_rows(round, subscriptions, kind).await,
            ProvidersEffect::Register {
                selection,
                replaces,
            } => self.register(*selection, replaces).await,
            ProvidersEffect::Stop => self.provider_run.borrow().cancel(),
            ProvidersEffect::SendResultsDue => {
                self.world.sleep(Duration::ZERO).await;
                self.tell(ProvidersMsg::ResultsDue);
            }
            ProvidersEffect::ReadRuns => self.read_runs().await,
            ProvidersEffect::Discard { run, tenant } => self.discard(run, tenant).await,
            ProvidersEffect::ShowRow(id, row, rows) => self.screen.show_row(id, row, rows),
        }
    }

    fn tell(&self, msg: ProvidersMsg) {
        self.emit(Msg::Providers(msg));
    }

    async fn list(&self, round: u32) {
        let cancel = CancellationToken::default();
        self.row_reads.replace(cancel.clone()).cancel();
        let Some(session) = self.session() else {
            return self.tell(ProvidersMsg::ListEnded(round, Rc::new(Err(signed_out()))));
        };
        let (watch, throttled_until) = self.watch(cancel);
        let problem = |failure| arm::errors::problem(&failure);
        let found = |page| self.tell(ProvidersMsg::Listed(round, Rc::new(page)));
        let listing = async {
            let read = list::list(&session, &watch, &found).await;
            self.tell(ProvidersMsg::ListEnded(
                round,
                Rc::new(read.map_err(problem)),
            ));
        };
        // The list does not wait for the names.
        let naming = async {
            let read = tenants::tenants(&session, &watch).await;
            self.tell(ProvidersMsg::TenantsRead(
                round,
                Rc::new(read.map_err(problem)),
            ));
        };
        let reads = async { join(listing, naming).await };
        let pass_on = self.throttling(round, throttled_until);
        self.collecting(TOGETHER, reads, &pass_on).await;
    }

    async fn read_rows(&self, round: u32, subscriptions: Vec<SubscriptionId>, kind: RowReadKind) {
        let Some(session) = self.session() else {
            return;
        };
        let (watch, throttled_until) = self.watch(self.row_reads.borrow().clone());
        let found: RefCell<Vec<RowRead>> = RefCell::default();
        let read = |subscription| {
            let (session, watch, found) = (&session, &watch, &found);
            async move {
                if watch.cancel().is_cancelled() {
                    return;
                }
                let problem = |failure| arm::errors::problem(&failure);
                let one = match kind {
                    RowReadKind::States => FoundInRow::States(
                        read::states(session, subscription, watch)
                            .await
                            .map_err(problem),
                    ),
                    RowReadKind::Rights => FoundInRow::Rights(
                        read::permissions(session, subscription, watch)
                            .await
                            .map_err(problem),
                    ),
                };
                found.borrow_mut().push(RowRead {
                    subscription,
                    found: one,
                });
            }
        };
        let side_by_side = match kind {
            RowReadKind::States => STATES_SIDE_BY_SIDE,
            RowReadKind::Rights => RIGHTS_SIDE_BY_SIDE,
        };
        let reads = stream::iter(subscriptions).for_each_concurrent(side_by_side, read);
        let tell_throttling = self.throttling(round, throttled_until);
        let pass_on = || {
            tell_throttling();
            let found = found.take();
            if !found.is_empty() {
                self.tell(ProvidersMsg::RowsRead(round, Rc::new(found)));
            }
        };
        self.collecting(TOGETHER, reads, &pass_on).await;
        if kind == RowReadKind::States {
            self.tell(ProvidersMsg::RowsEnded(round));
        }
    }

    /// An observer that notes until when Azure wants fewer requests.
    fn watch(&self, cancel: CancellationToken) -> (Observer, Rc<Cell<Option<Timestamp>>>) {
        let throttled_until: Rc<Cell<Option<Timestamp>>> = Rc::default();
        let (world, until) = (Rc::clone(&self.world), Rc::clone(&throttled_until));
        let watch = Observer::with_cancel(
            move |event| {
                if let NetEvent::Waiting {
                    wait,
                    why: WaitReason::Throttled,
                } = event
                {
                    let wait = SignedDuration::try_from(wait).unwrap_or_default();
                    until.set(until.get().max(world.now().checked_add(wait).ok()));
                }
            },
            cancel,
        );
        (watch, throttled_until)
    }

    /// Tells until when Azure wants fewer reads, if that is new.
    fn throttling(&self, round: u32, throttled_until: Rc<Cell<Option<Timestamp>>>) -> impl Fn() {
        let told = Cell::new(None);
        move || {
            let now = self.world.now();
            let until = throttled_until.get().filter(|until| *until > now);
            if told.replace(until) != until {
                self.tell(ProvidersMsg::ReadsThrottled(round, until));
            }
        }
    }

    /// Calls `pass_on` from time to time until the work is done, and once more then.
    async fn collecting<T>(
        &self,
        every: Duration,
        work: impl Future<Output = T>,
        pass_on: &dyn Fn(),
    ) -> T {
        let is_done = CancellationToken::default();
        let work = async {
            let done = work.await;
            is_done.cancel();
            done
        };
        let passing = async {
            while !is_done.is_cancelled() {
                select(pin!(self.world.sleep(every)), pin!(is_done.cancelled())).await;
                pass_on();
            }
        };
        join(work, passing).await.0
    }

    async fn register(&self, selection: ProviderSelection, replaces: Option<Uuid>) {
        let state = match self.begin(&selection).await {
            Ok((journal, _lock)) => {
                if let Some(run) = replaces {
                    // The records of this run have everything that the other had left.
                    let _ = journal::discard(self.world.as_ref(), run).await;
                }
                self.run_registration(&selection, &journal).await
            }
            Err(why) => ProviderRunState::NotBegun(why),
        };
        let now = self.world.now();
        self.tell(ProvidersMsg::RunEnded(now, Rc::new(state)));
        self.read_runs().await;
    }

    async fn begin(
        &self,
        selection: &ProviderSelection,
    ) -> Result<(ProviderJournal, Option<Lock>), NotBegun> {
        let session = self.session().ok_or(NotBegun::SignedOut)?;
        if session.is_old() {
            return Err(NotBegun::SignInOld);
        }
        let lock = register::lock(&self.world, selection.tenant).await;
        let lock = lock.map_err(|register::OtherPage| NotBegun::OtherTab)?;
        let world = Rc::clone(&self.world);
        let journal = ProviderJournal::begin(world, session.account(), selection).await;
        Ok((journal.map_err(NotBegun::NotRecorded)?, lock))
    }

    async fn run_registration(
        &self,
        selection: &ProviderSelection,
        journal: &ProviderJournal,
    ) -> ProviderRunState {
        let Some(session) = self.session() else {
            return ProviderRunState::NotBegun(NotBegun::SignedOut);
        };
        let cancel = CancellationToken::default();
        self.provider_run.replace(cancel.clone());
        let (watch, throttled_until) = self.watch(cancel);
        let changes: RefCell<Vec<RegistrationChange>> = RefCell::default();
        let end = RefCell::new(None);
        let work = async {
            let emit = |change| changes.borrow_mut().push(change);
            let world = Rc::clone(&self.world);
            let ended = register::run(world, &session, selection, journal, &watch, &emit).await;
            end.replace(Some(ended));
        };
        let pass_on = || {
            let now = self.world.now();
            let until = throttled_until.get().filter(|until| *until > now);
            self.tell(ProvidersMsg::Progressed(
                now,
                until,
                Rc::new(changes.take()),
            ));
        };
        self.collecting(TOGETHER_IN_RUN, work, &pass_on).await;
        match end.into_inner() {
            Some(end) => ProviderRunState::Ended(end),
            None => ProviderRunState::NotBegun(NotBegun::SignedOut),
        }
    }

    async fn discard(&self, run: Uuid, tenant: Option<TenantId>) {
        let lock = match tenant {
            Some(tenant) => register::lock(&self.world, tenant).await,
            None => Ok(None),
        };
        match lock {
            Ok(_lock) => {
                // If the delete fails, the run is listed again.
                let _ = journal::discard(self.world.as_ref(), run).await;
            }
            Err(register::OtherPage) => self.tell(ProvidersMsg::DiscardRefused),
        }
        self.read_runs().await;
    }

    async fn read_runs(&self) {
        // A store that cannot be read has no runs to show; a registration says then why it does not begin.
        let world = self.world.as_ref();
        let mut stored = journal::stored(world).await.unwrap_or_default();
        for ended in stored.runs.extract_if(.., |it| !it.is_open) {
            // Nothing needs them any more. If the delete fails, the next read tries again.
            let _ = journal::discard(world, ended.run).await;
        }
        self.tell(ProvidersMsg::RunsRead(Rc::new(stored)));
    }
}
