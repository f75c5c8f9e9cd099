//! A tenant's content in Azure: subscriptions, their providers, management groups, and role assignments.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Deref;
use std::ops::DerefMut;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;

#[derive(Clone)]
pub(crate) struct Azure {
    pub(crate) subscriptions: Subscriptions,
    pub(crate) groups: Vec<ManagementGroup>,
    /// How long a provider stays in the state `Registering`.
    pub(crate) registering: Duration,
    /// Subscriptions on one page.
    pub(crate) page: usize,
}

/// Subscriptions in the order in which lists have them, found by ID without a search.
#[derive(Clone, Default)]
pub(crate) struct Subscriptions {
    all: Vec<Subscription>,
    places: HashMap<SubscriptionId, usize>,
}

impl Subscriptions {
    pub(crate) fn push(&mut self, subscription: Subscription) {
        self.places.insert(subscription.id, self.all.len());
        self.all.push(subscription);
    }

    pub(crate) fn place(&self, id: SubscriptionId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    pub(crate) fn find_mut(&mut self, id: SubscriptionId) -> Option<&mut Subscription> {
        let place = self.place(id)?;
        self.all.get_mut(place)
    }
}

impl Deref for Subscriptions {
    type Target = [Subscription];

    fn deref(&self) -> &[Subscription] {
        &self.all
    }
}

impl DerefMut for Subscriptions {
    fn deref_mut(&mut self) -> &mut [Subscription] {
        &mut self.all
    }
}

impl<'a> IntoIterator for &'a Subscriptions {
    type Item = &'a Subscription;
    type IntoIter = std::slice::Iter<'a, Subscription>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

impl<'a> IntoIterator for &'a mut Subscriptions {
    type Item = &'a mut Subscription;
    type IntoIter = std::slice::IterMut<'a, Subscription>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter_mut()
    }
}

#[derive(Clone)]
pub(crate) struct Subscription {
    pub(crate) id: SubscriptionId,
    pub(crate) display_name: String,
    pub(crate) state: State,
    pub(crate) offer: Offer,
    pub(crate) tags: BTreeMap<String, String>,
    /// The name of the management group that contains the subscription. `None`: the tenant's root group.
    pub(crate) group: Option<String>,
    /// The home tenant of a subscription that is delegated with Azure Lighthouse. Otherwise `None`.
    pub(crate) home: Option<TenantId>,
    /// The error for every write or every request.
    pub(crate) refusal: Option<AzureRefusal>,
    /// Role assignments at this scope.
    pub(crate) roles: Vec<Assigned>,
    /// By namespace in the provider's own spelling. Missing: not registered.
    pub(crate) providers: BTreeMap<String, Registration>,
    /// A lock that prevents only deletions.
    pub(crate) is_undeletable: bool,
}

/// What a subscription was bought as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    PayAsYouGo,
    Enterprise,
    FreeTrial,
    VisualStudio,
}

impl Offer {
    pub(in crate::subscriptions) fn quota_id(self) -> &'static str {
        match self {
            Self::PayAsYouGo => "PayAsYouGo_2014-09-01",
            Self::Enterprise => "EnterpriseAgreement_2014-09-01",
            Self::FreeTrial => "FreeTrial_2014-09-01",
            Self::VisualStudio => "MSDN_2014-09-01",
        }
    }

    pub(in crate::subscriptions) fn spending_limit(self) -> &'static str {
        match self {
            Self::PayAsYouGo | Self::Enterprise => "Off",
            Self::FreeTrial | Self::VisualStudio => "On",
        }
    }

    /// Whether Azure allows fewer requests ("Understand how Azure Resource Manager throttles requests", 2026-11: limits can be smaller for
    /// free and trial customers).
    pub(in crate::subscriptions) fn is_trial(self) -> bool {
        match self {
            Self::FreeTrial => true,
            Self::PayAsYouGo | Self::Enterprise | Self::VisualStudio => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Enabled,
    /// An invoice is unpaid; writes are still allowed.
    PastDue,
    /// Read-only.
    Warned,
    /// Read-only.
    Disabled,
    /// Read-only.
    Expired,
    /// Read-only.
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

/// What a lock prevents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockLevel {
    /// Every change, and most actions.
    ReadOnly,
    CanNotDelete,
}

/// An error that Azure Resource Manager returns in a subscription, regardless of the caller's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AzureRefusal {
    /// 409 `ScopeLocked` for writes: a read-only lock.
    ScopeLocked,
    /// 403 `DenyAssignmentAuthorizationFailed` for writes.
    DenyAssignment,
    /// 403 `RequestDisallowedByPolicy` for writes.
    Policy,
    /// 401 `InvalidAuthenticationTokenTenant` for every request: the subscription was moved to this tenant.
    OtherTenant(TenantId),
}

