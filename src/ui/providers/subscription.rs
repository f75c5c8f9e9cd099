//! Step "Subscription": the gateway's subscription, and the state of its resource providers.

use crate::ui::components::provider::provider_list;
use crate::ui::providers::unread::unread;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::WizardStep;
use crate::ui::setup::steps::eyebrow;
use crate::ui::sign_in::state::Providers;
use crate::ui::sign_in::state::ReadState;
use domain::cmg::CLASSIC_PROVIDERS;
use domain::confusables::isolated;
use engine::read::observed::Subscription;
use engine::read::observed::SubscriptionObstacle;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    fragment(vec![
        head(
            &eyebrow(model, Some(WizardStep::Subscription)),
            t.subscription_title(),
            t.subscription_lead(),
        ),
        el("div")
            .class("card")
            .node(subscriptions(model, send))
            .html(),
        providers(model, send),
        el("p")
            .class("quiet small text-width")
            .text(&t.subscription_classic(CLASSIC_PROVIDERS[0], CLASSIC_PROVIDERS[1]))
            .html(),
    ])
}

fn subscriptions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let reading = model.sign_in.access.user().map(|user| &user.subscriptions);
    let found: &[Subscription] = reading.and_then(ReadState::done).map_or(&[], Vec::as_slice);
    let note = match reading {
        None => message(
            Severity::Info,
            "",
            el("p").text(t.subscription_signed_out()).html(),
        ),
        Some(ReadState::Waiting) => busy(t.subscription_reading()),
        Some(ReadState::Failed(failed)) => fragment(vec![
            unread(model, send, failed),
            el("p").text(t.subscription_go_on()).html(),
        ]),
        Some(ReadState::Done(found)) if found.is_empty() => message(
            Severity::Info,
            "",
            el("p").text(t.subscription_none()).html(),
        ),
        Some(ReadState::Done(_)) => Html::default(),
    };
    let picked = model.setup.draft.subscription.as_str();
    let tenant = model.sign_in.access.user().map(|user| user.tenant);
    let keys: Vec<String> = found.iter().map(|it| it.id.to_string()).collect();
    let mut choices: Vec<Choice<'_>> = found
        .iter()
        .zip(&keys)
        .map(|(it, key)| {
            let obstacle = tenant.and_then(|tenant| it.obstacle(tenant));
            let why = obstacle.map(|obstacle| match obstacle {
                SubscriptionObstacle::ReadOnly => t.subscription_read_only().to_owned(),
                SubscriptionObstacle::OtherTenant(home) => t.subscription_other_tenant(home),
            });
            Choice {
                key,
                name: foreign(&it.name),
                detail: fragment(vec![
                    el("span")
                        .class("field-hint")
                        .node(code(key))
                        .text(" · ")
                        .text(&t.subscription_state(isolated(&it.state)))
                        .html(),
                    why.map_or_else(Html::default, |why| {
                        el("span").class("field-hint").text(&why).html()
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
            detail: el("span")
                .class("field-hint")
                .text(t.subscription_not_listed())
                .html(),
            is_disabled: false,
        });
    }
    choices.push(Choice::new(
        "",
        t.subscription_someone_else(),
        t.subscription_someone_else_detail(),
    ));
    fragment(vec![
        note,
        Choices {
            entry: FieldId::Subscription,
            label: t.subscription_choose(),
            hint: t.subscription_hint(),
            choices,
            picked,
            fault: model.fault(FieldId::Subscription),
        }
        .view(t),
    ])
}

fn providers(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some((_, reading)) = model
        .sign_in
        .access
        .user()
        .and_then(|user| user.providers.as_ref())
        .filter(|(of, _)| of.to_string() == model.setup.draft.subscription)
    else {
        return Html::default();
    };
    let gateway = model.setup.draft.gateway();
    let list = match reading {
        ReadState::Waiting => busy(t.subscription_providers_reading()),
        // A refused token fails both reads; the error is shown once.
        ReadState::Failed(failed) => fragment(vec![
            match model.sign_in.access.user().map(|user| &user.subscriptions) {
                Some(ReadState::Failed(shown)) if shown.says_what(failed) => Html::default(),
                _ => unread(model, send, failed),
            },
            provider_list(t, gateway, &Providers::new()),
        ]),
        ReadState::Done(found) => provider_list(t, gateway, found),
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.subscription_providers()))
        .child(
            el("p")
                .class("quiet small")
                .text(t.subscription_providers_hint()),
        )
        .node(list)
        .html()
}
