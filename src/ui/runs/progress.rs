//! The run: what is in progress, what is done, what failed and how to fix it.

use jiff::Timestamp;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::diagram::picture;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::head::head;
use crate::ui::components::head::tenant_name;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::notification::notification;
use crate::ui::components::plan::step_name;
use crate::ui::components::refused::left_out;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::day;
use crate::ui::components::time::moment;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::components::who::who_where;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::RunMsg;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::runs::estimate::TimeLeft;
use crate::ui::runs::estimate::rounded;
use crate::ui::runs::state::RunModel;
use crate::ui::runs::state::RunState;
use crate::ui::runs::state::wait_of;
use crate::ui::runs::waterfall::waterfall;
use crate::ui::sign_in::state::SignInMismatch;
use domain::locale::Locale;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use engine::desired::purpose::Purpose;
use engine::journal::JournalLocation;
use engine::run::Progress;
use engine::run::StepState;
use engine::run::timeline::WaitNote;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(run) = &model.runs.run else {
        return Html::default();
    };
    let (done, all) = run.count();
    let lead = match run.state {
        RunState::Underway => t.run_lead_underway(),
        RunState::Stopping => t.run_stopping(),
        RunState::Complete if run.purpose() == Purpose::Retirement => t.run_retire_lead_complete(),
        RunState::Complete if run.is_repair() && model.runs.secret.is_none() => {
            t.run_repair_lead_complete()
        }
        RunState::Complete => t.run_lead_complete(),
        RunState::Paused if run.has_left_out() => t.run_lead_left_out(),
        RunState::Paused => t.run_lead_paused(),
        RunState::Stopped => t.run_lead_stopped(),
        RunState::Failed => t.run_lead_failed(),
    };
    let who = model
        .sign_in
        .access
        .user()
        .map_or_else(Html::default, |user| {
            el("div").class("who").node(who_where(t, user)).html()
        });
    // A step that keeps a part of a deleted app would be false.
    let is_retired = run.purpose() == Purpose::Retirement;
    let is_shown = |step: &&Progress| !is_retired || step.state != StepState::Kept;
    fragment(vec![
        head("", run.title(t), lead),
        problems(t, run).unwrap_or_default(),
        if run.has_left_out() {
            left_out(t, &run.review.refused)
        } else {
            Html::default()
        },
        deleted(t, run).unwrap_or_default(),
        el("div")
            .class("card")
            .child(
                el("div")
                    .class("group")
                    .node_some((all > 0).then(|| {
                        el("p")
                            .class("row")
                            .child(el("span").text(&t.run_count(all, done)))
                            .html()
                    }))
                    .child(
                        el("progress")
                            .attr("data-state", run.state.as_str())
                            .attr_value("max", &all.max(1).to_string())
                            .attr("aria-label", t.run_progress())
                            .attr_value("value", &done.to_string())
                            .class("bar"),
                    ),
            )
            .node(essentials(facts(t, run, who)))
            .node_some(run.state.is_underway().then(|| notification(model, send)))
            .html(),
        drawing(model, run),
        // Collapsed once nothing in it needs attention.
        el("details")
            .attr_if("open", run.state != RunState::Complete)
            .class("card fold")
            .child(el("summary").child(el("h2").text(t.run_steps())))
            .child(
                el("ul").class("list").nodes(
                    &mut run
                        .steps
                        .iter()
                        .filter(is_shown)
                        .map(|step| row(t, run, step)),
                ),
            )
            .html(),
        waterfall(model, send, run).unwrap_or_default(),
    ])
}

/// What the run does now, how long it has taken, and how long it will probably take.
fn facts(t: Locale, run: &RunModel, who: Html) -> Vec<(&'static str, Html)> {
    let mut facts = Vec::new();
    if run.state.is_underway() {
        facts.push((t.run_now(), now(t, run)));
    }
    match run.time_left() {
        Some(TimeLeft::About(left)) => {
            facts.push((
                t.run_left(),
                text(&t.run_left_about(passed(t, rounded(left)))),
            ));
        }
        Some(TimeLeft::AtMost(left)) => {
            let left = passed(t, rounded(left));
            facts.push((t.run_left(), text(&t.run_left_at_most(left))));
        }
        None => {}
    }
    facts.extend([
        (t.run_started(), began(t, run)),
        (t.run_passed(), text(&passed(t, run.passed()))),
        (t.run_account(), who),
    ]);
    facts
}

/// What the running steps wait for, each cause once.
fn now(t: Locale, run: &RunModel) -> Html {
    let running = || {
        let steps = run.steps.iter();
        steps.filter(|step| step.state == StepState::Running)
    };
    let mut causes: Vec<String> = Vec::new();
    for step in running() {
        if let Some(note) = step.note {
            let words = note_words(t, run, step, note);
            if !causes.contains(&words) {
                causes.push(words);
            }
        }
    }
    let answers = running().filter(|step| step.note.is_none()).count();
    if answers > 0 {
        causes.push(t.run_now_answers(u64::try_from(answers).unwrap_or(u64::MAX)));
    }
    if causes.is_empty() {
        causes.push(t.run_now_reads().to_owned());
    }
    fragment(
        causes
            .iter()
            .map(|cause| el("p").text(cause).html())
            .collect(),
    )
}

