//! The starting points of the sweep: one tenant, objects of other owners that must not change, and the action that the admin starts.

use cloud_sim::Sim;
use cloud_sim::platform::SimPlatform;
use cloud_sim::scenarios;
use cloud_sim::scenarios::Pair;
use cloud_sim::scenarios::kinds::Scenario;
use cloud_sim::seed::FABRIKAM;
use domain::cloud::Cloud;
use domain::cmg::AppName;
use domain::ids::TenantId;
use domain::ownership_tags;
use domain::platform::HttpRequest;
use domain::platform::Platform;
use engine::desired::Draft;
use engine::desired::repair;
use engine::desired::repair::AppRole;
use engine::desired::repair::Repair;
use http::Method;
use jiff::SignedDuration;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::actor::Go;
use crate::actor::Goal;
use crate::verify;
use crate::verify::Golden;

/// The tenant of all scenes.
pub(crate) const TENANT: TenantId = FABRIKAM;
/// The subscription Fabrikam Production.
const SUBSCRIPTION: &str = "5e97358c-d99c-4558-8000-000000010081";
/// Description of the secret in a manually created pair.
pub(crate) const OLD: &str = "CMG";
const ADMIN: &str = "admin@fabrikam.com";
const GRAPH_APP: &str = "00000003-0000-0000-c000-000000000000";
const DIRECTORY_READ_ALL: &str = "7ab1d382-f21e-4acd-a863-ba3e13f7da61";
const GROUP_READ_ALL: &str = "5b567255-7703-4780-807c-7be8301ae99b";
const PROVIDERS: [&str; 4] = [
    "Microsoft.Compute",
    "Microsoft.KeyVault",
    "Microsoft.Network",
    "Microsoft.Storage",
];

/// The action of a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No objects exist. The run creates a pair and its secret.
    Fresh,
    /// Like `Fresh`, with consent for discovery.
    Discovery,
    /// A pair of this tool that others have changed.
    Repair,
    /// A correct pair that gets one more secret.
    Renewal,
    /// A correct pair. The four resource providers are not registered.
    Providers,
    /// Undo of a complete run whose secret was not saved.
    UndoDiscovery,
    /// Like `UndoDiscovery`, with permanent deletion of the apps.
    UndoForGood,
    /// Undo of a run that repaired a pair of this tool.
    UndoRepair,
    /// A pair of an old article, selected by client ID: all repairs that only add, one more secret, and removal of the implicit flow.
    OldPairRepair,
    /// A second secret for a manually created pair.
    SecondSecret,
    /// Removal of the older secret after the new one exists.
    OldSecret,
    /// Deletion of both apps of a manually created pair.
    Retire,
    /// Undo of `OldPairRepair`.
    UndoOldPairRepair,
}

impl Kind {
    pub(crate) const ALL: [Self; 13] = [
        Self::Fresh,
        Self::Discovery,
        Self::Repair,
        Self::Renewal,
        Self::Providers,
        Self::UndoDiscovery,
        Self::UndoForGood,
        Self::UndoRepair,
        Self::OldPairRepair,
        Self::SecondSecret,
        Self::OldSecret,
        Self::Retire,
        Self::UndoOldPairRepair,
    ];

    pub(crate) fn is_undo(self) -> bool {
        self.goal() != Goal::Run
    }

    pub(crate) fn goal(self) -> Goal {
        match self {
            Self::UndoForGood => Goal::Undo { for_good: true },
            Self::UndoDiscovery | Self::UndoRepair | Self::UndoOldPairRepair => {
                Goal::Undo { for_good: false }
            }
            Self::Fresh
            | Self::Discovery
            | Self::Repair
            | Self::Renewal
            | Self::Providers
            | Self::OldPairRepair
            | Self::SecondSecret
            | Self::OldSecret
            | Self::Retire => Goal::Run,
        }
    }

