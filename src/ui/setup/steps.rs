//! The list of the wizard's steps, and the way from one to the next.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::icon::Icon;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;

/// The list of steps; `None` on pages outside the wizard.
pub fn steps(model: &Model, send: &Callback<Msg>) -> Option<Html> {
    match model.route {
        // A repair uses the review page, but has no steps before it.
        Route::Review if model.setup.draft.has_existing() => return None,
        Route::Step(_) | Route::Review => {}
        Route::Start
        | Route::CheckUri
        | Route::Register
        | Route::Plan
        | Route::Run
        | Route::CheckPair
        | Route::Report
        | Route::Retire
        | Route::Providers
        | Route::ProvidersReview
        | Route::ProvidersRun
        | Route::Unfinished
        | Route::Undo
        | Route::HandOver
        | Route::Evidence => {
            return None;
        }
    }
    let t = model.locale;
    let rows = model
        .steps()
        .map(|step| (Route::Step(step), step.name(t), Some(step)));
    let rows = rows.chain([(Route::Review, t.step_review(), None)]);
    Some(
        el("nav")
            .attr("aria-label", t.frame_steps())
            .class("steps")
            .child(
                el("ol").nodes(&mut rows.zip(1_u8..).map(|((place, name, step), number)| {
                    let is_here = model.route == place;
                    let state = step.map_or("", |step| step_state(model, step));
                    let mark = match state {
                        "done" => Icon::Check.view(),
                        "fault" => Icon::Warning.view(),
                        _ => text(&number.to_string()),
                    };
                    let label = match state {
                        "done" => t.step_state_done(),
                        "fault" => t.step_state_fault(),
                        _ => "",
                    };
                    el("li")
                        .child(
                            el("button")
                                .attr("type", "button")
                                .attr_some("aria-current", is_here.then_some("step"))
                                .class("step")
                                .on_click(send, Msg::WentTo(place))
                                .child(
                                    el("span")
                                        .attr_some(
                                            "data-state",
                                            (!state.is_empty()).then_some(state),
                                        )
                                        .attr("aria-hidden", "true")
                                        .class("step-mark")
                                        .node(mark),
                                )
                                .child(
                                    el("span")
                                        .class("step-name")
                                        .text(name)
                                        .child(el("span").class("unseen").text(label)),
                                ),
                        )
                        .html()
                })),
            )
            .html(),
    )
}

fn step_state(model: &Model, step: WizardStep) -> &'static str {
    if model.has_fault(step) {
        "fault"
    } else if model.route == Route::Step(step) || !model.setup.visited.contains_key(&step) {
        ""
    } else {
        "done"
    }
}

/// Page actions of a step: review, previous, next.
pub fn step_actions(model: &Model, send: &Callback<Msg>, step: WizardStep) -> Html {
    let t = model.locale;
    let previous = model.steps().rfind(|other| *other < step);
    let previous = previous.map_or(Route::Start, Route::Step);
    let next = model.steps().find(|other| *other > step);
    let next = next.map_or((Route::Review, t.step_review()), |next| {
        (Route::Step(next), next.name(t))
    });
    // On the last step, Next would repeat the review button.
    let is_last = next.0 == Route::Review;
    fragment(vec![
        button(
            send,
            Msg::WentTo(Route::Review),
            "primary",
            text(t.frame_review()),
        ),
        button(send, Msg::WentTo(previous), "", text(t.frame_previous())),
        if !is_last {
            button(send, Msg::WentTo(next.0), "", text(&t.frame_next(next.1)))
        } else {
            Default::default()
        },
    ])
}

/// "Step 2 of 6".
#[must_use]
pub fn eyebrow(model: &Model, step: Option<WizardStep>) -> String {
    let count = model.steps().count() + 1;
    let number = step.map_or(count, |step| {
        model.steps().take_while(|other| *other < step).count() + 1
    });
    model.locale.step_eyebrow(count, number)
}
