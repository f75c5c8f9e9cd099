//! Next steps in the Configuration Manager console.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::listing::listing;
use crate::ui::components::outside::outside;
use crate::ui::msg::Msg;
use domain::locale::Locale;
use engine::audit::Report;
use engine::audit::SecretFact;
use engine::audit::check::CheckId;
use engine::export::next_steps::Need;
use engine::export::next_steps::NextStep;
use engine::export::renewal::after_new_secret;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Steps in the console for the newest secret.
pub fn site_steps(t: Locale, send: &Callback<Msg>, report: &Report) -> Html {
    let is_living = |it: &&SecretFact| it.lives(report.at);
    let living = report.secrets.iter().filter(is_living).count();
    let newest = report.newest_secret(report.at).and_then(|it| it.end);
    // With a single unexpired secret, no new one was created: its end date would be the wrong one to show.
    let Some(end) = newest.filter(|_| living > 1) else {
        return el("p").class("quiet").text(t.secrets_renew_then()).html();
    };
    let age = report.check(CheckId::ServerAge);
    let renewal = after_new_secret(end, age, t);
    fragment(vec![
        steps(t, send, &renewal.steps),
        renewal.age.map_or_else(Html::default, |age| {
            el("p").class("quiet small").text(&age).html()
        }),
    ])
}

/// Steps for the admin, each with its location and notes.
pub fn steps(t: Locale, send: &Callback<Msg>, steps: &[NextStep]) -> Html {
    el("ul")
        .class("list")
        .nodes(&mut steps.iter().map(|it| step(t, send, it)))
        .html()
}

pub fn step(t: Locale, send: &Callback<Msg>, step: &NextStep) -> Html {
    let state = match step.need {
        Need::Required => "warning",
        Need::Recommended | Need::Optional => "info",
    };
    el("li")
        .child(
            el("div")
                .class("list-text")
                .child(
                    el("p")
                        .class("row")
                        .child(el("strong").text(step.title))
                        .child(
                            el("span")
                                .attr("data-state", state)
                                .class("tag")
                                .text(step.need.tag(t)),
                        ),
                )
                .child(el("p").class("small").text(step.path))
                .child(el("p").class("small").text(&t.handover_who(step.who)))
                .child(el("p").class("list-note").text(&step.detail))
                .node_some(links(t, step))
                .node_some(step.request.as_ref().map(|request| {
                    let title = t.provider_request_title();
                    let id = "provider-request";
                    listing(t, send, id, title, request.text(t), None)
                })),
        )
        .html()
}

fn links(t: Locale, step: &NextStep) -> Option<Html> {
    let source = step.source.map(|it| outside(t, &it.address(), it.title));
    let portal = step.portal.as_ref();
    let portal = portal.map(|address| outside(t, address, t.frame_portal()));
    (source.is_some() || portal.is_some()).then(|| {
        el("p")
            .class("row small no-print")
            .node_some(source)
            .node_some(portal)
            .html()
    })
}
