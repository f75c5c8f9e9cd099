//! Unfinished runs: who can continue one, from which step, and what an undo leaves. The sweep tests many cases, and this file the critical
//! ones.

use std::time::Duration;

use cloud_sim::platform::FaultInjection;
use cloud_sim::seed::FABRIKAM;
use domain::cloud::Cloud;
use domain::ids::ObjectId;
use domain::platform::HttpRequest;
use domain::platform::StorageError;
use domain::problem::Problem;
use engine::graph::wire;
use engine::journal;
use engine::journal::Created;
use engine::journal::Event;
use engine::journal::RecordedRun;
use engine::journal::StoredRun;
use engine::journal::Unreadable;
use engine::journal::history;
use engine::journal::history::History;
use engine::journal::history::without_lost_secrets;
use engine::net::ApiRequest;
use engine::net::Body;
use engine::run::prepare::StartError;
use engine::undo;
use engine::undo::Findings;
use engine::undo::UndoOutcome;
use engine::undo::UndoPlan;
use engine::undo::UndoStep;
use engine::undo::UndoStepState;
use engine::undo::execute;
use serde_json::Value;
use serde_json::json;

use super::*;

fn snapshot(world: &SimPlatform) -> Value {
    world.with_sim(|sim| sim.snapshot_of(FABRIKAM))
}

fn fabrikam(world: SimPlatform) -> Admin {
    admin(world, "fabrikam.com", |draft| draft.user_discovery = true)
}

/// The latest unfinished run in the store.
fn recorded_run(world: &SimPlatform) -> Option<RecordedRun> {
    let stored = world.run(journal::stored(world)).unwrap();
    stored.into_iter().rev().find_map(|it| match it {
        StoredRun::Run(recorded_run) if recorded_run.is_open() => Some(recorded_run),
        StoredRun::Run(_) | StoredRun::Foreign { .. } => None,
    })
}

/// Runs an approved plan. Returns `None` if the page closes during the run.
fn carried_out(admin: &Admin, plan: Plan, recorded_run: Option<RecordedRun>) -> Option<RunOutcome> {
    admin.world.try_run(run::run(
        shared(&admin.world),
        admin.session.clone(),
        RunRequest {
            approved: plan.approve().unwrap(),
            draft: admin.draft.clone(),
            recorded_run,
            in_hand: None,
            keeping: JournalLocation::Store,
        },
        Rc::new(Journal::new(shared(&admin.world))),
        Rc::new(|_| ()),
        CancellationToken::default(),
    ))
}

/// Reviews the remaining steps of the unfinished run and continues it.
fn gone_on(admin: &Admin) -> Option<RunOutcome> {
    let recorded_run = recorded_run(&admin.world);
    let (desired, observed, _) = admin.review();
    let history = recorded_run.as_ref().map(History::of).unwrap_or_default();
    let observed = without_lost_secrets(observed, &history, None);
    let plan = plan(&desired, &observed, admin.world.now());
    carried_out(admin, plan, recorded_run)
}

/// A run whose page closes after this many requests.
fn crashed(skip: u32) -> SimPlatform {
    let admin = fabrikam(world());
    let (_, _, plan) = admin.review();
    admin.world.with_sim(|sim| {
        sim.inject(Fault {
            method: None,
            path_prefix: String::new(),
            skip,
            times: 1,
            kind: FaultKind::CrashAfter,
        });
    });
    let outcome = carried_out(&admin, plan, None);
    assert!(outcome.is_none(), "the page died: {outcome:#?}");
    admin.world.another_page(false)
}

fn found_out(admin: &Admin, recorded_run: &RecordedRun) -> Result<Findings, StartError> {
    admin.world.run(undo::find_out(
        &shared(&admin.world),
        &admin.session,
        recorded_run,
        &CancellationToken::default(),
    ))
}

