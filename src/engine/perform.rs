//! One step of a run: send its request, wait while the directory copies, look before sending anything twice.

use crate::arm;
use crate::auth::Audience;
use crate::domain::cmg::ProviderNamespace;
use crate::domain::ids::KeyId;
use crate::domain::ids::ObjectId;
use crate::domain::ids::SubscriptionId;
use crate::domain::marks;
use crate::domain::moment;
use crate::domain::problem::Kind;
use crate::domain::problem::Problem;
use crate::domain::secret::Secret;
use crate::engine::apply::NewSecret;
use crate::engine::apply::Note;
use crate::engine::apply::Run;
use crate::engine::apply::StepState;
use crate::engine::journal::Event as Line;
use crate::engine::observe::state_of;
use crate::engine::plan::StepId;
use crate::engine::providers::RegistrationState;
use crate::engine::providers::next_look;
use crate::engine::write::Setting;
use crate::engine::write::Slot;
use crate::engine::write::Write;
use crate::engine::write::is_complete;
use crate::graph;
use crate::graph::wire;
use crate::net::Call;
use crate::net::Failure;
use crate::net::Reply;
use crate::net::Watch;
use serde_json::Value;
use std::rc::Rc;
use std::time::Duration;
use uuid::Uuid;

/// Longest time the directory is given to copy a new object. Microsoft promises none, and more than 5 minutes have been seen.
const COPYING: Duration = Duration::from_secs(600);
/// How often a write of unknown outcome is sent again after two reads found nothing.
const RESENDS: u32 = 2;
/// Between two reads that look for a lost write: what was written may not be readable at once.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

impl Run {
    fn call(&self, id: StepId, write: &Write) -> Result<Call, Problem> {
        let ids = self.ids.borrow();
        let plan = self.approved.plan();
        let setting = Setting {
            cloud: self.cloud,
            tenant: plan.desired.tenant,
            ids: &ids,
            now: self.began,
            run: &self.id,
        };
        let call = write.call(&setting);
        if is_complete(&call) {
            Ok(match self.traces.get(&id) {
                Some(trace) => call.step(*trace),
                None => call,
            })
        } else {
            // A need that the plan does not state. Never sent: a stand-in is nobody's ID.
            Err(Problem::new(Kind::PageFault {
                what: "a request lacks an ID",
            }))
        }
    }

    pub(in crate::engine) async fn perform(
        self: &Rc<Self>,
        id: StepId,
        write: &Write,
    ) -> Result<StepState, Problem> {
        let watch = self.watch(id);
        let copying_until = self.world.elapsed() + COPYING;
        let mut tries: u32 = 0;
        let mut resends: u32 = 0;
        loop {
            let call = self.call(id, write)?;
            self.journal.write(
                self.world.now(),
                id.name(),
                Line::Intent {
                    method: call.method.to_string(),
                    url: call.url.clone(),
                },
            );
            let answered = self.session.call(write.audience(), call, &watch).await;
            let failure = match answered {
                Ok(reply) => {
                    let request_id = reply.request_id.clone();
                    let made = self.accept(id, write, reply, &watch).await?;
                    self.journal.write(
                        self.world.now(),
                        id.name(),
                        Line::Done { request_id, made },
                    );
                    return self.watch_registration(id, write, &watch).await;
                }
                Err(failure) => failure,
            };
            let refusal = match &failure {
                Failure::Refused(refusal) if write.audience() == Audience::Graph => Some(refusal),
                Failure::Refused(_)
                | Failure::Unknown { .. }
                | Failure::NotSent
                | Failure::Throttled { .. }
                | Failure::Server(_)
                | Failure::Unexpected { .. }
                | Failure::ForeignHost { .. }
                | Failure::SignInNeeded { .. }
                | Failure::Cancelled => None,
            };
            if refusal.is_some_and(|it| graph::errors::is_there_already(it)) {
                return Ok(StepState::Done);
            }
            // Only objects this run has just made are waited for; anything else that is missing is missing.
            if let Some(refusal) = refusal
                && self.follows_a_create(id)
                && graph::errors::is_not_there_yet(refusal)
            {
                let wait = copying_wait(tries);
                tries += 1;
                if self.world.elapsed() + wait > copying_until {
                    let said = Some(crate::net::problem::said(refusal));
                    return Err(Problem {
                        kind: Kind::NotReplicated,
                        said,
                    });
                }
                self.note(id, Note::Copying { wait });
                self.pause(wait).await?;
                continue;
            }
            if !(failure.may_have_been_done() && write.needs_a_look()) {
                return Err(problem(write, &failure));
            }
            // Nobody knows whether a POST was carried out: look for what it would have made before sending it again.
            self.note(id, Note::Looking);
            if self.find_lost(write, &watch).await? {
                let line = Line::Done {
                    request_id: None,
                    made: None,
                };
                self.journal.write(self.world.now(), id.name(), line);
                return Ok(StepState::Done);
            }
            if resends == RESENDS {
                return Err(problem(write, &failure));
            }
            resends += 1;
        }
    }

