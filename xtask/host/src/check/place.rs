//! Where the page is: how one comes to it, what else is there, and what is answered where there is nothing.

use url::Url;

use crate::client::{Answer, Client, NoAnswer};
use crate::report::Report;

use super::{Found, NOT_FOUND, PACKINGS, Site};

const HTTPS: &str =
    "Serve the page by HTTPS alone, and lead every other address of it to exactly that one";
const OWN_NAME: &str = "Give the page a host name of its own: storage, channels and service workers belong to everything under one name";
/// What others call their service workers.
const WORKERS: [&str; 4] = [
    "sw.js",
    "service-worker.js",
    "serviceworker.js",
    "firebase-messaging-sw.js",
];
/// Addresses below the page that nobody has; the last is named like a file that is kept for a year, and must not be.
const NOWHERE: [&str; 3] = [
    "there-is-no-such-file",
    "there/is/no-such-file",
    "no-such-file-0123456789abcdef.js",
];

/// The page's address as it is in the end, and what is there.
pub(super) fn reach(client: &Client, url: &Url, report: &mut Report) -> Option<(Url, Answer)> {
    if url.scheme() != "https" {
        report.wrong("https", url.as_str(), "is no address with HTTPS", HTTPS);
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
                report.right("https", base.as_str(), "leads to the folder");
                base = to;
                answer = ask(client, &base, report)?;
            }
            Some(to) if to.origin() != base.origin() => {
                shut(
                    client,
                    &base,
                    &format!("leads to {}", to.origin().ascii_serialization()),
                    report,
                );
                return None;
            }
            to => {
                let to = to.map_or_else(|| "nowhere".to_owned(), |to| to.to_string());
                report.wrong(
                    "https",
                    base.as_str(),
                    format!("leads to {to}"),
                    "Name the address the page is really at: it is also the redirect URI",
                );
                return None;
            }
        }
    }
    if matches!(answer.status, 401 | 403 | 407) {
        let how = format!("answers HTTP {}", answer.status);
        shut(client, &base, &how, report);
        return None;
    }
    if answer.status != 200 {
        report.wrong(
            "https",
            base.as_str(),
            format!("answers HTTP {}", answer.status),
            "Let the host answer the folder's address with index.html",
        );
        return None;
    }
    if !base.path().ends_with('/') {
        // The page was asked for by a file's name.
        base = base.join(".").ok()?;
        answer = ask(client, &base, report)?;
        if answer.status != 200 {
            report.wrong(
                "https",
                base.as_str(),
                format!("answers HTTP {}", answer.status),
                "Let the host answer the folder's address with index.html",
            );
            return None;
        }
    }
    report.right(
        "https",
        base.as_str(),
        "answers, with a certificate that is trusted here",
    );
    Some((base, answer))
}

/// The host does not show the page to everybody. It may be meant so, so nothing is known: not that it is wrong, and not that it is right.
fn shut(client: &Client, base: &Url, how: &str, report: &mut Report) {
    let mend = if client.has_key() {
        "Sign in again, and copy the headers anew: what is in the file for --door does not open it"
    } else {
        "If the host has a sign-in in front, look from behind it: --door FILE sends a session's headers (docs/hosting/README.md); \
         if not, name the address the page is really at"
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
            "Give the host a certificate for this name that browsers trust; for an authority of your own there is --authority",
        ),
        Err(NoAnswer::Unreached(fault)) => report.unknown(
            CHECK,
            url.as_str(),
            fault,
            "Open the address in a browser of this machine, and mend what it says",
        ),
    }
    None
}

/// Everything about the place that the files do not say.
pub(super) fn look(site: &mut Site<'_>, report: &mut Report) {
    plain_http(site, report);
    nowhere(site, report);
    neighbours(site, report);
    workers(site, report);
}

/// By plain HTTP the page must not be had.
fn plain_http(site: &Site<'_>, report: &mut Report) {
    let mut plain = site.base.clone();
    if plain.port().is_some() || plain.set_scheme("http").is_err() {
        report.unknown(
            "http",
            site.base.as_str(),
            "has a port of its own, so nobody knows where its plain HTTP would be",
            "Look at it by hand",
        );
        return;
    }
    match site.client.get(&plain, PACKINGS) {
        Err(_) => report.right("http", plain.as_str(), "is not served"),
        Ok(answer) => {
            let to = plain.join(answer.first("location")).ok();
            let leads_home = (300..400).contains(&answer.status) && to.as_ref() == Some(&site.base);
            if leads_home {
                report.right("http", plain.as_str(), "leads to the page by HTTPS");
            } else if (300..400).contains(&answer.status) {
                let to = to.map_or_else(String::new, |to| to.to_string());
                report.wrong(
                    "http",
                    plain.as_str(),
                    format!("leads to {to}, not to {}", site.base),
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

/// A file that is missing must be missing: who answers it with the page hides what is wrong.
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
                "answered by 404.html"
            } else {
                "answered by a page of the host's own"
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
                format!("is answered with HTTP {} and not with 404", answer.status),
                "Switch off the rule that answers unknown addresses with another page; 404.html is for them",
            );
        }
    }
    if site.base.path() != "/" {
        let link = format!("href=\"{}\"", site.base.path());
        if ours.is_some_and(|page| !String::from_utf8_lossy(&page).contains(&link)) {
            report.wrong(
                "missing",
                NOT_FOUND,
                format!("does not lead back to {}", site.base.path()),
                "Replace its one `href=\"/\"` by the path of the page",
            );
        }
    }
}

/// What else lives under the same origin can read the page's storage.
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
            "is shared by every site of this account, and what those do cannot be seen from here",
            OWN_NAME,
        ),
        Some(answer) if answer.status == 200 => {
            report.wrong("origin", &origin, "something else is at its root", OWN_NAME);
        }
        _ => report.unknown(
            "origin",
            &origin,
            "nothing answers at its root, but other paths cannot be listed",
            OWN_NAME,
        ),
    }
}

/// A service worker would stand between the page and everybody.
fn workers(site: &Site<'_>, report: &mut Report) {
    const CHECK: &str = "service worker";
    const MEND: &str =
        "Take it away, and give the page a host name of its own: browsers that have met it keep it";
    let mut is_clean = true;
    for found in &site.found {
        if !found.answer.all("service-worker-allowed").is_empty() {
            is_clean = false;
            report.wrong(
                CHECK,
                &found.name,
                "is sent with Service-Worker-Allowed",
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
                report.wrong(CHECK, url.path(), "is there, and the page has none", MEND);
            }
        }
    }
    if is_clean {
        report.right(
            CHECK,
            "usual names",
            "none is there, and the page refuses to start under one",
        );
    }
}
