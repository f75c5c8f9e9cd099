//! What earlier versions of the page stored in a browser is still read. The files in `stored` are never changed: a new format gets new files.

use std::fs;
use std::path::Path;

use cmg_entra_setup::ui::storage;
use domain::cloud::Cloud;
use engine::desired::Draft;
use engine::desired::OnRefusal;
use engine::journal::RecordedRun;
use engine::journal::history::History;
use engine::plan::step::StepId;
use uuid::Uuid;

fn stored(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/stored");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Written by the version of 2026-11-29, in a run that crashed after three steps.
#[test]
fn the_journal_of_an_interrupted_run_is_read_and_written_unchanged() {
    let text = stored("journal-interrupted-run.jsonl");
    let recorded_run = RecordedRun::parse(&text).unwrap();
    assert_eq!(recorded_run.text(), text);
    let history = History::of(&recorded_run);
    assert_eq!(history.made.len(), 2);
    assert!(history.made.iter().any(|it| it.step == StepId::ServerApp));
}

/// Every event and every kind of object that a journal can hold. Written by an earlier version, whose drafts had fewer answers.
#[test]
fn every_event_of_an_earlier_journal_is_read() {
    let text = stored("journal-every-event.jsonl");
    let recorded_run = RecordedRun::parse(&text).unwrap();
    assert_eq!(recorded_run.records.len(), text.lines().count());
    // The draft has gained answers since; everything else is written as it was read.
    let events = |text: &str| -> Vec<String> {
        let lines = text.lines().skip(1);
        lines.map(str::to_owned).collect()
    };
    assert_eq!(events(&recorded_run.text()), events(&text));
}

/// Written by the version of 2026-11-29.
#[test]
fn a_stored_draft_is_read_and_written_unchanged() {
    let text = stored("draft.json");
    let draft = storage::read_draft(&text).unwrap();
    assert_eq!(storage::write_draft(&draft), text);
}

/// Every answer has a value here: the compiler asks for a new one, and a reader that lacks it refuses the text.
#[test]
fn every_answer_of_a_draft_is_read_as_it_was_written() {
    let text = |name: &str| format!("the {name}");
    let draft = Draft {
        version: Draft::new(Cloud::Public, Uuid::nil()).version,
        connection_name: text("connection"),
        description: text("description"),
        cloud: Cloud::UsGov.key().to_owned(),
        tenant: text("tenant"),
        server_name: text("server"),
        home_page_url: text("home page"),
        uri_form: text("form"),
        uri_name: text("name"),
        uri_domain: text("domain"),
        uri_text: text("URI"),
        secret_life: text("life"),
        client_name: text("client"),
        text_language: text("language"),
        user_discovery: true,
        group_discovery: true,
        group_names: text("groups"),
        subscription: text("subscription"),
        another_secret: true,
        secret_later: true,
        // Never stored.
        adopted: Vec::new(),
        on_refusal: OnRefusal::default(),
        server_app: text("server app"),
        client_app: text("client app"),
        repairs: text("repairs"),
        scope_id: Uuid::from_u128(7),
    };
    assert_eq!(
        storage::read_draft(&storage::write_draft(&draft)).unwrap(),
        draft
    );
}
