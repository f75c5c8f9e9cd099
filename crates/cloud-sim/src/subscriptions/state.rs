//! What a tenant has in Azure: subscriptions, their providers, management groups, and who may do what.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;

/// The Azure side of a tenant.
#[derive(Clone)]
pub(crate) struct Azure {
    pub(crate) subscriptions: Vec<Subscription>,
    pub(crate) groups: Vec<ManagementGroup>,
    /// How long a provider is `Registering`.
    pub(crate) registering: Duration,
    /// How many subscriptions a page holds.
    pub(crate) page: usize,
}

/// A subscription.
#[derive(Clone)]
pub(crate) struct Subscription {
    pub(crate) id: SubscriptionId,
    pub(crate) display_name: String,
    pub(crate) state: State,
    /// The tenant it belongs to, where another has delegated it by Azure Lighthouse.
    pub(crate) home: Option<TenantId>,
    /// What stands in the way of every write, or of every call.
    pub(crate) refusal: Option<AzureRefusal>,
    /// Role assignments at this scope.
    pub(crate) roles: Vec<Assigned>,
    /// By namespace in the spelling of the provider. Absent: not registered.
    pub(crate) providers: BTreeMap<String, Registration>,
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
    pub(in crate::subscriptions) fn word(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::PastDue => "PastDue",
            Self::Warned => "Warned",
            Self::Disabled => "Disabled",
            Self::Expired => "Expired",
            Self::Deleted => "Deleted",
        }
    }

    pub(in crate::subscriptions) fn is_read_only(self) -> bool {
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
pub(crate) struct ManagementGroup {
    pub(crate) name: String,
    pub(crate) display_name: String,
    /// The name of the group it is in; none for the tenant's root.
    pub(crate) parent: Option<String>,
    pub(crate) subscriptions: Vec<SubscriptionId>,
    pub(crate) roles: Vec<Assigned>,
    /// Providers registered at this scope, which says nothing about its subscriptions.
    pub(crate) registered: BTreeSet<String>,
}

/// A role assignment: to a user, a group or a service principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) name: Uuid,
    pub(crate) principal: ObjectId,
    pub(crate) role: AzureRole,
}

impl Assigned {
    /// An assignment that was always there; its name follows from what it says.
    pub(crate) fn seeded(scope: Uuid, principal: ObjectId, role: AzureRole) -> Self {
        let text = format!("{principal}{}", role.id());
        Self {
            name: Uuid::new_v5(&scope, text.as_bytes()),
            principal,
            role,
        }
    }
}

/// An Azure role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AzureRole {
    Owner,
    Contributor,
    Reader,
    UserAccessAdministrator,
    /// A custom role with the four `register/action`s and reading, nothing else.
    ProviderRegistrar,
}

/// Where a provider's registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Registration {
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
    pub(crate) fn registration(&self, namespace: &str, now: Timestamp) -> &'static str {
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
    pub(crate) fn empty() -> Self {
        Self {
            subscriptions: Vec::new(),
            groups: Vec::new(),
            registering: Duration::from_secs(40),
            page: 50,
        }
    }

    /// The groups a subscription is in, from the nearest to the root.
    pub(crate) fn groups_above(&self, subscription: SubscriptionId) -> Vec<&ManagementGroup> {
        let nearest = self
            .groups
            .iter()
            .find(|group| group.subscriptions.contains(&subscription));
        nearest.map_or_else(Vec::new, |group| self.chain(&group.name))
    }

    /// A group and those above it.
    pub(crate) fn chain(&self, name: &str) -> Vec<&ManagementGroup> {
        let mut chain: Vec<&ManagementGroup> = Vec::new();
        let mut next = Some(name);
        while let Some(name) = next {
            let group = self
                .groups
                .iter()
                .find(|group| group.name.eq_ignore_ascii_case(name));
            // A ring is no chain.
            let Some(group) = group.filter(|group| !chain.iter().any(|one| one.name == group.name))
            else {
                break;
            };
            chain.push(group);
            next = group.parent.as_deref();
        }
        chain
    }

    /// For comparing runs: a provider on its way counts as arrived.
    pub(crate) fn snapshot(&self) -> Value {
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
