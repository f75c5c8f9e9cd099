//! The two app registrations compared: what Configuration Manager needs of each against what each has.
//!
//! What an app has beside that stays: collections are sent as the union. Consent, providers and the secret are not looked at here.

use crate::domain::app_id_uri::rules::AppFacts;
use crate::domain::app_id_uri::rules::OwnId;
use crate::domain::app_id_uri::verdict::EntraRule;
use crate::domain::app_id_uri::verdict::PolicyRule;
use crate::domain::app_id_uri::verdict::Verdict;
use crate::domain::cmg;
use crate::domain::ids;
use crate::domain::ids::PermissionId;
use crate::domain::known::Known;
use crate::domain::marks;
use crate::domain::problem::Kind;
use crate::engine::desired::Desired;
use crate::engine::observed::App;
use crate::engine::observed::Holds;
use crate::engine::observed::Observed;
use crate::engine::observed::there;
use crate::engine::plan::Action;
use crate::engine::plan::Property;
use crate::engine::plan::Reason;
use crate::engine::plan::Step;
use crate::engine::plan::StepId;
use crate::engine::plan::blocked;
use crate::engine::plan::missing_of;
use crate::engine::plan::step;
use crate::engine::write::Slot;
use crate::engine::write::Write;
use crate::engine::write::client_access;
use crate::engine::write::with_access;
use crate::graph::wire;
use jiff::Timestamp;

/// What stands against making the app under its key, if anything.
fn obstacle(observed: &Observed, key: &str) -> Option<Kind> {
    let mut deleted = observed.deleted.as_ref().known().into_iter().flatten();
    deleted
        .any(|it| it.key.as_deref() == Some(key))
        .then_some(Kind::HeldByDeleted)
}

pub(in crate::engine) fn server_app(desired: &Desired, observed: &Observed) -> Step {
    let id = StepId::ServerApp;
    let key = marks::server_key(&desired.server_name);
    match &observed.server {
        Known::Unknown => blocked(id, Kind::UnexpectedAnswer, Reason::NotReadable),
        Known::Known(None) => match obstacle(observed, &key) {
            Some(kind) => blocked(id, kind, Reason::Held),
            None => step(
                id,
                Action::Create(Write::Upsert {
                    key,
                    of: Slot::ServerApp,
                    body: Box::new(new_server(desired)),
                }),
                Reason::Missing,
            ),
        },
        Known::Known(Some(app)) => differences(id, app, server_patch(desired, &app.properties)),
    }
}

pub(in crate::engine) fn client_app(desired: &Desired, observed: &Observed) -> Step {
    let id = StepId::ClientApp;
    let key = marks::client_key(&desired.client_name);
    match &observed.client {
        Known::Unknown => blocked(id, Kind::UnexpectedAnswer, Reason::NotReadable),
        Known::Known(None) => match obstacle(observed, &key) {
            Some(kind) => blocked(id, kind, Reason::Held),
            None => {
                let body = wire::Application {
                    display_name: Some(desired.client_name.as_str().to_owned()),
                    sign_in_audience: Some(cmg::SIGN_IN_AUDIENCE.to_owned()),
                    is_fallback_public_client: Some(true),
                    tags: Some(vec![marks::TAG.to_owned()]),
                    ..Default::default()
                };
                step(
                    id,
                    Action::Create(Write::Upsert {
                        key,
                        of: Slot::ClientApp,
                        body: Box::new(body),
                    }),
                    Reason::Missing,
                )
            }
        },
        Known::Known(Some(app)) => {
            let mut patch = wire::Application::default();
            let mut differs = Vec::new();
            if app.properties.sign_in_audience.as_deref() != Some(cmg::SIGN_IN_AUDIENCE) {
                patch.sign_in_audience = Some(cmg::SIGN_IN_AUDIENCE.to_owned());
                differs.push(Property::Audience);
            }
            if app.properties.is_fallback_public_client != Some(true) {
                patch.is_fallback_public_client = Some(true);
                differs.push(Property::PublicClient);
            }
            differences(id, app, (patch, differs))
        }
    }
}

fn differences(
    id: StepId,
    app: &App,
    (patch, differs): (wire::Application, Vec<Property>),
) -> Step {
    if differs.is_empty() {
        step(id, Action::Keep, Reason::AsWanted)
    } else {
        let write = Write::Patch {
            object: app.object_id,
            body: Box::new(patch),
        };
        step(id, Action::Update(write), Reason::Differs(differs))
    }
}

