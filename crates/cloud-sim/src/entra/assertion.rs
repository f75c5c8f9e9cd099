//! `client_assertion`: a client authenticates with a token that is signed with the key of a certificate of its application.
//!
//! "Microsoft identity platform application authentication certificate credentials" (2026-08): RS256 or PS256, audience is the token
//! endpoint, issuer and subject are the client.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;
use sha2::Digest as _;
use sha2::Sha256;

use crate::Sim;
use crate::entra::authority::Authority;
use crate::entra::client;
use crate::entra::refusal::Refusal;
use crate::entra::resource::elements;
use crate::entra::token::Redemption;
use domain::ids::TenantId;

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// Allowed clock skew in seconds.
const SKEW: f64 = 300.0;

/// Validates the client assertion of a request.
pub(super) fn check(
    sim: &Sim,
    now: Timestamp,
    tenant: TenantId,
    redemption: &Redemption<'_>,
    assertion: &str,
) -> Result<(), Refusal> {
    if redemption.params.get("client_assertion_type")? != TYPE {
        return Err(Refusal::assertion_type());
    }
    let (signed, signature) = assertion
        .rsplit_once('.')
        .ok_or_else(Refusal::assertion_broken)?;
    let (header, claims) = signed
        .split_once('.')
        .ok_or_else(Refusal::assertion_broken)?;
    let (header, claims) = (part(header)?, part(claims)?);
    let signature = URL_SAFE_NO_PAD
        .decode(signature)
        .map_err(|_| Refusal::assertion_broken())?;
    let id = redemption.client.id.to_string();
    for claim in ["iss", "sub"] {
        if claims[claim] != id.as_str() {
            return Err(Refusal::assertion_of_other_client(&id));
        }
    }
    if !is_for(
        sim,
        redemption,
        tenant,
        claims["aud"].as_str().unwrap_or_default(),
    ) {
        return Err(Refusal::assertion_audience());
    }
    // Some clients send fractions of a second.
    let moment = |name: &str| claims[name].as_f64();
    let seconds = now.as_duration().as_secs_f64();
    let is_over = moment("exp").is_none_or(|end| end + SKEW <= seconds);
    if is_over || moment("nbf").is_some_and(|start| start - SKEW > seconds) {
        return Err(Refusal::assertion_time());
    }
    let algorithm = header["alg"].as_str().unwrap_or_default();
    if !["RS256", "PS256"].contains(&algorithm) {
        return Err(Refusal::assertion_signature(&id));
    }
    let wanted = header["x5t#S256"].as_str();
    let certificates = client::certificates(sim, now, tenant, &redemption.client);
    let is_right = certificates.iter().any(|certificate| {
        let thumbprint = URL_SAFE_NO_PAD.encode(Sha256::digest(certificate));
        wanted.is_none_or(|wanted| wanted.trim_end_matches('=') == thumbprint)
            && sim
                .signer()
                .verifies(certificate, algorithm, signed.as_bytes(), &signature)
    });
    if is_right {
        Ok(())
    } else {
        Err(Refusal::assertion_signature(&id))
    }
}

fn part(text: &str) -> Result<Value, Refusal> {
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| Refusal::assertion_broken())?;
    serde_json::from_slice(&bytes).map_err(|_| Refusal::assertion_broken())
}

/// Whether the audience is a token endpoint or the issuer of this tenant.
fn is_for(sim: &Sim, redemption: &Redemption<'_>, tenant: TenantId, audience: &str) -> bool {
    let Some(rest) = audience.strip_prefix(&format!("https://{}/", redemption.host)) else {
        return false;
    };
    let (word, place) = rest.split_once('/').unwrap_or((rest, ""));
    let named = Authority::find(sim, redemption.host, word);
    let is_endpoint = ["oauth2/v2.0/token", "oauth2/token", "v2.0", ""].contains(&place);
    is_endpoint && named.is_ok_and(|named| named.tenant().is_none_or(|named| named == tenant))
}

/// The certificates (DER) of these keys that have not expired.
pub(super) fn good(keys: &Value, now: Timestamp) -> Vec<Vec<u8>> {
    let end = |key: &Value| key["endDateTime"].as_str()?.parse::<Timestamp>().ok();
    elements(keys)
        .filter(|key| end(key).is_none_or(|end| end > now))
        .filter_map(|key| STANDARD.decode(key["key"].as_str()?).ok())
        .collect()
}
