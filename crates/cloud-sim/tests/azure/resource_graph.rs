//! Azure Resource Graph.

use std::time::Duration;

use cloud_sim::seed;
use cloud_sim::subscriptions::modes::PagingFault;
use cloud_sim::subscriptions::modes::ResourceGraph;
use serde_json::Value;
use serde_json::json;

use crate::client::ADMIN;
use crate::client::Client;
use crate::client::DEVELOPMENT;
use crate::client::PRODUCTION;
use crate::client::PRODUCTION_NAME;
use crate::client::Told;

const SUBSCRIPTIONS: &str =
    "resourcecontainers | where type =~ 'Microsoft.Resources/subscriptions'";
const GROUPS: &str = "ResourceContainers | where type == 'microsoft.management/managementgroups'";

#[track_caller]
fn ask(client: &mut Client, body: &Value) -> Told {
    let path = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
    let told = client.send("POST", path, Some(body));
    client.now += Duration::from_secs(1);
    told
}

#[track_caller]
fn query(client: &mut Client, text: &str) -> Value {
    ask(client, &json!({ "query": text })).is(200).body
}

#[track_caller]
fn details(told: &Told) -> Vec<&str> {
    let details = told.body["error"]["details"].as_array().unwrap();
    (details.iter())
        .map(|detail| detail["code"].as_str().unwrap())
        .collect()
}

#[test]
fn rows_of_subscriptions_have_the_documented_columns() {
    let mut client = Client::new();
    let told = query(
        &mut client,
        &format!(
            "{SUBSCRIPTIONS} | project id, name, type, tenantId, subscriptionId, tags, properties | order by name asc"
        ),
    );
    let data = told["data"].as_array().unwrap();
    assert_eq!(
        (told["totalRecords"].clone(), told["count"].clone()),
        (json!(3), json!(3))
    );
    assert_eq!(told["facets"], json!([]));
    assert_eq!(told["resultTruncated"], "false");
    assert_eq!(told.get("$skipToken"), None);
    let production = &data[2];
    let tenant = seed::FABRIKAM.to_string();
    assert_eq!(production["id"], format!("/subscriptions/{PRODUCTION}"));
    assert_eq!(production["name"], PRODUCTION_NAME);
    assert_eq!(production["type"], "microsoft.resources/subscriptions");
    assert_eq!(production["subscriptionId"], PRODUCTION);
    assert_eq!(production["tenantId"], tenant);
    assert_eq!(production["tags"], Value::Null);
    let properties = &production["properties"];
    assert_eq!(properties["state"], "Enabled");
    assert_eq!(properties["managedByTenants"], json!([]));
    assert_eq!(
        properties["managementGroupAncestorsChain"],
        json!([
            { "name": "fabrikam-platform", "displayName": "Fabrikam platform" },
            { "name": tenant, "displayName": "Tenant Root Group" },
        ])
    );
}

#[test]
fn a_projection_renames_reads_inside_and_makes_texts() {
    let mut client = Client::new();
    assert!(
        client
            .sim
            .delegate_subscription(PRODUCTION_NAME, seed::LITWARE)
    );
    let text = format!(
        "{SUBSCRIPTIONS} | project id, state = tostring(properties.state), properties.state, chain = properties.managementGroupAncestorsChain, managers = tostring(properties.managedByTenants), nothing = tostring(properties.orchard) | order by state desc, id asc | project id, state, properties_state, chain, managers, nothing"
    );
    let told = query(&mut client, &text);
    let states: Vec<&Value> = (told["data"].as_array().unwrap().iter())
        .map(|row| &row["state"])
        .collect();
    assert_eq!(states, ["Enabled", "Enabled", "Disabled"]);
    // The groups of another home tenant are not visible.
    assert_eq!(
        told["data"][0],
        json!({
            "id": format!("/subscriptions/{PRODUCTION}"),
            "state": "Enabled",
            "properties_state": "Enabled",
            "chain": null,
            "managers": format!("[{{\"tenantId\":\"{}\"}}]", seed::FABRIKAM),
            "nothing": "",
        })
    );
}

