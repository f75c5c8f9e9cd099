//! A set-up as scripts and code: golden files, and every name read back by an independent reader of each language.
//!
//! `tests/clients/python/test_setup_script.py` runs the script for Azure CLI, and `test_setup_files.py` checks the files with the tools of
//! their languages.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::process::Command;

use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use domain::app_id_uri::choice::UriChoice;
use domain::cloud::Cloud;
use domain::cmg::AppName;
use domain::cmg::HomePageUrl;
use domain::cmg::SecretLife;
use domain::ids::TenantId;
use domain::locale::Locale;
use engine::desired::Desired;
use engine::desired::repair::Existing;
use engine::export::setup::SetupExport;
use engine::export::setup::SetupExportError;
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::any_name;
use super::golden;
use super::is_sound;
use super::providers::block;
use super::read;
use crate::page::first_subscription;
use crate::page::signed_in;

/// Names with a meaning in one of the languages.
const HOSTILE: &[&str] = &[
    "O'Brien \"x\" \\ $(touch x) `touch x` ${HOME} $HOME",
    "${path.root} %{ if true } $${x}",
    "${{ github.token }} $(System.AccessToken) $[variables.x]",
    "##vso[task.setvariable variable=x]y ::set-output name=x::y",
    "\u{2019}; Remove-Item * #> '@ \u{2018}\u{201a}\u{201b}\u{201c}",
    "\u{4e2d}\u{6587} \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{1f680} Б Süd – ё",
    "'",
    "\\",
    "\\u0001server_app\\u0001 {server app client ID}",
    "# - x: y |",
    "a\\'b\\\"c $'\\x24'",
    "%PATH% !x ^ & | < > ;",
];

/// What the page wants in a review with this subscription and everything else by default.
fn plain() -> Desired {
    let mut page = signed_in();
    let subscription = first_subscription(&page);
    page.types(FieldId::Subscription, &subscription);
    page.goes(Route::Review);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    review.plan.desired.clone()
}

fn us_government() -> Desired {
    Desired {
        cloud: Cloud::UsGov,
        subscription: None,
        ..plain()
    }
}

/// Everything that can be chosen, with this name for both apps.
fn named(plain: &Desired, name: &str) -> Desired {
    let mut desired = plain.clone();
    desired.server_name = AppName::parse(name).unwrap();
    // A shorter name: both together would be too long for one of 120 letters.
    let last: String = name.chars().take(20).collect();
    desired.client_name = AppName::parse(&format!("c{last}c")).unwrap();
    desired.home_page_url = HomePageUrl::parse("https://h/a'b$(c)%7B;&~!*").unwrap();
    desired.discovery.users = true;
    desired.secret_life = SecretLife::TwoYears;
    desired
}

fn hostile() -> Desired {
    let mut desired = named(&plain(), HOSTILE[0]);
    desired.client_name = AppName::parse(HOSTILE[5]).unwrap();
    desired.uri = UriChoice::TenantAndName {
        name: "cmg'$(x)".to_owned(),
    };
    desired
}

fn files(desired: &Desired) -> BTreeMap<&'static str, String> {
    let file = |it: SetupExport| match it.text(desired) {
        Ok(text) => Some((it.key(), text)),
        Err(SetupExportError::OnlyPublicCloud) => None,
        Err(error) => panic!("{error:?}"),
    };
    SetupExport::ALL.into_iter().filter_map(file).collect()
}

#[test]
fn the_files_of_a_set_up_match_the_golden_files() {
    for (name, desired) in [
        ("public", plain()),
        ("usgov", us_government()),
        ("hostile-names", hostile()),
    ] {
        let files = files(&desired);
        let count = if desired.cloud == Cloud::Public { 6 } else { 5 };
        assert_eq!(files.len(), count);
        for (key, text) in files {
            let file_name = SetupExport::find(key).unwrap().file_name();
            let ending = file_name.rsplit('.').next().unwrap();
            golden(&format!("set-up-{key}-{name}.{ending}"), &text);
            // The same wanted state gives the same file.
            let again = SetupExport::find(key).unwrap().text(&desired);
            assert_eq!(again.as_ref(), Ok(&text));
        }
    }
}

