//! Carries out an approved plan, exactly as approved.
//!
//! Independent steps run in parallel; a step starts when all its prerequisites are done. A run can stop early but never adds requests:
//! every write is in the plan, and all other requests are reads.
//!
//! Before the first write, the run reads the tenant again and checks that the approved plan still applies. The journal records every write
//! before it is sent. A run that was interrupted continues as the same run: objects recorded in its journal count as its own.

pub mod classify;
pub mod lost_write;
pub mod perform;
pub mod prepare;
pub mod registering;
pub mod request;
pub mod timeline;

use crate::run::request::RunRequest;
use crate::run::timeline::Timeline;
use crate::run::timeline::WaitNote;
use std::cell::RefCell;
use std::rc::Rc;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use litemap::LiteMap;
use uuid::Uuid;

use crate::auth::session::Session;
use crate::journal::End;
use crate::journal::Event;
use crate::journal::Journal;
use crate::journal::history::History;
use crate::net::NetEvent;
use crate::net::Observer;
use crate::net::WaitReason;
use crate::net::cancel::CancellationToken;
use crate::plan::Approved;
use crate::plan::reference::Ids;
use crate::plan::step::StepId;
use crate::plan::write::ShownRequest;
use crate::plan::write::Write;
use crate::read::observed::Observed;
use crate::run::prepare::StartError;
use crate::run::prepare::lock_tenant;
use crate::run::prepare::prepare;
use crate::run::prepare::until_stopped;
use domain::cloud::Cloud;
use domain::ids::KeyId;
use domain::platform::Lock;
use domain::platform::Platform;
use domain::problem::Problem;
use domain::secret::Secret;

/// State of a step during a run.
#[derive(Clone, Debug, PartialEq)]
pub enum StepState {
    /// Waits for its prerequisites to finish.
    Waiting,
    /// The step is in progress.
    Running,
    /// The step was carried out.
    Done,
    /// The object needs no change.
    Kept,
    /// The service accepted the request; Azure completes it on its own.
    UnderWay,
    /// The step failed. Holds the problem.
    Failed(Problem),
    /// Not tried, because a prerequisite did not succeed.
    Skipped {
        /// The prerequisite that did not succeed.
        because: StepId,
    },
}

impl StepState {
    /// Value of `data-state` in the markup.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Kept => "kept",
            Self::UnderWay => "under-way",
            Self::Failed(_) => "failed",
            Self::Skipped { .. } => "skipped",
        }
    }

    /// True if the state is final.
    #[must_use]
    pub fn is_over(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Running)
    }

    /// True if this run has nothing left to do for the step. The object may still be missing if the plan leaves the step out.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Done | Self::Kept | Self::UnderWay)
    }

    /// Why the step failed, if it did.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Failed(problem) => Some(problem),
            Self::Waiting
            | Self::Running
            | Self::Done
            | Self::Kept
            | Self::UnderWay
            | Self::Skipped { .. } => None,
        }
    }
}

/// Progress of one step, for the run page.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The step that this is about.
    pub id: StepId,
    /// Current state of the step.
    pub state: StepState,
    /// Number of requests sent for the step.
    pub attempt: u32,
    /// Microsoft's request ID of the latest response.
    pub request_id: Option<String>,
    /// Why the step waits, if it does.
    pub note: Option<WaitNote>,
    /// Requests and waits of the step.
    pub timeline: Timeline,
    /// The write as it was sent last, with every ID.
    pub sent: Option<Rc<ShownRequest>>,
}

/// A new client secret. Its text exists only here.
#[derive(Clone, Debug)]
pub struct NewSecret {
    /// The text of the secret.
    pub text: Secret,
    /// Key ID of the secret.
    pub key_id: KeyId,
    /// When the secret expires.
    pub end: Timestamp,
}

/// Result of a run, complete or not.
#[derive(Clone, Debug)]
pub struct RunOutcome {
    /// Why the run did not start; `None` if it started.
    pub stop: Option<StartError>,
    /// Progress of every step.
    pub steps: Vec<Progress>,
    /// All IDs known after the run.
    pub ids: Ids,
    /// The new secret, if the run created one.
    pub secret: Option<NewSecret>,
    /// ID of the run, which is part of the secret's description.
    pub run: String,
    /// When the run started.
    pub began: Timestamp,
    /// When the run ended.
    pub ended: Timestamp,
    /// Keeps the tenant locked while only this page has the text of the new secret: another window would treat the secret as lost and
    /// replace it.
    pub lock: Option<Rc<Lock>>,
}

