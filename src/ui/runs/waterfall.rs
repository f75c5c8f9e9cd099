//! The requests of a run over time: when each step began, which requests it sent, and what it waited for.

use std::time::Duration;

use jiff::Timestamp;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::plan::step_name;
use crate::ui::components::request::format_choice;
use crate::ui::components::request::request;
use crate::ui::components::request::scopes_of;
use crate::ui::components::text::code;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::runs::estimate::since;
use crate::ui::runs::state::RunModel;
use domain::locale::Locale;
use domain::platform::NoAnswer;
use engine::auth::scopes::ScopeSet;
use engine::net::ledger::Entry;
use engine::run::Progress;
use engine::run::timeline::Current;
use engine::run::timeline::Span;
use engine::run::timeline::WaitNote;

/// Width of a lane, in units of its drawing. The policy of the page allows no inline styles, so positions are attributes.
const WIDTH: u128 = 1000;

/// `None` before the first step has begun.
pub fn waterfall(model: &Model, send: &Callback<Msg>, run: &RunModel) -> Option<Html> {
    let t = model.locale;
    let first = run
        .steps
        .iter()
        .filter_map(|step| step.timeline.started())
        .min()?;
    let scale = Scale {
        from: run.began,
        whole: since(run.began, run.now).max(Duration::from_secs(1)),
    };
    let steps = run
        .steps
        .iter()
        .filter(|step| step.timeline.started().is_some());
    Some(
        el("details")
            .class("card fold")
            .child(el("summary").child(el("h2").text(t.run_requests())))
            .child(
                el("div")
                    .class("group")
                    .child(el("p").class("quiet").text(t.run_requests_text()))
                    .node(format_choice(
                        t,
                        model.review.format,
                        (run.plan().desired.cloud, run.plan().desired.tenant),
                        &scopes_of(
                            run.plan(),
                            ScopeSet::set_up(model.setup.draft.discovery_wanted()),
                        ),
                    ))
                    .node(legend(t))
                    .child(
                        el("div")
                            .class("lanes")
                            .child(
                                el("p")
                                    .class("lane")
                                    .child(el("span").text(t.run_lane_reads()))
                                    .node(drawing(&scale, vec![("request", scale.from, first)]))
                                    .child(
                                        el("span")
                                            .class("lane-time")
                                            .text(&seconds(t, since(scale.from, first))),
                                    ),
                            )
                            .nodes(
                                &mut steps
                                    .map(|step| lane(model, send, run, (&scale, first), step)),
                            ),
                    ),
            )
            .html(),
    )
}

struct Scale {
    from: Timestamp,
    whole: Duration,
}

impl Scale {
    fn place(&self, moment: Timestamp) -> u128 {
        let passed = since(self.from, moment).min(self.whole);
        passed.as_millis() * WIDTH / self.whole.as_millis().max(1)
    }
}

