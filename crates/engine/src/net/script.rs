//! A platform for unit tests: scripted responses in order, and a clock that advances only when code waits. Not the simulated cloud.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use domain::platform::HttpRequest;
use domain::platform::HttpResponse;
use domain::platform::Locking;
use domain::platform::NoAnswer;
use domain::platform::Pending;
use domain::platform::Platform;
use domain::platform::PopupError;
use domain::platform::SignInRedirect;
use domain::platform::StorageError;
use domain::platform::TokenError;
use domain::platform::TokenRequest;
use domain::platform::TokenResponse;

type Outcome = Result<HttpResponse, NoAnswer>;
type Answer = Box<dyn FnOnce(&HttpRequest) -> Outcome>;

pub(crate) struct Script {
    answers: RefCell<VecDeque<Answer>>,
    requests: RefCell<Vec<HttpRequest>>,
    visits: RefCell<Vec<String>>,
    memory: RefCell<BTreeMap<String, String>>,
    clock: Cell<Duration>,
    drawn: Cell<u8>,
    /// How long the browser is offline when a request waits for the network. `Duration::MAX` is forever.
    pub(crate) offline: Cell<Duration>,
    /// False simulates a browser without random numbers.
    pub(crate) random: Cell<bool>,
    /// False simulates a browser that refuses session storage.
    pub(crate) remembers: Cell<bool>,
    /// Error that the next sign-in windows return, if any.
    pub(crate) not_visited: Cell<Option<PopupError>>,
    /// Token responses of the embedding page, in order.
    pub(crate) tokens: RefCell<VecDeque<Result<TokenResponse, TokenError>>>,
    /// Token requests that were made.
    pub(crate) token_requests: RefCell<Vec<TokenRequest>>,
}

pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: Value) -> Outcome {
    let mut builder = http::Response::builder()
        .status(status)
        .header("content-type", "application/json");
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    Ok(builder.body(body.to_string().into_bytes()).unwrap())
}

/// Lets other tasks run first, as a real request or wait does.
async fn one_moment() {
    let mut polled = false;
    poll_fn(|context| {
        if polled {
            return Poll::Ready(());
        }
        polled = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl Script {
    pub(crate) fn of(answers: Vec<Outcome>) -> Rc<Self> {
        let script = Self::empty();
        for outcome in answers {
            script.then(move |_| outcome);
        }
        script
    }

    pub(crate) fn empty() -> Rc<Self> {
        Rc::new(Self {
            answers: RefCell::default(),
            requests: RefCell::default(),
            visits: RefCell::default(),
            memory: RefCell::default(),
            clock: Cell::default(),
            drawn: Cell::new(0),
            offline: Cell::default(),
            random: Cell::new(true),
            remembers: Cell::new(true),
            not_visited: Cell::new(None),
            tokens: RefCell::default(),
            token_requests: RefCell::default(),
        })
    }

    /// Adds a response that is computed when the request arrives.
    pub(crate) fn then(&self, answer: impl FnOnce(&HttpRequest) -> Outcome + 'static) {
        self.answers.borrow_mut().push_back(Box::new(answer));
    }

    pub(crate) fn requests(&self) -> Vec<HttpRequest> {
        self.requests.borrow().clone()
    }

    /// URLs of the sign-in pages that were opened.
    pub(crate) fn visits(&self) -> Vec<String> {
        self.visits.borrow().clone()
    }

    pub(crate) fn memory(&self) -> BTreeMap<String, String> {
        self.memory.borrow().clone()
    }

    pub(crate) fn advance(&self, duration: Duration) {
        self.clock.set(self.clock.get() + duration);
    }
}

impl Platform for Script {
    fn send(&self, request: HttpRequest) -> Pending<'_, Outcome> {
        let answer = self.answers.borrow_mut().pop_front();
        let outcome = match answer {
            Some(answer) => answer(&request),
            None => panic!(
                "nothing more was expected: {} {}",
                request.method(),
                request.uri()
            ),
        };
        self.requests.borrow_mut().push(request);
        Box::pin(async {
            one_moment().await;
            outcome
        })
    }

    fn now(&self) -> Timestamp {
        // The clock starts at 2026-09-29T10:00:00Z.
        Timestamp::from_second(1_790_676_000).unwrap()
            + jiff::SignedDuration::try_from(self.clock.get()).unwrap()
    }

    fn elapsed(&self) -> Duration {
        self.clock.get()
    }

    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        Box::pin(async move {
            one_moment().await;
            self.advance(duration);
        })
    }

    fn fresh_guid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.random_bytes(&mut bytes);
        Uuid::from_bytes(bytes)
    }

    fn random_bytes(&self, buffer: &mut [u8]) -> bool {
        for byte in buffer.iter_mut() {
            self.drawn
                .set(self.drawn.get().wrapping_mul(197).wrapping_add(41));
            *byte = self.drawn.get();
        }
        self.random.get()
    }

    fn open_sign_in_page(&self, url: &str) -> Pending<'_, Result<SignInRedirect, PopupError>> {
        self.visits.borrow_mut().push(url.to_owned());
        let not_visited = self.not_visited.get();
        Box::pin(async move { not_visited.map_or(Ok(SignInRedirect::Leaving), Err) })
    }

    /// Without another scripted response, the embedding page never responds.
    fn token(&self, request: TokenRequest) -> Pending<'_, Result<TokenResponse, TokenError>> {
        self.token_requests.borrow_mut().push(request);
        match self.tokens.borrow_mut().pop_front() {
            Some(given) => Box::pin(async { given }),
            None => Box::pin(std::future::pending()),
        }
    }

    fn sign_out_redirect(&self, url: &str) {
        self.visits.borrow_mut().push(url.to_owned());
    }

    fn session_get(&self, key: &str) -> Option<String> {
        self.memory.borrow().get(key).cloned()
    }

    fn session_set(&self, key: &str, text: &str) -> bool {
        if self.remembers.get() {
            self.memory
                .borrow_mut()
                .insert(key.to_owned(), text.to_owned());
        }
        self.remembers.get()
    }

    fn session_remove(&self, key: &str) {
        self.memory.borrow_mut().remove(key);
    }

    fn put(&self, _: &str, _: &str) -> Pending<'_, Result<(), StorageError>> {
        Box::pin(async { Err(StorageError::Blocked) })
    }

    fn list(&self, _: &str) -> Pending<'_, Result<Vec<(String, String)>, StorageError>> {
        Box::pin(async { Err(StorageError::Blocked) })
    }

    fn delete(&self, _: &str) -> Pending<'_, Result<(), StorageError>> {
        Box::pin(async { Err(StorageError::Blocked) })
    }

    fn lock(&self, _: &str) -> Pending<'_, Locking> {
        Box::pin(async { Locking::Unknown })
    }

    fn until_online(&self) -> Pending<'_, ()> {
        Box::pin(async {
            let outage = self.offline.take();
            if outage == Duration::MAX {
                std::future::pending::<()>().await;
            }
            if !outage.is_zero() {
                self.sleep(outage).await;
            }
        })
    }
}
