//! The registration of this page's app: golden files, equal permissions in every method, and scripts parsed with their own language.

use std::collections::BTreeSet;
use std::process::Command;

use domain::cloud::Cloud;
use domain::locale::Locale;
use engine::auth::account::Audience;
use engine::auth::scopes::Scope;
use engine::auth::scopes::ScopeSet;
use engine::export::quote::QuotedText;
use engine::export::registration::Method;
use engine::export::registration::Registration;
use engine::export::registration::address::PageAddress;
use engine::export::registration::azure_cli;
use engine::export::registration::bicep;
use engine::export::registration::fault::RegistrationError;
use engine::export::registration::graph_powershell;
use engine::export::registration::portal;
use proptest::prelude::*;

use super::golden;
use super::is_sound;
use super::line;
use super::read;

/// Cmdlets and parameters that the script can use: Microsoft.Graph.Authentication first, then PowerShell.
const ALLOWED: &[(&str, &[&str])] = &[
    ("Connect-MgGraph", &["Environment", "Scopes", "NoWelcome"]),
    (
        "Invoke-MgGraphRequest",
        &[
            "Method",
            "Uri",
            "Headers",
            "ContentType",
            "Body",
            "OutputType",
        ],
    ),
    ("Get-WhenThere", &["Path"]),
    ("Set-StrictMode", &["Version"]),
    ("Start-Sleep", &["Seconds"]),
    ("Where-Object", &["FilterScript"]),
    ("Write-Output", &["InputObject"]),
    ("Out-Null", &[]),
];

fn of(cloud: Cloud, work: ScopeSet, is_framed: bool, consents: bool) -> Registration {
    Registration {
        cloud,
        work,
        address: PageAddress::parse("https://cmg.contoso.com/setup/").unwrap(),
        is_framed,
        consents,
    }
}

fn all() -> Vec<Registration> {
    let mut all = Vec::new();
    for cloud in Cloud::ALL {
        for work in [ScopeSet::Check, ScopeSet::SetUp, ScopeSet::Discovery] {
            for (is_framed, consents) in [(false, false), (true, true)] {
                all.push(of(cloud, work, is_framed, consents));
            }
        }
    }
    all
}

#[test]
fn the_registration_scripts_match_the_golden_files() {
    let plain = of(Cloud::Public, ScopeSet::Check, false, false);
    let full = of(Cloud::Public, ScopeSet::Discovery, true, true);
    let gov = of(Cloud::UsGovDod, ScopeSet::SetUp, false, true);
    for (name, registration) in [("check", &plain), ("full", &full), ("dod", &gov)] {
        for way in Method::ALL {
            if let Some(text) = way.file(registration) {
                let ending = way.file_name().rsplit('.').next().unwrap();
                golden(&format!("register-{name}.{ending}"), &text);
            }
        }
    }
    // The `clients` test ring runs this command for an app that has the URL under the wrong platform.
    let line = azure_cli::fix_redirects(&plain, "00000000-0000-0000-0000-000000000000");
    golden("register-fix-redirects.txt", &format!("{line}\n"));
}

/// GUIDs of known permissions in a text.
fn guids_in(text: &str) -> BTreeSet<&'static str> {
    let known = [ScopeSet::Check, ScopeSet::Discovery].map(ScopeSet::scopes);
    let all = known.into_iter().flatten().map(Scope::guid);
    all.filter(|guid| text.contains(guid)).collect()
}

