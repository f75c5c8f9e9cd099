//! The script for Azure PowerShell: Windows PowerShell 5.1 and PowerShell 7. Pure ASCII, CRLF line endings.
//!
//! Sources: "Register-AzResourceProvider", "Get-AzResourceProvider" (Az.Resources reference, 2026), "Set-AzContext" (Az.Accounts reference,
//! 2026).

use std::fmt::Write as _;

use crate::export::providers::names;
use crate::export::providers::selected;
use crate::export::quote::QuotedText;
use crate::export::registration::azure_cli::cloud_name;
use crate::providers::selection::ProviderSelection;

/// The script text.
pub(super) fn script(selection: &ProviderSelection) -> String {
    let mut text = String::from(HEAD);
    // Azure PowerShell and Azure CLI have the same names for the clouds.
    let _ = writeln!(text, "$environment = '{}'", cloud_name(selection.cloud));
    let _ = writeln!(text, "$tenant = '{}'\n$selection = @(", selection.tenant);
    for subscription in selected(selection) {
        let _ = writeln!(
            text,
            "    @{{ Id = '{}'; Name = {}; Providers = @('{}') }}",
            subscription.id,
            QuotedText::shown(&subscription.name).powershell(),
            names(subscription).join("', '")
        );
    }
    text.push_str(REGISTER);
    // No value contains a line break, so this changes only the script's own line endings.
    text.replace('\n', "\r\n")
}

const HEAD: &str = r"# CMG Entra Setup: registers the resource providers of a cloud management gateway in the selected subscriptions.
#
# Reads the state of each provider first, and asks Azure only for what is missing. It unregisters nothing, and a second run does no
# harm. A subscription that fails does not stop the others. The exit code is 1 if anything failed.
# Azure registers in the background, for up to 15 minutes. Run the script again to see the states.
#
# Who: an account that may register these providers in each subscription: Contributor, or the custom role of CMG Entra Setup.
# Where: Windows PowerShell 5.1, PowerShell 7 or Azure Cloud Shell, with the module Az.Resources
#   (Install-Module Az.Resources -Scope CurrentUser). It opens the sign-in page only where there is no sign-in to the tenant.
# How: read it, clear the mark of a download with Unblock-File, then run it.
#
# Checked: its syntax by an independent grammar of PowerShell. It was not run.
# Nothing in this file is secret. It is plain ASCII on purpose: Windows PowerShell 5.1 reads a file in the code page of the computer.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

";

const REGISTER: &str = r")

if (-not (Get-Command -Name Register-AzResourceProvider -ErrorAction SilentlyContinue)) {
    throw 'The module Az.Resources is missing. Run: Install-Module Az.Resources -Scope CurrentUser'
}
$context = Get-AzContext
$isSignedIn = $null -ne $context -and $null -ne $context.Tenant -and $context.Tenant.Id -eq $tenant
if (-not $isSignedIn -or $context.Environment.Name -ne $environment) {
    Connect-AzAccount -Environment $environment -Tenant $tenant -ErrorAction Stop | Out-Null
}

$asked = 0
$failures = 0
foreach ($subscription in $selection) {
    Write-Host ('{0} {1}' -f $subscription.Id, $subscription.Name)
    try {
        # For this process only: the default subscription of the account stays.
        Set-AzContext -Subscription $subscription.Id -Tenant $tenant -Scope Process -ErrorAction Stop | Out-Null
    }
    catch {
        Write-Warning ('{0}: {1}' -f $subscription.Id, $_.Exception.Message)
        $failures += $subscription.Providers.Count
        continue
    }
    foreach ($provider in $subscription.Providers) {
        try {
            # One object for each resource type, all with the state of the provider.
            $state = @(Get-AzResourceProvider -ProviderNamespace $provider -ErrorAction Stop)[0].RegistrationState
            if ($state -eq 'Registered' -or $state -eq 'Registering') {
                Write-Host ('{0} {1}: {2}' -f $subscription.Id, $provider, $state)
            }
            else {
                Register-AzResourceProvider -ProviderNamespace $provider -ErrorAction Stop | Out-Null
                Write-Host ('{0} {1}: asked for' -f $subscription.Id, $provider)
                $asked += 1
            }
        }
        catch {
            Write-Warning ('{0} {1}: {2}' -f $subscription.Id, $provider, $_.Exception.Message)
            $failures += 1
        }
    }
}
Write-Host ('Registrations asked for: {0}. Failed: {1}.' -f $asked, $failures)
if ($failures -gt 0) {
    exit 1
}
";
