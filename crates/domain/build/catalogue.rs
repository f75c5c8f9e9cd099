//! The catalogue of sentences (`locales/<language>/*.ftl`, Project Fluent syntax) as values, and its rules.
//!
//! Kept to what the catalogue uses: text, `{ $argument }`, `{ "text" }`, and a choice by the plural of a number. A fault is a sentence
//! that names the language and the message.

use std::collections::BTreeMap;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::parser::ParserError;

/// A language with a folder in `locales`.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Name of the folder.
    pub folder: &'static str,
    /// The plural categories of CLDR for whole numbers, except *other*, which every language has.
    pub categories: &'static [&'static str],
}

/// The language that all others follow, first.
pub const LANGUAGES: [Language; 2] = [
    Language {
        folder: "en",
        categories: &["one"],
    },
    Language {
        folder: "de",
        categories: &["one"],
    },
];

/// The parts of the page: the name of each, and the files of the catalogue with its sentences. The page can fetch each part alone.
pub const PARTS: &[(&str, &[&str])] = &[
    ("start", &["common.ftl", "start.ftl"]),
    (
        "core",
        &[
            "app_id_uri.ftl",
            "auth.ftl",
            "cmg.ftl",
            "config.ftl",
            "exemption.ftl",
            "features.ftl",
            "fields.ftl",
            "help.ftl",
            "origin.ftl",
            "pages.ftl",
            "preflight.ftl",
            "problems.ftl",
            "review.ftl",
            "roles.ftl",
            "wizard.ftl",
        ],
    ),
    ("run", &["run.ftl", "unfinished.ftl"]),
    ("pair", &["pair.ftl"]),
    ("registration", &["registration.ftl"]),
    ("plan", &["plan.ftl"]),
    ("providers", &["providers.ftl"]),
    ("evidence", &["evidence.ftl"]),
    // What to do after a run or a check of a pair.
    ("steps", &["handover.ftl", "report.ftl"]),
];

/// A message of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The file that has it, such as `pair.ftl`.
    pub file: String,
    /// Its arguments, by name.
    pub arguments: BTreeMap<String, Kind>,
    /// Its text.
    pub pieces: Vec<Piece>,
}

/// How a message uses an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The argument is part of the text.
    Shown,
    /// The message also chooses by it, so it is a whole number.
    Number,
}

/// A piece of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    Argument(String),
    /// The name of an argument, and the text for each case. The last case is `Case::Other`.
    Choice(String, Vec<(Case, Vec<Self>)>),
}

/// When a variant of a choice applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    Exactly(u64),
    /// A plural category, such as *one*.
    Category(String),
    Other,
}

/// The messages of a language by their IDs, such as `pair-found`.
pub type Catalogue = BTreeMap<String, Message>;

/// The part that a file belongs to, as its place in [`PARTS`].
pub fn part_of(file: &str) -> Option<usize> {
    PARTS.iter().position(|(_, files)| files.contains(&file))
}

/// Reads the files of one language, each with its name.
pub fn catalogue(language: Language, files: &[(String, String)]) -> Result<Catalogue, String> {
    let folder = language.folder;
    let mut all = Catalogue::new();
    for (file, text) in files {
        let place = format!("locales/{folder}/{file}");
        if part_of(file).is_none() {
            return Err(format!("{place}: add the file to PARTS"));
        }
        let resource = fluent_syntax::parser::parse(text.as_str())
            .map_err(|(_, errors)| format!("{place}: {}", syntax_fault(text, &errors)))?;
        for entry in resource.body {
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Term(term) => {
                    return Err(format!("{place}: `-{}` is a term", term.id.name));
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
                Entry::Junk { content } => return Err(format!("{place}: {content}")),
            };
            let id = message.id.name;
            let fault = |what: &str| format!("{place}: `{id}` {what}");
            if !message.attributes.is_empty() {
                return Err(fault("has attributes"));
            }
            let pattern = message.value.ok_or_else(|| fault("has no text"))?;
            let mut reader = Reader {
                language,
                arguments: BTreeMap::new(),
            };
            let pieces = reader.pieces(&pattern, true).map_err(|what| fault(&what))?;
            let message = Message {
                file: file.clone(),
                arguments: reader.arguments,
                pieces,
            };
            if all.insert(id.to_owned(), message).is_some() {
                return Err(fault("is there twice"));
            }
        }
    }
    let files_there = |name: &&str| files.iter().any(|(file, _)| file == name);
    let mut wanted = PARTS.iter().flat_map(|(_, files)| files.iter());
    match wanted.find(|name| !files_there(name)) {
        Some(name) => Err(format!("locales/{folder}/{name}: PARTS has no such file")),
        None => Ok(all),
    }
}

/// The first fault, with the ID of the message that has it.
fn syntax_fault(text: &str, errors: &[ParserError]) -> String {
    let Some(error) = errors.first() else {
        return "not in Fluent's syntax".to_owned();
    };
    let start = error.slice.as_ref().unwrap_or(&error.pos).start;
    let message = text.get(start..).unwrap_or_default();
    let id = message.split([' ', '=', '\n']).next().unwrap_or_default();
    format!("`{id}`: {}", error.kind)
}

