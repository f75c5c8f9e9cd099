//! Evidence as files: the golden files, the published schema, independent readers of each format, and every change that must be found.

use std::fs;
use std::path::Path;

use domain::cloud::Cloud;
use domain::confusables::escaped;
use engine::export::evidence::Evidence;
use engine::export::evidence::EvidenceEntry;
use engine::export::evidence::EvidenceHead;
use engine::export::evidence::EvidenceKind;
use engine::export::evidence::EvidenceResult;
use engine::export::evidence::format::EvidenceFormat;
use engine::export::evidence::verify::ChangedPlace;
use engine::export::evidence::verify::EvidenceError;
use engine::export::evidence::verify::EvidenceVerdict;
use engine::export::evidence::verify::SIZE_MAX;
use engine::export::evidence::verify::parse_hash;
use engine::export::evidence::verify::verify;
use engine::journal::Who;
use html5gum::Token;
use html5gum::Tokenizer;
use html5gum::emitters::default::DefaultEmitter;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::Index;
use pulldown_cmark::Event;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;
use serde_json::Value;
use serde_json::json;
use sha2::Digest;
use sha2::Sha256;
use uuid::Uuid;

use super::golden;

/// Names that end a literal, a tag, a table, a link, or a line somewhere, and names in other scripts.
const HOSTILE: [&str; 16] = [
    "</td></tr></table><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "<!-- a --><style>*{display:none}</style>",
    "&lt;b&gt; &amp; &#60;b&#62;",
    "a | b \\| c\n| d | e |\n\n# heading\n- [ ] task",
    "[link](https://evil.example) ![x](https://evil.example/x.png)",
    "https://evil.example www.evil.example mailto:a@evil.example <https://evil.example>",
    "`code` ``two`` ```three``` `",
    "``` \n</pre>\n~~~",
    "Con\u{202e}toso \u{2066}x\u{2069}\u{200b}\u{feff}\u{e0041}",
    "Отдел כניסה 連接 الشركة ชื่อ",
    "Gerät 💻 e\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\0\u{1}\t\r\n\u{7f}\u{85}\u{2028}\u{fffe}",
    "{\"kind\":\"x\",\"kind\":\"y\"} \\u0000 \\",
    "  leading and trailing  ",
];

fn guid(n: u128) -> Uuid {
    Uuid::from_u128(0xaaaa_0000_0000_4000_8000_0000_0000_0000 + n)
}

fn who(name: &str) -> Who {
    Who {
        name: name.to_owned(),
        object_id: guid(7).to_string().parse().unwrap(),
    }
}

