//! A plan: every step with its action, its reason and its exact request. Data only; `compare` makes it, `apply` runs it.
//!
//! The plan that is shown is the plan that runs.

pub mod apps;
pub mod change;
pub mod compare;
pub mod fingerprint;
pub mod fix;
pub mod preflight;
pub mod write;

use std::borrow::Cow;

use crate::desired::Desired;
use crate::plan::write::Slot;
use crate::plan::write::Write;
use crate::read::observed::App;
use domain::app_id_uri::verdict::Verdict;
use domain::cmg::ProviderNamespace;
use domain::ids::KeyId;
use domain::known::Known;
use domain::problem::Kind;
use domain::problem::Problem;
use domain::roles::Task;

/// What a step is for, in the order of the review page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StepId {
    /// The web (server) app is brought back from the deleted items.
    RestoreServer,
    /// The native (client) app is brought back from the deleted items.
    RestoreClient,
    /// The scope of the web (server) app is disabled, so that it can be changed.
    ScopeOff,
    /// The web (server) app registration.
    ServerApp,
    /// The native (client) app registration.
    ClientApp,
    /// The App ID URI of the web (server) app. Apart, because its default holds the app's own ID.
    AppIdUri,
    /// The service principal of the web (server) app.
    ServerPrincipal,
    /// Redirect URI and permissions of the native (client) app. Apart, because they hold both apps' IDs.
    ClientSettings,
    /// The service principal of the native (client) app.
    ClientPrincipal,
    /// Consent: client app → server app, `user_impersonation`.
    ServerConsent,
    /// Consent: client app → Microsoft Graph, `User.Read`.
    GraphConsent,
    /// Consent: server app → Microsoft Graph, application permission `Directory.Read.All`.
    DirectoryConsent,
    /// A resource provider.
    Provider(ProviderNamespace),
    /// Who gets tokens for the web (server) app.
    ServerAccess,
    /// Who gets tokens by the native (client) app.
    ClientAccess,
    /// The web (server) app loses Microsoft Graph's `Directory.Read.All`.
    DirectoryRevoke,
    /// The client secret of the web (server) app. Last of what is made.
    Secret,
    /// A client secret is removed.
    OldSecret(KeyId),
    /// The native (client) app is deleted.
    DeleteClient,
    /// The web (server) app is deleted.
    DeleteServer,
}

/// How the steps that remove a secret are named.
const OLD_SECRET: &str = "old-secret-";

impl StepId {
    /// All with a name of their own, in the order of the review page.
    const ALL: [Self; 22] = [
        Self::RestoreServer,
        Self::RestoreClient,
        Self::ScopeOff,
        Self::ServerAccess,
        Self::ClientAccess,
        Self::DirectoryRevoke,
        Self::DeleteClient,
        Self::DeleteServer,
        Self::ServerApp,
        Self::ClientApp,
        Self::AppIdUri,
        Self::ServerPrincipal,
        Self::ClientSettings,
        Self::ClientPrincipal,
        Self::ServerConsent,
        Self::GraphConsent,
        Self::DirectoryConsent,
        Self::Provider(ProviderNamespace::ALL[0]),
        Self::Provider(ProviderNamespace::ALL[1]),
        Self::Provider(ProviderNamespace::ALL[2]),
        Self::Provider(ProviderNamespace::ALL[3]),
        Self::Secret,
    ];

