//! Classifies Azure Resource Manager errors by their documented codes.

use crate::net::Failure;
use crate::net::problem::of;
use crate::net::problem::said;
use domain::problem::Kind;
use domain::problem::Problem;

/// Converts a failure of an Azure request to a problem for the user.
#[must_use]
pub fn problem(failure: &Failure) -> Problem {
    let Failure::Refused(refusal) = failure else {
        return of(failure);
    };
    let kind = match (refusal.status, refusal.code.as_str()) {
        (_, "AuthorizationFailed" | "LinkedAuthorizationFailed") => Kind::RegisterForbidden,
        (_, "SubscriptionNotFound" | "InvalidSubscriptionId") => Kind::SubscriptionMissing,
        (_, "InvalidSubscriptionTenantId") => Kind::SubscriptionElsewhere,
        (_, "ReadOnlyDisabledSubscription" | "DisabledSubscription") => Kind::SubscriptionReadOnly,
        (_, "InvalidAuthenticationTokenTenant") => Kind::SubscriptionElsewhere,
        (_, "ScopeLocked") => Kind::ScopeLocked,
        (_, "DenyAssignmentAuthorizationFailed") => Kind::DenyAssignment,
        (_, "RequestDisallowedByPolicy") => Kind::AzurePolicy,
        // The same code covers region restrictions and Microsoft's multifactor requirement; the error message says which.
        (_, "RequestDisallowedByAzure") => Kind::AzureDisallowed,
        _ => Kind::Refused,
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
            (403, "AuthorizationFailed", Kind::RegisterForbidden),
            (404, "SubscriptionNotFound", Kind::SubscriptionMissing),
            (
                403,
                "ReadOnlyDisabledSubscription",
                Kind::SubscriptionReadOnly,
            ),
            (403, "RequestDisallowedByAzure", Kind::AzureDisallowed),
            (403, "RequestDisallowedByPolicy", Kind::AzurePolicy),
            (
                403,
                "DenyAssignmentAuthorizationFailed",
                Kind::DenyAssignment,
            ),
            (409, "ScopeLocked", Kind::ScopeLocked),
            (
                401,
                "InvalidAuthenticationTokenTenant",
                Kind::SubscriptionElsewhere,
            ),
            (403, "SomethingNew", Kind::Refused),
            (403, "", Kind::Refused),
            (409, "", Kind::Refused),
            (400, "InvalidApiVersionParameter", Kind::Refused),
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
