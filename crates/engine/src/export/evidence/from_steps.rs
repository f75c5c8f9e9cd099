//! Builds the evidence of a run from its approval and the progress of its steps.

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::export::evidence::Evidence;
use crate::export::evidence::EvidenceEntry;
use crate::export::evidence::EvidenceHead;
use crate::export::evidence::EvidenceKind;
use crate::export::evidence::EvidenceResult;
use crate::export::evidence::approval::Approval;
use crate::export::evidence::redacted_body;
use crate::journal::Event;
use crate::journal::Record;
use crate::journal::Who;
use crate::net::ledger::Entry;
use crate::net::ledger::redacted;
use crate::plan::fingerprint::fingerprint;
use crate::run::Progress;
use crate::run::StepState;
use crate::run::timeline::Span;
use domain::cloud::Cloud;
use domain::ids::TenantId;
use domain::platform::NoAnswer;
use domain::problem::Problem;
use domain::problem::ProblemKind;

/// A run that has ended.
#[derive(Clone, Copy, Debug)]
pub struct EndedRun<'a> {
    /// What was approved.
    pub approval: &'a Approval,
    /// ID of the run.
    pub run: &'a str,
    /// Cloud of the tenant.
    pub cloud: Cloud,
    /// Tenant of the run.
    pub tenant: TenantId,
    /// Name of the tenant, if it was read.
    pub tenant_name: Option<&'a str>,
    /// When the run ended.
    pub ended: Timestamp,
    /// How the run ended.
    pub result: EvidenceResult,
    /// Progress of every step.
    pub steps: &'a [Progress],
}

impl EndedRun<'_> {
    /// The evidence: what was planned, then the approval, then everything by time.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let actor = &self.approval.actor;
        let mut entries = self.recorded();
        entries.extend(self.planned());
        entries.push(EvidenceEntry {
            fingerprint: Some(self.approval.fingerprint.clone()),
            ..EvidenceEntry::new(
                EvidenceKind::Approved,
                actor.clone(),
                Some(self.approval.at),
            )
        });
        entries.extend(self.carried_out());
        entries.push(EvidenceEntry {
            result: Some(self.result.key()),
            ..EvidenceEntry::new(EvidenceKind::Ended, actor.clone(), Some(self.ended))
        });
        let head = EvidenceHead {
            run: self.run.to_owned(),
            cloud: self.cloud,
            tenant: self.tenant,
            tenant_name: self.tenant_name.map(str::to_owned),
            actor: actor.clone(),
            fingerprint: self.approval.fingerprint.clone(),
            plan_hash: self.approval.plan_hash.clone(),
            began: self.approval.at,
            ended: self.ended,
            result: self.result,
        };
        Evidence::new(head, entries)
    }

    /// The journal from before the run was continued. Of its requests it has no body and no status.
    fn recorded(&self) -> Vec<EvidenceEntry> {
        let mut actor = self.approval.actor.clone();
        let records = self.approval.recorded_run.iter();
        records
            .flat_map(|run| &run.records)
            .map(|record| recorded(record, &mut actor))
            .collect()
    }

    fn planned(&self) -> impl Iterator<Item = EvidenceEntry> {
        self.approval.writes.iter().map(|write| EvidenceEntry {
            step: Some(write.step.clone()),
            method: Some(write.method.clone()),
            url: Some(redacted(&write.url)),
            body: write.body.as_ref().map(redacted_body),
            ..EvidenceEntry::new(EvidenceKind::Planned, self.approval.actor.clone(), None)
        })
    }

    /// Requests, answers and results of steps by time. Those without a time come last.
    fn carried_out(&self) -> Vec<EvidenceEntry> {
        let mut requests: Vec<(&Progress, &Entry)> = Vec::new();
        for step in self.steps {
            requests.extend(step.timeline.spans().iter().filter_map(|span| match span {
                Span::Request(entry) => Some((step, entry)),
                Span::Wait { .. } => None,
            }));
        }
        requests.sort_by_key(|(_, entry)| entry.at);
        let mut entries = Vec::new();
        for ((step, entry), exchange) in requests.into_iter().zip(1..) {
            entries.extend(self.sent(step, entry, exchange));
            entries.push(self.answered(step, entry, exchange));
        }
        entries.extend(self.steps.iter().map(|step| self.result_of(step)));
        // The sort is stable: at the same time, an answer stays behind its request.
        entries.sort_by_key(|entry| (entry.at.is_none(), entry.at));
        entries
    }

    fn request(&self, step: &Progress, entry: &Entry, exchange: usize) -> EvidenceEntry {
        EvidenceEntry {
            step: Some(step.id.name().into_owned()),
            exchange: Some(exchange),
            attempt: Some(entry.attempt),
            method: Some(entry.method.clone()),
            url: Some(entry.url.clone()),
            client_request_id: Some(entry.step),
            ..EvidenceEntry::new(
                EvidenceKind::Sent,
                self.approval.actor.clone(),
                Some(entry.at),
            )
        }
    }

    /// `None` if the browser did not send the request.
    fn sent(&self, step: &Progress, entry: &Entry, exchange: usize) -> Option<EvidenceEntry> {
        if entry.outcome == Err(NoAnswer::NotSent) {
            return None;
        }
        // Other requests of a step read, or remove a secret whose text was lost: they have no body of the plan.
        let body = step.sent.as_ref().and_then(|sent| {
            let is_it = sent.method.as_str() == entry.method && redacted(&sent.url) == entry.url;
            sent.body.as_ref().filter(|_| is_it)
        });
        Some(EvidenceEntry {
            body: body.map(redacted_body),
            body_sha256: body.map(|body| fingerprint(&body.to_string())),
            ..self.request(step, entry, exchange)
        })
    }

    fn answered(&self, step: &Progress, entry: &Entry, exchange: usize) -> EvidenceEntry {
        let (status, no_answer) = match entry.outcome {
            Ok(status) => (Some(status), None),
            Err(NoAnswer::Cut { status }) => (Some(status), Some("cut")),
            Err(NoAnswer::Lost) => (None, Some("lost")),
            Err(NoAnswer::TimedOut) => (None, Some("timed-out")),
            Err(NoAnswer::NotSent) => (None, Some("not-sent")),
        };
        EvidenceEntry {
            kind: EvidenceKind::Answered,
            at: Some(entry.at.checked_add(entry.took).unwrap_or(entry.at)),
            request_id: entry.request_id.clone(),
            status,
            no_answer,
            milliseconds: u64::try_from(entry.took.as_millis()).ok(),
            ..self.request(step, entry, exchange)
        }
    }

    fn result_of(&self, step: &Progress) -> EvidenceEntry {
        let name = step.id.name().into_owned();
        let timeline = &step.timeline;
        let ended = timeline
            .started()
            .zip(timeline.took())
            .and_then(|(started, took)| started.checked_add(took).ok());
        let problem = step.state.problem();
        let result = match &step.state {
            StepState::Kept if self.approval.left_out.contains(&name) => "left-out",
            StepState::Failed(problem) if problem.kind == ProblemKind::Cancelled => "stopped",
            StepState::Waiting
            | StepState::Running
            | StepState::Done
            | StepState::Kept
            | StepState::UnderWay
            | StepState::Failed(_)
            | StepState::Skipped { .. } => step.state.as_str(),
        };
        EvidenceEntry {
            request_id: step.request_id.clone(),
            result: Some(result),
            problem: problem.and_then(words),
            step: Some(name),
            ..EvidenceEntry::new(EvidenceKind::Step, self.approval.actor.clone(), ended)
        }
    }
}

