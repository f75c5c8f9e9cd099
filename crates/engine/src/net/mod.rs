//! Sends one request reliably: token scope, timeouts, retries, and the request log.
//!
//! Knows HTTP and JSON, but neither Graph nor Azure. If the outcome of a write is unknown, the engine reads the object first and then
//! decides whether to send it again.

pub mod answer;
pub mod cancel;
pub mod headers;
pub mod host;
pub mod ledger;
pub mod paging;
pub mod problem;
pub mod retry;
mod send;

#[cfg(test)]
pub(crate) mod script;

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use http::HeaderName;
use litemap::LiteMap;
use uuid::Uuid;

use crate::net::cancel::CancellationToken;
use crate::net::ledger::Entry;
use crate::net::ledger::Ledger;
use domain::entra::EntraRefusal;
use domain::platform::NoAnswer;
use domain::platform::Platform;
use domain::secret::Secret;

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// The request has no body.
    Empty,
    /// JSON, sent as `application/json`.
    Json(serde_json::Value),
}

/// When the same request may be retried without reading the object first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryPolicy {
    /// A read or an idempotent write.
    Harmless,
    /// A write that is not idempotent: retried only after 429, which means that the service did not carry it out. Any other unclear outcome
    /// goes to the caller.
    OnlyIfRefused,
    /// Never retried, not even after 429: an authorization code works only once.
    Never,
}

/// One request, without its token.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiRequest {
    /// HTTP method of the request.
    pub method: http::Method,
    /// Absolute URL, already percent-encoded.
    pub url: String,
    /// Headers other than authorization, content type, and request ID.
    pub headers: Vec<(HeaderName, String)>,
    /// Body of the request, if any.
    pub body: Body,
    /// When the request may be retried.
    pub repeat: RetryPolicy,
    /// The page's ID of this step, sent to the service and the same for all attempts. If `None`, a new ID is generated.
    pub step: Option<Uuid>,
}

impl ApiRequest {
    /// A GET request, which may be retried.
    #[must_use]
    pub fn get(url: String) -> Self {
        Self::new(http::Method::GET, url, Body::Empty, RetryPolicy::Harmless)
    }

    /// Any request, without extra headers.
    #[must_use]
    pub fn new(method: http::Method, url: String, body: Body, repeat: RetryPolicy) -> Self {
        Self {
            method,
            url,
            headers: Vec::new(),
            body,
            repeat,
            step: None,
        }
    }

    /// Sets the ID of the step that the request belongs to.
    #[must_use]
    pub fn step(mut self, step: Uuid) -> Self {
        self.step = Some(step);
        self
    }

    /// Adds a header to the request.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Authorization for one host: the `Authorization` header and the only host it may be sent to. Only `auth` creates it.
#[derive(Clone, Debug)]
pub struct Authorization {
    /// The allowed host, from `domain::cloud`.
    pub host: &'static str,
    /// Header in which this host reads the page's step ID.
    pub step_header: HeaderName,
    /// Value of the `Authorization` header.
    pub authorization: Secret,
}

/// A response with a success status.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiResponse {
    /// HTTP status, 200 to 299.
    pub status: u16,
    /// JSON body, `Null` if the response was empty. It may contain a secret: move it out instead of cloning it.
    pub body: serde_json::Value,
    /// The service's ID of the request, for a support case.
    pub request_id: Option<String>,
    /// URL of a long-running operation or a new object (`Location` header).
    pub location: Option<String>,
    /// Time to wait before the next status check, if the service gave one.
    pub retry_after: Option<Duration>,
    /// The service says that it left out subscriptions because there are too many.
    pub is_cut: bool,
}

/// An error response, as the service sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status of the response.
    pub status: u16,
    /// Error code, such as `Authorization_RequestDenied`. May be empty: Graph does send empty codes.
    pub code: String,
    /// Error message, to be shown as plain text only.
    pub message: String,
    /// The property or object that the error is about.
    pub target: Option<String>,
    /// Nested error details, if any.
    pub details: Vec<Detail>,
    /// The service's ID of the request.
    pub request_id: Option<String>,
    /// The `WWW-Authenticate` header, if the browser exposes it.
    pub www_authenticate: Option<String>,
}

/// One nested error in a `ApiError`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// Error code of the detail.
    pub code: String,
    /// Error message of the detail.
    pub message: String,
    /// The property or object that the detail is about.
    pub target: Option<String>,
}

/// Why a request has no success response, grouped by the component that failed. Data only; `domain::problem` has the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No response. It is unknown whether the service carried out the request.
    Unknown {
        /// What the browser reported.
        no_answer: NoAnswer,
    },
    /// The request never left this page.
    NotSent,
    /// There was no access token for the request, so it was not sent.
    NoToken,
    /// The service kept throttling until the retry time of one request (five minutes) was used up. Not carried out.
    Throttled {
        /// Wait time the service asked for, if it gave one.
        wait: Option<Duration>,
    },
    /// The service refused the request (status 400 to 499). Not carried out.
    Refused(Box<ApiError>),
    /// The service failed (status 500 to 599). A write may have been carried out.
    Server(Box<ApiError>),
    /// The response does not match the service's format. With a success status, a write may have been carried out.
    Unexpected {
        /// HTTP status of the response.
        status: u16,
        /// What is wrong with the response.
        why: MalformedResponse,
    },
    /// The URL is outside the hosts of the selected cloud, so the token was not sent.
    ForeignHost {
        /// The host of the URL, or the shortened text if it is not a URL.
        host: String,
    },
    /// The user must sign in again.
    SignInNeeded {
        /// The reason, with any claims the sign-in needs.
        why: SignInReason,
    },
    /// Cancelled by the user before the request was sent.
    Cancelled,
}

