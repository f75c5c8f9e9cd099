//! Dates, times and numbers by `Intl` of the browser.

use std::cell::RefCell;

use jiff::Timestamp;
use js_sys::Array;
use js_sys::Function;
use js_sys::JSON;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use domain::locale::Locale;
use domain::locale::formats::Formats;
use domain::locale::formats::install;

// Own bindings with `catch`: in an embedding page, another script may have replaced `Intl`.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(languages: &Array, options: &JsValue) -> Result<DateTimeFormat, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn format(this: &DateTimeFormat) -> Result<Function, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(languages: &Array) -> Result<NumberFormat, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn format(this: &NumberFormat) -> Result<Function, JsValue>;
}

/// What a formatter writes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Day,
    Moment,
    Number,
}

/// Hours from 00 to 23 in every language, like Microsoft's logs.
const DAY: &str = r#"{"timeZone":"UTC","year":"numeric","month":"short","day":"numeric"}"#;
const MOMENT: &str = r#"{"timeZone":"UTC","year":"numeric","month":"short","day":"numeric","hour":"2-digit","minute":"2-digit","second":"2-digit","hourCycle":"h23","timeZoneName":"short"}"#;

thread_local! {
    /// The formatters, because the browser needs long to make one. The page has a handful.
    static MADE: RefCell<Vec<(Locale, Kind, Function)>> = const { RefCell::new(Vec::new()) };
}

/// Writes dates, times and numbers by the rules of the browser from now on.
pub fn use_browser() {
    install(Formats {
        day: |t, at| write_time(t, Kind::Day, at),
        moment: |t, at| write_time(t, Kind::Moment, at),
        // JavaScript counts exactly up to 2^53, and no count of the page comes near.
        number: |t, value| write(t, Kind::Number, value as f64),
    });
}

fn write_time(t: Locale, kind: Kind, at: Timestamp) -> Option<String> {
    write(t, kind, at.as_millisecond() as f64)
}

/// `None` if the browser has no `Intl`, or if another script has replaced it.
fn write(t: Locale, kind: Kind, value: f64) -> Option<String> {
    let format = format(t, kind)?;
    let text = format.call1(&JsValue::UNDEFINED, &value.into()).ok()?;
    text.as_string()
}

fn format(t: Locale, kind: Kind) -> Option<Function> {
    let is_it = |(locale, of, _): &&(Locale, Kind, Function)| *locale == t && *of == kind;
    let made = MADE.with_borrow(|made| made.iter().find(is_it).map(|(_, _, it)| it.clone()));
    if made.is_some() {
        return made;
    }
    let format = make(t, kind)?;
    MADE.with_borrow_mut(|made| made.push((t, kind, format.clone())));
    Some(format)
}

fn make(t: Locale, kind: Kind) -> Option<Function> {
    let languages = languages(t);
    let of_time = |options| {
        let options = JSON::parse(options).ok()?;
        let format = DateTimeFormat::new(&languages, &options).ok()?;
        format.format().ok()
    };
    match kind {
        Kind::Day => of_time(DAY),
        Kind::Moment => of_time(MOMENT),
        Kind::Number => NumberFormat::new(&languages).ok()?.format().ok(),
    }
}

/// The browser's own variants of the language first, such as `de-CH` or `en-GB`.
fn languages(t: Locale) -> Array {
    let language = if t.is_pseudo() { Locale::En } else { t };
    let tags = Array::new();
    let preferred = web_sys::window().map(|window| window.navigator().languages());
    for tag in preferred.iter().flat_map(Array::iter) {
        let is_variant = tag
            .as_string()
            .is_some_and(|tag| Locale::find(&tag) == Some(language));
        if is_variant {
            tags.push(&tag);
        }
    }
    tags.push(&language.tag().into());
    tags
}
