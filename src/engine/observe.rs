//! Reads what the tenant and the subscription hold now: every read that does not need another's answer goes out at once.
//!
//! A read that is refused or fails leaves `Unknown` behind. Only what makes every other answer of the directory worthless (signed out, a
//! foreign host, stopped) ends the reading. Nothing that Azure answers does: it has a token of its own.

use litemap::LiteMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::arm;
use crate::auth::Audience;
use crate::auth::Session;
use crate::domain::app_id_uri::rules::Policy;
use crate::domain::app_id_uri::rules::PolicyState;
use crate::domain::app_id_uri::rules::TenantRules;
use crate::domain::cmg::ProviderNamespace;
use crate::domain::dns::Domain;
use crate::domain::ids;
use crate::domain::ids::AppId;
use crate::domain::ids::ObjectId;
use crate::domain::ids::SubscriptionId;
use crate::domain::known::Known;
use crate::domain::marks;
use crate::domain::moment;
use crate::domain::problem::Problem;

use crate::domain::roles::PermissionEntry;
use crate::domain::roles::Role;
use crate::engine::desired::Desired;
use crate::engine::observed::App;
use crate::engine::observed::Around;
use crate::engine::observed::Holds;
use crate::engine::observed::Namesake;
use crate::engine::observed::Observed;
use crate::engine::observed::Principal;
use crate::engine::observed::SecretPolicy;
use crate::engine::observed::Subscription;
use crate::engine::observed::Tenant;
use crate::engine::providers::RegistrationState;
use crate::graph;
use crate::graph::wire;
use crate::net::Call;
use crate::net::Failure;
use crate::net::Watch;
use crate::world::Pending;

/// State of each resource provider.
type States = LiteMap<ProviderNamespace, Known<RegistrationState>>;

/// Reads for one session.
pub(in crate::engine) struct Reader<'a> {
    pub(in crate::engine) session: &'a Session,
    pub(in crate::engine) watch: &'a Watch,
}

/// Reads the tenant: name, domains, policies, the account's roles. Four reads, side by side.
///
/// # Errors
/// Only what makes reading pointless: signed out, stopped, a foreign host.
pub async fn tenant(session: &Session, watch: &Watch) -> Result<Tenant, Problem> {
    Reader { session, watch }
        .tenant()
        .await
        .map_err(|failure| graph::errors::problem(&failure))
}

/// Reads the subscriptions the account can see.
///
/// # Errors
/// Whatever kept the list from being read whole.
pub async fn subscriptions(session: &Session, watch: &Watch) -> Result<Vec<Subscription>, Problem> {
    let call = arm::subscriptions(session.cloud());
    let found = session
        .call_pages(Audience::Arm, call, watch)
        .await
        .map_err(|failure| arm::errors::problem(&failure))?;
    // By name, put in order one by one: a sort weighs 1 kB in the page, and nobody has that many.
    let mut subscriptions = Vec::<Subscription>::new();
    for value in found {
        let Ok(it) = serde_json::from_value::<arm::wire::Subscription>(value) else {
            continue;
        };
        let new = Subscription {
            id: it.subscription_id,
            name: it.display_name.unwrap_or_default(),
            state: it.state.unwrap_or_default(),
        };
        let place = subscriptions.partition_point(|it| (&it.name, it.id) < (&new.name, new.id));
        subscriptions.insert(place, new);
    }
    Ok(subscriptions)
}

/// Reads the state of each resource provider in a subscription, for choosing one.
///
/// # Errors
/// Why no state could be read.
pub async fn providers(
    session: &Session,
    subscription: SubscriptionId,
    watch: &Watch,
) -> Result<States, Problem> {
    let (states, problem) = Reader { session, watch }.providers(subscription).await;
    match problem {
        Some(problem) if states.values().all(|state| *state == Known::Unknown) => Err(problem),
        Some(_) | None => Ok(states),
    }
}

/// Reads everything a plan is made from.
///
/// # Errors
/// Only what makes reading pointless: signed out, stopped, a foreign host.
pub async fn observe(
    session: &Session,
    desired: &Desired,
    watch: &Watch,
) -> Result<Observed, Problem> {
    Reader { session, watch }
        .observe(desired)
        .await
        .map_err(|failure| graph::errors::problem(&failure))
}