impl Failure {
    /// True if a failed write may have been carried out: read the object before any other action.
    #[must_use]
    pub fn may_have_been_done(&self) -> bool {
        match self {
            Self::Unknown { .. } | Self::Server(_) => true,
            Self::Unexpected { status, .. } => !(300..500).contains(status),
            Self::NotSent
            | Self::NoToken
            | Self::Throttled { .. }
            | Self::Refused(_)
            | Self::ForeignHost { .. }
            | Self::SignInNeeded { .. }
            | Self::Cancelled => false,
        }
    }

    /// The service's own error, if it sent one.
    #[must_use]
    pub fn refusal(&self) -> Option<&ApiError> {
        match self {
            Self::Refused(refusal) | Self::Server(refusal) => Some(refusal),
            Self::Unknown { .. }
            | Self::NotSent
            | Self::NoToken
            | Self::Throttled { .. }
            | Self::Unexpected { .. }
            | Self::ForeignHost { .. }
            | Self::SignInNeeded { .. }
            | Self::Cancelled => None,
        }
    }
}

/// What is wrong with a malformed response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MalformedResponse {
    /// HTML or another content type (from a captive portal or a filtering proxy).
    NotJson,
    /// Invalid JSON, or JSON that is truncated, nested too deeply, or names a property twice.
    BadJson,
    /// The body is empty although the request needs one.
    Empty,
    /// The body exceeds the maximum size of a response.
    TooLarge,
    /// A status that these services do not send here (1xx, 3xx).
    Status,
    /// The pages of a list repeat or never end.
    EndlessPages,
    /// The link to the next page leads to another path of the host.
    StrayPage,
}

/// Why the user must sign in again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInReason {
    /// No way to renew the token, or the service keeps refusing it.
    Expired,
    /// The service requires a stronger sign-in (stronger authentication, a compliant device). Holds the claims challenge.
    Claims(String),
    /// Microsoft Entra ID refused to issue the token.
    Refused(Box<EntraRefusal>),
    /// The embedding page returned no token. Holds its error code, if any.
    Portal(Option<String>),
    /// The token belongs to another tenant or user than the session.
    OtherAccount,
    /// The user signed out here or in another tab.
    SignedOut,
}

/// Progress of one request, for the user interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetEvent {
    /// The request is sent.
    Sending {
        /// Attempt number, starting at 1.
        attempt: u32,
    },
    /// The request waits before it is sent (again).
    Waiting {
        /// How long the request waits.
        wait: Duration,
        /// Why the request waits.
        why: WaitReason,
    },
    /// The request waits until the browser is online again.
    Offline,
    /// A response arrived, with any status, or the request has none.
    Exchanged(Box<Entry>),
}

/// Why a request waits before the next attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitReason {
    /// The service is throttling requests.
    Throttled,
    /// The service failed, possibly temporarily.
    Server,
    /// No response arrived, or only part of it.
    Lost,
}

/// Observer of a run, with its cancellation token.
#[derive(Clone)]
pub struct Observer {
    emit: Rc<dyn Fn(NetEvent)>,
    cancel: CancellationToken,
}

impl Observer {
    /// Reports every event to `emit`.
    pub fn new(emit: impl Fn(NetEvent) + 'static) -> Self {
        Self {
            emit: Rc::new(emit),
            cancel: CancellationToken::default(),
        }
    }

    /// Reports every event to `emit` and uses an existing cancellation token.
    pub fn with_cancel(emit: impl Fn(NetEvent) + 'static, cancel: CancellationToken) -> Self {
        Self {
            emit: Rc::new(emit),
            cancel,
        }
    }

    /// Reports no events and has its own cancellation token.
    #[must_use]
    pub fn quiet() -> Self {
        Self::new(|_| ())
    }

    /// The cancellation token: ends waits at once and prevents further requests.
    #[must_use]
    pub fn cancel(&self) -> &CancellationToken {
        &self.cancel
    }

    fn emit(&self, event: NetEvent) {
        (self.emit)(event);
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observer")
            .field("cancel", &self.cancel)
            .finish_non_exhaustive()
    }
}

/// Sends requests. Cheap to clone; all clones share the request log and the throttling state.
#[derive(Clone)]
pub struct Net {
    world: Rc<dyn Platform>,
    ledger: Ledger,
    /// Time until which requests are throttled, by retry budget.
    gates: Rc<RefCell<LiteMap<String, Duration>>>,
}

impl Net {
    /// Creates a sender on a platform.
    #[must_use]
    pub fn new(world: Rc<dyn Platform>) -> Self {
        Self {
            world,
            ledger: Ledger::default(),
            gates: Rc::default(),
        }
    }

    /// Every request so far, redacted.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}
