//! The repairs for an existing pair. Each has a key and its own check box, and does one thing.
//!
//! The admin selects every repair; no repair implies another one. A repair that removes something is the only one that removes it.

use std::borrow::Cow;

use domain::cmg::ProviderNamespace;
use domain::ids::AppId;
use domain::ids::KeyId;

/// One of the two apps of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(test, derive(Default))]
pub enum AppRole {
    /// The web (server) app.
    #[cfg_attr(test, default)]
    Server,
    /// The native (client) app.
    Client,
}

/// A repair that the admin can select.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(test, derive(strum::EnumIter))]
pub enum Repair {
    /// Restore an app from the deleted items.
    Restore(AppRole),
    /// Create an app that does not exist.
    Create(AppRole),
    /// Limit the supported account types to this organization.
    Audience(AppRole),
    /// Add the redirect URI that Configuration Manager needs.
    Redirect(AppRole),
    /// Remove `http://localhost` from the second platform of the server app.
    SecondLocalhost,
    /// Remove the client app's redirect URI from the server app.
    BrokerOnServer,
    /// Remove token broker redirect URIs of other apps from the client app.
    ForeignBroker,
    /// Add the scope `user_impersonation`, or enable it.
    Scope,
    /// Let users consent to the scope too. The scope is disabled first, because Microsoft Entra ID does not change an enabled scope.
    ScopeForUsers,
    /// Allow tokens for devices without a user.
    DeviceTokens,
    /// Set the access token version to 1.
    TokenVersion,
    /// Turn off the implicit grant of an app.
    Implicit(AppRole),
    /// Add an App ID URI to a server app without one.
    AppIdUri,
    /// Turn on "Allow public client flows".
    PublicClient,
    /// Add the permissions that the client app needs.
    Permissions,
    /// Remove permissions of the retired Azure AD Graph.
    AzureAdGraph(AppRole),
    /// Remove permissions of the app's own API.
    OwnApi(AppRole),
    /// Remove the delegated permission Directory.Read.All from the server app.
    DelegatedDirectory,
    /// Remove scopes from the client app that the server app no longer has.
    GoneScope,
    /// Turn on discovery: request and grant Directory.Read.All.
    DirectoryOn,
    /// Turn off discovery: neither request nor grant Directory.Read.All.
    DirectoryOff,
    /// Create a missing service principal.
    Principal(AppRole),
    /// Reactivate a deactivated app registration.
    Reactivate(AppRole),
    /// Enable a disabled service principal.
    Enable(AppRole),
    /// Remove the assignment requirement of the app.
    Assignment(AppRole),
    /// Consent: client app → server app.
    ServerConsent,
    /// Consent: client app → Microsoft Graph, `User.Read`.
    GraphConsent,
    /// Register one resource provider.
    #[cfg_attr(test, strum(disabled))]
    Provider(ProviderNamespace),
    /// Create an additional client secret.
    Secret,
    /// Remove an old client secret.
    #[cfg_attr(test, strum(disabled))]
    OldSecret(KeyId),
    /// Delete an app; it can be restored for 30 days.
    Delete(AppRole),
}

/// Each repair without a variable value, with its key in stored drafts, reports, and links.
const NAMES: [(Repair, &str); 41] = [
    (Repair::Restore(AppRole::Server), "restore-server"),
    (Repair::Restore(AppRole::Client), "restore-client"),
    (Repair::Create(AppRole::Server), "create-server"),
    (Repair::Create(AppRole::Client), "create-client"),
    (Repair::Audience(AppRole::Server), "server-audience"),
    (Repair::Audience(AppRole::Client), "client-audience"),
    (Repair::Redirect(AppRole::Server), "server-redirect"),
    (Repair::Redirect(AppRole::Client), "client-redirect"),
    (Repair::SecondLocalhost, "second-redirect"),
    (Repair::BrokerOnServer, "broker-on-server"),
    (Repair::ForeignBroker, "foreign-broker"),
    (Repair::Scope, "scope"),
    (Repair::ScopeForUsers, "scope-for-users"),
    (Repair::DeviceTokens, "device-tokens"),
    (Repair::TokenVersion, "token-version"),
    (Repair::Implicit(AppRole::Server), "server-implicit"),
    (Repair::Implicit(AppRole::Client), "client-implicit"),
    (Repair::AppIdUri, "app-id-uri"),
    (Repair::PublicClient, "public-client"),
    (Repair::Permissions, "permissions"),
    (
        Repair::AzureAdGraph(AppRole::Server),
        "server-azure-ad-graph",
    ),
    (
        Repair::AzureAdGraph(AppRole::Client),
        "client-azure-ad-graph",
    ),
    (Repair::OwnApi(AppRole::Server), "server-own-api"),
    (Repair::OwnApi(AppRole::Client), "client-own-api"),
    (Repair::DelegatedDirectory, "delegated-directory"),
    (Repair::GoneScope, "gone-scope"),
    (Repair::DirectoryOn, "directory-on"),
    (Repair::DirectoryOff, "directory-off"),
    (Repair::Principal(AppRole::Server), "server-principal"),
    (Repair::Principal(AppRole::Client), "client-principal"),
    (Repair::Reactivate(AppRole::Server), "reactivate-server"),
    (Repair::Reactivate(AppRole::Client), "reactivate-client"),
    (Repair::Enable(AppRole::Server), "enable-server"),
    (Repair::Enable(AppRole::Client), "enable-client"),
    (Repair::Assignment(AppRole::Server), "server-assignment"),
    (Repair::Assignment(AppRole::Client), "client-assignment"),
    (Repair::ServerConsent, "server-consent"),
    (Repair::GraphConsent, "graph-consent"),
    (Repair::Secret, "secret"),
    (Repair::Delete(AppRole::Server), "delete-server"),
    (Repair::Delete(AppRole::Client), "delete-client"),
];

