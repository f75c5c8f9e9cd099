//! The headers that a web server sends with every file, in the syntax of each kind of server.
//!
//! `docs/hosting/headers.txt` is the only source, and `tests/native/shell.rs` compares it with the page's own policy. The headers can be
//! limited to selected clouds, and can list the parent pages that can show the page in a frame.

use std::collections::BTreeSet;

use domain::cloud::Cloud;

const COMPLETE: &str = include_str!("../../../docs/hosting/headers.txt");

/// Header name of the content security policy.
pub(crate) const POLICY: &str = "Content-Security-Policy";
const FRAME_OPTIONS: &str = "X-Frame-Options";

/// A kind of web server with its own syntax for headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Server {
    /// The headers as sent over HTTP.
    Plain,
    Nginx,
    Apache,
    Iis,
    StaticWebApps,
}

impl Server {
    pub(crate) const ALL: [(&'static str, Self); 5] = [
        ("plain", Self::Plain),
        ("nginx", Self::Nginx),
        ("apache", Self::Apache),
        ("iis", Self::Iis),
        ("static-web-apps", Self::StaticWebApps),
    ];

    pub(crate) fn find(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, server)| *server)
    }

    /// The lines for its configuration, without indentation.
    pub(crate) fn lines(self, headers: &[(String, String)]) -> Vec<String> {
        let last = headers.len().saturating_sub(1);
        headers
            .iter()
            .enumerate()
            .map(|(at, (name, value))| match self {
                Self::Plain => format!("{name}: {value}"),
                Self::Nginx => format!("add_header {name} \"{value}\" always;"),
                Self::Apache => format!("Header always set {name} \"{value}\""),
                Self::Iis => format!("<add name=\"{name}\" value=\"{value}\" />"),
                Self::StaticWebApps => {
                    let comma = if at == last { "" } else { "," };
                    format!("\"{name}\": \"{value}\"{comma}")
                }
            })
            .collect()
    }
}

/// The headers for these clouds (all if empty) and these parent pages, which can show the page in a frame (none if empty).
pub(crate) fn of(clouds: &[Cloud], parents: &[String]) -> Vec<(String, String)> {
    COMPLETE
        .lines()
        .filter_map(|line| line.split_once(": "))
        // X-Frame-Options does not support lists.
        .filter(|(name, _)| *name != FRAME_OPTIONS || parents.is_empty())
        .map(|(name, value)| {
            let value = if name == POLICY {
                narrowed(value, clouds, parents)
            } else {
                value.to_owned()
            };
            (name.to_owned(), value)
        })
        .collect()
}

fn narrowed(policy: &str, clouds: &[Cloud], parents: &[String]) -> String {
    let directives: Vec<String> = policy
        .split("; ")
        .map(|directive| match directive.split(' ').next() {
            Some("connect-src") => {
                let kept: Vec<&str> = directive
                    .split(' ')
                    .filter(|word| !is_foreign(word, clouds))
                    .collect();
                kept.join(" ")
            }
            Some("frame-ancestors") if !parents.is_empty() => {
                format!("frame-ancestors {}", parents.join(" "))
            }
            _ => directive.to_owned(),
        })
        .collect();
    directives.join("; ")
}

/// True for the URL of a cloud that is not selected.
fn is_foreign(word: &str, clouds: &[Cloud]) -> bool {
    word.starts_with("https://")
        && !clouds.is_empty()
        && !clouds.iter().any(|cloud| hosts(*cloud).contains(word))
}

/// The hosts that the page connects to in a cloud, in the syntax of the policy.
pub(crate) fn hosts(cloud: Cloud) -> BTreeSet<String> {
    [cloud.login_host(), cloud.graph_host(), cloud.arm_host()]
        .into_iter()
        .map(|host| format!("https://{host}"))
        .collect()
}

#[cfg(test)]
mod tests;
