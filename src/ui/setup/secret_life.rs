//! The choice of the secret's lifetime.

use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use domain::cmg::SecretLife;
use domain::known::Answer;
use domain::known::Known;
use engine::plan::write::secret_days;
use yew::prelude::Html;

pub fn secret_life(model: &Model) -> Html {
    let t = model.locale;
    let choices = SecretLife::ALL
        .into_iter()
        .map(|life| match life {
            SecretLife::OneYear => Choice::new(
                life.key(),
                t.web_app_secret_1(),
                t.web_app_secret_1_detail(),
            ),
            SecretLife::TwoYears => Choice::new(
                life.key(),
                t.web_app_secret_2(),
                t.web_app_secret_2_detail(),
            ),
        })
        .collect();
    Choices {
        entry: FieldId::SecretLife,
        label: t.web_app_secret(),
        hint: t.web_app_secret_hint(),
        choices,
        picked: &model.setup.draft.secret_life,
        fault: model.fault(FieldId::SecretLife).or_else(|| refused(model)),
    }
    .view(t)
}

/// What the tenant's policy says about the chosen period, as soon as the policy is known.
fn refused(model: &Model) -> Option<String> {
    let t = model.locale;
    let facts = model.sign_in.access.user()?.facts.done()?;
    let limits = facts.secrets.limits(&Known::Known(model.now));
    if limits.is_blocked == Answer::Yes {
        return Some(t.problem_secret_blocked_fix().to_owned());
    }
    let longest = limits.longest?;
    let wanted = secret_days(model.setup.draft.secret_life());
    (wanted > longest).then(|| t.check_secret_over(u64::from(longest)))
}
