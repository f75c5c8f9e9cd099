//! The simulated Azure Resource Manager: checks permissions and routes each request.
//!
//! Sources: the specifications of `Microsoft.Resources` (2022-12-01 subscriptions, 2024-03-01 providers), `Microsoft.Management`
//! (2023-04-01) and `Microsoft.Authorization` (2022-04-01; locks 2020-05-01). Locks, policies, and deny assignments exist only where a test
//! sets one.

pub mod changes;
pub mod estate;
mod groups;
mod kusto;
mod metadata;
pub mod modes;
mod permissions;
mod providers;
mod resource_graph;
mod roles;
pub mod state;
mod tenants;
mod versions;

use std::sync::LazyLock;
use std::time::Duration;

use http::HeaderMap;
use http::Method;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use serde_json::json;

use crate::Caller;
use crate::Sim;
use crate::answer::Answer;
use crate::answer::Refusal;
use crate::answer::bearer;
use crate::answer::respond;
use crate::answer::stamp;
use crate::directory::tenant::Tenant;
use crate::directory::throttle::Kind;
use crate::subscriptions::modes::PagingFault;
use crate::subscriptions::state::AzureRefusal;
use crate::subscriptions::versions::Family;
use domain::cloud::Cloud;
use domain::ids::SubscriptionId;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;

/// An authenticated request with its tenant.
struct Call<'a> {
    sim: &'a mut Sim,
    place: usize,
    caller: Caller,
    now: Timestamp,
    cloud: Cloud,
    /// The variable segments of the path, in order.
    keys: Vec<String>,
    /// Names in lower case.
    query: Vec<(String, String)>,
    path: String,
    body: Option<Value>,
    /// The ID that the service gives the request.
    request_id: String,
}

type Handler = for<'a, 'b> fn(&'a mut Call<'b>) -> Result<Answer, Refusal>;

struct Route {
    method: Method,
    path: &'static str,
    family: Family,
    handler: Handler,
}

impl Route {
    /// A POST counts as a write. Resource Graph's answers count down the reads of the tenant (public logs, 2023-02).
    fn kind(&self) -> Kind {
        match self.method {
            Method::GET => Kind::Read,
            Method::DELETE => Kind::Delete,
            _ if self.family == Family::ResourceGraph => Kind::Read,
            _ => Kind::Write,
        }
    }

    /// Whether the request changes something. Some reads are a POST.
    fn changes(&self) -> bool {
        let last = self.path.rsplit('/').next();
        self.kind() != Kind::Read && !matches!(last, Some("getEntities" | "checkNameAvailability"))
    }
}

