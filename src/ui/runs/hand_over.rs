//! Hand-over: what to enter in Configuration Manager, field by field; the secret, shown once; the script, the record, and the remaining
//! steps.

use crate::ui::components::next_steps;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::message::told;
use crate::ui::components::time::day;
use crate::ui::components::value::button;
use crate::ui::components::value::copy_label;
use crate::ui::components::value::copyable;
use crate::ui::model::Model;
use crate::ui::model::SECRET_FIELD;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::review::outcome::exemption_of;
use crate::ui::route::Route;
use crate::ui::sign_in::view::sign_out;
use domain::locale::Locale;
use engine::desired::repair::Repair;
use engine::export::configmgr;
use engine::export::dialogs::Dialog;
use engine::export::dialogs::Field;
use engine::export::dialogs::FieldKind;
use engine::export::from_run::NotReady;
use engine::export::handoff::Handoff;
use engine::export::next_steps::DisableAuthentication;
use engine::export::reminder::Reminder;
use engine::export::renewal::Origin;
use engine::export::renewal::after_new_secret;
use engine::plan::step::StepId;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let handoff = match model.runs.run.as_ref().map(|run| &run.handoff) {
        Some(Ok(handoff)) => handoff,
        Some(Err(NotReady::Secret(_))) if model.setup.draft.secret_later => {
            return secret_later(model, send);
        }
        Some(Err(_)) | None => {
            return several(vec![
                head("", words.hand_over_title(), ""),
                // An incomplete pair may have a secret too, and this is its only copy.
                model.runs.secret.as_ref().map_or_else(Html::default, |it| {
                    secret(model, send, &words.hand_over_secret_ends(day(it.end)))
                }),
                message(
                    Severity::Warning,
                    words.hand_over_missing(),
                    tag("p").say(words.hand_over_missing_text()).html(),
                ),
            ]);
        }
    };
    several(vec![
        head("", words.hand_over_title(), words.hand_over_lead()),
        secret(
            model,
            send,
            &words.hand_over_secret_ends(handoff.secret_end_day()),
        ),
        renewal(model, handoff),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.hand_over_values()))
            .put(dialogs(model, send, handoff))
            .maybe(
                handoff
                    .app_id_uri_note(words)
                    .map(|note| message(Severity::Info, "", tag("p").say(&note).html())),
            )
            .html(),
        script(model, send, handoff),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.hand_over_steps()))
            .maybe(azure(model))
            .with(
                tag("ol").class("numbered").all(
                    &mut handoff
                        .next_steps(words)
                        .iter()
                        .map(|step| next_steps::step(words, step)),
                ),
            )
            .put(other_tenant(words, handoff))
            .put(disable(words))
            .html(),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.hand_over_done()))
            .with(tag("p").say(words.hand_over_done_text()))
            .with(
                tag("p")
                    .class("row")
                    .maybe(model.setup.draft.has_existing().then(|| {
                        button(
                            send,
                            Msg::WentTo(Route::Report),
                            "",
                            text(words.run_check_again()),
                        )
                    }))
                    .put(sign_out(model, send, "")),
            )
            .html(),
    ])
}

/// The apps were created without a secret, because a policy blocks it.
fn secret_later(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let request = model.runs.run.as_ref();
    several(vec![
        head("", words.hand_over_secret_later(), ""),
        message(
            Severity::Warning,
            "",
            several(vec![
                tag("p").say(words.hand_over_secret_later_text()).html(),
                tag("p")
                    .class("row")
                    .put(button(
                        send,
                        Msg::WentTo(Route::CheckPair),
                        "primary",
                        text(words.hand_over_check_pair()),
                    ))
                    .html(),
            ]),
        ),
        request.map_or_else(Html::default, |run| {
            exemption_of(model, send, "h2", &run.sheet)
        }),
    ])
}

/// Why the resource providers are not registered yet.
fn azure(model: &Model) -> Option<Html> {
    let mut failed = model.runs.run.as_ref()?.problems();
    let (_, problem) = failed.find(|(id, _)| matches!(id, StepId::Provider(_)))?;
    Some(told(model.words, Severity::Warning, problem))
}

