//! The review, as a part of the program.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::text::code;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
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
    if let Some(agreed) = &model.plan.agreed {
        return of_another_person(model, send, agreed);
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

/// For the person who has opened a plan: whether the answers are still those of the plan.
fn of_another_person(model: &Model, send: &Callback<Msg>, agreed: &str) -> Html {
    let t = model.locale;
    let hash = model.plan_file().map(|plan| plan.hash());
    let is_same = hash.as_deref() == Some(agreed);
    let (severity, sentence) = if is_same {
        (Severity::Info, t.shared_plan_same())
    } else {
        (Severity::Warning, t.shared_plan_differs())
    };
    message(
        severity,
        t.shared_plan_agreed(),
        fragment(vec![
            el("p").text(sentence).html(),
            essentials(vec![(t.shared_plan_hash(), code(agreed))]),
            el("p")
                .class("row no-print")
                .node(button(
                    send,
                    Msg::WentTo(Route::Plan),
                    "",
                    text(t.shared_plan_to_page()),
                ))
                .html(),
        ]),
    )
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
