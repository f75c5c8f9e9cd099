//! The heading of a page.

use crate::ui::components::markup::tag;
use crate::ui::sign_in::state::SignedInUser;
use domain::cloud::Cloud;
use domain::known::Known;
use domain::locale::Locale;
use yew::prelude::Html;

/// ID of the heading that takes the focus when the page changes.
pub const HEADING: &str = "title";

pub fn head(kicker: &str, title: &str, lead: &str) -> Html {
    tag("header")
        .class("page-head")
        .maybe((!kicker.is_empty()).then(|| tag("p").class("page-kicker").say(kicker).html()))
        .with(
            tag("h1")
                .set("id", HEADING)
                .set("tabindex", "-1")
                .say(title),
        )
        .maybe((!lead.is_empty()).then(|| tag("p").class("page-lead").say(lead).html()))
        .html()
}

#[must_use]
pub fn cloud_name(words: Locale, cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Public => words.cloud_public(),
        Cloud::UsGov => words.cloud_usgov(),
        Cloud::UsGovDod => words.cloud_usgov_dod(),
    }
}

/// The tenant's display name, or its ID if the name is not known.
#[must_use]
pub fn tenant_name(visitor: &SignedInUser) -> String {
    match visitor.facts.done().map(|facts| &facts.name) {
        Some(Known::Known(name)) => name.clone(),
        Some(Known::Unknown) | None => visitor.tenant.to_string(),
    }
}
