//! State of the plan page.

use engine::desired::Draft;
use engine::export::plan_file::PlanError;
use engine::export::plan_file::PlanFile;
use engine::export::received::ReceivedError;
use engine::export::setup::SetupExport;

/// The plan page.
#[derive(Clone, Debug, Default)]
pub struct PlanModel {
    /// The values of a plan link, until the part that reads them is there.
    pub(in crate::ui) link: Option<String>,
    /// What was pasted, typed or read from a file.
    pub text: String,
    /// Why it is refused.
    pub refused: Option<OpenRefused>,
    /// A plan that was opened. Its answers are not in use yet.
    pub opened: Option<Box<PlanFile>>,
    /// Hash of the plan whose answers were taken into use.
    pub agreed: Option<String>,
    /// The answers before that.
    pub before: Option<Box<Draft>>,
    /// The shown script or code.
    pub export: SetupExport,
}

impl PlanModel {
    /// `agreed` is from session storage.
    #[must_use]
    pub fn new(agreed: Option<String>) -> Self {
        Self {
            agreed,
            ..Self::default()
        }
    }
}

/// Why a plan or a result is not opened, or not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenRefused {
    Plan(PlanError),
    Result(ReceivedError),
    /// The result is of another tenant than the answers.
    OtherTenant,
    /// The plan uses what the site owner has turned off.
    TurnedOff,
    /// A run is in progress or unfinished, or its result is still on the page.
    Busy,
}
