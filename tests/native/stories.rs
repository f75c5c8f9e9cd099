//! Complete runs in the simulated clouds, on a clock that never waits: sign in, read the tenant, plan, run, and hand over.
#![expect(
    clippy::print_stdout,
    reason = "the tests also report the request counts of a run"
)]

#[path = "stories/origin.rs"]
mod origin;
#[path = "stories/resume.rs"]
mod resume;
#[path = "stories/truth.rs"]
pub(crate) mod truth;

use std::cell::Cell;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::directory::store::Replication;
use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cloud_sim::seed::FABRIKAM;
use cloud_sim::seed::WOODGROVE;
use domain::app_id_uri::choice::UriForm;
use domain::cloud::Cloud;
use domain::cmg::SecretLife;
use domain::known::Answer;
use domain::locale::Locale;
use domain::platform::Platform;
use domain::platform::SignInRedirect;
use domain::problem::ProblemKind;
use domain::roles::Task;
use domain::tenant::TenantHint;
use engine::auth::scopes::ScopeSet;
use engine::auth::session::Session;
use engine::auth::sign_in;
use engine::auth::sign_in::SignIn;
use engine::auth::sign_in::StepUp;
use engine::desired::Desired;
use engine::desired::Draft;
use engine::desired::DraftField;
use engine::export::configmgr;
use engine::export::from_run::NotReady;
use engine::export::from_run::handoff;
use engine::journal::Journal;
use engine::journal::JournalLocation;
use engine::net::Observer;
use engine::net::cancel::CancellationToken;
use engine::plan::Action;
use engine::plan::Plan;
use engine::plan::StepReason;
use engine::plan::apps::app_facts;
use engine::plan::compare::plan;
use engine::plan::preflight;
use engine::plan::preflight::Question;
use engine::plan::step::StepId;
use engine::read::observed::Observed;
use engine::read::observed::there;
use engine::read::tenant;
use engine::run;
use engine::run::Progress;
use engine::run::RunOutcome;
use engine::run::StepState;
use engine::run::prepare::StartError;
use engine::run::request::RunRequest;
use http::Method;
use uuid::Uuid;

const SITE: &str = "https://cmg-entra-setup.test/";

/// A signed-in admin with the answers of the wizard.
struct Admin {
    world: SimPlatform,
    session: Session,
    draft: Draft,
}

/// The result of one run, with its inputs.
struct Ran {
    desired: Desired,
    observed: Observed,
    plan: Plan,
    outcome: RunOutcome,
    journal: Rc<Journal>,
    seen: Vec<Progress>,
    /// Dependent request waves until the end of the last step. One more read checks that the new secret is the only one of this run.
    waves: u64,
}

fn world() -> SimPlatform {
    SimPlatform::virtual_clock(Sim::new(1), "2026-11-23T10:00:00Z".parse().unwrap())
}

fn shared(world: &SimPlatform) -> Rc<dyn Platform> {
    Rc::new(world.clone())
}

/// Signs in to a tenant and changes the default answers of the wizard.
fn admin(world: SimPlatform, tenant: &str, change: impl FnOnce(&mut Draft)) -> Admin {
    let cloud = if tenant.ends_with(".us") {
        Cloud::UsGov
    } else {
        Cloud::Public
    };
    let mut draft = Draft::new(
        cloud,
        Uuid::from_u128(0x0bad_cafe_0000_4000_8000_0000_0000_0001),
    );
    change(&mut draft);
    let client = world.with_sim(|_| match cloud {
        Cloud::Public => cloud_sim::entra::state::TOOL_PUBLIC,
        Cloud::UsGov | Cloud::UsGovDod => cloud_sim::entra::state::TOOL_US_GOV,
    });
    let request = SignIn {
        cloud,
        client_id: client,
        redirect_uri: SITE.to_owned(),
        tenant: Some(TenantHint::parse(tenant).unwrap()),
        scopes: ScopeSet::set_up(draft.discovery_wanted()),
        login_hint: None,
        claims: None,
        step_up: StepUp::default(),
    };
    let session = world.run(async {
        let world = shared(&world);
        let SignInRedirect::Answered(fragment) = sign_in::begin(&world, &request).await.unwrap()
        else {
            panic!("answered at once")
        };
        sign_in::finish(&world, &fragment, &request).await.unwrap()
    });
    let subscriptions = world
        .run(tenant::subscriptions(&session, &Observer::quiet()))
        .unwrap();
    if let Some(subscription) = subscriptions.iter().find(|it| it.state == "Enabled") {
        draft.subscription = subscription.id.to_string();
    }
    Admin {
        world,
        session,
        draft,
    }
}

