//! Requests to Microsoft Graph that the pair check and the repair send for apps created without this tool.

use cloud_sim::Sim;
use cloud_sim::seed;
use serde_json::Value;
use serde_json::json;

use super::DIRECTORY_READ_ALL;
use super::Desk;
use super::GRAPH_APP;
use super::Told;

const SCOPE: &str = "5e97358c-d99c-4558-af0c-de7774091dd3";
const BROKER: &str = "ms-appx-web://Microsoft.AAD.BrokerPlugin";
/// Permissions that a check requests at sign-in. None of them allows writes.
const READ_ONLY: [&str; 4] = [
    "User.Read",
    "Application.Read.All",
    "Directory.Read.All",
    "Policy.Read.All",
];

/// Creates a server app and a client app in Fabrikam. Returns the IDs of both.
fn pair(desk: &mut Desk) -> [(String, String); 2] {
    let server = json!({
        "displayName": "ConfigMgr server",
        "signInAudience": "AzureADMyOrg",
        "isDeviceOnlyAuthSupported": true,
        "tags": ["first", "second"],
        "web": {
            "redirectUris": ["http://localhost", "https://fabrikam.com/old"],
            "homePageUrl": "https://fabrikam.com",
            "implicitGrantSettings": { "enableIdTokenIssuance": true },
        },
        "api": {
            "requestedAccessTokenVersion": 2,
            "oauth2PermissionScopes": [scope(true)],
        },
        "requiredResourceAccess": [{
            "resourceAppId": GRAPH_APP,
            "resourceAccess": [{ "id": DIRECTORY_READ_ALL, "type": "Role" }],
        }],
    });
    let server = desk.post("/applications", server).is(201);
    let client = json!({
        "displayName": "CMG client",
        "signInAudience": "AzureADMyOrg",
        "isFallbackPublicClient": true,
        "requiredResourceAccess": [{
            "resourceAppId": server.text("appId"),
            "resourceAccess": [{ "id": SCOPE, "type": "Scope" }],
        }],
    });
    let client = desk.post("/applications", client).is(201);
    let redirect = format!("{BROKER}/{}", client.text("appId"));
    desk.patch(
        &format!("/applications/{}", client.id()),
        json!({ "publicClient": { "redirectUris": [redirect] } }),
    )
    .is(204);
    [server, client].map(|told| (told.id(), told.text("appId")))
}

fn scope(is_enabled: bool) -> Value {
    json!({
        "id": SCOPE,
        "value": "user_impersonation",
        "type": "User",
        "isEnabled": is_enabled,
        "adminConsentDisplayName": "Access",
        "adminConsentDescription": "Access for the signed-in user.",
    })
}

fn advanced(desk: &mut Desk, filter: &str) -> Told {
    let path = format!("/applications?$filter={filter}&$count=true");
    desk.graph_with("GET", &path, &[("ConsistencyLevel", "eventual")], None)
}

fn names(told: &Told) -> Vec<&str> {
    let items = told.body["value"].as_array().into_iter().flatten();
    items
        .map(|item| item["displayName"].as_str().unwrap_or_default())
        .collect()
}

#[test]
fn filters_on_redirects_and_permissions_need_advanced_queries() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let [(_, server_app), _] = pair(&mut desk);
    desk.application("Bystander");
    for (filter, expected) in [
        (
            format!("publicClient/redirectUris/any(p:startswith(p,'{BROKER}/'))"),
            vec!["CMG client"],
        ),
        (
            "web/redirectUris/any(p:p eq 'http://localhost')".to_owned(),
            vec!["ConfigMgr server"],
        ),
        (
            "spa/redirectUris/any(p:p eq 'http://localhost')".to_owned(),
            vec![],
        ),
        (
            format!("requiredResourceAccess/any(r:r/resourceAppId eq '{server_app}')"),
            vec!["CMG client"],
        ),
        (
            format!("requiredResourceAccess/any(r:r/resourceAppId eq {server_app})"),
            vec!["CMG client"],
        ),
        (
            format!(
                "tags/any(t:t eq 'first') or requiredResourceAccess/any(r:r/resourceAppId eq '{server_app}')"
            ),
            vec!["ConfigMgr server", "CMG client"],
        ),
    ] {
        let told = advanced(&mut desk, &filter).is(200);
        assert_eq!(names(&told), expected, "{filter}");
        assert_eq!(told.body["@odata.count"], expected.len(), "{filter}");
        let unsupported = |told: Told| {
            told.refused(400, "Request_UnsupportedQuery", "Unsupported Query.");
        };
        unsupported(desk.get(&format!("/applications?$filter={filter}")));
        unsupported(desk.get(&format!("/applications?$filter={filter}&$count=true")));
        let eventual = [("ConsistencyLevel", "eventual")];
        let path = format!("/applications?$filter={filter}");
        unsupported(desk.graph_with("GET", &path, &eventual, None));
    }
}

