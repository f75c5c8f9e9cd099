//! `config.json`, and whether the policies and the registrations fit it.

use domain::cloud::Cloud;
use domain::config::Config;
use domain::words::Words;

use crate::headers::{self, POLICY};
use crate::meaning;
use crate::report::Report;

use super::{Found, PACKINGS, SETTINGS, Site};

/// Reads it as the page does, and says what the registrations have to know.
pub(super) fn look(site: &mut Site<'_>, report: &mut Report) {
    const CHECK: &str = "settings";
    let Some(answer) = site.file(SETTINGS) else {
        report.wrong(
            CHECK,
            SETTINGS,
            "is not there, so nobody can sign in",
            "Put it beside index.html, with the client ID of the registration",
        );
        return;
    };
    let config = match answer.unpacked().map(|bytes| Config::parse(&bytes)) {
        Ok(Ok(config)) => config,
        Ok(Err(error)) => {
            report.wrong(
                CHECK,
                SETTINGS,
                "is refused by the page",
                &error.sentence(Words::default()),
            );
            return;
        }
        Err(fault) => {
            report.wrong(CHECK, SETTINGS, fault, "Publish it anew");
            return;
        }
    };
    let clouds = registered(&config);
    if clouds.is_empty() {
        report.unknown(
            CHECK,
            SETTINGS,
            "names no client ID: nobody can sign in, the page says how to get one",
            "Register the page and write its client ID into `clients`",
        );
    } else {
        report.right(CHECK, SETTINGS, format!("client IDs for {}", keys(&clouds)));
        let mut addresses = vec![site.base.to_string()];
        if !config.parents.is_empty() {
            addresses.extend(site.base.join("bridge.html").map(String::from));
        }
        for address in addresses {
            report.unknown(
                "redirect URI",
                &address,
                "will be asked for; whether it is registered is known to Microsoft Entra alone",
                "In each registration: platform Single-page application, exactly this address",
            );
        }
    }
    if let Some(logo) = &config.logo {
        picture(site, logo.as_str(), report);
    }
    site.config = Some(config);
}

/// The host's logo: no file of the release, so no sum knows it.
fn picture(site: &mut Site<'_>, name: &str, report: &mut Report) {
    let fault = match site.get(name, PACKINGS) {
        Ok(answer) if answer.status == 200 => {
            // Before the address that nobody has. Its type is looked at with the others'.
            let name = name.to_owned();
            site.found.insert(1, Found { name, answer });
            return;
        }
        Ok(answer) => format!("is not there (HTTP {})", answer.status),
        Err(fault) => fault,
    };
    let mend = "Put it beside index.html, or take `logo` out of config.json";
    report.wrong("settings", name, fault, mend);
}

fn registered(config: &Config) -> Vec<Cloud> {
    let has_client = |cloud: &Cloud| config.client_id(*cloud).is_some();
    Cloud::ALL.into_iter().filter(has_client).collect()
}

fn keys(clouds: &[Cloud]) -> String {
    let keys: Vec<&str> = clouds.iter().map(|cloud| cloud.key()).collect();
    keys.join(", ")
}

/// The page's own policy, and whether both leave a way to the clouds that are signed in to.
pub(super) fn policies(site: &Site<'_>, is_bare: bool, report: &mut Report) {
    const CHECK: &str = "policy";
    let Some(page) = site.file("index.html") else {
        return;
    };
    let html = page.unpacked().unwrap_or_default();
    let own = policy_in(&String::from_utf8_lossy(&html));
    // What a page cannot say for itself.
    let complete = headers::of(&[], &[]);
    let wanted = complete
        .iter()
        .find(|(name, _)| name == POLICY)
        .and_then(|(_, value)| value.split_once("; frame-ancestors"))
        .map_or("", |(before, _)| before);
    let sent: Vec<&str> = own.as_deref().into_iter().collect();
    match meaning::judge(POLICY, &sent, wanted) {
        Ok(says) => report.right(CHECK, "the page's own", says),
        Err(fault) => report.wrong(
            CHECK,
            "the page's own",
            fault,
            "Publish index.html as it was built",
        ),
    }
    let Some(config) = &site.config else {
        return;
    };
    let mut spoken: Vec<(&str, &str)> = sent
        .iter()
        .map(|&policy| ("the page's own", policy))
        .collect();
    if !is_bare {
        spoken.extend(
            page.all(POLICY)
                .into_iter()
                .map(|policy| ("the header", policy)),
        );
    }
    for (whose, policy) in spoken {
        let sources = meaning::directives(policy)
            .remove("connect-src")
            .unwrap_or_default();
        let open = meaning::clouds(&sources);
        let shut: Vec<Cloud> = registered(config)
            .into_iter()
            .filter(|cloud| !open.contains(cloud))
            .collect();
        if shut.is_empty() {
            report.right(CHECK, whose, "leaves the way to every cloud of config.json");
        } else {
            report.wrong(
                CHECK,
                whose,
                format!("shuts the way to {}, which config.json has a client ID for", keys(&shut)),
                "Print it with `cargo xtask headers --cloud` for every cloud that is served, or take the client ID out",
            );
        }
    }
}

/// What the page's `meta` element says.
fn policy_in(html: &str) -> Option<String> {
    let at = html.to_ascii_lowercase().find("content-security-policy")?;
    let (_, rest) = html.get(at..)?.split_once("content=\"")?;
    let (policy, _) = rest.split_once('"')?;
    Some(policy.replace("&#39;", "'").replace("&#x27;", "'"))
}
