//! Validates an Application ID URI before Microsoft Entra ID does.
//!
//! Two separate questions: can Microsoft Entra ID accept this URI at all (`AppIdUri::parse`, in this file), and does *this* tenant accept
//! it for *this* app ([`validator`])? Nothing here sends requests: the tenant's rules are passed in as [`rules::TenantRules`].

use std::fmt;

use crate::confusables::CodePoint;
use crate::confusables::is_unseen;
use crate::dns::is_host_name;
use crate::locale::Locale;

pub mod choice;
mod reading;
pub mod rules;
pub mod validator;
pub mod verdict;

/// Maximum length of the URI in a single-tenant app ("Validation differences by supported account types", 2026-09-25).
pub const LENGTH_MAX: usize = 255;

/// A well-formed Application ID URI, exactly as typed.
///
/// Comparison is exact, because Microsoft Entra ID, Configuration Manager, and the tokens must match character by character.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AppIdUri(String);

/// Why a text is not an Application ID URI in any tenant. Positions count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// The text is empty.
    Empty,
    /// The text has more than [`LENGTH_MAX`] characters.
    TooLong {
        /// Number of characters in the text.
        length: usize,
    },
    /// A space at the start, at the end, or inside.
    Space {
        /// Position of the first space.
        position: usize,
    },
    /// A control, bidirectional, or zero-width character.
    Unseen {
        /// The first such character.
        character: CodePoint,
        /// Position of that character.
        position: usize,
    },
    /// A non-ASCII character, such as a Cyrillic `о` in place of a Latin `o`.
    NotAscii {
        /// The first such character.
        character: CodePoint,
        /// Position of that character.
        position: usize,
    },
    /// `{`, `}`, `<`, or `>`, which mark a placeholder.
    Placeholder {
        /// The first of these characters in the text.
        character: char,
    },
    /// An ASCII character that a URI must percent-encode (RFC 3986).
    Character {
        /// The first such character.
        character: char,
        /// Position of that character.
        position: usize,
    },
    /// A `*`: "wildcards aren't supported" (same page as [`LENGTH_MAX`]).
    Wildcard,
    /// A `%` that two hexadecimal digits do not follow.
    Percent {
        /// Position of the `%`.
        position: usize,
    },
    /// The text does not start with a scheme and `:`.
    NoScheme,
    /// No `//` after the scheme. Only `urn:` works without it.
    NoSlashes {
        /// The scheme, as typed.
        scheme: String,
    },
    /// `urn:` without a namespace or a name.
    Urn,
    /// Nothing between `//` and the next `/`.
    NoHost,
    /// A `user@` part before the host.
    UserInfo,
    /// A `:` after the host without a port number.
    Port,
    /// The host of an `https` or `http` URI is not a host name.
    Host {
        /// The host, as typed.
        host: String,
    },
    /// A path segment `.` or `..`. URI libraries resolve these, so the text would change.
    DotSegment,
    /// "The application ID URI value must not end with a slash" ("Restrictions on identifier URIs", 2025-01-29).
    TrailingSlash,
}

impl ParseError {
    /// One sentence with the rule and how to fix the text.
    #[must_use]
    pub fn sentence(&self, t: Locale) -> String {
        match self {
            Self::Empty => t.validation_empty().to_owned(),
            Self::TooLong { length } => t.validation_too_long(length, LENGTH_MAX),
            Self::Space { position } => t.validation_space(position),
            Self::Unseen {
                character,
                position,
            } => t.validation_unseen(character, position),
            Self::NotAscii {
                character,
                position,
            } => t.validation_not_ascii(character, position),
            Self::Placeholder { character } => t.validation_placeholder(character),
            Self::Character {
                character,
                position,
            } => t.validation_character(character, position),
            Self::Wildcard => t.validation_wildcard().to_owned(),
            Self::Percent { position } => t.validation_percent(position),
            Self::NoScheme => t.validation_no_scheme().to_owned(),
            Self::NoSlashes { scheme } => t.validation_no_slashes(scheme),
            Self::Urn => t.validation_urn_shape().to_owned(),
            Self::NoHost => t.validation_no_host().to_owned(),
            Self::UserInfo => t.validation_user_info().to_owned(),
            Self::Port => t.validation_port_number().to_owned(),
            Self::Host { host } => t.validation_host(host),
            Self::DotSegment => t.validation_dot_segment().to_owned(),
            Self::TrailingSlash => t.validation_trailing_slash().to_owned(),
        }
    }
}

