//! The review, as a part of the program.

use crate::ui::components::element::fragment;
use crate::ui::effects::LoadedPart;
use crate::ui::links;
use crate::ui::model::Model;
use crate::ui::model::PartLogic;
use crate::ui::part::Part;
use crate::ui::review::effects;
use crate::ui::review::view;

/// The functions of this part.
pub static REVIEW: LoadedPart = LoadedPart {
    part: Part::Review,
    logic: PartLogic {
        arrived: |_| Vec::new(),
        translate: Model::translate_review,
        update: Model::handle_review,
        page: |model, send| {
            let page = vec![view::view(model, send), links::view::copy(model, send)];
            (fragment(page), view::actions(model, send))
        },
    },
    perform: effects::perform,
};
