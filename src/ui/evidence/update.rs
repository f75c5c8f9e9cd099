//! How the evidence page changes the model.

use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::EvidenceMsg;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::runs::state::RunModel;
use crate::ui::runs::state::RunState;
use engine::export::evidence::Evidence;
use engine::export::evidence::EvidenceResult;
use engine::export::evidence::format::EvidenceFormat;
use engine::export::evidence::from_steps::EndedRun;
use engine::export::evidence::verify::EvidenceError;
use engine::export::evidence::verify::EvidenceVerdict;
use engine::export::evidence::verify::verify;

impl Model {
    /// Handles a message of the evidence page.
    pub(in crate::ui) fn handle_evidence(&mut self, msg: Msg) -> Vec<Effect> {
        if let Msg::Typed(entry, text) = msg {
            self.type_evidence(entry, text);
            return Vec::new();
        }
        let Msg::Evidence(msg) = msg else {
            return Vec::new();
        };
        match msg {
            EvidenceMsg::SaveAsked => self.save_evidence(),
            EvidenceMsg::FileUnread => {
                self.evidence.pack.clear();
                self.evidence.verdict = Some(Err(EvidenceError::TooLarge));
                self.announce_verdict();
                Vec::new()
            }
        }
    }

    fn type_evidence(&mut self, entry: FieldId, text: String) {
        if entry == FieldId::EvidenceFormat {
            self.evidence.format = EvidenceFormat::find(&text).unwrap_or_default();
        } else if entry == FieldId::EvidenceEnd {
            self.evidence.end = text;
        } else {
            let is_empty = text.trim().is_empty();
            self.evidence.verdict = (!is_empty).then(|| verify(&text));
            self.evidence.pack = text;
            self.announce_verdict();
        }
    }

    fn save_evidence(&mut self) -> Vec<Effect> {
        let Some(evidence) = self.evidence_of_run() else {
            return Vec::new();
        };
        let format = self.evidence.format;
        self.update(Msg::SaveAsked(File {
            name: format.file_name(&evidence),
            kind: format.media_type(),
            text: format.write(&evidence),
        }))
    }

    fn announce_verdict(&mut self) {
        let t = self.locale;
        let text = match &self.evidence.verdict {
            Some(Ok(EvidenceVerdict::Intact(_))) => t.evidence_intact(),
            Some(Ok(EvidenceVerdict::Changed(_))) => t.evidence_changed(),
            Some(Err(_)) => t.evidence_cannot_tell(),
            None => return,
        };
        self.announce(text);
    }

    /// The evidence of the run of this page. `None` if there is none, it has not ended, or it had nothing to write.
    #[must_use]
    pub fn evidence_of_run(&self) -> Option<Evidence> {
        let run = self.runs.run.as_ref()?;
        if !run.has_evidence() {
            return None;
        }
        let tenant = &run.review.observed.tenant;
        let name = tenant.initial_domain.as_ref().known();
        let ended = EndedRun {
            approval: &run.approval,
            run: &run.id,
            cloud: run.plan().desired.cloud,
            tenant: run.plan().desired.tenant,
            tenant_name: name.or(tenant.name.as_ref().known()).map(String::as_str),
            ended: run.now,
            result: result_of(run),
            steps: &run.steps,
        };
        Some(ended.evidence())
    }
}

fn result_of(run: &RunModel) -> EvidenceResult {
    match run.state {
        RunState::Complete => EvidenceResult::Complete,
        RunState::Paused => EvidenceResult::Paused,
        RunState::Failed => EvidenceResult::Failed,
        RunState::Stopped | RunState::Underway | RunState::Stopping => EvidenceResult::Stopped,
    }
}
