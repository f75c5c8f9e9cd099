//! Dates, times and numbers by `Intl` of the browser.

use std::cell::RefCell;

use jiff::Timestamp;
use js_sys::Array;
use js_sys::Function;
use js_sys::Intl::DateTimeFormat;
use js_sys::Intl::NumberFormat;
use js_sys::JSON;
use js_sys::Object;
use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;

use domain::locale::Locale;
use domain::locale::formats::Formats;
use domain::locale::formats::install;

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
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    if !intl.is_object() {
        return None;
    }
    let languages = languages(t);
    let options = match kind {
        Kind::Day => DAY,
        Kind::Moment => MOMENT,
        Kind::Number => "{}",
    };
    let options: Object = JSON::parse(options).ok()?.dyn_into().ok()?;
    let format = match kind {
        Kind::Day | Kind::Moment => DateTimeFormat::new(&languages, &options).format(),
        Kind::Number => NumberFormat::new(&languages, &options).format(),
    };
    format.dyn_into().ok()
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
