//! Turns the catalogue of sentences (`locales/<language>/*.ftl`, Project Fluent syntax) into typed functions and into files.
//!
//! Done at build time so that a call of an unknown sentence, or one without an argument, does not compile, and so that the page ships no
//! parser. `src/locale/sentences.rs` describes the files.

#![expect(
    clippy::panic,
    reason = "a fault in the catalogue stops the build, and cargo shows the sentence"
)]

use std::path::Path;
use std::{env, fs, io};

#[path = "build/catalogue.rs"]
#[expect(unreachable_pub, reason = "a test has the same file")]
mod catalogue;
#[path = "build/code.rs"]
#[expect(unreachable_pub, reason = "this program has no interface")]
mod code;
#[path = "build/encode.rs"]
#[expect(unreachable_pub, reason = "this program has no interface")]
mod encode;
#[path = "build/pseudo.rs"]
#[expect(unreachable_pub, reason = "this program has no interface")]
mod pseudo;
#[path = "src/locale/sentences.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the program has the same file, and it reads what this one writes"
)]
mod sentences;

use catalogue::{Catalogue, LANGUAGES, PARTS, part_of};
use code::Part;

fn main() {
    println!("cargo::rerun-if-changed=../../locales");
    if let Err(fault) = run() {
        panic!("{fault}");
    }
}

fn run() -> Result<(), String> {
    let mut catalogues = read(Path::new("../../locales"))?;
    let mut tags = LANGUAGES.map(|language| language.folder).to_vec();
    let english = catalogues.first().cloned().unwrap_or_default();
    for (tag, change) in [
        ("en-XA", pseudo::accented as fn(&_) -> _),
        ("ar-XB", pseudo::right_to_left),
    ] {
        tags.push(tag);
        let changed = english
            .iter()
            .map(|(id, message)| (id.clone(), change(message)));
        catalogues.push(changed.collect());
    }
    let parts = parts(&english);
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let out = Path::new(&out);
    for (tag, catalogue) in tags.iter().zip(&catalogues) {
        for part in &parts {
            let lines: Vec<String> = part
                .messages
                .iter()
                .filter_map(|(id, english)| {
                    let message = catalogue.get(*id)?;
                    Some(encode::message(message, &english.arguments))
                })
                .collect();
            let file = encode::file(tag, part.name, part.contract, &lines);
            write(
                &out.join(format!("sentences/{tag}/{}.txt", part.name)),
                &file,
            )?;
        }
    }
    write(&out.join("locale.rs"), &code::program(&parts))?;
    write(&out.join("files.rs"), &code::files(&tags, &parts))?;
    write(&out.join("calls.rs"), &code::calls(&parts))
}

/// Reads all languages in the order of [`LANGUAGES`].
fn read(locales: &Path) -> Result<Vec<Catalogue>, String> {
    for name in names(locales)? {
        if LANGUAGES.iter().all(|language| language.folder != name) {
            return Err(format!("locales/{name}: add the language to LANGUAGES"));
        }
    }
    let mut all = Vec::new();
    for language in LANGUAGES {
        let folder = locales.join(language.folder);
        let mut files = Vec::new();
        for name in names(&folder)? {
            let file = folder.join(&name);
            let text = fs::read_to_string(&file).map_err(|error| fault(&file, &error))?;
            files.push((name, text));
        }
        all.push(catalogue::catalogue(language, &files)?);
    }
    if let Some((english, others)) = all.split_first() {
        for (language, other) in LANGUAGES.iter().skip(1).zip(others) {
            catalogue::compare(*language, other, english)?;
        }
    }
    Ok(all)
}

fn names(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|error| fault(folder, &error))?;
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

fn fault(file: &Path, error: &io::Error) -> String {
    format!("{}: {error}", file.display())
}

fn parts(english: &Catalogue) -> Vec<Part<'_>> {
    PARTS
        .iter()
        .enumerate()
        .map(|(place, (name, _))| {
            let messages: Vec<_> = english
                .iter()
                .filter(|(_, message)| part_of(&message.file) == Some(place))
                .map(|(id, message)| (id.as_str(), message))
                .collect();
            Part {
                name,
                contract: encode::contract(&messages),
                messages,
            }
        })
        .collect()
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .map_err(|error| fault(file, &error))
}
