//! What the admin wants: a `Draft` as typed, and the `Desired` it becomes once everything in it is checked.
//!
//! Nothing here asks the tenant. What was typed is kept as it was typed, however wrong, so that nothing is lost.

pub mod providers;
pub mod repair;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use uuid::Uuid;

use crate::desired::repair::Existing;
use crate::desired::repair::Repair;
use domain::app_id_uri::choice;
use domain::app_id_uri::choice::UriChoice;
use domain::app_id_uri::choice::UriForm;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::TenantRules;
use domain::cloud::Cloud;
use domain::cmg;
use domain::cmg::AppName;
use domain::cmg::ConnectionName;
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
use domain::words::Words;

/// Everything the wizard asks, exactly as typed. Holds nothing secret; survives reload in the tab's memory.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Shape of this record; another number is refused.
    pub version: u32,
    /// Name of the Azure Services connection in the Configuration Manager console.
    pub connection_name: String,
    /// Its description.
    pub description: String,
    /// `Cloud::key`.
    pub cloud: String,
    /// Tenant ID or domain to sign in to; empty means the account's own.
    pub tenant: String,
    /// Application name of the web (server) app.
    pub server_name: String,
    /// HomePage URL of the web (server) app.
    pub home_page_url: String,
    /// `UriForm::key`.
    pub uri_form: String,
    /// The last part of the App ID URI, for the forms that have a name.
    pub uri_name: String,
    /// The verified domain, for the form that has one.
    pub uri_domain: String,
    /// The whole App ID URI, for own text.
    pub uri_text: String,
    /// `SecretLife::key`.
    pub secret_life: String,
    /// Application name of the native (client) app.
    pub client_name: String,
    /// Microsoft Entra user discovery.
    pub user_discovery: bool,
    /// Microsoft Entra group discovery.
    pub group_discovery: bool,
    /// Names of the groups to discover, one per line.
    pub group_names: String,
    /// Subscription ID; empty leaves the resource providers to someone else.
    pub subscription: String,
    /// Make one more secret although a live one is there.
    pub another_secret: bool,
    /// Create the apps without a secret: a policy blocks it, and the exemption needs the app.
    #[serde(skip_serializing_if = "is_false")]
    pub secret_later: bool,
    /// Client IDs of apps under this tool's keys that a person has chosen to use, although no journal of this browser recorded them. Not
    /// stored: a journal may come from a file, and would choose for the person.
    #[serde(skip)]
    pub adopted: Vec<AppId>,
    /// Client ID of a web (server) app that is there already; empty for one under this tool's key.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub server_app: String,
    /// Client ID of a native (client) app that is there already.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub client_app: String,
    /// What is to be mended in that pair, by name (`engine::repair`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub repairs: String,
    /// GUID of the server app's scope, drawn when the draft was made so that the plan needs no randomness.
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
        draft.secret_later = object.take_or_default("secretLater")?;
        draft.server_app = object.take_or_default("serverApp")?;
        draft.client_app = object.take_or_default("clientApp")?;
        draft.repairs = object.take_or_default("repairs")?;
        object.end().map(|()| draft)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde calls"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A field of the wizard, so that a sentence can stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Connection Name.
    ConnectionName,
    /// Connection Description.
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
    /// Groups to discover.
    GroupNames,
    /// Subscription.
    Subscription,
    /// The pair that is there already.
    Existing,
}

/// A sentence for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field it belongs to.
    pub field: Field,
    /// The rule and the mend, one sentence or two.
    pub sentence: String,
}

/// What is wanted, checked: the proof that planning may begin.
#[derive(Clone, Debug, PartialEq)]
pub struct Desired {
    /// The cloud.
    pub cloud: Cloud,
    /// The tenant signed in to.
    pub tenant: TenantId,
    /// Name of the Azure Services connection. Used by the hand-over only; Entra never sees it.
    pub connection_name: ConnectionName,
    /// Its description; may be empty.
    pub description: String,
    /// Application name of the web (server) app.
    pub server_name: AppName,
    /// HomePage URL of the web (server) app.
    pub home_page_url: HomePageUrl,
    /// How the App ID URI is made.
    pub uri: UriChoice,
    /// How long the secret lives.
    pub secret_life: SecretLife,
    /// GUID of the scope `user_impersonation`.
    pub scope_id: PermissionId,
    /// Application name of the native (client) app.
    pub client_name: AppName,
    /// What discovery is wanted.
    pub discovery: Discovery,
    /// Make one more secret although a live one is there.
    pub another_secret: bool,
    /// Create the apps without a secret.
    pub secret_later: bool,
    /// Apps under this tool's keys that a person has chosen to use.
    pub adopted: Vec<AppId>,
    /// Where the resource providers are registered; `None` leaves them to someone else.
    pub subscription: Option<SubscriptionId>,
    /// The pair that is there already and what is mended in it; `None` sets up a pair under this tool's keys.
    pub existing: Option<Existing>,
}

