//! Result of the validation: passed, passed with warnings, or blocked with next actions.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::exemption::exemption;
use crate::ui::components::field::check_box;
use crate::ui::components::head::tenant_name;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::plan::step_name;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::review::state::ReviewData;
use crate::ui::route::Route;
use domain::known::Answer;
use domain::problem::Kind;
use domain::problem::Problem;
use engine::export::exemption::Exemption;
use engine::export::from_run::NotReady;
use engine::plan::Action;
use engine::plan::Reason;
use engine::plan::step::StepId;
use engine::plan::write::secret_days;
use engine::read::observed::there;

pub fn result(model: &Model, send: &Callback<Msg>, sheet: &ReviewData) -> Html {
    let words = model.words;
    if sheet.plan.is_blocked() {
        return blocked(model, send, sheet);
    }
    let is_clear = sheet.checks.iter().all(|check| check.answer == Answer::Yes);
    let namesakes = u64::try_from(sheet.plan.namesakes.len()).unwrap_or_default();
    let namesakes = (namesakes > 0).then(|| {
        several(vec![
            tag("p").say(&words.review_namesakes(namesakes)).html(),
            tag("ul")
                .all(&mut sheet.plan.namesakes.iter().map(|it| {
                    tag("li")
                        .put(foreign(&it.name))
                        .say(" · ")
                        .put(code(&it.app_id.to_string()))
                        .html()
                }))
                .html(),
        ])
    });
    let (tone, title) = if is_clear {
        (Severity::Good, words.review_passed())
    } else {
        (Severity::Warning, words.review_look())
    };
    message(
        tone,
        title,
        several(vec![
            tag("p").say(words.review_passed_text()).html(),
            namesakes.unwrap_or_default(),
        ]),
    )
}

/// An unexpired secret whose text is not available: asks whether to create one more.
pub fn secret_question(model: &Model, sheet: &ReviewData) -> Html {
    let words = model.words;
    let reason = sheet.plan.step(StepId::Secret).map(|step| &step.reason);
    let is_asked = match reason {
        Some(Reason::SecretLives) => model.runs.secret.is_none(),
        Some(Reason::AnotherSecret) => true,
        Some(Reason::SecretLater) => {
            return tag("section").class("card").put(later_box(model)).html();
        }
        _ => false,
    };
    if !is_asked {
        return Html::default();
    }
    tag("section")
        .class("card")
        .with(tag("h2").say(words.review_secret_lives()))
        .with(tag("p").say(words.review_secret_lives_text()))
        .with(tag("div").class("choices").put(check_box(
            FieldId::AnotherSecret,
            model.setup.draft.another_secret,
            words.review_another_secret(),
            "",
        )))
        .html()
}

/// What blocks the plan, each cause once, with next actions.
fn blocked(model: &Model, send: &Callback<Msg>, sheet: &ReviewData) -> Html {
    let words = model.words;
    let mut causes = Vec::<(Vec<StepId>, &Problem)>::new();
    for step in &sheet.plan.steps {
        let Action::Blocked(cause) = &step.action else {
            continue;
        };
        match causes.iter_mut().find(|(_, it)| *it == cause) {
            Some((steps, _)) => steps.push(step.id),
            None => causes.push((vec![step.id], cause)),
        }
    }
    tag("section")
        .class("group")
        .with(tag("h2").say(words.review_blocked()))
        .all(&mut causes.into_iter().map(|(steps, cause)| {
            let names: Vec<_> = steps.iter().map(|id| step_name(words, *id)).collect();
            several(vec![
                tag("h3").say(&names.join(", ")).html(),
                problem(words, cause),
                way_on(model, send, sheet, &cause.kind),
            ])
        }))
        .html()
}

fn way_on(model: &Model, send: &Callback<Msg>, sheet: &ReviewData, cause: &Kind) -> Html {
    let words = model.words;
    if *cause == Kind::PairThere {
        return tag("p")
            .class("row")
            .put(button(
                send,
                Msg::WentTo(Route::CheckPair),
                "primary",
                text(words.review_check_pair()),
            ))
            .html();
    }
    if !matches!(cause, Kind::SecretBlocked | Kind::SecretTooLong) {
        return Html::default();
    }
    // If the policy only limits the lifetime, a secret is possible with another answer in the wizard.
    let is_later_offered = !model.setup.draft.has_existing() && *cause == Kind::SecretBlocked;
    several(vec![
        if is_later_offered {
            later_box(model)
        } else {
            Html::default()
        },
        exemption_of(model, send, "h3", sheet),
    ])
}

/// The option to create the apps without a secret.
fn later_box(model: &Model) -> Html {
    let words = model.words;
    tag("div")
        .class("choices")
        .put(check_box(
            FieldId::SecretLater,
            model.setup.draft.secret_later,
            words.review_secret_later(),
            words.review_secret_later_detail(),
        ))
        .html()
}

/// The exemption request for the web (server) app of a review.
pub fn exemption_of(
    model: &Model,
    send: &Callback<Msg>,
    heading: &'static str,
    sheet: &ReviewData,
) -> Html {
    let desired = &sheet.plan.desired;
    let made = match model.runs.run.as_ref().map(|run| &run.handoff) {
        Some(Err(NotReady::Secret(app))) => Some(*app),
        Some(Ok(_) | Err(NotReady::Apps | NotReady::Name)) | None => None,
    };
    let tenant = model
        .sign_in
        .access
        .user()
        .map(tenant_name)
        .unwrap_or_default();
    let wanted = Exemption {
        cloud: desired.cloud,
        tenant: desired.tenant,
        tenant_name: &tenant,
        name: desired.server_name.as_str(),
        app: there(&sheet.observed.server).map(|app| app.app_id).or(made),
        days: secret_days(desired.secret_life),
    };
    exemption(model.words, send, heading, &wanted)
}
