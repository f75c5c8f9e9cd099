//! What is told about a URI: five outcomes, each with its own reasons, each reason one sentence with the rule and the mend.

use crate::app_id_uri::ParseError;
use crate::lookalike::escaped;
use crate::words::Words;

/// The verdict on a URI for one app in one tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Taken by Entra and the tenant, and fit for Configuration Manager.
    Accepted(Praise),
    /// Taken, but there is a better one.
    NotRecommended(Remark),
    /// Decided by something not known here.
    CannotTell(Missing),
    /// Refused by a policy of this tenant.
    RefusedByPolicy(PolicyRule),
    /// Refused in any tenant with these domains and IDs.
    RefusedByEntra(EntraRule),
}

/// What is good about an accepted URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Praise {
    /// Tenant ID and app ID: passes whatever the policies are.
    Safest,
    /// A format Configuration Manager's documentation recommends.
    Recommended,
    /// The app has it already.
    AlreadyThere,
}

/// What speaks against an accepted URI. Where several do, the first of this list is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The app has it already, and Entra would refuse it as a new one.
    KeptFromBefore,
    /// Nothing in it is unique to the tenant.
    NotTenantBound,
    /// Scheme `http`.
    Http,
    /// Scheme `urn`.
    Urn,
    /// Has a query or a fragment.
    Tail,
    /// Has a port.
    Port,
    /// Has a tenant identifier, but no format of Microsoft's list of secure ones.
    NotListed,
    /// On Microsoft's list, but not of the two formats Configuration Manager's documentation names.
    NotConfigMgrs,
    /// Capital letters in scheme, host or ID, where most programs write small ones.
    UpperCase,
}

/// What would have to be known. Where several things would, the first of this list is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The tenant's ID.
    Tenant,
    /// The app's own ID.
    OwnId,
    /// The tenant's verified domains.
    Domains {
        /// The host to be looked for among them.
        host: String,
    },
    /// Microsoft's word on whether capitals alone make two URIs of a tenant differ.
    Spelling {
        /// The display name of the app that holds the other spelling.
        app: String,
    },
    /// Microsoft's word on a scheme.
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// Whether the policy for unique tenant identifiers is on.
    UniqueIdentifierPolicy,
    /// Microsoft's word on an ID in this place of a URI, where the policy for unique tenant identifiers is on.
    Place,
    /// Whether the policy for default URIs only is on.
    DefaultOnlyPolicy,
    /// A policy is on, and whether the app or the caller is exempt was not read.
    Exemption,
}

/// A policy of the tenant that refuses a URI. Where both do, the stricter is told, because its mend satisfies both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyRule {
    /// `nonDefaultUriAddition`.
    DefaultOnly,
    /// `uriAdditionWithoutUniqueTenantIdentifier`.
    UniqueIdentifier,
}

/// A rule of Entra that refuses a URI. Where several do, the first of this list is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntraRule {
    /// It is no App ID URI at all.
    NotAUri(ParseError),
    /// The URI Configuration Manager's console fills in.
    ConsoleDefault,
    /// A host that can be nobody's verified domain: one label, an IP address, the bare suffix of initial domains.
    NeverADomain {
        /// The host.
        host: String,
    },
    /// An initial domain of another cloud.
    OtherCloud {
        /// The host.
        host: String,
    },
    /// An international host (`xn--`) that is no verified domain or below one.
    International {
        /// The host.
        host: String,
    },
    /// A host that is no verified domain or below one.
    NotVerified {
        /// The host.
        host: String,
    },
    /// The GUID after `api://` is neither the tenant's ID nor the app's.
    ForeignGuid,
    /// Another app holds it.
    Taken {
        /// The display name of that app.
        app: String,
        /// Whether that app is deleted.
        is_deleted: bool,
    },
}

/// The kind of a verdict, best first. The order is the order of precedence from the end: what is worse is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// See [`Verdict::Accepted`].
    Accepted,
    /// See [`Verdict::NotRecommended`].
    NotRecommended,
    /// See [`Verdict::CannotTell`].
    CannotTell,
    /// See [`Verdict::RefusedByPolicy`].
    RefusedByPolicy,
    /// See [`Verdict::RefusedByEntra`].
    RefusedByEntra,
}

impl Outcome {
    /// All of them, best first.
    pub const ALL: [Self; 5] = [
        Self::Accepted,
        Self::NotRecommended,
        Self::CannotTell,
        Self::RefusedByPolicy,
        Self::RefusedByEntra,
    ];

