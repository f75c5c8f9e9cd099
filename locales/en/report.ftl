### The report of a check as a file, what changed since an earlier one, the reminder, and the remaining steps in the console.

# The reminder for a calendar.
reminder-title = Client secret of { $app } expires
reminder-end = The client secret expires on { $day } at { $time } UTC.
reminder-stops = When it expires, every Azure service of the Configuration Manager site that uses this app stops, including the cloud management gateway. Configuration Manager does not warn about imported apps.
reminder-app = App: { $app }, Application (client) ID { $id }
reminder-tenant = Tenant ID: { $id }
reminder-key = Secret (key) ID: { $id }
reminder-do = What to do: create a new client secret for this app with CMG Entra Setup or in the Azure portal. Then enter its value and its expiry in the Configuration Manager console, { $path }. Remove the old secret once the site uses the new one.

# A new secret: the remaining steps in the console.
renewal-enter = Enter the new secret in the console
renewal-enter-value = Enter the secret's value, not its ID, as Secret Key and { $day } as Secret Key Expiry, then select OK.
renewal-enter-sign-in = For an app that the console created, the dialog asks for a sign-in to Microsoft Entra ID and creates its own secret. Since version 2409 it also asks for consent to Directory.Read.All. Microsoft's article names Global Administrator, or a role that can give that consent, such as Privileged Role Administrator. Administrators report that only Global Administrator worked.
renewal-enter-either = If the dialog asks for a secret, the app was imported. { $value } If it asks for a sign-in instead, the console created the app. { $sign-in }
renewal-look = Check that the site uses it
renewal-look-who = Anyone who can read the logs of the site server.
renewal-look-path = Site server > Configuration Manager logs > CloudMgr.log, SMS_AZUREAD_DISCOVERY_AGENT.log
renewal-look-detail = Select Verify if the dialog offers it. Then look for refused sign-ins in CloudMgr.log and, with discovery on, in SMS_AZUREAD_DISCOVERY_AGENT.log: AADSTS7000215 means a wrong value, often the secret's ID, and AADSTS7000222 an expired secret. Errors of the dialog itself are in SmsAdminUI.log on the computer with the console.
renewal-old = Keep the old secret until then
renewal-secrets-path = Azure portal > Microsoft Entra ID > App registrations > the server app > Certificates & secrets
renewal-old-who = An owner of the app, Cloud Application Administrator or Application Administrator.
renewal-old-detail = Both secrets work. Remove the old one only when the site signs in with the new one: the details of its service principal sign-ins show the key ID of the secret it used.
renewal-spare = Remove the secret the site does not use
renewal-spare-detail = If the dialog created its own secret, the one created here is not needed: remove it by its key ID. If the dialog accepts a value, enter the one created here and keep it.
renewal-calendar-path = Reminder, on this page
renewal-calendar = The console warns only about apps that it created.

# The part of updating the application settings that happens in the site.
renewal-update-why = The site keeps its own record of the web (server) app. Until that record also has the redirect URI http://localhost, creating a gateway can still fail with “Your server Application needs to be updated”.
renewal-update-command = In a PowerShell session connected from the console, version 2309 and later.
renewal-update-console = Requires a sign-in to Microsoft Entra ID that can change the app. It updates Microsoft Entra ID and the site: it lets devices request tokens, adds the permission to read the directory, and since version 2309 adds http://localhost in both.

# Who still uses an app.
renewal-usage-path = Microsoft Entra admin center > Enterprise applications > the app > Sign-in logs
renewal-usage-find = Search the list for the Application (client) ID { $id }. Reading sign-ins requires a role such as Reports Reader.
renewal-usage-users = User sign-ins (non-interactive)
renewal-usage-users-who = Clients that got tokens in the background.
renewal-usage-services = Service principal sign-ins
renewal-usage-services-who = The site itself, with its secret.
renewal-usage-limits = An empty list does not prove that the app is unused: the logs cover 7 days, or 30 with Microsoft Entra ID P1, and do not show clients that were off.
renewal-usage-console-path = Administration > Cloud Services > Azure Services, and Microsoft Entra tenants
renewal-usage-console = One app can serve several Azure services of several sites: check the console of each. Removing a service there does not delete the apps in Microsoft Entra ID.
