//! Downloads the missing tools of the other commands into `.tools`.

use std::path::Path;
use std::{env, fs, io};

use crate::browser;
use crate::shell::{Error, command, find, log, output_of, root, run, target};

/// The latest trunk that the pinned compiler can build.
const TRUNK: &str = "0.21.14";

const NETWORK_NEXT_STEP: &str = "read the message above. Check the network connection, set HTTPS_PROXY if there is a proxy, and try again";

/// The earliest Node.js version that runs the end-to-end tests.
const MIN_NODE_MAJOR: u32 = 20;

/// Installs everything, for work without a network connection.
pub(crate) fn install_all() -> Result<(), Error> {
    for_page(WasmOpt::Required)?;
    for_browser_tests()?;
    for_javascript()?;
    browser::find_or_install()?;
    log("all tools are installed. `cargo xtask demo` and `cargo xtask test` are ready");
    Ok(())
}

/// Specifies whether the page can be built without wasm-opt and esbuild.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WasmOpt {
    /// Required for published builds.
    Required,
    /// Optional for a local demo, which can be larger.
    Optional,
}

/// Installs the tools that build the page. Returns `true` if wasm-opt is available.
pub(crate) fn for_page(needed: WasmOpt) -> Result<bool, Error> {
    for_development()?;
    wasm_opt(needed)
}

/// Installs the tools that build the page without optimisation.
pub(crate) fn for_development() -> Result<(), Error> {
    wasm_target()?;
    trunk()?;
    workspace_program("bind", "bind", "wasm-bindgen")
}

/// Installs the tools that run the tests of `tests/browser`.
pub(crate) fn for_browser_tests() -> Result<(), Error> {
    wasm_target()?;
    let program = "wasm-bindgen-test-runner";
    workspace_program("runner", program, program)
}

/// Builds trunk with the lock file that its authors publish. As a workspace member, it would add 400 packages to Cargo.lock.
fn trunk() -> Result<(), Error> {
    let is_there = output_of(command("trunk").arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == TRUNK));
    if is_there {
        return Ok(());
    }
    log(&format!(
        "trunk {TRUNK} is missing. Building it once, which takes a minute or two"
    ));
    let quick_build = [
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
        ("CARGO_PROFILE_RELEASE_LTO", "false"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ];
    run(
        command("cargo")
            .args(["install", "--locked", &format!("trunk@{TRUNK}"), "--root"])
            .arg(root().join(".tools"))
            // The default features check for updates and include TLS. Trunk never needs the network here.
            .arg("--no-default-features")
            .envs(quick_build),
        NETWORK_NEXT_STEP,
    )
}

/// Builds a program of a workspace member with the workspace's lock file, and copies it to where trunk and cargo find it. Runs each time,
/// because cargo detects changes.
fn workspace_program(package: &str, built: &str, name: &str) -> Result<(), Error> {
    run(
        command("cargo").args(["build", "--quiet", "--locked", "--package", package]),
        NETWORK_NEXT_STEP,
    )?;
    let file = |name: &str| format!("{name}{}", env::consts::EXE_SUFFIX);
    let from = target().join("debug").join(file(built));
    let to = root().join(".tools").join("bin").join(file(name));
    copy_if_changed(&from, &to).map_err(|error| {
        Error::new(
            format!(
                "{} cannot be copied to {}: {error}",
                from.display(),
                to.display()
            ),
            "check the permissions of the folder, and check that no other build is running",
        )
    })
}

/// Copies a file unless the target is identical, because a running program cannot be overwritten.
fn copy_if_changed(from: &Path, to: &Path) -> io::Result<()> {
    let bytes = fs::read(from)?;
    if fs::read(to).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).map(drop)
}

/// Checks Node.js and installs the packages of the end-to-end tests.
pub(crate) fn for_end_to_end() -> Result<(), Error> {
    node()?;
    packages("tests/e2e")
}

/// Node.js and the packages that check the JavaScript: the tools are in `tests/e2e`, and the types of the other clients in their folder.
pub(crate) fn for_javascript() -> Result<(), Error> {
    for_end_to_end()?;
    packages("tests/clients/node")
}

/// Returns an error unless Node.js is installed in a supported version.
pub(crate) fn node() -> Result<(), Error> {
    let next = format!(
        "install Node.js {MIN_NODE_MAJOR} or later with npm (https://nodejs.org, or your package manager), then try again"
    );
    let version = output_of(command("node").arg("--version"))
        .ok_or_else(|| Error::new("Node.js is missing", next.as_str()))?;
    let major = version.trim_start_matches('v').split('.').next();
    if major
        .and_then(|text| text.parse().ok())
        .is_some_and(|major: u32| major >= MIN_NODE_MAJOR)
    {
        if find("npm").is_some() {
            return Ok(());
        }
        return Err(Error::new("npm is missing", next));
    }
    Err(Error::new(format!("Node.js {version} is too old"), next))
}

/// Installs the standard library for WebAssembly. The lint ring needs it too.
pub(crate) fn wasm_target() -> Result<(), Error> {
    let folder = output_of(command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        "wasm32-unknown-unknown",
    ]));
    if folder.is_some_and(|folder| fs::exists(folder).unwrap_or(false)) {
        return Ok(());
    }
    // rustup usually installs the target from rust-toolchain.toml automatically, but some installations disable this.
    log("the WebAssembly target is missing. Downloading it, which takes a few seconds");
    run(
        command("rustup").args(["target", "add", "wasm32-unknown-unknown"]),
        "install Rust with rustup (https://rustup.rs), or add the target wasm32-unknown-unknown with your package manager",
    )
}

fn wasm_opt(needed: WasmOpt) -> Result<bool, Error> {
    if let Err(error) = node() {
        return match needed {
            WasmOpt::Required => Err(error),
            WasmOpt::Optional => {
                log(
                    "Node.js is missing, so wasm-opt and esbuild are skipped. The demo works but is larger",
                );
                Ok(false)
            }
        };
    }
    packages("xtask/npm")?;
    Ok(true)
}

/// Installs the packages of a folder's package-lock.json if the file has changed since the last installation.
fn packages(folder: &str) -> Result<(), Error> {
    let folder = root().join(folder);
    let wanted = fs::read(folder.join("package-lock.json")).unwrap_or_default();
    let marker = folder.join("node_modules").join(".installed-lock.json");
    if fs::read(&marker).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run(
        command("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&folder),
        NETWORK_NEXT_STEP,
    )?;
    fs::write(&marker, wanted).map_err(|error| {
        Error::new(
            format!("{} cannot be written: {error}", marker.display()),
            "check the folder's permissions",
        )
    })
}
