//! Pairs that are complete except for one mistake.

use serde_json::Value;
use serde_json::json;

use crate::directory::catalogue;
use crate::past;
use crate::past::DAY;
use crate::shapes::Shape;
use crate::shapes::conditional_access;
use crate::shapes::history::AZURE_AD_DIRECTORY_READ;
use crate::shapes::history::AZURE_AD_GRAPH;
use crate::shapes::pair::BROKER;
use crate::shapes::pair::DIRECTORY_READ_SCOPE;
use crate::shapes::pair::USER_READ;
use crate::shapes::pair::Workshop;
use crate::shapes::pair::required;

/// ID of a different scope.
const OLD_SCOPE: &str = "0d6f7c1e-52c4-4a6b-9a53-6f3b1f0a9e21";

/// Applies the mistake. A scenario that is no mistake changes nothing.
pub(super) fn change(pair: &mut Workshop<'_>, shape: Shape) {
    match shape {
        Shape::ServerMultiTenant => {
            pair.set_server(&json!({ "signInAudience": "AzureADMultipleOrgs" }));
        }
        Shape::ClientMultiTenant => {
            pair.set_client(&json!({ "signInAudience": "AzureADMultipleOrgs" }));
        }
        Shape::NoRedirect | Shape::RedirectSpa | Shape::RedirectTwice => redirect(pair, shape),
        Shape::BrokerOnServer | Shape::NoBroker | Shape::BrokerCase | Shape::BrokerServerId => {
            broker(pair, shape);
        }
        Shape::NoScope | Shape::ScopeDisabled | Shape::ScopeAdmins | Shape::ScopeRenamed => {
            scope(pair, shape);
        }
        Shape::DeviceTokensUnset => pair.set_server(&json!({ "isDeviceOnlyAuthSupported": null })),
        Shape::DeviceTokensOff => pair.set_server(&json!({ "isDeviceOnlyAuthSupported": false })),
        Shape::TokensV2 => pair.set_server(&json!({ "api": { "requestedAccessTokenVersion": 2 } })),
        Shape::ServerIdTokens => pair.set_server(&implicit("enableIdTokenIssuance")),
        Shape::ClientIdTokens => pair.set_client(&implicit("enableIdTokenIssuance")),
        Shape::ServerAccessTokens => pair.set_server(&implicit("enableAccessTokenIssuance")),
        Shape::NoAppIdUri | Shape::AppIdUriDomain | Shape::AppIdUriWord | Shape::SecondAppIdUri => {
            app_id_uri(pair, shape);
        }
        Shape::PublicClientOff => pair.set_client(&json!({ "isFallbackPublicClient": false })),
        Shape::OldScopeId
        | Shape::NoUserRead
        | Shape::NoClientPermission
        | Shape::DirectoryReadDelegated
        | Shape::DirectoryReadUnassigned
        | Shape::AzureAdGraph => permissions(pair, shape),
        Shape::NoServerPrincipal | Shape::NoClientPrincipal => {
            let own = part(pair, shape == Shape::NoServerPrincipal);
            pair.past.delete(&format!("servicePrincipals/{own}"));
        }
        Shape::ServerPrincipalOff | Shape::ClientPrincipalOff => {
            let own = part(pair, shape == Shape::ServerPrincipalOff);
            pair.set_principal(&own, &json!({ "accountEnabled": false }));
        }
        Shape::ServerAssignment | Shape::ClientAssignment => {
            let own = part(pair, shape == Shape::ServerAssignment);
            pair.set_principal(&own, &json!({ "appRoleAssignmentRequired": true }));
        }
        Shape::NoConsent | Shape::ConsentOneUser | Shape::ConsentOtherScope => consent(pair, shape),
        Shape::NoClientApp | Shape::NoServerApp | Shape::DeletedPair => delete(pair, shape),
        Shape::SecretExpired
        | Shape::SecretEndsSoon
        | Shape::NoSecret
        | Shape::SevenSecrets
        | Shape::SecretBeyondPolicy => secret(pair, shape),
        Shape::NoOwners => {
            let (app, owner) = (&pair.server.id, pair.past.admin);
            let path = format!("applications/{app}/owners/{owner}/$ref");
            pair.past.delete(&path);
        }
        Shape::AccessAllApps | Shape::AccessExcluded | Shape::AccessReportOnly => {
            guard(pair, shape);
        }
        Shape::Docs2026
        | Shape::Docs2026Complete
        | Shape::Docs2024
        | Shape::Docs2023
        | Shape::Docs2021
        | Shape::Console2018
        | Shape::Console2309
        | Shape::OldApp
        | Shape::OneApp
        | Shape::TwoPairs => {}
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

fn redirect(pair: &mut Workshop<'_>, shape: Shape) {
    let here = json!({ "redirectUris": ["http://localhost"] });
    let none = json!({ "redirectUris": [] });
    pair.set_server(&if shape == Shape::RedirectTwice {
        json!({ "publicClient": here })
    } else if shape == Shape::RedirectSpa {
        json!({ "web": none, "spa": here })
    } else {
        json!({ "web": none })
    });
}

fn broker(pair: &mut Workshop<'_>, shape: Shape) {
    let (server, client) = (&pair.server.app_id, &pair.client.app_id);
    let redirects = if shape == Shape::NoBroker {
        Vec::new()
    } else if shape == Shape::BrokerCase {
        vec![format!("{}{client}", BROKER.to_lowercase())]
    } else {
        vec![format!("{BROKER}{server}")]
    };
    let change = json!({ "publicClient": { "redirectUris": redirects } });
    if shape == Shape::BrokerOnServer {
        pair.set_server(&change);
    } else {
        pair.set_client(&change);
    }
}

/// An enabled scope can only be disabled, so other changes follow in a second request.
fn scope(pair: &mut Workshop<'_>, shape: Shape) {
    if shape == Shape::ScopeAdmins {
        pair.set_scope(&[("type", json!("Admin"))]);
        return;
    }
    pair.set_scope(&[("isEnabled", json!(false))]);
    if shape == Shape::ScopeRenamed {
        pair.set_scope(&[("value", json!("access_as_user"))]);
    } else if shape == Shape::NoScope {
        pair.set_server(&json!({ "api": { "oauth2PermissionScopes": [] } }));
    }
}

fn app_id_uri(pair: &mut Workshop<'_>, shape: Shape) {
    let tenant = pair.tenant();
    let usual = format!("api://{tenant}/{}", pair.server.app_id);
    let word = format!("api://{tenant}/ConfigMgrService");
    let on_domain = format!("https://{}/ConfigMgrService", pair.domain());
    let uris = if shape == Shape::AppIdUriDomain {
        vec![on_domain]
    } else if shape == Shape::AppIdUriWord {
        vec![word]
    } else if shape == Shape::SecondAppIdUri {
        vec![usual, on_domain]
    } else {
        Vec::new()
    };
    pair.set_server(&json!({ "identifierUris": uris }));
}

fn permissions(pair: &mut Workshop<'_>, shape: Shape) {
    let user_read = required(catalogue::GRAPH, USER_READ, "Scope");
    let server = pair.server.app_id.clone();
    let own = required(&server, &past::SCOPE.to_string(), "Scope");
    let old = required(&server, OLD_SCOPE, "Scope");
    let delegated = required(catalogue::GRAPH, DIRECTORY_READ_SCOPE, "Scope");
    let ancient = required(AZURE_AD_GRAPH, AZURE_AD_DIRECTORY_READ, "Role");
    let asks = |what: &[Value]| json!({ "requiredResourceAccess": what });
    if shape == Shape::OldScopeId {
        pair.set_client(&asks(&[user_read, old]));
        return;
    }
    if shape == Shape::NoUserRead {
        pair.set_client(&asks(&[own]));
        return;
    }
    if shape == Shape::NoClientPermission {
        pair.set_client(&asks(&[user_read]));
        return;
    }
    pair.unassign();
    if shape == Shape::AzureAdGraph {
        pair.set_server(&asks(&[ancient]));
    }
    if shape == Shape::DirectoryReadDelegated {
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

fn consent(pair: &mut Workshop<'_>, shape: Shape) {
    let server = pair.server.principal.clone();
    pair.revoke(&server);
    if shape == Shape::ConsentOneUser {
        let person = pair.past.admin.to_string();
        pair.consent(&server, "user_impersonation", Some(&person));
    } else if shape == Shape::ConsentOtherScope {
        pair.consent(&server, "access_as_user", None);
    } else {
        pair.revoke(&pair.graph.clone());
    }
}

fn delete(pair: &mut Workshop<'_>, shape: Shape) {
    let (server, client) = (pair.server.id.clone(), pair.client.id.clone());
    pair.past.go_to(pair.now - DAY * 5);
    let gone = if shape == Shape::NoClientApp {
        pair.client.app_id.clear();
        vec![client]
    } else if shape == Shape::NoServerApp {
        pair.server.app_id.clear();
        vec![server]
    } else {
        vec![server, client]
    };
    for id in &gone {
        pair.past.delete(&format!("applications/{id}"));
        // The pair check distinguishes apps that are deleted but can be restored from apps that do not exist.
        if shape != Shape::DeletedPair {
            pair.past.delete(&format!("directory/deletedItems/{id}"));
        }
    }
}

fn secret(pair: &mut Workshop<'_>, shape: Shape) {
    let now = pair.now;
    if shape == Shape::SevenSecrets {
        for number in 2..=7 {
            pair.add_secret(&format!("CMG {number}"), now + DAY * 365);
        }
        return;
    }
    if shape == Shape::SecretBeyondPolicy {
        forbid_long_secrets(pair);
        return;
    }
    pair.drop_secrets();
    if shape == Shape::SecretExpired {
        pair.add_secret("CMG", now - DAY * 10);
    } else if shape == Shape::SecretEndsSoon {
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

fn guard(pair: &mut Workshop<'_>, shape: Shape) {
    let server = pair.server.app_id.clone();
    let policy = if shape == Shape::AccessExcluded {
        conditional_access::all_apps("enabled", &[&server])
    } else if shape == Shape::AccessReportOnly {
        conditional_access::all_apps("enabledForReportingButNotEnforced", &[])
    } else {
        conditional_access::all_apps("enabled", &[])
    };
    if let Some(tenant) = pair.tenant_mut() {
        tenant.conditional_access = vec![policy];
    }
}
