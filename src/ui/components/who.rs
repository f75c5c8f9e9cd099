//! Account and tenant in one line.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::tenant_name;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::sign_in::state::SignedInUser;
use domain::locale::Locale;
use yew::prelude::Html;

/// The account, the tenant with name and ID, and the cloud.
pub fn who_where(t: Locale, user: &SignedInUser) -> Html {
    fragment(vec![
        el("p")
            .text(t.review_as())
            .text(" ")
            .child(el("strong").node(foreign(&user.account.name)))
            .html(),
        el("p")
            .text(t.review_in())
            .text(" ")
            .child(el("strong").node(foreign(&tenant_name(user))))
            .text(" · ")
            .node(code(&user.tenant.to_string()))
            .text(" · ")
            .text(cloud_name(t, user.cloud))
            .html(),
    ])
}
