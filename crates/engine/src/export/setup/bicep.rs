//! The Bicep file with the Microsoft Graph extension, version 1.0.0, which requires Bicep 0.36.1 or later. Pure ASCII.
//!
//! A resource cannot name its own client ID, so a second deployment sets the App ID URI and the redirect URI of the client app. Sources:
//! "Microsoft.Graph applications", "Microsoft Graph Bicep feature limitations" (2024), Azure/bicep issues 3267 and 20086 (resource providers).

use std::fmt::Write as _;

use serde_json::Value;

use crate::desired::Desired;
use crate::export::quote::QuotedText;
use crate::export::registration::literal;
use crate::export::setup::requests::Piece;
use crate::export::setup::requests::SetupRequests;
use crate::export::setup::requests::pieces;
use crate::plan::step::StepId;
use domain::ids;
use domain::ownership_tags;

/// The template text.
pub(super) fn template(desired: &Desired, requests: &SetupRequests) -> String {
    let has_directory = desired.wants_directory();
    let mut text = format!("{HEAD}// Tenant: {}\n//\n", desired.tenant);
    text.push_str(SECOND_RUN);
    text.push_str("// Who: ");
    text.push_str(if has_directory {
        "Privileged Role Administrator and Cloud Application Administrator together, or Global Administrator"
    } else {
        "Cloud Application Administrator or Application Administrator"
    });
    text.push_str(", who may also\n//   deploy to the resource group.\n");
    let _ = writeln!(
        text,
        "// How: az account show --query tenantId  must print {}. Then twice, the second time with the two outputs:\n{HOW}",
        desired.tenant
    );
    if let Some(subscription) = desired.subscription {
        text.push_str("// Bicep cannot register resource providers. With Azure CLI:\n");
        for namespace in desired.needed_providers() {
            let _ = writeln!(
                text,
                "//   az provider register --namespace {} --subscription {subscription}",
                namespace.name()
            );
        }
        text.push_str("//\n");
    }
    text.push_str(CHECKED);
    app(
        &mut text,
        "server",
        &ownership_tags::server_key(&desired.server_name),
        requests,
        StepId::ServerApp,
    );
    let uri = word(requests.text(StepId::AppIdUri, "/identifierUris/0"));
    let _ = writeln!(
        text,
        "  identifierUris: empty(serverAppId) ? [] : [{uri}]\n}}"
    );
    text.push_str(SERVER_PRINCIPAL);
    app(
        &mut text,
        "client",
        &ownership_tags::client_key(&desired.client_name),
        requests,
        StepId::ClientApp,
    );
    let redirect = word(requests.text(StepId::ClientSettings, "/publicClient/redirectUris/0"));
    let scope = word(requests.text(StepId::ServerApp, "/api/oauth2PermissionScopes/0/id"));
    let _ = writeln!(
        text,
        "  publicClient: {{\n    redirectUris: empty(clientAppId) ? [] : [{redirect}]\n  }}\n  requiredResourceAccess: [\n    {{\n      resourceAppId: '{}'\n      resourceAccess: [\n        // User.Read\n        {{ id: '{}', type: 'Scope' }}\n      ]\n    }}\n    {{\n      resourceAppId: server.appId\n      resourceAccess: [\n        {{ id: {scope}, type: 'Scope' }}\n      ]\n    }}\n  ]\n}}",
        ids::GRAPH,
        ids::USER_READ
    );
    let _ = write!(
        text,
        "{CLIENT_PRINCIPAL}resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {{\n  appId: '{}'\n}}\n{CONSENT}",
        ids::GRAPH
    );
    if has_directory {
        let _ = write!(
            text,
            "\n// Directory.Read.All\nresource directoryConsent 'Microsoft.Graph/appRoleAssignedTo@v1.0' = {{\n  appRoleId: '{}'\n  principalId: serverPrincipal.id\n  resourceId: graph.id\n}}\n",
            ids::DIRECTORY_READ_ALL
        );
    }
    text.push_str(OUTPUT);
    text
}

