//! What a caller can do in a subscription: role assignments, evaluated as Azure does.
//!
//! Source: "Azure role definitions". An action is allowed if a definition lists it in `actions` and not in `notActions`. The `notActions`
//! of one definition remove nothing from another definition.

use std::collections::HashMap;
use std::collections::HashSet;

use serde_json::Value;
use serde_json::json;

use crate::Caller;
use crate::answer::Answer;
use crate::answer::Refusal;
use crate::directory::tenant::Tenant;
use crate::subscriptions::Call;
use crate::subscriptions::state::Assigned;
use crate::subscriptions::state::AzureRefusal;
use crate::subscriptions::state::AzureRole;
use crate::subscriptions::state::Subscription;
use domain::ids::ObjectId;

/// The name of the only deny assignment.
pub(in crate::subscriptions) const DENY_ASSIGNMENT: &str = "5e97358c-d99c-4558-8000-000000de0001";

impl AzureRole {
    pub(in crate::subscriptions) fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Owner | Self::Contributor => &["*"],
            Self::Reader => &["*/read"],
            Self::UserAccessAdministrator => {
                &["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"]
            }
            Self::ProviderRegistrar => &[
                "Microsoft.Compute/register/action",
                "Microsoft.KeyVault/register/action",
                "Microsoft.Network/register/action",
                "Microsoft.Storage/register/action",
                "Microsoft.Resources/subscriptions/read",
                "Microsoft.Resources/subscriptions/providers/read",
                "Microsoft.Authorization/*/read",
            ],
        }
    }

    pub(in crate::subscriptions) fn not_actions(self) -> &'static [&'static str] {
        match self {
            Self::Contributor => &[
                "Microsoft.Authorization/*/Delete",
                "Microsoft.Authorization/*/Write",
                "Microsoft.Authorization/elevateAccess/Action",
                "Microsoft.Blueprint/blueprintAssignments/write",
                "Microsoft.Blueprint/blueprintAssignments/delete",
                "Microsoft.Compute/galleries/share/action",
                "Microsoft.Purview/consents/write",
                "Microsoft.Purview/consents/delete",
            ],
            Self::Owner
            | Self::Reader
            | Self::UserAccessAdministrator
            | Self::ProviderRegistrar => &[],
        }
    }

    fn allows(self, action: &str) -> bool {
        let lists = |patterns: &[&str]| patterns.iter().any(|pattern| fits(pattern, action));
        lists(self.actions()) && !lists(self.not_actions())
    }
}

/// Whether the action matches the pattern. `*` stands for any text, including slashes. Case-insensitive.
fn fits(pattern: &str, action: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    let action = action.to_ascii_lowercase();
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = action.strip_prefix(first) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

/// The caller's roles among these assignments, direct or through a group.
pub(in crate::subscriptions) fn held(
    assignments: &[Assigned],
    tenant: &Tenant,
    caller: &Caller,
) -> Vec<AzureRole> {
    assignments
        .iter()
        .filter(|assigned| reaches(assigned, tenant, caller.oid))
        .map(|assigned| assigned.role)
        .collect()
}

/// Whether an assignment applies to `who`, directly or through a group.
pub(in crate::subscriptions) fn reaches(
    assigned: &Assigned,
    tenant: &Tenant,
    who: ObjectId,
) -> bool {
    let mut groups = tenant.groups.iter();
    assigned.principal == who
        || groups.any(|group| group.id == assigned.principal && group.members.contains(&who))
}

/// The caller's roles in a subscription, including those of its management groups.
pub(in crate::subscriptions) fn roles_in(
    subscription: &Subscription,
    tenant: &Tenant,
    caller: &Caller,
) -> Vec<AzureRole> {
    let mut roles = held(&subscription.roles, tenant, caller);
    for group in tenant.azure.groups_above(subscription) {
        roles.extend(held(&group.roles, tenant, caller));
    }
    roles
}

/// The roles of one caller everywhere, for lists: who and which groups the caller is among is looked up once.
pub(in crate::subscriptions) struct Roles<'a> {
    /// The caller and the caller's groups of people.
    principals: HashSet<ObjectId>,
    /// By the name of the management group in lower case, with those of the groups above.
    by_group: HashMap<String, Vec<AzureRole>>,
    tenant: &'a Tenant,
}

impl<'a> Roles<'a> {
    pub(in crate::subscriptions) fn of(tenant: &'a Tenant, caller: &Caller) -> Self {
        let groups = tenant.groups.iter();
        let groups = groups.filter(|group| group.members.contains(&caller.oid));
        let mut roles = Self {
            principals: groups.map(|group| group.id).chain([caller.oid]).collect(),
            by_group: HashMap::new(),
            tenant,
        };
        for group in &tenant.azure.groups {
            let chain = tenant.azure.chain(&group.name).into_iter();
            let held = chain.flat_map(|above| roles.held(&above.roles)).collect();
            roles.by_group.insert(group.name.to_ascii_lowercase(), held);
        }
        roles
    }

    fn held(&self, assignments: &[Assigned]) -> Vec<AzureRole> {
        let assignments = assignments.iter();
        let here = assignments.filter(|assigned| self.principals.contains(&assigned.principal));
        here.map(|assigned| assigned.role).collect()
    }

    pub(in crate::subscriptions) fn in_group(&self, name: &str) -> &[AzureRole] {
        let held = self.by_group.get(&name.to_ascii_lowercase());
        held.map_or(&[], Vec::as_slice)
    }

