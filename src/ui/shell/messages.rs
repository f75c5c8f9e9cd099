//! Messages about the settings of the site.

use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use crate::ui::shell::site::SiteConfig;
use domain::locale::Locale;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Problems with the site's settings that prevent signing in.
pub fn site_message(words: Locale, site: &SiteConfig) -> Html {
    match site {
        SiteConfig::Ready(_) | SiteConfig::Reading => Html::default(),
        SiteConfig::Unread => message(
            Severity::Danger,
            words.config_unread_title(),
            tag("p").say(words.config_unread_mend()).html(),
        ),
        SiteConfig::Refused(sentence) => message(
            Severity::Danger,
            words.config_refused_title(),
            several(vec![
                tag("p").say(sentence).html(),
                tag("p").say(words.config_refused_mend()).html(),
            ]),
        ),
    }
}

/// A sign-in to this cloud needs a client ID in the site's settings.
pub fn no_client(words: Locale, send: &Callback<Msg>) -> Html {
    message(
        Severity::Warning,
        words.azure_service_no_client(),
        several(vec![
            tag("p").say(words.azure_service_no_client_text()).html(),
            tag("p")
                .put(button(
                    send,
                    Msg::WentTo(Route::Register),
                    "",
                    text(words.azure_service_no_client_link()),
                ))
                .html(),
        ]),
    )
}
