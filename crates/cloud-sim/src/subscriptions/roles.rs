//! Role definitions and role assignments of Azure.
//!
//! Sources: `Microsoft.Authorization` (2022-04-01) and "Assign Azure roles using the REST API". Scopes are subscriptions and management
//! groups. There are no resource groups here, and the only custom role is the one that can register providers.

use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::answer::Answer;
use crate::answer::Refusal;
use crate::answer::fine_stamp;
use crate::directory::tenant::Tenant;
use crate::subscriptions::Call;
use crate::subscriptions::permissions;
use crate::subscriptions::state::Assigned;
use crate::subscriptions::state::AzureRole;
use domain::ids::ObjectId;

const ALL: [AzureRole; 5] = [
    AzureRole::Owner,
    AzureRole::Contributor,
    AzureRole::Reader,
    AzureRole::UserAccessAdministrator,
    AzureRole::ProviderRegistrar,
];

impl AzureRole {
    /// The name of the role definition, which is the same in every tenant.
    pub(crate) fn id(self) -> Uuid {
        Uuid::from_u128(match self {
            Self::Owner => 0x8e3af657_a8ff_443c_a75c_2fe8c4bcb635,
            Self::Contributor => 0xb24988ac_6180_42a0_ab88_20f7382dd24c,
            Self::Reader => 0xacdd72a7_3385_48ef_bd42_f606fba81ae7,
            Self::UserAccessAdministrator => 0x18d7d88d_d35e_4fb5_a5c3_7773c20a72d9,
            Self::ProviderRegistrar => 0x5e97358c_d99c_4558_8000_0000000a0001,
        })
    }

    fn role_name(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Contributor => "Contributor",
            Self::Reader => "Reader",
            Self::UserAccessAdministrator => "User Access Administrator",
            Self::ProviderRegistrar => "Gateway provider registrar",
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Owner | Self::Contributor | Self::Reader | Self::UserAccessAdministrator => {
                "BuiltInRole"
            }
            Self::ProviderRegistrar => "CustomRole",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Owner => {
                "Grants full access to manage all resources, including the ability to assign roles in Azure RBAC."
            }
            Self::Contributor => {
                "Grants full access to manage all resources, but does not allow you to assign roles in Azure RBAC."
            }
            Self::Reader => "View all resources, but does not allow you to make any changes.",
            Self::UserAccessAdministrator => "Lets you manage user access to Azure resources.",
            Self::ProviderRegistrar => {
                "Registers the resource providers of a cloud management gateway."
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Tenant,
    /// Index of the subscription.
    Subscription(usize),
    /// Index of the management group.
    Group(usize),
}

impl Scope {
    /// The scope in the path. Error if the caller lacks permission for the action there.
    fn of(call: &Call<'_>, action: &str) -> Result<Self, Refusal> {
        let first = call.path.trim_start_matches('/').split('/').next();
        if first.is_some_and(|word| word.eq_ignore_ascii_case("subscriptions")) {
            return call.subscription(action).map(Self::Subscription);
        }
        if !call
            .path
            .to_ascii_lowercase()
            .contains("/managementgroups/")
        {
            return Ok(Self::Tenant);
        }
        let (name, tenant) = (&call.keys[0], call.tenant());
        let place = tenant.azure.groups.iter().position(|group| {
            let chain = tenant.azure.chain(&group.name);
            group.name.eq_ignore_ascii_case(name)
                && chain.iter().any(|above| {
                    permissions::held(&above.roles, tenant, &call.caller)
                        .into_iter()
                        .any(|role| permissions::role_allows(role, action))
                })
        });
        place.map(Self::Group).ok_or_else(|| {
            let scope = format!("/providers/Microsoft.Management/managementGroups/{name}");
            call.forbidden(action, &scope)
        })
    }

    fn path(self, tenant: &Tenant) -> String {
        match self {
            Self::Tenant => String::new(),
            Self::Subscription(place) => {
                format!("/subscriptions/{}", tenant.azure.subscriptions[place].id)
            }
            Self::Group(place) => format!(
                "/providers/Microsoft.Management/managementGroups/{}",
                tenant.azure.groups[place].name
            ),
        }
    }

    fn assigned(self, tenant: &Tenant) -> &[Assigned] {
        match self {
            Self::Tenant => &[],
            Self::Subscription(place) => &tenant.azure.subscriptions[place].roles,
            Self::Group(place) => &tenant.azure.groups[place].roles,
        }
    }

    /// This scope and the scopes above it.
    fn and_above(self, tenant: &Tenant) -> Vec<Self> {
        let azure = &tenant.azure;
        let above = match self {
            Self::Tenant => Vec::new(),
            Self::Subscription(place) => azure.groups_above(&azure.subscriptions[place]),
            Self::Group(place) => {
                let parent = azure.groups[place].parent.as_deref();
                parent.map_or_else(Vec::new, |name| azure.chain(name))
            }
        };
        let places = above.into_iter().filter_map(|group| {
            let mut groups = azure.groups.iter();
            groups.position(|one| one.name == group.name)
        });
        std::iter::once(self)
            .chain(places.map(Self::Group))
            .collect()
    }
}

/// The parts of a filter that are joined by `and`: for each, the function or property, and its text.
fn filter(call: &Call<'_>) -> Vec<(String, String)> {
    let text = call.option("$filter").unwrap_or_default();
    text.split(" and ")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, rest) = part.split_once([' ', '(']).unwrap_or((part, ""));
            let value = rest.split('\'').nth(1).unwrap_or_default();
            (name.to_ascii_lowercase(), value.to_owned())
        })
        .collect()
}

