//! A failure in the admin's words, with the next action.
//!
//! The common type for every failure that a user can see. The module that detects a failure (network, Graph, Azure) maps its own error to a
//! `ProblemKind`; the sentences are in the catalog (`problems.ftl`). Microsoft's own text and IDs are kept as data and shown as plain text.

use crate::confusables::isolated;
use crate::entra::EntraReason;
use crate::entra::EntraRefusal;
use crate::locale::Locale;

/// A failure as shown to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened, without any text.
    pub kind: ProblemKind,
    /// The service's own message, if it sent one.
    pub said: Option<Said>,
}

/// The service's own message, for a support case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// HTTP status of the response.
    pub status: u16,
    /// Error code of the service; may be empty.
    pub code: String,
    /// Error message of the service.
    pub message: String,
    /// Microsoft's ID of the request.
    pub request_id: Option<String>,
}

/// What happened, as data. The catalog has the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// No response arrived. It is unknown whether the service carried out the request.
    NoAnswer,
    /// The request never left the browser.
    NotSent,
    /// There was no access token for the request, so it was not sent.
    NoToken,
    /// The service kept throttling for longer than this page waits.
    Throttled {
        /// Wait time the service asked for, in whole minutes, if it gave one.
        minutes: Option<u64>,
    },
    /// The service kept failing (5xx).
    ServerFault,
    /// A response that the service's documentation does not describe: a proxy's page, or a truncated body.
    UnexpectedAnswer,
    /// The response points to a network host that this page sends no token to.
    ForeignHost {
        /// The host it points to.
        host: String,
    },
    /// The user stopped the run.
    Cancelled,
    /// The sign-in expired, or the service requires stronger authentication.
    SignInNeeded {
        /// Claims challenge for the next sign-in, if the service sent one.
        claims: Option<String>,
    },
    /// Microsoft Entra ID issued no token for the service. The request was not carried out.
    EntraRefused(Box<EntraRefusal>),
    /// The embedding page returned no token for the service. The request was not carried out.
    PortalRefused {
        /// Error code of the embedding page, if any.
        code: Option<String>,
    },
    /// The service reports a missing permission without naming it.
    ConsentMissing,
    /// The signed-in account lacks a role for this request.
    RoleMissing,
    /// The App ID URI's host is not a verified domain of the tenant.
    UriNotVerified,
    /// The tenant's policy requires a tenant-unique part in the App ID URI.
    UriPolicyUnique,
    /// The tenant's policy allows only the two default App ID URIs.
    UriPolicyDefault,
    /// Another app, possibly a deleted one, uses the App ID URI.
    UriTaken,
    /// The tenant's policy allows no client secrets.
    SecretBlocked,
    /// The tenant's policy allows only client secrets with a shorter lifetime.
    SecretTooLong,
    /// The tenant's policy refuses the app for another reason.
    AppPolicy,
    /// A deleted app still has the unique key that this tool gives the app.
    HeldByDeleted,
    /// The directory did not replicate the new object for longer than this page waits.
    NotReplicated,
    /// A limit of directory objects is reached. Microsoft's message does not say whose.
    QuotaExceeded,
    /// The tenant reached its limit of directory objects.
    TenantQuotaExceeded,
    /// The account reached its limit of created directory objects.
    AccountQuotaExceeded,
    /// The object reached its limit of entries across all its lists.
    ObjectFull,
    /// The app's supported account types allow no further secret.
    TooManySecrets,
    /// A service principal uses the App ID URI or the application ID.
    PrincipalNameTaken,
    /// The tenant's policy refuses a redirect URI.
    RedirectPolicy,
    /// The object does not exist, or this account cannot see it.
    Gone,
    /// Other writes to the same object kept conflicting.
    ConcurrentWrites,
    /// The tenant is not a workforce tenant.
    WrongTenantKind,
    /// An app with this tool's key exists, but no journal of this browser records it and the admin has not selected it.
    UnknownOrigin,
    /// Apps with both names exist: a pair that this tool did not create.
    PairThere,
    /// A selected change requires a missing change that was not selected.
    NeedsOther,
    /// A new read differs from what the admin reviewed.
    ChangedSinceReview,
    /// The account may not register resource providers in the subscription.
    RegisterForbidden,
    /// The subscription does not exist, or this account cannot see it.
    SubscriptionMissing,
    /// The subscription is disabled or read-only.
    SubscriptionReadOnly,
    /// The subscription belongs to another tenant.
    SubscriptionElsewhere,
    /// A lock protects the subscription.
    ScopeLocked,
    /// A deny assignment forbids the request.
    DenyAssignment,
    /// An Azure policy refused the request.
    AzurePolicy,
    /// Azure itself refused the request: a region restriction or required multifactor authentication.
    AzureDisallowed,
    /// The service refused for a reason that this page does not know.
    Refused,
    /// The browser did not store the record that must precede a write.
    NotJournaled,
    /// A bug in this page.
    PageFault {
        /// The failed expectation, for a bug report.
        what: &'static str,
    },
}

