//! What went wrong, in the admin's words, and what to do next.
//!
//! One value for every failure a person can meet. Who noticed it (network, Graph, Azure) translates its own error into a `Kind`;
//! the sentences are in the catalogue (`problems.ftl`). Microsoft's own text and ids ride along as data, shown as text.

use crate::entra::EntraRefusal;
use crate::entra::Reason;
use crate::lookalike::isolated;
use crate::words::Words;

/// A failure as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened.
    pub kind: Kind,
    /// What the service said, if it said anything.
    pub said: Option<Said>,
}

/// The service's own words, for a support case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// HTTP status.
    pub status: u16,
    /// The service's error code; may be empty.
    pub code: String,
    /// The service's sentence.
    pub message: String,
    /// Microsoft's request ID.
    pub request_id: Option<String>,
}

/// What happened. Data, not text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No answer arrived; nobody can say whether the request was carried out.
    NoAnswer,
    /// The request never left the browser.
    NotSent,
    /// No access token came for the request, so it was not sent.
    NoToken,
    /// The service kept asking to wait, longer than this page waits.
    Throttled {
        /// How long it asked for, in whole minutes, if it said so.
        minutes: Option<u64>,
    },
    /// The service failed (5xx) and kept failing.
    ServerFault,
    /// An answer that the service's documentation does not know: a proxy's page, a cut body.
    UnexpectedAnswer,
    /// The answer pointed to a host this page sends no token to.
    ForeignHost {
        /// The host it pointed to.
        host: String,
    },
    /// The person stopped the run.
    Cancelled,
    /// The sign-in ended or the service asks for more proof.
    SignInNeeded {
        /// What the next sign-in must bring along (a claims challenge), if the service has said so.
        claims: Option<String>,
    },
    /// Entra gave no token for the service. The request was not carried out.
    EntraRefused(Box<EntraRefusal>),
    /// The page around this one gave no token for the service. The request was not carried out.
    PortalRefused {
        /// Its code, if it has one.
        code: Option<String>,
    },
    /// The sign-in does not carry a permission this request needs.
    ScopeMissing {
        /// The permission's name.
        scope: String,
    },
    /// The service says that the sign-in lacks a permission, and does not say which.
    ConsentMissing,
    /// The signed-in account may not do this.
    RoleMissing,
    /// The App ID URI's host is not a verified domain of the tenant.
    UriNotVerified,
    /// The tenant's policy wants a tenant-unique part in the App ID URI.
    UriPolicyUnique,
    /// The tenant's policy allows only the two default App ID URIs.
    UriPolicyDefault,
    /// Another app, perhaps a deleted one, holds the App ID URI.
    UriTaken,
    /// The tenant's policy allows no client secrets.
    SecretBlocked,
    /// The tenant's policy allows only shorter client secrets.
    SecretTooLong,
    /// The tenant's policy refuses the app for another reason.
    AppPolicy,
    /// A deleted app still holds the key this tool gives the app.
    HeldByDeleted,
    /// Another app with the same Application name exists and is not this tool's.
    NameInUse,
    /// The directory has not copied the new object everywhere, longer than this page waits.
    NotReplicated,
    /// A limit of directory objects is reached. Microsoft's text does not say whose.
    QuotaExceeded,
    /// The tenant has as many directory objects as it may have.
    TenantQuotaExceeded,
    /// The account has created as many directory objects as it may have.
    AccountQuotaExceeded,
    /// The object holds as many entries as it may, over all its lists.
    ObjectFull,
    /// The app's supported account types allow no further secret.
    TooManySecrets,
    /// A service principal holds the App ID URI or the application ID.
    PrincipalNameTaken,
    /// The tenant's policy refuses a redirect URI.
    RedirectPolicy,
    /// The object is not there, or not for this account.
    Gone,
    /// Other writes to the same object kept standing in the way.
    ConcurrentWrites,
    /// The tenant is not a workforce tenant.
    WrongTenantKind,
    /// An app under this tool's key is there that no journal of this browser recorded, and no person has chosen it.
    UnknownOrigin,
    /// Apps of both names are there: a pair that this tool did not create.
    PairThere,
    /// A chosen change needs something that is missing and was not chosen.
    NeedsOther,
    /// What was read again differs from what was reviewed.
    ChangedSinceReview,
    /// The account may not register resource providers in the subscription.
    RegisterForbidden,
    /// The subscription is not there, or not for this account.
    SubscriptionMissing,
    /// The subscription is disabled or read-only.
    SubscriptionReadOnly,
    /// The subscription belongs to another tenant.
    SubscriptionElsewhere,
    /// A lock protects the subscription.
    ScopeLocked,
    /// A deny assignment forbids it.
    DenyAssignment,
    /// An Azure policy refused the request.
    AzurePolicy,
    /// Azure itself refused the request: a region rule or multifactor authentication.
    AzureDisallowed,
    /// The service refused for a reason this page does not know.
    Refused,
    /// The browser did not keep the record that goes before a write.
    NotJournaled,
    /// A fault in this page.
    PageFault {
        /// Which expectation failed; for a bug report, not for the admin.
        what: &'static str,
    },
}

