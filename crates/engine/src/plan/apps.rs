//! Compares the two app registrations with what Configuration Manager needs.
//!
//! Other values of an app stay: collections are sent as the union. Consent, providers, and the secret are handled elsewhere.

use crate::desired::Desired;
use crate::desired::repair::AppRole;
use crate::desired::repair::Repair;
use crate::graph::wire;
use crate::plan::Action;
use crate::plan::PlanStep;
use crate::plan::Property;
use crate::plan::StepReason;
use crate::plan::blocked;
use crate::plan::change::Change;
use crate::plan::change::client_gone;
use crate::plan::change::client_patch;
use crate::plan::change::server_patch;
use crate::plan::fix::with_tag;
use crate::plan::missing_of;
use crate::plan::origin::is_unknown;
use crate::plan::reference::IdRef;
use crate::plan::reference::Ids;
use crate::plan::shapes::directory_read;
use crate::plan::shapes::scope;
use crate::plan::step;
use crate::plan::step::StepId;
use crate::plan::write::Adds;
use crate::plan::write::Write;
use crate::plan::write::client_access;
use crate::plan::write::with_access;
use crate::read::observed::ConflictKind;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;
use crate::read::observed::there;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::OwnId;
use domain::app_id_uri::verdict::EntraRule;
use domain::app_id_uri::verdict::PolicyRule;
use domain::app_id_uri::verdict::UriVerdict;
use domain::cmg;
use domain::ids::PermissionId;
use domain::known::Known;
use domain::ownership_tags;
use domain::problem::ProblemKind;
use domain::tenant::TenantKind;
use jiff::Timestamp;

/// True if apps with both names exist that this tool did not create, and none of its own: most likely the pair that the site uses.
#[must_use]
pub fn is_pair_of_others(desired: &Desired, observed: &Observed) -> bool {
    let others = || observed.namesakes.as_ref().known().into_iter().flatten();
    let is_named =
        |name: &str| others().any(|it| it.holds == ConflictKind::Name && it.name == name);
    desired.existing.is_none()
        && observed.server == Known::Known(None)
        && observed.client == Known::Known(None)
        && is_named(desired.server_name.as_str())
        && is_named(desired.client_name.as_str())
}

/// Why the app cannot be created with its key, if anything prevents it.
fn obstacle(observed: &Observed, key: &str) -> Option<ProblemKind> {
    let mut deleted = observed.deleted.as_ref().known().into_iter().flatten();
    deleted
        .any(|it| it.key.as_deref() == Some(key))
        .then_some(ProblemKind::HeldByDeleted)
}

pub(crate) fn server_app(desired: &Desired, observed: &Observed) -> PlanStep {
    let id = StepId::ServerApp;
    let key = ownership_tags::server_key(&desired.server_name);
    match &observed.server {
        Known::Unknown => blocked(id, ProblemKind::UnexpectedAnswer, StepReason::NotReadable),
        Known::Known(None) if !desired.wants(Repair::Create(AppRole::Server)) => not_chosen(id),
        Known::Known(None) if observed.tenant.kind == Known::Known(TenantKind::Customers) => {
            blocked(id, ProblemKind::WrongTenantKind, StepReason::Rule)
        }
        Known::Known(None) if is_pair_of_others(desired, observed) => {
            blocked(id, ProblemKind::PairThere, StepReason::Held)
        }
        Known::Known(None) => match obstacle(observed, &key) {
            Some(kind) => blocked(id, kind, StepReason::Held),
            None => step(
                id,
                Action::Create(Write::Upsert {
                    key,
                    of: IdRef::ServerApp,
                    body: Box::new(new_server(desired)),
                }),
                StepReason::Missing,
            ),
        },
        Known::Known(Some(app)) if is_unknown(desired, observed, app) => {
            blocked(id, ProblemKind::UnknownOrigin, StepReason::Held)
        }
        Known::Known(Some(app)) => {
            let change = server_patch(desired, app);
            differences(id, desired, app, change)
        }
    }
}

