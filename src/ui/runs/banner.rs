//! The banner about unfinished runs.

use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
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
    let words = model.words;
    if !model.runs.journals.is_waiting() {
        return Html::default();
    }
    message(
        Severity::Warning,
        words.unfinished_banner_title(),
        several(vec![
            tag("p").say(words.unfinished_banner()).html(),
            tag("p")
                .class("row")
                .put(button(
                    send,
                    Msg::WentTo(Route::Unfinished),
                    "",
                    text(words.unfinished_banner_action()),
                ))
                .html(),
        ]),
    )
}
