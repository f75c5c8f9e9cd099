//! Carries out an undo plan, one removal at a time.
//!
//! It only removes and never adds. It reads each object before the removal: an object that this tool does not own, or that changed since,
//! stays. It sends only requests that were shown. If another request is needed by now, it sends nothing and the admin must review the plan
//! again.

use std::rc::Rc;

use http::Method;
use jiff::Timestamp;

use crate::auth::session::Session;
use crate::graph;
use crate::journal::End;
use crate::journal::Event;
use crate::journal::Journal;
use crate::journal::Keeping;
use crate::journal::Made;
use crate::journal::Past;
use crate::journal::Who;
use crate::journal::history::History;
use crate::net::Call;
use crate::net::Failure;
use crate::net::Reply;
use crate::net::cancel::Cancel;
use crate::run::prepare::Stop;
use crate::run::prepare::check_owner;
use crate::run::prepare::claim;
use crate::run::prepare::until_stopped;
use crate::undo::OnRemoval;
use crate::undo::Removal;
use crate::undo::RemovalState;
use crate::undo::UndoPlan;
use crate::undo::Undone;
use crate::undo::give_back;
use crate::undo::give_back::Back;
use crate::undo::ownership::Looker;
use crate::undo::ownership::Sight;
use crate::undo::wait::LOOK_AGAIN;
use crate::undo::wait::pause;
use domain::platform::World;
use domain::problem::Kind;
use domain::problem::Problem;

/// Maximum attempts for a write that conflicts with another write.
const TRIES: u32 = 5;

/// Carries out all removals in order. A failure does not prevent the others.
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
    // Records the objects that were found by reading before they are removed, so that a page that crashes does not need to find them again.
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
        looker: Looker {
            own: plan.own.clone(),
            world,
            session,
            cancel,
        },
        journal,
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
            // Without its tag, the app's remaining objects would not be recognized in the next attempt.
            Some(problem) => RemovalState::Failed(problem),
            None => undoing.take_back(removal).await,
        };
        on_progress(place, &state);
        states.push(state);
    }
    let undone = Undone { stop: None, states };
    if undone.is_complete() {
        let ended = Event::Ended { how: End::Undone };
        // If the record is not stored, the run is shown again, and another undo finds nothing to remove.
        let _ = undoing.journal.write(ended).await;
    }
    undone
}

/// An undo in progress.
struct Undoing {
    looker: Looker,
    /// Objects that an earlier attempt was about to remove. They existed then, so if they are missing now, they are gone.
    was_removing: Vec<Made>,
    journal: Journal,
}

impl Undoing {
    async fn take_back(&self, removal: &Removal) -> RemovalState {
        let done = match removal {
            Removal::Purge { object, .. } => match self.looker.may_purge(*object).await {
                Ok(true) => self.send_all(removal).await.map(|()| RemovalState::Done),
                Ok(false) => Ok(RemovalState::Left),
                Err(problem) => Err(problem),
            },
            Removal::Made { made, at, back, .. } => {
                self.take_back_made(removal, made, *at, back).await
            }
        };
        done.unwrap_or_else(RemovalState::Failed)
    }

    async fn take_back_made(
        &self,
        removal: &Removal,
        made: &Made,
        at: Timestamp,
        shown: &Back,
    ) -> Result<RemovalState, Problem> {
        let was_seen = self.was_removing.contains(made);
        let sight = self.looker.find(made, at, was_seen).await?;
        if sight == Sight::Foreign {
            return Ok(RemovalState::Left);
        }
        let back = match sight {
            Sight::There => self.back(made).await?,
            Sight::Gone | Sight::Foreign => Back::Nothing,
        };
        if back == Back::Nothing && sight == Sight::There {
            return Ok(RemovalState::Left);
        }
        // The admin approved only the requests that were shown.
        if back != Back::Nothing && back != *shown {
            return Ok(RemovalState::Changed);
        }
        self.record(Event::Removing { made: made.clone() }).await?;
        if back != Back::Nothing {
            self.send_all(removal).await?;
        } else if matches!(made, Made::Change { .. }) {
            // The object was deleted in the meantime, so there is nothing to restore.
            return Ok(RemovalState::Left);
        }
        // Without the record, another attempt finds it already removed.
        let _ = self.record(Event::Removed { made: made.clone() }).await;
        Ok(RemovalState::Done)
    }

    /// The requests for one removal, based on the current state.
    async fn back(&self, made: &Made) -> Result<Back, Problem> {
        Ok(match made {
            Made::Change {
                object,
                before,
                after,
            } => match self.looker.properties(*object).await? {
                Some(now) => give_back::properties(&now, before, after),
                None => Back::Nothing,
            },
            Made::Scopes { id, before, after } => match self.looker.scopes(id).await? {
                Some(now) => give_back::scopes(&now, before, after),
                None => Back::Nothing,
            },
            Made::Application { .. }
            | Made::Principal { .. }
            | Made::Grant { .. }
            | Made::Role { .. }
            | Made::Secret { .. } => Back::Whole,
        })
    }

    async fn record(&self, event: Event) -> Result<(), Problem> {
        let kept = self.journal.write(event).await;
        kept.map_err(|_| Problem::new(Kind::NotJournaled))
    }

    /// Sends the requests that were shown. A missing object counts as removed, because it existed before.
    async fn send_all(&self, removal: &Removal) -> Result<(), Problem> {
        for call in removal.calls(self.looker.session.cloud()) {
            let may_be_gone = call.method != Method::PATCH;
            match self.patiently(call).await? {
                Ok(_) => {}
                Err(Failure::Refused(refusal))
                    if may_be_gone && graph::errors::is_gone(&refusal) => {}
                Err(failure) => return Err(graph::errors::problem(&failure)),
            }
        }
        Ok(())
    }

    /// Sends a write, and retries while another write to the same object conflicts. A conflicting write was not carried out.
    async fn patiently(&self, call: Call) -> Result<Result<Reply, Failure>, Problem> {
        let mut tries = 0;
        loop {
            match self.looker.send(call.clone()).await {
                Err(Failure::Refused(refusal))
                    if graph::errors::is_in_each_others_way(&refusal) && tries < TRIES =>
                {
                    tries += 1;
                    pause(&self.looker.world, LOOK_AGAIN, &self.looker.cancel).await?;
                }
                sent => return Ok(sent),
            }
        }
    }
}
