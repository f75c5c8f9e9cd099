//! Reads the journal of a run: completed steps, steps with an unknown outcome, and objects the run created. Pure.

use jiff::SignedDuration;
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::desired::Desired;
use crate::desired::Draft;
use crate::graph::wire;
use crate::journal::Created;
use crate::journal::Event;
use crate::journal::Intent;
use crate::journal::RecordedRun;
use crate::plan::reference::IdRef;
use crate::plan::reference::Ids;
use crate::plan::step::StepId;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;
use crate::read::observed::there;
use domain::ids;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::known::Known;
use domain::ownership_tags;

/// Maximum difference between two clocks.
pub(crate) const MAX_CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// How long after a write "not found" may mean "not replicated yet". Microsoft gives no limit; this is longer than a run ever waits.
pub(crate) const REPLICATION_WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// Outcome of a step's latest write.
#[derive(Clone, Debug, PartialEq)]
pub enum WriteOutcome {
    /// The write was carried out.
    Done,
    /// The write was not carried out.
    NotDone,
    /// The outcome is unknown, because no response arrived.
    Unknown(Box<Intent>),
}

/// An object that this run created and that still exists, according to the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatedObject {
    /// The step that created the object.
    pub step: StepId,
    /// The created object or change.
    pub made: Created,
    /// When it was created.
    pub at: Timestamp,
}

/// What a run has done so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// ID of the run; `None` if there was none.
    pub run: Option<Uuid>,
    /// When the run started.
    pub began: Option<Timestamp>,
    /// Steps that sent a write, ordered by their first write, with the time of their latest record.
    pub steps: Vec<(StepId, WriteOutcome, Timestamp)>,
    /// Objects that the run created, oldest first.
    pub made: Vec<CreatedObject>,
    /// Apps that the run created and that were deleted since. They may be among the deleted items.
    pub deleted: Vec<(StepId, ObjectId)>,
    /// The admin saved the text of the secret.
    pub is_secret_saved: bool,
}

impl History {
    /// Builds the history from a journal.
    #[must_use]
    pub fn of(recorded_run: &RecordedRun) -> Self {
        let mut history = Self {
            run: Some(recorded_run.run),
            began: recorded_run.began(),
            ..Self::default()
        };
        for record in &recorded_run.records {
            let at = record.at;
            match &record.event {
                Event::Intent(intent) => {
                    if let Some(step) = StepId::find(&intent.step) {
                        history.set(step, WriteOutcome::Unknown(intent.clone()), at);
                    }
                }
                Event::Done { step, made, .. } => {
                    if let Some(step) = StepId::find(step) {
                        history.set(step, WriteOutcome::Done, at);
                        history.learn(step, made.clone(), at);
                    }
                }
                Event::Failed {
                    step,
                    is_unknown: false,
                    ..
                } => {
                    if let Some(step) = StepId::find(step) {
                        history.set(step, WriteOutcome::NotDone, at);
                    }
                }
                Event::Removed { made } => history.remove(made),
                Event::SecretSaved => {
                    history.is_secret_saved = true;
                    // The admin has the secret's text, so a response arrived, even if its record was not stored.
                    if history.is_unknown(StepId::Secret) {
                        history.set(StepId::Secret, WriteOutcome::Done, at);
                    }
                }
                Event::Failed {
                    is_unknown: true, ..
                }
                | Event::Began(_)
                | Event::Removing { .. }
                | Event::Undoing { .. }
                | Event::Ended { .. } => {}
            }
        }
        history
    }

    fn remove(&mut self, made: &Created) {
        if let Created::Application { object, .. } = made
            && let Some(trace) = self.made.iter().find(|it| it.made == *made)
        {
            self.deleted.push((trace.step, *object));
        }
        self.made.retain(|it| it.made != *made);
    }

    fn set(&mut self, step: StepId, fate: WriteOutcome, at: Timestamp) {
        match self.steps.iter_mut().find(|(it, ..)| *it == step) {
            Some(known) => *known = (step, fate, at),
            None => self.steps.push((step, fate, at)),
        }
    }

    /// Adds the results for steps with an unknown outcome.
    #[must_use]
    pub fn with(mut self, settled: &[(StepId, Option<Created>)], at: Timestamp) -> Self {
        for (step, made) in settled {
            self.set(*step, WriteOutcome::Done, at);
            self.learn(*step, made.clone(), at);
        }
        self
    }

    fn learn(&mut self, step: StepId, made: Option<Created>, at: Timestamp) {
        if let Some(made) = made
            && !self.made.iter().any(|it| it.made == made)
        {
            self.made.push(CreatedObject { step, made, at });
        }
    }

