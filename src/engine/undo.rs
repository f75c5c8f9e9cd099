//! Takes back what a run made: by the IDs in its journal, never by a name, in reverse order.
//!
//! Safe to repeat: what is gone already is not missed. Resource providers stay registered: others may have begun to use them, and
//! registering costs nothing. What hangs on an app this run made goes with the app.

use std::rc::Rc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::auth::Audience;
use crate::auth::Session;
use crate::domain::app_id_uri::rules::TenantRules;
use crate::domain::cloud::Cloud;
use crate::domain::ids::ObjectId;
use crate::domain::problem::Kind;
use crate::domain::problem::Problem;
use crate::domain::words::Words;
use crate::engine::apply::Stop;
use crate::engine::apply::check_owner;
use crate::engine::apply::claim;
use crate::engine::apps::app_facts;
use crate::engine::desired::Desired;
use crate::engine::history::Fate;
use crate::engine::history::History;
use crate::engine::history::must_look_again;
use crate::engine::history::now;
use crate::engine::history::part;
use crate::engine::history::with_lost_secrets;
use crate::engine::history::without_undone;
use crate::engine::journal::End;
use crate::engine::journal::Event;
use crate::engine::journal::Journal;
use crate::engine::journal::Keeping;
use crate::engine::journal::Leg;
use crate::engine::journal::Made;
use crate::engine::journal::Past;
use crate::engine::journal::Who;
use crate::engine::observe;
use crate::engine::own::Own;
use crate::engine::own::Sight;
use crate::engine::plan::StepId;
use crate::engine::restore::disabled;
use crate::engine::restore::narrowed;
use crate::engine::restore::restored;
use crate::graph;
use crate::graph::wire;
use crate::net::Call;
use crate::net::Failure;
use crate::net::Reply;
use crate::net::Watch;
use crate::net::cancel::Cancel;
use crate::world::World;

/// How long one go waits for an object that is still invisible to readers.
pub(in crate::engine) const COPYING: Duration = Duration::from_secs(600);
/// How often a write is sent again that was in another one's way.
const TRIES: u32 = 5;
/// Between two looks.
pub(in crate::engine) const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// Something to take back.
#[derive(Clone, Debug, PartialEq)]
pub enum Removal {
    /// What a step made.
    Made {
        /// The step.
        step: StepId,
        /// What.
        made: Made,
        /// When, by this computer's clock.
        at: Timestamp,
    },
    /// A deleted app of this run, deleted for good.
    Purge {
        /// The step that made it.
        step: StepId,
        /// Its object ID.
        object: ObjectId,
    },
}

/// Everything that will be taken back, in the order it happens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoPlan {
    /// The requests.
    pub removals: Vec<Removal>,
    /// Steps that may have been carried out and cannot be told: their objects stay.
    pub unknown: Vec<StepId>,
    /// Resource providers the run has registered: they stay.
    pub providers: Vec<StepId>,
    /// What in the tenant is this tool's, as it was seen: a journal may be a file, and a file may say anything.
    pub own: Own,
}

/// What was found out about a run before it is undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// What the journal and the tenant tell together.
    pub history: History,
    /// What would be taken back.
    pub plan: UndoPlan,
}

/// How far a removal is.
#[derive(Clone, Debug, PartialEq)]
pub enum RemovalState {
    /// Not yet.
    Waiting,
    /// Under way.
    Running,
    /// Gone.
    Done,
    /// Somebody has changed it since, or it is not this tool's: it stays as it is.
    Left,
    /// Refused or failed.
    Failed(Problem),
}

/// What undoing reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// Why it did not begin, if it did not.
    pub stop: Option<Stop>,
    /// Each removal of the plan.
    pub states: Vec<RemovalState>,
}

/// Told whenever a removal has moved: its place in the plan, and how far it is.
pub type OnRemoval = Rc<dyn Fn(usize, &RemovalState)>;

impl Undone {
    /// True if nothing is left to take back.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.stop.is_none() && self.states.iter().all(RemovalState::is_good)
    }
}

impl RemovalState {
    /// True if nothing is left to take back.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Done | Self::Left)
    }
}

impl Removal {
    /// The step whose work it takes back.
    #[must_use]
    pub fn step(&self) -> StepId {
        match self {
            Self::Made { step, .. } | Self::Purge { step, .. } => *step,
        }
    }

