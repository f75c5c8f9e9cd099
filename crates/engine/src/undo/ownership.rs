//! Checks which objects belong to this tool before anything is undone.
//!
//! A journal may come from a file, and the file's author may try to delete other objects. So an ID in a journal is never enough: the object
//! itself must have this tool's key or tag, or belong to an app that does.

use std::rc::Rc;

use serde_json::Value;
use uuid::Uuid;

use crate::auth::account::Audience;
use crate::auth::session::Session;
use crate::graph;
use crate::graph::wire;
use crate::journal::Created;
use crate::journal::history::CreatedObject;
use crate::journal::history::REPLICATION_WINDOW;
use crate::journal::history::now;
use crate::net::ApiRequest;
use crate::net::ApiResponse;
use crate::net::Failure;
use crate::net::Observer;
use crate::net::cancel::CancellationToken;
use crate::read::observed::Observed;
use crate::undo::give_back::CurrentObjects;
use crate::undo::wait::ReplicationWait;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ownership_tags;
use domain::platform::Platform;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use jiff::Timestamp;

/// The pair as read, identified by its keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ownership {
    /// Application (client) IDs of the two apps.
    apps: Vec<AppId>,
    /// Object IDs of their service principals.
    principals: Vec<ObjectId>,
    /// Description of this run's secrets.
    secret: String,
}

/// Result of a presence check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The object exists and belongs to this tool.
    There,
    /// The object does not exist.
    Gone,
    /// An object with this ID exists, but does not belong to this tool.
    Foreign,
}

impl Ownership {
    /// Records what belongs to this tool. `None` if the pair could not be read, because ownership is unknown then.
    pub(crate) fn of(observed: &Observed, run: Uuid) -> Option<Self> {
        let mut own = Self {
            secret: ownership_tags::secret_name(&run.to_string()),
            ..Self::default()
        };
        for app in [&observed.server, &observed.client] {
            // A journal names the pair it changed by client ID and could name any app. Apps of this tool have its key or tag.
            let app = app.as_ref().known()?.as_ref();
            let Some(app) = app.filter(|app| is_tagged(&app.properties)) else {
                continue;
            };
            own.apps.push(app.app_id);
            let principal = app.principal.as_ref().known()?;
            own.principals
                .extend(principal.as_ref().map(|it| it.object_id));
        }
        Some(own)
    }

    /// Whether an object that was read belongs to this tool.
    fn has(&self, made: &Created, body: &Value) -> bool {
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let id = |name: &str| text(name).parse::<ObjectId>().ok();
        match made {
            Created::Application { .. } => has_key(body),
            Created::Change { .. } => has_key(body) || has_tag(body),
            Created::Secret { key, .. } => {
                let secrets = body.get("passwordCredentials").and_then(Value::as_array);
                let mut same = secrets.into_iter().flatten().filter(|it| {
                    it["keyId"]
                        .as_str()
                        .is_some_and(|id| id.parse() == Ok(*key))
                });
                (has_key(body) || has_tag(body)) && same.all(|it| it["displayName"] == *self.secret)
            }
            Created::Principal { .. } => text("appId")
                .parse()
                .is_ok_and(|id| self.apps.contains(&id)),
            Created::Grant { .. } | Created::Scopes { .. } => {
                id("clientId").is_some_and(|id| self.principals.contains(&id))
            }
            Created::Role { .. } => {
                id("principalId").is_some_and(|id| self.principals.contains(&id))
            }
        }
    }
}

fn is_tagged(app: &wire::Application) -> bool {
    let key = app.unique_name.as_deref().unwrap_or_default();
    let mut tags = app.tags.iter().flatten();
    key.starts_with(ownership_tags::KEY_PREFIX) || tags.any(|tag| tag == ownership_tags::TAG)
}

fn has_key(app: &Value) -> bool {
    app["uniqueName"]
        .as_str()
        .is_some_and(|key| key.starts_with(ownership_tags::KEY_PREFIX))
}

