//! What is asked of the person who signs in: the least that the chosen work needs, each permission for its service.
//!
//! Sources: "Scopes and permissions in the Microsoft identity platform" and the permission tables of the Graph calls used (2026-08).

use crate::auth::Audience;
use domain::cloud::Cloud;

/// A delegated permission this product may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Who is signed in.
    UserRead,
    /// The tenant's name and verified domains.
    OrganizationReadAll,
    /// See the two apps.
    ApplicationReadAll,
    /// See what the client app may do, and the tenant's name: the least permission that lists delegated grants
    /// ("List oauth2PermissionGrants", 2026-08-07).
    DirectoryReadAll,
    /// Create and change the two apps and the secret.
    ApplicationReadWriteAll,
    /// Consent for the client app's delegated permissions.
    DelegatedPermissionGrantReadWriteAll,
    /// The tenant's rules for apps: secret lifetime, App ID URIs.
    PolicyReadAll,
    /// Give the server app its Graph role. Asked only when discovery is chosen.
    AppRoleAssignmentReadWriteAll,
    /// Azure Resource Manager, within the person's own roles.
    UserImpersonation,
}

impl Scope {
    /// Microsoft's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::UserRead => "User.Read",
            Self::OrganizationReadAll => "Organization.Read.All",
            Self::ApplicationReadAll => "Application.Read.All",
            Self::DirectoryReadAll => "Directory.Read.All",
            Self::ApplicationReadWriteAll => "Application.ReadWrite.All",
            Self::DelegatedPermissionGrantReadWriteAll => "DelegatedPermissionGrant.ReadWrite.All",
            Self::PolicyReadAll => "Policy.Read.All",
            Self::AppRoleAssignmentReadWriteAll => "AppRoleAssignment.ReadWrite.All",
            Self::UserImpersonation => "user_impersonation",
        }
    }

    /// Its GUID, the same in every cloud and tenant ("Microsoft Graph permissions reference", 2026-08-07).
    #[must_use]
    pub fn guid(self) -> &'static str {
        match self {
            Self::UserRead => "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
            Self::OrganizationReadAll => "4908d5b9-3fb2-4b1e-9336-1888b7937185",
            Self::ApplicationReadAll => "c79f8feb-a9db-4090-85f9-90d820caa0eb",
            Self::DirectoryReadAll => "06da0dbc-49e2-44d2-8312-53f166ab848a",
            Self::ApplicationReadWriteAll => "bdfbf15f-ee85-4955-8675-146e8e5296b5",
            Self::DelegatedPermissionGrantReadWriteAll => "41ce6ca6-6826-4807-84f1-1c82854f7ee5",
            Self::PolicyReadAll => "572fea84-0151-49b2-9301-11cb16974376",
            Self::AppRoleAssignmentReadWriteAll => "84bccea3-f856-4a8a-967b-dbe0a3d53a64",
            Self::UserImpersonation => "41094075-9dad-400e-a0bd-54e686782033",
        }
    }

    /// The service it is a permission of.
    #[must_use]
    pub fn audience(self) -> Audience {
        match self {
            Self::UserRead
            | Self::OrganizationReadAll
            | Self::ApplicationReadAll
            | Self::DirectoryReadAll
            | Self::ApplicationReadWriteAll
            | Self::DelegatedPermissionGrantReadWriteAll
            | Self::PolicyReadAll
            | Self::AppRoleAssignmentReadWriteAll => Audience::Graph,
            Self::UserImpersonation => Audience::Arm,
        }
    }

    /// As it travels: with its service, so that it cannot be read as another service's permission of the same name.
    #[must_use]
    pub fn qualified(self, cloud: Cloud) -> String {
        format!("https://{}/{}", self.audience().host(cloud), self.name())
    }
}

/// How much is asked for at sign-in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScopeSet {
    /// Checking a pair: nothing can be written with it, and nothing in Azure be seen.
    Check,
    /// Setting up or mending a pair.
    #[default]
    SetUp,
    /// The same, and the server app's right to read the directory is given or taken: a role has to be assigned.
    Discovery,
}

/// Each with its name in the tab's memory.
const SETS: [(ScopeSet, &str); 3] = [
    (ScopeSet::Check, "check"),
    (ScopeSet::SetUp, "set-up"),
    (ScopeSet::Discovery, "discovery"),
];

impl ScopeSet {
    /// What setting up takes, with discovery or without.
    #[must_use]
    pub fn set_up(discovery: bool) -> Self {
        if discovery {
            Self::Discovery
        } else {
            Self::SetUp
        }
    }

    /// Its name in the tab's memory.
    #[must_use]
    pub fn key(self) -> &'static str {
        let known = SETS.iter().find(|(set, _)| *set == self);
        known.map_or("", |(_, key)| *key)
    }

    /// The set of a name.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        let known = SETS.iter().find(|(_, name)| *name == key);
        known.map(|(set, _)| *set)
    }

    /// The permissions, Graph's first.
    #[must_use]
    pub fn scopes(self) -> Vec<Scope> {
        if self == Self::Check {
            return vec![
                Scope::UserRead,
                Scope::DirectoryReadAll,
                Scope::ApplicationReadAll,
                Scope::PolicyReadAll,
            ];
        }
        let mut scopes = vec![
            Scope::UserRead,
            Scope::OrganizationReadAll,
            Scope::ApplicationReadWriteAll,
            Scope::DelegatedPermissionGrantReadWriteAll,
            Scope::PolicyReadAll,
        ];
        if self == Self::Discovery {
            scopes.push(Scope::AppRoleAssignmentReadWriteAll);
        }
        scopes.push(Scope::UserImpersonation);
        scopes
    }

    /// What a registration lists for it: the permissions to read as well, because a check asks for those alone, and Microsoft
    /// takes consent by the letter.
    #[must_use]
    pub fn registered(self) -> Vec<Scope> {
        let mut scopes = Self::Check.scopes();
        for scope in self.scopes() {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        scopes
    }

    /// The permissions of one service.
    #[must_use]
    pub fn of(self, audience: Audience) -> Vec<Scope> {
        let mut scopes = self.scopes();
        scopes.retain(|scope| scope.audience() == audience);
        scopes
    }
}
