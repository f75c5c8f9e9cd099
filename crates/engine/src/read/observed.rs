//! What the tenant and the subscription hold now. Three-valued: what could not be read is `Unknown`, never "none".

use litemap::LiteMap;

use crate::desired::providers::RegistrationState;
use crate::graph::wire;
use crate::graph::wire::AccessPolicy;
use crate::read::app_policies::Policies;
use crate::read::app_policies::SecretPolicy;
use domain::app_id_uri::rules::TenantRules;
use domain::cmg::ProviderNamespace;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::known::Known;
use domain::lookalike::isolated;
use domain::problem::Problem;
use domain::roles::PermissionEntry;
use domain::roles::Role;
use domain::tenant::TenantKind;
use serde_json::Value;

/// The tenant, read once after sign-in and again before a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenant {
    /// Its ID.
    pub id: TenantId,
    /// Its name, as its administrators wrote it. Shown as text only.
    pub name: Known<String>,
    /// What kind of tenant it is.
    pub kind: Known<TenantKind>,
    /// The domain it was born with (`contoso.onmicrosoft.com`).
    pub initial_domain: Known<String>,
    /// Its domains and policies for App ID URIs, as the judge wants them.
    pub rules: TenantRules,
    /// What the app management policies say about client secrets.
    pub secrets: SecretPolicy,
    /// Its default app management policy, as Microsoft Graph sent it.
    pub default_policy: Known<Value>,
    /// Whether users without a role may register apps.
    pub users_may_register: Known<bool>,
    /// Active directory roles of the signed-in account.
    pub roles: Known<Vec<Role>>,
}

impl Tenant {
    /// The same tenant with the rules that apply to the server app, whose own policies are these.
    #[must_use]
    pub fn with_policies_of_app(mut self, own: &Known<Vec<Value>>) -> Self {
        let policies = Policies {
            default: &self.default_policy,
            own,
        };
        self.secrets = policies.secrets();
        self.rules = policies.put_into(self.rules.clone());
        self
    }
}

/// A subscription the account can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its ID.
    pub id: SubscriptionId,
    /// Its name.
    pub name: String,
    /// Enabled, Warned, PastDue, Disabled, Expired or Deleted, in Azure's word.
    pub state: String,
    /// The tenant it belongs to. A list also holds subscriptions of other tenants that were delegated by Azure Lighthouse.
    pub home: Known<TenantId>,
}

/// Why a subscription cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriptionObstacle {
    /// Its state allows no writes.
    ReadOnly,
    /// It belongs to this tenant, in which the server app does not exist.
    OtherTenant(TenantId),
}

impl Subscription {
    /// Why it cannot be used by the apps of a tenant, if that is certain.
    #[must_use]
    pub fn obstacle(&self, tenant: TenantId) -> Option<SubscriptionObstacle> {
        match self.home {
            Known::Known(home) if home != tenant => Some(SubscriptionObstacle::OtherTenant(home)),
            Known::Known(_) | Known::Unknown => {
                (self.is_writable() == Answer::No).then_some(SubscriptionObstacle::ReadOnly)
            }
        }
    }

    /// Whether its state allows writes ("Azure subscription states", 2026). Another word than Microsoft's six decides nothing.
    #[must_use]
    pub fn is_writable(&self) -> Answer {
        let is = |states: &[&str]| states.iter().any(|it| it.eq_ignore_ascii_case(&self.state));
        if is(&["Enabled", "PastDue"]) {
            Answer::Yes
        } else if is(&["Warned", "Disabled", "Expired", "Deleted"]) {
            Answer::No
        } else {
            Answer::CannotTell
        }
    }
}

/// Everything a plan is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The tenant.
    pub tenant: Tenant,
    /// The web (server) app with this tool's key, if there is one.
    pub server: Known<Option<App>>,
    /// The native (client) app with this tool's key, if there is one.
    pub client: Known<Option<App>>,
    /// Apps of the same Application name that are not this tool's. Never touched.
    pub namesakes: Known<Vec<Namesake>>,
    /// The app that holds the wanted App ID URI, if another does.
    pub uri_holder: Known<Option<Namesake>>,
    /// Deleted apps that still hold this tool's key or the App ID URI.
    pub deleted: Known<Vec<Namesake>>,
    /// Microsoft Graph's service principal in this tenant.
    pub graph_principal: Known<ObjectId>,
    /// State of each provider; empty where none are wanted.
    pub providers: LiteMap<ProviderNamespace, Known<RegistrationState>>,
    /// Client IDs of the apps that journals of this browser recorded as created.
    pub recorded: Vec<AppId>,
    /// The chosen subscription.
    pub subscription: Known<Subscription>,
    /// Deleted service principals of the two apps that can be restored, the one deleted last for each app.
    pub deleted_principals: Known<Vec<(AppId, ObjectId)>>,
    /// What the account may do in the subscription.
    pub arm_permissions: Known<Vec<PermissionEntry>>,
    /// Why the providers could not be read. What Azure refuses says nothing of the directory.
    pub azure: Option<Problem>,
    /// Read for a pair that is there already only.
    pub around: Around,
}

