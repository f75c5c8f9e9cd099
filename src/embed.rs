//! Entry points: on a page of its own or mounted in another page, with the browser as platform, or in the demo a simulated cloud.
//!
//! Everything but the start page is in a part of its own (`core.rs`).
#![cfg(target_arch = "wasm32")]

mod core;
mod opening;
mod parts;

use std::cell::Cell;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::browser::fetch;
use crate::browser::portal::Portal;
use crate::browser::redirect;
use crate::embed::core::Core;
use crate::embed::core::Launch;
use crate::embed::core::Unmount;
use crate::embed::parts::PartError;
use domain::locale::Locale;
use domain::secret::Secret;

/// Starts the page in the `app` element of `index.html`. Called by `boot.js`.
///
/// `site` is the text of config.json, if it could be read. `was_here` says that this browser may have journals of this page. `language` is
/// a language tag.
///
/// # Errors
/// The file of the program that did not arrive.
#[wasm_bindgen(js_name = start)]
pub async fn start(site: Option<String>, was_here: bool, language: &str) -> Result<(), JsValue> {
    refuse_console();
    fetch::refuse_workers();
    // First of all: the URL may hold a sign-in response and must not keep it.
    let answer = redirect::take_fragment().map(Secret::new);
    let Some(element) = app_element() else {
        return Ok(());
    };
    let locale = Locale::find(language).unwrap_or_default();
    let launch = Launch {
        locale,
        answer,
        site,
        is_moved: false,
    };
    let file = |error: PartError| JsValue::from_str(&error.file);
    parts::start_sentences(locale).await.map_err(file)?;
    match opening::config(&launch).await {
        Some(config) => opening::open(element, launch, config, was_here).await,
        None => {
            let core = parts::core(locale).await.map_err(file)?;
            (core.start)(element, launch);
        }
    }
    Ok(())
}

/// Yew's own hook would write a panic to the console, where it would stay longer than the page's secrets. The script that started the page
/// sees the trap.
fn refuse_console() {
    yew::set_custom_panic_hook(Box::new(|_| fetch::halt()));
}

fn app_element() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("app")
}

/// A page mounted in another page, until it is removed.
#[wasm_bindgen]
pub struct Mounted(Unmount);

#[wasm_bindgen]
impl Mounted {
    /// Removes the page. A run in progress begins no further write.
    pub fn unmount(self) {
        (self.0)();
    }
}

thread_local! {
    /// The part that mounts pages, once it is loaded.
    static LOADED: Cell<Option<&'static Core>> = const { Cell::new(None) };
}

/// Loads what `mount` needs in a language. Called by `embed.js`, for each language again.
///
/// # Errors
/// The file of the program that did not arrive.
#[wasm_bindgen]
pub async fn load(language: &str) -> Result<(), JsValue> {
    refuse_console();
    let file = |error: PartError| JsValue::from_str(&error.file);
    let locale = Locale::find(language).unwrap_or_default();
    parts::start_sentences(locale).await.map_err(file)?;
    LOADED.set(Some(parts::core(locale).await.map_err(file)?));
    Ok(())
}

/// Mounts the page in an element of another page. Called by `embed.js`, after `load` with the same language.
///
/// # Errors
/// The settings from the embedding page are invalid; the value is the reason as text.
#[wasm_bindgen]
pub fn mount(root: Element, portal: Portal, language: &str) -> Result<Mounted, JsValue> {
    let locale = Locale::find(language).unwrap_or_default();
    match LOADED.get() {
        Some(core) => (core.mount)(root, portal, locale).map(Mounted),
        None => Err(JsValue::UNDEFINED),
    }
}

/// Blocks all requests from now on, because the program has failed. Called by `embed.js`, which cannot unload the program.
#[wasm_bindgen]
pub fn halt() {
    fetch::halt();
}