/// An existing pair: the site knows it, and only the secret is new.
fn renewal(model: &Model, handoff: &Handoff) -> Html {
    let words = model.words;
    let made = model
        .runs
        .run
        .as_ref()
        .is_some_and(|run| run.is_repair() && run.has_made(StepId::Secret));
    if !made {
        return Html::default();
    }
    let renewal = after_new_secret(Origin::Unknown, handoff.server.secret.end, None, words);
    tag("section")
        .class("card")
        .with(tag("h2").say(words.renewal_enter()))
        .put(next_steps::steps(words, &renewal.steps))
        .html()
}

/// The secret. Its field has no value in the markup: `Effect::FillSecret` writes and clears the text.
fn secret(model: &Model, send: &Callback<Msg>, ends: &str) -> Html {
    let words = model.words;
    if model.runs.secret.is_none() {
        return tag("section")
            .class("card")
            .with(tag("h2").say(words.hand_over_secret()))
            .with(tag("p").say(words.hand_over_secret_none()))
            .maybe(model.setup.draft.has_existing().then(|| {
                tag("p")
                    .put(button(
                        send,
                        Msg::Pair(PairMsg::RepairAsked(Repair::Secret)),
                        "",
                        text(words.secrets_renew_action()),
                    ))
                    .html()
            }))
            .with(tag("p").class("quiet").say(ends))
            .html();
    }
    let toggle = if model.runs.is_secret_shown {
        words.hand_over_secret_hide()
    } else {
        words.hand_over_secret_show()
    };
    tag("section")
        .set("data-state", "secret")
        .class("card")
        .with(tag("h2").say(words.hand_over_secret()))
        .with(tag("p").say(words.hand_over_secret_text()))
        .with(
            tag("div")
                .class("value")
                .with(
                    tag("label")
                        .set("for", SECRET_FIELD)
                        .say(words.hand_over_secret_label()),
                )
                .with(
                    tag("input")
                        .set("id", SECRET_FIELD)
                        .set("type", "text")
                        .set("placeholder", "••••••••••••••••••••")
                        .set("autocomplete", "off")
                        .set("spellcheck", "false")
                        .set("translate", "no")
                        .set("aria-describedby", "secret-hint")
                        .set("readonly", "readonly"),
                )
                .with(
                    tag("span")
                        .class("row")
                        .put(button(
                            send,
                            Msg::SecretToggled,
                            "",
                            tag("span")
                                .say(toggle)
                                .with(
                                    tag("span")
                                        .class("unseen")
                                        .say(" ")
                                        .say(words.hand_over_secret_label()),
                                )
                                .html(),
                        ))
                        .put(secret_copy(words, send, "primary")),
                )
                .with(
                    tag("p")
                        .set("id", "secret-hint")
                        .class("field-hint")
                        .say(words.hand_over_secret_hint())
                        .say(" ")
                        .say(ends)
                        .say("."),
                ),
        )
        .with(tag("p").put(button(
            send,
            Msg::SecretSaved,
            "",
            several(vec![
                Icon::Check.view(),
                text(words.hand_over_secret_saved()),
            ]),
        )))
        .html()
}

/// Every field, grouped by the page or dialog that it is on.
fn dialogs(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let words = model.words;
    let fields = handoff.fields(words);
    let mut pages: Vec<Dialog> = Vec::new();
    for field in &fields {
        if !pages.contains(&field.dialog) {
            pages.push(field.dialog);
        }
    }
    several(
        pages
            .into_iter()
            .map(|dialog| {
                tag("section")
                    .class("group")
                    .with(tag("h3").say(dialog.title(words)))
                    .maybe(
                        dialog
                            .note(words)
                            .map(|note| tag("p").class("field-hint").say(note).html()),
                    )
                    .with(
                        tag("div").class("values").all(
                            &mut fields
                                .iter()
                                .enumerate()
                                .filter(|(_, field)| field.dialog == dialog)
                                .map(|(index, field)| value(model, send, index, field)),
                        ),
                    )
                    .html()
            })
            .collect(),
    )
}

