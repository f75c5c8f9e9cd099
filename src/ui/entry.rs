//! Everything that can be typed or picked, by the name its control has in the markup.
//!
//! One listener on the page hears them all and reads name and value; what a value means is for `stage.rs`.

use crate::ui::place::Step;
use engine::desired::Field;
use engine::desired::repair::Repair;

/// A control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entry {
    /// Name of the Azure service connection.
    ConnectionName,
    /// Its description.
    Description,
    /// Azure environment.
    Cloud,
    /// Tenant to sign in to.
    Tenant,
    /// Web (server) app: Application name.
    ServerName,
    /// Web (server) app: HomePage URL.
    HomePageUrl,
    /// Web (server) app: the format of the App ID URI.
    UriForm,
    /// The name in the App ID URI.
    UriName,
    /// The verified domain in the App ID URI.
    UriDomain,
    /// The whole App ID URI, as own text.
    UriText,
    /// Secret key validity period.
    SecretLife,
    /// Native (client) app: Application name.
    ClientName,
    /// Microsoft Entra user discovery.
    UserDiscovery,
    /// Microsoft Entra group discovery.
    GroupDiscovery,
    /// Groups to discover.
    GroupNames,
    /// Subscription for the resource providers.
    Subscription,
    /// Make one more secret.
    AnotherSecret,
    /// Create the apps without a secret.
    SecretLater,
    /// Use a web (server) app that this browser did not create.
    AdoptServer,
    /// Use a native (client) app that this browser did not create.
    AdoptClient,
    /// App ID URI page: Azure environment.
    CheckCloud,
    /// App ID URI page: tenant ID.
    CheckTenant,
    /// App ID URI page: the server app's ID.
    CheckApp,
    /// App ID URI page: verified domains.
    CheckDomains,
    /// App ID URI page: the policy for unique tenant identifiers.
    CheckUnique,
    /// App ID URI page: the policy for default URIs only.
    CheckDefault,
    /// App ID URI page: the URI.
    CheckUri,
    /// App ID URI page: the name in the formats.
    CheckName,
    /// Client ID page: Azure environment.
    RegisterCloud,
    /// Client ID page: what the page is used for.
    RegisterWork,
    /// Client ID page: where the page stands.
    RegisterAddress,
    /// Client ID page: other pages hold it in a frame.
    RegisterFramed,
    /// Client ID page: consent for everybody.
    RegisterConsent,
    /// Client ID page: the way of registering.
    RegisterWay,
    /// Unfinished runs: the text of a journal file.
    Journal,
    /// Review: the journal is kept as a file.
    KeepAsFile,
    /// Undo: apps are deleted permanently.
    ForGood,
    /// Check a pair: a client ID.
    PairId,
    /// Check a pair: the web (server) app.
    PickServer,
    /// Check a pair: the native (client) app.
    PickClient,
    /// Report: Configuration Manager has the new secret.
    HasNewSecret,
    /// Report: the text of an earlier one.
    EarlierReport,
    /// Report: mend this.
    Repair(Repair),
}

/// How the controls that choose a repair are named, before the repair's own name.
pub const MEND: &str = "mend-";

