//! Role definitions, role assignments, and management groups of Azure, as requested by Azure CLI and the Azure libraries.

use cloud_sim::seed;
use serde_json::Value;
use serde_json::json;

use super::Desk;

const PRODUCTION: &str = "/subscriptions/5e97358c-d99c-4558-8000-000000010081";
const AUTHORIZATION: &str = "providers/Microsoft.Authorization";
const GROUPS: &str = "/providers/Microsoft.Management/managementGroups";
const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const V: &str = "api-version=2022-04-01";
const G: &str = "api-version=2023-04-01";
const NAME: &str = "5e97358c-d99c-4558-9000-000000000001";

fn items(body: &Value) -> &Vec<Value> {
    body["value"].as_array().unwrap()
}

fn role_id() -> String {
    format!("{PRODUCTION}/{AUTHORIZATION}/roleDefinitions/{CONTRIBUTOR}")
}

#[test]
fn roles_are_found_by_name_kind_and_id() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let list = format!("{PRODUCTION}/{AUTHORIZATION}/roleDefinitions?{V}");
    let all = desk.arm("GET", &list).is(200).body;
    assert_eq!(items(&all).len(), 5);
    for (filter, number) in [
        ("roleName eq 'contributor'", 1),
        ("roleName eq 'Nobody'", 0),
        ("type eq 'CustomRole'", 1),
        ("atScopeAndBelow() and type eq 'BuiltInRole'", 4),
    ] {
        let told = desk.arm("GET", &format!("{list}&$filter={filter}"));
        assert_eq!(items(&told.is(200).body).len(), number, "{filter}");
    }
    let one = format!("{}?{V}", role_id());
    let told = desk.arm("GET", &one).is(200);
    assert_eq!(told.body["properties"]["roleName"], "Contributor");
    assert_eq!(told.id(), role_id());
    let path = format!("/{AUTHORIZATION}/roleDefinitions/{CONTRIBUTOR}?{V}");
    desk.arm("GET", &path).is(200);
    let path = format!("{GROUPS}/fabrikam-platform/{AUTHORIZATION}/roleDefinitions?{V}");
    desk.arm("GET", &path).is(200);
    let path = format!("{PRODUCTION}/{AUTHORIZATION}/roleDefinitions/{NAME}?{V}");
    desk.arm("GET", &path)
        .refused(404, "RoleDefinitionDoesNotExist", NAME);
}

#[test]
fn a_role_is_assigned_once_and_works_for_a_service_principal() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let principal = desk.principal("Gateway");
    let path = format!("{PRODUCTION}/{AUTHORIZATION}/roleAssignments/{NAME}?{V}");
    let body = json!({ "properties": { "roleDefinitionId": role_id(), "principalId": principal } });
    let made = desk.arm_with("PUT", &path, &body).is(201);
    assert_eq!(made.body["properties"]["principalType"], "ServicePrincipal");
    assert_eq!(made.body["properties"]["scope"], PRODUCTION);
    desk.arm_with("PUT", &path, &body).is(200);
    let again = path.replace(NAME, "5e97358c-d99c-4558-9000-000000000002");
    desk.arm_with("PUT", &again, &body).refused(
        409,
        "RoleAssignmentExists",
        "The role assignment already exists.",
    );
    let reader = json!({ "properties": { "roleDefinitionId": "acdd72a7-3385-48ef-bd42-f606fba81ae7", "principalId": principal } });
    desk.arm_with("PUT", &path, &reader)
        .refused(400, "RoleAssignmentUpdateNotPermitted", "");
    let nobody = json!({ "properties": { "roleDefinitionId": role_id(), "principalId": NAME } });
    desk.arm_with("PUT", &again, &nobody).refused(
        400,
        "PrincipalNotFound",
        "does not exist in the directory",
    );

    let list = format!("{PRODUCTION}/{AUTHORIZATION}/roleAssignments?{V}");
    let mine = format!("{list}&$filter=principalId eq '{principal}'");
    assert_eq!(items(&desk.arm("GET", &mine).is(200).body).len(), 1);
    // The list includes assignments of the management group above.
    let all = desk
        .arm("GET", &format!("{list}&$filter=atScope()"))
        .is(200);
    let scopes: Vec<&Value> = items(&all.body)
        .iter()
        .map(|one| &one["properties"]["scope"])
        .collect();
    assert!(scopes.contains(&&json!(format!("{GROUPS}/fabrikam-platform"))));
    assert_eq!(desk.arm("GET", &path).is(200).id(), made.id());
    desk.arm("DELETE", &path).is(200);
    desk.arm("DELETE", &path).is(204);
    desk.arm("GET", &path)
        .refused(404, "RoleAssignmentNotFound", NAME);
}

