// CMG Entra Setup: makes the two app registrations of a cloud management gateway in Microsoft Entra ID.
//
// Tenant: 5e97358c-d99c-4558-8000-000000010000
//
// Makes the web (server) app and the native (client) app with their service principals, and the consents between them. It finds the apps by
// their uniqueName and makes no second ones. A deployment sets every property back to this file: what another person added to a list, such as a
// redirect URI or a consent, is removed. Look first whether another person has made apps with these keys: an app that is there is used.
// A deployment removes nothing that is no longer in the file. Delete it in the Microsoft Entra admin center.
//
// No secret is made: Bicep cannot, and a deployment would keep it in its history. Make it in Microsoft Entra admin center > App
// registrations > the server app > Certificates & secrets, or with CMG Entra Setup.
//
// Who: Privileged Role Administrator and Cloud Application Administrator together, or Global Administrator, who may also
//   deploy to the resource group.
// How: az account show --query tenantId  must print 5e97358c-d99c-4558-8000-000000010000. Then twice, the second time with the two outputs:
//   az deployment group create --resource-group GROUP --template-file cmg.bicep \
//     --parameters serverAppId=SERVER-CLIENT-ID clientAppId=CLIENT-CLIENT-ID
// The first deployment makes the apps, without these parameters. Only the second can set the App ID URI and the redirect URI of the client
// app, because they contain the client IDs. A later deployment without the parameters removes both again.
//
// Bicep cannot register resource providers. With Azure CLI:
//   az provider register --namespace Microsoft.KeyVault --subscription 5e97358c-d99c-4558-8000-000000010082
//   az provider register --namespace Microsoft.Storage --subscription 5e97358c-d99c-4558-8000-000000010082
//   az provider register --namespace Microsoft.Network --subscription 5e97358c-d99c-4558-8000-000000010082
//   az provider register --namespace Microsoft.Compute --subscription 5e97358c-d99c-4558-8000-000000010082
//
// Checked: its syntax by an independent parser of Bicep. It was not deployed.
// Nothing in this file is secret.

extension 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0'

@description('Client ID of the server app. Empty in the first deployment.')
param serverAppId string = ''

@description('Client ID of the client app. Empty in the first deployment.')
param clientAppId string = ''

resource server 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'cmg-entra-setup-server-550fce54-7fc4-5a6f-aae6-a97780418a97'
  api: {
    oauth2PermissionScopes: [
      {
        adminConsentDescription: 'Allows the app to access O\'Brien "x" \\ \$(touch x) `touch x` \${HOME} \$HOME as the signed-in user.'
        adminConsentDisplayName: 'Access O\'Brien "x" \\ \$(touch x) `touch x` \${HOME} \$HOME'
        id: '0badcafe-0000-4000-8000-000000000001'
        isEnabled: true
        type: 'User'
        value: 'user_impersonation'
      }
    ]
  }
  displayName: 'O\'Brien "x" \\ \$(touch x) `touch x` \${HOME} \$HOME'
  isDeviceOnlyAuthSupported: true
  requiredResourceAccess: [
    {
      resourceAccess: [
        {
          id: '7ab1d382-f21e-4acd-a863-ba3e13f7da61'
          type: 'Role'
        }
      ]
      resourceAppId: '00000003-0000-0000-c000-000000000000'
    }
  ]
  signInAudience: 'AzureADMyOrg'
  tags: [
    'CMGEntraSetup'
  ]
  web: {
    homePageUrl: 'https://h/a\'b\$(c)%7B;&~!*'
    redirectUris: [
      'http://localhost'
    ]
  }
  identifierUris: empty(serverAppId) ? [] : ['api://5e97358c-d99c-4558-8000-000000010000/cmg\'\$(x)']
}

resource serverPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: server.appId
  tags: [
    'WindowsAzureActiveDirectoryIntegratedApp'
  ]
}

resource client 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'cmg-entra-setup-client-24a8b07a-9c12-5ed1-b7aa-b77a2b5d85d1'
  displayName: '\u{4E2D}\u{6587} \u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{1F680} \u{411} S\u{FC}d \u{2013} \u{451}'
  isFallbackPublicClient: true
  signInAudience: 'AzureADMyOrg'
  tags: [
    'CMGEntraSetup'
  ]
  publicClient: {
    redirectUris: empty(clientAppId) ? [] : ['ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientAppId}']
  }
  requiredResourceAccess: [
    {
      resourceAppId: '00000003-0000-0000-c000-000000000000'
      resourceAccess: [
        // User.Read
        { id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' }
      ]
    }
    {
      resourceAppId: server.appId
      resourceAccess: [
        { id: '0badcafe-0000-4000-8000-000000000001', type: 'Scope' }
      ]
    }
  ]
}

resource clientPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: client.appId
  tags: [
    'WindowsAzureActiveDirectoryIntegratedApp'
  ]
}

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

// For everybody in the tenant: exactly these.
resource serverConsent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = {
  clientId: clientPrincipal.id
  consentType: 'AllPrincipals'
  resourceId: serverPrincipal.id
  scope: 'user_impersonation'
}

resource graphConsent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = {
  clientId: clientPrincipal.id
  consentType: 'AllPrincipals'
  resourceId: graph.id
  scope: 'User.Read'
}

// Directory.Read.All
resource directoryConsent 'Microsoft.Graph/appRoleAssignedTo@v1.0' = {
  appRoleId: '7ab1d382-f21e-4acd-a863-ba3e13f7da61'
  principalId: serverPrincipal.id
  resourceId: graph.id
}

output serverClientId string = server.appId
output clientClientId string = client.appId
