//! Runs that were cut short: who may go on, from where, and what taking back leaves. The sweep has the breadth; these are the sharp ones.

use std::time::Duration;

use cmg_entra_setup::domain::problem::Problem;
use cmg_entra_setup::engine::history::History;
use cmg_entra_setup::engine::history::without_lost_secrets;
use cmg_entra_setup::engine::journal;
use cmg_entra_setup::engine::journal::Past;
use cmg_entra_setup::engine::journal::Shelved;
use cmg_entra_setup::engine::journal::Unreadable;
use cmg_entra_setup::engine::prepare::Stop;
use cmg_entra_setup::engine::take_back;
use cmg_entra_setup::engine::undo;
use cmg_entra_setup::engine::undo::Findings;
use cmg_entra_setup::engine::undo::UndoPlan;
use cmg_entra_setup::engine::undo::Undone;
use cmg_entra_setup::sim::seed::FABRIKAM;
use cmg_entra_setup::sim::world::Mishap;
use cmg_entra_setup::world::NotKept;
use cmg_entra_setup::world::Request;
use serde_json::Value;
use serde_json::json;

use super::*;

fn snapshot(world: &SimWorld) -> Value {
    world.with_sim(|sim| sim.snapshot_of(FABRIKAM))
}

fn fabrikam(world: SimWorld) -> Admin {
    admin(world, "fabrikam.com", |draft| draft.user_discovery = true)
}

/// The latest run on the shelf that is not finished.
fn past(world: &SimWorld) -> Option<Past> {
    let shelved = world.run(journal::shelved(world)).unwrap();
    shelved.into_iter().rev().find_map(|it| match it {
        Shelved::Run(past) if past.is_open() => Some(past),
        Shelved::Run(_) | Shelved::Foreign { .. } => None,
    })
}

/// Runs an approved plan; nothing if the page dies of it.
fn carried_out(admin: &Admin, plan: Plan, past: Option<Past>) -> Option<Outcome> {
    admin.world.try_run(apply::run(
        shared(&admin.world),
        admin.session.clone(),
        Order {
            approved: plan.approve().unwrap(),
            draft: admin.draft.clone(),
            past,
            in_hand: None,
            keeping: Keeping::Shelf,
        },
        Rc::new(Journal::new(shared(&admin.world))),
        Rc::new(|_| ()),
        Cancel::default(),
    ))
}

/// Reviews what is left of the unfinished run, and goes on with it.
fn gone_on(admin: &Admin) -> Option<Outcome> {
    let past = past(&admin.world);
    let (desired, observed, _) = admin.review();
    let history = past.as_ref().map(History::of).unwrap_or_default();
    let observed = without_lost_secrets(observed, &history, None);
    let plan = plan(&desired, &observed, admin.world.now());
    carried_out(admin, plan, past)
}