    /// True if a step before this one made something in this run: its effects may not have reached every server.
    fn follows_a_create(&self, id: StepId) -> bool {
        let progress = self.progress.borrow();
        id.needs().iter().any(|need| {
            progress
                .get(need)
                .is_some_and(|it| it.state == StepState::Done)
        })
    }

    async fn pause(&self, wait: Duration) -> Result<(), Problem> {
        let sleep = self.world.sleep(wait);
        let pressed = Box::pin(self.cancel.pressed());
        match futures_util::future::select(sleep, pressed).await {
            futures_util::future::Either::Left(_) => Ok(()),
            futures_util::future::Either::Right(_) => Err(Problem::new(Kind::Cancelled)),
        }
    }

    /// Learns what the answer brings to light. Returns what was made, for the journal.
    async fn accept(
        self: &Rc<Self>,
        id: StepId,
        write: &Write,
        reply: Reply,
        watch: &Watch,
    ) -> Result<Option<String>, Problem> {
        match write {
            Write::Upsert { key, of, .. } => {
                let found = match application_of(&reply.body) {
                    Some(found) => found,
                    // 204: it was there already, or a lost answer was repeated. The answer has no body then.
                    None => {
                        let call = graph::application_by_unique_name(self.cloud, key);
                        let body = self.read_back(id, call, watch).await?;
                        application_of(&body).ok_or(Problem::new(Kind::UnexpectedAnswer))?
                    }
                };
                let mut ids = self.ids.borrow_mut();
                let (object, app) = found;
                ids.learn(
                    if *of == Slot::ServerApp {
                        Slot::ServerObject
                    } else {
                        Slot::ClientObject
                    },
                    object,
                );
                ids.learn(*of, app);
                Ok(Some(app.to_string()))
            }
            Write::Principal { of } => {
                let found =
                    match id_of(&reply.body) {
                        Some(found) => found,
                        None => {
                            let app = self.ids.borrow().get(*of).ok_or(Problem::new(
                                Kind::PageFault {
                                    what: "an app without an ID",
                                },
                            ))?;
                            let call = graph::principal_by_app_id(
                                self.cloud,
                                crate::domain::ids::AppId::new(app),
                            );
                            let body = self.read_back(id, call, watch).await?;
                            id_of(&body).ok_or(Problem::new(Kind::UnexpectedAnswer))?
                        }
                    };
                let slot = if *of == Slot::ServerApp {
                    Slot::ServerPrincipal
                } else {
                    Slot::ClientPrincipal
                };
                self.ids.borrow_mut().learn(slot, found);
                Ok(Some(found.to_string()))
            }
            Write::Secret { .. } => {
                let secret = take_secret(reply.body).ok_or(Problem::new(Kind::UnexpectedAnswer))?;
                let made = secret.key_id.to_string();
                *self.secret.borrow_mut() = Some(secret);
                Ok(Some(made))
            }
            Write::Grant { .. } | Write::Role { .. } => Ok(reply
                .body
                .get("id")
                .and_then(Value::as_str)
                .map(str::to_owned)),
            Write::Patch { .. }
            | Write::SetUri { .. }
            | Write::ClientSettings { .. }
            | Write::WidenGrant { .. }
            | Write::Register { .. } => Ok(None),
        }
    }

