//! A failure in the admin's words, with the next action.
//!
//! The common type for every failure that a user can see. The module that detects a failure (network, Graph, Azure) maps its own error to a
//! `Kind`; the sentences are in the catalog (`problems.ftl`). Microsoft's own text and IDs are kept as data and shown as plain text.

use crate::confusables::isolated;
use crate::entra::EntraRefusal;
use crate::entra::Reason;
use crate::locale::Locale;

/// A failure as shown to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened, without any text.
    pub kind: Kind,
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
pub enum Kind {
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
    pub fn new(kind: Kind) -> Self {
        Self { kind, said: None }
    }

    /// True if continuing later, with another sign-in or another role, can succeed: the request itself is valid.
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

    /// True if a new sign-in is the next action: the page offers it first.
    #[must_use]
    pub fn asks_for_sign_in(&self) -> bool {
        if let Kind::EntraRefused(refusal) = &self.kind {
            return refusal.reason.asks_for_sign_in();
        }
        matches!(
            self.kind,
            Kind::SignInNeeded { .. } | Kind::PortalRefused { .. }
        )
    }

    /// Claims challenge for the next sign-in, as JSON.
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

    /// True if both problems read the same to the user. Two Microsoft Entra ID errors are never equal, because each has its own IDs.
    #[must_use]
    pub fn says_what(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::EntraRefused(one), Kind::EntraRefused(other)) => {
                (one.code, one.reason, &one.error) == (other.code, other.reason, &other.error)
            }
            (one, other) => one == other,
        }
    }

    /// What happened, as a short headline.
    #[must_use]
    pub fn title(&self, t: Locale) -> &'static str {
        match &self.kind {
            Kind::NoAnswer => t.problem_no_answer(),
            Kind::NotSent => t.problem_not_sent(),
            Kind::NoToken => t.problem_no_token(),
            Kind::Throttled { .. } => t.problem_throttled(),
            Kind::ServerFault => t.problem_server_fault(),
            Kind::UnexpectedAnswer => t.problem_unexpected_answer(),
            Kind::ForeignHost { .. } => t.problem_foreign_host(),
            Kind::Cancelled => t.problem_cancelled(),
            Kind::SignInNeeded { .. } => t.problem_sign_in_needed(),
            Kind::EntraRefused(refusal) => refusal.reason.title(t),
            Kind::PortalRefused { .. } => t.sign_in_portal_refused_title(),
            Kind::RoleMissing => t.problem_role_missing(),
            Kind::UriNotVerified => t.problem_uri_not_verified(),
            Kind::UriPolicyUnique => t.problem_uri_policy_unique(),
            Kind::UriPolicyDefault => t.problem_uri_policy_default(),
            Kind::UriTaken => t.problem_uri_taken(),
            Kind::SecretBlocked => t.problem_secret_blocked(),
            Kind::SecretTooLong => t.problem_secret_too_long(),
            Kind::AppPolicy => t.problem_app_policy(),
            Kind::HeldByDeleted => t.problem_held_by_deleted(),
            Kind::NotReplicated => t.problem_not_replicated(),
            Kind::QuotaExceeded => t.problem_quota_exceeded(),
            Kind::NeedsOther => t.problem_needs_other(),
            Kind::ChangedSinceReview => t.problem_changed_since_review(),
            Kind::RegisterForbidden => t.problem_register_forbidden(),
            Kind::SubscriptionMissing => t.problem_subscription_missing(),
            Kind::SubscriptionReadOnly => t.problem_subscription_read_only(),
            Kind::AzureDisallowed => t.problem_azure_disallowed(),
            Kind::TenantQuotaExceeded => t.problem_tenant_quota_exceeded(),
            Kind::AccountQuotaExceeded => t.problem_account_quota_exceeded(),
            Kind::ObjectFull => t.problem_object_full(),
            Kind::TooManySecrets => t.problem_too_many_secrets(),
            Kind::PrincipalNameTaken => t.problem_principal_name_taken(),
            Kind::RedirectPolicy => t.problem_redirect_policy(),
            Kind::Gone => t.problem_gone(),
            Kind::ConcurrentWrites => t.problem_concurrent_writes(),
            Kind::WrongTenantKind => t.problem_wrong_tenant_kind(),
            Kind::PairThere => t.problem_pair_there(),
            Kind::UnknownOrigin => t.problem_unknown_origin(),
            Kind::SubscriptionElsewhere => t.problem_subscription_elsewhere(),
            Kind::ScopeLocked => t.problem_scope_locked(),
            Kind::DenyAssignment => t.problem_deny_assignment(),
            Kind::AzurePolicy => t.problem_azure_policy(),
            Kind::ConsentMissing => t.problem_consent_missing(),
            Kind::Refused => t.problem_refused(),
            Kind::NotJournaled => t.problem_not_journaled(),
            Kind::PageFault { .. } => t.problem_page_fault(),
        }
    }

    /// The next action, and what the admin can rely on.
    #[must_use]
    pub fn fix(&self, t: Locale) -> String {
        let fixed = match &self.kind {
            Kind::EntraRefused(refusal) => {
                let reason = refusal.reason;
                return format!("{} {}", reason.sentence(t), reason.fix(t));
            }
            Kind::PortalRefused { code } => {
                let mend = t.sign_in_portal_refused_mend();
                return match code {
                    Some(code) => format!("{} {mend}", t.sign_in_portal_code(isolated(code))),
                    None => format!("{} {mend}", t.sign_in_portal_refused()),
                };
            }
            Kind::ForeignHost { host } => return t.problem_foreign_host_mend(host),
            Kind::Throttled {
                minutes: Some(minutes),
            } => return t.problem_throttled_until_mend(*minutes),
            Kind::PageFault { what } => return t.problem_page_fault_mend(what),
            Kind::NoAnswer => t.problem_no_answer_mend(),
            Kind::NotSent => t.problem_not_sent_mend(),
            Kind::NoToken => t.problem_no_token_mend(),
            Kind::Throttled { minutes: None } => t.problem_throttled_mend(),
            Kind::ServerFault => t.problem_server_fault_mend(),
            Kind::UnexpectedAnswer => t.problem_unexpected_answer_mend(),
            Kind::Cancelled => t.problem_cancelled_mend(),
            Kind::SignInNeeded { .. } => t.problem_sign_in_needed_mend(),
            Kind::RoleMissing => t.problem_role_missing_mend(),
            Kind::UriNotVerified => t.problem_uri_not_verified_mend(),
            Kind::UriPolicyUnique => t.problem_uri_policy_unique_mend(),
            Kind::UriPolicyDefault => t.problem_uri_policy_default_mend(),
            Kind::UriTaken => t.problem_uri_taken_mend(),
            Kind::SecretBlocked => t.problem_secret_blocked_mend(),
            Kind::SecretTooLong => t.problem_secret_too_long_mend(),
            Kind::AppPolicy => t.problem_app_policy_mend(),
            Kind::HeldByDeleted => t.problem_held_by_deleted_mend(),
            Kind::NotReplicated => t.problem_not_replicated_mend(),
            Kind::QuotaExceeded => t.problem_quota_exceeded_mend(),
            Kind::NeedsOther => t.problem_needs_other_mend(),
            Kind::ChangedSinceReview => t.problem_changed_since_review_mend(),
            Kind::RegisterForbidden => t.problem_register_forbidden_mend(),
            Kind::SubscriptionMissing => t.problem_subscription_missing_mend(),
            Kind::SubscriptionReadOnly => t.problem_subscription_read_only_mend(),
            Kind::AzureDisallowed => t.problem_azure_disallowed_mend(),
            Kind::TenantQuotaExceeded => t.problem_tenant_quota_exceeded_mend(),
            Kind::AccountQuotaExceeded => t.problem_account_quota_exceeded_mend(),
            Kind::ObjectFull => t.problem_object_full_mend(),
            Kind::TooManySecrets => t.problem_too_many_secrets_mend(),
            Kind::PrincipalNameTaken => t.problem_principal_name_taken_mend(),
            Kind::RedirectPolicy => t.problem_redirect_policy_mend(),
            Kind::Gone => t.problem_gone_mend(),
            Kind::ConcurrentWrites => t.problem_concurrent_writes_mend(),
            Kind::WrongTenantKind => t.problem_wrong_tenant_kind_mend(),
            Kind::PairThere => t.problem_pair_there_mend(),
            Kind::UnknownOrigin => t.problem_unknown_origin_mend(),
            Kind::SubscriptionElsewhere => t.problem_subscription_elsewhere_mend(),
            Kind::ScopeLocked => t.problem_scope_locked_mend(),
            Kind::DenyAssignment => t.problem_deny_assignment_mend(),
            Kind::AzurePolicy => t.problem_azure_policy_mend(),
            Kind::ConsentMissing => t.problem_consent_missing_mend(),
            Kind::Refused => t.problem_refused_mend(),
            Kind::NotJournaled => t.problem_not_journaled_mend(),
        };
        fixed.to_owned()
    }
}
