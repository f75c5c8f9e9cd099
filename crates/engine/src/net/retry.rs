//! Retry policy: whether a request may be retried and how long to wait first. Pure; `net` does the waiting.
//!
//! Sources: "Microsoft Graph throttling guidance" and the Azure SDK guidelines (retry: 0.8 s doubling with jitter, at most 60 s).

use std::time::Duration;

use http::HeaderMap;
use http::HeaderName;
use http::header::RETRY_AFTER;
use jiff::Timestamp;

use crate::net::RetryPolicy;
use crate::net::WaitReason;
use crate::net::headers::MS_RETRY_AFTER_MS;
use crate::net::headers::RETRY_AFTER_MS;
use domain::moment;
use domain::platform::NoAnswer;

/// Total wait time of one request. After it, the run pauses, and the admin can continue later.
pub const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Maximum retries after a server error or a lost response. Throttling is limited by time only.
const REPEATS: u32 = 4;

const FIRST_WAIT: Duration = Duration::from_millis(800);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What to do after a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryDecision {
    /// No retry: the result is final.
    Final,
    /// Retry after a wait.
    Again(WaitReason),
}

/// Decides by the status of a response.
#[must_use]
pub fn after_status(status: u16, repeat: RetryPolicy, failures: u32) -> RetryDecision {
    match (repeat, status) {
        (RetryPolicy::Never, _) => RetryDecision::Final,
        // 429 means that the service did not carry out the request, so any request may be retried.
        (RetryPolicy::Harmless | RetryPolicy::OnlyIfRefused, 429) => {
            RetryDecision::Again(WaitReason::Throttled)
        }
        // A gateway's 503 or 504 does not prove that the service behind it did nothing.
        (RetryPolicy::Harmless, 408 | 500 | 502 | 503 | 504) if failures < REPEATS => {
            RetryDecision::Again(WaitReason::Server)
        }
        (RetryPolicy::Harmless | RetryPolicy::OnlyIfRefused, _) => RetryDecision::Final,
    }
}

/// Decides when no response arrived.
#[must_use]
pub fn after_silence(no_answer: NoAnswer, repeat: RetryPolicy, failures: u32) -> RetryDecision {
    match (no_answer, repeat) {
        (NoAnswer::Lost | NoAnswer::TimedOut | NoAnswer::Cut { .. }, RetryPolicy::Harmless)
            if failures < REPEATS =>
        {
            RetryDecision::Again(WaitReason::Lost)
        }
        (NoAnswer::Lost | NoAnswer::TimedOut | NoAnswer::Cut { .. } | NoAnswer::NotSent, _) => {
            RetryDecision::Final
        }
    }
}

/// Wait time that the service asks for. `None` if the header is missing or unreadable, or says "now".
///
/// Across origins, a browser often hides these headers, so `None` is the usual case for Azure Resource Manager.
#[must_use]
pub fn asked(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let milliseconds = [RETRY_AFTER_MS, MS_RETRY_AFTER_MS]
        .into_iter()
        .filter_map(text)
        .find_map(|value| value.trim().parse().ok().map(Duration::from_millis));
    // A "now" in one header must not override a wait in another.
    let is_wait = |wait: &Duration| !wait.is_zero();
    milliseconds.filter(is_wait).or_else(|| {
        let wait = text(RETRY_AFTER).and_then(|value| seconds_or_date(value.trim(), now));
        wait.filter(is_wait)
    })
}

fn seconds_or_date(value: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = moment::parse_http(value)?;
    Duration::try_from(date.duration_since(now)).ok()
}

