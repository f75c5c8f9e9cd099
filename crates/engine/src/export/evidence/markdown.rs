//! The evidence as Markdown for a ticket.
//!
//! Every value is a code span, in which CommonMark knows no markup, no HTML and no links. There are no tables: inside one, the programs that
//! show Markdown do not agree on how a vertical bar in a code span is written.

use std::fmt::Write as _;

use crate::export::evidence::ABOUT;
use crate::export::evidence::ChainedEntry;
use crate::export::evidence::Evidence;
use crate::export::quote::markdown_code;
use crate::export::request::ascii_json;

pub(super) fn written(evidence: &Evidence) -> String {
    let head = &evidence.head;
    let mut text = format!("# Evidence of a run of CMG Entra Setup\n\n{ABOUT}\n\n");
    let tenant = head.tenant.to_string();
    for (name, value) in [
        ("End hash (SHA-256)", evidence.end_hash()),
        ("Run", &head.run),
        (
            "Tenant",
            head.tenant_name.as_deref().unwrap_or("(not read)"),
        ),
        ("Tenant ID", &tenant),
        ("Cloud", head.cloud.key()),
        ("Account", &head.actor.name),
        (
            "Object ID of the account",
            &head.actor.object_id.to_string(),
        ),
        ("Fingerprint of the plan (SHA-256)", &head.fingerprint),
        (
            "Plan hash (SHA-256)",
            head.plan_hash.as_deref().unwrap_or("(none)"),
        ),
        ("Approved", &head.began.to_string()),
        ("Ended", &head.ended.to_string()),
        ("Result", head.result.key()),
        ("Entries", &evidence.entries.len().to_string()),
        ("Version of the tool", env!("CARGO_PKG_VERSION")),
    ] {
        line(&mut text, name, value);
    }
    text.push_str("\nOnly the JSON file with the same end hash can be verified.\n\n## Entries\n");
    for link in evidence.chained() {
        entry(&mut text, evidence, &link);
    }
    let _ = write!(
        text,
        "\n## End\n\nEnd hash (SHA-256): {}\n",
        markdown_code(evidence.end_hash())
    );
    text
}

fn entry(text: &mut String, evidence: &Evidence, link: &ChainedEntry<'_>) {
    let it = link.entry;
    let _ = write!(text, "\n### {}. {}\n\n", link.number, it.kind.key());
    let request = it.method.as_ref().zip(it.url.as_ref());
    for (name, value) in [
        ("Time", it.at.map(|at| at.to_string())),
        ("Step", it.step.clone()),
        ("Result", it.result.map(str::to_owned)),
        ("Problem", it.problem.clone()),
        ("Fingerprint", it.fingerprint.clone()),
        (
            "Account",
            (it.actor != evidence.head.actor).then(|| it.actor.name.clone()),
        ),
        (
            "Request",
            request.map(|(method, url)| format!("{method} {url}")),
        ),
        (
            "Number and attempt",
            it.exchange
                .zip(it.attempt)
                .map(|(exchange, attempt)| format!("{exchange}, {attempt}")),
        ),
        ("Body", it.body.as_ref().map(ascii_json)),
        ("SHA-256 of the body", it.body_sha256.clone()),
        ("Status", it.status.map(|status| status.to_string())),
        ("No answer", it.no_answer.map(str::to_owned)),
        ("Milliseconds", it.milliseconds.map(|took| took.to_string())),
        (
            "client-request-id",
            it.client_request_id.map(|id| id.to_string()),
        ),
        ("request-id", it.request_id.clone()),
        ("Hash", Some(link.hash.to_owned())),
    ] {
        if let Some(value) = value {
            line(text, name, &value);
        }
    }
}

fn line(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "- {name}: {}", markdown_code(value));
}
