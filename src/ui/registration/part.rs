//! The client ID page, as a part of the program.

use crate::ui::app_id_uri;
use crate::ui::effects::LoadedPart;
use crate::ui::model::PartLogic;
use crate::ui::part::Part;
use crate::ui::registration::view;

/// The functions of this part.
pub static REGISTRATION: LoadedPart = LoadedPart {
    part: Part::Registration,
    logic: PartLogic {
        arrived: |_| Vec::new(),
        translate: |_| (),
        update: |_, _| Vec::new(),
        page: |model, send| {
            (
                view::view(model, send),
                app_id_uri::view::actions(model, send),
            )
        },
    },
    perform: |_, _| Box::pin(async {}),
};
