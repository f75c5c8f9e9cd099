//! The admin consent endpoint. It returns its response in the query ("Admin consent", 2026-08).

use jiff::Timestamp;

use crate::Sim;
use crate::entra::authority::Authority;
use crate::entra::authorize;
use crate::entra::flow::Flow;
use crate::entra::flow::Want;
use crate::entra::params::Params;
use crate::entra::refusal::Refusal;
use crate::entra::scope::Asked;
use crate::entra::steps;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;

/// `GET …/adminconsent`.
pub(super) fn enter(
    sim: &mut Sim,
    now: Timestamp,
    request: &HttpRequest,
    host: &str,
    word: &str,
    v2: bool,
) -> HttpResponse {
    let params = Params::query(request);
    let flow = match begin_admin_consent(sim, host, word, &params, v2) {
        Ok(flow) => flow,
        Err(refusal) => return steps::error_page(sim, now, &refusal),
    };
    steps::start(sim, now, request, flow)
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
        // Without a redirect URI in the request, the service uses the first registered one.
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
        correlation: sim.rng.guid(),
    })
}
