//! Reads the current state of the tenant and the subscription. Independent reads are sent in parallel.
//!
//! A read that is refused or fails gives `Unknown`. Only a failure that makes all directory reads pointless (signed out, a foreign host,
//! cancelled) ends the reading. An Azure failure never does, because Azure uses its own token.

use futures_util::future::join_all;
use litemap::LiteMap;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::arm;
use crate::auth::account::Audience;
use crate::auth::session::Session;
use domain::app_id_uri::rules::TenantRules;
use domain::cmg::ProviderNamespace;
use domain::dns::Domain;
use domain::ids;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::known::Known;
use domain::ownership_tags;
use domain::problem::Problem;
use domain::problem::ProblemKind;

use crate::desired::Desired;
use crate::desired::providers::RegistrationState;
use crate::graph;
use crate::graph::wire;
use crate::net::ApiRequest;
use crate::net::Failure;
use crate::net::Observer;
use crate::read::app_policies::SecretPolicy;
use crate::read::observed::ConflictKind;
use crate::read::observed::ConflictingApp;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;
use crate::read::observed::RelatedObjects;
use crate::read::observed::Subscription;
use crate::read::observed::Tenant;
use crate::read::observed::there;
use domain::platform::Pending;
use domain::roles::PermissionEntry;
use domain::roles::Role;
use domain::tenant::TenantKind;

/// Registration state of each resource provider.
type States = LiteMap<ProviderNamespace, Known<RegistrationState>>;

/// What was read of the selected subscription. A failure here never ends the directory reads.
pub(crate) struct Azure {
    pub(crate) subscription: Known<Subscription>,
    pub(crate) providers: States,
    pub(crate) permissions: Known<Vec<PermissionEntry>>,
    /// Why the providers could not be read.
    pub(crate) problem: Option<Problem>,
}

/// Sends the reads of one session.
pub(crate) struct Reader<'a> {
    pub(crate) session: &'a Session,
    pub(crate) watch: &'a Observer,
}

/// Reads the tenant: name, domains, policies, and the account's roles. Four reads, in parallel.
///
/// # Errors
/// Only failures that make reading pointless: signed out, cancelled, or a foreign host.
pub async fn tenant(session: &Session, watch: &Observer) -> Result<Tenant, Problem> {
    Reader { session, watch }
        .tenant()
        .await
        .map_err(|failure| graph::errors::problem(&failure))
}

/// Lists the subscriptions that the account can see.
///
/// # Errors
/// Why the complete list could not be read.
pub async fn subscriptions(
    session: &Session,
    watch: &Observer,
) -> Result<Vec<Subscription>, Problem> {
    let call = arm::subscriptions(session.cloud());
    let found = session
        .call_pages(Audience::Arm, call, watch)
        .await
        .map_err(|failure| arm::errors::problem(&failure))?;
    // Usable subscriptions first, then by name. Inserts one at a time, because a sort adds 1 kB to the page.
    let mut subscriptions = Vec::<Subscription>::new();
    for value in found {
        // All or nothing: otherwise an unreadable subscription would be missing silently.
        let new = subscription(value).ok_or(Problem::new(ProblemKind::UnexpectedAnswer))?;
        let order = |it: &Subscription| {
            (
                it.obstacle(session.tenant()).is_some(),
                it.name.clone(),
                it.id,
            )
        };
        let place = subscriptions.partition_point(|it| order(it) < order(&new));
        subscriptions.insert(place, new);
    }
    Ok(subscriptions)
}

/// Reads the state of each resource provider in a subscription, so that the admin can choose one.
///
/// # Errors
/// Why no state could be read.
pub async fn providers(
    session: &Session,
    subscription: SubscriptionId,
    watch: &Observer,
) -> Result<States, Problem> {
    let (states, problem) = Reader { session, watch }.providers(subscription).await;
    match problem {
        Some(problem) if states.values().all(|state| *state == Known::Unknown) => Err(problem),
        Some(_) | None => Ok(states),
    }
}

