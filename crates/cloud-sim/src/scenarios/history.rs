//! Pairs as Microsoft's articles and the Configuration Manager consoles created them over the years.

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::directory::catalogue;
use crate::past;
use crate::past::DAY;
use crate::past::Past;
use crate::scenarios::Pair;
use crate::scenarios::kinds::Scenario;
use crate::scenarios::pair;
use crate::scenarios::pair::BROKER;
use crate::scenarios::pair::USER_READ;
use crate::scenarios::pair::Workshop;
use crate::scenarios::pair::required;

/// Azure AD Graph, which the first consoles requested, and two of its permissions.
pub(super) const AZURE_AD_GRAPH: &str = "00000002-0000-0000-c000-000000000000";
pub(super) const AZURE_AD_DIRECTORY_READ: &str = "5778995a-e1bf-45b8-affa-663a9f3f4d04";
const AZURE_AD_USER_READ: &str = "311a71cc-e848-46a1-bdf8-97ff7156d8e6";
/// What the consoles proposed as App ID URI, home page, and reply URL.
const CONSOLE: &str = "https://ConfigMgrService";

/// Changes a complete pair into one that follows an article or comes from a console.
pub(super) fn change(pair: &mut Workshop<'_>, shape: Scenario) {
    if shape == Scenario::Console2018 {
        console_of_2018(pair);
    } else if shape == Scenario::Console2309 {
        console_of_2309(pair);
    } else {
        article(pair, shape);
    }
}

fn article(pair: &mut Workshop<'_>, shape: Scenario) {
    // No article ever mentioned device tokens, and all of them end the App ID URI with a word.
    let uri = format!("api://{}/ConfigMgrService", pair.tenant());
    pair.set_server(&json!({ "isDeviceOnlyAuthSupported": null, "identifierUris": [uri] }));
    if shape == Scenario::Docs2026 {
        return;
    }
    let implicit = json!({ "web": { "implicitGrantSettings": { "enableIdTokenIssuance": true } } });
    pair.set_server(&implicit);
    pair.set_client(&implicit);
    let here = json!({ "redirectUris": ["http://localhost"] });
    let none = json!({ "redirectUris": [] });
    if shape == Scenario::Docs2023 {
        pair.set_server(&json!({ "web": none, "publicClient": here }));
    }
    if shape == Scenario::Docs2021 {
        // Without discovery, the server app keeps the permission that the Azure portal gives every new app, and the client app does not
        // request the server app.
        let user_read = json!([required(catalogue::GRAPH, USER_READ, "Scope")]);
        pair.set_server(&json!({ "web": none, "requiredResourceAccess": user_read }));
        pair.set_client(&json!({ "requiredResourceAccess": user_read }));
        pair.unassign();
        pair.revoke(&pair.server.principal.clone());
    }
}

fn console_of_2018(pair: &mut Workshop<'_>) {
    let console = json!([CONSOLE]);
    pair.set_server(&json!({
        "displayName": "ConfigMgr Server",
        "isDeviceOnlyAuthSupported": null,
        "web": { "redirectUris": console, "homePageUrl": CONSOLE },
        "requiredResourceAccess": [required(AZURE_AD_GRAPH, AZURE_AD_DIRECTORY_READ, "Role")],
    }));
    let broker = format!("{BROKER}{}", pair.client.app_id);
    pair.set_client(&json!({
        "displayName": "ConfigMgr Client",
        "publicClient": { "redirectUris": [CONSOLE, broker] },
        "requiredResourceAccess": [
            required(AZURE_AD_GRAPH, AZURE_AD_USER_READ, "Scope"),
            required(&pair.server.app_id, &past::SCOPE.to_string(), "Scope"),
        ],
    }));
    // The consent was for Azure AD Graph, which is no longer in the tenant.
    pair.unassign();
    pair.revoke(&pair.graph.clone());
    // The console's choice "Never" was 99 years.
    pair.drop_secrets();
    pair.past.go_to(pair.now - DAY * 1999);
    pair.add_secret("ConfigMgr", pair.past.moment + DAY * 36_159);
    // Since 2021-10-15, Microsoft Entra ID rejects a host that is not a domain of the tenant. Apps that had one before keep it.
    let id = pair.server.id.clone();
    let applications = pair.tenant_mut().map(|it| &mut it.directory.applications);
    for record in applications.into_iter().flatten() {
        if record.id() == id {
            (record.properties).insert("identifierUris".to_owned(), json!([CONSOLE]));
        }
    }
}

fn console_of_2309(pair: &mut Workshop<'_>) {
    let uri = format!("api://{}/ConfigMgrService", pair.tenant());
    pair.set_server(&json!({ "displayName": "ConfigMgr Server", "identifierUris": [uri] }));
    pair.set_client(&json!({ "displayName": "ConfigMgr Client" }));
}

/// One app that has both roles, server and client.
pub(super) fn one_app(mut past: Past<'_>, now: Timestamp) -> Pair {
    let app = pair::register(
        &mut past,
        &json!({
            "displayName": "CMG-App",
            "signInAudience": "AzureADMyOrg",
            "isDeviceOnlyAuthSupported": true,
            "isFallbackPublicClient": true,
            "web": { "redirectUris": ["http://localhost"] },
            "api": { "oauth2PermissionScopes": [past::scope()] },
        }),
    );
    let uri = format!("api://{}/{}", past.tenant, app.app_id);
    let broker = format!("{BROKER}{}", app.app_id);
    let scope = past::SCOPE.to_string();
    let path = format!("applications/{}", app.id);
    past.patch(
        &path,
        &json!({
            "identifierUris": [uri],
            "publicClient": { "redirectUris": [broker] },
            "requiredResourceAccess": [
                required(catalogue::GRAPH, USER_READ, "Scope"),
                required(&app.app_id, &scope, "Scope"),
            ],
        }),
    );
    let graph: Value = past.get(&format!("servicePrincipals(appId='{}')", catalogue::GRAPH));
    let mut pair = Workshop {
        past,
        now,
        server: app.clone(),
        client: app,
        graph: past::text(&graph, "id"),
    };
    let owner = json!({ "@odata.id": pair.owner() });
    let owners = format!("applications/{}/owners/$ref", pair.server.id);
    pair.past.post(&owners, &owner);
    pair.consent(&pair.graph.clone(), "User.Read", None);
    pair.consent(&pair.server.principal.clone(), "user_impersonation", None);
    pair.add_secret("CMG", now + DAY * 630);
    pair.pair()
}