impl AppIdUri {
    /// Parses a URI as typed. Returns the leftmost error; character errors come before structure errors.
    ///
    /// # Errors
    /// Why no tenant accepts the text.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        if text.is_empty() {
            return Err(ParseError::Empty);
        }
        let length = text.chars().count();
        if length > LENGTH_MAX {
            return Err(ParseError::TooLong { length });
        }
        check_characters(text)?;
        check_structure(text)?;
        Ok(Self(text.to_owned()))
    }

    /// The URI, exactly as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The components of the URI that the rules check.
    pub(crate) fn parts(&self) -> Parts<'_> {
        Parts::of(&self.0)
    }
}

impl fmt::Display for AppIdUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A URI split at its delimiters. Splitting never fails; `parse` has already validated the components.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    /// Text before the first `:`, in the case typed.
    pub(crate) scheme: &'a str,
    /// Text between `//` and the next delimiter, without the port; `None` without `//`.
    pub(crate) host: Option<&'a str>,
    /// Text after the `:` of the host.
    pub(crate) port: Option<&'a str>,
    /// Text after the host, without the first `/`. Without a host, all text after the scheme.
    pub(crate) path: &'a str,
    /// Query and fragment with their `?` or `#`, or empty.
    pub(crate) tail: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (scheme, rest) = text.split_once(':').unwrap_or(("", text));
        let (body, tail) = split_before(rest, &['?', '#']);
        let Some(after_slashes) = body.strip_prefix("//") else {
            return Self {
                scheme,
                host: None,
                port: None,
                path: body,
                tail,
            };
        };
        let (authority, path) = split_before(after_slashes, &['/']);
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        Self {
            scheme,
            host: Some(host),
            port,
            path: path.strip_prefix('/').unwrap_or(path),
            tail,
        }
    }
}

fn split_before<'a>(text: &'a str, delimiters: &[char]) -> (&'a str, &'a str) {
    text.split_at(text.find(delimiters).unwrap_or(text.len()))
}