    /// The scenario of the existing pair, or `None` if the run creates one.
    pub(crate) fn shape(self) -> Option<Scenario> {
        match self {
            Self::OldPairRepair | Self::UndoOldPairRepair => Some(Scenario::Docs2021),
            Self::SecondSecret | Self::OldSecret => Some(Scenario::SecretEndsSoon),
            Self::Retire => Some(Scenario::Docs2026Complete),
            Self::Fresh
            | Self::Discovery
            | Self::Repair
            | Self::Renewal
            | Self::Providers
            | Self::UndoDiscovery
            | Self::UndoForGood
            | Self::UndoRepair => None,
        }
    }
}

/// The state just before the action, and its expected result.
pub(crate) struct Fixture {
    pub(crate) kind: Kind,
    pub(crate) world: SimPlatform,
    pub(crate) draft: Draft,
    pub(crate) golden: Golden,
}

impl Fixture {
    pub(crate) fn new(kind: Kind) -> Self {
        let start = "2026-11-23T10:00:00Z".parse().unwrap();
        let world = SimPlatform::virtual_clock(Sim::new(1), start);
        let shape = kind.shape();
        let pair =
            shape.map(|shape| world.with_sim(|sim| scenarios::make(sim, TENANT, shape, start)));
        plant(&world);
        let mut draft = fresh_draft();
        let is_without_pair = matches!(
            kind,
            Kind::Fresh | Kind::Discovery | Kind::UndoDiscovery | Kind::UndoForGood
        ) || pair.is_some();
        // An earlier sign-in has granted consent to the page itself.
        draft.user_discovery = true;
        let visited = Actor::new(world.another_page(false), draft.clone(), Goal::Run).visit();
        assert_eq!(visited, Go::Complete);
        draft.user_discovery = kind != Kind::Fresh;
        if !is_without_pair {
            complete(&world, &draft);
            tidy(&world);
            // No journal lists these apps any more, so the admin selects them.
            let pair = [server_key(), client_key()];
            let own = pair.map(|key| text(&app(&world, &key).unwrap(), "appId").parse().unwrap());
            draft.adopted = own.to_vec();
        }
        match kind {
            Kind::Repair => damage(&world),
            Kind::UndoRepair => {
                damage(&world);
                draft.another_secret = true;
            }
            Kind::Renewal => {
                add_secret(&world);
                draft.another_secret = true;
            }
            Kind::Providers => {
                for provider in PROVIDERS {
                    let path = format!("{provider}/unregister");
                    arm(&world, &path);
                }
                draft.subscription = SUBSCRIPTION.to_owned();
            }
            Kind::Fresh | Kind::Discovery | Kind::UndoDiscovery | Kind::UndoForGood => {}
            Kind::OldPairRepair
            | Kind::SecondSecret
            | Kind::OldSecret
            | Kind::Retire
            | Kind::UndoOldPairRepair => {
                let pair = pair.unwrap();
                call_by_name(&world, pair);
                draft = repair_draft(&world, kind, pair);
            }
        }
        world.advance(SignedDuration::from_hours(24).unsigned_abs());
        let before = verify::state(&world);
        if kind.is_undo() {
            // The run to undo: complete, and the page with the only copy of the secret is closed.
            let page = world.another_page(false);
            let went = Actor::new(page, draft.clone(), Goal::Run).go();
            assert_eq!(went, Go::Complete, "{kind:?}");
            world.advance(SignedDuration::from_mins(1).unsigned_abs());
        }
        let golden = Golden::of(kind, &world, &draft, before);
        Self {
            kind,
            world,
            draft,
            golden,
        }
    }

    /// An admin in a separate copy of this scene.
    pub(crate) fn person(&self) -> Actor {
        Actor::new(self.world.fork(), self.draft.clone(), self.kind.goal())
    }
}

fn fresh_draft() -> Draft {
    let mut draft = Draft::new(
        Cloud::Public,
        Uuid::from_u128(0x0bad_cafe_0000_4000_8000_0000_0000_0001),
    );
    draft.tenant = TENANT.to_string();
    draft
}

