//! Every sentence of every language against the catalogue, read once more by a resolver of its own, and the faults that stop the build.

#![cfg(not(feature = "sentence-files"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails at the first unexpected result"
)]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use domain::locale::Locale;
use domain::locale::SentencePart;
use domain::locale::sentences::SentenceFileError;
use fluent_syntax::ast::Entry;
use fluent_syntax::ast::Expression;
use fluent_syntax::ast::InlineExpression;
use fluent_syntax::ast::Pattern;
use fluent_syntax::ast::PatternElement;
use fluent_syntax::ast::VariantKey;

#[path = "../build/catalogue.rs"]
#[expect(unreachable_pub, reason = "the build script has the same file")]
mod catalogue;

use catalogue::LANGUAGES;
use catalogue::PARTS;

include!(concat!(env!("OUT_DIR"), "/calls.rs"));

const NUMBERS: [u64; 5] = [0, 1, 2, 5, 21];

/// The text of each message, by its ID.
fn resolved(language: &str, number: u64) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../locales")
        .join(language);
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        for entry in fluent_syntax::parser::parse(source.as_str()).unwrap().body {
            if let Entry::Message(message) = entry {
                let pattern = message.value.unwrap();
                let text = resolve(&pattern, number, &numbers(&pattern));
                all.insert(message.id.name.to_owned(), text);
            }
        }
    }
    all
}

/// The arguments by which a message chooses.
fn numbers<'a>(pattern: &Pattern<&'a str>) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for element in &pattern.elements {
        if let PatternElement::Placeable {
            expression:
                Expression::Select {
                    selector: InlineExpression::VariableReference { id },
                    ..
                },
        } = element
        {
            names.insert(id.name);
        }
    }
    names
}

fn resolve(pattern: &Pattern<&str>, number: u64, numbers: &BTreeSet<&str>) -> String {
    let mut text = String::new();
    for element in &pattern.elements {
        let expression = match element {
            PatternElement::TextElement { value } => {
                text.push_str(value);
                continue;
            }
            PatternElement::Placeable { expression } => expression,
        };
        match expression {
            Expression::Inline(InlineExpression::StringLiteral { value }) => text.push_str(value),
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                if numbers.contains(id.name) {
                    text.push_str(&number.to_string());
                } else {
                    text.extend(["<", id.name, ">"]);
                }
            }
            Expression::Select { variants, .. } => {
                let category = if number == 1 { "one" } else { "other" };
                let chosen = variants.iter().find(|variant| match variant.key {
                    VariantKey::NumberLiteral { value } => value == number.to_string(),
                    VariantKey::Identifier { name } => name == category,
                });
                text.push_str(&resolve(&chosen.unwrap().value, number, numbers));
            }
            Expression::Inline(other) => panic!("{other:?}"),
        }
    }
    text
}

fn called(locale: Locale, id: &str, number: u64) -> String {
    call(locale, id, number).unwrap_or_else(|| panic!("no function for {id}"))
}

#[test]
fn every_sentence_is_what_the_catalogue_says() {
    for (locale, language) in [(Locale::En, "en"), (Locale::De, "de")] {
        for number in NUMBERS {
            let expected = resolved(language, number);
            assert!(expected.len() > 1_600, "{}", expected.len());
            for (id, text) in expected {
                assert_eq!(called(locale, &id, number), text, "{language}: {id}");
            }
        }
    }
}

/// The text without accents, brackets and repeated letters, so that both languages give the same.
fn plain(text: &str) -> String {
    let letters = "áaƀbçcðdéeƒfĝgĥhíiĵjķkļlɱmṁmñnóoþpǫqŕršsţtúuṽvŵwẋxýyžz";
    let pairs: Vec<char> = letters.chars().collect();
    let mut plain = String::new();
    for letter in text.to_lowercase().chars() {
        let found = pairs.chunks(2).find(|pair| pair[0] == letter);
        let letter = found.map_or(letter, |pair| pair[1]);
        if !plain.ends_with(letter) {
            plain.push(letter);
        }
    }
    plain
}

