//! Error responses of Microsoft Graph, one test for each rule: status, code, and the text that clients match.

use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::seed;
use serde_json::Value;
use serde_json::json;

use super::DIRECTORY_READ_ALL;
use super::Desk;
use super::start;

fn fabrikam() -> Desk {
    Desk::of("admin@fabrikam.com")
}

#[track_caller]
fn body_refused(body: Value, message: &str) {
    let mut whole = json!({ "displayName": "Refused", "signInAudience": "AzureADMyOrg" });
    for (name, value) in body.as_object().unwrap() {
        whole[name] = value.clone();
    }
    let mut desk = fabrikam();
    let told = desk.post("/applications", whole);
    assert_eq!(told.status, 400, "{body}: {}", told.body);
    assert!(
        told.message().contains(message),
        "{body}: {}",
        told.message()
    );
}

fn scope(id: &str, value: &str) -> Value {
    json!({
        "id": id,
        "value": value,
        "type": "User",
        "isEnabled": true,
        "adminConsentDisplayName": "Access",
        "adminConsentDescription": "Access for the signed-in user.",
    })
}

const ONE: &str = "5e97358c-d99c-4558-af0c-de7774091dd1";
const TWO: &str = "5e97358c-d99c-4558-af0c-de7774091dd2";

#[test]
fn an_application_needs_a_name_of_at_most_120_characters() {
    let mut desk = fabrikam();
    desk.post("/applications", json!({})).refused(
        400,
        "Request_BadRequest",
        "A value is required for property 'displayName' of resource 'Application'.",
    );
    body_refused(json!({ "displayName": "x".repeat(121) }), "'displayName'");
    let (id, _) = desk.application(&"x".repeat(120));
    let path = format!("/applications/{id}");
    desk.patch(&path, json!({ "displayName": "" })).refused(
        400,
        "Request_BadRequest",
        "'displayName'",
    );
    desk.patch(&path, json!({ "displayName": null })).refused(
        400,
        "Request_BadRequest",
        "'displayName'",
    );
}

#[test]
fn values_outside_the_documented_set_are_refused() {
    body_refused(json!({ "colour": 1 }), "Invalid property 'colour'.");
    body_refused(json!({ "appId": ONE }), "read-only");
    body_refused(json!({ "uniqueName": "x" }), "read-only");
    body_refused(json!({ "signInAudience": "Everyone" }), "'signInAudience'");
    body_refused(
        json!({ "signInAudience": "AzureADandPersonalMicrosoftAccount", "api": { "requestedAccessTokenVersion": 1 } }),
        "'requestedAccessTokenVersion'",
    );
    body_refused(
        json!({ "web": { "redirectUris": ["http://contoso.com"] } }),
        "'web.redirectUris'",
    );
    body_refused(
        json!({ "web": { "redirectUris": ["http://localhost", "http://localhost"] } }),
        "duplicate",
    );
    body_refused(
        json!({ "passwordCredentials": [{}, {}] }),
        "'passwordCredentials'",
    );
}

#[test]
fn scopes_need_unique_ids_and_values_and_valid_texts() {
    let scopes = |scopes: Value| json!({ "api": { "oauth2PermissionScopes": scopes } });
    body_refused(
        scopes(json!([scope(ONE, "a"), scope(ONE, "b")])),
        "duplicate",
    );
    body_refused(
        scopes(json!([scope(ONE, "a"), scope(TWO, "a")])),
        "duplicate",
    );
    body_refused(scopes(json!([scope(ONE, "a b")])), "'value'");
    body_refused(scopes(json!([scope(ONE, &"a".repeat(121))])), "'value'");
    body_refused(scopes(json!([scope("1", "a")])), "'id'");
    for (name, value) in [
        ("type", json!("Everyone")),
        ("adminConsentDisplayName", json!("")),
        ("adminConsentDescription", json!(null)),
        ("id", json!(null)),
    ] {
        let mut one = scope(ONE, "a");
        one[name] = value;
        body_refused(scopes(json!([one])), &format!("'{name}'"));
    }
}

