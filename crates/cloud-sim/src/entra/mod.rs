//! The simulated Microsoft Entra sign-in service of every cloud.
//!
//! It uses HTTP like the rest of `cloud-sim`: pages and redirects for users, JSON for programs. The directories contain the users and the
//! consent (`account.rs`, `consent.rs`); this module stores only what a sign-in service stores.

pub mod account;
mod admin_consent;
mod answer;
mod assertion;
mod authority;
mod authorize;
mod built_in;
mod client;
mod consent;
mod device;
mod ending;
mod flow;
mod grant;
mod mint;
pub mod modes;
mod need;
mod pages;
mod params;
pub mod refusal;
mod reply;
mod resource;
mod scope;
pub mod state;
mod steps;
mod token;

use crate::entra::state::TOOL_PUBLIC;
use crate::entra::state::TOOL_US_GOV;

use http::Method;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::Sim;
use crate::entra::authorize::Trouble;
use crate::entra::modes::IdTokenFault;
use crate::entra::modes::Modes;
use crate::entra::modes::TokenFault;
use crate::entra::params::Params;
use crate::entra::params::encode;
use crate::entra::params::host;
use crate::entra::refusal::Refusal;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::TenantId;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;

impl Sim {
    pub fn entra_modes(&mut self) -> &mut Modes {
        &mut self.entra.modes
    }

    /// Adds a redirect URI to this tool's own registration.
    pub fn serve_page_at(&mut self, redirect_uri: &str) {
        if !self
            .entra
            .tool_pages
            .iter()
            .any(|page| page == redirect_uri)
        {
            self.entra.tool_pages.push(redirect_uri.to_owned());
        }
    }

    /// Every tenant and its users, for a list to choose from.
    #[must_use]
    pub fn people(&self) -> Value {
        self.tenants
            .iter()
            .map(|tenant| {
                let people: Vec<Value> =
                    account::all(self, tenant.cloud.login_host(), Some(tenant.id))
                        .iter()
                        .map(|one| {
                            json!({
                                "id": one.id.to_string(),
                                "name": one.name,
                                "user": one.user,
                                "may_consent": account::may_consent(self, tenant.id, one.id),
                            })
                        })
                        .collect();
                json!({
                    "id": tenant.id.to_string(),
                    "cloud": tenant.cloud.key(),
                    "name": tenant.display_name,
                    "domains": tenant.domains.iter().map(|domain| &domain.name).collect::<Vec<_>>(),
                    "people": people,
                })
            })
            .collect()
    }

    /// Revokes every refresh token, as a password change does.
    pub fn revoke_sessions(&mut self) {
        for refresh in self.entra.refresh_tokens.values_mut() {
            refresh.is_revoked = true;
        }
        self.entra.sessions.clear();
    }
}

/// Opens the authorize URL, signs the user in, grants consent, and returns the fragment of the response, without `#`.
///
/// In memory there is no page of the service, so errors that Microsoft shows only on its own page are returned as error responses too. Any
/// redirect URI is accepted for this tool.
pub(crate) fn authorize(sim: &mut Sim, now: Timestamp, url: &str) -> String {
    let pairs = match visit(sim, now, url) {
        Ok(pairs) => pairs,
        Err(Trouble::AtClient(reply, refusal)) => {
            let correlation = sim.rng.guid();
            reply::refused(sim, now, &reply, &refusal, correlation)
        }
        Err(Trouble::Page(refusal)) => {
            let (trace, correlation) = (sim.rng.guid(), sim.rng.guid());
            let text = refusal.description(now, trace, correlation);
            let mut pairs = vec![
                ("error".to_owned(), refusal.error.to_owned()),
                ("error_description".to_owned(), text),
            ];
            let query = url.split_once('?').map_or("", |(_, query)| query);
            if let Some(state) = Params::parse(query.as_bytes()).find("state") {
                pairs.push(("state".to_owned(), state.to_owned()));
            }
            pairs
        }
    };
    encode(&pairs)
}

