//! All text that users read, in the user's language.
//!
//! The text is in `locales/<language>/*.ftl` (Project Fluent syntax). `build.rs` generates one typed function for each English message, so a
//! call of a message that English lacks does not compile, nor does a call with a missing argument. A message that another language lacks
//! is shown in English. To add a language, add a folder next to `en` and a variant here.

use std::fmt::Write as _;

/// The user's language. Each message is a method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// English, the default language.
    #[default]
    En,
}

impl Locale {
    /// CLDR plural category of a whole number in this language.
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

include!(concat!(env!("OUT_DIR"), "/locale.rs"));

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn counts_use_the_plural_form_of_the_language() {
        assert_eq!(Locale::En.run_attempts(1), "1 request");
        assert_eq!(Locale::En.run_attempts(0), "0 requests");
        assert_eq!(Locale::En.run_attempts(12), "12 requests");
    }
}
