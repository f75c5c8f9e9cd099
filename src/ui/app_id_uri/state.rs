//! Input of the App ID URI page, and the tenant it describes. It never leaves the page.

use jiff::Timestamp;

use crate::ui::field_id::FieldId;
use domain::app_id_uri::choice::DEFAULT_NAME;
use domain::app_id_uri::choice::UriChoice;
use domain::app_id_uri::choice::UriForm;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::OwnId;
use domain::app_id_uri::rules::Policy;
use domain::app_id_uri::rules::PolicyState;
use domain::app_id_uri::rules::TenantRules;
use domain::app_id_uri::validator::validate_text;
use domain::app_id_uri::verdict::UriVerdict;
use domain::cloud::Cloud;
use domain::dns::Domain;
use domain::ids::AppId;
use domain::ids::TenantId;
use domain::known::Known;
use domain::locale::Locale;

/// The input as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UriCheck {
    /// `Cloud::key`.
    pub cloud: String,
    /// Tenant ID; empty means unknown.
    pub tenant: String,
    /// The server app's ID; empty means "not created yet".
    pub app: String,
    /// Domains, one per line; empty means unknown.
    pub domains: String,
    /// Key of a `PolicyState`.
    pub unique: String,
    /// Key of a `PolicyState`.
    pub default_only: String,
    /// The App ID URI.
    pub text: String,
    /// Name part of the formats.
    pub name: String,
}

impl Default for UriCheck {
    fn default() -> Self {
        Self {
            cloud: Cloud::Public.key().to_owned(),
            tenant: String::new(),
            app: String::new(),
            domains: String::new(),
            unique: key_of(PolicyState::Unknown).to_owned(),
            default_only: key_of(PolicyState::Unknown).to_owned(),
            text: String::new(),
            name: DEFAULT_NAME.to_owned(),
        }
    }
}

/// The states of a policy, in the order shown.
pub const STATES: [PolicyState; 3] = [PolicyState::Unknown, PolicyState::On, PolicyState::Off];

/// Key of a policy state in the markup.
#[must_use]
pub fn key_of(state: PolicyState) -> &'static str {
    match state {
        PolicyState::On => "on",
        PolicyState::Off => "off",
        PolicyState::Unknown => "unknown",
    }
}

fn policy(key: &str) -> Policy {
    match STATES.into_iter().find(|state| key_of(*state) == key) {
        Some(PolicyState::On) => Policy::ON,
        Some(PolicyState::Off) => Policy::OFF,
        Some(PolicyState::Unknown) | None => Policy::UNKNOWN,
    }
}

impl UriCheck {
    pub fn set(&mut self, entry: FieldId, text: String) {
        if let Some(slot) = self.slot(entry) {
            *slot = text;
        }
    }

    /// Each text with its control, in page order.
    #[must_use]
    pub fn typed(&self) -> [(FieldId, &str); 8] {
        [
            (FieldId::CheckUri, &self.text),
            (FieldId::CheckCloud, &self.cloud),
            (FieldId::CheckTenant, &self.tenant),
            (FieldId::CheckApp, &self.app),
            (FieldId::CheckDomains, &self.domains),
            (FieldId::CheckUnique, &self.unique),
            (FieldId::CheckDefault, &self.default_only),
            (FieldId::CheckName, &self.name),
        ]
    }

    fn slot(&mut self, entry: FieldId) -> Option<&mut String> {
        Some(match entry {
            FieldId::CheckCloud => &mut self.cloud,
            FieldId::CheckTenant => &mut self.tenant,
            FieldId::CheckApp => &mut self.app,
            FieldId::CheckDomains => &mut self.domains,
            FieldId::CheckUnique => &mut self.unique,
            FieldId::CheckDefault => &mut self.default_only,
            FieldId::CheckUri => &mut self.text,
            FieldId::CheckName => &mut self.name,
            FieldId::ConnectionName
            | FieldId::Description
            | FieldId::Cloud
            | FieldId::Tenant
            | FieldId::ServerName
            | FieldId::HomePageUrl
            | FieldId::UriForm
            | FieldId::UriName
            | FieldId::UriDomain
            | FieldId::UriText
            | FieldId::SecretLife
            | FieldId::ClientName
            | FieldId::TextLanguage
            | FieldId::UserDiscovery
            | FieldId::GroupDiscovery
            | FieldId::GroupNames
            | FieldId::Subscription
            | FieldId::AnotherSecret
            | FieldId::SecretLater
            | FieldId::AdoptServer
            | FieldId::AdoptClient
            | FieldId::Theme
            | FieldId::Language
            | FieldId::RegisterCloud
            | FieldId::RegisterWork
            | FieldId::RegisterAddress
            | FieldId::RegisterFramed
            | FieldId::RegisterConsent
            | FieldId::RegisterWay
            | FieldId::Journal
            | FieldId::KeepAsFile
            | FieldId::OnRefusal
            | FieldId::SiteDisconnected
            | FieldId::RequestFormat
            | FieldId::PlanText
            | FieldId::SetupExport
            | FieldId::PairId
            | FieldId::PickServer
            | FieldId::PickClient
            | FieldId::HasNewSecret
            | FieldId::ReportFilter
            | FieldId::ReportGrouping
            | FieldId::EarlierReport
            | FieldId::EvidenceFormat
            | FieldId::EvidencePack
            | FieldId::EvidenceEnd
            | FieldId::Providers(_)
            | FieldId::Repair(_)
            | FieldId::ForGood => return None,
        })
    }

