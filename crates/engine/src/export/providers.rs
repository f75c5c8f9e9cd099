//! The resource providers of many subscriptions as files for other tools: scripts, Terraform, pipelines, and a custom role.
//!
//! Each file is in English, says in its first lines what it does and how it was checked, and holds no secret. The name of a subscription is
//! foreign text: it is only a literal argument or a comment, in the form of `QuotedText::shown`. Identifiers are GUIDs and namespaces are
//! fixed names by type, so they need no quotes.
//!
//! Azure Policy and plain ARM or Bicep templates are not in the list because they cannot register a provider (Azure/azure-policy issue 573;
//! Azure/bicep issues 3267 and 20086).

use domain::variants::variants;
use strum::EnumCount;
use strum::VariantArray;

use crate::providers::selection::ProviderSelection;
use crate::providers::selection::SelectedSubscription;
use domain::cmg::ProviderNamespace;

pub mod matrix;

mod azure_cli;
mod azure_devops;
mod azure_powershell;
mod custom_role;
mod github_actions;
mod pipeline;
mod terraform;

/// A file that registers the selected providers, or allows a person to register them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray)]
pub enum ProviderExport {
    /// A bash script for Azure CLI.
    AzureCli,
    /// A script for Azure PowerShell.
    AzurePowerShell,
    /// A Terraform configuration with the AzAPI provider.
    Terraform,
    /// A workflow for GitHub Actions, which also registers the providers in new subscriptions.
    GitHubActions,
    /// A pipeline for Azure DevOps, which also registers the providers in new subscriptions.
    AzureDevOps,
    /// A custom role, in the form that Azure CLI and Azure PowerShell read.
    CustomRole,
    /// The same role in the form that the Azure portal reads.
    CustomRolePortal,
}

impl ProviderExport {
    /// All files, in display order.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the file in the markup.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AzureCli => "azure-cli",
            Self::AzurePowerShell => "powershell",
            Self::Terraform => "terraform",
            Self::GitHubActions => "github-actions",
            Self::AzureDevOps => "azure-devops",
            Self::CustomRole => "custom-role",
            Self::CustomRolePortal => "custom-role-portal",
        }
    }

    /// Name of the file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::AzureCli => "register-resource-providers.sh",
            Self::AzurePowerShell => "register-resource-providers.ps1",
            Self::Terraform => "resource-providers.tf",
            Self::GitHubActions => "register-resource-providers.yml",
            Self::AzureDevOps => "azure-pipelines-resource-providers.yml",
            Self::CustomRole => "resource-provider-registrar.json",
            Self::CustomRolePortal => "resource-provider-registrar-portal.json",
        }
    }

    /// Content of the file. `None` if no subscription has a provider to register. A subscription without one is left out.
    #[must_use]
    pub fn file(self, selection: &ProviderSelection) -> Option<String> {
        selected(selection).next()?;
        Some(match self {
            Self::AzureCli => azure_cli::script(selection),
            Self::AzurePowerShell => azure_powershell::script(selection),
            Self::Terraform => terraform::configuration(selection),
            Self::GitHubActions => github_actions::workflow(selection),
            Self::AzureDevOps => azure_devops::pipeline(selection),
            Self::CustomRole => custom_role::for_command_line(selection),
            Self::CustomRolePortal => custom_role::for_portal(selection),
        })
    }
}

/// The subscriptions with at least one provider to register.
fn selected(selection: &ProviderSelection) -> impl Iterator<Item = &SelectedSubscription> {
    let subscriptions = selection.subscriptions.iter();
    subscriptions.filter(|it| !it.namespaces.is_empty())
}

/// Names of the providers of a subscription.
fn names(subscription: &SelectedSubscription) -> Vec<&'static str> {
    subscription.namespaces.iter().map(|it| it.name()).collect()
}

/// The providers of all subscriptions together, in the order of Microsoft's article.
fn all_namespaces(selection: &ProviderSelection) -> Vec<ProviderNamespace> {
    let is_selected = |namespace: &ProviderNamespace| {
        selected(selection).any(|subscription| subscription.namespaces.contains(namespace))
    };
    let all = ProviderNamespace::ALL.into_iter();
    all.filter(is_selected).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::cloud::Cloud;

    const ID: &str = "5e97358c-d99c-4558-af0c-de7774091dda";
    const OTHER: &str = "2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72";

    fn of(subscriptions: &[(&str, &[ProviderNamespace])]) -> ProviderSelection {
        let subscription = |(id, namespaces): &(&str, &[ProviderNamespace])| SelectedSubscription {
            id: id.parse().unwrap(),
            name: "Contoso".to_owned(),
            namespaces: namespaces.to_vec(),
        };
        ProviderSelection {
            cloud: Cloud::Public,
            tenant: "72f988bf-86f1-41af-91ab-2d7cd011db47".parse().unwrap(),
            subscriptions: subscriptions.iter().map(subscription).collect(),
        }
    }

    #[test]
    fn there_is_no_file_without_a_provider() {
        for selection in [of(&[]), of(&[(ID, &[])])] {
            for export in ProviderExport::ALL {
                assert_eq!(export.file(&selection), None, "{export:?}");
            }
        }
    }

    #[test]
    fn a_subscription_without_a_provider_is_in_no_file() {
        let selection = of(&[(ID, &[ProviderNamespace::Compute]), (OTHER, &[])]);
        for export in ProviderExport::ALL {
            let file = export.file(&selection).unwrap();
            assert!(file.contains(ID) && !file.contains(OTHER), "{export:?}");
            assert!(file.contains("Microsoft.Compute"), "{export:?}");
            assert!(!file.contains("Microsoft.Storage"), "{export:?}");
        }
    }

    #[test]
    fn the_providers_of_all_subscriptions_come_once_in_the_order_of_the_article() {
        let selection = of(&[
            (ID, &[ProviderNamespace::Compute]),
            (
                OTHER,
                &[ProviderNamespace::KeyVault, ProviderNamespace::Compute],
            ),
        ]);
        assert_eq!(
            all_namespaces(&selection),
            [ProviderNamespace::KeyVault, ProviderNamespace::Compute]
        );
    }

    #[test]
    fn every_file_has_a_key_and_a_name_of_its_own() {
        for export in ProviderExport::ALL {
            let others = ProviderExport::ALL.into_iter().filter(|it| *it != export);
            for other in others {
                assert_ne!(export.key(), other.key());
                assert_ne!(export.file_name(), other.file_name());
            }
        }
    }
}
