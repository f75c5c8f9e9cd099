#!/usr/bin/env bash
# CMG Entra Setup: makes the two app registrations of a cloud management gateway in Microsoft Entra ID.
#
# Tenant: 5e97358c-d99c-4558-8000-000000010000 (AzureCloud)
#
# Makes, where it is not there yet:
#   the web (server) app and the native (client) app, each with its service principal;
#   the consent of the client app to the server app (user_impersonation) and to Microsoft Graph (User.Read);
#   the consent of the server app to read the directory (Directory.Read.All);
#   the resource providers of the gateway in the subscription 5e97358c-d99c-4558-8000-000000010082;
#   only with --secret-file: a client secret of the server app.
#
# A second run does no harm: it looks first, and writes only what is missing. It never removes anything, and it changes no property that
# has another value: it names the difference, and the check of a pair in CMG Entra Setup repairs it.
# It finds the apps by their keys (uniqueName), which every account that may register apps can use too. So it goes on with apps that are there
# already only if you name their client IDs with --use, after you have looked at what it prints of them. Every run ends with these IDs.
#
# The secret: none is made without --secret-file FILE. It is written to that new file, which only you can read, and is never printed. A
# second secret is made only with --another-secret. Without the option, make it later: run the script again, or use Microsoft Entra admin
# center > App registrations > the server app > Certificates & secrets.
#
# Who: Privileged Role Administrator and Cloud Application Administrator together, or Global Administrator, who is Contributor on the
#   subscription too.
# Where: Azure Cloud Shell (bash), or a computer with Azure CLI after az login.
# How: read it, then run  bash set-up-cmg.sh [--use CLIENT-ID]... [--secret-file FILE [--another-secret]]
# It stops if Azure CLI is signed in to another tenant or cloud. Each request waits up to ten minutes until what the run has made is everywhere.
# Exit code: 0 done, 1 something failed, 3 apps are there already and --use does not name them.
#
# Checked: tests run it with Azure CLI against a simulated Microsoft Entra ID and Azure. It was not run against Microsoft's services.
# Nothing in this file is secret.

set -euo pipefail

use=''
secret_file=''
another_secret=no
while [ "$#" -gt 0 ]; do
  case "$1" in
    --use)
      use="$use ${2:-}"
      shift
      ;;
    --secret-file)
      secret_file="${2:-}"
      if [ -z "$secret_file" ] || [ -e "$secret_file" ]; then
        printf 'The option --secret-file needs the name of a file that is not there yet.\n' >&2
        exit 1
      fi
      shift
      ;;
    --another-secret) another_secret=yes ;;
    *)
      printf 'Unknown option: %s\n' "$1" >&2
      exit 1
      ;;
  esac
  shift
done

