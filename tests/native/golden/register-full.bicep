// CMG Entra Setup: registers the page itself in Microsoft Entra ID
//
// One app registration with a service principal: single tenant, platform Single-page application, no secret.
// A second deployment finds the app by its uniqueName and makes no second one.
//
// Who: Cloud Application Administrator or Application Administrator, who may also deploy to the resource group.
// How: az deployment group create --resource-group GROUP --template-file register-cmg-entra-setup.bicep
// The output clientId goes into config.json.

extension 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0'

resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'page-of-cmg-entra-setup-c31ad325-bfd5-51c8-90b8-4053a27bc095'
  displayName: 'CMG Entra Setup'
  signInAudience: 'AzureADMyOrg'
  tags: [
    'CMGEntraSetupPage'
  ]
  spa: {
    redirectUris: [
      'https://cmg.contoso.com/setup/'
      'https://cmg.contoso.com/setup/bridge.html'
    ]
  }
  web: {
    redirectUris: []
    implicitGrantSettings: {
      enableIdTokenIssuance: false
      enableAccessTokenIssuance: false
    }
  }
  publicClient: {
    redirectUris: []
  }
  isFallbackPublicClient: false
  requiredResourceAccess: [
    {
      resourceAppId: '00000003-0000-0000-c000-000000000000'
      resourceAccess: [
        // User.Read
        { id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' }
        // Directory.Read.All
        { id: '06da0dbc-49e2-44d2-8312-53f166ab848a', type: 'Scope' }
        // Application.Read.All
        { id: 'c79f8feb-a9db-4090-85f9-90d820caa0eb', type: 'Scope' }
        // Policy.Read.All
        { id: '572fea84-0151-49b2-9301-11cb16974376', type: 'Scope' }
        // Organization.Read.All
        { id: '4908d5b9-3fb2-4b1e-9336-1888b7937185', type: 'Scope' }
        // Application.ReadWrite.All
        { id: 'bdfbf15f-ee85-4955-8675-146e8e5296b5', type: 'Scope' }
        // DelegatedPermissionGrant.ReadWrite.All
        { id: '41ce6ca6-6826-4807-84f1-1c82854f7ee5', type: 'Scope' }
        // AppRoleAssignment.ReadWrite.All
        { id: '84bccea3-f856-4a8a-967b-dbe0a3d53a64', type: 'Scope' }
      ]
    }
    {
      resourceAppId: '797f4846-ba00-4fd7-ba43-dac1f8f63013'
      resourceAccess: [
        // user_impersonation
        { id: '41094075-9dad-400e-a0bd-54e686782033', type: 'Scope' }
      ]
    }
  ]
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
}

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

// For everybody in the tenant: exactly these.
resource graphConsent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = {
  clientId: principal.id
  consentType: 'AllPrincipals'
  resourceId: graph.id
  scope: 'openid profile offline_access User.Read Directory.Read.All Application.Read.All Policy.Read.All Organization.Read.All Application.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All AppRoleAssignment.ReadWrite.All'
}

resource azure 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013'
}

// For everybody in the tenant: exactly these.
resource azureConsent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = {
  clientId: principal.id
  consentType: 'AllPrincipals'
  resourceId: azure.id
  scope: 'user_impersonation'
}

output clientId string = app.appId
