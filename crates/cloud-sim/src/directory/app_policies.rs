//! App management policies of single apps, and which restriction applies to which app and caller.
//!
//! Source: the pages of `appManagementPolicy` (2026-05-14, 2026-06-17). At most one policy is assigned to an application or service
//! principal. It takes precedence, and nothing is inherited from the tenant's default policy.

use crate::directory::tenant::AppPolicy;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::Caller;
use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::applications;
use crate::directory::applications::Reader;
use crate::directory::call::Call;
use crate::directory::call::denied;
use crate::directory::call::missing;
use crate::directory::list::Kind;
use crate::directory::list::bools;
use crate::directory::list::texts;
use crate::directory::owners;
use crate::directory::roles;
use crate::directory::service_principals;
use crate::directory::tenant::Tenant;

impl AppPolicy {
    fn id(&self) -> &str {
        let id = self.properties.get("id");
        id.and_then(Value::as_str).unwrap_or_default()
    }
}

/// A policy with the service's default values.
pub(crate) fn blank(id: &str) -> Object {
    json!({
        "id": id,
        "deletedDateTime": null,
        "description": "",
        "displayName": "",
        "isEnabled": false,
        "restrictions": {
            "passwordCredentials": [],
            "keyCredentials": [],
            "applicationRestrictions": null,
        },
    })
    .as_object()
    .cloned()
    .unwrap_or_default()
}

fn assigned<'a>(tenant: &'a Tenant, object_id: &str) -> Option<&'a AppPolicy> {
    let mut policies = tenant.app_policies.iter();
    policies.find(|policy| policy.applies_to.iter().any(|id| id == object_id))
}

/// The password restrictions that apply to an application. An empty ID stands for an application that is being created.
pub(in crate::directory) fn of_passwords<'a>(
    tenant: &'a Tenant,
    object_id: &str,
    defaults: &str,
) -> &'a [Value] {
    let restrictions = match assigned(tenant, object_id) {
        Some(policy) => in_force(&policy.properties, "restrictions"),
        None => tenant
            .app_management
            .as_object()
            .and_then(|policy| in_force(policy, defaults)),
    };
    let list = restrictions.and_then(|all| all["passwordCredentials"].as_array());
    list.map_or(&[], Vec::as_slice)
}

/// The identifier URI restrictions that apply to an application.
pub(in crate::directory) fn of_uris<'a>(tenant: &'a Tenant, object_id: &str) -> Option<&'a Value> {
    let restrictions = match assigned(tenant, object_id) {
        Some(policy) => {
            let own = in_force(&policy.properties, "restrictions")?;
            &own["applicationRestrictions"]
        }
        None => in_force(
            tenant.app_management.as_object()?,
            "applicationRestrictions",
        )?,
    };
    Some(&restrictions["identifierUris"])
}

fn in_force<'a>(policy: &'a Object, part: &str) -> Option<&'a Value> {
    let is_enabled = policy.get("isEnabled") == Some(&Value::Bool(true));
    policy.get(part).filter(|_| is_enabled)
}

/// Whether a restriction applies to an app with this creation date and to this caller: the app was created on or after the restriction's
/// date (no date: every app), and the caller has none of the custom security attributes in `excludeActors`.
pub(in crate::directory) fn covers(
    tenant: &Tenant,
    restriction: &Value,
    created: Timestamp,
    actor: &Caller,
) -> bool {
    let is_since = restriction["restrictForAppsCreatedAfterDateTime"]
        .as_str()
        .and_then(|since| since.parse::<Timestamp>().ok())
        .is_none_or(|since| created >= since);
    let attributes = tenant
        .user(actor.oid)
        .map(|user| user.security_attributes.as_slice())
        .unwrap_or_default();
    let is_exempt = restriction["excludeActors"]["customSecurityAttributes"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|exempt| {
            attributes
                .iter()
                .any(|(id, value)| exempt["id"] == id.as_str() && exempt["value"] == value.as_str())
        });
    is_since && !is_exempt
}

fn kind() -> Kind {
    Kind {
        set: "policies/appManagementPolicies".to_owned(),
        type_name: "appManagementPolicy",
        properties: [
            texts(&["id", "deletedDateTime", "description", "displayName"]),
            bools(&["isEnabled"]),
            texts(&["restrictions"]),
        ]
        .concat(),
        filterable: &["id", "displayName"],
        advanced: &[],
        is_cast: false,
    }
}

fn may_read(call: &Call<'_>) -> Result<(), Refusal> {
    if roles::may_read_app_policy(call.tenant(), &call.caller) {
        Ok(())
    } else {
        Err(denied())
    }
}

fn may_write(call: &Call<'_>) -> Result<(), Refusal> {
    if roles::may_write_app_policy(call.tenant(), &call.caller) {
        Ok(())
    } else {
        Err(denied())
    }
}

