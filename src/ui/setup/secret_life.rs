//! The choice of the secret's lifetime.

use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use domain::cmg::SecretLife;
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
        fault: model.fault(FieldId::SecretLife),
    }
    .view(t)
}
