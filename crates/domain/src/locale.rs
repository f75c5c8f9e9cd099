//! All text that users read, in the user's language.
//!
//! The text is in `locales/<language>/*.ftl` (Project Fluent syntax). `build.rs` generates one typed function for each English message, so a
//! call of a message that English lacks does not compile, nor does a call with a missing argument. A language that lacks a message stops
//! the build. To add a language, add a folder next to `en`, a row to `LANGUAGES` in `build/catalogue.rs`, and a variant here.
//!
//! The sentences themselves are in files, one for each language and part. With the feature `sentence-files` the program has none of them:
//! [`Locale::install`] gets each one. Without the feature the program has all of them. The module [`sentences`] describes the files.

use std::sync::OnceLock;

use strum::EnumCount;
use strum::VariantArray;

use crate::variants::variants;

pub mod formats;
pub mod sentences;

use sentences::Argument;
use sentences::Plural;
use sentences::SentenceFile;
use sentences::SentenceFileError;

/// The user's language. Each message is a method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Locale {
    /// English, the default language.
    #[default]
    En,
    /// German.
    De,
    /// English with accents, longer and in brackets, for tests.
    Pseudo,
    /// English with each word from right to left, for tests.
    PseudoRtl,
}

/// The sentences that the program has so far.
static SENTENCES: [[OnceLock<Vec<&str>>; SentencePart::ALL.len()]; Locale::COUNT] =
    [const { [const { OnceLock::new() }; SentencePart::ALL.len()] }; Locale::COUNT];

impl Locale {
    /// All languages.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// The language tag (BCP 47). `en-XA` and `ar-XB` are the tags that Android and Chromium use for such languages.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Pseudo => "en-XA",
            Self::PseudoRtl => "ar-XB",
        }
    }

    /// Returns the language for a tag, by the lookup of RFC 4647, section 3.4: the tag gets shorter from its end until it is one of
    /// [`Locale::tag`]. The rule about single letters has no effect, because none of these tags ends with one.
    #[must_use]
    pub fn find(tag: &str) -> Option<Self> {
        let mut range = tag;
        loop {
            let is_it = |locale: &Self| locale.tag().eq_ignore_ascii_case(range);
            if let Some(found) = Self::ALL.into_iter().find(is_it) {
                return Some(found);
            }
            range = range.rsplit_once('-')?.0;
        }
    }

    /// The direction of its script, as the attribute `dir` has it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::En | Self::De | Self::Pseudo => "ltr",
            Self::PseudoRtl => "rtl",
        }
    }

    /// Its name in the language itself. The page shows it before it has the language's sentences.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Pseudo => "[Éñĝļíšĥ]",
            Self::PseudoRtl => "\u{202E}English\u{202C}",
        }
    }

    /// Whether it is made of the English sentences, for tests.
    #[must_use]
    pub const fn is_pseudo(self) -> bool {
        match self {
            Self::En | Self::De => false,
            Self::Pseudo | Self::PseudoRtl => true,
        }
    }

    /// Whether the program has the sentences of a part.
    #[must_use]
    pub fn has(self, part: SentencePart) -> bool {
        cfg!(not(feature = "sentence-files")) || self.place(part).get().is_some()
    }

    /// Takes a file of sentences and keeps it as long as the program runs. A part that is there already stays as it is.
    ///
    /// # Errors
    /// The file is not the one of this language, part and build.
    pub fn install(self, part: SentencePart, file: String) -> Result<(), SentenceFileError> {
        let expected = SentenceFile {
            language: self.tag(),
            part: part.name(),
            contract: CONTRACTS[part as usize],
            count: part.count().into(),
        };
        sentences::check(&file, expected)?;
        if !self.has(part) {
            let file: &'static str = Box::leak(file.into_boxed_str());
            self.place(part)
                .get_or_init(|| sentences::sentences(file).collect());
        }
        Ok(())
    }

    /// The file of a part. A build with the feature `sentence-files` has none.
    #[cfg(not(feature = "sentence-files"))]
    #[must_use]
    pub fn file(self, part: SentencePart) -> &'static str {
        FILES[self as usize][part as usize]
    }

    const fn place(self, part: SentencePart) -> &'static OnceLock<Vec<&'static str>> {
        &SENTENCES[self as usize][part as usize]
    }

    #[cfg(not(feature = "sentence-files"))]
    fn sentences(self, part: SentencePart) -> Option<&'static Vec<&'static str>> {
        let read = || sentences::sentences(self.file(part)).collect();
        Some(self.place(part).get_or_init(read))
    }

    #[cfg(feature = "sentence-files")]
    fn sentences(self, part: SentencePart) -> Option<&'static Vec<&'static str>> {
        self.place(part).get()
    }

    /// A sentence by its number. The generated functions have the numbers.
    fn sentence(self, number: u16) -> &'static str {
        self.find_sentence(number)
            .unwrap_or_else(|| missing(self, number))
    }

    fn find_sentence(self, number: u16) -> Option<&'static str> {
        let place = FIRST
            .partition_point(|first| *first <= number)
            .checked_sub(1)?;
        let part = *SentencePart::ALL.get(place)?;
        let index = number - FIRST[place];
        self.sentences(part)?.get(usize::from(index)).copied()
    }

    fn filled(self, number: u16, arguments: &[Argument<'_>]) -> String {
        sentences::fill(
            self.sentence(number),
            arguments,
            |count| self.plural(count),
            |value| formats::number(self, value),
        )
    }

    /// CLDR plural category of a whole number in this language.
    fn plural(self, count: u64) -> Plural {
        match self {
            // The two languages have the same rule for whole numbers (CLDR 48, "Language Plural Rules"). The others use English sentences.
            Self::En | Self::De | Self::Pseudo | Self::PseudoRtl => {
                if count == 1 {
                    Plural::One
                } else {
                    Plural::Other
                }
            }
        }
    }
}

