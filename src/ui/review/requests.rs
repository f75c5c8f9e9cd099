//! Every request of the review, by waves, and what stays as it is.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::icon::Icon;
use crate::ui::components::outside::source;
use crate::ui::components::plan::action_words;
use crate::ui::components::plan::reason_sentence;
use crate::ui::components::plan::step_name;
use crate::ui::components::plan::step_purpose;
use crate::ui::components::request::format_choice;
use crate::ui::components::request::request;
use crate::ui::components::request::scopes_of;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::ReviewMsg;
use crate::ui::review::state::PlannedRequest;
use crate::ui::review::state::ReviewData;
use domain::confusables::escaped;
use domain::locale::Locale;
use engine::auth::scopes::ScopeSet;
use engine::desired::purpose::Purpose;
use engine::plan::Action;
use engine::plan::PlanStep;
use engine::plan::step::StepId;

pub fn view(model: &Model, send: &Callback<Msg>, review: &ReviewData) -> Html {
    let t = model.locale;
    let unfold = (writes(review) > 0).then(|| {
        let name = if model.review.is_unfolded {
            t.review_close_all()
        } else {
            t.review_open_all()
        };
        button(
            send,
            Msg::Review(ReviewMsg::UnfoldToggled),
            "quiet",
            text(name),
        )
    });
    el("section")
        .class("group")
        .child(el("h2").text(t.review_requests()))
        .child(
            el("p")
                .class("row")
                .child(el("strong").text(&heading_of_requests(t, review)))
                .node_some(unfold),
        )
        .node(if writes(review) == 0 {
            let why = if review.plan.is_blocked() {
                t.review_none_yet_why()
            } else {
                t.review_nothing()
            };
            el("p").text(why).html()
        } else {
            fragment(vec![
                el("p")
                    .class("quiet small")
                    .text(t.review_requests_hint())
                    .html(),
                format_choice(
                    t,
                    model.review.format,
                    (review.plan.desired.cloud, review.plan.desired.tenant),
                    &scopes_of(
                        &review.plan,
                        ScopeSet::set_up(model.setup.draft.discovery_wanted()),
                    ),
                ),
            ])
        })
        .nodes(&mut (1..=review.waves()).map(|wave| {
            el("section")
                .class("group")
                .child(el("h3").text(&t.review_wave(wave)))
                .nodes(
                    &mut review
                        .requests
                        .iter()
                        .filter(|request| request.wave == wave)
                        .map(|request| request_row(model, send, review, request)),
                )
                .html()
        }))
        .node(match review.plan.desired.purpose() {
            // What belongs to a deleted app is deleted with it, and the rest is not examined.
            Purpose::Retirement => Html::default(),
            Purpose::SetUp | Purpose::HandOver | Purpose::Renewal | Purpose::Repair => {
                kept(t, review)
            }
        })
        .html()
}

/// Number of requests that change something.
pub fn writes(review: &ReviewData) -> u64 {
    u64::try_from(review.plan.writes()).unwrap_or_default()
}

fn heading_of_requests(t: Locale, review: &ReviewData) -> String {
    if writes(review) == 0 && review.plan.is_blocked() {
        t.review_none_yet().to_owned()
    } else {
        t.review_writes(writes(review))
    }
}

fn request_row(
    model: &Model,
    send: &Callback<Msg>,
    review: &ReviewData,
    planned: &PlannedRequest,
) -> Html {
    let t = model.locale;
    let Some(step) = review.plan.step(planned.step) else {
        return Html::default();
    };
    let (state, action) = action_words(t, &step.action);
    let (purpose, page) = step_purpose(t, step.id);
    el("details")
        .attr_if("open", model.review.is_unfolded)
        .class("request")
        .child(
            el("summary").node(Icon::Chevron.view()).child(
                el("span")
                    .class("list-text")
                    .child(
                        el("span")
                            .class("row")
                            .child(el("span").text(&step_name(t, step.id)))
                            .child(
                                el("span")
                                    .attr("data-state", state)
                                    .class("tag")
                                    .text(action),
                            ),
                    )
                    .child(
                        el("span")
                            .attr("translate", "no")
                            .class("request-line")
                            .child(
                                el("span")
                                    .class("request-verb")
                                    .text(planned.request.method.as_str()),
                            )
                            .child(el("span").text(&escaped(&planned.request.url))),
                    ),
            ),
        )
        .child(
            el("div")
                .class("request-body")
                .node(essentials(vec![
                    (
                        t.review_purpose(),
                        fragment(vec![text(purpose), source(t, page)]),
                    ),
                    (t.review_why(), text(&reason_sentence(t, &step.reason))),
                    (t.review_least(), text(step.id.task().least_role(t))),
                ]))
                .node_some(
                    (step.id == StepId::Secret)
                        .then(|| el("p").class("quiet small").text(t.request_secret()).html()),
                )
                .node(request(
                    t,
                    send,
                    &format!("request-{}", step.id.name()),
                    (&planned.request, review.plan.desired.cloud),
                    model.review.format,
                )),
        )
        .html()
}

/// Steps with nothing to do, listed so that the admin sees what was checked.
fn kept(t: Locale, review: &ReviewData) -> Html {
    let kept: Vec<&PlanStep> = review
        .plan
        .steps
        .iter()
        .filter(|step| step.action == Action::Keep && !step.is_left_out())
        .collect();
    if kept.is_empty() {
        return Html::default();
    }
    el("section")
        .class("group")
        .child(el("h3").text(t.review_kept()))
        .child(
            el("ul")
                .class("list")
                .nodes(&mut kept.into_iter().map(|step| {
                    el("li")
                        .node(Icon::Check.view_as("mark", "kept"))
                        .child(
                            el("span")
                                .class("list-text")
                                .child(el("span").text(&step_name(t, step.id)))
                                .child(
                                    el("span")
                                        .class("list-note")
                                        .text(&reason_sentence(t, &step.reason)),
                                ),
                        )
                        .html()
                })),
        )
        .html()
}
