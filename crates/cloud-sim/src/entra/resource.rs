//! APIs of a tenant: Microsoft's own APIs under all their names, and the APIs that the tenant registered.

use serde_json::Value;
use uuid::Uuid;

use crate::Sim;
use crate::directory::service_principals;
use crate::directory::tenant::Tenant;
use crate::entra::refusal::Refusal;
use domain::cloud::Cloud;
use domain::ids;
use domain::ids::AppId;
use domain::ids::TenantId;

pub(super) const GRAPH: AppId = ids::GRAPH;
/// Azure Resource Manager.
pub(super) const ARM: AppId = AppId::new(Uuid::from_u128(0x797f4846_ba00_4fd7_ba43_dac1f8f63013));

#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) app: AppId,
    pub(super) name: String,
    pub(super) scopes: Vec<ScopeOf>,
    /// Access tokens are version 2, with the app ID as audience.
    pub(super) takes_v2: bool,
}

#[derive(Clone, Debug)]
pub(super) struct ScopeOf {
    pub(super) value: String,
    pub(super) title: String,
    pub(super) is_admin_only: bool,
}

impl Resource {
    pub(super) fn has_scope(&self, value: &str) -> bool {
        self.scopes.iter().any(|scope| scope.value == value) || is_openid_word(value)
    }

    pub(super) fn needs_admin(&self, value: &str) -> bool {
        self.scopes
            .iter()
            .any(|scope| scope.value == value && scope.is_admin_only)
    }

    pub(super) fn title(&self, value: &str) -> String {
        let title = match value {
            "openid" => "Sign you in",
            "profile" => "View your basic profile",
            "email" => "View your email address",
            "offline_access" => "Maintain access to data you have given it access to",
            _ => {
                return self
                    .scopes
                    .iter()
                    .find(|scope| scope.value == value)
                    .map_or_else(|| value.to_owned(), |scope| scope.title.clone());
            }
        };
        title.to_owned()
    }
}

/// The scopes of OpenID Connect. A consent stores them as permissions of Microsoft Graph.
pub(super) fn is_openid_word(value: &str) -> bool {
    matches!(value, "openid" | "profile" | "email" | "offline_access")
}

/// The API that a scope names, by URI or application ID. `None`: Microsoft Graph.
pub(super) fn find(sim: &Sim, tenant: TenantId, uri: Option<&str>) -> Result<Resource, Refusal> {
    let unknown = || {
        let name = sim
            .tenant(tenant)
            .map_or("", |tenant| tenant.display_name.as_str());
        Refusal::resource_unknown(uri.unwrap_or_default(), name)
    };
    let tenant = sim.tenant(tenant).ok_or_else(unknown)?;
    let app_id = match uri {
        None => GRAPH.to_string(),
        Some(uri) => match microsofts(tenant.cloud, uri) {
            Some(app) => app.to_string(),
            None => owner_of(tenant, uri).ok_or_else(unknown)?,
        },
    };
    let record = tenant
        .directory
        .service_principal_of(&app_id)
        .ok_or_else(unknown)?;
    if record.properties.get("accountEnabled") == Some(&Value::Bool(false)) {
        return Err(Refusal::resource_disabled(uri.unwrap_or(&app_id)));
    }
    let shown = Value::Object(service_principals::render(
        &tenant.directory,
        &record.properties,
    ));
    let takes_v2 = tenant.directory.application(&app_id).is_some_and(|record| {
        record
            .properties
            .get("api")
            .is_some_and(|api| api["requestedAccessTokenVersion"] == 2)
    });
    Ok(Resource {
        app: app_id.parse().map_err(|_| unknown())?,
        name: shown["displayName"].as_str().unwrap_or_default().to_owned(),
        scopes: elements(&shown["oauth2PermissionScopes"])
            .filter(|scope| scope["isEnabled"] == true)
            .map(|scope| ScopeOf {
                value: scope["value"].as_str().unwrap_or_default().to_owned(),
                title: scope["adminConsentDisplayName"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                is_admin_only: scope["type"] == "Admin",
            })
            .collect(),
        takes_v2,
    })
}

/// Finds Microsoft's own APIs by the names that the cloud uses, with or without a trailing slash.
fn microsofts(cloud: Cloud, uri: &str) -> Option<AppId> {
    let bare = uri.strip_suffix('/').unwrap_or(uri);
    let name = bare.strip_prefix("https://").unwrap_or(bare);
    let core = match cloud {
        Cloud::Public => "management.core.windows.net",
        Cloud::UsGov | Cloud::UsGovDod => "management.core.usgovcloudapi.net",
    };
    if name == cloud.graph_host() {
        Some(GRAPH)
    } else if name == cloud.arm_host() || name == core {
        Some(ARM)
    } else {
        None
    }
}

/// The application ID for an identifier URI or an application ID.
fn owner_of(tenant: &Tenant, uri: &str) -> Option<String> {
    let bare = uri.strip_suffix('/').unwrap_or(uri);
    tenant
        .directory
        .service_principals
        .iter()
        .filter(|record| !record.is_deleted())
        .find(|record| {
            let shown = Value::Object(service_principals::render(
                &tenant.directory,
                &record.properties,
            ));
            record.text("appId").eq_ignore_ascii_case(bare)
                || texts(&shown["servicePrincipalNames"]).any(|name| name == uri || name == bare)
        })
        .map(|record| record.text("appId").to_owned())
}

/// The scopes or roles of a service principal. `what` names the property.
pub(super) fn offer(tenant: &Tenant, app_id: &str, what: &str) -> Value {
    tenant
        .directory
        .service_principal_of(app_id)
        .map(|record| service_principals::render(&tenant.directory, &record.properties))
        .and_then(|mut shown| shown.remove(what))
        .unwrap_or_default()
}

pub(super) fn value_of(offered: &Value, id: &str) -> Option<String> {
    elements(offered)
        .find(|one| {
            one["id"]
                .as_str()
                .is_some_and(|text| text.eq_ignore_ascii_case(id))
        })?
        .get("value")?
        .as_str()
        .map(ToOwned::to_owned)
}

/// The elements of a list. Empty if the value is not a list.
pub(super) fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub(super) fn texts(value: &Value) -> impl Iterator<Item = &str> {
    elements(value).filter_map(Value::as_str)
}
