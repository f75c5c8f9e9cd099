//! Classifies Microsoft Entra ID errors: the `AADSTS` number decides the reaction, the error text is kept as data.
//!
//! Sources: "Microsoft Entra authentication and authorization error codes" (2024-04-24) and "Troubleshooting sign-in problems with
//! Conditional Access" (2025-03-04), both read 2026-11. A number is listed only if Microsoft documents one cause for it; for numbers with
//! several causes, the text decides. Every other number is `Other`: the OAuth error code counts only if there is no number.

use crate::locale::Locale;

/// Maximum length of the error text that is kept. Real texts have a few hundred characters.
const LONGEST: usize = 2_000;

/// Phrases in the texts of AADSTS90093 that are about consent.
const CONSENT: [&str; 3] = [
    "cannot consent",
    "not authorized to grant",
    "can only be performed by an administrator",
];

/// What an error means for the signed-in user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntraReason {
    /// The user selected Cancel or declined the permissions.
    Declined,
    /// An admin must consent first.
    ConsentNeeded,
    /// Another sign-in step is required: stronger authentication or device enrollment.
    StrongerSignIn,
    /// A policy blocks the sign-in: Conditional Access, token protection, security defaults, tenant restrictions, or cross-tenant access.
    Blocked,
    /// Microsoft blocked the tenant because it was inactive.
    TenantBlocked,
    /// The object quota of the tenant or the account is used up.
    QuotaExceeded,
    /// The sign-in session has ended.
    SessionOver,
    /// Microsoft Entra ID received the same request too often in a row.
    Loop,
    /// The redirect URI is not registered on the page's app.
    RedirectMismatch,
    /// The tenant does not know the page's app.
    AppUnknown,
    /// The tenant does not exist in this cloud.
    TenantUnknown,
    /// The tenant is in another national cloud.
    OtherCloud,
    /// The account is not a member or a guest of the tenant.
    ForeignAccount,
    /// The account, the page's app, or a requested service is disabled in the tenant.
    Disabled,
    /// The app requires user assignment, and the user is not assigned.
    NotAssigned,
    /// The app is single-tenant, and the request named no tenant.
    SingleTenant,
    /// The tenant lacks Microsoft Graph or Azure Resource Manager, or the app may not request it.
    ServiceMissing,
    /// The redirect URI is registered as "Web" or "Mobile" instead of "Single-page application".
    WrongPlatform,
    /// Microsoft Entra ID is overloaded or failing.
    Busy,
    /// The authorization code expired or was already redeemed.
    CodeSpent,
    /// The page sent an invalid request.
    OurFault,
    /// Any other error: the page shows Microsoft's text.
    Other,
}

impl EntraReason {
    /// Meaning of an `AADSTS` number. The text is read only for numbers with several causes.
    #[must_use]
    pub fn of_number(code: u32, text: &str) -> Self {
        let says = |part: &str| text.contains(part);
        match code {
            65004 => Self::Declined,
            65001 | 90094 | 90095 => Self::ConsentNeeded,
            // "Graph returned with a forbidden error code": the text says what Graph refused.
            90093 if says("quota") => Self::QuotaExceeded,
            90093 if CONSENT.into_iter().any(says) => Self::ConsentNeeded,
            50072 | 50074 | 50076 | 50078 | 50079 | 50158 => Self::StrongerSignIn,
            50131
            | 53000..=53005
            | 53009..=53011
            | 500_021
            | 500_022
            | 500_212
            | 500_213
            | 530_003
            | 530_021
            | 530_032
            | 530_034
            | 530_035
            | 530_084 => Self::Blocked,
            // "Tenant inaccessible due to inactivity" (2024-09-03).
            5_000_225 => Self::TenantBlocked,
            50058 | 50132 | 50133 | 50173 | 70043 | 700_081 | 700_082 | 700_084 => {
                Self::SessionOver
            }
            50196 => Self::Loop,
            50011 | 500_113 => Self::RedirectMismatch,
            700_016 | 700_011 => Self::AppUnknown,
            // The table of error codes says "disabled", its own article "not found in directory".
            70001 if says("not found") => Self::AppUnknown,
            70001 if says("disabled") => Self::Disabled,
            90002 | 900_021 | 900_023 => Self::TenantUnknown,
            90038 | 900_439 => Self::OtherCloud,
            16000 | 16003 | 50020 | 50034 | 51004 | 500_200 => Self::ForeignAccount,
            // An account of another tenant, or one whose ImmutableID does not match.
            90072 if says("does not exist") || says("doesn't exist") => Self::ForeignAccount,
            50057 | 500_014 | 7_000_112 => Self::Disabled,
            50105 => Self::NotAssigned,
            50194 => Self::SingleTenant,
            500_011 | 650_052 | 650_057 => Self::ServiceMissing,
            9_002_326 => Self::WrongPlatform,
            50033 | 90006 | 90024 | 90033 | 90090 | 40010 => Self::Busy,
            50089 | 54005 | 70008 => Self::CodeSpent,
            28000 | 50147 | 70011 | 90014 | 500_112 | 501_481 | 501_491 | 650_053 | 700_054
            | 900_144 | 9_002_313 | 9_002_325 => Self::OurFault,
            _ => Self::Other,
        }
    }

