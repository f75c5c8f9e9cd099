//! Dates and times as text.

use jiff::Timestamp;

/// A time in UTC, like Microsoft's logs.
#[must_use]
pub fn moment(at: Option<Timestamp>) -> String {
    let text = at
        .and_then(|at| Timestamp::from_second(at.as_second()).ok())
        .map(|at| at.to_string());
    let text = text.unwrap_or_default();
    text.replace('T', " ").replace('Z', " UTC")
}

/// The date part of a time, in UTC.
#[must_use]
pub fn day(moment: Timestamp) -> String {
    moment.to_string().chars().take(10).collect()
}
