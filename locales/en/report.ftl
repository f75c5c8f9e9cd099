### The report of a check as a file, what changed since an earlier one, the reminder, and what is left to do in the console.

report-about = What CMG Entra Setup found out about a pair of app registrations for a cloud management gateway. No token and no text of a secret is in this file. Names of apps, secrets and policies are as people have typed them.

# A file that is no report. The rule, then the mend.
report-too-large = The text has more than one million bytes, and no report has, so take another file.
report-not-json = This is not a whole report, or a property is named twice in it, so take the file again as it was saved, from the first line to the last.
report-other-kind = This is not a report of this page, so take a file that was saved here.
report-newer = A newer version of this page wrote this report, so compare it there.
report-shape = The property { $property } does not hold what a report has there, so take the file again as it was saved.
report-extra = A property is in { $object } that no report has there, so take the file again as it was saved.
report-other-cloud = The earlier report is of another Azure environment, so take one of this environment.
report-other-tenant = The earlier report is of another tenant, so take one of this tenant.

# What changed. A check: what it found then, and what it finds now.
report-check-of = { $app }, { $title }
report-better = { $check } is better
report-worse = { $check } is worse
report-changed = { $check } has changed
report-check = { $head }. Before ({ $was }): { $before } Now ({ $is }): { $seen }
report-app-came = { $app }: there is one now, { $id }.
report-app-gone = { $app }: { $id } is gone.
report-app-replaced = { $app }: { $to } stands where { $from } was.
report-uri-came = The App ID URI { $uri } is new.
report-uri-gone = The App ID URI { $uri } is gone.
report-secret-came = The client secret { $key } ({ $name }) is new.
report-secret-gone = The client secret { $key } ({ $name }) is gone.

# The reminder for a calendar.
reminder-title = Client secret of { $app } ends
reminder-end = The client secret ends on { $day } at { $time } UTC.
reminder-stops = When it ends, every Azure service of the Configuration Manager site that uses this app stops, the cloud management gateway too. Configuration Manager does not warn about imported apps.
reminder-app = App: { $app }, Application (client) ID { $id }
reminder-tenant = Tenant ID: { $id }
reminder-key = Secret (key) ID: { $id }
reminder-do = What to do: make a new client secret for this app with CMG Entra Setup or in the Azure portal. Then enter its value and its end in the Configuration Manager console, { $path }. Remove the old secret once the site uses the new one.
reminder-no-end = This secret has no end, so there is nothing to be reminded of.

# A new secret: what is left to do in the console.
renewal-imported = The apps were imported
renewal-console = The console made the apps
renewal-unknown = I do not know
renewal-enter = Give the site the new secret
renewal-enter-value = Enter the secret's value, not its ID, as Secret Key and { $day } as Secret Key Expiry, then select OK.
renewal-enter-sign-in = For an app the console has made, the dialog asks for a sign-in to Microsoft Entra ID and makes a secret of its own. Since version 2409 it asks for consent to Directory.Read.All there. Microsoft's page names Global Administrator, or a role that may give that consent, such as Privileged Role Administrator. Administrators report that only Global Administrator worked.
renewal-enter-either = If the dialog asks for a secret, the app was imported. { $value } If it asks for a sign-in instead, the console made the app. { $sign-in }
renewal-look = See that the site uses it
renewal-look-who = Anybody who may read the logs of the site server.
renewal-look-path = Site server > Configuration Manager logs > CloudMgr.log, SMS_AZUREAD_DISCOVERY_AGENT.log
renewal-look-detail = Select Verify where the dialog offers it. Then look for refused sign-ins in CloudMgr.log and, with discovery on, in SMS_AZUREAD_DISCOVERY_AGENT.log: AADSTS7000215 means a wrong value, often the ID instead, and AADSTS7000222 a secret that has ended. What the dialog itself refuses is in SmsAdminUI.log on the computer with the console.
renewal-old = Keep the old secret until then
renewal-secrets-path = Azure portal > Microsoft Entra ID > App registrations > the server app > Certificates & secrets
renewal-old-who = An owner of the app, Cloud Application Administrator or Application Administrator.
renewal-old-detail = Both work side by side. Remove the old one only when the site signs in with the new one: the details of its service principal sign-ins have the key ID of the secret it used.
renewal-spare = Remove the secret the site does not use
renewal-spare-detail = Where the dialog has made a secret of its own, the one made here is not needed: remove it by its key ID. Where the dialog takes a value, enter the one made here and keep it.
renewal-calendar-path = Reminder, on this page
renewal-calendar-imported = Configuration Manager does not warn about imported apps.
renewal-calendar-console = Since version 2006 the console tells when the secret of an app it has made is about to end, to those who open it.
renewal-calendar-unknown = The console warns for apps it has made itself and for no others.

# The site's half of updating the application settings.
renewal-update-why = The site keeps its own record of the web (server) app. Until that has the redirect URI http://localhost too, making a gateway may still end with “Your server Application needs to be updated”.
renewal-update-command = In a PowerShell connected from the console, version 2309 and later.
renewal-update-console = Needs a sign-in to Microsoft Entra ID that may change the app. It does both halves: it lets devices ask for tokens, adds the right to read the directory, and since version 2309 adds http://localhost in Microsoft Entra ID and in the site.

# Who still uses an app.
renewal-usage-path = Microsoft Entra admin center > Enterprise applications > the app > Sign-in logs
renewal-usage-find = Search the list for the Application (client) ID { $id }. To read sign-ins takes a role such as Reports Reader.
renewal-usage-users = User sign-ins (non-interactive)
renewal-usage-users-who = Clients that got tokens in the background.
renewal-usage-services = Service principal sign-ins
renewal-usage-services-who = The site itself, with its secret.
renewal-usage-limits = An empty list is no proof: the logs go back 7 days, or 30 with Microsoft Entra ID P1, and a client that was off is in none of them.
renewal-usage-console-path = Administration > Cloud Services > Azure Services, and Microsoft Entra tenants
renewal-usage-console = One app can serve several Azure services of several sites: look in the console of each. Removing a service there leaves the apps in Microsoft Entra ID.
