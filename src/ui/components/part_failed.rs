//! The message about a file of the program that did not arrive.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::msg::Clicked;
use domain::locale::Locale;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Names the file, and offers to load it again with the message `again`.
pub fn part_failed<M: Clicked>(t: Locale, file: &str, send: &Callback<M>, again: M) -> Html {
    message(
        Severity::Danger,
        t.part_failed_title(),
        fragment(vec![
            el("p").text(&t.part_failed(file)).html(),
            el("p")
                .node(button(send, again, "", text(t.part_failed_retry())))
                .html(),
        ]),
    )
}
