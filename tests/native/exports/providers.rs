//! The files that register resource providers in many subscriptions: golden files, scripts parsed with their own language, and the bash
//! code run with a stand-in for Azure CLI.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::process::Command;

use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use engine::export::providers::ProviderExport;
use engine::export::providers::matrix;
use engine::export::providers::matrix::MatrixRow;
use engine::providers::selection::ProviderSelection;
use engine::providers::selection::SelectedSubscription;
use proptest::prelude::*;

use super::golden;
use super::is_sound;
use super::read;

const FIRST: &str = "5e97358c-d99c-4558-af0c-de7774091dda";
const SECOND: &str = "2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72";
const TENANT: &str = "72f988bf-86f1-41af-91ab-2d7cd011db47";

/// Names with a meaning in one of the languages.
const HOSTILE: &[&str] = &[
    "O'Brien \"x\" \\",
    "$(touch x) `touch x` ${HOME} $HOME",
    "${path.root} %{ if true }",
    "${{ github.token }} $(System.AccessToken) $[variables.x]",
    "##vso[task.setvariable variable=x]y ::set-output name=x::y",
    "a\nrm -rf ~\r\nb\u{2028}c\u{85}d",
    "\u{1b}[31m red \u{7} \u{202e}gnp",
    "\u{2019}; Remove-Item * #> '@",
    "Süd \u{1f680} Б",
    "\u{fffe}\u{ffff}\u{feff}",
    "'",
    "",
    "# - x: y",
    "=1+1",
];

fn selection(cloud: Cloud, names: [&str; 2]) -> ProviderSelection {
    let subscription =
        |id: &str, name: &str, namespaces: &[ProviderNamespace]| SelectedSubscription {
            id: id.parse().unwrap(),
            name: name.to_owned(),
            namespaces: namespaces.to_vec(),
        };
    ProviderSelection {
        cloud,
        tenant: TENANT.parse().unwrap(),
        subscriptions: vec![
            subscription(FIRST, names[0], &ProviderNamespace::ALL),
            subscription(SECOND, names[1], &[ProviderNamespace::Compute]),
        ],
    }
}

fn plain(cloud: Cloud) -> ProviderSelection {
    selection(cloud, ["Contoso production", "Contoso Süd"])
}

fn hostile() -> ProviderSelection {
    selection(Cloud::Public, [&HOSTILE.concat(), HOSTILE[0]])
}

/// Each file with its name.
fn files(selection: &ProviderSelection) -> BTreeMap<&'static str, String> {
    let file = |it: ProviderExport| (it.key(), it.file(selection).unwrap());
    ProviderExport::ALL.into_iter().map(file).collect()
}

#[test]
fn the_provider_files_match_the_golden_files() {
    for (name, selection) in [
        ("public", plain(Cloud::Public)),
        ("usgov", plain(Cloud::UsGov)),
        ("hostile-names", hostile()),
    ] {
        for export in ProviderExport::ALL {
            let is_role = export.key().starts_with("custom-role");
            if is_role && name != "public" {
                // It has neither a name nor a cloud.
                assert_eq!(export.file(&selection), export.file(&plain(Cloud::Public)));
                continue;
            }
            let ending = export.file_name().rsplit('.').next().unwrap();
            golden(
                &format!("providers-{}-{name}.{ending}", export.key()),
                &export.file(&selection).unwrap(),
            );
        }
    }
    // Microsoft Graph has a deployment of its own for the Department of Defense; Azure has not.
    assert_eq!(files(&plain(Cloud::UsGov)), files(&plain(Cloud::UsGovDod)));
}