/// A run whose page dies after so many requests of its own.
fn crashed(skip: u32) -> SimWorld {
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

fn found_out(admin: &Admin, past: &Past) -> Result<Findings, Stop> {
    admin.world.run(undo::find_out(
        &shared(&admin.world),
        &admin.session,
        past,
        &Cancel::default(),
    ))
}

fn taken_back(admin: &Admin, past: &Past, plan: UndoPlan) -> Undone {
    admin.world.run(take_back::run(
        shared(&admin.world),
        admin.session.clone(),
        past.clone(),
        plan,
        Keeping::Shelf,
        Rc::new(|_, _| ()),
        Cancel::default(),
    ))
}

/// Asks Microsoft Graph as somebody else of the tenant does.
fn ask(world: &SimWorld, method: Method, path: &str, body: &Value) -> Value {
    let now = world.now();
    world.with_sim(|sim| {
        let audience = "https://graph.microsoft.com";
        let everything = ["Directory.AccessAsUser.All"];
        let token = sim
            .token_for(now, "admin@fabrikam.com", audience, &everything)
            .unwrap();
        let request: Request = http::Request::builder()
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

fn server(world: &SimWorld) -> Value {
    let filter = "applications?$filter=displayName%20eq%20'CMG-ServerApp'";
    ask(world, Method::GET, filter, &Value::Null)["value"][0].clone()
}

#[test]
fn a_run_of_another_tenant_is_neither_gone_on_with_nor_taken_back() {
    let world = crashed(20);
    let past = past(&world).unwrap();
    let stranger = admin(world.clone(), "woodgrove.com", |_| {});
    let before = world.with_sim(|sim| sim.snapshot());
    let (_, _, plan) = stranger.review();
    let outcome = carried_out(&stranger, plan, Some(past.clone())).unwrap();
    assert!(matches!(outcome.stop, Some(Stop::OtherAccount(_))));
    assert!(matches!(
        found_out(&stranger, &past),
        Err(Stop::OtherAccount(_))
    ));
    assert_eq!(world.with_sim(|sim| sim.snapshot()), before);
}

#[test]
fn records_of_a_newer_page_are_shown_and_never_continued() {
    let world = crashed(20);
    let (key, text) = world.run(world.kept("run/")).unwrap().remove(0);
    let newer = text.replacen("\"version\":1", "\"version\":2", 1);
    world.run(world.keep(&key, &newer)).unwrap();
    let shelved = world.run(journal::shelved(&world)).unwrap();
    assert!(
        matches!(
            shelved[..],
            [Shelved::Foreign {
                why: Unreadable::Newer,
                ..
            }]
        ),
        "{shelved:?}"
    );
    assert_eq!(past(&world), None);
}

#[test]
fn a_browser_that_keeps_nothing_is_told_before_anything_is_written() {
    let admin = fabrikam(world());
    let before = snapshot(&admin.world);
    let (_, _, plan) = admin.review();
    for why in [NotKept::Blocked, NotKept::Full, NotKept::Busy] {
        admin.world.refuse_to_keep(Some(why));
        // A shelf that never answers is one that does: the run is not left standing.
        let outcome = carried_out(&admin, plan.clone(), None).unwrap();
        assert_eq!(outcome.stop, Some(Stop::NotKept(why)));
    }
    assert_eq!(snapshot(&admin.world), before);
}

#[test]
fn a_browser_whose_locks_never_answer_is_one_without_locks() {
    let admin = fabrikam(world());
    let (_, _, plan) = admin.review();
    admin.world.silence_locks();
    assert!(carried_out(&admin, plan, None).unwrap().is_complete());
}

#[test]
fn a_shelf_that_fills_up_on_the_way_stops_the_run_and_it_can_be_gone_on_with() {
    let admin = fabrikam(world());
    let (_, _, plan) = admin.review();
    admin.world.let_happen(8, Mishap::Full);
    let outcome = carried_out(&admin, plan, None).unwrap();
    let stopped = outcome
        .steps
        .iter()
        .any(|step| step.state == StepState::Failed(Problem::new(Kind::NotJournaled)));
    assert!(stopped, "{:#?}", outcome.steps);
    assert!(gone_on(&admin).unwrap().is_complete());
}

#[test]
fn a_day_later_and_signed_in_anew_the_run_is_finished_as_the_same_one() {
    for skip in 12..24 {
        let world = crashed(skip);
        world.advance(Duration::from_secs(25 * 3600));
        let run = past(&world).map(|past| past.run);
        let admin = fabrikam(world);
        let outcome = gone_on(&admin).unwrap();
        assert!(outcome.is_complete(), "{skip}: {:#?}", outcome.steps);
        assert!(run.is_none_or(|run| run.to_string() == outcome.run));
        let secrets = server(&admin.world)["passwordCredentials"].clone();
        assert_eq!(secrets.as_array().unwrap().len(), 1, "{skip}");
    }
}

#[test]
fn what_has_changed_since_the_review_is_shown_again_before_anything_is_written() {
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
    assert!(matches!(outcome.stop, Some(Stop::Changed(_))));
    assert_eq!(snapshot(&admin.world), before);
}

#[test]
fn a_secret_nobody_has_confirmed_is_replaced_in_a_new_page() {
    let first = fabrikam(world());
    let lost = first.run().outcome.secret.unwrap();
    let again = fabrikam(first.world.another_page(false));
    assert!(past(&again.world).is_some(), "the run is still open");
    let found = gone_on(&again).unwrap().secret.expect("another secret");
    let secrets = server(&again.world)["passwordCredentials"].clone();
    assert_eq!(secrets.as_array().unwrap().len(), 1);
    assert_eq!(secrets[0]["keyId"], found.key_id.to_string());
    assert_ne!(found.key_id, lost.key_id);
}

#[test]
fn taking_back_twice_does_no_harm() {
    let admin = fabrikam(world());
    let before = snapshot(&admin.world);
    complete(&admin.run());
    let past = past(&admin.world).unwrap();
    let findings = found_out(&admin, &past).unwrap();
    let plan = UndoPlan::new(&findings.history, true);
    assert!(taken_back(&admin, &past, plan.clone()).is_complete());
    let after = snapshot(&admin.world);
    for part in [
        "applications",
        "deletedApplications",
        "servicePrincipals",
        "grants",
    ] {
        assert_eq!(after[part], before[part], "{part}");
    }
    // As a second page does that still shows the first one's plan, with the journal as it was then; later, because what is fresh and
    // not there may only be on its way.
    admin.world.advance(Duration::from_secs(20 * 60));
    assert!(taken_back(&admin, &past, plan).is_complete());
    assert_eq!(snapshot(&admin.world), after);
}

#[test]
fn taking_back_gives_changed_properties_back_and_keeps_what_others_have_added_since() {
    let mut admin = fabrikam(world());
    complete(&admin.run());
    admin.world.run(admin.world.discard("run/")).unwrap();
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
    let past = past(&admin.world).unwrap();
    change(
        &admin,
        json!({ "web": { "redirectUris": [
            "https://theirs.fabrikam.com/", "http://localhost", "https://later.fabrikam.com/",
        ] } }),
    );
    let findings = found_out(&admin, &past).unwrap();
    assert!(taken_back(&admin, &past, findings.plan).is_complete());
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
