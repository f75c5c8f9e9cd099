//! Entra's refusals recognised: the `AADSTS` number decides what to do, the words stay data.
//!
//! Source: "Microsoft Entra authentication and authorization error codes" (read 2026-09). A number not listed is `Other`, never guessed.

use crate::domain::words::Words;

/// The longest text of Entra's that is kept. Real ones are a few hundred characters.
const LONGEST: usize = 2_000;

/// What a refusal means for the person in front of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The person pressed Cancel or declined the permissions.
    Declined,
    /// An administrator has to consent first.
    ConsentNeeded,
    /// Another step of sign-in is due: stronger authentication, enrolment.
    StrongerSignIn,
    /// Conditional Access said no to this device, place or app.
    Blocked,
    /// The session is over.
    SessionOver,
    /// Entra saw the same request too often in a row.
    Loop,
    /// This site's address is not registered on its app.
    RedirectMismatch,
    /// The tenant does not know this site's app.
    AppUnknown,
    /// No such tenant in this cloud.
    TenantUnknown,
    /// The tenant is in another national cloud.
    OtherCloud,
    /// The account is not of this tenant, not even as a guest.
    ForeignAccount,
    /// The account, this site's app or a service it asks for is disabled in the tenant.
    Disabled,
    /// The app wants people assigned, and this person is not.
    NotAssigned,
    /// The app is for one tenant, and none was named.
    SingleTenant,
    /// The tenant lacks Microsoft Graph or Azure Resource Manager, or the app may not ask for it.
    ServiceMissing,
    /// The address is registered, but as "Web" or "Mobile", not as "Single-page application".
    WrongPlatform,
    /// Entra is busy or failing.
    Busy,
    /// The code was too old or had been used.
    CodeSpent,
    /// This page asked wrongly.
    OurFault,
    /// Anything else: Entra's own words are shown.
    Other,
}

