//! Plans the undo of a run: by the IDs in its journal, never by name, in reverse order. `execute` carries it out.
//!
//! Safe to repeat: objects that are already gone are skipped. Resource providers stay registered, because others may use them and
//! registration costs nothing. Objects that belong to an app of this run are deleted with the app.

pub mod execute;
pub mod give_back;
pub mod ownership;
pub mod restore;
mod wait;

use crate::undo::give_back::CurrentObjects;
use crate::undo::wait::ReplicationWait;
use std::rc::Rc;

use jiff::Timestamp;
use serde_json::Value;

use crate::auth::session::Session;
use crate::desired::Desired;
use crate::graph;
use crate::journal::Created;
use crate::journal::RecordedRun;
use crate::journal::RunStarted;
use crate::journal::history::History;
use crate::journal::history::WriteOutcome;
use crate::journal::history::must_look_again;
use crate::journal::history::with_lost_secrets;
use crate::journal::history::without_undone;
use crate::net::ApiRequest;
use crate::net::Observer;
use crate::net::cancel::CancellationToken;
use crate::plan::apps::app_facts;
use crate::plan::step::StepId;
use crate::read::tenant;
use crate::run::prepare::StartError;
use crate::run::prepare::check_owner;
use crate::undo::give_back::Reversal;
use crate::undo::ownership::Looker;
use crate::undo::ownership::Ownership;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::OwnId;
use domain::app_id_uri::rules::TenantRules;
use domain::cloud::Cloud;
use domain::ids::ObjectId;
use domain::locale::Locale;
use domain::ownership_tags;
use domain::platform::Platform;
use domain::problem::Problem;
use domain::problem::ProblemKind;

/// One removal of an undo plan.
#[derive(Clone, Debug, PartialEq)]
pub enum UndoStep {
    /// Undo the result of a step.
    Reverse {
        /// The step that created it.
        step: StepId,
        /// The created object or change.
        made: Created,
        /// When it was created, by this computer's clock.
        at: Timestamp,
        /// The requests that undo it.
        back: Reversal,
    },
    /// Permanently delete a deleted app or service principal of this run.
    Purge {
        /// The step that created it.
        step: StepId,
        /// Object ID of the deleted item.
        object: ObjectId,
    },
}

/// All removals of an undo, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoPlan {
    /// The removals in order.
    pub removals: Vec<UndoStep>,
    /// Steps whose outcome is unknown: their objects stay.
    pub unknown: Vec<StepId>,
    /// Resource providers that the run registered: they stay registered.
    pub providers: Vec<StepId>,
    /// What belongs to this tool, as read from the tenant: a journal may be a file with arbitrary content.
    pub own: Ownership,
}

/// What was found out about a run before its undo.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Result of the journal and the tenant combined.
    pub history: History,
    /// What this tool owns in the tenant.
    pub own: Ownership,
    /// Current state of the changed objects.
    pub seen: CurrentObjects,
    /// The resulting undo plan.
    pub plan: UndoPlan,
}

/// State of a removal.
#[derive(Clone, Debug, PartialEq)]
pub enum UndoStepState {
    /// The removal has not started.
    Waiting,
    /// The removal is in progress.
    Running,
    /// The object is gone, or the change is undone.
    Done,
    /// It changed since, or this tool does not own it, so it stays.
    Left,
    /// The required requests differ from those shown, so none was sent.
    Changed,
    /// The removal was refused or failed.
    Failed(Problem),
}

/// Result of an undo.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoOutcome {
    /// Why it did not start; `None` if it started.
    pub stop: Option<StartError>,
    /// State of each removal in the plan.
    pub states: Vec<UndoStepState>,
}

/// Called with a removal's index in the plan and its new state.
pub type OnUndoStep = Rc<dyn Fn(usize, &UndoStepState)>;

impl UndoOutcome {
    /// True if nothing is left to remove.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.stop.is_none() && self.states.iter().all(UndoStepState::is_good)
    }
}

impl UndoStepState {
    /// True if this removal needs no further action.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Done | Self::Left)
    }
}

