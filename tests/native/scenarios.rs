//! The scenarios that the simulated clouds set up for pairs, read with direct Microsoft Graph requests.
//!
//! `golden/scenarios.txt` lists how each scenario differs from a complete pair. `UPDATE_GOLDEN=1` rewrites it; review the difference like
//! code.

use std::path::Path;
use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::scenarios;
use cloud_sim::scenarios::Pair;
use cloud_sim::scenarios::kinds::Scenario;
use cloud_sim::seed;
use domain::ids::TenantId;
use domain::platform::HttpRequest;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

const GRAPH_APP: &str = "00000003-0000-0000-c000-000000000000";

/// A user with permission to read everything in a tenant.
struct Reader {
    sim: Sim,
    now: Timestamp,
    token: String,
}

impl Reader {
    fn new(mut sim: Sim, now: Timestamp, name: &str) -> Self {
        let everything = ["Directory.AccessAsUser.All"];
        let token = sim.token_for(now, name, "https://graph.microsoft.com", &everything);
        Self {
            sim,
            now,
            token: token.unwrap(),
        }
    }

    /// The response body, or null if the object does not exist.
    fn get(&mut self, path: &str) -> Value {
        let url = format!("https://graph.microsoft.com/v1.0/{path}").replace(' ', "%20");
        let request = http::Request::get(url)
            .header("authorization", format!("Bearer {}", self.token))
            .body(Vec::new());
        let request: HttpRequest = request.unwrap();
        let answer = self.sim.handle(self.now, &request).answer.unwrap();
        match answer.status().as_u16() {
            200 => serde_json::from_slice(answer.body()).unwrap(),
            404 => Value::Null,
            other => panic!("{path}: {other}"),
        }
    }

    fn list(&mut self, path: &str) -> Value {
        self.get(path)["value"].clone()
    }

    /// All data of an app.
    fn app(&mut self, id: &str) -> Value {
        let mut app = self.get(&format!("applications(appId='{id}')"));
        if app.is_null() {
            return Value::Null;
        }
        let principal = format!("servicePrincipals(appId='{id}')");
        let asked = "$select=id,accountEnabled,appRoleAssignmentRequired";
        let owners = self.list(&format!("applications(appId='{id}')/owners"));
        app["owners"] = json!(owners.as_array().unwrap().len());
        app["principal"] = self.get(&format!("{principal}?{asked}"));
        app["grants"] = self.list(&format!("{principal}/oauth2PermissionGrants"));
        app["roles"] = self.list(&format!("{principal}/appRoleAssignments"));
        app
    }

    /// A pair and its tenant. Names replace IDs, and ages replace times.
    fn portrait(&mut self, tenant: TenantId, pair: Pair) -> Value {
        let mut whole = json!({});
        let apps = [("server", pair.server), ("client", pair.client)];
        let mut names = vec![(tenant.to_string(), "<tenant>".to_owned())];
        for (name, id) in apps {
            let Some(id) = id else { continue };
            whole[name] = self.app(&id.to_string());
            let principal = whole[name]["principal"]["id"].as_str();
            names.extend(principal.map(|id| (id.to_owned(), format!("<{name} principal>"))));
            names.push((id.to_string(), format!("<{name}>")));
        }
        let graph = self.get(&format!(
            "servicePrincipals(appId='{GRAPH_APP}')?$select=id"
        ));
        let graph = graph["id"].as_str().unwrap().to_owned();
        names.push((graph, "<graph principal>".to_owned()));
        names.push((GRAPH_APP.to_owned(), "<graph>".to_owned()));
        let all = self.list("applications?$select=displayName");
        whole["applications"] = json!(all.as_array().unwrap().len());
        let gone = self.list("directory/deletedItems/microsoft.graph.application");
        whole["deleted"] = json!(gone.as_array().unwrap().len());
        let policies = self.list("identity/conditionalAccess/policies");
        let told = policies.as_array().unwrap().iter().map(|policy| {
            json!({ "state": policy["state"], "applications": policy["conditions"]["applications"] })
        });
        whole["conditionalAccess"] = told.collect();
        let policy = self.get("policies/defaultAppManagementPolicy");
        let secrets = &policy["applicationRestrictions"]["passwordCredentials"];
        whole["longestSecret"] = secrets[0]["maxLifetime"].clone();
        self.name("", &mut whole, &names);
        whole
    }

