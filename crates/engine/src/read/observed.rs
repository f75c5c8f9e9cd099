//! The current state of the tenant and the subscription. Three-valued: a value that could not be read is `Unknown`, never "none".

use litemap::LiteMap;

use crate::desired::providers::RegistrationState;
use crate::graph::wire;
use crate::graph::wire::AccessPolicy;
use crate::read::app_policies::Policies;
use crate::read::app_policies::SecretPolicy;
use domain::app_id_uri::rules::TenantRules;
use domain::cmg::ProviderNamespace;
use domain::confusables::isolated;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::known::Known;
use domain::problem::Problem;
use domain::roles::PermissionEntry;
use domain::roles::Role;
use domain::tenant::TenantKind;
use serde_json::Value;

/// The tenant, read after sign-in and again before a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenant {
    /// ID of the tenant.
    pub id: TenantId,
    /// Display name, as its admins wrote it. Show it as plain text only.
    pub name: Known<String>,
    /// Workforce tenant or another kind.
    pub kind: Known<TenantKind>,
    /// Initial domain of the tenant (`contoso.onmicrosoft.com`).
    pub initial_domain: Known<String>,
    /// Domains and policies for validating App ID URIs.
    pub rules: TenantRules,
    /// Rules of the app management policies for client secrets.
    pub secrets: SecretPolicy,
    /// Default app management policy, as Microsoft Graph sent it.
    pub default_policy: Known<Value>,
    /// Whether users without a role may register apps.
    pub users_may_register: Known<bool>,
    /// Active directory roles of the signed-in account.
    pub roles: Known<Vec<Role>>,
}

impl Tenant {
    /// The same tenant with the rules that apply to the server app, given the app's own policies.
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

/// A subscription that the account can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// ID of the subscription.
    pub id: SubscriptionId,
    /// Display name of the subscription.
    pub name: String,
    /// Enabled, Warned, PastDue, Disabled, Expired, or Deleted, as Azure spells it.
    pub state: String,
    /// Tenant of the subscription. A list can contain subscriptions of other tenants, delegated through Azure Lighthouse.
    pub home: Known<TenantId>,
}

/// Why a subscription cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriptionObstacle {
    /// Its state does not allow writes.
    ReadOnly,
    /// It belongs to this other tenant, which does not have the server app.
    OtherTenant(TenantId),
}

impl Subscription {
    /// Why the apps of a tenant cannot use the subscription, if that is certain.
    #[must_use]
    pub fn obstacle(&self, tenant: TenantId) -> Option<SubscriptionObstacle> {
        match self.home {
            Known::Known(home) if home != tenant => Some(SubscriptionObstacle::OtherTenant(home)),
            Known::Known(_) | Known::Unknown => {
                (self.is_writable() == Answer::No).then_some(SubscriptionObstacle::ReadOnly)
            }
        }
    }

    /// Whether its state allows writes ("Azure subscription states", 2026). `CannotTell` for a state that is not one of Microsoft's six.
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

/// Everything that a plan is based on.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The tenant of the session.
    pub tenant: Tenant,
    /// The web (server) app with this tool's key, if it exists.
    pub server: Known<Option<ObservedApp>>,
    /// The native (client) app with this tool's key, if it exists.
    pub client: Known<Option<ObservedApp>>,
    /// Apps with the same Application name that this tool did not create. They are never changed.
    pub namesakes: Known<Vec<ConflictingApp>>,
    /// Another app that uses the wanted App ID URI.
    pub uri_holder: Known<Option<ConflictingApp>>,
    /// Deleted apps that still have this tool's key or the App ID URI.
    pub deleted: Known<Vec<ConflictingApp>>,
    /// Microsoft Graph's service principal in this tenant.
    pub graph_principal: Known<ObjectId>,
    /// State of each provider; empty if no provider is wanted.
    pub providers: LiteMap<ProviderNamespace, Known<RegistrationState>>,
    /// Client IDs of apps that the journals of this browser recorded as created.
    pub recorded: Vec<AppId>,
    /// The selected subscription.
    pub subscription: Known<Subscription>,
    /// Deleted service principals of the two apps that can be restored, the most recently deleted for each app.
    pub deleted_principals: Known<Vec<(AppId, ObjectId)>>,
    /// The account's permissions in the subscription.
    pub arm_permissions: Known<Vec<PermissionEntry>>,
    /// Why the providers could not be read. An Azure refusal does not affect the directory data.
    pub azure: Option<Problem>,
    /// Related objects, read only for an existing pair.
    pub around: RelatedObjects,
}

