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
  "spa": { "redirectUris": ["https://cmg.contoso.com/setup/", "https://cmg.contoso.com/setup/bridge.html"] },
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
      { "id": "572fea84-0151-49b2-9301-11cb16974376", "type": "Scope" },
      { "id": "4908d5b9-3fb2-4b1e-9336-1888b7937185", "type": "Scope" },
      { "id": "bdfbf15f-ee85-4955-8675-146e8e5296b5", "type": "Scope" },
      { "id": "41ce6ca6-6826-4807-84f1-1c82854f7ee5", "type": "Scope" },
      { "id": "84bccea3-f856-4a8a-967b-dbe0a3d53a64", "type": "Scope" }
    ] },
    { "resourceAppId": "797f4846-ba00-4fd7-ba43-dac1f8f63013", "resourceAccess": [
      { "id": "41094075-9dad-400e-a0bd-54e686782033", "type": "Scope" }
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

# consent API SCOPES: for everybody in the tenant. What is consented to already stays.
consent() {
  local resource found grant have scopes scope
  resource="$(ask GET "servicePrincipals(appId='$1')?\$select=id" --query id --output tsv)"
  found="$(ask GET "oauth2PermissionGrants?\$filter=clientId%20eq%20'$client'" \
    --query "value[?resourceId=='$resource' && consentType=='AllPrincipals'] | [0].[id, scope]" --output tsv)"
  # A list comes on lines of its own, and an absent grant as nothing or as None.
  grant="$(printf '%s' "$found" | tr '\t' '\n' | sed -n 1p)"
  have="$(printf '%s' "$found" | tr '\t' '\n' | sed -n 2p)"
  if [ -z "$grant" ] || [ "$grant" = None ]; then
    until_there ask POST oauth2PermissionGrants --headers Content-Type=application/json --output none \
      --body "{\"clientId\":\"$client\",\"consentType\":\"AllPrincipals\",\"resourceId\":\"$resource\",\"scope\":\"$2\"}"
    return 0
  fi
  scopes="$have"
  for scope in $2; do
    case " $scopes " in
      *" $scope "*) ;;
      *) scopes="$scopes $scope" ;;
    esac
  done
  if [ "$scopes" != "$have" ]; then
    ask PATCH "oauth2PermissionGrants/$grant" --headers Content-Type=application/json --output none \
      --body "{\"scope\":\"$scopes\"}"
  fi
}

client="$(until_there ask GET "servicePrincipals(appId='$app')?\$select=id" --query id --output tsv)"
consent '00000003-0000-0000-c000-000000000000' 'openid profile offline_access User.Read Directory.Read.All Application.Read.All Policy.Read.All Organization.Read.All Application.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All AppRoleAssignment.ReadWrite.All'
consent '797f4846-ba00-4fd7-ba43-dac1f8f63013' 'user_impersonation'

printf 'Client ID: %s\n' "$app"
printf 'In config.json: { "clients": { "%s": "%s" } }\n' 'public' "$app"
