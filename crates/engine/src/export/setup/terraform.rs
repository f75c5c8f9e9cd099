//! The Terraform configuration with the azuread provider, and the AzAPI provider for the resource providers of Azure. Pure ASCII.
//!
//! Sources: hashicorp/azuread 3.7 (resources `application`, `application_identifier_uri`, `application_redirect_uris`, `service_principal`,
//! `service_principal_delegated_permission_grant`, `app_role_assignment`), Azure/azapi 2.12 (2026-08-13). The provider refuses a Web redirect
//! URI without a path in `azuread_application`, and accepts it in `azuread_application_redirect_uris` (its `validation/uri.go`, 2026).

use std::fmt::Write as _;

use crate::desired::Desired;
use crate::export::quote::QuotedText;
use crate::export::setup::requests::Piece;
use crate::export::setup::requests::SetupRequests;
use crate::export::setup::requests::pieces;
use crate::plan::step::StepId;
use domain::ids;

/// The text of the configuration, formatted as `terraform fmt` does.
pub(super) fn configuration(desired: &Desired, requests: &SetupRequests) -> String {
    let has_directory = desired.wants_directory();
    let mut text = format!(
        "{HEAD}# Tenant: {} ({})\n#\n",
        desired.tenant,
        desired.cloud.terraform_graph_environment()
    );
    text.push_str(SECOND_RUN);
    text.push_str("# Who: ");
    text.push_str(if has_directory {
        "Privileged Role Administrator and Cloud Application Administrator together, or Global Administrator"
    } else {
        "Cloud Application Administrator or Application Administrator"
    });
    text.push_str(if desired.subscription.is_some() {
        ", who is Contributor on\n#   the subscription too.\n"
    } else {
        ".\n"
    });
    text.push_str(HOW);
    if desired.subscription.is_some() {
        text.push_str(AZAPI);
    }
    let _ = write!(
        text,
        "  }}\n}}\n\nprovider \"azuread\" {{\n  environment = \"{}\"\n  tenant_id   = \"{}\"\n}}\n",
        desired.cloud.terraform_graph_environment(),
        desired.tenant
    );
    text.push_str("\nlocals {\n");
    let scope = "/api/oauth2PermissionScopes/0";
    let of_server = |pointer: &str| hcl(requests.text(StepId::ServerApp, pointer));
    for (name, value) in [
        ("server_name      ", of_server("/displayName")),
        (
            "client_name      ",
            hcl(requests.text(StepId::ClientApp, "/displayName")),
        ),
        ("home_page        ", of_server("/web/homePageUrl")),
        ("server_redirect  ", of_server("/web/redirectUris/0")),
        ("scope_id         ", of_server(&format!("{scope}/id"))),
        (
            "scope_title      ",
            of_server(&format!("{scope}/adminConsentDisplayName")),
        ),
        (
            "scope_description",
            of_server(&format!("{scope}/adminConsentDescription")),
        ),
        (
            "app_id_uri       ",
            hcl(requests.text(StepId::AppIdUri, "/identifierUris/0")),
        ),
        (
            "client_redirect  ",
            hcl(requests.text(StepId::ClientSettings, "/publicClient/redirectUris/0")),
        ),
    ] {
        let _ = writeln!(text, "  {name} = {value}");
    }
    text.push_str("}\n");
    text.push_str(SERVER);
    if has_directory {
        let _ = write!(
            text,
            "\n  required_resource_access {{\n    resource_app_id = \"{}\" # Microsoft Graph\n\n    resource_access {{\n      id   = \"{}\" # Directory.Read.All\n      type = \"Role\"\n    }}\n  }}\n",
            ids::GRAPH,
            ids::DIRECTORY_READ_ALL
        );
    }
    text.push_str(SERVER_REST);
    let _ = write!(
        text,
        "\n  required_resource_access {{\n    resource_app_id = \"{}\" # Microsoft Graph\n\n    resource_access {{\n      id   = \"{}\" # User.Read\n      type = \"Scope\"\n    }}\n  }}\n",
        ids::GRAPH,
        ids::USER_READ
    );
    text.push_str(CLIENT_REST);
    let _ = write!(
        text,
        "\ndata \"azuread_service_principal\" \"graph\" {{\n  client_id = \"{}\"\n}}\n",
        ids::GRAPH
    );
    text.push_str(CONSENT);
    if has_directory {
        let _ = write!(
            text,
            "\nresource \"azuread_app_role_assignment\" \"directory\" {{\n  app_role_id         = \"{}\" # Directory.Read.All\n  principal_object_id = azuread_service_principal.server.object_id\n  resource_object_id  = data.azuread_service_principal.graph.object_id\n}}\n",
            ids::DIRECTORY_READ_ALL
        );
    }
    if let Some(subscription) = desired.subscription {
        let _ = write!(
            text,
            "\nprovider \"azapi\" {{\n  environment = \"{}\"\n  tenant_id   = \"{}\"\n\n  # Registers nothing but the providers below.\n  skip_provider_registration = true\n}}\n",
            desired.cloud.terraform_environment(),
            desired.tenant
        );
        let names: Vec<&str> = desired.needed_providers().map(|it| it.name()).collect();
        let _ = write!(
            text,
            "\n# Registers once, on apply. Azure does so in the background, for up to 15 minutes. Destroy unregisters nothing.\nresource \"azapi_resource_action\" \"register\" {{\n  for_each = toset([\"{}\"])\n\n  type        = \"Microsoft.Resources/providers@2021-04-01\"\n  resource_id = \"/subscriptions/{subscription}/providers/${{each.value}}\"\n",
            names.join("\", \"")
        );
        text.push_str(REGISTER_REST);
    }
    text.push_str(OUTPUT);
    text
}

