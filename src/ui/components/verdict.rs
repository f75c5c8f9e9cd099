//! What the judge says of an App ID URI: the URI as it will be, the outcome as a tag, the reason as a sentence.

use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::app_id_uri::verdict::Verdict;
use crate::domain::words::Words;

/// The outcome as a tag.
pub fn tag(words: Words, verdict: &Verdict) -> Html {
    let outcome = verdict.outcome();
    html! { <span class="tag" data-state={outcome.key()}>{ outcome.label(words) }</span> }
}

/// The whole verdict. Spoken when it changes, because it changes while one types.
pub fn verdict(words: Words, id: &'static str, title: &str, uri: &str, verdict: &Verdict) -> Html {
    html! {
        <div class="verdict" {id} role="status">
            if !uri.is_empty() {
                <p class="small quiet">{ title }</p>
                <p class="verdict-uri" translate="no"><bdi>{ uri }</bdi></p>
            }
            { tag(words, verdict) }
            <p>{ verdict.sentence(words) }</p>
        </div>
    }
}
