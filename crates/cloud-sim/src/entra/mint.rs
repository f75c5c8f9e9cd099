//! Creates tokens. The caller has already decided who gets one.
//!
//! ID tokens are version 2. Access tokens of Microsoft Graph and Azure Resource Manager are version 1, regardless of the endpoint.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::ToSpan as _;
use serde_json::Value;
use serde_json::json;
use sha2::Digest as _;
use sha2::Sha256;

use crate::Caller;
use crate::Sim;
use crate::entra::account;
use crate::entra::account::Account;
use crate::entra::authority::issuer_v1;
use crate::entra::authority::issuer_v2;
use crate::entra::client;
use crate::entra::client::Client;
use crate::entra::flow::Flow;
use crate::entra::modes::IdTokenFault;
use crate::entra::resource::Resource;
use domain::ids::ObjectId;
use domain::ids::TenantId;

/// The ID token for a client, with the configured fault.
pub(super) fn id_token(
    sim: &mut Sim,
    now: Timestamp,
    flow: &Flow,
    nonce: Option<&str>,
    account: &Account,
) -> String {
    let client = flow.client.to_string();
    let tenant = account.tenant.to_string();
    let seconds = now.as_second();
    let mut claims = json!({
        "ver": "2.0",
        "iss": issuer_v2(&flow.host, &tenant),
        "sub": pairwise(&client, account.id),
        "aud": client,
        "exp": seconds + 3900,
        "iat": seconds,
        "nbf": seconds,
        "oid": account.id.to_string(),
        "tid": tenant,
        "rh": format!("1.{}", sim.rng.text(40)),
        "sid": sim.rng.guid().to_string(),
        "uti": sim.rng.text(22),
    });
    if flow.asked.profile {
        claims["name"] = account.name.clone().into();
        let name = sim.entra.modes.preferred_username.clone();
        claims["preferred_username"] = name.unwrap_or_else(|| account.user.clone()).into();
    }
    if flow.asked.email {
        claims["email"] = account.user.clone().into();
    }
    if let Some(nonce) = nonce {
        claims["nonce"] = nonce.into();
    }
    if client::find(sim, Some(account.tenant), flow.client)
        .is_some_and(|client| client.has_login_hint_claim)
    {
        claims["login_hint"] = login_hint(&account.user).into();
    }
    if let Some(age) = sim.entra.modes.auth_age {
        claims["auth_time"] = (seconds - age).into();
    }
    let fault = sim.entra.modes.id_token;
    let mut header = header(sim);
    spoil(fault, now, &mut header, &mut claims, &flow.host);
    let token = sim.signer().sign(&header, &claims);
    match fault {
        IdTokenFault::Garbage => "this is no token".to_owned(),
        IdTokenFault::Encrypted => format!("{token}.{}.{}", sim.rng.text(22), sim.rng.text(22)),
        IdTokenFault::WrongSignature => forged(&token),
        IdTokenFault::AlgNone => {
            let end = token.rfind('.').map_or(token.len(), |dot| dot + 1);
            token[..end].to_owned()
        }
        IdTokenFault::None
        | IdTokenFault::Absent
        | IdTokenFault::WrongNonce
        | IdTokenFault::NoNonce
        | IdTokenFault::WrongIssuer
        | IdTokenFault::TemplateIssuer
        | IdTokenFault::NoIssuer
        | IdTokenFault::WrongAudience
        | IdTokenFault::NoAudience
        | IdTokenFault::TwoAudiences
        | IdTokenFault::AudienceList
        | IdTokenFault::Expired
        | IdTokenFault::NoExpiry
        | IdTokenFault::NotYet
        | IdTokenFault::Stale
        | IdTokenFault::NoSubject
        | IdTokenFault::OtherTenant
        | IdTokenFault::OldVersion
        | IdTokenFault::AlgHs256
        | IdTokenFault::AlgEs256
        | IdTokenFault::AlgNull
        | IdTokenFault::WrongKid
        | IdTokenFault::NoKid
        | IdTokenFault::NoKidOfSeveral => token,
    }
}

/// The header of every token. A signer with real signatures signs with the first key that it lists.
pub(super) fn header(sim: &Sim) -> Value {
    let kid = sim.signer().keys()[0]["kid"]
        .as_str()
        .unwrap_or("simulated")
        .to_owned();
    json!({ "typ": "JWT", "alg": "RS256", "kid": kid })
}

