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
use crate::journal::Created;
use crate::journal::End;
use crate::journal::Event;
use crate::journal::Journal;
use crate::journal::JournalLocation;
use crate::journal::RecordedRun;
use crate::journal::Who;
use crate::journal::history::History;
use crate::net::ApiRequest;
use crate::net::ApiResponse;
use crate::net::Failure;
use crate::net::cancel::CancellationToken;
use crate::run::prepare::StartError;
use crate::run::prepare::check_owner;
use crate::run::prepare::lock_tenant;
use crate::run::prepare::until_stopped;
use crate::undo::OnUndoStep;
use crate::undo::UndoOutcome;
use crate::undo::UndoPlan;
use crate::undo::UndoStep;
use crate::undo::UndoStepState;
use crate::undo::give_back;
use crate::undo::give_back::Reversal;
use crate::undo::ownership::Looker;
use crate::undo::ownership::Presence;
use crate::undo::wait::LOOK_AGAIN;
use crate::undo::wait::pause;
use domain::platform::Platform;
use domain::problem::Problem;
use domain::problem::ProblemKind;

/// Maximum attempts for a write that conflicts with another write.
const TRIES: u32 = 5;

/// Carries out all removals in order. A failure does not prevent the others.
pub async fn run(
    world: Rc<dyn Platform>,
    session: Session,
    recorded_run: RecordedRun,
    plan: UndoPlan,
    keeping: JournalLocation,
    on_progress: OnUndoStep,
    cancel: CancellationToken,
) -> UndoOutcome {
    let refused = |stop| UndoOutcome {
        stop: Some(stop),
        states: vec![UndoStepState::Waiting; plan.removals.len()],
    };
    if let Err(stop) = check_owner(&recorded_run, &session) {
        return refused(stop);
    }
    let _lock = match until_stopped(&cancel, lock_tenant(&world, &session)).await {
        Ok(lock) => lock,
        Err(stop) => return refused(stop),
    };
    let was_removing = recorded_run
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
    let known = History::of(&recorded_run).made;
    let opened = async {
        journal
            .open(Some(recorded_run), keeping, began)
            .await
            .map_err(StartError::NotKept)
    };
    if let Err(stop) = until_stopped(&cancel, opened).await {
        return refused(stop);
    }
    // Records the objects that were found by reading before they are removed, so that a page that crashes does not need to find them again.
    for removal in &plan.removals {
        if let UndoStep::Reverse { step, made, .. } = removal
            && !known.iter().any(|it| it.made == *made)
        {
            let found = Event::Done {
                step: step.name().into_owned(),
                request_id: None,
                made: Some(made.clone()),
            };
            if let Err(why) = journal.write(found).await {
                return refused(StartError::NotKept(why));
            }
        }
    }
    let undoing = Executor {
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
        on_progress(place, &UndoStepState::Running);
        let failed = states.iter().find_map(|state| {
            if let UndoStepState::Failed(problem) = state {
                Some(problem.clone())
            } else {
                None
            }
        });
        let state = match failed.filter(|_| removal.removes_tag()) {
            // Without its tag, the app's remaining objects would not be recognized in the next attempt.
            Some(problem) => UndoStepState::Failed(problem),
            None => undoing.undo(removal).await,
        };
        on_progress(place, &state);
        states.push(state);
    }
    let undone = UndoOutcome { stop: None, states };
    if undone.is_complete() {
        let ended = Event::Ended { how: End::Undone };
        // If the record is not stored, the run is shown again, and another undo finds nothing to remove.
        let _ = undoing.journal.write(ended).await;
    }
    undone
}

/// An undo in progress.
struct Executor {
    looker: Looker,
    /// Objects that an earlier attempt was about to remove. They existed then, so if they are missing now, they are gone.
    was_removing: Vec<Created>,
    journal: Journal,
}

impl Executor {
    async fn undo(&self, removal: &UndoStep) -> UndoStepState {
        let done = match removal {
            UndoStep::Purge { object, .. } => match self.looker.may_purge(*object).await {
                Ok(true) => self.send_all(removal).await.map(|()| UndoStepState::Done),
                Ok(false) => Ok(UndoStepState::Left),
                Err(problem) => Err(problem),
            },
            UndoStep::Reverse { made, at, back, .. } => {
                self.undo_created(removal, made, *at, back).await
            }
        };
        done.unwrap_or_else(UndoStepState::Failed)
    }

    async fn undo_created(
        &self,
        removal: &UndoStep,
        made: &Created,
        at: Timestamp,
        shown: &Reversal,
    ) -> Result<UndoStepState, Problem> {
        let was_seen = self.was_removing.contains(made);
        let sight = self.looker.find(made, at, was_seen).await?;
        if sight == Presence::Foreign {
            return Ok(UndoStepState::Left);
        }
        let back = match sight {
            Presence::There => self.back(made).await?,
            Presence::Gone | Presence::Foreign => Reversal::Nothing,
        };
        if back == Reversal::Nothing && sight == Presence::There {
            return Ok(UndoStepState::Left);
        }
        // The admin approved only the requests that were shown.
        if back != Reversal::Nothing && back != *shown {
            return Ok(UndoStepState::Changed);
        }
        self.record(Event::Removing { made: made.clone() }).await?;
        if back != Reversal::Nothing {
            self.send_all(removal).await?;
        } else if matches!(made, Created::Change { .. }) {
            // The object was deleted in the meantime, so there is nothing to restore.
            return Ok(UndoStepState::Left);
        }
        // Without the record, another attempt finds it already removed.
        let _ = self.record(Event::Removed { made: made.clone() }).await;
        Ok(UndoStepState::Done)
    }

