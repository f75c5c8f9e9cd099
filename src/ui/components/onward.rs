//! Next actions after a failed read. An action that would fail again is not offered first.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::problem_as;
use crate::ui::components::value::button;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use domain::locale::Locale;
use domain::problem::Problem;
use domain::problem::ProblemKind;

/// Next actions after a failed read. A new sign-in comes first where it may help.
pub fn after(t: Locale, send: &Callback<Msg>, problem: &Problem, again: Msg) -> Html {
    el("p")
        .class("row")
        .node_some(sign_in(t, send, problem))
        .node(button(send, again, "", text(t.azure_service_read_again())))
        .html()
}

/// The same for a page that needs the read: the action that may help comes first. `back`: the page where the answers can be changed.
pub fn or_back(
    t: Locale,
    send: &Callback<Msg>,
    failed: &Problem,
    again: (Route, &'static str),
    back: (Route, &'static str),
) -> Html {
    let refused = matches!(failed.kind, ProblemKind::EntraRefused(_)) && !failed.is_pause();
    let again = (Msg::WentTo(again.0), again.1);
    let sign_in = (Msg::SignInAsked, t.azure_service_sign_in_again());
    let ways = match (failed.asks_for_sign_in(), refused) {
        (true, _) => [sign_in, again],
        (false, true) => [(Msg::WentTo(back.0), back.1), again],
        (false, false) => [again, sign_in],
    };
    el("p")
        .class("row")
        .nodes(
            &mut ways.into_iter().enumerate().map(|(place, (msg, name))| {
                let kind = if place == 0 { "primary" } else { "" };
                button(send, msg, kind, text(name))
            }),
        )
        .html()
}

/// Why the resource providers could not be read. The plan continues without them.
pub fn without_azure(t: Locale, send: &Callback<Msg>, problem: &Problem) -> Html {
    fragment(vec![
        el("h2").text(t.review_azure()).html(),
        problem_as(t, Severity::Warning, problem),
        sign_in(t, send, problem).map_or_else(Html::default, |button| el("p").node(button).html()),
    ])
}

fn sign_in(t: Locale, send: &Callback<Msg>, problem: &Problem) -> Option<Html> {
    problem.asks_for_sign_in().then(|| {
        button(
            send,
            Msg::SignInAsked,
            "",
            text(t.azure_service_sign_in_again()),
        )
    })
}
