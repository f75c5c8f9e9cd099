//! Where the account is signed in, and in which other tenants it can work.

use crate::ui::components::clouds::clouds;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::head::cloud_name;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::message::problem_as;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::providers::cells::count;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::SignedInUser;
use crate::ui::sign_in::view::sign_in;
use crate::ui::sign_in::view::sign_out;
use crate::ui::sign_in::view::tenant_field;
use domain::cloud::Cloud;
use domain::confusables::isolated;
use domain::dns::Domain;
use domain::ids::TenantId;
use engine::providers::matrix::Reading;
use engine::providers::tenants::AccountTenant;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Most tenants of the account that are listed. Others can be typed.
const MOST_TENANTS: usize = 50;

/// Name and ID of a tenant, or its ID.
pub fn tenant(model: &Model, id: TenantId) -> Html {
    let user = model.sign_in.access.user().filter(|it| it.tenant == id);
    let known = model.providers.tenant(id);
    let name = known.map(|it| it.name.as_str()).filter(|it| !it.is_empty());
    let domain = user.and_then(|it| it.domain.as_ref()).map(Domain::as_str);
    let domain = domain.or_else(|| known?.domain.as_deref());
    let mut parts = Vec::new();
    for part in [name, domain].into_iter().flatten() {
        parts.push(foreign(part));
        parts.push(text(" · "));
    }
    parts.push(code(&id.to_string()));
    el("span").nodes(&mut parts.into_iter()).html()
}

/// The same for a sentence.
pub fn tenant_words(model: &Model, id: TenantId) -> String {
    let known = model.providers.tenant(id);
    let name = known.map(|it| it.name.as_str()).filter(|it| !it.is_empty());
    name.map_or_else(
        || id.to_string(),
        |name| format!("{} ({id})", isolated(name)),
    )
}

/// Who is signed in, or the sign-in.
pub fn account(model: &Model, send: &Callback<Msg>, user: Option<&SignedInUser>) -> Html {
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
    card(fragment(vec![
        essentials(vec![
            (t.azure_service_account(), foreign(&user.account.name)),
            (t.providers_tenant(), tenant(model, user.tenant)),
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
                    .node(own_tenants(model, send, user))
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

/// The other tenants in which the account is a member or a guest.
fn own_tenants(model: &Model, send: &Callback<Msg>, user: &SignedInUser) -> Html {
    let t = model.locale;
    let known = match &model.providers.tenants {
        Reading::NotRead | Reading::UnderWay => return Html::default(),
        Reading::Failed(why) => {
            return el("details")
                .key_text("tenants-unread")
                .class("fold small")
                .child(el("summary").text(t.providers_tenants_unread()))
                .node(problem_as(t, Severity::Info, why))
                .html();
        }
        Reading::Done(known) => known,
    };
    let others: Vec<&AccountTenant> = known.iter().filter(|it| it.id != user.tenant).collect();
    if others.is_empty() {
        return Html::default();
    }
    let more = others.len().saturating_sub(MOST_TENANTS);
    let row = |it: &AccountTenant, cloud: Cloud| {
        el("li")
            .child(
                el("div")
                    .class("list-text")
                    .node(tenant(model, it.id))
                    .child(el("p").node(button(
                        send,
                        Msg::Providers(ProvidersMsg::TenantAsked((cloud, it.id))),
                        "quiet",
                        text(t.providers_sign_in_there()),
                    ))),
            )
            .html()
    };
    let listed = others.into_iter().take(MOST_TENANTS);
    fragment(vec![
        el("h3").text(t.providers_own_tenants()).html(),
        el("ul")
            .class("list")
            .nodes(&mut listed.map(|it| row(it, user.cloud)))
            .html(),
        if more > 0 {
            el("p")
                .class("quiet")
                .text(&t.providers_tenants_more(count(more)))
                .html()
        } else {
            Html::default()
        },
    ])
}

/// Selections in tenants to which the account is not signed in.
pub fn other_selections(model: &Model, send: &Callback<Msg>) -> Html {
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
                        .node(tenant(model, it.tenant))
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
