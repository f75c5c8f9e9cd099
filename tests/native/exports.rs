//! Exports for other programs: golden files, and scripts parsed with an independent grammar.
//!
//! `UPDATE_GOLDEN=1 cargo test --test native exports` rewrites `tests/native/golden`; review the difference like code.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::known::Answer;
use domain::known::Known;
use domain::locale::Locale;
use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use encoding_rs::WINDOWS_1251;
use encoding_rs::WINDOWS_1252;
use engine::desired::repair::AppRole;
use engine::export::configmgr;
use engine::export::handoff::ClientApp;
use engine::export::handoff::Connection;
use engine::export::handoff::Consent;
use engine::export::handoff::DiscoveryRecord;
use engine::export::handoff::Handoff;
use engine::export::handoff::ProviderRecord;
use engine::export::handoff::RegistrationRecord;
use engine::export::handoff::SecretKey;
use engine::export::handoff::ServerApp;
use engine::export::handoff::TenantRecord;
use engine::export::quote::QuotedText;
use engine::export::renewal::update_application_settings;
use powershell::Script;
use proptest::prelude::*;

mod evidence;
mod exemption;
mod plan_file;
mod powershell;
mod providers;
mod received;
mod registration;
mod requests;
mod setup;

/// Code pages that a Windows computer can use for a file without a byte order mark.
const CODE_PAGES: [&Encoding; 3] = [UTF_8, WINDOWS_1252, WINDOWS_1251];

/// Cmdlets and parameters that a script can use. The first group is from the ConfigurationManager module reference (2026-01-28), the
/// second from Windows PowerShell 5.1.
const ALLOWED: &[(&str, &[&str])] = &[
    (
        "Import-CMAADServerApplication",
        &[
            "TenantName",
            "TenantId",
            "AppName",
            "ClientId",
            "SecretKey",
            "SecretKeyExpiry",
            "AppIdUri",
            "AzureEnvironmentOption",
            "DisableWildcardHandling",
        ],
    ),
    (
        "Import-CMAADClientApplication",
        &[
            "AppName",
            "ClientId",
            "ServerApp",
            "TenantId",
            "DisableWildcardHandling",
        ],
    ),
    (
        "Get-CMAADApplication",
        &[
            "AppName",
            "AppType",
            "ClientId",
            "TenantId",
            "TenantName",
            "DisableWildcardHandling",
        ],
    ),
    (
        "New-CMCloudManagementAzureService",
        &[
            "Name",
            "ServerApp",
            "ClientApp",
            "AzureEnvironmentOption",
            "Description",
            "EnableUserDiscovery",
            "UserDiscoverySchedule",
            "EnableUserDeltaDiscovery",
            "UserDeltaDiscoveryMins",
            "EnableGroupDiscovery",
            "AddGroupName",
            "GroupDiscoverySchedule",
            "EnableGroupDeltaDiscovery",
            "GroupDeltaDiscoveryMins",
            "DisableWildcardHandling",
        ],
    ),
    (
        "Get-CMAzureService",
        &["Name", "Id", "DisableWildcardHandling"],
    ),
    (
        "Set-CMCloudManagementAzureService",
        &[
            "Name",
            "EnableUserDiscovery",
            "UserDiscoverySchedule",
            "EnableUserDeltaDiscovery",
            "UserDeltaDiscoveryMins",
            "EnableGroupDiscovery",
            "GroupDiscoverySchedule",
            "EnableGroupDeltaDiscovery",
            "GroupDeltaDiscoveryMins",
            "AddGroupName",
            "DisableWildcardHandling",
        ],
    ),
    ("New-CMSchedule", &["RecurInterval", "RecurCount"]),
    ("Set-UpdateServerApplication", &["TenantId"]),
    (
        "New-CMCloudManagementGateway",
        &[
            "EnvironmentSetting",
            "SubscriptionId",
            "GroupName",
            "IsUsingExistingGroup",
            "Region",
            "ServiceName",
            "ServiceCertPath",
            "ServiceCertPassword",
            "VMInstanceCount",
            "EnforceProtocol",
            "TenantId",
            "DisableWildcardHandling",
        ],
    ),
    (
        "Get-CMCloudManagementGateway",
        &["Name", "DisableWildcardHandling"],
    ),
    (
        "Add-CMCloudManagementGatewayConnectionPoint",
        &[
            "CloudManagementGatewayName",
            "SiteSystemServerName",
            "DisableWildcardHandling",
        ],
    ),
    // Windows PowerShell 5.1
    ("Set-StrictMode", &["Version"]),
    ("Get-Module", &["Name", "ListAvailable"]),
    ("Import-Module", &["Name"]),
    ("Join-Path", &["Path", "ChildPath"]),
    ("Get-Command", &["Name", "ErrorAction"]),
    ("Get-PSDrive", &["PSProvider", "ErrorAction"]),
    ("New-PSDrive", &["Name", "PSProvider", "Root"]),
    ("Push-Location", &["LiteralPath"]),
    ("Pop-Location", &[]),
    ("Convert-Path", &["LiteralPath"]),
    ("Read-Host", &["Prompt", "AsSecureString"]),
    ("Write-Host", &[]),
    ("Write-Warning", &[]),
    ("Out-Null", &[]),
];