#[test]
fn required_permissions_list_each_api_once_with_types() {
    let required = |items: Value| json!({ "requiredResourceAccess": items });
    let graph = "00000003-0000-0000-c000-000000000000";
    let access = json!([{ "id": ONE, "type": "Scope" }]);
    body_refused(
        required(json!([{ "resourceAppId": "graph", "resourceAccess": access }])),
        "'resourceAppId'",
    );
    body_refused(
        required(json!([{ "resourceAppId": graph, "resourceAccess": [] }])),
        "'resourceAccess'",
    );
    body_refused(
        required(
            json!([{ "resourceAppId": graph, "resourceAccess": [{ "id": ONE, "type": "Wish" }] }]),
        ),
        "'type'",
    );
    body_refused(
        required(json!([{ "resourceAppId": graph, "resourceAccess": [{ "type": "Role" }] }])),
        "'id'",
    );
    let twice = json!({ "resourceAppId": graph, "resourceAccess": access });
    body_refused(required(json!([twice, twice])), "duplicate");
}

#[test]
fn a_scope_is_disabled_before_it_is_removed_or_renamed() {
    let mut desk = fabrikam();
    let (id, _) = desk.application("Scoped");
    let path = format!("/applications/{id}");
    let with = |scopes: Value| json!({ "api": { "oauth2PermissionScopes": scopes } });
    desk.patch(&path, with(json!([scope(ONE, "a")]))).is(204);
    let code = "CannotDeleteOrUpdateEnabledEntitlement";
    desk.patch(&path, with(json!([])))
        .refused(400, code, "disabled first");
    desk.patch(&path, with(json!([scope(ONE, "b")])))
        .refused(400, code, "disabled first");
    desk.patch(&path, with(json!([scope(TWO, "a")])))
        .refused(400, code, "disabled first");
    let mut renamed = scope(ONE, "a");
    renamed["adminConsentDisplayName"] = json!("Another name");
    desk.patch(&path, with(json!([renamed]))).is(204);
    let mut disabled = scope(ONE, "a");
    disabled["isEnabled"] = json!(false);
    desk.patch(&path, with(json!([disabled]))).is(204);
    desk.patch(&path, with(json!([]))).is(204);
}

#[test]
fn pre_authorized_clients_can_have_only_existing_scopes() {
    let mut desk = fabrikam();
    let (id, _) = desk.application("Pre");
    let body = json!({ "api": { "preAuthorizedApplications": [{ "appId": ONE, "delegatedPermissionIds": [TWO] }] } });
    desk.patch(&format!("/applications/{id}"), body).refused(
        400,
        "InvalidValue",
        "cannot be found in the AppPermissions sets",
    );
}

