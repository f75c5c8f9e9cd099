//! Microsoft's own applications: present in every tenant, or available to be added.
//!
//! IDs as published in the permissions reference of Microsoft Graph (2026-08-07) and as used by Azure's own clients. Only the permissions
//! that this product and the tested clients use are listed; the real services have hundreds.

use serde_json::Value;
use serde_json::json;

/// An application of Microsoft.
pub(crate) struct FirstParty {
    pub(crate) app_id: &'static str,
    pub(crate) display_name: &'static str,
    pub(crate) names: &'static [&'static str],
    scopes: &'static [Scope],
    roles: &'static [AppRole],
    /// Whether a tenant has its service principal from the start.
    pub(crate) is_everywhere: bool,
}

struct Scope {
    id: &'static str,
    value: &'static str,
    /// `User` or `Admin`: who can consent.
    kind: &'static str,
}

struct AppRole {
    id: &'static str,
    value: &'static str,
}

const fn user(id: &'static str, value: &'static str) -> Scope {
    Scope {
        id,
        value,
        kind: "User",
    }
}

const fn admin(id: &'static str, value: &'static str) -> Scope {
    Scope {
        id,
        value,
        kind: "Admin",
    }
}

const fn app_role(id: &'static str, value: &'static str) -> AppRole {
    AppRole { id, value }
}

pub(crate) const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

const ALL: [FirstParty; 4] = [
    FirstParty {
        app_id: GRAPH,
        display_name: "Microsoft Graph",
        names: &[
            "https://graph.microsoft.com",
            "https://graph.microsoft.com/",
        ],
        scopes: &[
            user("37f7f235-527c-4136-accd-4a02d197296e", "openid"),
            user("14dad69e-099b-42c9-810b-d002981feec1", "profile"),
            user("64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0", "email"),
            user("7427e0e9-2fba-42fe-b0c0-848c9e6a8182", "offline_access"),
            user("e1fe6dd8-ba31-4d61-89e7-88639da4683d", "User.Read"),
            user("b340eb25-3456-403f-be2f-af7a0d370277", "User.ReadBasic.All"),
            admin("a154be20-db9c-4678-8ab7-66f6cc099a59", "User.Read.All"),
            admin(
                "c79f8feb-a9db-4090-85f9-90d820caa0eb",
                "Application.Read.All",
            ),
            admin(
                "bdfbf15f-ee85-4955-8675-146e8e5296b5",
                "Application.ReadWrite.All",
            ),
            admin(
                "41ce6ca6-6826-4807-84f1-1c82854f7ee5",
                "DelegatedPermissionGrant.ReadWrite.All",
            ),
            admin(
                "a197cdc4-a8e8-4d49-9d35-4ca7c83887b4",
                "DelegatedPermissionGrant.Read.All",
            ),
            admin(
                "84bccea3-f856-4a8a-967b-dbe0a3d53a64",
                "AppRoleAssignment.ReadWrite.All",
            ),
            admin(
                "4908d5b9-3fb2-4b1e-9336-1888b7937185",
                "Organization.Read.All",
            ),
            admin("2f9ee017-59c1-4f1d-9472-bd5529a7b311", "Domain.Read.All"),
            admin("572fea84-0151-49b2-9301-11cb16974376", "Policy.Read.All"),
            admin(
                "741c54c3-0c1e-44a1-818b-3f97ab4e8c83",
                "RoleManagement.Read.Directory",
            ),
            admin("06da0dbc-49e2-44d2-8312-53f166ab848a", "Directory.Read.All"),
            admin(
                "c5366453-9fb0-48a5-a156-24f0c49a4b84",
                "Directory.ReadWrite.All",
            ),
            admin(
                "0e263e50-5827-48a4-b97c-d940288653c7",
                "Directory.AccessAsUser.All",
            ),
        ],
        roles: &[
            app_role("7ab1d382-f21e-4acd-a863-ba3e13f7da61", "Directory.Read.All"),
            app_role("df021288-bdef-4463-88db-98f22de89214", "User.Read.All"),
            app_role("5b567255-7703-4780-807c-7be8301ae99b", "Group.Read.All"),
            app_role(
                "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
                "Application.Read.All",
            ),
            app_role(
                "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
                "Application.ReadWrite.All",
            ),
        ],
        is_everywhere: true,
    },
    FirstParty {
        app_id: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
        display_name: "Azure Resource Manager",
        names: &[
            "https://management.azure.com/",
            "https://management.core.windows.net/",
        ],
        scopes: &[user(
            "41094075-9dad-400e-a0bd-54e686782033",
            "user_impersonation",
        )],
        roles: &[],
        is_everywhere: true,
    },
    FirstParty {
        app_id: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
        display_name: "Microsoft Azure CLI",
        names: &[],
        scopes: &[],
        roles: &[],
        is_everywhere: true,
    },
    FirstParty {
        app_id: "14d82eec-204b-4c2f-b7e8-296a70dab67e",
        display_name: "Microsoft Graph Command Line Tools",
        names: &[],
        scopes: &[],
        roles: &[],
        is_everywhere: false,
    },
];

pub(crate) fn find(app_id: &str) -> Option<FirstParty> {
    ALL.into_iter()
        .find(|party| party.app_id.eq_ignore_ascii_case(app_id))
}

/// The applications that every tenant has.
pub(crate) fn everywhere() -> impl Iterator<Item = FirstParty> {
    ALL.into_iter().filter(|party| party.is_everywhere)
}

impl FirstParty {
    pub(crate) fn scopes(&self) -> Value {
        self.scopes
            .iter()
            .map(|scope| {
                json!({
                    "id": scope.id,
                    "value": scope.value,
                    "type": scope.kind,
                    "isEnabled": true,
                    "adminConsentDisplayName": scope.value,
                    "adminConsentDescription": format!("Allows the app {} on behalf of the signed-in user.", scope.value),
                    "userConsentDisplayName": scope.value,
                    "userConsentDescription": format!("Allows the app {} on your behalf.", scope.value),
                })
            })
            .collect()
    }

    pub(crate) fn app_roles(&self) -> Value {
        self.roles
            .iter()
            .map(|role| {
                json!({
                    "id": role.id,
                    "value": role.value,
                    "allowedMemberTypes": ["Application"],
                    "isEnabled": true,
                    "origin": "Application",
                    "displayName": role.value,
                    "description": format!("Allows the app {} without a signed-in user.", role.value),
                })
            })
            .collect()
    }
}