fn line(text: &str) -> QuotedText {
    QuotedText::parse(text).unwrap()
}

/// A complete hand-over in the public cloud, without discovery.
fn plain() -> Handoff {
    let tenant = "5e97358c-d99c-4558-af0c-de7774091dda";
    let server = "2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72";
    let client = "9b1d4c7a-3e2f-4d60-8a5b-6c7d8e9f0a1b";
    Handoff {
        connection: Connection {
            name: line("Contoso cloud management"),
            description: None,
        },
        tenant: TenantRecord {
            name: line("contoso.onmicrosoft.com"),
            id: tenant.parse().unwrap(),
            cloud: Cloud::Public,
            verified_domains: vec![
                "contoso.onmicrosoft.com".to_owned(),
                "contoso.com".to_owned(),
            ],
        },
        server: ServerApp {
            name: line("CMG-ServerApp"),
            app_id: server.parse().unwrap(),
            object_id: "0d5b8a1e-94c3-4f27-b6a0-1c2d3e4f5a6b".parse().unwrap(),
            service_principal: "7a6b5c4d-3e2f-41a0-9b8c-7d6e5f4a3b2c".parse().unwrap(),
            app_id_uri: line(&format!("api://{tenant}/{server}")),
            scope_id: "c4d3e2f1-a0b9-4c8d-8e7f-6a5b4c3d2e1f".parse().unwrap(),
            secret: SecretKey {
                id: "1f2e3d4c-5b6a-4798-8776-5f4e3d2c1b0a".parse().unwrap(),
                end: "2028-11-22T13:37:42Z".parse().unwrap(),
            },
        },
        client: ClientApp {
            name: line("CMG-ClientApp"),
            app_id: client.parse().unwrap(),
            object_id: "3c2b1a09-8f7e-4d6c-a5b4-c3d2e1f0a9b8".parse().unwrap(),
            service_principal: "6e5d4c3b-2a19-4087-96a5-b4c3d2e1f0a9".parse().unwrap(),
            redirect: format!("ms-appx-web://Microsoft.AAD.BrokerPlugin/{client}"),
        },
        discovery: DiscoveryRecord::default(),
        provider_request: None,
        consents: vec![Consent {
            side: AppRole::Client,
            permission: "user_impersonation".to_owned(),
            is_granted: Answer::Yes,
        }],
        subscription: Some("a1b2c3d4-e5f6-4708-9a0b-1c2d3e4f5a6b".parse().unwrap()),
        providers: ProviderNamespace::ALL
            .map(|namespace| ProviderRecord {
                namespace,
                registration: Known::Known(RegistrationRecord::Registered),
            })
            .to_vec(),
    }
}

fn us_government() -> Handoff {
    let mut handoff = plain();
    handoff.tenant.cloud = Cloud::UsGov;
    handoff.tenant.name = line("contoso.onmicrosoft.us");
    handoff
}

fn with_user_discovery() -> Handoff {
    let mut handoff = plain();
    handoff.connection.description = Some(line("Gateway for laptops"));
    handoff.discovery.users = true;
    handoff
}

/// A hand-over where every text that the admin can choose is this name, with all discovery options.
fn named(name: &QuotedText) -> Handoff {
    let mut handoff = plain();
    handoff.connection.name = name.clone();
    handoff.connection.description = Some(name.clone());
    handoff.tenant.name = name.clone();
    handoff.server.name = name.clone();
    handoff.server.app_id_uri = name.clone();
    handoff.client.name = name.clone();
    handoff.discovery.users = true;
    handoff.discovery.groups = Some(vec![name.clone(), name.clone()]);
    handoff
}