impl Reader<'_> {
    async fn observe(&self, desired: &Desired) -> Result<Observed, Failure> {
        if let Some(existing) = &desired.existing {
            return self.examine(desired, existing).await;
        }
        let cloud = self.session.cloud();
        let server_key = marks::server_key(&desired.server_name);
        let client_key = marks::client_key(&desired.client_name);
        // Unknown until the app exists where the URI holds the app's own ID; and then nobody else can hold it.
        let uri = desired
            .uri
            .uri(desired.tenant, None)
            .ok()
            .map(|uri| uri.to_string());
        let (
            tenant,
            server,
            client,
            named,
            holder,
            deleted,
            graph_principal,
            (providers, arm_permissions, azure),
        ) = futures_util::join!(
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
            self.subscription(desired),
        );
        let (server, client) = (server?, client?);
        // What belongs to an app that is there needs the app's ID: a second round, and for a fresh pair there is none.
        let (server, client) = futures_util::join!(self.complete(server), self.complete(client));
        let others = |found: Known<Vec<wire::Application>>,
                      holds: &dyn Fn(&wire::Application) -> Option<Holds>| {
            found.map(|apps| {
                apps.iter()
                    .filter_map(|app| namesake(app, holds(app)?))
                    .collect::<Vec<_>>()
            })
        };
        let is_ours = |app: &wire::Application| {
            app.unique_name
                .as_ref()
                .is_some_and(|key| *key == server_key || *key == client_key)
        };
        let holds_uri = |app: &wire::Application| {
            uri.as_ref().is_some_and(|uri| {
                app.identifier_uris
                    .as_ref()
                    .is_some_and(|uris| uris.contains(uri))
            })
        };
        Ok(Observed {
            tenant: tenant?,
            server: server?,
            client: client?,
            namesakes: others(named?, &|app| (!is_ours(app)).then_some(Holds::Name)),
            uri_holder: others(holder?, &|app| (!is_ours(app)).then_some(Holds::Uri))
                .map(|found| found.into_iter().next()),
            deleted: others(deleted?, &|app| {
                if is_ours(app) {
                    Some(Holds::Key)
                } else {
                    holds_uri(app).then_some(Holds::Uri)
                }
            }),
            graph_principal: graph_principal?.map_or_unknown(),
            providers,
            arm_permissions,
            azure,
            around: Around::default(),
        })
    }

    pub(in crate::engine) async fn tenant(&self) -> Result<Tenant, Failure> {
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
            rules: rules(self.session, domains, &policy),
            secrets: policy.as_ref().known().map(secret_policy).into(),
            users_may_register: authorization?
                .known()
                .and_then(|it| {
                    it.pointer("/defaultUserRolePermissions/allowedToCreateApps")
                        .and_then(Value::as_bool)
                })
                .into(),
            roles: roles?.map(|found| {
                found
                    .iter()
                    .filter_map(|role| role.get("roleTemplateId").and_then(Value::as_str))
                    .filter_map(|id| id.parse().ok())
                    .map(Role::of_template)
                    .collect()
            }),
        })
    }

    /// The application under one of our keys, without what hangs on it.
    pub(in crate::engine) async fn application(
        &self,
        key: &str,
    ) -> Result<Known<Option<wire::Application>>, Failure> {
        self.maybe(graph::application_by_unique_name(self.session.cloud(), key))
            .await
    }

    pub(in crate::engine) async fn principal(
        &self,
        app: AppId,
    ) -> Result<Known<Option<ObjectId>>, Failure> {
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

    async fn holder(&self, uri: Option<&str>) -> Result<Known<Vec<wire::Application>>, Failure> {
        match uri {
            Some(uri) => {
                self.list(graph::applications_with_uri(self.session.cloud(), uri))
                    .await
            }
            None => Ok(Known::Known(Vec::new())),
        }
    }

    pub(in crate::engine) async fn complete(
        &self,
        found: Known<Option<wire::Application>>,
    ) -> Result<Known<Option<App>>, Failure> {
        let properties = match found {
            Known::Unknown => return Ok(Known::Unknown),
            Known::Known(None) => return Ok(Known::Known(None)),
            Known::Known(Some(properties)) => properties,
        };
        let (Some(object_id), Some(app_id)) = (properties.id, properties.app_id) else {
            return Ok(Known::Unknown);
        };
        let principal = match self.principal(app_id).await? {
            Known::Unknown => Known::Unknown,
            Known::Known(None) => Known::Known(None),
            Known::Known(Some(object_id)) => {
                let cloud = self.session.cloud();
                let (grants, roles) = futures_util::join!(
                    self.list(graph::grants_of(cloud, object_id)),
                    self.list(graph::roles_of(cloud, object_id))
                );
                Known::Known(Some(Principal {
                    object_id,
                    is_enabled: Known::Unknown,
                    is_assignment_required: Known::Unknown,
                    grants: grants?,
                    roles: roles?,
                }))
            }
        };
        Ok(Known::Known(Some(App {
            object_id,
            app_id,
            properties,
            principal,
        })))
    }

    /// The providers' states, what the account may do there, and why the states could not be read.
    pub(in crate::engine) async fn subscription(
        &self,
        desired: &Desired,
    ) -> (States, Known<Vec<PermissionEntry>>, Option<Problem>) {
        let Some(subscription) = desired.subscription else {
            return (States::new(), Known::Unknown, None);
        };
        let cloud = self.session.cloud();
        let permissions = self.session.call_pages(
            Audience::Arm,
            arm::permissions(cloud, subscription),
            self.watch,
        );
        let ((states, problem), permissions) =
            futures_util::join!(self.providers(subscription), permissions);
        let permissions = Known::from(permissions.ok()).map(|values| {
            values
                .into_iter()
                .filter_map(|value| serde_json::from_value::<arm::wire::Permission>(value).ok())
                .map(|it| PermissionEntry {
                    actions: it.actions,
                    not_actions: it.not_actions,
                })
                .collect()
        });
        (states, permissions, problem)
    }

    async fn providers(&self, subscription: SubscriptionId) -> (States, Option<Problem>) {
        let cloud = self.session.cloud();
        let [first, second, third, fourth] = ProviderNamespace::ALL.map(|namespace| async move {
            let call = arm::provider(cloud, subscription, namespace);
            let answered = self.session.call(Audience::Arm, call, self.watch).await;
            (namespace, answered)
        });
        let found = futures_util::join!(first, second, third, fourth);
        let mut states = States::new();
        let mut problem = None;
        for (namespace, answered) in [found.0, found.1, found.2, found.3] {
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

    /// One object; a refusal or an answer of another shape is `Unknown`.
    async fn one<T: DeserializeOwned>(&self, call: Call) -> Result<Known<T>, Failure> {
        Ok(self
            .value(call)
            .await?
            .known()
            .flatten()
            .and_then(|it| serde_json::from_value(it).ok())
            .into())
    }

    /// One object that may not be there.
    pub(in crate::engine) async fn maybe<T: DeserializeOwned>(
        &self,
        call: Call,
    ) -> Result<Known<Option<T>>, Failure> {
        Ok(match self.value(call).await? {
            Known::Known(Some(value)) => {
                serde_json::from_value(value).map_or(Known::Unknown, |it| Known::Known(Some(it)))
            }
            Known::Known(None) => Known::Known(None),
            Known::Unknown => Known::Unknown,
        })
    }

    /// A list, whole or not at all: one element that cannot be read makes it `Unknown`.
    pub(in crate::engine) async fn list<T: DeserializeOwned>(
        &self,
        call: Call,
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

    /// What both of the above read, before it has a type. Boxed: in place it would be there once for every type and every read.
    fn value(&self, call: Call) -> Pending<'_, Result<Known<Option<Value>>, Failure>> {
        Box::pin(async move {
            match self.session.call(Audience::Graph, call, self.watch).await {
                Err(Failure::Refused(refusal)) if refusal.status == 404 => Ok(Known::Known(None)),
                other => Ok(read_or_unknown(other)?.map(|reply| Some(reply.body))),
            }
        })
    }

    /// The same for a list.
    fn values(&self, call: Call) -> Pending<'_, Result<Known<Vec<Value>>, Failure>> {
        Box::pin(async move {
            let found = self.session.call_pages(Audience::Graph, call, self.watch);
            read_or_unknown(found.await)
        })
    }
}

/// A provider's state from Azure's answer.
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
            | Failure::Throttled { .. }
            | Failure::Refused(_)
            | Failure::Server(_)
            | Failure::Unexpected { .. },
        ) => Ok(Known::Unknown),
    }
}

