//! Validates each response in the contract tests, and each documented example, against Microsoft's specifications where they have the
//! operation.
//!
//! `spec/make.py` generates the slices in `spec/`. Their objects are closed: a property that no specification has is an error in the
//! simulated cloud.

use std::collections::HashMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;
use serde_json::json;

use super::Desk;
use super::fixtures;

/// One operation of a specification and its response schema.
struct Operation {
    method: String,
    path: Vec<String>,
    status: u16,
    /// `None` if the response has no body.
    schema: Option<Validator>,
}

static GRAPH: LazyLock<Vec<Operation>> = LazyLock::new(|| read(include_str!("spec/graph.json")));
static ARM: LazyLock<Vec<Operation>> = LazyLock::new(|| read(include_str!("spec/arm.json")));

fn read(text: &str) -> Vec<Operation> {
    let whole: Value = serde_json::from_str(text).unwrap();
    let mut made: HashMap<String, Validator> = HashMap::new();
    let mut operations = Vec::new();
    for one in whole["operations"].as_array().unwrap() {
        let text = |name: &str| one[name].as_str().unwrap().to_owned();
        let schema = (!one["schema"].is_null()).then(|| {
            let mut schema = one["schema"].clone();
            let key = schema.to_string();
            let made = made.entry(key).or_insert_with(|| {
                schema["$schema"] = whole["$schema"].clone();
                schema["$defs"] = whole["$defs"].clone();
                jsonschema::draft202012::new(&schema).unwrap()
            });
            made.clone()
        });
        operations.push(Operation {
            method: text("method"),
            path: pieces(&text("path")),
            status: u16::try_from(one["status"].as_u64().unwrap()).unwrap(),
            schema,
        });
    }
    operations
}

/// Splits a path at slashes. Keys in parentheses become separate pieces.
fn pieces(path: &str) -> Vec<String> {
    let path = path.split('?').next().unwrap_or_default();
    path.split('/')
        .filter(|piece| !piece.is_empty())
        .flat_map(|piece| match piece.split_once('(') {
            None => vec![piece.to_owned()],
            Some((name, key)) => {
                let property = key.split('=').next().unwrap_or_default();
                vec![name.to_owned(), format!("({property}"), "key".to_owned()]
            }
        })
        .collect()
}

fn fits(template: &[String], path: &[String]) -> bool {
    template.len() == path.len()
        && template.iter().zip(path).all(|(wanted, piece)| {
            // Casts and `$count` are keywords, never IDs.
            let is_word = piece.starts_with('$') || piece.contains("graph.");
            let is_key = wanted == "{}" && !is_word;
            let short = wanted.strip_prefix("microsoft.").unwrap_or(wanted);
            is_key
                || wanted == "key"
                || wanted.eq_ignore_ascii_case(piece)
                || short.eq_ignore_ascii_case(piece)
        })
}

fn operation(
    operations: &'static [Operation],
    method: &str,
    url: &str,
    status: u16,
) -> Option<&'static Operation> {
    let path = pieces(url);
    let fitting =
        |one: &&Operation| one.method == method && one.status == status && fits(&one.path, &path);
    operations.iter().find(fitting)
}

/// Violations of the specification in a response. Empty if the specification does not have the operation.
fn faults(
    operations: &'static [Operation],
    method: &str,
    url: &str,
    status: u16,
    body: &Value,
) -> Vec<String> {
    let Some(found) = operation(operations, method, url, status) else {
        return Vec::new();
    };
    match &found.schema {
        None if body.is_null() => Vec::new(),
        None => vec![format!("a body where none is specified: {body}")],
        Some(schema) => schema
            .iter_errors(body)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect(),
    }
}

/// The specification of a host, and the path after the API version.
fn service(url: &str) -> Option<(&'static [Operation], &str)> {
    let (host, path) = url.strip_prefix("https://")?.split_once('/')?;
    if host.contains("graph.microsoft") {
        return Some((&GRAPH, path.strip_prefix("v1.0/")?));
    }
    host.starts_with("management.").then_some((&ARM, path))
}

