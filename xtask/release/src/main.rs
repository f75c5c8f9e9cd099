//! Writes the files next to a published page (`embed.js`, the bill of materials `sbom.cdx.json`, and `SHA256SUMS`) and packs the release.
//!
//! Separate from `xtask`, so that `xtask` itself starts without building dependencies.

mod bill;
mod glue;
mod module;
mod package;
mod sums;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

const USE: &str = "release bill SOURCES FOLDER   writes FOLDER/sbom.cdx.json from the project in SOURCES\n\
                   release module SOURCES FOLDER writes FOLDER/embed.js and its types for the page in FOLDER\n\
                   release join FOLDER           inserts the JavaScript bindings of the page in FOLDER into its start script\n\
                   release sums FOLDER           writes FOLDER/SHA256SUMS\n\
                   release zip FOLDER FILE       packs FOLDER into FILE";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["bill", sources, folder] => write_bill(Path::new(sources), Path::new(folder)),
        ["module", sources, folder] => write_module(Path::new(sources), Path::new(folder)),
        ["join", folder] => glue::join(Path::new(folder)),
        ["sums", folder] => write_sums(Path::new(folder)),
        ["zip", folder, file] => package::write(Path::new(folder), Path::new(file)),
        _ => Err(USE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn write_bill(sources: &Path, folder: &Path) -> Result<(), String> {
    let bill = bill::of(&read_project(sources)?)?;
    let mut text = serde_json::to_string_pretty(&bill).map_err(|error| error.to_string())?;
    text.push('\n');
    write(&folder.join(bill::NAME), &text)
}

fn write_module(sources: &Path, folder: &Path) -> Result<(), String> {
    let read = |name: &str| {
        let file = sources.join("src").join("embed").join(name);
        fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
    };
    let module = module::of(&read(module::NAME)?, folder)?;
    write(&folder.join(module::NAME), &module)?;
    let hash = module::integrity(module.as_bytes());
    write(&folder.join(module::INTEGRITY), &format!("{hash}\n"))?;
    write(&folder.join(module::TYPES), &read(module::TYPES)?)
}

fn write_sums(folder: &Path) -> Result<(), String> {
    let text = sums::of(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    write(&folder.join(sums::NAME), &text)
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Output of cargo and rustc for the browser build of the project.
fn read_project(sources: &Path) -> Result<bill::Project, String> {
    let lock = sources.join("Cargo.lock");
    Ok(bill::Project {
        // `cargo tree` resolves the features of this build, unlike `metadata`. Features for tests and build scripts are left out.
        tree: answer(
            sources,
            "cargo",
            &[
                "tree",
                "--locked",
                "--package",
                bill::PAGE,
                "--target",
                bill::TARGET,
                "--edges",
                "normal,no-proc-macro",
                "--prefix",
                "depth",
                "--format",
                " {p}",
            ],
        )?,
        metadata: answer(
            sources,
            "cargo",
            &[
                "metadata",
                "--locked",
                "--format-version",
                "1",
                "--filter-platform",
                bill::TARGET,
            ],
        )?,
        lock: fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?,
        compiler: answer(sources, "rustc", &["-vV"])?,
    })
}

fn answer(folder: &Path, program: &str, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| format!("{program} cannot be started: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
