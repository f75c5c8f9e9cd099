//! The tags of this tool are public, so an app with such a tag can belong to another user.

use serde_json::json;

use super::*;

use domain::cmg::AppName;
use domain::ids::AppId;
use domain::known::Known;
use domain::ownership_tags;
use engine::auth::account::Audience;
use engine::graph;
use engine::graph::wire;
use engine::journal;
use engine::journal::origin;
use engine::net::ApiRequest;
use engine::net::Body;
use engine::net::RetryPolicy;

fn call(admin: &Admin, call: ApiRequest) -> serde_json::Value {
    let watch = Observer::quiet();
    let sent = admin.session.call(Audience::Graph, call, &watch);
    admin.world.run(sent).unwrap().body
}

/// An app with the tag of the default name. It has a redirect URI, a secret, and a federated credential of its creator, and one more secret
/// that only its service principal shows.
fn squat(admin: &Admin) -> AppId {
    let body = wire::Application {
        display_name: Some("CMG-ServerApp".to_owned()),
        web: Some(wire::Web {
            redirect_uris: Some(vec!["https://evil.example/".to_owned()]),
            ..Default::default()
        }),
        ..Default::default()
    };
    let key = ownership_tags::server_key(&AppName::server());
    let app = call(admin, graph::upsert_application(Cloud::Public, &key, &body));
    let id = app["id"].as_str().unwrap();
    let post = |path: &str, body: serde_json::Value| {
        let url = format!("https://graph.microsoft.com/v1.0/{path}");
        call(
            admin,
            ApiRequest::new(
                Method::POST,
                url,
                Body::Json(body),
                RetryPolicy::OnlyIfRefused,
            ),
        )
    };
    post(
        &format!("applications/{id}/addPassword"),
        json!({ "passwordCredential": { "displayName": "mine" } }),
    );
    post(
        &format!("applications/{id}/federatedIdentityCredentials"),
        json!({ "name": "x", "issuer": "https://evil.example", "subject": "me", "audiences": ["api://AzureADTokenExchange"] }),
    );
    let principal = post("servicePrincipals", json!({ "appId": app["appId"] }));
    post(
        &format!(
            "servicePrincipals/{}/addPassword",
            principal["id"].as_str().unwrap()
        ),
        json!({ "passwordCredential": { "displayName": "hidden" } }),
    );
    app["appId"].as_str().unwrap().parse().unwrap()
}

/// Plans as the page does: without a selection, and with the journals in this browser's store.
fn planned(admin: &Admin, adopted: &[AppId]) -> (Desired, Observed, Plan) {
    let (mut desired, observed, _) = admin.review();
    desired.adopted = adopted.to_vec();
    let stored = admin.world.run(journal::stored(&admin.world)).unwrap();
    let recorded = origin::recorded(&stored, desired.tenant);
    let observed = origin::with_recorded(observed, &recorded, None, &desired);
    let plan = plan(&desired, &observed, admin.world.now());
    (desired, observed, plan)
}

#[test]
fn an_unrecorded_app_with_the_key_is_blocked_until_selected() {
    let admin = admin(world(), "fabrikam.com", |draft| draft.user_discovery = true);
    let app = squat(&admin);
    let (desired, observed, plan) = planned(&admin, &[]);
    let Action::Blocked(problem) = &plan.step(StepId::ServerApp).unwrap().action else {
        panic!("{:?}", plan.steps)
    };
    assert_eq!(problem.kind, ProblemKind::UnknownOrigin);
    assert!(plan.clone().approve().is_err(), "no consent and no secret");
    let checks = preflight::checks(&desired, &observed, &plan, admin.world.now(), Locale::En);
    let names = checks.iter().find(|it| it.question == Question::NamesFree);
    assert_eq!(names.unwrap().answer, Answer::No);
    // The page has read everything that the admin must see.
    let found = there(&observed.server).unwrap();
    assert_eq!(found.federated.as_ref().known().unwrap().len(), 1);
    assert!(found.all_owners() != Known::Unknown);
    let principal = found.principal.as_ref().known().unwrap().as_ref().unwrap();
    let hidden = principal
        .secrets
        .iter()
        .map(|it| it.display_name.as_deref());
    assert_eq!(hidden.collect::<Vec<_>>(), [Some("hidden")]);
    let web = found.properties.web.as_ref().unwrap();
    assert_eq!(
        web.redirect_uris.as_deref().unwrap(),
        ["https://evil.example/"]
    );
    // After the selection, the plan uses the app. The other user's secret does not count, so a new one is created.
    let (_, _, plan) = planned(&admin, &[app]);
    assert!(!plan.is_blocked());
    let secret = plan.step(StepId::Secret).unwrap();
    assert!(matches!(secret.action, Action::Create(_)), "{secret:?}");
}

#[test]
fn only_apps_recorded_in_this_browser_need_no_selection() {
    let admin = admin(world(), "fabrikam.com", |_| {});
    complete(&admin.run());
    let (_, _, plan) = planned(&admin, &[]);
    assert!(!plan.is_blocked());
    admin.world.run(admin.world.delete("run/")).unwrap();
    let (_, _, plan) = planned(&admin, &[]);
    assert!(plan.is_blocked());
}

/// A journal for another tenant proves nothing about this one.
#[test]
fn a_record_counts_only_in_its_own_tenant() {
    let admin = admin(world(), "fabrikam.com", |_| {});
    complete(&admin.run());
    let stored = admin.world.run(journal::stored(&admin.world)).unwrap();
    let other = "5e97358c-d99c-4558-8000-000000040000".parse().unwrap();
    assert!(origin::recorded(&stored, other).is_empty());
    assert_eq!(origin::recorded(&stored, admin.session.tenant()).len(), 2);
}
