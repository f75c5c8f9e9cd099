//! The wanted state: a `Draft` as typed, and the `Desired` state after validation.
//!
//! Nothing here sends requests. A draft keeps invalid input as typed, so that nothing is lost.

pub mod providers;
pub mod purpose;
pub mod repair;
pub mod text_language;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use uuid::Uuid;

use crate::desired::repair::Existing;
use crate::desired::repair::Repair;
use crate::desired::text_language::TextLanguage;
use domain::app_id_uri::choice;
use domain::app_id_uri::choice::UriChoice;
use domain::app_id_uri::choice::UriForm;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::TenantRules;
use domain::cloud::Cloud;
use domain::cmg;
use domain::cmg::AppName;
use domain::cmg::ConnectionName;
use domain::cmg::GatewayFeatures;
use domain::cmg::HomePageUrl;
use domain::cmg::ProviderNamespace;
use domain::cmg::SecretLife;
use domain::cmg::check_name;
use domain::dns::Domain;
use domain::ids::AppId;
use domain::ids::PermissionId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::json::Object;
use domain::locale::Locale;

/// All input of the wizard, exactly as typed. Contains no secret. Session storage keeps it across a reload.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Format version of this record. A draft with another version is refused.
    pub version: u32,
    /// Name of the Azure Services connection in the Configuration Manager console.
    pub connection_name: String,
    /// Description of the connection.
    pub description: String,
    /// Key of the cloud, see `Cloud::key`.
    pub cloud: String,
    /// Tenant ID or domain to sign in to. Empty means the tenant of the account.
    pub tenant: String,
    /// Application name of the web (server) app.
    pub server_name: String,
    /// Home page URL of the web (server) app.
    pub home_page_url: String,
    /// Key of the URI form, see `UriForm::key`.
    pub uri_form: String,
    /// Last part of the App ID URI, for the forms that have a name.
    pub uri_name: String,
    /// Verified domain, for the form that has one.
    pub uri_domain: String,
    /// Complete App ID URI, for the custom form.
    pub uri_text: String,
    /// Key of the secret's lifetime, see `SecretLife::key`.
    pub secret_life: String,
    /// Application name of the native (client) app.
    pub client_name: String,
    /// Tag of the language of the texts that are stored in the tenant. Empty is English.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text_language: String,
    /// Whether Microsoft Entra user discovery is selected.
    pub user_discovery: bool,
    /// Whether Microsoft Entra group discovery is selected.
    pub group_discovery: bool,
    /// Names of the groups to discover, one per line.
    pub group_names: String,
    /// Subscription ID. Empty leaves the resource providers to another admin.
    pub subscription: String,
    /// Create another secret even if a valid one exists.
    pub another_secret: bool,
    /// Create the apps without a secret, because a policy blocks it and the exemption needs the app.
    #[serde(skip_serializing_if = "is_false")]
    pub secret_later: bool,
    /// Client IDs of apps with this tool's keys that the admin chose to use, although no journal of this browser recorded them. Not stored:
    /// a journal may come from a file and must not make this choice.
    #[serde(skip)]
    pub adopted: Vec<AppId>,
    /// What the admin decides about refused changes. Not stored: it is about the account that is signed in.
    #[serde(skip)]
    pub on_refusal: OnRefusal,
    /// Client ID of an existing web (server) app. Empty for one with this tool's key.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub server_app: String,
    /// Client ID of an existing native (client) app.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub client_app: String,
    /// Selected repairs of an existing pair, by key (`desired::repair`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub repairs: String,
    /// GUID of the server app's scope, generated with the draft so that planning needs no random numbers.
    pub scope_id: Uuid,
}

