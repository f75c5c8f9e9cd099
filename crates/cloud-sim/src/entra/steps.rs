//! The user's steps: pick an account, consent, go back. Stores the state between the pages.

use http::HeaderValue;
use http::StatusCode;
use http::header::SET_COOKIE;
use jiff::Timestamp;

use crate::Sim;
use crate::entra::account;
use crate::entra::authority::Authority;
use crate::entra::authorize;
use crate::entra::authorize::Trouble;
use crate::entra::client;
use crate::entra::ending;
use crate::entra::flow::Flow;
use crate::entra::flow::Prompt;
use crate::entra::flow::Want;
use crate::entra::need;
use crate::entra::need::Next;
use crate::entra::need::Wanted;
use crate::entra::pages;
use crate::entra::pages::Choice;
use crate::entra::pages::Permission;
use crate::entra::params::Params;
use crate::entra::params::cookie;
use crate::entra::refusal::Refusal;
use crate::entra::reply;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;

/// Name of the session cookie.
const COOKIE: &str = "ESTSAUTH";

/// `GET …/authorize` in a browser.
pub(super) fn enter(
    sim: &mut Sim,
    now: Timestamp,
    request: &HttpRequest,
    host: &str,
    word: &str,
) -> HttpResponse {
    let params = if request.method() == http::Method::POST {
        Params::body(request)
    } else {
        Params::query(request)
    };
    match authorize::begin(sim, host, word, &params) {
        Ok(flow) => start(sim, now, request, flow),
        Err(trouble) => troubled(sim, now, trouble),
    }
}

/// Starts a flow in a browser that may already have a session.
pub(super) fn start(
    sim: &mut Sim,
    now: Timestamp,
    request: &HttpRequest,
    mut flow: Flow,
) -> HttpResponse {
    let session = session(sim, request);
    let asks_anew = matches!(flow.prompt, Some(Prompt::Login | Prompt::SelectAccount));
    if let Some((tenant, user)) = session
        && !asks_anew
        && let Some(account) = account::find(sim, tenant, user)
        && flow.authority.tenant().is_none_or(|named| named == tenant)
        && flow
            .hint
            .as_ref()
            .is_none_or(|hint| hint.eq_ignore_ascii_case(&account.user))
    {
        flow.account = Some((tenant, user));
    }
    let id = sim.rng.text(40);
    show(sim, now, session, id, flow)
}

/// Shows the error on the service's own page, or sends it to the client.
pub(super) fn troubled(sim: &mut Sim, now: Timestamp, trouble: Trouble) -> HttpResponse {
    match trouble {
        Trouble::Page(refusal) => error_page(sim, now, &refusal),
        Trouble::AtClient(reply, refusal) => {
            let correlation = sim.rng.guid();
            let pairs = reply::refused(sim, now, &reply, &refusal, correlation);
            reply::send_back(sim, &reply, &pairs)
        }
    }
}

/// The page for errors that must not be sent to the client.
pub(super) fn error_page(sim: &mut Sim, now: Timestamp, refusal: &Refusal) -> HttpResponse {
    let (trace, correlation) = (sim.rng.guid(), sim.rng.guid());
    let html = format!(
        "<p>Sorry, but we're having trouble signing you in.</p>\n<p role=\"alert\" id=\"error\">{}</p>\n",
        pages::escape(&refusal.description(now, trace, correlation))
    );
    pages::page(
        StatusCode::BAD_REQUEST,
        "Sign in to your account",
        &html,
        sim.entra.modes.coop,
    )
}

/// Shows the page of a flow, or ends it.
fn show(
    sim: &mut Sim,
    now: Timestamp,
    session: Option<(TenantId, ObjectId)>,
    id: String,
    mut flow: Flow,
) -> HttpResponse {
    let name = client::find(sim, flow.authority.tenant(), flow.client)
        .map_or_else(String::new, |client| client.name);
    let coop = sim.entra.modes.coop;
    let page = |title: &str, html: &str| pages::page(StatusCode::OK, title, html, coop);
    let response = match need::next(sim, &flow) {
        Next::Accounts(trouble) => {
            // The user must choose again, even if a session provided the account.
            flow.account = None;
            let accounts = account::all(sim, &flow.host, flow.authority.tenant());
            let choices: Vec<Choice<'_>> = accounts
                .iter()
                .map(|account| Choice {
                    name: &account.name,
                    user: &account.user,
                    is_signed_in: session == Some((account.tenant, account.id)),
                })
                .collect();
            let tenant = flow
                .authority
                .tenant()
                .and_then(|tenant| sim.tenant(tenant))
                .map(|tenant| tenant.display_name.as_str());
            let html = pages::accounts(
                &format!("/{}/login", flow.authority.word()),
                &id,
                &name,
                tenant,
                flow.hint.as_deref().unwrap_or_default(),
                &choices,
                trouble.as_deref(),
            );
            page("Pick an account", &html)
        }
        Next::Consent(wanted) => {
            let (html, title) = consent_page(sim, &flow, &id, &name, &wanted);
            page(title, &html)
        }
        Next::Approval => {
            let html = pages::approval(&format!("/{}/consent", flow.authority.word()), &id, &name);
            page("Need admin approval", &html)
        }
        Next::Done(account) => return ending::finish(sim, now, &flow, &account),
        Next::Refused(refusal) => return ending::give_up(sim, now, &flow, &refusal),
    };
    sim.entra.flows.insert(id, flow);
    response
}

