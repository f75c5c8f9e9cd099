//! Diagram of the planned objects, made of text: its reading order matches its layout, at any width and in any colours.

use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::icon::Icon;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use domain::cmg;
use domain::ids::AppId;
use domain::locale::Locale;
use domain::problem::ProblemKind;
use engine::plan::Action;
use engine::plan::Plan;
use engine::plan::PlanStep;
use engine::plan::step::StepId;
use engine::run::Progress;
use engine::run::StepState;

/// The two apps, the APIs they may call, and the subscription's providers. `progress` is empty before a run, and `server` is known after it.
pub fn picture(
    t: Locale,
    plan: &Plan,
    tenant: &str,
    progress: &[Progress],
    server: Option<AppId>,
) -> Html {
    let desired = &plan.desired;
    let uri = desired.uri.preview(Some(desired.tenant), server);
    let life = desired.secret_life.label(t);
    let of_client = [
        StepId::ClientApp,
        StepId::ClientSettings,
        StepId::ClientPrincipal,
    ];
    let of_server = [StepId::ServerApp, StepId::AppIdUri, StepId::ServerPrincipal];
    el("figure")
        .attr(
            "aria-label",
            if progress.is_empty() {
                t.review_picture()
            } else {
                t.run_picture()
            },
        )
        .class("picture")
        .child(
            el("section")
                .class("picture-frame")
                .child(
                    el("h3").node(Icon::Building.view()).child(
                        el("span")
                            .text(t.review_picture_tenant())
                            .text(" ")
                            .node(foreign(tenant)),
                    ),
                )
                .child(
                    el("div")
                        .class("picture-apps")
                        .child(
                            el("section")
                                .attr("data-state", "client")
                                .class("picture-box")
                                .child(el("h4").text(t.review_picture_client()))
                                .child(
                                    el("p")
                                        .class("picture-name")
                                        .node(foreign(desired.client_name.as_str())),
                                )
                                .node(fate(t, plan, progress, &of_client)),
                        )
                        .node(arrow(
                            "calls",
                            t.review_picture_calls(),
                            cmg::SCOPE_VALUE,
                            fate(t, plan, progress, &[StepId::ServerConsent]),
                        ))
                        .child(
                            el("section")
                                .attr("data-state", "server")
                                .class("picture-box")
                                .child(el("h4").text(t.review_picture_server()))
                                .child(
                                    el("p")
                                        .class("picture-name")
                                        .node(foreign(desired.server_name.as_str())),
                                )
                                .child(el("p").class("small").node(code(&uri)))
                                .node(fate(t, plan, progress, &of_server))
                                .child(
                                    el("p")
                                        .class("small row")
                                        .node(Icon::Lock.view())
                                        .child(el("span").text(&t.review_picture_secret(life)))
                                        .node(fate(t, plan, progress, &[StepId::Secret])),
                                ),
                        )
                        .node(arrow(
                            "user",
                            t.review_picture_user(),
                            "User.Read",
                            fate(t, plan, progress, &[StepId::GraphConsent]),
                        ))
                        .node_some(desired.discovery.is_wanted().then(|| {
                            arrow(
                                "directory",
                                t.review_picture_directory(),
                                "Directory.Read.All",
                                fate(t, plan, progress, &[StepId::DirectoryConsent]),
                            )
                        }))
                        .child(
                            el("section")
                                .attr("data-state", "graph")
                                .class("picture-box")
                                .child(el("h4").text(t.review_picture_graph()))
                                .child(
                                    el("p")
                                        .class("small quiet")
                                        .text(t.review_picture_graph_note()),
                                ),
                        ),
                ),
        )
        .child(
            el("section")
                .class("picture-frame")
                .child(
                    el("h3")
                        .node(Icon::Cloud.view())
                        .child(el("span").text(t.review_picture_subscription())),
                )
                .node(if let Some(id) = desired.subscription {
                    fragment(vec![
                        el("p").class("small").node(code(&id.to_string())).html(),
                        el("ul")
                            .class("picture-providers")
                            .nodes(&mut desired.providers().into_iter().map(|namespace| {
                                el("li")
                                    .class("picture-box")
                                    .child(
                                        el("span").attr("translate", "no").text(namespace.name()),
                                    )
                                    .node(fate(t, plan, progress, &[StepId::Provider(namespace)]))
                                    .html()
                            }))
                            .html(),
                    ])
                } else {
                    el("ul")
                        .class("picture-providers")
                        .nodes(&mut desired.needed_providers().map(|namespace| {
                            el("li")
                                .class("picture-box")
                                .child(el("span").attr("translate", "no").text(namespace.name()))
                                .child(
                                    el("span")
                                        .attr("data-state", "warning")
                                        .class("tag")
                                        .text(t.review_picture_no_subscription()),
                                )
                                .html()
                        }))
                        .html()
                }),
        )
        .html()
}

