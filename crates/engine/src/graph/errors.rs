//! Classifies Microsoft Graph errors.
//!
//! The code decides first; the message is read only where Graph uses the same code for several errors. Unrecognized errors stay `Refused`.
//! Sources: Graph error pages; identifier URI restrictions (2025-01-29); Terraform's azuread provider for replication errors.

use crate::net::ApiError;
use crate::net::Failure;
use crate::net::problem::said;
use domain::problem::Problem;
use domain::problem::ProblemKind;

/// Converts a failure of a Graph request to a problem for the user.
#[must_use]
pub fn problem(failure: &Failure) -> Problem {
    match failure {
        Failure::Refused(refusal) => Problem {
            kind: kind(refusal),
            said: Some(said(refusal)),
        },
        other @ (Failure::Unknown { .. }
        | Failure::NotSent
        | Failure::NoToken
        | Failure::Throttled { .. }
        | Failure::Server(_)
        | Failure::Unexpected { .. }
        | Failure::ForeignHost { .. }
        | Failure::SignInNeeded { .. }
        | Failure::Cancelled) => crate::net::problem::of(other),
    }
}

fn kind(refusal: &ApiError) -> ProblemKind {
    let says = |part: &str| refusal.message.contains(part);
    match (refusal.status, refusal.code.as_str()) {
        (_, "CredentialInvalidLifetimeAsPerAppPolicy") => ProblemKind::SecretTooLong,
        (_, "CredentialTypeNotAllowedAsPerAppPolicy") => ProblemKind::SecretBlocked,
        // No page documents the code for a refused redirect URI (beta, 2026), so the code's suffix and the property decide.
        (_, code) if code.ends_with("AsPerAppPolicy") => {
            if names(refusal, "redirectUri") {
                ProblemKind::RedirectPolicy
            } else {
                ProblemKind::AppPolicy
            }
        }
        (_, "Directory_QuotaExceeded") if says("for the Tenant") => {
            ProblemKind::TenantQuotaExceeded
        }
        (_, "Directory_QuotaExceeded") if says("for the Principal") => {
            ProblemKind::AccountQuotaExceeded
        }
        (_, "Directory_QuotaExceeded") => ProblemKind::QuotaExceeded,
        (_, "Directory_ResourceSizeExceeded") => ProblemKind::ObjectFull,
        (_, "Authorization_RequestDenied") if !says("backing application") => {
            ProblemKind::RoleMissing
        }
        _ if says("required scopes are missing in the token") => ProblemKind::ConsentMissing,
        _ if says("must comply with the format") => ProblemKind::UriPolicyDefault,
        _ if says("must contain a tenant verified domain, tenant ID, or app ID") => {
            ProblemKind::UriPolicyUnique
        }
        // Checked after the policies' messages, because Graph also sends this code with those.
        (_, "HostNameNotOnVerifiedDomain") => ProblemKind::UriNotVerified,
        _ if says("must use a verified domain") => ProblemKind::UriNotVerified,
        _ if is_name_of_a_principal(refusal) => ProblemKind::PrincipalNameTaken,
        _ if says("identifierUris") && says("already exists") => ProblemKind::UriTaken,
        _ if says("uniqueName") && says("already exists") => ProblemKind::HeldByDeleted,
        _ if says("can only add a maximum of") && says("credentials") => {
            ProblemKind::TooManySecrets
        }
        _ if is_in_each_others_way(refusal) => ProblemKind::ConcurrentWrites,
        // The error's code and message are missing, so it is unknown what was refused.
        _ if refusal.code.is_empty() && refusal.message.is_empty() => ProblemKind::UnexpectedAnswer,
        (404, _) if is_not_found(refusal) => ProblemKind::Gone,
        _ => ProblemKind::Refused,
    }
}

/// True if the error's target, details, or message names this property.
fn names(refusal: &ApiError, property: &str) -> bool {
    let property = property.to_ascii_lowercase();
    let has = |text: &str| text.to_ascii_lowercase().contains(&property);
    has(&refusal.code)
        || has(&refusal.message)
        || refusal.target.as_deref().is_some_and(has)
        || refusal
            .details
            .iter()
            .any(|detail| detail.target.as_deref().is_some_and(has))
}

/// True if a service principal already uses the name. Both applications and service principals can hold a name.
fn is_name_of_a_principal(refusal: &ApiError) -> bool {
    let says = |part: &str| refusal.message.contains(part);
    let is_in_use = says("service principal name") && says("already in use");
    let is_held = says("servicePrincipalNames") && says("already exists");
    matches!(refusal.status, 400 | 409) && (is_in_use || is_held)
}

