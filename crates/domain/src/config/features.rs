//! Features that a site owner can turn off. This simplifies the page but is not access control: a user who signs in keeps all their rights.

use crate::config::error::ConfigError;
use crate::config::node::Member;
use crate::config::node::Node;
use crate::variants::variants;
use strum::EnumCount;
use strum::VariantArray;

/// A feature that a site owner can turn off. Undoing or finishing a started run cannot be turned off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Feature {
    /// The wizard that sets up the apps.
    SetUp,
    /// The wizard step for user and group discovery, and changing discovery for an existing pair.
    Discovery,
    /// The wizard step for the subscription and its resource providers.
    Providers,
    /// Checking an existing pair of apps.
    Check,
    /// Fixing an existing pair and renewing its secret.
    Repair,
    /// Retiring an existing pair of apps.
    Retire,
    /// The page that validates an App ID URI.
    AppIdUriCheck,
}

impl Feature {
    /// All features that can be turned off.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the feature in `config.json`.
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

/// The offered features: all except those the site owner turned off.
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

    /// Whether the feature is offered.
    #[must_use]
    pub fn has(&self, feature: Feature) -> bool {
        !self.off.contains(&feature)
    }
}