/// Reads everything that a plan needs.
///
/// # Errors
/// Only failures that make reading pointless: signed out, cancelled, or a foreign host.
pub async fn read_tenant(
    session: &Session,
    desired: &Desired,
    watch: &Observer,
) -> Result<Observed, Problem> {
    Reader { session, watch }
        .observe(desired)
        .await
        .map_err(|failure| graph::errors::problem(&failure))
}

impl Reader<'_> {
    async fn observe(&self, desired: &Desired) -> Result<Observed, Failure> {
        if let Some(existing) = &desired.existing {
            return self.read_pair(desired, existing).await;
        }
        let cloud = self.session.cloud();
        let server_key = ownership_tags::server_key(&desired.server_name);
        let client_key = ownership_tags::client_key(&desired.client_name);
        // A URI with the app's own ID is unknown until the app exists, and no other app can use it then.
        let uri = desired
            .uri
            .uri(desired.tenant, None)
            .ok()
            .map(|uri| uri.to_string());
        let (tenant, server, client, named, holder, deleted, graph_principal, azure) = futures_util::join!(
            self.tenant(),
            self.application(&server_key),
            self.application(&client_key),
            self.list(graph::applications_named(
                cloud,
                desired.server_name.as_str(),
                desired.client_name.as_str()
            )),
            self.holder(uri.as_deref()),
            self.list(graph::deleted_applications(cloud)),
            self.principal(ids::GRAPH),
            self.azure(desired),
        );
        let (server, client) = (server?, client?);
        let server_id = server
            .as_ref()
            .map(|it| it.as_ref().and_then(|app| app.app_id));
        // Objects that belong to an existing app need its ID, so they are read in a second round. A new pair has none.
        let (server, client, own_policies) = futures_util::join!(
            self.complete(server),
            self.complete(client),
            self.own_policies(&server_id)
        );
        let (server, client) = (server?, client?);
        let lacking = [&server, &client].map(without_principal);
        let deleted_principals = self.deleted_principals(&lacking).await?;
        let others =
            |found: Known<Vec<wire::Application>>,
             holds: &dyn Fn(&wire::Application) -> Option<ConflictKind>| {
                found.map(|apps| {
                    apps.iter()
                        .filter_map(|app| namesake(app, holds(app)?))
                        .collect::<Vec<_>>()
                })
            };
        let is_own_key =
            |key: Option<&String>| key.is_some_and(|key| *key == server_key || *key == client_key);
        let is_ours = |app: &wire::Application| is_own_key(app.unique_name.as_ref());
        let holds_uri = |app: &wire::Application| {
            uri.as_ref().is_some_and(|uri| {
                app.identifier_uris
                    .as_ref()
                    .is_some_and(|uris| uris.contains(uri))
            })
        };
        Ok(Observed {
            tenant: tenant?.with_policies_of_app(&own_policies?),
            uri_holder: holder?.map(|found| {
                let own = there(&server).map(|app| app.app_id);
                found
                    .into_iter()
                    .find(|it| !is_own_key(it.key.as_ref()) && Some(it.app_id) != own)
            }),
            server,
            client,
            namesakes: others(named?, &|app| (!is_ours(app)).then_some(ConflictKind::Name)),
            deleted_principals,
            recorded: Vec::new(),
            deleted: others(deleted?, &|app| {
                if is_ours(app) {
                    Some(ConflictKind::Key)
                } else {
                    holds_uri(app).then_some(ConflictKind::Uri)
                }
            }),
            graph_principal: graph_principal?.map_or_unknown(),
            subscription: azure.subscription,
            providers: azure.providers,
            arm_permissions: azure.permissions,
            azure: azure.problem,
            around: RelatedObjects::default(),
        })
    }

    pub(crate) async fn tenant(&self) -> Result<Tenant, Failure> {
        let cloud = self.session.cloud();
        let (organization, roles, policy, authorization) = futures_util::join!(
            self.list::<wire::Organization>(graph::organization(cloud)),
            self.list::<Value>(graph::my_roles(cloud)),
            self.one::<Value>(graph::app_management_policy(cloud)),
            self.one::<Value>(graph::authorization_policy(cloud)),
        );
        let organization = organization?.known().and_then(|all| all.into_iter().next());
        let domains = organization
            .as_ref()
            .and_then(|it| it.verified_domains.clone());
        let organization_kind = organization
            .as_ref()
            .and_then(|it| it.tenant_type.as_deref())
            .map(TenantKind::of)
            .into();
        let policy = policy?;
        Ok(Tenant {
            id: self.session.tenant(),
            name: organization.and_then(|it| it.display_name).into(),
            initial_domain: domains
                .iter()
                .flatten()
                .find(|domain| domain.is_initial)
                .map(|domain| domain.name.clone())
                .into(),
            rules: rules(self.session, domains),
            secrets: SecretPolicy::unknown(),
            default_policy: policy,
            kind: organization_kind,
            users_may_register: authorization?
                .known()
                .and_then(|it| {
                    it.pointer("/defaultUserRolePermissions/allowedToCreateApps")
                        .and_then(Value::as_bool)
                })
                .into(),
            roles: roles?.map(|found| found.iter().map(role).collect()),
        }
        // Until the server app is known, the rules are those for a new app.
        .with_policies_of_app(&Known::Known(Vec::new())))
    }

    /// Reads the app management policies of an app's own; none if the app does not exist.
    pub(crate) async fn own_policies(
        &self,
        app: &Known<Option<AppId>>,
    ) -> Result<Known<Vec<Value>>, Failure> {
        match app {
            Known::Unknown => Ok(Known::Unknown),
            Known::Known(None) => Ok(Known::Known(Vec::new())),
            Known::Known(Some(app)) => {
                self.list(graph::policies_of_app(self.session.cloud(), *app))
                    .await
            }
        }
    }

    /// Reads the application with one of this tool's keys, without its related objects.
    pub(crate) async fn application(
        &self,
        key: &str,
    ) -> Result<Known<Option<wire::Application>>, Failure> {
        self.maybe(graph::application_by_unique_name(self.session.cloud(), key))
            .await
    }

    pub(crate) async fn principal(&self, app: AppId) -> Result<Known<Option<ObjectId>>, Failure> {
        let found: Known<Option<Value>> = self
            .maybe(graph::principal_by_app_id(self.session.cloud(), app))
            .await?;
        Ok(match found {
            Known::Known(None) => Known::Known(None),
            Known::Known(Some(value)) => value
                .get("id")
                .and_then(Value::as_str)
                .and_then(|id| id.parse().ok())
                .map_or(Known::Unknown, |id| Known::Known(Some(id))),
            Known::Unknown => Known::Unknown,
        })
    }

    /// Lists the apps that use an App ID URI, registered here or present only as an enterprise application.
    pub(crate) async fn holder(
        &self,
        uri: Option<&str>,
    ) -> Result<Known<Vec<ConflictingApp>>, Failure> {
        let Some(uri) = uri else {
            return Ok(Known::Known(Vec::new()));
        };
        let cloud = self.session.cloud();
        let (apps, principals) = futures_util::join!(
            self.list::<wire::Application>(graph::applications_with_uri(cloud, uri)),
            self.list::<wire::Application>(graph::principals_with_name(cloud, uri)),
        );
        let (Known::Known(apps), Known::Known(principals)) = (apps?, principals?) else {
            return Ok(Known::Unknown);
        };
        let apps = apps.iter().map(|app| namesake(app, ConflictKind::Uri));
        let principals = principals
            .iter()
            .map(|it| namesake(it, ConflictKind::PrincipalName));
        // An app without IDs still uses the URI, so the list is read completely or counts as not read.
        Ok(apps.chain(principals).collect::<Option<Vec<_>>>().into())
    }

    /// Deleted service principals of these apps, the most recently deleted for each.
    pub(crate) async fn deleted_principals(
        &self,
        apps: &[Option<AppId>],
    ) -> Result<Known<Vec<(AppId, ObjectId)>>, Failure> {
        let wanted: Vec<AppId> = apps.iter().copied().flatten().collect();
        if wanted.is_empty() {
            return Ok(Known::Known(Vec::new()));
        }
        let call = graph::deleted_principals(self.session.cloud());
        let found: Known<Vec<wire::Application>> = self.list(call).await?;
        Ok(found.map(|all| {
            let last = |app: AppId| {
                all.iter()
                    .filter(|it| it.app_id == Some(app))
                    .max_by_key(|it| it.deleted_date_time)
                    .and_then(|it| Some((app, it.id?)))
            };
            wanted.into_iter().filter_map(last).collect()
        }))
    }

    pub(crate) async fn azure(&self, desired: &Desired) -> Azure {
        let Some(id) = desired.subscription else {
            return Azure {
                subscription: Known::Unknown,
                providers: States::new(),
                permissions: Known::Unknown,
                problem: None,
            };
        };
        let cloud = self.session.cloud();
        let permissions =
            self.session
                .call_pages(Audience::Arm, arm::permissions(cloud, id), self.watch);
        let found = self
            .session
            .call(Audience::Arm, arm::subscription(cloud, id), self.watch);
        let (found, (providers, problem), permissions) =
            futures_util::join!(found, self.providers(id), permissions);
        let permissions = permissions.ok().and_then(permission_entries);
        Azure {
            subscription: found.ok().and_then(|it| subscription(it.body)).into(),
            providers,
            permissions: permissions.into(),
            problem,
        }
    }

    async fn providers(&self, subscription: SubscriptionId) -> (States, Option<Problem>) {
        let cloud = self.session.cloud();
        let reads = ProviderNamespace::ALL.map(|namespace| async move {
            let call = arm::provider(cloud, subscription, namespace);
            let answered = self.session.call(Audience::Arm, call, self.watch).await;
            (namespace, answered)
        });
        let mut states = States::new();
        let mut problem = None;
        for (namespace, answered) in join_all(reads).await {
            let state = match &answered {
                Ok(reply) => state_of(&reply.body),
                Err(failure) => {
                    problem.get_or_insert_with(|| arm::errors::problem(failure));
                    None
                }
            };
            states.insert(namespace, state.into());
        }
        (states, problem)
    }

    /// Reads one object. A refusal or a malformed response gives `Unknown`.
    async fn one<T: DeserializeOwned>(&self, call: ApiRequest) -> Result<Known<T>, Failure> {
        Ok(self
            .value(call)
            .await?
            .known()
            .flatten()
            .and_then(|it| serde_json::from_value(it).ok())
            .into())
    }

    /// Reads one object that may not exist.
    pub(crate) async fn maybe<T: DeserializeOwned>(
        &self,
        call: ApiRequest,
    ) -> Result<Known<Option<T>>, Failure> {
        Ok(match self.value(call).await? {
            Known::Known(Some(value)) => {
                serde_json::from_value(value).map_or(Known::Unknown, |it| Known::Known(Some(it)))
            }
            Known::Known(None) => Known::Known(None),
            Known::Unknown => Known::Unknown,
        })
    }

    /// Reads a list completely: one unreadable element makes it `Unknown`.
    pub(crate) async fn list<T: DeserializeOwned>(
        &self,
        call: ApiRequest,
    ) -> Result<Known<Vec<T>>, Failure> {
        Ok(match self.values(call).await? {
            Known::Known(values) => values
                .into_iter()
                .map(serde_json::from_value)
                .collect::<Result<_, _>>()
                .ok()
                .into(),
            Known::Unknown => Known::Unknown,
        })
    }

    /// The untyped part of `one` and `maybe`. Boxed, because inlined code would exist once for every type and every read.
    fn value(&self, call: ApiRequest) -> Pending<'_, Result<Known<Option<Value>>, Failure>> {
        Box::pin(async move {
            match self.session.call(Audience::Graph, call, self.watch).await {
                Err(Failure::Refused(refusal)) if refusal.status == 404 => Ok(Known::Known(None)),
                other => Ok(read_or_unknown(other)?.map(|reply| Some(reply.body))),
            }
        })
    }

    /// Same as `value`, for a list.
    fn values(&self, call: ApiRequest) -> Pending<'_, Result<Known<Vec<Value>>, Failure>> {
        Box::pin(async move {
            let found = self.session.call_pages(Audience::Graph, call, self.watch);
            read_or_unknown(found.await)
        })
    }
}