fn taken_back(admin: &Admin, recorded_run: &RecordedRun, plan: UndoPlan) -> UndoOutcome {
    admin.world.run(execute::run(
        shared(&admin.world),
        admin.session.clone(),
        recorded_run.clone(),
        plan,
        JournalLocation::Store,
        Rc::new(|_, _| ()),
        CancellationToken::default(),
    ))
}

/// Sends a request to Microsoft Graph as another user of the tenant.
fn ask(world: &SimPlatform, method: Method, path: &str, body: &Value) -> Value {
    let now = world.now();
    world.with_sim(|sim| {
        let audience = "https://graph.microsoft.com";
        let everything = ["Directory.AccessAsUser.All"];
        let token = sim
            .token_for(now, "admin@fabrikam.com", audience, &everything)
            .unwrap();
        let request: HttpRequest = http::Request::builder()
            .method(method)
            .uri(format!("{audience}/v1.0/{path}"))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(body.to_string().into_bytes())
            .unwrap();
        let answer = sim.handle(now, &request).answer.unwrap();
        assert!(answer.status().is_success(), "{path}: {answer:?}");
        serde_json::from_slice(answer.body()).unwrap_or_default()
    })
}

fn server(world: &SimPlatform) -> Value {
    let filter = "applications?$filter=displayName%20eq%20'CMG-ServerApp'";
    ask(world, Method::GET, filter, &Value::Null)["value"][0].clone()
}

#[test]
fn a_run_of_another_tenant_is_not_continued_or_undone() {
    let world = crashed(20);
    let recorded_run = recorded_run(&world).unwrap();
    let stranger = admin(world.clone(), "woodgrove.com", |_| {});
    let before = world.with_sim(|sim| sim.snapshot());
    let (_, _, plan) = stranger.review();
    let outcome = carried_out(&stranger, plan, Some(recorded_run.clone())).unwrap();
    assert!(matches!(outcome.stop, Some(StartError::OtherAccount(_))));
    assert!(matches!(
        found_out(&stranger, &recorded_run),
        Err(StartError::OtherAccount(_))
    ));
    assert_eq!(world.with_sim(|sim| sim.snapshot()), before);
}

#[test]
fn records_of_a_newer_page_are_shown_and_never_continued() {
    let world = crashed(20);
    let (key, text) = world.run(world.list("run/")).unwrap().remove(0);
    let newer = text.replacen("\"version\":1", "\"version\":2", 1);
    world.run(world.put(&key, &newer)).unwrap();
    let stored = world.run(journal::stored(&world)).unwrap();
    assert!(
        matches!(
            stored[..],
            [StoredRun::Foreign {
                why: Unreadable::Newer,
                ..
            }]
        ),
        "{stored:?}"
    );
    assert_eq!(recorded_run(&world), None);
}

#[test]
fn a_browser_without_storage_stops_the_run_before_any_write() {
    let admin = fabrikam(world());
    let before = snapshot(&admin.world);
    let (_, _, plan) = admin.review();
    for why in [
        StorageError::Blocked,
        StorageError::Full,
        StorageError::Busy,
    ] {
        admin.world.refuse_to_keep(Some(why));
        // A store that never responds counts as one that fails, so the run does not hang.
        let outcome = carried_out(&admin, plan.clone(), None).unwrap();
        assert_eq!(outcome.stop, Some(StartError::NotKept(why)));
    }
    assert_eq!(snapshot(&admin.world), before);
}

#[test]
fn locks_that_never_respond_count_as_no_locks() {
    let admin = fabrikam(world());
    let (_, _, plan) = admin.review();
    admin.world.silence_locks();
    assert!(carried_out(&admin, plan, None).unwrap().is_complete());
}

#[test]
fn a_full_store_stops_the_run_and_it_can_be_continued() {
    let admin = fabrikam(world());
    let (_, _, plan) = admin.review();
    admin.world.let_happen(8, FaultInjection::Full);
    let outcome = carried_out(&admin, plan, None).unwrap();
    let stopped = outcome
        .steps
        .iter()
        .any(|step| step.state == StepState::Failed(Problem::new(ProblemKind::NotJournaled)));
    assert!(stopped, "{:#?}", outcome.steps);
    assert!(gone_on(&admin).unwrap().is_complete());
}

