//! Checks a pair that is there: is it right, what will break and when, and can this tool mend it. Pure.
//!
//! Every check has one of four answers, and what could not be read is never a pass. Lists are compared as sets and IDs as IDs, so that
//! another order or another case is no finding. What may be mended is a list of repairs, each for a person to choose.

use jiff::Timestamp;

use crate::desired::Desired;
use crate::desired::repair::Repair;
use crate::read::observed::App;
use crate::read::observed::Observed;
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
use domain::words::Words;

pub mod check;
mod client;
mod secrets;
mod server;
mod tenant;

use check::CheckId;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, and something about it costs, will end or surprises somebody.
    Attention,
    /// Something does not work because of it.
    Broken,
    /// It could not be read, or what was read does not decide it.
    CannotTell,
}

impl State {
    /// All of them, the one to look at first in front.
    pub const ALL: [Self; 4] = [Self::Broken, Self::Attention, Self::CannotTell, Self::Ok];

    /// Its name in markup and reports.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Attention => "attention",
            Self::Broken => "broken",
            Self::CannotTell => "cannot-tell",
        }
    }

    /// The state of a name.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// What a person reads.
    #[must_use]
    pub fn label(self, words: Words) -> &'static str {
        match self {
            Self::Ok => words.state_ok(),
            Self::Attention => words.state_attention(),
            Self::Broken => words.state_broken(),
            Self::CannotTell => words.state_cannot_tell(),
        }
    }
}

/// A check with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub id: CheckId,
    /// What it found.
    pub state: State,
    /// What was seen, in a sentence.
    pub seen: String,
    /// What would mend it; nothing where it is right or is for other hands.
    pub repairs: Vec<Repair>,
}

/// A client secret as the report tells it: everything but its text, which nobody can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretFact {
    /// Its key ID.
    pub key: KeyId,
    /// Its description.
    pub name: String,
    /// When it begins.
    pub start: Option<Timestamp>,
    /// When it ends.
    pub end: Option<Timestamp>,
}

impl SecretFact {
    /// True if it still works at that moment.
    #[must_use]
    pub fn lives(&self, now: Timestamp) -> bool {
        self.end.is_none_or(|end| end > now)
    }
}

/// An app as the report names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppFact {
    /// Application (client) ID.
    pub app: AppId,
    /// Object ID.
    pub object: ObjectId,
    /// Application name.
    pub name: String,
    /// When it was made.
    pub created: Option<Timestamp>,
}

/// Everything that was found out about a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// When it was read.
    pub at: Timestamp,
    /// The cloud.
    pub cloud: Cloud,
    /// The tenant.
    pub tenant: TenantId,
    /// The tenant's name, where it was read.
    pub tenant_name: Option<String>,
    /// The web (server) app, if it is there.
    pub server: Option<AppFact>,
    /// The native (client) app, if it is there.
    pub client: Option<AppFact>,
    /// App ID URIs of the web (server) app.
    pub uris: Vec<String>,
    /// Its secrets, the one that ends first in front.
    pub secrets: Vec<SecretFact>,
    /// Every check, in the order of `CheckId::ALL`.
    pub checks: Vec<Check>,
    /// Whether Configuration Manager may discover users and groups with this pair.
    pub discovery: Answer,
}

impl Report {
    /// How many checks have a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.checks.iter().filter(|it| it.state == state).count()
    }

    /// The state to look at first.
    #[must_use]
    pub fn worst(&self) -> State {
        State::ALL
            .into_iter()
            .find(|state| self.count(*state) > 0)
            .unwrap_or(State::Ok)
    }

    /// Every repair that is offered, in the order of the checks, each once.
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

    /// The living secret that was made last, whichever of them ends last: the one a renewal has just made.
    #[must_use]
    pub fn newest_secret(&self, now: Timestamp) -> Option<&SecretFact> {
        let living = self.secrets.iter().filter(|it| it.lives(now));
        living.max_by_key(|it| (it.start, it.end))
    }

    /// The check of an ID.
    #[must_use]
    pub fn check(&self, id: CheckId) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }
}

/// What a check saw.
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

    fn unread(words: Words) -> Self {
        Self::new(State::CannotTell, words.doc_unread())
    }

    fn mend(mut self, repairs: &[Repair]) -> Self {
        self.repairs.extend_from_slice(repairs);
        self
    }
}

/// What all checks look at.
struct View<'a> {
    desired: &'a Desired,
    observed: &'a Observed,
    now: Timestamp,
    words: Words,
}

impl<'a> View<'a> {
    fn server(&self) -> Option<&'a App> {
        there(&self.observed.server)
    }

    fn client(&self) -> Option<&'a App> {
        there(&self.observed.client)
    }
}

/// Checks everything.
#[must_use]
pub fn audit(desired: &Desired, observed: &Observed, now: Timestamp, words: Words) -> Report {
    let view = View {
        desired,
        observed,
        now,
        words,
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

/// One check; nothing where there is no app it could be about, for the missing app is told once.
fn look(view: &View<'_>, id: CheckId) -> Option<Seen> {
    type Look = fn(&View<'_>, &App) -> Seen;
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

fn fact(app: &App) -> AppFact {
    AppFact {
        app: app.app_id,
        object: app.object_id,
        name: app.properties.display_name.clone().unwrap_or_default(),
        created: app.properties.created_date_time,
    }
}

fn uris(app: &App) -> Vec<String> {
    app.properties.identifier_uris.clone().unwrap_or_default()
}

/// The service principal, if it was read and is there.
fn principal_of(app: &App) -> Option<&Principal> {
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
