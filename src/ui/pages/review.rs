//! Review + create: what will be done, in full, before anything is done.

use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::known::Answer;
use crate::domain::words::Words;
use crate::engine::desired::Fault;
use crate::engine::plan::Action;
use crate::engine::plan::Reason;
use crate::engine::plan::Step as PlanStep;
use crate::engine::plan::StepId;
use crate::engine::preflight::Check;
use crate::ui::access::Unfit;
use crate::ui::access::Visitor;
use crate::ui::components::field::check_box;
use crate::ui::components::frame::cloud_name;
use crate::ui::components::frame::head;
use crate::ui::components::frame::kicker;
use crate::ui::components::frame::tenant_name;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Tone;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::picture::picture;
use crate::ui::components::plan::action_words;
use crate::ui::components::plan::reason_sentence;
use crate::ui::components::plan::step_name;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::components::value::on;
use crate::ui::entry::Entry;
use crate::ui::entry::step_of;
use crate::ui::msg::Msg;
use crate::ui::pages::azure_service::unfit_sentence;
use crate::ui::place::Place;
use crate::ui::place::Step;
use crate::ui::review::Request;
use crate::ui::review::Review;
use crate::ui::review::Sheet;
use crate::ui::stage::Stage;

/// As markup.
pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let body = match &stage.review {
        Review::Absent | Review::Reading => {
            html! { <section class="card">{ busy(words.review_reading()) }</section> }
        }
        Review::Faulty { faults, unfit } => faulty(stage, send, faults, *unfit),
        Review::Failed(failed) => html! {
            <>
                <h2>{ words.review_failed() }</h2>
                { problem(words, failed) }
                <p class="row">
                    { button(send, Msg::WentTo(Place::Review), "primary", html! { { words.review_again() } }) }
                    { button(send, Msg::SignInAsked, "", html! { { words.azure_service_sign_in_again() } }) }
                </p>
            </>
        },
        Review::Ready(sheet) => ready(stage, send, sheet),
    };
    html! { <>{ head(&kicker(words, None), words.review_title(), words.review_lead()) }{ body }</> }
}

fn faulty(stage: &Stage, send: &Callback<Msg>, faults: &[Fault], unfit: Option<Unfit>) -> Html {
    let words = stage.words;
    let row = |step: Step, sentence: &str| {
        html! {
            <li>
                <button type="button" class="link-button" onclick={on(send, Msg::WentTo(Place::Step(step)))}>{ step.name(words) }</button>
                { ": " }{ sentence }
            </li>
        }
    };
    message(
        Tone::Danger,
        words.review_faulty(),
        html! {
            <>
                <ul class="group">
                    { for unfit.map(|unfit| row(Step::AzureService, unfit_sentence(words, unfit))) }
                    { for faults.iter().map(|fault| row(step_of(fault.field), &fault.sentence)) }
                </ul>
                if unfit.is_some() && faults.is_empty() {
                    <p>{ button(send, Msg::SignInAsked, "", html! { { words.azure_service_sign_in() } }) }</p>
                }
            </>
        },
    )
}

fn ready(stage: &Stage, send: &Callback<Msg>, sheet: &Sheet) -> Html {
    let words = stage.words;
    let tenant = stage.access.visitor().map(tenant_name).unwrap_or_default();
    let unfold = (writes(sheet) > 0).then(|| {
        let text = if stage.is_unfolded {
            words.review_close_all()
        } else {
            words.review_open_all()
        };
        button(send, Msg::UnfoldToggled, "quiet", html! { { text } })
    });
    html! {
        <>
            { result(words, sheet) }
            { secret_question(stage, sheet) }
            <section class="card">
                <h2>{ words.review_essentials() }</h2>
                { summary(stage, sheet) }
            </section>
            <section class="card">
                <h2>{ words.review_picture() }</h2>
                { picture(words, &sheet.plan, &tenant) }
            </section>
            <section class="card">
                <h2>{ words.review_checks() }</h2>
                <ul class="list">{ for sheet.checks.iter().map(|check| check_row(words, check)) }</ul>
            </section>
            <section class="group">
                <h2>{ words.review_requests() }</h2>
                <p class="row"><strong>{ words.review_writes(writes(sheet)) }</strong>{ for unfold }</p>
                if writes(sheet) == 0 {
                    <p>{ words.review_nothing() }</p>
                } else {
                    <p class="quiet small">{ words.review_requests_hint() }</p>
                }
                { for (1..=sheet.waves()).map(|wave| html! {
                    <section class="group">
                        <h3>{ words.review_wave(wave) }</h3>
                        { for sheet.requests.iter().filter(|request| request.wave == wave).map(|request| request_row(stage, sheet, request)) }
                    </section>
                }) }
                { kept(words, sheet) }
            </section>
        </>
    }
}

