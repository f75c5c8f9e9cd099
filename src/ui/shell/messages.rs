//! Messages about the settings of the site.

use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Tone;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::msg::Msg;
use crate::ui::route::Place;
use crate::ui::shell::site::Site;
use domain::words::Words;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Problems with the site's settings that prevent signing in.
pub fn site_message(words: Words, site: &Site) -> Html {
    match site {
        Site::Ready(_) | Site::Reading => Html::default(),
        Site::Unread => message(
            Tone::Danger,
            words.config_unread_title(),
            tag("p").say(words.config_unread_mend()).html(),
        ),
        Site::Refused(sentence) => message(
            Tone::Danger,
            words.config_refused_title(),
            several(vec![
                tag("p").say(sentence).html(),
                tag("p").say(words.config_refused_mend()).html(),
            ]),
        ),
    }
}

/// A sign-in to this cloud needs a client ID in the site's settings.
pub fn no_client(words: Words, send: &Callback<Msg>) -> Html {
    message(
        Tone::Warning,
        words.azure_service_no_client(),
        several(vec![
            tag("p").say(words.azure_service_no_client_text()).html(),
            tag("p")
                .put(button(
                    send,
                    Msg::WentTo(Place::Register),
                    "",
                    text(words.azure_service_no_client_link()),
                ))
                .html(),
        ]),
    )
}
