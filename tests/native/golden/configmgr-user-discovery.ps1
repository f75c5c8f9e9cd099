# CMG Entra Setup: import into Configuration Manager
#
# What this script does, in this order:
#   1. Loads the Configuration Manager module and connects to the site.
#   2. Looks whether the connection or the apps are in the site already. Then it stops, or asks.
#   3. Asks for the secret value of the server app. The secret is not in this file.
#   4. Imports the server app and the client app, and reads them back.
#   5. Creates the Cloud Management connection that uses both apps.
#   6. Offers to update the settings of the server app (version 2309 or later).
#
# Who: an administrator with the role Full Administrator or Infrastructure Administrator in Configuration
#   Manager. Steps 1 to 5 need no role and no sign-in in Microsoft Entra ID. Step 6 may ask for a sign-in.
# Where: a computer with the Configuration Manager console, version 2010 or later, in Windows PowerShell 5.1.
#   In a hierarchy, connect to the top-level site.
# How: save this file, clear the mark of a download with Unblock-File, then run
#   powershell.exe -ExecutionPolicy RemoteSigned -File <this file>
#   Where only signed scripts may run, read it, then sign it with a certificate of your own.
#
# This file is plain ASCII on purpose: Windows PowerShell 5.1 reads a file in the code page of the computer.
# Letters outside ASCII are written as [char] codes.
# Cmdlets and parameters follow the Configuration Manager cmdlet reference as of 2026-01-28.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# ---- Your tenant. Nothing below this block differs from tenant to tenant, but for what you chose to discover. ----
# The App ID URI is always passed on. Without it the site may keep its default, https://ConfigMgrService, and clients
# would ask Microsoft Entra ID for an app that does not exist. The last day of the secret is a day in UTC.
$tenantName = 'contoso.onmicrosoft.com'
$tenantId = '5e97358c-d99c-4558-af0c-de7774091dda'
$azureEnvironment = 'AzurePublicCloud'
$connectionName = 'Contoso cloud management'
$connectionDescription = 'Gateway for laptops'
$serverAppName = 'CMG-ServerApp'
$serverClientId = '2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72'
$appIdUri = 'api://5e97358c-d99c-4558-af0c-de7774091dda/2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72'
$secretEndDay = '2028-11-22'
$clientAppName = 'CMG-ClientApp'
$clientClientId = '9b1d4c7a-3e2f-4d60-8a5b-6c7d8e9f0a1b'
# Discovery reads everything every so many days, and what changed every so many minutes. Change the numbers to suit you.
$discoveryDays = 7
$discoveryMinutes = 5

# ---- 1. The module and the site ----
if (-not (Get-Module -Name ConfigurationManager)) {
    if (Get-Module -Name ConfigurationManager -ListAvailable) {
        Import-Module -Name ConfigurationManager
    }
    elseif ($env:SMS_ADMIN_UI_PATH) {
        # Consoles before version 2111 are not on the module path. The variable names the folder below the module.
        Import-Module -Name (Join-Path -Path $env:SMS_ADMIN_UI_PATH -ChildPath '..\ConfigurationManager.psd1')
    }
    else {
        throw 'The Configuration Manager console was not found on this computer. Nothing was changed.'
    }
}
if (-not (Get-Command -Name New-CMCloudManagementAzureService -ErrorAction SilentlyContinue)) {
    throw 'This console is older than version 2010 and cannot do this. Nothing was changed.'
}

$sites = @(Get-PSDrive -PSProvider CMSite -ErrorAction SilentlyContinue)
if ($sites.Count -eq 1) {
    $siteCode = $sites[0].Name
}
elseif ($sites.Count -gt 1) {
    $siteCode = Read-Host -Prompt ('Several sites are connected ({0}). Code of the top-level site' -f ($sites.Name -join ', '))
}
else {
    $siteCode = Read-Host -Prompt 'Site code, three letters or digits'
    $provider = Read-Host -Prompt 'Full name of the server with the SMS Provider'
    New-PSDrive -Name $siteCode -PSProvider CMSite -Root $provider | Out-Null
}

