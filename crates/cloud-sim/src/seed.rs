//! The demo tenants. All data is invented. Sign in with any of these names.
//!
//! | Tenant | Cloud | Sign in as | What is special |
//! |---|---|---|---|
//! | Fabrikam | public | `admin@fabrikam.com` (Global Administrator, Owner) | the ordinary case, three subscriptions on two pages |
//! | | | `apps@fabrikam.com` | Application Administrator, no Azure role |
//! | | | `lena@fabrikam.com` | Global Administrator through a group only |
//! | | | `consent@fabrikam.com` | Privileged Role Administrator |
//! | | | `azure@fabrikam.com` | no directory role; can only register providers |
//! | | | `guest@fabrikam.com` | a guest |
//! | Contoso Government | US Government, L4 | `admin@contoso-gov.us` | another cloud |
//! | Tailspin Defense | US Government, L5 | `admin@tailspin-defense.us` | the same Azure hosts, another Graph host |
//! | Woodgrove Bank | public | `admin@woodgrove.com` | both App ID URI policies; secrets valid for 365 days at most |
//! | Litware | public | `admin@litware.com` | Application Developer and Reader only; users cannot register apps |
//! | | | `owner@litware.com` | its Global Administrator, for a hand-over |
//! | Adventure Works | public | `admin@adventure-works.com` | an incomplete pair, by hand after an older page, with an old App ID URI |
//! | Northwind Traders | public | `admin@northwind.com` | a deleted pair that still reserves its names and its App ID URI |
//! | Proseware | public | `admin@proseware.com` | a complete pair |
//! | Tailwind Traders | public | `admin@tailwindtraders.com` | a pair made after the article of 2023 |
//! | | | `reader@tailwindtraders.com` | Global Reader: can read but not change anything |
//! | Wide World Importers | public | `admin@wideworldimporters.com` | a pair made by a console of 1810 |
//! | VanArsdel | public | `admin@vanarsdel.com` | a pair whose secret has expired |
//! | Coho Winery | public | `admin@cohowinery.com` | a pair made after today's article, which omits device tokens |
//! | Alpine Ski House | public | `admin@alpineskihouse.com` | two complete pairs |
//!
//! Applications are created through the same requests that a client sends, dated before the first request to the cloud.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::Duration;

use http::Method;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::Sim;
use crate::directory::catalogue;
use crate::directory::roles;
use crate::directory::roles::Role;
use crate::directory::service_principals;
use crate::directory::store::Directory;
use crate::directory::tenant::Domain;
use crate::directory::tenant::Group;
use crate::directory::tenant::Tenant;
use crate::directory::tenant::User;
use crate::entra;
use crate::past;
use crate::past::DAY;
use crate::past::Past;
use crate::rng::Rng;
use crate::scenarios;
use crate::scenarios::kinds::Scenario;
use crate::subscriptions::state::Assigned;
use crate::subscriptions::state::Azure;
use crate::subscriptions::state::AzureRole;
use crate::subscriptions::state::ManagementGroup;
use crate::subscriptions::state::Offer;
use crate::subscriptions::state::Registration;
use crate::subscriptions::state::State;
use crate::subscriptions::state::Subscription;
use domain::cloud::Cloud;
use domain::cmg::AppName;
use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::ownership_tags;