fn consent_page(
    sim: &Sim,
    flow: &Flow,
    id: &str,
    name: &str,
    wanted: &[Wanted],
) -> (String, &'static str) {
    let user = flow
        .account
        .and_then(|(tenant, user)| account::find(sim, tenant, user));
    let mut permissions = Vec::new();
    for one in wanted {
        for value in &one.permissions {
            permissions.push(Permission {
                resource: one.resource.name.clone(),
                value: value.clone(),
                title: one.resource.title(value),
                is_admin_only: one.resource.needs_admin(value),
            });
        }
    }
    let is_admin_consent = matches!(flow.want, Want::AdminConsent { .. });
    let may_consent = flow
        .account
        .is_some_and(|(tenant, user)| account::may_consent(sim, tenant, user));
    let html = pages::consent(
        &format!("/{}/consent", flow.authority.word()),
        id,
        name,
        &user.map_or_else(String::new, |account| account.user),
        &permissions,
        may_consent && !is_admin_consent,
    );
    let title = if is_admin_consent {
        "Permissions requested: review for your organization"
    } else {
        "Permissions requested"
    };
    (html, title)
}

/// `POST /{tenant}/login`: the user picked or typed an account.
pub(super) fn login(sim: &mut Sim, now: Timestamp, request: &HttpRequest) -> HttpResponse {
    let params = Params::body(request);
    let session = session(sim, request);
    let Some((id, mut flow)) = taken(sim, &params) else {
        return error_page(sim, now, &Refusal::malformed());
    };
    if params.find("cancel").is_some() {
        return ending::give_up(sim, now, &flow, &Refusal::declined());
    }
    let user = params
        .find("account")
        .or_else(|| params.find("login"))
        .unwrap_or_default()
        .trim()
        .to_owned();
    match account::find_named(sim, &flow.host, flow.authority.tenant(), &user) {
        Some(account) => {
            flow.account = Some((account.tenant, account.id));
            let key = sim.rng.text(60);
            sim.entra
                .sessions
                .insert(key.clone(), (account.tenant, account.id));
            let mut response = show(sim, now, flow.account, id, flow);
            set_cookie(
                &mut response,
                &format!("{COOKIE}={key}; Path=/; Secure; HttpOnly; SameSite=None"),
            );
            response
        }
        None => {
            let trouble = match flow.authority {
                Authority::Tenant(tenant) => Refusal::user_not_in_tenant(
                    &user,
                    &tenant.to_string(),
                    &flow.client.to_string(),
                ),
                Authority::Common | Authority::Organizations | Authority::Consumers => {
                    Refusal::user_unknown(&user, flow.authority.word().as_str())
                }
            };
            flow.account = None;
            flow.hint = Some(user);
            let name = client::find(sim, flow.authority.tenant(), flow.client)
                .map_or_else(String::new, |client| client.name);
            let accounts = account::all(sim, &flow.host, flow.authority.tenant());
            let choices: Vec<Choice<'_>> = accounts
                .iter()
                .map(|account| Choice {
                    name: &account.name,
                    user: &account.user,
                    is_signed_in: session == Some((account.tenant, account.id)),
                })
                .collect();
            let html = pages::accounts(
                &format!("/{}/login", flow.authority.word()),
                &id,
                &name,
                None,
                flow.hint.as_deref().unwrap_or_default(),
                &choices,
                Some(&format!("AADSTS{}: {}", trouble.code, trouble.text)),
            );
            sim.entra.flows.insert(id, flow);
            pages::page(
                StatusCode::OK,
                "Pick an account",
                &html,
                sim.entra.modes.coop,
            )
        }
    }
}

/// `POST /{tenant}/consent`: the user accepted or declined.
pub(super) fn consent(sim: &mut Sim, now: Timestamp, request: &HttpRequest) -> HttpResponse {
    let params = Params::body(request);
    let session = session(sim, request);
    let Some((id, mut flow)) = taken(sim, &params) else {
        return error_page(sim, now, &Refusal::malformed());
    };
    match params.find("answer") {
        Some("accept") => {
            // Checked again, so that a forged form cannot accept permissions that the page did not offer.
            if let Next::Consent(wanted) = need::next(sim, &flow) {
                ending::accept(sim, now, &mut flow, &wanted, params.find("all").is_some());
            }
            show(sim, now, session, id, flow)
        }
        Some("return") => {
            let name = client::find(sim, flow.authority.tenant(), flow.client)
                .map_or_else(String::new, |client| client.name);
            let refusal = Refusal::admin_consent_needed(&flow.client.to_string(), &name);
            ending::give_up(sim, now, &flow, &refusal)
        }
        _ => ending::give_up(sim, now, &flow, &Refusal::declined()),
    }
}

/// `GET|POST …/logout`.
pub(super) fn logout(sim: &mut Sim, request: &HttpRequest) -> HttpResponse {
    let query = Params::query(request);
    let body = Params::body(request);
    let back = query
        .find("post_logout_redirect_uri")
        .or_else(|| body.find("post_logout_redirect_uri"));
    if let Some(key) = cookie(request, COOKIE) {
        sim.entra.sessions.remove(key);
    }
    let coop = sim.entra.modes.coop;
    let mut response = match back {
        Some(uri) if client::is_any_redirect(sim, uri) => reply::redirect(uri, coop),
        _ => pages::page(
            StatusCode::OK,
            "You signed out of your account",
            "<p>It's a good idea to close all browser windows.</p>\n",
            coop,
        ),
    };
    set_cookie(
        &mut response,
        &format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=0"),
    );
    response
}

fn session(sim: &Sim, request: &HttpRequest) -> Option<(TenantId, ObjectId)> {
    sim.entra.sessions.get(cookie(request, COOKIE)?).copied()
}

fn taken(sim: &mut Sim, params: &Params) -> Option<(String, Flow)> {
    let id = params.find("flow")?;
    let flow = sim.entra.flows.remove(id)?;
    Some((id.to_owned(), flow))
}

fn set_cookie(response: &mut HttpResponse, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
