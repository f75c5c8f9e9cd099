#!/usr/bin/env bash
# CMG Entra Setup: registers the page itself in Microsoft Entra ID, in the tenant Azure CLI is signed in to.
#
# Makes one app registration with a service principal: single tenant, platform Single-page application, no secret.
# A second run finds the app by its key (uniqueName) and makes no second one.
#
# Who: Cloud Application Administrator or Application Administrator.
# Where: Azure Cloud Shell (bash), or a computer with Azure CLI after az login.
# How: read it, then run  bash register-cmg-entra-setup.sh

set -euo pipefail

cloud='AzureCloud'
graph='https://graph.microsoft.com'
key='page-of-cmg-entra-setup-c31ad325-bfd5-51c8-90b8-4053a27bc095'
body='{
  "displayName": "CMG Entra Setup",
  "signInAudience": "AzureADMyOrg",
  "tags": ["CMGEntraSetupPage"],
  "spa": { "redirectUris": ["https://cmg.contoso.com/setup/"] },
  "web": {
    "redirectUris": [],
    "implicitGrantSettings": { "enableIdTokenIssuance": false, "enableAccessTokenIssuance": false }
  },
  "publicClient": { "redirectUris": [] },
  "isFallbackPublicClient": false,
  "requiredResourceAccess": [
    { "resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [
      { "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope" },
      { "id": "06da0dbc-49e2-44d2-8312-53f166ab848a", "type": "Scope" },
      { "id": "c79f8feb-a9db-4090-85f9-90d820caa0eb", "type": "Scope" },
      { "id": "572fea84-0151-49b2-9301-11cb16974376", "type": "Scope" }
    ] }
  ]
}'

if [ "$(az cloud show --query name --output tsv)" != "$cloud" ]; then
  printf 'Azure CLI is set to another cloud. Run first: az cloud set --name %s && az login\n' "$cloud" >&2
  exit 1
fi

# ask METHOD PATH [more of az rest]: a request to Microsoft Graph.
ask() {
  local method="$1" path="$2"
  shift 2
  az rest --only-show-errors --resource "$graph" --method "$method" --url "$graph/v1.0/$path" "$@"
}

# until_there COMMAND...: what was just made is not everywhere at once. Tries for two minutes.
until_there() {
  local wait said
  for wait in 2 5 10 15 30 60; do
    if said="$("$@" 2>/dev/null)"; then
      printf '%s' "$said"
      return 0
    fi
    sleep "$wait"
  done
  "$@"
}

upsert() {
  ask PATCH "$1" --headers Content-Type=application/json Prefer=create-if-missing --body "$2" --output none
}

upsert "applications(uniqueName='$key')" "$body"
app="$(until_there ask GET "applications(uniqueName='$key')?\$select=appId" --query appId --output tsv)"
until_there upsert "servicePrincipals(appId='$app')" '{ "tags": ["WindowsAzureActiveDirectoryIntegratedApp"] }'

printf 'Client ID: %s\n' "$app"
printf 'In config.json: { "clients": { "%s": "%s" } }\n' 'public' "$app"
