//! Checks the location of the page: its URL, other content under the same origin, and the response for unknown URLs.

use url::Url;

use crate::client::{Answer, Client, NoAnswer};
use crate::report::Report;

use super::{Found, NOT_FOUND, PACKINGS, Site};

const HTTPS: &str =
    "Serve the page only with HTTPS, and redirect every other URL of the page to exactly this one";
const OWN_NAME: &str = "Give the page its own host name, because all content under one host name shares storage, channels, and service workers";
/// Common file names of service workers.
const WORKERS: [&str; 4] = [
    "sw.js",
    "service-worker.js",
    "serviceworker.js",
    "firebase-messaging-sw.js",
];
/// Unknown URLs below the page. The last one has the name of a file with a cache lifetime of one year, which a 404 must not get.
const NOWHERE: [&str; 3] = [
    "there-is-no-such-file",
    "there/is/no-such-file",
    "no-such-file-0123456789abcdef.js",
];

/// The final URL of the page and its response.
pub(super) fn reach(client: &Client, url: &Url, report: &mut Report) -> Option<(Url, Answer)> {
    if url.scheme() != "https" {
        report.wrong("https", url.as_str(), "is not an HTTPS URL", HTTPS);
        return None;
    }
    let mut base = url.clone();
    base.set_query(None);
    base.set_fragment(None);
    let mut answer = ask(client, &base, report)?;
    if (300..400).contains(&answer.status) {
        let to = base.join(answer.first("location")).ok();
        let is_slash = to
            .as_ref()
            .is_some_and(|to| to.as_str() == format!("{base}/"));
        match to {
            Some(to) if is_slash => {
                report.right("https", base.as_str(), "redirects to the folder");
                base = to;
                answer = ask(client, &base, report)?;
            }
            Some(to) if to.origin() != base.origin() => {
                shut(
                    client,
                    &base,
                    &format!("redirects to {}", to.origin().ascii_serialization()),
                    report,
                );
                return None;
            }
            to => {
                let to = to.map_or_else(|| "an invalid URL".to_owned(), |to| to.to_string());
                report.wrong(
                    "https",
                    base.as_str(),
                    format!("redirects to {to}"),
                    "Specify the actual URL of the page. It is also the redirect URI",
                );
                return None;
            }
        }
    }
    if matches!(answer.status, 401 | 403 | 407) {
        let how = format!("returns HTTP {}", answer.status);
        shut(client, &base, &how, report);
        return None;
    }
    if answer.status != 200 {
        report.wrong(
            "https",
            base.as_str(),
            format!("returns HTTP {}", answer.status),
            "Configure the web server to return index.html for the URL of the folder",
        );
        return None;
    }
    if !base.path().ends_with('/') {
        // The URL contained a file name.
        base = base.join(".").ok()?;
        answer = ask(client, &base, report)?;
        if answer.status != 200 {
            report.wrong(
                "https",
                base.as_str(),
                format!("returns HTTP {}", answer.status),
                "Configure the web server to return index.html for the URL of the folder",
            );
            return None;
        }
    }
    report.right(
        "https",
        base.as_str(),
        "responds with a certificate that this machine trusts",
    );
    Some((base, answer))
}

/// The site requires a sign-in or redirects elsewhere. This can be intended, so the verdict is unknown.
fn shut(client: &Client, base: &Url, how: &str, report: &mut Report) {
    let mend = if client.has_key() {
        "Sign in again and copy the headers again, because the site does not accept the headers in the file for --door"
    } else {
        "If the site is behind a sign-in, check it with a session: --door FILE sends the headers of a session (docs/hosting/README.md). \
         Otherwise, specify the actual URL of the page"
    };
    report.unknown("https", base.as_str(), how.to_owned(), mend);
}

fn ask(client: &Client, url: &Url, report: &mut Report) -> Option<Answer> {
    const CHECK: &str = "https";
    match client.get(url, PACKINGS) {
        Ok(answer) => return Some(answer),
        Err(NoAnswer::Untrusted(fault)) => report.wrong(
            CHECK,
            url.as_str(),
            fault,
            "Install a certificate for this host name that browsers trust. For a private certificate authority, use --authority",
        ),
        Err(NoAnswer::Unreached(fault)) => report.unknown(
            CHECK,
            url.as_str(),
            fault,
            "Open the URL in a browser on this machine, and fix the error it shows",
        ),
    }
    None
}

/// Checks of the location that need more than the files.
pub(super) fn look(site: &mut Site<'_>, report: &mut Report) {
    plain_http(site, report);
    nowhere(site, report);
    neighbours(site, report);
    workers(site, report);
}

