//! The token endpoint: every grant type, one resource for each request.
//!
//! Sources: Microsoft identity platform, "OAuth 2.0 authorization code flow" and the pages about the other flows (2026-08). Errors that no
//! page documents follow reports in public threads.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::ToSpan as _;
use serde_json::Value;
use serde_json::json;
use sha2::Digest as _;
use sha2::Sha256;
use uuid::Uuid;

use crate::Sim;
use crate::directory::sign_in_reports::SignIn;
use crate::directory::sign_in_reports::SignedInBy;
use crate::entra::account;
use crate::entra::assertion;
use crate::entra::authority::Authority;
use crate::entra::authorize;
use crate::entra::client;
use crate::entra::client::Client;
use crate::entra::client::Platform;
use crate::entra::client::SecretCheck;
use crate::entra::consent;
use crate::entra::device;
use crate::entra::flow::Challenge;
use crate::entra::flow::Flow;
use crate::entra::flow::Want;
use crate::entra::grant;
use crate::entra::mint;
use crate::entra::mint::Access;
use crate::entra::params::Params;
use crate::entra::params::header;
use crate::entra::refusal::Refusal;
use crate::entra::resource;
use crate::entra::scope::Asked;
use domain::ids::TenantId;
use domain::platform::HttpRequest;

/// Lifetime of a code: ten minutes.
const CODE_SECONDS: i64 = 600;
/// A single-page app's refresh tokens expire one day after the sign-in, even if they are used.
pub(super) const SPA_SECONDS: i64 = 86_400;
/// Other refresh tokens expire 90 days after their last use.
const REFRESH_SECONDS: i64 = 90 * 86_400;

pub(super) struct Redemption<'a> {
    pub(super) host: &'a str,
    pub(super) authority: Authority,
    pub(super) client: Client,
    pub(super) params: &'a Params,
    pub(super) origin: Option<&'a str>,
    pub(super) secret: Option<String>,
    /// `client_assertion`.
    pub(super) assertion: Option<&'a str>,
}

impl Redemption<'_> {
    /// Whether the request contains a client credential.
    pub(super) fn has_proof(&self) -> bool {
        self.secret.is_some() || self.assertion.is_some()
    }
}

/// `POST …/token`.
pub(super) fn answer(
    sim: &mut Sim,
    now: Timestamp,
    request: &HttpRequest,
    host: &str,
    word: &str,
) -> Result<Value, Refusal> {
    let params = Params::body(request);
    let grant = params.get("grant_type")?.to_owned();
    let authority = Authority::find(sim, host, word)?;
    let (params, secret) = with_basic(request, params)?;
    let client = authorize::client_of(sim, authority, word, &params)?;
    let redemption = Redemption {
        host,
        authority,
        client,
        params: &params,
        origin: header(request, "origin"),
        secret,
        assertion: params.find("client_assertion"),
    };
    match grant.as_str() {
        "authorization_code" => by_code(sim, now, &redemption),
        "refresh_token" => by_refresh(sim, now, &redemption),
        "client_credentials" => by_secret(sim, now, &redemption),
        "password" => by_password(sim, now, &redemption),
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => {
            by_device(sim, now, &redemption)
        }
        other => Err(Refusal::grant_type_unsupported(other)),
    }
}

/// Client ID and secret can also be in an `Authorization: Basic` header.
fn with_basic(request: &HttpRequest, params: Params) -> Result<(Params, Option<String>), Refusal> {
    let secret = params.find("client_secret").map(ToOwned::to_owned);
    let Some(basic) = header(request, "authorization").and_then(|text| text.strip_prefix("Basic "))
    else {
        return Ok((params, secret));
    };
    let bytes = STANDARD
        .decode(basic.trim())
        .map_err(|_| Refusal::malformed())?;
    let text = String::from_utf8(bytes).map_err(|_| Refusal::malformed())?;
    let (id, word) = text.split_once(':').ok_or_else(Refusal::malformed)?;
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    let params = if params.find("client_id").is_none() {
        params.with("client_id", &decode(id))
    } else {
        params
    };
    Ok((params, secret.or_else(|| Some(decode(word)))))
}

