//! Every installation with cargo, npm, or pip uses a lock file or a list of hashes.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of the project by path, without those that git ignores.
fn files() -> Vec<(String, String)> {
    let ignored = fs::read_to_string(root().join(".gitignore")).unwrap();
    let ignored: Vec<&str> = ignored
        .lines()
        .filter_map(|line| line.strip_suffix('/'))
        .chain([".git"])
        .collect();
    let mut folders = vec![PathBuf::new()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            let name = path.to_str().unwrap().replace('\\', "/");
            if ignored
                .iter()
                .any(|other| name == *other || name.ends_with(&format!("/{other}")))
            {
                continue;
            }
            // In a worktree, `.git` is a file. Files that are not text, such as pictures, are skipped.
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(root().join(&path)) {
                files.push((name, text.replace("\r\n", "\n")));
            }
        }
    }
    files.sort();
    assert!(files.len() > 300);
    files
}

/// The words of a text with their positions. Quotes, brackets, and dots separate words, so commands are found in shell lines, in argument
/// lists, and in method chains.
fn words(text: &str) -> Vec<(usize, &str)> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_part(letter), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, &text[from..at]));
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    words
}

/// The rest of the command that starts here.
fn command<'a>(file: &str, text: &'a str) -> &'a str {
    let ends: &[char] = if file.ends_with(".rs") {
        &[';', '`']
    } else if file == "tests/clients/run" {
        &[')']
    } else {
        &['\n', '`']
    };
    text.split(ends).next().unwrap_or(text)
}

/// Tools, their subcommands that install packages, and the text that such a command must contain.
const RULES: [(&[&str], &[&str], Option<&str>); 5] = [
    (&["cargo"], &["install"], Some("--locked")),
    (&["cargo"], &["binstall", "add", "update"], None),
    (
        &["npm"],
        &[
            "install", "i", "add", "update", "upgrade", "exec", "x", "init", "create", "link",
        ],
        None,
    ),
    (
        &["pip", "pip3"],
        &["install", "download", "wheel"],
        Some("--require-hashes"),
    ),
    (
        &["yarn", "pnpm", "bun", "uv", "pipx", "go", "gem", "conda"],
        &["install", "add", "tool", "run", "dlx", "sync", "get"],
        None,
    ),
];

/// Tools that download and run a package.
const RUNNERS: [(&str, Option<&str>); 5] = [
    ("npx", Some("--no-install")),
    ("bunx", None),
    ("uvx", None),
    ("easy_install", None),
    ("cargo-binstall", None),
];

/// Commands in a file that install packages without a lock, and the number of commands checked.
fn outside_every_lock(file: &str, text: &str) -> (Vec<String>, usize) {
    let words = words(text);
    let mut faults = Vec::new();
    let mut seen = 0;
    for (index, (at, tool)) in words.iter().enumerate() {
        let is_tool = RULES.iter().any(|(tools, _, _)| tools.contains(tool))
            || RUNNERS.iter().any(|(runner, _)| runner == tool);
        if !is_tool {
            continue;
        }
        let command = command(file, &text[*at..]);
        let asked: Vec<&str> = words[index + 1..]
            .iter()
            .take(3)
            .take_while(|(place, _)| place - at < command.len())
            .map(|(_, word)| *word)
            .collect();
        let rule = RULES
            .iter()
            .find(|(tools, verbs, _)| {
                tools.contains(tool) && asked.iter().any(|word| verbs.contains(word))
            })
            .map(|(_, _, option)| option)
            .or_else(|| {
                let runner = RUNNERS.iter().find(|(runner, _)| runner == tool)?;
                Some(&runner.1)
            });
        let Some(option) = rule else { continue };
        seen += 1;
        if !option.is_some_and(|option| command.contains(option)) {
            let line = text[..*at].lines().count();
            faults.push(format!("{file}:{line}: {command}"));
        }
    }
    (faults, seen)
}

#[test]
fn every_installation_uses_a_lock_or_a_list_of_hashes() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for (file, text) in files() {
        let is_lock = file.ends_with("Cargo.lock") || file.ends_with("package-lock.json");
        if is_lock || file == "tests/native/installs.rs" {
            continue;
        }
        let (found, looked_at) = outside_every_lock(&file, &text);
        faults.extend(found);
        seen += looked_at;
    }
    assert!(faults.is_empty(), "{faults:#?}");
    // The known commands: trunk, Playwright in two places, the Python clients, and the tools named in documents.
    assert!(seen >= 7, "{seen}");
}