/// Opens the resource of an app, with every property of its request.
fn app(text: &mut String, symbol: &str, key: &str, requests: &SetupRequests, step: StepId) {
    let _ = writeln!(
        text,
        "\nresource {symbol} 'Microsoft.Graph/applications@v1.0' = {{\n  uniqueName: {}",
        word(key)
    );
    let body = requests.get(step).and_then(|it| it.body.as_ref());
    for (name, value) in body.and_then(Value::as_object).into_iter().flatten() {
        let _ = write!(text, "  {name}: ");
        write_value(value, 2, text);
        text.push('\n');
    }
}

/// A JSON value as Bicep.
fn write_value(value: &Value, indent: usize, text: &mut String) {
    let inner = indent + 2;
    match value {
        Value::Object(members) => {
            text.push_str("{\n");
            for (name, member) in members {
                let _ = write!(text, "{:inner$}{name}: ", "");
                write_value(member, inner, text);
                text.push('\n');
            }
            let _ = write!(text, "{:indent$}}}", "");
        }
        Value::Array(members) => {
            text.push_str("[\n");
            for member in members {
                let _ = write!(text, "{:inner$}", "");
                write_value(member, inner, text);
                text.push('\n');
            }
            let _ = write!(text, "{:indent$}]", "");
        }
        Value::String(line) => text.push_str(&word(line)),
        Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
    }
}

/// A Bicep string for a text with variables.
fn word(text: &str) -> String {
    let mut word = String::from("'");
    for piece in pieces(text) {
        match piece {
            Piece::Variable("server_app") => word.push_str("${serverAppId}"),
            Piece::Variable(_) => word.push_str("${clientAppId}"),
            Piece::Text(text) => {
                let quoted = literal(text, QuotedText::bicep);
                let inner = quoted
                    .strip_prefix('\'')
                    .and_then(|it| it.strip_suffix('\''));
                word.push_str(inner.unwrap_or_default());
            }
        }
    }
    word.push('\'');
    word
}

const HEAD: &str = r"// CMG Entra Setup: makes the two app registrations of a cloud management gateway in Microsoft Entra ID.
//
";

const SECOND_RUN: &str = r"// Makes the web (server) app and the native (client) app with their service principals, and the consents between them. It finds the apps by
// their uniqueName and makes no second ones. A deployment sets every property back to this file: what another person added to a list, such as a
// redirect URI or a consent, is removed. Look first whether another person has made apps with these keys: an app that is there is used.
// A deployment removes nothing that is no longer in the file. Delete it in the Microsoft Entra admin center.
//
// No secret is made: Bicep cannot, and a deployment would keep it in its history. Make it in Microsoft Entra admin center > App
// registrations > the server app > Certificates & secrets, or with CMG Entra Setup.
//
";

const HOW: &str = r"//   az deployment group create --resource-group GROUP --template-file cmg.bicep \
//     --parameters serverAppId=SERVER-CLIENT-ID clientAppId=CLIENT-CLIENT-ID
// The first deployment makes the apps, without these parameters. Only the second can set the App ID URI and the redirect URI of the client
// app, because they contain the client IDs. A later deployment without the parameters removes both again.
//";

const CHECKED: &str = r"// Checked: its syntax by an independent parser of Bicep. It was not deployed.
// Nothing in this file is secret.

extension 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0'

@description('Client ID of the server app. Empty in the first deployment.')
param serverAppId string = ''

@description('Client ID of the client app. Empty in the first deployment.')
param clientAppId string = ''
";

const SERVER_PRINCIPAL: &str = r"
resource serverPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: server.appId
  tags: [
    'WindowsAzureActiveDirectoryIntegratedApp'
  ]
}
";

const CLIENT_PRINCIPAL: &str = r"
resource clientPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: client.appId
  tags: [
    'WindowsAzureActiveDirectoryIntegratedApp'
  ]
}

";

const CONSENT: &str = r"
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
";

const OUTPUT: &str = r"
output serverClientId string = server.appId
output clientClientId string = client.appId
";
