//! What earlier versions of the page stored in a browser is still read. The files in `stored` are never changed: a new format gets new files.

use std::fs;
use std::path::Path;

use cmg_entra_setup::ui::storage;
use engine::journal::RecordedRun;
use engine::journal::history::History;
use engine::plan::step::StepId;

fn stored(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/stored");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Written by the version of 2026-11-29, in a run that crashed after three steps.
#[test]
fn the_journal_of_an_interrupted_run_is_read_and_written_unchanged() {
    let text = stored("journal-interrupted-run.jsonl");
    let past = RecordedRun::parse(&text).unwrap();
    assert_eq!(past.text(), text);
    let history = History::of(&past);
    assert_eq!(history.made.len(), 2);
    assert!(history.made.iter().any(|it| it.step == StepId::ServerApp));
}

/// Every event and every kind of object that a journal can hold. Written by an earlier version, whose drafts had fewer answers.
#[test]
fn every_event_of_an_earlier_journal_is_read() {
    let text = stored("journal-every-event.jsonl");
    let past = RecordedRun::parse(&text).unwrap();
    assert_eq!(past.records.len(), text.lines().count());
    // The draft has gained answers since; everything else is written as it was read.
    let events = |text: &str| -> Vec<String> {
        let lines = text.lines().skip(1);
        lines.map(str::to_owned).collect()
    };
    assert_eq!(events(&past.text()), events(&text));
}

/// Written by the version of 2026-11-29.
#[test]
fn a_stored_draft_is_read_and_written_unchanged() {
    let text = stored("draft.json");
    let draft = storage::read_draft(&text).unwrap();
    assert_eq!(storage::write_draft(&draft), text);
}
