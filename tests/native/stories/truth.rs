//! The actual responses of the services decide: the page enforces no rule that may not apply and states no cause that was not reported.

use serde_json::Value;
use serde_json::json;

use super::*;

use cloud_sim::seed::FABRIKAM;
use cloud_sim::subscriptions::state::AzureRefusal;
use cloud_sim::subscriptions::state::State;
use domain::cmg::ProviderNamespace;
use domain::problem::Problem;

/// A default policy that blocks secrets, with these changes to the restriction.
pub(crate) fn blocking(more: &Value) -> Value {
    let mut restriction = json!({
        "restrictionType": "passwordAddition",
        "state": "enabled",
        "maxLifetime": null,
        "restrictForAppsCreatedAfterDateTime": null,
        "excludeActors": null,
    });
    if let (Value::Object(restriction), Value::Object(more)) = (&mut restriction, more) {
        restriction.extend(more.clone());
    }
    json!({
        "isEnabled": true,
        "applicationRestrictions": { "passwordCredentials": [restriction] },
    })
}

fn with_policy(policy: &Value) -> SimPlatform {
    let world = world();
    world.with_sim(|sim| assert!(sim.set_app_management_policy(FABRIKAM, policy.clone())));
    world
}

fn secret_check(admin: &Admin) -> (Action, Answer, String) {
    let (desired, observed, plan) = admin.review();
    let checks = preflight::checks(&desired, &observed, &plan, admin.world.now(), Locale::En);
    let check = checks
        .into_iter()
        .find(|it| it.question == Question::SecretAllowed)
        .unwrap();
    let step = plan.step(StepId::Secret).unwrap();
    (step.action.clone(), check.answer, check.sentence)
}

fn problem_of(ran: &Ran, id: StepId) -> &Problem {
    let step = ran.outcome.steps.iter().find(|it| it.id == id).unwrap();
    let StepState::Failed(problem) = &step.state else {
        panic!("{id:?} {:?}", step.state)
    };
    problem
}

#[test]
fn a_policy_blocks_the_secret_of_a_new_app_only_if_it_applies() {
    let recorded_run = json!({ "restrictForAppsCreatedAfterDateTime": "2026-11-22T00:00:00Z" });
    let newer = admin(
        with_policy(&blocking(&recorded_run)),
        "fabrikam.com",
        |_| {},
    );
    let (action, answer, _) = secret_check(&newer);
    assert!(matches!(action, Action::Blocked(_)) && answer == Answer::No);

    let future = json!({ "restrictForAppsCreatedAfterDateTime": "2027-01-01T00:00:00Z" });
    let later = admin(with_policy(&blocking(&future)), "fabrikam.com", |_| {});
    let (_, answer, sentence) = secret_check(&later);
    assert_eq!(answer, Answer::Yes, "{sentence}");
    complete(&later.run());
}

/// The service decides, because it knows the security attributes of the caller.
#[test]
fn the_service_decides_if_callers_can_be_exempt() {
    let actors = json!({ "excludeActors": { "customSecurityAttributes": [{
        "@odata.type": "#microsoft.graph.customSecurityAttributeStringValueExemption",
        "id": "Apps_MayAddSecrets", "operator": "equals", "value": "yes",
    }] } });
    let world = with_policy(&blocking(&actors));
    let admin = admin(world, "fabrikam.com", |_| {});
    let (_, answer, sentence) = secret_check(&admin);
    assert_eq!(answer, Answer::CannotTell, "{sentence}");
    let ran = admin.run();
    assert_eq!(
        problem_of(&ran, StepId::Secret).kind,
        ProblemKind::SecretBlocked
    );
    admin.world.with_sim(|sim| {
        assert!(sim.set_security_attribute("admin@fabrikam.com", "Apps_MayAddSecrets", "yes"));
    });
    complete(&admin.run());
}