#[test]
fn the_matrix_matches_the_golden_file() {
    let row = |name: &str, namespace: ProviderNamespace, state: &str, may: &str| MatrixRow {
        subscription_id: FIRST.to_owned(),
        subscription_name: name.to_owned(),
        state: "Enabled".to_owned(),
        tenant: TENANT.to_owned(),
        management_group: "Platform, \"landing zones\"".to_owned(),
        namespace: namespace.name().to_owned(),
        registration_state: state.to_owned(),
        may_register: may.to_owned(),
    };
    let mut rows = vec![
        row(
            "Contoso Süd",
            ProviderNamespace::KeyVault,
            "Registered",
            "yes",
        ),
        row(
            "Contoso Süd",
            ProviderNamespace::Compute,
            "NotRegistered",
            "no",
        ),
        row("@SUM(A1)", ProviderNamespace::Compute, "", ""),
    ];
    let names = HOSTILE.iter();
    rows.extend(names.map(|it| row(it, ProviderNamespace::Storage, "Registering", "yes")));
    let text = matrix::csv(&rows);
    assert_eq!(text.matches('\n').count(), rows.len() + 1);
    assert_eq!(text.matches("\r\n").count(), rows.len() + 1);
    golden("providers-matrix.csv", &text);
}

#[test]
fn every_file_names_the_tenant_of_its_cloud_and_says_how_it_was_checked() {
    for (key, file) in files(&plain(Cloud::UsGov)) {
        if key.starts_with("custom-role") {
            continue;
        }
        assert!(file.contains(TENANT), "{key}");
        let cloud = ["AzureUSGovernment", "usgovernment"];
        assert!(cloud.iter().any(|it| file.contains(it)), "{key}");
        let head: String = file
            .lines()
            .take_while(|line| line.starts_with('#'))
            .collect();
        assert!(head.contains("CMG Entra Setup: registers"), "{key}");
        assert!(head.contains("# Checked: "), "{key}");
        assert!(head.contains("# Nothing in this file is secret"), "{key}");
        let needs_policy = ["terraform", "github-actions", "azure-devops"].contains(&key);
        assert_eq!(head.contains("Azure Policy cannot"), needs_policy, "{key}");
    }
}

#[test]
fn nothing_unregisters_a_provider() {
    for (key, file) in files(&plain(Cloud::Public)) {
        let code = file.lines().filter(|line| !line.starts_with('#'));
        for line in code {
            assert!(!line.to_lowercase().contains("unregister"), "{key}: {line}");
        }
    }
    let terraform = &files(&plain(Cloud::Public))["terraform"];
    assert!(terraform.contains("  when        = \"apply\"\n"));
    assert!(!terraform.contains("\"destroy\""));
}

#[test]
fn the_custom_role_has_only_the_selected_actions() {
    let files = files(&plain(Cloud::Public));
    let role: serde_json::Value = serde_json::from_str(&files["custom-role"]).unwrap();
    assert_eq!(role["Name"], "Resource provider registrar (CMG)");
    assert_eq!(role["IsCustom"], true);
    let actions: Vec<_> = role["Actions"].as_array().unwrap().iter().collect();
    assert_eq!(
        actions,
        [
            "Microsoft.Resources/subscriptions/read",
            "Microsoft.Resources/subscriptions/providers/read",
            "Microsoft.KeyVault/register/action",
            "Microsoft.Storage/register/action",
            "Microsoft.Network/register/action",
            "Microsoft.Compute/register/action",
        ]
    );
    let scopes = serde_json::json!([
        format!("/subscriptions/{FIRST}"),
        format!("/subscriptions/{SECOND}")
    ]);
    assert_eq!(role["AssignableScopes"], scopes);
    let portal: serde_json::Value = serde_json::from_str(&files["custom-role-portal"]).unwrap();
    let portal = &portal["properties"];
    assert_eq!(portal["roleName"], role["Name"]);
    assert_eq!(portal["description"], role["Description"]);
    assert_eq!(portal["assignableScopes"], scopes);
    assert_eq!(portal["permissions"][0]["actions"], role["Actions"]);
}

/// Cmdlets and parameters that the script can use: Az.Accounts and Az.Resources first, then PowerShell.
const ALLOWED: &[(&str, &[&str])] = &[
    ("Get-AzContext", &[]),
    (
        "Connect-AzAccount",
        &["Environment", "Tenant", "ErrorAction"],
    ),
    (
        "Set-AzContext",
        &["Subscription", "Tenant", "Scope", "ErrorAction"],
    ),
    (
        "Get-AzResourceProvider",
        &["ProviderNamespace", "ErrorAction"],
    ),
    (
        "Register-AzResourceProvider",
        &["ProviderNamespace", "ErrorAction"],
    ),
    ("Get-Command", &["Name", "ErrorAction"]),
    ("Set-StrictMode", &["Version"]),
    ("Write-Host", &[]),
    ("Write-Warning", &[]),
    ("Out-Null", &[]),
];

