//! One tenant: its users, its policies, and its content.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::answer::Object;
use crate::directory::sign_in_reports::SignIn;
use crate::directory::store::Directory;
use crate::scenarios::kinds::Scenario;
use crate::subscriptions::state::Azure;
use domain::cloud::Cloud;
use domain::ids::ObjectId;
use domain::ids::TenantId;

/// One tenant of one cloud.
#[derive(Clone)]
pub(crate) struct Tenant {
    pub(crate) id: TenantId,
    pub(crate) cloud: Cloud,
    pub(crate) display_name: String,
    pub(crate) domains: Vec<Domain>,
    pub(crate) users: Vec<User>,
    pub(crate) groups: Vec<Group>,
    /// Whether a user without a role can register apps (`authorizationPolicy`).
    pub(crate) users_may_register_apps: bool,
    /// The policy object at `/policies/defaultAppManagementPolicy`.
    pub(crate) app_management: Value,
    /// The policies at `/policies/appManagementPolicies`.
    pub(crate) app_policies: Vec<AppPolicy>,
    /// `tenantType`: `AAD`, `AAD B2C` or `CIAM`.
    pub(crate) tenant_type: String,
    /// The policies at `/identity/conditionalAccess/policies`. They are listed but not enforced.
    pub(crate) conditional_access: Vec<Value>,
    pub(crate) directory: Directory,
    /// The prepared pair that is not created yet. Creating it takes many requests and most runs never read the tenant, so it is created
    /// only when a caller gets a token for the tenant.
    pub(crate) unseen: Option<Scenario>,
    pub(crate) azure: Azure,
    /// What the reports on sign-ins know.
    pub(crate) sign_ins: Vec<SignIn>,
    /// Whether the tenant has Microsoft Entra ID P1 or P2.
    pub(crate) is_premium: bool,
    pub(crate) created: Timestamp,
}

#[derive(Clone)]
pub(crate) struct Domain {
    pub(crate) name: String,
    pub(crate) is_verified: bool,
    pub(crate) is_initial: bool,
    pub(crate) is_default: bool,
}

#[derive(Clone)]
pub(crate) struct User {
    pub(crate) id: ObjectId,
    pub(crate) display_name: String,
    pub(crate) user_principal_name: String,
    pub(crate) is_guest: bool,
    /// Template IDs of the user's assigned and active directory roles.
    pub(crate) roles: Vec<Uuid>,
    /// Custom security attributes, as `Set_Name` and value.
    pub(crate) security_attributes: Vec<(String, String)>,
}

/// A security group that can hold directory roles for its members.
#[derive(Clone)]
pub(crate) struct Group {
    pub(crate) id: ObjectId,
    pub(crate) display_name: String,
    pub(crate) members: Vec<ObjectId>,
    pub(crate) roles: Vec<Uuid>,
}

impl Tenant {
    pub(crate) fn user(&self, id: ObjectId) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The user with this sign-in name, compared without regard to case.
    pub(crate) fn user_named(&self, name: &str) -> Option<&User> {
        self.users
            .iter()
            .find(|user| user.user_principal_name.eq_ignore_ascii_case(name))
    }

    /// The domain that Microsoft creates with every tenant.
    pub(crate) fn initial_domain(&self) -> &str {
        self.domains
            .iter()
            .find(|domain| domain.is_initial)
            .map_or("", |domain| &domain.name)
    }

    /// Whether the host is a verified domain of the tenant, or a subdomain of one.
    pub(crate) fn owns_host(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.domains
            .iter()
            .filter(|domain| domain.is_verified)
            .any(|domain| host == domain.name || host.ends_with(&format!(".{}", domain.name)))
    }

    /// Template IDs of a user's directory roles, direct or through a group.
    pub(crate) fn roles_of(&self, user: ObjectId) -> Vec<Uuid> {
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

#[derive(Clone)]
pub(crate) struct AppPolicy {
    pub(crate) properties: Object,
    pub(crate) applies_to: Vec<String>,
}