#[test]
fn the_apps_can_be_created_first_and_the_secret_once_exempt() {
    let admin = admin(
        with_policy(&blocking(&json!({}))),
        "fabrikam.com",
        |draft| {
            draft.secret_later = true;
        },
    );
    let (action, answer, _) = secret_check(&admin);
    assert_eq!((action, answer), (Action::Keep, Answer::No));
    let ran = admin.run();
    assert!(ran.outcome.secret.is_none());
    let NotReady::Secret(app) = handoff(&ran.plan, &ran.observed, &ran.outcome).unwrap_err() else {
        panic!("the secret is missing and nothing else")
    };
    let own = json!({
        "isEnabled": true,
        "restrictions": { "passwordCredentials": [
            { "restrictionType": "passwordAddition", "state": "disabled" },
        ] },
    });
    admin
        .world
        .with_sim(|sim| assert!(sim.set_policy_of_app(FABRIKAM, app, &own)));
    let mut admin = admin;
    admin.draft.secret_later = false;
    let (_, answer, sentence) = secret_check(&admin);
    assert_eq!(answer, Answer::Yes, "{sentence}");
    complete(&admin.run());
}

/// Responses that replace the real ones, with the resulting kind of problem.
#[test]
fn an_error_is_reported_by_code_and_not_taken_for_replication() {
    let refusal = |code: &str, message: &str| {
        json!({ "error": { "code": code, "message": message } }).to_string()
    };
    let in_use = "The service principal cannot be created, updated, or restored because the service principal name api://x is already in use.";
    for (method, path, status, body, step, kind) in [
        (
            Method::PATCH,
            "/v1.0/applications/",
            409,
            refusal("Request_MultipleObjectsWithSameKeyValue", in_use),
            StepId::AppIdUri,
            ProblemKind::PrincipalNameTaken,
        ),
        (
            Method::PATCH,
            "/v1.0/applications/",
            409,
            refusal("Conflict", "Something new."),
            StepId::AppIdUri,
            ProblemKind::Refused,
        ),
        (
            Method::PATCH,
            "/v1.0/servicePrincipals",
            409,
            refusal("Request_MultipleObjectsWithSameKeyValue", in_use),
            StepId::ServerPrincipal,
            ProblemKind::PrincipalNameTaken,
        ),
        (
            Method::PATCH,
            "/v1.0/applications/",
            403,
            refusal("RedirectUriNotAllowedAsPerAppPolicy", "Not allowed."),
            StepId::AppIdUri,
            ProblemKind::RedirectPolicy,
        ),
        (
            Method::PATCH,
            "/v1.0/applications/",
            403,
            refusal("Something_New", "Not now."),
            StepId::AppIdUri,
            ProblemKind::Refused,
        ),
        (
            Method::POST,
            "/v1.0/oauth2PermissionGrants",
            403,
            refusal(
                "AccessDenied",
                "You cannot perform the requested operation, required scopes are missing in the token.",
            ),
            StepId::GraphConsent,
            ProblemKind::ConsentMissing,
        ),
    ] {
        let admin = admin(world(), "fabrikam.com", |_| {});
        admin.world.with_sim(|sim| {
            for skip in [0, 1] {
                sim.inject(Fault {
                    times: 50,
                    skip,
                    ..fault(
                        method.clone(),
                        path,
                        FaultKind::Instead(status, body.clone()),
                    )
                });
            }
        });
        let ran = admin.run();
        let problem = problem_of(&ran, step);
        assert_eq!(problem.kind, kind, "{body}");
        assert!(problem.said.is_some(), "Microsoft's own words");
        let took = ran.outcome.ended.duration_since(ran.outcome.began);
        assert!(took.as_secs() < 60, "waited {took:?} for {body}");
    }
}

#[test]
fn exceeded_quotas_are_not_reported_as_missing_roles() {
    for (kind, path, step, expected) in [
        (
            FaultKind::ObjectFull,
            "/v1.0/applications/",
            StepId::Secret,
            ProblemKind::ObjectFull,
        ),
        (
            FaultKind::TenantQuota,
            "/v1.0/applications(",
            StepId::ServerApp,
            ProblemKind::TenantQuotaExceeded,
        ),
        (
            FaultKind::PrincipalQuota,
            "/v1.0/applications(",
            StepId::ServerApp,
            ProblemKind::AccountQuotaExceeded,
        ),
    ] {
        let admin = admin(world(), "fabrikam.com", |_| {});
        admin.world.with_sim(|sim| {
            let method = if step == StepId::Secret {
                Method::POST
            } else {
                Method::PATCH
            };
            sim.inject(Fault {
                times: 50,
                ..fault(method, path, kind)
            });
        });
        let ran = admin.run();
        assert_eq!(problem_of(&ran, step).kind, expected);
    }
}