#[rustfmt::skip]
static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let mut routes = Vec::new();
    let mut add = |method: Method, path, family, handler: Handler| {
        routes.push(Route { method, path, family, handler });
    };
    add(Method::GET, "tenants", Family::Subscriptions, tenants::tenants);
    add(Method::GET, "subscriptions", Family::Subscriptions, tenants::subscriptions);
    add(Method::GET, "subscriptions/{}", Family::Subscriptions, tenants::subscription);
    add(Method::GET, "subscriptions/{}/providers", Family::Providers, providers::list);
    add(Method::GET, "subscriptions/{}/providers/Microsoft.Authorization/permissions", Family::Permissions, permissions::of_subscription);
    add(Method::GET, "subscriptions/{}/locations", Family::Subscriptions, tenants::locations);
    add(Method::GET, "subscriptions/{}/providers/Microsoft.Authorization/denyAssignments", Family::Permissions, permissions::deny_assignments);
    add(Method::GET, "subscriptions/{}/providers/Microsoft.Authorization/locks", Family::Locks, permissions::locks);
    add(Method::GET, "subscriptions/{}/providers/{}", Family::Providers, providers::get);
    add(Method::GET, "subscriptions/{}/providers/{}/providerPermissions", Family::Providers, providers::permissions);
    add(Method::POST, "subscriptions/{}/providers/{}/register", Family::Providers, providers::register);
    add(Method::POST, "subscriptions/{}/providers/{}/unregister", Family::Providers, providers::unregister);
    add(Method::GET, "providers", Family::Providers, providers::list_for_tenant);
    add(Method::GET, "providers/Microsoft.Management/managementGroups", Family::Groups, groups::list);
    add(Method::POST, "providers/Microsoft.Management/getEntities", Family::Groups, groups::entities);
    add(Method::POST, "providers/Microsoft.Management/checkNameAvailability", Family::Groups, groups::check_name);
    add(Method::GET, "providers/Microsoft.Management/managementGroups/{}", Family::Groups, groups::get);
    add(Method::PUT, "providers/Microsoft.Management/managementGroups/{}", Family::Groups, groups::put);
    add(Method::PATCH, "providers/Microsoft.Management/managementGroups/{}", Family::Groups, groups::patch);
    add(Method::DELETE, "providers/Microsoft.Management/managementGroups/{}", Family::Groups, groups::delete);
    add(Method::GET, "providers/Microsoft.Management/managementGroups/{}/descendants", Family::Groups, groups::descendants);
    add(Method::GET, "providers/Microsoft.Management/managementGroups/{}/subscriptions", Family::Groups, groups::subscriptions);
    add(Method::GET, "providers/Microsoft.Management/managementGroups/{}/subscriptions/{}", Family::Groups, groups::subscription);
    add(Method::PUT, "providers/Microsoft.Management/managementGroups/{}/subscriptions/{}", Family::Groups, groups::add_subscription);
    add(Method::DELETE, "providers/Microsoft.Management/managementGroups/{}/subscriptions/{}", Family::Groups, groups::remove_subscription);
    add(Method::POST, "providers/Microsoft.Management/managementGroups/{}/providers/{}/register", Family::Providers, providers::register_for_group);
    add(Method::POST, "providers/Microsoft.ResourceGraph/resources", Family::ResourceGraph, resource_graph::query);
    add(Method::GET, "providers/{}", Family::Providers, providers::get_for_tenant);
    for (list, one) in [
        ("subscriptions/{}/providers/Microsoft.Authorization/roleDefinitions", "subscriptions/{}/providers/Microsoft.Authorization/roleDefinitions/{}"),
        ("providers/Microsoft.Management/managementGroups/{}/providers/Microsoft.Authorization/roleDefinitions", "providers/Microsoft.Management/managementGroups/{}/providers/Microsoft.Authorization/roleDefinitions/{}"),
        ("providers/Microsoft.Authorization/roleDefinitions", "providers/Microsoft.Authorization/roleDefinitions/{}"),
    ] {
        add(Method::GET, list, Family::Permissions, roles::definitions);
        add(Method::GET, one, Family::Permissions, roles::definition);
    }
    for (list, one) in [
        ("subscriptions/{}/providers/Microsoft.Authorization/roleAssignments", "subscriptions/{}/providers/Microsoft.Authorization/roleAssignments/{}"),
        ("providers/Microsoft.Management/managementGroups/{}/providers/Microsoft.Authorization/roleAssignments", "providers/Microsoft.Management/managementGroups/{}/providers/Microsoft.Authorization/roleAssignments/{}"),
        ("providers/Microsoft.Authorization/roleAssignments", "providers/Microsoft.Authorization/roleAssignments/{}"),
    ] {
        add(Method::GET, list, Family::Permissions, roles::assignments);
        add(Method::GET, one, Family::Permissions, roles::assignment);
        add(Method::PUT, one, Family::Permissions, roles::assign);
        add(Method::DELETE, one, Family::Permissions, roles::unassign);
    }
    routes
});

