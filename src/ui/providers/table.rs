//! The list of subscriptions as a table.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::grid::Grid;
use crate::ui::components::grid::GridColumn;
use crate::ui::components::grid::GridRow;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem_as;
use crate::ui::components::provider::state_words;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::providers::cells::count;
use crate::ui::providers::cells::name;
use crate::ui::providers::cells::number;
use crate::ui::providers::cells::short;
use crate::ui::providers::cells::tag;
use crate::ui::providers::cells::tags;
use crate::ui::providers::cells::throttled;
use crate::ui::providers::details;
use crate::ui::providers::filters;
use crate::ui::providers::state::ListState;
use crate::ui::providers::unread::unread;
use crate::ui::providers::update::GRID;
use domain::cmg::ProviderNamespace;
use domain::confusables::escaped;
use domain::confusables::isolated;
use domain::known::Answer;
use domain::known::Known;
use domain::locale::Locale;
use engine::providers::list::ListSource;
use engine::providers::list::ListSummary;
use engine::providers::matrix::Column;
use engine::providers::matrix::Reading;
use engine::providers::matrix::SubscriptionRow;
use yew::prelude::Callback;
use yew::prelude::Html;

/// The list, the filter and the table.
pub fn subscriptions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let providers = &model.providers;
    let rows = providers.matrix.rows().len();
    let state = match &providers.list {
        ListState::NotRead => Html::default(),
        ListState::Reading => busy(&t.providers_reading(number(t, rows))),
        ListState::Failed(failed) => fragment(vec![
            unread(model, send, failed),
            if rows > 0 {
                el("p").text(t.providers_list_part()).html()
            } else {
                Html::default()
            },
        ]),
        ListState::Done(summary) => listed(model, send, summary),
    };
    let table = if rows == 0 {
        Html::default()
    } else {
        fragment(vec![
            summary(model, send),
            filters::view(model, send),
            table(model, send),
            details::view(model),
        ])
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.providers_subscriptions()))
        .node(state)
        .node(table)
        .html()
}

/// How the list was read.
fn listed(model: &Model, send: &Callback<Msg>, summary: &ListSummary) -> Html {
    let t = model.locale;
    if model.providers.matrix.rows().is_empty() {
        return message(
            Severity::Info,
            t.providers_none_title(),
            fragment(vec![
                el("p").text(t.providers_none()).html(),
                again(t, send),
            ]),
        );
    }
    let source = match &summary.source {
        ListSource::ResourceGraph => el("p")
            .class("quiet small")
            .text(t.providers_from_graph())
            .html(),
        ListSource::ResourceManager { why } => el("details")
            .key_text("list-source")
            .class("fold small")
            .child(el("summary").text(t.providers_from_manager()))
            .node(problem_as(t, Severity::Info, why))
            .html(),
    };
    let groups = summary.groups.as_ref().map(|why| {
        el("details")
            .key_text("list-groups")
            .class("fold small")
            .child(el("summary").text(t.providers_groups_unread()))
            .node(problem_as(t, Severity::Info, why))
            .html()
    });
    let cut = summary.is_cut.then(|| {
        message(
            Severity::Warning,
            t.providers_cut_title(),
            el("p").text(t.providers_cut()).html(),
        )
    });
    fragment(vec![
        cut.unwrap_or_default(),
        source,
        groups.unwrap_or_default(),
        again(t, send),
    ])
}

fn again(t: Locale, send: &Callback<Msg>) -> Html {
    el("p")
        .class("row no-print")
        .node(button(
            send,
            Msg::Providers(ProvidersMsg::ListAsked),
            "",
            text(t.azure_service_read_again()),
        ))
        .html()
}

