//! The evidence page, as a part of the program.

use crate::ui::effects::LoadedPart;
use crate::ui::evidence::view;
use crate::ui::model::Model;
use crate::ui::model::PartLogic;
use crate::ui::part::Part;

/// The functions of this part.
pub static EVIDENCE: LoadedPart = LoadedPart {
    part: Part::Evidence,
    logic: PartLogic {
        arrived: |_| Vec::new(),
        translate: |_| (),
        update: Model::handle_evidence,
        page: |model, send| (view::view(model, send), view::actions(model, send)),
    },
    perform: |_, _| Box::pin(async {}),
};