/// Authenticates the client. `false` if the request has no credential.
fn authenticate(
    sim: &Sim,
    now: Timestamp,
    redemption: &Redemption<'_>,
    tenant: TenantId,
) -> Result<bool, Refusal> {
    let id = redemption.client.id;
    if let Some(assertion) = redemption.assertion {
        return assertion::check(sim, now, tenant, redemption, assertion).map(|()| true);
    }
    match &redemption.secret {
        None => Ok(false),
        Some(secret) => match client::check_secret(sim, now, tenant, &redemption.client, secret) {
            SecretCheck::Right => Ok(true),
            SecretCheck::Wrong => Err(Refusal::secret_wrong(&id.to_string())),
            SecretCheck::Expired => Err(Refusal::secret_expired(&id.to_string())),
        },
    }
}

fn by_code(sim: &mut Sim, now: Timestamp, redemption: &Redemption<'_>) -> Result<Value, Refusal> {
    let text = redemption.params.get("code")?;
    let Some(code) = sim.entra.codes.get(text).cloned() else {
        return Err(Refusal::grant_broken());
    };
    if code.flow.client != redemption.client.id {
        return Err(Refusal::grant_broken());
    }
    if redemption
        .authority
        .tenant()
        .is_some_and(|tenant| tenant != code.tenant)
        || redemption.host != code.flow.host
    {
        return Err(Refusal::grant_of_other_client());
    }
    let redirect = redemption.params.get("redirect_uri")?;
    if redirect != code.reply.redirect {
        return Err(Refusal::redirect_changed(redirect, &code.reply.redirect));
    }
    match (code.reply.platform, redemption.origin) {
        (Platform::Spa, None) => return Err(Refusal::spa_must_cross_origins()),
        (Platform::Web | Platform::Native, Some(_)) => {
            return Err(Refusal::only_spa_crosses_origins());
        }
        _ => {}
    }
    match code.reply.platform {
        Platform::Spa | Platform::Native if redemption.has_proof() => {
            return Err(Refusal::public_client_with_secret());
        }
        Platform::Web if !authenticate(sim, now, redemption, code.tenant)? => {
            return Err(Refusal::secret_needed());
        }
        Platform::Spa | Platform::Native | Platform::Web => {}
    }
    if code.is_spent {
        return Err(Refusal::code_spent());
    }
    if is_over(now, code.issued, CODE_SECONDS) {
        return Err(Refusal::grant_expired());
    }
    verify(
        &code.reply.challenge,
        redemption.params.find("code_verifier"),
    )?;
    if let Some(stored) = sim.entra.codes.get_mut(text) {
        stored.is_spent = true;
    }
    let spa_since = (code.reply.platform == Platform::Spa).then_some(now);
    let nonce = code.reply.nonce.clone();
    grant::grant_user(
        sim,
        now,
        redemption,
        &code.flow,
        (code.tenant, code.user),
        spa_since,
        nonce.as_deref(),
        code.reply.wants_client_info,
    )
}

/// PKCE: checks the verifier against the challenge.
fn verify(challenge: &Option<Challenge>, verifier: Option<&str>) -> Result<(), Refusal> {
    let expected = match challenge {
        None => return Ok(()),
        Some(Challenge::Plain(text) | Challenge::S256(text)) => text,
    };
    let verifier = verifier.ok_or_else(|| Refusal::missing("code_verifier"))?;
    if !(43..=128).contains(&verifier.len()) {
        return Err(Refusal::verifier_size());
    }
    let answer = match challenge {
        Some(Challenge::S256(_)) => URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        Some(Challenge::Plain(_)) | None => verifier.to_owned(),
    };
    if answer == *expected {
        Ok(())
    } else {
        Err(Refusal::verifier_wrong())
    }
}