impl Admin {
    fn desired(&self) -> Desired {
        let tenant = self
            .world
            .run(tenant::tenant(&self.session, &Observer::quiet()))
            .unwrap();
        let facts = app_facts(None, self.world.now());
        self.draft
            .check(tenant.id, &tenant.rules, &facts, Locale::En)
            .unwrap()
    }

    /// Creates the review for an admin who has selected the existing apps.
    fn review(&self) -> (Desired, Observed, Plan) {
        let mut desired = self.desired();
        self.world.reset_counts();
        let observed = self
            .world
            .run(tenant::read_tenant(
                &self.session,
                &desired,
                &Observer::quiet(),
            ))
            .unwrap();
        let apps = [&observed.server, &observed.client];
        desired.adopted = apps
            .into_iter()
            .filter_map(there)
            .map(|app| app.app_id)
            .collect();
        let plan = plan(&desired, &observed, self.world.now());
        (desired, observed, plan)
    }

    /// Reviews, approves, and runs the plan.
    fn run(&self) -> Ran {
        // Each run is separate, as on another computer. `resume` and `unfinished` test the continuation of a run.
        self.world.run(self.world.delete("run/")).unwrap();
        let (desired, observed, plan) = self.review();
        // Only the requests of the run count. The run itself reads the tenant again.
        self.world.reset_counts();
        let seen = Rc::new(RefCell::new(Vec::new()));
        let journal = Rc::new(Journal::new(shared(&self.world)));
        let waves = Rc::new(Cell::new(0));
        let on_progress = {
            let (seen, waves, world) = (Rc::clone(&seen), Rc::clone(&waves), self.world.clone());
            Rc::new(move |progress: &Progress| {
                seen.borrow_mut().push(progress.clone());
                waves.set(world.waves());
            })
        };
        let approved = plan.clone().approve().expect("not blocked");
        let outcome = self.world.run(run::run(
            shared(&self.world),
            self.session.clone(),
            RunRequest {
                approved,
                draft: self.draft.clone(),
                recorded_run: None,
                in_hand: None,
                keeping: JournalLocation::Store,
            },
            Rc::clone(&journal),
            on_progress,
            CancellationToken::default(),
        ));
        let seen = seen.borrow().clone();
        Ran {
            desired,
            observed,
            plan,
            outcome,
            journal,
            seen,
            waves: waves.get(),
        }
    }
}

