//! The sign-in section: who is signed in, why a sign-in failed, and the buttons.

use crate::ui::components::candidate::candidate_details;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::tenant_name;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::entra_said;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::message::problem_as;
use crate::ui::components::onward;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::components::value::copyable;
use crate::ui::components::value::essentials;
use crate::ui::embedding::state::Embedding;
use crate::ui::field_id::FieldId;
use crate::ui::model::DemoTenant;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::registration::errors;
use crate::ui::shell::messages::no_client;
use crate::ui::shell::messages::site_message;
use crate::ui::shell::site::SiteConfig;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::Ended;
use crate::ui::sign_in::state::ReadState;
use crate::ui::sign_in::state::SignInMismatch;
use crate::ui::sign_in::state::SignInRefused;
use crate::ui::sign_in::state::SignedInUser;
use crate::ui::sign_in::window;
use domain::confusables::isolated;
use domain::known::Known;
use domain::locale::Locale;
use engine::auth::error::SignInError;
use yew::prelude::Callback;
use yew::prelude::Html;

/// In the demo a choice of its tenants, otherwise a text field.
/// A tenant of a service provider can have many.
const MOST_PAIRS: usize = 3;

pub fn tenant_field(model: &Model) -> Html {
    let t = model.locale;
    match &model.demo {
        Some(tenants) => {
            let choices = tenants
                .iter()
                .filter(|tenant| tenant.cloud == model.setup.draft.cloud())
                .map(|DemoTenant { domain, detail, .. }| Choice::new(domain, domain, detail(t)))
                .collect();
            Choices {
                entry: FieldId::Tenant,
                label: t.azure_service_demo(),
                hint: "",
                choices,
                picked: &model.setup.draft.tenant,
                fault: model.fault(FieldId::Tenant),
            }
            .view(t)
        }
        None => TextField {
            entry: FieldId::Tenant,
            kind: InputKind::Code,
            label: t.azure_service_tenant(),
            hint: t.azure_service_tenant_hint(),
            value: &model.setup.draft.tenant,
            fault: model.fault(FieldId::Tenant),
            is_required: false,
        }
        .view(t),
    }
}

/// The sign-in section for the current sign-in state.
pub fn sign_in(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let cloud = model.setup.draft.cloud();
    match &model.site {
        SiteConfig::Reading => return busy(t.config_reading()),
        SiteConfig::Unread | SiteConfig::Refused(_) => return site_message(t, &model.site),
        SiteConfig::Ready(config)
            if !model.embedding.parent_signs_in() && config.client_id(cloud).is_none() =>
        {
            return no_client(t, &send.reform(Msg::from));
        }
        SiteConfig::Ready(_) => {}
    }
    match &model.sign_in.access {
        AuthState::Redirecting if !model.embedding.is_embedded() => fragment(vec![
            busy(t.azure_service_leaving()),
            signed_out(model, send),
        ]),
        AuthState::Redeeming => busy(t.azure_service_signing_in()),
        AuthState::Redirecting => in_window(model, send),
        AuthState::SignedOut => signed_out(model, send),
        AuthState::Ended(why) => fragment(vec![ended(t, *why), signed_out(model, send)]),
        AuthState::Refused(refused) if refused.error == SignInError::NoWindow => {
            in_window(model, send)
        }
        AuthState::Refused(refused) => {
            fragment(vec![refusal(model, send, refused), signed_out(model, send)])
        }
        AuthState::SignedIn(user) => signed_in(model, send, user),
    }
}

/// The message about the sign-in window, beside the button that opens it.
fn in_window(model: &Model, send: &Callback<Msg>) -> Html {
    fragment(vec![
        window::view(model, send).unwrap_or_default(),
        signed_out(model, send),
    ])
}

fn refusal(model: &Model, send: &Callback<Msg>, refused: &SignInRefused) -> Html {
    let t = model.locale;
    let error = &refused.error;
    message(
        Severity::Danger,
        error.title(t),
        fragment(vec![
            el("p").text(&error.sentence(t)).html(),
            el("p").text(error.fix(t)).html(),
            error
                .refusal()
                .and_then(|entra| errors::explained(model, send, entra.code))
                .unwrap_or_default(),
            refused
                .consent
                .as_ref()
                .map(|link| consent_link(t, send, link))
                .unwrap_or_default(),
            error
                .refusal()
                .map_or_else(Html::default, |entra| entra_said(t, entra)),
        ]),
    )
}

