//! All input fields, by the `name` of their control in the markup.
//!
//! One listener on the page handles them all and reads name and value. `model.rs` interprets the value.

use crate::ui::part::Part;
use crate::ui::route::WizardStep;
use domain::app_id_uri::choice::UriForm;
use domain::cmg::ProviderNamespace;
use engine::desired::DraftField;
use engine::desired::repair::Repair;
use strum::EnumIter;
use strum::EnumString;
use strum::IntoEnumIterator as _;
use strum::IntoStaticStr;

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, EnumString, IntoStaticStr,
)]
#[strum(serialize_all = "kebab-case")]
pub enum FieldId {
    ConnectionName,
    /// Description of the connection.
    Description,
    Cloud,
    /// Tenant to sign in to.
    Tenant,
    ServerName,
    HomePageUrl,
    /// Format of the App ID URI.
    UriForm,
    /// Name part of the App ID URI.
    UriName,
    /// Verified domain part of the App ID URI.
    UriDomain,
    /// The whole App ID URI, typed as free text.
    UriText,
    /// Secret key validity period.
    SecretLife,
    ClientName,
    /// Language of the texts in the tenant.
    TextLanguage,
    UserDiscovery,
    GroupDiscovery,
    /// Groups to discover.
    GroupNames,
    /// Subscription for the resource providers.
    Subscription,
    /// Create one more secret.
    AnotherSecret,
    /// Create the apps without a secret.
    SecretLater,
    /// Use a web (server) app that this browser did not create.
    #[strum(serialize = "use-server-app")]
    AdoptServer,
    /// Use a native (client) app that this browser did not create.
    #[strum(serialize = "use-client-app")]
    AdoptClient,
    /// App ID URI page: Azure environment.
    CheckCloud,
    /// App ID URI page: tenant ID.
    CheckTenant,
    /// App ID URI page: the server app's ID.
    CheckApp,
    /// App ID URI page: verified domains.
    CheckDomains,
    /// App ID URI page: policy for unique tenant identifiers.
    CheckUnique,
    /// App ID URI page: policy for default URIs only.
    CheckDefault,
    /// App ID URI page: the URI.
    CheckUri,
    /// App ID URI page: name part of the formats.
    CheckName,
    /// Below every page: the theme.
    Theme,
    /// Below every page: the language.
    Language,
    /// Client ID page: Azure environment.
    RegisterCloud,
    /// Client ID page: what the page is used for.
    RegisterWork,
    /// Client ID page: address of the page.
    RegisterAddress,
    /// Client ID page: other pages embed it in a frame.
    RegisterFramed,
    /// Client ID page: tenant-wide consent.
    RegisterConsent,
    /// Client ID page: registration method.
    RegisterWay,
    /// Unfinished runs: the text of a journal file.
    Journal,
    /// Review: save the journal as a file.
    KeepAsFile,
    /// Review: what to do with changes that will be refused.
    OnRefusal,
    /// Review of a deletion: the site no longer uses the apps.
    SiteDisconnected,
    /// How requests are written.
    RequestFormat,
    /// Plan page: the script or the code for another tool.
    SetupExport,
    /// Plan page: a link, or the text of a plan or a result.
    PlanText,
    /// Undo: delete apps permanently.
    ForGood,
    /// Check a pair: a client ID.
    PairId,
    /// Check a pair: the web (server) app.
    PickServer,
    /// Check a pair: the native (client) app.
    PickClient,
    /// Report: Configuration Manager has the new secret.
    HasNewSecret,
    /// Report: the results to show.
    ReportFilter,
    /// Report: the order of the findings.
    ReportGrouping,
    /// Report: the text of an earlier report.
    EarlierReport,
    /// Evidence: the format of the file.
    EvidenceFormat,
    /// Evidence: the text to verify.
    EvidencePack,
    /// Evidence: the end hash that was noted elsewhere.
    EvidenceEnd,
    /// A field of the resource provider pages.
    #[strum(disabled, serialize = "")]
    Providers(ProviderField),
    /// Report: select this repair.
    #[strum(disabled, serialize = "")]
    Repair(Repair),
}

/// A field of the resource provider pages.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, EnumString, IntoStaticStr,
)]
pub enum ProviderField {
    /// Register this provider. Its key is that of the provider's repair, which never changes.
    #[strum(disabled, serialize = "")]
    Wanted(ProviderNamespace),
    /// IDs of subscriptions to select.
    #[strum(serialize = "subscriptions")]
    Ids,
    /// Text to find.
    #[strum(serialize = "search")]
    Search,
    /// Where the shown subscriptions stand.
    #[strum(serialize = "provider-progress")]
    Progress,
    /// Whether the account may register in the shown subscriptions.
    #[strum(serialize = "provider-rights")]
    Rights,
    /// State of the shown subscriptions.
    #[strum(serialize = "provider-state")]
    State,
    /// Tenant of the shown subscriptions.
    #[strum(serialize = "provider-home")]
    Home,
    /// Management group of the shown subscriptions.
    #[strum(serialize = "provider-group")]
    Group,
    /// Tag of the shown subscriptions.
    #[strum(serialize = "provider-tag")]
    Tag,
    /// What the subscriptions are sorted by.
    #[strum(serialize = "provider-order")]
    Order,
    /// The last come first.
    #[strum(serialize = "provider-reverse")]
    Reverse,
    /// Registration: the results to show.
    #[strum(serialize = "provider-result")]
    Result,
    /// Review: the file to hand over.
    #[strum(serialize = "provider-export")]
    Export,
}

