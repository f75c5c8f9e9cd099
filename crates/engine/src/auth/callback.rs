//! Parses the sign-in response in the URL. Strict: input that Microsoft Entra ID would never send is refused, and it never triggers a
//! request.
//!
//! Does not compare the state: that needs the attempt, which `sign_in` holds.

use std::borrow::Cow;

use domain::entra::EntraRefusal;
use domain::secret::Secret;

/// Maximum length of a response. Real responses have a few hundred characters; longer ones are attacks or errors.
const LONGEST: usize = 8 * 1024;

/// A well-formed sign-in response.
#[derive(Debug)]
pub struct Callback {
    /// The `state` parameter, to be compared with the attempt's.
    pub state: String,
    /// The `iss` parameter, if present (RFC 9207).
    pub issuer: Option<String>,
    /// The code or the error.
    pub outcome: CallbackOutcome,
}

/// The result in a sign-in response.
#[derive(Debug)]
pub enum CallbackOutcome {
    /// The authorization code of a successful sign-in.
    Code(Secret),
    /// The error response from Microsoft Entra ID.
    Refused(Box<EntraRefusal>),
}

/// Why a response is refused without reading its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallbackFault {
    /// Longer than any response from Microsoft Entra ID.
    TooLong,
    /// Contains control characters or is not UTF-8.
    Characters,
    /// A parameter appears twice, and parsers disagree about which one counts.
    Duplicate,
    /// Contains both a code and an error.
    CodeAndError,
    /// Contains neither a code nor an error.
    Neither,
    /// The `state` parameter is missing.
    NoState,
}