fn new_server(desired: &Desired) -> wire::Application {
    wire::Application {
        display_name: Some(desired.server_name.as_str().to_owned()),
        // Said outright: left out, Graph makes an app for personal accounts too (cmg.md 1.2).
        sign_in_audience: Some(cmg::SIGN_IN_AUDIENCE.to_owned()),
        is_device_only_auth_supported: Some(true),
        tags: Some(vec![marks::TAG.to_owned()]),
        web: Some(wire::Web {
            home_page_url: Some(desired.home_page_url.as_str().to_owned()),
            redirect_uris: Some(vec![cmg::SERVER_REDIRECT.to_owned()]),
        }),
        api: Some(wire::Api {
            requested_access_token_version: None,
            oauth2_permission_scopes: vec![scope(desired.scope_id, desired.server_name.as_str())],
        }),
        required_resource_access: desired
            .discovery
            .is_wanted()
            .then(|| vec![directory_read()]),
        ..Default::default()
    }
}

fn scope(id: PermissionId, name: &str) -> wire::Scope {
    wire::Scope {
        id,
        value: Some(cmg::SCOPE_VALUE.to_owned()),
        kind: Some(cmg::SCOPE_TYPE.to_owned()),
        is_enabled: true,
        admin_consent_display_name: Some(format!("Access {name}")),
        admin_consent_description: Some(format!(
            "Allows the app to access {name} as the signed-in user."
        )),
        user_consent_display_name: None,
        user_consent_description: None,
    }
}

fn directory_read() -> wire::RequiredResource {
    wire::RequiredResource {
        resource_app_id: ids::GRAPH,
        resource_access: vec![wire::ResourceAccess {
            id: ids::DIRECTORY_READ_ALL,
            kind: "Role".to_owned(),
        }],
    }
}

/// What the existing server app lacks. Everything else in it stays: collections are sent as the union.
fn server_patch(desired: &Desired, now: &wire::Application) -> (wire::Application, Vec<Property>) {
    let mut patch = wire::Application::default();
    let mut differs = Vec::new();
    if now.sign_in_audience.as_deref() != Some(cmg::SIGN_IN_AUDIENCE) {
        patch.sign_in_audience = Some(cmg::SIGN_IN_AUDIENCE.to_owned());
        differs.push(Property::Audience);
    }
    if now.is_device_only_auth_supported != Some(true) {
        patch.is_device_only_auth_supported = Some(true);
        differs.push(Property::DeviceOnly);
    }
    let redirects = now
        .web
        .as_ref()
        .and_then(|web| web.redirect_uris.clone())
        .unwrap_or_default();
    let desktop = now
        .public_client
        .as_ref()
        .map(|it| it.redirect_uris.clone())
        .unwrap_or_default();
    // The public client platform was the documented place between 2023 and 2024 and works too (cmg.md 0.1).
    if !redirects
        .iter()
        .chain(&desktop)
        .any(|uri| uri == cmg::SERVER_REDIRECT)
    {
        let mut redirect_uris = redirects;
        redirect_uris.push(cmg::SERVER_REDIRECT.to_owned());
        patch.web = Some(wire::Web {
            home_page_url: None,
            redirect_uris: Some(redirect_uris),
        });
        differs.push(Property::Redirect);
    }
    let scopes = now
        .api
        .as_ref()
        .map(|api| api.oauth2_permission_scopes.clone())
        .unwrap_or_default();
    if !scopes
        .iter()
        .any(|scope| scope.value.as_deref() == Some(cmg::SCOPE_VALUE) && scope.is_enabled)
    {
        let mut scopes = scopes;
        match scopes
            .iter_mut()
            .find(|scope| scope.value.as_deref() == Some(cmg::SCOPE_VALUE))
        {
            Some(disabled) => disabled.is_enabled = true,
            None => scopes.push(scope(desired.scope_id, desired.server_name.as_str())),
        }
        patch.api = Some(wire::Api {
            requested_access_token_version: None,
            oauth2_permission_scopes: scopes,
        });
        differs.push(Property::Scope);
    }
    if desired.discovery.is_wanted() {
        let now = now.required_resource_access.clone().unwrap_or_default();
        if let Some(union) = with_access(&now, directory_read()) {
            patch.required_resource_access = Some(union);
            differs.push(Property::Permissions);
        }
    }
    (patch, differs)
}

