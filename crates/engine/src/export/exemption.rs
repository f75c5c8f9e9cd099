//! A request for an exemption from the tenant's app management policy: a text to send, and the exemption itself as two scripts.
//!
//! The exemption is a policy of the app's own. An app has at most one, and then the default policy does not apply to it ("Application
//! authentication methods API overview", 2026-05-14; "Assign appliesTo", 2026-05-14). Security baselines block client secrets for whole
//! tenants, but Configuration Manager requires one.

use std::fmt::Write as _;

use serde_json::json;

use crate::export::quote::QuotedText;
use crate::export::registration::azure_cli::cloud_name;
use crate::export::registration::graph_powershell::environment;
use crate::export::registration::literal;
use domain::cloud::Cloud;
use domain::cmg::AppName;
use domain::ids::AppId;
use domain::ids::TenantId;
use domain::locale::Locale;

/// The app and the exemption it needs.
#[derive(Clone, Copy, Debug)]
pub struct Exemption<'a> {
    /// Cloud of the tenant.
    pub cloud: Cloud,
    /// ID of the tenant.
    pub tenant: TenantId,
    /// Name of the tenant; empty if it was not read.
    pub tenant_name: &'a str,
    /// Application name of the web (server) app.
    pub name: &'a str,
    /// Client ID of the app; `None` if it does not exist yet.
    pub app: Option<AppId>,
    /// Maximum lifetime of the app's secrets, in days.
    pub days: u32,
}

impl Exemption<'_> {
    /// Text of the request, to be sent to an admin.
    #[must_use]
    pub fn text(&self, t: Locale) -> String {
        let tenant = format!("{} ({})", self.tenant_name, self.tenant);
        let mut lines = vec![t.exemption_mail_why(self.name, tenant.trim())];
        if let Some(app) = self.app {
            lines.push(t.exemption_mail_app(app));
        }
        lines.extend([
            t.exemption_mail_need().to_owned(),
            t.exemption_mail_what(u64::from(self.days)),
            t.exemption_mail_who().to_owned(),
            t.exemption_mail_where().to_owned(),
        ]);
        lines.join("\n\n")
    }

    /// Script for Microsoft Graph PowerShell: pure ASCII, CRLF line endings, no secret. `None` without an app.
    #[must_use]
    pub fn graph_powershell(&self) -> Option<String> {
        let mut text = String::from(POWERSHELL_HEAD);
        for (name, value) in self.values(environment(self.cloud))? {
            let _ = writeln!(
                text,
                "${name} = {}",
                literal(&value, QuotedText::powershell)
            );
        }
        text.push_str(POWERSHELL);
        Some(text.replace('\n', "\r\n"))
    }

    /// Script for Azure CLI: bash, pure ASCII, no secret. `None` without an app.
    #[must_use]
    pub fn azure_cli(&self) -> Option<String> {
        let mut text = String::from(BASH_HEAD);
        for (name, value) in self.values(cloud_name(self.cloud))? {
            let _ = writeln!(text, "{name}={}", literal(&value, QuotedText::bash));
        }
        text.push_str(BASH);
        Some(text)
    }

    fn values(&self, cloud: &str) -> Option<[(&'static str, String); 5]> {
        Some([
            ("cloud", cloud.to_owned()),
            ("graph", format!("https://{}", self.cloud.graph_host())),
            ("tenant", self.tenant.to_string()),
            ("app", self.app?.to_string()),
            ("body", self.body()),
        ])
    }

    /// The policy as one line of JSON.
    fn body(&self) -> String {
        let restriction = |kind: &str, state: &str, life: Option<String>| {
            json!({
                "restrictionType": kind,
                "state": state,
                "maxLifetime": life,
                "restrictForAppsCreatedAfterDateTime": "2000-01-01T00:00:00Z",
            })
        };
        // The policy's name omits an app name that is not valid.
        let name = AppName::parse(self.name).map_or_else(
            |_| "Configuration Manager".to_owned(),
            |name| name.as_str().to_owned(),
        );
        json!({
            "displayName": format!("Client secrets for {name}"),
            "description": "Configuration Manager connects to Microsoft Entra ID with a client secret.",
            "isEnabled": true,
            "restrictions": {
                "passwordCredentials": [
                    restriction("passwordAddition", "disabled", None),
                    restriction("passwordLifetime", "enabled", Some(format!("P{}D", self.days))),
                ],
                "keyCredentials": [],
            },
        })
        .to_string()
    }
}

