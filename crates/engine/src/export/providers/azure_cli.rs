//! The script for Azure CLI: bash, also in Cloud Shell. Pure ASCII.

use std::fmt::Write as _;

use crate::export::providers::names;
use crate::export::providers::pipeline::ASK;
use crate::export::providers::pipeline::END;
use crate::export::providers::pipeline::REGISTER;
use crate::export::providers::selected;
use crate::export::quote::QuotedText;
use crate::export::registration::azure_cli::cloud_name;
use crate::providers::selection::ProviderSelection;

/// The script text.
pub(super) fn script(selection: &ProviderSelection) -> String {
    let mut text = String::from(HEAD);
    let _ = writeln!(text, "cloud='{}'", cloud_name(selection.cloud));
    let _ = writeln!(text, "tenant='{}'", selection.tenant);
    text.push_str(ASK);
    text.push_str(SIGN_IN);
    text.push_str(REGISTER);
    for subscription in selected(selection) {
        // The ID comes first: GitHub Actions obeys `::…` at the start of a line that a script prints.
        let _ = write!(
            text,
            "\nprintf '%s %s\\n' {id} {}\nregister {id} {}\n",
            QuotedText::shown(&subscription.name).bash(),
            names(subscription).join(" "),
            id = subscription.id
        );
    }
    text.push_str(END);
    text
}

const HEAD: &str = r#"#!/usr/bin/env bash
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

"#;

const SIGN_IN: &str = r#"
if [ "$(ask cloud show --query name)" != "$cloud" ]; then
  az cloud set --name "$cloud" || exit 1
fi
known="$(ask account list --all --query "length([?tenantId=='$tenant'])" 2>/dev/null)"
if [ "${known:-0}" -eq 0 ]; then
  az login --tenant "$tenant" --output none || exit 1
fi
"#;
