//! Review + create: everything that will be done, before anything is done.

use crate::ui::components::start_error;
use crate::ui::components::time;
use crate::ui::components::who::who_where;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::diagram::picture;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::check_box;
use crate::ui::components::head::head;
use crate::ui::components::head::tenant_name;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::onward;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::step_of;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::RunMsg;
use crate::ui::review::origin::origins;
use crate::ui::review::outcome::result;
use crate::ui::review::outcome::secret_question;
use crate::ui::review::requests;
use crate::ui::review::requests::writes;
use crate::ui::review::state::Review;
use crate::ui::review::state::ReviewData;
use crate::ui::review::summary;
use crate::ui::review::update::why_disabled;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::setup::steps::eyebrow;
use crate::ui::sign_in::state::SignInMismatch;
use crate::ui::sign_in::view::tenant_ways;
use crate::ui::sign_in::view::unfit_sentence;
use domain::confusables::isolated;
use domain::known::Answer;
use domain::locale::Locale;
use domain::roles::Task;
use engine::desired::FieldError;
use engine::desired::purpose::Purpose;
use engine::journal::JournalLocation;
use engine::journal::RecordedRun;
use engine::plan::preflight::PreflightCheck;
use engine::plan::preflight::Question;
use engine::run::prepare::StartError;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let body = match &model.review.state {
        Review::Absent | Review::Reading => el("section")
            .class("card")
            .node(busy(t.review_reading()))
            .html(),
        Review::Faulty { faults, unfit } => faulty(model, send, faults, *unfit),
        Review::Failed(failed) => fragment(vec![
            el("h2").text(t.review_failed()).html(),
            problem(t, failed),
            onward::or_back(
                t,
                send,
                failed,
                (Route::Review, t.review_again()),
                (Route::Step(WizardStep::AzureService), t.run_back_to_steps()),
            ),
        ]),
        Review::Ready(review) => ready(model, send, review),
    };
    fragment(vec![
        match model.setup.draft.purpose() {
            Purpose::SetUp => head(&eyebrow(model, None), t.review_title(), lead(model)),
            Purpose::HandOver => head("", t.review_hand_over_title(), t.review_hand_over_lead()),
            Purpose::Renewal => head("", t.review_renewal_title(), t.review_repair_lead()),
            Purpose::Repair => head("", t.review_repair_title(), t.review_repair_lead()),
            Purpose::Retirement => head("", t.review_retire_title(), t.review_retire_lead()),
        },
        journal_messages(model, send),
        body,
    ])
}

/// A run that continues has changed something already.
fn lead(model: &Model) -> &'static str {
    match model.recorded_run() {
        Some(_) => model.locale.review_lead_continued(),
        None => model.locale.review_lead(),
    }
}

/// Messages about the journal before a run: why the last run did not begin, which run this one continues, and where the journal is stored.
fn journal_messages(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let mut bars = Vec::new();
    let is_trouble_shown = matches!(model.runs.stop, Some(StartError::NotKept(_)));
    if let Some(stop) = model.runs.stop.as_ref().filter(|_| !is_trouble_shown) {
        bars.push(start_error::stopped(t, stop));
    }
    if !matches!(model.review.state, Review::Ready(_)) {
        return fragment(bars);
    }
    if let Some(started) = model.past_of_another().and_then(RecordedRun::started) {
        bars.push(message(
            Severity::Warning,
            t.unfinished_other_title(),
            fragment(vec![
                el("p")
                    .text(&t.unfinished_other(isolated(&started.account.name)))
                    .html(),
                to_unfinished(t, send),
            ]),
        ));
    } else if model.past_of_other_work().is_some() {
        bars.push(message(
            Severity::Warning,
            t.review_other_work_title(),
            fragment(vec![
                el("p").text(t.review_other_work()).html(),
                to_unfinished(t, send),
            ]),
        ));
    } else if let Some(recorded_run) = model.recorded_run() {
        let began = time::moment(t, recorded_run.began());
        let is_secret_lost = model
            .resumed()
            .history
            .has_lost_secret(model.runs.secret.as_ref().map(|secret| secret.key_id));
        bars.push(message(
            Severity::Info,
            t.resume_title(),
            fragment(vec![
                el("p").text(&t.resume(&began)).html(),
                if is_secret_lost {
                    el("p").text(t.resume_secret()).html()
                } else {
                    Html::default()
                },
                to_unfinished(t, send),
            ]),
        ));
    }
    if let Some(why) = model.runs.journals.trouble {
        bars.push(start_error::stopped(t, &StartError::NotKept(why)));
        bars.push(check_box(
            FieldId::KeepAsFile,
            model.runs.journals.keeping == JournalLocation::File,
            t.stop_file(),
            "",
        ));
    }
    fragment(bars)
}

