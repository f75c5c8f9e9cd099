//! Dates and times as text.

use jiff::Timestamp;

use domain::locale::Locale;
use domain::locale::formats;

/// A time in UTC, like Microsoft's logs. Empty if it is not known.
#[must_use]
pub fn moment(t: Locale, at: Option<Timestamp>) -> String {
    at.map(|at| formats::moment(t, at)).unwrap_or_default()
}

/// The date part of a time, in UTC.
#[must_use]
pub fn day(t: Locale, at: Timestamp) -> String {
    formats::day(t, at)
}