/// An HCL string in ASCII for a text with variables.
fn hcl(text: &str) -> String {
    let mut literal = String::from("\"");
    for piece in pieces(text) {
        match piece {
            Piece::Variable("server_app") => {
                literal.push_str("${azuread_application.server.client_id}");
            }
            Piece::Variable(_) => literal.push_str("${azuread_application.client.client_id}"),
            Piece::Text(text) => {
                let quoted = QuotedText::parse(text).map_or_else(|_| String::new(), |it| it.hcl());
                let inner = quoted.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
                for c in inner.unwrap_or_default().chars() {
                    let _ = match u32::from(c) {
                        ..=0x7F => write!(literal, "{c}"),
                        code @ ..=0xFFFF => write!(literal, "\\u{code:04X}"),
                        code => write!(literal, "\\U{code:08X}"),
                    };
                }
            }
        }
    }
    literal.push('"');
    literal
}

const HEAD: &str = r"# CMG Entra Setup: makes the two app registrations of a cloud management gateway in Microsoft Entra ID.
#
";

const SECOND_RUN: &str = r"# Makes the web (server) app and the native (client) app with their service principals, and the consents between them. A second apply
# changes nothing, unless another person has changed one of these properties: then it sets them back to this file. terraform destroy deletes
# the apps and the consents.
#
# The apps have no uniqueName, because the azuread provider does not know it. So CMG Entra Setup finds them by their client IDs only: type
# the two outputs into its check of a pair. Where apps are there already, remove the comments of the import blocks at the end first.
#
# No secret is made, because Terraform would keep it in clear text in its state, where everybody who can read the state finds it. Make it
# in Microsoft Entra admin center > App registrations > the server app > Certificates & secrets, or with CMG Entra Setup.
#
";

const HOW: &str = r#"# How: read it, then run  terraform init, terraform plan and terraform apply. The provider stops where the sign-in (az login) is to
#   another tenant or cloud.
#
# Checked: its syntax by terraform fmt, and its values by an independent reader of HCL. It was not applied.
# Nothing in this file is secret.

terraform {
  required_version = ">= 1.5"
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.7"
    }