fn by_refresh(
    sim: &mut Sim,
    now: Timestamp,
    redemption: &Redemption<'_>,
) -> Result<Value, Refusal> {
    let text = redemption.params.get("refresh_token")?;
    let Some(refresh) = sim.entra.refresh_tokens.get(text).cloned() else {
        return Err(Refusal::grant_broken());
    };
    if refresh.flow.client != redemption.client.id || refresh.flow.host != redemption.host {
        return Err(Refusal::grant_broken());
    }
    match (refresh.spa_since, redemption.origin) {
        (Some(_), None) => return Err(Refusal::spa_must_cross_origins()),
        (None, Some(_)) => return Err(Refusal::only_spa_crosses_origins()),
        _ => {}
    }
    if refresh.is_revoked {
        return Err(Refusal::session_revoked());
    }
    if let Some(since) = refresh.spa_since {
        if is_over(now, since, SPA_SECONDS) {
            return Err(Refusal::spa_day_over(since));
        }
    } else if is_over(now, refresh.issued, REFRESH_SECONDS) {
        return Err(Refusal::grant_expired());
    }
    if refresh.is_confidential && !authenticate(sim, now, redemption, refresh.tenant)? {
        return Err(Refusal::secret_needed());
    }
    // A user can redeem the token in another tenant, if that tenant's directory has this user as a member.
    let mut user = (refresh.tenant, refresh.user);
    if let Some(tenant) = redemption.authority.tenant()
        && tenant != refresh.tenant
    {
        let account = account::find(sim, refresh.tenant, refresh.user)
            .and_then(|account| {
                account::find_named(sim, redemption.host, Some(tenant), &account.user)
            })
            .ok_or_else(|| {
                Refusal::user_not_in_tenant(
                    &refresh.user.to_string(),
                    &tenant.to_string(),
                    &redemption.client.id.to_string(),
                )
            })?;
        user = (account.tenant, account.id);
    }
    let wants_client_info = redemption.params.find("client_info") == Some("1");
    grant::grant_user(
        sim,
        now,
        redemption,
        &refresh.flow,
        user,
        refresh.spa_since,
        None,
        wants_client_info,
    )
}

fn by_device(sim: &mut Sim, now: Timestamp, redemption: &Redemption<'_>) -> Result<Value, Refusal> {
    let code = redemption
        .params
        .find("device_code")
        .or_else(|| redemption.params.find("code"))
        .ok_or_else(|| Refusal::missing("device_code"))?;
    if redemption.origin.is_some() {
        return Err(Refusal::only_spa_crosses_origins());
    }
    let (flow, tenant, user) = device::redeem(sim, now, code)?;
    let wants_client_info = redemption.params.find("client_info") == Some("1");
    grant::grant_user(
        sim,
        now,
        redemption,
        &flow,
        (tenant, user),
        None,
        None,
        wants_client_info,
    )
}

fn by_password(
    sim: &mut Sim,
    now: Timestamp,
    redemption: &Redemption<'_>,
) -> Result<Value, Refusal> {
    if redemption.origin.is_some() {
        return Err(Refusal::only_spa_crosses_origins());
    }
    let user = redemption.params.get("username")?;
    let password = redemption.params.get("password")?;
    let asked = Asked::parse(redemption.params.get("scope")?)?;
    let account = account::find_named(sim, redemption.host, redemption.authority.tenant(), user)
        .ok_or_else(|| Refusal::user_unknown(user, &redemption.authority.word()))?;
    if !redemption.client.is_public && !authenticate(sim, now, redemption, account.tenant)? {
        return Err(Refusal::secret_needed());
    }
    if !account.is_enabled {
        return Err(Refusal::user_disabled());
    }
    if password != account::PASSWORD {
        return Err(Refusal::password_wrong());
    }
    let flow = Flow {
        host: redemption.host.to_owned(),
        authority: redemption.authority,
        client: redemption.client.id,
        asked,
        // This flow sends no redirect; only the scopes are used.
        want: Want::Device(String::new()),
        prompt: None,
        hint: None,
        is_strong: false,
        is_cae_capable: false,
        account: Some((account.tenant, account.id)),
        consented: false,
        correlation: sim.rng.guid(),
    };
    let wants_client_info = redemption.params.find("client_info") == Some("1");
    grant::grant_user(
        sim,
        now,
        redemption,
        &flow,
        (account.tenant, account.id),
        None,
        None,
        wants_client_info,
    )
}

