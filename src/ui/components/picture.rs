//! What will exist, as a picture made of text: it reads in the same order as it looks, at any width, in any colours.

use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::cmg;
use crate::domain::words::Words;
use crate::engine::plan::Action;
use crate::engine::plan::Plan;
use crate::engine::plan::StepId;
use crate::ui::components::icon::Icon;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;

/// The two apps, what they may call, and the subscription's providers.
pub fn picture(words: Words, plan: &Plan, tenant: &str) -> Html {
    let desired = &plan.desired;
    let uri = desired.uri.preview(Some(desired.tenant), None);
    let life = desired.secret_life.label(words);
    let of_client = [
        StepId::ClientApp,
        StepId::ClientSettings,
        StepId::ClientPrincipal,
    ];
    let of_server = [StepId::ServerApp, StepId::AppIdUri, StepId::ServerPrincipal];
    html! {
        <figure class="picture" aria-label={words.review_picture()}>
            <section class="picture-frame">
                <h3>{ Icon::Building.draw() }<span>{ words.review_picture_tenant() }{ " " }{ foreign(tenant) }</span></h3>
                <div class="picture-apps">
                    <section class="picture-box" data-state="client">
                        <h4>{ words.review_picture_client() }</h4>
                        <p class="picture-name">{ foreign(desired.client_name.as_str()) }</p>
                        { fate(words, plan, &of_client) }
                    </section>
                    { arrow("calls", words.review_picture_calls(), cmg::SCOPE_VALUE, fate(words, plan, &[StepId::ServerConsent])) }
                    <section class="picture-box" data-state="server">
                        <h4>{ words.review_picture_server() }</h4>
                        <p class="picture-name">{ foreign(desired.server_name.as_str()) }</p>
                        <p class="small">{ code(&uri) }</p>
                        { fate(words, plan, &of_server) }
                        <p class="small row">{ Icon::Lock.draw() }<span>{ words.review_picture_secret(life) }</span>{ fate(words, plan, &[StepId::Secret]) }</p>
                    </section>
                    { arrow("user", words.review_picture_user(), "User.Read", fate(words, plan, &[StepId::GraphConsent])) }
                    if desired.discovery.is_wanted() {
                        { arrow("directory", words.review_picture_directory(), "Directory.Read.All", fate(words, plan, &[StepId::DirectoryConsent])) }
                    }
                    <section class="picture-box" data-state="graph">
                        <h4>{ words.review_picture_graph() }</h4>
                        <p class="small quiet">{ words.review_picture_graph_note() }</p>
                    </section>
                </div>
            </section>
            <section class="picture-frame">
                <h3>{ Icon::Cloud.draw() }<span>{ words.review_picture_subscription() }</span></h3>
                if let Some(id) = desired.subscription {
                    <p class="small">{ code(&id.to_string()) }</p>
                    <ul class="picture-providers">
                        { for desired.providers().iter().map(|namespace| html! {
                            <li class="picture-box">
                                <span translate="no">{ namespace.name() }</span>
                                { fate(words, plan, &[StepId::Provider(*namespace)]) }
                            </li>
                        }) }
                    </ul>
                } else {
                    <p class="quiet">{ words.review_picture_no_subscription() }</p>
                }
            </section>
        </figure>
    }
}

fn arrow(state: &'static str, text: &'static str, permission: &'static str, fate: Html) -> Html {
    html! {
        <div class="picture-arrow" data-state={state}>
            <p class="small">{ text }</p>
            <p class="code" translate="no">{ permission }</p>
            { fate }
            <svg viewBox="0 0 48 10" width="48" height="10" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true" focusable="false">
                <path d="M0 5h46m-5-4 5 4-5 4" />
            </svg>
        </div>
    }
}

/// What the plan does to a part of the picture: the strongest of its steps.
fn fate(words: Words, plan: &Plan, ids: &[StepId]) -> Html {
    let steps = || ids.iter().filter_map(|id| plan.step(*id));
    let is = |wanted: fn(&Action) -> bool| steps().any(|step| wanted(&step.action));
    let (state, text) = if is(|action| matches!(action, Action::Blocked(_))) {
        ("no", words.action_blocked())
    } else if steps().all(|step| step.action == Action::Keep) {
        ("yes", words.review_picture_keep())
    } else if steps()
        .next()
        .is_some_and(|step| matches!(step.action, Action::Create(_)))
    {
        ("create", words.review_picture_create())
    } else {
        ("update", words.review_picture_update())
    };
    html! { <span class="tag" data-state={state}>{ text }</span> }
}
