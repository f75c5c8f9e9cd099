//! Finds the pairs in a tenant that Configuration Manager may use. Sends eight reads, plus one for each known client ID, in parallel.
//!
//! A name proves nothing: an app that was found only by its name is offered, and the admin decides. Each candidate shows its evidence: this
//! tool's key or tag, a journal of this browser, a typed client ID, or a link to its other app by ID.

use crate::auth::session::Session;
use crate::desired::repair::AppRole;
use crate::graph;
use crate::graph::wire;
use crate::net::Failure;
use crate::net::Observer;
use crate::read::tenant::Reader;
use domain::cmg;
use domain::ids::AppId;
use domain::ids::GRAPH;
use domain::ids::ObjectId;
use domain::known::Known;
use domain::ownership_tags;
use domain::problem::Problem;
use jiff::Timestamp;

/// Prefixes of app names in Microsoft's articles and in real tenants.
const NAMES: [&str; 8] = [
    "CMG",
    "ConfigMgr",
    "SCCM",
    "MECM",
    "MEMCM",
    "MCM",
    "Configuration Manager",
    "CM-",
];

/// Prefix of the token broker's redirect URIs.
const BROKER: &str = "ms-appx-web://Microsoft.AAD.BrokerPlugin/";

/// Evidence that an app belongs to a pair, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatchEvidence {
    /// The admin typed its client ID.
    Typed,
    /// A journal of this browser records it.
    Recorded,
    /// It has this tool's key.
    Key,
    /// It has this tool's tag.
    Label,
    /// Its App ID URI has a form from Configuration Manager's documentation.
    Uri,
    /// It exposes the scope `user_impersonation`.
    Scope,
    /// It has a redirect URI of the token broker.
    Redirect,
    /// Only its name matches.
    Name,
}

/// An app that may belong to a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Which of the two apps it resembles.
    pub part: AppRole,
    /// Application (client) ID.
    pub app: AppId,
    /// Object ID of the application.
    pub object: ObjectId,
    /// Application name, as displayed.
    pub name: String,
    /// Evidence for the app, strongest first.
    pub clues: Vec<MatchEvidence>,
    /// Whether it is among the deleted items.
    pub is_deleted: bool,
    /// APIs whose permissions it requests, except Microsoft's own.
    pub asks_for: Vec<AppId>,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// Its App ID URIs.
    pub uris: Vec<String>,
    /// When its last secret expires. `None` if it has no secret.
    pub secret_end: Option<Timestamp>,
}

/// Two apps that may belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The web (server) app, if found.
    pub server: Option<AppId>,
    /// The native (client) app, if found.
    pub client: Option<AppId>,
    /// The client app requests permissions of the server app, so the pair is not a guess.
    pub is_linked: bool,
}

/// Result of the search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// All candidates, server apps first.
    pub candidates: Vec<Candidate>,
    /// The pairs they form, most certain first.
    pub pairs: Vec<Pair>,
    /// Some reads failed, so more candidates may exist.
    pub is_partial: bool,
}

impl Found {
    /// The candidate with this client ID.
    #[must_use]
    pub fn candidate(&self, app: AppId) -> Option<&Candidate> {
        self.candidates.iter().find(|it| it.app == app)
    }

    /// The only certain pair; `None` if there is none or more than one.
    #[must_use]
    pub fn only(&self) -> Option<&Pair> {
        let mut sure = self.pairs.iter().filter(|pair| self.is_sure(pair));
        let first = sure.next()?;
        sure.next().is_none().then_some(first)
    }

    /// True if every app of a pair was typed or recorded by this browser. Any app could have a key, tag, URI, or permission.
    #[must_use]
    pub fn is_sure(&self, pair: &Pair) -> bool {
        let is_strong = |app: AppId| {
            let candidate = self.candidate(app);
            candidate.is_some_and(|it| {
                it.clues
                    .first()
                    .is_some_and(|clue| *clue < MatchEvidence::Key)
            })
        };
        let mut apps = [pair.server, pair.client].into_iter().flatten();
        apps.all(is_strong)
    }

    /// Number of pairs that contain this app.
    #[must_use]
    pub fn uses(&self, app: AppId) -> usize {
        let is_in = |pair: &&Pair| pair.server == Some(app) || pair.client == Some(app);
        self.pairs.iter().filter(is_in).count()
    }
}

