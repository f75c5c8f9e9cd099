//! What tells two apps with the same name apart.

use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::text::code;
use crate::ui::components::time::day;
use domain::locale::Locale;
use engine::read::discover::Candidate;

/// When the app was created, its App ID URIs, and when its last secret expires.
pub fn candidate_details(t: Locale, app: &Candidate) -> Html {
    let created = app.created.map(|at| t.candidate_created(day(t, at)));
    let secret = app.secret_end.map(|at| t.candidate_secret(day(t, at)));
    let dates: Vec<String> = created.into_iter().chain(secret).collect();
    el("div")
        .class("list-note")
        .node_some((!dates.is_empty()).then(|| el("p").text(&dates.join(" · ")).html()))
        .nodes(&mut app.uris.iter().map(|uri| el("p").node(code(uri)).html()))
        .html()
}
