//! A user's memberships: groups and directory roles.
//!
//! Sources: `user-list-memberof` and `user-list-transitivememberof` (2025-08-05). If the caller has few permissions, some properties of a
//! member are null. Field reports describe roles without a name, and entries with only an ID.

use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::arrange::RoleSight;
use crate::directory::call::Call;
use crate::directory::groups;
use crate::directory::list::Kind;
use crate::directory::list::texts;
use crate::directory::people;
use crate::directory::roles;

/// Permissions for all properties of roles.
const ROLES_IN_FULL: [&str; 4] = [
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// Permissions for all properties of groups.
const GROUPS_IN_FULL: [&str; 4] = [
    "GroupMember.Read.All",
    "Group.Read.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Direct,
    Transitive,
}

pub(super) fn direct(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    all(call, Way::Direct)
}

pub(super) fn transitive(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    all(call, Way::Transitive)
}

pub(super) fn direct_roles(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let objects = roles_of(call, Way::Direct)?;
    call.page(&roles::kind(true), objects)
}

pub(super) fn transitive_roles(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let objects = roles_of(call, Way::Transitive)?;
    call.page(&roles::kind(true), objects)
}

pub(super) fn direct_groups(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    groups_alone(call)
}

pub(super) fn transitive_groups(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    groups_alone(call)
}

/// No group contains another group here, so both requests return the same groups.
fn groups_alone(call: &Call<'_>) -> Result<Answer, Refusal> {
    let objects = groups_of(call)?;
    call.page(&groups::kind(true), objects)
}

fn all(call: &Call<'_>, way: Way) -> Result<Answer, Refusal> {
    let mut objects = Vec::new();
    let (groups, roles) = (groups_of(call)?, roles_of(call, way)?);
    for (type_name, members) in [("group", groups), ("directoryRole", roles)] {
        for mut member in members {
            let type_name = format!("#microsoft.graph.{type_name}");
            member.insert("@odata.type".to_owned(), json!(type_name));
            objects.push(member);
        }
    }
    let kind = Kind {
        set: "directoryObjects".to_owned(),
        type_name: "directoryObject",
        properties: texts(&[
            "id",
            "deletedDateTime",
            "displayName",
            "description",
            "mailEnabled",
            "securityEnabled",
            "isAssignableToRole",
            "roleTemplateId",
        ]),
        filterable: &["id", "displayName"],
        advanced: &[],
        is_cast: false,
    };
    call.page(&kind, objects)
}

fn groups_of(call: &Call<'_>) -> Result<Vec<Object>, Refusal> {
    let user = people::named(call)?.id;
    let is_full = call.caller.has_one_of(&GROUPS_IN_FULL);
    let groups = call.tenant().groups.iter();
    let objects = groups
        .filter(|group| group.members.contains(&user))
        .map(|group| {
            let mut object = groups::render(group);
            if !is_full {
                blank(&mut object, &["id"]);
            }
            object
        });
    Ok(objects.collect())
}

fn roles_of(call: &Call<'_>, way: Way) -> Result<Vec<Object>, Refusal> {
    let user = people::named(call)?;
    let tenant = call.tenant();
    let held = match way {
        Way::Direct => user.roles.clone(),
        Way::Transitive => tenant.roles_of(user.id),
    };
    let mut objects: Vec<Object> = held
        .into_iter()
        .filter_map(|role| roles::render(tenant, role))
        .collect();
    if call.caller.has_one_of(&ROLES_IN_FULL) {
        return Ok(objects);
    }
    for (place, object) in objects.iter_mut().enumerate() {
        match call.sim.role_sight {
            RoleSight::Nameless => blank(object, &["id", "roleTemplateId"]),
            RoleSight::FirstOnly if place == 0 => blank(object, &["id", "roleTemplateId"]),
            RoleSight::FirstOnly | RoleSight::IdsOnly => object.retain(|name, _| name == "id"),
        }
    }
    Ok(objects)
}

/// Sets every property to null, except those in `kept`.
fn blank(object: &mut Object, kept: &[&str]) {
    for (name, value) in object.iter_mut() {
        if !kept.contains(&name.as_str()) {
            *value = Value::Null;
        }
    }
}
