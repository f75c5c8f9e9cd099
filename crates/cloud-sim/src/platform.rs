//! A platform that uses a simulated cloud, with a virtual clock (tests) or with the page's own time (the demo).
//!
//! The virtual clock never waits. When no task can continue, the clock jumps to the next time at which a timer is due, so minutes of
//! simulated time run in microseconds and every run is the same.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::task::Context;
use std::task::Poll;
use std::task::Wake;
use std::task::Waker;
use std::time::Duration;

use http::HeaderValue;
use http::header::ORIGIN;
use jiff::Timestamp;
use uuid::Builder;
use uuid::Uuid;

use crate::Sim;
use crate::faults::Crash;
use crate::tab::Tab;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;
use domain::platform::Lock;
use domain::platform::Locking;
use domain::platform::NoAnswer;
use domain::platform::Pending;
use domain::platform::Platform;
use domain::platform::PopupError;
use domain::platform::SignInRedirect;
use domain::platform::StorageError;

/// Waits in real time.
pub type Sleeper = Box<dyn Fn(Duration) -> Pending<'static, ()>>;

pub type Watch = Box<dyn Fn() -> Timestamp>;

/// Fills a buffer with cryptographically secure random bytes. `false` if none are available.
pub type LatencyRng = Box<dyn Fn(&mut [u8]) -> bool>;

/// A platform that uses a simulated cloud. Clones share all state.
#[derive(Clone)]
pub struct SimPlatform {
    sim: Rc<RefCell<Sim>>,
    clock: Rc<Clock>,
    memory: Rc<RefCell<BTreeMap<String, String>>>,
    /// True once this page has crashed: nothing that it waits for ever completes.
    is_dead: Rc<Cell<bool>>,
    /// Provides session storage in place of `memory`, and keeps the clouds and the store over a reload.
    tab: Option<Rc<Tab>>,
    browser: Rc<Browser>,
    requests: Rc<Cell<u64>>,
    waves: Rc<Waves>,
    /// Origin of the page, from the last sign-in. Sent with every request, as a browser does.
    origin: Rc<RefCell<Option<HeaderValue>>>,
}

/// A fault while a record is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultInjection {
    /// The page crashes before the record is stored.
    CrashBefore,
    /// The page crashes after the record is stored.
    CrashAfter,
    /// The storage quota is exceeded.
    Full,
}

/// Behavior of the sign-in window when it does not respond at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The window does not open.
    Blocked,
    /// The window is open, and the user does nothing in it.
    Open,
}

/// State that all pages of one browser share.
#[derive(Default)]
struct Browser {
    shelf: RefCell<BTreeMap<String, String>>,
    /// Why storage fails, if it does.
    not_kept: Cell<Option<StorageError>>,
    /// A fault for a later record, and the number of records that are stored without a fault first.
    mishap: Cell<Option<(u32, FaultInjection)>>,
    locks: RefCell<BTreeSet<String>>,
    /// Lock requests never complete.
    are_locks_silent: Cell<bool>,
    is_offline: Cell<bool>,
    window: Cell<Option<Window>>,
    waiting: RefCell<Vec<Waker>>,
}

struct UntilOnline<'a>(&'a Browser);

impl Future for UntilOnline<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0.is_offline.get() {
            self.0.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    }
}

enum Clock {
    Virtual {
        start: Timestamp,
        passed: Cell<Duration>,
        timers: RefCell<Timers>,
        next_timer: Cell<u64>,
    },
    Live {
        sleep: Sleeper,
        now: Watch,
        random: LatencyRng,
        start: Timestamp,
    },
}

/// When to wake each waiter. The number keeps timers for the same time in the order in which they started.
type Timers = BTreeMap<(Duration, u64), Waker>;

/// A timer on the virtual clock. When dropped, it removes itself, so the clock does not jump to it.
struct Sleep<'a> {
    due: (Duration, u64),
    passed: &'a Cell<Duration>,
    timers: &'a RefCell<Timers>,
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.passed.get() >= self.due.0 {
            return Poll::Ready(());
        }
        self.timers
            .borrow_mut()
            .insert(self.due, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        self.timers.borrow_mut().remove(&self.due);
    }
}

/// The longest chain of requests where each request was sent after the previous response arrived.
#[derive(Default)]
struct Waves {
    answered: Cell<u64>,
    deepest: Cell<u64>,
}

