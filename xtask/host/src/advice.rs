//! Compares headers by meaning: order, case, and spaces do not matter.

use std::collections::{BTreeMap, BTreeSet};

use domain::cloud::Cloud;

use crate::headers::{POLICY, hosts};

/// Compares the received values of one header with the expected value.
///
/// `Ok` contains a description of the value, and `Err` contains the problem.
pub(crate) fn validate(name: &str, sent: &[&str], expected: &str) -> Result<String, String> {
    if sent.is_empty() {
        return Err("is not sent".to_owned());
    }
    let joined = sent.join(", ");
    let is_right = match name {
        POLICY => return validate_policy(sent, expected),
        "Strict-Transport-Security" => {
            // Browsers use only the first value.
            let first = sent.first().copied().unwrap_or_default();
            seconds(first, "max-age") >= seconds(expected, "max-age")
                && (!has_word(expected, SUBDOMAINS) || has_word(first, SUBDOMAINS))
        }
        "Permissions-Policy" => return validate_permissions(&joined, expected),
        "Integrity-Policy" => {
            let inner = joined.split_once("blocked-destinations=(");
            let list = inner.and_then(|(_, rest)| rest.split_once(')'));
            list.is_some_and(|(list, _)| list.split_whitespace().any(|word| word == "script"))
        }
        // Browsers use the last value that they know.
        "Referrer-Policy" => joined
            .rsplit(',')
            .next()
            .is_some_and(|last| last.trim().eq_ignore_ascii_case(expected)),
        _ => joined
            .split(',')
            .all(|value| value.trim().eq_ignore_ascii_case(expected)),
    };
    if is_right {
        Ok(joined)
    } else {
        Err(format!("is `{joined}`, not `{expected}`"))
    }
}

/// Without this directive, an attacker on the network can serve a subdomain with plain HTTP and set cookies for the page's host.
const SUBDOMAINS: &str = "includeSubDomains";

fn has_word(value: &str, word: &str) -> bool {
    value
        .split(';')
        .any(|part| part.trim().eq_ignore_ascii_case(word))
}

/// The number of a parameter such as `max-age=31536000`.
pub(crate) fn seconds(value: &str, parameter: &str) -> u64 {
    value
        .split([';', ','])
        .filter_map(|part| part.trim().split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case(parameter))
        .and_then(|(_, number)| number.trim().trim_matches('"').parse().ok())
        .unwrap_or(0)
}

/// The directives of a policy. If a directive is repeated, the first one applies.
pub(crate) fn directives(policy: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for directive in policy.split(';') {
        let mut words = directive.split_ascii_whitespace();
        if let Some(name) = words.next() {
            found
                .entry(name.to_ascii_lowercase())
                .or_insert_with(|| words.map(canonical).collect());
        }
    }
    found
}

/// Lowercase keywords and hosts, without a trailing slash after the host. Paths keep their case.
fn canonical(source: &str) -> String {
    let bare = source.strip_suffix('/').unwrap_or(source);
    let is_address_with_path = bare
        .split_once("://")
        .is_some_and(|(_, rest)| rest.contains('/'));
    if is_address_with_path {
        source.to_owned()
    } else {
        bare.to_ascii_lowercase()
    }
}

fn validate_policy(sent: &[&str], expected: &str) -> Result<String, String> {
    // Browsers apply all policies. One correct policy is enough, and a second one can only block the page.
    let policies: Vec<&str> = sent.iter().flat_map(|value| value.split(',')).collect();
    if let [_, _, ..] = policies[..] {
        return Err(format!(
            "is sent {} times, and browsers apply all of them, so the page can do only what all of them allow",
            policies.len()
        ));
    }
    let policy = policies.first().copied().unwrap_or_default();
    let (sent, expected) = (directives(policy), directives(expected));
    let mut problems = Vec::new();
    for (name, sources) in &expected {
        match sent.get(name) {
            None => problems.push(format!("lacks {name}")),
            // Fewer clouds are allowed. A separate check compares them with config.json.
            Some(found) if name == "connect-src" => {
                let foreign: Vec<&str> = found.difference(sources).map(String::as_str).collect();
                if !foreign.is_empty() {
                    problems.push(format!("allows connections to {}", foreign.join(" ")));
                }
                if !found.contains("'self'") {
                    problems.push("blocks the page's own files in connect-src".to_owned());
                } else if clouds(found).is_empty() {
                    problems.push("does not allow all hosts of any cloud".to_owned());
                }
            }
            Some(found) if found != sources => problems.push(format!(
                "has {name} {}, not {}",
                shown(found),
                shown(sources)
            )),
            Some(_) => {}
        }
    }
    for name in sent.keys().filter(|name| !expected.contains_key(*name)) {
        problems.push(format!("has {name}, which the page does not use"));
    }
    if problems.is_empty() {
        let served = sent.get("connect-src").map(clouds).unwrap_or_default();
        let served: Vec<&str> = served.into_iter().map(Cloud::key).collect();
        Ok(format!("allows the clouds {}", served.join(", ")))
    } else {
        Err(problems.join("; "))
    }
}

fn shown(sources: &BTreeSet<String>) -> String {
    let words: Vec<&str> = sources.iter().map(String::as_str).collect();
    words.join(" ")
}

/// The clouds whose hosts are all in these sources.
pub(crate) fn clouds(sources: &BTreeSet<String>) -> Vec<Cloud> {
    Cloud::ALL
        .into_iter()
        .filter(|cloud| hosts(*cloud).is_subset(sources))
        .collect()
}