#[test]
fn the_provider_script_for_powershell_calls_only_allowed_cmdlets() {
    for selection in [plain(Cloud::Public), hostile()] {
        let script = ProviderExport::AzurePowerShell.file(&selection).unwrap();
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
        assert_eq!(
            script.conditions_of("Register-AzResourceProvider"),
            [["else: $state -eq 'Registered' -or $state -eq 'Registering'"]]
        );
    }
}

/// Stands in for Azure CLI: logs each call to stderr. In the second subscription, nothing can be read; registering Storage fails.
const STAND_IN: &str = r#"
az() {
  printf 'CALL %s\n' "$*" >&2
  case "$*" in
    'cloud show '*) printf '%s\r\n' "${CLOUD_NOW:-AzureCloud}" ;;
    'account list '*) printf '%s\r\n' "${KNOWN:-1}" ;;
    'account show '*) printf '%s\r\n' "${TENANT_NOW:-$MY_TENANT}" ;;
    'rest '*'/descendants?'*) printf 'https://next.example/2 aaaaaaaa-0000-0000-0000-000000000001\r\n' ;;
    'rest '*'https://next.example/2'*) printf '%s bbbbbbbb-0000-0000-0000-000000000002\r\n' - ;;
    *"--subscription $MY_BROKEN"*) printf 'AuthorizationFailed\n' >&2; return 1 ;;
    'provider show '*Microsoft.KeyVault*) printf 'Registered\r\n' ;;
    'provider show '*Microsoft.Network*) printf 'Registering\r\n' ;;
    'provider show '*) printf 'NotRegistered\r\n' ;;
    'provider register '*Microsoft.Storage*) printf 'ScopeLocked\n' >&2; return 1 ;;
  esac
}
"#;

struct Ran {
    code: Option<i32>,
    said: String,
    calls: Vec<String>,
}

/// Runs the script in bash, with the options of GitHub Actions (`strict`) or without.
fn run(script: &str, strict: bool, variables: &[(&str, &str)]) -> Ran {
    let options = if strict { "set -eo pipefail\n" } else { "" };
    let done = Command::new("bash")
        .args(["--noprofile", "--norc", "-c"])
        .arg(format!("{STAND_IN}{options}{script}"))
        .env("MY_TENANT", TENANT)
        .env("MY_BROKEN", SECOND)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let calls = String::from_utf8(done.stderr).unwrap();
    Ran {
        code: done.status.code(),
        said: String::from_utf8(done.stdout).unwrap(),
        calls: calls
            .lines()
            .filter_map(|line| line.strip_prefix("CALL "))
            .map(str::to_owned)
            .collect(),
    }
}

impl Ran {
    /// What was registered, as subscription and namespace.
    fn registered(&self) -> Vec<(&str, &str)> {
        let calls = self.calls.iter();
        calls
            .filter_map(|call| call.strip_prefix("provider register --namespace "))
            .map(|rest| {
                let words: Vec<&str> = rest.split(' ').collect();
                (words[2], words[0])
            })
            .collect()
    }
}

#[test]
fn the_script_registers_only_what_is_missing_and_goes_on_after_a_failure() {
    let mut wanted = plain(Cloud::Public);
    // The subscription that cannot be read comes first.
    wanted.subscriptions.reverse();
    let script = ProviderExport::AzureCli.file(&wanted).unwrap();
    assert!(script.is_ascii() && !script.contains('\r'));
    let ran = run(&script, false, &[]);
    assert_eq!(
        ran.registered(),
        [(FIRST, "Microsoft.Storage"), (FIRST, "Microsoft.Compute")]
    );
    assert_eq!(ran.code, Some(1), "{}", ran.said);
    assert!(ran.said.contains(" Contoso Süd\n"), "{}", ran.said);
    assert!(
        ran.said
            .ends_with("Registrations asked for: 1. Failed: 2.\n")
    );
    assert!(
        !ran.calls
            .iter()
            .any(|it| it.starts_with("login") || it.starts_with("cloud set"))
    );

    wanted.subscriptions.remove(0);
    wanted.subscriptions[0].namespaces =
        vec![ProviderNamespace::KeyVault, ProviderNamespace::Network];
    let script = ProviderExport::AzureCli.file(&wanted).unwrap();
    let ran = run(&script, false, &[]);
    assert_eq!((ran.code, ran.registered()), (Some(0), Vec::new()));
}

