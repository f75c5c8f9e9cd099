//! Step "Azure service": the connection's name, the cloud, the tenant and the sign-in.

use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::known::Known;
use crate::domain::words::Words;
use crate::ui::access::Access;
use crate::ui::access::Reading;
use crate::ui::access::SignInRefused;
use crate::ui::access::Unfit;
use crate::ui::access::Visitor;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::Kind;
use crate::ui::components::field::TextField;
use crate::ui::components::frame::cloud_name;
use crate::ui::components::frame::head;
use crate::ui::components::frame::kicker;
use crate::ui::components::message::Tone;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::message::said;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::components::value::copyable;
use crate::ui::components::value::essentials;
use crate::ui::entry::Entry;
use crate::ui::msg::Msg;
use crate::ui::pages::check_uri::clouds;
use crate::ui::pages::start::no_client;
use crate::ui::pages::start::site_message;
use crate::ui::place::Step;
use crate::ui::site::Site;
use crate::ui::stage::DemoTenant;
use crate::ui::stage::Stage;

/// As markup.
pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let draft = &stage.draft;
    html! {
        <>
            { head(&kicker(words, Some(Step::AzureService)), words.azure_service_title(), words.azure_service_lead()) }
            <section class="card">
                <h2>{ words.azure_service_connection() }</h2>
                { TextField { entry: Entry::ConnectionName, kind: Kind::Line, label: words.azure_service_name(), hint: words.azure_service_name_hint(),
                    value: &draft.connection_name, fault: stage.fault(Entry::ConnectionName), is_required: true }.draw(words) }
                { TextField { entry: Entry::Description, kind: Kind::Line, label: words.azure_service_description(), hint: "",
                    value: &draft.description, fault: stage.fault(Entry::Description), is_required: false }.draw(words) }
            </section>
            <section class="card">
                { clouds(words, Entry::Cloud, words.azure_service_environment(), words.azure_service_environment_hint(), &draft.cloud) }
            </section>
            <section class="card">
                <h2>{ words.azure_service_admin() }</h2>
                { tenant_field(stage) }
                { sign_in(stage, send) }
            </section>
        </>
    }
}

/// In the demo, one of its tenants; otherwise whichever the admin types.
fn tenant_field(stage: &Stage) -> Html {
    let words = stage.words;
    match &stage.demo {
        Some(tenants) => {
            let choices = tenants
                .iter()
                .filter(|tenant| tenant.cloud == stage.draft.cloud())
                .map(|DemoTenant { domain, detail, .. }| Choice::new(domain, domain, detail))
                .collect();
            Choices {
                entry: Entry::Tenant,
                label: words.azure_service_demo(),
                hint: "",
                choices,
                picked: &stage.draft.tenant,
                fault: stage.fault(Entry::Tenant),
            }
            .draw(words)
        }
        None => TextField {
            entry: Entry::Tenant,
            kind: Kind::Code,
            label: words.azure_service_tenant(),
            hint: words.azure_service_tenant_hint(),
            value: &stage.draft.tenant,
            fault: stage.fault(Entry::Tenant),
            is_required: false,
        }
        .draw(words),
    }
}

/// The sign-in in whichever state it is.
fn sign_in(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let cloud = stage.draft.cloud();
    match &stage.site {
        Site::Reading => return busy(words.config_reading()),
        Site::Unread | Site::Refused(_) => return site_message(words, &stage.site),
        Site::Ready(config) if config.client_id(cloud).is_none() => return no_client(words, send),
        Site::Ready(_) => {}
    }
    match &stage.access {
        Access::Leaving => {
            html! { <>{ busy(words.azure_service_leaving()) }{ signed_out(stage, send) }</> }
        }
        Access::Returning => busy(words.azure_service_signing_in()),
        Access::Out => signed_out(stage, send),
        Access::Refused(refused) => html! {
            <>
                { refusal(words, send, refused) }
                { signed_out(stage, send) }
            </>
        },
        Access::In(visitor) => signed_in(stage, send, visitor),
    }
}

fn refusal(words: Words, send: &Callback<Msg>, refused: &SignInRefused) -> Html {
    let error = &refused.error;
    message(
        Tone::Danger,
        error.title(words),
        html! {
            <>
                <p>{ error.sentence(words) }</p>
                <p>{ error.mend(words) }</p>
                { for refused.consent.as_ref().map(|link| copyable(words, send, "consent-link", words.azure_service_consent_link(), link)) }
                { for error.refusal().map(|entra| said(words, &entra.description)) }
            </>
        },
    )
}

fn signed_out(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    html! {
        <div class="group">
            if stage.demo.is_none() {
                <p class="quiet small">{ words.azure_service_before() }</p>
            }
            <p>{ button(send, Msg::SignInAsked, "primary", html! { { words.azure_service_sign_in() } }) }</p>
        </div>
    }
}

fn signed_in(stage: &Stage, send: &Callback<Msg>, visitor: &Visitor) -> Html {
    let words = stage.words;
    let unfit = stage.access.unfit(&stage.draft);
    let facts = match &visitor.facts {
        Reading::Waiting => busy(words.azure_service_reading()),
        Reading::Failed(failed) => html! {
            <>{ problem(words, failed) }<p>{ button(send, Msg::ReadAgainAsked, "", html! { { words.azure_service_read_again() } }) }</p></>
        },
        Reading::Done(_) => Html::default(),
    };
    let again = match unfit {
        Some(_) => "primary",
        None => "",
    };
    html! {
        <div class="group">
            { essentials(vec![
                (words.azure_service_tenant_name(), name(words, visitor)),
                (words.azure_service_tenant_id(), code(&visitor.tenant.to_string())),
                (words.azure_service_account(), foreign(&visitor.account.name)),
                (words.azure_service_environment(), html! { { cloud_name(words, visitor.cloud) } }),
                (words.azure_service_domains(), domains(words, visitor)),
            ]) }
            { facts }
            { for unfit.map(|unfit| message(Tone::Warning, "", html! { <p>{ unfit_sentence(words, unfit) }</p> })) }
            <p class="row">
                { button(send, Msg::SignInAsked, again, html! { { words.azure_service_sign_in_again() } }) }
                { button(send, Msg::SignedOut, "quiet", html! { { words.azure_service_sign_out() } }) }
            </p>
        </div>
    }
}

/// Why another sign-in is needed.
#[must_use]
pub fn unfit_sentence(words: Words, unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::SignedOut => words.unfit_signed_out(),
        Unfit::Cloud => words.unfit_cloud(),
        Unfit::Tenant => words.unfit_tenant(),
        Unfit::Discovery => words.unfit_discovery(),
    }
}

fn name(words: Words, visitor: &Visitor) -> Html {
    match visitor.facts.done().map(|facts| &facts.name) {
        Some(Known::Known(name)) => foreign(name),
        Some(Known::Unknown) => html! { { words.azure_service_unread() } },
        None => html! { { "…" } },
    }
}

fn domains(words: Words, visitor: &Visitor) -> Html {
    match visitor.facts.done().map(|facts| &facts.rules.domains) {
        Some(Known::Known(domains)) => html! {
            <ul>{ for domains.iter().map(|domain| html! { <li>{ foreign(domain.as_str()) }</li> }) }</ul>
        },
        Some(Known::Unknown) => html! { { words.azure_service_unread() } },
        None => html! { { "…" } },
    }
}
