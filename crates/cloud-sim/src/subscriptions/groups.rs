//! Management groups: list, read, create, change, delete, and their subscriptions.
//!
//! Source: `Microsoft.Management` (2023-04-01). Responses name the tenant's root group, but it is not an object here.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Refusal;
use crate::answer::fine_stamp;
use crate::directory::tenant::Tenant;
use crate::subscriptions::Call;
use crate::subscriptions::permissions;
use crate::subscriptions::permissions::Roles;
use crate::subscriptions::state::Assigned;
use crate::subscriptions::state::AzureRole;
use crate::subscriptions::state::ManagementGroup;
use crate::subscriptions::state::Subscription;
use domain::ids::SubscriptionId;

const TYPE: &str = "Microsoft.Management/managementGroups";
const PREFIX: &str = "/providers/Microsoft.Management/managementGroups";

fn path(name: &str) -> String {
    format!("{PREFIX}/{name}")
}

/// The caller's roles in a group, including those of the groups above.
fn roles_in(call: &Call<'_>, group: &ManagementGroup) -> Vec<AzureRole> {
    let tenant = call.tenant();
    let chain = tenant.azure.chain(&group.name);
    chain
        .into_iter()
        .flat_map(|one| permissions::held(&one.roles, tenant, &call.caller))
        .collect()
}

/// The index of the group that the first key identifies. A caller who lacks permission does not learn whether the group exists.
fn find(call: &Call<'_>, action: &str) -> Result<usize, Refusal> {
    let name = &call.keys[0];
    let groups = &call.tenant().azure.groups;
    let place = groups
        .iter()
        .position(|group| group.name.eq_ignore_ascii_case(name));
    let may = |place: &usize| {
        let roles = roles_in(call, &groups[*place]);
        roles
            .into_iter()
            .any(|role| permissions::role_allows(role, action))
    };
    place
        .filter(may)
        .ok_or_else(|| call.forbidden(action, &path(name)))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let tenant = call.tenant();
    let items: Vec<Value> = tenant
        .azure
        .groups
        .iter()
        .filter(|group| !roles_in(call, group).is_empty())
        .map(|group| {
            json!({
                "id": path(&group.name),
                "type": TYPE,
                "name": group.name,
                "properties": {
                    "tenantId": tenant.id.to_string(),
                    "displayName": group.display_name,
                },
            })
        })
        .collect();
    // Only this service spells the link with an `@`.
    Ok(Answer::ok(json!({ "value": items, "@nextLink": null })))
}

/// The group above, in the format of the group's details.
fn parent(tenant: &Tenant, group: &ManagementGroup) -> Value {
    let above = group.parent.as_deref();
    let above = above.and_then(|name| tenant.azure.chain(name).first().copied());
    let root = tenant.id.to_string();
    let (name, display_name) = above.map_or((root.as_str(), "Tenant Root Group"), |group| {
        (&group.name, &group.display_name)
    });
    json!({ "id": path(name), "name": name, "displayName": display_name })
}

fn children(tenant: &Tenant, group: &ManagementGroup, recurses: bool) -> Vec<Value> {
    let mut all = Vec::new();
    for child in &tenant.azure.groups {
        let is_below = child
            .parent
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case(&group.name));
        if is_below {
            let mut item = json!({
                "id": path(&child.name),
                "type": TYPE,
                "name": child.name,
                "displayName": child.display_name,
            });
            let below = children(tenant, child, recurses);
            if recurses && !below.is_empty() {
                item["children"] = json!(below);
            }
            all.push(item);
        }
    }
    for one in subscriptions_in(tenant, group) {
        all.push(json!({
            "id": format!("/subscriptions/{}", one.id),
            "type": "/subscriptions",
            "name": one.id.to_string(),
            "displayName": one.display_name,
        }));
    }
    all
}

fn is_in(subscription: &Subscription, group: &ManagementGroup) -> bool {
    let name = subscription.group.as_deref();
    name.is_some_and(|name| name.eq_ignore_ascii_case(&group.name))
}

fn subscriptions_in<'a>(
    tenant: &'a Tenant,
    group: &'a ManagementGroup,
) -> impl Iterator<Item = &'a Subscription> {
    let all = tenant.azure.subscriptions.iter();
    all.filter(|one| is_in(one, group))
}