/// True if the app has this tool's tag: a run changed an app that this tool did not create, and undo may reverse those changes.
fn has_tag(app: &Value) -> bool {
    let tags = app["tags"].as_array();
    tags.into_iter()
        .flatten()
        .any(|tag| tag == ownership_tags::TAG)
}

/// Checks objects before they are removed.
pub(crate) struct Looker {
    pub(crate) world: Rc<dyn Platform>,
    pub(crate) session: Session,
    pub(crate) cancel: CancellationToken,
    /// What belongs to this tool in the tenant.
    pub(crate) own: Ownership,
}

impl Looker {
    pub(crate) async fn send(&self, call: ApiRequest) -> Result<ApiResponse, Failure> {
        let watch = Observer::with_cancel(|_| (), self.cancel.clone());
        self.session.call(Audience::Graph, call, &watch).await
    }

    /// Reads everything that a run created or changed: which objects belong to others, and the current state of the changes.
    pub(crate) async fn seen(&self, made: &[CreatedObject]) -> Result<CurrentObjects, Problem> {
        let cloud = self.session.cloud();
        let mut seen = CurrentObjects::default();
        for CreatedObject { made, .. } in made {
            match self.check_presence(made, look_at(cloud, made)).await? {
                Presence::Foreign => seen.foreign.push(made.clone()),
                Presence::There => match made {
                    Created::Change { object, .. } => {
                        let properties = self.properties(*object).await?;
                        seen.apps.extend(properties.map(|it| (*object, it)));
                    }
                    Created::Scopes { id, .. } => {
                        let scopes = self.scopes(id).await?;
                        seen.grants.extend(scopes.map(|it| (id.clone(), it)));
                    }
                    Created::Application { .. }
                    | Created::Principal { .. }
                    | Created::Grant { .. }
                    | Created::Role { .. }
                    | Created::Secret { .. } => {}
                },
                // Already removed, or not visible yet: it is read again before its removal.
                Presence::Gone => {}
            }
        }
        Ok(seen)
    }

    /// Properties of an application, as they would be sent. `None` if it does not exist.
    pub(crate) async fn properties(&self, object: ObjectId) -> Result<Option<Value>, Problem> {
        let call = graph::application(self.session.cloud(), object);
        let Some(body) = self.read(call).await? else {
            return Ok(None);
        };
        let app: wire::Application = serde_json::from_value(body)
            .map_err(|_| Problem::new(ProblemKind::UnexpectedAnswer))?;
        Ok(Some(now(&app)))
    }

    /// Scopes of a grant. `None` if it does not exist.
    pub(crate) async fn scopes(&self, id: &str) -> Result<Option<String>, Problem> {
        let call = graph::grant(self.session.cloud(), id);
        let Some(body) = self.read(call).await? else {
            return Ok(None);
        };
        let grant: wire::PermissionGrant = serde_json::from_value(body)
            .map_err(|_| Problem::new(ProblemKind::UnexpectedAnswer))?;
        Ok(Some(grant.scope))
    }

    /// Checks whether an object of this run exists. A new object may not have replicated, so "not found" counts only if the object was seen
    /// before, is among the deleted items, or is old enough.
    pub(crate) async fn find(
        &self,
        made: &Created,
        at: Timestamp,
        was_seen: bool,
    ) -> Result<Presence, Problem> {
        let cloud = self.session.cloud();
        let look = look_at(cloud, made);
        let soft = match made {
            Created::Application { object, .. }
            | Created::Change { object, .. }
            | Created::Secret { object, .. }
            | Created::Principal { object } => Some(*object),
            Created::Grant { .. } | Created::Scopes { .. } | Created::Role { .. } => None,
        };
        let wait = ReplicationWait::start(&self.world);
        loop {
            let sight = self.check_presence(made, look.clone()).await?;
            let is_settled = was_seen || self.world.now().duration_since(at) >= REPLICATION_WINDOW;
            if sight != Presence::Gone || is_settled {
                return Ok(sight);
            }
            if let Some(object) = soft {
                let deleted = self.read(graph::deleted_item(cloud, object)).await?;
                if deleted.is_some() {
                    return Ok(Presence::Gone);
                }
            }
            wait.look_again(&self.world, &self.cancel).await?;
        }
    }

