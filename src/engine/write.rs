//! The writes a plan can hold, and the exact request each becomes.
//!
//! Some requests hold IDs that do not exist before the run. `Ids` has them when they are known and a stand-in before,
//! so the review page shows the request that will be sent, with names where IDs will be. A stand-in is never sent.

use jiff::SignedDuration;
use jiff::Timestamp;
use uuid::Uuid;

use crate::arm;
use crate::auth::Audience;
use crate::domain::app_id_uri::choice::UriChoice;
use crate::domain::cloud::Cloud;
use crate::domain::cmg;
use crate::domain::cmg::ProviderNamespace;
use crate::domain::cmg::SecretLife;
use crate::domain::ids;
use crate::domain::ids::AppId;
use crate::domain::ids::KeyId;
use crate::domain::ids::ObjectId;
use crate::domain::ids::PermissionId;
use crate::domain::ids::SubscriptionId;
use crate::domain::ids::TenantId;
use crate::domain::marks;
use crate::engine::history::Trace;
use crate::engine::journal::Made;
use crate::engine::plan::StepId;
use crate::graph;
use crate::graph::wire;
use crate::net::Body;
use crate::net::Call;

/// A place for an ID that the run brings to light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// Object ID of the server app.
    ServerObject,
    /// Application (client) ID of the server app.
    ServerApp,
    /// Service principal of the server app.
    ServerPrincipal,
    /// Object ID of the client app.
    ClientObject,
    /// Application (client) ID of the client app.
    ClientApp,
    /// Service principal of the client app.
    ClientPrincipal,
    /// Service principal of Microsoft Graph in this tenant.
    GraphPrincipal,
}

impl Slot {
    const ALL: [Self; 7] = [
        Self::ServerObject,
        Self::ServerApp,
        Self::ServerPrincipal,
        Self::ClientObject,
        Self::ClientApp,
        Self::ClientPrincipal,
        Self::GraphPrincipal,
    ];

    /// Stands in until the ID is known. Version 8 GUIDs are free for such use (RFC 9562), and Entra issues version 4.
    fn stand_in(self) -> Uuid {
        Uuid::from_u128(0x0000_0000_0000_8000_8000_0000_0000_0000 + self as u128 + 1)
    }

    /// How the review page names it inside a request.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ServerObject => "{server app object ID}",
            Self::ServerApp => "{server app client ID}",
            Self::ServerPrincipal => "{server app service principal ID}",
            Self::ClientObject => "{client app object ID}",
            Self::ClientApp => "{client app client ID}",
            Self::ClientPrincipal => "{client app service principal ID}",
            Self::GraphPrincipal => "{Microsoft Graph service principal ID}",
        }
    }
}

/// The IDs known so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids([Option<Uuid>; Slot::ALL.len()]);

impl Ids {
    /// Starts with what was observed.
    #[must_use]
    pub fn new(known: &[(Slot, Uuid)]) -> Self {
        let mut ids = Self::default();
        for (slot, id) in known {
            ids.learn(*slot, *id);
        }
        ids
    }

    /// Writes one down.
    pub fn learn(&mut self, slot: Slot, id: Uuid) {
        self.0[slot as usize] = Some(id);
    }

    /// Takes an ID from the journal, for what is not known otherwise.
    pub fn recall(&mut self, trace: &Trace) {
        let (object, app, principal) = match trace.step {
            StepId::ServerApp | StepId::ServerPrincipal => {
                (Slot::ServerObject, Slot::ServerApp, Slot::ServerPrincipal)
            }
            StepId::ClientApp | StepId::ClientPrincipal => {
                (Slot::ClientObject, Slot::ClientApp, Slot::ClientPrincipal)
            }
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
        let mut fill = |slot: Slot, id: Uuid| {
            self.0[slot as usize].get_or_insert(id);
        };
        match &trace.made {
            Made::Application {
                object: id,
                app: it,
            } => {
                fill(object, id.uuid());
                fill(app, it.uuid());
            }
            Made::Principal { object: id } => fill(principal, id.uuid()),
            Made::Grant { .. }
            | Made::Role { .. }
            | Made::Secret { .. }
            | Made::Change { .. }
            | Made::Scopes { .. } => {}
        }
    }

    /// The ID, if it is known.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Option<Uuid> {
        self.0[slot as usize]
    }

