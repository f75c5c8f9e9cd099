//! The address of the page in the form that a redirect URI requires.
//!
//! Source: "Redirect URI (reply URL) best practices and limitations" (Microsoft identity platform). Microsoft Entra ID compares redirect
//! URIs exactly, so the address is written as a browser writes it.

use std::fmt;

use domain::cmg::SERVER_REDIRECT;
use domain::locale::Locale;

/// Maximum length of a redirect URI in Microsoft Entra ID.
const LONGEST: usize = 256;

/// Name of the page next to this one that receives sign-in responses if this page is in a frame.
const BRIDGE: &str = "bridge.html";

/// An address that can be a redirect URI: pure ASCII without quotes, spaces, or brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAddress(String);

/// Why an address cannot be a redirect URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// The address is empty.
    Empty,
    /// The scheme is not https, and not http on this computer.
    Scheme,
    /// The host is missing, invalid, or not ASCII.
    Host,
    /// A character that the address cannot contain.
    Character(char),
    /// The address has a query or a fragment.
    Query,
    /// The address is longer than 256 characters.
    TooLong,
}

impl AddressFault {
    /// One sentence with the rule and how to fix the address.
    #[must_use]
    pub fn sentence(self, t: Locale) -> String {
        match self {
            Self::Empty => t.register_address_empty().to_owned(),
            Self::Scheme => t.register_address_scheme().to_owned(),
            Self::Host => t.register_address_host().to_owned(),
            Self::Character(character) => t.register_address_character(
                domain::confusables::escaped(character.encode_utf8(&mut [0; 4])),
            ),
            Self::Query => t.register_address_query().to_owned(),
            Self::TooLong => t.register_address_long(LONGEST as u64),
        }
    }
}

impl PageAddress {
    /// Parses an address as typed.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressFault::Empty);
        }
        if text.contains(['?', '#']) {
            return Err(AddressFault::Query);
        }
        let (scheme, rest) = text.split_once("://").ok_or(AddressFault::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        let (authority, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, "/"),
        };
        let authority = authority.to_ascii_lowercase();
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority.as_str(), None),
        };
        if !is_host(host) || !port.is_none_or(is_port) {
            return Err(AddressFault::Host);
        }
        let is_local = SERVER_REDIRECT.strip_prefix("http://") == Some(host);
        let default_port = match scheme.as_str() {
            "https" => "443",
            "http" if is_local => "80",
            _ => return Err(AddressFault::Scheme),
        };
        if let Some(odd) = path.chars().find(|c| !is_of_path(*c)) {
            return Err(AddressFault::Character(odd));
        }
        let port = match port.filter(|port| *port != default_port) {
            Some(port) => format!(":{port}"),
            None => String::new(),
        };
        let address = Self(format!("{scheme}://{host}{port}{path}"));
        if address.bridge().len().max(address.0.len()) > LONGEST {
            return Err(AddressFault::TooLong);
        }
        Ok(address)
    }

    /// The address as text, as a browser writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Redirect URI of the sign-in window if the page is in a frame.
    #[must_use]
    pub fn bridge(&self) -> String {
        let folder = self.0.rfind('/').map_or("", |slash| &self.0[..=slash]);
        format!("{folder}{BRIDGE}")
    }
}

impl fmt::Display for PageAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_host(host: &str) -> bool {
    let is_of_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    !host.is_empty() && !host.starts_with(['.', '-']) && host.bytes().all(is_of_host)
}

fn is_port(port: &str) -> bool {
    port.parse::<u16>().is_ok_and(|number| number > 0) && !port.starts_with(['0', '+'])
}

/// Excludes `! $ ' ( ) , ;`, which a redirect URI cannot contain, `*`, which would be a wildcard, and characters that a browser would
/// encode.
fn is_of_path(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(
            character,
            '/' | '-' | '.' | '_' | '~' | '%' | '@' | ':' | '+' | '=' | '&'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_normalized_as_in_a_browser() {
        for (typed, address, bridge) in [
            (
                "https://cmg.contoso.com",
                "https://cmg.contoso.com/",
                "https://cmg.contoso.com/bridge.html",
            ),
            (
                " HTTPS://CMG.Contoso.com:443/Tools/cmg/ ",
                "https://cmg.contoso.com/Tools/cmg/",
                "https://cmg.contoso.com/Tools/cmg/bridge.html",
            ),
            (
                "https://contoso.com/cmg/index.html",
                "https://contoso.com/cmg/index.html",
                "https://contoso.com/cmg/bridge.html",
            ),
            (
                "http://localhost:8080/",
                "http://localhost:8080/",
                "http://localhost:8080/bridge.html",
            ),
            (
                "https://xn--zrich-kva.example:8443/a%20b/",
                "https://xn--zrich-kva.example:8443/a%20b/",
                "https://xn--zrich-kva.example:8443/a%20b/bridge.html",
            ),
        ] {
            let parsed = PageAddress::parse(typed).unwrap();
            assert_eq!(
                (parsed.as_str(), parsed.bridge().as_str()),
                (address, bridge)
            );
        }
    }

    #[test]
    fn an_invalid_redirect_uri_is_refused_with_its_rule() {
        let long = format!("https://contoso.com/{}/", "a".repeat(240));
        for (typed, fault) in [
            ("", AddressFault::Empty),
            ("contoso.com/cmg", AddressFault::Scheme),
            ("http://contoso.com/", AddressFault::Scheme),
            ("javascript://contoso.com/", AddressFault::Scheme),
            ("http://localhost.evil.example/", AddressFault::Scheme),
            ("https:///cmg", AddressFault::Host),
            ("https://zürich.example/", AddressFault::Host),
            ("https://user@contoso.com/", AddressFault::Host),
            ("https://[::1]/", AddressFault::Host),
            ("https://contoso.com:0/", AddressFault::Host),
            ("https://contoso.com:99999/", AddressFault::Host),
            ("https://contoso.com:+80/", AddressFault::Host),
            ("https://contoso.com/?a=1", AddressFault::Query),
            ("https://contoso.com/#/a", AddressFault::Query),
            ("https://contoso.com/it's", AddressFault::Character('\'')),
            ("https://contoso.com/$(x)", AddressFault::Character('$')),
            ("https://contoso.com/a b", AddressFault::Character(' ')),
            ("https://contoso.com/*", AddressFault::Character('*')),
            ("https://contoso.com/a\nb", AddressFault::Character('\n')),
            (
                "https://contoso.com/\u{202e}",
                AddressFault::Character('\u{202e}'),
            ),
            (&long, AddressFault::TooLong),
        ] {
            assert_eq!(PageAddress::parse(typed), Err(fault), "{typed:?}");
        }
    }
}