    /// True if a new sign-in by the same user for the same permissions can succeed.
    #[must_use]
    pub fn asks_for_sign_in(self) -> bool {
        match self {
            Self::Declined
            | Self::ConsentNeeded
            | Self::StrongerSignIn
            | Self::SessionOver
            | Self::CodeSpent => true,
            Self::Blocked
            | Self::TenantBlocked
            | Self::QuotaExceeded
            | Self::Loop
            | Self::RedirectMismatch
            | Self::AppUnknown
            | Self::TenantUnknown
            | Self::OtherCloud
            | Self::ForeignAccount
            | Self::Disabled
            | Self::NotAssigned
            | Self::SingleTenant
            | Self::ServiceMissing
            | Self::WrongPlatform
            | Self::Busy
            | Self::OurFault
            | Self::Other => false,
        }
    }

    fn of_word(error: &str) -> Self {
        match error {
            "access_denied" => Self::Declined,
            "consent_required" => Self::ConsentNeeded,
            "interaction_required" => Self::StrongerSignIn,
            "login_required" | "invalid_grant" => Self::SessionOver,
            "unauthorized_client" => Self::AppUnknown,
            "invalid_resource" => Self::ServiceMissing,
            "server_error" | "temporarily_unavailable" => Self::Busy,
            "invalid_request" | "unsupported_response_type" | "invalid_scope" => Self::OurFault,
            _ => Self::Other,
        }
    }

    /// Headline for the user.
    #[must_use]
    pub fn title(self, t: Locale) -> &'static str {
        match self {
            Self::Declined => t.entra_declined_title(),
            Self::ConsentNeeded => t.entra_consent_title(),
            Self::StrongerSignIn => t.entra_stronger_title(),
            Self::Blocked => t.entra_blocked_title(),
            Self::TenantBlocked => t.entra_tenant_blocked_title(),
            Self::QuotaExceeded => t.entra_quota_title(),
            Self::SessionOver => t.entra_session_over_title(),
            Self::Loop => t.entra_loop_title(),
            Self::RedirectMismatch => t.entra_redirect_title(),
            Self::AppUnknown => t.entra_app_unknown_title(),
            Self::TenantUnknown => t.entra_tenant_unknown_title(),
            Self::OtherCloud => t.entra_other_cloud_title(),
            Self::ForeignAccount => t.entra_foreign_account_title(),
            Self::Disabled => t.entra_disabled_title(),
            Self::NotAssigned => t.entra_not_assigned_title(),
            Self::SingleTenant => t.entra_single_tenant_title(),
            Self::ServiceMissing => t.entra_service_missing_title(),
            Self::WrongPlatform => t.entra_platform_title(),
            Self::Busy => t.entra_busy_title(),
            Self::CodeSpent => t.entra_code_spent_title(),
            Self::OurFault => t.entra_our_fault_title(),
            Self::Other => t.entra_other_title(),
        }
    }

    /// What happened, in one sentence.
    #[must_use]
    pub fn sentence(self, t: Locale) -> &'static str {
        match self {
            Self::Declined => t.entra_declined(),
            Self::ConsentNeeded => t.entra_consent(),
            Self::StrongerSignIn => t.entra_stronger(),
            Self::Blocked => t.entra_blocked(),
            Self::TenantBlocked => t.entra_tenant_blocked(),
            Self::QuotaExceeded => t.entra_quota(),
            Self::SessionOver => t.entra_session_over(),
            Self::Loop => t.entra_loop(),
            Self::RedirectMismatch => t.entra_redirect(),
            Self::AppUnknown => t.entra_app_unknown(),
            Self::TenantUnknown => t.entra_tenant_unknown(),
            Self::OtherCloud => t.entra_other_cloud(),
            Self::ForeignAccount => t.entra_foreign_account(),
            Self::Disabled => t.entra_disabled(),
            Self::NotAssigned => t.entra_not_assigned(),
            Self::SingleTenant => t.entra_single_tenant(),
            Self::ServiceMissing => t.entra_service_missing(),
            Self::WrongPlatform => t.entra_platform(),
            Self::Busy => t.entra_busy(),
            Self::CodeSpent => t.entra_code_spent(),
            Self::OurFault => t.entra_our_fault(),
            Self::Other => t.entra_other(),
        }
    }

    /// How to fix the error.
    #[must_use]
    pub fn fix(self, t: Locale) -> &'static str {
        match self {
            Self::Declined => t.entra_declined_fix(),
            Self::ConsentNeeded => t.entra_consent_fix(),
            Self::StrongerSignIn => t.entra_stronger_fix(),
            Self::Blocked => t.entra_blocked_fix(),
            Self::TenantBlocked => t.entra_tenant_blocked_fix(),
            Self::QuotaExceeded => t.entra_quota_fix(),
            Self::SessionOver => t.entra_session_over_fix(),
            Self::Loop => t.entra_loop_fix(),
            Self::RedirectMismatch => t.entra_redirect_fix(),
            Self::AppUnknown => t.entra_app_unknown_fix(),
            Self::TenantUnknown => t.entra_tenant_unknown_fix(),
            Self::OtherCloud => t.entra_other_cloud_fix(),
            Self::ForeignAccount => t.entra_foreign_account_fix(),
            Self::Disabled => t.entra_disabled_fix(),
            Self::NotAssigned => t.entra_not_assigned_fix(),
            Self::SingleTenant => t.entra_single_tenant_fix(),
            Self::ServiceMissing => t.entra_service_missing_fix(),
            Self::WrongPlatform => t.entra_platform_fix(),
            Self::Busy => t.entra_busy_fix(),
            Self::CodeSpent => t.entra_code_spent_fix(),
            Self::OurFault => t.entra_our_fault_fix(),
            Self::Other => t.entra_other_fix(),
        }
    }
}

