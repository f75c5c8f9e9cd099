//! Undo of a run: shows every request first, then sends one after the other.

use crate::ui::components::start_error::stopped;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::check_box;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::plan::step_name;
use crate::ui::components::text::code;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::RunMsg;
use crate::ui::route::Route;
use crate::ui::runs::journals::Undo;
use domain::cloud::Cloud;
use domain::confusables::escaped_lines;
use domain::locale::Locale;
use engine::journal::Created;
use engine::net::ApiRequest;
use engine::net::Body;
use engine::run::prepare::StartError;
use engine::undo::UndoPlan;
use engine::undo::UndoStep;
use engine::undo::UndoStepState;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let body = match &model.runs.journals.undo {
        _ if !model.fits_chosen() && model.chosen_run().is_some() && !is_over(model) => message(
            Severity::Info,
            t.undo_sign_in_title(),
            fragment(vec![
                el("p").text(t.undo_sign_in()).html(),
                el("p")
                    .class("row")
                    .node(button(
                        send,
                        Msg::SignInAsked,
                        "primary",
                        text(t.run_sign_in()),
                    ))
                    .html(),
            ]),
        ),
        Undo::Absent => el("p").text(t.unfinished_none()).html(),
        Undo::Finding => el("section")
            .class("card")
            .node(busy(t.undo_finding()))
            .html(),
        Undo::Stopped(stop) => stopped(t, stop),
        Undo::Ready { findings, for_good } => ready(model, &findings.plan, *for_good),
        Undo::Under {
            plan,
            states,
            is_over,
        } => under(model, plan, states, *is_over),
    };
    let lead = match &model.runs.journals.undo {
        Undo::Ready { findings, .. } if !findings.plan.removals.is_empty() => t.undo_lead(),
        Undo::Under { is_over: false, .. } => t.run_lead_underway(),
        Undo::Ready { .. }
        | Undo::Under { is_over: true, .. }
        | Undo::Absent
        | Undo::Finding
        | Undo::Stopped(_) => t.undo_lead_found(),
    };
    fragment(vec![head("", t.undo_title(), lead), body])
}

fn is_over(model: &Model) -> bool {
    matches!(model.runs.journals.undo, Undo::Under { is_over: true, .. })
}

fn cloud(model: &Model) -> Cloud {
    model
        .sign_in
        .access
        .user()
        .map_or_else(|| model.setup.draft.cloud(), |user| user.cloud)
}

fn ready(model: &Model, plan: &UndoPlan, for_good: bool) -> Html {
    let t = model.locale;
    if plan.removals.is_empty() {
        return fragment(vec![
            message(Severity::Info, t.undo_nothing(), Html::default()),
            providers(t, plan),
        ]);
    }
    let requests = plan.removals.iter().map(|it| it.calls(cloud(model)).len());
    let count = u64::try_from(requests.sum::<usize>()).unwrap_or_default();
    let has_app = plan.removals.iter().any(|it| {
        matches!(
            it,
            UndoStep::Reverse {
                made: Created::Application { .. },
                ..
            }
        )
    });
    fragment(vec![
        el("section")
            .class("card")
            .child(el("h2").text(&t.undo_requests(count)))
            .child(
                el("ul").class("list").nodes(
                    &mut plan
                        .removals
                        .iter()
                        .map(|it| row(t, cloud(model), it, None)),
                ),
            )
            .html(),
        if has_app {
            fragment(vec![
                message(
                    Severity::Info,
                    t.undo_soft_title(),
                    el("p").text(t.undo_soft()).html(),
                ),
                check_box(FieldId::ForGood, for_good, t.undo_for_good(), ""),
            ])
        } else {
            Html::default()
        },
        providers(t, plan),
    ])
}

fn providers(t: Locale, plan: &UndoPlan) -> Html {
    if plan.providers.is_empty() {
        return Html::default();
    }
    el("p").class("quiet").text(t.undo_providers()).html()
}

fn under(model: &Model, plan: &UndoPlan, states: &[UndoStepState], is_over: bool) -> Html {
    let t = model.locale;
    let is_complete = states.iter().all(UndoStepState::is_good);
    let result = match (is_over, is_complete) {
        (false, _) => Html::default(),
        (true, true) => message(
            Severity::Good,
            t.undo_done_title(),
            el("p").text(t.undo_done()).html(),
        ),
        (true, false) => message(
            Severity::Danger,
            t.undo_not_done_title(),
            el("p").text(t.undo_not_done()).html(),
        ),
    };
    let problems = states.iter().filter_map(|it| match it {
        UndoStepState::Failed(failed) => Some(problem(t, failed)),
        UndoStepState::Waiting
        | UndoStepState::Running
        | UndoStepState::Done
        | UndoStepState::Left
        | UndoStepState::Changed => None,
    });
    fragment(vec![
        result,
        fragment(problems.take(1).collect()),
        el("section")
            .class("card")
            .child(
                el("ul").class("list").nodes(
                    &mut plan
                        .removals
                        .iter()
                        .zip(states)
                        .map(|(it, state)| row(t, cloud(model), it, Some(state))),
                ),
            )
            .html(),
        providers(t, plan),
    ])
}

