### Review + create.

review-title = Review + create
review-lead = Nothing has been changed yet. Review the changes, then select Create.
review-reading = Validating: reading the tenant and the subscription.
review-failed = Validation did not finish
review-faulty = Required information is missing or not valid
review-azure = The resource providers could not be read
review-again = Validate again
review-lead-continued = Parts of this setup exist already. Review the remaining changes, then select Continue.
review-passed = Validation passed
review-passed-text = The page has just checked everything that it can check.
review-look = Validation passed with warnings
review-blocked = Validation failed
review-essentials = Summary
review-picture = What will exist
review-picture-left-out = left out
review-picture-keep = already there
review-picture-create = will be created
review-picture-update = will be changed
review-picture-tenant = Microsoft Entra tenant
review-picture-server = Web (server) app
review-picture-client = Native (client) app
review-picture-graph = Microsoft Graph
review-picture-graph-note = Microsoft's own, in every tenant
review-picture-subscription = Azure subscription
review-picture-no-subscription = Left to someone else
review-providers-left = The resource providers are left to someone else
review-providers-left-text = This page does nothing in Azure. The gateway cannot be created before these are registered in its subscription: { $namespaces }. The hand-over has a text for the subscription's owner.
review-providers-choose = Choose a subscription
review-picture-secret = Secret, expires after { $life }
review-picture-calls = calls it for the signed-in user
review-picture-user = The native (client) app reads the signed-in user
review-picture-directory = The web (server) app reads the directory
review-checks = Checks
review-requests = Every request
review-requests-hint = Requests in one wave are sent at the same time. IDs in braces are not known before the run.
review-open-all = Open all
review-close-all = Close all
review-wave = Wave { $number }
review-writes = { $count ->
    [0] Nothing has to be changed
    [one] One request changes something
   *[other] { $count } requests change something
}
review-nothing = Everything already exists as planned, so no request changes anything. The next step is the hand-over.
review-none-yet = No request is planned yet
review-none-yet-why = The top of this page shows what prevents the changes. Once it is solved, the requests are listed here.
review-kept = Left as it is
request-format = Show requests as
request-text = Request
request-commands = Each command sends one request with your own sign-in. Unlike this page, it does not wait until the directory has copied new objects, and keeps no journal. IDs in braces are in the answers to earlier requests.
request-token = The variable TOKEN needs an access token of your own for the service. This page shows none.
request-connect = Sign in first:
request-secret = The answer to this request has the secret. A command shows it in its window.
review-least = Least role
review-purpose = What it is for
review-why = Why
review-run-id = (ID of the run)
review-create = Create
review-create-disabled = Create is disabled until validation has passed.
review-hand-over = Hand over
review-as = As
review-in = in
review-secret-lives = A secret of this app is still valid
review-secret-lives-text = Its value cannot be shown again. If you do not have it, create another secret. The old one keeps working until it expires.
review-another-secret = Create another secret
review-namesakes = { $count ->
    [one] Another app has one of these names. This page did not create it and does not change it.
   *[other] { $count } other apps have one of these names. This page did not create them and does not change them.
}

review-repair-title = Review the changes
review-repair-lead = Nothing has been changed yet. Review the changes, then select Make the changes.
review-hand-over-title = Hand over the pair as it is
review-hand-over-lead = Nothing is changed. Select Hand over to get the values that Configuration Manager needs.
review-renewal-title = Review the new secret
review-retire-title = Review the deletion
review-retire-lead = Nothing has been deleted yet. Each request below deletes one app together with its service principal, consents and permissions.
review-retire-confirm = The site no longer uses these apps: the gateway and the Azure service are deleted in the console
review-retire-start = { $count ->
    [one] Delete one app
   *[other] Delete { $count } apps
}
review-refused = { $count ->
    [one] One change will be refused
   *[other] { $count } changes will be refused
}
review-refused-left-out = { $count ->
    [one] One change is left out
   *[other] { $count } changes are left out
}
review-refused-text = The roles of this account do not allow these changes. An account with one of the named roles can make them.
review-refused-choice = What should this page do?
review-refused-leave-out = { $count ->
    [one] Make only the change that this account may make
   *[other] Make only the { $count } changes that this account may make
}
review-refused-leave-out-detail = The hand-over lists the rest, and who can do it.
review-refused-try = Try all changes
review-refused-try-detail = For a role that is activated in the meantime. The run pauses at the first refusal.
review-refused-disabled = Choose what to do with the changes that will be refused.
refused-needs = Needs: { $role }
refused-dependents = Not possible before these changes:
review-retire-disabled = Confirm above that the site no longer uses the apps.
review-repair-before = Before anything is changed
review-repair-signed-out = Sign in with an account that can change the two apps.
review-repair-chosen = Chosen
review-repair-start = Make the changes
review-other-work-title = A run about other apps is not finished
review-other-work = Finish, undo or keep that run first. A journal records the work on one pair of apps.

