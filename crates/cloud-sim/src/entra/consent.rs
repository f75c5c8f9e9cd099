//! Consent as stored in the directory: delegated permission grants and app role assignments.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::Sim;
use crate::directory::grants;
use crate::directory::role_assignments;
use crate::entra::built_in;
use crate::entra::client::Client;
use crate::entra::client::ensure_principal;
use crate::entra::resource::elements;
use crate::entra::resource::offer;
use crate::entra::resource::texts;
use crate::entra::resource::value_of;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::TenantId;

/// Delegated permissions of a resource that a client has for a user.
pub(super) fn granted(
    sim: &Sim,
    tenant: TenantId,
    client: &Client,
    resource: AppId,
    user: Option<ObjectId>,
) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    if client.is_first_party {
        let own = built_in::consented(resource);
        values.extend(own.iter().map(|value| (*value).to_owned()));
    }
    let Some(tenant) = sim.tenant(tenant) else {
        return values;
    };
    let directory = &tenant.directory;
    if let Some(app) = directory.application(&resource.to_string()) {
        let api = app.properties.get("api").cloned().unwrap_or_default();
        let offered = api["oauth2PermissionScopes"].clone();
        let client_id = client.id.to_string();
        for one in elements(&api["preAuthorizedApplications"]) {
            if one["appId"] == client_id.as_str() {
                values.extend(
                    texts(&one["delegatedPermissionIds"]).filter_map(|id| value_of(&offered, id)),
                );
            }
        }
    }
    let (Some(from), Some(to)) = (
        directory.service_principal_of(&client.id.to_string()),
        directory.service_principal_of(&resource.to_string()),
    ) else {
        return values;
    };
    let user = user.map(|user| user.to_string());
    for grant in &directory.grants {
        let is_between = grant.text("clientId") == from.id() && grant.text("resourceId") == to.id();
        let is_for = grant.text("consentType") == "AllPrincipals"
            || user.as_deref() == Some(grant.text("principalId"));
        if is_between && is_for && !grant.is_deleted() {
            let scope = grant.text("scope").split_ascii_whitespace();
            values.extend(scope.map(ToOwned::to_owned));
        }
    }
    values
}

/// Stores consent in the directory, and creates the client's service principal if necessary.
pub(super) fn add(
    sim: &mut Sim,
    now: Timestamp,
    tenant: TenantId,
    client: &Client,
    resource: AppId,
    user: Option<ObjectId>,
    values: &BTreeSet<String>,
) {
    let Some(from) = ensure_principal(sim, now, tenant, client) else {
        return;
    };
    let Some(tenant) = sim.tenant_mut(tenant) else {
        return;
    };
    let directory = &mut tenant.directory;
    let Some(to) = directory
        .service_principal_of(&resource.to_string())
        .map(|record| record.id().to_owned())
    else {
        return;
    };
    let principal = user.map(|user| user.to_string());
    let there = directory.grants.iter_mut().find(|grant| {
        !grant.is_deleted()
            && grant.text("clientId") == from
            && grant.text("resourceId") == to
            && grant.text("principalId") == principal.as_deref().unwrap_or_default()
    });
    match there {
        Some(grant) => {
            let mut union: BTreeSet<String> = grant
                .text("scope")
                .split_ascii_whitespace()
                .map(ToOwned::to_owned)
                .collect();
            union.extend(values.iter().cloned());
            let mut state = grant.properties.clone();
            state.insert("scope".to_owned(), joined(&union).into());
            grant.replace(now, state);
        }
        None => directory.grants.push(grants::record(
            now,
            &from,
            &to,
            principal.as_deref(),
            joined(values).into(),
        )),
    }
}

fn joined(values: &BTreeSet<String>) -> String {
    values.iter().cloned().collect::<Vec<_>>().join(" ")
}

/// Assigns the application permissions in the registration, as admin consent does.
pub(super) fn assign_configured_roles(
    sim: &mut Sim,
    now: Timestamp,
    tenant: TenantId,
    client: &Client,
) {
    let Some(from) = ensure_principal(sim, now, tenant, client) else {
        return;
    };
    let app_id = client.id.to_string();
    let Some(place) = sim.tenants.iter().position(|one| one.id == tenant) else {
        return;
    };
    let directory = &sim.tenants[place].directory;
    let Some(app) = directory.application(&app_id) else {
        return;
    };
    let listed = app
        .properties
        .get("requiredResourceAccess")
        .cloned()
        .unwrap_or_default();
    let mut made = Vec::new();
    for one in elements(&listed) {
        let resource = one["resourceAppId"].as_str().unwrap_or_default();
        let Some(to) = directory.service_principal_of(resource) else {
            continue;
        };
        for access in elements(&one["resourceAccess"]).filter(|access| access["type"] == "Role") {
            let role = access["id"].as_str().unwrap_or_default();
            let is_there = directory.assignments.iter().any(|one| {
                one.text("principalId") == from
                    && one.text("resourceId") == to.id()
                    && one.text("appRoleId") == role
            });
            if !is_there {
                made.push((
                    to.id().to_owned(),
                    role.to_owned(),
                    to.text("displayName").to_owned(),
                ));
            }
        }
    }
    for (to, role, name) in made {
        let unique = sim.rng.guid();
        let names = (client.name.clone().into(), name.into());
        let record = role_assignments::record(now, unique, &from, &to, &role, names);
        sim.tenants[place].directory.assignments.push(record);
    }
}

/// Application permissions of a resource that the client has.
pub(super) fn app_roles(
    sim: &Sim,
    tenant: TenantId,
    client: &Client,
    resource: AppId,
) -> Vec<String> {
    let Some(tenant) = sim.tenant(tenant) else {
        return Vec::new();
    };
    let directory = &tenant.directory;
    let (Some(from), Some(to)) = (
        directory.service_principal_of(&client.id.to_string()),
        directory.service_principal_of(&resource.to_string()),
    ) else {
        return Vec::new();
    };
    let offered = offer(tenant, &resource.to_string(), "appRoles");
    directory
        .assignments
        .iter()
        .filter(|one| one.text("principalId") == from.id() && one.text("resourceId") == to.id())
        .filter_map(|one| value_of(&offered, one.text("appRoleId")))
        .collect()
}
