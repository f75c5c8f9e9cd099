//! The clock, the replication delay, and the faults of the simulated cloud.

use std::rc::Rc;
use std::time::Duration;

use cloud_sim::Pace;
use cloud_sim::Sim;
use cloud_sim::directory::store::Replication;
use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use domain::platform::HttpRequest;
use domain::platform::NoAnswer;
use domain::platform::Platform;
use futures_util::future::join;
use futures_util::future::join3;
use http::Method;
use serde_json::json;

use super::Desk;
use super::EVERYTHING;
use super::start;

const LAG: Replication = Replication {
    by_key: Duration::from_secs(5),
    lists: Duration::from_secs(90),
    references: Duration::from_secs(20),
};

fn lagging() -> Desk {
    Desk::with_scopes(
        Sim::new(7).with_replication(LAG),
        "admin@fabrikam.com",
        &EVERYTHING,
    )
}

#[test]
fn a_new_application_is_readable_by_key_before_it_is_listed() {
    let mut desk = lagging();
    let (id, app_id) = desk.application("New");
    let list = "/applications?$filter=displayName eq 'New'";
    let found = |desk: &mut Desk| desk.get(list).body["value"].as_array().unwrap().len();
    desk.get(&format!("/applications/{id}"))
        .refused(404, "Request_ResourceNotFound", &id);
    desk.patch(&format!("/applications/{id}"), json!({ "notes": "x" }))
        .refused(404, "Request_ResourceNotFound", &id);
    desk.now = start() + Duration::from_secs(5);
    desk.get(&format!("/applications(appId='{app_id}')"))
        .is(200);
    assert_eq!(found(&mut desk), 0);
    desk.now = start() + Duration::from_secs(90);
    assert_eq!(found(&mut desk), 1);
}

#[test]
fn an_upsert_finds_objects_that_reads_do_not_return_yet() {
    let mut desk = lagging();
    let path = "/applications(uniqueName='once')";
    desk.upsert(path, json!({ "displayName": "Once" })).is(201);
    desk.get(path).refused(404, "Request_ResourceNotFound", "");
    desk.upsert(path, json!({ "displayName": "Twice" })).is(204);
}

#[test]
fn a_service_principal_needs_a_replicated_application() {
    let mut desk = lagging();
    let (_, app_id) = desk.application("New");
    let body = json!({ "appId": app_id });
    desk.post("/servicePrincipals", body.clone()).refused(
        403,
        "Authorization_RequestDenied",
        "the backing application of the service principal being created must in the local tenant",
    );
    desk.now = start() + Duration::from_secs(10);
    desk.post("/servicePrincipals", body.clone()).refused(
        400,
        "Request_BadRequest",
        "does not reference a valid application object",
    );
    desk.now = start() + Duration::from_secs(20);
    desk.post("/servicePrincipals", body).is(201);
}

#[test]
fn consent_needs_replicated_service_principals() {
    let mut desk = lagging();
    let (_, app_id) = desk.application("New");
    let graph = desk.graph_principal();
    desk.now = start() + Duration::from_secs(20);
    let principal = desk
        .post("/servicePrincipals", json!({ "appId": app_id }))
        .is(201)
        .id();
    let as_client = json!({ "clientId": principal, "consentType": "AllPrincipals", "resourceId": graph, "scope": "User.Read" });
    let as_resource = json!({ "clientId": graph, "consentType": "AllPrincipals", "resourceId": principal, "scope": "x" });
    let role = json!({ "principalId": principal, "resourceId": graph, "appRoleId": super::DIRECTORY_READ_ALL });
    let roles = format!("/servicePrincipals/{graph}/appRoleAssignedTo");
    desk.post("/oauth2PermissionGrants", as_client.clone())
        .refused(404, "Request_ResourceNotFound", &principal);
    desk.post("/oauth2PermissionGrants", as_resource).refused(
        400,
        "Request_BadRequest",
        "does not exist or one of its queried reference-property objects are not present.",
    );
    desk.post(&roles, role.clone()).refused(
        400,
        "Request_BadRequest",
        "Not a valid reference update.",
    );
    desk.now = start() + Duration::from_secs(40);
    desk.post("/oauth2PermissionGrants", as_client).is(201);
    desk.post(&roles, role).is(201);
}