pub(crate) fn client_app(desired: &Desired, observed: &Observed) -> PlanStep {
    let id = StepId::ClientApp;
    let key = ownership_tags::client_key(&desired.client_name);
    match &observed.client {
        Known::Unknown => blocked(id, ProblemKind::UnexpectedAnswer, StepReason::NotReadable),
        Known::Known(None) if !desired.wants(Repair::Create(AppRole::Client)) => not_chosen(id),
        Known::Known(None) => match obstacle(observed, &key) {
            Some(kind) => blocked(id, kind, StepReason::Held),
            None => {
                let body = wire::Application {
                    display_name: Some(desired.client_name.as_str().to_owned()),
                    sign_in_audience: Some(cmg::SIGN_IN_AUDIENCE.to_owned()),
                    is_fallback_public_client: Some(true),
                    tags: Some(vec![ownership_tags::TAG.to_owned()]),
                    ..Default::default()
                };
                step(
                    id,
                    Action::Create(Write::Upsert {
                        key,
                        of: IdRef::ClientApp,
                        body: Box::new(body),
                    }),
                    StepReason::Missing,
                )
            }
        },
        Known::Known(Some(app)) if is_unknown(desired, observed, app) => {
            blocked(id, ProblemKind::UnknownOrigin, StepReason::Held)
        }
        Known::Known(Some(app)) => {
            let change = client_patch(desired, app);
            differences(id, desired, app, change)
        }
    }
}

/// A step that keeps the object as it is, because no repair for it is selected.
pub(crate) fn not_chosen(id: StepId) -> PlanStep {
    step(id, Action::Keep, StepReason::NotChosen)
}

fn differences(id: StepId, desired: &Desired, app: &ObservedApp, change: Change) -> PlanStep {
    let Change {
        mut patch,
        mut differs,
        is_left,
    } = change;
    if differs.is_empty() {
        let reason = if is_left {
            StepReason::NotChosen
        } else {
            StepReason::AsWanted
        };
        return step(id, Action::Keep, reason);
    }
    if desired.existing.is_some()
        && let Some(tags) = with_tag(app)
    {
        patch.tags = Some(tags);
        differs.push(Property::Tag);
    }
    let write = Write::Patch {
        object: app.object_id,
        body: Box::new(patch),
    };
    step(id, Action::Update(write), StepReason::Differs(differs))
}

fn new_server(desired: &Desired) -> wire::Application {
    wire::Application {
        display_name: Some(desired.server_name.as_str().to_owned()),
        // Always sent: when it was omitted, Graph created an app that also accepts personal accounts (cmg.md 1.2).
        sign_in_audience: Some(cmg::SIGN_IN_AUDIENCE.to_owned()),
        is_device_only_auth_supported: Some(true),
        tags: Some(vec![ownership_tags::TAG.to_owned()]),
        web: Some(wire::Web {
            home_page_url: Some(desired.home_page_url.as_str().to_owned()),
            redirect_uris: Some(vec![cmg::SERVER_REDIRECT.to_owned()]),
            implicit_grant_settings: None,
        }),
        api: Some(wire::Api {
            requested_access_token_version: None,
            is_version_one_asked: false,
            oauth2_permission_scopes: vec![scope(
                desired.scope_id,
                desired.server_name.as_str(),
                desired.text_language,
            )],
        }),
        required_resource_access: desired.wants_directory().then(|| vec![directory_read()]),
        ..Default::default()
    }
}

pub(crate) fn app_id_uri(
    desired: &Desired,
    observed: &Observed,
    ids: &Ids,
    now: Timestamp,
) -> PlanStep {
    let id = StepId::AppIdUri;
    let server = there(&observed.server);
    let existing = server
        .and_then(|app| app.properties.identifier_uris.clone())
        .unwrap_or_default();
    let wanted = server.and_then(|app| desired.uri.uri(desired.tenant, Some(app.app_id)).ok());
    if wanted.is_some_and(|uri| existing.iter().any(|it| it == uri.as_str())) {
        return step(id, Action::Keep, StepReason::AsWanted);
    }
    if !desired.wants(Repair::AppIdUri) {
        return not_chosen(id);
    }
    if let Known::Known(Some(holder)) = &observed.uri_holder {
        let kind = match holder.holds {
            ConflictKind::PrincipalName => ProblemKind::PrincipalNameTaken,
            ConflictKind::Uri | ConflictKind::Name | ConflictKind::Key => ProblemKind::UriTaken,
        };
        return blocked(id, kind, StepReason::Held);
    }
    if observed
        .deleted
        .as_ref()
        .known()
        .into_iter()
        .flatten()
        .any(|it| it.holds == ConflictKind::Uri)
    {
        return blocked(id, ProblemKind::UriTaken, StepReason::Held);
    }
    let facts = app_facts(server, now);
    if let Some(kind) = refusal(&desired.uri.validate(&observed.tenant.rules, &facts)) {
        return blocked(id, kind, StepReason::Rule);
    }
    let reason = if existing.is_empty() {
        missing_of(&[&observed.server])
    } else {
        StepReason::Differs(vec![Property::AppIdUri])
    };
    let write = Write::SetUri {
        object: ids.reference(IdRef::ServerObject),
        app: ids.reference(IdRef::ServerApp),
        existing: existing.clone(),
        choice: desired.uri.clone(),
    };
    let action = if existing.is_empty() {
        Action::Create(write)
    } else {
        Action::Update(write)
    };
    step(id, action, reason)
}

