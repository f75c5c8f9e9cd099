//! The language of the texts that are stored in the tenant.
//!
//! It is an answer of the admin and not the language of the page: other people read these texts, and they are part of the plan.

use domain::locale::Locale;

/// A language in which the tool has the texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextLanguage {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl TextLanguage {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// Its language tag.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.locale().tag()
    }

    /// The language with this tag.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.key() == key)
    }

    /// The language as one of the page.
    #[must_use]
    pub const fn locale(self) -> Locale {
        match self {
            Self::En => Locale::En,
            Self::De => Locale::De,
        }
    }

    /// The one that a page in this language offers first.
    #[must_use]
    pub const fn of(locale: Locale) -> Self {
        match locale {
            Locale::En | Locale::Pseudo | Locale::PseudoRtl => Self::En,
            Locale::De => Self::De,
        }
    }
}
