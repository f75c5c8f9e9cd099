//! The simulated Microsoft Graph v1.0, and of beta the two reports on sign-ins: reads each request and writes each response. The handlers are
//! in the other files of this folder, one for each kind of object.

mod app_id_uris;
pub(crate) mod app_policies;
mod application_rules;
pub(crate) mod applications;
mod batch;
mod call;
pub(crate) mod catalogue;
mod credentials;
mod deleted;
mod federated;
pub(crate) mod grants;
mod groups;
mod holders;
mod list;
mod memberships;
mod names;
mod owners;
mod passwords;
mod people;
mod policies;
mod redirects;
pub(crate) mod request;
pub(crate) mod role_assignments;
pub(crate) mod roles;
mod routes;
mod schema;
pub(crate) mod service_principals;
pub(crate) mod sign_in_reports;
pub(crate) mod snapshot;
pub mod store;
pub(crate) mod tenant;
pub(crate) mod throttle;

use crate::directory::call::Body;
use crate::directory::call::Call;
use crate::directory::call::denied;
use http::HeaderMap;
use http::Method;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::Caller;
use crate::Sim;
use crate::answer::Answer;
use crate::answer::Refusal;
use crate::answer::bearer;
use crate::answer::respond;
use crate::directory::request::Query;
use crate::directory::routes::Found;
use domain::cloud::Cloud;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;

/// Parts of an HTTP request or of a request in a batch, before authentication.
struct Raw<'a> {
    method: &'a Method,
    path: &'a str,
    query: &'a str,
    headers: &'a HeaderMap,
    body: Body<'a>,
}

pub(crate) fn handle(
    sim: &mut Sim,
    now: Timestamp,
    cloud: Cloud,
    request: &HttpRequest,
) -> HttpResponse {
    let raw = Raw {
        method: request.method(),
        path: request.uri().path(),
        query: request.uri().query().unwrap_or_default(),
        headers: request.headers(),
        body: Body::Bytes(request.body()),
    };
    let ids = Ids::of(sim, request);
    let outcome = serve(sim, now, cloud, raw, &ids);
    send(now, ids, outcome)
}

/// Returns an error without executing the request.
pub(crate) fn refuse(
    sim: &mut Sim,
    now: Timestamp,
    request: &HttpRequest,
    refusal: Refusal,
) -> HttpResponse {
    let ids = Ids::of(sim, request);
    send(now, ids, Err(refusal))
}

fn send(now: Timestamp, ids: Ids, outcome: Result<Answer, Refusal>) -> HttpResponse {
    let (status, mut headers, body) = finish(now, &ids, outcome);
    headers.push(("Cache-Control", "no-cache".to_owned()));
    headers.push(("request-id", ids.request));
    headers.push(("client-request-id", ids.client));
    respond(now, status, &headers, body.as_ref())
}

/// The two IDs that Microsoft support asks for.
struct Ids {
    request: String,
    client: String,
}

impl Ids {
    fn of(sim: &mut Sim, request: &HttpRequest) -> Self {
        let id = sim.rng.guid().to_string();
        let client = request
            .headers()
            .get("client-request-id")
            .and_then(|value| value.to_str().ok())
            .map_or_else(|| id.clone(), str::to_owned);
        Self {
            request: id,
            client,
        }
    }
}

