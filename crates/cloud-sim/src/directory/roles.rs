//! Directory roles: who has which role, and what each role allows for applications and consent.
//!
//! Source: "Microsoft Entra built-in roles". Application Administrators consent to everything except application permissions of Microsoft
//! Graph; those need Privileged Role Administrator or Global Administrator.

use serde_json::json;
use uuid::Uuid;

use crate::Caller;
use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::call::Call;
use crate::directory::list::Kind;
use crate::directory::list::bools;
use crate::directory::list::texts;
use crate::directory::store::Record;
use crate::directory::tenant::Tenant;

pub(crate) struct Role {
    pub(crate) template: Uuid,
    pub(crate) display_name: &'static str,
    description: &'static str,
}

const fn role(template: u128, display_name: &'static str, description: &'static str) -> Role {
    Role {
        template: Uuid::from_u128(template),
        display_name,
        description,
    }
}

pub(crate) const GLOBAL_ADMINISTRATOR: Role = role(
    0x62e90394_69f5_4237_9190_012177145e10,
    "Global Administrator",
    "Can manage all aspects of Microsoft Entra ID and Microsoft services that use Microsoft Entra identities.",
);
pub(crate) const PRIVILEGED_ROLE_ADMINISTRATOR: Role = role(
    0xe8611ab8_c189_46e8_94e1_60213ab1f814,
    "Privileged Role Administrator",
    "Can manage role assignments in Microsoft Entra ID, and all aspects of Privileged Identity Management.",
);
pub(crate) const APPLICATION_ADMINISTRATOR: Role = role(
    0x9b895d92_2cd3_44c7_9d02_a6ac2d5ea5c3,
    "Application Administrator",
    "Can create and manage all aspects of app registrations and enterprise apps.",
);
pub(crate) const CLOUD_APPLICATION_ADMINISTRATOR: Role = role(
    0x158c047a_c907_4556_b7ef_446551a6b5f7,
    "Cloud Application Administrator",
    "Can create and manage all aspects of app registrations and enterprise apps except App Proxy.",
);
pub(crate) const AI_ADMINISTRATOR: Role = role(
    0xd2562ede_74db_457e_a7b6_544e236ebb61,
    "AI Administrator",
    "Manage all aspects of Microsoft 365 Copilot and AI-related enterprise services in Microsoft 365.",
);
pub(crate) const APPLICATION_DEVELOPER: Role = role(
    0xcf1c38e5_3621_4004_a7cb_879624dced7c,
    "Application Developer",
    "Can create application registrations independent of the 'Users can register applications' setting.",
);
pub(crate) const GLOBAL_READER: Role = role(
    0xf2ef992c_3afb_46b9_b7cf_a126ee74c451,
    "Global Reader",
    "Can read everything that a Global Administrator can, but not update anything.",
);

pub(crate) const SECURITY_READER: Role = role(
    0x5d6b6bb7_de71_4623_b4af_96380a352509,
    "Security Reader",
    "Can read security information and reports in Microsoft Entra ID and Office 365.",
);
pub(crate) const SECURITY_ADMINISTRATOR: Role = role(
    0x194ae4cb_b126_40b2_bd5b_6091b380977d,
    "Security Administrator",
    "Can read security information and reports, and manage configuration in Microsoft Entra ID and Office 365.",
);
pub(crate) const CONDITIONAL_ACCESS_ADMINISTRATOR: Role = role(
    0xb1be1c3e_b65d_4f19_8427_f6fa0d97feb9,
    "Conditional Access Administrator",
    "Can manage Conditional Access capabilities.",
);

pub(crate) const REPORTS_READER: Role = role(
    0x4a5d8f65_41da_4de4_8968_e035b65339cf,
    "Reports Reader",
    "Can read sign-in and audit reports.",
);

const ALL: [Role; 11] = [
    GLOBAL_ADMINISTRATOR,
    PRIVILEGED_ROLE_ADMINISTRATOR,
    APPLICATION_ADMINISTRATOR,
    CLOUD_APPLICATION_ADMINISTRATOR,
    AI_ADMINISTRATOR,
    APPLICATION_DEVELOPER,
    GLOBAL_READER,
    SECURITY_READER,
    SECURITY_ADMINISTRATOR,
    CONDITIONAL_ACCESS_ADMINISTRATOR,
    REPORTS_READER,
];

