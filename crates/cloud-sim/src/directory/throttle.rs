//! Token buckets, with the limits from Microsoft's pages.
//!
//! Graph: "Microsoft Graph service-specific throttling limits", identity and access. Azure: "Understand how Azure Resource Manager
//! throttles requests" (2024 buckets: reads 250 refilled by 25 a second, writes 200 by 10).

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::Caller;
use crate::answer::Refusal;
use crate::directory::request::Query;

#[derive(Clone, Default)]
pub(crate) struct Throttle(HashMap<String, Bucket>);

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

    /// Takes one request from the bucket of its principal and scope, and returns the number of remaining requests.
    pub(crate) fn spend_azure(
        &mut self,
        now: Timestamp,
        caller: &Caller,
        scope: &str,
        is_write: bool,
    ) -> Result<u32, Duration> {
        let (kind, size) = if is_write {
            (
                "writes",
                Size {
                    capacity: 200.0,
                    per_second: 10.0,
                },
            )
        } else {
            (
                "reads",
                Size {
                    capacity: 250.0,
                    per_second: 25.0,
                },
            )
        };
        let name = format!("arm/{}/{}/{scope}/{kind}", caller.oid, caller.app);
        let left = self.take(now, name, size, 1.0)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a bucket holds between 0 and a few thousand"
        )]
        Ok(left as u32)
    }

    /// Returns the remaining amount, or the time until the bucket has enough.
    fn take(
        &mut self,
        now: Timestamp,
        name: String,
        size: Size,
        amount: f64,
    ) -> Result<f64, Duration> {
        let bucket = self.0.entry(name).or_insert(Bucket {
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