    /// Outcome of a step; `None` if it sent nothing.
    #[must_use]
    pub fn outcome(&self, step: StepId) -> Option<&WriteOutcome> {
        self.steps
            .iter()
            .find(|(it, ..)| *it == step)
            .map(|(_, fate, _)| fate)
    }

    /// True if the step's outcome is unknown.
    #[must_use]
    pub fn is_unknown(&self, step: StepId) -> bool {
        matches!(self.outcome(step), Some(WriteOutcome::Unknown(_)))
    }

    /// Object IDs and client IDs of the apps and service principals that the run created.
    #[must_use]
    pub fn created(&self) -> Vec<Uuid> {
        let ids = self.made.iter().flat_map(|it| match it.made {
            Created::Application { object, app } => vec![object.uuid(), app.uuid()],
            Created::Principal { object } => vec![object.uuid()],
            Created::Grant { .. }
            | Created::Role { .. }
            | Created::Secret { .. }
            | Created::Change { .. }
            | Created::Scopes { .. } => Vec::new(),
        });
        ids.collect()
    }

    /// True if the run created, or may have created, a secret whose text is lost.
    #[must_use]
    pub fn has_lost_secret(&self, in_hand: Option<KeyId>) -> bool {
        let is_lost = |it: &CreatedObject| matches!(it.made, Created::Secret { key, .. } if Some(key) != in_hand);
        self.is_unknown(StepId::Secret) || !self.is_secret_saved && self.made.iter().any(is_lost)
    }

    /// Looks for the results of steps with an unknown outcome. An object that exists as it was sent was created by this run, because no
    /// other client had a reason to create it since the last read before the write. Returns the found objects for the journal.
    #[must_use]
    pub fn settled(
        &self,
        desired: &Desired,
        observed: &Observed,
    ) -> Vec<(StepId, Option<Created>)> {
        let unknown = self.steps.iter().filter_map(|(step, fate, at)| match fate {
            WriteOutcome::Unknown(intent) => Some((*step, intent, *at)),
            WriteOutcome::Done | WriteOutcome::NotDone => None,
        });
        unknown
            .filter_map(|(step, intent, at)| {
                found(step, intent, at, desired, observed).map(|made| (step, made))
            })
            .collect()
    }
}

/// The same state without secrets of this run whose text is lost: they are unusable and will be removed.
#[must_use]
pub fn without_lost_secrets(
    observed: Observed,
    history: &History,
    in_hand: Option<KeyId>,
) -> Observed {
    let mut observed = observed;
    if let (Some(run), false) = (history.run, history.is_secret_saved)
        && let Known::Known(Some(server)) = &mut observed.server
        && let Some(secrets) = &mut server.properties.password_credentials
    {
        let name = ownership_tags::secret_name(&run.to_string());
        secrets.retain(|it| it.display_name.as_ref() != Some(&name) || Some(it.key_id) == in_hand);
    }
    observed
}

/// Finds a secret whose response was lost by its description.
pub(crate) fn with_lost_secrets(history: History, observed: &Observed, at: Timestamp) -> History {
    let (Some(run), true) = (history.run, history.is_unknown(StepId::Secret)) else {
        return history;
    };
    let Some(server) = there(&observed.server) else {
        return history;
    };
    let name = ownership_tags::secret_name(&run.to_string());
    let secrets = server.properties.password_credentials.iter().flatten();
    let found: Vec<_> = secrets
        .filter(|it| it.display_name.as_ref() == Some(&name))
        .map(|it| {
            let object = server.object_id;
            let key = it.key_id;
            (StepId::Secret, Some(Created::Secret { object, key }))
        })
        .collect();
    history.with(&found, at)
}

/// Every step is read twice, and for as long as a new object may take to appear, unless it is deleted with an app of this run anyway.
pub(crate) fn must_look_again(history: &History, now: Timestamp, looks: u32) -> bool {
    let has_made = |app: StepId| {
        history
            .made
            .iter()
            .any(|it| it.step == app && matches!(it.made, Created::Application { .. }))
    };
    let mut unknown = history
        .steps
        .iter()
        .filter(|(_, fate, _)| matches!(fate, WriteOutcome::Unknown(_)));
    unknown.any(|(step, _, at)| {
        let goes_with = match step {
            StepId::Provider(_) => return false,
            // Either safe to repeat or visible immediately.
            StepId::RestoreServer
            | StepId::RestoreClient
            | StepId::ScopeOff
            | StepId::ServerAccess
            | StepId::ClientAccess
            | StepId::DirectoryRevoke
            | StepId::OldSecret(_)
            | StepId::DeleteClient
            | StepId::DeleteServer => return looks < 2,
            StepId::ServerApp | StepId::ClientApp => None,
            StepId::AppIdUri
            | StepId::ServerPrincipal
            | StepId::DirectoryConsent
            | StepId::Secret => Some(StepId::ServerApp),
            StepId::ClientSettings
            | StepId::ClientPrincipal
            | StepId::ServerConsent
            | StepId::GraphConsent => Some(StepId::ClientApp),
        };
        looks < 2
            || now.duration_since(*at) < REPLICATION_WINDOW && !goes_with.is_some_and(has_made)
    })
}

