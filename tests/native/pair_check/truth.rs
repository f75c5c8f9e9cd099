//! An existing pair in a tenant whose policies may or may not apply to it.

use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::platform::Platform as _;
use domain::problem::ProblemKind;
use engine::audit::check::CheckId;
use engine::desired::repair::AppRole;
use engine::plan::Action;
use engine::plan::step::StepId;
use http::Method;
use serde_json::Value;
use serde_json::json;

use super::*;
use crate::stories::truth::blocking;

fn check(page: &Page, id: CheckId) -> (State, String) {
    let check = report(page).checks.iter().find(|it| it.id == id).unwrap();
    (check.state, check.seen.clone())
}

/// Selects these repairs and returns the review.
fn reviewed(page: &mut Page, repairs: &[Repair]) -> cmg_entra_setup::ui::review::state::ReviewData {
    page.does(Msg::Typed(FieldId::HasNewSecret, "on".to_owned()));
    for repair in repairs {
        page.does(Msg::Typed(FieldId::Repair(*repair), "on".to_owned()));
    }
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    if matches!(page.model.review.state, Review::Faulty { .. }) {
        page.does(Msg::SignInAsked);
    }
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    (**review).clone()
}

/// A pair in a tenant with this default policy, and optionally an app policy.
fn found_under(policy: &Value, own: Option<&Value>) -> (Page, Pair) {
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.world.with_sim(|sim| {
        assert!(sim.set_app_management_policy(FABRIKAM, policy.clone()));
        if let Some(own) = own {
            assert!(sim.set_policy_of_app(FABRIKAM, pair.server.unwrap(), own));
        }
    });
    page.does(Msg::PairChosen(pair.clone()));
    (page, pair)
}

/// The plan, the pair check, and the simulated service give the same result for an additional secret.
#[test]
fn a_secret_is_blocked_only_where_the_service_blocks_it() {
    let own = |state: &str| {
        json!({
            "isEnabled": true,
            "restrictions": { "passwordCredentials": [
                { "restrictionType": "passwordAddition", "state": state },
            ] },
        })
    };
    let since = |text: &str| json!({ "restrictForAppsCreatedAfterDateTime": text });
    for (name, policy, own, state, blocked) in [
        ("all apps", json!({}), None, State::Attention, true),
        (
            "newer apps",
            since("2026-11-22T00:00:00Z"),
            None,
            State::Ok,
            false,
        ),
        (
            "a later day",
            since("2999-01-01T00:00:00Z"),
            None,
            State::Ok,
            false,
        ),
        (
            "an exempt app",
            json!({}),
            Some(own("disabled")),
            State::Ok,
            false,
        ),
        (
            "a policy of its own",
            json!({ "state": "disabled" }),
            Some(own("enabled")),
            State::Attention,
            true,
        ),
        (
            "off",
            json!({ "state": "disabled" }),
            None,
            State::Ok,
            false,
        ),
    ] {
        let (mut page, _) = found_under(&blocking(&policy), own.as_ref());
        let (told, text) = check(&page, CheckId::SecretPolicy);
        assert_eq!(told, state, "{name}: {text}");
        if blocked {
            let review = reviewed(&mut page, &[Repair::Secret]);
            let Action::Blocked(problem) = &review.plan.step(StepId::Secret).unwrap().action else {
                panic!("{name}")
            };
            assert_eq!(problem.kind, ProblemKind::SecretBlocked);
        } else {
            fix(&mut page, &[Repair::Secret]);
        }
    }
}

#[test]
fn a_policy_with_exempt_callers_gives_cannot_tell() {
    let actors = json!({ "excludeActors": { "customSecurityAttributes": [{
        "@odata.type": "#microsoft.graph.customSecurityAttributeStringValueExemption",
        "id": "Apps_MayAddSecrets", "operator": "equals", "value": "yes",
    }] } });
    let (mut page, _) = found_under(&blocking(&actors), None);
    assert_eq!(check(&page, CheckId::SecretPolicy).0, State::CannotTell);
    page.world.with_sim(|sim| {
        assert!(sim.set_security_attribute("admin@fabrikam.com", "Apps_MayAddSecrets", "yes"));
    });
    fix(&mut page, &[Repair::Secret]);
}

fn object_of_principal(page: &Page, app: AppId) -> Option<ObjectId> {
    page.world
        .with_sim(|sim| sim.service_principal_of(FABRIKAM, app))
}

#[test]
fn restoring_an_app_restores_its_own_service_principal() {
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    let (server, client) = (pair.server.unwrap(), pair.client.unwrap());
    let before = [server, client].map(|app| object_of_principal(&page, app).unwrap());
    page.does(Msg::PairChosen(pair));
    page.goes(Route::Retire);
    for part in [AppRole::Server, AppRole::Client] {
        let delete = FieldId::Repair(Repair::Delete(part));
        page.does(Msg::Typed(delete, "on".to_owned()));
    }
    page.does(Msg::Pair(PairMsg::RetireAsked));
    page.does(Msg::SignInAsked);
    page.types(FieldId::SiteDisconnected, "on");
    page.does(Msg::Run(RunMsg::Approved));
    assert!(
        page.model
            .runs
            .run
            .as_ref()
            .unwrap()
            .problems()
            .next()
            .is_none()
    );
    page.goes(Route::Report);
    assert_eq!(object_of_principal(&page, server), None);
    let offered = report(&page).repairs();
    let writes = fix(&mut page, &offered);
    assert_eq!(writes, 4, "both apps and both service principals");
    let after = [server, client].map(|app| object_of_principal(&page, app).unwrap());
    assert_eq!(before, after, "role assignments hang on the object ID");
    assert!(
        findings(report(&page)).is_empty(),
        "{}",
        findings(report(&page))
    );
}

