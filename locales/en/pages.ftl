### The window, the demo, the App ID URI page and the client ID page.

frame-steps = Steps
frame-file-unread = The browser could not read the file. Open it in an editor and paste its text.
frame-no-page = The address names no page of this site.
frame-portal = Open in the Azure portal
frame-new-tab = , opens in a new tab
frame-badges = Cloud, tenant and account
frame-cloud = Cloud:
frame-tenant = Tenant:
frame-account = Account:
frame-signed-out = Not signed in

frame-previous = < Previous
frame-next = Next : { $step } >
frame-review = Review + create
frame-back = Back to the start
frame-copied = Copied.
frame-saved = Saved: { $name }
frame-copy-refused = The browser refused to copy. The text is selected, so press Ctrl+C or Cmd+C.
frame-yes = Yes
frame-no = No
frame-cannot-tell = Cannot tell
frame-said = Microsoft's response
frame-said-line = HTTP { $status } { $code }
frame-said-request = Request ID { $id }

cloud-public = Global Azure cloud
cloud-public-choice = AzurePublicCloud
cloud-public-detail = The tenant is in the global Azure cloud. Also for GCC.
cloud-usgov = Azure US Government, GCC High
cloud-usgov-choice = AzureUSGovernmentCloud, GCC High
cloud-usgov-detail = The tenant is in the Azure US Government cloud. Microsoft Graph is at graph.microsoft.us.
cloud-usgov-dod = Azure US Government, DoD
cloud-usgov-dod-choice = AzureUSGovernmentCloud, DoD
cloud-usgov-dod-detail = The tenant is in the Azure US Government cloud. Microsoft Graph is at dod-graph.microsoft.us.

start-draft-refused = Your answers from an earlier visit could not be read, so the page starts without them.
start-draft-too-long = The stored text is longer than any that this page writes.
start-draft-not-json = The stored text is damaged.
start-draft-version = The stored text was written by another version of this page.
start-draft-shape = The stored text has content that this version does not know.
start-draft-keep = The stored text was not deleted. Save it if you still need something from it.
start-draft-save = Save the stored text
start-draft-drop = Discard it

config-reading = Reading the settings of this site.

register-title = The page's own client ID
shared-plan-title = Plan for another person
received-title = Result of another person
register-cloud = Azure environment

uri-title = Check an App ID URI
uri-lead = Enter what you know about the tenant. Anything you leave out is treated as unknown, never as passed. Nothing you type leaves this page.
uri-tenant-section = The tenant
uri-cloud = Azure environment
uri-tenant = Microsoft Entra tenant ID
uri-tenant-hint = A GUID, such as 5e97358c-d99c-4558-af0c-de7774091dda.
uri-tenant-fault = A tenant ID has 32 hexadecimal digits in five groups with hyphens, so copy it from the tenant's overview page.
uri-app = Application (client) ID of the server app
uri-app-hint = Leave it empty if the app is not created yet.
uri-app-fault = A client ID has 32 hexadecimal digits in five groups with hyphens, so copy it from the app's overview page.
uri-domains = Verified domains
uri-domains-hint = One per line, as on the page Custom domain names. Leave it empty if you do not know them.
uri-unique = Policy: block identifier URIs without unique tenant identifier
uri-unique-hint = Microsoft turned it on in many tenants in 2025.
uri-default = Policy: block custom identifier URIs
uri-default-hint = Only the tenant's admins turn it on.
uri-policy-on = On
uri-policy-off = Off
uri-policy-unknown = I do not know
uri-text-section = A URI of your own
uri-text = App ID URI
uri-text-hint = Exactly as it will be in the app registration and in Configuration Manager.
uri-choices-section = Available formats
uri-choices-caption = Result of each format in this tenant
uri-choice-format = Format
uri-choice-uri = URI
uri-choice-verdict = Result
uri-name = Name in the URI
uri-name-hint = The part after the tenant ID or the domain.

