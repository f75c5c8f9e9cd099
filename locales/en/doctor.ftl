### The check of a pair that is there: what is checked, what was seen, what it means for clients (`-why`).

state-ok = OK
state-attention = Attention
state-broken = Broken
state-cannot-tell = Cannot tell

doc-unread = It could not be read. This is no pass: sign in with an account that may read it, or look in the portal.

# The apps themselves.
doc-app-there = { $name } is there.
doc-app-missing = There is no such app registration.
doc-app-deleted = It was deleted less than 30 days ago and can be brought back.
doc-app-both = The same app is used as web (server) app and as native (client) app. Entra refuses a client that asks for a token for itself (AADSTS90009): choose the pair again with no native (client) app, and make one.
doc-app-deactivated = It is deactivated: no new tokens are issued for it. An administrator deactivated it and can reactivate it.
doc-app-disabled = Microsoft has disabled it ({ $status }). Only Microsoft can enable it again.
doc-server-app-why = Without it the site cannot sign in to Azure, and clients have nothing to get tokens for.
doc-client-app-why = Without it users and devices cannot ask for tokens, and the console's wizard does not go on.

doc-audience = Supported account types
doc-audience-ok = Accounts in this organization only.
doc-audience-wide = Accounts of other organizations may use it too ({ $audience }).
doc-audience-why = Configuration Manager needs accounts of this tenant only. Wider audiences have stricter rules for App ID URIs and let others try to sign in.

doc-redirect = Redirect URI
doc-server-redirect-ok = http://localhost is there, on platform Web.
doc-server-redirect-desktop = http://localhost is there, on platform Mobile and desktop, as Microsoft's article said in 2023 and 2024. That works too.
doc-server-redirect-both = http://localhost is there on two platforms, and Entra takes either of them.
doc-server-redirect-missing = http://localhost is missing.
doc-server-redirect-why = Since version 2309 the console signs in with this app. Without the redirect URI, making or changing a gateway ends with "Your server Application needs to be updated".
doc-client-redirect-ok = The redirect URI of the Windows token broker is there, with this app's own ID.
doc-client-redirect-missing = The redirect URI of the Windows token broker is missing.
doc-client-redirect-wrong = A redirect URI of the Windows token broker is there, but with another ID or other capitals than Windows sends.
doc-client-redirect-foreign = The right redirect URI is there, and beside it one of the token broker with another ID or other capitals.
doc-client-redirect-platform = The redirect URI is on platform Web, where Windows does not look for it.
doc-client-redirect-why = Windows asks for tokens through its token broker, which answers to this address only. Without it clients get no Entra token although the console's Verify passes.

# The web (server) app.
doc-scope = Scope user_impersonation
doc-scope-ok = It is there, enabled, for admins and users.
doc-scope-missing = The app exposes no scope user_impersonation.
doc-scope-disabled = The scope is there and disabled.
doc-scope-admins = Only admins may consent to it. That is enough as long as the consent for the whole organization is there.
doc-scope-why = Clients ask for tokens with this scope. Without it users get none.

doc-device-tokens = Tokens for devices
doc-device-tokens-ok = Devices get tokens without a user.
doc-device-tokens-off = Devices get no tokens (isDeviceOnlyAuthSupported). The portal does not show this setting.
doc-device-tokens-why = With nobody signed in, clients cannot reach the gateway by Entra. They fall back to the user's token, or to nothing.

doc-token-version = Access token version
doc-token-version-ok = Version 1, as Configuration Manager expects.
doc-token-version-other = Version { $version } is asked for.
doc-token-version-why = The gateway knows tokens by their App ID URI, which only version 1 carries, and by the issuer of version 1. Back to version 1 is refused by Entra if a policy refuses the App ID URI.

doc-implicit = Implicit grant
doc-implicit-ok = Off.
doc-implicit-on = On, as Microsoft's article said until 2026. Configuration Manager no longer needs it.
doc-implicit-approval = On, and a redirect URI for approving applications by e-mail uses it.
doc-implicit-approval-off = A redirect URI for approving applications by e-mail is there, and the tokens it needs are off.
doc-implicit-approval-platform = The redirect URI for approving applications by e-mail is not on platform Single-page application. Remove it and add it there in the portal.
doc-implicit-why = Tokens given out without a code can be taken on their way. Only approving applications by e-mail over the internet still uses them.

