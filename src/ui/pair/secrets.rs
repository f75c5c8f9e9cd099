//! Client secrets of a pair: the time line, and how to renew without a gap.

use crate::ui::components::next_steps::site_steps;
use jiff::SignedDuration;
use jiff::Timestamp;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::field::check_box;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::repair::repair_box;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::day;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::setup::secret_life::secret_life;
use domain::config::features::Feature;
use domain::locale::Locale;
use engine::audit::Report;
use engine::audit::SecretFact;
use engine::desired::repair::Repair;
use engine::export::reminder::Reminder;

pub fn view(model: &Model, send: &Callback<Msg>, report: &Report) -> Html {
    let words = model.words;
    if report.server.is_none() {
        return Html::default();
    }
    tag("section")
        .class("card")
        .with(tag("h2").say(words.secrets_title()))
        .put(if report.secrets.is_empty() {
            tag("p").say(words.doc_secrets_none()).html()
        } else {
            several(vec![line(report), table(model, send, report)])
        })
        .maybe(
            model
                .has(Feature::Repair)
                .then(|| renew(model, send, report)),
        )
        .html()
}

/// Steps of a renewal: create a secret, enter it, remove the old ones.
fn renew(model: &Model, send: &Callback<Msg>, report: &Report) -> Html {
    let words = model.words;
    several(vec![
        tag("h3")
            .class("no-print")
            .say(words.secrets_renew())
            .html(),
        tag("ol")
            .class("numbered no-print")
            .with(
                tag("li").with(
                    tag("div")
                        .class("list-text")
                        .with(tag("p").say(words.secrets_renew_make()))
                        .put(secret_life(model))
                        .with(tag("p").put(button(
                            send,
                            Msg::Pair(PairMsg::RepairAsked(Repair::Secret)),
                            "",
                            text(words.secrets_renew_action()),
                        ))),
                ),
            )
            .with(
                tag("li").with(
                    tag("div")
                        .class("list-text")
                        .with(tag("p").say(words.secrets_renew_enter()))
                        .put(site_steps(words, report)),
                ),
            )
            .with(
                tag("li").with(
                    tag("div")
                        .class("list-text")
                        .with(tag("p").say(words.secrets_renew_remove()))
                        .with(tag("div").class("choices").put(check_box(
                            FieldId::HasNewSecret,
                            model.pair.has_new_secret,
                            words.secrets_has_new(),
                            words.secrets_has_new_hint(),
                        )))
                        .put(old(model, report)),
                ),
            )
            .html(),
    ])
}

/// Removal of secrets by key ID. The newest secret is not offered: it is the one that replaces the others.
fn old(model: &Model, report: &Report) -> Html {
    let newest = report.newest_secret(model.now).map(|it| it.key);
    let offered = report.repairs();
    tag("div")
        .class("choices")
        .all(
            &mut report
                .secrets
                .iter()
                .filter(|it| Some(it.key) != newest)
                // The findings already offer these.
                .filter(|it| !offered.contains(&Repair::OldSecret(it.key)))
                .map(|it| {
                    repair_box(
                        model.words,
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
    let words = model.words;
    let app = report.server.as_ref().filter(|_| secret.lives(model.now))?;
    // A secret without an end date needs no reminder.
    let reminder = Reminder::of(report.tenant, app, secret).ok()?;
    let file = File {
        name: reminder.file_name(),
        kind: "text/calendar",
        text: reminder.file(model.now, words),
    };
    Some(
        tag("span")
            .class("no-print")
            .put(button(
                send,
                Msg::SaveAsked(file),
                "",
                several(vec![
                    Icon::Save.view(),
                    text(words.secrets_remind()),
                    tag("span")
                        .class("unseen")
                        .say(" ")
                        .say(&secret.key.to_string())
                        .html(),
                ]),
            ))
            .html(),
    )
}

fn table(model: &Model, send: &Callback<Msg>, report: &Report) -> Html {
    let words = model.words;
    let date = |moment: Option<Timestamp>| moment.map(day).unwrap_or_default();
    tag("ul")
        .class("list")
        .all(&mut report.secrets.iter().map(|secret| {
            let (look, told) = state(words, secret, model.now);
            let icon = match look {
                "yes" => Icon::Check,
                "no" => Icon::Cross,
                _ => Icon::Warning,
            };
            tag("li")
                .put(icon.draw_as("mark", look))
                .with(
                    tag("div")
                        .class("list-text")
                        .with(tag("span").put(foreign(&secret.name)))
                        .with(
                            tag("span")
                                .class("list-note")
                                .put(code(&secret.key.to_string())),
                        )
                        .with(
                            tag("span")
                                .class("list-note")
                                .say(&words.secrets_from_to(date(secret.end), date(secret.start))),
                        ),
                )
                .with(
                    tag("span")
                        .class("row")
                        .with(tag("span").set("data-state", look).class("tag").say(told))
                        .maybe(reminder(model, send, report, secret)),
                )
                .html()
        }))
        .html()
}

fn state(words: Locale, secret: &SecretFact, now: Timestamp) -> (&'static str, &'static str) {
    const SOON: SignedDuration = SignedDuration::from_hours(24 * 60);
    let ends_soon = secret.end.is_some_and(|end| end.duration_since(now) < SOON);
    if !secret.lives(now) {
        ("no", words.secrets_ended())
    } else if ends_soon {
        ("warning", words.secrets_ends_soon())
    } else {
        ("yes", words.secrets_lives())
    }
}

/// Time line: a bar for each secret from its first to its last day, and a line for today. Hidden from screen readers, because the list
/// below says the same. Positions are attributes, because the page's policy allows no inline styles.
fn line(report: &Report) -> Html {
    const WIDTH: i64 = 600;
    const ROW: i64 = 18;
    const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 365 * 3);
    let now = report.at;
    // A secret without an end would make the other bars invisible, so the range is limited.
    let last = now.saturating_add(LONGEST).unwrap_or(now);
    let first = now.saturating_sub(LONGEST).unwrap_or(now);
    let bars: Vec<(Timestamp, Timestamp)> = report
        .secrets
        .iter()
        .map(|it| {
            let start = it.start.unwrap_or(now).max(first);
            let end = it.end.unwrap_or(last).min(last);
            (start, end.max(start))
        })
        .collect();
    let from = bars.iter().map(|bar| bar.0).min().unwrap_or(now).min(now);
    let until = bars.iter().map(|bar| bar.1).max().unwrap_or(now).max(now);
    let span = until.duration_since(from).as_secs().max(1);
    let place = |moment: Timestamp| moment.duration_since(from).as_secs() * WIDTH / span;
    let height = ROW * i64::try_from(bars.len()).unwrap_or(1);
    tag("svg")
        .set_to("viewBox", &format!("0 0 {WIDTH} {height}"))
        .set("aria-hidden", "true")
        .set("focusable", "false")
        .set("preserveAspectRatio", "none")
        .set_to("height", &height.to_string())
        .class("time-line")
        .all(&mut bars.iter().zip(0_i64..).map(|((start, end), row)| {
            let state = if *end > now { "living" } else { "dead" };
            tag("rect")
                .set("data-state", state)
                .set_to("x", &place(*start).to_string())
                .set_to("y", &(row * ROW + 4).to_string())
                .set_to("width", &(place(*end) - place(*start)).max(2).to_string())
                .set_to("height", &(ROW - 8).to_string())
                .html()
        }))
        .with(
            tag("line")
                .set_to("x1", &place(now).to_string())
                .set_to("x2", &place(now).to_string())
                .set("y1", "0")
                .set_to("y2", &height.to_string()),
        )
        .html()
}