/// The diagram of the review, which fills in as the steps complete. A repair has none.
fn drawing(model: &Model, run: &RunModel) -> Html {
    let t = model.locale;
    if run.purpose() != Purpose::SetUp {
        return Html::default();
    }
    let user = model.sign_in.access.user();
    let tenant = user.map(tenant_name).unwrap_or_default();
    let server = run.handoff.as_ref().ok().map(|it| it.server.app_id);
    el("section")
        .class("card")
        .child(el("h2").text(t.run_picture()))
        .node(picture(t, run.plan(), &tenant, &run.steps, server))
        .html()
}

/// Failures, each problem once: seven steps that fail for one missing role are one problem.
fn problems(t: Locale, run: &RunModel) -> Option<Html> {
    let mut shown: Vec<&Problem> = Vec::new();
    let mut bars = Vec::new();
    // Stop is the admin's own choice, and not a failure.
    let failures = run
        .problems()
        .filter(|(_, failed)| failed.kind != ProblemKind::Cancelled);
    for (id, failed) in failures {
        if shown.iter().any(|earlier| earlier.says_what(failed)) {
            continue;
        }
        shown.push(failed);
        bars.push(fragment(vec![
            el("h3").text(&step_name(t, id)).html(),
            problem(t, failed),
        ]));
    }
    (!bars.is_empty()).then(|| {
        el("section")
            .class("group")
            .child(el("h2").text(t.run_problems()))
            .nodes(&mut bars.into_iter())
            .html()
    })
}

/// The result of a retirement: what was deleted, and until when it can come back.
fn deleted(t: Locale, run: &RunModel) -> Option<Html> {
    let apps = run.deleted();
    if apps.is_empty() || run.state.is_underway() {
        return None;
    }
    let rows = apps.into_iter().map(|(name, id)| {
        el("li")
            .node(foreign(&name))
            .text(" · ")
            .node(code(&id.to_string()))
            .html()
    });
    let until = run
        .restorable_until()
        .map(|at| day(t, at))
        .unwrap_or_default();
    Some(message(
        Severity::Good,
        t.run_retire_deleted(),
        fragment(vec![
            el("ul").nodes(&mut { rows }).html(),
            el("p").text(&t.run_retire_until(until)).html(),
        ]),
    ))
}

fn is_cancelled(state: &StepState) -> bool {
    matches!(state, StepState::Failed(problem) if problem.kind == ProblemKind::Cancelled)
}

fn row(t: Locale, run: &RunModel, step: &Progress) -> Html {
    let is_stopped = is_cancelled(&step.state);
    let is_left_out = run.plan().is_left_out(step.id);
    let (icon, label) = match &step.state {
        StepState::Kept if is_left_out => (Icon::Circle, t.run_state_left_out()),
        StepState::Failed(_) if is_stopped => (Icon::Circle, t.run_state_stopped()),
        StepState::Waiting => (Icon::Circle, t.run_state_waiting()),
        StepState::Running => (Icon::Spinner, t.run_state_running()),
        StepState::Done => (Icon::Check, t.run_state_done()),
        StepState::Kept => (Icon::Check, t.run_state_kept()),
        StepState::UnderWay => (Icon::Cloud, t.run_state_under_way()),
        StepState::Failed(_) => (Icon::Cross, t.run_state_failed()),
        StepState::Skipped { .. } => (Icon::Circle, t.run_state_skipped()),
    };
    let state = if is_stopped || is_left_out {
        "skipped"
    } else {
        step.state.as_str()
    };
    let why = match &step.state {
        StepState::Failed(failed) => Some(failed.title(t).to_owned()),
        StepState::Skipped { because } => Some(t.run_skipped_because(step_name(t, *because))),
        StepState::Waiting
        | StepState::Running
        | StepState::Done
        | StepState::Kept
        | StepState::UnderWay => None,
    };
    let attempts = u64::from(step.attempt);
    el("li")
        .node(icon.view_as("mark", state))
        .child(
            el("span")
                .class("list-text")
                .child(el("span").text(&step_name(t, step.id)))
                .node_some(why.map(|why| el("span").class("list-note").text(&why).html()))
                .node_some(step.note.map(|note| {
                    el("span")
                        .class("list-note")
                        .text(&note_words(t, run, step, note))
                        .html()
                }))
                .node_some(step.request_id.as_ref().map(|id| {
                    el("span")
                        .class("list-note")
                        .text(&t.run_attempts(attempts))
                        .text(" · ")
                        .text(t.run_request())
                        .text(" ")
                        .node(code(id))
                        .html()
                })),
        )
        .child(
            el("span")
                .attr("data-state", state)
                .class("tag")
                .text(label),
        )
        .html()
}