/// File name of the script for Microsoft Graph PowerShell.
pub const POWERSHELL_FILE: &str = "exempt-configuration-manager-app.ps1";
/// File name of the script for Azure CLI.
pub const BASH_FILE: &str = "exempt-configuration-manager-app.sh";

const POWERSHELL_HEAD: &str = r"# CMG Entra Setup: exempts one app from the tenant's app management policy
#
# Creates a policy of the app's own that allows client secrets for a limited time, and assigns it to the app.
# An app has one such policy at most: where it has one, the script changes nothing and names it.
# The app then no longer inherits from the tenant's default policy. Add the restrictions that it should keep to $body.
#
# Who: Application Administrator, Cloud Application Administrator or Global Administrator.
# Where: PowerShell with the module Microsoft.Graph.Authentication
#   (Install-Module Microsoft.Graph.Authentication -Scope CurrentUser).
# How: read it, then run it. It opens the sign-in page.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

";

const POWERSHELL: &str = r#"
Connect-MgGraph -Environment $cloud -TenantId $tenant -Scopes 'Application.Read.All', 'Policy.ReadWrite.ApplicationConfiguration' -NoWelcome

$address = $graph + '/v1.0/applications(appId=''' + $app + ''')'
$policies = $graph + '/v1.0/policies/appManagementPolicies'
$held = (Invoke-MgGraphRequest -Method GET -Uri ($address + '/appManagementPolicies')).value
if ($held) {
    throw ('The app already has the policy ' + $held[0].id + '. Change that policy.')
}
$object = (Invoke-MgGraphRequest -Method GET -Uri ($address + '?$select=id')).id
$policy = (Invoke-MgGraphRequest -Method POST -Uri $policies -Body $body -ContentType 'application/json').id
$reference = '{ "@odata.id": "' + $policies + '/' + $policy + '" }'
$assigned = $graph + '/v1.0/applications/' + $object + '/appManagementPolicies/$ref'
Invoke-MgGraphRequest -Method POST -Uri $assigned -Body $reference -ContentType 'application/json'
Write-Output ('The app has the policy ' + $policy + '.')
"#;

const BASH_HEAD: &str = r#"#!/usr/bin/env bash
# CMG Entra Setup: exempts one app from the tenant's app management policy
#
# Creates a policy of the app's own that allows client secrets for a limited time, and assigns it to the app.
# An app has one such policy at most: where it has one, the script changes nothing and names it.
# The app then no longer inherits from the tenant's default policy. Add the restrictions that it should keep to body.
#
# Who: Application Administrator, Cloud Application Administrator or Global Administrator.
# Where: Azure Cloud Shell (bash), or a computer with Azure CLI after az login.
# How: read it, then run  bash exempt-configuration-manager-app.sh
# Azure CLI signs in with permissions that Microsoft has fixed. If Microsoft Graph answers that scopes are missing in the token,
# use the script for Graph PowerShell.

set -euo pipefail

"#;

const BASH: &str = r#"
if [ "$(az cloud show --query name --output tsv)" != "$cloud" ]; then
  printf 'Azure CLI works with another cloud. Run: az cloud set --name %s, then az login.\n' "$cloud" >&2
  exit 1
fi
if [ "$(az account show --query tenantId --output tsv)" != "$tenant" ]; then
  printf 'Azure CLI is signed in to another tenant. Run: az login --tenant %s --allow-no-subscriptions\n' "$tenant" >&2
  exit 1
fi

ask() {
  az rest --resource "$graph" --headers Content-Type=application/json "$@"
}

address="$graph/v1.0/applications(appId='$app')"
held="$(ask --method GET --url "$address/appManagementPolicies" --query 'value[0].id' --output tsv)"
if [ -n "$held" ]; then
  printf 'The app already has the policy %s. Change that policy.\n' "$held" >&2
  exit 1
fi
object="$(ask --method GET --url "$address?\$select=id" --query id --output tsv)"
policy="$(ask --method POST --url "$graph/v1.0/policies/appManagementPolicies" --body "$body" --query id --output tsv)"
ask --method POST --url "$graph/v1.0/applications/$object/appManagementPolicies/\$ref" \
  --body "{\"@odata.id\": \"$graph/v1.0/policies/appManagementPolicies/$policy\"}"
printf 'The app has the policy %s.\n' "$policy"
"#;
