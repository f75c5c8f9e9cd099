//! The choice of a cloud.

use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::field_id::FieldId;
use domain::cloud::Cloud;
use domain::locale::Locale;
use yew::prelude::Html;

/// The choice of a cloud, with the console's names.
pub fn clouds(
    t: Locale,
    entry: FieldId,
    label: &'static str,
    hint: &'static str,
    picked: &str,
) -> Html {
    let choice = |cloud: Cloud| {
        let (name, detail) = match cloud {
            Cloud::Public => (t.cloud_public_choice(), t.cloud_public_detail()),
            Cloud::UsGov => (t.cloud_usgov_choice(), t.cloud_usgov_detail()),
            Cloud::UsGovDod => (t.cloud_usgov_dod_choice(), t.cloud_usgov_dod_detail()),
        };
        Choice::new(cloud.key(), name, detail)
    };
    let choices = Cloud::ALL.into_iter().map(choice).collect();
    Choices {
        entry,
        label,
        hint,
        choices,
        picked,
        fault: None,
    }
    .view(t)
}
