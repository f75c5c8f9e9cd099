//! The frame around each page: header with tenant and cloud, list of steps, docked actions, and the page heading.

use crate::ui::components::head::cloud_name;
use crate::ui::components::head::tenant_name;
use crate::ui::links;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::Element;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::is_empty;
use crate::ui::components::element::text;
use crate::ui::components::field::PickField;
use crate::ui::components::icon::Icon;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::day;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::shell::site_card;
use crate::ui::shell::theme::Theme;
use crate::ui::sign_in::window;
use domain::locale::Locale;
use strum::IntoEnumIterator as _;

/// Everything around a page.
pub fn frame(model: &Model, send: &Callback<Msg>, page: Html, foot: Html) -> Html {
    let t = model.locale;
    let steps = steps(model, send);
    let state = steps.is_some().then_some("steps");
    let has_foot = !is_empty(&foot);
    // A button and not a link: a fragment without a slash would be taken for a sign-in response.
    let skip = el("button")
        .attr("type", "button")
        .class("skip")
        .on_click(send, Msg::SkipAsked)
        .text(t.frame_skip());
    let demo = model.demo.is_some().then(|| {
        let demo = el("span").text(t.frame_demo());
        el("p").class("band").child(demo).html()
    });
    let foot = has_foot.then(|| {
        let foot = el("div")
            .attr_some("data-state", state)
            .class("frame-foot")
            .node(foot);
        el("footer").class("frame-bottom").child(foot).html()
    });
    // On this page the message is shown beside the sign-in button.
    let window = (model.route != Route::Step(WizardStep::AzureService))
        .then(|| window::view(model, send))
        .flatten();
    // The embedding page has a header of its own. The tenant that will be changed stays visible.
    let is_held = model.embedding.is_embedded();
    let home = match is_held {
        false => Some(brand(t).html()),
        true => (model.route != Route::Start).then(|| way_home(t, send)),
    };
    // Not when embedded: the logo would take the place of the product name.
    let logo = (!is_held).then(|| site_card::logo(model)).flatten();
    // A document has one `main` element, and when mounted it belongs to the embedding page.
    let (whole, main) = match model.embedding.is_module() {
        true => ("section", "div"),
        false => ("div", "main"),
    };
    el(whole)
        .attr_some(
            "aria-label",
            model.embedding.is_module().then_some(t.product_name()),
        )
        .attr_some("data-state", is_held.then_some("held"))
        .class("frame")
        .node(print_head(model))
        .child(
            el("header")
                .class("frame-top")
                .child(skip)
                .node_some(demo)
                .child(
                    el("div")
                        .class("frame-head")
                        .node_some(home)
                        .node_some(logo)
                        .node(badges(model)),
                ),
        )
        .child(
            el("div")
                .attr_some("data-state", state)
                .class("frame-body")
                .node_some(steps)
                .child(
                    el(main)
                        .class("stack")
                        .node_some(window)
                        .node_some(links::view::notice(model, send))
                        .node(page),
                ),
        )
        .node_some((!is_held).then(|| theme(model)))
        .node_some(foot)
        .child(
            el("div")
                .attr("role", "status")
                .class(if model.notice.is_visible {
                    "no-print"
                } else {
                    "unseen"
                })
                .child(
                    el("p")
                        .attr_some("class", model.notice.is_visible.then_some("toast"))
                        .key(model.notice.number)
                        .text(&model.notice.text),
                ),
        )
        .html()
}

/// On every sheet of a printed page: which page this is, of which day and tenant.
fn print_head(model: &Model) -> Html {
    let t = model.locale;
    let user = model.sign_in.access.user();
    let part = |value: Html| fragment(vec![text(" · "), value]);
    el("div")
        .class("print-head no-screen")
        .child(
            el("p")
                .text(t.product_name())
                .node(part(text(&model.home)))
                .node(part(text(&t.frame_printed(day(model.now)))))
                .node_some(user.map(|user| part(foreign(&tenant_name(user)))))
                .node_some(user.map(|user| part(code(&user.tenant.to_string()))))
                .node_some(model.demo.is_some().then(|| part(text(t.frame_demo())))),
        )
        .html()
}

/// The choice of the theme. In an embedding page, that page chooses.
fn theme(model: &Model) -> Html {
    let t = model.locale;
    let name = |theme| match theme {
        Theme::System => t.frame_theme_system(),
        Theme::Light => t.frame_theme_light(),
        Theme::Dark => t.frame_theme_dark(),
    };
    let options = Theme::iter().map(|theme| (theme.key().to_owned(), name(theme).to_owned()));
    let field = PickField {
        entry: FieldId::Theme,
        label: t.frame_theme(),
        hint: "",
        options: options.collect(),
        picked: model.theme.key(),
        fault: None,
    };
    // A region, because everything on a page belongs to a landmark, and a page has one footer.
    el("section")
        .attr("aria-label", t.frame_display())
        .class("frame-end no-print")
        .node(field.view(t))
        .html()
}

