//! A complete pair, and the requests that change it.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::directory::catalogue;
use crate::directory::tenant::Tenant;
use crate::past;
use crate::past::DAY;
use crate::past::Past;
use crate::scenarios::Pair;
use domain::ids::TenantId;

pub(super) const USER_READ: &str = "e1fe6dd8-ba31-4d61-89e7-88639da4683d";
pub(super) const DIRECTORY_READ_ROLE: &str = "7ab1d382-f21e-4acd-a863-ba3e13f7da61";
pub(super) const DIRECTORY_READ_SCOPE: &str = "06da0dbc-49e2-44d2-8312-53f166ab848a";
pub(super) const BROKER: &str = "ms-appx-web://Microsoft.AAD.BrokerPlugin/";
/// Age of a pair's secret in days, unless the pair is younger.
const SECRET_AGE: u32 = 100;

#[derive(Clone, Default)]
pub(super) struct App {
    pub(super) id: String,
    pub(super) app_id: String,
    pub(super) principal: String,
}

/// A pair, and an administrator's requests that change it.
pub(super) struct Workshop<'a> {
    pub(super) past: Past<'a>,
    pub(super) now: Timestamp,
    pub(super) server: App,
    pub(super) client: App,
    /// Object ID of the service principal of Microsoft Graph.
    pub(super) graph: String,
}

impl<'a> Workshop<'a> {
    /// A pair as this tool creates it with discovery, with all consent granted, but without the ownership tags. The names end in `mark`.
    pub(super) fn complete(mut past: Past<'a>, now: Timestamp, mark: &str) -> Self {
        let graph = format!("servicePrincipals(appId='{}')", catalogue::GRAPH);
        let graph = past::text(&past.get(&graph), "id");
        let server = register(
            &mut past,
            &json!({
                "displayName": format!("CMG-ServerApp{mark}"),
                "signInAudience": "AzureADMyOrg",
                "isDeviceOnlyAuthSupported": true,
                "web": { "redirectUris": ["http://localhost"] },
                "api": { "oauth2PermissionScopes": [past::scope()] },
                "requiredResourceAccess": [required(catalogue::GRAPH, DIRECTORY_READ_ROLE, "Role")],
            }),
        );
        let client = register(
            &mut past,
            &json!({
                "displayName": format!("CMG-ClientApp{mark}"),
                "signInAudience": "AzureADMyOrg",
                "isFallbackPublicClient": true,
                "requiredResourceAccess": [
                    required(catalogue::GRAPH, USER_READ, "Scope"),
                    required(&server.app_id, &past::SCOPE.to_string(), "Scope"),
                ],
            }),
        );
        let mut own = Self {
            past,
            now,
            server,
            client,
            graph,
        };
        let uri = format!("api://{}/{}", own.past.tenant, own.server.app_id);
        own.set_server(&json!({ "identifierUris": [uri] }));
        let broker = format!("{BROKER}{}", own.client.app_id);
        own.set_client(&json!({ "publicClient": { "redirectUris": [broker] } }));
        let owner = json!({ "@odata.id": own.owner() });
        for app in [own.server.id.clone(), own.client.id.clone()] {
            (own.past).post(&format!("applications/{app}/owners/$ref"), &owner);
        }
        let role = json!({
            "principalId": own.server.principal,
            "resourceId": own.graph,
            "appRoleId": DIRECTORY_READ_ROLE,
        });
        let held = format!(
            "servicePrincipals/{}/appRoleAssignments",
            own.server.principal
        );
        own.past.post(&held, &role);
        own.consent(&own.graph.clone(), "User.Read", None);
        own.consent(&own.server.principal.clone(), "user_impersonation", None);
        let moment = own.past.moment.max(now - DAY * SECRET_AGE);
        own.past.go_to(moment);
        own.add_secret("CMG", own.past.moment + DAY * 730);
        own
    }

    pub(super) fn pair(&self) -> Pair {
        Pair {
            server: self.server.app_id.parse().ok(),
            client: self.client.app_id.parse().ok(),
        }
    }

    pub(super) fn tenant(&self) -> TenantId {
        self.past.tenant
    }

    /// Direct access to the tenant, for values that no request can set.
    pub(super) fn tenant_mut(&mut self) -> Option<&mut Tenant> {
        self.past.sim.tenant_mut(self.past.tenant)
    }

    /// A verified custom domain of the tenant.
    pub(super) fn domain(&self) -> String {
        let tenant = self.past.sim.tenant(self.past.tenant);
        let mut domains = tenant.into_iter().flat_map(|tenant| &tenant.domains);
        domains
            .find(|domain| domain.is_verified && !domain.is_initial)
            .map_or_else(String::new, |domain| domain.name.clone())
    }

