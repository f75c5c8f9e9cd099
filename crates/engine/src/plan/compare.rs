//! Creates the plan: compares the wanted state with the existing state, property by property.
//!
//! Sets are compared as sets. Other values of an app stay: collections are sent as the union.

use crate::desired::Desired;
use crate::desired::providers::RegistrationState;
use crate::desired::repair::AppRole;
use crate::desired::repair::Repair;
use crate::graph::wire::PasswordCredential;
use crate::plan::Action;
use crate::plan::Plan;
use crate::plan::PlanStep;
use crate::plan::Property;
use crate::plan::StepReason;
use crate::plan::apps::app_facts;
use crate::plan::apps::app_id_uri;
use crate::plan::apps::client_app;
use crate::plan::apps::client_settings;
use crate::plan::apps::not_chosen;
use crate::plan::apps::server_app;
use crate::plan::blocked;
use crate::plan::fix;
use crate::plan::missing_of;
use crate::plan::reference::IdRef;
use crate::plan::reference::Ids;
use crate::plan::refused;
use crate::plan::step;
use crate::plan::step::StepId;
use crate::plan::write::Write;
use crate::plan::write::secret_days;
use crate::read::observed::ConflictKind;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;
use crate::read::observed::Principal;
use crate::read::observed::SubscriptionObstacle;
use crate::read::observed::there;
use domain::cmg;
use domain::cmg::ProviderNamespace;
use domain::ids;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::known::Answer;
use domain::known::Known;
use domain::ownership_tags::is_secret_name;
use domain::problem::ProblemKind;
use jiff::Timestamp;

/// Creates the plan.
///
/// `now` is an input like the others. It decides which secrets are still valid.
#[must_use]
pub fn plan(desired: &Desired, observed: &Observed, now: Timestamp) -> Plan {
    let known = known_ids(observed);
    let ids = Ids::new(&known);
    let mut steps = fix::before(desired, observed);
    steps.extend([
        server_app(desired, observed),
        client_app(desired, observed),
        app_id_uri(desired, observed, &ids, now),
    ]);
    steps.push(principal(
        StepId::ServerPrincipal,
        AppRole::Server,
        desired,
        observed,
        &ids,
        &observed.server,
    ));
    steps.push(client_settings(desired, observed, &ids));
    steps.push(principal(
        StepId::ClientPrincipal,
        AppRole::Client,
        desired,
        observed,
        &ids,
        &observed.client,
    ));
    steps.push(consent(
        StepId::ServerConsent,
        desired.wants(Repair::ServerConsent),
        observed,
        &ids,
        IdRef::ServerPrincipal,
        cmg::SCOPE_VALUE,
    ));
    steps.push(consent(
        StepId::GraphConsent,
        desired.wants(Repair::GraphConsent),
        observed,
        &ids,
        IdRef::GraphPrincipal,
        "User.Read",
    ));
    if desired.wants_directory() {
        steps.push(directory_consent(observed, &ids));
    }
    for namespace in desired.providers() {
        steps.push(provider(namespace, desired, observed));
    }
    steps.push(secret(desired, observed, &ids, now));
    steps.extend(fix::after(desired, observed));
    if desired.existing.is_some() {
        fix::tag(&mut steps, observed);
        fix::block_what_lacks(&mut steps, desired);
    }
    if desired.leaves_out_refused {
        refused::leave_out(&mut steps, &refused::rights(desired, observed));
    }
    Plan {
        desired: desired.clone(),
        steps,
        known,
        uri_verdict: desired.uri.validate(
            &observed.tenant.rules,
            &app_facts(there(&observed.server), now),
        ),
        namesakes: observed
            .namesakes
            .as_ref()
            .known()
            .into_iter()
            .flatten()
            .filter(|namesake| namesake.holds == ConflictKind::Name)
            .cloned()
            .collect(),
    }
}

