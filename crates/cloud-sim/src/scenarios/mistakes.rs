//! Pairs that are complete except for one mistake.

use serde_json::Value;
use serde_json::json;

use crate::directory::catalogue;
use crate::past;
use crate::past::DAY;
use crate::scenarios::conditional_access;
use crate::scenarios::history::AZURE_AD_DIRECTORY_READ;
use crate::scenarios::history::AZURE_AD_GRAPH;
use crate::scenarios::kinds::Scenario;
use crate::scenarios::pair::BROKER;
use crate::scenarios::pair::DIRECTORY_READ_SCOPE;
use crate::scenarios::pair::USER_READ;
use crate::scenarios::pair::Workshop;
use crate::scenarios::pair::required;

/// ID of a different scope.
const OLD_SCOPE: &str = "0d6f7c1e-52c4-4a6b-9a53-6f3b1f0a9e21";

/// Applies the mistake. A scenario that is no mistake changes nothing.
pub(super) fn change(pair: &mut Workshop<'_>, shape: Scenario) {
    match shape {
        Scenario::ServerMultiTenant => {
            pair.set_server(&json!({ "signInAudience": "AzureADMultipleOrgs" }));
        }
        Scenario::ClientMultiTenant => {
            pair.set_client(&json!({ "signInAudience": "AzureADMultipleOrgs" }));
        }
        Scenario::NoRedirect | Scenario::RedirectSpa | Scenario::RedirectTwice => {
            redirect(pair, shape);
        }
        Scenario::BrokerOnServer
        | Scenario::NoBroker
        | Scenario::BrokerCase
        | Scenario::BrokerServerId => {
            broker(pair, shape);
        }
        Scenario::NoScope
        | Scenario::ScopeDisabled
        | Scenario::ScopeAdmins
        | Scenario::ScopeRenamed => {
            scope(pair, shape);
        }
        Scenario::DeviceTokensUnset => {
            pair.set_server(&json!({ "isDeviceOnlyAuthSupported": null }));
        }
        Scenario::DeviceTokensOff => {
            pair.set_server(&json!({ "isDeviceOnlyAuthSupported": false }));
        }
        Scenario::TokensV2 => {
            pair.set_server(&json!({ "api": { "requestedAccessTokenVersion": 2 } }));
        }
        Scenario::ServerIdTokens => pair.set_server(&implicit("enableIdTokenIssuance")),
        Scenario::ClientIdTokens => pair.set_client(&implicit("enableIdTokenIssuance")),
        Scenario::ServerAccessTokens => pair.set_server(&implicit("enableAccessTokenIssuance")),
        Scenario::NoAppIdUri
        | Scenario::AppIdUriDomain
        | Scenario::AppIdUriWord
        | Scenario::SecondAppIdUri => {
            app_id_uri(pair, shape);
        }
        Scenario::PublicClientOff => pair.set_client(&json!({ "isFallbackPublicClient": false })),
        Scenario::OldScopeId
        | Scenario::NoUserRead
        | Scenario::NoClientPermission
        | Scenario::DirectoryReadDelegated
        | Scenario::DirectoryReadUnassigned
        | Scenario::AzureAdGraph => permissions(pair, shape),
        Scenario::NoServerPrincipal | Scenario::NoClientPrincipal => {
            let own = part(pair, shape == Scenario::NoServerPrincipal);
            pair.past.delete(&format!("servicePrincipals/{own}"));
        }
        Scenario::ServerPrincipalOff | Scenario::ClientPrincipalOff => {
            let own = part(pair, shape == Scenario::ServerPrincipalOff);
            pair.set_principal(&own, &json!({ "accountEnabled": false }));
        }
        Scenario::ServerAssignment | Scenario::ClientAssignment => {
            let own = part(pair, shape == Scenario::ServerAssignment);
            pair.set_principal(&own, &json!({ "appRoleAssignmentRequired": true }));
        }
        Scenario::NoConsent | Scenario::ConsentOneUser | Scenario::ConsentOtherScope => {
            consent(pair, shape);
        }
        Scenario::NoClientApp | Scenario::NoServerApp | Scenario::DeletedPair => {
            delete(pair, shape);
        }
        Scenario::SecretExpired
        | Scenario::SecretEndsSoon
        | Scenario::NoSecret
        | Scenario::SevenSecrets
        | Scenario::SecretBeyondPolicy => secret(pair, shape),
        Scenario::NoOwners => {
            let (app, owner) = (&pair.server.id, pair.past.admin);
            let path = format!("applications/{app}/owners/{owner}/$ref");
            pair.past.delete(&path);
        }
        Scenario::AccessAllApps | Scenario::AccessExcluded | Scenario::AccessReportOnly => {
            guard(pair, shape);
        }
        Scenario::Docs2026
        | Scenario::Docs2026Complete
        | Scenario::Docs2024
        | Scenario::Docs2023
        | Scenario::Docs2021
        | Scenario::Console2018
        | Scenario::Console2309
        | Scenario::OldApp
        | Scenario::OneApp
        | Scenario::TwoPairs => {}
    }
}

