//! Azure Resource Manager's objects as they travel, with the properties this product reads and no others.

use serde::Deserialize;
use serde::Deserializer;

use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::json::Object;

/// `Subscription`.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    /// Its GUID.
    pub subscription_id: SubscriptionId,
    /// Its name.
    pub display_name: Option<String>,
    /// Enabled, Warned, PastDue, Disabled, Expired or Deleted.
    pub state: Option<String>,
    /// The tenant it belongs to.
    pub tenant_id: Option<TenantId>,
}

impl<'de> Deserialize<'de> for Subscription {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            subscription_id: object.take("subscriptionId")?,
            display_name: object.take("displayName")?,
            state: object.take("state")?,
            tenant_id: object.take("tenantId")?,
        })
    }
}

/// `Provider`.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    /// The namespace.
    pub namespace: Option<String>,
    /// NotRegistered, Registering, Registered or Unregistering.
    pub registration_state: Option<String>,
}

impl<'de> Deserialize<'de> for Provider {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            namespace: object.take("namespace")?,
            registration_state: object.take("registrationState")?,
        })
    }
}

/// `Permission`.
#[derive(Clone, Debug, PartialEq)]
pub struct Permission {
    /// Allowed actions.
    pub actions: Vec<String>,
    /// Taken away again, within this entry only.
    pub not_actions: Vec<String>,
}

impl<'de> Deserialize<'de> for Permission {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            actions: object.take_or_default("actions")?,
            not_actions: object.take_or_default("notActions")?,
        })
    }
}
