//! Unfinished runs: what is done, unknown and remaining, and the choices. Nothing happens automatically.

use crate::ui::components::time::moment;
use crate::ui::runs::file::file;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::field::Kind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
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
    let words = model.words;
    let journals = &model.runs.journals;
    let mut parts = vec![head("", words.unfinished_title(), words.unfinished_lead())];
    if !journals.is_waiting() {
        parts.push(tag("p").say(words.unfinished_none()).html());
    }
    // Newest first: usually the one that the admin looks for.
    let mut open: Vec<&RecordedRun> = journals.open().collect();
    open.reverse();
    for past in open {
        if let Some(leg) = past.started() {
            parts.push(run(model, send, past, leg));
        }
    }
    for it in &journals.shelved {
        if let StoredRun::Foreign { run, why, text } = it {
            parts.push(foreign_records(words, send, run, *why, text));
        }
    }
    parts.push(finished(model, send));
    parts.push(from_file(model));
    several(parts)
}

/// How many finished runs are stored, for how long, and how to remove them now.
fn finished(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let count = u64::try_from(model.runs.journals.finished()).unwrap_or_default();
    if count == 0 {
        return Html::default();
    }
    tag("section")
        .class("card")
        .with(tag("h2").say(words.unfinished_finished_title()))
        .with(tag("p").say(&words.unfinished_finished(count)))
        .with(tag("p").class("row").put(button(
            send,
            Msg::TidyAsked,
            "",
            text(words.unfinished_finished_remove()),
        )))
        .html()
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    button(
        send,
        Msg::WentTo(Route::Start),
        "",
        text(model.words.undo_back()),
    )
}

fn run(model: &Model, send: &Callback<Msg>, past: &RecordedRun, leg: &RunStarted) -> Html {
    let words = model.words;
    let cloud = Cloud::find(&leg.cloud).unwrap_or_default();
    let is_of_another = model.sign_in.access.user().is_some_and(|visitor| {
        visitor.tenant == leg.tenant && visitor.account.object_id != leg.account.object_id
    });
    let export = Msg::SaveAsked(file(past));
    let began = moment(past.began());
    let keep = choice(
        button(
            send,
            Msg::CloseAsked(past.run, End::Kept),
            "",
            text(words.unfinished_keep()),
        ),
        words.unfinished_keep_text(),
    );
    let choices = if is_of_another {
        several(vec![
            message(
                Severity::Warning,
                words.unfinished_other_title(),
                tag("p")
                    .say(&words.unfinished_other(isolated(&leg.account.name)))
                    .html(),
            ),
            keep,
        ])
    } else {
        let secret = waits_for_secret_alone(past).then(|| {
            message(
                Severity::Warning,
                words.unfinished_secret_title(),
                several(vec![
                    tag("p").say(words.unfinished_secret_text()).html(),
                    tag("p")
                        .class("row")
                        .put(button(
                            send,
                            Msg::CloseAsked(past.run, End::Complete),
                            "primary",
                            text(words.unfinished_secret_saved()),
                        ))
                        .html(),
                ]),
            )
        });
        let kind = if secret.is_some() { "" } else { "primary" };
        several(vec![
            secret.unwrap_or_default(),
            choice(
                button(
                    send,
                    Msg::ResumeAsked(past.run),
                    kind,
                    text(words.unfinished_continue()),
                ),
                words.unfinished_continue_text(),
            ),
            choice(
                button(
                    send,
                    Msg::UndoAsked(past.run),
                    "",
                    text(words.unfinished_undo()),
                ),
                words.unfinished_undo_text(),
            ),
            keep,
        ])
    };
    tag("section")
        .class("card")
        .with(tag("h2").say(&words.unfinished_run(&began)))
        .put(essentials(vec![
            (words.unfinished_account(), foreign(&leg.account.name)),
            (words.unfinished_tenant(), code(&leg.tenant.to_string())),
            (words.unfinished_cloud(), text(cloud_name(words, cloud))),
            (words.unfinished_run_id(), code(&past.run.to_string())),
        ]))
        .with(tag("h3").say(words.unfinished_steps()))
        .with(
            tag("ul")
                .class("list")
                .all(&mut summaries(past).into_iter().map(|it| row(words, it))),
        )
        .put(choices)
        .with(tag("p").class("row").put(button(
            send,
            export,
            "quiet",
            text(words.unfinished_export()),
        )))
        .html()
}

fn choice(button: Html, what: &'static str) -> Html {
    tag("div")
        .class("option")
        .put(button)
        .with(tag("p").class("quiet").say(what))
        .html()
}

fn row(words: Locale, (step, summary): (StepId, StepSummary)) -> Html {
    let (icon, state, name) = match summary {
        StepSummary::Done => (Icon::Check, "done", words.unfinished_state_done()),
        StepSummary::Unknown => (Icon::Info, "warning", words.unfinished_state_unknown()),
        StepSummary::Remains => (Icon::Circle, "waiting", words.unfinished_state_remains()),
    };
    let note = (summary == StepSummary::Unknown).then(|| {
        tag("span")
            .class("list-note")
            .say(words.unfinished_unknown_text())
            .html()
    });
    tag("li")
        .put(icon.draw_as("mark", state))
        .with(
            tag("span")
                .class("list-text")
                .with(tag("span").say(&step_name(words, step)))
                .maybe(note),
        )
        .with(tag("span").set("data-state", state).class("tag").say(name))
        .html()
}

fn foreign_records(
    words: Locale,
    send: &Callback<Msg>,
    run: &str,
    why: Unreadable,
    records: &str,
) -> Html {
    let (sentence, may_discard) = match why {
        Unreadable::Broken => (words.unfinished_broken(), true),
        Unreadable::Newer => (words.unfinished_newer(), false),
    };
    let save = Msg::SaveAsked(File {
        name: "cmg-entra-setup-records.jsonl".to_owned(),
        kind: "application/jsonl",
        text: records.to_owned(),
    });
    let discard = may_discard.then(|| {
        button(
            send,
            Msg::DiscardAsked(run.to_owned()),
            "",
            text(words.unfinished_discard()),
        )
    });
    message(
        Severity::Warning,
        words.unfinished_broken_title(),
        several(vec![
            tag("p").say(sentence).html(),
            tag("p")
                .class("row")
                .put(button(send, save, "", text(words.unfinished_export())))
                .maybe(discard)
                .html(),
        ]),
    )
}

fn from_file(model: &Model) -> Html {
    let words = model.words;
    let fault = model.runs.journals.file_refused.map(|why| match why {
        Unreadable::Broken => words.unfinished_file_broken().to_owned(),
        Unreadable::Newer => words.unfinished_file_newer().to_owned(),
    });
    tag("details")
        .class("card fold")
        .with(tag("summary").with(tag("h2").say(words.unfinished_file_title())))
        .put(
            TextField {
                entry: FieldId::Journal,
                kind: Kind::Lines,
                label: words.unfinished_file_label(),
                hint: words.unfinished_file_hint(),
                value: &model.runs.journals.file_text,
                fault,
                is_required: false,
            }
            .view(words),
        )
        .html()
}
