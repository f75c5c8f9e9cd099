//! Users who can sign in.

use crate::Sim;
use crate::directory::roles;
use crate::directory::tenant::Tenant;
use crate::directory::tenant::User;
use domain::ids::ObjectId;
use domain::ids::TenantId;

/// The password of every simulated user, for the only flow that sends one.
pub const PASSWORD: &str = "Simulated-Passw0rd!";

#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) tenant: TenantId,
    pub(super) id: ObjectId,
    pub(super) name: String,
    pub(super) user: String,
    pub(super) is_enabled: bool,
}

pub(super) fn find(sim: &Sim, tenant: TenantId, id: ObjectId) -> Option<Account> {
    let tenant = sim.tenant(tenant)?;
    tenant.user(id).map(|user| to_account(tenant, user))
}

/// All users who can sign in at this host: of one tenant, or of all tenants.
pub(super) fn all(sim: &Sim, host: &str, tenant: Option<TenantId>) -> Vec<Account> {
    sim.tenants
        .iter()
        .filter(|one| one.cloud.login_host() == host && tenant.is_none_or(|id| id == one.id))
        .flat_map(|one| one.users.iter().map(|user| to_account(one, user)))
        .collect()
}

pub(super) fn find_named(
    sim: &Sim,
    host: &str,
    tenant: Option<TenantId>,
    user: &str,
) -> Option<Account> {
    all(sim, host, tenant)
        .into_iter()
        .find(|account| account.user.eq_ignore_ascii_case(user))
}

fn to_account(tenant: &Tenant, user: &User) -> Account {
    Account {
        tenant: tenant.id,
        id: user.id,
        name: user.display_name.clone(),
        user: user.user_principal_name.clone(),
        is_enabled: true,
    }
}

/// Whether a user can grant consent that needs an administrator.
pub(super) fn may_consent(sim: &Sim, tenant: TenantId, user: ObjectId) -> bool {
    let consenting = [
        roles::GLOBAL_ADMINISTRATOR,
        roles::PRIVILEGED_ROLE_ADMINISTRATOR,
        roles::APPLICATION_ADMINISTRATOR,
        roles::CLOUD_APPLICATION_ADMINISTRATOR,
        roles::AI_ADMINISTRATOR,
    ];
    sim.tenant(tenant).is_some_and(|tenant| {
        tenant
            .roles_of(user)
            .iter()
            .any(|role| consenting.iter().any(|one| one.template == *role))
    })
}

/// Template IDs of a user's directory roles (`wids`).
pub(super) fn role_templates(sim: &Sim, tenant: TenantId, user: ObjectId) -> Vec<String> {
    sim.tenant(tenant).map_or_else(Vec::new, |tenant| {
        tenant
            .roles_of(user)
            .iter()
            .map(ToString::to_string)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use uuid::uuid;

    use super::*;
    use crate::seed::FABRIKAM;

    /// The roles of "Grant tenant-wide admin consent to an application" (2025-03-25), and one that the page does not list.
    #[test]
    fn only_the_documented_roles_can_grant_tenant_wide_consent() {
        let mut sim = Sim::new(1);
        let name = "azure@fabrikam.com";
        let user = sim.tenant(FABRIKAM).and_then(|tenant| {
            let mut users = tenant.users.iter();
            users.find(|user| user.user_principal_name == name)
        });
        let user = user.unwrap().id;
        for (role, may) in [
            (uuid!("62e90394-69f5-4237-9190-012177145e10"), true),
            (uuid!("e8611ab8-c189-46e8-94e1-60213ab1f814"), true),
            (uuid!("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"), true),
            (uuid!("158c047a-c907-4556-b7ef-446551a6b5f7"), true),
            (uuid!("d2562ede-74db-457e-a7b6-544e236ebb61"), true),
            (uuid!("cf1c38e5-3621-4004-a7cb-879624dced7c"), false),
        ] {
            assert!(sim.set_directory_roles(name, &[role]));
            assert_eq!(may_consent(&sim, FABRIKAM, user), may, "{role}");
        }
    }
}
