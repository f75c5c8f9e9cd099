//! Checks of the native (client) app.

use crate::audit::Seen;
use crate::audit::State;
use crate::audit::View;
use crate::audit::server;
use crate::desired::repair::AppRole;
use crate::desired::repair::Repair;
use crate::graph::wire;
use crate::plan::change::scope_ids;
use crate::read::observed::ObservedApp;
use domain::cmg;
use domain::ids;
use domain::ids::ObjectId;
use domain::known::Known;

/// End of the redirect URI for approving applications by email over the internet ("Approve applications", 2026).
const APPROVAL: &str = "/CCM_Proxy_ServerAuth/ImplicitAuth";

pub(super) fn app(view: &View<'_>) -> Seen {
    let t = view.t;
    match &view.observed.client {
        Known::Unknown => Seen::unread(t),
        Known::Known(None) if view.observed.around.deleted.1.is_some() => {
            Seen::broken(t.doc_app_deleted()).fix(&[Repair::Restore(AppRole::Client)])
        }
        Known::Known(None) => {
            let chosen = view.desired.existing.as_ref().and_then(|it| it.client);
            let seen = Seen::broken(t.doc_app_missing());
            if chosen.is_none() {
                // A new client app works only with all its related objects.
                seen.fix(&[
                    Repair::Create(AppRole::Client),
                    Repair::Principal(AppRole::Client),
                    Repair::ServerConsent,
                    Repair::GraphConsent,
                ])
            } else {
                seen
            }
        }
        Known::Known(Some(app)) if view.server().map(|it| it.app_id) == Some(app.app_id) => {
            Seen::broken(t.doc_app_both())
        }
        Known::Known(Some(app)) => server::there(view, AppRole::Client, app),
    }
}

pub(super) fn audience(view: &View<'_>, app: &ObservedApp) -> Seen {
    server::audience_of(view.t, AppRole::Client, app)
}

pub(super) fn redirect(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let on_desktop = app.properties.desktop_redirects();
    let wanted = cmg::broker_redirect(app.app_id);
    let is_there = on_desktop.contains(&wanted);
    let has_foreign = on_desktop
        .iter()
        .any(|uri| cmg::is_foreign_broker(uri, app.app_id));
    match (is_there, has_foreign) {
        (true, false) => Seen::ok(t.doc_client_redirect_ok()),
        (true, true) => {
            Seen::attention(t.doc_client_redirect_foreign()).fix(&[Repair::ForeignBroker])
        }
        (false, true) => Seen::broken(t.doc_client_redirect_wrong())
            .fix(&[Repair::Redirect(AppRole::Client), Repair::ForeignBroker]),
        (false, false) if app.properties.web_redirects().contains(&wanted) => {
            Seen::broken(t.doc_client_redirect_platform()).fix(&[Repair::Redirect(AppRole::Client)])
        }
        (false, false) => {
            Seen::broken(t.doc_client_redirect_missing()).fix(&[Repair::Redirect(AppRole::Client)])
        }
    }
}

pub(super) fn public_client(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    match app.properties.is_fallback_public_client {
        Some(true) => Seen::ok(t.doc_public_client_ok()),
        Some(false) | None => Seen::broken(t.doc_public_client_off()).fix(&[Repair::PublicClient]),
    }
}

pub(super) fn permissions(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let mut texts = Vec::new();
    let mut repairs = Vec::new();
    let Some(server_app) = view.server() else {
        return Seen::new(State::CannotTell, t.doc_client_permissions_no_server());
    };
    let scopes = scope_ids(&server_app.properties);
    let asked: Vec<_> = app
        .properties
        .required_resource_access
        .iter()
        .flatten()
        .filter(|it| it.resource_app_id == server_app.app_id)
        .flat_map(|it| &it.resource_access)
        .filter(|it| it.kind == "Scope")
        .map(|it| it.id)
        .collect();
    let ours = server_app.properties.api.iter();
    let is_ours = ours
        .flat_map(|api| &api.oauth2_permission_scopes)
        .filter(|scope| scope.value.as_deref() == Some(cmg::SCOPE_VALUE))
        .any(|scope| asked.contains(&scope.id));
    if !is_ours {
        texts.push(t.doc_client_permissions_missing());
        repairs.push(Repair::Permissions);
    }
    if asked.iter().any(|id| !scopes.contains(id)) {
        texts.push(t.doc_client_permissions_gone());
        repairs.push(Repair::GoneScope);
    }
    if !server::asks(app, ids::GRAPH, Some((ids::USER_READ, "Scope"))) {
        texts.push(t.doc_client_permissions_user_read());
        repairs.push(Repair::Permissions);
    }
    if server::asks(app, ids::AZURE_AD_GRAPH, None) {
        texts.push(t.doc_permissions_azure_ad_graph());
        repairs.push(Repair::AzureAdGraph(AppRole::Client));
    }
    if server::asks(app, app.app_id, None) {
        texts.push(t.doc_permissions_own_api());
        repairs.push(Repair::OwnApi(AppRole::Client));
    }
    repairs.dedup();
    if texts.is_empty() {
        Seen::ok(t.doc_client_permissions_ok())
    } else {
        Seen::attention(texts.join(" ")).fix(&repairs)
    }
}

