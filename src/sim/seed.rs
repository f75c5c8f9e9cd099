//! The demo tenants.

use crate::sim::directory::Tenant;
use crate::sim::draws::Draws;

pub(in crate::sim) fn tenants(_draws: &mut Draws) -> Vec<Tenant> {
    Vec::new()
}
