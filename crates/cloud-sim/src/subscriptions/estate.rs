//! Very many subscriptions with everything that makes their list hard: odd names, a tree of management groups, other home tenants, states.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use uuid::Uuid;

use crate::Sim;
use crate::rng::Rng;
use crate::subscriptions::state::Assigned;
use crate::subscriptions::state::Azure;
use crate::subscriptions::state::AzureRole;
use crate::subscriptions::state::ManagementGroup;
use crate::subscriptions::state::Offer;
use crate::subscriptions::state::Registration;
use crate::subscriptions::state::State;
use crate::subscriptions::state::Subscription;
use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;

/// The most subscriptions that an estate has: one more than Azure Resource Graph answers with.
pub const MOST: usize = 10_001;

/// Home tenants of delegated subscriptions. None of them is simulated.
const HOMES: [u128; 3] = [
    0x0a1b_2c3d_1111_4aaa_8000_0000_0000_0001,
    0x0a1b_2c3d_1111_4aaa_8000_0000_0000_0002,
    0x0a1b_2c3d_1111_4aaa_8000_0000_0000_0003,
];

const TOPS: [&str; 4] = ["Platform", "Landing zones", "Sandboxes", "Decommissioned"];
const REGIONS: [&str; 4] = ["Europe", "Americas", "Asia \"Pacific\"", "Übersee"];

/// Groups of the lowest level in each group of the middle level.
const LEAVES: usize = 5;

/// Names that break what does not expect them: markup, formulas of spreadsheets, quotation marks, directions, line ends, nothing visible.
const ODD: [&str; 20] = [
    "\"quoted\" and 'quoted'",
    "two\nlines",
    "carriage\r\nreturn\tand tab",
    "right-to-left \u{202e}txt.exe",
    "ἀρχή 本番環境 اشتراك",
    "👩‍👩‍👧‍👦 family 🚀",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "comma, semicolon; tab\tpipe|",
    "<script>alert(1)</script>",
    "&amp; &lt;b&gt; <b>bold</b>",
    "${env:PATH} $(whoami) `id` %PATH%",
    "../../etc/passwd \\\\server\\share",
    "zero\u{200b}width\u{feff}",
    "e\u{301} and é, ﬁ and fi",
    " leading and trailing ",
    "null",
    "'; DROP TABLE subscriptions; --",
];

impl Sim {
    /// Replaces the subscriptions and management groups of this user's tenant with up to `MOST` subscriptions, each of which the user can
    /// read. The same seed makes the same subscriptions. Returns their IDs, in the order of lists. Empty if the user does not exist.
    ///
    /// The user is Contributor of most, Reader of those in the group `Decommissioned`, and can only register the gateway's providers in
    /// some. Pages of lists have 50.
    pub fn fill_with_subscriptions(
        &mut self,
        sign_in_name: &str,
        count: usize,
        seed: u64,
    ) -> Vec<SubscriptionId> {
        let mut tenants = self.tenants.iter_mut();
        let found = tenants.find_map(|tenant| {
            let user = tenant.user_named(sign_in_name)?.id;
            Some((tenant, user))
        });
        let Some((tenant, user)) = found else {
            return Vec::new();
        };
        let registering = tenant.azure.registering;
        tenant.azure = estate(user, count.min(MOST), seed);
        tenant.azure.registering = registering;
        tenant
            .azure
            .subscriptions
            .iter()
            .map(|one| one.id)
            .collect()
    }
}

fn estate(user: ObjectId, count: usize, seed: u64) -> Azure {
    let mut azure = Azure::empty();
    let mut rng = Rng::new(seed);
    let leaves = tree(&mut azure, user);
    for number in 0..count {
        let uuid = rng.guid();
        // Draws from a second generator, so that more properties do not change the IDs.
        let mut dice = Rng::new(seed ^ uuid.as_u64_pair().1);
        let subscription = subscription(user, number, uuid, &leaves, &mut dice);
        azure.subscriptions.push(subscription);
    }
    azure
}

