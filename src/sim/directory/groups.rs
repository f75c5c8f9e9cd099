//! Security groups, as far as somebody looks who is in one. They are only read.

use serde_json::Value;
use serde_json::json;

use crate::sim::answer::Answer;
use crate::sim::answer::Object;
use crate::sim::answer::Refusal;
use crate::sim::directory::Call;
use crate::sim::directory::list::Kind;
use crate::sim::directory::list::bools;
use crate::sim::directory::list::texts;
use crate::sim::directory::missing;
use crate::sim::directory::owners;
use crate::sim::directory::people;
use crate::sim::directory::tenant::Group;

pub(in crate::sim::directory) fn kind(is_cast: bool) -> Kind {
    Kind {
        set: "groups".to_owned(),
        type_name: "group",
        properties: [
            texts(&["id", "deletedDateTime", "displayName", "description"]),
            bools(&["mailEnabled", "securityEnabled", "isAssignableToRole"]),
        ]
        .concat(),
        filterable: &["id", "displayName", "securityEnabled", "mailEnabled"],
        advanced: &[],
        is_cast,
    }
}

pub(in crate::sim::directory) fn render(group: &Group) -> Object {
    json!({
        "id": group.id.to_string(),
        "deletedDateTime": null,
        "displayName": group.display_name,
        "description": null,
        "mailEnabled": false,
        "securityEnabled": true,
        "isAssignableToRole": !group.roles.is_empty(),
    })
    .as_object()
    .cloned()
    .unwrap_or_default()
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let objects = call.tenant().groups.iter().map(render).collect();
    call.page(&kind(false), objects)
}

fn find<'a>(call: &'a Call<'_>) -> Result<&'a Group, Refusal> {
    let id = call.id(0);
    let mut groups = call.tenant().groups.iter();
    groups
        .find(|group| group.id.to_string() == id)
        .ok_or_else(|| missing(id))
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let object = render(find(call)?);
    call.one(&kind(false), object)
}

pub(super) fn members(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let members = find(call)?.members.iter();
    let objects = members.filter_map(|id| owners::find_object(call.tenant(), &id.to_string()));
    call.page(&owners::kind(), objects.collect())
}

/// The IDs of the groups a user is in.
pub(super) fn of_user(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let user = people::named(call)?.id;
    let groups = call.tenant().groups.iter();
    let ids: Vec<Value> = groups
        .filter(|group| group.members.contains(&user))
        .map(|group| json!(group.id.to_string()))
        .collect();
    let context = call.context("Collection(Edm.String)");
    Ok(Answer::ok(
        json!({ "@odata.context": context, "value": ids }),
    ))
}