#[test]
fn an_unfinished_run_completes_a_day_later_with_the_same_id() {
    for skip in 12..24 {
        let world = crashed(skip);
        world.advance(Duration::from_secs(25 * 3600));
        let run = recorded_run(&world).map(|recorded_run| recorded_run.run);
        let admin = fabrikam(world);
        let outcome = gone_on(&admin).unwrap();
        assert!(outcome.is_complete(), "{skip}: {:#?}", outcome.steps);
        assert!(run.is_none_or(|run| run.to_string() == outcome.run));
        let secrets = server(&admin.world)["passwordCredentials"].clone();
        assert_eq!(secrets.as_array().unwrap().len(), 1, "{skip}");
    }
}

#[test]
fn a_change_after_the_review_stops_the_run_before_any_write() {
    let admin = fabrikam(world());
    complete(&admin.run());
    let path = format!(
        "applications/{}",
        server(&admin.world)["id"].as_str().unwrap()
    );
    let redirects = |uris: &[&str]| {
        let body = json!({ "web": { "redirectUris": uris } });
        ask(&admin.world, Method::PATCH, &path, &body);
    };
    redirects(&["https://one.fabrikam.com/"]);
    let (_, _, plan) = admin.review();
    assert_eq!(plan.writes(), 1);
    redirects(&["https://two.fabrikam.com/"]);
    let before = snapshot(&admin.world);
    let outcome = carried_out(&admin, plan, None).unwrap();
    assert!(matches!(outcome.stop, Some(StartError::Changed(_))));
    assert_eq!(snapshot(&admin.world), before);
}

#[test]
fn an_unconfirmed_secret_is_replaced_in_a_new_page() {
    let first = fabrikam(world());
    let lost = first.run().outcome.secret.unwrap();
    let again = fabrikam(first.world.another_page(false));
    assert!(
        recorded_run(&again.world).is_some(),
        "the run is still open"
    );
    let found = gone_on(&again).unwrap().secret.expect("another secret");
    let secrets = server(&again.world)["passwordCredentials"].clone();
    assert_eq!(secrets.as_array().unwrap().len(), 1);
    assert_eq!(secrets[0]["keyId"], found.key_id.to_string());
    assert_ne!(found.key_id, lost.key_id);
}

#[test]
fn a_second_undo_has_no_effect() {
    let admin = fabrikam(world());
    let before = snapshot(&admin.world);
    complete(&admin.run());
    let recorded_run = recorded_run(&admin.world).unwrap();
    let findings = found_out(&admin, &recorded_run).unwrap();
    let plan = findings.plan_with(true);
    assert!(taken_back(&admin, &recorded_run, plan.clone()).is_complete());
    let after = snapshot(&admin.world);
    for part in [
        "applications",
        "deletedApplications",
        "servicePrincipals",
        "grants",
    ] {
        assert_eq!(after[part], before[part], "{part}");
    }
    // A second page does this if it still shows the plan of the first page, with the journal from then. The clock advances, because a new
    // object that is not found can still be replicating.
    admin.world.advance(Duration::from_secs(20 * 60));
    assert!(taken_back(&admin, &recorded_run, plan).is_complete());
    assert_eq!(snapshot(&admin.world), after);
}

