//! Result of a setup as plain data, and its record for a file.
//!
//! A `Handoff` has no field for a secret value. Other files in this folder turn it into dialog fields, next steps, and scripts.

use crate::desired::repair::AppRole;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::export::provider_request::ProviderRequest;
use crate::export::quote::QuotedText;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ids::PermissionId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::known::Known;

/// Result of a setup, as Configuration Manager needs it. Contains only objects that are known to exist: build it after reading back the
/// last write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// Name and description of the connection in the console.
    pub connection: Connection,
    /// Tenant of both apps.
    pub tenant: TenantRecord,
    /// The server ("web") app.
    pub server: ServerApp,
    /// The client ("native") app.
    pub client: ClientApp,
    /// Which discovery methods the site will use.
    pub discovery: DiscoveryRecord,
    /// All permissions that the two apps need, with their consent.
    pub consents: Vec<Consent>,
    /// Subscription of the gateway, if it was part of the task.
    pub subscription: Option<SubscriptionId>,
    /// Resource providers of that subscription.
    pub providers: Vec<ProviderRecord>,
    /// The providers that another person has to register.
    pub provider_request: Option<ProviderRequest>,
}

/// The Cloud Management connection in the console. These two texts are not sent to Microsoft Entra ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Name of the connection in Configuration Manager.
    pub name: QuotedText,
    /// Optional description of the connection.
    pub description: Option<QuotedText>,
}

/// The tenant of both apps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantRecord {
    /// Value for "Microsoft Entra tenant Name": Microsoft says to use one of the custom domain names.
    pub name: QuotedText,
    /// ID of the tenant.
    pub id: TenantId,
    /// Cloud of the tenant.
    pub cloud: Cloud,
    /// Verified domains of the tenant, as read when the App ID URI was validated.
    pub verified_domains: Vec<String>,
}

/// The server app in Microsoft Entra ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerApp {
    /// Display name of the app.
    pub name: QuotedText,
    /// Application (client) ID.
    pub app_id: AppId,
    /// Object ID of the application.
    pub object_id: ObjectId,
    /// Object ID of its service principal.
    pub service_principal: ObjectId,
    /// Application ID URI, exactly as registered.
    pub app_id_uri: QuotedText,
    /// ID of the scope `user_impersonation`.
    pub scope_id: PermissionId,
    /// The secret that Configuration Manager will use, without its value.
    pub secret: SecretKey,
}

/// The public properties of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretKey {
    /// Key ID, which identifies the secret for removal.
    pub id: KeyId,
    /// When the secret expires.
    pub end: Timestamp,
}

/// The client app in Microsoft Entra ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientApp {
    /// Display name of the app.
    pub name: QuotedText,
    /// Application (client) ID.
    pub app_id: AppId,
    /// Object ID of the application.
    pub object_id: ObjectId,
    /// Object ID of its service principal.
    pub service_principal: ObjectId,
    /// Redirect URI for the Windows token broker.
    pub redirect: String,
}

/// Discovery methods of the site. Both are optional and independent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiscoveryRecord {
    /// Whether Microsoft Entra user discovery is selected.
    pub users: bool,
    /// Groups for Microsoft Entra group discovery. `None` if it is not selected; empty if the admin selects the groups in the console.
    pub groups: Option<Vec<QuotedText>>,
}

/// One permission of one app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The app that has the permission.
    pub side: AppRole,
    /// Value of the permission, such as `user_impersonation`.
    pub permission: String,
    /// Whether tenant-wide consent exists, according to the grants, not the app's requested permissions.
    pub is_granted: Answer,
}

/// One resource provider and its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderRecord {
    /// Which provider it is.
    pub namespace: ProviderNamespace,
    /// Registration state when last read.
    pub registration: Known<RegistrationRecord>,
}

/// Registration state of a resource provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationRecord {
    /// The provider is ready to use.
    Registered,
    /// Registration is in progress; it needs no action.
    Registering,
    /// Registration has not been requested.
    NotRegistered,
}

/// The format of the record, before its version.
pub const RECORD_FORMAT: &str = "cmg-entra-setup/handover/";
/// Version of the record: raised when a property is removed or changes its meaning, not for a new one.
pub const RECORD_VERSION: u64 = 1;
/// In English in every language: a file for programs.
const ABOUT: &str = "What CMG Entra Setup set up in Microsoft Entra ID, for the Configuration Manager site. The value of the secret is not in this file.";

