//! A failure in the admin's words, as far as it is the same for every service.

use crate::net::Failure;
use crate::net::Refusal;
use crate::net::SignInReason;
use domain::problem::Kind;
use domain::problem::Problem;
use domain::problem::Said;

/// The problem; a refusal that a service's own `errors.rs` has not recognised is just that.
#[must_use]
pub fn of(failure: &Failure) -> Problem {
    let kind = match failure {
        Failure::Unknown { .. } => Kind::NoAnswer,
        Failure::NotSent => Kind::NotSent,
        Failure::NoToken => Kind::NoToken,
        Failure::Throttled { wait } => Kind::Throttled {
            // Rounded up: coming back too early is refused again.
            minutes: wait.map(|wait| wait.as_secs().div_ceil(60).max(1)),
        },
        Failure::Refused(_) => Kind::Refused,
        Failure::Server(_) => Kind::ServerFault,
        Failure::Unexpected { .. } => Kind::UnexpectedAnswer,
        Failure::ForeignHost { host } => Kind::ForeignHost { host: host.clone() },
        Failure::SignInNeeded {
            why: SignInReason::Refused(refusal),
        } => Kind::EntraRefused(refusal.clone()),
        Failure::SignInNeeded {
            why: SignInReason::Portal(code),
        } => Kind::PortalRefused { code: code.clone() },
        Failure::SignInNeeded {
            why: SignInReason::Claims(claims),
        } => Kind::SignInNeeded {
            claims: Some(claims.clone()),
        },
        Failure::SignInNeeded { .. } => Kind::SignInNeeded { claims: None },
        Failure::Cancelled => Kind::Cancelled,
    };
    Problem {
        kind,
        said: failure.refusal().map(said),
    }
}

/// The service's own words.
#[must_use]
pub fn said(refusal: &Refusal) -> Said {
    Said {
        status: refusal.status,
        code: refusal.code.clone(),
        message: refusal.message.clone(),
        request_id: refusal.request_id.clone(),
    }
}
