#!/usr/bin/env bash
# CMG Entra Setup: exempts one app from the tenant's app management policy
#
# Creates a policy of the app's own that allows client secrets for a limited time, and assigns it to the app.
# An app has one such policy at most: where it has one, the script changes nothing and names it.
# The app then no longer inherits from the tenant's default policy. Add the restrictions that it should keep to body.
#
# Who: Application Administrator, Cloud Application Administrator or Global Administrator.
# Where: Azure Cloud Shell (bash), or a computer with Azure CLI after az login.
# How: read it, then run  bash exempt-configuration-manager-app.sh
# Azure CLI signs in with permissions that Microsoft has fixed. If Microsoft Graph answers that scopes are missing in the token,
# use the script for Graph PowerShell.

set -euo pipefail

cloud='AzureCloud'
graph='https://graph.microsoft.com'
tenant='5e97358c-d99c-4558-8000-000000010000'
app='2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72'
body='{"description":"Configuration Manager connects to Microsoft Entra ID with a client secret.","displayName":"Client secrets for CMG-ServerApp","isEnabled":true,"restrictions":{"keyCredentials":[],"passwordCredentials":[{"maxLifetime":null,"restrictForAppsCreatedAfterDateTime":"2000-01-01T00:00:00Z","restrictionType":"passwordAddition","state":"disabled"},{"maxLifetime":"P365D","restrictForAppsCreatedAfterDateTime":"2000-01-01T00:00:00Z","restrictionType":"passwordLifetime","state":"enabled"}]}}'

if [ "$(az cloud show --query name --output tsv)" != "$cloud" ]; then
  printf 'Azure CLI works with another cloud. Run: az cloud set --name %s, then az login.\n' "$cloud" >&2
  exit 1
fi
if [ "$(az account show --query tenantId --output tsv)" != "$tenant" ]; then
  printf 'Azure CLI is signed in to another tenant. Run: az login --tenant %s --allow-no-subscriptions\n' "$tenant" >&2
  exit 1
fi

ask() {
  az rest --resource "$graph" --headers Content-Type=application/json "$@"
}

address="$graph/v1.0/applications(appId='$app')"
held="$(ask --method GET --url "$address/appManagementPolicies" --query 'value[0].id' --output tsv)"
if [ -n "$held" ]; then
  printf 'The app already has the policy %s. Change that policy.\n' "$held" >&2
  exit 1
fi
object="$(ask --method GET --url "$address?\$select=id" --query id --output tsv)"
policy="$(ask --method POST --url "$graph/v1.0/policies/appManagementPolicies" --body "$body" --query id --output tsv)"
ask --method POST --url "$graph/v1.0/applications/$object/appManagementPolicies/\$ref" \
  --body "{\"@odata.id\": \"$graph/v1.0/policies/appManagementPolicies/$policy\"}"
printf 'The app has the policy %s.\n' "$policy"