doc-app-id-uri = App ID URI
doc-app-id-uri-ok = { $uri }. The same text has to be in Configuration Manager, letter by letter.
doc-app-id-uri-several = { $uris }. One of them has to be in Configuration Manager, letter by letter.
doc-app-id-uri-missing = There is none.
doc-app-id-uri-console = { $uri }, the console's old default. Entra keeps it and would not take it again, so leave it where it is.
doc-app-id-uri-old = { $uri } is kept from before: by today's rules of Entra or this tenant it could not be added again, so leave it where it is.
doc-app-id-uri-unknown = { $uri }. Whether it could be added again by today's rules could not be read.
doc-app-id-uri-why = Clients ask for tokens by this text, and the gateway knows them by it. If Configuration Manager has another one, clients fail with AADSTS500011 although Verify passes.

doc-broker = Redirect URI of the client app
doc-broker-ok = Not on this app, where it would be of no use.
doc-broker-there = The token broker's redirect URI is on this app. It belongs on the native (client) app.
doc-broker-why = An older article put it here by mistake. It does no harm by itself, but usually the client app lacks it then.

doc-permissions = API permissions
doc-server-permissions-none = No directory permission, as long as discovery is not used.
doc-server-permissions-discovery = Directory.Read.All of Microsoft Graph as an application permission, for discovery.
doc-server-permissions-delegated = Directory.Read.All is asked for as a delegated permission, which is of no use to a service.
doc-permissions-azure-ad-graph = Permissions of Azure AD Graph are asked for, which is retired.
doc-permissions-own-api = It asks for permissions of its own API.
doc-server-permissions-why = Microsoft Entra discovery reads users and groups with an application permission of Microsoft Graph. Asked for in any other way it finds nothing, or ends with 403.
doc-client-permissions-ok = User.Read and the scope of the web (server) app.
doc-client-permissions-missing = The scope user_impersonation of the web (server) app is not asked for.
doc-client-permissions-gone = A scope is asked for that the web (server) app does not have any more.
doc-client-permissions-user-read = User.Read of Microsoft Graph is not asked for.
doc-client-permissions-no-server = Without the web (server) app this cannot be told.
doc-client-permissions-why = What is not asked for is not in the list an administrator consents to. The next "Grant admin consent" in the portal would leave it out.

doc-principal = Service principal
doc-principal-ok = It is there and enabled.
doc-principal-missing = It is missing: the app registration exists, but nobody can sign in with it in this tenant.
doc-principal-disabled = It is disabled for sign-in.
doc-principal-why = Entra gives out no token for an app without an enabled service principal.

doc-assignment = Assignment
doc-assignment-ok = Nobody has to be assigned.
doc-assignment-required = Users have to be assigned before they get tokens.
doc-assignment-none = There is no service principal to be assigned to.
doc-assignment-why = Who is not assigned fails with AADSTS50105, and devices cannot be assigned at all.

doc-directory = Consent for Directory.Read.All
doc-directory-on = Granted: Microsoft Entra discovery may read the directory.
doc-directory-off = Neither asked for nor granted. Discovery of users and groups is off.
doc-directory-not-granted = It is asked for and not granted.
doc-directory-not-asked = It is granted and not asked for: the next "Grant admin consent" in the portal may drop it.
doc-directory-why = What an app asks for is only a wish. Discovery works once the permission is granted, which takes a Privileged Role Administrator.

doc-secrets = Client secrets
doc-secrets-ok = The one that lives longest ends on { $day }.
doc-secrets-soon = The last one ends on { $day }.
doc-secrets-expired = The last one ended on { $day }.
doc-secrets-none = There is none.
doc-secrets-dead = { $count ->
    [one] One has ended and can be removed.
   *[other] { $count } have ended and can be removed.
}
doc-secrets-many = { $count } live at once. Which one Configuration Manager has cannot be seen here.
doc-secrets-never = It is made never to end ({ $day }), which Microsoft no longer offers.
doc-secrets-longer = One lives longer than the { $days } days this tenant's policy allows for new ones.
doc-secrets-why = When the secret ends, every service the site has in Azure stops. The console warns for apps it has made itself and for no others.

