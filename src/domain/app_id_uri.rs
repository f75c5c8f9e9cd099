//! Judges an Application ID URI before Entra does.
//!
//! Two questions, kept apart: is it a URI Entra could take at all (`AppIdUri::parse`, here), and will *this* tenant take it for
//! *this* app ([`judge`])? Nothing here asks the tenant: its rules arrive as [`rules::TenantRules`].

use std::fmt;

use crate::domain::dns::is_host_name;
use crate::domain::lookalike::CodePoint;
use crate::domain::lookalike::is_unseen;
use crate::domain::words::Words;

pub mod choice;
pub mod judge;
mod reading;
pub mod rules;
pub mod verdict;

/// Longest URI of a single-tenant app ("Validation differences by supported account types", 2026-09-25).
pub const LENGTH_MAX: usize = 255;

/// An Application ID URI, well formed, exactly as typed.
///
/// Compared exactly, because Entra, Configuration Manager and the tokens have to agree letter by letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AppIdUri(String);

/// Why a text is no Application ID URI, in any tenant. Positions count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// Nothing was typed.
    Empty,
    /// More than [`LENGTH_MAX`] characters.
    TooLong {
        /// How many there are.
        length: usize,
    },
    /// A space, at the ends or inside.
    Space {
        /// Where.
        position: usize,
    },
    /// A control, directional or zero-width character.
    Unseen {
        /// Which.
        character: CodePoint,
        /// Where.
        position: usize,
    },
    /// A character beyond ASCII. A Cyrillic `о` in place of a Latin `o` comes here.
    NotAscii {
        /// Which.
        character: CodePoint,
        /// Where.
        position: usize,
    },
    /// `{`, `}`, `<` or `>` around something to fill in.
    Placeholder {
        /// Which of them came first.
        character: char,
    },
    /// An ASCII character that no URI has as it stands (RFC 3986).
    Character {
        /// Which.
        character: char,
        /// Where.
        position: usize,
    },
    /// `*`: "wildcards aren't supported" (same page as [`LENGTH_MAX`]).
    Wildcard,
    /// `%` without two hexadecimal digits.
    Percent {
        /// Where.
        position: usize,
    },
    /// Does not begin with a scheme and `:`.
    NoScheme,
    /// No `//` after the scheme. Only `urn:` does without.
    NoSlashes {
        /// The scheme.
        scheme: String,
    },
    /// `urn:` without namespace and name.
    Urn,
    /// Nothing between `//` and the next `/`.
    NoHost,
    /// `user@` before the host.
    UserInfo,
    /// `:` after the host without a port number.
    Port,
    /// The host of an `https` or `http` URI is no host name.
    Host {
        /// The host.
        host: String,
    },
    /// A path segment `.` or `..`, which URI libraries resolve: the text would not stay as typed.
    DotSegment,
    /// "The application ID URI value must not end with a slash" ("Restrictions on identifier URIs", 2025-01-29).
    TrailingSlash,
}

impl ParseError {
    /// One sentence: the rule and the mend.
    #[must_use]
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::Empty => words.judge_empty().to_owned(),
            Self::TooLong { length } => words.judge_too_long(length, LENGTH_MAX),
            Self::Space { position } => words.judge_space(position),
            Self::Unseen {
                character,
                position,
            } => words.judge_unseen(character, position),
            Self::NotAscii {
                character,
                position,
            } => words.judge_not_ascii(character, position),
            Self::Placeholder { character } => words.judge_placeholder(character),
            Self::Character {
                character,
                position,
            } => words.judge_character(character, position),
            Self::Wildcard => words.judge_wildcard().to_owned(),
            Self::Percent { position } => words.judge_percent(position),
            Self::NoScheme => words.judge_no_scheme().to_owned(),
            Self::NoSlashes { scheme } => words.judge_no_slashes(scheme),
            Self::Urn => words.judge_urn_shape().to_owned(),
            Self::NoHost => words.judge_no_host().to_owned(),
            Self::UserInfo => words.judge_user_info().to_owned(),
            Self::Port => words.judge_port_number().to_owned(),
            Self::Host { host } => words.judge_host(host),
            Self::DotSegment => words.judge_dot_segment().to_owned(),
            Self::TrailingSlash => words.judge_trailing_slash().to_owned(),
        }
    }
}

impl AppIdUri {
    /// Reads a URI as typed. The first error from the left is told, structure after characters.
    ///
    /// # Errors
    /// Why no tenant would take the text.
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

    /// The text, exactly as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The pieces that rules speak of.
    pub(crate) fn parts(&self) -> Parts<'_> {
        Parts::of(&self.0)
    }
}

impl fmt::Display for AppIdUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A URI cut at its delimiters. Cutting never fails; whether the pieces are sound is what parsing has checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    /// Before the first `:`, in the case typed.
    pub(crate) scheme: &'a str,
    /// Between `//` and the next delimiter, without the port; `None` without `//`.
    pub(crate) host: Option<&'a str>,
    /// After the host's `:`.
    pub(crate) port: Option<&'a str>,
    /// After the host, without the first `/`; all after the scheme where there is no host.
    pub(crate) path: &'a str,
    /// Query and fragment, with their `?` or `#`; empty without.
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
    // A dot may stand in a scheme by RFC 3986, but `contoso.com:443/x` is a host without one.
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
    // `%2e` is a dot too, so the longest of these is six bytes.
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
    // `user:password@host` is cut at its first colon, so the `@` may be in either piece.
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
            AppIdUri::parse(text).map_err(|error| error.sentence(Words::En)),
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
    fn says_which_character_it_stopped_at() {
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
    fn says_which_piece_is_missing_or_wrong() {
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
    fn what_is_well_formed_stays_exactly_as_typed() {
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
    fn a_uri_is_cut_at_its_delimiters() {
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
        fn reading_never_panics_and_keeps_what_it_takes(text in ".{0,300}") {
            if let Ok(uri) = AppIdUri::parse(&text) {
                prop_assert_eq!(uri.as_str(), &text);
                prop_assert_eq!(AppIdUri::parse(&uri.to_string()), Ok(uri));
            }
        }

        #[test]
        fn reading_uri_like_text_never_panics(text in "(api|https|urn|[a-z]{1,4})?:?/{0,3}[a-zA-Z0-9.:@%?#/*{} \\[\\-\u{43e}\u{202e}]{0,40}") {
            match AppIdUri::parse(&text) {
                Ok(uri) => prop_assert!(uri.as_str().is_ascii() && !uri.as_str().ends_with('/')),
                Err(error) => prop_assert!(!error.sentence(Words::En).is_empty()),
            }
        }
    }
}