/// An error response from the sign-in page's redirect or the token endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntraRefusal {
    /// Classified meaning of the error.
    pub reason: EntraReason,
    /// The number after `AADSTS`, or 0 if there is none.
    pub code: u32,
    /// OAuth error code, such as `invalid_grant`.
    pub error: String,
    /// Microsoft's error text. An attacker can put any text here with a crafted link: show it as plain text and as a quotation.
    pub description: String,
    /// Microsoft's correlation ID, for a support case.
    pub correlation_id: Option<String>,
    /// Microsoft's trace ID, for a support case.
    pub trace_id: Option<String>,
    /// Claims challenge for the next sign-in, as JSON.
    pub claims: Option<String>,
}

impl EntraRefusal {
    /// Creates an error from the two parts that every error response has. The number and the IDs come from the text.
    #[must_use]
    pub fn new(error: &str, description: &str) -> Self {
        let digits = digits_after(description, "AADSTS");
        // No Microsoft error number is longer. A longer one counts as unknown, not as absent.
        let code = digits.map(|digits| digits.parse().unwrap_or_default());
        Self {
            reason: match code {
                Some(code) => EntraReason::of_number(code, description),
                None => EntraReason::of_word(error),
            },
            code: code.unwrap_or_default(),
            error: error.chars().take(100).collect(),
            description: description.chars().take(LONGEST).collect(),
            correlation_id: id_after(description, "Correlation ID: "),
            trace_id: id_after(description, "Trace ID: "),
            claims: None,
        }
    }

    /// Replaces the number with one from the token endpoint's error codes.
    #[must_use]
    pub fn numbered(mut self, code: u32) -> Self {
        self.code = code;
        self.reason = EntraReason::of_number(code, &self.description);
        self
    }
}

/// The digits after the first occurrence of `mark` that has any.
fn digits_after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let digits = |rest: &'a str| {
        let end = rest.find(|character: char| !character.is_ascii_digit());
        rest.get(..end.unwrap_or(rest.len()))
    };
    text.split(mark)
        .skip(1)
        .filter_map(digits)
        .find(|digits| !digits.is_empty())
}