fn has(tenant: &Tenant, caller: &Caller, roles: &[Role]) -> bool {
    let held = tenant.roles_of(caller.oid);
    roles.iter().any(|role| held.contains(&role.template))
}

/// A token without a user has the application's permissions and needs no role.
fn is_app_only(caller: &Caller) -> bool {
    !caller.roles.is_empty()
}

pub(in crate::directory) fn manages_all_apps(tenant: &Tenant, caller: &Caller) -> bool {
    is_app_only(caller)
        || has(
            tenant,
            caller,
            &[
                GLOBAL_ADMINISTRATOR,
                APPLICATION_ADMINISTRATOR,
                CLOUD_APPLICATION_ADMINISTRATOR,
            ],
        )
}

/// Registering includes creating the service principal of an application.
pub(in crate::directory) fn may_register(tenant: &Tenant, caller: &Caller) -> bool {
    let is_member = tenant.user(caller.oid).is_some_and(|user| !user.is_guest);
    manages_all_apps(tenant, caller)
        || has(tenant, caller, &[APPLICATION_DEVELOPER])
        || (tenant.users_may_register_apps && is_member)
}

/// Whether the caller can create the service principal of an application by upsert: an administrator, or an Application Developer who owns
/// an application for this tenant alone (`serviceprincipal-upsert`, 2026-03-14).
pub(in crate::directory) fn may_upsert_principal(
    tenant: &Tenant,
    caller: &Caller,
    application: Option<&Record>,
) -> bool {
    let is_own = application.is_some_and(|record| {
        record.text("signInAudience") == "AzureADMyOrg"
            && record.owners.contains(&caller.oid.to_string())
    });
    manages_all_apps(tenant, caller) || (is_own && has(tenant, caller, &[APPLICATION_DEVELOPER]))
}

/// By role, or as an owner of the application.
pub(in crate::directory) fn may_manage(tenant: &Tenant, caller: &Caller, record: &Record) -> bool {
    manages_all_apps(tenant, caller) || record.owners.contains(&caller.oid.to_string())
}

/// Whether the caller can grant delegated permissions for all users.
pub(in crate::directory) fn may_grant(tenant: &Tenant, caller: &Caller) -> bool {
    manages_all_apps(tenant, caller)
        || has(
            tenant,
            caller,
            &[PRIVILEGED_ROLE_ADMINISTRATOR, AI_ADMINISTRATOR],
        )
}

/// Whether the caller can assign an app role of a resource to an application.
pub(in crate::directory) fn may_assign(
    tenant: &Tenant,
    caller: &Caller,
    resource_is_graph: bool,
) -> bool {
    if resource_is_graph {
        is_app_only(caller)
            || has(
                tenant,
                caller,
                &[GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR],
            )
    } else {
        may_grant(tenant, caller)
    }
}

/// Global Reader is the least privileged role that the page of the app management policy names.
pub(in crate::directory) fn may_read_app_policy(tenant: &Tenant, caller: &Caller) -> bool {
    manages_all_apps(tenant, caller) || has(tenant, caller, &[GLOBAL_READER])
}

/// Source: "Application management policies API overview".
pub(in crate::directory) fn may_write_app_policy(tenant: &Tenant, caller: &Caller) -> bool {
    manages_all_apps(tenant, caller) || has(tenant, caller, &[SECURITY_ADMINISTRATOR])
}

pub(in crate::directory) fn may_read_conditional_access(tenant: &Tenant, caller: &Caller) -> bool {
    is_app_only(caller)
        || has(
            tenant,
            caller,
            &[
                GLOBAL_ADMINISTRATOR,
                GLOBAL_READER,
                SECURITY_READER,
                SECURITY_ADMINISTRATOR,
                CONDITIONAL_ACCESS_ADMINISTRATOR,
            ],
        )
}

