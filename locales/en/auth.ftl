### Signing in: why it did not work, what to do. A title, what happened, the mend. "this site" is the page the admin is on.

entra-declined-title = You did not agree
entra-declined = Microsoft's page was left without agreeing to the permissions.
entra-declined-mend = Sign in again and agree, or use an account that may.

entra-consent-title = An administrator has to agree first
entra-consent = This site has not been given all permissions it asks for in this tenant.
entra-consent-mend = Send the consent link to an administrator who may consent: Cloud Application Administrator, Application Administrator, AI Administrator, Privileged Role Administrator or Global Administrator. Then sign in again.

entra-stronger-title = Microsoft wants one more step
entra-stronger = The account has to prove itself once more, for example with multifactor authentication.
entra-stronger-mend = Sign in again and finish every step on Microsoft's page.

entra-blocked-title = A policy blocked it
entra-blocked = Conditional Access, token protection, security defaults, tenant restrictions, cross-tenant access settings or a detected risk does not allow this sign-in. Microsoft's text says which.
entra-blocked-mend = Signing in again the same way is blocked again. Use a device, a network and an account that the policy allows, or ask the people who look after these policies to find the correlation ID in the sign-in logs.

entra-tenant-blocked-title = Microsoft has blocked the tenant
entra-tenant-blocked = The tenant was not used for a long time, and Microsoft has blocked it for inactivity.
entra-tenant-blocked-mend = An administrator of the tenant can ask Microsoft to reactivate it. That has to happen within 20 days: after that Microsoft deletes the tenant.

entra-quota-title = The directory takes no more objects
entra-quota = A quota of directory objects is used up: the tenant's, or the account's own. Microsoft's text says whose.
entra-quota-mend = Delete objects that are no longer needed: deleted ones count until they are deleted permanently. Or ask an administrator to sign in to this site once, or to have the tenant's quota raised.

entra-session-over-title = The sign-in has ended
entra-session-over = A sign-in to a web page lasts 24 hours at most. It ends earlier when the password changes, a session is revoked or a policy asks for a new sign-in. Microsoft's text says what it was.
entra-session-over-mend = Sign in again.

entra-loop-title = Microsoft stopped a loop
entra-loop = The same sign-in was asked for too often in a short time.
entra-loop-mend = Wait five minutes, then sign in again.

entra-redirect-title = This site's address is not registered
entra-redirect = The app registration of this site does not list this address as a redirect URI.
entra-redirect-mend = Ask who runs this site to add this exact address to its app registration, under the platform "Single-page application".

entra-app-unknown-title = The tenant does not know this site's app
entra-app-unknown = No app with this site's client ID is available in the tenant.
entra-app-unknown-mend = Check the client ID in the site's settings and that the app allows accounts from your tenant.

entra-tenant-unknown-title = No such tenant
entra-tenant-unknown = The chosen cloud has no tenant with this name or ID.
entra-tenant-unknown-mend = Check the tenant for typing errors, and whether it is in another cloud.

entra-other-cloud-title = The tenant is in another cloud
entra-other-cloud = This tenant belongs to another national cloud than the one chosen.
entra-other-cloud-mend = Go back and choose the cloud the tenant is in.

entra-foreign-account-title = The account is not in this tenant
entra-foreign-account = This account is neither a member nor a guest of the tenant.
entra-foreign-account-mend = Sign in with an account of the tenant, or have this account invited as a guest first.

entra-disabled-title = The account or an app is disabled
entra-disabled = The account, this site's app or a Microsoft service it asks for is disabled in the tenant.
entra-disabled-mend = Ask an administrator to look under Users, and under Enterprise applications at "Enabled for users to sign-in".

entra-not-assigned-title = The account is not assigned to this site's app
entra-not-assigned = The tenant lets only assigned people use this app.
entra-not-assigned-mend = Ask who runs the app to assign the account under Enterprise applications, Users and groups.

entra-single-tenant-title = Name your tenant
entra-single-tenant = This site's app serves one tenant only, and the sign-in did not say which.
entra-single-tenant-mend = Type the tenant's ID or domain, then sign in again.

entra-service-missing-title = A Microsoft service is missing in the tenant
entra-service-missing = The tenant does not have the service this site asked for, or this site's app may not ask for it. Microsoft's text names the service.
entra-service-missing-mend = Check the Azure environment and the tenant, whether the tenant uses Azure at all, and the API permissions of this site's app registration.

entra-platform-title = This site's address is registered as the wrong kind
entra-platform = The redirect URI is registered for another platform than "Single-page application".
entra-platform-mend = Ask who runs this site to move the address to the platform "Single-page application" in its app registration.

entra-busy-title = Microsoft's sign-in is busy
entra-busy = The sign-in service, or one it relies on, had a passing fault or too much to do.
entra-busy-mend = Wait a minute, then sign in again.

entra-code-spent-title = The sign-in's answer is spent
entra-code-spent = What Microsoft's page has issued for this sign-in is too old, or has been used already.
entra-code-spent-mend = Sign in again.

entra-our-fault-title = This site asked wrongly
entra-our-fault = Microsoft's sign-in could not use the request of this site.
entra-our-fault-mend = Sign in again, and if it happens twice report it with the correlation ID.

entra-other-title = Microsoft refused the sign-in
entra-other = The reason is in Microsoft's own words below.
entra-other-mend = Search for the AADSTS code, or give the correlation ID to Microsoft support.

