//! Whether a tenant accepts an Application ID URI: the checks of Microsoft Entra ID itself, and the two policies that a tenant can add.
//!
//! Written from the pages ("Restrictions on identifier URIs", 2025-01-29; "Supported accounts validation", 2026-09-25) and deliberately not
//! from `crates/domain/src/app_id_uri.rs`, because it must be able to contradict that file.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::Caller;
use crate::answer::Refusal;
use crate::directory::app_policies;
use crate::directory::call::invalid;
use crate::directory::names;
use crate::directory::store::Record;
use crate::directory::tenant::Tenant;

pub(in crate::directory) struct Owner<'a> {
    /// Object ID. Empty while the application is being created.
    pub(in crate::directory) id: &'a str,
    /// `None` while the application is being created, because the client cannot know it yet.
    pub(in crate::directory) app_id: Option<&'a str>,
    pub(in crate::directory) created: Timestamp,
    pub(in crate::directory) token_version: Option<i64>,
    /// The caller who adds the URI.
    pub(in crate::directory) actor: &'a Caller,
}

const LONGEST: usize = 255;

/// Checks the URIs that this change adds. Existing URIs stay valid, even if today's rules do not allow them.
pub(in crate::directory) fn check(
    tenant: &Tenant,
    owner: &Owner<'_>,
    before: &[&str],
    after: &[&str],
) -> Result<(), Refusal> {
    for (place, uri) in after.iter().enumerate() {
        if after[..place].contains(uri) {
            return Err(Refusal::new(
                400,
                "Request_BadRequest",
                "Request contains a property with duplicate values.",
            )
            .detail("DuplicateValue", "identifierUris"));
        }
        if before.contains(uri) {
            continue;
        }
        check_form(tenant, owner, uri)?;
        check_policies(tenant, owner, uri)?;
        check_conflict(tenant, owner, uri)?;
    }
    Ok(())
}

/// The parts of a URI that the rules use.
struct Parts<'a> {
    scheme: &'a str,
    /// Host and path segments. For a URI without `//`: everything after the scheme.
    pieces: Vec<&'a str>,
}

fn parts(uri: &str) -> Option<Parts<'_>> {
    let (scheme, rest) = uri.split_once(':')?;
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    // An `api` URI always needs `//`.
    let lacks_authority = scheme.eq_ignore_ascii_case("api") && !rest.starts_with("//");
    if !is_scheme || rest.is_empty() || lacks_authority {
        return None;
    }
    let pieces: Vec<&str> = match rest.strip_prefix("//") {
        Some(rest) => {
            let path = rest.split(['?', '#']).next().unwrap_or_default();
            path.split('/').collect()
        }
        None => rest.split(':').collect(),
    };
    if pieces.iter().any(|piece| piece.is_empty()) {
        return None;
    }
    Some(Parts { scheme, pieces })
}

fn is_same(text: &str, guid: &str) -> bool {
    text.eq_ignore_ascii_case(guid)
}

fn check_form(tenant: &Tenant, owner: &Owner<'_>, uri: &str) -> Result<(), Refusal> {
    let is_shaped = uri.len() <= LONGEST
        && !uri.ends_with('/')
        && !uri.contains('*')
        && !uri.contains(char::is_whitespace);
    let Some(parts) = parts(uri).filter(|_| is_shaped) else {
        return Err(invalid("identifierUris", "Application"));
    };
    let unverified = || {
        Refusal::new(
            400,
            "HostNameNotOnVerifiedDomain",
            format!(
                "Values of identifierUris property must use a verified domain of the organization or its subdomain: '{uri}'"
            ),
        )
        .detail("HostNameNotOnVerifiedDomain", "identifierUris")
    };
    let host = parts.pieces.first().copied().unwrap_or_default();
    match parts.scheme.to_ascii_lowercase().as_str() {
        "api" if Uuid::try_parse(host).is_ok() => {
            let is_ours = is_same(host, &tenant.id.to_string())
                || owner.app_id.is_some_and(|app_id| is_same(host, app_id));
            if is_ours { Ok(()) } else { Err(unverified()) }
        }
        // Only the policy restricts `api://word`.
        "api" => Ok(()),
        "https" | "http" => {
            let host = host.split(':').next().unwrap_or_default();
            if tenant.owns_host(host) {
                Ok(())
            } else {
                Err(unverified())
            }
        }
        _ => Ok(()),
    }
}

