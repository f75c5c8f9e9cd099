//! Journal records: written records are parsed again, and a journal that this tool did not write is refused completely.

use engine::desired::Draft;
use engine::journal::Created;
use engine::journal::End;
use engine::journal::Event;
use engine::journal::Intent;
use engine::journal::Record;
use engine::journal::RecordedRun;
use engine::journal::RunStarted;
use engine::journal::Unreadable;
use engine::journal::VERSION;
use engine::journal::Who;
use serde_json::json;
use uuid::Uuid;

const ID: &str = "5e97358c-d99c-4558-8000-000000010000";

fn who() -> Who {
    Who {
        name: "Zoë \"admin\"@fabrikam.com".to_owned(),
        object_id: ID.parse().unwrap(),
    }
}

fn started() -> RunStarted {
    RunStarted {
        cloud: "usgov".to_owned(),
        tenant: ID.parse().unwrap(),
        account: who(),
        plan: "00ff".to_owned(),
        steps: vec!["server-app".to_owned()],
        draft: Draft::new(Default::default(), Uuid::from_u128(7)),
    }
}

fn everything() -> RecordedRun {
    let object = ID.parse().unwrap();
    let made = [
        Created::Application {
            object,
            app: ID.parse().unwrap(),
        },
        Created::Principal { object },
        Created::Grant {
            id: "a_b-c".to_owned(),
        },
        Created::Role {
            principal: object,
            resource: object,
            id: "r".to_owned(),
        },
        Created::Secret {
            object,
            key: ID.parse().unwrap(),
        },
        Created::Change {
            object,
            before: json!({ "web": { "redirectUris": [] }, "x": null }),
            after: json!({ "web": { "redirectUris": ["http://localhost"] } }),
        },
        Created::Scopes {
            id: "g".to_owned(),
            before: "a".to_owned(),
            after: "a b".to_owned(),
        },
    ];
    let mut events = vec![
        Event::Began(Box::new(started())),
        Event::Failed {
            step: "secret".to_owned(),
            title: "No answer\narrived".to_owned(),
            request_id: None,
            is_unknown: true,
        },
        Event::SecretSaved,
        Event::Undoing { account: who() },
        Event::Ended { how: End::Complete },
        Event::Ended { how: End::Undone },
        Event::Ended { how: End::Kept },
    ];
    for made in made {
        events.extend([
            Event::Intent(Box::new(Intent {
                step: "client-app".to_owned(),
                trace: Some(Uuid::from_u128(9)),
                method: "PATCH".to_owned(),
                url: "https://graph.microsoft.com/v1.0/applications".to_owned(),
                body: None,
                change: Some(made.clone()),
            })),
            Event::Done {
                step: "client-app".to_owned(),
                request_id: Some("r".to_owned()),
                made: Some(made.clone()),
            },
            Event::Removing { made: made.clone() },
            Event::Removed { made },
        ]);
    }
    let run = Uuid::from_u128(3);
    RecordedRun {
        run,
        records: events
            .into_iter()
            .zip(1..)
            .map(|(event, serial)| Record {
                version: VERSION,
                run,
                serial,
                at: "2026-11-23T10:00:00.123Z".parse().unwrap(),
                event,
            })
            .collect(),
    }
}

#[test]
fn every_record_is_parsed_as_it_was_written() {
    let recorded_run = everything();
    assert_eq!(RecordedRun::parse(&recorded_run.text()), Ok(recorded_run));
}

#[test]
fn only_a_complete_journal_of_this_version_is_accepted() {
    let text = everything().text();
    let refused = |text: &str, why| assert_eq!(RecordedRun::parse(text), Err(why), "{text:.120}");
    refused("", Unreadable::Broken);
    refused("\n\n", Unreadable::Broken);
    refused("[]", Unreadable::Broken);
    refused(&text[..text.len() - 5], Unreadable::Broken);
    // The first record is missing.
    refused(text.split_once('\n').unwrap().1, Unreadable::Broken);
    // A record appears twice, or a record belongs to another run.
    let (first, rest) = text.split_once('\n').unwrap();
    refused(&format!("{first}\n{first}\n{rest}"), Unreadable::Broken);
    let foreign = first.replace("000000000003", "000000000004");
    refused(&format!("{first}\n{foreign}"), Unreadable::Broken);
    for (from, to) in [
        ("\"serial\":1,", "\"serial\":-1,"),
        ("\"serial\":1,", "\"serial\":1,\"serial\":1,"),
        ("\"kind\":\"began\"", "\"kind\":\"began \""),
        ("\"cloud\":", "\"extra\":1,\"cloud\":"),
        ("2026-11-23T10", "2026-13-23T10"),
        (ID, "00000000-0000-0000-0000-000000000000"),
    ] {
        refused(&text.replacen(from, to, 1), Unreadable::Broken);
    }
    // A key that would change the URL it is inserted into.
    let grant = r#""what":"grant","id":""#;
    let (start, rest) = text.split_once(grant).unwrap();
    let rest = rest.split_once('"').unwrap().1;
    for key in ["", ".", "..", "-", "../.."] {
        let text = format!("{start}{grant}{key}\"{rest}");
        refused(&text, Unreadable::Broken);
    }
    refused(
        &text.replacen("\"version\":1", "\"version\":2", 1),
        Unreadable::Newer,
    );
    refused("{\"version\":7,\"anything\":{}}", Unreadable::Newer);
}
