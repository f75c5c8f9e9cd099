//! Events for the embedding page: a fixed list, each with a type and a version.
//!
//! They carry IDs, counts and outcomes. They never carry a secret, a token, the name of a person or an account, or typed text. The App ID
//! URI is the exception, because the embedding page has to know it. `docs/portal.md` says what each event carries.

use serde_json::Value;
use serde_json::json;

use crate::ui::review::state::ReviewData;
use crate::ui::runs::state::RunState;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use engine::export::from_run::providers;
use engine::export::from_run::secret;
use engine::export::handoff::ProviderRecord;
use engine::export::handoff::SecretKey;
use engine::export::handoff::provider_record;
use engine::plan::reference::IdRef;
use engine::plan::step::StepId;
use engine::run::RunOutcome;

/// Prefix of all message types, in both directions. `boot.js` uses the same one.
const TYPE: &str = "cmg-entra-setup.";
/// Version of all messages.
const VERSION: u8 = 1;

/// Events for the embedding page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParentEvent {
    Ready,
    SignedIn {
        cloud: Cloud,
        tenant: TenantId,
        /// The sign-in asked for more than read permissions.
        may_write: bool,
    },
    SignedOut,
    Planned {
        /// Fingerprint of the plan.
        plan: String,
        /// Steps that write.
        writes: usize,
        /// Steps with nothing to do.
        kept: usize,
        blocked: usize,
    },
    /// A run or an undo has ended.
    Finished(Box<Finished>),
}

/// Result of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    pub ending: Ending,
    pub cloud: Cloud,
    pub tenant: TenantId,
    /// The web (server) app; `None` if it does not exist or is not known.
    pub server: Option<AppIds>,
    /// The native (client) app; `None` if it does not exist or is not known.
    pub client: Option<AppIds>,
    /// App ID URI of the server app, once it is set.
    pub uri: Option<String>,
    /// Key ID of the secret that Configuration Manager is to use. Never its text.
    pub secret: Option<SecretKey>,
    /// Subscription of the gateway, if it was part of the task.
    pub subscription: Option<SubscriptionId>,
    /// Resource providers of the subscription.
    pub providers: Vec<ProviderRecord>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything that was requested exists.
    Complete,
    /// Part of what was requested is missing.
    Incomplete,
    /// The admin stopped the run.
    Stopped,
    /// The objects that the run created were removed.
    Undone,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppIds {
    pub app: AppId,
    /// Object ID of the application.
    pub object: Option<ObjectId>,
    /// Object ID of the service principal.
    pub principal: Option<ObjectId>,
}

impl Ending {
    fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Incomplete => "incomplete",
            Self::Stopped => "stopped",
            Self::Undone => "undone",
        }
    }
}

impl From<RunState> for Ending {
    fn from(state: RunState) -> Self {
        match state {
            RunState::Complete => Self::Complete,
            RunState::Stopped => Self::Stopped,
            RunState::Underway | RunState::Stopping | RunState::Paused | RunState::Failed => {
                Self::Incomplete
            }
        }
    }
}

impl AppIds {
    fn record(&self) -> Value {
        json!({
            "appId": self.app.to_string(),
            "objectId": self.object.map(|id| id.to_string()),
            "servicePrincipalId": self.principal.map(|id| id.to_string()),
        })
    }
}

impl ParentEvent {
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::SignedIn { .. } => "signed-in",
            Self::SignedOut => "signed-out",
            Self::Planned { .. } => "planned",
            Self::Finished(_) => "finished",
        }
    }

    /// The message as JSON.
    #[must_use]
    pub fn message(&self) -> String {
        let mut message = match self {
            Self::Ready => json!({ "toolVersion": env!("CARGO_PKG_VERSION") }),
            Self::SignedIn {
                cloud,
                tenant,
                may_write,
            } => json!({
                "cloud": cloud.key(),
                "tenantId": tenant.to_string(),
                "mayWrite": may_write,
            }),
            Self::SignedOut => json!({}),
            Self::Planned {
                plan,
                writes,
                kept,
                blocked,
            } => json!({ "plan": plan, "writes": writes, "kept": kept, "blocked": blocked }),
            Self::Finished(finished) => finished.record(),
        };
        message["type"] = format!("{TYPE}{}", self.name()).into();
        message["version"] = VERSION.into();
        message.to_string()
    }
}

impl Finished {
    fn record(&self) -> Value {
        let mut server = self.server.as_ref().map(AppIds::record);
        if let Some(server) = &mut server {
            server["appIdUri"] = self.uri.clone().into();
        }
        let secret = self.secret.map(
            |secret| json!({ "keyId": secret.id.to_string(), "expires": secret.end.to_string() }),
        );
        json!({
            "outcome": self.ending.as_str(),
            "cloud": self.cloud.key(),
            "tenantId": self.tenant.to_string(),
            "server": server,
            "client": self.client.as_ref().map(AppIds::record),
            "secret": secret,
            "subscriptionId": self.subscription.map(|id| id.to_string()),
            "resourceProviders": self.providers.iter().map(provider_record).collect::<Vec<_>>(),
        })
    }

    /// Result of a run. The caller sets the ending.
    #[must_use]
    pub fn new(review: &ReviewData, outcome: &RunOutcome) -> Self {
        let desired = &review.plan.desired;
        let is_good = |step| {
            let mut steps = outcome.steps.iter();
            steps.any(|it| it.id == step && it.state.is_good())
        };
        let object = |slot| outcome.ids.get(slot).map(ObjectId::new);
        let ids = |app, its_object, principal, delete| {
            let app = outcome.ids.get(app).filter(|_| !is_good(delete))?;
            Some(AppIds {
                app: AppId::new(app),
                object: object(its_object),
                principal: object(principal),
            })
        };
        let server = ids(
            IdRef::ServerApp,
            IdRef::ServerObject,
            IdRef::ServerPrincipal,
            StepId::DeleteServer,
        );
        let uri = server
            .as_ref()
            .filter(|_| is_good(StepId::AppIdUri))
            .and_then(|ids| desired.uri.uri(desired.tenant, Some(ids.app)).ok());
        Self {
            ending: Ending::Incomplete,
            cloud: desired.cloud,
            tenant: desired.tenant,
            client: ids(
                IdRef::ClientApp,
                IdRef::ClientObject,
                IdRef::ClientPrincipal,
                StepId::DeleteClient,
            ),
            uri: uri.map(|uri| uri.as_str().to_owned()),
            secret: secret(&review.observed, outcome).filter(|_| server.is_some()),
            server,
            subscription: desired.subscription,
            providers: providers(&review.plan, &outcome.steps),
        }
    }
}

/// Cloud, tenant, and whether the sign-in may write.
pub type SignedIn = Option<(Cloud, TenantId, bool)>;