    /// The request. For changed properties it is decided when it runs how much of it is needed.
    #[must_use]
    pub fn call(&self, cloud: Cloud) -> Call {
        match self {
            Self::Purge { object, .. } => graph::purge_application(cloud, *object),
            Self::Made { made, .. } => match made {
                Made::Application { object, .. } => graph::delete_application(cloud, *object),
                Made::Principal { object } => graph::delete_principal(cloud, *object),
                Made::Grant { id } => graph::delete_grant(cloud, id),
                Made::Role { resource, id, .. } => graph::delete_role(cloud, *resource, id),
                Made::Secret { object, key } => graph::remove_password(cloud, *object, *key),
                Made::Change { object, before, .. } => {
                    graph::change_application(cloud, *object, before)
                }
                Made::Scopes { id, before, .. } => graph::update_grant(cloud, id, before),
            },
        }
    }
}

impl UndoPlan {
    /// Everything the run made, the newest first. `for_good`: its apps are not only deleted but purged.
    #[must_use]
    pub fn new(history: &History, for_good: bool) -> Self {
        let standing = history.made.iter().filter_map(|it| match it.made {
            Made::Application { object, .. } => Some((it.step, object)),
            Made::Principal { .. }
            | Made::Grant { .. }
            | Made::Role { .. }
            | Made::Secret { .. }
            | Made::Change { .. }
            | Made::Scopes { .. } => None,
        });
        let deleted = history.deleted.iter().copied();
        let apps: Vec<(StepId, ObjectId)> = deleted.chain(standing).collect();
        let goes_with_an_app = |made: &Made, step| match made {
            Made::Principal { .. } => {
                let app = if step == StepId::ServerPrincipal {
                    StepId::ServerApp
                } else {
                    StepId::ClientApp
                };
                apps.iter().any(|(step, _)| *step == app)
            }
            Made::Change { object, .. } => apps.iter().any(|(_, app)| app == object),
            Made::Application { .. }
            | Made::Grant { .. }
            | Made::Role { .. }
            | Made::Secret { .. }
            | Made::Scopes { .. } => false,
        };
        let made = history
            .made
            .iter()
            .rev()
            .filter(|it| !goes_with_an_app(&it.made, it.step))
            .map(|it| Removal::Made {
                step: it.step,
                made: it.made.clone(),
                at: it.at,
            });
        // Apps last, whatever the order they were made in: the rest hangs on them.
        let (of_apps, mut removals): (Vec<_>, Vec<_>) = made.partition(|it| {
            matches!(
                it,
                Removal::Made {
                    made: Made::Application { .. },
                    ..
                }
            )
        });
        removals.extend(of_apps);
        if for_good {
            let purged = apps.iter().rev();
            removals.extend(purged.map(|(step, object)| Removal::Purge {
                step: *step,
                object: *object,
            }));
        }
        let is_provider = |step: &StepId| matches!(step, StepId::Provider(_));
        Self {
            removals,
            own: history.own.clone(),
            unknown: history
                .steps
                .iter()
                .filter(|(step, fate, _)| matches!(fate, Fate::Unknown(_)) && !is_provider(step))
                .map(|(step, ..)| *step)
                .collect(),
            providers: history
                .steps
                .iter()
                .filter(|(step, fate, _)| is_provider(step) && *fate != Fate::NotDone)
                .map(|(step, ..)| *step)
                .collect(),
        }
    }
}

/// What a run of the past wanted. Its answers were checked before it began; the tenant's rules are not asked again.
#[must_use]
pub fn desired(leg: &Leg) -> Option<Desired> {
    let rules = TenantRules {
        cloud: leg.draft.cloud(),
        tenant: Some(leg.tenant),
        ..TenantRules::default()
    };
    let facts = app_facts(None, Timestamp::UNIX_EPOCH);
    leg.draft.check(leg.tenant, &rules, &facts, Words::En).ok()
}

/// Finds out what a run has made, before anything is taken back: steps of unknown fate are looked up, twice, and an app that could
/// still be on its way to the reader is waited for.
///
/// # Errors
/// What kept the tenant from being read, or another account's run.
pub async fn find_out(
    world: &Rc<dyn World>,
    session: &Session,
    past: &Past,
    cancel: &Cancel,
) -> Result<Findings, Stop> {
    check_owner(past, session)?;
    let watch = Watch::with_cancel(|_| (), cancel.clone());
    let desired = past.leg().and_then(desired).ok_or_else(|| {
        Stop::Unread(Problem::new(Kind::PageFault {
            what: "a journal that wants nothing",
        }))
    })?;
    let mut history = History::of(past);
    let until = world.elapsed() + COPYING;
    let mut looks = 0;
    loop {
        let observed = observe::observe(session, &desired, &watch)
            .await
            .map_err(Stop::Unread)?;
        let settled = history.settled(&desired, &observed);
        history = history.with(&settled, world.now());
        history = with_lost_secrets(history, &observed, world.now());
        history.own = Own::of(&observed, past.run)
            .ok_or_else(|| Stop::Unread(Problem::new(Kind::UnexpectedAnswer)))?;
        looks += 1;
        if !must_look_again(&history, world.now(), looks) {
            break;
        }
        if world.elapsed() > until {
            return Err(Stop::Unread(Problem::new(Kind::NotReplicated)));
        }
        pause(world, LOOK_AGAIN, cancel)
            .await
            .map_err(Stop::Unread)?;
    }
    history = without_undone(history);
    Ok(Findings {
        plan: UndoPlan::new(&history, false),
        history,
    })
}

