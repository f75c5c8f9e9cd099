//! Whether an app under one of this tool's keys may belong to another user.

use crate::desired::Desired;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;

/// True if a setup would use an app that may belong to another user, and the admin has not selected it.
#[must_use]
pub fn is_unknown(desired: &Desired, observed: &Observed, app: &ObservedApp) -> bool {
    needs_choice(desired, observed, app) && !desired.adopted.contains(&app.app_id)
}

/// True if a setup may use the app only if the admin selects it, whether selected or not.
#[must_use]
pub fn needs_choice(desired: &Desired, observed: &Observed, app: &ObservedApp) -> bool {
    desired.existing.is_none() && !observed.recorded.contains(&app.app_id)
}
