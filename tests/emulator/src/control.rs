//! The control API for tests, on its own host name: recorded requests, current state, and faults to inject.

use std::time::Duration;

use cloud_sim::directory::store::Replication;
use cloud_sim::entra::modes::Modes;
use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::subscriptions::changes::SubscriptionChange;
use cloud_sim::subscriptions::changes::When;
use cloud_sim::subscriptions::modes::Modes as AzureModes;
use http::Method;
use http::Request;
use http::Response;
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::cors::Cors;
use crate::server::Server;

/// Host name of the control API.
pub const HOST: &str = "emulator.test";

/// Changes to the emulator. An absent field keeps its value.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Change {
    /// All switches of the sign-in service. A switch that is absent here returns to its default.
    entra: Option<Modes>,
    /// All switches of Azure Resource Manager. A switch that is absent here returns to its default.
    azure: Option<AzureModes>,
    /// Replaces the subscriptions of a tenant with very many.
    estate: Option<EstateSpec>,
    /// Later changes of subscriptions.
    subscription_changes: Vec<(When, SubscriptionChange)>,
    /// Seconds by which the emulator's clock is ahead.
    clock_offset_seconds: Option<i64>,
    /// Response headers of Azure Resource Manager that a page can read.
    arm_exposes: Option<Vec<String>>,
    cors: Option<Cors>,
    /// Starts of paths whose responses have no CORS headers.
    without_cors: Option<Vec<String>>,
    /// Faults to add to the existing ones.
    faults: Vec<FaultSpec>,
    replication: Option<ReplicationSpec>,
    /// New display names for tenants, people, and subscriptions, as pairs of old and new.
    names: Vec<(String, String)>,
    /// Guests, as pairs of a sign-in name and a domain of the tenant that invites.
    guests: Vec<(String, String)>,
    /// Ends every refresh token and browser session.
    revoke_sessions: bool,
    /// Additional redirect URIs of this tool.
    pages: Vec<String>,
    /// Extra delay for every response, preflights included, as on a slow network.
    delay_milliseconds: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EstateSpec {
    /// The user who can read all of them.
    sign_in_name: String,
    count: usize,
    seed: u64,
}

/// Seconds until a read returns a write.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ReplicationSpec {
    by_key: u64,
    lists: u64,
    references: u64,
}

/// A fault to inject, as JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultSpec {
    method: Option<String>,
    #[serde(default)]
    path_prefix: String,
    #[serde(default)]
    skip: u32,
    #[serde(default = "once")]
    times: u32,
    kind: KindSpec,
}