#[track_caller]
fn complete(ran: &Ran) {
    let bad: Vec<_> = ran
        .outcome
        .steps
        .iter()
        .filter(|step| !step.state.is_good())
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

fn fault(method: Method, path: &str, kind: FaultKind) -> Fault {
    Fault {
        method: Some(method),
        path_prefix: path.to_owned(),
        skip: 0,
        times: 1,
        kind,
    }
}

#[test]
fn a_new_pair_needs_four_waves() {
    let admin = admin(world(), "fabrikam.com", |draft| draft.user_discovery = true);
    let ran = admin.run();
    complete(&ran);
    // The page polls the resource providers while Azure registers them. The admin does not wait for these requests.
    let looks: u32 = ran
        .outcome
        .steps
        .iter()
        .filter(|it| matches!(it.id, StepId::Provider(_)))
        .map(|it| it.attempt.saturating_sub(1))
        .sum();
    println!(
        "requests {} (of which looks at providers {looks}), writes {}, waves {}",
        admin.world.requests(),
        ran.plan.writes(),
        ran.waves
    );
    let secret = ran.outcome.secret.as_ref().expect("a secret");
    assert!(!secret.text.expose().is_empty());
    let handoff = handoff(&ran.plan, &ran.observed, &ran.outcome).unwrap();
    assert!(handoff.server.app_id_uri.as_str().starts_with("api://"));
    assert!(
        handoff
            .consents
            .iter()
            .all(|consent| consent.is_granted == Answer::Yes)
    );
    for text in [
        configmgr::script(&handoff),
        handoff.record(None),
        format!("{:?}{:?}", ran.outcome, ran.journal),
    ] {
        assert!(
            !text.contains(secret.text.expose()),
            "the secret is in no text"
        );
    }
}

#[test]
fn a_run_without_providers_takes_at_most_five_waves() {
    let mut admin = admin(world(), "fabrikam.com", |_| {});
    admin.draft.subscription = String::new();
    let ran = admin.run();
    complete(&ran);
    println!(
        "without a subscription: requests {}, writes {}, waves {}",
        admin.world.requests(),
        ran.plan.writes(),
        ran.waves
    );
    // The secret waits for the consent.
    assert!(ran.waves <= 5, "{} waves", ran.waves);
}

#[test]
fn a_second_run_writes_nothing() {
    let admin = admin(world(), "fabrikam.com", |draft| {
        draft.group_discovery = true;
    });
    complete(&admin.run());
    let before = admin.world.with_sim(|sim| sim.snapshot());
    let (_, _, plan) = admin.review();
    assert_eq!(plan.writes(), 0, "{:#?}", plan.steps);
    let ran = admin.run();
    complete(&ran);
    assert!(ran.outcome.secret.is_none());
    assert_eq!(admin.world.with_sim(|sim| sim.snapshot()), before);
}

#[test]
fn the_us_government_cloud_works_the_same() {
    let admin = admin(world(), "contoso-gov.us", |_| {});
    let ran = admin.run();
    complete(&ran);
    assert_eq!(
        ran.desired.cloud.azure_environment(),
        "AzureUSGovernmentCloud"
    );
}

#[test]
fn lost_responses_create_nothing_twice() {
    let undisturbed = {
        let admin = admin(world(), "fabrikam.com", |draft| draft.user_discovery = true);
        complete(&admin.run());
        shape(&admin)
    };
    for (method, path) in [
        (Method::PATCH, "/v1.0/applications"),
        (Method::PATCH, "/v1.0/servicePrincipals"),
        (Method::POST, "/v1.0/oauth2PermissionGrants"),
        (Method::POST, "/v1.0/servicePrincipals"),
        (Method::POST, "/v1.0/applications"),
        (Method::POST, "/subscriptions"),
    ] {
        for kind in [
            FaultKind::LostBefore,
            FaultKind::LostAfter,
            FaultKind::CutAfter,
            FaultKind::HangAfter,
            FaultKind::Throttled(None),
        ] {
            let admin = admin(world(), "fabrikam.com", |draft| draft.user_discovery = true);
            admin
                .world
                .with_sim(|sim| sim.inject(fault(method.clone(), path, kind.clone())));
            let ran = admin.run();
            complete(&ran);
            assert_eq!(shape(&admin), undisturbed, "{method} {path} {kind:?}");
        }
    }
}

/// Number of objects of each kind.
fn shape(admin: &Admin) -> Vec<(String, usize)> {
    fn count(
        value: &serde_json::Value,
        path: &str,
        counts: &mut std::collections::BTreeMap<String, usize>,
    ) {
        match value {
            serde_json::Value::Array(items) => {
                *counts.entry(path.to_owned()).or_default() += items.len();
                items.iter().for_each(|item| count(item, path, counts));
            }
            serde_json::Value::Object(fields) => fields.iter().for_each(|(key, value)| {
                let is_key = key.len() >= 36;
                let path = if is_key {
                    format!("{path}/*")
                } else {
                    format!("{path}/{key}")
                };
                if is_key {
                    *counts.entry(path.clone()).or_default() += 1;
                }
                count(value, &path, counts);
            }),
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::String(_) => {}
        }
    }
    let mut counts = std::collections::BTreeMap::new();
    count(&admin.world.with_sim(|sim| sim.snapshot()), "", &mut counts);
    counts.into_iter().collect()
}

#[test]
fn a_run_waits_for_slow_replication() {
    let lag = Duration::from_secs(90);
    let sim = Sim::new(1).with_replication(Replication {
        by_key: lag,
        lists: lag * 2,
        references: lag,
    });
    let world = SimPlatform::virtual_clock(sim, "2026-11-23T10:00:00Z".parse().unwrap());
    let admin = admin(world, "fabrikam.com", |_| {});
    let ran = admin.run();
    complete(&ran);
    assert!(ran.seen.iter().any(|progress| matches!(
        progress.note,
        Some(run::timeline::WaitNote::Replicating { .. })
    )));
}

#[test]
fn missing_roles_are_shown_before_and_after_the_run() {
    let admin = admin(world(), "litware.com", |draft| draft.user_discovery = true);
    let (desired, observed, plan) = admin.review();
    let checks = preflight::checks(&desired, &observed, &plan, admin.world.now(), Locale::En);
    let no: Vec<_> = checks
        .iter()
        .filter(|check| check.answer == Answer::No)
        .map(|check| check.question)
        .collect();
    assert!(
        no.iter()
            .any(|question| matches!(question, Question::Allowed(_))),
        "{checks:#?}"
    );
    let ran = admin.run();
    let failed = ran.outcome.steps.iter().find_map(|step| match &step.state {
        StepState::Failed(problem) => Some(problem.clone()),
        StepState::Waiting
        | StepState::Running
        | StepState::Done
        | StepState::Kept
        | StepState::UnderWay
        | StepState::Skipped { .. } => None,
    });
    let failed = failed.expect("something is refused");
    assert!(
        matches!(
            failed.kind,
            ProblemKind::RoleMissing | ProblemKind::RegisterForbidden
        ),
        "{failed:?}"
    );
    assert!(ran.outcome.steps.iter().all(|step| step.state.is_over()));
}

#[test]
fn strict_policies_accept_the_default_uri_and_limit_secrets() {
    let strict = admin(world(), "woodgrove.com", |_| {});
    complete(&strict.run());
    let strict = admin(world(), "woodgrove.com", |draft| {
        draft.secret_life = SecretLife::TwoYears.key().to_owned();
    });
    let (_, _, plan) = strict.review();
    let Action::Blocked(problem) = &plan.step(StepId::Secret).unwrap().action else {
        panic!("blocked")
    };
    assert_eq!(problem.kind, ProblemKind::SecretTooLong);
    let named = admin(world(), "woodgrove.com", |draft| {
        draft.uri_form = UriForm::TenantAndName.key().to_owned();
    });
    let tenant = named
        .world
        .run(tenant::tenant(&named.session, &Observer::quiet()))
        .unwrap();
    let faults = named
        .draft
        .check(
            tenant.id,
            &tenant.rules,
            &app_facts(None, named.world.now()),
            Locale::En,
        )
        .unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].field, DraftField::AppIdUri);
}

