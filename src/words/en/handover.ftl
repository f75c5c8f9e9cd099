### The hand-over page: the fields of Configuration Manager's dialogs, what is left to do, how to switch Entra authentication off.
### Labels, options and paths are those of the English console, letter for letter, so that an admin can find them.

# Where a group of fields belongs.
handover-dialog-azure-services = Azure Services page
handover-dialog-app = App page
handover-dialog-import-server = App page, Web app: Browse, then Import
handover-dialog-import-client = App page, Native Client app: Browse, then Import
handover-dialog-discovery = Discovery page

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

# Values that are not data.
handover-value-cloud-management = Cloud Management
handover-value-on = Selected
handover-value-secret = The secret value. It is shown once, on this page only.

# What is left to do.
handover-need-required = Required
handover-need-recommended = Recommended

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

handover-step-import = Import both apps
handover-step-import-path = Administration > Cloud Services > Azure Services > Configure Azure Services
handover-step-import-detail = Fill in the fields on this page, or run the script. Select Verify in both Import dialogs. Verify is not known to check the App ID URI, so paste it and compare it. You need the role Full Administrator or Infrastructure Administrator in Configuration Manager, and no role in Microsoft Entra ID.

handover-step-update = Update the application settings, if the console asks for it
handover-step-update-path = Administration > Cloud Services > Microsoft Entra tenants > the tenant > Applications > the server app > Update application settings
handover-step-update-detail = Version 2309 and later may say “Your server Application needs to be updated” when you create the gateway. This step adds the redirect URI to the site database and asks for a Microsoft Entra sign-in.

handover-step-create = Create the cloud management gateway
handover-step-create-path = Administration > Cloud Services > Cloud Management Gateway > Create Cloud Management Gateway
handover-step-create-detail = Sign in as an Owner of the Azure subscription. Have the server authentication certificate at hand.

handover-step-renew = Put the end of the secret in your calendar
handover-step-renew-path = Administration > Cloud Services > Microsoft Entra tenants > the tenant > Applications > the server app > Renew Secret Key
handover-step-renew-detail = The secret ends on { $day } (UTC). Configuration Manager does not warn about imported apps, and every Azure service of the site stops when it ends. Make a new secret before that day and enter it there.

handover-note-app-id-uri = Scripts in task sequences that download through the gateway often expect https://ConfigMgrService. Set their variable MDMApplicationIDURI to { $uri }.

# Switching Entra authentication off for a tenant.
handover-disable-when = Do this for a tenant that holds the Azure subscription of the gateway and none of its users and devices. Leave it alone in every other tenant.
handover-disable-path = Administration > Cloud Services > Azure Services > the Cloud Management connection > Properties > Applications
handover-disable-option = Disable Microsoft Entra authentication for this tenant
handover-disable-hours = Clients follow within 25 hours.
handover-disable-console-only = Only the console can do this. No cmdlet exists for it.
handover-disable-before-2503 = Before version 2503, clients could lose the gateway where this was selected. Update the site first.
handover-hurry-site = To see it sooner in a test, restart the service sms_executive on the site server.
handover-hurry-client = Then restart the service ccmexec on the client.
handover-hurry-schedule = Then run SendSchedule { $schedule } on the client.

# The record for download.
handover-record-about = What CMG Entra Setup set up in Microsoft Entra ID, for the Configuration Manager site. The value of the secret is not in this file.

# A text that cannot go into a script or a one-line field.
handover-text-empty = The text is empty, so type one.
handover-text-break = Character { $position } ({ $character }) is a line break or control character, so delete it.
