//! Applications: create, upsert, read, change, delete. The validation rules are in `application_rules.rs`.
//!
//! Sources: the reference pages `application-post-applications`, `application-upsert` (2024-08-22) and `application-update`.

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::answer::stamp;
use crate::directory::app_id_uris::Owner;
use crate::directory::application_rules as rules;
use crate::directory::call::Call;
use crate::directory::call::check_object_id;
use crate::directory::call::denied;
use crate::directory::call::invalid;
use crate::directory::call::missing;
use crate::directory::credentials;
use crate::directory::list::Kind;
use crate::directory::owners;
use crate::directory::passwords;
use crate::directory::request::Segment;
use crate::directory::roles;
use crate::directory::schema;
use crate::directory::service_principals;
use crate::directory::store::Record;
use crate::directory::tenant::Tenant;

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
    "publicClient/redirectUris",
    "publisherDomain",
    "requiredResourceAccess",
    "signInAudience",
    "spa/redirectUris",
    "tags",
    "uniqueName",
    "web/redirectUris",
];

/// A filter on these properties is always an advanced query ("Advanced query capabilities", its table of `application`).
const ADVANCED: &[&str] = &[
    "createdDateTime",
    "description",
    "notes",
    "publicClient/redirectUris",
    "requiredResourceAccess",
    "spa/redirectUris",
    "web/redirectUris",
];

pub(in crate::directory) fn kind() -> Kind {
    Kind {
        set: "applications".to_owned(),
        type_name: "application",
        properties: schema::compared(schema::APPLICATION),
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
        .applications
        .iter()
        .filter_map(|record| {
            let mut object = record.listed(call.now, lag)?.clone();
            credentials::hide_keys(&mut object);
            owners::expand(call, record, &mut object);
            Some(object)
        })
        .collect()
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call, Reader::Copy)?;
    let record = &call.tenant().directory.applications[place];
    let mut object = record.properties.clone();
    // The certificate itself is returned only if the client selects it.
    let selected = call.query.select.as_ref();
    if !selected.is_some_and(|names| names.iter().any(|name| name == "keyCredentials")) {
        credentials::hide_keys(&mut object);
    }
    owners::expand(call, record, &mut object);
    call.one(&kind(), object)
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
    // The body may repeat the key.
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
    let app_id = directory.applications[place].text("appId").to_owned();
    // The service principal of the home tenant is deleted too ("Restore a soft deleted enterprise application"). It keeps a copy of the
    // values that it got from its application.
    let principal = directory
        .service_principals
        .iter()
        .position(|record| !record.is_deleted() && record.text("appId") == app_id);
    if let Some(principal) = principal {
        let record = &directory.service_principals[principal];
        let shown = service_principals::render(directory, &record.properties);
        let record = &mut directory.service_principals[principal];
        record.properties = shown;
        mark_deleted(record, now);
    }
    mark_deleted(&mut directory.applications[place], now);
    Ok(Answer::done())
}

/// Which state of the directory a request reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::directory) enum Reader {
    /// A replica, which lags behind.
    Copy,
    /// The primary, which enforces unique keys.
    Origin,
}

/// The index of the application that the first key identifies.
pub(in crate::directory) fn find(call: &Call<'_>, reader: Reader) -> Result<usize, Refusal> {
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

pub(in crate::directory) fn may_manage(call: &Call<'_>, place: usize) -> Result<(), Refusal> {
    let record = &call.tenant().directory.applications[place];
    if roles::may_manage(call.tenant(), &call.caller, record) {
        Ok(())
    } else {
        Err(denied())
    }
}

pub(in crate::directory) fn mark_deleted(record: &mut Record, now: Timestamp) {
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

/// Creates an application and returns its state as the response shows it, including a new secret.
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
        rules::check_unique_name(call.tenant(), name)?;
    }
    let owners = owners::of_new(call, &body)?;
    let passwords = take_list(&mut body, "passwordCredentials");
    if unique_name.is_some() && !passwords.is_empty() {
        return Err(passwords::only_by_action());
    }
    if passwords.len() > 1 {
        return Err(invalid("passwordCredentials", "Application"));
    }

    let now = call.now;
    let id = call.sim.rng.guid().to_string();
    let app_id = call.sim.rng.guid().to_string();
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
    rules::settle_token_version(&mut state);
    let owner = Owner {
        id: "",
        app_id: None,
        created: now,
        token_version: rules::token_version(&state),
        actor: &call.caller,
    };
    rules::check(call.tenant(), &owner, &Object::new(), &state)?;
    credentials::settle_keys(&mut call.sim.rng, now, &Object::new(), &mut state)?;

    let mut record = Record::new(now, state);
    record.owners = owners;
    let mut shown = record.properties.clone();
    if let Some(credential) = passwords.into_iter().next() {
        let target = passwords::Target {
            id: String::new(),
            created: now,
            restrictions: "applicationRestrictions",
        };
        let made = passwords::make(call, &credential, &target)?;
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
        // A change can remove secrets but not add one.
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
        token_version: rules::token_version(&after),
        actor: &call.caller,
    };
    rules::check(tenant, &owner, &before, &after)?;
    credentials::settle_keys(&mut call.sim.rng, now, &before, &mut after)?;
    let record = &mut call.tenant_mut().directory.applications[place];
    let kept = rules::list_of(&after, &["passwordCredentials"]);
    record
        .secrets
        .retain(|(key, _)| kept.iter().any(|one| one["keyId"] == json!(key)));
    record.replace(now, after);
    Ok(Answer::done())
}

/// The default values of a new application.
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
        "isDisabled": null,
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
        "signInAudience": "AzureADMyOrg",
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
    blank.as_object().cloned().unwrap_or_default()
}

fn take_list(body: &mut Object, name: &str) -> Vec<Value> {
    match body.remove(name) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}
