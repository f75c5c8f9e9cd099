//! A plan that was opened, before its answers are in use, and the field that opens a plan or a result.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::field::file_field;
use crate::ui::components::head::cloud_name;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::PlanMsg;
use crate::ui::plan::state::OpenRefused;
use domain::locale::Locale;
use engine::desired::Draft;
use engine::export::plan_file::PlanError;
use engine::export::received::ReceivedError;
use engine::export::saved_file::FileError;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(plan) = &model.plan.opened else {
        return taken(model, send);
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.shared_plan_opened_title()))
        .child(el("p").text(t.shared_plan_opened_text()))
        .node(answers(t, plan.draft(), &plan.hash()))
        .child(
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::Plan(PlanMsg::Used),
                    "primary",
                    text(t.shared_plan_use()),
                ))
                .node(button(
                    send,
                    Msg::Plan(PlanMsg::Closed),
                    "",
                    text(t.shared_plan_close()),
                )),
        )
        .html()
}

/// After the answers were taken into use: the way back.
fn taken(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    if model.plan.before.is_none() {
        return Html::default();
    }
    message(
        Severity::Info,
        t.shared_plan_used(),
        el("p")
            .class("row")
            .node(button(
                send,
                Msg::Plan(PlanMsg::TakenBack),
                "",
                text(t.shared_plan_take_back()),
            ))
            .html(),
    )
}

/// Every answer of a plan, as it is in the file: nothing was checked against a tenant.
fn answers(t: Locale, draft: &Draft, hash: &str) -> Html {
    let tenant = draft.tenant.parse().ok();
    let uri = draft.uri(t).map(|uri| uri.preview(tenant, None));
    let uri = uri.map_or_else(|_| foreign(&draft.uri_domain), |uri| code(&uri));
    let discovery = [
        (draft.user_discovery, t.discovery_users()),
        (draft.group_discovery, t.discovery_groups()),
    ];
    let discovery: Vec<&str> = discovery
        .into_iter()
        .filter_map(|(is_on, name)| is_on.then_some(name))
        .collect();
    let discovery = if discovery.is_empty() {
        t.frame_no().to_owned()
    } else {
        discovery.join(", ")
    };
    let mut rows = vec![
        (t.shared_plan_hash(), code(hash)),
        (
            t.azure_service_connection(),
            foreign(&draft.connection_name),
        ),
    ];
    if !draft.description.is_empty() {
        rows.push((t.azure_service_description(), foreign(&draft.description)));
    }
    rows.extend([
        (
            t.azure_service_environment(),
            text(cloud_name(t, draft.cloud())),
        ),
        (t.shared_plan_tenant(), code(&draft.tenant)),
        (t.web_app_title(), foreign(&draft.server_name)),
        (t.web_app_home_page(), code(&draft.home_page_url)),
        (t.web_app_uri(), uri),
        (t.web_app_secret(), text(draft.secret_life().label(t))),
        (t.native_app_title(), foreign(&draft.client_name)),
        (
            t.web_app_text_language(),
            text(draft.text_language().locale().name()),
        ),
        (t.discovery_title(), text(&discovery)),
    ]);
    if draft.group_discovery && !draft.group_names.is_empty() {
        let names = draft.group_names.lines();
        let names = names.map(|name| el("div").node(foreign(name)).html());
        rows.push((t.discovery_group_names(), fragment(names.collect())));
    }
    let subscription = if draft.subscription.is_empty() {
        text(t.review_picture_no_subscription())
    } else {
        code(&draft.subscription)
    };
    rows.push((t.subscription_choose(), subscription));
    essentials(rows)
}

/// The field for a plan or a result.
pub fn open(model: &Model) -> Html {
    let t = model.locale;
    el("section")
        .class("card no-print")
        .child(el("h2").text(t.shared_plan_open()))
        .child(el("p").text(t.shared_plan_open_text()))
        .node(
            TextField {
                entry: FieldId::PlanText,
                kind: InputKind::Lines,
                label: t.shared_plan_open_label(),
                hint: t.shared_plan_open_hint(),
                value: &model.plan.text,
                fault: model.plan.refused.map(|why| sentence(t, why)),
                is_required: false,
            }
            .view(t),
        )
        .node(file_field(t, FieldId::PlanText))
        .html()
}

fn sentence(t: Locale, why: OpenRefused) -> String {
    match why {
        OpenRefused::Plan(PlanError::Changed) => t.shared_plan_changed().to_owned(),
        OpenRefused::Result(ReceivedError::Contradiction { property }) => {
            t.shared_plan_contradiction(property)
        }
        OpenRefused::Plan(PlanError::Unreadable(error))
        | OpenRefused::Result(ReceivedError::Unreadable(error)) => match error {
            FileError::TooLarge => t.shared_plan_too_large().to_owned(),
            FileError::NotJson => t.shared_plan_not_json().to_owned(),
            FileError::OtherKind => t.shared_plan_other_kind().to_owned(),
            FileError::Newer => t.shared_plan_newer().to_owned(),
            FileError::Shape { property } => t.shared_plan_shape(property),
            FileError::Extra { object } => t.shared_plan_extra(object),
        },
        OpenRefused::OtherTenant => t.shared_plan_other_tenant().to_owned(),
        OpenRefused::TurnedOff => t.shared_plan_turned_off().to_owned(),
        OpenRefused::Busy => t.shared_plan_busy().to_owned(),
    }
}
