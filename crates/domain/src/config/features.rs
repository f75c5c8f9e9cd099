//! What a host does not offer. It tidies the page and protects nothing: whoever signs in has the rights they have.

use crate::config::error::ConfigError;
use crate::config::node::Member;
use crate::config::node::Node;

/// Something a host can switch off. What undoes or finishes a run that was begun cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// The wizard.
    SetUp,
    /// Its step about user and group discovery, and switching it for a pair that is there.
    Discovery,
    /// Its step about the subscription and its resource providers.
    Providers,
    /// Checking a pair that is there.
    Check,
    /// Mending that pair and renewing its secret.
    Repair,
    /// Retiring it.
    Retire,
    /// The page that judges an App ID URI.
    AppIdUriCheck,
}

impl Feature {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::SetUp,
        Self::Discovery,
        Self::Providers,
        Self::Check,
        Self::Repair,
        Self::Retire,
        Self::AppIdUriCheck,
    ];

    /// The word used in the file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SetUp => "setUp",
            Self::Discovery => "discovery",
            Self::Providers => "providers",
            Self::Check => "check",
            Self::Repair => "repair",
            Self::Retire => "retire",
            Self::AppIdUriCheck => "appIdUriCheck",
        }
    }

    fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.key() == key)
    }
}

/// What is offered: everything but what the host has switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    off: Vec<Feature>,
}

impl Features {
    pub(super) fn read(members: Vec<Member>) -> Result<Self, ConfigError> {
        let mut off = Vec::new();
        for Member { path, value } in members {
            let feature = path.strip_prefix("features.").and_then(Feature::find);
            match (feature, value) {
                (None, _) => return Err(ConfigError::UnknownKey { key: path }),
                (Some(_), Node::Boolean(true)) => {}
                (Some(feature), Node::Boolean(false)) => off.push(feature),
                (Some(_), _) => return Err(ConfigError::NotBoolean { key: path }),
            }
        }
        Ok(Self { off })
    }

    /// Whether it is offered.
    #[must_use]
    pub fn has(&self, feature: Feature) -> bool {
        !self.off.contains(&feature)
    }
}
