//! Sign-in errors and their messages. Contains data and text, no decisions.

use crate::auth::account::Audience;
use crate::auth::callback::CallbackFault;
use crate::auth::embedding::fault::EmbeddingTokenError;
use crate::auth::id_token::IdTokenFault;
use crate::auth::pkce::TokenFault;
use crate::auth::scopes::Scope;
use crate::net::Failure;
use domain::entra::EntraReason;
use domain::entra::EntraRefusal;
use domain::locale::Locale;
use domain::platform::NoAnswer;

/// Why sign-in failed, grouped by the component that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// The browser has no cryptographically secure random numbers.
    NoRandom,
    /// The browser refused to store the attempt in session storage.
    NoMemory,
    /// The page is in a frame, and the sign-in window did not open or cannot reach the page.
    NoWindow,
    /// The page's settings cannot be used in a sign-in request.
    BadRequest,
    /// The response does not belong to this tab: there is no attempt, or it belongs to another one.
    NoAttempt,
    /// The response arrived too late.
    Stale,
    /// The response did not come from Microsoft Entra ID.
    BadAnswer(CallbackFault),
    /// The attempt was started for another cloud, so the inputs it was based on no longer apply.
    OtherCloud,
    /// The page's settings changed after the attempt started.
    OtherSettings,
    /// Microsoft Entra ID refused the sign-in.
    Refused(Box<EntraRefusal>),
    /// The token endpoint did not respond. The code is not sent again.
    Unreachable(NoAnswer),
    /// The token endpoint returned an unexpected response.
    OddToken(Failure),
    /// The ID token does not match this sign-in.
    Identity(IdTokenFault),
    /// The consent lacks these Microsoft Graph permissions.
    ScopesMissing(Vec<Scope>),
    /// The token from the embedding page is refused.
    Portal(EmbeddingTokenError),
}

impl From<TokenFault> for SignInError {
    fn from(fault: TokenFault) -> Self {
        match fault {
            TokenFault::Refused(refusal) => Self::Refused(refusal),
            TokenFault::Net(Failure::Unknown { no_answer }) => Self::Unreachable(no_answer),
            TokenFault::Net(Failure::NotSent) => Self::Unreachable(NoAnswer::NotSent),
            TokenFault::Net(failure) => Self::OddToken(failure),
            TokenFault::BadRequest => Self::BadRequest,
        }
    }
}