fn render(call: &Call<'_>, place: usize) -> Value {
    let tenant = call.tenant();
    let group = &tenant.azure.groups[place];
    let mut properties = json!({
        "tenantId": tenant.id.to_string(),
        "displayName": group.display_name,
        "details": {
            "version": 1,
            "updatedTime": fine_stamp(tenant.created),
            "updatedBy": call.caller.oid.to_string(),
            "parent": parent(tenant, group),
        },
    });
    let expands = call.option("$expand");
    if expands.is_some_and(|what| what.eq_ignore_ascii_case("children")) {
        let recurses = call
            .option("$recurse")
            .is_some_and(|word| word.eq_ignore_ascii_case("true"));
        properties["children"] = json!(children(tenant, group, recurses));
    }
    json!({
        "id": path(&group.name),
        "type": TYPE,
        "name": group.name,
        "properties": properties,
    })
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call, "Microsoft.Management/managementGroups/read")?;
    Ok(Answer::ok(render(call, place)))
}

/// The display name and the name of the group above, from the body.
fn asked(body: &Value) -> (Option<String>, Option<String>) {
    let within = if body["properties"].is_object() {
        &body["properties"]
    } else {
        body
    };
    let name = within["displayName"].as_str().map(str::to_owned);
    let parent = within["details"]["parent"]["id"]
        .as_str()
        .or_else(|| within["parentId"].as_str())
        .or_else(|| within["parentGroupId"].as_str());
    let parent = parent.and_then(|id| id.rsplit('/').next());
    (name, parent.map(str::to_owned))
}

/// Error if the group above does not exist. The tenant's root group is valid, but it is not an object here.
fn check_parent(call: &Call<'_>, name: Option<String>) -> Result<Option<String>, Refusal> {
    let tenant = call.tenant();
    let name = name.filter(|name| !name.eq_ignore_ascii_case(&tenant.id.to_string()));
    match name {
        Some(name) if tenant.azure.chain(&name).is_empty() => {
            Err(call.forbidden("Microsoft.Management/managementGroups/write", &path(&name)))
        }
        other => Ok(other),
    }
}

/// Every user can create a group and then owns it.
pub(super) fn put(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let name = call.keys[0].clone();
    let is_fit = (1..=90).contains(&name.len())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-_().".contains(letter));
    if !is_fit {
        return Err(Refusal::new(
            400,
            "InvalidGroupId",
            format!("The management group ID '{name}' is not valid."),
        ));
    }
    let (display_name, above) = asked(&call.body.clone().unwrap_or_default());
    let above = check_parent(call, above)?;
    let groups = &call.tenant().azure.groups;
    if groups
        .iter()
        .any(|group| group.name.eq_ignore_ascii_case(&name))
    {
        return change(call, display_name, above);
    }
    let uuid = call.sim.rng.guid();
    let owner = Assigned::seeded(uuid, call.caller.oid, AzureRole::Owner);
    let groups = &mut call.sim.tenants[call.place].azure.groups;
    groups.push(ManagementGroup {
        display_name: display_name.unwrap_or_else(|| name.clone()),
        name,
        parent: above,
        roles: vec![owner],
        registered: BTreeSet::new(),
    });
    let place = groups.len() - 1;
    Ok(Answer::ok(render(call, place)))
}

pub(super) fn patch(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (display_name, above) = asked(&call.body.clone().unwrap_or_default());
    let above = check_parent(call, above)?;
    change(call, display_name, above)
}

fn change(
    call: &mut Call<'_>,
    display_name: Option<String>,
    above: Option<String>,
) -> Result<Answer, Refusal> {
    let place = find(call, "Microsoft.Management/managementGroups/write")?;
    let group = &mut call.sim.tenants[call.place].azure.groups[place];
    if let Some(display_name) = display_name {
        group.display_name = display_name;
    }
    if above.is_some() {
        group.parent = above;
    }
    Ok(Answer::ok(render(call, place)))
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let name = call.keys[0].clone();
    let groups = &call.tenant().azure.groups;
    if !groups
        .iter()
        .any(|group| group.name.eq_ignore_ascii_case(&name))
    {
        return Ok(Answer::done());
    }
    let place = find(call, "Microsoft.Management/managementGroups/delete")?;
    let tenant = call.tenant();
    if !children(tenant, &tenant.azure.groups[place], false).is_empty() {
        return Err(Refusal::new(
            400,
            "BadRequest",
            format!("The management group '{name}' has children. Move them before you delete it."),
        ));
    }
    call.sim.tenants[call.place].azure.groups.remove(place);
    Ok(Answer::done())
}

fn render_subscription(tenant: &Tenant, group: &ManagementGroup, one: &Subscription) -> Value {
    let scope = path(&group.name);
    json!({
        "name": one.id.to_string(),
        "id": format!("{scope}/subscriptions/{}", one.id),
        "type": "Microsoft.Management/managementGroups/subscriptions",
        "properties": {
            "displayName": one.display_name,
            "parent": { "id": scope },
            "state": "Active",
            "tenant": tenant.id.to_string(),
        },
    })
}

