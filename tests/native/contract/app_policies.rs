//! App management policies: the tenant's default policy, policies of single apps, and the apps that each restriction applies to.

use cloud_sim::Sim;
use cloud_sim::seed;
use serde_json::Value;
use serde_json::json;

use super::Desk;

fn no_secrets(since: Value, exempt: Value) -> Value {
    json!({
        "restrictionType": "passwordAddition",
        "state": "enabled",
        "maxLifetime": null,
        "restrictForAppsCreatedAfterDateTime": since,
        "excludeActors": exempt,
    })
}

fn default_policy(passwords: &[Value], uris: &Value) -> Value {
    json!({
        "id": "00000000-0000-0000-0000-000000000000",
        "displayName": "Default",
        "isEnabled": true,
        "applicationRestrictions": { "passwordCredentials": passwords, "identifierUris": uris },
    })
}

fn tenant_with(policy: Value) -> Desk {
    let mut sim = Sim::new(7);
    assert!(sim.set_app_management_policy(seed::FABRIKAM, policy));
    Desk::with_scopes(sim, "admin@fabrikam.com", &super::EVERYTHING)
}

fn exempt() -> Value {
    json!({ "customSecurityAttributes": [{
        "@odata.type": "#microsoft.graph.customSecurityAttributeStringValueExemption",
        "id": "Exemptions_AppManagement",
        "operator": "equals",
        "value": "CMG",
    }] })
}

#[track_caller]
fn secret(desk: &mut Desk, app: &str, status: u16) {
    let told = desk.post(&format!("/applications/{app}/addPassword"), json!({}));
    assert_eq!(told.status, status, "{}", told.body);
    if status != 200 {
        assert_eq!(told.code(), "CredentialTypeNotAllowedAsPerAppPolicy");
    }
}

#[test]
fn a_restriction_applies_to_apps_created_on_its_date_or_later() {
    // The cloud's clock is at 2026-11-23T10:00:00Z.
    for (since, status) in [
        (json!(null), 400),
        (json!("2026-11-23T10:00:00Z"), 400),
        (json!("2026-11-23T10:00:01Z"), 200),
        (json!("2030-01-01T00:00:00Z"), 200),
    ] {
        let policy = default_policy(&[no_secrets(since, Value::Null)], &Value::Null);
        let mut desk = tenant_with(policy);
        let (app, _) = desk.application("Dated");
        secret(&mut desk, &app, status);
    }
}

#[test]
fn a_caller_with_an_exempt_attribute_is_exempt() {
    let policy = default_policy(
        &[no_secrets(Value::Null, exempt())],
        &json!({ "nonDefaultUriAddition": { "state": "enabled", "excludeActors": exempt() } }),
    );
    let mut desk = tenant_with(policy);
    let (app, _) = desk.application("Spared");
    let uri = json!({ "identifierUris": ["https://fabrikam.com/spared"] });
    let path = format!("/applications/{app}");
    secret(&mut desk, &app, 400);
    desk.patch(&path, uri.clone())
        .refused(400, "HostNameNotOnVerifiedDomain", "");
    let attribute = "Exemptions_AppManagement";
    // The comparison is case-sensitive.
    let admin = "admin@fabrikam.com";
    assert!(desk.sim.set_security_attribute(admin, attribute, "cmg"));
    secret(&mut desk, &app, 400);
    assert!(desk.sim.set_security_attribute(admin, attribute, "CMG"));
    secret(&mut desk, &app, 200);
    desk.patch(&path, uri).is(204);
}

