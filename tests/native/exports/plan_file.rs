//! Plans for another person: the file and the link come back equal, and nothing that was changed is accepted.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use domain::cloud::Cloud;
use engine::desired::Draft;
use engine::export::plan_file;
use engine::export::plan_file::LINK_MAX;
use engine::export::plan_file::PlanError;
use engine::export::plan_file::PlanFile;
use engine::export::plan_file::SIZE_MAX;
use engine::export::saved_file::FileError;
use jiff::Timestamp;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;
use serde_json::json;
use sha2::Digest as _;
use sha2::Sha256;
use uuid::Uuid;

use super::golden;

const AT: Timestamp = Timestamp::constant(1_764_547_200, 0);

fn schema() -> &'static Validator {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/plan.schema.json");
        let schema: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        jsonschema::draft202012::new(&schema).unwrap()
    });
    &SCHEMA
}

fn draft() -> Draft {
    let scope: Uuid = "c4d3e2f1-a0b9-4c8d-8e7f-6a5b4c3d2e1f".parse().unwrap();
    let mut draft = Draft::new(Cloud::Public, scope);
    draft.tenant = "contoso.onmicrosoft.com".to_owned();
    draft.server_name = "O'Brien \"x\" $(whoami) Контора 💻 العربية".to_owned();
    draft.description = "#/plan?a=b&c=%20+".to_owned();
    draft.group_discovery = true;
    draft.group_names = "Managers\nОтдел ’), x\n".to_owned();
    draft.subscription = "a1b2c3d4-e5f6-4708-9a0b-1c2d3e4f5a6b".to_owned();
    draft
}

fn plan() -> PlanFile {
    PlanFile::new(&draft()).unwrap()
}

fn value() -> Value {
    serde_json::from_str(&plan().text(AT)).unwrap()
}

