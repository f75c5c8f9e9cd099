//! The evidence of a run: what was planned, approved, sent and answered, as entries that are chained by hash.
//!
//! Contains no header, no token and no secret value. URLs are redacted like those of the request log, and bodies by the names of their
//! properties. `docs/evidence.md` describes the content, `docs/evidence.schema.json` its structure.
//!
//! The hash of an entry is SHA-256 over the hash before it, a line break, and the entry as canonical JSON (RFC 8785). The first hash is that
//! of the head, which also says how many entries follow. So a change anywhere changes every later hash up to the last one.

pub mod approval;
pub mod format;
pub mod from_steps;
mod har;
mod html;
mod json;
mod markdown;
pub mod verify;

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::journal::Who;
use crate::plan::fingerprint::fingerprint;
use domain::cloud::Cloud;
use domain::ids::TenantId;

/// Value that identifies this file format.
pub const KIND: &str = "cmg-entra-setup/evidence";
/// Version of the file format: raised when a property changes, or when another one is added, because the hashes contain all of them.
pub const VERSION: u64 = 1;
/// In English in every language: a file for programs and auditors.
const ABOUT: &str = "What CMG Entra Setup planned, what was approved, and what it sent to Microsoft and got as answers. This file contains no token and no secret value. Each entry has a hash of itself and of the hash before it.";

/// The evidence of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    head: EvidenceHead,
    entries: Vec<EvidenceEntry>,
    head_hash: String,
    /// The hash of each entry.
    hashes: Vec<String>,
}

/// What all entries have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceHead {
    /// ID of the run.
    pub run: String,
    /// Cloud of the tenant.
    pub cloud: Cloud,
    /// Tenant of the run.
    pub tenant: TenantId,
    /// Name of the tenant, if it was read.
    pub tenant_name: Option<String>,
    /// The account that approved the plan.
    pub actor: Who,
    /// Fingerprint of the approved plan, see `Plan::hash`.
    pub fingerprint: String,
    /// Hash of the answers, which two persons may have compared, see `PlanFile::hash`. `None` for an existing pair.
    pub plan_hash: Option<String>,
    /// When the plan was approved.
    pub began: Timestamp,
    /// When the run ended.
    pub ended: Timestamp,
    /// How the run ended.
    pub result: EvidenceResult,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceResult {
    /// Everything in the plan exists.
    Complete,
    /// Part is missing, and continuing later adds it.
    Paused,
    /// Part is missing.
    Failed,
    /// The admin stopped the run.
    Stopped,
}

impl EvidenceResult {
    /// Name in the files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Paused => "paused",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
        }
    }
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceKind {
    /// A record of this run's journal, from before the run was continued.
    Recorded,
    /// A write of the plan, as the review showed it: names in braces stand for IDs that did not exist yet.
    Planned,
    /// The plan was approved.
    Approved,
    /// A request was sent.
    Sent,
    /// The answer to a request, or the fact that none arrived.
    Answered,
    /// The result of a step.
    Step,
    /// The run ended.
    Ended,
}

impl EvidenceKind {
    /// Name in the files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Planned => "planned",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::Answered => "answered",
            Self::Step => "step",
            Self::Ended => "ended",
        }
    }
}

/// One entry. A property that does not apply is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceEntry {
    /// What it is about.
    pub kind: EvidenceKind,
    /// The account on whose behalf it happened.
    pub actor: Who,
    /// When it happened, by the computer's clock.
    pub at: Option<Timestamp>,
    /// Name of the step, see `StepId::name`.
    pub step: Option<String>,
    /// Number of the request in this run. A request and its answer have the same.
    pub exchange: Option<usize>,
    /// Attempt number of the request, starting at 1.
    pub attempt: Option<u32>,
    /// HTTP method.
    pub method: Option<String>,
    /// URL, redacted.
    pub url: Option<String>,
    /// JSON body, redacted. Of a recorded entry, the event of the journal.
    pub body: Option<Value>,
    /// SHA-256 of the body as it was sent, the same as in the journal.
    pub body_sha256: Option<String>,
    /// The page's ID of the step, as sent to the service.
    pub client_request_id: Option<Uuid>,
    /// Microsoft's ID of the request.
    pub request_id: Option<String>,
    /// HTTP status of the answer.
    pub status: Option<u16>,
    /// Why there is no answer.
    pub no_answer: Option<&'static str>,
    /// Time from sending to the answer.
    pub milliseconds: Option<u64>,
    /// Fingerprint of the approved plan.
    pub fingerprint: Option<String>,
    /// Result of the step or of the run.
    pub result: Option<&'static str>,
    /// What the service said about a failure: its code and message.
    pub problem: Option<String>,
}

impl EvidenceEntry {
    /// An entry without details.
    #[must_use]
    pub fn new(kind: EvidenceKind, actor: Who, at: Option<Timestamp>) -> Self {
        Self {
            kind,
            actor,
            at,
            step: None,
            exchange: None,
            attempt: None,
            method: None,
            url: None,
            body: None,
            body_sha256: None,
            client_request_id: None,
            request_id: None,
            status: None,
            no_answer: None,
            milliseconds: None,
            fingerprint: None,
            result: None,
            problem: None,
        }
    }

