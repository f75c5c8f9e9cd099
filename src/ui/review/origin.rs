//! An app with a `uniqueName` of this tool that this browser did not create: its owners and credentials, and the option to use it.

use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::check_box;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::moment;
use crate::ui::components::value::essentials;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::review::state::ReviewData;
use domain::confusables::isolated;
use domain::known::Known;
use domain::locale::Locale;
use engine::graph::wire;
use engine::plan::origin::needs_choice;
use engine::read::observed::ObservedApp;
use engine::read::observed::owner_names;
use engine::read::observed::there;

/// Apps in the review that the admin has to approve, or has approved.
pub fn origins(model: &Model, review: &ReviewData) -> Html {
    let t = model.locale;
    let (desired, observed) = (&review.plan.desired, &review.observed);
    let apps = [
        (t.web_app_title(), FieldId::AdoptServer, &observed.server),
        (t.native_app_title(), FieldId::AdoptClient, &observed.client),
    ];
    let cards = apps.into_iter().filter_map(|(title, entry, found)| {
        let app = there(found).filter(|app| needs_choice(desired, observed, app))?;
        let is_chosen = model.setup.draft.adopted.contains(&app.app_id);
        Some(
            el("section")
                .class("card")
                .child(el("h2").text(&t.origin_title(title)))
                .node(essentials(facts(t, app)))
                .child(el("div").class("choices").node(check_box(
                    entry,
                    is_chosen,
                    t.origin_use(),
                    t.origin_use_detail(),
                )))
                .html(),
        )
    });
    fragment(cards.collect())
}

fn facts(t: Locale, app: &ObservedApp) -> Vec<(&'static str, Html)> {
    let it = &app.properties;
    let unread = || text(t.azure_service_unread());
    let owners = match app.all_owners() {
        Known::Unknown => unread(),
        Known::Known(owners) if owners.is_empty() => text(t.doc_owners_none()),
        Known::Known(owners) => text(&owner_names(&owners)),
    };
    let secret = |secret: &wire::PasswordCredential| {
        let name = secret.display_name.as_deref().unwrap_or_default();
        t.origin_secret(moment(t, secret.end_date_time), isolated(name))
    };
    let certificate = |key: &wire::KeyCredential| {
        let name = key.display_name.as_deref().unwrap_or_default();
        t.origin_secret(moment(t, key.end_date_time), isolated(name))
    };
    // The service principal may have credentials of its own, which the application object does not show.
    let of_principal = |lines: Vec<String>| match &app.principal {
        Known::Unknown => vec![t.origin_of_principal(t.azure_service_unread())],
        Known::Known(_) => (lines.into_iter())
            .map(|line| t.origin_of_principal(line))
            .collect(),
    };
    let principal = app.principal.as_ref().known().and_then(Option::as_ref);
    let own_secrets = principal.iter().flat_map(|it| &it.secrets).map(secret);
    let own_certificates = (principal.iter().flat_map(|it| &it.certificates)).map(certificate);
    let secrets = (it.password_credentials.iter().flatten())
        .map(secret)
        .chain(of_principal(own_secrets.collect()));
    let certificates = (it.key_credentials.iter().flatten())
        .map(certificate)
        .chain(of_principal(own_certificates.collect()));
    let spa = it.spa.iter().flat_map(|spa| spa.redirect_uris.clone());
    let redirects: Vec<String> = it
        .web_redirects()
        .into_iter()
        .chain(it.desktop_redirects())
        .chain(spa)
        .collect();
    let list = |all: Vec<String>| {
        if all.is_empty() {
            text(t.origin_none())
        } else {
            let line = |it: &String| el("div").node(foreign(it)).html();
            fragment(all.iter().map(line).collect())
        }
    };
    vec![
        (
            t.origin_name(),
            foreign(it.display_name.as_deref().unwrap_or_default()),
        ),
        (t.origin_client_id(), code(&app.app_id.to_string())),
        (t.origin_created(), text(&moment(t, it.created_date_time))),
        (t.doc_owners(), owners),
        (t.origin_secrets(), list(secrets.collect())),
        (t.origin_certificates(), list(certificates.collect())),
        (
            t.origin_federated(),
            match &app.federated {
                Known::Unknown => unread(),
                Known::Known(all) => list(all.clone()),
            },
        ),
        (t.origin_redirects(), list(redirects)),
    ]
}
