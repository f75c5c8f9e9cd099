//! How many requests Azure Resource Manager accepts.

use std::time::Duration;

use crate::client::ADMIN;
use crate::client::Client;
use crate::client::DEVELOPMENT;
use crate::client::PRODUCTION;
use crate::client::Told;

fn read(subscription: &str) -> String {
    format!("/subscriptions/{subscription}?api-version=2022-12-01")
}

/// Sends the request until it is refused. Returns the number of accepted requests.
fn exhaust(client: &mut Client, mut send: impl FnMut(&mut Client) -> Told) -> (u32, Told) {
    for accepted in 0.. {
        let told = send(client);
        if told.status == 429 {
            return (accepted, told);
        }
    }
    unreachable!("every bucket has an end")
}

#[test]
fn a_used_up_bucket_names_the_wait_of_its_subscription() {
    let mut client = Client::new();
    let (accepted, told) = exhaust(&mut client, |client| client.get(&read(PRODUCTION)));
    assert_eq!(accepted, 250);
    let message = told.refused(429, "SubscriptionRequestsThrottled");
    let expected = format!(
        "Number of 'read' requests for subscription '{PRODUCTION}' actor '5e97358c-d99c-4558-8000-000000010001' exceeded. Please try again after '10' seconds."
    );
    assert_eq!(message, expected);
    assert_eq!(told.header("retry-after"), Some("10"));
    // Each subscription has a bucket of its own, whatever the case of its ID. Writes have another.
    client.get(&read(&PRODUCTION.to_uppercase())).is(429);
    let left = client.get(&read(DEVELOPMENT)).is(200);
    assert_eq!(
        left.header("x-ms-ratelimit-remaining-subscription-reads"),
        Some("249")
    );
    client.register(PRODUCTION, "Microsoft.Web").is(200);
    client.now += Duration::from_secs(1);
    let (accepted, _) = exhaust(&mut client, |client| client.get(&read(PRODUCTION)));
    assert_eq!(accepted, 25);
}

#[test]
fn deletions_have_a_bucket_of_their_own() {
    let mut client = Client::new();
    let path = "/providers/Microsoft.Management/managementGroups/none?api-version=2023-04-01";
    let told = client.send("DELETE", path, None).is(204);
    assert_eq!(
        told.header("x-ms-ratelimit-remaining-tenant-deletes"),
        Some("199")
    );
    let (accepted, told) = exhaust(&mut client, |client| client.send("DELETE", path, None));
    assert_eq!(accepted, 199);
    assert!(
        told.refused(429, "TenantRequestsThrottled")
            .contains("'delete' requests for tenant")
    );
}

#[test]
fn a_free_trial_has_smaller_buckets() {
    let mut client = Client::with(200);
    let list = client.all("GET", "/subscriptions?api-version=2022-12-01").0;
    let mut items = list.iter();
    let trial = items.find(|one| one["subscriptionPolicies"]["quotaId"] == "FreeTrial_2014-09-01");
    let trial = trial.unwrap();
    assert_eq!(trial["subscriptionPolicies"]["spendingLimit"], "On");
    let path = read(trial["subscriptionId"].as_str().unwrap());
    let (accepted, told) = exhaust(&mut client, |client| client.get(&path));
    assert_eq!(accepted, 50);
    told.refused(429, "SubscriptionRequestsThrottled");
}

#[test]
fn authorization_has_a_limit_for_all_subscriptions_of_a_principal() {
    let mut client = Client::with(50);
    let ids = client.sim.fill_with_subscriptions(ADMIN, 50, 1);
    let mut next = 0;
    let permissions = |id: &str| {
        format!(
            "/subscriptions/{id}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01"
        )
    };
    let (accepted, told) = exhaust(&mut client, |client| {
        next += 1;
        client.get(&permissions(&ids[next % ids.len()].to_string()))
    });
    assert_eq!(accepted, 120);
    assert_eq!(
        told.refused(429, "ResourceRequestsThrottled"),
        "Number of requests for Microsoft.Authorization exceeded the limit of '120' for time interval '00:01:00'. Please try again after '60' seconds."
    );
    assert_eq!(told.header("retry-after"), Some("60"));
    // The provider's own registration is not a request to the provider.
    let id = ids[0].to_string();
    client.state(&id, "Microsoft.Authorization");
    client.now += Duration::from_secs(55);
    let told = client.get(&permissions(&id)).is(429);
    assert_eq!(told.header("retry-after"), Some("5"));
    client.now += Duration::from_secs(5);
    client.get(&permissions(&id)).is(200);
}