impl UndoStep {
    /// The step whose result is removed.
    #[must_use]
    pub fn step(&self) -> StepId {
        match self {
            Self::Reverse { step, .. } | Self::Purge { step, .. } => *step,
        }
    }

    /// True if it removes this tool's tag from an app that this tool did not create. The tag identifies the remaining objects.
    pub(crate) fn removes_tag(&self) -> bool {
        let has_label = |of: &Value| {
            let tags = of["tags"].as_array();
            tags.into_iter()
                .flatten()
                .any(|tag| tag == ownership_tags::TAG)
        };
        match self {
            Self::Reverse {
                made: Created::Change { before, after, .. },
                ..
            } => has_label(after) && !has_label(before),
            Self::Reverse { .. } | Self::Purge { .. } => false,
        }
    }

    /// The requests, exactly as they are sent. Empty if the object stays.
    #[must_use]
    pub fn calls(&self, cloud: Cloud) -> Vec<ApiRequest> {
        let (made, back) = match self {
            Self::Purge { object, .. } => return vec![graph::purge(cloud, *object)],
            Self::Reverse { back, .. } if *back == Reversal::Nothing => return Vec::new(),
            Self::Reverse { made, back, .. } => (made, back),
        };
        vec![match made {
            Created::Application { object, .. } => graph::delete_application(cloud, *object),
            Created::Principal { object } => graph::delete_principal(cloud, *object),
            Created::Grant { id } => graph::delete_grant(cloud, id),
            Created::Role { resource, id, .. } => graph::delete_role(cloud, *resource, id),
            Created::Secret { object, key } => graph::remove_password(cloud, *object, *key),
            Created::Change { object, .. } => {
                let Reversal::Properties(bodies) = back else {
                    return Vec::new();
                };
                let call = |body| graph::change_application(cloud, *object, body);
                return bodies.iter().map(call).collect();
            }
            Created::Scopes { id, .. } => match back {
                // A grant without scopes would be corrupt, so it is deleted.
                Reversal::Scopes(kept) if kept.is_empty() => graph::delete_grant(cloud, id),
                Reversal::Scopes(kept) => graph::update_grant(cloud, id, kept),
                Reversal::Nothing | Reversal::Whole | Reversal::Properties(_) => return Vec::new(),
            },
        }]
    }
}

impl UndoPlan {
    /// Plans the removal of everything that the run created, newest first. `for_good` also purges its apps.
    #[must_use]
    pub fn new(history: &History, own: Ownership, seen: &CurrentObjects, for_good: bool) -> Self {
        let standing = history.made.iter().filter_map(|it| match it.made {
            Created::Application { object, .. } => Some((it.step, object)),
            Created::Principal { .. }
            | Created::Grant { .. }
            | Created::Role { .. }
            | Created::Secret { .. }
            | Created::Change { .. }
            | Created::Scopes { .. } => None,
        });
        let deleted = history.deleted.iter().copied();
        let apps: Vec<(StepId, ObjectId)> = deleted.chain(standing).collect();
        let goes_with_an_app = |made: &Created, step| match made {
            Created::Principal { .. } => {
                let app = if step == StepId::ServerPrincipal {
                    StepId::ServerApp
                } else {
                    StepId::ClientApp
                };
                apps.iter().any(|(step, _)| *step == app)
            }
            Created::Change { object, .. } => apps.iter().any(|(_, app)| app == object),
            Created::Application { .. }
            | Created::Grant { .. }
            | Created::Role { .. }
            | Created::Secret { .. }
            | Created::Scopes { .. } => false,
        };
        let made = history
            .made
            .iter()
            .rev()
            .filter(|it| !goes_with_an_app(&it.made, it.step))
            .map(|it| UndoStep::Reverse {
                step: it.step,
                made: it.made.clone(),
                at: it.at,
                back: Reversal::Nothing,
            });
        // Apps are last in any case, because the other objects belong to them.
        let (of_apps, mut removals): (Vec<_>, Vec<_>) = made.partition(|it| {
            matches!(
                it,
                UndoStep::Reverse {
                    made: Created::Application { .. },
                    ..
                }
            )
        });
        // The tag shows which objects of an app belong to this run, so it is removed after them.
        removals.sort_by_key(UndoStep::removes_tag);
        removals.extend(of_apps);
        // In sending order, so that the second change of a list starts from the result of the first.
        let mut seen = seen.clone();
        for removal in &mut removals {
            if let UndoStep::Reverse { made, back, .. } = removal {
                *back = seen.back(made);
            }
        }
        if for_good {
            let purged = apps.iter().rev();
            removals.extend(purged.map(|(step, object)| UndoStep::Purge {
                step: *step,
                object: *object,
            }));
            // A service principal is deleted with its app, but stays among the deleted items when the app is purged.
            let principals = history.made.iter().filter_map(|it| match it.made {
                Created::Principal { object } if goes_with_an_app(&it.made, it.step) => {
                    let step = it.step;
                    Some(UndoStep::Purge { step, object })
                }
                Created::Application { .. }
                | Created::Principal { .. }
                | Created::Grant { .. }
                | Created::Role { .. }
                | Created::Secret { .. }
                | Created::Change { .. }
                | Created::Scopes { .. } => None,
            });
            removals.extend(principals);
        }
        let is_provider = |step: &StepId| matches!(step, StepId::Provider(_));
        Self {
            removals,
            own,
            unknown: history
                .steps
                .iter()
                .filter(|(step, fate, _)| {
                    matches!(fate, WriteOutcome::Unknown(_)) && !is_provider(step)
                })
                .map(|(step, ..)| *step)
                .collect(),
            providers: history
                .steps
                .iter()
                .filter(|(step, fate, _)| is_provider(step) && *fate != WriteOutcome::NotDone)
                .map(|(step, ..)| *step)
                .collect(),
        }
    }
}