    /// Reads an object that was written a moment ago.
    async fn read_back(&self, id: StepId, call: Call, watch: &Watch) -> Result<Value, Problem> {
        let until = self.world.elapsed() + COPYING;
        let mut tries = 0;
        loop {
            match self
                .session
                .call(Audience::Graph, call.clone(), watch)
                .await
            {
                Ok(reply) => return Ok(reply.body),
                Err(Failure::Refused(refusal)) if refusal.status == 404 => {
                    let wait = copying_wait(tries);
                    tries += 1;
                    if self.world.elapsed() + wait > until {
                        return Err(Problem::new(Kind::NotReplicated));
                    }
                    self.note(id, Note::Copying { wait });
                    self.pause(wait).await?;
                }
                Err(failure) => return Err(graph::errors::problem(&failure)),
            }
        }
    }

    /// Looks twice for what a lost write would have made. Found: true. A secret whose text is lost is removed, and that is "not found".
    async fn find_lost(self: &Rc<Self>, write: &Write, watch: &Watch) -> Result<bool, Problem> {
        for look in 0..2 {
            if look > 0 {
                self.pause(LOOK_AGAIN).await?;
            }
            let found = match write {
                Write::Grant { resource, scope } => {
                    self.find_grant(*resource, scope, watch).await?
                }
                Write::Role { role } => {
                    let principal = self.object(Slot::ServerPrincipal)?;
                    let roles: Vec<wire::RoleAssignment> = self
                        .list(graph::roles_of(self.cloud, principal), watch)
                        .await?;
                    roles.iter().any(|it| it.app_role_id == *role)
                }
                Write::Secret { .. } => self.remove_orphans(None, watch).await?,
                Write::Upsert { .. }
                | Write::Patch { .. }
                | Write::SetUri { .. }
                | Write::ClientSettings { .. }
                | Write::Principal { .. }
                | Write::WidenGrant { .. }
                | Write::Register { .. } => false,
            };
            if found {
                return Ok(!matches!(write, Write::Secret { .. }));
            }
        }
        Ok(false)
    }

    async fn find_grant(
        &self,
        resource: Slot,
        scope: &str,
        watch: &Watch,
    ) -> Result<bool, Problem> {
        let (client, resource) = (self.object(Slot::ClientPrincipal)?, self.object(resource)?);
        let grants: Vec<wire::PermissionGrant> = self
            .list(graph::grants_of(self.cloud, client), watch)
            .await?;
        Ok(grants.iter().any(|it| {
            it.resource_id == resource
                && it.consent_type == "AllPrincipals"
                && it.scope.split_whitespace().any(|s| s == scope)
        }))
    }

    /// Makes sure that the secret of this run is its only one, once everything else is over.
    ///
    /// A browser repeats even a POST by itself when a kept connection closes without an answer (seen in Chromium 156), so the answer
    /// that arrived may be the second one. If this look fails, the other secret stays: nobody knows its text.
    pub(in crate::engine) async fn keep_one_secret(self: &Rc<Self>) {
        let kept = self.secret.borrow().as_ref().map(|secret| secret.key_id);
        if kept.is_some() {
            let _ = self.remove_orphans(kept, &Watch::quiet()).await;
        }
    }

    /// A secret of this run whose text never arrived is of no use to anybody: remove it by its key ID. `kept` is the one whose text did.
    async fn remove_orphans(&self, kept: Option<KeyId>, watch: &Watch) -> Result<bool, Problem> {
        let server = self.object(Slot::ServerObject)?;
        let call = graph::application(self.cloud, server);
        let reply = self
            .session
            .call(Audience::Graph, call, watch)
            .await
            .map_err(|failure| graph::errors::problem(&failure))?;
        let app: wire::Application =
            serde_json::from_value(reply.body).map_err(|_| Problem::new(Kind::UnexpectedAnswer))?;
        let name = marks::secret_name(&self.id);
        let orphans = app
            .password_credentials
            .into_iter()
            .flatten()
            .filter(|it| it.display_name.as_ref() == Some(&name) && Some(it.key_id) != kept);
        let mut found = false;
        for orphan in orphans {
            let call = graph::remove_password(self.cloud, server, orphan.key_id);
            self.journal.write(
                self.world.now(),
                StepId::Secret.name(),
                Line::Intent {
                    method: call.method.to_string(),
                    url: call.url.clone(),
                },
            );
            self.session
                .call(Audience::Graph, call, watch)
                .await
                .map_err(|failure| graph::errors::problem(&failure))?;
            found = true;
        }
        Ok(found)
    }

