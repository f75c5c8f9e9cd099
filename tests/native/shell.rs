//! `index.html`: its content security policy contains exactly the hosts of `crates/domain/src/cloud.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use domain::cloud::Cloud;

fn policy() -> String {
    let index =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html")).unwrap();
    let (_, rest) = index
        .split_once("http-equiv=\"Content-Security-Policy\"")
        .unwrap();
    let (_, rest) = rest.split_once("content=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

fn sources(policy: &str, directive: &str) -> BTreeSet<String> {
    policy
        .split(';')
        .map(|part| part.split_whitespace().collect::<Vec<_>>())
        .find(|words| words.first() == Some(&directive))
        .unwrap_or_else(|| panic!("the policy lacks {directive}"))
        .into_iter()
        .skip(1)
        .map(str::to_owned)
        .collect()
}

#[track_caller]
fn allows(directive: &str, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|word| (*word).to_owned()).collect();
    assert_eq!(sources(&policy(), directive), expected, "{directive}");
}

#[test]
fn the_page_can_connect_only_to_the_hosts_of_the_clouds() {
    let mut hosts = vec!["'self'".to_owned()];
    for cloud in Cloud::ALL {
        for host in [cloud.login_host(), cloud.graph_host(), cloud.arm_host()] {
            hosts.push(format!("https://{host}"));
        }
    }
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    allows("connect-src", &hosts);
}

/// The headers include the one directive that a page cannot set itself, and all other headers that a web server can add.
#[test]
fn the_server_headers_match_the_page_and_forbid_frames() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/hosting/headers.txt");
    let headers = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = headers.lines().collect();
    let expected = format!(
        "Content-Security-Policy: {}; frame-ancestors 'none'",
        policy()
    );
    assert_eq!(lines[0], expected);
    for line in &lines {
        let (name, value) = line.split_once(": ").unwrap();
        assert!(!name.is_empty() && !value.is_empty(), "{line}");
    }
    let permissions = lines
        .iter()
        .find_map(|line| line.strip_prefix("Permissions-Policy: "))
        .unwrap();
    for permission in permissions.split(", ") {
        assert!(
            permission.ends_with("=()") || permission == "clipboard-write=(self)",
            "{permission}"
        );
    }
}

/// In forced-colors mode, the browser paints a backplate behind text in the color of that text.
#[test]
fn text_on_the_accent_is_readable_in_forced_colors_mode() {
    let style = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut rules = 0;
    for file in ["layout.css", "components.css"] {
        let text = fs::read_to_string(style.join(file)).unwrap();
        for rule in text.split(['{', '}']) {
            if rule.contains("color: var(--on-accent)") {
                rules += 1;
                assert!(rule.contains("forced-color-adjust: none"), "{file}: {rule}");
            }
        }
    }
    assert!(rules > 2, "no such rule is found");
}

#[test]
fn the_page_runs_only_its_own_files() {
    allows("default-src", &["'none'"]);
    allows("script-src", &["'self'", "'wasm-unsafe-eval'"]);
    allows("style-src", &["'self'"]);
    allows("img-src", &["'self'", "data:"]);
    allows("font-src", &["'self'"]);
    allows("manifest-src", &["'self'"]);
    for directive in ["base-uri", "form-action", "object-src", "trusted-types"] {
        allows(directive, &["'none'"]);
    }
    allows("require-trusted-types-for", &["'script'"]);
    assert_eq!(
        policy().split(';').count(),
        12,
        "a directive is missing here or there"
    );
}

fn source(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The text between two markers.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

#[test]
fn the_sign_in_window_goes_only_to_the_sign_in_hosts() {
    let script = source("src/bridge/bridge.js");
    let listed: BTreeSet<&str> = between(&script, "const hosts = [", "]")
        .split(',')
        .map(|host| host.trim().trim_matches('"'))
        .collect();
    let hosts = Cloud::ALL.map(Cloud::login_host);
    assert_eq!(listed, hosts.into_iter().collect());
    assert_eq!(script.matches("location.replace(").count(), 1);
}

#[test]
fn the_frame_and_the_sign_in_window_use_the_same_channel() {
    let script = source("src/bridge/bridge.js");
    let name = between(&script, "const channelPrefix = \"", "\"");
    assert_eq!(
        name,
        between(
            &source("src/browser/bridge.rs"),
            "const CHANNEL: &str = \"",
            "\""
        )
    );
}

#[test]
fn the_page_and_the_module_opt_out_of_translation() {
    let page = source("index.html");
    assert!(page.contains("<html lang=\"en\" class=\"notranslate\" translate=\"no\">"));
    assert!(page.contains("<meta name=\"google\" content=\"notranslate\" />"));
    let module = source("src/embed/embed.js");
    assert!(module.contains("this.#part.translate = false;"));
    assert!(module.contains("this.#part.classList.add(\"notranslate\");"));
}

#[test]
fn the_sign_in_window_runs_one_script_and_sends_no_requests() {
    let page = source("src/bridge/index.html");
    assert_eq!(
        between(&page, "content=\"", "\""),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    assert_eq!(page.matches("<script").count(), 1);
    let script = source("src/bridge/bridge.js");
    for word in ["fetch", "XMLHttpRequest", "import", "innerHTML"] {
        assert!(!script.contains(word), "{word}");
    }
}

#[test]
fn the_page_and_the_boot_script_use_the_same_message_names() {
    let boot = source("src/boot.js");
    let prefix = between(&boot, "const typePrefix = \"", "\"");
    assert_eq!(
        prefix,
        between(
            &source("src/ui/embedding/events.rs"),
            "const TYPE: &str = \"",
            "\""
        )
    );
    let event = source("src/browser/window.rs");
    assert_eq!(
        format!("{prefix}tell"),
        between(&event, "const TO_HOST: &str = \"", "\"")
    );
    assert!(boot.contains("addEventListener(`${typePrefix}tell`"));
    assert!(source("src/ui/embedding/events.rs").contains(&format!(
        "const VERSION: u8 = {};",
        between(&boot, "const version = ", ";")
    )));
}

/// A message without a target origin would reach any page that embeds this page at that time.
#[test]
fn the_boot_script_sends_messages_only_to_the_allowed_origin() {
    let boot = source("src/boot.js");
    let said: Vec<&str> = boot
        .split("postMessage(")
        .skip(1)
        .map(|rest| rest.split_once(");").unwrap().0.trim_end_matches(')'))
        .collect();
    assert_eq!(said.len(), 2);
    for message in said {
        assert!(message.ends_with(", origin"), "{message}");
    }
}
