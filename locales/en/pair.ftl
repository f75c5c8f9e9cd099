### The check of an existing pair: what is checked, what was found, what it means for clients (`-why`).

state-ok = OK
state-attention = Attention
state-broken = Broken
state-cannot-tell = Cannot tell

doc-unread = It could not be read, so this check did not pass. Sign in with an account that can read it, or look in the Azure portal.

# The apps themselves.
doc-app-there = { $name } exists.
doc-app-missing = The app registration does not exist.
doc-app-deleted = It was deleted less than 30 days ago and can be restored.
doc-app-both = The same app is used as web (server) app and as native (client) app. Entra refuses a client that requests a token for itself (AADSTS90009). Choose the pair again without a native (client) app, and create one.
doc-app-deactivated = An administrator deactivated it, so Entra issues no new tokens for it. An administrator can reactivate it.
doc-app-disabled = Microsoft has disabled it ({ $status }). Only Microsoft can enable it again.
doc-server-app-why = Without it, the site cannot sign in to Azure, and clients have no app to request tokens for.
doc-client-app-why = Without it, users and devices cannot request tokens, and the console's wizard does not continue.

doc-audience = Supported account types
doc-audience-ok = Accounts in this organization only.
doc-audience-wide = Accounts of other organizations can also use it ({ $audience }).
doc-audience-why = Configuration Manager needs accounts of this tenant only. Wider audiences have stricter rules for App ID URIs and let other accounts try to sign in.

doc-redirect = Redirect URI
doc-server-redirect-ok = http://localhost is registered, on platform Web.
doc-server-redirect-desktop = http://localhost is registered, on platform Mobile and desktop, as Microsoft's article said in 2023 and 2024. That works too.
doc-server-redirect-both = http://localhost is registered on two platforms, and Entra can use either of them.
doc-server-redirect-missing = http://localhost is missing.
doc-server-redirect-why = Since version 2309, the console signs in with this app. Without the redirect URI, creating or changing a gateway fails with "Your server Application needs to be updated".
doc-client-redirect-ok = The redirect URI of the Windows token broker is registered, with this app's own ID.
doc-client-redirect-missing = The redirect URI of the Windows token broker is missing.
doc-client-redirect-wrong = A redirect URI of the Windows token broker is registered, but with a different ID or capitalization than Windows sends.
doc-client-redirect-foreign = The correct redirect URI is registered, and so is one of the token broker with a different ID or capitalization.
doc-client-redirect-platform = The redirect URI is on platform Web, where Windows does not look for it.
doc-client-redirect-why = Windows requests tokens through its token broker, which uses only this address. Without it, clients get no Entra token, although Verify in the console passes.

# The web (server) app.
doc-scope = Scope user_impersonation
doc-scope-ok = It exists and is enabled, for admins and users.
doc-scope-missing = The app does not expose the scope user_impersonation.
doc-scope-disabled = The scope exists but is disabled.
doc-scope-admins = Only admins can consent to it. That is enough while the consent for the whole organization exists.
doc-scope-why = Clients request tokens with this scope. Without it, users get no tokens.

doc-device-tokens = Tokens for devices
doc-device-tokens-ok = Devices can get tokens without a user.
doc-device-tokens-off = Devices cannot get tokens without a user (isDeviceOnlyAuthSupported). The Azure portal does not show this setting.
doc-device-tokens-why = Without them, clients need the token of a signed-in user. When no user is signed in, they cannot authenticate to the gateway with Entra.

doc-token-version = Access token version
doc-token-version-ok = Version 1, as Configuration Manager expects.
doc-token-version-other = Version { $version } is requested.
doc-token-version-why = The gateway recognizes tokens by their App ID URI, which only version 1 contains, and by the issuer of version 1. Entra refuses the change back to version 1 if a policy refuses the App ID URI.

doc-implicit = Implicit grant
doc-implicit-ok = Off.
doc-implicit-on = On, as Microsoft's article said until 2026. Configuration Manager no longer needs it.
doc-implicit-approval = On, and a redirect URI for approving applications by email uses it.
doc-implicit-approval-off = A redirect URI for approving applications by email is registered, but the tokens it needs are off.
doc-implicit-approval-platform = The redirect URI for approving applications by email is not on platform Single-page application. In the Azure portal, remove it and add it to that platform.
doc-implicit-why = Tokens issued without an authorization code can be intercepted. Only approving applications by email over the internet still uses them.

