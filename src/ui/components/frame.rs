//! The frame of the page: head with tenant and cloud, list of steps, docked foot, and the heading every page begins with.

use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::cloud::Cloud;
use crate::domain::known::Known;
use crate::domain::words::Words;
use crate::ui::access::Visitor;
use crate::ui::components::icon::Icon;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::components::value::on;
use crate::ui::msg::Msg;
use crate::ui::place::Place;
use crate::ui::place::Step;
use crate::ui::stage::Stage;

/// The heading that takes the focus at each change of page.
pub const HEADING: &str = "title";

/// The heading of a page.
pub fn head(kicker: &str, title: &str, lead: &str) -> Html {
    html! {
        <header class="page-head">
            if !kicker.is_empty() {
                <p class="page-kicker">{ kicker }</p>
            }
            <h1 id={HEADING} tabindex="-1">{ title }</h1>
            if !lead.is_empty() {
                <p class="page-lead">{ lead }</p>
            }
        </header>
    }
}

/// Name of a cloud.
#[must_use]
pub fn cloud_name(words: Words, cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Public => words.cloud_public(),
        Cloud::UsGov => words.cloud_usgov(),
        Cloud::UsGovDod => words.cloud_usgov_dod(),
    }
}

/// The tenant as people call it, or its ID where the name is not known.
#[must_use]
pub fn tenant_name(visitor: &Visitor) -> String {
    match visitor.facts.done().map(|facts| &facts.name) {
        Some(Known::Known(name)) => name.clone(),
        Some(Known::Unknown) | None => visitor.tenant.to_string(),
    }
}

/// Everything around a page.
pub fn frame(stage: &Stage, send: &Callback<Msg>, page: Html, foot: Html) -> Html {
    let words = stage.words;
    let steps = steps(stage, send);
    let state = steps.is_some().then_some("steps");
    let has_foot = foot != Html::default();
    html! {
        <div class="frame">
            <header class="frame-top">
                // Not a link: an address that begins with # and no slash would be taken for an answer of the sign-in page.
                <button type="button" class="skip" onclick={on(send, Msg::SkipAsked)}>{ words.frame_skip() }</button>
                if stage.demo.is_some() {
                    <p class="band"><span>{ words.frame_demo() }</span></p>
                }
                <div class="frame-head">
                    <a class="brand" href={format!("#{}", Place::Start.address())} aria-label={words.frame_home()}>
                        <svg class="brand-mark" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"
                            stroke-linejoin="round" aria-hidden="true" focusable="false">
                            <path d="M4.6 12.5h7a2.9 2.9 0 0 0 .4-5.8 4.2 4.2 0 0 0-8-.4 3.1 3.1 0 0 0 .6 6.2Z" />
                            <path d="m6 9 1.5 1.5L10.2 7.5" />
                        </svg>
                        <span>{ words.product_name() }</span>
                    </a>
                    { badges(stage) }
                </div>
            </header>
            <div class="frame-body" data-state={state}>
                { for steps }
                <main class="stack">
                    { page }
                </main>
            </div>
            if has_foot {
                <footer class="frame-bottom"><div class="frame-foot" data-state={state}>{ foot }</div></footer>
            }
            <div class="unseen" role="status"><p key={stage.notices}>{ stage.notice.clone() }</p></div>
        </div>
    }
}

/// Cloud, tenant and account: always in sight once somebody is signed in.
fn badges(stage: &Stage) -> Html {
    let words = stage.words;
    let Some(visitor) = stage.access.visitor() else {
        return Html::default();
    };
    html! {
        <ul class="badges" aria-label={words.frame_badges()}>
            <li class="badge">{ Icon::Cloud.draw() }<span><span class="unseen">{ words.frame_cloud() }{ " " }</span>{ cloud_name(words, visitor.cloud) }</span></li>
            <li class="badge">{ Icon::Building.draw() }<span><span class="unseen">{ words.frame_tenant() }{ " " }</span>{ foreign(&tenant_name(visitor)) }</span></li>
            <li class="badge">{ Icon::Person.draw() }<span><span class="unseen">{ words.frame_account() }{ " " }</span>{ foreign(&visitor.account.name) }</span></li>
        </ul>
    }
}

/// The list of steps; none on the pages beside the wizard.
fn steps(stage: &Stage, send: &Callback<Msg>) -> Option<Html> {
    match stage.place {
        Place::Step(_) | Place::Review => {}
        Place::Start | Place::CheckUri | Place::Register | Place::Run | Place::HandOver => {
            return None;
        }
    }
    let words = stage.words;
    let rows = Step::ALL
        .into_iter()
        .map(|step| (Place::Step(step), step.name(words), Some(step)));
    let rows = rows.chain([(Place::Review, words.step_review(), None)]);
    Some(html! {
        <nav class="steps" aria-label={words.frame_steps()}>
            <ol>
                { for rows.zip(1..).map(|((place, name, step), number)| {
                    let is_here = stage.place == place;
                    let state = step.map_or("", |step| step_state(stage, step));
                    let mark = match state {
                        "done" => Icon::Check.draw(),
                        "fault" => Icon::Warning.draw(),
                        _ => html! { <>{ number }</> },
                    };
                    let told = match state {
                        "done" => words.step_state_done(),
                        "fault" => words.step_state_fault(),
                        _ => "",
                    };
                    html! {
                        <li>
                            <button type="button" class="step" aria-current={is_here.then_some("step")} onclick={on(send, Msg::WentTo(place))}>
                                <span class="step-mark" data-state={(!state.is_empty()).then_some(state)} aria-hidden="true">{ mark }</span>
                                <span class="step-name">{ name }<span class="unseen">{ told }</span></span>
                            </button>
                        </li>
                    }
                }) }
            </ol>
        </nav>
    })
}

fn step_state(stage: &Stage, step: Step) -> &'static str {
    if stage.has_fault(step) {
        "fault"
    } else if stage.place == Place::Step(step) || !stage.visited.contains(&step) {
        ""
    } else {
        "done"
    }
}

/// The foot of a step: review, back, next.
pub fn step_foot(words: Words, send: &Callback<Msg>, step: Step) -> Html {
    let previous = step.previous().map_or(Place::Start, Place::Step);
    let next = step
        .next()
        .map_or((Place::Review, words.step_review()), |next| {
            (Place::Step(next), next.name(words))
        });
    // On the last step Next would be the review's own button a second time.
    let is_last = next.0 == Place::Review;
    html! {
        <>
            { button(send, Msg::WentTo(Place::Review), "primary", html! { { words.frame_review() } }) }
            { button(send, Msg::WentTo(previous), "", html! { { words.frame_previous() } }) }
            if !is_last {
                { button(send, Msg::WentTo(next.0), "", html! { { words.frame_next(next.1) } }) }
            }
        </>
    }
}

/// "Step 2 of 6".
#[must_use]
pub fn kicker(words: Words, step: Option<Step>) -> String {
    let count = Step::ALL.len() + 1;
    let number = step.map_or(count, |step| {
        Step::ALL.iter().take_while(|other| **other < step).count() + 1
    });
    words.step_kicker(count, number)
}