#[test]
fn the_script_sets_the_cloud_and_signs_in_only_where_it_has_to() {
    let script = ProviderExport::AzureCli.file(&plain(Cloud::UsGov)).unwrap();
    let ran = run(&script, false, &[("KNOWN", "0")]);
    let set: Vec<_> = ran
        .calls
        .iter()
        .filter(|it| !it.starts_with("provider"))
        .collect();
    assert_eq!(
        set,
        [
            "cloud show --query name --output tsv",
            "cloud set --name AzureUSGovernment",
            &format!("login --tenant {TENANT} --output none"),
        ]
    );
}

/// The lines of a block scalar without their indentation.
pub(super) fn block(file: &str, key: &str) -> String {
    let mut lines = file.lines().skip_while(|line| line.trim() != key);
    let depth = |line: &str| line.len() - line.trim_start().len();
    let outer = depth(lines.next().unwrap());
    let lines: Vec<&str> = lines
        .take_while(|line| line.is_empty() || depth(line) > outer)
        .collect();
    let inner = depth(lines[0]);
    lines
        .iter()
        .map(|line| format!("{}\n", line.get(inner..).unwrap_or("")))
        .collect()
}

/// The script of a pipeline, with the values of its environment variables.
fn pipeline(export: ProviderExport, selection: &ProviderSelection) -> (String, [String; 2]) {
    let file = export.file(selection).unwrap();
    let key = if export == ProviderExport::GitHubActions {
        "run: |"
    } else {
        "inlineScript: |"
    };
    let script = block(&file, key);
    // Both services expand expressions in it before bash reads it.
    assert!(
        !script.contains("${{") && !script.contains("$["),
        "{script}"
    );
    (
        script,
        [
            block(&file, "SUBSCRIPTIONS: >-"),
            block(&file, "PROVIDERS: >-"),
        ],
    )
}

#[test]
fn the_pipelines_register_in_the_listed_subscriptions_or_below_the_management_group() {
    for export in [ProviderExport::GitHubActions, ProviderExport::AzureDevOps] {
        let strict = export == ProviderExport::GitHubActions;
        let (script, [subscriptions, providers]) = pipeline(export, &plain(Cloud::Public));
        let with = |more: &[(&str, &str)]| {
            let mut variables = vec![
                ("CLOUD", "AzureCloud"),
                ("TENANT", TENANT),
                ("SUBSCRIPTIONS", subscriptions.as_str()),
                ("PROVIDERS", providers.as_str()),
                ("MANAGEMENT_GROUP", ""),
            ];
            variables.extend(more);
            run(&script, strict, &variables)
        };
        for none in ["", "none"] {
            let ran = with(&[("MANAGEMENT_GROUP", none)]);
            assert_eq!(
                ran.registered(),
                [(FIRST, "Microsoft.Storage"), (FIRST, "Microsoft.Compute")],
                "{export:?}"
            );
            assert_eq!(ran.code, Some(1));
            // Four of the subscription that cannot be read, and Storage of the other one.
            assert!(
                ran.said
                    .ends_with("Registrations asked for: 1. Failed: 5.\n"),
                "{}",
                ran.said
            );
        }
        let ran = with(&[
            ("PROVIDERS", "Microsoft.KeyVault"),
            ("SUBSCRIPTIONS", FIRST),
        ]);
        assert_eq!((ran.code, ran.registered()), (Some(0), Vec::new()));

        let ran = with(&[
            ("MANAGEMENT_GROUP", "platform"),
            ("PROVIDERS", "Microsoft.Compute"),
        ]);
        assert_eq!(ran.code, Some(0), "{}", ran.said);
        let subscriptions: Vec<_> = ran.registered().iter().map(|it| it.0).collect();
        assert_eq!(
            subscriptions,
            [
                "aaaaaaaa-0000-0000-0000-000000000001",
                "bbbbbbbb-0000-0000-0000-000000000002"
            ]
        );
        let first = ran.calls.iter().find(|it| it.starts_with("rest ")).unwrap();
        assert!(first.contains(" --url /providers/Microsoft.Management/managementGroups/platform/descendants?api-version="));

        for wrong in [
            [("MANAGEMENT_GROUP", "a/b"), ("", "")],
            [("MANAGEMENT_GROUP", "a?b"), ("", "")],
            [("SUBSCRIPTIONS", " "), ("", "")],
            [("CLOUD_NOW", "AzureUSGovernment"), ("", "")],
            [("TENANT_NOW", FIRST), ("", "")],
        ] {
            let ran = with(&wrong[..1]);
            assert_eq!(
                (ran.code, ran.registered()),
                (Some(1), Vec::new()),
                "{wrong:?}"
            );
        }
    }
}