    /// Whether a deleted item is an app of this tool or the service principal of one. An item that cannot be read no longer exists, and
    /// trying to purge it is harmless.
    pub(crate) async fn may_purge(&self, object: ObjectId) -> Result<bool, Problem> {
        let call = graph::deleted_item(self.session.cloud(), object);
        let found = self.read(call).await?;
        let is_principal_of_own = |item: &Value| {
            let app = item["appId"].as_str().and_then(|id| id.parse().ok());
            item["@odata.type"] == "#microsoft.graph.servicePrincipal"
                && app.is_some_and(|app| self.own.apps.contains(&app))
        };
        Ok(found.is_none_or(|item| has_key(&item) || is_principal_of_own(&item)))
    }

    /// Checks the object once.
    async fn check_presence(&self, made: &Created, call: ApiRequest) -> Result<Presence, Problem> {
        let found = match made {
            Created::Role { id, .. } => self.role(id, call).await?,
            Created::Secret { key, .. } => self.read(call).await?.filter(|app| {
                let secrets = app["passwordCredentials"].as_array();
                secrets.into_iter().flatten().any(|it| {
                    it["keyId"]
                        .as_str()
                        .is_some_and(|id| id.parse() == Ok(*key))
                })
            }),
            Created::Application { .. }
            | Created::Principal { .. }
            | Created::Grant { .. }
            | Created::Scopes { .. }
            | Created::Change { .. } => self.read(call).await?,
        };
        match found {
            None => Ok(Presence::Gone),
            Some(body) if self.own.has(made, &body) => Ok(Presence::There),
            Some(body) => self.look_at_principal(made, &body).await,
        }
    }

    /// Finds the app of a service principal that was not visible yet when the pair was read.
    async fn look_at_principal(&self, made: &Created, body: &Value) -> Result<Presence, Problem> {
        let of = match made {
            Created::Grant { .. } | Created::Scopes { .. } => &body["clientId"],
            Created::Role { .. } => &body["principalId"],
            Created::Application { .. }
            | Created::Principal { .. }
            | Created::Secret { .. }
            | Created::Change { .. } => return Ok(Presence::Foreign),
        };
        let Some(object) = of.as_str().and_then(|id| id.parse().ok()) else {
            return Ok(Presence::Foreign);
        };
        let call = graph::principal(self.session.cloud(), object);
        Ok(match self.read(call).await? {
            None => Presence::Gone,
            Some(found) if self.own.has(&Created::Principal { object }, &found) => Presence::There,
            Some(_) => Presence::Foreign,
        })
    }

    async fn role(&self, id: &str, list: ApiRequest) -> Result<Option<Value>, Problem> {
        let watch = Observer::with_cancel(|_| (), self.cancel.clone());
        match self.session.call_pages(Audience::Graph, list, &watch).await {
            Ok(roles) => Ok(roles.into_iter().find(|role| role["id"] == *id)),
            Err(Failure::Refused(refusal)) if refusal.status == 404 => Ok(None),
            Err(failure) => Err(graph::errors::problem(&failure)),
        }
    }

    async fn read(&self, call: ApiRequest) -> Result<Option<Value>, Problem> {
        match self.send(call).await {
            Ok(reply) => Ok(Some(reply.body)),
            Err(Failure::Refused(refusal)) if refusal.status == 404 => Ok(None),
            Err(failure) => Err(graph::errors::problem(&failure)),
        }
    }
}