/// The consent link to send to an administrator.
pub fn consent_link(t: Locale, send: &Callback<Msg>, link: &str) -> Html {
    copyable(
        t,
        send,
        "consent-link",
        t.azure_service_consent_link(),
        link,
    )
}

fn ended(t: Locale, why: Ended) -> Html {
    let (title, sentence) = match why {
        Ended::Idle => (t.azure_service_idle_title(), t.azure_service_idle()),
        Ended::Over => (t.azure_service_over_title(), t.azure_service_over()),
        Ended::Elsewhere => (
            t.azure_service_elsewhere_title(),
            t.azure_service_elsewhere(),
        ),
    };
    message(Severity::Info, title, el("p").text(sentence).html())
}

fn signed_out(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    el("div")
        .class("group")
        .node_some(model.demo.is_none().then(|| {
            el("p")
                .class("quiet small")
                .text(match model.embedding {
                    Embedding::Module {
                        parent_signs_in: true,
                    } => t.azure_service_before_portal(),
                    Embedding::Frame | Embedding::Module { .. } => t.azure_service_before_window(),
                    Embedding::Standalone => t.azure_service_before(),
                })
                .html()
        }))
        .child(el("p").node(button(
            send,
            Msg::SignInAsked,
            "primary",
            text(t.azure_service_sign_in()),
        )))
        .html()
}

fn signed_in(model: &Model, send: &Callback<Msg>, user: &SignedInUser) -> Html {
    let t = model.locale;
    // The pair check needs a sign-in that reads only.
    let is_enough = |unfit: &SignInMismatch| {
        model.route.only_reads()
            && matches!(
                unfit,
                SignInMismatch::ReadOnly | SignInMismatch::Discovery | SignInMismatch::Old
            )
    };
    let unfit = model.mismatch().filter(|unfit| !is_enough(unfit));
    let facts = match &user.facts {
        ReadState::Waiting if user.is_for_azure_only() => Html::default(),
        ReadState::Waiting => busy(t.azure_service_reading()),
        ReadState::Failed(failed) => fragment(vec![
            problem(t, failed),
            onward::after(t, send, failed, Msg::ReadAgainAsked),
        ]),
        ReadState::Done(_) => Html::default(),
    };
    let again = match unfit {
        Some(_) => "primary",
        None => "",
    };
    el("div")
        .class("group")
        .node(essentials(vec![
            (t.azure_service_tenant_name(), name(t, user)),
            (t.azure_service_tenant_id(), code(&user.tenant.to_string())),
            (t.azure_service_account(), foreign(&user.account.name)),
            (
                t.azure_service_environment(),
                text(cloud_name(t, user.cloud)),
            ),
            (t.azure_service_domains(), domains(t, user)),
        ]))
        .node(facts)
        .node_some(pair_there(model, send))
        .node_some(unfit.map(|unfit| {
            message(
                Severity::Warning,
                "",
                fragment(vec![
                    el("p").text(&unfit_sentence(model, unfit)).html(),
                    tenant_ways(model, send),
                ]),
            )
        }))
        .child(
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::SignInAsked,
                    again,
                    text(t.azure_service_sign_in_again()),
                ))
                .node(sign_out(model, send, "quiet")),
        )
        .html()
}

/// The tenant has a pair: check it, or set up another one. Also says so if the search could not tell.
fn pair_there(model: &Model, send: &Callback<Msg>) -> Option<Html> {
    let t = model.locale;
    if model.route.only_reads() || model.pair.wants_another {
        return None;
    }
    if !model.offers_pair() {
        return pair_unknown(model, send);
    }
    let rows = model.pair.there().take(MOST_PAIRS).map(|(found, pair)| {
        let apps = [pair.server, pair.client].into_iter().flatten();
        let names: Vec<Html> = apps
            .filter_map(|app| found.candidate(app))
            .map(|app| {
                el("div")
                    .node(foreign(&app.name))
                    .text(" · ")
                    .node(code(&app.app.to_string()))
                    .node(candidate_details(t, app))
                    .html()
            })
            .collect();
        el("li")
            .child(
                el("div")
                    .class("list-text")
                    .node(fragment(names))
                    .child(el("p").node(button(
                        send,
                        Msg::PairChosen(pair.clone()),
                        "",
                        text(t.check_pair_check()),
                    ))),
            )
            .html()
    });
    Some(message(
        Severity::Warning,
        t.pair_there(),
        fragment(vec![
            el("p").text(t.pair_there_text()).html(),
            el("ul").class("list").nodes(&mut { rows }).html(),
            el("p")
                .class("row")
                .node(button(
                    send,
                    Msg::AnotherWanted,
                    "quiet",
                    text(t.pair_there_another()),
                ))
                .html(),
        ]),
    ))
}

