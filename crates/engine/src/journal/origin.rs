//! Where an app under one of this tool's keys comes from.
//!
//! The keys are public: they are made of the Application name, and anyone who may register apps can create an app under one, with
//! credentials and redirect URIs of their own. So a key proves nothing. Only an app that a journal of this browser recorded is this
//! tool's own; any other is blocked until a person has seen who owns it and what it holds, and has chosen it.

use crate::desired::Desired;
use crate::journal::Made;
use crate::journal::Past;
use crate::journal::Shelved;
use crate::journal::history::History;
use crate::read::observed::App;
use crate::read::observed::Observed;
use domain::ids::AppId;
use domain::ids::TenantId;

/// Client IDs of the apps that runs on this browser's shelf created in a tenant, the oldest first. A journal from a file is not among
/// them: a file may say anything.
#[must_use]
pub fn recorded(shelved: &[Shelved], tenant: TenantId) -> Vec<AppId> {
    let mut apps = Vec::new();
    for it in shelved {
        let Shelved::Run(past) = it else {
            continue;
        };
        if past.leg().map(|leg| leg.tenant) != Some(tenant) {
            continue;
        }
        for trace in History::of(past).made {
            if let Made::Application { app, .. } = trace.made
                && !apps.contains(&app)
            {
                apps.push(app);
            }
        }
    }
    apps
}

/// True if a run lies on the shelf, and not in a file alone.
#[must_use]
pub fn is_shelved(shelved: &[Shelved], run: &Past) -> bool {
    shelved
        .iter()
        .any(|it| matches!(it, Shelved::Run(past) if past.run == run.run))
}

/// The same reading, which knows what was recorded. `history`: the run that is continued, if it lies on the shelf.
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
            if let Made::Application { app, .. } = made {
                Some(app)
            } else {
                None
            }
        });
        observed.recorded.extend(apps.collect::<Vec<_>>());
    }
    observed
}

/// True if a set-up would take over an app that may be another person's.
#[must_use]
pub fn is_unknown(desired: &Desired, observed: &Observed, app: &App) -> bool {
    needs_choice(desired, observed, app) && !desired.adopted.contains(&app.app_id)
}

/// True if a set-up takes over an app only by a person's choice, made or not.
#[must_use]
pub fn needs_choice(desired: &Desired, observed: &Observed, app: &App) -> bool {
    desired.existing.is_none() && !observed.recorded.contains(&app.app_id)
}
