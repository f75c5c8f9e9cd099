### Sign-in errors. For each: a title, what happened, and what to do (`-fix`). "This site" is the page the admin is on.

entra-declined-title = You did not accept the permissions
entra-declined = You left Microsoft's page without accepting the permissions.
entra-declined-fix = Sign in again and accept, or use an account that can accept them.

entra-consent-title = An administrator must consent first
entra-consent = This tenant has not granted all the permissions that this site requests.
entra-consent-fix = Send the consent link to an administrator who can consent: Cloud Application Administrator, Application Administrator, AI Administrator, Privileged Role Administrator or Global Administrator. Then sign in again.

entra-stronger-title = Microsoft requires one more step
entra-stronger = The account must complete another authentication step, for example multifactor authentication.
entra-stronger-fix = Sign in again and complete every step on Microsoft's page.

entra-blocked-title = A policy blocked the sign-in
entra-blocked = Conditional Access, token protection, security defaults, tenant restrictions, cross-tenant access settings or a detected risk blocks this sign-in. Microsoft's text says which.
entra-blocked-fix = The same sign-in would be blocked again. Use a device, a network and an account that the policy allows, or ask the administrators of these policies to find the correlation ID in the sign-in logs.

entra-tenant-blocked-title = Microsoft has blocked the tenant
entra-tenant-blocked = Microsoft blocked the tenant because it was not used for a long time.
entra-tenant-blocked-fix = An administrator of the tenant can ask Microsoft to reactivate it within 20 days. After that, Microsoft deletes the tenant.

entra-quota-title = The directory quota is reached
entra-quota = The tenant or the account has reached its quota of directory objects. Microsoft's text says which.
entra-quota-fix = Delete objects that are no longer needed: deleted objects count until they are deleted permanently. Or ask an administrator to sign in to this site once, or to have the tenant's quota raised.

entra-session-over-title = The sign-in has ended
entra-session-over = A sign-in to a web page lasts 24 hours at most. It ends earlier when the password changes, a session is revoked or a policy asks for a new sign-in. Microsoft's text gives the reason.
entra-session-over-fix = Sign in again.

entra-loop-title = Microsoft stopped a sign-in loop
entra-loop = The same sign-in was requested too often in a short time.
entra-loop-fix = Wait five minutes, then sign in again.

entra-redirect-title = This site's address is not registered
entra-redirect = The app registration of this site does not list this address as a redirect URI.
entra-redirect-fix = Ask the site owner to add this exact address to its app registration, under the platform "Single-page application".

entra-app-unknown-title = This site's app is not in the tenant
entra-app-unknown = No app with this site's client ID is available in the tenant.
entra-app-unknown-fix = Check the client ID in the site's settings, and check that the app allows accounts from your tenant.

entra-tenant-unknown-title = The tenant was not found
entra-tenant-unknown = The chosen cloud has no tenant with this name or ID.
entra-tenant-unknown-fix = Check the tenant for typing errors, and whether it is in another cloud.

entra-other-cloud-title = The tenant is in another cloud
entra-other-cloud = This tenant is in a different national cloud than the one you chose.
entra-other-cloud-fix = Go back and choose the cloud the tenant is in.

entra-foreign-account-title = The account is not in this tenant
entra-foreign-account = This account is neither a member nor a guest of the tenant.
entra-foreign-account-fix = Sign in with an account of the tenant, or have this account invited as a guest first.

entra-disabled-title = The account or an app is disabled
entra-disabled = The account, this site's app or a Microsoft service that the app requests is disabled in the tenant.
entra-disabled-fix = Ask an administrator to check Users, and "Enabled for users to sign-in" under Enterprise applications.

entra-not-assigned-title = The account is not assigned to this site's app
entra-not-assigned = Only assigned users can use this app in the tenant.
entra-not-assigned-fix = Ask the site owner to assign the account under Enterprise applications, Users and groups.

entra-single-tenant-title = Enter your tenant
entra-single-tenant = This site's app is for one tenant only, and the sign-in did not name a tenant.
entra-single-tenant-fix = Enter the tenant's ID or domain, then sign in again.

entra-service-missing-title = A Microsoft service is missing in the tenant
entra-service-missing = The tenant does not have the service that this site requested, or this site's app is not allowed to request it. Microsoft's text names the service.
entra-service-missing-fix = Check the Azure environment and the tenant, whether the tenant uses Azure at all, and the API permissions of this site's app registration.

entra-platform-title = This site's address is registered for the wrong platform
entra-platform = The redirect URI is registered under a platform other than "Single-page application".
entra-platform-fix = Ask the site owner to move the address to the platform "Single-page application" in its app registration.

entra-busy-title = Microsoft's sign-in service is busy
entra-busy = The sign-in service, or a service it relies on, had a temporary fault or was overloaded.
entra-busy-fix = Wait a minute, then sign in again.

entra-code-spent-title = The sign-in response is no longer valid
entra-code-spent = The code or token that Microsoft issued for this sign-in is too old, or was already used.
entra-code-spent-fix = Sign in again.

entra-our-fault-title = This site sent an invalid request
entra-our-fault = Microsoft's sign-in service could not use this site's request.
entra-our-fault-fix = Sign in again. If it happens again, report it with the correlation ID.

