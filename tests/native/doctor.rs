//! The pair check and the repair in each scenario: the check finds every problem, a repair fixes them, a second repair writes nothing.

#[path = "doctor/truth.rs"]
mod truth;

use std::collections::BTreeMap;

use cloud_sim::seed::FABRIKAM;
use cloud_sim::shapes;
use cloud_sim::shapes::Shape;
use cmg_entra_setup::ui::field_id::Entry;
use cmg_entra_setup::ui::msg::DoctorMsg;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Place;
use cmg_entra_setup::ui::sign_in::state::Reading;
use engine::audit::Report;
use engine::audit::State;
use engine::desired::repair::Repair;
use engine::export::configmgr;
use engine::read::discover::Pair;

use crate::page;
use crate::page::Page;

/// Each scenario with the checks that are not OK and their state: `!` broken, `~` attention, `?` cannot tell.
const EXPECTED: &[(Shape, &str)] = &[
    (Shape::Docs2026, "server-device-tokens!"),
    (Shape::Docs2026Complete, ""),
    (
        Shape::Docs2024,
        "server-device-tokens! server-implicit~ client-implicit~",
    ),
    (
        Shape::Docs2023,
        "server-device-tokens! server-implicit~ client-implicit~ server-age~",
    ),
    (
        Shape::Docs2021,
        "server-redirect! server-device-tokens! server-implicit~ client-implicit~ server-age~ client-permissions~ client-consent!",
    ),
    (
        Shape::Console2018,
        "server-redirect! server-device-tokens! server-app-id-uri~ server-permissions! server-secrets~ server-age~ client-permissions~ client-graph-consent~",
    ),
    (Shape::Console2309, ""),
    (Shape::ServerMultiTenant, "server-audience~"),
    (Shape::ClientMultiTenant, "client-audience~"),
    (Shape::NoRedirect, "server-redirect!"),
    (Shape::RedirectSpa, "server-redirect!"),
    (Shape::RedirectTwice, "server-redirect~"),
    (Shape::BrokerOnServer, "server-broker-redirect~"),
    (Shape::NoBroker, "client-redirect!"),
    (Shape::BrokerCase, "client-redirect!"),
    (Shape::BrokerServerId, "client-redirect!"),
    (Shape::NoScope, "server-scope! client-permissions~"),
    (Shape::ScopeDisabled, "server-scope!"),
    (Shape::ScopeAdmins, "server-scope~"),
    (Shape::ScopeRenamed, "server-scope! client-permissions~"),
    (Shape::OldScopeId, "client-permissions~"),
    (Shape::DeviceTokensUnset, "server-device-tokens!"),
    (Shape::DeviceTokensOff, "server-device-tokens!"),
    (Shape::TokensV2, "server-token-version~"),
    (Shape::ServerIdTokens, "server-implicit~"),
    (Shape::ClientIdTokens, "client-implicit~"),
    (Shape::ServerAccessTokens, "server-implicit~"),
    (Shape::NoAppIdUri, "server-app-id-uri!"),
    (Shape::AppIdUriDomain, ""),
    (Shape::AppIdUriWord, ""),
    (Shape::SecondAppIdUri, ""),
    (Shape::PublicClientOff, "client-public!"),
    (Shape::NoUserRead, "client-permissions~"),
    (Shape::NoClientPermission, "client-permissions~"),
    (Shape::DirectoryReadDelegated, "server-permissions!"),
    (Shape::DirectoryReadUnassigned, "server-directory-consent!"),
    (Shape::AzureAdGraph, "server-permissions!"),
    (
        Shape::NoServerPrincipal,
        "server-principal! server-directory-consent! client-consent!",
    ),
    (
        Shape::NoClientPrincipal,
        "client-principal! client-consent! client-graph-consent~",
    ),
    (Shape::ServerPrincipalOff, "server-principal!"),
    (Shape::ClientPrincipalOff, "client-principal!"),
    (Shape::ServerAssignment, "server-assignment~"),
    (Shape::ClientAssignment, "client-assignment~"),
    (Shape::NoConsent, "client-consent! client-graph-consent~"),
    (Shape::ConsentOneUser, "client-consent!"),
    (Shape::ConsentOtherScope, "client-consent!"),
    (Shape::NoClientApp, "client-app!"),
    (
        Shape::NoServerApp,
        "server-app! client-permissions? client-consent! tenant-conditional-access?",
    ),
    (Shape::SecretExpired, "server-secrets!"),
    (Shape::SecretEndsSoon, "server-secrets~"),
    (Shape::NoSecret, "server-secrets!"),
    (Shape::SevenSecrets, "server-secrets~"),
    (Shape::SecretBeyondPolicy, "server-secrets~"),
    (Shape::OldApp, "server-age~"),
    (Shape::NoOwners, "server-owners~"),
    (
        Shape::OneApp,
        "client-app! server-broker-redirect~ server-permissions~ client-permissions~",
    ),
    (
        Shape::DeletedPair,
        "server-app! client-app! tenant-conditional-access?",
    ),
    (Shape::TwoPairs, ""),
    (Shape::AccessAllApps, "tenant-conditional-access~"),
    (Shape::AccessExcluded, ""),
    (Shape::AccessReportOnly, ""),
];

