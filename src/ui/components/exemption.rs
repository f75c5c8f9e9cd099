//! The request for an exemption from the app management policy: the text to send, and both scripts.

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
use engine::export::exemption::BASH_FILE;
use engine::export::exemption::Exemption;
use engine::export::exemption::POWERSHELL_FILE;

/// `heading`: the heading element, `h2` or `h3`.
pub fn exemption(
    t: Locale,
    send: &Callback<Msg>,
    heading: &'static str,
    wanted: &Exemption<'_>,
) -> Html {
    let files = [
        (
            "exemption-powershell",
            t.exemption_powershell(),
            POWERSHELL_FILE,
            wanted.graph_powershell(),
        ),
        (
            "exemption-azure-cli",
            t.exemption_azure_cli(),
            BASH_FILE,
            wanted.azure_cli(),
        ),
    ];
    el("section")
        .class("card")
        .child(el(heading).text(t.exemption_title()))
        .child(el("p").text(&match wanted.app {
            Some(_) => t.exemption_lead().to_owned(),
            None => t.exemption_not_yet(t.review_secret_later()),
        }))
        .node(listing(
            t,
            send,
            "exemption-text",
            t.exemption_text(),
            wanted.text(t),
            None,
        ))
        .nodes(
            &mut files.into_iter().filter_map(|(id, name, file, script)| {
                Some(
                    el("details")
                        .class("fold")
                        .child(el("summary").text(name))
                        .node(listing(t, send, id, name, script?, Some(file)))
                        .html(),
                )
            }),
        )
        .html()
}

fn listing(
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
