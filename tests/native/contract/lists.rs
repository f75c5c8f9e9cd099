//! Lists as Microsoft documents them: pages, filters, counts, casts, and batches.

use serde_json::Value;
use serde_json::json;

use super::Desk;

fn names(body: &Value) -> Vec<String> {
    body["value"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| item["displayName"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn all_pages_together_contain_each_object_once() {
    let mut desk = Desk::of("admin@fabrikam.com");
    for number in 0..7 {
        desk.application(&format!("Page {number}"));
    }
    let mut found = Vec::new();
    let mut path =
        "/applications?$filter=startswith(displayName,'Page')&$top=3&$select=displayName"
            .to_owned();
    let mut pages = 0;
    loop {
        let told = desk.get(&path).is(200);
        found.extend(names(&told.body));
        pages += 1;
        let Some(link) = told.body["@odata.nextLink"].as_str() else {
            break;
        };
        path = link
            .strip_prefix("https://graph.microsoft.com/v1.0")
            .unwrap()
            .to_owned();
    }
    assert_eq!((pages, found.len()), (3, 7));
    found.dedup();
    assert_eq!(found.len(), 7);
}

#[test]
fn a_page_has_100_objects_by_default() {
    let mut desk = Desk::of("admin@fabrikam.com");
    for number in 0..101 {
        desk.application(&format!("Many {number}"));
    }
    let told = desk.get("/applications").is(200);
    assert_eq!(names(&told.body).len(), 100);
    let link = told.text("@odata.nextLink");
    assert!(link.contains("skiptoken="), "{link}");
}

#[test]
fn a_filter_needs_the_quote_in_a_name_doubled() {
    let mut desk = Desk::of("admin@fabrikam.com");
    desk.application("O'Brien's app");
    let told = desk.get("/applications?$filter=displayName eq 'O''Brien''s app'");
    assert_eq!(names(&told.is(200).body), ["O'Brien's app"]);
    desk.get("/applications?$filter=startswith(displayName,'O'Brien')")
        .refused(400, "BadRequest", "Invalid filter clause");
}

#[test]
fn filters_that_need_the_header_are_refused_without_it() {
    let mut desk = Desk::of("admin@fabrikam.com");
    desk.application("One");
    for path in [
        "/applications?$filter=displayName ne 'One'",
        "/applications?$filter=endswith(displayName,'One')",
        "/applications?$filter=not(displayName eq 'One')&$count=true",
        "/applications?$filter=displayName eq 'One'&$orderby=displayName",
        "/me/memberOf/microsoft.graph.directoryRole?$filter=displayName eq 'x'",
    ] {
        desk.get(path)
            .refused(400, "Request_UnsupportedQuery", "Unsupported Query.");
    }
    desk.get("/applications?$search=\"displayName:One\"")
        .refused(
            400,
            "Request_UnsupportedQuery",
            "'ConsistencyLevel: eventual'",
        );
    desk.get("/applications/$count").refused(
        400,
        "Request_BadRequest",
        "$count is not currently supported.",
    );
    let eventual = [("ConsistencyLevel", "eventual")];
    let path = "/applications?$filter=endswith(displayName,'One')&$count=true";
    let told = desk.graph_with("GET", path, &eventual, None).is(200);
    assert_eq!(told.body["@odata.count"], 1);
    let told = desk.graph_with("GET", "/applications/$count", &eventual, None);
    assert_eq!(told.is(200).body, 1);
    let search = "/applications?$search=\"displayName:one\"";
    let told = desk.graph_with("GET", search, &eventual, None).is(200);
    assert_eq!(names(&told.body), ["One"]);
}

#[test]
fn a_count_without_the_header_is_omitted_without_an_error() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let told = desk.get("/applications?$count=true").is(200);
    assert!(told.body.get("@odata.count").is_none());
}

#[test]
fn unknown_properties_and_options_are_refused() {
    let mut desk = Desk::of("admin@fabrikam.com");
    for path in [
        "/applications?$select=colour",
        "/me?$select=colour",
        "/organization?$select=colour",
        "/applications?$filter=colour eq 'red'",
        "/applications?$orderby=colour",
        "/applications?$skip=1",
        "/applications?$top=-1",
    ] {
        assert_eq!(desk.get(path).status, 400, "{path}");
    }
    desk.get("/applications?$filter=web/homePageUrl eq 'x'")
        .refused(400, "Request_UnsupportedQuery", "'web'");
    desk.get("/applications?$filter=displayName eq true")
        .refused(400, "Request_UnsupportedQuery", "'displayName'");
    desk.get("/applications?$top=1000").refused(
        400,
        "Request_UnsupportedQuery",
        "Invalid page size specified: '1000'",
    );
    desk.get("/applications?$skiptoken=forged").refused(
        400,
        "Directory_ExpiredPageToken",
        "page token",
    );
    desk.get("/orchards").refused(
        400,
        "BadRequest",
        "Resource not found for the segment 'orchards'.",
    );
    desk.graph_with("PUT", "/applications", &[], Some(&json!({})))
        .refused(
            405,
            "Request_BadRequest",
            "not allowed for the request target",
        );
}

#[test]
fn only_transitive_queries_show_roles_held_through_a_group() {
    let mut desk = Desk::of("lena@fabrikam.com");
    let direct = desk
        .counted("/me/memberOf/microsoft.graph.directoryRole")
        .is(200);
    assert!(names(&direct.body).is_empty());
    let through = desk
        .counted("/me/transitiveMemberOf/microsoft.graph.directoryRole")
        .is(200);
    assert_eq!(names(&through.body), ["Global Administrator"]);
    assert_eq!(
        names(&desk.get("/me/memberOf").body),
        ["Tenant administrators"]
    );
}

fn batch(desk: &mut Desk, requests: &Value) -> Vec<Value> {
    let told = desk
        .post("/$batch", json!({ "requests": requests }))
        .is(200);
    let mut responses = told.body["responses"].as_array().unwrap().clone();
    responses.sort_by_key(|response| response["id"].to_string());
    responses
}

#[test]
fn a_batch_fails_requests_that_depend_on_a_failed_request() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let json_type = json!({ "Content-Type": "application/json" });
    let responses = batch(
        &mut desk,
        &json!([
            { "id": "1", "method": "GET", "url": "/me?$select=id" },
            { "id": "2", "method": "POST", "url": "applications", "headers": json_type, "body": {} },
            { "id": "3", "method": "GET", "url": "/organization", "dependsOn": ["2"] },
            { "id": "4", "method": "POST", "url": "/applications", "headers": json_type, "body": { "displayName": "In a batch" } },
        ]),
    );
    let statuses: Vec<&Value> = responses
        .iter()
        .map(|response| &response["status"])
        .collect();
    assert_eq!(json!(statuses), json!([200, 400, 424, 201]));
    assert_eq!(responses[3]["body"]["displayName"], "In a batch");
}

#[test]
fn malformed_batches_are_refused_completely() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let get = |id: &str| json!({ "id": id, "method": "GET", "url": "/me" });
    let many: Vec<Value> = (0..21).map(|number| get(&number.to_string())).collect();
    for requests in [
        json!(many),
        json!([]),
        json!([get("1"), get("1")]),
        json!([{ "method": "GET", "url": "/me" }]),
        json!([{ "id": "1", "method": "POST", "url": "/applications", "body": {} }]),
        json!([{ "id": "1", "method": "POST", "url": "/applications", "headers": { "Content-Type": "application/json" } }]),
        json!([{ "id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"] }]),
        json!([
            { "id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"] },
            { "id": "2", "method": "GET", "url": "/me", "dependsOn": ["1"] },
        ]),
    ] {
        let told = desk.post("/$batch", json!({ "requests": requests }));
        told.refused(400, "BadRequest", "");
    }
}