/// Source: "What is the Usage and insights report in Microsoft Entra ID" (2026). Global Reader can read what Global Administrator can.
pub(in crate::directory) fn may_read_sign_in_reports(tenant: &Tenant, caller: &Caller) -> bool {
    is_app_only(caller)
        || has(
            tenant,
            caller,
            &[
                GLOBAL_ADMINISTRATOR,
                GLOBAL_READER,
                REPORTS_READER,
                SECURITY_READER,
                SECURITY_ADMINISTRATOR,
            ],
        )
}

/// The tenant's role object. Its ID differs between tenants; the template ID does not.
pub(in crate::directory) fn render(tenant: &Tenant, template: Uuid) -> Option<Object> {
    let role = ALL.into_iter().find(|role| role.template == template)?;
    let id = Uuid::new_v5(&tenant.id.uuid(), template.as_bytes());
    json!({
        "id": id.to_string(),
        "deletedDateTime": null,
        "description": role.description,
        "displayName": role.display_name,
        "roleTemplateId": template.to_string(),
    })
    .as_object()
    .cloned()
}

pub(super) fn directory_roles(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let tenant = call.tenant();
    // Only activated roles are objects: roles that were assigned at least once.
    let mut templates: Vec<Uuid> = tenant
        .users
        .iter()
        .flat_map(|user| user.roles.iter())
        .chain(tenant.groups.iter().flat_map(|group| group.roles.iter()))
        .copied()
        .collect();
    templates.sort();
    templates.dedup();
    let objects = templates
        .into_iter()
        .filter_map(|template| render(tenant, template))
        .collect();
    call.page(&kind(false), objects)
}

/// What a list of directory roles supports.
pub(in crate::directory) fn kind(is_cast: bool) -> Kind {
    Kind {
        set: "directoryRoles".to_owned(),
        type_name: "directoryRole",
        properties: texts(&[
            "id",
            "deletedDateTime",
            "description",
            "displayName",
            "roleTemplateId",
        ]),
        filterable: &["id", "displayName", "roleTemplateId"],
        advanced: &[],
        is_cast,
    }
}

pub(super) fn role_assignments(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let tenant = call.tenant();
    let users = tenant.users.iter().map(|user| (user.id, &user.roles));
    let groups = tenant.groups.iter().map(|group| (group.id, &group.roles));
    let mut objects = Vec::new();
    for (principal, roles) in users.chain(groups) {
        for role in roles {
            let id = Uuid::new_v5(&principal.uuid(), role.as_bytes());
            let object = json!({
                "id": id.simple().to_string(),
                "principalId": principal.to_string(),
                "roleDefinitionId": role.to_string(),
                "directoryScopeId": "/",
            });
            objects.extend(object.as_object().cloned());
        }
    }
    let kind = Kind {
        set: "roleManagement/directory/roleAssignments".to_owned(),
        type_name: "unifiedRoleAssignment",
        properties: texts(&[
            "id",
            "appScopeId",
            "condition",
            "directoryScopeId",
            "principalId",
            "principalOrganizationId",
            "roleDefinitionId",
        ]),
        filterable: &["id", "principalId", "roleDefinitionId", "directoryScopeId"],
        advanced: &[],
        is_cast: false,
    };
    call.page(&kind, objects)
}

pub(super) fn role_definitions(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let objects = ALL
        .into_iter()
        .filter_map(|role| {
            json!({
                "id": role.template.to_string(),
                "templateId": role.template.to_string(),
                "displayName": role.display_name,
                "description": role.description,
                "isBuiltIn": true,
                "isEnabled": true,
                "resourceScopes": ["/"],
                "rolePermissions": [],
                "version": "1",
            })
            .as_object()
            .cloned()
        })
        .collect();
    let kind = Kind {
        set: "roleManagement/directory/roleDefinitions".to_owned(),
        type_name: "unifiedRoleDefinition",
        properties: [
            texts(&["id", "templateId", "displayName", "description", "version"]),
            bools(&["isBuiltIn", "isEnabled"]),
            texts(&["resourceScopes", "rolePermissions"]),
        ]
        .concat(),
        filterable: &["id", "displayName", "isBuiltIn", "templateId"],
        advanced: &[],
        is_cast: false,
    };
    call.page(&kind, objects)
}

/// For a test that checks the demo tenants.
#[cfg(test)]
pub(crate) fn is_known(template: Uuid) -> bool {
    ALL.iter().any(|role| role.template == template)
}
