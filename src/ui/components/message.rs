//! Messages: a coloured bar with an icon, a title and text. Also shows a `Problem` that way.

use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::icon::Icon;
use domain::confusables::escaped_prose;
use domain::confusables::isolated;
use domain::entra::EntraRefusal;
use domain::locale::Locale;
use domain::problem::Problem;
use domain::problem::ProblemKind;
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
    el("div")
        .attr("data-state", tone.state())
        .class("message")
        .node(tone.icon().view())
        .child(
            el("div")
                .class("message-text")
                .node_some(
                    (!title.is_empty()).then(|| el("p").class("message-title").text(title).html()),
                )
                .node(body),
        )
        .html()
}

/// A progress line.
pub fn busy(text: &str) -> Html {
    el("p")
        .attr("role", "status")
        .class("row")
        .node(Icon::Spinner.view_as("mark", "running"))
        .child(el("span").text(text))
        .html()
}

/// Error text and IDs from Entra, unchanged, as a support case needs them. Text only: no markup, no links.
pub fn entra_said(t: Locale, refusal: &EntraRefusal) -> Html {
    let ids = [
        (refusal.code > 0).then(|| t.entra_number(refusal.code)),
        (refusal.correlation_id.as_ref()).map(|id| t.entra_correlation(isolated(id))),
    ];
    el("div")
        .class("said")
        .child(el("p").text(t.frame_said()))
        .node(prose(&refusal.description))
        .nodes(
            &mut ids
                .into_iter()
                .flatten()
                .map(|id| el("p").attr("translate", "no").text(&id).html()),
        )
        .html()
}

/// Text from a service. The style sheet keeps its line breaks.
fn prose(text: &str) -> Html {
    if text.is_empty() {
        return Html::default();
    }
    el("p").child(el("bdi").text(&escaped_prose(text))).html()
}

/// What went wrong, and how to fix it.
pub fn problem(t: Locale, problem: &Problem) -> Html {
    problem_as(t, Severity::Danger, problem)
}

/// The same with another severity, for an error that does not stop the rest.
pub fn problem_as(t: Locale, tone: Severity, problem: &Problem) -> Html {
    message(
        tone,
        problem.title(t),
        fragment(vec![
            el("p").text(&problem.fix(t)).html(),
            match (&problem.kind, &problem.said) {
                (ProblemKind::EntraRefused(refusal), _) => entra_said(t, refusal),
                (_, Some(text)) => service_said(t, text),
                (_, None) => Html::default(),
            },
        ]),
    )
}

fn service_said(t: Locale, said: &Said) -> Html {
    el("div")
        .class("said")
        .child(
            el("p")
                .text(t.frame_said())
                .text(": ")
                .text(&t.frame_said_line(isolated(&said.code), said.status)),
        )
        .node(prose(&said.message))
        .node(if let Some(id) = &said.request_id {
            el("p")
                .attr("translate", "no")
                .text(&t.frame_said_request(isolated(id)))
                .html()
        } else {
            Html::default()
        })
        .html()
}
