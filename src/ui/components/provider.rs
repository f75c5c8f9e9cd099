//! Resource providers: purpose and state.

use crate::ui::components::element::el;
use crate::ui::sign_in::state::Providers;
use domain::cmg::GatewayFeatures;
use domain::cmg::ProviderNamespace;
use domain::known::Known;
use domain::locale::Locale;
use engine::desired::providers::RegistrationState;
use yew::prelude::Html;

pub fn provider_list(t: Locale, gateway: GatewayFeatures, found: &Providers) -> Html {
    let all = ProviderNamespace::ALL.into_iter();
    let needed = all.filter(|namespace| namespace.is_needed(gateway));
    el("ul")
        .class("list")
        .nodes(&mut needed.map(|namespace| {
            let (state, label) = state_words(t, found.get(&namespace));
            el("li")
                .child(el("span"))
                .child(
                    el("span")
                        .class("list-text")
                        .child(el("span").attr("translate", "no").text(namespace.name()))
                        .child(el("span").class("list-note").text(namespace.purpose(t))),
                )
                .child(
                    el("span")
                        .attr("data-state", state)
                        .class("tag")
                        .text(label),
                )
                .html()
        }))
        .html()
}

/// State of a provider: the state for the style sheet, and its name.
#[must_use]
pub fn state_words(
    t: Locale,
    state: Option<&Known<RegistrationState>>,
) -> (&'static str, &'static str) {
    match state {
        Some(Known::Known(RegistrationState::Registered)) => ("yes", t.provider_registered()),
        Some(Known::Known(RegistrationState::Registering)) => ("info", t.provider_registering()),
        Some(Known::Known(RegistrationState::NotRegistered)) => ("", t.provider_not_registered()),
        Some(Known::Known(RegistrationState::Unregistering)) => {
            ("warning", t.provider_unregistering())
        }
        Some(Known::Unknown) | None => ("cannot-tell", t.frame_cannot_tell()),
    }
}
