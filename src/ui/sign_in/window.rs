//! Embedded page: messages about the window that shows Microsoft's page, or about the embedding page's own sign-in.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
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
    let words = model.words;
    if !model.embedding.is_embedded() {
        return None;
    }
    let (title, waiting) = if model.embedding.parent_signs_in() {
        (
            words.sign_in_portal_waiting_title(),
            words.sign_in_portal_waiting(),
        )
    } else {
        (words.sign_in_window_title(), words.sign_in_window())
    };
    match &model.sign_in.access {
        AuthState::Redirecting => Some(message(
            Severity::Info,
            title,
            several(vec![
                tag("p").say(waiting).html(),
                tag("p")
                    .put(button(
                        send,
                        Msg::SignInDropped,
                        "",
                        text(words.sign_in_window_cancel()),
                    ))
                    .html(),
            ]),
        )),
        AuthState::Refused(SignInRefused {
            error: error @ SignInError::NoWindow,
            ..
        }) => Some(message(
            Severity::Warning,
            error.title(words),
            several(vec![
                tag("p").say(&error.sentence(words)).html(),
                tag("p").say(error.fix(words)).html(),
                tag("p")
                    .with(
                        tag("a")
                            .set_to("href", &model.home)
                            .set("target", "_blank")
                            .set("rel", "noopener")
                            .say(words.sign_in_no_window_tab()),
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
