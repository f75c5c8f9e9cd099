//! A journal as a file to save.

use crate::ui::msg::File;
use engine::journal::RecordedRun;

/// The journal as a file.
#[must_use]
pub fn file(recorded_run: &RecordedRun) -> File {
    File {
        name: format!("cmg-entra-setup-journal-{}.jsonl", recorded_run.run),
        kind: "application/jsonl",
        text: recorded_run.text(),
    }
}