/// Error if the filter has a part that is not in `known`.
fn check_filter(parts: &[(String, String)], known: &[&str]) -> Result<(), Refusal> {
    match parts
        .iter()
        .find(|(name, _)| !known.contains(&name.as_str()))
    {
        None => Ok(()),
        Some((name, _)) => Err(Refusal::new(
            400,
            "BadRequestFormat",
            format!("The request was incorrectly formatted: the filter '{name}' is not supported."),
        )),
    }
}

fn render_definition(scope: &str, role: AzureRole) -> Value {
    json!({
        "id": format!("{scope}/providers/Microsoft.Authorization/roleDefinitions/{}", role.id()),
        "type": "Microsoft.Authorization/roleDefinitions",
        "name": role.id().to_string(),
        "properties": {
            "roleName": role.role_name(),
            "type": role.kind(),
            "description": role.description(),
            "assignableScopes": ["/"],
            "permissions": [{
                "actions": role.actions(),
                "notActions": role.not_actions(),
                "dataActions": [],
                "notDataActions": [],
            }],
            "createdOn": "2015-02-02T21:55:09.8806423Z",
            "updatedOn": "2026-02-13T16:09:51.4321017Z",
            "createdBy": null,
            "updatedBy": null,
        },
    })
}

/// Definitions of a subscription include its ID; those of a management group do not.
fn prefix(scope: Scope, tenant: &Tenant) -> String {
    match scope {
        Scope::Subscription(_) => scope.path(tenant),
        Scope::Tenant | Scope::Group(_) => String::new(),
    }
}

pub(super) fn definitions(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let scope = Scope::of(call, "Microsoft.Authorization/roleDefinitions/read")?;
    let parts = filter(call);
    check_filter(&parts, &["rolename", "type", "atscopeandbelow"])?;
    let fits = |role: &AzureRole| {
        parts.iter().all(|(name, value)| match name.as_str() {
            "rolename" => role.role_name().eq_ignore_ascii_case(value),
            "type" => role.kind().eq_ignore_ascii_case(value),
            _ => true,
        })
    };
    let prefix = prefix(scope, call.tenant());
    let found: Vec<Value> = ALL
        .into_iter()
        .filter(fits)
        .map(|role| render_definition(&prefix, role))
        .collect();
    Ok(Answer::ok(json!({ "value": found })))
}

pub(super) fn definition(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let scope = Scope::of(call, "Microsoft.Authorization/roleDefinitions/read")?;
    let id = call.keys.last().map(String::as_str).unwrap_or_default();
    let role = find_role(id).ok_or_else(|| no_role(id))?;
    let prefix = prefix(scope, call.tenant());
    Ok(Answer::ok(render_definition(&prefix, role)))
}

/// The role of a definition, by its name or full ID.
fn find_role(id: &str) -> Option<AzureRole> {
    let name = id.rsplit('/').next()?;
    ALL.into_iter()
        .find(|role| role.id().to_string().eq_ignore_ascii_case(name))
}

fn no_role(id: &str) -> Refusal {
    let name = id.rsplit('/').next().unwrap_or_default();
    Refusal::new(
        404,
        "RoleDefinitionDoesNotExist",
        format!("The specified role definition with ID '{name}' does not exist."),
    )
}

/// The type of a directory object in role assignments.
fn principal_type(tenant: &Tenant, id: ObjectId) -> &'static str {
    if tenant.user(id).is_some() {
        return "User";
    }
    if tenant.groups.iter().any(|group| group.id == id) {
        return "Group";
    }
    let is_principal = tenant
        .directory
        .service_principal(&id.to_string())
        .is_some();
    if is_principal {
        "ServicePrincipal"
    } else {
        "Unknown"
    }
}

fn render_assignment(call: &Call<'_>, scope: Scope, assigned: &Assigned) -> Value {
    let tenant = call.tenant();
    let path = scope.path(tenant);
    let definition = render_definition(&prefix(scope, tenant), assigned.role);
    let moment = fine_stamp(tenant.created);
    json!({
        "id": format!("{path}/providers/Microsoft.Authorization/roleAssignments/{}", assigned.name),
        "type": "Microsoft.Authorization/roleAssignments",
        "name": assigned.name.to_string(),
        "properties": {
            "roleDefinitionId": definition["id"],
            "principalId": assigned.principal.to_string(),
            "principalType": principal_type(tenant, assigned.principal),
            "scope": path,
            "condition": null,
            "conditionVersion": null,
            "createdOn": moment,
            "updatedOn": moment,
            "createdBy": null,
            "updatedBy": null,
            "delegatedManagedIdentityResourceId": null,
            "description": null,
        },
    })
}