cloud='AzureCloud'
tenant='5e97358c-d99c-4558-8000-000000010000'
graph='https://graph.microsoft.com'
graph_app='00000003-0000-0000-c000-000000000000'
user_read='e1fe6dd8-ba31-4d61-89e7-88639da4683d'
server_path='applications(uniqueName='\''cmg-entra-setup-server-550fce54-7fc4-5a6f-aae6-a97780418a97'\'')'
server_body='{"api":{"oauth2PermissionScopes":[{"adminConsentDescription":"Allows the app to access O\u0027Brien \"x\" \\ \u0024(touch x) `touch x` \u0024{HOME} \u0024HOME as the signed-in user.","adminConsentDisplayName":"Access O\u0027Brien \"x\" \\ \u0024(touch x) `touch x` \u0024{HOME} \u0024HOME","id":"0badcafe-0000-4000-8000-000000000001","isEnabled":true,"type":"User","value":"user_impersonation"}]},"displayName":"O\u0027Brien \"x\" \\ \u0024(touch x) `touch x` \u0024{HOME} \u0024HOME","isDeviceOnlyAuthSupported":true,"requiredResourceAccess":[{"resourceAccess":[{"id":"7ab1d382-f21e-4acd-a863-ba3e13f7da61","type":"Role"}],"resourceAppId":"00000003-0000-0000-c000-000000000000"}],"signInAudience":"AzureADMyOrg","tags":["CMGEntraSetup"],"web":{"homePageUrl":"https://h/a\u0027b\u0024(c)%7B;&~!*","redirectUris":["http://localhost"]}}'
client_path='applications(uniqueName='\''cmg-entra-setup-client-24a8b07a-9c12-5ed1-b7aa-b77a2b5d85d1'\'')'
client_body='{"displayName":"\u4e2d\u6587 \u05e9\u05dc\u05d5\u05dd \ud83d\ude80 \u0411 S\u00fcd \u2013 \u0451","isFallbackPublicClient":true,"signInAudience":"AzureADMyOrg","tags":["CMGEntraSetup"]}'
server_names='applications?$filter=displayName%20eq%20'\''O%27%27Brien%20%22x%22%20%5C%20%24%28touch%20x%29%20%60touch%20x%60%20%24%7BHOME%7D%20%24HOME'\''%20or%20displayName%20eq%20'\''O%27%27Brien%20%22x%22%20%5C%20%24%28touch%20x%29%20%60touch%20x%60%20%24%7BHOME%7D%20%24HOME'\''&$select=id,appId,uniqueName,displayName'
client_names='applications?$filter=displayName%20eq%20'\''%E4%B8%AD%E6%96%87%20%D7%A9%D7%9C%D7%95%D7%9D%20%F0%9F%9A%80%20%D0%91%20S%C3%BCd%20%E2%80%93%20%D1%91'\''%20or%20displayName%20eq%20'\''%E4%B8%AD%E6%96%87%20%D7%A9%D7%9C%D7%95%D7%9D%20%F0%9F%9A%80%20%D0%91%20S%C3%BCd%20%E2%80%93%20%D1%91'\''&$select=id,appId,uniqueName,displayName'
scope='0badcafe-0000-4000-8000-000000000001'
server_redirect='http://localhost'
secret_hours=17519

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
made=no
json=Content-Type=application/json

# ask METHOD PATH [more of az rest]: a request to Microsoft Graph.
ask() {
  local method="$1" path="$2"
  shift 2
  az rest --only-show-errors --resource "$graph" --method "$method" --url "$graph/v1.0/$path" "$@"
}

# retry COMMAND...: waits where the service is busy, and until what this run has made is everywhere: ten minutes at most.
retry() {
  local said pause=2 deadline=$((SECONDS + 600)) patterns=(-e TooManyRequests -e 'Too Many Requests(' -e Directory_ConcurrencyViolation)
  if [ "$made" = yes ]; then
    patterns+=(-e Request_ResourceNotFound -e 'Not Found(' -e 'does not reference a valid application object'
      -e 'queried reference-property objects are not present' -e 'Not a valid reference update'
      -e 'cannot be found in the AppPermissions sets' -e 'backing application')
  fi
  while :; do
    if said="$("$@" 2>"$log")"; then
      printf '%s' "$said"
      return 0
    fi
    if [ "$SECONDS" -ge "$deadline" ] || ! grep -Fq "${patterns[@]}" "$log"; then
      cat "$log" >&2
      return 1
    fi
    sleep "$pause"
    if [ "$pause" -lt 30 ]; then
      pause=$((pause * 2))
    fi
  done
}

# value PATH QUERY: one value, or one on each line. Azure CLI on Windows ends a line with CR and LF.
value() {
  retry ask GET "$1" --query "$2" --output tsv | tr -d '\r'
}

# found PATH QUERY: the value, or nothing if the object is not there.
found() {
  if ask GET "$1" --query "$2" --output tsv 2>"$log" | tr -d '\r'; then
    return 0
  fi
  if ! grep -Fq -e Request_ResourceNotFound -e 'Not Found(' "$log"; then
    cat "$log" >&2
    return 1
  fi
}