demo-fabrikam = Fabrikam. The ordinary case: everything works.
demo-woodgrove = Woodgrove Bank. Strict policies for App ID URIs and secrets.
demo-litware = Litware. The account has too few roles.
demo-adventure-works = Adventure Works. Has a pair that was created by hand.
demo-northwind = Northwind Traders. The pair was deleted five days ago.
demo-proseware = Proseware. Has a complete pair.
demo-tailwind = Tailwind Traders. Has a pair created by following the 2023 article.
demo-wide-world = Wide World Importers. Has a pair created by a 2018 console.
demo-vanarsdel = VanArsdel. Has a pair whose secret has expired.
demo-coho = Coho Winery. Has a pair without device tokens, created by following the article.
demo-alpine = Alpine Ski House. Has two complete pairs.
demo-contoso-gov = Contoso Government. A tenant of GCC High.
demo-tailspin = Tailspin Defense. A tenant of the DoD cloud.
demo-panel = Make something go wrong
demo-panel-lead = Each button acts on the simulated cloud in this tab. The tab keeps the cloud and the journal when you reload the page.
demo-throttling = Throttle the next requests
demo-throttling-set = Microsoft Graph refuses the next 3 requests with status 429 (Too Many Requests), and asks to wait 5 seconds.
demo-lost-answer = Lose the next answer
demo-lost-answer-set = Microsoft carries out the next change, and its answer does not arrive.
demo-refusal = Refuse the next change
demo-refusal-set = The next change is refused with status 403 (Forbidden), as after a role has expired.
demo-expired = Expire the sign-in
demo-expired-set = Microsoft no longer accepts the sign-in: the next request is refused with status 401 (Unauthorized).
demo-crash = Crash at the next change
demo-crash-set = Microsoft carries out the next change. Then the page crashes, and starts again.
demo-slow = Slow directory
demo-slow-set = Changes reach the lists of the directory after 40 seconds.
demo-normal = Normal directory
demo-normal-set = Changes reach the lists of the directory after 4 seconds.
demo-start-over = Start over

link-filled = A link filled in { $count ->
    [one] one field
   *[other] { $count } fields
}. Check each one before you continue.
link-unknown = This page does not support these parts of the link: { $keys }.
link-take-back = Restore my answers
link-keep = Close
link-taken-back = Your answers from before the link are restored.
link-refused = The link was not used
link-too-long = The link is longer than any link of this page. Nothing was filled in.
link-repeated = The link contains { $key } twice. Nothing was filled in.
link-characters = { $key } contains invisible characters. Nothing was filled in.
link-choice = The value of { $key } is not one of the choices. Nothing was filled in.
link-answer = The link looks like a sign-in response. Nothing was filled in.
link-busy = A run is in progress. Nothing was filled in.
link-title = Link to these answers
link-note = The link opens this page with these answers filled in. It contains names and IDs but no secret, and it starts nothing.
link-label = Copy link

register-faults = What the AADSTS codes on Microsoft's sign-in page mean here
register-fault-more = The page's own registration
register-fault-command = Fix it with Azure CLI
register-found-redirect = Redirect URI that this page sends
register-found-client = Client ID in config.json
register-found-none = None for this cloud
register-fault-redirect = This page's address is not among the redirect URIs of its app. In the Microsoft Entra admin center, under App registrations > this app > Manage > Authentication, add exactly the address below as Single-page application.
register-fault-platform = This page's address is listed under another platform. Under App registrations > this app > Manage > Authentication, remove it there and add it as Single-page application.
register-fault-unknown = The tenant has no app with this client ID. Under App registrations, check that it is the ID in config.json, and that the app is in this tenant and this cloud.
register-fault-service = This page's app does not list a service it asks for. Under App registrations > this app > Manage > API permissions, add the missing delegated permissions.
register-fault-consent = Consent is missing or was declined. Under App registrations > this app > Manage > API permissions, select Grant admin consent, or sign in with an account that may consent.
register-fault-tenant = This page's app is for one tenant, which is correct, but the sign-in did not name a tenant. Enter the tenant, or set tenant in config.json.
register-fault-account = The account is not in the tenant of this page's app. Sign in with an account of that tenant, or invite this one under Users > Invite external user.
register-fault-closed = This page's app is disabled, or allows only users who are assigned to it. Check Enterprise applications > this app > Properties.
register-fault-implicit = Nothing needs to be fixed: this page never asks for a token by implicit grant. Leave it off, and check whether another page with this client ID started the sign-in.

providers-title = Register resource providers
evidence-title = Evidence of a run
providers-review-title = Review the registration
providers-run-title = Registering resource providers
providers-stop-first = A registration of resource providers uses this sign-in. Wait for its end or stop it first.
providers-banner = Resource providers are being registered
providers-banner-text = The registration goes on while you use this page. Keep the tab open.
providers-to-run = Show the registration