impl<'de> Deserialize<'de> for Draft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let mut draft = Self::new(Cloud::Public, Uuid::nil());
        object.read("version", &mut draft.version)?;
        object.read("connectionName", &mut draft.connection_name)?;
        object.read("description", &mut draft.description)?;
        object.read("cloud", &mut draft.cloud)?;
        object.read("tenant", &mut draft.tenant)?;
        object.read("serverName", &mut draft.server_name)?;
        object.read("homePageUrl", &mut draft.home_page_url)?;
        object.read("uriForm", &mut draft.uri_form)?;
        object.read("uriName", &mut draft.uri_name)?;
        object.read("uriDomain", &mut draft.uri_domain)?;
        object.read("uriText", &mut draft.uri_text)?;
        object.read("secretLife", &mut draft.secret_life)?;
        object.read("clientName", &mut draft.client_name)?;
        object.read("userDiscovery", &mut draft.user_discovery)?;
        object.read("groupDiscovery", &mut draft.group_discovery)?;
        object.read("groupNames", &mut draft.group_names)?;
        object.read("subscription", &mut draft.subscription)?;
        object.read("anotherSecret", &mut draft.another_secret)?;
        object.read("scopeId", &mut draft.scope_id)?;
        draft.text_language = object.take_or_default("textLanguage")?;
        draft.secret_later = object.take_or_default("secretLater")?;
        draft.server_app = object.take_or_default("serverApp")?;
        draft.client_app = object.take_or_default("clientApp")?;
        draft.repairs = object.take_or_default("repairs")?;
        object.end().map(|()| draft)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde requires this signature"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// What the admin decides about changes that the services will refuse to the signed-in account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnRefusal {
    /// Not decided.
    #[default]
    Undecided,
    /// Make the other changes only.
    LeaveOut,
    /// Try all changes: the account may get the rights in the meantime.
    Try,
}

impl OnRefusal {
    /// The key of the option on the page.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Undecided => "",
            Self::LeaveOut => "leave-out",
            Self::Try => "try",
        }
    }

    /// The decision with this key.
    #[must_use]
    pub fn find(key: &str) -> Self {
        [Self::LeaveOut, Self::Try]
            .into_iter()
            .find(|it| it.key() == key)
            .unwrap_or_default()
    }
}

/// A field of the wizard, so that an error appears next to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DraftField {
    /// Name of the connection in Configuration Manager.
    ConnectionName,
    /// Description of the connection in Configuration Manager.
    Description,
    /// Tenant to sign in to.
    Tenant,
    /// Web (server) app: Application name.
    ServerName,
    /// Web (server) app: HomePage URL.
    HomePageUrl,
    /// Web (server) app: App ID URI.
    AppIdUri,
    /// Web (server) app: Secret key validity period.
    SecretLife,
    /// Native (client) app: Application name.
    ClientName,
    /// Names of the groups to discover.
    GroupNames,
    /// Subscription of the resource providers.
    Subscription,
    /// The existing pair of apps.
    Existing,
}

/// An error of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field with the error.
    pub field: DraftField,
    /// The rule and how to fix the value, in one or two sentences.
    pub sentence: String,
}

/// The validated wanted state. Planning requires this type.
#[derive(Clone, Debug, PartialEq)]
pub struct Desired {
    /// Cloud of the tenant.
    pub cloud: Cloud,
    /// Tenant of the session.
    pub tenant: TenantId,
    /// Name of the Azure Services connection. Used only in the handover; not sent to Microsoft Entra ID.
    pub connection_name: ConnectionName,
    /// Description of the connection; may be empty.
    pub description: String,
    /// Application name of the web (server) app.
    pub server_name: AppName,
    /// Home page URL of the web (server) app.
    pub home_page_url: HomePageUrl,
    /// Form and values of the App ID URI.
    pub uri: UriChoice,
    /// Lifetime of the client secret.
    pub secret_life: SecretLife,
    /// GUID of the scope `user_impersonation`.
    pub scope_id: PermissionId,
    /// Application name of the native (client) app.
    pub client_name: AppName,
    /// Language of the texts that are stored in the tenant.
    pub text_language: TextLanguage,
    /// Selected discovery methods.
    pub discovery: Discovery,
    /// Create another secret even if a valid one exists.
    pub another_secret: bool,
    /// Create the apps without a secret.
    pub secret_later: bool,
    /// Apps with this tool's keys that the admin chose to use.
    pub adopted: Vec<AppId>,
    /// Leave out the changes that the services refuse to the account, and what needs them.
    pub leaves_out_refused: bool,
    /// Subscription for registering the resource providers; `None` leaves them to another admin.
    pub subscription: Option<SubscriptionId>,
    /// The existing pair and its selected repairs. `None` sets up a pair with this tool's keys.
    pub existing: Option<Existing>,
}

