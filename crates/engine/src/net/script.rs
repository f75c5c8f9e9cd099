//! A world for unit tests: answers in the order written, a clock that moves when somebody waits. Not the simulated cloud.

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

use domain::platform::Locking;
use domain::platform::NoAnswer;
use domain::platform::NotGiven;
use domain::platform::NotKept;
use domain::platform::NotVisited;
use domain::platform::Pending;
use domain::platform::Request;
use domain::platform::Response;
use domain::platform::TokenGiven;
use domain::platform::TokenWish;
use domain::platform::Visit;
use domain::platform::World;

type Outcome = Result<Response, NoAnswer>;
type Answer = Box<dyn FnOnce(&Request) -> Outcome>;

/// See the module.
pub(crate) struct Script {
    answers: RefCell<VecDeque<Answer>>,
    requests: RefCell<Vec<Request>>,
    visits: RefCell<Vec<String>>,
    memory: RefCell<BTreeMap<String, String>>,
    clock: Cell<Duration>,
    drawn: Cell<u8>,
    /// False: this browser has no random numbers.
    pub(crate) random: Cell<bool>,
    /// False: this browser refuses to remember.
    pub(crate) remembers: Cell<bool>,
    /// What comes of the next visits, where that is nothing.
    pub(crate) not_visited: Cell<Option<NotVisited>>,
    /// What the portal gives, in order.
    pub(crate) tokens: RefCell<VecDeque<Result<TokenGiven, NotGiven>>>,
    /// What it was asked for.
    pub(crate) wishes: RefCell<Vec<TokenWish>>,
}

/// An answer with a JSON body.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: Value) -> Outcome {
    let mut builder = http::Response::builder()
        .status(status)
        .header("content-type", "application/json");
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    Ok(builder.body(body.to_string().into_bytes()).unwrap())
}

/// Lets others go on first, as a real request or wait does.
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
    /// Fixed answers.
    pub(crate) fn of(answers: Vec<Outcome>) -> Rc<Self> {
        let script = Self::empty();
        for outcome in answers {
            script.then(move |_| outcome);
        }
        script
    }

    /// No answers yet.
    pub(crate) fn empty() -> Rc<Self> {
        Rc::new(Self {
            answers: RefCell::default(),
            requests: RefCell::default(),
            visits: RefCell::default(),
            memory: RefCell::default(),
            clock: Cell::default(),
            drawn: Cell::new(0),
            random: Cell::new(true),
            remembers: Cell::new(true),
            not_visited: Cell::new(None),
            tokens: RefCell::default(),
            wishes: RefCell::default(),
        })
    }

    /// One more answer, made when the request is seen.
    pub(crate) fn then(&self, answer: impl FnOnce(&Request) -> Outcome + 'static) {
        self.answers.borrow_mut().push_back(Box::new(answer));
    }

    /// What was sent.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.borrow().clone()
    }

    /// Where the person was sent.
    pub(crate) fn visits(&self) -> Vec<String> {
        self.visits.borrow().clone()
    }

    /// All that is remembered.
    pub(crate) fn memory(&self) -> BTreeMap<String, String> {
        self.memory.borrow().clone()
    }

    /// Lets time pass.
    pub(crate) fn advance(&self, duration: Duration) {
        self.clock.set(self.clock.get() + duration);
    }
}

impl World for Script {
    fn send(&self, request: Request) -> Pending<'_, Outcome> {
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
        // 2026-09-29T10:00:00Z at the start.
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

    fn visit(&self, url: &str) -> Pending<'_, Result<Visit, NotVisited>> {
        self.visits.borrow_mut().push(url.to_owned());
        let not_visited = self.not_visited.get();
        Box::pin(async move { not_visited.map_or(Ok(Visit::Leaving), Err) })
    }

    /// Without another answer the portal never gives one.
    fn token(&self, wish: TokenWish) -> Pending<'_, Result<TokenGiven, NotGiven>> {
        self.wishes.borrow_mut().push(wish);
        match self.tokens.borrow_mut().pop_front() {
            Some(given) => Box::pin(async { given }),
            None => Box::pin(std::future::pending()),
        }
    }

    fn leave(&self, url: &str) {
        self.visits.borrow_mut().push(url.to_owned());
    }

    fn recall(&self, key: &str) -> Option<String> {
        self.memory.borrow().get(key).cloned()
    }

    fn remember(&self, key: &str, text: &str) -> bool {
        if self.remembers.get() {
            self.memory
                .borrow_mut()
                .insert(key.to_owned(), text.to_owned());
        }
        self.remembers.get()
    }

    fn forget(&self, key: &str) {
        self.memory.borrow_mut().remove(key);
    }

    fn keep(&self, _: &str, _: &str) -> Pending<'_, Result<(), NotKept>> {
        Box::pin(async { Err(NotKept::Blocked) })
    }

    fn kept(&self, _: &str) -> Pending<'_, Result<Vec<(String, String)>, NotKept>> {
        Box::pin(async { Err(NotKept::Blocked) })
    }

    fn discard(&self, _: &str) -> Pending<'_, Result<(), NotKept>> {
        Box::pin(async { Err(NotKept::Blocked) })
    }

    fn lock(&self, _: &str) -> Pending<'_, Locking> {
        Box::pin(async { Locking::Unknown })
    }

    fn until_online(&self) -> Pending<'_, ()> {
        Box::pin(async {})
    }
}
