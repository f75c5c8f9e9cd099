//! Results of validating a URI: five outcomes with their reasons. Each reason has one sentence with the rule and the fix.

use crate::app_id_uri::ParseError;
use crate::confusables::escaped;
use crate::locale::Locale;

/// Result of validating a URI for one app in one tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UriVerdict {
    /// Microsoft Entra ID and the tenant accept the URI, and it suits Configuration Manager.
    Accepted(AcceptReason),
    /// The URI is accepted, but a better one exists.
    NotRecommended(Warning),
    /// A fact that is not known here decides.
    CannotTell(Missing),
    /// A policy of this tenant refuses the URI.
    RefusedByPolicy(PolicyRule),
    /// Every tenant with these domains and IDs refuses the URI.
    RefusedByEntra(EntraRule),
}

/// Why a URI is accepted without remarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptReason {
    /// Tenant ID and app ID: passes under every policy.
    Safest,
    /// A format that Configuration Manager's documentation recommends.
    Recommended,
    /// The app already has this URI.
    AlreadyThere,
}

/// Why an accepted URI is not recommended. If several apply, the first in this order is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The app already has this URI, but Microsoft Entra ID would refuse it as a new one.
    KeptFromBefore,
    /// Nothing in the URI is unique to the tenant.
    NotTenantBound,
    /// The scheme is `http`.
    Http,
    /// The scheme is `urn`.
    Urn,
    /// The URI has a query or a fragment.
    Tail,
    /// The URI has a port.
    Port,
    /// Has a tenant identifier, but its format is not on Microsoft's list of secure formats.
    NotListed,
    /// On Microsoft's list, but not one of the two formats in Configuration Manager's documentation.
    NotConfigMgrs,
    /// Uppercase letters in the scheme, host, or ID, where most programs write lowercase.
    UpperCase,
}

/// The fact that is missing for an answer. If several are missing, the first in this order is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The ID of the tenant.
    Tenant,
    /// The app's own application ID.
    OwnId,
    /// The verified domains of the tenant.
    Domains {
        /// The host to compare with them.
        host: String,
    },
    /// Microsoft does not document whether two URIs that differ only in case conflict.
    Spelling {
        /// Display name of the app that uses the other spelling.
        app: String,
    },
    /// Microsoft does not document whether this scheme is allowed.
    Scheme {
        /// The scheme, as typed.
        scheme: String,
    },
    /// Whether the policy for unique tenant identifiers is enabled.
    UniqueIdentifierPolicy,
    /// The policy for unique tenant identifiers is enabled, and Microsoft does not document an ID in this place of a URI.
    Place,
    /// Whether the policy for default URIs only is enabled.
    DefaultOnlyPolicy,
    /// A policy is enabled, and whether the app or the caller is exempt was not read.
    Exemption,
}

/// A policy of the tenant that refuses a URI. If both refuse it, the stricter one is reported: its fix satisfies both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyRule {
    /// `nonDefaultUriAddition`: only default URIs are allowed.
    DefaultOnly,
    /// `uriAdditionWithoutUniqueTenantIdentifier`: the URI needs a tenant identifier.
    UniqueIdentifier,
}

/// A Microsoft Entra ID rule that refuses a URI. If several apply, the first in this order is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntraRule {
    /// The text is not a valid App ID URI.
    NotAUri(ParseError),
    /// The URI that Configuration Manager's console fills in.
    ConsoleDefault,
    /// A host that can never be a verified domain: a single label, an IP address, or the bare suffix of initial domains.
    NeverADomain {
        /// The host, as typed.
        host: String,
    },
    /// The host is an initial domain of another cloud.
    OtherCloud {
        /// The host, as typed.
        host: String,
    },
    /// An internationalized host (`xn--`) that is not a verified domain or its subdomain.
    International {
        /// The host, as typed.
        host: String,
    },
    /// A host that is not a verified domain or its subdomain.
    NotVerified {
        /// The host, as typed.
        host: String,
    },
    /// The GUID after `api://` is neither the tenant ID nor the app ID.
    ForeignGuid,
    /// Another app of the tenant uses the URI.
    Taken {
        /// Display name of that app.
        app: String,
        /// Whether that app is deleted.
        is_deleted: bool,
    },
}

/// Kind of a verdict, ordered from best to worst. The worst applicable outcome is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UriOutcome {
    /// See [`UriVerdict::Accepted`].
    Accepted,
    /// See [`UriVerdict::NotRecommended`].
    NotRecommended,
    /// See [`UriVerdict::CannotTell`].
    CannotTell,
    /// See [`UriVerdict::RefusedByPolicy`].
    RefusedByPolicy,
    /// See [`UriVerdict::RefusedByEntra`].
    RefusedByEntra,
}