/// Gives both apps unique names and adds entries of another owner to every list. These entries must not change.
fn call_by_name(world: &SimPlatform, pair: Pair) {
    for (part, id) in [("server", pair.server), ("client", pair.client)] {
        let path = format!("applications(appId='{}')", id.unwrap());
        let now = ask(world, Method::GET, &path, &Value::Null);
        let mut body = json!({ "displayName": format!("Fabrikam {part}"), "tags": ["theirs"] });
        for (platform, uri) in [
            ("web", "https://others.fabrikam.com/"),
            ("publicClient", "https://others.fabrikam.com/desktop"),
        ] {
            let mut uris = now[platform]["redirectUris"].clone();
            uris.as_array_mut().unwrap().push(json!(uri));
            body[platform] = json!({ "redirectUris": uris });
        }
        let mut asked = now["requiredResourceAccess"].clone();
        let asked = asked.as_array_mut().unwrap();
        let graph = asked.iter_mut().find(|it| it["resourceAppId"] == GRAPH_APP);
        let listed = graph.unwrap()["resourceAccess"].as_array_mut().unwrap();
        listed.push(json!({ "id": GROUP_READ_ALL, "type": "Role" }));
        body["requiredResourceAccess"] = json!(asked);
        ask(world, Method::PATCH, &path, &body);
    }
    let server = format!("applications(appId='{}')", pair.server.unwrap());
    let server = ask(world, Method::GET, &server, &Value::Null);
    ask(
        world,
        Method::POST,
        &format!("applications/{}/addPassword", text(&server, "id")),
        &json!({ "passwordCredential": { "displayName": "of another team" } }),
    );
}

/// The answers for the repair of this pair, as `Model::repair_draft` writes them.
fn repair_draft(world: &SimPlatform, kind: Kind, pair: Pair) -> Draft {
    let mut draft = fresh_draft();
    draft.server_app = pair.server.unwrap().to_string();
    draft.client_app = pair.client.unwrap().to_string();
    let server = app_of(world, &draft).unwrap();
    text(&server, "displayName").clone_into(&mut draft.server_name);
    "Fabrikam client".clone_into(&mut draft.client_name);
    "own".clone_into(&mut draft.uri_form);
    let uri = server["identifierUris"][0].as_str().unwrap();
    uri.clone_into(&mut draft.uri_text);
    let repairs = match kind {
        Kind::SecondSecret => vec![Repair::Secret],
        Kind::OldSecret => {
            draft.repairs = repair::written(&[Repair::Secret]);
            complete(world, &draft);
            tidy(world);
            let secrets = server["passwordCredentials"].as_array().unwrap();
            let old = secrets.iter().find(|it| it["displayName"] == OLD).unwrap();
            vec![Repair::OldSecret(text(old, "keyId").parse().unwrap())]
        }
        Kind::Retire => vec![
            Repair::Delete(AppRole::Server),
            Repair::Delete(AppRole::Client),
        ],
        Kind::Fresh
        | Kind::Discovery
        | Kind::Repair
        | Kind::Renewal
        | Kind::Providers
        | Kind::UndoDiscovery
        | Kind::UndoForGood
        | Kind::UndoRepair
        | Kind::OldPairRepair
        | Kind::UndoOldPairRepair => {
            let page = world.another_page(false);
            let mut repairs = Actor::new(page, draft.clone(), Goal::Run).offered();
            repairs.retain(|repair| !repair.takes_away());
            // Repairs that the page offers outside the findings, and one that removes something.
            let more = [
                Repair::DirectoryOn,
                Repair::Secret,
                Repair::Implicit(AppRole::Server),
            ];
            repairs.extend(more);
            repairs
        }
    };
    draft.repairs = repair::written(&repairs);
    draft
}

/// Completes a run and saves the secret.
fn complete(world: &SimPlatform, draft: &Draft) {
    let mut person = Actor::new(world.another_page(false), draft.clone(), Goal::Run);
    assert_eq!(person.go(), Go::Complete);
    assert_eq!(person.save(true), Go::Complete);
}

