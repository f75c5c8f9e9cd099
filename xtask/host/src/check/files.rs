//! Are these the files that were published, each and unchanged, however they are packed?

use std::collections::BTreeSet;
use std::path::Path;

use crate::report::Report;

use super::{
    FOLDERS, Found, NOT_FOUND, PACKINGS, SETTINGS, SUMS, Site, Sums, local_sums, read_sums, sum,
};

const ANEW: &str = "Publish every file of one build anew, together. If it stays, look for what changes files on their way: a \
     minifier, a script that is put in, an old packed copy (.gz, .br) beside the file, a cache";

/// What every file should be, by the deployment's own word and, if there is one, by the release beside it.
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
                format!("is not there (HTTP {})", answer.status),
                "Publish it with the other files, so that anybody can compare them",
            ),
            // The demo need not be published.
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
            "Name the folder of a build or an unpacked release",
        ),
        Ok(wanted) => {
            // The host's own settings are its own.
            let differs =
                |name: &&String| !name.ends_with(SETTINGS) && own.get(*name) != wanted.get(*name);
            let published = own
                .keys()
                .chain(wanted.keys().filter(|name| !name.starts_with("demo/")));
            let names: BTreeSet<&String> = published.filter(differs).collect();
            if names.is_empty() {
                report.right("release", SUMS, "the same as those of the release");
            }
            for name in names {
                let says = match (own.contains_key(name), wanted.contains_key(name)) {
                    (true, false) => "is not in the release",
                    (false, _) => "is of the release and not in the sums of the host",
                    (true, true) => "has another sum than in the release",
                };
                report.wrong("release", name, says, ANEW);
            }
            // What counts is the release, whatever the host says of itself.
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

/// Asks for every file and compares it.
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
            // Each has a word of its own elsewhere.
            if ![SETTINGS, SUMS].contains(&name) && !is_page_elsewhere(name, answer.status) {
                report.wrong(
                    "files",
                    name,
                    format!("is not there (HTTP {})", answer.status),
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
            format!("{same} files are those of the sums"),
        );
    }
}

/// A host may lead from `index.html` to the folder.
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
        report.wrong("files", name, "is not the file of the sums", ANEW);
    }
}

/// The page for addresses nobody has leads to the folder it is published in: the one text of the files that a host changes.
fn at_root(site: &Site<'_>, bytes: &[u8]) -> Vec<u8> {
    let here = format!("href=\"{}\"", site.base.path());
    String::from_utf8_lossy(bytes)
        .replace(&here, "href=\"/\"")
        .into_bytes()
}
