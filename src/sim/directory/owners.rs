//! Who owns an application, and looking directory objects up by ID alone.

use serde_json::Value;
use serde_json::json;

use crate::sim::answer::Answer;
use crate::sim::answer::Object;
use crate::sim::answer::Refusal;
use crate::sim::directory::Call;
use crate::sim::directory::applications;
use crate::sim::directory::applications::Reader;
use crate::sim::directory::check_object_id;
use crate::sim::directory::list::Kind;
use crate::sim::directory::list::texts;
use crate::sim::directory::missing;
use crate::sim::directory::roles;
use crate::sim::directory::store::Record;
use crate::sim::directory::tenant::Tenant;
use crate::sim::directory::tenant::User;

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = applications::find(call, Reader::Copy)?;
    let tenant = call.tenant();
    let owners = render(tenant, &tenant.directory.applications[place]);
    let objects = owners
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|owner| owner.as_object().cloned())
        .collect();
    call.page(&kind(), objects)
}

pub(in crate::sim::directory) fn kind() -> Kind {
    Kind {
        set: "directoryObjects".to_owned(),
        type_name: "directoryObject",
        properties: texts(&[
            "id",
            "appId",
            "displayName",
            "userPrincipalName",
            "mail",
            "deletedDateTime",
        ]),
        filterable: &["id"],
        advanced: &[],
        is_cast: false,
    }
}

pub(super) fn add(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = applications::find(call, Reader::Copy)?;
    applications::may_manage(call, place)?;
    let body = call.object()?;
    let id = referred(&body)?;
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

/// The ID at the end of a reference (`@odata.id`).
pub(in crate::sim::directory) fn referred(body: &Object) -> Result<String, Refusal> {
    let id = body
        .get("@odata.id")
        .and_then(Value::as_str)
        .and_then(|link| link.rsplit('/').next())
        .unwrap_or_default()
        .to_owned();
    check_object_id(&id)?;
    Ok(id)
}

pub(super) fn remove(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = applications::find(call, Reader::Copy)?;
    applications::may_manage(call, place)?;
    let id = call.id(1).to_owned();
    let record = &mut call.tenant_mut().directory.applications[place];
    let held = record.owners.len();
    record.owners.retain(|owner| *owner != id);
    if record.owners.len() == held {
        return Err(missing(&id));
    }
    Ok(Answer::done())
}

/// The applications the signed-in person owns.
pub(super) fn owned(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let me = call.caller.oid.to_string();
    let objects = call
        .tenant()
        .directory
        .applications
        .iter()
        .filter(|record| !record.is_deleted() && record.owners.contains(&me))
        .filter_map(|record| find_object(call.tenant(), record.id()))
        .collect();
    call.page(&kind(), objects)
}

/// Any directory object, by its ID.
pub(super) fn object(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = call.id(0);
    check_object_id(id)?;
    let object = find_object(call.tenant(), id).ok_or_else(|| missing(id))?;
    call.entity("directoryObjects", object)
}

/// Those of these IDs that name something.
pub(super) fn objects(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.object()?;
    let objects = body
        .get("ids")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|id| find_object(call.tenant(), id.as_str()?))
        .collect();
    call.page(&kind(), objects)
}

/// A live object with its type.
pub(in crate::sim::directory) fn find_object(tenant: &Tenant, id: &str) -> Option<Object> {
    let directory = &tenant.directory;
    let live = |records: &[Record], type_name: &str| {
        let record = records
            .iter()
            .find(|record| !record.is_deleted() && record.id().eq_ignore_ascii_case(id))?;
        let mut object = record.properties.clone();
        object.insert(
            "@odata.type".to_owned(),
            json!(format!("#microsoft.graph.{type_name}")),
        );
        Some(object)
    };
    live(&directory.applications, "application")
        .or_else(|| live(&directory.service_principals, "servicePrincipal"))
        .or_else(|| {
            let user = tenant.users.iter().find(|user| user.id.to_string() == id)?;
            render_person(user).as_object().cloned()
        })
}

/// Who owns a new application: those bound in the body, or its maker if no role makes ownership needless.
pub(in crate::sim::directory) fn of_new(
    call: &Call<'_>,
    body: &Object,
) -> Result<Vec<String>, Refusal> {
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

pub(in crate::sim::directory) fn render(tenant: &Tenant, record: &Record) -> Value {
    let owners: Vec<Value> = record
        .owners
        .iter()
        .filter_map(|id| tenant.users.iter().find(|user| user.id.to_string() == *id))
        .map(render_person)
        .collect();
    json!(owners)
}

fn render_person(user: &User) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.user",
        "id": user.id.to_string(),
        "displayName": user.display_name,
        "userPrincipalName": user.user_principal_name,
    })
}
