//! What a caller can do in a subscription: role assignments, evaluated as Azure does.
//!
//! Source: "Azure role definitions". An action is allowed if a definition lists it in `actions` and not in `notActions`. The `notActions`
//! of one definition remove nothing from another definition.

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