#[derive(Clone)]
pub(crate) struct ManagementGroup {
    pub(crate) name: String,
    pub(crate) display_name: String,
    /// The name of the group above. `None`: the tenant's root group.
    pub(crate) parent: Option<String>,
    pub(crate) roles: Vec<Assigned>,
    /// Providers registered at this scope, independent of its subscriptions.
    pub(crate) registered: BTreeSet<String>,
}

/// A role assignment to a user, a group, or a service principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) name: Uuid,
    pub(crate) principal: ObjectId,
    pub(crate) role: AzureRole,
}

impl Assigned {
    /// An assignment that exists from the start. Its name is derived from its content, so it is the same in every run.
    pub(crate) fn seeded(scope: Uuid, principal: ObjectId, role: AzureRole) -> Self {
        let text = format!("{principal}{}", role.id());
        Self {
            name: Uuid::new_v5(&scope, text.as_bytes()),
            principal,
            role,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AzureRole {
    Owner,
    Contributor,
    Reader,
    UserAccessAdministrator,
    /// A custom role with only the four `register/action` permissions and read access.
    ProviderRegistrar,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Registration {
    Registered,
    Registering {
        /// When registration completes. `None`: never, for a registration that hangs.
        done: Option<Timestamp>,
        flap: Option<Flap>,
    },
    Unregistering {
        done: Timestamp,
    },
}

/// A registration that is complete and then reads as `Registering` again (pull request 19853 of the Terraform provider azurerm, 2023-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flap {
    /// How long it reads as `Registered`.
    pub registered_seconds: u32,
    /// How long it then reads as `Registering`.
    pub registering_seconds: u32,
    /// How often both happen before it stays `Registered`.
    pub times: u32,
}

impl Flap {
    /// Whether the registration that was complete at `done` reads as `Registering` again.
    fn is_down(self, done: Timestamp, now: Timestamp) -> bool {
        let (up, down) = (
            i64::from(self.registered_seconds),
            i64::from(self.registering_seconds),
        );
        let passed = now.duration_since(done).as_secs();
        let round = (up + down).max(1);
        passed / round < i64::from(self.times) && passed % round >= up
    }
}

impl Subscription {
    /// The provider's state at this time, in the service's spelling.
    pub(crate) fn registration(&self, namespace: &str, now: Timestamp) -> &'static str {
        match self.providers.get(namespace) {
            None => "NotRegistered",
            Some(Registration::Registered) => "Registered",
            Some(Registration::Registering { done, flap }) => {
                let is_down = |done| flap.is_some_and(|flap| flap.is_down(done, now));
                if done.is_some_and(|done| done <= now && !is_down(done)) {
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
    pub(crate) fn empty() -> Self {
        Self {
            subscriptions: Subscriptions::default(),
            groups: Vec::new(),
            registering: Duration::from_secs(40),
            page: 50,
        }
    }

    /// The groups that contain a subscription, from the nearest up to the root.
    pub(crate) fn groups_above(&self, subscription: &Subscription) -> Vec<&ManagementGroup> {
        let nearest = subscription.group.as_deref();
        nearest.map_or_else(Vec::new, |name| self.chain(name))
    }

    /// A group and the groups above it.
    pub(crate) fn chain(&self, name: &str) -> Vec<&ManagementGroup> {
        let mut chain: Vec<&ManagementGroup> = Vec::new();
        let mut next = Some(name);
        while let Some(name) = next {
            let group = self
                .groups
                .iter()
                .find(|group| group.name.eq_ignore_ascii_case(name));
            // Stops at a cycle.
            let Some(group) = group.filter(|group| !chain.iter().any(|one| one.name == group.name))
            else {
                break;
            };
            chain.push(group);
            next = group.parent.as_deref();
        }
        chain
    }

    /// To compare runs: a registration in progress counts as complete.
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
