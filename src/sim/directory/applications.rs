//! Applications: create, upsert, read, change, delete, owners. Passwords are in `passwords.rs`.
//!
//! After the reference pages `application-post-applications`, `application-upsert` (2024-08-22), `application-update`, and "Supported
//! accounts validation" (2026-09-25) for the limits.

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::sim::answer::Answer;
use crate::sim::answer::Object;
use crate::sim::answer::Refusal;
use crate::sim::answer::stamp;
use crate::sim::directory::Call;
use crate::sim::directory::app_id_uris;
use crate::sim::directory::app_id_uris::Owner;
use crate::sim::directory::check_object_id;
use crate::sim::directory::denied;
use crate::sim::directory::invalid;
use crate::sim::directory::list::Kind;
use crate::sim::directory::missing;
use crate::sim::directory::passwords;
use crate::sim::directory::redirects;
use crate::sim::directory::request::Segment;
use crate::sim::directory::roles;
use crate::sim::directory::schema;
use crate::sim::directory::store::Record;
use crate::sim::directory::tenant::Tenant;

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
const FILTERABLE: &[&str] = &[
    "id",
    "appId",
    "applicationTemplateId",
    "createdDateTime",
    "description",
    "disabledByMicrosoftStatus",
    "displayName",
    "identifierUris",
    "notes",
    "publisherDomain",
    "requiredResourceAccess",
    "signInAudience",
    "tags",
    "uniqueName",
];

pub(in crate::sim::directory) fn kind() -> Kind {
    Kind {
        set: "applications".to_owned(),
        type_name: "application",
        properties: schema::names(schema::APPLICATION),
        filterable: FILTERABLE,
        is_cast: false,
    }
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let objects = listed(call);
    call.page(&kind(), objects)
}

pub(super) fn count(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let objects = listed(call);
    call.number(&kind(), objects)
}

fn listed(call: &Call<'_>) -> Vec<Object> {
    let directory = &call.tenant().directory;
    let lag = directory.replication.lists;
    let wants_owners = call.query.expand.iter().any(|name| name == "owners");
    directory
        .applications
        .iter()
        .filter_map(|record| {
            let mut object = record.listed(call.now, lag)?.clone();
            if wants_owners {
                object.insert("owners".to_owned(), render_owners(call.tenant(), record));
            }
            Some(object)
        })
        .collect()
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call, Reader::Copy)?;
    let record = &call.tenant().directory.applications[place];
    let mut object = record.properties.clone();
    if call.query.expand.iter().any(|name| name == "owners") {
        object.insert("owners".to_owned(), render_owners(call.tenant(), record));
    }
    call.entity("applications", object)
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.object()?;
    let object = register(call, body, None)?;
    created(call, object)
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut body = call.object()?;
    let Some(unique_name) = unique_name(call) else {
        let place = find(call, Reader::Copy)?;
        return change(call, place, body);
    };
    // The key may be repeated in the body.
    if body.get("uniqueName") == Some(&json!(unique_name)) {
        body.remove("uniqueName");
    }
    match find(call, Reader::Origin) {
        Ok(place) => change(call, place, body),
        Err(_) if call.may_create() => {
            let object = register(call, body, Some(unique_name))?;
            created(call, object)
        }
        Err(refusal) => Err(refusal),
    }
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call, Reader::Copy)?;
    may_manage(call, place)?;
    let now = call.now;
    let directory = &mut call.tenant_mut().directory;
    let record = &mut directory.applications[place];
    mark_deleted(record, now);
    // The service principal of the home tenant goes with it ("Restore a soft deleted enterprise application").
    let app_id = record.text("appId").to_owned();
    for record in &mut directory.service_principals {
        if !record.is_deleted() && record.text("appId") == app_id {
            mark_deleted(record, now);
        }
    }
    Ok(Answer::done())
}

pub(super) fn owners(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call, Reader::Copy)?;
    let tenant = call.tenant();
    let owners = render_owners(tenant, &tenant.directory.applications[place]);
    let objects = owners
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|owner| owner.as_object().cloned())
        .collect();
    let kind = Kind {
        set: "directoryObjects".to_owned(),
        type_name: "directoryObject",
        properties: vec![
            "id",
            "displayName",
            "userPrincipalName",
            "mail",
            "deletedDateTime",
        ],
        filterable: &[],
        is_cast: false,
    };
    call.page(&kind, objects)
}

