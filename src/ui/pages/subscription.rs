//! Step "Subscription": the gateway's subscription, and the state of its resource providers.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::access::Providers;
use crate::ui::access::Reading;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::frame::head;
use crate::ui::components::frame::kicker;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::message::Tone;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::onward;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::entry::Entry;
use crate::ui::msg::Msg;
use crate::ui::pages::azure_service::consent_link;
use crate::ui::place::Step;
use crate::ui::stage::Stage;
use domain::cmg::CLASSIC_PROVIDERS;
use domain::cmg::ProviderNamespace;
use domain::entra::Reason;
use domain::known::Known;
use domain::lookalike::isolated;
use domain::problem::Kind;
use domain::problem::Problem;
use domain::words::Words;
use engine::desired::providers::RegistrationState;
use engine::read::observed::Subscription;
use engine::read::observed::SubscriptionObstacle;

pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    several(vec![
        head(
            &kicker(stage, Some(Step::Subscription)),
            words.subscription_title(),
            words.subscription_lead(),
        ),
        tag("div")
            .class("card")
            .put(subscriptions(stage, send))
            .html(),
        providers(stage, send),
        tag("p")
            .class("quiet small text-width")
            .say(&words.subscription_classic(CLASSIC_PROVIDERS[0], CLASSIC_PROVIDERS[1]))
            .html(),
    ])
}

fn subscriptions(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let reading = stage.access.visitor().map(|visitor| &visitor.subscriptions);
    let found: &[Subscription] = reading.and_then(Reading::done).map_or(&[], Vec::as_slice);
    let note = match reading {
        None => message(
            Tone::Info,
            "",
            tag("p").say(words.subscription_signed_out()).html(),
        ),
        Some(Reading::Waiting) => busy(words.subscription_reading()),
        Some(Reading::Failed(failed)) => several(vec![
            unread(stage, send, failed),
            tag("p").say(words.subscription_go_on()).html(),
        ]),
        Some(Reading::Done(found)) if found.is_empty() => message(
            Tone::Info,
            "",
            tag("p").say(words.subscription_none()).html(),
        ),
        Some(Reading::Done(_)) => Html::default(),
    };
    let picked = stage.draft.subscription.as_str();
    let tenant = stage.access.visitor().map(|visitor| visitor.tenant);
    let keys: Vec<String> = found.iter().map(|it| it.id.to_string()).collect();
    let mut choices: Vec<Choice<'_>> = found
        .iter()
        .zip(&keys)
        .map(|(it, key)| {
            let obstacle = tenant.and_then(|tenant| it.obstacle(tenant));
            let why = obstacle.map(|obstacle| match obstacle {
                SubscriptionObstacle::ReadOnly => words.subscription_read_only().to_owned(),
                SubscriptionObstacle::OtherTenant(home) => words.subscription_other_tenant(home),
            });
            Choice {
                key,
                name: foreign(&it.name),
                detail: several(vec![
                    tag("span")
                        .class("field-hint")
                        .put(code(key))
                        .say(" · ")
                        .say(&words.subscription_state(isolated(&it.state)))
                        .html(),
                    why.map_or_else(Html::default, |why| {
                        tag("span").class("field-hint").say(&why).html()
                    }),
                ]),
                // An earlier selection stays enabled, so that it is visible and can be changed.
                is_disabled: obstacle.is_some() && key != picked,
            }
        })
        .collect();
    if !picked.is_empty() && !keys.iter().any(|key| key == picked) {
        choices.push(Choice {
            key: picked,
            name: code(picked),
            detail: tag("span")
                .class("field-hint")
                .say(words.subscription_not_listed())
                .html(),
            is_disabled: false,
        });
    }
    choices.push(Choice::new(
        "",
        words.subscription_someone_else(),
        words.subscription_someone_else_detail(),
    ));
    several(vec![
        note,
        Choices {
            entry: Entry::Subscription,
            label: words.subscription_choose(),
            hint: words.subscription_hint(),
            choices,
            picked,
            fault: stage.fault(Entry::Subscription),
        }
        .draw(words),
    ])
}

/// Why Azure could not be read, with next actions.
pub fn unread(stage: &Stage, send: &Callback<Msg>, failed: &Problem) -> Html {
    let words = stage.words;
    let is_consent = matches!(&failed.kind, Kind::EntraRefused(refusal) if refusal.reason == Reason::ConsentNeeded);
    let link = is_consent.then(|| stage.consent_link()).flatten();
    several(vec![
        problem(words, failed),
        link.map(|link| consent_link(words, send, &link))
            .unwrap_or_default(),
        onward::after(words, send, failed, Msg::ReadAgainAsked),
    ])
}

fn providers(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let Some((_, reading)) = stage
        .access
        .visitor()
        .and_then(|visitor| visitor.providers.as_ref())
        .filter(|(of, _)| of.to_string() == stage.draft.subscription)
    else {
        return Html::default();
    };
    let list = match reading {
        Reading::Waiting => busy(words.subscription_providers_reading()),
        // A refused token fails both reads; the error is shown once.
        Reading::Failed(failed) => several(vec![
            match stage.access.visitor().map(|visitor| &visitor.subscriptions) {
                Some(Reading::Failed(told)) if told.says_what(failed) => Html::default(),
                _ => unread(stage, send, failed),
            },
            provider_list(words, &Providers::new()),
        ]),
        Reading::Done(found) => provider_list(words, found),
    };
    tag("section")
        .class("card")
        .with(tag("h2").say(words.subscription_providers()))
        .with(
            tag("p")
                .class("quiet small")
                .say(words.subscription_providers_hint()),
        )
        .put(list)
        .html()
}

fn provider_list(words: Words, found: &Providers) -> Html {
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
    words: Words,
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
pub fn purpose(words: Words, namespace: ProviderNamespace) -> &'static str {
    match namespace {
        ProviderNamespace::KeyVault => words.provider_key_vault(),
        ProviderNamespace::Storage => words.provider_storage(),
        ProviderNamespace::Network => words.provider_network(),
        ProviderNamespace::Compute => words.provider_compute(),
    }
}