fn check_policies(tenant: &Tenant, owner: &Owner<'_>, uri: &str) -> Result<(), Refusal> {
    let Some(parts) = parts(uri) else {
        return Ok(());
    };
    let tenant_id = tenant.id.to_string();
    let is_own_app = |piece: &str| owner.app_id.is_some_and(|app_id| is_same(piece, app_id));
    if is_restricted(tenant, owner, "uriAdditionWithoutUniqueTenantIdentifier") {
        let host = parts.pieces.first().copied().unwrap_or_default();
        let is_unique = parts
            .pieces
            .iter()
            .any(|piece| is_same(piece, &tenant_id) || is_own_app(piece))
            || tenant.owns_host(host);
        if !is_unique {
            return Err(Refusal::new(
                400,
                "HostNameNotOnVerifiedDomain",
                format!(
                    "Failed to add identifier URI {uri}. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID, as per the default tenant policy of your organization. See https://aka.ms/identifier-uri-addition-error for more information on this error."
                ),
            ));
        }
    }
    if is_restricted(tenant, owner, "nonDefaultUriAddition") {
        let is_default = parts.scheme == "api"
            && match parts.pieces.as_slice() {
                [app] => is_own_app(app),
                [tenant, app] => is_same(tenant, &tenant_id) && is_own_app(app),
                _ => false,
            };
        if !is_default {
            return Err(Refusal::new(
                400,
                "HostNameNotOnVerifiedDomain",
                format!(
                    "The newly added URI {uri} must comply with the format 'api://{{appId}}' or 'api://{{tenantId}}/{{appId}}' as per the default app management policy of your organization. If the requestedAccessTokenVersion is set to 2, this restriction may not apply. See https://aka.ms/identifier-uri-formatting-error for more information on this error."
                ),
            ));
        }
    }
    Ok(())
}

fn is_restricted(tenant: &Tenant, owner: &Owner<'_>, restriction: &str) -> bool {
    let Some(restrictions) = app_policies::of_uris(tenant, owner.id) else {
        return false;
    };
    let restriction = &restrictions[restriction];
    let is_enabled = restriction["state"] == "enabled";
    // "Exclude apps receiving v2 tokens" is on unless it was turned off.
    let is_exempt = owner.token_version == Some(2)
        && restriction["excludeAppsReceivingV2Tokens"] != Value::Bool(false);
    is_enabled
        && !is_exempt
        && app_policies::covers(tenant, restriction, owner.created, owner.actor)
}

/// A URI can belong to only one application or enterprise application of a tenant. A deleted application still reserves its URIs.
fn check_conflict(tenant: &Tenant, owner: &Owner<'_>, uri: &str) -> Result<(), Refusal> {
    let holds = |record: &Record| {
        record.id() != owner.id
            && record
                .properties
                .get("identifierUris")
                .and_then(Value::as_array)
                .is_some_and(|uris| {
                    uris.iter()
                        .filter_map(Value::as_str)
                        .any(|held| held.eq_ignore_ascii_case(uri))
                })
    };
    if tenant.directory.applications.iter().any(holds) {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "Another object with the same value for property identifierUris already exists.",
        )
        .detail("ObjectConflict", "identifierUris"));
    }
    if names::is_held_by_another(&tenant.directory, owner.app_id, uri) {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "Another object with the same value for property servicePrincipalNames already exists.",
        )
        .detail("ObjectConflict", "servicePrincipalNames"));
    }
    Ok(())
}