pub(super) fn add_owner(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call, Reader::Copy)?;
    may_manage(call, place)?;
    let body = call.object()?;
    let id = body
        .get("@odata.id")
        .and_then(Value::as_str)
        .and_then(|link| link.rsplit('/').next())
        .unwrap_or_default()
        .to_owned();
    check_object_id(&id)?;
    let is_person = call
        .tenant()
        .users
        .iter()
        .any(|user| user.id.to_string() == id);
    if !is_person {
        return Err(missing(&id));
    }
    let record = &mut call.tenant_mut().directory.applications[place];
    if record.owners.contains(&id) {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "One or more added object references already exist for the following modified properties: 'owners'.",
        ));
    }
    record.owners.push(id);
    Ok(Answer::done())
}

/// Whose view of the directory counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::sim::directory) enum Reader {
    /// A copy, which lags.
    Copy,
    /// The one place that keeps unique keys unique.
    Origin,
}

/// The place of the application the first key names.
pub(in crate::sim::directory) fn find(call: &Call<'_>, reader: Reader) -> Result<usize, Refusal> {
    let (property, value) = match call.keys.first() {
        Some(Segment::Name(id)) => ("id", id),
        Some(Segment::Key { property, value }) if property.is_empty() => ("id", value),
        Some(Segment::Key { property, value })
            if property == "appId" || property == "uniqueName" =>
        {
            (property.as_str(), value)
        }
        Some(Segment::Key { .. }) | None => {
            return Err(Refusal::new(
                400,
                "BadRequest",
                "Bad Request - Error in query syntax.",
            ));
        }
    };
    if property != "uniqueName" {
        check_object_id(value)?;
    }
    let directory = &call.tenant().directory;
    let lag = directory.replication.by_key;
    directory
        .applications
        .iter()
        .position(|record| {
            !record.is_deleted()
                && record.text(property).eq_ignore_ascii_case(value)
                && (reader == Reader::Origin || record.is_known(call.now, lag))
        })
        .ok_or_else(|| missing(value))
}

fn unique_name(call: &Call<'_>) -> Option<String> {
    match call.keys.first() {
        Some(Segment::Key { property, value }) if property == "uniqueName" => Some(value.clone()),
        Some(Segment::Key { .. } | Segment::Name(_)) | None => None,
    }
}

pub(in crate::sim::directory) fn may_manage(call: &Call<'_>, place: usize) -> Result<(), Refusal> {
    let record = &call.tenant().directory.applications[place];
    if roles::may_manage(call.tenant(), &call.caller, record) {
        Ok(())
    } else {
        Err(denied())
    }
}

pub(in crate::sim::directory) fn mark_deleted(record: &mut Record, now: Timestamp) {
    record.deleted = Some(now);
    record
        .properties
        .insert("deletedDateTime".to_owned(), json!(stamp(now)));
}

fn created(call: &Call<'_>, object: Object) -> Result<Answer, Refusal> {
    let location = format!(
        "https://{}/v2/{}/directoryObjects/{}/Microsoft.DirectoryServices.Application",
        call.cloud.graph_host(),
        call.tenant().id,
        object.get("id").and_then(Value::as_str).unwrap_or_default(),
    );
    let mut answer = call.entity("applications", object)?;
    answer.status = 201;
    Ok(answer.header("Location", location))
}

