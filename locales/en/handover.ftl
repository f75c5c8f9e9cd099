### The hand-over page: the fields of Configuration Manager's dialogs, the remaining steps, how to disable Entra authentication.
### Labels, options and paths are exactly those of the English console, so that an admin can find them.

# The dialog that a group of fields belongs to.
handover-dialog-azure-services = Azure Services page
handover-dialog-app = App page
handover-dialog-import-server = App page, Web app: Browse, then Import
handover-dialog-import-client = App page, Native Client app: Browse, then Import
handover-dialog-discovery = Discovery page
handover-dialog-client-setup = Installing clients: properties of ccmsetup.exe
handover-dialog-client-setup-note = For clients that authenticate with Microsoft Entra ID and cannot get these values from the gateway during setup, such as clients on the intranet. A Microsoft Entra joined client that installs over the gateway needs only CCMHOSTNAME and SMSSITECODE.

# Labels of fields.
handover-label-name = Name
handover-label-description = Description
handover-label-service = Service
handover-label-azure-environment = Azure environment
handover-label-tenant-name = Microsoft Entra tenant Name
handover-label-tenant-id = Microsoft Entra tenant ID
handover-label-application-name = Application Name
handover-label-client-id = Client ID
handover-label-secret-key = Secret Key
handover-label-secret-key-expiry = Secret Key Expiry
handover-label-app-id-uri = App ID URI
handover-label-user-discovery = Enable Microsoft Entra user Discovery
handover-label-group-discovery = Enable Microsoft Entra group Discovery
handover-label-discovery-scope = Settings, Discovery Scopes, Add

# Properties of ccmsetup.exe, spelled exactly so.

# Values that are fixed, or a note in place of the value.
handover-value-cloud-management = Cloud Management
handover-value-on = Selected
handover-value-secret = The secret value. It is shown once, on this page only.

# The remaining steps, and who can do them.
handover-need-required = Required
handover-need-recommended = Recommended
handover-need-optional = Optional
handover-who-site = Full Administrator or Infrastructure Administrator in Configuration Manager.
handover-who-import = Full Administrator or Infrastructure Administrator in Configuration Manager. No role in Microsoft Entra ID.
handover-who-update = Full Administrator or Infrastructure Administrator in Configuration Manager, with a sign-in to Microsoft Entra ID. Microsoft documents no role for it. Granting the permission to read directory data requires Privileged Role Administrator or Global Administrator.
handover-who-site-update = An administrator who can install site updates, such as Full Administrator.
handover-who-management-point = The administrators of the management point server, its proxy and the firewall.
handover-who-create = One account that is Owner of the Azure subscription and Global Administrator in Microsoft Entra ID. In Configuration Manager, Full Administrator or Infrastructure Administrator.
handover-who-renew = The person who renews it: an owner of the app, Cloud Application Administrator or Application Administrator.

handover-step-consent = Finish the admin consent
handover-step-consent-path = Azure portal > Microsoft Entra ID > App registrations > the app > API permissions > Grant admin consent
handover-consent-missing = Not granted: { $permissions }.
handover-consent-unread = Could not be checked: { $permissions }.
handover-permission-of-server = { $permission } (server app)
handover-permission-of-client = { $permission } (client app)

handover-step-providers = Get the resource providers ready
handover-step-providers-path = Azure portal > Subscriptions > the subscription > Resource providers > Register
handover-providers-missing = Not registered: { $namespaces }.
handover-providers-waiting = Still registering, this can take a while: { $namespaces }.
handover-providers-unread = Could not be checked: { $namespaces }.
handover-providers-left = No subscription was chosen here, so the page neither read nor changed anything in Azure. The gateway's subscription needs: { $namespaces }.

# A text for the subscription's owner. The commands follow the sentences that end with a colon.
provider-request-why = Please register these resource providers in the Azure subscription of our Configuration Manager cloud management gateway. Without them, the gateway cannot be created.
provider-request-subscription = Subscription ID: { $id }
provider-request-who = Who can do it: { $role }
provider-request-portal = Where: { $path }
provider-request-page = Or on this page, which signs in for Azure alone and shows every request before it sends anything: { $link }
provider-request-commands = Or run the commands of Azure CLI or Azure PowerShell:
provider-request-azure-cli = Azure CLI:
provider-request-powershell = Azure PowerShell:
provider-request-placeholder = In the commands, replace { $placeholder } with the ID of the subscription.
provider-request-time = Each provider takes some minutes. Registering a provider again does no harm.

handover-step-import = Import both apps
handover-step-import-path = Administration > Cloud Services > Azure Services > Configure Azure Services
handover-step-import-detail = Enter the values from this page, or run the script. Select Verify in both Import dialogs. Verify is not known to check the App ID URI, so paste the URI and compare it.

handover-step-update = Update the application settings before you create the gateway
handover-step-update-path = Administration > Cloud Services > Microsoft Entra tenants > the tenant > Applications > the server app > ribbon: Update Application Settings
handover-step-update-detail = Since version 2309 the site creates a gateway through the server app. Without this update, creating it fails with “Your server Application needs to be updated”. The script does the update by default. To do it yourself, use the console, or run this line in a PowerShell session connected from it: { $command }. It asks for a sign-in to Microsoft Entra ID. It puts the redirect URI http://localhost into the site database, lets devices request tokens, and, according to Microsoft's article, also adds the permission to read directory data.

