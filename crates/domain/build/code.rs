//! Writes the Rust code of the sentences: a typed function for each one, and what the program knows of each part.

use std::fmt::Write as _;

use super::catalogue::Kind;
use super::catalogue::Message;

/// A part with its messages, in the order of its files.
pub struct Part<'a> {
    pub name: &'a str,
    pub contract: u64,
    pub messages: Vec<(&'a str, &'a Message)>,
}

impl Part<'_> {
    /// `app_id_uri`: `AppIdUri`.
    fn variant(&self) -> String {
        self.name
            .split('_')
            .map(|word| {
                let (first, rest) = word.split_at(1);
                first.to_uppercase() + rest
            })
            .collect()
    }
}

/// `SentencePart`, the tables of the parts, and the functions of `Locale`.
pub fn program(parts: &[Part<'_>]) -> String {
    let mut code = String::new();
    code.push_str(
        "/// A part of the sentences. The page can fetch each part alone.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum SentencePart {\n",
    );
    let mut list = String::new();
    let mut names = String::new();
    let mut contracts = String::new();
    let mut firsts = String::new();
    let mut ids = String::new();
    let mut functions = String::new();
    let mut number = 0;
    for part in parts {
        let variant = part.variant();
        let _ = writeln!(code, "/// `{}`\n{variant},", part.name);
        let _ = write!(list, "Self::{variant}, ");
        let _ = write!(names, "{:?}, ", part.name);
        let _ = write!(contracts, "0x{:016x}, ", part.contract);
        let _ = write!(firsts, "{number}, ");
        for (id, message) in &part.messages {
            let _ = write!(ids, "{id} ");
            function(&mut functions, id, message, number);
            number += 1;
        }
    }
    let count = parts.len();
    let _ = writeln!(
        code,
        "}}\n\
         impl SentencePart {{\n\
         /// All parts.\npub const ALL: [Self; {count}] = [{list}];\n\
         /// Name of the part, as in the first line of its files.\n\
         #[must_use] pub const fn name(self) -> &'static str {{ NAMES[self as usize] }}\n\
         }}\n\
         const NAMES: [&str; {count}] = [{names}];\n\
         /// The contract of each part.\nconst CONTRACTS: [u64; {count}] = [{contracts}];\n\
         /// The number of each part's first sentence.\nconst FIRST: [u16; {count}] = [{firsts}];\n\
         /// Number of sentences.\nconst COUNT: u16 = {number};\n\
         /// The ID of each sentence.\n\
         #[cfg(all(feature = \"sentence-files\", debug_assertions))]\nconst IDS: &str = {ids:?};\n\
         impl Locale {{\n{functions}}}"
    );
    code
}

fn function(code: &mut String, id: &str, message: &Message, number: u16) {
    let name = rust_name(id);
    let mut parameters = String::new();
    let mut arguments = String::new();
    for (argument, kind) in &message.arguments {
        let argument = rust_name(argument);
        let _ = match kind {
            Kind::Number => {
                let _ = write!(parameters, ", {argument}: u64");
                write!(arguments, "Argument::Number({argument}), ")
            }
            Kind::Shown => {
                let _ = write!(parameters, ", {argument}: impl std::fmt::Display");
                write!(arguments, "Argument::Shown(&{argument}), ")
            }
        };
    }
    let (returns, call) = if message.arguments.is_empty() {
        ("&'static str", format!("self.sentence({number})"))
    } else {
        ("String", format!("self.filled({number}, &[{arguments}])"))
    };
    let _ = writeln!(
        code,
        "/// See `{id}` in the catalogue.\n\
         #[must_use] pub fn {name}(self{parameters}) -> {returns} {{ {call} }}"
    );
}

/// All files, for each language in the order of `Locale` and each part.
pub fn files(languages: &[&str], parts: &[Part<'_>]) -> String {
    let mut code = format!(
        "const FILES: [[&str; {}]; {}] = [",
        parts.len(),
        languages.len()
    );
    for language in languages {
        code.push('[');
        for part in parts {
            let _ = write!(
                code,
                "include_str!(concat!(env!(\"OUT_DIR\"), \"/sentences/{language}/{}.txt\")), ",
                part.name
            );
        }
        code.push_str("], ");
    }
    code.push_str("];\n");
    code
}

/// For tests: calls a sentence by its ID. An argument is its name in angle brackets, or the number.
pub fn calls(parts: &[Part<'_>]) -> String {
    let mut code = String::from(
        "fn call(locale: Locale, id: &str, number: u64) -> Option<String> { Some(match id {\n",
    );
    for (id, message) in parts.iter().flat_map(|part| &part.messages) {
        let mut arguments = String::new();
        for (argument, kind) in &message.arguments {
            let _ = match kind {
                Kind::Number => write!(arguments, "number, "),
                Kind::Shown => write!(arguments, "\"<{argument}>\", "),
            };
        }
        let end = if message.arguments.is_empty() {
            ".to_owned()"
        } else {
            ""
        };
        let _ = writeln!(
            code,
            "{id:?} => locale.{}({arguments}){end},",
            rust_name(id)
        );
    }
    code.push_str("_ => return None }) }\n");
    code
}

fn rust_name(id: &str) -> String {
    id.replace('-', "_")
}
