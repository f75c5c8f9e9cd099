//! Security groups, read-only and limited to what a member of a group can read.

use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::call::Call;
use crate::directory::call::missing;
use crate::directory::list::Kind;
use crate::directory::list::bools;
use crate::directory::list::texts;
use crate::directory::owners;
use crate::directory::people;
use crate::directory::tenant::Group;

pub(in crate::directory) fn kind(is_cast: bool) -> Kind {
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

pub(in crate::directory) fn render(group: &Group) -> Object {
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