const OLD_SECRET: &str = "old-secret-";

impl Repair {
    /// The Microsoft Entra ID part of the console's *Update Application Settings* ("Azure Services Wizard", 2026).
    pub const UPDATE_APPLICATION_SETTINGS: [Self; 3] = [
        Self::DeviceTokens,
        Self::Redirect(AppRole::Server),
        Self::DirectoryOn,
    ];

    /// Key of the repair in stored drafts, reports, and links.
    #[must_use]
    pub fn key(self) -> Cow<'static, str> {
        if let Self::OldSecret(key) = self {
            return Cow::Owned(format!("{OLD_SECRET}{key}"));
        }
        if let Self::Provider(provider) = self {
            return Cow::Borrowed(provider.repair_key());
        }
        let known = NAMES.iter().find(|(it, _)| *it == self);
        Cow::Borrowed(known.map_or("", |(_, name)| *name))
    }

    /// Returns the repair for a key; the match is case-sensitive.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        if let Some(key) = name.strip_prefix(OLD_SECRET) {
            return key.parse().ok().map(Self::OldSecret);
        }
        let mut providers = ProviderNamespace::ALL.into_iter();
        if let Some(provider) = providers.find(|provider| provider.repair_key() == name) {
            return Some(Self::Provider(provider));
        }
        let mut known = NAMES.iter();
        known.find(|(_, it)| *it == name).map(|(repair, _)| *repair)
    }

    /// What the repair does. Every repair is listed, so that the compiler asks for a new one.
    #[must_use]
    pub fn kind(self) -> RepairKind {
        match self {
            Self::Create(_)
            | Self::Restore(_)
            | Self::Audience(_)
            | Self::Redirect(_)
            | Self::Scope
            | Self::ScopeForUsers
            | Self::TokenVersion
            | Self::DeviceTokens
            | Self::AppIdUri
            | Self::PublicClient
            | Self::Permissions
            | Self::Principal(_)
            | Self::ServerConsent
            | Self::GraphConsent
            | Self::Provider(_)
            | Self::Reactivate(_)
            | Self::Enable(_)
            | Self::Assignment(_) => RepairKind::Adds,
            Self::Secret | Self::DirectoryOn => RepairKind::Decides,
            Self::SecondLocalhost
            | Self::BrokerOnServer
            | Self::ForeignBroker
            | Self::Implicit(_)
            | Self::AzureAdGraph(_)
            | Self::OwnApi(_)
            | Self::DelegatedDirectory
            | Self::GoneScope
            | Self::DirectoryOff
            | Self::OldSecret(_)
            | Self::Delete(_) => RepairKind::Removes,
        }
    }

    /// True if the repair removes something that may still be in use.
    #[must_use]
    pub fn takes_away(self) -> bool {
        self.kind() == RepairKind::Removes
    }

    /// True if the repair needs the permission to assign app roles.
    #[must_use]
    pub fn assigns_roles(self) -> bool {
        matches!(self, Self::DirectoryOn | Self::DirectoryOff)
    }

    /// True if a setup always includes it.
    fn is_part_of_set_up(self) -> bool {
        match self {
            Self::Create(_)
            | Self::Audience(_)
            | Self::Redirect(_)
            | Self::Scope
            | Self::DeviceTokens
            | Self::AppIdUri
            | Self::PublicClient
            | Self::Permissions
            | Self::Principal(_)
            | Self::ServerConsent
            | Self::GraphConsent
            | Self::Provider(_)
            | Self::Secret => true,
            // In a setup, a separate question decides about discovery.
            Self::DirectoryOn
            | Self::DirectoryOff
            | Self::Restore(_)
            | Self::SecondLocalhost
            | Self::BrokerOnServer
            | Self::ForeignBroker
            | Self::ScopeForUsers
            | Self::TokenVersion
            | Self::Implicit(_)
            | Self::AzureAdGraph(_)
            | Self::OwnApi(_)
            | Self::DelegatedDirectory
            | Self::GoneScope
            | Self::Reactivate(_)
            | Self::Enable(_)
            | Self::Assignment(_)
            | Self::OldSecret(_)
            | Self::Delete(_) => false,
        }
    }
}