/// Takes everything back, one after the other. A failure does not keep the rest from going.
pub async fn run(
    world: Rc<dyn World>,
    session: Session,
    past: Past,
    plan: UndoPlan,
    keeping: Keeping,
    on_progress: OnRemoval,
    cancel: Cancel,
) -> Undone {
    let refused = |stop| Undone {
        stop: Some(stop),
        states: vec![RemovalState::Waiting; plan.removals.len()],
    };
    if let Err(stop) = check_owner(&past, &session) {
        return refused(stop);
    }
    let _lock = match claim(&world, &session).await {
        Ok(lock) => lock,
        Err(stop) => return refused(stop),
    };
    let was_removing = past
        .records
        .iter()
        .filter_map(|record| {
            if let Event::Removing { made } = &record.event {
                Some(made.clone())
            } else {
                None
            }
        })
        .collect();
    let journal = Journal::new(Rc::clone(&world));
    let began = Event::Undoing {
        account: Who::from(session.account()),
    };
    let known = History::of(&past).made;
    if let Err(why) = journal.open(Some(past), keeping, began).await {
        return refused(Stop::NotKept(why));
    }
    // What was found by looking is made known before it goes: a page that dies in the middle must not look for it for ever.
    for removal in &plan.removals {
        if let Removal::Made { step, made, .. } = removal
            && !known.iter().any(|it| it.made == *made)
        {
            let found = Event::Done {
                step: step.name().to_owned(),
                request_id: None,
                made: Some(made.clone()),
            };
            if let Err(why) = journal.write(found).await {
                return refused(Stop::NotKept(why));
            }
        }
    }
    let undoing = Undoing {
        was_removing,
        own: plan.own.clone(),
        world,
        session,
        journal,
        cancel,
    };
    let mut states = Vec::new();
    for (place, removal) in plan.removals.iter().enumerate() {
        on_progress(place, &RemovalState::Running);
        let state = undoing.take_back(removal).await;
        on_progress(place, &state);
        states.push(state);
    }
    let undone = Undone { stop: None, states };
    if undone.is_complete() {
        let ended = Event::Ended { how: End::Undone };
        // Not kept: the run is found again, and undoing it again finds nothing left.
        let _ = undoing.journal.write(ended).await;
    }
    undone
}

/// Taking back, under way.
pub(in crate::engine) struct Undoing {
    pub(in crate::engine) world: Rc<dyn World>,
    pub(in crate::engine) session: Session,
    pub(in crate::engine) cancel: Cancel,
    /// What an earlier go was about to remove: it had been seen, so if it is not there now, it is gone.
    pub(in crate::engine) was_removing: Vec<Made>,
    /// What in the tenant is this tool's.
    pub(in crate::engine) own: Own,
    journal: Journal,
}

impl Undoing {
    async fn take_back(&self, removal: &Removal) -> RemovalState {
        let done = match removal {
            Removal::Purge { object, .. } => match self.may_purge(*object).await {
                Ok(true) => self.remove(removal).await,
                Ok(false) => return RemovalState::Left,
                Err(problem) => Err(problem),
            },
            Removal::Made { made, at, .. } => match self.take_back_made(removal, made, *at).await {
                Ok(true) => Ok(()),
                Ok(false) => return RemovalState::Left,
                Err(problem) => Err(problem),
            },
        };
        match done {
            Ok(()) => RemovalState::Done,
            Err(problem) => RemovalState::Failed(problem),
        }
    }

    /// `false` if it stays, because somebody has changed it since.
    async fn take_back_made(
        &self,
        removal: &Removal,
        made: &Made,
        at: Timestamp,
    ) -> Result<bool, Problem> {
        let sight = self.find(made, at).await?;
        if sight == Sight::Foreign {
            return Ok(false);
        }
        self.record(Event::Removing { made: made.clone() }).await?;
        match made {
            Made::Change {
                object,
                before,
                after,
            } => {
                if !self.restore(*object, before, after).await? {
                    return Ok(false);
                }
            }
            Made::Scopes { id, before, after } => {
                if sight == Sight::There && !self.narrow(id, before, after).await? {
                    return Ok(false);
                }
            }
            Made::Application { .. }
            | Made::Principal { .. }
            | Made::Grant { .. }
            | Made::Role { .. }
            | Made::Secret { .. } => {
                if sight == Sight::There {
                    self.remove(removal).await?;
                }
            }
        }
        // Without the record it is tried again and found gone.
        let _ = self.record(Event::Removed { made: made.clone() }).await;
        Ok(true)
    }

