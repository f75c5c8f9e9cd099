//! Decides whether a token may be sent to a URL.
//!
//! Checks the raw text, before any parser can normalize it: every parser reads a URL that starts with `https://<host>/`, byte for byte, as
//! that host.

use domain::confusables::escaped;

/// True if `url` is on exactly this host: https, the default port, no user name, and no character that a lenient parser would normalize.
///
/// `host` comes from `domain::cloud`, in lowercase.
#[must_use]
pub fn is_on(url: &str, host: &str) -> bool {
    if host.is_empty() || !url.bytes().all(is_plain) {
        return false;
    }
    let Some(rest) = strip_prefix_ignoring_case(url, "https://") else {
        return false;
    };
    let Some(rest) = strip_prefix_ignoring_case(rest, host) else {
        return false;
    };
    // Azure Resource Manager includes the default port in some of its links.
    let rest = rest.strip_prefix(":443").unwrap_or(rest);
    rest.starts_with('/')
}

/// Text to show for a refused URL: its host, or the start of the URL if it has none. Never contains a query.
#[must_use]
pub fn shown(url: &str) -> String {
    let plain = url.split(['?', '#']).next().unwrap_or_default();
    let after_scheme = plain
        .split_once("://")
        .map_or(plain, |(_, rest)| rest)
        .trim_start_matches("//");
    let host = after_scheme.split('/').next().unwrap_or_default();
    // A URL without a host refers to the page's own host.
    let shown = if host.is_empty() { after_scheme } else { host };
    escaped(&shown.chars().take(100).collect::<String>())
}

/// Printable ASCII except the space and the backslash, which browsers read as a slash.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b'\\'
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;
    use url::Url;

    use domain::cloud::Cloud;

    const GRAPH: &str = "graph.microsoft.com";

    #[test]
    fn the_urls_of_the_service_may_receive_the_token() {
        for url in [
            "https://graph.microsoft.com/v1.0/applications",
            "https://graph.microsoft.com/v1.0/applications?$filter=appId%20eq%20'x'&$skiptoken=RFNwdA",
            "https://graph.microsoft.com:443/v1.0/applications",
            "https://GRAPH.Microsoft.com/v1.0/me",
            "https://graph.microsoft.com/",
        ] {
            assert!(is_on(url, GRAPH), "{url}");
        }
    }

    #[test]
    fn no_other_url_may_receive_the_token() {
        for url in [
            "",
            "/v1.0/me",
            "//evil.example/",
            "//graph.microsoft.com/v1.0/me",
            "https://evil.example/",
            "https://evil.example/https://graph.microsoft.com/",
            "https://graph.microsoft.com.evil/",
            "https://graph.microsoft.com.evil.example/v1.0/me",
            "https://graph.microsoft.com@evil/",
            "https://graph.microsoft.com:443@evil.example/",
            "https://user@graph.microsoft.com/v1.0/me",
            "https://user:password@graph.microsoft.com/v1.0/me",
            "http://graph.microsoft.com/v1.0/me",
            "https://graph.microsoft.com:444/v1.0/me",
            "https://graph.microsoft.com:4430/v1.0/me",
            "https://graph.microsoft.com:/v1.0/me",
            "https://graph.microsoft.com:80/v1.0/me",
            "https://graph.microsoft.us/v1.0/me",
            "https://dod-graph.microsoft.us/v1.0/me",
            "https://management.azure.com/subscriptions",
            "https://graph.microsoft.com\\@evil.example/",
            "https:\\\\graph.microsoft.com/v1.0/me",
            "https://graph.microsoft.com/\\evil.example",
            "https://evil.example\\.graph.microsoft.com/",
            "https:/graph.microsoft.com/v1.0/me",
            "https:graph.microsoft.com/v1.0/me",
            "https:///graph.microsoft.com/v1.0/me",
            " https://graph.microsoft.com/v1.0/me",
            "\thttps://graph.microsoft.com/v1.0/me",
            "https://graph.micro\tsoft.com/v1.0/me",
            "https://graph.microsoft.com\n.evil.example/",
            "https://graph.microsoft.com/v1.0/me\r\nX: y",
            "https://graph.microsoft.com/\u{0}",
            "https://graph.microsoft.com",
            "https://graph.microsoft.com?x",
            "https://graph.microsoft.com#x",
            "https://graph.microsoft.com./v1.0/me",
            "https://graph.microsoft.com%2eevil.example/",
            "https://graph%2emicrosoft.com/v1.0/me",
            "https://xgraph.microsoft.com/v1.0/me",
            "https://graph.microsoft.com\u{3002}evil.example/",
            "https://gr\u{430}ph.microsoft.com/v1.0/me",
            "https://graph.microsoft.co\u{1d5c6}/v1.0/me",
            "ftp://graph.microsoft.com/",
            "javascript:https://graph.microsoft.com/",
        ] {
            assert!(!is_on(url, GRAPH), "{url:?}");
        }
    }

    #[test]
    fn an_empty_host_matches_no_url() {
        assert!(!is_on("https:///x", ""));
        assert!(!is_on("https://graph.microsoft.com/", ""));
    }

    #[test]
    fn a_refused_url_is_shown_by_its_host() {
        for (url, host) in [
            ("https://evil.example/a?b=secret", "evil.example"),
            ("//evil.example/", "evil.example"),
            ("/v1.0/me?code=1", "/v1.0/me"),
            ("https://evil.example?code=1", "evil.example"),
            ("https://e\u{202e}\u{7}vil/", "e[U+202E][U+0007]vil"),
            ("https://gr\u{430}ph.example/", "gr[U+0430]ph.example"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(shown(url), host, "{url:?}");
        }
        assert_eq!(shown(&"x".repeat(1000)).len(), 100);
    }

    proptest! {
        /// A browser's parser reads every accepted URL as that host (the `url` crate implements the same standard).
        #[test]
        fn a_browser_reads_an_accepted_url_as_the_same_host(
            head in prop_oneof![
                Just("https://graph.microsoft.com".to_owned()),
                Just("HTTPS://Graph.microsoft.com".to_owned()),
                Just("https://".to_owned()),
                "[hH]ttps?:[/\\\\]{0,3}".prop_map(|text| text),
            ],
            middle in prop_oneof!["", "[@:/\\\\.?#%]{0,3}", ":[0-9]{0,5}", "\\PC{0,4}"],
            tail in "[/?#@\\\\a-z.:\\t\\n ]{0,12}\\PC{0,8}",
        ) {
            let url = format!("{head}{middle}{tail}");
            for cloud in Cloud::ALL {
                for host in [cloud.graph_host(), cloud.arm_host(), cloud.login_host()] {
                    if is_on(&url, host) {
                        let parsed = Url::parse(&url).unwrap();
                        prop_assert_eq!(parsed.scheme(), "https");
                        prop_assert_eq!(parsed.host_str(), Some(host));
                        prop_assert_eq!(parsed.port(), None);
                        prop_assert_eq!(parsed.username(), "");
                        prop_assert_eq!(parsed.password(), None);
                    }
                }
            }
        }
    }
}
