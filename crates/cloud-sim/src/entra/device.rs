//! The device code flow: a program shows a code, and a user enters it on a page ("OAuth 2.0 device authorization grant", 2026-08).

use http::StatusCode;
use jiff::Timestamp;
use jiff::ToSpan as _;
use serde_json::Value;
use serde_json::json;

use crate::Sim;
use crate::entra::account::Account;
use crate::entra::authority::Authority;
use crate::entra::authorize;
use crate::entra::flow::Flow;
use crate::entra::flow::Want;
use crate::entra::pages;
use crate::entra::params::Params;
use crate::entra::refusal::Refusal;
use crate::entra::scope::Asked;
use crate::entra::state::Device;
use crate::entra::state::DeviceState;
use crate::entra::steps;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;

/// Lifetime of a device code: 15 minutes.
const SECONDS: i64 = 900;

/// `POST …/devicecode`.
pub(super) fn start(
    sim: &mut Sim,
    now: Timestamp,
    host: &str,
    word: &str,
    params: &Params,
) -> Result<Value, Refusal> {
    let authority = Authority::find(sim, host, word)?;
    let client = authorize::client_of(sim, authority, word, params)?;
    if !client.is_public {
        return Err(Refusal::secret_needed());
    }
    let asked = Asked::parse(params.get("scope")?)?;
    let code = sim.rng.text(120);
    // Short and in upper case, because the user types it.
    let typed: String = sim.rng.text(9).to_ascii_uppercase();
    let flow = Flow {
        host: host.to_owned(),
        authority,
        client: client.id,
        asked,
        want: Want::Device(code.clone()),
        prompt: None,
        hint: None,
        is_strong: false,
        is_cae_capable: false,
        account: None,
        consented: false,
        correlation: sim.rng.guid(),
    };
    sim.entra.devices.insert(
        code.clone(),
        Device {
            typed: typed.clone(),
            flow,
            started: now,
            state: DeviceState::Pending,
        },
    );
    let page = format!("https://{host}/common/oauth2/deviceauth");
    Ok(json!({
        "user_code": typed,
        "device_code": code,
        "verification_uri": page,
        "expires_in": SECONDS,
        "interval": 5,
        "message": format!(
            "To sign in, use a web browser to open the page {page} and enter the code {typed} to authenticate."
        ),
    }))
}

/// The page where the user enters the code. With a valid code, it starts the sign-in.
pub(super) fn page(sim: &mut Sim, now: Timestamp, request: &HttpRequest) -> HttpResponse {
    let params = if request.method() == http::Method::POST {
        Params::body(request)
    } else {
        Params::query(request)
    };
    let typed = params
        .find("code")
        .or_else(|| params.find("otc"))
        .map(|code| code.trim().to_ascii_uppercase());
    let mut trouble = String::new();
    if let Some(typed) = typed {
        let device = sim.entra.devices.values().find(|device| {
            device.typed == typed
                && device.state == DeviceState::Pending
                && !is_over(now, device.started)
        });
        if let Some(device) = device {
            let flow = device.flow.clone();
            return steps::start(sim, now, request, flow);
        }
        trouble = "<p role=\"alert\">That code didn't work. Check the code and try again.</p>\n"
            .to_owned();
    }
    let html = format!(
        "{trouble}<form method=\"post\" action=\"/common/oauth2/deviceauth\">\n\
         <label>Code<br><input name=\"otc\" autocomplete=\"off\" spellcheck=\"false\"></label>\n<p><button>Next</button></p>\n</form>\n"
    );
    pages::page(
        StatusCode::OK,
        "Enter code to allow access",
        &html,
        sim.entra.modes.coop,
    )
}

pub(super) fn approve(sim: &mut Sim, code: &str, account: &Account) {
    if let Some(device) = sim.entra.devices.get_mut(code) {
        device.state = DeviceState::Approved(account.tenant, account.id);
    }
}

pub(super) fn decline(sim: &mut Sim, code: &str) {
    if let Some(device) = sim.entra.devices.get_mut(code) {
        device.state = DeviceState::Declined;
    }
}

/// The program polls for the result.
pub(super) fn redeem(
    sim: &mut Sim,
    now: Timestamp,
    code: &str,
) -> Result<(Flow, TenantId, ObjectId), Refusal> {
    let device = sim
        .entra
        .devices
        .get(code)
        .ok_or_else(Refusal::device_unknown)?;
    match device.state {
        DeviceState::Declined => Err(Refusal::device_declined()),
        _ if is_over(now, device.started) => Err(Refusal::device_expired()),
        DeviceState::Pending => Err(Refusal::device_pending()),
        DeviceState::Approved(tenant, user) => {
            let flow = device.flow.clone();
            sim.entra.devices.remove(code);
            Ok((flow, tenant, user))
        }
    }
}

fn is_over(now: Timestamp, started: Timestamp) -> bool {
    started
        .checked_add(SECONDS.seconds())
        .is_ok_and(|end| now >= end)
}
