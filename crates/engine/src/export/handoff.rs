//! What stands at the end, as plain data, and its record for a file.
//!
//! A `Handoff` has no place for a secret value. Other files of this folder turn it into dialog fields, next steps and scripts.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::export::quote::Quotable;
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
use domain::words::Words;

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
    /// Which one.
    pub namespace: ProviderNamespace,
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

impl Handoff {
    /// The day the secret ends, in UTC: what goes in the calendar control. The wizard asks for a day, not an hour.
    #[must_use]
    pub fn secret_end_day(&self) -> Date {
        TimeZone::UTC.to_datetime(self.server.secret.end).date()
    }

    /// The name of the hand-over record's file: letters, digits, hyphens and one full stop, whatever the names in it are.
    #[must_use]
    pub fn record_file_name(&self) -> String {
        format!("cmg-handover-{}.json", self.tenant.id)
    }

    /// The whole record without the secret, as JSON for a file: `secretKey` has the key ID and the end only.
    ///
    /// Keys are in alphabetical order, so that two records can be compared line by line. `format` changes when a key goes or changes its
    /// meaning. A new key does not change it: readers pass over what they do not know.
    /// Unknown things are `null`: a consent that could not be read is not `false`.
    #[must_use]
    pub fn record(&self, words: Words) -> String {
        let client_setup: Map<String, Value> = self
            .client_setup(words)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Value::String(value)))
            .collect();
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
            // For a deployment of clients that is made from this record: the names are those of the command line.
            "clientSetupProperties": client_setup,
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

/// The state of a provider, as JSON.
pub fn provider_record(provider: &Provider) -> Value {
    json!({
        "namespace": provider.namespace.name(),
        // Azure's own words.
        "registrationState": match provider.registration {
            Known::Known(Registration::Registered) => Some("Registered"),
            Known::Known(Registration::Registering) => Some("Registering"),
            Known::Known(Registration::NotRegistered) => Some("NotRegistered"),
            Known::Unknown => None,
        },
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const GUID: &str = "5e97358c-d99c-4558-af0c-de7774091dda";

    pub(crate) fn line(text: &str) -> Quotable {
        Quotable::parse(text).unwrap()
    }

    pub(crate) fn sample() -> Handoff {
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

    #[test]
    fn the_record_knows_of_the_secret_only_which_one_and_until_when() {
        let record: Value = serde_json::from_str(&sample().record(Words::En)).unwrap();
        assert_eq!(
            record["serverApp"]["secretKey"],
            json!({ "keyId": GUID, "endDateTime": "2028-12-31T23:59:59Z", "endDay": "2028-12-31" })
        );
    }

    #[test]
    fn the_record_has_the_properties_of_ccmsetup_and_keeps_its_format() {
        let record: Value = serde_json::from_str(&sample().record(Words::En)).unwrap();
        assert_eq!(
            record["clientSetupProperties"],
            json!({ "AADCLIENTAPPID": GUID, "AADRESOURCEURI": "api://a/b", "AADTENANTID": GUID })
        );
        assert_eq!(record["format"], "cmg-entra-setup/handover/1");
    }
}
