//! Step "Native app": the native (client) app. Its other properties follow from the web (server) app.

use yew::prelude::Html;

use crate::ui::components::field::Kind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::route::Step;
use crate::ui::shell::frame::eyebrow;

pub fn view(model: &Model) -> Html {
    let words = model.words;
    let gets = [
        words.native_app_gets_permissions(),
        words.native_app_gets_redirect(),
        words.native_app_gets_public(),
    ];
    several(vec![
        head(
            &eyebrow(model, Some(Step::NativeApp)),
            words.native_app_title(),
            words.native_app_lead(),
        ),
        tag("div")
            .class("card")
            .put(
                TextField {
                    entry: FieldId::ClientName,
                    kind: Kind::Line,
                    label: words.native_app_name(),
                    hint: words.native_app_name_hint(),
                    value: &model.setup.draft.client_name,
                    fault: model.fault(FieldId::ClientName),
                    is_required: true,
                }
                .view(words),
            )
            .html(),
        tag("section")
            .class("group")
            .with(tag("h2").say(words.native_app_gets()))
            .with(
                tag("ul")
                    .class("bullets text-width")
                    .all(&mut gets.into_iter().map(|line| {
                        tag("li")
                            .put(Icon::Check.view())
                            .with(tag("span").say(line))
                            .html()
                    })),
            )
            .html(),
    ])
}
