//! Validates a token from the embedding page: its reported details and its own claims, if they can be read.

use std::str::FromStr;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Deserializer;

use crate::auth::account::Audience;
use crate::auth::embedding::fault::EmbeddingTokenError;
use crate::auth::pkce::Grant;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use domain::json;
use domain::json::Object;
use domain::platform::TokenResponse;

/// Maximum token length. Microsoft Entra ID's tokens have about 2,000 characters, and a few thousand with many groups.
const TOKEN_MAX: usize = 16 * 1024;
/// Maximum token lifetime in seconds ("Configurable token lifetimes in the Microsoft identity platform", 2025-05-01).
const LIFE_MAX: i64 = 24 * 60 * 60;

/// The token's own claims, if they can be read.
#[derive(Default)]
struct Claims {
    aud: Option<String>,
    iss: Option<String>,
    tid: Option<String>,
    oid: Option<String>,
    scp: Option<String>,
    exp: Option<i64>,
    name: Option<String>,
}

impl<'de> Deserialize<'de> for Claims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let mut claims = Self::default();
        object.read("aud", &mut claims.aud)?;
        object.read("iss", &mut claims.iss)?;
        object.read("tid", &mut claims.tid)?;
        object.read("oid", &mut claims.oid)?;
        object.read("scp", &mut claims.scp)?;
        object.read("exp", &mut claims.exp)?;
        // Version 1 tokens use `upn`, version 2 tokens `preferred_username`.
        object.read("upn", &mut claims.name)?;
        let newer: Option<String> = object.take("preferred_username")?;
        claims.name = newer.or(claims.name);
        Ok(claims)
    }
}

/// A validated token, with its tenant and account if known.
pub(super) struct Checked {
    pub(super) grant: Grant,
    pub(super) tenant: Option<TenantId>,
    pub(super) account: Option<ObjectId>,
    pub(super) name: Option<String>,
}

/// Compares the reported details with the token's claims. Where both are present, they must agree.
pub(super) fn check(
    given: TokenResponse,
    cloud: Cloud,
    audience: Audience,
    now: Timestamp,
) -> Result<Checked, EmbeddingTokenError> {
    let text = given.access.expose();
    // Accepts only characters that are safe in a header and cannot end it.
    if text.is_empty()
        || text.len() > TOKEN_MAX
        || !text.bytes().all(|byte| byte.is_ascii_graphic())
    {
        return Err(EmbeddingTokenError::Odd);
    }
    let claims = claims(text).unwrap_or_default();
    if let Some(aud) = &claims.aud
        && !is_for(aud, cloud, audience)
    {
        // Distinguishes the same service in another cloud from another service.
        let is_elsewhere = Cloud::ALL
            .into_iter()
            .any(|cloud| is_for(aud, cloud, audience));
        return Err(if is_elsewhere {
            EmbeddingTokenError::Cloud
        } else {
            EmbeddingTokenError::Audience(audience)
        });
    }
    // Microsoft Graph has the same ID in every cloud. Version 1 tokens of all clouds may have the same issuer; version 2 tokens do not.
    let is_of = |cloud: Cloud| {
        let issuer = claims.iss.as_deref().unwrap_or_default();
        issuer
            .strip_prefix("https://")
            .and_then(|rest| rest.strip_prefix(cloud.login_host()))
            .is_some_and(|rest| rest.starts_with('/'))
    };
    let login = cloud.login_host();
    if Cloud::ALL
        .into_iter()
        .any(|other| other.login_host() != login && is_of(other))
    {
        return Err(EmbeddingTokenError::Cloud);
    }
    let tenant = agreed(given.tenant, claims.tid)?;
    let account = agreed(given.account, claims.oid)?;
    let ends = given.ends.map(Timestamp::as_second).or(claims.exp);
    let left = ends.map(|ends| ends.saturating_sub(now.as_second()).min(LIFE_MAX));
    let lives = match left {
        Some(left) => Some(
            u64::try_from(left)
                .ok()
                .filter(|left| *left > 0)
                .map(Duration::from_secs)
                .ok_or(EmbeddingTokenError::Ended)?,
        ),
        None => None,
    };
    let scopes = match claims.scp {
        Some(scopes) => Some(scopes.split(' ').map(str::to_owned).collect()),
        None => given.scopes,
    };
    Ok(Checked {
        grant: Grant {
            access: given.access,
            refresh: None,
            id_token: None,
            lives,
            scopes,
        },
        tenant,
        account,
        name: given.name.or(claims.name).filter(|name| !name.is_empty()),
    })
}

/// The ID on which the reported details and the claims agree. Both must be valid.
fn agreed<T: FromStr + PartialEq>(
    said: Option<String>,
    read: Option<String>,
) -> Result<Option<T>, EmbeddingTokenError> {
    let parse = |text: Option<String>| text.map(|text| text.parse::<T>()).transpose();
    match (parse(said), parse(read)) {
        (Ok(Some(said)), Ok(Some(read))) if said != read => Err(EmbeddingTokenError::Disagrees),
        (Ok(said), Ok(read)) => Ok(read.or(said)),
        (Err(_), _) | (_, Err(_)) => Err(EmbeddingTokenError::Odd),
    }
}

/// Whether an audience means this service, in any of Microsoft Entra ID's spellings: the host, the host with a slash, the older host, or
/// the client ID ("Access token claims reference", 2025-04-29; "Azure Resource Manager" in "National clouds").
fn is_for(aud: &str, cloud: Cloud, audience: Audience) -> bool {
    let aud = aud.strip_suffix('/').unwrap_or(aud);
    aud.strip_prefix("https://").is_some_and(|host| {
        host == audience.host(cloud)
            || (audience == Audience::Arm && host == cloud.arm_audience_host())
    }) || aud.parse().is_ok_and(|id: AppId| id == audience.app_id())
}

/// The claims of a token; `None` if they cannot be read.
fn claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?;
    json::read(&bytes).ok()
}
