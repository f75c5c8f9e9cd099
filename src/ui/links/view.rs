//! The banner of a prefill link, and a link with the current answers.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::components::value::copyable;
use crate::ui::links::state::LinkResult;
use crate::ui::model::Model;
use crate::ui::msg::Msg;

/// Banner with the result of the last link; `None` without one.
pub fn notice(model: &Model, send: &Callback<Msg>) -> Option<Html> {
    let t = model.locale;
    let (filled, unknown) = match model.links.followed.as_ref()? {
        LinkResult::Filled(filled, unknown) => (filled, unknown),
        LinkResult::Refused(fault) => {
            let kept = button(send, Msg::LinkSeen(false), "quiet", text(t.link_keep()));
            return Some(message(
                Severity::Warning,
                t.link_refused(),
                fragment(vec![
                    el("p").text(&fault.sentence(t)).html(),
                    el("p").node(kept).html(),
                ]),
            ));
        }
    };
    let count = u64::try_from(filled.len()).unwrap_or_default();
    let rows = filled.iter().map(|one| {
        el("li")
            .node(code(one.entry.key()))
            .text(": ")
            .node(foreign(&one.is))
            .html()
    });
    let (back, keep) = (t.link_take_back(), t.link_keep());
    Some(message(
        Severity::Warning,
        &t.link_filled(count),
        fragment(vec![
            el("ul").nodes(&mut { rows }).html(),
            if unknown.is_empty() {
                Html::default()
            } else {
                el("p").text(&t.link_unknown(unknown.join(", "))).html()
            },
            el("p")
                .class("row")
                .node(button(send, Msg::LinkSeen(true), "", text(back)))
                .node(button(send, Msg::LinkSeen(false), "quiet", text(keep)))
                .html(),
        ]),
    ))
}

/// A link with the current answers, to copy.
pub fn copy(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(link) = model.own_link() else {
        return Html::default();
    };
    el("details")
        .class("fold")
        .child(el("summary").text(t.link_title()))
        .child(el("p").class("quiet small").text(t.link_note()))
        .node(copyable(t, send, "own-link", t.link_label(), &link))
        .html()
}
