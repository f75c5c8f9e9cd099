//! Takes back what an undo plan names, one after the other.
//!
//! It takes away and never adds. Each object is looked at before it goes: what is not this tool's, or was changed since, stays.

use std::rc::Rc;

use jiff::Timestamp;
use serde_json::Value;

use crate::auth::Audience;
use crate::auth::Session;
use crate::domain::ids::ObjectId;
use crate::domain::problem::Kind;
use crate::domain::problem::Problem;
use crate::engine::history::History;
use crate::engine::history::now;
use crate::engine::history::part;
use crate::engine::journal::End;
use crate::engine::journal::Event;
use crate::engine::journal::Journal;
use crate::engine::journal::Keeping;
use crate::engine::journal::Made;
use crate::engine::journal::Past;
use crate::engine::journal::Who;
use crate::engine::own::Own;
use crate::engine::own::Sight;
use crate::engine::prepare::Stop;
use crate::engine::prepare::check_owner;
use crate::engine::prepare::claim;
use crate::engine::prepare::until_stopped;
use crate::engine::restore::disabled;
use crate::engine::restore::narrowed;
use crate::engine::restore::restored;
use crate::engine::undo::LOOK_AGAIN;
use crate::engine::undo::OnRemoval;
use crate::engine::undo::Removal;
use crate::engine::undo::RemovalState;
use crate::engine::undo::UndoPlan;
use crate::engine::undo::Undone;
use crate::engine::undo::pause;
use crate::graph;
use crate::graph::wire;
use crate::net::Call;
use crate::net::Failure;
use crate::net::Reply;
use crate::net::Watch;
use crate::net::cancel::Cancel;
use crate::world::World;

/// How often a write is sent again that was in another one's way.
const TRIES: u32 = 5;

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
    let _lock = match until_stopped(&cancel, claim(&world, &session)).await {
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
    let opened = async {
        journal
            .open(Some(past), keeping, began)
            .await
            .map_err(Stop::NotKept)
    };
    if let Err(stop) = until_stopped(&cancel, opened).await {
        return refused(stop);
    }
    // What was found by looking is made known before it goes: a page that dies in the middle must not look for it for ever.
    for removal in &plan.removals {
        if let Removal::Made { step, made, .. } = removal
            && !known.iter().any(|it| it.made == *made)
        {
            let found = Event::Done {
                step: step.name().into_owned(),
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
        let failed = states.iter().find_map(|state| {
            if let RemovalState::Failed(problem) = state {
                Some(problem.clone())
            } else {
                None
            }
        });
        let state = match failed.filter(|_| removal.takes_label()) {
            // The rest would be nobody's the next time.
            Some(problem) => RemovalState::Failed(problem),
            None => undoing.take_back(removal).await,
        };
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