/// How many subscriptions are ready, and how many are not.
fn summary(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let providers = &model.providers;
    let rows = providers.matrix.rows();
    let counts = providers.counts;
    let unread = counts.unread;
    let all = [
        (
            "no",
            t.providers_count_missing(number(t, counts.missing)),
            counts.missing,
        ),
        (
            "info",
            t.providers_count_under_way(number(t, counts.under_way)),
            counts.under_way,
        ),
        (
            "cannot-tell",
            t.providers_count_cannot_tell(number(t, counts.cannot_tell)),
            counts.cannot_tell,
        ),
        (
            "yes",
            t.providers_count_complete(number(t, counts.complete)),
            counts.complete,
        ),
    ];
    let progress = (unread > 0).then(|| {
        el("div")
            .class("group")
            .child(
                el("progress")
                    .attr_value("max", &rows.len().to_string())
                    .attr_value("value", &(rows.len() - unread).to_string())
                    .attr("aria-label", t.providers_states_reading())
                    .class("bar"),
            )
            .child(
                el("p")
                    .class("quiet small")
                    .text(&t.providers_states_left(number(t, rows.len()), number(t, unread))),
            )
            .html()
    });
    let throttled = providers.throttled_until.map(|until| throttled(t, until));
    let rights_left = (counts.rights_under_way > 0)
        .then(|| busy(&t.providers_rights_left(number(t, counts.rights_under_way))));
    let rights_unread = counts.without_rights;
    let rights = (rights_unread > 0 && !matches!(providers.list, ListState::Reading)).then(|| {
        el("div")
            .class("group no-print")
            .child(el("p").node(button(
                send,
                Msg::Providers(ProvidersMsg::RightsAsked),
                "",
                text(&t.providers_rights_ask(count(rights_unread))),
            )))
            .child(el("p").class("quiet small").text(t.providers_rights_hint()))
            .html()
    });
    el("div")
        .class("group")
        .node(tags(&all))
        .node_some(progress)
        .node_some(throttled)
        .node_some(rights_left)
        .node_some(rights)
        .html()
}

fn sorted(model: &Model, column: Column) -> Option<&'static str> {
    let answers = &model.providers.answers;
    (answers.order() == column).then_some(if answers.is_reversed {
        "descending"
    } else {
        "ascending"
    })
}

fn table(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let providers = &model.providers;
    let shown = providers.shown.len();
    let sortable = |name: &str, column: Column| GridColumn {
        name: el("span")
            .class("grid-sort")
            .on_any_click(send.reform(move |()| Msg::Providers(ProvidersMsg::SortAsked(column))))
            .text(name)
            .html(),
        sorted: sorted(model, column),
    };
    let mut columns = vec![
        GridColumn {
            name: el("span")
                .class("unseen")
                .text(t.providers_column_select())
                .html(),
            sorted: None,
        },
        sortable(t.providers_column_name(), Column::Name),
        sortable(t.providers_column_group(), Column::Group),
        sortable(t.providers_column_state(), Column::State),
    ];
    columns.extend(ProviderNamespace::ALL.map(|namespace| {
        GridColumn {
            name: el("span")
                .attr("translate", "no")
                .text(short(namespace))
                .html(),
            sorted: None,
        }
    }));
    let label = t.providers_table(number(t, shown), number(t, model.selected_count()));
    let grid = Grid {
        locale: t,
        id: GRID,
        kind: "subscriptions",
        label: &label,
        columns,
        rows: shown,
        state: providers.grid,
        selects: true,
    };
    let events = send.reform(|event| Msg::Providers(ProvidersMsg::Grid(event)));
    let drawn = grid.view(&events, &|place| {
        let row = providers.shown.get(place);
        let row = row.and_then(|row| providers.matrix.rows().get(*row));
        row.map_or_else(empty_row, |row| draw_row(model, send, place, row))
    });
    el("div")
        .class("group")
        .child(
            el("p")
                .class("row")
                .child(el("span").text(&t.providers_shown_of(
                    number(t, providers.matrix.rows().len()),
                    number(t, model.selected_count()),
                    number(t, shown),
                )))
                .node(button(
                    send,
                    Msg::Providers(ProvidersMsg::ShownPicked(true)),
                    "",
                    text(t.providers_select_shown()),
                ))
                .node(button(
                    send,
                    Msg::Providers(ProvidersMsg::ShownPicked(false)),
                    "quiet",
                    text(t.providers_clear_shown()),
                ))
                .node(button(
                    send,
                    Msg::Providers(ProvidersMsg::MatrixAsked),
                    "quiet",
                    text(t.providers_save_table()),
                )),
        )
        .node(if shown == 0 {
            message(
                Severity::Info,
                "",
                fragment(vec![
                    el("p").text(t.providers_no_match()).html(),
                    el("p")
                        .node(button(
                            send,
                            Msg::Providers(ProvidersMsg::FilterDropped),
                            "",
                            text(t.providers_show_all()),
                        ))
                        .html(),
                ]),
            )
        } else {
            drawn
        })
        .child(
            el("p")
                .class("quiet small no-print")
                .text(t.providers_table_keys()),
        )
        .child(
            el("p")
                .class("quiet small no-screen")
                .text(t.providers_table_print()),
        )
        .html()
}

