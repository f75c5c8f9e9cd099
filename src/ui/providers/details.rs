//! Everything that is known of the active row.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::problem_as;
use crate::ui::components::provider::state_words;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::essentials;
use crate::ui::model::Model;
use crate::ui::providers::account::tenant;
use domain::cmg::ProviderNamespace;
use domain::known::Answer;
use domain::known::Known;
use domain::locale::Locale;
use engine::providers::matrix::Reading;
use engine::providers::matrix::SubscriptionRow;
use yew::prelude::Html;

pub fn view(model: &Model) -> Html {
    let t = model.locale;
    let providers = &model.providers;
    let place = providers.grid.row(providers.shown.len());
    let row = place.and_then(|place| providers.shown.get(place));
    let Some(row) = row.and_then(|row| providers.matrix.rows().get(*row)) else {
        return Html::default();
    };
    let subscription = &row.listed.subscription;
    let failed = |reading: Option<&_>| {
        reading.map_or_else(Html::default, |why| problem_as(t, Severity::Warning, why))
    };
    el("section")
        .class("group")
        .child(
            el("h3")
                .text(t.providers_details())
                .text(" ")
                .node(foreign(&subscription.name)),
        )
        .node(essentials(vec![
            (t.providers_detail_id(), code(&subscription.id.to_string())),
            (t.providers_column_state(), state(t, row)),
            (t.providers_detail_home(), home(model, row)),
            (t.providers_detail_groups(), groups(t, row)),
            (t.providers_detail_tags(), tags(t, row)),
        ]))
        .child(
            el("ul").class("list").nodes(
                &mut ProviderNamespace::ALL
                    .into_iter()
                    .map(|it| provider(t, row, it)),
            ),
        )
        .node(failed(match &row.states {
            Reading::Failed(why) => Some(why),
            Reading::NotRead | Reading::UnderWay | Reading::Done(_) => None,
        }))
        .node(failed(match &row.permissions {
            Reading::Failed(why) => Some(why),
            Reading::NotRead | Reading::UnderWay | Reading::Done(_) => None,
        }))
        .html()
}

fn state(t: Locale, row: &SubscriptionRow) -> Html {
    let why = match row.is_writable() {
        Answer::Yes => None,
        Answer::No => Some(t.providers_state_read_only()),
        Answer::CannotTell => Some(t.providers_state_unknown()),
    };
    fragment(vec![
        foreign(&row.listed.subscription.state),
        why.map_or_else(Html::default, |why| text(&format!(" – {why}"))),
    ])
}

fn home(model: &Model, row: &SubscriptionRow) -> Html {
    let t = model.locale;
    let here = model.providers.of.map(|(_, tenant)| tenant);
    match row.listed.subscription.home {
        Known::Known(home) if Some(home) == here => fragment(vec![
            tenant(model, home),
            text(&format!(" – {}", t.providers_home_here())),
        ]),
        Known::Known(home) => fragment(vec![
            tenant(model, home),
            text(&format!(" – {}", t.providers_home_other())),
        ]),
        Known::Unknown => text(t.frame_cannot_tell()),
    }
}

fn groups(t: Locale, row: &SubscriptionRow) -> Html {
    let Known::Known(groups) = &row.listed.groups else {
        return text(t.frame_cannot_tell());
    };
    if groups.is_empty() {
        return text("–");
    }
    // From the root down, as the Azure portal shows them.
    let mut parts = Vec::new();
    for group in groups.iter().rev() {
        if !parts.is_empty() {
            parts.push(text(" / "));
        }
        parts.push(foreign(&group.display_name));
    }
    fragment(parts)
}

fn tags(t: Locale, row: &SubscriptionRow) -> Html {
    let tags = &row.listed.tags;
    if tags.is_empty() {
        return text(t.providers_no_tags());
    }
    el("ul")
        .nodes(&mut tags.iter().map(|(name, value)| {
            el("li")
                .node(foreign(name))
                .text(": ")
                .node(foreign(value))
                .html()
        }))
        .html()
}

fn provider(t: Locale, row: &SubscriptionRow, namespace: ProviderNamespace) -> Html {
    let states = row.states.done();
    let (state, words) = match &row.states {
        Reading::NotRead | Reading::UnderWay => ("", t.providers_not_read_yet()),
        Reading::Done(_) | Reading::Failed(_) => {
            state_words(t, states.and_then(|it| it.get(&namespace)))
        }
    };
    let may = match (&row.permissions, row.may_register(namespace)) {
        (Reading::NotRead | Reading::UnderWay, _) => t.providers_may_unread(),
        (Reading::Failed(_), _) => t.providers_may_unknown(),
        (Reading::Done(_), Answer::Yes) => t.providers_may_yes_detail(),
        (Reading::Done(_), Answer::No) => t.providers_may_not(),
        (Reading::Done(_), Answer::CannotTell) => t.providers_may_condition(),
    };
    el("li")
        .child(el("span"))
        .child(
            el("span")
                .class("list-text")
                .child(el("span").attr("translate", "no").text(namespace.name()))
                .child(el("span").class("list-note").text(may)),
        )
        .child(
            el("span")
                .attr("data-state", state)
                .class("tag")
                .text(words),
        )
        .html()
}
