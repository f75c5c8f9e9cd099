//! The table of subscriptions and resource providers.

use crate::ui::components::clouds::clouds;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::field::check_box;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::moment;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::ProviderField;
use crate::ui::links;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::providers::cells::count;
use crate::ui::providers::table;
use crate::ui::route::Route;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::SignedInUser;
use crate::ui::sign_in::view::sign_in;
use crate::ui::sign_in::view::sign_out;
use crate::ui::sign_in::view::tenant_field;
use domain::cmg::CLASSIC_PROVIDERS;
use domain::cmg::ProviderNamespace;
use domain::confusables::isolated;
use engine::providers::journal::StoredProviderRun;
use yew::prelude::Callback;
use yew::prelude::Html;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let user = model.sign_in.access.user();
    let azure_user = user.filter(|user| user.may_use_azure);
    fragment(vec![
        head("", t.providers_title(), t.providers_lead()),
        stored_runs(model, send),
        account(model, send, azure_user),
        other_tenants(model, send),
        wanted(model),
        match azure_user {
            Some(_) => table::subscriptions(model, send),
            None => Html::default(),
        },
        notes(model, send),
    ])
}

/// Who is signed in, or the sign-in.
fn account(model: &Model, send: &Callback<Msg>, user: Option<&SignedInUser>) -> Html {
    let t = model.locale;
    let card = |body: Html| {
        el("section")
            .class("card")
            .child(el("h2").text(t.providers_account()))
            .node(body)
            .html()
    };
    let Some(user) = user else {
        let is_in = matches!(model.sign_in.access, AuthState::SignedIn(_));
        return card(fragment(vec![
            where_to_sign_in(model),
            el("p").text(t.providers_sign_in()).html(),
            if is_in {
                fragment(vec![
                    message(
                        Severity::Info,
                        "",
                        el("p").text(t.providers_without_azure()).html(),
                    ),
                    el("p")
                        .node(button(
                            send,
                            Msg::SignInAsked,
                            "primary",
                            text(t.azure_service_sign_in_again()),
                        ))
                        .html(),
                ])
            } else {
                sign_in(model, send)
            },
        ]));
    };
    let tenant = match &user.domain {
        Some(domain) => fragment(vec![
            foreign(domain.as_str()),
            text(" · "),
            code(&user.tenant.to_string()),
        ]),
        None => code(&user.tenant.to_string()),
    };
    card(fragment(vec![
        essentials(vec![
            (t.azure_service_account(), foreign(&user.account.name)),
            (t.providers_tenant(), tenant),
            (
                t.azure_service_environment(),
                text(cloud_name(t, user.cloud)),
            ),
        ]),
        el("details")
            .key_text("another-tenant")
            .class("fold no-print")
            .child(el("summary").text(t.providers_another_tenant()))
            .child(
                el("div")
                    .class("group")
                    .child(
                        el("p")
                            .class("quiet")
                            .text(t.providers_another_tenant_text()),
                    )
                    .node(where_to_sign_in(model))
                    .child(
                        el("p")
                            .class("row")
                            .node(button(
                                send,
                                Msg::SignInAsked,
                                "",
                                text(t.azure_service_sign_in_again()),
                            ))
                            .node(sign_out(model, send, "quiet")),
                    ),
            )
            .html(),
    ]))
}

fn where_to_sign_in(model: &Model) -> Html {
    let t = model.locale;
    fragment(vec![
        clouds(
            t,
            FieldId::Cloud,
            t.azure_service_environment(),
            t.azure_service_environment_hint(),
            &model.setup.draft.cloud,
        ),
        tenant_field(model),
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
    fragment(model.providers.stored.iter().map(message_of).collect())
}

/// Selections in tenants to which the account is not signed in.
fn other_tenants(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let here = model.azure_tenant().map(|(_, tenant)| tenant);
    let others = model.providers.selections.iter();
    let mut others = others.filter(|it| Some(it.tenant) != here).peekable();
    if others.peek().is_none() {
        return Html::default();
    }
    el("section")
        .class("card")
        .child(el("h2").text(t.providers_other_selections()))
        .child(el("ul").class("list").nodes(&mut others.map(|it| {
            el("li")
                .child(
                    el("div")
                        .class("list-text")
                        .node(code(&it.tenant.to_string()))
                        .child(
                            el("span")
                                .class("list-note")
                                .text(&t.providers_selected(count(it.subscriptions.len()))),
                        )
                        .child(
                            el("p")
                                .class("row")
                                .node(button(
                                    send,
                                    Msg::Providers(ProvidersMsg::TenantAsked((
                                        it.cloud, it.tenant,
                                    ))),
                                    "",
                                    text(t.providers_sign_in_there()),
                                ))
                                .node(button(
                                    send,
                                    Msg::Providers(ProvidersMsg::SelectionDropped(it.tenant)),
                                    "quiet",
                                    text(t.providers_drop_selection()),
                                )),
                        ),
                )
                .html()
        })))
        .html()
}

/// What people look for here, and what does not work.
fn notes(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    fragment(vec![
        ids(model, send),
        links::view::copy(model, send),
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
