//! Steps that only an existing pair needs: restoring, giving access, and removing.
//!
//! Each step follows from one selected repair and the current state. A state that is already as wanted creates no step.

use crate::desired::Desired;
use crate::desired::repair::AppRole;
use crate::desired::repair::Repair;
use crate::graph::wire;
use crate::plan::Action;
use crate::plan::PlanStep;
use crate::plan::Property;
use crate::plan::StepReason;
use crate::plan::blocked;
use crate::plan::change::scope_off;
use crate::plan::reference::IdRef;
use crate::plan::step;
use crate::plan::step::StepId;
use crate::plan::write::Setting;
use crate::plan::write::Write;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;
use crate::read::observed::there;
use domain::ids;
use domain::known::Known;
use domain::ownership_tags;
use domain::problem::ProblemKind;

/// Steps that must run before the apps change.
pub(crate) fn before(desired: &Desired, observed: &Observed) -> Vec<PlanStep> {
    let mut steps = Vec::new();
    for (part, id, deleted) in [
        (
            AppRole::Server,
            StepId::RestoreServer,
            observed.around.deleted.0,
        ),
        (
            AppRole::Client,
            StepId::RestoreClient,
            observed.around.deleted.1,
        ),
    ] {
        if let (true, Some(object)) = (desired.wants(Repair::Restore(part)), deleted) {
            let restore = Action::Create(Write::Restore { object });
            steps.push(step(id, restore, StepReason::Missing));
        }
    }
    if let Some(app) = there(&observed.server)
        && let Some(mut body) = scope_off(desired, app)
    {
        // The first write to this app adds the tag.
        body.tags = with_tag(app);
        let write = Write::Patch {
            object: app.object_id,
            body: Box::new(body),
        };
        let reason = StepReason::Differs(vec![Property::Scope]);
        steps.push(step(StepId::ScopeOff, Action::Update(write), reason));
    }
    steps
}

/// Steps that run after or in parallel with the changes to the apps.
pub(crate) fn after(desired: &Desired, observed: &Observed) -> Vec<PlanStep> {
    let mut steps: Vec<PlanStep> = [
        access(
            StepId::ServerAccess,
            AppRole::Server,
            desired,
            &observed.server,
        ),
        access(
            StepId::ClientAccess,
            AppRole::Client,
            desired,
            &observed.client,
        ),
        revoke(desired, observed),
    ]
    .into_iter()
    .flatten()
    .collect();
    let repairs = desired.existing.iter().flat_map(|it| &it.repairs);
    for repair in repairs {
        if let Repair::OldSecret(key) = repair
            && let Some(server) = there(&observed.server)
        {
            let secrets = server.properties.password_credentials.iter().flatten();
            if secrets.clone().any(|secret| secret.key_id == *key) {
                let write = Write::RemoveSecret {
                    object: server.object_id,
                    key: *key,
                };
                steps.push(taken(StepId::OldSecret(*key), write));
            }
        }
        if let Repair::Delete(part) = repair {
            let (id, found) = match part {
                AppRole::Server => (StepId::DeleteServer, &observed.server),
                AppRole::Client => (StepId::DeleteClient, &observed.client),
            };
            if let Some(app) = there(found) {
                let object = app.object_id;
                steps.push(taken(id, Write::Delete { object }));
            }
        }
    }
    steps
}

/// Adds this tool's tag to an app that another tool or admin created, before any other write to the app or its related objects. The tag
/// lets undo reverse the run's changes.
pub(crate) fn tag(steps: &mut [PlanStep], observed: &Observed) {
    let of_server = [
        StepId::ScopeOff,
        StepId::AppIdUri,
        StepId::Secret,
        StepId::ServerPrincipal,
        StepId::DirectoryConsent,
    ];
    let of_client = [
        StepId::ClientSettings,
        StepId::ClientPrincipal,
        StepId::ServerConsent,
        StepId::GraphConsent,
    ];
    for (id, found, others) in [
        (StepId::ServerApp, &observed.server, of_server.as_slice()),
        (StepId::ClientApp, &observed.client, of_client.as_slice()),
    ] {
        let is_written = |it: &PlanStep| others.contains(&it.id) && it.action.write().is_some();
        let Some(app) = there(found).filter(|_| steps.iter().any(is_written)) else {
            continue;
        };
        let Some(step) = steps.iter_mut().find(|it| it.id == id) else {
            continue;
        };
        if let (Action::Keep, Some(tags)) = (&step.action, with_tag(app)) {
            let body = wire::Application {
                tags: Some(tags),
                ..Default::default()
            };
            step.action = Action::Update(Write::Patch {
                object: app.object_id,
                body: Box::new(body),
            });
            step.reason = StepReason::TagOnly;
        }
    }
}

