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
doc-owners-some = { $count ->
    [one] One owner.
   *[other] { $count } owners.
}
doc-owners-why = Without an owner only administrators can change it, and nobody gets Microsoft's mails about it.

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
doc-secret-policy-why = The secret there now goes on working. The next one is refused: ask in time for an exemption for this app.

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
doc-providers-choose = Choose a subscription to have them checked.
doc-providers-why = Making a gateway fails while a provider is not registered in its subscription.
