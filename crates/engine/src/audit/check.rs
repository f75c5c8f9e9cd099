//! The list of checks: title, consequence of a failure, and source of each rule.

use domain::locale::Locale;
use domain::sources;
use domain::sources::Source;
use domain::variants::variants;
use strum::EnumCount;
use strum::VariantArray;

/// Identifies a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumCount, VariantArray)]
pub enum CheckId {
    /// The web (server) app exists.
    ServerApp,
    /// Supported account types of the web (server) app.
    ServerAudience,
    /// Redirect URI of the web (server) app.
    ServerRedirect,
    /// The scope `user_impersonation` of the web (server) app.
    ServerScope,
    /// `isDeviceOnlyAuthSupported` of the web (server) app.
    DeviceTokens,
    /// `requestedAccessTokenVersion` of the web (server) app.
    TokenVersion,
    /// Implicit grant of the web (server) app.
    ServerImplicit,
    /// App ID URI of the web (server) app.
    AppIdUri,
    /// The client app's redirect URI on the server app, where it does not belong.
    BrokerOnServer,
    /// API permissions of the web (server) app.
    ServerPermissions,
    /// Service principal of the web (server) app.
    ServerPrincipal,
    /// User assignment requirement of the web (server) app.
    ServerAssignment,
    /// Directory.Read.All, as actually granted.
    DirectoryConsent,
    /// Client secrets of the web (server) app.
    Secrets,
    /// Age of the web (server) app, with a limit of 800 days.
    ServerAge,
    /// Owners of the web (server) app.
    ServerOwners,
    /// The native (client) app exists.
    ClientApp,
    /// Supported account types of the native (client) app.
    ClientAudience,
    /// Redirect URI of the native (client) app.
    ClientRedirect,
    /// Public client flows of the native (client) app.
    PublicClient,
    /// API permissions of the native (client) app.
    ClientPermissions,
    /// Implicit grant of the native (client) app.
    ClientImplicit,
    /// Service principal of the native (client) app.
    ClientPrincipal,
    /// User assignment requirement of the native (client) app.
    ClientAssignment,
    /// Consent: client app → server app.
    ServerConsent,
    /// Consent: client app → Microsoft Graph.
    GraphConsent,
    /// Owners of the native (client) app.
    ClientOwners,
    /// The tenant's policy for client secrets.
    SecretPolicy,
    /// Conditional Access policies that apply to the apps.
    ConditionalAccess,
    /// Resource providers of the subscription.
    Providers,
}

