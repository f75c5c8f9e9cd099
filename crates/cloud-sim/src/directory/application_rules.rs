//! Validation of an application's values, before and after a change.
//!
//! Sources: "Supported accounts validation" (2026-09-25) for the limits, and the errors that Terraform and Teams Toolkit get when they
//! change scopes.

use serde_json::Value;

use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::app_id_uris;
use crate::directory::app_id_uris::Owner;
use crate::directory::call::invalid;
use crate::directory::redirects;
use crate::directory::tenant::Tenant;

const LONGEST_NAME: usize = 120;
const MOST_RESOURCES: usize = 50;
const MOST_PERMISSIONS: usize = 400;
const LONGEST_SCOPE: usize = 120;
const AUDIENCES: [&str; 4] = [
    "AzureADMyOrg",
    "AzureADMultipleOrgs",
    "AzureADandPersonalMicrosoftAccount",
    "PersonalMicrosoftAccount",
];
pub(in crate::directory) fn check(
    tenant: &Tenant,
    owner: &Owner<'_>,
    before: &Object,
    after: &Object,
) -> Result<(), Refusal> {
    let name = after["displayName"].as_str().unwrap_or_default();
    if name.chars().count() > LONGEST_NAME {
        return Err(invalid("displayName", "Application"));
    }
    let audience = after["signInAudience"].as_str().unwrap_or_default();
    if !AUDIENCES.contains(&audience) {
        return Err(invalid("signInAudience", "Application"));
    }
    let version = token_version(after);
    let is_version = matches!(version, None | Some(1 | 2));
    if !is_version || (audience.contains("Personal") && version != Some(2)) {
        return Err(invalid("requestedAccessTokenVersion", "ApiApplication"));
    }
    check_scopes(before, after)?;
    check_app_roles(before, after)?;
    check_required_access(after)?;
    check_pre_authorized(after)?;
    redirects::check(after)?;
    let uris = |state: &Object| -> Vec<String> {
        state
            .get("identifierUris")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|uri| uri.as_str().map(str::to_owned))
            .collect()
    };
    let (before, after) = (uris(before), uris(after));
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let after: Vec<&str> = after.iter().map(String::as_str).collect();
    app_id_uris::check(tenant, owner, &before, &after)
}

fn duplicate(target: &str) -> Refusal {
    Refusal::new(
        400,
        "Request_BadRequest",
        "Request contains a property with duplicate values.",
    )
    .detail("DuplicateValue", target)
}

pub(in crate::directory) fn list_of<'a>(state: &'a Object, path: &[&str]) -> &'a [Value] {
    let mut value = path.first().and_then(|first| state.get(*first));
    for part in path.iter().skip(1) {
        value = value.and_then(|value| value.get(*part));
    }
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn check_scopes(before: &Object, after: &Object) -> Result<(), Refusal> {
    let path = ["api", "oauth2PermissionScopes"];
    let (old, new) = (list_of(before, &path), list_of(after, &path));
    check_entitlements(old, new, "oauth2PermissionScopes")?;
    for scope in new {
        let text = |name: &str| scope[name].as_str().unwrap_or_default();
        if !["User", "Admin"].contains(&text("type")) {
            return Err(invalid("type", "PermissionScope"));
        }
        let value = text("value");
        if value.chars().count() > LONGEST_SCOPE
            || value.contains(char::is_whitespace)
            || value.starts_with('.')
        {
            return Err(invalid("value", "PermissionScope"));
        }
        if scope["isEnabled"] == Value::Bool(true) {
            for needed in [
                "value",
                "adminConsentDisplayName",
                "adminConsentDescription",
            ] {
                if text(needed).is_empty() {
                    return Err(invalid(needed, "PermissionScope"));
                }
            }
        }
    }
    Ok(())
}

fn check_app_roles(before: &Object, after: &Object) -> Result<(), Refusal> {
    let path = ["appRoles"];
    let new = list_of(after, &path);
    check_entitlements(list_of(before, &path), new, "appRoles")?;
    for role in new {
        let types = role["allowedMemberTypes"].as_array();
        let is_fit = types.is_some_and(|types| {
            !types.is_empty()
                && types
                    .iter()
                    .all(|kind| kind == "User" || kind == "Application")
        });
        if !is_fit {
            return Err(invalid("allowedMemberTypes", "AppRole"));
        }
    }
    Ok(())
}