fn to_unfinished(t: Locale, send: &Callback<Msg>) -> Html {
    el("p")
        .class("row")
        .node(button(
            send,
            Msg::WentTo(Route::Unfinished),
            "",
            text(t.unfinished_to()),
        ))
        .html()
}

fn faulty(
    model: &Model,
    send: &Callback<Msg>,
    faults: &[FieldError],
    unfit: Option<SignInMismatch>,
) -> Html {
    let t = model.locale;
    if model.setup.draft.has_existing() {
        return before_repair(model, send, faults, unfit);
    }
    let row = |step: WizardStep, asked: Msg, sentence: &str| {
        let place = Route::Step(step);
        let name = if model.is_off(place) {
            el("span")
        } else {
            el("button")
                .attr("type", "button")
                .class("link-button")
                .on_click(send, asked)
        };
        el("li")
            .child(name.text(step.name(t)))
            .text(": ")
            .text(sentence)
            .html()
    };
    message(
        Severity::Danger,
        t.review_faulty(),
        fragment(vec![
            el("ul")
                .class("group")
                .node_some(unfit.map(|unfit| {
                    let step = WizardStep::AzureService;
                    let asked = Msg::WentTo(Route::Step(step));
                    row(step, asked, &unfit_sentence(model, unfit))
                }))
                .nodes(&mut faults.iter().map(|fault| {
                    let asked = Msg::FieldAsked(fault.field);
                    row(step_of(fault.field), asked, &fault.sentence)
                }))
                .html(),
            if is_elsewhere(unfit) {
                tenant_ways(model, send)
            } else if unfit.is_some() && faults.is_empty() {
                {
                    el("p")
                        .node(button(
                            send,
                            Msg::SignInAsked,
                            "",
                            text(t.azure_service_sign_in()),
                        ))
                        .html()
                }
            } else {
                Default::default()
            },
        ]),
    )
}

/// What the review of a repair still needs, usually a sign-in with write permissions. No link to the wizard: a repair has no steps there.
fn before_repair(
    model: &Model,
    send: &Callback<Msg>,
    faults: &[FieldError],
    unfit: Option<SignInMismatch>,
) -> Html {
    let t = model.locale;
    let why = unfit.map(|unfit| match unfit {
        SignInMismatch::SignedOut => t.review_repair_signed_out().to_owned(),
        SignInMismatch::Cloud
        | SignInMismatch::Tenant
        | SignInMismatch::TenantUnknown
        | SignInMismatch::Discovery
        | SignInMismatch::ReadOnly
        | SignInMismatch::AzureOnly
        | SignInMismatch::Old => unfit_sentence(model, unfit),
    });
    let sentences = faults.iter().map(|fault| fault.sentence.clone());
    message(
        Severity::Info,
        t.review_repair_before(),
        fragment(vec![
            fragment(
                why.into_iter()
                    .chain(sentences)
                    .map(|sentence| el("p").text(&sentence).html())
                    .collect(),
            ),
            if is_elsewhere(unfit) {
                tenant_ways(model, send)
            } else {
                el("p")
                    .node(button(
                        send,
                        Msg::SignInAsked,
                        "primary",
                        text(t.azure_service_sign_in()),
                    ))
                    .html()
            },
        ]),
    )
}

/// The answer that is easy to give by accident: nothing is done in Azure.
fn providers_left(model: &Model, send: &Callback<Msg>, review: &ReviewData) -> Html {
    let t = model.locale;
    let desired = &review.plan.desired;
    if desired.existing.is_some() || desired.subscription.is_some() {
        return Html::default();
    }
    let names: Vec<_> = desired.needed_providers().map(|it| it.name()).collect();
    message(
        Severity::Warning,
        t.review_providers_left(),
        fragment(vec![
            el("p")
                .text(&t.review_providers_left_text(names.join(", ")))
                .html(),
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::WentTo(Route::Step(WizardStep::Subscription)),
                    "",
                    text(t.review_providers_choose()),
                ))
                .html(),
        ]),
    )
}

fn is_elsewhere(unfit: Option<SignInMismatch>) -> bool {
    matches!(
        unfit,
        Some(SignInMismatch::Tenant | SignInMismatch::TenantUnknown)
    )
}

