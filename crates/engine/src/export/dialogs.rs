//! The fields of Configuration Manager's Azure Services wizard, with their exact labels in the order of the wizard, and the properties of
//! `ccmsetup.exe` that identify the pair.
//!
//! The values do not include the secret: the user interface inserts it where `FieldKind::Secret` says. Labels: "Manually register Microsoft
//! Entra apps for CMG" (2026-08-06) and "Configure Azure services" (both read 2026-11-23); "Install the client with Microsoft Entra ID"
//! (2022-02-16) and "Client installation parameters and properties" (2022-04-05).

use std::fmt;

use crate::export::handoff::Handoff;
use domain::locale::Locale;

/// A page or dialog of the Azure Services wizard, in wizard order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialog {
    /// First page of the wizard.
    AzureServices,
    /// Second page, before an app is selected.
    App,
    /// Web app, Browse, Import.
    ImportServer,
    /// Native Client app, Browse, Import.
    ImportClient,
    /// Third page. Only if discovery is selected.
    Discovery,
    /// Not a wizard page: the command line that installs a client.
    ClientSetup,
}

impl Dialog {
    /// The path to the dialog, as its heading.
    #[must_use]
    pub fn title(self, t: Locale) -> &'static str {
        match self {
            Self::AzureServices => t.handover_dialog_azure_services(),
            Self::App => t.handover_dialog_app(),
            Self::ImportServer => t.handover_dialog_import_server(),
            Self::ImportClient => t.handover_dialog_import_client(),
            Self::Discovery => t.handover_dialog_discovery(),
            Self::ClientSetup => t.handover_dialog_client_setup(),
        }
    }

    /// Who needs these values; `None` if every admin does.
    #[must_use]
    pub fn note(self, t: Locale) -> Option<&'static str> {
        (self == Self::ClientSetup).then(|| t.handover_dialog_client_setup_note())
    }
}

/// How the admin enters a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// The admin copies and pastes the value.
    Copy,
    /// The admin selects the value in a list, check box, or calendar, where pasting has no effect.
    Choose,
    /// The field for the secret. `value` contains only a sentence that says so.
    Secret,
}

/// One field of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogField {
    /// Dialog that contains the field.
    pub dialog: Dialog,
    /// Label of the field, exactly as in the English console.
    pub label: &'static str,
    /// Value to enter in the field.
    pub value: String,
    /// How the admin enters the value.
    pub kind: FieldKind,
}

impl Handoff {
    /// All values as text, by dialog, to paste into a ticket. Contains no secret: its field names the place of the secret.
    #[must_use]
    pub fn all_values(&self, t: Locale) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut dialog = None;
        for field in self.fields(t) {
            if dialog != Some(field.dialog) {
                lines.extend(dialog.map(|_| String::new()));
                lines.push(field.dialog.title(t).to_owned());
                dialog = Some(field.dialog);
            }
            lines.push(format!("{}: {}", field.label, field.value));
        }
        lines.join("\n")
    }

    /// The `ccmsetup.exe` properties that tell a client about the pair. A client joined to Microsoft Entra ID gets them from the gateway.
    #[must_use]
    pub fn client_setup(&self) -> [(&'static str, String); 3] {
        [
            ("AADTENANTID", self.tenant.id.to_string()),
            ("AADCLIENTAPPID", self.client.app_id.to_string()),
            ("AADRESOURCEURI", self.server.app_id_uri.to_string()),
        ]
    }

    /// All fields of the wizard in wizard order, then the properties of `ccmsetup.exe`.
    #[must_use]
    pub fn fields(&self, t: Locale) -> Vec<DialogField> {
        let name = t.handover_label_name();
        let description = t.handover_label_description();
        let service = t.handover_label_service();
        let environment = t.handover_label_azure_environment();
        let tenant_name = t.handover_label_tenant_name();
        let tenant_id = t.handover_label_tenant_id();
        let app_name = t.handover_label_application_name();
        let client_id = t.handover_label_client_id();
        let secret = t.handover_label_secret_key();
        let expiry = t.handover_label_secret_key_expiry();
        let app_id_uri = t.handover_label_app_id_uri();
        let users = t.handover_label_user_discovery();
        let groups = t.handover_label_group_discovery();
        let scope = t.handover_label_discovery_scope();
        let on = t.handover_value_on();

        let page = Dialog::AzureServices;
        let mut fields = vec![copy(page, name, &self.connection.name)];
        fields.extend(
            self.connection
                .description
                .iter()
                .map(|text| copy(page, description, text)),
        );
        fields.push(choose(page, service, t.handover_value_cloud_management()));

        let page = Dialog::App;
        fields.push(choose(
            page,
            environment,
            self.tenant.cloud.azure_environment(),
        ));

        let page = Dialog::ImportServer;
        fields.extend([
            copy(page, tenant_name, &self.tenant.name),
            copy(page, tenant_id, self.tenant.id),
            copy(page, app_name, &self.server.name),
            copy(page, client_id, self.server.app_id),
            field(page, FieldKind::Secret, secret, t.handover_value_secret()),
            choose(page, expiry, self.secret_end_day()),
            copy(page, app_id_uri, &self.server.app_id_uri),
        ]);

        // This dialog already shows the tenant's name and ID.
        let page = Dialog::ImportClient;
        fields.extend([
            copy(page, app_name, &self.client.name),
            copy(page, client_id, self.client.app_id),
        ]);

        let page = Dialog::Discovery;
        if self.discovery.users {
            fields.push(choose(page, users, on));
        }
        if let Some(names) = &self.discovery.groups {
            fields.push(choose(page, groups, on));
            fields.extend(names.iter().map(|group| copy(page, scope, group)));
        }

        let page = Dialog::ClientSetup;
        fields.extend(
            self.client_setup()
                .map(|(label, value)| copy(page, label, value)),
        );
        fields
    }
}

