//! Checks the location of the page: its URL, other content under the same origin, and the response for unknown URLs.

use url::Url;

use crate::client::{Client, RequestError, Response};
use crate::report::Report;

use super::{ENCODINGS, FetchedFile, NOT_FOUND, Site};

const HTTPS: &str =
    "Serve the page only with HTTPS, and redirect every other URL of the page to exactly this one";
const OWN_HOST_NAME: &str = "Give the page its own host name, because all content under one host name shares storage, channels, and service workers";
/// Common file names of service workers.
const WORKERS: [&str; 4] = [
    "sw.js",
    "service-worker.js",
    "serviceworker.js",
    "firebase-messaging-sw.js",
];
/// Unknown URLs below the page. The last one has the name of a file with a cache lifetime of one year, which a 404 must not get.
const UNKNOWN_URLS: [&str; 3] = [
    "there-is-no-such-file",
    "there/is/no-such-file",
    "no-such-file-0123456789abcdef.js",
];

/// The final URL of the page and its response.
pub(super) fn reach(client: &Client, url: &Url, report: &mut Report) -> Option<(Url, Response)> {
    if url.scheme() != "https" {
        report.wrong("https", url.as_str(), "is not an HTTPS URL", HTTPS);
        return None;
    }
    let mut base = url.clone();
    base.set_query(None);
    base.set_fragment(None);
    let mut response = get(client, &base, report)?;
    if (300..400).contains(&response.status) {
        let to = base.join(response.first("location")).ok();
        let is_slash = to
            .as_ref()
            .is_some_and(|to| to.as_str() == format!("{base}/"));
        match to {
            Some(to) if is_slash => {
                report.right("https", base.as_str(), "redirects to the folder");
                base = to;
                response = get(client, &base, report)?;
            }
            Some(to) if to.origin() != base.origin() => {
                report_no_access(
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
    if matches!(response.status, 401 | 403 | 407) {
        let how = format!("returns HTTP {}", response.status);
        report_no_access(client, &base, &how, report);
        return None;
    }
    if response.status != 200 {
        report.wrong(
            "https",
            base.as_str(),
            format!("returns HTTP {}", response.status),
            "Configure the web server to return index.html for the URL of the folder",
        );
        return None;
    }
    if !base.path().ends_with('/') {
        // The URL contained a file name.
        base = base.join(".").ok()?;
        response = get(client, &base, report)?;
        if response.status != 200 {
            report.wrong(
                "https",
                base.as_str(),
                format!("returns HTTP {}", response.status),
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
    Some((base, response))
}

/// The site requires a sign-in or redirects elsewhere. This can be intended, so the verdict is unknown.
fn report_no_access(client: &Client, base: &Url, how: &str, report: &mut Report) {
    let fix = if client.has_session() {
        "Sign in again and copy the headers again, because the site does not accept the headers in the file for --door"
    } else {
        "If the site is behind a sign-in, check it with a session: --door FILE sends the headers of a session (docs/hosting/README.md). \
         Otherwise, specify the actual URL of the page"
    };
    report.unknown("https", base.as_str(), how.to_owned(), fix);
}

fn get(client: &Client, url: &Url, report: &mut Report) -> Option<Response> {
    const CHECK: &str = "https";
    match client.get(url, ENCODINGS) {
        Ok(response) => return Some(response),
        Err(RequestError::Untrusted(problem)) => report.wrong(
            CHECK,
            url.as_str(),
            problem,
            "Install a certificate for this host name that browsers trust. For a private certificate authority, use --authority",
        ),
        Err(RequestError::Unreachable(problem)) => report.unknown(
            CHECK,
            url.as_str(),
            problem,
            "Open the URL in a browser on this machine, and fix the error it shows",
        ),
    }
    None
}

/// Checks of the location that need more than the files.
pub(super) fn check(site: &mut Site<'_>, report: &mut Report) {
    plain_http(site, report);
    missing_files(site, report);
    other_content(site, report);
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
    match site.client.get(&plain, ENCODINGS) {
        Err(_) => report.right("http", plain.as_str(), "is not served"),
        Ok(response) => {
            let to = plain.join(response.first("location")).ok();
            let leads_to_page =
                (300..400).contains(&response.status) && to.as_ref() == Some(&site.base);
            if leads_to_page {
                report.right("http", plain.as_str(), "redirects to the page with HTTPS");
            } else if (300..400).contains(&response.status) {
                let to = to.map_or_else(String::new, |to| to.to_string());
                report.wrong(
                    "http",
                    plain.as_str(),
                    format!("redirects to {to}, not to {}", site.base),
                    HTTPS,
                );
            } else if response.status < 300 {
                report.wrong("http", plain.as_str(), "is served without HTTPS", HTTPS);
            } else {
                report.right(
                    "http",
                    plain.as_str(),
                    format!("is refused (HTTP {})", response.status),
                );
            }
        }
    }
}

/// A missing file must return 404. A web server that returns the page instead hides errors.
fn missing_files(site: &mut Site<'_>, report: &mut Report) {
    let ours = site
        .file(NOT_FOUND)
        .and_then(|response| response.decoded().ok());
    for name in UNKNOWN_URLS {
        let response = match site.get(name, ENCODINGS) {
            Ok(response) => response,
            Err(problem) => {
                report.unknown("missing", name, problem, "Try again");
                continue;
            }
        };
        if response.status == 404 || response.status == 410 {
            let is_ours = ours.is_some() && response.decoded().ok() == ours;
            let ending = if is_ours {
                "with 404.html"
            } else {
                "with another page of the web server"
            };
            report.right(
                "missing",
                name,
                format!("HTTP {}, {ending}", response.status),
            );
            site.found.push(FetchedFile {
                name: name.to_owned(),
                response,
            });
        } else {
            report.wrong(
                "missing",
                name,
                format!("returns HTTP {} instead of 404", response.status),
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
fn other_content(site: &Site<'_>, report: &mut Report) {
    let origin = site.base.origin().ascii_serialization();
    if site.base.path() == "/" {
        report.right("origin", &origin, "the page is at its root");
        return;
    }
    let host = site.base.host_str().unwrap_or_default();
    let is_shared = [".github.io", ".gitlab.io"]
        .iter()
        .any(|shared| host.ends_with(shared));
    let root = site
        .base
        .join("/")
        .ok()
        .and_then(|root| site.client.get(&root, ENCODINGS).ok());
    match root {
        _ if is_shared => report.unknown(
            "origin",
            &origin,
            "is shared by all sites of this account, and this tool cannot check those",
            OWN_HOST_NAME,
        ),
        Some(response) if response.status == 200 => {
            report.wrong(
                "origin",
                &origin,
                "something else is at its root",
                OWN_HOST_NAME,
            );
        }
        _ => report.unknown(
            "origin",
            &origin,
            "nothing is at its root, but this tool cannot list other paths",
            OWN_HOST_NAME,
        ),
    }
}

/// A service worker could intercept every request of the page.
fn workers(site: &Site<'_>, report: &mut Report) {
    const CHECK: &str = "service worker";
    const FIX: &str = "Remove it, and give the page its own host name, because browsers keep an installed service worker";
    let mut is_clean = true;
    for found in &site.found {
        if !found.response.all("service-worker-allowed").is_empty() {
            is_clean = false;
            report.wrong(
                CHECK,
                &found.name,
                "is sent with the header Service-Worker-Allowed",
                FIX,
            );
        }
    }
    for name in WORKERS {
        for prefix in ["/", "./"] {
            let Ok(url) = site.base.join(&format!("{prefix}{name}")) else {
                continue;
            };
            if prefix == "./" && site.base.path() == "/" {
                continue;
            }
            let is_there = site.client.get(&url, ENCODINGS).is_ok_and(|response| {
                response.status == 200 && response.first("content-type").contains("javascript")
            });
            if is_there {
                is_clean = false;
                report.wrong(CHECK, url.path(), "exists, and the page has none", FIX);
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