/// Adds a URI to an application of a tenant. Returns the code and message of the error, if any.
fn add_uri(name: &str, uri: &str) -> Option<(String, String)> {
    let mut desk = Desk::of(name);
    let (id, app_id) = desk.application("Exposed");
    let tenant = desk.get("/organization").body["value"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let uri = uri
        .replace("{appId}", &app_id)
        .replace("{tenantId}", &tenant);
    let told = desk.patch(
        &format!("/applications/{id}"),
        json!({ "identifierUris": [uri] }),
    );
    (told.status != 204).then(|| (told.code().to_owned(), told.message().to_owned()))
}

#[track_caller]
fn uri_taken(name: &str, uri: &str) {
    assert_eq!(add_uri(name, uri), None, "{uri}");
}

#[track_caller]
fn uri_refused(name: &str, uri: &str, code: &str, message: &str) {
    let (found, text) = add_uri(name, uri).unwrap_or_default();
    assert_eq!(found, code, "{uri}");
    assert!(text.contains(message), "{uri}: {text}");
}

#[test]
fn a_uri_without_policies_needs_only_a_tenant_host_or_id() {
    let admin = "admin@fabrikam.com";
    for uri in [
        "api://{appId}",
        "api://{tenantId}/{appId}",
        "api://{tenantId}/ConfigMgrService",
        "api://anything",
        "https://fabrikam.com/ConfigMgrService",
        "https://cmg.fabrikam.com",
        "https://fabrikam.onmicrosoft.com/x",
        "https://fabrikam.com/x?y#z",
        "urn:fabrikam:cmg",
    ] {
        uri_taken(admin, uri);
    }
    let unverified = "must use a verified domain of the organization or its subdomain";
    for uri in [
        "https://ConfigMgrService",
        "https://notfabrikam.com/x",
        "https://fabrikam-lab.com/x",
        "https://fabrikam.com.evil.example/x",
        "api://5e97358c-d99c-4558-af0c-de7774091dda/x",
    ] {
        uri_refused(admin, uri, "HostNameNotOnVerifiedDomain", unverified);
    }
    for uri in [
        "",
        "ConfigMgrService",
        "https://fabrikam.com/",
        "https://*.fabrikam.com",
        "https://fabrikam.com/a b",
        "https:///x",
        &format!("https://fabrikam.com/{}", "x".repeat(240)),
    ] {
        uri_refused(admin, uri, "Request_BadRequest", "'identifierUris'");
    }
}

#[test]
fn both_policies_together_accept_only_the_two_default_uris() {
    let admin = "admin@woodgrove.com";
    uri_taken(admin, "api://{appId}");
    uri_taken(admin, "api://{tenantId}/{appId}");
    let unique = "must contain a tenant verified domain, tenant ID, or app ID";
    uri_refused(
        admin,
        "api://anything",
        "HostNameNotOnVerifiedDomain",
        unique,
    );
    uri_refused(
        admin,
        "urn:woodgrove",
        "HostNameNotOnVerifiedDomain",
        unique,
    );
    let default = "must comply with the format 'api://{appId}' or 'api://{tenantId}/{appId}'";
    for uri in [
        "api://{tenantId}/ConfigMgrService",
        "api://anything/{appId}",
        "https://woodgrove.com/ConfigMgrService",
    ] {
        uri_refused(admin, uri, "HostNameNotOnVerifiedDomain", default);
    }
}

#[test]
fn an_app_with_v2_tokens_is_exempt_from_the_uri_policies() {
    let mut desk = Desk::of("admin@woodgrove.com");
    let (id, _) = desk.application("Second version");
    let body = json!({
        "api": { "requestedAccessTokenVersion": 2 },
        "identifierUris": ["https://woodgrove.com/ConfigMgrService"],
    });
    desk.patch(&format!("/applications/{id}"), body).is(204);
}

#[test]
fn an_existing_uri_is_never_validated_again() {
    let mut desk = Desk::of("admin@woodgrove.com");
    let (id, _) = desk.application("Old");
    let uri = "https://woodgrove.com/old";
    let second = |uris: Value, version: Value| json!({ "api": { "requestedAccessTokenVersion": version }, "identifierUris": uris });
    desk.patch(
        &format!("/applications/{id}"),
        second(json!([uri]), json!(2)),
    )
    .is(204);
    desk.patch(
        &format!("/applications/{id}"),
        second(json!([uri]), json!(1)),
    )
    .is(204);
}

#[test]
fn a_deleted_application_keeps_its_uri_and_name() {
    let mut desk = Desk::of("admin@northwind.com");
    let deleted = desk
        .get("/directory/deletedItems/microsoft.graph.application")
        .is(200);
    let server = deleted.body["value"]
        .as_array()
        .unwrap()
        .iter()
        .find(|app| app["displayName"] == "CMG-ServerApp")
        .unwrap()
        .clone();
    let uri = format!("api://{}/ConfigMgrService", seed::NORTHWIND);
    assert_eq!(server["identifierUris"][0], uri);
    let body = json!({ "displayName": "Again", "identifierUris": [uri] });
    desk.post("/applications", body).refused(
        400,
        "Request_BadRequest",
        "Another object with the same value for property identifierUris already exists.",
    );
    let path = format!(
        "/applications(uniqueName='{}')",
        server["uniqueName"].as_str().unwrap()
    );
    desk.upsert(&path, json!({ "displayName": "Again" }))
        .refused(
            400,
            "Request_BadRequest",
            "Another object with the same value for property uniqueName already exists.",
        );
    desk.post(
        &format!(
            "/directory/deletedItems/{}/restore",
            server["id"].as_str().unwrap()
        ),
        json!({}),
    )
    .is(200);
    desk.upsert(&path, json!({ "displayName": "Again" }))
        .is(204);
}

#[test]
fn a_deleted_application_is_removed_after_30_days() {
    let mut desk = fabrikam();
    let (id, _) = desk.application("Gone");
    desk.delete(&format!("/applications/{id}")).is(204);
    desk.get(&format!("/applications/{id}"))
        .refused(404, "Request_ResourceNotFound", &id);
    let path = format!("/directory/deletedItems/{id}");
    desk.get(&path).is(200);
    let later = start() + Duration::from_hours(30 * 24);
    desk.now = later;
    desk.graph = desk
        .sim
        .token_for(
            later,
            "admin@fabrikam.com",
            "https://graph.microsoft.com",
            &super::EVERYTHING,
        )
        .unwrap();
    desk.get(&path)
        .refused(404, "Request_ResourceNotFound", &id);
}

#[test]
fn an_upsert_creates_a_missing_object_only_on_request() {
    let mut desk = fabrikam();
    let path = "/applications(uniqueName='it''s%2Fnew')";
    desk.patch(path, json!({ "displayName": "x" })).refused(
        404,
        "Request_ResourceNotFound",
        "it's/new",
    );
    let made = desk.upsert(path, json!({ "displayName": "x" })).is(201);
    assert_eq!(made.text("uniqueName"), "it's/new");
    let told = desk.upsert(path, json!({ "displayName": "y" })).is(204);
    assert!(told.response.body().is_empty());
    assert_eq!(desk.get(path).is(200).text("displayName"), "y");
    desk.upsert(
        "/applications(uniqueName='p')",
        json!({ "displayName": "p", "passwordCredentials": [{}] }),
    )
    .refused(400, "Request_BadRequest", "service actions");
    desk.get("/applications(uniqueName='it's')")
        .refused(400, "BadRequest", "query syntax");
    desk.get("/applications/not-a-guid").refused(
        400,
        "Request_BadRequest",
        "Invalid object identifier",
    );
}

#[test]
fn an_update_replaces_whole_collections_and_keeps_the_rest() {
    let mut desk = fabrikam();
    let (id, _) = desk.application("Kept");
    let path = format!("/applications/{id}");
    desk.patch(&path, json!({ "tags": ["a", "b"], "web": { "redirectUris": ["http://localhost"], "logoutUrl": "https://fabrikam.com/out" } })).is(204);
    desk.patch(
        &path,
        json!({ "tags": ["c"], "web": { "redirectUris": [] } }),
    )
    .is(204);
    let app = desk.get(&path).body;
    assert_eq!(app["tags"], json!(["c"]));
    assert_eq!(app["web"]["redirectUris"], json!([]));
    assert_eq!(app["web"]["logoutUrl"], "https://fabrikam.com/out");
    assert_eq!(app["displayName"], "Kept");
}

#[test]
fn a_secret_is_shown_once_and_lasts_two_years_by_default() {
    let mut desk = fabrikam();
    let (id, _) = desk.application("Secretive");
    let path = format!("/applications/{id}");
    let made = desk
        .post(
            &format!("{path}/addPassword"),
            json!({ "passwordCredential": { "displayName": "x" } }),
        )
        .is(200);
    let secret = made.text("secretText");
    assert!((16..=64).contains(&secret.len()));
    assert!(secret.starts_with(&made.text("hint")));
    assert_eq!(made.text("startDateTime"), "2026-11-23T10:00:00.0000000Z");
    assert_eq!(made.text("endDateTime"), "2028-11-23T10:00:00.0000000Z");
    let app = desk.get(&path).body;
    assert_eq!(app["passwordCredentials"][0]["secretText"], Value::Null);
    assert!(!desk.sim.snapshot().to_string().contains(&secret));
    let remove = format!("{path}/removePassword");
    desk.post(&remove, json!({ "keyId": made.text("keyId") }))
        .is(204);
    desk.post(&remove, json!({ "keyId": made.text("keyId") }))
        .refused(400, "Request_BadRequest", "keyId");
}

#[test]
fn a_secret_comes_from_the_service_and_ends_after_its_start() {
    let mut desk = fabrikam();
    let (id, _) = desk.application("Secretive");
    let path = format!("/applications/{id}");
    let add = format!("{path}/addPassword");
    let ask = |credential: Value| json!({ "passwordCredential": credential });
    desk.post(&add, ask(json!({ "secretText": "mine" })))
        .refused(400, "Request_BadRequest", "service actions");
    desk.post(&add, ask(json!({ "endDateTime": "2026-11-23T10:00:00Z" })))
        .refused(400, "Request_BadRequest", "end date");
    desk.post(&add, ask(json!({ "endDateTime": "tomorrow" })))
        .refused(400, "Request_BadRequest", "'endDateTime'");
    desk.post(&add, json!({ "password": {} }))
        .refused(400, "BadRequest", "'password'");
    desk.patch(
        &path,
        json!({ "passwordCredentials": [{ "displayName": "mine" }] }),
    )
    .refused(400, "Request_BadRequest", "service actions");
    desk.patch(&path, json!({ "passwordCredentials": [] }))
        .is(204);
}

#[test]
fn a_policy_limits_the_lifetime_of_a_secret() {
    let mut desk = Desk::of("admin@woodgrove.com");
    let (id, _) = desk.application("Limited");
    let path = format!("/applications/{id}/addPassword");
    let until = |end: &str| json!({ "passwordCredential": { "endDateTime": end } });
    let code = "CredentialInvalidLifetimeAsPerAppPolicy";
    desk.post(&path, json!({})).refused(
        400,
        code,
        "Credential lifetime exceeds the max value allowed",
    );
    desk.post(&path, until("2027-11-23T10:00:01Z"))
        .refused(400, code, "");
    desk.post(&path, until("2027-11-23T10:00:00Z")).is(200);
    let body = json!({ "displayName": "x", "passwordCredentials": [{ "displayName": "y" }] });
    desk.post("/applications", body).refused(400, code, "");
}

#[test]
fn a_policy_can_forbid_secrets_from_a_date_or_be_disabled() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let (id, _) = desk.application("Forbidden");
    let path = format!("/applications/{id}/addPassword");
    let policy = |is_enabled: bool, state: &str, since: Value| {
        json!({
            "isEnabled": is_enabled,
            "applicationRestrictions": { "passwordCredentials": [{
                "restrictionType": "passwordAddition",
                "state": state,
                "restrictForAppsCreatedAfterDateTime": since,
            }] },
        })
    };
    for (policy, status) in [
        (policy(true, "enabled", Value::Null), 400),
        (policy(true, "enabled", json!("2026-11-23T10:00:00Z")), 400),
        (policy(true, "enabled", json!("2026-11-23T10:00:01Z")), 200),
        (policy(true, "disabled", Value::Null), 200),
        (policy(false, "enabled", Value::Null), 200),
    ] {
        assert!(
            desk.sim
                .set_app_management_policy(seed::FABRIKAM, policy.clone())
        );
        let told = desk.post(&path, json!({}));
        assert_eq!(told.status, status, "{policy}");
        if status == 400 {
            assert_eq!(told.code(), "CredentialTypeNotAllowedAsPerAppPolicy");
        }
    }
}