    /// The step of a name in a journal.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        if let Some(key) = name.strip_prefix(OLD_SECRET) {
            return key.parse().ok().map(Self::OldSecret);
        }
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The steps whose results this one uses, and the ones that write the same object before it.
    #[must_use]
    pub fn needs(self) -> &'static [Self] {
        match self {
            Self::RestoreServer
            | Self::RestoreClient
            | Self::Provider(_)
            | Self::DirectoryRevoke
            | Self::DeleteClient
            | Self::DeleteServer => &[],
            Self::ScopeOff => &[Self::RestoreServer],
            Self::ServerApp => &[Self::RestoreServer, Self::ScopeOff],
            Self::ClientApp => &[Self::RestoreClient],
            Self::ServerAccess => &[Self::ServerPrincipal],
            Self::ClientAccess => &[Self::ClientPrincipal],
            Self::OldSecret(_) => &[Self::ServerApp, Self::AppIdUri, Self::Secret],
            Self::AppIdUri => &[Self::ServerApp],
            Self::ServerPrincipal => &[Self::RestoreServer, Self::ServerApp],
            Self::ClientSettings => &[Self::ServerApp, Self::ClientApp],
            Self::ClientPrincipal => &[Self::RestoreClient, Self::ClientApp],
            // The apps too: in a pair that is there already their label is what tells whose consent it is.
            Self::ServerConsent => &[
                Self::ClientApp,
                Self::ServerPrincipal,
                Self::ClientPrincipal,
            ],
            Self::GraphConsent => &[Self::ClientApp, Self::ClientPrincipal],
            Self::DirectoryConsent => &[Self::ServerApp, Self::ServerPrincipal],
            // Nothing secret exists before both apps stand (D2).
            Self::Secret => &[
                Self::ServerApp,
                Self::AppIdUri,
                Self::ServerPrincipal,
                Self::ClientSettings,
                Self::ClientPrincipal,
            ],
        }
    }

    /// Its name in the journal.
    #[must_use]
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::OldSecret(key) => return Cow::Owned(format!("{OLD_SECRET}{key}")),
            Self::RestoreServer => "restore-server",
            Self::RestoreClient => "restore-client",
            Self::ScopeOff => "scope-off",
            Self::ServerAccess => "server-access",
            Self::ClientAccess => "client-access",
            Self::DirectoryRevoke => "directory-revoke",
            Self::DeleteClient => "delete-client",
            Self::DeleteServer => "delete-server",
            Self::ServerApp => "server-app",
            Self::ClientApp => "client-app",
            Self::AppIdUri => "app-id-uri",
            Self::ServerPrincipal => "server-principal",
            Self::ClientSettings => "client-settings",
            Self::ClientPrincipal => "client-principal",
            Self::ServerConsent => "server-consent",
            Self::GraphConsent => "graph-consent",
            Self::DirectoryConsent => "directory-consent",
            Self::Provider(namespace) => namespace.name(),
            Self::Secret => "secret",
        })
    }

    /// What the signed-in account must be allowed to do.
    #[must_use]
    pub fn task(self) -> Task {
        match self {
            Self::ServerApp
            | Self::ClientApp
            | Self::AppIdUri
            | Self::ServerPrincipal
            | Self::ClientSettings
            | Self::ClientPrincipal
            | Self::RestoreServer
            | Self::RestoreClient
            | Self::ScopeOff
            | Self::ServerAccess
            | Self::ClientAccess
            | Self::OldSecret(_)
            | Self::DeleteClient
            | Self::DeleteServer
            | Self::Secret => Task::CreateApps,
            Self::ServerConsent | Self::GraphConsent => Task::ConsentToServerApp,
            Self::DirectoryConsent | Self::DirectoryRevoke => Task::ConsentToDirectoryRead,
            Self::Provider(_) => Task::RegisterProviders,
        }
    }
}

/// What happens to the object of a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// It is made.
    Create(Write),
    /// It is changed; everything the write does not name stays.
    Update(Write),
    /// It is taken away.
    Remove(Write),
    /// It is right as it is, or not ours to change.
    Keep,
    /// It cannot be done as things are.
    Blocked(Problem),
}

impl Action {
    /// The request, if there is one.
    #[must_use]
    pub fn write(&self) -> Option<&Write> {
        match self {
            Self::Create(write) | Self::Update(write) | Self::Remove(write) => Some(write),
            Self::Keep | Self::Blocked(_) => None,
        }
    }
}