    fn or_stand_in(&self, slot: Slot) -> Uuid {
        self.get(slot).unwrap_or_else(|| slot.stand_in())
    }

    fn object(&self, slot: Slot) -> ObjectId {
        ObjectId::new(self.or_stand_in(slot))
    }

    fn app(&self, slot: Slot) -> AppId {
        AppId::new(self.or_stand_in(slot))
    }
}

/// What is added to a client app's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adds {
    /// Its redirect URI.
    pub redirect: bool,
    /// The permissions it needs.
    pub permissions: bool,
}

impl Adds {
    /// All of it: a new client app.
    pub const ALL: Self = Self {
        redirect: true,
        permissions: true,
    };
}

/// One write.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// Create an application under our key.
    Upsert {
        /// Our key (`uniqueName`).
        key: String,
        /// Whose client ID the answer brings: `ServerApp` or `ClientApp`.
        of: Slot,
        /// What it holds.
        body: Box<wire::Application>,
    },
    /// Change an application that is there.
    Patch {
        /// Its object ID.
        object: ObjectId,
        /// What changes.
        body: Box<wire::Application>,
    },
    /// Set the App ID URI of the server app, beside the ones it has.
    SetUri {
        /// The ones it has; they stay.
        existing: Vec<String>,
        /// The one that is added.
        choice: UriChoice,
    },
    /// Redirect URI and permissions of the client app, beside the ones it keeps.
    ClientSettings {
        /// Redirect URIs it keeps.
        redirects: Vec<String>,
        /// Permissions it keeps asking for.
        permissions: Vec<wire::RequiredResource>,
        /// The server app's scope.
        scope: PermissionId,
        /// What is added.
        adds: Adds,
    },
    /// Create the service principal of an app.
    Principal {
        /// `ServerApp` or `ClientApp`.
        of: Slot,
    },
    /// Consent, tenant-wide, for the client app.
    Grant {
        /// Whose API: `ServerPrincipal` or `GraphPrincipal`.
        resource: Slot,
        /// The scope.
        scope: String,
    },
    /// Add scopes to a grant that is there.
    WidenGrant {
        /// Its key.
        id: String,
        /// All its scopes, old and new.
        scope: String,
    },
    /// Assign an application permission of Microsoft Graph to the server app.
    Role {
        /// The permission.
        role: PermissionId,
    },
    /// Register a resource provider.
    Register {
        /// Where.
        subscription: SubscriptionId,
        /// Which.
        namespace: ProviderNamespace,
    },
    /// Make the client secret.
    Secret {
        /// How many days it lives at most, counted from the run.
        days: u32,
    },
    /// Bring a deleted app back.
    Restore {
        /// Its object ID.
        object: ObjectId,
    },
    /// Bring a deleted service principal back.
    RestorePrincipal {
        /// Its object ID.
        object: ObjectId,
        /// `ServerPrincipal` or `ClientPrincipal`.
        of: Slot,
    },
    /// Say who gets tokens of a service principal.
    Access {
        /// Its object ID.
        object: ObjectId,
        /// Enable it.
        enable: bool,
        /// Do not require assignment.
        open: bool,
    },
    /// Take an app role assignment back.
    Revoke {
        /// The service principal whose role it is.
        resource: ObjectId,
        /// Its key.
        id: String,
    },
    /// Remove a client secret.
    RemoveSecret {
        /// The application's object ID.
        object: ObjectId,
        /// The secret's key ID.
        key: KeyId,
    },
    /// Delete an app.
    Delete {
        /// Its object ID.
        object: ObjectId,
    },
}

/// What a request needs beside the plan.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// The cloud.
    pub cloud: Cloud,
    /// The tenant.
    pub tenant: TenantId,
    /// The IDs known so far.
    pub ids: &'a Ids,
    /// When the run is, for the end of the secret.
    pub now: Timestamp,
    /// The run's ID: part of the secret's description, so that an orphan can be told from others.
    pub run: &'a str,
}

