//! Client secrets of a pair: the time line, and how to renew without a gap.

use crate::ui::components::next_steps::site_steps;
use jiff::SignedDuration;
use jiff::Timestamp;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::check_box;
use crate::ui::components::icon::Icon;
use crate::ui::components::repair::repair_box;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::moment;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::pair::sign_ins;
use crate::ui::pair::time_line::period;
use crate::ui::pair::time_line::time_line;
use crate::ui::setup::secret_life::secret_life;
use domain::config::features::Feature;
use domain::locale::Locale;
use engine::audit::Report;
use engine::audit::SecretFact;
use engine::desired::repair::Repair;
use engine::export::reminder::Reminder;

pub fn view(model: &Model, send: &Callback<Msg>, report: &Report) -> Html {
    let t = model.locale;
    if report.server.is_none() {
        return Html::default();
    }
    el("section")
        .class("card")
        .child(el("h2").text(t.secrets_title()))
        .node(if report.secrets.is_empty() {
            el("p").text(t.doc_secrets_none()).html()
        } else {
            fragment(vec![time_line(t, report), table(model, send, report)])
        })
        .node(sign_ins::view(model, send))
        .node_some(
            model
                .has(Feature::Repair)
                .then(|| renew(model, send, report)),
        )
        .html()
}

/// Steps of a renewal: create a secret, enter it, remove the old ones.
fn renew(model: &Model, send: &Callback<Msg>, report: &Report) -> Html {
    let t = model.locale;
    fragment(vec![
        el("h3").class("no-print").text(t.secrets_renew()).html(),
        el("ol")
            .class("numbered no-print")
            .child(
                el("li").child(
                    el("div")
                        .class("list-text")
                        .child(el("p").text(t.secrets_renew_make()))
                        .node(secret_life(model))
                        .child(el("p").node(button(
                            send,
                            Msg::Pair(PairMsg::RepairAsked(Repair::Secret)),
                            "",
                            text(t.secrets_renew_action()),
                        ))),
                ),
            )
            .child(
                el("li").child(
                    el("div")
                        .class("list-text")
                        .child(el("p").text(t.secrets_renew_enter()))
                        .node(site_steps(t, send, report)),
                ),
            )
            .child(
                el("li").child(
                    el("div")
                        .class("list-text")
                        .child(el("p").text(t.secrets_renew_remove()))
                        .node(has_new(model))
                        .node(old(model, report)),
                ),
            )
            .html(),
    ])
}

/// When the new secret was used. If that is not reported, the admin's word.
fn has_new(model: &Model) -> Html {
    let t = model.locale;
    match model.pair.new_secret_used(model.now) {
        Some(at) => el("p")
            .text(&t.secrets_new_used(moment(t, Some(at))))
            .html(),
        None => el("div")
            .class("choices")
            .node(check_box(
                FieldId::HasNewSecret,
                model.pair.has_new_secret,
                t.secrets_has_new(),
                t.secrets_has_new_hint(),
            ))
            .html(),
    }
}

/// Removal of secrets by key ID. The newest secret is not offered: it is the one that replaces the others.
fn old(model: &Model, report: &Report) -> Html {
    let newest = report.newest_secret(model.now).map(|it| it.key);
    let offered = report.repairs();
    el("div")
        .class("choices")
        .nodes(
            &mut report
                .secrets
                .iter()
                .filter(|it| Some(it.key) != newest)
                // The findings already offer these.
                .filter(|it| !offered.contains(&Repair::OldSecret(it.key)))
                .map(|it| {
                    repair_box(
                        model.locale,
                        &model.pair,
                        model.now,
                        "renew",
                        Repair::OldSecret(it.key),
                    )
                }),
        )
        .html()
}

/// A calendar reminder for an unexpired secret.
fn reminder(
    model: &Model,
    send: &Callback<Msg>,
    report: &Report,
    secret: &SecretFact,
) -> Option<Html> {
    let t = model.locale;
    let app = report.server.as_ref().filter(|_| secret.lives(model.now))?;
    // A secret without an end date needs no reminder.
    let reminder = Reminder::of(report.tenant, app, secret).ok()?;
    let file = File {
        name: reminder.file_name(),
        kind: "text/calendar",
        text: reminder.file(model.now, t),
    };
    Some(
        el("span")
            .class("no-print")
            .node(button(
                send,
                Msg::SaveAsked(file),
                "",
                fragment(vec![
                    Icon::Save.view(),
                    text(t.secrets_remind()),
                    el("span")
                        .class("unseen")
                        .text(" ")
                        .text(&secret.key.to_string())
                        .html(),
                ]),
            ))
            .html(),
    )
}

fn table(model: &Model, send: &Callback<Msg>, report: &Report) -> Html {
    let t = model.locale;
    el("ul")
        .class("list")
        .nodes(&mut report.secrets.iter().map(|secret| {
            let (look, label) = state(t, secret, model.now);
            let icon = match look {
                "yes" => Icon::Check,
                "no" => Icon::Cross,
                _ => Icon::Warning,
            };
            el("li")
                .node(icon.view_as("mark", look))
                .child(
                    el("div")
                        .class("list-text")
                        .child(el("span").node(foreign(&secret.name)))
                        .child(
                            el("span")
                                .class("list-note")
                                .node(code(&secret.key.to_string())),
                        )
                        .child(el("span").class("list-note").text(&period(t, secret)))
                        .node_some(sign_ins::of_secret(model, secret.key)),
                )
                .child(
                    el("span")
                        .class("row")
                        .child(el("span").attr("data-state", look).class("tag").text(label))
                        .node_some(reminder(model, send, report, secret)),
                )
                .html()
        }))
        .html()
}

fn state(t: Locale, secret: &SecretFact, now: Timestamp) -> (&'static str, &'static str) {
    const SOON: SignedDuration = SignedDuration::from_hours(24 * 60);
    let ends_soon = secret.end.is_some_and(|end| end.duration_since(now) < SOON);
    if !secret.lives(now) {
        ("no", t.secrets_ended())
    } else if ends_soon {
        ("warning", t.secrets_ends_soon())
    } else {
        ("yes", t.secrets_lives())
    }
}
