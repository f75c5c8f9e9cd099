//! Classifies Azure Resource Manager errors by their documented codes.

use crate::net::Failure;
use crate::net::problem::of;
use crate::net::problem::said;
use domain::problem::Problem;
use domain::problem::ProblemKind;

/// Converts a failure of an Azure request to a problem for the user.
#[must_use]
pub fn problem(failure: &Failure) -> Problem {
    let Failure::Refused(refusal) = failure else {
        return of(failure);
    };
    let kind = match (refusal.status, refusal.code.as_str()) {
        (_, "AuthorizationFailed" | "LinkedAuthorizationFailed") => ProblemKind::RegisterForbidden,
        (_, "SubscriptionNotFound" | "InvalidSubscriptionId") => ProblemKind::SubscriptionMissing,
        (_, "InvalidSubscriptionTenantId") => ProblemKind::SubscriptionElsewhere,
        (_, "ReadOnlyDisabledSubscription" | "DisabledSubscription") => {
            ProblemKind::SubscriptionReadOnly
        }
        (_, "InvalidAuthenticationTokenTenant") => ProblemKind::SubscriptionElsewhere,
        (_, "ScopeLocked") => ProblemKind::ScopeLocked,
        (_, "DenyAssignmentAuthorizationFailed") => ProblemKind::DenyAssignment,
        (_, "RequestDisallowedByPolicy") => ProblemKind::AzurePolicy,
        // The same code covers region restrictions and Microsoft's multifactor requirement; the error message says which.
        (_, "RequestDisallowedByAzure") => ProblemKind::AzureDisallowed,
        _ => ProblemKind::Refused,
    };
    Problem {
        kind,
        said: Some(said(refusal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::ApiError;

    #[test]
    fn azure_error_codes_map_to_problem_kinds() {
        for (status, code, kind) in [
            (403, "AuthorizationFailed", ProblemKind::RegisterForbidden),
            (
                404,
                "SubscriptionNotFound",
                ProblemKind::SubscriptionMissing,
            ),
            (
                403,
                "ReadOnlyDisabledSubscription",
                ProblemKind::SubscriptionReadOnly,
            ),
            (
                403,
                "RequestDisallowedByAzure",
                ProblemKind::AzureDisallowed,
            ),
            (403, "RequestDisallowedByPolicy", ProblemKind::AzurePolicy),
            (
                403,
                "DenyAssignmentAuthorizationFailed",
                ProblemKind::DenyAssignment,
            ),
            (409, "ScopeLocked", ProblemKind::ScopeLocked),
            (
                401,
                "InvalidAuthenticationTokenTenant",
                ProblemKind::SubscriptionElsewhere,
            ),
            (403, "SomethingNew", ProblemKind::Refused),
            (403, "", ProblemKind::Refused),
            (409, "", ProblemKind::Refused),
            (400, "InvalidApiVersionParameter", ProblemKind::Refused),
        ] {
            let refusal = ApiError {
                status,
                code: code.to_owned(),
                ..Default::default()
            };
            assert_eq!(
                problem(&Failure::Refused(Box::new(refusal))).kind,
                kind,
                "{code}"
            );
        }
    }
}