#[test]
fn a_removed_role_makes_the_next_write_fail() {
    let mut desk = fabrikam();
    let (id, _) = desk.application("Half done");
    let (name, path) = ("apps@fabrikam.com", format!("/applications/{id}"));
    let mut desk = desk.hand_to(name);
    desk.patch(&path, json!({ "notes": "a" })).is(204);
    assert!(desk.sim.set_directory_roles(name, &[]));
    desk.patch(&path, json!({ "notes": "b" }))
        .refused(403, "Authorization_RequestDenied", "");
}

#[test]
fn objects_are_found_by_id_and_owners_added_and_removed() {
    let mut desk = fabrikam();
    let (id, _) = desk.application("Owned");
    let person = desk.get("/users/apps@fabrikam.com").is(200).id();
    let link = format!("https://graph.microsoft.com/v1.0/directoryObjects/{person}");
    let owners = format!("/applications/{id}/owners");
    let body = json!({ "@odata.id": link });
    desk.post(&format!("{owners}/$ref"), body.clone()).is(204);
    desk.post(&format!("{owners}/$ref"), body)
        .refused(400, "Request_BadRequest", "already exist");
    let told = desk.post(
        "/directoryObjects/getByIds",
        json!({ "ids": [id, person, ONE] }),
    );
    assert_eq!(told.is(200).body["value"].as_array().unwrap().len(), 2);
    desk.get(&format!("/directoryObjects/{ONE}"))
        .refused(404, "Request_ResourceNotFound", ONE);
    desk.delete(&format!("{owners}/{person}/$ref")).is(204);
    desk.delete(&format!("{owners}/{person}/$ref")).refused(
        404,
        "Request_ResourceNotFound",
        &person,
    );
}

