//! Sign-in state of the page, and what was read after the sign-in. Plain data: `effects.rs` holds the session itself.

use domain::secret::Secret;
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
use engine::auth::account::Account;
use engine::auth::error::SignInError;
use engine::desired::Draft;
use engine::desired::providers::RegistrationState;
use engine::read::observed::Subscription;
use engine::read::observed::Tenant;

/// State of one read request.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadState<T> {
    Waiting,
    Done(T),
    Failed(Problem),
}

impl<T> ReadState<T> {
    #[must_use]
    pub fn failed(&self) -> Option<&Problem> {
        match self {
            Self::Failed(problem) => Some(problem),
            Self::Waiting | Self::Done(_) => None,
        }
    }

    #[must_use]
    pub fn done(&self) -> Option<&T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Waiting | Self::Failed(_) => None,
        }
    }
}

impl<T> From<Result<T, Problem>> for ReadState<T> {
    fn from(result: Result<T, Problem>) -> Self {
        match result {
            Ok(value) => Self::Done(value),
            Err(problem) => Self::Failed(problem),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum AuthState {
    SignedOut,
    /// The browser is about to open the sign-in page.
    Redirecting,
    /// The sign-in response is being redeemed for tokens.
    Redeeming,
    Refused(SignInRefused),
    SignedIn(Box<SignedInUser>),
    /// The session ended by something other than Sign out on this page.
    Ended(Ended),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// No input for the idle limit.
    Idle,
    /// The session reached its maximum length.
    Over,
    /// The account signed out in another tab of this page.
    Elsewhere,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInRefused {
    pub error: SignInError,
    /// URL of the admin consent page, where tenant-wide consent fixes the error.
    pub consent: Option<String>,
}

/// Signed-in account, its tenant, and what was read of them.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedInUser {
    pub cloud: Cloud,
    pub tenant: TenantId,
    /// Domain that Entra resolved to the tenant for this sign-in.
    pub domain: Option<Domain>,
    pub account: Account,
    /// Time of the sign-in, by the browser's clock.
    pub since: Timestamp,
    /// From this time the sign-in is too old to write.
    pub old_at: Option<Timestamp>,
    /// Consent covers assigning app roles, which discovery needs.
    pub may_assign_roles: bool,
    /// Consent covers changing apps. Without it the page only reads.
    pub may_write: bool,
    /// Consent covers Azure.
    pub may_use_azure: bool,
    pub facts: ReadState<Tenant>,
    pub subscriptions: ReadState<Vec<Subscription>>,
    /// Resource providers of the selected subscription.
    pub providers: Option<(SubscriptionId, ReadState<Providers>)>,
}

pub type Providers = LiteMap<ProviderNamespace, Known<RegistrationState>>;

/// Why the current sign-in does not fit the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInMismatch {
    SignedOut,
    Cloud,
    Tenant,
    /// It is not known, or not known yet, whether the sign-in is in the typed tenant.
    TenantUnknown,
    /// The sign-in may not assign app roles, which discovery needs.
    Discovery,
    /// The sign-in asked for read permissions only.
    ReadOnly,
    /// The sign-in asked for Azure alone.
    AzureOnly,
    /// The sign-in is older than the site owner allows for writing.
    Old,
}

impl AuthState {
    #[must_use]
    pub fn user(&self) -> Option<&SignedInUser> {
        match self {
            Self::SignedIn(user) => Some(user),
            Self::SignedOut
            | Self::Redirecting
            | Self::Redeeming
            | Self::Refused(_)
            | Self::Ended(_) => None,
        }
    }

    pub fn user_mut(&mut self) -> Option<&mut SignedInUser> {
        match self {
            Self::SignedIn(user) => Some(user),
            Self::SignedOut
            | Self::Redirecting
            | Self::Redeeming
            | Self::Refused(_)
            | Self::Ended(_) => None,
        }
    }

    /// Set if the sign-in is in another cloud or tenant than these answers name.
    #[must_use]
    pub fn tenant_mismatch(&self, draft: &Draft) -> Option<SignInMismatch> {
        let user = self.user()?;
        if user.cloud != draft.cloud() {
            return Some(SignInMismatch::Cloud);
        }
        match user.is_in(&draft.tenant) {
            Answer::Yes => None,
            Answer::No => Some(SignInMismatch::Tenant),
            Answer::CannotTell => Some(SignInMismatch::TenantUnknown),
        }
    }

    /// Set if these answers need a new sign-in.
    #[must_use]
    pub fn mismatch(&self, draft: &Draft, now: Timestamp) -> Option<SignInMismatch> {
        let Some(user) = self.user() else {
            return Some(SignInMismatch::SignedOut);
        };
        if let Some(elsewhere) = self.tenant_mismatch(draft) {
            return Some(elsewhere);
        }
        // Handing over an existing pair writes nothing.
        let changes_nothing = draft.has_existing() && draft.repairs.is_empty();
        if user.is_for_azure_only() {
            return Some(SignInMismatch::AzureOnly);
        }
        if !user.may_write && !changes_nothing {
            return Some(SignInMismatch::ReadOnly);
        }
        if draft.discovery_wanted() && !user.may_assign_roles {
            return Some(SignInMismatch::Discovery);
        }
        let is_old = user.old_at.is_some_and(|at| now >= at);
        (is_old && !changes_nothing).then_some(SignInMismatch::Old)
    }
}

impl SignedInUser {
    /// The sign-in asked for Azure alone, so nothing of the directory can be read.
    #[must_use]
    pub fn is_for_azure_only(&self) -> bool {
        self.may_use_azure && !self.may_write
    }

    /// Problems of the read requests that failed.
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

    /// Whether the signed-in tenant is the typed one.
    #[must_use]
    pub fn is_in(&self, typed: &str) -> Answer {
        let unread = Known::Unknown;
        let facts = self.facts.done();
        let verified = facts.map_or(&unread, |facts| &facts.rules.domains);
        typed_names(typed, self.tenant, self.domain.as_ref(), verified)
    }
}

/// Who is signed in, and how long the session has been idle.
#[derive(Clone, Debug)]
pub struct SignInModel {
    pub access: AuthState,
    /// Sign-in response, held until the site's settings are read.
    pub(in crate::ui) answer: Option<Secret>,
    /// Number of the sign-in; idle checks of earlier ones are ignored.
    pub(in crate::ui) number: u32,
    /// There was input since the last idle check.
    pub(in crate::ui) is_used: bool,
    /// Times of the last input and of the last idle check.
    pub(in crate::ui) used_at: Option<(Timestamp, Timestamp)>,
}

impl SignInModel {
    /// `answer` is the sign-in response in the URL, if there is one.
    #[must_use]
    pub fn new(answer: Option<Secret>) -> Self {
        Self {
            access: if answer.is_some() {
                AuthState::Redeeming
            } else {
                AuthState::SignedOut
            },
            answer,
            number: 0,
            is_used: false,
            used_at: None,
        }
    }
}
