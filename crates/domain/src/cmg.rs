//! What Configuration Manager requires of the two apps, with sources.
//!
//! Planning and checking both use these values. They do not depend on a tenant; the App ID URI is in `app_id_uri.rs`. Source unless noted:
//! "Manually register Microsoft Entra apps for the CMG" (2026-08-06).

use crate::confusables::CharPosition;
use crate::confusables::find_spot;
use crate::confusables::is_unseen;
use crate::ids::AppId;
use crate::locale::Locale;
use crate::variants::variants;
use strum::EnumCount;
use strum::VariantArray;

/// Default name of the server ("web") app.
pub const SERVER_APP_NAME: &str = "CMG-ServerApp";
/// Default name of the client ("native") app.
pub const CLIENT_APP_NAME: &str = "CMG-ClientApp";

/// Graph's value for "accounts in this organizational directory only". Always sent: when it was omitted, Graph used a wider audience.
pub const SIGN_IN_AUDIENCE: &str = "AzureADMyOrg";

/// Delegated permission that the server app exposes and the client app requests.
pub const SCOPE_VALUE: &str = "user_impersonation";
/// Graph's value for a scope that admins and users can consent to.
pub const SCOPE_TYPE: &str = "User";

/// Redirect URI of the server app, on platform Web (`web.redirectUris`). Articles from 2023 to 2024 put it on platform "Mobile and desktop
/// applications"; an existing app may keep it there.
pub const SERVER_REDIRECT: &str = "http://localhost";

/// Default of the console's own dialogs for home page, reply URL, and App ID URI ("Azure Services Wizard", 2026). Microsoft Entra ID no
/// longer accepts it as an App ID URI, because its host is not a verified domain of any tenant.
pub const CONSOLE_DEFAULT: &str = "https://ConfigMgrService";

/// Maximum length of the display name of a single-tenant app ("Validation differences by supported account types", 2026-09-25).
pub const APP_NAME_MAX: usize = 120;
/// Maximum length of an Azure service connection's name in this product. Microsoft states no limit; the name must fit on one line of a
/// list.
pub const CONNECTION_NAME_MAX: usize = 100;
/// Maximum length of a connection's description in this product, for the same reason.
pub const DESCRIPTION_MAX: usize = 512;
/// Maximum length of the home page URL in this product: Microsoft Entra ID's limit for the other URLs of an app (same page as
/// [`APP_NAME_MAX`]).
pub const HOME_PAGE_MAX: usize = 255;

/// Redirect URI of the client app, which the Windows token broker uses. It contains the app ID, so it is added after the app is created.
/// Comparison is exact: `BrokerPlugin` keeps its capital letters.
#[must_use]
pub fn broker_redirect(client: AppId) -> String {
    broker_redirect_text(&client.to_string())
}

/// The redirect URI of the client app with this text in place of its app ID.
#[must_use]
pub fn broker_redirect_text(client: &str) -> String {
    format!("{BROKER}{client}")
}

const BROKER: &str = "ms-appx-web://Microsoft.AAD.BrokerPlugin/";

/// Whether a redirect URI belongs to the Windows token broker, for any app and in any spelling.
#[must_use]
pub fn is_broker(uri: &str) -> bool {
    uri.get(..BROKER.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(BROKER))
}

/// Whether it is a token broker URI other than the exact one this client app needs.
#[must_use]
pub fn is_foreign_broker(uri: &str, client: AppId) -> bool {
    is_broker(uri) && uri != broker_redirect(client)
}

/// Lifetime of a new client secret.
///
/// Configuration Manager's documentation lists these two. A tenant's policy may allow less ("Configure app management policies",
/// 2025-07-23).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumCount, VariantArray)]
pub enum SecretLife {
    /// Twelve months, the default of the console.
    #[default]
    OneYear,
    /// Twenty-four months, the longer of the two.
    TwoYears,
}

impl SecretLife {
    /// All lifetimes, in display order.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the lifetime in links and saved drafts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::OneYear => "1-year",
            Self::TwoYears => "2-years",
        }
    }

    /// Returns the lifetime for a `key`; the match is case-sensitive.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|life| life.key() == key)
    }

    /// Lifetime in whole years. To compute a date, a year has 365 days, because tenant policies count days.
    #[must_use]
    pub fn years(self) -> u8 {
        match self {
            Self::OneYear => 1,
            Self::TwoYears => 2,
        }
    }

    /// Display name of the lifetime.
    #[must_use]
    pub fn label(self, t: Locale) -> &'static str {
        match self {
            Self::OneYear => t.cmg_secret_one_year(),
            Self::TwoYears => t.cmg_secret_two_years(),
        }
    }
}

