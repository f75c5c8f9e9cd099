//! Step "Azure service": the connection's name, the cloud, the tenant and the sign-in.

use crate::ui::sign_in::view::sign_in;
use crate::ui::sign_in::view::tenant_field;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::clouds::clouds;
use crate::ui::components::field::Kind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Step;
use crate::ui::shell::frame::eyebrow;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let draft = &model.setup.draft;
    several(vec![
        head(
            &eyebrow(model, Some(Step::AzureService)),
            words.azure_service_title(),
            words.azure_service_lead(),
        ),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.azure_service_connection()))
            .put(
                TextField {
                    entry: FieldId::ConnectionName,
                    kind: Kind::Line,
                    label: words.azure_service_name(),
                    hint: words.azure_service_name_hint(),
                    value: &draft.connection_name,
                    fault: model.fault(FieldId::ConnectionName),
                    is_required: true,
                }
                .view(words),
            )
            .put(
                TextField {
                    entry: FieldId::Description,
                    kind: Kind::Line,
                    label: words.azure_service_description(),
                    hint: "",
                    value: &draft.description,
                    fault: model.fault(FieldId::Description),
                    is_required: false,
                }
                .view(words),
            )
            .html(),
        tag("div")
            .class("card")
            .put(clouds(
                words,
                FieldId::Cloud,
                words.azure_service_environment(),
                words.azure_service_environment_hint(),
                &draft.cloud,
            ))
            .html(),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.azure_service_admin()))
            .put(tenant_field(model))
            .put(sign_in(model, send))
            .html(),
    ])
}
