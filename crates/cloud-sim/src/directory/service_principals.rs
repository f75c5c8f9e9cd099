//! Service principals: an application's presence in the tenant.
//!
//! Sources: `serviceprincipal-post-serviceprincipals`, `serviceprincipal-upsert`, and the errors that Terraform retries while a new
//! application replicates (api notes 2.9).

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::answer::stamp;
use crate::directory::applications::Reader;
use crate::directory::applications::mark_deleted;
use crate::directory::call::Call;
use crate::directory::call::check_object_id;
use crate::directory::call::denied;
use crate::directory::call::invalid;
use crate::directory::call::missing;
use crate::directory::catalogue;
use crate::directory::catalogue::FirstParty;
use crate::directory::list::Kind;
use crate::directory::names;
use crate::directory::owners;
use crate::directory::request::Segment;
use crate::directory::roles;
use crate::directory::schema;
use crate::directory::store::Directory;
use crate::directory::store::Record;
use crate::directory::store::passed;
use crate::directory::tenant::Tenant;

const FILTERABLE: &[&str] = &[
    "id",
    "accountEnabled",
    "alternativeNames",
    "appId",
    "appOwnerOrganizationId",
    "createdDateTime",
    "displayName",
    "homepage",
    "notes",
    "servicePrincipalNames",
    "servicePrincipalType",
    "tags",
];

/// A filter on these properties is always an advanced query ("Advanced query capabilities", 2025-08-29, its table of `servicePrincipal`).
const ADVANCED: &[&str] = &["appOwnerOrganizationId", "homepage", "notes"];

pub(in crate::directory) fn kind() -> Kind {
    Kind {
        set: "servicePrincipals".to_owned(),
        type_name: "servicePrincipal",
        properties: schema::compared(schema::SERVICE_PRINCIPAL),
        filterable: FILTERABLE,
        advanced: ADVANCED,
        is_cast: false,
    }
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let objects = listed(call);
    call.page(&kind(), objects)
}

fn listed(call: &Call<'_>) -> Vec<Object> {
    let directory = &call.tenant().directory;
    let lag = directory.replication.lists;
    directory
        .service_principals
        .iter()
        .filter_map(|record| {
            let mut object = render(directory, record.listed(call.now, lag)?);
            owners::expand(call, record, &mut object);
            Some(object)
        })
        .collect()
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call, Reader::Copy)?;
    let directory = &call.tenant().directory;
    let record = &directory.service_principals[place];
    let mut object = render(directory, &record.properties);
    owners::expand(call, record, &mut object);
    call.one(&kind(), object)
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.object()?;
    let object = make(call, body)?;
    created(call, object)
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut body = call.object()?;
    let app_id = match call.keys.first() {
        Some(Segment::Key { property, value }) if property == "appId" => Some(value.clone()),
        Some(Segment::Key { .. } | Segment::Name(_)) | None => None,
    };
    let reader = if app_id.is_some() {
        Reader::Origin
    } else {
        Reader::Copy
    };
    match (find(call, reader), app_id) {
        (Ok(place), _) => {
            may_manage(call, place)?;
            body.remove("appId");
            schema::check("ServicePrincipal", schema::SERVICE_PRINCIPAL, &body)?;
            let now = call.now;
            let directory = &mut call.tenant_mut().directory;
            let record = &directory.service_principals[place];
            let mut state = record.properties.clone();
            schema::merge(&mut state, body, &Object::new());
            let mut after = Record::new(now, state);
            names::check_free(directory, record.id(), &names::of(directory, &after))?;
            let state = std::mem::take(&mut after.properties);
            directory.service_principals[place].replace(now, state);
            Ok(Answer::done())
        }
        (Err(refusal), Some(app_id)) if refusal.status == 404 && call.may_create() => {
            let application = call.tenant().directory.application(&app_id);
            if !roles::may_upsert_principal(call.tenant(), &call.caller, application) {
                return Err(denied());
            }
            body.insert("appId".to_owned(), json!(app_id));
            let object = make(call, body)?;
            created(call, object)
        }
        (Err(refusal), _) => Err(refusal),
    }
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call, Reader::Copy)?;
    may_manage(call, place)?;
    let now = call.now;
    mark_deleted(
        &mut call.tenant_mut().directory.service_principals[place],
        now,
    );
    Ok(Answer::done())
}