fn known_ids(observed: &Observed) -> Vec<(IdRef, uuid::Uuid)> {
    let mut known = Vec::new();
    let mut of = |found: &Known<Option<ObservedApp>>, object, app, principal| {
        let Some(found) = there(found) else { return };
        known.push((object, found.object_id.uuid()));
        known.push((app, found.app_id.uuid()));
        if let Known::Known(Some(it)) = &found.principal {
            known.push((principal, it.object_id.uuid()));
        }
    };
    of(
        &observed.server,
        IdRef::ServerObject,
        IdRef::ServerApp,
        IdRef::ServerPrincipal,
    );
    of(
        &observed.client,
        IdRef::ClientObject,
        IdRef::ClientApp,
        IdRef::ClientPrincipal,
    );
    if let Known::Known(id) = observed.graph_principal {
        known.push((IdRef::GraphPrincipal, id.uuid()));
    }
    known
}

fn principal_of(found: &Known<Option<ObservedApp>>) -> Option<&Principal> {
    there(found)?.principal.as_ref().known()?.as_ref()
}

/// Why an object between service principals is created: a service principal is missing or could not be read.
fn missing_principal(apps: &[&Known<Option<ObservedApp>>]) -> StepReason {
    let is_unread = |app: &&Known<Option<ObservedApp>>| {
        there(app).is_some_and(|it| it.principal == Known::Unknown)
    };
    if apps.iter().any(is_unread) {
        StepReason::NotReadable
    } else {
        missing_of(apps)
    }
}

/// When the app of a secret was created: the existing app, or one that is created now.
#[must_use]
pub fn created(server: Option<&ObservedApp>, now: Timestamp) -> Known<Timestamp> {
    server.map_or(Known::Known(now), |app| {
        app.properties.created_date_time.into()
    })
}

/// True if the app accepts no further secret. An app that accepts personal accounts has at most two ("Validation differences by supported
/// account types", 2026-09-25), unless this run first restricts it to the organization.
fn is_full_of_secrets(desired: &Desired, app: &ObservedApp) -> bool {
    let audience = app.properties.sign_in_audience.as_deref();
    let is_personal = audience.is_some_and(|it| it.contains("PersonalMicrosoftAccount"));
    let count = app.properties.password_credentials.as_ref().map(Vec::len);
    is_personal
        && !desired.wants(Repair::Audience(AppRole::Server))
        && count.is_some_and(|count| count >= MOST_SECRETS_WITH_PERSONAL_ACCOUNTS)
}

/// Limit used by `is_full_of_secrets`.
const MOST_SECRETS_WITH_PERSONAL_ACCOUNTS: usize = 2;

fn principal(
    id: StepId,
    part: AppRole,
    desired: &Desired,
    observed: &Observed,
    ids: &Ids,
    found: &Known<Option<ObservedApp>>,
) -> PlanStep {
    let (of, slot, client_id) = match part {
        AppRole::Server => (
            IdRef::ServerApp,
            IdRef::ServerPrincipal,
            desired.existing.as_ref().and_then(|it| it.server),
        ),
        AppRole::Client => (
            IdRef::ClientApp,
            IdRef::ClientPrincipal,
            desired.existing.as_ref().and_then(|it| it.client),
        ),
    };
    let deleted = |app: AppId| {
        let all = observed.deleted_principals.as_ref().known()?;
        all.iter().find(|(of, _)| *of == app).map(|(_, id)| *id)
    };
    let restore = |object| {
        let write = Write::RestorePrincipal { object, of: slot };
        step(id, Action::Create(write), StepReason::Missing)
    };
    let create = |reason| {
        let app = ids.reference(of);
        step(id, Action::Create(Write::Principal { of, app }), reason)
    };
    // Restoring an application does not restore its service principal, which holds role assignments and consents.
    if *found == Known::Known(None)
        && desired.wants(Repair::Restore(part))
        && let Some(object) = client_id.and_then(deleted)
    {
        return restore(object);
    }
    let is_wanted = desired.wants(Repair::Principal(part));
    match there(found).map(|app| (&app.principal, deleted(app.app_id))) {
        Some((Known::Known(Some(_)), _)) => step(id, Action::Keep, StepReason::AsWanted),
        _ if !is_wanted => not_chosen(id),
        Some((Known::Known(None), Some(object))) => restore(object),
        Some((Known::Known(None), None)) => create(StepReason::PrincipalLost),
        None => create(missing_of(&[found])),
        // The upsert is harmless if the object already exists.
        Some((Known::Unknown, _)) => create(StepReason::NotReadable),
    }
}

