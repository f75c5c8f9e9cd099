//! The script for Azure CLI: bash, also in Cloud Shell. It calls Microsoft Graph with `az rest`, because `az ad app create` finds an app by
//! its display name and changes the app it finds ("az ad app", Azure CLI reference, 2026).
//!
//! One block of assignments holds all values, each a literal from `quote`; the rest of the script is fixed.

use std::fmt::Write as _;

use crate::export::quote::QuotedText;
use crate::export::registration::Registration;
use crate::export::registration::literal;
use domain::cloud::Cloud;

/// Azure CLI's name of a cloud ("az cloud", 2026).
#[must_use]
pub fn cloud_name(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Public => "AzureCloud",
        Cloud::UsGov | Cloud::UsGovDod => "AzureUSGovernment",
    }
}

/// The script text: pure ASCII, no secret.
#[must_use]
pub fn script(registration: &Registration) -> String {
    let mut text = String::from(HEAD);
    let mut assign = |name: &str, value: &str| {
        let _ = writeln!(text, "{name}={}", literal(value, QuotedText::bash));
    };
    assign("cloud", cloud_name(registration.cloud));
    assign(
        "graph",
        &format!("https://{}", registration.cloud.graph_host()),
    );
    assign("key", &registration.key());
    let body = registration.body();
    // The only multiline value. It contains no quotes and only ASCII: see `Registration::body`.
    let _ = writeln!(text, "body='{body}'");
    text.push_str(REGISTER);
    if registration.consents {
        text.push_str(CONSENT);
        for audience in registration.audiences() {
            let _ = writeln!(
                text,
                "consent {} {}",
                literal(&audience.app_id().to_string(), QuotedText::bash),
                literal(&registration.scope_line(audience), QuotedText::bash)
            );
        }
    }
    text.push_str(TAIL);
    let _ = writeln!(
        text,
        "printf 'In config.json: {{ \"clients\": {{ \"%s\": \"%s\" }} }}\\n' {} \"$app\"",
        literal(registration.cloud.key(), QuotedText::bash)
    );
    text
}

/// A one-line command that adds the page's redirect URIs to an app as Single-page application and removes them from the other platforms.
/// Other redirect URIs stay.
#[must_use]
pub fn fix_redirects(registration: &Registration, client_id: &str) -> String {
    let graph = format!("https://{}", registration.cloud.graph_host());
    let app =
        format!("--resource {graph} --url \"{graph}/v1.0/applications(appId='{client_id}')\"");
    let uris = registration.redirect_uris();
    let ours: Vec<_> = uris.iter().map(|uri| format!("'{uri}'")).collect();
    let others: Vec<_> = uris.iter().map(|uri| format!("@ != '{uri}'")).collect();
    let (ours, others) = (ours.join(", "), others.join(" && "));
    format!(
        "az rest --method PATCH {app} --headers Content-Type=application/json --body \"$(az rest --method GET {app} --query \
         \"{{spa: {{redirectUris: [spa.redirectUris[?{others}], [{ours}]][]}}, web: {{redirectUris: web.redirectUris[?{others}]}}, \
         publicClient: {{redirectUris: publicClient.redirectUris[?{others}]}}}}\")\""
    )
}

/// A one-line command that adds the page's permissions to those that an app lists.
#[must_use]
pub fn fix_permissions(registration: &Registration, client_id: &str) -> String {
    let lines: Vec<_> = registration
        .audiences()
        .map(|audience| {
            let ids: Vec<_> = registration
                .scopes()
                .into_iter()
                .filter(|scope| scope.audience() == audience)
                .map(|scope| format!("{}=Scope", scope.guid()))
                .collect();
            format!(
                "az ad app permission add --id {client_id} --api {} --api-permissions {}",
                audience.app_id(),
                ids.join(" ")
            )
        })
        .collect();
    lines.join(" && ")
}

/// A one-line command that grants tenant-wide consent to the permissions that an app lists.
#[must_use]
pub fn fix_consent(client_id: &str) -> String {
    format!("az ad app permission admin-consent --id {client_id}")
}

const HEAD: &str = r#"#!/usr/bin/env bash
# CMG Entra Setup: registers the page itself in Microsoft Entra ID, in the tenant Azure CLI is signed in to.
#
# Makes one app registration with a service principal: single tenant, platform Single-page application, no secret.
# A second run finds the app by its key (uniqueName) and makes no second one.
#
# Who: Cloud Application Administrator or Application Administrator.
# Where: Azure Cloud Shell (bash), or a computer with Azure CLI after az login.
# How: read it, then run  bash register-cmg-entra-setup.sh

set -euo pipefail

"#;

const REGISTER: &str = r#"
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
"#;

const CONSENT: &str = r#"
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
"#;

const TAIL: &str = r#"
printf 'Client ID: %s\n' "$app"
"#;
