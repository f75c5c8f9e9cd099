//! `embed.js`, the page as a part of other pages: its source with the names and hashes of the files it loads.

use std::path::Path;
use std::{fs, io};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha384};

pub(crate) const NAME: &str = "embed.js";
/// Its types, for portals written in TypeScript.
pub(crate) const TYPES: &str = "embed.d.ts";

/// What a portal writes into `integrity` for it.
pub(crate) const INTEGRITY: &str = "embed.integrity.txt";

/// The line of the source that the build fills in.
const PLACE: &str = "const files = {};\n";
/// In the order in which the page loads them.
const STYLES: [&str; 4] = ["tokens", "base", "layout", "components"];

/// The module for the built page in a folder.
pub(crate) fn of(source: &str, folder: &Path) -> Result<String, String> {
    if source.matches(PLACE).count() != 1 {
        return Err(format!("{NAME} lacks its line {PLACE:?}, or has it twice"));
    }
    let names = names(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let find = |start: &str, end: &str| {
        let mut found = names.iter().filter(|name| {
            name.strip_prefix(start)
                .and_then(|rest| rest.strip_suffix(end))
                .is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
        });
        match (found.next(), found.next()) {
            (Some(name), None) => Ok(name.clone()),
            (None, _) => Err(format!("there is no {start}…{end}")),
            (Some(_), Some(_)) => Err(format!("there are several {start}…{end}")),
        }
    };
    let glue = find("cmg-entra-setup-", ".js")?;
    let program = find("cmg-entra-setup-", "_bg.wasm")?;
    let mut styles = Vec::new();
    for style in STYLES {
        styles.push(find(&format!("{style}-"), ".css")?);
    }
    let mut hashes = serde_json::Map::new();
    for name in [&glue, &program].into_iter().chain(&styles) {
        let bytes = fs::read(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
        hashes.insert(name.clone(), Value::String(integrity(&bytes)));
    }
    let files = json!({ "glue": glue, "program": program, "styles": styles, "hashes": hashes });
    Ok(source.replace(PLACE, &format!("const files = {files};\n")))
}

/// As `integrity` has it.
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

    fn page(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            fs::write(folder.path().join(name), "abc").unwrap();
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
    fn names_every_file_it_loads_with_its_hash() {
        let page = page(&FILES);
        let module = of("// before\nconst files = {};\n// after\n", page.path()).unwrap();
        let json = module
            .strip_prefix("// before\nconst files = ")
            .and_then(|rest| rest.strip_suffix(";\n// after\n"))
            .unwrap();
        let files: Value = serde_json::from_str(json).unwrap();
        assert_eq!(files["glue"], FILES[0]);
        assert_eq!(files["program"], FILES[1]);
        assert_eq!(files["styles"], json!(FILES[2..6]));
        assert_eq!(files["hashes"].as_object().unwrap().len(), 6);
        // FIPS 180-4's example, in base64.
        let hash = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        assert_eq!(files["hashes"][FILES[1]], hash);
    }

    #[test]
    fn a_file_too_few_or_too_many_is_named() {
        let source = "const files = {};\n";
        let lacking = page(&FILES[1..]);
        assert_eq!(
            of(source, lacking.path()),
            Err("there is no cmg-entra-setup-….js".to_owned())
        );
        let doubled = page(&FILES);
        fs::write(doubled.path().join("base-9.css"), "").unwrap();
        assert_eq!(
            of(source, doubled.path()),
            Err("there are several base-….css".to_owned())
        );
        assert!(of("const files = 1;\n", page(&FILES).path()).is_err());
    }
}