#[test]
fn an_installation_without_a_lock_is_found_in_any_notation() {
    for (file, text) in [
        ("a.md", "Run `cargo install cargo-deny`, --locked or not."),
        (
            "a.rs",
            "command(\"cargo\").args([\"install\", \"wasm-bindgen-cli@0.2.130\", \"--root\"]);",
        ),
        ("a.rs", "Command::new(\"npm\").args([\"install\"]);"),
        ("a.rs", "command(\"npx\").args([\"playwright\"]);"),
        (
            "tests/clients/run",
            "[python, \"-m\", \"pip\", \"install\", \"msal\"], check=True)",
        ),
        (
            ".github/workflows/a.yml",
            "- run: pip install --upgrade pip\n- run: x --require-hashes",
        ),
        (".github/workflows/a.yml", "- run: npm i -g playwright"),
        (
            ".github/workflows/a.yml",
            "- run: cargo binstall trunk --locked",
        ),
        (".github/workflows/a.yml", "- run: uv tool install zizmor"),
    ] {
        assert_eq!(outside_every_lock(file, text).0.len(), 1, "{file}: {text}");
    }
    for (file, text) in [
        (
            "a.rs",
            "command(\"cargo\")\n.args([\"install\", \"--locked\", \"trunk\"]);",
        ),
        (
            "a.rs",
            "command(\"npm\").args([\"ci\", \"--ignore-scripts\"]);",
        ),
        ("a.md", "install npm, then `cargo xtask setup`"),
    ] {
        assert!(
            outside_every_lock(file, text).0.is_empty(),
            "{file}: {text}"
        );
    }
}

/// `npm ci` requires a lock file, which must have a hash for each package.
#[test]
fn every_npm_folder_has_a_lock_with_hashes() {
    let files = files();
    let mut folders = 0;
    for (file, _) in &files {
        let Some(folder) = file.strip_suffix("package.json") else {
            continue;
        };
        folders += 1;
        let lock = fs::read_to_string(root().join(format!("{folder}package-lock.json")));
        let lock: serde_json::Value = serde_json::from_str(&lock.unwrap()).unwrap();
        let packages = lock["packages"].as_object().unwrap();
        assert!(packages.len() > 1, "{file}");
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            let sum = package["integrity"].as_str().unwrap_or_default();
            assert!(sum.starts_with("sha512-"), "{file}: {name}");
        }
    }
    assert_eq!(folders, 3);
}

#[test]
fn every_pip_package_has_hashes() {
    let mut lists = 0;
    for (file, text) in files() {
        if !(file.ends_with(".txt") && file.contains("requirements")) {
            continue;
        }
        lists += 1;
        let joined = text.replace("\\\n", " ");
        for line in joined
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let mut words = line.split_whitespace();
            let package = words.next().unwrap_or_default();
            assert!(package.contains("=="), "{file}: {line}");
            let sums: Vec<&str> = words.collect();
            assert!(!sums.is_empty(), "{file}: {package} has no hash");
            for sum in sums {
                let sum = sum.strip_prefix("--hash=sha256:").unwrap_or_default();
                assert_eq!(sum.len(), 64, "{file}: {package}");
            }
        }
    }
    assert_eq!(lists, 3);
}

/// The tools that generate bindings and run the browser tests must have the same version as the library.
#[test]
fn the_binding_tools_have_the_version_of_the_library() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let versions = |package: &str| -> Vec<String> {
        lock.split("[[package]]\n")
            .filter(|entry| entry.starts_with(&format!("name = \"{package}\"\n")))
            .filter_map(|entry| entry.lines().nth(1).map(str::to_owned))
            .collect()
    };
    let library = versions("wasm-bindgen");
    assert_eq!(library.len(), 1);
    for package in [
        "wasm-bindgen-cli",
        "wasm-bindgen-cli-support",
        "wasm-bindgen-shared",
    ] {
        assert_eq!(versions(package), library, "{package}");
    }
}

/// Each lock file has an entry in the Dependabot settings, so its packages are kept up to date.
#[test]
fn dependabot_updates_every_lock() {
    let settings = fs::read_to_string(root().join(".github/dependabot.yml")).unwrap();
    let mut locks = 0;
    for (file, _) in files() {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", &file));
        let is_lock = ["Cargo.lock", "package-lock.json", "requirements.txt"].contains(&name);
        if is_lock {
            locks += 1;
            assert!(settings.contains(&format!("\"/{folder}\"")), "{file}");
        }
    }
    assert_eq!(locks, 6);
    assert!(settings.contains("package-ecosystem: github-actions\n"));
}
