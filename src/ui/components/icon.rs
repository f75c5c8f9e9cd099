//! Icons, drawn on a grid of 16. They always stand beside text, so screen readers skip them.

use crate::ui::components::element::el;
use yew::prelude::Html;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Done, yes.
    Check,
    /// Failed, no.
    Cross,
    /// Needs attention.
    Warning,
    /// Unknown.
    Question,
    /// Information.
    Info,
    /// Not started.
    Circle,
    /// In progress.
    Spinner,
    /// Opens and closes.
    Chevron,
    Cloud,
    /// The tenant.
    Building,
    /// The account.
    Person,
    /// Copy.
    Copy,
    /// Save as a file.
    Save,
    Lock,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Check => "m3 8.5 3.2 3.2L13 5",
            Self::Cross => "m4 4 8 8m0-8-8 8",
            Self::Warning => "M8 2 1.5 13.5h13L8 2Zm0 4.5v3.2m0 1.9v.1",
            Self::Question => "M5.7 5.8a2.4 2.4 0 1 1 3.5 2.2C8.4 8.5 8 9 8 9.8m0 2.4v.1",
            Self::Info => "M8 7.2v4.3m0-7v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z",
            Self::Circle => "M13 8A5 5 0 1 1 3 8a5 5 0 0 1 10 0Z",
            Self::Spinner => "M14 8a6 6 0 1 1-6-6",
            Self::Chevron => "m6 3.5 4.5 4.5L6 12.5",
            Self::Cloud => {
                "M4.6 12.5h7a2.9 2.9 0 0 0 .4-5.8 4.2 4.2 0 0 0-8-.4 3.1 3.1 0 0 0 .6 6.2Z"
            }
            Self::Building => "M3.5 14V2.5h6V14m0-8h3v8M1.5 14h13M6 5.5h1M6 8h1m-1 2.5h1",
            Self::Person => {
                "M10.7 5a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0ZM3 14c.3-3 2.2-4.5 5-4.5s4.7 1.5 5 4.5"
            }
            Self::Copy => "M5.5 5.5h8v8h-8v-8Zm0 5h-3v-8h8v3",
            Self::Save => "M8 2v8m-3-3 3 3 3-3M2.5 11v2.5h11V11",
            Self::Lock => "M3.5 7h9v7h-9V7ZM5.5 7V4.8a2.5 2.5 0 0 1 5 0V7",
        }
    }

    pub fn view(self) -> Html {
        self.view_as("", "")
    }

    /// With a class, and the state that the style sheet uses.
    pub fn view_as(self, class: &'static str, state: &'static str) -> Html {
        let svg = el("svg")
            .attr_some("data-state", (!state.is_empty()).then_some(state))
            .attr("width", "16")
            .attr("height", "16")
            .attr("viewBox", "0 0 16 16")
            .attr("fill", "none")
            .attr("stroke", "currentColor")
            .attr("stroke-width", "1.6")
            .attr("stroke-linecap", "round")
            .attr("stroke-linejoin", "round")
            .attr("aria-hidden", "true")
            .attr("focusable", "false")
            .child(el("path").attr("d", self.path()));
        match (self, class) {
            (_, "") => svg.html(),
            (Self::Spinner, _) => svg.attr_value("class", &format!("{class} spin")).html(),
            (_, _) => svg.class(class).html(),
        }
    }
}