impl Problem {
    /// Creates a problem without a message from a service.
    #[must_use]
    pub fn new(kind: ProblemKind) -> Self {
        Self { kind, said: None }
    }

    /// True if continuing later, with another sign-in or another role, can succeed: the request itself is valid.
    #[must_use]
    pub fn is_pause(&self) -> bool {
        match &self.kind {
            ProblemKind::EntraRefused(refusal) => {
                refusal.reason.asks_for_sign_in()
                    || matches!(refusal.reason, EntraReason::Busy | EntraReason::Loop)
            }
            ProblemKind::NoAnswer
            | ProblemKind::NotSent
            | ProblemKind::NoToken
            | ProblemKind::Throttled { .. }
            | ProblemKind::ServerFault
            | ProblemKind::UnexpectedAnswer
            | ProblemKind::Cancelled
            | ProblemKind::SignInNeeded { .. }
            | ProblemKind::PortalRefused { .. }
            | ProblemKind::RoleMissing
            | ProblemKind::RegisterForbidden
            | ProblemKind::NotReplicated
            | ProblemKind::ConsentMissing
            | ProblemKind::ConcurrentWrites
            | ProblemKind::NotJournaled => true,
            ProblemKind::ForeignHost { .. }
            | ProblemKind::UriNotVerified
            | ProblemKind::UriPolicyUnique
            | ProblemKind::UriPolicyDefault
            | ProblemKind::UriTaken
            | ProblemKind::SecretBlocked
            | ProblemKind::SecretTooLong
            | ProblemKind::AppPolicy
            | ProblemKind::HeldByDeleted
            | ProblemKind::QuotaExceeded
            | ProblemKind::ChangedSinceReview
            | ProblemKind::NeedsOther
            | ProblemKind::SubscriptionMissing
            | ProblemKind::SubscriptionReadOnly
            | ProblemKind::AzureDisallowed
            | ProblemKind::TenantQuotaExceeded
            | ProblemKind::AccountQuotaExceeded
            | ProblemKind::ObjectFull
            | ProblemKind::TooManySecrets
            | ProblemKind::PrincipalNameTaken
            | ProblemKind::RedirectPolicy
            | ProblemKind::Gone
            | ProblemKind::WrongTenantKind
            | ProblemKind::PairThere
            | ProblemKind::UnknownOrigin
            | ProblemKind::SubscriptionElsewhere
            | ProblemKind::ScopeLocked
            | ProblemKind::DenyAssignment
            | ProblemKind::AzurePolicy
            | ProblemKind::Refused
            | ProblemKind::PageFault { .. } => false,
        }
    }

    /// True if a new sign-in is the next action: the page offers it first.
    #[must_use]
    pub fn asks_for_sign_in(&self) -> bool {
        if let ProblemKind::EntraRefused(refusal) = &self.kind {
            return refusal.reason.asks_for_sign_in();
        }
        matches!(
            self.kind,
            ProblemKind::SignInNeeded { .. } | ProblemKind::PortalRefused { .. }
        )
    }

    /// Claims challenge for the next sign-in, as JSON.
    #[must_use]
    pub fn claims(&self) -> Option<&str> {
        if let ProblemKind::EntraRefused(refusal) = &self.kind {
            return refusal.claims.as_deref();
        }
        if let ProblemKind::SignInNeeded { claims } = &self.kind {
            return claims.as_deref();
        }
        None
    }