/// Parses the account's permissions. All or nothing: an entry that cannot be read may allow any action.
#[must_use]
pub fn permission_entries(values: Vec<Value>) -> Option<Vec<PermissionEntry>> {
    let entries = values.into_iter().map(|value| {
        let it = serde_json::from_value::<arm::wire::Permission>(value).ok()?;
        Some(PermissionEntry {
            actions: it.actions,
            not_actions: it.not_actions,
            has_condition: it.condition.is_some_and(|it| !it.trim().is_empty()),
        })
    });
    entries.collect()
}

/// Parses a subscription from Azure's response.
fn subscription(body: Value) -> Option<Subscription> {
    let it: arm::wire::SubscriptionResource = serde_json::from_value(body).ok()?;
    Some(Subscription {
        id: it.subscription_id,
        name: it.display_name.unwrap_or_default(),
        state: it.state.unwrap_or_default(),
        home: it.tenant_id.into(),
    })
}

/// Client ID of an app that exists without a service principal.
pub(crate) fn without_principal(app: &Known<Option<ObservedApp>>) -> Option<AppId> {
    let app = there(app)?;
    (app.principal == Known::Known(None)).then_some(app.app_id)
}

/// A directory role by its template. Without permission, Microsoft Graph omits properties ("List a user's memberships", 2025-08-05), so a
/// role without its template may be any role.
fn role(value: &Value) -> Role {
    let template = value.get("roleTemplateId").and_then(Value::as_str);
    let template = template.and_then(|id| id.parse().ok());
    template.map_or(Role::Other(Uuid::nil()), Role::of_template)
}

