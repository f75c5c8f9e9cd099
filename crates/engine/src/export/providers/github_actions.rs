//! The workflow for GitHub Actions. UTF-8, as YAML requires.
//!
//! The action is pinned by the commit of its tag, because a tag can be moved. Sources: "Use the Azure Login action with OpenID Connect"
//! (2026), Azure/login 3.0.1 (2026-08-04), "Workflow syntax for GitHub Actions" (2026).

use crate::export::providers::pipeline;
use crate::export::registration::azure_cli::cloud_name;
use crate::providers::selection::ProviderSelection;

/// The workflow text.
pub(super) fn workflow(selection: &ProviderSelection) -> String {
    [
        HEAD,
        &pipeline::subscription_names(selection),
        JOB,
        &pipeline::variables(selection, 6),
        STEPS,
        &format!(
            "          tenant-id: {}\n          environment: {}\n          audience: {}\n",
            selection.tenant,
            cloud_name(selection.cloud).to_ascii_lowercase(),
            selection.cloud.token_exchange_audience()
        ),
        RUN,
        &pipeline::script(10),
    ]
    .concat()
}

const HEAD: &str = r"# CMG Entra Setup: registers the resource providers of a cloud management gateway every week, also in new subscriptions.
#
# Reads the state of each provider first, and asks Azure only for what is missing. It unregisters nothing. A subscription that fails does
# not stop the others, and the run fails if anything failed.
# Azure Policy cannot register resource providers, and neither can plain ARM or Bicep templates: a scheduled run like this one can.
#
# Where: .github/workflows in a repository. Make one app registration or managed identity for it, and there
#   1. a federated credential for the branch: issuer https://token.actions.githubusercontent.com,
#      subject repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH, and the audience that the step Sign in to Azure has;
#   2. a role that may register these providers, on the management group or on each subscription: Contributor, or the custom role of
#      CMG Entra Setup.
# In the repository, under Settings, Secrets and variables, Actions, Variables:
#   AZURE_CLIENT_ID        the client ID of that identity. It is not a secret.
#   CMG_MANAGEMENT_GROUP   optional: the ID of a management group. Then every subscription below it takes the place of the list in this
#                          file, tomorrow's too. The identity also needs the role Management Group Reader on it.
#
# Checked: its syntax by actionlint and shellcheck; tests run its script with a stand-in for Azure CLI. It was not run by GitHub.
# Nothing in this file is secret, and it needs no secret: GitHub proves to Microsoft Entra ID which workflow runs.
#
# The subscriptions in this file:
";

const JOB: &str = r"
name: Register resource providers

on:
  schedule:
    - cron: '17 4 * * 1'
  workflow_dispatch:

permissions: {}

concurrency:
  group: register-resource-providers
  cancel-in-progress: false

jobs:
  register:
    name: Register resource providers
    runs-on: ubuntu-latest
    timeout-minutes: 350
    permissions:
      id-token: write
      contents: read
    env:
";

const STEPS: &str = r"      MANAGEMENT_GROUP: ${{ vars.CMG_MANAGEMENT_GROUP }}
    steps:
      - name: Sign in to Azure
        uses: azure/login@f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca # v3.0.1
        with:
          client-id: ${{ vars.AZURE_CLIENT_ID }}
";

const RUN: &str = r"          allow-no-subscriptions: true
      - name: Register what is missing
        shell: bash
        run: |
";