/// The file without what is written for a name, line by line.
fn without_name(export: ProviderExport, file: &str) -> Vec<String> {
    let line = |line: &str| {
        let start = match export.key() {
            "azure-cli" => "printf '%s %s\\n' ",
            "terraform" => "      name      = \"",
            "github-actions" | "azure-devops" => "#   ",
            _ => return line.to_owned(),
        };
        let is_name = line.starts_with(start);
        if is_name {
            "the name".to_owned()
        } else {
            line.to_owned()
        }
    };
    // As a reader of YAML 1.1 and a terminal see lines.
    let ends = ['\n', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'];
    file.split(ends).map(line).collect()
}

/// No name changes anything but the place of the name.
#[track_caller]
fn stays_a_name(name: &str) {
    let of = |name: &str| selection(Cloud::Public, [name, "X"]);
    for export in ProviderExport::ALL {
        let file = export.file(&of(name)).unwrap();
        let of_x = export.file(&of("X")).unwrap();
        if export == ProviderExport::AzurePowerShell {
            is_sound(&file);
            let shown = engine::export::quote::QuotedText::shown(name);
            assert_eq!(
                read(&file).skeleton(shown.as_str()),
                read(&export.file(&of("Y")).unwrap()).skeleton("Y"),
                "{name:?}"
            );
        } else {
            assert_eq!(
                without_name(export, &file),
                without_name(export, &of_x),
                "{export:?} {name:?}"
            );
            assert_eq!(file.matches('\r').count(), 0);
        }
    }
    // bash runs no other command, and prints the name on one line.
    let script = ProviderExport::AzureCli.file(&of(name)).unwrap();
    let ran = run(&script, false, &[]);
    let shown = engine::export::quote::QuotedText::shown(name);
    let first = format!("{FIRST} {shown}");
    assert_eq!(ran.said.lines().next(), Some(first.as_str()), "{name:?}");
    let of_x = run(
        &ProviderExport::AzureCli.file(&of("X")).unwrap(),
        false,
        &[],
    );
    assert_eq!((ran.code, ran.calls), (of_x.code, of_x.calls), "{name:?}");
}

#[test]
fn hostile_subscription_names_stay_names() {
    for name in HOSTILE {
        stays_a_name(name);
    }
    stays_a_name(&HOSTILE.concat());
    stays_a_name(&"x'\u{1f680}".repeat(67));
}

/// A second reading of the name in the Terraform configuration is in the tests of `quote`.
#[test]
fn a_pipeline_has_names_only_in_comments() {
    for export in [ProviderExport::GitHubActions, ProviderExport::AzureDevOps] {
        let file = export.file(&hostile()).unwrap();
        let code = file.lines().filter(|line| !line.starts_with('#'));
        for line in code {
            assert!(!line.contains("Brien") && !line.contains("touch"), "{line}");
        }
        assert!(!file.contains("##vso") && file.contains("Brien"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_subscription_name_stays_a_name(letters in proptest::collection::vec(
        prop_oneof![proptest::sample::select(HOSTILE.concat().chars().collect::<Vec<_>>()), any::<char>()],
        0..200,
    )) {
        stays_a_name(&letters.into_iter().filter(|it| *it != '\0').collect::<String>());
    }
}
