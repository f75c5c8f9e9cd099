//! Publishes the parts of the program and its sentences: names with hashes, and the list of them in the bindings
//! (`src/loader.js`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use domain::locale::{Locale, SentencePart};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::module::{find, integrity};

/// The languages that the page offers.
pub(crate) const LANGUAGES: [Locale; 1] = [Locale::En];

/// The list that `xtask/bind` writes: a part in each line, then its files without their ending.
const LIST: &str = "parts.txt";

/// The names of all published parts begin with this.
const PREFIX: &str = "cmg-entra-setup-";

/// Copies the parts from `from` to the page in `folder`, and writes their names and hashes into the bindings.
pub(crate) fn publish(from: &Path, folder: &Path) -> Result<(), String> {
    let read = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let list = String::from_utf8(read(&from.join(LIST))?).map_err(|error| error.to_string())?;
    let list: Vec<(&str, Vec<&str>)> = list
        .lines()
        .filter_map(|line| {
            let (part, files) = line.split_once(' ')?;
            Some((part, files.split(' ').collect()))
        })
        .collect();
    // A file is named after the parts that need it.
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (part, files) in &list {
        for file in files {
            users.entry(file).or_default().push(part);
        }
    }
    let mut published: BTreeMap<&str, Value> = BTreeMap::new();
    for (name, parts) in &users {
        let bytes = read(&from.join(format!("{name}.wasm")))?;
        let hash = format!("{:x}", Sha256::digest(&bytes));
        let file = format!("{PREFIX}{}-{}.wasm", parts.join("-"), &hash[..16]);
        let target = folder.join(&file);
        fs::write(&target, &bytes).map_err(|error| format!("{}: {error}", target.display()))?;
        published.insert(name, json!([file, integrity(&bytes)]));
    }
    let parts: serde_json::Map<String, Value> = list
        .iter()
        .map(|(part, files)| {
            let files = files.iter().filter_map(|file| published.get(file).cloned());
            ((*part).to_owned(), files.collect())
        })
        .collect();
    let glue = folder.join(find(folder, PREFIX, ".js")?);
    let script = String::from_utf8(read(&glue)?).map_err(|error| error.to_string())?;
    let script = fill(&script, "parts", Value::Object(parts))?;
    let script = fill(&script, "sentences", publish_sentences(folder)?)?;
    fs::write(&glue, script).map_err(|error| format!("{}: {error}", glue.display()))
}

/// Writes the files of sentences, and returns their names and hashes by language and part.
fn publish_sentences(folder: &Path) -> Result<Value, String> {
    let mut languages = serde_json::Map::new();
    for locale in LANGUAGES {
        let mut files = serde_json::Map::new();
        for part in SentencePart::ALL {
            let text = locale.file(part);
            let hash = format!("{:x}", Sha256::digest(text));
            let (tag, name) = (locale.tag(), part.name());
            let file = format!("sentences-{tag}-{name}-{}.txt", &hash[..16]);
            let target = folder.join(&file);
            fs::write(&target, text).map_err(|error| format!("{}: {error}", target.display()))?;
            files.insert(name.to_owned(), json!([file, integrity(text.as_bytes())]));
        }
        languages.insert(locale.tag().to_owned(), Value::Object(files));
    }
    Ok(Value::Object(languages))
}

/// Replaces the empty list with this name in the bindings.
fn fill(script: &str, name: &str, list: Value) -> Result<String, String> {
    let placeholder = format!("const {name} = {{}};\n");
    if script.matches(&placeholder).count() != 1 {
        return Err(format!(
            "the bindings must contain the line {placeholder:?} exactly once"
        ));
    }
    Ok(script.replace(&placeholder, &format!("const {name} = {list};\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINDINGS: &str = "a();\nconst parts = {};\nconst sentences = {};\nexport { b };\n";

    fn page(bindings: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("cmg-entra-setup-0a.js"), bindings).unwrap();
        folder
    }

    fn parts(list: &str) -> tempfile::TempDir {
        let from = tempfile::tempdir().unwrap();
        fs::write(from.path().join(LIST), list).unwrap();
        for name in ["split_core", "split_run", "chunk_2"] {
            fs::write(from.path().join(format!("{name}.wasm")), name).unwrap();
        }
        from
    }

    /// The list with this name in the bindings.
    fn list(folder: &Path, name: &str) -> Value {
        let script = fs::read_to_string(folder.join("cmg-entra-setup-0a.js")).unwrap();
        let (_, rest) = script.split_once(&format!("const {name} = ")).unwrap();
        serde_json::from_str(rest.split_once(";\n").unwrap().0).unwrap()
    }

    #[test]
    fn the_bindings_name_each_file_of_a_part_with_its_hash() {
        let page = page(BINDINGS);
        let from = parts("core chunk_2 split_core\nrun chunk_2 split_run\n");
        publish(from.path(), page.path()).unwrap();
        let parts = list(page.path(), "parts");
        assert_eq!(parts["core"][0], parts["run"][0], "the file is shared");
        for (part, place, content) in [
            ("core", 0, "chunk_2"),
            ("core", 1, "split_core"),
            ("run", 1, "split_run"),
        ] {
            let file = &parts[part][place];
            let name = file[0].as_str().unwrap();
            let bytes = fs::read(page.path().join(name)).unwrap();
            assert_eq!(bytes, content.as_bytes());
            assert_eq!(file[1], integrity(&bytes));
            assert!(name.starts_with(PREFIX), "{name}");
        }
        let name = parts["core"][1][0].as_str().unwrap();
        assert!(name.starts_with("cmg-entra-setup-core-"), "{name}");
    }

    #[test]
    fn the_bindings_name_each_file_of_sentences_with_its_hash() {
        let page = page(BINDINGS);
        publish(parts("core split_core\n").path(), page.path()).unwrap();
        let sentences = list(page.path(), "sentences");
        for part in SentencePart::ALL {
            let file = &sentences["en"][part.name()];
            let text = fs::read_to_string(page.path().join(file[0].as_str().unwrap())).unwrap();
            assert_eq!(text, Locale::En.file(part));
            assert_eq!(file[1], integrity(text.as_bytes()));
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let twice = BINDINGS.replace("a();", "const parts = {};");
        for (bindings, list, error) in [
            ("", "core split_core\n", "const parts"),
            (
                "const parts = {};\n",
                "core split_core\n",
                "const sentences",
            ),
            (twice.as_str(), "core split_core\n", "const parts"),
            (BINDINGS, "core split_none\n", "split_none.wasm"),
        ] {
            let found = publish(parts(list).path(), page(bindings).path()).unwrap_err();
            assert!(found.contains(error), "{found}");
        }
    }
}
