//! Splits the program into parts (`src/parts.rs`) before the bindings are written.
//!
//! The tool's own loader is a file that imports the bindings, and the bindings import it. This loader is inside the bindings, so that the
//! hash of the script that contains both covers it, and each part's hash is in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_split_cli_support::Options;

use crate::Error;

/// The loader, which the bindings get. A file of the page, so that its types are checked with the other scripts.
const LOADER: &str = include_str!("../../../src/loader.js");

/// The module name under which the program imports the loader.
const LINK: &str = "./__wasm_split.js";

/// The custom section of a program that has parts.
const MARKER: &[u8] = b"__wasm_split_unstable";

/// The name of the folder with the parts, beside the bindings.
pub(crate) const FOLDER: &str = "parts";

/// The list of the files of each part, in this folder.
const LIST: &str = "parts.txt";

/// A program that was split.
pub(crate) struct Split {
    /// The part that starts.
    pub(crate) main: PathBuf,
    /// The names that each part imports from the running program.
    shared: String,
    /// The files of each part. Those that several parts share come first.
    files: BTreeMap<String, Vec<String>>,
}

/// Whether a program has parts.
pub(crate) fn has_parts(program: &[u8]) -> bool {
    program.windows(MARKER.len()).any(|bytes| bytes == MARKER)
}

/// Writes the parts of a program and their list into `folder`.
pub(crate) fn split(program: &[u8], folder: &Path, name: &str) -> Result<Split, Error> {
    let io = |error: std::io::Error| Error(format!("{}: {error}", folder.display()));
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(io)?;
    }
    fs::create_dir_all(folder).map_err(io)?;
    let main = folder.join(format!("{name}.wasm"));
    let mut options = Options::new(program);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LINK;
    options.main_module = "./main.js";
    let result =
        wasm_split_cli_support::transform(options).map_err(|error| Error(format!("{error:?}")))?;
    let link = folder.join(LINK);
    let script = fs::read_to_string(&link).map_err(io)?;
    fs::remove_file(&link).map_err(io)?;
    let shared = script
        .split_once("const { ")
        .and_then(|(_, rest)| rest.split_once("} = initSync(undefined, undefined);"))
        .map(|(names, _)| names.trim().trim_end_matches(',').to_owned())
        .ok_or_else(|| Error("the split program shares nothing".to_owned()))?;
    let files: BTreeMap<String, Vec<String>> = result.prefetch_map.into_iter().collect();
    let mut list = String::new();
    for (part, files) in &files {
        list.push_str(&format!("{part} {}\n", files.join(" ")));
    }
    fs::write(folder.join(LIST), list).map_err(io)?;
    Ok(Split {
        main,
        shared,
        files,
    })
}

/// Puts the loader into the bindings.
pub(crate) fn insert_loader(bindings: &str, split: &Split) -> Result<String, Error> {
    let mut script = String::new();
    let mut is_imported = false;
    for line in bindings.lines() {
        // wasm-bindgen imports the module once for each function, and lists it once for each import.
        if line.starts_with("import ") && line.contains(LINK) {
            continue;
        }
        if line.trim_start().starts_with(&format!("\"{LINK}\": ")) {
            if !is_imported {
                script.push_str(&format!("        \"{LINK}\": partLoaders,\n"));
                is_imported = true;
            }
            continue;
        }
        script.push_str(line);
        script.push('\n');
    }
    if !is_imported {
        return Err(Error(format!("the bindings do not import {LINK}")));
    }
    script.push('\n');
    // Without its comments, which have a weight. None of its strings has a line that begins like one.
    for line in LOADER.lines() {
        let is_comment = ["//", "/*", "*"]
            .iter()
            .any(|start| line.trim_start().starts_with(start));
        if !is_comment {
            script.push_str(line);
            script.push('\n');
        }
    }
    script.push_str(&format!(
        "\nlet shared;\nfunction sharedImports() {{\n    if (!shared) {{\n        const {{ {names} }} = initSync(undefined, undefined);\n        \
         shared = {{ __wasm_split: {{ {names} }} }};\n    }}\n    return shared;\n}}\n\nconst partLoaders = {{\n",
        names = split.shared
    ));
    for part in split.files.keys() {
        script.push_str(&format!(
            "    __wasm_split_load_{part}: (callback, data) => loadPart(\"{part}\", callback, data),\n"
        ));
    }
    script.push_str("};\n");
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINDINGS: &str = "import * as import1 from \"./__wasm_split.js\"\n\
        import * as import2 from \"./__wasm_split.js\"\n\
        function __wbg_get_imports() {\n    return {\n        \"./page_bg.js\": import0,\n        \
        \"./__wasm_split.js\": import1,\n        \"./__wasm_split.js\": import2,\n    };\n}\n\
        export { initSync, __wbg_init as default };\n";

    fn split_program() -> Split {
        Split {
            main: PathBuf::new(),
            shared: "__indirect_function_table, memory".to_owned(),
            files: BTreeMap::from([
                ("core".to_owned(), vec!["split_core".to_owned()]),
                ("run".to_owned(), vec!["split_run".to_owned()]),
            ]),
        }
    }

    #[test]
    fn the_bindings_contain_the_loader_and_import_nothing() {
        let script = insert_loader(BINDINGS, &split_program()).unwrap();
        assert!(!script.contains("import * as"), "{script}");
        assert_eq!(
            script
                .matches("\"./__wasm_split.js\": partLoaders,\n")
                .count(),
            1
        );
        for line in [
            "const parts = {};\n",
            "const sentences = {};\n",
            "const { __indirect_function_table, memory } = initSync(undefined, undefined);\n",
            "    __wasm_split_load_core: (callback, data) => loadPart(\"core\", callback, data),\n",
            "    __wasm_split_load_run: (callback, data) => loadPart(\"run\", callback, data),\n",
        ] {
            assert_eq!(script.matches(line).count(), 1, "{line}");
        }
    }

    #[test]
    fn bindings_that_do_not_import_the_loader_are_refused() {
        let bindings = BINDINGS.replace("__wasm_split", "other");
        assert!(insert_loader(&bindings, &split_program()).is_err());
    }

    #[test]
    fn only_a_program_with_the_marker_has_parts() {
        assert!(has_parts(b"\0asm__wasm_split_unstable"));
        assert!(!has_parts(b"\0asm"));
    }
}