/// Searches for candidates. `recorded` are client IDs from journals; `typed` is one that the admin pasted.
///
/// # Errors
/// Only failures that make reading pointless: signed out, cancelled, or a foreign host.
pub async fn discover_pairs(
    session: &Session,
    keys: [String; 2],
    recorded: &[AppId],
    typed: Option<AppId>,
    watch: &Observer,
) -> Result<Found, Problem> {
    let reader = Reader { session, watch };
    reader
        .find(keys, recorded, typed)
        .await
        .map_err(|failure| graph::errors::problem(&failure))
}

impl Reader<'_> {
    async fn find(
        &self,
        [server_key, client_key]: [String; 2],
        recorded: &[AppId],
        typed: Option<AppId>,
    ) -> Result<Found, Failure> {
        let cloud = self.session.cloud();
        let in_tenant = format!("api://{}/", self.session.tenant());
        let by_id =
            recorded.iter().copied().chain(typed).map(|app| {
                self.maybe::<wire::Application>(graph::application_by_app_id(cloud, app))
            });
        let (server, client, tagged, default_uri, tenant_uri, redirected, named, deleted, by_id) = futures_util::join!(
            self.application(&server_key),
            self.application(&client_key),
            self.list::<wire::Application>(graph::applications_tagged(cloud, ownership_tags::TAG)),
            self.list::<wire::Application>(graph::applications_with_uri_like(
                cloud,
                cmg::CONSOLE_DEFAULT
            )),
            self.list::<wire::Application>(graph::applications_with_uri_like(cloud, &in_tenant)),
            self.list::<wire::Application>(graph::applications_with_redirect_like(cloud, BROKER)),
            self.list::<wire::Application>(graph::applications_named_like(cloud, &NAMES)),
            self.list::<wire::Application>(graph::deleted_applications(cloud)),
            futures_util::future::join_all(by_id),
        );
        let mut search = Search {
            typed,
            recorded: recorded.to_vec(),
            found: Found::default(),
        };
        for found in [server, client].into_iter().chain(by_id) {
            search.take(found?.map(|it| it.into_iter().collect()), false);
        }
        for found in [tagged, default_uri, tenant_uri, redirected, named] {
            search.take(found?, false);
        }
        search.take(deleted?, true);
        Ok(search.end())
    }
}

struct Search {
    typed: Option<AppId>,
    recorded: Vec<AppId>,
    found: Found,
}

impl Search {
    fn take(&mut self, apps: Known<Vec<wire::Application>>, is_deleted: bool) {
        let Known::Known(apps) = apps else {
            self.found.is_partial = true;
            return;
        };
        for app in apps {
            if let Some(candidate) = self.candidate(&app, is_deleted)
                && self.found.candidate(candidate.app).is_none()
            {
                self.found.candidates.push(candidate);
            }
        }
    }

