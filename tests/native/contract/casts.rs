//! Types in paths, options inside options, and results with limited permissions.

use cloud_sim::Sim;
use cloud_sim::arrange::RoleSight;
use serde_json::Value;
use serde_json::json;

use super::Desk;
use super::Told;

const EVENTUAL: [(&str, &str); 1] = [("ConsistencyLevel", "eventual")];
const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

fn cast(desk: &mut Desk, path: &str) -> Told {
    desk.graph_with("GET", path, &EVENTUAL, None)
}

fn len(told: &Told) -> usize {
    told.body["value"].as_array().unwrap().len()
}

#[test]
fn the_namespace_of_a_type_can_be_shortened() {
    let mut desk = Desk::of("admin@northwind.com");
    let me = desk.get("/me").is(200).id();
    for graph in ["graph", "microsoft.graph", "Graph"] {
        for (path, number) in [
            (
                format!("/me/transitiveMemberOf/{graph}.directoryRole?$count=true"),
                1,
            ),
            (format!("/me/memberOf/{graph}.group?$count=true"), 0),
            (
                format!("/users/{me}/transitiveMemberOf/{graph}.directoryRole?$count=true"),
                1,
            ),
            (format!("/directory/deletedItems/{graph}.application"), 2),
            (
                format!("/directory/deletedItems/{graph}.servicePrincipal"),
                2,
            ),
            (format!("/me/ownedObjects/{graph}.application"), 0),
        ] {
            let told = cast(&mut desk, &path).is(200);
            assert_eq!(len(&told), number, "{path}");
        }
        let path = format!("/directory/deletedItems/{graph}.application/$count");
        assert_eq!(cast(&mut desk, &path).is(200).body, json!(2));
    }
    let path = "/directory/deletedItems/graph.application";
    let gone = desk.get(path).is(200).body["value"][0]["id"].clone();
    let gone = gone.as_str().unwrap();
    let one = desk.get(&format!("/directory/deletedItems/{gone}/graph.application"));
    assert_eq!(one.is(200).id(), gone);
    desk.get(&format!(
        "/directory/deletedItems/{gone}/graph.servicePrincipal"
    ))
    .refused(404, "Request_ResourceNotFound", "");
    let (app, _) = desk.application("Short");
    desk.post(&format!("/applications/{app}/graph.addPassword"), json!({}))
        .is(200);
    desk.get("/users/graph.nobody@northwind.com")
        .refused(404, "Request_ResourceNotFound", "");
}

#[test]
fn a_cast_of_memberships_is_an_advanced_query() {
    let mut desk = Desk::of("admin@fabrikam.com");
    for path in [
        "/me/transitiveMemberOf/microsoft.graph.directoryRole",
        "/me/transitiveMemberOf/graph.group",
        "/me/memberOf/microsoft.graph.directoryRole",
        "/users/admin@fabrikam.com/memberOf/graph.group",
    ] {
        let counted = format!("{path}?$count=true");
        for told in [desk.get(path), desk.get(&counted), cast(&mut desk, path)] {
            told.refused(400, "Request_UnsupportedQuery", "Unsupported Query.");
        }
        cast(&mut desk, &counted).is(200);
    }
    for path in ["/me/transitiveMemberOf", "/me/memberOf"] {
        desk.get(path).is(200);
    }
}

#[test]
fn lists_can_be_counted_and_single_objects_cannot() {
    let mut desk = Desk::of("lena@fabrikam.com");
    let (app, _) = desk.application("Counted");
    for (path, number) in [
        ("/me/transitiveMemberOf/graph.group/$count".to_owned(), 1),
        ("/me/memberOf/$count".to_owned(), 1),
        ("/users/$count".to_owned(), 6),
        ("/groups/$count".to_owned(), 1),
        (format!("/applications/{app}/owners/$count"), 0),
        ("/applications/$count".to_owned(), 1),
    ] {
        assert_eq!(cast(&mut desk, &path).is(200).body, json!(number), "{path}");
        desk.get(&path).refused(
            400,
            "Request_BadRequest",
            "$count is not currently supported.",
        );
    }
    let path = format!("/applications/{app}/$count");
    cast(&mut desk, &path).refused(400, "BadRequest", "'$count'");
    desk.post("/applications/$count", json!({}))
        .refused(400, "BadRequest", "");
}

#[test]
fn groups_are_read_with_their_members() {
    let mut desk = Desk::of("lena@fabrikam.com");
    let me = desk.get("/me").is(200).id();
    let told = desk
        .get("/groups?$filter=displayName eq 'Tenant administrators'")
        .is(200);
    let group = told.body["value"][0]["id"].as_str().unwrap().to_owned();
    desk.get(&format!("/groups/{group}")).is(200);
    let members = desk.get(&format!("/groups/{group}/members")).is(200);
    assert_eq!(members.body["value"][0]["id"], json!(me));
    let body = json!({ "securityEnabledOnly": true });
    let ids = desk.post(&format!("/users/{me}/getMemberGroups"), body);
    assert_eq!(ids.is(200).body["value"], json!([group]));
}

