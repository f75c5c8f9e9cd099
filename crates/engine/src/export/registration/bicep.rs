//! The Bicep template with the Microsoft Graph extension, version 1.0.0, which requires Bicep 0.36.1 or later.
//!
//! A template is declarative, so a consent in it has exactly these permissions: deploying it removes permissions that an admin added to the
//! same consent. The template says so.

use std::fmt::Write as _;

use crate::auth::account::Audience;
use crate::export::quote::QuotedText;
use crate::export::registration::NAME;
use crate::export::registration::Registration;
use crate::export::registration::literal;
use domain::ownership_tags;

/// The template text: pure ASCII, no secret.
#[must_use]
pub fn template(registration: &Registration) -> String {
    let of = |text: &str| literal(text, QuotedText::bicep);
    let mut text = String::from(HEAD);
    let _ = writeln!(text, "  uniqueName: {}", of(&registration.key()));
    let _ = writeln!(text, "  displayName: {}", of(NAME));
    let _ = writeln!(text, "  signInAudience: 'AzureADMyOrg'");
    let _ = writeln!(text, "  tags: [");
    let _ = writeln!(text, "    {}", of(ownership_tags::PAGE_TAG));
    let _ = writeln!(text, "  ]\n  spa: {{\n    redirectUris: [");
    for uri in registration.redirect_uris() {
        let _ = writeln!(text, "      {}", of(&uri));
    }
    text.push_str(PLATFORMS);
    for audience in registration.audiences() {
        let _ = writeln!(
            text,
            "    {{\n      resourceAppId: {}",
            of(&audience.app_id().to_string())
        );
        let _ = writeln!(text, "      resourceAccess: [");
        for scope in registration.scopes() {
            if scope.audience() == audience {
                let _ = writeln!(text, "        // {}", scope.name());
                let _ = writeln!(
                    text,
                    "        {{ id: {}, type: 'Scope' }}",
                    of(scope.guid())
                );
            }
        }
        let _ = writeln!(text, "      ]\n    }}");
    }
    text.push_str(PRINCIPAL);
    if registration.consents {
        for audience in registration.audiences() {
            let name = match audience {
                Audience::Graph => "graph",
                Audience::Arm => "azure",
            };
            let _ = write!(
                text,
                "\nresource {name} 'Microsoft.Graph/servicePrincipals@v1.0' existing = {{\n  appId: {}\n}}\n\n\
                 // For everybody in the tenant: exactly these.\n\
                 resource {name}Consent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = {{\n  clientId: principal.id\n  \
                 consentType: 'AllPrincipals'\n  resourceId: {name}.id\n  scope: {}\n}}\n",
                of(&audience.app_id().to_string()),
                of(&registration.scope_line(audience)),
            );
        }
    }
    text.push_str(TAIL);
    text
}

const HEAD: &str = r"// CMG Entra Setup: registers the page itself in Microsoft Entra ID
//
// One app registration with a service principal: single tenant, platform Single-page application, no secret.
// A second deployment finds the app by its uniqueName and makes no second one.
//
// Who: Cloud Application Administrator or Application Administrator, who may also deploy to the resource group.
// How: az deployment group create --resource-group GROUP --template-file register-cmg-entra-setup.bicep
// The output clientId goes into config.json.

extension 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0'

resource app 'Microsoft.Graph/applications@v1.0' = {
";

const PLATFORMS: &str = r"    ]
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
";

const PRINCIPAL: &str = r"  ]
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
}
";

const TAIL: &str = r"
output clientId string = app.appId
";