fn by_secret(sim: &mut Sim, now: Timestamp, redemption: &Redemption<'_>) -> Result<Value, Refusal> {
    // "Client credentials are refused whenever an Origin header is present": a browser cannot try secrets.
    if redemption.origin.is_some() {
        return Err(Refusal::only_spa_crosses_origins());
    }
    let tenant = redemption
        .authority
        .tenant()
        .ok_or_else(Refusal::no_tenant_named)?;
    if !authenticate(sim, now, redemption, tenant)? {
        return Err(Refusal::secret_needed_for_app());
    }
    let scope = redemption.params.get("scope")?;
    let asked = Asked::parse(scope)?;
    let one = match asked.resources.as_slice() {
        [one] if one.is_default() => one,
        _ => return Err(Refusal::app_scope_not_default(scope)),
    };
    let resource = resource::find(sim, tenant, one.uri.as_deref())?;
    let id = redemption.client.id.to_string();
    let principal = client::principal(sim, tenant, &redemption.client)
        .ok_or_else(|| Refusal::client_unknown(&id, &tenant.to_string()))?;
    if !client::is_enabled(sim, tenant, &redemption.client) {
        return Err(Refusal::client_disabled(&id));
    }
    let roles = consent::app_roles(sim, tenant, &redemption.client, resource.app);
    let seconds = sim.entra.modes.access_token_seconds.min(3599);
    let access = Access {
        tenant,
        client: &redemption.client,
        whose: Err(principal),
        audience: one.uri.clone().unwrap_or_else(|| resource.app.to_string()),
        resource: &resource,
        scopes: Vec::new(),
        roles,
        is_cae_capable: false,
        seconds,
    };
    let token = mint::access_token(sim, now, &access);
    let secret = redemption.secret.as_deref();
    let key = secret.and_then(|it| client::key_of(sim, tenant, &redemption.client, it));
    if let Some(key) = key {
        let sign_in = SignIn {
            at: now,
            client: redemption.client.id,
            resource: resource.app,
            by: SignedInBy::Secret(key),
        };
        sim.note_sign_in(now, tenant, sign_in);
    }
    Ok(json!({
        "token_type": "Bearer",
        "expires_in": seconds,
        "ext_expires_in": seconds,
        "access_token": token,
    }))
}

fn is_over(now: Timestamp, since: Timestamp, seconds: i64) -> bool {
    since
        .checked_add(seconds.seconds())
        .is_ok_and(|end| now >= end)
}

/// The client's correlation ID, or a new one.
pub(super) fn correlation(sim: &mut Sim, request: &HttpRequest) -> Uuid {
    header(request, "client-request-id")
        .map(ToOwned::to_owned)
        .or_else(|| {
            Params::query(request)
                .find("client-request-id")
                .map(ToOwned::to_owned)
        })
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| sim.rng.guid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rfc_7636_verifier_matches_its_challenge() {
        let challenge = Some(Challenge::S256(
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
        ));
        for (verifier, code) in [
            (Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), None),
            (
                Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"),
                Some(501_481),
            ),
            (Some("short"), Some(501_491)),
            (None, Some(900_144)),
        ] {
            assert_eq!(
                verify(&challenge, verifier).err().map(|no| no.code),
                code,
                "{verifier:?}"
            );
        }
    }
}
