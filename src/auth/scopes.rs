//! What is asked of the person who signs in: the least that the chosen work needs, each permission for its service.
//!
//! Sources: "Scopes and permissions in the Microsoft identity platform" and the permission tables of the Graph calls used (2026-08).

use crate::auth::Audience;
use crate::domain::cloud::Cloud;

/// A delegated permission this product may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Who is signed in.
    UserRead,
    /// The tenant's name and verified domains.
    OrganizationReadAll,
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
            Self::ApplicationReadWriteAll => "Application.ReadWrite.All",
            Self::DelegatedPermissionGrantReadWriteAll => "DelegatedPermissionGrant.ReadWrite.All",
            Self::PolicyReadAll => "Policy.Read.All",
            Self::AppRoleAssignmentReadWriteAll => "AppRoleAssignment.ReadWrite.All",
            Self::UserImpersonation => "user_impersonation",
        }
    }

    /// The service it is a permission of.
    #[must_use]
    pub fn audience(self) -> Audience {
        match self {
            Self::UserRead
            | Self::OrganizationReadAll
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
pub struct ScopeSet {
    /// The server app will read the directory for discovery: its Graph role has to be assigned.
    pub discovery: bool,
}

impl ScopeSet {
    /// The permissions, Graph's first.
    #[must_use]
    pub fn scopes(self) -> Vec<Scope> {
        let mut scopes = vec![
            Scope::UserRead,
            Scope::OrganizationReadAll,
            Scope::ApplicationReadWriteAll,
            Scope::DelegatedPermissionGrantReadWriteAll,
            Scope::PolicyReadAll,
        ];
        if self.discovery {
            scopes.push(Scope::AppRoleAssignmentReadWriteAll);
        }
        scopes.push(Scope::UserImpersonation);
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
