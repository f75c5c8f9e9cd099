//! What will be registered, before anything is sent.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::grid::Grid;
use crate::ui::components::grid::GridColumn;
use crate::ui::components::grid::GridRow;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::request::format_choice;
use crate::ui::components::request::request;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::providers::account::tenant;
use crate::ui::providers::cells::count;
use crate::ui::providers::cells::name;
use crate::ui::providers::cells::number;
use crate::ui::providers::cells::short;
use crate::ui::providers::export;
use crate::ui::providers::update::PLAN_GRID;
use crate::ui::route::Route;
use engine::arm;
use engine::auth::account::Audience;
use engine::auth::scopes::Scope;
use engine::plan::write::ShownRequest;
use engine::providers::selection::ProviderSelection;
use engine::providers::selection::SelectedSubscription;
use yew::prelude::Callback;
use yew::prelude::Html;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(plan) = &model.providers.plan else {
        return head("", t.providers_review_title(), "");
    };
    let requests: usize = plan
        .subscriptions
        .iter()
        .map(|it| it.namespaces.len())
        .sum();
    let account = model.sign_in.access.user();
    fragment(vec![
        head("", t.providers_review_title(), t.providers_review_lead()),
        el("section")
            .class("card")
            .node(essentials(vec![
                (
                    t.azure_service_account(),
                    account.map_or_else(
                        || text(t.providers_signed_out()),
                        |user| foreign(&user.account.name),
                    ),
                ),
                (t.providers_tenant(), tenant(model, plan.tenant)),
                (
                    t.azure_service_environment(),
                    text(cloud_name(t, plan.cloud)),
                ),
                (
                    t.providers_subscriptions(),
                    text(&t.providers_plan_table(count(plan.subscriptions.len()))),
                ),
                (
                    t.providers_requests(),
                    text(&t.providers_requests_most(count(requests))),
                ),
            ]))
            .node_some((model.providers.left_out > 0).then(|| {
                let left_out = count(model.providers.left_out);
                el("p").text(&t.providers_review_left_out(left_out)).html()
            }))
            .child(el("p").text(t.providers_review_reads()))
            .html(),
        obstacle(model, send, plan),
        forbidden(model, send),
        table(model, send, plan),
        export::view(model, send, plan),
    ])
}

/// Why the registration cannot begin.
fn obstacle(model: &Model, send: &Callback<Msg>, plan: &ProviderSelection) -> Html {
    let t = model.locale;
    let there = (plan.cloud, plan.tenant);
    let sentence = if model.sign_in.access.user().is_none() {
        t.providers_signed_out()
    } else if model.azure_tenant() != Some(there) {
        t.providers_review_elsewhere()
    } else if model.is_sign_in_old() {
        t.unfit_old()
    } else {
        return Html::default();
    };
    message(
        Severity::Warning,
        "",
        fragment(vec![
            el("p").text(sentence).html(),
            el("p")
                .node(button(
                    send,
                    Msg::Providers(ProvidersMsg::TenantAsked(there)),
                    "primary",
                    text(t.azure_service_sign_in_again()),
                ))
                .html(),
        ]),
    )
}

/// Subscriptions in which the account has no right, as far as its roles say.
fn forbidden(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let forbidden = model.forbidden_in_plan().len();
    if forbidden == 0 {
        return Html::default();
    }
    message(
        Severity::Warning,
        &t.providers_forbidden(number(t, forbidden)),
        fragment(vec![
            el("p").text(t.providers_forbidden_text()).html(),
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::Providers(ProvidersMsg::ForbiddenDropped),
                    "",
                    text(t.providers_forbidden_drop()),
                ))
                .html(),
            export::role(model, send),
        ]),
    )
}

fn table(model: &Model, send: &Callback<Msg>, plan: &ProviderSelection) -> Html {
    let t = model.locale;
    let rows = plan.subscriptions.len();
    let plain = |name: &str| GridColumn {
        name: text(name),
        sorted: None,
    };
    let label = t.providers_plan_table(count(rows));
    let grid = Grid {
        locale: t,
        id: PLAN_GRID,
        kind: "plan",
        label: &label,
        columns: vec![
            plain(t.providers_column_number()),
            plain(t.providers_column_name()),
            plain(t.providers_column_register()),
        ],
        rows,
        state: model.providers.plan_grid,
        selects: false,
    };
    let events = send.reform(|event| Msg::Providers(ProvidersMsg::PlanGrid(event)));
    let drawn = grid.view(&events, &|place| GridRow {
        cells: plan
            .subscriptions
            .get(place)
            .map_or_else(Vec::new, |one| cells(place, one)),
        is_selected: None,
    });
    let active = model.providers.plan_grid.row(rows);
    let active = active.and_then(|place| plan.subscriptions.get(place));
    el("section")
        .class("card")
        .child(el("h2").text(&label))
        .node(drawn)
        .node_some(active.map(|one| requests(model, send, plan, one)))
        .html()
}

fn cells(place: usize, one: &SelectedSubscription) -> Vec<Html> {
    let names: Vec<&str> = one.namespaces.iter().map(|it| short(*it)).collect();
    vec![
        text(&(place + 1).to_string()),
        name(&one.name, one.id),
        el("span")
            .class("grid-name")
            .attr("translate", "no")
            .text(&names.join(", "))
            .html(),
    ]
}

/// The exact requests of the active row.
fn requests(
    model: &Model,
    send: &Callback<Msg>,
    plan: &ProviderSelection,
    one: &SelectedSubscription,
) -> Html {
    let t = model.locale;
    let format = model.review.format;
    el("div")
        .class("group")
        .child(
            el("h3")
                .text(t.providers_requests_of())
                .text(" ")
                .node(foreign(&one.name)),
        )
        .node(format_choice(
            t,
            format,
            (plan.cloud, plan.tenant),
            &[Scope::UserImpersonation],
        ))
        .nodes(&mut one.namespaces.iter().map(|it| {
            let id = format!("request-{}", it.name());
            let shown = arm::register(plan.cloud, one.id, *it);
            let shown = ShownRequest::new(Audience::Arm, shown);
            request(t, send, &id, (&shown, plan.cloud), format)
        }))
        .html()
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let register = model.may_register().then(|| {
        button(
            send,
            Msg::Providers(ProvidersMsg::Approved),
            "primary",
            text(t.providers_register()),
        )
    });
    fragment(vec![
        button(
            send,
            Msg::WentTo(Route::Providers),
            "",
            text(t.providers_to_table()),
        ),
        register.unwrap_or_default(),
    ])
}
