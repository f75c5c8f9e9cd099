//! Undo of a run: shows every request first, then sends one after the other.

use crate::ui::components::start_error::stopped;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::field::check_box;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
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
    let words = model.words;
    let body = match &model.runs.journals.undo {
        _ if !model.fits_chosen() && model.chosen_past().is_some() && !is_over(model) => message(
            Severity::Info,
            words.undo_sign_in_title(),
            several(vec![
                tag("p").say(words.undo_sign_in()).html(),
                tag("p")
                    .class("row")
                    .put(button(
                        send,
                        Msg::SignInAsked,
                        "primary",
                        text(words.run_sign_in()),
                    ))
                    .html(),
            ]),
        ),
        Undo::Absent => tag("p").say(words.unfinished_none()).html(),
        Undo::Finding => tag("section")
            .class("card")
            .put(busy(words.undo_finding()))
            .html(),
        Undo::Stopped(stop) => stopped(words, stop),
        Undo::Ready { findings, for_good } => ready(model, &findings.plan, *for_good),
        Undo::Under {
            plan,
            states,
            is_over,
        } => under(model, plan, states, *is_over),
    };
    let lead = match &model.runs.journals.undo {
        Undo::Ready { findings, .. } if !findings.plan.removals.is_empty() => words.undo_lead(),
        Undo::Under { is_over: false, .. } => words.run_lead_underway(),
        Undo::Ready { .. }
        | Undo::Under { is_over: true, .. }
        | Undo::Absent
        | Undo::Finding
        | Undo::Stopped(_) => words.undo_lead_found(),
    };
    several(vec![head("", words.undo_title(), lead), body])
}

fn is_over(model: &Model) -> bool {
    matches!(model.runs.journals.undo, Undo::Under { is_over: true, .. })
}

fn cloud(model: &Model) -> Cloud {
    model
        .sign_in
        .access
        .user()
        .map_or_else(|| model.setup.draft.cloud(), |visitor| visitor.cloud)
}

fn ready(model: &Model, plan: &UndoPlan, for_good: bool) -> Html {
    let words = model.words;
    if plan.removals.is_empty() {
        return several(vec![
            message(Severity::Info, words.undo_nothing(), Html::default()),
            providers(words, plan),
        ]);
    }
    let requests = plan.removals.iter().map(|it| it.calls(cloud(model)).len());
    let count = u64::try_from(requests.sum::<usize>()).unwrap_or_default();
    let has_app = plan.removals.iter().any(|it| {
        matches!(
            it,
            UndoStep::Made {
                made: Created::Application { .. },
                ..
            }
        )
    });
    several(vec![
        tag("section")
            .class("card")
            .with(tag("h2").say(&words.undo_requests(count)))
            .with(
                tag("ul").class("list").all(
                    &mut plan
                        .removals
                        .iter()
                        .map(|it| row(words, cloud(model), it, None)),
                ),
            )
            .html(),
        if has_app {
            several(vec![
                message(
                    Severity::Info,
                    words.undo_soft_title(),
                    tag("p").say(words.undo_soft()).html(),
                ),
                check_box(FieldId::ForGood, for_good, words.undo_for_good(), ""),
            ])
        } else {
            Html::default()
        },
        providers(words, plan),
    ])
}

fn providers(words: Locale, plan: &UndoPlan) -> Html {
    if plan.providers.is_empty() {
        return Html::default();
    }
    tag("p").class("quiet").say(words.undo_providers()).html()
}

fn under(model: &Model, plan: &UndoPlan, states: &[UndoStepState], is_over: bool) -> Html {
    let words = model.words;
    let is_complete = states.iter().all(UndoStepState::is_good);
    let told = match (is_over, is_complete) {
        (false, _) => Html::default(),
        (true, true) => message(
            Severity::Good,
            words.undo_done_title(),
            tag("p").say(words.undo_done()).html(),
        ),
        (true, false) => message(
            Severity::Danger,
            words.undo_not_done_title(),
            tag("p").say(words.undo_not_done()).html(),
        ),
    };
    let problems = states.iter().filter_map(|it| match it {
        UndoStepState::Failed(failed) => Some(problem(words, failed)),
        UndoStepState::Waiting
        | UndoStepState::Running
        | UndoStepState::Done
        | UndoStepState::Left
        | UndoStepState::Changed => None,
    });
    several(vec![
        told,
        several(problems.take(1).collect()),
        tag("section")
            .class("card")
            .with(
                tag("ul").class("list").all(
                    &mut plan
                        .removals
                        .iter()
                        .zip(states)
                        .map(|(it, state)| row(words, cloud(model), it, Some(state))),
                ),
            )
            .html(),
        providers(words, plan),
    ])
}

