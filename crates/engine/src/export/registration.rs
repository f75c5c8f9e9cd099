//! The page's own app registration in Microsoft Entra ID, in four methods: the Microsoft Entra admin center, Azure CLI, Microsoft Graph
//! PowerShell, and Bicep.
//!
//! All methods create the same app: single-tenant, only the platform Single-page application, exactly these redirect URIs and delegated
//! permissions, and no secret. The scripts find the app by its own key (`ownership_tags::page_key`), never by its name, so that a
//! second run changes nothing. The key depends on the address of the page: two pages in one tenant need two apps.

use domain::variants::variants;
use std::fmt::Write as _;
use strum::EnumCount;
use strum::VariantArray;

use crate::auth::account::Audience;
use crate::auth::scopes::Scope;
use crate::auth::scopes::ScopeSet;
use crate::auth::sign_in::OPENID;
use crate::export::quote::QuotedText;
use domain::cloud::Cloud;
use domain::locale::Locale;
use domain::ownership_tags;

pub mod address;
pub mod azure_cli;
pub mod bicep;
pub mod fault;
pub mod graph_powershell;
pub mod portal;

use address::PageAddress;

/// Settings of a registration of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Cloud of the registration, which is valid in one cloud only.
    pub cloud: Cloud,
    /// Permission set that the page may use.
    pub work: ScopeSet,
    /// Address of the page.
    pub address: PageAddress,
    /// Whether other pages may embed the page in a frame.
    pub is_framed: bool,
    /// Whether the registration includes tenant-wide consent.
    pub consents: bool,
}

/// A method to create the registration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Method {
    /// The admin creates it in the Microsoft Entra admin center.
    #[default]
    Portal,
    /// A bash script for Azure CLI.
    AzureCli,
    /// A script for Microsoft Graph PowerShell.
    GraphPowerShell,
    /// A Bicep template with the Microsoft Graph extension.
    Bicep,
}

impl Method {
    /// All methods, in display order.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the method in the markup.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::AzureCli => "azure-cli",
            Self::GraphPowerShell => "powershell",
            Self::Bicep => "bicep",
        }
    }

    /// Display name of the method.
    #[must_use]
    pub fn name(self, t: Locale) -> &'static str {
        match self {
            Self::Portal => t.register_way_portal(),
            Self::AzureCli => t.register_way_cli(),
            Self::GraphPowerShell => t.register_way_powershell(),
            Self::Bicep => t.register_way_bicep(),
        }
    }

    /// File name of the script or template; empty for the admin center.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Portal => "",
            Self::AzureCli => "register-cmg-entra-setup.sh",
            Self::GraphPowerShell => "register-cmg-entra-setup.ps1",
            Self::Bicep => "register-cmg-entra-setup.bicep",
        }
    }

    /// Content of the file. `None` for the admin center, and in clouds where Microsoft does not support the method.
    #[must_use]
    pub fn file(self, registration: &Registration) -> Option<String> {
        match self {
            Self::Portal => None,
            Self::AzureCli => Some(azure_cli::script(registration)),
            Self::GraphPowerShell => Some(graph_powershell::script(registration)),
            // "Microsoft Graph Bicep feature limitations" (2024): for the public cloud only.
            Self::Bicep => {
                (registration.cloud == Cloud::Public).then(|| bicep::template(registration))
            }
        }
    }
}

impl Registration {
    /// Redirect URIs: the page, and the page that receives responses for a page in a frame.
    #[must_use]
    pub fn redirect_uris(&self) -> Vec<String> {
        let mut uris = vec![self.address.as_str().to_owned()];
        uris.extend(self.is_framed.then(|| self.address.bridge()));
        uris
    }

    /// The unique key by which the scripts find the app again.
    #[must_use]
    pub fn key(&self) -> String {
        ownership_tags::page_key(self.address.as_str())
    }

    /// Permissions that the registration lists.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        self.work.registered()
    }

    /// Permissions of one service on one line, as a consent lists them. The OpenID Connect scopes that every sign-in requests are consented
    /// to with Microsoft Graph; a registration does not need to list them.
    #[must_use]
    pub fn scope_line(&self, audience: Audience) -> String {
        let of_sign_in = (audience == Audience::Graph).then_some(OPENID);
        let scopes = self.scopes();
        let names: Vec<_> = of_sign_in
            .into_iter()
            .chain(
                scopes
                    .iter()
                    .filter(|scope| scope.audience() == audience)
                    .map(|scope| scope.name()),
            )
            .collect();
        names.join(" ")
    }

    /// The services that define its permissions.
    fn audiences(&self) -> impl Iterator<Item = Audience> {
        let scopes = self.scopes();
        Audience::ALL
            .into_iter()
            .filter(move |audience| scopes.iter().any(|scope| scope.audience() == *audience))
    }

    /// The app as JSON for Microsoft Graph, on several lines so that admins can read it.
    ///
    /// Written by hand instead of a serializer: the order helps the reader, and no value needs an escape. An address contains letters,
    /// digits, and a few punctuation characters (`PageAddress`); everything else is fixed text.
    fn body(&self) -> String {
        let uris: Vec<_> = self
            .redirect_uris()
            .iter()
            .map(|uri| format!("\"{uri}\""))
            .collect();
        let resources: Vec<_> = self
            .audiences()
            .map(|audience| {
                let mut text = format!(
                    "    {{ \"resourceAppId\": \"{}\", \"resourceAccess\": [",
                    audience.app_id()
                );
                let scopes: Vec<_> = self
                    .scopes()
                    .into_iter()
                    .filter(|scope| scope.audience() == audience)
                    .map(|scope| {
                        format!(
                            "      {{ \"id\": \"{}\", \"type\": \"Scope\" }}",
                            scope.guid()
                        )
                    })
                    .collect();
                let _ = write!(text, "\n{}\n    ] }}", scopes.join(",\n"));
                text
            })
            .collect();
        format!(
            r#"{{
  "displayName": "{NAME}",
  "signInAudience": "AzureADMyOrg",
  "tags": ["{tag}"],
  "spa": {{ "redirectUris": [{uris}] }},
  "web": {{
    "redirectUris": [],
    "implicitGrantSettings": {{ "enableIdTokenIssuance": false, "enableAccessTokenIssuance": false }}
  }},
  "publicClient": {{ "redirectUris": [] }},
  "isFallbackPublicClient": false,
  "requiredResourceAccess": [
{resources}
  ]
}}"#,
            tag = ownership_tags::PAGE_TAG,
            uris = uris.join(", "),
            resources = resources.join(",\n"),
        )
    }
}

/// Display name of the registration: the product's name, in ASCII for the scripts.
pub const NAME: &str = "CMG Entra Setup";

/// A fixed text or an address as a literal. Neither is ever empty or contains a line break; if one did, the literal would be empty and
/// Microsoft Graph would refuse the request.
pub(in crate::export) fn literal(text: &str, quoted: fn(&QuotedText) -> String) -> String {
    QuotedText::parse(text).map_or_else(|_| "''".to_owned(), |text| quoted(&text))
}