/// The index of the service principal that the first key identifies.
pub(in crate::directory) fn find(call: &Call<'_>, reader: Reader) -> Result<usize, Refusal> {
    let (property, value) = match call.keys.first() {
        Some(Segment::Name(id)) => ("id", id),
        Some(Segment::Key { property, value }) if property.is_empty() => ("id", value),
        Some(Segment::Key { property, value }) if property == "appId" => ("appId", value),
        Some(Segment::Key { .. }) | None => {
            return Err(Refusal::new(
                400,
                "BadRequest",
                "Bad Request - Error in query syntax.",
            ));
        }
    };
    check_object_id(value)?;
    let directory = &call.tenant().directory;
    let lag = directory.replication.by_key;
    directory
        .service_principals
        .iter()
        .position(|record| {
            !record.is_deleted()
                && record.text(property).eq_ignore_ascii_case(value)
                && (reader == Reader::Origin || record.is_known(call.now, lag))
        })
        .ok_or_else(|| missing(value))
}

/// By role, or as an owner of the service principal or of its application.
pub(in crate::directory) fn may_manage(call: &Call<'_>, place: usize) -> Result<(), Refusal> {
    let tenant = call.tenant();
    let record = &tenant.directory.service_principals[place];
    let application = tenant.directory.application(record.text("appId"));
    let may = [Some(record), application]
        .into_iter()
        .flatten()
        .any(|record| roles::may_manage(tenant, &call.caller, record));
    if may { Ok(()) } else { Err(denied()) }
}

fn created(call: &Call<'_>, object: Object) -> Result<Answer, Refusal> {
    let location = format!(
        "https://{}/v2/{}/directoryObjects/{}/Microsoft.DirectoryServices.ServicePrincipal",
        call.cloud.graph_host(),
        call.tenant().id,
        object.get("id").and_then(Value::as_str).unwrap_or_default(),
    );
    let mut answer = call.entity("servicePrincipals", object)?;
    answer.status = 201;
    Ok(answer.header("Location", location))
}

fn make(call: &mut Call<'_>, body: Object) -> Result<Object, Refusal> {
    if !roles::may_register(call.tenant(), &call.caller) {
        return Err(denied());
    }
    schema::check("ServicePrincipal", schema::SERVICE_PRINCIPAL, &body)?;
    let app_id = body
        .get("appId")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if app_id.is_empty() {
        return Err(invalid("appId", "ServicePrincipal"));
    }
    let app_id = app_id.to_ascii_lowercase();
    names::check_free(&call.tenant().directory, "", std::slice::from_ref(&app_id))?;
    let first_party = catalogue::find(&app_id);
    if first_party.is_none() {
        check_application(call, &app_id)?;
    }
    let id = call.sim.rng.guid().to_string();
    let now = call.now;
    let mut state = blank(call.tenant(), &app_id, first_party.as_ref());
    schema::merge(&mut state, body, &Object::new());
    state.insert("id".to_owned(), json!(id));
    state.insert("appId".to_owned(), json!(app_id));
    state.insert("createdDateTime".to_owned(), json!(stamp(now)));
    state.insert(
        "createdByAppId".to_owned(),
        json!(call.caller.app.to_string()),
    );
    let record = Record::new(now, state);
    let directory = &mut call.tenant_mut().directory;
    names::check_free(directory, &id, &names::of(directory, &record))?;
    let shown = render(directory, &record.properties);
    directory.service_principals.push(record);
    Ok(shown)
}

/// The application must have replicated to where service principals are created. Until then, the service first answers that the caller
/// lacks permission, then that the application does not exist.
fn check_application(call: &Call<'_>, app_id: &str) -> Result<(), Refusal> {
    let directory = &call.tenant().directory;
    let lag = directory.replication.references;
    let application = directory.application(app_id);
    match application {
        Some(record) if record.is_known(call.now, lag) => Ok(()),
        Some(record) if !passed(record.created, lag / 2, call.now) => Err(Refusal::new(
            403,
            "Authorization_RequestDenied",
            "When using this permission, the backing application of the service principal being created must in the local tenant",
        )),
        Some(_) | None => Err(Refusal::new(
            400,
            "Request_BadRequest",
            format!(
                "The appId '{app_id}' of the service principal does not reference a valid application object."
            ),
        )
        .detail("NoBackingApplicationObject", "appId")),
    }
}

