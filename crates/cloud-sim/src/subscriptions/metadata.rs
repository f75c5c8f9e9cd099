//! The endpoints of the cloud, without authentication (`/metadata/endpoints`).

use serde_json::Value;
use serde_json::json;

use domain::cloud::Cloud;

pub(in crate::subscriptions) fn endpoints(cloud: Cloud) -> Value {
    let (name, core, suffixes) = match cloud {
        Cloud::Public => (
            "AzureCloud",
            "management.core.windows.net",
            json!({
                "storage": "core.windows.net",
                "keyVaultDns": "vault.azure.net",
                "sqlServerHostname": "database.windows.net",
                "acrLoginServer": "azurecr.io",
            }),
        ),
        Cloud::UsGov | Cloud::UsGovDod => (
            "AzureUSGovernment",
            "management.core.usgovcloudapi.net",
            json!({
                "storage": "core.usgovcloudapi.net",
                "keyVaultDns": "vault.usgovcloudapi.net",
                "sqlServerHostname": "database.usgovcloudapi.net",
                "acrLoginServer": "azurecr.us",
            }),
        ),
    };
    // One host serves both Graph deployments of the US Government; this document names the first.
    let graph = match cloud {
        Cloud::Public => Cloud::Public.graph_host(),
        Cloud::UsGov | Cloud::UsGovDod => Cloud::UsGov.graph_host(),
    };
    json!({
        "name": name,
        "portal": format!("https://{}", cloud.portal_host()),
        "resourceManager": format!("https://{}/", cloud.arm_host()),
        "microsoftGraphResourceId": format!("https://{graph}/"),
        "authentication": {
            "loginEndpoint": format!("https://{}", cloud.login_host()),
            "audiences": [format!("https://{core}/"), format!("https://{}/", cloud.arm_host())],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "suffixes": suffixes,
    })
}
