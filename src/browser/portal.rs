//! Platform for a page that is mounted in another page's document: the same browser, but that page may sign in, and both share session
//! storage.
//!
//! `embed.js` is in between and passes only plain texts.

use std::time::Duration;

use jiff::Timestamp;
use js_sys::Promise;
use uuid::Uuid;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use crate::browser::BrowserPlatform;
use crate::browser::bridge;
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
use domain::secret::Secret;

#[wasm_bindgen]
extern "C" {
    /// The embedding page, as `embed.js` passes it.
    pub type Portal;

    /// Folder of this page's files.
    #[wasm_bindgen(method, getter)]
    pub fn home(this: &Portal) -> String;

    /// Route to open first.
    #[wasm_bindgen(method, getter)]
    pub fn place(this: &Portal) -> String;

    /// Site settings as JSON, if the embedding page supplies them.
    #[wasm_bindgen(method, getter)]
    pub fn config(this: &Portal) -> Option<String>;

    /// Name of this instance in session storage; `None` if it may not use session storage.
    #[wasm_bindgen(method, getter)]
    pub fn memory(this: &Portal) -> Option<String>;

    /// True if the embedding page supplies tokens.
    #[wasm_bindgen(method, getter, js_name = signsIn)]
    pub fn signs_in(this: &Portal) -> bool;

    /// Requests a token: authority, scopes separated by spaces, claims, and whether a cached token does not help.
    #[wasm_bindgen(method)]
    fn token(
        this: &Portal,
        authority: &str,
        scopes: &str,
        claims: Option<&str>,
        fresh: bool,
    ) -> Promise;

    /// Response of the embedding page.
    type Given;

    #[wasm_bindgen(method, getter)]
    fn access(this: &Given) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn tenant(this: &Given) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn account(this: &Given) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn name(this: &Given) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn scopes(this: &Given) -> Option<String>;

    /// Milliseconds since 1970.
    #[wasm_bindgen(method, getter)]
    fn ends(this: &Given) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    fn refused(this: &Given) -> Option<String>;
}

pub struct ModulePlatform {
    browser: BrowserPlatform,
    portal: Portal,
    memory: Option<String>,
    home: String,
}

impl ModulePlatform {
    #[must_use]
    pub fn new(portal: Portal) -> Self {
        Self {
            browser: BrowserPlatform::new(),
            memory: portal.memory(),
            home: portal.home(),
            portal,
        }
    }

    /// Several instances may share the tab, so each has its own keys.
    fn key(&self, key: &str) -> Option<String> {
        let memory = self.memory.as_ref()?;
        Some(format!("{memory}:{key}"))
    }
}

impl Platform for ModulePlatform {
    fn send(&self, request: HttpRequest) -> Pending<'_, Result<HttpResponse, NoAnswer>> {
        self.browser.send(request)
    }

    fn now(&self) -> Timestamp {
        self.browser.now()
    }

    fn elapsed(&self) -> Duration {
        self.browser.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        self.browser.sleep(duration)
    }

    fn fresh_guid(&self) -> Uuid {
        self.browser.fresh_guid()
    }

    fn random_bytes(&self, buffer: &mut [u8]) -> bool {
        self.browser.random_bytes(buffer)
    }

    fn open_sign_in_page(&self, url: &str) -> Pending<'_, Result<SignInRedirect, PopupError>> {
        Box::pin(bridge::open_sign_in_page(&self.home, url.to_owned()))
    }

    fn sign_out_redirect(&self, url: &str) {
        bridge::open(url);
    }

    fn token(&self, request: TokenRequest) -> Pending<'_, Result<TokenResponse, TokenError>> {
        if !self.portal.signs_in() {
            return Box::pin(async { Err(TokenError::NoPortal) });
        }
        let asked = self.portal.token(
            &request.authority,
            &request.scopes.join(" "),
            request.claims.as_deref(),
            request.is_fresh,
        );
        Box::pin(async move {
            JsFuture::from(asked)
                .await
                .map_or(Err(TokenError::Odd), read)
        })
    }

    fn session_get(&self, key: &str) -> Option<String> {
        self.browser.session_get(&self.key(key)?)
    }

    fn session_set(&self, key: &str, text: &str) -> bool {
        // Success without session storage: no sign-in leaves this page, so nothing has to survive.
        self.key(key)
            .is_none_or(|key| self.browser.session_set(&key, text))
    }

    fn session_remove(&self, key: &str) {
        if let Some(key) = self.key(key) {
            self.browser.session_remove(&key);
        }
    }

    fn put(&self, key: &str, text: &str) -> Pending<'_, Result<(), StorageError>> {
        self.browser.put(key, text)
    }

    fn list(&self, prefix: &str) -> Pending<'_, Result<Vec<(String, String)>, StorageError>> {
        self.browser.list(prefix)
    }

    fn delete(&self, prefix: &str) -> Pending<'_, Result<(), StorageError>> {
        self.browser.delete(prefix)
    }

    fn lock(&self, name: &str) -> Pending<'_, Locking> {
        self.browser.lock(name)
    }

    fn until_online(&self) -> Pending<'_, ()> {
        self.browser.until_online()
    }
}

fn read(given: JsValue) -> Result<TokenResponse, TokenError> {
    let given: Given = given.unchecked_into();
    if let Some(code) = given.refused() {
        return Err(TokenError::Refused(
            Some(code).filter(|code| !code.is_empty()),
        ));
    }
    let Some(access) = given.access() else {
        return Err(TokenError::Odd);
    };
    let scopes = given.scopes();
    Ok(TokenResponse {
        access: Secret::new(access),
        tenant: given.tenant(),
        account: given.account(),
        name: given.name(),
        scopes: scopes.map(|scopes| scopes.split(' ').map(str::to_owned).collect()),
        // Whole milliseconds, well inside the exact range of `f64`.
        ends: given
            .ends()
            .and_then(|ends| Timestamp::from_millisecond(ends as i64).ok()),
    })
}
