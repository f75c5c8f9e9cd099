//! The scope and the permission that Configuration Manager needs, as Microsoft Graph takes them.

use crate::desired::text_language::TextLanguage;
use crate::graph::wire;
use domain::cmg;
use domain::ids;
use domain::ids::PermissionId;

/// The texts are not in the sentence catalogue: they are stored in the tenant and are part of the plan's hash, so they must not change with
/// the language of the page.
pub(crate) fn scope(id: PermissionId, name: &str, language: TextLanguage) -> wire::PermissionScope {
    let (title, description) = match language {
        TextLanguage::En => (
            format!("Access {name}"),
            format!("Allows the app to access {name} as the signed-in user."),
        ),
        TextLanguage::De => (
            format!("Auf {name} zugreifen"),
            format!(
                "Ermöglicht der App, im Namen des angemeldeten Benutzers auf {name} zuzugreifen."
            ),
        ),
    };
    wire::PermissionScope {
        id,
        value: Some(cmg::SCOPE_VALUE.to_owned()),
        kind: Some(cmg::SCOPE_TYPE.to_owned()),
        is_enabled: true,
        admin_consent_display_name: Some(title),
        admin_consent_description: Some(description),
        user_consent_display_name: None,
        user_consent_description: None,
    }
}

pub(crate) fn directory_read() -> wire::RequiredResource {
    wire::RequiredResource {
        resource_app_id: ids::GRAPH,
        resource_access: vec![wire::ResourceAccess {
            id: ids::DIRECTORY_READ_ALL,
            kind: "Role".to_owned(),
        }],
    }
}
