//! The writes of a plan, and the exact request for each.
//!
//! Some requests contain IDs that do not exist before the run. A write holds a `Reference` to each. One builder makes the request to send,
//! which needs every ID, and the request to show, which has names in place of unknown IDs.

use http::HeaderName;
use http::Method;
use jiff::SignedDuration;
use jiff::Timestamp;
use serde_json::Value;

use crate::arm;
use crate::auth::account::Audience;
use crate::graph;
use crate::graph::id::IdOrName;
use crate::graph::wire;
use crate::net::ApiRequest;
use crate::net::Body;
use crate::plan::reference::IdRef;
use crate::plan::reference::Ids;
use crate::plan::reference::MissingId;
use crate::plan::reference::NamedIds;
use crate::plan::reference::Reference;
use crate::plan::reference::Resolver;
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
        /// Object ID of the server app.
        object: Reference<ObjectId>,
        /// Client ID of the server app.
        app: Reference<AppId>,
        /// Existing URIs, which stay.
        existing: Vec<String>,
        /// The URI to add.
        choice: UriChoice,
    },
    /// Add redirect URI and permissions of the client app to those it keeps.
    ClientSettings {
        /// Object ID of the client app.
        object: Reference<ObjectId>,
        /// Client ID of the client app.
        app: Reference<AppId>,
        /// Client ID of the server app.
        server: Reference<AppId>,
        /// Redirect URIs that stay. `None`: the list does not change and is not sent.
        redirects: Option<Vec<String>>,
        /// Requested permissions that stay. `None`: the list does not change and is not sent.
        permissions: Option<Vec<wire::RequiredResource>>,
        /// The scope of the server app.
        scope: PermissionId,
        /// What the write adds.
        adds: Adds,
    },
    /// Create the service principal of an app.
    Principal {
        /// `ServerApp` or `ClientApp`.
        of: IdRef,
        /// Client ID of the app.
        app: Reference<AppId>,
    },
    /// Grant tenant-wide consent to the client app.
    Grant {
        /// Service principal of the client app.
        client: Reference<ObjectId>,
        /// Service principal of the API: the server app or Microsoft Graph.
        resource: Reference<ObjectId>,
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
        /// Service principal of the server app.
        principal: Reference<ObjectId>,
        /// Service principal of Microsoft Graph.
        resource: Reference<ObjectId>,
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
        /// Object ID of the server app.
        object: Reference<ObjectId>,
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
    /// Time of the run, from which the secret's expiry is computed.
    pub now: Timestamp,
    /// ID of the run, which is part of the secret's description, so that an orphaned secret can be recognized.
    pub run: &'a str,
}

/// A request to send. It has every ID that it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct CompleteRequest {
    /// The request.
    pub request: ApiRequest,
    /// The directory objects that it names.
    pub named: NamedIds,
}

/// A request to show. Before it is sent, it may have names in place of IDs.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownRequest {
    /// The service that receives it.
    pub audience: Audience,
    /// HTTP method of the request.
    pub method: Method,
    /// URL of the request. A name in it is not percent-encoded.
    pub url: String,
    /// Headers other than authorization, content type and request ID.
    pub headers: Vec<(HeaderName, String)>,
    /// JSON body, if the request has one.
    pub body: Option<Value>,
}

impl ShownRequest {
    /// The request to this service.
    #[must_use]
    pub fn new(audience: Audience, request: ApiRequest) -> Self {
        Self {
            audience,
            method: request.method,
            url: request.url,
            headers: request.headers,
            body: match request.body {
                Body::Json(body) => Some(body),
                Body::Empty => None,
            },
        }
    }
}