fn id_after(text: &str, mark: &str) -> Option<String> {
    let id = text.split_once(mark)?.1.get(..36)?;
    uuid::Uuid::try_parse(id).ok()?;
    Some(id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_number_and_ids_are_read_from_the_description() {
        let refusal = EntraRefusal::new(
            "access_denied",
            "AADSTS65004: User declined to consent to access the app.\r\nTrace ID: 0f7c3b1e-2222-4d3f-8a7b-3c1d5e6f7a00\r\n\
             Correlation ID: 6c7b4a1f-1111-4d3f-8a7b-3c1d5e6f7a8b\r\nTimestamp: 2026-09-29 10:00:00Z",
        );
        assert_eq!(
            (refusal.code, refusal.reason),
            (65004, EntraReason::Declined)
        );
        assert_eq!(
            refusal.trace_id.as_deref(),
            Some("0f7c3b1e-2222-4d3f-8a7b-3c1d5e6f7a00")
        );
        assert_eq!(
            refusal.correlation_id.as_deref(),
            Some("6c7b4a1f-1111-4d3f-8a7b-3c1d5e6f7a8b")
        );
    }

    #[test]
    fn malformed_error_text_gives_no_number_or_ids() {
        for text in [
            "",
            "AADSTS",
            "AADSTS99999999999999999999: x",
            "Trace ID: <img src=x onerror=alert(1)>",
            "Correlation ID: ééééééééééééééééééé",
        ] {
            let refusal = EntraRefusal::new("x", text);
            assert_eq!(
                (refusal.code, refusal.reason),
                (0, EntraReason::Other),
                "{text}"
            );
            assert_eq!((refusal.trace_id, refusal.correlation_id), (None, None));
        }
        let long = EntraRefusal::new(&"e".repeat(5_000), &"é".repeat(5_000));
        assert_eq!(long.error.len(), 100);
        assert_eq!(long.description.chars().count(), LONGEST);
    }

    /// OAuth error codes that appear with a number.
    const WORDS: [&str; 4] = ["invalid_grant", "access_denied", "interaction_required", ""];

    #[track_caller]
    fn means(code: u32, text: &str, reason: EntraReason) {
        for error in WORDS {
            let refusal = EntraRefusal::new(error, &format!("AADSTS{code}: {text}"));
            assert_eq!(
                (refusal.code, refusal.reason),
                (code, reason),
                "{code} {error}"
            );
            let beside = EntraRefusal::new(error, text).numbered(code);
            assert_eq!(beside.reason, reason, "{code} {error}");
        }
    }

    #[test]
    fn every_known_number_maps_to_its_reason() {
        for (codes, reason) in [
            (&[65004][..], EntraReason::Declined),
            (&[65001, 90094, 90095], EntraReason::ConsentNeeded),
            (
                &[50072, 50074, 50076, 50078, 50079, 50158],
                EntraReason::StrongerSignIn,
            ),
            (
                &[
                    50131, 53000, 53001, 53002, 53003, 53004, 53005, 53009, 53010, 53011, 500_021,
                    500_022, 500_212, 500_213, 530_003, 530_021, 530_032, 530_034, 530_035,
                    530_084,
                ],
                EntraReason::Blocked,
            ),
            (&[5_000_225], EntraReason::TenantBlocked),
            (
                &[50058, 50132, 50133, 50173, 70043, 700_081, 700_082, 700_084],
                EntraReason::SessionOver,
            ),
            (&[50196], EntraReason::Loop),
            (&[50011, 500_113], EntraReason::RedirectMismatch),
            (&[700_011, 700_016], EntraReason::AppUnknown),
            (&[90002, 900_021, 900_023], EntraReason::TenantUnknown),
            (&[90038, 900_439], EntraReason::OtherCloud),
            (
                &[16000, 16003, 50020, 50034, 51004, 500_200],
                EntraReason::ForeignAccount,
            ),
            (&[50057, 500_014, 7_000_112], EntraReason::Disabled),
            (&[50105], EntraReason::NotAssigned),
            (&[50194], EntraReason::SingleTenant),
            (&[500_011, 650_052, 650_057], EntraReason::ServiceMissing),
            (&[9_002_326], EntraReason::WrongPlatform),
            (
                &[40010, 50033, 90006, 90024, 90033, 90090],
                EntraReason::Busy,
            ),
            (&[50089, 54005, 70008], EntraReason::CodeSpent),
            (
                &[
                    28000, 50147, 70011, 90014, 500_112, 501_481, 501_491, 650_053, 700_054,
                    900_144, 9_002_313, 9_002_325,
                ],
                EntraReason::OurFault,
            ),
        ] {
            for code in codes {
                means(*code, "Error text.", reason);
            }
        }
    }

    #[test]
    fn an_unknown_number_gives_no_specific_reason() {
        for code in [
            50005, 50053, 50055, 50097, 650_051, 1_000_104, // corrected after field reports
            50129, 65005, 70000, 650_056, 700_003, 900_382, 900_971, 7_000_218,
            9_002_327, // several causes, or a different one
            1, 123_456,
        ] {
            means(code, "Error text.", EntraReason::Other);
        }
        // Too long for a number, but still counts as one.
        let long = EntraRefusal::new("access_denied", "AADSTS99999999999999999999: x");
        assert_eq!((long.code, long.reason), (0, EntraReason::Other));
    }

    #[test]
    fn a_number_with_several_causes_is_resolved_by_its_text() {
        for (code, text, reason) in [
            (
                90093,
                "Graph returned with a forbidden error code for the request. The directory object quota limit for the Principal has been \
                 exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.",
                EntraReason::QuotaExceeded,
            ),
            (
                90093,
                "Calling principal cannot consent due to lack of permissions.",
                EntraReason::ConsentNeeded,
            ),
            (
                90093,
                "This operation can only be performed by an administrator. Sign out and sign in as an administrator.",
                EntraReason::ConsentNeeded,
            ),
            (
                90093,
                "CMG Entra Setup is requesting one or more permissions that you are not authorized to grant.",
                EntraReason::ConsentNeeded,
            ),
            (
                90093,
                "Graph returned with a forbidden error code for the request.",
                EntraReason::Other,
            ),
            (
                70001,
                "Application with identifier 'x' was not found in the directory y.",
                EntraReason::AppUnknown,
            ),
            (70001, "The application is disabled.", EntraReason::Disabled),
            (70001, "UnauthorizedClient", EntraReason::Other),
            (
                90072,
                "User account 'a' from identity provider 'live.com' does not exist in tenant 'b'.",
                EntraReason::ForeignAccount,
            ),
            (90072, "PassThroughUserMfaError", EntraReason::Other),
        ] {
            means(code, text, reason);
        }
    }

    #[test]
    fn the_oauth_error_code_decides_when_there_is_no_number() {
        for (error, reason) in [
            ("access_denied", EntraReason::Declined),
            ("consent_required", EntraReason::ConsentNeeded),
            ("interaction_required", EntraReason::StrongerSignIn),
            ("login_required", EntraReason::SessionOver),
            ("invalid_grant", EntraReason::SessionOver),
            ("unauthorized_client", EntraReason::AppUnknown),
            ("invalid_resource", EntraReason::ServiceMissing),
            ("invalid_request", EntraReason::OurFault),
            ("unsupported_response_type", EntraReason::OurFault),
            ("server_error", EntraReason::Busy),
            ("temporarily_unavailable", EntraReason::Busy),
            ("brand_new", EntraReason::Other),
        ] {
            for text in ["", "No number.", "AADSTS: none"] {
                let refusal = EntraRefusal::new(error, text);
                assert_eq!((refusal.code, refusal.reason), (0, reason), "{error}");
            }
        }
    }

    #[test]
    fn every_reason_has_a_unique_sentence_and_a_fix() {
        let reasons = [
            EntraReason::Declined,
            EntraReason::ConsentNeeded,
            EntraReason::StrongerSignIn,
            EntraReason::Blocked,
            EntraReason::TenantBlocked,
            EntraReason::QuotaExceeded,
            EntraReason::SessionOver,
            EntraReason::Loop,
            EntraReason::RedirectMismatch,
            EntraReason::AppUnknown,
            EntraReason::TenantUnknown,
            EntraReason::OtherCloud,
            EntraReason::ForeignAccount,
            EntraReason::Disabled,
            EntraReason::NotAssigned,
            EntraReason::SingleTenant,
            EntraReason::ServiceMissing,
            EntraReason::WrongPlatform,
            EntraReason::Busy,
            EntraReason::CodeSpent,
            EntraReason::OurFault,
            EntraReason::Other,
        ];
        for (place, one) in reasons.iter().enumerate() {
            assert!(!one.fix(Locale::En).is_empty());
            for other in &reasons[..place] {
                assert_ne!(one.title(Locale::En), other.title(Locale::En));
                assert_ne!(one.sentence(Locale::En), other.sentence(Locale::En));
            }
        }
    }
}
