//! Hand-over: what to enter in Configuration Manager, field by field; the secret, shown once; the script, the record, and the remaining
//! steps.

use crate::ui::components::next_steps;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::message::problem_as;
use crate::ui::components::refused::left_out;
use crate::ui::components::text::code;
use crate::ui::components::time::day;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::model::Model;
use crate::ui::model::SECRET_FIELD;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::msg::RunMsg;
use crate::ui::review::outcome::exemption_of;
use crate::ui::route::Route;
use crate::ui::runs::state::RunState;
use crate::ui::runs::values::ALL_VALUES;
use crate::ui::runs::values::copy_all;
use crate::ui::runs::values::dialogs;
use crate::ui::runs::values::secret_copy;
use crate::ui::sign_in::view::sign_out;
use domain::locale::Locale;
use engine::desired::purpose::Purpose;
use engine::desired::repair::Repair;
use engine::export::configmgr;
use engine::export::from_run::NotReady;
use engine::export::handoff::Handoff;
use engine::export::next_steps::DisableAuthentication;
use engine::export::reminder::Reminder;
use engine::export::renewal::after_new_secret;
use engine::plan::step::StepId;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let handoff = match model.runs.run.as_ref().map(|run| &run.handoff) {
        Some(Ok(handoff)) => handoff,
        Some(Err(NotReady::Secret(_))) if model.setup.draft.secret_later => {
            return secret_later(model, send);
        }
        Some(Err(_)) if is_retired(model) => {
            return head("", t.hand_over_retired(), t.hand_over_retired_text());
        }
        Some(Err(_))
            if model
                .runs
                .run
                .as_ref()
                .is_some_and(|run| run.has_left_out()) =>
        {
            return fragment(vec![
                head("", t.hand_over_left_out(), t.hand_over_left_out_text()),
                left_out_of(model),
                el("p")
                    .class("row")
                    .node(button(
                        send,
                        Msg::WentTo(Route::Review),
                        "primary",
                        text(t.run_continue()),
                    ))
                    .html(),
            ]);
        }
        Some(Err(_)) | None => {
            return fragment(vec![
                head("", t.hand_over_missing(), t.hand_over_missing_text()),
                // An incomplete pair may have a secret too, and this is its only copy.
                model.runs.secret.as_ref().map_or_else(Html::default, |it| {
                    secret(model, send, &t.hand_over_secret_ends(day(t, it.end)))
                }),
                // With a run, the button is at the end of the page.
                if model.runs.run.is_none() {
                    let to_start = Msg::WentTo(Route::Start);
                    el("p")
                        .class("row")
                        .node(button(send, to_start, "primary", text(t.undo_to_start())))
                        .html()
                } else {
                    Html::default()
                },
            ]);
        }
    };
    let purpose = model.runs.run.as_ref().map(|run| run.purpose());
    if purpose == Some(Purpose::Renewal) {
        return renewed(model, send, handoff);
    }
    fragment(vec![
        head("", t.hand_over_title(), t.hand_over_lead()),
        ready(model, handoff),
        incomplete(model, send),
        secret(
            model,
            send,
            &t.hand_over_secret_ends(day(t, handoff.server.secret.end)),
        ),
        send_back(model, send, handoff),
        renewal(model, send, handoff),
        values(model, send, handoff),
        script(model, send, handoff),
        steps(model, send, handoff),
        done(model, send),
    ])
}

/// Every field, grouped by the page or dialog that it is on.
pub fn values(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let t = model.locale;
    el("section")
        .class("card")
        .attr("id", ALL_VALUES)
        .child(el("h2").text(t.hand_over_values()))
        .node(copy_all(t, send, handoff))
        .node(dialogs(model, send, handoff))
        .node_some(
            handoff
                .app_id_uri_note(t)
                .map(|note| message(Severity::Info, "", el("p").text(&note).html())),
        )
        .html()
}

/// The remaining steps.
pub fn steps(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let t = model.locale;
    el("section")
        .class("card")
        .child(el("h2").text(t.hand_over_steps()))
        .node_some(azure(model))
        .child(
            el("ol")
                .class("numbered")
                .nodes(&mut handoff.next_steps(t).into_iter().map(|mut step| {
                    if let Some(request) = &mut step.request {
                        request.link = model.provider_link(handoff.tenant.id, request);
                    }
                    next_steps::step(t, send, &step)
                })),
        )
        .node(other_tenant(t, handoff))
        .node(disable(t))
        .html()
}

