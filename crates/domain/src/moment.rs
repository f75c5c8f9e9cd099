//! Parses timestamps and durations from services.
//!
//! `jiff` is the common type and also formats timestamps. It does not parse them here, because its parsers add 42 kB (brotli) to the page,
//! and those of `time` 2 kB (measured 2026-11-23).

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error as _;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use time::format_description::well_known::Rfc3339;

/// Parses `2026-11-23T10:00:00Z`, with or without fractions of a second.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Timestamp::from_nanosecond(moment.unix_timestamp_nanos()).ok()
}

/// Parses an HTTP date, `Mon, 23 Nov 2026 10:00:00 GMT`.
#[must_use]
pub fn parse_http(text: &str) -> Option<Timestamp> {
    let moment = OffsetDateTime::parse(text, &Rfc2822).ok()?;
    Timestamp::from_second(moment.unix_timestamp()).ok()
}

/// Whole days of an ISO 8601 duration such as `P365D`, `P1Y6M`, or `P90DT12H`: a year has 365 days, a month 30, and parts of a day are
/// dropped. `None` if the text is not such a duration.
///
/// A custom parser: the crate for it adds 30 kB (brotli) to the page, and only days matter here.
#[must_use]
pub fn whole_days(text: &str) -> Option<u32> {
    let rest = text.strip_prefix('P')?;
    let (dates, times) = match rest.split_once('T') {
        Some((dates, times)) => (dates, Some(times)),
        None => (rest, None),
    };
    let days = sum(
        dates,
        &[('Y', 365 * 24), ('M', 30 * 24), ('W', 7 * 24), ('D', 24)],
    )?;
    let hours = match times {
        Some(times) => sum(times, &[('H', 1), ('M', 0), ('S', 0)])?,
        None => 0,
    };
    let is_empty = dates.is_empty() && times.is_none_or(str::is_empty);
    if is_empty {
        None
    } else {
        Some(days.checked_add(hours)? / 24)
    }
}

/// Adds up numbers with their units, in hours. Units must appear in this order and at most once.
fn sum(mut text: &str, units: &[(char, u32)]) -> Option<u32> {
    let mut hours: u32 = 0;
    for (unit, length) in units {
        let Some((number, rest)) = text.split_once(*unit) else {
            continue;
        };
        // Only seconds may have a fraction.
        let whole = if *unit == 'S' {
            number.split_once('.').map_or(number, |(whole, _)| whole)
        } else {
            number
        };
        if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        hours = hours.checked_add(whole.parse::<u32>().ok()?.checked_mul(*length)?)?;
        text = rest;
    }
    text.is_empty().then_some(hours)
}

/// For `#[serde(deserialize_with)]`: a timestamp that may be absent or null. Any other text is an error, not "absent".
///
/// # Errors
/// The text is not a timestamp.
pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    match Option::<Cow<'de, str>>::deserialize(deserializer)? {
        None => Ok(None),
        Some(text) => parse(&text)
            .map(Some)
            .ok_or_else(|| D::Error::custom("not a moment")),
    }
}

/// For `serde`: a required timestamp.
///
/// # Errors
/// It is absent, or not a timestamp.
pub fn required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    optional(deserializer)?.ok_or_else(|| D::Error::custom("no moment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_read_in_the_formats_of_the_services() {
        let noon: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        for text in [
            "2026-11-23T12:00:00Z",
            "2026-11-23T12:00:00.000Z",
            "2026-11-23T13:00:00+01:00",
            "2026-11-23T12:00:00.0000000Z",
        ] {
            assert_eq!(parse(text), Some(noon), "{text}");
        }
        for text in [
            "",
            "2026-11-23",
            "2026-13-01T00:00:00Z",
            "yesterday",
            "2026-11-23T12:00:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse_http("Mon, 23 Nov 2026 12:00:00 GMT"), Some(noon));
        assert_eq!(parse_http("abc"), None);
    }

    #[test]
    fn a_policy_lifetime_is_read_in_whole_days() {
        for (text, days) in [
            ("P365D", 365),
            ("P1Y", 365),
            ("P6M", 180),
            ("P2W", 14),
            ("P1Y6M", 545),
            ("P90DT12H", 90),
            ("PT48H", 2),
            ("PT1H30M15.5S", 0),
            ("P0D", 0),
        ] {
            assert_eq!(whole_days(text), Some(days), "{text}");
        }
        for text in [
            "",
            "P",
            "PT",
            "365D",
            "P-1D",
            "P1.5D",
            "PD",
            "P1D1Y",
            "P1Dx",
            "P99999999999D",
            "P1S",
        ] {
            assert_eq!(whole_days(text), None, "{text}");
        }
    }
}