doc-age = Age
doc-age-ok = Made on { $day }. The console renews its secret until { $until }.
doc-age-soon = Made on { $day }. From { $until } on the console refuses to renew its secret.
doc-age-over = Made on { $day }. Since { $until } the console refuses to renew its secret.
doc-age-why = Since version 2409 the console's Renew Secret Key refuses apps older than 800 days. A secret made here or in the portal can still be entered. If the console refuses that too, make a new pair and import it.

doc-owners = Owners
doc-owners-none = Nobody owns it.
doc-owners-some = Owned by { $names }.
doc-owners-why = An owner can add secrets and redirect URIs to the app, so each one should be known to you. Without an owner only administrators can change it, and nobody gets Microsoft's mails about it.

# The native (client) app.
doc-public-client = Public client flows
doc-public-client-ok = Allowed.
doc-public-client-off = Not allowed.
doc-public-client-why = Clients have no secret. Where public client flows are off, Entra asks them for one (AADSTS7000218).

doc-server-consent = Consent to call the web (server) app
doc-server-consent-ok = Given for the whole organization.
doc-server-consent-some = Given for single users only.
doc-server-consent-missing = Not given.
doc-server-consent-why = Clients cannot ask a user for consent in the background. Without consent for the organization they get no token (AADSTS65001).

doc-graph-consent = Consent to read the signed-in user
doc-graph-consent-ok = Given for the whole organization.
doc-graph-consent-missing = Not given for the whole organization.
doc-graph-consent-why = Where users may not consent themselves, the sign-in of a client stops at this permission.

# Around the pair.
doc-secret-policy = Policy for client secrets
doc-secret-policy-free = Secrets are allowed, for any time.
doc-secret-policy-days = Secrets are allowed, for at most { $days } days.
doc-secret-policy-blocked = New secrets are not allowed.
doc-secret-policy-spared = The policy restricts secrets of other apps. It does not apply to this one.
doc-secret-policy-perhaps = The policy blocks new secrets. It may exempt this app or your account, which cannot be read here.
doc-secret-policy-perhaps-days = The policy allows at most { $days } days. It may exempt this app or your account, which cannot be read here.
doc-secret-policy-why = The secret that is there keeps working. Where a policy blocks new ones, the next renewal is refused: ask in time for an exemption for this app.

doc-conditional-access = Conditional Access
doc-conditional-access-ok = No policy in force reaches the web (server) app.
doc-conditional-access-tried = No policy in force reaches the web (server) app. In report-only: { $policies }.
doc-conditional-access-reaches = In force for the web (server) app: { $policies }.
doc-conditional-access-filter = A policy in force chooses apps by custom security attributes, which cannot be read here.
doc-conditional-access-unread = The policies could not be read, which takes a role such as Security Reader. This is no pass.
doc-conditional-access-why = A client in the background cannot answer what a policy asks. Microsoft says to exclude the web (server) app from policies for all cloud apps.

doc-providers = Resource providers
doc-providers-ok = All four are registered.
doc-providers-under-way = All four are registered or being registered.
doc-providers-missing = Not registered: { $names }.
doc-providers-unread = This could not be read in Azure: { $why }.
doc-providers-choose = Choose a subscription to have them checked.
doc-providers-why = Making a gateway fails while a provider is not registered in its subscription.

