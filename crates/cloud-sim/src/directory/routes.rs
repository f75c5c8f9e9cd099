//! Every request that the simulated Microsoft Graph supports: method and path, required permissions, cost.
//!
//! Permissions from the tables of the reference pages (graph-devx-content, 2026-08-07), costs from "Microsoft Graph throttling limits".

use std::sync::LazyLock;

use http::Method;

use crate::answer::Answer;
use crate::answer::Refusal;
use crate::directory::app_policies;
use crate::directory::applications;
use crate::directory::batch;
use crate::directory::call::Call;
use crate::directory::deleted;
use crate::directory::federated;
use crate::directory::grants;
use crate::directory::groups;
use crate::directory::memberships;
use crate::directory::owners;
use crate::directory::passwords;
use crate::directory::people;
use crate::directory::policies;
use crate::directory::request::Segment;
use crate::directory::role_assignments;
use crate::directory::roles;
use crate::directory::service_principals;
use crate::directory::sign_in_reports;

pub(in crate::directory) type Handler = for<'a, 'b> fn(&'a mut Call<'b>) -> Result<Answer, Refusal>;

/// A method and a path. `{}` stands for an object ID or a key in parentheses.
pub(in crate::directory) struct Route {
    pub(in crate::directory) method: Method,
    pub(in crate::directory) path: &'static str,
    /// The caller needs one permission of each group.
    pub(in crate::directory) permissions: &'static [&'static [&'static str]],
    /// Cost in resource units ("Microsoft Graph throttling limits", identity and access).
    pub(in crate::directory) cost: u32,
    pub(in crate::directory) handler: Handler,
}

const SELF_READ: &[&[&str]] = &[&[
    "User.Read",
    "User.ReadWrite",
    "User.ReadBasic.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]];
const MEMBER_READ: &[&[&str]] = &[&[
    "User.Read",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Group.Read.All",
    "GroupMember.Read.All",
    "User.Read.All",
]];
const USER_READ: &[&[&str]] = &[&[
    "User.ReadBasic.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]];
const GROUP_READ: &[&[&str]] = &[&[
    "GroupMember.Read.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]];
const ORGANIZATION_READ: &[&[&str]] = &[&[
    "User.Read",
    "User.Read.All",
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]];
const DOMAIN_READ: &[&[&str]] = &[&[
    "Domain.Read.All",
    "Domain.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]];
const ROLE_READ: &[&[&str]] = &[&[
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
    "RoleManagement.Read.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]];
const APP_POLICY_READ: &[&[&str]] = &[&[
    "Policy.Read.All",
    "Policy.Read.ApplicationConfiguration",
    "Policy.ReadWrite.ApplicationConfiguration",
]];
const APP_POLICY_WRITE: &[&[&str]] = &[&["Policy.ReadWrite.ApplicationConfiguration"]];
const APP_POLICY_ASSIGN: &[&[&str]] = &[
    &["Policy.ReadWrite.ApplicationConfiguration"],
    &["Application.Read.All", "Application.ReadWrite.All"],
];
const APP_POLICY_APPLIED: &[&[&str]] = &[
    &[
        "Policy.Read.All",
        "Policy.Read.ApplicationConfiguration",
        "Policy.ReadWrite.ApplicationConfiguration",
    ],
    &["Application.Read.All", "Application.ReadWrite.All"],
];
const AUTHORIZATION_POLICY_READ: &[&[&str]] =
    &[&["Policy.Read.All", "Policy.ReadWrite.Authorization"]];
const APP_READ: &[&[&str]] = &[&[
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]];
const APP_CREATE: &[&[&str]] = &[&["AppRegistration.Create", "Application.ReadWrite.All"]];
const APP_WRITE: &[&[&str]] = &[&["Application.ReadWrite.All"]];
const PASSWORD_WRITE: &[&[&str]] = &[&["Application.ReadWrite.All", "Directory.ReadWrite.All"]];
const GRANT_READ: &[&[&str]] = &[&[
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
]];
const GRANT_WRITE: &[&[&str]] = &[&[
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.ReadWrite.All",
]];
const ASSIGNMENT_CREATE: &[&[&str]] = &[
    &["AppRoleAssignment.ReadWrite.All"],
    &[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
];
const ASSIGNMENT_DELETE: &[&[&str]] = &[&["AppRoleAssignment.ReadWrite.All"]];
const OBJECT_READ: &[&[&str]] = &[&["Directory.Read.All", "Directory.ReadWrite.All"]];
const NONE: &[&[&str]] = &[];

#[rustfmt::skip]
static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let mut routes = Vec::new();
    let mut add = |method: Method, path, permissions, cost, handler: Handler| {
        routes.push(Route { method, path, permissions, cost, handler });
    };
    add(Method::POST, "$batch", NONE, 1, batch::run);
    add(Method::GET, "me", SELF_READ, 1, people::me);
    add(Method::GET, "me/memberOf", MEMBER_READ, 2, memberships::direct);
    add(Method::GET, "me/transitiveMemberOf", MEMBER_READ, 2, memberships::transitive);
    add(Method::GET, "users/{}/memberOf", MEMBER_READ, 2, memberships::direct);
    add(Method::GET, "users/{}/transitiveMemberOf", MEMBER_READ, 2, memberships::transitive);
    add(Method::GET, "me/memberOf/microsoft.graph.directoryRole", MEMBER_READ, 2, memberships::direct_roles);
    add(Method::GET, "me/memberOf/microsoft.graph.group", MEMBER_READ, 2, memberships::direct_groups);
    add(Method::GET, "me/transitiveMemberOf/microsoft.graph.directoryRole", MEMBER_READ, 2, memberships::transitive_roles);
    add(Method::GET, "me/transitiveMemberOf/microsoft.graph.group", MEMBER_READ, 2, memberships::transitive_groups);
    add(Method::GET, "users/{}/memberOf/microsoft.graph.directoryRole", MEMBER_READ, 2, memberships::direct_roles);
    add(Method::GET, "users/{}/memberOf/microsoft.graph.group", MEMBER_READ, 2, memberships::direct_groups);
    add(Method::GET, "users/{}/transitiveMemberOf/microsoft.graph.directoryRole", MEMBER_READ, 2, memberships::transitive_roles);
    add(Method::GET, "users/{}/transitiveMemberOf/microsoft.graph.group", MEMBER_READ, 2, memberships::transitive_groups);
    add(Method::GET, "users", USER_READ, 1, people::users);
    add(Method::GET, "users/{}", USER_READ, 1, people::user);
    add(Method::POST, "users/{}/getMemberGroups", MEMBER_READ, 1, groups::of_user);
    add(Method::POST, "me/getMemberGroups", MEMBER_READ, 1, groups::of_user);
    add(Method::GET, "groups", GROUP_READ, 1, groups::list);
    add(Method::GET, "groups/{}", GROUP_READ, 1, groups::get);
    add(Method::GET, "groups/{}/members", GROUP_READ, 1, groups::members);
    add(Method::GET, "groups/{}/transitiveMembers", GROUP_READ, 1, groups::members);
    add(Method::GET, "organization", ORGANIZATION_READ, 1, people::organizations);
    add(Method::GET, "organization/{}", ORGANIZATION_READ, 1, people::organization);
    add(Method::GET, "domains", DOMAIN_READ, 1, people::domains);
    add(Method::GET, "domains/{}", DOMAIN_READ, 1, people::domain);
    add(Method::GET, "directoryRoles", ROLE_READ, 1, roles::directory_roles);
    add(Method::GET, "roleManagement/directory/roleAssignments", ROLE_READ, 1, roles::role_assignments);
    add(Method::GET, "roleManagement/directory/roleDefinitions", ROLE_READ, 1, roles::role_definitions);
    add(Method::GET, "policies/defaultAppManagementPolicy", APP_POLICY_READ, 1, policies::default_app_management);
    add(Method::PATCH, "policies/defaultAppManagementPolicy", APP_POLICY_WRITE, 1, policies::update_default_app_management);
    add(Method::GET, "policies/appManagementPolicies", APP_POLICY_READ, 1, app_policies::list);
    add(Method::POST, "policies/appManagementPolicies", APP_POLICY_WRITE, 1, app_policies::create);
    add(Method::GET, "policies/appManagementPolicies/{}", APP_POLICY_READ, 1, app_policies::get);
    add(Method::PATCH, "policies/appManagementPolicies/{}", APP_POLICY_WRITE, 1, app_policies::update);
    add(Method::DELETE, "policies/appManagementPolicies/{}", APP_POLICY_WRITE, 1, app_policies::delete);
    add(Method::GET, "policies/appManagementPolicies/{}/appliesTo", APP_POLICY_APPLIED, 1, app_policies::applies_to);
    add(Method::GET, "policies/authorizationPolicy", AUTHORIZATION_POLICY_READ, 1, policies::authorization);
    // The handler checks the permissions, because this service has its own error messages.
    add(Method::GET, "identity/conditionalAccess/policies", NONE, 1, policies::conditional_access);
    add(Method::GET, "applications", APP_READ, 2, applications::list);
    add(Method::POST, "applications", APP_CREATE, 1, applications::create);
    add(Method::GET, "applications/{}", APP_READ, 1, applications::get);
    add(Method::PATCH, "applications/{}", APP_WRITE, 1, applications::update);
    add(Method::DELETE, "applications/{}", APP_WRITE, 1, applications::delete);
    add(Method::POST, "applications/{}/addPassword", PASSWORD_WRITE, 1, passwords::add_to_application);
    add(Method::POST, "applications/{}/removePassword", PASSWORD_WRITE, 1, passwords::remove_from_application);
    add(Method::POST, "applications/{}/microsoft.graph.addPassword", PASSWORD_WRITE, 1, passwords::add_to_application);
    add(Method::POST, "applications/{}/microsoft.graph.removePassword", PASSWORD_WRITE, 1, passwords::remove_from_application);
    add(Method::GET, "applications/{}/federatedIdentityCredentials", APP_READ, 1, federated::list);
    add(Method::POST, "applications/{}/federatedIdentityCredentials", APP_WRITE, 1, federated::add);
    add(Method::GET, "applications/{}/owners", APP_READ, 1, owners::of_application);
    add(Method::GET, "applications/{}/owners/microsoft.graph.user", APP_READ, 1, owners::users_of_application);
    add(Method::GET, "applications/{}/owners/microsoft.graph.servicePrincipal", APP_READ, 1, owners::principals_of_application);
    add(Method::GET, "applications/{}/owners/$ref", APP_READ, 1, owners::links_of_application);
    add(Method::POST, "applications/{}/owners/$ref", APP_WRITE, 1, owners::add_to_application);
    add(Method::DELETE, "applications/{}/owners/{}/$ref", APP_WRITE, 1, owners::remove_from_application);
    add(Method::GET, "me/ownedObjects", SELF_READ, 1, owners::owned);
    add(Method::GET, "me/ownedObjects/microsoft.graph.application", SELF_READ, 1, owners::owned_applications);
    add(Method::GET, "me/ownedObjects/microsoft.graph.servicePrincipal", SELF_READ, 1, owners::owned_principals);
    add(Method::GET, "directoryObjects/{}", OBJECT_READ, 1, owners::object);
    add(Method::POST, "directoryObjects/getByIds", OBJECT_READ, 1, owners::objects);
    add(Method::GET, "applications/{}/appManagementPolicies", APP_POLICY_READ, 1, app_policies::of_application);
    add(Method::POST, "applications/{}/appManagementPolicies/$ref", APP_POLICY_ASSIGN, 1, app_policies::assign_to_application);
    add(Method::DELETE, "applications/{}/appManagementPolicies/{}/$ref", APP_POLICY_ASSIGN, 1, app_policies::remove_from_application);
    add(Method::GET, "servicePrincipals/{}/appManagementPolicies", APP_POLICY_READ, 1, app_policies::of_principal);
    add(Method::POST, "servicePrincipals/{}/appManagementPolicies/$ref", APP_POLICY_ASSIGN, 1, app_policies::assign_to_principal);
    add(Method::DELETE, "servicePrincipals/{}/appManagementPolicies/{}/$ref", APP_POLICY_ASSIGN, 1, app_policies::remove_from_principal);
    add(Method::GET, "servicePrincipals", APP_READ, 1, service_principals::list);
    add(Method::POST, "servicePrincipals", PASSWORD_WRITE, 1, service_principals::create);
    add(Method::GET, "servicePrincipals/{}", APP_READ, 1, service_principals::get);
    add(Method::PATCH, "servicePrincipals/{}", PASSWORD_WRITE, 1, service_principals::update);
    add(Method::DELETE, "servicePrincipals/{}", PASSWORD_WRITE, 1, service_principals::delete);
    add(Method::GET, "servicePrincipals/{}/owners", APP_READ, 1, owners::of_principal);
    add(Method::GET, "servicePrincipals/{}/owners/microsoft.graph.user", APP_READ, 1, owners::users_of_principal);
    add(Method::GET, "servicePrincipals/{}/owners/$ref", APP_READ, 1, owners::links_of_principal);
    add(Method::POST, "servicePrincipals/{}/owners/$ref", PASSWORD_WRITE, 1, owners::add_to_principal);
    add(Method::DELETE, "servicePrincipals/{}/owners/{}/$ref", PASSWORD_WRITE, 1, owners::remove_from_principal);
    add(Method::POST, "servicePrincipals/{}/addPassword", PASSWORD_WRITE, 1, passwords::add_to_principal);
    add(Method::POST, "servicePrincipals/{}/removePassword", PASSWORD_WRITE, 1, passwords::remove_from_principal);
    add(Method::POST, "servicePrincipals/{}/microsoft.graph.addPassword", PASSWORD_WRITE, 1, passwords::add_to_principal);
    add(Method::POST, "servicePrincipals/{}/microsoft.graph.removePassword", PASSWORD_WRITE, 1, passwords::remove_from_principal);
    add(Method::GET, "servicePrincipals/{}/oauth2PermissionGrants", GRANT_READ, 2, grants::of_service_principal);
    add(Method::GET, "servicePrincipals/{}/appRoleAssignments", APP_READ, 2, role_assignments::held);
    add(Method::POST, "servicePrincipals/{}/appRoleAssignments", ASSIGNMENT_CREATE, 1, role_assignments::create_for_principal);
    add(Method::DELETE, "servicePrincipals/{}/appRoleAssignments/{}", ASSIGNMENT_DELETE, 1, role_assignments::delete);
    add(Method::GET, "servicePrincipals/{}/appRoleAssignedTo", APP_READ, 2, role_assignments::given);
    add(Method::POST, "servicePrincipals/{}/appRoleAssignedTo", ASSIGNMENT_CREATE, 1, role_assignments::create_on_resource);
    add(Method::DELETE, "servicePrincipals/{}/appRoleAssignedTo/{}", ASSIGNMENT_DELETE, 1, role_assignments::delete);
    add(Method::GET, "oauth2PermissionGrants", GRANT_READ, 2, grants::list);
    add(Method::POST, "oauth2PermissionGrants", GRANT_WRITE, 1, grants::create);
    add(Method::GET, "oauth2PermissionGrants/{}", GRANT_READ, 1, grants::get);
    add(Method::PATCH, "oauth2PermissionGrants/{}", GRANT_WRITE, 1, grants::update);
    add(Method::DELETE, "oauth2PermissionGrants/{}", GRANT_WRITE, 1, grants::delete);
    add(Method::GET, "directory/deletedItems/microsoft.graph.application", APP_READ, 1, deleted::applications);
    add(Method::GET, "directory/deletedItems/microsoft.graph.servicePrincipal", APP_READ, 1, deleted::service_principals);
    add(Method::GET, "directory/deletedItems/{}", APP_READ, 1, deleted::get);
    add(Method::GET, "directory/deletedItems/{}/microsoft.graph.application", APP_READ, 1, deleted::get_application);
    add(Method::GET, "directory/deletedItems/{}/microsoft.graph.servicePrincipal", APP_READ, 1, deleted::get_service_principal);
    add(Method::DELETE, "directory/deletedItems/{}", APP_WRITE, 1, deleted::purge);
    add(Method::POST, "directory/deletedItems/{}/restore", APP_WRITE, 1, deleted::restore);
    add(Method::POST, "directory/deletedItems/{}/microsoft.graph.restore", APP_WRITE, 1, deleted::restore);
    // The handlers check the permissions, because this service has its own error messages.
    add(Method::GET, "beta/reports/appCredentialSignInActivities", NONE, 1, sign_in_reports::of_credentials);
    add(Method::GET, "beta/reports/servicePrincipalSignInActivities", NONE, 1, sign_in_reports::of_principals);
    routes
});

/// The route of a path, and the keys in it.
pub(in crate::directory) struct Found {
    pub(in crate::directory) route: &'static Route,
    pub(in crate::directory) keys: Vec<Segment>,
    /// Whether the path ends with `$count` after a list.
    pub(in crate::directory) is_count: bool,
}

pub(in crate::directory) fn find(method: &Method, segments: &[Segment]) -> Result<Found, Refusal> {
    let (list, is_count) = match segments.split_last() {
        Some((Segment::Name(last), list)) if last == "$count" && *method == Method::GET => {
            (list, true)
        }
        _ => (segments, false),
    };
    let mut path_exists = false;
    for route in ROUTES.iter() {
        let Some(keys) = matches(route.path, list) else {
            continue;
        };
        if route.method == *method {
            return Ok(Found {
                route,
                keys,
                is_count,
            });
        }
        path_exists = true;
    }
    if path_exists {
        return Err(Refusal::new(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        ));
    }
    let unknown = segments.iter().rev().find_map(|segment| match segment {
        Segment::Name(name) => Some(name.as_str()),
        Segment::Key { .. } => None,
    });
    Err(Refusal::new(
        400,
        "BadRequest",
        format!(
            "Resource not found for the segment '{}'.",
            unknown.unwrap_or_default()
        ),
    ))
}

fn matches(template: &str, segments: &[Segment]) -> Option<Vec<Segment>> {
    let parts: Vec<&str> = template.split('/').collect();
    if parts.len() != segments.len() {
        return None;
    }
    let mut keys = Vec::new();
    for (part, segment) in parts.into_iter().zip(segments) {
        match (part, segment) {
            // `$count` and type casts are reserved segments, never object IDs.
            ("{}", Segment::Name(name)) if name.starts_with('$') || is_type(name) => {
                return None;
            }
            ("{}", key) => keys.push(key.clone()),
            (word, Segment::Name(name)) if is_word(word, name) => {}
            _ => return None,
        }
    }
    Some(keys)
}

/// Whether a path segment is this word. The namespace of types and actions can be shortened to `graph`, as Microsoft's SDKs do.
fn is_word(word: &str, name: &str) -> bool {
    let short = word.strip_prefix("microsoft.");
    word.eq_ignore_ascii_case(name)
        || short
            .is_some_and(|short| short.starts_with("graph.") && short.eq_ignore_ascii_case(name))
}

/// Whether a path segment names a type or an action instead of an object.
fn is_type(name: &str) -> bool {
    // Sign-in names can start with `graph.` too.
    name.starts_with("microsoft.graph.") || (name.starts_with("graph.") && !name.contains('@'))
}
