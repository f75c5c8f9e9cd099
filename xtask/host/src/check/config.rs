//! Checks `config.json`, and whether it agrees with the policies and the registrations.

use domain::cloud::Cloud;
use domain::config::Config;
use domain::locale::Locale;

use crate::advice;
use crate::headers::{self, POLICY};
use crate::report::Report;

use super::{CONFIG, ENCODINGS, FetchedFile, Site};

/// Parses config.json as the page does, and lists the redirect URIs that the registrations need.
pub(super) fn check(site: &mut Site<'_>, report: &mut Report) {
    const CHECK: &str = "settings";
    let Some(response) = site.file(CONFIG) else {
        report.wrong(
            CHECK,
            CONFIG,
            "is missing, so sign-in is not possible",
            "Publish it next to index.html, with the client ID of the registration",
        );
        return;
    };
    let config = match response.decoded().map(|bytes| Config::parse(&bytes)) {
        Ok(Ok(config)) => config,
        Ok(Err(error)) => {
            report.wrong(
                CHECK,
                CONFIG,
                "is refused by the page",
                &error.sentence(Locale::default()),
            );
            return;
        }
        Err(problem) => {
            report.wrong(CHECK, CONFIG, problem, "Publish it again");
            return;
        }
    };
    let clouds = registered(&config);
    if clouds.is_empty() {
        report.unknown(
            CHECK,
            CONFIG,
            "contains no client ID, so sign-in is not possible. The page shows how to get one",
            "Register the page and add its client ID to `clients`",
        );
    } else {
        report.right(CHECK, CONFIG, format!("client IDs for {}", keys(&clouds)));
        let mut addresses = vec![site.base.to_string()];
        if !config.parents.is_empty() {
            addresses.extend(site.base.join("bridge.html").map(String::from));
        }
        for address in addresses {
            report.unknown(
                "redirect URI",
                &address,
                "is required, and only Microsoft Entra ID knows whether it is registered",
                "Add exactly this URI to each registration, under the platform Single-page application",
            );
        }
    }
    if let Some(logo) = &config.logo {
        check_logo(site, logo.as_str(), report);
    }
    site.config = Some(config);
}

/// The site owner's logo. It is not part of the release, so it has no checksum.
fn check_logo(site: &mut Site<'_>, name: &str, report: &mut Report) {
    let problem = match site.get(name, ENCODINGS) {
        Ok(response) if response.status == 200 => {
            // Inserted before the unknown URLs, so that its content type is checked with those of the other files.
            let name = name.to_owned();
            site.found.insert(1, FetchedFile { name, response });
            return;
        }
        Ok(response) => format!("is missing (HTTP {})", response.status),
        Err(problem) => problem,
    };
    let fix = "Publish it next to index.html, or remove `logo` from config.json";
    report.wrong("settings", name, problem, fix);
}

fn registered(config: &Config) -> Vec<Cloud> {
    let has_client = |cloud: &Cloud| config.client_id(*cloud).is_some();
    Cloud::ALL.into_iter().filter(has_client).collect()
}

fn keys(clouds: &[Cloud]) -> String {
    let keys: Vec<&str> = clouds.iter().map(|cloud| cloud.key()).collect();
    keys.join(", ")
}

/// Checks the page's own policy, and that both policies allow the clouds in config.json.
pub(super) fn policies(site: &Site<'_>, without_headers: bool, report: &mut Report) {
    const CHECK: &str = "policy";
    let Some(page) = site.file("index.html") else {
        return;
    };
    let html = page.decoded().unwrap_or_default();
    let own = policy_in(&String::from_utf8_lossy(&html));
    // A `meta` element cannot set frame-ancestors.
    let complete = headers::of(&[], &[]);
    let expected = complete
        .iter()
        .find(|(name, _)| name == POLICY)
        .and_then(|(_, value)| value.split_once("; frame-ancestors"))
        .map_or("", |(before, _)| before);
    let sent: Vec<&str> = own.as_deref().into_iter().collect();
    match advice::validate(POLICY, &sent, expected) {
        Ok(message) => report.right(CHECK, "the page's own", message),
        Err(problem) => report.wrong(
            CHECK,
            "the page's own",
            problem,
            "Publish index.html unchanged",
        ),
    }
    let Some(config) = &site.config else {
        return;
    };
    let mut policies_in_effect: Vec<(&str, &str)> = sent
        .iter()
        .map(|&policy| ("the page's own", policy))
        .collect();
    if !without_headers {
        policies_in_effect.extend(
            page.all(POLICY)
                .into_iter()
                .map(|policy| ("the header", policy)),
        );
    }
    for (owner, policy) in policies_in_effect {
        let sources = advice::directives(policy)
            .remove("connect-src")
            .unwrap_or_default();
        let allowed = advice::clouds(&sources);
        let blocked: Vec<Cloud> = registered(config)
            .into_iter()
            .filter(|cloud| !allowed.contains(cloud))
            .collect();
        if blocked.is_empty() {
            report.right(CHECK, owner, "allows every cloud in config.json");
        } else {
            report.wrong(
                CHECK,
                owner,
                format!("blocks {}, which has a client ID in config.json", keys(&blocked)),
                "Create the policy with `cargo xtask headers --cloud` for every cloud in use, or remove the client ID",
            );
        }
    }
}

/// The policy in the page's `meta` element.
fn policy_in(html: &str) -> Option<String> {
    let at = html.to_ascii_lowercase().find("content-security-policy")?;
    let (_, rest) = html.get(at..)?.split_once("content=\"")?;
    let (policy, _) = rest.split_once('"')?;
    Some(policy.replace("&#39;", "'").replace("&#x27;", "'"))
}
