//! Throttling, delays and lost answers, on demand.
//!
//! Only what is injected goes wrong here; what the services refuse by themselves is in `directory/` and `subscriptions/`.

use std::time::Duration;

use http::Method;

use crate::answer::Refusal;

/// A coming request that will go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which verb; `None` for any.
    pub method: Option<Method>,
    /// What the path must start with: everything after the host, so with `/v1.0` for Microsoft Graph.
    pub path_prefix: String,
    /// How many matching requests pass unharmed first.
    pub skip: u32,
    /// How many matching requests it then hits; the fault is spent afterwards.
    pub times: u32,
    /// What happens.
    pub kind: FaultKind,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// 429, with `Retry-After` if given. Not carried out.
    Throttled(Option<Duration>),
    /// Never carried out, never answered.
    LostBefore,
    /// Carried out, and the answer is lost.
    LostAfter,
    /// Carried out; the status arrives, the body does not.
    CutAfter,
    /// Never carried out; the deadline passes.
    HangBefore,
    /// Carried out; the deadline passes.
    HangAfter,
    /// This status and this body instead. Not carried out.
    Instead(u16, String),
    /// Carried out, but this body arrives under the real status.
    Garbled(String),
    /// 307 to this address. Not carried out.
    Redirected(String),
    /// 409 `Directory_ConcurrencyViolation`. Not carried out.
    Concurrency,
    /// 401: the token is no longer good; with this claims challenge (JSON) if given. Not carried out.
    Revoked(Option<String>),
    /// 403 `Authorization_RequestDenied`, as when a role has just ended. Not carried out.
    Denied,
    /// 403 `Directory_ResourceSizeExceeded`: the object is full. Not carried out.
    ObjectFull,
    /// 403 `Directory_QuotaExceeded` of the tenant. Not carried out.
    TenantQuota,
    /// 403 `Directory_QuotaExceeded` of the account. Not carried out.
    PrincipalQuota,
    /// Answered this much later.
    Slow(Duration),
    /// Carried out, and this status arrives instead, as from a gateway that lost patience.
    Failed(u16),
    /// Carried out twice, as a browser does that repeats a request on a fresh connection; the second answer arrives.
    Twice,
    /// The page dies before the request leaves.
    CrashBefore,
    /// The page dies while it is carried out.
    CrashAfter,
    /// Carried out; the page dies as the answer arrives.
    CrashAnswered,
}

/// When a page dies of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    /// As it is sent.
    Sending,
    /// As its answer arrives.
    Answered,
}

#[derive(Clone, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn is_spent(&self) -> bool {
        self.0.iter().all(|fault| fault.times == 0)
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// What happens to this request, if anything. The first fault that matches is the one.
    pub(crate) fn strike(&mut self, method: &Method, path: &str) -> Option<FaultKind> {
        let fault = self.0.iter_mut().find(|fault| {
            fault.times > 0
                && fault.method.as_ref().is_none_or(|wanted| wanted == method)
                && path.starts_with(&fault.path_prefix)
        })?;
        if fault.skip > 0 {
            fault.skip -= 1;
            return None;
        }
        fault.times -= 1;
        Some(fault.kind.clone())
    }
}

impl FaultKind {
    /// When the page dies of it, if it does.
    pub(crate) fn crash(&self) -> Option<Crash> {
        match self {
            Self::CrashBefore | Self::CrashAfter => Some(Crash::Sending),
            Self::CrashAnswered => Some(Crash::Answered),
            Self::Throttled(_)
            | Self::LostBefore
            | Self::LostAfter
            | Self::CutAfter
            | Self::HangBefore
            | Self::HangAfter
            | Self::Instead(..)
            | Self::Garbled(_)
            | Self::Redirected(_)
            | Self::Concurrency
            | Self::Revoked(_)
            | Self::Denied
            | Self::ObjectFull
            | Self::TenantQuota
            | Self::PrincipalQuota
            | Self::Slow(_)
            | Self::Failed(_)
            | Self::Twice => None,
        }
    }

    /// The refusal it is, for those that are one. Also inside a batch.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Throttled(wait) => Some(Refusal::throttled(
                "TooManyRequests",
                "Too many requests",
                *wait,
            )),
            Self::Concurrency => Some(Refusal::new(
                409,
                "Directory_ConcurrencyViolation",
                "Unable to complete the operation because of a concurrent operation on the same object. Please retry the request.",
            )),
            Self::Denied => Some(Refusal::new(
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.",
            )),
            Self::ObjectFull => Some(Refusal::new(
                403,
                "Directory_ResourceSizeExceeded",
                "The size of the object has exceeded its limit. Please reduce the number of values and retry your request.",
            )),
            Self::TenantQuota => Some(quota("Tenant")),
            Self::PrincipalQuota => Some(quota("Principal")),
            Self::Revoked(None) => Some(
                Refusal::new(
                    401,
                    "InvalidAuthenticationToken",
                    "Access token validation failure.",
                )
                .header("WWW-Authenticate", "Bearer realm=\"\", error=\"invalid_token\""),
            ),
            Self::Revoked(Some(claims)) => Some(
                Refusal::new(
                    401,
                    "InvalidAuthenticationToken",
                    "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
                )
                .header("WWW-Authenticate", challenge(claims)),
            ),
            Self::LostBefore
            | Self::LostAfter
            | Self::CutAfter
            | Self::HangBefore
            | Self::HangAfter
            | Self::Instead(..)
            | Self::Garbled(_)
            | Self::Redirected(_)
            | Self::Slow(_)
            | Self::Failed(_)
            | Self::Twice
            | Self::CrashBefore
            | Self::CrashAfter
            | Self::CrashAnswered => None,
        }
    }
}

fn quota(whose: &str) -> Refusal {
    Refusal::new(
        403,
        "Directory_QuotaExceeded",
        format!(
            "The directory object quota limit for the {whose} has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota."
        ),
    )
}

/// A claims challenge, with padding: readers that split at every `=` must fail on it.
fn challenge(claims: &str) -> String {
    use base64::Engine as _;
    let claims = base64::engine::general_purpose::STANDARD.encode(claims);
    format!(
        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\", error=\"insufficient_claims\", claims=\"{claims}\""
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_waits_its_turn_and_is_spent() {
        let mut faults = Faults::default();
        faults.add(Fault {
            method: Some(Method::POST),
            path_prefix: "/v1.0/applications".to_owned(),
            skip: 1,
            times: 2,
            kind: FaultKind::LostAfter,
        });
        let mut strike = |method: Method, path: &str| faults.strike(&method, path).is_some();
        assert!(!strike(Method::GET, "/v1.0/applications"));
        assert!(!strike(Method::POST, "/v1.0/me"));
        assert!(!strike(Method::POST, "/v1.0/applications"));
        assert!(strike(Method::POST, "/v1.0/applications"));
        assert!(strike(Method::POST, "/v1.0/applications/x/addPassword"));
        assert!(!strike(Method::POST, "/v1.0/applications"));
    }
}
