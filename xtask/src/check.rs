//! `cargo xtask check`: format, lints, and the unit tests of what has changed since the last commit. Everything else is left to
//! `cargo xtask test`.
//!
//! Every cargo command is for the whole workspace and limited by target, not by package: cargo then checks only the changed crates and those
//! that depend on them, with the features that `cargo xtask test` uses. With `--package`, cargo would select other features and build the
//! dependencies again.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::rings;
use crate::setup;
use crate::shell::{self, Error, command, log, output_of, print, root};

/// Files that the build of every crate reads. `.cargo` is a folder.
const SHARED: [&str; 5] = [
    ".cargo/",
    "Cargo.lock",
    "Cargo.toml",
    "clippy.toml",
    "rust-toolchain.toml",
];

/// The page is the package in the project folder. These are its files, besides those of `SHARED`.
const PAGE: [&str; 7] = [
    "Trunk.toml",
    "benches/",
    "index.html",
    "src/",
    "style/",
    "tests/browser/",
    "tests/native/",
];

/// The build script of this crate reads the sentences.
const LOCALES: (&str, &str) = ("locales/", "crates/domain");

/// Tests in JavaScript or Python. `tests/native` reads no file of them.
const OTHER_TESTS: [&str; 2] = ["tests/clients/", "tests/e2e/"];

const NEXT_STEP: &str = "fix the problems shown above, then run `cargo xtask check` again";

/// Checks the changed files. Stops at the first failure.
pub(crate) fn run() -> Result<(), Error> {
    let start = Instant::now();
    let files = changed_files()?;
    if files.is_empty() {
        print("Nothing has changed since the last commit");
        return Ok(());
    }
    let scope = Scope::of(&files, &read_members(&root())?);
    log(&format!("{} files have changed", files.len()));
    rings::format()?;
    if scope.has_rust {
        rings::clippy_native()?;
    }
    if scope.has_page_crates {
        setup::wasm_target()?;
        rings::clippy_wasm()?;
    }
    if scope.has_javascript {
        rings::javascript()?;
    }
    if !scope.test_targets.is_empty() {
        shell::run(
            command("cargo")
                .args(["test", "--locked", "--workspace"])
                .args(&scope.test_targets),
            NEXT_STEP,
        )?;
    }
    print(&format!(
        "No problems in {:.0} s. `cargo xtask test` runs all tests",
        start.elapsed().as_secs_f32()
    ));
    Ok(())
}

/// Changed, deleted and new files, with slashes. Without renames, git lists both names of a moved file.
fn changed_files() -> Result<BTreeSet<String>, Error> {
    let git = |arguments: &[&str]| {
        output_of(
            command("git")
                .args(["-c", "core.quotePath=off"])
                .args(arguments),
        )
        .ok_or_else(|| {
            Error::new(
                format!("git {} failed", arguments.join(" ")),
                "run this command in a clone of the project, with git installed",
            )
        })
    };
    let changed = git(&["diff", "--name-only", "--no-renames", "HEAD"])?;
    let new = git(&["ls-files", "--others", "--exclude-standard"])?;
    Ok(changed
        .lines()
        .chain(new.lines())
        .map(str::to_owned)
        .collect())
}

/// A package of the workspace.
#[derive(Clone, Debug, Default)]
struct Member {
    /// Ends with a slash. Empty for the page.
    folder: String,
    /// The options of `cargo test` that select its tests.
    test_targets: Vec<String>,
}

/// Reads `members` in Cargo.toml, which is one line.
fn read_members(root: &Path) -> Result<Vec<Member>, Error> {
    let fault = |error: String| Error::new(error, "check Cargo.toml");
    let text =
        fs::read_to_string(root.join("Cargo.toml")).map_err(|error| fault(error.to_string()))?;
    let list = text
        .lines()
        .find_map(|line| line.strip_prefix("members = ["))
        .ok_or_else(|| fault("Cargo.toml has no line `members = [...]`".to_owned()))?;
    let folders = list.split('"').skip(1).step_by(2);
    let mut members = vec![Member {
        folder: String::new(),
        test_targets: ["--lib", "--test=native"].map(str::to_owned).into(),
    }];
    members.extend(folders.map(|folder| Member {
        folder: format!("{folder}/"),
        test_targets: test_targets(&root.join(folder)),
    }));
    Ok(members)
}