$secret = $null
Push-Location -LiteralPath ($siteCode + ':\')
try {
    Write-Host ('Site {0}' -f $siteCode)

    # ---- 2. What is there already ----
    if (@(Get-CMAzureService -Name $connectionName -DisableWildcardHandling).Count -gt 0) {
        throw 'The site already has an Azure service with the name of this connection. Nothing was changed.'
    }
    $serverApps = @(Get-CMAADApplication -TenantId $tenantId -ClientId $serverClientId -AppType ServerApplication)
    $clientApps = @(Get-CMAADApplication -TenantId $tenantId -ClientId $clientClientId -AppType ClientApplication)
    if (($serverApps.Count + $clientApps.Count) -gt 0) {
        Write-Warning 'The site already has an app of this file, perhaps from an earlier run that stopped half-way.'
        Write-Warning 'It can be kept as it is, with the secret and the App ID URI it was imported with.'
        $answer = Read-Host -Prompt 'Type yes to keep it and go on, anything else to stop'
        if ($answer -ne 'yes') {
            throw 'Stopped as you asked. Nothing was changed.'
        }
    }

    # ---- 3. and 4. The server app ----
    if ($serverApps.Count -eq 0) {
        # Read the same way on every computer, whatever its language.
        $secretExpiry = [datetime]::ParseExact($secretEndDay, 'yyyy-MM-dd', [cultureinfo]::InvariantCulture)
        if ($secretExpiry -le [datetime]::Today) {
            throw 'The secret of this file has ended. Make a new one and a new file. Nothing was changed.'
        }
        $secret = Read-Host -Prompt 'Secret value of the server app' -AsSecureString
        if ($secret.Length -eq 0) {
            throw 'No secret was typed. Nothing was changed.'
        }
        if ($secret.Length -eq 36) {
            # Entra ID shows the ID of a secret beside its value, and only the value works.
            $answer = Read-Host -Prompt 'This has the 36 characters of a secret ID. Type yes if it is the value'
            if ($answer -ne 'yes') {
                throw 'Stopped as you asked. Nothing was changed.'
            }
        }
        $serverImport = @{
            TenantName              = $tenantName
            TenantId                = $tenantId
            AppName                 = $serverAppName
            ClientId                = $serverClientId
            SecretKey               = $secret
            SecretKeyExpiry         = $secretExpiry
            AppIdUri                = $appIdUri
            AzureEnvironmentOption  = $azureEnvironment
            DisableWildcardHandling = $true
        }
        Import-CMAADServerApplication @serverImport | Out-Null
        $serverApps = @(Get-CMAADApplication -TenantId $tenantId -ClientId $serverClientId -AppType ServerApplication)
    }
    if ($serverApps.Count -ne 1) {
        throw ('Expected the server app once in the site, found it {0} times.' -f $serverApps.Count)
    }
    Write-Host 'The server app is in the site.'

    # ---- 4. The client app ----
    if ($clientApps.Count -eq 0) {
        $clientImport = @{
            ServerApp               = $serverApps[0]
            AppName                 = $clientAppName
            ClientId                = $clientClientId
            DisableWildcardHandling = $true
        }
        Import-CMAADClientApplication @clientImport | Out-Null
        $clientApps = @(Get-CMAADApplication -TenantId $tenantId -ClientId $clientClientId -AppType ClientApplication)
    }
    if ($clientApps.Count -ne 1) {
        throw ('Expected the client app once in the site, found it {0} times.' -f $clientApps.Count)
    }
    Write-Host 'The client app is in the site.'

    # ---- 5. The Cloud Management connection ----
    $schedule = New-CMSchedule -RecurInterval Days -RecurCount $discoveryDays
    $service = @{
        Name                      = $connectionName
        ServerApp                 = $serverApps[0]
        ClientApp                 = $clientApps[0]
        AzureEnvironmentOption    = $azureEnvironment
        DisableWildcardHandling   = $true
        Description               = $connectionDescription
        EnableUserDiscovery       = $true
        UserDiscoverySchedule     = $schedule
        EnableUserDeltaDiscovery  = $true
        UserDeltaDiscoveryMins    = $discoveryMinutes
    }
    New-CMCloudManagementAzureService @service | Out-Null
    if (@(Get-CMAzureService -Name $connectionName -DisableWildcardHandling).Count -ne 1) {
        throw 'The connection was created and cannot be read back. Look at Azure Services in the console.'
    }
    Write-Host 'The Cloud Management connection is in the site.'

    # ---- 6. The settings of the server app ----
    # Version 2309 and later create a gateway through the server app, which needs the redirect URI http://localhost
    # in Microsoft Entra ID and in the site database. CMG Entra Setup has put it in Microsoft Entra ID. If the console
    # says that the server app needs to be updated when you create the gateway, this cmdlet does the database too.
    if (Get-Command -Name Set-UpdateServerApplication -ErrorAction SilentlyContinue) {
        $answer = Read-Host -Prompt 'Type update to update the server app settings now, or press Enter to leave them'
        if ($answer -eq 'update') {
            Set-UpdateServerApplication -TenantId $tenantId
        }
    }

    Write-Host 'Done. Next: Administration, Cloud Services, Cloud Management Gateway, Create Cloud Management Gateway.'
    Write-Host ('The secret ends on {0} (UTC). Configuration Manager does not warn about imported apps.' -f $secretEndDay)
}
finally {
    Pop-Location
    if ($null -ne $secret) {
        $secret.Dispose()
    }
}
