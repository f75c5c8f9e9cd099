//! Does exactly what an approved plan says.
//!
//! Steps that do not need each other run side by side; a step starts when all it needs is done. It may stop; it may not invent:
//! every request is the plan's own, and beside them there are only reads.
//!
//! Before the first write the tenant is read once more: the plan that was approved must still be the plan. Every write is in the
//! journal before it is sent. A run that was cut short goes on as the same run: what its journal has made counts as its own.

pub mod lost_write;
pub mod perform;
pub mod prepare;
pub mod registering;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use litemap::LiteMap;
use uuid::Uuid;

use crate::auth::Session;
use crate::desired::Draft;
use crate::journal::End;
use crate::journal::Event;
use crate::journal::Journal;
use crate::journal::Keeping;
use crate::journal::Past;
use crate::journal::history::History;
use crate::net::NetEvent;
use crate::net::WaitReason;
use crate::net::Watch;
use crate::net::cancel::Cancel;
use crate::plan::Approved;
use crate::plan::StepId;
use crate::plan::write::Ids;
use crate::plan::write::Write;
use crate::read::observed::Observed;
use crate::run::prepare::Stop;
use crate::run::prepare::claim;
use crate::run::prepare::prepare;
use crate::run::prepare::until_stopped;
use domain::cloud::Cloud;
use domain::ids::KeyId;
use domain::platform::Lock;
use domain::platform::World;
use domain::problem::Problem;
use domain::secret::Secret;

/// Where a step is.
#[derive(Clone, Debug, PartialEq)]
pub enum StepState {
    /// Waits for the steps it needs.
    Waiting,
    /// Under way.
    Running,
    /// Carried out.
    Done,
    /// Nothing to do.
    Kept,
    /// Asked for; Azure goes on with it by itself.
    UnderWay,
    /// Failed.
    Failed(Problem),
    /// Not tried, because a step it needs did not succeed.
    Skipped {
        /// That step.
        because: StepId,
    },
}

impl StepState {
    /// Used as `data-state` in markup.
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

    /// True if the step will not change any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Running)
    }

    /// True if what the step was for is there.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Done | Self::Kept | Self::UnderWay)
    }
}

/// What a running step is doing when it is not simply waiting for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The service asked to slow down.
    Throttled {
        /// How long from the moment of the event.
        wait: Duration,
    },
    /// The service failed and is asked again.
    ServerBusy {
        /// How long from the moment of the event.
        wait: Duration,
    },
    /// No answer came and the request is harmless to repeat.
    NoAnswer {
        /// How long from the moment of the event.
        wait: Duration,
    },
    /// The directory is copying the new object to all its servers.
    Copying {
        /// How long from the moment of the event.
        wait: Duration,
    },
    /// The browser is offline: it goes on by itself.
    Offline,
    /// Nobody knows whether the request was carried out: looking first.
    Looking,
    /// Azure is registering the provider.
    Registering {
        /// How long until the next look.
        wait: Duration,
    },
}

/// One step's progress, for the run page.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The step.
    pub id: StepId,
    /// Where it is.
    pub state: StepState,
    /// How many requests were sent for it.
    pub attempt: u32,
    /// Microsoft's ID of the latest answer.
    pub request_id: Option<String>,
    /// What it is doing just now.
    pub note: Option<Note>,
}

/// A secret just made. Its text is here and nowhere else.
#[derive(Clone, Debug)]
pub struct NewSecret {
    /// The text.
    pub text: Secret,
    /// Its key ID.
    pub key_id: KeyId,
    /// When it ends.
    pub end: Timestamp,
}

/// What is to be run.
#[derive(Clone, Debug)]
pub struct Order {
    /// The plan, as approved.
    pub approved: Approved,
    /// What it was made from, as typed: the journal has it, so that the run can go on in another window.
    pub draft: Draft,
    /// The run this goes on with, if there is one.
    pub past: Option<Past>,
    /// The secret of that run whose text the page still has.
    pub in_hand: Option<KeyId>,
    /// Where the journal is kept.
    pub keeping: Keeping,
}

/// What the run reached, whether or not all of it succeeded.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Why it did not begin, if it did not.
    pub stop: Option<Stop>,
    /// Every step.
    pub steps: Vec<Progress>,
    /// Every ID.
    pub ids: Ids,
    /// The secret, if one was made.
    pub secret: Option<NewSecret>,
    /// The run's ID; part of the secret's description.
    pub run: String,
    /// When it began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// The tenant stays this page's while the text of its secret is here alone: another window would take it for lost and replace it.
    pub lock: Option<Rc<Lock>>,
}

