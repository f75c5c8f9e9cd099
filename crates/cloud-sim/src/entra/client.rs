//! Clients: app registrations with the properties that the sign-in service needs, and their service principals.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use crate::Sim;
use crate::directory::service_principals;
use crate::directory::store::Record;
use crate::entra::assertion;
use crate::entra::built_in;
use crate::entra::resource::elements;
use crate::entra::resource::offer;
use crate::entra::resource::texts;
use crate::entra::resource::value_of;
use crate::entra::state::TOOL_PUBLIC;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ids::TenantId;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Platform {
    /// `web`: a server redeems the code with a secret.
    Web,
    /// `spa`: a page redeems the code across origins, with PKCE.
    Spa,
    /// `publicClient`: a program redeems the code.
    Native,
}

#[derive(Clone, Debug)]
pub(super) struct Client {
    pub(super) id: AppId,
    pub(super) name: String,
    /// The only tenant that the app supports. `None`: any organization.
    pub(super) home: Option<TenantId>,
    pub(super) redirects: Vec<(Platform, String)>,
    /// `isFallbackPublicClient`.
    pub(super) is_public: bool,
    /// An app of Microsoft: has consent in every tenant for the permissions that Microsoft chose.
    pub(super) is_first_party: bool,
    /// Delegated permissions in `requiredResourceAccess`, for each resource.
    pub(super) configured: Vec<(AppId, Vec<String>)>,
    /// `web.implicitGrantSettings.enableIdTokenIssuance`.
    pub(super) id_token_implicit: bool,
    /// The ID token contains the optional claim `login_hint`.
    pub(super) has_login_hint_claim: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecretCheck {
    Right,
    Wrong,
    Expired,
}

impl Client {
    /// Delegated permissions of a resource in the registration.
    pub(super) fn configured_for(&self, resource: AppId) -> BTreeSet<String> {
        self.configured
            .iter()
            .filter(|(app, _)| *app == resource)
            .flat_map(|(_, values)| values.iter().cloned())
            .collect()
    }
}

/// The client with this ID. Searches this tenant first, then all tenants.
pub(super) fn find(sim: &Sim, tenant: Option<TenantId>, id: AppId) -> Option<Client> {
    if let Some(client) = built_in::find(sim, tenant, id) {
        return Some(client);
    }
    let text = id.to_string();
    let own = tenant
        .and_then(|tenant| sim.tenant(tenant))
        .filter(|tenant| tenant.directory.application(&text).is_some());
    let home = own.or_else(|| {
        sim.tenants
            .iter()
            .find(|tenant| tenant.directory.application(&text).is_some())
    })?;
    let record = home.directory.application(&text)?;
    let app = Value::Object(record.properties.clone());
    let is_multi_tenant = matches!(
        app["signInAudience"].as_str(),
        Some("AzureADMultipleOrgs" | "AzureADandPersonalMicrosoftAccount")
    );
    let mut redirects = Vec::new();
    for (platform, name) in [
        (Platform::Spa, "spa"),
        (Platform::Web, "web"),
        (Platform::Native, "publicClient"),
    ] {
        for uri in texts(&app[name]["redirectUris"]) {
            redirects.push((platform, uri.to_owned()));
        }
    }
    let mut configured = Vec::new();
    for one in elements(&app["requiredResourceAccess"]) {
        let Some(resource) = one["resourceAppId"]
            .as_str()
            .and_then(|id| id.parse::<AppId>().ok())
        else {
            continue;
        };
        let offered = offer(home, &resource.to_string(), "oauth2PermissionScopes");
        let values = elements(&one["resourceAccess"])
            .filter(|access| access["type"] == "Scope")
            .filter_map(|access| value_of(&offered, access["id"].as_str()?))
            .collect();
        configured.push((resource, values));
    }
    Some(Client {
        id,
        name: record.text("displayName").to_owned(),
        home: (!is_multi_tenant).then_some(home.id),
        redirects,
        is_public: app["isFallbackPublicClient"] == true,
        is_first_party: false,
        configured,
        id_token_implicit: app["web"]["implicitGrantSettings"]["enableIdTokenIssuance"] == true,
        has_login_hint_claim: elements(&app["optionalClaims"]["idToken"])
            .any(|claim| claim["name"] == "login_hint"),
    })
}

/// Whether the client has a redirect URI of platform `spa` at this origin.
pub(super) fn has_page_at(sim: &Sim, id: AppId, origin: &str) -> bool {
    find(sim, None, id).is_some_and(|client| {
        client.redirects.iter().any(|(platform, uri)| {
            let is_below = uri
                .strip_prefix(origin)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
            let is_localhost = uri.starts_with("http://localhost")
                && (origin == "http://localhost" || origin.starts_with("http://localhost:"));
            *platform == Platform::Spa && (is_below || is_localhost)
        })
    })
}

/// Whether any client has this redirect URI.
pub(super) fn is_any_redirect(sim: &Sim, uri: &str) -> bool {
    let registered = sim.tenants.iter().flat_map(|tenant| {
        tenant
            .directory
            .applications
            .iter()
            .filter(|record| !record.is_deleted())
            .filter_map(|record| record.text("appId").parse::<AppId>().ok())
    });
    registered
        .chain([TOOL_PUBLIC])
        .filter_map(|id| find(sim, None, id))
        .any(|client| client.redirects.iter().any(|(_, one)| one == uri))
}

pub(super) fn principal(sim: &Sim, tenant: TenantId, client: &Client) -> Option<ObjectId> {
    sim.tenant(tenant)?
        .directory
        .service_principal_of(&client.id.to_string())?
        .id()
        .parse()
        .ok()
}

/// Whether the client can get tokens: its application and service principal are not deactivated (`isDisabled`), and users can sign in to
/// its service principal (`accountEnabled`).
pub(super) fn is_enabled(sim: &Sim, tenant: TenantId, client: &Client) -> bool {
    let is_deactivated =
        |record: &Record| record.properties.get("isDisabled") == Some(&true.into());
    let id = client.id.to_string();
    let applications = sim.tenants.iter();
    if applications
        .filter_map(|tenant| tenant.directory.application(&id))
        .any(is_deactivated)
    {
        return false;
    }
    sim.tenant(tenant)
        .and_then(|tenant| {
            tenant
                .directory
                .service_principal_of(&client.id.to_string())
        })
        .is_none_or(|record| {
            !is_deactivated(record)
                && record.properties.get("accountEnabled") != Some(&false.into())
        })
}

/// The client's service principal in the tenant. Creates it if necessary.
pub(super) fn ensure_principal(
    sim: &mut Sim,
    now: Timestamp,
    tenant: TenantId,
    client: &Client,
) -> Option<String> {
    let app_id = client.id.to_string();
    let place = sim.tenants.iter().position(|one| one.id == tenant)?;
    if let Some(record) = sim.tenants[place].directory.service_principal_of(&app_id) {
        return Some(record.id().to_owned());
    }
    let id = sim.rng.guid().to_string();
    let record = service_principals::foreign(&sim.tenants[place], now, &id, &app_id, &client.name);
    sim.tenants[place].directory.service_principals.push(record);
    Some(id)
}

/// The client's application from the tenant where it is registered, and its service principal in this tenant.
fn records<'a>(
    sim: &'a Sim,
    tenant: TenantId,
    client: &Client,
) -> impl Iterator<Item = &'a Record> {
    let id = client.id.to_string();
    let directory = sim.tenant(tenant).map(|tenant| &tenant.directory);
    let own = directory.and_then(|directory| directory.application(&id));
    let mut others = sim.tenants.iter();
    let application = own.or_else(|| others.find_map(|tenant| tenant.directory.application(&id)));
    let principal = directory.and_then(|directory| directory.service_principal_of(&id));
    application.into_iter().chain(principal)
}