#[test]
fn a_new_service_principal_shows_what_is_not_restored() {
    use engine::plan::StepReason;
    let (mut page, pair) = found(Scenario::NoServerPrincipal);
    let server = pair.server.unwrap();
    page.does(Msg::PairChosen(pair));
    let review = reviewed(&mut page, &[Repair::Principal(AppRole::Server)]);
    let step = review.plan.step(StepId::ServerPrincipal).unwrap();
    let is_restored = matches!(
        step.action,
        Action::Create(engine::plan::write::Write::RestorePrincipal { .. })
    );
    assert!(
        is_restored || step.reason == StepReason::PrincipalLost,
        "{step:?} {server}"
    );
}

#[test]
fn a_deactivated_app_is_broken_and_can_be_reactivated() {
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.does(Msg::PairChosen(pair.clone()));
    for part in [AppRole::Server, AppRole::Client] {
        let app = match part {
            AppRole::Server => pair.server,
            AppRole::Client => pair.client,
        };
        page.world.with_sim(|sim| {
            assert!(sim.set_application_property(
                FABRIKAM,
                app.unwrap(),
                "isDisabled",
                json!(true)
            ));
        });
    }
    page.does(Msg::PairChosen(pair));
    for id in [CheckId::ServerApp, CheckId::ClientApp] {
        let (state, text) = check(&page, id);
        assert_eq!(state, State::Broken);
        assert!(text.contains("deactivated"), "{text}");
    }
    let offered = report(&page).repairs();
    assert_eq!(
        offered,
        [
            Repair::Reactivate(AppRole::Server),
            Repair::Reactivate(AppRole::Client)
        ]
    );
    fix(&mut page, &offered);
    assert!(findings(report(&page)).is_empty());
}

#[test]
fn an_app_for_personal_accounts_is_limited_to_two_secrets() {
    let (mut page, pair) = found(Scenario::SevenSecrets);
    page.world.with_sim(|sim| {
        let audience = json!("AzureADandPersonalMicrosoftAccount");
        let server = pair.server.unwrap();
        assert!(sim.set_application_property(FABRIKAM, server, "signInAudience", audience));
    });
    page.does(Msg::PairChosen(pair));
    let review = reviewed(&mut page, &[Repair::Secret]);
    let Action::Blocked(problem) = &review.plan.step(StepId::Secret).unwrap().action else {
        panic!("{:?}", review.plan.steps)
    };
    assert_eq!(problem.kind, ProblemKind::TooManySecrets);
    // The repair of the audience in the same run removes the limit.
    let review = reviewed(&mut page, &[Repair::Audience(AppRole::Server)]);
    assert!(!review.plan.is_blocked(), "{:?}", review.plan.steps);
}

/// A pair from 2023 has replicated long ago: an app that is not found is deleted.
#[test]
fn a_404_for_an_old_pair_is_not_treated_as_replication() {
    use cloud_sim::faults::Fault;
    use cloud_sim::faults::FaultKind;
    let (mut page, pair) = found(Scenario::Docs2023);
    page.does(Msg::PairChosen(pair));
    let review = reviewed(&mut page, &[Repair::DeviceTokens, Repair::Secret]);
    assert!(!review.plan.is_blocked());
    let gone = json!({ "error": { "code": "Request_ResourceNotFound", "message": "Resource 'x' does not exist or one of its queried reference-property objects are not present." } });
    page.world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(Method::POST),
            path_prefix: "/v1.0/applications/".to_owned(),
            skip: 0,
            times: 100,
            kind: FaultKind::Instead(404, gone.to_string()),
        });
    });
    let began = page.world.now();
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.run.as_ref().unwrap();
    let problems: Vec<_> = run
        .problems()
        .map(|(id, it)| (id, it.kind.clone()))
        .collect();
    assert_eq!(problems, [(StepId::Secret, ProblemKind::Gone)]);
    let took = page.world.now().duration_since(began);
    assert!(took.as_secs() < 60, "{took:?}");
}

/// A null list is not empty. Writing it back would delete the values of the app.
#[test]
fn an_app_with_null_lists_is_not_used() {
    use cloud_sim::faults::Fault;
    use cloud_sim::faults::FaultKind;
    for property in [
        "identifierUris",
        "tags",
        "web",
        "publicClient",
        "api",
        "requiredResourceAccess",
        "passwordCredentials",
    ] {
        let (mut page, pair) = found(Scenario::Docs2026Complete);
        let server = pair.server.unwrap();
        page.does(Msg::PairChosen(pair.clone()));
        let object = report(&page).server.as_ref().unwrap().object;
        let mut app = json!({
            "id": object, "appId": server, "displayName": "CMG-ServerApp", "signInAudience": "AzureADMyOrg",
            "identifierUris": ["api://x"], "tags": ["kept"], "web": {}, "publicClient": {}, "api": {},
            "requiredResourceAccess": [], "passwordCredentials": [],
        });
        app[property] = Value::Null;
        page.world.with_sim(|sim| {
            sim.inject(Fault {
                method: Some(Method::GET),
                path_prefix: format!("/v1.0/applications(appId='{server}')"),
                skip: 0,
                times: 10,
                kind: FaultKind::Instead(200, app.to_string()),
            });
        });
        page.does(Msg::PairChosen(pair));
        assert_eq!(
            check(&page, CheckId::ServerApp).0,
            State::CannotTell,
            "{property}"
        );
    }
}