trait MapOrUnknown<T> {
    /// "Not there" is not a value to plan with.
    fn map_or_unknown(self) -> Known<T>;
}

impl<T> MapOrUnknown<T> for Known<Option<T>> {
    fn map_or_unknown(self) -> Known<T> {
        self.known().flatten().into()
    }
}

fn namesake(app: &wire::Application, holds: Holds) -> Option<Namesake> {
    Some(Namesake {
        object_id: app.id?,
        app_id: app.app_id?,
        name: app.display_name.clone().unwrap_or_default(),
        key: app.unique_name.clone(),
        holds,
    })
}

/// The tenant's rules for App ID URIs, as the judge wants them.
fn rules(
    session: &Session,
    domains: Option<Vec<wire::VerifiedDomain>>,
    policy: &Known<Value>,
) -> TenantRules {
    let verified = domains.map(|all| {
        all.iter()
            .filter_map(|domain| Domain::parse(&domain.name).ok())
            .collect()
    });
    TenantRules {
        cloud: session.cloud(),
        tenant: Some(session.tenant()),
        domains: Known::from(verified),
        unique_identifier: uri_policy(policy, "uriAdditionWithoutUniqueTenantIdentifier"),
        default_only: uri_policy(policy, "nonDefaultUriAddition"),
        taken: Vec::new(),
    }
}

