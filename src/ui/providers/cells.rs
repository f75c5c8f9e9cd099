//! Small parts that the tables and the run share.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::time::moment;
use domain::cmg::ProviderNamespace;
use domain::confusables::escaped;
use domain::ids::SubscriptionId;
use domain::locale::Locale;
use domain::locale::formats;
use jiff::Timestamp;
use yew::prelude::Html;

/// A number for a sentence.
#[must_use]
pub fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// A number as text, with the separators of the language.
#[must_use]
pub fn number(t: Locale, value: usize) -> String {
    formats::number(t, count(value))
}

/// The namespace without "Microsoft.", which is the same for all.
#[must_use]
pub fn short(namespace: ProviderNamespace) -> &'static str {
    let name = namespace.name();
    name.split_once('.').map_or(name, |(_, short)| short)
}

/// Name and ID of a subscription, in two lines.
pub fn name(name: &str, id: SubscriptionId) -> Html {
    fragment(vec![
        el("span")
            .class("grid-name")
            .child(
                el("bdi")
                    .attr_value("title", &escaped(name))
                    .text(&escaped(name)),
            )
            .html(),
        el("span")
            .class("grid-note code")
            .attr("translate", "no")
            .text(&id.to_string())
            .html(),
    ])
}

/// Counts with their state for the style sheet, without those that are zero.
pub fn tags(all: &[(&'static str, String, usize)]) -> Html {
    let counted = all.iter().filter(|(_, _, number)| *number > 0);
    el("p")
        .class("row")
        .nodes(&mut counted.map(|(state, words, _)| tag(state, words)))
        .html()
}

/// A short text with its state for the style sheet.
pub fn tag(state: &'static str, words: &str) -> Html {
    el("span")
        .attr("data-state", state)
        .class("tag")
        .text(words)
        .html()
}

/// Says until when the page waits because Azure wants fewer requests.
pub fn throttled(t: Locale, until: Timestamp) -> Html {
    message(
        Severity::Info,
        t.providers_throttled(),
        el("p")
            .text(&t.providers_throttled_until(moment(t, Some(until))))
            .html(),
    )
}