/// Discovery methods that Configuration Manager will use in the tenant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovery {
    /// Whether Microsoft Entra user discovery is selected.
    pub users: bool,
    /// Whether Microsoft Entra group discovery is selected.
    pub groups: bool,
    /// The groups to discover. If empty, the admin adds them in the console.
    pub group_names: Vec<String>,
}

impl Discovery {
    /// Either kind needs the application permission Directory.Read.All (cmg.md, D5).
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.users || self.groups
    }
}

impl Desired {
    /// Whether a repair is wanted: selected for an existing pair, or part of a setup.
    #[must_use]
    pub fn wants(&self, repair: Repair) -> bool {
        repair::is_wanted(self.existing.as_ref(), repair)
    }

    /// Whether the server app requests and receives Directory.Read.All.
    #[must_use]
    pub fn wants_directory(&self) -> bool {
        self.discovery.is_wanted() || self.wants(Repair::DirectoryOn)
    }

    /// The providers that a cloud management gateway on a virtual machine scale set needs. Empty without a subscription.
    #[must_use]
    pub fn providers(&self) -> Vec<ProviderNamespace> {
        match self.subscription {
            Some(_) => self.needed_providers().collect(),
            None => Vec::new(),
        }
    }

    /// The same providers, with or without a subscription.
    pub fn needed_providers(&self) -> impl Iterator<Item = ProviderNamespace> {
        let gateway = GatewayFeatures {
            discovery: self.wants_directory(),
        };
        // The check of a pair can offer a provider for a feature that the pair has and this plan does not change.
        let is_chosen =
            |provider| self.existing.is_some() && self.wants(Repair::Provider(provider));
        let all = ProviderNamespace::ALL.into_iter();
        all.filter(move |provider| provider.is_needed(gateway) || is_chosen(*provider))
    }
}

/// Default connection name: the console's name of the service.
const DEFAULT_CONNECTION_NAME: &str = "Cloud Management";

/// Format version of stored drafts that this program writes and reads.
pub const DRAFT_VERSION: u32 = 1;

impl Draft {
    /// A new draft with the console's defaults.
    #[must_use]
    pub fn new(cloud: Cloud, scope_id: Uuid) -> Self {
        Self {
            version: DRAFT_VERSION,
            connection_name: DEFAULT_CONNECTION_NAME.to_owned(),
            description: String::new(),
            cloud: cloud.key().to_owned(),
            tenant: String::new(),
            server_name: cmg::SERVER_APP_NAME.to_owned(),
            home_page_url: cmg::CONSOLE_DEFAULT.to_owned(),
            uri_form: UriForm::TenantAndApp.key().to_owned(),
            uri_name: choice::DEFAULT_NAME.to_owned(),
            uri_domain: String::new(),
            uri_text: String::new(),
            secret_life: SecretLife::OneYear.key().to_owned(),
            client_name: cmg::CLIENT_APP_NAME.to_owned(),
            text_language: String::new(),
            user_discovery: false,
            group_discovery: false,
            group_names: String::new(),
            subscription: String::new(),
            another_secret: false,
            secret_later: false,
            adopted: Vec::new(),
            on_refusal: OnRefusal::default(),
            server_app: String::new(),
            client_app: String::new(),
            repairs: String::new(),
            scope_id,
        }
    }

    /// The selected cloud.
    #[must_use]
    pub fn cloud(&self) -> Cloud {
        Cloud::find(&self.cloud).unwrap_or_default()
    }

    /// The selected form of App ID URI.
    #[must_use]
    pub fn uri_form(&self) -> UriForm {
        UriForm::find(&self.uri_form).unwrap_or(UriForm::TenantAndApp)
    }