pub(super) fn assignments(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let scope = Scope::of(call, "Microsoft.Authorization/roleAssignments/read")?;
    let parts = filter(call);
    check_filter(&parts, &["atscope", "principalid", "assignedto"])?;
    let tenant = call.tenant();
    let fits = |assigned: &Assigned| {
        parts.iter().all(|(name, value)| match name.as_str() {
            "principalid" => assigned.principal.to_string().eq_ignore_ascii_case(value),
            "assignedto" => {
                let who = value.parse::<ObjectId>();
                who.is_ok_and(|who| permissions::reaches(assigned, tenant, who))
            }
            _ => true,
        })
    };
    let mut found = Vec::new();
    for scope in scope.and_above(tenant) {
        let here = scope.assigned(tenant).iter().filter(|one| fits(one));
        found.extend(here.map(|one| render_assignment(call, scope, one)));
    }
    Ok(Answer::ok(json!({ "value": found })))
}

fn named(call: &Call<'_>, scope: Scope) -> Option<Assigned> {
    let name = call.keys.last()?.parse::<Uuid>().ok()?;
    let mut here = scope.assigned(call.tenant()).iter();
    here.find(|one| one.name == name).copied()
}

pub(super) fn assignment(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let scope = Scope::of(call, "Microsoft.Authorization/roleAssignments/read")?;
    let name = call.keys.last().cloned().unwrap_or_default();
    let assigned = named(call, scope).ok_or_else(|| {
        Refusal::new(
            404,
            "RoleAssignmentNotFound",
            format!("The role assignment '{name}' is not found."),
        )
    })?;
    Ok(Answer::ok(render_assignment(call, scope, &assigned)))
}

pub(super) fn assign(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let scope = Scope::of(call, "Microsoft.Authorization/roleAssignments/write")?;
    let name = call.keys.last().cloned().unwrap_or_default();
    let Ok(name) = name.parse::<Uuid>() else {
        return Err(Refusal::new(
            400,
            "InvalidRoleAssignmentId",
            format!(
                "The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID."
            ),
        ));
    };
    let body = call.body.clone().unwrap_or_default();
    // Some clients send the properties without the `properties` object around them.
    let asked = if body["properties"].is_object() {
        &body["properties"]
    } else {
        &body
    };
    let definition = asked["roleDefinitionId"].as_str().unwrap_or_default();
    let role = find_role(definition).ok_or_else(|| no_role(definition))?;
    let principal = asked["principalId"].as_str().unwrap_or_default();
    let tenant = call.tenant();
    let id = principal.parse::<ObjectId>().ok();
    let Some(id) = id.filter(|id| principal_type(tenant, *id) != "Unknown") else {
        return Err(Refusal::new(
            400,
            "PrincipalNotFound",
            format!(
                "Principal {} does not exist in the directory {}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype",
                principal.replace('-', ""),
                tenant.id
            ),
        ));
    };
    let assigned = Assigned {
        name,
        principal: id,
        role,
    };
    let held = scope.assigned(tenant);
    if let Some(same) = held.iter().find(|one| one.name == name) {
        if *same == assigned {
            return Ok(Answer::ok(render_assignment(call, scope, same)));
        }
        return Err(Refusal::new(
            400,
            "RoleAssignmentUpdateNotPermitted",
            "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
        ));
    }
    if held
        .iter()
        .any(|one| one.principal == id && one.role == role)
    {
        return Err(Refusal::new(
            409,
            "RoleAssignmentExists",
            "The role assignment already exists.",
        ));
    }
    let azure = &mut call.sim.tenants[call.place].azure;
    match scope {
        Scope::Tenant => {
            return Err(call.forbidden("Microsoft.Authorization/roleAssignments/write", "/"));
        }
        Scope::Subscription(place) => azure.subscriptions[place].roles.push(assigned),
        Scope::Group(place) => azure.groups[place].roles.push(assigned),
    }
    let rendered = render_assignment(call, scope, &assigned);
    Ok(Answer::with_body(201, rendered))
}

pub(super) fn unassign(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let scope = Scope::of(call, "Microsoft.Authorization/roleAssignments/delete")?;
    let Some(assigned) = named(call, scope) else {
        return Ok(Answer::done());
    };
    let rendered = render_assignment(call, scope, &assigned);
    let azure = &mut call.sim.tenants[call.place].azure;
    let held = match scope {
        Scope::Tenant => return Ok(Answer::done()),
        Scope::Subscription(place) => &mut azure.subscriptions[place].roles,
        Scope::Group(place) => &mut azure.groups[place].roles,
    };
    held.retain(|one| one.name != assigned.name);
    Ok(Answer::ok(rendered))
}
