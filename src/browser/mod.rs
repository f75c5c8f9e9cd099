//! The platform of a real browser: implements each side effect of `world`.
//!
//! The only layer below the user interface that uses `web-sys`. It makes no decisions.

pub mod bridge;
pub mod fetch;
pub mod formats;
pub mod indexed_db;
pub mod lock;
pub mod nodes;
pub mod online;
pub mod portal;
pub mod redirect;
pub mod session_storage;
pub mod window;

use std::alloc::System;
use std::time::Duration;

use gloo_timers::future::TimeoutFuture;
use jiff::Timestamp;
use uuid::Builder;
use uuid::Uuid;
use zeroizing_alloc::ZeroAlloc;

use domain::platform::HttpRequest;
use domain::platform::HttpResponse;
use domain::platform::Locking;
use domain::platform::NoAnswer;
use domain::platform::Pending;
use domain::platform::Platform;
use domain::platform::PopupError;
use domain::platform::SignInRedirect;
use domain::platform::StorageError;

/// Memory is wiped when it is freed. Tokens and the new client secret pass through buffers that this program does not own (JSON, headers,
/// text of the user interface), and there is no other way to clear those.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

/// Longest delay that `setTimeout` accepts, in milliseconds; a longer one would fire at once.
const LONGEST_TIMEOUT: u32 = i32::MAX.unsigned_abs();

#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserPlatform;

impl BrowserPlatform {
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

/// The time of the browser's clock.
#[must_use]
pub fn now() -> Timestamp {
    // Whole milliseconds, well inside the exact range of `f64`.
    let milliseconds = js_sys::Date::now() as i64;
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}

impl Platform for BrowserPlatform {
    fn send(&self, request: HttpRequest) -> Pending<'_, Result<HttpResponse, NoAnswer>> {
        Box::pin(fetch::fetch(request, fetch::DEADLINE))
    }

    fn now(&self) -> Timestamp {
        now()
    }

    fn elapsed(&self) -> Duration {
        let milliseconds = web_sys::window()
            .and_then(|window| window.performance())
            .map_or(0.0, |performance| performance.now());
        Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default()
    }

    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        // Rounded up: never shorter than requested.
        let milliseconds = u32::try_from(duration.as_micros().div_ceil(1000))
            .unwrap_or(LONGEST_TIMEOUT)
            .min(LONGEST_TIMEOUT);
        Box::pin(TimeoutFuture::new(milliseconds))
    }

    fn fresh_guid(&self) -> Uuid {
        let mut bytes = [0; 16];
        // No sign-in starts without random numbers (see `random_bytes`), so a weak GUID never names anything.
        let _ = self.random_bytes(&mut bytes);
        Builder::from_random_bytes(bytes).into_uuid()
    }

    fn random_bytes(&self, buffer: &mut [u8]) -> bool {
        web_sys::window()
            .and_then(|window| window.crypto().ok())
            .is_some_and(|crypto| crypto.get_random_values_with_u8_array(buffer).is_ok())
    }

    fn open_sign_in_page(&self, url: &str) -> Pending<'_, Result<SignInRedirect, PopupError>> {
        if bridge::is_framed() {
            return Box::pin(bridge::open_sign_in_page("", url.to_owned()));
        }
        redirect::sign_out_redirect(url);
        Box::pin(async { Ok(SignInRedirect::Leaving) })
    }

    fn sign_out_redirect(&self, url: &str) {
        if bridge::is_framed() {
            bridge::open(url);
        } else {
            redirect::sign_out_redirect(url);
        }
    }

    fn session_get(&self, key: &str) -> Option<String> {
        session_storage::session_get(key)
    }

    fn session_set(&self, key: &str, text: &str) -> bool {
        session_storage::session_set(key, text)
    }

    fn session_remove(&self, key: &str) {
        session_storage::session_remove(key);
    }

    fn put(&self, key: &str, text: &str) -> Pending<'_, Result<(), StorageError>> {
        Box::pin(indexed_db::put(key.to_owned(), text.to_owned()))
    }

    fn list(&self, prefix: &str) -> Pending<'_, Result<Vec<(String, String)>, StorageError>> {
        Box::pin(indexed_db::list(prefix.to_owned()))
    }

    fn delete(&self, prefix: &str) -> Pending<'_, Result<(), StorageError>> {
        Box::pin(indexed_db::delete(prefix.to_owned()))
    }

    fn lock(&self, name: &str) -> Pending<'_, Locking> {
        Box::pin(lock::take(name.to_owned()))
    }

    fn until_online(&self) -> Pending<'_, ()> {
        Box::pin(online::until_online())
    }
}