/// Adds management groups of three levels. Returns the names of the lowest.
fn tree(azure: &mut Azure, user: ObjectId) -> Vec<String> {
    let mut leaves = Vec::new();
    let mut add = |name: String, display_name: String, parent: Option<&String>, role| {
        let scope = Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes());
        let role = Option::map(role, |role| Assigned::seeded(scope, user, role));
        azure.groups.push(ManagementGroup {
            display_name,
            parent: parent.cloned(),
            roles: role.into_iter().collect(),
            registered: BTreeSet::new(),
            name,
        });
    };
    for (top_number, top) in TOPS.into_iter().enumerate() {
        let role = match top {
            "Decommissioned" => AzureRole::Reader,
            _ => AzureRole::Contributor,
        };
        let top_name = format!("mg-{top_number}");
        add(top_name.clone(), top.to_owned(), None, Some(role));
        for (region_number, region) in REGIONS.into_iter().enumerate() {
            let region_name = format!("{top_name}-{region_number}");
            let display_name = format!("{top} {region}");
            add(region_name.clone(), display_name, Some(&top_name), None);
            for leaf in 0..LEAVES {
                let name = format!("{region_name}-{leaf}");
                let display_name = format!("{top} {region} {}", leaf + 1);
                add(name.clone(), display_name, Some(&region_name), None);
                leaves.push(name);
            }
        }
    }
    leaves
}

fn subscription(
    user: ObjectId,
    number: usize,
    uuid: Uuid,
    leaves: &[String],
    dice: &mut Rng,
) -> Subscription {
    // Two in a hundred belong to another tenant, and three are directly below the root.
    let place = dice.below(100);
    let home = (place < 2).then(|| HOMES[dice.below(HOMES.len())]);
    let group = (place >= 5).then(|| leaves[dice.below(leaves.len())].clone());
    let role = match place {
        _ if group.is_some() => None,
        2 => Some(AzureRole::ProviderRegistrar),
        _ => Some(AzureRole::Contributor),
    };
    let role = role.map(|role| Assigned::seeded(uuid, user, role));
    Subscription {
        id: SubscriptionId::new(uuid),
        display_name: name(number, dice),
        state: match dice.below(100) {
            0..4 => State::Disabled,
            4..6 => State::Warned,
            6..8 => State::PastDue,
            8 => State::Deleted,
            _ => State::Enabled,
        },
        offer: match dice.below(100) {
            0..5 => Offer::FreeTrial,
            5..15 => Offer::VisualStudio,
            15..35 => Offer::PayAsYouGo,
            _ => Offer::Enterprise,
        },
        tags: tags(number, dice),
        group,
        home: home.map(|home| TenantId::new(Uuid::from_u128(home))),
        refusal: None,
        roles: role.into_iter().collect(),
        providers: providers(dice),
        is_undeletable: dice.below(100) < 3,
    }
}

/// Every odd name is among the first, and then again with a number. Some names occur often.
fn name(number: usize, dice: &mut Rng) -> String {
    if let Some(odd) = number.checked_sub(1).and_then(|place| ODD.get(place)) {
        return (*odd).to_owned();
    }
    match dice.below(40) {
        0 => format!("{} {number}", ODD[dice.below(ODD.len())]),
        1 => "Sandbox".to_owned(),
        2 => format!("{number:0>90}"),
        3 => format!("Ünit {number} · Straße {}", "長".repeat(dice.below(30))),
        _ => format!("Contoso {} {number:05}", TOPS[dice.below(TOPS.len())]),
    }
}

fn tags(number: usize, dice: &mut Rng) -> BTreeMap<String, String> {
    let mut tags = BTreeMap::new();
    let mut add = |name: &str, value: String| drop(tags.insert(name.to_owned(), value));
    let kind = dice.below(10);
    if kind < 7 {
        let environments = ["prod", "test", "dev", "PROD"];
        let environment = environments[dice.below(environments.len())];
        add("environment", environment.to_owned());
    }
    if kind < 4 {
        add("cost center", format!("{:04}", dice.below(10_000)));
    }
    if kind == 0 {
        let odd = ODD[dice.below(ODD.len())];
        add("owner", odd.to_owned());
        add(odd, format!("tag {number}"));
    }
    tags
}

fn providers(dice: &mut Rng) -> BTreeMap<String, Registration> {
    let registered: &[&str] = match dice.below(10) {
        0..2 => &[],
        2..4 => &["Microsoft.Storage"],
        4..7 => &["Microsoft.Network", "Microsoft.Storage"],
        7 => &[
            "Microsoft.Compute",
            "Microsoft.Network",
            "Microsoft.Storage",
            "Microsoft.Web",
        ],
        _ => &[
            "Microsoft.Compute",
            "Microsoft.KeyVault",
            "Microsoft.Network",
            "Microsoft.Storage",
        ],
    };
    let mut providers: BTreeMap<String, Registration> = registered
        .iter()
        .map(|namespace| ((*namespace).to_owned(), Registration::Registered))
        .collect();
    // One in fifty has a registration that hangs.
    if dice.below(50) == 0 {
        let hanging = Registration::Registering {
            done: None,
            flap: None,
        };
        providers.insert("Microsoft.KeyVault".to_owned(), hanging);
    }
    providers
}
