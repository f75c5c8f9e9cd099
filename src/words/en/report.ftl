### The report of a check as a file, what changed since an earlier one, the reminder, and what is left to do in the console.

report-about = What CMG Entra Setup found out about a pair of app registrations for a cloud management gateway. No token and no text of a secret is in this file. Names of apps, secrets and policies are as people have typed them.

# A file that is no report. The rule, then the mend.
report-too-large = The file has more than one million bytes, and no report has, so choose another one.
report-not-json = The file is not whole JSON, or it names a property twice, so choose it again as it was saved.
report-other-kind = The file is not a report of this page, so choose one that was saved here.
report-newer = A newer version of this page wrote this report, so compare it there.
report-shape = The property { $property } does not hold what a report has there, so choose the file again as it was saved.
report-extra = A property is in { $object } that no report has there, so choose the file again as it was saved.
report-other-cloud = The earlier report is of another Azure environment, so choose one of this environment.
report-other-tenant = The earlier report is of another tenant, so choose one of this tenant.

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