    async fn record(&self, event: Event) -> Result<(), Problem> {
        let kept = self.journal.write(event).await;
        kept.map_err(|_| Problem::new(Kind::NotJournaled))
    }

    /// Sends a removal. Gone already is as good: it was seen before.
    async fn remove(&self, removal: &Removal) -> Result<(), Problem> {
        let call = removal.call(self.session.cloud());
        match self.patiently(call).await? {
            Ok(_) => Ok(()),
            Err(Failure::Refused(refusal)) if graph::errors::is_gone(&refusal) => Ok(()),
            Err(failure) => Err(graph::errors::problem(&failure)),
        }
    }

    /// Gives changed properties back as far as nobody else has changed them since; `false` if there was nothing to give back.
    async fn restore(
        &self,
        object: ObjectId,
        before: &Value,
        after: &Value,
    ) -> Result<bool, Problem> {
        let cloud = self.session.cloud();
        let reply = match self.send(graph::application(cloud, object)).await {
            Ok(reply) => reply,
            // Deleted meanwhile: nothing to give back to.
            Err(Failure::Refused(refusal)) if refusal.status == 404 => return Ok(false),
            Err(failure) => return Err(graph::errors::problem(&failure)),
        };
        let app: wire::Application =
            serde_json::from_value(reply.body).map_err(|_| Problem::new(Kind::UnexpectedAnswer))?;
        let current = part(&now(&app), after);
        let Some(restored) = restored(&current, before, after) else {
            return Ok(false);
        };
        // An enabled scope cannot be removed: it is disabled first.
        if let Some(disabled) = disabled(&current, &restored) {
            self.patiently(graph::change_application(cloud, object, &disabled))
                .await?
                .map_err(|failure| graph::errors::problem(&failure))?;
        }
        self.patiently(graph::change_application(cloud, object, &restored))
            .await?
            .map_err(|failure| graph::errors::problem(&failure))?;
        Ok(true)
    }

    /// Takes the scopes back that this run added to a grant; `false` if none of them is there.
    async fn narrow(&self, id: &str, before: &str, after: &str) -> Result<bool, Problem> {
        let cloud = self.session.cloud();
        let problem = |failure| graph::errors::problem(&failure);
        let reply = self.send(graph::grant(cloud, id)).await.map_err(problem)?;
        let grant: wire::PermissionGrant =
            serde_json::from_value(reply.body).map_err(|_| Problem::new(Kind::UnexpectedAnswer))?;
        let kept = narrowed(&grant.scope, before, after);
        if kept == grant.scope {
            return Ok(false);
        }
        // A grant with no scope left would be corrupt.
        let call = if kept.is_empty() {
            graph::delete_grant(cloud, id)
        } else {
            graph::update_grant(cloud, id, &kept)
        };
        self.patiently(call).await?.map_err(problem)?;
        Ok(true)
    }

    /// Sends a write, again while another write to the same object stands in its way: that one was not carried out.
    async fn patiently(&self, call: Call) -> Result<Result<Reply, Failure>, Problem> {
        let mut tries = 0;
        loop {
            match self.send(call.clone()).await {
                Err(Failure::Refused(refusal))
                    if graph::errors::is_in_each_others_way(&refusal) && tries < TRIES =>
                {
                    tries += 1;
                    pause(&self.world, LOOK_AGAIN, &self.cancel).await?;
                }
                sent => return Ok(sent),
            }
        }
    }

    pub(in crate::engine) async fn send(&self, call: Call) -> Result<Reply, Failure> {
        let watch = Watch::with_cancel(|_| (), self.cancel.clone());
        self.session.call(Audience::Graph, call, &watch).await
    }
}

pub(in crate::engine) async fn pause(
    world: &Rc<dyn World>,
    wait: Duration,
    cancel: &Cancel,
) -> Result<(), Problem> {
    let sleep = world.sleep(wait);
    let pressed = Box::pin(cancel.pressed());
    match futures_util::future::select(sleep, pressed).await {
        futures_util::future::Either::Left(_) => Ok(()),
        futures_util::future::Either::Right(_) => Err(Problem::new(Kind::Cancelled)),
    }
}