#[test]
fn an_application_has_at_most_one_service_principal() {
    let mut desk = fabrikam();
    let (_, app_id) = desk.application("Once");
    let path = format!("/servicePrincipals(appId='{app_id}')");
    desk.patch(&path, json!({}))
        .refused(404, "Request_ResourceNotFound", &app_id);
    desk.upsert(&path, json!({})).is(201);
    desk.upsert(&path, json!({ "tags": ["x"] })).is(204);
    desk.post("/servicePrincipals", json!({ "appId": app_id }))
        .refused(
            409,
            "Request_MultipleObjectsWithSameKeyValue",
            "is already in use",
        );
    desk.post("/servicePrincipals", json!({ "appId": ONE }))
        .refused(
            400,
            "Request_BadRequest",
            "does not reference a valid application object",
        );
    desk.post("/servicePrincipals", json!({}))
        .refused(400, "Request_BadRequest", "'appId'");
    desk.post(
        "/servicePrincipals",
        json!({ "appId": app_id, "colour": 1 }),
    )
    .refused(400, "Request_BadRequest", "'colour'");
}

#[test]
fn a_service_principal_shows_what_its_application_exposes() {
    let mut desk = fabrikam();
    let (id, app_id) = desk.application("Shown");
    desk.post("/servicePrincipals", json!({ "appId": app_id }))
        .is(201);
    let body = json!({ "identifierUris": ["https://fabrikam.com/s"], "api": { "oauth2PermissionScopes": [scope(ONE, "user_impersonation")] } });
    desk.patch(&format!("/applications/{id}"), body).is(204);
    let shown = desk
        .get(&format!("/servicePrincipals(appId='{app_id}')"))
        .is(200)
        .body;
    assert_eq!(
        shown["servicePrincipalNames"],
        json!([app_id, "https://fabrikam.com/s"])
    );
    assert_eq!(
        shown["oauth2PermissionScopes"][0]["value"],
        "user_impersonation"
    );
}

