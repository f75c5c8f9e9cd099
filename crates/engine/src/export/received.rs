//! Reads the hand-over record of another person's run, for the admin who enters it in Configuration Manager.
//!
//! `Handoff::record` writes it. Properties that this version does not know are ignored, as the format says. What the record says twice must
//! agree: otherwise the file was changed.

use jiff::Timestamp;
use serde_json::Map;
use serde_json::Value;

use crate::desired::repair::AppRole;
use crate::export::handoff::ClientApp;
use crate::export::handoff::Connection;
use crate::export::handoff::Consent;
use crate::export::handoff::DiscoveryRecord;
use crate::export::handoff::Handoff;
use crate::export::handoff::ProviderRecord;
use crate::export::handoff::RECORD_FORMAT;
use crate::export::handoff::RECORD_VERSION;
use crate::export::handoff::RegistrationRecord;
use crate::export::handoff::SecretKey;
use crate::export::handoff::ServerApp;
use crate::export::handoff::TenantRecord;
use crate::export::provider_request::ProviderRequest;
use crate::export::quote::QuotedText;
use crate::export::saved_file::FileError;
use crate::export::saved_file::name;
use crate::export::saved_file::object;
use crate::export::saved_file::shape;
use crate::export::saved_file::take;
use domain::cloud::Cloud;
use domain::cmg;
use domain::cmg::GatewayFeatures;
use domain::cmg::ProviderNamespace;
use domain::json::Object;
use domain::known::Answer;
use domain::known::Known;
use domain::moment;

/// Largest record in bytes. One with 300 groups has about 100 kB.
pub const SIZE_MAX: usize = 256 * 1_024;
/// Longest list: more than the groups, domains or permissions of any record.
const ENTRIES_MAX: usize = 1_200;

/// The result of another person's run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedResult {
    /// What was set up.
    pub handoff: Handoff,
    /// Hash of the plan that was carried out (`PlanFile::hash`).
    pub plan_hash: Option<String>,
}

/// Why a record is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedError {
    /// The text cannot be read.
    Unreadable(FileError),
    /// Two properties that say the same do not agree.
    Contradiction {
        /// Path of one of them.
        property: &'static str,
    },
}

impl From<FileError> for ReceivedError {
    fn from(error: FileError) -> Self {
        Self::Unreadable(error)
    }
}

impl ReceivedResult {
    /// Reads a hand-over record.
    ///
    /// # Errors
    /// The first error in the file.
    pub fn parse(text: &str) -> Result<Self, ReceivedError> {
        let mut file = object(text, SIZE_MAX)?;
        let format: Option<String> = take(&mut file, "format").unwrap_or_default();
        let version = format
            .as_deref()
            .and_then(|it| it.strip_prefix(RECORD_FORMAT));
        match version.map(str::parse::<u64>) {
            Some(Ok(RECORD_VERSION)) => {}
            Some(Ok(newer)) if newer > RECORD_VERSION => return Err(FileError::Newer.into()),
            Some(Ok(_)) => return Err(shape("format").into()),
            Some(Err(_)) | None => return Err(FileError::OtherKind.into()),
        }
        let mut connection: Object = take(&mut file, "connection")?;
        let description: Option<String> = take(&mut connection, "connection.description")?;
        let connection = Connection {
            name: line(&mut connection, "connection.name")?,
            description: description
                .map(|it| quoted(&it, "connection.description"))
                .transpose()?,
        };
        let tenant = tenant(take(&mut file, "tenant")?)?;
        let server = server(take(&mut file, "serverApp")?)?;
        let client = client(take(&mut file, "clientApp")?)?;
        if server.app_id == client.app_id {
            return Err(contradiction("clientApp.appId"));
        }
        let discovery = discovery(take(&mut file, "discovery")?)?;
        let consents = list(&mut file, "consents", consent)?;
        let subscription = take(&mut file, "subscriptionId")?;
        let providers = list(&mut file, "resourceProviders", provider)?;
        let setup: Map<String, Value> = take(&mut file, "clientSetupProperties")?;
        let plan_hash: Option<String> = take(&mut file, "planHash")?;
        if !plan_hash.as_deref().is_none_or(is_hash) {
            return Err(shape("planHash").into());
        }
        let mut handoff = Handoff {
            connection,
            tenant,
            server,
            client,
            discovery,
            consents,
            subscription,
            providers,
            provider_request: None,
        };
        handoff.provider_request = provider_request(&handoff);
        let expected = handoff.client_setup();
        let said = |name: &str| setup.get(name).and_then(Value::as_str);
        if !expected
            .iter()
            .all(|(name, value)| said(name) == Some(value))
        {
            return Err(contradiction("clientSetupProperties"));
        }
        Ok(Self { handoff, plan_hash })
    }
}

