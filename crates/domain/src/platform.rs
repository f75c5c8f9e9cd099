//! The complete list of what this program can do to the world outside itself.
//!
//! `browser` does these things for real, `sim` does them in memory. Anything not listed here does not happen: adding a line is a decision.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use crate::secret::Secret;

/// A future on the one thread a page has.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// An HTTP request, complete: absolute URL, headers, body.
pub type Request = http::Request<Vec<u8>>;

/// An HTTP answer as far as the browser lets a page read it.
pub type Response = http::Response<Vec<u8>>;

/// Why there is no answer to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// No answer arrived: offline, reset, DNS, an answer without CORS headers. A browser does not say which, nor whether the
    /// request was carried out.
    Lost,
    /// The deadline passed. The request may have been carried out.
    TimedOut,
    /// The status arrived and the body did not. With a success status the request was carried out.
    Cut {
        /// The status that did arrive.
        status: u16,
    },
    /// Never sent: the browser or this program refused it before it left.
    NotSent,
}

/// What came of asking a person to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visit {
    /// The page is being left; the answer will arrive at the next start, in the address.
    Leaving,
    /// The answer is here already (a simulated cloud, or a pop-up): the fragment without `#`.
    Answered(String),
}

/// Why a visit to the sign-in page brought nothing. Only where that page is shown in a window of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotVisited {
    /// No window said that it is there: the browser did not let it open, or keeps frames and windows apart.
    NoWindow,
    /// It was there, and nothing came of it in all the time there was.
    NoAnswer,
}

/// A token asked of the page that holds this one and signs its people in itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenWish {
    /// Where it is to be had: the sign-in service of the cloud, and the tenant.
    pub authority: String,
    /// For what: permissions of one service, each with its service.
    pub scopes: Vec<String>,
    /// A claims challenge to answer, JSON.
    pub claims: Option<String>,
    /// The service has refused the token given last, or this is about another one: a kept one does not help.
    pub is_fresh: bool,
}

/// A token as the page around this one has given it. What it says of it is text from outside until `auth::portal` has checked it.
#[derive(Debug)]
pub struct TokenGiven {
    /// The access token.
    pub access: Secret,
    /// Whose tenant.
    pub tenant: Option<String>,
    /// Whose object in it.
    pub account: Option<String>,
    /// The sign-in name.
    pub name: Option<String>,
    /// What it covers.
    pub scopes: Option<Vec<String>>,
    /// When it ends.
    pub ends: Option<Timestamp>,
}

/// Why it gave none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotGiven {
    /// Nobody here signs people in for this page.
    NoPortal,
    /// It refused: the code of its error, if it has one.
    Refused(Option<String>),
    /// What it gave is no token.
    Odd,
}

/// Why the shelf did not take a record, or give one back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The browser keeps nothing for this page: a private window, a policy, storage of another site's frame.
    Blocked,
    /// There is no room left.
    Full,
    /// No answer in all the time there was. Another tab of this page may hold the records; a browser does not say.
    Busy,
}

/// A lock this page holds. Dropping it gives it up; if the page crashes, the browser does.
pub struct Lock(Option<Box<dyn FnOnce()>>);

impl Lock {
    /// A lock that is given up by calling `release`.
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

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Locking {
    /// This page has it.
    Held(Lock),
    /// Another page of this browser has it.
    Taken,
    /// This browser has no such locks, or does not answer. Nobody can say whether another page is at work.
    Unknown,
}

/// Everything with an effect or a surprise in it. One thread, so no `Send`.
pub trait World {
    /// Sends one request and reads one answer. No retries, no redirects followed, no cookies.
    fn send(&self, request: Request) -> Pending<'_, Result<Response, NoAnswer>>;

    /// The clock on the wall. May be wrong, may jump.
    fn now(&self) -> Timestamp;

    /// Time since some fixed moment; never jumps back.
    fn elapsed(&self) -> Duration;

    /// Waits.
    fn sleep(&self, duration: Duration) -> Pending<'_, ()>;

    /// A fresh random GUID (version 4).
    fn fresh_guid(&self) -> Uuid;

    /// Fills the buffer with random bytes fit for keys; `false` where the browser has none, and then nothing may start.
    fn random_bytes(&self, buffer: &mut [u8]) -> bool;

    /// Goes to the sign-in page; in a frame, where Microsoft's pages are not shown, in a window of its own. Dropped, it waits for that
    /// window no longer.
    fn visit(&self, url: &str) -> Pending<'_, Result<Visit, NotVisited>>;

    /// Goes to the sign-out page; in a frame, in a window of its own. Nothing comes of it.
    fn leave(&self, url: &str);

    /// Asks the page that holds this one for a token. Takes as long as that page takes.
    fn token(&self, _: TokenWish) -> Pending<'_, Result<TokenGiven, NotGiven>> {
        Box::pin(async { Err(NotGiven::NoPortal) })
    }

    /// This tab's memory across a redirect or reload. Nothing secret may be put here but the PKCE verifier, deleted on read.
    fn recall(&self, key: &str) -> Option<String>;

    /// Remembers a text for this tab; `false` if the browser refused.
    fn remember(&self, key: &str, text: &str) -> bool;

    /// Forgets it.
    fn forget(&self, key: &str);

    /// Puts a record on the shelf that survives the page and a crash of the browser; done only when it is on the disk. A record
    /// under the same key is replaced. Never anything secret. Like all that is asked of the shelf it ends after a while, come what may;
    /// given up before, it changes nothing unless the disk was just at it.
    fn keep(&self, key: &str, text: &str) -> Pending<'_, Result<(), NotKept>>;

    /// Every record on the shelf whose key begins so, in the order of the keys.
    fn kept(&self, prefix: &str) -> Pending<'_, Result<Vec<(String, String)>, NotKept>>;

    /// Takes those records off the shelf.
    fn discard(&self, prefix: &str) -> Pending<'_, Result<(), NotKept>>;

    /// Takes a lock that only one page of this browser can have, without waiting for it.
    fn lock(&self, name: &str) -> Pending<'_, Locking>;

    /// Ends at once unless the browser knows that it is offline; then, when it is back. Only a hint: online is no proof of an answer.
    fn until_online(&self) -> Pending<'_, ()>;
}
