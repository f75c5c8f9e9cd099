//! Step "Discovery": optional and off by default, because only discovery needs the widest consent.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::field::check_box;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::outside::source;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::WizardStep;
use crate::ui::setup::steps::eyebrow;
use crate::ui::sign_in::state::SignInMismatch;
use domain::sources;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let draft = &model.setup.draft;
    let needs_more = model.mismatch() == Some(SignInMismatch::Discovery);
    fragment(vec![
        head(
            &eyebrow(model, Some(WizardStep::Discovery)),
            t.discovery_title(),
            t.discovery_lead(),
        ),
        el("div")
            .class("card")
            .child(
                el("fieldset")
                    .class("field")
                    .child(el("legend").class("unseen").text(t.discovery_title()))
                    .child(
                        el("div")
                            .class("choices")
                            .node(check_box(
                                FieldId::UserDiscovery,
                                draft.user_discovery,
                                t.discovery_users(),
                                t.discovery_users_detail(),
                            ))
                            .node(check_box(
                                FieldId::GroupDiscovery,
                                draft.group_discovery,
                                t.discovery_groups(),
                                t.discovery_groups_detail(),
                            )),
                    )
                    .node(source(t, sources::DISCOVERY)),
            )
            .node_some(draft.group_discovery.then(|| {
                TextField {
                    entry: FieldId::GroupNames,
                    kind: InputKind::Lines,
                    label: t.discovery_group_names(),
                    hint: t.discovery_group_names_hint(),
                    value: &draft.group_names,
                    fault: model.fault(FieldId::GroupNames),
                    is_required: false,
                }
                .view(t)
            }))
            .child(
                el("div")
                    .attr("role", "status")
                    .class("group")
                    .node_some(draft.discovery_wanted().then(|| {
                        message(Severity::Info, "", el("p").text(t.discovery_cost()).html())
                    }))
                    .node_some(needs_more.then(|| {
                        message(
                            Severity::Warning,
                            "",
                            fragment(vec![
                                el("p").text(t.unfit_discovery()).html(),
                                el("p")
                                    .node(button(
                                        send,
                                        Msg::SignInAsked,
                                        "",
                                        text(t.azure_service_sign_in_again()),
                                    ))
                                    .html(),
                            ]),
                        )
                    })),
            )
            .html(),
    ])
}
