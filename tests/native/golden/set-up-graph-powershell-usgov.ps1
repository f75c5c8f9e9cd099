# CMG Entra Setup: makes the two app registrations of a cloud management gateway in Microsoft Entra ID.
#
# Tenant: 5e97358c-d99c-4558-8000-000000010000 (USGov)
#
# Makes, where it is not there yet:
#   the web (server) app and the native (client) app, each with its service principal;
#   the consent of the client app to the server app (user_impersonation) and to Microsoft Graph (User.Read);
#   only with -SecretPath: a client secret of the server app.
#
# A second run does no harm: it looks first, and writes only what is missing. It never removes anything, and it changes no property that
# has another value: it names the difference, and the check of a pair in CMG Entra Setup repairs it.
# It finds the apps by their keys (uniqueName), which every account that may register apps can use too. So it goes on with apps that are there
# already only if you name their client IDs with -Use, after you have looked at what it prints of them. Every run ends with these IDs.
#
# The secret: none is made without -SecretPath FILE. That new file has it as a secure string that only you on this computer can read
# (Windows only):  (New-Object PSCredential 'x', (Import-Clixml FILE)).GetNetworkCredential().Password
# It is never printed. A second secret is made only with -AnotherSecret. Without -SecretPath, make it later: run the script again, or use
# Microsoft Entra admin center > App registrations > the server app > Certificates & secrets.
#
# Who: Cloud Application Administrator or Application Administrator.
# Where: Windows PowerShell 5.1 or PowerShell 7, with the module Microsoft.Graph.Authentication
#   (Install-Module Microsoft.Graph.Authentication -Scope CurrentUser). It opens the sign-in page.
# How: read it, clear the mark of a download with Unblock-File, then run
#   .\set-up-cmg.ps1 [-Use CLIENT-ID,CLIENT-ID] [-SecretPath FILE [-AnotherSecret]]
# It stops if the sign-in is to another tenant or cloud. Each request waits up to ten minutes until what the run has made is everywhere.
#
# Checked: its syntax by an independent grammar of PowerShell. It was not run. Its requests are those of the script for Azure CLI, which
# tests run against a simulated Microsoft Entra ID.
# Nothing in this file is secret. It is plain ASCII on purpose: Windows PowerShell 5.1 reads a file in the code page of the computer.

