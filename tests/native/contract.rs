//! Sends Microsoft's documented requests to the simulated cloud. The client's own types parse the documented and the simulated responses.
//!
//! Each file in `fixtures/` is one documented example: its page, the request, the status, and the response, with example values of this
//! project. Property names and types are those of the documentation. The simulated cloud can return more than an example shows, never less.

#[path = "contract/app_policies.rs"]
mod app_policies;
#[path = "contract/azure.rs"]
mod azure;
#[path = "contract/azure_roles.rs"]
mod azure_roles;
#[path = "contract/casts.rs"]
mod casts;
#[path = "contract/clock.rs"]
mod clock;
#[path = "contract/deleted.rs"]
mod deleted;
#[path = "contract/holders.rs"]
mod holders;
#[path = "contract/limits.rs"]
mod limits;
#[path = "contract/lists.rs"]
mod lists;
#[path = "contract/names.rs"]
mod names;
#[path = "contract/official.rs"]
mod official;
#[path = "contract/pair_check.rs"]
mod pair_check;
#[path = "contract/refusals.rs"]
mod refusals;
#[path = "contract/sign_in_reports.rs"]
mod sign_in_reports;

use std::fs;
use std::path::PathBuf;

use cloud_sim::Sim;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;
use engine::arm;
use engine::graph;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::json;

const EVERYTHING: [&str; 1] = ["Directory.AccessAsUser.All"];
const DIRECTORY_READ_ALL: &str = "7ab1d382-f21e-4acd-a863-ba3e13f7da61";
const GRAPH_APP: &str = "00000003-0000-0000-c000-000000000000";

fn start() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

/// A user who is signed in to a simulated cloud.
struct Desk {
    sim: Sim,
    now: Timestamp,
    graph: String,
    arm: String,
    graph_host: String,
    arm_host: String,
}

/// One response of the simulated cloud.
#[derive(Debug)]
struct Told {
    status: u16,
    body: Value,
    response: HttpResponse,
}

impl Told {
    fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    fn id(&self) -> String {
        self.text("id")
    }

    fn text(&self, name: &str) -> String {
        self.body[name].as_str().unwrap_or_default().to_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    #[track_caller]
    fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    #[track_caller]
    fn refused(&self, status: u16, code: &str, message: &str) {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.body);
        assert!(self.message().contains(message), "{}", self.message());
    }
}

impl Desk {
    fn of(name: &str) -> Self {
        Self::with_scopes(Sim::new(7), name, &EVERYTHING)
    }

    fn with_scopes(mut sim: Sim, name: &str, scopes: &[&str]) -> Self {
        let now = start();
        let (graph_host, arm_host) = match name.rsplit('.').next() {
            Some("us") if name.contains("tailspin") => {
                ("dod-graph.microsoft.us", "management.usgovcloudapi.net")
            }
            Some("us") => ("graph.microsoft.us", "management.usgovcloudapi.net"),
            _ => ("graph.microsoft.com", "management.azure.com"),
        };
        let graph = sim
            .token_for(now, name, &format!("https://{graph_host}"), scopes)
            .unwrap();
        let arm = sim
            .token_for(
                now,
                name,
                &format!("https://{arm_host}/"),
                &["user_impersonation"],
            )
            .unwrap();
        Self {
            sim,
            now,
            graph,
            arm,
            graph_host: graph_host.to_owned(),
            arm_host: arm_host.to_owned(),
        }
    }

    /// Keeps the cloud and signs in another user.
    fn hand_to(self, name: &str) -> Self {
        Self::with_scopes(self.sim, name, &EVERYTHING)
    }

