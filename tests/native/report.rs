//! The report of a check as a file: its published shape, its strict reader, and what changed since an earlier one.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use cmg_entra_setup::domain::cloud::Cloud;
use cmg_entra_setup::domain::known::Answer;
use cmg_entra_setup::domain::words::Words;
use cmg_entra_setup::engine::audit::AppFact;
use cmg_entra_setup::engine::audit::Check;
use cmg_entra_setup::engine::audit::Report;
use cmg_entra_setup::engine::audit::SecretFact;
use cmg_entra_setup::engine::audit::State;
use cmg_entra_setup::engine::audit::check::CheckId;
use cmg_entra_setup::engine::repair::Part;
use cmg_entra_setup::engine::repair::Repair;
use cmg_entra_setup::export::compare_reports::Difference;
use cmg_entra_setup::export::compare_reports::Incomparable;
use cmg_entra_setup::export::compare_reports::Turn;
use cmg_entra_setup::export::compare_reports::differences;
use cmg_entra_setup::export::report::ReportError;
use cmg_entra_setup::export::report::SIZE_MAX;
use cmg_entra_setup::export::report::Stored;
use cmg_entra_setup::export::report::file_name;
use cmg_entra_setup::export::report::written;
use jiff::Timestamp;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use super::exports::golden;

const EN: Words = Words::En;

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

