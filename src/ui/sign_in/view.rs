//! The sign-in section: who is signed in, why a sign-in failed, and the buttons.

use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::Kind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::tenant_name;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::entra_said;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
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
use crate::ui::registration::errors;
use crate::ui::shell::messages::no_client;
use crate::ui::shell::messages::site_message;
use crate::ui::shell::site::SiteConfig;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::Ended;
use crate::ui::sign_in::state::Reading;
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
pub fn tenant_field(model: &Model) -> Html {
    let words = model.words;
    match &model.demo {
        Some(tenants) => {
            let choices = tenants
                .iter()
                .filter(|tenant| tenant.cloud == model.setup.draft.cloud())
                .map(|DemoTenant { domain, detail, .. }| Choice::new(domain, domain, detail))
                .collect();
            Choices {
                entry: FieldId::Tenant,
                label: words.azure_service_demo(),
                hint: "",
                choices,
                picked: &model.setup.draft.tenant,
                fault: model.fault(FieldId::Tenant),
            }
            .view(words)
        }
        None => TextField {
            entry: FieldId::Tenant,
            kind: Kind::Code,
            label: words.azure_service_tenant(),
            hint: words.azure_service_tenant_hint(),
            value: &model.setup.draft.tenant,
            fault: model.fault(FieldId::Tenant),
            is_required: false,
        }
        .view(words),
    }
}

/// The sign-in section for the current sign-in state.
pub fn sign_in(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let cloud = model.setup.draft.cloud();
    match &model.site {
        SiteConfig::Reading => return busy(words.config_reading()),
        SiteConfig::Unread | SiteConfig::Refused(_) => return site_message(words, &model.site),
        SiteConfig::Ready(config)
            if !model.embedding.parent_signs_in() && config.client_id(cloud).is_none() =>
        {
            return no_client(words, send);
        }
        SiteConfig::Ready(_) => {}
    }
    match &model.sign_in.access {
        AuthState::Redirecting if !model.embedding.is_embedded() => several(vec![
            busy(words.azure_service_leaving()),
            signed_out(model, send),
        ]),
        AuthState::Redeeming => busy(words.azure_service_signing_in()),
        AuthState::Redirecting => in_window(model, send),
        AuthState::SignedOut => signed_out(model, send),
        AuthState::Ended(why) => several(vec![ended(words, *why), signed_out(model, send)]),
        AuthState::Refused(refused) if refused.error == SignInError::NoWindow => {
            in_window(model, send)
        }
        AuthState::Refused(refused) => {
            several(vec![refusal(model, send, refused), signed_out(model, send)])
        }
        AuthState::SignedIn(visitor) => signed_in(model, send, visitor),
    }
}

/// The message about the sign-in window, beside the button that opens it.
fn in_window(model: &Model, send: &Callback<Msg>) -> Html {
    several(vec![
        window::view(model, send).unwrap_or_default(),
        signed_out(model, send),
    ])
}

fn refusal(model: &Model, send: &Callback<Msg>, refused: &SignInRefused) -> Html {
    let words = model.words;
    let error = &refused.error;
    message(
        Severity::Danger,
        error.title(words),
        several(vec![
            tag("p").say(&error.sentence(words)).html(),
            tag("p").say(error.fix(words)).html(),
            error
                .refusal()
                .and_then(|entra| errors::explained(model, send, entra.code))
                .unwrap_or_default(),
            refused
                .consent
                .as_ref()
                .map(|link| consent_link(words, send, link))
                .unwrap_or_default(),
            error
                .refusal()
                .map_or_else(Html::default, |entra| entra_said(words, entra)),
        ]),
    )
}

/// The consent link to send to an administrator.
pub fn consent_link(words: Locale, send: &Callback<Msg>, link: &str) -> Html {
    copyable(
        words,
        send,
        "consent-link",
        words.azure_service_consent_link(),
        link,
    )
}

fn ended(words: Locale, why: Ended) -> Html {
    let (title, sentence) = match why {
        Ended::Idle => (words.azure_service_idle_title(), words.azure_service_idle()),
        Ended::Over => (words.azure_service_over_title(), words.azure_service_over()),
        Ended::Elsewhere => (
            words.azure_service_elsewhere_title(),
            words.azure_service_elsewhere(),
        ),
    };
    message(Severity::Info, title, tag("p").say(sentence).html())
}

fn signed_out(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    tag("div")
        .class("group")
        .maybe(model.demo.is_none().then(|| {
            tag("p")
                .class("quiet small")
                .say(match model.embedding {
                    Embedding::Module {
                        parent_signs_in: true,
                    } => words.azure_service_before_portal(),
                    Embedding::Frame | Embedding::Module { .. } => {
                        words.azure_service_before_window()
                    }
                    Embedding::Standalone => words.azure_service_before(),
                })
                .html()
        }))
        .with(tag("p").put(button(
            send,
            Msg::SignInAsked,
            "primary",
            text(words.azure_service_sign_in()),
        )))
        .html()
}

