//! Lists of subscriptions, providers, entities and locks.

use cloud_sim::seed;
use cloud_sim::subscriptions::modes::PagingFault;
use cloud_sim::subscriptions::state::AzureRefusal;
use cloud_sim::subscriptions::state::LockLevel;
use serde_json::json;

use crate::client::Client;
use crate::client::DEVELOPMENT;
use crate::client::PRODUCTION;
use crate::client::PRODUCTION_NAME;

const LIST: &str = "/subscriptions?api-version=2022-12-01";
const ENTITIES: &str = "/providers/Microsoft.Management/getEntities?api-version=2020-05-01";

fn providers(subscription: &str, options: &str) -> String {
    format!("/subscriptions/{subscription}/providers?api-version=2024-03-01{options}")
}

#[test]
fn select_reduces_providers_to_the_named_properties() {
    let mut client = Client::new();
    let whole = client.get(&providers(PRODUCTION, "")).is(200);
    assert_eq!(whole.items()[0].as_object().unwrap().len(), 5);
    for option in [
        "&$select=namespace,registrationState",
        "&%24select=NAMESPACE%2C%20registrationstate,orchard",
    ] {
        let told = client.get(&providers(PRODUCTION, option)).is(200);
        assert_eq!(told.items().len(), whole.items().len());
        let compute =
            json!({ "namespace": "Microsoft.Compute", "registrationState": "NotRegistered" });
        assert!(told.items().contains(&compute), "{}", told.body);
    }
    let told = client.get(&providers(
        PRODUCTION,
        "&$select=orchard&$expand=metadata&$top=1",
    ));
    assert_eq!(told.is(200).body, whole.body);
    client.sim.azure_modes().ignores_select = true;
    let told = client.get(&providers(PRODUCTION, "&$select=namespace"));
    assert_eq!(told.is(200).body, whole.body);
}

#[test]
fn many_subscriptions_come_in_pages_of_fifty() {
    let mut client = Client::with(120);
    let (items, pages) = client.all("GET", LIST);
    assert_eq!((items.len(), pages), (120, 3));
    assert_eq!(client.get(LIST).is(200).items().as_slice(), &items[..50]);
    let with = |name: &str| items.iter().filter(|item| item.get(name).is_some()).count();
    for name in [
        "state",
        "managedByTenants",
        "authorizationSource",
        "subscriptionPolicies",
    ] {
        assert_eq!(with(name), 120, "{name}");
    }
    assert!((40..120).contains(&with("tags")), "{}", with("tags"));
    let quotas = |quota: &str| {
        let mut items = items.iter();
        items.any(|item| item["subscriptionPolicies"]["quotaId"] == quota)
    };
    assert!(quotas("EnterpriseAgreement_2014-09-01") && quotas("FreeTrial_2014-09-01"));
}

/// A page is cut at an index, so a subscription that the caller cannot see must not count.
#[test]
fn a_page_has_its_whole_number_of_visible_subscriptions() {
    let mut client = Client::new();
    let moved = Some(AzureRefusal::OtherTenant(seed::LITWARE));
    assert!(client.sim.refuse_in_subscription(PRODUCTION_NAME, moved));
    let told = client.get(LIST).is(200);
    assert_eq!(told.items().len(), 2);
    assert_eq!(told.body.get("nextLink"), None);
}

#[test]
fn entities_come_in_pages_with_their_chain_and_permission() {
    let mut client = Client::with(700);
    let (items, pages) = client.all("POST", ENTITIES);
    assert_eq!(pages, 2);
    let (groups, subscriptions): (Vec<_>, Vec<_>) = items
        .iter()
        .partition(|item| item["type"] == "Microsoft.Management/managementGroups");
    assert_eq!(groups.len(), 4 + 16 + 80);
    // Those of other home tenants are not in this tenant's groups.
    assert!((600..700).contains(&subscriptions.len()));
    for subscription in subscriptions {
        let properties = &subscription["properties"];
        let chain = properties["parentNameChain"].as_array().unwrap();
        let parent = properties["parent"]["id"].as_str().unwrap();
        assert!(parent.ends_with(chain.last().unwrap().as_str().unwrap()));
        let permission = properties["permissions"].as_str().unwrap();
        let is_old = properties["parentDisplayNameChain"][1] == "Decommissioned";
        match chain.len() {
            4 if is_old => assert_eq!(permission, "view"),
            4 => assert_eq!(permission, "delete"),
            // Directly below the root: without an inherited role.
            number => {
                assert_eq!(
                    (number, &properties["inheritedPermissions"]),
                    (1, &json!("noaccess"))
                );
            }
        }
    }
    let told = client
        .send("POST", &format!("{ENTITIES}&$top=3&$skip=1"), None)
        .is(200);
    assert_eq!(told.items().as_slice(), &items[1..4]);
    assert_eq!(told.body["count"], items.len());
}

#[test]
fn locks_are_listed_where_a_test_set_them() {
    let path = |subscription: &str| {
        format!(
            "/subscriptions/{subscription}/providers/Microsoft.Authorization/locks?api-version=2020-05-01"
        )
    };
    let mut client = Client::new();
    assert!(client.get(&path(PRODUCTION)).is(200).items().is_empty());
    for level in [LockLevel::CanNotDelete, LockLevel::ReadOnly] {
        assert!(client.sim.lock_subscription(PRODUCTION_NAME, level));
    }
    let told = client.get(&path(PRODUCTION)).is(200);
    let levels: Vec<&str> = (told.items().iter())
        .map(|lock| lock["properties"]["level"].as_str().unwrap())
        .collect();
    assert_eq!(levels, ["ReadOnly", "CanNotDelete"]);
    assert!(client.get(&path(DEVELOPMENT)).is(200).items().is_empty());
    client
        .register(PRODUCTION, "Microsoft.KeyVault")
        .refused(409, "ScopeLocked");
    // A lock against deletion does not stop a registration.
    assert!(
        client
            .sim
            .lock_subscription("Fabrikam Development", LockLevel::CanNotDelete)
    );
    client.register(DEVELOPMENT, "Microsoft.Web").is(200);
}

#[test]
fn a_link_can_lead_back_or_to_another_host() {
    for (path, method) in [(LIST, "GET"), (ENTITIES, "POST")] {
        let mut client = Client::with(700);
        let link = |client: &mut Client, path: &str| {
            let told = client.send(method, path, None).is(200);
            let link = told.body["nextLink"].as_str().unwrap();
            link.strip_prefix("https://")
                .unwrap()
                .split_once('/')
                .map(|(host, path)| (host.to_owned(), format!("/{path}")))
                .unwrap()
        };
        client.sim.azure_modes().paging = PagingFault::OtherHost;
        assert_eq!(link(&mut client, path).0, "management.azure.example");
        client.sim.azure_modes().paging = PagingFault::Loop;
        let (host, first) = link(&mut client, path);
        assert_eq!(host, "management.azure.com");
        assert_eq!(link(&mut client, &first).1, first);
    }
}