impl Reason {
    /// What an `AADSTS` number, or else the OAuth word, means.
    #[must_use]
    pub fn of(code: u32, error: &str) -> Self {
        match code {
            65004 => Self::Declined,
            65001 | 65005 | 90093 | 90094 | 90095 => Self::ConsentNeeded,
            50072 | 50074 | 50076 | 50078 | 50079 | 50158 => Self::StrongerSignIn,
            50129
            | 50131
            | 53000..=53004
            | 53009..=53011
            | 500_021
            | 500_212
            | 500_213
            | 530_003
            | 530_021
            | 530_032
            | 530_035 => Self::Blocked,
            50058 | 50132 | 50133 | 50173 | 70043 | 700_081 | 700_082 | 700_084 | 700_003 => {
                Self::SessionOver
            }
            50196 => Self::Loop,
            50011 | 500_112 | 500_113 | 900_971 => Self::RedirectMismatch,
            700_016 | 700_011 | 70001 => Self::AppUnknown,
            90002 | 900_021 | 900_023 => Self::TenantUnknown,
            90038 | 900_382 | 900_439 => Self::OtherCloud,
            50020 | 50034 | 51004 | 90072 | 500_200 | 500_208 => Self::ForeignAccount,
            50057 | 500_014 | 7_000_112 => Self::Disabled,
            50105 => Self::NotAssigned,
            50194 => Self::SingleTenant,
            500_011 | 650_052 | 650_053 | 650_056 | 650_057 => Self::ServiceMissing,
            9_002_325..=9_002_327 | 7_000_218 => Self::WrongPlatform,
            50033 | 90006 | 90024 | 90033 | 40010 => Self::Busy,
            50089 | 54005 | 70000 | 70008 => Self::CodeSpent,
            900_144 | 90014 | 9_002_313 | 501_481 | 50147 | 501_491 | 70011 | 28000 | 700_054 => {
                Self::OurFault
            }
            _ => Self::of_word(error),
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

    /// A headline.
    #[must_use]
    pub fn title(self, words: Words) -> &'static str {
        match self {
            Self::Declined => words.entra_declined_title(),
            Self::ConsentNeeded => words.entra_consent_title(),
            Self::StrongerSignIn => words.entra_stronger_title(),
            Self::Blocked => words.entra_blocked_title(),
            Self::SessionOver => words.entra_session_over_title(),
            Self::Loop => words.entra_loop_title(),
            Self::RedirectMismatch => words.entra_redirect_title(),
            Self::AppUnknown => words.entra_app_unknown_title(),
            Self::TenantUnknown => words.entra_tenant_unknown_title(),
            Self::OtherCloud => words.entra_other_cloud_title(),
            Self::ForeignAccount => words.entra_foreign_account_title(),
            Self::Disabled => words.entra_disabled_title(),
            Self::NotAssigned => words.entra_not_assigned_title(),
            Self::SingleTenant => words.entra_single_tenant_title(),
            Self::ServiceMissing => words.entra_service_missing_title(),
            Self::WrongPlatform => words.entra_platform_title(),
            Self::Busy => words.entra_busy_title(),
            Self::CodeSpent => words.entra_code_spent_title(),
            Self::OurFault => words.entra_our_fault_title(),
            Self::Other => words.entra_other_title(),
        }
    }

    /// What happened.
    #[must_use]
    pub fn sentence(self, words: Words) -> &'static str {
        match self {
            Self::Declined => words.entra_declined(),
            Self::ConsentNeeded => words.entra_consent(),
            Self::StrongerSignIn => words.entra_stronger(),
            Self::Blocked => words.entra_blocked(),
            Self::SessionOver => words.entra_session_over(),
            Self::Loop => words.entra_loop(),
            Self::RedirectMismatch => words.entra_redirect(),
            Self::AppUnknown => words.entra_app_unknown(),
            Self::TenantUnknown => words.entra_tenant_unknown(),
            Self::OtherCloud => words.entra_other_cloud(),
            Self::ForeignAccount => words.entra_foreign_account(),
            Self::Disabled => words.entra_disabled(),
            Self::NotAssigned => words.entra_not_assigned(),
            Self::SingleTenant => words.entra_single_tenant(),
            Self::ServiceMissing => words.entra_service_missing(),
            Self::WrongPlatform => words.entra_platform(),
            Self::Busy => words.entra_busy(),
            Self::CodeSpent => words.entra_code_spent(),
            Self::OurFault => words.entra_our_fault(),
            Self::Other => words.entra_other(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn mend(self, words: Words) -> &'static str {
        match self {
            Self::Declined => words.entra_declined_mend(),
            Self::ConsentNeeded => words.entra_consent_mend(),
            Self::StrongerSignIn => words.entra_stronger_mend(),
            Self::Blocked => words.entra_blocked_mend(),
            Self::SessionOver => words.entra_session_over_mend(),
            Self::Loop => words.entra_loop_mend(),
            Self::RedirectMismatch => words.entra_redirect_mend(),
            Self::AppUnknown => words.entra_app_unknown_mend(),
            Self::TenantUnknown => words.entra_tenant_unknown_mend(),
            Self::OtherCloud => words.entra_other_cloud_mend(),
            Self::ForeignAccount => words.entra_foreign_account_mend(),
            Self::Disabled => words.entra_disabled_mend(),
            Self::NotAssigned => words.entra_not_assigned_mend(),
            Self::SingleTenant => words.entra_single_tenant_mend(),
            Self::ServiceMissing => words.entra_service_missing_mend(),
            Self::WrongPlatform => words.entra_platform_mend(),
            Self::Busy => words.entra_busy_mend(),
            Self::CodeSpent => words.entra_code_spent_mend(),
            Self::OurFault => words.entra_our_fault_mend(),
            Self::Other => words.entra_other_mend(),
        }
    }
}

/// One refusal of Entra's, from the address or from the token endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntraRefusal {
    /// What it means.
    pub reason: Reason,
    /// The number after `AADSTS`, 0 if there is none.
    pub code: u32,
    /// The OAuth word.
    pub error: String,
    /// Entra's own text. Anyone can put words there by handing out a link: show it as text and as a quotation.
    pub description: String,
    /// For a support case.
    pub correlation_id: Option<String>,
    /// For a support case.
    pub trace_id: Option<String>,
    /// What the next sign-in has to bring along, JSON.
    pub claims: Option<String>,
}

impl EntraRefusal {
    /// From the two parts every refusal has; the number and the ids are read out of the text.
    #[must_use]
    pub fn new(error: &str, description: &str) -> Self {
        let code = number_after(description, "AADSTS").unwrap_or_default();
        Self {
            reason: Reason::of(code, error),
            code,
            error: error.chars().take(100).collect(),
            description: description.chars().take(LONGEST).collect(),
            correlation_id: id_after(description, "Correlation ID: "),
            trace_id: id_after(description, "Trace ID: "),
            claims: None,
        }
    }
}

fn number_after(text: &str, mark: &str) -> Option<u32> {
    let rest = text.split_once(mark)?.1;
    let end = rest
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
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
    fn reads_the_number_and_the_ids_out_of_entras_text() {
        let refusal = EntraRefusal::new(
            "access_denied",
            "AADSTS65004: User declined to consent to access the app.\r\nTrace ID: 0f7c3b1e-2222-4d3f-8a7b-3c1d5e6f7a00\r\n\
             Correlation ID: 6c7b4a1f-1111-4d3f-8a7b-3c1d5e6f7a8b\r\nTimestamp: 2026-09-29 10:00:00Z",
        );
        assert_eq!((refusal.code, refusal.reason), (65004, Reason::Declined));
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
    fn odd_texts_of_entras_do_no_harm() {
        for text in [
            "",
            "AADSTS",
            "AADSTS99999999999999999999: x",
            "Trace ID: <img src=x onerror=alert(1)>",
            "Correlation ID: ééééééééééééééééééé",
        ] {
            let refusal = EntraRefusal::new("x", text);
            assert_eq!((refusal.code, refusal.reason), (0, Reason::Other), "{text}");
            assert_eq!((refusal.trace_id, refusal.correlation_id), (None, None));
        }
        let long = EntraRefusal::new(&"e".repeat(5_000), &"é".repeat(5_000));
        assert_eq!(long.error.len(), 100);
        assert_eq!(long.description.chars().count(), LONGEST);
    }

    #[test]
    fn every_number_says_what_to_do() {
        for (codes, reason) in [
            (&[65004][..], Reason::Declined),
            (&[65001, 90094], Reason::ConsentNeeded),
            (&[50072, 50074, 50076, 50078, 50079], Reason::StrongerSignIn),
            (&[53000, 53001, 53003], Reason::Blocked),
            (
                &[50058, 50132, 50133, 50173, 70043, 700_082, 700_084],
                Reason::SessionOver,
            ),
            (&[50196], Reason::Loop),
            (&[50011, 500_113, 900_971], Reason::RedirectMismatch),
            (&[700_011, 700_016], Reason::AppUnknown),
            (&[90002], Reason::TenantUnknown),
            (&[90038], Reason::OtherCloud),
            (&[50020], Reason::ForeignAccount),
            (&[50057, 500_014, 7_000_112], Reason::Disabled),
            (&[50105], Reason::NotAssigned),
            (&[50194], Reason::SingleTenant),
            (
                &[500_011, 650_052, 650_056, 650_057],
                Reason::ServiceMissing,
            ),
            (
                &[9_002_325, 9_002_326, 9_002_327, 7_000_218],
                Reason::WrongPlatform,
            ),
            (&[40010, 50033, 90006, 90024, 90033], Reason::Busy),
            (&[54005, 70008], Reason::CodeSpent),
            (
                &[
                    28000, 50147, 70011, 90014, 501_481, 501_491, 700_054, 900_144, 9_002_313,
                ],
                Reason::OurFault,
            ),
        ] {
            for code in codes {
                // The number decides, whatever word comes with it.
                for error in ["invalid_grant", "access_denied", "interaction_required", ""] {
                    assert_eq!(Reason::of(*code, error), reason, "{code} {error}");
                }
            }
        }
        for (code, error, reason) in [
            (0, "access_denied", Reason::Declined),
            (0, "consent_required", Reason::ConsentNeeded),
            (0, "interaction_required", Reason::StrongerSignIn),
            (0, "login_required", Reason::SessionOver),
            (0, "invalid_grant", Reason::SessionOver),
            (0, "unauthorized_client", Reason::AppUnknown),
            (0, "invalid_resource", Reason::ServiceMissing),
            (0, "invalid_request", Reason::OurFault),
            (0, "unsupported_response_type", Reason::OurFault),
            (0, "server_error", Reason::Busy),
            (0, "temporarily_unavailable", Reason::Busy),
            (1, "brand_new", Reason::Other),
        ] {
            assert_eq!(Reason::of(code, error), reason, "{code} {error}");
        }
    }
    #[test]
    fn every_reason_has_a_sentence_and_a_way_on_of_its_own() {
        let reasons = [
            Reason::Declined,
            Reason::ConsentNeeded,
            Reason::StrongerSignIn,
            Reason::Blocked,
            Reason::SessionOver,
            Reason::Loop,
            Reason::RedirectMismatch,
            Reason::AppUnknown,
            Reason::TenantUnknown,
            Reason::OtherCloud,
            Reason::ForeignAccount,
            Reason::Disabled,
            Reason::NotAssigned,
            Reason::SingleTenant,
            Reason::ServiceMissing,
            Reason::WrongPlatform,
            Reason::Busy,
            Reason::CodeSpent,
            Reason::OurFault,
            Reason::Other,
        ];
        for (place, one) in reasons.iter().enumerate() {
            assert!(!one.mend(Words::En).is_empty());
            for other in &reasons[..place] {
                assert_ne!(one.title(Words::En), other.title(Words::En));
                assert_ne!(one.sentence(Words::En), other.sentence(Words::En));
            }
        }
    }
}
