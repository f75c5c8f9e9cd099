//! Permissions to request at sign-in: the minimum for the selected work, each for its service.
//!
//! Sources: "Scopes and permissions in the Microsoft identity platform" and the permission tables of the Graph requests used (2026-08).

use crate::auth::account::Audience;
use domain::cloud::Cloud;

/// A delegated permission that this product may request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Read the signed-in user.
    UserRead,
    /// Read the tenant's name and verified domains.
    OrganizationReadAll,
    /// Read the two apps and all other app registrations.
    ApplicationReadAll,
    /// Read the client app's grants, the tenant's name, and on request the reports on last sign-ins (D62). It is the least permission that
    /// lists delegated grants ("List oauth2PermissionGrants", 2026-08-07).
    DirectoryReadAll,
    /// Create and change the two apps and the secret.
    ApplicationReadWriteAll,
    /// Grant consent for the client app's delegated permissions.
    DelegatedPermissionGrantReadWriteAll,
    /// Read the tenant's policies for apps: secret lifetime, App ID URIs.
    PolicyReadAll,
    /// Assign the Graph role to the server app. Requested only if discovery is selected.
    AppRoleAssignmentReadWriteAll,
    /// Use Azure Resource Manager with the user's own roles.
    UserImpersonation,
}

impl Scope {
    /// Microsoft's name of the permission.
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

    /// GUID of the permission, the same in every cloud and tenant ("Microsoft Graph permissions reference", 2026-08-07).
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

    /// Service that defines the permission.
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

    /// Scope value with its service, so that it cannot mean another service's permission of the same name.
    #[must_use]
    pub fn qualified(self, cloud: Cloud) -> String {
        format!("https://{}/{}", self.audience().host(cloud), self.name())
    }
}

/// Sets of permissions to request at sign-in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScopeSet {
    /// For checking a pair: no write access, and no access to Azure.
    Check,
    /// For setting up or fixing a pair.
    #[default]
    SetUp,
    /// Same as `SetUp`, plus assigning or removing the server app's right to read the directory, which needs a role assignment.
    Discovery,
    /// For registering resource providers: Azure, and of Microsoft Graph only the sign-in.
    Providers,
}

/// Each set with its key in session storage.
const SETS: [(ScopeSet, &str); 4] = [
    (ScopeSet::Check, "check"),
    (ScopeSet::SetUp, "set-up"),
    (ScopeSet::Discovery, "discovery"),
    (ScopeSet::Providers, "providers"),
];

impl ScopeSet {
    /// Permissions for setup, with or without discovery.
    #[must_use]
    pub fn set_up(discovery: bool) -> Self {
        if discovery {
            Self::Discovery
        } else {
            Self::SetUp
        }
    }

    /// Key of the set in session storage.
    #[must_use]
    pub fn key(self) -> &'static str {
        let known = SETS.iter().find(|(set, _)| *set == self);
        known.map_or("", |(_, key)| *key)
    }

    /// Returns the set for a key; the match is case-sensitive.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        let known = SETS.iter().find(|(_, name)| *name == key);
        known.map(|(set, _)| *set)
    }

    /// Permissions in the set, those of Graph first.
    #[must_use]
    pub fn scopes(self) -> Vec<Scope> {
        let mut scopes = vec![Scope::UserRead];
        scopes.extend_from_slice(match self {
            Self::Check => &[
                Scope::DirectoryReadAll,
                Scope::ApplicationReadAll,
                Scope::PolicyReadAll,
            ],
            Self::SetUp | Self::Discovery => &[
                Scope::OrganizationReadAll,
                Scope::ApplicationReadWriteAll,
                Scope::DelegatedPermissionGrantReadWriteAll,
                Scope::PolicyReadAll,
            ],
            Self::Providers => &[],
        });
        if self == Self::Discovery {
            scopes.push(Scope::AppRoleAssignmentReadWriteAll);
        }
        if self != Self::Check {
            scopes.push(Scope::UserImpersonation);
        }
        scopes
    }

    /// Permissions that an app registration lists for this set. Includes the read permissions, because a check requests only those and
    /// Microsoft matches consent by exact name.
    #[must_use]
    pub fn registered(self) -> Vec<Scope> {
        if self == Self::Providers {
            return self.scopes();
        }
        let mut scopes = Self::Check.scopes();
        for scope in self.scopes() {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        scopes
    }

    /// Permissions of one service in the set.
    #[must_use]
    pub fn of(self, audience: Audience) -> Vec<Scope> {
        let mut scopes = self.scopes();
        scopes.retain(|scope| scope.audience() == audience);
        scopes
    }
}
