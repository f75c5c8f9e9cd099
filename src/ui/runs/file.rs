//! A journal as a file to save.

use crate::ui::msg::File;
use engine::journal::RecordedRun;

/// The journal as a file.
#[must_use]
pub fn file(past: &RecordedRun) -> File {
    File {
        name: format!("cmg-entra-setup-journal-{}.jsonl", past.run),
        kind: "application/jsonl",
        text: past.text(),
    }
}
