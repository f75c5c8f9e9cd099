//! Delegated permission grants (`oauth2PermissionGrants`): the directory objects that represent consent.
//!
//! Sources: `oauth2permissiongrant-post`, and the errors that Terraform retries while a new service principal replicates (api notes 2.9).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::applications::Reader;
use crate::directory::call::Call;
use crate::directory::call::denied;
use crate::directory::call::invalid;
use crate::directory::call::missing;
use crate::directory::list::Kind;
use crate::directory::list::texts;
use crate::directory::roles;
use crate::directory::schema;
use crate::directory::service_principals;
use crate::directory::store::Directory;
use crate::directory::store::Record;
use crate::directory::store::passed;

fn kind(set: String) -> Kind {
    Kind {
        set,
        type_name: "oAuth2PermissionGrant",
        properties: texts(&[
            "id",
            "clientId",
            "consentType",
            "principalId",
            "resourceId",
            "scope",
        ]),
        filterable: &["clientId", "consentType", "principalId", "resourceId"],
        advanced: &[],
        is_cast: false,
    }
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let objects = listed(call, "");
    call.page(&kind("oauth2PermissionGrants".to_owned()), objects)
}

pub(super) fn of_service_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = service_principals::find(call, Reader::Copy)?;
    let id = call.tenant().directory.service_principals[place]
        .id()
        .to_owned();
    let objects = listed(call, &id);
    let set = format!("servicePrincipals('{id}')/oauth2PermissionGrants");
    call.page(&kind(set), objects)
}

fn listed(call: &Call<'_>, client: &str) -> Vec<Object> {
    let directory = &call.tenant().directory;
    let lag = directory.replication.lists;
    directory
        .grants
        .iter()
        .filter(|grant| stands(directory, grant))
        .filter(|grant| client.is_empty() || grant.text("clientId") == client)
        .filter_map(|grant| grant.listed(call.now, lag).cloned())
        .collect()
}

/// A grant is visible only while both of its service principals exist. Whether a restored service principal has its grants again is not
/// documented beyond "its previous configurations"; here it has them.
pub(crate) fn stands(directory: &Directory, grant: &Record) -> bool {
    !grant.is_deleted()
        && ["clientId", "resourceId"]
            .into_iter()
            .all(|end| directory.service_principal(grant.text(end)).is_some())
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call)?;
    let object = call.tenant().directory.grants[place].properties.clone();
    call.entity("oauth2PermissionGrants", object)
}

fn find(call: &Call<'_>) -> Result<usize, Refusal> {
    let id = call.id(0);
    let directory = &call.tenant().directory;
    let lag = directory.replication.by_key;
    directory
        .grants
        .iter()
        .position(|grant| {
            grant.id() == id && stands(directory, grant) && grant.is_known(call.now, lag)
        })
        .ok_or_else(|| missing(id))
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.object()?;
    schema::check("OAuth2PermissionGrant", schema::GRANT, &body)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let (client, resource, principal) = (text("clientId"), text("resourceId"), text("principalId"));
    let consent = text("consentType");
    let is_for_all = match consent {
        "AllPrincipals" => true,
        "Principal" => false,
        _ => return Err(invalid("consentType", "OAuth2PermissionGrant")),
    };
    // A grant is for all users or for one user, never both.
    if is_for_all != principal.is_empty() {
        return Err(invalid("principalId", "OAuth2PermissionGrant"));
    }
    for (name, id) in [("clientId", client), ("resourceId", resource)] {
        if Uuid::try_parse(id).is_err() {
            return Err(invalid(name, "OAuth2PermissionGrant"));
        }
    }
    if !roles::may_grant(call.tenant(), &call.caller) {
        return Err(denied());
    }
    check_end(call, client, Absence::NotFound)?;
    check_end(call, resource, Absence::BadReference)?;
    if !is_for_all
        && !call
            .tenant()
            .users
            .iter()
            .any(|user| user.id.to_string() == principal)
    {
        return Err(missing(principal));
    }
    let directory = &call.tenant().directory;
    let is_twice = directory.grants.iter().any(|grant| {
        !grant.is_deleted()
            && grant.text("clientId").eq_ignore_ascii_case(client)
            && grant.text("resourceId").eq_ignore_ascii_case(resource)
            && grant.text("consentType") == consent
            && grant.text("principalId").eq_ignore_ascii_case(principal)
    });
    if is_twice {
        return Err(Refusal::new(
            409,
            "Request_MultipleObjectsWithSameKeyValue",
            "Permission entry already exists.",
        ));
    }
    // The service accepts a missing scope. No request can repair the resulting grant (microsoft-graph-docs thread 16902).
    let scope = body.get("scope").cloned().unwrap_or(Value::Null);
    let record = record(
        call.now,
        client,
        resource,
        (!principal.is_empty()).then_some(principal),
        scope,
    );
    let shown = record.properties.clone();
    call.tenant_mut().directory.grants.push(record);
    let mut answer = call.entity("oauth2PermissionGrants", shown)?;
    answer.status = 201;
    Ok(answer)
}