#[test]
fn an_existing_pair_with_the_same_names_stays_unchanged() {
    let admin = admin(world(), "adventure-works.com", |_| {});
    let before = admin.world.with_sim(|sim| sim.snapshot());
    let (desired, observed, plan) = admin.review();
    let checks = preflight::checks(&desired, &observed, &plan, admin.world.now(), Locale::En);
    let names = checks
        .iter()
        .find(|check| check.question == Question::NamesFree)
        .unwrap();
    assert_eq!(names.answer, Answer::No, "{checks:#?}");
    // The site may use this pair, so it is checked, and no second pair with the same names is planned.
    let Action::Blocked(problem) = &plan.step(StepId::ServerApp).unwrap().action else {
        panic!("{:#?}", plan.steps)
    };
    assert_eq!(problem.kind, ProblemKind::PairThere);
    assert!(plan.approve().is_err());
    let admin = crate::stories::admin(world(), "adventure-works.com", |draft| {
        draft.client_name = "CMG-ClientApp 2".to_owned();
    });
    complete(&admin.run());
    let after = admin.world.with_sim(|sim| sim.snapshot());
    assert!(
        keeps(&before, &after),
        "nothing of the older pair has changed"
    );
}

/// True if `after` contains everything in `before`. Lists can be longer.
fn keeps(before: &serde_json::Value, after: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => before
            .iter()
            .all(|(key, value)| after.get(key).is_some_and(|after| keeps(value, after))),
        (Value::Array(before), Value::Array(after)) => before
            .iter()
            .all(|value| after.iter().any(|after| keeps(value, after))),
        (before, after) => before == after,
    }
}

