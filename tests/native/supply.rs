//! The sources of the project: its workspace members and its dependencies.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn read(file: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    text.replace("\r\n", "\n")
}

/// The folders of the workspace members. The page comes first.
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
fn every_dependency_comes_from_one_registry_with_a_checksum() {
    for (file, own) in [("Cargo.lock", members().len()), ("fuzz/Cargo.lock", 4)] {
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

/// The page's code is Rust and the scripts of this project. npm packages only build and test it, and their versions are pinned there.
#[test]
fn the_page_contains_no_npm_package() {
    let page = read("index.html");
    assert!(!page.contains("node_modules"));
    for script in ["src/boot.js", "src/first.js"] {
        let script = read(script);
        assert!(!script.contains("import ") && !script.contains("require("));
    }
    for folder in ["xtask/npm", "tests/e2e"] {
        let lock = read(&format!("{folder}/package-lock.json"));
        assert!(lock.contains("\"integrity\": \"sha512-"), "{folder}");
    }
}

/// All workflows by file name.
fn workflows() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| {
            let text = read(&format!(".github/workflows/{name}"));
            (name, text)
        })
        .collect()
}

/// The jobs of a workflow with their text.
fn jobs(workflow: &str) -> BTreeMap<String, String> {
    let (_, text) = workflow.split_once("\njobs:\n").unwrap();
    let mut jobs: BTreeMap<String, String> = BTreeMap::new();
    let mut job = String::new();
    for line in text.lines() {
        if line.starts_with("  ") && !line.starts_with("   ") && !line.starts_with("  #") {
            job = line.trim().trim_end_matches(':').to_owned();
        }
        if !line.trim_start().starts_with('#') {
            let lines = jobs.entry(job.clone()).or_default();
            lines.push_str(line);
            lines.push('\n');
        }
    }
    jobs
}

/// A tag can be moved, but a commit cannot. Each job has only the permissions that it lists.
#[test]
fn workflow_actions_are_pinned_and_permissions_are_listed() {
    let mut pinned = 0;
    for (name, text) in workflows() {
        assert!(text.contains("\npermissions:"), "{name}");
        for line in text.lines().filter(|line| line.contains("uses: ")) {
            // A workflow of this repository comes from the same commit.
            if line.contains("uses: ./.github/workflows/") {
                continue;
            }
            let commit = line
                .split_once('@')
                .map_or("", |(_, rest)| rest.split(' ').next().unwrap_or(""));
            let is_commit =
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_commit && line.contains(" # v"), "{name}: {line}");
            pinned += 1;
        }
        if name != "ci.yml" {
            assert!(text.contains("\npermissions: {}\n"), "{name}");
        }
    }
    assert!(pinned > 8);
}

/// A test, or a package used by a test, can change files of the page. Such files must not be published.
#[test]
fn published_files_come_unchanged_from_the_build() {
    let workflows = workflows();
    let build = jobs(&workflows["build.yml"]);
    assert_eq!(
        build.keys().collect::<Vec<_>>(),
        ["build", "compare", "dependencies", "test"]
    );
    assert!(build["build"].contains("cargo xtask build"));
    assert!(!build["build"].contains("xtask test"));
    // The build uses nothing from an earlier run.
    assert!(!build["build"].contains("actions/cache"));
    assert!(
        build["build"].contains("builder: first") && build["build"].contains("builder: second")
    );
    assert!(build["compare"].contains("diff --recursive first second\n"));
    assert!(build["test"].contains("name: page-first\n"));
    assert!(build["test"].contains("cargo xtask test --without build\n"));
    assert!(build["dependencies"].contains("uses: ./.github/workflows/dependencies.yml"));

    for name in ["release.yml", "pages.yml"] {
        let jobs = jobs(&workflows[name]);
        assert!(jobs["page"].contains("uses: ./.github/workflows/build.yml"));
        let taking: Vec<&String> = jobs
            .values()
            .filter(|job| job.contains("actions/download-artifact@"))
            .collect();
        assert_eq!(taking.len(), 1, "{name}");
        for job in taking {
            assert!(job.contains("    needs: page\n"), "{name}");
            assert!(job.contains("name: page-first\n"), "{name}");
            assert!(job.contains("SUM: ${{ needs.page.outputs.sum }}"), "{name}");
            assert!(job.contains("= \"$SUM\"\n"), "{name}");
        }
    }
    // A job with write permissions runs no code of the project.
    for (name, text) in &workflows {
        for (job, text) in jobs(text) {
            let may_write = text.contains(": write\n");
            let runs = ["actions/checkout", "cargo ", "npm ", "node ", "python"];
            assert!(
                !may_write || runs.iter().all(|word| !text.contains(word)),
                "{name}: {job}"
            );
        }
    }
}

/// A vulnerability can become known on a day without a change in this project.
#[test]
fn vulnerabilities_are_checked_daily_and_before_each_release() {
    let workflows = workflows();
    let dependencies = &workflows["dependencies.yml"];
    assert!(dependencies.contains("\n  schedule:\n"));
    assert!(dependencies.contains("command: check licenses bans sources advisories\n"));
    for name in ["ci.yml", "build.yml"] {
        assert!(
            workflows[name].contains("uses: ./.github/workflows/dependencies.yml"),
            "{name}"
        );
    }
    // Unmaintained crates are listed with a reason. The value `workspace` would hide those that come through other crates.
    assert!(read("deny.toml").contains("\nunmaintained = \"all\"\n"));
}