fn contradiction(property: &'static str) -> ReceivedError {
    ReceivedError::Contradiction { property }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn quoted(text: &str, path: &'static str) -> Result<QuotedText, FileError> {
    QuotedText::parse(text).map_err(|_| shape(path))
}

fn line(object: &mut Object, path: &'static str) -> Result<QuotedText, FileError> {
    let text: String = take(object, path)?;
    quoted(&text, path)
}

fn list<T>(
    file: &mut Object,
    path: &'static str,
    read: fn(Object) -> Result<T, FileError>,
) -> Result<Vec<T>, FileError> {
    let entries: Vec<Object> = take(file, path)?;
    if entries.len() > ENTRIES_MAX {
        return Err(shape(path));
    }
    entries.into_iter().map(read).collect()
}

fn tenant(mut object: Object) -> Result<TenantRecord, ReceivedError> {
    let cloud: String = take(&mut object, "tenant.cloud")?;
    let cloud = Cloud::find(&cloud).ok_or(shape("tenant.cloud"))?;
    let environment: String = take(&mut object, "tenant.azureEnvironment")?;
    if environment != cloud.azure_environment() {
        return Err(contradiction("tenant.azureEnvironment"));
    }
    let verified_domains: Vec<String> = take(&mut object, "tenant.verifiedDomains")?;
    if verified_domains.len() > ENTRIES_MAX {
        return Err(shape("tenant.verifiedDomains").into());
    }
    Ok(TenantRecord {
        name: line(&mut object, "tenant.name")?,
        id: take(&mut object, "tenant.id")?,
        cloud,
        verified_domains,
    })
}

fn server(mut object: Object) -> Result<ServerApp, ReceivedError> {
    let mut key: Object = take(&mut object, "serverApp.secretKey")?;
    let end: serde_json::Result<Option<Timestamp>> =
        key.take_by(name("serverApp.secretKey.endDateTime"), moment::optional);
    let end = end
        .ok()
        .flatten()
        .ok_or(shape("serverApp.secretKey.endDateTime"))?;
    let day: String = take(&mut key, "serverApp.secretKey.endDay")?;
    if !end.to_string().starts_with(&day) || day.len() != "2028-12-31".len() {
        return Err(contradiction("serverApp.secretKey.endDay"));
    }
    Ok(ServerApp {
        name: line(&mut object, "serverApp.displayName")?,
        app_id: take(&mut object, "serverApp.appId")?,
        object_id: take(&mut object, "serverApp.objectId")?,
        service_principal: take(&mut object, "serverApp.servicePrincipalId")?,
        app_id_uri: line(&mut object, "serverApp.appIdUri")?,
        scope_id: take(&mut object, "serverApp.scopeId")?,
        secret: SecretKey {
            id: take(&mut key, "serverApp.secretKey.keyId")?,
            end,
        },
    })
}

fn client(mut object: Object) -> Result<ClientApp, ReceivedError> {
    let client = ClientApp {
        name: line(&mut object, "clientApp.displayName")?,
        app_id: take(&mut object, "clientApp.appId")?,
        object_id: take(&mut object, "clientApp.objectId")?,
        service_principal: take(&mut object, "clientApp.servicePrincipalId")?,
        redirect: take(&mut object, "clientApp.redirectUri")?,
    };
    if client.redirect != cmg::broker_redirect(client.app_id) {
        return Err(contradiction("clientApp.redirectUri"));
    }
    Ok(client)
}

fn discovery(mut object: Object) -> Result<DiscoveryRecord, FileError> {
    let groups: Option<Vec<String>> = take(&mut object, "discovery.groups")?;
    let groups = groups.map(|names| {
        let texts = names.iter().map(|name| quoted(name, "discovery.groups"));
        texts.collect::<Result<Vec<_>, _>>()
    });
    Ok(DiscoveryRecord {
        users: take(&mut object, "discovery.users")?,
        groups: groups.transpose()?,
    })
}

fn consent(mut object: Object) -> Result<Consent, FileError> {
    let side: String = take(&mut object, "consents.app")?;
    let granted: Option<bool> = take(&mut object, "consents.granted")?;
    let permission = line(&mut object, "consents.permission")?;
    Ok(Consent {
        side: match side.as_str() {
            "server" => AppRole::Server,
            "client" => AppRole::Client,
            _ => return Err(shape("consents.app")),
        },
        permission: permission.as_str().to_owned(),
        is_granted: granted.map_or(Answer::CannotTell, Answer::from),
    })
}

fn provider(mut object: Object) -> Result<ProviderRecord, FileError> {
    let namespace: String = take(&mut object, "resourceProviders.namespace")?;
    let namespace = ProviderNamespace::ALL
        .into_iter()
        .find(|it| it.name() == namespace)
        .ok_or(shape("resourceProviders.namespace"))?;
    let state: Option<String> = take(&mut object, "resourceProviders.registrationState")?;
    let registration = match state.as_deref() {
        Some("Registered") => Known::Known(RegistrationRecord::Registered),
        Some("Registering") => Known::Known(RegistrationRecord::Registering),
        Some("NotRegistered") => Known::Known(RegistrationRecord::NotRegistered),
        Some(_) => return Err(shape("resourceProviders.registrationState")),
        None => Known::Unknown,
    };
    Ok(ProviderRecord {
        namespace,
        registration,
    })
}

/// The providers that are still to be registered: those that the gateway needs, without the ready ones of the record.
fn provider_request(handoff: &Handoff) -> Option<ProviderRequest> {
    let gateway = GatewayFeatures {
        discovery: handoff.discovery.users || handoff.discovery.groups.is_some(),
    };
    let is_ready = |namespace: &ProviderNamespace| {
        handoff.providers.iter().any(|it| {
            it.namespace == *namespace
                && matches!(
                    it.registration,
                    Known::Known(RegistrationRecord::Registered | RegistrationRecord::Registering)
                )
        })
    };
    let namespaces: Vec<_> = ProviderNamespace::ALL
        .into_iter()
        .filter(|it| it.is_needed(gateway) && !is_ready(it))
        .collect();
    (!namespaces.is_empty()).then_some(ProviderRequest {
        cloud: handoff.tenant.cloud,
        subscription: handoff.subscription,
        namespaces,
        link: None,
    })
}