/// Permissions that the client app requests: `User.Read` of Graph and the server app's scope.
#[must_use]
pub fn client_access<A: From<AppId>>(
    server: A,
    scope: PermissionId,
) -> Vec<wire::RequiredResource<A>> {
    let delegated = |resource_app_id, id| wire::RequiredResource {
        resource_app_id,
        resource_access: vec![wire::ResourceAccess {
            id,
            kind: "Scope".to_owned(),
        }],
    };
    vec![
        delegated(ids::GRAPH.into(), ids::USER_READ),
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

    /// The request to send.
    ///
    /// # Errors
    /// An ID that the request needs is not known yet.
    pub fn request(&self, setting: &Setting<'_>, ids: &Ids) -> Result<CompleteRequest, MissingId> {
        let mut resolver = Resolver::new(ids, IdRef::label);
        let request = self.build(setting, &mut resolver);
        match resolver.missing.first() {
            Some(missing) => Err(MissingId(*missing)),
            None => Ok(CompleteRequest {
                request,
                named: resolver.named,
            }),
        }
    }

    /// The request to show before the run. `name` gives the text in place of an ID that is not known yet.
    #[must_use]
    pub fn shown(&self, setting: &Setting<'_>, name: fn(IdRef) -> &'static str) -> ShownRequest {
        let ids = Ids::default();
        let request = self.build(setting, &mut Resolver::new(&ids, name));
        ShownRequest::new(self.audience(), request)
    }

    /// The IDs that the request needs and that are known only during the run.
    #[must_use]
    pub fn needs(&self, setting: &Setting<'_>) -> Vec<IdRef> {
        let ids = Ids::default();
        let mut resolver = Resolver::new(&ids, IdRef::label);
        self.build(setting, &mut resolver);
        resolver.missing
    }

    /// Builds the request. It may be sent only if the resolver misses nothing.
    fn build(&self, setting: &Setting<'_>, ids: &mut Resolver<'_>) -> ApiRequest {
        let cloud = setting.cloud;
        match self {
            Self::Upsert { key, body, .. } => graph::upsert_application(cloud, key, body),
            Self::Patch { object, body } => {
                graph::patch_application(cloud, ids.url(Reference::Known(*object)), body)
            }
            Self::SetUri {
                object,
                app,
                existing,
                choice,
            } => {
                let mut uris = existing.clone();
                // Planning already refused a choice that does not give a URI; nothing is added here then.
                uris.extend(uri(choice, setting.tenant, *app, ids));
                let body = wire::Application {
                    identifier_uris: Some(uris),
                    ..Default::default()
                };
                graph::patch_application(cloud, ids.url(*object), &body)
            }
            Self::ClientSettings {
                object,
                app,
                server,
                redirects,
                permissions,
                scope,
                adds,
            } => {
                let public_client = redirects.clone().map(|mut redirect_uris| {
                    if adds.redirect {
                        let redirect = cmg::broker_redirect_text(&ids.body(*app).to_string());
                        if !redirect_uris.contains(&redirect) {
                            redirect_uris.push(redirect);
                        }
                    }
                    wire::PublicClient { redirect_uris }
                });
                let required_resource_access = permissions.as_ref().map(|permissions| {
                    let access = permissions
                        .iter()
                        .map(|it| wire::RequiredResource {
                            resource_app_id: ids.body(Reference::Known(it.resource_app_id)),
                            resource_access: it.resource_access.clone(),
                        })
                        .collect();
                    if adds.permissions {
                        let wanted = client_access(ids.body(*server), *scope);
                        union_of_access(access, wanted)
                    } else {
                        access
                    }
                });
                let body = wire::ClientSettings {
                    public_client,
                    required_resource_access,
                };
                graph::patch_application(cloud, ids.url(*object), &body)
            }
            Self::Principal { app, .. } => graph::upsert_principal(cloud, ids.url(*app)),
            Self::Grant {
                client,
                resource,
                scope,
            } => graph::create_grant(
                cloud,
                &wire::PermissionGrant {
                    id: None,
                    client_id: ids.body(*client),
                    consent_type: "AllPrincipals".to_owned(),
                    resource_id: ids.body(*resource),
                    scope: scope.clone(),
                },
            ),
            Self::WidenGrant { id, scope } => graph::update_grant(cloud, id, scope),
            Self::Role {
                principal,
                resource,
                role,
            } => graph::assign_role(
                cloud,
                &wire::RoleAssignment {
                    id: None,
                    principal_id: ids.body(*principal),
                    // Also in the URL.
                    resource_id: ids.url(*resource),
                    app_role_id: *role,
                },
            ),
            Self::Register {
                subscription,
                namespace,
            } => arm::register(cloud, *subscription, *namespace),
            Self::Secret { object, days } => graph::add_password(
                cloud,
                ids.url(*object),
                &ownership_tags::secret_name(setting.run),
                secret_end(*days, setting.now),
            ),
            Self::Restore { object } | Self::RestorePrincipal { object, .. } => {
                ids.names(*object);
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
                ids.names(*object);
                graph::patch_principal(cloud, *object, &properties.into())
            }
            Self::Revoke { resource, id } => {
                ids.names(*resource);
                graph::delete_role(cloud, *resource, id)
            }
            Self::RemoveSecret { object, key } => {
                ids.names(*object);
                graph::remove_password(cloud, *object, *key)
            }
            Self::Delete { object } => {
                ids.names(*object);
                graph::delete_application(cloud, *object)
            }
        }
    }
}

/// The App ID URI of the server app. `None` if the choice gives none.
fn uri(
    choice: &UriChoice,
    tenant: TenantId,
    app: Reference<AppId>,
    ids: &mut Resolver<'_>,
) -> Option<String> {
    let app = match choice.needs_app().then(|| ids.body(app)) {
        Some(IdOrName::Name(name)) => return Some(choice.text(&tenant.to_string(), name)),
        Some(IdOrName::Id(app)) => Some(app),
        None => None,
    };
    choice.uri(tenant, app).ok().map(|uri| uri.to_string())
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
pub fn with_access<A: Clone + PartialEq>(
    now: &[wire::RequiredResource<A>],
    wanted: wire::RequiredResource<A>,
) -> Option<Vec<wire::RequiredResource<A>>> {
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
fn union_of_access<A: Clone + PartialEq>(
    now: Vec<wire::RequiredResource<A>>,
    wanted: Vec<wire::RequiredResource<A>>,
) -> Vec<wire::RequiredResource<A>> {
    let mut union = now;
    for access in wanted {
        if let Some(more) = with_access(&union, access) {
            union = more;
        }
    }
    union
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::samples::OBJECT;
    use crate::plan::samples::all_ids;
    use crate::plan::samples::client_settings;
    use crate::plan::samples::created;
    use crate::plan::samples::id;
    use crate::plan::samples::set_uri;
    use crate::plan::samples::setting;
    use crate::plan::samples::writes;

    fn body_text(request: &ApiRequest) -> String {
        match &request.body {
            Body::Json(body) => body.to_string(),
            Body::Empty => String::new(),
        }
    }

    #[test]
    fn the_shown_request_is_the_request_to_send_with_names_for_ids() {
        for write in writes() {
            let shown = write.shown(&setting(), IdRef::label);
            let body = shown.body.map(|body| body.to_string()).unwrap_or_default();
            let with_ids = |text: String| {
                IdRef::ALL.iter().fold(text, |text, slot| {
                    text.replace(slot.label(), &created(*slot).to_string())
                })
            };
            let sent = write.request(&setting(), &all_ids()).unwrap().request;
            assert_eq!(shown.method, sent.method);
            assert_eq!(with_ids(shown.url), sent.url);
            assert_eq!(with_ids(body), body_text(&sent));
        }
    }

    #[test]
    fn a_request_that_lacks_an_id_is_never_complete() {
        for write in writes() {
            let shown = write.shown(&setting(), IdRef::label);
            let text = format!("{} {}", shown.url, shown.body.unwrap_or_default());
            let mut lacks = IdRef::ALL.to_vec();
            lacks.retain(|slot| text.contains(slot.label()));
            let mut needs = write.needs(&setting());
            needs.sort();
            assert_eq!(needs, lacks, "{write:?}");
            for lacking in &lacks {
                let others = IdRef::ALL.into_iter().filter(|slot| slot != lacking);
                let others: Vec<_> = others.map(|slot| (slot, created(slot))).collect();
                assert_eq!(
                    write.request(&setting(), &Ids::new(&others)),
                    Err(MissingId(*lacking)),
                    "{write:?}"
                );
            }
            let is_complete = write.request(&setting(), &Ids::default()).is_ok();
            assert_eq!(is_complete, lacks.is_empty(), "{write:?}");
        }
    }

    #[test]
    fn a_write_needs_only_the_ids_that_its_request_contains() {
        let own = UriChoice::Own {
            text: "https://contoso.example/cmg".to_owned(),
        };
        let adds = |redirect, permissions| {
            client_settings(Adds {
                redirect,
                permissions,
            })
        };
        let object = IdRef::ClientObject;
        for (write, needs) in [
            (set_uri(own), vec![IdRef::ServerObject]),
            (
                set_uri(UriChoice::TenantAndApp),
                vec![IdRef::ServerApp, IdRef::ServerObject],
            ),
            (adds(false, false), vec![object]),
            (adds(true, false), vec![IdRef::ClientApp, object]),
            (adds(false, true), vec![IdRef::ServerApp, object]),
        ] {
            assert_eq!(write.needs(&setting()), needs, "{write:?}");
        }
    }

    #[test]
    fn a_request_knows_which_objects_it_names() {
        let mut objects = IdRef::ALL.map(created).to_vec();
        objects.push(id(OBJECT));
        for write in writes() {
            let CompleteRequest { request, named } = write.request(&setting(), &all_ids()).unwrap();
            let body = body_text(&request);
            for object in &objects {
                let is_in = |text: &str| text.contains(&object.to_string());
                assert_eq!(
                    is_in(&request.url),
                    named.in_url.contains(object),
                    "{write:?}"
                );
                // The resource of a role is in both.
                let is_named = named.in_body.contains(object) || named.in_url.contains(object);
                assert!(is_named || !is_in(&body), "{write:?}");
                assert!(is_in(&body) || !named.in_body.contains(object), "{write:?}");
            }
        }
    }
}
