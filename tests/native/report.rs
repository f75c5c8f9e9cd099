//! The report file of a check: its published schema, its strict parser, and the comparison with an earlier report.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use domain::cloud::Cloud;
use domain::known::Answer;
use domain::locale::Locale;
use engine::audit::AppFact;
use engine::audit::Check;
use engine::audit::Report;
use engine::audit::SecretFact;
use engine::audit::State;
use engine::audit::check::CheckId;
use engine::desired::repair::AppRole;
use engine::desired::repair::Repair;
use engine::export::compare_reports::Difference;
use engine::export::compare_reports::Incomparable;
use engine::export::compare_reports::Trend;
use engine::export::compare_reports::differences;
use engine::export::report::SIZE_MAX;
use engine::export::report::Stored;
use engine::export::report::file_name;
use engine::export::report::sentence as report_sentence;
use engine::export::report::written;
use engine::export::saved_file::FileError;
use jiff::Timestamp;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use super::exports::golden;

const EN: Locale = Locale::En;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0xaaaa_0000_0000_4000_8000_0000_0000_0000 + n)
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn app(n: u128, name: &str) -> AppFact {
    AppFact {
        app: format!("{}", id(n)).parse().unwrap(),
        object: format!("{}", id(n + 10)).parse().unwrap(),
        name: name.to_owned(),
        created: Some(moment("2024-02-29T08:15:30Z")),
    }
}

fn secret(n: u128, name: &str) -> SecretFact {
    SecretFact {
        key: id(n).to_string().parse().unwrap(),
        name: name.to_owned(),
        start: Some(moment("2026-11-23T09:00:00Z")),
        end: Some(moment("2027-11-23T09:00:00Z")),
    }
}

fn check(id: CheckId, state: State, seen: &str, repairs: &[Repair]) -> Check {
    Check {
        id,
        state,
        seen: seen.to_owned(),
        repairs: repairs.to_vec(),
    }
}

/// A report that contains every state.
fn report() -> Report {
    Report {
        language: EN,
        at: moment("2026-11-24T10:00:00Z"),
        cloud: Cloud::Public,
        tenant: id(99).to_string().parse().unwrap(),
        tenant_name: Some("Contoso".to_owned()),
        server: Some(app(1, "CMG-ServerApp")),
        client: Some(app(2, "CMG-ClientApp")),
        uris: vec![
            "api://contoso.com/cmg".to_owned(),
            format!("api://{}/{}", id(99), id(1)),
        ],
        secrets: vec![secret(50, "CMG Entra Setup"), secret(51, "by hand")],
        checks: vec![
            check(CheckId::ServerApp, State::Ok, "CMG-ServerApp exists.", &[]),
            check(
                CheckId::DeviceTokens,
                State::Broken,
                EN.doc_device_tokens_off(),
                &[Repair::DeviceTokens],
            ),
            check(
                CheckId::AppIdUri,
                State::Ok,
                &EN.doc_app_id_uri_several("api://contoso.com/cmg, api://x/y"),
                &[],
            ),
            check(
                CheckId::Secrets,
                State::Attention,
                EN.doc_secrets_none(),
                &[
                    Repair::Secret,
                    Repair::OldSecret(id(50).to_string().parse().unwrap()),
                ],
            ),
            check(CheckId::ClientApp, State::Ok, "CMG-ClientApp exists.", &[]),
            check(
                CheckId::ConditionalAccess,
                State::CannotTell,
                EN.doc_unread(),
                &[],
            ),
        ],
        discovery: Answer::CannotTell,
    }
}

fn value(report: &Report) -> Value {
    serde_json::from_str(&written(report, EN)).unwrap()
}

#[track_caller]
fn stored(report: &Report) -> Stored {
    Stored::parse(&written(report, EN)).unwrap()
}

/// Validator of the published schema.
fn schema() -> &'static Validator {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.schema.json");
        let schema: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap()
    });
    &SCHEMA
}

