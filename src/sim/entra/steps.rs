//! The steps a person takes: pick an account, consent, go back. Keeps the state between the pages.

use std::collections::BTreeSet;

use http::HeaderValue;
use http::StatusCode;
use http::header::SET_COOKIE;
use jiff::Timestamp;

use crate::domain::ids::ObjectId;
use crate::domain::ids::TenantId;
use crate::sim::Sim;
use crate::sim::entra::account;
use crate::sim::entra::account::Account;
use crate::sim::entra::authority::Authority;
use crate::sim::entra::authorize;
use crate::sim::entra::authorize::Flow;
use crate::sim::entra::authorize::Mode;
use crate::sim::entra::authorize::Prompt;
use crate::sim::entra::authorize::Reply;
use crate::sim::entra::authorize::Trouble;
use crate::sim::entra::authorize::Want;
use crate::sim::entra::client;
use crate::sim::entra::client::Client;
use crate::sim::entra::client::Platform;
use crate::sim::entra::consent;
use crate::sim::entra::device;
use crate::sim::entra::modes::Policy;
use crate::sim::entra::pages;
use crate::sim::entra::pages::Choice;
use crate::sim::entra::pages::Permission;
use crate::sim::entra::params::Params;
use crate::sim::entra::params::cookie;
use crate::sim::entra::params::encode;
use crate::sim::entra::refusal::Refusal;
use crate::sim::entra::resource;
use crate::sim::entra::resource::Resource;
use crate::sim::entra::scope::Asked;
use crate::world::Request;
use crate::world::Response;

/// The cookie a browser keeps its session in.
const COOKIE: &str = "ESTSAUTH";

/// What a flow needs next.
pub(super) enum Next {
    /// Somebody has to sign in; with a sentence if the last try was refused.
    Accounts(Option<String>),
    /// Somebody has to consent to these.
    Consent(Vec<Wanted>),
    /// Somebody else has to consent.
    Approval,
    /// Nothing: this account gets the answer.
    Done(Account),
    /// It ends here.
    Refused(Refusal),
}

/// What is wanted of one resource.
pub(super) struct Wanted {
    pub(super) resource: Resource,
    pub(super) permissions: BTreeSet<String>,
}

