//! Parses the ID token of a sign-in and checks that it matches this sign-in.
//!
//! The signature is not verified: the token comes directly from Microsoft Entra ID over TLS, which OpenID Connect (section 3.1.3.7) accepts
//! instead. The token authorizes nothing. It only identifies the user and fixes the tenant.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::auth::account::Account;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use domain::json;
use domain::json::Object;
use domain::secret::Secret;

/// Allowed clock difference, in seconds.
const SLACK: i64 = 5 * 60;
/// Microsoft Entra ID may set the token's times five minutes early, for clients with a slow clock.
const PREDATED: i64 = 5 * 60;

/// Values that the token must match.
#[derive(Clone, Debug)]
pub struct Expected<'a> {
    /// Cloud of the sign-in.
    pub cloud: Cloud,
    /// Client ID of the page's own app.
    pub client_id: AppId,
    /// Expected tenant, if the user named one or it is known from before.
    pub tenant: Option<TenantId>,
    /// Nonce of the attempt; `None` for a renewed token.
    pub nonce: Option<&'a str>,
    /// Wall-clock time, for a token from a new sign-in. `None` for renewals, because the clock may have been changed since.
    pub now: Option<Timestamp>,
}

/// The signed-in user and tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Tenant that issued the token.
    pub tenant: TenantId,
    /// Account of the signed-in user.
    pub account: Account,
    /// Opaque hint for signing out this user, if the app registration requests that claim.
    pub login_hint: Option<String>,
    /// Seconds between entering the credentials and the token, if Microsoft Entra ID reports it.
    pub age: Option<i64>,
}

/// Why an ID token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdTokenFault {
    /// The response contains no ID token.
    Absent,
    /// Not a JSON Web Token, or a claim has the wrong type.
    Unreadable,
    /// The token is encrypted, so it is not for this page.
    Encrypted,
    /// The token is unsigned, or its algorithm is not one of Microsoft Entra ID's.
    Algorithm,
    /// A required claim is missing. Holds its name.
    Missing(&'static str),
    /// The token belongs to another attempt.
    Nonce,
    /// The token is for another app.
    Audience,
    /// The issuer is unknown or belongs to another cloud.
    Issuer,
    /// A new sign-in was requested, but the user entered the credentials before the request.
    AuthTime,
    /// The token's version is not 2.0.
    Version,
    /// The token is for another tenant than the requested one.
    Tenant(TenantId),
    /// The computer's clock is behind Microsoft's by this many seconds.
    ClockBehind(u64),
    /// The computer's clock is ahead of Microsoft's by this many seconds, or the token is old.
    ClockAhead(u64),
}

struct Header {
    alg: Option<String>,
    enc: Option<String>,
}

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            alg: object.take("alg")?,
            enc: object.take("enc")?,
        })
    }
}

#[derive(Default)]
struct Claims {
    aud: Option<Value>,
    iss: Option<String>,
    tid: Option<String>,
    oid: Option<String>,
    sub: Option<String>,
    nonce: Option<String>,
    ver: Option<String>,
    iat: Option<i64>,
    nbf: Option<i64>,
    exp: Option<i64>,
    preferred_username: Option<String>,
    name: Option<String>,
    login_hint: Option<String>,
    auth_time: Option<Value>,
}

impl<'de> Deserialize<'de> for Claims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let mut claims = Self::default();
        object.read("aud", &mut claims.aud)?;
        object.read("iss", &mut claims.iss)?;
        object.read("tid", &mut claims.tid)?;
        object.read("oid", &mut claims.oid)?;
        object.read("sub", &mut claims.sub)?;
        object.read("nonce", &mut claims.nonce)?;
        object.read("ver", &mut claims.ver)?;
        object.read("iat", &mut claims.iat)?;
        object.read("nbf", &mut claims.nbf)?;
        object.read("exp", &mut claims.exp)?;
        object.read("preferred_username", &mut claims.preferred_username)?;
        object.read("name", &mut claims.name)?;
        object.read("login_hint", &mut claims.login_hint)?;
        object.read("auth_time", &mut claims.auth_time)?;
        Ok(claims)
    }
}

