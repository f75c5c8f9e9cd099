//! Why Azure could not be read.

use crate::ui::components::element::fragment;
use crate::ui::components::message::problem;
use crate::ui::components::onward;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::sign_in::view::consent_link;
use domain::entra::EntraReason;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Why Azure could not be read, with next actions.
pub fn unread(model: &Model, send: &Callback<Msg>, failed: &Problem) -> Html {
    let t = model.locale;
    let is_consent = matches!(&failed.kind, ProblemKind::EntraRefused(refusal) if refusal.reason == EntraReason::ConsentNeeded);
    let link = is_consent.then(|| model.consent_link()).flatten();
    fragment(vec![
        problem(t, failed),
        link.map(|link| consent_link(t, send, &link))
            .unwrap_or_default(),
        onward::after(t, send, failed, Msg::ReadAgainAsked),
    ])
}