/// What Configuration Manager shall discover in the tenant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovery {
    /// Microsoft Entra user discovery.
    pub users: bool,
    /// Microsoft Entra group discovery.
    pub groups: bool,
    /// The groups to discover; may be empty, then they are added in the console.
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
    /// Whether a repair is wanted: chosen for a pair that is there, or part of setting one up.
    #[must_use]
    pub fn wants(&self, repair: Repair) -> bool {
        repair::is_wanted(self.existing.as_ref(), repair)
    }

    /// Whether the server app asks for Directory.Read.All and gets it.
    #[must_use]
    pub fn wants_directory(&self) -> bool {
        self.discovery.is_wanted() || self.wants(Repair::DirectoryOn)
    }

    /// The providers a cloud management gateway on a virtual machine scale set needs.
    #[must_use]
    pub fn providers(&self) -> &'static [ProviderNamespace] {
        if self.subscription.is_some() {
            &ProviderNamespace::ALL
        } else {
            &[]
        }
    }
}

/// What the connection is called unless the admin says otherwise: the console's name of the service.
const DEFAULT_CONNECTION_NAME: &str = "Cloud Management";

/// Which shape of stored draft this program writes and reads.
pub const DRAFT_VERSION: u32 = 1;

impl Draft {
    /// A fresh draft with the console's defaults.
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
            user_discovery: false,
            group_discovery: false,
            group_names: String::new(),
            subscription: String::new(),
            another_secret: false,
            secret_later: false,
            adopted: Vec::new(),
            server_app: String::new(),
            client_app: String::new(),
            repairs: String::new(),
            scope_id,
        }
    }

    /// The chosen cloud.
    #[must_use]
    pub fn cloud(&self) -> Cloud {
        Cloud::find(&self.cloud).unwrap_or_default()
    }

    /// The chosen form of App ID URI.
    #[must_use]
    pub fn uri_form(&self) -> UriForm {
        UriForm::find(&self.uri_form).unwrap_or(UriForm::TenantAndApp)
    }

    /// The chosen life of the secret.
    #[must_use]
    pub fn secret_life(&self) -> SecretLife {
        SecretLife::find(&self.secret_life).unwrap_or(SecretLife::OneYear)
    }

    /// The App ID URI as chosen, before it is judged.
    ///
    /// # Errors
    /// The sentence for the field, where the choice is not complete.
    pub fn uri(&self, words: Words) -> Result<UriChoice, String> {
        Ok(match self.uri_form() {
            UriForm::TenantAndApp => UriChoice::TenantAndApp,
            UriForm::TenantAndName => UriChoice::TenantAndName {
                name: self.uri_name.clone(),
            },
            UriForm::DomainAndName => UriChoice::DomainAndName {
                domain: Domain::parse(&self.uri_domain)
                    .map_err(|_| words.field_choose_domain().to_owned())?,
                name: self.uri_name.clone(),
            },
            UriForm::Own => UriChoice::Own {
                text: self.uri_text.clone(),
            },
        })
    }

    /// Whether the sign-in needs the permission to assign app roles.
    #[must_use]
    pub fn discovery_wanted(&self) -> bool {
        let repairs = repair::read(&self.repairs).unwrap_or_default();
        self.user_discovery
            || self.group_discovery
            || repairs.iter().any(|repair| repair.assigns_roles())
    }

    /// One more secret is wanted no longer: the run has made it, and somebody has its text.
    pub fn forget_new_secret(&mut self) {
        self.another_secret = false;
        self.secret_later = false;
        // What cannot be read stays, for `check` to say so.
        if let Ok(mut repairs) = repair::read(&self.repairs) {
            repairs.retain(|repair| *repair != Repair::Secret);
            self.repairs = repair::written(&repairs);
        }
    }

    /// Wants one more secret if the other answers did.
    pub(crate) fn want_secret_as(&mut self, other: &Self) {
        self.another_secret |= other.another_secret;
        let has_secret =
            |text: &str| repair::read(text).is_ok_and(|repairs| repairs.contains(&Repair::Secret));
        if has_secret(&other.repairs) && !has_secret(&self.repairs) {
            self.repairs.clone_from(&other.repairs);
        }
    }

    /// True if it is about a pair that is there already.
    #[must_use]
    pub fn has_existing(&self) -> bool {
        !self.server_app.is_empty() || !self.client_app.is_empty()
    }

    /// The pair that is there already, if the draft is about one.
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

    /// Checks everything; every fault at once. `rules` are the tenant's, `app` the facts of the app the URI is for.
    ///
    /// # Errors
    /// One fault per field that needs a mend, in the order of the wizard.
    pub fn check(
        &self,
        tenant: TenantId,
        rules: &TenantRules,
        app: &AppFacts,
        words: Words,
    ) -> Result<Desired, Vec<Fault>> {
        let mut faults = Faults(Vec::new());
        let connection_name = faults.keep(
            Field::ConnectionName,
            ConnectionName::parse(&self.connection_name).map_err(|e| e.sentence(words)),
        );
        let description = faults.keep(
            Field::Description,
            check_description(&self.description, words),
        );
        let server_name = faults.keep(
            Field::ServerName,
            AppName::parse(&self.server_name).map_err(|e| e.sentence(words)),
        );
        let home_page_url = faults.keep(
            Field::HomePageUrl,
            HomePageUrl::parse(&self.home_page_url).map_err(|e| e.sentence(words)),
        );
        let uri = faults.keep(Field::AppIdUri, self.check_uri(rules, app, words));
        let client_name = faults.keep(Field::ClientName, self.check_client_name(words));
        let group_names = faults.keep(Field::GroupNames, self.check_groups(words));
        let subscription = faults.keep(Field::Subscription, self.check_subscription(words));
        // Set by choosing a pair, never typed: only a stored draft can be wrong here.
        let existing = faults.keep(
            Field::Existing,
            self.existing().map_err(|part| words.field_existing(&part)),
        );
        // Written as one chain so that a field cannot be left out of the proof.
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
                discovery: Discovery {
                    users: self.user_discovery,
                    groups: self.group_discovery,
                    group_names: group_names?,
                },
                another_secret: self.another_secret,
                secret_later: self.secret_later,
                adopted: self.adopted.clone(),
                subscription: subscription?,
                existing: existing?,
            })
        })();
        desired.ok_or(faults.0)
    }

    fn check_client_name(&self, words: Words) -> Result<AppName, String> {
        let name = AppName::parse(&self.client_name).map_err(|error| error.sentence(words))?;
        // Each app's key is made of its name, and people pick them apart by name in two console dialogs.
        if self.client_name == self.server_name && !self.has_existing() {
            Err(words.field_same_app_name().to_owned())
        } else {
            Ok(name)
        }
    }

    fn check_uri(
        &self,
        rules: &TenantRules,
        app: &AppFacts,
        words: Words,
    ) -> Result<UriChoice, String> {
        let uri = self.uri(words)?;
        // What an app has already stays as it is, by whatever rule it came there.
        if self.has_existing() {
            return Ok(uri);
        }
        let verdict = uri.judge(rules, app);
        if verdict.outcome().is_refused() {
            Err(verdict.sentence(words))
        } else {
            Ok(uri)
        }
    }

    fn check_groups(&self, words: Words) -> Result<Vec<String>, String> {
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
            Some(error) => Err(error.sentence(words)),
            None => Ok(names),
        }
    }

    fn check_subscription(&self, words: Words) -> Result<Option<SubscriptionId>, String> {
        if self.subscription.is_empty() {
            return Ok(None);
        }
        self.subscription
            .parse()
            .map(Some)
            .map_err(|_| words.field_subscription_not_guid().to_owned())
    }
}

fn check_description(text: &str, words: Words) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    check_name(text, cmg::DESCRIPTION_MAX)
        .map(|()| text.to_owned())
        .map_err(|error| error.sentence(words))
}

/// Faults found so far.
struct Faults(Vec<Fault>);

impl Faults {
    fn keep<T>(&mut self, field: Field, checked: Result<T, String>) -> Option<T> {
        checked
            .map_err(|sentence| self.0.push(Fault { field, sentence }))
            .ok()
    }
}