/// A hand-over with names that have a meaning in PowerShell or in a code page.
fn hostile() -> Handoff {
    let mut handoff = plain();
    handoff.connection.name = line("Contoso's “cloud” – 1‘2’3‚4‛5; Remove-Item x");
    handoff.connection.description = Some(line("$(Remove-Item x) `n $env:PATH \"#<@' '@"));
    handoff.tenant.name = line("Контора Б и Вё");
    handoff.server.name = line("x’; Remove-Item y #");
    handoff.client.name = line("Gerät 💻 'n' Co");
    handoff.discovery.users = true;
    handoff.discovery.groups = Some(vec![
        line("[a-z]* managers"),
        line("Отдел ’), (Remove-Item z"),
        line("'"),
    ]);
    handoff
}

#[track_caller]
pub(super) fn golden(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/native/golden")
        .join(name);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, text).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        text == expected,
        "{name} differs. UPDATE_GOLDEN=1 rewrites it. Now:\n{text}"
    );
}

/// Checks the requirements for every script.
#[track_caller]
fn is_sound(script: &str) {
    has_sound_bytes(script);
    for code_page in CODE_PAGES {
        let read = Script::read(script.as_bytes(), code_page);
        assert_eq!(read.faults(), Vec::<String>::new(), "{}", code_page.name());
    }
}

#[track_caller]
fn has_sound_bytes(script: &str) {
    assert!(script.is_ascii());
    assert!(!script.contains('\0'));
    assert!(script.ends_with("\r\n"));
    assert_eq!(script.matches('\n').count(), script.matches("\r\n").count());
    assert_eq!(script.matches('\r').count(), script.matches("\r\n").count());
}

fn read(script: &str) -> Script {
    Script::read(script.as_bytes(), UTF_8)
}