/// An Azure resource provider that a cloud management gateway (virtual machine scale set) needs ("Configure Microsoft Entra ID for CMG",
/// 2026).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumCount, VariantArray)]
pub enum ProviderNamespace {
    /// Stores the gateway's certificate.
    KeyVault,
    /// Stores content and the deployment files.
    Storage,
    /// IP address and load balancer.
    Network,
    /// The virtual machines of the gateway.
    Compute,
}

/// The features of a gateway on which the needed providers depend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GatewayFeatures {
    /// The site discovers users in Microsoft Entra ID.
    pub discovery: bool,
}

/// One row of the table of providers.
struct ProviderRow {
    namespace: &'static str,
    repair_key: &'static str,
    purpose: fn(Locale) -> &'static str,
    is_needed: fn(GatewayFeatures) -> bool,
}

impl ProviderNamespace {
    /// All providers, in the order of Microsoft's article.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Everything that is known of a provider, in one row. A new provider needs its variant and its row here, and its purpose in
    /// `locales/*/wizard.ftl`; the run, the checks, the repairs, and the hand-over take the rest from here.
    const fn row(self) -> ProviderRow {
        match self {
            Self::KeyVault => ProviderRow {
                namespace: "Microsoft.KeyVault",
                repair_key: "register-key-vault",
                purpose: Locale::provider_key_vault,
                is_needed: |_| true,
            },
            Self::Storage => ProviderRow {
                namespace: "Microsoft.Storage",
                repair_key: "register-storage",
                purpose: Locale::provider_storage,
                is_needed: |_| true,
            },
            Self::Network => ProviderRow {
                namespace: "Microsoft.Network",
                repair_key: "register-network",
                purpose: Locale::provider_network,
                is_needed: |_| true,
            },
            Self::Compute => ProviderRow {
                namespace: "Microsoft.Compute",
                repair_key: "register-compute",
                purpose: Locale::provider_compute,
                is_needed: |_| true,
            },
        }
    }

    /// Namespace as Azure Resource Manager spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().namespace
    }

    /// Returns the provider for a namespace. Azure Resource Manager ignores the case.
    #[must_use]
    pub fn find(namespace: &str) -> Option<Self> {
        let is_it = |it: &Self| it.name().eq_ignore_ascii_case(namespace);
        Self::ALL.into_iter().find(is_it)
    }

    /// Key of the repair that registers the provider, in stored drafts, reports, and links. It never changes.
    #[must_use]
    pub fn repair_key(self) -> &'static str {
        self.row().repair_key
    }

    /// What the gateway needs the provider for.
    #[must_use]
    pub fn purpose(self, t: Locale) -> &'static str {
        (self.row().purpose)(t)
    }

    /// Whether a gateway with these features needs the provider.
    #[must_use]
    pub fn is_needed(self, gateway: GatewayFeatures) -> bool {
        (self.row().is_needed)(gateway)
    }

    /// The permission needed to register the provider.
    #[must_use]
    pub fn register_action(self) -> String {
        format!("{}/register/action", self.name())
    }
}

/// Resource providers of the classic gateway, shown for information only: it cannot be created since version 2203.
pub const CLASSIC_PROVIDERS: [&str; 2] = ["Microsoft.ClassicCompute", "Microsoft.Storage"];

/// Why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// The name is empty.
    Empty,
    /// The name has too many characters.
    TooLong {
        /// Number of characters in the name.
        length: usize,
        /// Maximum number of characters.
        most: usize,
    },
    /// An invisible character: control, bidirectional, or zero-width.
    Unseen(CharPosition),
    /// A space at the start or the end.
    EdgeBlank,
}

impl NameError {
    /// One sentence with the rule and how to fix the name.
    #[must_use]
    pub fn sentence(&self, t: Locale) -> String {
        match self {
            Self::Empty => t.cmg_name_empty().to_owned(),
            Self::TooLong { length, most } => t.cmg_name_too_long(length, most),
            Self::Unseen(spot) => t.cmg_name_unseen(spot.character, spot.position),
            Self::EdgeBlank => t.cmg_name_edge_blank().to_owned(),
        }
    }
}