fn once() -> u32 {
    1
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KindSpec {
    Throttled(Option<u64>),
    LostBefore,
    LostAfter,
    CutAfter,
    HangBefore,
    HangAfter,
    Instead(u16, String),
    Garbled(String),
    Redirected(String),
    Concurrency,
    Denied,
    Revoked(Option<String>),
    SlowMilliseconds(u64),
}

impl FaultSpec {
    fn fault(self) -> Result<Fault, String> {
        let method = match self.method {
            None => None,
            Some(word) => Some(
                Method::from_bytes(word.as_bytes()).map_err(|_| format!("no method: {word}"))?,
            ),
        };
        Ok(Fault {
            method,
            path_prefix: self.path_prefix,
            skip: self.skip,
            times: self.times,
            kind: match self.kind {
                KindSpec::Throttled(seconds) => {
                    FaultKind::Throttled(seconds.map(Duration::from_secs))
                }
                KindSpec::LostBefore => FaultKind::LostBefore,
                KindSpec::LostAfter => FaultKind::LostAfter,
                KindSpec::CutAfter => FaultKind::CutAfter,
                KindSpec::HangBefore => FaultKind::HangBefore,
                KindSpec::HangAfter => FaultKind::HangAfter,
                KindSpec::Instead(status, body) => FaultKind::Instead(status, body),
                KindSpec::Garbled(body) => FaultKind::Garbled(body),
                KindSpec::Redirected(to) => FaultKind::Redirected(to),
                KindSpec::Concurrency => FaultKind::Concurrency,
                KindSpec::Denied => FaultKind::Denied,
                KindSpec::Revoked(claims) => FaultKind::Revoked(claims),
                KindSpec::SlowMilliseconds(wait) => FaultKind::Slow(Duration::from_millis(wait)),
            },
        })
    }
}

/// Handles a request to the control API.
pub(crate) fn answer(server: &Server, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let answered = match (request.method().as_str(), request.uri().path()) {
        ("GET", "/requests") => Ok(json!({ "requests": *server.log.borrow() })),
        ("GET", "/snapshot") => Ok(server.sim.borrow().snapshot()),
        ("GET", "/tenants") => Ok(json!({ "tenants": server.sim.borrow().people() })),
        ("GET", "/counts") => Ok(json!(server.sim.borrow().counts())),
        ("GET", "/needles") => Ok(json!({ "needles": *server.needles.borrow() })),
        ("GET", "/refused") => Ok(json!({ "refused": *server.refused.borrow() })),
        ("POST", "/reset") => {
            server.reset();
            Ok(json!({}))
        }
        ("POST", "/modes") => change(server, request.body()),
        _ => {
            return reply(
                StatusCode::NOT_FOUND,
                &json!({ "error": "no such control" }),
            );
        }
    };
    match answered {
        Ok(body) => reply(StatusCode::OK, &body),
        Err(error) => reply(StatusCode::BAD_REQUEST, &json!({ "error": error })),
    }
}

fn change(server: &Server, body: &[u8]) -> Result<Value, String> {
    let change: Change = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let faults = change
        .faults
        .into_iter()
        .map(FaultSpec::fault)
        .collect::<Result<Vec<_>, _>>()?;
    let mut sim = server.sim.borrow_mut();
    let mut switches = server.switches.borrow_mut();
    if let Some(modes) = change.entra {
        *sim.entra_modes() = modes;
    }
    if let Some(modes) = change.azure {
        *sim.azure_modes() = modes;
    }
    if let Some(estate) = change.estate {
        let ids = sim.fill_with_subscriptions(&estate.sign_in_name, estate.count, estate.seed);
        if ids.is_empty() {
            return Err(format!("no subscriptions for {}", estate.sign_in_name));
        }
    }
    for (when, what) in change.subscription_changes {
        sim.change_subscription(when, what);
    }
    if let Some(without) = change.without_cors {
        switches.without_cors = without;
    }
    if let Some(seconds) = change.clock_offset_seconds {
        switches.clock_offset_seconds = seconds;
    }
    if let Some(delay) = change.delay_milliseconds {
        switches.delay = Duration::from_millis(delay);
    }
    if let Some(exposes) = change.arm_exposes {
        switches.arm_exposes = exposes;
    }
    if let Some(cors) = change.cors {
        switches.cors = cors;
    }
    for fault in faults {
        sim.inject(fault);
    }
    for (from, to) in &change.names {
        if !sim.rename(from, to) {
            return Err(format!("nothing is called {from}"));
        }
    }
    for (person, domain) in &change.guests {
        if !sim.invite(person, domain) {
            return Err(format!("{person} cannot be a guest of {domain}"));
        }
    }
    if change.revoke_sessions {
        sim.revoke_sessions();
    }
    for page in change.pages {
        sim.serve_page_at(&page);
    }
    if let Some(lag) = change.replication {
        sim.replicate(Replication {
            by_key: Duration::from_secs(lag.by_key),
            lists: Duration::from_secs(lag.lists),
            references: Duration::from_secs(lag.references),
        });
    }
    Ok(json!({}))
}

fn reply(status: StatusCode, body: &Value) -> Response<Vec<u8>> {
    let mut response = Response::new(body.to_string().into_bytes());
    *response.status_mut() = status;
    response.headers_mut().insert(
        http::header::CONTENT_TYPE,
        http::HeaderValue::from_static("application/json"),
    );
    response
}