    fn typed_domains(&self) -> impl Iterator<Item = &str> {
        self.domains
            .split([' ', '\t', '\r', '\n', ',', ';'])
            .filter(|text| !text.is_empty())
    }

    /// Whether the described tenant accepts a URI. A line that is not a domain voids only the answers that a further domain can change.
    #[must_use]
    pub fn validate(&self, uri: &str, now: Timestamp) -> UriVerdict {
        let app = self.app(now);
        let domains: Vec<_> = self
            .typed_domains()
            .filter_map(|text| Domain::parse(text).ok())
            .collect();
        let with_valid_lines = TenantRules {
            domains: Known::Known(domains),
            ..self.rules()
        };
        let verdict = validate_text(uri, &with_valid_lines, &app);
        if verdict.outcome().is_refused() {
            validate_text(uri, &self.rules(), &app)
        } else {
            verdict
        }
    }

    /// The described tenant. Empty or invalid input counts as unknown.
    #[must_use]
    pub fn rules(&self) -> TenantRules {
        let domains: Result<Vec<_>, _> = self.typed_domains().map(Domain::parse).collect();
        TenantRules {
            cloud: Cloud::find(&self.cloud).unwrap_or_default(),
            tenant: self.tenant.trim().parse().ok(),
            // If one domain is invalid, the list may lack the one that matters.
            domains: match domains {
                Ok(domains) if !domains.is_empty() => Known::Known(domains),
                Ok(_) | Err(_) => Known::Unknown,
            },
            unique_identifier: policy(&self.unique),
            default_only: policy(&self.default_only),
            taken: Vec::new(),
        }
    }

    /// The described app.
    #[must_use]
    pub fn app(&self, now: Timestamp) -> AppFacts {
        match self.app.trim().parse::<AppId>() {
            Ok(id) => AppFacts {
                own_id: OwnId::Is(id),
                // The form asks about Configuration Manager's app, which uses OpenID Connect.
                is_saml: Known::Known(false),
                ..AppFacts::default()
            },
            Err(_) => AppFacts::not_yet_created(now),
        }
    }

    /// The three formats with the typed values.
    #[must_use]
    pub fn choices(&self) -> Vec<UriChoice> {
        let mut choices = vec![
            UriChoice::TenantAndApp,
            UriChoice::TenantAndName {
                name: self.name.clone(),
            },
        ];
        if let Known::Known(domains) = self.rules().domains {
            choices.extend(domains.into_iter().map(|domain| UriChoice::DomainAndName {
                domain,
                name: self.name.clone(),
            }));
        }
        choices
    }

    #[must_use]
    pub fn tenant_fault(&self, t: Locale) -> Option<String> {
        let is_wrong = !self.tenant.is_empty() && self.tenant.trim().parse::<TenantId>().is_err();
        is_wrong.then(|| t.uri_tenant_fault().to_owned())
    }

    #[must_use]
    pub fn app_fault(&self, t: Locale) -> Option<String> {
        let is_wrong = !self.app.is_empty() && self.app.trim().parse::<AppId>().is_err();
        is_wrong.then(|| t.uri_app_fault().to_owned())
    }

    /// Error of the first invalid domain.
    #[must_use]
    pub fn domains_fault(&self, t: Locale) -> Option<String> {
        self.typed_domains()
            .find_map(|text| Domain::parse(text).err())
            .map(|error| error.sentence(t))
    }
}

/// The format of a choice, with unknown values in braces.
#[must_use]
pub fn pattern(form: UriForm) -> &'static str {
    match form {
        UriForm::TenantAndApp => "api://{tenantId}/{appId}",
        UriForm::TenantAndName => "api://{tenantId}/{string}",
        UriForm::DomainAndName => "https://{verifiedCustomerDomain}/{string}",
        UriForm::Own => "",
    }
}

#[derive(Clone, Debug)]
pub struct AppIdUriModel {
    /// Input of the page.
    pub check: UriCheck,
    /// The admin has typed here, so site defaults no longer apply.
    pub(in crate::ui) is_check_own: bool,
}

impl AppIdUriModel {
    /// `stored` is the input of an earlier page load.
    #[must_use]
    pub fn new(stored: Option<UriCheck>) -> Self {
        Self {
            is_check_own: stored.is_some(),
            check: stored.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::app_id_uri::verdict::UriOutcome;

    #[test]
    fn empty_or_invalid_fields_are_treated_as_unknown() {
        let mut check = UriCheck::default();
        assert_eq!(check.rules().tenant, None);
        assert_eq!(check.rules().domains, Known::Unknown);
        check.set(
            FieldId::CheckDomains,
            "contoso.com, fabrikam..com".to_owned(),
        );
        assert_eq!(check.rules().domains, Known::Unknown);
        assert!(check.domains_fault(Locale::En).is_some());
        check.set(
            FieldId::CheckDomains,
            "contoso.com\r\nfabrikam.com".to_owned(),
        );
        assert_eq!(check.choices().len(), 4);
    }

    #[test]
    fn every_format_is_validated_once_the_tenant_is_known() {
        let mut check = UriCheck::default();
        check.set(
            FieldId::CheckTenant,
            " 5e97358c-d99c-4558-af0c-de7774091dda".to_owned(),
        );
        check.set(FieldId::CheckUnique, "on".to_owned());
        check.set(FieldId::CheckDefault, "off".to_owned());
        let app = check.app(Timestamp::UNIX_EPOCH);
        for choice in check.choices() {
            assert_eq!(
                choice.validate(&check.rules(), &app).outcome(),
                UriOutcome::Accepted,
                "{choice:?}"
            );
        }
    }
}
