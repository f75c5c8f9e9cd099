//! Takes back what an undo plan names, one after the other.
//!
//! It takes away and never adds. Each object is looked at before it goes: what is not this tool's, or was changed since, stays. What is
//! sent is what was shown; where something else would be needed by now, nothing is sent and it is shown anew.

use std::rc::Rc;

use http::Method;
use jiff::Timestamp;

use crate::auth::Session;
use crate::graph;
use crate::journal::End;
use crate::journal::Event;
use crate::journal::Journal;
use crate::journal::Keeping;
use crate::journal::Made;
use crate::journal::Past;
use crate::journal::Who;
use crate::journal::history::History;
use crate::journal::ownership::Looker;
use crate::journal::ownership::Sight;
use crate::net::Call;
use crate::net::Failure;
use crate::net::Reply;
use crate::net::cancel::Cancel;
use crate::run::prepare::Stop;
use crate::run::prepare::check_owner;
use crate::run::prepare::claim;
use crate::run::prepare::until_stopped;
use crate::undo::LOOK_AGAIN;
use crate::undo::OnRemoval;
use crate::undo::Removal;
use crate::undo::RemovalState;
use crate::undo::UndoPlan;
use crate::undo::Undone;
use crate::undo::give_back;
use crate::undo::give_back::Back;
use crate::undo::pause;
use domain::platform::World;
use domain::problem::Kind;
use domain::problem::Problem;

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
struct Undoing {
    looker: Looker,
    /// What an earlier go was about to remove: it had been seen, so if it is not there now, it is gone.
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
        // Approved was what was shown, and nothing else.
        if back != Back::Nothing && back != *shown {
            return Ok(RemovalState::Changed);
        }
        self.record(Event::Removing { made: made.clone() }).await?;
        if back != Back::Nothing {
            self.send_all(removal).await?;
        } else if matches!(made, Made::Change { .. }) {
            // Deleted meanwhile: nothing to give back to.
            return Ok(RemovalState::Left);
        }
        // Without the record it is tried again and found gone.
        let _ = self.record(Event::Removed { made: made.clone() }).await;
        Ok(RemovalState::Done)
    }

    /// What taking it back sends, by what is there now.
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

    /// Sends what was shown. What is to be removed and is gone already is as good: it was seen before.
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

    /// Sends a write, again while another write to the same object stands in its way: that one was not carried out.
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
