//! The file format of the sentences: one text file for each language and each part of the page.
//!
//! `build.rs` writes the files from the catalogue, and the page reads them as they are. A file is UTF-8, and every line ends with U+000A.
//!
//! The first line has four words with a space between them:
//!
//! 1. the language (BCP 47)
//! 2. the part
//! 3. the contract: a hash of the format's version and of the part's sentences in their order, with their arguments. The program has the
//!    same number for each part, so it refuses a file of another build whose sentences differ. It is equal in all languages.
//! 4. a hash of the other lines, which shows that the file is complete
//!
//! Both hashes are `hash`, with 16 hexadecimal digits. They find accidents. They give no protection from a forged file: the files come
//! from where the program comes from.
//!
//! Every other line is one sentence. The contract says which one it is, so the line has only the text. A sentence without arguments is
//! plain text. In a sentence with arguments, `{` starts a mark:
//!
//! | Mark | Meaning |
//! |---|---|
//! | `{0` to `{9` | the argument with this number, by the alphabetical order of the arguments' names |
//! | `{"` | the character `{` |
//! | `{?0` | a choice by this argument, a whole number. Its variants follow |
//! | `{=12;` | the variant for exactly this number |
//! | `{o` | the variant for the plural category *one*. `Plural` has the letter of each category |
//! | `{*` | the variant for all other numbers, always the last one |
//! | `{.` | the end of the choice |
//!
//! The first variant that matches is shown. No choice is inside another one. For example, English has `{?0{=0;No pair found{oOne pair
//! found{*{0 pairs found{.`.
//!
//! This file also belongs to the build script, so it uses only the standard library.

use std::fmt;
use std::fmt::Write as _;

/// Starts a mark in a sentence with arguments.
pub(super) const MARK: char = '{';
/// After [`MARK`]: the character itself.
pub(super) const LITERAL: char = '"';
/// After [`MARK`]: a choice by the argument whose number follows.
pub(super) const CHOICE: char = '?';
/// After [`MARK`]: the variant for the number that follows, up to [`NUMBER_END`].
pub(super) const EXACTLY: char = '=';
/// Ends the number of [`EXACTLY`].
pub(super) const NUMBER_END: char = ';';
/// After [`MARK`]: the variant for all other numbers.
pub(super) const OTHERWISE: char = '*';
/// After [`MARK`]: the end of a choice.
pub(super) const END: char = '.';

/// A plural category of CLDR for whole numbers. Only those that a language of the page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plural {
    One,
    Other,
}

impl Plural {
    /// After [`MARK`]: the variant for this category.
    pub(super) const fn letter(self) -> char {
        match self {
            Self::One => 'o',
            Self::Other => OTHERWISE,
        }
    }
}

/// A value in a sentence.
#[derive(Clone, Copy)]
pub(super) enum Argument<'a> {
    /// A whole number, by which a sentence can choose.
    Number(u64),
    /// Anything else.
    Shown(&'a dyn fmt::Display),
}

/// Why a file of sentences is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentenceFileError {
    /// It is no file of sentences, or one of another language or part.
    Foreign,
    /// It belongs to a build whose sentences differ.
    OtherBuild,
    /// It is not complete, or it was changed.
    Damaged,
}

/// What a file must be.
#[derive(Clone, Copy)]
pub(super) struct SentenceFile<'a> {
    pub(super) language: &'a str,
    pub(super) part: &'a str,
    pub(super) contract: u64,
    /// Number of sentences.
    pub(super) count: usize,
}

/// Checks a whole file.
pub(super) fn check(file: &str, expected: SentenceFile<'_>) -> Result<(), SentenceFileError> {
    let (first, rest) = file.split_once('\n').ok_or(SentenceFileError::Foreign)?;
    let mut words = first.split(' ');
    if words.next() != Some(expected.language) || words.next() != Some(expected.part) {
        return Err(SentenceFileError::Foreign);
    }
    let mut number = || u64::from_str_radix(words.next()?, 16).ok();
    if number() != Some(expected.contract) {
        return Err(SentenceFileError::OtherBuild);
    }
    if number() != Some(hash(rest)) || sentences(file).count() != expected.count {
        return Err(SentenceFileError::Damaged);
    }
    Ok(())
}

/// The sentences of a file, in their order.
pub(super) fn sentences(file: &str) -> impl Iterator<Item = &str> {
    file.split_terminator('\n').skip(1)
}

