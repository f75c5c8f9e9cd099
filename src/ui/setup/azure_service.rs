//! Step "Azure service": the connection's name, the cloud, the tenant and the sign-in.

use crate::ui::sign_in::view::sign_in;
use crate::ui::sign_in::view::tenant_field;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::clouds::clouds;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::setup::steps::eyebrow;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let draft = &model.setup.draft;
    fragment(vec![
        head(
            &eyebrow(model, Some(WizardStep::AzureService)),
            t.azure_service_title(),
            t.azure_service_lead(),
        ),
        el("p")
            .class("no-print")
            .text(t.azure_service_plan())
            .text(" ")
            .child(
                el("button")
                    .attr("type", "button")
                    .class("link-button")
                    .on_click(send, Msg::WentTo(Route::Plan))
                    .text(t.azure_service_plan_open()),
            )
            .html(),
        el("section")
            .class("card")
            .child(el("h2").text(t.azure_service_connection()))
            .node(
                TextField {
                    entry: FieldId::ConnectionName,
                    kind: InputKind::Line,
                    label: t.azure_service_name(),
                    hint: t.azure_service_name_hint(),
                    value: &draft.connection_name,
                    fault: model.fault(FieldId::ConnectionName),
                    is_required: true,
                }
                .view(t),
            )
            .node(
                TextField {
                    entry: FieldId::Description,
                    kind: InputKind::Line,
                    label: t.azure_service_description(),
                    hint: "",
                    value: &draft.description,
                    fault: model.fault(FieldId::Description),
                    is_required: false,
                }
                .view(t),
            )
            .html(),
        el("div")
            .class("card")
            .node(clouds(
                t,
                FieldId::Cloud,
                t.azure_service_environment(),
                t.azure_service_environment_hint(),
                &draft.cloud,
            ))
            .html(),
        el("section")
            .class("card")
            .child(el("h2").text(t.azure_service_admin()))
            .node(tenant_field(model))
            .node(sign_in(model, send))
            .html(),
    ])
}
