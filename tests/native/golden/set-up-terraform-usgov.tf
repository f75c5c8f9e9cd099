# CMG Entra Setup: makes the two app registrations of a cloud management gateway in Microsoft Entra ID.
#
# Tenant: 5e97358c-d99c-4558-8000-000000010000 (usgovernmentl4)
#
# Makes the web (server) app and the native (client) app with their service principals, and the consents between them. A second apply
# changes nothing, unless another person has changed one of these properties: then it sets them back to this file. terraform destroy deletes
# the apps and the consents.
#
# The apps have no uniqueName, because the azuread provider does not know it. So CMG Entra Setup finds them by their client IDs only: type
# the two outputs into its check of a pair. Where apps are there already, remove the comments of the import blocks at the end first.
#
# No secret is made, because Terraform would keep it in clear text in its state, where everybody who can read the state finds it. Make it
# in Microsoft Entra admin center > App registrations > the server app > Certificates & secrets, or with CMG Entra Setup.
#
# Who: Cloud Application Administrator or Application Administrator.
# How: read it, then run  terraform init, terraform plan and terraform apply. The provider stops where the sign-in (az login) is to
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
  }
}

provider "azuread" {
  environment = "usgovernmentl4"
  tenant_id   = "5e97358c-d99c-4558-8000-000000010000"
}

locals {
  server_name       = "CMG-ServerApp"
  client_name       = "CMG-ClientApp"
  home_page         = "https://ConfigMgrService"
  server_redirect   = "http://localhost"
  scope_id          = "0badcafe-0000-4000-8000-000000000001"
  scope_title       = "Access CMG-ServerApp"
  scope_description = "Allows the app to access CMG-ServerApp as the signed-in user."
  app_id_uri        = "api://5e97358c-d99c-4558-8000-000000010000/${azuread_application.server.client_id}"
  client_redirect   = "ms-appx-web://Microsoft.AAD.BrokerPlugin/${azuread_application.client.client_id}"
}

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

  required_resource_access {
    resource_app_id = "00000003-0000-0000-c000-000000000000" # Microsoft Graph

    resource_access {
      id   = "e1fe6dd8-ba31-4d61-89e7-88639da4683d" # User.Read
      type = "Scope"
    }
  }

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

data "azuread_service_principal" "graph" {
  client_id = "00000003-0000-0000-c000-000000000000"
}

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
