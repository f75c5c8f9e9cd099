//! The pair check, as a part of the program.

use crate::ui::effects::LoadedPart;
use crate::ui::model::Model;
use crate::ui::model::PartLogic;
use crate::ui::msg::Msg;
use crate::ui::pair;
use crate::ui::pair::effects;
use crate::ui::part::Part;
use crate::ui::route::Route;
use yew::prelude::Callback;
use yew::prelude::Html;

/// The functions of this part.
pub static PAIR: LoadedPart = LoadedPart {
    part: Part::Pair,
    logic: PartLogic {
        arrived: |_| Vec::new(),
        translate: Model::translate_report,
        update: Model::handle_pair,
        page,
    },
    perform: effects::perform,
};

fn page(model: &Model, send: &Callback<Msg>) -> (Html, Html) {
    if model.route == Route::Report {
        (
            pair::report::view(model, send),
            pair::report::actions(model, send),
        )
    } else if model.route == Route::Retire {
        (
            pair::retire::view(model, send),
            pair::retire::actions(model, send),
        )
    } else {
        (
            pair::find::view(model, send),
            pair::find::actions(model, send),
        )
    }
}