fn hash_of(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Evidence with an entry of each kind, in which every text that people or services choose is this name.
fn named(name: &str) -> Evidence {
    let at = |second: u32| {
        let text = format!("2026-11-23T10:00:{second:02}.250Z");
        Some(text.parse().unwrap())
    };
    let entry = |kind, at| EvidenceEntry::new(kind, who(name), at);
    let body = json!({ "displayName": name, "tags": [name], "api": { "scopes": [1, true, null] } });
    let sent = |exchange, second| {
        EvidenceEntry {
        step: Some("server-app".to_owned()),
        exchange: Some(exchange),
        attempt: Some(1),
        method: Some("PATCH".to_owned()),
        url: Some("https://graph.microsoft.com/v1.0/applications(uniqueName='x')?$select=id&$skiptoken=redacted".to_owned()),
        client_request_id: Some(guid(40)),
        ..entry(EvidenceKind::Sent, at(second))
    }
    };
    let entries = vec![
        EvidenceEntry {
            actor: who("other@contoso.com"),
            body: Some(json!({ "kind": "failed", "step": "server-app", "title": name })),
            step: Some("server-app".to_owned()),
            result: Some("unknown"),
            ..entry(EvidenceKind::Recorded, at(0))
        },
        EvidenceEntry {
            step: Some("server-app".to_owned()),
            method: Some("PATCH".to_owned()),
            url: Some("https://graph.microsoft.com/v1.0/applications(uniqueName='x')".to_owned()),
            body: Some(body.clone()),
            ..entry(EvidenceKind::Planned, None)
        },
        EvidenceEntry {
            plan: Some(hash_of("plan")),
            ..entry(EvidenceKind::Approved, at(1))
        },
        EvidenceEntry {
            body: Some(body.clone()),
            body_sha256: Some(hash_of(&body.to_string())),
            ..sent(1, 2)
        },
        EvidenceEntry {
            kind: EvidenceKind::Answered,
            request_id: Some(name.to_owned()),
            status: Some(503),
            milliseconds: Some(1_250),
            ..sent(1, 3)
        },
        sent(2, 4),
        EvidenceEntry {
            kind: EvidenceKind::Answered,
            no_answer: Some("lost"),
            milliseconds: Some(30_000),
            ..sent(2, 34)
        },
        EvidenceEntry {
            step: Some("server-app".to_owned()),
            result: Some("failed"),
            problem: Some(name.to_owned()),
            ..entry(EvidenceKind::Step, at(34))
        },
        EvidenceEntry {
            result: Some("failed"),
            ..entry(EvidenceKind::Ended, at(35))
        },
    ];
    let head = EvidenceHead {
        run: guid(1).to_string(),
        cloud: Cloud::Public,
        tenant: guid(99).to_string().parse().unwrap(),
        tenant_name: Some(name.to_owned()),
        actor: who(name),
        plan: hash_of("plan"),
        began: at(1).unwrap(),
        ended: at(35).unwrap(),
        result: EvidenceResult::Failed,
    };
    Evidence::new(head, entries)
}

fn plain() -> Evidence {
    named("Contoso")
}

fn json_of(evidence: &Evidence) -> Value {
    serde_json::from_str(&EvidenceFormat::Json.write(evidence)).unwrap()
}

fn validator(file: &str) -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

#[track_caller]
fn fits(schema: &Validator, value: &Value) {
    let faults: Vec<String> = schema
        .iter_errors(value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

/// The chain by the words of `docs/evidence.md`, with nothing of the product.
fn chain_again(file: &mut Value) {
    let mut entries = file["entries"].take();
    let head = file.as_object_mut().unwrap();
    for name in ["entries", "headHash", "endHash"] {
        head.remove(name);
    }
    let mut last = hash_of(&format!("\n{}", Value::Object(head.clone())));
    file["headHash"] = json!(last);
    for entry in entries.as_array_mut().unwrap() {
        entry.as_object_mut().unwrap().remove("hash");
        last = hash_of(&format!("{last}\n{entry}"));
        entry["hash"] = json!(last);
    }
    file["entries"] = entries;
    file["endHash"] = json!(last);
}

#[track_caller]
fn verdict(file: &Value) -> EvidenceVerdict {
    verify(&file.to_string()).unwrap()
}

#[track_caller]
fn is_changed(file: &Value, place: ChangedPlace) {
    assert_eq!(verdict(file), EvidenceVerdict::Changed(place));
}

#[test]
fn the_evidence_matches_the_golden_files() {
    for (name, evidence) in [
        ("evidence", plain()),
        ("evidence-hostile-names", named(&HOSTILE.join(" "))),
    ] {
        for format in EvidenceFormat::ALL {
            let file = format.file_name(&evidence);
            let ending = file.rsplit('.').next().unwrap();
            assert!(file.is_ascii() && !file.contains("Contoso"), "{file}");
            golden(&format!("{name}.{ending}"), &format.write(&evidence));
        }
    }
    assert_eq!(
        EvidenceFormat::Markdown.file_name(&plain()),
        "cmg-evidence-aaaa0000-0000-4000-8000-000000000063-aaaa0000-0000-4000-8000-000000000001.md"
    );
}

#[test]
fn the_evidence_fits_its_schema_and_its_chain_follows_the_document() {
    let schema = validator("docs/evidence.schema.json");
    for name in HOSTILE.iter().chain(&["Contoso", ""]) {
        let evidence = named(name);
        let file = json_of(&evidence);
        fits(&schema, &file);
        let mut again = file.clone();
        chain_again(&mut again);
        assert_eq!(again, file);
        let EvidenceVerdict::Intact(verified) = verdict(&file) else {
            panic!("{name:?}");
        };
        assert_eq!(verified.end_hash, evidence.end_hash());
        assert_eq!(verified.count, 9);
        assert_eq!(verified.account, *name);
        assert_eq!(file["tenant"]["name"], json!(name));
        assert_eq!(file["entries"][3]["body"]["tags"][0], json!(name));
    }
}

/// All values without parts, by their pointers.
fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(properties) if !properties.is_empty() => {
            for (name, value) in properties {
                leaves(value, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (item, place) in items.iter().zip(0..) {
                leaves(item, &format!("{pointer}/{place}"), found);
            }
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Object(_)
        | Value::Array(_) => found.push(pointer.to_owned()),
    }
}

/// Other values: of the same type, of another one, and one that looks the same.
fn others(value: &Value) -> Vec<Value> {
    let mut others = vec![json!(null), json!("x"), json!(0), json!([]), json!(true)];
    match value {
        Value::String(text) => {
            others.extend([json!(format!("{text}\u{200b}")), json!(format!("{text} "))]);
        }
        Value::Number(number) => others.push(json!(number.as_u64().unwrap() + 1)),
        Value::Null | Value::Bool(_) | Value::Object(_) | Value::Array(_) => {}
    }
    others.retain(|other| other != value);
    others
}

#[test]
fn a_change_of_any_property_of_any_entry_is_found_and_named() {
    let file = json_of(&plain());
    let mut pointers = Vec::new();
    leaves(&file, "", &mut pointers);
    let mut count = 0;
    for pointer in &pointers {
        for other in others(file.pointer(pointer).unwrap()) {
            let mut changed = file.clone();
            *changed.pointer_mut(pointer).unwrap() = other;
            let mut path = pointer.split('/').skip(1);
            let expected = match (path.next().unwrap(), path.next()) {
                ("entries", Some(place)) => Some(ChangedPlace::Entry {
                    number: place.parse::<usize>().unwrap() + 1,
                }),
                ("endHash", _) => Some(ChangedPlace::End),
                // These say which reader the file needs.
                ("kind" | "version", _) => None,
                _ => Some(ChangedPlace::Head),
            };
            let text = changed.to_string();
            match expected {
                Some(place) => assert_eq!(
                    verify(&text),
                    Ok(EvidenceVerdict::Changed(place)),
                    "{pointer}"
                ),
                None => assert!(verify(&text).is_err(), "{pointer}"),
            }
            count += 1;
        }
    }
    assert!(pointers.len() > 200 && count > 1_000, "{count}");
}

#[test]
fn removed_added_swapped_and_repeated_entries_are_found_and_named() {
    let file = json_of(&plain());
    let count = file["entries"].as_array().unwrap().len();
    let entries = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut changed = file.clone();
        change(changed["entries"].as_array_mut().unwrap());
        changed
    };
    for place in 0..count {
        let number = place + 1;
        let is_last = number == count;
        let removed = entries(&|all| drop(all.remove(place)));
        is_changed(
            &removed,
            if is_last {
                ChangedPlace::Missing { number, count }
            } else {
                ChangedPlace::Entry { number }
            },
        );
        let repeated = entries(&|all| all.insert(number, all[place].clone()));
        is_changed(&repeated, ChangedPlace::Entry { number: number + 1 });
        for other in number..count {
            let swapped = entries(&|all| all.swap(place, other));
            is_changed(&swapped, ChangedPlace::Entry { number });
        }
        // Removed to the end, with a new end hash.
        let mut cut = entries(&|all| all.truncate(place));
        cut["endHash"] = match place.checked_sub(1) {
            Some(last) => file["entries"][last]["hash"].clone(),
            None => file["headHash"].clone(),
        };
        is_changed(&cut, ChangedPlace::Missing { number, count });
        let mut gone = file.clone();
        gone["entries"][place]
            .as_object_mut()
            .unwrap()
            .remove("hash");
        is_changed(&gone, ChangedPlace::Entry { number });
        let extra = entries(&|all| all[place]["note"] = json!("x"));
        is_changed(&extra, ChangedPlace::Entry { number });
    }
    // An entry that follows the chain, but not the count.
    let mut added = file.clone();
    let mut entry = file["entries"][count - 1].clone();
    entry["number"] = json!(count + 1);
    entry.as_object_mut().unwrap().remove("hash");
    let last = hash_of(&format!("{}\n{entry}", file["endHash"].as_str().unwrap()));
    entry["hash"] = json!(last);
    added["entries"].as_array_mut().unwrap().push(entry);
    added["endHash"] = json!(last);
    is_changed(&added, ChangedPlace::Entry { number: count + 1 });
    let mut named = file.clone();
    named["note"] = json!("x");
    is_changed(&named, ChangedPlace::Head);
}

/// The verifier cannot find out that all hashes were made again. The end hash shows it.
#[test]
fn hashes_that_were_made_again_give_another_end_hash() {
    let file = json_of(&plain());
    let mut changed = file.clone();
    changed["entries"][4]["status"] = json!(200);
    chain_again(&mut changed);
    let EvidenceVerdict::Intact(verified) = verdict(&changed) else {
        panic!("a chain that fits");
    };
    assert_ne!(json!(verified.end_hash), file["endHash"]);
}

#[test]
fn what_cannot_be_verified_has_a_reason() {
    let text = EvidenceFormat::Json.write(&plain());
    let file = json_of(&plain());
    assert_eq!(
        verify(&"x".repeat(SIZE_MAX + 1)),
        Err(EvidenceError::TooLarge)
    );
    for (wrong, expected) in [
        (String::new(), EvidenceError::NotJson),
        ("not JSON".to_owned(), EvidenceError::NotJson),
        ("[]".to_owned(), EvidenceError::OtherKind),
        ("{}".to_owned(), EvidenceError::OtherKind),
        ("null".to_owned(), EvidenceError::OtherKind),
        (
            text.replacen("{", "{\"run\":\"x\",", 1),
            EvidenceError::Repeated,
        ),
        (
            text.replacen("\"attempt\":1,", "\"attempt\":1,\"attempt\":1,", 1),
            EvidenceError::Repeated,
        ),
        (
            EvidenceFormat::Html.write(&plain()),
            EvidenceError::OtherFormat,
        ),
        (
            EvidenceFormat::Markdown.write(&plain()),
            EvidenceError::OtherFormat,
        ),
        (
            EvidenceFormat::Har.write(&plain()),
            EvidenceError::OtherFormat,
        ),
        (
            "{\"version\":1,\"run\":\"x\"}\n{\"version\":1}\n".to_owned(),
            EvidenceError::OtherKind,
        ),
        (
            json!({ "kind": "cmg-entra-setup/report", "version": 1 }).to_string(),
            EvidenceError::OtherKind,
        ),
        (
            json!({ "format": "cmg-entra-setup/handover/1" }).to_string(),
            EvidenceError::OtherKind,
        ),
    ] {
        assert_eq!(verify(&wrong), Err(expected), "{wrong:.100}");
    }
    let with = |name: &str, value: Value| {
        let mut changed = file.clone();
        changed[name] = value;
        verify(&changed.to_string())
    };
    assert_eq!(with("version", json!(2)), Err(EvidenceError::Newer));
    let shape = |property| Err(EvidenceError::Shape { property });
    assert_eq!(with("version", json!(0)), shape("version"));
    assert_eq!(with("version", json!("1")), shape("version"));
    assert_eq!(with("entries", json!(null)), shape("entries"));
    // A byte order mark and other line breaks are no change.
    for same in [
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        file.to_string(),
    ] {
        assert!(matches!(verify(&same), Ok(EvidenceVerdict::Intact(_))));
    }
}

#[test]
fn a_truncated_file_is_never_intact() {
    let text = EvidenceFormat::Json.write(&plain());
    let end = text.trim_end().len();
    for length in 1..end {
        assert_eq!(
            verify(&text[..length]),
            Err(EvidenceError::Truncated),
            "{length}"
        );
    }
}

/// Of another program, with hashes that fit: neither the verifier nor the schema accepts it.
#[test]
fn the_verifier_and_the_schema_refuse_the_same_structures() {
    let schema = validator("docs/evidence.schema.json");
    let file = json_of(&plain());
    let mut pointers = Vec::new();
    leaves(&file, "", &mut pointers);
    let mut refused = 0;
    for pointer in pointers {
        for other in [
            json!(null),
            json!("x"),
            json!(-1),
            json!(1.5),
            json!([]),
            json!(7),
        ] {
            let mut changed = file.clone();
            *changed.pointer_mut(&pointer).unwrap() = other.clone();
            chain_again(&mut changed);
            let verified = verify(&changed.to_string());
            // A wrong number or count is a change, whatever the hashes say.
            let is_accepted = matches!(verified, Ok(EvidenceVerdict::Intact(_)));
            let is_place = pointer.ends_with("/number") || pointer == "/count";
            if !is_place {
                assert_eq!(is_accepted, schema.is_valid(&changed), "{pointer}: {other}");
            }
            refused += usize::from(!is_accepted);
        }
    }
    assert!(refused > 300, "{refused}");
    for name in ["tool", "result"] {
        let mut changed = file.clone();
        changed.as_object_mut().unwrap().remove(name);
        chain_again(&mut changed);
        assert!(verify(&changed.to_string()).is_err() && !schema.is_valid(&changed));
    }
}

#[test]
fn a_noted_hash_is_read_with_spaces_and_in_any_case() {
    let hash = hash_of("x");
    let spaced: String = hash.chars().flat_map(|c| [c, ' ']).collect();
    for typed in [&hash, &hash.to_uppercase(), &spaced, &format!("\n{hash}\t")] {
        assert_eq!(parse_hash(typed).as_ref(), Some(&hash));
    }
    for wrong in [
        "",
        "x",
        &hash[1..],
        &format!("{hash}0"),
        &hash.replace(['a', 'b'], "g"),
    ] {
        assert_eq!(parse_hash(wrong), None, "{wrong}");
    }
}

/// The tags of a page, its texts, and its style.
fn read_html(html: &str) -> (Vec<String>, Vec<String>, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let (mut tags, mut texts, mut style) = (Vec::new(), Vec::new(), String::new());
    let mut is_style = false;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(start) => {
                let name = text(&start.name);
                is_style = name == "style";
                let attributes = start.attributes.iter();
                let attributes: Vec<String> = attributes
                    .map(|(name, value)| format!("{}={}", text(name), text(value)))
                    .collect();
                tags.push(format!("{name} {}", attributes.join(" ")));
            }
            Token::EndTag(end) => {
                is_style = false;
                tags.push(format!("/{}", text(&end.name)));
            }
            Token::String(string) if is_style => style.push_str(&text(&string)),
            Token::String(string) => texts.push(text(&string)),
            Token::Doctype(_) => {}
            // A character that no text needs, and that changes nothing.
            Token::Error(error) if *error == html5gum::Error::NoncharacterInInputStream => {}
            Token::Comment(_) | Token::Error(_) => panic!("{token:?}"),
        }
    }
    (tags, texts, style)
}

#[track_caller]
fn html_has_the_shape_of_x(name: &str) {
    let html = EvidenceFormat::Html.write(&named(name));
    let (tags, texts, _) = read_html(&html);
    let (expected, of_x, _) = read_html(&EvidenceFormat::Html.write(&named("X")));
    assert_eq!(tags, expected, "{name:?}");
    let shown = escaped(name);
    if shown.is_empty() {
        return;
    }
    assert_eq!(texts.len(), of_x.len(), "{name:?}");
    let names = texts.iter().zip(&of_x).filter(|(_, of_x)| *of_x == "X");
    let names: Vec<&String> = names.map(|(text, _)| text).collect();
    assert!(
        names.len() > 3 && names.iter().all(|it| **it == shown),
        "{name:?}"
    );
}

#[test]
fn the_html_file_has_its_own_policy_and_no_script() {
    use base64::Engine as _;
    let (tags, _, style) = read_html(&EvidenceFormat::Html.write(&plain()));
    let digest = Sha256::digest(style.as_bytes());
    let hash = base64::engine::general_purpose::STANDARD.encode(digest);
    assert_eq!(
        tags[3],
        format!(
            "meta content=default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none' http-equiv=Content-Security-Policy"
        )
    );
    for tag in &tags {
        let name = tag.split([' ', '/']).find(|it| !it.is_empty()).unwrap();
        assert!(
            ![
                "script", "img", "link", "iframe", "object", "a", "form", "base"
            ]
            .contains(&name),
            "{tag}"
        );
        assert!(!tag.contains("style=") && !tag.contains(" on"), "{tag}");
    }
    assert!(!style.contains("url(") && !style.contains("@import"));
}

/// The kinds of all parts of a document, and the contents of its code spans.
fn read_markdown(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut shape, mut codes) = (Vec::new(), Vec::new());
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Code(code) => {
                shape.push("code".to_owned());
                codes.push(code.into_string());
            }
            Event::Text(text) => shape.push(text.into_string()),
            event @ (Event::Start(_) | Event::End(_) | Event::SoftBreak) => {
                shape.push(format!("{event:?}"));
            }
            event @ (Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_)) => panic!("{event:?}"),
        }
    }
    (shape, codes)
}

