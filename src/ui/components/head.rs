//! The heading of a page.

use crate::ui::components::element::el;
use crate::ui::sign_in::state::SignedInUser;
use domain::cloud::Cloud;
use domain::known::Known;
use domain::locale::Locale;
use yew::prelude::Html;

/// ID of the heading that takes the focus when the page changes.
pub const HEADING: &str = "title";

pub fn head(kicker: &str, title: &str, lead: &str) -> Html {
    el("header")
        .class("page-head")
        .node_some((!kicker.is_empty()).then(|| el("p").class("page-kicker").text(kicker).html()))
        .child(
            el("h1")
                .attr("id", HEADING)
                .attr("tabindex", "-1")
                .text(title),
        )
        .node_some((!lead.is_empty()).then(|| el("p").class("page-lead").text(lead).html()))
        .html()
}

#[must_use]
pub fn cloud_name(t: Locale, cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Public => t.cloud_public(),
        Cloud::UsGov => t.cloud_usgov(),
        Cloud::UsGovDod => t.cloud_usgov_dod(),
    }
}

/// The tenant's display name; if it is not known, the domain of the sign-in, or the tenant's ID.
#[must_use]
pub fn tenant_name(user: &SignedInUser) -> String {
    match user.facts.done().map(|facts| &facts.name) {
        Some(Known::Known(name)) => name.clone(),
        Some(Known::Unknown) | None => user
            .domain
            .as_ref()
            .map_or_else(|| user.tenant.to_string(), |it| it.as_str().to_owned()),
    }
}