#[test]
fn an_undo_restores_properties_and_keeps_later_changes() {
    let mut admin = fabrikam(world());
    complete(&admin.run());
    admin.world.run(admin.world.delete("run/")).unwrap();
    let path = format!(
        "applications/{}",
        server(&admin.world)["id"].as_str().unwrap()
    );
    let change = |admin: &Admin, body: Value| {
        ask(&admin.world, Method::PATCH, &path, &body);
    };
    change(
        &admin,
        json!({
            "isDeviceOnlyAuthSupported": false,
            "web": { "redirectUris": ["https://theirs.fabrikam.com/"] },
        }),
    );
    let damaged = snapshot(&admin.world);
    admin.draft.another_secret = true;
    complete(&admin.run());
    let recorded_run = recorded_run(&admin.world).unwrap();
    change(
        &admin,
        json!({ "web": { "redirectUris": [
            "https://theirs.fabrikam.com/", "http://localhost", "https://later.fabrikam.com/",
        ] } }),
    );
    let findings = found_out(&admin, &recorded_run).unwrap();
    assert!(taken_back(&admin, &recorded_run, findings.plan).is_complete());
    let left = server(&admin.world)["web"]["redirectUris"].clone();
    assert_eq!(
        left,
        json!([
            "https://theirs.fabrikam.com/",
            "https://later.fabrikam.com/"
        ])
    );
    change(
        &admin,
        json!({ "web": { "redirectUris": ["https://theirs.fabrikam.com/"] } }),
    );
    assert_eq!(snapshot(&admin.world), damaged);
}

/// The journal of the run with events added by a forger.
fn forged(
    recorded_run: &RecordedRun,
    step: StepId,
    events: impl IntoIterator<Item = Event>,
) -> RecordedRun {
    let mut forged = recorded_run.clone();
    let step = step.name().into_owned();
    for event in events {
        let last = forged.records.last().unwrap().clone();
        let mut event = event;
        if let Event::Done { step: named, .. } = &mut event {
            named.clone_from(&step);
        }
        let serial = last.serial + 1;
        forged.records.push(journal::Record {
            serial,
            event,
            ..last
        });
    }
    forged
}

fn made(made: Created) -> Event {
    Event::Done {
        step: String::new(),
        request_id: None,
        made: Some(made),
    }
}

