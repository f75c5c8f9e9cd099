//! Clients that are registered outside the simulated tenants: this tool, and Microsoft's own programs.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::Sim;
use crate::entra::client::Client;
use crate::entra::client::Platform;
use crate::entra::resource::ARM;
use crate::entra::resource::GRAPH;
use crate::entra::state::TOOL_PUBLIC;
use crate::entra::state::TOOL_US_GOV;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::TenantId;

/// Redirect URIs of this tool's registration from the start.
const TOOL_PAGES: [&str; 4] = [
    "https://cmg-entra-setup.test/",
    "https://cmg.example/",
    "http://localhost:8080/",
    "http://127.0.0.1:8080/",
];

/// Microsoft Graph permissions in this tool's registration.
const TOOL_GRAPH_SCOPES: [&str; 8] = [
    "User.Read",
    "Organization.Read.All",
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Directory.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "Policy.Read.All",
];

/// The admin consent that this tool has in a tenant where it was used before.
pub(super) fn consented_for_all() -> [(AppId, BTreeSet<String>); 2] {
    let graph = ["openid", "profile", "offline_access"]
        .iter()
        .chain(&TOOL_GRAPH_SCOPES)
        .map(|value| (*value).to_owned())
        .collect();
    [
        (GRAPH, graph),
        (ARM, BTreeSet::from(["user_impersonation".to_owned()])),
    ]
}

/// Microsoft's programs: app ID, name, and whether they need no consent.
const PROGRAMS: [(AppId, &str, bool); 3] = [
    (
        AppId::new(Uuid::from_u128(0x04b07795_8ddb_461a_bbee_02f9e1bf7b46)),
        "Microsoft Azure CLI",
        true,
    ),
    (
        AppId::new(Uuid::from_u128(0x1950a258_227b_4e31_a9cf_717495945fc2)),
        "Microsoft Azure PowerShell",
        true,
    ),
    (
        AppId::new(Uuid::from_u128(0x14d82eec_204b_4c2f_b7e8_296a70dab67e)),
        "Microsoft Graph Command Line Tools",
        false,
    ),
];

/// Permissions of a resource that Microsoft preauthorized for Azure CLI and Azure PowerShell in every tenant.
pub(super) fn consented(resource: AppId) -> &'static [&'static str] {
    if resource == GRAPH {
        &[
            "openid",
            "profile",
            "email",
            "offline_access",
            "User.Read",
            "Application.ReadWrite.All",
            "Directory.AccessAsUser.All",
        ]
    } else if resource == ARM {
        &["user_impersonation"]
    } else {
        &[]
    }
}

/// Finds a client that is registered outside the simulated tenants.
pub(super) fn find(sim: &Sim, tenant: Option<TenantId>, id: AppId) -> Option<Client> {
    let is_public_cloud = tenant
        .and_then(|tenant| sim.tenant(tenant))
        .map(|tenant| tenant.cloud == Cloud::Public);
    let is_tool = match is_public_cloud {
        Some(true) => id == TOOL_PUBLIC,
        Some(false) => id == TOOL_US_GOV,
        None => id == TOOL_PUBLIC || id == TOOL_US_GOV,
    };
    if is_tool {
        let pages = TOOL_PAGES
            .iter()
            .copied()
            .chain(sim.entra.tool_pages.iter().map(String::as_str));
        return Some(Client {
            id,
            name: "CMG Entra Setup".to_owned(),
            home: None,
            redirects: pages.map(|page| (Platform::Spa, page.to_owned())).collect(),
            is_public: false,
            is_first_party: false,
            configured: vec![
                (
                    GRAPH,
                    TOOL_GRAPH_SCOPES
                        .iter()
                        .map(|value| (*value).to_owned())
                        .collect(),
                ),
                (ARM, vec!["user_impersonation".to_owned()]),
            ],
            id_token_implicit: false,
            has_login_hint_claim: true,
        });
    }
    let (_, name, is_first_party) = *PROGRAMS.iter().find(|(app, _, _)| *app == id)?;
    Some(Client {
        id,
        name: name.to_owned(),
        home: None,
        redirects: [
            "http://localhost",
            "https://login.microsoftonline.com/common/oauth2/nativeclient",
        ]
        .map(|uri| (Platform::Native, uri.to_owned()))
        .to_vec(),
        is_public: true,
        is_first_party,
        configured: vec![(GRAPH, vec!["User.Read".to_owned()])],
        id_token_implicit: false,
        has_login_hint_claim: false,
    })
}