/// Handles a request to an Azure Resource Manager host. Tenants of both Graph deployments of the US Government share one host.
pub(crate) fn handle(
    sim: &mut Sim,
    now: Timestamp,
    cloud: Cloud,
    request: &HttpRequest,
) -> HttpResponse {
    let id = sim.rng.guid().to_string();
    sim.make_due_changes(now);
    let mut remaining = None;
    let outcome = serve(sim, now, cloud, request, &id, &mut remaining);
    let (status, mut headers, body) = match outcome {
        Ok(answer) => (answer.status, answer.headers, answer.body),
        Err(refusal) => {
            let error = refusal.error();
            (
                refusal.status,
                refusal.headers,
                Some(json!({ "error": error })),
            )
        }
    };
    if body.is_some() {
        headers.push(("Content-Type", "application/json; charset=utf-8".to_owned()));
    }
    headers.extend(remaining);
    let client_id = request
        .headers()
        .get("x-ms-client-request-id")
        .and_then(|value| value.to_str().ok());
    if let Some(client_id) = client_id {
        headers.push(("x-ms-client-request-id", client_id.to_owned()));
    }
    headers.push(("x-ms-request-id", id.clone()));
    headers.push(("x-ms-correlation-request-id", id.clone()));
    headers.push((
        "x-ms-routing-request-id",
        format!("MEMORY:{}:{id}", now.strftime("%Y%m%dT%H%M%SZ")),
    ));
    headers.push(("Cache-Control", "no-cache".to_owned()));
    headers.push(("Pragma", "no-cache".to_owned()));
    headers.push((
        "Strict-Transport-Security",
        "max-age=31536000; includeSubDomains".to_owned(),
    ));
    headers.push(("X-Content-Type-Options", "nosniff".to_owned()));
    respond(now, status, &headers, body.as_ref())
}

fn serve(
    sim: &mut Sim,
    now: Timestamp,
    cloud: Cloud,
    request: &HttpRequest,
    id: &str,
    remaining: &mut Option<(&'static str, String)>,
) -> Result<Answer, Refusal> {
    let path = request.uri().path();
    let segments: Vec<String> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    let query: Vec<(String, String)> =
        form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.into_owned()))
            .collect();
    if segments.len() == 2
        && segments[0].eq_ignore_ascii_case("metadata")
        && segments[1].eq_ignore_ascii_case("endpoints")
    {
        versions::check(Family::Metadata, &query)?;
        sim.count(request.method(), "arm", "metadata/endpoints");
        return Ok(Answer::ok(metadata::endpoints(cloud)));
    }
    let (caller, place) = admit(sim, now, cloud, request.headers())?;
    let (route, keys) = find(request.method(), &segments, &query)?;
    versions::check(route.family, &query)?;
    sim.count(request.method(), "arm", route.path);
    let (scope, scope_name) = match route.path.strip_prefix("subscriptions/{}") {
        Some(_) => (keys[0].to_ascii_lowercase(), "subscription"),
        None => (caller.tenant.to_string(), "tenant"),
    };
    *remaining = Some(spend(sim, now, &caller, route, (scope_name, &scope))?);
    let mut call = Call {
        sim,
        place,
        caller,
        now,
        cloud,
        keys,
        query,
        path: path.to_owned(),
        body: read_body(request.body())?,
        request_id: id.to_owned(),
    };
    let answer = (route.handler)(&mut call)?;
    if route.changes() && answer.status < 400 {
        sim.note_write();
    }
    Ok(answer)
}

/// Takes the request from the caller's limits. Returns the header with what is left.
///
/// The messages are those of reports: "Number of 'read' requests for subscription …" (public logs, 2026-09) and "Number of requests for
/// Microsoft.Authorization …" (issue 168 of alzlib, 2025-08).
fn spend(
    sim: &mut Sim,
    now: Timestamp,
    caller: &Caller,
    route: &Route,
    (scope_name, scope): (&str, &str),
) -> Result<(&'static str, String), Refusal> {
    let kind = route.kind();
    let is_trial = scope.parse().is_ok_and(|id| {
        let mut tenants = sim.tenants.iter().map(|tenant| &tenant.azure.subscriptions);
        tenants.any(|all| {
            let place = all.place(id);
            place.is_some_and(|place| all[place].offer.is_trial())
        })
    });
    let left = sim
        .throttle
        .spend_azure(now, caller, scope, kind, is_trial)
        .map_err(|wait| {
            let code = match scope_name {
                "subscription" => "SubscriptionRequestsThrottled",
                _ => "TenantRequestsThrottled",
            };
            let subject = format!(
                "Number of '{}' requests for {scope_name} '{scope}' actor '{}' exceeded.",
                kind.word(),
                caller.oid
            );
            too_many(code, &subject, wait)
        })?;
    if route.path.contains("providers/Microsoft.Authorization/") {
        sim.throttle.spend_authorization(now, caller).map_err(|wait| {
            let subject = "Number of requests for Microsoft.Authorization exceeded the limit of '120' for time interval '00:01:00'.";
            too_many("ResourceRequestsThrottled", subject, wait)
        })?;
    }
    let header = match (scope_name, kind) {
        ("subscription", Kind::Read) => "x-ms-ratelimit-remaining-subscription-reads",
        ("subscription", Kind::Write) => "x-ms-ratelimit-remaining-subscription-writes",
        ("subscription", Kind::Delete) => "x-ms-ratelimit-remaining-subscription-deletes",
        (_, Kind::Read) => "x-ms-ratelimit-remaining-tenant-reads",
        (_, Kind::Write) => "x-ms-ratelimit-remaining-tenant-writes",
        (_, Kind::Delete) => "x-ms-ratelimit-remaining-tenant-deletes",
    };
    Ok((header, left.to_string()))
}

