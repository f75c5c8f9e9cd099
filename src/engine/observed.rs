//! What the tenant and the subscription hold now. Three-valued: what could not be read is `Unknown`, never "none".

use litemap::LiteMap;

use crate::domain::app_id_uri::rules::TenantRules;
use crate::domain::cmg::ProviderNamespace;
use crate::domain::ids::AppId;
use crate::domain::ids::ObjectId;
use crate::domain::ids::SubscriptionId;
use crate::domain::ids::TenantId;
use crate::domain::known::Known;
use crate::domain::problem::Problem;
use crate::domain::roles::PermissionEntry;
use crate::domain::roles::Role;
use crate::engine::providers::RegistrationState;
use crate::graph::wire::AccessPolicy;

/// The tenant, read once after sign-in and again before a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenant {
    /// Its ID.
    pub id: TenantId,
    /// Its name, as its administrators wrote it. Shown as text only.
    pub name: Known<String>,
    /// The domain it was born with (`contoso.onmicrosoft.com`).
    pub initial_domain: Known<String>,
    /// Its domains and policies for App ID URIs, as the judge wants them.
    pub rules: TenantRules,
    /// What it says about client secrets.
    pub secrets: Known<SecretPolicy>,
    /// Whether users without a role may register apps.
    pub users_may_register: Known<bool>,
    /// Active directory roles of the signed-in account.
    pub roles: Known<Vec<Role>>,
}

/// The tenant's policy for client secrets (`passwordAddition`, `passwordLifetime`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecretPolicy {
    /// No secrets at all.
    pub blocked: bool,
    /// The longest life allowed, in days.
    pub longest_days: Option<u32>,
}

/// A subscription the account can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its ID.
    pub id: SubscriptionId,
    /// Its name.
    pub name: String,
    /// Enabled, Warned, PastDue, Disabled or Deleted, in Azure's word.
    pub state: String,
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
    /// Who owns the server app and the client app: how many.
    pub owners: (Known<usize>, Known<usize>),
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
    pub properties: crate::graph::wire::Application,
    /// Its service principal.
    pub principal: Known<Option<Principal>>,
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
    /// Delegated grants it holds as a client, tenant-wide.
    pub grants: Known<Vec<crate::graph::wire::PermissionGrant>>,
    /// Application permissions assigned to it.
    pub roles: Known<Vec<crate::graph::wire::RoleAssignment>>,
}

/// The app, if it was read and is there.
#[must_use]
pub fn there(found: &Known<Option<App>>) -> Option<&App> {
    found.as_ref().known().and_then(Option::as_ref)
}
