//! Unfinished runs: what is done, unknown and remaining, and the choices. Nothing happens automatically.

use crate::ui::components::field::file_field;
use crate::ui::components::time::moment;
use crate::ui::runs::file::file;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::plan::step_name;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::msg::RunMsg;
use crate::ui::route::Route;
use crate::ui::runs::journals::StepSummary;
use crate::ui::runs::journals::summaries;
use crate::ui::runs::journals::waits_for_secret_alone;
use domain::cloud::Cloud;
use domain::confusables::isolated;
use domain::locale::Locale;
use engine::journal::End;
use engine::journal::RecordedRun;
use engine::journal::RunStarted;
use engine::journal::StoredRun;
use engine::journal::Unreadable;
use engine::plan::step::StepId;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let journals = &model.runs.journals;
    let mut parts = vec![head("", t.unfinished_title(), t.unfinished_lead())];
    if !journals.is_waiting() {
        parts.push(el("p").text(t.unfinished_none()).html());
    }
    // Newest first: usually the one that the admin looks for.
    let mut open: Vec<&RecordedRun> = journals.open().collect();
    open.reverse();
    for recorded_run in open {
        if let Some(started) = recorded_run.started() {
            parts.push(run(model, send, recorded_run, started));
        }
    }
    for it in &journals.stored {
        if let StoredRun::Foreign { run, why, text } = it {
            parts.push(foreign_records(t, send, run, *why, text));
        }
    }
    parts.push(finished(model, send));
    parts.push(from_file(model));
    fragment(parts)
}

/// How many finished runs are stored, for how long, and how to remove them now.
fn finished(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let count = u64::try_from(model.runs.journals.finished()).unwrap_or_default();
    if count == 0 {
        return Html::default();
    }
    el("section")
        .class("card")
        .child(el("h2").text(t.unfinished_finished_title()))
        .child(el("p").text(&t.unfinished_finished(count)))
        .child(el("p").class("row").node(button(
            send,
            Msg::TidyAsked,
            "",
            text(t.unfinished_finished_remove()),
        )))
        .html()
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    button(
        send,
        Msg::WentTo(Route::Start),
        "",
        text(model.locale.undo_back()),
    )
}

fn run(
    model: &Model,
    send: &Callback<Msg>,
    recorded_run: &RecordedRun,
    started: &RunStarted,
) -> Html {
    let t = model.locale;
    let cloud = Cloud::find(&started.cloud).unwrap_or_default();
    let is_of_another = model.sign_in.access.user().is_some_and(|user| {
        user.tenant == started.tenant && user.account.object_id != started.account.object_id
    });
    let export = Msg::SaveAsked(file(recorded_run));
    let began = moment(t, recorded_run.began());
    let keep = choice(
        button(
            send,
            Msg::Run(RunMsg::CloseAsked(recorded_run.run, End::Kept)),
            "",
            text(t.unfinished_keep()),
        ),
        t.unfinished_keep_text(),
    );
    let choices = if is_of_another {
        fragment(vec![
            message(
                Severity::Warning,
                t.unfinished_other_title(),
                el("p")
                    .text(&t.unfinished_other(isolated(&started.account.name)))
                    .html(),
            ),
            keep,
        ])
    } else {
        let secret = waits_for_secret_alone(recorded_run).then(|| {
            message(
                Severity::Warning,
                t.unfinished_secret_title(),
                fragment(vec![
                    el("p").text(t.unfinished_secret_text()).html(),
                    el("p")
                        .class("row")
                        .node(button(
                            send,
                            Msg::Run(RunMsg::CloseAsked(recorded_run.run, End::Complete)),
                            "primary",
                            text(t.unfinished_secret_saved()),
                        ))
                        .html(),
                ]),
            )
        });
        let kind = if secret.is_some() { "" } else { "primary" };
        fragment(vec![
            secret.unwrap_or_default(),
            choice(
                button(
                    send,
                    Msg::Run(RunMsg::ResumeAsked(recorded_run.run)),
                    kind,
                    text(t.unfinished_continue()),
                ),
                t.unfinished_continue_text(),
            ),
            choice(
                button(
                    send,
                    Msg::Run(RunMsg::UndoAsked(recorded_run.run)),
                    "",
                    text(t.unfinished_undo()),
                ),
                t.unfinished_undo_text(),
            ),
            keep,
        ])
    };
    el("section")
        .class("card")
        .child(el("h2").text(&t.unfinished_run(&began)))
        .node(essentials(vec![
            (t.unfinished_account(), foreign(&started.account.name)),
            (t.unfinished_tenant(), code(&started.tenant.to_string())),
            (t.unfinished_cloud(), text(cloud_name(t, cloud))),
            (t.unfinished_run_id(), code(&recorded_run.run.to_string())),
        ]))
        .child(el("h3").text(t.unfinished_steps()))
        .child(
            el("ul")
                .class("list")
                .nodes(&mut summaries(recorded_run).into_iter().map(|it| row(t, it))),
        )
        .node(choices)
        .child(
            el("p")
                .class("row")
                .node(button(send, export, "", text(t.unfinished_export()))),
        )
        .html()
}