impl CheckId {
    /// All checks, in the order of the report.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the check in markup and reports.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ServerApp => "server-app",
            Self::ServerAudience => "server-audience",
            Self::ServerRedirect => "server-redirect",
            Self::ServerScope => "server-scope",
            Self::DeviceTokens => "server-device-tokens",
            Self::TokenVersion => "server-token-version",
            Self::ServerImplicit => "server-implicit",
            Self::AppIdUri => "server-app-id-uri",
            Self::BrokerOnServer => "server-broker-redirect",
            Self::ServerPermissions => "server-permissions",
            Self::ServerPrincipal => "server-principal",
            Self::ServerAssignment => "server-assignment",
            Self::DirectoryConsent => "server-directory-consent",
            Self::Secrets => "server-secrets",
            Self::ServerAge => "server-age",
            Self::ServerOwners => "server-owners",
            Self::ClientApp => "client-app",
            Self::ClientAudience => "client-audience",
            Self::ClientRedirect => "client-redirect",
            Self::PublicClient => "client-public",
            Self::ClientPermissions => "client-permissions",
            Self::ClientImplicit => "client-implicit",
            Self::ClientPrincipal => "client-principal",
            Self::ClientAssignment => "client-assignment",
            Self::ServerConsent => "client-consent",
            Self::GraphConsent => "client-graph-consent",
            Self::ClientOwners => "client-owners",
            Self::SecretPolicy => "tenant-secret-policy",
            Self::ConditionalAccess => "tenant-conditional-access",
            Self::Providers => "azure-providers",
        }
    }

    /// True if the check is about the web (server) app.
    #[must_use]
    pub fn is_of_server(self) -> bool {
        self <= Self::ServerOwners
    }

    /// True if the check is about the native (client) app.
    #[must_use]
    pub fn is_of_client(self) -> bool {
        self > Self::ServerOwners && self <= Self::ClientOwners
    }

    /// Title of the check for the user.
    #[must_use]
    pub fn title(self, t: Locale) -> &'static str {
        match self {
            Self::ServerApp => t.plan_server_app(),
            Self::ClientApp => t.plan_client_app(),
            Self::ServerAudience | Self::ClientAudience => t.doc_audience(),
            Self::ServerRedirect | Self::ClientRedirect => t.doc_redirect(),
            Self::ServerScope => t.doc_scope(),
            Self::DeviceTokens => t.doc_device_tokens(),
            Self::TokenVersion => t.doc_token_version(),
            Self::ServerImplicit | Self::ClientImplicit => t.doc_implicit(),
            Self::AppIdUri => t.doc_app_id_uri(),
            Self::BrokerOnServer => t.doc_broker(),
            Self::ServerPermissions | Self::ClientPermissions => t.doc_permissions(),
            Self::ServerPrincipal | Self::ClientPrincipal => t.doc_principal(),
            Self::ServerAssignment | Self::ClientAssignment => t.doc_assignment(),
            Self::DirectoryConsent => t.doc_directory(),
            Self::Secrets => t.doc_secrets(),
            Self::ServerAge => t.doc_age(),
            Self::ServerOwners | Self::ClientOwners => t.doc_owners(),
            Self::PublicClient => t.doc_public_client(),
            Self::ServerConsent => t.doc_server_consent(),
            Self::GraphConsent => t.doc_graph_consent(),
            Self::SecretPolicy => t.doc_secret_policy(),
            Self::ConditionalAccess => t.doc_conditional_access(),
            Self::Providers => t.doc_providers(),
        }
    }

    /// What a failure means for clients and for the site.
    #[must_use]
    pub fn meaning(self, t: Locale) -> &'static str {
        match self {
            Self::ServerApp => t.doc_server_app_why(),
            Self::ClientApp => t.doc_client_app_why(),
            Self::ServerAudience | Self::ClientAudience => t.doc_audience_why(),
            Self::ServerRedirect => t.doc_server_redirect_why(),
            Self::ClientRedirect => t.doc_client_redirect_why(),
            Self::ServerScope => t.doc_scope_why(),
            Self::DeviceTokens => t.doc_device_tokens_why(),
            Self::TokenVersion => t.doc_token_version_why(),
            Self::ServerImplicit | Self::ClientImplicit => t.doc_implicit_why(),
            Self::AppIdUri => t.doc_app_id_uri_why(),
            Self::BrokerOnServer => t.doc_broker_why(),
            Self::ServerPermissions => t.doc_server_permissions_why(),
            Self::ClientPermissions => t.doc_client_permissions_why(),
            Self::ServerPrincipal | Self::ClientPrincipal => t.doc_principal_why(),
            Self::ServerAssignment | Self::ClientAssignment => t.doc_assignment_why(),
            Self::DirectoryConsent => t.doc_directory_why(),
            Self::Secrets => t.doc_secrets_why(),
            Self::ServerAge => t.doc_age_why(),
            Self::ServerOwners | Self::ClientOwners => t.doc_owners_why(),
            Self::PublicClient => t.doc_public_client_why(),
            Self::ServerConsent => t.doc_server_consent_why(),
            Self::GraphConsent => t.doc_graph_consent_why(),
            Self::SecretPolicy => t.doc_secret_policy_why(),
            Self::ConditionalAccess => t.doc_conditional_access_why(),
            Self::Providers => t.doc_providers_why(),
        }
    }

    /// Page that documents the rule.
    #[must_use]
    pub fn source(self) -> Source {
        match self {
            Self::ServerApp
            | Self::ClientApp
            | Self::ServerAudience
            | Self::ClientAudience
            | Self::ClientRedirect
            | Self::ServerScope
            | Self::ServerImplicit
            | Self::ClientImplicit
            | Self::PublicClient
            | Self::BrokerOnServer
            | Self::ClientPermissions => sources::REGISTER,
            Self::ServerRedirect => sources::NEW_2309,
            Self::DeviceTokens => sources::APPLICATION,
            Self::TokenVersion | Self::Providers => sources::CONFIGURE,
            Self::AppIdUri => sources::URIS,
            Self::ServerPermissions | Self::DirectoryConsent => sources::DISCOVERY,
            Self::ServerPrincipal
            | Self::ClientPrincipal
            | Self::ServerAssignment
            | Self::ClientAssignment => sources::PRINCIPAL,
            Self::Secrets | Self::ConditionalAccess => sources::WIZARD,
            Self::ServerAge => sources::NEW_2409,
            Self::ServerOwners | Self::ClientOwners => sources::PRACTICES,
            Self::ServerConsent | Self::GraphConsent => sources::CONSENT,
            Self::SecretPolicy => sources::POLICY,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_check_has_a_unique_key_and_text() {
        let t = Locale::En;
        let keys: BTreeSet<&str> = CheckId::ALL.iter().map(|id| id.key()).collect();
        assert_eq!(keys.len(), CheckId::ALL.len());
        for id in CheckId::ALL {
            assert!(!id.title(t).is_empty() && !id.meaning(t).is_empty());
            assert!(sources::ALL.contains(&id.source()));
        }
        assert!(CheckId::ServerOwners.is_of_server() && !CheckId::ServerOwners.is_of_client());
        assert!(CheckId::ClientApp.is_of_client() && !CheckId::ClientApp.is_of_server());
        assert!(!CheckId::Providers.is_of_client());
    }
}
