//! Carries out one step of a run: sends its request and acts on the verdict about the answer (`classify`).

use crate::auth::account::Audience;
use crate::graph;
use crate::journal::Created;
use crate::journal::Event;
use crate::journal::Intent;
use crate::journal::history::MAX_CLOCK_SKEW;
use crate::journal::history::now;
use crate::journal::history::part;
use crate::net::ApiRequest;
use crate::net::ApiResponse;
use crate::net::Body;
use crate::net::Failure;
use crate::net::Observer;
use crate::plan::fingerprint::fingerprint;
use crate::plan::reference::CreatedId;
use crate::plan::reference::IdRef;
use crate::plan::reference::MissingId;
use crate::plan::reference::Reference;
use crate::plan::step::StepId;
use crate::plan::write::CompleteRequest;
use crate::plan::write::Setting;
use crate::plan::write::ShownRequest;
use crate::plan::write::Write;
use crate::read::observed::ObservedApp;
use crate::read::observed::Principal;
use crate::read::observed::there;
use crate::run::NewSecret;
use crate::run::RunExecutor;
use crate::run::StepState;
use crate::run::classify::Context;
use crate::run::classify::Verdict;
use crate::run::classify::after_existing;
use crate::run::classify::after_lost;
use crate::run::classify::classify;
use crate::run::timeline::WaitNote;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::known::Known;
use domain::locale::Locale;
use domain::moment;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use domain::secret::Secret;
use futures_util::future::Either;
use futures_util::future::select;
use serde_json::Value;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use uuid::Uuid;

/// Maximum wait for replication of a new object. Microsoft documents no limit, and more than 5 minutes were observed.
const COPYING: Duration = Duration::from_secs(600);

impl RunExecutor {
    /// The request of a step, with the IDs that are known now.
    fn request(&self, id: StepId, write: &Write) -> Result<CompleteRequest, Problem> {
        let setting = Setting {
            cloud: self.cloud,
            tenant: self.approved.plan().desired.tenant,
            now: self.began,
            run: &self.id,
        };
        let mut complete = write
            .request(&setting, &self.ids.borrow())
            // The plan lacks a prerequisite.
            .map_err(|MissingId(_)| {
                Problem::new(ProblemKind::PageFault {
                    what: "a request lacks an ID",
                })
            })?;
        complete.request.step = self.traces.get(&id).copied();
        Ok(complete)
    }

    pub(crate) async fn perform(
        self: &Rc<Self>,
        id: StepId,
        write: &Write,
    ) -> Result<StepState, Problem> {
        let watch = self.watch(id);
        let copying_until = self.world.elapsed() + COPYING;
        let mut tries: u32 = 0;
        let mut resends: u32 = 0;
        // The write may have been sent before the run was continued, so look for its result first.
        if self.history.is_unknown(id) && write.needs_a_look() {
            self.note(id, WaitNote::Looking);
            if let Some(made) = self.find_lost_write(write, &watch).await? {
                return self.done(id, None, made).await;
            }
        }
        if matches!(write, Write::Secret { .. }) && self.history.has_lost_secret(None) {
            // The secret was created, but an earlier page lost its text, so it is unusable.
            self.remove_orphans(None, &watch).await?;
        }
        loop {
            let (mut verdict, expected) = self.send(id, write, resends, &watch).await?;
            // Ends when the write is to be sent again.
            loop {
                verdict = match verdict {
                    Verdict::Accepted { reply, is_ours } => {
                        return self
                            .finish(id, write, reply, is_ours, expected, &watch)
                            .await;
                    }
                    Verdict::Done { made } => return self.done(id, None, made).await,
                    Verdict::DoneUnseen => return Ok(StepState::Done),
                    Verdict::ReadExisting { is_ours } => {
                        after_existing(self.look(write, &watch).await, is_ours)
                    }
                    Verdict::LookFirst {
                        problem,
                        may_resend,
                    } => {
                        self.note(id, WaitNote::Looking);
                        let found = self.find_lost_write(write, &watch).await;
                        after_lost(found, problem, may_resend)
                    }
                    Verdict::Wait { problem } => {
                        self.wait_for_replication(id, tries, copying_until, problem)
                            .await?;
                        tries += 1;
                        break;
                    }
                    Verdict::Resend => {
                        resends += 1;
                        break;
                    }
                    Verdict::Fail {
                        problem,
                        is_unknown,
                    } => return Err(self.failed(id, problem, is_unknown).await),
                };
            }
        }
    }