    /// Those that are inherited follow those that are not.
    pub(in crate::subscriptions) fn in_subscription(
        &self,
        subscription: &Subscription,
    ) -> Vec<AzureRole> {
        let mut held = self.held(&subscription.roles);
        if let Some(name) = &subscription.group {
            held.extend(self.in_group(name));
        }
        held
    }

    /// Whether a list contains the subscription. After a move to another tenant, the lists of this one do not.
    pub(in crate::subscriptions) fn sees(&self, subscription: &Subscription) -> bool {
        let is_moved = matches!(subscription.refusal, Some(AzureRefusal::OtherTenant(_)));
        !is_moved && !self.in_subscription(subscription).is_empty()
    }

    /// The indexes of the subscriptions that a list contains.
    pub(in crate::subscriptions) fn seen(&self) -> impl Iterator<Item = usize> {
        let all = self.tenant.azure.subscriptions.iter().enumerate();
        all.filter(|(_, one)| self.sees(one))
            .map(|(place, _)| place)
    }
}

pub(in crate::subscriptions) fn allow(
    subscription: &Subscription,
    tenant: &Tenant,
    caller: &Caller,
    action: &str,
) -> bool {
    roles_in(subscription, tenant, caller)
        .iter()
        .any(|role| role.allows(action))
}

pub(super) fn of_subscription(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = call.subscription("Microsoft.Authorization/permissions/read")?;
    let tenant = call.tenant();
    let subscription = &tenant.azure.subscriptions[place];
    let value: Vec<Value> = roles_in(subscription, tenant, &call.caller)
        .into_iter()
        .map(|role| {
            json!({
                "actions": role.actions(),
                "notActions": role.not_actions(),
                "dataActions": [],
                "notDataActions": [],
            })
        })
        .collect();
    Ok(Answer::ok(json!({ "value": value })))
}

/// Contains one deny assignment if a test set it, else none.
pub(super) fn deny_assignments(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = call.subscription("Microsoft.Authorization/denyAssignments/read")?;
    let subscription = &call.tenant().azure.subscriptions[place];
    let scope = format!("/subscriptions/{}", subscription.id);
    let items: Vec<Value> = subscription
        .refusal
        .filter(|refusal| *refusal == AzureRefusal::DenyAssignment)
        .map(|_| {
            json!({
                "id": format!("{scope}/providers/Microsoft.Authorization/denyAssignments/{DENY_ASSIGNMENT}"),
                "type": "Microsoft.Authorization/denyAssignments",
                "name": DENY_ASSIGNMENT,
                "properties": {
                    "denyAssignmentName": "Protected by the platform",
                    "description": null,
                    "permissions": [{ "actions": ["*"], "notActions": ["*/read"], "dataActions": [], "notDataActions": [] }],
                    "scope": scope,
                    "doNotApplyToChildScopes": false,
                    "principals": [{ "id": "00000000-0000-0000-0000-000000000000", "type": "SystemDefined" }],
                    "excludePrincipals": [],
                    "isSystemProtected": true,
                },
            })
        })
        .into_iter()
        .collect();
    Ok(Answer::ok(json!({ "value": items })))
}

/// The locks of the subscription itself. Resource groups, which could have others, do not exist here.
pub(super) fn locks(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = call.subscription("Microsoft.Authorization/locks/read")?;
    let subscription = &call.tenant().azure.subscriptions[place];
    let is_read_only = subscription.refusal == Some(AzureRefusal::ScopeLocked);
    let scope = format!("/subscriptions/{}", subscription.id);
    let items: Vec<Value> = [
        (is_read_only, "freeze", "ReadOnly", "Nothing changes here."),
        (
            subscription.is_undeletable,
            "keep",
            "CanNotDelete",
            "Nothing is deleted here.",
        ),
    ]
    .into_iter()
    .filter(|(exists, ..)| *exists)
    .map(|(_, name, level, notes)| {
        json!({
            "id": format!("{scope}/providers/Microsoft.Authorization/locks/{name}"),
            "type": "Microsoft.Authorization/locks",
            "name": name,
            "properties": { "level": level, "notes": notes },
        })
    })
    .collect();
    Ok(Answer::ok(json!({ "value": items })))
}

pub(in crate::subscriptions) fn role_allows(role: AzureRole, action: &str) -> bool {
    role.allows(action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_allows_its_actions_except_its_not_actions() {
        for (role, action, allowed) in [
            (
                AzureRole::Owner,
                "Microsoft.Authorization/roleAssignments/write",
                true,
            ),
            (
                AzureRole::Contributor,
                "Microsoft.Compute/register/action",
                true,
            ),
            (
                AzureRole::Contributor,
                "microsoft.authorization/roleAssignments/write",
                false,
            ),
            (
                AzureRole::Contributor,
                "Microsoft.Authorization/roleAssignments/read",
                true,
            ),
            (
                AzureRole::Reader,
                "Microsoft.Compute/register/action",
                false,
            ),
            (
                AzureRole::Reader,
                "Microsoft.Resources/subscriptions/providers/read",
                true,
            ),
            (AzureRole::Reader, "read", false),
            (
                AzureRole::ProviderRegistrar,
                "MICROSOFT.KEYVAULT/register/action",
                true,
            ),
            (
                AzureRole::ProviderRegistrar,
                "Microsoft.Web/register/action",
                false,
            ),
            (
                AzureRole::ProviderRegistrar,
                "Microsoft.Authorization/permissions/read",
                true,
            ),
        ] {
            assert_eq!(role.allows(action), allowed, "{role:?} {action}");
        }
    }
}