fn permissions(value: &str) -> BTreeMap<String, BTreeSet<String>> {
    value
        .split(',')
        .filter_map(|part| part.trim().split_once('='))
        .map(|(name, list)| {
            let list = list.trim().trim_start_matches('(').trim_end_matches(')');
            let words = list.split_ascii_whitespace().map(str::to_owned);
            (name.trim().to_owned(), words.collect())
        })
        .collect()
}

fn validate_permissions(sent: &str, expected: &str) -> Result<String, String> {
    let (sent, expected) = (permissions(sent), permissions(expected));
    let mut problems: Vec<String> = expected
        .iter()
        .filter_map(|(name, list)| match sent.get(name) {
            None => Some(format!("does not disable {name}")),
            Some(found) if found != list => Some(format!("has {name}=({})", shown(found))),
            Some(_) => None,
        })
        .collect();
    problems.extend(
        sent.iter()
            .filter(|(name, list)| !expected.contains_key(*name) && !list.is_empty())
            .map(|(name, _)| format!("allows {name}")),
    );
    if problems.is_empty() {
        Ok(format!("{} permissions", sent.len()))
    } else {
        Err(problems.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headers;

    fn expected(name: &str) -> String {
        let all = headers::of(&[], &[]);
        all.into_iter().find(|(known, _)| known == name).unwrap().1
    }

    #[track_caller]
    fn right(name: &str, sent: &[&str]) {
        validate(name, sent, &expected(name)).unwrap();
    }

    #[track_caller]
    fn wrong(name: &str, sent: &[&str], problem: &str) {
        let message = validate(name, sent, &expected(name)).unwrap_err();
        assert!(message.contains(problem), "{message}");
    }

    #[test]
    fn case_order_and_spaces_do_not_matter() {
        for (name, value) in headers::of(&[], &[]) {
            right(&name, &[&value]);
        }
        let policy = expected(POLICY);
        let mut reversed: Vec<&str> = policy.split("; ").collect();
        reversed.reverse();
        right(
            POLICY,
            &[&reversed.join(" ;  ").replace("default-src", "Default-Src")],
        );
        right(
            "Strict-Transport-Security",
            &["includeSubDomains; MAX-AGE=\"63072000\"; preload"],
        );
        right("X-Content-Type-Options", &["NoSniff"]);
        right("X-Content-Type-Options", &["nosniff", "nosniff"]);
        right("Referrer-Policy", &["strict-origin, no-referrer"]);
        right(
            "Integrity-Policy",
            &["sources=(inline), blocked-destinations=(style script)"],
        );
        let mut permissions: Vec<String> = expected("Permissions-Policy")
            .split(", ")
            .map(str::to_owned)
            .collect();
        permissions.reverse();
        permissions.push("something-new=()".to_owned());
        right(
            "Permissions-Policy",
            &[&permissions.join(",").replace("(self)", "self")],
        );
    }

    #[test]
    fn a_weaker_header_is_reported() {
        wrong("X-Frame-Options", &[], "is not sent");
        wrong(
            "X-Frame-Options",
            &["SAMEORIGIN"],
            "is `SAMEORIGIN`, not `DENY`",
        );
        wrong(
            "Strict-Transport-Security",
            &["max-age=3600"],
            "max-age=3600",
        );
        wrong(
            "Strict-Transport-Security",
            &["max-age=0", "max-age=31536000"],
            "max-age=0",
        );
        wrong(
            "Strict-Transport-Security",
            &["max-age=31536000"],
            "includeSubDomains",
        );
        wrong("Referrer-Policy", &["no-referrer, origin"], "origin");
        wrong(
            "Integrity-Policy",
            &["blocked-destinations=(style)"],
            "style",
        );
        wrong(
            "Cross-Origin-Opener-Policy",
            &["same-origin-allow-popups"],
            "allow-popups",
        );
        let permissions = expected("Permissions-Policy");
        wrong(
            "Permissions-Policy",
            &[&permissions.replace("camera=()", "camera=*")],
            "camera=(*)",
        );
        wrong(
            "Permissions-Policy",
            &[&permissions.replace("camera=(), ", "")],
            "disable camera",
        );
        wrong(
            "Permissions-Policy",
            &[&format!("{permissions}, new=(self)")],
            "allows new",
        );
    }

    #[test]
    fn a_policy_is_compared_directive_by_directive() {
        let policy = expected(POLICY);
        let changed = |from: &str, to: &str| {
            assert!(policy.contains(from));
            policy.replace(from, to)
        };
        for (sent, problem) in [
            (
                changed("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
                "has script-src",
            ),
            (changed("; trusted-types 'none'", ""), "lacks trusted-types"),
            (
                changed(
                    "connect-src 'self'",
                    "connect-src 'self' https://evil.example",
                ),
                "allows connections to https://evil.example",
            ),
            (
                changed("connect-src 'self'", "connect-src"),
                "page's own files",
            ),
            (
                changed("frame-ancestors 'none'", "frame-ancestors *"),
                "has frame-ancestors *",
            ),
            (format!("{policy}; sandbox"), "has sandbox"),
            (format!("default-src *; {policy}"), "has default-src *"),
            (
                "connect-src 'self' https://graph.microsoft.com".to_owned(),
                "all hosts of any cloud",
            ),
        ] {
            wrong(POLICY, &[&sent], problem);
        }
        wrong(POLICY, &[&policy, &policy], "sent 2 times");
        wrong(
            POLICY,
            &[&format!("{policy}, default-src 'none'")],
            "sent 2 times",
        );
        for cloud in Cloud::ALL {
            let narrowed = &headers::of(&[cloud], &[])[0].1;
            let message = validate(POLICY, &[narrowed], &policy).unwrap();
            assert_eq!(message, format!("allows the clouds {}", cloud.key()));
        }
    }
}
