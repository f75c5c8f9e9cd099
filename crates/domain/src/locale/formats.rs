//! Dates, times and numbers, as a reader of the language writes them.
//!
//! The browser knows the rules of each language (`Intl` of ECMA-402), so the page installs its functions. Without them, in tests and in
//! tools, a date is written as in ISO 8601.

use std::sync::OnceLock;

use jiff::Timestamp;

use crate::locale::Locale;

/// The functions of the browser. `None` if it cannot tell.
#[derive(Clone, Copy)]
pub struct Formats {
    /// A date in UTC.
    pub day: fn(Locale, Timestamp) -> Option<String>,
    /// A date and a time in UTC, with the name of the time zone.
    pub moment: fn(Locale, Timestamp) -> Option<String>,
    /// A whole number.
    pub number: fn(Locale, u64) -> Option<String>,
}

static FORMATS: OnceLock<Formats> = OnceLock::new();

/// Uses these functions from now on. Later calls change nothing.
pub fn install(formats: Formats) {
    let _ = FORMATS.set(formats);
}

/// The day of a time, in UTC.
#[must_use]
pub fn day(t: Locale, at: Timestamp) -> String {
    let format = |formats: &Formats| (formats.day)(t, at);
    FORMATS
        .get()
        .and_then(format)
        .unwrap_or_else(|| iso_day(at))
}

/// A time in UTC, like Microsoft's logs. Fractions of a second are left out.
#[must_use]
pub fn moment(t: Locale, at: Timestamp) -> String {
    let format = |formats: &Formats| (formats.moment)(t, at);
    FORMATS.get().and_then(format).unwrap_or_else(|| {
        let seconds = Timestamp::from_second(at.as_second()).unwrap_or(at);
        seconds.to_string().replace('T', " ").replace('Z', " UTC")
    })
}

/// A whole number.
pub fn number(t: Locale, value: u64) -> String {
    // Below a thousand, all languages of the page write the same digits.
    let format = |formats: &Formats| (formats.number)(t, value);
    let formats = FORMATS.get().filter(|_| value > 999);
    formats
        .and_then(format)
        .unwrap_or_else(|| value.to_string())
}

/// The day of a time in UTC in the form `2026-11-30`, for files and for what does not change with the language.
#[must_use]
pub fn iso_day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