    fn name(&self, path: &str, value: &mut Value, names: &[(String, String)]) {
        match value {
            Value::Object(object) => {
                // Random for each pair, except the IDs of permissions, which matter.
                let is_permission = path.contains("resourceAccess") || path.contains("Scopes");
                object.retain(|name, _| match name.as_str() {
                    "id" => is_permission,
                    "keyId" | "hint" | "createdByAppId" | "principalDisplayName" => false,
                    other => !other.starts_with('@'),
                });
                for (name, value) in object {
                    self.name(&format!("{path}/{name}"), value, names);
                }
            }
            Value::Array(items) => {
                for value in items {
                    self.name(path, value, names);
                }
            }
            Value::String(text) if path.ends_with("DateTime") => {
                let moment: Timestamp = text.parse().unwrap();
                let days = moment.duration_since(self.now).as_secs_f64() / 86_400.0;
                *value = json!(format!("{days:.0} days"));
            }
            Value::String(text) => {
                for (id, name) in names {
                    *text = text.replace(id, name);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// Adds a line for each difference between two portraits.
fn differences(path: &str, was: &Value, is: &Value, told: &mut Vec<String>) {
    match (was, is) {
        (was, is) if was == is => {}
        (Value::Object(was), Value::Object(is)) => {
            let mut names: Vec<&String> = was.keys().chain(is.keys()).collect();
            names.sort();
            names.dedup();
            for name in names {
                let of =
                    |object: &serde_json::Map<_, _>| object.get(name).cloned().unwrap_or_default();
                differences(&format!("{path}/{name}"), &of(was), &of(is), told);
            }
        }
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            for (place, (was, is)) in was.iter().zip(is).enumerate() {
                differences(&format!("{path}/{place}"), was, is, told);
            }
        }
        (_, is) => told.push(format!("  {path} = {is}")),
    }
}

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn portrait(shape: Scenario) -> Value {
    let mut sim = Sim::new(1);
    let pair = scenarios::make(&mut sim, seed::FABRIKAM, shape, now());
    let mut reader = Reader::new(sim, now(), "admin@fabrikam.com");
    reader.portrait(seed::FABRIKAM, pair)
}

#[test]
fn each_scenario_differs_from_a_complete_pair_as_documented() {
    let complete = portrait(Scenario::Docs2026Complete);
    let mut told = vec![serde_json::to_string_pretty(&complete).unwrap()];
    for shape in Scenario::ALL {
        if *shape == Scenario::Docs2026Complete {
            continue;
        }
        told.push(format!("\n{}: {}", shape.key(), shape.what()));
        let before = told.len();
        differences("", &complete, &portrait(*shape), &mut told);
        assert!(told.len() > before, "{} was refused", shape.key());
    }
    let told = told.join("\n") + "\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/golden/scenarios.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &told).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    let mut lines = told.lines().zip(expected.lines());
    let line = lines.find(|(is, was)| is != was);
    assert!(
        told == expected,
        "scenarios.txt differs: {line:?}. UPDATE_GOLDEN=1 rewrites it"
    );
}

#[test]
fn scenario_keys_are_unique() {
    let mut keys: Vec<&str> = Scenario::ALL.iter().map(|shape| shape.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Scenario::ALL.len());
}

#[test]
fn a_scenario_does_not_affect_later_requests() {
    let (mut plain, mut shaped) = (Sim::new(1), Sim::new(1));
    scenarios::make(
        &mut shaped,
        seed::WOODGROVE,
        Scenario::Docs2026Complete,
        now(),
    );
    let everything = ["Directory.AccessAsUser.All"];
    let graph = "https://graph.microsoft.com";
    for sim in [&mut plain, &mut shaped] {
        sim.token_for(now(), "admin@fabrikam.com", graph, &everything);
    }
    assert_eq!(plain.counts(), shaped.counts());
    assert_eq!(
        plain.snapshot_of(seed::FABRIKAM),
        shaped.snapshot_of(seed::FABRIKAM)
    );
    let next = |sim: &mut Sim| sim.token_for(now(), "admin@fabrikam.com", graph, &everything);
    assert_eq!(next(&mut plain), next(&mut shaped));
}

#[test]
fn a_pair_can_be_created_in_any_cloud_next_to_other_pairs() {
    let mut sim = Sim::new(1);
    let first = scenarios::make(
        &mut sim,
        seed::CONTOSO_GOVERNMENT,
        Scenario::Docs2026Complete,
        now(),
    );
    let second = scenarios::make(
        &mut sim,
        seed::CONTOSO_GOVERNMENT,
        Scenario::Docs2026Complete,
        now(),
    );
    assert!(first.server.is_some() && first.client.is_some());
    assert!(second.server.is_some() && second.client.is_some());
    assert!(first.server != second.server && first.client != second.client);
    let elsewhere = TenantId::new(uuid::Uuid::nil());
    let none = Pair {
        server: None,
        client: None,
    };
    assert_eq!(
        scenarios::make(&mut sim, elsewhere, Scenario::Docs2026, now()),
        none
    );
}

#[test]
fn demo_tenants_have_their_pairs_at_the_first_request() {
    for (name, apps) in [
        ("admin@proseware.com", 2),
        ("reader@tailwindtraders.com", 2),
        ("admin@wideworldimporters.com", 2),
        ("admin@vanarsdel.com", 2),
        ("admin@cohowinery.com", 2),
        ("admin@alpineskihouse.com", 4),
    ] {
        let mut reader = Reader::new(Sim::new(1), now(), name);
        let all = reader.list("applications?$select=displayName,createdDateTime");
        let all = all.as_array().unwrap();
        assert_eq!(all.len(), apps, "{name}");
        for app in all {
            let created: Timestamp = app["createdDateTime"].as_str().unwrap().parse().unwrap();
            assert!(created < now() - Duration::from_hours(24 * 30), "{name}");
        }
    }
    // A pair that a test adds is separate from the pair of the demo and keeps its age.
    let mut sim = Sim::new(1);
    scenarios::make(&mut sim, seed::PROSEWARE, Scenario::NoScope, now());
    let mut reader = Reader::new(sim, now(), "admin@proseware.com");
    let all = reader.list("applications");
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), 4);
    for app in all {
        let created: Timestamp = app["createdDateTime"].as_str().unwrap().parse().unwrap();
        assert!(
            created > now() - Duration::from_hours(24 * 101),
            "{created}"
        );
    }
}
