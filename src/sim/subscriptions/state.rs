//! What a tenant has in Azure: subscriptions, their providers, management groups, and who may do what.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::domain::ids::ObjectId;
use crate::domain::ids::SubscriptionId;

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
    /// Role assignments at this scope, to users or groups.
    pub(in crate::sim) roles: Vec<(ObjectId, AzureRole)>,
    /// By namespace in the spelling of the provider. Absent: not registered.
    pub(in crate::sim) providers: BTreeMap<String, Registration>,
}

/// A subscription's state, as far as it is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) enum State {
    Enabled,
    Disabled,
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
