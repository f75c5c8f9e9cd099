//! A request to the owner of the gateway's subscription: which resource providers to register, and how.
//!
//! For an admin who may not register them, or who leaves them to another person. Sources: "Azure resource providers and types" (2026-02-05),
//! "az provider" (Azure CLI reference, 2026), "Register-AzResourceProvider" (Az.Resources reference, 2026).

use crate::desired::Desired;
use crate::export::registration::azure_cli::cloud_name;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;
use domain::locale::Locale;

/// In the commands, in place of an ID that is not known. Bash and PowerShell read it as a plain word.
const PLACEHOLDER: &str = "SUBSCRIPTION-ID";

/// The providers that another person has to register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderRequest {
    /// Cloud of the subscription.
    pub cloud: Cloud,
    /// The gateway's subscription, if one was selected.
    pub subscription: Option<SubscriptionId>,
    /// The providers, in the order of Microsoft's article.
    pub namespaces: Vec<ProviderNamespace>,
    /// Link to the page that registers them, if this page can be opened by another person.
    pub link: Option<String>,
}

impl ProviderRequest {
    /// The providers that the gateway needs, without the ready ones. `None` if nothing is left.
    #[must_use]
    pub fn left_by(desired: &Desired, ready: &[ProviderNamespace]) -> Option<Self> {
        let namespaces: Vec<_> = desired
            .needed_providers()
            .filter(|it| !ready.contains(it))
            .collect();
        (!namespaces.is_empty()).then_some(Self {
            cloud: desired.cloud,
            subscription: desired.subscription,
            namespaces,
            link: None,
        })
    }

    /// Text of the request: what is needed, who can do it, and where.
    #[must_use]
    pub fn text(&self, t: Locale) -> String {
        let mut lines = vec![t.provider_request_why().to_owned()];
        lines.push(
            self.namespaces
                .iter()
                .map(|it| format!("- {}: {}", it.name(), it.purpose(t)))
                .collect::<Vec<_>>()
                .join("\n"),
        );
        if let Some(id) = self.subscription {
            lines.push(t.provider_request_subscription(id));
        }
        lines.push(t.provider_request_who(t.role_least_register_providers()));
        lines.push(t.provider_request_portal(t.handover_step_providers_path()));
        if let Some(link) = &self.link {
            lines.push(t.provider_request_page(link));
        }
        lines.extend([
            t.provider_request_commands().to_owned(),
            format!(
                "{}\n{}",
                t.provider_request_azure_cli(),
                self.azure_cli().trim_end()
            ),
            format!(
                "{}\n{}",
                t.provider_request_powershell(),
                self.azure_powershell().trim_end()
            ),
        ]);
        if self.subscription.is_none() {
            lines.push(t.provider_request_placeholder(PLACEHOLDER));
        }
        lines.push(t.provider_request_time().to_owned());
        lines.join("\n\n")
    }

    /// Commands for Azure CLI, one line each.
    #[must_use]
    pub fn azure_cli(&self) -> String {
        let subscription = self.subscription_id();
        let register = self.namespaces.iter().map(|it| {
            let name = it.name();
            format!("az provider register --namespace {name} --subscription {subscription}\n")
        });
        format!(
            "az cloud set --name {}\naz login\n{}",
            cloud_name(self.cloud),
            register.collect::<String>()
        )
    }

    /// Commands for Azure PowerShell, one line each.
    #[must_use]
    pub fn azure_powershell(&self) -> String {
        let register = self.namespaces.iter().map(|it| {
            format!(
                "Register-AzResourceProvider -ProviderNamespace {}\n",
                it.name()
            )
        });
        format!(
            "Connect-AzAccount -Environment {} -Subscription {}\n{}",
            cloud_name(self.cloud),
            self.subscription_id(),
            register.collect::<String>()
        )
    }

    fn subscription_id(&self) -> String {
        self.subscription
            .map_or_else(|| PLACEHOLDER.to_owned(), |id| id.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "5e97358c-d99c-4558-af0c-de7774091dda";

    fn request(cloud: Cloud, subscription: Option<&str>) -> ProviderRequest {
        ProviderRequest {
            cloud,
            subscription: subscription.map(|id| id.parse().unwrap()),
            namespaces: vec![ProviderNamespace::KeyVault, ProviderNamespace::Compute],
            link: None,
        }
    }

    #[test]
    fn the_commands_name_the_subscription_and_each_provider() {
        let request = request(Cloud::Public, Some(ID));
        assert_eq!(
            request.azure_cli(),
            format!(
                "az cloud set --name AzureCloud\n\
                 az login\n\
                 az provider register --namespace Microsoft.KeyVault --subscription {ID}\n\
                 az provider register --namespace Microsoft.Compute --subscription {ID}\n"
            )
        );
        assert_eq!(
            request.azure_powershell(),
            format!(
                "Connect-AzAccount -Environment AzureCloud -Subscription {ID}\n\
                 Register-AzResourceProvider -ProviderNamespace Microsoft.KeyVault\n\
                 Register-AzResourceProvider -ProviderNamespace Microsoft.Compute\n"
            )
        );
        assert!(!request.text(Locale::En).contains(PLACEHOLDER));
        let link = "https://contoso.com/#/providers?tenant=fabrikam.com";
        assert!(!request.text(Locale::En).contains("/providers?"));
        let with_link = ProviderRequest {
            link: Some(link.to_owned()),
            ..request
        };
        assert!(with_link.text(Locale::En).contains(link));
    }

    #[test]
    fn an_unknown_subscription_is_a_placeholder_that_the_text_explains() {
        let request = request(Cloud::UsGov, None);
        let cli = request.azure_cli();
        assert!(cli.starts_with("az cloud set --name AzureUSGovernment\naz login\n"));
        assert!(cli.contains("--subscription SUBSCRIPTION-ID\n"));
        let text = request.text(Locale::En);
        assert!(text.contains("replace SUBSCRIPTION-ID"));
        for part in [
            "Microsoft.KeyVault: ",
            "Microsoft.Compute: ",
            "Azure portal > Subscriptions",
            "Contributor on the subscription",
            cli.trim_end(),
            request.azure_powershell().trim_end(),
        ] {
            assert!(text.contains(part), "{part} is missing in:\n{text}");
        }
    }
}