/// A complete run and the object ID of its server app.
fn complete_run() -> (Admin, RecordedRun, ObjectId) {
    let admin = fabrikam(world());
    complete(&admin.run());
    let recorded_run = recorded_run(&admin.world).unwrap();
    let object = server(&admin.world)["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    (admin, recorded_run, object)
}

fn scopes(admin: &Admin) -> Value {
    server(&admin.world)["api"]["oauth2PermissionScopes"].clone()
}

#[test]
fn a_forged_journal_enables_no_scope_that_is_disabled() {
    let (admin, recorded_run, object) = complete_run();
    let path = format!("applications/{object}");
    let mut disabled = scopes(&admin);
    disabled[0]["isEnabled"] = json!(false);
    let body = json!({ "api": { "oauth2PermissionScopes": disabled } });
    ask(&admin.world, Method::PATCH, &path, &body);
    let was = scopes(&admin);
    // First as the page reads it, and then without the flag, which Microsoft Graph would treat as true.
    let app: wire::Application = serde_json::from_value(server(&admin.world)).unwrap();
    let now = history::now(&app);
    let after =
        json!({ "api": { "oauth2PermissionScopes": now["api"]["oauth2PermissionScopes"] } });
    let mut before = after.clone();
    let scope = &mut before["api"]["oauth2PermissionScopes"][0];
    scope.as_object_mut().unwrap().remove("isEnabled");
    let change = Created::Change {
        object,
        before,
        after,
    };
    // Removes the record of the created app. Otherwise the undo deletes the app together with the change.
    let mut forged = forged(&recorded_run, StepId::ServerApp, [made(change)]);
    forged.records.retain(|record| {
        !matches!(
            &record.event,
            Event::Done {
                made: Some(Created::Application { .. } | Created::Secret { .. }),
                ..
            }
        )
    });
    let findings = found_out(&admin, &forged).unwrap();
    taken_back(&admin, &forged, findings.plan);
    assert_eq!(scopes(&admin), was);
}

#[test]
fn an_undo_sends_only_the_requests_it_has_shown() {
    let mut admin = fabrikam(world());
    complete(&admin.run());
    admin.world.run(admin.world.delete("run/")).unwrap();
    let object = server(&admin.world)["id"].as_str().unwrap().to_owned();
    let path = format!("applications/{object}");
    let redirects = |list: Value| json!({ "web": { "redirectUris": list } });
    let theirs = "https://theirs.fabrikam.com/";
    ask(
        &admin.world,
        Method::PATCH,
        &path,
        &redirects(json!([theirs])),
    );
    admin.draft.another_secret = true;
    complete(&admin.run());
    let recorded_run = recorded_run(&admin.world).unwrap();
    let shown = found_out(&admin, &recorded_run).unwrap().plan;
    let patches = |plan: &UndoPlan| -> Vec<ApiRequest> {
        let calls = plan.removals.iter().flat_map(|it| it.calls(Cloud::Public));
        calls.filter(|call| call.method == Method::PATCH).collect()
    };
    let [patch] = patches(&shown).try_into().unwrap();
    assert!(patch.url.ends_with(&path), "{}", patch.url);
    assert_eq!(patch.body, Body::Json(redirects(json!([theirs]))));
    // The app changed after the review. A different request would be required, and none is sent.
    let later = json!([theirs, "http://localhost", "https://later.fabrikam.com/"]);
    ask(
        &admin.world,
        Method::PATCH,
        &path,
        &redirects(later.clone()),
    );
    let undone = taken_back(&admin, &recorded_run, shown);
    assert!(
        undone.states.contains(&UndoStepState::Changed),
        "{undone:?}"
    );
    assert!(!undone.is_complete());
    assert_eq!(server(&admin.world)["web"]["redirectUris"], later);
    // After a new review, the request is sent.
    let again = self::recorded_run(&admin.world).unwrap();
    let shown = found_out(&admin, &again).unwrap().plan;
    let kept = json!([theirs, "https://later.fabrikam.com/"]);
    let [patch] = patches(&shown).try_into().unwrap();
    assert_eq!(patch.body, Body::Json(redirects(kept.clone())));
    assert!(taken_back(&admin, &again, shown).is_complete());
    assert_eq!(server(&admin.world)["web"]["redirectUris"], kept);
}

#[test]
fn objects_of_other_tools_are_shown_as_not_removed() {
    let (admin, recorded_run, _) = complete_run();
    let other = ask(
        &admin.world,
        Method::POST,
        "applications",
        &json!({ "displayName": "Theirs" }),
    );
    let id = |name: &str| other[name].as_str().unwrap().to_owned();
    let theirs = Created::Application {
        object: id("id").parse().unwrap(),
        app: id("appId").parse().unwrap(),
    };
    let forged = forged(&recorded_run, StepId::ClientApp, [made(theirs.clone())]);
    let plan = found_out(&admin, &forged).unwrap().plan;
    let of_theirs = plan
        .removals
        .iter()
        .find(|it| matches!(it, UndoStep::Reverse { made, .. } if *made == theirs));
    assert_eq!(of_theirs.unwrap().calls(Cloud::Public), []);
    let undone = taken_back(&admin, &forged, plan);
    assert!(undone.states.contains(&UndoStepState::Left), "{undone:?}");
    ask(
        &admin.world,
        Method::GET,
        &format!("applications/{}", id("id")),
        &json!(null),
    );
}

/// A forged journal lists another owner's deleted app or service principal as one that the run deleted.
#[test]
fn only_objects_of_this_tool_are_purged() {
    let (admin, recorded_run, _) = complete_run();
    let other = ask(
        &admin.world,
        Method::POST,
        "applications",
        &json!({ "displayName": "Theirs" }),
    );
    let app_id = other["appId"].as_str().unwrap();
    let principal = ask(
        &admin.world,
        Method::POST,
        "servicePrincipals",
        &json!({ "appId": app_id }),
    );
    let object: ObjectId = other["id"].as_str().unwrap().parse().unwrap();
    let principal: ObjectId = principal["id"].as_str().unwrap().parse().unwrap();
    let theirs = |object| Created::Application {
        object,
        app: app_id.parse().unwrap(),
    };
    for path in [
        format!("servicePrincipals/{principal}"),
        format!("applications/{object}"),
    ] {
        ask(&admin.world, Method::DELETE, &path, &json!(null));
    }
    let forgery = [object, principal].into_iter().flat_map(|object| {
        let made = theirs(object);
        [self::made(made.clone()), Event::Removed { made }]
    });
    let forged = forged(&recorded_run, StepId::ClientApp, forgery);
    let findings = found_out(&admin, &forged).unwrap();
    let plan = findings.plan_with(true);
    let named = plan.removals.iter().filter(
        |it| matches!(it, UndoStep::Purge { object: it, .. } if [object, principal].contains(it)),
    );
    assert_eq!(named.count(), 2, "{plan:#?}");
    taken_back(&admin, &forged, plan);
    for object in [object, principal] {
        // It still exists and can be restored.
        ask(
            &admin.world,
            Method::GET,
            &format!("directory/deletedItems/{object}"),
            &json!(null),
        );
    }
}

#[test]
fn a_lost_secret_is_removed_before_the_next_is_created() {
    let first = fabrikam(world());
    complete(&first.run());
    let again = fabrikam(first.world.another_page(false));
    gone_on(&again).unwrap().secret.expect("another secret");
    let most = |world: &SimPlatform| world.with_sim(|sim| sim.most_secrets_at_once(FABRIKAM));
    assert_eq!(most(&again.world), 1);
    // Within one run: the response is lost, and the secret is created again.
    let admin = fabrikam(world());
    let (_, _, plan) = admin.review();
    admin.world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(Method::POST),
            path_prefix: "/v1.0/applications/".to_owned(),
            skip: 0,
            times: 1,
            kind: FaultKind::LostAfter,
        });
    });
    let outcome = carried_out(&admin, plan, None).unwrap();
    assert!(outcome.secret.is_some());
    assert_eq!(most(&admin.world), 1);
    let secrets = server(&admin.world)["passwordCredentials"].clone();
    assert_eq!(secrets.as_array().unwrap().len(), 1, "{secrets}");
}