/// Kind of a bar, from, and to.
type Bar = (&'static str, Timestamp, Timestamp);

/// One step: its name, its bars and its time, and as text the list of its requests and waits.
fn lane(
    model: &Model,
    send: &Callback<Msg>,
    run: &RunModel,
    (scale, first): (&Scale, Timestamp),
    step: &Progress,
) -> Html {
    let t = model.locale;
    let timeline = &step.timeline;
    let started = timeline.started().unwrap_or(first);
    let mut bars = vec![("queue", first, started)];
    bars.extend(timeline.spans().iter().map(|span| {
        let kind = match span {
            Span::Request(entry) if is_good(entry) => "request",
            Span::Request(_) => "refused",
            Span::Wait { .. } => "wait",
        };
        (kind, span.from(), span.to())
    }));
    match timeline.current() {
        Some(Current::Sending { from }) => bars.push(("request", from, run.now)),
        Some(Current::Waiting { from, .. }) => bars.push(("wait", from, run.now)),
        None => {}
    }
    let took = timeline.took().unwrap_or_else(|| since(started, run.now));
    el("details")
        .child(
            el("summary")
                .class("lane")
                .child(el("span").text(&step_name(t, step.id)))
                .node(drawing(scale, bars))
                .child(el("span").class("lane-time").text(&seconds(t, took))),
        )
        .child(
            el("ol").class("lane-list").nodes(
                &mut timeline
                    .spans()
                    .iter()
                    .map(|span| row(t, since(scale.from, span.from()), span)),
            ),
        )
        .node_some(step.sent.as_ref().map(|sent| {
            request(
                t,
                send,
                &format!("sent-{}", step.id.name()),
                (sent, run.plan().desired.cloud),
                model.review.format,
            )
        }))
        .html()
}

fn drawing(scale: &Scale, bars: Vec<Bar>) -> Html {
    el("svg")
        .attr_value("viewBox", &format!("0 0 {WIDTH} 16"))
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .attr("preserveAspectRatio", "none")
        .class("lane-bars")
        .nodes(&mut bars.into_iter().map(|(kind, from, to)| {
            let start = scale.place(from);
            let width = scale.place(to) - start;
            // A request is visible even if it is short.
            let least = if kind == "queue" { 0 } else { 3 };
            bar(kind, start, width.max(least))
        }))
        .html()
}

/// The kinds differ in height, not only in colour.
fn bar(kind: &'static str, start: u128, width: u128) -> Html {
    let (top, height) = match kind {
        "queue" => ("7", "2"),
        "wait" => ("4", "8"),
        _ => ("1", "14"),
    };
    el("rect")
        .attr("data-state", kind)
        .attr_value("x", &start.to_string())
        .attr("y", top)
        .attr_value("width", &width.to_string())
        .attr("height", height)
        .html()
}

fn legend(t: Locale) -> Html {
    let kinds = [
        ("queue", t.run_lane_queue()),
        ("request", t.run_lane_request()),
        ("refused", t.run_lane_refused()),
        ("wait", t.run_lane_wait()),
    ];
    el("ul")
        .class("legend")
        .nodes(&mut kinds.into_iter().map(|(kind, name)| {
            el("li")
                .child(
                    el("svg")
                        .attr("viewBox", "0 0 16 16")
                        .attr("aria-hidden", "true")
                        .attr("focusable", "false")
                        .class("lane-bars")
                        .node(bar(kind, 0, 16)),
                )
                .text(name)
                .html()
        }))
        .html()
}

fn is_good(entry: &Entry) -> bool {
    entry.outcome.is_ok_and(|status| status < 400)
}

fn row(t: Locale, at: Duration, span: &Span) -> Html {
    let what = match span {
        Span::Request(entry) => answered(t, entry),
        Span::Wait { from, to, note } => {
            let wait = seconds(t, since(*from, *to));
            text(&match note {
                WaitNote::Throttled { .. } => t.run_lane_throttled(wait),
                WaitNote::ServerBusy { .. } => t.run_lane_server_busy(wait),
                WaitNote::NoAnswer { .. } => t.run_lane_no_answer(wait),
                WaitNote::Replicating { .. } => t.run_lane_copying(wait),
                WaitNote::Offline | WaitNote::Looking => t.run_lane_offline(wait),
                WaitNote::Registering { .. } => t.run_lane_registering(wait),
            })
        }
    };
    el("li")
        .child(
            el("span")
                .class("lane-time")
                .text(&t.run_lane_after(seconds(t, at))),
        )
        .child(el("span").class("list-text").node(what))
        .html()
}

fn answered(t: Locale, entry: &Entry) -> Html {
    let took = seconds(t, entry.took);
    let answer = match entry.outcome {
        Ok(status) => t.run_lane_answer(u64::from(status), took),
        Err(NoAnswer::NotSent) => t.run_lane_not_sent().to_owned(),
        Err(NoAnswer::Lost | NoAnswer::TimedOut | NoAnswer::Cut { .. }) => {
            t.run_lane_unanswered(took)
        }
    };
    fragment(vec![
        el("span")
            .class("request-line")
            .child(
                el("span")
                    .class("request-verb")
                    .attr("translate", "no")
                    .text(&entry.method),
            )
            .child(el("span").attr("translate", "no").text(&entry.url))
            .html(),
        el("span")
            .class("list-note")
            .text(&answer)
            .node_some(entry.request_id.as_ref().map(|id| {
                el("span")
                    .text(" · ")
                    .text(t.run_request())
                    .text(" ")
                    .node(code(id))
                    .html()
            }))
            .html(),
    ])
}

/// With one decimal, as the developer tools of browsers show it.
fn seconds(t: Locale, time: Duration) -> String {
    let tenths = (time.as_millis() + 50) / 100;
    t.run_lane_seconds(format!("{}.{}", tenths / 10, tenths % 10))
}
