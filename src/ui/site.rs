//! What the host of the page set, and whether it can be used.

use crate::domain::config::Config;

/// The part of the page that a sign-in window comes back to, and that answers a page in a frame.
pub const BRIDGE: &str = "bridge.html";

/// The address of a file that lies beside the page, whatever the page is called.
#[must_use]
pub fn beside(home: &str, file: &str) -> String {
    let folder = home.rfind('/').map_or(home, |slash| &home[..=slash]);
    format!("{folder}{file}")
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_beside_the_page_whatever_the_page_is_called() {
        for (home, url) in [
            ("https://contoso.com/", "https://contoso.com/config.json"),
            (
                "https://contoso.com/cmg/",
                "https://contoso.com/cmg/config.json",
            ),
            (
                "https://contoso.com/cmg/index.html",
                "https://contoso.com/cmg/config.json",
            ),
        ] {
            assert_eq!(beside(home, "config.json"), url);
        }
    }
}
