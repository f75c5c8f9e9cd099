#!/usr/bin/env bash
# CMG Entra Setup: registers the resource providers of a cloud management gateway in the selected subscriptions.
#
# Reads the state of each provider first, and asks Azure only for what is missing. It unregisters nothing, and a second run does no
# harm. A subscription that fails does not stop the others. The exit code is 1 if anything failed.
# Azure registers in the background, for up to 15 minutes. Run the script again to see the states.
#
# Who: an account that may register these providers in each subscription: Contributor, or the custom role of CMG Entra Setup.
# Where: Azure Cloud Shell (bash), or a computer with Azure CLI. Azure CLI asks for a sign-in only where it has none for the tenant.
# How: read it, then run  bash register-resource-providers.sh
#
# Checked: tests run it with Azure CLI against a simulated Azure. It was not run against Azure.
# Nothing in this file is secret.

set -uo pipefail

cloud='AzureCloud'
tenant='72f988bf-86f1-41af-91ab-2d7cd011db47'

# ask COMMAND...: one value from Azure CLI, which on Windows ends a line with CR and LF.
ask() {
  az "$@" --output tsv | tr -d '\r'
}

if [ "$(ask cloud show --query name)" != "$cloud" ]; then
  az cloud set --name "$cloud" || exit 1
fi
known="$(ask account list --all --query "length([?tenantId=='$tenant'])" 2>/dev/null)"
if [ "${known:-0}" -eq 0 ]; then
  az login --tenant "$tenant" --output none || exit 1
fi

asked=0
failures=0

# register SUBSCRIPTION PROVIDER...: asks for what is missing. What is registered or being registered stays as it is.
register() {
  local subscription="$1" provider state
  shift
  for provider in "$@"; do
    if ! state="$(ask provider show --namespace "$provider" --subscription "$subscription" --query registrationState)"; then
      printf '%s %s: the state could not be read\n' "$subscription" "$provider" >&2
      failures=$((failures + 1))
      continue
    fi
    case "$state" in
      Registered | Registering)
        printf '%s %s: %s\n' "$subscription" "$provider" "$state"
        ;;
      *)
        if az provider register --namespace "$provider" --subscription "$subscription" --output none; then
          printf '%s %s: asked for\n' "$subscription" "$provider"
          asked=$((asked + 1))
        else
          printf '%s %s: could not be registered\n' "$subscription" "$provider" >&2
          failures=$((failures + 1))
        fi
        ;;
    esac
  done
}

printf '%s %s\n' 5e97358c-d99c-4558-af0c-de7774091dda 'Contoso production'
register 5e97358c-d99c-4558-af0c-de7774091dda Microsoft.KeyVault Microsoft.Storage Microsoft.Network Microsoft.Compute

printf '%s %s\n' 2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72 'Contoso S'$'\xC3\xBC''d'
register 2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72 Microsoft.Compute

printf 'Registrations asked for: %s. Failed: %s.\n' "$asked" "$failures"
if [ "$failures" -gt 0 ]; then
  exit 1
fi
