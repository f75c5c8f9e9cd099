//! End of a sign-in: stores consent and responds to the client.

use http::StatusCode;
use jiff::Timestamp;

use crate::Sim;
use crate::entra::account;
use crate::entra::account::Account;
use crate::entra::client;
use crate::entra::client::Platform;
use crate::entra::consent;
use crate::entra::device;
use crate::entra::flow::Flow;
use crate::entra::flow::Mode;
use crate::entra::flow::Reply;
use crate::entra::flow::Want;
use crate::entra::need;
use crate::entra::need::Next;
use crate::entra::need::Wanted;
use crate::entra::pages;
use crate::entra::params::encode;
use crate::entra::refusal::Refusal;
use crate::entra::reply;
use crate::entra::steps;
use domain::platform::HttpResponse;

/// Stores the consent in the directory.
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

/// Completes a flow with the result that the client requested.
pub(super) fn finish(
    sim: &mut Sim,
    now: Timestamp,
    flow: &Flow,
    account: &Account,
) -> HttpResponse {
    match &flow.want {
        Want::Code(reply) => {
            let pairs = reply::answer(sim, now, flow, reply, account);
            reply::send_back(sim, reply, &pairs)
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
            reply::redirect(
                &format!("{redirect}?{}", encode(&pairs)),
                sim.entra.modes.coop,
            )
        }
    }
}

/// Ends a flow with an error.
pub(super) fn give_up(
    sim: &mut Sim,
    now: Timestamp,
    flow: &Flow,
    refusal: &Refusal,
) -> HttpResponse {
    match &flow.want {
        Want::Code(reply) => {
            let pairs = reply::refused(sim, now, reply, refusal, flow.correlation);
            reply::send_back(sim, reply, &pairs)
        }
        Want::Device(code) => {
            device::decline(sim, code);
            steps::error_page(sim, now, refusal)
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
            let mut pairs = reply::refused(sim, now, &reply, refusal, flow.correlation);
            // The documentation includes this parameter in error responses too.
            pairs.insert(0, ("admin_consent".to_owned(), "True".to_owned()));
            reply::send_back(sim, &reply, &pairs)
        }
    }
}

/// Completes a flow in memory: the hinted user, or else the tenant's first user (an administrator in the demo tenants), signs in and
/// consents to everything.
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
    if let Next::Consent(wanted) = need::next(sim, &flow) {
        accept(sim, now, &mut flow, &wanted, false);
    }
    let refusal = match need::next(sim, &flow) {
        Next::Done(account) => return reply::answer(sim, now, &flow, &reply, &account),
        Next::Refused(refusal) => refusal,
        Next::Approval => {
            let name = client::find(sim, tenant, flow.client)
                .map_or_else(String::new, |client| client.name);
            Refusal::admin_consent_needed(&flow.client.to_string(), &name)
        }
        Next::Accounts(_) | Next::Consent(_) => Refusal::no_session(),
    };
    reply::refused(sim, now, &reply, &refusal, flow.correlation)
}
