//! Deleted applications and service principals: each is restored and purged separately.

use serde_json::json;

use super::Desk;

const DELETED: &str = "/directory/deletedItems/microsoft.graph";

/// Creates an application and its service principal. Returns their object IDs and the application ID.
fn pair(desk: &mut Desk) -> (String, String, String) {
    let (app, app_id) = desk.application("Apart");
    let uri = json!({ "identifierUris": [format!("api://{app_id}")] });
    desk.patch(&format!("/applications/{app}"), uri).is(204);
    let made = desk.post("/servicePrincipals", json!({ "appId": app_id }));
    (app, made.is(201).id(), app_id)
}

#[track_caller]
fn lies_among_the_deleted(desk: &mut Desk, kind: &str, app_id: &str, number: usize) {
    let told = desk
        .get(&format!("{DELETED}.{kind}?$filter=appId eq '{app_id}'"))
        .is(200);
    assert_eq!(told.body["value"].as_array().unwrap().len(), number);
}

#[test]
fn a_restored_application_leaves_its_service_principal_deleted() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let (app, principal, app_id) = pair(&mut desk);
    desk.delete(&format!("/applications/{app}")).is(204);
    lies_among_the_deleted(&mut desk, "servicePrincipal", &app_id, 1);
    desk.post(&format!("/directory/deletedItems/{app}/restore"), json!({}))
        .is(200);
    desk.get(&format!("/servicePrincipals(appId='{app_id}')"))
        .refused(404, "Request_ResourceNotFound", "");
    lies_among_the_deleted(&mut desk, "servicePrincipal", &app_id, 1);
    desk.post(
        &format!("/directory/deletedItems/{principal}/restore"),
        json!({}),
    )
    .is(200);
    let back = desk
        .get(&format!("/servicePrincipals(appId='{app_id}')"))
        .is(200);
    assert_eq!(back.id(), principal);
    assert_eq!(
        back.body["servicePrincipalNames"],
        json!([app_id, format!("api://{app_id}")])
    );
}

#[test]
fn a_new_service_principal_blocks_restoring_the_deleted_one() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let (app, principal, app_id) = pair(&mut desk);
    desk.delete(&format!("/applications/{app}")).is(204);
    desk.post(&format!("/directory/deletedItems/{app}/restore"), json!({}))
        .is(200);
    desk.upsert(&format!("/servicePrincipals(appId='{app_id}')"), json!({}))
        .is(201);
    let path = format!("/directory/deletedItems/{principal}/restore");
    desk.post(&path, json!({})).refused(
        409,
        "Request_MultipleObjectsWithSameKeyValue",
        &format!("the service principal name {app_id} is already in use"),
    );
}

#[test]
fn a_purged_application_leaves_its_service_principal_deleted() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let (app, principal, app_id) = pair(&mut desk);
    desk.delete(&format!("/applications/{app}")).is(204);
    desk.delete(&format!("/directory/deletedItems/{app}"))
        .is(204);
    lies_among_the_deleted(&mut desk, "application", &app_id, 0);
    lies_among_the_deleted(&mut desk, "servicePrincipal", &app_id, 1);
    let back = desk.post(
        &format!("/directory/deletedItems/{principal}/restore"),
        json!({}),
    );
    // The service principal keeps the name and the URI of its application.
    let back = back.is(200);
    assert_eq!(back.text("displayName"), "Apart");
    let uri = format!("api://{app_id}");
    assert_eq!(back.body["servicePrincipalNames"], json!([app_id, uri]));
    let (other, _) = desk.application("Other");
    desk.patch(
        &format!("/applications/{other}"),
        json!({ "identifierUris": [uri] }),
    )
    .refused(400, "HostNameNotOnVerifiedDomain", "");
}
