//! What the host of the page set, and whether it can be used.

use crate::domain::config::Config;

/// The settings of the site.
#[derive(Clone, Debug, PartialEq)]
pub enum Site {
    /// Being read.
    Reading,
    /// Did not arrive.
    Unread,
    /// Arrived and cannot be used: why, in words.
    Refused(String),
    /// Ready.
    Ready(Config),
}

impl Site {
    /// The settings, where they can be used.
    #[must_use]
    pub fn config(&self) -> Option<&Config> {
        match self {
            Self::Ready(config) => Some(config),
            Self::Reading | Self::Unread | Self::Refused(_) => None,
        }
    }
}