# has PATH QUERY TEXT: whether the list has this text.
has() {
  local lines
  lines="$(value "$1" "$2")" || exit 1
  case $'\n'"$lines"$'\n' in
    *$'\n'"$3"$'\n'*) return 0 ;;
    *) return 1 ;;
  esac
}

# write METHOD PATH BODY [more of az rest]
write() {
  local method="$1" path="$2" body="$3"
  shift 3
  retry ask "$method" "$path" --headers "$json" --body "$body" "$@"
}

if [ "$(az cloud show --query name --output tsv | tr -d '\r')" != "$cloud" ]; then
  printf 'Azure CLI is set to another cloud. Run first: az cloud set --name %s && az login --tenant %s --allow-no-subscriptions\n' \
    "$cloud" "$tenant" >&2
  exit 1
fi
if [ "$(az account show --query tenantId --output tsv | tr -d '\r')" != "$tenant" ]; then
  printf 'Azure CLI is signed in to another tenant. Run first: az login --tenant %s --allow-no-subscriptions\n' "$tenant" >&2
  exit 1
fi

# Looks before it writes.
both="join(' ', [id, appId])"
pair="$(found "$server_path?\$select=id,appId" "$both")"
read -r server_object server_app <<<"$pair"
pair="$(found "$client_path?\$select=id,appId" "$both")"
read -r client_object client_app <<<"$pair"
graph_principal="$(value "servicePrincipals(appId='$graph_app')?\$select=id" id)"

# An app under a key may belong to another person, with a secret or an owner that you do not know.
unknown=no
for app in "$server_app" "$client_app"; do
  case " $use " in
    *" $app "*) continue ;;
  esac
  if [ -n "$app" ]; then
    unknown=yes
    printf 'An app is there already: %s\n' "$app"
    {
      ask GET "applications(appId='$app')" --output yaml \
        --query "{created: createdDateTime, tags: tags, secrets: length(passwordCredentials), certificates: length(keyCredentials),
          redirectUris: [web.redirectUris, publicClient.redirectUris, spa.redirectUris][]}"
      ask GET "applications(appId='$app')/owners?\$select=id,userPrincipalName" --output yaml \
        --query '{owners: value[].[id, userPrincipalName][]}'
      ask GET "applications(appId='$app')/federatedIdentityCredentials" --output yaml \
        --query '{federatedCredentials: length(value)}'
    } | sed -e 's/##/# #/g' -e 's/^/  /'
  fi
done
if [ "$unknown" = yes ]; then
  printf 'Nothing was changed. If these are your apps, run again with:'
  for app in $server_app $client_app; do
    printf ' --use %s' "$app"
  done
  printf '\n'
  exit 3
fi

# Two apps with both names, made by another tool, are most likely the pair that the site uses.
if [ -z "$server_app$client_app" ]; then
  others='length(value)'
  if [ "$(value "$server_names" "$others")" != 0 ] && [ "$(value "$client_names" "$others")" != 0 ]; then
    printf 'Apps with both names are there already. Nothing was changed. Check that pair with CMG Entra Setup, or choose other names.\n' >&2
    exit 1
  fi
fi

# make PATH BODY: makes the app, and prints its object ID and client ID.
make() {
  write PATCH "$1" "$2" --headers "$json" Prefer=create-if-missing --query "$both" --output tsv | tr -d '\r'
}

server_is_new=no
client_is_new=no
if [ -z "$server_app" ]; then
  server_is_new=yes
  pair="$(make "$server_path" "$server_body")"
  read -r server_object server_app <<<"$pair"
  made=yes
  printf 'Server app: made\n'