pub(super) fn subscriptions(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(
        call,
        "Microsoft.Management/managementGroups/subscriptions/read",
    )?;
    let tenant = call.tenant();
    let group = &tenant.azure.groups[place];
    let items: Vec<Value> = subscriptions_in(tenant, group)
        .map(|one| render_subscription(tenant, group, one))
        .collect();
    Ok(Answer::ok(json!({ "value": items, "nextLink": null })))
}

/// The index of the subscription that the second key identifies.
fn second(call: &Call<'_>) -> Result<usize, Refusal> {
    let id = &call.keys[1];
    let place = id.parse::<SubscriptionId>().ok();
    let place = place.and_then(|id| call.tenant().azure.subscriptions.place(id));
    place.ok_or_else(|| {
        Refusal::new(
            404,
            "SubscriptionNotFound",
            format!("The subscription '{id}' could not be found."),
        )
    })
}

pub(super) fn subscription(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(
        call,
        "Microsoft.Management/managementGroups/subscriptions/read",
    )?;
    let subscription = second(call)?;
    let tenant = call.tenant();
    let group = &tenant.azure.groups[place];
    let found = &tenant.azure.subscriptions[subscription];
    if !is_in(found, group) {
        return Err(Refusal::new(
            404,
            "NotFound",
            format!(
                "The subscription '{}' is not in '{}'.",
                found.id, group.name
            ),
        ));
    }
    Ok(Answer::ok(render_subscription(tenant, group, found)))
}

/// A subscription is in only one group at a time.
pub(super) fn add_subscription(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(
        call,
        "Microsoft.Management/managementGroups/subscriptions/write",
    )?;
    let subscription_place = second(call)?;
    let azure = &mut call.sim.tenants[call.place].azure;
    let name = azure.groups[place].name.clone();
    azure.subscriptions[subscription_place].group = Some(name);
    subscription(call)
}

pub(super) fn remove_subscription(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(
        call,
        "Microsoft.Management/managementGroups/subscriptions/delete",
    )?;
    let subscription = second(call)?;
    let azure = &mut call.sim.tenants[call.place].azure;
    if is_in(&azure.subscriptions[subscription], &azure.groups[place]) {
        azure.subscriptions[subscription].group = None;
    }
    Ok(Answer::done())
}

/// The names from the root to a group, including that group.
fn names(tenant: &Tenant, group: &ManagementGroup) -> (Vec<String>, Vec<String>) {
    let mut names = vec![tenant.id.to_string()];
    let mut display_names = vec!["Tenant Root Group".to_owned()];
    for above in tenant.azure.chain(&group.name).into_iter().rev() {
        names.push(above.name.clone());
        display_names.push(above.display_name.clone());
    }
    (names, display_names)
}

/// A summary of what the roles allow.
fn rough(roles: &[AzureRole]) -> &'static str {
    let allows = |action: &str| {
        let mut roles = roles.iter();
        roles.any(|role| permissions::role_allows(*role, action))
    };
    if allows("Microsoft.Management/managementGroups/delete") {
        "delete"
    } else if allows("Microsoft.Management/managementGroups/write") {
        "edit"
    } else if allows("Microsoft.Management/managementGroups/read") {
        "view"
    } else {
        "noaccess"
    }
}

/// Entities on one page. Microsoft documents no number.
const PAGE: usize = 500;

/// A group or a subscription, by its index.
#[derive(Clone, Copy)]
enum Entity {
    Group(usize),
    Subscription(usize),
}

/// Groups, each with its subscriptions, and then the subscriptions directly below the root, if the caller has a role there.
///
/// `$skip` and `$top` override `$skiptoken` ("Entities - List", 2023-04-01). Subscriptions of another home tenant are not in this tenant's
/// groups.
pub(super) fn entities(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let tenant = call.tenant();
    let azure = &tenant.azure;
    let roles = Roles::of(tenant, &call.caller);
    let mut inside: BTreeMap<Option<String>, Vec<Entity>> = BTreeMap::new();
    for place in roles.seen() {
        let subscription = &azure.subscriptions[place];
        if subscription.home.is_none() {
            let group = subscription.group.as_deref().map(str::to_ascii_lowercase);
            let held = inside.entry(group).or_default();
            held.push(Entity::Subscription(place));
        }
    }
    let mut all = Vec::new();
    for (place, group) in azure.groups.iter().enumerate() {
        if !roles.in_group(&group.name).is_empty() {
            all.push(Entity::Group(place));
        }
        let name = Some(group.name.to_ascii_lowercase());
        all.extend(inside.remove(&name).unwrap_or_default());
    }
    all.extend(inside.remove(&None).unwrap_or_default());
    let number = |name: &str| call.option(name).and_then(|text| text.parse().ok());
    let (skip, top): (Option<usize>, Option<usize>) = (number("$skip"), number("$top"));
    let start = skip.unwrap_or_else(|| call.start_of_page());
    let size = top.unwrap_or(PAGE);
    let page = all.iter().skip(start).take(size);
    let items: Vec<Value> = page
        .map(|entity| match entity {
            Entity::Group(place) => group_entity(tenant, &roles, &azure.groups[*place]),
            Entity::Subscription(place) => {
                subscription_entity(tenant, &roles, &azure.subscriptions[*place])
            }
        })
        .collect();
    let next = start + items.len();
    let next = Some(next).filter(|next| *next < all.len() && top.is_none());
    let body = json!({ "value": items, "count": all.len(), "nextLink": null });
    Ok(Answer::ok(call.linked(body, start, next)))
}

