//! The answers of the wizard.

use litemap::LiteMap;
use uuid::Uuid;

use crate::ui::field_id::FieldId;
use crate::ui::route::WizardStep;
use crate::ui::storage::DraftError;
use engine::desired::Draft;
use engine::desired::FieldError;

/// A stored draft that was rejected. Kept until the admin dismisses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedDraft {
    pub text: String,
    pub why: DraftError,
}

#[derive(Clone, Debug)]
pub struct SetupModel {
    pub draft: Draft,
    /// The draft comes from an earlier page load.
    pub is_resumed: bool,
    pub refused: Option<RefusedDraft>,
    /// The admin has answered something in the draft, so site defaults no longer apply.
    pub(in crate::ui) is_draft_own: bool,
    /// Errors in the draft.
    pub faults: Vec<FieldError>,
    /// Controls that have lost the focus once: from then on, their errors are shown.
    pub left: LiteMap<FieldId, ()>,
    /// Wizard steps already visited.
    pub visited: LiteMap<WizardStep, ()>,
}

impl SetupModel {
    /// `stored` is the draft of an earlier page load; `guid` is for a new draft.
    #[must_use]
    pub fn new(stored: Option<Draft>, guid: Uuid, refused: Option<RefusedDraft>) -> Self {
        let is_resumed = stored.is_some();
        Self {
            draft: stored.unwrap_or_else(|| Draft::new(Default::default(), guid)),
            is_resumed,
            refused,
            is_draft_own: is_resumed,
            faults: Vec::new(),
            left: LiteMap::new(),
            visited: LiteMap::new(),
        }
    }
}