fn writes(sheet: &Sheet) -> u64 {
    u64::try_from(sheet.plan.writes()).unwrap_or_default()
}

/// The outcome of the validation.
fn result(words: Words, sheet: &Sheet) -> Html {
    if sheet.plan.is_blocked() {
        let blocked = sheet
            .plan
            .steps
            .iter()
            .filter_map(|step| match &step.action {
                Action::Blocked(blocked) => Some((step.id, blocked)),
                Action::Create(_) | Action::Update(_) | Action::Keep => None,
            });
        return html! {
            <section class="group">
                <h2>{ words.review_blocked() }</h2>
                { for blocked.map(|(id, blocked)| html! { <><h3>{ step_name(words, id) }</h3>{ problem(words, blocked) }</> }) }
            </section>
        };
    }
    let is_clear = sheet.checks.iter().all(|check| check.answer == Answer::Yes);
    let namesakes = u64::try_from(sheet.plan.namesakes.len()).unwrap_or_default();
    let namesakes = (namesakes > 0).then(|| html! {
        <>
            <p>{ words.review_namesakes(namesakes) }</p>
            <ul>{ for sheet.plan.namesakes.iter().map(|it| html! { <li>{ foreign(&it.name) }{ " · " }{ code(&it.app_id.to_string()) }</li> }) }</ul>
        </>
    });
    let (tone, title) = if is_clear {
        (Tone::Good, words.review_passed())
    } else {
        (Tone::Warning, words.review_look())
    };
    message(
        tone,
        title,
        html! { <><p>{ words.review_passed_text() }</p>{ for namesakes }</> },
    )
}

/// A live secret whose value nobody has: one more, or not.
fn secret_question(stage: &Stage, sheet: &Sheet) -> Html {
    let words = stage.words;
    let reason = sheet.plan.step(StepId::Secret).map(|step| &step.reason);
    let is_asked = match reason {
        Some(Reason::SecretLives) => stage.secret.is_none(),
        Some(Reason::AnotherSecret) => true,
        _ => false,
    };
    if !is_asked {
        return Html::default();
    }
    html! {
        <section class="card">
            <h2>{ words.review_secret_lives() }</h2>
            <p>{ words.review_secret_lives_text() }</p>
            <div class="choices">{ check_box(Entry::AnotherSecret, stage.draft.another_secret, words.review_another_secret(), "") }</div>
        </section>
    }
}

fn summary(stage: &Stage, sheet: &Sheet) -> Html {
    let words = stage.words;
    let desired = &sheet.plan.desired;
    let tenant = stage
        .access
        .visitor()
        .map_or_else(Html::default, |visitor| foreign(&tenant_name(visitor)));
    let account = stage
        .access
        .visitor()
        .map_or_else(Html::default, |visitor| foreign(&visitor.account.name));
    let discovery = match (desired.discovery.users, desired.discovery.groups) {
        (false, false) => words.frame_no().to_owned(),
        (users, groups) => [
            (users, words.discovery_users()),
            (groups, words.discovery_groups()),
        ]
        .into_iter()
        .filter_map(|(is_on, text)| is_on.then_some(text))
        .collect::<Vec<_>>()
        .join(", "),
    };
    let subscription = match desired.subscription {
        Some(id) => subscription_name(stage, &id.to_string()),
        None => html! { { words.review_picture_no_subscription() } },
    };
    essentials(vec![
        (
            words.azure_service_connection(),
            foreign(desired.connection_name.as_str()),
        ),
        (
            words.azure_service_environment(),
            html! { { cloud_name(words, desired.cloud) } },
        ),
        (words.azure_service_tenant_name(), tenant),
        (
            words.azure_service_tenant_id(),
            code(&desired.tenant.to_string()),
        ),
        (words.azure_service_account(), account),
        (words.web_app_title(), foreign(desired.server_name.as_str())),
        (
            words.web_app_home_page(),
            code(desired.home_page_url.as_str()),
        ),
        (
            words.web_app_uri(),
            code(&desired.uri.preview(Some(desired.tenant), None)),
        ),
        (
            words.web_app_secret(),
            html! { { desired.secret_life.label(words) } },
        ),
        (
            words.native_app_title(),
            foreign(desired.client_name.as_str()),
        ),
        (words.discovery_title(), html! { { discovery } }),
        (words.subscription_choose(), subscription),
    ])
}

