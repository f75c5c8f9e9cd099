//! The offer of a notification at the end of a run.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::text;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::shell::notice::Notifications;

/// Offers a notification at the end. Not inside another page, where browsers refuse it.
pub fn notification(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    if model.embedding.is_embedded() {
        return Html::default();
    }
    let said = |sentence: &str| el("p").class("quiet").text(sentence).html();
    match model.notice.notifications {
        Notifications::Off => el("p")
            .node(button(
                send,
                Msg::NotificationsAsked,
                "",
                text(t.run_notify()),
            ))
            .html(),
        Notifications::On => said(t.run_notify_on()),
        Notifications::Refused => said(t.run_notify_refused()),
    }
}
