//! Step "Native app": the native (client) app. Its other properties follow from the web (server) app.

use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::route::WizardStep;
use crate::ui::setup::steps::eyebrow;

pub fn view(model: &Model) -> Html {
    let t = model.locale;
    let gets = [
        t.native_app_gets_permissions(),
        t.native_app_gets_redirect(),
        t.native_app_gets_public(),
    ];
    fragment(vec![
        head(
            &eyebrow(model, Some(WizardStep::NativeApp)),
            t.native_app_title(),
            t.native_app_lead(),
        ),
        el("div")
            .class("card")
            .node(
                TextField {
                    entry: FieldId::ClientName,
                    kind: InputKind::Line,
                    label: t.native_app_name(),
                    hint: t.native_app_name_hint(),
                    value: &model.setup.draft.client_name,
                    fault: model.fault(FieldId::ClientName),
                    is_required: true,
                }
                .view(t),
            )
            .html(),
        el("section")
            .class("group")
            .child(el("h2").text(t.native_app_gets()))
            .child(
                el("ul")
                    .class("bullets text-width")
                    .nodes(&mut gets.into_iter().map(|line| {
                        el("li")
                            .node(Icon::Check.view())
                            .child(el("span").text(line))
                            .html()
                    })),
            )
            .html(),
    ])
}
