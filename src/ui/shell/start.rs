//! What the page does, what it guarantees, and its entry points.

use crate::ui::route;
use crate::ui::runs::banner;
use crate::ui::shell::messages::no_client;
use crate::ui::shell::messages::site_message;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::setup::state::RefusedDraft;
use crate::ui::shell::site_card;
use domain::locale::Locale;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let needs_client = !model.embedding.parent_signs_in()
        && model
            .site
            .config()
            .is_some_and(|config| config.client_id(model.setup.draft.cloud()).is_none());
    fragment(vec![
        head("", t.start_title(), t.start_lead()),
        turned_away(model),
        banner::banner(model, send),
        site_card::card(model),
        site_message(t, &model.site),
        if needs_client {
            no_client(t, send)
        } else {
            Default::default()
        },
        model
            .setup
            .refused
            .as_ref()
            .map_or_else(Html::default, |refused| refused_draft(t, send, refused)),
        ways_in(model, send),
        el("div")
            .class("deck")
            .child(
                el("section")
                    .class("group")
                    .child(el("h2").text(t.start_promises_title()))
                    .node(bullets(
                        Icon::Lock,
                        &[
                            t.start_promise_direct(),
                            t.start_promise_review(),
                            t.start_promise_memory(),
                            t.start_promise_least(),
                            t.start_promise_telemetry(),
                        ],
                    )),
            )
            .child(
                el("section")
                    .class("group")
                    .child(el("h2").text(t.start_needs_title()))
                    .node(bullets(
                        Icon::Check,
                        &[
                            t.start_need_role(),
                            t.role_less_is_enough(),
                            t.start_need_azure(),
                            t.start_need_site(),
                        ],
                    )),
            )
            .html(),
    ])
}

/// The available tasks, as far as the site owner has turned them on.
fn ways_in(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let set_up = if model.setup.is_resumed {
        t.start_resume_action()
    } else {
        t.start_set_up_action()
    };
    let resumed = model.setup.is_resumed.then(|| t.start_resume_text());
    let ways = [
        (
            Route::Step(WizardStep::AzureService),
            [t.start_set_up_title(), t.start_set_up_text(), set_up],
        ),
        (
            Route::CheckPair,
            [
                t.start_check_title(),
                t.start_check_text(),
                t.start_check_action(),
            ],
        ),
        (
            Route::CheckUri,
            [
                t.start_uri_title(),
                t.start_uri_text(),
                t.start_uri_action(),
            ],
        ),
    ];
    let mut cards = ways
        .into_iter()
        .filter(|(place, _)| !model.is_off(*place))
        .map(|(place, [title, what, action])| {
            let is_wizard = matches!(place, Route::Step(_));
            el("section")
                .class("card")
                .child(el("h2").text(title))
                .child(el("p").text(what))
                .node_some(
                    resumed
                        .filter(|_| is_wizard)
                        .map(|line| el("p").class("quiet").text(line).html()),
                )
                .child(el("p").class("card-foot").node(button(
                    send,
                    Msg::WentTo(place),
                    if is_wizard { "primary" } else { "" },
                    text(action),
                )))
                .html()
        });
    el("div").class("deck").nodes(&mut cards).html()
}

/// Shown if the requested page is turned off by the site owner.
fn turned_away(model: &Model) -> Html {
    let t = model.locale;
    model.turned_away.map_or_else(Html::default, |place| {
        message(
            Severity::Info,
            t.start_off_title(),
            el("p").text(&t.start_off(route::title(place, t))).html(),
        )
    })
}

fn bullets(icon: Icon, lines: &[&'static str]) -> Html {
    el("ul")
        .class("bullets")
        .nodes(&mut lines.iter().map(|line| {
            el("li")
                .node(icon.view())
                .child(el("span").text(line))
                .html()
        }))
        .html()
}

fn refused_draft(t: Locale, send: &Callback<Msg>, refused: &RefusedDraft) -> Html {
    let file = File {
        name: "cmg-entra-setup-draft.txt".to_owned(),
        kind: "text/plain",
        text: refused.text.clone(),
    };
    message(
        Severity::Warning,
        t.start_draft_refused(),
        fragment(vec![
            el("p")
                .text(refused.why.sentence(t))
                .text(" ")
                .text(t.start_draft_keep())
                .html(),
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::SaveAsked(file),
                    "",
                    text(t.start_draft_save()),
                ))
                .node(button(
                    send,
                    Msg::RefusedDropped,
                    "quiet",
                    text(t.start_draft_drop()),
                ))
                .html(),
        ]),
    )
}