/// The app's tags with this tool's tag added. `None` if the app already has it.
pub(crate) fn with_tag(app: &ObservedApp) -> Option<Vec<String>> {
    let mut tags = app.properties.tags.clone().unwrap_or_default();
    if tags.iter().any(|tag| tag == ownership_tags::TAG) {
        return None;
    }
    tags.push(ownership_tags::TAG.to_owned());
    Some(tags)
}

/// Blocks every step whose request needs an ID that no step provides. For example, an admin who selects a consent without its service
/// principal sees this before the run.
pub(crate) fn block_what_lacks(steps: &mut [PlanStep], desired: &Desired) {
    let mut brought = Vec::new();
    for step in steps.iter() {
        let ids: &[IdRef] = match (step.id, step.action.write()) {
            (StepId::ServerApp, Some(Write::Upsert { .. })) => {
                &[IdRef::ServerObject, IdRef::ServerApp]
            }
            (StepId::ClientApp, Some(Write::Upsert { .. })) => {
                &[IdRef::ClientObject, IdRef::ClientApp]
            }
            (StepId::ServerPrincipal, Some(_)) => &[IdRef::ServerPrincipal],
            (StepId::ClientPrincipal, Some(_)) => &[IdRef::ClientPrincipal],
            _ => &[],
        };
        brought.extend(ids);
    }
    let setting = Setting {
        cloud: desired.cloud,
        tenant: desired.tenant,
        now: jiff::Timestamp::UNIX_EPOCH,
        run: "",
    };
    for it in steps {
        let needs = |write: &Write| write.needs(&setting);
        let mut needed = it.action.write().map(needs).into_iter().flatten();
        if needed.any(|id| !brought.contains(&id)) {
            *it = blocked(it.id, ProblemKind::NeedsOther, StepReason::Missing);
        }
    }
}

fn taken(id: StepId, write: Write) -> PlanStep {
    step(id, Action::Remove(write), StepReason::Unwanted)
}

fn access(
    id: StepId,
    part: AppRole,
    desired: &Desired,
    found: &Known<Option<ObservedApp>>,
) -> Option<PlanStep> {
    let principal = there(found)?.principal.as_ref().known()?.as_ref()?;
    let enable = desired.wants(Repair::Enable(part)) && principal.is_enabled != Known::Known(true);
    let open = desired.wants(Repair::Assignment(part))
        && principal.is_assignment_required != Known::Known(false);
    let differs: Vec<Property> = [(enable, Property::Enabled), (open, Property::Assignment)]
        .into_iter()
        .filter_map(|(is_due, property)| is_due.then_some(property))
        .collect();
    if differs.is_empty() {
        return None;
    }
    let write = Write::Access {
        object: principal.object_id,
        enable,
        open,
    };
    Some(step(
        id,
        Action::Update(write),
        StepReason::Differs(differs),
    ))
}

/// Removes Directory.Read.All from the server app.
fn revoke(desired: &Desired, observed: &Observed) -> Option<PlanStep> {
    if !desired.wants(Repair::DirectoryOff) {
        return None;
    }
    let id = StepId::DirectoryRevoke;
    let principal = match there(&observed.server)?.principal.as_ref() {
        Known::Known(Some(principal)) => principal,
        Known::Known(None) => return None,
        Known::Unknown => {
            return Some(blocked(
                id,
                ProblemKind::UnexpectedAnswer,
                StepReason::NotReadable,
            ));
        }
    };
    let Known::Known(roles) = &principal.roles else {
        // An assignment that could not be read cannot be removed.
        return Some(blocked(
            id,
            ProblemKind::UnexpectedAnswer,
            StepReason::NotReadable,
        ));
    };
    let role = roles
        .iter()
        .find(|role| role.app_role_id == ids::DIRECTORY_READ_ALL)?;
    let write = Write::Revoke {
        resource: role.resource_id,
        id: role.id.clone()?,
    };
    Some(taken(id, write))
}