/// Parses and validates an ID token.
pub fn read(token: &Secret, expected: &Expected<'_>) -> Result<Identity, IdTokenFault> {
    let claims = claims(token)?;
    let present = |value: Option<String>, name| value.ok_or(IdTokenFault::Missing(name));
    if let Some(nonce) = expected.nonce
        && present(claims.nonce, "nonce")? != nonce
    {
        return Err(IdTokenFault::Nonce);
    }
    let client_id = expected.client_id.to_string();
    let is_us = |audience: &str| audience.eq_ignore_ascii_case(&client_id);
    let for_us = match claims.aud.ok_or(IdTokenFault::Missing("aud"))? {
        Value::String(audience) => is_us(&audience),
        Value::Array(audiences) => {
            matches!(audiences.as_slice(), [Value::String(audience)] if is_us(audience))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            return Err(IdTokenFault::Unreadable);
        }
    };
    if !for_us {
        return Err(IdTokenFault::Audience);
    }
    if present(claims.ver, "ver")? != "2.0" {
        return Err(IdTokenFault::Version);
    }
    present(claims.sub, "sub")?;
    let tenant: TenantId = present(claims.tid, "tid")?
        .parse()
        .map_err(|_| IdTokenFault::Unreadable)?;
    if present(claims.iss, "iss")? != issuer(expected.cloud, tenant) {
        return Err(IdTokenFault::Issuer);
    }
    if expected.tenant.is_some_and(|wanted| wanted != tenant) {
        return Err(IdTokenFault::Tenant(tenant));
    }
    let made = claims.iat.ok_or(IdTokenFault::Missing("iat"))?;
    let ends = claims.exp.ok_or(IdTokenFault::Missing("exp"))?;
    if let Some(now) = expected.now {
        check_dates(now.as_second(), made, claims.nbf.unwrap_or(made), ends)?;
    }
    let object_id: ObjectId = present(claims.oid, "oid")?
        .parse()
        .map_err(|_| IdTokenFault::Unreadable)?;
    Ok(Identity {
        tenant,
        account: Account {
            name: claims
                .preferred_username
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| object_id.to_string()),
            display_name: claims.name.filter(|name| !name.is_empty()),
            object_id,
        },
        login_hint: claims.login_hint,
        // An optional claim, sent if the app registration lists it ("Optional claims reference", 2026-04-09).
        age: claims
            .auth_time
            .and_then(|at| at.as_i64())
            .map(|at| made.saturating_sub(at).max(0)),
    })
}

/// Issuer of a tenant's tokens in a cloud.
#[must_use]
pub fn issuer(cloud: Cloud, tenant: TenantId) -> String {
    format!("https://{}/{tenant}/v2.0", cloud.login_host())
}

fn check_dates(now: i64, made: i64, from: i64, ends: i64) -> Result<(), IdTokenFault> {
    let ahead = now.saturating_sub(made);
    if ahead < -SLACK || now < from.saturating_sub(SLACK) {
        let behind = made.max(from).saturating_sub(now);
        return Err(IdTokenFault::ClockBehind(behind.unsigned_abs()));
    }
    if ahead > SLACK + PREDATED || now > ends.saturating_add(SLACK) {
        let ahead = ahead.max(now.saturating_sub(ends));
        return Err(IdTokenFault::ClockAhead(ahead.unsigned_abs()));
    }
    Ok(())
}

fn claims(token: &Secret) -> Result<Claims, IdTokenFault> {
    let parts: Vec<&str> = token.expose().split('.').collect();
    let [header, payload, signature] = parts.as_slice() else {
        return Err(if parts.len() == 5 {
            IdTokenFault::Encrypted
        } else {
            IdTokenFault::Unreadable
        });
    };
    let header: Header = decoded(header)?;
    if header.enc.is_some() {
        return Err(IdTokenFault::Encrypted);
    }
    if header.alg.as_deref() != Some("RS256") || signature.is_empty() {
        return Err(IdTokenFault::Algorithm);
    }
    decoded(payload)
}