param(
    [string[]] $Use = @(),
    [string] $SecretPath = '',
    [switch] $AnotherSecret
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$environment = 'USGov'
$tenant = '5e97358c-d99c-4558-8000-000000010000'
$graph = 'https://graph.microsoft.us'
$permissions = @('User.Read', 'Organization.Read.All', 'Application.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All', 'Policy.Read.All')
$graphApp = '00000003-0000-0000-c000-000000000000'
$userRead = 'e1fe6dd8-ba31-4d61-89e7-88639da4683d'
$serverPath = 'applications(uniqueName=''cmg-entra-setup-server-b44d78c3-854c-5318-884f-e13f1ee73ce1'')'
$serverBody = '{"api":{"oauth2PermissionScopes":[{"adminConsentDescription":"Allows the app to access CMG-ServerApp as the signed-in user.","adminConsentDisplayName":"Access CMG-ServerApp","id":"0badcafe-0000-4000-8000-000000000001","isEnabled":true,"type":"User","value":"user_impersonation"}]},"displayName":"CMG-ServerApp","isDeviceOnlyAuthSupported":true,"signInAudience":"AzureADMyOrg","tags":["CMGEntraSetup"],"web":{"homePageUrl":"https://ConfigMgrService","redirectUris":["http://localhost"]}}'
$clientPath = 'applications(uniqueName=''cmg-entra-setup-client-f975ef6a-1624-5247-8457-8ce6785fb073'')'
$clientBody = '{"displayName":"CMG-ClientApp","isFallbackPublicClient":true,"signInAudience":"AzureADMyOrg","tags":["CMGEntraSetup"]}'
$serverNames = 'applications?$filter=displayName%20eq%20''CMG-ServerApp''%20or%20displayName%20eq%20''CMG-ServerApp''&$select=id,appId,uniqueName,displayName'
$clientNames = 'applications?$filter=displayName%20eq%20''CMG-ClientApp''%20or%20displayName%20eq%20''CMG-ClientApp''&$select=id,appId,uniqueName,displayName'
$scope = '0badcafe-0000-4000-8000-000000000001'
$serverRedirect = 'http://localhost'
$secretHours = 8759

# True once this run has made something: then the service may answer that it is not there yet.
$script:made = $false

function Invoke-Graph {
    # A request to Microsoft Graph. Waits where the service is busy, and until what this run has made is everywhere: ten minutes at most.
    param([string] $Method, [string] $Path, [string] $Body = '', [switch] $Upsert, [switch] $MayBeMissing)
    $request = @{ Method = $Method; Uri = $graph + '/v1.0/' + $Path; OutputType = 'Hashtable' }
    if ($Body -ne '') {
        $request['Body'] = $Body
        $request['ContentType'] = 'application/json'
    }
    if ($Upsert) {
        $request['Headers'] = @{ Prefer = 'create-if-missing' }
    }
    $deadline = (Get-Date).AddMinutes(10)
    $pause = 2
    while ($true) {
        try {
            return Invoke-MgGraphRequest @request
        }
        catch {
            $said = '{0} {1}' -f $_.Exception.Message, $_.ErrorDetails
            $isMissing = $said -match 'Request_ResourceNotFound|NotFound|Not Found'
            if ($isMissing -and $MayBeMissing) {
                return $null
            }
            $isBusy = $said -match 'TooManyRequests|Too Many Requests|Directory_ConcurrencyViolation'
            $isNew = $isMissing -or $said -match ('does not reference a valid application object|queried reference-property objects are' +
                ' not present|Not a valid reference update|cannot be found in the AppPermissions sets|backing application')
            if ((Get-Date) -ge $deadline -or -not ($isBusy -or ($isNew -and $script:made))) {
                throw
            }
            Start-Sleep -Seconds $pause
            if ($pause -lt 30) {
                $pause = $pause * 2
            }
        }
    }
}

function Get-Part {
    # The elements of a list, which may be absent.
    param($List)
    foreach ($part in @($List)) {
        if ($null -ne $part) {
            $part
        }
    }
}

function ConvertTo-Body {
    param([hashtable] $Properties)
    return ConvertTo-Json -InputObject $Properties -Depth 10 -Compress
}

if (-not (Get-Command -Name Invoke-MgGraphRequest -ErrorAction SilentlyContinue)) {
    throw 'The module Microsoft.Graph.Authentication is missing. Run: Install-Module Microsoft.Graph.Authentication -Scope CurrentUser'
}
# With powershell.exe -File, a list is one text.
$Use = @($Use -split ',')
$isWindows5 = $PSVersionTable.PSVersion.Major -lt 6
if ($SecretPath -ne '') {
    if (-not ($isWindows5 -or $IsWindows)) {
        throw 'A secure string is protected on Windows only. Run the script without -SecretPath, or on Windows. Nothing was changed.'
    }
    if (Test-Path -LiteralPath $SecretPath) {
        throw 'The file of -SecretPath is there already. Nothing was changed.'
    }
}
Connect-MgGraph -Environment $environment -TenantId $tenant -Scopes $permissions -NoWelcome
$context = Get-MgContext
if ($context.TenantId -ne $tenant -or $context.Environment -ne $environment) {
    throw 'The sign-in is to another tenant or cloud. Nothing was changed.'
}

# Looks before it writes.
$serverApplication = Invoke-Graph -Method GET -Path $serverPath -MayBeMissing
$clientApplication = Invoke-Graph -Method GET -Path $clientPath -MayBeMissing
$graphPrincipal = (Invoke-Graph -Method GET -Path ('servicePrincipals(appId=''{0}'')' -f $graphApp))['id']

# An app under a key may belong to another person, with a secret or an owner that you do not know.
$unknown = @()
foreach ($application in $serverApplication, $clientApplication) {
    if ($null -eq $application -or $Use -contains $application['appId']) {
        continue
    }
    $unknown += $application['appId']
    Write-Host ('An app is there already: {0}' -f $application['appId'])
    Write-Host ('  created: {0}, secrets: {1}, certificates: {2}' -f $application['createdDateTime'],
        @(Get-Part -List $application['passwordCredentials']).Count, @(Get-Part -List $application['keyCredentials']).Count)
    $redirects = @(Get-Part -List $application['web']['redirectUris']) + @(Get-Part -List $application['publicClient']['redirectUris']) +
        @(Get-Part -List $application['spa']['redirectUris'])
    Write-Host ('  redirect URIs: {0}' -f ($redirects -join ', '))
    $owners = (Invoke-Graph -Method GET -Path ('applications/{0}/owners' -f $application['id']))['value']
    foreach ($owner in Get-Part -List $owners) {
        Write-Host ('  owner: {0} {1}' -f $owner['id'], $owner['userPrincipalName'])
    }
    $federated = (Invoke-Graph -Method GET -Path ('applications/{0}/federatedIdentityCredentials' -f $application['id']))['value']
    Write-Host ('  federated credentials: {0}' -f @(Get-Part -List $federated).Count)
}
if ($unknown.Count -gt 0) {
    throw ('Apps are there already. Nothing was changed. If they are yours, run again with: -Use {0}' -f ($unknown -join ','))
}

# Two apps with both names, made by another tool, are most likely the pair that the site uses.
if ($null -eq $serverApplication -and $null -eq $clientApplication) {
    $ofServer = @(Get-Part -List (Invoke-Graph -Method GET -Path $serverNames)['value']).Count
    $ofClient = @(Get-Part -List (Invoke-Graph -Method GET -Path $clientNames)['value']).Count
    if ($ofServer -gt 0 -and $ofClient -gt 0) {
        throw 'Apps with both names are there already. Nothing was changed. Check that pair with CMG Entra Setup, or choose other names.'
    }
}

if ($null -eq $serverApplication) {
    $serverApplication = Invoke-Graph -Method PATCH -Path $serverPath -Body $serverBody -Upsert
    $script:made = $true
    Write-Host 'Server app: made'
}
else {
    Write-Host 'Server app: there already'
    if ($serverApplication['signInAudience'] -ne 'AzureADMyOrg' -or $serverApplication['isDeviceOnlyAuthSupported'] -ne $true -or
        $serverApplication['web']['redirectUris'] -notcontains $serverRedirect) {
        Write-Warning 'Its account types, its device-only tokens or its redirect URI differ. Check the pair with CMG Entra Setup.'
    }
    $scope = ''
    foreach ($one in Get-Part -List $serverApplication['api']['oauth2PermissionScopes']) {
        if ($one['value'] -eq 'user_impersonation' -and $one['isEnabled']) {
            $scope = $one['id']
        }
    }
    if ($scope -eq '') {
        throw 'The server app lacks the scope user_impersonation. Check the pair with CMG Entra Setup.'
    }
}
if ($null -eq $clientApplication) {
    $clientApplication = Invoke-Graph -Method PATCH -Path $clientPath -Body $clientBody -Upsert
    $script:made = $true
    Write-Host 'Client app: made'
}
else {
    Write-Host 'Client app: there already'
    if ($clientApplication['signInAudience'] -ne 'AzureADMyOrg' -or $clientApplication['isFallbackPublicClient'] -ne $true) {
        Write-Warning 'Its account types or its public client flows differ. Check the pair with CMG Entra Setup.'
    }
}
$serverObject = $serverApplication['id']
$serverApp = $serverApplication['appId']
$clientObject = $clientApplication['id']
$clientApp = $clientApplication['appId']

# What needs the IDs of the apps.
$uri = ('api://5e97358c-d99c-4558-8000-000000010000/' + $serverApp)
$uriBody = ('{"identifierUris":["api://5e97358c-d99c-4558-8000-000000010000/' + $serverApp + '"]}')
$uriJson = ('"api://5e97358c-d99c-4558-8000-000000010000/' + $serverApp + '"')
$redirect = ('ms-appx-web://Microsoft.AAD.BrokerPlugin/' + $clientApp)
$settingsBody = ('{"publicClient":{"redirectUris":["ms-appx-web://Microsoft.AAD.BrokerPlugin/' + $clientApp + '"]},"requiredResourceAccess":[{"resourceAccess":[{"id":"e1fe6dd8-ba31-4d61-89e7-88639da4683d","type":"Scope"}],"resourceAppId":"00000003-0000-0000-c000-000000000000"},{"resourceAccess":[{"id":"' + $scope + '","type":"Scope"}],"resourceAppId":"' + $serverApp + '"}]}')
$principalBody = '{"tags":["WindowsAzureActiveDirectoryIntegratedApp"]}'

function Add-Access {
    # Adds a permission to those that an app asks for.
    param([string] $Object, [string] $Resource, [string] $Permission, [string] $Kind)
    $path = 'applications/{0}' -f $Object
    $others = @()
    $held = @()
    foreach ($one in Get-Part -List (Invoke-Graph -Method GET -Path $path)['requiredResourceAccess']) {
        if ($one['resourceAppId'] -eq $Resource) {
            $held += @(Get-Part -List $one['resourceAccess'])
        }
        else {
            $others += $one
        }
    }
    foreach ($one in $held) {
        if ($one['id'] -eq $Permission) {
            return
        }
    }
    $all = $others + @{ resourceAppId = $Resource; resourceAccess = @($held + @{ id = $Permission; type = $Kind }) }
    $body = ConvertTo-Body -Properties @{ requiredResourceAccess = @($all) }
    Invoke-Graph -Method PATCH -Path $path -Body $body | Out-Null
}

function Get-Principal {
    # The object ID of the service principal of an app, which is made where there is none.
    param([string] $App)
    $path = 'servicePrincipals(appId=''{0}'')' -f $App
    $principal = Invoke-Graph -Method GET -Path $path -MayBeMissing
    if ($null -eq $principal) {
        $principal = Invoke-Graph -Method PATCH -Path $path -Body $principalBody -Upsert
        $script:made = $true
    }
    return $principal['id']
}

$path = 'applications/{0}' -f $serverObject
$uris = @(Get-Part -List (Invoke-Graph -Method GET -Path $path)['identifierUris'])
if ($uris.Count -eq 0) {
    Invoke-Graph -Method PATCH -Path $path -Body $uriBody | Out-Null
    Write-Host 'App ID URI: made'
}
elseif ($uris -ccontains $uri) {
    Write-Host 'App ID URI: there already'
}
else {
    Invoke-Graph -Method PATCH -Path $path -Body (ConvertTo-Body -Properties @{ identifierUris = @($uris + $uri) }) | Out-Null
    Write-Host 'App ID URI: added'
}

$serverPrincipal = Get-Principal -App $serverApp
$path = 'applications/{0}' -f $clientObject
$client = Invoke-Graph -Method GET -Path $path
$redirects = @(Get-Part -List $client['publicClient']['redirectUris'])
if ($redirects.Count -eq 0 -and @(Get-Part -List $client['requiredResourceAccess']).Count -eq 0) {
    Invoke-Graph -Method PATCH -Path $path -Body $settingsBody | Out-Null
}
else {
    if ($redirects -cnotcontains $redirect) {
        $body = ConvertTo-Body -Properties @{ publicClient = @{ redirectUris = @($redirects + $redirect) } }
        Invoke-Graph -Method PATCH -Path $path -Body $body | Out-Null
    }
    Add-Access -Object $clientObject -Resource $graphApp -Permission $userRead -Kind 'Scope'
    Add-Access -Object $clientObject -Resource $serverApp -Permission $scope -Kind 'Scope'
}
$clientPrincipal = Get-Principal -App $clientApp
Write-Host 'Service principals and settings: there'

# What needs the IDs of the service principals.
$serverConsent = ('{"clientId":"' + $clientPrincipal + '","consentType":"AllPrincipals","resourceId":"' + $serverPrincipal + '","scope":"user_impersonation"}')
$graphConsent = ('{"clientId":"' + $clientPrincipal + '","consentType":"AllPrincipals","resourceId":"' + $graphPrincipal + '","scope":"User.Read"}')

function Add-Consent {
    # For everybody in the tenant. What is consented to already stays.
    param([string] $Resource, [string] $Scope, [string] $Body)
    $path = 'oauth2PermissionGrants?$filter=clientId eq ''{0}''' -f $clientPrincipal
    $grant = $null
    foreach ($one in Get-Part -List (Invoke-Graph -Method GET -Path $path)['value']) {
        if ($one['resourceId'] -eq $Resource -and $one['consentType'] -eq 'AllPrincipals') {
            $grant = $one
        }
    }
    if ($null -eq $grant) {
        Invoke-Graph -Method POST -Path 'oauth2PermissionGrants' -Body $Body | Out-Null
        Write-Host ('Consent to {0}: made' -f $Scope)
        return
    }
    $held = @($grant['scope'] -split ' ' -ne '')
    if ($held -ccontains $Scope) {
        Write-Host ('Consent to {0}: there already' -f $Scope)
    }
    else {
        $wider = ConvertTo-Body -Properties @{ scope = ($held + $Scope) -join ' ' }
        Invoke-Graph -Method PATCH -Path ('oauth2PermissionGrants/{0}' -f $grant['id']) -Body $wider | Out-Null
        Write-Host ('Consent to {0}: added' -f $Scope)
    }
}

Add-Consent -Resource $serverPrincipal -Scope 'user_impersonation' -Body $serverConsent
Add-Consent -Resource $graphPrincipal -Scope 'User.Read' -Body $graphConsent

# The secret is last, so that nobody has to keep a secret of a pair that does not work.
$run = [guid]::NewGuid().ToString()
$ends = (Get-Date).ToUniversalTime().AddHours($secretHours)
$end = $ends.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture)
$secretBody = ('{"passwordCredential":{"displayName":"CMG Entra Setup ' + $run + '","endDateTime":"' + $end + '"}}')
$isValid = $false
$path = 'applications/{0}' -f $serverObject
foreach ($one in Get-Part -List (Invoke-Graph -Method GET -Path $path)['passwordCredentials']) {
    $isOurs = $null -ne $one['displayName'] -and $one['displayName'].StartsWith('CMG Entra Setup ')
    if ($isOurs -and ([datetime] $one['endDateTime']).ToUniversalTime() -gt (Get-Date).ToUniversalTime()) {
        $isValid = $true
    }
}
if ($SecretPath -eq '') {
    if (-not $isValid) {
        Write-Host 'Client secret: none was made. Run again with -SecretPath FILE, or make it in the Microsoft Entra admin center.'
    }
}
elseif ($isValid -and -not $AnotherSecret) {
    Write-Host 'Client secret: a valid one is there already. With -AnotherSecret, the script makes one more.'
}
else {
    # Before the secret is made, so that a file that cannot be written costs no secret.
    New-Item -ItemType File -Path $SecretPath | Out-Null
    $secret = Invoke-Graph -Method POST -Path ('applications/{0}/addPassword' -f $serverObject) -Body $secretBody
    ConvertTo-SecureString -String $secret['secretText'] -AsPlainText -Force | Export-Clixml -LiteralPath $SecretPath -Force
    $secret = $null
    Write-Host ('Client secret: made. It is in the file, and ends at {0}.' -f $end)
}

Write-Host ('Tenant ID: {0}' -f $tenant)
Write-Host ('Server app, client ID: {0}' -f $serverApp)
Write-Host ('Server app, App ID URI: {0}' -f $uri)
Write-Host ('Client app, client ID: {0}' -f $clientApp)
Write-Host ('For another run: -Use {0},{1}' -f $serverApp, $clientApp)
