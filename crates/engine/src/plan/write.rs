//! The writes of a plan, and the exact request for each.
//!
//! Some requests contain IDs that do not exist before the run. `Ids` holds the known IDs and placeholders for the others, so that the
//! review page shows the real request with names in place of unknown IDs. A placeholder is never sent.

use domain::variants::variants;
use jiff::SignedDuration;
use jiff::Timestamp;
use strum::EnumCount;
use strum::VariantArray;
use uuid::Uuid;

use crate::arm;
use crate::auth::account::Audience;
use crate::graph;
use crate::graph::wire;
use crate::net::ApiRequest;
use crate::net::Body;
use domain::app_id_uri::choice::UriChoice;
use domain::cloud::Cloud;
use domain::cmg;
use domain::cmg::ProviderNamespace;
use domain::cmg::SecretLife;
use domain::ids;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ids::PermissionId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::ownership_tags;

/// Refers to an ID that may only be known during the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumCount, VariantArray)]
pub enum IdRef {
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

impl IdRef {
    const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Placeholder until the ID is known. Version 8 GUIDs are free for custom use (RFC 9562); Microsoft Entra ID issues version 4.
    fn placeholder(self) -> Uuid {
        Uuid::from_u128(0x0000_0000_0000_8000_8000_0000_0000_0000 + self as u128 + 1)
    }

    /// Name of the ID on the review page.
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

/// The IDs that are known so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids([Option<Uuid>; IdRef::ALL.len()]);

impl Ids {
    /// Starts with the IDs that were read.
    #[must_use]
    pub fn new(known: &[(IdRef, Uuid)]) -> Self {
        let mut ids = Self::default();
        for (slot, id) in known {
            ids.insert(*slot, *id);
        }
        ids
    }

    /// Stores a known ID.
    pub fn insert(&mut self, slot: IdRef, id: Uuid) {
        self.0[slot as usize] = Some(id);
    }

    /// Stores an ID, unless it is already known.
    pub fn insert_if_missing(&mut self, slot: IdRef, id: Uuid) {
        self.0[slot as usize].get_or_insert(id);
    }

    /// The ID, if it is known.
    #[must_use]
    pub fn get(&self, slot: IdRef) -> Option<Uuid> {
        self.0[slot as usize]
    }

    fn or_stand_in(&self, slot: IdRef) -> Uuid {
        self.get(slot).unwrap_or_else(|| slot.placeholder())
    }

    fn object(&self, slot: IdRef) -> ObjectId {
        ObjectId::new(self.or_stand_in(slot))
    }

    fn app(&self, slot: IdRef) -> AppId {
        AppId::new(self.or_stand_in(slot))
    }
}

/// Additions to a client app's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adds {
    /// Adds its redirect URI.
    pub redirect: bool,
    /// Adds the permissions it needs.
    pub permissions: bool,
}

impl Adds {
    /// Both additions, for a new client app.
    pub const ALL: Self = Self {
        redirect: true,
        permissions: true,
    };
}

/// One write request of a plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// Create an application with this tool's key.
    Upsert {
        /// The unique key (`uniqueName`).
        key: String,
        /// The client ID that the response contains: `ServerApp` or `ClientApp`.
        of: IdRef,
        /// Properties of the application.
        body: Box<wire::Application>,
    },
    /// Update an existing application.
    Patch {
        /// Object ID of the application.
        object: ObjectId,
        /// Properties to change.
        body: Box<wire::Application>,
    },
    /// Add the App ID URI of the server app to its existing URIs.
    SetUri {
        /// Existing URIs, which stay.
        existing: Vec<String>,
        /// The URI to add.
        choice: UriChoice,
    },
    /// Add redirect URI and permissions of the client app to those it keeps.
    ClientSettings {
        /// Redirect URIs that stay.
        redirects: Vec<String>,
        /// Requested permissions that stay.
        permissions: Vec<wire::RequiredResource>,
        /// The scope of the server app.
        scope: PermissionId,
        /// What the write adds.
        adds: Adds,
    },
    /// Create the service principal of an app.
    Principal {
        /// `ServerApp` or `ClientApp`.
        of: IdRef,
    },
    /// Grant tenant-wide consent to the client app.
    Grant {
        /// Service principal of the API: `ServerPrincipal` or `GraphPrincipal`.
        resource: IdRef,
        /// The scope to grant.
        scope: String,
    },
    /// Add scopes to an existing grant.
    WidenGrant {
        /// ID of the grant.
        id: String,
        /// All scopes, existing and new.
        scope: String,
    },
    /// Assign an application permission of Microsoft Graph to the server app.
    Role {
        /// ID of the permission.
        role: PermissionId,
    },
    /// Register a resource provider.
    Register {
        /// Subscription to register it in.
        subscription: SubscriptionId,
        /// Namespace of the provider.
        namespace: ProviderNamespace,
    },
    /// Create the client secret.
    Secret {
        /// Maximum lifetime in days, counted from the run.
        days: u32,
    },
    /// Restore a deleted app.
    Restore {
        /// Object ID of the app.
        object: ObjectId,
    },
    /// Restore a deleted service principal.
    RestorePrincipal {
        /// Object ID of the service principal.
        object: ObjectId,
        /// `ServerPrincipal` or `ClientPrincipal`.
        of: IdRef,
    },
    /// Change who gets tokens for a service principal.
    Access {
        /// Object ID of the service principal.
        object: ObjectId,
        /// Whether to enable it.
        enable: bool,
        /// Whether to remove the assignment requirement.
        open: bool,
    },
    /// Remove an app role assignment.
    Revoke {
        /// Service principal that defines the role.
        resource: ObjectId,
        /// ID of the assignment.
        id: String,
    },
    /// Remove a client secret by its key ID.
    RemoveSecret {
        /// Object ID of the application.
        object: ObjectId,
        /// Key ID of the secret.
        key: KeyId,
    },
    /// Delete an app; it can be restored for 30 days.
    Delete {
        /// Object ID of the app.
        object: ObjectId,
    },
}

