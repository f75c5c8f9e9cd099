//! The bill of materials of this project and of small example projects.

use std::collections::BTreeSet;
use std::path::Path;

use cyclonedx_bom::prelude::{Bom, Validate as _};

use super::*;

fn this_project() -> Value {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    of(&crate::read_project(&sources).unwrap()).unwrap()
}

fn names(sbom: &Value) -> BTreeSet<&str> {
    sbom["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|component| component["name"].as_str().unwrap())
        .collect()
}

#[test]
fn only_compiled_in_components_are_listed() {
    let sbom = this_project();
    let names = names(&sbom);
    for built_in in [
        "yew",
        "oauth2",
        "serde_json",
        "wasm-bindgen",
        "web-sys",
        "idb",
        "zeroize",
        "std",
    ] {
        assert!(names.contains(built_in), "{built_in} is missing");
    }
    for other in [
        // Used only by tests.
        "proptest",
        "tree-sitter",
        "wasm-bindgen-test",
        // Used only by the build.
        "fluent-syntax",
        "trunk",
        "syn",
        "yew-macro",
        "serde_derive",
        // Server features of Yew, enabled only in tests.
        "tokio",
        // The page's own crates, other workspace members, and other operating systems.
        "domain",
        "engine",
        "emulator",
        "hyper",
        "aws-lc-rs",
        "windows-sys",
        "libc",
        PAGE,
    ] {
        assert!(!names.contains(other), "{other} is listed");
    }
}

#[test]
fn each_component_has_version_license_location_and_checksum() {
    let sbom = this_project();
    let components = sbom["components"].as_array().unwrap();
    assert!(components.len() > 50);
    for component in components {
        let name = component["name"].as_str().unwrap();
        assert!(!component["version"].as_str().unwrap().is_empty(), "{name}");
        let licence = component["licenses"][0]["expression"].as_str().unwrap();
        assert!(!licence.is_empty() && !licence.contains('/'), "{name}");
        assert!(component["purl"].as_str().unwrap().starts_with("pkg:"));
        if name != "std" {
            let checksum = component["hashes"][0]["content"].as_str().unwrap();
            assert_eq!(checksum.len(), 64, "{name}");
        }
    }
}

#[test]
fn an_independent_parser_finds_the_bill_valid_and_complete() {
    let sbom = this_project();
    let read = Bom::parse_json_value(sbom.clone()).unwrap();
    let verdict = read.validate();
    assert!(verdict.passed(), "{verdict:?}");
    let listed = sbom["components"].as_array().unwrap().len();
    assert_eq!(read.components.unwrap().0.len(), listed);
    let dependencies = read.dependencies.unwrap().0;
    assert_eq!(dependencies.len(), listed + 1);
    let known: BTreeSet<String> = dependencies
        .iter()
        .map(|dependency| dependency.dependency_ref.clone())
        .collect();
    assert_eq!(known.len(), listed + 1);
    for on in dependencies.iter().flat_map(|one| &one.dependencies) {
        assert!(known.contains(on), "{on}");
    }
}

#[test]
fn the_bill_is_reproducible_and_contains_no_local_path() {
    let text = this_project().to_string();
    assert_eq!(text, this_project().to_string());
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).to_string_lossy();
    assert!(!text.contains(&*home));
    assert!(!text.contains("timestamp") && !text.contains("serialNumber"));
}

fn project(tree: &str, lock: &str) -> Project {
    Project {
        tree: tree.to_owned(),
        metadata: json!({ "packages": [
            { "name": PAGE, "version": "0.1.0", "license": "MIT" },
            { "name": "a", "version": "1.0.0+b", "license": "MIT/Apache-2.0" },
            { "name": "nameless", "version": "1.0.0", "license": null },
        ]})
        .to_string(),
        lock: lock.to_owned(),
        compiler: "rustc 1.0.0\ncommit-hash: c0ffee\nrelease: 1.0.0\n".to_owned(),
    }
}

const LOCK: &str = "[[package]]\nname = \"a\"\nversion = \"1.0.0+b\"\nchecksum = \"00\"\n\n\
                    [[package]]\nname = \"nameless\"\nversion = \"1.0.0\"\nchecksum = \"01\"\n";

#[test]
fn own_crates_are_part_of_the_application() {
    let tree = "0 cmg-entra-setup v0.1.0 (/x)\n1 engine v0.1.0 (/x/engine)\n2 a v1.0.0+b\n2 domain v0.1.0 (/x/domain)\n\
                1 domain v0.1.0 (/x/domain) (*)\n";
    let sbom = of(&project(tree, LOCK)).unwrap();
    let names = names(&sbom);
    assert_eq!(names, BTreeSet::from(["a", "std"]));
    assert_eq!(
        sbom["dependencies"][1],
        json!({
            "ref": "pkg:cargo/cmg-entra-setup@0.1.0",
            "dependsOn": ["pkg:cargo/a@1.0.0%2Bb", sbom["components"][1]["bom-ref"]],
        })
    );
}

#[test]
fn missing_data_stops_the_release() {
    let tree = "0 cmg-entra-setup v0.1.0 (/x)\n1 a v1.0.0+b\n2 a v1.0.0+b (*)\n";
    let sbom = of(&project(tree, LOCK)).unwrap();
    assert_eq!(sbom["components"][0]["purl"], "pkg:cargo/a@1.0.0%2Bb");
    assert_eq!(
        sbom["components"][0]["licenses"][0]["expression"],
        "MIT OR Apache-2.0"
    );
    for (tree, lock, error) in [
        (tree, "", "no checksum for a"),
        (
            "0 cmg-entra-setup v0.1.0\n1 nameless v1.0.0\n",
            LOCK,
            "has no license",
        ),
        ("0 a v1.0.0+b\n", LOCK, "does not contain"),
        ("0 cmg-entra-setup\n", LOCK, "unexpected `cargo tree` line"),
    ] {
        let message = of(&project(tree, lock)).unwrap_err();
        assert!(message.contains(error), "{message}");
    }
}