/// The page must not be available with plain HTTP.
fn plain_http(site: &Site<'_>, report: &mut Report) {
    let mut plain = site.base.clone();
    if plain.port().is_some() || plain.set_scheme("http").is_err() {
        report.unknown(
            "http",
            site.base.as_str(),
            "has a custom port, so the port for plain HTTP is unknown",
            "Check it manually",
        );
        return;
    }
    match site.client.get(&plain, PACKINGS) {
        Err(_) => report.right("http", plain.as_str(), "is not served"),
        Ok(answer) => {
            let to = plain.join(answer.first("location")).ok();
            let leads_home = (300..400).contains(&answer.status) && to.as_ref() == Some(&site.base);
            if leads_home {
                report.right("http", plain.as_str(), "redirects to the page with HTTPS");
            } else if (300..400).contains(&answer.status) {
                let to = to.map_or_else(String::new, |to| to.to_string());
                report.wrong(
                    "http",
                    plain.as_str(),
                    format!("redirects to {to}, not to {}", site.base),
                    HTTPS,
                );
            } else if answer.status < 300 {
                report.wrong("http", plain.as_str(), "is served without HTTPS", HTTPS);
            } else {
                report.right(
                    "http",
                    plain.as_str(),
                    format!("is refused (HTTP {})", answer.status),
                );
            }
        }
    }
}

/// A missing file must return 404. A web server that returns the page instead hides errors.
fn nowhere(site: &mut Site<'_>, report: &mut Report) {
    let ours = site
        .file(NOT_FOUND)
        .and_then(|answer| answer.unpacked().ok());
    for name in NOWHERE {
        let answer = match site.get(name, PACKINGS) {
            Ok(answer) => answer,
            Err(fault) => {
                report.unknown("missing", name, fault, "Try again");
                continue;
            }
        };
        if answer.status == 404 || answer.status == 410 {
            let is_ours = ours.is_some() && answer.unpacked().ok() == ours;
            let says = if is_ours {
                "with 404.html"
            } else {
                "with another page of the web server"
            };
            report.right("missing", name, format!("HTTP {}, {says}", answer.status));
            site.found.push(Found {
                name: name.to_owned(),
                answer,
            });
        } else {
            report.wrong(
                "missing",
                name,
                format!("returns HTTP {} instead of 404", answer.status),
                "Remove the rule that returns another page for unknown URLs. Return 404.html for them",
            );
        }
    }
    if site.base.path() != "/" {
        let link = format!("href=\"{}\"", site.base.path());
        if ours.is_some_and(|page| !String::from_utf8_lossy(&page).contains(&link)) {
            report.wrong(
                "missing",
                NOT_FOUND,
                format!("does not link to {}", site.base.path()),
                "Replace its only `href=\"/\"` with the path of the page",
            );
        }
    }
}

/// Other content under the same origin can read the page's storage.
fn neighbours(site: &Site<'_>, report: &mut Report) {
    let origin = site.base.origin().ascii_serialization();
    if site.base.path() == "/" {
        report.right("origin", &origin, "the page is at its root");
        return;
    }
    let host = site.base.host_str().unwrap_or_default();
    let account = [".github.io", ".gitlab.io"]
        .iter()
        .any(|shared| host.ends_with(shared));
    let root = site
        .base
        .join("/")
        .ok()
        .and_then(|root| site.client.get(&root, PACKINGS).ok());
    match root {
        _ if account => report.unknown(
            "origin",
            &origin,
            "is shared by all sites of this account, and this tool cannot check those",
            OWN_NAME,
        ),
        Some(answer) if answer.status == 200 => {
            report.wrong("origin", &origin, "something else is at its root", OWN_NAME);
        }
        _ => report.unknown(
            "origin",
            &origin,
            "nothing is at its root, but this tool cannot list other paths",
            OWN_NAME,
        ),
    }
}

/// A service worker could intercept every request of the page.
fn workers(site: &Site<'_>, report: &mut Report) {
    const CHECK: &str = "service worker";
    const MEND: &str = "Remove it, and give the page its own host name, because browsers keep an installed service worker";
    let mut is_clean = true;
    for found in &site.found {
        if !found.answer.all("service-worker-allowed").is_empty() {
            is_clean = false;
            report.wrong(
                CHECK,
                &found.name,
                "is sent with the header Service-Worker-Allowed",
                MEND,
            );
        }
    }
    for name in WORKERS {
        for place in ["/", "./"] {
            let Ok(url) = site.base.join(&format!("{place}{name}")) else {
                continue;
            };
            if place == "./" && site.base.path() == "/" {
                continue;
            }
            let is_there = site.client.get(&url, PACKINGS).is_ok_and(|answer| {
                answer.status == 200 && answer.first("content-type").contains("javascript")
            });
            if is_there {
                is_clean = false;
                report.wrong(CHECK, url.path(), "exists, and the page has none", MEND);
            }
        }
    }
    if is_clean {
        report.right(
            CHECK,
            "usual names",
            "no service worker exists, and the page does not start under one",
        );
    }
}
