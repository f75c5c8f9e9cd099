//! A request in the picked format, to read and to copy.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::field::PickField;
use crate::ui::components::text::code;
use crate::ui::components::value::button;
use crate::ui::components::value::copy_label;
use crate::ui::field_id::FieldId;
use crate::ui::msg::Msg;
use domain::cloud::Cloud;
use domain::confusables::escaped_lines;
use domain::ids::TenantId;
use domain::locale::Locale;
use engine::auth::account::Audience;
use engine::auth::scopes::Scope;
use engine::auth::scopes::ScopeSet;
use engine::export::request::RequestFormat;
use engine::plan::Plan;
use engine::plan::write::ShownRequest;

/// The choice of the format, and what its commands need.
pub fn format_choice(
    t: Locale,
    format: RequestFormat,
    (cloud, tenant): (Cloud, TenantId),
    scopes: &[Scope],
) -> Html {
    let options = RequestFormat::ALL
        .map(|it| (it.key().to_owned(), it.name().to_owned()))
        .to_vec();
    let pick = PickField::plain(
        FieldId::RequestFormat,
        t.request_format(),
        options,
        format.key(),
    )
    .view(t);
    let note = |sentence: &str| el("p").class("quiet small").text(sentence).html();
    let connect = format.connect(cloud, tenant, scopes);
    el("div")
        .class("group no-print")
        .node(pick)
        .node(match format {
            RequestFormat::Http => Html::default(),
            RequestFormat::AzureCli | RequestFormat::PowerShell => note(t.request_commands()),
            RequestFormat::Curl => {
                fragment(vec![note(t.request_commands()), note(t.request_token())])
            }
        })
        .node_some((!connect.is_empty()).then(|| {
            fragment(vec![
                note(t.request_connect()),
                el("ul")
                    .class("bullets plain")
                    .nodes(&mut connect.iter().map(|it| el("li").node(code(it)).html()))
                    .html(),
            ])
        }))
        .html()
}

/// The permissions that the requests of a plan need.
pub fn scopes_of(plan: &Plan, scopes: ScopeSet) -> Vec<Scope> {
    let mut writes = plan.steps.iter().filter_map(|step| step.action.write());
    let uses_azure = writes.any(|write| write.audience() == Audience::Arm);
    let mut scopes = scopes.scopes();
    scopes.retain(|it| uses_azure || it.audience() == Audience::Graph);
    scopes
}

/// One request with its Copy button. `id` is the element that is selected if the browser refuses the clipboard.
pub fn request(
    t: Locale,
    send: &Callback<Msg>,
    id: &str,
    (request, cloud): (&ShownRequest, Cloud),
    format: RequestFormat,
) -> Html {
    // The name of a resource provider has a dot, which a selector reads as the beginning of a class.
    let id = &id.replace('.', "-");
    let written = format.write(request, cloud);
    let shown = escaped_lines(&written);
    let copied = Msg::CopyAsked {
        id: id.to_owned(),
        text: written,
    };
    el("div")
        .class("group")
        .child(
            el("pre")
                .attr_value("id", id)
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-label", t.request_text())
                .attr("translate", "no")
                .class("listing")
                .child(el("code").text(&shown)),
        )
        .child(el("p").class("row no-print").node(button(
            send,
            copied,
            "",
            copy_label(t, t.request_text()),
        )))
        .html()
}
