//! Builds the page and the demo with trunk.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use crate::setup::{self, WasmOpt};
use crate::shell::{Error, cargo_home, command, log, output_of, print, root, run, target};

/// Checksums for `sha256sum --check`: in `dist` for the page, in `dist/demo` for the demo.
pub(crate) const CHECKSUMS: &str = "SHA256SUMS";

/// The hash of `embed.js` for the `integrity` attribute in an embedding page, as one line.
pub(crate) const INTEGRITY: &str = "embed.integrity.txt";

/// The embeddable module, its hash, and its types. The page itself never requests them.
pub(crate) const MODULE: [&str; 3] = ["embed.js", INTEGRITY, "embed.d.ts"];

/// The software bill of materials in CycloneDX format.
pub(crate) const SBOM: &str = "sbom.cdx.json";

/// The features of WebAssembly that the compiler uses. A part has no list of them. Not all features: browsers refuse some.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The schema with which an editor validates `config.json`. The page never requests it.
pub(crate) const SCHEMA: &str = "config.schema.json";

/// Builds the page in `dist`, then the demo in `dist/demo`. The order matters: trunk empties its output folder.
pub(crate) fn build_both() -> Result<(), Error> {
    setup::for_page(WasmOpt::Required)?;
    let sources = root();
    let dist = sources.join("dist");
    build_page(&sources, &target(), &dist)?;
    let demo = dist.join("demo");
    trunk(
        &sources,
        &target(),
        &["--dist", "dist/demo", "--features", "demo,split"],
        true,
    )?;
    minify(&demo, "", ".css")?;
    parts(&sources, &target(), &demo, "demo-parts", true)?;
    run_release(&["join".as_ref(), demo.as_os_str()])?;
    scripts(&demo)?;
    run_release(&["view".as_ref(), demo.as_os_str(), "demo".as_ref()])?;
    run_release(&["checksums".as_ref(), demo.as_os_str()])?;
    log("the page is in dist, and the demo is in dist/demo");
    Ok(())
}

/// Builds the page with its bill of materials and its checksums.
pub(crate) fn build_page(sources: &Path, target: &Path, dist: &Path) -> Result<(), Error> {
    let folder = dist.to_string_lossy();
    trunk(
        sources,
        target,
        &["--dist", &folder, "--features", "split"],
        true,
    )?;
    // First of all, because the module names the style sheets.
    minify(dist, "", ".css")?;
    parts(sources, target, dist, "parts", true)?;
    bridge(sources, target, dist)?;
    not_found(sources, dist)?;
    run_release(&["module".as_ref(), sources.as_os_str(), dist.as_os_str()])?;
    run_release(&["join".as_ref(), dist.as_os_str()])?;
    scripts(dist)?;
    run_release(&["view".as_ref(), dist.as_os_str()])?;
    run_release(&["sbom".as_ref(), sources.as_os_str(), dist.as_os_str()])?;
    run_release(&["checksums".as_ref(), dist.as_os_str()])
}

/// Builds the page of the sign-in window next to the page. It shares the style files. Trunk names both pages `index.html`, so this one is
/// renamed. The demo signs in without a window.
fn bridge(sources: &Path, target: &Path, dist: &Path) -> Result<(), Error> {
    let output_folder = target.join("bridge");
    let folder = output_folder.to_string_lossy();
    let options = ["src/bridge/index.html", "--dist", &folder];
    trunk(sources, target, &options, true)?;
    minify(&output_folder, "", ".css")?;
    minify(&output_folder, "bridge-", ".js")?;
    let copied = fs::read_dir(&output_folder).and_then(|entries| {
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
        Error::new(
            format!("the page of the sign-in window cannot be copied into dist: {error}"),
            "check the folder `bridge` in the target folder of cargo, and dist",
        )
    })
}

/// Copies the page for unknown URLs. Web servers look for it only at the root of a site, so the demo has none.
fn not_found(sources: &Path, dist: &Path) -> Result<(), Error> {
    let copied = fs::copy(sources.join("src/404.html"), dist.join("404.html"));
    copied.map(drop).map_err(|error| {
        Error::new(
            format!("src/404.html cannot be copied into dist: {error}"),
            "check the permissions of dist",
        )
    })
}

/// Builds only the demo, in `dist/demo`.
pub(crate) fn build_demo() -> Result<PathBuf, Error> {
    let optimised = setup::for_page(WasmOpt::Optional)?;
    trunk(
        &root(),
        &target(),
        &["--dist", "dist/demo", "--features", "demo,split"],
        optimised,
    )?;
    let demo = root().join("dist").join("demo");
    parts(&root(), &target(), &demo, "demo-parts", optimised)?;
    run_release(&["join".as_ref(), demo.as_os_str()])?;
    if optimised {
        minify(&demo, "", ".css")?;
        scripts(&demo)?;
    }
    run_release(&["view".as_ref(), demo.as_os_str(), "demo".as_ref()])?;
    Ok(demo)
}

/// Minifies the scripts of a page.
fn scripts(folder: &Path) -> Result<(), Error> {
    minify(folder, "first-", ".js")?;
    minify(folder, "boot-", ".js")
}