/// Fabrikam: the ordinary case.
pub const FABRIKAM: TenantId = TenantId::new(id(0x1, 0x0));
/// Contoso Government: US Government, L4.
pub const CONTOSO_GOVERNMENT: TenantId = TenantId::new(id(0x2, 0x0));
/// Tailspin Defense: US Government, L5.
pub const TAILSPIN_DEFENSE: TenantId = TenantId::new(id(0x3, 0x0));
/// Woodgrove Bank: strict policies.
pub const WOODGROVE: TenantId = TenantId::new(id(0x4, 0x0));
/// Litware: an admin with too few roles.
pub const LITWARE: TenantId = TenantId::new(id(0x5, 0x0));
/// Adventure Works: an incomplete pair.
pub const ADVENTURE_WORKS: TenantId = TenantId::new(id(0x6, 0x0));
/// Northwind Traders: a deleted pair.
pub const NORTHWIND: TenantId = TenantId::new(id(0x7, 0x0));
/// Proseware: a complete pair.
pub const PROSEWARE: TenantId = TenantId::new(id(0x8, 0x0));
/// Tailwind Traders: a pair made after the article of 2023.
pub const TAILWIND: TenantId = TenantId::new(id(0x9, 0x0));
/// Wide World Importers: a pair made by a console of 1810.
pub const WIDE_WORLD: TenantId = TenantId::new(id(0xa, 0x0));
/// VanArsdel: a pair whose secret has expired.
pub const VANARSDEL: TenantId = TenantId::new(id(0xb, 0x0));
/// Coho Winery: a pair made after today's article.
pub const COHO: TenantId = TenantId::new(id(0xc, 0x0));
/// Alpine Ski House: two complete pairs.
pub const ALPINE: TenantId = TenantId::new(id(0xd, 0x0));

/// Tenants that have a pair from the start, and its scenario.
const PAIRS: [(TenantId, Scenario); 6] = [
    (PROSEWARE, Scenario::Docs2026Complete),
    (TAILWIND, Scenario::Docs2023),
    (WIDE_WORLD, Scenario::Console2018),
    (VANARSDEL, Scenario::SecretExpired),
    (COHO, Scenario::Docs2026),
    (ALPINE, Scenario::TwoPairs),
];

/// ID number `thing` of tenant number `tenant`.
const fn id(tenant: u128, thing: u128) -> Uuid {
    Uuid::from_u128(0x5e97_358c_d99c_4558_8000_0000_0000_0000 | (tenant << 16) | thing)
}

struct Draft {
    number: u128,
    tenant: Tenant,
}

impl Draft {
    fn new(number: u128, cloud: Cloud, name: &str, initial: &str, custom: &str) -> Self {
        let created = Timestamp::UNIX_EPOCH + Duration::from_secs(1_577_836_800);
        let domain = |name: &str, is_initial: bool| Domain {
            name: name.to_owned(),
            is_verified: true,
            is_initial,
            is_default: !is_initial,
        };
        let mut tenant = Tenant {
            id: TenantId::new(id(number, 0)),
            cloud,
            display_name: name.to_owned(),
            domains: vec![domain(initial, true), domain(custom, false)],
            users: Vec::new(),
            groups: Vec::new(),
            users_may_register_apps: true,
            app_management: app_management(false, &[], "disabled"),
            app_policies: Vec::new(),
            tenant_type: "AAD".to_owned(),
            conditional_access: Vec::new(),
            directory: Directory::default(),
            unseen: PAIRS
                .iter()
                .find(|(tenant, _)| tenant.uuid() == id(number, 0))
                .map(|(_, shape)| *shape),
            azure: Azure::empty(),
            sign_ins: Vec::new(),
            is_premium: true,
            created,
        };
        for (place, party) in (0xf0_u128..).zip(catalogue::everywhere()) {
            let id = id(number, place).to_string();
            let record = service_principals::first_party(&tenant, created, &id, &party);
            tenant.directory.service_principals.push(record);
        }
        Self { number, tenant }
    }

    fn user(&mut self, thing: u128, name: &str, sign_in: &str, roles: &[Role]) -> ObjectId {
        let id = ObjectId::new(id(self.number, thing));
        self.tenant.users.push(User {
            id,
            display_name: name.to_owned(),
            user_principal_name: sign_in.to_owned(),
            is_guest: false,
            roles: roles.iter().map(|role| role.template).collect(),
            security_attributes: Vec::new(),
        });
        id
    }

