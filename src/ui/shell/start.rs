//! What the page does, what it guarantees, and its entry points.

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
use crate::ui::embedding::state::Embedding;
use crate::ui::msg::ShellMsg;
use crate::ui::route;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::shell::messages::no_client;
use crate::ui::shell::messages::site_message;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::site_card;
use domain::cloud::Cloud;
use domain::locale::Locale;

/// What the start page shows.
pub struct StartPage<'a> {
    pub locale: Locale,
    pub embedding: Embedding,
    pub site: &'a SiteConfig,
    /// The cloud of the answers so far.
    pub cloud: Cloud,
    /// The requested page, if the site owner has turned it off.
    pub turned_away: Option<Route>,
    /// The wizard has answers from before.
    pub is_resumed: bool,
    /// The message about unfinished runs.
    pub unfinished: Html,
    /// The message about stored answers that cannot be read.
    pub refused: Html,
}

impl StartPage<'_> {
    pub fn view(self, send: &Callback<ShellMsg>) -> Html {
        let t = self.locale;
        let needs_client = !self.embedding.parent_signs_in()
            && self
                .site
                .config()
                .is_some_and(|config| config.client_id(self.cloud).is_none());
        let ways_in = self.ways_in(send);
        fragment(vec![
            head("", t.start_title(), t.start_lead()),
            turned_away(t, self.turned_away),
            self.unfinished,
            site_card::card(t, self.site),
            site_message(t, self.site),
            if needs_client {
                no_client(t, send)
            } else {
                Default::default()
            },
            self.refused,
            ways_in,
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
    fn ways_in(&self, send: &Callback<ShellMsg>) -> Html {
        let t = self.locale;
        let set_up = if self.is_resumed {
            t.start_resume_action()
        } else {
            t.start_set_up_action()
        };
        let resumed = self.is_resumed.then(|| t.start_resume_text());
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
            (
                Route::Providers,
                [
                    t.start_providers_title(),
                    t.start_providers_text(),
                    t.start_providers_action(),
                ],
            ),
        ];
        let mut cards = ways
            .into_iter()
            .filter(|(place, _)| !self.site.turns_off(*place))
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
                        ShellMsg::WentTo(place),
                        if is_wizard { "primary" } else { "" },
                        text(action),
                    )))
                    .html()
            });
        el("div").class("deck").nodes(&mut cards).html()
    }
}

/// Shown if the requested page is turned off by the site owner.
fn turned_away(t: Locale, place: Option<Route>) -> Html {
    place.map_or_else(Html::default, |place| {
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
