//! What can be mended in a pair that is there already: each repair has a name, a tick of its own, and does one thing.
//!
//! A repair is chosen by a person and never implied by another one. Where one says "without", it is the only thing that takes that away.

use std::borrow::Cow;

use domain::cmg::ProviderNamespace;
use domain::ids::AppId;
use domain::ids::KeyId;

/// One of the two apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The web (server) app.
    Server,
    /// The native (client) app.
    Client,
}

/// A repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Repair {
    /// Bring a deleted app back.
    Restore(Part),
    /// Make an app that is missing.
    Create(Part),
    /// Accounts of this organization only.
    Audience(Part),
    /// Add the redirect URI Configuration Manager needs.
    Redirect(Part),
    /// The server app without `http://localhost` on a second platform.
    SecondLocalhost,
    /// The server app without the client app's redirect URI.
    BrokerOnServer,
    /// The client app without redirect URIs of the token broker that are not its own.
    ForeignBroker,
    /// Add the scope `user_impersonation`, or enable it.
    Scope,
    /// Let users consent to the scope too. It is disabled first: Entra changes no enabled scope.
    ScopeForUsers,
    /// Tokens for devices without a user.
    DeviceTokens,
    /// Access tokens of version 1.
    TokenVersion,
    /// No tokens without a code.
    Implicit(Part),
    /// Add an App ID URI where there is none.
    AppIdUri,
    /// Allow public client flows.
    PublicClient,
    /// The client app asks for what it needs.
    Permissions,
    /// Without permissions of the retired Azure AD Graph.
    AzureAdGraph(Part),
    /// An app without permissions of its own API.
    OwnApi(Part),
    /// The server app without the delegated permission Directory.Read.All.
    DelegatedDirectory,
    /// The client app without scopes the server app no longer has.
    GoneScope,
    /// Directory.Read.All, asked for and granted: discovery on.
    DirectoryOn,
    /// Neither asked for nor granted: discovery off.
    DirectoryOff,
    /// Make a missing service principal.
    Principal(Part),
    /// Reactivate an app registration that was deactivated.
    Reactivate(Part),
    /// Enable a service principal.
    Enable(Part),
    /// Nobody has to be assigned to the app.
    Assignment(Part),
    /// Consent: client app → server app.
    ServerConsent,
    /// Consent: client app → Microsoft Graph, `User.Read`.
    GraphConsent,
    /// Register a resource provider.
    Provider(ProviderNamespace),
    /// Make one more client secret.
    Secret,
    /// Remove a client secret.
    OldSecret(KeyId),
    /// Delete an app; it can be restored for 30 days.
    Delete(Part),
}

/// Each repair without a value of its own, with its name in stored drafts, reports and links.
const NAMES: [(Repair, &str); 45] = [
    (Repair::Restore(Part::Server), "restore-server"),
    (Repair::Restore(Part::Client), "restore-client"),
    (Repair::Create(Part::Server), "create-server"),
    (Repair::Create(Part::Client), "create-client"),
    (Repair::Audience(Part::Server), "server-audience"),
    (Repair::Audience(Part::Client), "client-audience"),
    (Repair::Redirect(Part::Server), "server-redirect"),
    (Repair::Redirect(Part::Client), "client-redirect"),
    (Repair::SecondLocalhost, "second-redirect"),
    (Repair::BrokerOnServer, "broker-on-server"),
    (Repair::ForeignBroker, "foreign-broker"),
    (Repair::Scope, "scope"),
    (Repair::ScopeForUsers, "scope-for-users"),
    (Repair::DeviceTokens, "device-tokens"),
    (Repair::TokenVersion, "token-version"),
    (Repair::Implicit(Part::Server), "server-implicit"),
    (Repair::Implicit(Part::Client), "client-implicit"),
    (Repair::AppIdUri, "app-id-uri"),
    (Repair::PublicClient, "public-client"),
    (Repair::Permissions, "permissions"),
    (Repair::AzureAdGraph(Part::Server), "server-azure-ad-graph"),
    (Repair::AzureAdGraph(Part::Client), "client-azure-ad-graph"),
    (Repair::OwnApi(Part::Server), "server-own-api"),
    (Repair::OwnApi(Part::Client), "client-own-api"),
    (Repair::DelegatedDirectory, "delegated-directory"),
    (Repair::GoneScope, "gone-scope"),
    (Repair::DirectoryOn, "directory-on"),
    (Repair::DirectoryOff, "directory-off"),
    (Repair::Principal(Part::Server), "server-principal"),
    (Repair::Principal(Part::Client), "client-principal"),
    (Repair::Reactivate(Part::Server), "reactivate-server"),
    (Repair::Reactivate(Part::Client), "reactivate-client"),
    (Repair::Enable(Part::Server), "enable-server"),
    (Repair::Enable(Part::Client), "enable-client"),
    (Repair::Assignment(Part::Server), "server-assignment"),
    (Repair::Assignment(Part::Client), "client-assignment"),
    (Repair::ServerConsent, "server-consent"),
    (Repair::GraphConsent, "graph-consent"),
    (Repair::Secret, "secret"),
    (Repair::Delete(Part::Server), "delete-server"),
    (Repair::Delete(Part::Client), "delete-client"),
    (
        Repair::Provider(ProviderNamespace::KeyVault),
        "register-key-vault",
    ),
    (
        Repair::Provider(ProviderNamespace::Storage),
        "register-storage",
    ),
    (
        Repair::Provider(ProviderNamespace::Network),
        "register-network",
    ),
    (
        Repair::Provider(ProviderNamespace::Compute),
        "register-compute",
    ),
];