fn grant(client: &str, resource: &str) -> Value {
    json!({ "clientId": client, "consentType": "AllPrincipals", "resourceId": resource, "scope": "User.Read" })
}

#[test]
fn a_grant_is_unique_and_for_all_users_or_one() {
    let mut desk = fabrikam();
    let (client, resource) = (desk.principal("Client"), desk.graph_principal());
    let grants = "/oauth2PermissionGrants";
    for (name, value) in [
        ("consentType", json!("Everyone")),
        ("consentType", json!("Principal")),
        ("principalId", json!(ONE)),
        ("clientId", json!("x")),
        ("colour", json!("red")),
    ] {
        let mut body = grant(&client, &resource);
        body[name] = value;
        assert_eq!(desk.post(grants, body).status, 400, "{name}");
    }
    let made = desk.post(grants, grant(&client, &resource)).is(201);
    assert_eq!(made.body["principalId"], Value::Null);
    desk.post(grants, grant(&client, &resource)).refused(
        409,
        "Request_MultipleObjectsWithSameKeyValue",
        "Permission entry already exists.",
    );
    let path = format!("{grants}/{}", made.id());
    desk.patch(&path, json!({ "scope": "openid" })).is(204);
    assert_eq!(desk.get(&path).is(200).text("scope"), "openid");
    desk.patch(&path, json!({ "clientId": ONE }))
        .refused(400, "Request_BadRequest", "'clientId'");
    desk.delete(&path).is(204);
    desk.get(&path).refused(404, "Request_ResourceNotFound", "");
}

#[test]
fn a_grant_needs_object_ids_not_app_ids() {
    let mut desk = fabrikam();
    let (_, app_id) = desk.application("Confused");
    let resource = desk.graph_principal();
    desk.post("/oauth2PermissionGrants", grant(&app_id, &resource))
        .refused(404, "Request_ResourceNotFound", &app_id);
    desk.post("/oauth2PermissionGrants", grant(&resource, &app_id))
        .refused(400, "Request_BadRequest", &app_id);
}

#[test]
fn a_grant_without_a_scope_is_accepted_but_cannot_be_updated() {
    let mut desk = fabrikam();
    let (client, resource) = (desk.principal("Client"), desk.graph_principal());
    let mut body = grant(&client, &resource);
    body["scope"] = Value::Null;
    let id = desk.post("/oauth2PermissionGrants", body).is(201).id();
    desk.patch(
        &format!("/oauth2PermissionGrants/{id}"),
        json!({ "scope": "User.Read" }),
    )
    .refused(400, "Request_BadRequest", "'scope'");
}

