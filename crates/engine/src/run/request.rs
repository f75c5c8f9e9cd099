//! What a run is started with.

use crate::desired::Draft;
use crate::journal::JournalLocation;
use crate::journal::RecordedRun;
use crate::plan::Approved;
use domain::ids::KeyId;

/// The input of a run.
#[derive(Clone, Debug)]
pub struct RunRequest {
    /// The approved plan to carry out.
    pub approved: Approved,
    /// The draft of the plan, as typed. The journal stores it, so that another window can continue the run.
    pub draft: Draft,
    /// The run to continue, if any.
    pub recorded_run: Option<RecordedRun>,
    /// The secret of that run whose text the page still has.
    pub in_hand: Option<KeyId>,
    /// Where the journal is stored.
    pub keeping: JournalLocation,
}
