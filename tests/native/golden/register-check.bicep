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
      ]
    }
  ]
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
}

output clientId string = app.appId
