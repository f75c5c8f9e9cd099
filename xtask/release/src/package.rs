//! The zip file of a release: the same files give the same bytes on every machine and at any time.

use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs a folder. The zip file must not be inside it.
pub(crate) fn write(folder: &Path, file: &Path) -> Result<(), String> {
    let with_file_name = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let out = File::create(file).map_err(|error| with_file_name(&error))?;
    pack(folder, out).map_err(|error| with_file_name(&error))
}

fn pack(folder: &Path, out: impl Write + Seek) -> Result<(), String> {
    let mut names = Vec::new();
    list(folder, "", &mut names).map_err(|error| error.to_string())?;
    names.sort();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        // The earliest date of the format. The tag of a release has its date.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(out);
    for name in names {
        let bytes = fs::read(folder.join(&name)).map_err(|error| error.to_string())?;
        writer
            .start_file(name, options)
            .map_err(|error| error.to_string())?;
        writer
            .write_all(&bytes)
            .map_err(|error| error.to_string())?;
    }
    writer.finish().map(drop).map_err(|error| error.to_string())
}

/// Every file below a folder. Names use forward slashes.
fn list(folder: &Path, below: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(folder, &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;

    fn packed(files: &[(&str, &str)]) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("demo")).unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let mut out = Cursor::new(Vec::new());
        pack(folder.path(), &mut out).unwrap();
        out.into_inner()
    }

    #[test]
    fn the_same_files_give_the_same_bytes_in_any_order() {
        let first = packed(&[("b.js", "text text text"), ("a", ""), ("demo/c", "c")]);
        let second = packed(&[("demo/c", "c"), ("a", ""), ("b.js", "text text text")]);
        assert_eq!(first, second);
        assert_ne!(
            first,
            packed(&[("b.js", "text text text"), ("a", ""), ("demo/c", "d")])
        );
    }

    #[test]
    fn unpacked_files_are_unchanged_and_have_no_local_data() {
        let mut archive =
            zip::ZipArchive::new(Cursor::new(packed(&[("b", "text"), ("demo/c", "")]))).unwrap();
        let names = archive.file_names().map(|name| name.unwrap().into_owned());
        assert_eq!(names.collect::<Vec<_>>(), ["b", "demo/c"]);
        let mut file = archive.by_index(0).unwrap();
        assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(0o644));
        assert_eq!(file.last_modified().map(|time| time.year()), Some(1980));
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "text");
    }
}