fn implicit(what: &str) -> Value {
    json!({ "web": { "implicitGrantSettings": { what: true } } })
}

/// The object ID of the app's service principal.
fn part(pair: &Workshop<'_>, is_server: bool) -> String {
    let app = if is_server {
        &pair.server
    } else {
        &pair.client
    };
    app.principal.clone()
}

fn redirect(pair: &mut Workshop<'_>, shape: Scenario) {
    let here = json!({ "redirectUris": ["http://localhost"] });
    let none = json!({ "redirectUris": [] });
    pair.set_server(&if shape == Scenario::RedirectTwice {
        json!({ "publicClient": here })
    } else if shape == Scenario::RedirectSpa {
        json!({ "web": none, "spa": here })
    } else {
        json!({ "web": none })
    });
}

fn broker(pair: &mut Workshop<'_>, shape: Scenario) {
    let (server, client) = (&pair.server.app_id, &pair.client.app_id);
    let redirects = if shape == Scenario::NoBroker {
        Vec::new()
    } else if shape == Scenario::BrokerCase {
        vec![format!("{}{client}", BROKER.to_lowercase())]
    } else {
        vec![format!("{BROKER}{server}")]
    };
    let change = json!({ "publicClient": { "redirectUris": redirects } });
    if shape == Scenario::BrokerOnServer {
        pair.set_server(&change);
    } else {
        pair.set_client(&change);
    }
}

/// An enabled scope can only be disabled, so other changes follow in a second request.
fn scope(pair: &mut Workshop<'_>, shape: Scenario) {
    if shape == Scenario::ScopeAdmins {
        pair.set_scope(&[("type", json!("Admin"))]);
        return;
    }
    pair.set_scope(&[("isEnabled", json!(false))]);
    if shape == Scenario::ScopeRenamed {
        pair.set_scope(&[("value", json!("access_as_user"))]);
    } else if shape == Scenario::NoScope {
        pair.set_server(&json!({ "api": { "oauth2PermissionScopes": [] } }));
    }
}

fn app_id_uri(pair: &mut Workshop<'_>, shape: Scenario) {
    let tenant = pair.tenant();
    let usual = format!("api://{tenant}/{}", pair.server.app_id);
    let word = format!("api://{tenant}/ConfigMgrService");
    let on_domain = format!("https://{}/ConfigMgrService", pair.domain());
    let uris = if shape == Scenario::AppIdUriDomain {
        vec![on_domain]
    } else if shape == Scenario::AppIdUriWord {
        vec![word]
    } else if shape == Scenario::SecondAppIdUri {
        vec![usual, on_domain]
    } else {
        Vec::new()
    };
    pair.set_server(&json!({ "identifierUris": uris }));
}