pub(in crate::engine) fn app_id_uri(
    desired: &Desired,
    observed: &Observed,
    now: Timestamp,
) -> Step {
    let id = StepId::AppIdUri;
    let server = there(&observed.server);
    let existing = server
        .and_then(|app| app.properties.identifier_uris.clone())
        .unwrap_or_default();
    let wanted = server.and_then(|app| desired.uri.uri(desired.tenant, Some(app.app_id)).ok());
    if wanted.is_some_and(|uri| existing.iter().any(|it| it == uri.as_str())) {
        return step(id, Action::Keep, Reason::AsWanted);
    }
    if let Known::Known(Some(_)) = &observed.uri_holder {
        return blocked(id, Kind::UriTaken, Reason::Held);
    }
    if observed
        .deleted
        .as_ref()
        .known()
        .into_iter()
        .flatten()
        .any(|it| it.holds == Holds::Uri)
    {
        return blocked(id, Kind::UriTaken, Reason::Held);
    }
    let facts = app_facts(server, now);
    if let Some(kind) = refusal(&desired.uri.judge(&observed.tenant.rules, &facts)) {
        return blocked(id, kind, Reason::Rule);
    }
    let reason = if existing.is_empty() {
        missing_of(&[&observed.server])
    } else {
        Reason::Differs(vec![Property::AppIdUri])
    };
    let write = Write::SetUri {
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

/// The scope's GUID: an app that has the scope keeps the GUID it has.
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

pub(in crate::engine) fn client_settings(desired: &Desired, observed: &Observed) -> Step {
    let id = StepId::ClientSettings;
    let scope = scope_id(desired, observed);
    let fresh = Write::ClientSettings {
        redirects: Vec::new(),
        permissions: Vec::new(),
        scope,
    };
    let (Some(client), Some(server)) = (there(&observed.client), there(&observed.server)) else {
        // A client app without its server app: keep what the client has, add to it.
        return match there(&observed.client) {
            None => step(
                id,
                Action::Create(fresh),
                missing_of(&[&observed.client, &observed.server]),
            ),
            Some(client) => step(
                id,
                Action::Update(settings(client, scope)),
                Reason::Differs(vec![Property::Permissions]),
            ),
        };
    };
    let redirect = cmg::broker_redirect(client.app_id);
    let mut differs = Vec::new();
    if !client
        .properties
        .public_client
        .as_ref()
        .is_some_and(|it| it.redirect_uris.contains(&redirect))
    {
        differs.push(Property::Redirect);
    }
    let permissions = client
        .properties
        .required_resource_access
        .clone()
        .unwrap_or_default();
    let wanted = client_access(server.app_id, scope);
    if wanted
        .into_iter()
        .any(|access| with_access(&permissions, access).is_some())
    {
        differs.push(Property::Permissions);
    }
    if differs.is_empty() {
        step(id, Action::Keep, Reason::AsWanted)
    } else {
        step(
            id,
            Action::Update(settings(client, scope)),
            Reason::Differs(differs),
        )
    }
}

fn settings(client: &App, scope: PermissionId) -> Write {
    Write::ClientSettings {
        redirects: client
            .properties
            .public_client
            .as_ref()
            .map(|it| it.redirect_uris.clone())
            .unwrap_or_default(),
        permissions: client
            .properties
            .required_resource_access
            .clone()
            .unwrap_or_default(),
        scope,
    }
}

/// The facts the judge wants of the server app: of the one that is there, or of one about to be made.
#[must_use]
pub fn app_facts(server: Option<&App>, now: Timestamp) -> AppFacts {
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
        is_saml: false,
        created: app.properties.created_date_time.into(),
    }
}

/// A judge's refusal as the problem it would be at run time.
fn refusal(verdict: &Verdict) -> Option<Kind> {
    match verdict {
        Verdict::Accepted(_) | Verdict::NotRecommended(_) | Verdict::CannotTell(_) => None,
        Verdict::RefusedByPolicy(PolicyRule::DefaultOnly) => Some(Kind::UriPolicyDefault),
        Verdict::RefusedByPolicy(PolicyRule::UniqueIdentifier) => Some(Kind::UriPolicyUnique),
        Verdict::RefusedByEntra(EntraRule::Taken { .. }) => Some(Kind::UriTaken),
        Verdict::RefusedByEntra(_) => Some(Kind::UriNotVerified),
    }
}
