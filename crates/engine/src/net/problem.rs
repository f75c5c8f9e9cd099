//! Converts the failures that all services have in common to problems for the user.

use crate::net::ApiError;
use crate::net::Failure;
use crate::net::SignInReason;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use domain::problem::Said;

/// Converts a failure. A refusal that the service's own `errors.rs` did not recognize stays generic.
#[must_use]
pub fn of(failure: &Failure) -> Problem {
    let kind = match failure {
        Failure::Unknown { .. } => ProblemKind::NoAnswer,
        Failure::NotSent => ProblemKind::NotSent,
        Failure::NoToken => ProblemKind::NoToken,
        Failure::Throttled { wait } => ProblemKind::Throttled {
            // Rounded up, because a request that comes too early is refused again.
            minutes: wait.map(|wait| wait.as_secs().div_ceil(60).max(1)),
        },
        Failure::Refused(_) => ProblemKind::Refused,
        Failure::Server(_) => ProblemKind::ServerFault,
        Failure::Unexpected { .. } => ProblemKind::UnexpectedAnswer,
        Failure::ForeignHost { host } => ProblemKind::ForeignHost { host: host.clone() },
        Failure::SignInNeeded {
            why: SignInReason::Refused(refusal),
        } => ProblemKind::EntraRefused(refusal.clone()),
        Failure::SignInNeeded {
            why: SignInReason::Portal(code),
        } => ProblemKind::PortalRefused { code: code.clone() },
        Failure::SignInNeeded {
            why: SignInReason::Claims(claims),
        } => ProblemKind::SignInNeeded {
            claims: Some(claims.clone()),
        },
        Failure::SignInNeeded { .. } => ProblemKind::SignInNeeded { claims: None },
        Failure::Cancelled => ProblemKind::Cancelled,
    };
    Problem {
        kind,
        said: failure.refusal().map(said),
    }
}

/// The service's own message, for display.
#[must_use]
pub fn said(refusal: &ApiError) -> Said {
    Said {
        status: refusal.status,
        code: refusal.code.clone(),
        message: refusal.message.clone(),
        request_id: refusal.request_id.clone(),
    }
}