fn consent(
    id: StepId,
    is_wanted: bool,
    observed: &Observed,
    ids: &Ids,
    resource_slot: IdRef,
    value: &'static str,
) -> PlanStep {
    let resource = ids.get(resource_slot).map(ObjectId::new);
    let create = Write::Grant {
        client: ids.reference(IdRef::ClientPrincipal),
        resource: ids.reference(resource_slot),
        scope: value.to_owned(),
    };
    if !is_wanted {
        return consent_as_it_is(id, observed, resource, value);
    }
    if resource_slot == IdRef::GraphPrincipal && resource.is_none() {
        // Microsoft Graph exists in every tenant, but the request needs its ID.
        return blocked(id, ProblemKind::UnexpectedAnswer, StepReason::NotReadable);
    }
    let (Some(client), Some(resource)) = (principal_of(&observed.client), resource) else {
        let reason = missing_principal(&[&observed.client, &observed.server]);
        return step(id, Action::Create(create), reason);
    };
    let Known::Known(grants) = &client.grants else {
        // A list that could not be read may already contain a grant. Graph would refuse a second one, so the step says that the state is
        // unknown.
        return step(id, Action::Create(create), StepReason::NotReadable);
    };
    let Some(grant) = grants
        .iter()
        .find(|grant| grant.resource_id == resource && grant.consent_type == "AllPrincipals")
    else {
        return step(id, Action::Create(create), StepReason::Missing);
    };
    if grant.scope.split_whitespace().any(|scope| scope == value) {
        return step(id, Action::Keep, StepReason::AsWanted);
    }
    let scope = format!("{} {value}", grant.scope.trim()).trim().to_owned();
    match &grant.id {
        Some(grant_id) => step(
            id,
            Action::Update(Write::WidenGrant {
                id: grant_id.clone(),
                scope,
            }),
            StepReason::Differs(vec![Property::Consent]),
        ),
        None => blocked(id, ProblemKind::UnexpectedAnswer, StepReason::NotReadable),
    }
}

/// Reports a consent as it is, because no change of it is selected.
fn consent_as_it_is(
    id: StepId,
    observed: &Observed,
    resource: Option<ObjectId>,
    value: &str,
) -> PlanStep {
    let grants = principal_of(&observed.client).and_then(|it| it.grants.as_ref().known());
    let is_there = grants.into_iter().flatten().any(|grant| {
        Some(grant.resource_id) == resource
            && grant.consent_type == "AllPrincipals"
            && grant.scope.split_whitespace().any(|scope| scope == value)
    });
    if is_there {
        step(id, Action::Keep, StepReason::AsWanted)
    } else {
        not_chosen(id)
    }
}

fn directory_consent(observed: &Observed, ids: &Ids) -> PlanStep {
    let id = StepId::DirectoryConsent;
    if observed.graph_principal == Known::Unknown {
        return blocked(id, ProblemKind::UnexpectedAnswer, StepReason::NotReadable);
    }
    let principal = principal_of(&observed.server);
    let assigned = principal.and_then(|it| it.roles.as_ref().known());
    if assigned.is_some_and(|roles| {
        roles
            .iter()
            .any(|role| role.app_role_id == ids::DIRECTORY_READ_ALL)
    }) {
        return step(id, Action::Keep, StepReason::AsWanted);
    }
    let reason = if principal.is_some() && assigned.is_none() {
        StepReason::NotReadable
    } else {
        missing_principal(&[&observed.server])
    };
    step(
        id,
        Action::Create(Write::Role {
            principal: ids.reference(IdRef::ServerPrincipal),
            resource: ids.reference(IdRef::GraphPrincipal),
            role: ids::DIRECTORY_READ_ALL,
        }),
        reason,
    )
}

