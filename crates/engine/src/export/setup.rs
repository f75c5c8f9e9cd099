//! A set-up as scripts and code for other tools: Azure CLI, Microsoft Graph PowerShell, Terraform, Bicep, and two pipelines.
//!
//! Each file is in English and in ASCII, says in its first lines for which tenant it is, who can run it, what a second run does and how it
//! was checked, and holds no secret. The same wanted state gives the same file. Nothing here reads a tenant or a clock: the requests are
//! those of the plan against an empty tenant (`requests`).

use domain::variants::variants;
use strum::EnumCount;
use strum::VariantArray;

use crate::desired::Desired;
use domain::cloud::Cloud;
use domain::locale::Locale;
use requests::SetupRequests;

mod azure_cli;
mod bicep;
mod graph_powershell;
mod pipelines;
mod requests;
mod terraform;

/// A file that makes the pair of apps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumCount, VariantArray)]
pub enum SetupExport {
    /// A bash script for Azure CLI.
    #[default]
    AzureCli,
    /// A script for Microsoft Graph PowerShell.
    GraphPowerShell,
    /// A Terraform configuration with the azuread provider.
    Terraform,
    /// A Bicep file with the Microsoft Graph extension.
    Bicep,
    /// A workflow for GitHub Actions that is started by hand.
    GitHubActions,
    /// A pipeline for Azure DevOps that is started by hand.
    AzureDevOps,
}

/// Why there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupExportError {
    /// The wanted state is for an existing pair. The files make a new one.
    ExistingPair,
    /// The tenant ID is not known.
    NoTenant,
    /// Microsoft Entra ID would refuse the App ID URI.
    AppIdUri,
    /// Microsoft supports the tool only in the global cloud ("Microsoft Graph Bicep feature limitations", 2024).
    OnlyPublicCloud,
}

impl SetupExport {
    /// All files, in display order.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the file in the markup.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AzureCli => "azure-cli",
            Self::GraphPowerShell => "graph-powershell",
            Self::Terraform => "terraform",
            Self::Bicep => "bicep",
            Self::GitHubActions => "github-actions",
            Self::AzureDevOps => "azure-devops",
        }
    }

    /// The file with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// Name of the tool.
    #[must_use]
    pub fn name(self, t: Locale) -> &'static str {
        match self {
            Self::AzureCli => t.setup_export_azure_cli(),
            Self::GraphPowerShell => t.setup_export_graph_powershell(),
            Self::Terraform => t.setup_export_terraform(),
            Self::Bicep => t.setup_export_bicep(),
            Self::GitHubActions => t.setup_export_github_actions(),
            Self::AzureDevOps => t.setup_export_azure_devops(),
        }
    }

    /// Name of the file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::AzureCli => "set-up-cmg.sh",
            Self::GraphPowerShell => "set-up-cmg.ps1",
            Self::Terraform => "cmg.tf",
            Self::Bicep => "cmg.bicep",
            Self::GitHubActions => "set-up-cmg.yml",
            Self::AzureDevOps => "azure-pipelines-set-up-cmg.yml",
        }
    }

    /// Content of the file, in ASCII and without a secret.
    ///
    /// # Errors
    /// See `SetupExportError`.
    pub fn text(self, desired: &Desired) -> Result<String, SetupExportError> {
        if desired.existing.is_some() {
            return Err(SetupExportError::ExistingPair);
        }
        if desired.tenant.uuid().is_nil() {
            return Err(SetupExportError::NoTenant);
        }
        if self == Self::Bicep && desired.cloud != Cloud::Public {
            return Err(SetupExportError::OnlyPublicCloud);
        }
        let requests = SetupRequests::of(desired).ok_or(SetupExportError::AppIdUri)?;
        Ok(match self {
            Self::AzureCli => azure_cli::file(desired, &requests),
            Self::GraphPowerShell => graph_powershell::script(desired, &requests),
            Self::Terraform => terraform::configuration(desired, &requests),
            Self::Bicep => bicep::template(desired, &requests),
            Self::GitHubActions => pipelines::github_actions(desired, &requests),
            Self::AzureDevOps => pipelines::azure_devops(desired, &requests),
        })
    }
}

impl SetupExportError {
    /// What is missing, in one or two sentences.
    #[must_use]
    pub fn sentence(self, t: Locale) -> &'static str {
        match self {
            Self::ExistingPair => t.setup_export_existing_pair(),
            Self::NoTenant => t.setup_export_no_tenant(),
            Self::AppIdUri => t.setup_export_app_id_uri(),
            Self::OnlyPublicCloud => t.setup_export_only_public_cloud(),
        }
    }
}
