//! Values to read or copy: lists of names and values, and read-only fields with a Copy button.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::msg::Msg;
use domain::locale::Locale;

/// Names and values in two columns.
pub fn essentials(rows: Vec<(&str, Html)>) -> Html {
    tag("dl")
        .class("essentials")
        .all(&mut rows.into_iter().map(|(name, value)| {
            tag("div")
                .with(tag("dt").say(name))
                .with(tag("dd").put(value))
                .html()
        }))
        .html()
}

/// A value with a Copy button, fully visible. If the browser refuses the clipboard, the value is selected.
pub fn copyable(words: Locale, send: &Callback<Msg>, id: &str, label: &str, value: &str) -> Html {
    let copied = Msg::CopyAsked {
        id: id.to_owned(),
        text: value.to_owned(),
    };
    tag("div")
        .class("value")
        .with(tag("label").set_to("for", id).say(label))
        .with(
            tag("output")
                .set_to("id", id)
                .set("aria-live", "off")
                .set("translate", "no")
                .class("value-text code")
                .say(value),
        )
        .put(button(send, copied, "", copy_label(words, label)))
        .html()
}

/// Icon and "Copy", with the name of the value for screen readers.
pub fn copy_label(words: Locale, what: &str) -> Html {
    let what = tag("span").class("unseen").say(" ").say(what);
    several(vec![
        Icon::Copy.view(),
        tag("span").say(words.action_copy()).with(what).html(),
    ])
}

/// A button that sends one message.
pub fn button(send: &Callback<Msg>, msg: Msg, kind: &'static str, body: Html) -> Html {
    let kind = (!kind.is_empty()).then_some(kind);
    tag("button")
        .set("type", "button")
        .set_some("data-kind", kind)
        .class("button")
        .click(send, msg)
        .put(body)
        .html()
}