    /// Records and sends a write. Returns the verdict about the answer, and what undo must restore if the write was carried out.
    async fn send(
        &self,
        id: StepId,
        write: &Write,
        resends: u32,
        watch: &Observer,
    ) -> Result<(Verdict, Option<Created>), Problem> {
        let CompleteRequest { request, named } = self.request(id, write)?;
        let expected = self.expected(write, &request);
        self.intend(id, &request, expected.clone()).await?;
        let shown = Rc::new(ShownRequest::new(write.audience(), request.clone()));
        self.change(id, |progress| progress.sent = Some(shown));
        let before = self.attempts(id);
        let method = request.method.clone();
        let answer = self.session.call(write.audience(), request, watch).await;
        let context = Context {
            method: &method,
            named: &named,
            fresh: &self.fresh.borrow(),
            sends: self.attempts(id).saturating_sub(before),
            was_sent_before: self.history.is_unknown(id),
            was_missing: self.was_missing(id),
            resends,
        };
        Ok((classify(write, answer, &context), expected))
    }

    /// Finishes a step whose write was carried out.
    async fn finish(
        self: &Rc<Self>,
        id: StepId,
        write: &Write,
        reply: ApiResponse,
        is_ours: bool,
        expected: Option<Created>,
        watch: &Observer,
    ) -> Result<StepState, Problem> {
        let request_id = reply.request_id.clone();
        let made = match self.accept(id, write, reply, is_ours, watch).await {
            Ok(made) => made.or(expected),
            Err(problem) => return Err(self.failed(id, problem, true).await),
        };
        self.done(id, request_id, made).await?;
        self.watch_registration(id, write, watch).await
    }

    /// Records what is about to be sent. Nothing is sent yet, so Stop does not wait for the disk.
    async fn intend(
        &self,
        id: StepId,
        request: &ApiRequest,
        change: Option<Created>,
    ) -> Result<(), Problem> {
        let intent = Event::Intent(Box::new(Intent {
            step: id.name().into_owned(),
            trace: request.step,
            method: request.method.to_string(),
            url: request.url.clone(),
            body: match &request.body {
                Body::Json(body) => Some(fingerprint(&body.to_string())),
                Body::Empty => None,
            },
            change,
        }));
        match select(pin!(self.record(intent)), pin!(self.cancel.cancelled())).await {
            Either::Left((recorded, _)) => recorded,
            Either::Right(_) => Err(Problem::new(ProblemKind::Cancelled)),
        }
    }

    /// Waits for replication or for another write to the same object. Fails the step with `problem` after the maximum wait.
    async fn wait_for_replication(
        &self,
        id: StepId,
        tries: u32,
        until: Duration,
        problem: Problem,
    ) -> Result<(), Problem> {
        let wait = copying_wait(tries);
        if self.world.elapsed() + wait > until {
            return Err(self.failed(id, problem, false).await);
        }
        self.note(id, WaitNote::Replicating { wait });
        match self.pause(wait).await {
            Ok(()) => Ok(()),
            Err(stopped) => Err(self.failed(id, stopped, false).await),
        }
    }

    /// Writes a record. Without it, the step stops.
    pub(crate) async fn record(&self, event: Event) -> Result<(), Problem> {
        self.journal
            .write(event)
            .await
            .map_err(|_| Problem::new(ProblemKind::NotJournaled))
    }

    async fn done(
        &self,
        id: StepId,
        request_id: Option<String>,
        made: Option<Created>,
    ) -> Result<StepState, Problem> {
        let step = id.name().into_owned();
        self.record(Event::Done {
            step,
            request_id,
            made,
        })
        .await?;
        Ok(StepState::Done)
    }

    /// Records a failure and returns the problem.
    async fn failed(&self, id: StepId, problem: Problem, is_unknown: bool) -> Problem {
        let record = Event::Failed {
            step: id.name().into_owned(),
            title: problem.title(Locale::En).to_owned(),
            request_id: problem
                .said
                .as_ref()
                .and_then(|said| said.request_id.clone()),
            is_unknown,
        };
        // The step has already failed. Without this record its outcome counts as unknown and is looked up.
        let _ = self.journal.write(record).await;
        problem
    }

