//! The pipeline for Azure DevOps. UTF-8, as YAML requires.
//!
//! Sources: "AzureCLI@2", "Configure schedules for pipelines", "Runtime parameters" (Azure Pipelines, 2026).

use crate::export::providers::pipeline;
use crate::providers::selection::ProviderSelection;

/// The pipeline text.
pub(super) fn pipeline(selection: &ProviderSelection) -> String {
    [
        HEAD,
        &pipeline::subscription_names(selection),
        STEPS,
        &pipeline::script(12),
        ENVIRONMENT,
        &pipeline::variables(selection, 10),
        GROUP,
    ]
    .concat()
}

const HEAD: &str = r"# CMG Entra Setup: registers the resource providers of a cloud management gateway every week, also in new subscriptions.
#
# Reads the state of each provider first, and asks Azure only for what is missing. It unregisters nothing. A subscription that fails does
# not stop the others, and the run fails if anything failed.
# Azure Policy cannot register resource providers, and neither can plain ARM or Bicep templates: a scheduled run like this one can.
#
# Where: a repository with a pipeline from this file. Change main below if its default branch has another name.
# It signs in by a service connection of the type Azure Resource Manager, with workload identity federation, so that there is no secret.
# The parameter serviceConnection has its name. Its identity needs a role that may register these providers, on the management group or
# on each subscription: Contributor, or the custom role of CMG Entra Setup.
# The parameter managementGroup is optional: the ID of a management group. Then every subscription below it takes the place of the list
# in this file, tomorrow's too. The identity also needs the role Management Group Reader on it.
# A scheduled run uses the defaults of the parameters.
#
# Checked: its syntax by the schema of Azure Pipelines and shellcheck; tests run its script with a stand-in for Azure CLI. It was not run
# by Azure DevOps.
# Nothing in this file is secret.
#
# The subscriptions in this file:
";

const STEPS: &str = r"
name: register-resource-providers-$(Date:yyyyMMdd)$(Rev:.r)

trigger: none
pr: none

schedules:
  - cron: '17 4 * * 1'
    displayName: Every week
    branches:
      include:
        - main
    always: true

parameters:
  - name: serviceConnection
    displayName: Service connection
    type: string
    default: cmg-resource-providers
  - name: managementGroup
    displayName: Management group, or none for the subscriptions in the file
    type: string
    default: none

pool:
  vmImage: ubuntu-latest

jobs:
  - job: register
    displayName: Register resource providers
    timeoutInMinutes: 350
    steps:
      - checkout: none
      - task: AzureCLI@2
        displayName: Register what is missing
        inputs:
          azureSubscription: ${{ parameters.serviceConnection }}
          scriptType: bash
          scriptLocation: inlineScript
          inlineScript: |
";

const ENVIRONMENT: &str = "        env:\n";

const GROUP: &str = "          MANAGEMENT_GROUP: ${{ parameters.managementGroup }}\n";