fn blank(tenant: &Tenant, app_id: &str, first_party: Option<&FirstParty>) -> Object {
    let owner = match first_party {
        Some(_) => "f8cdef31-a31e-4b4a-93e4-5f571e91255a".to_owned(),
        None => tenant.id.to_string(),
    };
    let mut names = vec![app_id];
    names.extend(first_party.iter().flat_map(|party| party.names));
    json!({
        "accountEnabled": true,
        "addIns": [],
        "alternativeNames": [],
        "appDescription": null,
        "appDisplayName": first_party.map(|party| party.display_name),
        "appOwnerOrganizationId": owner,
        "appRoleAssignmentRequired": false,
        "appRoles": first_party.map_or_else(|| json!([]), FirstParty::app_roles),
        "applicationTemplateId": null,
        "deletedDateTime": null,
        "description": null,
        "disabledByMicrosoftStatus": null,
        "displayName": first_party.map(|party| party.display_name),
        "homepage": null,
        "info": null,
        "isDisabled": null,
        "keyCredentials": [],
        "loginUrl": null,
        "logoutUrl": null,
        "notes": null,
        "notificationEmailAddresses": [],
        "oauth2PermissionScopes": first_party.map_or_else(|| json!([]), FirstParty::scopes),
        "passwordCredentials": [],
        "preferredSingleSignOnMode": null,
        "preferredTokenSigningKeyThumbprint": null,
        "replyUrls": [],
        "resourceSpecificApplicationPermissions": [],
        "samlSingleSignOnSettings": null,
        "servicePrincipalNames": names,
        "servicePrincipalType": "Application",
        "signInAudience": first_party.map(|_| "AzureADMultipleOrgs"),
        "tags": [],
        "tokenEncryptionKeyId": null,
        "verifiedPublisher": { "displayName": null, "verifiedPublisherId": null, "addedDateTime": null },
    })
    .as_object()
    .cloned()
    .unwrap_or_default()
}

/// A service principal of Microsoft that every tenant has.
pub(crate) fn first_party(tenant: &Tenant, now: Timestamp, id: &str, party: &FirstParty) -> Record {
    let mut state = blank(tenant, party.app_id, Some(party));
    state.insert("id".to_owned(), json!(id));
    state.insert("appId".to_owned(), json!(party.app_id));
    state.insert("createdDateTime".to_owned(), json!(stamp(now)));
    Record::new(now, state)
}

/// The service principal of a client that is registered in another tenant, as consent creates it.
pub(crate) fn foreign(
    tenant: &Tenant,
    now: Timestamp,
    id: &str,
    app_id: &str,
    name: &str,
) -> Record {
    let mut state = blank(tenant, app_id, None);
    for (property, value) in [
        ("id", json!(id)),
        ("appId", json!(app_id)),
        ("createdDateTime", json!(stamp(now))),
        ("appDisplayName", json!(name)),
        ("displayName", json!(name)),
        ("signInAudience", json!("AzureADMultipleOrgs")),
        (
            "appOwnerOrganizationId",
            json!("0f5c1f2e-9d0b-4c0a-8a57-3f1b6d2c4e11"),
        ),
    ] {
        state.insert(property.to_owned(), value);
    }
    Record::new(now, state)
}

/// The object as returned: its own properties, and those that come from its application in the same tenant.
pub(crate) fn render(directory: &Directory, own: &Object) -> Object {
    let mut shown = own.clone();
    let app_id = own.get("appId").and_then(Value::as_str).unwrap_or_default();
    let Some(application) = directory.application(app_id) else {
        return shown;
    };
    let app = Value::Object(application.properties.clone());
    let own_names = own
        .get("servicePrincipalNames")
        .cloned()
        .unwrap_or_default();
    let mut names = vec![json!(app_id)];
    for source in [&app["identifierUris"], &own_names] {
        for name in source.as_array().into_iter().flatten() {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    if app["isDisabled"] == true {
        shown.insert("isDisabled".to_owned(), json!(true));
    }
    let replies: Vec<Value> = ["web", "spa", "publicClient"]
        .into_iter()
        .flat_map(|platform| {
            app[platform]["redirectUris"]
                .as_array()
                .into_iter()
                .flatten()
        })
        .cloned()
        .collect();
    for (name, value) in [
        ("appDisplayName", app["displayName"].clone()),
        ("displayName", app["displayName"].clone()),
        ("appDescription", app["description"].clone()),
        ("appRoles", app["appRoles"].clone()),
        ("homepage", app["web"]["homePageUrl"].clone()),
        ("info", app["info"].clone()),
        ("logoutUrl", app["web"]["logoutUrl"].clone()),
        (
            "oauth2PermissionScopes",
            app["api"]["oauth2PermissionScopes"].clone(),
        ),
        ("replyUrls", json!(replies)),
        ("servicePrincipalNames", json!(names)),
        ("signInAudience", app["signInAudience"].clone()),
    ] {
        shown.insert(name.to_owned(), value);
    }
    shown
}
