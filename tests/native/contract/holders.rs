//! Owners and secrets of service principals, certificates, and the rights required to create a service principal.

use serde_json::Value;
use serde_json::json;

use super::Desk;

#[test]
fn a_service_principal_has_its_own_owners_and_secrets() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let principal = desk.principal("Held");
    let owner = desk.principal("Owner");
    let me = desk.get("/me").is(200).id();
    let path = format!("/servicePrincipals/{principal}");
    for id in [&me, &owner] {
        let link = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}") });
        desk.post(&format!("{path}/owners/$ref"), link.clone())
            .is(204);
        desk.post(&format!("{path}/owners/$ref"), link).refused(
            400,
            "Request_BadRequest",
            "already exist",
        );
    }
    let owners = desk.get(&format!("{path}/owners")).is(200);
    assert_eq!(owners.body["value"][0]["id"], json!(me));
    assert_eq!(
        owners.body["value"][1]["@odata.type"],
        "#microsoft.graph.servicePrincipal"
    );
    let links = desk.get(&format!("{path}/owners/$ref")).is(200);
    let link = format!("https://graph.microsoft.com/v1.0/directoryObjects/{me}");
    assert_eq!(links.body["value"][0], json!({ "@odata.id": link }));
    let users = desk.get(&format!("{path}/owners/graph.user")).is(200);
    assert_eq!(users.body["value"].as_array().unwrap().len(), 1);
    let owned = desk.get("/me/ownedObjects/graph.servicePrincipal").is(200);
    assert_eq!(owned.body["value"][0]["id"], json!(principal));
    desk.delete(&format!("{path}/owners/{me}/$ref")).is(204);
    desk.delete(&format!("{path}/owners/{me}/$ref"))
        .refused(404, "Request_ResourceNotFound", "");

    let made = desk.post(&format!("{path}/addPassword"), json!({})).is(200);
    assert_eq!(made.text("secretText").len(), 40);
    let held = desk.get(&path).is(200).body["passwordCredentials"].clone();
    assert_eq!(held[0]["keyId"], made.body["keyId"]);
    assert_eq!(held[0]["secretText"], Value::Null);
    let body = json!({ "keyId": made.body["keyId"] });
    desk.post(&format!("{path}/removePassword"), body).is(204);
    let held = desk.get(&path).is(200).body["passwordCredentials"].clone();
    assert_eq!(held, json!([]));
}

#[test]
fn only_owners_can_add_secrets_to_a_service_principal() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let principal = desk.principal("Held");
    let path = format!("/servicePrincipals/{principal}");
    let mut desk = desk.hand_to("azure@fabrikam.com");
    let me = desk.get("/me").is(200).id();
    desk.post(&format!("{path}/addPassword"), json!({}))
        .refused(403, "Authorization_RequestDenied", "");
    let mut desk = desk.hand_to("admin@fabrikam.com");
    let link = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/users/{me}") });
    desk.post(&format!("{path}/owners/$ref"), link).is(204);
    let mut desk = desk.hand_to("azure@fabrikam.com");
    desk.post(&format!("{path}/addPassword"), json!({})).is(200);
}

#[test]
fn an_upsert_of_a_service_principal_needs_a_role_and_ownership() {
    // Every user can register apps in Fabrikam, and the creator of an app owns it.
    let desk = Desk::of("azure@fabrikam.com");
    let mut desk = desk.hand_to("azure@fabrikam.com");
    let (_, own) = desk.application("Own");
    let upsert = |app: &str| format!("/servicePrincipals(appId='{app}')");
    desk.upsert(&upsert(&own), json!({}))
        .refused(403, "Authorization_RequestDenied", "");
    let developer = "cf1c38e5-3621-4004-a7cb-879624dced7c".parse().unwrap();
    assert!(
        desk.sim
            .set_directory_roles("azure@fabrikam.com", &[developer])
    );
    let mut desk = desk.hand_to("admin@fabrikam.com");
    let (_, foreign) = desk.application("Foreign");
    let mut desk = desk.hand_to("azure@fabrikam.com");
    desk.upsert(&upsert(&foreign), json!({}))
        .refused(403, "Authorization_RequestDenied", "");
    let everybodys = json!({ "displayName": "Many", "signInAudience": "AzureADMultipleOrgs" });
    let everybodys = desk.post("/applications", everybodys).is(201).text("appId");
    desk.upsert(&upsert(&everybodys), json!({}))
        .refused(403, "Authorization_RequestDenied", "");
    desk.upsert(&upsert(&own), json!({})).is(201);
    let mut desk = desk.hand_to("apps@fabrikam.com");
    desk.upsert(&upsert(&foreign), json!({})).is(201);
}

#[test]
fn a_certificate_gets_an_id_and_shows_its_key_only_if_selected() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let (app, _) = desk.application("With a certificate");
    let path = format!("/applications/{app}");
    let key = json!({ "type": "AsymmetricX509Cert", "usage": "Verify", "key": "TUlJ", "displayName": "CN=one" });
    desk.patch(&path, json!({ "keyCredentials": [key] }))
        .is(204);
    let held = desk.get(&path).is(200).body["keyCredentials"].clone();
    assert_eq!(held[0]["key"], Value::Null);
    assert_eq!(held[0]["keyId"].as_str().unwrap().len(), 36);
    // Writing back the value that was read keeps the key.
    desk.patch(&path, json!({ "keyCredentials": held })).is(204);
    let selected = desk.get(&format!("{path}?$select=keyCredentials")).is(200);
    assert_eq!(selected.body["keyCredentials"][0]["key"], "TUlJ");
    // The content of a PEM file has line breaks.
    let key = json!({ "type": "AsymmetricX509Cert", "usage": "Verify", "key": "TU\nlJ\n" });
    desk.patch(&path, json!({ "keyCredentials": [key] }))
        .is(204);
    for broken in [json!(null), json!("not base64!")] {
        let key = json!({ "type": "AsymmetricX509Cert", "usage": "Verify", "key": broken });
        desk.patch(&path, json!({ "keyCredentials": [key] }))
            .refused(400, "Request_BadRequest", "'key'");
    }
}

#[test]
fn an_app_id_uri_with_scheme_api_needs_two_slashes() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let (app, app_id) = desk.application("Slashes");
    let path = format!("/applications/{app}");
    for uri in ["api:/x", "api:x", "api:///x", "API:/x"] {
        desk.patch(&path, json!({ "identifierUris": [uri] }))
            .refused(400, "Request_BadRequest", "'identifierUris'");
    }
    let uri = format!("api://{app_id}");
    desk.patch(&path, json!({ "identifierUris": [uri] }))
        .is(204);
}
