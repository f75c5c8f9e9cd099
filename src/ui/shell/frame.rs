//! The frame around each page: header with tenant and cloud, list of steps, docked actions, and the page heading.

use crate::ui::components::head::cloud_name;
use crate::ui::components::head::tenant_name;
use crate::ui::links;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::icon::Icon;
use crate::ui::components::markup::Markup;
use crate::ui::components::markup::is_absent;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use crate::ui::route::Step;
use crate::ui::shell::site_card;
use crate::ui::sign_in::window;
use domain::locale::Locale;

/// Everything around a page.
pub fn frame(model: &Model, send: &Callback<Msg>, page: Html, foot: Html) -> Html {
    let words = model.words;
    let steps = steps(model, send);
    let state = steps.is_some().then_some("steps");
    let has_foot = !is_absent(&foot);
    // A button and not a link: a fragment without a slash would be taken for a sign-in response.
    let skip = tag("button")
        .set("type", "button")
        .class("skip")
        .click(send, Msg::SkipAsked)
        .say(words.frame_skip());
    let demo = model.demo.is_some().then(|| {
        let demo = tag("span").say(words.frame_demo());
        tag("p").class("band").with(demo).html()
    });
    let foot = has_foot.then(|| {
        let foot = tag("div")
            .set_some("data-state", state)
            .class("frame-foot")
            .put(foot);
        tag("footer").class("frame-bottom").with(foot).html()
    });
    // On this page the message is shown beside the sign-in button.
    let window = (model.route != Route::Step(Step::AzureService))
        .then(|| window::view(model, send))
        .flatten();
    // The embedding page has a header of its own. The tenant that will be changed stays visible.
    let is_held = model.embedding.is_embedded();
    let home = match is_held {
        false => Some(brand(words).html()),
        true => (model.route != Route::Start).then(|| way_home(words, send)),
    };
    // Not when embedded: the logo would take the place of the product name.
    let logo = (!is_held).then(|| site_card::logo(model)).flatten();
    // A document has one `main` element, and when mounted it belongs to the embedding page.
    let (whole, main) = match model.embedding.is_module() {
        true => ("section", "div"),
        false => ("div", "main"),
    };
    tag(whole)
        .set_some(
            "aria-label",
            model.embedding.is_module().then_some(words.product_name()),
        )
        .set_some("data-state", is_held.then_some("held"))
        .class("frame")
        .with(
            tag("header")
                .class("frame-top")
                .with(skip)
                .maybe(demo)
                .with(
                    tag("div")
                        .class("frame-head")
                        .maybe(home)
                        .maybe(logo)
                        .put(badges(model)),
                ),
        )
        .with(
            tag("div")
                .set_some("data-state", state)
                .class("frame-body")
                .maybe(steps)
                .with(
                    tag(main)
                        .class("stack")
                        .maybe(window)
                        .maybe(links::view::told(model, send))
                        .put(page),
                ),
        )
        .maybe(foot)
        .with(
            tag("div")
                .set("role", "status")
                .class("unseen")
                .with(tag("p").key(model.notice.number).say(&model.notice.text)),
        )
        .html()
}

/// Icon and product name, as a link to the start page.
fn brand(words: Locale) -> Markup {
    let cloud = "M4.6 12.5h7a2.9 2.9 0 0 0 .4-5.8 4.2 4.2 0 0 0-8-.4 3.1 3.1 0 0 0 .6 6.2Z";
    let sign = tag("svg")
        .set("viewBox", "0 0 16 16")
        .set("fill", "none")
        .set("stroke", "currentColor")
        .set("stroke-width", "1.5")
        .set("stroke-linecap", "round")
        .set("stroke-linejoin", "round")
        .set("aria-hidden", "true")
        .set("focusable", "false")
        .class("brand-mark")
        .with(tag("path").set("d", cloud))
        .with(tag("path").set("d", "m6 9 1.5 1.5L10.2 7.5"));
    tag("a")
        .set_to("href", &format!("#{}", Route::Start.address()))
        .set("aria-label", words.frame_home())
        .class("brand")
        .with(sign)
        .with(tag("span").say(words.product_name()))
}

/// A button to the start page, without icon and name. Not a link: the address belongs to the embedding page.
fn way_home(words: Locale, send: &Callback<Msg>) -> Html {
    tag("button")
        .set("type", "button")
        .class("link-button way-home")
        .click(send, Msg::WentTo(Route::Start))
        .say(words.frame_way_home())
        .html()
}

