//! Which resource providers to register in which subscriptions.

use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;

/// The selected subscriptions of one tenant, with the providers to register in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderSelection {
    /// Cloud of the subscriptions.
    pub cloud: Cloud,
    /// The tenant that the account signed in to. It can be another one than a subscription's own, through Azure Lighthouse.
    pub tenant: TenantId,
    /// In the order of the page.
    pub subscriptions: Vec<SelectedSubscription>,
}

/// A subscription with the providers to register in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedSubscription {
    /// ID of the subscription.
    pub id: SubscriptionId,
    /// Display name, as its owner wrote it: any text.
    pub name: String,
    /// In the order of Microsoft's article, without duplicates.
    pub namespaces: Vec<ProviderNamespace>,
}
