//! How to get a client ID for this site, with every value to copy. Shown where config.json has none for the chosen cloud.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::auth::Audience;
use crate::auth::scopes::Scope;
use crate::auth::scopes::ScopeSet;
use crate::domain::words::Words;
use crate::ui::components::frame::cloud_name;
use crate::ui::components::frame::head;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::value::copyable;
use crate::ui::msg::Msg;
use crate::ui::site::BRIDGE;
use crate::ui::site::beside;
use crate::ui::stage::Stage;

/// As markup.
pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let cloud = stage.draft.cloud();
    let line = format!(
        "{{ \"clients\": {{ \"{}\": \"00000000-0000-0000-0000-000000000000\" }} }}",
        cloud.key()
    );
    let mut scopes = ScopeSet::Discovery.scopes();
    // In front, for who only checks a pair consents to these alone.
    for scope in ScopeSet::Check.scopes().into_iter().rev() {
        if !scopes.contains(&scope) {
            scopes.insert(0, scope);
        }
    }
    several(vec![
        head(
            "",
            words.register_title(),
            &words.register_lead(cloud_name(words, cloud)),
        ),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.register_steps()))
            .with(
                tag("ol")
                    .class("numbered")
                    .with(tag("li").with(tag("p").say(words.register_step_create())))
                    .with(tag("li").with(tag("p").say(words.register_step_permissions())))
                    .with(tag("li").with(tag("p").say(words.register_step_config()))),
            )
            .html(),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.register_values()))
            .with(
                tag("div")
                    .class("values")
                    .put(copyable(
                        words,
                        send,
                        "register-name",
                        words.register_name(),
                        words.product_name(),
                    ))
                    .put(copyable(
                        words,
                        send,
                        "register-redirect",
                        words.register_redirect(),
                        &stage.home,
                    ))
                    .maybe(bridge(stage).map(|bridge| {
                        copyable(
                            words,
                            send,
                            "register-bridge",
                            words.register_bridge(),
                            &bridge,
                        )
                    }))
                    .put(copyable(
                        words,
                        send,
                        "register-config",
                        words.register_config(),
                        &line,
                    )),
            )
            .with(
                tag("dl")
                    .class("essentials")
                    .with(
                        tag("div")
                            .with(tag("dt").say(words.register_types()))
                            .with(tag("dd").say(words.register_types_value())),
                    )
                    .with(
                        tag("div")
                            .with(tag("dt").say(words.register_platform()))
                            .with(tag("dd").say(words.register_platform_value())),
                    ),
            )
            .html(),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.register_permissions()))
            .with(
                tag("section")
                    .set("tabindex", "0")
                    .set("aria-label", words.register_permissions())
                    .class("grid-scroll")
                    .with(
                        tag("table")
                            .class("grid")
                            .with(
                                tag("thead").with(
                                    tag("tr")
                                        .with(
                                            tag("th")
                                                .set("scope", "col")
                                                .say(words.register_permission()),
                                        )
                                        .with(
                                            tag("th")
                                                .set("scope", "col")
                                                .say(words.register_service()),
                                        )
                                        .with(
                                            tag("th").set("scope", "col").say(words.register_why()),
                                        ),
                                ),
                            )
                            .with(tag("tbody").all(&mut scopes.into_iter().map(|scope| {
                                tag("tr")
                                    .with(
                                        tag("th")
                                            .set("scope", "row")
                                            .set("translate", "no")
                                            .class("code")
                                            .say(scope.name()),
                                    )
                                    .with(tag("td").say(service(words, scope.audience())))
                                    .with(tag("td").say(why(words, scope)))
                                    .html()
                            }))),
                    ),
            )
            .html(),
    ])
}

fn service(words: Words, audience: Audience) -> &'static str {
    match audience {
        Audience::Graph => words.register_graph(),
        Audience::Arm => words.register_azure(),
    }
}

fn why(words: Words, scope: Scope) -> &'static str {
    match scope {
        Scope::UserRead => words.register_why_user_read(),
        Scope::OrganizationReadAll => words.register_why_organization(),
        Scope::ApplicationReadAll => words.register_why_application_read(),
        Scope::DelegatedPermissionGrantReadAll => words.register_why_grant_read(),
        Scope::ApplicationReadWriteAll => words.register_why_application(),
        Scope::DelegatedPermissionGrantReadWriteAll => words.register_why_grant(),
        Scope::PolicyReadAll => words.register_why_policy(),
        Scope::AppRoleAssignmentReadWriteAll => words.register_why_role(),
        Scope::UserImpersonation => words.register_why_azure(),
    }
}

/// Where sign-in windows come back to, if the host lets other pages hold this one in a frame.
fn bridge(stage: &Stage) -> Option<String> {
    let is_held = !stage.site.config()?.parents.is_empty();
    is_held.then(|| beside(&stage.home, BRIDGE))
}