impl SignInError {
    /// Headline for the user.
    #[must_use]
    pub fn title(&self, t: Locale) -> &'static str {
        match self {
            Self::NoRandom => t.sign_in_no_random_title(),
            Self::NoMemory => t.sign_in_no_memory_title(),
            Self::NoWindow => t.sign_in_no_window_title(),
            Self::BadRequest => t.sign_in_bad_request_title(),
            Self::NoAttempt => t.sign_in_no_attempt_title(),
            Self::Stale => t.sign_in_stale_title(),
            Self::BadAnswer(_) => t.sign_in_bad_answer_title(),
            Self::OtherCloud => t.sign_in_other_cloud_title(),
            Self::OtherSettings => t.sign_in_other_settings_title(),
            Self::Refused(refusal) => refusal.reason.title(t),
            Self::Unreachable(_) => t.sign_in_unreachable_title(),
            Self::OddToken(_) => t.sign_in_odd_token_title(),
            Self::Identity(IdTokenFault::Tenant(_)) => t.sign_in_other_tenant_title(),
            Self::Identity(IdTokenFault::ClockBehind(_)) => t.sign_in_clock_behind_title(),
            Self::Identity(IdTokenFault::ClockAhead(_)) => t.sign_in_clock_ahead_title(),
            Self::Identity(_) => t.sign_in_identity_title(),
            Self::ScopesMissing(_) => t.sign_in_scope_title(),
            Self::Portal(EmbeddingTokenError::Refused(_) | EmbeddingTokenError::TimedOut) => {
                t.sign_in_portal_refused_title()
            }
            Self::Portal(_) => t.sign_in_portal_title(),
        }
    }

    /// What happened, in one sentence.
    #[must_use]
    pub fn sentence(&self, t: Locale) -> String {
        match self {
            Self::NoRandom => t.sign_in_no_random().to_owned(),
            Self::NoMemory => t.sign_in_no_memory().to_owned(),
            Self::NoWindow => t.sign_in_no_window().to_owned(),
            Self::BadRequest => t.sign_in_bad_request().to_owned(),
            Self::NoAttempt => t.sign_in_no_attempt().to_owned(),
            Self::Stale => t.sign_in_stale().to_owned(),
            Self::BadAnswer(_) => t.sign_in_bad_answer().to_owned(),
            Self::OtherCloud => t.sign_in_other_cloud().to_owned(),
            Self::OtherSettings => t.sign_in_other_settings().to_owned(),
            Self::Refused(refusal) => refusal.reason.sentence(t).to_owned(),
            Self::Unreachable(_) => t.sign_in_unreachable().to_owned(),
            Self::OddToken(_) => t.sign_in_odd_token().to_owned(),
            Self::Identity(fault) => identity_sentence(*fault, t),
            Self::ScopesMissing(scopes) => {
                let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
                t.sign_in_scope(names.join(", "))
            }
            Self::Portal(fault) => portal_sentence(fault, t),
        }
    }

    /// How to fix the error.
    #[must_use]
    pub fn fix(&self, t: Locale) -> &'static str {
        match self {
            Self::NoRandom => t.sign_in_no_random_fix(),
            Self::NoMemory => t.sign_in_no_memory_fix(),
            Self::NoWindow => t.sign_in_no_window_fix(),
            Self::BadRequest => t.sign_in_bad_request_fix(),
            Self::NoAttempt => t.sign_in_no_attempt_fix(),
            Self::Stale => t.sign_in_stale_fix(),
            Self::BadAnswer(_) => t.sign_in_bad_answer_fix(),
            Self::OtherCloud => t.sign_in_other_cloud_fix(),
            Self::OtherSettings => t.sign_in_other_settings_fix(),
            Self::Refused(refusal) => refusal.reason.fix(t),
            Self::Unreachable(_) => t.sign_in_unreachable_fix(),
            Self::OddToken(_) => t.sign_in_odd_token_fix(),
            Self::Identity(IdTokenFault::Tenant(_)) => t.sign_in_other_tenant_fix(),
            Self::Identity(IdTokenFault::ClockBehind(_) | IdTokenFault::ClockAhead(_)) => {
                t.sign_in_clock_fix()
            }
            Self::Identity(_) => t.sign_in_identity_fix(),
            Self::ScopesMissing(_) => t.entra_consent_fix(),
            Self::Portal(EmbeddingTokenError::Refused(_) | EmbeddingTokenError::TimedOut) => {
                t.sign_in_portal_refused_fix()
            }
            Self::Portal(_) => t.sign_in_portal_fix(),
        }
    }

    /// True if admin consent fixes the error.
    #[must_use]
    pub fn is_consent(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.reason == EntraReason::ConsentNeeded,
            Self::ScopesMissing(_) => true,
            Self::NoRandom
            | Self::NoMemory
            | Self::NoWindow
            | Self::BadRequest
            | Self::NoAttempt
            | Self::Stale
            | Self::BadAnswer(_)
            | Self::OtherCloud
            | Self::OtherSettings
            | Self::Unreachable(_)
            | Self::OddToken(_)
            | Self::Identity(_)
            | Self::Portal(_) => false,
        }
    }

    /// Microsoft Entra ID's own error, to be shown as plain text.
    #[must_use]
    pub fn refusal(&self) -> Option<&EntraRefusal> {
        if let Self::Refused(refusal) = self {
            Some(refusal)
        } else {
            None
        }
    }
}

fn identity_sentence(fault: IdTokenFault, t: Locale) -> String {
    let what = match fault {
        IdTokenFault::Tenant(tenant) => return t.sign_in_other_tenant(tenant),
        IdTokenFault::ClockBehind(seconds) => return t.sign_in_clock_behind(minutes(seconds)),
        IdTokenFault::ClockAhead(seconds) => return t.sign_in_clock_ahead(minutes(seconds)),
        IdTokenFault::Absent => "id_token",
        IdTokenFault::Unreadable => "JWT",
        IdTokenFault::Encrypted => "JWE",
        IdTokenFault::Algorithm => "alg",
        IdTokenFault::Missing(claim) => claim,
        IdTokenFault::Nonce => "nonce",
        IdTokenFault::Audience => "aud",
        IdTokenFault::Issuer => "iss",
        IdTokenFault::AuthTime => "auth_time",
        IdTokenFault::Version => "ver",
    };
    t.sign_in_identity(what)
}

fn portal_sentence(fault: &EmbeddingTokenError, t: Locale) -> String {
    match fault {
        EmbeddingTokenError::Refused(Some(code)) => t.sign_in_portal_code(code),
        EmbeddingTokenError::Refused(None) => t.sign_in_portal_refused().to_owned(),
        EmbeddingTokenError::TimedOut => t.sign_in_portal_timed_out().to_owned(),
        EmbeddingTokenError::Odd => t.sign_in_portal_odd().to_owned(),
        EmbeddingTokenError::Nobody => t.sign_in_portal_nobody().to_owned(),
        EmbeddingTokenError::Disagrees => t.sign_in_portal_disagrees().to_owned(),
        EmbeddingTokenError::Audience(Audience::Graph) => t.sign_in_portal_not_graph().to_owned(),
        EmbeddingTokenError::Audience(Audience::Arm) => t.sign_in_portal_not_arm().to_owned(),
        EmbeddingTokenError::Cloud => t.sign_in_portal_cloud().to_owned(),
        EmbeddingTokenError::Ended => t.sign_in_portal_ended().to_owned(),
        EmbeddingTokenError::NotTaken => t.sign_in_portal_not_taken().to_owned(),
    }
}

fn minutes(seconds: u64) -> u64 {
    seconds.saturating_add(30) / 60
}
