//! The script for Microsoft Graph PowerShell. It uses the module only for sign-in and sends requests with `Invoke-MgGraphRequest`, because
//! not every version has a cmdlet for an upsert by `uniqueName` ("Invoke-MgGraphRequest", Microsoft Graph PowerShell reference, 2026).
//!
//! One block of assignments holds all values, each a literal from `quote`; the rest of the script is fixed.

use std::fmt::Write as _;

use crate::export::quote::QuotedText;
use crate::export::registration::Registration;
use crate::export::registration::literal;
use domain::cloud::Cloud;

/// Name of a cloud for `Connect-MgGraph -Environment` ("Get-MgEnvironment", 2026).
#[must_use]
pub fn environment(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Public => "Global",
        Cloud::UsGov => "USGov",
        Cloud::UsGovDod => "USGovDoD",
    }
}

/// The script text: pure ASCII, CRLF line endings, no secret.
#[must_use]
pub fn script(registration: &Registration) -> String {
    let mut text = String::from(HEAD);
    let mut assign = |name: &str, value: &str| {
        let _ = writeln!(text, "${name} = {}", literal(value, QuotedText::powershell));
    };
    assign("environment", environment(registration.cloud));
    assign("cloudKey", registration.cloud.key());
    assign("key", &registration.key());
    // On one line, because a literal cannot contain a line break.
    let body: String = registration.body().lines().map(str::trim_start).collect();
    assign("body", &body);
    text.push_str(if registration.consents {
        "$permissions = @('Application.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All')\n"
    } else {
        "$permissions = @('Application.ReadWrite.All')\n"
    });
    text.push_str(REGISTER);
    if registration.consents {
        text.push_str(CONSENT_OPEN);
        for audience in registration.audiences() {
            let _ = writeln!(
                text,
                "    @{{ Api = {}; Scopes = {} }}",
                literal(&audience.app_id().to_string(), QuotedText::powershell),
                literal(&registration.scope_line(audience), QuotedText::powershell)
            );
        }
        text.push_str(CONSENT);
    }
    text.push_str(TAIL);
    // No value contains a line break, so this changes only the script's own line endings.
    text.replace('\n', "\r\n")
}

const HEAD: &str = r"# CMG Entra Setup: registers the page itself in Microsoft Entra ID
#
# Makes one app registration with a service principal: single tenant, platform Single-page application, no secret.
# A second run finds the app by its key (uniqueName) and makes no second one.
#
# Who: Cloud Application Administrator or Application Administrator.
# Where: PowerShell with the module Microsoft.Graph.Authentication
#   (Install-Module Microsoft.Graph.Authentication -Scope CurrentUser).
# How: read it, then run it. It opens the sign-in page.
#
# This file is plain ASCII on purpose: Windows PowerShell 5.1 reads a file in the code page of the computer.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

";

const REGISTER: &str = r#"
Connect-MgGraph -Environment $environment -Scopes $permissions -NoWelcome

function Get-WhenThere {
    param([string] $Path)
    # What was just made is not everywhere at once.
    foreach ($wait in 2, 5, 10, 15, 30, 60) {
        try {
            return Invoke-MgGraphRequest -Method GET -Uri $Path -OutputType PSObject
        }
        catch {
            Start-Sleep -Seconds $wait
        }
    }
    Invoke-MgGraphRequest -Method GET -Uri $Path -OutputType PSObject
}

$create = @{ Prefer = 'create-if-missing' }
$appPath = 'v1.0/applications(uniqueName=''{0}'')' -f $key
Invoke-MgGraphRequest -Method PATCH -Uri $appPath -Headers $create -ContentType 'application/json' -Body $body | Out-Null
$app = Get-WhenThere -Path $appPath

$principalPath = 'v1.0/servicePrincipals(appId=''{0}'')' -f $app.appId
$tags = '{ "tags": ["WindowsAzureActiveDirectoryIntegratedApp"] }'
foreach ($wait in 2, 5, 10, 15, 30, 60) {
    try {
        Invoke-MgGraphRequest -Method PATCH -Uri $principalPath -Headers $create -ContentType 'application/json' -Body $tags | Out-Null
        break
    }
    catch {
        # The app may not be everywhere yet. If it still fails, the next request reports it.
        Start-Sleep -Seconds $wait
    }
}
$principal = Get-WhenThere -Path $principalPath
"#;

const CONSENT_OPEN: &str = r"
# Consent for everybody in the tenant. What is consented to already stays.
$wanted = @(
";

const CONSENT: &str = r")
$filter = 'v1.0/oauth2PermissionGrants?$filter=clientId eq ''{0}''' -f $principal.id
foreach ($one in $wanted) {
    $resource = Get-WhenThere -Path ('v1.0/servicePrincipals(appId=''{0}'')' -f $one.Api)
    $grants = (Invoke-MgGraphRequest -Method GET -Uri $filter -OutputType PSObject).value
    $grant = $null
    foreach ($held in $grants) {
        if ($held.resourceId -eq $resource.id -and $held.consentType -eq 'AllPrincipals') {
            $grant = $held
        }
    }
    if ($null -eq $grant) {
        $new = @{ clientId = $principal.id; consentType = 'AllPrincipals'; resourceId = $resource.id; scope = $one.Scopes }
        Invoke-MgGraphRequest -Method POST -Uri 'v1.0/oauth2PermissionGrants' -Body $new | Out-Null
    }
    else {
        $held = @($grant.scope -split ' ' -ne '')
        $missing = @($one.Scopes -split ' ' | Where-Object -FilterScript { $held -notcontains $_ })
        if ($missing.Count -gt 0) {
            $scope = ($held + $missing) -join ' '
            Invoke-MgGraphRequest -Method PATCH -Uri ('v1.0/oauth2PermissionGrants/{0}' -f $grant.id) -Body @{ scope = $scope } | Out-Null
        }
    }
}
";

const TAIL: &str = r"
Write-Output -InputObject ('Client ID: {0}' -f $app.appId)
Write-Output -InputObject ('In config.json, under clients: {0} is {1}' -f $cloudKey, $app.appId)
";