fn field(
    dialog: Dialog,
    kind: FieldKind,
    label: &'static str,
    value: impl fmt::Display,
) -> DialogField {
    DialogField {
        dialog,
        label,
        value: value.to_string(),
        kind,
    }
}

fn copy(dialog: Dialog, label: &'static str, value: impl fmt::Display) -> DialogField {
    field(dialog, FieldKind::Copy, label, value)
}

fn choose(dialog: Dialog, label: &'static str, value: impl fmt::Display) -> DialogField {
    field(dialog, FieldKind::Choose, label, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::handoff::tests::GUID;
    use crate::export::handoff::tests::line;
    use crate::export::handoff::tests::sample;

    #[test]
    fn the_import_dialogs_use_the_console_labels_in_order() {
        let fields = sample().fields(Locale::En);
        let of = |dialog| -> Vec<_> {
            let here = fields.iter().filter(|field| field.dialog == dialog);
            here.map(|field| (field.label, field.value.as_str(), field.kind))
                .collect()
        };
        use FieldKind::{Choose, Copy, Secret};
        assert_eq!(
            of(Dialog::ImportServer),
            [
                (
                    "Microsoft Entra tenant Name",
                    "contoso.onmicrosoft.com",
                    Copy
                ),
                ("Microsoft Entra tenant ID", GUID, Copy),
                ("Application Name", "Server", Copy),
                ("Client ID", GUID, Copy),
                (
                    "Secret Key",
                    "The secret value. It is shown once, on this page only.",
                    Secret
                ),
                ("Secret Key Expiry", "2028-12-31", Choose),
                ("App ID URI", "api://a/b", Copy),
            ]
        );
        assert_eq!(
            of(Dialog::ImportClient),
            [
                ("Application Name", "Client", Copy),
                ("Client ID", GUID, Copy)
            ]
        );
        assert_eq!(
            of(Dialog::App),
            [("Azure environment", "AzureUSGovernmentCloud", Choose)]
        );
        assert_eq!(of(Dialog::Discovery), []);
    }

    /// "Client installation parameters and properties", 2022-04-05: the native app's ID, and the exact App ID URI.
    #[test]
    fn ccmsetup_properties_name_tenant_client_app_and_app_id_uri() {
        let mut handoff = sample();
        handoff.client.app_id = "9b1d4c7a-3e2f-4d60-8a5b-6c7d8e9f0a1b".parse().unwrap();
        let fields = handoff.fields(Locale::En);
        let setup: Vec<_> = fields
            .iter()
            .filter(|field| field.dialog == Dialog::ClientSetup)
            .map(|field| (field.label, field.value.as_str(), field.kind))
            .collect();
        assert_eq!(
            setup,
            [
                ("AADTENANTID", GUID, FieldKind::Copy),
                (
                    "AADCLIENTAPPID",
                    "9b1d4c7a-3e2f-4d60-8a5b-6c7d8e9f0a1b",
                    FieldKind::Copy
                ),
                ("AADRESOURCEURI", "api://a/b", FieldKind::Copy),
            ]
        );
        // They do not belong to a wizard page, so they come last.
        assert_eq!(fields.last().unwrap().dialog, Dialog::ClientSetup);
        let note = Dialog::ClientSetup.note(Locale::En).unwrap();
        assert!(note.contains("CCMHOSTNAME and SMSSITECODE"), "{note}");
        assert_eq!(Dialog::ImportServer.note(Locale::En), None);
    }

    #[test]
    fn exactly_one_field_is_for_the_secret() {
        let fields = sample().fields(Locale::En);
        let secrets = fields
            .iter()
            .filter(|field| field.kind == FieldKind::Secret);
        assert_eq!(secrets.count(), 1);
    }

    #[test]
    fn each_discovery_group_has_its_own_field() {
        let mut handoff = sample();
        handoff.connection.description = Some(line("For laptops"));
        handoff.discovery.users = true;
        handoff.discovery.groups = Some(vec![line("Sales"), line("Staff")]);
        let fields = handoff.fields(Locale::En);
        assert_eq!(fields[1].value, "For laptops");
        let discovery: Vec<_> = fields
            .iter()
            .filter(|field| field.dialog == Dialog::Discovery)
            .map(|field| (field.label, field.value.as_str()))
            .collect();
        assert_eq!(
            discovery,
            [
                ("Enable Microsoft Entra user Discovery", "Selected"),
                ("Enable Microsoft Entra group Discovery", "Selected"),
                ("Settings, Discovery Scopes, Add", "Sales"),
                ("Settings, Discovery Scopes, Add", "Staff"),
            ]
        );
    }
}
