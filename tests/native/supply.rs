//! What the project is built from: its own members, and what it takes from others.

use std::fs;
use std::path::Path;

fn read(file: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    text.replace("\r\n", "\n")
}

/// The folders of the workspace's members, the page's own first.
fn members() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let (_, rest) = manifest.split_once("members = [").unwrap();
    let (list, _) = rest.split_once(']').unwrap();
    let named = list.split('"').skip(1).step_by(2);
    let members: Vec<String> = [""].into_iter().chain(named).map(str::to_owned).collect();
    assert!(members.len() > 3);
    members
}

#[test]
fn unsafe_code_is_forbidden_in_every_member() {
    let forbids = |text: &str| text.contains("\nunsafe_code = \"forbid\"\n");
    let workspace = read("Cargo.toml");
    let (_, lints) = workspace.split_once("[workspace.lints.rust]").unwrap();
    assert!(forbids(lints));
    for member in members() {
        let file = format!("{member}/Cargo.toml");
        let manifest = read(file.trim_start_matches('/'));
        assert!(
            manifest.contains("\n[lints]\nworkspace = true\n"),
            "{member} does not take the workspace's lints"
        );
    }
}

#[test]
fn everything_from_others_comes_from_one_registry_and_has_a_checksum() {
    for (file, own) in [("Cargo.lock", members().len()), ("fuzz/Cargo.lock", 2)] {
        let lock = read(file);
        let mut without_source = 0;
        for entry in lock.split("[[package]]").skip(1) {
            let has = |start: &str| entry.lines().any(|line| line.starts_with(start));
            if has("source = ") {
                let registry = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
                assert!(has(registry) && has("checksum = \""), "{file}: {entry}");
            } else {
                without_source += 1;
            }
        }
        assert_eq!(
            without_source, own,
            "{file}: a package without a source is no member"
        );
    }
}

/// The page's code is Rust and one file of its own: packages of npm build and test it, and are pinned where they do.
#[test]
fn no_package_of_npm_is_in_the_page() {
    let page = read("index.html");
    assert!(!page.contains("node_modules"));
    let boot = read("src/boot.js");
    assert!(!boot.contains("import ") && !boot.contains("require("));
    for folder in ["xtask/npm", "tests/e2e"] {
        let lock = read(&format!("{folder}/package-lock.json"));
        assert!(lock.contains("\"integrity\": \"sha512-"), "{folder}");
    }
}

/// A tag can be moved; a commit cannot. And no job has more rights than it names.
#[test]
fn every_action_of_a_workflow_is_pinned_by_its_commit_and_rights_are_named() {
    let mut pinned = 0;
    for name in ["ci", "pages", "release"] {
        let text = read(&format!(".github/workflows/{name}.yml"));
        assert!(text.contains("\npermissions:"), "{name}");
        for line in text.lines().filter(|line| line.contains("uses: ")) {
            let commit = line
                .split_once('@')
                .map_or("", |(_, rest)| rest.split(' ').next().unwrap_or(""));
            let is_commit =
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_commit && line.contains(" # v"), "{name}: {line}");
            pinned += 1;
        }
        if name == "release" || name == "pages" {
            assert!(text.contains("\npermissions: {}\n"), "{name}");
        }
    }
    assert!(pinned > 8);
}