handover-step-discovery = Also turn on Active Directory User Discovery, for hybrid users
handover-step-discovery-path = Administration > Hierarchy Configuration > Discovery Methods > Active Directory User Discovery > Properties
handover-step-discovery-detail = You chose Microsoft Entra user discovery. Federated or synchronized users need both discovery methods before they can sign in to the site with Microsoft Entra ID.

handover-step-site-update = Install KB37942646 before you create the gateway
handover-step-site-update-path = Administration > Updates and Servicing > ribbon: Install Update Pack
handover-step-site-update-detail = Versions 2603, 2503 and 2409 need KB37942646. On 2503 and 2409, first install their update rollups KB32851084 and KB30385346. Version 2509 needs its second update rollup, KB37864969, which includes KB37942646. Without it, the gateway is built from an image that Microsoft withdraws: from early 2027, deploying new gateways fails, and so does reimaging.

handover-step-management-point = Let the management point reach Microsoft Entra ID
handover-step-management-point-path = Firewall and proxy > each management point that serves the gateway
handover-step-management-point-detail = From version 2603, if clients use Microsoft Entra ID, the management point validates their tokens itself. As Local System, it must reach { $login } and { $issuer } over HTTPS. If it needs a proxy, set it for Local System in the WinINET settings: version 2603 ignores the proxy in the site system's properties and a proxy set by netsh winhttp. If it cannot reach them, CCM_STS_ManagedBase.log on the management point shows MISE12034 with a SocketException or HttpRequestException. MISE12034 has other causes too.

handover-step-create = Create the cloud management gateway
handover-step-create-path = Administration > Cloud Services > Cloud Management Gateway > Create Cloud Management Gateway
handover-step-create-detail = Select the Microsoft Entra tenant name, then Sign in. Microsoft's planning article asks for an account with both roles, its setup article for the Owner. Have the server authentication certificate (.pfx) ready. With -CreateGateway, the script also creates the gateway.

handover-step-connect = Connect the site to the gateway
handover-step-connect-path = Administration > Site Configuration > Servers and Site System Roles
handover-step-connect-detail = Add the role Cloud management gateway connection point to a site system server. Then, in the properties of each management point and software update point for clients on the internet, allow Configuration Manager cloud management gateway traffic.

handover-step-authentication = Configure client authentication
handover-step-authentication-path = Administration > Site Configuration > Sites > Hierarchy Settings, and the properties of the site > Communication Security
handover-step-authentication-detail = Choose how clients on the internet prove who they are: with Microsoft Entra ID, with a site token, or with a certificate. Clients with a PKI certificate use the two apps only for what is deployed to users, not for what is deployed to devices.

handover-step-renew = Put the secret's expiry in your calendar
handover-step-renew-path = Administration > Cloud Services > Microsoft Entra tenants > the tenant > ribbon: Renew Secret Key
handover-step-renew-detail = The secret expires on { $day } (UTC). Configuration Manager does not warn about imported apps, and when the secret expires, every Azure service of the site stops. Create a new secret before that day and enter it there.

handover-step-admin-service = Restrict access to the administration service
handover-step-admin-service-path = Administration > Cloud Services > Azure Services > Configure Azure Services > Administration Service Management
handover-step-admin-service-detail = Since version 2207 the wizard offers this service beside Cloud Management. It separates the permissions for the gateway from those for the administration service. It uses the same two apps: choose them from the lists in the dialogs, and do not import them again.

handover-note-app-id-uri = Scripts in task sequences that download through the gateway often expect https://ConfigMgrService. Set their variable MDMApplicationIDURI to { $uri }.

# A subscription in another tenant.
handover-other-tenant-both = Onboard both tenants, each with its own Cloud Management connection: this one ({ $tenant }), because its users and devices get their tokens here, and the subscription's, because the site creates the gateway there. An administrator of each tenant registers the apps.
handover-other-tenant-app = The subscription's tenant needs the web (server) app. According to Microsoft's FAQ, it technically needs no native (client) app, which only serves users and devices. If the wizard or the cmdlet still asks for one, create one there.
handover-other-tenant-disable = Then disable Microsoft Entra authentication for the subscription's tenant, as described below. Leave it on for this one.
handover-other-tenant-create = Update the application settings of the web (server) app there, register the resource providers in that subscription, and select that tenant when you create the gateway.

# Disabling Entra authentication for a tenant.
handover-disable-when = Do this for a tenant that has the gateway's Azure subscription and none of its users and devices. Do not do it for any other tenant.
handover-disable-path = Administration > Cloud Services > Azure Services > the Cloud Management connection > Properties > Applications
handover-disable-option = Disable Microsoft Entra authentication for this tenant
handover-disable-hours = Clients apply the change within 25 hours.
handover-disable-console-only = Only the console can do this. There is no cmdlet for it.
handover-disable-before-2503 = Before version 2503, this option could make clients lose the gateway. Update the site first.
handover-hurry-site = To see the change sooner in a test, restart the service sms_executive on the site server.
handover-hurry-client = Then restart the service ccmexec on the client.
handover-hurry-schedule = Then run SendSchedule { $schedule } on the client.
