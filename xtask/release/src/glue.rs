//! Inserts the JavaScript bindings of wasm-bindgen into the script that starts the program.
//!
//! A separate bindings file could not be pinned: WebKit imports a module regardless of its preload hash, and with the header
//! `Integrity-Policy` it imports none at all (WebKitGTK 2.50). `index.html` has the hash of the start script, and an embedding page has the
//! hash of `embed.js`.

use std::fs;
use std::path::Path;

use crate::module::find;
use crate::stamp;

/// The line in the start script and in `embed.js` that the build replaces.
const PLACEHOLDER: &str = "const bindings = null;\n";

/// Returns the script with the bindings inserted.
pub(crate) fn insert(script: &str, glue: &str) -> Result<String, String> {
    if script.matches(PLACEHOLDER).count() != 1 {
        return Err(format!(
            "the script must contain the line {PLACEHOLDER:?} exactly once"
        ));
    }
    let function = as_function(glue)?;
    Ok(script.replace(PLACEHOLDER, &format!("const bindings = {function};\n")))
}

/// Converts a module to a function that returns its exports.
fn as_function(glue: &str) -> Result<String, String> {
    let mut body = String::new();
    let mut exports = Vec::new();
    for line in glue.lines() {
        if line.starts_with("import ") {
            return Err(format!("the bindings import another file: {line}"));
        }
        let Some(exported) = line.strip_prefix("export ") else {
            body.push_str(line);
            body.push('\n');
            continue;
        };
        if let Some(list) = exported
            .strip_prefix("{ ")
            .and_then(|list| list.strip_suffix(" };"))
        {
            exports.extend(list.split(", ").map(|item| match item.split_once(" as ") {
                Some((own, name)) => format!("{name}: {own}"),
                None => item.to_owned(),
            }));
        } else {
            let name = exported
                .strip_prefix("function ")
                .or_else(|| exported.strip_prefix("class "))
                .and_then(|rest| rest.split(['(', ' ']).next())
                .ok_or_else(|| format!("the bindings have an unknown kind of export: {line}"))?;
            exports.push(name.to_owned());
            body.push_str(exported);
            body.push('\n');
        }
    }
    if exports.is_empty() {
        return Err("the bindings export nothing".to_owned());
    }
    Ok(format!(
        "() => {{\n{body}return {{ {} }};\n}}",
        exports.join(", ")
    ))
}

/// Inserts the bindings of a built page into its start script and updates its name and hash in `index.html`.
pub(crate) fn join(folder: &Path) -> Result<(), String> {
    let read = |name: &str| {
        fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))
    };
    let glue = find(folder, "cmg-entra-setup-", ".js")?;
    let boot = find(folder, "boot-", ".js")?;
    let script = insert(&read(&boot)?, &read(&glue)?)?;
    let (name, page) = stamp::stamped(&read(stamp::PAGE)?, &boot, script.as_bytes())?;
    let page = held_back(&without_preload(&page, &glue)?)?;
    let write = |name: &str, text: &str| {
        fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))
    };
    let remove =
        |name: &str| fs::remove_file(folder.join(name)).map_err(|error| format!("{name}: {error}"));
    write(&name, &script)?;
    write(stamp::PAGE, &page)?;
    remove(&boot)?;
    remove(&glue)
}

/// Removes the element that preloads the bindings.
fn without_preload(page: &str, glue: &str) -> Result<String, String> {
    let error = || format!("index.html must preload {glue} exactly once");
    let at = page.find("<link rel=\"modulepreload\"").ok_or_else(error)?;
    let (before, rest) = page.split_at(at);
    let (element, after) = rest.split_once('>').ok_or_else(error)?;
    if !element.contains(glue) || after.contains(glue) {
        return Err(error());
    }
    Ok(format!("{before}{after}"))
}

/// Marks the preload of the program, so that the browser waits with it: `first.js` removes the mark as soon as the first view is painted.
/// Before that, the program would compete with the style sheets that the view needs.
fn held_back(page: &str) -> Result<String, String> {
    let element = "<link rel=\"preload\" ";
    match page.matches(element).count() {
        1 => Ok(page.replace(element, &format!("{element}media=\"not all\" "))),
        count => Err(format!(
            "index.html must preload the program exactly once, not {count} times"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::integrity;

    const GLUE: &str = "/* types */\nexport class Mounted {\n}\nexport function start() {\n}\nfunction own() {}\n\
                        export { initSync, __wbg_init as default };\n";

    #[test]
    fn a_module_becomes_a_function_that_returns_its_exports() {
        let script = insert("a();\nconst bindings = null;\nb();\n", GLUE).unwrap();
        assert_eq!(
            script,
            "a();\nconst bindings = () => {\n/* types */\nclass Mounted {\n}\nfunction start() {\n}\nfunction own() {}\n\
             return { Mounted, start, initSync, default: __wbg_init };\n};\nb();\n"
        );
    }

    #[test]
    fn bindings_with_imports_or_unknown_exports_are_refused() {
        for (script, glue) in [
            ("", GLUE),
            ("const bindings = null;\nconst bindings = null;\n", GLUE),
            ("const bindings = null;\n", ""),
            (
                "const bindings = null;\n",
                "import { a } from './snippets/a.js';\nexport function start() {}\n",
            ),
            ("const bindings = null;\n", "export const a = 1;\n"),
            ("const bindings = null;\n", "export * from 'a';\n"),
        ] {
            assert!(insert(script, glue).is_err(), "{glue}");
        }
    }

    #[test]
    fn the_page_refers_only_to_the_joined_script_with_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let boot = "const bindings = null;\n";
        write("cmg-entra-setup-0a.js", GLUE);
        write("boot-1b.js", boot);
        write(
            "index.html",
            &format!(
                "<script src=\"./boot-1b.js\" integrity=\"{}\" type=\"module\"></script>\
                 <link rel=\"modulepreload\" href=\"./cmg-entra-setup-0a.js\" integrity=\"x\"><link rel=\"preload\" href=\"a.wasm\">",
                integrity(boot.as_bytes())
            ),
        );
        join(folder.path()).unwrap();
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let [name, page] = <[String; 2]>::try_from(names).unwrap();
        assert_eq!(page, "index.html");
        let script = fs::read(folder.path().join(&name)).unwrap();
        assert_eq!(
            fs::read_to_string(folder.path().join(page)).unwrap(),
            format!(
                "<script src=\"./{name}\" integrity=\"{}\" type=\"module\"></script><link rel=\"preload\" media=\"not all\" href=\"a.wasm\">",
                integrity(&script)
            )
        );
        assert!(join(folder.path()).is_err(), "a second time");
    }
}