impl Outcome {
    /// True if everything the plan wanted is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.stop.is_none() && self.steps.iter().all(|step| step.state.is_good())
    }
}

/// Told whenever a step's progress changes.
pub type OnProgress = Rc<dyn Fn(&Progress)>;

/// A run under way. `perform` does its steps.
pub(crate) struct Run {
    pub(crate) world: Rc<dyn World>,
    pub(crate) session: Session,
    pub(crate) approved: Approved,
    pub(crate) cloud: Cloud,
    pub(crate) id: String,
    pub(crate) began: Timestamp,
    pub(crate) ids: RefCell<Ids>,
    /// Object IDs and client IDs of what this run created or restored, in this leg and earlier ones.
    pub(crate) fresh: RefCell<Vec<Uuid>>,
    pub(crate) secret: RefCell<Option<NewSecret>>,
    /// The secret of an earlier leg whose text the page still has.
    pub(crate) in_hand: Option<KeyId>,
    /// What earlier legs of this run did.
    pub(crate) history: History,
    /// The tenant just before the first write: what undoing goes back to.
    pub(crate) observed: Observed,
    /// Our ID for each step, told to the service and the same over all tries, so that a support case finds them together.
    pub(crate) traces: LiteMap<StepId, Uuid>,
    pub(crate) progress: RefCell<LiteMap<StepId, Progress>>,
    pub(crate) journal: Rc<Journal>,
    pub(crate) on_progress: OnProgress,
    pub(crate) cancel: Cancel,
}

/// Runs the plan to its end, or as far as it goes.
pub async fn run(
    world: Rc<dyn World>,
    session: Session,
    order: Order,
    journal: Rc<Journal>,
    on_progress: OnProgress,
    cancel: Cancel,
) -> Outcome {
    let began = world.now();
    // Held until the end of this function or until the secret is saved, and given up by the browser if the page dies.
    let ready = until_stopped(&cancel, async {
        let lock = claim(&world, &session).await?;
        let ready = prepare(&world, &session, &order, &journal, &cancel).await?;
        Ok((ready, lock))
    })
    .await;
    let ((history, observed), lock) = match ready {
        Ok(ready) => ready,
        Err(stop) => {
            return Outcome {
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
    history.made.iter().for_each(|trace| ids.recall(trace));
    let run = Rc::new(Run {
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
    let outcome = Outcome {
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
        // Not kept: the run is found again as complete, which does no harm.
        let _ = run.journal.write(Event::Ended { how: End::Complete }).await;
    }
    outcome
}

/// Every step before the first write.
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
        })
        .collect()
}

impl Run {
    /// Starts every step whose needs are met, until nothing is left to start and nothing runs.
    async fn walk(self: &Rc<Self>) {
        for progress in steps_of(&self.approved) {
            (self.on_progress)(&progress);
            self.progress.borrow_mut().insert(progress.id, progress);
        }
        let mut running = FuturesUnordered::new();
        loop {
            self.skip_hopeless();
            for (id, write) in self.startable() {
                self.change(id, |progress| progress.state = StepState::Running);
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
            self.change(id, |progress| {
                progress.note = None;
                progress.state = state;
            });
        }
    }

    /// Marks the steps that can no longer be reached.
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
                // One writer per app: secrets are removed one after the other.
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
            let told = progress.clone();
            drop(all);
            (self.on_progress)(&told);
        }
    }

    pub(crate) fn note(&self, id: StepId, note: Note) {
        self.change(id, |progress| progress.note = Some(note));
    }

    pub(crate) fn watch(self: &Rc<Self>, id: StepId) -> Watch {
        let run = Rc::clone(self);
        let tell = move |event: NetEvent| match event {
            NetEvent::Sending { .. } => run.change(id, |progress| {
                progress.attempt += 1;
                progress.note = None;
            }),
            NetEvent::Waiting { wait, why } => run.note(
                id,
                match why {
                    WaitReason::Throttled => Note::Throttled { wait },
                    WaitReason::Server => Note::ServerBusy { wait },
                    WaitReason::Lost => Note::NoAnswer { wait },
                },
            ),
            NetEvent::Offline => run.note(id, Note::Offline),
            NetEvent::Answered { request_id, .. } => run.change(id, |progress| {
                if request_id.is_some() {
                    progress.request_id = request_id;
                }
            }),
        };
        Watch::with_cancel(tell, self.cancel.clone())
    }
}
