//! Tokens for a user: an access token for one resource, a refresh token, an ID token.

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::Sim;
use crate::directory::sign_in_reports::SignIn;
use crate::directory::sign_in_reports::SignedInBy;
use crate::entra::account;
use crate::entra::authority::cloud_of;
use crate::entra::authorize;
use crate::entra::client;
use crate::entra::consent;
use crate::entra::flow::Flow;
use crate::entra::mint;
use crate::entra::mint::Access;
use crate::entra::modes::IdTokenFault;
use crate::entra::modes::Policy;
use crate::entra::modes::TokenFault;
use crate::entra::need;
use crate::entra::refusal::Refusal;
use crate::entra::reply;
use crate::entra::resource;
use crate::entra::scope::Asked;
use crate::entra::state::Refresh;
use crate::entra::token::Redemption;
use crate::entra::token::SPA_SECONDS;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::TenantId;

/// Issues the tokens for a user, after any grant type.
#[expect(
    clippy::too_many_arguments,
    reason = "all grants of a user end in this one function"
)]
pub(super) fn grant_user(
    sim: &mut Sim,
    now: Timestamp,
    redemption: &Redemption<'_>,
    flow: &Flow,
    (tenant, user): (TenantId, ObjectId),
    spa_since: Option<Timestamp>,
    nonce: Option<&str>,
    wants_client_info: bool,
) -> Result<Value, Refusal> {
    let account = account::find(sim, tenant, user).ok_or_else(Refusal::session_revoked)?;
    if !account.is_enabled {
        return Err(Refusal::user_disabled());
    }
    let (is_strong, is_cae_capable) = authorize::read_claims(redemption.params.find("claims"))?;
    let spelled = redemption.params.find("scope");
    let mut asked = match spelled {
        Some(scope) => Asked::parse(scope)?,
        None => flow.asked.clone(),
    };
    if spelled.is_none() {
        // Without a scope, the request is for the first resource of the sign-in.
        asked.resources.truncate(1);
    }
    one_resource_only(sim, tenant, &asked, spelled.unwrap_or_default())?;
    let client = &redemption.client;
    let id = client.id.to_string();
    if !asked.openid && !asked.offline_access && asked.resources.is_empty() {
        return Err(Refusal::scope_missing());
    }
    let uri = asked.resources.first().and_then(|one| one.uri.clone());
    let resource = resource::find(sim, tenant, uri.as_deref())?;
    if !client::is_enabled(sim, tenant, client) {
        return Err(Refusal::client_disabled(&id));
    }
    demand(sim, flow, resource.app, is_strong)?;
    let given = consent::granted(sim, tenant, client, resource.app, Some(user));
    let wanted = need::wanted(sim, client, &account, &asked)?;
    if let Some(refusal) = need::unassigned(sim, client, &account, &wanted) {
        return Err(refusal);
    }
    for wanted in wanted {
        if wanted.resource.app == resource.app
            && !wanted.permissions.iter().all(|value| given.contains(value))
        {
            return Err(Refusal::consent_needed(&id, &client.name));
        }
    }
    let fault = sim.entra.modes.token;
    let mut scopes: Vec<String> = given.into_iter().collect();
    if fault == TokenFault::SmallerScope {
        let first = asked
            .resources
            .first()
            .and_then(|one| one.permissions.first())
            .cloned();
        scopes.retain(|value| resource::is_openid_word(value) || Some(value) == first.as_ref());
    }
    scopes.retain(|value| value != "offline_access");
    let scope = spell(&scopes, uri.as_deref(), &asked);
    let other =
        (fault == TokenFault::OtherAudience).then(|| other_resource(sim, tenant, resource.app));
    let seconds = sim.entra.modes.access_token_seconds;
    let access = Access {
        tenant,
        client,
        whose: Ok(&account),
        audience: other
            .or_else(|| uri.clone())
            .unwrap_or_else(|| resource.app.to_string()),
        resource: &resource,
        scopes,
        roles: Vec::new(),
        is_cae_capable: is_cae_capable || flow.is_cae_capable,
        seconds,
    };
    let token = mint::access_token(sim, now, &access);
    let sign_in = SignIn {
        at: now,
        client: client.id,
        resource: resource.app,
        by: SignedInBy::User,
    };
    sim.note_sign_in(now, tenant, sign_in);
    let mut body = json!({
        "token_type": "Bearer",
        "scope": scope,
        "expires_in": seconds,
        "ext_expires_in": seconds,
        "access_token": token,
    });
    if asked.offline_access || flow.asked.offline_access {
        let text = format!("1.{}", sim.rng.text(200));
        body["refresh_token"] = text.clone().into();
        if let Some(since) = spa_since {
            let end = since.as_second() + SPA_SECONDS;
            body["refresh_token_expires_in"] = json!(end - now.as_second());
        }
        let mut kept = flow.clone();
        kept.asked.offline_access = true;
        kept.is_strong |= is_strong;
        sim.entra.refresh_tokens.insert(
            text,
            Refresh {
                flow: kept,
                tenant,
                user,
                issued: now,
                spa_since,
                is_confidential: redemption.has_proof(),
                is_revoked: fault == TokenFault::DeadRefresh,
            },
        );
    }
    if (asked.openid || flow.asked.openid) && sim.entra.modes.id_token != IdTokenFault::Absent {
        let mut named = flow.clone();
        named.asked.profile |= asked.profile;
        named.asked.email |= asked.email;
        body["id_token"] = mint::id_token(sim, now, &named, nonce, &account).into();
    }
    if wants_client_info || redemption.params.find("client_info") == Some("1") {
        body["client_info"] = reply::client_info(&account).into();
    }
    spoil(fault, &mut body);
    Ok(body)
}