#[test]
fn the_accented_language_is_english_with_its_arguments() {
    let mut lengths = (0, 0);
    for number in NUMBERS {
        for (id, english) in resolved("en", number) {
            let text = called(Locale::Pseudo, &id, number);
            let inner = text
                .strip_prefix('[')
                .and_then(|text| text.strip_suffix(']'))
                .unwrap_or_else(|| panic!("{id}: {text}"));
            assert_eq!(plain(inner), plain(&english), "{id}");
            assert_eq!(arguments(inner), arguments(&english), "{id}");
            let rest: String = inner.split(['<', '>']).step_by(2).collect();
            assert!(
                !rest.contains(|letter: char| letter.is_ascii_alphabetic()),
                "{id}: {text}"
            );
            lengths.0 += english.chars().count();
            lengths.1 += text.chars().count();
        }
    }
    let percent = lengths.1 * 100 / lengths.0;
    assert!((130..=150).contains(&percent), "{percent} %");
}

/// What stands in angle brackets. The catalogue has none of its own, except in examples.
fn arguments(text: &str) -> Vec<&str> {
    text.split('<')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('>')?.0))
        .collect()
}

#[test]
fn the_language_from_right_to_left_is_english_with_its_arguments() {
    for number in NUMBERS {
        for (id, english) in resolved("en", number) {
            let text = called(Locale::PseudoRtl, &id, number);
            assert_eq!(text.replace(['\u{202E}', '\u{202C}'], ""), english, "{id}");
            let mut is_turned = false;
            for piece in text.split_inclusive(['\u{202E}', '\u{202C}']) {
                let inside = piece.trim_end_matches(['\u{202E}', '\u{202C}']);
                if is_turned {
                    assert!(arguments(inside).is_empty(), "{id}: {text:?}");
                    assert!(!inside.contains(char::is_whitespace), "{id}: {text:?}");
                    assert!(piece.ends_with('\u{202C}'), "{id}: {text:?}");
                } else {
                    let without = arguments(inside)
                        .into_iter()
                        .fold(inside.to_owned(), |text, name| text.replace(name, ""));
                    assert!(
                        !without.contains(char::is_alphabetic),
                        "{id}: {text:?} has {inside:?} from left to right"
                    );
                }
                is_turned = piece.ends_with('\u{202E}');
            }
            assert!(!is_turned, "{id}: {text:?}");
        }
    }
}

#[test]
fn german_has_german_punctuation() {
    let english = resolved("en", 2);
    for (id, german) in resolved("de", 2) {
        let english = &english[&id];
        for unusual in ["\"", "'", "  ", " ,", " .", "...", "\u{201D}", " :", "--"] {
            assert!(
                !german.contains(unusual) || english.contains(unusual),
                "{id} has {unusual:?}: {german}"
            );
        }
        for (open, close) in [('„', '“'), ('‚', '‘'), ('(', ')'), ('[', ']')] {
            assert_eq!(
                german.matches(open).count(),
                german.matches(close).count(),
                "{id}: {german}"
            );
        }
        assert_eq!(german.trim(), german, "{id}");
        // Names of products and dates that a line break must not divide.
        for bound in ['\u{2011}', '\u{A0}'] {
            assert!(
                german.matches(bound).count() >= english.matches(bound).count(),
                "{id}: {german}"
            );
        }
    }
}

/// A link, a scope, a property or an error code is the same in every language.
#[test]
fn german_keeps_what_is_no_language() {
    let is_code = |word: &&str| {
        word.contains("://")
            || word.contains('_')
            || word.starts_with("AADSTS") && word.ends_with(|last: char| last.is_ascii_digit())
            || word.contains(char::is_alphabetic)
                && word.split('.').filter(|part| part.len() > 1).count() > 1
    };
    let codes = |text: &str| -> BTreeSet<String> {
        text.split(char::is_whitespace)
            .map(|word| word.trim_matches(|end: char| !end.is_alphanumeric() && end != '/'))
            .filter(is_code)
            .map(str::to_owned)
            .collect()
    };
    let english = resolved("en", 2);
    for (id, german) in resolved("de", 2) {
        assert_eq!(codes(&german), codes(&english[&id]), "{id}: {german}");
    }
}

