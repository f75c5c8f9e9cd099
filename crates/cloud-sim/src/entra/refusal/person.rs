//! Errors about the user: the account, the consent that the user can grant, the requirements of the organization.

use crate::entra::refusal::POLICY;
use crate::entra::refusal::Refusal;

impl Refusal {
    pub(in crate::entra) fn consent_needed(client: &str, name: &str) -> Self {
        Self {
            suberror: Some("consent_required"),
            ..Self::new(
                65001,
                "invalid_grant",
                format!(
                    "The user or administrator has not consented to use the application with ID '{client}' named '{name}'. Send an \
                     interactive authorization request for this user and resource."
                ),
            )
        }
    }

    pub(in crate::entra) fn admin_consent_needed(client: &str, name: &str) -> Self {
        Self::new(
            90094,
            "access_denied",
            format!(
                "'{name}' ({client}) needs permission to access resources in your organization that only an admin can grant. Ask an admin \
                 to grant permission to this app before you can use it."
            ),
        )
    }

    pub(in crate::entra) fn not_assigned(person: &str, application: &str, name: &str) -> Self {
        Self::new(
            50105,
            "access_denied",
            format!(
                "Your administrator has configured the application {name} ('{application}') to block users unless they are specifically \
                 granted ('assigned') access to the application. The signed-in user '{person}' is blocked because they are not a direct \
                 member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to \
                 assign access to this application."
            ),
        )
    }

    pub(in crate::entra) fn declined() -> Self {
        Self::new(
            65004,
            "access_denied",
            "User declined to consent to access the app.",
        )
    }

    pub(in crate::entra) fn no_session() -> Self {
        Self::new(
            50058,
            "login_required",
            "A silent sign-in request was sent but no user is signed in. The cookies used to represent the user's session were not sent in \
             the request to Microsoft Entra ID.",
        )
    }

    pub(in crate::entra) fn user_not_in_tenant(user: &str, tenant: &str, client: &str) -> Self {
        Self::new(
            50020,
            "invalid_grant",
            format!(
                "User account '{user}' from identity provider 'live.com' does not exist in tenant '{tenant}' and cannot access the \
                 application '{client}' in that tenant. The account needs to be added as an external user in the tenant first."
            ),
        )
    }

    pub(in crate::entra) fn user_unknown(user: &str, tenant: &str) -> Self {
        Self::new(
            50034,
            "invalid_grant",
            format!(
                "The user account {user} does not exist in the {tenant} directory. To sign into this application, the account must be \
                 added to the directory."
            ),
        )
    }

    pub(in crate::entra) fn user_disabled() -> Self {
        Self::new(50057, "invalid_grant", "The user account is disabled.")
    }

    pub(in crate::entra) fn password_wrong() -> Self {
        Self::new(
            50126,
            "invalid_grant",
            "Error validating credentials due to invalid username or password.",
        )
    }

    pub(in crate::entra) fn mfa_needed(claims: &str) -> Self {
        Self {
            suberror: Some("basic_action"),
            claims: Some(claims.to_owned()),
            ..Self::new(
                50076,
                "interaction_required",
                "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor \
                 authentication to access the resource.",
            )
        }
    }

    pub(in crate::entra) fn blocked_by_policy() -> Self {
        Self {
            suberror: Some("message_only"),
            claims: Some(POLICY.to_owned()),
            ..Self::new(
                53003,
                "access_denied",
                "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
            )
        }
    }
}
