//! Computes the changes to an existing app: what Configuration Manager needs and the app lacks, and what the admin selected for removal.
//!
//! All other values of the app stay: collections are sent as the union, minus the selected removals.

use crate::desired::Desired;
use crate::desired::repair::AppRole;
use crate::desired::repair::Repair;
use crate::graph::wire;
use crate::plan::Property;
use crate::plan::shapes::directory_read;
use crate::plan::shapes::scope;
use crate::plan::write::with_access;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;
use crate::read::observed::there;
use domain::cmg;
use domain::ids;
use domain::ids::AppId;
use domain::ids::PermissionId;

/// Changes to one app.
#[derive(Debug, Default)]
pub(crate) struct Change {
    /// Properties to send.
    pub patch: wire::Application,
    /// The properties that change. If empty, nothing is sent.
    pub differs: Vec<Property>,
    /// A property differs, but its repair is not selected.
    pub is_left: bool,
}

impl Change {
    /// Notes a property that differs. True if its repair is selected.
    fn is_due(&mut self, desired: &Desired, repair: Repair, property: Property) -> bool {
        if !desired.wants(repair) {
            self.is_left = true;
            return false;
        }
        if !self.differs.contains(&property) {
            self.differs.push(property);
        }
        true
    }
}

/// Computes the changes to the server app.
pub(crate) fn server_patch(desired: &Desired, app: &ObservedApp) -> Change {
    let now = &app.properties;
    let mut change = Change::default();
    active(&mut change, desired, AppRole::Server, now);
    audience(&mut change, desired, AppRole::Server, now);
    if now.is_device_only_auth_supported != Some(true)
        && change.is_due(desired, Repair::DeviceTokens, Property::DeviceOnly)
    {
        change.patch.is_device_only_auth_supported = Some(true);
    }
    server_redirects(&mut change, desired, app);
    implicit(&mut change, desired, AppRole::Server, now);
    api(&mut change, desired, now);
    let asked = now.required_resource_access.clone().unwrap_or_default();
    let mut wanted = asked.clone();
    if desired.wants_directory()
        && let Some(union) = with_access(&wanted, directory_read())
    {
        wanted = union;
    }
    let gone = |repair| desired.wants(repair);
    if gone(Repair::DirectoryOff) {
        drop_access(
            &mut wanted,
            ids::GRAPH,
            Some((ids::DIRECTORY_READ_ALL, "Role")),
        );
    }
    if gone(Repair::DelegatedDirectory) {
        let delegated = (ids::DIRECTORY_READ_ALL_DELEGATED, "Scope");
        drop_access(&mut wanted, ids::GRAPH, Some(delegated));
    }
    if gone(Repair::AzureAdGraph(AppRole::Server)) {
        drop_access(&mut wanted, ids::AZURE_AD_GRAPH, None);
    }
    if gone(Repair::OwnApi(AppRole::Server)) {
        drop_access(&mut wanted, app.app_id, None);
    }
    if wanted != asked {
        change.patch.required_resource_access = Some(wanted);
        change.differs.push(Property::Permissions);
    }
    change
}

/// Computes the changes to the client app, except for its own redirect URI and permissions.
pub(crate) fn client_patch(desired: &Desired, app: &ObservedApp) -> Change {
    let now = &app.properties;
    let mut change = Change::default();
    active(&mut change, desired, AppRole::Client, now);
    audience(&mut change, desired, AppRole::Client, now);
    if now.is_fallback_public_client != Some(true)
        && change.is_due(desired, Repair::PublicClient, Property::PublicClient)
    {
        change.patch.is_fallback_public_client = Some(true);
    }
    implicit(&mut change, desired, AppRole::Client, now);
    change
}