#[test]
fn another_account_cannot_undo_a_run_even_with_its_plan() {
    let (admin, recorded_run, _) = complete_run();
    let plan = found_out(&admin, &recorded_run).unwrap().plan;
    let mut others = recorded_run.clone();
    for record in &mut others.records {
        if let Event::Began(started) = &mut record.event {
            started.account.object_id = Uuid::from_u128(9).to_string().parse().unwrap();
        }
    }
    let was = snapshot(&admin.world);
    assert!(matches!(
        found_out(&admin, &others),
        Err(StartError::OtherAccount(_))
    ));
    let undone = taken_back(&admin, &others, plan);
    assert!(
        matches!(undone.stop, Some(StartError::OtherAccount(_))),
        "{undone:?}"
    );
    assert!(!undone.is_complete());
    assert_eq!(snapshot(&admin.world), was);
}

/// On an app of this tool, only secrets with the run's description belong to the run. On other apps, nothing does.
#[test]
fn a_forged_journal_removes_no_other_secret_and_changes_no_app() {
    let (admin, recorded_run, object) = complete_run();
    let path = format!("applications/{object}/addPassword");
    let other = json!({ "passwordCredential": { "displayName": "Theirs" } });
    let added = ask(&admin.world, Method::POST, &path, &other);
    let key = added["keyId"].as_str().unwrap().parse().unwrap();
    let body = json!({ "displayName": "Theirs", "isFallbackPublicClient": true });
    let app = ask(&admin.world, Method::POST, "applications", &body);
    let id = app["id"].as_str().unwrap();
    let secret = Created::Secret { object, key };
    let change = Created::Change {
        object: id.parse().unwrap(),
        before: json!({ "isFallbackPublicClient": false }),
        after: json!({ "isFallbackPublicClient": true }),
    };
    let mut forged = forged(
        &recorded_run,
        StepId::ServerApp,
        [made(secret), made(change)],
    );
    // Removes the records of the created apps. Otherwise the undo deletes the secret together with its app.
    forged.records.retain(|record| {
        !matches!(
            &record.event,
            Event::Done {
                made: Some(Created::Application { .. }),
                ..
            }
        )
    });
    let plan = found_out(&admin, &forged).unwrap().plan;
    taken_back(&admin, &forged, plan);
    let secrets = server(&admin.world)["passwordCredentials"].to_string();
    assert!(secrets.contains("Theirs"), "{secrets}");
    let app = ask(
        &admin.world,
        Method::GET,
        &format!("applications/{id}"),
        &json!(null),
    );
    assert_eq!(app["isFallbackPublicClient"], true);
}

