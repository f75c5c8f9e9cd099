//! Names the scripts and style sheets of a page after their content, and writes their hashes into the page.

use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::module::integrity;

/// The page in a folder.
pub(crate) const PAGE: &str = "index.html";

/// Renames every script and style sheet of the page in `folder` whose content no longer has the hash in the page.
pub(crate) fn all(folder: &Path) -> Result<(), String> {
    let error = |name: &str, error: std::io::Error| format!("{name}: {error}");
    let mut page = fs::read_to_string(folder.join(PAGE)).map_err(|e| error(PAGE, e))?;
    for name in names(&page) {
        let file = folder.join(&name);
        let bytes = fs::read(&file).map_err(|e| error(&name, e))?;
        let (new, changed) = stamped(&page, &name, &bytes)?;
        if changed != page {
            page = changed;
            fs::rename(&file, folder.join(&new)).map_err(|e| error(&name, e))?;
        }
    }
    fs::write(folder.join(PAGE), page).map_err(|e| error(PAGE, e))
}

/// The scripts and style sheets that the page loads from its folder with a hash.
fn names(page: &str) -> Vec<String> {
    let elements = page.split('<').filter(|element| {
        (element.starts_with("script ") || element.starts_with("link "))
            && element.contains("integrity=\"")
    });
    let files = elements.filter_map(|element| {
        let (_, rest) = element.split_once("=\"./")?;
        Some(rest.split_once('"')?.0)
    });
    files
        .filter(|name| name.ends_with(".js") || name.ends_with(".css"))
        .map(str::to_owned)
        .collect()
}

/// The new name of a file with this content, and the page with the new name and hash.
pub(crate) fn stamped(page: &str, name: &str, bytes: &[u8]) -> Result<(String, String), String> {
    let error = || format!("{PAGE} must contain {name} exactly once, with its hash");
    if page.matches(name).count() != 1 {
        return Err(error());
    }
    let at = page.find(name).ok_or_else(error)?;
    let (before, rest) = page.split_at(at);
    let start = before.rfind('<').ok_or_else(error)?;
    let end = at + rest.find('>').ok_or_else(error)?;
    let element = &page[start..end];
    let (_, hash) = element.split_once("integrity=\"").ok_or_else(error)?;
    let (hash, _) = hash.split_once('"').ok_or_else(error)?;
    let new = renamed(name, bytes).ok_or_else(error)?;
    let element = element.replace(name, &new).replace(hash, &integrity(bytes));
    Ok((new, format!("{}{element}{}", &page[..start], &page[end..])))
}

/// `boot-0a.js` with the hash of the content in place of `0a`.
fn renamed(name: &str, bytes: &[u8]) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let (stem, _) = stem.rsplit_once('-')?;
    let hash = format!("{:x}", Sha256::digest(bytes));
    Some(format!("{stem}-{}.{ending}", &hash[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_style_sheets_are_named_after_their_content() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("boot-1b.js", "new");
        write("base-2c.css", "same");
        write("icon-3d.svg", "");
        let page = |boot: &str, hash: &str| {
            format!(
                "<link rel=\"icon\" href=\"./icon-3d.svg\"/><link href=\"./base-2c.css\" integrity=\"{}\"/>\
                 <script src=\"./{boot}\" integrity=\"{hash}\" type=\"module\"></script>",
                integrity(b"same")
            )
        };
        write(PAGE, &page("boot-1b.js", &integrity(b"old")));
        all(folder.path()).unwrap();
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        // SHA-256 as `sha256sum` prints it.
        let boot = "boot-11507a0e2f5e69d5.js";
        let base = "base-0967115f2813a354.css";
        assert_eq!(names, [base, boot, "icon-3d.svg", PAGE]);
        let written = fs::read_to_string(folder.path().join(PAGE)).unwrap();
        assert_eq!(
            written,
            page(boot, &integrity(b"new")).replace("base-2c.css", base)
        );
    }

    #[test]
    fn a_file_that_the_page_names_twice_or_without_a_hash_is_refused() {
        for page in [
            "<script src=\"./boot-1b.js\">",
            "<script src=\"./boot-1b.js\" integrity=\"x\"><link href=\"./boot-1b.js\" integrity=\"x\">",
            "",
        ] {
            assert!(stamped(page, "boot-1b.js", b"").is_err(), "{page}");
        }
    }
}