#[test]
fn an_app_policy_replaces_the_default_policy() {
    let policy = default_policy(
        &[no_secrets(Value::Null, Value::Null)],
        &json!({ "nonDefaultUriAddition": { "state": "enabled" } }),
    );
    let mut desk = tenant_with(policy);
    let (app, _) = desk.application("Own");
    secret(&mut desk, &app, 400);
    let made = desk
        .post(
            "/policies/appManagementPolicies",
            json!({
                "displayName": "Gateway",
                "description": "Secrets of the gateway",
                "isEnabled": true,
                "restrictions": { "passwordCredentials": [{
                    "restrictionType": "passwordLifetime",
                    "state": "enabled",
                    "maxLifetime": "P90D",
                    "restrictForAppsCreatedAfterDateTime": null,
                }] },
            }),
        )
        .is(201);
    let policy = format!("/policies/appManagementPolicies/{}", made.id());
    let reference = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0{policy}") });
    let list = format!("/applications/{app}/appManagementPolicies");
    assert_eq!(desk.get(&list).is(200).body["value"], json!([]));
    desk.post(&format!("{list}/$ref"), reference.clone())
        .is(204);
    let read = desk.get(&list).is(200).body["value"].clone();
    assert_eq!(read[0]["displayName"], "Gateway");
    let applies = desk.get(&format!("{policy}/appliesTo")).is(200);
    assert_eq!(applies.body["value"][0]["id"], json!(app));
    // An app can have at most one policy.
    desk.post(&format!("{list}/$ref"), reference).refused(
        400,
        "Request_BadRequest",
        "Only one policy",
    );
    let add = format!("/applications/{app}/addPassword");
    desk.post(&add, json!({}))
        .refused(400, "CredentialInvalidLifetimeAsPerAppPolicy", "P90D");
    let short = json!({ "passwordCredential": { "endDateTime": "2027-01-01T00:00:00Z" } });
    desk.post(&add, short).is(200);
    // It has no restriction for identifier URIs and does not inherit one.
    let uri = json!({ "identifierUris": ["https://fabrikam.com/own"] });
    desk.patch(&format!("/applications/{app}"), uri).is(204);

    desk.patch(
        &policy,
        json!({ "restrictions": { "passwordCredentials": [] } }),
    )
    .is(204);
    secret(&mut desk, &app, 200);
    desk.delete(&format!("{list}/{}/$ref", made.id())).is(204);
    secret(&mut desk, &app, 400);
    desk.delete(&policy).is(204);
    desk.get(&policy)
        .refused(404, "Request_ResourceNotFound", "");
}

#[test]
fn a_new_application_has_no_app_policy() {
    let policy = default_policy(&[no_secrets(Value::Null, Value::Null)], &Value::Null);
    let mut desk = tenant_with(policy);
    let body = json!({ "displayName": "With a secret", "passwordCredentials": [{}] });
    desk.post("/applications", body)
        .refused(400, "CredentialTypeNotAllowedAsPerAppPolicy", "");
}

#[test]
fn a_test_can_set_the_policy_of_one_app() {
    let policy = default_policy(&[no_secrets(Value::Null, Value::Null)], &Value::Null);
    let mut desk = tenant_with(policy);
    let (app, app_id) = desk.application("Own");
    let (other, _) = desk.application("Other");
    let own = json!({ "displayName": "Own", "isEnabled": true, "restrictions": { "passwordCredentials": [] } });
    let id = app_id.parse().unwrap();
    assert!(desk.sim.set_policy_of_app(seed::FABRIKAM, id, &own));
    secret(&mut desk, &app, 200);
    secret(&mut desk, &other, 400);
    assert!(!desk.sim.set_policy_of_app(seed::LITWARE, id, &own));
}

#[test]
fn policies_need_the_permission_of_their_page_and_a_role() {
    let may = |name: &str, scopes: &[&str], status: u16| {
        let mut desk = Desk::with_scopes(Sim::new(7), name, scopes);
        let body = json!({ "displayName": "a", "description": "b" });
        let told = desk.post("/policies/appManagementPolicies", body);
        assert_eq!(told.status, status, "{name} {scopes:?}");
    };
    let write = ["Policy.ReadWrite.ApplicationConfiguration"];
    may("admin@fabrikam.com", &write, 201);
    may("admin@fabrikam.com", &["Policy.Read.All"], 403);
    may("azure@fabrikam.com", &write, 403);
}