/// Scopes and roles must have unique IDs and values. An enabled one cannot be removed, and its value cannot change.
fn check_entitlements(old: &[Value], new: &[Value], target: &str) -> Result<(), Refusal> {
    for (place, one) in new.iter().enumerate() {
        if one["id"].as_str().is_none_or(str::is_empty) {
            return Err(invalid("id", "PermissionScope"));
        }
        let is_twice = new[..place].iter().any(|other| {
            other["id"] == one["id"] || (other["value"] == one["value"] && !one["value"].is_null())
        });
        if is_twice {
            return Err(duplicate(target));
        }
    }
    for held in old {
        let still = new.iter().find(|one| one["id"] == held["id"]);
        let is_changed = still.is_none_or(|one| one["value"] != held["value"]);
        if is_changed && held["isEnabled"] == Value::Bool(true) {
            return Err(Refusal::new(
                400,
                "CannotDeleteOrUpdateEnabledEntitlement",
                "Permission (scope or role) cannot be deleted or updated unless disabled first.",
            ));
        }
    }
    Ok(())
}

fn check_required_access(after: &Object) -> Result<(), Refusal> {
    let resources = list_of(after, &["requiredResourceAccess"]);
    let mut permissions = 0;
    for (place, resource) in resources.iter().enumerate() {
        let app_id = resource["resourceAppId"].as_str().unwrap_or_default();
        if uuid::Uuid::try_parse(app_id).is_err() {
            return Err(invalid("resourceAppId", "RequiredResourceAccess"));
        }
        if resources[..place]
            .iter()
            .any(|other| other["resourceAppId"] == resource["resourceAppId"])
        {
            return Err(duplicate("requiredResourceAccess"));
        }
        let access = resource["resourceAccess"].as_array();
        let Some(access) = access.filter(|access| !access.is_empty()) else {
            return Err(invalid("resourceAccess", "RequiredResourceAccess"));
        };
        permissions += access.len();
        for one in access {
            let kind = one["type"].as_str().unwrap_or_default();
            if !["Scope", "Role"].contains(&kind) {
                return Err(invalid("type", "ResourceAccess"));
            }
            if one["id"].is_null() {
                return Err(invalid("id", "ResourceAccess"));
            }
        }
    }
    if resources.len() > MOST_RESOURCES || permissions > MOST_PERMISSIONS {
        return Err(invalid("requiredResourceAccess", "Application"));
    }
    Ok(())
}

fn check_pre_authorized(after: &Object) -> Result<(), Refusal> {
    let scopes = list_of(after, &["api", "oauth2PermissionScopes"]);
    for client in list_of(after, &["api", "preAuthorizedApplications"]) {
        for id in client["delegatedPermissionIds"]
            .as_array()
            .into_iter()
            .flatten()
        {
            if !scopes.iter().any(|scope| scope["id"] == *id) {
                return Err(Refusal::new(
                    400,
                    "InvalidValue",
                    format!(
                        "Property PreAuthorizedApplication references applications {} that cannot be found in the AppPermissions sets.",
                        client["appId"].as_str().unwrap_or_default()
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// Personal accounts get version 2 tokens. An app for personal accounts that does not specify a version gets this one.
pub(in crate::directory) fn settle_token_version(state: &mut Object) {
    let is_personal = state["signInAudience"]
        .as_str()
        .is_some_and(|audience| audience.contains("Personal"));
    if is_personal
        && let Some(api) = state.get_mut("api").and_then(Value::as_object_mut)
        && api["requestedAccessTokenVersion"].is_null()
    {
        api.insert(
            "requestedAccessTokenVersion".to_owned(),
            serde_json::json!(2),
        );
    }
}

pub(in crate::directory) fn token_version(state: &Object) -> Option<i64> {
    state["api"]["requestedAccessTokenVersion"].as_i64()
}

/// A deleted application still reserves its unique name until it is purged (bicep-types threads 137, 202).
pub(in crate::directory) fn check_unique_name(tenant: &Tenant, name: &str) -> Result<(), Refusal> {
    if name.is_empty() {
        return Err(invalid("uniqueName", "Application"));
    }
    let is_held = tenant
        .directory
        .applications
        .iter()
        .any(|record| record.text("uniqueName").eq_ignore_ascii_case(name));
    if is_held {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "Another object with the same value for property uniqueName already exists.",
        )
        .detail("ObjectConflict", "uniqueName"));
    }
    Ok(())
}