    /// True if both problems read the same to the user. Two Microsoft Entra ID errors are never equal, because each has its own IDs.
    #[must_use]
    pub fn says_what(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (ProblemKind::EntraRefused(one), ProblemKind::EntraRefused(other)) => {
                (one.code, one.reason, &one.error) == (other.code, other.reason, &other.error)
            }
            (one, other) => one == other,
        }
    }

    /// What happened, as a short headline.
    #[must_use]
    pub fn title(&self, t: Locale) -> &'static str {
        match &self.kind {
            ProblemKind::NoAnswer => t.problem_no_answer(),
            ProblemKind::NotSent => t.problem_not_sent(),
            ProblemKind::NoToken => t.problem_no_token(),
            ProblemKind::Throttled { .. } => t.problem_throttled(),
            ProblemKind::ServerFault => t.problem_server_fault(),
            ProblemKind::UnexpectedAnswer => t.problem_unexpected_answer(),
            ProblemKind::ForeignHost { .. } => t.problem_foreign_host(),
            ProblemKind::Cancelled => t.problem_cancelled(),
            ProblemKind::SignInNeeded { .. } => t.problem_sign_in_needed(),
            ProblemKind::EntraRefused(refusal) => refusal.reason.title(t),
            ProblemKind::PortalRefused { .. } => t.sign_in_portal_refused_title(),
            ProblemKind::RoleMissing => t.problem_role_missing(),
            ProblemKind::UriNotVerified => t.problem_uri_not_verified(),
            ProblemKind::UriPolicyUnique => t.problem_uri_policy_unique(),
            ProblemKind::UriPolicyDefault => t.problem_uri_policy_default(),
            ProblemKind::UriTaken => t.problem_uri_taken(),
            ProblemKind::SecretBlocked => t.problem_secret_blocked(),
            ProblemKind::SecretTooLong => t.problem_secret_too_long(),
            ProblemKind::AppPolicy => t.problem_app_policy(),
            ProblemKind::HeldByDeleted => t.problem_held_by_deleted(),
            ProblemKind::NotReplicated => t.problem_not_replicated(),
            ProblemKind::QuotaExceeded => t.problem_quota_exceeded(),
            ProblemKind::NeedsOther => t.problem_needs_other(),
            ProblemKind::ChangedSinceReview => t.problem_changed_since_review(),
            ProblemKind::RegisterForbidden => t.problem_register_forbidden(),
            ProblemKind::SubscriptionMissing => t.problem_subscription_missing(),
            ProblemKind::SubscriptionReadOnly => t.problem_subscription_read_only(),
            ProblemKind::AzureDisallowed => t.problem_azure_disallowed(),
            ProblemKind::TenantQuotaExceeded => t.problem_tenant_quota_exceeded(),
            ProblemKind::AccountQuotaExceeded => t.problem_account_quota_exceeded(),
            ProblemKind::ObjectFull => t.problem_object_full(),
            ProblemKind::TooManySecrets => t.problem_too_many_secrets(),
            ProblemKind::PrincipalNameTaken => t.problem_principal_name_taken(),
            ProblemKind::RedirectPolicy => t.problem_redirect_policy(),
            ProblemKind::Gone => t.problem_gone(),
            ProblemKind::ConcurrentWrites => t.problem_concurrent_writes(),
            ProblemKind::WrongTenantKind => t.problem_wrong_tenant_kind(),
            ProblemKind::PairThere => t.problem_pair_there(),
            ProblemKind::UnknownOrigin => t.problem_unknown_origin(),
            ProblemKind::SubscriptionElsewhere => t.problem_subscription_elsewhere(),
            ProblemKind::ScopeLocked => t.problem_scope_locked(),
            ProblemKind::DenyAssignment => t.problem_deny_assignment(),
            ProblemKind::AzurePolicy => t.problem_azure_policy(),
            ProblemKind::ConsentMissing => t.problem_consent_missing(),
            ProblemKind::Refused => t.problem_refused(),
            ProblemKind::NotJournaled => t.problem_not_journaled(),
            ProblemKind::PageFault { .. } => t.problem_page_fault(),
        }
    }

    /// The next action, and what the admin can rely on.
    #[must_use]
    pub fn fix(&self, t: Locale) -> String {
        let fixed = match &self.kind {
            ProblemKind::EntraRefused(refusal) => {
                let reason = refusal.reason;
                return format!("{} {}", reason.sentence(t), reason.fix(t));
            }
            ProblemKind::PortalRefused { code } => {
                let fix = t.sign_in_portal_refused_fix();
                return match code {
                    Some(code) => format!("{} {fix}", t.sign_in_portal_code(isolated(code))),
                    None => format!("{} {fix}", t.sign_in_portal_refused()),
                };
            }
            ProblemKind::ForeignHost { host } => return t.problem_foreign_host_fix(host),
            ProblemKind::Throttled {
                minutes: Some(minutes),
            } => return t.problem_throttled_until_fix(*minutes),
            ProblemKind::PageFault { what } => return t.problem_page_fault_fix(what),
            ProblemKind::NoAnswer => t.problem_no_answer_fix(),
            ProblemKind::NotSent => t.problem_not_sent_fix(),
            ProblemKind::NoToken => t.problem_no_token_fix(),
            ProblemKind::Throttled { minutes: None } => t.problem_throttled_fix(),
            ProblemKind::ServerFault => t.problem_server_fault_fix(),
            ProblemKind::UnexpectedAnswer => t.problem_unexpected_answer_fix(),
            ProblemKind::Cancelled => t.problem_cancelled_fix(),
            ProblemKind::SignInNeeded { .. } => t.problem_sign_in_needed_fix(),
            ProblemKind::RoleMissing => t.problem_role_missing_fix(),
            ProblemKind::UriNotVerified => t.problem_uri_not_verified_fix(),
            ProblemKind::UriPolicyUnique => t.problem_uri_policy_unique_fix(),
            ProblemKind::UriPolicyDefault => t.problem_uri_policy_default_fix(),
            ProblemKind::UriTaken => t.problem_uri_taken_fix(),
            ProblemKind::SecretBlocked => t.problem_secret_blocked_fix(),
            ProblemKind::SecretTooLong => t.problem_secret_too_long_fix(),
            ProblemKind::AppPolicy => t.problem_app_policy_fix(),
            ProblemKind::HeldByDeleted => t.problem_held_by_deleted_fix(),
            ProblemKind::NotReplicated => t.problem_not_replicated_fix(),
            ProblemKind::QuotaExceeded => t.problem_quota_exceeded_fix(),
            ProblemKind::NeedsOther => t.problem_needs_other_fix(),
            ProblemKind::ChangedSinceReview => t.problem_changed_since_review_fix(),
            ProblemKind::RegisterForbidden => t.problem_register_forbidden_fix(),
            ProblemKind::SubscriptionMissing => t.problem_subscription_missing_fix(),
            ProblemKind::SubscriptionReadOnly => t.problem_subscription_read_only_fix(),
            ProblemKind::AzureDisallowed => t.problem_azure_disallowed_fix(),
            ProblemKind::TenantQuotaExceeded => t.problem_tenant_quota_exceeded_fix(),
            ProblemKind::AccountQuotaExceeded => t.problem_account_quota_exceeded_fix(),
            ProblemKind::ObjectFull => t.problem_object_full_fix(),
            ProblemKind::TooManySecrets => t.problem_too_many_secrets_fix(),
            ProblemKind::PrincipalNameTaken => t.problem_principal_name_taken_fix(),
            ProblemKind::RedirectPolicy => t.problem_redirect_policy_fix(),
            ProblemKind::Gone => t.problem_gone_fix(),
            ProblemKind::ConcurrentWrites => t.problem_concurrent_writes_fix(),
            ProblemKind::WrongTenantKind => t.problem_wrong_tenant_kind_fix(),
            ProblemKind::PairThere => t.problem_pair_there_fix(),
            ProblemKind::UnknownOrigin => t.problem_unknown_origin_fix(),
            ProblemKind::SubscriptionElsewhere => t.problem_subscription_elsewhere_fix(),
            ProblemKind::ScopeLocked => t.problem_scope_locked_fix(),
            ProblemKind::DenyAssignment => t.problem_deny_assignment_fix(),
            ProblemKind::AzurePolicy => t.problem_azure_policy_fix(),
            ProblemKind::ConsentMissing => t.problem_consent_missing_fix(),
            ProblemKind::Refused => t.problem_refused_fix(),
            ProblemKind::NotJournaled => t.problem_not_journaled_fix(),
        };
        fixed.to_owned()
    }
}
