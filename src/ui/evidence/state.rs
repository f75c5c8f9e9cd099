//! What was picked and typed on the evidence page. It never leaves the page.

use engine::export::evidence::format::EvidenceFormat;
use engine::export::evidence::verify::EvidenceError;
use engine::export::evidence::verify::EvidenceVerdict;

/// The evidence page.
#[derive(Clone, Debug, Default)]
pub struct EvidenceModel {
    /// How the evidence of the run is saved.
    pub format: EvidenceFormat,
    /// The text to verify, as pasted or read from a file.
    pub pack: String,
    /// What the check says about it; `None` without a text.
    pub verdict: Option<Result<EvidenceVerdict, EvidenceError>>,
    /// The end hash that was noted elsewhere, as typed.
    pub end: String,
}