fn group_entity(tenant: &Tenant, roles: &Roles<'_>, group: &ManagementGroup) -> Value {
    let (mut chain, mut display_chain) = names(tenant, group);
    chain.pop();
    display_chain.pop();
    let children = children(tenant, group, false);
    let is_group = |child: &&Value| child["type"] == TYPE;
    let groups = children.iter().filter(is_group).count();
    let permission = rough(roles.in_group(&group.name));
    json!({
        "id": path(&group.name),
        "type": TYPE,
        "name": group.name,
        "properties": {
            "tenantId": tenant.id.to_string(),
            "displayName": group.display_name,
            "parent": { "id": parent(tenant, group)["id"] },
            "permissions": permission,
            "inheritedPermissions": permission,
            "parentDisplayNameChain": display_chain,
            "parentNameChain": chain,
            "numberOfDescendants": children.len(),
            "numberOfChildren": children.len(),
            "numberOfChildGroups": groups,
        },
    })
}

fn subscription_entity(tenant: &Tenant, roles: &Roles<'_>, one: &Subscription) -> Value {
    let group = tenant.azure.groups_above(one).first().copied();
    let root = tenant.id.to_string();
    let (chain, display_chain) = group.map_or_else(
        || (vec![root.clone()], vec!["Tenant Root Group".to_owned()]),
        |group| names(tenant, group),
    );
    let inherited = group.map_or(&[][..], |group| roles.in_group(&group.name));
    json!({
        "id": format!("/subscriptions/{}", one.id),
        "type": "/subscriptions",
        "name": one.id.to_string(),
        "properties": {
            "tenantId": root,
            "displayName": one.display_name,
            "parent": { "id": path(group.map_or(&root, |group| &group.name)) },
            "permissions": rough(&roles.in_subscription(one)),
            "inheritedPermissions": rough(inherited),
            "parentDisplayNameChain": display_chain,
            "parentNameChain": chain,
            "numberOfDescendants": 0,
            "numberOfChildren": 0,
            "numberOfChildGroups": 0,
        },
    })
}

pub(super) fn descendants(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = find(call, "Microsoft.Management/managementGroups/read")?;
    let tenant = call.tenant();
    let top = &tenant.azure.groups[place];
    let mut items = Vec::new();
    for group in &tenant.azure.groups {
        let chain = tenant.azure.chain(&group.name);
        if !chain.iter().any(|above| above.name == top.name) {
            continue;
        }
        if group.name != top.name {
            items.push(json!({
                "id": path(&group.name),
                "type": TYPE,
                "name": group.name,
                "properties": {
                    "displayName": group.display_name,
                    "parent": { "id": parent(tenant, group)["id"] },
                },
            }));
        }
        items.extend(subscriptions_in(tenant, group).map(|one| {
            json!({
                "id": format!("/subscriptions/{}", one.id),
                "type": "/subscriptions",
                "name": one.id.to_string(),
                "properties": {
                    "displayName": one.display_name,
                    "parent": { "id": path(&group.name) },
                },
            })
        }));
    }
    Ok(Answer::ok(json!({ "value": items, "nextLink": null })))
}

pub(super) fn check_name(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.body.clone().unwrap_or_default();
    let name = body["name"].as_str().unwrap_or_default();
    let mut groups = call.tenant().azure.groups.iter();
    let is_taken = groups.any(|group| group.name.eq_ignore_ascii_case(name));
    Ok(Answer::ok(if is_taken {
        json!({
            "nameAvailable": false,
            "reason": "AlreadyExists",
            "message": "The group with the specified name already exists",
        })
    } else {
        json!({ "nameAvailable": true })
    }))
}