/// Each with its name in the markup, in the order of the pages.
const NAMES: [(Entry, &str); 42] = [
    (Entry::ConnectionName, "connection-name"),
    (Entry::Description, "description"),
    (Entry::Cloud, "cloud"),
    (Entry::Tenant, "tenant"),
    (Entry::ServerName, "server-name"),
    (Entry::HomePageUrl, "home-page-url"),
    (Entry::UriForm, "uri-form"),
    (Entry::UriName, "uri-name"),
    (Entry::UriDomain, "uri-domain"),
    (Entry::UriText, "uri-text"),
    (Entry::SecretLife, "secret-life"),
    (Entry::ClientName, "client-name"),
    (Entry::UserDiscovery, "user-discovery"),
    (Entry::GroupDiscovery, "group-discovery"),
    (Entry::GroupNames, "group-names"),
    (Entry::Subscription, "subscription"),
    (Entry::AnotherSecret, "another-secret"),
    (Entry::SecretLater, "secret-later"),
    (Entry::AdoptServer, "use-server-app"),
    (Entry::AdoptClient, "use-client-app"),
    (Entry::CheckCloud, "check-cloud"),
    (Entry::CheckTenant, "check-tenant"),
    (Entry::CheckApp, "check-app"),
    (Entry::CheckDomains, "check-domains"),
    (Entry::CheckUnique, "check-unique"),
    (Entry::CheckDefault, "check-default"),
    (Entry::CheckUri, "check-uri"),
    (Entry::CheckName, "check-name"),
    (Entry::RegisterCloud, "register-cloud"),
    (Entry::RegisterWork, "register-work"),
    (Entry::RegisterAddress, "register-address"),
    (Entry::RegisterFramed, "register-framed"),
    (Entry::RegisterConsent, "register-consent"),
    (Entry::RegisterWay, "register-way"),
    (Entry::Journal, "journal"),
    (Entry::KeepAsFile, "keep-as-file"),
    (Entry::ForGood, "for-good"),
    (Entry::PairId, "pair-id"),
    (Entry::PickServer, "pick-server"),
    (Entry::PickClient, "pick-client"),
    (Entry::HasNewSecret, "has-new-secret"),
    (Entry::EarlierReport, "earlier-report"),
];

impl Entry {
    /// `name` and `id` of the control; nothing for those that choose a repair, which are named after it.
    #[must_use]
    pub fn key(self) -> &'static str {
        NAMES
            .iter()
            .find(|(entry, _)| *entry == self)
            .map_or("", |(_, key)| *key)
    }

    /// The control of a name.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        if let Some(name) = key.strip_prefix(MEND) {
            return Repair::find(name).map(Self::Repair);
        }
        NAMES
            .iter()
            .find(|(_, name)| *name == key)
            .map(|(entry, _)| *entry)
    }

    /// The field of the draft it belongs to, whose faults stand beside it.
    #[must_use]
    pub fn field(self) -> Option<Field> {
        Some(match self {
            Self::ConnectionName => Field::ConnectionName,
            Self::Description => Field::Description,
            Self::Tenant => Field::Tenant,
            Self::ServerName => Field::ServerName,
            Self::HomePageUrl => Field::HomePageUrl,
            Self::UriForm | Self::UriName | Self::UriDomain | Self::UriText => Field::AppIdUri,
            Self::SecretLife => Field::SecretLife,
            Self::ClientName => Field::ClientName,
            Self::GroupNames => Field::GroupNames,
            Self::Subscription => Field::Subscription,
            Self::Cloud
            | Self::UserDiscovery
            | Self::GroupDiscovery
            | Self::AnotherSecret
            | Self::SecretLater
            | Self::AdoptServer
            | Self::AdoptClient
            | Self::CheckCloud
            | Self::CheckTenant
            | Self::CheckApp
            | Self::CheckDomains
            | Self::CheckUnique
            | Self::CheckDefault
            | Self::CheckUri
            | Self::CheckName
            | Self::RegisterCloud
            | Self::RegisterWork
            | Self::RegisterAddress
            | Self::RegisterFramed
            | Self::RegisterConsent
            | Self::RegisterWay
            | Self::Journal
            | Self::KeepAsFile
            | Self::PairId
            | Self::PickServer
            | Self::PickClient
            | Self::HasNewSecret
            | Self::EarlierReport
            | Self::Repair(_)
            | Self::ForGood => return None,
        })
    }
}

/// The step a field is on.
#[must_use]
pub fn step_of(field: Field) -> Step {
    match field {
        Field::ConnectionName | Field::Description | Field::Tenant => Step::AzureService,
        Field::ServerName | Field::HomePageUrl | Field::AppIdUri | Field::SecretLife => {
            Step::WebApp
        }
        Field::ClientName => Step::NativeApp,
        Field::GroupNames => Step::Discovery,
        // Not on a step of the wizard: the sentence says where to go.
        Field::Existing => Step::AzureService,
        Field::Subscription => Step::Subscription,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_is_found_by_its_name() {
        for (entry, key) in NAMES {
            assert_eq!(entry.key(), key);
            assert_eq!(Entry::find(key), Some(entry));
        }
        assert_eq!(Entry::find(""), None);
    }
}
