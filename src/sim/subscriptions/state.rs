//! What a tenant has in Azure: subscriptions, their providers, management groups, and who may do what.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::domain::ids::ObjectId;
use crate::domain::ids::SubscriptionId;
use crate::domain::ids::TenantId;

/// The Azure side of a tenant.
#[derive(Clone)]
pub(in crate::sim) struct Azure {
    pub(in crate::sim) subscriptions: Vec<Subscription>,
    pub(in crate::sim) groups: Vec<ManagementGroup>,
    /// How long a provider is `Registering`.
    pub(in crate::sim) registering: Duration,
    /// How many subscriptions a page holds.
    pub(in crate::sim) page: usize,
}

/// A subscription.
#[derive(Clone)]
pub(in crate::sim) struct Subscription {
    pub(in crate::sim) id: SubscriptionId,
    pub(in crate::sim) display_name: String,
    pub(in crate::sim) state: State,
    /// The tenant it belongs to, where another has delegated it by Azure Lighthouse.
    pub(in crate::sim) home: Option<TenantId>,
    /// What stands in the way of every write, or of every call.
    pub(in crate::sim) refusal: Option<AzureRefusal>,
    /// Role assignments at this scope, to users or groups.
    pub(in crate::sim) roles: Vec<(ObjectId, AzureRole)>,
    /// By namespace in the spelling of the provider. Absent: not registered.
    pub(in crate::sim) providers: BTreeMap<String, Registration>,
}

/// A subscription's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In order.
    Enabled,
    /// An invoice is open; it can still be written to.
    PastDue,
    /// Read only.
    Warned,
    /// Read only.
    Disabled,
    /// Read only.
    Expired,
    /// Read only.
    Deleted,
}

impl State {
    pub(in crate::sim::subscriptions) fn word(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::PastDue => "PastDue",
            Self::Warned => "Warned",
            Self::Disabled => "Disabled",
            Self::Expired => "Expired",
            Self::Deleted => "Deleted",
        }
    }

    pub(in crate::sim::subscriptions) fn is_read_only(self) -> bool {
        match self {
            Self::Enabled | Self::PastDue => false,
            Self::Warned | Self::Disabled | Self::Expired | Self::Deleted => true,
        }
    }
}

/// What Azure Resource Manager refuses in a subscription, whatever role the caller has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AzureRefusal {
    /// 409 `ScopeLocked` for writes: a read-only lock.
    ScopeLocked,
    /// 403 `DenyAssignmentAuthorizationFailed` for writes.
    DenyAssignment,
    /// 403 `RequestDisallowedByPolicy` for writes.
    Policy,
    /// 401 `InvalidAuthenticationTokenTenant` for every call: the subscription was moved to this tenant.
    OtherTenant(TenantId),
}

/// A management group and the subscriptions in it.
#[derive(Clone)]
pub(in crate::sim) struct ManagementGroup {
    pub(in crate::sim) name: String,
    pub(in crate::sim) display_name: String,
    pub(in crate::sim) subscriptions: Vec<SubscriptionId>,
    pub(in crate::sim) roles: Vec<(ObjectId, AzureRole)>,
    /// Providers registered at this scope, which says nothing about its subscriptions.
    pub(in crate::sim) registered: BTreeSet<String>,
}

/// An Azure role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) enum AzureRole {
    Owner,
    Contributor,
    Reader,
    /// A custom role with the four `register/action`s and reading, nothing else.
    ProviderRegistrar,
}

/// Where a provider's registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) enum Registration {
    Registered,
    Registering {
        /// When it will be registered; never, for one that hangs.
        done: Option<Timestamp>,
    },
    Unregistering {
        done: Timestamp,
    },
}

impl Subscription {
    /// The state of a provider at this moment, as the service spells it.
    pub(in crate::sim) fn registration(&self, namespace: &str, now: Timestamp) -> &'static str {
        match self.providers.get(namespace) {
            None => "NotRegistered",
            Some(Registration::Registered) => "Registered",
            Some(Registration::Registering { done }) => {
                if done.is_some_and(|done| done <= now) {
                    "Registered"
                } else {
                    "Registering"
                }
            }
            Some(Registration::Unregistering { done }) => {
                if *done <= now {
                    "NotRegistered"
                } else {
                    "Unregistering"
                }
            }
        }
    }
}

impl Azure {
    /// Nothing in Azure.
    pub(in crate::sim) fn empty() -> Self {
        Self {
            subscriptions: Vec::new(),
            groups: Vec::new(),
            registering: Duration::from_secs(40),
            page: 50,
        }
    }

    /// For comparing runs: a provider on its way counts as arrived.
    pub(in crate::sim) fn snapshot(&self) -> Value {
        let mut all = serde_json::Map::new();
        for subscription in &self.subscriptions {
            let providers: BTreeMap<&String, &str> = subscription
                .providers
                .iter()
                .map(|(namespace, registration)| {
                    let state = match registration {
                        Registration::Registered | Registration::Registering { .. } => "Registered",
                        Registration::Unregistering { .. } => "NotRegistered",
                    };
                    (namespace, state)
                })
                .collect();
            all.insert(subscription.id.to_string(), json!(providers));
        }
        Value::Object(all)
    }
}