/// Checks that the script for any name equals the script for `X` with the name in its place.
#[track_caller]
fn has_the_shape_of_x(name: &QuotedText, code_pages: &[&'static Encoding]) {
    static OF_X: LazyLock<Vec<String>> =
        LazyLock::new(|| read(&configmgr::script(&named(&line("X")))).skeleton("X"));
    let script = configmgr::script(&named(name));
    has_sound_bytes(&script);
    for code_page in code_pages {
        let read = Script::read(script.as_bytes(), code_page);
        assert_eq!(read.faults(), Vec::<String>::new(), "{}", code_page.name());
        assert_eq!(read.skeleton(name.as_str()), *OF_X, "{}", code_page.name());
    }
}

#[test]
fn the_scripts_match_the_golden_files() {
    golden("configmgr-public.ps1", &configmgr::script(&plain()));
    golden("configmgr-usgov.ps1", &configmgr::script(&us_government()));
    golden(
        "configmgr-user-discovery.ps1",
        &configmgr::script(&with_user_discovery()),
    );
    golden(
        "configmgr-hostile-names.ps1",
        &configmgr::script(&hostile()),
    );
}

#[test]
fn the_hand_over_record_matches_the_golden_files() {
    golden("handover-plain.json", &plain().record(None));
    golden("handover-hostile-names.json", &hostile().record(None));
}

#[test]
fn the_scripts_are_ascii_and_valid_on_every_code_page() {
    for handoff in [plain(), us_government(), with_user_discovery(), hostile()] {
        is_sound(&configmgr::script(&handoff));
    }
}

#[test]
fn the_scripts_use_only_documented_cmdlets_and_parameters() {
    for handoff in [plain(), us_government(), with_user_discovery(), hostile()] {
        for (cmdlet, parameters) in read(&configmgr::script(&handoff)).calls() {
            let allowed = ALLOWED.iter().find(|(name, _)| *name == cmdlet);
            let (_, allowed) = allowed.unwrap_or_else(|| panic!("{cmdlet} is not on the list"));
            for parameter in parameters {
                assert!(
                    allowed.contains(&parameter.as_str()),
                    "{cmdlet} -{parameter}"
                );
            }
        }
    }
}

#[test]
fn the_scripts_expand_no_text_and_use_only_known_types() {
    let script = read(&configmgr::script(&hostile()));
    for kind in [
        "expandable_string_literal",
        "expandable_here_string_literal",
        "verbatim_here_string_characters",
        "command_invokation_operator",
        "script_block_expression",
        "function_statement",
        "redirection",
    ] {
        assert_eq!(script.words_of_kind(kind), BTreeSet::new(), "{kind}");
    }
    assert_eq!(
        script.words_of_kind("type_identifier"),
        BTreeSet::from(["char", "cultureinfo", "datetime", "int", "string", "switch"])
    );
    assert_eq!(
        script.words_of_kind("member_name"),
        BTreeSet::from([
            "ContainsKey",
            "Count",
            "Dispose",
            "Exception",
            "InvariantCulture",
            "IsPresent",
            "Length",
            "Message",
            "Name",
            "Parameters",
            "ParseExact",
            "Today"
        ])
    );
}

#[test]
fn the_site_update_is_one_cmdlet_with_the_tenant() {
    let tenant = plain().tenant.id;
    let line = update_application_settings(tenant, Locale::En).command;
    assert_eq!(
        line,
        format!("Set-UpdateServerApplication -TenantId '{tenant}'")
    );
    let script = read(&line);
    assert_eq!(script.faults(), Vec::<String>::new());
    let calls = script.calls();
    assert_eq!(calls.len(), 1);
    let parameters: Vec<_> = calls["Set-UpdateServerApplication"].iter().collect();
    assert_eq!(parameters, ["TenantId"]);
}

#[test]
fn the_server_app_import_always_has_all_parameters() {
    for handoff in [plain(), us_government(), hostile()] {
        let calls = read(&configmgr::script(&handoff)).calls();
        let (_, all) = ALLOWED[0];
        let given: Vec<_> = calls["Import-CMAADServerApplication"].iter().collect();
        assert_eq!(given.len(), all.len(), "{given:?}");
    }
}

/// The `if` conditions for each call of a cmdlet, innermost first, such as `$SkipServerAppUpdate`.
fn conditions(cmdlet: &str) -> Vec<Vec<String>> {
    read(&configmgr::script(&plain())).conditions_of(cmdlet)
}

/// "What's new in version 2309" (2023-11-15): before the gateway is created, new customers update the server app.
#[test]
fn the_server_app_is_updated_unless_the_admin_skips_it() {
    let calls = conditions("Set-UpdateServerApplication");
    assert_eq!(calls.len(), 1, "{calls:?}");
    // The only call is in the last of three branches: not skipped, and the console has the cmdlet. There is no prompt.
    assert_eq!(
        calls[0],
        [
            "else: $SkipServerAppUpdate",
            "else: -not (Get-Command -Name Set-UpdateServerApplication -ErrorAction SilentlyContinue)",
        ]
    );
}

#[test]
fn the_gateway_is_created_only_on_request_and_after_the_update() {
    for cmdlet in [
        "New-CMCloudManagementGateway",
        "Add-CMCloudManagementGatewayConnectionPoint",
    ] {
        let calls = conditions(cmdlet);
        assert!(!calls.is_empty(), "{cmdlet}");
        for call in calls {
            assert_eq!(call.last().unwrap(), "$CreateGateway", "{cmdlet}: {call:?}");
        }
    }
    let script = configmgr::script(&plain());
    let place = |text: &str| script.find(text).unwrap_or_else(|| panic!("no {text}"));
    let update = place("            Set-UpdateServerApplication -TenantId");
    let stop = place("if (-not $isUpdated)");
    assert!(update < stop && stop < place("New-CMCloudManagementGateway @gateway"));
    // Off by default: a switch without a value.
    assert!(script.contains("    [switch] $CreateGateway,\r\n"));
    assert!(script.contains("    [switch] $SkipServerAppUpdate,\r\n"));
    assert!(script.contains("$knownSubscription = 'a1b2c3d4-e5f6-4708-9a0b-1c2d3e4f5a6b'\r\n"));
    let mut nowhere = plain();
    nowhere.subscription = None;
    let script = configmgr::script(&nowhere);
    is_sound(&script);
    assert!(script.contains("$knownSubscription = ''\r\n"));
}

/// The report reads, and the update of discovery changes nothing else: both end before the first import.
#[test]
fn the_report_and_the_update_of_discovery_stand_alone() {
    for call in conditions("Set-CMCloudManagementAzureService") {
        assert_eq!(call.last().unwrap(), "$UpdateDiscovery", "{call:?}");
    }
    for handoff in [plain(), us_government(), with_user_discovery(), hostile()] {
        let script = configmgr::script(&handoff);
        is_sound(&script);
        let place = |text: &str| script.find(text).unwrap_or_else(|| panic!("no {text}"));
        let report = place("    if ($Report) {");
        let update = place("    if ($UpdateDiscovery) {");
        let import = place("    if (-not $hasConnection) {\r\n        # ---- 3. and 4.");
        assert!(report < update && update < import);
        let ends: Vec<usize> = script
            .match_indices("        return\r\n    }")
            .map(|it| it.0)
            .collect();
        assert_eq!(ends.len(), 2);
        assert!(report < ends[0] && ends[0] < update && update < ends[1] && ends[1] < import);
        let read = &script[report..ends[0]];
        for verb in ["New-CM", "Set-", "Import-CM", "Add-CM", "Remove-"] {
            assert!(!read.contains(verb), "{verb}");
        }
        let update = &script[update..ends[1]];
        let on = |word: &str| {
            update.contains(&format!(
                "Enable{word}Discovery {}= $true",
                if word == "User" { "      " } else { "     " }
            ))
        };
        assert_eq!(on("User"), handoff.discovery.users);
        assert_eq!(on("Group"), handoff.discovery.groups.is_some());
        assert!(!update.contains("DeleteGroupName"));
    }
    assert!(
        configmgr::script(&plain())
            .contains("AADTENANTID={0} AADCLIENTAPPID={1} AADRESOURCEURI={2}")
    );
}

#[test]
fn discovery_is_configured_only_if_selected() {
    let service = |handoff: &Handoff| {
        let mut calls = read(&configmgr::script(handoff)).calls();
        let has_schedule = calls.contains_key("New-CMSchedule");
        let parameters = calls.remove("New-CMCloudManagementAzureService").unwrap();
        let of = |word: &str| parameters.iter().filter(|name| name.contains(word)).count();
        (has_schedule, of("User"), of("Group"))
    };
    assert_eq!(service(&plain()), (false, 0, 0));
    assert_eq!(service(&with_user_discovery()), (true, 4, 0));
    assert_eq!(service(&hostile()), (true, 4, 5));
    let mut groups_later = plain();
    groups_later.discovery.groups = Some(Vec::new());
    assert_eq!(service(&groups_later), (true, 0, 4));
    is_sound(&configmgr::script(&groups_later));
}

#[test]
fn the_script_prompts_for_the_secret_and_never_contains_it() {
    let script = configmgr::script(&plain());
    let secrets: Vec<_> = script
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("$secret =") || line.starts_with("SecretKey "))
        .collect();
    assert_eq!(
        secrets,
        [
            "$secret = $null",
            "$secret = Read-Host -Prompt 'Secret value of the server app' -AsSecureString",
            "SecretKey               = $secret",
        ]
    );
}

