//! The banner of a prefill link, and a link with the current answers.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
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
pub fn told(model: &Model, send: &Callback<Msg>) -> Option<Html> {
    let words = model.words;
    let (filled, unknown) = match model.links.followed.as_ref()? {
        LinkResult::Filled(filled, unknown) => (filled, unknown),
        LinkResult::Refused(fault) => {
            let kept = button(send, Msg::LinkSeen(false), "quiet", text(words.link_keep()));
            return Some(message(
                Severity::Warning,
                words.link_refused(),
                several(vec![
                    tag("p").say(&fault.sentence(words)).html(),
                    tag("p").put(kept).html(),
                ]),
            ));
        }
    };
    let count = u64::try_from(filled.len()).unwrap_or_default();
    let rows = filled.iter().map(|one| {
        tag("li")
            .put(code(one.entry.key()))
            .say(": ")
            .put(foreign(&one.is))
            .html()
    });
    let (back, keep) = (words.link_take_back(), words.link_keep());
    Some(message(
        Severity::Warning,
        &words.link_filled(count),
        several(vec![
            tag("ul").all(&mut { rows }).html(),
            if unknown.is_empty() {
                Html::default()
            } else {
                tag("p").say(&words.link_unknown(unknown.join(", "))).html()
            },
            tag("p")
                .class("row")
                .put(button(send, Msg::LinkSeen(true), "", text(back)))
                .put(button(send, Msg::LinkSeen(false), "quiet", text(keep)))
                .html(),
        ]),
    ))
}

/// A link with the current answers, to copy.
pub fn copy(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let Some(link) = model.own_link() else {
        return Html::default();
    };
    tag("details")
        .class("fold")
        .with(tag("summary").say(words.link_title()))
        .with(tag("p").class("quiet small").say(words.link_note()))
        .put(copyable(words, send, "own-link", words.link_label(), &link))
        .html()
}
