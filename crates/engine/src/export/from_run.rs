//! Builds the handover record from a run. Refuses an incomplete pair.

use crate::desired::repair::AppRole;
use crate::export::handoff::ClientApp;
use crate::export::handoff::Connection;
use crate::export::handoff::Consent;
use crate::export::handoff::DiscoveryRecord;
use crate::export::handoff::Handoff;
use crate::export::handoff::ProviderRecord;
use crate::export::handoff::RegistrationRecord;
use crate::export::handoff::SecretKey;
use crate::export::handoff::ServerApp;
use crate::export::handoff::TenantRecord;
use crate::export::provider_request::ProviderRequest;
use crate::export::quote::QuotedText;
use crate::plan::Plan;
use crate::plan::StepReason;
use crate::plan::apps::scope_id;
use crate::plan::reference::IdRef;
use crate::plan::step::StepId;
use crate::read::observed::Observed;
use crate::run::Progress;
use crate::run::RunOutcome;
use crate::run::StepState;
use domain::cmg;
use domain::cmg::ProviderNamespace;
use domain::confusables::find_spot;
use domain::confusables::is_unseen;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::known::Answer;
use domain::known::Known;

/// Why there is nothing to hand over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// One of the two apps, its service principal, or the App ID URI is missing.
    Apps,
    /// The web (server) app has no valid secret. Holds its client ID.
    Secret(AppId),
    /// A name from the tenant cannot be written into a script.
    Name,
}

/// Builds the handover record.
///
/// # Errors
/// What is missing.
pub fn handoff(
    plan: &Plan,
    observed: &Observed,
    outcome: &RunOutcome,
) -> Result<Handoff, NotReady> {
    let desired = &plan.desired;
    let id = |slot| outcome.ids.get(slot).ok_or(NotReady::Apps);
    let object = |slot| id(slot).map(ObjectId::new);
    let app = |slot| id(slot).map(AppId::new);
    let state = |step| {
        outcome
            .steps
            .iter()
            .find(|it| it.id == step)
            .map(|it| &it.state)
    };
    // A step that was not selected says nothing about what exists.
    let is_left = |step| {
        plan.step(step)
            .is_some_and(|step| step.reason == StepReason::NotChosen || step.is_left_out())
    };
    let is_there = |step| state(step).is_some_and(StepState::is_good) && !plan.is_left_out(step);
    let needed = [
        StepId::ServerApp,
        StepId::ClientApp,
        StepId::AppIdUri,
        StepId::ServerPrincipal,
        StepId::ClientSettings,
        StepId::ClientPrincipal,
    ];
    let is_deleted = [StepId::DeleteServer, StepId::DeleteClient]
        .into_iter()
        .any(is_there);
    if is_deleted || !needed.into_iter().all(is_there) {
        return Err(NotReady::Apps);
    }
    let text = |text: &str| QuotedText::parse(text).map_err(|_| NotReady::Name);
    let uri = desired
        .uri
        .uri(desired.tenant, Some(app(IdRef::ServerApp)?))
        .map_err(|_| NotReady::Apps)?;
    let consent = |side, permission: &str, step| Consent {
        side,
        permission: permission.to_owned(),
        is_granted: state(step).map_or(Answer::CannotTell, |state| {
            Answer::from(state.is_good() && !is_left(step))
        }),
    };
    let mut consents = vec![
        consent(AppRole::Client, cmg::SCOPE_VALUE, StepId::ServerConsent),
        consent(AppRole::Client, "User.Read", StepId::GraphConsent),
    ];
    if desired.discovery.is_wanted() {
        consents.push(consent(
            AppRole::Server,
            "Directory.Read.All",
            StepId::DirectoryConsent,
        ));
    }
    let groups = desired
        .discovery
        .group_names
        .iter()
        .map(|name| text(name))
        .collect::<Result<Vec<_>, _>>()?;
    let tenant_name = observed
        .tenant
        .initial_domain
        .as_ref()
        .known()
        .or(observed.tenant.name.as_ref().known())
        .filter(|name| find_spot(name, is_unseen).is_none())
        .cloned();
    let providers = providers(plan, &outcome.steps);
    Ok(Handoff {
        connection: Connection {
            name: text(desired.connection_name.as_str())?,
            description: if desired.description.is_empty() {
                None
            } else {
                Some(text(&desired.description)?)
            },
        },
        tenant: TenantRecord {
            name: text(&tenant_name.unwrap_or_else(|| desired.tenant.to_string()))?,
            id: desired.tenant,
            cloud: desired.cloud,
            verified_domains: observed
                .tenant
                .rules
                .domains
                .as_ref()
                .known()
                .into_iter()
                .flatten()
                .map(|domain| domain.as_str().to_owned())
                .collect(),
        },
        server: ServerApp {
            name: text(desired.server_name.as_str())?,
            app_id: app(IdRef::ServerApp)?,
            object_id: object(IdRef::ServerObject)?,
            service_principal: object(IdRef::ServerPrincipal)?,
            app_id_uri: text(uri.as_str())?,
            scope_id: scope_id(desired, observed),
            secret: secret(observed, outcome).ok_or(NotReady::Secret(app(IdRef::ServerApp)?))?,
        },
        client: ClientApp {
            name: text(desired.client_name.as_str())?,
            app_id: app(IdRef::ClientApp)?,
            object_id: object(IdRef::ClientObject)?,
            service_principal: object(IdRef::ClientPrincipal)?,
            redirect: cmg::broker_redirect(app(IdRef::ClientApp)?),
        },
        discovery: DiscoveryRecord {
            users: desired.discovery.users,
            groups: desired.discovery.groups.then_some(groups),
        },
        consents,
        subscription: desired.subscription,
        provider_request: ProviderRequest::left_by(desired, &ready(&providers)),
        providers,
    })
}

