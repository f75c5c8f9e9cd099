//! Faults and options of the sign-in service.
//!
//! The names follow the negative cases of the certification for relying parties (OpenID Connect RP tests) and Microsoft's announcements.

use serde::Deserialize;
use serde::Serialize;

/// How the sign-in service behaves. With the defaults, it has no faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Modes {
    /// Sends `Cross-Origin-Opener-Policy` on its pages, as Microsoft announced for new registrations after 2027-01-31.
    pub coop: bool,
    pub id_token: IdTokenFault,
    /// Fault in the responses of the authorize endpoint.
    pub answer: AnswerFault,
    /// Fault in the responses of the token endpoint.
    pub token: TokenFault,
    /// What the tenant's policies require at the token endpoint.
    pub policy: Policy,
    /// The tenant does not allow user consent: missing consent needs an administrator.
    pub no_user_consent: bool,
    /// Lifetime of access tokens in seconds.
    pub access_token_seconds: u32,
    /// `preferred_username` in ID tokens, in place of the sign-in name.
    pub preferred_username: Option<String>,
    /// Seconds since the user entered the credentials. ID tokens contain it as `auth_time` if the registration lists that optional claim.
    pub auth_age: Option<i64>,
}

impl Default for Modes {
    fn default() -> Self {
        Self {
            coop: true,
            id_token: IdTokenFault::None,
            answer: AnswerFault::None,
            token: TokenFault::None,
            policy: Policy::None,
            no_user_consent: false,
            access_token_seconds: 4800,
            preferred_username: None,
            auth_age: None,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdTokenFault {
    #[default]
    None,
    /// Missing although requested.
    Absent,
    /// Not a token.
    Garbage,
    /// `nonce` of another attempt.
    WrongNonce,
    NoNonce,
    /// `iss` of another host.
    WrongIssuer,
    /// `iss` with the literal text `{tenantid}`.
    TemplateIssuer,
    NoIssuer,
    /// `aud` is another client.
    WrongAudience,
    NoAudience,
    /// `aud` is a list with this client and another.
    TwoAudiences,
    /// `aud` is a list with only this client, which is valid.
    AudienceList,
    /// `exp` was an hour ago.
    Expired,
    NoExpiry,
    /// `nbf` and `iat` are an hour ahead.
    NotYet,
    /// `iat` is a week old.
    Stale,
    NoSubject,
    /// `tid` (and `iss`) of another tenant.
    OtherTenant,
    /// `ver` 1.0.
    OldVersion,
    /// The signature is invalid.
    WrongSignature,
    /// `alg: none` and no signature.
    AlgNone,
    AlgHs256,
    /// `alg: ES256`, with the signature of RS256.
    AlgEs256,
    AlgNull,
    /// The `kid` is not among the published keys.
    WrongKid,
    NoKid,
    /// No `kid`, although the service publishes several keys.
    NoKidOfSeveral,
    /// Five parts, like an encrypted token.
    Encrypted,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerFault {
    #[default]
    None,
    /// `state` of another attempt.
    WrongState,
    NoState,
    /// `state` appears twice.
    TwoStates,
    /// `code` and `error` together.
    CodeAndError,
    /// An `iss` parameter of another issuer (RFC 9207).
    WrongIss,
    /// The correct `iss` parameter, which the service does not send today.
    RightIss,
    /// `error=server_error`.
    ServerError,
    /// `error=temporarily_unavailable`.
    Unavailable,
    /// An error description with HTML markup and text direction characters.
    HostileText,
    /// The error with this AADSTS number instead of a code.
    Refused(u32),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenFault {
    #[default]
    None,
    /// Only the first requested permission is granted.
    SmallerScope,
    NoScope,
    NoExpiresIn,
    /// `token_type: bearer`, which is valid.
    LowerCaseType,
    /// `token_type: pop`.
    OtherType,
    /// The access token is for another resource than the requested one.
    OtherAudience,
    /// No refresh token, although requested.
    NoRefresh,
    /// The refresh token is already revoked.
    DeadRefresh,
    /// 200 with an HTML page instead of JSON, as from a captive portal.
    Page,
    /// Status 500.
    ServerError,
    /// 503 with AADSTS90033.
    Transient,
    /// The error with this AADSTS number instead of tokens.
    Refused(u32),
}

/// What the tenant's policies require.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Nothing beyond the sign-in.
    #[default]
    None,
    /// Multifactor authentication for Azure Resource Manager: AADSTS50076 with claims, until the client requests them at the sign-in page.
    MfaForArm,
    /// Conditional Access blocks the sign-in: AADSTS53003.
    Blocked,
    /// No token for Azure Resource Manager: the error with this AADSTS number.
    NoArm(u32),
}

#[cfg(test)]
mod tests {
    use super::IdTokenFault;
    use super::Modes;

    #[test]
    fn modes_use_kebab_case_values_and_keep_other_defaults() {
        let modes: Modes =
            serde_json::from_str(r#"{"id_token":"wrong-nonce","coop":false}"#).unwrap();
        assert_eq!(modes.id_token, IdTokenFault::WrongNonce);
        assert_eq!(
            modes,
            Modes {
                coop: false,
                id_token: IdTokenFault::WrongNonce,
                ..Modes::default()
            }
        );
        assert!(serde_json::from_str::<Modes>(r#"{"id-token":"none"}"#).is_err());
    }
}
