//! What others change while a client works.

use std::time::Duration;

use cloud_sim::seed;
use cloud_sim::subscriptions::changes::SubscriptionChange;
use cloud_sim::subscriptions::changes::When;
use cloud_sim::subscriptions::state::State;
use serde_json::json;

use crate::client::ADMIN;
use crate::client::Client;
use crate::client::DEVELOPMENT;
use crate::client::PRODUCTION;

#[test]
fn a_role_ends_after_the_second_write() {
    let mut client = Client::new();
    for scope in [
        format!("/subscriptions/{PRODUCTION}"),
        "/providers/Microsoft.Management/managementGroups/fabrikam-platform".to_owned(),
    ] {
        let change = SubscriptionChange::RoleRemoved {
            scope,
            sign_in_name: ADMIN.to_owned(),
        };
        client.sim.change_subscription(When::AfterWrites(2), change);
    }
    // Neither a read nor a refused write counts.
    client.state(PRODUCTION, "Microsoft.Web");
    client.register(PRODUCTION, "Contoso.Orchard").is(404);
    let entities = "/providers/Microsoft.Management/getEntities?api-version=2023-04-01";
    client.send("POST", entities, None).is(200);
    client.register(PRODUCTION, "Microsoft.Web").is(200);
    client.register(PRODUCTION, "Microsoft.Compute").is(200);
    client
        .register(PRODUCTION, "Microsoft.KeyVault")
        .refused(403, "AuthorizationFailed");
    // The role in the other subscription is not inherited.
    client.register(DEVELOPMENT, "Microsoft.KeyVault").is(200);
}

#[test]
fn a_subscription_moves_at_a_time() {
    let mut client = Client::new();
    let change = SubscriptionChange::Moved {
        subscription: PRODUCTION.parse().unwrap(),
        to: seed::LITWARE,
    };
    let at = client.now + Duration::from_secs(60);
    client.sim.change_subscription(When::At(at), change);
    client.register(PRODUCTION, "Microsoft.Web").is(200);
    client.now = at;
    let told = client.register(PRODUCTION, "Microsoft.KeyVault");
    let message = told.refused(401, "InvalidAuthenticationTokenTenant");
    assert!(message.contains(&seed::LITWARE.to_string()));
}

#[test]
fn a_subscription_is_disabled_after_the_first_write() {
    let mut client = Client::new();
    let change = SubscriptionChange::State {
        subscription: PRODUCTION.parse().unwrap(),
        state: State::Disabled,
    };
    client.sim.change_subscription(When::AfterWrites(1), change);
    client.register(DEVELOPMENT, "Microsoft.Web").is(200);
    client
        .register(PRODUCTION, "Microsoft.Web")
        .refused(409, "ReadOnlyDisabledSubscription");
    let told = client.get(&format!(
        "/subscriptions/{PRODUCTION}?api-version=2022-12-01"
    ));
    assert_eq!(told.is(200).body["state"], "Disabled");
}

/// The emulator takes changes as JSON.
#[test]
fn a_change_is_written_as_json() {
    let text = json!([
        [{ "after-writes": 3 }, { "role-removed": { "scope": "/subscriptions/x", "sign_in_name": ADMIN } }],
        [{ "at": "2026-11-23T10:00:00Z" }, { "state": { "subscription": PRODUCTION, "state": "past-due" } }],
        [{ "after-writes": 0 }, { "moved": { "subscription": PRODUCTION, "to": seed::LITWARE.to_string() } }],
    ]);
    let read: Vec<(When, SubscriptionChange)> = serde_json::from_value(text.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), text);
}
