//! Injected faults: throttling, delays, and lost responses.
//!
//! Errors that the services return by themselves are in `directory/` and `subscriptions/`.

use std::time::Duration;

use http::Method;

use crate::answer::Refusal;

/// A fault for a later request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `None`: any method.
    pub method: Option<Method>,
    /// Prefix of the path after the host, so with `/v1.0` for Microsoft Graph.
    pub path_prefix: String,
    /// Number of matching requests that pass first.
    pub skip: u32,
    /// Number of matching requests that it then affects.
    pub times: u32,
    pub kind: FaultKind,
}

/// What goes wrong. "Executed" and "not executed" state whether the service carries out the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// 429, with `Retry-After` if given. Not executed.
    Throttled(Option<Duration>),
    /// Not executed; no response.
    LostBefore,
    /// Executed; the response is lost.
    LostAfter,
    /// Executed; the status arrives, the body does not.
    CutAfter,
    /// Not executed; the request times out.
    HangBefore,
    /// Executed; the request times out.
    HangAfter,
    /// This status and this body instead. Not executed.
    Instead(u16, String),
    /// Executed; this body arrives with the real status.
    Garbled(String),
    /// 307 to this address. Not executed.
    Redirected(String),
    /// 409 `Directory_ConcurrencyViolation`. Not executed.
    Concurrency,
    /// 401: the token is no longer valid. With this claims challenge (JSON), if given. Not executed.
    Revoked(Option<String>),
    /// 403 `Authorization_RequestDenied`, as after a role has expired. Not executed.
    Denied,
    /// 403 `Directory_ResourceSizeExceeded`: the object is full. Not executed.
    ObjectFull,
    /// 403 `Directory_QuotaExceeded` of the tenant. Not executed.
    TenantQuota,
    /// 403 `Directory_QuotaExceeded` of the account. Not executed.
    PrincipalQuota,
    /// Executed; the response arrives this much later.
    Slow(Duration),
    /// Executed; this status arrives instead, as from a gateway that timed out.
    Failed(u16),
    /// Executed twice, as when a browser repeats a request on a new connection. The second response arrives.
    Twice,
    /// The page crashes before the request is sent.
    CrashBefore,
    /// Executed; the page crashes meanwhile.
    CrashAfter,
    /// Executed; the page crashes when the response arrives.
    CrashAnswered,
}

/// When a page crashes during a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    Sending,
    Answered,
}

#[derive(Clone, Default)]
pub(crate) struct Faults {
    planned: Vec<Fault>,
    next_change: Option<FaultKind>,
}

impl Faults {
    pub(crate) fn is_spent(&self) -> bool {
        self.next_change.is_none() && self.planned.iter().all(|fault| fault.times == 0)
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        self.planned.push(fault);
    }

    pub(crate) fn add_to_next_change(&mut self, kind: FaultKind) {
        self.next_change = Some(kind);
    }

    /// The fault for this request, if any. The first matching fault is used.
    pub(crate) fn strike(&mut self, method: &Method, path: &str) -> Option<FaultKind> {
        let is_change =
            !method.is_safe() && !path.ends_with("/token") && !path.ends_with("/$batch");
        if is_change && self.next_change.is_some() {
            return self.next_change.take();
        }
        let fault = self.planned.iter_mut().find(|fault| {
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
    /// When the page crashes because of this fault, if it does.
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

    /// The error response, for faults that are one. Also used inside a batch.
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

/// A claims challenge with base64 padding, so that a parser that splits at every `=` fails on it.
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
    fn a_fault_starts_after_its_skips_and_ends_after_its_times() {
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

    #[test]
    fn a_fault_of_the_next_change_leaves_reads_and_sign_ins_alone() {
        let mut faults = Faults::default();
        faults.add_to_next_change(FaultKind::Denied);
        for (method, path) in [
            (Method::GET, "/v1.0/applications"),
            (Method::OPTIONS, "/v1.0/applications"),
            (Method::POST, "/v1.0/$batch"),
            (Method::POST, "/common/oauth2/v2.0/token"),
        ] {
            assert_eq!(faults.strike(&method, path), None, "{method} {path}");
            assert!(!faults.is_spent());
        }
        let path = "/v1.0/applications";
        assert_eq!(faults.strike(&Method::PATCH, path), Some(FaultKind::Denied));
        assert_eq!(faults.strike(&Method::PATCH, path), None);
        assert!(faults.is_spent());
    }
}