doc-app-id-uri = App ID URI
doc-app-id-uri-ok = { $uri }. Configuration Manager must have exactly the same text.
doc-app-id-uri-several = { $uris }. Configuration Manager must have exactly the text of one of them.
doc-app-id-uri-missing = The app has no App ID URI.
doc-app-id-uri-console = { $uri }, the console's old default. Entra keeps it but would not accept it again, so do not remove it.
doc-app-id-uri-old = { $uri } was added earlier. The current rules of Entra or this tenant would not accept it again, so do not remove it.
doc-app-id-uri-unknown = { $uri }. It is unknown whether the current rules would accept it again.
doc-app-id-uri-why = Clients request tokens with this text, and the gateway recognizes them by it. If Configuration Manager has a different text, clients fail with AADSTS500011, although Verify passes.

doc-broker = Redirect URI of the client app
doc-broker-ok = Not on this app, where it is not needed.
doc-broker-there = The token broker's redirect URI is on this app. It belongs on the native (client) app.
doc-broker-why = An older article put it here by mistake. It causes no harm here, but the client app usually lacks it then.

doc-permissions = API permissions
doc-server-permissions-none = No directory permission. None is needed while discovery is not used.
doc-server-permissions-discovery = Directory.Read.All of Microsoft Graph as an application permission, for discovery.
doc-server-permissions-delegated = Directory.Read.All is requested as a delegated permission, which a service cannot use.
doc-permissions-azure-ad-graph = The app requests permissions of Azure AD Graph, which is retired.
doc-permissions-own-api = The app requests permissions of its own API.
doc-server-permissions-why = Microsoft Entra discovery reads users and groups with an application permission of Microsoft Graph. If it is requested in any other way, discovery finds nothing or fails with 403.
doc-client-permissions-ok = User.Read and the scope of the web (server) app.
doc-client-permissions-missing = The scope user_impersonation of the web (server) app is not requested.
doc-client-permissions-gone = The app requests a scope that the web (server) app no longer has.
doc-client-permissions-user-read = User.Read of Microsoft Graph is not requested.
doc-client-permissions-no-server = This cannot be checked without the web (server) app.
doc-client-permissions-why = An administrator consents only to the permissions that the app requests. The next "Grant admin consent" in the Azure portal would leave out the others.

doc-principal = Service principal
doc-principal-ok = It exists and is enabled.
doc-principal-missing = It is missing. The app registration exists, but it cannot be used to sign in to this tenant.
doc-principal-disabled = It is disabled for sign-in.
doc-principal-why = Entra issues no tokens for an app without an enabled service principal.

doc-assignment = Assignment
doc-assignment-ok = Assignment is not required.
doc-assignment-required = Users must be assigned before they get tokens.
doc-assignment-none = There is no service principal to assign users to.
doc-assignment-why = Users who are not assigned fail with AADSTS50105, and devices cannot be assigned at all.

doc-directory = Consent for Directory.Read.All
doc-directory-on = Granted: Microsoft Entra discovery can read the directory.
doc-directory-off = Neither requested nor granted. Discovery of users and groups is off.
doc-directory-not-granted = It is requested but not granted.
doc-directory-not-asked = It is granted but not requested. The next "Grant admin consent" in the Azure portal may remove it.
doc-directory-why = A request does not grant a permission. Discovery works only after the permission is granted, which requires a Privileged Role Administrator.

doc-secrets = Client secrets
doc-secrets-ok = The secret that is valid longest expires on { $day }.
doc-secrets-soon = The last secret expires on { $day }.
doc-secrets-expired = The last secret expired on { $day }.
doc-secrets-none = There is no client secret.
doc-secrets-dead = { $count ->
    [one] One secret has expired and can be removed.
   *[other] { $count } secrets have expired and can be removed.
}
doc-secrets-many = { $count } secrets are valid at once. This page cannot see which one Configuration Manager has.
doc-secrets-never = A secret was created to never expire ({ $day }), which Microsoft no longer offers.
doc-secrets-longer = A secret is valid longer than the { $days } days that this tenant's policy allows for new ones.
doc-secrets-why = When the secret expires, every Azure service of the site stops. The console warns only about apps that it created.