/// What the person who made the plan needs, if there is one, and what goes another way.
fn send_back(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let t = model.locale;
    if model.plan.agreed.is_none() {
        return Html::default();
    }
    el("section")
        .class("card no-print")
        .child(el("h2").text(t.hand_over_back()))
        .child(el("p").text(t.hand_over_back_text()))
        .child(
            el("p")
                .class("row")
                .node(save_record(model, send, handoff, "primary")),
        )
        .child(el("p").text(t.hand_over_back_secret()))
        .html()
}

fn done(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    el("section")
        .class("card no-print")
        .child(el("h2").text(t.hand_over_done()))
        .child(el("p").text(t.hand_over_done_text()))
        .child(
            el("p")
                .class("row")
                .node_some(model.setup.draft.has_existing().then(|| {
                    button(
                        send,
                        Msg::WentTo(Route::Report),
                        "",
                        text(t.run_check_again()),
                    )
                }))
                .node_some(evidence(model, send))
                .node(sign_out(model, send, "")),
        )
        .html()
}

/// The evidence of the run, if it has ended.
pub fn evidence(model: &Model, send: &Callback<Msg>) -> Option<Html> {
    let run = model.runs.run.as_ref()?;
    let to = Msg::WentTo(Route::Evidence);
    run.has_evidence()
        .then(|| button(send, to, "", text(model.locale.run_evidence())))
}

fn is_retired(model: &Model) -> bool {
    let run = model.runs.run.as_ref();
    run.is_some_and(|run| !run.deleted().is_empty())
}

/// A pair that the site knows already: only its secret is new.
fn renewed(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let t = model.locale;
    fragment(vec![
        head("", t.hand_over_renewed_title(), t.hand_over_renewed_lead()),
        incomplete(model, send),
        secret(
            model,
            send,
            &t.hand_over_secret_ends(day(t, handoff.server.secret.end)),
        ),
        renewal(model, send, handoff),
        el("section")
            .class("card")
            .child(el("h2").text(t.hand_over_files()))
            .child(
                el("p")
                    .class("row")
                    .node(save_reminder(model, send, handoff))
                    .node(save_record(model, send, handoff, "")),
            )
            .child(
                el("p")
                    .class("quiet small no-print")
                    .text(t.hand_over_record_text()),
            )
            .html(),
        done(model, send),
    ])
}

/// A run that ended early still hands over what Configuration Manager can use.
fn incomplete(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let state = model.runs.run.as_ref().map(|run| run.state);
    if state.is_none_or(|state| state == RunState::Complete) {
        return Html::default();
    }
    let run = model.runs.run.as_ref();
    if run.is_some_and(|run| run.has_left_out() && run.state == RunState::Paused) {
        return left_out_of(model);
    }
    message(
        Severity::Warning,
        t.hand_over_incomplete(),
        fragment(vec![
            el("p").text(t.hand_over_incomplete_text()).html(),
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::WentTo(Route::Run),
                    "",
                    text(t.hand_over_run()),
                ))
                .html(),
        ]),
    )
}

/// What was set up, with the IDs that a ticket needs.
fn ready(model: &Model, handoff: &Handoff) -> Html {
    let t = model.locale;
    let run = model.runs.run.as_ref();
    if !run.is_some_and(|run| run.state == RunState::Complete && run.purpose() == Purpose::SetUp) {
        return Html::default();
    }
    message(
        Severity::Good,
        t.hand_over_ready(),
        essentials(vec![
            (
                t.plan_server_app(),
                code(&handoff.server.app_id.to_string()),
            ),
            (
                t.plan_client_app(),
                code(&handoff.client.app_id.to_string()),
            ),
            (
                t.azure_service_tenant_id(),
                code(&handoff.tenant.id.to_string()),
            ),
        ]),
    )
}

fn left_out_of(model: &Model) -> Html {
    match &model.runs.run {
        Some(run) if run.has_left_out() => left_out(model.locale, &run.review.refused),
        Some(_) | None => Html::default(),
    }
}

fn save_reminder(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let t = model.locale;
    let reminder = Reminder::from(handoff);
    let reminder = File {
        name: reminder.file_name(),
        kind: "text/calendar",
        text: reminder.file(model.now, t),
    };
    button(
        send,
        Msg::SaveAsked(reminder),
        "",
        fragment(vec![Icon::Save.view(), text(t.secrets_remind())]),
    )
}