entra-number = AADSTS{ $code }
entra-correlation = Correlation ID { $id }

sign-in-no-random-title = This browser cannot make safe keys
sign-in-no-random = The browser offers no source of secure random numbers, so no sign-in was started.
sign-in-no-random-mend = Use a current version of Edge, Chrome, Firefox or Safari.

sign-in-no-memory-title = This browser does not let the page remember
sign-in-no-memory = The page has to remember one sign-in while you are on Microsoft's page, and the browser refused.
sign-in-no-memory-mend = Allow site data for this address, or leave private browsing, then sign in again.

sign-in-no-window-title = The sign-in window cannot reach this page
sign-in-no-window = Inside another page, Microsoft's page takes a window of its own. The browser did not let it open, or keeps it apart from this page.
sign-in-no-window-mend = Close the window if it has opened. If it says that nothing is at its address, whoever hosts this page has to publish bridge.html. Allow pop-ups for this address and sign in again, or sign in in a tab of its own.
sign-in-no-window-tab = Open in a tab of its own

sign-in-window-title = Sign in in the window that has opened
sign-in-window = Afterwards it closes, and this page goes on. If you closed it, select Sign in again.
sign-in-window-cancel = Cancel the sign-in

sign-in-portal-waiting-title = The portal signs you in
sign-in-portal-waiting = It may ask you for your account, in its page or in a window. If nothing happens, cancel and select Sign in again.

sign-in-portal-refused-title = The portal did not sign you in
sign-in-portal-refused = This page asked the portal around it for a token, and the portal gave none.
sign-in-portal-code = This page asked the portal around it for a token, and the portal gave none: { $code }.
sign-in-portal-timed-out = This page asked the portal around it for a token, and the portal did not answer.
sign-in-portal-refused-mend = Sign in to the portal with the account you want to use here, then select Sign in again. If it stays, tell the people who run the portal.

sign-in-portal-title = The portal's token is not used
sign-in-portal-odd = What the portal gave is not an access token.
sign-in-portal-nobody = The portal does not say whose token it gave, and the token cannot be read.
sign-in-portal-disagrees = The token is another person's or another tenant's than the portal says.
sign-in-portal-not-graph = The token is not one for Microsoft Graph.
sign-in-portal-not-arm = The token is not one for Azure Resource Manager.
sign-in-portal-cloud = The token is of another cloud than the Azure environment chosen here.
sign-in-portal-ended = The token has ended already.
sign-in-portal-not-taken = Microsoft Graph refused the token.
sign-in-portal-mend = It was not used for anything. Choose the Azure environment and the tenant you are signed in to at the portal. If it stays, tell the people who run the portal.

sign-in-no-attempt-title = This sign-in was not started here
sign-in-no-attempt = An answer of Microsoft's page arrived, but this tab had not asked for one.
sign-in-no-attempt-mend = If you did not follow somebody's link, start again and stay in one tab.

sign-in-stale-title = The sign-in took too long
sign-in-stale = More than ten minutes passed between the start and Microsoft's answer, or the clock of this computer was changed.
sign-in-stale-mend = Sign in again.

sign-in-bad-answer-title = The answer does not look like Microsoft's
sign-in-bad-answer = The address that came back is damaged or has been tampered with, so nothing was done with it.
sign-in-bad-answer-mend = Start again from this site, not from a link or bookmark.

sign-in-other-cloud-title = Your answers changed meanwhile
sign-in-other-cloud = The sign-in was started for another cloud than your answers in this tab name now, so nothing was done with it.
sign-in-other-cloud-mend = Check the Azure environment and the tenant, then sign in again.

sign-in-other-settings-title = The site's settings changed meanwhile
sign-in-other-settings = The sign-in was started with other settings than the site has now.
sign-in-other-settings-mend = Sign in again.

sign-in-unreachable-title = Microsoft's sign-in did not answer
sign-in-unreachable = The network failed, or this site's address is not registered as "Single-page application": a browser cannot tell these apart.
sign-in-unreachable-mend = Check the connection and sign in again, and if it keeps failing ask who runs this site to check the app registration.

sign-in-odd-token-title = The sign-in service answered unexpectedly
sign-in-odd-token = What came back is not what Microsoft's sign-in sends, so nothing was done with it.
sign-in-odd-token-mend = If a proxy or a captive portal is between you and Microsoft, use another network, then sign in again.

sign-in-identity-title = The identity could not be confirmed
sign-in-identity = The identity in Microsoft's answer does not fit this sign-in ({ $what }).
sign-in-identity-mend = Sign in again, and if it happens twice report it.

sign-in-other-tenant-title = You signed in to another tenant
sign-in-other-tenant = The tenant asked for and the tenant { $tenant } of the account are not the same.
sign-in-other-tenant-mend = Sign in with an account of the tenant, or correct the tenant.

sign-in-scope-title = Microsoft granted less than was asked for
sign-in-scope = The sign-in lacks { $scopes }, so nothing was done with it.

sign-in-clock-behind-title = The clock of this computer is slow
sign-in-clock-behind = It is behind Microsoft's clock by { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
sign-in-clock-ahead-title = The clock of this computer is fast
sign-in-clock-ahead = It is ahead of Microsoft's clock by { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
sign-in-clock-mend = Set the clock of this computer, then sign in again.

sign-in-bad-request-title = The sign-in could not be prepared
sign-in-bad-request = This site's own address or settings cannot be put into a sign-in.
sign-in-bad-request-mend = Ask who runs this site to check its settings.