    #[track_caller]
    fn send(
        &mut self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Told {
        let url = url.replace(' ', "%20").replace('"', "%22");
        let mut request = http::Request::builder().method(method).uri(&url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Vec::new, |body| body.to_string().into_bytes());
        let request: HttpRequest = request.body(body).unwrap();
        let response = self.sim.handle(self.now, &request).answer.unwrap();
        let status = response.status().as_u16();
        let body = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
        official::check(method, &url, status, &body);
        Told {
            status,
            body,
            response,
        }
    }

    fn graph_with(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Told {
        let url = format!("https://{}/v1.0{path}", self.graph_host);
        let bearer = format!("Bearer {}", self.graph);
        let mut all = vec![("authorization", bearer.as_str())];
        if body.is_some() {
            all.push(("content-type", "application/json"));
        }
        all.extend(headers);
        self.send(method, &url, &all, body)
    }

    fn get(&mut self, path: &str) -> Told {
        self.graph_with("GET", path, &[], None)
    }

    /// Sends an advanced query: `$count=true` and the header it requires.
    fn counted(&mut self, path: &str) -> Told {
        let path = format!("{path}?$count=true");
        self.graph_with("GET", &path, &[("ConsistencyLevel", "eventual")], None)
    }

    fn post(&mut self, path: &str, body: Value) -> Told {
        self.graph_with("POST", path, &[], Some(&body))
    }

    fn patch(&mut self, path: &str, body: Value) -> Told {
        self.graph_with("PATCH", path, &[], Some(&body))
    }

    fn upsert(&mut self, path: &str, body: Value) -> Told {
        self.graph_with(
            "PATCH",
            path,
            &[("Prefer", "create-if-missing")],
            Some(&body),
        )
    }

    fn delete(&mut self, path: &str) -> Told {
        self.graph_with("DELETE", path, &[], None)
    }

    fn arm(&mut self, method: &str, path: &str) -> Told {
        let url = format!("https://{}{path}", self.arm_host);
        let bearer = format!("Bearer {}", self.arm);
        self.send(method, &url, &[("authorization", &bearer)], None)
    }

    fn arm_with(&mut self, method: &str, path: &str, body: &Value) -> Told {
        let url = format!("https://{}{path}", self.arm_host);
        let bearer = format!("Bearer {}", self.arm);
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        self.send(method, &url, &headers, Some(body))
    }

    /// Creates a single-tenant application. Returns its object ID and application ID.
    fn application(&mut self, name: &str) -> (String, String) {
        let body = json!({ "displayName": name, "signInAudience": "AzureADMyOrg" });
        let made = self.post("/applications", body).is(201);
        (made.id(), made.text("appId"))
    }

    /// Creates an application and its service principal. Returns the object ID of the service principal.
    fn principal(&mut self, name: &str) -> String {
        let (_, app_id) = self.application(name);
        self.post("/servicePrincipals", json!({ "appId": app_id }))
            .is(201)
            .id()
    }

    fn graph_principal(&mut self) -> String {
        self.get(&format!("/servicePrincipals(appId='{GRAPH_APP}')"))
            .is(200)
            .id()
    }
}

fn fixtures(folder: &str) -> Vec<(String, Value)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/native/fixtures")
        .join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_str(&text).unwrap())
        })
        .collect()
}

fn fixture(name: &str) -> Value {
    let (folder, file) = name.split_once('/').unwrap();
    let all = fixtures(folder);
    all.into_iter().find(|(other, _)| other == file).unwrap().1
}

/// Sends a documented request to the cloud with its placeholders replaced.
fn replay(name: &str) -> (Value, Told) {
    let example = fixture(name);
    let mut desk = Desk::of("admin@fabrikam.com");
    let mut text = example.to_string();
    for (placeholder, value) in add_seed_data(&mut desk) {
        text = text.replace(&format!("{{{placeholder}}}"), &value);
    }
    let example: Value = serde_json::from_str(&text).unwrap();
    let method = example["method"].as_str().unwrap();
    let url = example["url"].as_str().unwrap();
    let headers: Vec<(&str, &str)> = example["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    let told = if name.starts_with("arm/") {
        desk.arm(method, url)
    } else {
        desk.graph_with(method, url, &headers, example.get("body"))
    };
    (example, told)
}

