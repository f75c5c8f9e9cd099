//! Errors about a grant: a code, a refresh token, a device code.

use jiff::Timestamp;

use crate::entra::refusal::Refusal;

impl Refusal {
    pub(in crate::entra) fn verifier_size() -> Self {
        Self::new(
            501_491,
            "invalid_grant",
            "Invalid size of Code_Verifier parameter.",
        )
    }

    pub(in crate::entra) fn verifier_wrong() -> Self {
        Self::new(
            501_481,
            "invalid_grant",
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        )
    }

    pub(in crate::entra) fn grant_type_unsupported(word: &str) -> Self {
        Self::new(
            70003,
            "unsupported_grant_type",
            format!("The app requested an unsupported grant type '{word}'."),
        )
    }

    pub(in crate::entra) fn grant_broken() -> Self {
        Self::new(
            70000,
            "invalid_grant",
            "Provided grant is invalid or malformed.",
        )
    }

    pub(in crate::entra) fn code_spent() -> Self {
        Self::new(
            54005,
            "invalid_grant",
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
        )
    }

    pub(in crate::entra) fn grant_expired() -> Self {
        Self::new(
            70008,
            "invalid_grant",
            "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request \
             for this user and resource.",
        )
    }

    pub(in crate::entra) fn grant_of_other_client() -> Self {
        Self::new(
            700_005,
            "invalid_grant",
            "Provided Authorization Code is intended to use against other tenant, thus rejected.",
        )
    }

    pub(in crate::entra) fn spa_day_over(issued: Timestamp) -> Self {
        Self::new(
            700_084,
            "invalid_grant",
            format!(
                "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which \
                 can't be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was \
                 issued on {issued}."
            ),
        )
    }

    pub(in crate::entra) fn session_revoked() -> Self {
        Self {
            suberror: Some("bad_token"),
            ..Self::new(
                50173,
                "invalid_grant",
                "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset \
                 their password.",
            )
        }
    }

    pub(in crate::entra) fn device_pending() -> Self {
        Self::new(
            70016,
            "authorization_pending",
            "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
        )
    }

    pub(in crate::entra) fn device_declined() -> Self {
        Self::new(
            70018,
            "authorization_declined",
            "OAuth 2.0 device flow error. The end-user denied the authorization request.",
        )
    }

    pub(in crate::entra) fn device_expired() -> Self {
        Self::new(
            70020,
            "expired_token",
            "OAuth 2.0 device flow error. The device code has expired.",
        )
    }

    pub(in crate::entra) fn device_unknown() -> Self {
        Self::new(
            70019,
            "bad_verification_code",
            "The provided device code is not recognized.",
        )
    }
}