/// Why a step has its action. For people only: nothing is decided by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is none yet.
    Missing,
    /// It is there, and these properties differ.
    Differs(Vec<Property>),
    /// It is there and as wanted.
    AsWanted,
    /// It is being registered already.
    UnderWay,
    /// A live secret is there. Its text cannot be shown again.
    SecretLives,
    /// The admin asked for one more secret beside the one that is there.
    AnotherSecret,
    /// The admin creates the apps first and the secret when the app is exempt.
    SecretLater,
    /// It could not be read.
    NotReadable,
    /// Something else holds what it needs.
    Held,
    /// A rule of the tenant stands against it.
    Rule,
    /// The app has no service principal, and none can be restored: what was granted to an earlier one does not come back.
    PrincipalLost,
    /// It differs, and nobody has chosen to mend it.
    NotChosen,
    /// It is to be taken away.
    Unwanted,
}

/// A property that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Supported account types.
    Audience,
    /// Redirect URI.
    Redirect,
    /// The scope `user_impersonation`.
    Scope,
    /// Device tokens without a user.
    DeviceOnly,
    /// Allow public client flows.
    PublicClient,
    /// API permissions.
    Permissions,
    /// App ID URI.
    AppIdUri,
    /// Consent of an earlier grant lacks a scope.
    Consent,
    /// Tokens without a code.
    Implicit,
    /// Access token version.
    TokenVersion,
    /// The label of this tool: by it the app is found again.
    Label,
    /// The app registration is deactivated.
    Active,
    /// The service principal is disabled.
    Enabled,
    /// Assignment is required.
    Assignment,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is for.
    pub id: StepId,
    /// What happens.
    pub action: Action,
    /// Why.
    pub reason: Reason,
}

/// Why something that belongs to an app is made: there is none, or nobody can say because the app itself could not be read.
pub(crate) fn missing_of(apps: &[&Known<Option<App>>]) -> Reason {
    if apps.iter().any(|app| matches!(app, Known::Unknown)) {
        Reason::NotReadable
    } else {
        Reason::Missing
    }
}

/// A step.
pub(crate) fn step(id: StepId, action: Action, reason: Reason) -> Step {
    Step { id, action, reason }
}

/// A step that cannot be done.
pub(crate) fn blocked(id: StepId, kind: Kind, reason: Reason) -> Step {
    step(id, Action::Blocked(Problem::new(kind)), reason)
}

/// Every step of the run, in order, with what it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is wanted.
    pub desired: Desired,
    /// The steps.
    pub steps: Vec<Step>,
    /// IDs that are known before the run.
    pub known: Vec<(Slot, uuid::Uuid)>,
    /// What the judge says of the App ID URI.
    pub uri_verdict: Verdict,
    /// Same-named apps of others, for a warning. Never touched.
    pub namesakes: Vec<crate::read::observed::Namesake>,
}

/// A plan a person has read and approved: the only thing `apply` takes.
#[derive(Clone, Debug)]
pub struct Approved(Plan);

impl Approved {
    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.0
    }
}

impl Plan {
    /// Seals the plan for the run. A plan with a blocked step is handed back: there is no way to run it.
    ///
    /// # Errors
    /// The plan itself, unchanged, if a step is blocked.
    pub fn approve(self) -> Result<Approved, Box<Self>> {
        if self.is_blocked() {
            Err(Box::new(self))
        } else {
            Ok(Approved(self))
        }
    }

    /// True if some step cannot be done.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.steps
            .iter()
            .any(|step| matches!(step.action, Action::Blocked(_)))
    }

    /// How many requests change something.
    #[must_use]
    pub fn writes(&self) -> usize {
        self.steps
            .iter()
            .filter(|step| step.action.write().is_some())
            .count()
    }

    /// The step of an ID, if the plan has it.
    #[must_use]
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}
