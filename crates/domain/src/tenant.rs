//! A tenant as the user types it or the site owner configures it, and the kinds of tenants.

use std::fmt;

use crate::dns::Domain;
use crate::dns::DomainError;
use crate::dns::is_international;
use crate::ids::GuidError;
use crate::ids::TenantId;
use crate::known::Answer;
use crate::known::Known;
use crate::locale::Locale;

/// A tenant's ID or domain from the user or the site owner. Safe in a URL path without encoding: letters, digits, hyphens, and dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenantHint {
    /// The tenant by its ID.
    Id(TenantId),
    /// The tenant by one of its domains.
    Domain(Domain),
}

/// Why a tenant is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantHintError {
    /// The text is empty.
    Empty,
    /// `common`, `organizations`, `consumers`, or the ID behind the last: not a tenant that can use Configuration Manager.
    NotOneTenant,
    /// The text looks like a GUID but is not one.
    Guid,
    /// An account name, with a domain after its `@`.
    Account,
    /// The text is not a domain either.
    Domain(DomainError),
}

/// The tenant of personal Microsoft accounts, which is the meaning of `consumers`.
const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

impl TenantHint {
    /// Parses a tenant as typed: a GUID or a domain. Spaces around it are dropped, because users paste IDs.
    ///
    /// # Errors
    /// Why the text is refused.
    pub fn parse(text: &str) -> Result<Self, TenantHintError> {
        let text = text.trim_matches(' ');
        if text.is_empty() {
            return Err(TenantHintError::Empty);
        }
        let is_not_one = |word: &&str| word.eq_ignore_ascii_case(text);
        if ["common", "organizations", "consumers", CONSUMERS]
            .iter()
            .any(is_not_one)
        {
            return Err(TenantHintError::NotOneTenant);
        }
        match text.parse() {
            Ok(id) => Ok(Self::Id(id)),
            Err(GuidError::Nil) => Err(TenantHintError::Guid),
            Err(GuidError::Empty | GuidError::Scenario) if is_almost_guid(text) => {
                Err(TenantHintError::Guid)
            }
            Err(GuidError::Empty | GuidError::Scenario) if is_account(text) => {
                Err(TenantHintError::Account)
            }
            Err(GuidError::Empty | GuidError::Scenario) => Domain::parse(text)
                .map(Self::Domain)
                .map_err(TenantHintError::Domain),
        }
    }

    /// Whether this hint names the tenant of the session. `asked` is the domain that Microsoft Entra ID resolved for the sign-in;
    /// `verified` are the tenant's own domains.
    ///
    /// Compares internationalized domains only in ASCII form. A tenant may list one in another form, so an `xn--` domain that is not in the
    /// list decides nothing.
    #[must_use]
    pub fn names(
        &self,
        tenant: TenantId,
        asked: Option<&Domain>,
        verified: &Known<Vec<Domain>>,
    ) -> Answer {
        match (self, verified) {
            (Self::Id(id), _) => Answer::from(*id == tenant),
            (Self::Domain(domain), Known::Known(all)) if all.contains(domain) => Answer::Yes,
            (Self::Domain(domain), Known::Known(_)) if !is_international(domain.as_str()) => {
                Answer::No
            }
            (Self::Domain(domain), _) if asked == Some(domain) => Answer::Yes,
            (Self::Domain(_), _) => Answer::CannotTell,
        }
    }
}

/// Same as `names`, for a text as typed. An empty text means the tenant of the sign-in.
#[must_use]
pub fn typed_names(
    typed: &str,
    tenant: TenantId,
    asked: Option<&Domain>,
    verified: &Known<Vec<Domain>>,
) -> Answer {
    if typed.is_empty() {
        return Answer::Yes;
    }
    TenantHint::parse(typed).map_or(Answer::CannotTell, |hint| {
        hint.names(tenant, asked, verified)
    })
}