    /// Used as `data-state` in markup.
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

    /// What a person reads before the sentence.
    #[must_use]
    pub fn label(self, words: Words) -> &'static str {
        match self {
            Self::Accepted => words.judge_outcome_accepted(),
            Self::NotRecommended => words.judge_outcome_not_recommended(),
            Self::CannotTell => words.judge_outcome_cannot_tell(),
            Self::RefusedByPolicy => words.judge_outcome_refused_by_policy(),
            Self::RefusedByEntra => words.judge_outcome_refused_by_entra(),
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

impl Verdict {
    /// The kind of verdict.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Accepted(_) => Outcome::Accepted,
            Self::NotRecommended(_) => Outcome::NotRecommended,
            Self::CannotTell(_) => Outcome::CannotTell,
            Self::RefusedByPolicy(_) => Outcome::RefusedByPolicy,
            Self::RefusedByEntra(_) => Outcome::RefusedByEntra,
        }
    }

    /// One sentence: the rule and the mend.
    #[must_use]
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::Accepted(praise) => praise.sentence(words).to_owned(),
            Self::NotRecommended(remark) => remark.sentence(words).to_owned(),
            Self::CannotTell(missing) => missing.sentence(words),
            Self::RefusedByPolicy(rule) => rule.sentence(words).to_owned(),
            Self::RefusedByEntra(rule) => rule.sentence(words),
        }
    }
}

impl Praise {
    fn sentence(self, words: Words) -> &'static str {
        match self {
            Self::Safest => words.judge_accepted_safest(),
            Self::Recommended => words.judge_accepted_recommended(),
            Self::AlreadyThere => words.judge_accepted_already_there(),
        }
    }
}

impl Remark {
    fn sentence(self, words: Words) -> &'static str {
        match self {
            Self::KeptFromBefore => words.judge_remark_kept_from_before(),
            Self::NotTenantBound => words.judge_remark_not_tenant_bound(),
            Self::Http => words.judge_remark_http(),
            Self::Urn => words.judge_remark_urn(),
            Self::Tail => words.judge_remark_tail(),
            Self::Port => words.judge_remark_port(),
            Self::NotListed => words.judge_remark_not_listed(),
            Self::NotConfigMgrs => words.judge_remark_not_configmgrs(),
            Self::UpperCase => words.judge_remark_upper_case(),
        }
    }
}

impl Missing {
    fn sentence(&self, words: Words) -> String {
        match self {
            Self::Tenant => words.judge_missing_tenant().to_owned(),
            Self::OwnId => words.judge_missing_own_id().to_owned(),
            Self::Domains { host } => words.judge_missing_domains(host),
            Self::Spelling { app } => words.judge_missing_spelling(escaped(app)),
            Self::Scheme { scheme } => words.judge_missing_scheme(scheme),
            Self::UniqueIdentifierPolicy => words.judge_missing_unique_identifier().to_owned(),
            Self::Place => words.judge_missing_place().to_owned(),
            Self::DefaultOnlyPolicy => words.judge_missing_default_only().to_owned(),
            Self::Exemption => words.judge_missing_exemption().to_owned(),
        }
    }
}

impl PolicyRule {
    fn sentence(self, words: Words) -> &'static str {
        match self {
            Self::DefaultOnly => words.judge_policy_default_only(),
            Self::UniqueIdentifier => words.judge_policy_unique_identifier(),
        }
    }
}

impl EntraRule {
    fn sentence(&self, words: Words) -> String {
        match self {
            Self::NotAUri(error) => error.sentence(words),
            Self::ConsoleDefault => words.judge_entra_console_default().to_owned(),
            Self::NeverADomain { host } => words.judge_entra_never_a_domain(host),
            Self::OtherCloud { host } => words.judge_entra_other_cloud(host),
            Self::International { host } => words.judge_entra_international(host),
            Self::NotVerified { host } => words.judge_entra_not_verified(host),
            Self::ForeignGuid => words.judge_entra_foreign_guid().to_owned(),
            // The name was chosen by somebody else and may hide what it says.
            Self::Taken {
                app,
                is_deleted: false,
            } => words.judge_entra_taken(escaped(app)),
            Self::Taken {
                app,
                is_deleted: true,
            } => words.judge_entra_taken_by_deleted(escaped(app)),
        }
    }
}
