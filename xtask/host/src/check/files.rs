//! Compares each published file with its checksum, in every content encoding.

use std::collections::BTreeSet;
use std::path::Path;

use crate::report::Report;

use super::{
    FOLDERS, Found, NOT_FOUND, PACKINGS, SETTINGS, SUMS, Site, Sums, local_sums, read_sums, sum,
};

const ANEW: &str = "Publish all files of one build again, together. If the error remains, find what changes the files: a \
     minifier, an injected script, an old compressed copy (.gz, .br) next to the file, or a cache";

/// The expected checksum of every file, from the deployment itself and, if specified, from the release.
pub(super) fn sums(site: &Site<'_>, against: Option<&Path>, report: &mut Report) -> Sums {
    let mut own = Sums::new();
    for folder in FOLDERS {
        let name = format!("{folder}{SUMS}");
        match site.get(&name, PACKINGS) {
            Ok(answer) if answer.status == 200 => match answer.unpacked() {
                Ok(text) => own.extend(read_sums(&String::from_utf8_lossy(&text), folder)),
                Err(fault) => report.wrong("files", &name, fault, ANEW),
            },
            Ok(answer) if folder.is_empty() => report.unknown(
                "files",
                &name,
                format!("is missing (HTTP {})", answer.status),
                "Publish it with the other files, so that they can be verified",
            ),
            // The demo is optional.
            Ok(_) => {}
            Err(fault) => report.unknown("files", &name, fault, "Try again"),
        }
    }
    let Some(folder) = against else {
        return own;
    };
    match local_sums(folder) {
        Err(fault) => report.unknown(
            "files",
            "--against",
            fault,
            "Specify the folder of a build or of an unpacked release",
        ),
        Ok(wanted) => {
            // Each site owner has their own config.json.
            let differs =
                |name: &&String| !name.ends_with(SETTINGS) && own.get(*name) != wanted.get(*name);
            let published = own
                .keys()
                .chain(wanted.keys().filter(|name| !name.starts_with("demo/")));
            let names: BTreeSet<&String> = published.filter(differs).collect();
            if names.is_empty() {
                report.right("release", SUMS, "matches the release");
            }
            for name in names {
                let says = match (own.contains_key(name), wanted.contains_key(name)) {
                    (true, false) => "is not in the release",
                    (false, _) => "is in the release and not in the checksums of the site",
                    (true, true) => "has a different checksum in the release",
                };
                report.wrong("release", name, says, ANEW);
            }
            // The checksums of the release take precedence over those of the site.
            own.retain(|name, _| name.starts_with("demo/") && !wanted.contains_key(name));
            own.extend(wanted.into_iter().filter(|(name, _)| {
                !name.starts_with("demo/")
                    || site
                        .get("demo/SHA256SUMS", PACKINGS)
                        .is_ok_and(|it| it.status == 200)
            }));
        }
    }
    own
}

/// Requests every file and compares its checksum.
pub(super) fn fetch(site: &mut Site<'_>, sums: &Sums, report: &mut Report) {
    let mut same = 0;
    let page = site
        .found
        .first()
        .and_then(|page| page.answer.unpacked().ok());
    if let (Some(wanted), Some(page)) = (sums.get("index.html"), page) {
        compare(site, "the page", wanted, &page, &mut same, report);
    }
    let others: BTreeSet<&str> = sums
        .keys()
        .map(String::as_str)
        .chain([SETTINGS, SUMS])
        .collect();
    for name in others {
        let answer = match site.get(name, PACKINGS) {
            Ok(answer) => answer,
            Err(fault) => {
                report.unknown("files", name, fault, "Try again");
                continue;
            }
        };
        if answer.status != 200 {
            // Other checks report these files.
            if ![SETTINGS, SUMS].contains(&name) && !is_page_elsewhere(name, answer.status) {
                report.wrong(
                    "files",
                    name,
                    format!("is missing (HTTP {})", answer.status),
                    ANEW,
                );
            }
            continue;
        }
        match (answer.unpacked(), sums.get(name)) {
            (Err(fault), _) => report.wrong("files", name, fault, ANEW),
            (Ok(bytes), Some(wanted)) if !name.ends_with(SETTINGS) => {
                compare(site, name, wanted, &bytes, &mut same, report);
            }
            (Ok(_), _) => {}
        }
        if name != "index.html" {
            site.found.push(Found {
                name: name.to_owned(),
                answer,
            });
        }
    }
    if same > 0 {
        report.right(
            "files",
            "SHA-256",
            format!("{same} files match their checksums"),
        );
    }
}

/// A web server can redirect from `index.html` to the folder.
fn is_page_elsewhere(name: &str, status: u16) -> bool {
    name.ends_with("index.html") && matches!(status, 301 | 302 | 307 | 308)
}

fn compare(
    site: &Site<'_>,
    name: &str,
    wanted: &str,
    bytes: &[u8],
    same: &mut usize,
    report: &mut Report,
) {
    if sum(bytes) == *wanted || (name == NOT_FOUND && sum(&at_root(site, bytes)) == *wanted) {
        *same += 1;
    } else {
        report.wrong("files", name, "does not match its checksum", ANEW);
    }
}

/// The 404 page links to the folder of the page. This link is the only text that a site owner changes in the files.
fn at_root(site: &Site<'_>, bytes: &[u8]) -> Vec<u8> {
    let here = format!("href=\"{}\"", site.base.path());
    String::from_utf8_lossy(bytes)
        .replace(&here, "href=\"/\"")
        .into_bytes()
}