fn spoil(fault: TokenFault, body: &mut Value) {
    let Some(members) = body.as_object_mut() else {
        return;
    };
    match fault {
        TokenFault::NoScope => {
            members.remove("scope");
        }
        TokenFault::NoExpiresIn => {
            members.remove("expires_in");
            members.remove("ext_expires_in");
        }
        TokenFault::LowerCaseType => {
            members.insert("token_type".to_owned(), "bearer".into());
        }
        TokenFault::OtherType => {
            members.insert("token_type".to_owned(), "pop".into());
        }
        TokenFault::NoRefresh => {
            members.remove("refresh_token");
        }
        // The other faults are injected elsewhere: in the permissions, the audience, or the refresh token, or they replace the response.
        TokenFault::None
        | TokenFault::SmallerScope
        | TokenFault::OtherAudience
        | TokenFault::DeadRefresh
        | TokenFault::Page
        | TokenFault::ServerError
        | TokenFault::Transient
        | TokenFault::Refused(_) => {}
    }
}

/// Checks the requirements of the tenant's policies for this token.
fn demand(sim: &Sim, flow: &Flow, resource: AppId, is_strong: bool) -> Result<(), Refusal> {
    match sim.entra.modes.policy {
        Policy::Blocked => Err(Refusal::blocked_by_policy()),
        Policy::MfaForArm if resource == resource::ARM && !flow.is_strong && !is_strong => {
            Err(Refusal::mfa_needed(
                r#"{"access_token":{"capolids":{"essential":true,"values":["6b0c8a4e-6f2e-4a39-9c55-0b1f0e1f5a10"]}}}"#,
            ))
        }
        Policy::NoArm(code) if resource == resource::ARM => Err(Refusal::numbered(code)),
        Policy::MfaForArm | Policy::NoArm(_) | Policy::None => Ok(()),
    }
}

/// A token request can have only one resource (AADSTS28000).
fn one_resource_only(
    sim: &Sim,
    tenant: TenantId,
    asked: &Asked,
    scope: &str,
) -> Result<(), Refusal> {
    let mut apps = Vec::new();
    for one in &asked.resources {
        apps.push(resource::find(sim, tenant, one.uri.as_deref())?.app);
    }
    apps.dedup();
    if apps.len() > 1 {
        return Err(Refusal::two_resources(scope));
    }
    Ok(())
}

/// The `scope` of the response, with the resource spelled as in the request.
fn spell(scopes: &[String], uri: Option<&str>, asked: &Asked) -> String {
    let mut words: Vec<String> = scopes
        .iter()
        .map(|value| match uri {
            Some(uri) if !resource::is_openid_word(value) => format!("{uri}/{value}"),
            _ => value.clone(),
        })
        .collect();
    if let Some(uri) = uri
        && asked.resources.iter().any(|one| one.is_default())
    {
        words.push(format!("{uri}/.default"));
    }
    words.join(" ")
}

fn other_resource(sim: &Sim, tenant: TenantId, not: AppId) -> String {
    let cloud: Cloud = cloud_of(sim, tenant);
    if not == resource::ARM {
        format!("https://{}", cloud.graph_host())
    } else {
        format!("https://{}", cloud.arm_host())
    }
}