else
  printf 'Server app: there already\n'
  as_it_is="$(value "applications/$server_object?\$select=signInAudience,isDeviceOnlyAuthSupported,web" \
    "join(' ', [signInAudience || '-', to_string(isDeviceOnlyAuthSupported), to_string(contains(web.redirectUris, '$server_redirect'))])")"
  if [ "$as_it_is" != 'AzureADMyOrg true true' ]; then
    printf 'Its account types, its device-only tokens or its redirect URI differ. Check the pair with CMG Entra Setup.\n' >&2
  fi
  scope="$(value "applications/$server_object?\$select=api" \
    "api.oauth2PermissionScopes[?value=='user_impersonation' && isEnabled].id | [0] || ''")"
  if [ -z "$scope" ]; then
    printf 'It lacks the scope user_impersonation. Check the pair with CMG Entra Setup.\n' >&2
    exit 1
  fi
fi
if [ -z "$client_app" ]; then
  client_is_new=yes
  pair="$(make "$client_path" "$client_body")"
  read -r client_object client_app <<<"$pair"
  made=yes
  printf 'Client app: made\n'
else
  printf 'Client app: there already\n'
  as_it_is="$(value "applications/$client_object?\$select=signInAudience,isFallbackPublicClient" \
    "join(' ', [signInAudience || '-', to_string(isFallbackPublicClient)])")"
  if [ "$as_it_is" != 'AzureADMyOrg true' ]; then
    printf 'Its account types or its public client flows differ. Check the pair with CMG Entra Setup.\n' >&2
  fi
fi
if [ -z "$server_object" ] || [ -z "$server_app" ] || [ -z "$client_object" ] || [ -z "$client_app" ]; then
  printf 'Microsoft Graph answered without the IDs of the apps. Run the script again.\n' >&2
  exit 1
fi