/// Validates one line of text: not empty, no invisible characters, no space at either end, not too long.
///
/// # Errors
/// Why the text is refused.
pub fn check_name(text: &str, most: usize) -> Result<(), NameError> {
    if text.trim().is_empty() {
        return Err(NameError::Empty);
    }
    // Counts UTF-16 code units as .NET does, because the service applies the limit to them: a character outside the basic plane counts as
    // two.
    let length = text.encode_utf16().count();
    if length > most {
        return Err(NameError::TooLong { length, most });
    }
    if let Some(spot) = find_spot(text, is_unseen) {
        return Err(NameError::Unseen(spot));
    }
    if text.trim() != text {
        return Err(NameError::EdgeBlank);
    }
    Ok(())
}

/// Display name of an app. Microsoft Entra ID does not require it to be unique, so it does not identify an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppName(String);

impl AppName {
    /// Parses a name as typed.
    ///
    /// # Errors
    /// Why the name is refused.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        check_name(text, APP_NAME_MAX).map(|()| Self(text.to_owned()))
    }

    /// Default name of the server app.
    #[must_use]
    pub fn server() -> Self {
        Self(SERVER_APP_NAME.to_owned())
    }

    /// Default name of the client app.
    #[must_use]
    pub fn client() -> Self {
        Self(CLIENT_APP_NAME.to_owned())
    }

    /// The name as plain text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Name of the Azure service connection in the Configuration Manager console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionName(String);

impl ConnectionName {
    /// Parses a name as typed.
    ///
    /// # Errors
    /// Why the name is refused.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        check_name(text, CONNECTION_NAME_MAX).map(|()| Self(text.to_owned()))
    }

    /// The name as plain text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a home page URL is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomePageError {
    /// The URL is empty.
    Empty,
    /// The URL has too many characters.
    TooLong {
        /// Number of characters in the URL.
        length: usize,
    },
    /// The URL starts with neither `https://` nor `http://`.
    Scheme,
    /// No host after the scheme, or a user name before the host.
    Host,
    /// A character that a URL cannot contain: space, control, or non-ASCII.
    Character(CharPosition),
}

impl HomePageError {
    /// One sentence with the rule and how to fix the URL.
    #[must_use]
    pub fn sentence(&self, t: Locale) -> String {
        match self {
            Self::Empty => t.cmg_home_page_empty(CONSOLE_DEFAULT),
            Self::TooLong { length } => t.cmg_home_page_too_long(length, HOME_PAGE_MAX),
            Self::Scheme => t.cmg_home_page_scheme().to_owned(),
            Self::Host => t.cmg_home_page_host().to_owned(),
            Self::Character(spot) => t.cmg_home_page_character(spot.character, spot.position),
        }
    }
}

/// Home page of the app, `web.homePageUrl`. The console's own dialog asks for one, but Configuration Manager never uses it and no user
/// visits it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomePageUrl(String);

