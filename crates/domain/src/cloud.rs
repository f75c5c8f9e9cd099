//! The national clouds: all hosts, audiences, and Configuration Manager names in one table.
//!
//! Microsoft hosts appear only in this file. Sources: "National clouds" (Microsoft identity platform, 2025-01-15), "Microsoft Graph
//! national cloud deployments", and the `AzureEnvironment` values of the Configuration Manager cmdlets (2026-01-28).

use crate::variants::variants;
use strum::EnumCount;
use strum::VariantArray;

/// A cloud that supports a cloud management gateway, with its Graph deployment.
///
/// GCC (not High) tenants are in `Public`: they use the worldwide endpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumCount, VariantArray)]
pub enum Cloud {
    /// The global Azure cloud.
    #[default]
    Public,
    /// Azure US Government with Microsoft Graph for GCC High (L4).
    UsGov,
    /// Azure US Government with Microsoft Graph for the Department of Defense (L5).
    UsGovDod,
}

impl Cloud {
    /// All clouds, in display order.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the cloud in `config.json`, links, and saved drafts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::UsGov => "usgov",
            Self::UsGovDod => "usgov-dod",
        }
    }

    /// Returns the cloud for a `key`; the match is case-sensitive.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cloud| cloud.key() == key)
    }

    /// Configuration Manager's name for the Azure environment (wizard, `-AzureEnvironmentOption`).
    #[must_use]
    pub fn azure_environment(self) -> &'static str {
        match self {
            Self::Public => "AzurePublicCloud",
            Self::UsGov | Self::UsGovDod => "AzureUSGovernmentCloud",
        }
    }

    /// Name of the Azure environment in Terraform's providers for Azure ("AzAPI Provider", 2026-08-13).
    #[must_use]
    pub fn terraform_environment(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::UsGov | Self::UsGovDod => "usgovernment",
        }
    }

    /// Name of the deployment of Microsoft Graph in Terraform's azuread provider ("Azure Active Directory Provider", 3.7, 2026).
    #[must_use]
    pub fn terraform_graph_environment(self) -> &'static str {
        match self {
            Self::Public => "global",
            Self::UsGov => "usgovernmentl4",
            Self::UsGovDod => "usgovernmentl5",
        }
    }

    /// Audience of a token that an external identity provider, such as GitHub, issues for a workload ("Workload identity federation", 2026).
    #[must_use]
    pub fn token_exchange_audience(self) -> &'static str {
        match self {
            Self::Public => "api://AzureADTokenExchange",
            Self::UsGov | Self::UsGovDod => "api://AzureADTokenExchangeUSGov",
        }
    }

    /// Host name of the sign-in service.
    #[must_use]
    pub fn login_host(self) -> &'static str {
        match self {
            Self::Public => "login.microsoftonline.com",
            Self::UsGov | Self::UsGovDod => "login.microsoftonline.us",
        }
    }

    /// Host in the issuer of v1 tokens. A management point reads the signing keys from it ("Internet access requirements", 2026-06-08: the
    /// same host for both Azure environments).
    #[must_use]
    pub fn issuer_host(self) -> &'static str {
        match self {
            Self::Public | Self::UsGov | Self::UsGovDod => "sts.windows.net",
        }
    }

    /// Host of Microsoft Graph. With `https://` it is also the audience of Graph tokens.
    #[must_use]
    pub fn graph_host(self) -> &'static str {
        match self {
            Self::Public => "graph.microsoft.com",
            Self::UsGov => "graph.microsoft.us",
            Self::UsGovDod => "dod-graph.microsoft.us",
        }
    }

    /// Host of Azure Resource Manager. With `https://` it is also the audience of its tokens.
    #[must_use]
    pub fn arm_host(self) -> &'static str {
        match self {
            Self::Public => "management.azure.com",
            Self::UsGov | Self::UsGovDod => "management.usgovcloudapi.net",
        }
    }

    /// Host in the older audience of Azure Resource Manager tokens. Microsoft Entra ID still issues it to clients that request it.
    #[must_use]
    pub fn arm_audience_host(self) -> &'static str {
        match self {
            Self::Public => "management.core.windows.net",
            Self::UsGov | Self::UsGovDod => "management.core.usgovcloudapi.net",
        }
    }

    /// Host of the Azure portal, for links to it.
    #[must_use]
    pub fn portal_host(self) -> &'static str {
        match self {
            Self::Public => "portal.azure.com",
            Self::UsGov | Self::UsGovDod => "portal.azure.us",
        }
    }

    /// Suffixes that the initial domain of a tenant in this cloud can have.
    #[must_use]
    pub fn initial_domain_suffixes(self) -> &'static [&'static str] {
        match self {
            Self::Public => &[".onmicrosoft.com"],
            Self::UsGov | Self::UsGovDod => &[".onmicrosoft.us", ".onmicrosoft.com"],
        }
    }
}