/// What the service said, unchanged.
fn words(problem: &Problem) -> Option<String> {
    let said = problem.said.as_ref()?;
    let words = [said.code.as_str(), said.message.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(": "))
}

fn recorded(record: &Record, actor: &mut Who) -> EvidenceEntry {
    let mut event = json!(record.event);
    let mut entry = EvidenceEntry::new(EvidenceKind::Recorded, actor.clone(), Some(record.at));
    match &record.event {
        Event::Began(started) => {
            actor.clone_from(&started.account);
            entry.actor.clone_from(actor);
            entry.fingerprint = Some(started.plan.clone());
            // The answers as typed are no part of what happened.
            if let Value::Object(event) = &mut event {
                event.remove("draft");
            }
        }
        Event::Intent(intent) => {
            entry.step = Some(intent.step.clone());
            entry.method = Some(intent.method.clone());
            entry.url = Some(redacted(&intent.url));
            entry.body_sha256.clone_from(&intent.body);
            entry.client_request_id = intent.trace;
            if let Value::Object(event) = &mut event {
                event.insert("url".to_owned(), json!(entry.url));
            }
        }
        Event::Done {
            step, request_id, ..
        } => {
            entry.step = Some(step.clone());
            entry.request_id.clone_from(request_id);
            entry.result = Some("done");
        }
        Event::Failed {
            step,
            request_id,
            is_unknown,
            ..
        } => {
            entry.step = Some(step.clone());
            entry.request_id.clone_from(request_id);
            entry.result = Some(if *is_unknown { "unknown" } else { "failed" });
        }
        Event::Undoing { account } => {
            actor.clone_from(account);
            entry.actor.clone_from(actor);
        }
        Event::Removing { .. }
        | Event::Removed { .. }
        | Event::SecretSaved
        | Event::Ended { .. } => {}
    }
    entry.body = Some(redacted_body(&event));
    entry
}
