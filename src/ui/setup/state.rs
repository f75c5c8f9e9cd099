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
    /// The typed text of a field with one line, of which white space around it is no part.
    #[must_use]
    pub fn draft_line(&self, entry: FieldId) -> Option<&String> {
        let draft = &self.draft;
        let lines = [
            (FieldId::ConnectionName, &draft.connection_name),
            (FieldId::Tenant, &draft.tenant),
            (FieldId::ServerName, &draft.server_name),
            (FieldId::HomePageUrl, &draft.home_page_url),
            (FieldId::UriName, &draft.uri_name),
            (FieldId::UriDomain, &draft.uri_domain),
            (FieldId::UriText, &draft.uri_text),
            (FieldId::ClientName, &draft.client_name),
        ];
        let mut lines = lines.into_iter();
        lines.find(|(id, _)| *id == entry).map(|(_, text)| text)
    }

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