type Finished = (u16, Vec<(&'static str, String)>, Option<Value>);

/// Status, headers, and body, in the response format of Microsoft Graph.
fn finish(now: Timestamp, ids: &Ids, outcome: Result<Answer, Refusal>) -> Finished {
    match outcome {
        Ok(mut answer) => {
            if answer.body.is_some() {
                answer.headers.push((
                    "Content-Type",
                    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8".to_owned(),
                ));
                answer.headers.push(("OData-Version", "4.0".to_owned()));
            }
            (answer.status, answer.headers, answer.body)
        }
        Err(mut refusal) => {
            let mut error = refusal.error();
            error.insert(
                "innerError".to_owned(),
                json!({
                    "date": now.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
                    "request-id": ids.request,
                    "client-request-id": ids.client,
                }),
            );
            refusal
                .headers
                .push(("Content-Type", "application/json".to_owned()));
            (
                refusal.status,
                refusal.headers,
                Some(json!({ "error": error })),
            )
        }
    }
}

fn serve(
    sim: &mut Sim,
    now: Timestamp,
    cloud: Cloud,
    raw: Raw<'_>,
    ids: &Ids,
) -> Result<Answer, Refusal> {
    let path = raw.path.strip_prefix('/').unwrap_or(raw.path);
    let below = match path.split_once('/') {
        Some(("v1.0", below)) if !below.starts_with("beta/") => below,
        // With `beta` in front, so that v1.0 does not have these routes.
        Some(("beta", below)) if below.starts_with("reports/") => path,
        _ => return Err(Refusal::new(400, "BadRequest", "Invalid version")),
    };
    let (caller, place) = admit(sim, now, cloud, raw.headers)?;
    sim.tenants[place].directory.sweep(now);
    let segments = request::segments(below)?;
    let Found {
        route,
        keys,
        is_count,
    } = routes::find(raw.method, &segments)?;
    let counted = if is_count {
        format!("{}/$count", route.path)
    } else {
        route.path.to_owned()
    };
    sim.count(raw.method, "graph", &counted);
    let query = Query::parse(raw.query)?;
    let cost = throttle::cost(route.cost, &query);
    let is_write = *raw.method != Method::GET && route.path != "$batch";
    let small_directory = sim.tenants[place].users.len() < 50;
    sim.throttle
        .spend_graph(now, &caller, cost, is_write, small_directory)?;
    let is_allowed = route
        .permissions
        .iter()
        .all(|group| caller.has_one_of(group));
    if !is_allowed {
        return Err(denied());
    }
    let body = match raw.body {
        Body::Json(body) => body,
        Body::Bytes(bytes) => read_body(raw.headers, bytes)?,
    };
    let mut call = Call {
        sim,
        place,
        caller,
        now,
        cloud,
        headers: raw.headers,
        query,
        keys,
        is_count,
        body,
        path: raw.path.to_owned(),
        request_id: ids.request.clone(),
    };
    let answer = (route.handler)(&mut call)?;
    Ok(answer.header("x-ms-resource-unit", cost.to_string()))
}

/// Validates the bearer token and returns the caller and the tenant.
fn admit(
    sim: &Sim,
    now: Timestamp,
    cloud: Cloud,
    headers: &HeaderMap,
) -> Result<(Caller, usize), Refusal> {
    let unauthorized = |message: &str| {
        Refusal::new(401, "InvalidAuthenticationToken", message).header(
            "WWW-Authenticate",
            format!(
                "Bearer realm=\"\", authorization_uri=\"https://{}/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\"",
                cloud.login_host()
            ),
        )
    };
    let token = headers
        .get(http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(bearer)
        .filter(|token| !token.is_empty())
        .ok_or_else(|| unauthorized("Access token is empty."))?;
    let caller = sim
        .caller(token)
        .ok_or_else(|| unauthorized("CompactToken parsing failed with error code: 80049217"))?;
    let audience = caller.audience.trim_end_matches('/');
    let is_for_graph = audience == format!("https://{}", cloud.graph_host())
        || audience == "00000003-0000-0000-c000-000000000000";
    if !is_for_graph {
        return Err(unauthorized(
            "Access token validation failure. Invalid audience.",
        ));
    }
    if caller.expires <= now {
        return Err(unauthorized(
            "Lifetime validation failed, the token is expired.",
        ));
    }
    let place = sim
        .tenants
        .iter()
        .position(|tenant| tenant.id == caller.tenant && tenant.cloud == cloud)
        .ok_or_else(|| unauthorized("Access token validation failure. Invalid issuer."))?;
    Ok((caller.clone(), place))
}

fn read_body(headers: &HeaderMap, bytes: &[u8]) -> Result<Option<Value>, Refusal> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let unreadable = || {
        Refusal::new(
            400,
            "BadRequest",
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
        )
    };
    let is_json = headers
        .get(http::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/json"));
    if !is_json {
        return Err(unreadable());
    }
    serde_json::from_slice(bytes)
        .map(Some)
        .map_err(|_| unreadable())
}
