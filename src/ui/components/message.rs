//! Messages: a coloured bar with an icon, a title and text. Also shows a `Problem` that way.

use yew::prelude::Html;

use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use domain::confusables::escaped_prose;
use domain::confusables::isolated;
use domain::entra::EntraRefusal;
use domain::locale::Locale;
use domain::problem::Kind;
use domain::problem::Problem;
use domain::problem::Said;

/// Severity of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Info,
    /// Success.
    Good,
    /// Needs attention.
    Warning,
    /// Error.
    Danger,
}

impl Severity {
    fn state(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Good => Icon::Check,
            Self::Warning | Self::Danger => Icon::Warning,
        }
    }
}

/// A message: the title, then the details.
pub fn message(tone: Severity, title: &str, body: Html) -> Html {
    tag("div")
        .set("data-state", tone.state())
        .class("message")
        .put(tone.icon().view())
        .with(
            tag("div")
                .class("message-text")
                .maybe(
                    (!title.is_empty()).then(|| tag("p").class("message-title").say(title).html()),
                )
                .put(body),
        )
        .html()
}

/// A progress line.
pub fn busy(text: &str) -> Html {
    tag("p")
        .set("role", "status")
        .class("row")
        .put(Icon::Turning.draw_as("mark", "running"))
        .with(tag("span").say(text))
        .html()
}

/// Error text and IDs from Entra, unchanged, as a support case needs them. Text only: no markup, no links.
pub fn entra_said(words: Locale, refusal: &EntraRefusal) -> Html {
    let ids = [
        (refusal.code > 0).then(|| words.entra_number(refusal.code)),
        (refusal.correlation_id.as_ref()).map(|id| words.entra_correlation(isolated(id))),
    ];
    tag("div")
        .class("said")
        .with(tag("p").say(words.frame_said()))
        .put(prose(&refusal.description))
        .all(
            &mut ids
                .into_iter()
                .flatten()
                .map(|id| tag("p").set("translate", "no").say(&id).html()),
        )
        .html()
}

/// Text from a service. The style sheet keeps its line breaks.
fn prose(text: &str) -> Html {
    if text.is_empty() {
        return Html::default();
    }
    tag("p").with(tag("bdi").say(&escaped_prose(text))).html()
}

/// What went wrong, and how to fix it.
pub fn problem(words: Locale, problem: &Problem) -> Html {
    told(words, Severity::Danger, problem)
}

/// The same with another severity, for an error that does not stop the rest.
pub fn told(words: Locale, tone: Severity, problem: &Problem) -> Html {
    message(
        tone,
        problem.title(words),
        several(vec![
            tag("p").say(&problem.fix(words)).html(),
            match (&problem.kind, &problem.said) {
                (Kind::EntraRefused(refusal), _) => entra_said(words, refusal),
                (_, Some(text)) => service_said(words, text),
                (_, None) => Html::default(),
            },
        ]),
    )
}

fn service_said(words: Locale, said: &Said) -> Html {
    tag("div")
        .class("said")
        .with(
            tag("p")
                .say(words.frame_said())
                .say(": ")
                .say(&words.frame_said_line(isolated(&said.code), said.status)),
        )
        .put(prose(&said.message))
        .put(if let Some(id) = &said.request_id {
            tag("p")
                .set("translate", "no")
                .say(&words.frame_said_request(isolated(id)))
                .html()
        } else {
            Html::default()
        })
        .html()
}
