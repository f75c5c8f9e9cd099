//! Findings of a report, with their repairs. A long report can be filtered and grouped on the screen; a printed one has everything.

use strum::IntoEnumIterator as _;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::text;
use crate::ui::components::field::PickField;
use crate::ui::components::icon::Icon;
use crate::ui::components::outside::source;
use crate::ui::components::repair::repair_box;
use crate::ui::components::value::button;
use crate::ui::components::value::copyable;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::pair::state::ReportFilter;
use crate::ui::pair::state::ReportGrouping;
use domain::config::features::Feature;
use domain::locale::Locale;
use engine::audit::Check;
use engine::audit::State;
use engine::desired::repair::Repair;
use engine::export::renewal::update_application_settings;

/// A report with fewer findings fits on a screen or two, and has no filter.
const MANY: usize = 6;

/// The filter in use.
fn filter(model: &Model, wrong: &[&Check]) -> ReportFilter {
    if wrong.len() < MANY {
        ReportFilter::All
    } else {
        model.pair.filter
    }
}

/// Findings, most severe first or by app, each with the check boxes of its repairs.
pub fn findings(model: &Model, send: &Callback<Msg>, wrong: &[&Check], right: &[&Check]) -> Html {
    let t = model.locale;
    if wrong.is_empty() {
        return Html::default();
    }
    let filter = filter(model, wrong);
    // Two findings may share a repair: its check box is shown once, at the first of them.
    let mut offered = Vec::new();
    let in_order: Vec<&Check> = State::ALL
        .into_iter()
        .flat_map(|state| wrong.iter().filter(move |check| check.state == state))
        .copied()
        .collect();
    let can_add = wrong
        .iter()
        .flat_map(|check| &check.repairs)
        .any(|repair| !repair.takes_away())
        && model.has(Feature::Repair);
    let is_long = wrong.len() >= MANY;
    let is_none_shown = !wrong.iter().any(|check| filter.has(check.state));
    let list = |checks: &[&Check], level, offered: &mut Vec<Repair>| {
        el("ul")
            .class("list")
            .nodes(&mut checks.iter().map(|check| {
                let is_shown = filter.has(check.state);
                finding(model, check, level, is_shown, offered)
            }))
    };
    let content = if is_long {
        let groups = groups(t, model.pair.grouping, &in_order);
        el("div")
            .class("group")
            .nodes(&mut groups.into_iter().map(|(title, checks)| {
                let is_shown = checks.iter().any(|check| filter.has(check.state));
                el("section")
                    .class(if is_shown { "group" } else { "group no-screen" })
                    .child(el("h3").text(&format!("{title} ({})", checks.len())))
                    .child(list(&checks, "h4", &mut offered))
                    .html()
            }))
    } else {
        list(&in_order, "h3", &mut offered)
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.report_findings()))
        .node_some(is_long.then(|| controls(model, wrong, right)))
        .node_some(can_add.then(|| {
            el("p")
                .class("row no-print")
                .node(button(
                    send,
                    Msg::Pair(PairMsg::AllChosen),
                    "",
                    text(t.report_choose_all()),
                ))
                .node(button(
                    send,
                    Msg::Pair(PairMsg::UpdateChosen),
                    "",
                    text(t.report_update_settings()),
                ))
                .html()
        }))
        .node_some(can_add.then(|| {
            el("p")
                .class("quiet small no-print")
                .text(t.report_update_settings_text())
                .html()
        }))
        .node_some(can_add.then(|| site_half(model, send)))
        .node_some(
            is_none_shown.then(|| el("p").class("no-print").text(t.report_none_shown()).html()),
        )
        .child(content)
        .html()
}

/// The choice of what a long report shows on the screen, and in which order.
fn controls(model: &Model, wrong: &[&Check], right: &[&Check]) -> Html {
    let t = model.locale;
    let count = |filter: ReportFilter| {
        let all = wrong.iter().chain(right);
        all.filter(|check| filter.has(check.state)).count()
    };
    let filters = ReportFilter::iter().map(|filter| {
        let name = match filter {
            ReportFilter::All => t.report_filter_all(),
            ReportFilter::Open => t.report_filter_open(),
            ReportFilter::CannotTell => State::CannotTell.label(t),
            ReportFilter::Ok => State::Ok.label(t),
        };
        (
            filter.key().to_owned(),
            format!("{name} ({})", count(filter)),
        )
    });
    let groupings = ReportGrouping::iter().map(|grouping| {
        let name = match grouping {
            ReportGrouping::Result => t.report_group_result(),
            ReportGrouping::App => t.report_group_app(),
        };
        (grouping.key().to_owned(), name.to_owned())
    });
    let field =
        |entry, label, options, picked| PickField::plain(entry, label, options, picked).view(t);
    el("div")
        .class("row no-print")
        .node(field(
            FieldId::ReportFilter,
            t.report_filter(),
            filters.collect(),
            model.pair.filter.key(),
        ))
        .node(field(
            FieldId::ReportGrouping,
            t.report_group(),
            groupings.collect(),
            model.pair.grouping.key(),
        ))
        .html()
}

