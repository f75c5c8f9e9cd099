//! Host names and domains of a tenant in DNS form: ASCII labels, compared case-insensitively.
//!
//! Does not resolve names and has no list of public suffixes. Accepts internationalized names only in ASCII (`xn--`) form, because the
//! Unicode form can hide look-alike letters.

use std::fmt;

use crate::confusables::CharPosition;
use crate::confusables::find_spot;
use crate::locale::Locale;

/// Whether a text is dot-separated labels of letters, digits, and inner hyphens: 1 to 63 characters each, at most 253 in total (RFC 1123).
#[must_use]
pub fn is_host_name(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether a host name can be a domain: at least two labels, and not an IP address.
#[must_use]
pub fn can_be_domain(host: &str) -> bool {
    is_host_name(host)
        && host
            .rsplit_once('.')
            .is_some_and(|(_, last)| last.bytes().any(|byte| byte.is_ascii_alphabetic()))
}

/// Whether a label is an internationalized name in ASCII form.
#[must_use]
pub fn is_international(host: &str) -> bool {
    host.split('.').any(|label| {
        label
            .get(..4)
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case("xn--"))
    })
}

/// Why a domain is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainError {
    /// The domain is empty.
    Empty,
    /// A character that a domain cannot contain, including look-alike letters of other scripts.
    Character(CharPosition),
    /// A single label without a dot, or a number after the last dot.
    NotADomain,
    /// A label is empty, too long, or starts or ends with a hyphen.
    Part,
}

impl DomainError {
    /// One sentence with the rule and how to fix the domain.
    #[must_use]
    pub fn sentence(self, t: Locale) -> String {
        match self {
            Self::Empty => t.domain_empty().to_owned(),
            Self::Character(spot) => t.domain_character(spot.character, spot.position),
            Self::NotADomain => t.domain_not_a_domain().to_owned(),
            Self::Part => t.domain_part().to_owned(),
        }
    }
}

/// A domain name in lowercase.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Domain(String);

impl Domain {
    /// Parses a domain as typed or as Graph returns it.
    ///
    /// # Errors
    /// Why the domain is refused.
    pub fn parse(text: &str) -> Result<Self, DomainError> {
        if text.is_empty() {
            return Err(DomainError::Empty);
        }
        let is_foreign = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.');
        if let Some(spot) = find_spot(text, is_foreign) {
            return Err(DomainError::Character(spot));
        }
        if !is_host_name(text) {
            return Err(DomainError::Part);
        }
        if !can_be_domain(text) {
            return Err(DomainError::NotADomain);
        }
        Ok(Self(text.to_ascii_lowercase()))
    }

    /// The domain in lowercase.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a host equals this domain, in any case.
    #[must_use]
    pub fn is(&self, host: &str) -> bool {
        self.0.eq_ignore_ascii_case(host)
    }

    /// Whether a host is a subdomain of this domain, at any depth.
    #[must_use]
    pub fn has_below(&self, host: &str) -> bool {
        host.len()
            .checked_sub(self.0.len())
            .and_then(|start| host.split_at_checked(start))
            .is_some_and(|(front, end)| front.len() > 1 && front.ends_with('.') && self.is(end))
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, sentence: &str) {
        assert_eq!(
            Domain::parse(text).map_err(|error| error.sentence(Locale::En)),
            Err(sentence.to_owned()),
            "{text:?}"
        );
    }

    #[test]
    fn an_invalid_domain_is_refused_with_a_reason() {
        refused("", "Type a domain, such as contoso.onmicrosoft.com.");
        refused(
            "s\u{43e}nt\u{43e}s\u{43e}.com",
            "Character 2 (U+043E) is not a letter a to z, digit, hyphen or dot, so type the domain again.",
        );
        refused(
            "contoso.com/",
            "Character 12 (U+002F) is not a letter a to z, digit, hyphen or dot, so type the domain again.",
        );
        let part = "Each part between dots must begin and end with a letter or digit and have at most 63 characters, so correct the domain.";
        for text in [
            "contoso..com",
            ".contoso.com",
            "contoso.com.",
            "-a.com",
            "a-.com",
        ] {
            refused(text, part);
        }
        refused(&format!("{}.com", "a".repeat(64)), part);
        refused(&format!("{}com", "a.".repeat(126)), part);
        let one = "A domain has at least one dot and does not end with a number, so type it in full, such as contoso.onmicrosoft.com.";
        for text in ["contoso", "localhost", "10.0.0.1"] {
            refused(text, one);
        }
    }

    #[test]
    fn domains_are_stored_in_lower_case() {
        for text in ["Contoso.COM", "contoso.com"] {
            assert_eq!(Domain::parse(text).unwrap().as_str(), "contoso.com");
        }
        assert!(Domain::parse("xn--bcher-kva.example").is_ok());
        assert!(Domain::parse(&format!("{}.com", "a".repeat(63))).is_ok());
    }

    #[test]
    fn a_subdomain_ends_with_a_dot_and_the_domain() {
        let domain = Domain::parse("contoso.com").unwrap();
        assert!(domain.is("CONTOSO.com"));
        assert!(domain.has_below("cmg.Contoso.com"));
        assert!(domain.has_below("a.b.contoso.com"));
        for host in [
            "contoso.com",
            "notcontoso.com",
            ".contoso.com",
            "contoso.com.evil.example",
            "com",
            "\u{e9}contoso.com",
        ] {
            assert!(!domain.has_below(host), "{host}");
        }
    }

    #[test]
    fn international_names_are_recognized_by_the_xn_prefix() {
        assert!(is_international("cmg.XN--80akhbyknj4f.example"));
        assert!(!is_international("xn-contoso.com"));
    }
}
