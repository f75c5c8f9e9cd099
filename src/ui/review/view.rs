//! Review + create: everything that will be done, before anything is done.

use crate::ui::components::start_error;
use crate::ui::components::time;
use crate::ui::components::who::who_where;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::diagram::picture;
use crate::ui::components::field::check_box;
use crate::ui::components::head::head;
use crate::ui::components::head::tenant_name;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::onward;
use crate::ui::components::plan::action_words;
use crate::ui::components::plan::reason_sentence;
use crate::ui::components::plan::step_name;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::step_of;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::review::origin::origins;
use crate::ui::review::outcome::result;
use crate::ui::review::outcome::secret_question;
use crate::ui::review::state::Request;
use crate::ui::review::state::Review;
use crate::ui::review::state::ReviewData;
use crate::ui::review::summary;
use crate::ui::route::Route;
use crate::ui::route::Step;
use crate::ui::shell::frame::eyebrow;
use crate::ui::sign_in::state::SignInMismatch;
use crate::ui::sign_in::view::tenant_ways;
use crate::ui::sign_in::view::unfit_sentence;
use domain::confusables::escaped;
use domain::confusables::escaped_lines;
use domain::confusables::isolated;
use domain::known::Answer;
use domain::locale::Locale;
use engine::desired::Fault;
use engine::journal::JournalLocation;
use engine::journal::RecordedRun;
use engine::plan::Action;
use engine::plan::Step as PlanStep;
use engine::plan::preflight::Check;
use engine::run::prepare::StartError;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let body = match &model.review.state {
        Review::Absent | Review::Reading => tag("section")
            .class("card")
            .put(busy(words.review_reading()))
            .html(),
        Review::Faulty { faults, unfit } => faulty(model, send, faults, *unfit),
        Review::Failed(failed) => several(vec![
            tag("h2").say(words.review_failed()).html(),
            problem(words, failed),
            onward::or_back(
                words,
                send,
                failed,
                (Route::Review, words.review_again()),
                (Route::Step(Step::AzureService), words.run_back_to_steps()),
            ),
        ]),
        Review::Ready(sheet) => ready(model, send, sheet),
    };
    several(vec![
        if model.setup.draft.has_existing() {
            head("", words.review_repair_title(), words.review_repair_lead())
        } else {
            head(
                &eyebrow(model, None),
                words.review_title(),
                words.review_lead(),
            )
        },
        journal_told(model, send),
        body,
    ])
}

/// Messages about the journal before a run: why the last run did not begin, which run this one continues, and where the journal is stored.
fn journal_told(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let mut bars = Vec::new();
    let is_trouble_told = matches!(model.runs.stop, Some(StartError::NotKept(_)));
    if let Some(stop) = model.runs.stop.as_ref().filter(|_| !is_trouble_told) {
        bars.push(start_error::stopped(words, stop));
    }
    if !matches!(model.review.state, Review::Ready(_)) {
        return several(bars);
    }
    if let Some(leg) = model.past_of_another().and_then(RecordedRun::started) {
        bars.push(message(
            Severity::Warning,
            words.unfinished_other_title(),
            several(vec![
                tag("p")
                    .say(&words.unfinished_other(isolated(&leg.account.name)))
                    .html(),
                to_unfinished(words, send),
            ]),
        ));
    } else if model.past_of_other_work().is_some() {
        bars.push(message(
            Severity::Warning,
            words.review_other_work_title(),
            several(vec![
                tag("p").say(words.review_other_work()).html(),
                to_unfinished(words, send),
            ]),
        ));
    } else if let Some(past) = model.past() {
        let began = time::moment(past.began());
        let is_secret_lost = model
            .resumed()
            .history
            .has_lost_secret(model.runs.secret.as_ref().map(|secret| secret.key_id));
        bars.push(message(
            Severity::Info,
            words.resume_title(),
            several(vec![
                tag("p").say(&words.resume(&began)).html(),
                if is_secret_lost {
                    tag("p").say(words.resume_secret()).html()
                } else {
                    Html::default()
                },
                to_unfinished(words, send),
            ]),
        ));
    }
    if let Some(why) = model.runs.journals.trouble {
        bars.push(start_error::stopped(words, &StartError::NotKept(why)));
        bars.push(check_box(
            FieldId::KeepAsFile,
            model.runs.journals.keeping == JournalLocation::File,
            words.stop_file(),
            "",
        ));
    }
    several(bars)
}

fn to_unfinished(words: Locale, send: &Callback<Msg>) -> Html {
    tag("p")
        .class("row")
        .put(button(
            send,
            Msg::WentTo(Route::Unfinished),
            "",
            text(words.unfinished_to()),
        ))
        .html()
}

