//! Cases beyond single faults: two pages at once, a tenant that changes during a review, and another account.

use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use domain::platform::Platform as _;
use futures_util::future::join;
use http::Method;
use serde_json::json;

use crate::actor::Actor;
use crate::actor::Go;
use crate::actor::Goal;
use crate::fixture::Fixture;
use crate::fixture::Kind;
use crate::fixture::app;
use crate::fixture::ask;
use crate::fixture::server_key;
use crate::verify;

/// Runs all special cases of a scene. Returns their number.
pub(crate) fn all(scene: &Fixture) -> Result<usize, String> {
    if scene.kind.is_undo() {
        return Ok(0);
    }
    two_pages(scene)?;
    another_account(scene)?;
    if scene.kind != Kind::Repair {
        return Ok(2);
    }
    changed(scene)?;
    Ok(3)
}

fn expect(what: &str, went: &Go, wanted: &Go) -> Result<(), String> {
    if went == wanted {
        Ok(())
    } else {
        Err(format!("{what}: {went:?}, not {wanted:?}"))
    }
}

fn stopped(word: &str) -> Go {
    Go::Stopped(vec![word.to_owned()])
}

/// Two pages in one browser select Create at the same time. One runs, and the other shows an error.
fn two_pages(scene: &Fixture) -> Result<(), String> {
    let mut first = scene.person();
    let mut second = Actor::new(
        first.world.another_page(false),
        scene.draft.clone(),
        Goal::Run,
    );
    // Both pages have their reviews before either selects Create.
    expect("two pages", &first.visit(), &Go::Complete)?;
    expect("two pages", &second.visit(), &Go::Complete)?;
    let world = first.world.clone();
    let both = world.try_run(join(first.run(), second.run()));
    let (one, other) = both.ok_or("two pages wait for ever")?;
    let (one, other) = (first.ended(Some(one)), second.ended(Some(other)));
    expect("two pages, the first", &one, &Go::Complete)?;
    expect("two pages, the second", &other, &stopped("OtherPage"))?;
    expect("two pages", &first.save(true), &Go::Complete)?;
    scene.golden.check_complete(&mut first)
}

/// An unfinished run is in the store, and another account signs in. This account can neither continue nor undo the run.
fn another_account(scene: &Fixture) -> Result<(), String> {
    let mut person = scene.person();
    let requests = u32::try_from(scene.golden.requests).unwrap();
    person.world.with_sim(|sim| {
        sim.inject(Fault {
            method: None,
            path_prefix: String::new(),
            skip: requests - 1,
            times: 1,
            kind: FaultKind::CrashAfter,
        });
    });
    expect("another account", &person.go(), &Go::Crashed)?;
    person.reload();
    person.account = Some("consent@fabrikam.com");
    expect("another account", &person.visit(), &Go::Complete)?;
    let before = verify::state(&person.world);
    for goal in [Goal::Run, Goal::Undo { for_good: false }] {
        person.goal = goal;
        expect("another account", &person.go(), &stopped("OtherAccount"))?;
    }
    if verify::state(&person.world) != before {
        return Err("another account: something was written".to_owned());
    }
    Ok(())
}

/// Others change the property of a planned write after the review. The run writes nothing, and in the end the change of the others still
/// exists.
fn changed(scene: &Fixture) -> Result<(), String> {
    const THEIRS: &str = "https://meanwhile.fabrikam.com/";
    let mut person = scene.person();
    person.meanwhile = Some(Box::new(|world| {
        let server = app(world, &server_key()).unwrap();
        let mut uris = server["web"]["redirectUris"].clone();
        uris.as_array_mut().unwrap().push(json!(THEIRS));
        let path = format!("applications/{}", server["id"].as_str().unwrap());
        let body = json!({ "web": { "redirectUris": uris } });
        ask(world, Method::PATCH, &path, &body);
    }));
    expect("changed", &person.go(), &stopped("Changed"))?;
    if !person
        .world
        .run(person.world.list("run/"))
        .unwrap()
        .is_empty()
    {
        return Err("changed: something was begun".to_owned());
    }
    expect("changed", &person.go(), &Go::Complete)?;
    let server = app(&person.world, &server_key()).unwrap();
    let uris = server["web"]["redirectUris"].as_array().unwrap();
    if uris.iter().any(|uri| uri == THEIRS) {
        Ok(())
    } else {
        Err("changed: what others added is gone".to_owned())
    }
}
