//! The page's own registration in Microsoft Entra ID, as four ways of making it: the portal, Azure CLI, Microsoft Graph PowerShell, Bicep.
//!
//! All of them come to the same app: single tenant, the platform Single-page application alone, exactly these redirect URIs and these
//! delegated permissions, no secret. The scripts find it by a key of its own (`marks::page_key`), never by its name, so that a second run
//! changes nothing. The key depends on the address: two pages in one tenant are two apps.

use std::fmt::Write as _;

use crate::auth::Audience;
use crate::auth::scopes::Scope;
use crate::auth::scopes::ScopeSet;
use crate::auth::sign_in::OPENID;
use crate::export::quote::Quotable;
use domain::cloud::Cloud;
use domain::marks;
use domain::words::Words;

pub mod address;
pub mod azure_cli;
pub mod bicep;
pub mod fault;
pub mod graph_powershell;
pub mod portal;

use address::PageAddress;

/// Everything a registration of the page is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The cloud. A registration is of one cloud.
    pub cloud: Cloud,
    /// What the page may be used for with it.
    pub work: ScopeSet,
    /// Where the page stands.
    pub address: PageAddress,
    /// Other pages may hold it in a frame.
    pub is_framed: bool,
    /// Consent for everybody in the tenant, with the registration.
    pub consents: bool,
}

/// A way of making it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// By hand.
    #[default]
    Portal,
    /// A script for bash.
    AzureCli,
    /// A script for PowerShell.
    GraphPowerShell,
    /// A template.
    Bicep,
}

impl Way {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [
        Self::Portal,
        Self::AzureCli,
        Self::GraphPowerShell,
        Self::Bicep,
    ];

    /// Its word in the markup.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::AzureCli => "azure-cli",
            Self::GraphPowerShell => "powershell",
            Self::Bicep => "bicep",
        }
    }

    /// What a person reads.
    #[must_use]
    pub fn name(self, words: Words) -> &'static str {
        match self {
            Self::Portal => words.register_way_portal(),
            Self::AzureCli => words.register_way_cli(),
            Self::GraphPowerShell => words.register_way_powershell(),
            Self::Bicep => words.register_way_bicep(),
        }
    }

    /// The name of its file; empty for the portal, where nothing runs.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Portal => "",
            Self::AzureCli => "register-cmg-entra-setup.sh",
            Self::GraphPowerShell => "register-cmg-entra-setup.ps1",
            Self::Bicep => "register-cmg-entra-setup.bicep",
        }
    }

    /// What is in that file; nothing for the portal, and where Microsoft does not offer this way.
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
    /// Where sign-ins come back to: the page, and what answers it in a frame.
    #[must_use]
    pub fn redirect_uris(&self) -> Vec<String> {
        let mut uris = vec![self.address.as_str().to_owned()];
        uris.extend(self.is_framed.then(|| self.address.bridge()));
        uris
    }

    /// The key by which the scripts find it again.
    #[must_use]
    pub fn key(&self) -> String {
        marks::page_key(self.address.as_str())
    }

    /// The permissions it lists.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        self.work.registered()
    }

    /// Those of one service, in one line, as a consent lists them. What every sign-in asks for beside them is consented to at Microsoft
    /// Graph: a registration need not list it.
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

    /// The services it has permissions of.
    fn audiences(&self) -> impl Iterator<Item = Audience> {
        let scopes = self.scopes();
        Audience::ALL
            .into_iter()
            .filter(move |audience| scopes.iter().any(|scope| scope.audience() == *audience))
    }

    /// The app as Microsoft Graph takes it, on a few lines so that a person can read it.
    ///
    /// Written by hand and not by a serializer: the order is for reading, and nothing in it needs an escape. An address holds letters,
    /// digits and a few signs (`PageAddress`), everything else is this program's own.
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
            tag = marks::PAGE_TAG,
            uris = uris.join(", "),
            resources = resources.join(",\n"),
        )
    }
}

/// What the registration is called in the tenant: the product's name, in ASCII, for the scripts.
pub const NAME: &str = "CMG Entra Setup";

/// A text of this program's own or of an address as a literal. Neither is ever empty or holds a line break; if one did, the literal is an
/// empty one, and Microsoft Graph refuses the request.
pub(in crate::export) fn literal(text: &str, quoted: fn(&Quotable) -> String) -> String {
    Quotable::parse(text).map_or_else(|_| "''".to_owned(), |text| quoted(&text))
}