    /// The requests for one removal, based on the current state.
    async fn back(&self, made: &Created) -> Result<Reversal, Problem> {
        Ok(match made {
            Created::Change {
                object,
                before,
                after,
            } => match self.looker.properties(*object).await? {
                Some(now) => give_back::properties(&now, before, after),
                None => Reversal::Nothing,
            },
            Created::Scopes { id, before, after } => match self.looker.scopes(id).await? {
                Some(now) => give_back::scopes(&now, before, after),
                None => Reversal::Nothing,
            },
            Created::Application { .. }
            | Created::Principal { .. }
            | Created::Grant { .. }
            | Created::Role { .. }
            | Created::Secret { .. } => Reversal::Whole,
        })
    }

    async fn record(&self, event: Event) -> Result<(), Problem> {
        let kept = self.journal.write(event).await;
        kept.map_err(|_| Problem::new(ProblemKind::NotJournaled))
    }

    /// Sends the requests that were shown. A missing object counts as removed, because it existed before.
    async fn send_all(&self, removal: &UndoStep) -> Result<(), Problem> {
        for call in removal.calls(self.looker.session.cloud()) {
            let may_be_gone = call.method != Method::PATCH;
            match self.send_with_retries(call).await? {
                Ok(_) => {}
                Err(Failure::Refused(refusal))
                    if may_be_gone && graph::errors::is_gone(&refusal) => {}
                Err(failure) => return Err(graph::errors::problem(&failure)),
            }
        }
        Ok(())
    }

    /// Sends a write, and retries while another write to the same object conflicts. A conflicting write was not carried out.
    async fn send_with_retries(
        &self,
        call: ApiRequest,
    ) -> Result<Result<ApiResponse, Failure>, Problem> {
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

#[cfg(test)]
mod tests {
    use futures_executor::block_on;
    use serde_json::json;

    use super::*;
    use crate::net::script::Script;
    use crate::net::script::answer;
    use crate::plan::step::StepId;
    use crate::undo::ownership::tests::PRINCIPAL;
    use crate::undo::ownership::tests::looker;
    use domain::cloud::Cloud;

    /// An undo whose journal is only in the page.
    fn executor(script: &Rc<Script>, was_removing: &[Created]) -> Executor {
        let looker = looker(script);
        let journal = Journal::new(Rc::clone(&looker.world));
        let began = Event::Undoing {
            account: Who::from(looker.session.account()),
        };
        block_on(journal.open(None, JournalLocation::File, began)).unwrap();
        Executor {
            looker,
            was_removing: was_removing.to_vec(),
            journal,
        }
    }

    fn reverse(made: Created, back: Reversal) -> UndoStep {
        UndoStep::Reverse {
            step: StepId::GraphConsent,
            made,
            at: Timestamp::UNIX_EPOCH,
            back,
        }
    }

    /// Number of journal records after the first.
    fn recorded(executor: &Executor) -> usize {
        executor.journal.recorded_run().unwrap().records.len() - 1
    }

    #[test]
    fn a_write_is_repeated_five_times_while_another_is_in_progress() {
        for (conflicts, status, sends) in [(5, 204, 6), (6, 409, 6)] {
            let script = Script::empty();
            let executor = executor(&script, &[]);
            let before = script.requests().len();
            for _ in 0..conflicts {
                script.then(|_| {
                    let error = json!({ "code": "Directory_ConcurrencyViolation" });
                    answer(409, &[], json!({ "error": error }))
                });
            }
            script.then(|_| answer(204, &[], json!({})));
            let call = graph::delete_grant(Cloud::Public, "g");
            let sent = block_on(executor.send_with_retries(call)).unwrap();
            let got = match sent {
                Ok(response) => response.status,
                Err(Failure::Refused(refusal)) => refusal.status,
                Err(failure) => panic!("{failure:?}"),
            };
            assert_eq!(got, status);
            assert_eq!(script.requests().len() - before, sends);
        }
    }

    #[test]
    fn another_refusal_is_not_repeated() {
        let script = Script::empty();
        let executor = executor(&script, &[]);
        script.then(|_| answer(403, &[], json!({})));
        let call = graph::delete_grant(Cloud::Public, "g");
        assert!(block_on(executor.send_with_retries(call)).unwrap().is_err());
    }

    #[test]
    fn scopes_that_are_removed_already_are_left_without_a_record() {
        let made = Created::Scopes {
            id: "g".to_owned(),
            before: "a".to_owned(),
            after: "a b".to_owned(),
        };
        let script = Script::empty();
        let executor = executor(&script, &[]);
        for _ in 0..2 {
            script.then(|_| {
                answer(
                    200,
                    &[],
                    json!({
                        "id": "g", "clientId": PRINCIPAL, "resourceId": PRINCIPAL,
                        "consentType": "AllPrincipals", "scope": "a",
                    }),
                )
            });
        }
        let removal = reverse(made, Reversal::Scopes("a".to_owned()));
        assert_eq!(
            block_on(executor.undo(&removal)),
            UndoStepState::Left,
            "the scopes are no longer there"
        );
        assert_eq!(recorded(&executor), 0);
    }

    #[test]
    fn an_object_that_is_gone_already_counts_as_removed() {
        let made = Created::Grant { id: "g".to_owned() };
        let script = Script::empty();
        let executor = executor(&script, std::slice::from_ref(&made));
        script.then(|_| answer(404, &[], json!({})));
        let removal = reverse(made, Reversal::Whole);
        assert_eq!(block_on(executor.undo(&removal)), UndoStepState::Done);
        // What is about to be removed, and that it is gone.
        assert_eq!(recorded(&executor), 2);
    }
}