fn check_characters(text: &str) -> Result<(), ParseError> {
    let mut is_in_fragment = false;
    let mut rest = text.chars();
    let mut position = 0;
    while let Some(character) = rest.next() {
        position += 1;
        match character {
            ' ' => return Err(ParseError::Space { position }),
            '*' => return Err(ParseError::Wildcard),
            '{' | '}' | '<' | '>' => return Err(ParseError::Placeholder { character }),
            '"' | '\\' | '^' | '`' | '|' | '[' | ']' => {
                return Err(ParseError::Character {
                    character,
                    position,
                });
            }
            '#' if is_in_fragment => {
                return Err(ParseError::Character {
                    character,
                    position,
                });
            }
            '#' => is_in_fragment = true,
            '%' => {
                let mut ahead = rest.clone();
                if !(0..2).all(|_| ahead.next().is_some_and(|c| c.is_ascii_hexdigit())) {
                    return Err(ParseError::Percent { position });
                }
            }
            _ if is_unseen(character) => {
                return Err(ParseError::Unseen {
                    character: CodePoint(character),
                    position,
                });
            }
            _ if !character.is_ascii() => {
                return Err(ParseError::NotAscii {
                    character: CodePoint(character),
                    position,
                });
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_structure(text: &str) -> Result<(), ParseError> {
    let Parts {
        scheme,
        host,
        port,
        path,
        ..
    } = Parts::of(text);
    // RFC 3986 allows a dot in a scheme, but `contoso.com:443/x` is a host without a scheme.
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'-');
    if !is_scheme {
        return Err(ParseError::NoScheme);
    }
    match host {
        None if scheme.eq_ignore_ascii_case("urn") => match path.split_once(':') {
            Some((namespace, name)) if !namespace.is_empty() && !name.is_empty() => {}
            Some(_) | None => return Err(ParseError::Urn),
        },
        None => {
            return Err(ParseError::NoSlashes {
                scheme: scheme.to_owned(),
            });
        }
        Some(host) => check_authority(scheme, host, port)?,
    }
    // `%2e` also means a dot, so the longest dot segment has six bytes.
    let is_dots = |segment: &str| {
        segment.len() <= 6
            && matches!(
                segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
                "." | ".."
            )
    };
    if path.split('/').any(is_dots) {
        return Err(ParseError::DotSegment);
    }
    if text.ends_with('/') {
        return Err(ParseError::TrailingSlash);
    }
    Ok(())
}

fn check_authority(scheme: &str, host: &str, port: Option<&str>) -> Result<(), ParseError> {
    // `user:password@host` splits at its first colon, so the `@` can be in either part.
    if host.contains('@') || port.is_some_and(|port| port.contains('@')) {
        return Err(ParseError::UserInfo);
    }
    if host.is_empty() {
        return Err(ParseError::NoHost);
    }
    let is_port = |port: &str| {
        port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|number| number > 0)
    };
    if port.is_some_and(|port| !is_port(port)) {
        return Err(ParseError::Port);
    }
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    if is_web && !is_host_name(host) {
        return Err(ParseError::Host {
            host: host.to_owned(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn refused(text: &str, sentence: &str) {
        assert_eq!(
            AppIdUri::parse(text).map_err(|error| error.sentence(Locale::En)),
            Err(sentence.to_owned()),
            "{text:?}"
        );
    }

    #[track_caller]
    fn taken(text: &str) {
        assert_eq!(
            AppIdUri::parse(text).map(|uri| uri.to_string()),
            Ok(text.to_owned())
        );
    }

    #[test]
    fn the_error_names_the_first_invalid_character() {
        refused(
            "",
            "Type an App ID URI that begins with api:// or https://.",
        );
        refused(
            &format!("api://{}", "a".repeat(250)),
            "The URI has 256 characters and Entra accepts at most 255, so shorten it.",
        );
        refused(
            " api://contoso.com/x",
            "Character 1 is a space, which a URI cannot contain, so remove it.",
        );
        refused(
            "api://contoso.com/x ",
            "Character 20 is a space, which a URI cannot contain, so remove it.",
        );
        refused(
            "https://cont\u{43e}so.com/x",
            "Character 13 (U+043E) is not a plain letter, digit or sign even if it looks like one, so type it again.",
        );
        refused(
            "https://contoso.com/\u{202e}x",
            "Character 21 (U+202E) is invisible, so delete it or type the URI again.",
        );
        refused(
            "api://contoso.com/x\n",
            "Character 20 (U+000A) is invisible, so delete it or type the URI again.",
        );
        refused(
            "api://{tenantId}/ConfigMgrService",
            "The character { marks a placeholder, so put the ID or the name itself there.",
        );
        refused(
            "api://<appId>",
            "The character < marks a placeholder, so put the ID or the name itself there.",
        );
        refused(
            "https:\\\\contoso.com\\x",
            "Character 7 (\\) is not allowed in a URI, so remove it.",
        );
        refused(
            "https://[::1]/x",
            "Character 9 ([) is not allowed in a URI, so remove it.",
        );
        refused(
            "api://contoso.com/x#a#b",
            "Character 22 (#) is not allowed in a URI, so remove it.",
        );
        refused(
            "https://*.contoso.com",
            "Entra accepts no wildcard in an App ID URI, so write a name instead of *.",
        );
        for text in [
            "api://contoso.com/%",
            "api://contoso.com/%4",
            "api://contoso.com/%zz",
        ] {
            refused(
                text,
                "Two hexadecimal digits must follow % at character 19, so complete or remove it.",
            );
        }
    }

    #[test]
    fn the_error_names_the_missing_or_invalid_part() {
        for text in [
            "ConfigMgrService",
            "contoso.com/x",
            "//contoso.com",
            "1api://x",
            "contoso.com:443/x",
            ":x",
        ] {
            refused(
                text,
                "A URI begins with a scheme, so put api:// or https:// in front.",
            );
        }
        refused(
            "api:contoso.com",
            "Two slashes must follow api:, so write api://.",
        );
        refused(
            "https:/contoso.com/x",
            "Two slashes must follow https:, so write https://.",
        );
        for text in ["urn:", "urn:contoso", "urn::x", "urn:contoso:"] {
            refused(
                text,
                "A namespace and a name must follow urn:, so write it like urn:contoso:cmg.",
            );
        }
        for text in ["api://", "https:///x", "api://:80", "https://?x"] {
            refused(
                text,
                "Nothing is between // and the next slash, so put the tenant ID or a verified domain there.",
            );
        }
        for text in [
            "https://contoso.com@evil.example/x",
            "https://user:word@contoso.com/x",
        ] {
            refused(
                text,
                "An App ID URI cannot contain a user name, so remove it together with the @.",
            );
        }
        for text in [
            "https://contoso.com:/x",
            "https://contoso.com:0/x",
            "https://contoso.com:65536/x",
            "https://contoso.com:+1/x",
        ] {
            refused(
                text,
                "A port number from 1 to 65535 must follow the colon, so correct it or remove it with its colon.",
            );
        }
        for host in [
            "contoso..com",
            ".contoso.com",
            "contoso.com.",
            "-a.com",
            "a_b.com",
            "contoso%2ecom",
        ] {
            refused(
                &format!("https://{host}/x"),
                &format!(
                    "{host} is not a valid host name, so write parts of letters, digits and inner hyphens with one dot between."
                ),
            );
        }
        for text in [
            "https://contoso.com/../x",
            "api://a/./b",
            "api://a/%2E%2e/b",
        ] {
            refused(
                text,
                "A part of the path has only dots, and programs that resolve it change the URI, so remove it.",
            );
        }
        for text in [
            "https://contoso.com/",
            "api://contoso.com/x/",
            "api://contoso.com/x?y/",
        ] {
            refused(
                text,
                "Entra accepts no App ID URI that ends with a slash, so remove the last slash.",
            );
        }
    }

    #[test]
    fn a_well_formed_uri_is_kept_exactly_as_typed() {
        for text in [
            "https://ConfigMgrService",
            "api://5e97358c-d99c-4558-af0c-de7774091dda",
            "API://5E97358C-D99C-4558-AF0C-DE7774091DDA/X",
            "api://some_string!/x",
            "https://cmg.contoso.com:8443/a/b;c=1?x=y&z#part/2",
            "urn:contoso:cmg",
            "urn://contoso/cmg",
            "http://contoso.com",
            "https://contoso.com//x",
            "ms-thing+x://a",
            "api://contoso.com/%41",
        ] {
            taken(text);
        }
        taken(&format!("api://{}", "a".repeat(249)));
    }

    #[test]
    fn a_uri_is_split_at_its_delimiters() {
        let uri = AppIdUri::parse("HTTPS://Cmg.Contoso.com:8443/a/b?c/d#e").unwrap();
        assert_eq!(
            uri.parts(),
            Parts {
                scheme: "HTTPS",
                host: Some("Cmg.Contoso.com"),
                port: Some("8443"),
                path: "a/b",
                tail: "?c/d#e",
            }
        );
        let uri = AppIdUri::parse("urn:contoso:cmg").unwrap();
        assert_eq!((uri.parts().host, uri.parts().path), (None, "contoso:cmg"));
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_keeps_an_accepted_uri_unchanged(text in ".{0,300}") {
            if let Ok(uri) = AppIdUri::parse(&text) {
                prop_assert_eq!(uri.as_str(), &text);
                prop_assert_eq!(AppIdUri::parse(&uri.to_string()), Ok(uri));
            }
        }

        #[test]
        fn parsing_uri_like_text_never_panics(text in "(api|https|urn|[a-z]{1,4})?:?/{0,3}[a-zA-Z0-9.:@%?#/*{} \\[\\-\u{43e}\u{202e}]{0,40}") {
            match AppIdUri::parse(&text) {
                Ok(uri) => prop_assert!(uri.as_str().is_ascii() && !uri.as_str().ends_with('/')),
                Err(error) => prop_assert!(!error.sentence(Locale::En).is_empty()),
            }
        }
    }
}