doc-age = Age
doc-age-ok = Created on { $day }. The console renews its secret until { $until }.
doc-age-soon = Created on { $day }. From { $until } on, the console refuses to renew its secret.
doc-age-over = Created on { $day }. Since { $until }, the console refuses to renew its secret.
doc-age-why = Since version 2409, the console's Renew Secret Key refuses apps older than 800 days. A secret created here or in the Azure portal can still be entered. If the console refuses that too, create a new pair and import it.

doc-owners-some = Owned by { $names }.
doc-owners-why = An owner can add secrets and redirect URIs to the app, so make sure that you know each owner. Without an owner, only administrators can change the app, and no one gets Microsoft's emails about it.

# The native (client) app.
doc-public-client = Public client flows
doc-public-client-ok = Allowed.
doc-public-client-off = Not allowed.
doc-public-client-why = Clients have no secret. When public client flows are off, Entra requires one (AADSTS7000218).

doc-server-consent = Consent to call the web (server) app
doc-server-consent-ok = Granted for the whole organization.
doc-server-consent-some = Granted for individual users only.
doc-server-consent-missing = Not granted.
doc-server-consent-why = Clients cannot ask a user for consent in the background. Without consent for the organization, they get no token (AADSTS65001).

doc-graph-consent = Consent to read the signed-in user
doc-graph-consent-ok = Granted for the whole organization.
doc-graph-consent-missing = Not granted for the whole organization.
doc-graph-consent-why = Where users are not allowed to consent, the sign-in of a client stops at this permission.

# Around the pair.
doc-secret-policy = Policy for client secrets
doc-secret-policy-free = Secrets are allowed, with any validity period.
doc-secret-policy-days = Secrets are allowed, for at most { $days } days.
doc-secret-policy-blocked = New secrets are not allowed.
doc-secret-policy-spared = The policy restricts secrets of other apps. It does not apply to this one.
doc-secret-policy-perhaps = The policy blocks new secrets. It may exempt this app or your account, but this page cannot read that.
doc-secret-policy-perhaps-days = The policy allows at most { $days } days. It may exempt this app or your account, but this page cannot read that.
doc-secret-policy-why = The existing secret keeps working. If a policy blocks new ones, the next renewal is refused, so ask for an exemption for this app in time.

doc-conditional-access = Conditional Access
doc-conditional-access-ok = No enabled policy applies to the web (server) app.
doc-conditional-access-tried = No enabled policy applies to the web (server) app. Report-only: { $policies }.
doc-conditional-access-reaches = Enabled policies that apply to the web (server) app: { $policies }.
doc-conditional-access-filter = An enabled policy selects apps by custom security attributes, which this page cannot read.
doc-conditional-access-unread = The policies could not be read, so this check did not pass. Reading them requires a role such as Security Reader.
doc-conditional-access-why = A client in the background cannot complete what a policy asks for. Microsoft says to exclude the web (server) app from policies for all cloud apps.

doc-providers = Resource providers
doc-providers-ok = All that the gateway needs are registered.
doc-providers-under-way = All that the gateway needs are registered or being registered.
doc-providers-missing = Not registered: { $names }.
doc-providers-unread = This could not be read in Azure: { $why }.
doc-providers-choose = Choose a subscription to check them.
doc-providers-why = Creating a gateway fails while a provider is not registered in its subscription.