/// What lies around a pair that is there already.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Around {
    /// Conditional Access policies.
    pub access_policies: Known<Vec<AccessPolicy>>,
    /// Apps that ask for permissions of the server app, by client ID and name.
    pub callers: Known<Vec<(AppId, String)>>,
    /// The apps among the deleted items, by object ID.
    pub deleted: (Option<ObjectId>, Option<ObjectId>),
}

/// Another app, as far as it concerns us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// Object ID.
    pub object_id: ObjectId,
    /// Application (client) ID.
    pub app_id: AppId,
    /// Application name.
    pub name: String,
    /// Its key (`uniqueName`), if it has one. A person may rename an app; nobody can change its key.
    pub key: Option<String>,
    /// What it holds that we want.
    pub holds: Holds,
}

/// What another app holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The same Application name.
    Name,
    /// The App ID URI.
    Uri,
    /// The App ID URI, as the name of a service principal.
    PrincipalName,
    /// The key this tool gives its apps.
    Key,
}

/// One of our two apps as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct App {
    /// Object ID of the application.
    pub object_id: ObjectId,
    /// Application (client) ID.
    pub app_id: AppId,
    /// The application object's properties, as Graph sent them.
    pub properties: wire::Application,
    /// Its service principal.
    pub principal: Known<Option<Principal>>,
    /// Who owns it.
    pub owners: Known<Vec<Owner>>,
    /// Its federated credentials, by issuer and subject: another identity signs in as the app with them.
    pub federated: Known<Vec<String>>,
}

/// Who owns an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Object ID.
    pub id: ObjectId,
    /// The name, as far as it was read.
    pub name: String,
    /// The sign-in name of a person.
    pub sign_in_name: Option<String>,
}

/// A service principal with what was granted to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Principal {
    /// Object ID of the service principal.
    pub object_id: ObjectId,
    /// False: nobody gets a token for the app or by it.
    pub is_enabled: Known<bool>,
    /// True: only those who are assigned to the app get tokens.
    pub is_assignment_required: Known<bool>,
    /// True: its users sign in by SAML.
    pub is_saml: Known<bool>,
    /// Delegated grants it holds as a client, tenant-wide.
    pub grants: Known<Vec<wire::PermissionGrant>>,
    /// Application permissions assigned to it.
    pub roles: Known<Vec<wire::RoleAssignment>>,
    /// Who owns it: an owner can give it secrets of its own.
    pub owners: Known<Vec<Owner>>,
    /// Its own secrets, which the application does not show.
    pub secrets: Vec<wire::PasswordCredential>,
    /// Its own certificates.
    pub certificates: Vec<wire::KeyCredential>,
}

impl Principal {
    /// From what was read of it.
    #[must_use]
    pub fn new(
        found: wire::ServicePrincipal,
        grants: Known<Vec<wire::PermissionGrant>>,
        roles: Known<Vec<wire::RoleAssignment>>,
        owners: Known<Vec<Owner>>,
    ) -> Self {
        let mode = found.preferred_single_sign_on_mode.as_deref();
        Self {
            object_id: found.id,
            is_enabled: found.account_enabled.into(),
            is_assignment_required: found.app_role_assignment_required.into(),
            is_saml: Known::Known(mode.is_some_and(|it| it.eq_ignore_ascii_case("saml"))),
            grants,
            roles,
            owners,
            secrets: found.password_credentials,
            certificates: found.key_credentials,
        }
    }
}

impl App {
    /// Who owns the application or its service principal. Either can act as the app.
    #[must_use]
    pub fn all_owners(&self) -> Known<Vec<Owner>> {
        let of_principal = match &self.principal {
            Known::Unknown => return Known::Unknown,
            Known::Known(None) => Known::Known(Vec::new()),
            Known::Known(Some(principal)) => principal.owners.clone(),
        };
        let (Known::Known(mut all), Known::Known(more)) = (self.owners.clone(), of_principal)
        else {
            return Known::Unknown;
        };
        for owner in more {
            if all.iter().all(|it| it.id != owner.id) {
                all.push(owner);
            }
        }
        Known::Known(all)
    }
}

/// The app, if it was read and is there.
#[must_use]
pub fn there(found: &Known<Option<App>>) -> Option<&App> {
    found.as_ref().known().and_then(Option::as_ref)
}

/// The owners by name, for a sentence.
#[must_use]
pub fn owner_names(owners: &[Owner]) -> String {
    let name = |owner: &Owner| {
        let id = owner.id.to_string();
        let name = [owner.sign_in_name.as_deref(), Some(&owner.name)];
        let known = name.into_iter().flatten().find(|name| !name.is_empty());
        isolated(known.unwrap_or(&id))
    };
    owners.iter().map(name).collect::<Vec<_>>().join(", ")
}
