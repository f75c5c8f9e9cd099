//! All side effects of the program: network, clock, random numbers, storage, sign-in pages and the browser window.
//!
//! The page's module `browser` implements them in a real browser, the crate `cloud-sim` in memory. The program has no other side effects:
//! adding one here is a design decision.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use crate::secret::Secret;

/// A boxed future that is not `Send`: a page has one thread.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A complete HTTP request: absolute URL, headers, and body.
pub type HttpRequest = http::Request<Vec<u8>>;

/// An HTTP response, limited to what the browser lets a page read.
pub type HttpResponse = http::Response<Vec<u8>>;

/// Why a request has no readable response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// No response arrived: offline, connection reset, DNS failure, or a response without CORS headers. The browser does not report which,
    /// or whether the service carried out the request.
    Lost,
    /// The deadline passed. The service may have carried out the request.
    TimedOut,
    /// The status arrived but the body did not. If the status is a success, the service carried out the request.
    Cut {
        /// The HTTP status that arrived.
        status: u16,
    },
    /// Never sent: the browser or this program rejected the request first.
    NotSent,
}

/// Result of opening the sign-in page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInRedirect {
    /// The browser is leaving the page. The response arrives in the URL when the page starts again.
    Leaving,
    /// The response is already here (from the simulated cloud or a pop-up window): the URL fragment without `#`.
    Answered(String),
}

/// Why the sign-in window returned no response. Applies only where the sign-in page opens in its own window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PopupError {
    /// The window never reported that it opened: the browser blocked it, or isolates frames from windows.
    NoWindow,
    /// The window opened but returned no response before the timeout.
    NoAnswer,
}

/// Request for a token from the embedding page, which signs its users in itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRequest {
    /// URL of the authority that issues the token: the cloud's sign-in service and the tenant.
    pub authority: String,
    /// Scopes of one service, each prefixed with that service.
    pub scopes: Vec<String>,
    /// Claims challenge to satisfy, as JSON.
    pub claims: Option<String>,
    /// The service rejected the last token, so the embedding page must not return a cached one.
    pub is_fresh: bool,
}

/// A token from the embedding page. Its details are untrusted until `auth::embedding` checks them.
#[derive(Debug)]
pub struct TokenResponse {
    /// The access token to send.
    pub access: Secret,
    /// ID of the tenant the token is for.
    pub tenant: Option<String>,
    /// Object ID of the account in the tenant.
    pub account: Option<String>,
    /// Sign-in name of the account.
    pub name: Option<String>,
    /// Scopes that the token covers.
    pub scopes: Option<Vec<String>>,
    /// When the token expires.
    pub ends: Option<Timestamp>,
}

/// Why the embedding page returned no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// No embedding page provides tokens to this page.
    NoPortal,
    /// The embedding page refused. Holds its error code, if any.
    Refused(Option<String>),
    /// The response is not a valid token response.
    Odd,
}

/// Why the store could not write or read a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// The browser blocks storage for this page: a private window, a policy, or a third-party frame.
    Blocked,
    /// The store has no space left.
    Full,
    /// No response before the timeout. Another tab of this page may block the store; the browser does not report it.
    Busy,
}

/// A lock that this page holds, released on drop. If the page crashes, the browser releases it.
pub struct Lock(Option<Box<dyn FnOnce()>>);

impl Lock {
    /// Creates a lock that calls `release` when it is dropped.
    pub fn new(release: impl FnOnce() + 'static) -> Self {
        Self(Some(Box::new(release)))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            release();
        }
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lock")
    }
}

/// Result of a lock request.
#[derive(Debug)]
pub enum Locking {
    /// This page now holds the lock.
    Held(Lock),
    /// Another page of this browser holds the lock.
    Taken,
    /// The browser has no Web Locks or does not respond, so it is unknown whether another page is running.
    Unknown,
}

/// Every side effect and nondeterministic input. Single-threaded, so not `Send`.
pub trait Platform {
    /// Sends one request and reads one response. Does not retry, follow redirects, or send cookies.
    fn send(&self, request: HttpRequest) -> Pending<'_, Result<HttpResponse, NoAnswer>>;

    /// Wall-clock time. It may be wrong and may jump.
    fn now(&self) -> Timestamp;

    /// Time since a fixed moment. Never goes back.
    fn elapsed(&self) -> Duration;

    /// Completes after the given duration.
    fn sleep(&self, duration: Duration) -> Pending<'_, ()>;

    /// Returns a new random GUID (version 4).
    fn fresh_guid(&self) -> Uuid;

    /// Fills the buffer with cryptographically secure random bytes. Returns `false` if the browser has none; sign-in must not start then.
    fn random_bytes(&self, buffer: &mut [u8]) -> bool;

    /// Opens the sign-in page. In a frame, where Microsoft's pages do not load, it opens in its own window. Dropping the future stops the
    /// wait for that window.
    fn open_sign_in_page(&self, url: &str) -> Pending<'_, Result<SignInRedirect, PopupError>>;

    /// Opens the sign-out page, in its own window if this page is in a frame. Reports no result.
    fn sign_out_redirect(&self, url: &str);

    /// Requests a token from the embedding page. Has no timeout of its own.
    fn token(&self, _: TokenRequest) -> Pending<'_, Result<TokenResponse, TokenError>> {
        Box::pin(async { Err(TokenError::NoPortal) })
    }

    /// Reads a value that this tab keeps across a redirect or reload. The only secret allowed here is the PKCE verifier, deleted on read.
    fn session_get(&self, key: &str) -> Option<String>;

    /// Stores a value for this tab. Returns `false` if the browser refused.
    fn session_set(&self, key: &str, text: &str) -> bool;

    /// Deletes a stored value of this tab.
    fn session_remove(&self, key: &str);

    /// Stores a record that survives closing the page and a browser crash. Completes when the record is on disk and replaces a record with
    /// the same key. Never store a secret. Like all store operations it ends within a time limit. If dropped early, it changes nothing,
    /// unless the disk write had already started.
    fn put(&self, key: &str, text: &str) -> Pending<'_, Result<(), StorageError>>;

    /// Returns all records whose key starts with `prefix`, ordered by key.
    fn list(&self, prefix: &str) -> Pending<'_, Result<Vec<(String, String)>, StorageError>>;

    /// Deletes all records whose key starts with `prefix`.
    fn delete(&self, prefix: &str) -> Pending<'_, Result<(), StorageError>>;

    /// Requests a lock that only one page of this browser can hold. Does not wait for it.
    fn lock(&self, name: &str) -> Pending<'_, Locking>;

    /// Completes at once unless the browser reports that it is offline; then completes when it is online again. Only a hint: online does
    /// not mean that a request succeeds.
    fn until_online(&self) -> Pending<'_, ()>;
}
