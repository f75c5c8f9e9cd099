//! Text that somebody else wrote: names from a tenant, answers of a service.
//!
//! Text nodes only. Unseen characters are written out, and the writing direction of a name cannot leak into the page.

use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::lookalike::escaped;

/// A name chosen by somebody else.
pub fn foreign(text: &str) -> Html {
    html! { <bdi>{ escaped(text) }</bdi> }
}

/// An identifier or a URI: fixed width, breaks anywhere.
pub fn code(text: &str) -> Html {
    html! { <bdi class="code" translate="no">{ escaped(text) }</bdi> }
}