impl HomePageUrl {
    /// Parses a URL as typed.
    ///
    /// # Errors
    /// Why the URL is refused.
    pub fn parse(text: &str) -> Result<Self, HomePageError> {
        if text.is_empty() {
            return Err(HomePageError::Empty);
        }
        let length = text.chars().count();
        if length > HOME_PAGE_MAX {
            return Err(HomePageError::TooLong { length });
        }
        let is_never_in_a_url = |c: char| {
            !c.is_ascii_graphic()
                || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        };
        if let Some(spot) = find_spot(text, is_never_in_a_url) {
            return Err(HomePageError::Character(spot));
        }
        let rest = match text.split_once("://") {
            Some((scheme, rest))
                if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") =>
            {
                rest
            }
            Some(_) | None => return Err(HomePageError::Scheme),
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.split(':').next().unwrap_or_default();
        if host.is_empty() || authority.contains('@') {
            return Err(HomePageError::Host);
        }
        Ok(Self(text.to_owned()))
    }

    /// The URL as plain text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The console's own default URL.
impl Default for HomePageUrl {
    fn default() -> Self {
        Self(CONSOLE_DEFAULT.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Locale = Locale::En;

    #[track_caller]
    fn name_refused(text: &str, sentence: &str) {
        assert_eq!(
            AppName::parse(text).map_err(|error| error.sentence(EN)),
            Err(sentence.to_owned()),
            "{text:?}"
        );
    }

    #[test]
    fn an_invalid_name_is_refused_with_a_reason() {
        name_refused("", "Type a name.");
        name_refused("  ", "Type a name.");
        name_refused(
            &"a".repeat(121),
            "The name has 121 characters and the limit is 120, so shorten it.",
        );
        name_refused(
            &"\u{1F600}".repeat(61),
            "The name has 122 characters and the limit is 120, so shorten it.",
        );
        name_refused(
            "CMG\u{202e}App",
            "Character 4 (U+202E) is invisible, so delete it or type the name again.",
        );
        name_refused(
            "CMG\nApp",
            "Character 4 (U+000A) is invisible, so delete it or type the name again.",
        );
        name_refused(
            " CMG",
            "The name begins or ends with a space, so remove that space.",
        );
        name_refused(
            "CMG\u{a0}",
            "The name begins or ends with a space, so remove that space.",
        );
    }

    #[test]
    fn common_names_are_accepted() {
        for text in [
            SERVER_APP_NAME,
            CLIENT_APP_NAME,
            "CMG server app (Göteborg)",
            "O'Brien & Søn",
            "構成マネージャー",
            &"a".repeat(120),
        ] {
            assert_eq!(AppName::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(AppName::parse(SERVER_APP_NAME), Ok(AppName::server()));
        assert_eq!(AppName::parse(CLIENT_APP_NAME), Ok(AppName::client()));
    }

    #[test]
    fn a_connection_name_has_its_own_limit() {
        assert!(ConnectionName::parse(&"a".repeat(100)).is_ok());
        assert_eq!(
            ConnectionName::parse(&"a".repeat(101)),
            Err(NameError::TooLong {
                length: 101,
                most: 100
            })
        );
        assert_eq!(
            ConnectionName::parse("Contoso CMG").unwrap().as_str(),
            "Contoso CMG"
        );
    }

    #[track_caller]
    fn home_page_refused(text: &str, sentence: &str) {
        assert_eq!(
            HomePageUrl::parse(text).map_err(|error| error.sentence(EN)),
            Err(sentence.to_owned()),
            "{text:?}"
        );
    }

    #[test]
    fn an_invalid_home_page_url_is_refused_with_a_reason() {
        home_page_refused(
            "",
            "Type a home page URL, such as https://ConfigMgrService.",
        );
        home_page_refused(
            &format!("https://{}", "a".repeat(248)),
            "The home page URL has 256 characters and the limit is 255, so shorten it.",
        );
        let scheme = "A home page URL must begin with https:// or http://, so type it in full.";
        home_page_refused("javascript:alert(1)", scheme);
        home_page_refused("javascript://contoso.com/%0aalert(1)", scheme);
        home_page_refused("contoso.com", scheme);
        home_page_refused("data:text/html,x", scheme);
        let host = "Only a host name can follow //, without a user name, so type it like https://cmg.contoso.com.";
        home_page_refused("https://", host);
        home_page_refused("https:///x", host);
        home_page_refused("https://:443/x", host);
        home_page_refused("https://contoso.com@evil.example/", host);
        home_page_refused(
            "https://contoso.com/a b",
            "Character 22 (U+0020) is not allowed in a URL, so delete it or type the URL again.",
        );
        home_page_refused(
            "https://cont\u{43e}so.com",
            "Character 13 (U+043E) is not allowed in a URL, so delete it or type the URL again.",
        );
    }

    #[test]
    fn the_console_default_home_page_url_is_accepted() {
        assert_eq!(
            HomePageUrl::parse(CONSOLE_DEFAULT),
            Ok(HomePageUrl::default())
        );
        assert!(HomePageUrl::parse("http://intranet/cmg?x=1#y").is_ok());
        assert!(HomePageUrl::parse("HTTPS://cmg.contoso.com:8443").is_ok());
    }

    #[test]
    fn the_broker_redirect_uri_ends_with_the_client_id() {
        let client = "5e97358c-d99c-4558-af0c-de7774091dda".parse().unwrap();
        assert_eq!(
            broker_redirect(client),
            "ms-appx-web://Microsoft.AAD.BrokerPlugin/5e97358c-d99c-4558-af0c-de7774091dda"
        );
    }

    #[test]
    fn a_provider_has_a_register_action() {
        assert_eq!(
            ProviderNamespace::Compute.register_action(),
            "Microsoft.Compute/register/action"
        );
    }

    #[test]
    fn every_provider_is_found_by_its_namespace() {
        for provider in ProviderNamespace::ALL {
            let namespace = provider.name().to_uppercase();
            assert_eq!(ProviderNamespace::find(&namespace), Some(provider));
        }
        assert_eq!(ProviderNamespace::find("Microsoft.ClassicCompute"), None);
    }

    #[test]
    fn every_secret_lifetime_is_found_by_its_key() {
        for life in SecretLife::ALL {
            assert_eq!(SecretLife::find(life.key()), Some(life));
        }
        assert_eq!(SecretLife::find("never"), None);
        assert_eq!(
            SecretLife::ALL.map(|life| (life.years(), life.label(EN))),
            [(1, "1 year"), (2, "2 years")]
        );
    }
}