/// Wait time that a 429 names in its text, as Azure Resource Manager does: "Please try again after '10' seconds". Browsers often hide the
/// header that has the same value.
#[must_use]
pub fn told(body: &[u8]) -> Option<Duration> {
    let text = String::from_utf8_lossy(body);
    let (_, rest) = text.split_once("again after ")?;
    let rest = rest.trim_start_matches(['\'', ' ']);
    let digits = rest.len()
        - rest
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let (number, unit) = rest.split_at(digits);
    let is_seconds = unit.trim_start_matches(['\'', ' ']).starts_with("second");
    let seconds = number.parse().ok().filter(|it| is_seconds && *it > 0)?;
    Some(Duration::from_secs(seconds))
}

/// Key of the throttling limit that a request counts against. Graph: all requests of one app in a tenant. Azure Resource Manager: each
/// subscription separately, and the provider Microsoft.Authorization once for all subscriptions ("Understand how Azure Resource Manager
/// throttles requests", seen 2026-11).
#[must_use]
pub fn budget(host: &str, path: &str) -> String {
    let parts: Vec<&str> = path.split('/').skip(1).take(4).collect();
    match parts.as_slice() {
        ["subscriptions", _, "providers", namespace]
            if namespace.eq_ignore_ascii_case(ROLES_PROVIDER) =>
        {
            format!("{host}/{ROLES_PROVIDER}")
        }
        ["subscriptions", id, ..] => format!("{host}/{id}"),
        _ => host.to_owned(),
    }
}

/// The resource provider with a limit of its own.
const ROLES_PROVIDER: &str = "Microsoft.Authorization";