fn ready(model: &Model, send: &Callback<Msg>, review: &ReviewData) -> Html {
    let t = model.locale;
    let tenant = model
        .sign_in
        .access
        .user()
        .map(tenant_name)
        .unwrap_or_default();
    fragment(vec![
        result(model, send, review),
        disconnected(model, review),
        origins(model, review),
        (review.observed.azure.as_ref())
            .map(|problem| onward::without_azure(t, send, problem))
            .unwrap_or_default(),
        providers_left(model, send, review),
        if model.setup.draft.has_existing() {
            Html::default()
        } else {
            secret_question(model, review)
        },
        el("section")
            .class("card")
            .child(el("h2").text(t.review_essentials()))
            .node(summary::view(model, review))
            .html(),
        if model.setup.draft.has_existing() {
            Html::default()
        } else {
            el("section")
                .class("card")
                .child(el("h2").text(t.review_picture()))
                .node(picture(t, &review.plan, &tenant, &[], None))
                .html()
        },
        el("section")
            .class("card")
            .child(el("h2").text(t.review_checks()))
            .child(
                el("ul").class("list").nodes(
                    &mut review
                        .checks
                        .iter()
                        .map(|check| check_row(t, review, check)),
                ),
            )
            .html(),
        requests::view(model, send, review),
    ])
}

/// The question before a deletion: only the admin knows what the site uses.
fn disconnected(model: &Model, review: &ReviewData) -> Html {
    let t = model.locale;
    if review.plan.desired.purpose() != Purpose::Retirement || review.plan.is_blocked() {
        return Html::default();
    }
    message(
        Severity::Warning,
        t.retire_warning_title(),
        fragment(vec![
            el("p").text(t.retire_warning()).html(),
            check_box(
                FieldId::SiteDisconnected,
                model.review.is_site_disconnected,
                t.review_retire_confirm(),
                "",
            ),
        ]),
    )
}

fn check_row(t: Locale, review: &ReviewData, check: &PreflightCheck) -> Html {
    let is_change = check.question == Question::Allowed(Task::CreateApps)
        && review.plan.desired.existing.is_some();
    let question = if is_change {
        t.check_change_apps()
    } else {
        check.question.text(t)
    };
    let (icon, state, label) = match check.answer {
        Answer::Yes => (Icon::Check, "yes", t.frame_yes()),
        Answer::No => (Icon::Cross, "no", t.frame_no()),
        Answer::CannotTell => (Icon::Question, "cannot-tell", t.frame_cannot_tell()),
    };
    el("li")
        .node(icon.view_as("mark", state))
        .child(
            el("span")
                .class("list-text")
                .child(el("span").text(question))
                .child(el("span").class("list-note").text(&check.sentence)),
        )
        .child(
            el("span")
                .attr("data-state", state)
                .class("tag")
                .text(label),
        )
        .html()
}

/// Create, beside the account, the tenant and the cloud.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let review = match &model.review.state {
        Review::Ready(review) if !review.plan.is_blocked() && model.may_begin() => Some(review),
        Review::Ready(_)
        | Review::Absent
        | Review::Faulty { .. }
        | Review::Reading
        | Review::Failed(_) => None,
    };
    let is_nothing_left = |review: &ReviewData| review.plan.writes() == 0;
    let (kind, label) = match (model.setup.draft.purpose(), &model.review.state) {
        (Purpose::Retirement, Review::Ready(review)) => {
            ("danger", t.review_retire_start(writes(review)))
        }
        (_, Review::Ready(review)) if is_nothing_left(review) && !review.plan.is_blocked() => {
            ("primary", t.review_hand_over().to_owned())
        }
        _ if model.recorded_run().is_some() => ("primary", t.run_continue().to_owned()),
        (Purpose::SetUp, _) => ("primary", t.review_create().to_owned()),
        _ => ("primary", t.review_repair_start().to_owned()),
    };
    let create = el("button")
        .attr("type", "button")
        .attr("data-kind", kind)
        .attr_some("aria-disabled", review.is_none().then_some("true"))
        .attr("aria-describedby", "create-as")
        .class("button")
        .text(&label)
        .on_click(send, Msg::Run(RunMsg::Approved));
    fragment(vec![
        create.html(),
        button(
            send,
            Msg::WentTo(if model.setup.draft.has_existing() {
                Route::Report
            } else {
                model.steps().next_back().map_or(Route::Start, Route::Step)
            }),
            "",
            text(t.frame_previous()),
        ),
        el("div")
            .attr("id", "create-as")
            .class("who")
            .node(who(model, review.is_some()))
            .html(),
    ])
}

fn who(model: &Model, is_ready: bool) -> Html {
    let t = model.locale;
    match model.sign_in.access.user() {
        Some(user) if is_ready => who_where(t, user),
        Some(_) | None => el("p").class("quiet").text(why_disabled(model)).html(),
    }
}
