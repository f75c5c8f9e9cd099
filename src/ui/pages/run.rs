//! The run: what is under way, what is done, what failed and what to do about it.

use jiff::Timestamp;
use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::problem::Kind;
use crate::domain::words::Words;
use crate::engine::apply::Note;
use crate::engine::apply::Progress;
use crate::engine::apply::StepState;
use crate::ui::access::Unfit;
use crate::ui::components::frame::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::problem;
use crate::ui::components::plan::step_name;
use crate::ui::components::text::code;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::msg::Msg;
use crate::ui::pages::review::who_where;
use crate::ui::place::Place;
use crate::ui::run::Run;
use crate::ui::run::RunState;
use crate::ui::run::wait_of;
use crate::ui::stage::Stage;

/// As markup.
pub fn draw(stage: &Stage, _send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let Some(run) = &stage.run else {
        return Html::default();
    };
    let (done, all) = run.count();
    let lead = match run.state {
        RunState::Underway => words.run_lead_underway(),
        RunState::Stopping => words.run_stopping(),
        RunState::Complete => words.run_lead_complete(),
        RunState::Failed | RunState::Stopped => words.run_lead_failed(),
    };
    let who = stage.access.visitor().map_or_else(
        Html::default,
        |visitor| html! { <div class="who">{ who_where(words, visitor) }</div> },
    );
    html! {
        <>
            { head("", run.state.title(words), lead) }
            { for told(words, run) }
            <section class="card">
                <div class="group">
                    <p class="row"><span>{ words.run_count(all, done) }</span></p>
                    <progress class="bar" data-state={run.state.as_str()} max={all.max(1).to_string()} value={done.to_string()} aria-label={words.run_progress()} />
                </div>
                { essentials(vec![
                    (words.run_started(), html! { <time>{ moment(run) }</time> }),
                    (words.run_passed(), html! { { passed(words, run.passed()) } }),
                    (words.run_account(), who),
                ]) }
            </section>
            // Folded once there is nothing in it that calls for attention.
            <details class="card fold" open={run.state != RunState::Complete}>
                <summary><h2>{ words.run_steps() }</h2></summary>
                <ul class="list">{ for run.steps.iter().map(|step| row(words, run, step)) }</ul>
            </details>
        </>
    }
}

/// What failed, each problem once: seven steps refused for one missing role are one problem.
fn told(words: Words, run: &Run) -> Option<Html> {
    let mut kinds: Vec<&Kind> = Vec::new();
    let mut bars = Vec::new();
    for (id, failed) in run.problems() {
        if kinds.contains(&&failed.kind) {
            continue;
        }
        kinds.push(&failed.kind);
        bars.push(html! { <><h3>{ step_name(words, id) }</h3>{ problem(words, failed) }</> });
    }
    (!bars.is_empty()).then(
        || html! { <section class="group"><h2>{ words.run_told() }</h2>{ for bars }</section> },
    )
}

fn row(words: Words, run: &Run, step: &Progress) -> Html {
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
    html! {
        <li>
            { icon.draw_as("mark", state) }
            <span class="list-text">
                <span>{ step_name(words, step.id) }</span>
                { for why.map(|why| html! { <span class="list-note">{ why }</span> }) }
                { for step.note.map(|note| html! { <span class="list-note">{ note_words(words, run, step, note) }</span> }) }
                { for step.request_id.as_ref().map(|id| html! {
                    <span class="list-note">{ words.run_attempts(attempts) }{ " · " }{ words.run_request() }{ " " }{ code(id) }</span>
                }) }
            </span>
            <span class="tag" data-state={state}>{ told }</span>
        </li>
    }
}

fn note_words(words: Words, run: &Run, step: &Progress, note: Note) -> String {
    let seconds = wait_of(note)
        .map(|wait| run.left(step, wait))
        .unwrap_or_default();
    match note {
        Note::Throttled { .. } => words.run_note_throttled(seconds),
        Note::ServerBusy { .. } => words.run_note_server_busy(seconds),
        Note::NoAnswer { .. } => words.run_note_no_answer(seconds),
        Note::Copying { .. } => words.run_note_copying(seconds),
        Note::Looking => words.run_note_looking().to_owned(),
        Note::Registering { .. } => words.run_note_registering(seconds),
    }
}

/// In UTC, because the hand-over and Microsoft's logs are.
fn moment(run: &Run) -> String {
    let seconds = run.began.as_second();
    let began = Timestamp::from_second(seconds)
        .unwrap_or(run.began)
        .to_string();
    began.replace('T', " ").replace('Z', " UTC")
}

fn passed(words: Words, seconds: u64) -> String {
    if seconds < 60 {
        words.run_seconds(seconds)
    } else {
        words.run_minutes(seconds / 60, seconds % 60)
    }
}

/// Stop while it runs, then whatever leads on.
pub fn foot(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let Some(run) = &stage.run else {
        return Html::default();
    };
    let to = |place, kind, text: &'static str| {
        button(send, Msg::WentTo(place), kind, html! { { text } })
    };
    match run.state {
        RunState::Underway => button(send, Msg::StopAsked, "", html! { { words.run_stop() } }),
        RunState::Stopping => {
            html! { <button type="button" class="button" aria-disabled="true">{ words.run_stop() }</button> }
        }
        RunState::Complete => {
            html! { <>{ to(Place::HandOver, "primary", words.run_hand_over()) }</> }
        }
        RunState::Failed | RunState::Stopped => {
            let must_sign_in = stage.access.unfit(&stage.draft) == Some(Unfit::SignedOut)
                || run.problems().any(|(_, failed)| {
                    matches!(failed.kind, Kind::SignInNeeded | Kind::ScopeMissing { .. })
                });
            html! {
                <>
                    if must_sign_in {
                        { button(send, Msg::SignInAsked, "primary", html! { { words.run_sign_in() } }) }
                    } else {
                        { to(Place::Review, "primary", words.run_continue()) }
                    }
                    { to(Place::Step(crate::ui::place::Step::AzureService), "", words.run_back_to_steps()) }
                    if run.handoff.is_ok() {
                        { to(Place::HandOver, "", words.run_hand_over()) }
                    }
                </>
            }
        }
    }
}