/// Removes finished runs from the store.
fn tidy(world: &SimPlatform) {
    world.run(world.delete("run/")).unwrap();
}

/// Sends a request to Microsoft Graph as another client in the same tenant.
pub(crate) fn ask(world: &SimPlatform, method: Method, path: &str, body: &Value) -> Value {
    let now = world.now();
    let (status, body) = world.with_sim(|sim| {
        let token = sim
            .token_for(
                now,
                ADMIN,
                "https://graph.microsoft.com",
                &["Directory.AccessAsUser.All"],
            )
            .unwrap();
        sent(
            sim,
            now,
            method,
            &format!("https://graph.microsoft.com/v1.0/{path}"),
            &token,
            body,
        )
    });
    assert!((200..300).contains(&status), "{path}: {status} {body}");
    body
}

fn arm(world: &SimPlatform, path: &str) {
    let now = world.now();
    let (status, body) = world.with_sim(|sim| {
        let token = sim
            .token_for(now, ADMIN, "https://management.azure.com/", &["user_impersonation"])
            .unwrap();
        let url = format!(
            "https://management.azure.com/subscriptions/{SUBSCRIPTION}/providers/{path}?api-version=2021-04-01"
        );
        sent(sim, now, Method::POST, &url, &token, &Value::Null)
    });
    assert!((200..300).contains(&status), "{path}: {status} {body}");
}

fn sent(
    sim: &mut Sim,
    now: jiff::Timestamp,
    method: Method,
    url: &str,
    token: &str,
    body: &Value,
) -> (u16, Value) {
    let bytes = if body.is_null() {
        Vec::new()
    } else {
        body.to_string().into_bytes()
    };
    let request: HttpRequest = http::Request::builder()
        .method(method)
        .uri(url)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(bytes)
        .unwrap();
    let answer = sim.handle(now, &request).answer.unwrap();
    let body = serde_json::from_slice(answer.body()).unwrap_or_default();
    (answer.status().as_u16(), body)
}

/// The app with this tool's tag, read by another client.
pub(crate) fn app(world: &SimPlatform, key: &str) -> Option<Value> {
    let list = ask(
        world,
        Method::GET,
        &format!("applications?$filter=uniqueName%20eq%20'{key}'"),
        &Value::Null,
    );
    list["value"].as_array()?.first().cloned()
}

/// The server app of a draft: by client ID, or by this tool's tag.
pub(crate) fn app_of(world: &SimPlatform, draft: &Draft) -> Option<Value> {
    if draft.server_app.is_empty() {
        return app(world, &server_key());
    }
    let filter = format!("applications?$filter=appId%20eq%20'{}'", draft.server_app);
    let list = ask(world, Method::GET, &filter, &Value::Null);
    list["value"].as_array()?.first().cloned()
}

pub(crate) fn server_key() -> String {
    ownership_tags::server_key(&AppName::server())
}

pub(crate) fn client_key() -> String {
    ownership_tags::client_key(&AppName::client())
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap()
}

/// Creates apps of another owner with the same names, with their own service principals, consent, and secrets.
fn plant(world: &SimPlatform) {
    let make = |name: &str| {
        let app = ask(
            world,
            Method::POST,
            "applications",
            &json!({ "displayName": name, "signInAudience": "AzureADMyOrg", "notes": "of another team" }),
        );
        let principal = ask(
            world,
            Method::POST,
            "servicePrincipals",
            &json!({ "appId": text(&app, "appId") }),
        );
        (app, principal)
    };
    let (server, server_principal) = make("CMG-ServerApp");
    let (_, client_principal) = make("CMG-ClientApp of another team");
    let id = text(&server, "id");
    ask(
        world,
        Method::POST,
        &format!("applications/{id}/addPassword"),
        &json!({ "passwordCredential": { "displayName": "of another team" } }),
    );
    for (resource, scope) in [
        (text(&server_principal, "id"), "user_impersonation"),
        (&*graph_principal(world), "User.Read"),
    ] {
        grant(world, text(&client_principal, "id"), resource, scope);
    }
}

