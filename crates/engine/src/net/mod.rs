//! One request well done: who may see the token, how long to wait, when to ask again, what to write down.
//!
//! Knows HTTP and JSON, not Graph or Azure. Whether a write whose outcome is unknown may be sent again is for the engine to find out by reading.

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

use crate::net::cancel::Cancel;
use crate::net::ledger::Ledger;
use domain::entra::EntraRefusal;
use domain::platform::NoAnswer;
use domain::platform::World;
use domain::secret::Secret;

/// What a request carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// JSON, sent as `application/json`.
    Json(serde_json::Value),
}

/// When the very same request may be sent again without anybody reading first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// A read, or a write keyed so that doing it twice is doing it once.
    Harmless,
    /// A write that would be done twice: repeated only after 429, which says it was not done. Any other doubt goes back to the caller.
    OnlyIfRefused,
    /// Not even then: the authorization code, which works once.
    Never,
}

/// One request, before the token.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The verb.
    pub method: http::Method,
    /// The absolute URL, already percent-encoded.
    pub url: String,
    /// Headers besides authorization, content type and request id.
    pub headers: Vec<(HeaderName, String)>,
    /// What it carries.
    pub body: Body,
    /// When it may be sent again.
    pub repeat: Repeat,
    /// Our id for this step, told to the service and the same over all tries; drawn when absent.
    pub step: Option<Uuid>,
}

impl Call {
    /// A read.
    #[must_use]
    pub fn get(url: String) -> Self {
        Self::new(http::Method::GET, url, Body::Empty, Repeat::Harmless)
    }

    /// A write that would be done twice if sent twice.
    #[must_use]
    pub fn post(url: String, body: Body) -> Self {
        Self::new(http::Method::POST, url, body, Repeat::OnlyIfRefused)
    }

    /// Any request, without extra headers.
    #[must_use]
    pub fn new(method: http::Method, url: String, body: Body, repeat: Repeat) -> Self {
        Self {
            method,
            url,
            headers: Vec::new(),
            body,
            repeat,
            step: None,
        }
    }

    /// Names the step this call belongs to.
    #[must_use]
    pub fn step(mut self, step: Uuid) -> Self {
        self.step = Some(step);
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// The right to talk to one host: the `Authorization` header and the only host it may be sent to. Made by `auth` alone.
#[derive(Clone, Debug)]
pub struct Pass {
    /// A host of `domain::cloud`.
    pub host: &'static str,
    /// The header that host reads our id of a step from.
    pub step_header: HeaderName,
    /// The value of the `Authorization` header.
    pub authorization: Secret,
}

/// A success answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// 200 to 299.
    pub status: u16,
    /// The JSON, `Null` when the answer was empty. May hold a secret: move it out, do not clone it.
    pub body: serde_json::Value,
    /// The service's id of this exchange, for a support case.
    pub request_id: Option<String>,
    /// Where the service says a long operation or a new object is.
    pub location: Option<String>,
    /// How long the service asks to wait before looking again.
    pub retry_after: Option<Duration>,
}

/// The service's own account of an error, as it sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The service's code, such as `Authorization_RequestDenied`. May be empty: Graph really sends that.
    pub code: String,
    /// The service's sentence, for showing as text only.
    pub message: String,
    /// The field or object the service points at.
    pub target: Option<String>,
    /// Further reasons.
    pub details: Vec<Detail>,
    /// The service's id of this exchange.
    pub request_id: Option<String>,
    /// The raw `WWW-Authenticate` header, if the browser lets us read it.
    pub www_authenticate: Option<String>,
}

/// One further reason in a `Refusal`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// The service's code.
    pub code: String,
    /// The service's sentence.
    pub message: String,
    /// What it is about.
    pub target: Option<String>,
}