impl ProviderField {
    /// `name` and `id` of the control.
    #[must_use]
    pub fn key(self) -> &'static str {
        if let Self::Wanted(namespace) = self {
            namespace.repair_key()
        } else {
            self.into()
        }
    }

    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::all().find(|it| it.key() == key)
    }

    fn all() -> impl Iterator<Item = Self> {
        let wanted = ProviderNamespace::ALL.into_iter().map(Self::Wanted);
        Self::iter().chain(wanted)
    }
}

/// Prefix of the control names of repairs.
pub const REPAIR_PREFIX: &str = "repair-";

impl FieldId {
    /// `name` and `id` of the control. Repairs share one name here; their controls are named after the repair.
    #[must_use]
    pub fn key(self) -> &'static str {
        if let Self::Providers(field) = self {
            field.key()
        } else {
            self.into()
        }
    }

    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        match key.strip_prefix(REPAIR_PREFIX) {
            Some(name) => Repair::find(name).map(Self::Repair),
            None => {
                let of_providers = ProviderField::find(key).map(Self::Providers);
                of_providers.or_else(|| key.parse().ok())
            }
        }
    }

    /// The draft field that this control edits. Its errors are shown beside the control.
    #[must_use]
    pub fn field(self) -> Option<DraftField> {
        Some(match self {
            Self::ConnectionName => DraftField::ConnectionName,
            Self::Description => DraftField::Description,
            Self::Tenant => DraftField::Tenant,
            Self::ServerName => DraftField::ServerName,
            Self::HomePageUrl => DraftField::HomePageUrl,
            Self::UriForm | Self::UriName | Self::UriDomain | Self::UriText => DraftField::AppIdUri,
            Self::SecretLife => DraftField::SecretLife,
            Self::ClientName => DraftField::ClientName,
            Self::GroupNames => DraftField::GroupNames,
            Self::Subscription => DraftField::Subscription,
            Self::Cloud
            | Self::TextLanguage
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
            | Self::Theme
            | Self::Language
            | Self::RegisterCloud
            | Self::RegisterWork
            | Self::RegisterAddress
            | Self::RegisterFramed
            | Self::RegisterConsent
            | Self::RegisterWay
            | Self::Journal
            | Self::KeepAsFile
            | Self::OnRefusal
            | Self::SiteDisconnected
            | Self::RequestFormat
            | Self::PlanText
            | Self::SetupExport
            | Self::PairId
            | Self::PickServer
            | Self::PickClient
            | Self::HasNewSecret
            | Self::ReportFilter
            | Self::ReportGrouping
            | Self::EarlierReport
            | Self::EvidenceFormat
            | Self::EvidencePack
            | Self::EvidenceEnd
            | Self::Providers(_)
            | Self::Repair(_)
            | Self::ForGood => return None,
        })
    }
}

impl FieldId {
    /// The part that handles the field; `None` if it is always there.
    #[must_use]
    pub fn part(self) -> Option<Part> {
        let is_run = matches!(self, Self::Journal | Self::ForGood);
        let is_pair = matches!(
            self,
            Self::PairId
                | Self::PickServer
                | Self::PickClient
                | Self::HasNewSecret
                | Self::ReportFilter
                | Self::ReportGrouping
                | Self::EarlierReport
                | Self::Repair(_)
        );
        let is_evidence = matches!(
            self,
            Self::EvidenceFormat | Self::EvidencePack | Self::EvidenceEnd
        );
        if matches!(self, Self::PlanText | Self::SetupExport) {
            Some(Part::Plan)
        } else if is_run {
            Some(Part::Run)
        } else if is_evidence {
            Some(Part::Evidence)
        } else if is_pair {
            Some(Part::Pair)
        } else {
            matches!(self, Self::Providers(_)).then_some(Part::Providers)
        }
    }
}

impl FieldId {
    /// The control that shows the error of a field. The App ID URI has one for each format.
    #[must_use]
    pub fn of(field: DraftField, form: UriForm) -> Option<Self> {
        if field == DraftField::AppIdUri {
            return Some(match form {
                UriForm::TenantAndApp => Self::UriForm,
                UriForm::TenantAndName => Self::UriName,
                UriForm::DomainAndName => Self::UriDomain,
                UriForm::Own => Self::UriText,
            });
        }
        Self::iter().find(|id| id.field() == Some(field))
    }
}

/// Wizard step that shows a field.
#[must_use]
pub fn step_of(field: DraftField) -> WizardStep {
    match field {
        DraftField::ConnectionName | DraftField::Description | DraftField::Tenant => {
            WizardStep::AzureService
        }
        DraftField::ServerName
        | DraftField::HomePageUrl
        | DraftField::AppIdUri
        | DraftField::SecretLife => WizardStep::WebApp,
        DraftField::ClientName => WizardStep::NativeApp,
        DraftField::GroupNames => WizardStep::Discovery,
        // Not on a step of the wizard: the error sentence says where to go.
        DraftField::Existing => WizardStep::AzureService,
        DraftField::Subscription => WizardStep::Subscription,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_key() {
        let of_providers = ProviderField::all().map(FieldId::Providers);
        for field in FieldId::iter().chain(of_providers) {
            assert_eq!(FieldId::find(field.key()), Some(field));
        }
        assert_eq!(FieldId::AdoptServer.key(), "use-server-app");
        assert_eq!(FieldId::CheckUri.key(), "check-uri");
        assert_eq!(FieldId::find(""), None);
        assert_eq!(FieldId::find("repair"), None);
    }
}
