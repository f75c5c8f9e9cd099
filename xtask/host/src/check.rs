//! Checks a live deployment: it is the published page, it is sent correctly, and it has its origin to itself.

mod files;
mod place;
mod sending;
mod settings;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use domain::config::Config;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::client::{Answer, Client};
use crate::report::Report;

const SUMS: &str = "SHA256SUMS";
/// The name used by the build. The page never requests this file.
const BILL: &str = "sbom.cdx.json";
const SETTINGS: &str = "config.json";
const NOT_FOUND: &str = "404.html";
/// The demo is published in a folder next to the page, with its own checksums.
const FOLDERS: [&str; 2] = ["", "demo/"];
/// All content encodings that are requested.
const PACKINGS: &str = "br, gzip";

/// The deployment to check.
pub(crate) struct Order<'a> {
    pub(crate) url: Url,
    /// Folder with the files that should be published.
    pub(crate) against: Option<&'a Path>,
    /// True if the web server cannot set headers.
    pub(crate) is_bare: bool,
}

/// A file of the deployment, by its name relative to the URL of the page.
struct Found {
    name: String,
    answer: Answer,
}

/// The checked site and the results so far.
struct Site<'a> {
    client: &'a Client,
    /// Ends with a slash.
    base: Url,
    /// The page first, named `index.html`, then every published file, and last an unknown URL.
    found: Vec<Found>,
    config: Option<Config>,
}

impl Site<'_> {
    fn get(&self, name: &str, packings: &str) -> Result<Answer, String> {
        let url = self.base.join(name).map_err(|error| error.to_string())?;
        self.client.get(&url, packings).map_err(String::from)
    }

    fn file(&self, name: &str) -> Option<&Answer> {
        let found = self.found.iter().find(|found| found.name == name);
        found.map(|found| &found.answer)
    }

    fn parents(&self) -> &[String] {
        self.config.as_ref().map_or(&[], |config| &config.parents)
    }
}

/// Runs all checks. An unreachable site gives a single finding.
pub(crate) fn run(client: &Client, order: &Order<'_>) -> Report {
    let mut report = Report::default();
    let Some((base, page)) = place::reach(client, &order.url, &mut report) else {
        return report;
    };
    let mut site = Site {
        client,
        base,
        found: vec![Found {
            name: "index.html".to_owned(),
            answer: page,
        }],
        config: None,
    };
    let sums = files::sums(&site, order.against, &mut report);
    files::fetch(&mut site, &sums, &mut report);
    settings::look(&mut site, &mut report);
    place::look(&mut site, &mut report);
    if !order.is_bare {
        sending::headers(&site, &mut report);
    }
    settings::policies(&site, order.is_bare, &mut report);
    sending::types(&site, &mut report);
    sending::packing(&site, &sums, &mut report);
    if !order.is_bare {
        sending::caching(&site, &mut report);
    }
    report
}

/// Checksums by file name, for all folders.
type Sums = BTreeMap<String, String>;

fn read_sums(text: &str, folder: &str) -> Sums {
    text.lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(sum, name)| (format!("{folder}{name}"), sum.to_owned()))
        .collect()
}

fn local_sums(folder: &Path) -> Result<Sums, String> {
    let mut all = Sums::new();
    for inner in FOLDERS {
        let file = folder.join(inner).join(SUMS);
        match fs::read_to_string(&file) {
            Ok(text) => all.extend(read_sums(&text, inner)),
            Err(error) if inner.is_empty() => return Err(format!("{}: {error}", file.display())),
            // A release can omit the demo.
            Err(_) => {}
        }
    }
    Ok(all)
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn kind(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, kind)| kind)
}
