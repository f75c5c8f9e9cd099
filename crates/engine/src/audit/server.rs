//! Checks of the web (server) app.

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::audit::Seen;
use crate::audit::State;
use crate::audit::View;
use crate::audit::principal_of;
use crate::audit::uris;
use crate::desired::repair::AppRole;
use crate::desired::repair::Repair;
use crate::graph::wire;
use crate::plan::apps::app_facts;
use crate::read::observed::ObservedApp;
use crate::read::observed::owner_names;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::validator::validate_text;
use domain::app_id_uri::verdict::UriOutcome;
use domain::cmg;
use domain::confusables::isolated;
use domain::ids;
use domain::ids::AppId;
use domain::ids::PermissionId;
use domain::known::Answer;
use domain::known::Known;
use domain::locale::Locale;
use domain::locale::formats::iso_day;

/// Age from which the console renews no secret ("What's new in version 2409", 2024).
const OLDEST: SignedDuration = SignedDuration::from_hours(24 * 800);
/// How long before an expiry the check asks for action.
pub(super) const SOON: SignedDuration = SignedDuration::from_hours(24 * 60);

pub(super) fn app(view: &View<'_>) -> Seen {
    let t = view.t;
    match &view.observed.server {
        Known::Unknown => Seen::unread(t),
        Known::Known(None) if view.observed.around.deleted.0.is_some() => {
            Seen::broken(t.doc_app_deleted()).fix(&[Repair::Restore(AppRole::Server)])
        }
        Known::Known(None) => {
            let chosen = view.desired.existing.as_ref().and_then(|it| it.server);
            let seen = Seen::broken(t.doc_app_missing());
            if chosen.is_none() {
                // A new server app works only with all its related objects.
                seen.fix(&[
                    Repair::Create(AppRole::Server),
                    Repair::AppIdUri,
                    Repair::Principal(AppRole::Server),
                    Repair::Permissions,
                    Repair::ServerConsent,
                    Repair::Secret,
                ])
            } else {
                seen
            }
        }
        Known::Known(Some(app)) => there(view, AppRole::Server, app),
    }
}

/// Checks that an existing app is neither deactivated nor disabled by Microsoft.
pub(super) fn there(view: &View<'_>, part: AppRole, app: &ObservedApp) -> Seen {
    let t = view.t;
    if app.properties.is_disabled == Some(true) {
        return Seen::broken(t.doc_app_deactivated()).fix(&[Repair::Reactivate(part)]);
    }
    let name = app.properties.display_name.as_deref().unwrap_or_default();
    match app.properties.disabled_by_microsoft_status.as_deref() {
        None | Some("NotDisabled") => Seen::ok(t.doc_app_there(isolated(name))),
        Some(status) => Seen::broken(t.doc_app_disabled(isolated(status))),
    }
}

pub(super) fn audience(view: &View<'_>, app: &ObservedApp) -> Seen {
    audience_of(view.t, AppRole::Server, app)
}

pub(super) fn audience_of(t: Locale, part: AppRole, app: &ObservedApp) -> Seen {
    match app.properties.sign_in_audience.as_deref() {
        None => Seen::unread(t),
        Some(cmg::SIGN_IN_AUDIENCE) => Seen::ok(t.doc_audience_ok()),
        Some(other) => {
            Seen::attention(t.doc_audience_wide(isolated(other))).fix(&[Repair::Audience(part)])
        }
    }
}

pub(super) fn redirect(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let has = |list: &[String]| list.iter().any(|uri| uri == cmg::SERVER_REDIRECT);
    match (
        has(&app.properties.web_redirects()),
        has(&app.properties.desktop_redirects()),
    ) {
        (true, false) => Seen::ok(t.doc_server_redirect_ok()),
        (false, true) => Seen::ok(t.doc_server_redirect_desktop()),
        (true, true) => {
            Seen::attention(t.doc_server_redirect_both()).fix(&[Repair::SecondLocalhost])
        }
        (false, false) => {
            Seen::broken(t.doc_server_redirect_missing()).fix(&[Repair::Redirect(AppRole::Server)])
        }
    }
}

/// The scopes with this name, with the one that clients get.
fn ours(app: &ObservedApp) -> Vec<&wire::PermissionScope> {
    let scopes = app.properties.api.iter();
    scopes
        .flat_map(|api| &api.oauth2_permission_scopes)
        .filter(|scope| scope.value.as_deref() == Some(cmg::SCOPE_VALUE))
        .collect()
}

