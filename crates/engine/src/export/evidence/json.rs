//! The evidence as JSON, one entry in each line, so that a changed line shows in any comparison.

use serde_json::json;

use crate::export::evidence::Evidence;
use crate::export::report::spelled;

pub(super) fn written(evidence: &Evidence) -> String {
    let mut head = evidence.head.record(evidence.entries.len());
    head["headHash"] = json!(evidence.head_hash);
    head["endHash"] = json!(evidence.end_hash());
    let head = format!("{head:#}");
    let mut text = head.strip_suffix("\n}").unwrap_or(&head).to_owned();
    text.push_str(",\n  \"entries\": [");
    for link in evidence.chained() {
        let mut record = link.entry.record(link.number, &evidence.head);
        record["hash"] = json!(link.hash);
        text.push_str(if link.number == 1 { "\n" } else { ",\n" });
        text.push_str(&record.to_string());
    }
    text.push_str("\n  ]\n}\n");
    spelled(&text)
}