/// What the client app asks for: `User.Read` of Graph and the server app's scope.
#[must_use]
pub fn client_access(server: AppId, scope: PermissionId) -> Vec<wire::RequiredResource> {
    let delegated = |resource_app_id, id| wire::RequiredResource {
        resource_app_id,
        resource_access: vec![wire::ResourceAccess {
            id,
            kind: "Scope".to_owned(),
        }],
    };
    vec![
        delegated(ids::GRAPH, ids::USER_READ),
        delegated(server, scope),
    ]
}

impl Write {
    /// The service it goes to.
    #[must_use]
    pub fn audience(&self) -> Audience {
        match self {
            Self::Register { .. } => Audience::Arm,
            Self::Upsert { .. }
            | Self::Patch { .. }
            | Self::SetUri { .. }
            | Self::ClientSettings { .. }
            | Self::Principal { .. }
            | Self::Grant { .. }
            | Self::WidenGrant { .. }
            | Self::Role { .. }
            | Self::Restore { .. }
            | Self::RestorePrincipal { .. }
            | Self::Access { .. }
            | Self::Revoke { .. }
            | Self::RemoveSecret { .. }
            | Self::Delete { .. }
            | Self::Secret { .. } => Audience::Graph,
        }
    }

    /// True if sending it twice could make two things, so that an unknown outcome asks for a look before it is sent again.
    #[must_use]
    pub fn needs_a_look(&self) -> bool {
        matches!(
            self,
            Self::Grant { .. }
                | Self::Role { .. }
                | Self::Secret { .. }
                | Self::Restore { .. }
                | Self::RestorePrincipal { .. }
        )
    }

    /// True if it takes something away: what is not there any more needs no taking.
    #[must_use]
    pub fn takes_away(&self) -> bool {
        matches!(
            self,
            Self::Revoke { .. } | Self::RemoveSecret { .. } | Self::Delete { .. }
        )
    }

    /// The request. Before the run it may hold stand-ins; see `is_complete` and `readable`.
    #[must_use]
    pub fn call(&self, setting: &Setting<'_>) -> Call {
        let cloud = setting.cloud;
        let ids = setting.ids;
        match self {
            Self::Upsert { key, body, .. } => graph::upsert_application(cloud, key, body),
            Self::Patch { object, body } => graph::patch_application(cloud, *object, body),
            Self::SetUri { existing, choice } => {
                let mut uris = existing.clone();
                // A choice that cannot be written was refused before planning; then nothing is added here.
                uris.extend(
                    choice
                        .uri(setting.tenant, Some(ids.app(Slot::ServerApp)))
                        .map(|uri| uri.to_string()),
                );
                let body = wire::Application {
                    identifier_uris: Some(uris),
                    ..Default::default()
                };
                graph::patch_application(cloud, ids.object(Slot::ServerObject), &body)
            }
            Self::ClientSettings {
                redirects,
                permissions,
                scope,
                adds,
            } => {
                let redirect = cmg::broker_redirect(ids.app(Slot::ClientApp));
                let mut redirect_uris = redirects.clone();
                if adds.redirect && !redirect_uris.contains(&redirect) {
                    redirect_uris.push(redirect);
                }
                let body = wire::Application {
                    public_client: Some(wire::PublicClient { redirect_uris }),
                    required_resource_access: Some(if adds.permissions {
                        let wanted = client_access(ids.app(Slot::ServerApp), *scope);
                        union_of_access(permissions, wanted)
                    } else {
                        permissions.clone()
                    }),
                    ..Default::default()
                };
                graph::patch_application(cloud, ids.object(Slot::ClientObject), &body)
            }
            Self::Principal { of } => graph::upsert_principal(cloud, ids.app(*of)),
            Self::Grant { resource, scope } => graph::create_grant(
                cloud,
                &wire::PermissionGrant {
                    id: None,
                    client_id: ids.object(Slot::ClientPrincipal),
                    consent_type: "AllPrincipals".to_owned(),
                    resource_id: ids.object(*resource),
                    scope: scope.clone(),
                },
            ),
            Self::WidenGrant { id, scope } => graph::update_grant(cloud, id, scope),
            Self::Role { role } => graph::assign_role(
                cloud,
                &wire::RoleAssignment {
                    id: None,
                    principal_id: ids.object(Slot::ServerPrincipal),
                    resource_id: ids.object(Slot::GraphPrincipal),
                    app_role_id: *role,
                },
            ),
            Self::Register {
                subscription,
                namespace,
            } => arm::register(cloud, *subscription, *namespace),
            Self::Secret { days } => graph::add_password(
                cloud,
                ids.object(Slot::ServerObject),
                &marks::secret_name(setting.run),
                secret_end(*days, setting.now),
            ),
            Self::Restore { object } | Self::RestorePrincipal { object, .. } => {
                graph::restore(cloud, *object)
            }
            Self::Access {
                object,
                enable,
                open,
            } => {
                let mut properties = serde_json::Map::new();
                if *enable {
                    properties.insert("accountEnabled".to_owned(), true.into());
                }
                if *open {
                    properties.insert("appRoleAssignmentRequired".to_owned(), false.into());
                }
                graph::patch_principal(cloud, *object, &properties.into())
            }
            Self::Revoke { resource, id } => graph::delete_role(cloud, *resource, id),
            Self::RemoveSecret { object, key } => graph::remove_password(cloud, *object, *key),
            Self::Delete { object } => graph::delete_application(cloud, *object),
        }
    }
}