/// A step whose result was not found in time counts as not carried out.
pub(crate) fn without_undone(mut history: History) -> History {
    for (_, fate, _) in &mut history.steps {
        if matches!(fate, WriteOutcome::Unknown(_)) {
            *fate = WriteOutcome::NotDone;
        }
    }
    history
}

/// The result of a step with an unknown outcome, if it can be found.
fn found(
    step: StepId,
    intent: &Intent,
    at: Timestamp,
    desired: &Desired,
    observed: &Observed,
) -> Option<Option<Created>> {
    let (server, client) = (there(&observed.server), there(&observed.client));
    if let Some(change) = &intent.change {
        let is_there = match change {
            Created::Change { object, after, .. } => [server, client]
                .into_iter()
                .flatten()
                .filter(|app| app.object_id == *object)
                .any(|app| holds(&now(&app.properties), after)),
            Created::Scopes { id, after, .. } => {
                grants(client).any(|grant| grant.id.as_ref() == Some(id) && grant.scope == *after)
            }
            Created::Application { .. }
            | Created::Principal { .. }
            | Created::Grant { .. }
            | Created::Role { .. }
            | Created::Secret { .. } => false,
        };
        return is_there.then(|| Some(change.clone()));
    }
    let application = |app: &ObservedApp| Created::Application {
        object: app.object_id,
        app: app.app_id,
    };
    let is_fresh = |app: &&ObservedApp| {
        app.properties
            .created_date_time
            .is_some_and(|created| created.duration_since(at) > -MAX_CLOCK_SKEW)
    };
    let principal = |app: &ObservedApp| {
        let principal = app.principal.as_ref().known()?.as_ref()?;
        Some(Created::Principal {
            object: principal.object_id,
        })
    };
    let grant = |resource, value: &str| {
        let found = grants(client).find(|grant| {
            Some(grant.resource_id) == resource
                && grant.consent_type == "AllPrincipals"
                && grant.scope == value
        })?;
        Some(Created::Grant {
            id: found.id.clone()?,
        })
    };
    let made = match step {
        // The GUID of the scope was generated for this draft, so no other app has it.
        StepId::ServerApp => server
            .filter(is_fresh)
            .filter(|app| has_scope(app, desired))
            .map(application),
        StepId::ClientApp => client.filter(is_fresh).map(application),
        // Restored, not created: undo keeps it.
        StepId::ServerPrincipal | StepId::ClientPrincipal if intent.url.ends_with("/restore") => {
            let app = if step == StepId::ServerPrincipal {
                server
            } else {
                client
            };
            return app.and_then(principal).map(|_| None);
        }
        StepId::ServerPrincipal => server.and_then(principal),
        StepId::ClientPrincipal => client.and_then(principal),
        StepId::ServerConsent => {
            let resource = server
                .and_then(|app| app.principal.as_ref().known()?.as_ref())
                .map(|principal| principal.object_id);
            grant(resource, domain::cmg::SCOPE_VALUE)
        }
        StepId::GraphConsent => grant(
            observed.graph_principal.as_ref().known().copied(),
            "User.Read",
        ),
        StepId::DirectoryConsent => roles(server)
            .find(|role| role.app_role_id == ids::DIRECTORY_READ_ALL)
            .and_then(|role| {
                Some(Created::Role {
                    principal: role.principal_id,
                    resource: role.resource_id,
                    id: role.id.clone()?,
                })
            }),
        // An App ID URI or settings of an app that this run created: they are deleted with the app.
        StepId::AppIdUri | StepId::ClientSettings => return None,
        // Providers always stay registered.
        StepId::Provider(_) => return None,
        // They create nothing; a new plan includes what is left to do.
        StepId::RestoreServer
        | StepId::RestoreClient
        | StepId::ScopeOff
        | StepId::ServerAccess
        | StepId::ClientAccess
        | StepId::DirectoryRevoke
        | StepId::OldSecret(_)
        | StepId::DeleteClient
        | StepId::DeleteServer => return None,
        // The text of the secret is lost, so the step is not done even if the secret exists.
        StepId::Secret => return None,
    };
    made.map(Some)
}