#[test]
fn hostile_names_change_only_the_names() {
    for name in [
        "O'Brien",
        "x’; Remove-Item y",
        "1‘2’3‚4‛5'6",
        "“a” „b“ \"c\"",
        "Б",
        "ёВБ–—― x",
        "💻",
        "$(Remove-Item x)",
        "`' -AppIdUri x",
        "a\u{a0}b",
        "'@ #> \u{202e}",
        "@' <#",
        "{0} {1}",
        "  ",
    ] {
        has_the_shape_of_x(&line(name), &CODE_PAGES);
    }
}

#[test]
fn the_parser_detects_a_name_that_breaks_out() {
    // Most scripts double only the ASCII quote. If this test passed with that method, the tests above would prove nothing.
    let naive = |name: &str| format!("$name = '{}'\r\n", name.replace('\'', "''"));
    let breaks_out = |name: &str, code_page| {
        let of_x = Script::read(naive("X").as_bytes(), code_page).skeleton("X");
        Script::read(naive(name).as_bytes(), code_page).skeleton(name) != of_x
    };
    assert!(!breaks_out("O'Brien", UTF_8));
    assert!(breaks_out("x’; Remove-Item y", UTF_8));
    assert!(!breaks_out("Б; Remove-Item y", UTF_8));
    assert!(breaks_out("Б; Remove-Item y", WINDOWS_1252));
    assert!(breaks_out("Б; Remove-Item y", WINDOWS_1251));
    let two_chars = read("$name = ([char]0x0411 + [char]0x0411)\r\n").skeleton("ББ");
    assert!(!two_chars.contains(&"the name".to_owned()));
}

#[test]
fn file_names_contain_no_text_typed_by_the_admin() {
    let handoff = hostile();
    for name in [configmgr::file_name(&handoff), handoff.record_file_name()] {
        assert!(
            name.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b)),
            "{name}"
        );
        assert_eq!(name.matches('.').count(), 1);
    }
}

/// Any name. Characters with a meaning in PowerShell occur more often than by chance.
fn any_name() -> impl Strategy<Value = QuotedText> {
    let telling: Vec<char> = "'‘’‚‛\"“”„$(){}[]@#<>`;&|,+-–—― \u{a0}БВё{0}"
        .chars()
        .collect();
    let letter = prop_oneof![proptest::sample::select(telling), any::<char>()];
    proptest::collection::vec(letter, 1..40)
        .prop_filter_map("a name is one line of text", |letters| {
            QuotedText::parse(&letters.into_iter().collect::<String>()).ok()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_changes_only_the_name(name in any_name()) {
        // One code page is enough, because ASCII is the same on all of them.
        has_the_shape_of_x(&name, &[UTF_8]);
    }
}
