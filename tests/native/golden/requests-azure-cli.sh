# server-app
az rest --method PATCH --resource https://graph.microsoft.com \
  --url 'https://graph.microsoft.com/v1.0/applications(uniqueName='\''cmg-entra-setup-server-b44d78c3-854c-5318-884f-e13f1ee73ce1'\'')' \
  --headers 'prefer=create-if-missing' 'content-type=application/json' \
  --body '{"api":{"oauth2PermissionScopes":[{"adminConsentDescription":"Allows the app to access CMG-ServerApp as the signed-in user.","adminConsentDisplayName":"Access CMG-ServerApp","id":"0badcafe-0000-4000-8000-000000000001","isEnabled":true,"type":"User","value":"user_impersonation"}]},"displayName":"CMG-ServerApp","isDeviceOnlyAuthSupported":true,"signInAudience":"AzureADMyOrg","tags":["CMGEntraSetup"],"web":{"homePageUrl":"https://ConfigMgrService","redirectUris":["http://localhost"]}}'

# client-app
az rest --method PATCH --resource https://graph.microsoft.com \
  --url 'https://graph.microsoft.com/v1.0/applications(uniqueName='\''cmg-entra-setup-client-f975ef6a-1624-5247-8457-8ce6785fb073'\'')' \
  --headers 'prefer=create-if-missing' 'content-type=application/json' \
  --body '{"displayName":"CMG-ClientApp","isFallbackPublicClient":true,"signInAudience":"AzureADMyOrg","tags":["CMGEntraSetup"]}'

# app-id-uri
az rest --method PATCH --resource https://graph.microsoft.com \
  --url 'https://graph.microsoft.com/v1.0/applications/{server app object ID}' \
  --headers 'content-type=application/json' \
  --body '{"identifierUris":["api://5e97358c-d99c-4558-8000-000000010000/{server app client ID}"]}'

# server-principal
az rest --method PATCH --resource https://graph.microsoft.com \
  --url 'https://graph.microsoft.com/v1.0/servicePrincipals(appId='\''{server app client ID}'\'')' \
  --headers 'prefer=create-if-missing' 'content-type=application/json' \
  --body '{"tags":["WindowsAzureActiveDirectoryIntegratedApp"]}'

# client-settings
az rest --method PATCH --resource https://graph.microsoft.com \
  --url 'https://graph.microsoft.com/v1.0/applications/{client app object ID}' \
  --headers 'content-type=application/json' \
  --body '{"publicClient":{"redirectUris":["ms-appx-web://Microsoft.AAD.BrokerPlugin/{client app client ID}"]},"requiredResourceAccess":[{"resourceAccess":[{"id":"e1fe6dd8-ba31-4d61-89e7-88639da4683d","type":"Scope"}],"resourceAppId":"00000003-0000-0000-c000-000000000000"},{"resourceAccess":[{"id":"0badcafe-0000-4000-8000-000000000001","type":"Scope"}],"resourceAppId":"{server app client ID}"}]}'

# client-principal
az rest --method PATCH --resource https://graph.microsoft.com \
  --url 'https://graph.microsoft.com/v1.0/servicePrincipals(appId='\''{client app client ID}'\'')' \
  --headers 'prefer=create-if-missing' 'content-type=application/json' \
  --body '{"tags":["WindowsAzureActiveDirectoryIntegratedApp"]}'

# server-consent
az rest --method POST --resource https://graph.microsoft.com \
  --url 'https://graph.microsoft.com/v1.0/oauth2PermissionGrants' \
  --headers 'content-type=application/json' \
  --body '{"clientId":"{client app service principal ID}","consentType":"AllPrincipals","resourceId":"{server app service principal ID}","scope":"user_impersonation"}'

# graph-consent
az rest --method POST --resource https://graph.microsoft.com \
  --url 'https://graph.microsoft.com/v1.0/oauth2PermissionGrants' \
  --headers 'content-type=application/json' \
  --body '{"clientId":"{client app service principal ID}","consentType":"AllPrincipals","resourceId":"5e97358c-d99c-4558-8000-0000000100f0","scope":"User.Read"}'

# secret
az rest --method POST --resource https://graph.microsoft.com \
  --url 'https://graph.microsoft.com/v1.0/applications/{server app object ID}/addPassword' \
  --headers 'content-type=application/json' \
  --body '{"passwordCredential":{"displayName":"CMG Entra Setup (ID of the run)","endDateTime":"2027-11-23T09:00:00Z"}}'