fn row(t: Locale, cloud: Cloud, removal: &UndoStep, state: Option<&UndoStepState>) -> Html {
    let calls = removal.calls(cloud);
    let stays = calls.is_empty();
    let is_change = matches!(
        removal,
        UndoStep::Reverse {
            made: Created::Change { .. } | Created::Scopes { .. },
            ..
        }
    );
    let is_purge = matches!(removal, UndoStep::Purge { .. });
    let body = |call: &ApiRequest| match &call.body {
        Body::Json(body) if is_change => {
            let body = format!("{body:#}");
            Some(el("pre").class("code").text(&escaped_lines(&body)).html())
        }
        Body::Json(_) | Body::Empty => None,
    };
    let request = |call: &ApiRequest| {
        let line = el("span")
            .class("list-note")
            .node(code(&format!("{} {}", call.method, call.url)))
            .html();
        fragment(vec![line, body(call).unwrap_or_default()])
    };
    let note = |t: &str| el("span").class("list-note").text(t).html();
    let (icon, mark, name) = match state {
        None => (Icon::Circle, "waiting", None),
        Some(UndoStepState::Waiting) => (Icon::Circle, "waiting", Some(t.undo_state_waiting())),
        Some(UndoStepState::Running) => (Icon::Spinner, "running", Some(t.undo_state_running())),
        Some(UndoStepState::Done) => (Icon::Check, "done", Some(t.undo_state_done())),
        Some(UndoStepState::Left) => (Icon::Info, "kept", Some(t.undo_state_left())),
        Some(UndoStepState::Changed) => (Icon::Cross, "failed", Some(t.undo_state_changed())),
        Some(UndoStepState::Failed(_)) => (Icon::Cross, "failed", Some(t.undo_state_failed())),
    };
    el("li")
        .node(icon.view_as("mark", mark))
        .child(
            el("span")
                .class("list-text")
                .child(el("span").text(&step_name(t, removal.step())))
                .node_some(is_purge.then(|| note(t.undo_purge())))
                .node_some(stays.then(|| note(t.undo_stays())))
                .node_some((is_change && !stays).then(|| note(t.undo_change())))
                .node(fragment(calls.iter().map(request).collect())),
        )
        .node_some(name.map(|name| {
            el("span")
                .attr("data-state", mark)
                .class("tag")
                .text(name)
                .html()
        }))
        .html()
}

/// Remove, once the requests are shown; afterwards back, or look up again.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let back = || {
        button(
            send,
            Msg::WentTo(Route::Unfinished),
            "",
            text(t.undo_back()),
        )
    };
    match &model.runs.journals.undo {
        Undo::Ready { findings, .. } if !findings.plan.removals.is_empty() => fragment(vec![
            button(
                send,
                Msg::Run(RunMsg::UndoApproved),
                "primary",
                text(t.undo_start()),
            ),
            back(),
        ]),
        Undo::Ready { findings, .. } => fragment(vec![
            button(
                send,
                Msg::Run(RunMsg::CloseAsked(
                    findings.history.run.unwrap_or_default(),
                    engine::journal::End::Undone,
                )),
                "primary",
                text(t.unfinished_keep()),
            ),
            back(),
        ]),
        Undo::Under { is_over: false, .. } | Undo::Finding => {
            button(send, Msg::Run(RunMsg::StopAsked), "", text(t.run_stop()))
        }
        Undo::Under { states, .. } if states.iter().all(UndoStepState::is_good) => button(
            send,
            Msg::WentTo(Route::Start),
            "primary",
            text(t.undo_to_start()),
        ),
        Undo::Stopped(StartError::SignInOld) => fragment(vec![
            button(send, Msg::SignInAsked, "primary", text(t.run_sign_in())),
            back(),
        ]),
        Undo::Stopped(_) | Undo::Under { .. } => fragment(vec![
            button(send, Msg::WentTo(Route::Undo), "", text(t.undo_again())),
            back(),
        ]),
        Undo::Absent => back(),
    }
}
