//! Text from outside: names from a tenant, responses of a service.
//!
//! Text nodes only. Invisible characters are escaped, and the writing direction of a name cannot affect the page.

use yew::prelude::Html;

use crate::ui::components::element::el;
use domain::confusables::escaped;

/// A name from outside.
pub fn foreign(text: &str) -> Html {
    el("bdi").text(&escaped(text)).html()
}

/// An identifier or a URI: fixed width, breaks anywhere.
pub fn code(text: &str) -> Html {
    el("bdi")
        .attr("translate", "no")
        .class("code")
        .text(&escaped(text))
        .html()
}