    /// True if the object did not exist before the run. False if that could not be read.
    fn was_missing(&self, id: StepId) -> bool {
        let (server, client) = (&self.observed.server, &self.observed.client);
        let principal_of = |app: &Known<Option<ObservedApp>>| match app {
            Known::Unknown => Known::Unknown,
            Known::Known(None) => Known::Known(None),
            Known::Known(Some(app)) => app.principal.clone(),
        };
        let is_none = |principal: Known<Option<Principal>>| principal == Known::Known(None);
        match id {
            StepId::ServerApp => *server == Known::Known(None),
            StepId::ClientApp => *client == Known::Known(None),
            StepId::ServerPrincipal => is_none(principal_of(server)),
            StepId::ClientPrincipal => is_none(principal_of(client)),
            // The plan creates it, so the list that was read does not contain it.
            StepId::ServerConsent | StepId::GraphConsent => match principal_of(client) {
                Known::Unknown => false,
                Known::Known(None) => true,
                Known::Known(Some(principal)) => principal.grants != Known::Unknown,
            },
            StepId::DirectoryConsent => match principal_of(server) {
                Known::Unknown => false,
                Known::Known(None) => true,
                Known::Known(Some(principal)) => principal.roles != Known::Unknown,
            },
            StepId::AppIdUri
            | StepId::ClientSettings
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
            | StepId::Secret => false,
        }
    }

    fn attempts(&self, id: StepId) -> u32 {
        self.progress
            .borrow()
            .get(&id)
            .map_or(0, |progress| progress.attempt)
    }

    /// What undo must restore after a change: the previous properties of an existing object.
    fn expected(&self, write: &Write, call: &ApiRequest) -> Option<Created> {
        let Body::Json(after) = &call.body else {
            return None;
        };
        let ids = self.ids.borrow();
        let object = match write {
            Write::Patch { object, .. } => *object,
            Write::SetUri { object, .. } | Write::ClientSettings { object, .. } => {
                ids.resolve(*object)?
            }
            Write::WidenGrant { id, scope } => {
                let grants = there(&self.observed.client)?
                    .principal
                    .as_ref()
                    .known()?
                    .as_ref()?
                    .grants
                    .as_ref()
                    .known()?;
                let before = grants.iter().find(|it| it.id.as_ref() == Some(id))?;
                return Some(Created::Scopes {
                    id: id.clone(),
                    before: before.scope.clone(),
                    after: scope.clone(),
                });
            }
            Write::Upsert { .. }
            | Write::Principal { .. }
            | Write::Grant { .. }
            | Write::Role { .. }
            | Write::Register { .. }
            | Write::Restore { .. }
            | Write::RestorePrincipal { .. }
            | Write::Access { .. }
            | Write::Revoke { .. }
            | Write::RemoveSecret { .. }
            | Write::Delete { .. }
            | Write::Secret { .. } => return None,
        };
        let is_own = self.history.made.iter().any(
            |it| matches!(it.made, Created::Application { object: made, .. } if made == object),
        );
        let app = [&self.observed.server, &self.observed.client]
            .into_iter()
            .filter_map(there)
            .find(|app| app.object_id == object)
            .filter(|_| !is_own)?;
        Some(Created::Change {
            object,
            before: part(&now(&app.properties), after),
            after: after.clone(),
        })
    }

    pub(crate) async fn pause(&self, wait: Duration) -> Result<(), Problem> {
        let sleep = self.world.sleep(wait);
        let pressed = Box::pin(self.cancel.cancelled());
        match select(sleep, pressed).await {
            Either::Left(_) => Ok(()),
            Either::Right(_) => Err(Problem::new(ProblemKind::Cancelled)),
        }
    }

