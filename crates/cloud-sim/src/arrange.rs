//! Test setup of the tenants: policies of single apps, enterprise applications, subscription states.

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::Sim;
use crate::answer::Object;
use crate::directory::app_policies;
use crate::directory::service_principals;
use crate::directory::sign_in_reports::SignIn;
use crate::directory::sign_in_reports::SignedInBy;
use crate::directory::tenant::AppPolicy;
use crate::directory::tenant::User;
use crate::subscriptions::modes::Modes;
use crate::subscriptions::state::AzureRefusal;
use crate::subscriptions::state::LockLevel;
use crate::subscriptions::state::State;
use crate::subscriptions::state::Subscription;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ids::TenantId;

/// What a caller without permission to read roles gets for the roles of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleSight {
    /// ID and template ID; all other properties are null.
    Nameless,
    /// The first role as with `Nameless`, and only the ID of the others.
    FirstOnly,
    /// Only the ID of each role.
    IdsOnly,
}

impl Sim {
    /// Sets what callers without permission to read roles get for the roles of a user.
    pub fn set_role_sight(&mut self, sight: RoleSight) {
        self.role_sight = sight;
    }

    /// Makes a person a guest of the tenant with this domain. `false` if one of them does not exist, or if they are of two clouds.
    pub fn invite(&mut self, sign_in_name: &str, domain: &str) -> bool {
        let is_person = |user: &&User| user.user_principal_name.eq_ignore_ascii_case(sign_in_name);
        let found = self.tenants.iter().find_map(|tenant| {
            let user = tenant.users.iter().find(is_person)?;
            Some((tenant.cloud, user.display_name.clone()))
        });
        let id = ObjectId::new(self.rng.guid());
        let host = self.tenants.iter_mut().find(|tenant| {
            let mut names = tenant.domains.iter();
            names.any(|it| it.name.eq_ignore_ascii_case(domain))
        });
        match (found, host) {
            (Some((cloud, display_name)), Some(host)) if host.cloud == cloud => {
                host.users.push(User {
                    id,
                    display_name,
                    user_principal_name: sign_in_name.to_owned(),
                    is_guest: true,
                    roles: Vec::new(),
                    security_attributes: Vec::new(),
                });
                true
            }
            (_, _) => false,
        }
    }

    /// Creates an app management policy with these properties and assigns it to one application, in place of the previous one. `false` if
    /// the tenant has no such application.
    pub fn set_policy_of_app(&mut self, tenant: TenantId, app: AppId, policy: &Value) -> bool {
        let id = self.rng.guid().to_string();
        let Some(tenant) = self.tenant_mut(tenant) else {
            return false;
        };
        let record = tenant.directory.application(&app.to_string());
        let Some(object_id) = record.map(|record| record.id().to_owned()) else {
            return false;
        };
        for other in &mut tenant.app_policies {
            other.applies_to.retain(|held| *held != object_id);
        }
        let mut properties = app_policies::blank(&id);
        let given = policy.as_object().cloned().unwrap_or_default();
        properties.extend(given.into_iter().filter(|(name, _)| name != "id"));
        tenant.app_policies.push(AppPolicy {
            properties,
            applies_to: vec![object_id],
        });
        true
    }

    /// The object ID of the application's service principal that is not deleted.
    #[must_use]
    pub fn service_principal_of(&self, tenant: TenantId, app: AppId) -> Option<ObjectId> {
        let directory = &self.tenant(tenant)?.directory;
        let record = directory.service_principal_of(&app.to_string())?;
        record.id().parse().ok()
    }

    /// Changes one property of an application directly, without a request. `false` if the tenant has no such application.
    pub fn set_application_property(
        &mut self,
        tenant: TenantId,
        app: AppId,
        name: &str,
        value: Value,
    ) -> bool {
        let found = self.tenant_mut(tenant);
        let records = found.map(|tenant| &mut tenant.directory.applications);
        let app = app.to_string();
        let record = records
            .into_iter()
            .flatten()
            .find(|record| record.text("appId") == app);
        match record {
            Some(record) => {
                record.properties.insert(name.to_owned(), value);
                true
            }
            None => false,
        }
    }

    /// Assigns a custom security attribute to a user, as `Set_Name` and value. The `excludeActors` condition of a policy uses it. `false`
    /// if the user does not exist.
    pub fn set_security_attribute(&mut self, sign_in_name: &str, id: &str, value: &str) -> bool {
        let users = self.tenants.iter_mut().flat_map(|tenant| &mut tenant.users);
        for user in users {
            if user.user_principal_name.eq_ignore_ascii_case(sign_in_name) {
                user.security_attributes
                    .push((id.to_owned(), value.to_owned()));
                return true;
            }
        }
        false
    }