/// Objects related to an existing pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelatedObjects {
    /// Conditional Access policies of the tenant.
    pub access_policies: Known<Vec<AccessPolicy>>,
    /// Apps that request permissions of the server app, as client ID and name.
    pub callers: Known<Vec<(AppId, String)>>,
    /// Object IDs of the server and client app among the deleted items.
    pub deleted: (Option<ObjectId>, Option<ObjectId>),
}

/// Another app that conflicts with the wanted state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictingApp {
    /// Object ID of the application.
    pub object_id: ObjectId,
    /// Application (client) ID.
    pub app_id: AppId,
    /// Application name, as displayed.
    pub name: String,
    /// Unique key of the app (`uniqueName`), if any. An admin can rename an app, but its key cannot change.
    pub key: Option<String>,
    /// What conflicts with the wanted state.
    pub holds: ConflictKind,
}

/// What another app uses that this tool needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictKind {
    /// The same Application name.
    Name,
    /// The App ID URI, in the app registration.
    Uri,
    /// The App ID URI, as a name of a service principal.
    PrincipalName,
    /// The key that this tool gives its apps.
    Key,
}

/// Current state of one of the two apps.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedApp {
    /// Object ID of the application.
    pub object_id: ObjectId,
    /// Application (client) ID.
    pub app_id: AppId,
    /// Properties of the application, as Graph sent them.
    pub properties: wire::Application,
    /// Service principal of the app.
    pub principal: Known<Option<Principal>>,
    /// Owners of the application.
    pub owners: Known<Vec<Owner>>,
    /// Federated credentials, as issuer and subject: another identity can sign in as the app with them.
    pub federated: Known<Vec<String>>,
}

/// An owner of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Object ID of the owner.
    pub id: ObjectId,
    /// Display name of the owner, or empty if it was not read.
    pub name: String,
    /// Sign-in name; `None` for a service principal.
    pub sign_in_name: Option<String>,
}

/// A service principal with its grants and roles.
#[derive(Clone, Debug, PartialEq)]
pub struct Principal {
    /// Object ID of the service principal.
    pub object_id: ObjectId,
    /// False: no tokens are issued for the app or to it.
    pub is_enabled: Known<bool>,
    /// True: only assigned users and apps get tokens for the app.
    pub is_assignment_required: Known<bool>,
    /// True: its users sign in with SAML.
    pub is_saml: Known<bool>,
    /// Tenant-wide delegated grants that it holds as a client.
    pub grants: Known<Vec<wire::PermissionGrant>>,
    /// Application permissions assigned to it.
    pub roles: Known<Vec<wire::RoleAssignment>>,
    /// Owners of the service principal. An owner can add secrets to it.
    pub owners: Known<Vec<Owner>>,
    /// Its own secrets, which the application does not list.
    pub secrets: Vec<wire::PasswordCredential>,
    /// Its own certificates, which the application does not list.
    pub certificates: Vec<wire::KeyCredential>,
}

impl Principal {
    /// Creates it from the objects that were read.
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

impl ObservedApp {
    /// Owners of the application and its service principal. All of them can act as the app.
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

/// The app, if it was read and exists.
#[must_use]
pub fn there(found: &Known<Option<ObservedApp>>) -> Option<&ObservedApp> {
    found.as_ref().known().and_then(Option::as_ref)
}

/// Names of the owners, for a sentence.
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