#[test]
fn a_role_assignment_survives_deletion_of_its_principal() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let (app, app_id) = desk.application("Gateway");
    let made = desk.post("/servicePrincipals", json!({ "appId": app_id }));
    let principal = made.is(201).id();
    let path = format!("{PRODUCTION}/{AUTHORIZATION}/roleAssignments/{NAME}?{V}");
    let body = json!({ "properties": { "roleDefinitionId": role_id(), "principalId": principal } });
    desk.arm_with("PUT", &path, &body).is(201);
    desk.delete(&format!("/applications/{app}")).is(204);
    let told = desk.arm("GET", &path).is(200);
    assert_eq!(told.body["properties"]["principalType"], "Unknown");
    for id in [&app, &principal] {
        let path = format!("/directory/deletedItems/{id}/restore");
        desk.post(&path, json!({})).is(200);
    }
    let told = desk.arm("GET", &path).is(200);
    assert_eq!(told.body["properties"]["principalType"], "ServicePrincipal");
}

#[test]
fn assigning_needs_a_role_that_allows_it() {
    let path = format!("{PRODUCTION}/{AUTHORIZATION}/roleAssignments/{NAME}?{V}");
    let mut desk = Desk::of("azure@fabrikam.com");
    let me = desk.get("/me").is(200).id();
    let body = json!({ "properties": { "roleDefinitionId": role_id(), "principalId": me } });
    desk.arm_with("PUT", &path, &body).refused(
        403,
        "AuthorizationFailed",
        "Microsoft.Authorization/roleAssignments/write",
    );
    let list = format!("{PRODUCTION}/{AUTHORIZATION}/roleAssignments?{V}");
    desk.arm("GET", &list).is(200);
    // The Contributor role of a group allows many actions, but not this one.
    let mut desk = desk.hand_to("lena@fabrikam.com");
    desk.arm_with("PUT", &path, &body)
        .refused(403, "AuthorizationFailed", "");
}

#[test]
fn management_groups_can_be_created_read_updated_and_deleted() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let path = format!("{GROUPS}/fabrikam-gateways?{G}");
    desk.arm("GET", &path)
        .refused(403, "AuthorizationFailed", "managementGroups/read");
    let body = json!({ "name": "fabrikam-gateways", "properties": {
        "displayName": "Gateways",
        "details": { "parent": { "id": format!("{GROUPS}/fabrikam-platform") } },
    } });
    let made = desk.arm_with("PUT", &path, &body).is(200);
    assert_eq!(made.body["properties"]["displayName"], "Gateways");
    let parent = &made.body["properties"]["details"]["parent"];
    assert_eq!(parent["name"], "fabrikam-platform");
    let told = desk.arm("GET", &format!("{GROUPS}?{G}")).is(200);
    assert_eq!(items(&told.body).len(), 2);
    let platform = format!("{GROUPS}/fabrikam-platform?{G}&$expand=children&$recurse=true");
    let told = desk.arm("GET", &platform).is(200);
    let children = told.body["properties"]["children"].as_array().unwrap();
    assert_eq!(children.len(), 3);
    let root = &told.body["properties"]["details"]["parent"];
    assert_eq!(root["name"], seed::FABRIKAM.to_string());

    let subscription = PRODUCTION.rsplit('/').next().unwrap();
    let inside = format!("{GROUPS}/fabrikam-gateways/subscriptions/{subscription}?{G}");
    desk.arm("PUT", &inside).is(200);
    let told = desk.arm("GET", &inside).is(200);
    assert_eq!(told.text("name"), subscription);
    let told = desk.arm(
        "POST",
        &format!("/providers/Microsoft.Management/getEntities?{G}"),
    );
    let told = told.is(200);
    let entity = items(&told.body)
        .iter()
        .find(|one| one["name"] == subscription)
        .unwrap();
    assert_eq!(
        entity["properties"]["parentDisplayNameChain"],
        json!(["Tenant Root Group", "Fabrikam platform", "Gateways"])
    );
    assert_eq!(entity["properties"]["permissions"], "delete");
    let told = desk.arm(
        "GET",
        &format!("{GROUPS}/fabrikam-platform/descendants?{G}"),
    );
    assert_eq!(items(&told.is(200).body).len(), 3);

    desk.arm_with("PATCH", &path, &json!({ "displayName": "Renamed" }))
        .is(200);
    assert_eq!(
        desk.arm("GET", &path).is(200).body["properties"]["displayName"],
        "Renamed"
    );
    desk.arm("DELETE", &path).refused(400, "BadRequest", "");
    desk.arm("DELETE", &inside).is(204);
    desk.arm("DELETE", &path).is(204);
    desk.arm("DELETE", &path).is(204);
    let check = format!("/providers/Microsoft.Management/checkNameAvailability?{G}");
    let body =
        json!({ "name": "fabrikam-platform", "type": "Microsoft.Management/managementGroups" });
    let told = desk.arm_with("POST", &check, &body).is(200);
    assert_eq!(told.body["nameAvailable"], json!(false));
}
