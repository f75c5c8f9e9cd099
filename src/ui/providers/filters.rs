//! What the table shows, and in which order.

use crate::ui::components::element::el;
use crate::ui::components::element::text;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::PickField;
use crate::ui::components::field::TextField;
use crate::ui::components::field::check_box;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::ProviderField;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::providers::state::COLUMNS;
use crate::ui::providers::state::PROGRESS;
use crate::ui::providers::state::ProviderAnswers;
use crate::ui::providers::state::RIGHTS;
use domain::confusables::isolated;
use domain::known::Answer;
use domain::locale::Locale;
use engine::providers::matrix::Column;
use engine::providers::matrix::RowProgress;
use yew::prelude::Callback;
use yew::prelude::Html;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let answers = &model.providers.answers;
    let is_open = model.providers.are_filters_open;
    let is_filtered = {
        let mut all = answers.clone();
        all.show_all();
        all != *answers
    };
    el("div")
        .class("group no-print")
        .node(
            TextField {
                entry: FieldId::Providers(ProviderField::Search),
                kind: InputKind::Line,
                label: t.providers_search(),
                hint: t.providers_search_hint(),
                value: &answers.search,
                fault: None,
                is_required: false,
            }
            .view(t),
        )
        .child(
            el("p").child(
                el("button")
                    .attr("type", "button")
                    .attr("data-kind", "quiet")
                    .attr("aria-expanded", if is_open { "true" } else { "false" })
                    .class("button")
                    .on_click(send, Msg::Providers(ProvidersMsg::FiltersToggled))
                    .text(t.providers_filters()),
            ),
        )
        .node_some(is_open.then(|| pickers(t, model)))
        .node_some(is_filtered.then(|| {
            el("p")
                .node(button(
                    send,
                    Msg::Providers(ProvidersMsg::FilterDropped),
                    "quiet",
                    text(t.providers_show_all()),
                ))
                .html()
        }))
        .html()
}

/// The lists of values. They are drawn only while they are open: they have hundreds of values, and each drawing would compare them all.
fn pickers(t: Locale, model: &Model) -> Html {
    let answers = &model.providers.answers;
    let values = &model.providers.values;
    let pick =
        |entry, label, options, picked| PickField::plain(entry, label, options, picked).view(t);
    el("div")
        .class("group")
        .child(
            el("div")
                .class("deck")
                .node(pick(
                    FieldId::Providers(ProviderField::Progress),
                    t.providers_filter_progress(),
                    progress_options(t),
                    &answers.progress,
                ))
                .node(pick(
                    FieldId::Providers(ProviderField::Rights),
                    t.providers_filter_rights(),
                    rights_options(t),
                    &answers.rights,
                ))
                .node(pick(
                    FieldId::Providers(ProviderField::State),
                    t.providers_column_state(),
                    options(t, &values.states, &answers.state),
                    &answers.state,
                ))
                .node(pick(
                    FieldId::Providers(ProviderField::Group),
                    t.providers_filter_group(),
                    options(t, &values.groups, &answers.group),
                    &answers.group,
                ))
                .node(pick(
                    FieldId::Providers(ProviderField::Home),
                    t.providers_detail_home(),
                    options(t, &values.homes, &answers.home),
                    &answers.home,
                ))
                .node(pick(
                    FieldId::Providers(ProviderField::Tag),
                    t.providers_filter_tag(),
                    options(t, &values.tags, &answers.tag),
                    &answers.tag,
                ))
                .node(pick(
                    FieldId::Providers(ProviderField::Order),
                    t.providers_order(),
                    order_options(t),
                    &answers.order,
                )),
        )
        .child(el("div").class("choices").node(reverse(t, answers)))
        .html()
}

fn reverse(t: Locale, answers: &ProviderAnswers) -> Html {
    check_box(
        FieldId::Providers(ProviderField::Reverse),
        answers.is_reversed,
        t.providers_reverse(),
        "",
    )
}

fn any(t: Locale) -> (String, String) {
    (String::new(), t.providers_any().to_owned())
}

/// The values of the rows, and the picked one even if no row has it.
fn options(t: Locale, values: &[(String, String)], picked: &str) -> Vec<(String, String)> {
    let mut all = vec![any(t)];
    all.extend_from_slice(values);
    if !picked.is_empty() && !values.iter().any(|(key, _)| key == picked) {
        all.push((picked.to_owned(), isolated(&picked.replace('\n', ": "))));
    }
    all
}

fn progress_options(t: Locale) -> Vec<(String, String)> {
    let named = PROGRESS.map(|(progress, key)| {
        let name = match progress {
            RowProgress::Missing => t.providers_progress_missing(),
            RowProgress::UnderWay => t.providers_progress_under_way(),
            RowProgress::CannotTell => t.frame_cannot_tell(),
            RowProgress::Complete => t.providers_progress_complete(),
        };
        (key.to_owned(), name.to_owned())
    });
    std::iter::once(any(t)).chain(named).collect()
}

fn rights_options(t: Locale) -> Vec<(String, String)> {
    let named = RIGHTS.map(|(answer, key)| {
        let name = match answer {
            Answer::Yes => t.providers_may_yes(),
            Answer::No => t.providers_may_not(),
            Answer::CannotTell => t.frame_cannot_tell(),
        };
        (key.to_owned(), name.to_owned())
    });
    std::iter::once(any(t)).chain(named).collect()
}

fn order_options(t: Locale) -> Vec<(String, String)> {
    let named = COLUMNS.map(|(column, key)| {
        let name = match column {
            Column::Name => t.providers_column_name(),
            Column::Id => t.providers_detail_id(),
            Column::Group => t.providers_column_group(),
            Column::State => t.providers_column_state(),
            Column::Home => t.providers_detail_home(),
            Column::Progress => t.providers_filter_progress(),
        };
        (key.to_owned(), name.to_owned())
    });
    named.to_vec()
}
