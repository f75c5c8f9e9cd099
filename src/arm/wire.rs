//! Azure Resource Manager's objects as they travel, with the properties this product reads and no others.

use serde::Deserialize;

use crate::domain::ids::SubscriptionId;

/// `Subscription`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// Its GUID.
    pub subscription_id: SubscriptionId,
    /// Its name.
    pub display_name: Option<String>,
    /// Enabled, Warned, PastDue, Disabled or Deleted.
    pub state: Option<String>,
}

/// `Provider`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    /// The namespace.
    pub namespace: Option<String>,
    /// NotRegistered, Registering, Registered or Unregistering.
    pub registration_state: Option<String>,
}

/// `Permission`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Permission {
    /// Allowed actions.
    #[serde(default)]
    pub actions: Vec<String>,
    /// Taken away again, within this entry only.
    #[serde(default)]
    pub not_actions: Vec<String>,
}