/// Removals from the client app's redirect URIs and permissions. They share a request with the additions, because Graph replaces lists as a
/// whole.
pub(crate) fn client_gone(
    desired: &Desired,
    observed: &Observed,
    app: &ObservedApp,
) -> (Vec<String>, Vec<wire::RequiredResource>) {
    let redirects = app.properties.desktop_redirects();
    let asked = app
        .properties
        .required_resource_access
        .clone()
        .unwrap_or_default();
    let mut kept = redirects.clone();
    let mut wanted = asked.clone();
    if desired.wants(Repair::ForeignBroker) {
        kept.retain(|uri| !cmg::is_foreign_broker(uri, app.app_id));
    }
    if desired.wants(Repair::AzureAdGraph(AppRole::Client)) {
        drop_access(&mut wanted, ids::AZURE_AD_GRAPH, None);
    }
    if desired.wants(Repair::OwnApi(AppRole::Client)) {
        drop_access(&mut wanted, app.app_id, None);
    }
    if desired.wants(Repair::GoneScope)
        && let Some(server) = there(&observed.server)
    {
        let known = scope_ids(&server.properties);
        for resource in wanted
            .iter_mut()
            .filter(|it| it.resource_app_id == server.app_id)
        {
            resource
                .resource_access
                .retain(|access| access.kind != "Scope" || known.contains(&access.id));
        }
        wanted.retain(|it| !it.resource_access.is_empty());
    }
    (kept, wanted)
}

/// IDs of the scopes that an app has, enabled or not.
#[must_use]
pub fn scope_ids(app: &wire::Application) -> Vec<PermissionId> {
    scopes(app).iter().map(|scope| scope.id).collect()
}

fn scopes(app: &wire::Application) -> Vec<wire::PermissionScope> {
    app.api
        .as_ref()
        .map(|api| api.oauth2_permission_scopes.clone())
        .unwrap_or_default()
}

/// Only if this repair is selected, because an admin deactivated the app for a reason.
fn active(change: &mut Change, desired: &Desired, part: AppRole, now: &wire::Application) {
    if now.is_disabled == Some(true) && desired.wants(Repair::Reactivate(part)) {
        change.patch.is_disabled = Some(false);
        change.differs.push(Property::Active);
    }
}

fn audience(change: &mut Change, desired: &Desired, part: AppRole, now: &wire::Application) {
    if now.sign_in_audience.as_deref() != Some(cmg::SIGN_IN_AUDIENCE)
        && change.is_due(desired, Repair::Audience(part), Property::Audience)
    {
        change.patch.sign_in_audience = Some(cmg::SIGN_IN_AUDIENCE.to_owned());
    }
}

fn implicit(change: &mut Change, desired: &Desired, part: AppRole, now: &wire::Application) {
    let settings = now
        .web
        .as_ref()
        .and_then(|web| web.implicit_grant_settings)
        .unwrap_or_default();
    // Only if this repair is selected: an older Microsoft page required the setting, and it may be in use.
    if settings != wire::Implicit::default() && desired.wants(Repair::Implicit(part)) {
        let web = change.patch.web.get_or_insert_default();
        web.implicit_grant_settings = Some(wire::Implicit::default());
        change.differs.push(Property::Implicit);
    }
}

fn server_redirects(change: &mut Change, desired: &Desired, app: &ObservedApp) {
    let (on_web, on_desktop) = (
        app.properties.web_redirects(),
        app.properties.desktop_redirects(),
    );
    let (mut wanted_web, mut wanted_desktop) = (on_web.clone(), on_desktop.clone());
    // From 2023 to 2024, the documentation used the public client platform, which also works (cmg.md 0.1).
    let has = |list: &[String]| list.iter().any(|uri| uri == cmg::SERVER_REDIRECT);
    if !has(&on_web)
        && !has(&on_desktop)
        && change.is_due(
            desired,
            Repair::Redirect(AppRole::Server),
            Property::Redirect,
        )
    {
        wanted_web.push(cmg::SERVER_REDIRECT.to_owned());
    }
    if desired.wants(Repair::SecondLocalhost) && has(&on_web) {
        wanted_desktop.retain(|uri| uri != cmg::SERVER_REDIRECT);
    }
    if desired.wants(Repair::BrokerOnServer) {
        wanted_web.retain(|uri| !cmg::is_broker(uri));
        wanted_desktop.retain(|uri| !cmg::is_broker(uri));
    }
    if wanted_web != on_web {
        change.patch.web.get_or_insert_default().redirect_uris = Some(wanted_web);
    }
    if wanted_desktop != on_desktop {
        change.patch.public_client = Some(wire::PublicClient {
            redirect_uris: wanted_desktop,
        });
    }
    let is_changed = change.patch.web.is_some() || change.patch.public_client.is_some();
    if is_changed && !change.differs.contains(&Property::Redirect) {
        change.differs.push(Property::Redirect);
    }
}

