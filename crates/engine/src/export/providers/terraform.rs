//! The Terraform configuration with the AzAPI provider. UTF-8, as HCL requires.
//!
//! Sources: "azapi_resource_action", "AzAPI Provider" and its frequently asked questions (Azure/terraform-provider-azapi 2.12, 2026-08-13);
//! "azurerm_resource_provider_registration" (azurerm 5.2, 2026).

use std::fmt::Write as _;

use crate::export::providers::names;
use crate::export::providers::selected;
use crate::export::quote::QuotedText;
use crate::providers::selection::ProviderSelection;

/// The text of the configuration, formatted as `terraform fmt` does.
pub(super) fn configuration(selection: &ProviderSelection) -> String {
    let mut text = String::from(HEAD);
    let _ = writeln!(
        text,
        "  environment = \"{}\"\n  tenant_id   = \"{}\"",
        selection.cloud.terraform_environment(),
        selection.tenant
    );
    text.push_str(PROVIDER);
    for subscription in selected(selection) {
        let _ = writeln!(
            text,
            "    \"{}\" = {{\n      name      = {}\n      providers = [\"{}\"]\n    }}",
            subscription.id,
            QuotedText::shown(&subscription.name).hcl(),
            names(subscription).join("\", \"")
        );
    }
    text.push_str(RESOURCE);
    text
}

const HEAD: &str = r#"# CMG Entra Setup: registers the resource providers of a cloud management gateway in the selected subscriptions.
#
# Each provider is registered once, on the first apply; to register it again does no harm. A subscription that fails does not stop the
# others: run terraform apply again for what is left. Azure registers in the background, for up to 15 minutes.
# Terraform reads no states: if somebody unregisters a provider later, run terraform apply -replace for it.
#
# terraform destroy unregisters nothing: azapi_resource_action sends its request on apply only, and destroy just forgets it.
# azurerm_resource_provider_registration is not used, because it must be imported where the provider is registered already, and because
# its destroy unregisters the provider. If the same configuration uses azurerm, set resource_provider_registrations = "none" there.
# Azure Policy cannot register resource providers, and neither can plain ARM or Bicep templates.
#
# Who: an identity that may register these providers in each subscription: Contributor, or the custom role of CMG Entra Setup.
# How: read it, then run  terraform init, terraform plan and terraform apply.
#
# Checked: its syntax and its values by terraform fmt and terraform console. It was not applied.
# Nothing in this file is secret.

terraform {
  required_version = ">= 1.3"
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
  }
}

provider "azapi" {
"#;

const PROVIDER: &str = r"
  # Registers nothing but the providers below.
  skip_provider_registration = true
}

locals {
  # By subscription ID. The names are for the reader only.
  subscriptions = {
";

const RESOURCE: &str = r#"  }

  registrations = merge([
    for id, subscription in local.subscriptions : {
      for provider in subscription.providers : "${id}/${provider}" => "/subscriptions/${id}/providers/${provider}"
    }
  ]...)
}

resource "azapi_resource_action" "register" {
  for_each = local.registrations

  type        = "Microsoft.Resources/providers@2021-04-01"
  resource_id = each.value
  action      = "register"
  method      = "POST"
  when        = "apply"
}
"#;