#[test]
fn a_deleted_pair_with_the_same_key_blocks_the_plan() {
    let admin = admin(world(), "northwind.com", |_| {});
    let (_, _, plan) = admin.review();
    let Action::Blocked(problem) = &plan.step(StepId::ServerApp).unwrap().action else {
        panic!("{:#?}", plan.steps)
    };
    assert_eq!(problem.kind, ProblemKind::HeldByDeleted);
    assert!(plan.approve().is_err());
}

#[test]
fn the_next_run_completes_an_interrupted_run() {
    let admin = admin(world(), "fabrikam.com", |draft| draft.user_discovery = true);
    admin.world.with_sim(|sim| {
        sim.inject(Fault {
            times: 50,
            ..fault(Method::PATCH, "/v1.0/servicePrincipals", FaultKind::Denied)
        });
    });
    let ran = admin.run();
    assert!(!ran.outcome.is_complete());
    assert!(
        ran.outcome.secret.is_none(),
        "no secret before both apps stand"
    );
    admin.world.with_sim(Sim::clear_faults);
    let ran = admin.run();
    complete(&ran);
    assert!(
        ran.plan
            .step(StepId::ServerApp)
            .unwrap()
            .action
            .write()
            .is_none(),
        "the app of the first run is kept"
    );
}

#[test]
fn a_malformed_response_never_means_that_an_object_is_missing() {
    for body in [
        "<html>Sign in to the guest network</html>",
        "",
        "null",
        "[]",
        "{}",
        "{\"value\":3}",
        "{\"value\":[{\"id\":7}]}",
        "{\"id\":\"x\"}",
        "{\"a\":",
    ] {
        for path in [
            "/v1.0/applications(",
            "/v1.0/applications?",
            "/v1.0/servicePrincipals(",
            "/v1.0/servicePrincipals/",
            "/v1.0/oauth2PermissionGrants",
            "/v1.0/directory",
            "/v1.0/organization",
            "/v1.0/me",
            "/v1.0/policies",
            "/subscriptions/",
        ] {
            let admin = admin(world(), "fabrikam.com", |draft| draft.user_discovery = true);
            complete(&admin.run());
            let desired = admin.desired();
            admin.world.with_sim(|sim| {
                sim.inject(Fault {
                    times: 50,
                    ..fault(Method::GET, path, FaultKind::Garbled(body.to_owned()))
                });
            });
            let observed = admin.world.run(tenant::read_tenant(
                &admin.session,
                &desired,
                &Observer::quiet(),
            ));
            // The read can fail. A successful read must not report existing objects as missing.
            let Ok(observed) = observed else { continue };
            let plan = plan(&desired, &observed, admin.world.now());
            for step in &plan.steps {
                let invented =
                    matches!(step.action, Action::Create(_)) && step.reason == StepReason::Missing;
                assert!(
                    !invented,
                    "{path} {body:?}: {:?} would be made again",
                    step.id
                );
            }
        }
    }
}