    /// The owner of the apps, as a reference.
    pub(super) fn owner(&self) -> String {
        format!("https://x/v1.0/directoryObjects/{}", self.past.admin)
    }

    pub(super) fn set_server(&mut self, change: &Value) {
        let path = format!("applications/{}", self.server.id);
        self.past.patch(&path, change);
    }

    pub(super) fn set_client(&mut self, change: &Value) {
        let path = format!("applications/{}", self.client.id);
        self.past.patch(&path, change);
    }

    /// Applies changes to the server app's only scope.
    pub(super) fn set_scope(&mut self, changes: &[(&str, Value)]) {
        let mut scope = past::scope();
        for (name, value) in changes {
            scope[*name] = value.clone();
        }
        self.set_server(&json!({ "api": { "oauth2PermissionScopes": [scope] } }));
    }

    pub(super) fn set_principal(&mut self, id: &str, change: &Value) {
        self.past.patch(&format!("servicePrincipals/{id}"), change);
    }

    /// Consent for the client app: for all users, or for one user.
    pub(super) fn consent(&mut self, resource: &str, scope: &str, person: Option<&str>) {
        let body = json!({
            "clientId": self.client.principal,
            "consentType": if person.is_some() { "Principal" } else { "AllPrincipals" },
            "principalId": person,
            "resourceId": resource,
            "scope": scope,
        });
        self.past.post("oauth2PermissionGrants", &body);
    }

    /// The client app's grants: grant ID and resource ID.
    pub(super) fn grants(&mut self) -> Vec<(String, String)> {
        let path = format!(
            "servicePrincipals/{}/oauth2PermissionGrants",
            self.client.principal
        );
        let listed = self.past.get(&path);
        let grants = listed["value"].as_array().into_iter().flatten();
        grants
            .map(|grant| (past::text(grant, "id"), past::text(grant, "resourceId")))
            .collect()
    }

    pub(super) fn revoke(&mut self, resource: &str) {
        for (id, of) in self.grants() {
            if of == resource {
                self.past.delete(&format!("oauth2PermissionGrants/{id}"));
            }
        }
    }

    /// Removes the server app's application permissions.
    pub(super) fn unassign(&mut self) {
        let path = format!(
            "servicePrincipals/{}/appRoleAssignments",
            self.server.principal
        );
        let listed = self.past.get(&path);
        for one in listed["value"].as_array().into_iter().flatten() {
            let id = past::text(one, "id");
            self.past.delete(&format!("{path}/{id}"));
        }
    }

    pub(super) fn add_secret(&mut self, name: &str, end: Timestamp) {
        let path = format!("applications/{}/addPassword", self.server.id);
        let body = json!({
            "passwordCredential": { "displayName": name, "endDateTime": end.to_string() },
        });
        self.past.post(&path, &body);
    }

    /// The pair is in use: the site signs in with the oldest secret that is valid, and devices sign in through the client app.
    pub(super) fn sign_in(&mut self) {
        let Pair {
            server: Some(server),
            client: Some(client),
        } = self.pair()
        else {
            return;
        };
        // The reports are a day late.
        let at = self.now - DAY - Duration::from_hours(3);
        let (sim, tenant) = (&mut *self.past.sim, self.past.tenant);
        sim.sign_in_as_user(at - Duration::from_hours(2), tenant, client, server);
        let directory = sim.tenant(tenant).map(|it| &it.directory);
        let application = directory.and_then(|it| it.application(&self.server.app_id));
        let held = application.and_then(|it| it.properties.get("passwordCredentials"));
        let mut held = held.and_then(Value::as_array).into_iter().flatten();
        let is_valid = |one: &&Value| {
            let end = past::text(one, "endDateTime").parse::<Timestamp>();
            end.is_ok_and(|end| end > at)
        };
        let key = held.find(is_valid).map(|one| past::text(one, "keyId"));
        let (Some(key), Ok(graph)) = (key.and_then(|it| it.parse().ok()), catalogue::GRAPH.parse())
        else {
            return;
        };
        sim.sign_in_with_secret(at, tenant, (server, key), graph);
    }

    pub(super) fn drop_secrets(&mut self) {
        self.set_server(&json!({ "passwordCredentials": [] }));
    }
}

/// Registers an app and creates its service principal.
pub(super) fn register(past: &mut Past<'_>, body: &Value) -> App {
    let made = past.post("applications", body);
    let app_id = past::text(&made, "appId");
    let principal = past.post("servicePrincipals", &json!({ "appId": app_id }));
    App {
        id: past::text(&made, "id"),
        app_id,
        principal: past::text(&principal, "id"),
    }
}

/// One entry of `requiredResourceAccess`.
pub(super) fn required(api: &str, id: &str, kind: &str) -> Value {
    json!({ "resourceAppId": api, "resourceAccess": [{ "id": id, "type": kind }] })
}
