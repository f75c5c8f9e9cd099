//! On the other pages: a registration is under way.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use yew::prelude::Callback;
use yew::prelude::Html;

pub fn banner(model: &Model, send: &Callback<Msg>) -> Html {
    if !model.providers.is_running() || model.route.is_of_providers() {
        return Html::default();
    }
    let t = model.locale;
    message(
        Severity::Info,
        t.providers_banner(),
        fragment(vec![
            el("p").text(t.providers_banner_text()).html(),
            el("p")
                .node(button(
                    send,
                    Msg::WentTo(Route::ProvidersRun),
                    "",
                    text(t.providers_to_run()),
                ))
                .html(),
        ]),
    )
}
