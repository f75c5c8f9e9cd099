//! The theme that the admin chose.

use strum::EnumIter;
use strum::EnumString;
use strum::IntoStaticStr;

/// The values of `data-theme` (`tokens.css`, `first.js`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Theme {
    /// The theme of the operating system.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    #[must_use]
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The theme with this key. Any other text means that nothing was chosen.
    #[must_use]
    pub fn find(key: &str) -> Self {
        key.parse().unwrap_or_default()
    }
}