# Finding a pair.
start-check-title = Check an existing pair
start-check-text = See whether the two apps are right, what will break and when. Mend it with one reviewed run, renew the secret, or retire the pair. Checking needs read-only permissions.
start-check-action = Check a pair
check-pair-title = Check an existing pair
check-pair-lead = Sign in, and the page looks for the apps Configuration Manager may use in the tenant. Nothing is changed.
check-pair-read-only = For checking, this page asks for permissions to read only. It asks for more once you choose to mend something.
check-pair-by-id = Look for a certain app
check-pair-id = Client ID
check-pair-id-hint = Application (client) ID of either app, as the console shows it under Microsoft Entra tenants.
check-pair-id-wrong = A client ID has 8-4-4-4-12 hexadecimal digits with hyphens, so copy it again.
check-pair-look = Look again
check-pair-looking = Looking for the apps.
check-pair-partial-title = There may be more
check-pair-partial = Part of the search could not be read. If your pair is not here, type its client ID.
check-pair-none-title = No pair was found
check-pair-none = Nothing in this tenant looks like Configuration Manager's apps. Type the client ID from the console, or set up a new pair.
check-pair-guess = No name, key or tag proves whose apps these are. Compare the client IDs with the console, and look at the owners, before you change anything.
check-pair-shared = One of these apps is in another pair too.
check-pair-check = Check this pair
check-pair-half = None was found that belongs to it.
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
doctor-found = { $count ->
    [0] No pair found
    [one] One pair found
   *[other] { $count } pairs found
}
doctor-pick-one = Choose at least one of the two apps.
doctor-checked = { $count ->
    [0] Checked. Nothing is broken.
    [one] Checked. One thing is broken.
   *[other] Checked. { $count } things are broken.
}
doctor-chosen = { $count ->
    [one] One change is chosen.
   *[other] { $count } changes are chosen.
}
doctor-update-chosen = What Update Application Settings does is chosen.
doctor-choose-first = Choose at least one change first.

# The report.
report-title = Check of the pair
report-lead = What was found, what it means for clients, and what this page can mend. Nothing has been changed.
report-sign-in = Sign in to have the pair checked.
report-reading = Reading the pair.
report-again = Check again
report-hand-over = Hand over as it is
report-save = Save the report
report-print = Print
report-compare = Compare with an earlier report
report-earlier = Earlier report
report-earlier-hint = Open the file that was saved and paste all of it.
report-same = Nothing has changed since then.
report-what = What was checked
report-read-at = Read
report-no-app = None
report-broken = Something does not work
report-attention = It works, with something to look at
report-cannot-tell = Nothing wrong was found, and not everything could be read
report-ok = The pair is right
report-counts = { $broken } broken, { $attention } need attention, { $unknown } could not be told, { $ok } are right.
report-findings = What to look at
report-choose-all = Choose everything that only adds
report-update-settings = Update Application Settings
report-update-settings-text = Update Application Settings chooses what the console's button of that name does in Entra: tokens for devices, http://localhost, and Directory.Read.All. The site's own half is left to you.
report-update-site = The site's own half of Update Application Settings
report-update-command = PowerShell
report-source = Source: { $page } ({ $date })
report-not-here = This page cannot mend that.
report-mended-above = A change offered above mends this too.
report-passed = { $count ->
    [one] One check passed
   *[other] { $count } checks passed
}
report-discovery-on = On: the web (server) app may read the directory. Switch it off in the console first.
report-discovery-off = Off: the web (server) app may not read the directory. After this, switch discovery on in the console: Azure Services, Properties, Discovery.
report-discovery-unknown = It could not be read whether the web (server) app may read the directory.
report-no-azure = A sign-in for checking does not see Azure. Resource providers are checked once you sign in to mend something.
report-no-subscription = Not checked
report-subscription-hint = The subscription the gateway is in, or will be.
report-review = { $count ->
    [0] Review the changes
    [one] Review one change
   *[other] Review { $count } changes
}
report-other-pair = Another pair
report-retire = Retire the pair
report-retire-text = Delete the two apps once nothing uses them any more.
report-retire-action = Retire the pair

