//! Which tenant to sign in to, as typed: a GUID, a domain, or nothing. What it becomes goes into a URL's path, so nothing else passes.

use crate::domain::ids::TenantId;
use crate::domain::words::Words;

/// The path segment for "any work or school account".
const ANY: &str = "organizations";

/// Which tenant to sign in to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TenantHint {
    /// Whichever work or school tenant the account belongs to.
    #[default]
    AnyOrganization,
    /// This one.
    Id(TenantId),
    /// The one with this verified domain.
    Domain(Domain),
}

/// A domain name in lower-case ASCII: at least two labels of letters, digits and inner hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain(String);

/// Why a text names no tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantHintError {
    /// Neither a GUID nor a domain.
    Shape,
    /// Letters outside ASCII.
    Unicode,
    /// `common` or `consumers`: not one tenant.
    Reserved,
}

impl TenantHint {
    /// Reads what was typed. Empty means any.
    pub fn parse(text: &str) -> Result<Self, TenantHintError> {
        let text = text.trim_matches(' ').to_ascii_lowercase();
        if text.is_empty() || text == ANY {
            return Ok(Self::AnyOrganization);
        }
        if !text.is_ascii() {
            return Err(TenantHintError::Unicode);
        }
        if text == "common" || text == "consumers" {
            return Err(TenantHintError::Reserved);
        }
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        // A last label of digits would be read as an address.
        let ends_in_letters = text
            .rsplit('.')
            .next()
            .is_some_and(|label| label.starts_with(|first: char| first.is_ascii_alphabetic()));
        if text.len() <= 253
            && text.contains('.')
            && text.split('.').all(is_label)
            && ends_in_letters
        {
            Ok(Self::Domain(Domain(text)))
        } else {
            Err(TenantHintError::Shape)
        }
    }

    /// As it stands in a sign-in URL. Needs no encoding, by construction.
    #[must_use]
    pub fn path_segment(&self) -> String {
        match self {
            Self::AnyOrganization => ANY.to_owned(),
            Self::Id(id) => id.to_string(),
            Self::Domain(Domain(name)) => name.clone(),
        }
    }

    /// The tenant's ID, if that is what was given.
    #[must_use]
    pub fn id(&self) -> Option<TenantId> {
        match self {
            Self::Id(id) => Some(*id),
            Self::AnyOrganization | Self::Domain(_) => None,
        }
    }
}

impl TenantHintError {
    /// What is expected instead.
    #[must_use]
    pub fn sentence(self, words: Words) -> &'static str {
        match self {
            Self::Shape => words.sign_in_tenant_characters(),
            Self::Unicode => words.sign_in_tenant_unicode(),
            Self::Reserved => words.sign_in_tenant_reserved(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    #[test]
    fn guids_and_domains_name_a_tenant() {
        for (text, segment) in [
            ("", "organizations"),
            ("  ", "organizations"),
            ("Organizations", "organizations"),
            (
                "5E97358C-D99C-4558-AF0C-DE7774091DDA",
                "5e97358c-d99c-4558-af0c-de7774091dda",
            ),
            ("Contoso.onmicrosoft.com", "contoso.onmicrosoft.com"),
            (" contoso.com ", "contoso.com"),
            ("xn--80akhbyknj4f.xn--p1ai", "xn--80akhbyknj4f.xn--p1ai"),
        ] {
            let hint = TenantHint::parse(text).unwrap();
            assert_eq!(hint.path_segment(), segment);
            assert_eq!(TenantHint::parse(segment), Ok(hint), "reads back");
        }
    }

    #[test]
    fn nothing_else_gets_into_the_path() {
        for (text, error) in [
            ("common", TenantHintError::Reserved),
            ("Consumers", TenantHintError::Reserved),
            ("contoso", TenantHintError::Shape),
            ("evil.example/", TenantHintError::Shape),
            ("contoso.com@evil", TenantHintError::Shape),
            ("contoso.com%2f..", TenantHintError::Shape),
            ("contoso.com:443", TenantHintError::Shape),
            ("contoso.com?x", TenantHintError::Shape),
            ("contoso.com#x", TenantHintError::Shape),
            ("contoso.com\\x", TenantHintError::Shape),
            ("..", TenantHintError::Shape),
            ("contoso..com", TenantHintError::Shape),
            (".contoso.com", TenantHintError::Shape),
            ("contoso.com.", TenantHintError::Shape),
            ("-contoso.com", TenantHintError::Shape),
            ("contoso-.com", TenantHintError::Shape),
            ("10.0.0.1", TenantHintError::Shape),
            ("contoso .com", TenantHintError::Shape),
            ("contoso.com\n", TenantHintError::Shape),
            (
                "00000000-0000-0000-0000-000000000000",
                TenantHintError::Shape,
            ),
            (
                "\u{441}\u{43e}nt\u{43e}s\u{43e}.com",
                TenantHintError::Unicode,
            ),
            ("contoso\u{3002}com", TenantHintError::Unicode),
        ] {
            assert_eq!(TenantHint::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(
            TenantHint::parse(&format!("{}.com", "a.".repeat(200))),
            Err(TenantHintError::Shape)
        );
    }

    proptest! {
        #[test]
        fn a_path_segment_is_one_segment(text in "\\PC{0,40}|[a-z0-9.-]{0,20}") {
            if let Ok(hint) = TenantHint::parse(&text) {
                let segment = hint.path_segment();
                prop_assert!(segment.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte)));
                prop_assert!(!segment.is_empty() && segment != "." && segment != "..");
            }
        }
    }
}
