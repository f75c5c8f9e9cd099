//! What taking back a run comes to: by the IDs in its journal, never by a name, in reverse order. `take_back` does it.
//!
//! Safe to repeat: what is gone already is not missed. Resource providers stay registered: others may have begun to use them, and
//! registering costs nothing. What hangs on an app this run made goes with the app.

pub mod execute;
pub mod give_back;
pub mod restore;

use std::rc::Rc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::auth::Session;
use crate::desired::Desired;
use crate::graph;
use crate::journal::Leg;
use crate::journal::Made;
use crate::journal::Past;
use crate::journal::history::Fate;
use crate::journal::history::History;
use crate::journal::history::must_look_again;
use crate::journal::history::with_lost_secrets;
use crate::journal::history::without_undone;
use crate::journal::ownership::Looker;
use crate::journal::ownership::Own;
use crate::net::Call;
use crate::net::Watch;
use crate::net::cancel::Cancel;
use crate::plan::StepId;
use crate::plan::apps::app_facts;
use crate::read::tenant;
use crate::run::prepare::Stop;
use crate::run::prepare::check_owner;
use crate::undo::give_back::Back;
use domain::app_id_uri::rules::TenantRules;
use domain::cloud::Cloud;
use domain::ids::ObjectId;
use domain::marks;
use domain::platform::World;
use domain::problem::Kind;
use domain::problem::Problem;
use domain::words::Words;

/// How long one go waits for an object that is still invisible to readers.
pub(crate) const COPYING: Duration = Duration::from_secs(600);
/// Between two looks.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_secs(10);

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
        /// What is sent for it.
        back: Back,
    },
    /// A deleted app or service principal of this run, deleted permanently.
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
    /// Other requests would be needed than those that were shown: none was sent.
    Changed,
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

    /// True if it takes this tool's label off an app of somebody else, by which the rest is told.
    pub(crate) fn takes_label(&self) -> bool {
        let has_label = |of: &Value| {
            let tags = of["tags"].as_array();
            tags.into_iter().flatten().any(|tag| tag == marks::TAG)
        };
        match self {
            Self::Made {
                made: Made::Change { before, after, .. },
                ..
            } => has_label(after) && !has_label(before),
            Self::Made { .. } | Self::Purge { .. } => false,
        }
    }

    /// The requests, exactly as they are sent; none if it stays.
    #[must_use]
    pub fn calls(&self, cloud: Cloud) -> Vec<Call> {
        let (made, back) = match self {
            Self::Purge { object, .. } => return vec![graph::purge(cloud, *object)],
            Self::Made { back, .. } if *back == Back::Nothing => return Vec::new(),
            Self::Made { made, back, .. } => (made, back),
        };
        vec![match made {
            Made::Application { object, .. } => graph::delete_application(cloud, *object),
            Made::Principal { object } => graph::delete_principal(cloud, *object),
            Made::Grant { id } => graph::delete_grant(cloud, id),
            Made::Role { resource, id, .. } => graph::delete_role(cloud, *resource, id),
            Made::Secret { object, key } => graph::remove_password(cloud, *object, *key),
            Made::Change { object, .. } => {
                let Back::Properties(bodies) = back else {
                    return Vec::new();
                };
                let call = |body| graph::change_application(cloud, *object, body);
                return bodies.iter().map(call).collect();
            }
            Made::Scopes { id, .. } => match back {
                // A grant with no scope left would be corrupt.
                Back::Scopes(kept) if kept.is_empty() => graph::delete_grant(cloud, id),
                Back::Scopes(kept) => graph::update_grant(cloud, id, kept),
                Back::Nothing | Back::Whole | Back::Properties(_) => return Vec::new(),
            },
        }]
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
                back: Back::Nothing,
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
        // By its label the rest of an app is known to be this run's: it goes after the rest.
        removals.sort_by_key(Removal::takes_label);
        removals.extend(of_apps);
        // In the order they are sent: the second change of a list finds it as the first one leaves it.
        let mut seen = history.seen.clone();
        for removal in &mut removals {
            if let Removal::Made { made, back, .. } = removal {
                *back = seen.back(made);
            }
        }
        if for_good {
            let purged = apps.iter().rev();
            removals.extend(purged.map(|(step, object)| Removal::Purge {
                step: *step,
                object: *object,
            }));
            // A service principal is deleted with its app and stays among the deleted items when the app is purged.
            let principals = history.made.iter().filter_map(|it| match it.made {
                Made::Principal { object } if goes_with_an_app(&it.made, it.step) => {
                    let step = it.step;
                    Some(Removal::Purge { step, object })
                }
                Made::Application { .. }
                | Made::Principal { .. }
                | Made::Grant { .. }
                | Made::Role { .. }
                | Made::Secret { .. }
                | Made::Change { .. }
                | Made::Scopes { .. } => None,
            });
            removals.extend(principals);
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
        let observed = tenant::observe(session, &desired, &watch)
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
    let looker = Looker {
        world: Rc::clone(world),
        session: session.clone(),
        cancel: cancel.clone(),
        own: history.own.clone(),
    };
    history.seen = looker.seen(&history.made).await.map_err(Stop::Unread)?;
    Ok(Findings {
        plan: UndoPlan::new(&history, false),
        history,
    })
}

pub(crate) async fn pause(
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
