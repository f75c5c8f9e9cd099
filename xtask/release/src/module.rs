//! `embed.js`, the embeddable page: its source with the names and hashes of the files that it loads.

use std::path::Path;
use std::{fs, io};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha384};

use crate::glue;

pub(crate) const NAME: &str = "embed.js";
/// TypeScript types for embedding pages.
pub(crate) const TYPES: &str = "embed.d.ts";

/// The hash that an embedding page uses in the `integrity` attribute.
pub(crate) const INTEGRITY: &str = "embed.integrity.txt";

/// The line in the source that the build replaces.
const PLACEHOLDER: &str = "const files = {};\n";
/// In the loading order of the page.
const STYLES: [&str; 4] = ["tokens", "base", "layout", "components"];

/// Creates the module for a built page, before `join` inserts the bindings into the start script.
pub(crate) fn of(source: &str, folder: &Path) -> Result<String, String> {
    if source.matches(PLACEHOLDER).count() != 1 {
        return Err(format!(
            "{NAME} must contain the line {PLACEHOLDER:?} exactly once"
        ));
    }
    let glue = find(folder, "cmg-entra-setup-", ".js")?;
    let glue =
        fs::read_to_string(folder.join(&glue)).map_err(|error| format!("{glue}: {error}"))?;
    let program = find(folder, "cmg-entra-setup-", "_bg.wasm")?;
    let mut styles = Vec::new();
    for style in STYLES {
        styles.push(find(folder, &format!("{style}-"), ".css")?);
    }
    let mut hashes = serde_json::Map::new();
    for name in [&program].into_iter().chain(&styles) {
        let bytes = fs::read(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
        hashes.insert(name.clone(), Value::String(integrity(&bytes)));
    }
    let files = json!({ "program": program, "styles": styles, "hashes": hashes });
    glue::insert(
        &source.replace(PLACEHOLDER, &format!("const files = {files};\n")),
        &glue,
    )
}

/// The only file in a folder with this name and a hash in the middle.
pub(crate) fn find(folder: &Path, start: &str, end: &str) -> Result<String, String> {
    let names = names(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut found = names.into_iter().filter(|name| {
        name.strip_prefix(start)
            .and_then(|rest| rest.strip_suffix(end))
            .is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    match (found.next(), found.next()) {
        (Some(name), None) => Ok(name),
        (None, _) => Err(format!("there is no {start}…{end}")),
        (Some(_), Some(_)) => Err(format!("there are several {start}…{end}")),
    }
}

/// The hash in the format of the `integrity` attribute.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "// before\nconst files = {};\nconst bindings = null;\n// after\n";

    fn page(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let text = if *name == FILES[0] {
                "export function mount() {\n}\n"
            } else {
                "abc"
            };
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    const FILES: [&str; 8] = [
        "cmg-entra-setup-0a.js",
        "cmg-entra-setup-0a_bg.wasm",
        "tokens-1.css",
        "base-2.css",
        "layout-3.css",
        "components-4.css",
        "boot-5.js",
        "index.html",
    ];

    #[test]
    fn the_module_has_the_bindings_and_the_hash_of_each_file() {
        let page = page(&FILES);
        let module = of(SOURCE, page.path()).unwrap();
        let json = module
            .strip_prefix("// before\nconst files = ")
            .and_then(|rest| {
                rest.strip_suffix(
                    ";\nconst bindings = () => {\nfunction mount() {\n}\nreturn { mount };\n};\n// after\n",
                )
            })
            .unwrap();
        let files: Value = serde_json::from_str(json).unwrap();
        assert_eq!(files["program"], FILES[1]);
        assert_eq!(files["styles"], json!(FILES[2..6]));
        assert_eq!(files["hashes"].as_object().unwrap().len(), 5);
        // The example of FIPS 180-4, in base64.
        let hash = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        assert_eq!(files["hashes"][FILES[1]], hash);
    }

    #[test]
    fn a_missing_or_duplicate_file_is_named() {
        let incomplete = page(&FILES[1..]);
        assert_eq!(
            of(SOURCE, incomplete.path()),
            Err("there is no cmg-entra-setup-….js".to_owned())
        );
        let duplicated = page(&FILES);
        fs::write(duplicated.path().join("base-9.css"), "").unwrap();
        assert_eq!(
            of(SOURCE, duplicated.path()),
            Err("there are several base-….css".to_owned())
        );
        assert!(of("const files = 1;\n", page(&FILES).path()).is_err());
    }
}