    /// Sets `tenantType`: `AAD`, `AAD B2C` or `CIAM`. `false` if the tenant does not exist.
    pub fn set_tenant_type(&mut self, tenant: TenantId, tenant_type: &str) -> bool {
        match self.tenant_mut(tenant) {
            Some(tenant) => {
                tenant_type.clone_into(&mut tenant.tenant_type);
                true
            }
            None => false,
        }
    }

    /// Sets whether the tenant has Microsoft Entra ID P1 or P2, which the reports on sign-ins need. `false` if the tenant does not exist.
    pub fn set_premium(&mut self, tenant: TenantId, is_premium: bool) -> bool {
        match self.tenant_mut(tenant) {
            Some(tenant) => {
                tenant.is_premium = is_premium;
                true
            }
            None => false,
        }
    }

    /// Forgets every sign-in that the reports know. `false` if the tenant does not exist.
    pub fn forget_sign_ins(&mut self, tenant: TenantId) -> bool {
        match self.tenant_mut(tenant) {
            Some(tenant) => {
                tenant.sign_ins.clear();
                true
            }
            None => false,
        }
    }

    /// Records a sign-in of an app with a secret, as the site does for discovery. The reports contain it a day later.
    pub fn sign_in_with_secret(
        &mut self,
        at: Timestamp,
        tenant: TenantId,
        (client, key): (AppId, KeyId),
        resource: AppId,
    ) {
        let by = SignedInBy::Secret(key);
        let sign_in = SignIn {
            at,
            client,
            resource,
            by,
        };
        self.note_sign_in(at, tenant, sign_in);
    }

    /// Records the sign-in of a user to an app, as Configuration Manager's client does. The reports contain it a day later.
    pub fn sign_in_as_user(
        &mut self,
        at: Timestamp,
        tenant: TenantId,
        client: AppId,
        resource: AppId,
    ) {
        let sign_in = SignIn {
            at,
            client,
            resource,
            by: SignedInBy::User,
        };
        self.note_sign_in(at, tenant, sign_in);
    }

    /// Adds an enterprise application that has no application in any tenant, with these service principal names besides its app ID. `None`
    /// if the tenant does not exist.
    pub fn add_enterprise_application(
        &mut self,
        now: Timestamp,
        tenant: TenantId,
        display_name: &str,
        names: &[&str],
    ) -> Option<(ObjectId, AppId)> {
        let (id, app_id) = (self.rng.guid(), self.rng.guid());
        let tenant = self.tenant_mut(tenant)?;
        let app = app_id.to_string();
        let mut record =
            service_principals::foreign(tenant, now, &id.to_string(), &app, display_name);
        let held: Vec<&str> = std::iter::once(app.as_str())
            .chain(names.iter().copied())
            .collect();
        let properties: &mut Object = &mut record.properties;
        properties.insert("servicePrincipalNames".to_owned(), json!(held));
        tenant.directory.service_principals.push(record);
        Some((ObjectId::new(id), AppId::new(app_id)))
    }

    /// Applies to every subscription with this display name. `false` if there is none.
    pub fn set_subscription_state(&mut self, display_name: &str, state: State) -> bool {
        self.each_subscription(display_name, |subscription| subscription.state = state)
    }

    /// Makes another tenant the home of every subscription with this display name, as with a subscription that its home tenant delegated
    /// with Azure Lighthouse. `false` if there is none.
    pub fn delegate_subscription(&mut self, display_name: &str, home: TenantId) -> bool {
        self.each_subscription(display_name, |subscription| subscription.home = Some(home))
    }

    /// Sets or clears an error of Azure for every subscription with this display name. `false` if there is none.
    pub fn refuse_in_subscription(
        &mut self,
        display_name: &str,
        refusal: Option<AzureRefusal>,
    ) -> bool {
        self.each_subscription(display_name, |subscription| subscription.refusal = refusal)
    }

    pub fn azure_modes(&mut self) -> &mut Modes {
        &mut self.azure_modes
    }

    /// Locks every subscription with this display name. `false` if there is none.
    pub fn lock_subscription(&mut self, display_name: &str, level: LockLevel) -> bool {
        self.each_subscription(display_name, |subscription| match level {
            LockLevel::ReadOnly => subscription.refusal = Some(AzureRefusal::ScopeLocked),
            LockLevel::CanNotDelete => subscription.is_undeletable = true,
        })
    }

    fn each_subscription(
        &mut self,
        display_name: &str,
        mut change: impl FnMut(&mut Subscription),
    ) -> bool {
        let all = self.tenants.iter_mut();
        let mut found = false;
        for subscription in all.flat_map(|tenant| &mut tenant.azure.subscriptions) {
            if subscription.display_name == display_name {
                change(subscription);
                found = true;
            }
        }
        found
    }
}