#[track_caller]
fn markdown_has_the_shape_of_x(name: &str) {
    let shown = escaped(name);
    if shown.trim().is_empty() {
        return;
    }
    let (shape, codes) = read_markdown(&EvidenceFormat::Markdown.write(&named(name)));
    let (expected, of_x) = read_markdown(&EvidenceFormat::Markdown.write(&named("X")));
    assert_eq!(shape, expected, "{name:?}");
    for (code, of_x) in codes.iter().zip(&of_x) {
        if of_x == "X" {
            assert_eq!(*code, shown, "{name:?}");
        }
    }
}

#[track_caller]
fn har_has_the_shape_of_x(schema: &Validator, name: &str) {
    let har: Value = serde_json::from_str(&EvidenceFormat::Har.write(&named(name))).unwrap();
    fits(schema, &har);
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    let body = entries[0]["request"]["postData"]["text"].as_str().unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["displayName"], json!(name));
    assert_eq!(entries[0]["response"]["headers"][0]["value"], json!(name));
    assert_eq!(entries[1]["response"]["status"], json!(0));
}

#[test]
fn hostile_names_change_only_the_names_in_every_format() {
    let har = validator("tests/native/fixtures/har.schema.json");
    for name in HOSTILE {
        html_has_the_shape_of_x(name);
        markdown_has_the_shape_of_x(name);
        har_has_the_shape_of_x(&har, name);
    }
}