/// The findings below headings. A group without findings is left out.
fn groups<'a>(
    t: Locale,
    grouping: ReportGrouping,
    in_order: &[&'a Check],
) -> Vec<(&'static str, Vec<&'a Check>)> {
    let of = |belongs: &dyn Fn(&Check) -> bool| -> Vec<&'a Check> {
        let checks = in_order.iter().filter(|check| belongs(check));
        checks.copied().collect()
    };
    let mut groups: Vec<(&'static str, Vec<&'a Check>)> = match grouping {
        ReportGrouping::Result => State::ALL
            .into_iter()
            .map(|state| (state.label(t), of(&|check| check.state == state)))
            .collect(),
        ReportGrouping::App => vec![
            (t.web_app_title(), of(&|check| check.id.is_of_server())),
            (t.native_app_title(), of(&|check| check.id.is_of_client())),
            (
                t.report_group_around(),
                of(&|check| about(t, check).is_none()),
            ),
        ],
    };
    groups.retain(|(_, checks)| !checks.is_empty());
    groups
}

/// The site's part of *Update application settings*, which this page cannot do: it has no access to the site.
fn site_half(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(report) = model.pair.report() else {
        return Html::default();
    };
    let update = update_application_settings(report.tenant, t);
    el("details")
        .class("fold no-print")
        .child(el("summary").text(t.report_update_site()))
        .child(el("p").text(update.why))
        .node(copyable(
            t,
            send,
            "update-command",
            t.report_update_command(),
            &update.command,
        ))
        .child(el("p").class("quiet small").text(update.command_note))
        .child(el("p").text(update.path))
        .child(el("p").class("quiet small").text(update.path_note))
        .html()
}

fn state_look(state: State) -> (Icon, &'static str) {
    match state {
        State::Ok => (Icon::Check, "yes"),
        State::Attention => (Icon::Warning, "warning"),
        State::Broken => (Icon::Cross, "no"),
        State::CannotTell => (Icon::Question, "cannot-tell"),
    }
}

/// Title of the app that a check is about.
fn about(t: Locale, check: &Check) -> Option<&'static str> {
    if check.id.is_of_server() {
        Some(t.web_app_title())
    } else if check.id.is_of_client() {
        Some(t.native_app_title())
    } else {
        None
    }
}

/// A finding that the filter leaves out is printed, and offers no repair.
fn finding(
    model: &Model,
    check: &Check,
    level: &'static str,
    is_shown: bool,
    offered: &mut Vec<Repair>,
) -> Html {
    let t = model.locale;
    let mut own = check.repairs.clone();
    own.retain(|repair| !offered.contains(repair));
    let may_repair = is_shown && model.has(Feature::Repair);
    if !may_repair {
        own.clear();
    }
    offered.extend_from_slice(&own);
    let (icon, look) = state_look(check.state);
    el("li")
        .attr("data-check", check.id.key())
        .attr_some("class", (!is_shown).then_some("no-screen"))
        .node(icon.view_as("mark", look))
        .child(
            el("div")
                .class("list-text")
                .node_some(
                    about(t, check).map(|app| el("span").class("list-note").text(app).html()),
                )
                .child(el(level).text(check.id.title(t)))
                .child(el("span").text(&check.seen))
                .child(el("span").class("list-note").text(check.id.meaning(t)))
                .node(source(t, check.id.source()))
                .node_some((!own.is_empty()).then(|| {
                    el("div")
                        .class("choices no-print")
                        .nodes(&mut own.iter().map(|repair| {
                            repair_box(t, &model.pair, model.now, check.id.key(), *repair)
                        }))
                        .html()
                }))
                .node_some((may_repair && own.len() < check.repairs.len()).then(|| {
                    el("span")
                        .class("list-note no-print")
                        .text(t.report_fixed_above())
                        .html()
                }))
                .node_some(
                    (check.repairs.is_empty() && check.state != State::CannotTell).then(|| {
                        el("span")
                            .class("list-note")
                            .text(t.report_not_here())
                            .html()
                    }),
                ),
        )
        .child(
            el("span")
                .attr("data-state", look)
                .class("tag")
                .text(check.state.label(t)),
        )
        .html()
}

/// Passed checks, listed so that the admin sees what was checked.
pub fn passed(model: &Model, wrong: &[&Check], right: &[&Check]) -> Html {
    let t = model.locale;
    let filter = filter(model, wrong);
    let count = u64::try_from(right.len()).unwrap_or_default();
    el("details")
        .attr_if("open", filter == ReportFilter::Ok)
        .class(if filter.has(State::Ok) {
            "card fold"
        } else {
            "card fold no-screen"
        })
        .child(el("summary").child(el("h2").text(&t.report_passed(count))))
        .child(el("ul").class("list").nodes(&mut right.iter().map(|check| {
            let title = check.id.title(t);
            el("li")
                .attr("data-check", check.id.key())
                .node(Icon::Check.view_as("mark", "yes"))
                .child(
                    el("span")
                        .class("list-text")
                        .node_some(
                            about(t, check)
                                .filter(|app| *app != title)
                                .map(|app| el("span").class("list-note").text(app).html()),
                        )
                        .child(el("span").text(title))
                        .child(el("span").class("list-note").text(&check.seen)),
                )
                .html()
        })))
        .html()
}