#[test]
fn every_file_is_accepted_for_its_own_language_and_part_alone() {
    for locale in Locale::ALL {
        for part in SentencePart::ALL {
            let file = locale.file(part);
            assert_eq!(locale.install(part, file.to_owned()), Ok(()));
            assert!(locale.has(part));
            let cut = file.strip_suffix('\n').unwrap();
            assert_eq!(
                locale.install(part, cut.to_owned()),
                Err(SentenceFileError::Damaged)
            );
            let mut lines: Vec<&str> = file.lines().collect();
            lines.swap(1, 2);
            assert_eq!(
                locale.install(part, lines.join("\n") + "\n"),
                Err(SentenceFileError::Damaged)
            );
            for other in Locale::ALL.into_iter().filter(|other| *other != locale) {
                assert_eq!(
                    other.install(part, file.to_owned()),
                    Err(SentenceFileError::Foreign)
                );
            }
            for other in SentencePart::ALL.into_iter().filter(|other| *other != part) {
                assert_eq!(
                    locale.install(other, file.to_owned()),
                    Err(SentenceFileError::Foreign)
                );
            }
        }
    }
}

/// The files of a language with one message more in `common.ftl`.
fn with(message: &str) -> Vec<(String, String)> {
    PARTS
        .iter()
        .flat_map(|(_, files)| files.iter())
        .map(|file| {
            let text = if *file == "common.ftl" { message } else { "" };
            ((*file).to_owned(), text.to_owned())
        })
        .collect()
}

#[test]
fn a_fault_in_the_catalogue_names_the_language_and_the_message() {
    let [english, german] = LANGUAGES;
    for (message, fault) in [
        ("a = { \"\" }", "has an empty text"),
        (
            "a = { $n ->\n [one] { \"\" }\n *[other] b\n }",
            "has an empty text",
        ),
        ("a = b\n c", "has more than one line"),
        ("a =\n .b = c", "has attributes"),
        ("a =", "message field"),
        ("a = { $n ->\n [one] b\n [other] c\n }", "default variant"),
        (
            "a = { $n ->\n [few] b\n *[other] c\n }",
            "has a variant [few]",
        ),
        (
            "a = { $n ->\n [one] b\n *[few] c\n }",
            "has a variant [few]",
        ),
        ("a = { $n ->\n *[one] b\n }", "default variant"),
        ("a = { $n ->\n [other] b\n *[one] b\n }", "default variant"),
        (
            "a = { $n ->\n [1] b\n [1] c\n *[other] d\n }",
            "the same variant twice",
        ),
        (
            "a = { $n ->\n [1.5] b\n *[other] d\n }",
            "has a variant [1.5]",
        ),
        (
            "a = { $n ->\n *[other] { $n ->\n *[other] b\n }\n }",
            "inside another one",
        ),
        ("a = { b }", "something other than text"),
        ("a = b\na = c", "is there twice"),
    ] {
        let found = catalogue::catalogue(german, &with(message)).unwrap_err();
        assert!(
            found.starts_with("locales/de/common.ftl: `a`") && found.contains(fault),
            "{message:?}: {found}"
        );
    }
    let read = |language, message| catalogue::catalogue(language, &with(message)).unwrap();
    for (message, translated, fault) in [
        ("a = b", "", "locales/de: `a` is missing"),
        ("", "a = b", "locales/de/common.ftl: English has no `a`"),
        (
            "a = { $b }",
            "a = c",
            "`a` has the arguments (), and English has (b)",
        ),
        (
            "a = { $n ->\n *[other] b\n }",
            "a = { $n ->\n [one] { $c }\n *[other] b\n }",
            "`a` has the arguments (c, n), and English has (n)",
        ),
        (
            "a = { $n }",
            "a = { $n ->\n *[other] b\n }",
            "`a` chooses by $n, and English only shows it",
        ),
    ] {
        let (message, translated) = (read(english, message), read(german, translated));
        let found = catalogue::compare(german, &translated, &message).unwrap_err();
        assert!(
            found.starts_with("locales/de") && found.contains(fault),
            "{found}"
        );
    }
}

#[test]
fn every_file_of_the_catalogue_belongs_to_a_part() {
    let mut files = with("");
    files.push(("new.ftl".to_owned(), String::new()));
    let [_, german] = LANGUAGES;
    let fault = catalogue::catalogue(german, &files).unwrap_err();
    assert_eq!(fault, "locales/de/new.ftl: add the file to PARTS");
    files.truncate(1);
    let fault = catalogue::catalogue(german, &files).unwrap_err();
    assert!(fault.contains("PARTS has no such file"), "{fault}");
}