impl Problem {
    /// A problem without words from a service.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, said: None }
    }

    /// True if going on later, with another sign-in or another role mends it: nothing that was asked for is wrong.
    #[must_use]
    pub fn is_pause(&self) -> bool {
        match &self.kind {
            Kind::EntraRefused(refusal) => {
                refusal.reason.asks_for_sign_in()
                    || matches!(refusal.reason, Reason::Busy | Reason::Loop)
            }
            Kind::NoAnswer
            | Kind::NotSent
            | Kind::NoToken
            | Kind::Throttled { .. }
            | Kind::ServerFault
            | Kind::UnexpectedAnswer
            | Kind::Cancelled
            | Kind::SignInNeeded { .. }
            | Kind::PortalRefused { .. }
            | Kind::ScopeMissing { .. }
            | Kind::RoleMissing
            | Kind::RegisterForbidden
            | Kind::NotReplicated
            | Kind::ConsentMissing
            | Kind::ConcurrentWrites
            | Kind::NotJournaled => true,
            Kind::ForeignHost { .. }
            | Kind::UriNotVerified
            | Kind::UriPolicyUnique
            | Kind::UriPolicyDefault
            | Kind::UriTaken
            | Kind::SecretBlocked
            | Kind::SecretTooLong
            | Kind::AppPolicy
            | Kind::HeldByDeleted
            | Kind::NameInUse
            | Kind::QuotaExceeded
            | Kind::ChangedSinceReview
            | Kind::NeedsOther
            | Kind::SubscriptionMissing
            | Kind::SubscriptionReadOnly
            | Kind::AzureDisallowed
            | Kind::TenantQuotaExceeded
            | Kind::AccountQuotaExceeded
            | Kind::ObjectFull
            | Kind::TooManySecrets
            | Kind::PrincipalNameTaken
            | Kind::RedirectPolicy
            | Kind::Gone
            | Kind::WrongTenantKind
            | Kind::PairThere
            | Kind::UnknownOrigin
            | Kind::SubscriptionElsewhere
            | Kind::ScopeLocked
            | Kind::DenyAssignment
            | Kind::AzurePolicy
            | Kind::Refused
            | Kind::PageFault { .. } => false,
        }
    }

    /// True if a sign-in is what goes on from here: a button for it comes first.
    #[must_use]
    pub fn asks_for_sign_in(&self) -> bool {
        if let Kind::EntraRefused(refusal) = &self.kind {
            return refusal.reason.asks_for_sign_in();
        }
        matches!(
            self.kind,
            Kind::SignInNeeded { .. } | Kind::PortalRefused { .. } | Kind::ScopeMissing { .. }
        )
    }

    /// What the next sign-in has to bring along (a claims challenge), JSON.
    #[must_use]
    pub fn claims(&self) -> Option<&str> {
        if let Kind::EntraRefused(refusal) = &self.kind {
            return refusal.claims.as_deref();
        }
        if let Kind::SignInNeeded { claims } = &self.kind {
            return claims.as_deref();
        }
        None
    }

    /// True if both tell a person the same. Two refusals of Entra never are equal: each has IDs of its own.
    #[must_use]
    pub fn says_what(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::EntraRefused(one), Kind::EntraRefused(other)) => {
                (one.code, one.reason, &one.error) == (other.code, other.reason, &other.error)
            }
            (one, other) => one == other,
        }
    }

    /// What happened, in a few words.
    #[must_use]
    pub fn title(&self, words: Words) -> &'static str {
        match &self.kind {
            Kind::NoAnswer => words.problem_no_answer(),
            Kind::NotSent => words.problem_not_sent(),
            Kind::NoToken => words.problem_no_token(),
            Kind::Throttled { .. } => words.problem_throttled(),
            Kind::ServerFault => words.problem_server_fault(),
            Kind::UnexpectedAnswer => words.problem_unexpected_answer(),
            Kind::ForeignHost { .. } => words.problem_foreign_host(),
            Kind::Cancelled => words.problem_cancelled(),
            Kind::SignInNeeded { .. } => words.problem_sign_in_needed(),
            Kind::EntraRefused(refusal) => refusal.reason.title(words),
            Kind::PortalRefused { .. } => words.sign_in_portal_refused_title(),
            Kind::ScopeMissing { .. } => words.problem_scope_missing(),
            Kind::RoleMissing => words.problem_role_missing(),
            Kind::UriNotVerified => words.problem_uri_not_verified(),
            Kind::UriPolicyUnique => words.problem_uri_policy_unique(),
            Kind::UriPolicyDefault => words.problem_uri_policy_default(),
            Kind::UriTaken => words.problem_uri_taken(),
            Kind::SecretBlocked => words.problem_secret_blocked(),
            Kind::SecretTooLong => words.problem_secret_too_long(),
            Kind::AppPolicy => words.problem_app_policy(),
            Kind::HeldByDeleted => words.problem_held_by_deleted(),
            Kind::NameInUse => words.problem_name_in_use(),
            Kind::NotReplicated => words.problem_not_replicated(),
            Kind::QuotaExceeded => words.problem_quota_exceeded(),
            Kind::NeedsOther => words.problem_needs_other(),
            Kind::ChangedSinceReview => words.problem_changed_since_review(),
            Kind::RegisterForbidden => words.problem_register_forbidden(),
            Kind::SubscriptionMissing => words.problem_subscription_missing(),
            Kind::SubscriptionReadOnly => words.problem_subscription_read_only(),
            Kind::AzureDisallowed => words.problem_azure_disallowed(),
            Kind::TenantQuotaExceeded => words.problem_tenant_quota_exceeded(),
            Kind::AccountQuotaExceeded => words.problem_account_quota_exceeded(),
            Kind::ObjectFull => words.problem_object_full(),
            Kind::TooManySecrets => words.problem_too_many_secrets(),
            Kind::PrincipalNameTaken => words.problem_principal_name_taken(),
            Kind::RedirectPolicy => words.problem_redirect_policy(),
            Kind::Gone => words.problem_gone(),
            Kind::ConcurrentWrites => words.problem_concurrent_writes(),
            Kind::WrongTenantKind => words.problem_wrong_tenant_kind(),
            Kind::PairThere => words.problem_pair_there(),
            Kind::UnknownOrigin => words.problem_unknown_origin(),
            Kind::SubscriptionElsewhere => words.problem_subscription_elsewhere(),
            Kind::ScopeLocked => words.problem_scope_locked(),
            Kind::DenyAssignment => words.problem_deny_assignment(),
            Kind::AzurePolicy => words.problem_azure_policy(),
            Kind::ConsentMissing => words.problem_consent_missing(),
            Kind::Refused => words.problem_refused(),
            Kind::NotJournaled => words.problem_not_journaled(),
            Kind::PageFault { .. } => words.problem_page_fault(),
        }
    }

    /// What to do next, and what is safe to assume now.
    #[must_use]
    pub fn mend(&self, words: Words) -> String {
        let fixed = match &self.kind {
            Kind::EntraRefused(refusal) => {
                let reason = refusal.reason;
                return format!("{} {}", reason.sentence(words), reason.mend(words));
            }
            Kind::PortalRefused { code } => {
                let mend = words.sign_in_portal_refused_mend();
                return match code {
                    Some(code) => format!("{} {mend}", words.sign_in_portal_code(isolated(code))),
                    None => format!("{} {mend}", words.sign_in_portal_refused()),
                };
            }
            Kind::ForeignHost { host } => return words.problem_foreign_host_mend(host),
            Kind::Throttled {
                minutes: Some(minutes),
            } => return words.problem_throttled_until_mend(*minutes),
            Kind::ScopeMissing { scope } => return words.problem_scope_missing_mend(scope),
            Kind::PageFault { what } => return words.problem_page_fault_mend(what),
            Kind::NoAnswer => words.problem_no_answer_mend(),
            Kind::NotSent => words.problem_not_sent_mend(),
            Kind::NoToken => words.problem_no_token_mend(),
            Kind::Throttled { minutes: None } => words.problem_throttled_mend(),
            Kind::ServerFault => words.problem_server_fault_mend(),
            Kind::UnexpectedAnswer => words.problem_unexpected_answer_mend(),
            Kind::Cancelled => words.problem_cancelled_mend(),
            Kind::SignInNeeded { .. } => words.problem_sign_in_needed_mend(),
            Kind::RoleMissing => words.problem_role_missing_mend(),
            Kind::UriNotVerified => words.problem_uri_not_verified_mend(),
            Kind::UriPolicyUnique => words.problem_uri_policy_unique_mend(),
            Kind::UriPolicyDefault => words.problem_uri_policy_default_mend(),
            Kind::UriTaken => words.problem_uri_taken_mend(),
            Kind::SecretBlocked => words.problem_secret_blocked_mend(),
            Kind::SecretTooLong => words.problem_secret_too_long_mend(),
            Kind::AppPolicy => words.problem_app_policy_mend(),
            Kind::HeldByDeleted => words.problem_held_by_deleted_mend(),
            Kind::NameInUse => words.problem_name_in_use_mend(),
            Kind::NotReplicated => words.problem_not_replicated_mend(),
            Kind::QuotaExceeded => words.problem_quota_exceeded_mend(),
            Kind::NeedsOther => words.problem_needs_other_mend(),
            Kind::ChangedSinceReview => words.problem_changed_since_review_mend(),
            Kind::RegisterForbidden => words.problem_register_forbidden_mend(),
            Kind::SubscriptionMissing => words.problem_subscription_missing_mend(),
            Kind::SubscriptionReadOnly => words.problem_subscription_read_only_mend(),
            Kind::AzureDisallowed => words.problem_azure_disallowed_mend(),
            Kind::TenantQuotaExceeded => words.problem_tenant_quota_exceeded_mend(),
            Kind::AccountQuotaExceeded => words.problem_account_quota_exceeded_mend(),
            Kind::ObjectFull => words.problem_object_full_mend(),
            Kind::TooManySecrets => words.problem_too_many_secrets_mend(),
            Kind::PrincipalNameTaken => words.problem_principal_name_taken_mend(),
            Kind::RedirectPolicy => words.problem_redirect_policy_mend(),
            Kind::Gone => words.problem_gone_mend(),
            Kind::ConcurrentWrites => words.problem_concurrent_writes_mend(),
            Kind::WrongTenantKind => words.problem_wrong_tenant_kind_mend(),
            Kind::PairThere => words.problem_pair_there_mend(),
            Kind::UnknownOrigin => words.problem_unknown_origin_mend(),
            Kind::SubscriptionElsewhere => words.problem_subscription_elsewhere_mend(),
            Kind::ScopeLocked => words.problem_scope_locked_mend(),
            Kind::DenyAssignment => words.problem_deny_assignment_mend(),
            Kind::AzurePolicy => words.problem_azure_policy_mend(),
            Kind::ConsentMissing => words.problem_consent_missing_mend(),
            Kind::Refused => words.problem_refused_mend(),
            Kind::NotJournaled => words.problem_not_journaled_mend(),
        };
        fixed.to_owned()
    }
}
