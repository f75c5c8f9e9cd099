//! What the sign-in service reads from, and writes to, the tenants' directories: clients, people, resources, consents.
//!
//! The only file of `entra` that knows how a directory keeps them.

use std::collections::BTreeSet;

use jiff::Timestamp;

use uuid::Uuid;

use crate::domain::ids;
use crate::domain::ids::AppId;
use crate::domain::ids::ObjectId;
use crate::domain::ids::TenantId;
use crate::sim::Sim;
use crate::sim::directory::tenant::Tenant;
use crate::sim::entra::refusal::Refusal;

/// The platform a redirect URI is registered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Platform {
    /// `web`: redeemed by a server with a secret.
    Web,
    /// `spa`: redeemed by a page, across origins, with PKCE.
    Spa,
    /// `publicClient`: redeemed by a program.
    Native,
}

/// An app registration as the sign-in service needs it.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pub(super) id: AppId,
    pub(super) name: String,
    /// `None`: any organization. Else the one tenant it works in.
    pub(super) home: Option<TenantId>,
    pub(super) redirects: Vec<(Platform, String)>,
    /// `isFallbackPublicClient`.
    pub(super) is_public: bool,
    /// Microsoft's own: consented everywhere, for what Microsoft chose.
    pub(super) is_first_party: bool,
    /// Delegated permissions in `requiredResourceAccess`, by resource.
    pub(super) configured: Vec<(AppId, Vec<String>)>,
    /// `web.implicitGrantSettings.enableIdTokenIssuance`.
    pub(super) id_token_implicit: bool,
    /// The optional claim `login_hint` in id_tokens.
    pub(super) has_login_hint_claim: bool,
}

/// A person who can sign in.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) tenant: TenantId,
    pub(super) id: ObjectId,
    pub(super) name: String,
    pub(super) user: String,
    pub(super) is_enabled: bool,
}

/// An API of a tenant.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) app: AppId,
    pub(super) name: String,
    pub(super) scopes: Vec<ScopeOf>,
    /// Access tokens are version 2, with the app ID as audience.
    pub(super) takes_v2: bool,
}

/// A delegated permission of an API.
#[derive(Clone, Debug)]
pub(super) struct ScopeOf {
    pub(super) value: String,
    pub(super) title: String,
    pub(super) is_admin_only: bool,
}

/// What a client secret turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecretCheck {
    Right,
    Wrong,
    Expired,
}

/// Microsoft Graph.
pub(super) const GRAPH: AppId = ids::GRAPH;
/// Azure Resource Manager ("Windows Azure Service Management API").
pub(super) const ARM: AppId = AppId::new(Uuid::from_u128(0x797f4846_ba00_4fd7_ba43_dac1f8f63013));
/// The password of every simulated person, for the one flow that sends one.
pub const PASSWORD: &str = "Simulated-Passw0rd!";

/// This tool's own registration in the public cloud's simulated tenants.
pub const TOOL_PUBLIC: AppId = AppId::new(Uuid::from_u128(0x7c3f9a52_18d4_4e6b_9b0d_5a2e64f1c801));
/// The same in the simulated US Government cloud.
pub const TOOL_US_GOV: AppId = AppId::new(Uuid::from_u128(0x7c3f9a52_18d4_4e6b_9b0d_5a2e64f1c802));

/// Where the tool's page may stand in tests.
const TOOL_PAGES: [&str; 4] = [
    "https://cmg-entra-setup.test/",
    "https://cmg.example/",
    "http://localhost:8080/",
    "http://127.0.0.1:8080/",
];

impl Client {
    /// The delegated permissions the registration lists for a resource.
    pub(super) fn configured_for(&self, resource: AppId) -> BTreeSet<String> {
        self.configured
            .iter()
            .filter(|(app, _)| *app == resource)
            .flat_map(|(_, values)| values.iter().cloned())
            .collect()
    }
}

impl Resource {
    pub(super) fn has_scope(&self, value: &str) -> bool {
        self.scopes.iter().any(|scope| scope.value == value) || is_openid_word(value)
    }

    pub(super) fn needs_admin(&self, value: &str) -> bool {
        self.scopes
            .iter()
            .any(|scope| scope.value == value && scope.is_admin_only)
    }

    pub(super) fn title(&self, value: &str) -> String {
        let title = match value {
            "openid" => "Sign you in",
            "profile" => "View your basic profile",
            "email" => "View your email address",
            "offline_access" => "Maintain access to data you have given it access to",
            _ => {
                return self
                    .scopes
                    .iter()
                    .find(|scope| scope.value == value)
                    .map_or_else(|| value.to_owned(), |scope| scope.title.clone());
            }
        };
        title.to_owned()
    }
}

/// The words of OpenID Connect, which are permissions of Microsoft Graph in a consent.
pub(super) fn is_openid_word(value: &str) -> bool {
    matches!(value, "openid" | "profile" | "email" | "offline_access")
}

pub(super) fn has_domain(_tenant: &Tenant, _word: &str) -> bool {
    false
}
pub(super) fn client(_sim: &Sim, _tenant: Option<TenantId>, _id: AppId) -> Option<Client> {
    None
}
pub(super) fn has_page_at(_sim: &Sim, _id: AppId, _origin: &str) -> bool {
    false
}
pub(super) fn is_any_redirect(_sim: &Sim, _uri: &str) -> bool {
    false
}
pub(super) fn account(_sim: &Sim, _tenant: TenantId, _id: ObjectId) -> Option<Account> {
    None
}
pub(super) fn accounts(_sim: &Sim, _host: &str, _tenant: Option<TenantId>) -> Vec<Account> {
    Vec::new()
}
pub(super) fn find_account(
    _sim: &Sim,
    _host: &str,
    _tenant: Option<TenantId>,
    _user: &str,
) -> Option<Account> {
    None
}
pub(super) fn resource(
    _sim: &Sim,
    _tenant: TenantId,
    _uri: Option<&str>,
) -> Result<Resource, Refusal> {
    Err(Refusal::malformed())
}
pub(super) fn granted(
    _sim: &Sim,
    _tenant: TenantId,
    _client: &Client,
    _resource: AppId,
    _user: Option<ObjectId>,
) -> BTreeSet<String> {
    BTreeSet::new()
}
pub(super) fn add_grant(
    _sim: &mut Sim,
    _now: Timestamp,
    _tenant: TenantId,
    _client: &Client,
    _resource: AppId,
    _user: Option<ObjectId>,
    _values: &BTreeSet<String>,
) {
}
pub(super) fn assign_configured_roles(
    _sim: &mut Sim,
    _now: Timestamp,
    _tenant: TenantId,
    _client: &Client,
) {
}
pub(super) fn may_consent(_sim: &Sim, _tenant: TenantId, _user: ObjectId) -> bool {
    false
}
pub(super) fn role_templates(_sim: &Sim, _tenant: TenantId, _user: ObjectId) -> Vec<String> {
    Vec::new()
}
pub(super) fn principal(_sim: &Sim, _tenant: TenantId, _client: &Client) -> Option<ObjectId> {
    None
}
pub(super) fn principal_is_enabled(_sim: &Sim, _tenant: TenantId, _client: &Client) -> bool {
    true
}
pub(super) fn app_roles(
    _sim: &Sim,
    _tenant: TenantId,
    _client: &Client,
    _resource: AppId,
) -> Vec<String> {
    Vec::new()
}
pub(super) fn check_secret(
    _sim: &Sim,
    _now: Timestamp,
    _tenant: TenantId,
    _client: &Client,
    _secret: &str,
) -> SecretCheck {
    SecretCheck::Wrong
}