# Finding a pair.
check-pair-lead = Sign in to find the apps that Configuration Manager may use in the tenant. Nothing is changed.
check-pair-read-only = To check a pair, this page requests read-only permissions. It requests more only when you choose to fix something.
check-pair-by-id = Find a specific app
check-pair-id = Client ID
check-pair-id-hint = Application (client) ID of either app, as the console shows it under Microsoft Entra tenants.
check-pair-id-wrong = A client ID has 32 hexadecimal digits in five groups with hyphens, so copy it again.
check-pair-look = Search again
check-pair-looking = Searching for the apps.
check-pair-partial-title = There may be more pairs
check-pair-partial = Some search results could not be read. If your pair is not listed, enter its client ID.
check-pair-none-title = No pair was found
check-pair-none = No app in this tenant looks like one of Configuration Manager's apps. Enter the client ID from the console, or set up a new pair.
check-pair-guess = A name, key or tag does not prove whose apps these are. Before you change anything, compare the client IDs with the console and check the owners.
check-pair-shared = One of these apps is also in another pair.
check-pair-half = No matching app was found.
check-pair-deleted = Deleted
check-pair-by-hand = Choose the two apps yourself
check-pair-no-app = None
clue-typed = the ID you typed
clue-recorded = from a run in this browser
clue-key = key of this tool
clue-label = tag of this tool
clue-uri = App ID URI
clue-scope = scope user_impersonation
clue-redirect = redirect URI of Windows
clue-name = name

# The report.
report-lead = What was found, what it means for clients, and what this page can fix. Nothing has been changed.
report-sign-in = Sign in to check the pair.
report-reading = Reading the pair.
report-again = Check again
report-hand-over = Hand over without changes
report-save = Save the report
report-print = Print
report-compare = Compare with an earlier report
report-earlier = Earlier report
report-earlier-hint = Open the saved file and paste all of its text.
report-same = Nothing has changed since then.
report-what = What was checked
report-read-at = Read on
report-deleted = Both apps are deleted
report-deleted-text = The pair is retired. Microsoft Entra ID keeps deleted apps for 30 days. To use the pair again, restore both apps below.
report-broken = Something does not work
report-attention = It works, but some items need attention
report-cannot-tell = No problems were found, but not everything could be read
report-ok = The pair is set up correctly
report-counts = Broken: { $broken }. Attention: { $attention }. Cannot tell: { $unknown }. OK: { $ok }.
report-findings = Findings
report-filter = Show
report-filter-all = All
report-filter-open = Broken and Attention
report-group = Group by
report-group-result = Result
report-group-app = App
report-group-around = Tenant and subscription
report-none-shown = No finding has this result.
report-choose-all = Choose all except removals, a new secret and Directory.Read.All
report-update-settings = Update Application Settings
report-update-settings-text = Update Application Settings chooses the changes that the console's button of that name makes in Entra: tokens for devices, http://localhost, and Directory.Read.All. You do the site's part yourself.
report-update-site = The site's part of Update Application Settings
report-update-command = PowerShell
report-not-here = This page cannot fix this.
report-fixed-above = A change offered above also fixes this.
report-passed = { $count ->
    [one] One check passed
   *[other] { $count } checks passed
}
report-discovery-on = On: the web (server) app can read the directory. Turn off discovery in the console first.
report-discovery-off = Off: the web (server) app cannot read the directory. After you turn it on here, turn on discovery in the console: Azure Services, Properties, Discovery.
report-discovery-unknown = This page could not read whether the web (server) app can read the directory.
report-no-azure = A sign-in for a check does not include Azure. Resource providers are checked after you sign in to fix something.
report-no-subscription = Not checked
report-subscription-hint = The subscription that the gateway is in, or will be in.
report-review = { $count ->
    [0] Review the changes
    [one] Review one change
   *[other] Review { $count } changes
}
report-retire = Retire the pair
report-retire-text = Delete the two apps when nothing uses them anymore.
report-retire-action = Retire the pair

# The secrets.
secrets-title = Secrets
secrets-from-to = { $start } to { $end }
secrets-from = From { $start }, without an expiry date
secrets-to = Until { $end }
secrets-no-dates = Without dates
secrets-today = Today, { $day }
secrets-key-today = Today
secrets-cut = The line ends three years before and after today.
secrets-ended = Expired
secrets-ends-soon = Expires soon
secrets-lives = Valid
secrets-renew = Renew without interruption
secrets-renew-make = Create a new secret. The old one stays and keeps working.
secrets-renew-enter = Enter it in the site, and check that the site uses it.
secrets-renew-remove = Remove the old secret.
secrets-has-new = Configuration Manager has the new secret
secrets-has-new-hint = Confirm only after step 2. Removing the secret that the site still uses stops every Azure service of the site.

