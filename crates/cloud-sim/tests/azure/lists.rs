//! Lists of subscriptions, providers, entities and locks.

use cloud_sim::seed;
use cloud_sim::subscriptions::state::AzureRefusal;
use serde_json::json;

use crate::client::Client;
use crate::client::PRODUCTION_NAME;

const LIST: &str = "/subscriptions?api-version=2022-12-01";
const ENTITIES: &str = "/providers/Microsoft.Management/getEntities?api-version=2020-05-01";

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