/// Finds a sign-in response in the URL (`?search` and `#hash` as the browser returns them); `None` if there is none.
///
/// Responses arrive in the fragment, because the page requests that. If the query also contains response parameters, they are appended, so
/// that `parse` sees the conflict and refuses it. A response only in the query was not requested: it becomes an empty text, which `parse`
/// refuses. The exception is admin consent, which responds in the query and proves nothing.
#[must_use]
pub fn answer_in(search: &str, hash: &str) -> Option<String> {
    let fragment = hash.strip_prefix('#').unwrap_or(hash);
    let query = search.strip_prefix('?').unwrap_or(search);
    if !is_answer_fragment(fragment) {
        let is_consent = |(name, _): (Cow<'_, str>, _)| name == "admin_consent";
        let is_ours = is_answer(query) && !form_urlencoded::parse(query.as_bytes()).any(is_consent);
        return is_ours.then(String::new);
    }
    Some(if is_answer(query) {
        format!("{fragment}&{query}")
    } else {
        fragment.to_owned()
    })
}

/// True if a query or fragment contains parameters of an authorization server. Such a URL is cleaned before anything else runs.
#[must_use]
pub fn is_answer(text: &str) -> bool {
    let text = text.trim_start_matches(['?', '#']);
    form_urlencoded::parse(text.as_bytes()).any(|(name, _)| {
        matches!(
            name.as_ref(),
            "code" | "error" | "state" | "id_token" | "access_token" | "admin_consent"
        )
    })
}

/// True if a fragment is a sign-in response. A fragment that starts with a slash is a route of this page; no response does.
#[must_use]
pub fn is_answer_fragment(hash: &str) -> bool {
    let fragment = hash.strip_prefix('#').unwrap_or(hash);
    !fragment.starts_with('/') && is_answer(fragment)
}

/// Parses a fragment, without its `#`.
pub fn parse(fragment: &str) -> Result<Callback, CallbackFault> {
    if fragment.len() > LONGEST {
        return Err(CallbackFault::TooLong);
    }
    if !fragment.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(CallbackFault::Characters);
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in form_urlencoded::parse(fragment.as_bytes()) {
        // Microsoft Entra ID's error descriptions contain line breaks. No other parameter may.
        let is_prose = name == "error_description";
        let is_plain = |character: char| {
            character != char::REPLACEMENT_CHARACTER && (is_prose || !character.is_control())
        };
        if !value.chars().all(is_plain) || name.chars().any(char::is_control) {
            return Err(CallbackFault::Characters);
        }
        if pairs.iter().any(|(earlier, _)| *earlier == name) {
            return Err(CallbackFault::Duplicate);
        }
        pairs.push((name.into_owned(), value.into_owned()));
    }
    let mut take = |wanted: &str| {
        let place = pairs.iter().position(|(name, _)| name == wanted)?;
        Some(pairs.swap_remove(place).1).filter(|value| !value.is_empty())
    };
    let code = take("code").map(Secret::new);
    let error = take("error");
    let description = take("error_description").unwrap_or_default();
    let issuer = take("iss");
    let outcome = match (code, error) {
        (Some(_), Some(_)) => return Err(CallbackFault::CodeAndError),
        (None, None) => return Err(CallbackFault::Neither),
        (Some(code), None) => CallbackOutcome::Code(code),
        (None, Some(error)) => {
            let mut refusal = EntraRefusal::new(&error, &description);
            refusal.claims = take("claims");
            CallbackOutcome::Refused(Box::new(refusal))
        }
    };
    Ok(Callback {
        state: take("state").ok_or(CallbackFault::NoState)?,
        issuer,
        outcome,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    use domain::entra::EntraReason;

    #[test]
    fn a_sign_in_response_with_a_code_is_read() {
        let callback =
            parse("code=0.AXoA_x-y.z&client_info=eyJ9&state=s1&session_state=12345678-aaaa")
                .unwrap();
        assert_eq!(callback.state, "s1");
        let CallbackOutcome::Code(code) = callback.outcome else {
            panic!("no code")
        };
        assert_eq!(code.expose(), "0.AXoA_x-y.z");
    }

    #[test]
    fn an_error_response_is_read() {
        let callback = parse(
            "error=access_denied&error_subcode=cancel&state=s%2B1&\
             error_description=AADSTS65004%3a+User+declined.%0d%0aTrace+ID%3a+0f7c3b1e-2222-4d3f-8a7b-3c1d5e6f7a00",
        )
        .unwrap();
        assert_eq!(callback.state, "s+1");
        let CallbackOutcome::Refused(refusal) = callback.outcome else {
            panic!("no refusal")
        };
        assert_eq!(refusal.reason, EntraReason::Declined);
        assert!(refusal.trace_id.is_some());
    }

    #[test]
    fn markup_in_a_description_stays_text() {
        let callback = parse(
            "error=x&state=s&error_description=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%E2%80%AE",
        )
        .unwrap();
        let CallbackOutcome::Refused(refusal) = callback.outcome else {
            panic!("no refusal")
        };
        assert_eq!(refusal.description, "<img src=x onerror=alert(1)>\u{202e}");
    }

    #[track_caller]
    fn refused(fragment: &str, fault: CallbackFault) {
        assert_eq!(parse(fragment).map(|_| ()), Err(fault), "{fragment:?}");
    }

    #[test]
    fn a_malformed_sign_in_response_is_refused() {
        refused("", CallbackFault::Neither);
        refused("state=s", CallbackFault::Neither);
        refused("code=&state=s", CallbackFault::Neither);
        refused("code=c", CallbackFault::NoState);
        refused("code=c&state=", CallbackFault::NoState);
        refused("error=e", CallbackFault::NoState);
        refused("code=c&state=a&state=b", CallbackFault::Duplicate);
        refused("code=c&code=d&state=a", CallbackFault::Duplicate);
        refused("code=c&state=a&x=1&%78=2", CallbackFault::Duplicate);
        refused("code=c&error=e&state=a", CallbackFault::CodeAndError);
        refused("code=c&state=a%00", CallbackFault::Characters);
        refused("code=c%0d%0a&state=a", CallbackFault::Characters);
        refused("co%0ade=c&code=c&state=a", CallbackFault::Characters);
        refused("code=c&state=%ff", CallbackFault::Characters);
        refused("code=c&state=a b", CallbackFault::Characters);
        refused("code=c&state=\u{e9}", CallbackFault::Characters);
        refused(
            &format!("code={}&state=a", "c".repeat(LONGEST)),
            CallbackFault::TooLong,
        );
    }

    #[test]
    fn a_response_longer_than_eight_kilobytes_is_refused() {
        let of = |length: usize| format!("state=a&code={}", "c".repeat(length - 13));
        assert_eq!(of(8192).len(), 8192);
        assert!(parse(&of(8192)).is_ok());
        refused(&of(8193), CallbackFault::TooLong);
    }

    #[test]
    fn a_code_does_not_show_in_debug_output() {
        assert!(!format!("{:?}", parse("code=hunter2&state=s")).contains("hunter2"));
    }

    #[test]
    fn a_sign_in_response_is_accepted_from_the_fragment_only() {
        for (search, hash, answer) in [
            ("", "", None),
            ("", "#", None),
            ("", "#design", None),
            ("?cloud=usgov", "#design", None),
            ("?code=c&state=s", "", Some("")),
            ("?error=e", "#/review", Some("")),
            ("", "#/web-app?server-name=code", None),
            ("", "#/web-app?code=c&state=s", None),
            ("", "#/web-app?x=1&error=e&state=s", None),
            ("?code=c&state=s", "#/web-app?server-name=x", Some("")),
            (
                "",
                "#code=c&state=s&x=/web-app?a",
                Some("code=c&state=s&x=/web-app?a"),
            ),
            ("?admin_consent=True&tenant=t&state=s", "", None),
            ("", "#code=c&state=s", Some("code=c&state=s")),
            ("?cloud=usgov", "#error=e", Some("error=e")),
            (
                "?error=e",
                "#code=c&state=s",
                Some("code=c&state=s&error=e"),
            ),
        ] {
            assert_eq!(
                answer_in(search, hash).as_deref(),
                answer,
                "{search} {hash}"
            );
        }
        refused(
            &answer_in("?state=t&code=d", "#code=c&state=s").unwrap(),
            CallbackFault::Duplicate,
        );
        refused(
            &answer_in("?error=e", "#code=c&state=s").unwrap(),
            CallbackFault::CodeAndError,
        );
    }

    proptest! {
        #[test]
        fn parsing_a_sign_in_response_never_panics(text in "\\PC{0,200}") {
            let _ = parse(&text);
            let _ = parse(&format!("code=c&state=s&{text}"));
        }
    }
}