fn spoil(fault: IdTokenFault, now: Timestamp, header: &mut Value, claims: &mut Value, host: &str) {
    let seconds = now.as_second();
    let other = "0f5c1f2e-9d0b-4c0a-8a57-3f1b6d2c4e11";
    let mut drop = |name: &str| {
        if let Some(members) = claims.as_object_mut() {
            members.remove(name);
        }
    };
    match fault {
        IdTokenFault::None
        | IdTokenFault::Absent
        | IdTokenFault::Garbage
        | IdTokenFault::Encrypted
        | IdTokenFault::WrongSignature => {}
        IdTokenFault::WrongNonce => claims["nonce"] = "of-another-attempt".into(),
        IdTokenFault::NoNonce => drop("nonce"),
        IdTokenFault::WrongIssuer => {
            claims["iss"] =
                issuer_v2("login.example", claims["tid"].as_str().unwrap_or_default()).into();
        }
        IdTokenFault::TemplateIssuer => claims["iss"] = issuer_v2(host, "{tenantid}").into(),
        IdTokenFault::NoIssuer => drop("iss"),
        IdTokenFault::WrongAudience => claims["aud"] = other.into(),
        IdTokenFault::NoAudience => drop("aud"),
        IdTokenFault::TwoAudiences => claims["aud"] = json!([claims["aud"], other]),
        IdTokenFault::AudienceList => claims["aud"] = json!([claims["aud"]]),
        IdTokenFault::Expired => claims["exp"] = json!(seconds - 3600),
        IdTokenFault::NoExpiry => drop("exp"),
        IdTokenFault::NotYet => {
            claims["nbf"] = json!(seconds + 3600);
            claims["iat"] = json!(seconds + 3600);
        }
        IdTokenFault::Stale => claims["iat"] = json!(seconds - 7 * 86400),
        IdTokenFault::NoSubject => drop("sub"),
        IdTokenFault::OtherTenant => {
            claims["tid"] = other.into();
            claims["iss"] = issuer_v2(host, other).into();
        }
        IdTokenFault::OldVersion => claims["ver"] = "1.0".into(),
        IdTokenFault::AlgNone => header["alg"] = "none".into(),
        IdTokenFault::AlgHs256 => header["alg"] = "HS256".into(),
        IdTokenFault::AlgEs256 => header["alg"] = "ES256".into(),
        IdTokenFault::AlgNull => header["alg"] = Value::Null,
        IdTokenFault::WrongKid => header["kid"] = "no-such-key".into(),
        IdTokenFault::NoKid | IdTokenFault::NoKidOfSeveral => {
            if let Some(members) = header.as_object_mut() {
                members.remove("kid");
            }
        }
    }
}

/// Makes the signature invalid.
fn forged(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap_or((token, ""));
    // One changed character is enough. The length stays the same.
    let first = if signature.starts_with('A') { "B" } else { "A" };
    let rest = signature.get(1..).unwrap_or_default();
    format!("{signed}.{first}{rest}")
}

pub(super) struct Access<'a> {
    pub(super) tenant: TenantId,
    pub(super) client: &'a Client,
    /// The user, or the client's own service principal.
    pub(super) whose: Result<&'a Account, ObjectId>,
    pub(super) resource: &'a Resource,
    /// The resource as spelled in the request.
    pub(super) audience: String,
    pub(super) scopes: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) is_cae_capable: bool,
    pub(super) seconds: u32,
}

/// Creates an access token and stores it, so that the services recognize it.
pub(super) fn access_token(sim: &mut Sim, now: Timestamp, access: &Access<'_>) -> String {
    let expires = now
        .checked_add(i64::from(access.seconds).seconds())
        .unwrap_or(now);
    let tenant = access.tenant.to_string();
    let client = access.client.id.to_string();
    let id = match access.whose {
        Ok(account) => account.id,
        Err(principal) => principal,
    };
    let (issuer, audience, version) = if access.resource.takes_v2 {
        let host = sim
            .tenant(access.tenant)
            .map_or("login.microsoftonline.com", |tenant| {
                tenant.cloud.login_host()
            });
        (
            issuer_v2(host, &tenant),
            access.resource.app.to_string(),
            "2.0",
        )
    } else {
        (issuer_v1(&tenant), access.audience.clone(), "1.0")
    };
    let mut claims = json!({
        "aud": audience,
        "iss": issuer,
        "iat": now.as_second(),
        "nbf": now.as_second(),
        "exp": expires.as_second(),
        "aio": sim.rng.text(32),
        "oid": id.to_string(),
        "rh": format!("1.{}", sim.rng.text(40)),
        "tid": tenant,
        "uti": sim.rng.text(22),
        "ver": version,
    });
    if version == "1.0" {
        claims["appid"] = client.clone().into();
        claims["appidacr"] = if access.whose.is_ok() { "0" } else { "1" }.into();
        claims["idp"] = issuer_v1(&tenant).into();
        claims["app_displayname"] = access.client.name.clone().into();
    } else {
        claims["azp"] = client.clone().into();
        claims["azpacr"] = if access.whose.is_ok() { "0" } else { "1" }.into();
    }
    match access.whose {
        Ok(account) => {
            claims["acr"] = "1".into();
            claims["amr"] = json!(["pwd"]);
            claims["idtyp"] = "user".into();
            claims["name"] = account.name.clone().into();
            claims["scp"] = access.scopes.join(" ").into();
            claims["sub"] = pairwise(&client, account.id).into();
            claims["unique_name"] = account.user.clone().into();
            claims["upn"] = account.user.clone().into();
            claims["wids"] = json!(account::role_templates(sim, access.tenant, account.id));
        }
        Err(principal) => {
            claims["idtyp"] = "app".into();
            claims["sub"] = principal.to_string().into();
            if !access.roles.is_empty() {
                claims["roles"] = json!(access.roles);
            }
        }
    }
    if access.is_cae_capable {
        claims["xms_cc"] = json!(["CP1"]);
    }
    let token = sim.signer().sign(&header(sim), &claims);
    let caller = Caller {
        tenant: access.tenant,
        app: access.client.id,
        oid: id,
        scopes: access.scopes.clone(),
        roles: access.roles.clone(),
        audience,
        expires,
    };
    sim.remember(now, &token, caller);
    token
}

/// `sub`: differs for each client, so clients cannot correlate a user.
fn pairwise(client: &str, user: ObjectId) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{client} {user}")))
}

fn login_hint(user: &str) -> String {
    format!("O.{}", URL_SAFE_NO_PAD.encode(user))
}

pub(super) fn user_of_hint(hint: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(hint.strip_prefix("O.")?).ok()?;
    String::from_utf8(bytes).ok()
}