    /// Classifies an app. `None` if it resembles neither app.
    fn candidate(&self, app: &wire::Application, is_deleted: bool) -> Option<Candidate> {
        let (id, object) = (app.app_id?, app.id?);
        let name = app.display_name.clone().unwrap_or_default();
        let key = app.unique_name.as_deref().unwrap_or_default();
        let uris = app.identifier_uris.iter().flatten();
        let has_uri = uris.clone().any(|uri| {
            uri.eq_ignore_ascii_case(cmg::CONSOLE_DEFAULT)
                || uri.to_ascii_lowercase().contains("configmgr")
        });
        let scopes = app.api.iter().flat_map(|api| &api.oauth2_permission_scopes);
        let has_scope = scopes
            .clone()
            .any(|scope| scope.value.as_deref() == Some(cmg::SCOPE_VALUE));
        let has_own_broker = app.desktop_redirects().contains(&cmg::broker_redirect(id));
        let has_broker = app
            .desktop_redirects()
            .iter()
            .any(|uri| cmg::is_broker(uri));
        let is_named = NAMES.iter().any(|start| {
            name.get(..start.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(start))
        });
        let exposes = has_uri || uris.count() > 0 || scopes.count() > 0;
        let mut clues = Vec::new();
        let mut add = |is_so, clue| {
            if is_so {
                clues.push(clue);
            }
        };
        add(self.typed == Some(id), MatchEvidence::Typed);
        add(self.recorded.contains(&id), MatchEvidence::Recorded);
        add(
            key.starts_with(ownership_tags::KEY_PREFIX),
            MatchEvidence::Key,
        );
        let tags = app.tags.iter().flatten();
        add(
            tags.into_iter().any(|tag| tag == ownership_tags::TAG),
            MatchEvidence::Label,
        );
        add(has_uri, MatchEvidence::Uri);
        add(has_scope && (has_uri || is_named), MatchEvidence::Scope);
        add(has_own_broker && is_named, MatchEvidence::Redirect);
        add(is_named, MatchEvidence::Name);
        // A common scope or redirect URI alone is not evidence: every API and every desktop app may have it.
        let asks_for: Vec<AppId> = app
            .required_resource_access
            .iter()
            .flatten()
            .map(|it| it.resource_app_id)
            .filter(|api| *api != GRAPH && *api != domain::ids::AZURE_AD_GRAPH && *api != id)
            .collect();
        let is_public = has_broker || app.is_fallback_public_client == Some(true);
        let looks_like_client = is_public && !exposes
            || key.starts_with(&format!("{}client", ownership_tags::KEY_PREFIX));
        // ASCII letters only: the tables for all other letters would add more to the page than this file.
        let plain = name.to_ascii_lowercase();
        let says_client = plain.contains("client") || plain.contains("native");
        let is_client = looks_like_client || !exposes && says_client;
        // Kept because it may be linked to a server app.
        if clues.is_empty() && !(is_client && !asks_for.is_empty() && has_broker) {
            return None;
        }
        let part = if is_client {
            AppRole::Client
        } else {
            AppRole::Server
        };
        let is_either = part == AppRole::Client
            || exposes
            || !app.web_redirects().is_empty()
            || clues.first() < Some(&MatchEvidence::Name);
        is_either.then_some(Candidate {
            part,
            app: id,
            object,
            name,
            clues,
            is_deleted,
            asks_for,
            created: app.created_date_time,
            uris: app.identifier_uris.clone().unwrap_or_default(),
            secret_end: (app.password_credentials.iter().flatten())
                .filter_map(|secret| secret.end_date_time)
                .max(),
        })
    }

    /// Links the candidates to pairs, and drops candidates that were kept for a link that does not exist.
    fn end(mut self) -> Found {
        let servers: Vec<AppId> = self.of(AppRole::Server);
        let is_linked = |it: &Candidate| it.asks_for.iter().any(|api| servers.contains(api));
        self.found
            .candidates
            .retain(|it| !it.clues.is_empty() || is_linked(it));
        let clients: Vec<Candidate> = self
            .found
            .candidates
            .iter()
            .filter(|it| it.part == AppRole::Client)
            .cloned()
            .collect();
        let mut pairs = Vec::new();
        let mut alone = Vec::new();
        for client in &clients {
            let tied: Vec<AppId> = servers
                .iter()
                .copied()
                .filter(|server| client.asks_for.contains(server))
                .collect();
            if tied.is_empty() {
                alone.push(client.app);
            }
            pairs.extend(tied.into_iter().map(|server| Pair {
                server: Some(server),
                client: Some(client.app),
                is_linked: true,
            }));
        }
        let mut free: Vec<AppId> = servers
            .iter()
            .copied()
            .filter(|server| !pairs.iter().any(|pair| pair.server == Some(*server)))
            .collect();
        // One app of each kind is left. They may belong together; the admin decides.
        if let ([server], [client]) = (free.as_slice(), alone.as_slice()) {
            pairs.push(Pair {
                server: Some(*server),
                client: Some(*client),
                is_linked: false,
            });
            free.clear();
            alone.clear();
        }
        pairs.extend(free.into_iter().map(|server| Pair {
            server: Some(server),
            client: None,
            is_linked: false,
        }));
        pairs.extend(alone.into_iter().map(|client| Pair {
            server: None,
            client: Some(client),
            is_linked: false,
        }));
        let (sure, unsure): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|pair| self.found.is_sure(pair));
        self.found.pairs = [sure, unsure].concat();
        let (servers, clients): (Vec<_>, Vec<_>) = std::mem::take(&mut self.found.candidates)
            .into_iter()
            .partition(|it| it.part == AppRole::Server);
        self.found.candidates = [servers, clients].concat();
        self.found
    }

    fn of(&self, part: AppRole) -> Vec<AppId> {
        let all = self.found.candidates.iter();
        all.filter(|it| it.part == part).map(|it| it.app).collect()
    }
}
