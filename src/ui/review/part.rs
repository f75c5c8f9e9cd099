//! The review, as a part of the program.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::value::button;
use crate::ui::effects::LoadedPart;
use crate::ui::links;
use crate::ui::model::Model;
use crate::ui::model::PartLogic;
use crate::ui::msg::Msg;
use crate::ui::part::Part;
use crate::ui::review::effects;
use crate::ui::review::view;
use crate::ui::route::Route;
use yew::prelude::Callback;
use yew::prelude::Html;

/// For an admin who may not register apps: the plan for the person who may.
fn other_person(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    if model.setup.draft.has_existing() || model.recorded_run().is_some() {
        return Html::default();
    }
    el("section")
        .class("card no-print")
        .child(el("h2").text(t.shared_plan_other()))
        .child(el("p").text(t.shared_plan_other_text()))
        .child(el("p").class("card-foot").node(button(
            send,
            Msg::WentTo(Route::Plan),
            "",
            text(t.shared_plan_other_action()),
        )))
        .html()
}

/// The functions of this part.
pub static REVIEW: LoadedPart = LoadedPart {
    part: Part::Review,
    logic: PartLogic {
        arrived: |_| Vec::new(),
        translate: Model::translate_review,
        update: Model::handle_review,
        page: |model, send| {
            let page = vec![
                view::view(model, send),
                other_person(model, send),
                links::view::copy(model, send),
            ];
            (fragment(page), view::actions(model, send))
        },
    },
    perform: effects::perform,
};
