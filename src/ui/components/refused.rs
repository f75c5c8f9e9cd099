//! The changes that the signed-in account has no right to make, and who has it.

use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::plan::step_name;
use domain::locale::Locale;
use engine::plan::refused::RefusedChanges;
use engine::plan::step::StepId;

/// What the admin left to an account that may do it.
pub fn left_out(t: Locale, refused: &RefusedChanges) -> Html {
    message(
        Severity::Warning,
        t.run_left_out(),
        refused_list(t, refused),
    )
}

pub fn refused_list(t: Locale, refused: &RefusedChanges) -> Html {
    let names = |steps: &[StepId]| {
        let rows = steps.iter();
        el("ul").nodes(&mut rows.map(|id| el("li").text(&step_name(t, *id)).html()))
    };
    let mut parts: Vec<Html> = Vec::new();
    for (task, steps) in &refused.refused {
        let needs = t.refused_needs(task.least_role(t));
        parts.push(el("p").text(&needs).html());
        parts.push(names(steps).html());
    }
    if !refused.dependents.is_empty() {
        parts.push(el("p").text(t.refused_dependents()).html());
        parts.push(names(&refused.dependents).html());
    }
    fragment(parts)
}
