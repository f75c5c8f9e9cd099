//! Messages about the settings of the site.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::msg::ShellMsg;
use crate::ui::route::Route;
use crate::ui::shell::site::SiteConfig;
use domain::locale::Locale;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Problems with the site's settings that prevent signing in.
pub fn site_message(t: Locale, site: &SiteConfig) -> Html {
    match site {
        SiteConfig::Ready(_) | SiteConfig::Reading => Html::default(),
        SiteConfig::Unread => message(
            Severity::Danger,
            t.config_unread_title(),
            el("p").text(t.config_unread_fix()).html(),
        ),
        SiteConfig::Refused(sentence) => message(
            Severity::Danger,
            t.config_refused_title(),
            fragment(vec![
                el("p").text(sentence).html(),
                el("p").text(t.config_refused_fix()).html(),
            ]),
        ),
    }
}

/// A sign-in to this cloud needs a client ID in the site's settings.
pub fn no_client(t: Locale, send: &Callback<ShellMsg>) -> Html {
    message(
        Severity::Warning,
        t.azure_service_no_client(),
        fragment(vec![
            el("p").text(t.azure_service_no_client_text()).html(),
            el("p")
                .node(button(
                    send,
                    ShellMsg::WentTo(Route::Register),
                    "",
                    text(t.azure_service_no_client_link()),
                ))
                .html(),
        ]),
    )
}