/// The hash of the plan that was carried out, or of the opened record.
fn plan_hash(model: &Model) -> Option<&str> {
    let run = model.runs.run.as_ref();
    let received = model.runs.received.as_ref();
    let of_run = run.map(|run| &run.review.plan_hash);
    of_run
        .or_else(|| received.map(|it| &it.result.plan_hash))?
        .as_deref()
}

fn save_record(model: &Model, send: &Callback<Msg>, handoff: &Handoff, kind: &'static str) -> Html {
    let t = model.locale;
    let record = File {
        name: handoff.record_file_name(),
        kind: "application/json",
        text: handoff.record(plan_hash(model)),
    };
    button(
        send,
        Msg::SaveAsked(record),
        kind,
        fragment(vec![Icon::Save.view(), text(t.hand_over_record())]),
    )
}

/// The apps were created without a secret, because a policy blocks it.
fn secret_later(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let request = model.runs.run.as_ref();
    fragment(vec![
        head("", t.hand_over_secret_later(), ""),
        message(
            Severity::Warning,
            "",
            fragment(vec![
                el("p").text(t.hand_over_secret_later_text()).html(),
                el("p")
                    .class("row")
                    .node(button(
                        send,
                        Msg::WentTo(Route::CheckPair),
                        "primary",
                        text(t.hand_over_check_pair()),
                    ))
                    .html(),
            ]),
        ),
        request.map_or_else(Html::default, |run| {
            exemption_of(model, send, "h2", &run.review)
        }),
    ])
}

/// Why the resource providers are not registered yet.
fn azure(model: &Model) -> Option<Html> {
    let mut failed = model.runs.run.as_ref()?.problems();
    let (_, problem) = failed.find(|(id, _)| matches!(id, StepId::Provider(_)))?;
    Some(problem_as(model.locale, Severity::Warning, problem))
}

/// An existing pair: the site knows it, and only the secret is new.
fn renewal(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let t = model.locale;
    let made = model
        .runs
        .run
        .as_ref()
        .is_some_and(|run| run.is_repair() && run.has_made(StepId::Secret));
    if !made {
        return Html::default();
    }
    let renewal = after_new_secret(handoff.server.secret.end, None, t);
    el("section")
        .class("card")
        .child(el("h2").text(t.hand_over_steps()))
        .node(next_steps::steps(t, send, &renewal.steps))
        .html()
}

/// The secret. Its field has no value in the markup: `Effect::FillSecret` writes and clears the text.
fn secret(model: &Model, send: &Callback<Msg>, ends: &str) -> Html {
    let t = model.locale;
    if model.runs.secret.is_none() {
        return el("section")
            .class("card")
            .child(el("h2").text(t.hand_over_secret()))
            .child(el("p").text(t.hand_over_secret_none()))
            .node_some(model.setup.draft.has_existing().then(|| {
                el("p")
                    .node(button(
                        send,
                        Msg::Pair(PairMsg::RepairAsked(Repair::Secret)),
                        "",
                        text(t.secrets_renew_action()),
                    ))
                    .html()
            }))
            .child(el("p").class("quiet").text(ends))
            .html();
    }
    let toggle = if model.runs.is_secret_shown {
        t.hand_over_secret_hide()
    } else {
        t.hand_over_secret_show()
    };
    el("section")
        .attr("data-state", "secret")
        .class("card")
        .child(el("h2").text(t.hand_over_secret()))
        .child(el("p").text(t.hand_over_secret_text()))
        .child(
            el("div")
                .class("value")
                .child(
                    el("label")
                        .attr("for", SECRET_FIELD)
                        .text(t.hand_over_secret_label()),
                )
                .child(
                    el("input")
                        .attr("id", SECRET_FIELD)
                        .class("no-print")
                        .attr("type", "text")
                        .attr("placeholder", "••••••••••••••••••••")
                        .attr("autocomplete", "off")
                        .attr("spellcheck", "false")
                        .attr("translate", "no")
                        .attr("aria-describedby", "secret-hint")
                        .attr("readonly", "readonly"),
                )
                .child(
                    el("span")
                        .class("row")
                        .node(button(
                            send,
                            Msg::Run(RunMsg::SecretToggled),
                            "",
                            el("span")
                                .text(toggle)
                                .child(
                                    el("span")
                                        .class("unseen")
                                        .text(" ")
                                        .text(t.hand_over_secret_label()),
                                )
                                .html(),
                        ))
                        .node(secret_copy(t, send, "primary")),
                )
                .child(
                    el("p")
                        .attr("id", "secret-hint")
                        .class("field-hint")
                        .text(t.hand_over_secret_hint())
                        .text(" ")
                        .text(ends)
                        .text("."),
                ),
        )
        .node(if model.runs.asks_before_removal {
            message(
                Severity::Warning,
                t.hand_over_secret_unseen(),
                fragment(vec![
                    el("p").text(t.hand_over_secret_unseen_text()).html(),
                    el("p")
                        .class("row")
                        .node(secret_copy(t, send, "primary"))
                        .node(button(
                            send,
                            Msg::Run(RunMsg::SecretSaved),
                            "",
                            text(t.hand_over_secret_remove()),
                        ))
                        .html(),
                ]),
            )
        } else {
            el("p")
                .node(button(
                    send,
                    Msg::Run(RunMsg::SecretSaved),
                    "",
                    fragment(vec![Icon::Check.view(), text(t.hand_over_secret_saved())]),
                ))
                .html()
        })
        .html()
}

