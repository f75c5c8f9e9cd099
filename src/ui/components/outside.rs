//! Links to pages of Microsoft, in a new tab and without the address of this page.

use yew::prelude::Html;

use crate::ui::components::element::el;
use domain::locale::Locale;
use domain::sources::Source;

/// A link that opens in a new tab, and says so.
pub fn outside(t: Locale, address: &str, name: &str) -> Html {
    el("a")
        .attr_value("href", address)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .text(name)
        .child(el("span").class("unseen").text(t.frame_new_tab()))
        .html()
}

/// Where a statement comes from.
pub fn source(t: Locale, source: Source) -> Html {
    el("span")
        .class("list-note")
        .text(t.report_source())
        .text(" ")
        .node(outside(t, &source.address(), source.title))
        .text(" (")
        .text(source.date)
        .text(")")
        .html()
}
