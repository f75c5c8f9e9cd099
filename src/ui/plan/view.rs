//! The plan page: what to hand over, to whom, and what comes back.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::PickField;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::listing::listing;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::components::value::copyable;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::step_of;
use crate::ui::model::Model;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::plan::opened;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use domain::locale::Locale;
use domain::roles::Task;
use engine::desired::Draft;
use engine::export::plan_file::PlanFile;
use engine::export::provider_request::ProviderRequest;
use engine::export::setup::SetupExport;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let is_opened = model.plan.opened.is_some();
    fragment(vec![
        head("", t.shared_plan_title(), t.shared_plan_lead()),
        opened::view(model, send),
        if is_opened {
            Html::default()
        } else {
            own(model, send)
        },
        opened::open(model),
    ])
}

/// The plan of this page's answers.
fn own(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(plan) = model.plan_file() else {
        return message(
            Severity::Info,
            "",
            el("p").text(t.shared_plan_of_pair()).html(),
        );
    };
    let has_tenant = !plan.draft().tenant.is_empty();
    if !has_tenant || !model.setup.faults.is_empty() {
        return faulty(model, send, has_tenant);
    }
    fragment(vec![
        el("section")
            .class("card")
            .child(el("h2").text(t.shared_plan_own()))
            .child(el("p").text(t.shared_plan_own_text()))
            .node(copyable(
                t,
                send,
                "plan-hash",
                t.shared_plan_hash(),
                &plan.hash(),
            ))
            .child(el("p").class("quiet small").text(t.shared_plan_hash_hint()))
            .node(link(model, send, &plan))
            .child(el("p").class("row").node(button(
                send,
                Msg::SaveAsked(File {
                    name: plan.file_name(),
                    kind: "application/json",
                    text: plan.text(model.now),
                }),
                "primary",
                fragment(vec![Icon::Save.view(), text(t.shared_plan_save())]),
            )))
            .html(),
        el("section")
            .class("card")
            .child(el("h2").text(t.shared_plan_message()))
            .child(el("p").text(t.shared_plan_message_text()))
            .node(listing(
                t,
                send,
                "plan-message",
                t.shared_plan_message(),
                letter(model, &plan),
                None,
            ))
            .html(),
        providers(model, send),
        scripts(model, send),
    ])
}

/// What has to be answered first.
fn faulty(model: &Model, send: &Callback<Msg>, has_tenant: bool) -> Html {
    let t = model.locale;
    let row = |step: WizardStep, asked: Msg, sentence: &str| {
        el("li")
            .child(
                el("button")
                    .attr("type", "button")
                    .class("link-button")
                    .on_click(send, asked)
                    .text(step.name(t)),
            )
            .text(": ")
            .text(sentence)
            .html()
    };
    let first = WizardStep::AzureService;
    let tenant = (!has_tenant).then(|| {
        let asked = Msg::WentTo(Route::Step(first));
        row(first, asked, t.shared_plan_no_tenant())
    });
    message(
        Severity::Info,
        t.shared_plan_faulty(),
        el("ul")
            .class("group")
            .node_some(tenant)
            .nodes(&mut model.setup.faults.iter().map(|fault| {
                let asked = Msg::FieldAsked(fault.field);
                row(step_of(fault.field), asked, &fault.sentence)
            }))
            .html(),
    )
}

/// The plan as a link, where another person can open this page by its address.
fn link(model: &Model, send: &Callback<Msg>, plan: &PlanFile) -> Html {
    let t = model.locale;
    if model.embedding.is_embedded() {
        return el("p")
            .class("quiet")
            .text(t.shared_plan_link_embedded())
            .html();
    }
    match address(model, plan) {
        Some(link) => copyable(t, send, "plan-link", t.shared_plan_link(), &link),
        None => el("p")
            .class("quiet")
            .text(t.shared_plan_link_long())
            .html(),
    }
}

fn address(model: &Model, plan: &PlanFile) -> Option<String> {
    if model.embedding.is_embedded() {
        return None;
    }
    let query = plan.link()?;
    Some(format!("{}#{}?{query}", model.home, Route::Plan.address()))
}

/// The roles that the plan needs, each once.
fn roles(t: Locale, draft: &Draft) -> Vec<&'static str> {
    let mut tasks = vec![Task::CreateApps, Task::ConsentToServerApp];
    if draft.gateway().discovery {
        tasks.push(Task::ConsentToDirectoryRead);
    }
    if !draft.subscription.is_empty() {
        tasks.push(Task::RegisterProviders);
    }
    let mut roles = Vec::new();
    for task in tasks {
        let role = task.least_role(t);
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

/// Text for a mail or a ticket.
fn letter(model: &Model, plan: &PlanFile) -> String {
    let t = model.locale;
    let open = match address(model, plan) {
        Some(link) => t.shared_plan_letter_link(&link),
        None => t.shared_plan_letter_file(plan.file_name()),
    };
    let roles: String = roles(t, plan.draft())
        .into_iter()
        .map(|role| format!("\n   - {role}"))
        .collect();
    let lines = [
        t.shared_plan_letter_why().to_owned(),
        format!("1. {open}"),
        format!("2. {}", t.shared_plan_letter_compare()),
        format!("3. {}{roles}", t.shared_plan_letter_roles()),
        format!("4. {}", t.shared_plan_letter_run()),
        format!("5. {}", t.shared_plan_letter_return()),
        format!("6. {}", t.shared_plan_letter_secret()),
    ];
    lines.join("\n\n")
}

/// The part of the subscription's owner, if that is a third person.
fn providers(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let link = model.plan_tenant().and_then(|tenant| {
        let desired = model.desired().ok()?;
        let request = ProviderRequest::left_by(&desired, &[])?;
        model.provider_link(tenant, &request)
    });
    let Some(link) = link else {
        return Html::default();
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.shared_plan_providers()))
        .child(el("p").text(t.shared_plan_providers_text()))
        .node(copyable(
            t,
            send,
            "plan-providers",
            t.shared_plan_providers_link(),
            &link,
        ))
        .html()
}

/// The same plan for other tools.
fn scripts(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let export = model.plan.export;
    let options = SetupExport::ALL.map(|it| (it.key().to_owned(), it.name(t).to_owned()));
    let file = match model.wanted_by_plan().map(|desired| export.text(&desired)) {
        Some(Ok(text)) => listing(
            t,
            send,
            "plan-script",
            t.shared_plan_script(),
            text,
            Some(export.file_name()),
        ),
        Some(Err(error)) => message(Severity::Info, "", el("p").text(error.sentence(t)).html()),
        None => Html::default(),
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.shared_plan_scripts()))
        .child(el("p").text(t.shared_plan_scripts_text()))
        .node(
            PickField::plain(
                FieldId::SetupExport,
                t.shared_plan_tool(),
                options.to_vec(),
                export.key(),
            )
            .view(t),
        )
        .node(file)
        .html()
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    button(
        send,
        Msg::WentTo(Route::Review),
        "",
        text(model.locale.shared_plan_to_review()),
    )
}
