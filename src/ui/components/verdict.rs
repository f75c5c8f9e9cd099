//! Validation result of an App ID URI: the final URI, the outcome as a tag, the reason as a sentence.

use yew::prelude::Html;

use crate::ui::components::markup;
use crate::ui::components::markup::several;
use domain::app_id_uri::verdict::Verdict;
use domain::locale::Locale;

pub fn tag(words: Locale, verdict: &Verdict) -> Html {
    let outcome = verdict.outcome();
    markup::tag("span")
        .set("data-state", outcome.key())
        .class("tag")
        .say(outcome.label(words))
        .html()
}

/// The whole result. A live region, because it changes while the admin types.
pub fn verdict(words: Locale, id: &'static str, title: &str, uri: &str, verdict: &Verdict) -> Html {
    markup::tag("div")
        .set("id", id)
        .set("role", "status")
        .class("verdict")
        .maybe((!uri.is_empty()).then(|| {
            several(vec![
                markup::tag("p").class("small quiet").say(title).html(),
                markup::tag("p")
                    .set("translate", "no")
                    .class("verdict-uri")
                    .with(markup::tag("bdi").say(uri))
                    .html(),
            ])
        }))
        .put(tag(words, verdict))
        .with(markup::tag("p").say(&verdict.sentence(words)))
        .html()
}