    /// Stores the IDs in a response. Returns the result for the journal. `is_ours` says whether this run created it.
    async fn accept(
        self: &Rc<Self>,
        id: StepId,
        write: &Write,
        reply: ApiResponse,
        mut is_ours: bool,
        watch: &Observer,
    ) -> Result<Option<Created>, Problem> {
        match write {
            Write::Upsert { key, of, .. } => {
                let (object, app) = match application_of(&reply.body) {
                    Some(found) => found,
                    // 204: it already existed, or the browser repeated a request whose response was lost. The response has no body then.
                    None => {
                        let call = graph::application_by_unique_name(self.cloud, key);
                        let body = self.read_back(id, call, watch).await?;
                        // Created before this run, although a replica that lagged behind did not show it, so undo must not remove it.
                        is_ours &= self.is_since_we_began(&body);
                        application_of(&body).ok_or(Problem::new(ProblemKind::UnexpectedAnswer))?
                    }
                };
                let mut ids = self.ids.borrow_mut();
                ids.insert(
                    if *of == IdRef::ServerApp {
                        IdRef::ServerObject
                    } else {
                        IdRef::ClientObject
                    },
                    object,
                );
                ids.insert(*of, app);
                if is_ours {
                    self.fresh.borrow_mut().extend([object, app]);
                }
                Ok(is_ours.then(|| Created::Application {
                    object: ObjectId::new(object),
                    app: AppId::new(app),
                }))
            }
            Write::Principal { of, app } => {
                let found = match id_of(&reply.body) {
                    Some(found) => found,
                    None => {
                        let app = self.ids.borrow().resolve(*app);
                        let app = app.ok_or(Problem::new(ProblemKind::PageFault {
                            what: "an app without an ID",
                        }))?;
                        let call = graph::principal_by_app_id(self.cloud, app);
                        let body = self.read_back(id, call, watch).await?;
                        id_of(&body).ok_or(Problem::new(ProblemKind::UnexpectedAnswer))?
                    }
                };
                let slot = if *of == IdRef::ServerApp {
                    IdRef::ServerPrincipal
                } else {
                    IdRef::ClientPrincipal
                };
                self.ids.borrow_mut().insert(slot, found);
                if is_ours {
                    self.fresh.borrow_mut().push(found);
                }
                Ok(is_ours.then(|| Created::Principal {
                    object: ObjectId::new(found),
                }))
            }
            Write::Secret { object, .. } => {
                let object = self.resolve(*object)?;
                let secret =
                    take_secret(reply.body).ok_or(Problem::new(ProblemKind::UnexpectedAnswer))?;
                let key = secret.key_id;
                *self.secret.borrow_mut() = Some(secret);
                Ok(Some(Created::Secret { object, key }))
            }
            Write::Grant { .. } => Ok(text_id(&reply.body).map(|id| Created::Grant { id })),
            Write::Role {
                principal,
                resource,
                ..
            } => {
                let principal = self.resolve(*principal)?;
                let resource = self.resolve(*resource)?;
                Ok(text_id(&reply.body).map(|id| Created::Role {
                    principal,
                    resource,
                    id,
                }))
            }
            Write::Restore { object } => {
                self.fresh.borrow_mut().push(object.uuid());
                Ok(None)
            }
            Write::RestorePrincipal { object, of } => {
                self.ids.borrow_mut().insert(*of, object.uuid());
                self.fresh.borrow_mut().push(object.uuid());
                Ok(None)
            }
            Write::Patch { .. }
            | Write::SetUri { .. }
            | Write::ClientSettings { .. }
            | Write::WidenGrant { .. }
            | Write::Access { .. }
            | Write::Revoke { .. }
            | Write::RemoveSecret { .. }
            | Write::Delete { .. }
            | Write::Register { .. } => Ok(None),
        }
    }

    fn is_since_we_began(&self, body: &Value) -> bool {
        let began = self.history.began.unwrap_or(self.began);
        body.get("createdDateTime")
            .and_then(Value::as_str)
            .and_then(moment::parse)
            .is_some_and(|created| created.duration_since(began) > -MAX_CLOCK_SKEW)
    }

    /// Reads an object right after it was written.
    async fn read_back(
        &self,
        id: StepId,
        call: ApiRequest,
        watch: &Observer,
    ) -> Result<Value, Problem> {
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
                        return Err(Problem::new(ProblemKind::NotReplicated));
                    }
                    self.note(id, WaitNote::Replicating { wait });
                    self.pause(wait).await?;
                }
                Err(failure) => return Err(graph::errors::problem(&failure)),
            }
        }
    }

    /// The ID that a write refers to.
    pub(crate) fn resolve<T: CreatedId>(&self, reference: Reference<T>) -> Result<T, Problem> {
        self.ids
            .borrow()
            .resolve(reference)
            .ok_or(Problem::new(ProblemKind::PageFault {
                what: "an ID is not known yet",
            }))
    }
}

/// Increases from 2 s to 30 s: most objects replicate within seconds, the rest take minutes.
fn copying_wait(tries: u32) -> Duration {
    Duration::from_secs(2 * 2_u64.pow(tries.min(4))).min(Duration::from_secs(30))
}

fn guid(body: &Value, key: &str) -> Option<Uuid> {
    body.get(key)
        .and_then(Value::as_str)
        .and_then(|text| text.parse::<ObjectId>().ok())
        .map(ObjectId::uuid)
}

fn text_id(body: &Value) -> Option<String> {
    body.get("id").and_then(Value::as_str).map(str::to_owned)
}

fn id_of(body: &Value) -> Option<Uuid> {
    guid(body, "id")
}

fn application_of(body: &Value) -> Option<(Uuid, Uuid)> {
    Some((guid(body, "id")?, guid(body, "appId")?))
}

/// Moves the secret out of the response, so that the response keeps no copy.
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
