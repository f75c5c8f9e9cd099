//! Builds the page and the demo with trunk.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use crate::setup::{self, Optimiser};
use crate::shell::{Trouble, answer, cargo_home, command, print, root, run, say, target};

/// What `sha256sum --check` reads; in `dist` for the page, in `dist/demo` for the demo.
pub(crate) const SUMS: &str = "SHA256SUMS";

/// The hash that a portal names for `embed.js`, as one line.
pub(crate) const INTEGRITY: &str = "embed.integrity.txt";

/// The page as a part of other pages, its hash and its types. The page itself never asks for them.
pub(crate) const MODULE: [&str; 3] = ["embed.js", INTEGRITY, "embed.d.ts"];

/// What is compiled into the page, in CycloneDX.
pub(crate) const BILL: &str = "sbom.cdx.json";

/// What an editor checks `config.json` by. The page never asks for it.
pub(crate) const SCHEMA: &str = "config.schema.json";

/// The page into `dist`, then the demo into `dist/demo`. In this order: trunk empties the folder it writes to.
pub(crate) fn build_both() -> Result<(), Trouble> {
    setup::for_page(Optimiser::Required)?;
    let sources = root();
    let dist = sources.join("dist");
    build_page(&sources, &target(), &dist)?;
    trunk(
        &sources,
        &target(),
        &["--dist", "dist/demo", "--features", "demo"],
        true,
    )?;
    let demo = dist.join("demo");
    release(&["join".as_ref(), demo.as_os_str()])?;
    release(&["sums".as_ref(), demo.as_os_str()])?;
    say("dist holds the page to publish, dist/demo the demo");
    Ok(())
}

/// The page of these sources with its bill of materials and its checksums.
pub(crate) fn build_page(sources: &Path, target: &Path, dist: &Path) -> Result<(), Trouble> {
    let folder = dist.to_string_lossy();
    trunk(sources, target, &["--dist", &folder], true)?;
    bridge(sources, target, dist)?;
    not_found(sources, dist)?;
    release(&["module".as_ref(), sources.as_os_str(), dist.as_os_str()])?;
    release(&["join".as_ref(), dist.as_os_str()])?;
    release(&["bill".as_ref(), sources.as_os_str(), dist.as_os_str()])?;
    release(&["sums".as_ref(), dist.as_os_str()])
}

/// The page of the sign-in window, beside the page. It shares the style's files and is the second page trunk makes; trunk calls each
/// `index.html`. The demo signs in without a window.
fn bridge(sources: &Path, target: &Path, dist: &Path) -> Result<(), Trouble> {
    let made = target.join("bridge");
    let folder = made.to_string_lossy();
    let options = ["src/bridge/index.html", "--dist", &folder];
    trunk(sources, target, &options, true)?;
    let copied = fs::read_dir(&made).and_then(|entries| {
        for entry in entries {
            let file = entry?;
            let name = file.file_name();
            let name = if name == "index.html" {
                OsString::from("bridge.html")
            } else {
                name
            };
            fs::copy(file.path(), dist.join(name))?;
        }
        Ok(())
    });
    copied.map_err(|error| {
        Trouble::new(
            format!("the page of the sign-in window cannot be copied into dist: {error}"),
            "look at the folder `bridge` beside what cargo builds, and at dist",
        )
    })
}

/// The page for addresses that nobody has. Hosts look for it at the root of a site alone, so the demo has none.
fn not_found(sources: &Path, dist: &Path) -> Result<(), Trouble> {
    let copied = fs::copy(sources.join("src/404.html"), dist.join("404.html"));
    copied.map(drop).map_err(|error| {
        Trouble::new(
            format!("src/404.html cannot be copied into dist: {error}"),
            "look at dist",
        )
    })
}

/// The demo alone, into `dist/demo`.
pub(crate) fn build_demo() -> Result<PathBuf, Trouble> {
    let optimised = setup::for_page(Optimiser::IfThere)?;
    trunk(
        &root(),
        &target(),
        &["--dist", "dist/demo", "--features", "demo"],
        optimised,
    )?;
    let demo = root().join("dist").join("demo");
    release(&["join".as_ref(), demo.as_os_str()])?;
    Ok(demo)
}

fn trunk(sources: &Path, target: &Path, options: &[&str], optimised: bool) -> Result<(), Trouble> {
    // Trunk runs wasm-opt for `--release` and not for a profile by name.
    let profile: &[&str] = if optimised {
        &["--release"]
    } else {
        &["--cargo-profile", "release"]
    };
    run(
        command("trunk")
            // First, because the flags after it take a value if one follows.
            .arg("build")
            .args(options)
            .args(["--offline", "--locked"])
            .args(profile)
            .current_dir(sources)
            .env("CARGO_TARGET_DIR", target)
            .env("RUSTFLAGS", flags(sources, target)),
        "mend what the compiler names above",
    )
}

/// What is published, in one file: `dist` as it is, the demo with it.
pub(crate) fn package() -> Result<(), Trouble> {
    let dist = root().join("dist");
    if !dist.join(SUMS).is_file() {
        return Err(Trouble::new(
            "there is no page in dist",
            "run `cargo xtask build` first",
        ));
    }
    let file = target().join(format!("cmg-entra-setup-{}.zip", env!("CARGO_PKG_VERSION")));
    release(&["zip".as_ref(), dist.as_os_str(), file.as_os_str()])?;
    print(&file.to_string_lossy());
    Ok(())
}

/// Runs the program of that name in `xtask/release`.
fn release(arguments: &[&OsStr]) -> Result<(), Trouble> {
    run(
        command("cargo")
            .args(["run", "--quiet", "--locked", "--package", "release", "--"])
            .args(arguments),
        "mend what is named above",
    )
}

/// No folder of this machine in the program: it is nobody's business, and two machines then build the same bytes.
fn flags(sources: &Path, target: &Path) -> String {
    let home = cargo_home();
    // Who has installed the standard library's sources would name them where they lie.
    let library = answer(command("rustc").args(["--print", "sysroot"]))
        .map(|folder| PathBuf::from(folder).join("lib/rustlib/src/rust"));
    let commit = answer(command("rustc").arg("-vV")).and_then(|text| {
        let commit = text
            .lines()
            .find_map(|line| line.strip_prefix("commit-hash: "))?;
        Some(format!("/rustc/{commit}"))
    });
    let mut flags = env::var("RUSTFLAGS").unwrap_or_default();
    // The last that fits wins: the target folder may lie in the project's.
    for (folder, name) in [
        (home.as_deref(), Some("cargo")),
        (library.as_deref(), commit.as_deref()),
        (Some(sources), Some("page")),
        (Some(target), Some("target")),
    ] {
        let (Some(folder), Some(name)) = (folder.and_then(Path::to_str), name) else {
            continue;
        };
        // Cargo splits this variable at blanks, and offers no way to quote one here.
        if !folder.contains(' ') {
            flags.push_str(&format!(" --remap-path-prefix={folder}={name}"));
        }
    }
    flags.trim().to_owned()
}
