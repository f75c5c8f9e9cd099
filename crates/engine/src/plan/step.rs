//! The steps of a plan.

use domain::cmg::ProviderNamespace;
use domain::ids::KeyId;
use domain::roles::Task;
use std::borrow::Cow;
use strum::EnumIter;
use strum::IntoEnumIterator as _;
use strum::IntoStaticStr;

/// Identifies a step, in the order of the review page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum StepId {
    /// Restore the web (server) app from the deleted items.
    RestoreServer,
    /// Restore the native (client) app from the deleted items.
    RestoreClient,
    /// Disable the scope of the web (server) app, so that it can be changed.
    ScopeOff,
    /// Registration of the web (server) app.
    ServerApp,
    /// Registration of the native (client) app.
    ClientApp,
    /// App ID URI of the web (server) app. A separate step, because the default URI contains the app's own ID.
    AppIdUri,
    /// Service principal of the web (server) app.
    ServerPrincipal,
    /// Redirect URI and permissions of the native (client) app. A separate step, because they contain the IDs of both apps.
    ClientSettings,
    /// Service principal of the native (client) app.
    ClientPrincipal,
    /// Consent: client app → server app, `user_impersonation`.
    ServerConsent,
    /// Consent: client app → Microsoft Graph, `User.Read`.
    GraphConsent,
    /// Consent: server app → Microsoft Graph, application permission `Directory.Read.All`.
    DirectoryConsent,
    /// Registration of a resource provider.
    #[strum(disabled)]
    Provider(ProviderNamespace),
    /// Who gets tokens for the web (server) app.
    ServerAccess,
    /// Who gets tokens for the native (client) app.
    ClientAccess,
    /// Remove Microsoft Graph's `Directory.Read.All` from the web (server) app.
    DirectoryRevoke,
    /// Client secret of the web (server) app. The last object to be created.
    Secret,
    /// Remove an old client secret.
    #[strum(disabled)]
    OldSecret(KeyId),
    /// Delete the native (client) app.
    DeleteClient,
    /// Delete the web (server) app.
    DeleteServer,
}

/// Name prefix of the steps that remove a secret.
const OLD_SECRET: &str = "old-secret-";

impl StepId {
    /// All steps with a fixed name.
    fn all() -> impl Iterator<Item = Self> {
        Self::iter().chain(ProviderNamespace::ALL.map(Self::Provider))
    }

    /// Returns the step for a name in a journal.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        if let Some(key) = name.strip_prefix(OLD_SECRET) {
            return key.parse().ok().map(Self::OldSecret);
        }
        Self::all().find(|step| step.name() == name)
    }

    /// The prerequisites of the step: steps whose results it uses, and earlier writes to the same object.
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
            // Includes the apps: in an existing pair, the tag on the app shows which tool the consent belongs to.
            Self::ServerConsent => &[
                Self::ClientApp,
                Self::ServerPrincipal,
                Self::ClientPrincipal,
            ],
            Self::GraphConsent => &[Self::ClientApp, Self::ClientPrincipal],
            Self::DirectoryConsent => &[Self::ServerApp, Self::ServerPrincipal],
            // The secret is created only after both apps exist and their consent is given (D2): nobody has to keep a secret of a pair that
            // does not work.
            Self::Secret => &[
                Self::ServerApp,
                Self::AppIdUri,
                Self::ServerPrincipal,
                Self::ClientSettings,
                Self::ClientPrincipal,
                Self::ServerConsent,
                Self::GraphConsent,
                Self::DirectoryConsent,
            ],
        }
    }

    /// Name of the step in the journal.
    #[must_use]
    pub fn name(self) -> Cow<'static, str> {
        if let Self::OldSecret(key) = self {
            return Cow::Owned(format!("{OLD_SECRET}{key}"));
        }
        if let Self::Provider(provider) = self {
            return Cow::Borrowed(provider.name());
        }
        Cow::Borrowed(self.into())
    }

    /// The task that the signed-in account needs a right for.
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
