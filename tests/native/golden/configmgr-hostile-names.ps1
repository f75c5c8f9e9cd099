# CMG Entra Setup: import into Configuration Manager
#
# What this script does, in this order:
#   1. Loads the Configuration Manager module and connects to the site.
#   2. Looks whether the connection or the apps are in the site already. Then it stops, or asks.
#   3. Asks for the secret value of the server app. The secret is not in this file.
#   4. Imports the server app and the client app, and reads them back.
#   5. Creates the Cloud Management connection that uses both apps.
#   6. Updates the settings of the server app, which version 2309 and later need before a gateway is created.
#      This asks for a sign-in to Microsoft Entra ID. It puts the redirect URI http://localhost into the site
#      database and, by Microsoft's page, adds the permission to read directory data. If the console did this
#      already, or another admin does it: -SkipServerAppUpdate
#   7. Only with -CreateGateway: creates the cloud management gateway in Azure and, with -ConnectionPointServer,
#      its connection point. The gateway costs money from then on. Where the connection is in the site already,
#      steps 3 to 5 are left out, so the same file can be run again for this.
#
# Instead of all that:
#   -Report           changes nothing. Says what the site has of this file, and how to renew the secret.
#   -UpdateDiscovery  changes the discovery of the connection to what this file says, and nothing else.
#
# Who: an administrator with the role Full Administrator or Infrastructure Administrator in Configuration
#   Manager. Steps 1 to 5 need no role and no sign-in in Microsoft Entra ID. For step 6 Microsoft names no role;
#   to grant the permission to read directory data takes Privileged Role Administrator or Global Administrator.
#   Step 7 asks for a sign-in as Owner of the subscription and Global Administrator.
# Where: a computer with the Configuration Manager console, version 2010 or later, in Windows PowerShell 5.1.
#   In a hierarchy, connect to the top-level site.
# How: save this file, clear the mark of a download with Unblock-File, then run
#   powershell.exe -ExecutionPolicy RemoteSigned -File <this file>
#   Where only signed scripts may run, read it, then sign it with a certificate of your own.
# With the gateway, once the site has KB37942646 (in version 2509: KB37864969), for example:
#   powershell.exe -ExecutionPolicy RemoteSigned -File <this file> -CreateGateway -GatewayName cmg.contoso.com
#     -CertificatePath C:\cmg\cmg.pfx -Region WestEurope -ResourceGroup cmg -ConnectionPointServer cp.contoso.com
#   all in one line.
#
# This file is plain ASCII on purpose: Windows PowerShell 5.1 reads a file in the code page of the computer.
# Letters outside ASCII are written as [char] codes.
# Cmdlets and parameters follow the Configuration Manager cmdlet reference as of 2026-01-28.