#[test]
fn filters_on_names_ids_tags_and_uris_work_in_plain_queries() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let [(server, server_app), (_, client_app)] = pair(&mut desk);
    let uri = json!({ "identifierUris": [format!("api://{server_app}")] });
    desk.patch(&format!("/applications/{server}"), uri).is(204);
    desk.application("Bystander");
    let select = "$select=id,appId,displayName,spa,disabledByMicrosoftStatus,web,api,keyCredentials,publicClient";
    for (filter, expected) in [
        (
            "startswith(displayName,'CMG') or startswith(displayName,'ConfigMgr')".to_owned(),
            vec!["ConfigMgr server", "CMG client"],
        ),
        (
            "tags/any(t:t eq 'second')".to_owned(),
            vec!["ConfigMgr server"],
        ),
        (
            format!("appId in ('{server_app}','{client_app}')"),
            vec!["ConfigMgr server", "CMG client"],
        ),
        (
            "identifierUris/any(u:startswith(u,'api://'))".to_owned(),
            vec!["ConfigMgr server"],
        ),
    ] {
        let told = desk
            .get(&format!("/applications?$filter={filter}&{select}"))
            .is(200);
        assert_eq!(names(&told), expected, "{filter}");
        let first = &told.body["value"][0];
        assert_eq!(first["disabledByMicrosoftStatus"], Value::Null);
        assert_eq!(first["keyCredentials"], json!([]));
        assert_eq!(first["spa"]["redirectUris"], json!([]));
    }
}

#[test]
fn read_permissions_read_the_whole_pair_and_cannot_write() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let [(server, server_app), (_, client_app)] = pair(&mut desk);
    let mut principals = Vec::new();
    for app in [&server_app, &client_app] {
        let made = desk.post("/servicePrincipals", json!({ "appId": app }));
        principals.push(made.is(201).id());
    }
    let grant = json!({ "clientId": principals[1], "consentType": "AllPrincipals", "resourceId": principals[0], "scope": "user_impersonation" });
    desk.post("/oauth2PermissionGrants", grant).is(201);
    let graph = desk.graph_principal();
    let role = json!({ "principalId": principals[0], "resourceId": graph, "appRoleId": DIRECTORY_READ_ALL });
    desk.post(
        &format!("/servicePrincipals/{}/appRoleAssignments", principals[0]),
        role,
    )
    .is(201);

    let mut desk = Desk::with_scopes(desk.sim, "admin@fabrikam.com", &READ_ONLY);
    let by_id = format!("/applications/{server}");
    for (path, held) in [
        (format!("/applications(appId='{server_app}')"), None),
        (
            format!("/applications(appId='{server_app}')/owners"),
            Some(0),
        ),
        (
            format!(
                "/servicePrincipals(appId='{server_app}')?$select=id,appId,accountEnabled,appRoleAssignmentRequired,displayName"
            ),
            None,
        ),
        (
            format!("/servicePrincipals(appId='{client_app}')/oauth2PermissionGrants"),
            Some(1),
        ),
        (
            format!("/servicePrincipals(appId='{server_app}')/appRoleAssignments"),
            Some(1),
        ),
        (
            format!("/servicePrincipals(appId='{server_app}')/appRoleAssignedTo"),
            Some(0),
        ),
        (
            format!(
                "/oauth2PermissionGrants?$filter=resourceId eq '{}'",
                principals[0]
            ),
            Some(1),
        ),
        (
            "/directory/deletedItems/microsoft.graph.application".to_owned(),
            Some(0),
        ),
        ("/identity/conditionalAccess/policies".to_owned(), Some(0)),
        ("/policies/defaultAppManagementPolicy".to_owned(), None),
        ("/organization".to_owned(), Some(1)),
    ] {
        let told = desk.get(&path).is(200);
        let found = told.body["value"].as_array().map(Vec::len);
        assert_eq!(found, held, "{path}");
    }
    desk.patch(&by_id, json!({ "tags": [] }))
        .refused(403, "Authorization_RequestDenied", "");
    desk.delete(&by_id)
        .refused(403, "Authorization_RequestDenied", "");
}

fn policy(name: &str, state: &str) -> Value {
    json!({
        "id": "d8b6f6a4-5d0c-4a39-9a9f-0f4c5a1f3a01",
        "templateId": null,
        "displayName": name,
        "createdDateTime": "2026-03-02T08:00:00Z",
        "modifiedDateTime": null,
        "state": state,
        "conditions": {
            "userRiskLevels": [],
            "signInRiskLevels": [],
            "clientAppTypes": ["all"],
            "applications": {
                "includeApplications": ["All"],
                "excludeApplications": [],
                "includeUserActions": [],
                "applicationFilter": null,
            },
            "users": { "includeUsers": ["All"], "excludeUsers": [] },
            "clientApplications": null,
        },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] },
        "sessionControls": null,
    })
}