/// Registration state of each provider.
pub fn providers(plan: &Plan, steps: &[Progress]) -> Vec<ProviderRecord> {
    let wanted = plan.desired.providers().into_iter();
    wanted
        .map(|namespace| {
            let id = StepId::Provider(namespace);
            let state = steps.iter().find(|it| it.id == id).map(|it| &it.state);
            let reason = plan.step(id).map(|step| &step.reason);
            ProviderRecord {
                namespace,
                registration: registration(state, reason),
            }
        })
        .collect()
}

/// The providers that need no one to register them.
fn ready(providers: &[ProviderRecord]) -> Vec<ProviderNamespace> {
    let is_ready = |it: &&ProviderRecord| {
        matches!(
            it.registration,
            Known::Known(RegistrationRecord::Registered | RegistrationRecord::Registering)
        )
    };
    providers
        .iter()
        .filter(is_ready)
        .map(|it| it.namespace)
        .collect()
}

fn registration(
    state: Option<&StepState>,
    reason: Option<&StepReason>,
) -> Known<RegistrationRecord> {
    match state {
        Some(StepState::Kept) if reason == Some(&StepReason::UnderWay) => {
            Known::Known(RegistrationRecord::Registering)
        }
        Some(StepState::Kept)
            if matches!(reason, Some(StepReason::NotAllowed { is_read: false })) =>
        {
            Known::Unknown
        }
        Some(StepState::Kept)
            if matches!(
                reason,
                Some(StepReason::NotAllowed { .. } | StepReason::NeedsNotAllowed)
            ) =>
        {
            Known::Known(RegistrationRecord::NotRegistered)
        }
        Some(StepState::Done | StepState::Kept) => Known::Known(RegistrationRecord::Registered),
        Some(StepState::UnderWay) => Known::Known(RegistrationRecord::Registering),
        // Its state could not be read and it was not written, so it may be registered.
        Some(StepState::Failed(_) | StepState::Skipped { .. })
            if reason == Some(&StepReason::NotReadable) =>
        {
            Known::Unknown
        }
        Some(StepState::Failed(_) | StepState::Skipped { .. }) => {
            Known::Known(RegistrationRecord::NotRegistered)
        }
        Some(StepState::Waiting | StepState::Running) | None => Known::Unknown,
    }
}

/// The secret of this run, or else the newest valid secret that this run did not remove.
pub fn secret(observed: &Observed, outcome: &RunOutcome) -> Option<SecretKey> {
    if let Some(secret) = &outcome.secret {
        return Some(SecretKey {
            id: secret.key_id,
            end: secret.end,
        });
    }
    let server = observed.server.as_ref().known()?.as_ref()?;
    let secrets = server.properties.password_credentials.as_ref()?;
    let is_removed = |key| {
        let removed = StepId::OldSecret(key);
        let mut steps = outcome.steps.iter();
        steps.any(|it| it.id == removed && it.state.is_good())
    };
    let live = secrets.iter().filter_map(|it| {
        let end = it.end_date_time.filter(|end| *end > outcome.ended)?;
        (!is_removed(it.key_id)).then_some((it.start_date_time, end, it.key_id))
    });
    live.max_by_key(|(start, end, _)| (*start, *end))
        .map(|(_, end, id)| SecretKey { id, end })
}
