//! Text that somebody else wrote: names from a tenant, answers of a service.
//!
//! Text nodes only. Unseen characters are written out, and the writing direction of a name cannot leak into the page.

use yew::prelude::Html;

use crate::ui::components::markup::tag;
use domain::lookalike::escaped;

/// A name chosen by somebody else.
pub fn foreign(text: &str) -> Html {
    tag("bdi").say(&escaped(text)).html()
}

/// An identifier or a URI: fixed width, breaks anywhere.
pub fn code(text: &str) -> Html {
    tag("bdi")
        .set("translate", "no")
        .class("code")
        .say(&escaped(text))
        .html()
}