/// Minifies the files of a page whose names begin and end so, and gives them the names and hashes of their new content.
fn minify(folder: &Path, start: &str, end: &str) -> Result<(), Error> {
    let entries = fs::read_dir(folder).map_err(|error| {
        Error::new(
            format!("{} cannot be read: {error}", folder.display()),
            "check the permissions of dist",
        )
    })?;
    for file in entries.flatten().map(|entry| entry.path()) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(start) && name.ends_with(end) {
            let format = match (end, start) {
                // The only script that is no module.
                (".js", "first-") => Some("--format=iife"),
                (".js", _) => Some("--format=esm"),
                _ => None,
            };
            run(
                command("esbuild")
                    .args(["--minify", "--charset=utf8", "--log-level=warning"])
                    .args(format)
                    .arg("--allow-overwrite")
                    .arg(format!("--outfile={}", file.display()))
                    .arg(&file),
                "fix the problem shown above",
            )?;
        }
    }
    run_release(&["stamp".as_ref(), folder.as_os_str()])
}

/// Optimises the parts that the bindings step wrote beside the bindings, and publishes them with a command of `xtask/release`.
fn parts(
    sources: &Path,
    target: &Path,
    dist: &Path,
    publish: &str,
    optimised: bool,
) -> Result<(), Error> {
    let from = target.join("wasm-bindgen").join("release").join("parts");
    let unreadable = |error: std::io::Error| {
        Error::new(
            format!("{} cannot be read: {error}", from.display()),
            "check the target folder of cargo",
        )
    };
    if optimised {
        let page = fs::read_to_string(sources.join("index.html")).map_err(unreadable)?;
        let options = page
            .split_once("data-wasm-opt-params=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(options, _)| options)
            .unwrap_or_default();
        for entry in fs::read_dir(&from).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            let is_part = file.extension() == Some(OsStr::new("wasm"))
                && file.file_stem() != Some(OsStr::new("cmg-entra-setup"));
            if is_part {
                run(
                    command("wasm-opt")
                        .arg("-Oz")
                        .args(options.split(' '))
                        .args(FEATURES)
                        .arg(&file)
                        .arg("-o")
                        .arg(&file),
                    "fix the problem shown above",
                )?;
            }
        }
    }
    run_release(&[publish.as_ref(), from.as_os_str(), dist.as_os_str()])
}

/// Builds the demo for `cargo xtask dev`: without optimisation, without hashes, and not in `dist`.
pub(crate) fn build_development() -> Result<PathBuf, Error> {
    let folder = target().join("dev-page-dist");
    run(
        command("trunk")
            .args([
                "build",
                "--quiet",
                "--features",
                "demo",
                "--cargo-profile",
                "dev-page",
            ])
            // The hash of the program takes two seconds.
            .arg("--no-sri=true")
            .arg("--dist")
            .arg(&folder)
            .args(["--offline", "--locked"])
            .env("CARGO_TARGET_DIR", target()),
        "fix the errors shown above. The next saved file starts a new build",
    )?;
    Ok(folder)
}

fn trunk(sources: &Path, target: &Path, options: &[&str], optimised: bool) -> Result<(), Error> {
    // Trunk runs wasm-opt for `--release` but not for a named profile.
    let profile: &[&str] = if optimised {
        &["--release"]
    } else {
        &["--cargo-profile", "release"]
    };
    run(
        command("trunk")
            // Must be first: a flag takes the next argument as its value.
            .arg("build")
            .args(options)
            .args(["--offline", "--locked"])
            .args(profile)
            .current_dir(sources)
            .env("CARGO_TARGET_DIR", target)
            .env("RUSTFLAGS", rust_flags(sources, target)),
        "fix the errors that the compiler shows above",
    )
}

/// Packs `dist` and the demo into one file for publishing.
pub(crate) fn package() -> Result<(), Error> {
    let dist = root().join("dist");
    if !dist.join(CHECKSUMS).is_file() {
        return Err(Error::new(
            "dist contains no page",
            "run `cargo xtask build` first",
        ));
    }
    let file = target().join(format!("cmg-entra-setup-{}.zip", env!("CARGO_PKG_VERSION")));
    run_release(&["zip".as_ref(), dist.as_os_str(), file.as_os_str()])?;
    print(&file.to_string_lossy());
    Ok(())
}

/// Runs a command of `xtask/release`.
fn run_release(arguments: &[&OsStr]) -> Result<(), Error> {
    run(
        command("cargo")
            .args(["run", "--quiet", "--locked", "--package", "release", "--"])
            .args(arguments),
        "fix the problem shown above",
    )
}

/// Compiler flags that keep paths of this machine out of the program. They are private, and two machines then build the same bytes.
fn rust_flags(sources: &Path, target: &Path) -> String {
    let home = cargo_home();
    // If the sources of the standard library are installed, the program would contain their path.
    let library = output_of(command("rustc").args(["--print", "sysroot"]))
        .map(|folder| PathBuf::from(folder).join("lib/rustlib/src/rust"));
    let commit = output_of(command("rustc").arg("-vV")).and_then(|text| {
        let commit = text
            .lines()
            .find_map(|line| line.strip_prefix("commit-hash: "))?;
        Some(format!("/rustc/{commit}"))
    });
    let mut rust_flags = env::var("RUSTFLAGS").unwrap_or_default();
    // The bindings step splits the program by what refers to what.
    rust_flags.push_str(" -Clink-arg=--emit-relocs");
    // The last matching entry applies, because the target folder can be inside the project folder.
    for (folder, name) in [
        (home.as_deref(), Some("cargo")),
        (library.as_deref(), commit.as_deref()),
        (Some(sources), Some("page")),
        (Some(target), Some("target")),
    ] {
        let (Some(folder), Some(name)) = (folder.and_then(Path::to_str), name) else {
            continue;
        };
        // Cargo splits this variable at spaces and has no way to quote a path here.
        if !folder.contains(' ') {
            rust_flags.push_str(&format!(" --remap-path-prefix={folder}={name}"));
        }
    }
    rust_flags.trim().to_owned()
}