/// The request that reads an object of this run.
fn look_at(cloud: Cloud, made: &Created) -> ApiRequest {
    match made {
        Created::Application { object, .. }
        | Created::Change { object, .. }
        | Created::Secret { object, .. } => graph::application(cloud, *object),
        Created::Principal { object } => graph::principal(cloud, *object),
        Created::Grant { id } | Created::Scopes { id, .. } => graph::grant(cloud, id),
        Created::Role { principal, .. } => graph::roles_of(cloud, *principal),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use futures_executor::block_on;
    use jiff::SignedDuration;
    use serde_json::json;

    use super::*;
    use crate::auth::sign_in::tests::signed_in;
    use crate::net::script::Script;
    use crate::net::script::answer;

    const OBJECT: &str = "11111111-0000-4000-8000-000000000001";
    const APP: &str = "11111111-0000-4000-8000-000000000002";
    pub(in crate::undo) const PRINCIPAL: &str = "11111111-0000-4000-8000-000000000003";
    const KEY: &str = "11111111-0000-4000-8000-000000000004";
    const OTHER: &str = "22222222-0000-4000-8000-000000000001";

    fn own() -> Ownership {
        Ownership {
            apps: vec![APP.parse().unwrap()],
            principals: vec![PRINCIPAL.parse().unwrap()],
            secret: "CMG Entra Setup run 1".to_owned(),
        }
    }

    /// Reads scripted responses. Owns one app and its service principal.
    pub(in crate::undo) fn looker(script: &Rc<Script>) -> Looker {
        Looker {
            session: signed_in(script),
            world: Rc::<Script>::clone(script),
            cancel: CancellationToken::default(),
            own: own(),
        }
    }

    fn key() -> String {
        format!("{}server-0", ownership_tags::KEY_PREFIX)
    }

    #[test]
    fn a_secret_needs_the_tag_of_the_app_and_the_run_description() {
        let secret = Created::Secret {
            object: OBJECT.parse().unwrap(),
            key: KEY.parse().unwrap(),
        };
        let app = |key: &str, tags: &[&str], description: &str| {
            json!({
                "uniqueName": key,
                "tags": tags,
                "passwordCredentials": [
                    { "keyId": KEY, "displayName": description },
                    { "keyId": OTHER, "displayName": "another secret of the app" },
                ],
            })
        };
        let own = own();
        let tag = ownership_tags::TAG;
        assert!(own.has(&secret, &app(&key(), &[], &own.secret)));
        assert!(own.has(&secret, &app("", &[tag], &own.secret)));
        assert!(!own.has(&secret, &app("", &[], &own.secret)));
        assert!(!own.has(&secret, &app(&key(), &[tag], "made by hand")));
    }

    #[test]
    fn grants_and_roles_need_a_service_principal_of_this_tool() {
        let own = own();
        let grant = Created::Grant { id: "g".to_owned() };
        let role = Created::Role {
            principal: PRINCIPAL.parse().unwrap(),
            resource: OTHER.parse().unwrap(),
            id: "r".to_owned(),
        };
        let principal = Created::Principal {
            object: PRINCIPAL.parse().unwrap(),
        };
        assert!(own.has(&grant, &json!({ "clientId": PRINCIPAL })));
        assert!(!own.has(&grant, &json!({ "clientId": OTHER })));
        assert!(own.has(&role, &json!({ "principalId": PRINCIPAL })));
        assert!(!own.has(&role, &json!({ "principalId": OTHER })));
        assert!(own.has(&principal, &json!({ "appId": APP })));
        assert!(!own.has(&principal, &json!({ "appId": OTHER })));
    }

    #[test]
    fn an_application_needs_the_key_and_a_change_the_key_or_the_tag() {
        let own = own();
        let application = Created::Application {
            object: OBJECT.parse().unwrap(),
            app: APP.parse().unwrap(),
        };
        let change = Created::Change {
            object: OBJECT.parse().unwrap(),
            before: json!({}),
            after: json!({}),
        };
        let tagged = json!({ "uniqueName": null, "tags": [ownership_tags::TAG] });
        let keyed = json!({ "uniqueName": key(), "tags": [] });
        let foreign = json!({ "uniqueName": "payroll", "tags": ["WindowsAzureActiveDirectoryIntegratedApp"] });
        assert!(own.has(&application, &keyed));
        assert!(!own.has(&application, &tagged));
        assert!(own.has(&change, &keyed) && own.has(&change, &tagged));
        assert!(!own.has(&application, &foreign) && !own.has(&change, &foreign));
    }

    #[test]
    fn only_deleted_items_of_this_tool_are_purged() {
        let principal = "#microsoft.graph.servicePrincipal";
        for (status, item, expected) in [
            (200, json!({ "uniqueName": key() }), true),
            (200, json!({ "uniqueName": "payroll" }), false),
            (200, json!({ "@odata.type": principal, "appId": APP }), true),
            (
                200,
                json!({ "@odata.type": principal, "appId": OTHER }),
                false,
            ),
            (200, json!({ "@odata.type": principal }), false),
            (
                200,
                json!({ "@odata.type": "#microsoft.graph.group", "appId": APP }),
                false,
            ),
            (404, json!({}), true),
        ] {
            let script = Script::empty();
            let looker = looker(&script);
            let shown = item.to_string();
            script.then(move |_| answer(status, &[], item));
            let may = block_on(looker.may_purge(OBJECT.parse().unwrap()));
            assert_eq!(may, Ok(expected), "{status} {shown}");
        }
    }

    /// "Not found" counts at once for an object that an earlier undo was about to remove, and for an old one. A new one may not have
    /// replicated, so the deleted items are read too.
    #[test]
    fn a_missing_object_is_gone_if_it_was_seen_old_or_deleted() {
        let made = Created::Application {
            object: OBJECT.parse().unwrap(),
            app: APP.parse().unwrap(),
        };
        let missing = || {
            answer(
                404,
                &[],
                json!({ "error": { "code": "Request_ResourceNotFound" } }),
            )
        };
        for (was_seen, age, reads) in [
            (true, SignedDuration::ZERO, 1),
            (false, REPLICATION_WINDOW, 1),
            (false, SignedDuration::ZERO, 2),
        ] {
            let script = Script::empty();
            let looker = looker(&script);
            let before = script.requests().len();
            script.then(move |_| missing());
            if reads == 2 {
                script.then(|_| answer(200, &[], json!({ "id": OBJECT })));
            }
            let at = looker.world.now().saturating_sub(age).unwrap();
            let found = block_on(looker.find(&made, at, was_seen));
            assert_eq!(found, Ok(Presence::Gone));
            assert_eq!(script.requests().len() - before, reads);
        }
    }

    #[test]
    fn a_new_object_that_does_not_appear_is_not_gone() {
        let made = Created::Application {
            object: OBJECT.parse().unwrap(),
            app: APP.parse().unwrap(),
        };
        let script = Script::empty();
        let looker = looker(&script);
        let before = script.requests().len();
        // Each look reads the applications and the deleted items.
        for _ in 0..2 * 62 {
            script.then(|_| answer(404, &[], json!({})));
        }
        assert_eq!(
            block_on(looker.find(&made, looker.world.now(), false)),
            Err(Problem::new(ProblemKind::NotReplicated))
        );
        assert_eq!(script.requests().len() - before, 2 * 62);
    }

    #[test]
    fn an_app_needs_the_key_or_the_tag_to_be_part_of_the_pair() {
        for (app, expected) in [
            (json!({ "uniqueName": key() }), true),
            (json!({ "tags": ["theirs", ownership_tags::TAG] }), true),
            (
                json!({ "uniqueName": "payroll", "tags": ["theirs"] }),
                false,
            ),
            (json!({ "tags": [] }), false),
        ] {
            let mut body = json!({ "id": OBJECT, "appId": APP, "displayName": "x" });
            body.as_object_mut()
                .unwrap()
                .extend(app.as_object().unwrap().clone());
            let read: wire::Application = serde_json::from_value(body).unwrap();
            assert_eq!(is_tagged(&read), expected, "{app}");
        }
    }

    #[test]
    fn the_scopes_of_a_grant_are_read() {
        let grant = json!({
            "id": "g", "clientId": PRINCIPAL, "resourceId": OTHER, "consentType": "AllPrincipals",
            "scope": "User.Read openid",
        });
        for (status, body, scopes) in [
            (200, grant, Ok(Some("User.Read openid".to_owned()))),
            (404, json!({}), Ok(None)),
            (
                200,
                json!({ "id": 7 }),
                Err(Problem::new(ProblemKind::UnexpectedAnswer)),
            ),
        ] {
            let script = Script::empty();
            let looker = looker(&script);
            script.then(move |_| answer(status, &[], body));
            assert_eq!(block_on(looker.scopes("g")), scopes);
        }
    }

    /// The service principal may not have been visible when the pair was read. Its app then shows whose it is.
    #[test]
    fn a_grant_of_a_later_service_principal_belongs_to_its_app() {
        let made = Created::Grant { id: "g".to_owned() };
        for (status, principal, expected) in [
            (200, json!({ "id": OTHER, "appId": APP }), Presence::There),
            (
                200,
                json!({ "id": OTHER, "appId": OTHER }),
                Presence::Foreign,
            ),
            (404, json!({}), Presence::Gone),
        ] {
            let script = Script::empty();
            let looker = looker(&script);
            script.then(|_| answer(200, &[], json!({ "id": "g", "clientId": OTHER })));
            script.then(move |_| answer(status, &[], principal));
            let found = block_on(looker.find(&made, looker.world.now(), true));
            assert_eq!(found, Ok(expected));
        }
    }

    #[test]
    fn an_app_role_assignment_is_found_by_its_id() {
        let made = Created::Role {
            principal: PRINCIPAL.parse().unwrap(),
            resource: OTHER.parse().unwrap(),
            id: "r".to_owned(),
        };
        let roles = |id: &str| json!({ "value": [{ "id": id, "principalId": PRINCIPAL }] });
        for (status, body, expected) in [
            (200, roles("r"), Some(Presence::There)),
            (200, roles("another"), Some(Presence::Gone)),
            (404, json!({}), Some(Presence::Gone)),
            // Without the right to read, nobody knows whether it is there.
            (403, json!({}), None),
        ] {
            let script = Script::empty();
            let looker = looker(&script);
            script.then(move |_| answer(status, &[], body));
            let found = block_on(looker.find(&made, looker.world.now(), true));
            assert_eq!(found.ok(), expected, "{status}");
        }
    }

    #[test]
    fn an_object_that_may_not_be_read_is_not_reported_as_gone() {
        let made = Created::Application {
            object: OBJECT.parse().unwrap(),
            app: APP.parse().unwrap(),
        };
        for (status, expected) in [(404, Some(Presence::Gone)), (403, None)] {
            let script = Script::empty();
            let looker = looker(&script);
            script.then(move |_| answer(status, &[], json!({})));
            let found = block_on(looker.find(&made, looker.world.now(), true));
            assert_eq!(found.ok(), expected, "{status}");
        }
    }

    #[test]
    fn an_object_of_another_owner_is_reported_as_foreign() {
        let made = Created::Application {
            object: OBJECT.parse().unwrap(),
            app: APP.parse().unwrap(),
        };
        for (key, expected) in [
            (key(), Presence::There),
            ("payroll".to_owned(), Presence::Foreign),
        ] {
            let script = Script::empty();
            let looker = looker(&script);
            script.then(move |_| answer(200, &[], json!({ "uniqueName": key })));
            let at = looker.world.now();
            assert_eq!(block_on(looker.find(&made, at, false)), Ok(expected));
        }
    }
}
