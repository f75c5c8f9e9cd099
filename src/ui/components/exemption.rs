//! The request for an exemption from the app management policy: the text to send, and both scripts.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::value::button;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use domain::locale::Locale;
use engine::export::exemption::BASH_FILE;
use engine::export::exemption::Exemption;
use engine::export::exemption::POWERSHELL_FILE;

/// `heading`: the heading element, `h2` or `h3`.
pub fn exemption(
    words: Locale,
    send: &Callback<Msg>,
    heading: &'static str,
    wanted: &Exemption<'_>,
) -> Html {
    let files = [
        (
            "exemption-powershell",
            words.exemption_powershell(),
            POWERSHELL_FILE,
            wanted.graph_powershell(),
        ),
        (
            "exemption-azure-cli",
            words.exemption_azure_cli(),
            BASH_FILE,
            wanted.azure_cli(),
        ),
    ];
    tag("section")
        .class("card")
        .with(tag(heading).say(words.exemption_title()))
        .with(tag("p").say(&match wanted.app {
            Some(_) => words.exemption_lead().to_owned(),
            None => words.exemption_not_yet(words.review_secret_later()),
        }))
        .put(listing(
            words,
            send,
            "exemption-text",
            words.exemption_text(),
            wanted.text(words),
            None,
        ))
        .all(
            &mut files.into_iter().filter_map(|(id, name, file, script)| {
                Some(
                    tag("details")
                        .class("fold")
                        .with(tag("summary").say(name))
                        .put(listing(words, send, id, name, script?, Some(file)))
                        .html(),
                )
            }),
        )
        .html()
}

fn listing(
    words: Locale,
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
        let what = tag("span").class("unseen").say(" ").say(label);
        several(vec![
            icon.view(),
            tag("span").put(text(action)).with(what).html(),
        ])
    };
    tag("div")
        .class("group")
        .with(
            tag("pre")
                .set("id", id)
                .set("tabindex", "0")
                .set("role", "group")
                .set_to("aria-label", label)
                .set("translate", "no")
                .set_some("data-kind", file.is_none().then_some("text"))
                .class("listing")
                .with(tag("code").say(&body)),
        )
        .with(
            tag("p")
                .class("row")
                .maybe(file.map(|name| {
                    let save = Msg::SaveAsked(File {
                        name: name.to_owned(),
                        kind: "text/plain",
                        text: body.clone(),
                    });
                    button(send, save, "", named(Icon::Save, words.exemption_save()))
                }))
                .put(button(
                    send,
                    copied,
                    "",
                    named(Icon::Copy, words.exemption_copy()),
                )),
        )
        .html()
}