/// A language has every English message, in the same file and with the same arguments, and no other.
pub fn compare(
    language: Language,
    translated: &Catalogue,
    english: &Catalogue,
) -> Result<(), String> {
    let folder = language.folder;
    for (id, wanted) in english {
        let Some(found) = translated.get(id) else {
            return Err(format!("locales/{folder}: `{id}` is missing"));
        };
        if found.file != wanted.file {
            return Err(format!(
                "locales/{folder}/{}: `{id}` is in {} in English",
                found.file, wanted.file
            ));
        }
        if !found.arguments.keys().eq(wanted.arguments.keys()) {
            let names = |message: &Message| {
                let names: Vec<&str> = message.arguments.keys().map(String::as_str).collect();
                names.join(", ")
            };
            return Err(format!(
                "locales/{folder}/{}: `{id}` has the arguments ({}), and English has ({})",
                found.file,
                names(found),
                names(wanted)
            ));
        }
        for (name, kind) in &found.arguments {
            if *kind == Kind::Number && wanted.arguments.get(name) == Some(&Kind::Shown) {
                return Err(format!(
                    "locales/{folder}/{}: `{id}` chooses by ${name}, and English only shows it",
                    found.file
                ));
            }
        }
    }
    match translated.iter().find(|(id, _)| !english.contains_key(*id)) {
        Some((id, message)) => Err(format!(
            "locales/{folder}/{}: English has no `{id}`",
            message.file
        )),
        None => Ok(()),
    }
}

/// Reads one message. Its errors are the end of a sentence that starts with the message's ID.
struct Reader {
    language: Language,
    arguments: BTreeMap<String, Kind>,
}

impl Reader {
    fn pieces(&mut self, pattern: &Pattern<&str>, can_choose: bool) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => push_text(&mut pieces, value),
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::StringLiteral { value }),
                } => push_text(
                    &mut pieces,
                    &fluent_syntax::unicode::unescape_unicode_to_string(value),
                ),
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::VariableReference { id }),
                } => {
                    self.arguments
                        .entry(id.name.to_owned())
                        .or_insert(Kind::Shown);
                    pieces.push(Piece::Argument(id.name.to_owned()));
                }
                PatternElement::Placeable {
                    expression:
                        Expression::Select {
                            selector: InlineExpression::VariableReference { id },
                            variants,
                        },
                } => {
                    if !can_choose {
                        return Err("has a choice inside another one".to_owned());
                    }
                    self.arguments.insert(id.name.to_owned(), Kind::Number);
                    let cases = self.cases(variants)?;
                    pieces.push(Piece::Choice(id.name.to_owned(), cases));
                }
                PatternElement::Placeable { .. } => {
                    return Err("has something other than text, arguments and choices".to_owned());
                }
            }
        }
        let is_empty = pieces
            .iter()
            .all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()));
        if is_empty {
            return Err("has an empty text".to_owned());
        }
        let has_controls = pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Text(text) if text.contains(char::is_control)));
        if has_controls {
            return Err("has more than one line, or a control character".to_owned());
        }
        if self.arguments.len() > 10 {
            return Err("has more than ten arguments".to_owned());
        }
        Ok(pieces)
    }

    fn cases(&mut self, variants: &[Variant<&str>]) -> Result<Vec<(Case, Vec<Piece>)>, String> {
        let mut cases: Vec<(Case, Vec<Piece>)> = Vec::new();
        let mut otherwise = None;
        for variant in variants {
            let pieces = self.pieces(&variant.value, false)?;
            let case = match variant.key {
                VariantKey::NumberLiteral { value } => {
                    Case::Exactly(value.parse().map_err(|_| {
                        format!("has a variant [{value}], which is no whole number")
                    })?)
                }
                VariantKey::Identifier { name: "other" } if variant.default => Case::Other,
                VariantKey::Identifier { name } if self.language.categories.contains(&name) => {
                    Case::Category(name.to_owned())
                }
                VariantKey::Identifier { name: "other" } => {
                    return Err("has a default variant that is not [other]".to_owned());
                }
                VariantKey::Identifier { name } => {
                    return Err(format!(
                        "has a variant [{name}], and the language has no such plural category"
                    ));
                }
            };
            if case == Case::Other {
                otherwise = Some(pieces);
                continue;
            }
            if variant.default {
                return Err("has a default variant that is not [other]".to_owned());
            }
            if cases.iter().any(|(earlier, _)| *earlier == case) {
                return Err("has the same variant twice".to_owned());
            }
            cases.push((case, pieces));
        }
        let otherwise = otherwise.ok_or("has no default variant *[other]")?;
        cases.push((Case::Other, otherwise));
        Ok(cases)
    }
}

/// Adds text, to the piece of text before it if there is one.
pub fn push_text(pieces: &mut Vec<Piece>, more: &str) {
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        text.push_str(more);
    } else {
        pieces.push(Piece::Text(more.to_owned()));
    }
}
