//! Checks how the files are sent: headers, content types, compression, and caching.

use std::collections::BTreeMap;

use crate::headers;
use crate::meaning;
use crate::report::Report;

use super::{BILL, PACKINGS, SETTINGS, SUMS, Site, Sums, kind, sum};

const HEADERS: &str = "Send the output of `cargo xtask headers` with every response, including those for missing files";

/// Compares each header of every response by meaning.
pub(super) fn headers(site: &Site<'_>, report: &mut Report) {
    const CHECK: &str = "header";
    let complete = headers::of(&[], &[]);
    let wanted = headers::of(&[], site.parents());
    for (name, _) in &complete {
        let mut said: BTreeMap<Result<String, String>, Vec<&str>> = BTreeMap::new();
        for found in &site.found {
            let sent = found.answer.all(name);
            let judged = match wanted.iter().find(|(known, _)| known == name) {
                Some((_, value)) => meaning::judge(name, &sent, value),
                None if sent.is_empty() => Ok("is not sent, so portals can embed it".to_owned()),
                None => Err("is sent, and blocks every portal in config.json".to_owned()),
            };
            said.entry(judged).or_default().push(&found.name);
        }
        for (judged, names) in said {
            let with = if names.len() == site.found.len() {
                format!("with all {} responses", names.len())
            } else {
                format!("with {}", names.join(", "))
            };
            match judged {
                Ok(says) => report.right(CHECK, name, format!("{says}, {with}")),
                Err(fault) => report.wrong(CHECK, name, format!("{fault}, {with}"), HEADERS),
            }
        }
    }
}

/// The file types of a build and the content types that browsers require.
fn types_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "html" => &["text/html"],
        "js" => &["text/javascript", "application/javascript"],
        "css" => &["text/css"],
        "json" => &["application/json"],
        "svg" => &["image/svg+xml"],
        "png" => &["image/png"],
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
        let is_there = found.answer.status == 200;
        let wanted = if is_there {
            types_of(kind(&found.name))
        } else {
            &[]
        };
        let Some(best) = wanted.first() else {
            continue;
        };
        let sent = found.answer.first("content-type");
        let mut parts = sent.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default();
        let charset = parts.find_map(|part| {
            part.to_ascii_lowercase()
                .strip_prefix("charset=")
                .map(str::to_owned)
        });
        let is_known = wanted
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
                    kind(&found.name)
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
pub(super) fn packing(site: &Site<'_>, sums: &Sums, report: &mut Report) {
    const CHECK: &str = "compression";
    let mut ways: BTreeMap<String, usize> = BTreeMap::new();
    for found in &site.found {
        let is_packable = matches!(kind(&found.name), "html" | "js" | "css" | "svg" | "wasm");
        let size = found.answer.unpacked().map_or(0, |bytes| bytes.len());
        if !is_packable || size < 1024 || found.answer.status != 200 {
            continue;
        }
        if found.answer.packing().is_empty() {
            report.wrong(
                CHECK,
                &found.name,
                format!("is sent uncompressed with {size} bytes"),
                "Configure the web server to compress .html, .js, .css, .svg, and .wasm with brotli or gzip",
            );
            continue;
        }
        let cached = !found.answer.first("cache-control").contains("no-store");
        let varies = found.answer.all("vary").join(",").to_ascii_lowercase();
        if cached && !varies.contains("accept-encoding") && !varies.contains('*') {
            report.wrong(
                CHECK,
                &found.name,
                "is compressed without `Vary: Accept-Encoding`",
                "Send this header. Otherwise, a cache can return compressed bytes to a client that did not request them",
            );
        }
        *ways.entry(found.answer.packing().to_owned()).or_default() += 1;
        // The other encodings can come from separate copies, which can be old.
        for other in ["gzip", "identity"] {
            let Some(wanted) = sums.get(&found.name) else {
                continue;
            };
            let bytes = site
                .get(address_of(&found.name), other)
                .and_then(|answer| answer.unpacked());
            match bytes {
                Ok(bytes) if sum(&bytes) == *wanted || found.name == super::NOT_FOUND => {}
                Ok(_) => report.wrong(
                    CHECK,
                    &found.name,
                    format!("is a different file when requested as {other}"),
                    "Create the compressed copies again from the files next to them",
                ),
                Err(fault) => report.unknown(CHECK, &found.name, fault, "Try again"),
            }
        }
    }
    if !ways.is_empty() {
        let told: Vec<String> = ways
            .iter()
            .map(|(way, count)| format!("{count} with {way}"))
            .collect();
        report.right(CHECK, PACKINGS, told.join(", "));
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
            .answer
            .all("cache-control")
            .join(", ")
            .to_ascii_lowercase();
        let has = |word: &str| sent.split(',').any(|part| part.trim() == word);
        let age = meaning::seconds(&sent, "max-age");
        let fault =
            if found.answer.status != 200 || kind(name) == "html" || name.ends_with(SETTINGS) {
                (!has("no-store")).then_some("no-store")
            } else if is_hashed(name) {
                (!has("immutable") || age < YEAR).then_some("public, max-age=31536000, immutable")
            } else if [SUMS, BILL].iter().any(|known| name.ends_with(known)) {
                (has("immutable") || age > 3600).then_some("no-store")
            } else {
                (has("immutable") || age > 86_400).then_some("no-cache")
            };
        match fault {
            None => right += 1,
            Some(wanted) => report.wrong(
                CHECK,
                name,
                format!("is sent with `Cache-Control: {sent}`"),
                &format!("Send `Cache-Control: {wanted}` with it"),
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
            SUMS_LIKE,
        ] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    const SUMS_LIKE: &str = "demo/SHA256SUMS";
}