fn signed_in(model: &Model, send: &Callback<Msg>, visitor: &SignedInUser) -> Html {
    let words = model.words;
    // The pair check needs a sign-in that reads only.
    let is_enough = |unfit: &SignInMismatch| {
        model.route.only_reads()
            && matches!(
                unfit,
                SignInMismatch::ReadOnly | SignInMismatch::Discovery | SignInMismatch::Old
            )
    };
    let unfit = model.mismatch().filter(|unfit| !is_enough(unfit));
    let facts = match &visitor.facts {
        Reading::Waiting => busy(words.azure_service_reading()),
        Reading::Failed(failed) => several(vec![
            problem(words, failed),
            onward::after(words, send, failed, Msg::ReadAgainAsked),
        ]),
        Reading::Done(_) => Html::default(),
    };
    let again = match unfit {
        Some(_) => "primary",
        None => "",
    };
    tag("div")
        .class("group")
        .put(essentials(vec![
            (words.azure_service_tenant_name(), name(words, visitor)),
            (
                words.azure_service_tenant_id(),
                code(&visitor.tenant.to_string()),
            ),
            (
                words.azure_service_account(),
                foreign(&visitor.account.name),
            ),
            (
                words.azure_service_environment(),
                text(cloud_name(words, visitor.cloud)),
            ),
            (words.azure_service_domains(), domains(words, visitor)),
        ]))
        .put(facts)
        .maybe(unfit.map(|unfit| {
            message(
                Severity::Warning,
                "",
                several(vec![
                    tag("p").say(&unfit_sentence(model, unfit)).html(),
                    tenant_ways(model, send),
                ]),
            )
        }))
        .with(
            tag("p")
                .class("row")
                .put(button(
                    send,
                    Msg::SignInAsked,
                    again,
                    text(words.azure_service_sign_in_again()),
                ))
                .put(sign_out(model, send, "quiet")),
        )
        .html()
}

/// Sign out; if journals of finished runs are stored, also Sign out with their removal.
pub fn sign_out(model: &Model, send: &Callback<Msg>, kind: &'static str) -> Html {
    let words = model.words;
    let both = (model.runs.journals.finished() > 0).then(|| {
        button(
            send,
            Msg::SignedOutAndTidied,
            kind,
            text(words.azure_service_sign_out_and_tidy()),
        )
    });
    let sign_out = button(
        send,
        Msg::SignedOut,
        kind,
        text(words.azure_service_sign_out()),
    );
    several(vec![sign_out, both.unwrap_or_default()])
}

/// Why another sign-in is needed.
#[must_use]
pub fn unfit_sentence(model: &Model, unfit: SignInMismatch) -> String {
    let words = model.words;
    let typed = || isolated(&model.setup.draft.tenant);
    let visitor = model.sign_in.access.user();
    let name = || isolated(&visitor.map(tenant_name).unwrap_or_default());
    let id = || visitor.map(|it| it.tenant.to_string()).unwrap_or_default();
    match unfit {
        SignInMismatch::SignedOut => words.unfit_signed_out().to_owned(),
        SignInMismatch::Cloud => words.unfit_cloud().to_owned(),
        SignInMismatch::Tenant => words.unfit_tenant(id(), name(), typed()),
        SignInMismatch::TenantUnknown => words.unfit_tenant_unknown(id(), name(), typed()),
        SignInMismatch::Discovery => words.unfit_discovery().to_owned(),
        SignInMismatch::ReadOnly => words.unfit_read_only().to_owned(),
        SignInMismatch::Old => words.unfit_old().to_owned(),
    }
}

/// Next actions if the typed tenant is not, or possibly not, the signed-in one.
pub fn tenant_ways(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let (Some(visitor), Some(SignInMismatch::Tenant | SignInMismatch::TenantUnknown)) =
        (model.sign_in.access.user(), model.mismatch())
    else {
        return Html::default();
    };
    let typed = isolated(&model.setup.draft.tenant);
    let id = visitor.tenant.to_string();
    tag("p")
        .class("row")
        .put(button(
            send,
            Msg::SignInAsked,
            "primary",
            text(&words.unfit_tenant_sign_in(typed)),
        ))
        .put(button(
            send,
            Msg::Typed(FieldId::Tenant, id),
            "",
            text(words.unfit_tenant_take()),
        ))
        .html()
}

fn name(words: Locale, visitor: &SignedInUser) -> Html {
    match visitor.facts.done().map(|facts| &facts.name) {
        Some(Known::Known(name)) => foreign(name),
        Some(Known::Unknown) => text(words.azure_service_unread()),
        None => text("…"),
    }
}

fn domains(words: Locale, visitor: &SignedInUser) -> Html {
    match visitor.facts.done().map(|facts| &facts.rules.domains) {
        Some(Known::Known(domains)) => tag("ul")
            .all(
                &mut domains
                    .iter()
                    .map(|domain| tag("li").put(foreign(domain.as_str())).html()),
            )
            .html(),
        Some(Known::Unknown) => text(words.azure_service_unread()),
        None => text("…"),
    }
}
