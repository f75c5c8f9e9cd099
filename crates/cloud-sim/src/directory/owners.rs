//! Owners of applications and service principals, and lookup of directory objects by ID alone.

use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::applications;
use crate::directory::call::Call;
use crate::directory::call::check_object_id;
use crate::directory::call::missing;
use crate::directory::credentials;
use crate::directory::groups;
use crate::directory::holders::Holder;
use crate::directory::list;
use crate::directory::list::Kind;
use crate::directory::list::texts;
use crate::directory::roles;
use crate::directory::service_principals;
use crate::directory::store::Record;
use crate::directory::tenant::Tenant;
use crate::directory::tenant::User;

pub(super) fn of_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    owners_of(call, Holder::application(call)?, None)
}

pub(super) fn of_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    owners_of(call, Holder::principal(call)?, None)
}

pub(super) fn users_of_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    owners_of(call, Holder::application(call)?, Some("user"))
}

pub(super) fn principals_of_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    owners_of(call, Holder::application(call)?, Some("servicePrincipal"))
}

pub(super) fn users_of_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    owners_of(call, Holder::principal(call)?, Some("user"))
}

fn owners_of(call: &Call<'_>, holder: Holder, cast: Option<&str>) -> Result<Answer, Refusal> {
    let tenant = call.tenant();
    let owners = render(tenant, holder.record(tenant));
    let objects = owners.into_iter().filter(|owner| is_of(owner, cast));
    call.page(&kind(), objects.collect())
}

pub(super) fn links_of_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::application(call)?;
    Ok(links(call, holder))
}

pub(super) fn links_of_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::principal(call)?;
    Ok(links(call, holder))
}

/// The URLs of the owners, without their properties.
fn links(call: &Call<'_>, holder: Holder) -> Answer {
    let host = call.cloud.graph_host();
    let owners = holder.record(call.tenant()).owners.iter();
    let links: Vec<Value> = owners
        .map(|id| json!({ "@odata.id": format!("https://{host}/v1.0/directoryObjects/{id}") }))
        .collect();
    let context = call.context("Collection($ref)");
    Answer::ok(json!({ "@odata.context": context, "value": links }))
}

/// Whether the object has the type that the path ends with.
fn is_of(object: &Object, cast: Option<&str>) -> bool {
    cast.is_none_or(|name| {
        let type_name = object.get("@odata.type").and_then(Value::as_str);
        type_name.and_then(|text| text.strip_prefix("#microsoft.graph.")) == Some(name)
    })
}

/// Adds the owners if `$expand` requests them.
pub(in crate::directory) fn expand(call: &Call<'_>, record: &Record, object: &mut Object) {
    let Some(expand) = call.query.expand.iter().find(|one| one.name == "owners") else {
        return;
    };
    let mut owners = render(call.tenant(), record);
    if let Some(names) = &expand.select {
        for owner in &mut owners {
            list::select(owner, names);
        }
    }
    object.insert("owners".to_owned(), json!(owners));
}

pub(in crate::directory) fn kind() -> Kind {
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

pub(super) fn add_to_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::application(call)?;
    add(call, holder)
}

pub(super) fn add_to_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::principal(call)?;
    add(call, holder)
}

fn add(call: &mut Call<'_>, holder: Holder) -> Result<Answer, Refusal> {
    holder.may_manage(call)?;
    let body = call.object()?;
    let id = referred(&body)?;
    if owner(call.tenant(), &id).is_none() {
        return Err(missing(&id));
    }
    let record = holder.record_mut(call.tenant_mut());
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
pub(in crate::directory) fn referred(body: &Object) -> Result<String, Refusal> {
    let id = body
        .get("@odata.id")
        .and_then(Value::as_str)
        .and_then(|link| link.rsplit('/').next())
        .unwrap_or_default()
        .to_owned();
    check_object_id(&id)?;
    Ok(id)
}

pub(super) fn remove_from_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::application(call)?;
    remove(call, holder)
}

pub(super) fn remove_from_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::principal(call)?;
    remove(call, holder)
}

