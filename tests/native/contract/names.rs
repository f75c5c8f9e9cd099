//! URIs and names that applications and enterprise applications hold.

use cloud_sim::Sim;
use cloud_sim::seed;
use serde_json::json;

use super::Desk;
use super::start;

const URI: &str = "https://fabrikam.com/ConfigMgrService";

fn held() -> (Desk, String) {
    let mut sim = Sim::new(7);
    let (principal, _) = sim
        .add_enterprise_application(start(), seed::FABRIKAM, "Legacy gateway", &[URI])
        .unwrap();
    let desk = Desk::with_scopes(sim, "admin@fabrikam.com", &super::EVERYTHING);
    (desk, principal.to_string())
}

#[test]
fn an_enterprise_application_alone_can_hold_a_uri() {
    let (mut desk, principal) = held();
    let filter = format!("/servicePrincipals?$filter=servicePrincipalNames/any(n:n eq '{URI}')");
    let told = desk.get(&filter).is(200);
    assert_eq!(told.body["value"][0]["id"], json!(principal));
    let nobody = desk.get(&format!(
        "/applications?$filter=identifierUris/any(u:u eq '{URI}')"
    ));
    assert_eq!(nobody.is(200).body["value"], json!([]));
    let words =
        "Another object with the same value for property servicePrincipalNames already exists.";
    let body = json!({ "displayName": "New", "identifierUris": [URI] });
    desk.post("/applications", body)
        .refused(400, "Request_BadRequest", words);
    let (app, _) = desk.application("New");
    let path = format!("/applications/{app}");
    desk.patch(&path, json!({ "identifierUris": [URI] }))
        .refused(400, "Request_BadRequest", words);
    desk.delete(&format!("/servicePrincipals/{principal}"))
        .is(204);
    desk.patch(&path, json!({ "identifierUris": [URI] }))
        .is(204);
}

#[test]
fn service_principal_names_include_app_id_uris_and_own_names() {
    let (mut desk, _) = held();
    let (app, app_id) = desk.application("Named");
    let uri = format!("api://{app_id}");
    desk.patch(
        &format!("/applications/{app}"),
        json!({ "identifierUris": [uri] }),
    )
    .is(204);
    let made = desk.post("/servicePrincipals", json!({ "appId": app_id }));
    let made = made.is(201);
    assert_eq!(made.body["servicePrincipalNames"], json!([app_id, uri]));
    let path = format!("/servicePrincipals/{}", made.id());
    let taken = json!({ "servicePrincipalNames": [app_id, URI] });
    desk.patch(&path, taken).refused(
        409,
        "Request_MultipleObjectsWithSameKeyValue",
        &format!("the service principal name {URI} is already in use"),
    );
    let own = "https://fabrikam.com/own";
    desk.patch(&path, json!({ "servicePrincipalNames": [app_id, own] }))
        .is(204);
    let names = desk.get(&path).is(200).body["servicePrincipalNames"].clone();
    assert_eq!(names, json!([app_id, uri, own]));
}
