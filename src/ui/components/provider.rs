//! Resource providers: purpose and state.

use crate::ui::components::markup::tag;
use crate::ui::sign_in::state::Providers;
use domain::cmg::ProviderNamespace;
use domain::known::Known;
use domain::locale::Locale;
use engine::desired::providers::RegistrationState;
use yew::prelude::Html;

pub fn provider_list(words: Locale, found: &Providers) -> Html {
    tag("ul")
        .class("list")
        .all(&mut ProviderNamespace::ALL.into_iter().map(|namespace| {
            let (state, told) = state_words(words, found.get(&namespace));
            tag("li")
                .with(tag("span"))
                .with(
                    tag("span")
                        .class("list-text")
                        .with(tag("span").set("translate", "no").say(namespace.name()))
                        .with(
                            tag("span")
                                .class("list-note")
                                .say(purpose(words, namespace)),
                        ),
                )
                .with(tag("span").set("data-state", state).class("tag").say(told))
                .html()
        }))
        .html()
}

/// State of a provider: the state for the style sheet, and its name.
#[must_use]
pub fn state_words(
    words: Locale,
    state: Option<&Known<RegistrationState>>,
) -> (&'static str, &'static str) {
    match state {
        Some(Known::Known(RegistrationState::Registered)) => ("yes", words.provider_registered()),
        Some(Known::Known(RegistrationState::Registering)) => {
            ("info", words.provider_registering())
        }
        Some(Known::Known(RegistrationState::NotRegistered)) => {
            ("", words.provider_not_registered())
        }
        Some(Known::Known(RegistrationState::Unregistering)) => {
            ("warning", words.provider_unregistering())
        }
        Some(Known::Unknown) | None => ("cannot-tell", words.frame_cannot_tell()),
    }
}

/// What the gateway needs a provider for.
#[must_use]
pub fn purpose(words: Locale, namespace: ProviderNamespace) -> &'static str {
    match namespace {
        ProviderNamespace::KeyVault => words.provider_key_vault(),
        ProviderNamespace::Storage => words.provider_storage(),
        ProviderNamespace::Network => words.provider_network(),
        ProviderNamespace::Compute => words.provider_compute(),
    }
}
