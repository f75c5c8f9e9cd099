//! Values to read or copy: lists of names and values, and read-only fields with a Copy button.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::icon::Icon;
use crate::ui::msg::Clicked;
use crate::ui::msg::Msg;
use domain::locale::Locale;

/// Names and values in two columns.
pub fn essentials(rows: Vec<(&str, Html)>) -> Html {
    el("dl")
        .class("essentials")
        .nodes(&mut rows.into_iter().map(|(name, value)| {
            el("div")
                .child(el("dt").text(name))
                .child(el("dd").node(value))
                .html()
        }))
        .html()
}

/// A value with a Copy button, fully visible. If the browser refuses the clipboard, the value is selected.
pub fn copyable(t: Locale, send: &Callback<Msg>, id: &str, label: &str, value: &str) -> Html {
    let copied = Msg::CopyAsked {
        id: id.to_owned(),
        text: value.to_owned(),
    };
    el("div")
        .class("value")
        .child(el("label").attr_value("for", id).text(label))
        .child(
            el("output")
                .attr_value("id", id)
                .attr("aria-live", "off")
                .attr("translate", "no")
                .class("value-text code")
                .text(value),
        )
        .node(button(send, copied, "", copy_label(t, label)))
        .html()
}

/// Icon and "Copy", with the name of the value for screen readers.
pub fn copy_label(t: Locale, what: &str) -> Html {
    let what = el("span").class("unseen").text(" ").text(what);
    fragment(vec![
        Icon::Copy.view(),
        el("span").text(t.action_copy()).child(what).html(),
    ])
}

/// A button that sends one message.
pub fn button<M: Clicked>(send: &Callback<M>, msg: M, kind: &'static str, body: Html) -> Html {
    let kind = (!kind.is_empty()).then_some(kind);
    el("button")
        .attr("type", "button")
        .attr_some("data-kind", kind)
        .class("button")
        .on_click(send, msg)
        .node(body)
        .html()
}