#[test]
fn a_read_only_subscription_blocks_the_plan_before_any_write() {
    for (state, kind) in [
        (Some(State::Disabled), ProblemKind::SubscriptionReadOnly),
        (Some(State::Warned), ProblemKind::SubscriptionReadOnly),
        (Some(State::Expired), ProblemKind::SubscriptionReadOnly),
        (None, ProblemKind::SubscriptionElsewhere),
    ] {
        let admin = admin(world(), "woodgrove.com", |_| {});
        let name = "Woodgrove Bank subscription";
        admin.world.with_sim(|sim| match state {
            Some(state) => assert!(sim.set_subscription_state(name, state)),
            None => assert!(sim.delegate_subscription(name, FABRIKAM)),
        });
        let (desired, observed, plan) = admin.review();
        assert!(plan.is_blocked(), "{state:?}");
        let blocked = plan.steps.iter().find_map(|step| {
            if let Action::Blocked(problem) = &step.action {
                Some(problem.kind.clone())
            } else {
                None
            }
        });
        assert_eq!(blocked, Some(kind));
        let checks = preflight::checks(&desired, &observed, &plan, admin.world.now(), Locale::En);
        let check = checks
            .iter()
            .find(|it| it.question == Question::SubscriptionUsable)
            .unwrap();
        assert_eq!(check.answer, Answer::No, "{}", check.sentence);
    }
    let admin = admin(world(), "woodgrove.com", |_| {});
    admin.world.with_sim(|sim| {
        assert!(sim.set_subscription_state("Woodgrove Bank subscription", State::PastDue));
    });
    complete(&admin.run());
}

#[test]
fn subscriptions_that_can_be_selected_come_first() {
    let admin = admin(world(), "fabrikam.com", |_| {});
    let found = admin
        .world
        .run(tenant::subscriptions(&admin.session, &Observer::quiet()))
        .unwrap();
    let names: Vec<_> = found.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Fabrikam Development",
            "Fabrikam Production",
            "Fabrikam Archive"
        ]
    );
}

#[test]
fn an_error_of_an_azure_registration_is_reported_by_its_code() {
    for (refusal, kind) in [
        (AzureRefusal::ScopeLocked, ProblemKind::ScopeLocked),
        (AzureRefusal::DenyAssignment, ProblemKind::DenyAssignment),
        (AzureRefusal::Policy, ProblemKind::AzurePolicy),
    ] {
        let admin = admin(world(), "woodgrove.com", |_| {});
        admin.world.with_sim(|sim| {
            assert!(sim.refuse_in_subscription("Woodgrove Bank subscription", Some(refusal)));
        });
        let ran = admin.run();
        let failed: Vec<_> = ran
            .outcome
            .steps
            .iter()
            .filter_map(|step| {
                if let StepState::Failed(problem) = &step.state {
                    Some(problem.kind.clone())
                } else {
                    None
                }
            })
            .collect();
        assert!(
            !failed.is_empty() && failed.iter().all(|it| *it == kind),
            "{failed:?}"
        );
    }
}

#[test]
fn an_enterprise_application_alone_can_block_an_app_id_uri() {
    let world = world();
    let uri = format!("api://{FABRIKAM}/ConfigMgrService");
    world.with_sim(|sim| {
        let now = "2026-11-01T00:00:00Z".parse().unwrap();
        assert!(
            sim.add_enterprise_application(now, FABRIKAM, "Older gateway", &[&uri])
                .is_some()
        );
    });
    let admin = admin(world, "fabrikam.com", |draft| {
        draft.uri_form = UriForm::TenantAndName.key().to_owned();
        draft.uri_name = "ConfigMgrService".to_owned();
    });
    let (_, _, plan) = admin.review();
    let Action::Blocked(problem) = &plan.step(StepId::AppIdUri).unwrap().action else {
        panic!("{:?}", plan.step(StepId::AppIdUri))
    };
    assert_eq!(problem.kind, ProblemKind::PrincipalNameTaken);
}

