//! The exemption request from the app management policy: golden files, and scripts parsed with their own language.

use std::collections::BTreeSet;
use std::process::Command;

use domain::cloud::Cloud;
use domain::locale::Locale;
use engine::export::exemption::Exemption;

use super::golden;
use super::is_sound;
use super::read;

fn of(cloud: Cloud, name: &str) -> Exemption<'_> {
    Exemption {
        cloud,
        tenant: "5e97358c-d99c-4558-8000-000000010000".parse().unwrap(),
        tenant_name: "Fabrikam",
        name,
        app: Some("2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72".parse().unwrap()),
        days: 365,
    }
}

#[test]
fn the_request_and_its_scripts_match_the_golden_files() {
    let plain = of(Cloud::Public, "CMG-ServerApp");
    golden("exemption.txt", &format!("{}\n", plain.text(Locale::En)));
    golden("exemption.ps1", &plain.graph_powershell().unwrap());
    // The `clients` test ring runs this script.
    golden("exemption.sh", &plain.azure_cli().unwrap());
}

/// An app that does not exist yet has no app policy.
#[test]
fn a_request_without_an_app_has_a_text_and_no_script() {
    let wanted = Exemption {
        app: None,
        ..of(Cloud::Public, "CMG-ServerApp")
    };
    assert_eq!(
        (wanted.graph_powershell(), wanted.azure_cli()),
        (None, None)
    );
    assert!(!wanted.text(Locale::En).contains("(client) ID"));
}

#[test]
fn no_name_breaks_out_of_a_script() {
    for cloud in Cloud::ALL {
        for name in [
            "O'Neill",
            "\u{2019}; Remove-Item *; \u{2018}",
            "$(rm -rf ~)",
            "Zürich \u{1f680}",
            "`whoami`",
            "a\"b\\c",
        ] {
            let wanted = of(cloud, name);
            let script = wanted.graph_powershell().unwrap();
            is_sound(&script);
            let script = read(&script);
            let calls = script.calls();
            let calls: BTreeSet<&str> = calls.keys().map(String::as_str).collect();
            let known = [
                "Connect-MgGraph",
                "Invoke-MgGraphRequest",
                "Set-StrictMode",
                "Write-Output",
            ];
            assert_eq!(calls, known.into());
            for kind in [
                "expandable_string_literal",
                "expandable_here_string_literal",
                "redirection",
            ] {
                assert_eq!(script.words_of_kind(kind), BTreeSet::new(), "{kind}");
            }
            let script = wanted.azure_cli().unwrap();
            assert!(script.is_ascii() && !script.contains('\r'));
            // bash reads the policy unchanged and runs no other command.
            let head: String = script
                .lines()
                .take_while(|line| !line.starts_with("if "))
                .map(|line| format!("{line}\n"))
                .collect();
            let told = Command::new("bash")
                .args(["-c", &format!("{head}printf %s \"$body\"")])
                .output()
                .unwrap();
            assert!(told.status.success());
            let body: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
            assert_eq!(body["displayName"], format!("Client secrets for {name}"));
            assert_eq!(
                body["restrictions"]["passwordCredentials"][1]["maxLifetime"],
                "P365D"
            );
            let parsed = Command::new("bash").args(["-n", "-c", &script]).status();
            assert!(parsed.unwrap().success());
        }
    }
}