/// One restriction of `applicationRestrictions.identifierUris` ("identifierUriConfiguration", 2026-04-30).
fn uri_policy(policy: &Known<Value>, name: &str) -> Policy {
    let Known::Known(policy) = policy else {
        return Policy::UNKNOWN;
    };
    if policy.get("isEnabled").and_then(Value::as_bool) != Some(true) {
        return Policy::OFF;
    }
    let Some(restriction) = policy
        .pointer("/applicationRestrictions/identifierUris")
        .and_then(|uris| uris.get(name))
        .filter(|it| !it.is_null())
    else {
        return Policy::OFF;
    };
    let is = |key: &str| restriction.get(key).and_then(Value::as_bool) == Some(true);
    Policy {
        state: match restriction.get("state").and_then(Value::as_str) {
            Some("enabled") => PolicyState::On,
            Some("disabled") => PolicyState::Off,
            _ => PolicyState::Unknown,
        },
        spares_v2_tokens: is("excludeAppsReceivingV2Tokens"),
        spares_saml: is("excludeSaml"),
        spares_until: restriction
            .get("restrictForAppsCreatedAfterDateTime")
            .and_then(Value::as_str)
            .and_then(moment::parse),
        spares_some_callers: restriction
            .get("excludeActors")
            .is_some_and(|it| !it.is_null()),
    }
}

/// What the policy says about secrets of an app made now ("passwordCredentialConfiguration").
fn secret_policy(policy: &Value) -> SecretPolicy {
    let mut rules = SecretPolicy::default();
    if policy.get("isEnabled").and_then(Value::as_bool) != Some(true) {
        return rules;
    }
    let restrictions = policy
        .pointer("/applicationRestrictions/passwordCredentials")
        .and_then(Value::as_array);
    for restriction in restrictions.into_iter().flatten() {
        let word = |key: &str| restriction.get(key).and_then(Value::as_str);
        // A null state is an older policy: there every entry counted.
        if word("state").is_some_and(|state| state != "enabled") {
            continue;
        }
        match word("restrictionType") {
            Some("passwordAddition") => rules.blocked = true,
            Some("passwordLifetime") => {
                let days = word("maxLifetime").and_then(moment::whole_days);
                rules.longest_days = [rules.longest_days, days].into_iter().flatten().min();
            }
            _ => {}
        }
    }
    rules
}
