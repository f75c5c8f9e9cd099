//! The choice of the secret's lifetime.

use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::field_id::Entry;
use crate::ui::model::Stage;
use domain::cmg::SecretLife;
use yew::prelude::Html;

pub fn secret_life(stage: &Stage) -> Html {
    let words = stage.words;
    let choices = SecretLife::ALL
        .into_iter()
        .map(|life| match life {
            SecretLife::OneYear => Choice::new(
                life.key(),
                words.web_app_secret_1(),
                words.web_app_secret_1_detail(),
            ),
            SecretLife::TwoYears => Choice::new(
                life.key(),
                words.web_app_secret_2(),
                words.web_app_secret_2_detail(),
            ),
        })
        .collect();
    Choices {
        entry: Entry::SecretLife,
        label: words.web_app_secret(),
        hint: words.web_app_secret_hint(),
        choices,
        picked: &stage.draft.secret_life,
        fault: stage.fault(Entry::SecretLife),
    }
    .draw(words)
}