fn visit(sim: &mut Sim, now: Timestamp, url: &str) -> Result<Vec<(String, String)>, Trouble> {
    let uri: http::Uri = url.parse().map_err(|_| Refusal::malformed())?;
    let host = uri.host().unwrap_or_default().to_owned();
    let params = Params::parse(uri.query().unwrap_or_default().as_bytes());
    let word = uri
        .path()
        .strip_suffix("/oauth2/v2.0/authorize")
        .and_then(|path| path.strip_prefix('/'))
        .ok_or_else(Refusal::malformed)?;
    if let Some(redirect) = params.find("redirect_uri")
        && params
            .find("client_id")
            .and_then(|id| id.parse::<AppId>().ok())
            .is_some_and(|id| id == TOOL_PUBLIC || id == TOOL_US_GOV)
    {
        sim.serve_page_at(redirect);
    }
    let flow = authorize::begin(sim, &host, word, &params)?;
    Ok(ending::at_once(sim, now, flow))
}

/// Stores an earlier admin consent for this tool in the tenant.
pub(crate) fn consent_for_all(sim: &mut Sim, now: Timestamp, tenant: TenantId) {
    let id = match authority::cloud_of(sim, tenant) {
        Cloud::Public => TOOL_PUBLIC,
        Cloud::UsGov | Cloud::UsGovDod => TOOL_US_GOV,
    };
    let Some(client) = client::find(sim, Some(tenant), id) else {
        return;
    };
    for (resource, values) in built_in::consented_for_all() {
        consent::add(sim, now, tenant, &client, resource, None, &values);
    }
}

pub(crate) fn handle(sim: &mut Sim, now: Timestamp, request: &HttpRequest) -> HttpResponse {
    let host = host(request).to_owned();
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let segments: Vec<&str> = path.split('/').collect();
    let is_get = request.method() == Method::GET;
    let is_post = request.method() == Method::POST;
    match segments.as_slice() {
        [_, "oauth2", "v2.0", "token"] | [_, "oauth2", "token"]
            if request.method() == Method::OPTIONS =>
        {
            answer::preflight()
        }
        [word, "oauth2", "v2.0", "token"] => token(sim, now, request, &host, word),
        [_, "oauth2", "v2.0", "authorize"] if !is_get && !is_post => answer::method_not_allowed(),
        [word, "oauth2", "v2.0", "authorize"] => steps::enter(sim, now, request, &host, word),
        [_, "login"] if is_post => steps::login(sim, now, request),
        [_, "consent"] if is_post => steps::consent(sim, now, request),
        [word, "oauth2", "v2.0", "devicecode"] if is_post => {
            let params = Params::body(request);
            let started = device::start(sim, now, &host, word, &params);
            answer::json(sim, now, request, &host, started)
        }
        ["common", "oauth2", "deviceauth"] => device::page(sim, now, request),
        [_, "oauth2", "v2.0", "logout"] | [_, "oauth2", "logout"] => steps::logout(sim, request),
        [word, "v2.0", "adminconsent"] => {
            admin_consent::enter(sim, now, request, &host, word, true)
        }
        [word, "adminconsent"] => admin_consent::enter(sim, now, request, &host, word, false),
        [word, "v2.0", ".well-known", "openid-configuration"] => {
            let document = authority::configuration(sim, &host, word, true);
            answer::public(sim, now, request, &host, document)
        }
        [word, ".well-known", "openid-configuration"] => {
            let document = authority::configuration(sim, &host, word, false);
            answer::public(sim, now, request, &host, document)
        }
        ["common", "discovery", "instance"] => {
            let params = Params::query(request);
            let document = params
                .get("authorization_endpoint")
                .map(ToOwned::to_owned)
                .and_then(|endpoint| authority::instances(sim, &endpoint));
            answer::public(sim, now, request, &host, document)
        }
        [_, "discovery", "v2.0", "keys"] | [_, "discovery", "keys"] | ["discovery", "keys"] => {
            let mut keys = sim.signer().keys();
            if sim.entra.modes.id_token == IdTokenFault::NoKidOfSeveral
                && let Some(keys) = keys.as_array_mut()
                && let Some(mut other) = keys.first().cloned()
            {
                other["kid"] = "another-key".into();
                keys.push(other);
            }
            answer::public(sim, now, request, &host, Ok(json!({ "keys": keys })))
        }
        [_, "userrealm", user] => {
            let document = user_realm(sim, &host, user);
            answer::json_response(StatusCode::OK, &document)
        }
        [_, "GetCredentialType"] => {
            answer::json_response(StatusCode::OK, &json!({ "IfExistsResult": 0 }))
        }
        _ => {
            let (trace, correlation) = (sim.rng.guid(), sim.rng.guid());
            let refusal = Refusal {
                status: StatusCode::NOT_FOUND,
                ..Refusal::new(
                    900_144,
                    "invalid_request",
                    "The endpoint was not found by this sign-in service.",
                )
            };
            answer::json_response(
                refusal.status,
                &refusal.body(&host, now, trace, correlation),
            )
        }
    }
}