/// Why there is no success answer, by who failed. Data; `domain::problem` says it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer. Nobody can say whether the request was carried out.
    Unknown {
        /// What the browser could tell.
        no_answer: NoAnswer,
    },
    /// It never left this page.
    NotSent,
    /// No access token came for it, so it was not sent.
    NoToken,
    /// The service kept saying "later" until the patience of one request (five minutes of waiting) was spent. Not carried out.
    Throttled {
        /// How long it asked to wait, if it said so.
        wait: Option<Duration>,
    },
    /// The service understood and said no (status 400 to 499). Not carried out.
    Refused(Box<Refusal>),
    /// The service failed (status 500 to 599). A write may have been carried out.
    Server(Box<Refusal>),
    /// Something answered, but not as the service answers. A write with a success status may have been carried out.
    Unexpected {
        /// The status that came.
        status: u16,
        /// What is wrong with it.
        why: Oddity,
    },
    /// A URL outside the chosen cloud's hosts: the token stayed here.
    ForeignHost {
        /// The host, or the text that was not even a URL, shortened.
        host: String,
    },
    /// A person has to sign in again.
    SignInNeeded {
        /// Why, and what the sign-in must bring.
        why: SignInReason,
    },
    /// Stopped on request, before the request left.
    Cancelled,
}

impl Failure {
    /// True if a write may have been carried out although it failed here: read before anything else.
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

    /// The service's own account, if it gave one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
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

/// What is wrong with an answer nobody could have sent on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A web page or another kind of content (a captive portal, a filtering proxy).
    NotJson,
    /// Said to be JSON and is not, is cut, nested beyond reason or names a field twice.
    BadJson,
    /// Empty where something must be.
    Empty,
    /// Larger than any answer this product asks for.
    TooLarge,
    /// A status no such service sends here (1xx, 3xx).
    Status,
    /// The list of pages has no end or repeats itself.
    EndlessPages,
    /// The next page of a list is said to be somewhere else on the host.
    StrayPage,
}

/// Why a person has to sign in (again).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInReason {
    /// There is nothing to renew with, or the service keeps refusing the token.
    Expired,
    /// The service wants something more of this sign-in (stronger authentication, a compliant device).
    Claims(String),
    /// Entra refused the token, in its own words.
    Refused(Box<EntraRefusal>),
    /// The page around this one gave no token, with its code if it has one.
    Portal(Option<String>),
    /// The token belongs to another tenant or another person than the session.
    OtherAccount,
    /// Signed out here or in another tab.
    SignedOut,
}

/// What is going on with one request, for whoever shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetEvent {
    /// Sent; attempt 1 is the first.
    Sending {
        /// Which attempt.
        attempt: u32,
    },
    /// Not sent (again) before this time has passed.
    Waiting {
        /// How long.
        wait: Duration,
        /// Why.
        why: WaitReason,
    },
    /// Not sent before the browser is online again.
    Offline,
    /// Answered.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The service's id of this exchange.
        request_id: Option<String>,
    },
}

/// Why a request waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitReason {
    /// The service is limiting requests.
    Throttled,
    /// The service failed and may be back soon.
    Server,
    /// No answer came.
    Lost,
}

/// Who watches a run, and the way to stop it.
#[derive(Clone)]
pub struct Watch {
    tell: Rc<dyn Fn(NetEvent)>,
    cancel: Cancel,
}

impl Watch {
    /// Tells every event to `tell`.
    pub fn new(tell: impl Fn(NetEvent) + 'static) -> Self {
        Self {
            tell: Rc::new(tell),
            cancel: Cancel::default(),
        }
    }

    /// Tells every event to `tell` and shares a stop button.
    pub fn with_cancel(tell: impl Fn(NetEvent) + 'static, cancel: Cancel) -> Self {
        Self {
            tell: Rc::new(tell),
            cancel,
        }
    }

    /// Nobody watches.
    #[must_use]
    pub fn quiet() -> Self {
        Self::new(|_| ())
    }

    /// The stop button: interrupts waits at once, and no further request is sent.
    #[must_use]
    pub fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    fn tell(&self, event: NetEvent) {
        (self.tell)(event);
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("cancel", &self.cancel)
            .finish_non_exhaustive()
    }
}

/// Sends calls. Cheap to clone; all clones share the ledger and the throttle gates.
#[derive(Clone)]
pub struct Net {
    world: Rc<dyn World>,
    ledger: Ledger,
    /// Until when nobody may ask, by what the service counts together.
    gates: Rc<RefCell<LiteMap<String, Duration>>>,
}

impl Net {
    /// Over a world.
    #[must_use]
    pub fn new(world: Rc<dyn World>) -> Self {
        Self {
            world,
            ledger: Ledger::default(),
            gates: Rc::default(),
        }
    }

    /// Every exchange so far, redacted.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}
