### What each field is for, behind "What is this?". At most two sentences, and nothing that the hint of the field says.

help-title = What is this?
help-connection-name = You type it on the first page of the Azure Services wizard. You can rename the connection later.
help-description = It further describes the connection in the Azure Services node of the console. Microsoft Entra ID does not get it.
help-cloud = You choose the same environment on the App page of the Azure Services wizard. Each cloud needs apps of its own.
help-tenant = The two apps are created in this tenant. Microsoft Entra ID lists its domains on the page Custom domain names.
help-server-name = You enter it as Application Name when you import the app. The wizard that creates the gateway shows it.
help-home-page-url = Microsoft Entra ID stores it as the home page of the app. The console's own default is https://ConfigMgrService.
help-uri-form = The access token of a client contains it. If Configuration Manager has another text than Microsoft Entra ID, clients get no token (AADSTS500011).
help-uri-name = It can be any name that makes the URI unique in the tenant. Microsoft's example is ConfigMgrService.
help-uri-domain = If a URI begins with https, Microsoft Entra ID accepts only a verified domain of the tenant in it, or a subdomain of one.
help-uri-text = For a URI in none of the formats above, such as one that Configuration Manager already has. The text below the field says whether Microsoft Entra ID accepts it.
help-secret-life = The site signs in to Microsoft Entra ID as the web (server) app with this secret. You enter its value and its expiry in the console.
help-client-name = You enter it as Application Name when you import the app. The console lists it with the name of the tenant.
help-group-names = The script of the hand-over gives these names to the site. The site then also adds the members that it has not discovered yet.
help-subscription = Configuration Manager creates the virtual machines of the gateway and their resources in it. The account that creates the gateway needs the Owner role there.
help-check-cloud = It decides which initial domain the tenant can have, such as contoso.onmicrosoft.com or contoso.onmicrosoft.us.
help-check-tenant = Microsoft Entra ID accepts a GUID directly after api:// only if it is the tenant ID or the app's own ID.
help-check-app = The recommended URI ends with this ID. Microsoft Entra ID gives it to the app when the app is created.
help-check-unique = With this policy, a new URI must contain the tenant ID, the app ID or a verified domain. The URIs that an app already has stay.
help-check-default = With this policy, only api:// with the app ID can be added, alone or after the tenant ID. The URIs that an app already has stay.
help-check-uri = The app registration shows it on the page Expose an API. Clients ask for a token for exactly this text.
help-pair-id = Every app registration has one, on its overview page in Microsoft Entra ID. With the ID of one app, this page finds the other.
help-pick-server = The app that has the App ID URI and the client secret. The native (client) app has the permission to call it.
help-pick-client = The app that has the redirect URI of the Windows token broker. It needs no client secret.
