//! The state of a tenant, in a form that makes two runs comparable.
//!
//! Random identifiers are replaced by the name of their object, times are omitted, and every list is sorted.

use serde_json::Value;
use serde_json::json;

use crate::answer::Object;
use crate::directory::grants;
use crate::directory::role_assignments;
use crate::directory::tenant::Tenant;

/// Properties that differ between runs with the same result.
const DROPPED: [&str; 8] = [
    "createdDateTime",
    "deletedDateTime",
    "startDateTime",
    "endDateTime",
    "keyId",
    "hint",
    "secretText",
    "createdByAppId",
];

pub(crate) fn of(tenant: &Tenant) -> Value {
    let directory = &tenant.directory;
    let mut names: Vec<(String, String)> = Vec::new();
    for record in &directory.applications {
        // Two applications can have the same display name, but a unique name belongs to only one.
        let name = match record.text("uniqueName") {
            "" => record.text("displayName").to_owned(),
            key => format!("{} {key}", record.text("displayName")),
        };
        names.push((record.id().to_owned(), format!("<application {name}>")));
        names.push((
            record.text("appId").to_owned(),
            format!("<app ID of {name}>"),
        ));
        let scopes = record.properties["api"]["oauth2PermissionScopes"].as_array();
        for scope in scopes.into_iter().flatten() {
            let id = scope["id"].as_str().unwrap_or_default();
            let value = scope["value"].as_str().unwrap_or_default();
            names.push((id.to_owned(), format!("<scope {value} of {name}>")));
        }
    }
    for record in &directory.service_principals {
        let app_id = record.text("appId");
        let name = directory
            .applications
            .iter()
            .find(|application| application.text("appId") == app_id)
            .map_or_else(
                || record.text("displayName").to_owned(),
                |one| format!("{} {}", one.text("displayName"), one.text("uniqueName")),
            );
        names.push((
            record.id().to_owned(),
            format!("<service principal {name}>"),
        ));
    }
    let plain = |object: &Object| {
        let mut text = Value::Object(object.clone());
        drop_volatile(&mut text);
        let mut text = text.to_string();
        for (id, name) in names.iter().filter(|(id, _)| !id.is_empty()) {
            // The name is inserted into quoted JSON text, so its content must be escaped.
            let quoted = json!(name).to_string();
            text = text.replace(id, quoted.trim_matches('"'));
        }
        text
    };
    let sorted = |mut texts: Vec<String>| -> Vec<Value> {
        texts.sort();
        texts
            .iter()
            .map(|text| serde_json::from_str(text).unwrap_or_else(|_| json!(text)))
            .collect()
    };
    let all = |is_deleted: bool, records: &[crate::directory::store::Record]| {
        let texts = records
            .iter()
            .filter(|record| record.is_deleted() == is_deleted)
            .map(|record| plain(&record.properties));
        sorted(texts.collect())
    };
    let without_key = |mut object: Object| {
        object.remove("id");
        plain(&object)
    };
    let standing_grants = directory
        .grants
        .iter()
        .filter(|grant| grants::stands(directory, grant))
        .map(|grant| without_key(grant.properties.clone()));
    let standing_assignments = directory
        .assignments
        .iter()
        .filter(|assignment| role_assignments::stands(directory, assignment))
        .map(|assignment| without_key(assignment.properties.clone()));
    json!({
        "applications": all(false, &directory.applications),
        "deletedApplications": all(true, &directory.applications),
        "servicePrincipals": all(false, &directory.service_principals),
        "grants": sorted(standing_grants.collect()),
        "appRoleAssignments": sorted(standing_assignments.collect()),
        "subscriptions": tenant.azure.snapshot(),
    })
}

fn drop_volatile(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|name, _| !DROPPED.contains(&name.as_str()));
            for inner in object.values_mut() {
                drop_volatile(inner);
            }
        }
        Value::Array(items) => {
            for item in items.iter_mut() {
                drop_volatile(item);
            }
            items.sort_by_key(ToString::to_string);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