#[test]
fn a_customer_tenant_blocks_the_plan() {
    for (kind, is_blocked) in [("CIAM", true), ("AAD B2C", true), ("AAD", false)] {
        let world = world();
        world.with_sim(|sim| assert!(sim.set_tenant_type(FABRIKAM, kind)));
        let admin = admin(world, "fabrikam.com", |_| {});
        let (_, _, plan) = admin.review();
        assert_eq!(plan.is_blocked(), is_blocked, "{kind}");
    }
}

/// With limited permissions, properties are null. A role without its template ID does not mean "no role".
#[test]
fn a_role_without_its_template_id_gives_cannot_tell() {
    let admin = admin(world(), "litware.com", |_| {});
    let roles = json!({ "value": [
        { "@odata.type": "#microsoft.graph.directoryRole", "id": "5e97358c-d99c-4558-8000-00000000aaaa", "displayName": null },
    ] })
    .to_string();
    admin.world.with_sim(|sim| {
        sim.inject(Fault {
            times: 50,
            ..fault(
                Method::GET,
                "/v1.0/me/transitiveMemberOf",
                FaultKind::Instead(200, roles.clone()),
            )
        });
    });
    let (desired, observed, plan) = admin.review();
    let checks = preflight::checks(&desired, &observed, &plan, admin.world.now(), Locale::En);
    for check in checks {
        if matches!(check.question, Question::Allowed(task) if task != Task::RegisterProviders) {
            assert_eq!(check.answer, Answer::CannotTell, "{check:?}");
        }
    }
}

/// Azure accepted the registration. A failure to read its state later is not a failure of the registration.
#[test]
fn a_registration_that_cannot_be_read_counts_as_in_progress() {
    for kind in [
        FaultKind::Revoked(None),
        FaultKind::Redirected("https://example.com/".to_owned()),
    ] {
        let admin = admin(world(), "woodgrove.com", |_| {});
        let path = format!(
            "/subscriptions/{}/providers/Microsoft.KeyVault",
            admin.draft.subscription
        );
        admin.world.with_sim(|sim| {
            sim.inject(Fault {
                times: 50,
                // The review and the run each read it once before the registration.
                skip: 2,
                ..fault(Method::GET, &path, kind.clone())
            });
        });
        let ran = admin.run();
        let step = StepId::Provider(ProviderNamespace::KeyVault);
        let step = ran.outcome.steps.iter().find(|it| it.id == step).unwrap();
        assert_eq!(step.state, StepState::UnderWay, "{kind:?}");
    }
}

/// Azure's error for the subscription itself is a check before the apps are created.
#[test]
fn a_missing_subscription_blocks_the_plan_before_any_write() {
    let unknown = |draft: &mut Draft| {
        draft.subscription = "5e97358c-d99c-4558-8000-0000000fffff".to_owned();
    };
    let mut missing = admin(world(), "woodgrove.com", |_| {});
    unknown(&mut missing.draft);
    let moved = admin(world(), "woodgrove.com", |_| {});
    moved.world.with_sim(|sim| {
        let refusal = Some(AzureRefusal::OtherTenant(FABRIKAM));
        assert!(sim.refuse_in_subscription("Woodgrove Bank subscription", refusal));
    });
    for (admin, kind) in [
        (missing, ProblemKind::SubscriptionMissing),
        (moved, ProblemKind::SubscriptionElsewhere),
    ] {
        let (desired, observed, plan) = admin.review();
        let step = StepId::Provider(ProviderNamespace::KeyVault);
        let Action::Blocked(problem) = &plan.step(step).unwrap().action else {
            panic!("{:?}", plan.step(step))
        };
        assert_eq!(problem.kind, kind);
        let checks = preflight::checks(&desired, &observed, &plan, admin.world.now(), Locale::En);
        let check = checks
            .iter()
            .find(|it| it.question == Question::SubscriptionUsable)
            .unwrap();
        assert_eq!(check.answer, Answer::No, "{}", check.sentence);
    }
}
