//! What is told about something: a coloured bar with a sign, a title and sentences. And a `Problem` as such a bar.

use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::lookalike::escaped;
use crate::domain::problem::Problem;
use crate::domain::problem::Said;
use crate::domain::words::Words;
use crate::ui::components::icon::Icon;

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
    html! {
        <div class="message" data-state={tone.state()}>
            { tone.icon().draw() }
            <div class="message-text">
                if !title.is_empty() {
                    <p class="message-title">{ title }</p>
                }
                { body }
            </div>
        </div>
    }
}

/// Something is under way.
pub fn busy(text: &str) -> Html {
    html! { <p class="row" role="status">{ Icon::Turning.draw_as("mark", "running") }<span>{ text }</span></p> }
}

/// What a service said, in its own words: text, never markup, never a link.
pub fn said(words: Words, text: &str) -> Html {
    html! {
        <div class="said">
            <p>{ words.frame_said() }</p>
            <p><bdi>{ escaped(text) }</bdi></p>
        </div>
    }
}

/// What went wrong and what to do.
pub fn problem(words: Words, problem: &Problem) -> Html {
    message(
        Tone::Danger,
        problem.title(words),
        html! {
            <>
                <p>{ problem.mend(words) }</p>
                { for problem.said.as_ref().map(|text| service_said(words, text)) }
            </>
        },
    )
}

fn service_said(words: Words, said: &Said) -> Html {
    html! {
        <div class="said">
            <p>{ words.frame_said() }{ ": " }{ words.frame_said_line(escaped(&said.code), said.status) }</p>
            if !said.message.is_empty() {
                <p><bdi>{ escaped(&said.message) }</bdi></p>
            }
            if let Some(id) = &said.request_id {
                <p translate="no">{ words.frame_said_request(escaped(id)) }</p>
            }
        </div>
    }
}