impl SentencePart {
    /// Number of sentences.
    fn count(self) -> u16 {
        let place = self as usize;
        FIRST.get(place + 1).unwrap_or(&COUNT) - FIRST[place]
    }
}

/// The page goes on without the sentence: a file that is needed and not there is a fault of the program, which tests find.
#[cfg(feature = "sentence-files")]
#[cold]
fn missing(locale: Locale, number: u16) -> &'static str {
    #[cfg(debug_assertions)]
    {
        let id = IDS.split(' ').nth(number.into()).unwrap_or_default();
        debug_assert!(false, "{} has no file with `{id}`", locale.tag());
    }
    // In a release the IDs of all sentences would weigh more than the program that shows the first page.
    let _ = (locale, number);
    "\u{FFFD}"
}

/// A program with all files lacks no sentence.
#[cfg(not(feature = "sentence-files"))]
const fn missing(_: Locale, _: u16) -> &'static str {
    ""
}

include!(concat!(env!("OUT_DIR"), "/locale.rs"));
#[cfg(not(feature = "sentence-files"))]
include!(concat!(env!("OUT_DIR"), "/files.rs"));

#[cfg(test)]
mod tests {
    use super::Locale;
    use super::sentences::Plural;

    #[test]
    fn counts_use_the_plural_form_of_the_language() {
        assert_eq!(Locale::En.run_attempts(1), "1 request");
        assert_eq!(Locale::En.run_attempts(0), "0 requests");
        assert_eq!(Locale::En.run_attempts(12), "12 requests");
        assert_eq!(Locale::De.run_attempts(1), "1 Anforderung");
        assert_eq!(Locale::De.run_attempts(12), "12 Anforderungen");
    }

    /// The whole numbers among the samples of CLDR 48, plurals.xml, "de en …".
    #[test]
    fn plural_categories_are_those_of_cldr() {
        for locale in Locale::ALL {
            assert_eq!(locale.plural(1), Plural::One);
            let other = (2..=16).chain([0, 100, 1_000, 10_000, 100_000, 1_000_000]);
            for count in other {
                assert_eq!(locale.plural(count), Plural::Other, "{count}");
            }
        }
    }

    #[test]
    fn a_tag_finds_its_language() {
        for (tag, found) in [
            ("en", Some(Locale::En)),
            ("en-GB", Some(Locale::En)),
            ("de", Some(Locale::De)),
            ("DE", Some(Locale::De)),
            ("de-CH", Some(Locale::De)),
            ("de-Latn-CH-1996", Some(Locale::De)),
            ("de-CH-x-house", Some(Locale::De)),
            ("en-XA", Some(Locale::Pseudo)),
            ("EN-xa", Some(Locale::Pseudo)),
            ("ar-XB", Some(Locale::PseudoRtl)),
            ("ar", None),
            ("fr-CH", None),
            ("deutsch", None),
            ("den", None),
            ("x-de", None),
            ("-de", None),
            ("", None),
            ("*", None),
        ] {
            assert_eq!(Locale::find(tag), found, "{tag}");
        }
        for locale in Locale::ALL {
            assert_eq!(Locale::find(locale.tag()), Some(locale));
        }
    }

    #[test]
    fn a_language_has_a_direction_and_a_name() {
        let of = |locale: Locale| (locale.direction(), locale.is_pseudo(), locale.name());
        assert_eq!(of(Locale::En), ("ltr", false, "English"));
        assert_eq!(of(Locale::De), ("ltr", false, "Deutsch"));
        assert_eq!(of(Locale::Pseudo), ("ltr", true, "[Éñĝļíšĥ]"));
        assert_eq!(
            of(Locale::PseudoRtl),
            ("rtl", true, "\u{202E}English\u{202C}")
        );
    }
}