/// The longest a secret of this choice can live, in days.
#[must_use]
pub fn secret_days(life: SecretLife) -> u32 {
    365 * u32::from(life.years())
}

/// When a secret made now ends.
///
/// An hour short of full days: a tenant that allows one year counts from its own clock, and refuses one second more.
#[must_use]
pub fn secret_end(days: u32, now: Timestamp) -> Timestamp {
    let life = SignedDuration::from_hours(24 * i64::from(days) - 1);
    let end = now.saturating_add(life).unwrap_or(now);
    Timestamp::from_second(end.as_second()).unwrap_or(end)
}

/// The list with this access added, or `None` if it has it already.
#[must_use]
pub fn with_access(
    now: &[wire::RequiredResource],
    wanted: wire::RequiredResource,
) -> Option<Vec<wire::RequiredResource>> {
    let mut union = now.to_vec();
    let Some(resource) = union
        .iter_mut()
        .find(|it| it.resource_app_id == wanted.resource_app_id)
    else {
        union.push(wanted);
        return Some(union);
    };
    let missing: Vec<_> = wanted
        .resource_access
        .into_iter()
        .filter(|access| !resource.resource_access.contains(access))
        .collect();
    if missing.is_empty() {
        return None;
    }
    resource.resource_access.extend(missing);
    Some(union)
}

/// Adds what the client app must ask for to what it asks for already.
fn union_of_access(
    now: &[wire::RequiredResource],
    wanted: Vec<wire::RequiredResource>,
) -> Vec<wire::RequiredResource> {
    let mut union = now.to_vec();
    for access in wanted {
        if let Some(more) = with_access(&union, access) {
            union = more;
        }
    }
    union
}

/// True if no stand-in is left in the request.
#[must_use]
pub fn is_complete(call: &Call) -> bool {
    let text = text_of(call);
    Slot::ALL
        .iter()
        .all(|slot| !text.contains(&slot.stand_in().to_string()))
}

/// A text of a request with names in place of IDs that are not known yet.
#[must_use]
pub fn readable(text: &str) -> String {
    Slot::ALL.iter().fold(text.to_owned(), |text, slot| {
        text.replace(&slot.stand_in().to_string(), slot.label())
    })
}

/// The address and the body of a request.
pub(in crate::engine) fn text_of(call: &Call) -> String {
    match &call.body {
        Body::Json(body) => format!("{} {body}", call.url),
        Body::Empty => call.url.clone(),
    }
}