#[test]
fn every_method_registers_exactly_the_needed_permissions() {
    for registration in all() {
        let mut wanted = registration.work.scopes();
        wanted.extend(ScopeSet::Check.scopes());
        let guids: BTreeSet<_> = wanted.iter().map(|scope| scope.guid()).collect();
        for way in [Method::AzureCli, Method::GraphPowerShell, Method::Bicep] {
            let Some(text) = way.file(&registration) else {
                assert!(way == Method::Bicep && registration.cloud != Cloud::Public);
                continue;
            };
            assert_eq!(guids_in(&text), guids, "{way:?} {registration:?}");
            // Any other GUID would be a permission that was not reviewed.
            let services = Audience::ALL.map(|it| it.app_id().to_string());
            for guid in all_guids(&text) {
                let is_key = registration.key().ends_with(&guid);
                assert!(
                    guids.contains(guid.as_str()) || services.contains(&guid) || is_key,
                    "{guid}"
                );
            }
            for uri in registration.redirect_uris() {
                assert!(text.contains(&uri), "{way:?} {uri}");
            }
            assert_eq!(text.contains("bridge.html"), registration.is_framed);
            assert_eq!(text.contains("AllPrincipals"), registration.consents);
        }
        let steps = format!("{:?}", portal::steps(&registration, Locale::En));
        for scope in ScopeSet::Discovery.registered() {
            let listed = steps
                .split(['"', ',', ' '])
                .any(|word| word == scope.name());
            assert_eq!(
                listed,
                wanted.contains(&scope),
                "{scope:?} {registration:?}"
            );
        }
    }
}

fn all_guids(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_ascii_hexdigit() || c == '-'))
        .filter_map(|word| word.get(word.len().saturating_sub(36)..))
        .filter(|word| uuid::Uuid::try_parse(word).is_ok() && word.len() == 36)
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_powershell_script_calls_only_allowed_cmdlets() {
    for registration in all() {
        let script = graph_powershell::script(&registration);
        is_sound(&script);
        let script = read(&script);
        for (cmdlet, parameters) in script.calls() {
            let allowed = ALLOWED.iter().find(|(name, _)| *name == cmdlet);
            let (_, allowed) = allowed.unwrap_or_else(|| panic!("{cmdlet} is not on the list"));
            for parameter in parameters {
                assert!(
                    allowed.contains(&parameter.as_str()),
                    "{cmdlet} -{parameter}"
                );
            }
        }
        for kind in [
            "expandable_string_literal",
            "expandable_here_string_literal",
            "redirection",
        ] {
            assert_eq!(script.words_of_kind(kind), BTreeSet::new(), "{kind}");
        }
    }
}

fn bash(script: &str, arguments: &[&str]) -> (bool, String) {
    let done = Command::new("bash")
        .args(arguments)
        .arg(script)
        .output()
        .unwrap();
    (
        done.status.success(),
        String::from_utf8_lossy(&done.stdout).into_owned(),
    )
}

#[test]
fn bash_parses_its_script() {
    for registration in all() {
        let script = azure_cli::script(&registration);
        assert!(script.is_ascii() && !script.contains('\r') && script.ends_with('\n'));
        assert!(bash(&script, &["-n", "-c"]).0, "{script}");
    }
    assert!(!bash("if then", &["-n", "-c"]).0);
}

#[test]
fn a_bicep_template_is_ascii_and_its_brackets_close() {
    for registration in all() {
        let template = bicep::template(&registration);
        assert!(template.is_ascii() && template.ends_with('\n'));
        let mut open = Vec::new();
        let code = template
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for c in code.flat_map(str::chars) {
            match c {
                '{' | '[' => open.push(c),
                '}' => assert_eq!(open.pop(), Some('{')),
                ']' => assert_eq!(open.pop(), Some('[')),
                _ => {}
            }
        }
        assert!(open.is_empty());
    }
}

#[test]
fn the_app_key_depends_only_on_the_normalized_page_url() {
    let at = |text: &str| Registration {
        address: PageAddress::parse(text).unwrap(),
        ..of(Cloud::Public, ScopeSet::Check, false, false)
    };
    assert_eq!(
        at("https://a.example/").key(),
        at("HTTPS://A.example:443").key()
    );
    assert_ne!(
        at("https://a.example/").key(),
        at("https://a.example/b").key()
    );
}