fn note_words(t: Locale, run: &RunModel, step: &Progress, note: WaitNote) -> String {
    let seconds = wait_of(note)
        .map(|wait| run.left(step, wait))
        .unwrap_or_default();
    match note {
        WaitNote::Throttled { .. } => t.run_note_throttled(seconds),
        WaitNote::ServerBusy { .. } => t.run_note_server_busy(seconds),
        WaitNote::NoAnswer { .. } => t.run_note_no_answer(seconds),
        WaitNote::Replicating { .. } => t.run_note_copying(seconds),
        WaitNote::Looking => t.run_note_looking().to_owned(),
        WaitNote::Offline => t.run_note_offline().to_owned(),
        WaitNote::Registering { .. } => t.run_note_registering(seconds),
    }
}

/// In UTC, like the hand-over and Microsoft's logs.
fn began(t: Locale, run: &RunModel) -> Html {
    let began = Timestamp::from_second(run.began.as_second()).unwrap_or(run.began);
    el("time")
        .attr_value("datetime", &began.to_string())
        .text(&moment(t, Some(began)))
        .html()
}

fn passed(t: Locale, seconds: u64) -> String {
    if seconds < 60 {
        t.run_seconds(seconds)
    } else {
        t.run_minutes(seconds / 60, seconds % 60)
    }
}

/// Stop during the run, then the next actions.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(run) = &model.runs.run else {
        return Html::default();
    };
    let steps = Route::Step(WizardStep::AzureService);
    let to = |place, kind, name: &str| button(send, Msg::WentTo(place), kind, text(name));
    // If the browser cannot store the journal, the admin can save it after every step.
    let save = (model.runs.journals.keeping == JournalLocation::File).then(|| {
        button(
            send,
            Msg::Run(RunMsg::JournalAsked),
            "",
            text(t.unfinished_export()),
        )
    });
    match run.state {
        RunState::Underway => fragment(vec![
            button(send, Msg::Run(RunMsg::StopAsked), "", text(t.run_stop())),
            save.unwrap_or_default(),
        ]),
        RunState::Stopping => el("button")
            .attr("type", "button")
            .attr("aria-disabled", "true")
            .class("button")
            .text(t.run_stop())
            .html(),
        RunState::Complete if run.purpose() == Purpose::Retirement => fragment(vec![
            to(Route::Start, "primary", t.undo_to_start()),
            to(Route::CheckPair, "", t.report_other_pair()),
        ]),
        RunState::Complete if run.is_repair() => fragment(vec![
            if model.runs.secret.is_some() {
                to(Route::HandOver, "primary", t.run_hand_over())
            } else {
                to(Route::Report, "primary", t.run_check_again())
            },
            if model.runs.secret.is_none() && run.handoff.is_ok() {
                to(Route::HandOver, "", t.run_hand_over())
            } else {
                Html::default()
            },
        ]),
        RunState::Complete => to(Route::HandOver, "primary", t.run_hand_over()),
        RunState::Paused | RunState::Failed | RunState::Stopped => {
            let must_sign_in = model.mismatch() == Some(SignInMismatch::SignedOut)
                || run.problems().any(|(_, failed)| failed.asks_for_sign_in());
            // Continuing would fail for the same reason, so it comes last.
            let is_refused = run.problems().next().is_some()
                && run.problems().all(|(_, failed)| {
                    matches!(failed.kind, ProblemKind::EntraRefused(_)) && !failed.is_pause()
                });
            let has_handoff = run.handoff.is_ok() || run.has_left_out();
            let go_on = |kind| to(Route::Review, kind, t.run_continue());
            let hand_over = |kind| to(Route::HandOver, kind, t.run_hand_over());
            fragment(vec![
                if must_sign_in {
                    button(send, Msg::SignInAsked, "primary", text(t.run_sign_in()))
                } else if !is_refused {
                    go_on("primary")
                } else if has_handoff {
                    hand_over("primary")
                } else {
                    Html::default()
                },
                // The next token includes a role that was activated in the meantime.
                if !must_sign_in
                    && run.problems().any(|(_, failed)| {
                        matches!(
                            failed.kind,
                            ProblemKind::RoleMissing | ProblemKind::RegisterForbidden
                        )
                    })
                {
                    button(send, Msg::SignInAsked, "", text(t.run_sign_in()))
                } else {
                    Default::default()
                },
                if run.is_repair() {
                    to(Route::Report, "", t.retire_back())
                } else if model.is_off(steps) {
                    Html::default()
                } else {
                    to(steps, "", t.run_back_to_steps())
                },
                to(Route::Unfinished, "", t.run_undo_or_keep()),
                if has_handoff && (must_sign_in || !is_refused) {
                    hand_over("")
                } else if is_refused && !must_sign_in {
                    go_on("")
                } else {
                    Default::default()
                },
            ])
        }
    }
}
