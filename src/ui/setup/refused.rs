//! The message about stored answers that cannot be read.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::setup::state::RefusedDraft;
use domain::locale::Locale;

pub fn view(t: Locale, send: &Callback<Msg>, refused: &RefusedDraft) -> Html {
    let file = File {
        name: "cmg-entra-setup-draft.txt".to_owned(),
        kind: "text/plain",
        text: refused.text.clone(),
    };
    message(
        Severity::Warning,
        t.start_draft_refused(),
        fragment(vec![
            el("p")
                .text(refused.why.sentence(t))
                .text(" ")
                .text(t.start_draft_keep())
                .html(),
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::SaveAsked(file),
                    "",
                    text(t.start_draft_save()),
                ))
                .node(button(
                    send,
                    Msg::RefusedDropped,
                    "quiet",
                    text(t.start_draft_drop()),
                ))
                .html(),
        ]),
    )
}