entra-other-title = Microsoft refused the sign-in
entra-other = Microsoft's text below gives the reason.
entra-other-fix = Search for the AADSTS code, or give the correlation ID to Microsoft support.

entra-number = AADSTS{ $code }
entra-correlation = Correlation ID { $id }

sign-in-no-random-title = This browser cannot create secure keys
sign-in-no-random = The browser has no source of secure random numbers, so the page did not start a sign-in.
sign-in-no-random-fix = Use a current version of Edge, Chrome, Firefox or Safari.

sign-in-no-memory-title = This browser does not let the page store data
sign-in-no-memory = The page must store the sign-in attempt while you are on Microsoft's page, and the browser refused.
sign-in-no-memory-fix = Allow site data for this address, or leave private browsing, then sign in again.

sign-in-no-window-title = The sign-in window could not be used
sign-in-no-window = When another page embeds this page, Microsoft's page needs its own window. The browser blocked that window, or isolates it from this page.
sign-in-no-window-fix = Close the window if it opened. If it says that its address was not found, the site owner must publish bridge.html. Allow pop-ups for this address and sign in again, or sign in in a separate tab.
sign-in-no-window-tab = Open in a separate tab

sign-in-window-title = Sign in using the window that opened
sign-in-window = The window then closes, and this page continues. If you closed the window, select Sign in again.
sign-in-window-cancel = Cancel the sign-in

sign-in-portal-waiting-title = The portal is signing you in
sign-in-portal-waiting = It may ask for your account, in its page or in a window. If nothing happens, cancel and select Sign in again.

sign-in-portal-refused-title = The portal did not sign you in
sign-in-portal-refused = This page requested a token from the portal that embeds it, and the portal returned none.
sign-in-portal-code = This page requested a token from the portal that embeds it, and the portal returned an error: { $code }.
sign-in-portal-timed-out = This page requested a token from the portal that embeds it, and the portal did not answer.
sign-in-portal-refused-fix = Sign in to the portal with the account that you want to use here, then select Sign in again. If the problem continues, contact the owner of the portal.

sign-in-portal-title = The portal's token cannot be used
sign-in-portal-odd = The portal returned something that is not an access token.
sign-in-portal-nobody = The portal did not say whose token it is, and this page cannot read the token.
sign-in-portal-disagrees = The token is for a different person or tenant than the portal says.
sign-in-portal-not-graph = The token is not for Microsoft Graph.
sign-in-portal-not-arm = The token is not for Azure Resource Manager.
sign-in-portal-cloud = The token is for a different cloud than the Azure environment chosen here.
sign-in-portal-ended = The token has expired.
sign-in-portal-not-taken = Microsoft Graph refused the token.
sign-in-portal-fix = Nothing was changed. Choose the Azure environment and the tenant that you are signed in to in the portal. If the problem continues, contact the owner of the portal.

sign-in-no-attempt-title = This sign-in was not started in this tab
sign-in-no-attempt = A response from Microsoft's page arrived, but this tab did not request one.
sign-in-no-attempt-fix = Unless you followed a link from someone else, start again and stay in one tab.

sign-in-stale-title = The sign-in took too long
sign-in-stale = More than ten minutes passed between the start and Microsoft's response, or this computer's clock was changed.
sign-in-stale-fix = Sign in again.

sign-in-bad-answer-title = The response does not look like Microsoft's
sign-in-bad-answer = The returned address is damaged or was tampered with, so nothing was done with it.
sign-in-bad-answer-fix = Start again from this site, not from a link or bookmark.

sign-in-other-cloud-title = Your answers changed during the sign-in
sign-in-other-cloud = The sign-in was started for a different cloud than the one now chosen in this tab, so nothing was done with it.
sign-in-other-cloud-fix = Check the Azure environment and the tenant, then sign in again.

sign-in-other-settings-title = The site's settings changed during the sign-in
sign-in-other-settings = The sign-in was started with different settings than the site has now.
sign-in-other-settings-fix = Sign in again.

sign-in-unreachable-title = Microsoft's sign-in service did not answer
sign-in-unreachable = The network failed, or this site's address is not registered as "Single-page application". A browser cannot distinguish the two.
sign-in-unreachable-fix = Check the connection and sign in again. If it keeps failing, ask the site owner to check the app registration.

sign-in-odd-token-title = The sign-in service sent an unexpected response
sign-in-odd-token = The response is not one that Microsoft's sign-in service sends, so nothing was done with it.
sign-in-odd-token-fix = If a proxy or a captive portal is between you and Microsoft, use another network, then sign in again.

sign-in-identity-title = The identity could not be confirmed
sign-in-identity = The identity in Microsoft's response does not match this sign-in ({ $what }).
sign-in-identity-fix = Sign in again. If it happens again, report it.

sign-in-other-tenant-title = You signed in to another tenant
sign-in-other-tenant = You signed in to the tenant { $tenant }, not to the tenant that was requested.
sign-in-other-tenant-fix = Sign in with an account of the tenant, or correct the tenant.

sign-in-scope-title = Microsoft granted fewer permissions than requested
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
sign-in-clock-fix = Set the clock of this computer, then sign in again.

sign-in-bad-request-title = The sign-in could not be prepared
sign-in-bad-request = This site's address or settings cannot be used in a sign-in request.
sign-in-bad-request-fix = Ask the site owner to check its settings.