fn find(call: &Call<'_>, nth: usize) -> Result<usize, Refusal> {
    place_of(call, call.id(nth))
}

fn place_of(call: &Call<'_>, id: &str) -> Result<usize, Refusal> {
    let mut policies = call.tenant().app_policies.iter();
    policies
        .position(|policy| policy.id().eq_ignore_ascii_case(id))
        .ok_or_else(|| missing(id))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_read(call)?;
    let policies = call.tenant().app_policies.iter();
    let objects = policies.map(|policy| policy.properties.clone()).collect();
    call.page(&kind(), objects)
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_read(call)?;
    let place = find(call, 0)?;
    let object = call.tenant().app_policies[place].properties.clone();
    call.one(&kind(), object)
}

const WRITABLE: [&str; 4] = ["displayName", "description", "isEnabled", "restrictions"];

fn lay_over(policy: &mut Object, body: Object) -> Result<(), Refusal> {
    for (name, value) in body {
        if name.contains('@') {
            continue;
        }
        if !WRITABLE.contains(&name.as_str()) {
            return Err(Refusal::new(
                400,
                "Request_BadRequest",
                format!("Invalid property '{name}'."),
            ));
        }
        policy.insert(name, value);
    }
    Ok(())
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_write(call)?;
    let body = call.object()?;
    for needed in ["displayName", "description"] {
        if body
            .get(needed)
            .and_then(Value::as_str)
            .is_none_or(str::is_empty)
        {
            return Err(Refusal::new(
                400,
                "Request_BadRequest",
                format!(
                    "A value is required for property '{needed}' of resource 'AppManagementPolicy'."
                ),
            ));
        }
    }
    let mut properties = blank(&call.sim.rng.guid().to_string());
    lay_over(&mut properties, body)?;
    call.tenant_mut().app_policies.push(AppPolicy {
        properties: properties.clone(),
        applies_to: Vec::new(),
    });
    let mut answer = call.entity("policies/appManagementPolicies", properties)?;
    answer.status = 201;
    Ok(answer)
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_write(call)?;
    let place = find(call, 0)?;
    let body = call.object()?;
    let mut properties = call.tenant().app_policies[place].properties.clone();
    lay_over(&mut properties, body)?;
    call.tenant_mut().app_policies[place].properties = properties;
    Ok(Answer::done())
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_write(call)?;
    let place = find(call, 0)?;
    call.tenant_mut().app_policies.remove(place);
    Ok(Answer::done())
}

pub(super) fn applies_to(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_read(call)?;
    let place = find(call, 0)?;
    let tenant = call.tenant();
    let objects = tenant.app_policies[place]
        .applies_to
        .iter()
        .filter_map(|id| owners::find_object(tenant, id))
        .collect();
    call.page(&owners::kind(), objects)
}

fn of_object(call: &Call<'_>, object_id: &str) -> Result<Answer, Refusal> {
    let policy = assigned(call.tenant(), object_id);
    let objects = policy.map(|policy| policy.properties.clone());
    call.page(&kind(), objects.into_iter().collect())
}

fn application(call: &Call<'_>) -> Result<String, Refusal> {
    let place = applications::find(call, Reader::Copy)?;
    Ok(call.tenant().directory.applications[place].id().to_owned())
}

fn principal(call: &Call<'_>) -> Result<String, Refusal> {
    let place = service_principals::find(call, Reader::Copy)?;
    let record = &call.tenant().directory.service_principals[place];
    Ok(record.id().to_owned())
}

pub(super) fn of_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_read(call)?;
    let id = application(call)?;
    of_object(call, &id)
}

pub(super) fn of_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_read(call)?;
    let id = principal(call)?;
    of_object(call, &id)
}

pub(super) fn assign_to_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = application(call)?;
    assign(call, id)
}

pub(super) fn assign_to_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = principal(call)?;
    assign(call, id)
}

fn assign(call: &mut Call<'_>, object_id: String) -> Result<Answer, Refusal> {
    may_write(call)?;
    let body = call.object()?;
    let policy = owners::referred(&body)?;
    let place = place_of(call, &policy)?;
    if assigned(call.tenant(), &object_id).is_some() {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "Only one policy object can be assigned to an application or service principal.",
        ));
    }
    call.tenant_mut().app_policies[place]
        .applies_to
        .push(object_id);
    Ok(Answer::done())
}

pub(super) fn remove_from_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = application(call)?;
    take_from(call, &id)
}

pub(super) fn remove_from_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = principal(call)?;
    take_from(call, &id)
}

fn take_from(call: &mut Call<'_>, object_id: &str) -> Result<Answer, Refusal> {
    may_write(call)?;
    let place = find(call, 1)?;
    let held = &mut call.tenant_mut().app_policies[place].applies_to;
    let before = held.len();
    held.retain(|id| id != object_id);
    if held.len() == before {
        return Err(missing(object_id));
    }
    Ok(Answer::done())
}