/// FNV-1a with 64 bits (RFC 9923).
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Puts the arguments into a sentence.
pub(super) fn fill(
    sentence: &str,
    arguments: &[Argument<'_>],
    plural: impl Fn(u64) -> Plural,
    written: impl Fn(u64) -> String,
) -> String {
    let argument = |digit: Option<char>| arguments.get(digit?.to_digit(10)? as usize).copied();
    let mut text = String::with_capacity(sentence.len());
    let mut pieces = sentence.split(MARK);
    text.push_str(pieces.next().unwrap_or_default());
    let mut count = 0;
    let mut is_chosen = false;
    let mut is_shown = true;
    for piece in pieces {
        let mut after = piece.chars();
        let mark = after.next().unwrap_or(LITERAL);
        let mut after = after.as_str();
        let matches = match mark {
            CHOICE => {
                if let Some(Argument::Number(number)) = argument(after.chars().next()) {
                    count = number;
                }
                is_chosen = false;
                is_shown = false;
                continue;
            }
            EXACTLY => {
                let (number, rest) = after.split_once(NUMBER_END).unwrap_or_default();
                after = rest;
                number.parse() == Ok(count)
            }
            LITERAL | END | '0'..='9' => {
                is_shown |= mark == END;
                if is_shown {
                    let _ = match argument(Some(mark)) {
                        Some(Argument::Number(number)) => text.write_str(&written(number)),
                        Some(Argument::Shown(value)) => write!(text, "{value}"),
                        None if mark == LITERAL => text.write_char(MARK),
                        None => Ok(()),
                    };
                    text.push_str(after);
                }
                continue;
            }
            letter => letter == OTHERWISE || letter == plural(count).letter(),
        };
        is_shown = matches && !is_chosen;
        is_chosen |= matches;
        if is_shown {
            text.push_str(after);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Argument;
    use super::Plural;
    use super::SentenceFile;
    use super::SentenceFileError;
    use super::check;
    use super::fill;
    use super::hash;
    use super::sentences;

    const EXPECTED: SentenceFile<'_> = SentenceFile {
        language: "de",
        part: "pair",
        contract: 7,
        count: 2,
    };

    fn plural(count: u64) -> Plural {
        if count == 1 {
            Plural::One
        } else {
            Plural::Other
        }
    }

    fn file(language: &str, part: &str, contract: u64, lines: &str) -> String {
        let sum = hash(lines);
        format!("{language} {part} {contract:016x} {sum:016x}\n{lines}")
    }

    fn filled(sentence: &str, count: u64) -> String {
        let arguments = [Argument::Number(count), Argument::Shown(&"{0 it {*")];
        fill(sentence, &arguments, plural, |number| number.to_string())
    }

    #[test]
    fn arguments_are_not_read_for_marks() {
        assert_eq!(
            filled("{1: {0, {\"} and {1.", 7),
            "{0 it {*: 7, {} and {0 it {*."
        );
    }

    #[test]
    fn the_first_variant_that_matches_is_shown() {
        let sentence = "A {?0{=0;none{=2;pair{oone{*many: {0, {\"{1{. B";
        assert_eq!(filled(sentence, 0), "A none B");
        assert_eq!(filled(sentence, 1), "A one B");
        assert_eq!(filled(sentence, 2), "A pair B");
        assert_eq!(filled(sentence, 3), "A many: 3, {{0 it {* B");
    }

    #[test]
    fn a_sentence_can_have_two_choices() {
        let sentence = "{?0{oa{*b{.{?0{=2;c{*d{.";
        assert_eq!(filled(sentence, 1), "ad");
        assert_eq!(filled(sentence, 2), "bc");
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        // The test vectors of RFC 9923.
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_file_that_was_changed_is_refused() {
        let text = file("de", "pair", 7, "Eins\nZwei\n");
        assert_eq!(check(&text, EXPECTED), Ok(()));
        assert_eq!(sentences(&text).collect::<Vec<_>>(), ["Eins", "Zwei"]);
        for (wrong, error) in [
            (text.replace("Eins", "Elf"), SentenceFileError::Damaged),
            (
                text.replace("Eins\nZwei", "Zwei\nEins"),
                SentenceFileError::Damaged,
            ),
            (text.replace('\n', "\r\n"), SentenceFileError::Damaged),
            (file("en", "pair", 7, ""), SentenceFileError::Foreign),
            (file("de", "run", 7, ""), SentenceFileError::Foreign),
            (file("de", "pair", 8, ""), SentenceFileError::OtherBuild),
            (file("de", "pair", 7, ""), SentenceFileError::Damaged),
            ("<!DOCTYPE html>\n".to_owned(), SentenceFileError::Foreign),
        ] {
            assert_eq!(check(&wrong, EXPECTED), Err(error), "{wrong:?}");
        }
    }

    #[test]
    fn a_file_that_ends_early_is_refused() {
        let text = file("de", "pair", 7, "Eins\nZwei\n");
        for length in 0..text.len() {
            assert!(check(&text[..length], EXPECTED).is_err(), "{length}");
        }
    }
}
