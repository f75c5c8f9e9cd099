//! Azure Resource Manager's JSON objects, limited to the properties that this product reads.

use serde::Deserialize;
use serde::Deserializer;
use serde_json::Map;
use serde_json::Value;

use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::json::Object;

/// A `Subscription` object of Azure Resource Manager.
#[derive(Clone, Debug, PartialEq)]
pub struct SubscriptionResource {
    /// GUID of the subscription.
    pub subscription_id: SubscriptionId,
    /// Display name of the subscription.
    pub display_name: Option<String>,
    /// Enabled, Warned, PastDue, Disabled, Expired, or Deleted.
    pub state: Option<String>,
    /// The tenant that the subscription belongs to.
    pub tenant_id: Option<TenantId>,
    /// Tags, by name.
    pub tags: Map<String, Value>,
}

impl<'de> Deserialize<'de> for SubscriptionResource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            subscription_id: object.take("subscriptionId")?,
            display_name: object.take("displayName")?,
            state: object.take("state")?,
            tenant_id: object.take("tenantId")?,
            tags: object.take_or_default("tags")?,
        })
    }
}

/// A `Permission` object of Azure Resource Manager.
#[derive(Clone, Debug, PartialEq)]
pub struct Permission {
    /// Patterns of allowed actions.
    pub actions: Vec<String>,
    /// Patterns excluded from `actions` of this entry only.
    pub not_actions: Vec<String>,
    /// Condition of the role assignment (attribute-based access control), if any.
    pub condition: Option<String>,
}

impl<'de> Deserialize<'de> for Permission {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            actions: object.take_or_default("actions")?,
            not_actions: object.take_or_default("notActions")?,
            condition: object.take("condition")?,
        })
    }
}
