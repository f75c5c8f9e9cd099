//! Everything Configuration Manager's import dialogs ask for, under their exact labels, and what to do next.
//!
//! A `Handoff` is plain data about what stands now. It has no place for a secret value: whoever shows the fields puts the secret,
//! once, where `FieldKind::Secret` says. Labels: "Manually register Microsoft Entra apps for CMG" (2026-08-06) and
//! "Configure Azure services" (both read 2026-11-23).

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;
use serde_json::json;

use crate::domain::cloud::Cloud;
use crate::domain::ids::AppId;
use crate::domain::ids::KeyId;
use crate::domain::ids::ObjectId;
use crate::domain::ids::PermissionId;
use crate::domain::ids::SubscriptionId;
use crate::domain::ids::TenantId;
use crate::domain::known::Answer;
use crate::domain::known::Known;
use crate::domain::words::Words;
use crate::export::quote::Quotable;

/// The schedule that makes a client read the tenant settings at once ("Configure Azure services", read 2026-11-23).
pub const CLIENT_SCHEDULE: &str = "{00000000-0000-0000-0000-000000000023}";

/// What the wizard proposes for a new server app, and what scripts in task sequences expect where nobody told them otherwise.
const WIZARD_APP_ID_URI: &str = "https://ConfigMgrService";

/// The outcome as Configuration Manager needs it. Only what is certain to exist: build it after the last write was read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// How the connection will be called in the console.
    pub connection: Connection,
    /// The tenant both apps are in.
    pub tenant: Tenant,
    /// The server ("web") app.
    pub server: ServerApp,
    /// The client ("native") app.
    pub client: ClientApp,
    /// What the site will discover.
    pub discovery: Discovery,
    /// Every permission the two apps need, with its consent.
    pub consents: Vec<Consent>,
    /// Where the gateway will live, if that was part of the task.
    pub subscription: Option<SubscriptionId>,
    /// The resource providers of that subscription.
    pub providers: Vec<Provider>,
}

/// The Cloud Management connection in the console. Entra never sees these two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its name.
    pub name: Quotable,
    /// Its optional description.
    pub description: Option<Quotable>,
}

/// The tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// What goes in "Microsoft Entra tenant Name": Microsoft says to take it from the custom domain names.
    pub name: Quotable,
    /// Its ID.
    pub id: TenantId,
    /// Its cloud.
    pub cloud: Cloud,
    /// Its verified domains, as read when the App ID URI was judged.
    pub verified_domains: Vec<String>,
}

/// The server app as it stands in Entra.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerApp {
    /// Display name.
    pub name: Quotable,
    /// Application (client) ID.
    pub app_id: AppId,
    /// Object ID of the application.
    pub object_id: ObjectId,
    /// Object ID of its service principal.
    pub service_principal: ObjectId,
    /// The Application ID URI, letter for letter as registered.
    pub app_id_uri: Quotable,
    /// The ID of `user_impersonation`.
    pub scope_id: PermissionId,
    /// Which secret Configuration Manager will use. Never its value.
    pub secret: SecretKey,
}

/// What may be known about a secret by everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretKey {
    /// Its key ID, by which it can be found and removed.
    pub id: KeyId,
    /// When it ends.
    pub end: Timestamp,
}

/// The client app as it stands in Entra.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientApp {
    /// Display name.
    pub name: Quotable,
    /// Application (client) ID.
    pub app_id: AppId,
    /// Object ID of the application.
    pub object_id: ObjectId,
    /// Object ID of its service principal.
    pub service_principal: ObjectId,
    /// The broker redirect URI it was given.
    pub redirect: String,
}

/// What the site will discover. Both parts are optional and independent of each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovery {
    /// Whether Microsoft Entra user discovery is wanted.
    pub users: bool,
    /// The groups of Microsoft Entra group discovery; `None` where it is not wanted, empty where they will be picked in the console.
    pub groups: Option<Vec<Quotable>>,
}

