//! Embedded page: messages about the window that shows Microsoft's page, or about the embedding page's own sign-in.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::SignInRefused;
use engine::auth::error::SignInError;

/// `None` if the page has a tab of its own.
pub fn view(model: &Model, send: &Callback<Msg>) -> Option<Html> {
    let t = model.locale;
    if !model.embedding.is_embedded() {
        return None;
    }
    let (title, waiting) = if model.embedding.parent_signs_in() {
        (t.sign_in_portal_waiting_title(), t.sign_in_portal_waiting())
    } else {
        (t.sign_in_window_title(), t.sign_in_window())
    };
    match &model.sign_in.access {
        AuthState::Redirecting => Some(message(
            Severity::Info,
            title,
            fragment(vec![
                el("p").text(waiting).html(),
                el("p")
                    .node(button(
                        send,
                        Msg::SignInDropped,
                        "",
                        text(t.sign_in_window_cancel()),
                    ))
                    .html(),
            ]),
        )),
        AuthState::Refused(SignInRefused {
            error: error @ SignInError::NoWindow,
            ..
        }) => Some(message(
            Severity::Warning,
            error.title(t),
            fragment(vec![
                el("p").text(&error.sentence(t)).html(),
                el("p").text(error.fix(t)).html(),
                el("p")
                    .child(
                        el("a")
                            .attr_value("href", &model.home)
                            .attr("target", "_blank")
                            .attr("rel", "noopener")
                            .text(t.sign_in_no_window_tab()),
                    )
                    .html(),
            ]),
        )),
        AuthState::SignedOut
        | AuthState::Redeeming
        | AuthState::Refused(_)
        | AuthState::SignedIn(_)
        | AuthState::Ended(_) => None,
    }
}