/// The search for a pair failed, or read only a part of the results.
fn pair_unknown(model: &Model, send: &Callback<Msg>) -> Option<Html> {
    let t = model.locale;
    let again = || Msg::Pair(PairMsg::FindAsked);
    match model.pair.search.as_ref()? {
        ReadState::Failed(failed) => Some(fragment(vec![
            el("p").text(t.pair_unknown()).html(),
            problem_as(t, Severity::Warning, failed),
            onward::after(t, send, failed, again()),
        ])),
        ReadState::Done(found) if found.is_partial => Some(message(
            Severity::Warning,
            t.pair_unknown(),
            el("p")
                .class("row")
                .node(button(
                    send,
                    again(),
                    "",
                    text(t.azure_service_read_again()),
                ))
                .html(),
        )),
        ReadState::Waiting | ReadState::Done(_) => None,
    }
}

/// Sign out; if journals of finished runs are stored, also Sign out with their removal.
pub fn sign_out(model: &Model, send: &Callback<Msg>, kind: &'static str) -> Html {
    let t = model.locale;
    let both = (model.runs.journals.finished() > 0).then(|| {
        button(
            send,
            Msg::SignedOutAndTidied,
            kind,
            text(t.azure_service_sign_out_and_tidy()),
        )
    });
    let sign_out = button(send, Msg::SignedOut, kind, text(t.azure_service_sign_out()));
    fragment(vec![sign_out, both.unwrap_or_default()])
}

/// Why another sign-in is needed.
#[must_use]
pub fn unfit_sentence(model: &Model, unfit: SignInMismatch) -> String {
    let t = model.locale;
    let typed = || isolated(&model.setup.draft.tenant);
    let user = model.sign_in.access.user();
    let name = || isolated(&user.map(tenant_name).unwrap_or_default());
    let id = || user.map(|it| it.tenant.to_string()).unwrap_or_default();
    match unfit {
        SignInMismatch::SignedOut => t.unfit_signed_out().to_owned(),
        SignInMismatch::Cloud => t.unfit_cloud().to_owned(),
        SignInMismatch::Tenant => t.unfit_tenant(id(), name(), typed()),
        SignInMismatch::TenantUnknown => t.unfit_tenant_unknown(id(), name(), typed()),
        SignInMismatch::Discovery => t.unfit_discovery().to_owned(),
        SignInMismatch::ReadOnly => t.unfit_read_only().to_owned(),
        SignInMismatch::AzureOnly => t.unfit_azure_only().to_owned(),
        SignInMismatch::Old => t.unfit_old().to_owned(),
    }
}

/// Next actions if the typed tenant is not, or possibly not, the signed-in one.
pub fn tenant_ways(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let (Some(user), Some(SignInMismatch::Tenant | SignInMismatch::TenantUnknown)) =
        (model.sign_in.access.user(), model.mismatch())
    else {
        return Html::default();
    };
    let typed = isolated(&model.setup.draft.tenant);
    let id = user.tenant.to_string();
    el("p")
        .class("row")
        .node(button(
            send,
            Msg::SignInAsked,
            "primary",
            text(&t.unfit_tenant_sign_in(typed)),
        ))
        .node(button(
            send,
            Msg::Typed(FieldId::Tenant, id),
            "",
            text(t.unfit_tenant_take()),
        ))
        .html()
}

fn name(t: Locale, user: &SignedInUser) -> Html {
    match user.facts.done().map(|facts| &facts.name) {
        Some(Known::Known(name)) => foreign(name),
        Some(Known::Unknown) => text(t.azure_service_unread()),
        None => text("…"),
    }
}

fn domains(t: Locale, user: &SignedInUser) -> Html {
    match user.facts.done().map(|facts| &facts.rules.domains) {
        Some(Known::Known(domains)) => el("ul")
            .nodes(
                &mut domains
                    .iter()
                    .map(|domain| el("li").node(foreign(domain.as_str())).html()),
            )
            .html(),
        Some(Known::Unknown) => text(t.azure_service_unread()),
        None => text("…"),
    }
}
