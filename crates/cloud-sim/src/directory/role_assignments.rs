//! App role assignments: granted application permissions.
//!
//! Sources: `serviceprincipal-post-approleassignedto` and `serviceprincipal-post-approleassignments`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::answer::fine_stamp;
use crate::directory::applications::Reader;
use crate::directory::call::Call;
use crate::directory::call::denied;
use crate::directory::call::invalid;
use crate::directory::call::missing;
use crate::directory::catalogue;
use crate::directory::list::Kind;
use crate::directory::roles;
use crate::directory::schema;
use crate::directory::service_principals;
use crate::directory::store::Directory;
use crate::directory::store::Record;
use crate::directory::store::passed;

/// The end of the assignment that the path names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Principal,
    Resource,
}

impl End {
    fn property(self) -> &'static str {
        match self {
            Self::Principal => "principalId",
            Self::Resource => "resourceId",
        }
    }

    fn collection(self) -> &'static str {
        match self {
            Self::Principal => "appRoleAssignments",
            Self::Resource => "appRoleAssignedTo",
        }
    }
}

pub(super) fn held(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    list(call, End::Principal)
}

pub(super) fn given(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    list(call, End::Resource)
}

fn list(call: &Call<'_>, end: End) -> Result<Answer, Refusal> {
    let id = named(call)?;
    let directory = &call.tenant().directory;
    let lag = directory.replication.lists;
    let objects = directory
        .assignments
        .iter()
        .filter(|assignment| stands(directory, assignment))
        .filter(|assignment| assignment.text(end.property()) == id)
        .filter_map(|assignment| assignment.listed(call.now, lag).cloned())
        .collect();
    let kind = Kind {
        set: format!("servicePrincipals('{id}')/{}", end.collection()),
        type_name: "appRoleAssignment",
        properties: schema::compared(schema::ASSIGNMENT),
        filterable: &[
            "appRoleId",
            "principalId",
            "principalDisplayName",
            "resourceId",
        ],
        advanced: &[],
        is_cast: false,
    };
    call.page(&kind, objects)
}

/// The ID of the service principal in the path.
fn named(call: &Call<'_>) -> Result<String, Refusal> {
    let place = service_principals::find(call, Reader::Copy)?;
    Ok(call.tenant().directory.service_principals[place]
        .id()
        .to_owned())
}

pub(crate) fn stands(directory: &Directory, assignment: &Record) -> bool {
    ["principalId", "resourceId"]
        .into_iter()
        .all(|end| directory.service_principal(assignment.text(end)).is_some())
}

pub(super) fn create_for_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    create(call, End::Principal)
}

pub(super) fn create_on_resource(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    create(call, End::Resource)
}

fn create(call: &mut Call<'_>, end: End) -> Result<Answer, Refusal> {
    let id = named(call)?;
    let body = call.object()?;
    schema::check("AppRoleAssignment", schema::ASSIGNMENT, &body)?;
    let text = |name: &str| {
        let text = body.get(name).and_then(Value::as_str).unwrap_or_default();
        text.to_ascii_lowercase()
    };
    for name in ["principalId", "resourceId", "appRoleId"] {
        if text(name).is_empty() {
            return Err(invalid(name, "AppRoleAssignment"));
        }
    }
    if text(end.property()) != id {
        return Err(invalid(end.property(), "AppRoleAssignment"));
    }
    let (principal, resource, role) = (text("principalId"), text("resourceId"), text("appRoleId"));

    let tenant = call.tenant();
    let directory = &tenant.directory;
    let lag = directory.replication.references;
    let known = |id: &str| {
        directory
            .service_principal(id)
            .filter(|record| passed(record.created, lag, call.now))
    };
    let Some(resource_record) = known(&resource) else {
        return Err(missing(&resource));
    };
    let is_graph = resource_record.text("appId") == catalogue::GRAPH;
    if !roles::may_assign(tenant, &call.caller, is_graph) {
        return Err(denied());
    }
    let Some(principal_record) = known(&principal) else {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "Not a valid reference update.",
        ));
    };
    let shown = service_principals::render(directory, &resource_record.properties);
    let is_offered = shown["appRoles"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|one| {
            one["id"]
                .as_str()
                .is_some_and(|id| id.eq_ignore_ascii_case(&role))
                && one["isEnabled"] == Value::Bool(true)
                && one["allowedMemberTypes"]
                    .as_array()
                    .is_some_and(|kinds| kinds.contains(&json!("Application")))
        });
    if !is_offered {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            format!("Permission being assigned was not found on application '{resource}'."),
        ));
    }
    let is_twice = directory.assignments.iter().any(|one| {
        one.text("principalId") == principal
            && one.text("resourceId") == resource
            && one.text("appRoleId") == role
    });
    if is_twice {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "Permission being assigned already exists on the object",
        )
        .detail("InvalidUpdate", "appRoleAssignments"));
    }
    let names = (
        render_name(directory, principal_record),
        render_name(directory, resource_record),
    );
    let unique = call.sim.rng.guid();
    let record = record(call.now, unique, &principal, &resource, &role, names);
    let properties = record.properties.clone();
    call.tenant_mut().directory.assignments.push(record);
    let mut answer = call.entity(
        &format!("servicePrincipals('{id}')/{}", end.collection()),
        properties,
    )?;
    answer.status = 201;
    Ok(answer)
}

fn render_name(directory: &Directory, record: &Record) -> Value {
    service_principals::render(directory, &record.properties)["displayName"].clone()
}

/// An assignment as stored.
pub(crate) fn record(
    now: Timestamp,
    unique: Uuid,
    principal: &str,
    resource: &str,
    role: &str,
    (principal_name, resource_name): (Value, Value),
) -> Record {
    let mut key = Uuid::try_parse(principal)
        .unwrap_or_default()
        .to_bytes_le()
        .to_vec();
    key.extend(unique.to_bytes_le());
    let properties: Object = json!({
        "id": URL_SAFE_NO_PAD.encode(key),
        "deletedDateTime": null,
        "appRoleId": role,
        "createdDateTime": fine_stamp(now),
        "principalDisplayName": principal_name,
        "principalId": principal,
        "principalType": "ServicePrincipal",
        "resourceDisplayName": resource_name,
        "resourceId": resource,
    })
    .as_object()
    .cloned()
    .unwrap_or_default();
    Record::new(now, properties)
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = named(call)?;
    let key = call.id(1).to_owned();
    let tenant = call.tenant();
    let directory = &tenant.directory;
    let place = directory
        .assignments
        .iter()
        .position(|one| {
            one.id() == key && (one.text("principalId") == id || one.text("resourceId") == id)
        })
        .ok_or_else(|| missing(&key))?;
    let resource = directory.assignments[place].text("resourceId");
    let is_graph = directory
        .service_principal(resource)
        .is_some_and(|record| record.text("appId") == catalogue::GRAPH);
    if !roles::may_assign(tenant, &call.caller, is_graph) {
        return Err(denied());
    }
    call.tenant_mut().directory.assignments.remove(place);
    Ok(Answer::done())
}
