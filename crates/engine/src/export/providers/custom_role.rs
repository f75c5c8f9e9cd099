//! A custom role that may register the selected providers and nothing else.
//!
//! JSON has no comments, so the description says what the role is for. Sources: "Azure custom roles", "Create or update Azure custom roles
//! using the Azure portal", "Azure permissions for Management and governance" (2026). `*/register/action` would allow every provider.

use serde_json::Value;
use serde_json::json;

use crate::export::providers::all_namespaces;
use crate::export::providers::selected;
use crate::providers::selection::ProviderSelection;

/// Name of the role.
const NAME: &str = "Resource provider registrar (CMG)";

const DESCRIPTION: &str = "Registers the resource providers of a Configuration Manager cloud management gateway, and reads their state. \
     Allows nothing else. Made by CMG Entra Setup; nothing in it is secret.";

/// The form that `az role definition create` and `New-AzRoleDefinition` read.
pub(super) fn for_command_line(selection: &ProviderSelection) -> String {
    written(&json!({
        "Name": NAME,
        "IsCustom": true,
        "Description": DESCRIPTION,
        "Actions": actions(selection),
        "NotActions": [],
        "DataActions": [],
        "NotDataActions": [],
        "AssignableScopes": scopes(selection),
    }))
}

/// The form that *Start from JSON* in the Azure portal reads.
pub(super) fn for_portal(selection: &ProviderSelection) -> String {
    written(&json!({
        "properties": {
            "roleName": NAME,
            "description": DESCRIPTION,
            "assignableScopes": scopes(selection),
            "permissions": [{
                "actions": actions(selection),
                "notActions": [],
                "dataActions": [],
                "notDataActions": [],
            }],
        },
    }))
}

fn actions(selection: &ProviderSelection) -> Vec<String> {
    let mut actions = vec![
        "Microsoft.Resources/subscriptions/read".to_owned(),
        "Microsoft.Resources/subscriptions/providers/read".to_owned(),
    ];
    let namespaces = all_namespaces(selection).into_iter();
    actions.extend(namespaces.map(|it| it.register_action()));
    actions
}

fn scopes(selection: &ProviderSelection) -> Vec<String> {
    selected(selection)
        .map(|it| format!("/subscriptions/{}", it.id))
        .collect()
}

fn written(role: &Value) -> String {
    format!("{role:#}\n")
}
