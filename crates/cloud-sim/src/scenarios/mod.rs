//! Scenarios: pairs of apps as found in real tenants, made after an older article, by a console, or with one well-known mistake.
//!
//! They are created through the requests that a client sends, at the time they are dated. Where Microsoft Entra ID no longer accepts a
//! value, the code writes it directly into the directory, and a comment says so.

mod conditional_access;
mod history;
pub mod kinds;
mod mistakes;
mod pair;

use crate::scenarios::kinds::Scenario;
use jiff::Timestamp;

use crate::Sim;
use crate::directory::store::Replication;
use crate::past::DAY;
use crate::past::Past;
use crate::rng::Rng;
use crate::scenarios::pair::Workshop;
use crate::seed;
use domain::ids::AppId;
use domain::ids::TenantId;

/// The application IDs of a pair. `None` for an app that was not created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub server: Option<AppId>,
    pub client: Option<AppId>,
}

/// Creates a pair of this scenario in a tenant, dated before `now`. Best called before the first request. Replication delays do not affect
/// the pair, and random values and request counts after it stay the same.
pub fn make(sim: &mut Sim, tenant: TenantId, shape: Scenario, now: Timestamp) -> Pair {
    seed::show_pair(sim, tenant, now);
    let Some(held) = sim.tenant(tenant) else {
        return Pair {
            server: None,
            client: None,
        };
    };
    let count = held.directory.applications.len();
    // A seed per tenant and per pair, so that the IDs differ.
    let (high, low) = tenant.uuid().as_u64_pair();
    let seed = high ^ low.rotate_left(16) ^ u64::try_from(count).unwrap_or_default();
    let rng = std::mem::replace(&mut sim.rng, Rng::new(seed));
    let kept = (sim.throttle.clone(), sim.counts.clone(), sim.tokens.clone());
    let lag = set_replication(sim, tenant, Replication::default());

    let pair = work(sim, tenant, shape, now);

    set_replication(sim, tenant, lag);
    sim.rng = rng;
    (sim.throttle, sim.counts, sim.tokens) = kept;
    pair
}

fn set_replication(sim: &mut Sim, tenant: TenantId, replication: Replication) -> Replication {
    sim.tenant_mut(tenant).map_or(replication, |tenant| {
        std::mem::replace(&mut tenant.directory.replication, replication)
    })
}

/// Age of a pair in days, where it is not 100.
const AGES: [(Scenario, u32); 7] = [
    (Scenario::Docs2026, 60),
    (Scenario::Docs2024, 700),
    (Scenario::Docs2023, 780),
    (Scenario::Docs2021, 1700),
    // Close to the oldest age that the simulated tenants allow: they start in 2020. Consoles of 1810 were in use until then.
    (Scenario::Console2018, 2000),
    (Scenario::Console2309, 200),
    (Scenario::OldApp, 830),
];

const HISTORY: [Scenario; 6] = [
    Scenario::Docs2026,
    Scenario::Docs2024,
    Scenario::Docs2023,
    Scenario::Docs2021,
    Scenario::Console2018,
    Scenario::Console2309,
];

fn work(sim: &mut Sim, tenant: TenantId, shape: Scenario, now: Timestamp) -> Pair {
    let age = AGES.iter().find(|(old, _)| *old == shape);
    let days = age.map_or(100, |(_, days)| *days);
    let past = Past::new(sim, tenant, now - DAY * days);
    if shape == Scenario::OneApp {
        return history::one_app(past, now);
    }
    let mut workshop = Workshop::complete(past, now, "");
    let pair = workshop.pair();
    if shape == Scenario::TwoPairs {
        workshop.sign_in();
        workshop.past.go_to(now - DAY * 50);
        Workshop::complete(workshop.past, now, " 2").sign_in();
        return pair;
    }
    if HISTORY.contains(&shape) {
        history::change(&mut workshop, shape);
    } else {
        mistakes::change(&mut workshop, shape);
    }
    workshop.sign_in();
    workshop.pair()
}
