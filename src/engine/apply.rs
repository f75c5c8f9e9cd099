//! Does exactly what an approved plan says.
//!
//! Steps that do not need each other run side by side; a step starts when all it needs is done. It may stop; it may not invent:
//! every request is the plan's own, and beside them there are only reads.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use litemap::LiteMap;
use uuid::Uuid;

use crate::auth::Session;
use crate::domain::cloud::Cloud;
use crate::domain::ids::KeyId;
use crate::domain::problem::Problem;
use crate::domain::secret::Secret;
use crate::engine::journal::Journal;
use crate::engine::plan::Action;
use crate::engine::plan::Approved;
use crate::engine::plan::StepId;
use crate::engine::write::Ids;
use crate::engine::write::Write;
use crate::net::NetEvent;
use crate::net::WaitReason;
use crate::net::Watch;
use crate::net::cancel::Cancel;
use crate::world::World;

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

/// What the run reached, whether or not all of it succeeded.
#[derive(Clone, Debug)]
pub struct Outcome {
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
}

impl Outcome {
    /// True if everything the plan wanted is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.steps.iter().all(|step| step.state.is_good())
    }
}

/// Told whenever a step's progress changes.
pub type OnProgress = Rc<dyn Fn(&Progress)>;

/// A run under way. `perform` does its steps.
pub(in crate::engine) struct Run {
    pub(in crate::engine) world: Rc<dyn World>,
    pub(in crate::engine) session: Session,
    pub(in crate::engine) approved: Approved,
    pub(in crate::engine) cloud: Cloud,
    pub(in crate::engine) id: String,
    pub(in crate::engine) began: Timestamp,
    pub(in crate::engine) ids: RefCell<Ids>,
    pub(in crate::engine) secret: RefCell<Option<NewSecret>>,
    /// Our ID for each step, told to the service and the same over all tries, so that a support case finds them together.
    pub(in crate::engine) traces: LiteMap<StepId, Uuid>,
    pub(in crate::engine) progress: RefCell<LiteMap<StepId, Progress>>,
    pub(in crate::engine) journal: Rc<Journal>,
    pub(in crate::engine) on_progress: OnProgress,
    pub(in crate::engine) cancel: Cancel,
}

/// Runs the plan to its end, or as far as it goes.
pub async fn run(
    world: Rc<dyn World>,
    session: Session,
    approved: Approved,
    journal: Rc<Journal>,
    on_progress: OnProgress,
    cancel: Cancel,
) -> Outcome {
    let began = world.now();
    let run = Rc::new(Run {
        id: world.fresh_guid().to_string(),
        cloud: session.cloud(),
        ids: RefCell::new(Ids::new(&approved.plan().known)),
        secret: RefCell::default(),
        traces: approved
            .plan()
            .steps
            .iter()
            .map(|step| (step.id, world.fresh_guid()))
            .collect(),
        progress: RefCell::default(),
        world,
        session,
        approved,
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
    Outcome {
        steps,
        ids: run.ids.borrow().clone(),
        secret: run.secret.borrow_mut().take(),
        run: run.id.clone(),
        began,
        ended: run.world.now(),
    }
}

impl Run {
    /// Starts every step whose needs are met, until nothing is left to start and nothing runs.
    async fn walk(self: &Rc<Self>) {
        for step in &self.approved.plan().steps {
            let state = if step.action.write().is_some() {
                StepState::Waiting
            } else {
                StepState::Kept
            };
            let progress = Progress {
                id: step.id,
                state,
                attempt: 0,
                request_id: None,
                note: None,
            };
            (self.on_progress)(&progress);
            self.progress.borrow_mut().insert(step.id, progress);
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
                Err(problem) => {
                    self.journal.failed(self.world.now(), id.name(), &problem);
                    StepState::Failed(problem)
                }
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
        let steps = self.approved.plan().steps.iter();
        steps
            .filter(|step| {
                progress
                    .get(&step.id)
                    .is_some_and(|it| it.state == StepState::Waiting)
            })
            .filter(|step| step.id.needs().iter().all(is_good))
            .filter_map(|step| match &step.action {
                Action::Create(write) | Action::Update(write) => Some((step.id, write.clone())),
                Action::Keep | Action::Blocked(_) => None,
            })
            .collect()
    }

    pub(in crate::engine) fn change(&self, id: StepId, change: impl FnOnce(&mut Progress)) {
        let mut all = self.progress.borrow_mut();
        if let Some(progress) = all.get_mut(&id) {
            change(progress);
            let told = progress.clone();
            drop(all);
            (self.on_progress)(&told);
        }
    }

    pub(in crate::engine) fn note(&self, id: StepId, note: Note) {
        self.change(id, |progress| progress.note = Some(note));
    }

    pub(in crate::engine) fn watch(self: &Rc<Self>, id: StepId) -> Watch {
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
            NetEvent::Answered { request_id, .. } => run.change(id, |progress| {
                if request_id.is_some() {
                    progress.request_id = request_id;
                }
            }),
        };
        Watch::with_cancel(tell, self.cancel.clone())
    }
}
