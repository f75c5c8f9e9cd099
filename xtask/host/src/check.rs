//! Checks a live deployment: it is the published page, it is sent correctly, and it has its origin to itself.

mod config;
mod files;
mod location;
mod responses;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use domain::config::Config;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::client::{Client, Response};
use crate::report::Report;

const CHECKSUMS: &str = "SHA256SUMS";
/// The name used by the build. The page never requests this file.
const SBOM: &str = "sbom.cdx.json";
const CONFIG: &str = "config.json";
const NOT_FOUND: &str = "404.html";
/// The demo is published in a folder next to the page, with its own checksums.
const FOLDERS: [&str; 2] = ["", "demo/"];
/// All content encodings that are requested.
const ENCODINGS: &str = "br, gzip";

/// The deployment to check.
pub(crate) struct CheckRequest<'a> {
    pub(crate) url: Url,
    /// Folder with the files that should be published.
    pub(crate) against: Option<&'a Path>,
    /// True if the web server cannot set headers.
    pub(crate) without_headers: bool,
}

/// A file of the deployment, by its name relative to the URL of the page.
struct FetchedFile {
    name: String,
    response: Response,
}

/// The checked site and the results so far.
struct Site<'a> {
    client: &'a Client,
    /// Ends with a slash.
    base: Url,
    /// The page first, named `index.html`, then every published file, and last an unknown URL.
    found: Vec<FetchedFile>,
    config: Option<Config>,
}

impl Site<'_> {
    fn get(&self, name: &str, encodings: &str) -> Result<Response, String> {
        let url = self.base.join(name).map_err(|error| error.to_string())?;
        self.client.get(&url, encodings).map_err(String::from)
    }

    fn file(&self, name: &str) -> Option<&Response> {
        let found = self.found.iter().find(|found| found.name == name);
        found.map(|found| &found.response)
    }

    fn parents(&self) -> &[String] {
        self.config.as_ref().map_or(&[], |config| &config.parents)
    }
}

/// Runs all checks. An unreachable site gives a single finding.
pub(crate) fn run(client: &Client, request: &CheckRequest<'_>) -> Report {
    let mut report = Report::default();
    let Some((base, page)) = location::reach(client, &request.url, &mut report) else {
        return report;
    };
    let mut site = Site {
        client,
        base,
        found: vec![FetchedFile {
            name: "index.html".to_owned(),
            response: page,
        }],
        config: None,
    };
    let checksums = files::checksums(&site, request.against, &mut report);
    files::fetch(&mut site, &checksums, &mut report);
    config::check(&mut site, &mut report);
    location::check(&mut site, &mut report);
    if !request.without_headers {
        responses::headers(&site, &mut report);
    }
    config::policies(&site, request.without_headers, &mut report);
    responses::types(&site, &mut report);
    responses::compression(&site, &checksums, &mut report);
    if !request.without_headers {
        responses::caching(&site, &mut report);
    }
    report
}

/// Checksums by file name, for all folders.
type Checksums = BTreeMap<String, String>;

fn parse_checksums(text: &str, folder: &str) -> Checksums {
    text.lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(checksum, name)| (format!("{folder}{name}"), checksum.to_owned()))
        .collect()
}

fn read_local_checksums(folder: &Path) -> Result<Checksums, String> {
    let mut all = Checksums::new();
    for inner in FOLDERS {
        let file = folder.join(inner).join(CHECKSUMS);
        match fs::read_to_string(&file) {
            Ok(text) => all.extend(parse_checksums(&text, inner)),
            Err(error) if inner.is_empty() => return Err(format!("{}: {error}", file.display())),
            // A release can omit the demo.
            Err(_) => {}
        }
    }
    Ok(all)
}

fn checksum(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}
