//! The run: what is in progress, what is done, what failed and how to fix it.

use jiff::Timestamp;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::problem;
use crate::ui::components::plan::step_name;
use crate::ui::components::text::code;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::components::who::who_where;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use crate::ui::route::Step;
use crate::ui::runs::state::Run;
use crate::ui::runs::state::RunState;
use crate::ui::runs::state::wait_of;
use crate::ui::sign_in::state::SignInMismatch;
use domain::locale::Locale;
use domain::problem::Kind;
use domain::problem::Problem;
use engine::journal::JournalLocation;
use engine::run::Progress;
use engine::run::StepState;
use engine::run::WaitNote;

pub fn view(model: &Model, _send: &Callback<Msg>) -> Html {
    let words = model.words;
    let Some(run) = &model.runs.run else {
        return Html::default();
    };
    let (done, all) = run.count();
    let lead = match run.state {
        RunState::Underway => words.run_lead_underway(),
        RunState::Stopping => words.run_stopping(),
        RunState::Complete if run.is_repair() && model.runs.secret.is_none() => {
            words.run_repair_lead_complete()
        }
        RunState::Complete => words.run_lead_complete(),
        RunState::Paused => words.run_lead_paused(),
        RunState::Failed | RunState::Stopped => words.run_lead_failed(),
    };
    let who = model
        .sign_in
        .access
        .user()
        .map_or_else(Html::default, |visitor| {
            tag("div")
                .class("who")
                .put(who_where(words, visitor))
                .html()
        });
    several(vec![
        head("", run.title(words), lead),
        told(words, run).unwrap_or_default(),
        tag("div")
            .class("card")
            .with(
                tag("div")
                    .class("group")
                    .with(
                        tag("p")
                            .class("row")
                            .with(tag("span").say(&words.run_count(all, done))),
                    )
                    .with(
                        tag("progress")
                            .set("data-state", run.state.as_str())
                            .set_to("max", &all.max(1).to_string())
                            .set("aria-label", words.run_progress())
                            .set_to("value", &done.to_string())
                            .class("bar"),
                    ),
            )
            .put(essentials(vec![
                (words.run_started(), moment(run)),
                (words.run_passed(), text(&passed(words, run.passed()))),
                (words.run_account(), who),
            ]))
            .html(),
        // Collapsed once nothing in it needs attention.
        tag("details")
            .set_if("open", run.state != RunState::Complete)
            .class("card fold")
            .with(tag("summary").with(tag("h2").say(words.run_steps())))
            .with(
                tag("ul")
                    .class("list")
                    .all(&mut run.steps.iter().map(|step| row(words, run, step))),
            )
            .html(),
    ])
}

/// Failures, each problem once: seven steps that fail for one missing role are one problem.
fn told(words: Locale, run: &Run) -> Option<Html> {
    let mut told: Vec<&Problem> = Vec::new();
    let mut bars = Vec::new();
    for (id, failed) in run.problems() {
        if told.iter().any(|earlier| earlier.says_what(failed)) {
            continue;
        }
        told.push(failed);
        bars.push(several(vec![
            tag("h3").say(&step_name(words, id)).html(),
            problem(words, failed),
        ]));
    }
    (!bars.is_empty()).then(|| {
        tag("section")
            .class("group")
            .with(tag("h2").say(words.run_told()))
            .all(&mut bars.into_iter())
            .html()
    })
}

fn row(words: Locale, run: &Run, step: &Progress) -> Html {
    let (icon, told) = match &step.state {
        StepState::Waiting => (Icon::Circle, words.run_state_waiting()),
        StepState::Running => (Icon::Turning, words.run_state_running()),
        StepState::Done => (Icon::Check, words.run_state_done()),
        StepState::Kept => (Icon::Check, words.run_state_kept()),
        StepState::UnderWay => (Icon::Cloud, words.run_state_under_way()),
        StepState::Failed(_) => (Icon::Cross, words.run_state_failed()),
        StepState::Skipped { .. } => (Icon::Circle, words.run_state_skipped()),
    };
    let state = step.state.as_str();
    let why = match &step.state {
        StepState::Failed(failed) => Some(failed.title(words).to_owned()),
        StepState::Skipped { because } => {
            Some(words.run_skipped_because(step_name(words, *because)))
        }
        StepState::Waiting
        | StepState::Running
        | StepState::Done
        | StepState::Kept
        | StepState::UnderWay => None,
    };
    let attempts = u64::from(step.attempt);
    tag("li")
        .put(icon.draw_as("mark", state))
        .with(
            tag("span")
                .class("list-text")
                .with(tag("span").say(&step_name(words, step.id)))
                .maybe(why.map(|why| tag("span").class("list-note").say(&why).html()))
                .maybe(step.note.map(|note| {
                    tag("span")
                        .class("list-note")
                        .say(&note_words(words, run, step, note))
                        .html()
                }))
                .maybe(step.request_id.as_ref().map(|id| {
                    tag("span")
                        .class("list-note")
                        .say(&words.run_attempts(attempts))
                        .say(" · ")
                        .say(words.run_request())
                        .say(" ")
                        .put(code(id))
                        .html()
                })),
        )
        .with(tag("span").set("data-state", state).class("tag").say(told))
        .html()
}

