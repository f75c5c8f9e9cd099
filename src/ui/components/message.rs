//! What is told about something: a coloured bar with a sign, a title and sentences. And a `Problem` as such a bar.

use yew::prelude::Html;

use crate::domain::lookalike::escaped;
use crate::domain::lookalike::isolated;
use crate::domain::problem::Problem;
use crate::domain::problem::Said;
use crate::domain::words::Words;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Worth knowing.
    Info,
    /// It went well.
    Good,
    /// Needs a look.
    Warning,
    /// Does not work.
    Danger,
}

impl Tone {
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

/// A message: title, then whatever explains it.
pub fn message(tone: Tone, title: &str, body: Html) -> Html {
    tag("div")
        .set("data-state", tone.state())
        .class("message")
        .put(tone.icon().draw())
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

/// Something is under way.
pub fn busy(text: &str) -> Html {
    tag("p")
        .set("role", "status")
        .class("row")
        .put(Icon::Turning.draw_as("mark", "running"))
        .with(tag("span").say(text))
        .html()
}

/// What a service said, in its own words: text, never markup, never a link.
pub fn said(words: Words, text: &str) -> Html {
    tag("div")
        .class("said")
        .with(tag("p").say(words.frame_said()))
        .with(tag("p").with(tag("bdi").say(&escaped(text))))
        .html()
}

/// What went wrong and what to do.
pub fn problem(words: Words, problem: &Problem) -> Html {
    message(
        Tone::Danger,
        problem.title(words),
        several(vec![
            tag("p").say(&problem.mend(words)).html(),
            problem
                .said
                .as_ref()
                .map_or_else(Html::default, |text| service_said(words, text)),
        ]),
    )
}

fn service_said(words: Words, said: &Said) -> Html {
    tag("div")
        .class("said")
        .with(
            tag("p")
                .say(words.frame_said())
                .say(": ")
                .say(&words.frame_said_line(isolated(&said.code), said.status)),
        )
        .maybe((!said.message.is_empty()).then(|| {
            tag("p")
                .with(tag("bdi").say(&escaped(&said.message)))
                .html()
        }))
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