/// A program has the name of its folder.
fn test_targets(folder: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let mut targets = Vec::new();
    if folder.join("src/lib.rs").is_file() {
        targets.push("--lib".to_owned());
    } else if !manifest.contains("\ntest = false\n") {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        targets.push(format!("--bin={name}"));
    }
    for entry in fs::read_dir(folder.join("tests"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let file = entry.path();
        if file.extension().is_some_and(|extension| extension == "rs") {
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            targets.push(format!("--test={name}"));
        }
    }
    targets
}

/// What must be checked after a change of some files.
#[derive(Debug, Default, PartialEq, Eq)]
struct Scope {
    has_rust: bool,
    /// True if the page or a crate in it has changed: the lints run for WebAssembly too.
    has_page_crates: bool,
    has_javascript: bool,
    /// Empty if no test has to run.
    test_targets: BTreeSet<String>,
}

impl Scope {
    fn of(files: &BTreeSet<String>, members: &[Member]) -> Self {
        let mut scope = Self::default();
        for file in files {
            scope.has_javascript |= is_javascript(file);
            let owners = owners(file, members);
            for owner in &owners {
                scope.has_rust = true;
                scope.has_page_crates |=
                    owner.folder.is_empty() || owner.folder.starts_with("crates/");
                scope
                    .test_targets
                    .extend(owner.test_targets.iter().cloned());
            }
            // `tests/native` also tests the documents, the workflows and the settings of the project, and runs the engine.
            let is_of_no_crate = owners.is_empty() && !starts_with_any(file, &OTHER_TESTS);
            if is_of_no_crate || file.starts_with("crates/engine/") {
                scope.test_targets.insert("--test=native".to_owned());
            }
        }
        scope
    }
}

/// The packages that are built from a file.
fn owners<'a>(file: &str, members: &'a [Member]) -> Vec<&'a Member> {
    if starts_with_any(file, &SHARED) {
        return members.iter().collect();
    }
    let (locales, reader) = LOCALES;
    let file = match file.strip_prefix(locales) {
        Some(name) => format!("{reader}/{name}"),
        None => file.to_owned(),
    };
    let is_of_page = starts_with_any(&file, &PAGE);
    members
        .iter()
        // `xtask/` is a package, and so is `xtask/host/`.
        .filter(|member| file.starts_with(&member.folder))
        .max_by_key(|member| member.folder.len())
        .filter(|member| !member.folder.is_empty() || is_of_page)
        .into_iter()
        .collect()
}

fn starts_with_any(file: &str, places: &[&str]) -> bool {
    places.iter().any(|place| match place.ends_with('/') {
        true => file.starts_with(place),
        false => file == *place,
    })
}

/// The files that TypeScript and ESLint read, and their settings.
fn is_javascript(file: &str) -> bool {
    let is_script = [".js", ".jsx", ".mjs", ".ts", ".tsx", "tsconfig.json"]
        .iter()
        .any(|end| file.ends_with(end));
    is_script && (file.starts_with("src/") || file.starts_with("tests/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(files: &[&str]) -> Scope {
        let files = files.iter().map(|file| (*file).to_owned()).collect();
        Scope::of(&files, &read_members(&root()).unwrap())
    }

    #[track_caller]
    fn tests_of(files: &[&str], expected: &[&str]) {
        let targets = scope(files).test_targets;
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        assert_eq!(targets, expected, "{files:?}");
    }

    #[test]
    fn a_file_selects_the_tests_of_its_crate() {
        for file in ["crates/domain/src/lib.rs", "locales/en/pages.ftl"] {
            tests_of(&[file], &["--lib", "--test=catalogue"]);
        }
        tests_of(&["crates/cloud-sim/src/lib.rs"], &["--lib"]);
        tests_of(&["tests/emulator/src/lib.rs"], &["--lib", "--test=clouds"]);
        tests_of(&["tests/sweep/src/main.rs"], &["--bin=sweep"]);
        // `xtask/host` is in the folder of another package.
        tests_of(&["xtask/src/main.rs"], &["--bin=xtask"]);
        tests_of(&["xtask/host/src/main.rs"], &["--bin=host", "--test=hosts"]);
        tests_of(
            &["xtask/bind/src/main.rs", "xtask/release/src/main.rs"],
            &["--bin=bind", "--bin=release"],
        );
        tests_of(&["xtask/runner/src/main.rs"], &[]);
    }

    #[test]
    fn the_page_the_engine_and_files_of_no_crate_select_the_native_tests() {
        for file in [
            "src/ui/app.rs",
            "style/base.css",
            "index.html",
            "tests/native/views.rs",
            "tests/browser/page.rs",
            "crates/engine/src/lib.rs",
        ] {
            tests_of(&[file], &["--lib", "--test=native"]);
        }
        for file in ["README.md", "docs/config.md", ".github/workflows/ci.yml"] {
            tests_of(&[file], &["--test=native"]);
            assert!(!scope(&[file]).has_rust, "{file}");
        }
        tests_of(&["tests/e2e/steps.js", "tests/clients/run"], &[]);
    }

    #[test]
    fn a_shared_file_selects_everything() {
        for file in ["Cargo.lock", "clippy.toml", ".cargo/config.toml"] {
            let scope = scope(&[file]);
            assert!(scope.has_rust && scope.has_page_crates, "{file}");
            assert_eq!(scope.test_targets.len(), 10, "{:?}", scope.test_targets);
        }
    }

    #[test]
    fn lints_run_only_for_changed_languages() {
        for (file, has_rust, has_page_crates, has_javascript) in [
            ("crates/domain/src/lib.rs", true, true, false),
            ("xtask/src/main.rs", true, false, false),
            ("tests/e2e/tsconfig.json", false, false, true),
            ("tests/e2e/package.json", false, false, false),
            ("src/boot.js", true, true, true),
            ("docs/portals/react.md", false, false, false),
        ] {
            let scope = scope(&[file]);
            assert_eq!(
                (scope.has_rust, scope.has_page_crates, scope.has_javascript),
                (has_rust, has_page_crates, has_javascript),
                "{file}"
            );
        }
    }
}
