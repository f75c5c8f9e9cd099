//! The choices offered for an App ID URI, from the one that passes every rule to the admin's own text.

use uuid::Uuid;

use crate::app_id_uri::AppIdUri;
use crate::app_id_uri::ParseError;
use crate::app_id_uri::judge::judge_text;
use crate::app_id_uri::rules::AppFacts;
use crate::app_id_uri::rules::OwnId;
use crate::app_id_uri::rules::TenantRules;
use crate::app_id_uri::verdict::Missing;
use crate::app_id_uri::verdict::Verdict;
use crate::dns::Domain;
use crate::ids::AppId;
use crate::ids::TenantId;
use crate::words::Words;

/// The name offered after a tenant ID or a domain: the one of Configuration Manager's own examples.
pub const DEFAULT_NAME: &str = "ConfigMgrService";

/// The kind of choice, for a list to pick from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum UriForm {
    /// `api://{tenantId}/{appId}`: passes every rule.
    #[default]
    TenantAndApp,
    /// `api://{tenantId}/{name}`.
    TenantAndName,
    /// `https://{domain}/{name}`.
    DomainAndName,
    /// Whatever is typed.
    Own,
}

impl UriForm {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [
        Self::TenantAndApp,
        Self::TenantAndName,
        Self::DomainAndName,
        Self::Own,
    ];

    /// The word used in links and stored drafts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::TenantAndApp => "tenant-app",
            Self::TenantAndName => "tenant-name",
            Self::DomainAndName => "domain-name",
            Self::Own => "own",
        }
    }

    /// The form of a `key`, exactly as written.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.key() == key)
    }

    /// What a person reads.
    #[must_use]
    pub fn label(self, words: Words) -> &'static str {
        match self {
            Self::TenantAndApp => words.judge_form_tenant_and_app(),
            Self::TenantAndName => words.judge_form_tenant_and_name(),
            Self::DomainAndName => words.judge_form_domain_and_name(),
            Self::Own => words.judge_form_own(),
        }
    }
}

/// A choice made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum UriChoice {
    /// See [`UriForm::TenantAndApp`].
    #[default]
    TenantAndApp,
    /// See [`UriForm::TenantAndName`].
    TenantAndName {
        /// After the tenant ID.
        name: String,
    },
    /// See [`UriForm::DomainAndName`].
    DomainAndName {
        /// A verified domain.
        domain: Domain,
        /// After the domain.
        name: String,
    },
    /// See [`UriForm::Own`].
    Own {
        /// The whole URI as typed.
        text: String,
    },
}

/// Why a choice gives no URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoiceError {
    /// The app's ID is part of the URI, and the app is not created yet.
    NoAppYet,
    /// The name or text makes no URI.
    NotAUri(ParseError),
}

/// Stands for the ID Entra will give, where only "it is the app's own" matters. Never leaves this file.
const SOME_OWN_ID: AppId = AppId::new(Uuid::from_u128(0x0c0f_fee0_0000_4000_8000_0000_0000_0001));

impl UriChoice {
    /// The kind of choice.
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

    /// The URI, complete.
    ///
    /// # Errors
    /// The app has no ID yet and the URI needs it, or the text makes no URI.
    pub fn uri(&self, tenant: TenantId, app: Option<AppId>) -> Result<AppIdUri, ChoiceError> {
        if self.needs_app() && app.is_none() {
            return Err(ChoiceError::NoAppYet);
        }
        AppIdUri::parse(&self.preview(Some(tenant), app)).map_err(ChoiceError::NotAUri)
    }

    /// The URI as far as it is known, with `{tenantId}` and `{appId}` for what is not. For the eye only.
    #[must_use]
    pub fn preview(&self, tenant: Option<TenantId>, app: Option<AppId>) -> String {
        let tenant_id = || tenant.map_or_else(|| "{tenantId}".to_owned(), |id| id.to_string());
        let app_id = || app.map_or_else(|| "{appId}".to_owned(), |id| id.to_string());
        match self {
            Self::TenantAndApp => format!("api://{}/{}", tenant_id(), app_id()),
            Self::TenantAndName { name } => format!("api://{}/{name}", tenant_id()),
            Self::DomainAndName { domain, name } => format!("https://{domain}/{name}"),
            Self::Own { text } => text.clone(),
        }
    }

    /// Judges the choice. An app ID not known yet is judged as what it will be: the app's own.
    #[must_use]
    pub fn judge(&self, rules: &TenantRules, app: &AppFacts) -> Verdict {
        let needs_tenant = match self {
            Self::TenantAndApp | Self::TenantAndName { .. } => true,
            Self::DomainAndName { .. } | Self::Own { .. } => false,
        };
        if needs_tenant && rules.tenant.is_none() {
            return Verdict::CannotTell(Missing::Tenant);
        }
        match app.own_id {
            OwnId::Is(id) => judge_text(&self.preview(rules.tenant, Some(id)), rules, app),
            OwnId::NotYet | OwnId::Unknown if self.needs_app() => {
                let app = AppFacts {
                    own_id: OwnId::Is(SOME_OWN_ID),
                    ..app.clone()
                };
                judge_text(&self.preview(rules.tenant, Some(SOME_OWN_ID)), rules, &app)
            }
            OwnId::NotYet | OwnId::Unknown => {
                judge_text(&self.preview(rules.tenant, None), rules, app)
            }
        }
    }
}
