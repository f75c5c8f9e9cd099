//! The simulated Microsoft Graph v1.0.

use crate::domain::cloud::Cloud;
use crate::domain::ids::ObjectId;
use crate::domain::ids::TenantId;

/// One tenant: its people, its directory, its subscriptions.
pub struct Tenant {
    pub(in crate::sim) id: TenantId,
    pub(in crate::sim) cloud: Cloud,
    pub(in crate::sim) display_name: String,
    pub(in crate::sim) users: Vec<User>,
}

/// A person of a tenant.
pub struct User {
    pub(in crate::sim) id: ObjectId,
    pub(in crate::sim) display_name: String,
    pub(in crate::sim) user_principal_name: String,
}