fn is_account(text: &str) -> bool {
    text.rsplit_once('@')
        .is_some_and(|(name, domain)| !name.is_empty() && Domain::parse(domain).is_ok())
}

/// Hexadecimal digits with the hyphens or braces of a GUID: the GUID error helps the user more than a domain error.
fn is_almost_guid(text: &str) -> bool {
    let is_of_guid = |c: char| c.is_ascii_hexdigit() || matches!(c, '-' | '{' | '}');
    text.len() >= 20 && text.chars().all(is_of_guid)
}

impl fmt::Display for TenantHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Domain(domain) => domain.fmt(f),
        }
    }
}

impl TenantHintError {
    /// One sentence with the rule and how to fix the text.
    #[must_use]
    pub fn sentence(self, t: Locale) -> String {
        match self {
            Self::Empty => t.config_tenant_empty().to_owned(),
            Self::NotOneTenant => t.config_tenant_not_one().to_owned(),
            Self::Guid => t.config_tenant_guid().to_owned(),
            Self::Account => t.config_tenant_account().to_owned(),
            Self::Domain(error) => error.sentence(t),
        }
    }
}

/// Value of `tenantType` of an organization ("organization resource type", 2026).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenantKind {
    /// `AAD`: a workforce tenant, the only kind Configuration Manager supports.
    Workforce,
    /// `AAD B2C` or `CIAM`: a tenant for customers.
    Customers,
    /// Any other value, as Graph returned it.
    Other(String),
}