#[test]
fn every_file_is_ascii_and_says_what_its_reader_has_to_know() {
    for desired in [plain(), us_government(), hostile()] {
        for (key, file) in files(&desired) {
            assert!(file.is_ascii() && !file.contains(['\0', '\t']), "{key}");
            assert_eq!(file.contains('\r'), key == "graph-powershell");
            let comment = if key == "bicep" { "//" } else { "#" };
            let head: String = file
                .lines()
                .take_while(|line| line.starts_with(comment))
                .map(|line| format!("{}\n", line.trim_end()))
                .collect();
            for part in [
                "CMG Entra Setup: makes the two app registrations".to_owned(),
                format!("Tenant: {}", desired.tenant),
                "Who: ".to_owned(),
                "Checked: ".to_owned(),
                "It was not run".to_owned(),
                "Nothing in this file is secret".to_owned(),
                "secret is made".to_owned(),
            ] {
                let said = match part.as_str() {
                    "It was not run" => ["was not run", "was not applied", "was not deployed"]
                        .iter()
                        .any(|it| head.replace("\n# ", " ").contains(it)),
                    // The scripts can make one on request.
                    "secret is made" => {
                        head.contains("secret is made") || head.contains("none is made")
                    }
                    part => head.contains(part),
                };
                assert!(said, "{key} does not say: {part}\n{head}");
            }
            let says_again = ["second run", "second apply", "deployment sets"];
            assert!(says_again.iter().any(|it| head.contains(it)), "{key}");
            let has_directory = file.contains("7ab1d382-f21e-4acd-a863-ba3e13f7da61");
            assert_eq!(has_directory, desired.wants_directory(), "{key}");
            assert_eq!(
                head.contains("Privileged Role Administrator"),
                has_directory,
                "{key}"
            );
            assert_eq!(
                file.contains("Microsoft.KeyVault"),
                desired.subscription.is_some(),
                "{key}"
            );
        }
    }
}

#[test]
fn a_file_for_us_government_names_no_host_of_the_global_cloud() {
    for (key, file) in files(&us_government()) {
        for host in ["graph.microsoft.com", "management.azure.com", "AzureCloud"] {
            assert!(!file.contains(host), "{key}: {host}");
        }
    }
    let dod = files(&Desired {
        cloud: Cloud::UsGovDod,
        ..us_government()
    });
    assert!(dod["azure-cli"].contains("graph='https://dod-graph.microsoft.us'\n"));
    assert!(dod["azure-cli"].contains("cloud='AzureUSGovernment'\n"));
    assert!(dod["graph-powershell"].contains("$environment = 'USGovDoD'\r\n"));
    assert!(dod["terraform"].contains("environment = \"usgovernmentl5\""));
    assert!(dod["github-actions"].contains("audience: api://AzureADTokenExchangeUSGov\n"));
}

#[test]
fn no_file_makes_or_shows_a_secret_by_default() {
    for (key, file) in files(&hostile()) {
        let code: Vec<&str> = file
            .lines()
            .filter(|line| !line.trim_start().starts_with(['#', '/']))
            .collect();
        let makes = code.iter().any(|line| {
            line.contains("addPassword") || line.contains("azuread_application_password")
        });
        let is_script = [
            "azure-cli",
            "graph-powershell",
            "github-actions",
            "azure-devops",
        ];
        assert_eq!(makes, is_script.contains(&key), "{key}");
        // Printed, or an argument of a program that everybody can see.
        for line in code {
            let shows = line.contains("$secret\"") && !line.contains(">\"$secret_file\"");
            assert!(!shows, "{key}: {line}");
            let prints = line.contains("Write-") && line.contains("secretText");
            assert!(!prints, "{key}: {line}");
        }
        // A pipeline has no way to the option.
        if key == "github-actions" || key == "azure-devops" {
            let options: Vec<&str> = file.lines().filter(|it| it.contains("set -- ")).collect();
            assert_eq!(options.len(), 1);
            assert!(options[0].ends_with("set -- \"$@\" --use \"$id\""));
        }
    }
    let script = &files(&plain())["graph-powershell"];
    assert_eq!(
        read(script).conditions_of("Export-Clixml"),
        [[
            "else: $SecretPath -eq ''",
            "else: $isValid -and -not $AnotherSecret"
        ]]
    );
}

