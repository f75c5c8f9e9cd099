//! Every sentence a person reads, in the language they read it in.
//!
//! The sentences are in `locales/<language>/*.ftl` (Project Fluent syntax); `build.rs` makes one typed function of each,
//! so a sentence that is missing or lacks an argument does not compile. To add a language: a folder beside `en`, a variant here.

use std::fmt::Write as _;

/// The language a person reads. Copied freely; each sentence is a method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    /// English.
    #[default]
    En,
}

impl Words {
    /// The CLDR plural category of a whole number in this language.
    fn plural(self, count: u64) -> &'static str {
        match self {
            Self::En => {
                if count == 1 {
                    "one"
                } else {
                    "other"
                }
            }
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn counts_are_told_in_the_plural_of_the_language() {
        assert_eq!(Words::En.demo_request_count(1), "One request");
        assert_eq!(Words::En.demo_request_count(0), "0 requests");
        assert_eq!(Words::En.demo_request_count(12), "12 requests");
    }
}
