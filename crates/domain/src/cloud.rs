//! The national clouds: every host, audience and Configuration Manager name, in one table.
//!
//! Nothing else in the product spells a Microsoft host. Sources: "National clouds" (Microsoft identity platform, 2025-01-15),
//! "Microsoft Graph national cloud deployments", and the `AzureEnvironment` values of the Configuration Manager cmdlets (2026-01-28).

/// A cloud a cloud management gateway can live in, with the Graph deployment that belongs to it.
///
/// GCC (not High) tenants are in `Public`: they use the worldwide endpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Public, Self::UsGov, Self::UsGovDod];

    /// The word used in `config.json`, links and stored drafts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::UsGov => "usgov",
            Self::UsGovDod => "usgov-dod",
        }
    }

    /// The cloud of a `key`, exactly as written.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cloud| cloud.key() == key)
    }

    /// Configuration Manager's word for the Azure environment (wizard, `-AzureEnvironmentOption`).
    #[must_use]
    pub fn azure_environment(self) -> &'static str {
        match self {
            Self::Public => "AzurePublicCloud",
            Self::UsGov | Self::UsGovDod => "AzureUSGovernmentCloud",
        }
    }

    /// Host of the sign-in service.
    #[must_use]
    pub fn login_host(self) -> &'static str {
        match self {
            Self::Public => "login.microsoftonline.com",
            Self::UsGov | Self::UsGovDod => "login.microsoftonline.us",
        }
    }

    /// Host in the issuer of v1 tokens, which a management point asks for their keys ("Internet access requirements", 2026-06-08: the same
    /// host for both Azure environments).
    #[must_use]
    pub fn issuer_host(self) -> &'static str {
        match self {
            Self::Public | Self::UsGov | Self::UsGovDod => "sts.windows.net",
        }
    }

    /// Host of Microsoft Graph; with `https://` it is also the audience of its tokens.
    #[must_use]
    pub fn graph_host(self) -> &'static str {
        match self {
            Self::Public => "graph.microsoft.com",
            Self::UsGov => "graph.microsoft.us",
            Self::UsGovDod => "dod-graph.microsoft.us",
        }
    }

    /// Host of Azure Resource Manager; with `https://` it is also the audience of its tokens.
    #[must_use]
    pub fn arm_host(self) -> &'static str {
        match self {
            Self::Public => "management.azure.com",
            Self::UsGov | Self::UsGovDod => "management.usgovcloudapi.net",
        }
    }

    /// Host in the older audience of Azure Resource Manager's tokens, which Entra still writes for who asks for it.
    #[must_use]
    pub fn arm_audience_host(self) -> &'static str {
        match self {
            Self::Public => "management.core.windows.net",
            Self::UsGov | Self::UsGovDod => "management.core.usgovcloudapi.net",
        }
    }

    /// Host of the Azure portal, for links a person follows.
    #[must_use]
    pub fn portal_host(self) -> &'static str {
        match self {
            Self::Public => "portal.azure.com",
            Self::UsGov | Self::UsGovDod => "portal.azure.us",
        }
    }

    /// Domain suffixes a tenant of this cloud may have as its initial domain.
    #[must_use]
    pub fn initial_domain_suffixes(self) -> &'static [&'static str] {
        match self {
            Self::Public => &[".onmicrosoft.com"],
            Self::UsGov | Self::UsGovDod => &[".onmicrosoft.us", ".onmicrosoft.com"],
        }
    }
}
