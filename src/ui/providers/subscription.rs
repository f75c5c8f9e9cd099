//! Step "Subscription": the gateway's subscription, and the state of its resource providers.

use crate::ui::components::provider::provider_list;
use crate::ui::providers::unread::unread;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::head::head;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Step;
use crate::ui::shell::frame::eyebrow;
use crate::ui::sign_in::state::Providers;
use crate::ui::sign_in::state::Reading;
use domain::cmg::CLASSIC_PROVIDERS;
use domain::confusables::isolated;
use engine::read::observed::Subscription;
use engine::read::observed::SubscriptionObstacle;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    several(vec![
        head(
            &eyebrow(model, Some(Step::Subscription)),
            words.subscription_title(),
            words.subscription_lead(),
        ),
        tag("div")
            .class("card")
            .put(subscriptions(model, send))
            .html(),
        providers(model, send),
        tag("p")
            .class("quiet small text-width")
            .say(&words.subscription_classic(CLASSIC_PROVIDERS[0], CLASSIC_PROVIDERS[1]))
            .html(),
    ])
}

fn subscriptions(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let reading = model
        .sign_in
        .access
        .user()
        .map(|visitor| &visitor.subscriptions);
    let found: &[Subscription] = reading.and_then(Reading::done).map_or(&[], Vec::as_slice);
    let note = match reading {
        None => message(
            Severity::Info,
            "",
            tag("p").say(words.subscription_signed_out()).html(),
        ),
        Some(Reading::Waiting) => busy(words.subscription_reading()),
        Some(Reading::Failed(failed)) => several(vec![
            unread(model, send, failed),
            tag("p").say(words.subscription_go_on()).html(),
        ]),
        Some(Reading::Done(found)) if found.is_empty() => message(
            Severity::Info,
            "",
            tag("p").say(words.subscription_none()).html(),
        ),
        Some(Reading::Done(_)) => Html::default(),
    };
    let picked = model.setup.draft.subscription.as_str();
    let tenant = model.sign_in.access.user().map(|visitor| visitor.tenant);
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
            entry: FieldId::Subscription,
            label: words.subscription_choose(),
            hint: words.subscription_hint(),
            choices,
            picked,
            fault: model.fault(FieldId::Subscription),
        }
        .view(words),
    ])
}

fn providers(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let Some((_, reading)) = model
        .sign_in
        .access
        .user()
        .and_then(|visitor| visitor.providers.as_ref())
        .filter(|(of, _)| of.to_string() == model.setup.draft.subscription)
    else {
        return Html::default();
    };
    let list = match reading {
        Reading::Waiting => busy(words.subscription_providers_reading()),
        // A refused token fails both reads; the error is shown once.
        Reading::Failed(failed) => several(vec![
            match model
                .sign_in
                .access
                .user()
                .map(|visitor| &visitor.subscriptions)
            {
                Some(Reading::Failed(told)) if told.says_what(failed) => Html::default(),
                _ => unread(model, send, failed),
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
