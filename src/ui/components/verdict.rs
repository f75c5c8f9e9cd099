//! Validation result of an App ID URI: the final URI, the outcome as a tag, the reason as a sentence.

use yew::prelude::Html;

use crate::ui::components::element;
use crate::ui::components::element::fragment;
use domain::app_id_uri::verdict::UriVerdict;
use domain::locale::Locale;

pub fn tag(t: Locale, verdict: &UriVerdict) -> Html {
    let outcome = verdict.outcome();
    element::el("span")
        .attr("data-state", outcome.key())
        .class("tag")
        .text(outcome.label(t))
        .html()
}

/// The whole result. A live region, because it changes while the admin types.
pub fn verdict(t: Locale, id: &'static str, title: &str, uri: &str, verdict: &UriVerdict) -> Html {
    element::el("div")
        .attr("id", id)
        .attr("role", "status")
        .class("verdict")
        .node_some((!uri.is_empty()).then(|| {
            fragment(vec![
                element::el("p").class("small quiet").text(title).html(),
                element::el("p")
                    .attr("translate", "no")
                    .class("verdict-uri")
                    .child(element::el("bdi").text(uri))
                    .html(),
            ])
        }))
        .node(tag(t, verdict))
        .child(element::el("p").text(&verdict.sentence(t)))
        .html()
}