    /// The entry as JSON, without its hash.
    fn record(&self, number: usize, head: &EvidenceHead) -> Value {
        json!({
            "number": number,
            "kind": self.kind.key(),
            "at": self.at.map(|at| at.to_string()),
            "actor": actor_record(&self.actor),
            "cloud": head.cloud.key(),
            "tenant": head.tenant.to_string(),
            "step": self.step,
            "exchange": self.exchange,
            "attempt": self.attempt,
            "method": self.method,
            "url": self.url,
            "body": self.body,
            "bodySha256": self.body_sha256,
            "clientRequestId": self.client_request_id.map(|id| id.to_string()),
            "requestId": self.request_id,
            "status": self.status,
            "noAnswer": self.no_answer,
            "milliseconds": self.milliseconds,
            "fingerprint": self.fingerprint,
            "result": self.result,
            "problem": self.problem,
        })
    }
}

impl EvidenceHead {
    /// The head as JSON, without its hash.
    fn record(&self, count: usize) -> Value {
        json!({
            "kind": KIND,
            "version": VERSION,
            "about": ABOUT,
            "tool": env!("CARGO_PKG_VERSION"),
            "run": self.run,
            "cloud": self.cloud.key(),
            "tenant": { "id": self.tenant.to_string(), "name": self.tenant_name },
            "actor": actor_record(&self.actor),
            "fingerprint": self.fingerprint,
            "planHash": self.plan_hash,
            "began": self.began.to_string(),
            "ended": self.ended.to_string(),
            "result": self.result.key(),
            "count": count,
        })
    }
}

fn actor_record(actor: &Who) -> Value {
    json!({ "name": actor.name, "objectId": actor.object_id.to_string() })
}

/// An entry with its place in the chain.
struct ChainedEntry<'a> {
    /// Number from 1.
    number: usize,
    entry: &'a EvidenceEntry,
    hash: &'a str,
}

impl Evidence {
    /// Chains the entries.
    #[must_use]
    pub fn new(head: EvidenceHead, entries: Vec<EvidenceEntry>) -> Self {
        let head_hash = link("", &head.record(entries.len()));
        let mut hashes: Vec<String> = Vec::with_capacity(entries.len());
        for (entry, number) in entries.iter().zip(1..) {
            let before = hashes.last().unwrap_or(&head_hash);
            let hash = link(before, &entry.record(number, &head));
            hashes.push(hash);
        }
        Self {
            head,
            entries,
            head_hash,
            hashes,
        }
    }

    /// What all entries have in common.
    #[must_use]
    pub fn head(&self) -> &EvidenceHead {
        &self.head
    }

    /// All entries, in the order of the chain.
    #[must_use]
    pub fn entries(&self) -> &[EvidenceEntry] {
        &self.entries
    }

    /// The last hash. It depends on the head and on every entry.
    #[must_use]
    pub fn end_hash(&self) -> &str {
        self.hashes.last().unwrap_or(&self.head_hash)
    }

    fn chained(&self) -> impl Iterator<Item = ChainedEntry<'_>> {
        let entries = self.entries.iter().zip(&self.hashes).zip(1..);
        entries.map(|((entry, hash), number)| ChainedEntry {
            number,
            entry,
            hash,
        })
    }
}

/// The hash of a record that follows `before`. `Value` writes its properties in alphabetical order and without spaces, and the records have
/// only ASCII names and whole numbers, so this is RFC 8785.
fn link(before: &str, record: &Value) -> String {
    fingerprint(&format!("{before}\n{record}"))
}

/// What stands for a value that is not shown.
const REDACTED: &str = "redacted";
/// Names of properties whose values are secrets (Microsoft Graph, OAuth 2.0). No request of a plan has one; this keeps it so in the files.
const SECRET_NAMES: [&str; 10] = [
    "secrettext",
    "password",
    "clientsecret",
    "client_secret",
    "access_token",
    "refresh_token",
    "id_token",
    "client_assertion",
    "assertion",
    "code_verifier",
];

/// A body without the values of secrets.
fn redacted_body(body: &Value) -> Value {
    match body {
        Value::Object(properties) => properties
            .iter()
            .map(|(name, value)| {
                let is_secret = SECRET_NAMES.contains(&name.to_ascii_lowercase().as_str());
                let value = if is_secret && !value.is_null() {
                    json!(REDACTED)
                } else {
                    redacted_body(value)
                };
                (name.clone(), value)
            })
            .collect(),
        Value::Array(items) => items.iter().map(redacted_body).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => body.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_a_body_are_redacted_at_any_depth() {
        let body = json!({
            "displayName": "password",
            "secretText": "a",
            "SecretText": null,
            "list": [{ "Password": "b", "passwordCredential": { "displayName": "c" } }],
            "client_secret": { "d": ["e"] },
        });
        let shown = json!({
            "displayName": "password",
            "secretText": "redacted",
            "SecretText": null,
            "list": [{ "Password": "redacted", "passwordCredential": { "displayName": "c" } }],
            "client_secret": "redacted",
        });
        assert_eq!(redacted_body(&body), shown);
    }
}