fn empty_row() -> GridRow {
    GridRow {
        cells: Vec::new(),
        is_selected: None,
    }
}

fn draw_row(model: &Model, send: &Callback<Msg>, place: usize, row: &SubscriptionRow) -> GridRow {
    let t = model.locale;
    let subscription = &row.listed.subscription;
    let is_writable = row.is_writable() != Answer::No;
    let tenant = model.providers.of.map(|(_, tenant)| tenant);
    let is_selected = tenant.is_some_and(|it| model.providers.is_selected(it, subscription.id));
    let mut cells = vec![
        select_box(model, send, place, row, is_selected),
        name(&subscription.name, subscription.id),
        match &row.listed.groups {
            Known::Known(groups) => groups.first().map_or_else(
                || text("–"),
                |it| {
                    el("span")
                        .class("grid-name")
                        .attr_value("title", &escaped(&it.display_name))
                        .node(foreign(&it.display_name))
                        .html()
                },
            ),
            Known::Unknown => text(t.frame_cannot_tell()),
        },
        el("span")
            .attr_some("data-state", (!is_writable).then_some("no"))
            .class(if is_writable { "" } else { "tag" })
            .node(foreign(&subscription.state))
            .html(),
    ];
    let wanted = &model.providers.answers.wanted;
    cells.extend(ProviderNamespace::ALL.map(|namespace| {
        if !wanted.contains(&namespace) {
            return el("span").class("quiet").text("–").html();
        }
        provider_cell(t, row, namespace)
    }));
    GridRow {
        cells,
        is_selected: is_writable.then_some(is_selected),
    }
}

/// The check box of a row. Its label fills the cell.
fn select_box(
    model: &Model,
    send: &Callback<Msg>,
    place: usize,
    row: &SubscriptionRow,
    is_selected: bool,
) -> Html {
    let id = format!("{GRID}-select-{place}");
    let name = isolated(&row.listed.subscription.name);
    el("label")
        .attr_value("for", &id)
        .class("grid-check")
        .child(
            el("span")
                .class("unseen")
                .text(&model.locale.providers_select(name)),
        )
        .child(
            el("input")
                .attr_value("id", &id)
                .attr("type", "checkbox")
                .attr("tabindex", "-1")
                .attr_if("disabled", row.is_writable() == Answer::No)
                .checked(is_selected)
                .on_any_click(
                    send.reform(move |()| Msg::Providers(ProvidersMsg::RowToggled(place))),
                ),
        )
        .html()
}

fn provider_cell(t: Locale, row: &SubscriptionRow, namespace: ProviderNamespace) -> Html {
    let state = match &row.states {
        Reading::NotRead | Reading::UnderWay => el("span").class("quiet").text("…").html(),
        Reading::Failed(_) => tag("cannot-tell", t.frame_cannot_tell()),
        Reading::Done(states) => {
            let (state, words) = state_words(t, states.get(&namespace));
            tag(state, words)
        }
    };
    let is_open = row.state(namespace)
        != Known::Known(engine::desired::providers::RegistrationState::Registered);
    let may = match (&row.permissions, row.may_register(namespace)) {
        (Reading::Done(_), Answer::No) if is_open => {
            Some((t.providers_no_right(), t.providers_may_not()))
        }
        (Reading::Done(_), Answer::CannotTell) if is_open => {
            Some((t.providers_may_unknown(), t.providers_may_unknown()))
        }
        (_, _) => None,
    };
    fragment(vec![
        state,
        may.map_or_else(Html::default, |(short, long)| {
            el("span")
                .class("grid-note")
                .attr("title", long)
                .text(short)
                .html()
        }),
    ])
}
