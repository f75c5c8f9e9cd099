//! The workflow for GitHub Actions and the pipeline for Azure DevOps, both started by hand. They run the script for Azure CLI. Pure ASCII.
//!
//! Both services expand expressions in every value, also in the script: GitHub Actions `${{ … }}`, Azure Pipelines also `$( … )` and
//! `$[ … ]`. So no text of the admin in the script has a `$` (`requests`). The action is pinned by the commit of its tag, because a tag can
//! be moved. Sources: "Use the Azure Login action with OpenID Connect" (2026), Azure/login 3.0.1 (2026-08-04), "Workflow syntax for GitHub
//! Actions", "AzureCLI@2", "Runtime parameters" (2026).

use std::fmt::Write as _;

use crate::desired::Desired;
use crate::export::registration::azure_cli::cloud_name;
use crate::export::setup::azure_cli;
use crate::export::setup::requests::SetupRequests;

/// The workflow for GitHub Actions.
pub(super) fn github_actions(desired: &Desired, requests: &SetupRequests) -> String {
    let mut text = head(desired);
    text.push_str(GITHUB_HEAD);
    let _ = write!(
        text,
        "{GITHUB_JOB}          tenant-id: {}\n          environment: {}\n          audience: {}\n{GITHUB_RUN}",
        desired.tenant,
        cloud_name(desired.cloud).to_ascii_lowercase(),
        desired.cloud.token_exchange_audience()
    );
    text.push_str(&script(desired, requests, 10));
    text
}

/// The pipeline for Azure DevOps.
pub(super) fn azure_devops(desired: &Desired, requests: &SetupRequests) -> String {
    let mut text = head(desired);
    text.push_str(DEVOPS_HEAD);
    text.push_str(DEVOPS_STEPS);
    text.push_str(&script(desired, requests, 12));
    text.push_str(DEVOPS_ENVIRONMENT);
    text
}

fn head(desired: &Desired) -> String {
    let mut text = format!(
        "# CMG Entra Setup: makes the two app registrations of a cloud management gateway in Microsoft Entra ID.\n#\n# Tenant: {} ({})\n#\n{SECOND_RUN}",
        desired.tenant,
        cloud_name(desired.cloud)
    );
    text.push_str(if desired.wants_directory() {
        "# Who: the identity of the pipeline needs the roles Cloud Application Administrator and Privileged Role Administrator"
    } else {
        "# Who: the identity of the pipeline needs the role Cloud Application Administrator"
    });
    match desired.subscription {
        Some(subscription) => {
            let _ = writeln!(
                text,
                ", and Contributor on\n#   the subscription {subscription}. A person who may start or change it has these rights."
            );
        }
        None => text.push_str(". A person who may\n#   start or change it has these rights.\n"),
    }
    text
}

/// The script for Azure CLI, indented as the content of a YAML block. Its options are in the variable USE.
fn script(desired: &Desired, requests: &SetupRequests, indent: usize) -> String {
    let all = format!("{OPTIONS}{}", azure_cli::script(desired, requests));
    let line = |line: &str| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("{:indent$}{line}\n", "")
        }
    };
    all.lines().map(line).collect()
}

const OPTIONS: &str = r#"set -euo pipefail
if [ "$USE" != none ]; then
  for id in $USE; do
    set -- "$@" --use "$id"
  done
fi
"#;

const SECOND_RUN: &str = r"# A second run does no harm: it looks first, and writes only what is missing. It never removes anything. It goes on with apps that are there
# already only if the input use names their client IDs, because every account that may register apps can make an app with the same key: look at
# what the first run prints of them.
#
# No secret is made, because its text would have to pass through the pipeline. Make it with the script for Azure CLI, with CMG Entra Setup,
# or in Microsoft Entra admin center > App registrations > the server app > Certificates & secrets.
#
";

const GITHUB_HEAD: &str = r"# Where: .github/workflows in a repository; it is started by hand. Make one app registration or managed identity for it, and there a
#   federated credential: issuer https://token.actions.githubusercontent.com, subject repo:OWNER/REPOSITORY:environment:cmg-set-up, and the
#   audience that the step Sign in to Azure has. Make the environment cmg-set-up in the repository, with required reviewers.
#   In the repository, under Settings, Secrets and variables, Actions, Variables:
#   AZURE_CLIENT_ID   the client ID of that identity. It is not a secret.
#
# Checked: its syntax by actionlint, zizmor and shellcheck. Tests run its script with Azure CLI against a simulated Microsoft Entra ID. It
# was not run by GitHub.
# Nothing in this file is secret, and it needs no secret: GitHub proves to Microsoft Entra ID which workflow runs.

name: Set up the apps of a cloud management gateway
";

const GITHUB_JOB: &str = r"
on:
  workflow_dispatch:
    inputs:
      use:
        description: Client IDs of apps that are there already, with a space between them, or none
        type: string
        default: none

permissions: {}

concurrency:
  group: set-up-cmg
  cancel-in-progress: false

jobs:
  set-up:
    name: Set up the apps
    runs-on: ubuntu-latest
    environment: cmg-set-up
    timeout-minutes: 60
    permissions:
      id-token: write
    steps:
      - name: Sign in to Azure
        uses: azure/login@f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca # v3.0.1
        with:
          client-id: ${{ vars.AZURE_CLIENT_ID }}
";

const GITHUB_RUN: &str = r"          allow-no-subscriptions: true
      - name: Make what is missing
        shell: bash
        env:
          USE: ${{ inputs.use }}
        run: |
";

const DEVOPS_HEAD: &str = r"# Where: a repository with a pipeline from this file; it is started by hand.
#   It signs in by a service connection of the type Azure Resource Manager, with workload identity federation, so that there is no secret.
#   The parameter serviceConnection has its name. Let another person approve its use (Approvals and checks of the connection).
#
# Checked: its syntax by the schema of Azure Pipelines and shellcheck. Tests run its script with Azure CLI against a simulated Microsoft
# Entra ID. It was not run by Azure DevOps.
# Nothing in this file is secret.
";

const DEVOPS_STEPS: &str = r"
name: set-up-cmg-$(Date:yyyyMMdd)$(Rev:.r)

trigger: none
pr: none

parameters:
  - name: serviceConnection
    displayName: Service connection
    type: string
    default: cmg-set-up
  - name: use
    displayName: Client IDs of apps that are there already, with a space between them, or none
    type: string
    default: none

pool:
  vmImage: ubuntu-latest

jobs:
  - job: set_up
    displayName: Set up the apps
    timeoutInMinutes: '60'
    steps:
      - checkout: none
      - task: AzureCLI@2
        displayName: Make what is missing
        inputs:
          azureSubscription: ${{ parameters.serviceConnection }}
          scriptType: bash
          scriptLocation: inlineScript
          inlineScript: |
";

const DEVOPS_ENVIRONMENT: &str = r"        env:
          USE: ${{ parameters.use }}
";