#[test]
fn a_run_waits_while_the_browser_is_offline() {
    let admin = admin(world(), "fabrikam.com", |draft| draft.user_discovery = true);
    let world = admin.world.clone();
    let requests = {
        let undisturbed = self::admin(self::world(), "fabrikam.com", |draft| {
            draft.user_discovery = true;
        });
        complete(&undisturbed.run());
        undisturbed.world.requests()
    };
    let (_, _, plan) = admin.review();
    world.reset_counts();
    let order = RunRequest {
        approved: plan.approve().unwrap(),
        draft: admin.draft.clone(),
        recorded_run: None,
        in_hand: None,
        keeping: JournalLocation::Store,
    };
    let notes = Rc::new(RefCell::new(0));
    let seen = Rc::clone(&notes);
    let run = run::run(
        shared(&world),
        admin.session.clone(),
        order,
        Rc::new(Journal::new(shared(&world))),
        Rc::new(move |progress: &Progress| {
            if progress.note == Some(run::timeline::WaitNote::Offline) {
                *seen.borrow_mut() += 1;
            }
        }),
        CancellationToken::default(),
    );
    let network = async {
        world.sleep(Duration::from_millis(250)).await;
        world.set_offline(true);
        world.sleep(Duration::from_secs(3600)).await;
        world.set_offline(false);
    };
    let (outcome, ()) = world.run(async { futures_util::join!(run, network) });
    assert!(outcome.is_complete(), "{:#?}", outcome.steps);
    assert!(*notes.borrow() > 0, "no progress was shown");
    let more = world.requests() - requests;
    assert!(more < 12, "a storm of {more} requests");
}

#[test]
fn a_run_does_not_start_in_a_tenant_other_than_its_drafts() {
    let stopped = |typed: &str, resolved: &str, prepared: &dyn Fn(&SimPlatform)| {
        let mut admin = admin(world(), resolved, |_| ());
        let (_, _, plan) = admin.review();
        admin.draft.tenant = typed.to_owned();
        prepared(&admin.world);
        let outcome = admin.world.run(run::run(
            shared(&admin.world),
            admin.session.clone(),
            RunRequest {
                approved: plan.approve().unwrap(),
                draft: admin.draft.clone(),
                recorded_run: None,
                in_hand: None,
                keeping: JournalLocation::Store,
            },
            Rc::new(Journal::new(shared(&admin.world))),
            Rc::new(|_: &Progress| ()),
            CancellationToken::default(),
        ));
        match outcome.stop {
            Some(StartError::OtherTenant(answer)) => {
                assert!(outcome.secret.is_none() && !outcome.is_complete());
                Some(answer)
            }
            Some(other) => panic!("{other:?}"),
            None => {
                assert!(outcome.is_complete());
                None
            }
        }
    };
    let readable = |_: &SimPlatform| ();
    let unreadable = |world: &SimPlatform| {
        world.with_sim(|sim| {
            sim.inject(Fault {
                method: Some(Method::GET),
                path_prefix: "/v1.0/organization".to_owned(),
                skip: 0,
                times: 9,
                kind: FaultKind::Denied,
            });
        });
    };
    let fabrikam = FABRIKAM.to_string();
    for (typed, resolved, when_readable, when_not) in [
        (
            "woodgrove.com",
            "fabrikam.com",
            Some(Answer::No),
            Some(Answer::CannotTell),
        ),
        ("Fabrikam.com", "fabrikam.com", None, None),
        (
            "fabrikam.com",
            fabrikam.as_str(),
            None,
            Some(Answer::CannotTell),
        ),
        (
            "fabrikam.onmicrosoft.com",
            "fabrikam.com",
            None,
            Some(Answer::CannotTell),
        ),
        (fabrikam.as_str(), "fabrikam.com", None, None),
        (
            "admin@fabrikam.com",
            "fabrikam.com",
            Some(Answer::CannotTell),
            Some(Answer::CannotTell),
        ),
    ] {
        assert_eq!(
            stopped(typed, resolved, &readable),
            when_readable,
            "{typed}"
        );
        assert_eq!(stopped(typed, resolved, &unreadable), when_not, "{typed}");
    }
    assert_eq!(
        stopped(&WOODGROVE.to_string(), "fabrikam.com", &unreadable),
        Some(Answer::No)
    );
}