#[test]
fn each_fix_is_one_bash_command_line() {
    for registration in all() {
        let id = "0f7c3b1e-2222-4d3f-8a7b-3c1d5e6f7a00";
        for line in [
            azure_cli::fix_redirects(&registration, id),
            azure_cli::fix_permissions(&registration, id),
            azure_cli::fix_consent(id),
        ] {
            assert!(!line.contains('\n') && line.is_ascii(), "{line}");
            assert!(bash(&line, &["-n", "-c"]).0, "{line}");
        }
    }
}

/// Checks with bash that an escaped literal has the original value.
#[track_caller]
fn comes_to(text: &str) {
    let literal = QuotedText::parse(text).unwrap().bash();
    assert!(literal.is_ascii(), "{literal}");
    let (is_good, said) = bash(&format!("LC_ALL=C.UTF-8 printf '%s' {literal}"), &["-c"]);
    assert!(is_good, "{literal}");
    assert_eq!(said, text, "{literal}");
}

#[test]
fn no_name_breaks_out_of_bash() {
    for text in [
        "plain",
        "'",
        "''",
        "it's",
        "$(id)",
        "`id`",
        "${HOME}",
        "\\",
        "\\'",
        "a\\",
        "; id #",
        "!!",
        "\"",
        "a\u{2019}b",
        "Б",
        "a😀'b",
        "*",
        "~",
    ] {
        comes_to(text);
    }
}

#[test]
fn no_name_breaks_out_of_bicep() {
    for (text, literal) in [
        ("plain", "'plain'"),
        ("it's", r"'it\'s'"),
        (r"a\", r"'a\\'"),
        ("${x}", r"'\${x}'"),
        ("ü", r"'\u{FC}'"),
    ] {
        assert_eq!(line(text).bicep(), literal);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn bash_returns_any_name_unchanged(text in "\\PC{1,30}") {
        if QuotedText::parse(&text).is_ok() {
            comes_to(&text);
        }
    }

    #[test]
    fn no_page_url_contains_characters_that_need_escaping(text in "https://[a-z]{1,5}/\\PC{0,30}") {
        if let Ok(address) = PageAddress::parse(&text) {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-._~%@:+=&".contains(c);
            prop_assert!(address.as_str().chars().all(is_plain));
        }
    }
}

/// Every sign-in error code that the registration can cause, and the command that fixes it, if one command does.
#[test]
fn every_error_code_of_the_registration_is_explained() {
    let registration = of(Cloud::Public, ScopeSet::SetUp, true, false);
    let client = "0f7c3b1e-2222-4d3f-8a7b-3c1d5e6f7a00".parse().unwrap();
    for (number, line) in [
        (50_011, "redirectUris"),
        (500_113, "redirectUris"),
        (9_002_326, "redirectUris"),
        (700_016, ""),
        (650_057, "permission add"),
        (65_001, "admin-consent"),
        (65_004, "admin-consent"),
        (90_094, "admin-consent"),
        (50_194, ""),
        (50_020, ""),
        (700_054, ""),
    ] {
        let fault = RegistrationError::of(number).unwrap_or_else(|| panic!("{number}"));
        let command = fault.command(&registration, client).unwrap_or_default();
        assert!(command.contains(line), "{number}: {command}");
        assert_eq!(command.is_empty(), line.is_empty(), "{number}");
        assert!(command.is_empty() || command.contains("0f7c3b1e-2222"));
    }
    let sentences: BTreeSet<_> = RegistrationError::all()
        .iter()
        .map(|(fault, _)| fault.sentence(Locale::En))
        .collect();
    assert_eq!(sentences.len(), RegistrationError::all().len());
    // The first is for a scope of client credentials, which this page never requests. The others have several causes or another cause.
    for number in [
        1_002_012, 500_112, 900_971, 9_002_325, 9_002_327, 7_000_218, 70_001, 650_056, 65_005,
    ] {
        assert_eq!(RegistrationError::of(number), None, "{number}");
    }
}
