//! The response of the authorize endpoint: its parameters, and how they are sent to the client.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use http::StatusCode;
use http::header::LOCATION;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::Sim;
use crate::entra::account::Account;
use crate::entra::authority::issuer_v2;
use crate::entra::flow::Flow;
use crate::entra::flow::Mode;
use crate::entra::flow::Reply;
use crate::entra::mint;
use crate::entra::modes::AnswerFault;
use crate::entra::pages;
use crate::entra::params::encode;
use crate::entra::refusal::Refusal;
use crate::entra::state::Code;
use domain::platform::HttpResponse;

/// The response to a completed flow. Stores the code that it issues.
pub(super) fn answer(
    sim: &mut Sim,
    now: Timestamp,
    flow: &Flow,
    reply: &Reply,
    account: &Account,
) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if reply.wants_code {
        let code = format!("1.{}", sim.rng.text(160));
        pairs.push(("code".to_owned(), code.clone()));
        sim.entra.codes.insert(
            code,
            Code {
                flow: flow.clone(),
                reply: reply.clone(),
                tenant: account.tenant,
                user: account.id,
                issued: now,
                is_spent: false,
            },
        );
    }
    if reply.wants_id_token {
        let token = mint::id_token(sim, now, flow, reply.nonce.as_deref(), account);
        pairs.push(("id_token".to_owned(), token));
    }
    if reply.wants_client_info {
        pairs.push(("client_info".to_owned(), client_info(account)));
    }
    if let Some(state) = &reply.state {
        pairs.push(("state".to_owned(), state.clone()));
    }
    pairs.push(("session_state".to_owned(), sim.rng.guid().to_string()));
    spoil(sim, now, flow, account, pairs)
}

/// `client_info`: the account's IDs in the format that MSAL reads.
pub(super) fn client_info(account: &Account) -> String {
    let info = json!({ "uid": account.id.to_string(), "utid": account.tenant.to_string() });
    URL_SAFE_NO_PAD.encode(info.to_string())
}

/// Applies the configured fault to the response.
fn spoil(
    sim: &mut Sim,
    now: Timestamp,
    flow: &Flow,
    account: &Account,
    mut pairs: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let error = |word: &str, text: &str, pairs: &mut Vec<(String, String)>| {
        pairs.retain(|(name, _)| name == "state");
        pairs.insert(0, ("error".to_owned(), word.to_owned()));
        pairs.insert(1, ("error_description".to_owned(), text.to_owned()));
    };
    match sim.entra.modes.answer {
        AnswerFault::None => {}
        AnswerFault::WrongState => {
            for (name, value) in &mut pairs {
                if name == "state" {
                    value.push('x');
                }
            }
        }
        AnswerFault::NoState => pairs.retain(|(name, _)| name != "state"),
        AnswerFault::TwoStates => {
            if let Some(state) = pairs.iter().find(|(name, _)| name == "state").cloned() {
                pairs.push(state);
            }
        }
        AnswerFault::CodeAndError => pairs.push(("error".to_owned(), "server_error".to_owned())),
        AnswerFault::WrongIss => pairs.push((
            "iss".to_owned(),
            "https://login.example/common/v2.0".to_owned(),
        )),
        AnswerFault::RightIss => pairs.push((
            "iss".to_owned(),
            issuer_v2(&flow.host, &account.tenant.to_string()),
        )),
        AnswerFault::ServerError => {
            let no = Refusal::new(90033, "server_error", "A transient error has occurred.");
            let text = no.description(now, sim.rng.guid(), flow.correlation);
            error("server_error", &text, &mut pairs);
        }
        AnswerFault::Unavailable => {
            let no = Refusal::new(
                90033,
                "temporarily_unavailable",
                "A transient error has occurred. Please try again.",
            );
            let text = no.description(now, sim.rng.guid(), flow.correlation);
            error("temporarily_unavailable", &text, &mut pairs);
        }
        AnswerFault::Refused(code) => {
            let no = Refusal::numbered(code);
            let text = no.description(now, sim.rng.guid(), flow.correlation);
            error(no.error, &text, &mut pairs);
        }
        AnswerFault::HostileText => error(
            "access_denied",
            "AADSTS65004: <img src=x onerror=alert(1)> \u{202e}gnp.exe\u{2066} javascript:alert(1)",
            &mut pairs,
        ),
    }
    pairs
}

/// The parameters of an error response to the client.
pub(super) fn refused(
    sim: &mut Sim,
    now: Timestamp,
    reply: &Reply,
    refusal: &Refusal,
    correlation: Uuid,
) -> Vec<(String, String)> {
    let trace = sim.rng.guid();
    // For missing consent, this endpoint uses another error code than the token endpoint.
    let word = match refusal.code {
        65001 => "interaction_required",
        _ => refusal.error,
    };
    let mut pairs = vec![
        ("error".to_owned(), word.to_owned()),
        (
            "error_description".to_owned(),
            refusal.description(now, trace, correlation),
        ),
        (
            "error_uri".to_owned(),
            format!(
                "https://login.microsoftonline.com/error?code={}",
                refusal.code
            ),
        ),
    ];
    if let Some(state) = &reply.state {
        pairs.push(("state".to_owned(), state.clone()));
    }
    pairs
}

/// Sends the parameters to the client in its response mode.
pub(super) fn send_back(sim: &Sim, reply: &Reply, pairs: &[(String, String)]) -> HttpResponse {
    match reply.mode {
        Mode::FormPost => {
            let html = pages::form_post(&reply.redirect, pairs);
            pages::page(StatusCode::OK, "Continue", &html, sim.entra.modes.coop)
        }
        Mode::Query => {
            let separator = if reply.redirect.contains('?') {
                '&'
            } else {
                '?'
            };
            redirect(
                &format!("{}{separator}{}", with_path(&reply.redirect), encode(pairs)),
                sim.entra.modes.coop,
            )
        }
        Mode::Fragment => redirect(
            &format!("{}#{}", with_path(&reply.redirect), encode(pairs)),
            sim.entra.modes.coop,
        ),
    }
}

/// A redirect URI that is registered without a path gets a trailing slash in the response.
fn with_path(uri: &str) -> String {
    match uri.split_once("://") {
        Some((_, rest)) if !rest.contains(['/', '?']) => format!("{uri}/"),
        _ => uri.to_owned(),
    }
}

pub(super) fn redirect(to: &str, coop: bool) -> HttpResponse {
    let mut response = HttpResponse::new(Vec::new());
    *response.status_mut() = StatusCode::FOUND;
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(to) {
        headers.insert(LOCATION, value);
    }
    headers.insert(
        "cache-control",
        HeaderValue::from_static("no-store, no-cache"),
    );
    headers.insert(
        "referrer-policy",
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
    headers.insert("x-frame-options", HeaderValue::from_static("DENY"));
    if coop {
        headers.insert(
            "cross-origin-opener-policy",
            HeaderValue::from_static("same-origin"),
        );
    }
    response
}