/// 429 that names the wait in its message too.
fn too_many(code: &'static str, subject: &str, wait: Duration) -> Refusal {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let message = format!("{subject} Please try again after '{seconds}' seconds.");
    Refusal::throttled(code, &message, Some(wait))
}

fn read_body(bytes: &[u8]) -> Result<Option<Value>, Refusal> {
    if bytes.is_empty() {
        return Ok(None);
    }
    serde_json::from_slice(bytes).map(Some).map_err(|_| {
        Refusal::new(
            400,
            "InvalidRequestContent",
            "The request content was invalid and could not be deserialized.",
        )
    })
}

/// Validates the bearer token and returns the caller and the tenant.
fn admit(
    sim: &Sim,
    now: Timestamp,
    cloud: Cloud,
    headers: &HeaderMap,
) -> Result<(Caller, usize), Refusal> {
    let unauthorized = |code: &str, message: String| {
        let text = message.replace('"', "'");
        Refusal::new(401, code, message).header(
            "WWW-Authenticate",
            format!(
                "Bearer authorization_uri=\"https://{}/\", error=\"invalid_token\", error_description=\"{text}\"",
                cloud.login_host()
            ),
        )
    };
    let Some(header) = headers.get(http::header::AUTHORIZATION) else {
        return Err(unauthorized(
            "AuthenticationFailed",
            "Authentication failed. The 'Authorization' header is missing.".to_owned(),
        ));
    };
    let token = header.to_str().ok().and_then(bearer);
    let Some(token) = token else {
        return Err(unauthorized(
            "AuthenticationFailedInvalidHeader",
            "Authentication failed. The 'Authorization' header is provided in an invalid format."
                .to_owned(),
        ));
    };
    let caller = sim.caller(token).ok_or_else(|| {
        unauthorized(
            "InvalidAuthenticationToken",
            "The access token is invalid.".to_owned(),
        )
    })?;
    let hosts: [&str; 2] = match cloud {
        Cloud::Public => ["management.azure.com", "management.core.windows.net"],
        Cloud::UsGov | Cloud::UsGovDod => [
            "management.usgovcloudapi.net",
            "management.core.usgovcloudapi.net",
        ],
    };
    let audience = caller.audience.trim_end_matches('/');
    if !hosts
        .iter()
        .any(|host| audience == format!("https://{host}"))
    {
        let allowed: Vec<String> = hosts
            .iter()
            .flat_map(|host| [format!("'https://{host}/'"), format!("'https://{host}'")])
            .collect();
        return Err(unauthorized(
            "InvalidAuthenticationTokenAudience",
            format!(
                "The access token has been obtained for wrong audience or resource '{}'. It should exactly match with one of the allowed audiences {}.",
                caller.audience,
                allowed.join(",")
            ),
        ));
    }
    if caller.expires <= now {
        return Err(unauthorized(
            "ExpiredAuthenticationToken",
            format!(
                "The access token expiry UTC time '{}' is earlier than current UTC time '{}'.",
                stamp(caller.expires),
                stamp(now)
            ),
        ));
    }
    let place = sim
        .tenants
        .iter()
        .position(|tenant| {
            tenant.id == caller.tenant && tenant.cloud.arm_host() == cloud.arm_host()
        })
        .ok_or_else(|| {
            unauthorized(
                "InvalidAuthenticationToken",
                "The access token is invalid.".to_owned(),
            )
        })?;
    Ok((caller.clone(), place))
}