fn request(method: Method, token: &str, path: &str, body: &str) -> HttpRequest {
    http::Request::builder()
        .method(method)
        .uri(format!("https://graph.microsoft.com/v1.0{path}"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(body.as_bytes().to_vec())
        .unwrap()
}

fn world(sim: Sim) -> (SimPlatform, String) {
    let world = SimPlatform::virtual_clock(sim, start());
    let token = world.with_sim(|sim| {
        sim.token_for(
            start(),
            "admin@fabrikam.com",
            "https://graph.microsoft.com",
            &EVERYTHING,
        )
    });
    (world, token.unwrap())
}

/// Runs three concurrent creations. Returns each event with its time, the total duration, and the final state.
fn story(seed: u64) -> (Vec<String>, Duration, serde_json::Value) {
    let varied = Pace::Varied(Duration::from_millis(50), Duration::from_millis(900));
    let (world, token) = world(Sim::new(seed).with_pace(varied));
    let log: Rc<std::cell::RefCell<Vec<String>>> = Rc::default();
    let one = async |name: &str| {
        let body = json!({ "displayName": name }).to_string();
        let made = world
            .send(request(Method::POST, &token, "/applications", &body))
            .await
            .unwrap();
        let made: serde_json::Value = serde_json::from_slice(made.body()).unwrap();
        log.borrow_mut()
            .push(format!("{:?} {name} {}", world.elapsed(), made["id"]));
        world.sleep(Duration::from_secs(3)).await;
    };
    world.run(join3(one("a"), one("b"), one("c")));
    let snapshot = world.with_sim(|sim| sim.snapshot());
    (log.take(), world.elapsed(), snapshot)
}

#[test]
fn the_same_seed_gives_the_same_events() {
    assert_eq!(story(3), story(3));
    let (other_log, _, other_snapshot) = story(4);
    let (log, _, snapshot) = story(3);
    assert_ne!(log, other_log);
    assert_eq!(snapshot, other_snapshot);
}

#[test]
fn an_hour_of_simulated_waiting_ends_exactly_on_time() {
    let (world, _) = world(Sim::new(1));
    world.run(async {
        for _ in 0..3600 {
            world.sleep(Duration::from_secs(1)).await;
        }
    });
    assert_eq!(world.elapsed(), Duration::from_hours(1));
    assert_eq!(world.now(), start() + Duration::from_hours(1));
}

#[test]
fn a_dropped_wait_does_not_advance_the_clock() {
    let (world, _) = world(Sim::new(1));
    world.run(async {
        let late = world.sleep(Duration::from_hours(5));
        let soon = world.sleep(Duration::from_secs(1));
        futures_util::future::select(late, soon).await;
        world.sleep(Duration::from_secs(1)).await;
    });
    assert_eq!(world.elapsed(), Duration::from_secs(2));
    assert!(world.try_run(std::future::pending::<()>()).is_none());
    assert_eq!(world.elapsed(), Duration::from_secs(2));
}

#[test]
fn concurrent_requests_count_as_one_wave() {
    let (world, token) = world(Sim::new(1));
    let read = || world.send(request(Method::GET, &token, "/me", ""));
    world.run(async {
        let _ = join(read(), read()).await;
        let _ = join3(read(), read(), read()).await;
        let _ = read().await;
    });
    assert_eq!((world.requests(), world.waves()), (6, 3));
    assert_eq!(world.elapsed(), Duration::from_millis(300));
}

#[track_caller]
fn strikes(kind: FaultKind, expected: Result<u16, NoAnswer>, made: bool) {
    let (world, token) = world(Sim::new(1));
    world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(Method::POST),
            path_prefix: "/v1.0/applications".to_owned(),
            skip: 0,
            times: 1,
            kind: kind.clone(),
        });
    });
    let create = || {
        request(
            Method::POST,
            &token,
            "/applications",
            r#"{"displayName":"Struck"}"#,
        )
    };
    let answer = world.run(world.send(create()));
    assert_eq!(
        answer.map(|answer| answer.status().as_u16()),
        expected,
        "{kind:?}"
    );
    let text = world.with_sim(|sim| sim.snapshot()).to_string();
    assert_eq!(text.contains("Struck"), made, "{kind:?}");
    let again = world.run(world.send(create())).unwrap();
    assert_eq!(again.status(), 201, "{kind:?}: the fault is spent");
}

#[test]
fn each_fault_executes_the_request_or_not_as_defined() {
    strikes(FaultKind::LostBefore, Err(NoAnswer::Lost), false);
    strikes(FaultKind::LostAfter, Err(NoAnswer::Lost), true);
    strikes(
        FaultKind::CutAfter,
        Err(NoAnswer::Cut { status: 201 }),
        true,
    );
    strikes(FaultKind::HangBefore, Err(NoAnswer::TimedOut), false);
    strikes(FaultKind::HangAfter, Err(NoAnswer::TimedOut), true);
    strikes(
        FaultKind::Throttled(Some(Duration::from_secs(7))),
        Ok(429),
        false,
    );
    strikes(FaultKind::Throttled(None), Ok(429), false);
    strikes(FaultKind::Instead(503, "<html>".to_owned()), Ok(503), false);
    strikes(FaultKind::Garbled("{".to_owned()), Ok(201), true);
    strikes(FaultKind::Concurrency, Ok(409), false);
    strikes(FaultKind::Revoked(Some("{}".to_owned())), Ok(401), false);
    strikes(FaultKind::Denied, Ok(403), false);
    strikes(FaultKind::Slow(Duration::from_secs(9)), Ok(201), true);
}