#[test]
fn there_is_no_file_for_an_existing_pair_or_without_a_tenant() {
    let existing = Desired {
        existing: Some(Existing {
            server: None,
            client: None,
            repairs: Vec::new(),
        }),
        ..plain()
    };
    let nowhere = Desired {
        tenant: TenantId::new(Uuid::nil()),
        ..plain()
    };
    let no_uri = Desired {
        uri: UriChoice::Own {
            text: "cmg".to_owned(),
        },
        ..plain()
    };
    for export in SetupExport::ALL {
        for (desired, error) in [
            (&existing, SetupExportError::ExistingPair),
            (&nowhere, SetupExportError::NoTenant),
            (&no_uri, SetupExportError::AppIdUri),
        ] {
            assert_eq!(export.text(desired), Err(error));
            assert!(!error.sentence(Locale::En).is_empty());
        }
        assert_eq!(SetupExport::find(export.key()), Some(export));
        assert!(!export.name(Locale::De).is_empty());
    }
    assert_eq!(SetupExport::find("portal"), None);
    assert_eq!(
        SetupExport::Bicep.text(&us_government()),
        Err(SetupExportError::OnlyPublicCloud)
    );
    let names: BTreeSet<_> = SetupExport::ALL.iter().map(|it| it.file_name()).collect();
    assert_eq!(names.len(), SetupExport::ALL.len());
}

/// What the admin chose in the wizard about the secret and about refusals is not the file's business.
#[test]
fn only_what_the_apps_need_changes_a_file() {
    let mut desired = plain();
    desired.another_secret = true;
    desired.secret_later = true;
    desired.leaves_out_refused = true;
    desired.adopted = vec![Uuid::from_u128(1).to_string().parse().unwrap()];
    assert_eq!(files(&desired), files(&plain()));
}

/// Cmdlets and parameters that the script can use: the modules first, then its own functions and PowerShell.
const ALLOWED: &[(&str, &[&str])] = &[
    (
        "Connect-MgGraph",
        &["Environment", "TenantId", "Scopes", "NoWelcome"],
    ),
    ("Get-MgContext", &[]),
    (
        "Invoke-MgGraphRequest",
        &[
            "Method",
            "Uri",
            "OutputType",
            "Body",
            "ContentType",
            "Headers",
        ],
    ),
    ("Get-AzContext", &[]),
    ("Connect-AzAccount", &["Environment", "Tenant"]),
    ("Set-AzContext", &["Subscription", "Tenant", "Scope"]),
    ("Invoke-AzRestMethod", &["Method", "Path"]),
    (
        "Invoke-Graph",
        &["Method", "Path", "Body", "Upsert", "MayBeMissing"],
    ),
    ("Get-Part", &["List"]),
    ("ConvertTo-Body", &["Properties"]),
    ("Add-Access", &["Object", "Resource", "Permission", "Kind"]),
    ("Get-Principal", &["App"]),
    ("Add-Consent", &["Resource", "Scope", "Body"]),
    ("ConvertTo-Json", &["InputObject", "Depth", "Compress"]),
    ("ConvertFrom-Json", &["InputObject"]),
    (
        "ConvertTo-SecureString",
        &["String", "AsPlainText", "Force"],
    ),
    ("Export-Clixml", &["LiteralPath", "Force"]),
    ("New-Item", &["ItemType", "Path"]),
    ("Test-Path", &["LiteralPath"]),
    ("Get-Date", &[]),
    ("Get-Command", &["Name", "ErrorAction"]),
    ("Set-StrictMode", &["Version"]),
    ("Start-Sleep", &["Seconds"]),
    ("Write-Host", &[]),
    ("Write-Warning", &[]),
    ("Out-Null", &[]),
];