/// Fails the test if the response violates the specification.
#[track_caller]
pub(super) fn check(method: &str, url: &str, status: u16, body: &Value) {
    if let Some((operations, path)) = service(url) {
        let faults = faults(operations, method, path, status, body);
        assert!(faults.is_empty(), "{method} {path}: {faults:#?}");
    }
}

#[test]
fn every_documented_example_matches_the_specification() {
    let mut held = 0;
    for (folder, operations) in [("graph", &*GRAPH), ("arm", &*ARM)] {
        for (name, example) in fixtures(folder) {
            let method = example["method"].as_str().unwrap();
            let url = example["url"].as_str().unwrap();
            let status = u16::try_from(example["status"].as_u64().unwrap()).unwrap();
            let answer = example.get("answer").unwrap_or(&Value::Null);
            held += usize::from(operation(operations, method, url, status).is_some());
            let faults = faults(operations, method, url, status, answer);
            assert!(faults.is_empty(), "{folder}/{name}: {faults:#?}");
        }
    }
    assert!(held > 30, "{held}");
}

/// The simulated clouds have no resource groups, and no client requests permissions at a management group.
const NOT_SIMULATED: [&str; 2] = [
    "/resourcegroups/",
    "managementGroups/{}/providers/Microsoft.Authorization/permissions",
];

#[test]
fn every_specified_operation_is_simulated() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let mut known = 0;
    for (text, host, version) in [
        (
            include_str!("spec/graph.json"),
            "graph.microsoft.com/v1.0",
            "",
        ),
        (
            include_str!("spec/arm.json"),
            "management.azure.com",
            "?api-version=2022-04-01",
        ),
    ] {
        let whole: Value = serde_json::from_str(text).unwrap();
        for one in whole["operations"].as_array().unwrap() {
            let (method, path) = (
                one["method"].as_str().unwrap(),
                one["path"].as_str().unwrap(),
            );
            if NOT_SIMULATED.iter().any(|part| path.contains(part)) {
                continue;
            }
            let id = "5e97358c-d99c-4558-9000-00000000ffff";
            let path = path.replace(
                "/{}/providers/Microsoft.Authorization/roleDefinitions",
                "/providers/Microsoft.Authorization/roleDefinitions",
            );
            let url = format!("https://{host}{}{version}", path.replace("{}", id));
            let token = if version.is_empty() {
                &desk.graph
            } else {
                &desk.arm
            };
            let bearer = format!("Bearer {token}");
            let told = desk.send(method, &url, &[("authorization", &bearer)], None);
            assert_ne!(told.status, 405, "{method} {path}");
            let is_unknown = told.code() == "InvalidResourceType"
                || told
                    .message()
                    .contains("Resource not found for the segment");
            assert!(!is_unknown, "{method} {path}: {}", told.body);
            known += 1;
        }
    }
    assert!(known > 75, "{known}");
}

#[test]
fn a_response_that_violates_the_specification_is_detected() {
    for (method, url, status, body) in [
        ("GET", "me", 200, json!({ "id": 1 })),
        ("GET", "applications/x", 200, json!({ "colour": "red" })),
        (
            "GET",
            "applications(appId='x')",
            200,
            json!({ "web": { "redirectUris": "x" } }),
        ),
        (
            "GET",
            "applications",
            200,
            json!({ "value": [{ "appid": "x" }] }),
        ),
        ("DELETE", "applications/x", 204, json!({})),
    ] {
        let noticed = !faults(&GRAPH, method, url, status, &body).is_empty();
        assert!(noticed, "{method} {url}");
    }
    let body = json!({ "value": [{ "state": "Enabled", "colour": "red" }] });
    assert!(!faults(&ARM, "GET", "subscriptions?api-version=1", 200, &body).is_empty());
}