/// One of the two apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The server app.
    Server,
    /// The client app.
    Client,
}

/// One permission of one app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Which app holds it.
    pub side: Side,
    /// Its value, such as `user_impersonation`.
    pub permission: String,
    /// Whether it is granted for the whole organisation, by the grants themselves and not by what the app asks for.
    pub is_granted: Answer,
}

/// One resource provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Its namespace.
    pub namespace: String,
    /// Its state when last read.
    pub registration: Known<Registration>,
}

/// How far a resource provider is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Ready.
    Registered,
    /// On its way, nothing to do but wait.
    Registering,
    /// Not asked for yet.
    NotRegistered,
}

/// A page or dialog of the Azure Services wizard, in the order an admin meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialog {
    /// First page.
    AzureServices,
    /// Second page, before any app is chosen.
    App,
    /// Web app, Browse, Import.
    ImportServer,
    /// Native Client app, Browse, Import.
    ImportClient,
    /// Third page. Only where discovery is wanted.
    Discovery,
}

impl Dialog {
    /// How to get there.
    #[must_use]
    pub fn title(self, words: Words) -> &'static str {
        match self {
            Self::AzureServices => words.handover_dialog_azure_services(),
            Self::App => words.handover_dialog_app(),
            Self::ImportServer => words.handover_dialog_import_server(),
            Self::ImportClient => words.handover_dialog_import_client(),
            Self::Discovery => words.handover_dialog_discovery(),
        }
    }
}

/// How a value gets into its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Copied and pasted.
    Copy,
    /// Picked: a list, a check box, a calendar. Pasting does nothing there.
    Choose,
    /// The secret belongs here. `value` is only a sentence that says so.
    Secret,
}

/// One field of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Where it is.
    pub dialog: Dialog,
    /// Its label, exactly as the English console writes it.
    pub label: &'static str,
    /// What goes in.
    pub value: String,
    /// How it gets in.
    pub kind: FieldKind,
}

impl Field {
    /// Whether a copy button makes sense. Never for the secret: its value is not here.
    #[must_use]
    pub fn is_copyable(&self) -> bool {
        self.kind == FieldKind::Copy
    }

    /// Whether the secret has to be put in its place.
    #[must_use]
    pub fn is_secret_placeholder(&self) -> bool {
        self.kind == FieldKind::Secret
    }
}

/// How much a step matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The gateway does not work without it.
    Required,
    /// It works without it, until it does not.
    Recommended,
}

impl Need {
    /// The tag a person reads.
    #[must_use]
    pub fn tag(self, words: Words) -> &'static str {
        match self {
            Self::Required => words.handover_need_required(),
            Self::Recommended => words.handover_need_recommended(),
        }
    }
}

/// Something left for a person to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// How much it matters.
    pub need: Need,
    /// What to do.
    pub title: &'static str,
    /// Where: the path of nodes and buttons.
    pub path: &'static str,
    /// Why, and what to watch.
    pub detail: String,
}

/// How to keep a tenant's devices and users from signing in to the gateway with Entra. For a tenant that only pays for Azure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisableAuthentication {
    /// When that is wanted, and when not.
    pub when: &'static str,
    /// Where.
    pub path: &'static str,
    /// The option to select, exactly as the English console writes it.
    pub option: &'static str,
    /// How long clients take, and that only the console can do it.
    pub notes: [&'static str; 3],
    /// How to see the effect sooner while testing.
    pub hurry: [String; 3],
}

impl Handoff {
    /// The day the secret ends, in UTC: what goes in the calendar control. Configuration Manager keeps a day, not an hour.
    #[must_use]
    pub fn secret_end_day(&self) -> Date {
        TimeZone::UTC.to_datetime(self.server.secret.end).date()
    }

    /// The name of the hand-over record's file: letters, digits, hyphens and one full stop, whatever the names in it are.
    #[must_use]
    pub fn record_file_name(&self) -> String {
        format!("cmg-handover-{}.json", self.tenant.id)
    }