/// Cloud, tenant and account, always visible after the sign-in.
fn badges(model: &Model) -> Html {
    let words = model.words;
    let Some(visitor) = model.sign_in.access.user() else {
        return Html::default();
    };
    tag("ul")
        .set("aria-label", words.frame_badges())
        .class("badges")
        .with(badge(
            Icon::Cloud,
            words.frame_cloud(),
            text(cloud_name(words, visitor.cloud)),
        ))
        .with(badge(
            Icon::Building,
            words.frame_tenant(),
            foreign(&tenant_name(visitor)),
        ))
        .with(badge(
            Icon::Person,
            words.frame_account(),
            foreign(&visitor.account.name),
        ))
        .html()
}

fn badge(icon: Icon, name: &str, value: Html) -> Markup {
    let name = tag("span").class("unseen").say(name).say(" ");
    tag("li")
        .class("badge")
        .put(icon.view())
        .with(tag("span").with(name).put(value))
}

/// The list of steps; `None` on pages outside the wizard.
fn steps(model: &Model, send: &Callback<Msg>) -> Option<Html> {
    match model.route {
        // A repair uses the review page, but has no steps before it.
        Route::Review if model.setup.draft.has_existing() => return None,
        Route::Step(_) | Route::Review => {}
        Route::Start
        | Route::CheckUri
        | Route::Register
        | Route::Run
        | Route::CheckPair
        | Route::Report
        | Route::Retire
        | Route::Unfinished
        | Route::Undo
        | Route::HandOver => {
            return None;
        }
    }
    let words = model.words;
    let rows = model
        .steps()
        .map(|step| (Route::Step(step), step.name(words), Some(step)));
    let rows = rows.chain([(Route::Review, words.step_review(), None)]);
    Some(
        tag("nav")
            .set("aria-label", words.frame_steps())
            .class("steps")
            .with(
                tag("ol").all(&mut rows.zip(1_u8..).map(|((place, name, step), number)| {
                    let is_here = model.route == place;
                    let state = step.map_or("", |step| step_state(model, step));
                    let mark = match state {
                        "done" => Icon::Check.view(),
                        "fault" => Icon::Warning.view(),
                        _ => text(&number.to_string()),
                    };
                    let told = match state {
                        "done" => words.step_state_done(),
                        "fault" => words.step_state_fault(),
                        _ => "",
                    };
                    tag("li")
                        .with(
                            tag("button")
                                .set("type", "button")
                                .set_some("aria-current", is_here.then_some("step"))
                                .class("step")
                                .click(send, Msg::WentTo(place))
                                .with(
                                    tag("span")
                                        .set_some(
                                            "data-state",
                                            (!state.is_empty()).then_some(state),
                                        )
                                        .set("aria-hidden", "true")
                                        .class("step-mark")
                                        .put(mark),
                                )
                                .with(
                                    tag("span")
                                        .class("step-name")
                                        .say(name)
                                        .with(tag("span").class("unseen").say(told)),
                                ),
                        )
                        .html()
                })),
            )
            .html(),
    )
}

fn step_state(model: &Model, step: Step) -> &'static str {
    if model.has_fault(step) {
        "fault"
    } else if model.route == Route::Step(step) || !model.setup.visited.contains_key(&step) {
        ""
    } else {
        "done"
    }
}

/// Page actions of a step: review, previous, next.
pub fn step_actions(model: &Model, send: &Callback<Msg>, step: Step) -> Html {
    let words = model.words;
    let previous = model.steps().rfind(|other| *other < step);
    let previous = previous.map_or(Route::Start, Route::Step);
    let next = model.steps().find(|other| *other > step);
    let next = next.map_or((Route::Review, words.step_review()), |next| {
        (Route::Step(next), next.name(words))
    });
    // On the last step, Next would repeat the review button.
    let is_last = next.0 == Route::Review;
    several(vec![
        button(
            send,
            Msg::WentTo(Route::Review),
            "primary",
            text(words.frame_review()),
        ),
        button(
            send,
            Msg::WentTo(previous),
            "",
            text(words.frame_previous()),
        ),
        if !is_last {
            {
                button(
                    send,
                    Msg::WentTo(next.0),
                    "",
                    text(&words.frame_next(next.1)),
                )
            }
        } else {
            Default::default()
        },
    ])
}

/// "Step 2 of 6".
#[must_use]
pub fn eyebrow(model: &Model, step: Option<Step>) -> String {
    let count = model.steps().count() + 1;
    let number = step.map_or(count, |step| {
        model.steps().take_while(|other| *other < step).count() + 1
    });
    model.words.step_kicker(count, number)
}