#[track_caller]
fn fits(value: &Value) {
    let faults: Vec<String> = schema()
        .iter_errors(value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_report_matches_the_golden_files() {
    golden("report.json", &written(&report(), EN));
    assert_eq!(
        file_name(&report()),
        "cmg-report-aaaa0000-0000-4000-8000-000000000063-2026-11-24.json"
    );
    let mut hostile = report();
    hostile.tenant_name = Some("Con\u{202e}toso \"\\\n\u{7f}".to_owned());
    hostile.server = Some(app(1, "Gerät 💻 \u{200b}\u{e0041}"));
    golden("report-hostile-names.json", &written(&hostile, EN));
    assert_eq!(stored(&hostile).tenant_name, hostile.tenant_name);
    assert_eq!(stored(&hostile).server, hostile.server);
}

#[test]
fn every_check_in_every_state_matches_the_schema() {
    for state in State::ALL {
        let mut report = report();
        report.checks = CheckId::ALL
            .into_iter()
            .map(|id| check(id, state, "Seen.", &[Repair::AppIdUri]))
            .collect();
        fits(&value(&report));
        assert_eq!(stored(&report).checks.len(), CheckId::ALL.len());
    }
    // A report with the least possible data.
    let mut empty = report();
    (empty.server, empty.client, empty.tenant_name) = (None, None, None);
    (empty.uris, empty.secrets, empty.checks) = (Vec::new(), Vec::new(), Vec::new());
    for discovery in [Answer::Yes, Answer::No, Answer::CannotTell] {
        empty.discovery = discovery;
        fits(&value(&empty));
        assert!(Stored::parse(&written(&empty, EN)).is_ok());
    }
}

/// An invalid change to a report, with the property that the parser names in the error.
type Wrong = (&'static str, fn(&mut Value));

/// The parser and an independent validator of the published schema refuse each of these.
const WRONG: [Wrong; 22] = [
    ("version", |it| it["version"] = json!(0)),
    ("version", |it| it["version"] = json!("1")),
    ("readAt", |it| it["readAt"] = json!("yesterday")),
    ("readAt", |it| it["readAt"] = json!(null)),
    ("cloud", |it| it["cloud"] = json!("china")),
    ("tenant", |it| it["tenant"] = json!("Contoso")),
    ("tenant.id", |it| it["tenant"]["id"] = json!("contoso.com")),
    ("about", |it| it["about"] = json!(null)),
    ("tool", |it| it["tool"] = json!(1)),
    ("discovery", |it| it["discovery"] = json!("yes")),
    ("app.appId", |it| it["serverApp"]["appId"] = json!(null)),
    ("app.createdDateTime", |it| {
        it["clientApp"]["createdDateTime"] = json!("2024-02-30");
    }),
    ("appIdUris", |it| it["appIdUris"] = json!([1])),
    ("secrets.keyId", |it| it["secrets"][0]["keyId"] = json!("")),
    ("secrets.description", |it| {
        it["secrets"][0]["description"] = json!(null);
    }),
    ("checks.state", |it| {
        it["checks"][0]["state"] = json!("fine");
    }),
    ("checks.seen", |it| it["checks"][0]["seen"] = json!(null)),
    ("checks.source", |it| {
        it["checks"][0]["source"] = json!(null);
    }),
    ("checks.repairs", |it| {
        it["checks"][0]["repairs"] = json!("scope");
    }),
    ("checks.meaning", |it| {
        it["checks"][0]["meaning"] = json!("All is lost.");
    }),
    ("checks.meaning", |it| {
        it["checks"][1].as_object_mut().unwrap().remove("meaning");
    }),
    ("counts", |it| it["counts"]["ok"] = json!(-1)),
];

#[test]
fn the_parser_and_the_schema_refuse_the_same_changes() {
    for (property, change) in WRONG {
        let mut wrong = value(&report());
        change(&mut wrong);
        let error = FileError::Shape { property };
        assert_eq!(Stored::parse(&wrong.to_string()), Err(error), "{property}");
        assert!(!schema().is_valid(&wrong), "{property}");
    }
    type At = fn(&mut Value) -> &mut Value;
    let places: [(&str, At); 7] = [
        ("report", |it| it),
        ("tenant", |it| &mut it["tenant"]),
        ("app", |it| &mut it["serverApp"]),
        ("secrets", |it| &mut it["secrets"][1]),
        ("checks", |it| &mut it["checks"][2]),
        ("checks.source", |it| &mut it["checks"][2]["source"]),
        ("counts", |it| &mut it["counts"]),
    ];
    for (object, place) in places {
        let mut wrong = value(&report());
        place(&mut wrong)["secretText"] = json!("x");
        assert_eq!(
            Stored::parse(&wrong.to_string()),
            Err(FileError::Extra { object }),
        );
        assert!(!schema().is_valid(&wrong), "{object}");
    }
}

#[test]
fn the_parser_also_enforces_rules_outside_the_schema() {
    let refused = |change: fn(&mut Value)| {
        let mut wrong = value(&report());
        change(&mut wrong);
        Stored::parse(&wrong.to_string()).unwrap_err()
    };
    let shape = |property| FileError::Shape { property };
    assert_eq!(refused(|it| it["counts"]["ok"] = json!(4)), shape("counts"));
    assert_eq!(
        refused(|it| it["secrets"][1]["keyId"] = it["secrets"][0]["keyId"].clone()),
        shape("secrets.keyId")
    );
    assert_eq!(
        refused(|it| it["checks"][2]["check"] = it["checks"][0]["check"].clone()),
        shape("checks.check")
    );
    assert_eq!(
        refused(|it| it["appIdUris"] = json!(vec!["api://x"; 1201])),
        shape("appIdUris")
    );
}

#[test]
fn an_error_says_why_a_file_is_not_a_report() {
    #[track_caller]
    fn refused(text: &str, error: FileError, sentence: &str) {
        assert_eq!(Stored::parse(text), Err(error), "{text:.80}");
        assert_eq!(report_sentence(error, EN), sentence);
    }
    let text = written(&report(), EN);
    let padded = |more: usize| format!("{text}{}", " ".repeat(SIZE_MAX - text.len() + more));
    assert!(Stored::parse(&padded(0)).is_ok());
    assert!(Stored::parse(&format!("\u{feff}{text}")).is_ok());
    refused(
        &padded(1),
        FileError::TooLarge,
        "The text has more than one million bytes, the most that a report can have, so use another file.",
    );
    let twice = text.replacen("\"tool\"", "\"kind\": \"x\", \"tool\"", 1);
    for text in ["", "x", &text[..text.len() / 2], &twice, &"[".repeat(5000)] {
        refused(
            text,
            FileError::NotJson,
            "The report is not complete, or has a property twice, so paste the saved file again, from the first line to the last.",
        );
    }
    let handover = r#"{"format":"cmg-entra-setup/handover/1","version":1}"#;
    for text in [
        "[]",
        "null",
        "1",
        "{}",
        handover,
        r#"{"kind":1}"#,
        r#"{"version":2}"#,
    ] {
        refused(
            text,
            FileError::OtherKind,
            "This is not a report of this page, so use a file that was saved here.",
        );
    }
    refused(
        r#"{"kind":"cmg-entra-setup/report","version":2,"checks":{}}"#,
        FileError::Newer,
        "A newer version of this page wrote this report, so compare it in that version.",
    );
    assert_eq!(
        report_sentence(
            FileError::Shape {
                property: "checks.state"
            },
            EN
        ),
        "The property checks.state has a value that no report has, so paste the saved file again."
    );
    assert_eq!(
        report_sentence(FileError::Extra { object: "tenant" }, EN),
        "The object tenant has a property that no report has, so paste the saved file again."
    );
}

#[test]
fn unknown_checks_and_repairs_of_a_later_version_are_accepted() {
    let mut later = value(&report());
    later["checks"][1]["check"] = json!("server-of-tomorrow");
    later["checks"][3]["repairs"] = json!(["repair-tomorrow"]);
    fits(&later);
    let earlier = Stored::parse(&later.to_string()).unwrap();
    assert_eq!(differences(&earlier, &report()), Ok(Vec::new()));
}

fn told(earlier: &Report, now: &Report) -> Vec<String> {
    let found = differences(&stored(earlier), now).unwrap();
    found.iter().map(|it| it.sentence(EN)).collect()
}

fn set(report: &mut Report, id: CheckId, state: State, seen: &str) {
    let check = report.checks.iter_mut().find(|it| it.id == id).unwrap();
    (check.state, check.seen) = (state, seen.to_owned());
}

#[test]
fn a_changed_check_shows_both_findings_and_the_trend() {
    let then = report();
    let mut now = report();
    set(
        &mut now,
        CheckId::DeviceTokens,
        State::Ok,
        EN.doc_device_tokens_ok(),
    );
    set(
        &mut now,
        CheckId::Secrets,
        State::Broken,
        EN.doc_secrets_none(),
    );
    set(
        &mut now,
        CheckId::ConditionalAccess,
        State::Ok,
        EN.doc_conditional_access_ok(),
    );
    set(
        &mut now,
        CheckId::ClientApp,
        State::Ok,
        "Gerät\u{202e} exists.",
    );
    assert_eq!(
        told(&then, &now),
        [
            "Web (server) app, Tokens for devices is better. Before (Broken): Devices cannot get tokens \
             without a user (isDeviceOnlyAuthSupported). The Azure portal does not show this setting. \
             Now (OK): Devices can get tokens without a user.",
            "Web (server) app, Client secrets is worse. Before (Attention): There is no client secret. \
             Now (Broken): There is no client secret.",
            "Native (client) app has changed. Before (OK): CMG-ClientApp exists. \
             Now (OK): \u{2068}Gerät[U+202E] exists.\u{2069}",
            "Conditional Access has changed. Before (Cannot tell): It could not be read, so this check did not pass. Sign in \
             with an account that can read it, or look in the Azure portal. \
             Now (OK): No enabled policy applies to the web (server) app.",
        ]
    );
    // The reverse comparison.
    let back = differences(&stored(&now), &then).unwrap();
    let turns: Vec<Trend> = back.iter().filter_map(turn).collect();
    assert_eq!(
        turns,
        [Trend::Worse, Trend::Better, Trend::Other, Trend::Other]
    );
}

fn turn(difference: &Difference) -> Option<Trend> {
    if let Difference::Check { turn, .. } = difference {
        Some(*turn)
    } else {
        None
    }
}

#[test]
fn every_change_of_state_has_the_right_trend() {
    use State::{Attention, Broken, CannotTell, Ok};
    let better = [(Broken, Attention), (Broken, Ok), (Attention, Ok)];
    for then in State::ALL {
        for now in State::ALL {
            let (mut earlier, mut later) = (report(), report());
            set(&mut earlier, CheckId::DeviceTokens, then, "Seen.");
            set(&mut later, CheckId::DeviceTokens, now, "Seen.");
            let found = differences(&stored(&earlier), &later).unwrap();
            let turn = match found.as_slice() {
                [] => None,
                [Difference::Check { turn, .. }] => Some(*turn),
                other => panic!("{other:?}"),
            };
            let expected = match (then, now) {
                _ if then == now => None,
                (CannotTell, _) | (_, CannotTell) => Some(Trend::Other),
                pair if better.contains(&pair) => Some(Trend::Better),
                _ => Some(Trend::Worse),
            };
            assert_eq!(turn, expected, "{then:?} → {now:?}");
        }
    }
}

#[test]
fn new_and_removed_apps_uris_and_secrets_are_listed() {
    let then = report();
    let mut now = report();
    now.client = Some(app(3, "Another"));
    now.uris[0] = "api://Contoso.com/cmg".to_owned();
    now.secrets[1] = secret(52, "new\u{200b}");
    assert_eq!(
        told(&then, &now),
        [
            format!("Native (client) app: {} replaces {}.", id(3), id(2)),
            // Configuration Manager compares the URI exactly, so a different case is a different URI.
            "The App ID URI api://Contoso.com/cmg is new.".to_owned(),
            "The App ID URI api://contoso.com/cmg is gone.".to_owned(),
            format!("The client secret {} (new[U+200B]) is new.", id(52)),
            format!("The client secret {} (by hand) is gone.", id(51)),
        ]
    );
    now = report();
    now.client = None;
    set(
        &mut now,
        CheckId::ClientApp,
        State::Broken,
        EN.doc_app_missing(),
    );
    assert_eq!(
        told(&then, &now)[0],
        format!("Native (client) app: {} is gone.", id(2))
    );
    assert_eq!(
        told(&now, &then)[0],
        format!("Native (client) app: {} is new.", id(2))
    );
    // A different server app has different secrets, so the comparison reports only the app.
    now = report();
    now.server = Some(app(4, "CMG-ServerApp"));
    now.secrets = vec![secret(60, "its own")];
    assert_eq!(
        told(&then, &now),
        [format!("Web (server) app: {} replaces {}.", id(4), id(1))]
    );
}

#[test]
fn unread_data_is_not_listed_as_removed() {
    let then = report();
    let mut now = report();
    (now.server, now.uris, now.secrets) = (None, Vec::new(), Vec::new());
    now.checks
        .retain(|it| !it.id.is_of_server() || it.id == CheckId::ServerApp);
    set(
        &mut now,
        CheckId::ServerApp,
        State::CannotTell,
        EN.doc_unread(),
    );
    for found in [
        differences(&stored(&then), &now).unwrap(),
        differences(&stored(&now), &then).unwrap(),
    ] {
        assert!(
            matches!(
                found.as_slice(),
                [Difference::Check {
                    id: CheckId::ServerApp,
                    turn: Trend::Other,
                    ..
                }]
            ),
            "{found:?}"
        );
    }
    let mut now = report();
    now.secrets = Vec::new();
    set(
        &mut now,
        CheckId::Secrets,
        State::CannotTell,
        EN.doc_unread(),
    );
    let found = differences(&stored(&then), &now).unwrap();
    assert!(
        matches!(found.as_slice(), [Difference::Check { .. }]),
        "{found:?}"
    );
}

#[test]
fn another_tenant_or_cloud_is_refused() {
    let mut other = report();
    other.cloud = Cloud::UsGov;
    let refused = |earlier: &Report| differences(&stored(earlier), &report()).unwrap_err();
    assert_eq!(refused(&other), Incomparable::Cloud);
    assert_eq!(
        Incomparable::Cloud.sentence(EN),
        "The earlier report is of another Azure environment, so use one of this environment."
    );
    other = report();
    other.tenant = id(98).to_string().parse().unwrap();
    assert_eq!(refused(&other), Incomparable::Tenant);
    assert_eq!(
        Incomparable::Tenant.sentence(EN),
        "The earlier report is of another tenant, so use one of this tenant."
    );
}

#[test]
fn a_missing_app_is_listed_as_removed_with_its_id() {
    let mut now = report();
    now.server = None;
    set(
        &mut now,
        CheckId::ServerApp,
        State::Broken,
        EN.doc_app_missing(),
    );
    let found = differences(&stored(&report()), &now).unwrap();
    assert_eq!(
        found[0],
        Difference::AppGone(AppRole::Server, id(1).to_string().parse().unwrap())
    );
}

/// Changes the order of every list, and of the items in `seen` if it starts with a list.
fn turned(report: &Report, by: &[Index]) -> Value {
    let mut file = value(report);
    let mut by = by.iter().cycle();
    for list in ["checks", "secrets", "appIdUris"] {
        let entries = file[list].as_array_mut().unwrap();
        for at in (1..entries.len()).rev() {
            entries.swap(at, by.next().unwrap().index(at + 1));
        }
    }
    for check in file["checks"].as_array_mut().unwrap() {
        let repairs = check["repairs"].as_array_mut().unwrap();
        repairs.reverse();
        let seen = check["seen"].as_str().unwrap().to_owned();
        if let Some((list, rest)) = seen.split_once(". ") {
            let mut items: Vec<&str> = list.split(", ").collect();
            items.reverse();
            check["seen"] = json!(format!("{}. {rest}", items.join(", ")));
        }
    }
    for path in [
        "/tenant/id",
        "/serverApp/appId",
        "/secrets/0/keyId",
        "/appIdUris/0",
    ] {
        if let Some(id) = file.pointer_mut(path) {
            let text = id.as_str().unwrap().to_owned();
            // A name in a URI is case-sensitive. A GUID is not.
            if !text.contains("contoso") && !text.starts_with("api") {
                *id = json!(text.to_uppercase());
            }
            if text.starts_with("api://aaaa") {
                *id = json!(format!("api://{}", text["api://".len()..].to_uppercase()));
            }
        }
    }
    file
}

fn any_report() -> impl Strategy<Value = Report> {
    let check = (0..CheckId::ALL.len(), 0..4usize, 0..3usize);
    (
        prop::collection::btree_map(0..CheckId::ALL.len(), check, 0..CheckId::ALL.len()),
        prop::collection::btree_set(0..20u128, 0..6),
        prop::collection::vec("[a-z]{1,8}|\\PC{0,10}", 0..5),
        any::<(bool, bool)>(),
    )
        .prop_map(|(checks, secrets, uris, (server, client))| {
            let mut report = report();
            report.server = report.server.filter(|_| server);
            report.client = report.client.filter(|_| client);
            report.secrets = secrets.iter().map(|n| secret(50 + n, "s")).collect();
            report.uris = uris
                .iter()
                .map(|uri| format!("api://contoso.com/{uri}"))
                .collect();
            report.uris.push(format!("api://{}/{}", id(99), id(1)));
            report.checks = checks
                .iter()
                .map(|(at, (_, state, seen))| {
                    let all = report.uris.join(", ");
                    let seen = [EN.doc_unread(), "One, two, three. Four.", &all][*seen];
                    check_of(CheckId::ALL[*at], State::ALL[*state], seen)
                })
                .collect();
            report
        })
}

fn check_of(id: CheckId, state: State, seen: &str) -> Check {
    check(id, state, seen, &[Repair::Scope, Repair::Secret])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_entries_makes_no_difference(report in any_report(), by in prop::collection::vec(any::<Index>(), 1..40)) {
        let file = turned(&report, &by);
        prop_assert!(schema().is_valid(&file));
        let earlier = Stored::parse(&file.to_string()).unwrap();
        prop_assert_eq!(differences(&earlier, &report), Ok(Vec::new()));
    }

    /// A new item in one direction is a removed item in the other, and better becomes worse.
    #[test]
    fn the_reverse_comparison_finds_the_same_differences(one in any_report(), other in any_report()) {
        let there = differences(&stored(&one), &other).unwrap();
        let back = differences(&stored(&other), &one).unwrap();
        prop_assert_eq!(there.len(), back.len());
        let of = |list: &[Difference], wanted: Trend| list.iter().filter(|it| matches!(it, Difference::Check { turn, .. } if *turn == wanted)).count();
        prop_assert_eq!(of(&there, Trend::Better), of(&back, Trend::Worse));
        prop_assert_eq!(of(&there, Trend::Other), of(&back, Trend::Other));
    }

    #[test]
    fn a_written_report_is_parsed_again_and_matches_the_schema(report in any_report(), name in any::<Option<String>>()) {
        let report = Report { tenant_name: name, ..report };
        let text = written(&report, EN);
        prop_assert!(schema().is_valid(&serde_json::from_str(&text).unwrap()));
        let stored = Stored::parse(&text).unwrap();
        prop_assert_eq!(stored.tenant_name, report.tenant_name);
        prop_assert_eq!(stored.uris, report.uris);
        prop_assert_eq!(stored.secrets, report.secrets);
        prop_assert_eq!((stored.server, stored.client), (report.server, report.client));
    }

    #[test]
    fn parsing_never_panics(text in "\\PC{0,60}", at: Index) {
        let mut whole = written(&report(), EN);
        let at = at.index(whole.len());
        if whole.is_char_boundary(at) {
            whole.insert_str(at, &text);
            if let Err(error) = Stored::parse(&whole) {
                prop_assert!(!report_sentence(error, EN).is_empty());
            }
        }
    }
}

#[test]
fn reports_in_two_languages_differ_only_by_states() {
    let english = report();
    let mut german = english.clone();
    german.language = Locale::De;
    for check in &mut german.checks {
        check.seen = format!("Auf Deutsch: {}", check.seen);
    }
    assert_eq!(differences(&stored(&english), &german), Ok(Vec::new()));
    let mut other = german.clone();
    other.language = Locale::En;
    assert_ne!(differences(&stored(&english), &other), Ok(Vec::new()));
    let changed = german.checks.first_mut().unwrap();
    changed.state = match changed.state {
        State::Ok => State::Broken,
        State::Attention | State::Broken | State::CannotTell => State::Ok,
    };
    assert_eq!(differences(&stored(&english), &german).unwrap().len(), 1);
}

#[test]
fn a_report_says_its_language_and_what_it_is_in_english() {
    let mut german = report();
    german.language = Locale::De;
    let text = written(&german, Locale::De);
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["language"], "de");
    let english: Value = serde_json::from_str(&written(&report(), EN)).unwrap();
    assert_eq!(file["about"], english["about"]);
}