#[test]
fn the_set_up_script_for_powershell_calls_only_allowed_cmdlets() {
    for desired in [plain(), us_government(), hostile()] {
        let text = SetupExport::GraphPowerShell.text(&desired).unwrap();
        is_sound(&text);
        let script = read(&text);
        for (cmdlet, parameters) in script.calls() {
            let allowed = ALLOWED.iter().find(|(name, _)| *name == cmdlet);
            let (_, allowed) = allowed.unwrap_or_else(|| panic!("{cmdlet} is not on the list"));
            for parameter in parameters {
                // The grammar takes the parameters of a splatted table that is filled later for its keys.
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

/// The value of an assignment on a line of its own, as bash reads it. Variables stay as they are written.
fn assigned(script: &str, name: &str) -> String {
    let start = format!("{name}=");
    let line = script
        .lines()
        .map(str::trim_start)
        .find(|line| line.starts_with(&start));
    let words = shlex::split(line.unwrap_or_else(|| panic!("no {name}"))).unwrap();
    assert_eq!(words.len(), 1, "{words:?}");
    words[0][start.len()..].to_owned()
}

/// The JSON texts of a PowerShell script.
fn bodies(script: &str) -> Vec<Value> {
    let skeleton = read(script).skeleton("");
    let texts = skeleton.iter().filter_map(|it| it.strip_prefix("text: "));
    texts
        .filter(|it| it.starts_with('{'))
        .filter_map(|it| serde_json::from_str(it).ok())
        .collect()
}

/// The strings of a Bicep file by "Data types in Bicep" (2025), independent of the writer. A string with an expression is left out.
fn bicep_strings(file: &str) -> Vec<String> {
    let mut strings = Vec::new();
    for line in file.lines().filter(|it| !it.trim_start().starts_with("//")) {
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            if c != '\'' {
                continue;
            }
            let mut text = String::new();
            let mut has_expression = false;
            loop {
                match rest.next().expect("a string ends on its line") {
                    '\'' => break,
                    '\\' => match rest.next().unwrap() {
                        mark @ ('\'' | '\\' | '$') => text.push(mark),
                        'u' => {
                            assert_eq!(rest.next(), Some('{'));
                            let digits: String =
                                rest.by_ref().take_while(|it| *it != '}').collect();
                            let code = u32::from_str_radix(&digits, 16).unwrap();
                            text.push(char::from_u32(code).unwrap());
                        }
                        other => panic!("no escape: {other}"),
                    },
                    '$' if rest.peek() == Some(&'{') => has_expression = true,
                    c => text.push(c),
                }
            }
            if !has_expression {
                strings.push(text);
            }
        }
    }
    strings
}

/// A value of `locals` in a Terraform configuration.
fn local(file: &str, name: &str) -> String {
    let body: hcl::Body = hcl::from_str(file).unwrap();
    let locals = body
        .blocks()
        .find(|block| block.identifier() == "locals")
        .unwrap();
    let found = locals.body().attributes().find(|it| it.key() == name);
    let hcl::Expression::String(text) = found.unwrap().expr() else {
        panic!("{name} is no literal")
    };
    text.clone()
}

/// The file without the places of a name.
fn without_name(key: &str, file: &str) -> Vec<String> {
    let starts: &[&str] = match key {
        "terraform" => &[
            "server_name",
            "client_name",
            "scope_title",
            "scope_description",
        ],
        "bicep" => &["displayName:", "uniqueName:", "adminConsentD"],
        _ => &[
            "server_path=",
            "server_body=",
            "client_path=",
            "client_body=",
            "server_names=",
            "client_names=",
            "$serverPath =",
            "$serverBody =",
            "$clientPath =",
            "$clientBody =",
            "$serverNames =",
            "$clientNames =",
        ],
    };
    let line = |line: &str| {
        let start = starts.iter().find(|it| line.trim_start().starts_with(**it));
        start.map_or_else(|| line.to_owned(), |it| format!("{it} the name"))
    };
    file.split('\n').map(line).collect()
}

/// Each language gives the names back, and no name changes anything else.
#[track_caller]
fn comes_back(plain: &Desired, name: &str) {
    let desired = named(plain, name);
    let (server, client) = (desired.server_name.as_str(), desired.client_name.as_str());
    let files = files(&desired);
    for (key, file) in &files {
        assert!(file.is_ascii(), "{key} {name:?}");
        assert_eq!(
            without_name(key, file),
            OF_X.with(|of_x| of_x[key].clone()),
            "{key} {name:?}"
        );
    }
    let title = format!("Access {server}");
    let is_server = |body: &Value| {
        body["displayName"] == server
            && body["api"]["oauth2PermissionScopes"][0]["adminConsentDisplayName"] == title.as_str()
            && body["web"]["homePageUrl"] == desired.home_page_url.as_str()
    };
    for key in ["azure-cli", "github-actions", "azure-devops"] {
        let script = match key {
            "github-actions" => block(&files[key], "run: |"),
            "azure-devops" => block(&files[key], "inlineScript: |"),
            _ => files[key].clone(),
        };
        let body = |name| serde_json::from_str::<Value>(&assigned(&script, name)).unwrap();
        assert!(is_server(&body("server_body")), "{key} {name:?}");
        assert_eq!(body("client_body")["displayName"], client, "{key}");
        // The filter is a URL of Microsoft Graph with a doubled quote.
        let filter = assigned(&script, "server_names");
        let read = percent_encoding::percent_decode_str(&filter)
            .decode_utf8()
            .unwrap();
        let quoted = server.replace('\'', "''");
        assert!(
            read.starts_with(&format!(
                "applications?$filter=displayName eq '{quoted}' or displayName eq '{quoted}'&"
            )),
            "{read}"
        );
        // Both services expand expressions before bash reads the script.
        for line in script.lines().filter(|it| it.contains("_body='")) {
            assert!(
                !line.contains("$(") && !line.contains("${") && !line.contains("$["),
                "{line}"
            );
        }
    }
    let bodies = bodies(&files["graph-powershell"]);
    assert!(bodies.iter().any(is_server), "{name:?} {bodies:?}");
    assert!(bodies.iter().any(|it| it["displayName"] == client));
    let terraform = &files["terraform"];
    assert_eq!(local(terraform, "server_name"), server);
    assert_eq!(local(terraform, "client_name"), client);
    assert_eq!(local(terraform, "scope_title"), title);
    assert_eq!(
        local(terraform, "home_page"),
        desired.home_page_url.as_str()
    );
    let strings = bicep_strings(&files["bicep"]);
    for text in [server, client, &title, desired.home_page_url.as_str()] {
        assert!(strings.iter().any(|it| it == text), "{text:?} {strings:?}");
    }
}

#[test]
fn hostile_names_come_back_from_every_language() {
    let plain = plain();
    for name in HOSTILE {
        comes_back(&plain, name);
    }
    comes_back(&plain, &"x'\u{1f680}$(".repeat(20));
}

#[test]
fn bash_reads_the_script_for_any_choice() {
    for desired in [plain(), us_government(), hostile()] {
        let script = SetupExport::AzureCli.text(&desired).unwrap();
        let done = Command::new("bash").args(["-n", "-c", &script]).output();
        assert!(done.unwrap().status.success(), "{script}");
    }
}

/// A pipeline runs the script of the file for Azure CLI, line by line.
#[test]
fn both_pipelines_run_the_script_for_azure_cli() {
    let files = files(&plain());
    let (_, script) = files["azure-cli"]
        .split_once("set -euo pipefail\n")
        .unwrap();
    for (key, start) in [
        ("github-actions", "run: |"),
        ("azure-devops", "inlineScript: |"),
    ] {
        let block = block(&files[key], start);
        assert!(block.starts_with("set -euo pipefail\nif [ \"$USE\" != none ]; then\n"));
        assert!(block.ends_with(script), "{key}");
        assert!(!block.contains("${{") && !block.contains("$["), "{key}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_comes_back_from_every_language(name in any_name()) {
        let name = name.as_str().trim();
        let desired = DESIRED.with(Clone::clone);
        if AppName::parse(name).is_ok() {
            let last: String = name.chars().take(20).collect();
            prop_assume!(AppName::parse(&format!("c{last}c")).is_ok());
            comes_back(&desired, name);
        }
    }
}

thread_local! {
    static DESIRED: Desired = plain();
    /// The files for a plain name, without its places.
    static OF_X: BTreeMap<&'static str, Vec<String>> = DESIRED.with(|plain| {
        let files = files(&named(plain, "X")).into_iter();
        files.map(|(key, file)| (key, without_name(key, &file))).collect()
    });
}
