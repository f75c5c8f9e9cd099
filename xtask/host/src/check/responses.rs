//! Checks how the files are sent: headers, content types, compression, and caching.

use std::collections::BTreeMap;

use crate::advice;
use crate::headers;
use crate::report::Report;

use super::{CHECKSUMS, CONFIG, Checksums, ENCODINGS, SBOM, Site, checksum, extension};

const HEADERS: &str = "Send the output of `cargo xtask headers` with every response, including those for missing files";

/// Compares each header of every response by meaning.
pub(super) fn headers(site: &Site<'_>, report: &mut Report) {
    const CHECK: &str = "header";
    let complete = headers::of(&[], &[]);
    let expected = headers::of(&[], site.parents());
    for (name, _) in &complete {
        let mut by_result: BTreeMap<Result<String, String>, Vec<&str>> = BTreeMap::new();
        for found in &site.found {
            let sent = found.response.all(name);
            let result = match expected.iter().find(|(known, _)| known == name) {
                Some((_, value)) => advice::validate(name, &sent, value),
                None if sent.is_empty() => Ok("is not sent, so portals can embed it".to_owned()),
                None => Err("is sent, and blocks every portal in config.json".to_owned()),
            };
            by_result.entry(result).or_default().push(&found.name);
        }
        for (result, names) in by_result {
            let with = if names.len() == site.found.len() {
                format!("with all {} responses", names.len())
            } else {
                format!("with {}", names.join(", "))
            };
            match result {
                Ok(message) => report.right(CHECK, name, format!("{message}, {with}")),
                Err(problem) => report.wrong(CHECK, name, format!("{problem}, {with}"), HEADERS),
            }
        }
    }
}

/// The file types of a build and the content types that browsers require.
fn types_of(extension: &str) -> &'static [&'static str] {
    match extension {
        "html" => &["text/html"],
        "js" => &["text/javascript", "application/javascript"],
        "css" => &["text/css"],
        "json" => &["application/json"],
        "svg" => &["image/svg+xml"],
        "png" => &["image/png"],
        "txt" => &["text/plain"],
        "wasm" => &["application/wasm"],
        "webmanifest" => &["application/manifest+json"],
        _ => &[],
    }
}

pub(super) fn types(site: &Site<'_>, report: &mut Report) {
    const CHECK: &str = "type";
    let mut right = 0;
    for found in &site.found {
        // A response for a missing file has another type.
        let is_there = found.response.status == 200;
        let expected = if is_there {
            types_of(extension(&found.name))
        } else {
            &[]
        };
        let Some(best) = expected.first() else {
            continue;
        };
        let sent = found.response.first("content-type");
        let mut parts = sent.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default();
        let charset = parts.find_map(|part| {
            part.to_ascii_lowercase()
                .strip_prefix("charset=")
                .map(str::to_owned)
        });
        let is_known = expected
            .iter()
            .any(|known| known.eq_ignore_ascii_case(essence));
        let is_readable = charset
            .as_deref()
            .is_none_or(|charset| charset.trim_matches('"') == "utf-8");
        if is_known && is_readable {
            right += 1;
        } else {
            report.wrong(
                CHECK,
                &found.name,
                format!("is sent as `{sent}`"),
                &format!(
                    "Configure the web server to send `.{}` as `{best}`, and text in UTF-8",
                    extension(&found.name)
                ),
            );
        }
    }
    report.right(
        CHECK,
        "Content-Type",
        format!("{right} files have the correct type"),
    );
}

