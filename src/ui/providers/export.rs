//! The files to hand over: the table as CSV, and the selection for other tools.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::listing::listing;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::ProviderField;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::providers::state::ProvidersModel;
use domain::known::Answer;
use domain::known::Known;
use domain::locale::Locale;
use engine::desired::providers::RegistrationState;
use engine::export::providers::ProviderExport;
use engine::export::providers::matrix::MatrixRow;
use engine::providers::matrix::Reading;
use engine::providers::selection::ProviderSelection;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Most subscriptions of a file that the page shows. A longer one is only saved.
const MOST_SHOWN: usize = 20;

/// The files for what the review shows.
pub fn view(model: &Model, send: &Callback<Msg>, plan: &ProviderSelection) -> Html {
    let t = model.locale;
    let choice = |export: ProviderExport| {
        let (name, detail) = words(t, export);
        Choice::new(export.key(), name, detail)
    };
    let chosen = model.providers.export;
    let file = chosen.map(|export| {
        let (name, _) = words(t, export);
        if plan.subscriptions.len() > MOST_SHOWN {
            let save = Msg::Providers(ProvidersMsg::ExportAsked(export));
            return el("p")
                .node(button(
                    send,
                    save,
                    "",
                    text(&t.providers_export_save(export.file_name())),
                ))
                .html();
        }
        let body = export.file(plan).unwrap_or_default();
        listing(
            t,
            send,
            "provider-export",
            name,
            body,
            Some(export.file_name()),
        )
    });
    el("details")
        .key_text("provider-export")
        .class("card fold no-print")
        .child(el("summary").child(el("h2").text(t.providers_export())))
        .child(el("p").text(t.providers_export_lead()))
        .node(
            Choices {
                entry: FieldId::Providers(ProviderField::Export),
                label: t.providers_export_which(),
                hint: "",
                choices: ProviderExport::ALL.map(choice).to_vec(),
                picked: chosen.map_or("", ProviderExport::key),
                fault: None,
            }
            .view(t),
        )
        .node_some(file)
        .child(el("p").class("quiet small").text(t.providers_note_policy()))
        .html()
}

/// Name of a file, and what it is for.
fn words(t: Locale, export: ProviderExport) -> (&'static str, &'static str) {
    match export {
        ProviderExport::AzureCli => ("Azure CLI", t.providers_export_azure_cli()),
        ProviderExport::AzurePowerShell => ("Azure PowerShell", t.providers_export_powershell()),
        ProviderExport::Terraform => ("Terraform", t.providers_export_terraform()),
        ProviderExport::GitHubActions => ("GitHub Actions", t.providers_export_pipeline()),
        ProviderExport::AzureDevOps => ("Azure DevOps", t.providers_export_pipeline()),
        ProviderExport::CustomRole => (t.providers_export_role(), t.providers_export_role_text()),
        ProviderExport::CustomRolePortal => (
            t.providers_export_role_portal(),
            t.providers_export_role_portal_text(),
        ),
    }
}

/// The role that allows to register, as a file.
pub fn role(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let save = |export: ProviderExport| {
        let msg = Msg::Providers(ProvidersMsg::ExportAsked(export));
        button(send, msg, "", text(words(t, export).0))
    };
    fragment(vec![
        el("p").text(t.role_least_register_providers()).html(),
        el("p")
            .class("row")
            .node(save(ProviderExport::CustomRole))
            .node(save(ProviderExport::CustomRolePortal))
            .html(),
    ])
}

/// The shown rows, for a spreadsheet. In English, as other programs expect it.
#[must_use]
pub fn matrix_rows(providers: &ProvidersModel) -> Vec<MatrixRow> {
    let rows = providers.matrix.rows();
    let shown = providers.shown.iter().filter_map(|place| rows.get(*place));
    let mut all = Vec::new();
    for row in shown {
        let subscription = &row.listed.subscription;
        let group = match &row.listed.groups {
            Known::Known(groups) => groups.first().map(|it| it.display_name.clone()),
            Known::Unknown => None,
        };
        for namespace in &providers.answers.wanted {
            let state = match row.state(*namespace) {
                Known::Known(RegistrationState::Registered) => "Registered",
                Known::Known(RegistrationState::Registering) => "Registering",
                Known::Known(RegistrationState::NotRegistered) => "NotRegistered",
                Known::Known(RegistrationState::Unregistering) => "Unregistering",
                Known::Unknown => "",
            };
            let may = match (&row.permissions, row.may_register(*namespace)) {
                (Reading::Done(_), Answer::Yes) => "yes",
                (Reading::Done(_), Answer::No) => "no",
                (_, _) => "",
            };
            all.push(MatrixRow {
                subscription_id: subscription.id.to_string(),
                subscription_name: subscription.name.clone(),
                state: subscription.state.clone(),
                tenant: match subscription.home {
                    Known::Known(home) => home.to_string(),
                    Known::Unknown => String::new(),
                },
                management_group: group.clone().unwrap_or_default(),
                namespace: namespace.name().to_owned(),
                registration_state: state.to_owned(),
                may_register: may.to_owned(),
            });
        }
    }
    all
}