/// Icon and product name, as a link to the start page.
fn brand(t: Locale) -> Element {
    let cloud = "M4.6 12.5h7a2.9 2.9 0 0 0 .4-5.8 4.2 4.2 0 0 0-8-.4 3.1 3.1 0 0 0 .6 6.2Z";
    let sign = el("svg")
        .attr("viewBox", "0 0 16 16")
        .attr("fill", "none")
        .attr("stroke", "currentColor")
        .attr("stroke-width", "1.5")
        .attr("stroke-linecap", "round")
        .attr("stroke-linejoin", "round")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .class("brand-mark")
        .child(el("path").attr("d", cloud))
        .child(el("path").attr("d", "m6 9 1.5 1.5L10.2 7.5"));
    el("a")
        .attr_value("href", &format!("#{}", Route::Start.address()))
        .attr("aria-label", t.frame_home())
        .class("brand")
        .child(sign)
        .child(el("span").text(t.product_name()))
}

/// A button to the start page, without icon and name. Not a link: the address belongs to the embedding page.
fn way_home(t: Locale, send: &Callback<Msg>) -> Html {
    el("button")
        .attr("type", "button")
        .class("link-button way-home")
        .on_click(send, Msg::WentTo(Route::Start))
        .text(t.frame_way_home())
        .html()
}

/// Cloud, tenant and account, always visible after the sign-in.
fn badges(model: &Model) -> Html {
    let t = model.locale;
    let Some(user) = model.sign_in.access.user() else {
        return Html::default();
    };
    el("ul")
        .attr("aria-label", t.frame_badges())
        .class("badges")
        .child(badge(
            Icon::Cloud,
            t.frame_cloud(),
            text(cloud_name(t, user.cloud)),
        ))
        .child(badge(
            Icon::Building,
            t.frame_tenant(),
            foreign(&tenant_name(user)),
        ))
        .child(badge(
            Icon::Person,
            t.frame_account(),
            foreign(&user.account.name),
        ))
        .html()
}

fn badge(icon: Icon, name: &str, value: Html) -> Element {
    let name = el("span").class("unseen").text(name).text(" ");
    el("li")
        .class("badge")
        .node(icon.view())
        .child(el("span").child(name).node(value))
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
    let t = model.locale;
    let rows = model
        .steps()
        .map(|step| (Route::Step(step), step.name(t), Some(step)));
    let rows = rows.chain([(Route::Review, t.step_review(), None)]);
    Some(
        el("nav")
            .attr("aria-label", t.frame_steps())
            .class("steps")
            .child(
                el("ol").nodes(&mut rows.zip(1_u8..).map(|((place, name, step), number)| {
                    let is_here = model.route == place;
                    let state = step.map_or("", |step| step_state(model, step));
                    let mark = match state {
                        "done" => Icon::Check.view(),
                        "fault" => Icon::Warning.view(),
                        _ => text(&number.to_string()),
                    };
                    let label = match state {
                        "done" => t.step_state_done(),
                        "fault" => t.step_state_fault(),
                        _ => "",
                    };
                    el("li")
                        .child(
                            el("button")
                                .attr("type", "button")
                                .attr_some("aria-current", is_here.then_some("step"))
                                .class("step")
                                .on_click(send, Msg::WentTo(place))
                                .child(
                                    el("span")
                                        .attr_some(
                                            "data-state",
                                            (!state.is_empty()).then_some(state),
                                        )
                                        .attr("aria-hidden", "true")
                                        .class("step-mark")
                                        .node(mark),
                                )
                                .child(
                                    el("span")
                                        .class("step-name")
                                        .text(name)
                                        .child(el("span").class("unseen").text(label)),
                                ),
                        )
                        .html()
                })),
            )
            .html(),
    )
}

fn step_state(model: &Model, step: WizardStep) -> &'static str {
    if model.has_fault(step) {
        "fault"
    } else if model.route == Route::Step(step) || !model.setup.visited.contains_key(&step) {
        ""
    } else {
        "done"
    }
}

/// Page actions of a step: review, previous, next.
pub fn step_actions(model: &Model, send: &Callback<Msg>, step: WizardStep) -> Html {
    let t = model.locale;
    let previous = model.steps().rfind(|other| *other < step);
    let previous = previous.map_or(Route::Start, Route::Step);
    let next = model.steps().find(|other| *other > step);
    let next = next.map_or((Route::Review, t.step_review()), |next| {
        (Route::Step(next), next.name(t))
    });
    // On the last step, Next would repeat the review button.
    let is_last = next.0 == Route::Review;
    fragment(vec![
        button(
            send,
            Msg::WentTo(Route::Review),
            "primary",
            text(t.frame_review()),
        ),
        button(send, Msg::WentTo(previous), "", text(t.frame_previous())),
        if !is_last {
            button(send, Msg::WentTo(next.0), "", text(&t.frame_next(next.1)))
        } else {
            Default::default()
        },
    ])
}

/// "Step 2 of 6".
#[must_use]
pub fn eyebrow(model: &Model, step: Option<WizardStep>) -> String {
    let count = model.steps().count() + 1;
    let number = step.map_or(count, |step| {
        model.steps().take_while(|other| *other < step).count() + 1
    });
    model.locale.step_eyebrow(count, number)
}
