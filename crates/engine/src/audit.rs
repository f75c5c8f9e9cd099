//! Checks an existing pair: is it correct, what will break and when, and can this tool fix it. Pure.
//!
//! Every check has one of four results, and a value that could not be read never passes. Lists are compared as sets and IDs as IDs, so a
//! different order or case is not a finding. The repairs are a list from which the admin selects.

use jiff::Timestamp;

use crate::desired::Desired;
use crate::desired::repair::AppRole;
use crate::desired::repair::Repair;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;
use crate::read::observed::Principal;
use crate::read::observed::there;
use domain::cloud::Cloud;
use domain::ids;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::known::Known;
use domain::locale::Locale;

pub mod check;
mod client;
mod secrets;
mod server;
mod tenant;

use check::CheckId;

/// Result of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// The value is as required.
    Ok,
    /// It works, but it has a cost, will expire, or may be unexpected.
    Attention,
    /// A function does not work because of it.
    Broken,
    /// It could not be read, or the facts do not decide it.
    CannotTell,
}

impl State {
    /// All states, most urgent first.
    pub const ALL: [Self; 4] = [Self::Broken, Self::Attention, Self::CannotTell, Self::Ok];

    /// Key of the state in markup and reports.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Attention => "attention",
            Self::Broken => "broken",
            Self::CannotTell => "cannot-tell",
        }
    }

    /// Returns the state for a key; the match is case-sensitive.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Display name of the state.
    #[must_use]
    pub fn label(self, t: Locale) -> &'static str {
        match self {
            Self::Ok => t.state_ok(),
            Self::Attention => t.state_attention(),
            Self::Broken => t.state_broken(),
            Self::CannotTell => t.state_cannot_tell(),
        }
    }
}

/// A check with its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which check it is.
    pub id: CheckId,
    /// Result of the check.
    pub state: State,
    /// What the check found, in one sentence.
    pub seen: String,
    /// Repairs that fix the finding. Empty if it is correct or this tool cannot fix it.
    pub repairs: Vec<Repair>,
}

/// Public properties of a client secret for the report. Its text cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretFact {
    /// Key ID of the secret.
    pub key: KeyId,
    /// Description of the secret.
    pub name: String,
    /// Start of the validity period.
    pub start: Option<Timestamp>,
    /// End of the validity period.
    pub end: Option<Timestamp>,
}

impl SecretFact {
    /// True if the secret is valid at this time.
    #[must_use]
    pub fn lives(&self, now: Timestamp) -> bool {
        self.end.is_none_or(|end| end > now)
    }
}

/// An app as identified in the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppFact {
    /// Application (client) ID.
    pub app: AppId,
    /// Object ID of the application.
    pub object: ObjectId,
    /// Application name, as displayed.
    pub name: String,
    /// When the app was created.
    pub created: Option<Timestamp>,
}

/// All findings about a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Language of its sentences.
    pub language: Locale,
    /// When the tenant was read.
    pub at: Timestamp,
    /// Cloud of the tenant.
    pub cloud: Cloud,
    /// ID of the tenant.
    pub tenant: TenantId,
    /// Name of the tenant, if it was read.
    pub tenant_name: Option<String>,
    /// The web (server) app, if it exists.
    pub server: Option<AppFact>,
    /// The native (client) app, if it exists.
    pub client: Option<AppFact>,
    /// App ID URIs of the web (server) app.
    pub uris: Vec<String>,
    /// Secrets of the web (server) app, the first to expire first.
    pub secrets: Vec<SecretFact>,
    /// All checks, in the order of `CheckId::ALL`.
    pub checks: Vec<Check>,
    /// Whether Configuration Manager may discover users and groups with this pair.
    pub discovery: Answer,
}

impl Report {
    /// Number of checks with this state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.checks.iter().filter(|it| it.state == state).count()
    }

    /// The most urgent state of all checks.
    #[must_use]
    pub fn worst(&self) -> State {
        State::ALL
            .into_iter()
            .find(|state| self.count(*state) > 0)
            .unwrap_or(State::Ok)
    }

    /// All offered repairs in the order of the checks, without duplicates.
    #[must_use]
    pub fn repairs(&self) -> Vec<Repair> {
        let mut repairs = Vec::new();
        for repair in self.checks.iter().flat_map(|check| &check.repairs) {
            if !repairs.contains(repair) {
                repairs.push(*repair);
            }
        }
        repairs
    }

    /// True if both apps are among the deleted items: the pair was retired, and it is not broken.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        let is_restored = |role| self.repairs().contains(&Repair::Restore(role));
        let is_absent = self.server.is_none() && self.client.is_none();
        is_absent && is_restored(AppRole::Server) && is_restored(AppRole::Client)
    }

    /// The newest valid secret, regardless of which expires last: the one that a renewal just created.
    #[must_use]
    pub fn newest_secret(&self, now: Timestamp) -> Option<&SecretFact> {
        let living = self.secrets.iter().filter(|it| it.lives(now));
        living.max_by_key(|it| (it.start, it.end))
    }

    /// The check with this ID.
    #[must_use]
    pub fn check(&self, id: CheckId) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }
}

/// The finding of one check.
struct Seen {
    state: State,
    text: String,
    repairs: Vec<Repair>,
}