fn note_words(words: Locale, run: &Run, step: &Progress, note: WaitNote) -> String {
    let seconds = wait_of(note)
        .map(|wait| run.left(step, wait))
        .unwrap_or_default();
    match note {
        WaitNote::Throttled { .. } => words.run_note_throttled(seconds),
        WaitNote::ServerBusy { .. } => words.run_note_server_busy(seconds),
        WaitNote::NoAnswer { .. } => words.run_note_no_answer(seconds),
        WaitNote::Replicating { .. } => words.run_note_copying(seconds),
        WaitNote::Looking => words.run_note_looking().to_owned(),
        WaitNote::Offline => words.run_note_offline().to_owned(),
        WaitNote::Registering { .. } => words.run_note_registering(seconds),
    }
}

/// In UTC, like the hand-over and Microsoft's logs.
fn moment(run: &Run) -> Html {
    let began = Timestamp::from_second(run.began.as_second()).unwrap_or(run.began);
    let exact = began.to_string();
    tag("time")
        .set_to("datetime", &exact)
        .say(&exact.replace('T', " ").replace('Z', " UTC"))
        .html()
}

fn passed(words: Locale, seconds: u64) -> String {
    if seconds < 60 {
        words.run_seconds(seconds)
    } else {
        words.run_minutes(seconds / 60, seconds % 60)
    }
}

/// Stop during the run, then the next actions.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let Some(run) = &model.runs.run else {
        return Html::default();
    };
    let steps = Route::Step(Step::AzureService);
    let to = |place, kind, name: &str| button(send, Msg::WentTo(place), kind, text(name));
    // If the browser cannot store the journal, the admin can save it after every step.
    let save = (model.runs.journals.keeping == JournalLocation::File)
        .then(|| button(send, Msg::JournalAsked, "", text(words.unfinished_export())));
    match run.state {
        RunState::Underway => several(vec![
            button(send, Msg::StopAsked, "", text(words.run_stop())),
            save.unwrap_or_default(),
        ]),
        RunState::Stopping => tag("button")
            .set("type", "button")
            .set("aria-disabled", "true")
            .class("button")
            .say(words.run_stop())
            .html(),
        RunState::Complete if run.is_repair() => several(vec![
            if model.runs.secret.is_some() {
                to(Route::HandOver, "primary", words.run_hand_over())
            } else {
                to(Route::Report, "primary", words.run_check_again())
            },
            if model.runs.secret.is_none() && run.handoff.is_ok() {
                to(Route::HandOver, "", words.run_hand_over())
            } else {
                Html::default()
            },
        ]),
        RunState::Complete => to(Route::HandOver, "primary", words.run_hand_over()),
        RunState::Paused | RunState::Failed | RunState::Stopped => {
            let must_sign_in = model.mismatch() == Some(SignInMismatch::SignedOut)
                || run.problems().any(|(_, failed)| failed.asks_for_sign_in());
            // Continuing would fail for the same reason, so it comes last.
            let is_refused = run.problems().next().is_some()
                && run.problems().all(|(_, failed)| {
                    matches!(failed.kind, Kind::EntraRefused(_)) && !failed.is_pause()
                });
            let has_handoff = run.handoff.is_ok();
            let go_on = |kind| to(Route::Review, kind, words.run_continue());
            let hand_over = |kind| to(Route::HandOver, kind, words.run_hand_over());
            several(vec![
                if must_sign_in {
                    button(send, Msg::SignInAsked, "primary", text(words.run_sign_in()))
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
                        matches!(failed.kind, Kind::RoleMissing | Kind::RegisterForbidden)
                    })
                {
                    button(send, Msg::SignInAsked, "", text(words.run_sign_in()))
                } else {
                    Default::default()
                },
                if run.is_repair() {
                    to(Route::Report, "", words.retire_back())
                } else if model.is_off(steps) {
                    Html::default()
                } else {
                    to(steps, "", words.run_back_to_steps())
                },
                to(Route::Unfinished, "", words.run_undo_or_keep()),
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