#[test]
fn management_groups_are_rows_of_their_own_type() {
    let mut client = Client::with(20);
    let text = format!(
        "{GROUPS} | project name, parent = tostring(properties.details.parent.name), chain = properties.details.managementGroupAncestorsChain | order by name asc"
    );
    let told = query(&mut client, &text);
    assert_eq!(told["count"], 100);
    let row = &told["data"][2];
    assert_eq!(
        (&row["name"], &row["parent"]),
        (&json!("mg-0-0-0"), &json!("mg-0-0"))
    );
    assert_eq!(row["chain"].as_array().unwrap().len(), 3);
    let all = query(&mut client, "resourcecontainers | project id");
    assert_eq!(all["count"], 120);
    // Types are stored in lower case.
    let exact = "resourcecontainers | where type == 'Microsoft.Resources/subscriptions'";
    assert_eq!(query(&mut client, exact)["count"], 0);
}

#[test]
fn a_long_result_has_pages() {
    let mut client = Client::with(2500);
    let text = format!("{SUBSCRIPTIONS} | project id, name | order by id asc");
    let (mut ids, mut token) = (Vec::new(), Value::Null);
    let mut counts = Vec::new();
    loop {
        let options = json!({ "$skipToken": token });
        let told = ask(&mut client, &json!({ "query": text, "options": options })).is(200);
        assert_eq!(told.body["totalRecords"], 2500);
        assert_eq!(told.body["resultTruncated"], "false");
        let data = told.body["data"].as_array().unwrap();
        counts.push(data.len());
        ids.extend(
            data.iter()
                .map(|row| row["id"].as_str().unwrap().to_owned()),
        );
        token = told.body["$skipToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(counts, [1000, 1000, 500]);
    assert!(ids.is_sorted());
    let options = json!({ "$top": 2, "$skip": 3 });
    let told = ask(&mut client, &json!({ "query": text, "options": options })).is(200);
    assert_eq!(told.body["data"][1]["id"], ids[4]);
    // A loop leads to the same page.
    client.sim.azure_modes().paging = PagingFault::Loop;
    let first = ask(&mut client, &json!({ "query": text })).is(200);
    assert!(first.body["$skipToken"].is_string());
    let options = json!({ "$skipToken": first.body["$skipToken"] });
    let told = ask(&mut client, &json!({ "query": text, "options": options })).is(200);
    assert_eq!(told.body, first.body);
}

#[test]
fn a_limit_and_a_result_of_dynamic_columns_have_no_pages() {
    let mut client = Client::with(1500);
    for (step, total) in [
        ("limit 1200", 1200),
        ("take 1200", 1200),
        ("project properties", 1500),
    ] {
        let told = query(&mut client, &format!("{SUBSCRIPTIONS} | {step}"));
        assert_eq!(told["totalRecords"], total, "{step}");
        assert_eq!(told["count"], 1000, "{step}");
        assert_eq!(told["resultTruncated"], "true", "{step}");
        assert_eq!(told.get("$skipToken"), None, "{step}");
    }
    let told = query(&mut client, &format!("{SUBSCRIPTIONS} | limit 7"));
    assert_eq!(
        (&told["count"], &told["resultTruncated"]),
        (&json!(7), &json!("false"))
    );
}

#[test]
fn a_table_has_columns_and_rows() {
    let mut client = Client::new();
    let body = json!({
        "query": format!("{SUBSCRIPTIONS} | project name, tags | order by name asc | limit 1"),
        "options": { "resultFormat": "table" },
    });
    let told = ask(&mut client, &body).is(200);
    assert_eq!(
        told.body["data"],
        json!({
            "columns": [{ "name": "name", "type": "string" }, { "name": "tags", "type": "object" }],
            "rows": [["Fabrikam Archive", null]],
        })
    );
}

#[test]
fn a_scope_limits_the_rows_to_what_the_caller_can_read() {
    let mut client = Client::new();
    let mut count = |scope: &str, names: Value| {
        let body = json!({ "query": SUBSCRIPTIONS, scope: names });
        let told = ask(&mut client, &body);
        (told.status, told.body["count"].as_u64().unwrap_or_default())
    };
    assert_eq!(
        count("subscriptions", json!([PRODUCTION.to_uppercase()])),
        (200, 1)
    );
    let foreign = "5e97358c-d99c-4558-8000-000000050081";
    assert_eq!(
        count("subscriptions", json!([foreign, DEVELOPMENT])),
        (200, 1)
    );
    assert_eq!(count("subscriptions", json!([foreign])), (403, 0));
    assert_eq!(
        count("managementGroups", json!(["Fabrikam-Platform"])),
        (200, 2)
    );
    assert_eq!(
        count("managementGroups", json!([seed::FABRIKAM.to_string()])),
        (200, 3)
    );
    assert_eq!(count("managementGroups", json!(["elsewhere"])), (403, 0));
    let mut client = Client::of("apps@fabrikam.com", |_| {});
    assert_eq!(query(&mut client, "resourcecontainers")["count"], 0);
}

#[test]
fn what_the_service_does_not_understand_is_a_bad_request() {
    let mut client = Client::new();
    for (text, code) in [
        ("", "ParserFailure"),
        ("resourcecontainers | where type = 'x'", "ParserFailure"),
        ("resourcecontainers | order name", "ParserFailure"),
        (
            "resourcecontainers | summarize count()",
            "InvalidQueryLanguage",
        ),
        ("resources | project id", "DisallowedLogicalTableName"),
        ("resourcecontainers | where orchard == 'x'", "Default"),
        ("resourcecontainers | project name | project id", "Default"),
        ("resourcecontainers | project name.first", "Default"),
        ("resourcecontainers | order by tags asc", "Default"),
        (
            "resourcecontainers | project s = properties.state | order by s",
            "Default",
        ),
    ] {
        let told = ask(&mut client, &json!({ "query": text }));
        let message = told.refused(400, "BadRequest");
        assert!(
            message.starts_with(
                "Please provide below info when asking for support: timestamp = 2026-11-23T10:0"
            ),
            "{message}"
        );
        let id = told.header("x-ms-request-id").unwrap();
        assert!(
            message.ends_with(&format!("correlationId = {id}.")),
            "{message}"
        );
        assert_eq!(details(&told), ["InvalidQuery", code], "{text}");
    }
    for body in [
        json!({}),
        json!({ "query": GROUPS, "options": { "$top": 1001 } }),
        json!({ "query": GROUPS, "options": { "$top": 0 } }),
        json!({ "query": GROUPS, "options": { "$skipToken": "orchard" } }),
        json!({ "query": GROUPS, "options": { "resultFormat": "xml" } }),
    ] {
        ask(&mut client, &body).refused(400, "BadRequest");
    }
    let path = "/providers/Microsoft.ResourceGraph/resources?api-version=2019-04-01";
    let told = client.send("POST", path, Some(&json!({ "query": GROUPS })));
    told.refused(400, "InvalidApiVersionParameter");
}

#[test]
fn a_user_has_fifteen_queries_in_five_seconds() {
    let mut client = Client::new();
    let path = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01";
    let body = json!({ "query": SUBSCRIPTIONS });
    for left in (0..15).rev() {
        let told = client.send("POST", path, Some(&body)).is(200);
        let left = left.to_string();
        assert_eq!(
            told.header("x-ms-user-quota-remaining"),
            Some(left.as_str())
        );
        assert_eq!(
            told.header("x-ms-user-quota-resets-after"),
            Some("00:00:05")
        );
        // A query is a read of the tenant.
        assert!(
            told.header("x-ms-ratelimit-remaining-tenant-reads")
                .is_some()
        );
    }
    client.now += Duration::from_millis(2500);
    let told = client.send("POST", path, Some(&body));
    told.refused(429, "RateLimiting");
    assert_eq!(details(&told), ["RateLimiting"]);
    assert_eq!(told.header("retry-after"), Some("3"));
    assert_eq!(told.header("x-ms-user-quota-remaining"), Some("0"));
    assert_eq!(
        told.header("x-ms-user-quota-resets-after"),
        Some("00:00:03")
    );
    client.now += Duration::from_millis(2500);
    client.send("POST", path, Some(&body)).is(200);
}

#[test]
fn more_than_ten_thousand_subscriptions_are_cut() {
    let limit = "x-ms-tenant-subscription-limit-hit";
    for (count, hit) in [(10_001, Some("true")), (10_000, None)] {
        let mut client = Client::of(ADMIN, |sim| {
            sim.fill_with_subscriptions(ADMIN, count, 1);
        });
        let told = ask(
            &mut client,
            &json!({ "query": SUBSCRIPTIONS, "options": { "$top": 1 } }),
        )
        .is(200);
        assert_eq!(told.header(limit), hit);
        assert_eq!(told.body["totalRecords"], 10_000);
    }
}

#[test]
fn the_service_can_refuse_everything() {
    let mut client = Client::new();
    client.sim.azure_modes().resource_graph = ResourceGraph::Refuses;
    let told = ask(&mut client, &json!({ "query": SUBSCRIPTIONS }));
    told.refused(403, "AccessDenied");
    assert_eq!(details(&told), ["AccessDenied"]);
}
