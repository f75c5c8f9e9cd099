//! The App ID URI options of the wizard, from the one that meets every rule to a custom URI.

use crate::variants::variants;
use strum::EnumCount;
use strum::VariantArray;
use uuid::Uuid;

use crate::app_id_uri::AppIdUri;
use crate::app_id_uri::ParseError;
use crate::app_id_uri::rules::AppFacts;
use crate::app_id_uri::rules::OwnId;
use crate::app_id_uri::rules::TenantRules;
use crate::app_id_uri::validator::validate_text;
use crate::app_id_uri::verdict::Missing;
use crate::app_id_uri::verdict::UriVerdict;
use crate::dns::Domain;
use crate::ids::AppId;
use crate::ids::TenantId;
use crate::locale::Locale;

/// Default name after a tenant ID or a domain, from Configuration Manager's own examples.
pub const DEFAULT_NAME: &str = "ConfigMgrService";

/// The form of an App ID URI, for the option list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumCount, VariantArray)]
pub enum UriForm {
    /// `api://{tenantId}/{appId}`: meets every rule.
    #[default]
    TenantAndApp,
    /// `api://{tenantId}/{name}`: the name is not tied to the app ID.
    TenantAndName,
    /// `https://{domain}/{name}`: needs a verified domain.
    DomainAndName,
    /// Any URI that the admin types.
    Own,
}

impl UriForm {
    /// All forms, in display order.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the form in links and saved drafts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::TenantAndApp => "tenant-app",
            Self::TenantAndName => "tenant-name",
            Self::DomainAndName => "domain-name",
            Self::Own => "own",
        }
    }

    /// Returns the form for a `key`; the match is case-sensitive.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.key() == key)
    }

    /// Display name of the form.
    #[must_use]
    pub fn label(self, t: Locale) -> &'static str {
        match self {
            Self::TenantAndApp => t.validation_form_tenant_and_app(),
            Self::TenantAndName => t.validation_form_tenant_and_name(),
            Self::DomainAndName => t.validation_form_domain_and_name(),
            Self::Own => t.validation_form_own(),
        }
    }
}

/// The selected form with its input values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum UriChoice {
    /// See [`UriForm::TenantAndApp`].
    #[default]
    TenantAndApp,
    /// See [`UriForm::TenantAndName`].
    TenantAndName {
        /// Name after the tenant ID.
        name: String,
    },
    /// See [`UriForm::DomainAndName`].
    DomainAndName {
        /// Verified domain of the tenant.
        domain: Domain,
        /// Name after the domain.
        name: String,
    },
    /// See [`UriForm::Own`].
    Own {
        /// The complete URI, as typed.
        text: String,
    },
}

/// Why an option gives no URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoiceError {
    /// The URI contains the app ID, but the app does not exist yet.
    NoAppYet,
    /// The name or text does not make a valid URI.
    NotAUri(ParseError),
}

/// Placeholder for the ID that Microsoft Entra ID will assign. Used only where it matters that the ID is the app's own; it never leaves
/// this file.
const SOME_OWN_ID: AppId = AppId::new(Uuid::from_u128(0x0c0f_fee0_0000_4000_8000_0000_0000_0001));

impl UriChoice {
    /// The form of this choice, without its values.
    #[must_use]
    pub fn form(&self) -> UriForm {
        match self {
            Self::TenantAndApp => UriForm::TenantAndApp,
            Self::TenantAndName { .. } => UriForm::TenantAndName,
            Self::DomainAndName { .. } => UriForm::DomainAndName,
            Self::Own { .. } => UriForm::Own,
        }
    }

    /// Whether the URI can be written only after the app is created.
    #[must_use]
    pub fn needs_app(&self) -> bool {
        self.form() == UriForm::TenantAndApp
    }

    /// The complete URI.
    ///
    /// # Errors
    /// The URI needs the app ID and the app has none yet, or the text is not a valid URI.
    pub fn uri(&self, tenant: TenantId, app: Option<AppId>) -> Result<AppIdUri, ChoiceError> {
        if self.needs_app() && app.is_none() {
            return Err(ChoiceError::NoAppYet);
        }
        AppIdUri::parse(&self.preview(Some(tenant), app)).map_err(ChoiceError::NotAUri)
    }

    /// The URI for display, with `{tenantId}` and `{appId}` in place of values that are not known yet.
    #[must_use]
    pub fn preview(&self, tenant: Option<TenantId>, app: Option<AppId>) -> String {
        let tenant = tenant.map_or_else(|| "{tenantId}".to_owned(), |id| id.to_string());
        let app = app.map_or_else(|| "{appId}".to_owned(), |id| id.to_string());
        self.text(&tenant, &app)
    }

    /// The URI with these texts in place of the IDs. Not validated.
    #[must_use]
    pub fn text(&self, tenant: &str, app: &str) -> String {
        match self {
            Self::TenantAndApp => format!("api://{tenant}/{app}"),
            Self::TenantAndName { name } => format!("api://{tenant}/{name}"),
            Self::DomainAndName { domain, name } => format!("https://{domain}/{name}"),
            Self::Own { text } => text.clone(),
        }
    }

    /// Validates the choice. An app ID that is not known yet counts as the app's own.
    #[must_use]
    pub fn validate(&self, rules: &TenantRules, app: &AppFacts) -> UriVerdict {
        let needs_tenant = match self {
            Self::TenantAndApp | Self::TenantAndName { .. } => true,
            Self::DomainAndName { .. } | Self::Own { .. } => false,
        };
        if needs_tenant && rules.tenant.is_none() {
            return UriVerdict::CannotTell(Missing::Tenant);
        }
        match app.own_id {
            OwnId::Is(id) => validate_text(&self.preview(rules.tenant, Some(id)), rules, app),
            OwnId::NotYet | OwnId::Unknown if self.needs_app() => {
                let app = AppFacts {
                    own_id: OwnId::Is(SOME_OWN_ID),
                    ..app.clone()
                };
                validate_text(&self.preview(rules.tenant, Some(SOME_OWN_ID)), rules, &app)
            }
            OwnId::NotYet | OwnId::Unknown => {
                validate_text(&self.preview(rules.tenant, None), rules, app)
            }
        }
    }
}