impl UriOutcome {
    /// Value of `data-state` in the markup.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NotRecommended => "not-recommended",
            Self::CannotTell => "cannot-tell",
            Self::RefusedByPolicy => "refused-by-policy",
            Self::RefusedByEntra => "refused-by-entra",
        }
    }

    /// Label shown before the sentence.
    #[must_use]
    pub fn label(self, t: Locale) -> &'static str {
        match self {
            Self::Accepted => t.validation_outcome_accepted(),
            Self::NotRecommended => t.validation_outcome_not_recommended(),
            Self::CannotTell => t.validation_outcome_cannot_tell(),
            Self::RefusedByPolicy => t.validation_outcome_refused_by_policy(),
            Self::RefusedByEntra => t.validation_outcome_refused_by_entra(),
        }
    }

    /// Whether adding the URI is known to fail.
    #[must_use]
    pub fn is_refused(self) -> bool {
        match self {
            Self::RefusedByPolicy | Self::RefusedByEntra => true,
            Self::Accepted | Self::NotRecommended | Self::CannotTell => false,
        }
    }
}

impl UriVerdict {
    /// The outcome without its reason.
    #[must_use]
    pub fn outcome(&self) -> UriOutcome {
        match self {
            Self::Accepted(_) => UriOutcome::Accepted,
            Self::NotRecommended(_) => UriOutcome::NotRecommended,
            Self::CannotTell(_) => UriOutcome::CannotTell,
            Self::RefusedByPolicy(_) => UriOutcome::RefusedByPolicy,
            Self::RefusedByEntra(_) => UriOutcome::RefusedByEntra,
        }
    }

    /// One sentence with the rule and how to fix the URI.
    #[must_use]
    pub fn sentence(&self, t: Locale) -> String {
        match self {
            Self::Accepted(praise) => praise.sentence(t).to_owned(),
            Self::NotRecommended(remark) => remark.sentence(t).to_owned(),
            Self::CannotTell(missing) => missing.sentence(t),
            Self::RefusedByPolicy(rule) => rule.sentence(t).to_owned(),
            Self::RefusedByEntra(rule) => rule.sentence(t),
        }
    }
}

impl AcceptReason {
    fn sentence(self, t: Locale) -> &'static str {
        match self {
            Self::Safest => t.validation_accepted_safest(),
            Self::Recommended => t.validation_accepted_recommended(),
            Self::AlreadyThere => t.validation_accepted_already_there(),
        }
    }
}

impl Warning {
    fn sentence(self, t: Locale) -> &'static str {
        match self {
            Self::KeptFromBefore => t.validation_warning_kept_from_before(),
            Self::NotTenantBound => t.validation_warning_not_tenant_bound(),
            Self::Http => t.validation_warning_http(),
            Self::Urn => t.validation_warning_urn(),
            Self::Tail => t.validation_warning_tail(),
            Self::Port => t.validation_warning_port(),
            Self::NotListed => t.validation_warning_not_listed(),
            Self::NotConfigMgrs => t.validation_warning_not_configmgrs(),
            Self::UpperCase => t.validation_warning_upper_case(),
        }
    }
}

impl Missing {
    fn sentence(&self, t: Locale) -> String {
        match self {
            Self::Tenant => t.validation_missing_tenant().to_owned(),
            Self::OwnId => t.validation_missing_own_id().to_owned(),
            Self::Domains { host } => t.validation_missing_domains(host),
            Self::Spelling { app } => t.validation_missing_spelling(escaped(app)),
            Self::Scheme { scheme } => t.validation_missing_scheme(scheme),
            Self::UniqueIdentifierPolicy => t.validation_missing_unique_identifier().to_owned(),
            Self::Place => t.validation_missing_place().to_owned(),
            Self::DefaultOnlyPolicy => t.validation_missing_default_only().to_owned(),
            Self::Exemption => t.validation_missing_exemption().to_owned(),
        }
    }
}

impl PolicyRule {
    fn sentence(self, t: Locale) -> &'static str {
        match self {
            Self::DefaultOnly => t.validation_policy_default_only(),
            Self::UniqueIdentifier => t.validation_policy_unique_identifier(),
        }
    }
}

impl EntraRule {
    fn sentence(&self, t: Locale) -> String {
        match self {
            Self::NotAUri(error) => error.sentence(t),
            Self::ConsoleDefault => t.validation_entra_console_default().to_owned(),
            Self::NeverADomain { host } => t.validation_entra_never_a_domain(host),
            Self::OtherCloud { host } => t.validation_entra_other_cloud(host),
            Self::International { host } => t.validation_entra_international(host),
            Self::NotVerified { host } => t.validation_entra_not_verified(host),
            Self::ForeignGuid => t.validation_entra_foreign_guid().to_owned(),
            // Another admin chose this name, so it may contain misleading characters.
            Self::Taken {
                app,
                is_deleted: false,
            } => t.validation_entra_taken(escaped(app)),
            Self::Taken {
                app,
                is_deleted: true,
            } => t.validation_entra_taken_by_deleted(escaped(app)),
        }
    }
}