#[test]
fn an_app_role_must_exist_and_is_assigned_once() {
    let mut desk = fabrikam();
    let (principal, graph) = (desk.principal("Server"), desk.graph_principal());
    let path = format!("/servicePrincipals/{graph}/appRoleAssignedTo");
    let body =
        json!({ "principalId": principal, "resourceId": graph, "appRoleId": DIRECTORY_READ_ALL });
    for (name, value, message) in [
        ("resourceId", principal.as_str(), "'resourceId'"),
        (
            "appRoleId",
            ONE,
            "Permission being assigned was not found on application",
        ),
        ("principalId", ONE, "Not a valid reference update."),
        ("colour", "red", "'colour'"),
    ] {
        let mut wrong = body.clone();
        wrong[name] = json!(value);
        desk.post(&path, wrong)
            .refused(400, "Request_BadRequest", message);
    }
    let made = desk.post(&path, body.clone()).is(201);
    assert_eq!(made.text("principalDisplayName"), "Server");
    desk.post(&path, body).refused(
        400,
        "Request_BadRequest",
        "Permission being assigned already exists on the object",
    );
    desk.delete(&format!("{path}/{}", made.id())).is(204);
    desk.delete(&format!("{path}/{}", made.id()))
        .refused(404, "Request_ResourceNotFound", "");
}

#[test]
fn missing_foreign_and_expired_tokens_are_refused() {
    let mut desk = fabrikam();
    let url = "https://graph.microsoft.com/v1.0/me";
    let told = desk.send("GET", url, &[], None);
    told.refused(401, "InvalidAuthenticationToken", "Access token is empty.");
    assert!(
        told.header("www-authenticate")
            .contains("authorization_uri=")
    );
    let arm = format!("Bearer {}", desk.arm);
    let told = desk.send("GET", url, &[("authorization", &arm)], None);
    told.refused(401, "InvalidAuthenticationToken", "Invalid audience.");
    let told = desk.send("GET", url, &[("authorization", "Bearer x")], None);
    told.refused(401, "InvalidAuthenticationToken", "");
    let bearer = format!("Bearer {}", desk.graph);
    let told = desk.send(
        "GET",
        "https://graph.microsoft.us/v1.0/me",
        &[("authorization", &bearer)],
        None,
    );
    told.refused(401, "InvalidAuthenticationToken", "");
    desk.now += Duration::from_hours(1);
    desk.get("/me")
        .refused(401, "InvalidAuthenticationToken", "expired");
}

#[test]
fn each_call_needs_its_permission() {
    let mut desk = Desk::with_scopes(Sim::new(7), "admin@fabrikam.com", &["User.Read"]);
    let object = |path: &str| format!("{path}/{ONE}");
    for (method, path) in [
        ("GET", "/applications".to_owned()),
        ("POST", "/applications".to_owned()),
        ("PATCH", object("/applications")),
        ("DELETE", object("/applications")),
        ("POST", format!("/applications/{ONE}/addPassword")),
        ("POST", "/servicePrincipals".to_owned()),
        ("GET", "/oauth2PermissionGrants".to_owned()),
        ("POST", "/oauth2PermissionGrants".to_owned()),
        (
            "POST",
            format!("/servicePrincipals/{ONE}/appRoleAssignedTo"),
        ),
        ("GET", "/policies/defaultAppManagementPolicy".to_owned()),
        ("GET", "/domains".to_owned()),
        (
            "GET",
            "/directory/deletedItems/microsoft.graph.application".to_owned(),
        ),
    ] {
        let body = (method != "GET").then(|| json!({}));
        let told = desk.graph_with(method, &path, &[], body.as_ref());
        told.refused(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges",
        );
    }
    desk.get("/me").is(200);
    desk.get("/organization").is(200);
    desk.counted("/me/transitiveMemberOf/microsoft.graph.directoryRole")
        .is(200);
}

#[test]
fn managing_applications_does_not_permit_consent() {
    let scopes = ["Application.ReadWrite.All"];
    let mut desk = Desk::with_scopes(Sim::new(7), "admin@fabrikam.com", &scopes);
    let (client, graph) = (desk.principal("Client"), desk.graph_principal());
    desk.post("/oauth2PermissionGrants", grant(&client, &graph))
        .refused(403, "Authorization_RequestDenied", "");
    let body =
        json!({ "principalId": client, "resourceId": graph, "appRoleId": DIRECTORY_READ_ALL });
    desk.post(
        &format!("/servicePrincipals/{graph}/appRoleAssignedTo"),
        body,
    )
    .refused(403, "Authorization_RequestDenied", "");
}