/// The hash as `docs/plan.md` describes it, with other code.
fn hash_of(answers: &Value) -> String {
    let sorted = answers.as_object().unwrap();
    let sorted: std::collections::BTreeMap<_, _> = sorted.iter().collect();
    let digest = Sha256::digest(serde_json::to_string(&sorted).unwrap().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn comes_back(plan: &PlanFile) {
    assert_eq!(PlanFile::parse(&plan.text(AT)).as_ref(), Ok(plan));
    if let Some(link) = plan.link() {
        assert!(link.len() <= LINK_MAX);
        assert!(link.is_ascii() && !link.contains([' ', '"', '<', '>', '\'']));
        assert_eq!(PlanFile::parse_link(&link).as_ref(), Ok(plan));
    }
}

#[test]
fn a_plan_matches_its_golden_file_and_its_schema() {
    golden("plan.json", &plan().text(AT));
    golden("plan-link.txt", &format!("{}\n", plan().link().unwrap()));
    let faults: Vec<String> = schema()
        .iter_errors(&value())
        .map(|it| it.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(value()["hash"], json!(hash_of(&value()["answers"])));
    comes_back(&plan());
}

#[test]
fn a_plan_has_the_answers_and_nothing_else_of_a_draft() {
    let mut changed = draft();
    changed.another_secret = true;
    changed.secret_later = true;
    changed.repairs = "secret".to_owned();
    assert_eq!(PlanFile::new(&changed), Some(plan()));
    changed.server_app = "2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72".to_owned();
    assert_eq!(PlanFile::new(&changed), None);
}

/// A change of any property of the file, and of any value of the link, is refused.
#[test]
fn a_changed_plan_is_refused() {
    let good = value();
    let mut tampered = 0;
    for path in ["hash", "kind", "version", "answers"] {
        let mut file = good.clone();
        file[path] = json!("0");
        assert!(PlanFile::parse(&file.to_string()).is_err(), "{path}");
        tampered += 1;
    }
    for (name, old) in good["answers"].as_object().unwrap() {
        let others = match old.as_bool() {
            Some(is_on) => vec![json!(!is_on), json!("on"), Value::Null],
            None => vec![
                json!("x"),
                json!(1),
                Value::Null,
                json!(format!("{} ", old.as_str().unwrap())),
            ],
        };
        for other in others {
            let mut file = good.clone();
            file["answers"][name] = other.clone();
            assert!(
                PlanFile::parse(&file.to_string()).is_err(),
                "{name}: {other}"
            );
            tampered += 1;
        }
        let mut file = good.clone();
        file["answers"].as_object_mut().unwrap().remove(name);
        assert!(
            PlanFile::parse(&file.to_string()).is_err(),
            "without {name}"
        );
    }
    let link = plan().link().unwrap();
    for (at, part) in link.split('&').enumerate() {
        let parts = link.split('&').enumerate();
        let without: Vec<&str> = parts
            .filter(|(place, _)| *place != at)
            .map(|it| it.1)
            .collect();
        assert!(
            PlanFile::parse_link(&without.join("&")).is_err(),
            "without {part}"
        );
        let changed = link.replace(part, &format!("{part}x"));
        assert!(PlanFile::parse_link(&changed).is_err(), "{part}x");
        let twice = format!("{link}&{part}");
        assert!(PlanFile::parse_link(&twice).is_err(), "twice {part}");
        tampered += 3;
    }
    for end in 0..link.len() {
        if let Some(cut) = link.get(..end) {
            assert!(PlanFile::parse_link(cut).is_err(), "{cut}");
        }
    }
    assert!(tampered > 100, "{tampered}");
}

/// The answers were changed, and the hash with them: what is no answer of this page is still refused.
#[test]
fn a_plan_with_a_matching_hash_still_needs_valid_answers() {
    let refused = |name: &str, answer: Value, error: FileError| {
        let mut file = value();
        file["answers"][name] = answer;
        file["hash"] = json!(hash_of(&file["answers"]));
        assert_eq!(
            PlanFile::parse(&file.to_string()),
            Err(PlanError::Unreadable(error)),
            "{name}"
        );
    };
    let shape = |property| FileError::Shape { property };
    refused("cloud", json!("moon"), shape("answers.cloud"));
    refused("uriForm", json!("x"), shape("answers.uriForm"));
    refused("secretLife", json!("99-years"), shape("answers.secretLife"));
    refused("textLanguage", json!("xx"), shape("answers.textLanguage"));
    refused("serverName", json!("a\nb"), shape("answers.serverName"));
    refused(
        "serverName",
        json!("a\u{202e}b"),
        shape("answers.serverName"),
    );
    refused("groupNames", json!("a\rb"), shape("answers.groupNames"));
    refused(
        "scopeId",
        json!("00000000-0000-0000-0000-000000000000"),
        shape("answers.scopeId"),
    );
    refused(
        "serverApp",
        json!("x"),
        FileError::Extra { object: "answers" },
    );
}

#[test]
fn other_texts_are_refused_by_what_they_are() {
    let refused = |text: &str, error: FileError| {
        assert_eq!(
            PlanFile::parse(text),
            Err(PlanError::Unreadable(error)),
            "{text:.60}"
        );
    };
    let good = plan().text(AT);
    assert!(PlanFile::parse(&format!("\u{feff}{good}")).is_ok());
    refused(&" ".repeat(SIZE_MAX + 1), FileError::TooLarge);
    refused(&good[..good.len() / 2], FileError::NotJson);
    refused(
        &good.replacen("\"tool\"", "\"kind\":1,\"tool\"", 1),
        FileError::NotJson,
    );
    refused("[]", FileError::OtherKind);
    refused(
        r#"{"kind":"cmg-entra-setup/report","version":1}"#,
        FileError::OtherKind,
    );
    refused(
        r#"{"kind":"cmg-entra-setup/plan","version":2}"#,
        FileError::Newer,
    );
    for (link, error) in [
        ("", FileError::OtherKind),
        ("version=2&hash=", FileError::Newer),
        ("version=x", FileError::OtherKind),
        ("version=1", FileError::Shape { property: "hash" }),
        (&*"a".repeat(LINK_MAX + 1), FileError::TooLarge),
    ] {
        assert_eq!(
            PlanFile::parse_link(link),
            Err(PlanError::Unreadable(error)),
            "{link:.60}"
        );
    }
}

#[test]
fn long_answers_have_no_link() {
    let mut long = draft();
    long.group_names = "Отдел\n".repeat(200);
    let plan = PlanFile::new(&long).unwrap();
    assert_eq!(plan.link(), None);
    comes_back(&plan);
}

fn answers() -> impl Strategy<Value = Draft> {
    let line = || {
        any::<String>().prop_map(|text| {
            let kept = text.chars().filter(|c| !domain::confusables::is_unseen(*c));
            kept.collect::<String>()
        })
    };
    let lines = proptest::collection::vec(line(), 0..4);
    let texts = proptest::array::uniform9(line());
    let choices = (0..3_usize, 0..4_usize, any::<(bool, bool, bool, bool)>());
    (texts, lines, choices, 1..u128::MAX).prop_map(|(texts, groups, choices, scope)| {
        let (cloud, form, (is_long, is_german, users, has_groups)) = choices;
        let mut draft = Draft::new(Cloud::ALL[cloud], Uuid::from_u128(scope));
        let forms = ["tenant-app", "tenant-name", "domain-name", "own"];
        draft.uri_form = forms[form].to_owned();
        if is_long {
            draft.secret_life = domain::cmg::SecretLife::TwoYears.key().to_owned();
        }
        if is_german {
            draft.text_language = "de".to_owned();
        }
        draft.user_discovery = users;
        draft.group_discovery = has_groups;
        draft.group_names = groups.join("\n");
        [
            draft.connection_name,
            draft.description,
            draft.tenant,
            draft.server_name,
            draft.home_page_url,
            draft.uri_name,
            draft.uri_domain,
            draft.uri_text,
            draft.client_name,
        ] = texts;
        draft
    })
}

proptest! {
    #[test]
    fn any_answers_come_back(draft in answers()) {
        let plan = PlanFile::new(&draft).unwrap();
        comes_back(&plan);
        prop_assert!(schema().is_valid(&serde_json::from_str(&plan.text(AT)).unwrap()));
        prop_assert_eq!(plan.draft(), &draft);
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in any::<String>()) {
        let _ = PlanFile::parse(&text);
        let _ = PlanFile::parse_link(&text);
        let file = format!("{{\"kind\":\"{}\",\"version\":1,{text}", plan_file::KIND);
        let _ = PlanFile::parse(&file);
    }
}