pub(super) fn implicit(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let is_approval = |uri: &String| {
        uri.len() > APPROVAL.len()
            && uri
                .get(uri.len() - APPROVAL.len()..)
                .is_some_and(|end| end.eq_ignore_ascii_case(APPROVAL))
    };
    let on_spa = app.properties.spa.iter();
    let is_on_spa = on_spa.flat_map(|spa| &spa.redirect_uris).any(is_approval);
    let is_elsewhere = [
        app.properties.web_redirects(),
        app.properties.desktop_redirects(),
    ]
    .concat()
    .iter()
    .any(is_approval);
    if is_elsewhere {
        return Seen::attention(t.doc_implicit_approval_platform());
    }
    let settings = server::implicit_of(app);
    let is_on = settings != wire::Implicit::default();
    match (is_on, is_on_spa) {
        (false, false) => Seen::ok(t.doc_implicit_ok()),
        (true, true) => Seen::ok(t.doc_implicit_approval()),
        (true, false) => {
            Seen::attention(t.doc_implicit_on()).fix(&[Repair::Implicit(AppRole::Client)])
        }
        (false, true) => Seen::attention(t.doc_implicit_approval_off()),
    }
}

pub(super) fn principal(view: &View<'_>, app: &ObservedApp) -> Seen {
    server::principal_state(view.t, AppRole::Client, app)
}

pub(super) fn assignment(view: &View<'_>, app: &ObservedApp) -> Seen {
    server::assignment_of(view.t, AppRole::Client, app)
}

/// How an API permission is granted to the client app.
enum Granted {
    ForAll,
    ForSome,
    Not,
    Unknown,
}

fn granted(app: &ObservedApp, resource: Option<ObjectId>, value: &str) -> Granted {
    let principal = match &app.principal {
        Known::Unknown => return Granted::Unknown,
        Known::Known(None) => return Granted::Not,
        Known::Known(Some(principal)) => principal,
    };
    let (Known::Known(grants), Some(resource)) = (&principal.grants, resource) else {
        return Granted::Unknown;
    };
    let mut found = grants.iter().filter(|grant| {
        grant.resource_id == resource && grant.scope.split_whitespace().any(|it| it == value)
    });
    if found
        .clone()
        .any(|grant| grant.consent_type == "AllPrincipals")
    {
        Granted::ForAll
    } else if found.next().is_some() {
        Granted::ForSome
    } else {
        Granted::Not
    }
}

pub(super) fn server_consent(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let resource = match view.server().map(|server| &server.principal) {
        Some(Known::Known(Some(principal))) => Some(principal.object_id),
        Some(Known::Known(None)) | None => {
            return Seen::broken(t.doc_server_consent_missing()).fix(&[Repair::ServerConsent]);
        }
        Some(Known::Unknown) => None,
    };
    let repairs = &[Repair::ServerConsent];
    match granted(app, resource, cmg::SCOPE_VALUE) {
        Granted::ForAll => Seen::ok(t.doc_server_consent_ok()),
        Granted::ForSome => Seen::broken(t.doc_server_consent_some()).fix(repairs),
        Granted::Not => Seen::broken(t.doc_server_consent_missing()).fix(repairs),
        Granted::Unknown => Seen::unread(t),
    }
}

pub(super) fn graph_consent(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    let graph = view.observed.graph_principal.as_ref().known().copied();
    let repairs = &[Repair::GraphConsent];
    match granted(app, graph, "User.Read") {
        Granted::ForAll => Seen::ok(t.doc_graph_consent_ok()),
        Granted::ForSome | Granted::Not => {
            Seen::attention(t.doc_graph_consent_missing()).fix(repairs)
        }
        Granted::Unknown => Seen::unread(t),
    }
}

pub(super) fn owners(view: &View<'_>, app: &ObservedApp) -> Seen {
    server::owners(view, app)
}
