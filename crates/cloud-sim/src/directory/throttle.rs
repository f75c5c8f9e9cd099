//! Token buckets, with the limits from Microsoft's pages.
//!
//! Graph: "Microsoft Graph service-specific throttling limits", identity and access. Azure: "Understand how Azure Resource Manager
//! throttles requests" (2024 buckets: reads 250 refilled by 25 a second, writes and deletes 200 by 10 each). Resource Graph: "Guidance for
//! throttled requests" (2026-11: 15 queries in 5 seconds and user). `Microsoft.Authorization`: 120 requests a minute (reports, 2025-08).

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::Caller;
use crate::answer::Refusal;
use crate::directory::request::Query;

#[derive(Clone, Default)]
pub(crate) struct Throttle {
    buckets: HashMap<String, Bucket>,
    windows: HashMap<String, Window>,
}

/// What a request to Azure Resource Manager counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
    Delete,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Delete => "delete",
        }
    }
}

/// Requests since a time.
#[derive(Clone, Copy)]
struct Window {
    count: u32,
    start: Timestamp,
}

/// What is left of a quota, and how long until it is whole again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quota {
    pub(crate) remaining: u32,
    pub(crate) resets_after: Duration,
}

#[derive(Clone)]
struct Bucket {
    level: f64,
    at: Timestamp,
}

/// Capacity of a bucket, and its refill rate.
#[derive(Clone, Copy)]
struct Size {
    capacity: f64,
    per_second: f64,
}

impl Throttle {
    /// Takes a request's cost from the buckets of its app and tenant.
    pub(crate) fn spend_graph(
        &mut self,
        now: Timestamp,
        caller: &Caller,
        cost: u32,
        is_write: bool,
        is_small_directory: bool,
    ) -> Result<(), Refusal> {
        let pair = format!("graph/{}/{}", caller.tenant, caller.app);
        let units = if is_small_directory { 3500.0 } else { 5000.0 };
        let refused = |wait| {
            Refusal::throttled("TooManyRequests", "Too many requests", Some(wait)).header(
                "x-ms-throttle-scope",
                format!("Tenant_Application/ReadWrite/{}", caller.app),
            )
        };
        let size = Size {
            capacity: units,
            per_second: units / 10.0,
        };
        self.take(now, format!("{pair}/units"), size, f64::from(cost))
            .map_err(refused)?;
        if is_write {
            let size = Size {
                capacity: 3000.0,
                per_second: 3000.0 / 150.0,
            };
            self.take(now, format!("{pair}/writes"), size, 1.0)
                .map_err(refused)?;
        }
        Ok(())
    }

    /// Takes one request from the bucket of its principal, scope and kind. Returns the number of remaining requests, or the time until the
    /// bucket is full again: that is the wait in reports (10 seconds for reads), although a request is possible earlier.
    ///
    /// The page says that limits can be smaller for free and trial customers, and not how much. A fifth is an assumption.
    pub(crate) fn spend_azure(
        &mut self,
        now: Timestamp,
        caller: &Caller,
        scope: &str,
        kind: Kind,
        is_trial: bool,
    ) -> Result<u32, Duration> {
        let (capacity, per_second) = match kind {
            Kind::Read => (250.0, 25.0),
            Kind::Write | Kind::Delete => (200.0, 10.0),
        };
        let share = if is_trial { 0.2 } else { 1.0 };
        let size = Size {
            capacity: capacity * share,
            per_second: per_second * share,
        };
        let name = format!("arm/{}/{}/{scope}/{}", caller.oid, caller.app, kind.word());
        let left = self
            .take(now, name, size, 1.0)
            .map_err(|_| Duration::from_secs_f64(capacity / per_second))?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a bucket holds between 0 and a few thousand"
        )]
        Ok(left as u32)
    }

    /// Counts a request to `Microsoft.Authorization`. Returns the wait if there were too many.
    pub(crate) fn spend_authorization(
        &mut self,
        now: Timestamp,
        caller: &Caller,
    ) -> Result<(), Duration> {
        let name = format!("authorization/{}/{}", caller.tenant, caller.oid);
        self.count(now, name, 120, Duration::from_mins(1))
            .map(|_| ())
            .map_err(|quota| quota.resets_after)
    }

    /// Counts a query of Azure Resource Graph. The error is the quota of a query that is refused.
    pub(crate) fn spend_resource_graph(
        &mut self,
        now: Timestamp,
        caller: &Caller,
    ) -> Result<Quota, Quota> {
        let name = format!("resource-graph/{}/{}", caller.tenant, caller.oid);
        self.count(now, name, 15, Duration::from_secs(5))
    }

    /// Counts a request in a window that starts with its first request.
    fn count(
        &mut self,
        now: Timestamp,
        name: String,
        most: u32,
        length: Duration,
    ) -> Result<Quota, Quota> {
        let fresh = Window {
            count: 0,
            start: now,
        };
        let window = self.windows.entry(name).or_insert(fresh);
        let passed = |window: &Window| {
            let passed = now.duration_since(window.start);
            Duration::try_from(passed).unwrap_or_default()
        };
        if passed(window) >= length {
            *window = fresh;
        }
        let resets_after = length.saturating_sub(passed(window));
        if window.count >= most {
            return Err(Quota {
                remaining: 0,
                resets_after,
            });
        }
        window.count += 1;
        Ok(Quota {
            remaining: most - window.count,
            resets_after,
        })
    }

    /// Returns the remaining amount, or the time until the bucket has enough.
    fn take(
        &mut self,
        now: Timestamp,
        name: String,
        size: Size,
        amount: f64,
    ) -> Result<f64, Duration> {
        let bucket = self.buckets.entry(name).or_insert(Bucket {
            level: size.capacity,
            at: now,
        });
        let elapsed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        bucket.level = (bucket.level + elapsed * size.per_second).min(size.capacity);
        bucket.at = now;
        if bucket.level < amount {
            let seconds = (amount - bucket.level) / size.per_second;
            return Err(Duration::from_secs_f64(seconds));
        }
        bucket.level -= amount;
        Ok(bucket.level)
    }
}

/// The cost of a read falls with `$select` and small pages, and rises with `$expand`. It is at least one.
pub(in crate::directory) fn cost(base: u32, query: &Query) -> u32 {
    let mut cost = base + u32::from(!query.expand.is_empty());
    if query.select.is_some() {
        cost = cost.saturating_sub(1);
    }
    if query.top.is_some_and(|top| top < 20) {
        cost = cost.saturating_sub(1);
    }
    cost.max(1)
}
