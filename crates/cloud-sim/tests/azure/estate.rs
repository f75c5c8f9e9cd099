//! The seeded subscriptions.

use std::collections::BTreeSet;

use cloud_sim::Sim;
use cloud_sim::subscriptions::estate;
use serde_json::Value;

use crate::client::ADMIN;
use crate::client::Client;

const LIST: &str = "/subscriptions?api-version=2022-12-01";

#[test]
fn the_same_seed_makes_the_same_subscriptions() {
    let list = |seed| {
        let mut client = Client::of(ADMIN, |sim| {
            sim.fill_with_subscriptions(ADMIN, 300, seed);
        });
        client.all("GET", LIST).0
    };
    let first = list(1);
    assert_eq!(first, list(1));
    assert_ne!(first, list(2));
    // A longer list begins with the shorter one.
    let mut sim = Sim::new(7);
    let short = sim.fill_with_subscriptions(ADMIN, 10, 1);
    assert_eq!(sim.fill_with_subscriptions(ADMIN, 300, 1)[..10], short[..]);
}

#[test]
fn a_number_is_kept_within_bounds() {
    let mut sim = Sim::new(7);
    assert_eq!(sim.fill_with_subscriptions(ADMIN, 1, 1).len(), 1);
    assert_eq!(
        sim.fill_with_subscriptions(ADMIN, 20_000, 1).len(),
        estate::MOST
    );
    assert!(
        sim.fill_with_subscriptions("nobody@fabrikam.com", 5, 1)
            .is_empty()
    );
}

#[test]
fn five_thousand_subscriptions_have_everything_that_is_hard() {
    let mut client = Client::with(5000);
    let (items, pages) = client.all("GET", LIST);
    assert_eq!((items.len(), pages), (5000, 100));
    let ids: BTreeSet<&str> = (items.iter())
        .map(|item| item["subscriptionId"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 5000);
    let names: Vec<&str> = (items.iter())
        .map(|item| item["displayName"].as_str().unwrap())
        .collect();
    for piece in [
        "\"", "'", "\n", "\r\n", "\u{202e}", "🚀", "=cmd|", "<script>", "\u{200b}",
    ] {
        assert!(names.iter().any(|name| name.contains(piece)), "{piece:?}");
    }
    assert!(names.iter().any(|name| name.chars().count() == 90));
    assert!(names.iter().filter(|name| **name == "Sandbox").count() > 10);
    let values = |pointer: &str| -> BTreeSet<String> {
        let all = items
            .iter()
            .filter_map(|item| item.pointer(pointer)?.as_str());
        all.map(str::to_owned).collect()
    };
    let states = ["Deleted", "Disabled", "Enabled", "PastDue", "Warned"];
    assert_eq!(values("/state"), states.map(str::to_owned).into());
    assert_eq!(values("/tenantId").len(), 4);
    let managed = items
        .iter()
        .filter(|item| item["managedByTenants"] != Value::Array(Vec::new()));
    assert!((50..200).contains(&managed.count()));
}

#[test]
fn roles_and_registrations_differ() {
    let mut client = Client::with(400);
    let ids = client.sim.fill_with_subscriptions(ADMIN, 400, 1);
    let (mut outcomes, mut states) = (BTreeSet::new(), BTreeSet::new());
    for id in ids {
        let id = id.to_string();
        states.insert(client.state(&id, "Microsoft.KeyVault"));
        outcomes.insert(client.register(&id, "Microsoft.Web").status);
    }
    assert_eq!(outcomes, [200, 403, 409].into());
    let expected = ["NotRegistered", "Registered", "Registering"];
    assert_eq!(states, expected.map(str::to_owned).into());
}