fn decoded<T: DeserializeOwned>(part: &str) -> Result<T, IdTokenFault> {
    let bytes = BASE64_URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| IdTokenFault::Unreadable)?;
    // A repeated claim makes the token invalid.
    json::read(&bytes).map_err(|_| IdTokenFault::Unreadable)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    use serde_json::Value;
    use serde_json::json;

    pub(crate) const TENANT: &str = "5e97358c-d99c-4558-af0c-de7774091dda";
    pub(crate) const CLIENT: &str = "1b730954-1685-4b74-9bfd-dac224a7b894";
    pub(crate) const PERSON: &str = "0a1b2c3d-0000-4444-8888-121212121212";
    const NOW: i64 = 1_790_676_000;

    /// A valid token with these claims changed (`null` removes one).
    pub(crate) fn token(changes: &Value) -> String {
        let mut claims = json!({
            "aud": CLIENT, "iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0"),
            "tid": TENANT, "oid": PERSON, "sub": "AAAA", "nonce": "n-1", "ver": "2.0",
            "iat": NOW - 300, "nbf": NOW - 300, "exp": NOW + 3600,
            "preferred_username": "ada@contoso.com", "name": "Ada Admin",
        });
        for (name, value) in changes.as_object().unwrap() {
            if value.is_null() {
                claims.as_object_mut().unwrap().remove(name);
            } else {
                claims[name] = value.clone();
            }
        }
        made_of(&json!({"typ": "JWT", "alg": "RS256", "kid": "k"}), &claims)
    }

    fn made_of(header: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.c2ln", part(header), part(claims))
    }

    fn check(token: String) -> Result<Identity, IdTokenFault> {
        let expected = Expected {
            cloud: Cloud::Public,
            client_id: CLIENT.parse().unwrap(),
            tenant: Some(TENANT.parse().unwrap()),
            nonce: Some("n-1"),
            now: Some(Timestamp::from_second(NOW).unwrap()),
        };
        read(&Secret::new(token), &expected)
    }

    #[track_caller]
    fn refused(changes: Value, fault: IdTokenFault) {
        assert_eq!(check(token(&changes)), Err(fault), "{changes}");
    }

    #[test]
    fn an_id_token_names_the_user_and_the_tenant() {
        let identity = check(token(&json!({}))).unwrap();
        assert_eq!(identity.tenant.to_string(), TENANT);
        assert_eq!(identity.account.name, "ada@contoso.com");
        assert_eq!(identity.account.display_name.as_deref(), Some("Ada Admin"));
        assert_eq!(identity.account.object_id.to_string(), PERSON);
        assert_eq!(identity.login_hint, None);
    }

    #[test]
    fn an_audience_can_be_a_list_with_one_entry() {
        assert!(check(token(&json!({"aud": [CLIENT]}))).is_ok());
        refused(json!({"aud": [CLIENT, "other"]}), IdTokenFault::Audience);
        refused(json!({"aud": []}), IdTokenFault::Audience);
        refused(json!({"aud": "other"}), IdTokenFault::Audience);
        refused(json!({"aud": 7}), IdTokenFault::Unreadable);
    }

    #[test]
    fn a_token_of_another_sign_in_is_refused() {
        refused(json!({"nonce": "n-2"}), IdTokenFault::Nonce);
        refused(json!({"ver": "1.0"}), IdTokenFault::Version);
        for issuer in [
            "https://sts.windows.net/5e97358c-d99c-4558-af0c-de7774091dda/",
            "https://login.microsoftonline.com/{tenantid}/v2.0",
            "https://login.microsoftonline.us/5e97358c-d99c-4558-af0c-de7774091dda/v2.0",
            "https://login.microsoftonline.com/5e97358c-d99c-4558-af0c-de7774091dda/v2.0/",
            "https://login.microsoftonline.com/11111111-d99c-4558-af0c-de7774091dda/v2.0",
            "https://evil.example/5e97358c-d99c-4558-af0c-de7774091dda/v2.0",
        ] {
            refused(json!({ "iss": issuer }), IdTokenFault::Issuer);
        }
        let other = "11111111-d99c-4558-af0c-de7774091dda";
        refused(
            json!({"tid": other, "iss": format!("https://login.microsoftonline.com/{other}/v2.0")}),
            IdTokenFault::Tenant(other.parse().unwrap()),
        );
        refused(json!({"tid": "common"}), IdTokenFault::Unreadable);
    }

    #[test]
    fn a_missing_required_claim_is_refused() {
        for name in [
            "nonce", "aud", "iss", "tid", "oid", "sub", "ver", "iat", "exp",
        ] {
            let mut changes = json!({});
            changes[name] = Value::Null;
            refused(changes, IdTokenFault::Missing(name));
        }
        let nameless = check(token(&json!({"preferred_username": null, "name": null}))).unwrap();
        assert_eq!(nameless.account.name, PERSON);
    }

    #[test]
    fn a_wrong_clock_is_reported_with_its_difference() {
        refused(
            json!({"iat": NOW + 3600, "nbf": NOW + 3600, "exp": NOW + 7200}),
            IdTokenFault::ClockBehind(3600),
        );
        refused(
            json!({"iat": NOW - 86_400, "nbf": NOW - 86_400, "exp": NOW - 82_800}),
            IdTokenFault::ClockAhead(86_400),
        );
        refused(
            json!({"iat": NOW - 604_800, "exp": NOW + 3600}),
            IdTokenFault::ClockAhead(604_800),
        );
        // Issued now, but already expired.
        refused(
            json!({"iat": NOW, "nbf": NOW, "exp": NOW - 301}),
            IdTokenFault::ClockAhead(301),
        );
        for slack in [-299, 0, 299] {
            assert!(check(token(&json!({"iat": NOW + slack, "nbf": NOW + slack}))).is_ok());
        }
        // Exact limit: five minutes of clock difference plus five minutes of early dating.
        for fits in [
            json!({"iat": NOW + 300, "nbf": NOW + 300}),
            json!({"iat": NOW - 600, "nbf": NOW - 600}),
            json!({"iat": NOW, "nbf": NOW, "exp": NOW - 300}),
        ] {
            assert!(check(token(&fits)).is_ok(), "{fits}");
        }
        for (early, late) in [(301, 0), (0, 301)] {
            refused(
                json!({"iat": NOW + early, "nbf": NOW + late}),
                IdTokenFault::ClockBehind(301),
            );
        }
        refused(
            json!({"iat": NOW - 601, "nbf": NOW - 601}),
            IdTokenFault::ClockAhead(601),
        );
        refused(
            json!({"iat": i64::MAX}),
            IdTokenFault::ClockBehind(i64::MAX.unsigned_abs() - NOW.unsigned_abs()),
        );
    }

    #[test]
    fn only_a_signed_readable_token_is_read() {
        let claims = json!({});
        for (header, fault) in [
            (json!({"alg": "none"}), IdTokenFault::Algorithm),
            (json!({"alg": "HS256"}), IdTokenFault::Algorithm),
            (json!({"alg": "ES256"}), IdTokenFault::Algorithm),
            (json!({"alg": null}), IdTokenFault::Algorithm),
            (json!({}), IdTokenFault::Algorithm),
            (
                json!({"alg": "RS256", "enc": "A256GCM"}),
                IdTokenFault::Encrypted,
            ),
            (json!([]), IdTokenFault::Unreadable),
        ] {
            assert_eq!(check(made_of(&header, &claims)), Err(fault), "{header}");
        }
        let whole = token(&json!({}));
        let unsigned = format!("{}.", whole.rsplit_once('.').unwrap().0);
        assert_eq!(check(unsigned), Err(IdTokenFault::Algorithm));
        for (text, fault) in [
            ("", IdTokenFault::Unreadable),
            ("a.b", IdTokenFault::Unreadable),
            ("a.b.c", IdTokenFault::Unreadable),
            ("a.b.c.d.e", IdTokenFault::Encrypted),
        ] {
            assert_eq!(check(text.to_owned()), Err(fault));
        }
        let twice = BASE64_URL_SAFE_NO_PAD.encode(r#"{"nonce":"n-1","nonce":"n-2"}"#);
        let header = whole.split_once('.').unwrap().0;
        assert_eq!(
            check(format!("{header}.{twice}.c2ln")),
            Err(IdTokenFault::Unreadable)
        );
    }
}