impl RunOutcome {
    /// True if everything in the plan exists.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.stop.is_none() && self.steps.iter().all(|step| step.state.is_good())
    }
}

/// Called when a step's progress changes.
pub type OnProgress = Rc<dyn Fn(&Progress)>;

/// A run in progress. `perform` carries out its steps.
pub(crate) struct RunExecutor {
    pub(crate) world: Rc<dyn Platform>,
    pub(crate) session: Session,
    pub(crate) approved: Approved,
    pub(crate) cloud: Cloud,
    pub(crate) id: String,
    pub(crate) began: Timestamp,
    pub(crate) ids: RefCell<Ids>,
    /// Object IDs and client IDs of objects that this run created or restored, including before it was continued.
    pub(crate) fresh: RefCell<Vec<Uuid>>,
    pub(crate) secret: RefCell<Option<NewSecret>>,
    /// The secret from before the run was continued whose text the page still has.
    pub(crate) in_hand: Option<KeyId>,
    /// What this run did before it was continued.
    pub(crate) history: History,
    /// The tenant right before the first write, which undo restores.
    pub(crate) observed: Observed,
    /// The page's ID of each step, sent to the service and the same for all attempts, so that a support case can find them together.
    pub(crate) traces: LiteMap<StepId, Uuid>,
    pub(crate) progress: RefCell<LiteMap<StepId, Progress>>,
    pub(crate) journal: Rc<Journal>,
    pub(crate) on_progress: OnProgress,
    pub(crate) cancel: CancellationToken,
}

/// Runs the plan to the end, or as far as possible.
pub async fn run(
    world: Rc<dyn Platform>,
    session: Session,
    order: RunRequest,
    journal: Rc<Journal>,
    on_progress: OnProgress,
    cancel: CancellationToken,
) -> RunOutcome {
    let began = world.now();
    // Held until the end of this function or until the secret is saved. If the page crashes, the browser releases it.
    let ready = until_stopped(&cancel, async {
        let lock = lock_tenant(&world, &session).await?;
        let ready = prepare(&world, &session, &order, &journal, &cancel).await?;
        Ok((ready, lock))
    })
    .await;
    let ((history, observed), lock) = match ready {
        Ok(ready) => ready,
        Err(stop) => {
            return RunOutcome {
                stop: Some(stop),
                steps: steps_of(&order.approved),
                ids: Ids::new(&order.approved.plan().known),
                secret: None,
                run: String::new(),
                began,
                ended: world.now(),
                lock: None,
            };
        }
    };
    let mut ids = Ids::new(&order.approved.plan().known);
    history.made.iter().for_each(|trace| ids.restore(trace));
    let run = Rc::new(RunExecutor {
        id: journal.run().to_string(),
        cloud: session.cloud(),
        ids: RefCell::new(ids),
        fresh: RefCell::new(history.created()),
        secret: RefCell::default(),
        in_hand: order.in_hand,
        history,
        observed,
        traces: order
            .approved
            .plan()
            .steps
            .iter()
            .map(|step| (step.id, world.fresh_guid()))
            .collect(),
        progress: RefCell::default(),
        world,
        session,
        approved: order.approved,
        began,
        journal,
        on_progress,
        cancel,
    });
    run.walk().await;
    run.keep_one_secret().await;
    let steps = run
        .approved
        .plan()
        .steps
        .iter()
        .filter_map(|step| run.progress.borrow().get(&step.id).cloned())
        .collect();
    let secret = run.secret.borrow_mut().take();
    let is_secret_open = secret.is_some() || run.in_hand.is_some();
    let outcome = RunOutcome {
        stop: None,
        steps,
        ids: run.ids.borrow().clone(),
        secret,
        run: run.id.clone(),
        began,
        ended: run.world.now(),
        lock: lock.filter(|_| is_secret_open).map(Rc::new),
    };
    if outcome.is_complete() && !is_secret_open {
        // If the record is not stored, the run is shown again as complete, which is harmless.
        let _ = run.journal.write(Event::Ended { how: End::Complete }).await;
    }
    outcome
}

/// Progress of all steps before the first write.
fn steps_of(approved: &Approved) -> Vec<Progress> {
    let steps = approved.plan().steps.iter();
    steps
        .map(|step| Progress {
            id: step.id,
            state: if step.action.write().is_some() {
                StepState::Waiting
            } else {
                StepState::Kept
            },
            attempt: 0,
            request_id: None,
            note: None,
            timeline: Timeline::default(),
            sent: None,
        })
        .collect()
}