#[test]
fn an_expanded_collection_has_its_own_selection() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let (app, app_id) = desk.application("Owned");
    let me = desk.get("/me").is(200).id();
    let link =
        json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{me}") });
    desk.post(&format!("/applications/{app}/owners/$ref"), link)
        .is(204);
    for path in [
        format!("/applications/{app}?$select=id&$expand=owners($select=id)"),
        format!("/applications(appId='{app_id}')?$expand=owners($select=id)"),
    ] {
        let told = desk.get(&path).is(200);
        let owner = json!({ "@odata.type": "#microsoft.graph.user", "id": me });
        assert_eq!(told.body["owners"], json!([owner]), "{path}");
    }
    let all = desk.get("/applications?$select=*&$expand=owners").is(200);
    let owner = &all.body["value"][0]["owners"][0];
    assert_eq!(owner["displayName"], "Alex Admin");
    assert_eq!(all.body["value"][0]["appId"], json!(app_id));
    desk.get(&format!("/applications/{app}?$expand=secrets"))
        .refused(400, "BadRequest", "'secrets'");
    desk.get("/me?$expand=owners")
        .refused(400, "BadRequest", "'owners'");
}

#[test]
fn the_authorization_scheme_ignores_case() {
    let mut desk = Desk::of("admin@fabrikam.com");
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let graph = format!("{scheme} {}", desk.graph);
        let arm = format!("{scheme} {}", desk.arm);
        for (url, token) in [
            ("https://graph.microsoft.com/v1.0/me", graph),
            (
                "https://management.azure.com/subscriptions?api-version=2022-12-01",
                arm,
            ),
        ] {
            let told = desk.send("GET", url, &[("authorization", &token)], None);
            assert_eq!(told.status, 200, "{scheme} {url}");
        }
    }
    let basic = format!("Basic {}", desk.graph);
    let url = "https://graph.microsoft.com/v1.0/me";
    let told = desk.send("GET", url, &[("authorization", &basic)], None);
    assert_eq!(told.status, 401);
}

#[test]
fn some_properties_need_an_advanced_query() {
    let mut desk = Desk::of("admin@fabrikam.com");
    for path in [
        "/applications?$filter=description eq 'x'",
        "/applications?$filter=notes eq 'x'",
        "/applications?$filter=createdDateTime ge 2026-01-01T00:00:00Z",
        "/servicePrincipals?$filter=appOwnerOrganizationId eq f8cdef31-a31e-4b4a-93e4-5f571e91255a",
        "/servicePrincipals?$filter=homepage eq 'x'",
        "/servicePrincipals?$filter=notes eq 'x'",
    ] {
        desk.get(path).refused(400, "Request_UnsupportedQuery", "");
        cast(&mut desk, &format!("{path}&$count=true")).is(200);
    }
}

#[test]
fn limited_permissions_show_roles_without_names_or_only_ids() {
    let roles = |sight: Option<RoleSight>, scopes: &[&str]| {
        let mut sim = Sim::new(7);
        let admin = GLOBAL_ADMINISTRATOR.parse().unwrap();
        let reader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451".parse().unwrap();
        assert!(sim.set_directory_roles("admin@fabrikam.com", &[admin, reader]));
        if let Some(sight) = sight {
            sim.set_role_sight(sight);
        }
        let mut desk = Desk::with_scopes(sim, "admin@fabrikam.com", scopes);
        let path = "/me/memberOf/microsoft.graph.directoryRole?$count=true";
        cast(&mut desk, path).is(200).body["value"].clone()
    };
    let full = roles(None, &["User.Read", "Directory.Read.All"]);
    assert_eq!(full[0]["displayName"], "Global Administrator");
    let nameless = roles(None, &["User.Read"]);
    assert_eq!(nameless[0]["displayName"], Value::Null);
    assert_eq!(nameless[0]["roleTemplateId"], GLOBAL_ADMINISTRATOR);
    let ids = roles(Some(RoleSight::IdsOnly), &["User.Read"]);
    assert_eq!(ids[0], json!({ "id": full[0]["id"] }));
    let first = roles(Some(RoleSight::FirstOnly), &["User.Read"]);
    assert_eq!(first[0]["roleTemplateId"], GLOBAL_ADMINISTRATOR);
    assert_eq!(first[1], json!({ "id": full[1]["id"] }));
}