fn remove(call: &mut Call<'_>, holder: Holder) -> Result<Answer, Refusal> {
    holder.may_manage(call)?;
    let id = call.id(1).to_owned();
    let record = holder.record_mut(call.tenant_mut());
    let held = record.owners.len();
    record.owners.retain(|owner| *owner != id);
    if record.owners.len() == held {
        return Err(missing(&id));
    }
    Ok(Answer::done())
}

pub(super) fn owned(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    owned_of(call, None)
}

pub(super) fn owned_applications(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    owned_of(call, Some("application"))
}

pub(super) fn owned_principals(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    owned_of(call, Some("servicePrincipal"))
}

fn owned_of(call: &Call<'_>, cast: Option<&str>) -> Result<Answer, Refusal> {
    let me = call.caller.oid.to_string();
    let directory = &call.tenant().directory;
    let objects = directory
        .applications
        .iter()
        .chain(&directory.service_principals)
        .filter(|record| !record.is_deleted() && record.owners.contains(&me))
        .filter_map(|record| find_object(call.tenant(), record.id()))
        .filter(|object| is_of(object, cast))
        .collect();
    match cast {
        Some("application") => call.page(&applications::kind(), objects),
        Some("servicePrincipal") => call.page(&service_principals::kind(), objects),
        _ => call.page(&kind(), objects),
    }
}

pub(super) fn object(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = call.id(0);
    check_object_id(id)?;
    let object = find_object(call.tenant(), id).ok_or_else(|| missing(id))?;
    call.entity("directoryObjects", object)
}

/// The objects among the requested IDs that exist.
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

/// An object that is not deleted, with its type.
pub(in crate::directory) fn find_object(tenant: &Tenant, id: &str) -> Option<Object> {
    let directory = &tenant.directory;
    let live = |records: &[Record]| {
        let is_named =
            |record: &Record| !record.is_deleted() && record.id().eq_ignore_ascii_case(id);
        let found = records.iter().find(|record| is_named(record));
        found.map(|record| record.properties.clone())
    };
    let typed = |mut object: Object, type_name: &str| {
        credentials::hide_keys(&mut object);
        let type_name = format!("#microsoft.graph.{type_name}");
        object.insert("@odata.type".to_owned(), json!(type_name));
        object
    };
    live(&directory.applications)
        .map(|object| typed(object, "application"))
        .or_else(|| {
            let own = live(&directory.service_principals)?;
            let shown = service_principals::render(directory, &own);
            Some(typed(shown, "servicePrincipal"))
        })
        .or_else(|| {
            let user = tenant.users.iter().find(|user| user.id.to_string() == id)?;
            render_person(user).as_object().cloned()
        })
        .or_else(|| {
            let mut groups = tenant.groups.iter();
            let group = groups.find(|group| group.id.to_string() == id)?;
            Some(typed(groups::render(group), "group"))
        })
}

/// Only users and service principals can be owners.
fn owner(tenant: &Tenant, id: &str) -> Option<Object> {
    find_object(tenant, id)
        .filter(|object| is_of(object, Some("user")) || is_of(object, Some("servicePrincipal")))
}

/// The owners of a new application: those in the body, or else the user who creates it, if no role lets that user manage all applications.
pub(in crate::directory) fn of_new(call: &Call<'_>, body: &Object) -> Result<Vec<String>, Refusal> {
    let mut owners = Vec::new();
    for link in body
        .get("owners@odata.bind")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let id = link.as_str().and_then(|link| link.rsplit('/').next());
        let id = id.unwrap_or_default().trim_matches(['(', ')', '\'']);
        if owner(call.tenant(), id).is_none() {
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

fn render(tenant: &Tenant, record: &Record) -> Vec<Object> {
    let owners = record.owners.iter();
    owners.filter_map(|id| owner(tenant, id)).collect()
}

fn render_person(user: &User) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.user",
        "id": user.id.to_string(),
        "displayName": user.display_name,
        "userPrincipalName": user.user_principal_name,
    })
}
