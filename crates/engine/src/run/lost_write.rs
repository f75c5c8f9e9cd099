//! Looks for the result of a write with an unknown outcome before the write is sent again.

use std::rc::Rc;
use std::time::Duration;

use crate::auth::account::Audience;
use crate::graph;
use crate::graph::wire;
use crate::journal::Created;
use crate::journal::Event;
use crate::net::ApiRequest;
use crate::net::Failure;
use crate::net::Observer;
use crate::plan::reference::IdRef;
use crate::plan::reference::Reference;
use crate::plan::step::StepId;
use crate::plan::write::Write;
use crate::run::RunExecutor;
use crate::run::StepState;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ownership_tags;
use domain::problem::Problem;
use domain::problem::ProblemKind;

/// Wait between two reads that look for a lost write, because a new object may not be readable immediately.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// Maximum number of final reads.
const LOOKS: u32 = 3;

impl RunExecutor {
    /// Looks twice for the result of a lost write. Returns what was found, or `None`. Removes a secret whose text is lost and returns
    /// `None` for it.
    pub(crate) async fn find_lost_write(
        self: &Rc<Self>,
        write: &Write,
        watch: &Observer,
    ) -> Result<Option<Option<Created>>, Problem> {
        for look in 0..2 {
            if look > 0 {
                self.pause(LOOK_AGAIN).await?;
            }
            if matches!(write, Write::Secret { .. }) {
                if self.remove_orphans(None, watch).await? {
                    return Ok(None);
                }
            } else if let Some(found) = self.look(write, watch).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Looks once for the result of a write.
    pub(crate) async fn look(
        &self,
        write: &Write,
        watch: &Observer,
    ) -> Result<Option<Option<Created>>, Problem> {
        match write {
            Write::Grant {
                client,
                resource,
                scope,
            } => {
                let (client, resource) = (self.resolve(*client)?, self.resolve(*resource)?);
                let grants: Vec<wire::PermissionGrant> = self
                    .list(graph::grants_of(self.cloud, client), watch)
                    .await?;
                let found = grants
                    .into_iter()
                    .find(|it| it.resource_id == resource && it.consent_type == "AllPrincipals");
                // Only one can exist, and changing it needs another plan.
                if found
                    .as_ref()
                    .is_some_and(|it| !it.scope.split_whitespace().any(|s| s == scope))
                {
                    return Err(Problem::new(ProblemKind::ChangedSinceReview));
                }
                // If it has more than was sent, this run did not create it.
                Ok(found.map(|it| {
                    it.id
                        .filter(|_| it.scope == *scope)
                        .map(|id| Created::Grant { id })
                }))
            }
            Write::Role {
                principal, role, ..
            } => {
                let principal = self.resolve(*principal)?;
                let roles: Vec<wire::RoleAssignment> = self
                    .list(graph::roles_of(self.cloud, principal), watch)
                    .await?;
                let found = roles.into_iter().find(|it| it.app_role_id == *role);
                Ok(found.map(|it| {
                    let resource = it.resource_id;
                    it.id.map(|id| Created::Role {
                        principal,
                        resource,
                        id,
                    })
                }))
            }
            Write::Restore { object } | Write::RestorePrincipal { object, .. } => {
                let call = if let Write::RestorePrincipal { .. } = write {
                    graph::principal(self.cloud, *object)
                } else {
                    graph::application(self.cloud, *object)
                };
                match self.session.call(Audience::Graph, call, watch).await {
                    Ok(_) => Ok(Some(None)),
                    Err(Failure::Refused(refusal)) if refusal.status == 404 => Ok(None),
                    Err(failure) => Err(graph::errors::problem(&failure)),
                }
            }
            Write::Access { .. }
            | Write::Revoke { .. }
            | Write::RemoveSecret { .. }
            | Write::Delete { .. }
            | Write::Upsert { .. }
            | Write::Patch { .. }
            | Write::SetUri { .. }
            | Write::ClientSettings { .. }
            | Write::Principal { .. }
            | Write::WidenGrant { .. }
            | Write::Register { .. }
            | Write::Secret { .. } => Ok(None),
        }
    }

    /// Ensures that this run has only one secret, after all other steps.
    ///
    /// A browser repeats even a POST on its own if a kept-alive connection closes without a response (seen in Chromium 156), so the
    /// response may belong to a second secret. If the read keeps failing, the secret's step fails; continuing the run reads again.
    pub(crate) async fn keep_one_secret(self: &Rc<Self>) {
        let kept = self.secret.borrow().as_ref().map(|secret| secret.key_id);
        let kept = kept.or(self.in_hand);
        if kept.is_none() && !self.history.has_lost_secret(None) {
            return;
        }
        let watch = Observer::with_cancel(|_| (), self.cancel.clone());
        let mut looks = 0;
        while let Err(problem) = self.remove_orphans(kept, &watch).await {
            looks += 1;
            if looks == LOOKS || self.pause(LOOK_AGAIN).await.is_err() {
                self.change(StepId::Secret, |progress| {
                    progress.state = StepState::Failed(problem);
                });
                return;
            }
        }
    }

    /// Removes the secrets of this run whose text never arrived, by key ID. `kept` is the secret whose text did.
    pub(crate) async fn remove_orphans(
        &self,
        kept: Option<KeyId>,
        watch: &Observer,
    ) -> Result<bool, Problem> {
        let server: ObjectId = self.resolve(Reference::Later(IdRef::ServerObject))?;
        let call = graph::application(self.cloud, server);
        let reply = self
            .session
            .call(Audience::Graph, call, watch)
            .await
            .map_err(|failure| graph::errors::problem(&failure))?;
        let app: wire::Application = serde_json::from_value(reply.body)
            .map_err(|_| Problem::new(ProblemKind::UnexpectedAnswer))?;
        let name = ownership_tags::secret_name(&self.id);
        let orphans = app
            .password_credentials
            .into_iter()
            .flatten()
            .filter(|it| it.display_name.as_ref() == Some(&name) && Some(it.key_id) != kept);
        let mut found = false;
        for orphan in orphans {
            let made = Created::Secret {
                object: server,
                key: orphan.key_id,
            };
            self.record(Event::Removing { made: made.clone() }).await?;
            let call = graph::remove_password(self.cloud, server, orphan.key_id);
            match self.session.call(Audience::Graph, call, watch).await {
                Ok(_) => {}
                // Already removed: the response to an earlier attempt was lost.
                Err(Failure::Refused(refusal)) if graph::errors::is_gone(&refusal) => {}
                Err(failure) => return Err(graph::errors::problem(&failure)),
            }
            self.record(Event::Removed { made }).await?;
            found = true;
        }
        Ok(found)
    }

    async fn list<T: serde::de::DeserializeOwned>(
        &self,
        call: ApiRequest,
        watch: &Observer,
    ) -> Result<Vec<T>, Problem> {
        let values = self
            .session
            .call_pages(Audience::Graph, call, watch)
            .await
            .map_err(|failure| graph::errors::problem(&failure))?;
        let read: Result<Vec<T>, _> = values.into_iter().map(serde_json::from_value).collect();
        read.map_err(|_| Problem::new(ProblemKind::UnexpectedAnswer))
    }
}
