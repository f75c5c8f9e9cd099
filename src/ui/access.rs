//! Whether somebody is signed in, and what the sign-in brought to light. Plain data: the session itself is with `effects.rs`.

use litemap::LiteMap;

use crate::auth::Account;
use crate::auth::error::SignInError;
use crate::domain::cloud::Cloud;
use crate::domain::cmg::ProviderNamespace;
use crate::domain::ids::SubscriptionId;
use crate::domain::ids::TenantId;
use crate::domain::known::Known;
use crate::domain::problem::Problem;
use crate::domain::tenant::TenantHint;
use crate::engine::desired::Draft;
use crate::engine::observed::Subscription;
use crate::engine::observed::Tenant;
use crate::engine::providers::RegistrationState;

/// Something that is being read, was read, or could not be.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading<T> {
    /// Under way.
    Waiting,
    /// Read.
    Done(T),
    /// Not read.
    Failed(Problem),
}

impl<T> Reading<T> {
    /// Why it was not read.
    #[must_use]
    pub fn failed(&self) -> Option<&Problem> {
        match self {
            Self::Failed(problem) => Some(problem),
            Self::Waiting | Self::Done(_) => None,
        }
    }

    /// What was read.
    #[must_use]
    pub fn done(&self) -> Option<&T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Waiting | Self::Failed(_) => None,
        }
    }
}

impl<T> From<Result<T, Problem>> for Reading<T> {
    fn from(result: Result<T, Problem>) -> Self {
        match result {
            Ok(value) => Self::Done(value),
            Err(problem) => Self::Failed(problem),
        }
    }
}

/// Who may act.
#[derive(Clone, Debug, PartialEq)]
pub enum Access {
    /// Nobody.
    Out,
    /// The sign-in page is about to be shown.
    Leaving,
    /// The answer of the sign-in page is being redeemed.
    Returning,
    /// The sign-in failed, in words.
    Refused(SignInRefused),
    /// Somebody.
    In(Box<Visitor>),
    /// Nobody any more, and not by a press on Sign out here.
    Ended(Ended),
}

/// What has ended a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Nobody had used the page for long.
    Idle,
    /// The account was signed out in another tab of this page.
    Elsewhere,
}

/// Why the sign-in failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInRefused {
    /// Why.
    pub error: SignInError,
    /// The page on which an administrator consents for the whole tenant, where that is the mend.
    pub consent: Option<String>,
}

/// Who is signed in where, and what they can see.
#[derive(Clone, Debug, PartialEq)]
pub struct Visitor {
    /// The cloud.
    pub cloud: Cloud,
    /// The tenant.
    pub tenant: TenantId,
    /// The person.
    pub account: Account,
    /// Consent covers assigning app roles, which discovery takes.
    pub may_assign_roles: bool,
    /// Consent covers changing apps; without it the page only reads.
    pub may_write: bool,
    /// The tenant's name, domains and rules.
    pub facts: Reading<Tenant>,
    /// The subscriptions.
    pub subscriptions: Reading<Vec<Subscription>>,
    /// The resource providers of the chosen subscription.
    pub providers: Option<(SubscriptionId, Reading<Providers>)>,
}

/// State of each resource provider.
pub type Providers = LiteMap<ProviderNamespace, Known<RegistrationState>>;

/// Why a sign-in does not fit the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is none.
    SignedOut,
    /// It is in another cloud.
    Cloud,
    /// It is in another tenant.
    Tenant,
    /// It may not assign app roles, which discovery takes.
    Discovery,
    /// It was asked for reading only.
    ReadOnly,
}

impl Access {
    /// Who is signed in.
    #[must_use]
    pub fn visitor(&self) -> Option<&Visitor> {
        match self {
            Self::In(visitor) => Some(visitor),
            Self::Out | Self::Leaving | Self::Returning | Self::Refused(_) | Self::Ended(_) => None,
        }
    }

    /// Who is signed in, to add what was read.
    pub fn visitor_mut(&mut self) -> Option<&mut Visitor> {
        match self {
            Self::In(visitor) => Some(visitor),
            Self::Out | Self::Leaving | Self::Returning | Self::Refused(_) | Self::Ended(_) => None,
        }
    }

    /// Whether a new sign-in is needed for these answers, and why.
    #[must_use]
    pub fn unfit(&self, draft: &Draft) -> Option<Unfit> {
        let Some(visitor) = self.visitor() else {
            return Some(Unfit::SignedOut);
        };
        if visitor.cloud != draft.cloud() {
            return Some(Unfit::Cloud);
        }
        if !visitor.is_in(&draft.tenant) {
            return Some(Unfit::Tenant);
        }
        // Handing over what is there changes nothing.
        let changes_nothing = draft.has_existing() && draft.repairs.is_empty();
        if !visitor.may_write && !changes_nothing {
            return Some(Unfit::ReadOnly);
        }
        (draft.discovery_wanted() && !visitor.may_assign_roles).then_some(Unfit::Discovery)
    }
}

impl Visitor {
    /// Why something could not be read.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let providers = self.providers.as_ref();
        [
            self.facts.failed(),
            self.subscriptions.failed(),
            providers.and_then(|(_, reading)| reading.failed()),
        ]
        .into_iter()
        .flatten()
    }

    /// Whether the tenant signed in to is the one typed. A domain that cannot be looked up is believed: Entra has resolved it.
    fn is_in(&self, typed: &str) -> bool {
        match TenantHint::parse(typed) {
            Ok(TenantHint::Id(id)) => id == self.tenant,
            Ok(TenantHint::Domain(domain)) => {
                match self.facts.done().map(|facts| &facts.rules.domains) {
                    Some(Known::Known(domains)) => domains.contains(&domain),
                    Some(Known::Unknown) | None => true,
                }
            }
            Err(_) => true,
        }
    }
}
