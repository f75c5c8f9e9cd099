//! Result of the validation: passed, passed with warnings, or blocked with next actions.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::exemption::exemption;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::check_box;
use crate::ui::components::head::tenant_name;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::plan::step_name;
use crate::ui::components::refused::refused_list;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::review::state::ReviewData;
use crate::ui::route::Route;
use domain::known::Answer;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use engine::desired::OnRefusal;
use engine::export::exemption::Exemption;
use engine::export::from_run::NotReady;
use engine::plan::Action;
use engine::plan::StepReason;
use engine::plan::step::StepId;
use engine::plan::write::secret_days;
use engine::read::observed::there;

pub fn result(model: &Model, send: &Callback<Msg>, review: &ReviewData) -> Html {
    let t = model.locale;
    if review.plan.is_blocked() {
        return blocked(model, send, review);
    }
    let is_clear = review
        .checks
        .iter()
        .all(|check| check.answer == Answer::Yes);
    let namesakes = u64::try_from(review.plan.namesakes.len()).unwrap_or_default();
    let namesakes = (namesakes > 0).then(|| {
        fragment(vec![
            el("p").text(&t.review_namesakes(namesakes)).html(),
            el("ul")
                .nodes(&mut review.plan.namesakes.iter().map(|it| {
                    el("li")
                        .node(foreign(&it.name))
                        .text(" · ")
                        .node(code(&it.app_id.to_string()))
                        .html()
                }))
                .html(),
        ])
    });
    if review.refused.count() > 0 {
        return fragment(vec![
            refused(model, send, review),
            namesakes.unwrap_or_default(),
        ]);
    }
    let (tone, title) = if is_clear {
        (Severity::Good, t.review_passed())
    } else {
        (Severity::Warning, t.review_look())
    };
    message(
        tone,
        title,
        fragment(vec![
            el("p").text(t.review_passed_text()).html(),
            namesakes.unwrap_or_default(),
        ]),
    )
}

/// What will be refused, who can do it, and the choice what to do now.
fn refused(model: &Model, send: &Callback<Msg>, review: &ReviewData) -> Html {
    let t = model.locale;
    let refused = &review.refused;
    let count = u64::try_from(refused.count()).unwrap_or_default();
    let on_refusal = model.setup.draft.on_refusal;
    let (tone, title) = match on_refusal {
        OnRefusal::Undecided => (Severity::Danger, t.review_refused(count)),
        OnRefusal::LeaveOut => (Severity::Warning, t.review_refused_left_out(count)),
        OnRefusal::Try => (Severity::Warning, t.review_refused(count)),
    };
    let remaining = u64::try_from(refused.remaining).unwrap_or_default();
    let mut choices = Vec::new();
    if remaining > 0 {
        choices.push(Choice::new(
            OnRefusal::LeaveOut.key(),
            &t.review_refused_leave_out(remaining),
            t.review_refused_leave_out_detail(),
        ));
    }
    choices.push(Choice::new(
        OnRefusal::Try.key(),
        t.review_refused_try(),
        t.review_refused_try_detail(),
    ));
    let choices = Choices {
        entry: FieldId::OnRefusal,
        label: t.review_refused_choice(),
        hint: "",
        choices,
        picked: on_refusal.key(),
        fault: None,
    };
    message(
        tone,
        &title,
        fragment(vec![
            el("p").text(t.review_refused_text()).html(),
            refused_list(t, refused),
            choices.view(t),
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::SignInAsked,
                    "",
                    text(t.azure_service_sign_in_again()),
                ))
                .html(),
        ]),
    )
}

/// An unexpired secret whose text is not available: asks whether to create one more.
pub fn secret_question(model: &Model, review: &ReviewData) -> Html {
    let t = model.locale;
    let reason = review.plan.step(StepId::Secret).map(|step| &step.reason);
    let is_asked = match reason {
        Some(StepReason::SecretLives) => model.runs.secret.is_none(),
        Some(StepReason::AnotherSecret) => true,
        Some(StepReason::SecretLater) => {
            return el("section").class("card").node(later_box(model)).html();
        }
        _ => false,
    };
    if !is_asked {
        return Html::default();
    }
    el("section")
        .class("card")
        .child(el("h2").text(t.review_secret_lives()))
        .child(el("p").text(t.review_secret_lives_text()))
        .child(el("div").class("choices").node(check_box(
            FieldId::AnotherSecret,
            model.setup.draft.another_secret,
            t.review_another_secret(),
            "",
        )))
        .html()
}

/// What blocks the plan, each cause once, with next actions.
fn blocked(model: &Model, send: &Callback<Msg>, review: &ReviewData) -> Html {
    let t = model.locale;
    let mut causes = Vec::<(Vec<StepId>, &Problem)>::new();
    for step in &review.plan.steps {
        let Action::Blocked(cause) = &step.action else {
            continue;
        };
        match causes.iter_mut().find(|(_, it)| *it == cause) {
            Some((steps, _)) => steps.push(step.id),
            None => causes.push((vec![step.id], cause)),
        }
    }
    el("section")
        .class("group")
        .child(el("h2").text(t.review_blocked()))
        .nodes(&mut causes.into_iter().map(|(steps, cause)| {
            let names: Vec<_> = steps.iter().map(|id| step_name(t, *id)).collect();
            fragment(vec![
                el("h3").text(&names.join(", ")).html(),
                problem(t, cause),
                way_on(model, send, review, &cause.kind),
            ])
        }))
        .html()
}

fn way_on(model: &Model, send: &Callback<Msg>, review: &ReviewData, cause: &ProblemKind) -> Html {
    let t = model.locale;
    if *cause == ProblemKind::PairThere {
        return el("p")
            .class("row")
            .node(button(
                send,
                Msg::WentTo(Route::CheckPair),
                "primary",
                text(t.review_check_pair()),
            ))
            .html();
    }
    if !matches!(
        cause,
        ProblemKind::SecretBlocked | ProblemKind::SecretTooLong
    ) {
        return Html::default();
    }
    // If the policy only limits the lifetime, a secret is possible with another answer in the wizard.
    let is_later_offered =
        !model.setup.draft.has_existing() && *cause == ProblemKind::SecretBlocked;
    fragment(vec![
        if is_later_offered {
            later_box(model)
        } else {
            Html::default()
        },
        exemption_of(model, send, "h3", review),
    ])
}

/// The option to create the apps without a secret.
fn later_box(model: &Model) -> Html {
    let t = model.locale;
    el("div")
        .class("choices")
        .node(check_box(
            FieldId::SecretLater,
            model.setup.draft.secret_later,
            t.review_secret_later(),
            t.review_secret_later_detail(),
        ))
        .html()
}

/// The exemption request for the web (server) app of a review.
pub fn exemption_of(
    model: &Model,
    send: &Callback<Msg>,
    heading: &'static str,
    review: &ReviewData,
) -> Html {
    let desired = &review.plan.desired;
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
        app: there(&review.observed.server)
            .map(|app| app.app_id)
            .or(made),
        days: secret_days(desired.secret_life),
    };
    exemption(model.locale, send, heading, &wanted)
}
