//! Writes the files next to a published page (`embed.js`, the bill of materials `sbom.cdx.json`, and `SHA256SUMS`) and packs the release.
//!
//! Separate from `xtask`, so that `xtask` itself starts without building dependencies.

mod checksums;
mod glue;
mod module;
mod package;
mod parts;
mod sbom;
mod stamp;
mod view;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

use domain::locale::Locale;

const USAGE: &str = "release sbom SOURCES FOLDER   writes FOLDER/sbom.cdx.json from the project in SOURCES\n\
                   release module SOURCES FOLDER writes FOLDER/embed.js and its types for the page in FOLDER\n\
                   release parts FROM FOLDER     publishes the parts in FROM, and the sentences, with the page in FOLDER\n\
                   release demo-parts FROM FOLDER  the same for the demo, with the languages for tests\n\
                   release join FOLDER           inserts the JavaScript bindings of the page in FOLDER into its start script\n\
                   release stamp FOLDER          names changed scripts and style sheets of the page in FOLDER after their content\n\
                   release view FOLDER [demo]    writes the first view of the page, or of the demo, into the page in FOLDER\n\
                   release checksums FOLDER      writes FOLDER/SHA256SUMS\n\
                   release zip FOLDER FILE       packs FOLDER into FILE";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["sbom", sources, folder] => write_sbom(Path::new(sources), Path::new(folder)),
        ["module", sources, folder] => write_module(Path::new(sources), Path::new(folder)),
        ["parts", from, folder] => {
            parts::publish(Path::new(from), Path::new(folder), &parts::languages())
        }
        ["demo-parts", from, folder] => {
            parts::publish(Path::new(from), Path::new(folder), &Locale::ALL)
        }
        ["join", folder] => glue::join(Path::new(folder)),
        ["stamp", folder] => stamp::all(Path::new(folder)),
        ["view", folder] => view::publish(Path::new(folder), false),
        ["view", folder, "demo"] => view::publish(Path::new(folder), true),
        ["checksums", folder] => write_checksums(Path::new(folder)),
        ["zip", folder, file] => package::write(Path::new(folder), Path::new(file)),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write_sbom(sources: &Path, folder: &Path) -> Result<(), String> {
    let sbom = sbom::of(&read_project(sources)?)?;
    let mut text = serde_json::to_string_pretty(&sbom).map_err(|error| error.to_string())?;
    text.push('\n');
    write(&folder.join(sbom::NAME), &text)
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

fn write_checksums(folder: &Path) -> Result<(), String> {
    let text = checksums::of(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    write(&folder.join(checksums::NAME), &text)
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Output of cargo and rustc for the browser build of the project.
fn read_project(sources: &Path) -> Result<sbom::Project, String> {
    let lock = sources.join("Cargo.lock");
    Ok(sbom::Project {
        // `cargo tree` resolves the features of this build, unlike `metadata`. Features for tests and build scripts are left out.
        tree: output_of(
            sources,
            "cargo",
            &[
                "tree",
                "--locked",
                "--package",
                sbom::PAGE,
                "--features",
                "split",
                "--target",
                sbom::TARGET,
                "--edges",
                "normal,no-proc-macro",
                "--prefix",
                "depth",
                "--format",
                " {p}",
            ],
        )?,
        metadata: output_of(
            sources,
            "cargo",
            &[
                "metadata",
                "--locked",
                "--format-version",
                "1",
                "--features",
                "split",
                "--filter-platform",
                sbom::TARGET,
            ],
        )?,
        lock: fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?,
        compiler: output_of(sources, "rustc", &["-vV"])?,
    })
}

fn output_of(folder: &Path, program: &str, arguments: &[&str]) -> Result<String, String> {
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