fn row(words: Locale, cloud: Cloud, removal: &UndoStep, state: Option<&UndoStepState>) -> Html {
    let calls = removal.calls(cloud);
    let stays = calls.is_empty();
    let is_change = matches!(
        removal,
        UndoStep::Made {
            made: Created::Change { .. } | Created::Scopes { .. },
            ..
        }
    );
    let is_purge = matches!(removal, UndoStep::Purge { .. });
    let body = |call: &ApiRequest| match &call.body {
        Body::Json(body) if is_change => {
            let body = format!("{body:#}");
            Some(tag("pre").class("code").say(&escaped_lines(&body)).html())
        }
        Body::Json(_) | Body::Empty => None,
    };
    let request = |call: &ApiRequest| {
        let line = tag("span")
            .class("list-note")
            .put(code(&format!("{} {}", call.method, call.url)))
            .html();
        several(vec![line, body(call).unwrap_or_default()])
    };
    let note = |words: &str| tag("span").class("list-note").say(words).html();
    let (icon, mark, name) = match state {
        None => (Icon::Circle, "waiting", None),
        Some(UndoStepState::Waiting) => (Icon::Circle, "waiting", Some(words.undo_state_waiting())),
        Some(UndoStepState::Running) => {
            (Icon::Turning, "running", Some(words.undo_state_running()))
        }
        Some(UndoStepState::Done) => (Icon::Check, "done", Some(words.undo_state_done())),
        Some(UndoStepState::Left) => (Icon::Info, "kept", Some(words.undo_state_left())),
        Some(UndoStepState::Changed) => (Icon::Cross, "failed", Some(words.undo_state_changed())),
        Some(UndoStepState::Failed(_)) => (Icon::Cross, "failed", Some(words.undo_state_failed())),
    };
    tag("li")
        .put(icon.draw_as("mark", mark))
        .with(
            tag("span")
                .class("list-text")
                .with(tag("span").say(&step_name(words, removal.step())))
                .maybe(is_purge.then(|| note(words.undo_purge())))
                .maybe(stays.then(|| note(words.undo_stays())))
                .maybe((is_change && !stays).then(|| note(words.undo_change())))
                .put(several(calls.iter().map(request).collect())),
        )
        .maybe(name.map(|name| {
            tag("span")
                .set("data-state", mark)
                .class("tag")
                .say(name)
                .html()
        }))
        .html()
}

/// Remove, once the requests are shown; afterwards back, or look up again.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let back = || {
        button(
            send,
            Msg::WentTo(Route::Unfinished),
            "",
            text(words.undo_back()),
        )
    };
    match &model.runs.journals.undo {
        Undo::Ready { findings, .. } if !findings.plan.removals.is_empty() => several(vec![
            button(send, Msg::UndoApproved, "primary", text(words.undo_start())),
            back(),
        ]),
        Undo::Ready { findings, .. } => several(vec![
            button(
                send,
                Msg::CloseAsked(
                    findings.history.run.unwrap_or_default(),
                    engine::journal::End::Undone,
                ),
                "primary",
                text(words.unfinished_keep()),
            ),
            back(),
        ]),
        Undo::Under { is_over: false, .. } | Undo::Finding => {
            button(send, Msg::StopAsked, "", text(words.run_stop()))
        }
        Undo::Under { states, .. } if states.iter().all(UndoStepState::is_good) => button(
            send,
            Msg::WentTo(Route::Start),
            "primary",
            text(words.undo_to_start()),
        ),
        Undo::Stopped(StartError::SignInOld) => several(vec![
            button(send, Msg::SignInAsked, "primary", text(words.run_sign_in())),
            back(),
        ]),
        Undo::Stopped(_) | Undo::Under { .. } => several(vec![
            button(send, Msg::WentTo(Route::Undo), "", text(words.undo_again())),
            back(),
        ]),
        Undo::Absent => back(),
    }
}