fn arrow(state: &'static str, text: &'static str, permission: &'static str, fate: Html) -> Html {
    el("div")
        .attr("data-state", state)
        .class("picture-arrow")
        .child(el("p").class("small").text(text))
        .child(
            el("p")
                .attr("translate", "no")
                .class("code")
                .text(permission),
        )
        .node(fate)
        .child(
            el("svg")
                .attr("viewBox", "0 0 48 10")
                .attr("width", "48")
                .attr("height", "10")
                .attr("fill", "none")
                .attr("stroke", "currentColor")
                .attr("stroke-width", "1.5")
                .attr("aria-hidden", "true")
                .attr("focusable", "false")
                .child(el("path").attr("d", "M0 5h46m-5-4 5 4-5 4")),
        )
        .html()
}

/// How far the run is with a part of the diagram. `None` if it has not begun with it.
fn so_far(
    t: Locale,
    progress: &[Progress],
    ids: &[StepId],
) -> Option<(&'static str, &'static str)> {
    let states = || {
        let steps = progress.iter().filter(|it| ids.contains(&it.id));
        steps.map(|it| &it.state)
    };
    let mut failures = states()
        .filter_map(StepState::problem)
        .map(|problem| problem.kind == ProblemKind::Cancelled);
    if let Some(is_stopped) = failures.next() {
        // Stop is the admin's own choice, and not a failure.
        Some(if is_stopped && failures.all(|it| it) {
            ("cannot-tell", t.run_state_stopped())
        } else {
            ("no", t.run_state_failed())
        })
    } else if states().any(|it| *it == StepState::Running) {
        Some(("update", t.run_state_running()))
    } else if states().any(|it| matches!(it, StepState::Skipped { .. })) {
        Some(("cannot-tell", t.run_state_skipped()))
    } else if states().all(StepState::is_good) && states().any(|it| *it != StepState::Kept) {
        Some(("yes", t.run_state_done()))
    } else {
        None
    }
}

/// What the plan does to a part of the diagram, or what the run has done: the strongest action of its steps.
fn fate(t: Locale, plan: &Plan, progress: &[Progress], ids: &[StepId]) -> Html {
    let (state, text) = so_far(t, progress, ids).unwrap_or_else(|| planned(t, plan, ids));
    el("span")
        .attr("data-state", state)
        .class("tag")
        .text(text)
        .html()
}

fn planned(t: Locale, plan: &Plan, ids: &[StepId]) -> (&'static str, &'static str) {
    let steps = || ids.iter().filter_map(|id| plan.step(*id));
    let is = |wanted: fn(&Action) -> bool| steps().any(|step| wanted(&step.action));
    if is(|action| matches!(action, Action::Blocked(_))) {
        ("no", t.action_blocked())
    } else if steps().any(PlanStep::is_left_out) {
        ("cannot-tell", t.review_picture_left_out())
    } else if steps().all(|step| step.action == Action::Keep) {
        ("yes", t.review_picture_keep())
    } else if steps()
        .next()
        .is_some_and(|step| matches!(step.action, Action::Create(_)))
    {
        ("create", t.review_picture_create())
    } else {
        ("update", t.review_picture_update())
    }
}
