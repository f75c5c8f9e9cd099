//! Reads the challenge in a 401 or 403 response: it requires a new token, or a sign-in with specific claims.
//!
//! This product does not declare the client capability for continuous access evaluation, so challenges come only from Conditional Access
//! (authentication context). The page handles every challenge.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::GeneralPurpose;
use base64::engine::GeneralPurposeConfig;
use http_auth::ChallengeParser;

use crate::net::ApiError;
use domain::json;

/// Services send challenges with and without padding.
const EITHER_PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, EITHER_PADDING);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, EITHER_PADDING);

/// The service did not accept the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Claims that the next token must have, as a JSON object. `None`: any new token works, or the browser hides the header.
    pub claims: Option<String>,
}

impl Challenge {
    /// The challenge in an error response. `None` if a new token would not help.
    #[must_use]
    pub fn of(refusal: &ApiError) -> Option<Self> {
        let claims = refusal.www_authenticate.as_deref().and_then(claims);
        match refusal.status {
            // The token is for another tenant, which renewing it does not change.
            401 if refusal.code == "InvalidAuthenticationTokenTenant" => None,
            401 => Some(Self { claims }),
            // Graph answers some Conditional Access challenges with 403.
            403 => claims.map(|claims| Self {
                claims: Some(claims),
            }),
            _ => None,
        }
    }
}

/// Claims of the first Bearer challenge that has readable claims.
fn claims(header: &str) -> Option<String> {
    ChallengeParser::new(header)
        .map_while(Result::ok)
        .filter(|challenge| challenge.scheme.eq_ignore_ascii_case("Bearer"))
        .find_map(|challenge| {
            let parameter = |wanted: &str| {
                challenge
                    .params
                    .iter()
                    .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                    .map(|(_, value)| value.to_unescaped())
            };
            if parameter("error")? != "insufficient_claims" {
                return None;
            }
            json_object(&parameter("claims")?)
        })
}

fn json_object(text: &str) -> Option<String> {
    let bytes = STANDARD
        .decode(text)
        .or_else(|_| URL_SAFE.decode(text))
        .ok()?;
    let value = json::parse(&bytes).ok()?;
    value.is_object().then(|| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn asks(status: u16, header: Option<&str>, expected: Option<Option<&str>>) {
        let refusal = ApiError {
            status,
            www_authenticate: header.map(str::to_owned),
            ..ApiError::default()
        };
        let claims = Challenge::of(&refusal).map(|challenge| challenge.claims);
        assert_eq!(
            claims,
            expected.map(|claims| claims.map(str::to_owned)),
            "{header:?}"
        );
    }

    /// `{"access_token":{"acrs":{"essential":true,"value":"c1"}}}`
    const ENCODED: &str =
        "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19";
    const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

    #[test]
    fn claims_are_read_from_a_bearer_challenge() {
        for header in [
            format!(
                r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000", error="insufficient_claims", claims="{ENCODED}""#
            ),
            format!(r#"bearer error="insufficient_claims",claims="{ENCODED}""#),
            format!(r#"Bearer error=insufficient_claims, claims={ENCODED}"#),
            format!(
                r#"Basic realm="a, error=\"x\"", Bearer error="insufficient_claims", claims="{ENCODED}""#
            ),
        ] {
            asks(401, Some(&header), Some(Some(CLAIMS)));
            asks(403, Some(&header), Some(Some(CLAIMS)));
        }
    }

    #[test]
    fn claims_are_read_in_every_base64_variant() {
        for (encoded, claims) in [
            ("eyJhIjoxfQ==", r#"{"a":1}"#),
            ("eyJhIjoxfQ", r#"{"a":1}"#),
            ("eyJhIjoi8J+YgD8ifQ==", "{\"a\":\"\u{1f600}?\"}"),
            ("eyJhIjoi8J-YgD8ifQ", "{\"a\":\"\u{1f600}?\"}"),
        ] {
            let header = format!(r#"Bearer error="insufficient_claims", claims="{encoded}""#);
            asks(401, Some(&header), Some(Some(claims)));
        }
    }

    #[test]
    fn an_unreadable_challenge_only_requests_a_new_token() {
        for header in [
            None,
            Some(""),
            Some("Bearer"),
            Some(r#"Bearer error="invalid_token""#),
            Some(r#"Bearer error="invalid_token", claims="eyJhIjoxfQ==""#),
            Some(r#"Bearer error="insufficient_claims""#),
            Some(r#"Bearer error="insufficient_claims", claims="%%%""#),
            Some(r#"Bearer error="insufficient_claims", claims="W10=""#),
            Some(r#"Bearer error="insufficient_claims", claims="bm90IGpzb24=""#),
            Some(r#"Bearer error="insufficient_claims", claims="eyJhIjoxfQ==" garbage"#),
            Some(r#"Digest error="insufficient_claims", claims="eyJhIjoxfQ==""#),
        ] {
            asks(401, header, Some(None));
            asks(403, header, None);
        }
    }

    #[test]
    fn other_errors_do_not_request_a_new_token() {
        asks(400, None, None);
        asks(404, None, None);
        let elsewhere = ApiError {
            status: 401,
            code: "InvalidAuthenticationTokenTenant".to_owned(),
            ..ApiError::default()
        };
        assert_eq!(Challenge::of(&elsewhere), None);
    }
}