pub(super) fn scope(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let scopes = ours(app);
    let Some(enabled) = scopes.iter().find(|scope| scope.is_enabled) else {
        let text = if scopes.is_empty() {
            t.doc_scope_missing()
        } else {
            t.doc_scope_disabled()
        };
        return Seen::broken(text).fix(&[Repair::Scope]);
    };
    match enabled.kind.as_deref() {
        Some(cmg::SCOPE_TYPE) => Seen::ok(t.doc_scope_ok()),
        _ => Seen::attention(t.doc_scope_admins()).fix(&[Repair::ScopeForUsers]),
    }
}

pub(super) fn device_tokens(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    match app.properties.is_device_only_auth_supported {
        Some(true) => Seen::ok(t.doc_device_tokens_ok()),
        Some(false) | None => Seen::broken(t.doc_device_tokens_off()).fix(&[Repair::DeviceTokens]),
    }
}

pub(super) fn token_version(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let api = app.properties.api.as_ref();
    match api.and_then(|api| api.requested_access_token_version) {
        None | Some(1) => Seen::ok(t.doc_token_version_ok()),
        Some(version) => Seen::attention(t.doc_token_version_other(u64::from(version)))
            .fix(&[Repair::TokenVersion]),
    }
}

pub(super) fn implicit(view: &View<'_>, app: &ObservedApp) -> Seen {
    let settings = implicit_of(app);
    if settings == wire::Implicit::default() {
        Seen::ok(view.t.doc_implicit_ok())
    } else {
        Seen::attention(view.t.doc_implicit_on()).fix(&[Repair::Implicit(AppRole::Server)])
    }
}

pub(super) fn implicit_of(app: &ObservedApp) -> wire::Implicit {
    let web = app.properties.web.as_ref();
    web.and_then(|web| web.implicit_grant_settings)
        .unwrap_or_default()
}

pub(super) fn app_id_uri(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let uris = uris(app);
    let Some(first) = uris.first() else {
        return Seen::broken(t.doc_app_id_uri_missing()).fix(&[Repair::AppIdUri]);
    };
    // Validates the URI as if it were new, to report a URI that is accepted only because it already exists.
    let facts = AppFacts {
        existing_uris: Vec::new(),
        ..app_facts(Some(app), view.now)
    };
    let mut unknown = None;
    for uri in &uris {
        if uri.eq_ignore_ascii_case(cmg::CONSOLE_DEFAULT) {
            return Seen::attention(t.doc_app_id_uri_console(isolated(uri)));
        }
        match validate_text(uri, &view.observed.tenant.rules, &facts).outcome() {
            UriOutcome::RefusedByEntra | UriOutcome::RefusedByPolicy => {
                return Seen::attention(t.doc_app_id_uri_old(isolated(uri)));
            }
            UriOutcome::CannotTell => unknown = Some(uri),
            UriOutcome::Accepted | UriOutcome::NotRecommended => {}
        }
    }
    if let Some(uri) = unknown {
        return Seen::new(State::CannotTell, t.doc_app_id_uri_unknown(isolated(uri)));
    }
    if uris.len() == 1 {
        Seen::ok(t.doc_app_id_uri_ok(isolated(first)))
    } else {
        let all: Vec<String> = uris.iter().map(|uri| isolated(uri)).collect();
        Seen::ok(t.doc_app_id_uri_several(all.join(", ")))
    }
}

pub(super) fn broker(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let redirects = [
        app.properties.web_redirects(),
        app.properties.desktop_redirects(),
    ]
    .concat();
    if redirects.iter().any(|uri| cmg::is_broker(uri)) {
        Seen::attention(t.doc_broker_there()).fix(&[Repair::BrokerOnServer])
    } else {
        Seen::ok(t.doc_broker_ok())
    }
}

/// Whether an app requests a permission; `None` means any permission of the API.
pub(super) fn asks(
    app: &ObservedApp,
    api: AppId,
    permission: Option<(PermissionId, &str)>,
) -> bool {
    let asked = app.properties.required_resource_access.iter().flatten();
    asked
        .filter(|resource| resource.resource_app_id == api)
        .flat_map(|resource| &resource.resource_access)
        .any(|access| permission.is_none_or(|(id, kind)| access.id == id && access.kind == kind))
}