fn permissions(pair: &mut Workshop<'_>, shape: Scenario) {
    let user_read = required(catalogue::GRAPH, USER_READ, "Scope");
    let server = pair.server.app_id.clone();
    let own = required(&server, &past::SCOPE.to_string(), "Scope");
    let old = required(&server, OLD_SCOPE, "Scope");
    let delegated = required(catalogue::GRAPH, DIRECTORY_READ_SCOPE, "Scope");
    let ancient = required(AZURE_AD_GRAPH, AZURE_AD_DIRECTORY_READ, "Role");
    let asks = |what: &[Value]| json!({ "requiredResourceAccess": what });
    if shape == Scenario::OldScopeId {
        pair.set_client(&asks(&[user_read, old]));
        return;
    }
    if shape == Scenario::NoUserRead {
        pair.set_client(&asks(&[own]));
        return;
    }
    if shape == Scenario::NoClientPermission {
        pair.set_client(&asks(&[user_read]));
        return;
    }
    pair.unassign();
    if shape == Scenario::AzureAdGraph {
        pair.set_server(&asks(&[ancient]));
    }
    if shape == Scenario::DirectoryReadDelegated {
        pair.set_server(&asks(&[delegated]));
        let grant = json!({
            "clientId": pair.server.principal,
            "consentType": "AllPrincipals",
            "resourceId": pair.graph,
            "scope": "Directory.Read.All",
        });
        pair.past.post("oauth2PermissionGrants", &grant);
    }
}

fn consent(pair: &mut Workshop<'_>, shape: Scenario) {
    let server = pair.server.principal.clone();
    pair.revoke(&server);
    if shape == Scenario::ConsentOneUser {
        let person = pair.past.admin.to_string();
        pair.consent(&server, "user_impersonation", Some(&person));
    } else if shape == Scenario::ConsentOtherScope {
        pair.consent(&server, "access_as_user", None);
    } else {
        pair.revoke(&pair.graph.clone());
    }
}

fn delete(pair: &mut Workshop<'_>, shape: Scenario) {
    let (server, client) = (pair.server.id.clone(), pair.client.id.clone());
    pair.past.go_to(pair.now - DAY * 5);
    let gone = if shape == Scenario::NoClientApp {
        pair.client.app_id.clear();
        vec![client]
    } else if shape == Scenario::NoServerApp {
        pair.server.app_id.clear();
        vec![server]
    } else {
        vec![server, client]
    };
    for id in &gone {
        pair.past.delete(&format!("applications/{id}"));
        // The pair check distinguishes apps that are deleted but can be restored from apps that do not exist.
        if shape != Scenario::DeletedPair {
            pair.past.delete(&format!("directory/deletedItems/{id}"));
        }
    }
}

fn secret(pair: &mut Workshop<'_>, shape: Scenario) {
    let now = pair.now;
    if shape == Scenario::SevenSecrets {
        for number in 2..=7 {
            pair.add_secret(&format!("CMG {number}"), now + DAY * 365);
        }
        return;
    }
    if shape == Scenario::SecretBeyondPolicy {
        forbid_long_secrets(pair);
        return;
    }
    pair.drop_secrets();
    if shape == Scenario::SecretExpired {
        pair.add_secret("CMG", now - DAY * 10);
    } else if shape == Scenario::SecretEndsSoon {
        pair.add_secret("CMG", now + DAY * 20);
    }
}

/// The policy takes effect after the secret was created.
fn forbid_long_secrets(pair: &mut Workshop<'_>) {
    let Some(tenant) = pair.tenant_mut() else {
        return;
    };
    let policy = &mut tenant.app_management;
    policy["isEnabled"] = json!(true);
    policy["applicationRestrictions"]["passwordCredentials"] = json!([{
        "restrictionType": "passwordLifetime",
        "state": "enabled",
        "maxLifetime": "P180D",
        "restrictForAppsCreatedAfterDateTime": null,
        "excludeActors": null,
    }]);
}

fn guard(pair: &mut Workshop<'_>, shape: Scenario) {
    let server = pair.server.app_id.clone();
    let policy = if shape == Scenario::AccessExcluded {
        conditional_access::all_apps("enabled", &[&server])
    } else if shape == Scenario::AccessReportOnly {
        conditional_access::all_apps("enabledForReportingButNotEnforced", &[])
    } else {
        conditional_access::all_apps("enabled", &[])
    };
    if let Some(tenant) = pair.tenant_mut() {
        tenant.conditional_access = vec![policy];
    }
}