    fn subscription(
        &mut self,
        thing: u128,
        name: &str,
        registered: &[&str],
        roles: &[(ObjectId, AzureRole)],
    ) -> SubscriptionId {
        let uuid = id(self.number, thing);
        let id = SubscriptionId::new(uuid);
        let roles = roles
            .iter()
            .map(|(principal, role)| Assigned::seeded(uuid, *principal, *role))
            .collect();
        let providers: BTreeMap<String, Registration> = registered
            .iter()
            .map(|namespace| ((*namespace).to_owned(), Registration::Registered))
            .collect();
        self.tenant.azure.subscriptions.push(Subscription {
            id,
            display_name: name.to_owned(),
            state: State::Enabled,
            offer: Offer::PayAsYouGo,
            tags: BTreeMap::new(),
            group: None,
            home: None,
            refusal: None,
            roles,
            providers,
            is_undeletable: false,
        });
        id
    }
}

const ALL_FOUR: [&str; 4] = [
    "Microsoft.Compute",
    "Microsoft.KeyVault",
    "Microsoft.Network",
    "Microsoft.Storage",
];

/// Every tenant, without applications.
pub(crate) fn tenants() -> Vec<Tenant> {
    vec![
        fabrikam(),
        plain(
            0x2,
            Cloud::UsGov,
            "Contoso Government",
            "contosogov.onmicrosoft.us",
            "contoso-gov.us",
        ),
        plain(
            0x3,
            Cloud::UsGovDod,
            "Tailspin Defense",
            "tailspindefense.onmicrosoft.us",
            "tailspin-defense.us",
        ),
        woodgrove(),
        litware(),
        plain(
            0x6,
            Cloud::Public,
            "Adventure Works",
            "adventureworks.onmicrosoft.com",
            "adventure-works.com",
        ),
        plain(
            0x7,
            Cloud::Public,
            "Northwind Traders",
            "northwindtraders.onmicrosoft.com",
            "northwind.com",
        ),
        plain(
            0x8,
            Cloud::Public,
            "Proseware",
            "proseware.onmicrosoft.com",
            "proseware.com",
        ),
        tailwind(),
        plain(
            0xa,
            Cloud::Public,
            "Wide World Importers",
            "wideworldimporters.onmicrosoft.com",
            "wideworldimporters.com",
        ),
        plain(
            0xb,
            Cloud::Public,
            "VanArsdel",
            "vanarsdel.onmicrosoft.com",
            "vanarsdel.com",
        ),
        plain(
            0xc,
            Cloud::Public,
            "Coho Winery",
            "cohowinery.onmicrosoft.com",
            "cohowinery.com",
        ),
        plain(
            0xd,
            Cloud::Public,
            "Alpine Ski House",
            "alpineskihouse.onmicrosoft.com",
            "alpineskihouse.com",
        ),
    ]
}

/// A tenant with one Global Administrator, who owns one subscription with two registered providers.
fn plain(number: u128, cloud: Cloud, name: &str, initial: &str, custom: &str) -> Tenant {
    let mut draft = Draft::new(number, cloud, name, initial, custom);
    let admin = draft.user(
        0x1,
        "Alex Admin",
        &format!("admin@{custom}"),
        &[roles::GLOBAL_ADMINISTRATOR],
    );
    draft.subscription(
        0x81,
        &format!("{name} subscription"),
        &["Microsoft.Network", "Microsoft.Storage"],
        &[(admin, AzureRole::Owner)],
    );
    draft.tenant
}