pub(super) fn permissions(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let as_app = asks(app, ids::GRAPH, Some((ids::DIRECTORY_READ_ALL, "Role")));
    let as_user = asks(
        app,
        ids::GRAPH,
        Some((ids::DIRECTORY_READ_ALL_DELEGATED, "Scope")),
    );
    let mut texts = Vec::new();
    let mut repairs = Vec::new();
    if as_user {
        texts.push(t.doc_server_permissions_delegated());
        repairs.push(Repair::DelegatedDirectory);
    }
    if asks(app, ids::AZURE_AD_GRAPH, None) {
        texts.push(t.doc_permissions_azure_ad_graph());
        repairs.push(Repair::AzureAdGraph(AppRole::Server));
    }
    let meant_discovery = !texts.is_empty();
    if asks(app, app.app_id, None) {
        texts.push(t.doc_permissions_own_api());
        repairs.push(Repair::OwnApi(AppRole::Server));
    }
    if texts.is_empty() {
        return Seen::ok(if as_app {
            t.doc_server_permissions_discovery()
        } else {
            t.doc_server_permissions_none()
        });
    }
    // An admin requested discovery with a permission type that does not allow it.
    if meant_discovery && !as_app {
        repairs.insert(0, Repair::DirectoryOn);
        Seen::broken(texts.join(" ")).fix(&repairs)
    } else {
        Seen::attention(texts.join(" ")).fix(&repairs)
    }
}

pub(super) fn principal(view: &View<'_>, app: &ObservedApp) -> Seen {
    principal_state(view.t, AppRole::Server, app)
}

pub(super) fn principal_state(t: Locale, part: AppRole, app: &ObservedApp) -> Seen {
    match &app.principal {
        Known::Unknown => Seen::unread(t),
        Known::Known(None) => {
            Seen::broken(t.doc_principal_missing()).fix(&[Repair::Principal(part)])
        }
        Known::Known(Some(principal)) => match principal.is_enabled {
            Known::Known(true) => Seen::ok(t.doc_principal_ok()),
            Known::Known(false) => {
                Seen::broken(t.doc_principal_disabled()).fix(&[Repair::Enable(part)])
            }
            Known::Unknown => Seen::unread(t),
        },
    }
}

pub(super) fn assignment(view: &View<'_>, app: &ObservedApp) -> Seen {
    assignment_of(view.t, AppRole::Server, app)
}

pub(super) fn assignment_of(t: Locale, part: AppRole, app: &ObservedApp) -> Seen {
    match principal_of(app).map(|principal| principal.is_assignment_required) {
        Some(Known::Known(false)) => Seen::ok(t.doc_assignment_ok()),
        Some(Known::Known(true)) => {
            Seen::attention(t.doc_assignment_required()).fix(&[Repair::Assignment(part)])
        }
        Some(Known::Unknown) => Seen::unread(t),
        // Without a service principal, no assignment is possible.
        None => match app.principal {
            Known::Unknown => Seen::unread(t),
            Known::Known(_) => Seen::ok(t.doc_assignment_none()),
        },
    }
}

pub(super) fn directory_consent(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let is_asked = asks(app, ids::GRAPH, Some((ids::DIRECTORY_READ_ALL, "Role")));
    match (is_asked, super::discovery(view)) {
        (_, Answer::CannotTell) => Seen::unread(t),
        (true, Answer::Yes) => Seen::ok(t.doc_directory_on()),
        (true, Answer::No) => {
            Seen::broken(t.doc_directory_not_granted()).fix(&[Repair::DirectoryOn])
        }
        (false, Answer::No) => Seen::ok(t.doc_directory_off()),
        (false, Answer::Yes) => {
            Seen::attention(t.doc_directory_not_asked()).fix(&[Repair::DirectoryOn])
        }
    }
}

pub(super) fn age(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let Some(created) = app.properties.created_date_time else {
        return Seen::unread(t);
    };
    let end = created.saturating_add(OLDEST).unwrap_or(Timestamp::MAX);
    let (made, until) = (iso_day(created), iso_day(end));
    let left = end.duration_since(view.now);
    if left <= SignedDuration::ZERO {
        Seen::attention(t.doc_age_over(&made, &until))
    } else if left < SOON {
        Seen::attention(t.doc_age_soon(&made, &until))
    } else {
        Seen::ok(t.doc_age_ok(&made, &until))
    }
}

pub(super) fn owners(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    match app.all_owners() {
        Known::Unknown => Seen::unread(t),
        Known::Known(owners) if owners.is_empty() => Seen::attention(t.doc_owners_none()),
        Known::Known(owners) => Seen::ok(t.doc_owners_some(owner_names(&owners))),
    }
}