fn find(
    method: &Method,
    segments: &[String],
    query: &[(String, String)],
) -> Result<(&'static Route, Vec<String>), Refusal> {
    let mut path_exists = false;
    for route in ROUTES.iter() {
        let Some(keys) = matches(route.path, segments) else {
            continue;
        };
        if route.method == *method {
            return Ok((route, keys));
        }
        path_exists = true;
    }
    versions::require(query)?;
    if path_exists {
        return Err(Refusal::new(
            405,
            "HttpMethodNotSupported",
            format!("The HTTP method '{method}' is not supported."),
        ));
    }
    Err(Refusal::new(
        404,
        "InvalidResourceType",
        format!(
            "The resource type could not be found at '/{}'.",
            segments.join("/")
        ),
    ))
}

fn matches(template: &str, segments: &[String]) -> Option<Vec<String>> {
    let parts: Vec<&str> = template.split('/').collect();
    if parts.len() != segments.len() {
        return None;
    }
    let mut keys = Vec::new();
    for (part, segment) in parts.into_iter().zip(segments) {
        if part == "{}" {
            keys.push(segment.clone());
        } else if !part.eq_ignore_ascii_case(segment) {
            return None;
        }
    }
    Some(keys)
}

impl Call<'_> {
    fn tenant(&self) -> &Tenant {
        &self.sim.tenants[self.place]
    }

    fn option(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(option, _)| option == name)
            .map(|(_, value)| value.as_str())
    }

    /// The index of the subscription in the path. Error if the caller lacks permission for the action.
    fn subscription(&self, action: &str) -> Result<usize, Refusal> {
        let id = &self.keys[0];
        if uuid::Uuid::try_parse(id).is_err() || id.len() != 36 {
            return Err(Refusal::new(
                400,
                "InvalidSubscriptionId",
                format!("The provided subscription identifier '{id}' is malformed or invalid."),
            ));
        }
        let azure = &self.tenant().azure;
        let named = id.parse::<SubscriptionId>().ok();
        let Some(place) = named.and_then(|id| azure.subscriptions.place(id)) else {
            return Err(self.elsewhere(id, named));
        };
        let subscription = &azure.subscriptions[place];
        if let Some(AzureRefusal::OtherTenant(home)) = subscription.refusal {
            return Err(self.of_other_tenant(&home.to_string()));
        }
        if !permissions::allow(subscription, self.tenant(), &self.caller, action) {
            return Err(self.forbidden(action, &format!("/subscriptions/{id}")));
        }
        let is_write = !action.to_ascii_lowercase().ends_with("/read");
        if is_write && subscription.state.is_read_only() {
            return Err(Refusal::new(
                409,
                "ReadOnlyDisabledSubscription",
                format!(
                    "The subscription '{id}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled."
                ),
            ));
        }
        if is_write && let Some(refusal) = subscription.refusal {
            return Err(self.stopped(refusal, action, &format!("/subscriptions/{id}")));
        }
        Ok(place)
    }

    /// The error for a lock, a deny assignment, or a policy.
    fn stopped(&self, refusal: AzureRefusal, action: &str, scope: &str) -> Refusal {
        match refusal {
            AzureRefusal::ScopeLocked => Refusal::new(
                409,
                "ScopeLocked",
                format!(
                    "The scope '{scope}' cannot perform write operation because following scope(s) are locked: '{scope}'. Please remove the lock and try again."
                ),
            ),
            AzureRefusal::DenyAssignment => Refusal::new(
                403,
                "DenyAssignmentAuthorizationFailed",
                format!(
                    "The client '{}' with object id '{}' has permission to perform action '{action}' on scope '{scope}'; however, the access is denied because of the deny assignment with name 'Protected by the platform' and Id '{}' at scope '{scope}'.",
                    self.name(),
                    self.caller.oid,
                    permissions::DENY_ASSIGNMENT.replace('-', "")
                ),
            ),
            AzureRefusal::Policy => {
                let assignment = format!(
                    "{scope}/providers/Microsoft.Authorization/policyAssignments/allowed-providers"
                );
                let definition = format!(
                    "{scope}/providers/Microsoft.Authorization/policyDefinitions/allowed-providers"
                );
                Refusal::new(
                    403,
                    "RequestDisallowedByPolicy",
                    format!(
                        "Resource '{action}' was disallowed by policy. Policy identifiers: '[{{\"policyAssignment\":{{\"name\":\"Allowed providers\",\"id\":\"{assignment}\"}},\"policyDefinition\":{{\"name\":\"Allowed providers\",\"id\":\"{definition}\"}}}}]'."
                    ),
                )
            }
            AzureRefusal::OtherTenant(home) => self.of_other_tenant(&home.to_string()),
        }
    }

    /// The error if the subscription does not exist, or belongs to another tenant than the token's.
    fn elsewhere(&self, id: &str, named: Option<SubscriptionId>) -> Refusal {
        let other = self.sim.tenants.iter().find(|tenant| {
            tenant.cloud.arm_host() == self.cloud.arm_host()
                && named.is_some_and(|id| tenant.azure.subscriptions.place(id).is_some())
        });
        let Some(other) = other else {
            return Refusal::new(
                404,
                "SubscriptionNotFound",
                format!("The subscription '{id}' could not be found."),
            );
        };
        self.of_other_tenant(&other.id.to_string())
    }

    fn of_other_tenant(&self, home: &str) -> Refusal {
        Refusal::new(
            401,
            "InvalidAuthenticationTokenTenant",
            format!(
                "The access token is from the wrong issuer 'https://sts.windows.net/{}/'. It must match the tenant 'https://sts.windows.net/{home}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/{home}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.",
                self.caller.tenant
            ),
        )
        .header(
            "WWW-Authenticate",
            format!(
                "Bearer authorization_uri=\"https://login.windows.net/{home}\", error=\"invalid_token\", error_description=\"The access token is from the wrong issuer. It must match the tenant associated with this subscription.\""
            ),
        )
    }

    /// 403 in the format of Azure.
    fn forbidden(&self, action: &str, scope: &str) -> Refusal {
        Refusal::new(
            403,
            "AuthorizationFailed",
            format!(
                "The client '{}' with object id '{}' does not have authorization to perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
                self.name(),
                self.caller.oid
            ),
        )
    }

    /// The caller's name in error messages.
    fn name(&self) -> String {
        self.tenant().user(self.caller.oid).map_or_else(
            || self.caller.app.to_string(),
            |user| user.user_principal_name.clone(),
        )
    }

    /// A page of items, with a link to the next page.
    fn page(&self, items: Vec<Value>, size: usize) -> Answer {
        let start = self.start_of_page();
        let total = items.len();
        let page: Vec<Value> = items.into_iter().skip(start).take(size).collect();
        let next = Some(start + page.len()).filter(|next| *next < total);
        Answer::ok(self.linked(json!({ "value": page }), start, next))
    }

    /// The index of the first item of the requested page.
    fn start_of_page(&self) -> usize {
        self.option("$skiptoken")
            .and_then(|token| token.strip_prefix("page-"))
            .and_then(|start| start.parse().ok())
            .unwrap_or(0)
    }

    /// Adds the link to the page that starts at `next`.
    fn linked(&self, mut body: Value, start: usize, next: Option<usize>) -> Value {
        let (host, next) = match self.sim.azure_modes.paging {
            PagingFault::None => (self.cloud.arm_host(), next),
            PagingFault::Loop => (self.cloud.arm_host(), Some(start)),
            PagingFault::OtherHost => ("management.azure.example", next),
        };
        if let Some(next) = next {
            body["nextLink"] = json!(format!(
                "https://{host}{}?api-version={}&%24skiptoken=page-{next}",
                self.path,
                self.option("api-version").unwrap_or_default(),
            ));
        }
        body
    }
}