fn subscription_name(stage: &Stage, id: &str) -> Html {
    let found = stage
        .access
        .visitor()
        .and_then(|visitor| visitor.subscriptions.done());
    let named = found
        .into_iter()
        .flatten()
        .find(|it| it.id.to_string() == id);
    html! { <>{ for named.map(|it| html! { <>{ foreign(&it.name) }{ " · " }</> }) }{ code(id) }</> }
}

fn check_row(words: Words, check: &Check) -> Html {
    let (icon, state, told) = match check.answer {
        Answer::Yes => (Icon::Check, "yes", words.frame_yes()),
        Answer::No => (Icon::Cross, "no", words.frame_no()),
        Answer::CannotTell => (Icon::Question, "cannot-tell", words.frame_cannot_tell()),
    };
    html! {
        <li>
            { icon.draw_as("mark", state) }
            <span class="list-text"><span>{ check.question.text(words) }</span><span class="list-note">{ &check.sentence }</span></span>
            <span class="tag" data-state={state}>{ told }</span>
        </li>
    }
}

fn request_row(stage: &Stage, sheet: &Sheet, request: &Request) -> Html {
    let words = stage.words;
    let Some(step) = sheet.plan.step(request.step) else {
        return Html::default();
    };
    let (state, action) = action_words(words, &step.action);
    html! {
        <details class="request" open={stage.is_unfolded}>
            <summary>
                { Icon::Chevron.draw() }
                <span class="list-text">
                    <span class="row"><span>{ step_name(words, step.id) }</span><span class="tag" data-state={state}>{ action }</span></span>
                    <span class="request-line" translate="no"><span class="request-verb">{ &request.method }</span><span>{ &request.url }</span></span>
                </span>
            </summary>
            <div class="request-body">
                { essentials(vec![
                    (words.review_why(), html! { { reason_sentence(words, &step.reason) } }),
                    (words.review_least(), html! { { step.id.task().least_role(words) } }),
                ]) }
                if let Some(body) = &request.body {
                    <pre class="listing" tabindex="0" aria-label={words.review_body()} translate="no"><code>{ body }</code></pre>
                } else {
                    <p class="quiet small">{ words.review_no_body() }</p>
                }
            </div>
        </details>
    }
}

/// What is right as it is: said, because it was looked at.
fn kept(words: Words, sheet: &Sheet) -> Html {
    let kept: Vec<&PlanStep> = sheet
        .plan
        .steps
        .iter()
        .filter(|step| step.action == Action::Keep)
        .collect();
    if kept.is_empty() {
        return Html::default();
    }
    html! {
        <section class="group">
            <h3>{ words.review_kept() }</h3>
            <ul class="list">
                { for kept.into_iter().map(|step| html! {
                    <li>
                        { Icon::Check.draw_as("mark", "kept") }
                        <span class="list-text"><span>{ step_name(words, step.id) }</span><span class="list-note">{ reason_sentence(words, &step.reason) }</span></span>
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// Create, and right beside it who does it where.
pub fn foot(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let sheet = match &stage.review {
        Review::Ready(sheet) if !sheet.plan.is_blocked() => Some(sheet),
        Review::Ready(_)
        | Review::Absent
        | Review::Faulty { .. }
        | Review::Reading
        | Review::Failed(_) => None,
    };
    let label = if sheet.is_some_and(|sheet| sheet.plan.writes() == 0) {
        words.review_hand_over()
    } else {
        words.review_create()
    };
    let disabled = sheet.is_none().then_some("true");
    let click = if sheet.is_some() {
        on(send, Msg::Approved)
    } else {
        Callback::noop()
    };
    html! {
        <>
            <button type="button" class="button" data-kind="primary" aria-disabled={disabled} aria-describedby="create-as" onclick={click}>
                { label }
            </button>
            { button(send, Msg::WentTo(Place::Step(Step::Subscription)), "", html! { { words.frame_previous() } }) }
            <div class="who" id="create-as">
                { who(stage, sheet.is_some()) }
            </div>
        </>
    }
}

fn who(stage: &Stage, is_ready: bool) -> Html {
    let words = stage.words;
    match stage.access.visitor() {
        Some(visitor) if is_ready => who_where(words, visitor),
        Some(_) | None => html! { <p class="quiet">{ words.review_create_disabled() }</p> },
    }
}

/// The account, the tenant by name and ID, and the cloud.
pub fn who_where(words: Words, visitor: &Visitor) -> Html {
    html! {
        <>
            <p>{ words.review_as() }{ " " }<strong>{ foreign(&visitor.account.name) }</strong></p>
            <p>{ words.review_in() }{ " " }<strong>{ foreign(&tenant_name(visitor)) }</strong>{ " · " }{ code(&visitor.tenant.to_string()) }{ " · " }{ cloud_name(words, visitor.cloud) }</p>
        </>
    }
}