/// `GET …/authorize` in a browser.
pub(super) fn enter(
    sim: &mut Sim,
    now: Timestamp,
    request: &Request,
    host: &str,
    word: &str,
) -> Response {
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
pub(super) fn start(sim: &mut Sim, now: Timestamp, request: &Request, mut flow: Flow) -> Response {
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
    let id = sim.draws.text(40);
    show(sim, now, session, id, flow)
}

/// Tells what is wrong: on the service's own page, or to the client.
pub(super) fn troubled(sim: &mut Sim, now: Timestamp, trouble: Trouble) -> Response {
    match trouble {
        Trouble::Page(refusal) => error_page(sim, now, &refusal),
        Trouble::Told(reply, refusal) => {
            let correlation = sim.draws.guid();
            let pairs = authorize::refused(sim, now, &reply, &refusal, correlation);
            authorize::send_back(sim, &reply, &pairs)
        }
    }
}

/// The page for what may not be told to the client.
pub(super) fn error_page(sim: &mut Sim, now: Timestamp, refusal: &Refusal) -> Response {
    let (trace, correlation) = (sim.draws.guid(), sim.draws.guid());
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

/// What a flow needs next.
pub(super) fn next(sim: &Sim, flow: &Flow) -> Next {
    let Some((tenant, user)) = flow.account else {
        return if flow.prompt == Some(Prompt::None) {
            Next::Refused(Refusal::no_session())
        } else {
            Next::Accounts(None)
        };
    };
    let (Some(account), Some(client)) = (
        account::find(sim, tenant, user),
        client::find(sim, Some(tenant), flow.client),
    ) else {
        return Next::Refused(Refusal::client_unknown(
            &flow.client.to_string(),
            &tenant.to_string(),
        ));
    };
    if !account.is_enabled {
        return Next::Accounts(Some(Refusal::user_disabled().text));
    }
    if sim.entra.modes.policy == Policy::Blocked {
        return Next::Refused(Refusal::blocked_by_policy());
    }
    let wanted = match wanted(sim, &client, &account, &flow.asked) {
        Ok(wanted) => wanted,
        Err(refusal) => return Next::Refused(refusal),
    };
    if flow.consented {
        return Next::Done(account);
    }
    let is_admin_consent = matches!(flow.want, Want::AdminConsent { .. });
    let lacks: Vec<&Wanted> = wanted
        .iter()
        .filter(|one| !granted_all(sim, &client, &account, one))
        .collect();
    let asks_anew = flow.prompt == Some(Prompt::Consent) && !client.is_first_party;
    if lacks.is_empty() && !asks_anew && !is_admin_consent {
        return Next::Done(account);
    }
    if flow.prompt == Some(Prompt::None) || client.is_first_party {
        return Next::Refused(Refusal::consent_needed(
            &client.id.to_string(),
            &client.name,
        ));
    }
    let needs_admin = is_admin_consent
        || lacks.iter().any(|one| {
            let given = consent::granted(sim, tenant, &client, one.resource.app, Some(user));
            one.permissions
                .iter()
                .filter(|value| !given.contains(*value))
                .any(|value| one.resource.needs_admin(value))
        });
    if needs_admin && !account::may_consent(sim, tenant, user) {
        return Next::Approval;
    }
    Next::Consent(wanted)
}

fn granted_all(sim: &Sim, client: &Client, account: &Account, wanted: &Wanted) -> bool {
    let given = consent::granted(
        sim,
        account.tenant,
        client,
        wanted.resource.app,
        Some(account.id),
    );
    wanted.permissions.iter().all(|value| given.contains(value))
}

/// What the request wants of each resource, with `.default` resolved and OpenID words counted as Microsoft Graph's.
pub(super) fn wanted(
    sim: &Sim,
    client: &Client,
    account: &Account,
    asked: &Asked,
) -> Result<Vec<Wanted>, Refusal> {
    let mut list: Vec<Wanted> = Vec::new();
    let words: BTreeSet<String> = asked.openid_words().map(ToOwned::to_owned).collect();
    if !words.is_empty() {
        list.push(Wanted {
            resource: resource::find(sim, account.tenant, None)?,
            permissions: words,
        });
    }
    for one in &asked.resources {
        let resource = resource::find(sim, account.tenant, one.uri.as_deref())?;
        let permissions = if one.is_default() {
            default_of(sim, client, account, &resource)?
        } else {
            for value in &one.permissions {
                if !resource.has_scope(value) {
                    return Err(Refusal::scope_unknown(&client.name, value, &resource.name));
                }
            }
            one.permissions.iter().cloned().collect()
        };
        match list
            .iter_mut()
            .find(|there| there.resource.app == resource.app)
        {
            Some(there) => there.permissions.extend(permissions),
            None => list.push(Wanted {
                resource,
                permissions,
            }),
        }
    }
    Ok(list)
}

/// `.default`: what is granted already if anything is, else what the registration lists. This is the documented trap: one old
/// consent to one permission, and `.default` asks for nothing more.
fn default_of(
    sim: &Sim,
    client: &Client,
    account: &Account,
    resource: &Resource,
) -> Result<BTreeSet<String>, Refusal> {
    let mut given = consent::granted(sim, account.tenant, client, resource.app, Some(account.id));
    given.retain(|value| !resource::is_openid_word(value));
    if !given.is_empty() {
        return Ok(given);
    }
    let listed = client.configured_for(resource.app);
    if listed.is_empty() {
        return Err(Refusal::resource_not_listed(
            &client.id.to_string(),
            &resource.name,
        ));
    }
    Ok(listed)
}

/// Shows the page of a flow, or ends it.
fn show(
    sim: &mut Sim,
    now: Timestamp,
    session: Option<(TenantId, ObjectId)>,
    id: String,
    mut flow: Flow,
) -> Response {
    let name = client::find(sim, flow.authority.tenant(), flow.client)
        .map_or_else(String::new, |client| client.name);
    let coop = sim.entra.modes.coop;
    let page = |title: &str, html: &str| pages::page(StatusCode::OK, title, html, coop);
    let response = match next(sim, &flow) {
        Next::Accounts(trouble) => {
            // Asked again, even if a session had filled it in.
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
        Next::Done(account) => return finish(sim, now, &flow, &account),
        Next::Refused(refusal) => return give_up(sim, now, &flow, &refusal),
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

/// `POST /{tenant}/login`: an account was picked or typed.
pub(super) fn login(sim: &mut Sim, now: Timestamp, request: &Request) -> Response {
    let params = Params::body(request);
    let session = session(sim, request);
    let Some((id, mut flow)) = taken(sim, &params) else {
        return error_page(sim, now, &Refusal::malformed());
    };
    if params.find("cancel").is_some() {
        return give_up(sim, now, &flow, &Refusal::declined());
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
            let key = sim.draws.text(60);
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

/// `POST /{tenant}/consent`: accepted or not.
pub(super) fn consent(sim: &mut Sim, now: Timestamp, request: &Request) -> Response {
    let params = Params::body(request);
    let session = session(sim, request);
    let Some((id, mut flow)) = taken(sim, &params) else {
        return error_page(sim, now, &Refusal::malformed());
    };
    match params.find("answer") {
        Some("accept") => {
            // A forged form cannot accept what the page did not offer.
            if let Next::Consent(wanted) = next(sim, &flow) {
                accept(sim, now, &mut flow, &wanted, params.find("all").is_some());
            }
            show(sim, now, session, id, flow)
        }
        Some("return") => {
            let name = client::find(sim, flow.authority.tenant(), flow.client)
                .map_or_else(String::new, |client| client.name);
            let refusal = Refusal::admin_consent_needed(&flow.client.to_string(), &name);
            give_up(sim, now, &flow, &refusal)
        }
        _ => give_up(sim, now, &flow, &Refusal::declined()),
    }
}

/// Writes the consent into the directory.
pub(super) fn accept(
    sim: &mut Sim,
    now: Timestamp,
    flow: &mut Flow,
    wanted: &[Wanted],
    for_all: bool,
) {
    flow.consented = true;
    let Some((tenant, user)) = flow.account else {
        return;
    };
    let Some(client) = client::find(sim, Some(tenant), flow.client) else {
        return;
    };
    let is_admin_consent = matches!(flow.want, Want::AdminConsent { .. });
    let whose = if for_all || is_admin_consent {
        None
    } else {
        Some(user)
    };
    for one in wanted {
        consent::add(
            sim,
            now,
            tenant,
            &client,
            one.resource.app,
            whose,
            &one.permissions,
        );
    }
    if is_admin_consent && flow.asked.resources.iter().any(|one| one.is_default()) {
        consent::assign_configured_roles(sim, now, tenant, &client);
    }
}

/// Ends a flow with what the client asked for.
fn finish(sim: &mut Sim, now: Timestamp, flow: &Flow, account: &Account) -> Response {
    match &flow.want {
        Want::Code(reply) => {
            let pairs = authorize::answer(sim, now, flow, reply, account);
            authorize::send_back(sim, reply, &pairs)
        }
        Want::Device(code) => {
            device::approve(sim, code, account);
            pages::page(
                StatusCode::OK,
                "You have signed in",
                "<p>You have signed in to the application on your device. You may now close this window.</p>\n",
                sim.entra.modes.coop,
            )
        }
        Want::AdminConsent {
            redirect,
            state,
            scope,
        } => {
            let mut pairs = vec![
                ("admin_consent".to_owned(), "True".to_owned()),
                ("tenant".to_owned(), account.tenant.to_string()),
                ("scope".to_owned(), scope.clone()),
            ];
            if let Some(state) = state {
                pairs.push(("state".to_owned(), state.clone()));
            }
            authorize::redirect(
                &format!("{redirect}?{}", encode(&pairs)),
                sim.entra.modes.coop,
            )
        }
    }
}

/// Ends a flow with a refusal.
fn give_up(sim: &mut Sim, now: Timestamp, flow: &Flow, refusal: &Refusal) -> Response {
    match &flow.want {
        Want::Code(reply) => {
            let pairs = authorize::refused(sim, now, reply, refusal, flow.correlation);
            authorize::send_back(sim, reply, &pairs)
        }
        Want::Device(code) => {
            device::decline(sim, code);
            error_page(sim, now, refusal)
        }
        Want::AdminConsent {
            redirect, state, ..
        } => {
            let reply = Reply {
                redirect: redirect.clone(),
                platform: Platform::Web,
                mode: Mode::Query,
                state: state.clone(),
                nonce: None,
                challenge: None,
                wants_code: false,
                wants_id_token: false,
                wants_client_info: false,
            };
            let mut pairs = authorize::refused(sim, now, &reply, refusal, flow.correlation);
            // As documented, this stands in refusals too.
            pairs.insert(0, ("admin_consent".to_owned(), "True".to_owned()));
            authorize::send_back(sim, &reply, &pairs)
        }
    }
}

/// `GET …/adminconsent`.
pub(super) fn admin_consent(
    sim: &mut Sim,
    now: Timestamp,
    request: &Request,
    host: &str,
    word: &str,
    v2: bool,
) -> Response {
    let params = Params::query(request);
    let flow = match begin_admin_consent(sim, host, word, &params, v2) {
        Ok(flow) => flow,
        Err(refusal) => return error_page(sim, now, &refusal),
    };
    start(sim, now, request, flow)
}

fn begin_admin_consent(
    sim: &mut Sim,
    host: &str,
    word: &str,
    params: &Params,
    v2: bool,
) -> Result<Flow, Refusal> {
    let authority = Authority::find(sim, host, word)?;
    let client = authorize::client_of(sim, authority, word, params)?;
    let redirect = match params.find("redirect_uri") {
        Some(redirect) => {
            if authorize::registered(&client, redirect).is_none() {
                return Err(Refusal::redirect_unregistered(
                    redirect,
                    &client.id.to_string(),
                ));
            }
            redirect.to_owned()
        }
        // Without one the first that is registered is taken.
        None => client
            .redirects
            .first()
            .map(|(_, uri)| uri.clone())
            .ok_or_else(|| Refusal::missing("redirect_uri"))?,
    };
    let scope = if v2 {
        params.get("scope")?.to_owned()
    } else {
        "https://graph.microsoft.com/.default".to_owned()
    };
    Ok(Flow {
        host: host.to_owned(),
        authority,
        client: client.id,
        asked: Asked::parse(&scope)?,
        want: Want::AdminConsent {
            redirect,
            state: params.find("state").map(ToOwned::to_owned),
            scope,
        },
        prompt: None,
        hint: None,
        is_strong: false,
        is_cae_capable: false,
        account: None,
        consented: false,
        correlation: sim.draws.guid(),
    })
}

/// `GET|POST …/logout`.
pub(super) fn logout(sim: &mut Sim, request: &Request) -> Response {
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
        Some(uri) if client::is_any_redirect(sim, uri) => authorize::redirect(uri, coop),
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

/// The in-memory visit: the tenant's administrator (or the hinted account) signs in and consents to everything.
pub(super) fn at_once(sim: &mut Sim, now: Timestamp, mut flow: Flow) -> Vec<(String, String)> {
    let Want::Code(reply) = flow.want.clone() else {
        return Vec::new();
    };
    let tenant = flow.authority.tenant();
    let account = flow
        .hint
        .as_ref()
        .and_then(|hint| account::find_named(sim, &flow.host, tenant, hint))
        .or_else(|| account::all(sim, &flow.host, tenant).into_iter().next());
    flow.account = account.map(|account| (account.tenant, account.id));
    if let Next::Consent(wanted) = next(sim, &flow) {
        accept(sim, now, &mut flow, &wanted, false);
    }
    let refusal = match next(sim, &flow) {
        Next::Done(account) => return authorize::answer(sim, now, &flow, &reply, &account),
        Next::Refused(refusal) => refusal,
        Next::Approval => {
            let name = client::find(sim, tenant, flow.client)
                .map_or_else(String::new, |client| client.name);
            Refusal::admin_consent_needed(&flow.client.to_string(), &name)
        }
        Next::Accounts(_) | Next::Consent(_) => Refusal::no_session(),
    };
    authorize::refused(sim, now, &reply, &refusal, flow.correlation)
}

fn session(sim: &Sim, request: &Request) -> Option<(TenantId, ObjectId)> {
    sim.entra.sessions.get(cookie(request, COOKIE)?).copied()
}

fn taken(sim: &mut Sim, params: &Params) -> Option<(String, Flow)> {
    let id = params.find("flow")?;
    let flow = sim.entra.flows.remove(id)?;
    Some((id.to_owned(), flow))
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