fn fabrikam() -> Tenant {
    let mut draft = Draft::new(
        0x1,
        Cloud::Public,
        "Fabrikam",
        "fabrikam.onmicrosoft.com",
        "fabrikam.com",
    );
    let admin = draft.user(
        0x1,
        "Alex Admin",
        "admin@fabrikam.com",
        &[roles::GLOBAL_ADMINISTRATOR],
    );
    draft.user(
        0x2,
        "Ada Apps",
        "apps@fabrikam.com",
        &[roles::APPLICATION_ADMINISTRATOR],
    );
    let lena = draft.user(0x3, "Lena Group", "lena@fabrikam.com", &[]);
    draft.user(
        0x4,
        "Carl Consent",
        "consent@fabrikam.com",
        &[roles::PRIVILEGED_ROLE_ADMINISTRATOR],
    );
    let azure = draft.user(0x5, "Azra Azure", "azure@fabrikam.com", &[]);
    draft.user(0x6, "Gil Guest", "guest@fabrikam.com", &[]);
    if let Some(guest) = draft.tenant.users.last_mut() {
        guest.is_guest = true;
    }
    let group = ObjectId::new(id(0x1, 0x41));
    draft.tenant.groups.push(Group {
        id: group,
        display_name: "Tenant administrators".to_owned(),
        members: vec![lena],
        roles: vec![roles::GLOBAL_ADMINISTRATOR.template],
    });
    draft.tenant.domains.push(Domain {
        name: "fabrikam-lab.com".to_owned(),
        is_verified: false,
        is_initial: false,
        is_default: false,
    });
    let roles = [
        (admin, AzureRole::Owner),
        (group, AzureRole::Contributor),
        (azure, AzureRole::ProviderRegistrar),
    ];
    let production = draft.subscription(
        0x81,
        "Fabrikam Production",
        &["Microsoft.Network", "Microsoft.Storage"],
        &roles,
    );
    let development = draft.subscription(0x82, "Fabrikam Development", &ALL_FOUR, &roles);
    draft.subscription(0x83, "Fabrikam Archive", &["Microsoft.Storage"], &roles);
    if let Some(archive) = draft.tenant.azure.subscriptions.last_mut() {
        archive.state = State::Disabled;
    }
    draft.tenant.azure.page = 2;
    draft.tenant.azure.groups.push(ManagementGroup {
        name: "fabrikam-platform".to_owned(),
        display_name: "Fabrikam platform".to_owned(),
        parent: None,
        roles: vec![Assigned::seeded(id(0x1, 0x91), admin, AzureRole::Owner)],
        registered: BTreeSet::new(),
    });
    for id in [production, development] {
        if let Some(subscription) = draft.tenant.azure.subscriptions.find_mut(id) {
            subscription.group = Some("fabrikam-platform".to_owned());
        }
    }
    draft.tenant
}

fn woodgrove() -> Tenant {
    let mut tenant = plain(
        0x4,
        Cloud::Public,
        "Woodgrove Bank",
        "woodgrove.onmicrosoft.com",
        "woodgrove.com",
    );
    let lifetime = json!({
        "restrictionType": "passwordLifetime",
        "state": "enabled",
        "maxLifetime": "P365D",
        "restrictForAppsCreatedAfterDateTime": null,
        "excludeActors": null,
    });
    tenant.app_management = app_management(true, &[lifetime], "enabled");
    tenant
}

fn tailwind() -> Tenant {
    let mut tenant = plain(
        0x9,
        Cloud::Public,
        "Tailwind Traders",
        "tailwindtraders.onmicrosoft.com",
        "tailwindtraders.com",
    );
    tenant.users.push(User {
        id: ObjectId::new(id(0x9, 0x2)),
        display_name: "Rita Reader".to_owned(),
        user_principal_name: "reader@tailwindtraders.com".to_owned(),
        is_guest: false,
        roles: vec![roles::GLOBAL_READER.template],
        security_attributes: Vec::new(),
    });
    tenant
}

fn litware() -> Tenant {
    let mut draft = Draft::new(
        0x5,
        Cloud::Public,
        "Litware",
        "litware.onmicrosoft.com",
        "litware.com",
    );
    let admin = draft.user(
        0x1,
        "Dev Developer",
        "admin@litware.com",
        &[roles::APPLICATION_DEVELOPER],
    );
    let owner = draft.user(
        0x2,
        "Olga Owner",
        "owner@litware.com",
        &[roles::GLOBAL_ADMINISTRATOR],
    );
    draft.tenant.users_may_register_apps = false;
    draft.subscription(
        0x81,
        "Litware subscription",
        &["Microsoft.Storage"],
        &[(admin, AzureRole::Reader), (owner, AzureRole::Owner)],
    );
    draft.tenant
}

