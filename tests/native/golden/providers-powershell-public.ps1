# CMG Entra Setup: registers the resource providers of a cloud management gateway in the selected subscriptions.
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

$environment = 'AzureCloud'
$tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47'
$selection = @(
    @{ Id = '5e97358c-d99c-4558-af0c-de7774091dda'; Name = 'Contoso production'; Providers = @('Microsoft.KeyVault', 'Microsoft.Storage', 'Microsoft.Network', 'Microsoft.Compute') }
    @{ Id = '2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72'; Name = ('Contoso S' + [char]0x00FC + 'd'); Providers = @('Microsoft.Compute') }
)

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