fn faulty(
    model: &Model,
    send: &Callback<Msg>,
    faults: &[Fault],
    unfit: Option<SignInMismatch>,
) -> Html {
    let words = model.words;
    if model.setup.draft.has_existing() {
        return before_mending(model, send, faults, unfit);
    }
    let row = |step: Step, sentence: &str| {
        let place = Route::Step(step);
        let name = if model.is_off(place) {
            tag("span")
        } else {
            tag("button")
                .set("type", "button")
                .class("link-button")
                .click(send, Msg::WentTo(place))
        };
        tag("li")
            .with(name.say(step.name(words)))
            .say(": ")
            .say(sentence)
            .html()
    };
    message(
        Severity::Danger,
        words.review_faulty(),
        several(vec![
            tag("ul")
                .class("group")
                .maybe(unfit.map(|unfit| row(Step::AzureService, &unfit_sentence(model, unfit))))
                .all(
                    &mut faults
                        .iter()
                        .map(|fault| row(step_of(fault.field), &fault.sentence)),
                )
                .html(),
            if is_elsewhere(unfit) {
                tenant_ways(model, send)
            } else if unfit.is_some() && faults.is_empty() {
                {
                    tag("p")
                        .put(button(
                            send,
                            Msg::SignInAsked,
                            "",
                            text(words.azure_service_sign_in()),
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
fn before_mending(
    model: &Model,
    send: &Callback<Msg>,
    faults: &[Fault],
    unfit: Option<SignInMismatch>,
) -> Html {
    let words = model.words;
    let why = unfit.map(|unfit| match unfit {
        SignInMismatch::SignedOut => words.review_repair_signed_out().to_owned(),
        SignInMismatch::Cloud
        | SignInMismatch::Tenant
        | SignInMismatch::TenantUnknown
        | SignInMismatch::Discovery
        | SignInMismatch::ReadOnly
        | SignInMismatch::Old => unfit_sentence(model, unfit),
    });
    let sentences = faults.iter().map(|fault| fault.sentence.clone());
    message(
        Severity::Info,
        words.review_repair_before(),
        several(vec![
            several(
                why.into_iter()
                    .chain(sentences)
                    .map(|sentence| tag("p").say(&sentence).html())
                    .collect(),
            ),
            if is_elsewhere(unfit) {
                tenant_ways(model, send)
            } else {
                tag("p")
                    .put(button(
                        send,
                        Msg::SignInAsked,
                        "primary",
                        text(words.azure_service_sign_in()),
                    ))
                    .html()
            },
        ]),
    )
}

fn is_elsewhere(unfit: Option<SignInMismatch>) -> bool {
    matches!(
        unfit,
        Some(SignInMismatch::Tenant | SignInMismatch::TenantUnknown)
    )
}

fn ready(model: &Model, send: &Callback<Msg>, sheet: &ReviewData) -> Html {
    let words = model.words;
    let tenant = model
        .sign_in
        .access
        .user()
        .map(tenant_name)
        .unwrap_or_default();
    let unfold = (writes(sheet) > 0).then(|| {
        let name = if model.review.is_unfolded {
            words.review_close_all()
        } else {
            words.review_open_all()
        };
        button(send, Msg::UnfoldToggled, "quiet", text(name))
    });
    several(vec![
        result(model, send, sheet),
        origins(model, sheet),
        (sheet.observed.azure.as_ref())
            .map(|problem| onward::without_azure(words, send, problem))
            .unwrap_or_default(),
        if model.setup.draft.has_existing() {
            Html::default()
        } else {
            secret_question(model, sheet)
        },
        tag("section")
            .class("card")
            .with(tag("h2").say(words.review_essentials()))
            .put(summary::view(model, sheet))
            .html(),
        if model.setup.draft.has_existing() {
            Html::default()
        } else {
            tag("section")
                .class("card")
                .with(tag("h2").say(words.review_picture()))
                .put(picture(words, &sheet.plan, &tenant))
                .html()
        },
        tag("section")
            .class("card")
            .with(tag("h2").say(words.review_checks()))
            .with(
                tag("ul")
                    .class("list")
                    .all(&mut sheet.checks.iter().map(|check| check_row(words, check))),
            )
            .html(),
        tag("section")
            .class("group")
            .with(tag("h2").say(words.review_requests()))
            .with(
                tag("p")
                    .class("row")
                    .with(tag("strong").say(&heading_of_requests(words, sheet)))
                    .maybe(unfold),
            )
            .put(if writes(sheet) == 0 {
                let why = if sheet.plan.is_blocked() {
                    words.review_none_yet_why()
                } else {
                    words.review_nothing()
                };
                tag("p").say(why).html()
            } else {
                tag("p")
                    .class("quiet small")
                    .say(words.review_requests_hint())
                    .html()
            })
            .all(&mut (1..=sheet.waves()).map(|wave| {
                tag("section")
                    .class("group")
                    .with(tag("h3").say(&words.review_wave(wave)))
                    .all(
                        &mut sheet
                            .requests
                            .iter()
                            .filter(|request| request.wave == wave)
                            .map(|request| request_row(model, sheet, request)),
                    )
                    .html()
            }))
            .put(kept(words, sheet))
            .html(),
    ])
}

fn heading_of_requests(words: Locale, sheet: &ReviewData) -> String {
    if writes(sheet) == 0 && sheet.plan.is_blocked() {
        words.review_none_yet().to_owned()
    } else {
        words.review_writes(writes(sheet))
    }
}

fn writes(sheet: &ReviewData) -> u64 {
    u64::try_from(sheet.plan.writes()).unwrap_or_default()
}

fn check_row(words: Locale, check: &Check) -> Html {
    let (icon, state, told) = match check.answer {
        Answer::Yes => (Icon::Check, "yes", words.frame_yes()),
        Answer::No => (Icon::Cross, "no", words.frame_no()),
        Answer::CannotTell => (Icon::Question, "cannot-tell", words.frame_cannot_tell()),
    };
    tag("li")
        .put(icon.draw_as("mark", state))
        .with(
            tag("span")
                .class("list-text")
                .with(tag("span").say(check.question.text(words)))
                .with(tag("span").class("list-note").say(&check.sentence)),
        )
        .with(tag("span").set("data-state", state).class("tag").say(told))
        .html()
}

fn request_row(model: &Model, sheet: &ReviewData, request: &Request) -> Html {
    let words = model.words;
    let Some(step) = sheet.plan.step(request.step) else {
        return Html::default();
    };
    let (state, action) = action_words(words, &step.action);
    tag("details")
        .set_if("open", model.review.is_unfolded)
        .class("request")
        .with(
            tag("summary").put(Icon::Chevron.view()).with(
                tag("span")
                    .class("list-text")
                    .with(
                        tag("span")
                            .class("row")
                            .with(tag("span").say(&step_name(words, step.id)))
                            .with(
                                tag("span")
                                    .set("data-state", state)
                                    .class("tag")
                                    .say(action),
                            ),
                    )
                    .with(
                        tag("span")
                            .set("translate", "no")
                            .class("request-line")
                            .with(tag("span").class("request-verb").say(&request.method))
                            .with(tag("span").say(&escaped(&request.url))),
                    ),
            ),
        )
        .with(
            tag("div")
                .class("request-body")
                .put(essentials(vec![
                    (
                        words.review_why(),
                        text(&reason_sentence(words, &step.reason)),
                    ),
                    (words.review_least(), text(step.id.task().least_role(words))),
                ]))
                .put(if let Some(body) = &request.body {
                    tag("pre")
                        .set("tabindex", "0")
                        .set("role", "group")
                        .set("aria-label", words.review_body())
                        .set("translate", "no")
                        .class("listing")
                        .with(tag("code").say(&escaped_lines(body)))
                        .html()
                } else {
                    tag("p")
                        .class("quiet small")
                        .say(words.review_no_body())
                        .html()
                }),
        )
        .html()
}

/// Steps with nothing to do, listed so that the admin sees what was checked.
fn kept(words: Locale, sheet: &ReviewData) -> Html {
    let kept: Vec<&PlanStep> = sheet
        .plan
        .steps
        .iter()
        .filter(|step| step.action == Action::Keep)
        .collect();
    if kept.is_empty() {
        return Html::default();
    }
    tag("section")
        .class("group")
        .with(tag("h3").say(words.review_kept()))
        .with(
            tag("ul")
                .class("list")
                .all(&mut kept.into_iter().map(|step| {
                    tag("li")
                        .put(Icon::Check.draw_as("mark", "kept"))
                        .with(
                            tag("span")
                                .class("list-text")
                                .with(tag("span").say(&step_name(words, step.id)))
                                .with(
                                    tag("span")
                                        .class("list-note")
                                        .say(&reason_sentence(words, &step.reason)),
                                ),
                        )
                        .html()
                })),
        )
        .html()
}

/// Create, beside the account, the tenant and the cloud.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let sheet = match &model.review.state {
        Review::Ready(sheet) if !sheet.plan.is_blocked() && model.may_begin() => Some(sheet),
        Review::Ready(_)
        | Review::Absent
        | Review::Faulty { .. }
        | Review::Reading
        | Review::Failed(_) => None,
    };
    let label = if sheet.is_some_and(|sheet| sheet.plan.writes() == 0) {
        words.review_hand_over()
    } else if model.past().is_some() {
        words.run_continue()
    } else if model.setup.draft.has_existing() {
        words.review_repair_start()
    } else {
        words.review_create()
    };
    let mut create = tag("button")
        .set("type", "button")
        .set("data-kind", "primary")
        .set_some("aria-disabled", sheet.is_none().then_some("true"))
        .set("aria-describedby", "create-as")
        .class("button")
        .say(label);
    if sheet.is_some() {
        create = create.click(send, Msg::Approved);
    }
    several(vec![
        create.html(),
        button(
            send,
            Msg::WentTo(if model.setup.draft.has_existing() {
                Route::Report
            } else {
                model.steps().next_back().map_or(Route::Start, Route::Step)
            }),
            "",
            text(words.frame_previous()),
        ),
        tag("div")
            .set("id", "create-as")
            .class("who")
            .put(who(model, sheet.is_some()))
            .html(),
    ])
}

fn who(model: &Model, is_ready: bool) -> Html {
    let words = model.words;
    match model.sign_in.access.user() {
        Some(visitor) if is_ready => who_where(words, visitor),
        Some(_) | None => tag("p")
            .class("quiet")
            .say(words.review_create_disabled())
            .html(),
    }
}