/// Large text files and the program must be compressed, and every encoding must give the same content.
pub(super) fn compression(site: &Site<'_>, checksums: &Checksums, report: &mut Report) {
    const CHECK: &str = "compression";
    let mut encoding_counts: BTreeMap<String, usize> = BTreeMap::new();
    for found in &site.found {
        let is_compressible = matches!(
            extension(&found.name),
            "html" | "js" | "css" | "svg" | "txt" | "wasm"
        );
        let size = found.response.decoded().map_or(0, |bytes| bytes.len());
        if !is_compressible || size < 1024 || found.response.status != 200 {
            continue;
        }
        if found.response.encoding().is_empty() {
            report.wrong(
                CHECK,
                &found.name,
                format!("is sent uncompressed with {size} bytes"),
                "Configure the web server to compress .html, .js, .css, .svg, .txt, and .wasm with brotli or gzip",
            );
            continue;
        }
        let cached = !found.response.first("cache-control").contains("no-store");
        let varies = found.response.all("vary").join(",").to_ascii_lowercase();
        if cached && !varies.contains("accept-encoding") && !varies.contains('*') {
            report.wrong(
                CHECK,
                &found.name,
                "is compressed without `Vary: Accept-Encoding`",
                "Send this header. Otherwise, a cache can return compressed bytes to a client that did not request them",
            );
        }
        *encoding_counts
            .entry(found.response.encoding().to_owned())
            .or_default() += 1;
        // The other encodings can come from separate copies, which can be old.
        for other in ["gzip", "identity"] {
            let Some(expected) = checksums.get(&found.name) else {
                continue;
            };
            let bytes = site
                .get(address_of(&found.name), other)
                .and_then(|response| response.decoded());
            match bytes {
                Ok(bytes) if checksum(&bytes) == *expected || found.name == super::NOT_FOUND => {}
                Ok(_) => report.wrong(
                    CHECK,
                    &found.name,
                    format!("is a different file when requested as {other}"),
                    "Create the compressed copies again from the files next to them",
                ),
                Err(problem) => report.unknown(CHECK, &found.name, problem, "Try again"),
            }
        }
    }
    if !encoding_counts.is_empty() {
        let summary: Vec<String> = encoding_counts
            .iter()
            .map(|(encoding, count)| format!("{count} with {encoding}"))
            .collect();
        report.right(CHECK, ENCODINGS, summary.join(", "));
    }
}

/// The page is requested by the URL of its folder.
fn address_of(name: &str) -> &str {
    if name == "index.html" { "" } else { name }
}

/// Changing files must not be cached for long, and unchanging files must not be requested twice.
pub(super) fn caching(site: &Site<'_>, report: &mut Report) {
    const CHECK: &str = "caching";
    const YEAR: u64 = 31_536_000;
    let mut right = 0;
    for found in &site.found {
        let name = found.name.as_str();
        let sent = found
            .response
            .all("cache-control")
            .join(", ")
            .to_ascii_lowercase();
        let has = |word: &str| sent.split(',').any(|part| part.trim() == word);
        let age = advice::seconds(&sent, "max-age");
        let problem = if found.response.status != 200
            || extension(name) == "html"
            || name.ends_with(CONFIG)
        {
            (!has("no-store")).then_some("no-store")
        } else if is_hashed(name) {
            (!has("immutable") || age < YEAR).then_some("public, max-age=31536000, immutable")
        } else if [CHECKSUMS, SBOM].iter().any(|known| name.ends_with(known)) {
            (has("immutable") || age > 3600).then_some("no-store")
        } else {
            (has("immutable") || age > 86_400).then_some("no-cache")
        };
        match problem {
            None => right += 1,
            Some(expected) => report.wrong(
                CHECK,
                name,
                format!("is sent with `Cache-Control: {sent}`"),
                &format!("Send `Cache-Control: {expected}` with it"),
            ),
        }
    }
    report.right(
        CHECK,
        "Cache-Control",
        format!("{right} responses have the correct cache lifetime"),
    );
}

/// True if the name contains a hash of the content.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '.', '_'])
        // Trunk writes the hash without leading zeros.
        .any(|part| {
            (8..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn names_with_a_hash_are_recognized() {
        for name in [
            "boot-42cd71006e78c571.js",
            "a-b-4da87ee99205fbfe_bg.wasm",
            "a-b-34214abd4f797f_bg.wasm",
        ] {
            assert!(is_hashed(name), "{name}");
        }
        for name in [
            "index.html",
            "icon-192.png",
            "cmg-entra-setup.js",
            CHECKSUMS_NAME,
        ] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    const CHECKSUMS_NAME: &str = "demo/SHA256SUMS";
}
