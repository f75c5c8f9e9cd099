//! The request for an exemption from the app management policy: the text to send, and both scripts.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::listing::listing;
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