/// Makes an application of this body; what the answer shows, a new secret included.
fn register(
    call: &mut Call<'_>,
    mut body: Object,
    unique_name: Option<String>,
) -> Result<Object, Refusal> {
    if !roles::may_register(call.tenant(), &call.caller) {
        return Err(denied());
    }
    schema::check("Application", schema::APPLICATION, &body)?;
    let name = body.get("displayName").and_then(Value::as_str);
    if name.is_none_or(str::is_empty) {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "A value is required for property 'displayName' of resource 'Application'.",
        )
        .detail("PropertyRequired", "displayName"));
    }
    if let Some(name) = &unique_name {
        check_unique_name(call.tenant(), name)?;
    }
    let owners = bound_owners(call, &body)?;
    let passwords = take_list(&mut body, "passwordCredentials");
    if unique_name.is_some() && !passwords.is_empty() {
        return Err(passwords::only_by_action());
    }
    if passwords.len() > 1 {
        return Err(invalid("passwordCredentials", "Application"));
    }

    let now = call.now;
    let id = call.sim.draws.guid().to_string();
    let app_id = call.sim.draws.guid().to_string();
    let mut state = blank(call.tenant());
    let unset = state.clone();
    schema::merge(&mut state, body, &unset);
    state.insert("id".to_owned(), json!(id));
    state.insert("appId".to_owned(), json!(app_id));
    state.insert("createdDateTime".to_owned(), json!(stamp(now)));
    state.insert(
        "createdByAppId".to_owned(),
        json!(call.caller.app.to_string()),
    );
    if let Some(name) = unique_name {
        state.insert("uniqueName".to_owned(), json!(name));
    }
    settle_token_version(&mut state);
    let owner = Owner {
        id: "",
        app_id: None,
        created: now,
        token_version: token_version(&state),
    };
    check(call.tenant(), &owner, &Object::new(), &state)?;

    let mut record = Record::new(now, state);
    record.owners = owners;
    let mut shown = record.properties.clone();
    if let Some(credential) = passwords.into_iter().next() {
        let made = passwords::make(call, &credential, now)?;
        shown.insert("passwordCredentials".to_owned(), json!([made.shown]));
        passwords::keep(&mut record, now, made);
    }
    call.tenant_mut().directory.applications.push(record);
    Ok(shown)
}

fn change(call: &mut Call<'_>, place: usize, mut body: Object) -> Result<Answer, Refusal> {
    may_manage(call, place)?;
    schema::check("Application", schema::APPLICATION, &body)?;
    let now = call.now;
    let tenant = call.tenant();
    let record = &tenant.directory.applications[place];
    if let Some(passwords) = body.remove("passwordCredentials") {
        // Removing some is possible; making one is not.
        let held = &record.properties["passwordCredentials"];
        let is_held = |credential: &Value| {
            held.as_array()
                .into_iter()
                .flatten()
                .any(|one| one["keyId"] == credential["keyId"])
        };
        if !passwords.as_array().into_iter().flatten().all(is_held) {
            return Err(passwords::only_by_action());
        }
        body.insert("passwordCredentials".to_owned(), passwords);
    }
    if body
        .get("displayName")
        .is_some_and(|name| name.as_str().is_none_or(str::is_empty))
    {
        return Err(invalid("displayName", "Application"));
    }
    let before = record.properties.clone();
    let mut after = before.clone();
    schema::merge(&mut after, body, &blank(tenant));
    let owner = Owner {
        id: record.id(),
        app_id: Some(record.text("appId")),
        created: record.created,
        token_version: token_version(&after),
    };
    check(tenant, &owner, &before, &after)?;
    let record = &mut call.tenant_mut().directory.applications[place];
    let kept: Vec<String> = texts(&after, "passwordCredentials", "keyId");
    record.secrets.retain(|(key, _)| kept.contains(key));
    record.replace(now, after);
    Ok(Answer::done())
}

