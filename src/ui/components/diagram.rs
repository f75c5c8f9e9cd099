//! Diagram of the planned objects, made of text: its reading order matches its layout, at any width and in any colours.

use yew::prelude::Html;

use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use domain::cmg;
use domain::locale::Locale;
use engine::plan::Action;
use engine::plan::Plan;
use engine::plan::step::StepId;

/// The two apps, the APIs they may call, and the subscription's providers.
pub fn picture(words: Locale, plan: &Plan, tenant: &str) -> Html {
    let desired = &plan.desired;
    let uri = desired.uri.preview(Some(desired.tenant), None);
    let life = desired.secret_life.label(words);
    let of_client = [
        StepId::ClientApp,
        StepId::ClientSettings,
        StepId::ClientPrincipal,
    ];
    let of_server = [StepId::ServerApp, StepId::AppIdUri, StepId::ServerPrincipal];
    tag("figure")
        .set("aria-label", words.review_picture())
        .class("picture")
        .with(
            tag("section")
                .class("picture-frame")
                .with(
                    tag("h3").put(Icon::Building.view()).with(
                        tag("span")
                            .say(words.review_picture_tenant())
                            .say(" ")
                            .put(foreign(tenant)),
                    ),
                )
                .with(
                    tag("div")
                        .class("picture-apps")
                        .with(
                            tag("section")
                                .set("data-state", "client")
                                .class("picture-box")
                                .with(tag("h4").say(words.review_picture_client()))
                                .with(
                                    tag("p")
                                        .class("picture-name")
                                        .put(foreign(desired.client_name.as_str())),
                                )
                                .put(fate(words, plan, &of_client)),
                        )
                        .put(arrow(
                            "calls",
                            words.review_picture_calls(),
                            cmg::SCOPE_VALUE,
                            fate(words, plan, &[StepId::ServerConsent]),
                        ))
                        .with(
                            tag("section")
                                .set("data-state", "server")
                                .class("picture-box")
                                .with(tag("h4").say(words.review_picture_server()))
                                .with(
                                    tag("p")
                                        .class("picture-name")
                                        .put(foreign(desired.server_name.as_str())),
                                )
                                .with(tag("p").class("small").put(code(&uri)))
                                .put(fate(words, plan, &of_server))
                                .with(
                                    tag("p")
                                        .class("small row")
                                        .put(Icon::Lock.view())
                                        .with(tag("span").say(&words.review_picture_secret(life)))
                                        .put(fate(words, plan, &[StepId::Secret])),
                                ),
                        )
                        .put(arrow(
                            "user",
                            words.review_picture_user(),
                            "User.Read",
                            fate(words, plan, &[StepId::GraphConsent]),
                        ))
                        .maybe(desired.discovery.is_wanted().then(|| {
                            arrow(
                                "directory",
                                words.review_picture_directory(),
                                "Directory.Read.All",
                                fate(words, plan, &[StepId::DirectoryConsent]),
                            )
                        }))
                        .with(
                            tag("section")
                                .set("data-state", "graph")
                                .class("picture-box")
                                .with(tag("h4").say(words.review_picture_graph()))
                                .with(
                                    tag("p")
                                        .class("small quiet")
                                        .say(words.review_picture_graph_note()),
                                ),
                        ),
                ),
        )
        .with(
            tag("section")
                .class("picture-frame")
                .with(
                    tag("h3")
                        .put(Icon::Cloud.view())
                        .with(tag("span").say(words.review_picture_subscription())),
                )
                .put(if let Some(id) = desired.subscription {
                    several(vec![
                        tag("p").class("small").put(code(&id.to_string())).html(),
                        tag("ul")
                            .class("picture-providers")
                            .all(&mut desired.providers().iter().map(|namespace| {
                                tag("li")
                                    .class("picture-box")
                                    .with(tag("span").set("translate", "no").say(namespace.name()))
                                    .put(fate(words, plan, &[StepId::Provider(*namespace)]))
                                    .html()
                            }))
                            .html(),
                    ])
                } else {
                    tag("p")
                        .class("quiet")
                        .say(words.review_picture_no_subscription())
                        .html()
                }),
        )
        .html()
}

fn arrow(state: &'static str, text: &'static str, permission: &'static str, fate: Html) -> Html {
    tag("div")
        .set("data-state", state)
        .class("picture-arrow")
        .with(tag("p").class("small").say(text))
        .with(
            tag("p")
                .set("translate", "no")
                .class("code")
                .say(permission),
        )
        .put(fate)
        .with(
            tag("svg")
                .set("viewBox", "0 0 48 10")
                .set("width", "48")
                .set("height", "10")
                .set("fill", "none")
                .set("stroke", "currentColor")
                .set("stroke-width", "1.5")
                .set("aria-hidden", "true")
                .set("focusable", "false")
                .with(tag("path").set("d", "M0 5h46m-5-4 5 4-5 4")),
        )
        .html()
}

/// What the plan does to a part of the diagram: the strongest action of its steps.
fn fate(words: Locale, plan: &Plan, ids: &[StepId]) -> Html {
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
    tag("span")
        .set("data-state", state)
        .class("tag")
        .say(text)
        .html()
}