/// Parses a provider's state from Azure's response.
#[must_use]
pub fn state_of(body: &Value) -> Option<RegistrationState> {
    body.get("registrationState")
        .and_then(Value::as_str)
        .and_then(RegistrationState::find)
}

fn read_or_unknown<T>(read: Result<T, Failure>) -> Result<Known<T>, Failure> {
    match read {
        Ok(value) => Ok(Known::Known(value)),
        Err(
            failure @ (Failure::SignInNeeded { .. }
            | Failure::ForeignHost { .. }
            | Failure::Cancelled),
        ) => Err(failure),
        Err(
            Failure::Unknown { .. }
            | Failure::NotSent
            | Failure::NoToken
            | Failure::Throttled { .. }
            | Failure::Refused(_)
            | Failure::Server(_)
            | Failure::Unexpected { .. },
        ) => Ok(Known::Unknown),
    }
}

trait MapOrUnknown<T> {
    /// Maps "not found" to `Unknown`, because planning needs a value.
    fn map_or_unknown(self) -> Known<T>;
}

impl<T> MapOrUnknown<T> for Known<Option<T>> {
    fn map_or_unknown(self) -> Known<T> {
        self.known().flatten().into()
    }
}

fn namesake(app: &wire::Application, holds: ConflictKind) -> Option<ConflictingApp> {
    Some(ConflictingApp {
        object_id: app.id?,
        app_id: app.app_id?,
        name: app.display_name.clone().unwrap_or_default(),
        key: app.unique_name.clone(),
        holds,
    })
}

/// The tenant's rules for App ID URIs, for validation.
fn rules(session: &Session, domains: Option<Vec<wire::VerifiedDomain>>) -> TenantRules {
    let verified = domains.map(|all| {
        all.iter()
            .filter_map(|domain| Domain::parse(&domain.name).ok())
            .collect()
    });
    TenantRules {
        cloud: session.cloud(),
        tenant: Some(session.tenant()),
        domains: Known::from(verified),
        // `with_policies_of_app` adds the policies.
        ..TenantRules::default()
    }
}
