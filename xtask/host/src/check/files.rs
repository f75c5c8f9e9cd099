//! Compares each published file with its checksum, in every content encoding.

use std::collections::BTreeSet;
use std::path::Path;

use crate::report::Report;

use super::{
    CHECKSUMS, CONFIG, Checksums, ENCODINGS, FOLDERS, FetchedFile, NOT_FOUND, Site, checksum,
    parse_checksums, read_local_checksums,
};

const REPUBLISH: &str = "Publish all files of one build again, together. If the error remains, find what changes the files: a \
     minifier, an injected script, an old compressed copy (.gz, .br) next to the file, or a cache";

/// The expected checksum of every file, from the deployment itself and, if specified, from the release.
pub(super) fn checksums(site: &Site<'_>, against: Option<&Path>, report: &mut Report) -> Checksums {
    let mut own = Checksums::new();
    for folder in FOLDERS {
        let name = format!("{folder}{CHECKSUMS}");
        match site.get(&name, ENCODINGS) {
            Ok(response) if response.status == 200 => match response.decoded() {
                Ok(text) => own.extend(parse_checksums(&String::from_utf8_lossy(&text), folder)),
                Err(problem) => report.wrong("files", &name, problem, REPUBLISH),
            },
            Ok(response) if folder.is_empty() => report.unknown(
                "files",
                &name,
                format!("is missing (HTTP {})", response.status),
                "Publish it with the other files, so that they can be verified",
            ),
            // The demo is optional.
            Ok(_) => {}
            Err(problem) => report.unknown("files", &name, problem, "Try again"),
        }
    }
    let Some(folder) = against else {
        return own;
    };
    match read_local_checksums(folder) {
        Err(problem) => report.unknown(
            "files",
            "--against",
            problem,
            "Specify the folder of a build or of an unpacked release",
        ),
        Ok(expected) => {
            // Each site owner has their own config.json.
            let differs =
                |name: &&String| !name.ends_with(CONFIG) && own.get(*name) != expected.get(*name);
            let published = own
                .keys()
                .chain(expected.keys().filter(|name| !name.starts_with("demo/")));
            let names: BTreeSet<&String> = published.filter(differs).collect();
            if names.is_empty() {
                report.right("release", CHECKSUMS, "matches the release");
            }
            for name in names {
                let message = match (own.contains_key(name), expected.contains_key(name)) {
                    (true, false) => "is not in the release",
                    (false, _) => "is in the release and not in the checksums of the site",
                    (true, true) => "has a different checksum in the release",
                };
                report.wrong("release", name, message, REPUBLISH);
            }
            // The checksums of the release take precedence over those of the site.
            own.retain(|name, _| name.starts_with("demo/") && !expected.contains_key(name));
            own.extend(expected.into_iter().filter(|(name, _)| {
                !name.starts_with("demo/")
                    || site
                        .get("demo/SHA256SUMS", ENCODINGS)
                        .is_ok_and(|it| it.status == 200)
            }));
        }
    }
    own
}

/// Requests every file and compares its checksum.
pub(super) fn fetch(site: &mut Site<'_>, checksums: &Checksums, report: &mut Report) {
    let mut same = 0;
    let page = site
        .found
        .first()
        .and_then(|page| page.response.decoded().ok());
    if let (Some(expected), Some(page)) = (checksums.get("index.html"), page) {
        compare(site, "the page", expected, &page, &mut same, report);
    }
    let others: BTreeSet<&str> = checksums
        .keys()
        .map(String::as_str)
        .chain([CONFIG, CHECKSUMS])
        .collect();
    for name in others {
        let response = match site.get(name, ENCODINGS) {
            Ok(response) => response,
            Err(problem) => {
                report.unknown("files", name, problem, "Try again");
                continue;
            }
        };
        if response.status != 200 {
            // Other checks report these files.
            if ![CONFIG, CHECKSUMS].contains(&name) && !is_redirected_page(name, response.status) {
                report.wrong(
                    "files",
                    name,
                    format!("is missing (HTTP {})", response.status),
                    REPUBLISH,
                );
            }
            continue;
        }
        match (response.decoded(), checksums.get(name)) {
            (Err(problem), _) => report.wrong("files", name, problem, REPUBLISH),
            (Ok(bytes), Some(expected)) if !name.ends_with(CONFIG) => {
                compare(site, name, expected, &bytes, &mut same, report);
            }
            (Ok(_), _) => {}
        }
        if name != "index.html" {
            site.found.push(FetchedFile {
                name: name.to_owned(),
                response,
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
fn is_redirected_page(name: &str, status: u16) -> bool {
    name.ends_with("index.html") && matches!(status, 301 | 302 | 307 | 308)
}

fn compare(
    site: &Site<'_>,
    name: &str,
    expected: &str,
    bytes: &[u8],
    same: &mut usize,
    report: &mut Report,
) {
    if checksum(bytes) == *expected
        || (name == NOT_FOUND && checksum(&with_root_link(site, bytes)) == *expected)
    {
        *same += 1;
    } else {
        report.wrong("files", name, "does not match its checksum", REPUBLISH);
    }
}

/// The 404 page links to the folder of the page. This link is the only text that a site owner changes in the files.
fn with_root_link(site: &Site<'_>, bytes: &[u8]) -> Vec<u8> {
    let here = format!("href=\"{}\"", site.base.path());
    String::from_utf8_lossy(bytes)
        .replace(&here, "href=\"/\"")
        .into_bytes()
}
