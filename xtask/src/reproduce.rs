//! Builds the page again in another folder without earlier results, and compares: the same sources must give the same bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use crate::page::{self, CHECKSUMS};
use crate::setup::{self, WasmOpt};
use crate::shell::{Error, log, root};

/// Builds and compares. Returns the number of identical files.
pub(crate) fn run() -> Result<usize, Error> {
    let dist = root().join("dist");
    let first = read_checksums(&dist.join(CHECKSUMS))?;
    setup::for_page(WasmOpt::Required)?;
    let temp_folder = TempFolder::new()?;
    let sources = temp_folder.0.join("page");
    copy(&root(), &sources, &ignored()).map_err(|error| temp_folder.write_error(&error))?;
    let built = sources.join("dist");
    page::build_page(&sources, &temp_folder.0.join("target"), &built)?;
    let second = read_checksums(&built.join(CHECKSUMS))?;
    let faults = differences(&first, &second);
    if !faults.is_empty() {
        return Err(Error::new(
            format!(
                "the page built again in another folder is different:\n  {}",
                faults.join("\n  ")
            ),
            "if a source file has changed since the first build, run `cargo xtask build` and try again. \
             Otherwise, find what the build takes from this machine, such as a path, a time, or an order",
        ));
    }
    log(&format!(
        "{} files are identical byte for byte. dist/{CHECKSUMS} contains their checksums",
        first.len()
    ));
    Ok(first.len())
}

/// A temporary folder that is removed when dropped.
struct TempFolder(PathBuf);

impl TempFolder {
    fn new() -> Result<Self, Error> {
        let folder = env::temp_dir().join(format!("cmg-entra-setup-again-{}", process::id()));
        let temp_folder = Self(folder);
        fs::create_dir_all(&temp_folder.0).map_err(|error| temp_folder.write_error(&error))?;
        Ok(temp_folder)
    }

    fn write_error(&self, error: &io::Error) -> Error {
        Error::new(
            format!("{} cannot be written: {error}", self.0.display()),
            "free some disk space, or set TMPDIR to another folder",
        )
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        // Files that remain are in the system's folder for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Names that git ignores. Every line of .gitignore is a folder name.
fn ignored() -> Vec<String> {
    let text = fs::read_to_string(root().join(".gitignore")).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.strip_suffix('/'))
        .chain([".git"])
        .map(str::to_owned)
        .collect()
}

fn copy(from: &Path, to: &Path, without: &[String]) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if without.iter().any(|other| name == other.as_str()) {
            continue;
        }
        let (from, to) = (entry.path(), to.join(&name));
        if entry.file_type()?.is_dir() {
            copy(&from, &to, without)?;
        } else {
            fs::copy(from, to)?;
        }
    }
    Ok(())
}

/// The checksum of each file by name.
type Checksums = BTreeMap<String, String>;

fn read_checksums(file: &Path) -> Result<Checksums, Error> {
    fs::read_to_string(file)
        .map(|text| checksums(&text))
        .map_err(|error| {
            Error::new(
                format!("{}: {error}", file.display()),
                "run `cargo xtask build` first",
            )
        })
}

pub(crate) fn checksums(text: &str) -> Checksums {
    text.lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(checksum, name)| (name.to_owned(), checksum.to_owned()))
        .collect()
}

fn differences(first: &Checksums, second: &Checksums) -> Vec<String> {
    let only = |these: &Checksums, others: &Checksums, which: &str| -> Vec<String> {
        these
            .keys()
            .filter(|name| !others.contains_key(*name))
            .map(|name| format!("{name} is only in the {which} build"))
            .collect()
    };
    let mut faults: Vec<String> = first
        .iter()
        .filter(|(name, checksum)| second.get(*name).is_some_and(|other| other != *checksum))
        .map(|(name, _)| format!("{name} differs"))
        .collect();
    faults.extend(only(first, second, "first"));
    faults.extend(only(second, first, "second"));
    faults
}

#[cfg(test)]
mod tests {
    use super::{checksums, differences};

    #[test]
    fn every_difference_is_named() {
        let first = checksums("00  same\n01  changed\n02  gone\n");
        let second = checksums("00  same\n11  changed\n03  new\n");
        assert_eq!(
            differences(&first, &second),
            [
                "changed differs",
                "gone is only in the first build",
                "new is only in the second build"
            ]
        );
        assert!(differences(&first, &first).is_empty());
    }
}