    async fn list<T: serde::de::DeserializeOwned>(
        &self,
        call: Call,
        watch: &Watch,
    ) -> Result<Vec<T>, Problem> {
        let values = self
            .session
            .call_pages(Audience::Graph, call, watch)
            .await
            .map_err(|failure| graph::errors::problem(&failure))?;
        let read: Result<Vec<T>, _> = values.into_iter().map(serde_json::from_value).collect();
        read.map_err(|_| Problem::new(Kind::UnexpectedAnswer))
    }

    fn object(&self, slot: Slot) -> Result<ObjectId, Problem> {
        self.ids
            .borrow()
            .get(slot)
            .map(ObjectId::new)
            .ok_or(Problem::new(Kind::PageFault {
                what: "an ID is not known yet",
            }))
    }

    /// After a register request: looks until the provider is registered or enough was looked. Anything else is simply done.
    async fn watch_registration(
        self: &Rc<Self>,
        id: StepId,
        write: &Write,
        watch: &Watch,
    ) -> Result<StepState, Problem> {
        let Write::Register {
            subscription,
            namespace,
        } = write
        else {
            return Ok(StepState::Done);
        };
        let mut looks = 0;
        loop {
            if self.is_registered(*subscription, *namespace, watch).await? {
                return Ok(StepState::Done);
            }
            let Some(wait) = next_look(looks) else {
                return Ok(StepState::UnderWay);
            };
            looks += 1;
            self.note(id, Note::Registering { wait });
            if self.pause(wait).await.is_err() {
                // Stopped while Azure works on: the request was carried out.
                return Ok(StepState::UnderWay);
            }
        }
    }

    async fn is_registered(
        &self,
        subscription: SubscriptionId,
        namespace: ProviderNamespace,
        watch: &Watch,
    ) -> Result<bool, Problem> {
        match self
            .session
            .call(
                Audience::Arm,
                arm::provider(self.cloud, subscription, namespace),
                watch,
            )
            .await
        {
            Ok(reply) => Ok(state_of(&reply.body) == Some(RegistrationState::Registered)),
            // The registration was accepted. Not being able to look is no failure of it.
            Err(
                Failure::Refused(_)
                | Failure::Server(_)
                | Failure::Unknown { .. }
                | Failure::Unexpected { .. }
                | Failure::Throttled { .. },
            ) => Ok(false),
            Err(failure) => Err(arm::errors::problem(&failure)),
        }
    }
}

/// Grows from 2 s to 30 s: most copies are ready within seconds, the rest takes minutes.
fn copying_wait(tries: u32) -> Duration {
    Duration::from_secs(2 * 2_u64.pow(tries.min(4))).min(Duration::from_secs(30))
}

fn problem(write: &Write, failure: &Failure) -> Problem {
    match write.audience() {
        Audience::Graph => graph::errors::problem(failure),
        Audience::Arm => arm::errors::problem(failure),
    }
}

fn guid(body: &Value, key: &str) -> Option<Uuid> {
    body.get(key)
        .and_then(Value::as_str)
        .and_then(|text| text.parse::<ObjectId>().ok())
        .map(ObjectId::uuid)
}

fn id_of(body: &Value) -> Option<Uuid> {
    guid(body, "id")
}

fn application_of(body: &Value) -> Option<(Uuid, Uuid)> {
    Some((guid(body, "id")?, guid(body, "appId")?))
}

/// Moves the secret out of the answer, so that no copy of its text stays behind in it.
fn take_secret(body: Value) -> Option<NewSecret> {
    let Value::Object(mut fields) = body else {
        return None;
    };
    let Some(Value::String(text)) = fields.remove("secretText") else {
        return None;
    };
    let text = Secret::new(text);
    let key_id = fields.get("keyId").and_then(Value::as_str)?.parse().ok()?;
    let end = fields
        .get("endDateTime")
        .and_then(Value::as_str)
        .and_then(moment::parse)?;
    Some(NewSecret { text, key_id, end })
}
