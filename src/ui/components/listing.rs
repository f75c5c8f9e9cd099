//! A text of several lines to copy or save: a script, or a message to send.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::icon::Icon;
use crate::ui::components::value::button;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use domain::locale::Locale;

/// `file`: the name of a script's file. A text without one is shown as prose, and has no Save button.
pub fn listing(
    t: Locale,
    send: &Callback<Msg>,
    id: &'static str,
    label: &str,
    body: String,
    file: Option<&str>,
) -> Html {
    let copied = Msg::CopyAsked {
        id: id.to_owned(),
        text: body.clone(),
    };
    let named = |icon: Icon, action: &str| {
        let what = el("span").class("unseen").text(" ").text(label);
        fragment(vec![
            icon.view(),
            el("span").node(text(action)).child(what).html(),
        ])
    };
    el("div")
        .class("group")
        .child(
            el("pre")
                .attr("id", id)
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr_value("aria-label", label)
                .attr("translate", "no")
                .attr_some("data-kind", file.is_none().then_some("text"))
                .class("listing")
                .child(el("code").text(&body)),
        )
        .child(
            el("p")
                .class("row")
                .node_some(file.map(|name| {
                    let save = Msg::SaveAsked(File {
                        name: name.to_owned(),
                        kind: "text/plain",
                        text: body.clone(),
                    });
                    button(send, save, "", named(Icon::Save, t.exemption_save()))
                }))
                .node(button(
                    send,
                    copied,
                    "",
                    named(Icon::Copy, t.exemption_copy()),
                )),
        )
        .html()
}
