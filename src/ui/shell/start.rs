//! What the page does, what it guarantees, and its entry points.

use crate::ui::route;
use crate::ui::runs::banner;
use crate::ui::shell::messages::no_client;
use crate::ui::shell::messages::site_message;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use crate::ui::route::Step;
use crate::ui::setup::state::RefusedDraft;
use crate::ui::shell::site_card;
use domain::locale::Locale;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let needs_client = !model.embedding.parent_signs_in()
        && model
            .site
            .config()
            .is_some_and(|config| config.client_id(model.setup.draft.cloud()).is_none());
    several(vec![
        head("", words.start_title(), words.start_lead()),
        turned_away(model),
        banner::banner(model, send),
        site_card::card(model),
        site_message(words, &model.site),
        if needs_client {
            no_client(words, send)
        } else {
            Default::default()
        },
        model
            .setup
            .refused
            .as_ref()
            .map_or_else(Html::default, |refused| refused_draft(words, send, refused)),
        ways_in(model, send),
        tag("div")
            .class("deck")
            .with(
                tag("section")
                    .class("group")
                    .with(tag("h2").say(words.start_promises_title()))
                    .put(bullets(
                        Icon::Lock,
                        &[
                            words.start_promise_direct(),
                            words.start_promise_review(),
                            words.start_promise_memory(),
                            words.start_promise_least(),
                            words.start_promise_telemetry(),
                        ],
                    )),
            )
            .with(
                tag("section")
                    .class("group")
                    .with(tag("h2").say(words.start_needs_title()))
                    .put(bullets(
                        Icon::Check,
                        &[
                            words.start_need_role(),
                            words.role_less_is_enough(),
                            words.start_need_azure(),
                            words.start_need_site(),
                        ],
                    )),
            )
            .html(),
    ])
}

/// The available tasks, as far as the site owner has turned them on.
fn ways_in(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let set_up = if model.setup.is_resumed {
        words.start_resume_action()
    } else {
        words.start_set_up_action()
    };
    let resumed = model.setup.is_resumed.then(|| words.start_resume_text());
    let ways = [
        (
            Route::Step(Step::AzureService),
            [
                words.start_set_up_title(),
                words.start_set_up_text(),
                set_up,
            ],
        ),
        (
            Route::CheckPair,
            [
                words.start_check_title(),
                words.start_check_text(),
                words.start_check_action(),
            ],
        ),
        (
            Route::CheckUri,
            [
                words.start_uri_title(),
                words.start_uri_text(),
                words.start_uri_action(),
            ],
        ),
    ];
    let mut cards = ways
        .into_iter()
        .filter(|(place, _)| !model.is_off(*place))
        .map(|(place, [title, what, action])| {
            let is_wizard = matches!(place, Route::Step(_));
            tag("section")
                .class("card")
                .with(tag("h2").say(title))
                .with(tag("p").say(what))
                .maybe(
                    resumed
                        .filter(|_| is_wizard)
                        .map(|told| tag("p").class("quiet").say(told).html()),
                )
                .with(tag("p").class("card-foot").put(button(
                    send,
                    Msg::WentTo(place),
                    if is_wizard { "primary" } else { "" },
                    text(action),
                )))
                .html()
        });
    tag("div").class("deck").all(&mut cards).html()
}

/// Shown if the requested page is turned off by the site owner.
fn turned_away(model: &Model) -> Html {
    let words = model.words;
    model.turned_away.map_or_else(Html::default, |place| {
        message(
            Severity::Info,
            words.start_off_title(),
            tag("p")
                .say(&words.start_off(route::title(place, words)))
                .html(),
        )
    })
}

fn bullets(icon: Icon, lines: &[&'static str]) -> Html {
    tag("ul")
        .class("bullets")
        .all(&mut lines.iter().map(|line| {
            tag("li")
                .put(icon.view())
                .with(tag("span").say(line))
                .html()
        }))
        .html()
}

fn refused_draft(words: Locale, send: &Callback<Msg>, refused: &RefusedDraft) -> Html {
    let file = File {
        name: "cmg-entra-setup-draft.txt".to_owned(),
        kind: "text/plain",
        text: refused.text.clone(),
    };
    message(
        Severity::Warning,
        words.start_draft_refused(),
        several(vec![
            tag("p")
                .say(refused.why.sentence(words))
                .say(" ")
                .say(words.start_draft_keep())
                .html(),
            tag("p")
                .class("row")
                .put(button(
                    send,
                    Msg::SaveAsked(file),
                    "",
                    text(words.start_draft_save()),
                ))
                .put(button(
                    send,
                    Msg::RefusedDropped,
                    "quiet",
                    text(words.start_draft_drop()),
                ))
                .html(),
        ]),
    )
}
