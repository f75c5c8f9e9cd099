//! The bash code that the script for Azure CLI and both pipelines share, and the parts that only the pipelines have.
//!
//! It works with and without `set -e`: GitHub Actions runs bash with it. Sources: "az provider", "az rest" (Azure CLI reference, 2026);
//! "Management Groups - Get Descendants" (2020-05-01).

use std::fmt::Write as _;

use crate::export::providers::all_namespaces;
use crate::export::providers::selected;
use crate::export::quote::QuotedText;
use crate::export::registration::azure_cli::cloud_name;
use crate::providers::selection::ProviderSelection;

/// Reads one value. It needs `set -o pipefail`.
pub(super) const ASK: &str = r#"
# ask COMMAND...: one value from Azure CLI, which on Windows ends a line with CR and LF.
ask() {
  az "$@" --output tsv | tr -d '\r'
}
"#;

/// Registers what is missing. A state that cannot be read is a failure, and the next provider is tried.
pub(super) const REGISTER: &str = r#"
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
"#;

/// Counts, and the exit code.
pub(super) const END: &str = r#"
printf 'Registrations asked for: %s. Failed: %s.\n' "$asked" "$failures"
if [ "$failures" -gt 0 ]; then
  exit 1
fi
"#;

/// The pipeline signs in by a connection that somebody else set up.
const CHECK: &str = r#"
if [ "$(ask cloud show --query name)" != "$CLOUD" ]; then
  printf 'The connection is to another cloud than %s.\n' "$CLOUD" >&2
  exit 1
fi
if [ "$(ask account show --query tenantId)" != "$TENANT" ]; then
  printf 'The connection is to another tenant than %s.\n' "$TENANT" >&2
  exit 1
fi
"#;

/// One subscription after the other. A management group takes the place of the list.
const EACH: &str = r#"
targets="$SUBSCRIPTIONS"
if [ -n "$MANAGEMENT_GROUP" ] && [ "$MANAGEMENT_GROUP" != none ]; then
  case "$MANAGEMENT_GROUP" in
    *[!A-Za-z0-9_.\(\)-]*)
      printf 'This is not the ID of a management group.\n' >&2
      exit 1
      ;;
  esac
  # All levels below the group, page by page. Each page becomes one line: the address of the next page or -, then the subscriptions.
  targets=''
  next="/providers/Microsoft.Management/managementGroups/$MANAGEMENT_GROUP/descendants?api-version=2020-05-01"
  while [ "$next" != - ]; do
    page="$(ask rest --method get --url "$next" \
      --query "join(' ', [nextLink || '-', value[?starts_with(id, '/subscriptions/')].name][])")" || exit 1
    read -r next found <<<"$page"
    targets="$targets $found"
  done
fi

count=0
for subscription in $targets; do
  count=$((count + 1))
  for provider in $PROVIDERS; do
    register "$subscription" "$provider"
  done
done
if [ "$count" -eq 0 ]; then
  printf 'There is no subscription.\n' >&2
  exit 1
fi
"#;

/// The whole script of a pipeline, indented as the content of a YAML block. Its values are environment variables.
pub(super) fn script(indent: usize) -> String {
    indented(
        &["set -uo pipefail\n", ASK, CHECK, REGISTER, EACH, END].concat(),
        indent,
    )
}

/// The environment variables of the script, as lines of a YAML mapping. All values are fixed names or GUIDs.
pub(super) fn variables(selection: &ProviderSelection, indent: usize) -> String {
    let mut text = format!(
        "CLOUD: {}\nTENANT: {}\nSUBSCRIPTIONS: >-\n",
        cloud_name(selection.cloud),
        selection.tenant
    );
    for subscription in selected(selection) {
        let _ = writeln!(text, "  {}", subscription.id);
    }
    text.push_str("PROVIDERS: >-\n");
    for namespace in all_namespaces(selection) {
        let _ = writeln!(text, "  {}", namespace.name());
    }
    indented(&text, indent)
}

/// The subscriptions with their names, as comments.
pub(super) fn subscription_names(selection: &ProviderSelection) -> String {
    let line = |id, name: &str| {
        let line = QuotedText::shown(&format!("  {id}  {name}"));
        format!("{}\n", line.yaml_comment())
    };
    selected(selection)
        .map(|it| line(it.id, &it.name))
        .collect()
}

fn indented(text: &str, indent: usize) -> String {
    let line = |line: &str| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("{:indent$}{line}\n", "")
        }
    };
    text.lines().map(line).collect()
}
