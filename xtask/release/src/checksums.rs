//! `SHA256SUMS`: one line per file, as `sha256sum --check` reads them.

use std::path::Path;
use std::{fs, io};

use sha2::{Digest as _, Sha256};

pub(crate) const NAME: &str = "SHA256SUMS";

/// The checksums of the folder's files, sorted by name. A subfolder has its own checksums.
pub(crate) fn of(folder: &Path) -> io::Result<String> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && name != NAME {
            lines.push((name, fs::read(entry.path())?));
        }
    }
    lines.sort();
    Ok(lines
        .iter()
        .map(|(name, bytes)| format!("{:x}  {name}\n", Sha256::digest(bytes)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_file_is_listed_in_name_order() {
        let folder = tempfile::tempdir().unwrap();
        let demo = folder.path().join("demo");
        fs::create_dir(&demo).unwrap();
        fs::write(demo.join("index.html"), "elsewhere").unwrap();
        for (name, text) in [("b", "abc"), (NAME, "old"), ("a", "")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        // Both checksums are examples of FIPS 180-4.
        assert_eq!(
            of(folder.path()).unwrap(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b\n"
        );
    }
}