    /// The selected lifetime of the secret.
    #[must_use]
    pub fn secret_life(&self) -> SecretLife {
        SecretLife::find(&self.secret_life).unwrap_or(SecretLife::OneYear)
    }

    /// The selected language of the texts in the tenant.
    #[must_use]
    pub fn text_language(&self) -> TextLanguage {
        TextLanguage::find(&self.text_language).unwrap_or_default()
    }

    /// Selects a language of the texts in the tenant.
    pub fn choose_text_language(&mut self, language: TextLanguage) {
        let key = match language {
            TextLanguage::En => "",
            TextLanguage::De => language.key(),
        };
        key.clone_into(&mut self.text_language);
    }

    /// The selected App ID URI, before validation.
    ///
    /// # Errors
    /// The sentence for the field, if the choice is not complete.
    pub fn uri(&self, t: Locale) -> Result<UriChoice, String> {
        Ok(match self.uri_form() {
            UriForm::TenantAndApp => UriChoice::TenantAndApp,
            UriForm::TenantAndName => UriChoice::TenantAndName {
                name: self.uri_name.clone(),
            },
            UriForm::DomainAndName => UriChoice::DomainAndName {
                domain: Domain::parse(&self.uri_domain)
                    .map_err(|_| t.field_choose_domain().to_owned())?,
                name: self.uri_name.clone(),
            },
            UriForm::Own => UriChoice::Own {
                text: self.uri_text.clone(),
            },
        })
    }

    /// The features of the gateway, as typed.
    #[must_use]
    pub fn gateway(&self) -> GatewayFeatures {
        GatewayFeatures {
            discovery: self.user_discovery || self.group_discovery,
        }
    }

    /// Whether the sign-in needs the permission to assign app roles.
    #[must_use]
    pub fn discovery_wanted(&self) -> bool {
        let repairs = repair::read(&self.repairs).unwrap_or_default();
        self.user_discovery
            || self.group_discovery
            || repairs.iter().any(|repair| repair.assigns_roles())
    }

    /// Clears the request for another secret: the run created it, and its text was saved.
    pub fn forget_new_secret(&mut self) {
        self.another_secret = false;
        self.secret_later = false;
        // Invalid input stays, so that `check` reports it.
        if let Ok(mut repairs) = repair::read(&self.repairs) {
            repairs.retain(|repair| *repair != Repair::Secret);
            self.repairs = repair::written(&repairs);
        }
    }

    /// Requests another secret if the other draft did.
    pub(crate) fn want_secret_as(&mut self, other: &Self) {
        self.another_secret |= other.another_secret;
        let has_secret =
            |text: &str| repair::read(text).is_ok_and(|repairs| repairs.contains(&Repair::Secret));
        if has_secret(&other.repairs) && !has_secret(&self.repairs) {
            self.repairs.clone_from(&other.repairs);
        }
    }

    /// True if the draft is for an existing pair.
    #[must_use]
    pub fn has_existing(&self) -> bool {
        !self.server_app.is_empty() || !self.client_app.is_empty()
    }