/// The policy object, with its two App ID URI restrictions in the state `uris`.
fn app_management(is_enabled: bool, passwords: &[Value], uris: &str) -> Value {
    let restriction = || {
        json!({
            "state": uris,
            "isStateSetByMicrosoft": false,
            "restrictForAppsCreatedAfterDateTime": null,
            "excludeAppsReceivingV2Tokens": true,
            "excludeSaml": true,
            "excludeActors": null,
        })
    };
    json!({
        "id": "00000000-0000-0000-0000-000000000000",
        "displayName": "Default app management tenant policy",
        "description": "Default tenant policy that enforces app management restrictions on applications and service principals. To apply policy to targeted resources, create a new policy under appManagementPolicies collection.",
        "isEnabled": is_enabled,
        "applicationRestrictions": {
            "passwordCredentials": passwords,
            "keyCredentials": [],
            "identifierUris": {
                "nonDefaultUriAddition": restriction(),
                "uriAdditionWithoutUniqueTenantIdentifier": restriction(),
            },
        },
        "servicePrincipalRestrictions": { "passwordCredentials": [], "keyCredentials": [] },
    })
}

/// Creates what the tenants contain before the first request.
pub(crate) fn add_seed_data(sim: &mut Sim, now: Timestamp) {
    // Litware's own Global Administrator has consented before. Without that consent, its other admins could not even sign in.
    entra::consent_for_all(sim, now - 30 * DAY, LITWARE);
    half_a_pair(sim, now);
    deleted_pair(sim, now);
    // A Global Reader cannot consent, so the tenant's Global Administrator has consented before. The random values for it come from a
    // separate generator, so later values stay the same.
    let rng = std::mem::replace(&mut sim.rng, Rng::new(9));
    entra::consent_for_all(sim, now - DAY * 30, TAILWIND);
    sim.rng = rng;
}

/// Creates the tenant's prepared pair before a caller reads the tenant.
pub(crate) fn show_pair(sim: &mut Sim, tenant: TenantId, now: Timestamp) {
    let unseen = sim.tenant_mut(tenant).and_then(|it| it.unseen.take());
    if let Some(shape) = unseen {
        sim.record_first_token(now, tenant);
        scenarios::make(sim, tenant, shape, now);
    }
}

/// A pair as an admin left it in the Azure portal: no tag, no unique name, an App ID URI on the company's domain, no device tokens, a
/// secret that expires soon, and a client app without consent.
fn half_a_pair(sim: &mut Sim, now: Timestamp) {
    let start = now - DAY * 345;
    let mut past = Past::new(sim, ADVENTURE_WORKS, start);
    let none = "";
    let server = past.ask(
        Method::POST,
        "applications",
        none,
        &json!({
            "displayName": "CMG-ServerApp",
            "signInAudience": "AzureADMyOrg",
            "identifierUris": ["https://adventure-works.com/ConfigMgrService"],
            "web": {
                "redirectUris": ["http://localhost"],
                "implicitGrantSettings": { "enableIdTokenIssuance": true },
            },
            "api": { "oauth2PermissionScopes": [past::scope()] },
            "requiredResourceAccess": [{
                "resourceAppId": catalogue::GRAPH,
                "resourceAccess": [{ "id": "7ab1d382-f21e-4acd-a863-ba3e13f7da61", "type": "Role" }],
            }],
        }),
    );
    past.ask(
        Method::POST,
        &format!("applications/{}/addPassword", past::text(&server, "id")),
        none,
        &json!({ "passwordCredential": { "displayName": "CMG", "endDateTime": (start + DAY * 365).to_string() } }),
    );
    past.ask(
        Method::POST,
        "servicePrincipals",
        none,
        &json!({ "appId": past::text(&server, "appId") }),
    );
    let client = past.ask(
        Method::POST,
        "applications",
        none,
        &json!({
            "displayName": "CMG-ClientApp",
            "signInAudience": "AzureADMyOrg",
            "isFallbackPublicClient": true,
            "requiredResourceAccess": [
                {
                    "resourceAppId": catalogue::GRAPH,
                    "resourceAccess": [{ "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope" }],
                },
                {
                    "resourceAppId": past::text(&server, "appId"),
                    "resourceAccess": [{ "id": past::SCOPE.to_string(), "type": "Scope" }],
                },
            ],
        }),
    );
    let redirect = format!(
        "ms-appx-web://Microsoft.AAD.BrokerPlugin/{}",
        past::text(&client, "appId")
    );
    past.ask(
        Method::PATCH,
        &format!("applications/{}", past::text(&client, "id")),
        none,
        &json!({ "publicClient": { "redirectUris": [redirect] } }),
    );
}

