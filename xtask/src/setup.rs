//! Fetches the tools the other commands need, into `.tools`, and only those that are missing.

use std::fs;

use crate::browser;
use crate::shell::{Trouble, answer, command, find, root, run, say};

/// The newest trunk that builds with the pinned compiler.
const TRUNK: &str = "0.21.14";

/// The oldest Node.js that runs the end-to-end tests.
const OLDEST_NODE: u32 = 20;

/// All of it: for a person who wants to be offline afterwards.
pub(crate) fn everything() -> Result<(), Trouble> {
    for_page(Optimiser::Required)?;
    for_end_to_end()?;
    browser::find_or_install()?;
    say("every tool is there: `cargo xtask demo` and `cargo xtask test` are ready");
    Ok(())
}

/// Whether the page may be built without wasm-opt.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Optimiser {
    /// What is published is always optimised.
    Required,
    /// A demo on one's own machine may weigh more.
    IfThere,
}

/// What it takes to build the page; `true` if wasm-opt is among it.
pub(crate) fn for_page(optimiser: Optimiser) -> Result<bool, Trouble> {
    wasm_target()?;
    let slow_but_soon_built = [
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
        ("CARGO_PROFILE_RELEASE_LTO", "false"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ];
    let bindgen = locked_version("wasm-bindgen")?;
    let tools = [
        // Without its default features, which call home and speak TLS: it never needs the network here.
        (
            "trunk",
            "trunk",
            TRUNK,
            &["--locked", "--no-default-features"][..],
        ),
        // Without --locked: the lock file of 0.2.130 names a version that was withdrawn.
        (
            "wasm-bindgen",
            "wasm-bindgen-cli",
            bindgen.as_str(),
            &[][..],
        ),
    ];
    for (program, package, version, options) in tools {
        let is_there = answer(command(program).arg("--version"))
            .is_some_and(|text| text.split_whitespace().any(|word| word == version));
        if is_there {
            continue;
        }
        say(&format!(
            "{program} {version} is missing: building it once, a minute or two"
        ));
        run(
            command("cargo")
                .args(["install", &format!("{package}@{version}"), "--root"])
                .arg(root().join(".tools"))
                .args(options)
                .envs(slow_but_soon_built),
            "read the message above. Without a network, or behind a proxy, set HTTPS_PROXY and try again",
        )?;
    }
    wasm_opt(optimiser)
}

/// Node.js and the packages of the end-to-end tests.
pub(crate) fn for_end_to_end() -> Result<(), Trouble> {
    node()?;
    packages("tests/e2e")
}

/// Says so unless Node.js is there and new enough.
pub(crate) fn node() -> Result<(), Trouble> {
    let next = format!(
        "install Node.js {OLDEST_NODE} or later with npm (https://nodejs.org, or your package manager), then try again"
    );
    let version = answer(command("node").arg("--version"))
        .ok_or_else(|| Trouble::new("Node.js is missing", next.as_str()))?;
    let major = version.trim_start_matches('v').split('.').next();
    if major
        .and_then(|text| text.parse().ok())
        .is_some_and(|major: u32| major >= OLDEST_NODE)
    {
        if find("npm").is_some() {
            return Ok(());
        }
        return Err(Trouble::new("Node.js is there, npm is missing", next));
    }
    Err(Trouble::new(format!("Node.js {version} is too old"), next))
}

/// The standard library for the page. Already the lints need it.
pub(crate) fn wasm_target() -> Result<(), Trouble> {
    let folder = answer(command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        "wasm32-unknown-unknown",
    ]));
    if folder.is_some_and(|folder| fs::exists(folder).unwrap_or(false)) {
        return Ok(());
    }
    // rustup reads rust-toolchain.toml and has usually fetched it by now; some installations have that switched off.
    say("the WebAssembly target is missing: fetching it, a few seconds");
    run(
        command("rustup").args(["target", "add", "wasm32-unknown-unknown"]),
        "install Rust by rustup (https://rustup.rs), or add the target wasm32-unknown-unknown as your Rust's packager says",
    )
}

fn wasm_opt(optimiser: Optimiser) -> Result<bool, Trouble> {
    if let Err(trouble) = node() {
        return match optimiser {
            Optimiser::Required => Err(trouble),
            Optimiser::IfThere => {
                say("Node.js is missing, so wasm-opt is left out: the demo works and weighs more");
                Ok(false)
            }
        };
    }
    packages("xtask/npm")?;
    Ok(true)
}

/// Installs what a folder's package-lock.json names, if that has not been done since it last changed.
fn packages(folder: &str) -> Result<(), Trouble> {
    let folder = root().join(folder);
    let wanted = fs::read(folder.join("package-lock.json")).unwrap_or_default();
    let mark = folder.join("node_modules").join(".installed-lock.json");
    if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run(
        command("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&folder),
        "read the message above. Without a network, or behind a proxy, set HTTPS_PROXY and try again",
    )?;
    fs::write(&mark, wanted).map_err(|error| {
        Trouble::new(
            format!("{} cannot be written: {error}", mark.display()),
            "check the folder's permissions",
        )
    })
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Result<String, Trouble> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap_or_default();
    version_in(&lock, package)
        .map(str::to_owned)
        .ok_or_else(|| {
            Trouble::new(
                format!("Cargo.lock does not name {package}"),
                "restore Cargo.lock from the repository",
            )
        })
}

fn version_in<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn reads_a_version_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