/// The client's certificates (DER) that have not expired.
pub(super) fn certificates(
    sim: &Sim,
    now: Timestamp,
    tenant: TenantId,
    client: &Client,
) -> Vec<Vec<u8>> {
    records(sim, tenant, client)
        .filter_map(|record| record.properties.get("keyCredentials"))
        .flat_map(|keys| assertion::good(keys, now))
        .collect()
}

/// The key ID of this secret of the client.
pub(super) fn key_of(sim: &Sim, tenant: TenantId, client: &Client, secret: &str) -> Option<KeyId> {
    let mut held = records(sim, tenant, client).flat_map(|record| &record.secrets);
    let (key, _) = held.find(|(_, one)| one.expose() == secret)?;
    key.parse().ok()
}

pub(super) fn check_secret(
    sim: &Sim,
    now: Timestamp,
    tenant: TenantId,
    client: &Client,
    secret: &str,
) -> SecretCheck {
    let held = records(sim, tenant, client).find_map(|record| {
        let mut secrets = record.secrets.iter();
        let (key, _) = secrets.find(|(_, one)| one.expose() == secret)?;
        Some((record, key))
    });
    let Some((record, key)) = held else {
        return SecretCheck::Wrong;
    };
    let held = record
        .properties
        .get("passwordCredentials")
        .cloned()
        .unwrap_or_default();
    let is_over = elements(&held)
        .find(|one| one["keyId"] == key.as_str())
        .and_then(|one| one["endDateTime"].as_str()?.parse::<Timestamp>().ok())
        .is_some_and(|end| end <= now);
    if is_over {
        SecretCheck::Expired
    } else {
        SecretCheck::Right
    }
}
