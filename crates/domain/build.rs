//! Turns the sentence catalogue (`locales/<language>/*.ftl`, Project Fluent syntax) into typed functions.
//!
//! Done at build time so that a call of an unknown sentence, or one without an argument, does not compile, and so that the page ships no
//! parser.
//! Kept to what the catalogue uses: text, `{ $argument }` and a choice by the plural of a number. Anything else stops the build.

#![expect(
    clippy::panic,
    reason = "a fault in the catalogue stops the build, and cargo shows the sentence"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};

/// A sentence: its arguments (`true`: a number to choose a plural by) and its Rust expression.
struct Sentence {
    arguments: BTreeMap<String, bool>,
    body: Body,
}

enum Body {
    Fixed(String),
    Built(String),
}

fn main() {
    println!("cargo::rerun-if-changed=../../locales");
    let languages = read_languages(Path::new("../../locales"));
    let english = languages
        .get("en")
        .unwrap_or_else(|| panic!("locales/en is the catalogue every other language follows"));
    let mut code = String::from(
        "#[allow(clippy::single_char_add_str, reason = \"generated\")]\nimpl Locale {\n",
    );
    for (id, sentence) in english {
        write_function(&mut code, id, sentence, &languages);
    }
    code.push_str("}\n");
    let out = env::var("OUT_DIR").unwrap_or_else(|_| panic!("cargo sets OUT_DIR"));
    fs::write(Path::new(&out).join("locale.rs"), code)
        .unwrap_or_else(|error| panic!("cannot write locale.rs: {error}"));
}

type Catalogue = BTreeMap<String, Sentence>;

fn read_languages(folder: &Path) -> BTreeMap<String, Catalogue> {
    let mut languages = BTreeMap::new();
    for language in sorted_entries(folder) {
        let mut catalogue = Catalogue::new();
        for file in sorted_entries(&language) {
            read_file(&file, &mut catalogue);
        }
        let name = language
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        languages.insert(name, catalogue);
    }
    languages
}

fn sorted_entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn read_file(file: &Path, catalogue: &mut Catalogue) {
    let text =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let resource = fluent_syntax::parser::parse(text.as_str())
        .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", file.display()));
    for entry in resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let id = message.id.name.replace('-', "_");
        let pattern = message
            .value
            .unwrap_or_else(|| panic!("{}: `{id}` has no text", file.display()));
        let mut arguments = BTreeMap::new();
        let body = if let [PatternElement::TextElement { value }] = pattern.elements.as_slice() {
            Body::Fixed((*value).to_owned())
        } else {
            Body::Built(expression(&pattern, &mut arguments, &id))
        };
        let earlier = catalogue.insert(id.clone(), Sentence { arguments, body });
        assert!(
            earlier.is_none(),
            "{}: `{id}` is already a sentence",
            file.display()
        );
    }
}

/// The Rust block that pushes a pattern's pieces onto `text`.
fn expression(pattern: &Pattern<&str>, arguments: &mut BTreeMap<String, bool>, id: &str) -> String {
    let mut code = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                let _ = write!(code, "text.push_str({value:?}); ");
            }
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id: argument }),
            } => {
                let name = argument.name.replace('-', "_");
                arguments.entry(name.clone()).or_insert(false);
                let _ = write!(code, "let _ = write!(text, \"{{}}\", {name}); ");
            }
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => {
                let _ = write!(
                    code,
                    "text.push_str({:?}); ",
                    fluent_syntax::unicode::unescape_unicode_to_string(value)
                );
            }
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            } => {
                let InlineExpression::VariableReference { id: argument } = selector else {
                    panic!("`{id}`: choose by an argument only");
                };
                let name = argument.name.replace('-', "_");
                arguments.insert(name.clone(), true);
                let _ = write!(code, "match ({name}, self.plural({name})) {{ ");
                let mut fallback = String::new();
                for variant in variants {
                    let value = expression(&variant.value, arguments, id);
                    let _ = match &variant.key {
                        VariantKey::NumberLiteral { value: number } => {
                            write!(code, "({number}, _) => {{ {value} }} ")
                        }
                        VariantKey::Identifier { .. } if variant.default => {
                            write!(fallback, "_ => {{ {value} }} ")
                        }
                        VariantKey::Identifier { name } => {
                            write!(code, "(_, {name:?}) => {{ {value} }} ")
                        }
                    };
                }
                let _ = write!(code, "{fallback} }} ");
            }
            PatternElement::Placeable { .. } => {
                panic!("`{id}`: only `{{ $argument }}` and choices by a number are used here")
            }
        }
    }
    code
}

fn write_function(
    code: &mut String,
    id: &str,
    english: &Sentence,
    languages: &BTreeMap<String, Catalogue>,
) {
    let fixed = languages
        .values()
        .filter_map(|catalogue| catalogue.get(id))
        .all(|sentence| matches!(sentence.body, Body::Fixed(_)));
    let mut parameters = String::new();
    for (name, is_number) in &english.arguments {
        let _ = write!(
            parameters,
            ", {name}: {}",
            if *is_number {
                "u64"
            } else {
                "impl std::fmt::Display"
            }
        );
    }
    let returns = if fixed { "&'static str" } else { "String" };
    let _ = writeln!(code, "/// See `{}` in the catalogue.", id.replace('_', "-"));
    let _ = writeln!(
        code,
        "#[must_use] pub fn {id}(self{parameters}) -> {returns} {{"
    );
    if !fixed {
        code.push_str("let mut text = String::new(); ");
    }
    code.push_str("match self { ");
    for (language, catalogue) in languages {
        // A sentence not yet translated is shown in English.
        let sentence = catalogue.get(id).unwrap_or(english);
        let extra = sentence
            .arguments
            .keys()
            .find(|name| !english.arguments.contains_key(*name));
        assert!(
            extra.is_none(),
            "`{id}` in {language} has an argument English has not: {extra:?}"
        );
        let variant = format!("{}{}", language[..1].to_uppercase(), &language[1..]);
        let _ = match &sentence.body {
            Body::Fixed(text) if fixed => write!(code, "Self::{variant} => {text:?}, "),
            Body::Fixed(text) => write!(code, "Self::{variant} => {{ text.push_str({text:?}); }} "),
            Body::Built(block) => write!(code, "Self::{variant} => {{ {block} }} "),
        };
    }
    code.push_str("} ");
    if !fixed {
        code.push_str("text ");
    }
    code.push_str("}\n");
}