/// The script and the other files.
pub fn script(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let t = model.locale;
    let script = configmgr::script(handoff);
    let file = File {
        name: configmgr::file_name(handoff),
        kind: "text/plain",
        text: script.clone(),
    };
    // Otherwise it is above, for the person who made the plan.
    let is_back = model.plan.agreed.is_some() && model.runs.received.is_none();
    let record = (!is_back).then(|| save_record(model, send, handoff, ""));
    let copied = Msg::CopyAsked {
        id: "script".to_owned(),
        text: script.clone(),
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.hand_over_script()))
        .child(el("p").text(t.hand_over_script_text()))
        .child(
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::SaveAsked(file),
                    "primary",
                    fragment(vec![Icon::Save.view(), text(t.hand_over_script_save())]),
                ))
                .node(button(
                    send,
                    copied,
                    "",
                    fragment(vec![Icon::Copy.view(), text(t.hand_over_script_copy())]),
                ))
                .node(save_reminder(model, send, handoff))
                .node_some(record),
        )
        .node_some((!is_back).then(|| {
            el("p")
                .class("quiet small no-print")
                .text(t.hand_over_record_text())
                .html()
        }))
        .child(
            el("details")
                .class("fold no-print")
                .child(el("summary").text(t.hand_over_script_show()))
                .child(
                    el("pre")
                        .attr("id", "script")
                        .attr("tabindex", "0")
                        .attr("role", "group")
                        .attr("aria-label", t.hand_over_script())
                        .attr("translate", "no")
                        .class("listing")
                        .child(el("code").text(&script)),
                ),
        )
        .html()
}

/// Steps for a subscription that belongs to another tenant than the pair.
fn other_tenant(t: Locale, handoff: &Handoff) -> Html {
    el("details")
        .class("fold")
        .child(el("summary").text(t.hand_over_other_tenant()))
        .child(
            el("ol").class("numbered").nodes(
                &mut handoff
                    .other_tenant(t)
                    .into_iter()
                    .map(|step| el("li").child(el("span").text(&step)).html()),
            ),
        )
        .html()
}

fn disable(t: Locale) -> Html {
    let step = DisableAuthentication::describe(t);
    el("details")
        .class("fold")
        .child(el("summary").text(t.hand_over_disable()))
        .child(
            el("div")
                .class("group")
                .child(el("p").text(step.when))
                .child(el("p").text(step.path))
                .child(el("p").child(el("strong").text(step.option)))
                .child(
                    el("ul")
                        .class("bullets")
                        .nodes(&mut step.notes.into_iter().map(|line| {
                            el("li")
                                .node(Icon::Info.view())
                                .child(el("span").text(line))
                                .html()
                        }))
                        .nodes(&mut step.hurry.into_iter().map(|line| {
                            el("li")
                                .node(Icon::Info.view())
                                .child(el("span").text(&line))
                                .html()
                        })),
                ),
        )
        .html()
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let run = model.runs.run.as_ref();
    // Nothing else on the page leads on.
    let is_missing = run.is_some_and(|run| run.handoff.is_err() && !run.has_left_out());
    let is_primary = is_missing && !model.setup.draft.secret_later;
    let kind = if is_primary { "primary" } else { "" };
    button(
        send,
        Msg::WentTo(Route::Run),
        kind,
        text(model.locale.hand_over_run()),
    )
}