const OLD_SECRET: &str = "old-secret-";

impl Repair {
    /// What the console's *Update Application Settings* does, as far as it is Entra's half ("Azure Services Wizard", 2026).
    pub const UPDATE_APPLICATION_SETTINGS: [Self; 3] = [
        Self::DeviceTokens,
        Self::Redirect(Part::Server),
        Self::DirectoryOn,
    ];

    /// Its name in stored drafts, reports and links.
    #[must_use]
    pub fn key(self) -> Cow<'static, str> {
        if let Self::OldSecret(key) = self {
            return Cow::Owned(format!("{OLD_SECRET}{key}"));
        }
        let known = NAMES.iter().find(|(it, _)| *it == self);
        Cow::Borrowed(known.map_or("", |(_, name)| *name))
    }

    /// The repair of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        if let Some(key) = name.strip_prefix(OLD_SECRET) {
            return key.parse().ok().map(Self::OldSecret);
        }
        let mut known = NAMES.iter();
        known.find(|(_, it)| *it == name).map(|(repair, _)| *repair)
    }

    /// True if it takes something away that somebody may still use.
    #[must_use]
    pub fn takes_away(self) -> bool {
        matches!(
            self,
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
                | Self::Delete(_)
        )
    }

    /// True if it takes the right to assign app roles.
    #[must_use]
    pub fn assigns_roles(self) -> bool {
        matches!(self, Self::DirectoryOn | Self::DirectoryOff)
    }

    /// True if setting up a pair does it anyway.
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
            // Discovery is asked for by an answer of its own there.
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

/// A pair a person has chosen, by client ID, with what is to be mended in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Existing {
    /// The web (server) app; `None` if there is none.
    pub server: Option<AppId>,
    /// The native (client) app; `None` if there is none.
    pub client: Option<AppId>,
    /// What is to be mended, each once.
    pub repairs: Vec<Repair>,
}

/// Whether a repair is wanted: chosen for a pair that is there, or part of setting one up.
#[must_use]
pub fn is_wanted(existing: Option<&Existing>, repair: Repair) -> bool {
    match existing {
        Some(existing) => existing.repairs.contains(&repair),
        None => repair.is_part_of_set_up(),
    }
}

/// The repairs of a stored draft: their names with blanks between.
///
/// # Errors
/// The first name that is none.
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

/// The repairs as a stored draft has them.
#[must_use]
pub fn written(repairs: &[Repair]) -> String {
    let names: Vec<_> = repairs.iter().map(|repair| repair.key()).collect();
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_repair_is_found_by_its_name() {
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
    fn a_stored_list_is_read_as_it_was_written() {
        let all = [Repair::Scope, Repair::Delete(Part::Client)];
        assert_eq!(read(&written(&all)), Ok(all.to_vec()));
        assert_eq!(read(" scope  scope "), Ok(vec![Repair::Scope]));
        assert_eq!(read("scope format-c"), Err("format-c".to_owned()));
    }

    #[test]
    fn setting_up_takes_nothing_away() {
        for (repair, name) in NAMES.iter() {
            assert!(!(repair.takes_away() && is_wanted(None, *repair)), "{name}");
        }
    }
}