/// The wanted state of an earlier run. Its input was validated before that run, so the tenant's rules are not checked again.
#[must_use]
pub fn desired(started: &RunStarted) -> Option<Desired> {
    let rules = TenantRules {
        cloud: started.draft.cloud(),
        tenant: Some(started.tenant),
        ..TenantRules::default()
    };
    // The app existed before a run that used its own client ID in the App ID URI.
    let facts = AppFacts {
        own_id: OwnId::Unknown,
        ..app_facts(None, Timestamp::UNIX_EPOCH)
    };
    started
        .draft
        .check(started.tenant, &rules, &facts, Locale::En)
        .ok()
}

/// Finds out what a run created before anything is undone. Looks up steps with an unknown outcome twice, and waits for an app that may not
/// have replicated yet.
///
/// # Errors
/// Why the tenant could not be read, or that the run belongs to another account.
pub async fn find_out(
    world: &Rc<dyn Platform>,
    session: &Session,
    recorded_run: &RecordedRun,
    cancel: &CancellationToken,
) -> Result<Findings, StartError> {
    check_owner(recorded_run, session)?;
    let watch = Observer::with_cancel(|_| (), cancel.clone());
    let desired = recorded_run.started().and_then(desired).ok_or_else(|| {
        StartError::Unread(Problem::new(ProblemKind::PageFault {
            what: "a journal that wants nothing",
        }))
    })?;
    let mut history = History::of(recorded_run);
    let wait = ReplicationWait::start(world);
    let mut looks = 0;
    let own = loop {
        let observed = tenant::read_tenant(session, &desired, &watch)
            .await
            .map_err(StartError::Unread)?;
        let settled = history.settled(&desired, &observed);
        history = history.with(&settled, world.now());
        history = with_lost_secrets(history, &observed, world.now());
        let own = Ownership::of(&observed, recorded_run.run)
            .ok_or_else(|| StartError::Unread(Problem::new(ProblemKind::UnexpectedAnswer)))?;
        looks += 1;
        if !must_look_again(&history, world.now(), looks) {
            break own;
        }
        wait.look_again(world, cancel)
            .await
            .map_err(StartError::Unread)?;
    };
    history = without_undone(history);
    let looker = Looker {
        world: Rc::clone(world),
        session: session.clone(),
        cancel: cancel.clone(),
        own: own.clone(),
    };
    let seen = looker
        .seen(&history.made)
        .await
        .map_err(StartError::Unread)?;
    Ok(Findings {
        plan: UndoPlan::new(&history, own.clone(), &seen, false),
        history,
        own,
        seen,
    })
}

