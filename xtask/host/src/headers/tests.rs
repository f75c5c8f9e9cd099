//! The headers: defaults, selected clouds and portals, and the recipes of `docs/hosting`.

use std::fs;
use std::path::Path;

use super::*;

fn policy_of(clouds: &[Cloud], parents: &[&str]) -> String {
    let parents: Vec<String> = parents.iter().map(|&parent| parent.to_owned()).collect();
    of(clouds, &parents)[0].1.clone()
}

#[test]
fn default_headers_are_the_published_headers() {
    let lines = Server::Plain.lines(&of(&[], &[]));
    assert_eq!(lines, COMPLETE.lines().collect::<Vec<_>>());
    assert_eq!(of(&Cloud::ALL, &[]), of(&[], &[]));
}

#[test]
fn one_selected_cloud_keeps_only_its_three_hosts() {
    assert!(policy_of(&[Cloud::UsGovDod], &[]).contains(
        "connect-src 'self' https://login.microsoftonline.us https://dod-graph.microsoft.us https://management.usgovcloudapi.net;"
    ));
    let two = policy_of(&[Cloud::UsGov, Cloud::Public], &[]);
    assert!(
        two.contains("https://graph.microsoft.com ") && two.contains("https://graph.microsoft.us ")
    );
    assert!(!two.contains("dod-graph"));
}

#[test]
fn portals_are_in_the_policy_and_no_header_blocks_them() {
    let parents = ["https://a.example", "https://b.example:8443"];
    let policy = policy_of(&[], &parents);
    assert!(policy.ends_with("frame-ancestors https://a.example https://b.example:8443"));
    let headers = of(&[], &parents.map(str::to_owned));
    assert!(headers.iter().all(|(name, _)| name != FRAME_OPTIONS));
    assert_eq!(headers.len() + 1, of(&[], &[]).len());
}

/// The recipes write the values in quotation marks, in XML attributes, and in the configuration of nginx (`$` is special) and Apache (`%`).
#[test]
fn no_header_value_needs_escaping() {
    for (name, value) in of(&[], &[]) {
        let is_plain = |byte: u8| (b' '..0x7f).contains(&byte) && !b"\"\\$%&<>".contains(&byte);
        assert!(value.bytes().all(is_plain), "{name}");
    }
}

#[test]
fn the_recipes_send_exactly_these_headers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/hosting");
    for (file, server) in [
        ("nginx.conf", Server::Nginx),
        ("apache.conf", Server::Apache),
        ("web.config", Server::Iis),
        ("staticwebapp.config.json", Server::StaticWebApps),
    ] {
        let text = fs::read_to_string(folder.join(file))
            .unwrap()
            .replace("\r\n", "\n");
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let expected = server.lines(&of(&[], &[]));
        assert!(
            lines.windows(expected.len()).any(|block| block == expected),
            "{file} is not what `cargo xtask headers --for` prints"
        );
        for (name, _) in of(&[], &[]) {
            let spoken = lines.iter().filter(|line| line.contains(&name)).count();
            assert_eq!(spoken, 1, "{file}: {name}");
        }
    }
}

/// A recipe that sets a cache lifetime by file extension must list the files whose names have no hash.
#[test]
fn the_recipes_do_not_cache_files_whose_names_have_no_hash() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/hosting");
    let iis = fs::read_to_string(folder.join("web.config")).unwrap();
    for name in [
        "index.html",
        "bridge.html",
        "404.html",
        "config.json",
        "config.schema.json",
        "embed.js",
        "manifest.webmanifest",
        "icon-192.png",
        "icon-512.png",
        "icon-maskable-512.png",
        "SHA256SUMS",
        "sbom.cdx.json",
        "demo/index.html",
        "demo/config.json",
        "demo/config.schema.json",
        "demo/manifest.webmanifest",
    ] {
        assert!(
            iis.contains(&format!("<location path=\"{name}\">")),
            "{name}"
        );
    }
    let text = fs::read_to_string(folder.join("staticwebapp.config.json")).unwrap();
    let settings: serde_json::Value = serde_json::from_str(&text).unwrap();
    let routes = settings["routes"].as_array().unwrap();
    let index_of = |route: &str| {
        routes
            .iter()
            .position(|known| known["route"] == route)
            .unwrap()
    };
    // The first matching route applies.
    for name in ["/embed.js", "/embed.integrity.txt"] {
        assert!(index_of(name) < index_of("/*.{js,css,svg,txt,wasm}"));
    }
}