fn has_scope(app: &ObservedApp, desired: &Desired) -> bool {
    app.properties.api.as_ref().is_some_and(|api| {
        api.oauth2_permission_scopes
            .iter()
            .any(|scope| scope.id == desired.scope_id)
    })
}

fn grants(client: Option<&ObservedApp>) -> impl Iterator<Item = &wire::PermissionGrant> {
    client
        .and_then(|app| app.principal.as_ref().known()?.as_ref())
        .and_then(|principal| principal.grants.as_ref().known())
        .into_iter()
        .flatten()
}

fn roles(server: Option<&ObservedApp>) -> impl Iterator<Item = &wire::RoleAssignment> {
    server
        .and_then(|app| app.principal.as_ref().known()?.as_ref())
        .and_then(|principal| principal.roles.as_ref().known())
        .into_iter()
        .flatten()
}

/// An app's current properties, as they would be sent.
#[must_use]
pub fn now(app: &wire::Application) -> Value {
    // These types always serialize.
    serde_json::to_value(app).unwrap_or_default()
}

/// The part of `now` with the properties of `like`, at any depth. Missing properties are null.
#[must_use]
pub fn part(now: &Value, like: &Value) -> Value {
    match like {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, like)| {
                let now = now.get(name).unwrap_or(&Value::Null);
                (name.clone(), part(now, like))
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            now.clone()
        }
    }
}

/// True if `now` contains everything in `wanted`. Lists are compared as sets.
#[must_use]
pub fn holds(now: &Value, wanted: &Value) -> bool {
    match (now, wanted) {
        (Value::Object(now), Value::Object(wanted)) => wanted.iter().all(|(name, wanted)| {
            now.get(name)
                .map_or(wanted.is_null(), |now| holds(now, wanted))
        }),
        (Value::Array(now), Value::Array(wanted)) => wanted
            .iter()
            .all(|wanted| now.iter().any(|now| holds(now, wanted))),
        (now, wanted) => now == wanted,
    }
}

impl Ids {
    /// Restores an ID from the journal, unless it is already known.
    pub fn restore(&mut self, trace: &CreatedObject) {
        let (object, app, principal) = match trace.step {
            StepId::ServerApp | StepId::ServerPrincipal => (
                IdRef::ServerObject,
                IdRef::ServerApp,
                IdRef::ServerPrincipal,
            ),
            StepId::ClientApp | StepId::ClientPrincipal => (
                IdRef::ClientObject,
                IdRef::ClientApp,
                IdRef::ClientPrincipal,
            ),
            StepId::AppIdUri
            | StepId::ClientSettings
            | StepId::ServerConsent
            | StepId::GraphConsent
            | StepId::DirectoryConsent
            | StepId::Provider(_)
            | StepId::RestoreServer
            | StepId::RestoreClient
            | StepId::ScopeOff
            | StepId::ServerAccess
            | StepId::ClientAccess
            | StepId::DirectoryRevoke
            | StepId::OldSecret(_)
            | StepId::DeleteClient
            | StepId::DeleteServer
            | StepId::Secret => return,
        };
        let mut fill = |slot: IdRef, id: Uuid| {
            self.insert_if_missing(slot, id);
        };
        match &trace.made {
            Created::Application {
                object: id,
                app: it,
            } => {
                fill(object, id.uuid());
                fill(app, it.uuid());
            }
            Created::Principal { object: id } => fill(principal, id.uuid()),
            Created::Grant { .. }
            | Created::Role { .. }
            | Created::Secret { .. }
            | Created::Change { .. }
            | Created::Scopes { .. } => {}
        }
    }
}

impl RecordedRun {
    /// The draft to continue with. After the additional secret was created and saved, the draft no longer requests it. If its text is lost,
    /// the draft requests it again, even if the latest continuation did not because the page still had the text.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        let mut draft = self.started()?.draft.clone();
        let is_saved = self
            .records
            .iter()
            .any(|record| record.event == Event::SecretSaved);
        if is_saved {
            draft.forget_new_secret();
        } else if History::of(self).has_lost_secret(None) {
            for record in &self.records {
                if let Event::Began(started) = &record.event {
                    draft.want_secret_as(&started.draft);
                }
            }
        }
        Some(draft)
    }
}
