//! The banner about unfinished runs.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Banner before a run and on the start page.
pub fn banner(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    if !model.runs.journals.is_waiting() {
        return Html::default();
    }
    message(
        Severity::Warning,
        t.unfinished_banner_title(),
        fragment(vec![
            el("p").text(t.unfinished_banner()).html(),
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::WentTo(Route::Unfinished),
                    "",
                    text(t.unfinished_banner_action()),
                ))
                .html(),
        ]),
    )
}