fn api(change: &mut Change, desired: &Desired, now: &wire::Application) {
    let mut wanted = scopes(now);
    let ours =
        |scope: &&mut wire::PermissionScope| scope.value.as_deref() == Some(cmg::SCOPE_VALUE);
    let is_ready = |scope: &wire::PermissionScope| {
        scope.value.as_deref() == Some(cmg::SCOPE_VALUE) && scope.is_enabled
    };
    let is_wide = |scope: &wire::PermissionScope| scope.kind.as_deref() == Some(cmg::SCOPE_TYPE);
    let mut is_changed = false;
    if !wanted.iter().any(is_ready) && change.is_due(desired, Repair::Scope, Property::Scope) {
        is_changed = true;
        match wanted.iter_mut().find(ours) {
            Some(disabled) => disabled.is_enabled = true,
            None => wanted.push(scope(
                desired.scope_id,
                desired.server_name.as_str(),
                desired.text_language,
            )),
        }
    }
    if desired.wants(Repair::ScopeForUsers)
        && let Some(narrow) = wanted.iter_mut().filter(ours).find(|it| !is_wide(it))
    {
        is_changed = true;
        // The previous step disabled it.
        narrow.kind = Some(cmg::SCOPE_TYPE.to_owned());
        narrow.is_enabled = true;
        if !change.differs.contains(&Property::Scope) {
            change.differs.push(Property::Scope);
        }
    }
    let version = now
        .api
        .as_ref()
        .and_then(|api| api.requested_access_token_version);
    let is_version_one_asked =
        desired.wants(Repair::TokenVersion) && version.is_some_and(|it| it > 1);
    if is_version_one_asked {
        change.differs.push(Property::TokenVersion);
    }
    if is_changed || is_version_one_asked {
        change.patch.api = Some(wire::Api {
            requested_access_token_version: None,
            is_version_one_asked,
            oauth2_permission_scopes: wanted,
        });
    }
}

/// The scopes, with the scope that will change disabled. `None` if it is already disabled.
pub(crate) fn scope_off(desired: &Desired, app: &ObservedApp) -> Option<wire::Application> {
    if !desired.wants(Repair::ScopeForUsers) {
        return None;
    }
    let mut scopes = scopes(&app.properties);
    let narrow = scopes.iter_mut().find(|scope| {
        scope.value.as_deref() == Some(cmg::SCOPE_VALUE)
            && scope.kind.as_deref() != Some(cmg::SCOPE_TYPE)
            && scope.is_enabled
    })?;
    narrow.is_enabled = false;
    Some(wire::Application {
        api: Some(wire::Api {
            requested_access_token_version: None,
            is_version_one_asked: false,
            oauth2_permission_scopes: scopes,
        }),
        ..Default::default()
    })
}

/// Removes one or all permissions of an API, and the API itself if none is left.
fn drop_access(
    asked: &mut Vec<wire::RequiredResource>,
    api: AppId,
    permission: Option<(PermissionId, &str)>,
) {
    for resource in asked.iter_mut().filter(|it| it.resource_app_id == api) {
        match permission {
            Some((id, kind)) => resource
                .resource_access
                .retain(|it| it.id != id || it.kind != kind),
            None => resource.resource_access.clear(),
        }
    }
    asked.retain(|it| it.resource_app_id != api || !it.resource_access.is_empty());
}
