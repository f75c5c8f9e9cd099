//! The table of subscriptions and resource providers.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::field::check_box;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::time::moment;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::ProviderField;
use crate::ui::links;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::providers::account;
use crate::ui::providers::cells::count;
use crate::ui::providers::state::MOST_IN_LINK;
use crate::ui::providers::table;
use crate::ui::route::Route;
use domain::cmg::CLASSIC_PROVIDERS;
use domain::cmg::ProviderNamespace;
use domain::confusables::isolated;
use engine::providers::journal::StoredProviderRun;
use uuid::Uuid;
use yew::prelude::Callback;
use yew::prelude::Html;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let user = model.sign_in.access.user();
    let azure_user = user.filter(|user| user.may_use_azure);
    fragment(vec![
        head("", t.providers_title(), t.providers_lead()),
        stored_runs(model, send),
        account::account(model, send, azure_user),
        account::other_selections(model, send),
        wanted(model),
        match azure_user {
            Some(_) => table::subscriptions(model, send),
            None => Html::default(),
        },
        notes(model, send),
    ])
}

/// The providers to register.
fn wanted(model: &Model) -> Html {
    let t = model.locale;
    let wanted = &model.providers.answers.wanted;
    let fault = wanted.is_empty().then(|| t.providers_none_wanted());
    el("section")
        .class("card")
        .child(el("h2").text(t.providers_wanted()))
        .child(
            el("fieldset")
                .class("field")
                .child(el("legend").text(t.providers_wanted_legend()))
                .child(
                    el("div")
                        .attr("data-state", "columns")
                        .class("choices")
                        .nodes(&mut ProviderNamespace::ALL.into_iter().map(|namespace| {
                            check_box(
                                FieldId::Providers(ProviderField::Wanted(namespace)),
                                wanted.contains(&namespace),
                                namespace.name(),
                                namespace.purpose(t),
                            )
                        })),
                ),
        )
        .node_some(fault.map(|fault| message(Severity::Danger, "", el("p").text(fault).html())))
        .child(
            el("p")
                .class("quiet small")
                .text(&t.subscription_classic(CLASSIC_PROVIDERS[0], CLASSIC_PROVIDERS[1])),
        )
        .html()
}

/// Runs that have not reached their end.
fn stored_runs(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    if model.providers.is_running() {
        return Html::default();
    }
    let message_of = |stored: &StoredProviderRun| {
        let left = stored.left().subscriptions.len();
        let all = stored.selection.subscriptions.len();
        message(
            Severity::Warning,
            t.providers_unfinished(),
            fragment(vec![
                el("p")
                    .text(&t.providers_unfinished_text(
                        isolated(&stored.account),
                        count(all),
                        moment(t, Some(stored.began)),
                        count(left),
                    ))
                    .html(),
                el("p")
                    .class("row")
                    .node(button(
                        send,
                        Msg::Providers(ProvidersMsg::ResumeAsked(stored.run)),
                        "",
                        text(t.providers_resume()),
                    ))
                    .node(button(
                        send,
                        Msg::Providers(ProvidersMsg::DiscardAsked(stored.run)),
                        "quiet",
                        text(t.providers_discard()),
                    ))
                    .html(),
            ]),
        )
    };
    let unreadable = |run: &Uuid| {
        message(
            Severity::Warning,
            t.providers_unreadable(),
            fragment(vec![
                el("p").text(t.providers_unreadable_text()).html(),
                el("p")
                    .node(button(
                        send,
                        Msg::Providers(ProvidersMsg::DiscardAsked(*run)),
                        "quiet",
                        text(t.providers_discard()),
                    ))
                    .html(),
            ]),
        )
    };
    let stored = &model.providers.stored;
    let readable = stored.runs.iter().map(message_of);
    fragment(
        readable
            .chain(stored.unreadable.iter().map(unreadable))
            .collect(),
    )
}

/// What people look for here, and what does not work.
fn notes(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    fragment(vec![
        ids(model, send),
        links::view::copy(model, send),
        link_without_selection(model),
        el("details")
            .key_text("provider-notes")
            .class("card fold")
            .child(el("summary").child(el("h2").text(t.providers_notes())))
            .child(
                el("ul")
                    .class("bullets plain")
                    .child(el("li").text(t.providers_note_groups()))
                    .child(el("li").text(t.providers_note_policy()))
                    .child(el("li").text(t.providers_note_rights()))
                    .child(el("li").text(t.providers_note_unregister())),
            )
            .html(),
    ])
}

/// Says that the link above lacks what was selected.
fn link_without_selection(model: &Model) -> Html {
    let t = model.locale;
    let providers = &model.providers;
    let has_some = model.selected_count() > 0 || !providers.answers.ids.trim().is_empty();
    let is_left_out = has_some && providers.answers_for_link().ids.trim().is_empty();
    if is_left_out {
        el("p")
            .class("quiet small no-print")
            .text(&t.providers_link_most(count(MOST_IN_LINK)))
            .html()
    } else {
        Html::default()
    }
}

/// Selects by IDs.
fn ids(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let answers = &model.providers.answers;
    let fault = answers
        .ids()
        .err()
        .map(|wrong| t.providers_ids_wrong(isolated(&wrong)));
    let missing = &model.providers.missing_ids;
    let not_found = (!missing.is_empty()).then(|| {
        let shown: Vec<String> = missing.iter().take(5).map(ToString::to_string).collect();
        message(
            Severity::Warning,
            "",
            el("p")
                .text(&t.providers_ids_missing(count(missing.len()), shown.join(", ")))
                .html(),
        )
    });
    let can_pick = fault.is_none()
        && !answers.ids.trim().is_empty()
        && !model.providers.matrix.rows().is_empty();
    el("details")
        .key_text("provider-ids")
        .attr_if("open", !answers.ids.is_empty())
        .class("card fold no-print")
        .child(el("summary").child(el("h2").text(t.providers_ids())))
        .node(
            TextField {
                entry: FieldId::Providers(ProviderField::Ids),
                kind: InputKind::Lines,
                label: t.providers_ids_label(),
                hint: t.providers_ids_hint(),
                value: &answers.ids,
                fault,
                is_required: false,
            }
            .view(t),
        )
        .node_some(not_found)
        .node_some(can_pick.then(|| {
            el("p")
                .node(button(
                    send,
                    Msg::Providers(ProvidersMsg::IdsPicked),
                    "",
                    text(t.providers_ids_pick()),
                ))
                .html()
        }))
        .html()
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let selected = model.selected_count();
    let review = if model.providers.is_running() {
        button(
            send,
            Msg::WentTo(Route::ProvidersRun),
            "primary",
            text(t.providers_to_run()),
        )
    } else if model.providers.of.is_some() {
        let (kind, name) = if selected == 0 {
            ("", t.providers_review_none().to_owned())
        } else {
            ("primary", t.providers_review(count(selected)))
        };
        let review = Msg::Providers(ProvidersMsg::ReviewAsked);
        button(send, review, kind, text(&name))
    } else {
        Html::default()
    };
    fragment(vec![
        button(send, Msg::WentTo(Route::Start), "", text(t.frame_back())),
        review,
    ])
}