#[test]
fn the_archive_has_no_cookie_and_no_sign_in() {
    let text = EvidenceFormat::Har.write(&plain());
    let har: Value = serde_json::from_str(&text).unwrap();
    for entry in har["log"]["entries"].as_array().unwrap() {
        for part in ["request", "response"] {
            assert_eq!(entry[part]["cookies"], json!([]));
            for header in entry[part]["headers"].as_array().unwrap() {
                let name = header["name"].as_str().unwrap();
                assert!(["client-request-id", "content-type", "request-id"].contains(&name));
            }
        }
        assert_eq!(entry["response"]["content"].get("text"), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_name_is_read_back_from_every_format(name in "\\PC{0,40}|[\\x00-\\x7f]{0,40}|[`|\\\\<&\\[\\]()*_~#\\n ]{1,20}") {
        html_has_the_shape_of_x(&name);
        markdown_has_the_shape_of_x(&name);
        let file = json_of(&named(&name));
        prop_assert_eq!(&file["actor"]["name"], &json!(name));
        prop_assert!(matches!(verdict(&file), EvidenceVerdict::Intact(_)));
    }

    /// A changed byte is found, or it has changed only how the same values are written.
    #[test]
    fn any_changed_byte_is_found(place: Index, byte: u8) {
        let text = EvidenceFormat::Json.write(&plain());
        let mut bytes = text.clone().into_bytes();
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        let changed = String::from_utf8_lossy(&bytes);
        if let Ok(EvidenceVerdict::Intact(_)) = verify(&changed) {
            let value: Value = serde_json::from_str(&changed).unwrap();
            prop_assert_eq!(value, json_of(&plain()));
        }
    }

    #[test]
    fn verifying_never_panics(text in "\\PC{0,200}", kind in any::<bool>()) {
        let _ = verify(&text);
        if kind {
            let _ = verify(&json!({ "kind": "cmg-entra-setup/evidence", "version": 1, "entries": [text] }).to_string());
        }
    }
}
