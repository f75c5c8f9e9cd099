### An app with this tool's key that this browser did not create.

origin-title = { $app }: not created by this browser
origin-name = Application name
origin-client-id = Application (client) ID
origin-created = Created
origin-secrets = Client secrets
origin-certificates = Certificates
origin-federated = Federated credentials
origin-redirects = Redirect URIs
origin-none = None
origin-secret = { $name } until { $day }
origin-of-principal = { $credential } (service principal)
origin-use = I know who created this app. Use it
origin-use-detail = Its owners and everyone who has one of its credentials can act as the app. It gets the consent below. The audit logs of Microsoft Entra ID show who created it (activity: Add application).