secrets-new-used = The new secret was used at { $at }. The old one can be removed.

# The last sign-ins.
sign-ins-title = Last sign-ins
sign-ins-lead = Microsoft can report the last use of each secret and the last sign-ins of each app. This needs Microsoft Entra ID P1 or P2 and a role such as Reports Reader. It needs no further permission.
sign-ins-ask = Look up the last sign-ins
sign-ins-again = Look them up again
sign-ins-reading = Looking up the last sign-ins.
sign-ins-read-at = Looked up at { $at }. A sign-in can take a day to appear. Not reported does not mean not used.
sign-ins-secret = Last used: { $when }
sign-ins-client = Last sign-in by this app: { $when }
sign-ins-resource = Last sign-in to this app: { $when }
sign-ins-not-reported = not reported
sign-ins-cannot-tell = cannot tell
sign-ins-other-cloud = Microsoft has no reports of last sign-ins in this cloud.
sign-ins-no-license = The tenant has no Microsoft Entra ID P1 or P2, so Microsoft gives no reports of last sign-ins.
sign-ins-no-role = The account has no role that can read the reports, such as Reports Reader, Security Reader or Global Reader.
sign-ins-no-permission = Microsoft Graph did not accept the permissions of this sign-in for the reports.
sign-ins-portal = Open the enterprise application, then Sign-in logs

# Retiring.
retire-lead = See who still uses the two apps, then choose which to delete. Nothing has been changed.
retire-check-first = Check the pair first.
retire-uses = Who still uses it
retire-callers = { $count ->
    [0] No app except the native (client) app requests its permissions.
    [one] One more app requests its permissions.
   *[other] { $count } more apps request its permissions.
}
retire-callers-unread = The apps that request its permissions could not be read.
retire-reading = Reading grants and assignments.
retire-grants = { $count ->
    [0] No app has consent to call it.
    [one] One app has consent to call it.
   *[other] { $count } apps have consent to call it.
}
retire-grants-unread = The apps that have consent to call it could not be read.
retire-assigned = { $count ->
    [0] No user, group or app is assigned to it.
    [one] One user, group or app is assigned to it.
   *[other] { $count } users, groups or apps are assigned to it.
}
retire-assigned-unread = Its assignments could not be read.
retire-roles-some = It has application permissions of other APIs, which are removed with it.
retire-roles-none = It has no application permissions of other APIs.
retire-roles-unread = Its application permissions could not be read.
retire-choose = What to delete
retire-soft = A deleted app can be restored for 30 days, also with this page: check the pair again by its client ID. Its service principal, consents and permissions are deleted with it. Microsoft does not say which of these are restored.
retire-review = Review the deletion

# The file of a report, and its comparison with an earlier one.
report-too-large = The text has more than one million bytes, the most that a report can have, so use another file.
report-not-json = The report is not complete, or has a property twice, so paste the saved file again, from the first line to the last.
report-other-kind = This is not a report of this page, so use a file that was saved here.
report-newer = A newer version of this page wrote this report, so compare it in that version.
report-shape = The property { $property } has a value that no report has, so paste the saved file again.
report-extra = The object { $object } has a property that no report has, so paste the saved file again.
report-other-cloud = The earlier report is of another Azure environment, so use one of this environment.
report-other-tenant = The earlier report is of another tenant, so use one of this tenant.
report-check-of = { $app }, { $title }
report-better = { $check } is better
report-worse = { $check } is worse
report-changed = { $check } has changed
report-check = { $head }. Before ({ $was }): { $before } Now ({ $is }): { $seen }
report-app-came = { $app }: { $id } is new.
report-app-gone = { $app }: { $id } is gone.
report-app-replaced = { $app }: { $to } replaces { $from }.
report-uri-came = The App ID URI { $uri } is new.
report-uri-gone = The App ID URI { $uri } is gone.
report-secret-came = The client secret { $key } ({ $name }) is new.
report-secret-gone = The client secret { $key } ({ $name }) is gone.