/// The page closes before its first write is sent. The app could still appear, so an undo must not overlook it.
#[test]
fn an_undo_waits_until_a_lost_app_can_no_longer_appear() {
    let admin = fabrikam(world());
    let (_, _, plan) = admin.review();
    admin.world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(Method::PATCH),
            path_prefix: "/v1.0/applications".to_owned(),
            skip: 0,
            times: 1,
            kind: FaultKind::CrashBefore,
        });
    });
    assert!(carried_out(&admin, plan, None).is_none(), "the page died");
    let admin = fabrikam(admin.world.another_page(false));
    let recorded_run = recorded_run(&admin.world).unwrap();
    let unclear = Problem::new(ProblemKind::NotReplicated);
    assert_eq!(
        found_out(&admin, &recorded_run),
        Err(StartError::Unread(unclear))
    );
    admin.world.advance(Duration::from_secs(5 * 60));
    let findings = found_out(&admin, &recorded_run).unwrap();
    assert_eq!(findings.plan.removals, []);
}

/// The page closes after a write and before its record, so only the tenant shows the object.
#[test]
fn an_undo_records_what_only_the_tenant_shows() {
    let mut found = 0;
    for skip in 12..24 {
        let world = crashed(skip);
        let Some(recorded_run) = recorded_run(&world) else {
            continue;
        };
        let admin = fabrikam(world);
        let known = History::of(&recorded_run).made;
        let plan = found_out(&admin, &recorded_run).unwrap().plan;
        let planned = plan.removals.iter().filter_map(|removal| match removal {
            UndoStep::Reverse { made, .. } => Some(made.clone()),
            UndoStep::Purge { .. } => None,
        });
        let only_there: Vec<Created> = planned
            .filter(|made| known.iter().all(|it| it.made != *made))
            .collect();
        taken_back(&admin, &recorded_run, plan);
        let stored = admin.world.run(journal::stored(&admin.world)).unwrap();
        let Some(StoredRun::Run(after)) = stored.last() else {
            panic!("{stored:?}")
        };
        let new = &after.records[recorded_run.records.len()..];
        let recorded = new.iter().filter_map(|record| {
            if let Event::Done { made, .. } = &record.event {
                made.clone()
            } else {
                None
            }
        });
        assert_eq!(recorded.collect::<Vec<_>>(), only_there, "{skip}");
        if !known.is_empty() {
            found += only_there.len();
        }
    }
    assert!(found > 0, "no crash hid an object from the journal");
}

#[test]
fn every_removal_is_recorded_before_it_is_sent() {
    let (admin, recorded_run, _) = complete_run();
    let findings = found_out(&admin, &recorded_run).unwrap();
    taken_back(&admin, &recorded_run, findings.plan);
    let stored = admin.world.run(journal::stored(&admin.world)).unwrap();
    let Some(StoredRun::Run(recorded_run)) = stored.last() else {
        panic!("{stored:?}")
    };
    let mut announced = Vec::new();
    let mut removed = 0;
    for record in &recorded_run.records {
        if let Event::Removing { made } = &record.event {
            announced.push(made);
        }
        if let Event::Removed { made } = &record.event {
            removed += 1;
            assert!(announced.contains(&made), "{made:?}");
        }
    }
    assert!(removed >= 2, "{recorded_run:#?}");
}
