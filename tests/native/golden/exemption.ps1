# CMG Entra Setup: exempts one app from the tenant's app management policy
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

$cloud = 'Global'
$graph = 'https://graph.microsoft.com'
$tenant = '5e97358c-d99c-4558-8000-000000010000'
$app = '2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72'
$body = '{"description":"Configuration Manager connects to Microsoft Entra ID with a client secret.","displayName":"Client secrets for CMG-ServerApp","isEnabled":true,"restrictions":{"keyCredentials":[],"passwordCredentials":[{"maxLifetime":null,"restrictForAppsCreatedAfterDateTime":"2000-01-01T00:00:00Z","restrictionType":"passwordAddition","state":"disabled"},{"maxLifetime":"P365D","restrictForAppsCreatedAfterDateTime":"2000-01-01T00:00:00Z","restrictionType":"passwordLifetime","state":"enabled"}]}}'

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
