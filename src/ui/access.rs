//! Whether somebody is signed in, and what the sign-in brought to light. Plain data: the session itself is with `effects.rs`.

use jiff::Timestamp;
use litemap::LiteMap;

use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::dns::Domain;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::known::Known;
use domain::problem::Problem;
use domain::tenant::typed_names;
use engine::auth::Account;
use engine::auth::error::SignInError;
use engine::desired::Draft;
use engine::desired::providers::RegistrationState;
use engine::read::observed::Subscription;
use engine::read::observed::Tenant;

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
    /// It had lasted as long as one may.
    Over,
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
    /// The domain that Entra has resolved to it for this sign-in.
    pub domain: Option<Domain>,
    /// The person.
    pub account: Account,
    /// When the sign-in was made, by the wall clock.
    pub since: Timestamp,
    /// From when on it is too old to write anything.
    pub old_at: Option<Timestamp>,
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
    /// Whether it is in the tenant typed cannot be told, or not yet.
    TenantUnknown,
    /// It may not assign app roles, which discovery takes.
    Discovery,
    /// It was asked for reading only.
    ReadOnly,
    /// It is older than the host allows for writing.
    Old,
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

    /// Whether somebody is signed in to another cloud or tenant than these answers name.
    #[must_use]
    pub fn elsewhere(&self, draft: &Draft) -> Option<Unfit> {
        let visitor = self.visitor()?;
        if visitor.cloud != draft.cloud() {
            return Some(Unfit::Cloud);
        }
        match visitor.is_in(&draft.tenant) {
            Answer::Yes => None,
            Answer::No => Some(Unfit::Tenant),
            Answer::CannotTell => Some(Unfit::TenantUnknown),
        }
    }

    /// Whether a new sign-in is needed for these answers, and why.
    #[must_use]
    pub fn unfit(&self, draft: &Draft, now: Timestamp) -> Option<Unfit> {
        let Some(visitor) = self.visitor() else {
            return Some(Unfit::SignedOut);
        };
        if let Some(elsewhere) = self.elsewhere(draft) {
            return Some(elsewhere);
        }
        // Handing over what is there changes nothing.
        let changes_nothing = draft.has_existing() && draft.repairs.is_empty();
        if !visitor.may_write && !changes_nothing {
            return Some(Unfit::ReadOnly);
        }
        if draft.discovery_wanted() && !visitor.may_assign_roles {
            return Some(Unfit::Discovery);
        }
        let is_old = visitor.old_at.is_some_and(|at| now >= at);
        (is_old && !changes_nothing).then_some(Unfit::Old)
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

    /// Whether the tenant signed in to is the one typed.
    #[must_use]
    pub fn is_in(&self, typed: &str) -> Answer {
        let unread = Known::Unknown;
        let facts = self.facts.done();
        let verified = facts.map_or(&unread, |facts| &facts.rules.domains);
        typed_names(typed, self.tenant, self.domain.as_ref(), verified)
    }
}