/// What a new application has when nothing is said.
fn blank(tenant: &Tenant) -> Object {
    let blank = json!({
        "addIns": [],
        "api": {
            "acceptMappedClaims": null,
            "knownClientApplications": [],
            "oauth2PermissionScopes": [],
            "preAuthorizedApplications": [],
            "requestedAccessTokenVersion": null,
        },
        "appRoles": [],
        "applicationTemplateId": null,
        "certification": null,
        "defaultRedirectUri": null,
        "deletedDateTime": null,
        "description": null,
        "disabledByMicrosoftStatus": null,
        "groupMembershipClaims": null,
        "identifierUris": [],
        "info": {
            "termsOfServiceUrl": null,
            "supportUrl": null,
            "privacyStatementUrl": null,
            "marketingUrl": null,
            "logoUrl": null,
        },
        "isDeviceOnlyAuthSupported": null,
        "isFallbackPublicClient": null,
        "keyCredentials": [],
        "nativeAuthenticationApisEnabled": null,
        "notes": null,
        "optionalClaims": null,
        "parentalControlSettings": { "countriesBlockedForMinors": [], "legalAgeGroupRule": "Allow" },
        "passwordCredentials": [],
        "publicClient": { "redirectUris": [] },
        "publisherDomain": tenant.initial_domain(),
        "requestSignatureVerification": null,
        "requiredResourceAccess": [],
        "samlMetadataUrl": null,
        "serviceManagementReference": null,
        "servicePrincipalLockConfiguration": null,
        "signInAudience": "AzureADandPersonalMicrosoftAccount",
        "spa": { "redirectUris": [] },
        "tags": [],
        "tokenEncryptionKeyId": null,
        "uniqueName": null,
        "verifiedPublisher": { "displayName": null, "verifiedPublisherId": null, "addedDateTime": null },
        "web": {
            "homePageUrl": null,
            "implicitGrantSettings": { "enableAccessTokenIssuance": false, "enableIdTokenIssuance": false },
            "logoutUrl": null,
            "redirectUriSettings": [],
            "redirectUris": [],
        },
    });
    match blank {
        Value::Object(blank) => blank,
        _ => Object::new(),
    }
}

/// Personal accounts get version 2 tokens, and an app for them that does not say so is given it.
fn settle_token_version(state: &mut Object) {
    let is_personal = state["signInAudience"]
        .as_str()
        .is_some_and(|audience| audience.contains("Personal"));
    if is_personal
        && let Some(api) = state.get_mut("api").and_then(Value::as_object_mut)
        && api["requestedAccessTokenVersion"].is_null()
    {
        api.insert("requestedAccessTokenVersion".to_owned(), json!(2));
    }
}

fn token_version(state: &Object) -> Option<i64> {
    state["api"]["requestedAccessTokenVersion"].as_i64()
}

/// A deleted application still holds its name, until it is purged (bicep-types threads 137, 202).
fn check_unique_name(tenant: &Tenant, name: &str) -> Result<(), Refusal> {
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

/// Everything values must satisfy, before and after a change.
fn check(
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

fn list_of<'a>(state: &'a Object, path: &[&str]) -> &'a [Value] {
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

/// Scopes and roles have IDs and values of their own, and what is enabled can neither go nor change its value.
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

/// Who owns a new application: those bound in the body, or its maker if no role makes ownership needless.
fn bound_owners(call: &Call<'_>, body: &Object) -> Result<Vec<String>, Refusal> {
    let mut owners = Vec::new();
    for link in body
        .get("owners@odata.bind")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let id = link.as_str().and_then(|link| link.rsplit('/').next());
        let id = id.unwrap_or_default().trim_matches(['(', ')', '\'']);
        let is_person = call
            .tenant()
            .users
            .iter()
            .any(|user| user.id.to_string() == id);
        if !is_person {
            return Err(missing(id));
        }
        owners.push(id.to_owned());
    }
    let maker = call.caller.oid.to_string();
    if owners.is_empty()
        && call.tenant().user(call.caller.oid).is_some()
        && !roles::manages_all_apps(call.tenant(), &call.caller)
    {
        owners.push(maker);
    }
    Ok(owners)
}

fn render_owners(tenant: &Tenant, record: &Record) -> Value {
    let owners: Vec<Value> = record
        .owners
        .iter()
        .filter_map(|id| tenant.users.iter().find(|user| user.id.to_string() == *id))
        .map(|user| {
            json!({
                "@odata.type": "#microsoft.graph.user",
                "id": user.id.to_string(),
                "displayName": user.display_name,
                "userPrincipalName": user.user_principal_name,
            })
        })
        .collect();
    json!(owners)
}

fn take_list(body: &mut Object, name: &str) -> Vec<Value> {
    match body.remove(name) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// One text of each member of a collection.
fn texts(state: &Object, collection: &str, property: &str) -> Vec<String> {
    list_of(state, &[collection])
        .iter()
        .filter_map(|item| item[property].as_str().map(str::to_owned))
        .collect()
}
