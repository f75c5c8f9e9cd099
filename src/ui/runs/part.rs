//! Runs, journals and the hand-over, as a part of the program.

use crate::ui::components::element::fragment;
use crate::ui::effects::LoadedPart;
use crate::ui::links;
use crate::ui::model::Model;
use crate::ui::model::PartLogic;
use crate::ui::msg::Msg;
use crate::ui::part::Part;
use crate::ui::route::Route;
use crate::ui::runs;
use crate::ui::runs::effects;
use yew::prelude::Callback;
use yew::prelude::Html;

/// The functions of this part.
pub static RUN: LoadedPart = LoadedPart {
    part: Part::Run,
    logic: PartLogic {
        arrived: Model::take_unread,
        translate: Model::translate_run,
        update: Model::handle_run,
        page,
    },
    perform: effects::perform,
};

fn page(model: &Model, send: &Callback<Msg>) -> (Html, Html) {
    if model.route == Route::Unfinished {
        (
            runs::unfinished::view(model, send),
            runs::unfinished::actions(model, send),
        )
    } else if model.route == Route::Undo {
        (
            runs::undo::view(model, send),
            runs::undo::actions(model, send),
        )
    } else if model.route == Route::HandOver
        && let Some(received) = &model.runs.received
    {
        (
            runs::received::view(model, send, received),
            runs::received::actions(model, send),
        )
    } else if model.route == Route::HandOver {
        (
            hand_over(model, send),
            runs::hand_over::actions(model, send),
        )
    } else {
        (
            runs::progress::view(model, send),
            fragment(vec![
                runs::progress::actions(model, send),
                runs::hand_over::evidence(model, send).unwrap_or_default(),
            ]),
        )
    }
}

fn hand_over(model: &Model, send: &Callback<Msg>) -> Html {
    let run = model.runs.run.as_ref();
    fragment(vec![
        runs::hand_over::view(model, send),
        // For the account that does the rest.
        if run.is_some_and(|run| run.has_left_out()) {
            links::view::copy(model, send)
        } else {
            Html::default()
        },
    ])
}