# What needs the IDs of the apps.
uri='api://5e97358c-d99c-4558-8000-000000010000/cmg'\'''$'\x24''(x)'
uri_body='{"identifierUris":["api://5e97358c-d99c-4558-8000-000000010000/cmg\u0027\u0024(x)"]}'
uri_json='"api://5e97358c-d99c-4558-8000-000000010000/cmg\u0027\u0024(x)"'
redirect='ms-appx-web://Microsoft.AAD.BrokerPlugin/'"$client_app"
settings_body='{"publicClient":{"redirectUris":["ms-appx-web://Microsoft.AAD.BrokerPlugin/'"$client_app"'"]},"requiredResourceAccess":[{"resourceAccess":[{"id":"e1fe6dd8-ba31-4d61-89e7-88639da4683d","type":"Scope"}],"resourceAppId":"00000003-0000-0000-c000-000000000000"},{"resourceAccess":[{"id":"'"$scope"'","type":"Scope"}],"resourceAppId":"'"$server_app"'"}]}'
principal_body='{"tags":["WindowsAzureActiveDirectoryIntegratedApp"]}'

# add_to_list OBJECT PROPERTIES JSON BEFORE AFTER: adds to a list of texts, and sends what it has already with it.
add_to_list() {
  local list
  list="$(retry ask GET "applications/$1?\$select=${2%%.*}" --query "$2" --output json | tr -d '\r\n')"
  write PATCH "applications/$1" "$4${list%]}, $3]$5" --output none
}

# add_access OBJECT RESOURCE PERMISSION KIND: adds a permission to those that an app asks for.
add_access() {
  local body
  if has "applications/$1?\$select=requiredResourceAccess" "requiredResourceAccess[?resourceAppId=='$2'].resourceAccess[].id" "$3"; then
    return 0
  fi
  body="$(retry ask GET "applications/$1?\$select=requiredResourceAccess" --output json --query "{requiredResourceAccess:
    [requiredResourceAccess[?resourceAppId!='$2'], [{resourceAppId: '$2', resourceAccess:
    [requiredResourceAccess[?resourceAppId=='$2'].resourceAccess[], [{id: '$3', type: '$4'}]][]}]][]}")"
  write PATCH "applications/$1" "$body" --output none
}

uris="$(value "applications/$server_object?\$select=identifierUris" identifierUris)"
if [ -z "$uris" ]; then
  write PATCH "applications/$server_object" "$uri_body" --output none
  printf 'App ID URI: made\n'
elif has "applications/$server_object?\$select=identifierUris" identifierUris "$uri"; then
  printf 'App ID URI: there already\n'
else
  add_to_list "$server_object" identifierUris "$uri_json" '{"identifierUris":' '}'
  printf 'App ID URI: added\n'
fi

# make_principal CLIENT-ID: makes the service principal of an app, and prints its object ID.
make_principal() {
  write PATCH "servicePrincipals(appId='$1')" "$principal_body" --headers "$json" Prefer=create-if-missing --query id --output tsv |
    tr -d '\r'
}

server_principal=''
if [ "$server_is_new" = no ]; then
  server_principal="$(found "servicePrincipals(appId='$server_app')?\$select=id" id)"
fi
if [ -z "$server_principal" ]; then
  server_principal="$(make_principal "$server_app")"
  made=yes
fi
redirects="$(value "applications/$client_object?\$select=publicClient" publicClient.redirectUris)"
access="$(value "applications/$client_object?\$select=requiredResourceAccess" 'requiredResourceAccess[].resourceAppId')"
if [ -z "$redirects$access" ]; then
  write PATCH "applications/$client_object" "$settings_body" --output none
else
  if ! has "applications/$client_object?\$select=publicClient" publicClient.redirectUris "$redirect"; then
    if [ -z "$redirects" ]; then
      write PATCH "applications/$client_object" "{\"publicClient\":{\"redirectUris\":[\"$redirect\"]}}" --output none
    else
      add_to_list "$client_object" publicClient.redirectUris "\"$redirect\"" '{"publicClient":{"redirectUris":' '}}'
    fi
  fi
  add_access "$client_object" "$graph_app" "$user_read" Scope
  add_access "$client_object" "$server_app" "$scope" Scope
fi
client_principal=''
if [ "$client_is_new" = no ]; then
  client_principal="$(found "servicePrincipals(appId='$client_app')?\$select=id" id)"
fi
if [ -z "$client_principal" ]; then
  client_principal="$(make_principal "$client_app")"
  made=yes
fi
printf 'Service principals and settings: there\n'

# What needs the IDs of the service principals.
server_consent='{"clientId":"'"$client_principal"'","consentType":"AllPrincipals","resourceId":"'"$server_principal"'","scope":"user_impersonation"}'
graph_consent='{"clientId":"'"$client_principal"'","consentType":"AllPrincipals","resourceId":"'"$graph_principal"'","scope":"User.Read"}'

# consent RESOURCE SCOPE BODY: for everybody in the tenant. What is consented to already stays.
consent() {
  local grant have one="value[?resourceId=='$1' && consentType=='AllPrincipals'] | [0]"
  local path="oauth2PermissionGrants?\$filter=clientId%20eq%20'$client_principal'"
  grant="$(value "$path" "$one.id || ''")"
  if [ -z "$grant" ]; then
    write POST oauth2PermissionGrants "$3" --output none
    printf 'Consent to %s: made\n' "$2"
    return 0
  fi
  have="$(value "$path" "$one.scope || ''")"
  case " $have " in
    *" $2 "*)
      printf 'Consent to %s: there already\n' "$2"
      ;;
    *)
      write PATCH "oauth2PermissionGrants/$grant" "{\"scope\":\"$have $2\"}" --output none
      printf 'Consent to %s: added\n' "$2"
      ;;
  esac
}

consent "$server_principal" user_impersonation "$server_consent"
consent "$graph_principal" User.Read "$graph_consent"
role='7ab1d382-f21e-4acd-a863-ba3e13f7da61'
role_path='servicePrincipals/'"$graph_principal"'/appRoleAssignedTo'
role_body='{"appRoleId":"7ab1d382-f21e-4acd-a863-ba3e13f7da61","principalId":"'"$server_principal"'","resourceId":"'"$graph_principal"'"}'

add_access "$server_object" "$graph_app" "$role" Role
if has "servicePrincipals/$server_principal/appRoleAssignments" "value[?resourceId=='$graph_principal'].appRoleId" "$role"; then
  printf 'Consent to Directory.Read.All: there already\n'
else
  write POST "$role_path" "$role_body" --output none
  printf 'Consent to Directory.Read.All: made\n'
fi

arm='https://management.azure.com'
failures=0
asked=0

# register PATH: asks Azure to register a resource provider. A failure does not stop the others. Azure registers in the background.
register() {
  local provider="${1%%\?*}" state
  provider="${provider%/register}"
  if ! state="$(az rest --only-show-errors --method GET --url "$arm$provider?${1#*\?}" --query registrationState --output tsv |
    tr -d '\r')"; then
    failures=$((failures + 1))
    return 0
  fi
  case "$state" in
    Registered | Registering) ;;
    *)
      if az rest --only-show-errors --method POST --url "$arm$1" --output none; then
        asked=$((asked + 1))
      else
        failures=$((failures + 1))
      fi
      ;;
  esac
  printf '%s: %s\n' "${provider##*/}" "$state"
}

register '/subscriptions/5e97358c-d99c-4558-8000-000000010082/providers/Microsoft.KeyVault/register?api-version=2024-03-01'
register '/subscriptions/5e97358c-d99c-4558-8000-000000010082/providers/Microsoft.Storage/register?api-version=2024-03-01'
register '/subscriptions/5e97358c-d99c-4558-8000-000000010082/providers/Microsoft.Network/register?api-version=2024-03-01'
register '/subscriptions/5e97358c-d99c-4558-8000-000000010082/providers/Microsoft.Compute/register?api-version=2024-03-01'

# The secret is last, so that nobody has to keep a secret of a pair that does not work.
secrets="$(value "applications/$server_object?\$select=passwordCredentials" \
  "passwordCredentials[?starts_with(displayName || '', 'CMG Entra Setup ')].endDateTime")"
now="$(date -u +%Y-%m-%dT%H:%M:%SZ)"
valid=no
for end in $secrets; do
  if [[ "$end" > "$now" ]]; then
    valid=yes
  fi
done
if [ -z "$secret_file" ]; then
  if [ "$valid" = no ]; then
    printf 'Client secret: none was made. Run again with --secret-file FILE, or make it in the Microsoft Entra admin center.\n'
  fi
elif [ "$valid" = yes ] && [ "$another_secret" = no ]; then
  printf 'Client secret: a valid one is there already. With --another-secret, the script makes one more.\n'
else
  # Before the secret is made, so that a file that cannot be written costs no secret.
  (
    umask 077
    set -C
    : >"$secret_file"
  )
  seconds=$(($(date -u +%s) + secret_hours * 3600))
  # GNU, then BSD.
  end="$(date -u -d "@$seconds" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$seconds" +%Y-%m-%dT%H:%M:%SZ)"
  run="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n' |
    sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\)$/\1-\2-4\3-8\4-\5/')"
  secret_body='{"passwordCredential":{"displayName":"CMG Entra Setup '"$run"'","endDateTime":"'"$end"'"}}'
  if secret="$(write POST "applications/$server_object/addPassword" "$secret_body" --query secretText --output tsv)"; then
    printf '%s\n' "$secret" | tr -d '\r' >"$secret_file"
    unset secret
    printf 'Client secret: made. It is in the file, and ends at %s.\n' "$end"
  else
    rm -f "$secret_file"
    exit 1
  fi
fi

printf 'Tenant ID: %s\n' "$tenant"
printf 'Server app, client ID: %s\n' "$server_app"
printf 'Server app, App ID URI: %s\n' "$uri"
printf 'Client app, client ID: %s\n' "$client_app"
printf 'For another run: --use %s --use %s\n' "$server_app" "$client_app"
printf 'Resource providers: %s asked for, %s failed. Azure registers them in the background, for up to 15 minutes.\n' "$asked" "$failures"
if [ "$failures" -gt 0 ]; then
  exit 1
fi