impl Handoff {
    /// The UTC day on which the secret expires, for the wizard's calendar control, which has no time of day.
    #[must_use]
    pub fn secret_end_day(&self) -> Date {
        TimeZone::UTC.to_datetime(self.server.secret.end).date()
    }

    /// File name of the handover record: only letters, digits, hyphens, and one period, even if the names contain other characters.
    #[must_use]
    pub fn record_file_name(&self) -> String {
        format!("cmg-handover-{}.json", self.tenant.id)
    }

    /// The complete record without the secret, as JSON for a file: `secretKey` contains only the key ID and the expiry.
    ///
    /// Keys are in alphabetical order, so that two records can be compared line by line. `format` changes when a key is removed or changes
    /// its meaning, but not for a new key: readers ignore unknown keys. Unknown values are `null`: a consent that could not be read is not
    /// `false`. `plan_hash` is that of the plan that was carried out (`PlanFile::hash`).
    #[must_use]
    pub fn record(&self, plan_hash: Option<&str>) -> String {
        let client_setup: Map<String, Value> = self
            .client_setup()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Value::String(value)))
            .collect();
        let record = json!({
            "format": format!("{RECORD_FORMAT}{RECORD_VERSION}"),
            "about": ABOUT,
            "planHash": plan_hash,
            "connection": {
                "name": self.connection.name.as_str(),
                "description": self.connection.description.as_ref().map(QuotedText::as_str),
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
            // For client deployments that use this record: the names match the command line.
            "clientSetupProperties": client_setup,
            "discovery": {
                "users": self.discovery.users,
                "groups": self.discovery.groups.as_ref().map(|groups| {
                    groups.iter().map(QuotedText::as_str).collect::<Vec<_>>()
                }),
            },
            "consents": self.consents.iter().map(consent_record).collect::<Vec<_>>(),
            "subscriptionId": self.subscription.map(|id| id.to_string()),
            "resourceProviders": self.providers.iter().map(provider_record).collect::<Vec<_>>(),
        });
        format!("{record:#}\n")
    }
}

fn consent_record(consent: &Consent) -> Value {
    json!({
        "app": match consent.side {
            AppRole::Server => "server",
            AppRole::Client => "client",
        },
        "permission": consent.permission,
        "granted": match consent.is_granted {
            Answer::Yes => Some(true),
            Answer::No => Some(false),
            Answer::CannotTell => None,
        },
    })
}

/// State of a provider, as JSON.
pub fn provider_record(provider: &ProviderRecord) -> Value {
    json!({
        "namespace": provider.namespace.name(),
        // Azure's own names of the states.
        "registrationState": match provider.registration {
            Known::Known(RegistrationRecord::Registered) => Some("Registered"),
            Known::Known(RegistrationRecord::Registering) => Some("Registering"),
            Known::Known(RegistrationRecord::NotRegistered) => Some("NotRegistered"),
            Known::Unknown => None,
        },
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const GUID: &str = "5e97358c-d99c-4558-af0c-de7774091dda";

    pub(crate) fn line(text: &str) -> QuotedText {
        QuotedText::parse(text).unwrap()
    }

    pub(crate) fn sample() -> Handoff {
        Handoff {
            connection: Connection {
                name: line("Cloud"),
                description: None,
            },
            tenant: TenantRecord {
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
            discovery: DiscoveryRecord::default(),
            consents: Vec::new(),
            subscription: None,
            providers: Vec::new(),
            provider_request: None,
        }
    }

    #[test]
    fn the_record_has_only_the_id_and_expiry_of_the_secret() {
        let record: Value = serde_json::from_str(&sample().record(None)).unwrap();
        assert_eq!(
            record["serverApp"]["secretKey"],
            json!({ "keyId": GUID, "endDateTime": "2028-12-31T23:59:59Z", "endDay": "2028-12-31" })
        );
    }

    #[test]
    fn the_record_has_ccmsetup_properties_and_a_fixed_format() {
        let record: Value = serde_json::from_str(&sample().record(None)).unwrap();
        assert_eq!(
            record["clientSetupProperties"],
            json!({ "AADCLIENTAPPID": GUID, "AADRESOURCEURI": "api://a/b", "AADTENANTID": GUID })
        );
        assert_eq!(record["format"], "cmg-entra-setup/handover/1");
    }
}
