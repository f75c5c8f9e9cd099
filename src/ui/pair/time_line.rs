//! Time line of client secrets: a bar for each from its first to its last day, a line for today, and what they mean.
//!
//! Hidden from screen readers, because the list below says the same. Positions are attributes, because the page's policy allows no inline
//! styles: across in percent of the width, so that no text is stretched, and down in `em`, so that they follow the type size.

use jiff::SignedDuration;
use jiff::Timestamp;
use yew::prelude::Html;

use crate::ui::components::element::Element;
use crate::ui::components::element::el;
use crate::ui::components::time::day;
use domain::locale::Locale;
use engine::audit::Report;
use engine::audit::SecretFact;

/// A secret without an end would make the other bars invisible, so the range is limited.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 365 * 3);
/// Height of the part above the bars, in tenths of `em`.
const TOP: i64 = 18;
/// Height of a bar with its dates.
const ROW: i64 = 26;

/// From when to when a secret is valid.
pub fn period(t: Locale, secret: &SecretFact) -> String {
    match (
        secret.start.map(|at| day(t, at)),
        secret.end.map(|at| day(t, at)),
    ) {
        (Some(start), Some(end)) => t.secrets_from_to(end, start),
        (Some(start), None) => t.secrets_from(start),
        (None, Some(end)) => t.secrets_to(end),
        (None, None) => t.secrets_no_dates().to_owned(),
    }
}

struct Bar {
    start: Timestamp,
    end: Timestamp,
    label: String,
}

/// The part of the line that is drawn.
struct Range {
    from: Timestamp,
    seconds: i64,
}

impl Range {
    fn of(bars: &[Bar], now: Timestamp) -> Self {
        let from = bars.iter().map(|bar| bar.start).min().unwrap_or(now);
        let until = bars.iter().map(|bar| bar.end).max().unwrap_or(now);
        let from = from.min(now);
        Self {
            from,
            seconds: until.max(now).duration_since(from).as_secs().max(1),
        }
    }

    /// Thousandths of the width.
    fn place(&self, at: Timestamp) -> i64 {
        at.duration_since(self.from).as_secs() * 1000 / self.seconds
    }
}

fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

fn em(tenths: i64) -> String {
    format!("{}.{}em", tenths / 10, tenths % 10)
}

/// Text from the start of a bar on, or up to its end. Either has half of the line.
fn label(before: i64, after: i64, down: i64, words: &str) -> Element {
    let (x, side, gap) = if before <= 500 {
        (before, "start", "0.4em")
    } else {
        (after, "end", "-0.4em")
    };
    el("text")
        .attr_value("x", &percent(x))
        .attr_value("y", &em(down))
        .attr("text-anchor", side)
        // Not on the line of today.
        .attr_some("dx", (before == after).then_some(gap))
        .text(words)
}

pub fn time_line(t: Locale, report: &Report) -> Html {
    let now = report.at;
    let last = now.saturating_add(LONGEST).unwrap_or(now);
    let first = now.saturating_sub(LONGEST).unwrap_or(now);
    let bars: Vec<Bar> = report
        .secrets
        .iter()
        .map(|it| {
            let start = it.start.unwrap_or(now).max(first).min(last);
            let end = it.end.unwrap_or(last).min(last).max(start);
            let label = period(t, it);
            Bar { start, end, label }
        })
        .collect();
    let is_cut = report.secrets.iter().any(|it| {
        it.start.is_some_and(|start| start < first) || it.end.is_none_or(|end| end > last)
    });
    let range = Range::of(&bars, now);
    let today = range.place(now);
    let height = TOP + ROW * i64::try_from(bars.len()).unwrap_or(1);
    let line = el("svg")
        .attr_value("height", &em(height))
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .class("time-line")
        .child(
            el("line")
                .attr_value("x1", &percent(today))
                .attr_value("x2", &percent(today))
                .attr("y1", "0")
                .attr("y2", "100%"),
        )
        .child(label(today, today, 11, &t.secrets_today(day(t, now))))
        .nodes(&mut bars.iter().zip(0_i64..).map(|(bar, row)| {
            let (start, end) = (range.place(bar.start), range.place(bar.end));
            let top = TOP + row * ROW;
            let state = if bar.end > now { "living" } else { "dead" };
            el("g")
                .child(
                    el("rect")
                        .attr("data-state", state)
                        .attr_value("x", &percent(start))
                        .attr_value("y", &em(top + 14))
                        .attr_value("width", &percent((end - start).max(3)))
                        .attr("height", "0.7em"),
                )
                .child(label(start, end, top + 10, &bar.label))
                .html()
        }));
    let bar = |state| {
        el("rect")
            .attr("data-state", state)
            .attr("y", "0.3em")
            .attr("width", "100%")
            .attr("height", "0.7em")
    };
    let stroke = el("line")
        .attr("x1", "50%")
        .attr("x2", "50%")
        .attr("y1", "0")
        .attr("y2", "100%");
    let keys = [
        (bar("living"), t.secrets_lives()),
        (bar("dead"), t.secrets_ended()),
        (stroke, t.secrets_key_today()),
    ];
    el("div")
        .attr("aria-hidden", "true")
        .class("group")
        .child(line)
        .child(
            el("ul")
                .class("row legend")
                .nodes(&mut keys.into_iter().map(|(shape, name)| {
                    let key = el("svg")
                        .attr("aria-hidden", "true")
                        .attr("focusable", "false")
                        .attr("data-kind", "key")
                        .class("time-line")
                        .child(shape);
                    el("li").class("row").child(key).text(name).html()
                })),
        )
        .node_some(is_cut.then(|| el("p").class("list-note").text(t.secrets_cut()).html()))
        .html()
}
