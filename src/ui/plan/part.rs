//! The plan page, as a part of the program.

use crate::ui::effects::LoadedPart;
use crate::ui::model::Model;
use crate::ui::model::PartLogic;
use crate::ui::part::Part;
use crate::ui::plan::view;

/// The functions of this part.
pub static PLAN: LoadedPart = LoadedPart {
    part: Part::Plan,
    logic: PartLogic {
        arrived: Model::plan_arrived,
        translate: |_| (),
        update: Model::handle_plan,
        page: |model, send| (view::view(model, send), view::actions(model, send)),
    },
    perform: |_, _| Box::pin(async {}),
};
