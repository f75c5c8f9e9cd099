//! Builds the page again in another folder without earlier results, and compares: the same sources must give the same bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use crate::page::{self, SUMS};
use crate::setup::{self, Optimiser};
use crate::shell::{Trouble, root, say};

/// Builds and compares. Returns the number of identical files.
pub(crate) fn run() -> Result<usize, Trouble> {
    let dist = root().join("dist");
    let first = read(&dist.join(SUMS))?;
    setup::for_page(Optimiser::Required)?;
    let elsewhere = Elsewhere::new()?;
    let sources = elsewhere.0.join("page");
    copy(&root(), &sources, &ignored()).map_err(|error| elsewhere.trouble(&error))?;
    let built = sources.join("dist");
    page::build_page(&sources, &elsewhere.0.join("target"), &built)?;
    let second = read(&built.join(SUMS))?;
    let faults = differences(&first, &second);
    if !faults.is_empty() {
        return Err(Trouble::new(
            format!(
                "the page built again in another folder is different:\n  {}",
                faults.join("\n  ")
            ),
            "if a source file has changed since the first build, run `cargo xtask build` and try again. \
             Otherwise, find what the build takes from this machine, such as a path, a time, or an order",
        ));
    }
    say(&format!(
        "{} files are identical byte for byte. dist/{SUMS} contains their checksums",
        first.len()
    ));
    Ok(first.len())
}

/// A temporary folder that is removed when dropped.
struct Elsewhere(PathBuf);

impl Elsewhere {
    fn new() -> Result<Self, Trouble> {
        let folder = env::temp_dir().join(format!("cmg-entra-setup-again-{}", process::id()));
        let elsewhere = Self(folder);
        fs::create_dir_all(&elsewhere.0).map_err(|error| elsewhere.trouble(&error))?;
        Ok(elsewhere)
    }

    fn trouble(&self, error: &io::Error) -> Trouble {
        Trouble::new(
            format!("{} cannot be written: {error}", self.0.display()),
            "free some disk space, or set TMPDIR to another folder",
        )
    }
}

impl Drop for Elsewhere {
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
type Sums = BTreeMap<String, String>;

fn read(file: &Path) -> Result<Sums, Trouble> {
    fs::read_to_string(file)
        .map(|text| sums(&text))
        .map_err(|error| {
            Trouble::new(
                format!("{}: {error}", file.display()),
                "run `cargo xtask build` first",
            )
        })
}

pub(crate) fn sums(text: &str) -> Sums {
    text.lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(sum, name)| (name.to_owned(), sum.to_owned()))
        .collect()
}

fn differences(first: &Sums, second: &Sums) -> Vec<String> {
    let only = |these: &Sums, others: &Sums, which: &str| -> Vec<String> {
        these
            .keys()
            .filter(|name| !others.contains_key(*name))
            .map(|name| format!("{name} is only in the {which} build"))
            .collect()
    };
    let mut faults: Vec<String> = first
        .iter()
        .filter(|(name, sum)| second.get(*name).is_some_and(|other| other != *sum))
        .map(|(name, _)| format!("{name} differs"))
        .collect();
    faults.extend(only(first, second, "first"));
    faults.extend(only(second, first, "second"));
    faults
}

#[cfg(test)]
mod tests {
    use super::{differences, sums};

    #[test]
    fn every_difference_is_named() {
        let first = sums("00  same\n01  changed\n02  gone\n");
        let second = sums("00  same\n11  changed\n03  new\n");
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