impl TenantKind {
    /// Maps Microsoft's value to a kind.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "AAD" => Self::Workforce,
            "AAD B2C" | "CIAM" => Self::Customers,
            other => Self::Other(other.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EN: Locale = Locale::En;

    #[track_caller]
    fn tenant_refused(text: &str, sentence: &str) {
        assert_eq!(
            TenantHint::parse(text).map_err(|error| error.sentence(EN)),
            Err(sentence.to_owned()),
            "{text:?}"
        );
    }

    #[test]
    fn text_that_is_not_one_tenant_is_refused() {
        let empty = "Type the tenant's ID or one of its domains.";
        tenant_refused("", empty);
        tenant_refused("  ", empty);
        for text in [
            "common",
            "Organizations",
            "consumers",
            "9188040D-6C67-4C5B-B112-36A304B66DAD",
        ] {
            tenant_refused(
                text,
                "Type one tenant's ID or domain instead of a word for several tenants.",
            );
        }
        for text in [
            "00000000-0000-0000-0000-000000000000",
            "5e97358c-d99c-4558-af0c-de7774091dd",
            "{5e97358c-d99c-4558-af0c-de7774091dda}",
            "5e97358cd99c4558af0cde7774091dda",
        ] {
            tenant_refused(
                text,
                "A tenant ID is 32 hexadecimal digits with hyphens, so copy it again from the Entra overview page.",
            );
        }
    }

    #[test]
    fn hostile_tenant_text_is_refused() {
        for (text, character) in [
            ("evil.example/", "13 (U+002F)"),
            ("contoso.com@evil", "12 (U+0040)"),
            ("contoso.com%2f..", "12 (U+0025)"),
            ("../common", "3 (U+002F)"),
            ("contoso.com:443", "12 (U+003A)"),
            ("contoso.com?x", "12 (U+003F)"),
            ("contoso.com#x", "12 (U+0023)"),
            ("contoso.com\\x", "12 (U+005C)"),
            ("contoso.com\u{202e}", "12 (U+202E)"),
            ("contoso.com\n", "12 (U+000A)"),
            ("con toso.com", "4 (U+0020)"),
            ("s\u{43e}nt\u{43e}s\u{43e}.com", "2 (U+043E)"),
            ("\u{441}\u{43e}nt\u{43e}s\u{43e}.com", "1 (U+0441)"),
            ("contoso\u{3002}com", "8 (U+3002)"),
            ("@contoso.com", "1 (U+0040)"),
        ] {
            tenant_refused(
                text,
                &format!(
                    "Character {character} is not a letter a to z, digit, hyphen or dot, so type the domain again."
                ),
            );
        }
        for text in [
            "..",
            ".",
            "contoso..com",
            "-contoso.com",
            "contoso",
            "127.0.0.1",
        ] {
            assert!(TenantHint::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_account_name_is_refused_with_advice_to_type_the_domain() {
        for text in [
            "admin@contoso.com",
            " Admin@Contoso.com ",
            "a@b@contoso.com",
        ] {
            tenant_refused(
                text,
                "This is the name of an account, so type only the domain after the @.",
            );
        }
    }

    #[test]
    fn a_domain_must_be_resolved_or_listed_to_match_the_tenant() {
        let (here, there) = (
            "5e97358c-d99c-4558-af0c-de7774091dda",
            "11111111-d99c-4558-af0c-de7774091dda",
        );
        let domain = |text| Domain::parse(text).unwrap();
        let listed = Known::Known(vec![domain("contoso.com"), domain("xn--bcher-kva.example")]);
        let asked = domain("contoso.com");
        let answer = |typed: &str, asked: Option<&Domain>, verified: &Known<Vec<Domain>>| {
            typed_names(typed, here.parse().unwrap(), asked, verified)
        };
        for (typed, unread, read) in [
            ("", Answer::Yes, Answer::Yes),
            (here, Answer::Yes, Answer::Yes),
            (there, Answer::No, Answer::No),
            ("contoso.com", Answer::CannotTell, Answer::Yes),
            ("CONTOSO.COM", Answer::CannotTell, Answer::Yes),
            ("fabrikam.com", Answer::CannotTell, Answer::No),
            ("sub.contoso.com", Answer::CannotTell, Answer::No),
            ("contoso.com.", Answer::CannotTell, Answer::CannotTell),
            ("admin@contoso.com", Answer::CannotTell, Answer::CannotTell),
            ("XN--bcher-kva.example", Answer::CannotTell, Answer::Yes),
            (
                "xn--zrich-kva.example",
                Answer::CannotTell,
                Answer::CannotTell,
            ),
            (" ", Answer::CannotTell, Answer::CannotTell),
        ] {
            assert_eq!(answer(typed, None, &Known::Unknown), unread, "{typed:?}");
            assert_eq!(answer(typed, None, &listed), read, "{typed:?}");
        }
        assert_eq!(
            answer("Contoso.com", Some(&asked), &Known::Unknown),
            Answer::Yes
        );
        assert_eq!(
            answer("fabrikam.com", Some(&asked), &Known::Unknown),
            Answer::CannotTell
        );
        // The tenant's own domains take precedence over the domain of the sign-in.
        let other = Known::Known(vec![domain("fabrikam.com")]);
        assert_eq!(answer("contoso.com", Some(&asked), &other), Answer::No);
    }

    #[test]
    fn a_tenant_id_or_a_domain_is_accepted() {
        for (text, shown) in [
            (
                " 5E97358C-D99C-4558-AF0C-DE7774091DDA ",
                "5e97358c-d99c-4558-af0c-de7774091dda",
            ),
            ("Contoso.onmicrosoft.com", "contoso.onmicrosoft.com"),
            ("xn--80akhbyknj4f.example", "xn--80akhbyknj4f.example"),
        ] {
            assert_eq!(TenantHint::parse(text).unwrap().to_string(), shown);
        }
    }

    proptest! {
        #[test]
        fn an_accepted_tenant_is_safe_in_a_url_path(text in "[a-zA-Z0-9.@%:/\\\\?#\u{43e}\u{202e} -]{0,40}") {
            if let Ok(hint) = TenantHint::parse(&text) {
                let shown = hint.to_string();
                prop_assert!(shown.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'));
                prop_assert!(!shown.contains("..") && !shown.starts_with('.'));
                prop_assert_eq!(TenantHint::parse(&shown), Ok(hint));
            }
        }
    }
}
