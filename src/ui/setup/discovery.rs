//! Step "Discovery": optional and off by default, because only discovery needs the widest consent.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::field::Kind;
use crate::ui::components::field::TextField;
use crate::ui::components::field::check_box;
use crate::ui::components::head::head;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Step;
use crate::ui::shell::frame::eyebrow;
use crate::ui::sign_in::state::SignInMismatch;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let draft = &model.setup.draft;
    let needs_more = model.mismatch() == Some(SignInMismatch::Discovery);
    several(vec![
        head(
            &eyebrow(model, Some(Step::Discovery)),
            words.discovery_title(),
            words.discovery_lead(),
        ),
        tag("div")
            .class("card")
            .with(
                tag("fieldset")
                    .class("field")
                    .with(tag("legend").class("unseen").say(words.discovery_title()))
                    .with(
                        tag("div")
                            .class("choices")
                            .put(check_box(
                                FieldId::UserDiscovery,
                                draft.user_discovery,
                                words.discovery_users(),
                                words.discovery_users_detail(),
                            ))
                            .put(check_box(
                                FieldId::GroupDiscovery,
                                draft.group_discovery,
                                words.discovery_groups(),
                                words.discovery_groups_detail(),
                            )),
                    ),
            )
            .maybe(draft.group_discovery.then(|| {
                TextField {
                    entry: FieldId::GroupNames,
                    kind: Kind::Lines,
                    label: words.discovery_group_names(),
                    hint: words.discovery_group_names_hint(),
                    value: &draft.group_names,
                    fault: model.fault(FieldId::GroupNames),
                    is_required: false,
                }
                .view(words)
            }))
            .with(
                tag("div")
                    .set("role", "status")
                    .class("group")
                    .maybe(draft.discovery_wanted().then(|| {
                        message(
                            Severity::Info,
                            "",
                            tag("p").say(words.discovery_cost()).html(),
                        )
                    }))
                    .maybe(needs_more.then(|| {
                        message(
                            Severity::Warning,
                            "",
                            several(vec![
                                tag("p").say(words.unfit_discovery()).html(),
                                tag("p")
                                    .put(button(
                                        send,
                                        Msg::SignInAsked,
                                        "",
                                        text(words.azure_service_sign_in_again()),
                                    ))
                                    .html(),
                            ]),
                        )
                    })),
            )
            .html(),
    ])
}