/// Creates the objects that the documented requests refer to.
fn add_seed_data(desk: &mut Desk) -> Vec<(&'static str, String)> {
    let (app, _) = desk.application("Seeded");
    desk.patch(
        &format!("/applications/{app}"),
        json!({ "identifierUris": ["https://fabrikam.com/seeded"] }),
    )
    .is(204);
    let key = desk
        .post(&format!("/applications/{app}/addPassword"), json!({}))
        .is(200)
        .text("keyId");
    let (_, bare_app) = desk.application("Bare");
    let principal = desk.principal("Ready");
    let granted = desk.principal("Granted");
    let graph = desk.graph_principal();
    let grant = json!({ "clientId": granted, "consentType": "AllPrincipals", "resourceId": graph, "scope": "User.Read" });
    desk.post("/oauth2PermissionGrants", grant).is(201);
    let assignment =
        json!({ "principalId": granted, "resourceId": graph, "appRoleId": DIRECTORY_READ_ALL });
    desk.post(
        &format!("/servicePrincipals/{graph}/appRoleAssignedTo"),
        assignment,
    )
    .is(201);
    let (gone, _) = desk.application("Gone");
    desk.delete(&format!("/applications/{gone}")).is(204);
    vec![
        ("app", app),
        ("key", key),
        ("bare app", bare_app),
        ("principal", principal),
        ("granted", granted),
        ("graph", graph),
        ("gone", gone),
    ]
}

/// Checks that the response has all properties of the example with the same types. Null in an example shows only that the property exists.
#[track_caller]
fn covers(name: &str, path: &str, documented: &Value, told: &Value) {
    match (documented, told) {
        (Value::Null, _) => {}
        (Value::Object(documented), Value::Object(told)) => {
            for (property, value) in documented {
                let path = format!("{path}.{property}");
                let found = told.get(property);
                assert!(found.is_some(), "{name}: {path} is missing");
                covers(name, &path, value, found.unwrap());
            }
        }
        (Value::Array(documented), Value::Array(told)) => {
            if let Some(first) = documented.first() {
                assert!(!told.is_empty(), "{name}: {path} is empty");
                covers(name, &format!("{path}[0]"), first, &told[0]);
            }
        }
        (documented, told) => {
            assert_eq!(
                std::mem::discriminant(documented),
                std::mem::discriminant(told),
                "{name}: {path} is {told}, as documented it is like {documented}"
            );
        }
    }
}

#[test]
fn every_documented_request_gets_the_documented_response() {
    for folder in ["graph", "arm"] {
        for (name, _) in fixtures(folder) {
            let name = format!("{folder}/{name}");
            let (example, told) = replay(&name);
            assert_eq!(
                u64::from(told.status),
                example["status"].as_u64().unwrap(),
                "{name}: {}",
                told.body
            );
            match example.get("answer") {
                None => assert!(told.response.body().is_empty(), "{name}"),
                Some(answer) => covers(&name, "$", answer, &told.body),
            }
        }
    }
}

/// Checks that the client's own type parses the documented response and the simulated one.
#[track_caller]
fn reads<T: DeserializeOwned>(name: &str, pointer: &str) {
    let (example, told) = replay(name);
    for answer in [&example["answer"], &told.body] {
        let part = answer.pointer(pointer).unwrap_or(&Value::Null);
        let read = serde_json::from_value::<T>(part.clone());
        assert!(read.is_ok(), "{name}: {:?} in {part}", read.err());
    }
}

#[test]
fn the_client_parses_the_documented_responses() {
    reads::<graph::wire::Application>("graph/create-application", "");
    reads::<graph::wire::Application>("graph/upsert-application", "");
    reads::<graph::wire::Application>("graph/list-applications", "/value/0");
    reads::<graph::wire::PasswordCredential>("graph/add-password", "");
    reads::<graph::wire::PermissionGrant>("graph/create-grant", "");
    reads::<graph::wire::PermissionGrant>("graph/list-grants", "/value/0");
    reads::<graph::wire::RoleAssignment>("graph/list-roles-held", "/value/0");
    reads::<graph::wire::Organization>("graph/organization", "/value/0");
    reads::<arm::wire::SubscriptionResource>("arm/get-subscription", "");
    reads::<arm::wire::Permission>("arm/permissions", "/value/0");
}

#[test]
fn each_response_has_the_simulation_header_and_request_ids() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let told = desk.graph_with("GET", "/me", &[("client-request-id", "mine")], None);
    assert_eq!(told.header("client-request-id"), "mine");
    assert_eq!(told.header("request-id").len(), 36);
    assert_eq!(told.header("date"), "Mon, 23 Nov 2026 10:00:00 GMT");
    assert_eq!(told.header("x-simulated"), cloud_sim::MARKER);
    assert!(
        !desk
            .arm("GET", "/tenants?api-version=2022-12-01")
            .header("x-ms-request-id")
            .is_empty()
    );
}