/// A pair that this tool created and that was deleted five days ago.
fn deleted_pair(sim: &mut Sim, now: Timestamp) {
    let mut past = Past::new(sim, NORTHWIND, now - DAY * 5);
    let upsert = "create-if-missing";
    let server_key = ownership_tags::server_key(&AppName::server());
    let client_key = ownership_tags::client_key(&AppName::client());
    let server = past.ask(
        Method::PATCH,
        &format!("applications(uniqueName='{server_key}')"),
        upsert,
        &json!({
            "displayName": "CMG-ServerApp",
            "signInAudience": "AzureADMyOrg",
            "identifierUris": [format!("api://{NORTHWIND}/ConfigMgrService")],
            "isDeviceOnlyAuthSupported": true,
            "tags": [ownership_tags::TAG],
            "web": { "redirectUris": ["http://localhost"] },
            "api": { "oauth2PermissionScopes": [past::scope()] },
        }),
    );
    let client = past.ask(
        Method::PATCH,
        &format!("applications(uniqueName='{client_key}')"),
        upsert,
        &json!({
            "displayName": "CMG-ClientApp",
            "signInAudience": "AzureADMyOrg",
            "isFallbackPublicClient": true,
            "tags": [ownership_tags::TAG],
        }),
    );
    for app in [&server, &client] {
        past.ask(
            Method::POST,
            "servicePrincipals",
            "",
            &json!({ "appId": past::text(app, "appId") }),
        );
    }
    for app in [&server, &client] {
        past.ask(
            Method::DELETE,
            &format!("applications/{}", past::text(app, "id")),
            "",
            &Value::Null,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seeded_admin_exists_and_has_known_roles() {
        let tenants = tenants();
        for name in [
            "admin@fabrikam.com",
            "apps@fabrikam.com",
            "lena@fabrikam.com",
            "consent@fabrikam.com",
            "azure@fabrikam.com",
            "guest@fabrikam.com",
            "admin@contoso-gov.us",
            "admin@tailspin-defense.us",
            "admin@woodgrove.com",
            "admin@litware.com",
            "owner@litware.com",
            "admin@adventure-works.com",
            "admin@northwind.com",
            "admin@proseware.com",
            "admin@tailwindtraders.com",
            "reader@tailwindtraders.com",
            "admin@wideworldimporters.com",
            "admin@vanarsdel.com",
            "admin@cohowinery.com",
            "admin@alpineskihouse.com",
        ] {
            let users: Vec<&User> = tenants
                .iter()
                .filter_map(|tenant| tenant.user_named(name))
                .collect();
            assert_eq!(users.len(), 1, "{name}");
            assert!(users[0].roles.iter().all(|role| roles::is_known(*role)));
        }
    }

    #[test]
    fn seeded_tenants_have_the_expected_applications() {
        let mut sim = Sim::new(1);
        let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        add_seed_data(&mut sim, now);
        let directory = |id| &sim.tenant(id).unwrap().directory;
        let half = directory(ADVENTURE_WORKS);
        assert_eq!(half.applications.len(), 2);
        assert_eq!(half.applications[0].secrets.len(), 1);
        let client = half.applications[1].text("appId");
        assert!(half.service_principal_of(client).is_none());
        let deleted = directory(NORTHWIND);
        assert_eq!(deleted.applications.len(), 2);
        assert!(deleted.applications.iter().all(|app| app.is_deleted()));
        for (tenant, shape) in PAIRS {
            show_pair(&mut sim, tenant, now);
            let directory = &sim.tenant(tenant).unwrap().directory;
            let apps = if shape == Scenario::TwoPairs { 4 } else { 2 };
            assert_eq!(directory.applications.len(), apps, "{tenant}");
        }
    }
}