fn graph_principal(world: &SimPlatform) -> String {
    let found = principal(world, GRAPH_APP);
    text(&found, "id").to_owned()
}

fn principal(world: &SimPlatform, app_id: &str) -> Value {
    let path = format!("servicePrincipals(appId='{app_id}')");
    ask(world, Method::GET, &path, &Value::Null)
}

fn grant(world: &SimPlatform, client: &str, resource: &str, scope: &str) {
    ask(
        world,
        Method::POST,
        "oauth2PermissionGrants",
        &json!({ "clientId": client, "consentType": "AllPrincipals", "resourceId": resource, "scope": scope }),
    );
}

fn add_secret(world: &SimPlatform) {
    let server = app(world, &server_key()).unwrap();
    let id = text(&server, "id");
    ask(
        world,
        Method::POST,
        &format!("applications/{id}/addPassword"),
        &json!({ "passwordCredential": { "displayName": "of another team" } }),
    );
}

/// Changes to a pair by others: disabled settings, removed values, and added values that must not change.
fn damage(world: &SimPlatform) {
    let (server, client) = (
        app(world, &server_key()).unwrap(),
        app(world, &client_key()).unwrap(),
    );
    add_secret(world);
    let mut scopes = server["api"]["oauth2PermissionScopes"].clone();
    scopes[0]["isEnabled"] = json!(false);
    scopes.as_array_mut().unwrap().push(json!({
        "id": "0bad0bad-0000-4000-8000-000000000002",
        "value": "others",
        "type": "Admin",
        "isEnabled": true,
        "adminConsentDisplayName": "Others",
        "adminConsentDescription": "Of another team.",
    }));
    let path = format!("applications/{}", text(&server, "id"));
    ask(
        world,
        Method::PATCH,
        &path,
        &json!({
            "isDeviceOnlyAuthSupported": false,
            "identifierUris": [format!("api://{}", text(&server, "appId"))],
            "web": { "redirectUris": ["https://others.fabrikam.com/"] },
            "api": { "oauth2PermissionScopes": scopes },
            "requiredResourceAccess": [{
                "resourceAppId": GRAPH_APP,
                "resourceAccess": [{ "id": GROUP_READ_ALL, "type": "Role" }],
            }],
        }),
    );
    let path = format!("applications/{}", text(&client, "id"));
    ask(
        world,
        Method::PATCH,
        &path,
        &json!({
            "isFallbackPublicClient": false,
            "publicClient": { "redirectUris": ["https://login.microsoftonline.com/common/oauth2/nativeclient"] },
            "requiredResourceAccess": [{
                "resourceAppId": GRAPH_APP,
                "resourceAccess": [{ "id": "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0", "type": "Scope" }],
            }],
        }),
    );
    let (server, client) = (
        principal(world, text(&server, "appId")),
        principal(world, text(&client, "appId")),
    );
    let client = text(&client, "id");
    let grants = ask(
        world,
        Method::GET,
        &format!("oauth2PermissionGrants?$filter=clientId%20eq%20'{client}'"),
        &Value::Null,
    );
    for grant in grants["value"].as_array().unwrap() {
        let path = format!("oauth2PermissionGrants/{}", text(grant, "id"));
        if grant["resourceId"] == server["id"] {
            ask(world, Method::PATCH, &path, &json!({ "scope": "others" }));
        } else {
            ask(world, Method::DELETE, &path, &Value::Null);
        }
    }
    let path = format!(
        "servicePrincipals/{}/appRoleAssignments",
        text(&server, "id")
    );
    let roles = ask(world, Method::GET, &path, &Value::Null);
    for role in roles["value"].as_array().unwrap() {
        assert_eq!(role["appRoleId"], DIRECTORY_READ_ALL);
        let (resource, id) = (text(role, "resourceId"), text(role, "id"));
        let path = format!("servicePrincipals/{resource}/appRoleAssignedTo/{id}");
        ask(world, Method::DELETE, &path, &Value::Null);
    }
}