# The secrets.
secrets-title = Secrets
secrets-from-to = { $start } to { $end }
secrets-ended = Ended
secrets-ends-soon = Ends soon
secrets-lives = Valid
secrets-remind = Reminder
secrets-renew = Renew without a gap
secrets-renew-make = Make a new secret. The old one stays and goes on working.
secrets-renew-action = Make a new secret
secrets-renew-enter = Give it to the site, and see that the site uses it.
secrets-renew-then = The hand-over shows its value, its expiry and each step in the console, once it is made.
secrets-renew-remove = Remove the old one.
secrets-has-new = Configuration Manager has the new secret
secrets-has-new-hint = Confirm only after step 2: removing the secret the site still uses stops every service it has in Azure.

# Repairs.
repair-takes-away = Takes something away. Undo does not bring it back.
repair-can-be-restored = It can be brought back for 30 days.
repair-not-yet = Confirm first that Configuration Manager has the new secret.
repair-restore = Bring the deleted app back
repair-create-server = Make a new web (server) app
repair-create-client = Make a new native (client) app, with redirect URI and permissions
repair-audience = Accounts in this organization only
repair-redirect = Add the redirect URI
repair-second-localhost = Remove http://localhost from platform Mobile and desktop
repair-broker-on-server = Remove the token broker's redirect URI from the web (server) app
repair-foreign-broker = Remove the token broker's redirect URIs that are not this app's own
repair-scope = Add or enable the scope user_impersonation
repair-scope-for-users = Let users consent to the scope too (it is disabled for a moment)
repair-device-tokens = Let devices get tokens
repair-token-version = Ask for access tokens of version 1
repair-implicit = Switch implicit grant off
repair-app-id-uri = Add the App ID URI of tenant ID and client ID
repair-public-client = Allow public client flows
repair-permissions = Ask for User.Read and the scope of the web (server) app
repair-azure-ad-graph = Remove the permissions of Azure AD Graph
repair-own-api = Remove the permissions of its own API
repair-delegated-directory = Remove the delegated Directory.Read.All
repair-gone-scope = Remove scopes the web (server) app no longer has
repair-directory-on = Switch discovery on: ask for Directory.Read.All and grant it
repair-directory-off = Switch discovery off: take Directory.Read.All back and ask for it no more
repair-principal = Make the service principal
repair-reactivate = Reactivate the app registration
repair-enable = Enable the service principal
repair-assignment = Ask for no assignment
repair-server-consent = Consent for the organization: call the web (server) app
repair-graph-consent = Consent for the organization: read the signed-in user
repair-provider = Register { $namespace }
repair-secret = Make a new secret
repair-old-secret = Remove secret { $key }
repair-delete-server = Delete the web (server) app
repair-delete-client = Delete the native (client) app

# Retiring.
retire-title = Retire the pair
retire-lead = See who still uses the two apps, then choose which are deleted. Nothing has been changed.
retire-check-first = The pair has to be checked first.
retire-warning-title = The site has to let go of it first
retire-warning = Delete the gateway and the Azure service in the console before the apps. While Configuration Manager still uses them, deleting them stops every service it has in Azure and every client that comes over the internet.
retire-uses = Who still uses it
retire-callers = { $count ->
    [0] No app beside the native (client) app asks for its permissions.
    [one] One more app asks for its permissions.
   *[other] { $count } more apps ask for its permissions.
}
retire-callers-unread = Which apps ask for its permissions could not be read.
retire-reading = Reading grants and assignments.
retire-grants = { $count ->
    [0] Nobody has consent to call it.
    [one] One app has consent to call it.
   *[other] { $count } apps have consent to call it.
}
retire-grants-unread = Who has consent to call it could not be read.
retire-assigned = { $count ->
    [0] Nobody is assigned to it.
    [one] One user, group or app is assigned to it.
   *[other] { $count } users, groups or apps are assigned to it.
}
retire-assigned-unread = Who is assigned to it could not be read.
retire-roles-some = It has application permissions of other APIs, which go with it.
retire-roles-none = It has no application permissions of other APIs.
retire-roles-unread = Its application permissions could not be read.
retire-choose = What is deleted
retire-soft = A deleted app can be brought back for 30 days, by this page too: check the pair again by its client ID. Its service principal, consents and permissions go with it. What of that comes back Microsoft does not say.
retire-review = Review the deletion
retire-back = Back to the report