fn provider(namespace: ProviderNamespace, desired: &Desired, observed: &Observed) -> PlanStep {
    let id = StepId::Provider(namespace);
    let Some(subscription) = desired.subscription else {
        return step(id, Action::Keep, StepReason::AsWanted);
    };
    let register = Action::Create(Write::Register {
        subscription,
        namespace,
    });
    let obstacle = obstacle(desired, observed);
    match observed.providers.get(&namespace) {
        // Already registered: another request would need the permission for nothing.
        Some(Known::Known(RegistrationState::Registered)) => {
            step(id, Action::Keep, StepReason::AsWanted)
        }
        Some(Known::Known(RegistrationState::Registering)) => {
            step(id, Action::Keep, StepReason::UnderWay)
        }
        _ if !desired.wants(Repair::Provider(namespace)) => not_chosen(id),
        found => match (obstacle, found) {
            (Some(kind), _) => blocked(id, kind, StepReason::Rule),
            (None, Some(Known::Known(_))) => step(id, register, StepReason::Missing),
            (None, Some(Known::Unknown) | None) => step(id, register, StepReason::NotReadable),
        },
    }
}

/// Why nothing can be registered in the subscription, if that is certain.
fn obstacle(desired: &Desired, observed: &Observed) -> Option<ProblemKind> {
    if let Known::Known(found) = &observed.subscription {
        return found.obstacle(desired.tenant).map(|it| match it {
            SubscriptionObstacle::OtherTenant(_) => ProblemKind::SubscriptionElsewhere,
            SubscriptionObstacle::ReadOnly => ProblemKind::SubscriptionReadOnly,
        });
    }
    let refused = observed.azure.as_ref().map(|problem| &problem.kind);
    refused
        .filter(|kind| {
            matches!(
                kind,
                ProblemKind::SubscriptionMissing | ProblemKind::SubscriptionElsewhere
            )
        })
        .cloned()
}

fn secret(desired: &Desired, observed: &Observed, ids: &Ids, now: Timestamp) -> PlanStep {
    let id = StepId::Secret;
    // For an existing pair, a secret means an additional one: the old one stays until Configuration Manager has the new one.
    let is_renewal = desired.existing.is_some();
    if is_renewal && !desired.wants(Repair::Secret) {
        return not_chosen(id);
    }
    let server = there(&observed.server);
    let secrets = server.and_then(|app| app.properties.password_credentials.as_ref());
    // A secret without this tool's description may have another purpose, so it does not count.
    let is_ours = |secret: &&PasswordCredential| {
        let name = secret.display_name.as_deref();
        is_renewal || name.is_some_and(is_secret_name)
    };
    let lives = secrets
        .into_iter()
        .flatten()
        .filter(is_ours)
        .any(|secret| secret.end_date_time.is_none_or(|end| end > now));
    let is_another = desired.another_secret || is_renewal;
    if lives && !is_another {
        return step(id, Action::Keep, StepReason::SecretLives);
    }
    if desired.secret_later && !is_renewal {
        return step(id, Action::Keep, StepReason::SecretLater);
    }
    let mut days = secret_days(desired.secret_life);
    let limits = observed.tenant.secrets.limits(&created(server, now));
    if limits.is_blocked == Answer::Yes {
        return blocked(id, ProblemKind::SecretBlocked, StepReason::Rule);
    }
    match limits.longest {
        // A renewal uses the longest lifetime that the tenant allows. A setup asks the admin for another lifetime.
        Some(most) if days > most && is_renewal => days = most,
        Some(most) if days > most => {
            return blocked(id, ProblemKind::SecretTooLong, StepReason::Rule);
        }
        Some(_) | None => {}
    }
    if server.is_some_and(|app| is_full_of_secrets(desired, app)) {
        return blocked(id, ProblemKind::TooManySecrets, StepReason::Rule);
    }
    let create = Action::Create(Write::Secret {
        object: ids.reference(IdRef::ServerObject),
        days,
    });
    match (lives, is_another) {
        (true, false) => step(id, Action::Keep, StepReason::SecretLives),
        (true, true) => step(id, create, StepReason::AnotherSecret),
        (false, _) => step(id, create, missing_of(&[&observed.server])),
    }
}