fn choice(button: Html, what: &'static str) -> Html {
    el("div")
        .class("option")
        .node(button)
        .child(el("p").class("quiet").text(what))
        .html()
}

fn row(t: Locale, (step, summary): (StepId, StepSummary)) -> Html {
    let (icon, state, name) = match summary {
        StepSummary::Done => (Icon::Check, "done", t.unfinished_state_done()),
        StepSummary::Unknown => (Icon::Info, "warning", t.unfinished_state_unknown()),
        StepSummary::Remains => (Icon::Circle, "waiting", t.unfinished_state_remains()),
    };
    let note = (summary == StepSummary::Unknown).then(|| {
        el("span")
            .class("list-note")
            .text(t.unfinished_unknown_text())
            .html()
    });
    el("li")
        .node(icon.view_as("mark", state))
        .child(
            el("span")
                .class("list-text")
                .child(el("span").text(&step_name(t, step)))
                .node_some(note),
        )
        .child(el("span").attr("data-state", state).class("tag").text(name))
        .html()
}

fn foreign_records(
    t: Locale,
    send: &Callback<Msg>,
    run: &str,
    why: Unreadable,
    records: &str,
) -> Html {
    let (sentence, may_discard) = match why {
        Unreadable::Broken => (t.unfinished_broken(), true),
        Unreadable::Newer => (t.unfinished_newer(), false),
    };
    let save = Msg::SaveAsked(File {
        name: "cmg-entra-setup-records.jsonl".to_owned(),
        kind: "application/jsonl",
        text: records.to_owned(),
    });
    let discard = may_discard.then(|| {
        button(
            send,
            Msg::Run(RunMsg::DiscardAsked(run.to_owned())),
            "",
            text(t.unfinished_discard()),
        )
    });
    message(
        Severity::Warning,
        t.unfinished_broken_title(),
        fragment(vec![
            el("p").text(sentence).html(),
            el("p")
                .class("row")
                .node(button(send, save, "", text(t.unfinished_export())))
                .node_some(discard)
                .html(),
        ]),
    )
}

fn from_file(model: &Model) -> Html {
    let t = model.locale;
    let fault = model.runs.journals.file_refused.map(|why| match why {
        Unreadable::Broken => t.unfinished_file_broken().to_owned(),
        Unreadable::Newer => t.unfinished_file_newer().to_owned(),
    });
    el("details")
        .class("card fold")
        .child(el("summary").child(el("h2").text(t.unfinished_file_title())))
        .node(
            TextField {
                entry: FieldId::Journal,
                kind: InputKind::Lines,
                label: t.unfinished_file_label(),
                hint: t.unfinished_file_hint(),
                value: &model.runs.journals.file_text,
                fault,
                is_required: false,
            }
            .view(t),
        )
        .node(file_field(t, FieldId::Journal))
        .html()
}