param(
    # Leaves out step 6.
    [switch] $SkipServerAppUpdate,
    # Only reads.
    [switch] $Report,
    # Only changes the discovery of a connection that is in the site. Groups are added, never removed.
    [switch] $UpdateDiscovery,

    # Does step 7. Everything below belongs to it. What is not asked for here keeps the default of the cmdlet:
    # look at the properties of the gateway in the console afterwards. Trusted root certificates of clients with
    # certificates are added there too.
    [switch] $CreateGateway,
    # The service name: the common name of the server authentication certificate.
    [string] $GatewayName,
    # The .pfx file of that certificate. Its password is asked for.
    [string] $CertificatePath,
    # The Azure region, such as WestEurope.
    [string] $Region,
    # The resource group. -ExistingResourceGroup takes one that is there, in the same region. Otherwise it is made.
    [string] $ResourceGroup,
    [switch] $ExistingResourceGroup,
    # The subscription. Left out, it is the one that was chosen in CMG Entra Setup.
    [string] $SubscriptionId,
    # How many virtual machines, 1 to 16.
    [int] $InstanceCount = 1,
    # Full name of the site system server that gets the connection point. Left out, none is added.
    [string] $ConnectionPointServer
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# ---- Your tenant. Nothing below this block differs from tenant to tenant, but for what you chose to discover. ----
# The App ID URI is always passed on. Without it the site may keep its default, https://ConfigMgrService, and clients
# would ask Microsoft Entra ID for an app that does not exist. The last day of the secret is a day in UTC.
$tenantName = ('' + [char]0x041A + [char]0x043E + [char]0x043D + [char]0x0442 + [char]0x043E + [char]0x0440 + [char]0x0430 + ' ' + [char]0x0411 + ' ' + [char]0x0438 + ' ' + [char]0x0412 + [char]0x0451)
$tenantId = '5e97358c-d99c-4558-af0c-de7774091dda'
$azureEnvironment = 'AzurePublicCloud'
$connectionName = ('Contoso''s ' + [char]0x201C + 'cloud' + [char]0x201D + ' ' + [char]0x2013 + ' 1' + [char]0x2018 + '2' + [char]0x2019 + '3' + [char]0x201A + '4' + [char]0x201B + '5; Remove-Item x')
$connectionDescription = '$(Remove-Item x) `n $env:PATH "#<@'' ''@'
$serverAppName = ('x' + [char]0x2019 + '; Remove-Item y #')
$serverClientId = '2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72'
$appIdUri = 'api://5e97358c-d99c-4558-af0c-de7774091dda/2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72'
$secretEndDay = '2028-11-22'
$clientAppName = ('Ger' + [char]0x00E4 + 't ' + [char]0xD83D + [char]0xDCBB + ' ''n'' Co')
$clientClientId = '9b1d4c7a-3e2f-4d60-8a5b-6c7d8e9f0a1b'
$groupNames = @('[a-z]* managers', ('' + [char]0x041E + [char]0x0442 + [char]0x0434 + [char]0x0435 + [char]0x043B + ' ' + [char]0x2019 + '), (Remove-Item z'), '''')
$knownSubscription = 'a1b2c3d4-e5f6-4708-9a0b-1c2d3e4f5a6b'
# Discovery reads everything every so many days, and what changed every so many minutes. Change the numbers to suit you.
$discoveryDays = 7
$discoveryMinutes = 5

# ---- 0. What the gateway needs, before anything is changed ----
$certificateFile = $null
if (($Report -and ($UpdateDiscovery -or $CreateGateway)) -or ($UpdateDiscovery -and $CreateGateway)) {
    throw '-Report, -UpdateDiscovery and -CreateGateway are for one run each. Nothing was changed.'
}
if ($CreateGateway) {
    if (-not $SubscriptionId) {
        $SubscriptionId = $knownSubscription
    }
    if (-not ($GatewayName -and $CertificatePath -and $Region -and $ResourceGroup -and $SubscriptionId)) {
        throw '-CreateGateway also needs -GatewayName, -CertificatePath, -Region, -ResourceGroup and -SubscriptionId. Nothing was changed.'
    }
    # Made a full path here, because the site has a drive of its own.
    $certificateFile = Convert-Path -LiteralPath $CertificatePath
}

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
$certificatePassword = $null
Push-Location -LiteralPath ($siteCode + ':\')
try {
    Write-Host ('Site {0}' -f $siteCode)

    # ---- 2. What is there already ----
    $hasConnection = @(Get-CMAzureService -Name $connectionName -DisableWildcardHandling).Count -gt 0
    if ($hasConnection -and -not ($CreateGateway -or $UpdateDiscovery -or $Report)) {
        throw 'The site already has an Azure service with the name of this connection. Nothing was changed.'
    }
    $serverApps = @(Get-CMAADApplication -TenantId $tenantId -ClientId $serverClientId -AppType ServerApplication)
    $clientApps = @(Get-CMAADApplication -TenantId $tenantId -ClientId $clientClientId -AppType ClientApplication)
    if ($Report -or $UpdateDiscovery) {
        Write-Host 'The import of this file is left out, as you asked.'
    }
    elseif ($hasConnection) {
        if ($serverApps.Count -ne 1) {
            throw 'The connection is in the site, and the server app of this file is not. Nothing was changed.'
        }
        Write-Host 'The connection is in the site already and stays as it is.'
    }
    elseif (($serverApps.Count + $clientApps.Count) -gt 0) {
        Write-Warning 'The site already has an app of this file, perhaps from an earlier run that stopped half-way.'
        Write-Warning 'It can be kept as it is, with the secret and the App ID URI it was imported with.'
        $answer = Read-Host -Prompt 'Type yes to keep it and go on, anything else to stop'
        if ($answer -ne 'yes') {
            throw 'Stopped as you asked. Nothing was changed.'
        }
    }

    # ---- Only with -Report: what the site has ----
    if ($Report) {
        Write-Host ('Connection {0}: {1}' -f $connectionName, $hasConnection)
        Write-Host ('Server app {0}: {1}' -f $serverClientId, ($serverApps.Count -gt 0))
        Write-Host ('Client app {0}: {1}' -f $clientClientId, ($clientApps.Count -gt 0))
        if ($GatewayName) {
            $gateways = @(Get-CMCloudManagementGateway -Name $GatewayName -DisableWildcardHandling)
            Write-Host ('Gateway {0}: {1}' -f $GatewayName, ($gateways.Count -gt 0))
        }
        Write-Host ('By this file, the secret ends on {0} (UTC). The site may have a newer one.' -f $secretEndDay)
        Write-Host 'To renew it: there is no cmdlet. Make a new secret, then in the console: Administration, Cloud Services,'
        Write-Host '  Microsoft Entra tenants, the tenant, Renew Secret Key.'
        Write-Host 'Properties for ccmsetup.exe:'
        Write-Host ('  AADTENANTID={0} AADCLIENTAPPID={1} AADRESOURCEURI={2}' -f $tenantId, $clientClientId, $appIdUri)
        return
    }

    # ---- Only with -UpdateDiscovery: the discovery of the connection ----
    if ($UpdateDiscovery) {
        if (-not $hasConnection) {
            throw 'The connection is not in the site. Run this file without -UpdateDiscovery first. Nothing was changed.'
        }
        $schedule = New-CMSchedule -RecurInterval Days -RecurCount $discoveryDays
        $discovery = @{
            Name                      = $connectionName
            DisableWildcardHandling   = $true
            EnableUserDiscovery       = $true
            UserDiscoverySchedule     = $schedule
            EnableUserDeltaDiscovery  = $true
            UserDeltaDiscoveryMins    = $discoveryMinutes
            EnableGroupDiscovery      = $true
            GroupDiscoverySchedule    = $schedule
            EnableGroupDeltaDiscovery = $true
            GroupDeltaDiscoveryMins   = $discoveryMinutes
            AddGroupName              = $groupNames
        }
        Set-CMCloudManagementAzureService @discovery
        Write-Host 'The discovery of the connection is as this file says. Groups from before are still discovered.'
        return
    }

    if (-not $hasConnection) {
        # ---- 3. and 4. The server app ----
        if ($serverApps.Count -eq 0) {
            # This format does not depend on the language of the computer.
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
            EnableGroupDiscovery      = $true
            GroupDiscoverySchedule    = $schedule
            EnableGroupDeltaDiscovery = $true
            GroupDeltaDiscoveryMins   = $discoveryMinutes
            AddGroupName              = $groupNames
        }
        New-CMCloudManagementAzureService @service | Out-Null
        if (@(Get-CMAzureService -Name $connectionName -DisableWildcardHandling).Count -ne 1) {
            throw 'The connection was created and cannot be read back. Look at Azure Services in the console.'
        }
        Write-Host 'The Cloud Management connection is in the site.'
    }

    # ---- 6. The settings of the server app ----
    # Version 2309 and later create a gateway through the server app. It needs the redirect URI http://localhost in
    # Microsoft Entra ID, where CMG Entra Setup has put it, and in the site database, where this cmdlet puts it.
    $isUpdated = $true
    if ($SkipServerAppUpdate) {
        Write-Warning 'The server app was not updated, as you asked. It has to be before a gateway is created:'
        Write-Warning 'Microsoft Entra tenants, the tenant, Applications, the server app, Update Application Settings.'
    }
    elseif (-not (Get-Command -Name Set-UpdateServerApplication -ErrorAction SilentlyContinue)) {
        Write-Host 'This console is older than version 2309, which does not need the server app updated.'
    }
    else {
        Write-Host 'Updating the settings of the server app. Microsoft Entra ID asks you to sign in.'
        try {
            Set-UpdateServerApplication -TenantId $tenantId
            Write-Host 'The settings of the server app were updated.'
        }
        catch {
            # Everything before this stays, so say how to go on instead of ending with an error.
            $isUpdated = $false
            Write-Warning ('The server app could not be updated: {0}' -f $_.Exception.Message)
            Write-Warning ('Before you create a gateway, run: Set-UpdateServerApplication -TenantId {0}' -f $tenantId)
        }
    }

    # ---- 7. The gateway, only with -CreateGateway ----
    if ($CreateGateway) {
        if (-not $isUpdated) {
            throw 'The gateway was not created, because the server app was not updated.'
        }
        if (@(Get-CMCloudManagementGateway -Name $GatewayName -DisableWildcardHandling).Count -gt 0) {
            Write-Host 'The gateway is in the site already and stays as it is.'
        }
        else {
            $certificatePassword = Read-Host -Prompt 'Password of the certificate file' -AsSecureString
            $gateway = @{
                EnvironmentSetting      = $azureEnvironment
                SubscriptionId          = $SubscriptionId
                GroupName               = $ResourceGroup
                IsUsingExistingGroup    = $ExistingResourceGroup.IsPresent
                Region                  = $Region
                ServiceName             = $GatewayName
                ServiceCertPath         = $certificateFile
                ServiceCertPassword     = $certificatePassword
                VMInstanceCount         = $InstanceCount
                EnforceProtocol         = $true
                DisableWildcardHandling = $true
            }
            # Version 2309 and later want to know the tenant. Older ones do not know the parameter.
            if ((Get-Command -Name New-CMCloudManagementGateway).Parameters.ContainsKey('TenantId')) {
                New-CMCloudManagementGateway @gateway -TenantId $tenantId | Out-Null
            }
            else {
                New-CMCloudManagementGateway @gateway | Out-Null
            }
            Write-Host 'Azure is building the gateway. See its status in the console, and CloudMgr.log and CMGSetup.log.'
        }
        if ($ConnectionPointServer) {
            $connectionPoint = @{
                CloudManagementGatewayName = $GatewayName
                SiteSystemServerName       = $ConnectionPointServer
                DisableWildcardHandling    = $true
            }
            Add-CMCloudManagementGatewayConnectionPoint @connectionPoint | Out-Null
            Write-Host 'The connection point is added.'
        }
    }

    if ($CreateGateway) {
        Write-Host 'Done. Next: let the management points and software update points take traffic of the gateway.'
    }
    else {
        Write-Host 'Done. Next: Administration, Cloud Services, Cloud Management Gateway, Create Cloud Management Gateway.'
    }
    Write-Host ('The secret ends on {0} (UTC). Configuration Manager does not warn about imported apps.' -f $secretEndDay)
}
finally {
    Pop-Location
    if ($null -ne $secret) {
        $secret.Dispose()
    }
    if ($null -ne $certificatePassword) {
        $certificatePassword.Dispose()
    }
}