impl Seen {
    fn new(state: State, text: impl Into<String>) -> Self {
        Self {
            state,
            text: text.into(),
            repairs: Vec::new(),
        }
    }

    fn ok(text: impl Into<String>) -> Self {
        Self::new(State::Ok, text)
    }

    fn attention(text: impl Into<String>) -> Self {
        Self::new(State::Attention, text)
    }

    fn broken(text: impl Into<String>) -> Self {
        Self::new(State::Broken, text)
    }

    fn unread(t: Locale) -> Self {
        Self::new(State::CannotTell, t.doc_unread())
    }

    fn fix(mut self, repairs: &[Repair]) -> Self {
        self.repairs.extend_from_slice(repairs);
        self
    }
}

/// Input of all checks.
struct View<'a> {
    desired: &'a Desired,
    observed: &'a Observed,
    now: Timestamp,
    t: Locale,
}

impl<'a> View<'a> {
    fn server(&self) -> Option<&'a ObservedApp> {
        there(&self.observed.server)
    }

    fn client(&self) -> Option<&'a ObservedApp> {
        there(&self.observed.client)
    }
}

/// Runs all checks on a pair.
#[must_use]
pub fn audit(desired: &Desired, observed: &Observed, now: Timestamp, t: Locale) -> Report {
    let view = View {
        desired,
        observed,
        now,
        t,
    };
    let checks = CheckId::ALL
        .into_iter()
        .filter_map(|id| {
            let seen = look(&view, id)?;
            Some(Check {
                id,
                state: seen.state,
                seen: seen.text,
                repairs: seen.repairs,
            })
        })
        .collect();
    Report {
        language: t,
        at: now,
        cloud: desired.cloud,
        tenant: desired.tenant,
        tenant_name: observed.tenant.name.as_ref().known().cloned(),
        server: view.server().map(fact),
        client: view.client().map(fact),
        uris: view.server().map(uris).unwrap_or_default(),
        secrets: secrets::facts(&view),
        checks,
        discovery: discovery(&view),
    }
}

/// Runs one check. `None` if its app does not exist, because the missing app is reported only once.
fn look(view: &View<'_>, id: CheckId) -> Option<Seen> {
    type Look = fn(&View<'_>, &ObservedApp) -> Seen;
    let server = |look: Look| view.server().map(|app| look(view, app));
    let client = |look: Look| view.client().map(|app| look(view, app));
    match id {
        CheckId::ServerApp => Some(server::app(view)),
        CheckId::ServerAudience => server(server::audience),
        CheckId::ServerRedirect => server(server::redirect),
        CheckId::ServerScope => server(server::scope),
        CheckId::DeviceTokens => server(server::device_tokens),
        CheckId::TokenVersion => server(server::token_version),
        CheckId::ServerImplicit => server(server::implicit),
        CheckId::AppIdUri => server(server::app_id_uri),
        CheckId::BrokerOnServer => server(server::broker),
        CheckId::ServerPermissions => server(server::permissions),
        CheckId::ServerPrincipal => server(server::principal),
        CheckId::ServerAssignment => server(server::assignment),
        CheckId::DirectoryConsent => server(server::directory_consent),
        CheckId::Secrets => server(secrets::check),
        CheckId::ServerAge => server(server::age),
        CheckId::ServerOwners => server(server::owners),
        CheckId::ClientApp => Some(client::app(view)),
        CheckId::ClientAudience => client(client::audience),
        CheckId::ClientRedirect => client(client::redirect),
        CheckId::PublicClient => client(client::public_client),
        CheckId::ClientPermissions => client(client::permissions),
        CheckId::ClientImplicit => client(client::implicit),
        CheckId::ClientPrincipal => client(client::principal),
        CheckId::ClientAssignment => client(client::assignment),
        CheckId::ServerConsent => client(client::server_consent),
        CheckId::GraphConsent => client(client::graph_consent),
        CheckId::ClientOwners => client(client::owners),
        CheckId::SecretPolicy => Some(tenant::secret_policy(view)),
        CheckId::ConditionalAccess => Some(tenant::conditional_access(view)),
        CheckId::Providers => Some(tenant::providers(view)),
    }
}

fn fact(app: &ObservedApp) -> AppFact {
    AppFact {
        app: app.app_id,
        object: app.object_id,
        name: app.properties.display_name.clone().unwrap_or_default(),
        created: app.properties.created_date_time,
    }
}

fn uris(app: &ObservedApp) -> Vec<String> {
    app.properties.identifier_uris.clone().unwrap_or_default()
}

/// The service principal, if it was read and exists.
fn principal_of(app: &ObservedApp) -> Option<&Principal> {
    app.principal.as_ref().known()?.as_ref()
}

fn discovery(view: &View<'_>) -> Answer {
    let Some(server) = view.server() else {
        return Answer::No;
    };
    match &server.principal {
        Known::Unknown => Answer::CannotTell,
        Known::Known(None) => Answer::No,
        Known::Known(Some(principal)) => principal.roles.ask(|roles| {
            let mut ids = roles.iter().map(|role| role.app_role_id);
            ids.any(|id| id == ids::DIRECTORY_READ_ALL)
        }),
    }
}