/// A grant as stored. It is for all users if `principal` is `None`.
pub(crate) fn record(
    now: Timestamp,
    client: &str,
    resource: &str,
    principal: Option<&str>,
    scope: Value,
) -> Record {
    let mut key = Vec::new();
    for id in [Some(client), Some(resource), principal]
        .into_iter()
        .flatten()
    {
        key.extend(Uuid::try_parse(id).unwrap_or_default().to_bytes_le());
    }
    let properties = json!({
        "id": URL_SAFE_NO_PAD.encode(key),
        "clientId": client.to_ascii_lowercase(),
        "consentType": if principal.is_some() { "Principal" } else { "AllPrincipals" },
        "principalId": principal,
        "resourceId": resource.to_ascii_lowercase(),
        "scope": scope,
    });
    Record::new(now, properties.as_object().cloned().unwrap_or_default())
}

/// How the service reports a service principal of a grant that does not exist.
#[derive(Clone, Copy)]
enum Absence {
    NotFound,
    BadReference,
}

/// Both ends must be service principals that have replicated. The two errors are the ones that Terraform has received.
fn check_end(call: &Call<'_>, id: &str, absence: Absence) -> Result<(), Refusal> {
    let directory = &call.tenant().directory;
    let lag = directory.replication.references;
    let is_there = directory
        .service_principal(id)
        .is_some_and(|record| passed(record.created, lag, call.now));
    match absence {
        _ if is_there => Ok(()),
        Absence::NotFound => Err(missing(id)),
        Absence::BadReference => {
            let mut refusal = missing(id);
            refusal.status = 400;
            "Request_BadRequest".clone_into(&mut refusal.code);
            Err(refusal)
        }
    }
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.object()?;
    let place = find(call)?;
    schema::check("OAuth2PermissionGrant", schema::GRANT, &body)?;
    if !roles::may_grant(call.tenant(), &call.caller) {
        return Err(denied());
    }
    if let Some(other) = body
        .keys()
        .find(|name| !["scope", "startTime", "expiryTime"].contains(&name.as_str()))
    {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            format!("Property '{other}' is read-only and cannot be set."),
        ));
    }
    let now = call.now;
    let record = &mut call.tenant_mut().directory.grants[place];
    if record.properties["scope"].is_null() {
        return Err(invalid("scope", "OAuth2PermissionGrant"));
    }
    let mut state = record.properties.clone();
    // The new scope replaces the old one and is not added to it.
    if let Some(scope) = body.get("scope") {
        state.insert("scope".to_owned(), scope.clone());
    }
    record.replace(now, state);
    Ok(Answer::done())
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call)?;
    if !roles::may_grant(call.tenant(), &call.caller) {
        return Err(denied());
    }
    call.tenant_mut().directory.grants.remove(place);
    Ok(Answer::done())
}