fn value(model: &Model, send: &Callback<Msg>, index: usize, field: &Field) -> Html {
    let words = model.words;
    let copy_secret = (field.kind == FieldKind::Secret && model.runs.secret.is_some())
        .then(|| secret_copy(words, send, ""));
    match field.kind {
        FieldKind::Copy => copyable(
            words,
            send,
            &format!("value-{index}"),
            field.label,
            &field.value,
        ),
        FieldKind::Choose | FieldKind::Secret => tag("div")
            .class("value")
            .with(tag("span").class("value-label").say(field.label))
            .with(tag("span").class("value-text").say(&field.value))
            .maybe(copy_secret)
            .maybe((field.kind == FieldKind::Choose).then(|| {
                tag("span")
                    .class("field-hint")
                    .say(words.hand_over_choose())
                    .html()
            }))
            .html(),
    }
}

/// Copies the secret without showing it.
fn secret_copy(words: Locale, send: &Callback<Msg>, kind: &'static str) -> Html {
    let label = copy_label(words, words.hand_over_secret_label());
    button(send, Msg::SecretCopyAsked, kind, label)
}

fn script(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let words = model.words;
    let reminder = Reminder::from(handoff);
    let reminder = File {
        name: reminder.file_name(),
        kind: "text/calendar",
        text: reminder.file(model.now, words),
    };
    let script = configmgr::script(handoff);
    let file = File {
        name: configmgr::file_name(handoff),
        kind: "text/plain",
        text: script.clone(),
    };
    let record = File {
        name: handoff.record_file_name(),
        kind: "application/json",
        text: handoff.record(words),
    };
    let copied = Msg::CopyAsked {
        id: "script".to_owned(),
        text: script.clone(),
    };
    tag("section")
        .class("card")
        .with(tag("h2").say(words.hand_over_script()))
        .with(tag("p").say(words.hand_over_script_text()))
        .with(
            tag("p")
                .class("row")
                .put(button(
                    send,
                    Msg::SaveAsked(file),
                    "primary",
                    several(vec![Icon::Save.view(), text(words.hand_over_script_save())]),
                ))
                .put(button(
                    send,
                    copied,
                    "",
                    several(vec![Icon::Copy.view(), text(words.hand_over_script_copy())]),
                ))
                .put(button(
                    send,
                    Msg::SaveAsked(reminder),
                    "",
                    several(vec![Icon::Save.view(), text(words.secrets_remind())]),
                ))
                .put(button(
                    send,
                    Msg::SaveAsked(record),
                    "",
                    several(vec![Icon::Save.view(), text(words.hand_over_record())]),
                )),
        )
        .with(
            tag("p")
                .class("quiet small")
                .say(words.hand_over_record_text()),
        )
        .with(
            tag("details")
                .class("fold")
                .with(tag("summary").say(words.hand_over_script_show()))
                .with(
                    tag("pre")
                        .set("id", "script")
                        .set("tabindex", "0")
                        .set("role", "group")
                        .set("aria-label", words.hand_over_script())
                        .set("translate", "no")
                        .class("listing")
                        .with(tag("code").say(&script)),
                ),
        )
        .html()
}

/// Steps for a subscription that belongs to another tenant than the pair.
fn other_tenant(words: Locale, handoff: &Handoff) -> Html {
    tag("details")
        .class("fold")
        .with(tag("summary").say(words.hand_over_other_tenant()))
        .with(
            tag("ol").class("numbered").all(
                &mut handoff
                    .other_tenant(words)
                    .into_iter()
                    .map(|step| tag("li").with(tag("span").say(&step)).html()),
            ),
        )
        .html()
}

fn disable(words: Locale) -> Html {
    let told = DisableAuthentication::tell(words);
    tag("details")
        .class("fold")
        .with(tag("summary").say(words.hand_over_disable()))
        .with(
            tag("div")
                .class("group")
                .with(tag("p").say(told.when))
                .with(tag("p").say(told.path))
                .with(tag("p").with(tag("strong").say(told.option)))
                .with(
                    tag("ul")
                        .class("bullets")
                        .all(&mut told.notes.into_iter().map(|line| {
                            tag("li")
                                .put(Icon::Info.view())
                                .with(tag("span").say(line))
                                .html()
                        }))
                        .all(&mut told.hurry.into_iter().map(|line| {
                            tag("li")
                                .put(Icon::Info.view())
                                .with(tag("span").say(&line))
                                .html()
                        })),
                ),
        )
        .html()
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    button(
        send,
        Msg::WentTo(Route::Run),
        "",
        text(model.words.hand_over_run()),
    )
}