impl Findings {
    /// The undo plan. `for_good` also purges the apps of the run.
    #[must_use]
    pub fn plan_with(&self, for_good: bool) -> UndoPlan {
        UndoPlan::new(&self.history, self.own.clone(), &self.seen, for_good)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::desired::Draft;
    use crate::journal::Who;
    use domain::app_id_uri::choice::UriForm;
    use domain::ids::TenantId;

    const TENANT: &str = "11111111-0000-4000-8000-000000000001";
    const OTHER: &str = "22222222-0000-4000-8000-000000000001";

    fn change(before: &[&str], after: &[&str]) -> Created {
        Created::Change {
            object: OTHER.parse().unwrap(),
            before: json!({ "tags": before }),
            after: json!({ "tags": after }),
        }
    }

    fn reverse(made: Created) -> UndoStep {
        UndoStep::Reverse {
            step: StepId::ServerApp,
            made,
            at: Timestamp::UNIX_EPOCH,
            back: Reversal::Nothing,
        }
    }

    #[test]
    fn only_the_undo_of_the_change_that_added_the_tag_removes_it() {
        let tag = ownership_tags::TAG;
        for (before, after, expected) in [
            (&["a"] as &[&str], &["a", tag] as &[&str], true),
            (&["a", tag], &["a", tag, "b"], false),
            (&["a"], &["a", "b"], false),
            (&[tag], &[], false),
        ] {
            let step = reverse(change(before, after));
            assert_eq!(step.removes_tag(), expected, "{step:?}");
        }
        let object = OTHER.parse().unwrap();
        assert!(!reverse(Created::Principal { object }).removes_tag());
        let step = StepId::ServerApp;
        assert!(!UndoStep::Purge { step, object }.removes_tag());
    }

    /// What a run with this cloud and App ID URI wants, if the run is possible.
    fn wanted(cloud: Cloud, draw: impl FnOnce(&mut Draft)) -> Option<Desired> {
        let tenant: TenantId = TENANT.parse().unwrap();
        let mut draft = Draft::new(cloud, Uuid::from_u128(1));
        draw(&mut draft);
        desired(&RunStarted {
            cloud: cloud.key().to_owned(),
            tenant,
            account: Who {
                name: "admin@contoso.com".to_owned(),
                object_id: OTHER.parse().unwrap(),
            },
            plan: String::new(),
            steps: Vec::new(),
            draft,
        })
    }

    #[test]
    fn a_run_in_another_cloud_can_use_the_domain_of_that_cloud() {
        let with_domain = |cloud| {
            wanted(cloud, |draft| {
                draft.uri_form = UriForm::DomainAndName.key().to_owned();
                draft.uri_domain = "contoso.onmicrosoft.us".to_owned();
            })
        };
        assert_eq!(with_domain(Cloud::UsGov).unwrap().cloud, Cloud::UsGov);
        assert_eq!(with_domain(Cloud::Public), None);
    }

    #[test]
    fn a_run_can_use_the_client_id_of_an_existing_app_in_the_uri() {
        let with_own_id = wanted(Cloud::Public, |draft| {
            draft.uri_form = UriForm::Own.key().to_owned();
            draft.uri_text = "api://5e97358c-d99c-4558-8000-0000000000aa".to_owned();
        });
        assert!(with_own_id.is_some());
    }

    /// No run can have used such a URI, so the journal is damaged or forged.
    #[test]
    fn a_journal_with_an_impossible_uri_wants_nothing() {
        let with_name = |name: &str| {
            wanted(Cloud::Public, |draft| {
                draft.uri_form = UriForm::TenantAndName.key().to_owned();
                draft.uri_name = name.to_owned();
            })
        };
        assert!(with_name("ConfigMgrService").is_some());
        assert_eq!(with_name("Config Mgr Service"), None);
    }
}