#[test]
fn conditional_access_needs_a_role_that_can_read_it() {
    let mut sim = Sim::new(7);
    let policies = vec![
        policy("All apps", "enabled"),
        policy("Trial", "enabledForReportingButNotEnforced"),
    ];
    assert!(sim.set_conditional_access(seed::FABRIKAM, policies));
    let path = "/identity/conditionalAccess/policies";
    let mut desk = Desk::with_scopes(sim, "admin@fabrikam.com", &READ_ONLY);
    let told = desk.get(path).is(200);
    assert_eq!(names(&told), ["All apps", "Trial"]);
    let applications = &told.body["value"][0]["conditions"]["applications"];
    assert_eq!(applications["includeApplications"], json!(["All"]));
    let selected = desk
        .get(&format!("{path}?$select=id,state,conditions"))
        .is(200);
    assert_eq!(
        selected.body["value"][1]["state"],
        "enabledForReportingButNotEnforced"
    );
    // A role that manages applications cannot read these policies.
    let mut desk = Desk::with_scopes(desk.sim, "apps@fabrikam.com", &READ_ONLY);
    desk.get(path)
        .refused(403, "AccessDenied", "does not have access");
    let mut desk = Desk::with_scopes(desk.sim, "admin@fabrikam.com", &["Application.Read.All"]);
    desk.get(path)
        .refused(403, "AccessDenied", "required scopes are missing");
    let global_reader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451".parse().unwrap();
    assert!(
        desk.sim
            .set_directory_roles("apps@fabrikam.com", &[global_reader])
    );
    let mut desk = Desk::with_scopes(desk.sim, "apps@fabrikam.com", &READ_ONLY);
    assert_eq!(names(&desk.get(path).is(200)).len(), 2);
}

#[test]
fn updating_one_member_of_a_complex_property_keeps_the_others() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let [(server, _), _] = pair(&mut desk);
    let path = format!("/applications/{server}");
    let before = desk.get(&path).is(200).body;
    for change in [
        json!({ "api": { "requestedAccessTokenVersion": null } }),
        json!({ "web": { "implicitGrantSettings": { "enableIdTokenIssuance": false } } }),
        json!({ "web": { "redirectUris": ["http://localhost"] } }),
        json!({ "api": { "oauth2PermissionScopes": [scope(false)] } }),
        json!({ "tags": ["second"] }),
        json!({ "isDeviceOnlyAuthSupported": null }),
    ] {
        desk.patch(&path, change).is(204);
    }
    let mut expected = before;
    expected["api"]["requestedAccessTokenVersion"] = Value::Null;
    expected["web"]["implicitGrantSettings"]["enableIdTokenIssuance"] = json!(false);
    expected["web"]["redirectUris"] = json!(["http://localhost"]);
    expected["api"]["oauth2PermissionScopes"] = json!([scope(false)]);
    expected["tags"] = json!(["second"]);
    expected["isDeviceOnlyAuthSupported"] = Value::Null;
    assert_eq!(desk.get(&path).is(200).body, expected);
}

#[test]
fn a_service_principal_is_disabled_and_enabled_separately() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let [(_, server_app), _] = pair(&mut desk);
    let made = desk
        .post("/servicePrincipals", json!({ "appId": server_app }))
        .is(201);
    let path = format!("/servicePrincipals/{}", made.id());
    assert_eq!(made.body["accountEnabled"], true);
    assert_eq!(made.body["appRoleAssignmentRequired"], false);
    desk.patch(&path, json!({ "accountEnabled": false }))
        .is(204);
    desk.patch(&path, json!({ "appRoleAssignmentRequired": true }))
        .is(204);
    let told = desk.get(&path).is(200).body;
    assert_eq!(
        (&told["accountEnabled"], &told["appRoleAssignmentRequired"]),
        (&json!(false), &json!(true))
    );
    desk.patch(&path, json!({ "accountEnabled": true })).is(204);
    assert_eq!(
        desk.get(&path).is(200).body["appRoleAssignmentRequired"],
        true
    );
}

#[test]
fn an_application_is_deleted_with_its_principal_and_restored() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let [(server, server_app), _] = pair(&mut desk);
    desk.post("/servicePrincipals", json!({ "appId": server_app }))
        .is(201);
    let principal = format!("/servicePrincipals(appId='{server_app}')");
    desk.delete(&format!("/applications/{server}")).is(204);
    desk.get(&principal)
        .refused(404, "Request_ResourceNotFound", "");
    let told = desk.post(
        &format!("/directory/deletedItems/{server}/restore"),
        json!({}),
    );
    let told = told.is(200);
    assert_eq!(
        (told.id(), told.text("displayName")),
        (server.clone(), "ConfigMgr server".to_owned())
    );
    desk.get(&format!("/applications/{server}")).is(200);
}