impl SimPlatform {
    /// Uses a virtual clock that starts at this time and advances only inside `run`.
    #[must_use]
    pub fn virtual_clock(sim: Sim, start: Timestamp) -> Self {
        Self::over(
            sim,
            Clock::Virtual {
                start,
                passed: Cell::default(),
                timers: RefCell::default(),
                next_timer: Cell::default(),
            },
        )
    }

    /// Uses the page's own time and randomness.
    #[must_use]
    pub fn live(sim: Sim, sleep: Sleeper, now: Watch, random: LatencyRng) -> Self {
        let start = now();
        Self::over(
            sim,
            Clock::Live {
                sleep,
                now,
                random,
                start,
            },
        )
    }

    /// Uses a real tab's session storage, so that a reload keeps what the user typed, the clouds, and the journals.
    #[must_use]
    pub fn with_tab(self, storage: Rc<dyn Platform>, reload: Box<dyn Fn()>) -> Self {
        let (tab, sim, store) = Tab::open(storage, reload, self.sim.borrow().clone());
        self.sim.replace(sim);
        self.browser.shelf.replace(store);
        Self {
            tab: Some(Rc::new(tab)),
            ..self
        }
    }

    fn keep_clouds(&self) {
        if let Some(tab) = &self.tab {
            tab.keep_clouds(&self.sim.borrow());
        }
    }

    fn keep_store(&self) {
        if let Some(tab) = &self.tab {
            tab.keep_store(&self.browser.shelf.borrow());
        }
    }

    fn over(sim: Sim, clock: Clock) -> Self {
        Self {
            sim: Rc::new(RefCell::new(sim)),
            clock: Rc::new(clock),
            memory: Rc::default(),
            is_dead: Rc::default(),
            tab: None,
            browser: Rc::default(),
            requests: Rc::default(),
            waves: Rc::default(),
            origin: Rc::default(),
        }
    }

    /// Runs a future to completion and skips every wait. `None` if it can never complete: no timer is due, or the page has crashed.
    ///
    /// Needs the virtual clock. With a live clock, only a future that completes immediately returns a value.
    pub fn try_run<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&woken));
        let mut future = pin!(future);
        loop {
            while woken.0.swap(false, Ordering::Relaxed) {
                if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return Some(value);
                }
                // Dropping the future releases what it holds, as a browser does when a page crashes.
                if self.is_dead.get() {
                    return None;
                }
            }
            if !self.jump() {
                return None;
            }
        }
    }

    /// As `try_run`, for tests. A future that can never complete is a bug in the test or in the tested code.
    ///
    /// # Panics
    /// When no timer that the future waits for is due.
    #[expect(clippy::expect_used, reason = "a deadlock in a test should stop it")]
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.try_run(future)
            .expect("the future waits for something that is never due")
    }

    /// Advances the clock while nothing else runs.
    pub fn advance(&self, by: Duration) {
        self.run(self.sleep(by));
    }

    pub fn with_sim<T>(&self, look: impl FnOnce(&mut Sim) -> T) -> T {
        look(&mut self.sim.borrow_mut())
    }

    /// Another page of the same browser, or this page after a crash: same clouds, clock, store, and locks. Session storage is shared only
    /// with `keeps_tab`: a reload keeps it, and another tab has its own.
    #[must_use]
    pub fn another_page(&self, keeps_tab: bool) -> Self {
        Self {
            is_dead: Rc::default(),
            memory: if keeps_tab {
                Rc::clone(&self.memory)
            } else {
                Rc::default()
            },
            ..self.clone()
        }
    }

    /// An independent copy of the current state: clouds, time, store, and session storage. Waiting tasks are not copied.
    ///
    /// Needs the virtual clock.
    #[must_use]
    pub fn fork(&self) -> Self {
        let start = self.now();
        let fork = Self::virtual_clock(self.sim.borrow().clone(), start);
        fork.memory.replace(self.memory.borrow().clone());
        fork.browser
            .shelf
            .replace(self.browser.shelf.borrow().clone());
        fork.origin.replace(self.origin.borrow().clone());
        fork
    }

    /// Injects a fault into a later record, after `after` records that are stored without a fault.
    pub fn let_happen(&self, after: u32, mishap: FaultInjection) {
        self.browser.mishap.set(Some((after, mishap)));
    }

    /// Clears the pending fault. `false` if there was none.
    pub fn spare_records(&self) -> bool {
        self.browser.mishap.take().is_some()
    }

    /// True once this page has crashed.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.is_dead.get()
    }

    async fn die<T>(&self) -> T {
        self.is_dead.set(true);
        if let Some(tab) = &self.tab {
            tab.reload();
        }
        std::future::pending().await
    }

    /// Counts this record and returns its fault, if any.
    fn mishap(&self) -> Option<FaultInjection> {
        let (left, mishap) = self.browser.mishap.get()?;
        let next = left.checked_sub(1);
        self.browser.mishap.set(next.map(|left| (left, mishap)));
        next.is_none().then_some(mishap)
    }

    /// Sets the behavior of the sign-in window. `None`: it responds at once.
    pub fn let_window(&self, window: Option<Window>) {
        self.browser.window.set(window);
    }

    /// From now on, lock requests never complete.
    pub fn silence_locks(&self) {
        self.browser.are_locks_silent.set(true);
    }

    async fn reach_shelf(&self) -> Result<(), StorageError> {
        match self.browser.not_kept.get() {
            Some(StorageError::Blocked) => Err(StorageError::Blocked),
            Some(StorageError::Busy) => std::future::pending().await,
            Some(StorageError::Full) | None => Ok(()),
        }
    }

    /// From now on, storage fails with this error. `None`: it works again.
    pub fn refuse_to_keep(&self, why: Option<StorageError>) {
        self.browser.not_kept.set(why);
    }

    /// While offline, no request is sent and no sent request gets a response.
    pub fn set_offline(&self, is_offline: bool) {
        self.browser.is_offline.set(is_offline);
        if !is_offline {
            for waker in self.browser.waiting.take() {
                waker.wake();
            }
        }
    }

    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.get()
    }

    /// The longest chain of requests where each request was sent after the previous response arrived. It determines how long a user waits.
    #[must_use]
    pub fn waves(&self) -> u64 {
        self.waves.deepest.get()
    }

    /// Restarts the counts of requests and waves.
    pub fn reset_counts(&self) {
        self.requests.set(0);
        self.waves.answered.set(0);
        self.waves.deepest.set(0);
    }

    /// Advances the clock to the next timer. `false` if there is none.
    fn jump(&self) -> bool {
        match self.clock.as_ref() {
            Clock::Virtual { passed, timers, .. } => {
                let Some(((due, _), waker)) = timers.borrow_mut().pop_first() else {
                    return false;
                };
                passed.set(due.max(passed.get()));
                waker.wake();
                true
            }
            Clock::Live { .. } => false,
        }
    }
}

