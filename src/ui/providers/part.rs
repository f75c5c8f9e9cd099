//! The resource provider pages, as a part of the program.

use crate::ui::effects::LoadedPart;
use crate::ui::model::Model;
use crate::ui::model::PartLogic;
use crate::ui::msg::Msg;
use crate::ui::part::Part;
use crate::ui::providers;
use crate::ui::providers::effects;
use crate::ui::route::Route;
use yew::prelude::Callback;
use yew::prelude::Html;

/// The functions of this part.
pub static PROVIDERS: LoadedPart = LoadedPart {
    part: Part::Providers,
    logic: PartLogic {
        arrived: Model::providers_arrived,
        translate: |_| (),
        update: Model::handle_providers,
        page,
    },
    perform: effects::perform,
};

fn page(model: &Model, send: &Callback<Msg>) -> (Html, Html) {
    if model.route == Route::ProvidersRun {
        (
            providers::run::view(model, send),
            providers::run::actions(model, send),
        )
    } else if model.route == Route::ProvidersReview {
        (
            providers::review::view(model, send),
            providers::review::actions(model, send),
        )
    } else {
        (
            providers::choose::view(model, send),
            providers::choose::actions(model, send),
        )
    }
}