"#;

const AZAPI: &str = r#"    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
"#;

const SERVER: &str = r#"
resource "azuread_application" "server" {
  display_name             = local.server_name
  sign_in_audience         = "AzureADMyOrg"
  device_only_auth_enabled = true
  prevent_duplicate_names  = true
  tags                     = ["CMGEntraSetup"]

  api {
    oauth2_permission_scope {
      id                         = local.scope_id
      value                      = "user_impersonation"
      type                       = "User"
      enabled                    = true
      admin_consent_display_name = local.scope_title
      admin_consent_description  = local.scope_description
    }
  }

  web {
    homepage_url = local.home_page
  }
"#;

const SERVER_REST: &str = r#"
  lifecycle {
    # Resources of their own have these.
    ignore_changes = [identifier_uris, web[0].redirect_uris]
  }
}

# The default App ID URI has the client ID of the app, so it is not in the app.
resource "azuread_application_identifier_uri" "server" {
  application_id = azuread_application.server.id
  identifier_uri = local.app_id_uri
}

# The app itself takes no Web redirect URI without a path.
resource "azuread_application_redirect_uris" "server" {
  application_id = azuread_application.server.id
  type           = "Web"
  redirect_uris  = [local.server_redirect]
}

resource "azuread_service_principal" "server" {
  client_id = azuread_application.server.client_id
  tags      = ["WindowsAzureActiveDirectoryIntegratedApp"]
}

resource "azuread_application" "client" {
  display_name                   = local.client_name
  sign_in_audience               = "AzureADMyOrg"
  fallback_public_client_enabled = true
  prevent_duplicate_names        = true
  tags                           = ["CMGEntraSetup"]
"#;

const CLIENT_REST: &str = r#"
  required_resource_access {
    resource_app_id = azuread_application.server.client_id

    resource_access {
      id   = local.scope_id
      type = "Scope"
    }
  }

  lifecycle {
    # A resource of its own has them.
    ignore_changes = [public_client]
  }
}

# The redirect URI has the client ID of the app.
resource "azuread_application_redirect_uris" "client" {
  application_id = azuread_application.client.id
  type           = "PublicClient"
  redirect_uris  = [local.client_redirect]
}

resource "azuread_service_principal" "client" {
  client_id = azuread_application.client.client_id
  tags      = ["WindowsAzureActiveDirectoryIntegratedApp"]
}
"#;

const CONSENT: &str = r#"
# Consent for everybody in the tenant.
resource "azuread_service_principal_delegated_permission_grant" "server" {
  service_principal_object_id          = azuread_service_principal.client.object_id
  resource_service_principal_object_id = azuread_service_principal.server.object_id
  claim_values                         = ["user_impersonation"]
}

resource "azuread_service_principal_delegated_permission_grant" "graph" {
  service_principal_object_id          = azuread_service_principal.client.object_id
  resource_service_principal_object_id = data.azuread_service_principal.graph.object_id
  claim_values                         = ["User.Read"]
}
"#;

const REGISTER_REST: &str = r#"  action      = "register"
  method      = "POST"
  when        = "apply"
}
"#;

const OUTPUT: &str = r#"
output "server_client_id" {
  value = azuread_application.server.client_id
}

output "client_client_id" {
  value = azuread_application.client.client_id
}

output "app_id_uri" {
  value = azuread_application_identifier_uri.server.identifier_uri
}

# For apps that are there already, with the object IDs of the app registrations and of the enterprise applications:
#
# import {
#   to = azuread_application.server
#   id = "/applications/OBJECT-ID"
# }
# import {
#   to = azuread_service_principal.server
#   id = "/servicePrincipals/OBJECT-ID"
# }
# import {
#   to = azuread_application.client
#   id = "/applications/OBJECT-ID"
# }
# import {
#   to = azuread_service_principal.client
#   id = "/servicePrincipals/OBJECT-ID"
# }
"#;
