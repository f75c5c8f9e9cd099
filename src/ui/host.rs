//! What the page tells the portal that holds it: a fixed list of events, each with a type and a version.
//!
//! IDs, counts and outcomes. Never a secret, a token, the name of a person or an account, or what somebody has typed, but for the
//! App ID URI, which is what the portal has to know of the app. `docs/portal.md` says what each event holds.

use serde_json::Value;
use serde_json::json;

use crate::ui::msg::Effect;
use crate::ui::review::Sheet;
use crate::ui::run::RunState;
use crate::ui::stage::Stage;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use engine::export::from_run::providers;
use engine::export::from_run::secret;
use engine::export::handoff::Provider;
use engine::export::handoff::SecretKey;
use engine::export::handoff::provider_record;
use engine::plan::Action;
use engine::plan::StepId;
use engine::plan::write::Slot;
use engine::run::Outcome;
use engine::undo::Undone;

/// The types of all messages begin so, in both directions; `boot.js` names it so too.
const TYPE: &str = "cmg-entra-setup.";
/// The version of all messages.
const VERSION: u8 = 1;

/// What has happened, as far as it is a portal's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// The page is there.
    Ready,
    /// Somebody has signed in.
    SignedIn {
        /// The cloud.
        cloud: Cloud,
        /// The tenant.
        tenant: TenantId,
        /// The sign-in was asked for more than reading.
        may_write: bool,
    },
    /// Nobody is signed in any more.
    SignedOut,
    /// A review is complete.
    Planned {
        /// The fingerprint of the plan.
        plan: String,
        /// Steps that write.
        writes: usize,
        /// Steps with nothing to do.
        kept: usize,
        /// Steps that cannot be done.
        blocked: usize,
    },
    /// A run or its undoing is over.
    Finished(Box<Finished>),
}

/// What a run has reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// How it ended.
    pub ending: Ending,
    /// The cloud.
    pub cloud: Cloud,
    /// The tenant.
    pub tenant: TenantId,
    /// The web (server) app; none where there is none or nobody knows it.
    pub server: Option<AppIds>,
    /// The native (client) app; as above.
    pub client: Option<AppIds>,
    /// The App ID URI of the server app, once it stands.
    pub uri: Option<String>,
    /// Which secret Configuration Manager is to use. Never its text.
    pub secret: Option<SecretKey>,
    /// The subscription of the gateway, if that was part of the task.
    pub subscription: Option<SubscriptionId>,
    /// Its resource providers.
    pub providers: Vec<Provider>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything wanted is there.
    Complete,
    /// Something is not.
    Incomplete,
    /// A person stopped it.
    Stopped,
    /// What it had made was taken back.
    Undone,
}

/// The IDs of one app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppIds {
    /// Application (client) ID.
    pub app: AppId,
    /// Object ID of the application.
    pub object: Option<ObjectId>,
    /// Object ID of its service principal.
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

impl HostEvent {
    /// Its name.
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

    /// The message, as JSON.
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

    /// What a run came to. Its ending is for the page to say.
    #[must_use]
    pub fn new(sheet: &Sheet, outcome: &Outcome) -> Self {
        let desired = &sheet.plan.desired;
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
            Slot::ServerApp,
            Slot::ServerObject,
            Slot::ServerPrincipal,
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
                Slot::ClientApp,
                Slot::ClientObject,
                Slot::ClientPrincipal,
                StepId::DeleteClient,
            ),
            uri: uri.map(|uri| uri.as_str().to_owned()),
            secret: secret(&sheet.observed, outcome).filter(|_| server.is_some()),
            server,
            subscription: desired.subscription,
            providers: providers(&sheet.plan, &outcome.steps),
        }
    }
}

/// Who is signed in, as far as a portal is told.
type SignedIn = Option<(Cloud, TenantId, bool)>;

impl Stage {
    /// Who is signed in.
    pub(super) fn signed_in_as(&self) -> SignedIn {
        let visitor = self.access.visitor()?;
        Some((visitor.cloud, visitor.tenant, visitor.may_write))
    }

    /// What there is to tell if somebody else was signed in before, or nobody.
    pub(super) fn tell_sign_in(&self, before: SignedIn) -> Option<Effect> {
        let now = self.signed_in_as();
        (now != before).then_some(Effect::TellHost(match now {
            Some((cloud, tenant, may_write)) => HostEvent::SignedIn {
                cloud,
                tenant,
                may_write,
            },
            None => HostEvent::SignedOut,
        }))
    }

    /// A review is complete.
    pub(super) fn tell_planned(&self, sheet: &Sheet) -> Effect {
        let plan = &sheet.plan;
        let count = |is: fn(&Action) -> bool| {
            let steps = plan.steps.iter();
            steps.filter(|step| is(&step.action)).count()
        };
        Effect::TellHost(HostEvent::Planned {
            plan: plan.hash(),
            writes: plan.writes(),
            kept: count(|action| matches!(action, Action::Keep)),
            blocked: count(|action| matches!(action, Action::Blocked(_))),
        })
    }

    /// The run that came to this is over.
    pub(super) fn tell_finished(&self, mut finished: Finished) -> Option<Effect> {
        finished.ending = self.run.as_ref()?.state.into();
        Some(Effect::TellHost(HostEvent::Finished(Box::new(finished))))
    }

    /// Undoing is over. One that did not begin has changed nothing.
    pub(super) fn tell_undone(&self, undone: &Undone) -> Option<Effect> {
        let (cloud, tenant, _) = self.signed_in_as()?;
        let ending = match undone.is_complete() {
            true => Ending::Undone,
            false => Ending::Incomplete,
        };
        undone.stop.is_none().then(|| {
            Effect::TellHost(HostEvent::Finished(Box::new(Finished {
                ending,
                cloud,
                tenant,
                server: None,
                client: None,
                uri: None,
                secret: None,
                subscription: None,
                providers: Vec::new(),
            })))
        })
    }
}