/// Default wait before retry number `failures` + 1: doubles each time, at most one minute. `jitter` spreads it, so that many pages do not
/// retry at the same time.
#[must_use]
pub fn own(failures: u32, jitter: u8) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(1_u32.checked_shl(failures.min(16)).unwrap_or(1));
    let base = doubled.min(LONGEST_WAIT);
    // 80 % to 120 %, then capped again.
    (base.saturating_mul(80 + u32::from(jitter) * 40 / 255) / 100).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    use http::HeaderValue;

    #[track_caller]
    fn waits(name: &'static str, value: &str, wait: Option<u64>) {
        let now: Timestamp = "2026-11-23T09:59:30Z".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_str(value).unwrap(),
        );
        assert_eq!(
            asked(&headers, now),
            wait.map(Duration::from_millis),
            "{name}: {value}"
        );
    }

    #[test]
    fn every_retry_after_format_is_read() {
        waits("retry-after", "7", Some(7_000));
        waits("retry-after", " 7 ", Some(7_000));
        waits("retry-after", "99999", Some(99_999_000));
        waits("retry-after", "Mon, 23 Nov 2026 10:00:00 GMT", Some(30_000));
        waits("retry-after-ms", "250", Some(250));
        waits("x-ms-retry-after-ms", "1500", Some(1_500));
    }

    #[test]
    fn each_subscription_has_its_own_budget_and_graph_has_one() {
        let of = |path| budget("host", path);
        assert_eq!(of("/v1.0/applications"), of("/v1.0/me"));
        assert_eq!(of("/subscriptions/a/providers/x"), of("/subscriptions/a"));
        assert_ne!(of("/subscriptions/a"), of("/subscriptions/b"));
        assert_ne!(of("/subscriptions/a"), of("/subscriptions"));
    }

    #[test]
    fn permissions_have_one_budget_for_all_subscriptions() {
        let of = |id: &str, namespace: &str| {
            budget(
                "host",
                &format!("/subscriptions/{id}/providers/{namespace}/permissions"),
            )
        };
        assert_eq!(
            of("a", "Microsoft.Authorization"),
            of("b", "microsoft.authorization")
        );
        assert_ne!(
            of("a", "Microsoft.Authorization"),
            of("a", "Microsoft.Compute")
        );
    }

    #[test]
    fn a_wait_in_the_text_of_a_429_is_read() {
        let told = |text: &str| told(text.as_bytes());
        for text in [
            "Number of 'read' requests for subscription 'x' exceeded. Please try again after '10' seconds after additional tokens are available.",
            "Please try again after 10 seconds.",
            "again after '10' second",
        ] {
            assert_eq!(told(text), Some(Duration::from_secs(10)), "{text}");
        }
        for text in [
            "",
            "Please try again after some time.",
            "again after '0' seconds",
            "again after '10' minutes",
            "again after '' seconds",
            "again after '99999999999999999999999' seconds",
            "again after '-1' seconds",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn an_unreadable_or_past_retry_after_is_ignored() {
        for value in [
            "0",
            "-1",
            "abc",
            "",
            "1.5",
            "99999999999999999999999",
            "Mon, 23 Nov 2026 09:00:00 GMT",
            "Mon, 23 Nov 2026 09:59:30 GMT",
            "23 November, noon",
        ] {
            waits("retry-after", value, None);
        }
        assert_eq!(asked(&HeaderMap::new(), Timestamp::UNIX_EPOCH), None);
    }

    #[test]
    fn milliseconds_take_precedence_over_seconds() {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", HeaderValue::from_static("2"));
        headers.insert("retry-after-ms", HeaderValue::from_static("1200"));
        assert_eq!(
            asked(&headers, Timestamp::UNIX_EPOCH),
            Some(Duration::from_millis(1200))
        );
    }

    #[test]
    fn zero_milliseconds_do_not_override_a_wait_in_seconds() {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", HeaderValue::from_static("5"));
        headers.insert("retry-after-ms", HeaderValue::from_static("0"));
        assert_eq!(
            asked(&headers, Timestamp::UNIX_EPOCH),
            Some(Duration::from_secs(5))
        );
    }

    #[test]
    fn default_waits_double_up_to_a_minute() {
        let middle = |failures| own(failures, 127).as_millis();
        assert_eq!(
            [middle(0), middle(1), middle(2), middle(3)],
            [792, 1584, 3168, 6336]
        );
        assert_eq!(own(0, 0), Duration::from_millis(640));
        assert_eq!(own(0, 255), Duration::from_millis(960));
        for failures in [7, 16, 31, 32, u32::MAX] {
            assert!(own(failures, 255) <= LONGEST_WAIT, "{failures}");
            assert!(own(failures, 0) >= LONGEST_WAIT * 8 / 10, "{failures}");
        }
    }

    #[test]
    fn a_write_is_repeated_only_if_it_was_certainly_not_done() {
        for status in [408, 500, 502, 503, 504] {
            assert_eq!(
                after_status(status, RetryPolicy::OnlyIfRefused, 0),
                RetryDecision::Final
            );
            assert_eq!(
                after_status(status, RetryPolicy::Harmless, 0),
                RetryDecision::Again(WaitReason::Server)
            );
            assert_eq!(
                after_status(status, RetryPolicy::Harmless, 4),
                RetryDecision::Final
            );
        }
        assert_eq!(
            after_status(429, RetryPolicy::OnlyIfRefused, 99),
            RetryDecision::Again(WaitReason::Throttled)
        );
        assert_eq!(
            after_status(429, RetryPolicy::Never, 0),
            RetryDecision::Final
        );
        for no_answer in [
            NoAnswer::Lost,
            NoAnswer::TimedOut,
            NoAnswer::Cut { status: 201 },
        ] {
            assert_eq!(
                after_silence(no_answer, RetryPolicy::OnlyIfRefused, 0),
                RetryDecision::Final
            );
            assert_eq!(
                after_silence(no_answer, RetryPolicy::Harmless, 0),
                RetryDecision::Again(WaitReason::Lost)
            );
        }
        assert_eq!(
            after_silence(NoAnswer::NotSent, RetryPolicy::Harmless, 0),
            RetryDecision::Final
        );
    }

    #[test]
    fn a_refused_request_is_not_repeated() {
        for status in [400, 401, 403, 404, 405, 409, 412, 422, 501, 505] {
            assert_eq!(
                after_status(status, RetryPolicy::Harmless, 0),
                RetryDecision::Final,
                "{status}"
            );
        }
    }
}