action-create = Create
action-update = Change
action-keep = Keep
action-remove = Remove
action-blocked = Blocked

plan-server-app = Web (server) app
plan-client-app = Native (client) app
plan-app-id-uri = App ID URI of the web (server) app
plan-server-principal = Service principal of the web (server) app
plan-client-settings = Redirect URI and permissions of the native (client) app
plan-client-principal = Service principal of the native (client) app
plan-server-consent = Admin consent: native (client) app calls web (server) app
plan-graph-consent = Admin consent: native (client) app reads the signed-in user
plan-directory-consent = Admin consent: web (server) app reads the directory
plan-provider = Resource provider { $namespace }
plan-secret = Secret of the web (server) app
plan-restore-server = Restore the deleted web (server) app
plan-restore-client = Restore the deleted native (client) app
plan-scope-off = Disable the scope so that Entra allows changes to it
plan-server-access = Who gets tokens for the web (server) app
plan-client-access = Who gets tokens through the native (client) app
plan-directory-revoke = Revoke Directory.Read.All from the web (server) app
plan-old-secret = Secret { $key } of the web (server) app
plan-delete-client = Delete the native (client) app
plan-delete-server = Delete the web (server) app

reason-missing = It does not exist yet.
reason-differs = It exists, but differs in: { $properties }.
reason-as-wanted = It exists as planned.
reason-under-way = It is being registered already.
reason-secret-lives = A secret of this app is still valid.
reason-another-secret = You asked for another secret.
reason-not-readable = It could not be read, so the request is sent anyway.
reason-held = Another object holds what it needs.
reason-rule = A policy or the current state does not allow it.
reason-principal-lost = The app has no service principal, and none can be restored. Consents, owners and Azure role assignments of an earlier one are not restored: assign the role for the gateway's resource group again.
reason-not-chosen = Left as it is: you did not choose to fix it.
reason-unwanted = You chose to remove it.
reason-tag-only = You chose a change that belongs to this app. With the tag, the page finds the app again and can undo the change.
purpose-server-app = The site signs in to Microsoft Entra ID as this app, and clients request their access tokens for it.
purpose-client-app = Clients on the internet sign in to Microsoft Entra ID with this app, and request a token for the web (server) app.
purpose-app-id-uri = The access token that a client requests for the service contains this URI. Configuration Manager must have the same text.
purpose-principal = This object stands for the app in the tenant. Consent is given to it.
purpose-client-settings = The client receives its token at this redirect URI, and the permissions name what it requests.
purpose-server-consent = Clients call the web (server) app for the signed-in user. With this consent, no user is asked.
purpose-graph-consent = The sign-in of a client reads the profile of the signed-in user. With this consent, no user is asked.
purpose-directory-consent = Microsoft Entra discovery reads users and groups with this permission.
purpose-secret = The site proves with this secret that it is the web (server) app. It is entered once in Configuration Manager.
purpose-restore = A restored app has the client ID that the site knows. A new app would have another.
purpose-scope-off = Microsoft Entra ID accepts a change of a scope only while the scope is disabled.
purpose-access = Clients get no token while the service principal is disabled or requires an assignment.
purpose-directory-revoke = Without discovery, the site does not read the directory.
purpose-old-secret = The site has a newer secret. Each secret that is still valid can be misused.
purpose-delete = The site no longer uses the app. An unused app with permissions and secrets can be misused.
reason-not-allowed = This account may not make the change. It is left to an account that may.
reason-needs-not-allowed = It needs a change that this account may not make.

property-audience = supported account types
property-redirect = redirect URI
property-scope = scope user_impersonation
property-device-only = tokens for devices
property-public-client = public client flows
property-permissions = API permissions
property-app-id-uri = App ID URI
property-consent = consent
property-implicit = implicit grant
property-token-version = access token version
property-label = tag of this tool, used to find the pair again
property-active = reactivated app registration
property-enabled = enabled for sign-in
property-assignment = assignment required
review-not-begun = The run did not start. Nothing was written.

## A plan for another person, or from one.
shared-plan-hash = Plan hash (SHA-256)
shared-plan-same = These are the answers of the plan that you opened.
shared-plan-differs = These are no longer the answers of the plan that you opened, so tell the person who made it.
shared-plan-agreed = Plan of another person
shared-plan-to-page = Go to the plan page
shared-plan-other = Another person carries this out
shared-plan-other-text = Hand over your answers as a plan, if another person registers the apps. No sign-in is needed for that.
shared-plan-other-action = Hand over a plan
