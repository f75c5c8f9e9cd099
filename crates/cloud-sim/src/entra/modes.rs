//! Switches: what the sign-in service does that it should not, or does not always do.
//!
//! The names follow the negative cases a relying party is certified against (OpenID Connect RP tests) and Microsoft's announcements.

use serde::Deserialize;
use serde::Serialize;

/// How the sign-in service behaves. The default is a service that does everything right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Modes {
    /// Sends `Cross-Origin-Opener-Policy` on its pages, as Microsoft announced for new registrations after 2027-01-31.
    pub coop: bool,
    /// What is wrong with the next id_tokens.
    pub id_token: IdTokenFault,
    /// What is wrong with the answers of the authorize endpoint.
    pub answer: AnswerFault,
    /// What is wrong with the answers of the token endpoint.
    pub token: TokenFault,
    /// What the tenant's policies demand at the token endpoint.
    pub policy: Policy,
    /// The tenant does not allow user consent: whatever is missing takes an administrator.
    pub no_user_consent: bool,
    /// How long access tokens live, in seconds.
    pub access_token_seconds: u32,
    /// What id_tokens say as `preferred_username`, instead of the sign-in name.
    pub preferred_username: Option<String>,
    /// Seconds since the credentials were typed, which id_tokens tell as `auth_time` where the registration lists that optional claim.
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

/// What is wrong with an id_token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdTokenFault {
    /// Nothing.
    #[default]
    None,
    /// There is none, though it was asked for.
    Absent,
    /// Not a token at all.
    Garbage,
    /// `nonce` of another attempt.
    WrongNonce,
    /// No `nonce`.
    NoNonce,
    /// `iss` of another host.
    WrongIssuer,
    /// `iss` with the literal text `{tenantid}`.
    TemplateIssuer,
    /// No `iss`.
    NoIssuer,
    /// `aud` is another client.
    WrongAudience,
    /// No `aud`.
    NoAudience,
    /// `aud` is a list with this client and another.
    TwoAudiences,
    /// `aud` is a list with this client alone, which is allowed.
    AudienceList,
    /// `exp` was an hour ago.
    Expired,
    /// No `exp`.
    NoExpiry,
    /// `nbf` and `iat` are an hour ahead.
    NotYet,
    /// `iat` is a week old.
    Stale,
    /// No `sub`.
    NoSubject,
    /// `tid` (and `iss`) of another tenant.
    OtherTenant,
    /// `ver` 1.0.
    OldVersion,
    /// A signature that does not verify.
    WrongSignature,
    /// `alg: none` and no signature.
    AlgNone,
    /// `alg: HS256`.
    AlgHs256,
    /// `alg: ES256`, with the signature of RS256.
    AlgEs256,
    /// `alg: null`.
    AlgNull,
    /// A `kid` that is not among the keys.
    WrongKid,
    /// No `kid`.
    NoKid,
    /// No `kid`, and the service publishes several keys.
    NoKidOfSeveral,
    /// Five parts, as an encrypted token has.
    Encrypted,
}

/// What is wrong with the answer of the authorize endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerFault {
    /// Nothing.
    #[default]
    None,
    /// `state` of another attempt.
    WrongState,
    /// No `state`.
    NoState,
    /// `state` twice.
    TwoStates,
    /// `code` and `error` together.
    CodeAndError,
    /// An `iss` parameter of another issuer (RFC 9207).
    WrongIss,
    /// A right `iss` parameter, which the service does not send today.
    RightIss,
    /// `error=server_error`.
    ServerError,
    /// `error=temporarily_unavailable`.
    Unavailable,
    /// An error whose description holds mark-up and text direction marks.
    HostileText,
    /// The refusal with this AADSTS number instead of a code.
    Refused(u32),
}

/// What is wrong with the answer of the token endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenFault {
    /// Nothing.
    #[default]
    None,
    /// Only the first of the permissions that were asked for is granted.
    SmallerScope,
    /// No `scope`.
    NoScope,
    /// No `expires_in`.
    NoExpiresIn,
    /// `token_type: bearer`, which is allowed.
    LowerCaseType,
    /// `token_type: pop`.
    OtherType,
    /// The access token is for another resource than the one that was asked for.
    OtherAudience,
    /// No refresh token, though it was asked for.
    NoRefresh,
    /// The refresh token is a revoked one.
    DeadRefresh,
    /// 200 with a page instead of JSON, as a captive portal answers.
    Page,
    /// 500.
    ServerError,
    /// 503 with AADSTS90033.
    Transient,
    /// The refusal with this AADSTS number instead of tokens.
    Refused(u32),
}

/// What the tenant's policies demand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Nothing beyond a sign-in.
    #[default]
    None,
    /// A second factor for Azure Resource Manager: AADSTS50076 with claims until they are asked for at the sign-in page.
    MfaForArm,
    /// Conditional Access blocks: AADSTS53003.
    Blocked,
    /// No token for Azure Resource Manager: the refusal with this AADSTS number.
    NoArm(u32),
}

#[cfg(test)]
mod tests {
    use super::IdTokenFault;
    use super::Modes;

    #[test]
    fn a_switch_is_named_in_kebab_case_and_the_rest_stays_right() {
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
