//! Changes that others make to subscriptions while a client works, each at a time or after a number of the client's writes.

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use crate::Sim;
use crate::subscriptions::state::AzureRefusal;
use crate::subscriptions::state::State;
use crate::subscriptions::state::Subscription;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    At(Timestamp),
    /// After this many requests from now on that changed something in Azure Resource Manager.
    AfterWrites(u32),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubscriptionChange {
    /// The user's role assignments at this scope end: `/subscriptions/{id}`, or a management group's ID. Those of groups of people stay.
    RoleRemoved { scope: String, sign_in_name: String },
    /// The subscription moves to another tenant.
    Moved {
        subscription: SubscriptionId,
        to: TenantId,
    },
    State {
        subscription: SubscriptionId,
        state: State,
    },
}

impl Sim {
    /// Arranges a later change.
    pub fn change_subscription(&mut self, when: When, change: SubscriptionChange) {
        self.upcoming.push((when, change));
    }

    /// Makes the changes whose time has come.
    pub(in crate::subscriptions) fn make_due_changes(&mut self, now: Timestamp) {
        if self.upcoming.is_empty() {
            return;
        }
        let is_due = |when: &When| match when {
            When::At(at) => *at <= now,
            When::AfterWrites(left) => *left == 0,
        };
        let upcoming = std::mem::take(&mut self.upcoming);
        for (when, change) in upcoming {
            if is_due(&when) {
                self.make(change);
            } else {
                self.upcoming.push((when, change));
            }
        }
    }

    /// Counts a request that changed something.
    pub(in crate::subscriptions) fn note_write(&mut self) {
        for (when, _) in &mut self.upcoming {
            if let When::AfterWrites(left) = when {
                *left = left.saturating_sub(1);
            }
        }
    }

    fn make(&mut self, change: SubscriptionChange) {
        match change {
            SubscriptionChange::RoleRemoved {
                scope,
                sign_in_name,
            } => self.remove_role(&scope, &sign_in_name),
            SubscriptionChange::Moved { subscription, to } => {
                self.at_subscription(subscription, |it| {
                    it.refusal = Some(AzureRefusal::OtherTenant(to));
                });
            }
            SubscriptionChange::State {
                subscription,
                state,
            } => self.at_subscription(subscription, |it| it.state = state),
        }
    }

    fn at_subscription(&mut self, id: SubscriptionId, change: impl Fn(&mut Subscription)) {
        for tenant in &mut self.tenants {
            if let Some(found) = tenant.azure.subscriptions.find_mut(id) {
                change(found);
            }
        }
    }

    fn remove_role(&mut self, scope: &str, sign_in_name: &str) {
        let name = scope.rsplit('/').next().unwrap_or_default();
        for tenant in &mut self.tenants {
            let Some(user) = tenant.user_named(sign_in_name).map(|user| user.id) else {
                continue;
            };
            let azure = &mut tenant.azure;
            if let Ok(id) = name.parse::<SubscriptionId>()
                && let Some(found) = azure.subscriptions.find_mut(id)
            {
                found.roles.retain(|assigned| assigned.principal != user);
            }
            let groups = azure.groups.iter_mut();
            for group in groups.filter(|group| group.name.eq_ignore_ascii_case(name)) {
                group.roles.retain(|assigned| assigned.principal != user);
            }
        }
    }
}
