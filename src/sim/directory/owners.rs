//! Who owns an application.

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
    let kind = Kind {
        set: "directoryObjects".to_owned(),
        type_name: "directoryObject",
        properties: texts(&[
            "id",
            "displayName",
            "userPrincipalName",
            "mail",
            "deletedDateTime",
        ]),
        filterable: &[],
        is_cast: false,
    };
    call.page(&kind, objects)
}

pub(super) fn add(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = applications::find(call, Reader::Copy)?;
    applications::may_manage(call, place)?;
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