/// What a request needs in addition to the plan.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// Cloud of the tenant.
    pub cloud: Cloud,
    /// ID of the tenant.
    pub tenant: TenantId,
    /// The IDs that are known so far.
    pub ids: &'a Ids,
    /// Time of the run, from which the secret's expiry is computed.
    pub now: Timestamp,
    /// ID of the run, which is part of the secret's description, so that an orphaned secret can be recognized.
    pub run: &'a str,
}

/// Permissions that the client app requests: `User.Read` of Graph and the server app's scope.
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
    /// The service that receives the request.
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

    /// True if sending the write twice could create two objects, so that an unknown outcome requires a read before a resend.
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

    /// True if the write removes something, so that a missing object counts as done.
    #[must_use]
    pub fn takes_away(&self) -> bool {
        matches!(
            self,
            Self::Revoke { .. } | Self::RemoveSecret { .. } | Self::Delete { .. }
        )
    }

    /// The request. Before the run it may contain placeholders; see `is_complete` and `readable`.
    #[must_use]
    pub fn call(&self, setting: &Setting<'_>) -> ApiRequest {
        let cloud = setting.cloud;
        let ids = setting.ids;
        match self {
            Self::Upsert { key, body, .. } => graph::upsert_application(cloud, key, body),
            Self::Patch { object, body } => graph::patch_application(cloud, *object, body),
            Self::SetUri { existing, choice } => {
                let mut uris = existing.clone();
                // Planning already refused a choice that does not give a URI; nothing is added here then.
                uris.extend(
                    choice
                        .uri(setting.tenant, Some(ids.app(IdRef::ServerApp)))
                        .map(|uri| uri.to_string()),
                );
                let body = wire::Application {
                    identifier_uris: Some(uris),
                    ..Default::default()
                };
                graph::patch_application(cloud, ids.object(IdRef::ServerObject), &body)
            }
            Self::ClientSettings {
                redirects,
                permissions,
                scope,
                adds,
            } => {
                let redirect = cmg::broker_redirect(ids.app(IdRef::ClientApp));
                let mut redirect_uris = redirects.clone();
                if adds.redirect && !redirect_uris.contains(&redirect) {
                    redirect_uris.push(redirect);
                }
                let body = wire::Application {
                    public_client: Some(wire::PublicClient { redirect_uris }),
                    required_resource_access: Some(if adds.permissions {
                        let wanted = client_access(ids.app(IdRef::ServerApp), *scope);
                        union_of_access(permissions, wanted)
                    } else {
                        permissions.clone()
                    }),
                    ..Default::default()
                };
                graph::patch_application(cloud, ids.object(IdRef::ClientObject), &body)
            }
            Self::Principal { of } => graph::upsert_principal(cloud, ids.app(*of)),
            Self::Grant { resource, scope } => graph::create_grant(
                cloud,
                &wire::PermissionGrant {
                    id: None,
                    client_id: ids.object(IdRef::ClientPrincipal),
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
                    principal_id: ids.object(IdRef::ServerPrincipal),
                    resource_id: ids.object(IdRef::GraphPrincipal),
                    app_role_id: *role,
                },
            ),
            Self::Register {
                subscription,
                namespace,
            } => arm::register(cloud, *subscription, *namespace),
            Self::Secret { days } => graph::add_password(
                cloud,
                ids.object(IdRef::ServerObject),
                &ownership_tags::secret_name(setting.run),
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

/// Maximum lifetime of a secret with this setting, in days.
#[must_use]
pub fn secret_days(life: SecretLife) -> u32 {
    365 * u32::from(life.years())
}

/// When a secret that is created now expires.
///
/// One hour short of full days: a tenant that allows one year uses its own clock and refuses even one second more.
#[must_use]
pub fn secret_end(days: u32, now: Timestamp) -> Timestamp {
    let life = SignedDuration::from_hours(24 * i64::from(days) - 1);
    let end = now.saturating_add(life).unwrap_or(now);
    Timestamp::from_second(end.as_second()).unwrap_or(end)
}

/// Adds a permission to the list. `None` if the list already contains it.
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

/// Adds the permissions that the client app needs to those it already requests.
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

/// True if the request contains no placeholder.
#[must_use]
pub fn is_complete(call: &ApiRequest) -> bool {
    let text = text_of(call);
    IdRef::ALL
        .iter()
        .all(|slot| !text.contains(&slot.placeholder().to_string()))
}

/// Text of a request with names in place of unknown IDs.
#[must_use]
pub fn readable(text: &str) -> String {
    IdRef::ALL.iter().fold(text.to_owned(), |text, slot| {
        text.replace(&slot.placeholder().to_string(), slot.label())
    })
}

/// URL and body of a request as text.
pub(crate) fn text_of(call: &ApiRequest) -> String {
    match &call.body {
        Body::Json(body) => format!("{} {body}", call.url),
        Body::Empty => call.url.clone(),
    }
}