/// Checks who can register apps, manage another user's app, consent for all users, and assign a Microsoft Graph app role.
#[track_caller]
fn may(name: &str, expected: [bool; 4]) {
    let mut desk = fabrikam();
    let (stranger, _) = desk.application("A stranger's");
    let (client, other) = (desk.principal("Client"), desk.principal("Other"));
    let graph = desk.graph_principal();
    let mut desk = desk.hand_to(name);
    let registers = desk
        .post("/applications", json!({ "displayName": "x" }))
        .status
        == 201;
    let manages = desk
        .patch(
            &format!("/applications/{stranger}"),
            json!({ "notes": "x" }),
        )
        .status
        == 204;
    let consents = desk
        .post("/oauth2PermissionGrants", grant(&client, &graph))
        .status
        == 201;
    let body =
        json!({ "principalId": other, "resourceId": graph, "appRoleId": DIRECTORY_READ_ALL });
    let gives = desk
        .post(
            &format!("/servicePrincipals/{graph}/appRoleAssignedTo"),
            body,
        )
        .status
        == 201;
    assert_eq!([registers, manages, consents, gives], expected, "{name}");
}

#[test]
fn each_role_allows_what_its_page_documents() {
    may("admin@fabrikam.com", [true, true, true, true]);
    may("apps@fabrikam.com", [true, true, true, false]);
    may("lena@fabrikam.com", [true, true, true, true]);
    may("consent@fabrikam.com", [true, false, true, true]);
    may("azure@fabrikam.com", [true, false, false, false]);
    may("guest@fabrikam.com", [false, false, false, false]);
}

#[test]
fn a_user_who_registers_without_an_admin_role_becomes_owner() {
    let mut desk = Desk::of("admin@litware.com");
    let (id, app_id) = desk.application("Mine");
    let owners = desk.get(&format!("/applications/{id}/owners")).is(200);
    assert_eq!(owners.body["value"][0]["displayName"], "Dev Developer");
    desk.patch(&format!("/applications/{id}"), json!({ "notes": "x" }))
        .is(204);
    desk.post(&format!("/applications/{id}/addPassword"), json!({}))
        .is(200);
    let principal = desk
        .post("/servicePrincipals", json!({ "appId": app_id }))
        .is(201)
        .id();
    let graph = desk.graph_principal();
    desk.post("/oauth2PermissionGrants", grant(&principal, &graph))
        .refused(403, "Authorization_RequestDenied", "");
    desk.get("/policies/defaultAppManagementPolicy").refused(
        403,
        "Authorization_RequestDenied",
        "",
    );
    let policy = desk.get("/policies/authorizationPolicy").is(200);
    assert_eq!(
        policy.body["defaultUserRolePermissions"]["allowedToCreateApps"],
        false
    );
}

#[test]
fn bodies_must_be_json_with_the_json_content_type() {
    let mut desk = fabrikam();
    let url = "https://graph.microsoft.com/v1.0/applications";
    let bearer = format!("Bearer {}", desk.graph);
    let told = desk.send("POST", url, &[("authorization", &bearer)], Some(&json!({})));
    told.refused(400, "BadRequest", "Unable to read JSON request payload.");
    desk.post("/applications", json!([]))
        .refused(400, "BadRequest", "Unable to read JSON");
    desk.graph_with("POST", "/applications", &[], None).refused(
        400,
        "BadRequest",
        "Empty Payload.",
    );
    desk.send(
        "GET",
        "https://graph.microsoft.com/beta/me",
        &[("authorization", &bearer)],
        None,
    )
    .refused(400, "BadRequest", "Invalid version");
}

#[test]
fn too_many_writes_are_throttled_with_a_wait() {
    let mut desk = fabrikam();
    let (id, _) = desk.application("Busy");
    let path = format!("/applications/{id}");
    let mut told = desk.patch(&path, json!({ "notes": "x" }));
    let mut writes = 2;
    while told.status == 204 {
        writes += 1;
        // Slow enough to keep request units available, and too fast for the write quota to recover.
        desk.now += Duration::from_millis(5);
        told = desk.patch(&path, json!({ "notes": "x" }));
    }
    told.refused(429, "TooManyRequests", "");
    assert!(writes > 3000, "{writes}");
    assert_eq!(told.header("retry-after"), "1");
}
