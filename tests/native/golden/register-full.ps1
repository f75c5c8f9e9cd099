# CMG Entra Setup: registers the page itself in Microsoft Entra ID
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

$environment = 'Global'
$cloudKey = 'public'
$key = 'page-of-cmg-entra-setup-c31ad325-bfd5-51c8-90b8-4053a27bc095'
$body = '{"displayName": "CMG Entra Setup","signInAudience": "AzureADMyOrg","tags": ["CMGEntraSetupPage"],"spa": { "redirectUris": ["https://cmg.contoso.com/setup/", "https://cmg.contoso.com/setup/bridge.html"] },"web": {"redirectUris": [],"implicitGrantSettings": { "enableIdTokenIssuance": false, "enableAccessTokenIssuance": false }},"publicClient": { "redirectUris": [] },"isFallbackPublicClient": false,"requiredResourceAccess": [{ "resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [{ "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope" },{ "id": "06da0dbc-49e2-44d2-8312-53f166ab848a", "type": "Scope" },{ "id": "c79f8feb-a9db-4090-85f9-90d820caa0eb", "type": "Scope" },{ "id": "572fea84-0151-49b2-9301-11cb16974376", "type": "Scope" },{ "id": "4908d5b9-3fb2-4b1e-9336-1888b7937185", "type": "Scope" },{ "id": "bdfbf15f-ee85-4955-8675-146e8e5296b5", "type": "Scope" },{ "id": "41ce6ca6-6826-4807-84f1-1c82854f7ee5", "type": "Scope" },{ "id": "84bccea3-f856-4a8a-967b-dbe0a3d53a64", "type": "Scope" }] },{ "resourceAppId": "797f4846-ba00-4fd7-ba43-dac1f8f63013", "resourceAccess": [{ "id": "41094075-9dad-400e-a0bd-54e686782033", "type": "Scope" }] }]}'
$permissions = @('Application.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All')

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

# Consent for everybody in the tenant. What is consented to already stays.
$wanted = @(
    @{ Api = '00000003-0000-0000-c000-000000000000'; Scopes = 'openid profile offline_access User.Read Directory.Read.All Application.Read.All Policy.Read.All Organization.Read.All Application.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All AppRoleAssignment.ReadWrite.All' }
    @{ Api = '797f4846-ba00-4fd7-ba43-dac1f8f63013'; Scopes = 'user_impersonation' }
)
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

Write-Output -InputObject ('Client ID: {0}' -f $app.appId)
Write-Output -InputObject ('In config.json, under clients: {0} is {1}' -f $cloudKey, $app.appId)