impl RunExecutor {
    /// Starts every step whose prerequisites are met, until no step can start and none is running.
    async fn walk(self: &Rc<Self>) {
        for progress in steps_of(&self.approved) {
            (self.on_progress)(&progress);
            self.progress.borrow_mut().insert(progress.id, progress);
        }
        let mut running = FuturesUnordered::new();
        loop {
            self.skip_hopeless();
            for (id, write) in self.startable() {
                let now = self.world.now();
                self.change(id, |progress| {
                    progress.state = StepState::Running;
                    progress.timeline.start(now);
                });
                let run = Rc::clone(self);
                running.push(async move {
                    let ended = run.perform(id, &write).await;
                    (id, ended)
                });
            }
            let Some((id, ended)) = running.next().await else {
                return;
            };
            let state = match ended {
                Ok(state) => state,
                Err(problem) => StepState::Failed(problem),
            };
            let now = self.world.now();
            self.change(id, |progress| {
                progress.note = None;
                progress.state = state;
                progress.timeline.end(now);
            });
        }
    }

    /// Marks the steps whose prerequisites failed.
    fn skip_hopeless(&self) {
        loop {
            let hopeless = {
                let progress = self.progress.borrow();
                progress
                    .values()
                    .filter(|it| it.state == StepState::Waiting)
                    .find_map(|it| {
                        let because = it.id.needs().iter().find(|need| {
                            progress
                                .get(*need)
                                .is_some_and(|it| it.state.is_over() && !it.state.is_good())
                        });
                        because.map(|because| (it.id, *because))
                    })
            };
            let Some((id, because)) = hopeless else {
                return;
            };
            self.change(id, |progress| {
                progress.state = StepState::Skipped { because }
            });
        }
    }

    fn startable(&self) -> Vec<(StepId, Write)> {
        let progress = self.progress.borrow();
        let is_good = |id: &StepId| progress.get(id).is_none_or(|it| it.state.is_good());
        let is_removing_secret = progress
            .values()
            .any(|it| matches!(it.id, StepId::OldSecret(_)) && it.state == StepState::Running);
        let steps = self.approved.plan().steps.iter();
        steps
            .filter(|step| {
                progress
                    .get(&step.id)
                    .is_some_and(|it| it.state == StepState::Waiting)
            })
            .filter(|step| step.id.needs().iter().all(is_good))
            .filter_map(|step| Some((step.id, step.action.write()?.clone())))
            .scan(is_removing_secret, |is_removing, (id, write)| {
                // Only one writer per app: secrets are removed one at a time.
                let is_secret = matches!(id, StepId::OldSecret(_));
                let waits = is_secret && *is_removing;
                *is_removing |= is_secret;
                Some((!waits).then_some((id, write)))
            })
            .flatten()
            .collect()
    }

    pub(crate) fn change(&self, id: StepId, change: impl FnOnce(&mut Progress)) {
        let mut all = self.progress.borrow_mut();
        if let Some(progress) = all.get_mut(&id) {
            change(progress);
            let shown = progress.clone();
            drop(all);
            (self.on_progress)(&shown);
        }
    }

    pub(crate) fn note(&self, id: StepId, note: WaitNote) {
        let now = self.world.now();
        self.change(id, |progress| {
            progress.note = Some(note);
            progress.timeline.wait(now, note);
        });
    }

    pub(crate) fn watch(self: &Rc<Self>, id: StepId) -> Observer {
        let run = Rc::clone(self);
        let emit = move |event: NetEvent| match event {
            NetEvent::Sending { .. } => {
                let now = run.world.now();
                run.change(id, |progress| {
                    progress.attempt += 1;
                    progress.note = None;
                    progress.timeline.send(now);
                });
            }
            NetEvent::Waiting { wait, why } => run.note(
                id,
                match why {
                    WaitReason::Throttled => WaitNote::Throttled { wait },
                    WaitReason::Server => WaitNote::ServerBusy { wait },
                    WaitReason::Lost => WaitNote::NoAnswer { wait },
                },
            ),
            NetEvent::Offline => run.note(id, WaitNote::Offline),
            NetEvent::Exchanged(entry) => run.change(id, |progress| {
                if entry.request_id.is_some() {
                    progress.request_id.clone_from(&entry.request_id);
                }
                progress.timeline.exchanged(*entry);
            }),
        };
        Observer::with_cancel(emit, self.cancel.clone())
    }
}
