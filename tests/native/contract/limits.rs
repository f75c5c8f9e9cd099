//! Deactivated applications, kinds of tenants, and exceeded quotas.

use cloud_sim::Sim;
use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::seed;
use serde_json::Value;
use serde_json::json;

use super::Desk;
use super::Told;

fn token(desk: &mut Desk, app_id: &str, secret: &str) -> Told {
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("client_id", app_id)
        .append_pair("client_secret", secret)
        .append_pair("scope", "https://graph.microsoft.com/.default")
        .finish();
    let request = http::Request::post(format!(
        "https://login.microsoftonline.com/{}/oauth2/v2.0/token",
        seed::FABRIKAM
    ))
    .header("content-type", "application/x-www-form-urlencoded")
    .body(body.into_bytes())
    .unwrap();
    let response = desk.sim.handle(desk.now, &request).answer.unwrap();
    Told {
        status: response.status().as_u16(),
        body: serde_json::from_slice(response.body()).unwrap_or(Value::Null),
        response,
    }
}

#[test]
fn a_deactivated_application_gets_no_tokens() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let (app, app_id) = desk.application("Off and on");
    desk.post("/servicePrincipals", json!({ "appId": app_id }))
        .is(201);
    let path = format!("/applications/{app}");
    let secret = desk
        .post(&format!("{path}/addPassword"), json!({}))
        .is(200)
        .text("secretText");
    assert_eq!(desk.get(&path).is(200).body["isDisabled"], Value::Null);
    token(&mut desk, &app_id, &secret).is(200);
    desk.patch(&path, json!({ "isDisabled": true })).is(204);
    assert_eq!(desk.get(&path).is(200).body["isDisabled"], json!(true));
    let told = token(&mut desk, &app_id, &secret).is(401);
    assert_eq!(told.body["error_codes"], json!([7_000_112]));
    let principal = desk.get(&format!("/servicePrincipals(appId='{app_id}')"));
    assert_eq!(principal.is(200).body["isDisabled"], json!(true));
    desk.patch(&path, json!({ "isDisabled": false })).is(204);
    token(&mut desk, &app_id, &secret).is(200);
    // A service principal in another tenant can be deactivated separately.
    let principal = format!("/servicePrincipals(appId='{app_id}')");
    desk.patch(&principal, json!({ "isDisabled": true }))
        .is(204);
    token(&mut desk, &app_id, &secret).is(401);
}

#[test]
fn an_organization_shows_its_kind_of_tenant() {
    let mut sim = Sim::new(7);
    assert!(sim.set_tenant_type(seed::FABRIKAM, "CIAM"));
    let mut desk = Desk::with_scopes(sim, "admin@fabrikam.com", &super::EVERYTHING);
    let told = desk.get("/organization?$select=id,tenantType").is(200);
    assert_eq!(told.body["value"][0]["tenantType"], "CIAM");
    let mut desk = desk.hand_to("admin@litware.com");
    let told = desk.get("/organization").is(200);
    assert_eq!(told.body["value"][0]["tenantType"], "AAD");
}

#[test]
fn an_app_for_personal_accounts_has_at_most_two_secrets() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let body = json!({ "displayName": "Personal", "signInAudience": "AzureADandPersonalMicrosoftAccount" });
    let personal = desk.post("/applications", body).is(201).id();
    let (own, _) = desk.application("Own");
    for app in [&personal, &own] {
        for _ in 0..2 {
            desk.post(&format!("/applications/{app}/addPassword"), json!({}))
                .is(200);
        }
    }
    desk.post(&format!("/applications/{own}/addPassword"), json!({}))
        .is(200);
    desk.post(&format!("/applications/{personal}/addPassword"), json!({}))
        .refused(
            400,
            "Request_BadRequest",
            "You can only add a maximum of 2 encrypted credentials.",
        );
}

#[test]
fn a_new_application_is_single_tenant_by_default() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let made = desk.post("/applications", json!({ "displayName": "Plain" }));
    assert_eq!(made.is(201).text("signInAudience"), "AzureADMyOrg");
}

#[test]
fn each_exceeded_limit_has_its_own_error() {
    for (kind, code, words) in [
        (
            FaultKind::ObjectFull,
            "Directory_ResourceSizeExceeded",
            "The size of the object has exceeded its limit.",
        ),
        (
            FaultKind::TenantQuota,
            "Directory_QuotaExceeded",
            "The directory object quota limit for the Tenant has been exceeded.",
        ),
        (
            FaultKind::PrincipalQuota,
            "Directory_QuotaExceeded",
            "The directory object quota limit for the Principal has been exceeded.",
        ),
    ] {
        let mut desk = Desk::of("admin@fabrikam.com");
        desk.sim.inject(Fault {
            method: None,
            path_prefix: "/v1.0/applications".to_owned(),
            skip: 0,
            times: 1,
            kind,
        });
        let body = json!({ "displayName": "Full" });
        desk.post("/applications", body.clone())
            .refused(403, code, words);
        desk.post("/applications", body).is(201);
    }
}
