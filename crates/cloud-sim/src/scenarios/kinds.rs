//! The list of scenarios.

macro_rules! scenarios {
    ($($name:ident $key:literal $what:literal)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scenario {
            $(#[doc = $what] $name,)*
        }

        impl Scenario {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Name in tests and on command lines.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            /// Description in one line.
            #[must_use]
            pub const fn what(self) -> &'static str {
                match self {
                    $(Self::$name => $what,)*
                }
            }
        }
    };
}

scenarios! {
    Docs2026 "docs-2026" "After the article of 2026-08: all it says, and so no device tokens."
    Docs2026Complete "docs-2026-complete" "The same with device tokens, as this tool makes it but for its marks: nothing is wrong with it."
    Docs2024 "docs-2024" "After the article of 2024: ID tokens by the implicit flow on both apps, no device tokens."
    Docs2023 "docs-2023" "After the article of 2023: as in 2024, with the redirect under mobile and desktop."
    Docs2021 "docs-2021" "After the article of 2021, without discovery: no redirect, the client app does not ask for the server app."
    Console2018 "console-2018" "Made by a console of 1810: App ID URI https://ConfigMgrService, Azure AD Graph, a secret for 99 years."
    Console2309 "console-2309" "Made by a console since 2309, with discovery."

    ServerMultiTenant "server-multi-tenant" "The server app is for accounts of any organization."
    ClientMultiTenant "client-multi-tenant" "The client app is for accounts of any organization."
    NoRedirect "no-redirect" "The server app has no redirect."
    RedirectSpa "redirect-spa" "The server app's redirect is under single-page applications only."
    RedirectTwice "redirect-twice" "The server app's redirect is on two platforms."
    BrokerOnServer "broker-on-server" "The server app has a broker redirect of its own."
    NoBroker "no-broker" "The client app has no broker redirect."
    BrokerCase "broker-case" "The client app's broker redirect is written in another case."
    BrokerServerId "broker-server-id" "The client app's broker redirect carries the server app's ID."
    NoScope "no-scope" "The server app exposes no scope."
    ScopeDisabled "scope-disabled" "The server app's scope is disabled."
    ScopeAdmins "scope-admins" "Only admins may consent to the server app's scope."
    ScopeRenamed "scope-renamed" "The server app's scope has another name."
    OldScopeId "old-scope-id" "The client app asks for a scope ID the server app no longer has."
    DeviceTokensUnset "device-tokens-unset" "Nothing is said about device tokens."
    DeviceTokensOff "device-tokens-off" "Device tokens are off."
    TokensV2 "tokens-v2" "The server app asks for version 2 tokens."
    ServerIdTokens "server-id-tokens" "The server app issues ID tokens by the implicit flow."
    ClientIdTokens "client-id-tokens" "The client app issues ID tokens by the implicit flow."
    ServerAccessTokens "server-access-tokens" "The server app issues access tokens by the implicit flow."
    NoAppIdUri "no-app-id-uri" "The server app has no App ID URI."
    AppIdUriDomain "app-id-uri-domain" "The App ID URI is on the tenant's domain, which is fine."
    AppIdUriWord "app-id-uri-word" "The App ID URI is the tenant's ID and a word, which is fine."
    SecondAppIdUri "second-app-id-uri" "The server app has two App ID URIs."
    PublicClientOff "public-client-off" "The client app does not allow public client flows."
    NoUserRead "no-user-read" "The client app does not ask for User.Read."
    NoClientPermission "no-client-permission" "The client app does not ask for the server app's scope."
    DirectoryReadDelegated "directory-read-delegated" "The server app has Directory.Read.All as a delegated permission."
    DirectoryReadUnassigned "directory-read-unassigned" "The server app asks for Directory.Read.All, and nobody granted it."
    AzureAdGraph "azure-ad-graph" "The server app's permission is one of Azure AD Graph, which is gone."
    NoServerPrincipal "no-server-principal" "The server app has no service principal."
    NoClientPrincipal "no-client-principal" "The client app has no service principal."
    ServerPrincipalOff "server-principal-off" "Nobody may sign in to the server app."
    ClientPrincipalOff "client-principal-off" "Nobody may sign in to the client app."
    ServerAssignment "server-assignment" "The server app lets only those in who are assigned to it."
    ClientAssignment "client-assignment" "The client app lets only those in who are assigned to it."
    NoConsent "no-consent" "Nobody consented to what the client app asks for."
    ConsentOneUser "consent-one-user" "Consent to the server app is one person's only."
    ConsentOtherScope "consent-other-scope" "Consent to the server app names another scope."
    NoClientApp "no-client-app" "There is no client app."
    NoServerApp "no-server-app" "There is no server app; the client app still asks for it."
    SecretExpired "secret-expired" "The secret ended ten days ago."
    SecretEndsSoon "secret-ends-soon" "The secret ends in 20 days."
    NoSecret "no-secret" "The server app has no secret."
    SevenSecrets "seven-secrets" "The server app has seven secrets."
    SecretBeyondPolicy "secret-beyond-policy" "The secret lives longer than the tenant's policy now allows."
    OldApp "old-app" "Both apps are older than 800 days."
    NoOwners "no-owners" "The server app has no owner."
    OneApp "one-app" "One app is client and server, and asks for its own scope."
    DeletedPair "deleted-pair" "Both apps were deleted five days ago."
    TwoPairs "two-pairs" "There are two complete pairs."
    AccessAllApps "access-all-apps" "Conditional Access guards all apps."
    AccessExcluded "access-excluded" "Conditional Access guards all apps but the server app."
    AccessReportOnly "access-report-only" "Conditional Access guards all apps, in reports only."
}