/// Home realm discovery. Every domain here is managed; none is federated.
fn user_realm(sim: &Sim, host: &str, user: &str) -> Value {
    let user = percent_encoding::percent_decode_str(user).decode_utf8_lossy();
    let domain = user.rsplit_once('@').map_or("", |(_, domain)| domain);
    let is_known = authority::Authority::find(sim, host, domain).is_ok();
    let mut document = json!({
        "ver": "1.0",
        "account_type": if is_known { "Managed" } else { "Unknown" },
        "domain_name": domain,
        "cloud_instance_name": authority::instance(host),
    });
    if is_known {
        document["cloud_audience_urn"] = if host == Cloud::Public.login_host() {
            "urn:federation:MicrosoftOnline"
        } else {
            "urn:federation:MicrosoftOnline:usgov"
        }
        .into();
    }
    document
}

fn token(
    sim: &mut Sim,
    now: Timestamp,
    request: &HttpRequest,
    host: &str,
    word: &str,
) -> HttpResponse {
    if request.method() != Method::POST {
        let refused = Err(Refusal::only_post(request.method().as_str()));
        return answer::json(sim, now, request, host, refused);
    }
    match sim.entra.modes.token {
        TokenFault::Page => {
            return pages::page(
                StatusCode::OK,
                "Welcome to the hotel",
                "<p>Accept the terms to go online.</p>\n",
                false,
            );
        }
        TokenFault::ServerError => {
            let mut response = HttpResponse::new(Vec::new());
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return answer::with_token_cors(sim, request, response);
        }
        TokenFault::Transient => {
            let refused = Err(Refusal {
                status: StatusCode::SERVICE_UNAVAILABLE,
                ..Refusal::new(
                    90033,
                    "temporarily_unavailable",
                    "A transient error has occurred. Please try again.",
                )
            });
            let response = answer::json(sim, now, request, host, refused);
            return answer::with_token_cors(sim, request, response);
        }
        TokenFault::Refused(code) => {
            let refused = Err(Refusal::numbered(code));
            let response = answer::json(sim, now, request, host, refused);
            return answer::with_token_cors(sim, request, response);
        }
        TokenFault::None
        | TokenFault::SmallerScope
        | TokenFault::NoScope
        | TokenFault::NoExpiresIn
        | TokenFault::LowerCaseType
        | TokenFault::OtherType
        | TokenFault::OtherAudience
        | TokenFault::NoRefresh
        | TokenFault::DeadRefresh => {}
    }
    let answer = token::answer(sim, now, request, host, word);
    let response = answer::json(sim, now, request, host, answer);
    answer::with_token_cors(sim, request, response)
}