/// The origin of the page that the redirect URI of an authorize URL belongs to.
fn page_origin(url: &str) -> Option<HeaderValue> {
    let (_, query) = url.split_once('?')?;
    let (_, redirect) =
        form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "redirect_uri")?;
    let (scheme, rest) = redirect.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    HeaderValue::from_str(&format!("{scheme}://{authority}")).ok()
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Platform for SimPlatform {
    fn send(&self, mut request: HttpRequest) -> Pending<'_, Result<HttpResponse, NoAnswer>> {
        Box::pin(async move {
            if self.is_dead.get() {
                return self.die().await;
            }
            if let Some(origin) = self.origin.borrow().clone() {
                request.headers_mut().insert(ORIGIN, origin);
            }
            if self.browser.is_offline.get() {
                return Err(NoAnswer::Lost);
            }
            self.requests.set(self.requests.get() + 1);
            let depth = self.waves.answered.get() + 1;
            self.waves.deepest.set(self.waves.deepest.get().max(depth));
            let outcome = self.sim.borrow_mut().handle(self.now(), &request);
            self.keep_clouds();
            if outcome.crash == Some(Crash::Sending) {
                return self.die().await;
            }
            self.sleep(outcome.latency).await;
            if outcome.crash == Some(Crash::Answered) {
                return self.die().await;
            }
            self.waves
                .answered
                .set(self.waves.answered.get().max(depth));
            outcome.answer
        })
    }

    fn now(&self) -> Timestamp {
        match self.clock.as_ref() {
            Clock::Virtual { start, passed, .. } => {
                start.saturating_add(passed.get()).unwrap_or(*start)
            }
            Clock::Live { now, .. } => now(),
        }
    }

    fn elapsed(&self) -> Duration {
        match self.clock.as_ref() {
            Clock::Virtual { passed, .. } => passed.get(),
            Clock::Live { now, start, .. } => {
                Duration::try_from(now().duration_since(*start)).unwrap_or_default()
            }
        }
    }

    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        match self.clock.as_ref() {
            Clock::Live { sleep, .. } => sleep(duration),
            Clock::Virtual {
                passed,
                timers,
                next_timer,
                ..
            } => {
                let number = next_timer.get();
                next_timer.set(number + 1);
                Box::pin(Sleep {
                    due: (passed.get() + duration, number),
                    passed,
                    timers,
                })
            }
        }
    }

    fn fresh_guid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.random_bytes(&mut bytes);
        Builder::from_random_bytes(bytes).into_uuid()
    }

    fn random_bytes(&self, buffer: &mut [u8]) -> bool {
        match self.clock.as_ref() {
            Clock::Virtual { .. } => {
                self.sim.borrow_mut().rng.fill(buffer);
                true
            }
            Clock::Live { random, .. } => random(buffer),
        }
    }

    fn open_sign_in_page(&self, url: &str) -> Pending<'_, Result<SignInRedirect, PopupError>> {
        match self.browser.window.get() {
            Some(Window::Blocked) => return Box::pin(async { Err(PopupError::NoWindow) }),
            Some(Window::Open) => return Box::pin(std::future::pending()),
            None => {}
        }
        let fragment = self.sim.borrow_mut().authorize(self.now(), url);
        self.keep_clouds();
        *self.origin.borrow_mut() = page_origin(url);
        Box::pin(async { Ok(SignInRedirect::Answered(fragment)) })
    }

    fn sign_out_redirect(&self, _: &str) {}

    fn session_get(&self, key: &str) -> Option<String> {
        match &self.tab {
            Some(tab) => tab.get(key),
            None => self.memory.borrow().get(key).cloned(),
        }
    }

    fn session_set(&self, key: &str, text: &str) -> bool {
        if let Some(tab) = &self.tab {
            return tab.set(key, text);
        }
        self.memory
            .borrow_mut()
            .insert(key.to_owned(), text.to_owned());
        true
    }

    fn session_remove(&self, key: &str) {
        match &self.tab {
            Some(tab) => tab.remove(key),
            None => drop(self.memory.borrow_mut().remove(key)),
        }
    }

    fn put(&self, key: &str, text: &str) -> Pending<'_, Result<(), StorageError>> {
        let (key, text) = (key.to_owned(), text.to_owned());
        Box::pin(async move {
            if self.is_dead.get() {
                return self.die().await;
            }
            match self.browser.not_kept.get() {
                // A write that is blocked by another tab's transaction never completes.
                Some(StorageError::Busy) => return std::future::pending().await,
                Some(why) => return Err(why),
                None => {}
            }
            let mishap = self.mishap();
            match mishap {
                Some(FaultInjection::Full) => return Err(StorageError::Full),
                Some(FaultInjection::CrashBefore) => return self.die().await,
                Some(FaultInjection::CrashAfter) | None => {}
            }
            self.browser.shelf.borrow_mut().insert(key, text);
            self.keep_store();
            match mishap {
                Some(FaultInjection::CrashAfter) => self.die().await,
                Some(FaultInjection::Full | FaultInjection::CrashBefore) | None => Ok(()),
            }
        })
    }

    fn list(&self, prefix: &str) -> Pending<'_, Result<Vec<(String, String)>, StorageError>> {
        let prefix = prefix.to_owned();
        Box::pin(async move {
            // The store can still be read when it is full.
            self.reach_shelf().await?;
            let shelf = self.browser.shelf.borrow();
            let found = shelf.range(prefix.clone()..);
            Ok(found
                .take_while(|(key, _)| key.starts_with(&prefix))
                .map(|(key, text)| (key.clone(), text.clone()))
                .collect())
        })
    }

    fn delete(&self, prefix: &str) -> Pending<'_, Result<(), StorageError>> {
        let prefix = prefix.to_owned();
        Box::pin(async move {
            self.reach_shelf().await?;
            self.browser
                .shelf
                .borrow_mut()
                .retain(|key, _| !key.starts_with(&prefix));
            self.keep_store();
            Ok(())
        })
    }

    fn lock(&self, name: &str) -> Pending<'_, Locking> {
        let name = name.to_owned();
        Box::pin(async move {
            if self.browser.are_locks_silent.get() {
                return std::future::pending().await;
            }
            if !self.browser.locks.borrow_mut().insert(name.clone()) {
                return Locking::Taken;
            }
            let browser = Rc::clone(&self.browser);
            Locking::Held(Lock::new(move || {
                browser.locks.borrow_mut().remove(&name);
            }))
        })
    }

    fn until_online(&self) -> Pending<'_, ()> {
        Box::pin(UntilOnline(&self.browser))
    }
}