    /// The existing pair, if the draft is for one.
    fn existing(&self) -> Result<Option<Existing>, String> {
        if !self.has_existing() {
            return Ok(None);
        }
        let id = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<AppId>().map(Some).map_err(|_| text.to_owned()),
        };
        Ok(Some(Existing {
            server: id(&self.server_app)?,
            client: id(&self.client_app)?,
            repairs: repair::read(&self.repairs)?,
        }))
    }

    /// Validates the draft and returns all errors at once. `rules` are the tenant's, `app` the facts of the app that the URI is for.
    ///
    /// # Errors
    /// One error per invalid field, in the order of the wizard.
    pub fn check(
        &self,
        tenant: TenantId,
        rules: &TenantRules,
        app: &AppFacts,
        t: Locale,
    ) -> Result<Desired, Vec<FieldError>> {
        let mut faults = Faults(Vec::new());
        let connection_name = faults.keep(
            DraftField::ConnectionName,
            ConnectionName::parse(&self.connection_name).map_err(|e| e.sentence(t)),
        );
        let description = faults.keep(
            DraftField::Description,
            check_description(&self.description, t),
        );
        let server_name = faults.keep(
            DraftField::ServerName,
            AppName::parse(&self.server_name).map_err(|e| e.sentence(t)),
        );
        let home_page_url = faults.keep(
            DraftField::HomePageUrl,
            HomePageUrl::parse(&self.home_page_url).map_err(|e| e.sentence(t)),
        );
        let uri = faults.keep(DraftField::AppIdUri, self.check_uri(rules, app, t));
        let client_name = faults.keep(DraftField::ClientName, self.check_client_name(t));
        let group_names = faults.keep(DraftField::GroupNames, self.check_groups(t));
        let subscription = faults.keep(DraftField::Subscription, self.check_subscription(t));
        // Selecting a pair sets this value, so only a stored draft can be invalid here.
        let existing = faults.keep(
            DraftField::Existing,
            self.existing().map_err(|part| t.field_existing(&part)),
        );
        // One chain, so that the compiler requires every field.
        let desired = (|| {
            Some(Desired {
                cloud: self.cloud(),
                tenant,
                connection_name: connection_name?,
                description: description?,
                server_name: server_name?,
                home_page_url: home_page_url?,
                uri: uri?,
                secret_life: self.secret_life(),
                scope_id: PermissionId::new(self.scope_id),
                client_name: client_name?,
                text_language: self.text_language(),
                discovery: Discovery {
                    users: self.user_discovery,
                    groups: self.group_discovery,
                    group_names: group_names?,
                },
                another_secret: self.another_secret,
                secret_later: self.secret_later,
                adopted: self.adopted.clone(),
                leaves_out_refused: self.on_refusal == OnRefusal::LeaveOut,
                subscription: subscription?,
                existing: existing?,
            })
        })();
        desired.ok_or(faults.0)
    }

    fn check_client_name(&self, t: Locale) -> Result<AppName, String> {
        let name = AppName::parse(&self.client_name).map_err(|error| error.sentence(t))?;
        // The unique key of each app is derived from its name, and the admin distinguishes them by name in two console dialogs.
        if self.client_name == self.server_name && !self.has_existing() {
            Err(t.field_same_app_name().to_owned())
        } else {
            Ok(name)
        }
    }

    fn check_uri(
        &self,
        rules: &TenantRules,
        app: &AppFacts,
        t: Locale,
    ) -> Result<UriChoice, String> {
        let uri = self.uri(t)?;
        // An app keeps its existing URI, regardless of the rules for new ones.
        if self.has_existing() {
            return Ok(uri);
        }
        let verdict = uri.validate(rules, app);
        if verdict.outcome().is_refused() {
            Err(verdict.sentence(t))
        } else {
            Ok(uri)
        }
    }

    fn check_groups(&self, t: Locale) -> Result<Vec<String>, String> {
        if !self.group_discovery {
            return Ok(Vec::new());
        }
        let names: Vec<String> = self
            .group_names
            .lines()
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        match names.iter().find_map(|name| check_name(name, 256).err()) {
            Some(error) => Err(error.sentence(t)),
            None => Ok(names),
        }
    }

    fn check_subscription(&self, t: Locale) -> Result<Option<SubscriptionId>, String> {
        if self.subscription.is_empty() {
            return Ok(None);
        }
        self.subscription
            .parse()
            .map(Some)
            .map_err(|_| t.field_subscription_not_guid().to_owned())
    }
}

fn check_description(text: &str, t: Locale) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    check_name(text, cmg::DESCRIPTION_MAX)
        .map(|()| text.to_owned())
        .map_err(|error| error.sentence(t))
}

struct Faults(Vec<FieldError>);

impl Faults {
    fn keep<T>(&mut self, field: DraftField, checked: Result<T, String>) -> Option<T> {
        checked
            .map_err(|sentence| self.0.push(FieldError { field, sentence }))
            .ok()
    }
}
