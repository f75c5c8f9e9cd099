//! Files next to the program for web servers and for installation: the manifest, its icons, and the page for unknown URLs.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde_json::Value;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(file(name)).unwrap()
}

/// All URLs in it are relative, so that the same files work under any path of any web server.
#[test]
fn the_manifest_applies_to_its_own_folder() {
    let manifest: Value = serde_json::from_str(&read("src/manifest.webmanifest")).unwrap();
    for key in ["start_url", "scope"] {
        assert_eq!(manifest[key], "./", "{key}");
    }
    // `id` is resolved against the origin, so two copies under one origin would be one app. Without it, `start_url` is the identity.
    assert_eq!(manifest.get("id"), None);
    assert_eq!(manifest["display"], "standalone");
    let index = read("index.html");
    assert!(index.contains(
        "<link rel=\"manifest\" href=\"manifest.webmanifest\" crossorigin=\"use-credentials\" />"
    ));
    assert!(index.contains(manifest["description"].as_str().unwrap()));
    assert!(index.contains(&format!(
        "<title>{}</title>",
        manifest["name"].as_str().unwrap()
    )));
}

#[test]
fn every_manifest_icon_is_published_in_its_stated_size() {
    let manifest: Value = serde_json::from_str(&read("src/manifest.webmanifest")).unwrap();
    let index = read("index.html");
    let mut purposes = Vec::new();
    for icon in manifest["icons"].as_array().unwrap() {
        let name = icon["src"].as_str().unwrap();
        assert!(
            index.contains(&format!("rel=\"copy-file\" href=\"style/{name}\"")),
            "{name}"
        );
        let bytes = fs::read(file("style").join(name)).unwrap();
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n", "{name}");
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!(
            icon["sizes"],
            format!("{}x{}", number(16), number(20)),
            "{name}"
        );
        purposes.push((
            number(16),
            icon["purpose"].as_str().unwrap_or("any").to_owned(),
        ));
    }
    for (size, purpose) in [(192, "any"), (512, "any"), (512, "maskable")] {
        assert!(
            purposes.contains(&(size, purpose.to_owned())),
            "{size} {purpose}"
        );
    }
}

/// The web server returns it at any depth. Relative links would lead to wrong URLs, and loaded files would not be found.
#[test]
fn the_404_page_loads_nothing_and_has_one_fixed_link() {
    let page = read("src/404.html");
    for word in [
        "<script",
        "<style",
        "src=",
        "http-equiv=\"refresh\"",
        "stylesheet",
        "://",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains(
        "content=\"default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'\""
    ));
    assert!(page.contains("<meta name=\"referrer\" content=\"no-referrer\" />"));
    let links: Vec<&str> = page.split("href=\"").skip(1).collect();
    // The icon prevents browsers from requesting one.
    assert_eq!(links.len(), 2);
    assert!(links[0].starts_with("data:,\"") && links[1].starts_with("/\">"));
}

/// A service worker outlives a deployment, is not covered by a hash, and can respond to every request, so the page must not have one.
#[test]
fn no_file_registers_a_service_worker() {
    for name in [
        "src/boot.js",
        "src/first.js",
        "src/bridge/bridge.js",
        "index.html",
        "src/404.html",
    ] {
        assert!(!read(name).contains(".register("), "{name}");
    }
}