/// What a repair does to a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepairKind {
    /// Adds what is missing, or changes a value that nothing depends on.
    Adds,
    /// Creates a secret, or grants a permission to read the directory: a decision of its own.
    Decides,
    /// Removes something that may still be in use.
    Removes,
}

/// A pair that the admin selected by client ID, with the selected repairs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Existing {
    /// The web (server) app; `None` if it does not exist.
    pub server: Option<AppId>,
    /// The native (client) app; `None` if it does not exist.
    pub client: Option<AppId>,
    /// The selected repairs, without duplicates.
    pub repairs: Vec<Repair>,
}

/// Whether a repair is wanted: selected for an existing pair, or part of a setup.
#[must_use]
pub fn is_wanted(existing: Option<&Existing>, repair: Repair) -> bool {
    match existing {
        Some(existing) => existing.repairs.contains(&repair),
        None => repair.is_part_of_set_up(),
    }
}

/// Parses the repairs of a stored draft: keys separated by spaces.
///
/// # Errors
/// The first key that is unknown.
pub fn read(text: &str) -> Result<Vec<Repair>, String> {
    let mut repairs = Vec::new();
    for name in text.split_whitespace() {
        let repair = Repair::find(name).ok_or_else(|| name.to_owned())?;
        if !repairs.contains(&repair) {
            repairs.push(repair);
        }
    }
    Ok(repairs)
}

/// The repairs as text for a stored draft.
#[must_use]
pub fn written(repairs: &[Repair]) -> String {
    let names: Vec<_> = repairs.iter().map(|repair| repair.key()).collect();
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use std::mem::discriminant;

    use strum::IntoEnumIterator as _;

    use super::*;

    #[test]
    fn every_repair_is_found_by_its_key() {
        for (repair, name) in NAMES.iter() {
            assert_eq!(repair.key(), *name);
            assert_eq!(Repair::find(name), Some(*repair), "{name}");
        }
        let names: std::collections::BTreeSet<_> = NAMES.iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), NAMES.len());
        let key: KeyId = "5e97358c-d99c-4558-af0c-de7774091dda".parse().unwrap();
        let old = Repair::OldSecret(key);
        assert_eq!(old.key(), "old-secret-5e97358c-d99c-4558-af0c-de7774091dda");
        assert_eq!(Repair::find(&old.key()), Some(old));
        assert_eq!(Repair::find("old-secret-x"), None);
    }

    #[test]
    fn every_repair_has_a_key() {
        for repair in Repair::iter() {
            let is_it = |(it, _): &&(Repair, &str)| discriminant(it) == discriminant(&repair);
            let rows = NAMES.iter().filter(is_it).count();
            assert!(rows > 0, "NAMES lacks {repair:?}");
        }
        for provider in ProviderNamespace::ALL {
            let repair = Repair::Provider(provider);
            assert_eq!(Repair::find(&repair.key()), Some(repair));
        }
    }

    #[test]
    fn a_stored_list_is_read_as_it_was_written() {
        let all = [Repair::Scope, Repair::Delete(AppRole::Client)];
        assert_eq!(read(&written(&all)), Ok(all.to_vec()));
        assert_eq!(read(" scope  scope "), Ok(vec![Repair::Scope]));
        assert_eq!(read("scope format-c"), Err("format-c".to_owned()));
    }

    #[test]
    fn setup_includes_no_repair_that_removes_something() {
        for (repair, name) in NAMES.iter() {
            assert!(!(repair.takes_away() && is_wanted(None, *repair)), "{name}");
        }
    }
}