/// A report with every state in it.
fn report() -> Report {
    Report {
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

/// The shape that is published.
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
fn the_report_is_the_reviewed_one() {
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
fn every_check_in_every_state_fits_the_published_shape() {
    for state in State::ALL {
        let mut report = report();
        report.checks = CheckId::ALL
            .into_iter()
            .map(|id| check(id, state, "Seen.", &[Repair::AppIdUri]))
            .collect();
        fits(&value(&report));
        assert_eq!(stored(&report).checks.len(), CheckId::ALL.len());
    }
    // As little as can be known.
    let mut empty = report();
    (empty.server, empty.client, empty.tenant_name) = (None, None, None);
    (empty.uris, empty.secrets, empty.checks) = (Vec::new(), Vec::new(), Vec::new());
    for discovery in [Answer::Yes, Answer::No, Answer::CannotTell] {
        empty.discovery = discovery;
        fits(&value(&empty));
        assert!(Stored::parse(&written(&empty, EN)).is_ok());
    }
}

/// What is wrong with a report, by the property the reader names.
type Wrong = (&'static str, fn(&mut Value));

/// Each is refused by the reader, and by somebody else's reader of the published shape.
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
fn another_shape_is_refused_here_and_by_the_schema() {
    for (property, change) in WRONG {
        let mut wrong = value(&report());
        change(&mut wrong);
        let error = ReportError::Shape { property };
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
            Err(ReportError::Extra { object }),
        );
        assert!(!schema().is_valid(&wrong), "{object}");
    }
}

#[test]
fn what_no_schema_can_say_is_refused_too() {
    let refused = |change: fn(&mut Value)| {
        let mut wrong = value(&report());
        change(&mut wrong);
        Stored::parse(&wrong.to_string()).unwrap_err()
    };
    let shape = |property| ReportError::Shape { property };
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
fn a_file_that_is_no_report_is_told_what_it_is() {
    #[track_caller]
    fn refused(text: &str, error: ReportError, sentence: &str) {
        assert_eq!(Stored::parse(text), Err(error), "{text:.80}");
        assert_eq!(error.sentence(EN), sentence);
    }
    let text = written(&report(), EN);
    let padded = |more: usize| format!("{text}{}", " ".repeat(SIZE_MAX - text.len() + more));
    assert!(Stored::parse(&padded(0)).is_ok());
    assert!(Stored::parse(&format!("\u{feff}{text}")).is_ok());
    refused(
        &padded(1),
        ReportError::TooLarge,
        "The text has more than one million bytes, the most that a report can have, so use another file.",
    );
    let twice = text.replacen("\"tool\"", "\"kind\": \"x\", \"tool\"", 1);
    for text in ["", "x", &text[..text.len() / 2], &twice, &"[".repeat(5000)] {
        refused(
            text,
            ReportError::NotJson,
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
            ReportError::OtherKind,
            "This is not a report of this page, so use a file that was saved here.",
        );
    }
    refused(
        r#"{"kind":"cmg-entra-setup/report","version":2,"checks":{}}"#,
        ReportError::Newer,
        "A newer version of this page wrote this report, so compare it in that version.",
    );
    assert_eq!(
        ReportError::Shape {
            property: "checks.state"
        }
        .sentence(EN),
        "The property checks.state has a value that no report has, so paste the saved file again."
    );
    assert_eq!(
        ReportError::Extra { object: "tenant" }.sentence(EN),
        "The object tenant has a property that no report has, so paste the saved file again."
    );
}

#[test]
fn checks_and_repairs_of_a_later_version_do_not_make_it_another_shape() {
    let mut later = value(&report());
    later["checks"][1]["check"] = json!("server-of-tomorrow");
    later["checks"][3]["repairs"] = json!(["mend-tomorrow"]);
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
fn a_check_that_changed_is_told_with_both_findings_and_the_way_it_went() {
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
    // And back.
    let back = differences(&stored(&now), &then).unwrap();
    let turns: Vec<Turn> = back.iter().filter_map(turn).collect();
    assert_eq!(turns, [Turn::Worse, Turn::Better, Turn::Other, Turn::Other]);
}

fn turn(difference: &Difference) -> Option<Turn> {
    if let Difference::Check { turn, .. } = difference {
        Some(*turn)
    } else {
        None
    }
}

#[test]
fn every_turn_of_a_state_is_named_right() {
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
                (CannotTell, _) | (_, CannotTell) => Some(Turn::Other),
                pair if better.contains(&pair) => Some(Turn::Better),
                _ => Some(Turn::Worse),
            };
            assert_eq!(turn, expected, "{then:?} → {now:?}");
        }
    }
}

#[test]
fn apps_uris_and_secrets_that_came_or_went_are_told() {
    let then = report();
    let mut now = report();
    now.client = Some(app(3, "Another"));
    now.uris[0] = "api://Contoso.com/cmg".to_owned();
    now.secrets[1] = secret(52, "new\u{200b}");
    assert_eq!(
        told(&then, &now),
        [
            format!("Native (client) app: {} replaces {}.", id(3), id(2)),
            // Configuration Manager has it letter by letter, so another case is another one.
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
    // Another server app has other secrets: that it is another one is all there is to say.
    now = report();
    now.server = Some(app(4, "CMG-ServerApp"));
    now.secrets = vec![secret(60, "its own")];
    assert_eq!(
        told(&then, &now),
        [format!("Web (server) app: {} replaces {}.", id(4), id(1))]
    );
}

#[test]
fn what_could_not_be_read_is_not_called_gone() {
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
                    turn: Turn::Other,
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
fn no_part_of_an_app_is_told_as_the_other_ones() {
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
        Difference::AppGone(Part::Server, id(1).to_string().parse().unwrap())
    );
}

/// Turns the entries of every list around, and the words of what was seen, as far as a list among them goes.
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
            // A name in a URI is what it is; a GUID is none.
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
    fn a_report_does_not_differ_from_itself_in_any_order(report in any_report(), by in prop::collection::vec(any::<Index>(), 1..40)) {
        let file = turned(&report, &by);
        prop_assert!(schema().is_valid(&file));
        let earlier = Stored::parse(&file.to_string()).unwrap();
        prop_assert_eq!(differences(&earlier, &report), Ok(Vec::new()));
    }

    /// What came in one direction is gone in the other, and better is worse.
    #[test]
    fn comparing_the_other_way_round_finds_the_same(one in any_report(), other in any_report()) {
        let there = differences(&stored(&one), &other).unwrap();
        let back = differences(&stored(&other), &one).unwrap();
        prop_assert_eq!(there.len(), back.len());
        let of = |list: &[Difference], wanted: Turn| list.iter().filter(|it| matches!(it, Difference::Check { turn, .. } if *turn == wanted)).count();
        prop_assert_eq!(of(&there, Turn::Better), of(&back, Turn::Worse));
        prop_assert_eq!(of(&there, Turn::Other), of(&back, Turn::Other));
    }

    #[test]
    fn what_is_written_is_read_back_and_fits_the_schema(report in any_report(), name in any::<Option<String>>()) {
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
    fn reading_never_panics(text in "\\PC{0,60}", at: Index) {
        let mut whole = written(&report(), EN);
        let at = at.index(whole.len());
        if whole.is_char_boundary(at) {
            whole.insert_str(at, &text);
            if let Err(error) = Stored::parse(&whole) {
                prop_assert!(!error.sentence(EN).is_empty());
            }
        }
    }
}