/// True if the service reports that the object does not exist. A 404 with another code is about something else.
fn is_not_found(refusal: &ApiError) -> bool {
    refusal.status == 404
        && matches!(
            refusal.code.as_str(),
            "" | "Request_ResourceNotFound" | "ResourceNotFound" | "NotFound" | "itemNotFound"
        )
}

/// True if Graph answers this way while a new object still replicates: the errors that Terraform's azuread provider retries (read 2026-08),
/// and no others.
///
/// The same errors can have other causes, so use this only for requests that name an object the run has just created.
#[must_use]
pub fn is_not_there_yet(refusal: &ApiError) -> bool {
    let says = |part: &str| refusal.message.contains(part);
    match refusal.status {
        404 => is_not_found(refusal),
        400 => {
            says("does not reference a valid application object")
                || says("queried reference-property objects are not present")
                || says("Not a valid reference update")
                || says("cannot be found in the AppPermissions sets")
        }
        403 => says("backing application"),
        _ => false,
    }
}

/// True if another write to the same object was in progress. This write was not carried out.
#[must_use]
pub fn is_in_each_others_way(refusal: &ApiError) -> bool {
    refusal.status == 409 && refusal.code == "Directory_ConcurrencyViolation"
}

/// True if the object to create already exists.
#[must_use]
pub fn is_there_already(refusal: &ApiError) -> bool {
    let says = |part: &str| refusal.message.contains(part);
    matches!(refusal.status, 400 | 409)
        && (says("Permission entry already exists")
            || says("Permission being assigned already exists"))
}

/// True if the object to delete does not exist.
#[must_use]
pub fn is_gone(refusal: &ApiError) -> bool {
    refusal.status == 404
        || refusal.status == 400 && refusal.message.contains("No password credential found")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn recognised(status: u16, code: &str, message: &str, kind: &ProblemKind) {
        let refusal = ApiError {
            status,
            code: code.to_owned(),
            message: message.to_owned(),
            ..Default::default()
        };
        assert_eq!(
            &problem(&Failure::Refused(Box::new(refusal))).kind,
            kind,
            "{message}"
        );
    }

    #[test]
    fn refusals_map_to_problem_kinds() {
        let uri = "Failed to add identifier URI api://x. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID, as per the default tenant policy of your organization.";
        recognised(
            400,
            "HostNameNotOnVerifiedDomain",
            "Values of identifierUris property must use a verified domain",
            &ProblemKind::UriNotVerified,
        );
        recognised(
            400,
            "Request_BadRequest",
            uri,
            &ProblemKind::UriPolicyUnique,
        );
        recognised(
            400,
            "",
            "The newly added URI api://x must comply with the format 'api://{appId}' or 'api://{tenantId}/{appId}'",
            &ProblemKind::UriPolicyDefault,
        );
        recognised(
            400,
            "Request_BadRequest",
            "Another object with the same value for property identifierUris already exists.",
            &ProblemKind::UriTaken,
        );
        recognised(
            400,
            "CredentialInvalidLifetimeAsPerAppPolicy",
            "Credential lifetime exceeds the max value allowed as per assigned policy",
            &ProblemKind::SecretTooLong,
        );
        recognised(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
            &ProblemKind::RoleMissing,
        );
        recognised(
            400,
            "Request_BadRequest",
            "Something new.",
            &ProblemKind::Refused,
        );
    }

    #[test]
    fn the_message_separates_a_policy_from_an_unverified_domain() {
        let code = "HostNameNotOnVerifiedDomain";
        let unique = "Failed to add identifier URI api://x. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID";
        recognised(400, code, unique, &ProblemKind::UriPolicyUnique);
        recognised(
            400,
            code,
            "The newly added URI must comply with the format 'api://{appId}'",
            &ProblemKind::UriPolicyDefault,
        );
        recognised(
            400,
            code,
            "Values of identifierUris property must use a verified domain",
            &ProblemKind::UriNotVerified,
        );
    }

    #[test]
    fn a_missing_right_is_not_treated_as_replication_delay() {
        let refusal = |status, message: &str| ApiError {
            status,
            message: message.to_owned(),
            ..Default::default()
        };
        assert!(!is_not_there_yet(&refusal(
            403,
            "Insufficient privileges to complete the operation."
        )));
        assert!(is_not_there_yet(&refusal(
            403,
            "When using this permission, the backing application of the service principal being created must in the local tenant"
        )));
        assert!(!is_not_there_yet(&refusal(
            400,
            "Invalid value specified for property 'displayName'"
        )));
    }
}
