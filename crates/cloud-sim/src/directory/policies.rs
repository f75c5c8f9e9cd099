//! The tenant's policies that affect applications. The policies of single apps are in `app_policies.rs`.

use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::call::Call;
use crate::directory::call::denied;
use crate::directory::list::Kind;
use crate::directory::list::texts;
use crate::directory::roles;
use crate::directory::schema;

pub(super) fn default_app_management(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_read(call)?;
    let policy = call.tenant().app_management.as_object().cloned();
    call.entity(
        "policies/defaultAppManagementPolicy",
        policy.unwrap_or_default(),
    )
}

/// Merges the body into the tenant's default policy.
pub(super) fn update_default_app_management(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    if !roles::may_write_app_policy(call.tenant(), &call.caller) {
        return Err(denied());
    }
    let body = call.object()?;
    if let Some(policy) = call.tenant_mut().app_management.as_object_mut() {
        schema::merge(policy, body, &Object::new());
    }
    Ok(Answer::done())
}

fn may_read(call: &Call<'_>) -> Result<(), Refusal> {
    if roles::may_read_app_policy(call.tenant(), &call.caller) {
        Ok(())
    } else {
        Err(denied())
    }
}

/// Source: `conditionalaccessroot-list-policies`.
pub(super) fn conditional_access(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let refused = |message: &str| Refusal::new(403, "AccessDenied", message);
    if !(call.caller).has_one_of(&["Policy.Read.All", "Policy.Read.ConditionalAccess"]) {
        return Err(refused(
            "You cannot perform the requested operation, required scopes are missing in the token.",
        ));
    }
    if !roles::may_read_conditional_access(call.tenant(), &call.caller) {
        return Err(refused(
            "Your account does not have access to this report or data.",
        ));
    }
    let policies = (call.tenant().conditional_access.iter())
        .filter_map(|policy| policy.as_object().cloned())
        .collect();
    let kind = Kind {
        set: "identity/conditionalAccess/policies".to_owned(),
        type_name: "conditionalAccessPolicy",
        properties: texts(&[
            "id",
            "templateId",
            "displayName",
            "createdDateTime",
            "modifiedDateTime",
            "state",
            "conditions",
            "grantControls",
            "sessionControls",
        ]),
        filterable: &["id", "displayName", "state"],
        advanced: &[],
        is_cast: false,
    };
    call.page(&kind, policies)
}

pub(super) fn authorization(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let policy = json!({
        "id": "authorizationPolicy",
        "allowInvitesFrom": "everyone",
        "allowedToSignUpEmailBasedSubscriptions": true,
        "allowedToUseSSPR": true,
        "allowEmailVerifiedUsersToJoinOrganization": false,
        "allowUserConsentForRiskyApps": null,
        "blockMsolPowerShell": false,
        "displayName": "Authorization Policy",
        "description": "Used to manage authorization related settings across the company.",
        "guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
        "defaultUserRolePermissions": {
            "allowedToCreateApps": call.tenant().users_may_register_apps,
            "allowedToCreateSecurityGroups": true,
            "allowedToCreateTenants": true,
            "allowedToReadBitlockerKeysForOwnedDevice": true,
            "allowedToReadOtherUsers": true,
            "permissionGrantPoliciesAssigned": ["ManagePermissionGrantsForSelf.microsoft-user-default-low"],
        },
    });
    let policy: Object = policy.as_object().cloned().unwrap_or_default();
    call.entity("policies/authorizationPolicy", policy)
}
