//! One tenant: its people, its rules, what it holds.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::domain::cloud::Cloud;
use crate::domain::ids::ObjectId;
use crate::domain::ids::TenantId;
use crate::sim::directory::app_policies::AppPolicy;
use crate::sim::directory::store::Directory;
use crate::sim::shapes::Shape;
use crate::sim::subscriptions::state::Azure;

/// One tenant of one cloud.
#[derive(Clone)]
pub(in crate::sim) struct Tenant {
    pub(in crate::sim) id: TenantId,
    pub(in crate::sim) cloud: Cloud,
    pub(in crate::sim) display_name: String,
    pub(in crate::sim) domains: Vec<Domain>,
    pub(in crate::sim) users: Vec<User>,
    pub(in crate::sim) groups: Vec<Group>,
    /// Whether a user without a role may register apps (`authorizationPolicy`).
    pub(in crate::sim) users_may_register_apps: bool,
    /// The policy object at `/policies/defaultAppManagementPolicy`.
    pub(in crate::sim) app_management: Value,
    /// The policies at `/policies/appManagementPolicies`.
    pub(in crate::sim) app_policies: Vec<AppPolicy>,
    /// `tenantType`: `AAD`, `AAD B2C` or `CIAM`.
    pub(in crate::sim) tenant_type: String,
    /// The policies at `/identity/conditionalAccess/policies`. They are told and not enforced.
    pub(in crate::sim) conditional_access: Vec<Value>,
    pub(in crate::sim) directory: Directory,
    /// The pair it has had all along, until somebody comes to see it: most runs never do, and making one takes many calls.
    pub(in crate::sim) unseen: Option<Shape>,
    pub(in crate::sim) azure: Azure,
    pub(in crate::sim) created: Timestamp,
}

/// A domain name of a tenant.
#[derive(Clone)]
pub(in crate::sim) struct Domain {
    pub(in crate::sim) name: String,
    pub(in crate::sim) is_verified: bool,
    pub(in crate::sim) is_initial: bool,
    pub(in crate::sim) is_default: bool,
}

/// A person of a tenant.
#[derive(Clone)]
pub(in crate::sim) struct User {
    pub(in crate::sim) id: ObjectId,
    pub(in crate::sim) display_name: String,
    pub(in crate::sim) user_principal_name: String,
    pub(in crate::sim) is_guest: bool,
    /// Template IDs of the directory roles assigned to the person and active.
    pub(in crate::sim) roles: Vec<Uuid>,
    /// Custom security attributes, as `Set_Name` and value.
    pub(in crate::sim) security_attributes: Vec<(String, String)>,
}

/// A security group that may hold directory roles for its members.
#[derive(Clone)]
pub(in crate::sim) struct Group {
    pub(in crate::sim) id: ObjectId,
    pub(in crate::sim) display_name: String,
    pub(in crate::sim) members: Vec<ObjectId>,
    pub(in crate::sim) roles: Vec<Uuid>,
}

impl Tenant {
    pub(in crate::sim) fn user(&self, id: ObjectId) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The user with this sign-in name, whatever its case.
    pub(in crate::sim) fn user_named(&self, name: &str) -> Option<&User> {
        self.users
            .iter()
            .find(|user| user.user_principal_name.eq_ignore_ascii_case(name))
    }

    /// The domain every tenant is born with.
    pub(in crate::sim) fn initial_domain(&self) -> &str {
        self.domains
            .iter()
            .find(|domain| domain.is_initial)
            .map_or("", |domain| &domain.name)
    }

    /// Whether the host is a verified domain of the tenant, or a subdomain of one.
    pub(in crate::sim) fn owns_host(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.domains
            .iter()
            .filter(|domain| domain.is_verified)
            .any(|domain| host == domain.name || host.ends_with(&format!(".{}", domain.name)))
    }

    /// Template IDs of the directory roles a user has, directly or through a group.
    pub(in crate::sim) fn roles_of(&self, user: ObjectId) -> Vec<Uuid> {
        let direct = self.user(user).map(|user| user.roles.clone());
        let through_groups = self
            .groups
            .iter()
            .filter(|group| group.members.contains(&user))
            .flat_map(|group| group.roles.clone());
        let mut roles: Vec<Uuid> = direct.into_iter().flatten().chain(through_groups).collect();
        roles.sort();
        roles.dedup();
        roles
    }
}