/// GUID of the scope: an app that already has the scope keeps its GUID.
#[must_use]
pub fn scope_id(desired: &Desired, observed: &Observed) -> PermissionId {
    there(&observed.server)
        .and_then(|app| app.properties.api.as_ref())
        .and_then(|api| {
            api.oauth2_permission_scopes
                .iter()
                .find(|scope| scope.value.as_deref() == Some(cmg::SCOPE_VALUE))
        })
        .map_or(desired.scope_id, |scope| scope.id)
}

pub(crate) fn client_settings(desired: &Desired, observed: &Observed, ids: &Ids) -> PlanStep {
    let id = StepId::ClientSettings;
    let scope = scope_id(desired, observed);
    let write = |redirects, permissions, adds| Write::ClientSettings {
        object: ids.reference(IdRef::ClientObject),
        app: ids.reference(IdRef::ClientApp),
        server: ids.reference(IdRef::ServerApp),
        redirects,
        permissions,
        scope,
        adds,
    };
    let adds = Adds {
        redirect: desired.wants(Repair::Redirect(AppRole::Client)),
        permissions: desired.wants(Repair::Permissions),
    };
    let Some(client) = there(&observed.client) else {
        let is_made = desired.wants(Repair::Create(AppRole::Client));
        return if is_made || observed.client == Known::Unknown {
            let reason = missing_of(&[&observed.client, &observed.server]);
            let write = write(Some(Vec::new()), Some(Vec::new()), Adds::ALL);
            step(id, Action::Create(write), reason)
        } else {
            not_chosen(id)
        };
    };
    let (redirects, permissions) = client_gone(desired, observed, client);
    let redirect = cmg::broker_redirect(client.app_id);
    let asked = client.properties.required_resource_access.as_deref();
    let asked = asked.unwrap_or_default();
    let known_redirects = client.properties.desktop_redirects();
    let lacks_redirect = !known_redirects.contains(&redirect);
    let server = there(&observed.server);
    // A new server app: the client app cannot request its permission yet.
    let lacks_permissions = server.is_none_or(|server| {
        client_access(server.app_id, scope)
            .into_iter()
            .any(|access| with_access(asked, access).is_some())
    });
    let changes_redirects = lacks_redirect && adds.redirect || redirects != known_redirects;
    let changes_permissions = lacks_permissions && adds.permissions || permissions != asked;
    let mut differs = Vec::new();
    differs.extend(changes_redirects.then_some(Property::Redirect));
    differs.extend(changes_permissions.then_some(Property::Permissions));
    if !differs.is_empty() {
        let write = write(
            changes_redirects.then_some(redirects),
            changes_permissions.then_some(permissions),
            adds,
        );
        return step(id, Action::Update(write), StepReason::Differs(differs));
    }
    if lacks_redirect || lacks_permissions {
        not_chosen(id)
    } else {
        step(id, Action::Keep, StepReason::AsWanted)
    }
}

/// Facts of the server app for validating its URI: from the existing app or for a new one.
#[must_use]
pub fn app_facts(server: Option<&ObservedApp>, now: Timestamp) -> AppFacts {
    let Some(app) = server else {
        return AppFacts::not_yet_created(now);
    };
    AppFacts {
        own_id: OwnId::Is(app.app_id),
        existing_uris: app.properties.identifier_uris.clone().unwrap_or_default(),
        receives_v2_tokens: app
            .properties
            .api
            .as_ref()
            .and_then(|api| api.requested_access_token_version)
            == Some(2),
        is_saml: match &app.principal {
            Known::Known(Some(principal)) => principal.is_saml,
            Known::Known(None) => Known::Known(false),
            Known::Unknown => Known::Unknown,
        },
        created: app.properties.created_date_time.into(),
    }
}

/// Converts a refused verdict to the problem that the run would report.
fn refusal(verdict: &UriVerdict) -> Option<ProblemKind> {
    match verdict {
        UriVerdict::Accepted(_) | UriVerdict::NotRecommended(_) | UriVerdict::CannotTell(_) => None,
        UriVerdict::RefusedByPolicy(PolicyRule::DefaultOnly) => Some(ProblemKind::UriPolicyDefault),
        UriVerdict::RefusedByPolicy(PolicyRule::UniqueIdentifier) => {
            Some(ProblemKind::UriPolicyUnique)
        }
        UriVerdict::RefusedByEntra(EntraRule::Taken { .. }) => Some(ProblemKind::UriTaken),
        UriVerdict::RefusedByEntra(_) => Some(ProblemKind::UriNotVerified),
    }
}
