//! Account and tenant in one line.

use crate::ui::components::head::cloud_name;
use crate::ui::components::head::tenant_name;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::sign_in::state::SignedInUser;
use domain::locale::Locale;
use yew::prelude::Html;

/// The account, the tenant with name and ID, and the cloud.
pub fn who_where(words: Locale, visitor: &SignedInUser) -> Html {
    several(vec![
        tag("p")
            .say(words.review_as())
            .say(" ")
            .with(tag("strong").put(foreign(&visitor.account.name)))
            .html(),
        tag("p")
            .say(words.review_in())
            .say(" ")
            .with(tag("strong").put(foreign(&tenant_name(visitor))))
            .say(" · ")
            .put(code(&visitor.tenant.to_string()))
            .say(" · ")
            .say(cloud_name(words, visitor.cloud))
            .html(),
    ])
}