    /// Every field of the wizard, in the order an admin meets them.
    #[must_use]
    pub fn fields(&self, words: Words) -> Vec<Field> {
        let name = words.handover_label_name();
        let description = words.handover_label_description();
        let service = words.handover_label_service();
        let environment = words.handover_label_azure_environment();
        let tenant_name = words.handover_label_tenant_name();
        let tenant_id = words.handover_label_tenant_id();
        let app_name = words.handover_label_application_name();
        let client_id = words.handover_label_client_id();
        let secret = words.handover_label_secret_key();
        let expiry = words.handover_label_secret_key_expiry();
        let app_id_uri = words.handover_label_app_id_uri();
        let users = words.handover_label_user_discovery();
        let groups = words.handover_label_group_discovery();
        let scope = words.handover_label_discovery_scope();
        let on = words.handover_value_on();

        let page = Dialog::AzureServices;
        let mut fields = vec![copy(page, name, &self.connection.name)];
        fields.extend(
            self.connection
                .description
                .iter()
                .map(|text| copy(page, description, text)),
        );
        fields.push(choose(
            page,
            service,
            words.handover_value_cloud_management(),
        ));

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
            field(
                page,
                FieldKind::Secret,
                secret,
                words.handover_value_secret(),
            ),
            choose(page, expiry, self.secret_end_day()),
            copy(page, app_id_uri, &self.server.app_id_uri),
        ]);

        // The tenant's name and ID are filled in there already.
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
        fields
    }

    /// What is left to do, in order, at most five: what is done already is not listed.
    #[must_use]
    pub fn next_steps(&self, words: Words) -> Vec<NextStep> {
        let consent = self.consent_left(words).map(|detail| NextStep {
            need: Need::Required,
            title: words.handover_step_consent(),
            path: words.handover_step_consent_path(),
            detail,
        });
        let providers = self.providers_left(words).map(|detail| NextStep {
            need: Need::Required,
            title: words.handover_step_providers(),
            path: words.handover_step_providers_path(),
            detail,
        });
        let import = NextStep {
            need: Need::Required,
            title: words.handover_step_import(),
            path: words.handover_step_import_path(),
            detail: words.handover_step_import_detail().to_owned(),
        };
        // The least of all six: the error names its own cure, and the script offers it. It gives way where five are full.
        let update = (consent.is_none() || providers.is_none()).then(|| NextStep {
            need: Need::Recommended,
            title: words.handover_step_update(),
            path: words.handover_step_update_path(),
            detail: words.handover_step_update_detail().to_owned(),
        });
        let create = NextStep {
            need: Need::Required,
            title: words.handover_step_create(),
            path: words.handover_step_create_path(),
            detail: words.handover_step_create_detail().to_owned(),
        };
        let renew = NextStep {
            need: Need::Recommended,
            title: words.handover_step_renew(),
            path: words.handover_step_renew_path(),
            detail: words.handover_step_renew_detail(self.secret_end_day()),
        };
        [consent, providers, Some(import), update]
            .into_iter()
            .flatten()
            .chain([create, renew])
            .collect()
    }

    /// What to change elsewhere because of the App ID URI; `None` where scripts expect this very one.
    #[must_use]
    pub fn app_id_uri_note(&self, words: Words) -> Option<String> {
        let uri = self.server.app_id_uri.as_str();
        (uri != WIZARD_APP_ID_URI).then(|| words.handover_note_app_id_uri(uri))
    }

    /// The whole record without the secret, as JSON for a file: `secretKey` has the key ID and the end only.
    ///
    /// Keys are in alphabetical order, so that two records can be compared line by line. `format` changes when a key does.
    /// Unknown things are `null`: a consent that could not be read is not `false`.
    #[must_use]
    pub fn record(&self, words: Words) -> String {
        let record = json!({
            "format": "cmg-entra-setup/handover/1",
            "about": words.handover_record_about(),
            "connection": {
                "name": self.connection.name.as_str(),
                "description": self.connection.description.as_ref().map(Quotable::as_str),
            },
            "tenant": {
                "name": self.tenant.name.as_str(),
                "id": self.tenant.id.to_string(),
                "cloud": self.tenant.cloud.key(),
                "azureEnvironment": self.tenant.cloud.azure_environment(),
                "verifiedDomains": self.tenant.verified_domains,
            },
            "serverApp": {
                "displayName": self.server.name.as_str(),
                "appId": self.server.app_id.to_string(),
                "objectId": self.server.object_id.to_string(),
                "servicePrincipalId": self.server.service_principal.to_string(),
                "appIdUri": self.server.app_id_uri.as_str(),
                "scopeId": self.server.scope_id.to_string(),
                "secretKey": {
                    "keyId": self.server.secret.id.to_string(),
                    "endDateTime": self.server.secret.end.to_string(),
                    "endDay": self.secret_end_day().to_string(),
                },
            },
            "clientApp": {
                "displayName": self.client.name.as_str(),
                "appId": self.client.app_id.to_string(),
                "objectId": self.client.object_id.to_string(),
                "servicePrincipalId": self.client.service_principal.to_string(),
                "redirectUri": self.client.redirect,
            },
            "discovery": {
                "users": self.discovery.users,
                "groups": self.discovery.groups.as_ref().map(|groups| {
                    groups.iter().map(Quotable::as_str).collect::<Vec<_>>()
                }),
            },
            "consents": self.consents.iter().map(consent_record).collect::<Vec<_>>(),
            "subscriptionId": self.subscription.map(|id| id.to_string()),
            "resourceProviders": self.providers.iter().map(provider_record).collect::<Vec<_>>(),
        });
        format!("{record:#}\n")
    }

    /// The sentence about consents that are missing or could not be read.
    fn consent_left(&self, words: Words) -> Option<String> {
        let named = |answer| {
            self.consents
                .iter()
                .filter(|consent| consent.is_granted == answer)
                .map(|consent| match consent.side {
                    Side::Server => words.handover_permission_of_server(&consent.permission),
                    Side::Client => words.handover_permission_of_client(&consent.permission),
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (missing, unread) = (named(Answer::No), named(Answer::CannotTell));
        join_sentences(
            (!missing.is_empty()).then(|| words.handover_consent_missing(missing)),
            (!unread.is_empty()).then(|| words.handover_consent_unread(unread)),
        )
    }

    /// The sentence about resource providers that are not ready or could not be read.
    fn providers_left(&self, words: Words) -> Option<String> {
        let named = |wanted: fn(Known<Registration>) -> bool| {
            self.providers
                .iter()
                .filter(|provider| wanted(provider.registration))
                .map(|provider| provider.namespace.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let missing = named(|known| known == Known::Known(Registration::NotRegistered));
        let waiting = named(|known| known == Known::Known(Registration::Registering));
        let unread = named(|known| known == Known::Unknown);
        let first = join_sentences(
            (!missing.is_empty()).then(|| words.handover_providers_missing(missing)),
            (!waiting.is_empty()).then(|| words.handover_providers_waiting(waiting)),
        );
        join_sentences(
            first,
            (!unread.is_empty()).then(|| words.handover_providers_unread(unread)),
        )
    }
}

impl DisableAuthentication {
    /// The one way there is: no cmdlet of Configuration Manager does it ("Configure Azure services", read 2026-11-23).
    #[must_use]
    pub fn tell(words: Words) -> Self {
        Self {
            when: words.handover_disable_when(),
            path: words.handover_disable_path(),
            option: words.handover_disable_option(),
            notes: [
                words.handover_disable_hours(),
                words.handover_disable_console_only(),
                words.handover_disable_before_2503(),
            ],
            hurry: [
                words.handover_hurry_site().to_owned(),
                words.handover_hurry_client().to_owned(),
                words.handover_hurry_schedule(CLIENT_SCHEDULE),
            ],
        }
    }
}

fn field(dialog: Dialog, kind: FieldKind, label: &'static str, value: impl fmt::Display) -> Field {
    Field {
        dialog,
        label,
        value: value.to_string(),
        kind,
    }
}

fn copy(dialog: Dialog, label: &'static str, value: impl fmt::Display) -> Field {
    field(dialog, FieldKind::Copy, label, value)
}

fn choose(dialog: Dialog, label: &'static str, value: impl fmt::Display) -> Field {
    field(dialog, FieldKind::Choose, label, value)
}

fn consent_record(consent: &Consent) -> Value {
    json!({
        "app": match consent.side {
            Side::Server => "server",
            Side::Client => "client",
        },
        "permission": consent.permission,
        "granted": match consent.is_granted {
            Answer::Yes => Some(true),
            Answer::No => Some(false),
            Answer::CannotTell => None,
        },
    })
}

fn provider_record(provider: &Provider) -> Value {
    json!({
        "namespace": provider.namespace,
        // Azure's own words.
        "registrationState": match provider.registration {
            Known::Known(Registration::Registered) => Some("Registered"),
            Known::Known(Registration::Registering) => Some("Registering"),
            Known::Known(Registration::NotRegistered) => Some("NotRegistered"),
            Known::Unknown => None,
        },
    })
}

fn join_sentences(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} {second}")),
        (first, second) => first.or(second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "5e97358c-d99c-4558-af0c-de7774091dda";

    fn line(text: &str) -> Quotable {
        Quotable::parse(text).unwrap()
    }

    fn sample() -> Handoff {
        Handoff {
            connection: Connection {
                name: line("Cloud"),
                description: None,
            },
            tenant: Tenant {
                name: line("contoso.onmicrosoft.com"),
                id: GUID.parse().unwrap(),
                cloud: Cloud::UsGovDod,
                verified_domains: Vec::new(),
            },
            server: ServerApp {
                name: line("Server"),
                app_id: GUID.parse().unwrap(),
                object_id: GUID.parse().unwrap(),
                service_principal: GUID.parse().unwrap(),
                app_id_uri: line("api://a/b"),
                scope_id: GUID.parse().unwrap(),
                secret: SecretKey {
                    id: GUID.parse().unwrap(),
                    end: "2028-12-31T23:59:59Z".parse().unwrap(),
                },
            },
            client: ClientApp {
                name: line("Client"),
                app_id: GUID.parse().unwrap(),
                object_id: GUID.parse().unwrap(),
                service_principal: GUID.parse().unwrap(),
                redirect: "ms-appx-web://x".to_owned(),
            },
            discovery: Discovery::default(),
            consents: Vec::new(),
            subscription: None,
            providers: Vec::new(),
        }
    }

    fn consent(is_granted: Answer) -> Consent {
        Consent {
            side: Side::Client,
            permission: "user_impersonation".to_owned(),
            is_granted,
        }
    }

    fn provider(namespace: &str, registration: Known<Registration>) -> Provider {
        Provider {
            namespace: namespace.to_owned(),
            registration,
        }
    }

    #[test]
    fn the_import_dialogs_have_their_exact_labels_in_their_order() {
        let fields = sample().fields(Words::En);
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

    #[test]
    fn one_field_is_for_the_secret_and_it_has_no_copy_button() {
        let fields = sample().fields(Words::En);
        let secrets: Vec<_> = fields
            .iter()
            .filter(|field| field.is_secret_placeholder())
            .collect();
        assert_eq!(secrets.len(), 1);
        assert!(!secrets[0].is_copyable());
    }

    #[test]
    fn what_will_be_discovered_is_told_group_by_group() {
        let mut handoff = sample();
        handoff.connection.description = Some(line("For laptops"));
        handoff.discovery.users = true;
        handoff.discovery.groups = Some(vec![line("Sales"), line("Staff")]);
        let fields = handoff.fields(Words::En);
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

    #[test]
    fn only_what_is_left_is_a_next_step_and_five_are_the_most() {
        let titles = |handoff: &Handoff| -> Vec<_> {
            let steps = handoff.next_steps(Words::En);
            steps
                .iter()
                .map(|step| (step.need.tag(Words::En), step.title))
                .collect()
        };
        let mut handoff = sample();
        handoff.consents = vec![consent(Answer::Yes)];
        handoff.providers = vec![provider(
            "Microsoft.Compute",
            Known::Known(Registration::Registered),
        )];
        let import = ("Required", "Import both apps");
        let update = (
            "Recommended",
            "Update the application settings, if the console asks for it",
        );
        let create = ("Required", "Create the cloud management gateway");
        let renew = ("Recommended", "Put the end of the secret in your calendar");
        assert_eq!(titles(&handoff), [import, update, create, renew]);

        handoff.consents = vec![consent(Answer::No)];
        let grant = ("Required", "Finish the admin consent");
        assert_eq!(titles(&handoff), [grant, import, update, create, renew]);

        handoff.providers = vec![provider("Microsoft.Compute", Known::Unknown)];
        let register = ("Required", "Get the resource providers ready");
        assert_eq!(titles(&handoff), [grant, register, import, create, renew]);
    }

    #[test]
    fn what_could_not_be_read_is_not_called_missing() {
        let mut handoff = sample();
        handoff.consents = vec![consent(Answer::No), consent(Answer::CannotTell)];
        handoff.consents[1].side = Side::Server;
        handoff.consents[1].permission = "Directory.Read.All".to_owned();
        handoff.providers = vec![
            provider(
                "Microsoft.Network",
                Known::Known(Registration::NotRegistered),
            ),
            provider(
                "Microsoft.Storage",
                Known::Known(Registration::NotRegistered),
            ),
            provider("Microsoft.Compute", Known::Known(Registration::Registering)),
            provider("Microsoft.KeyVault", Known::Unknown),
        ];
        let steps = handoff.next_steps(Words::En);
        assert_eq!(
            steps[0].detail,
            "Not granted: user_impersonation (client app). Could not be checked: Directory.Read.All (server app)."
        );
        assert_eq!(
            steps[1].detail,
            "Not registered: Microsoft.Network, Microsoft.Storage. Still registering, this can take a while: Microsoft.Compute. \
             Could not be checked: Microsoft.KeyVault."
        );
        let record: Value = serde_json::from_str(&handoff.record(Words::En)).unwrap();
        assert_eq!(record["consents"][0]["granted"], Value::Bool(false));
        assert_eq!(record["consents"][1]["granted"], Value::Null);
        assert_eq!(
            record["resourceProviders"][3]["registrationState"],
            Value::Null
        );
    }

    #[test]
    fn the_record_knows_of_the_secret_only_which_one_and_until_when() {
        let record: Value = serde_json::from_str(&sample().record(Words::En)).unwrap();
        assert_eq!(
            record["serverApp"]["secretKey"],
            json!({ "keyId": GUID, "endDateTime": "2028-12-31T23:59:59Z", "endDay": "2028-12-31" })
        );
    }

    #[test]
    fn scripts_in_task_sequences_are_mentioned_unless_they_guess_right() {
        let mut handoff = sample();
        let note = handoff.app_id_uri_note(Words::En).unwrap();
        assert!(
            note.ends_with("Set their variable MDMApplicationIDURI to api://a/b."),
            "{note}"
        );
        handoff.server.app_id_uri = line("https://ConfigMgrService");
        assert_eq!(handoff.app_id_uri_note(Words::En), None);
    }

    #[test]
    fn disabling_authentication_tells_how_long_it_takes_and_how_to_hurry() {
        let told = DisableAuthentication::tell(Words::En);
        assert_eq!(
            told.option,
            "Disable Microsoft Entra authentication for this tenant"
        );
        assert!(told.notes[0].contains("25 hours"));
        assert!(told.hurry[2].contains("SendSchedule {00000000-0000-0000-0000-000000000023}"));
    }
}