/// A page in a tenant that has a pair of this scenario. The admin is signed in with read permissions only.
pub(crate) fn found(shape: Shape) -> (Page, Pair) {
    let world = page::world();
    let made = world.with_sim(|sim| shapes::make(sim, FABRIKAM, shape, world_now()));
    let mut page = Page::open(world.clone(), page::start(&world));
    page.goes(Place::CheckPair);
    page.types(Entry::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    let pair = Pair {
        server: made.server,
        client: made.client,
        is_tied: true,
    };
    (page, pair)
}

fn world_now() -> jiff::Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn report(page: &Page) -> &Report {
    page.model.pair.report().unwrap_or_else(|| {
        panic!("no report: {:?}", page.model.pair.checkup);
    })
}

/// The checks that are not OK, in the format of `EXPECTED`. Skips the resource providers, because no subscription is selected.
fn findings(report: &Report) -> String {
    let told = report.checks.iter().filter_map(|check| {
        let mark = match check.state {
            State::Ok => return None,
            State::Attention => '~',
            State::Broken => '!',
            State::CannotTell => '?',
        };
        let key = check.id.key();
        (key != "azure-providers").then(|| format!("{key}{mark}"))
    });
    told.collect::<Vec<_>>().join(" ")
}

fn sorted(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = text.split_whitespace().collect();
    parts.sort_unstable();
    parts
}

#[test]
fn each_scenario_has_its_expected_findings() {
    let expected: BTreeMap<_, _> = EXPECTED.iter().copied().collect();
    let mut wrong = Vec::new();
    for shape in Shape::ALL {
        let (mut page, pair) = found(*shape);
        page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
        let told = findings(report(&page));
        let wanted = expected.get(shape).copied().unwrap_or("not in the table");
        if sorted(&told) != sorted(wanted) {
            wrong.push(format!(
                "{}: found {told:?}, expected {wanted:?}",
                shape.key()
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Selects the repairs, reviews them, signs in for write access, runs them, saves the secret, and checks again. Returns the writes.
fn mend(page: &mut Page, repairs: &[Repair]) -> usize {
    page.does(Msg::Typed(Entry::HasNewSecret, "on".to_owned()));
    for repair in repairs {
        page.does(Msg::Typed(Entry::Repair(*repair), "on".to_owned()));
    }
    page.does(Msg::Doctor(DoctorMsg::RepairsAsked));
    if matches!(page.model.review.state, Review::Faulty { .. }) {
        page.does(Msg::SignInAsked);
    }
    let Review::Ready(sheet) = &page.model.review.state else {
        panic!("{:?} {:?}", page.model.route, page.model.review.state);
    };
    assert!(!sheet.plan.is_blocked(), "{:?}", sheet.plan.steps);
    let writes = sheet.plan.writes();
    page.does(Msg::Approved);
    let run = page.model.runs.run.as_ref().expect("a run");
    let problems: Vec<_> = run.problems().collect();
    assert!(problems.is_empty(), "{problems:?}");
    page.does(Msg::SecretSaved);
    page.goes(Place::Report);
    writes
}

/// All offered repairs. Keeps the newest secret unless a new one is created.
fn offered(page: &Page) -> Vec<Repair> {
    let report = report(page);
    let last = report.secrets.last().map(|it| Repair::OldSecret(it.key));
    let mut offered = report.repairs();
    if !offered.contains(&Repair::Secret) {
        offered.retain(|it| Some(*it) != last);
    }
    offered
}

/// Searches for the pair with the page and checks it.
fn check_again(page: &mut Page, pair: &Pair) {
    page.goes(Place::CheckPair);
    page.does(Msg::Doctor(DoctorMsg::FindAsked));
    let found = page.model.pair.found().unwrap().pairs.clone();
    let has = |it: &&Pair| {
        pair.server.is_some() && it.server == pair.server
            || pair.client.is_some() && it.client == pair.client
    };
    let again = found
        .iter()
        .find(has)
        .cloned()
        .unwrap_or_else(|| pair.clone());
    page.does(Msg::Doctor(DoctorMsg::PairChosen(again)));
}

#[test]
fn a_repair_fixes_all_offered_and_a_second_repair_has_no_writes() {
    let mut told = Vec::new();
    for shape in Shape::ALL {
        let (mut page, pair) = found(*shape);
        page.does(Msg::Doctor(DoctorMsg::PairChosen(pair.clone())));
        let first = offered(&page);
        // A pair restored from the deleted items is checked and repaired again.
        for _ in 0..3 {
            let repairs = offered(&page);
            if repairs.is_empty() {
                break;
            }
            let writes = mend(&mut page, &repairs);
            assert!(
                writes > 0,
                "{}: nothing planned for {repairs:?}",
                shape.key()
            );
            check_again(&mut page, &pair);
        }
        let left = report(&page);
        let still: Vec<_> = left
            .checks
            .iter()
            .filter(|check| !check.repairs.is_empty() || check.state == State::Broken)
            // The repair cannot split one app into two. The admin must do it.
            .filter(|check| *shape != Shape::OneApp || check.id.key() != "client-app")
            .collect();
        if !still.is_empty() {
            told.push(format!("{}: still {still:?}", shape.key()));
            continue;
        }
        let again: Vec<Repair> = first
            .into_iter()
            .filter(|it| *it != Repair::Secret)
            .collect();
        if again.is_empty() {
            continue;
        }
        page.does(Msg::Typed(Entry::HasNewSecret, "on".to_owned()));
        for repair in &again {
            page.does(Msg::Typed(Entry::Repair(*repair), "on".to_owned()));
        }
        page.does(Msg::Doctor(DoctorMsg::RepairsAsked));
        let Review::Ready(sheet) = &page.model.review.state else {
            panic!("{:?}", page.model.review.state)
        };
        if sheet.plan.writes() > 0 {
            told.push(format!("{}: {again:?} {:?}", shape.key(), sheet.requests));
        }
    }
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

#[test]
fn a_check_takes_two_waves_and_no_write_permission() {
    let (page, pair) = found(Shape::Docs2026Complete);
    assert!(!page.model.sign_in.access.visitor().unwrap().may_write);
    assert_eq!(
        page.model.route,
        Place::CheckPair,
        "neither a key nor a name is sure: a person chooses"
    );
    let mut page = page;
    page.world.reset_counts();
    page.does(Msg::Doctor(DoctorMsg::FindAsked));
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    assert!(matches!(page.model.pair.checkup, Some(Reading::Done(_))));
    // Nine reads find the pair and 22 more read its details. Each request waits for at most one other.
    assert_eq!((page.world.requests(), page.world.waves()), (31, 2));
}

/// The demo shows the pair after sign-in, with the response times and replication delay of the demo cloud.
#[test]
fn the_check_finds_the_pairs_of_the_demo() {
    use cloud_sim::Sim;
    use cloud_sim::world::SimWorld;
    for (domain, pairs) in [
        ("proseware.com", 1),
        ("tailwindtraders.com", 1),
        ("wideworldimporters.com", 1),
        ("vanarsdel.com", 1),
        ("cohowinery.com", 1),
        ("alpineskihouse.com", 2),
        ("adventure-works.com", 1),
    ] {
        let world = SimWorld::virtual_clock(Sim::new(1).lively(), world_now());
        let mut page = Page::open(world.clone(), page::start(&world));
        page.goes(Place::CheckPair);
        page.types(Entry::Tenant, domain);
        page.does(Msg::SignInAsked);
        let found = page.model.pair.found().unwrap();
        assert_eq!(found.pairs.len(), pairs, "{domain}: {found:#?}");
        // No pair was recorded in this browser or typed, so none is checked before the admin selects one.
        assert!(page.model.pair.report().is_none(), "{domain}");
    }
}

/// The key IDs of the server app's secrets. The one that expires first comes first.
fn secrets(page: &Page) -> Vec<domain::ids::KeyId> {
    report(page).secrets.iter().map(|it| it.key).collect()
}

#[test]
fn a_secret_is_renewed_without_a_gap() {
    let (mut page, pair) = found(Shape::SecretEndsSoon);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    let [old] = secrets(&page)[..] else {
        panic!("one secret")
    };
    page.does(Msg::Doctor(DoctorMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Approved);
    let run = page.model.runs.run.as_ref().unwrap();
    let handoff = run.handoff.as_ref().expect("handed over as if made here");
    assert!(
        configmgr::script(handoff).contains("AppIdUri"),
        "the import script"
    );
    assert!(page.model.runs.secret.is_some());
    page.does(Msg::SecretSaved);
    page.goes(Place::Report);
    let both = secrets(&page);
    assert!(
        both.len() == 2 && both.contains(&old),
        "the old one stays: {both:?}"
    );
    // The admin has not confirmed that the site uses the new secret.
    page.does(Msg::Typed(
        Entry::Repair(Repair::OldSecret(old)),
        "on".to_owned(),
    ));
    assert!(page.model.pair.chosen.is_empty());
    page.does(Msg::Typed(Entry::HasNewSecret, "on".to_owned()));
    page.does(Msg::Typed(
        Entry::Repair(Repair::OldSecret(old)),
        "on".to_owned(),
    ));
    // Clearing the confirmation also clears the selected repair.
    page.does(Msg::Typed(Entry::HasNewSecret, String::new()));
    assert!(page.model.pair.chosen.is_empty());
    let writes = mend(&mut page, &[Repair::OldSecret(old)]);
    assert_eq!(writes, 1);
    assert_eq!(secrets(&page).len(), 1);
    assert!(!secrets(&page).contains(&old));
}

#[test]
fn discovery_can_be_disabled_and_enabled_again() {
    use domain::known::Answer;
    let (mut page, pair) = found(Shape::Console2309);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    assert_eq!(report(&page).discovery, Answer::Yes);
    mend(&mut page, &[Repair::DirectoryOff]);
    assert_eq!(report(&page).discovery, Answer::No);
    assert!(
        findings(report(&page)).is_empty(),
        "{}",
        findings(report(&page))
    );
    mend(&mut page, &[Repair::DirectoryOn]);
    assert_eq!(report(&page).discovery, Answer::Yes);
    assert!(findings(report(&page)).is_empty());
}

#[test]
fn a_retired_pair_can_be_restored() {
    use engine::desired::repair::Part;
    let (mut page, pair) = found(Shape::Docs2026Complete);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair.clone())));
    page.goes(Place::Retire);
    let uses = page
        .model
        .pair
        .uses
        .as_ref()
        .and_then(Reading::done)
        .unwrap();
    assert_eq!(
        uses.grants.as_ref().known().map(Vec::len),
        Some(1),
        "the client app"
    );
    for part in [Part::Server, Part::Client] {
        page.does(Msg::Typed(
            Entry::Repair(Repair::Delete(part)),
            "on".to_owned(),
        ));
    }
    page.does(Msg::Doctor(DoctorMsg::RetireAsked));
    page.does(Msg::SignInAsked);
    page.does(Msg::Approved);
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
    page.goes(Place::Report);
    let offered = report(&page).repairs();
    assert_eq!(
        offered,
        [Repair::Restore(Part::Server), Repair::Restore(Part::Client)]
    );
    mend(&mut page, &offered);
    assert!(report(&page).server.is_some() && report(&page).client.is_some());
}

#[test]
fn wizard_values_return_after_a_repair() {
    use cmg_entra_setup::ui::route::Step;
    let (mut page, pair) = found(Shape::NoRedirect);
    page.types(Entry::ConnectionName, "Zürich CMG");
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    page.does(Msg::Doctor(DoctorMsg::AllChosen));
    page.does(Msg::Doctor(DoctorMsg::RepairsAsked));
    assert_ne!(page.model.setup.draft.connection_name, "Zürich CMG");
    // A reload in between, as in the redirect to the sign-in page and back.
    let world = page.world.clone();
    let mut start = page::start(&world);
    start.address = "/review".to_owned();
    let mut page = Page::open(world.clone(), start);
    assert!(page.model.setup.draft.has_existing());
    page.goes(Place::Step(Step::AzureService));
    assert_eq!(page.model.setup.draft.connection_name, "Zürich CMG");
    assert!(!page.model.setup.draft.has_existing());
}

#[test]
fn update_application_settings_is_one_selection() {
    let (mut page, pair) = found(Shape::Docs2021);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    page.does(Msg::Doctor(DoctorMsg::UpdateChosen));
    assert_eq!(page.model.pair.chosen, Repair::UPDATE_APPLICATION_SETTINGS);
    let chosen = page.model.pair.chosen.clone();
    mend(&mut page, &chosen);
    let left = findings(report(&page));
    for gone in [
        "server-redirect",
        "server-device-tokens",
        "server-directory",
    ] {
        assert!(!left.contains(gone), "{left}");
    }
}

#[test]
fn providers_are_checked_after_a_subscription_is_selected() {
    let (mut page, pair) = found(Shape::Docs2026Complete);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    // The read-only sign-in shows no subscription. Selecting a repair leads to the sign-in with more permissions.
    page.does(Msg::Doctor(DoctorMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.goes(Place::Report);
    let visitor = page.model.sign_in.access.visitor().unwrap();
    let all = visitor.subscriptions.done().unwrap();
    let production = all.iter().find(|it| it.name == "Fabrikam Production");
    let subscription = production.unwrap().id.to_string();
    page.does(Msg::Typed(Entry::Subscription, subscription));
    let providers = |page: &Page| {
        report(page)
            .checks
            .iter()
            .find(|check| check.id.key() == "azure-providers")
            .cloned()
            .unwrap()
    };
    let check = providers(&page);
    assert_eq!(check.state, State::Broken, "{check:?}");
    mend(&mut page, &check.repairs);
    assert_eq!(providers(&page).state, State::Ok, "{:?}", providers(&page));
}

#[test]
fn an_existing_pair_gets_the_same_hand_over_as_a_new_pair() {
    // Unchanged, with the read-only sign-in.
    let (mut page, pair) = found(Shape::Docs2026Complete);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    page.does(Msg::Doctor(DoctorMsg::HandOverAsked));
    page.does(Msg::Approved);
    let handoff = page
        .model
        .runs
        .run
        .as_ref()
        .unwrap()
        .handoff
        .as_ref()
        .unwrap();
    assert!(configmgr::script(handoff).contains("Import-CMAADServerApplication"));
    assert!(page.model.runs.secret.is_none());
    // After a repair, because its client app was missing.
    let (mut page, pair) = found(Shape::NoClientApp);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    page.does(Msg::Doctor(DoctorMsg::AllChosen));
    page.does(Msg::Doctor(DoctorMsg::RepairsAsked));
    page.does(Msg::SignInAsked);
    page.does(Msg::Approved);
    let run = page.model.runs.run.as_ref().unwrap();
    assert!(run.problems().next().is_none());
    let script = configmgr::script(run.handoff.as_ref().unwrap());
    assert!(script.contains("Import-CMAADClientApplication"), "{script}");
}

#[test]
fn a_renewed_secret_stays_within_the_tenant_limit() {
    let (mut page, pair) = found(Shape::SecretBeyondPolicy);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    page.does(Msg::Doctor(DoctorMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Approved);
    let secret = page.model.runs.secret.as_ref().expect("made");
    let life = secret.end.duration_since(world_now());
    assert!(life < jiff::SignedDuration::from_hours(24 * 180), "{life}");
}

#[test]
fn the_check_finds_a_deleted_pair() {
    let (page, pair) = found(Shape::DeletedPair);
    let found = page.model.pair.found().unwrap();
    let tied = found
        .pairs
        .iter()
        .find(|it| it.server == pair.server)
        .unwrap();
    assert_eq!(tied.client, pair.client);
    let server = found.candidate(pair.server.unwrap()).unwrap();
    assert!(server.is_deleted);
}

#[test]
fn a_pasted_client_id_finds_the_pair_under_any_name() {
    let (page, pair) = found(Shape::TwoPairs);
    assert!(page.model.pair.pair.is_none(), "a person chooses");
    let mut page = page;
    page.types(Entry::PairId, &pair.client.unwrap().to_string());
    page.does(Msg::Doctor(DoctorMsg::FindAsked));
    let chosen = page
        .model
        .pair
        .pair
        .as_ref()
        .expect("the one that was named");
    assert_eq!((chosen.server, chosen.client), (pair.server, pair.client));
}

#[test]
fn an_enabled_scope_is_disabled_before_it_changes() {
    let (mut page, pair) = found(Shape::ScopeAdmins);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    page.does(Msg::Doctor(DoctorMsg::RepairAsked(Repair::ScopeForUsers)));
    page.does(Msg::SignInAsked);
    let Review::Ready(sheet) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    let [off, on] = &sheet.requests[..] else {
        panic!("{:?}", sheet.requests)
    };
    let has = |request: &cmg_entra_setup::ui::review::state::Request, text: &str| {
        request
            .body
            .as_ref()
            .is_some_and(|body| body.contains(text))
    };
    assert!((off.wave, on.wave) == (1, 2));
    assert!(has(off, r#""isEnabled": false"#) && has(off, r#""type": "Admin""#));
    assert!(has(on, r#""isEnabled": true"#) && has(on, r#""type": "User""#));
}

#[test]
fn an_interrupted_repair_continues_and_keeps_wizard_values() {
    use cloud_sim::faults::Fault;
    use cloud_sim::faults::FaultKind;
    use cmg_entra_setup::ui::route::Step;
    let (mut page, pair) = found(Shape::Docs2021);
    page.types(Entry::ConnectionName, "Zürich CMG");
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    page.does(Msg::Doctor(DoctorMsg::AllChosen));
    page.does(Msg::Doctor(DoctorMsg::RepairsAsked));
    page.does(Msg::SignInAsked);
    page.world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(http::Method::POST),
            path_prefix: "/v1.0/oauth2PermissionGrants".to_owned(),
            skip: 0,
            times: 100,
            kind: FaultKind::LostBefore,
        });
    });
    page.does(Msg::Approved);
    assert!(
        page.model
            .runs
            .run
            .as_ref()
            .unwrap()
            .problems()
            .next()
            .is_some()
    );
    // A different page later: the repair does not continue by itself.
    let world = page.world.another_page(false);
    world.with_sim(cloud_sim::Sim::clear_faults);
    drop(page);
    let mut page = Page::open(world.clone(), page::start(&world));
    page.goes(Place::Step(Step::AzureService));
    page.types(Entry::ConnectionName, "Zürich CMG");
    let run = page
        .model
        .runs
        .journals
        .open()
        .next()
        .expect("unfinished")
        .run;
    page.does(Msg::ResumeAsked(run));
    page.does(Msg::SignInAsked);
    page.does(Msg::Approved);
    let run = page.model.runs.run.as_ref().unwrap();
    assert!(run.problems().next().is_none() && run.is_repair());
    page.goes(Place::Report);
    assert!(
        !findings(report(&page)).contains('!'),
        "{}",
        findings(report(&page))
    );
    page.goes(Place::Step(Step::AzureService));
    assert_eq!(page.model.setup.draft.connection_name, "Zürich CMG");
}

/// The older secret can have a later expiry date than the new one.
#[test]
fn the_older_secret_is_removed_even_if_it_expires_later() {
    let (mut page, pair) = found(Shape::Docs2023);
    page.does(Msg::Doctor(DoctorMsg::PairChosen(pair)));
    let [old] = secrets(&page)[..] else {
        panic!("one secret")
    };
    page.does(Msg::Doctor(DoctorMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Approved);
    page.does(Msg::SecretSaved);
    page.goes(Place::Report);
    let ends = |key| {
        report(&page)
            .secrets
            .iter()
            .find(|it| it.key == key)
            .unwrap()
            .end
    };
    let newest = report(&page).newest_secret(page.model.now).unwrap().key;
    assert!(newest != old && ends(old) > ends(newest));
    let html = crate::views::html(&page.model);
    assert!(html.contains(&format!("mend-old-secret-{old}")));
    assert!(!html.contains(&format!("mend-old-secret-{newest}")));
    // The expiry date to enter is that of the new secret.
    let day: String = ends(newest).unwrap().to_string().chars().take(10).collect();
    assert!(
        html.contains(&format!("{day} as Secret Key Expiry")),
        "{day}"
    );
}
