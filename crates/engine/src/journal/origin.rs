//! Decides where an app with one of this tool's keys comes from.
//!
//! The keys are public: they are derived from the Application name. Any user who may register apps can create an app with such a key, and
//! with credentials and redirect URIs of their choice. So a key proves nothing. Only an app that a journal of this browser recorded belongs
//! to this tool. Any other app is blocked until the admin has reviewed its owners and credentials and selected it.

use crate::desired::Desired;
use crate::journal::Created;
use crate::journal::RecordedRun;
use crate::journal::StoredRun;
use crate::journal::history::History;
use crate::read::observed::Observed;
use domain::ids::AppId;
use domain::ids::TenantId;

/// Client IDs of apps that runs in this browser's store created in a tenant, oldest first. Excludes journals from files, because a file can
/// claim anything.
#[must_use]
pub fn recorded(stored: &[StoredRun], tenant: TenantId) -> Vec<AppId> {
    let mut apps = Vec::new();
    for it in stored {
        let StoredRun::Run(recorded_run) = it else {
            continue;
        };
        if recorded_run.started().map(|started| started.tenant) != Some(tenant) {
            continue;
        }
        for trace in History::of(recorded_run).made {
            if let Created::Application { app, .. } = trace.made
                && !apps.contains(&app)
            {
                apps.push(app);
            }
        }
    }
    apps
}

/// True if the run is in the store, not only in a file.
#[must_use]
pub fn is_stored(stored: &[StoredRun], run: &RecordedRun) -> bool {
    stored
        .iter()
        .any(|it| matches!(it, StoredRun::Run(recorded_run) if recorded_run.run == run.run))
}

/// Adds the recorded apps to the state. `history` is the continued run, if it is in the store.
#[must_use]
pub fn with_recorded(
    mut observed: Observed,
    recorded: &[AppId],
    history: Option<&History>,
    desired: &Desired,
) -> Observed {
    observed.recorded = recorded.to_vec();
    if let Some(history) = history {
        let made = history.made.iter().map(|trace| trace.made.clone());
        let settled = history.settled(desired, &observed);
        let found = settled.into_iter().filter_map(|(_, made)| made);
        let apps = made.chain(found).filter_map(|made| {
            if let Created::Application { app, .. } = made {
                Some(app)
            } else {
                None
            }
        });
        observed.recorded.extend(apps.collect::<Vec<_>>());
    }
    observed
}
